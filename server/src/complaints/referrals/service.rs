//! Putting a case before the city, and what its clerks do with it: open, read, reveal, answer.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    AccountId, CenterId, ComplaintEventId, ReferralId, Violation,
    center::CenterStatus,
    complaints::{
        ComplaintEventKind as Event, EscalationCause,
        referral::{ReferralStatus, is_shown, may_open, may_read},
    },
    permission::{Permission, Role},
};
use entity::{case_referral, complaint, complaint_event};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::repo::{self, Filter};
use crate::{
    auth::scope::Scope,
    complaints::service::{
        check,
        entries::{Complainant, in_clear},
        facts,
    },
    db::{AuditEvent, ReadTx, Verb, WriteTx, identity::Center, referrals::CaseFile},
    error::{Error, Kind, Result},
    graphql::{context::Cx, page::Page},
    oversight::service::{Notice, notify},
    tenancy,
};

/// Why a case is put before the city.
pub enum Why {
    /// Somebody of the center says so.
    Said(String),
    /// It went up to the level of the city.
    Cause(EscalationCause),
}

/// Puts the case before the city, in the transaction that takes it there.
pub async fn put(tx: &mut WriteTx, id: uuid::Uuid, case: &complaint::Model, why: Why) -> Result<()> {
    let (reason, cause) = match why {
        Why::Said(reason) => (Some(reason), None),
        Why::Cause(cause) => (None, Some(cause)),
    };
    let row = case_referral::ActiveModel {
        id: Set(ReferralId(id)),
        city_id: Set(tx.scope().city()),
        complaint_id: Set(case.id),
        number: Set(case.number.clone()),
        subject: Set(case.subject),
        cause: Set(cause),
        reason: Set(reason),
        status: Set(ReferralStatus::Open),
        version: Set(1),
        referred_by: Set(tx.scope().account()),
        referred_at: Set(tx.now()),
        ..Default::default()
    };
    tx.insert(row).await.map(|_| ())
}

/// A case put before the city, with what its list says of it.
pub struct Referral {
    /// The row.
    pub row: case_referral::Model,
    /// Its center.
    pub center: Center,
    /// That center's state.
    pub center_status: CenterStatus,
    /// Who of the city has opened it.
    pub opened_by: Option<String>,
    /// Who of the city has answered.
    pub answered_by: Option<String>,
}

/// A page of the city's list; one row more than asked when there are more.
pub async fn list(cx: &Cx, filter: Filter, page: Page) -> Result<Vec<Referral>> {
    cx.scope()?.require(Permission::ReferralOpen)?;
    let tx = cx.read().await?;
    named(&tx, repo::list(&tx, filter, page).await?).await
}

/// How many a filter holds.
pub async fn count(cx: &Cx, filter: Filter) -> Result<u64> {
    cx.scope()?.require(Permission::ReferralOpen)?;
    repo::count(&*cx.read().await?, filter).await
}

/// The centers of the city, for narrowing the list.
pub async fn centers(cx: &Cx) -> Result<Vec<Center>> {
    cx.scope()?.require(Permission::ReferralOpen)?;
    Ok(cx.read().await?.city_centers().await?.into_iter().map(|(center, _)| center).collect())
}

/// One of the list.
pub async fn find(cx: &Cx, id: ReferralId) -> Result<Option<Referral>> {
    cx.scope()?.require(Permission::ReferralOpen)?;
    let tx = cx.read().await?;
    let row = repo::find(&tx, id).await?;
    Ok(named(&tx, row.into_iter().collect()).await?.pop())
}

/// The centers and clerks of `rows`, in two statements.
async fn named(tx: &ReadTx, rows: Vec<case_referral::Model>) -> Result<Vec<Referral>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let clerks: HashMap<_, _> = tenancy::centers::service::colleagues(tx).await?.into_iter().collect();
    let centers: HashMap<CenterId, _> = tx.city_centers().await?.into_iter().map(|found| (found.0.id, found)).collect();
    let name = |id: Option<AccountId>| id.and_then(|id| clerks.get(&id).cloned());
    let referral = |row: case_referral::Model| {
        let (center, center_status) = centers.get(&row.center_id).cloned()?;
        let (opened_by, answered_by) = (name(row.opened_by), name(row.answered_by));
        Some(Referral { row, center, center_status, opened_by, answered_by })
    };
    Ok(rows.into_iter().filter_map(referral).collect())
}

