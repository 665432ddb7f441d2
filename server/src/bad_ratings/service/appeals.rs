//! Appeals before the city: listed, opened by a reviewer for a reason, read, decided.

use std::collections::HashMap;

use chrono::{DateTime, Days, Utc};
use domain::{
    AccountId, AttachmentId, CenterId, RatingAppealId, RatingExclusionId, Violation,
    bad_ratings::{
        BadRatingEventKind as Event, BadRatingStatus as Status,
        appeal::{RatingAppealDecision as Decision, RatingAppealStatus, may_open, may_read},
    },
    calendar::local_date,
    center::CenterStatus,
    complaints::form::entry,
    evaluation::forms::Words,
    notices::NoticeReason,
    permission::{Permission, Role},
    policy::PolicyKey,
};
use entity::{attachment, bad_rating, bad_rating_event, bad_rating_target, rating_appeal, rating_exclusion};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{BODY, Line, REMARK, actors, keys, log, repo, set_clock};
use crate::{
    analytics,
    auth::scope::Scope,
    db::{AuditEvent, ReadTx, Verb, WriteTx, identity::Center},
    error::{Error, Result},
    files::graphql::AttachedFile,
    graphql::context::Cx,
    oversight::service::{Notice, tell},
    tenancy,
};

/// Appeals shown at most.
const SHOWN: u64 = 200;

/// An appeal with what the city's list says of it.
pub struct Appeal {
    /// The row.
    pub row: rating_appeal::Model,
    /// Its center.
    pub center: Center,
    /// That center's state.
    pub center_status: CenterStatus,
    /// Who of the city has opened it.
    pub opened_by: Option<String>,
    /// Who has decided.
    pub decided_by: Option<String>,
}

/// A case as the reviewer reads it who has opened the appeal.
pub struct File {
    /// The case.
    pub case: bad_rating::Model,
    /// The reasons that were ticked.
    pub reasons: Vec<Words>,
    /// What the rater wrote.
    pub remark: Option<String>,
    /// The log without the notes of colleagues, oldest first, each with its text.
    pub events: Vec<(bad_rating_event::Model, Option<String>)>,
    /// Who wrote it.
    pub names: HashMap<AccountId, String>,
    /// The evidence.
    pub files: Vec<AttachedFile>,
}

/// The city's appeals.
pub async fn list(cx: &Cx, status: RatingAppealStatus) -> Result<Vec<Appeal>> {
    cx.scope()?.require(Permission::AppealDecide)?;
    let tx = cx.read().await?;
    named(&tx, repo::appeals(&tx, status, SHOWN).await?).await
}

/// One of them.
pub async fn find(cx: &Cx, id: RatingAppealId) -> Result<Option<Appeal>> {
    cx.scope()?.require(Permission::AppealDecide)?;
    let tx = cx.read().await?;
    let row = repo::find_appeal(&tx, id).await?;
    Ok(named(&tx, row.into_iter().collect()).await?.pop())
}

/// The centers and reviewers of `rows`, in two statements.
async fn named(tx: &ReadTx, rows: Vec<rating_appeal::Model>) -> Result<Vec<Appeal>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let clerks: HashMap<_, _> = tenancy::centers::service::colleagues(tx).await?.into_iter().collect();
    let centers: HashMap<CenterId, _> = tx.city_centers().await?.into_iter().map(|found| (found.0.id, found)).collect();
    let name = |id: Option<AccountId>| id.and_then(|id| clerks.get(&id).cloned());
    let appeal = |row: rating_appeal::Model| {
        let (center, center_status) = centers.get(&row.center_id).cloned()?;
        let (opened_by, decided_by) = (name(row.opened_by), name(row.decided_by));
        Some(Appeal { row, center, center_status, opened_by, decided_by })
    };
    Ok(rows.into_iter().filter_map(appeal).collect())
}

