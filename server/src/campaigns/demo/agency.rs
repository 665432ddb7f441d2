//! An invented round of an agency: contract, plan, sample, field work and a draft, whose facts the center is checking.

use chrono::Days;
use domain::{
    CampaignReportId, FormVersionId,
    campaigns::{
        CampaignKind,
        ballot::{BallotContent, Points, ThirdPartyBallot},
        third_party::{ContractForm, FactVerdict, ReportAction},
    },
    evaluation::forms::{FormContent, FormKind},
    permission::Role,
};
use entity::{campaign, campaign_report};

use super::{
    super::service::{
        course, planning, rating, reading,
        third_party::{
            agency::{self, NewFact, Plan},
            center::{self, Checked},
        },
    },
    Places, Teller, seen,
};
use crate::{
    auth::scope::Scope,
    error::Result,
    posts::service::Seen,
    tenancy::service::people::{self, Invite},
};

/// Points of each target by each indicator, over and over.
const POINTS: &[u16] = &[92, 85, 78, 90, 88, 95, 81];

/// What the agency writes, with its advice, and what the center says of it: nothing of the last one yet.
const FACTS: &[Written] = &[
    Written {
        text: "等候区座椅40个，周一上午有11人站着等候。",
        advice: "周一上午增开一个综合窗口，或预约分流。",
        said: Some((FactVerdict::Agrees, "")),
    },
    Written {
        text: "暗访12人次，2人次没有拿到一次性告知单。",
        advice: "告知单随叫号小票一起给出。",
        said: Some((FactVerdict::Agrees, "已核对监控，属实。")),
    },
    Written {
        text: "无障碍卫生间门锁损坏，没有报修标识。", advice: "当日报修，挂停用标识并指引到二楼。", said: None
    },
];

struct Written {
    text: &'static str,
    advice: &'static str,
    said: Option<(FactVerdict, &'static str)>,
}

impl Teller<'_> {
    /// The draft is there, and three facts wait for the center's word, of which two have it.
    pub(super) async fn surveyed(&self, places: &Places) -> Result<()> {
        let choices = reading::choices(&self.admin()).await?;
        let form = choices.forms.into_iter().find(|version| version.kind == FormKind::ThirdParty);
        let Some(form) = form else { return Ok(()) };
        let days = (self.ago(12), self.today + Days::new(9));
        let typed = planning::Typed {
            form: form.id,
            name: "年度第三方机构专业评价".to_owned(),
            starts_on: days.0,
            ends_on: days.1,
            replies_until: None,
            least: None,
            briefing: "请按合同和评价方案开展工作：暗访不影响窗口秩序，访谈由办事人自愿参加，不记录身份信息。"
                .to_owned(),
        };
        let round = planning::plan(&self.admin(), CampaignKind::ThirdParty, typed).await?;
        let targets = [None, places.get("w01").copied(), places.get("guide").copied()];
        let targets = targets.into_iter().map(|post| planning::NewTarget { post, staff: None, pool: None });
        let round = planning::set_targets(&self.admin(), seen(&round), targets.collect()).await?;
        let contract = ContractForm {
            agency: "岭南公共服务评估中心（演示）".to_owned(),
            number: "石岐采〔演示〕7号".to_owned(),
            signed_on: self.ago(30),
        };
        let report = center::sign(&self.admin(), round.id, 0, contract).await?;
        let lead = self.leads(&round).await?;
        let round = self.agreed(report, &lead, round).await?;
        self.drafted(&round, &lead, form.id).await
    }

    /// The agency's lead, who takes part.
    async fn leads(&self, round: &campaign::Model) -> Result<Scope> {
        let invited = Invite {
            login: format!("agency.{}", self.cast.center.code),
            display_name: "吴评价".to_owned(),
            title: Some("项目负责人".to_owned()),
            roles: vec![Role::ThirdPartyLead],
            valid_from: Some(round.starts_on),
            valid_until: Some(round.replies_until),
            campaign: Some(round.id),
        };
        let (account, _) = people::invite(&self.admin(), invited).await?;
        let scope = self.settles(account).await?;
        rating::answer(&self.by(&scope), round.id, true, None).await?;
        Ok(scope)
    }

