//! Invented rounds at the center that a newcomer sees first. Of deputies: a roster, a round that was published, with
//! remarks that became tasks or did not and replies that were accepted or not, and one that is under way. Of an agency: one
//! whose facts are being checked. Of a patrol: one that has looked at two windows.

mod agency;
mod patrol;

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use domain::{
    AccountId, AttachmentId, CampaignId, CampaignTargetId, FormVersionId, PostId, RepresentativeId, Violation,
    calendar::local_date,
    campaigns::{
        CampaignKind,
        ballot::{BallotContent, ConductBallot, Finding, Remark},
        draw::RepresentativeForm,
        remarks::{Opinion, RemarkCategory, RemarkKind},
    },
    evaluation::forms::{FormKind, Halves},
    improvement::RectificationCause,
    permission::{Permission, Role},
};
use entity::{campaign, campaign_rater, campaign_remark};

use super::{
    repo,
    service::{
        course,
        planning::{self, NewTarget, Typed},
        raters,
        rating::{self, Filled},
        reading,
        remarks::{self, Classified, Outcome},
        roster::{self, NewConflict},
    },
};
use crate::{
    auth::{password, scope::Scope},
    db::{AuditEvent, Verb},
    demo::{Cast, PASSWORD},
    error::{Error, Result},
    files::service::{Arrived, take},
    graphql::context::{App, Cx},
    posts::{self, service::Seen},
    tenancy,
};

/// Group, name and unit; the years of the term.
const ROSTER: &[(Role, &str, &str, (i32, i32))] = &[
    (Role::PartyDelegate, "欧阳志明", "石岐街道太平社区党委", (2021, 2027)),
    (Role::PartyDelegate, "黎婉仪", "石岐中心小学党支部", (2021, 2027)),
    (Role::PartyDelegate, "麦伟健", "石岐环卫所党支部", (2021, 2027)),
    (Role::PartyDelegate, "阮美玲", "街道商会党支部", (2021, 2027)),
    (Role::CongressDeputy, "李秀兰", "莲峰社区居委会", (2021, 2027)),
    (Role::CongressDeputy, "区国雄", "石岐灯饰厂", (2021, 2027)),
    (Role::CongressDeputy, "蔡嘉怡", "石岐社区卫生服务中心", (2021, 2027)),
    (Role::CongressDeputy, "古锦荣", "岐江出租车公司", (2018, 2023)),
    (Role::CppccMember, "叶文静", "民建石岐支部", (2022, 2027)),
    (Role::CppccMember, "温家豪", "街道工商联", (2022, 2027)),
    (Role::CppccMember, "容惠芬", "石岐侨联", (2022, 2027)),
    (Role::CppccMember, "司徒伟", "律师界", (2022, 2027)),
];

/// Somebody whose wife works at a post.
const CONFLICT: (&str, &str, &str) = ("阮美玲", "w02", "配偶在2号综合受理窗口工作");

const BRIEFING: &str = "感谢各位代表、委员参与。请到大厅实地察看，可随机咨询、亲自办事，也可与群众交谈。\
    逐项对照评价表；扣分请写明时间、地点并附照片。与被评岗位有利害关系的，请点“回避”。\
    您的评价只有组织人能看到，被评人员只能看到三份以上评价的平均分。问题和建议都会逐条答复。";

/// What a picture from the spot is called.
const PHOTO: &str = "现场照片.jpg";

/// What was said in the first round, and what became of it.
const SAID: &[Said] = &[
    Said {
        kind: RemarkKind::Problem,
        text: "1号窗口的叫号屏反光，坐在后排的老人看不清号码，错过两次叫号。",
        category: RemarkCategory::Workplace,
        cause: Some(RectificationCause::Facility),
        reply: "已列入整改：本月内更换防反光屏，并增加语音叫号。",
        opinion: Some((Opinion::Answers, None)),
    },
    Said {
        kind: RemarkKind::Suggestion,
        text: "建议把一次性告知单印成大字版，放在取号机旁边。",
        category: RemarkCategory::Disclosure,
        cause: Some(RectificationCause::Information),
        reply: "采纳。大字版告知单正在排版，印好后在取号机、咨询台各放一份。",
        opinion: Some((Opinion::Answers, None)),
    },
    Said {
        kind: RemarkKind::Suggestion,
        text: "建议周六全天开放所有窗口。",
        category: RemarkCategory::Procedure,
        cause: None,
        reply: "本街道周六已开放两个综合窗口和自助服务区。从取号量看，周六平均每小时不足六人，暂不增开；人数上升时再调整。",
        opinion: Some((Opinion::DoesNot, Some("希望公布周六的取号数据。"))),
    },
    Said {
        kind: RemarkKind::Problem,
        text: "午间值班只有一人，连接两个咨询电话时无人接待现场群众。",
        category: RemarkCategory::Effectiveness,
        cause: Some(RectificationCause::Staffing),
        reply: "已列入整改：午间值班由一人增至两人，一人专责现场。",
        opinion: None,
    },
];

