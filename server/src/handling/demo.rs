//! Invented cases of the center that a newcomer sees first, one in each part of its course: two are late, one waits to
//! be filed for too long, one was refused with its papers still there.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::{
    PostId, ServiceCaseId, ServiceItemId,
    calendar::{WorkingCalendar, local_date, shanghai},
    handling::{ReceiveForm, Refusal, ServiceCaseAction as Action},
};
use entity::service_case;

use super::service::steps::{self, Incoming};
use crate::{
    clock::Clock,
    demo::Cast,
    error::Result,
    graphql::context::{App, Cx},
    items,
    posts::{self, service::Seen},
};

/// A case: its number, window and item; how many working days ago it came; and how it went on.
struct Told {
    number: &'static str,
    post: &'static str,
    item: &'static str,
    ago: u32,
    steps: &'static [Step],
}

/// A step, so many working days after the case came.
enum Step {
    Ask(u32, &'static str),
    Refuse(u32, &'static str, &'static str),
    Accept(u32, u32),
    Go(u32, Action),
    Archive(u32, &'static str),
}

const CASES: [Told; 8] = [
    Told { number: "SQ20260031", post: "w02", item: "WJ-001", ago: 0, steps: &[] },
    Told {
        number: "SQ20260028",
        post: "w02",
        item: "GT-001",
        ago: 1,
        steps: &[Step::Ask(0, "缺经营场所使用证明原件；申请表第二页未签名。")],
    },
    Told {
        number: "SQ20260024",
        post: "w02",
        item: "JS-001",
        ago: 2,
        steps: &[Step::Refuse(1, "申请人户籍不在本镇街，应向户籍所在镇街申请。", "一楼大厅2号窗口")],
    },
    Told {
        number: "SQ20260022",
        post: "w02",
        item: "GT-002",
        ago: 3,
        steps: &[Step::Accept(0, 10), Step::Go(1, Action::BeginApproval)],
    },
    Told {
        number: "SQ20260009",
        post: "hr1",
        item: "SB-003",
        ago: 9,
        steps: &[Step::Accept(0, 5), Step::Go(1, Action::BeginApproval)],
    },
    Told {
        number: "SQ20260012",
        post: "w02",
        item: "SB-001",
        ago: 7,
        steps: &[
            Step::Accept(0, 3),
            Step::Go(1, Action::BeginApproval),
            Step::Go(4, Action::FinishResult),
            Step::Go(5, Action::Deliver),
        ],
    },
    Told {
        number: "SQ20260003",
        post: "w01",
        item: "SB-002",
        ago: 22,
        steps: &[
            Step::Accept(0, 5),
            Step::Go(1, Action::BeginApproval),
            Step::Go(3, Action::FinishResult),
            Step::Go(4, Action::Deliver),
            Step::Go(6, Action::Collect),
        ],
    },
    Told {
        number: "SQ20260001",
        post: "hr1",
        item: "SB-004",
        ago: 24,
        steps: &[
            Step::Accept(0, 10),
            Step::Go(1, Action::BeginApproval),
            Step::Go(6, Action::FinishResult),
            Step::Go(7, Action::Deliver),
            Step::Go(8, Action::Collect),
            Step::Archive(12, "2026-社保-0017"),
        ],
    },
];

/// Puts them in.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, cast: &Cast) -> Result<()> {
    let rules = app.rules(cast.center.city_id).await?;
    let teller = Teller { app, cast, calendar: &rules.calendar, now: app.clock.now() };
    let (posts, items) = {
        let cx = teller.at(local_date(teller.now), 0, 0)?;
        let tx = cx.read().await?;
        (posts::repo::posts(&tx).await?, items::repo::items(&tx).await?)
    };
    for told in &CASES {
        let post = posts.iter().find(|row| row.code == told.post).map(|row| row.id);
        let item = items.iter().find(|row| row.code == told.item).map(|row| row.id);
        if let (Some(post), Some(item)) = (post, item) {
            teller.tell(told, post, item).await?;
        }
    }
    Ok(())
}

struct Teller<'a> {
    app: &'a App,
    cast: &'a Cast,
    calendar: &'a WorkingCalendar,
    now: DateTime<Utc>,
}

impl Teller<'_> {
    async fn tell(&self, told: &Told, post: PostId, item: ServiceItemId) -> Result<()> {
        let came = self.working_days_ago(told.ago)?;
        let recipient = Some(format!("取号单尾号{}", &told.number[6..]));
        let form = ReceiveForm { external_no: told.number.to_owned(), recipient };
        let mut row = steps::receive(&self.at(came, 0, 0)?, Incoming { post, item }, form).await?;
        for (n, step) in (1..).zip(told.steps) {
            row = self.step(row, step, came, n).await?;
        }
        Ok(())
    }

    async fn step(
        &self,
        row: service_case::Model,
        step: &Step,
        came: NaiveDate,
        n: u32,
    ) -> Result<service_case::Model> {
        let seen: Seen<ServiceCaseId> = Seen { id: row.id, version: row.version };
        match *step {
            Step::Ask(after, missing) => steps::ask_correction(&self.at(came, after, n)?, seen, missing).await,
            Step::Refuse(after, reason, place) => {
                let cx = self.at(came, after, n)?;
                let told = Refusal {
                    reason: reason.to_owned(),
                    pickup_at: Some(cx.now() + TimeDelta::days(1)),
                    pickup_place: place.to_owned(),
                };
                steps::refuse(&cx, seen, told).await
            }
            Step::Accept(after, days) => steps::accept(&self.at(came, after, n)?, seen, Some(days), None).await,
            Step::Go(after, action) => steps::go_on(&self.at(came, after, n)?, seen, action).await,
            Step::Archive(after, reference) => steps::archive(&self.at(came, after, n)?, seen, reference).await,
        }
    }

    /// A request of the administrator so many working days after `came`, never later than now.
    fn at(&self, came: NaiveDate, after: u32, n: u32) -> Result<Cx> {
        let day = self.calendar.add(came, after)?;
        let time = NaiveTime::from_hms_opt(9, 5 + 20 * (n % 3), 0).unwrap_or_default();
        let at = day.and_time(time).and_local_timezone(shanghai()).single().map(|at| at.to_utc());
        let at = at.unwrap_or(self.now).min(self.now - TimeDelta::minutes(1));
        let app = self.app.at(Clock::fixed(at));
        Ok(Cx::new(app, Some(self.cast.admin.clone()), None, "demo".to_owned()))
    }

    fn working_days_ago(&self, n: u32) -> Result<NaiveDate> {
        let today = local_date(self.now);
        let mut day = today;
        while !self.calendar.is_working(day)? || self.calendar.between(day, today)? < i32::try_from(n).unwrap_or(0) {
            day = day - Days::new(1);
        }
        Ok(day)
    }
}
