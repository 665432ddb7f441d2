//! Who rates: drawn from the roster, named from the staff, invited by a link, reminded, excused.

use std::collections::BTreeMap;

use domain::{
    AccountId, CampaignId, CampaignRaterId, RepresentativeId, Violation,
    calendar::local_date,
    campaigns::{
        CampaignKind, RATERS_MAX, RaterStatus, Raters, check_pool,
        draw::{self, Candidate, Drawn, Interest, PER_GROUP_MAX, Recusal},
        takes_raters,
    },
    complaints::form::entry,
    permission::{Permission, Role, Seat},
};
use entity::{campaign, campaign_rater, campaign_target, representative};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{manage, news, repo, roster};
use crate::{
    crypto,
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Error, Kind, Result},
    graphql::context::Cx,
    posts::{self, service::Seen},
    tenancy::{
        self,
        service::{
            invitations::Link,
            people::{self, Invite},
        },
    },
};

/// What a draw came to.
pub struct Draw {
    /// The round, changed by it.
    pub campaign: campaign::Model,
    /// By which number it can be drawn again.
    pub seed: String,
    /// Who, and what is missing.
    pub drawn: Drawn,
    /// Whom the draw passed over, and why.
    pub recused: Vec<(String, Recusal)>,
}

/// Draws until each of the three groups has so many raters; again for those who declined.
pub async fn draw(cx: &Cx, seen: Seen<CampaignId>, per_group: u32) -> Result<Draw> {
    if !(1..=PER_GROUP_MAX).contains(&per_group) {
        return Err(Violation::new("perGroup", "campaigns.per_group").with("max", PER_GROUP_MAX).into());
    }
    let mut tx = manage(cx).await?;
    let row = taking(&tx, seen.id, Raters::Roster).await?;
    let targets = repo::targets(&tx, row.id).await?;
    if targets.is_empty() {
        return Err(Violation::new("", "campaigns.no_targets").into());
    }
    let there = repo::raters(&tx, row.id).await?;
    let seed = u64::from_be_bytes(crypto::random()?);
    let Pool { candidates, people, recused } = pool(&tx, &row, &targets, &there).await?;
    let mut present: BTreeMap<Role, u32> = BTreeMap::new();
    for rater in there.iter().filter(|rater| !matches!(rater.status, RaterStatus::Declined | RaterStatus::Expired)) {
        *present.entry(rater.role).or_default() += 1;
    }
    let drawn = draw::draw(&candidates, &present, per_group, seed);
    let seed = format!("{seed:016x}");
    let chosen = drawn.chosen.iter().filter_map(|id| people.get(id));
    let rows: Vec<_> = chosen
        .map(|person| campaign_rater::ActiveModel {
            representative_id: Set(Some(person.id)),
            name: Set(person.name.clone()),
            unit: Set(Some(person.unit.clone())),
            seed: Set(Some(seed.clone())),
            ..rater(cx, row.id, person.role, RaterStatus::Drawn)
        })
        .collect();
    let count = rows.len();
    if count > 0 {
        tx.insert_many(rows).await?;
    }
    let change = campaign::ActiveModel { id: Unchanged(row.id), ..Default::default() };
    let campaign = tx.update(change, seen.version).await?;
    let short: u32 = drawn.short.iter().map(|(_, missing)| missing).sum();
    let detail = format!("seed={seed} drawn={count} short={short}");
    tx.commit(AuditEvent::on(row.id.0, Verb::CampaignRatersDrawn).with_detail(detail)).await?;
    Ok(Draw { campaign, seed, drawn, recused })
}

/// The roster, as a draw for a round sees it.
struct Pool {
    candidates: Vec<Candidate>,
    people: BTreeMap<RepresentativeId, representative::Model>,
    recused: Vec<(String, Recusal)>,
}

async fn pool(
    tx: &ReadTx,
    row: &campaign::Model,
    targets: &[campaign_target::Model],
    there: &[campaign_rater::Model],
) -> Result<Pool> {
    let times = repo::times_drawn(tx).await?;
    let interests = roster::interests(tx).await?;
    let rated = interests_of(targets);
    let mut pool = Pool { candidates: Vec::new(), people: BTreeMap::new(), recused: Vec::new() };
    for one in repo::representatives(tx).await? {
        if there.iter().any(|rater| rater.representative_id == Some(one.id)) {
            continue;
        }
        let own = interests.get(&one.id).map(Vec::as_slice).unwrap_or_default();
        let term = (one.from_on, one.until_on);
        match draw::recusal(term, one.staff_id, own, &rated, (row.starts_on, row.ends_on)) {
            Some(why) => pool.recused.push((one.name, why)),
            None => {
                let drawn = times.get(&one.id).copied().unwrap_or(0);
                pool.candidates.push(Candidate { id: one.id, group: one.role, unit: one.unit.clone(), drawn });
                pool.people.insert(one.id, one);
            }
        }
    }
    Ok(pool)
}