struct Said {
    kind: RemarkKind,
    text: &'static str,
    category: RemarkCategory,
    cause: Option<RectificationCause>,
    reply: &'static str,
    opinion: Option<(Opinion, Option<&'static str>)>,
}

/// Findings of the first round: which rater about which target, the item, halves of a point, where, what was seen.
const FOUND: &[(usize, usize, &str, u16, &str, &str)] = &[
    (0, 1, "greeting", 2, "1号综合受理窗口", "群众走到窗前，工作人员低头操作约一分钟没有招呼。"),
    (1, 1, "tidy", 2, "1号综合受理窗口", "台面堆放私人水杯和快递盒。"),
    (2, 2, "notice", 4, "2号综合受理窗口", "居住证续签，第一次没有说明需要房东签名。"),
    (4, 2, "tidy", 1, "2号综合受理窗口", "台面有两叠未归档的材料。"),
    (5, 0, "equipment", 2, "自助服务区", "一台自助打印机缺纸，没有提示。"),
];

/// Puts them in.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, cast: &Cast) -> Result<()> {
    let today = local_date(app.clock.now());
    let teller = Teller { app, cast, today, hash: password::hash(PASSWORD.to_owned()).await? };
    let Some(form) = teller.form().await? else { return Ok(()) };
    let places = {
        let cx = teller.admin();
        let tx = cx.read().await?;
        let rows = posts::repo::posts(&tx).await?;
        rows.into_iter().map(|row| (row.code, row.id)).collect::<HashMap<_, _>>()
    };
    teller.roster(&places).await?;
    teller.published(form, &places).await?;
    teller.under_way(form, &places).await?;
    teller.surveyed(&places).await?;
    teller.patrolled(form, &places).await
}

struct Teller<'a> {
    app: &'a App,
    cast: &'a Cast,
    today: NaiveDate,
    hash: String,
}

type Places = HashMap<String, PostId>;

