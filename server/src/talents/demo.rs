//! Invented requests of talents of the center that a newcomer sees first: one that is done and rated, one of which nothing
//! was heard for too long, one with an appointment ahead, one whose result waits to be told and one that nobody follows
//! yet; answers to questions, one of them looked at long ago.

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};
use domain::{
    PostId, StaffId, TalentRequestId,
    calendar::local_date,
    complaints::HandlingSatisfaction,
    posts::StaffForm,
    talents::{
        AppointmentForm, RequestForm, TalentChannel, TalentField, TalentMatter, TalentType, TellMode,
        answers::AnswerForm,
    },
};
use entity::talent_request;

use super::{
    repo,
    service::{
        answers,
        steps::{self, Told},
        stewards,
    },
};
use crate::{
    auth::scope::Scope,
    clock::Clock,
    demo::Cast,
    error::Result,
    graphql::context::{App, Cx},
    posts::{
        self,
        service::{Seen, people},
    },
};

/// The one of the demo's staff who is the steward.
const STEWARD: &str = "S014";

/// Questions with their answers, where they are from, and how many months ago they were written down.
const ANSWERS: [(&str, &str, &str, u32); 4] = [
    (
        "高层次人才子女入学怎么申请？",
        "由用人单位在每年招生报名前，通过人才服务岗提交人才证明和子女户口簿复印件，由教育部门统筹安排公办学位。",
        "示例市人才子女入学实施细则",
        14,
    ),
    (
        "博士安家补贴分几次发放？",
        "认定后分三年发放，每年提交一次在职和社保证明；当年离开本市的，余下部分不再发放。",
        "示例市引进人才补贴办法",
        5,
    ),
    ("人才公寓可以住多久？", "首次签约不超过三年，期满仍符合条件的可以续签一次。", "示例市人才公寓管理办法", 4),
    (
        "外省取得的正高级职称在本市认可吗？",
        "认可。申报人才项目时提交职称证书和评审表复印件，无须重新评审。",
        "示例省职称互认通知",
        2,
    ),
];

/// Puts them in.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, cast: &Cast) -> Result<()> {
    let Some(steward) = account(app, cast).await? else { return Ok(()) };
    let teller = Teller { app, cast, steward, now: app.clock.now() };
    let now = teller.by_admin(TimeDelta::zero());
    let (Some(post), Some(person)) = ({
        let tx = now.read().await?;
        let staff = posts::repo::staff(&tx, false).await?;
        (repo::posts(&tx).await?.pop(), staff.into_iter().find(|row| row.staff_no == STEWARD))
    }) else {
        return Ok(());
    };
    let form = StaffForm {
        staff_no: person.staff_no,
        name: person.name,
        department: person.department_id,
        title: person.title,
        joined_on: person.joined_on,
    };
    let typed = people::Typed { form, account: teller.steward.account(), restricted: None };
    people::edit(&now, Seen { id: person.id, version: person.version }, typed).await?;
    let since = local_date(teller.now).checked_sub_months(Months::new(20));
    stewards::mark_senior(&teller.by_admin(TimeDelta::days(60)), person.id, since).await?;
    teller.requests(post.id, person.id).await?;
    for (question, answer, source, months) in ANSWERS {
        teller.answer(question, answer, source, months).await?;
    }
    Ok(())
}

/// The steward as they sign in.
async fn account(app: &App, cast: &Cast) -> Result<Option<Scope>> {
    let login = format!("talent.{}", cast.center.code);
    let Some(account) = app.db.identity().account_by_login(&login).await? else { return Ok(None) };
    let places = app.db.identity().places(account.id).await?;
    let place = places.iter().find(|place| place.center_id == Some(cast.center.id));
    Ok(place.map(|place| Scope::member(place, account.id)))
}

const fn seen(row: &talent_request::Model) -> Seen<TalentRequestId> {
    Seen { id: row.id, version: row.version }
}

struct Teller<'a> {
    app: &'a App,
    cast: &'a Cast,
    steward: Scope,
    now: DateTime<Utc>,
}

