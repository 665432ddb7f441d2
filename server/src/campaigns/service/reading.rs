//! What is shown: to whoever organises the rounds and one round with everything about it, to a rater their own part.
//! Each in a number of statements that does not grow with the rows.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    CampaignId, CampaignRaterId, CampaignTargetId, FormVersionId, StaffId,
    calendar::local_date,
    campaigns::{
        Assignment, BallotStatus, CampaignAction, CampaignStatus, RaterStatus, Raters, after,
        ballot::BallotContent,
        coverage::{GroupCoverage, RaterFacts, coverage, is_covered},
        remarks::{Disposition, Opinion},
        results::{Interval, Shown, interval, shown},
        steps::{CampaignStep, RoundFacts, step},
    },
    evaluation::forms::{FormContent, FormStatus},
    files::OwnerKind,
    permission::Permission,
    policy::PolicyKey,
};
use entity::{
    ballot, campaign, campaign_form, campaign_rater, campaign_remark, campaign_target, form_version::Summary, post,
};

use super::{
    raters,
    rating::{is_shown, part, rates},
    read, repo,
    results::{Part, parts},
    unseal,
};
use crate::{
    db::ReadTx,
    error::Result,
    evaluation::forms,
    files::{self, graphql::AttachedFile},
    graphql::context::Cx,
    posts::{self, repo::People},
    tenancy,
};

/// A rater, with how far they are.
pub struct Listed {
    /// Who.
    pub row: campaign_rater::Model,
    /// How far.
    pub facts: RaterFacts,
}

/// A form that was handed in, as whoever organises reads it.
pub struct Given {
    /// The form.
    pub row: campaign_form::Model,
    /// What was filled in.
    pub content: BallotContent,
    /// What proves it.
    pub files: Vec<AttachedFile>,
}

/// What a round came to, as far as it is shown.
pub struct Outcome {
    /// Means by target, and of all that is shown.
    pub shown: Shown,
    /// Means by part of the form, of each target that is shown.
    pub parts: Vec<Part>,
    /// Of how many forms a mean is shown.
    pub least: i32,
    /// Where the mean of each target would lie nineteen times out of twenty; for those who may read every form.
    pub intervals: Vec<(CampaignTargetId, Interval)>,
}

/// One round with everything about it.
pub struct Page {
    /// The round.
    pub row: campaign::Model,
    /// By which version of a form.
    pub version: Summary,
    /// What is in that.
    pub form: FormContent,
    /// How far it has come.
    pub step: CampaignStep,
    /// What is rated.
    pub targets: Vec<campaign_target::Model>,
    /// Who rates.
    pub raters: Vec<Listed>,
    /// The groups of raters.
    pub coverage: Vec<GroupCoverage>,
    /// Whether each group has been heard.
    pub covered: bool,
    /// What it came to.
    pub outcome: Outcome,
    /// The forms themselves, for whoever organises, where the vote is not secret; not those about the viewer.
    pub given: Vec<Given>,
    /// What was said besides, for the same; not about the viewer.
    pub remarks: Vec<campaign_remark::Model>,
    /// How many remarks nobody has worked through.
    pub open_remarks: usize,
    /// What the viewer may do with the round now.
    pub actions: Vec<CampaignAction>,
}

/// The rounds, newest first.
pub async fn list(cx: &Cx) -> Result<Vec<campaign::Model>> {
    cx.scope()?.require(Permission::CampaignRead)?;
    repo::campaigns(&*cx.read().await?).await
}

