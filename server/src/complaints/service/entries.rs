//! Entries that do not move a case: notes, messages, pressing, escalation, and looking at personal data.

use domain::{
    complaints::{Action, ComplaintEventKind as Event, EscalationCause, EscalationLevel, referral},
    permission::Role,
};
use entity::complaint;
use sea_orm::ActiveValue::Set;

use super::{
    Acting, Entry, Seen,
    Version::{Any, Newest},
    check,
};
use crate::{
    complaints::referrals::{self, service::Why},
    db::{AuditEvent, Verb},
    error::Result,
    graphql::context::Cx,
    tenancy,
};

/// Write an internal note.
pub async fn note(cx: &Cx, seen: Seen, text: String) -> Result<complaint::Model> {
    check(&[("text", &text)])?;
    let step = Acting::begin(cx, seen, Action::Note, Any).await?;
    let change = step.change(step.row.class)?;
    step.finish(change, Entry::internal(Event::Note, Some(text)), Verb::NoteAdded).await
}

/// Write to the complainant.
pub async fn reply(cx: &Cx, seen: Seen, text: String) -> Result<complaint::Model> {
    check(&[("text", &text)])?;
    let step = Acting::begin(cx, seen, Action::Reply, Any).await?;
    let change = step.change(step.row.class)?;
    step.finish(change, Entry::public(Event::PublicReply, text), Verb::ReplySent).await
}

/// Press for progress (督办, C.9): whoever works on the case is told.
pub async fn press(cx: &Cx, seen: Seen, reason: String) -> Result<complaint::Model> {
    check(&[("reason", &reason)])?;
    let mut step = Acting::begin(cx, seen, Action::Press, Any).await?;
    let change = step.change(step.row.class)?;
    let working: Vec<_> = step.row.handler_id.into_iter().chain(step.row.assignee_id).collect();
    // Nobody has taken it yet: every handler is told.
    let people =
        if working.is_empty() { tenancy::service::holders(&step.tx, Role::ComplaintHandler).await? } else { working };
    step.tell(people, Event::Pressed, Some(&reason));
    step.finish(change, Entry::internal(Event::Pressed, Some(reason)), Verb::ComplaintPressed).await
}

/// Put the case before the city; its clerks read the reason, and nothing else until one of them opens the case.
pub async fn refer(cx: &Cx, seen: Seen, reason: String) -> Result<complaint::Model> {
    referral::check_reason(&reason)?;
    let mut step = Acting::begin(cx, seen, Action::Refer, Newest).await?;
    let change = complaint::ActiveModel {
        escalation: Set(EscalationLevel::City),
        referred_at: Set(Some(step.now)),
        ..step.change(step.row.class)?
    };
    let id = step.new_id();
    referrals::service::put(&mut step.tx, id, &step.row, Why::Said(reason.trim().to_owned())).await?;
    let mut people = tenancy::service::holders(&step.tx, Role::CenterAdmin).await?;
    people.extend(tenancy::service::holders(&step.tx, Role::SupervisionOfficer).await?);
    people.extend(step.row.handler_id);
    step.tell(people, Event::Referred, Some(&reason));
    step.finish(change, Entry::internal(Event::Referred, Some(reason)), Verb::ComplaintReferred).await
}

/// Take the case up to supervision; from there, before the city.
pub async fn escalate(cx: &Cx, seen: Seen, cause: EscalationCause, reason: String) -> Result<complaint::Model> {
    check(&[("reason", &reason)])?;
    let mut step = Acting::begin(cx, seen, Action::Escalate, Newest).await?;
    let level = match step.row.escalation {
        EscalationLevel::None | EscalationLevel::Lead | EscalationLevel::Center => EscalationLevel::Supervision,
        EscalationLevel::Supervision | EscalationLevel::City => EscalationLevel::City,
    };
    let mut change = complaint::ActiveModel {
        escalation: Set(level),
        escalation_cause: Set(Some(cause)),
        ..step.change(step.row.class)?
    };
    if level == EscalationLevel::City && step.row.referred_at.is_none() {
        let id = step.new_id();
        referrals::service::put(&mut step.tx, id, &step.row, Why::Cause(cause)).await?;
        change.referred_at = Set(Some(step.now));
    }
    let admins = tenancy::service::holders(&step.tx, Role::CenterAdmin).await?;
    step.tell(admins.into_iter().chain(step.row.handler_id).collect::<Vec<_>>(), Event::Escalated, Some(&reason));
    step.finish(change, Entry::internal(Event::Escalated, Some(reason)), Verb::ComplaintEscalated).await
}

/// A complainant's personal data, in clear.
pub struct Complainant {
    /// Name, if given.
    pub name: Option<String>,
    /// Phone, if given.
    pub phone: Option<String>,
    /// Address, if given.
    pub address: Option<String>,
}

/// Show the complainant's personal data. The look and its reason are in the audit before anything is shown.
pub async fn reveal(cx: &Cx, seen: Seen, reason: String) -> Result<Complainant> {
    check(&[("reason", &reason)])?;
    let step = Acting::begin(cx, seen, Action::Reveal, Any).await?;
    let shown = in_clear(cx, &step.row)?;
    let event = AuditEvent::on(step.row.id.0, Verb::ComplainantRevealed).with_detail(reason.trim());
    step.tx.commit(event).await?;
    Ok(shown)
}

/// The personal data of a case. Whoever calls it has written down the look first.
pub(in crate::complaints) fn in_clear(cx: &Cx, row: &complaint::Model) -> Result<Complainant> {
    let keys = cx.app.keys.center(row.center_id);
    let open = |field, value: &Option<String>| value.as_deref().map(|v| keys.open(field, v)).transpose();
    Ok(Complainant {
        name: open("name", &row.name_enc)?,
        phone: open("phone", &row.phone_enc)?,
        address: open("address", &row.address_enc)?,
    })
}