impl Teller<'_> {
    async fn requests(&self, post: PostId, steward: StaffId) -> Result<()> {
        let taken = async |ago: TimeDelta, form: RequestForm| {
            let row = steps::take(&self.ago(ago), post, form).await?;
            steps::assign(&self.by_admin(ago - TimeDelta::hours(1)), seen(&row), steward).await
        };
        let days = TimeDelta::days;

        let row = taken(
            days(40),
            form(
                "林致远",
                "13800006611",
                "示例精密制造有限公司",
                TalentMatter::Subsidy,
                "博士安家补贴第二年怎么申请？",
            ),
        )
        .await?;
        let row = steps::progress(&self.ago(days(38)), seen(&row), "已核对在职和社保证明，材料齐全。", None).await?;
        let row = steps::settle(&self.ago(days(33)), seen(&row), "第二年补贴已核准，月底前到账。").await?;
        let row =
            steps::feed_back(&self.ago(days(33)), seen(&row), self.told(33, "电话告知核准结果和到账时间。")).await?;
        let row = steps::complete(&self.ago(days(32)), seen(&row)).await?;
        let thanks = Some("一次就办好了，很省心。");
        steps::rate(&self.ago(days(30)), seen(&row), HandlingSatisfaction::VerySatisfied, thanks).await?;

        let late = RequestForm {
            kind: TalentType::ChiefTechnician,
            field: TalentField::Manufacturing,
            channel: TalentChannel::Phone,
            ..form("梁国栋", "13800006622", "示例五金有限公司", TalentMatter::Housing, "想申请人才公寓，两人居住。")
        };
        let row = taken(days(30), late).await?;
        steps::progress(&self.ago(days(26)), seen(&row), "已向住建部门提交，等待房源。", None).await?;

        let ahead = RequestForm {
            kind: TalentType::Appointed,
            field: TalentField::Health,
            channel: TalentChannel::Booking,
            key_project: true,
            ..form(
                "许安然",
                "13800006633",
                "示例生物科技有限公司",
                TalentMatter::Project,
                "新药项目落地，需要对接环评和用地，希望当面说明。",
            )
        };
        let row = taken(days(2), ahead).await?;
        let next = local_date(self.now).checked_add_days(Days::new(4));
        let met = "已与环评、自然资源部门沟通，约好一起面谈。";
        let row = steps::progress(&self.ago(days(1)), seen(&row), met, next).await?;
        let on = local_date(self.now).checked_add_days(Days::new(2)).unwrap_or_default();
        let meeting = AppointmentForm { on, time: "10:00".to_owned(), place: "二楼208室".to_owned() };
        steps::appoint(&self.ago(days(1) - TimeDelta::minutes(5)), seen(&row), meeting).await?;

        let due = RequestForm {
            kind: TalentType::SeniorTitle,
            field: TalentField::Education,
            channel: TalentChannel::Steward,
            ..form("方敏", "13800006644", "示例职业学校", TalentMatter::Schooling, "女儿今年上小学，户口在外省。")
        };
        let row = taken(days(5), due).await?;
        let result = "教育部门已同意安排公办学位，六月凭人才证明报名。";
        steps::settle(&self.ago(TimeDelta::hours(20)), seen(&row), result).await?;

        let new = RequestForm {
            kind: TalentType::HighSkill,
            field: TalentField::Energy,
            channel: TalentChannel::Booking,
            ..form(
                "曹思齐",
                "13800006655",
                "示例新能源有限公司",
                TalentMatter::Settlement,
                "想把户口迁入本市，爱人随迁。",
            )
        };
        steps::take(&self.ago(TimeDelta::hours(1)), post, new).await.map(drop)
    }

    async fn answer(&self, question: &str, answer: &str, source: &str, months: u32) -> Result<()> {
        let form = AnswerForm {
            question: question.to_owned(),
            answer: answer.to_owned(),
            source: source.to_owned(),
            source_on: day_before(self.now, months + 6),
        };
        // By the administrator: so long ago nobody was at the post yet.
        answers::add(&self.by_admin(self.now - months_before(self.now, months)), form).await.map(drop)
    }

    fn told(&self, ago: i64, text: &str) -> Told {
        let on = local_date(self.now - TimeDelta::days(ago));
        Told { on, mode: TellMode::Phone, text: text.to_owned(), next_contact_on: None }
    }

    /// As the steward, so long ago.
    fn ago(&self, ago: TimeDelta) -> Cx {
        self.cx(ago, &self.steward)
    }

    fn by_admin(&self, ago: TimeDelta) -> Cx {
        self.cx(ago, &self.cast.admin)
    }

    fn cx(&self, ago: TimeDelta, scope: &Scope) -> Cx {
        let app = self.app.at(Clock::fixed(self.now - ago));
        Cx::new(app, Some(scope.clone()), None, "demo".to_owned())
    }
}

fn form(name: &str, phone: &str, enterprise: &str, matter: TalentMatter, description: &str) -> RequestForm {
    RequestForm {
        name: name.to_owned(),
        phone: phone.to_owned(),
        kind: TalentType::Doctor,
        enterprise: Some(enterprise.to_owned()),
        field: TalentField::Information,
        channel: TalentChannel::Visit,
        matter,
        description: description.to_owned(),
        key_project: false,
    }
}

fn months_before(now: DateTime<Utc>, months: u32) -> DateTime<Utc> {
    now.checked_sub_months(Months::new(months)).unwrap_or(now)
}

fn day_before(now: DateTime<Utc>, months: u32) -> NaiveDate {
    local_date(months_before(now, months))
}