/// What is rated, as somebody may have an interest in it.
pub(super) fn interests_of(targets: &[campaign_target::Model]) -> Vec<Interest> {
    let of =
        |target: &campaign_target::Model| target.post_id.map(Interest::Post).or(target.staff_id.map(Interest::Staff));
    targets.iter().filter_map(of).collect()
}

/// Names somebody of the center who holds a role of the round.
pub async fn name(
    cx: &Cx,
    seen: Seen<CampaignId>,
    account: AccountId,
    pool: Option<String>,
) -> Result<campaign_rater::Model> {
    let mut tx = manage(cx).await?;
    let row = taking(&tx, seen.id, Raters::Staff).await?;
    let rules = row.kind.rules();
    if let Some(violation) = check_pool(row.kind, pool.as_deref()) {
        return Err(violation.into());
    }
    let member = tenancy::service::member(&tx, account).await?;
    let role = rules.roles.iter().find(|role| member.roles.contains(role)).copied();
    let role = role.ok_or_else(|| Violation::new("account", "campaigns.role"))?;
    let staff = posts::repo::person_of(&tx, account).await?.map(|person| person.id);
    let needs = matches!(row.kind, CampaignKind::SelfRating | CampaignKind::Peer);
    if needs && staff.is_none() {
        return Err(Violation::new("account", "campaigns.not_staff").into());
    }
    not_twice(&tx, row.id, account).await?;
    let new = campaign_rater::ActiveModel {
        staff_id: Set(staff),
        account_id: Set(Some(account)),
        name: Set(member.display_name),
        pool: Set(pool),
        ..rater(cx, row.id, role, RaterStatus::Accepted)
    };
    let new = tx.insert(new).await?;
    news::named(cx, &mut tx, &row, account).await?;
    let change = campaign::ActiveModel { id: Unchanged(row.id), ..Default::default() };
    tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(new.id.0, Verb::CampaignRaterNamed)).await?;
    Ok(new)
}

/// Somebody who was drawn, with the link that is theirs; shown once.
pub struct Called {
    /// The rater.
    pub rater: campaign_rater::Model,
    /// Their login.
    pub login: String,
    /// How they get in.
    pub link: Link,
}

/// Invites somebody who was drawn, by an evaluator's link; a second time with a new one.
pub async fn invite(cx: &Cx, seen: Seen<CampaignRaterId>, login: String) -> Result<Called> {
    let mut tx = manage(cx).await?;
    let row = repo::rater(&tx, seen.id).await?;
    let round = repo::campaign(&tx, row.campaign_id).await?;
    if !takes_raters(round.status) {
        return Err(Violation::new("", "campaigns.step").into());
    }
    let (account, link) = match (row.status, row.account_id) {
        (RaterStatus::Invited, Some(account)) => (account, people::call_again(cx, &mut tx, account).await?),
        (RaterStatus::Drawn, None) => {
            let cmd = Invite {
                login: login.clone(),
                display_name: row.name.clone(),
                title: row.unit.clone(),
                roles: vec![row.role],
                // The briefing can be read, and the invitation answered, before the first day.
                valid_from: Some(local_date(cx.now())),
                valid_until: Some(round.replies_until),
                campaign: Some(round.id),
            };
            people::call(cx, &mut tx, &cmd).await?
        }
        _ => return Err(Violation::new("", "campaigns.not_to_invite").into()),
    };
    not_staff(&tx, account).await?;
    if row.account_id.is_none() {
        not_twice(&tx, round.id, account).await?;
    }
    let change = campaign_rater::ActiveModel {
        id: Unchanged(row.id),
        account_id: Set(Some(account)),
        status: Set(RaterStatus::Invited),
        ..Default::default()
    };
    let rater = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(rater.id.0, Verb::CampaignRaterInvited).with_detail(rater.role.key())).await?;
    let known = cx.app.db.identity().account(account).await?;
    Ok(Called { rater, login: known.map_or(login, |account| account.login), link })
}

/// Lets somebody whom the administrator invites rate in a round of the center, in that transaction.
///
/// # Errors
/// [`Error::NotFound`] for a round of elsewhere; [`Error::Invalid`] when the round takes nobody any more, or not them.
pub async fn join(
    cx: &Cx,
    tx: &mut WriteTx,
    round: CampaignId,
    (account, role): (AccountId, Role),
    name: &str,
) -> Result<()> {
    let row = repo::campaign(tx, round).await?;
    if !takes_raters(row.status) {
        return Err(Violation::new("campaignId", "campaigns.takes_nobody").into());
    }
    if !row.kind.rules().roles.contains(&role) {
        return Err(Violation::new("roles", "campaigns.role").into());
    }
    not_staff(tx, account).await?;
    let known = repo::rater_of(tx, round, account).await?;
    if let Some(known) = known {
        let change = campaign_rater::ActiveModel {
            id: Unchanged(known.id),
            status: Set(RaterStatus::Invited),
            ..Default::default()
        };
        return tx.update(change, known.version).await.map(drop);
    }
    not_full(tx, round).await?;
    let new = campaign_rater::ActiveModel {
        account_id: Set(Some(account)),
        name: Set(name.to_owned()),
        ..rater(cx, round, role, RaterStatus::Invited)
    };
    tx.insert(new).await.map(drop)
}