impl Teller<'_> {
    /// The form D that counts.
    async fn form(&self) -> Result<Option<FormVersionId>> {
        let choices = reading::choices(&self.admin()).await?;
        Ok(choices.forms.iter().find(|version| version.kind == FormKind::Conduct).map(|version| version.id))
    }

    async fn roster(&self, places: &Places) -> Result<()> {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(self.today);
        let mut known: HashMap<&str, RepresentativeId> = HashMap::new();
        for (group, name, unit, (from, until)) in ROSTER {
            let form = RepresentativeForm {
                group: *group,
                name: (*name).to_owned(),
                unit: (*unit).to_owned(),
                from: day(*from, 11, 1),
                until: day(*until, 10, 31),
                staff: None,
            };
            known.insert(name, roster::add(&self.admin(), form).await?.id);
        }
        let (name, post, reason) = CONFLICT;
        if let (Some(representative), Some(post)) = (known.get(name), places.get(post)) {
            let new = NewConflict {
                representative: *representative,
                post: Some(*post),
                staff: None,
                reason: reason.to_owned(),
            };
            roster::add_conflict(&self.admin(), new).await?;
        }
        Ok(())
    }

    /// Six deputies came, said what they found, and were replied to.
    async fn published(&self, form: FormVersionId, places: &Places) -> Result<()> {
        let days = (self.ago(20), self.today);
        let targets = [None, Some("w01"), Some("w02")];
        let named = ("代表委员评价政务大厅", BRIEFING, days);
        let round = self.planned(CampaignKind::Deputies, form, named, places, &targets).await?;
        let (round, people) = self.drawn(round, 2).await?;
        let mut inside = Vec::new();
        for (n, person) in (1..).zip(&people) {
            inside.push((person.id, self.enters(person, &format!("rater{n}.{}", self.cast.center.code)).await?));
        }
        let round = course::open(&self.admin(), seen(&round)).await?;
        let targets = self.targets(round.id).await?;
        for (n, (_, scope)) in inside.iter().enumerate() {
            rating::answer(&self.by(scope), round.id, true, None).await?;
            for (at, target) in targets.iter().enumerate() {
                self.hands_in(scope, form, *target, (n, at)).await?;
            }
        }
        let round = course::close(&self.admin(), Seen { id: round.id, version: round.version }).await?;
        for remark in self.remarks(round.id).await? {
            self.worked_through(remark, &inside).await?;
        }
        course::publish(&self.admin(), seen(&round), None).await.map(drop)
    }

    /// Three more are at it: one has handed in a form and begun another, one has accepted, one was invited.
    async fn under_way(&self, form: FormVersionId, places: &Places) -> Result<()> {
        let days = (self.ago(3), self.today + Days::new(11));
        let targets = [Some("w01"), Some("w05"), Some("guide")];
        let named = ("代表委员看窗口：综合窗口与导办", BRIEFING, days);
        let round = self.planned(CampaignKind::Deputies, form, named, places, &targets).await?;
        let (round, people) = self.drawn(round, 1).await?;
        let round = course::open(&self.admin(), seen(&round)).await?;
        let targets = self.targets(round.id).await?;
        for person in &people {
            let name = match person.role {
                Role::CongressDeputy => "deputy",
                Role::PartyDelegate => "delegate",
                _ => "member",
            };
            let login = format!("{name}.{}", self.cast.center.code);
            if name == "member" {
                raters::invite(&self.admin(), Seen { id: person.id, version: person.version }, login).await?;
                continue;
            }
            let scope = self.enters(person, &login).await?;
            rating::answer(&self.by(&scope), round.id, true, None).await?;
            if let (true, [first, second, ..]) = (name == "deputy", targets.as_slice()) {
                let content = ballot(Vec::new(), Vec::new());
                rating::hand_in(&self.by(&scope), filled(*first, form, content, Vec::new())).await?;
                let text = "取件架上没有标明姓氏拼音，找件较慢。".to_owned();
                let content = ballot(Vec::new(), vec![Remark { kind: RemarkKind::Problem, text }]);
                rating::save(&self.by(&scope), filled(*second, form, content, Vec::new())).await?;
            }
        }
        Ok(())
    }

    async fn planned(
        &self,
        kind: CampaignKind,
        form: FormVersionId,
        (name, briefing, (starts_on, ends_on)): (&str, &str, (NaiveDate, NaiveDate)),
        places: &Places,
        targets: &[Option<&str>],
    ) -> Result<campaign::Model> {
        let typed = Typed {
            form,
            name: name.to_owned(),
            starts_on,
            ends_on,
            replies_until: None,
            least: None,
            briefing: briefing.to_owned(),
        };
        let round = planning::plan(&self.admin(), kind, typed).await?;
        let post = |code: &Option<&str>| code.map(|code| places.get(code).copied());
        let target = |code| match post(code) {
            Some(post) => post.map(|post| NewTarget { post: Some(post), staff: None, pool: None }),
            None => Some(NewTarget { post: None, staff: None, pool: None }),
        };
        planning::set_targets(&self.admin(), seen(&round), targets.iter().filter_map(target).collect()).await
    }

    async fn drawn(
        &self,
        round: campaign::Model,
        per_group: u32,
    ) -> Result<(campaign::Model, Vec<campaign_rater::Model>)> {
        let drawn = raters::draw(&self.admin(), seen(&round), per_group).await?;
        let cx = self.admin();
        let tx = cx.read().await?;
        Ok((drawn.campaign, repo::raters(&tx, round.id).await?))
    }

    async fn round(&self, id: CampaignId) -> Result<campaign::Model> {
        let cx = self.admin();
        let tx = cx.read().await?;
        repo::campaign(&tx, id).await
    }

    async fn targets(&self, round: CampaignId) -> Result<Vec<CampaignTargetId>> {
        let cx = self.admin();
        let tx = cx.read().await?;
        Ok(repo::targets(&tx, round).await?.into_iter().map(|row| row.id).collect())
    }

    async fn remarks(&self, round: CampaignId) -> Result<Vec<campaign_remark::Model>> {
        let cx = self.admin();
        let tx = cx.read().await?;
        repo::remarks(&tx, round).await
    }

    /// Invited, and in.
    async fn enters(&self, person: &campaign_rater::Model, login: &str) -> Result<Scope> {
        let at = Seen { id: person.id, version: person.version };
        let called = raters::invite(&self.admin(), at, login.to_owned()).await?;
        self.settles(called.rater.account_id.ok_or(Error::Unauthenticated)?).await
    }

    /// Takes an invitation up, by the password of all invented people.
    async fn settles(&self, account: AccountId) -> Result<Scope> {
        let cx = self.admin();
        let mut tx = cx.write(&cx.scope()?.require(Permission::CampaignManage)?).await?;
        tenancy::repo::take_up(&mut tx, account).await?;
        tx.set_password(account, self.hash.clone()).await?;
        tx.commit(AuditEvent::on(account.0, Verb::InvitationAccepted)).await?;
        let places = self.app.db.identity().places(account).await?;
        let place = places.first().ok_or_else(|| Violation::new("", "campaigns.not_accepted"))?;
        Ok(Scope::member(place, account))
    }

    async fn hands_in(
        &self,
        scope: &Scope,
        form: FormVersionId,
        target: CampaignTargetId,
        (rater, at): (usize, usize),
    ) -> Result<()> {
        let mut findings = Vec::new();
        let mut files = Vec::new();
        for (_, _, item, halves, place, note) in FOUND.iter().filter(|one| (one.0, one.1) == (rater, at)) {
            let photo = self.photo(scope, PHOTO, *halves).await?;
            files.push(photo);
            findings.push(Finding {
                item: (*item).to_owned(),
                size: Some(Halves(*halves)),
                on: Some(self.ago(2)),
                time: "10:20".to_owned(),
                place: (*place).to_owned(),
                note: (*note).to_owned(),
                files: vec![photo],
            });
        }
        if (rater, at) == (3, 1) {
            let note = "主动到楼下接轮椅老人，全程陪同办理。".to_owned();
            findings.push(Finding { item: "praise".to_owned(), size: Some(Halves(4)), note, ..Finding::default() });
        }
        // Each of the first raters says one thing, about the window in the middle.
        let said = SAID.get(rater).filter(|_| at == 1);
        let remarks = said.map(|said| Remark { kind: said.kind, text: said.text.to_owned() }).into_iter().collect();
        rating::hand_in(&self.by(scope), filled(target, form, ballot(findings, remarks), files)).await.map(drop)
    }

    async fn worked_through(
        &self,
        remark: campaign_remark::Model,
        inside: &[(domain::CampaignRaterId, Scope)],
    ) -> Result<()> {
        let Some(said) = SAID.iter().find(|said| said.text == remark.text) else { return Ok(()) };
        let outcome = match said.cause {
            Some(cause) => Outcome::Task { cause, days: None, owner: None },
            None => Outcome::NoAction,
        };
        let classified = Classified { category: said.category, outcome, reply: said.reply.to_owned() };
        let at = Seen { id: remark.id, version: remark.version };
        let row = remarks::classify(&self.admin(), at, classified).await?;
        let whose = inside.iter().find(|(id, _)| Some(*id) == row.rater_id);
        if let (Some((opinion, note)), Some((_, scope))) = (said.opinion, whose) {
            let at = Seen { id: row.id, version: row.version };
            rating::judge(&self.by(scope), at, opinion, note.map(ToOwned::to_owned)).await?;
        }
        Ok(())
    }

    /// A grey picture: what it shows is invented anyway.
    async fn photo(&self, scope: &Scope, name: &str, shade: u16) -> Result<AttachmentId> {
        const SIDE: u16 = 160;
        let shade = u8::try_from(shade % 8).unwrap_or(0) * 16 + 80;
        let mut bytes = Vec::new();
        let pixels = vec![shade; usize::from(SIDE) * usize::from(SIDE)];
        let encoder = jpeg_encoder::Encoder::new(&mut bytes, 80);
        encoder.encode(&pixels, SIDE, SIDE, jpeg_encoder::ColorType::Luma).map_err(anyhow::Error::from)?;
        let temp = self.app.files.temp()?;
        std::fs::write(temp.path(), bytes).map_err(anyhow::Error::from)?;
        let arrived = Arrived { temp, name: name.to_owned(), declared: "image/jpeg".to_owned() };
        Ok(take(&self.by(scope), arrived).await?.id)
    }

    fn ago(&self, days: u64) -> NaiveDate {
        self.today - Days::new(days)
    }

    fn admin(&self) -> Cx {
        self.by(&self.cast.admin)
    }

    fn by(&self, scope: &Scope) -> Cx {
        Cx::new(self.app.clone(), Some(scope.clone()), None, "demo".to_owned())
    }
}

const fn seen(row: &campaign::Model) -> Seen<CampaignId> {
    Seen { id: row.id, version: row.version }
}

fn ballot(findings: Vec<Finding>, remarks: Vec<Remark>) -> BallotContent {
    BallotContent::Conduct(ConductBallot { findings, remarks })
}

const fn filled(
    target: CampaignTargetId,
    form: FormVersionId,
    content: BallotContent,
    files: Vec<AttachmentId>,
) -> Filled {
    Filled { target, version: 0, form, content, files }
}
