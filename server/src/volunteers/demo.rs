//! Invented services at a volunteers' post of the center that a newcomer sees first: one confirmed by code, one signed, one
//! that a recipient says was not so, one that waits, one whose days have gone by, and a draft.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::{
    PostId, StaffId, Violation,
    calendar::local_date,
    posts::{Capacity, PostForm, PostStep, StaffForm, assign::Days as Interval},
    volunteers::{ServiceForm, ServiceType},
};
use entity::service_record;

use super::service::{
    confirming, keeping,
    people::{self, Look},
    records::{self, Statement},
};
use crate::{
    auth::scope::Scope,
    clock::Clock,
    demo::Cast,
    error::{Error, Result},
    graphql::context::{App, Cx},
    posts::{
        self,
        service::{Seen, people as staff, plan},
    },
    training,
};

/// The volunteer's number in the list of the staff.
const NUMBER: &str = "S010";
/// By what the volunteer's browser knows the product.
const ADDRESS: &str = "https://gangping.example";
/// A name, drawn.
const SIGNATURE: &str = "60,60 130,58 210,62;132,30 128,90 90,150;134,92 170,120 205,150;260,50 320,48 350,90 300,140 \
                         262,118;380,40 376,100 382,156;410,70 470,66 452,110 415,150 480,148 520,120";

/// Puts them in; nothing where the demo's volunteer has no account.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, cast: &Cast) -> Result<()> {
    let (Some(volunteer), Some(coordinator)) =
        (member(app, cast, "volunteer").await?, member(app, cast, "coordinator").await?)
    else {
        return Ok(());
    };
    let teller = Teller { app, cast, volunteer, coordinator, now: app.clock.now() };
    let Some((me, inducted)) = teller.volunteer().await? else { return Ok(()) };
    let post = teller.post(me, inducted).await?;
    let note = "独立带教三个班次，流程熟悉。";
    people::sign_off(&teller.at(&teller.coordinator, 18), me, note).await?;
    let look = Look { staff: me, vest: true, armband: false, note: Some("袖标送洗，次日补发。".to_owned()) };
    people::check_kit(&teller.at(&teller.coordinator, 3), look).await?;
    teller.services(post, inducted).await?;
    keeping::sweep(app, &cast.center).await
}

struct Teller<'a> {
    app: &'a App,
    cast: &'a Cast,
    volunteer: Scope,
    coordinator: Scope,
    now: DateTime<Utc>,
}