/// One round with everything about it.
pub async fn page(cx: &Cx, id: CampaignId) -> Result<Page> {
    cx.scope()?.require(Permission::CampaignRead)?;
    let organises = raters::organises(cx)?;
    let tx = cx.read().await?;
    let row = repo::campaign(&tx, id).await?;
    let (version, form) = forms::service::published(&tx, row.form_version_id).await?;
    let targets = repo::targets(&tx, id).await?;
    let me = me(&tx).await?;
    let ballots = repo::ballots(&tx, id).await?;
    let raters: Vec<_> = repo::raters(&tx, id)
        .await?
        .into_iter()
        .map(|rater| Listed { facts: facts_of(&row, &rater, &targets, &ballots), row: rater })
        .collect();
    let all_facts: Vec<_> = raters.iter().map(|rater| rater.facts).collect();
    let groups = coverage(row.kind, &all_facts, cx.rules().await?.policy.get(PolicyKey::CampaignGroupLeast));
    let rows = repo::forms(&tx, id).await?;
    let mut remarks = repo::remarks(&tx, id).await?;
    let open_remarks = remarks.iter().filter(|remark| remark.disposition == Disposition::Open).count();
    let step = step(row.status, course(&all_facts, &ballots, &remarks));
    // Nobody reads beforehand what was said about themself.
    let own: BTreeSet<_> =
        targets.iter().filter(|target| me.is_some() && target.staff_id == me).map(|target| target.id).collect();
    let outcome = outcome(&row, &form, &targets, &rows, organises)?;
    remarks.retain(|remark| organises && !own.contains(&remark.target_id));
    let open_to = organises && !row.kind.rules().secret;
    let rows = rows.into_iter().filter(|form| open_to && !own.contains(&form.target_id)).collect();
    let given = given(cx, &tx, rows).await?;
    // Of a round of the city, the center publishes what it came to and no more.
    let centers = |action: CampaignAction| row.city_round_id.is_none() || action == CampaignAction::Publish;
    let may = |action: &&CampaignAction| organises && centers(**action) && after(row.status, **action).is_ok();
    Ok(Page {
        actions: CampaignAction::ALL.iter().filter(may).copied().collect(),
        covered: is_covered(&groups),
        coverage: groups,
        outcome: if row.status == CampaignStatus::Published { outcome } else { without(outcome, &own) },
        version,
        form,
        step,
        targets,
        raters,
        given,
        remarks,
        open_remarks,
        row,
    })
}

/// Before publication the rated do not see what they came to, whatever else they are; and no whole that holds it.
fn without(mut outcome: Outcome, own: &BTreeSet<CampaignTargetId>) -> Outcome {
    for (target, mean) in &mut outcome.shown.targets {
        if own.contains(target) {
            *mean = None;
        }
    }
    if !own.is_empty() {
        outcome.shown.whole = None;
    }
    outcome.parts.retain(|part| !own.contains(&part.target));
    outcome.intervals.retain(|(target, _)| !own.contains(target));
    outcome
}

async fn me(tx: &ReadTx) -> Result<Option<StaffId>> {
    match tx.scope().account() {
        Some(account) => Ok(posts::repo::person_of(tx, account).await?.map(|person| person.id)),
        None => Ok(None),
    }
}

/// How far each rater of a round is.
pub(in crate::campaigns) async fn facts(tx: &ReadTx, row: &campaign::Model) -> Result<Vec<RaterFacts>> {
    let targets = repo::targets(tx, row.id).await?;
    let ballots = repo::ballots(tx, row.id).await?;
    let raters = repo::raters(tx, row.id).await?;
    Ok(raters.iter().map(|rater| facts_of(row, rater, &targets, &ballots)).collect())
}

pub(super) fn facts_of(
    row: &campaign::Model,
    rater: &campaign_rater::Model,
    targets: &[campaign_target::Model],
    ballots: &[ballot::Model],
) -> RaterFacts {
    let count = |wanted: BallotStatus| {
        let own = ballots.iter().filter(|ballot| ballot.rater_id == rater.id && ballot.status == wanted);
        u32::try_from(own.count()).unwrap_or(u32::MAX)
    };
    let assigned = targets.iter().filter(|target| rates(row, rater, target) == Assignment::Yes).count();
    RaterFacts {
        role: rater.role,
        status: rater.status,
        handed_in: count(BallotStatus::HandedIn),
        recused: count(BallotStatus::Recused),
        assigned: u32::try_from(assigned).unwrap_or(u32::MAX),
    }
}

fn course(raters: &[RaterFacts], ballots: &[ballot::Model], remarks: &[campaign_remark::Model]) -> RoundFacts {
    let count = |found: usize| u32::try_from(found).unwrap_or(u32::MAX);
    let unheard =
        |remark: &&campaign_remark::Model| remark.rater_id.is_some() && remark.opinion != Some(Opinion::Answers);
    RoundFacts {
        invited: count(raters.iter().filter(|rater| rater.status != RaterStatus::Drawn).count()),
        accepted: count(raters.iter().filter(|rater| rater.status == RaterStatus::Accepted).count()),
        handed_in: count(ballots.iter().filter(|ballot| ballot.status == BallotStatus::HandedIn).count()),
        open_remarks: count(remarks.iter().filter(|remark| remark.disposition == Disposition::Open).count()),
        unanswered: count(remarks.iter().filter(unheard).count()),
    }
}