    /// Plan and word about it, then the round begins; the sample, and work in the field.
    async fn agreed(
        &self,
        report: campaign_report::Model,
        lead: &Scope,
        round: campaign::Model,
    ) -> Result<campaign::Model> {
        let plan = Plan {
            statement: "本机构及评价人员与石岐街道政务服务中心及其工作人员没有利害关系。".to_owned(),
            plan: "按十二项指标评价大厅和两个岗位：暗访12人次，访谈办事人40位，查阅近三个月的告知、公示和投诉记录。"
                .to_owned(),
            files: vec![self.photo(lead, "评价方案.jpg", 1).await?],
        };
        let report = agency::submit_plan(&self.by(lead), at(&report), plan).await?;
        let report = center::decide(&self.admin(), at(&report), true, None).await?;
        let round = course::open(&self.admin(), seen(&round)).await?;
        let sample = "周一、周三、周五，上午和下午各两小时；每个岗位每次两人次。".to_owned();
        let report = agency::draw_sample(&self.by(lead), at(&report), sample).await?;
        agency::work(&self.by(lead), at(&report), ReportAction::BeginFieldWork).await?;
        Ok(round)
    }

    /// A form about each target, the draft, and what the center says of its facts so far.
    async fn drafted(&self, round: &campaign::Model, lead: &Scope, form: FormVersionId) -> Result<()> {
        let targets = self.targets(round.id).await?;
        let codes = self.indicators(form).await?;
        for (n, target) in targets.iter().enumerate() {
            let given = codes.iter().zip(POINTS.iter().cycle().skip(n));
            let points = given.map(|(code, points)| Points { indicator: code.clone(), points: *points });
            let content = ThirdPartyBallot { points: points.collect(), remarks: Vec::new() };
            let filled = super::filled(*target, form, BallotContent::ThirdParty(content), Vec::new());
            rating::hand_in(&self.by(lead), filled).await?;
        }
        let report = self.report(round).await?;
        let report = agency::work(&self.by(lead), at(&report), ReportAction::EndFieldWork).await?;
        let mut facts = Vec::new();
        for (fact, target) in FACTS.iter().zip(targets.iter().cycle()) {
            let (text, advice) = (fact.text.to_owned(), Some(fact.advice.to_owned()));
            let new = NewFact { report: report.id, target: *target, text, advice };
            facts.push(agency::add_fact(&self.by(lead), new).await?);
        }
        let file = self.photo(lead, "评价报告（初稿）.jpg", 3).await?;
        agency::hand_in(&self.by(lead), at(&report), vec![file]).await?;
        for (fact, written) in facts.into_iter().zip(FACTS) {
            if let Some((verdict, note)) = written.said {
                let checked = Checked { verdict, note: note.to_owned(), files: Vec::new() };
                center::check(&self.admin(), Seen { id: fact.id, version: fact.version }, checked).await?;
            }
        }
        Ok(())
    }

    async fn report(&self, round: &campaign::Model) -> Result<campaign_report::Model> {
        let cx = self.admin();
        let tx = cx.read().await?;
        let found = super::repo::report_of(&tx, round.id).await?;
        found.ok_or(crate::error::Error::NotFound(crate::error::Kind::Row))
    }

    async fn indicators(&self, form: FormVersionId) -> Result<Vec<String>> {
        let cx = self.admin();
        let tx = cx.read().await?;
        let (_, content) = crate::evaluation::forms::service::published(&tx, form).await?;
        let FormContent::ThirdParty(form) = content else { return Ok(Vec::new()) };
        let indicators = form.groups.into_iter().flat_map(|group| group.indicators);
        Ok(indicators.map(|indicator| indicator.code).collect())
    }
}

const fn at(row: &campaign_report::Model) -> Seen<CampaignReportId> {
    Seen { id: row.id, version: row.version }
}
