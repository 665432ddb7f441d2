//! An invented round of a patrol that is under way: two windows were looked at, one of them with a finding.

use chrono::Days;
use domain::{
    FormVersionId,
    campaigns::{CampaignKind, ballot::Finding},
    evaluation::forms::Halves,
};

use super::{
    super::service::{course, raters, rating},
    PHOTO, Places, Teller, ballot, filled, seen,
};
use crate::{auth::scope::Scope, error::Result};

const BRIEFING: &str = "请在工作时间到窗口实地察看，不影响办事秩序。逐项对照评价表；扣分请写明时间、地点并附照片，\
    照片不拍到办事群众。没有问题的岗位也请提交。";

impl Teller<'_> {
    /// Nothing where the demo's inspector has no account.
    pub(super) async fn patrolled(&self, form: FormVersionId, places: &Places) -> Result<()> {
        let login = format!("inspector.{}", self.cast.center.code);
        let Some(account) = self.app.db.identity().account_by_login(&login).await? else { return Ok(()) };
        let found = self.app.db.identity().places(account.id).await?;
        let Some(place) = found.first() else { return Ok(()) };
        let inspector = Scope::member(place, account.id);
        let days = (self.ago(2), self.today + Days::new(5));
        let targets = [Some("w01"), Some("w02"), Some("w05"), Some("guide")];
        let round =
            self.planned(CampaignKind::OnSite, form, ("窗口月度巡查", BRIEFING, days), places, &targets).await?;
        raters::name(&self.admin(), seen(&round), account.id, None).await?;
        let round = self.round(round.id).await?;
        let round = course::open(&self.admin(), seen(&round)).await?;
        let targets = self.targets(round.id).await?;
        for (n, target) in targets.iter().take(2).enumerate() {
            let mut findings = Vec::new();
            if n == 1 {
                let photo = self.photo(&inspector, PHOTO, 5).await?;
                findings.push(Finding {
                    item: "tidy".to_owned(),
                    size: Some(Halves(1)),
                    on: Some(self.ago(1)),
                    time: "15:40".to_owned(),
                    place: "2号综合受理窗口".to_owned(),
                    note: "高拍仪上放有私人水杯。".to_owned(),
                    files: vec![photo],
                });
            }
            let files = findings.iter().flat_map(|finding| finding.files.clone()).collect();
            let content = ballot(findings, Vec::new());
            rating::hand_in(&self.by(&inspector), filled(*target, form, content, files)).await?;
        }
        Ok(())
    }
}