/// Reminds somebody who takes part: their page says so. Nothing is sent.
pub async fn remind(cx: &Cx, seen: Seen<CampaignRaterId>) -> Result<campaign_rater::Model> {
    let mut tx = manage(cx).await?;
    let row = repo::rater(&tx, seen.id).await?;
    if row.status != RaterStatus::Accepted && row.status != RaterStatus::Invited {
        return Err(Violation::new("", "campaigns.not_to_remind").into());
    }
    let change =
        campaign_rater::ActiveModel { id: Unchanged(row.id), reminded_at: Set(Some(tx.now())), ..Default::default() };
    let row = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::CampaignRaterReminded)).await?;
    Ok(row)
}

/// Writes down that somebody does not take part, as they said by other means.
pub async fn excuse(cx: &Cx, seen: Seen<CampaignRaterId>, reason: String) -> Result<campaign_rater::Model> {
    entry("reason", &reason)?;
    let mut tx = manage(cx).await?;
    let row = repo::rater(&tx, seen.id).await?;
    let round = repo::campaign(&tx, row.campaign_id).await?;
    let given = !repo::ballots_of(&tx, row.id).await?.is_empty();
    if !takes_raters(round.status) || given || row.status == RaterStatus::Declined {
        return Err(Violation::new("", "campaigns.not_to_excuse").into());
    }
    let change = campaign_rater::ActiveModel {
        id: Unchanged(row.id),
        status: Set(RaterStatus::Declined),
        reason: Set(Some(reason)),
        ..Default::default()
    };
    let row = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::CampaignRaterExcused)).await?;
    Ok(row)
}

/// A round that takes raters who come in this way.
async fn taking(tx: &ReadTx, id: CampaignId, way: Raters) -> Result<campaign::Model> {
    let row = repo::campaign(tx, id).await?;
    if row.kind.rules().raters != way {
        return Err(Violation::new("", "campaigns.other_raters").into());
    }
    if !takes_raters(row.status) {
        return Err(Violation::new("", "campaigns.takes_nobody").into());
    }
    not_full(tx, id).await?;
    Ok(row)
}

async fn not_full(tx: &ReadTx, round: CampaignId) -> Result<()> {
    if repo::raters(tx, round).await?.len() >= RATERS_MAX {
        return Err(Violation::new("", "campaigns.many_raters").with("max", RATERS_MAX).into());
    }
    Ok(())
}

async fn not_twice(tx: &ReadTx, round: CampaignId, account: AccountId) -> Result<()> {
    match repo::rater_of(tx, round, account).await? {
        Some(_) => Err(Violation::new("", "campaigns.rater_twice").into()),
        None => Ok(()),
    }
}

/// Nobody rates the center from outside who works in it.
async fn not_staff(tx: &ReadTx, account: AccountId) -> Result<()> {
    let listed = posts::repo::person_of(tx, account).await?.is_some_and(|person| person.left_on.is_none());
    let member = match tenancy::service::member(tx, account).await {
        Ok(member) => member.roles.iter().any(|role| role.seat() == Seat::Center),
        Err(Error::NotFound(Kind::Member)) => false,
        Err(error) => return Err(error),
    };
    if listed || member { Err(Violation::new("login", "campaigns.works_here").into()) } else { Ok(()) }
}

fn rater(cx: &Cx, round: CampaignId, role: Role, status: RaterStatus) -> campaign_rater::ActiveModel {
    campaign_rater::ActiveModel {
        id: Set(CampaignRaterId(cx.app.ids.next())),
        campaign_id: Set(round),
        role: Set(role),
        representative_id: Set(None),
        staff_id: Set(None),
        account_id: Set(None),
        unit: Set(None),
        pool: Set(None),
        status: Set(status),
        reason: Set(None),
        seed: Set(None),
        briefed_at: Set(None),
        reminded_at: Set(None),
        version: Set(1),
        ..Default::default()
    }
}

/// Members who hold a role of a round of the center's staff.
pub(super) async fn fitting(tx: &ReadTx, roles: &[Role]) -> Result<Vec<tenancy::repo::Member>> {
    let mut members = tenancy::repo::members(tx).await?;
    members.retain(|member| member.roles.iter().any(|role| roles.contains(role)));
    Ok(members)
}

/// Whether the viewer puts rounds together.
pub(super) fn organises(cx: &Cx) -> Result<bool> {
    Ok(cx.scope()?.require(Permission::CampaignManage).is_ok())
}