/// What a round came to, with intervals for those who may read every form.
pub(super) fn outcome(
    row: &campaign::Model,
    form: &FormContent,
    targets: &[campaign_target::Model],
    rows: &[campaign_form::Model],
    organises: bool,
) -> Result<Outcome> {
    let ids: Vec<_> = targets.iter().map(|target| target.id).collect();
    let total = |row: &campaign_form::Model| u32::try_from(row.total).unwrap_or(0);
    let totals: Vec<_> = rows.iter().map(|row| (row.target_id, total(row))).collect();
    let least = u32::try_from(row.least).unwrap_or(1);
    let shown = shown(&ids, &totals, least);
    let seen: BTreeSet<_> = shown.targets.iter().filter(|(_, mean)| mean.is_some()).map(|(id, _)| *id).collect();
    let parts = parts(form, rows, &seen)?;
    let open_to = organises && !row.kind.rules().secret;
    let interval_of = |id: &CampaignTargetId| {
        let own: Vec<_> = totals.iter().filter(|(target, _)| target == id).map(|(_, total)| *total).collect();
        Some((*id, interval(&own, MOST)?))
    };
    let intervals = seen.iter().filter(|_| open_to).filter_map(interval_of).collect();
    Ok(Outcome { shown, parts, least: row.least, intervals })
}

/// Hundredths that a form comes to at most: 100 points, and what may be given on top.
const MOST: u32 = 12_000;

/// Forms with what proves them.
async fn given(cx: &Cx, tx: &ReadTx, rows: Vec<campaign_form::Model>) -> Result<Vec<Given>> {
    let owners: Vec<_> = rows.iter().filter_map(|row| row.ballot_id.map(|id| id.0)).collect();
    let keys = cx.app.keys.center(tx.scope().center()?);
    let mut files: BTreeMap<uuid::Uuid, Vec<AttachedFile>> = BTreeMap::new();
    for file in files::service::of(tx, OwnerKind::Ballot, &owners).await? {
        let Some(owner) = file.owner_id else { continue };
        files.entry(owner).or_default().push(AttachedFile::new(&file, &keys)?);
    }
    let given = rows.into_iter().map(|row| {
        let files = row.ballot_id.and_then(|id| files.remove(&id.0)).unwrap_or_default();
        Ok(Given { content: read(&row.content)?, files, row })
    });
    given.collect()
}

/// What a round is put together from.
pub struct Choices {
    /// Posts.
    pub posts: Vec<post::Model>,
    /// People of the staff.
    pub staff: People,
    /// Versions of forms that were published.
    pub forms: Vec<Summary>,
    /// Members who hold a role that one is named for.
    pub members: Vec<tenancy::repo::Member>,
    /// The fewest forms of which the city lets a mean be shown.
    pub least: u32,
    /// How many of each group are needed in a round of deputies.
    pub group_least: u32,
}

/// What a round is put together from.
pub async fn choices(cx: &Cx) -> Result<Choices> {
    cx.scope()?.require(Permission::CampaignManage)?;
    let tx = cx.read().await?;
    let roles: Vec<_> = domain::campaigns::RULES
        .iter()
        .filter(|rules| rules.raters == Raters::Staff)
        .flat_map(|rules| rules.roles.iter().copied())
        .collect();
    let mut forms = forms::service::public(&tx).await?;
    forms.retain(|version| version.status == FormStatus::Published);
    let rules = cx.rules().await?;
    Ok(Choices {
        posts: posts::repo::posts(&tx).await?,
        staff: posts::repo::staff(&tx, false).await?.into_iter().map(|row| (row.id, row)).collect(),
        forms,
        members: raters::fitting(&tx, &roles).await?,
        least: rules.policy.get(PolicyKey::CampaignLeast),
        group_least: rules.policy.get(PolicyKey::CampaignGroupLeast),
    })
}

/// A round of the viewer's as a rater.
pub struct Own {
    /// The round.
    pub row: campaign::Model,
    /// The viewer in it.
    pub me: campaign_rater::Model,
    /// How far they are.
    pub facts: RaterFacts,
}