impl Teller<'_> {
    /// Somebody of the staff gets the volunteer's account; who they are, and since when they may serve.
    async fn volunteer(&self) -> Result<Option<(StaffId, NaiveDate)>> {
        let cx = self.at(&self.cast.admin, 0);
        let (row, passed) = {
            let tx = cx.read().await?;
            let staff = posts::repo::staff(&tx, false).await?;
            let Some(row) = staff.into_iter().find(|row| row.staff_no == NUMBER) else { return Ok(None) };
            let passed = training::service::record::inductions(&tx, &[row.id]).await?;
            (row, passed)
        };
        let Some(passed) = passed.get(&row.id).copied() else { return Ok(None) };
        let (id, version) = (row.id, row.version);
        let form = StaffForm {
            staff_no: row.staff_no,
            name: row.name,
            department: row.department_id,
            title: row.title,
            joined_on: row.joined_on,
        };
        let typed = staff::Typed { form, account: self.volunteer.account(), restricted: None };
        staff::edit(&cx, Seen { id, version }, typed).await?;
        Ok(Some((id, passed)))
    }

    /// A second volunteers' post: the first one stays without people.
    async fn post(&self, me: StaffId, from: NaiveDate) -> Result<PostId> {
        let cx = self.at(&self.cast.admin, 0);
        let form = PostForm {
            code: "vol2".to_owned(),
            name: "自助区志愿服务岗".to_owned(),
            kind: domain::volunteers::POST_KIND.to_owned(),
            department: None,
            window_no: None,
            location: Some("一楼自助服务区".to_owned()),
            public_phone: None,
            open_hours: Some("周一至周五 8:30–12:00，14:30–17:30".to_owned()),
            duties: Some("指导取号、填表和自助设备操作；帮助线上办理。".to_owned()),
            extra: Vec::new(),
        };
        let row = posts::service::add(&cx, form).await?;
        let row = posts::service::step(&cx, Seen { id: row.id, version: row.version }, PostStep::Activate).await?;
        let days = Interval { from, until: None };
        plan::assign(&cx, plan::NewAssignment { post: row.id, staff: me, capacity: Capacity::Concurrent, days })
            .await?;
        Ok(row.id)
    }

    async fn services(&self, post: PostId, inducted: NaiveDate) -> Result<()> {
        use ServiceType as T;
        // Days ago, and how each ended.
        for (ago, end, service, times, recipients, words) in [
            (12, End::Code, T::SelfService, ("09:00", "11:30"), 9, "自助打印社保参保证明、缴费查询。"),
            (10, End::Lapsed, T::OrderKeeping, ("08:40", "10:00"), 40, "早高峰排队引导。"),
            (9, End::Signed, T::FormFilling, ("14:40", "16:10"), 5, "指导填写居住证申领表。"),
            (7, End::Witnessed, T::Accompany, ("15:00", "15:40"), 1, "陪同行动不便的群众到爱心专窗。"),
            (6, End::Disputed, T::Guidance, ("09:30", "10:30"), 6, "大厅咨询引导。"),
            (2, End::Waits, T::OnlineHelp, ("10:00", "11:20"), 4, "协助登录“中山云预约”并预约取号。"),
            (1, End::Draft, T::Ticketing, ("08:35", "09:30"), 15, "协助取号。"),
        ] {
            // Written down on the day after.
            let on = local_date(self.now) - Days::new(ago);
            if on < inducted {
                continue;
            }
            let form = ServiceForm {
                on,
                start: times.0.to_owned(),
                end: times.1.to_owned(),
                service,
                recipients,
                description: words.to_owned(),
            };
            self.service(post, form, ago - 1, end).await?;
        }
        Ok(())
    }

    async fn service(&self, post: PostId, form: ServiceForm, ago: u64, end: End) -> Result<()> {
        let own = self.at(&self.volunteer, ago);
        let row = records::write(&own, post, form).await?;
        if end == End::Draft {
            return Ok(());
        }
        let row = records::ask(&own, seen(&row)).await?;
        match end {
            End::Draft | End::Waits | End::Lapsed => {}
            End::Signed => drop(records::sign(&own, seen(&row), SIGNATURE).await?),
            End::Witnessed => {
                let words = "本人当面确认，已核对手机尾号。".to_owned();
                let statement = Statement { tail: "5522".to_owned(), words };
                records::witness(&self.at(&self.coordinator, ago), seen(&row), statement).await?;
            }
            End::Code | End::Disputed => {
                let code = records::show_code(&own, seen(&row), ADDRESS).await?;
                let token = code.url.rsplit('#').next().unwrap_or_default();
                let visitor = Cx::new(own.app.clone(), None, None, "demo".to_owned());
                confirming::answer(&visitor, &self.cast.center.code, token, end == End::Code, None).await?;
            }
        }
        Ok(())
    }

    fn at(&self, scope: &Scope, days_ago: u64) -> Cx {
        let ago = TimeDelta::days(i64::try_from(days_ago).unwrap_or_default());
        Cx::new(self.app.at(Clock::fixed(self.now - ago)), Some(scope.clone()), None, "demo".to_owned())
    }
}

/// How an invented service ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Draft,
    Waits,
    Lapsed,
    Code,
    Signed,
    Witnessed,
    Disputed,
}

const fn seen(row: &service_record::Model) -> Seen<domain::ServiceRecordId> {
    Seen { id: row.id, version: row.version }
}

/// Somebody of the demo's center, if they have an account.
async fn member(app: &App, cast: &Cast, name: &str) -> Result<Option<Scope>> {
    let login = format!("{name}.{}", cast.center.code);
    let Some(account) = app.db.identity().account_by_login(&login).await? else { return Ok(None) };
    let places = app.db.identity().places(account.id).await?;
    let place = places.iter().find(|place| place.center_id == Some(cast.center.id));
    let place = place.ok_or_else(|| Error::from(Violation::new("", "volunteers.not_staff")))?;
    Ok(Some(Scope::member(place, account.id)))
}
