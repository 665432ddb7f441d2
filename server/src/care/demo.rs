//! Invented services of the care window of the center that a newcomer sees first: a visit that waits, one that was made
//! and rated, one that is late, and somebody who was handed over.

use chrono::{DateTime, Days, TimeDelta, Utc};
use domain::{
    StaffId,
    calendar::local_date,
    care::{CareMode, Contact, RecipientCategory, VisitForm},
    complaints::HandlingSatisfaction,
};
use entity::care_record;

use super::{
    repo,
    service::steps::{self, Greeting},
};
use crate::{
    clock::Clock,
    demo::Cast,
    error::Result,
    graphql::context::{App, Cx},
    posts::{self, service::Seen},
};

/// Puts them in.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, cast: &Cast) -> Result<()> {
    let teller = Teller { app, cast, now: app.clock.now() };
    let now = teller.ago(TimeDelta::zero());
    let (Some(post), staff) = ({
        let tx = now.read().await?;
        (repo::posts(&tx).await?.pop(), posts::repo::staff(&tx, false).await?)
    }) else {
        return Ok(());
    };
    let person = |number: &str| staff.iter().find(|row| row.staff_no == number).map(|row| row.id);
    let (Some(visitor), Some(companion)) = (person("S012"), person("S010")) else { return Ok(()) };
    teller.visits(post.id, visitor, companion).await?;
    let greeting = |category, mode, guide| Greeting { post: post.id, category, mode, guide };
    let came = TimeDelta::days(3) + TimeDelta::minutes(30);
    let elderly = greeting(RecipientCategory::Elderly, CareMode::OnSite, Some(companion));
    let row = steps::greet(&teller.ago(came), elderly).await?;
    let row = steps::record_need(&teller.ago(came - TimeDelta::minutes(2)), seen(&row), "补办社保卡，需要大字版表格。")
        .await?;
    let row = steps::hand_over(
        &teller.ago(came - TimeDelta::minutes(6)),
        seen(&row),
        person("S006").unwrap_or(visitor),
        None,
    )
    .await?;
    steps::finish(&teller.ago(came - TimeDelta::minutes(28)), seen(&row), "社保窗口当场补办完成。").await?;
    let here = greeting(RecipientCategory::Pregnant, CareMode::OnSite, None);
    let row = steps::greet(&teller.ago(TimeDelta::minutes(14)), here).await?;
    steps::record_need(&teller.ago(TimeDelta::minutes(5)), seen(&row), "办理生育登记。").await.map(drop)
}

const fn seen(row: &care_record::Model) -> Seen<domain::CareRecordId> {
    Seen { id: row.id, version: row.version }
}

struct Teller<'a> {
    app: &'a App,
    cast: &'a Cast,
    now: DateTime<Utc>,
}

impl Teller<'_> {
    async fn visits(&self, post: domain::PostId, visitor: StaffId, companion: StaffId) -> Result<()> {
        let form = |ago: TimeDelta, category, name: &str, phone: &str, address: &str, need: &str| VisitForm {
            category,
            need: need.to_owned(),
            contact: Contact {
                name: Some(name.to_owned()),
                phone: Some(phone.to_owned()),
                address: Some(address.to_owned()),
            },
            on: local_date(self.now - ago) + Days::new(1),
        };
        let then = TimeDelta::days(6);
        let done = form(
            then,
            RecipientCategory::Disabled,
            "何添福",
            "13800005511",
            "石岐街道示例路8号302房",
            "残疾人证换领，行动不便。",
        );
        let row = steps::book(&self.ago(then), post, done).await?;
        let row = steps::assign(&self.ago(then - TimeDelta::hours(2)), seen(&row), visitor, Some(companion)).await?;
        let row =
            steps::visit(&self.ago(then - TimeDelta::hours(25)), seen(&row), Some("材料齐全，已拍照上传。")).await?;
        let row = steps::finish(&self.ago(then - TimeDelta::hours(27)), seen(&row), "新证已送达本人。").await?;
        let thanks = Some("工作人员很耐心。");
        steps::rate(&self.ago(TimeDelta::days(4)), seen(&row), HandlingSatisfaction::VerySatisfied, thanks).await?;
        let then = TimeDelta::days(7);
        let late = form(
            then,
            RecipientCategory::Elderly,
            "吴桂芳",
            "13800005522",
            "石岐街道示例街21号",
            "高龄津贴认证，卧床。",
        );
        let row = steps::book(&self.ago(then), post, late).await?;
        steps::assign(&self.ago(then - TimeDelta::hours(3)), seen(&row), visitor, None).await?;
        let then = TimeDelta::hours(1);
        let new = form(
            then,
            RecipientCategory::Veteran,
            "郑国安",
            "13800005533",
            "石岐街道示例里5号",
            "优待证申领，腿脚不便。",
        );
        steps::book(&self.ago(then), post, new).await.map(drop)
    }

    fn ago(&self, ago: TimeDelta) -> Cx {
        let app = self.app.at(Clock::fixed(self.now - ago));
        Cx::new(app, Some(self.cast.admin.clone()), None, "demo".to_owned())
    }
}