/// The case itself, for the clerk who has opened it, until it is answered; none otherwise.
pub async fn case(cx: &Cx, id: ReferralId) -> Result<Option<CaseFile>> {
    let me = me(cx)?;
    let scope = match way_in(cx, id).await {
        Ok(Some(scope)) => scope,
        Ok(None) | Err(Error::NotFound(_) | Error::Invalid(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let inside = cx.under(scope).await;
    let tx = inside.read().await?;
    let row = repo::get(&tx, id).await?;
    if may_read(row.status, row.opened_by, me).is_err() {
        return Ok(None);
    }
    let mut file = tx.case_file().await?;
    file.events.retain(|event| is_shown(event.kind));
    Ok((file.case.respondent_id != Some(me)).then_some(file))
}

/// Opens a case for a reason, in place of a colleague who may have opened it before. Opening what one has open changes
/// nothing.
pub async fn open(cx: &Cx, id: ReferralId, reason: String) -> Result<()> {
    check(&[("reason", &reason)])?;
    let mut step = Inside::begin(cx, id, Permission::ReferralOpen).await?;
    if step.row.opened_by == Some(step.me) {
        return Ok(());
    }
    may_open(&facts(&step.case, &cx.rules().await?.policy), step.me)?;
    let change = case_referral::ActiveModel {
        id: Unchanged(id),
        opened_by: Set(Some(step.me)),
        opened_at: Set(Some(step.now)),
        ..Default::default()
    };
    step.tx.update(change, step.row.version).await?;
    step.note(Event::CityOpened, &reason, &[Role::SupervisionOfficer], Vec::new()).await?;
    step.commit(Verb::ReferralOpened, Some(&reason)).await
}

/// Shows the complainant's personal data of a case that the viewer has opened. The look and its reason are on record first.
pub async fn reveal(cx: &Cx, id: ReferralId, reason: String) -> Result<Complainant> {
    check(&[("reason", &reason)])?;
    let mut step = Inside::begin(cx, id, Permission::ReferralOpen).await?;
    may_read(step.row.status, step.row.opened_by, step.me)?;
    let shown = in_clear(cx, &step.case)?;
    step.note(Event::CityRevealed, &reason, &[Role::SupervisionOfficer], Vec::new()).await?;
    step.commit(Verb::ReferredRevealed, Some(&reason)).await?;
    Ok(shown)
}

/// Answers: an instruction to the center, which ends the city's reading.
pub async fn answer(cx: &Cx, id: ReferralId, text: String) -> Result<()> {
    check(&[("text", &text)])?;
    let mut step = Inside::begin(cx, id, Permission::ReferralAnswer).await?;
    may_read(step.row.status, step.row.opened_by, step.me)?;
    let change = case_referral::ActiveModel {
        id: Unchanged(id),
        status: Set(ReferralStatus::Answered),
        answered_by: Set(Some(step.me)),
        answered_at: Set(Some(step.now)),
        answer: Set(Some(text.trim().to_owned())),
        ..Default::default()
    };
    step.tx.update(change, step.row.version).await?;
    let change = complaint::ActiveModel {
        id: Unchanged(step.case.id),
        referred_at: Set(None),
        last_event_kind: Set(Event::CityAnswered),
        last_event_at: Set(step.now),
        ..Default::default()
    };
    step.tx.update(change, step.case.version).await?;
    let working = step.case.handler_id.into_iter().chain(step.case.assignee_id).collect();
    step.note(Event::CityAnswered, &text, &[Role::CenterAdmin, Role::SupervisionOfficer], working).await?;
    step.commit(Verb::ReferralAnswered, None).await
}

/// A step of a clerk inside a case: checked, inside its transaction, not written yet.
struct Inside<'a> {
    cx: &'a Cx,
    tx: WriteTx,
    row: case_referral::Model,
    case: complaint::Model,
    me: AccountId,
    now: DateTime<Utc>,
}

impl<'a> Inside<'a> {
    async fn begin(cx: &'a Cx, id: ReferralId, permission: Permission) -> Result<Self> {
        let me = me(cx)?;
        let answered = || Violation::new("", "referral.answered");
        let scope = way_in(cx, id).await?.ok_or_else(answered)?;
        let tx = cx.write(&scope.require(permission)?).await?;
        let row = repo::get(&tx, id).await?;
        if row.status != ReferralStatus::Open {
            return Err(answered().into());
        }
        // For the person complained about there is no case.
        let case = crate::complaints::repo::get(&tx, row.complaint_id).await;
        let case = case.map_err(|error| match error {
            Error::NotFound(_) => Error::NotFound(Kind::Referral),
            other => other,
        })?;
        Ok(Self { cx, tx, row, case, me, now: cx.now() })
    }

    /// Leaves an internal line in the timeline and tells the holders of `roles`, and `others`.
    async fn note(&mut self, kind: Event, text: &str, roles: &[Role], others: Vec<AccountId>) -> Result<()> {
        let body = Some(text.trim().to_owned());
        let event = complaint_event::ActiveModel {
            id: Set(ComplaintEventId(self.cx.app.ids.next())),
            complaint_id: Set(self.case.id),
            kind: Set(kind),
            action: Set(None),
            from_status: Set(Some(self.case.status)),
            status: Set(self.case.status),
            actor_id: Set(Some(self.me)),
            body: Set(body.clone()),
            is_public: Set(false),
            created_at: Set(self.now),
            ..Default::default()
        };
        self.tx.insert(event).await?;
        let mut people = self.tx.case_watchers(roles).await?;
        people.extend(others);
        people.retain(|person| Some(*person) != self.case.respondent_id && *person != self.me);
        let notice = Notice::of_case(self.case.id, kind, body);
        notify(&mut self.tx, || self.cx.app.ids.next(), self.now, people, &notice).await
    }

    /// Into the center's audit, where the case is found by its number.
    async fn commit(self, verb: Verb, reason: Option<&str>) -> Result<()> {
        let event = AuditEvent::on(self.case.id.0, verb);
        let event = reason.into_iter().fold(event, |event, reason| event.with_detail(reason.trim()));
        self.tx.commit(event).await
    }
}

fn me(cx: &Cx) -> Result<AccountId> {
    cx.scope()?.account().ok_or(Error::Unauthenticated)
}

/// The scope inside a case that waits for the city's answer; none once it is answered.
///
/// # Errors
/// [`Error::NotFound`] for another city's; `referral.center_stopped` where the center does not work, so that nobody there
/// would learn of the opening.
async fn way_in(cx: &Cx, id: ReferralId) -> Result<Option<Scope>> {
    let scope = cx.scope()?;
    scope.require(Permission::ReferralOpen)?;
    let tx = cx.read().await?;
    let Some(case) = tx.open_case(id).await? else { return Ok(None) };
    let status =
        tx.city_centers().await?.into_iter().find(|(center, _)| center.id == case.center()).map(|found| found.1);
    match status {
        Some(CenterStatus::Active | CenterStatus::Closing) => scope.referred(&case).map(Some),
        _ => Err(Violation::new("", "referral.center_stopped").into()),
    }
}
