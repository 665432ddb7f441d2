//! Entries that do not move a case: notes, messages, pressing, escalation, and looking at personal data.

use domain::{
    complaints::{Action, ComplaintEventKind as Event, EscalationCause, EscalationLevel},
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

/// Take the case up to the administrators; from there, to the city's figures.
pub async fn escalate(cx: &Cx, seen: Seen, cause: EscalationCause, reason: String) -> Result<complaint::Model> {
    check(&[("reason", &reason)])?;
    let mut step = Acting::begin(cx, seen, Action::Escalate, Newest).await?;
    let level = match step.row.escalation {
        EscalationLevel::None | EscalationLevel::Lead | EscalationLevel::Center => EscalationLevel::Supervision,
        EscalationLevel::Supervision | EscalationLevel::City => EscalationLevel::City,
    };
    let change = complaint::ActiveModel {
        escalation: Set(level),
        escalation_cause: Set(Some(cause)),
        ..step.change(step.row.class)?
    };
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
    let keys = cx.app.keys.center(step.row.center_id);
    let open = |field, value: &Option<String>| value.as_deref().map(|v| keys.open(field, v)).transpose();
    let shown = Complainant {
        name: open("name", &step.row.name_enc)?,
        phone: open("phone", &step.row.phone_enc)?,
        address: open("address", &step.row.address_enc)?,
    };
    let event = AuditEvent::on(step.row.id.0, Verb::ComplainantRevealed).with_detail(reason.trim());
    step.tx.commit(event).await?;
    Ok(shown)
}