/// The rounds that the viewer rates in or reads replies of.
pub async fn own(cx: &Cx) -> Result<Vec<Own>> {
    cx.scope()?.require(Permission::CampaignRate)?;
    let tx = cx.read().await?;
    let Some(account) = tx.scope().account() else { return Ok(Vec::new()) };
    let mut parts = repo::parts_of(&tx, account).await?;
    let today = local_date(cx.now());
    let ids: Vec<_> = parts.iter().map(|part| part.campaign_id).collect();
    let mut rounds = repo::named(&tx, ids.clone()).await?;
    rounds.retain(|round| is_shown(round, today));
    let mut targets: BTreeMap<CampaignId, Vec<campaign_target::Model>> = BTreeMap::new();
    for target in repo::targets_of(&tx, ids).await? {
        targets.entry(target.campaign_id).or_default().push(target);
    }
    let mine: Vec<CampaignRaterId> = parts.iter().map(|part| part.id).collect();
    let ballots = repo::ballots_of_all(&tx, mine).await?;
    let part = |row: campaign::Model| {
        let place = parts.iter().position(|part| part.campaign_id == row.id)?;
        let me = parts.swap_remove(place);
        let targets = targets.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        Some(Own { facts: facts_of(&row, &me, targets, &ballots), row, me })
    };
    Ok(rounds.into_iter().filter_map(part).collect())
}

/// A target, as its rater sees it.
pub struct Target {
    /// The target.
    pub row: campaign_target::Model,
    /// What they did about it; nothing yet without.
    pub ballot: Option<ballot::Model>,
    /// What they have filled in, or handed in.
    pub content: BallotContent,
    /// What proves it.
    pub files: Vec<AttachedFile>,
}

/// A round, as one of its raters sees it.
pub struct Mine {
    /// The round and the viewer in it.
    pub part: Own,
    /// The version of the form.
    pub form_version: FormVersionId,
    /// What is in it.
    pub form: FormContent,
    /// What is theirs to rate.
    pub targets: Vec<Target>,
    /// What they said, with replies.
    pub remarks: Vec<campaign_remark::Model>,
}

/// A round of the viewer's as a rater, with all that is theirs in it.
pub async fn mine(cx: &Cx, id: CampaignId) -> Result<Mine> {
    cx.scope()?.require(Permission::CampaignRate)?;
    let tx = cx.read().await?;
    let (row, me) = part(&tx, id).await?;
    let form = super::form_of(&tx, &row).await?;
    let mut targets = repo::targets(&tx, id).await?;
    let ballots = repo::ballots_of(&tx, me.id).await?;
    let facts = facts_of(&row, &me, &targets, &ballots);
    targets.retain(|target| rates(&row, &me, target) == Assignment::Yes);
    let keys = cx.app.keys.center(row.center_id);
    let handed_in: BTreeMap<_, _> =
        repo::forms_by(&tx, me.id).await?.into_iter().map(|form| (form.target_id, form.content)).collect();
    let owners: Vec<_> = ballots.iter().map(|ballot| ballot.id.0).collect();
    let mut files: BTreeMap<uuid::Uuid, Vec<AttachedFile>> = BTreeMap::new();
    for file in files::service::of(&tx, OwnerKind::Ballot, &owners).await? {
        let Some(owner) = file.owner_id else { continue };
        files.entry(owner).or_default().push(AttachedFile::new(&file, &keys)?);
    }
    let mut ballots: BTreeMap<_, _> = ballots.into_iter().map(|ballot| (ballot.target_id, ballot)).collect();
    let target = |row: campaign_target::Model| -> Result<Target> {
        let ballot = ballots.remove(&row.id);
        let kept = ballot.as_ref().map(|ballot| unseal(&keys, ballot)).transpose()?.flatten();
        let content = match (kept, handed_in.get(&row.id)) {
            (Some(content), _) => content,
            (None, Some(text)) => read(text)?,
            (None, None) => BallotContent::empty(form.kind())?,
        };
        let files = ballot.as_ref().and_then(|ballot| files.remove(&ballot.id.0)).unwrap_or_default();
        Ok(Target { row, ballot, content, files })
    };
    let targets = targets.into_iter().map(target).collect::<Result<_>>()?;
    let remarks = repo::remarks_of(&tx, me.id).await?;
    Ok(Mine { form_version: row.form_version_id, form, targets, remarks, part: Own { row, me, facts } })
}