/// The case itself, for the reviewer who has opened the appeal, until it is decided; none otherwise.
pub async fn case(cx: &Cx, id: RatingAppealId) -> Result<Option<File>> {
    let me = me(cx)?;
    let scope = match way_in(cx, id).await {
        Ok(Some(scope)) => scope,
        Ok(None) | Err(Error::NotFound(_) | Error::Invalid(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let inside = cx.under(scope).await;
    let tx = inside.read().await?;
    let row = repo::appeal(&tx, id).await?;
    if may_read(row.status, row.opened_by, me).is_err() {
        return Ok(None);
    }
    let (case, keys) = (repo::inside(&tx).await?, keys(cx, &tx)?);
    let mut events = repo::events(&tx, case.id).await?;
    events.retain(|event| event.kind != Event::Noted);
    let names = tx.names_inside(actors(&events).into_iter().collect()).await?;
    let open = |text: Option<&str>, field| text.map(|text| keys.open(field, text)).transpose();
    let events = events.into_iter().map(|event| {
        let text = open(event.body_enc.as_deref(), BODY)?;
        Ok((event, text))
    });
    let events = events.collect::<Result<_>>()?;
    let files = tx.appeal_files(id).await?;
    Ok(Some(File {
        reasons: serde_json::from_str(&case.reasons).map_err(anyhow::Error::from)?,
        remark: open(case.remark_enc.as_deref(), REMARK)?,
        events,
        names,
        files: files.iter().map(|file| AttachedFile::new(file, &keys)).collect::<Result<_>>()?,
        case,
    }))
}

/// A file of an appeal that the viewer has open; none otherwise.
pub async fn evidence(cx: &Cx, id: AttachmentId) -> Result<Option<attachment::Model>> {
    if cx.scope()?.require(Permission::AppealDecide).is_err() {
        return Ok(None);
    }
    let open = repo::opened_by(&*cx.read().await?, me(cx)?).await?;
    for row in open {
        let scope = match way_in(cx, row.id).await {
            Ok(Some(scope)) => scope,
            Ok(None) | Err(Error::NotFound(_) | Error::Invalid(_)) => continue,
            Err(error) => return Err(error),
        };
        let inside = cx.under(scope).await;
        let found = inside.read().await?.appeal_file(row.id, id).await?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Opens an appeal for a reason, in place of a colleague who may have opened it before. Opening what one has open changes
/// nothing.
pub async fn open(cx: &Cx, id: RatingAppealId, reason: &str) -> Result<()> {
    entry("reason", reason)?;
    let mut step = Inside::begin(cx, id).await?;
    if step.row.opened_by == Some(step.me) {
        return Ok(());
    }
    may_open(&step.worked().await?, step.me)?;
    let change = rating_appeal::ActiveModel {
        id: Unchanged(id),
        opened_by: Set(Some(step.me)),
        opened_at: Set(Some(step.now)),
        ..Default::default()
    };
    step.tx.update(change, step.row.version).await?;
    log(cx, &mut step.tx, (step.case.id, step.case.status), Line::of(Event::CityOpened).words(reason)).await?;
    let event = AuditEvent::on(step.case.id.0, Verb::RatingAppealOpened);
    step.tx.commit(event.with_detail(reason.trim())).await
}

/// Decides: what is excluded stays, beside a row that says so; what is kept goes on where it was.
pub async fn decide(cx: &Cx, id: RatingAppealId, decision: Decision, text: &str) -> Result<()> {
    entry("text", text)?;
    let mut step = Inside::begin(cx, id).await?;
    may_read(step.row.status, step.row.opened_by, step.me)?;
    let (now, rules, case) = (step.now, cx.rules().await?, step.case.clone());
    let change = rating_appeal::ActiveModel {
        id: Unchanged(id),
        status: Set(RatingAppealStatus::Decided),
        decision: Set(Some(decision)),
        answer: Set(Some(text.trim().to_owned())),
        decided_by: Set(Some(step.me)),
        decided_at: Set(Some(now)),
        ..Default::default()
    };
    step.tx.update(change, step.row.version).await?;
    let (status, kind) = match decision {
        Decision::Excluded => (Status::Closed, Event::Excluded),
        Decision::Kept => (case.appealed_from.unwrap_or(Status::Valid), Event::Kept),
    };
    let mut change = bad_rating::ActiveModel { id: Unchanged(case.id), status: Set(status), ..Default::default() };
    set_clock(&mut change, (status, case.named, case.due_step), now, &rules);
    if decision == Decision::Excluded {
        let days = rules.policy.get(PolicyKey::BadRatingKeepDays);
        change.excluded = Set(true);
        change.closed_at = Set(Some(now));
        change.purge_on = Set(local_date(now).checked_add_days(Days::new(days.into())));
        let row = rating_exclusion::ActiveModel {
            id: Set(RatingExclusionId(cx.app.ids.next())),
            rating_id: Set(case.rating_id),
            bad_rating_id: Set(case.id),
            ground: Set(step.row.ground),
            appellant_id: Set(step.row.appealed_by),
            decider_id: Set(step.me),
            excluded_on: Set(local_date(now)),
            ..Default::default()
        };
        step.tx.insert(row).await?;
    }
    let after = step.tx.update(change, case.version).await?;
    analytics::service::decided(&mut step.tx, &case, &after).await?;
    log(cx, &mut step.tx, (case.id, status), Line::of(kind).words(text)).await?;
    let mut people = step.tx.case_watchers(&[Role::ComplaintHandler, Role::CenterAdmin]).await?;
    people.extend(step.rated().await?.into_iter().chain([step.row.appealed_by]));
    let notice = Notice::new(NoticeReason::AppealDecided, case.id.0, step.row.post.as_deref());
    tell(cx, &mut step.tx, vec![(people, notice)]).await?;
    let event = AuditEvent::on(case.id.0, Verb::RatingAppealDecided);
    step.tx.commit(event.with_detail(decision.key())).await
}

/// A step of a reviewer inside a case: checked, inside its transaction, not written yet.
struct Inside {
    tx: WriteTx,
    row: rating_appeal::Model,
    case: bad_rating::Model,
    me: AccountId,
    now: DateTime<Utc>,
}

impl Inside {
    async fn begin(cx: &Cx, id: RatingAppealId) -> Result<Self> {
        let me = me(cx)?;
        let decided = || Violation::new("", "bad_rating.appeal_decided");
        let scope = way_in(cx, id).await?.ok_or_else(decided)?;
        let tx = cx.write(&scope.require(Permission::AppealDecide)?).await?;
        let row = repo::appeal(&tx, id).await?;
        if row.status != RatingAppealStatus::Open {
            return Err(decided().into());
        }
        let case = repo::inside(&tx).await?;
        Ok(Self { tx, row, case, me, now: cx.now() })
    }

    /// Who is rated in the case.
    async fn rated(&self) -> Result<Vec<AccountId>> {
        let rated = self.tx.select::<bad_rating_target::Entity>()?.all().await?;
        Ok(rated.into_iter().filter_map(|row| row.account_id).collect())
    }

    /// Who is rated in the case, has worked on it, or has appealed.
    async fn worked(&self) -> Result<Vec<AccountId>> {
        let events = repo::events(&self.tx, self.case.id).await?;
        // Whoever opens an appeal leaves a line, and may take it up again after a colleague.
        let lines: Vec<_> = events.into_iter().filter(|event| event.kind != Event::CityOpened).collect();
        let rated = self.rated().await?.into_iter();
        Ok(rated.chain(actors(&lines)).chain([self.row.appealed_by]).collect())
    }
}

fn me(cx: &Cx) -> Result<AccountId> {
    cx.scope()?.account().ok_or(Error::Unauthenticated)
}

/// The scope inside a case whose appeal waits for the city's decision; none once it is decided.
///
/// # Errors
/// [`Error::NotFound`] for another city's; `bad_rating.center_stopped` where the center does not work, so that nobody there
/// would learn of the opening.
async fn way_in(cx: &Cx, id: RatingAppealId) -> Result<Option<Scope>> {
    let scope = cx.scope()?;
    scope.require(Permission::AppealDecide)?;
    let tx = cx.read().await?;
    let Some(appeal) = tx.open_appeal(id).await? else { return Ok(None) };
    let status =
        tx.city_centers().await?.into_iter().find(|(center, _)| center.id == appeal.center()).map(|found| found.1);
    match status {
        Some(CenterStatus::Active | CenterStatus::Closing) => scope.appealed(&appeal).map(Some),
        _ => Err(Violation::new("", "bad_rating.center_stopped").into()),
    }
}
