//! Who works on a case, and whom it is about.

use domain::{
    AccountId, DepartmentId, Violation,
    complaints::{Action, ComplaintEventKind as Event},
    permission::{Permission, RoleSet},
    settings::EntryStatus,
};
use entity::complaint;
use sea_orm::ActiveValue::Set;

use super::{Acting, Entry, Seen, Version::Newest, check};
use crate::{db::Verb, error::Result, graphql::context::Cx, tenancy};

/// Give the case to somebody who may investigate, and to a department where one is known.
pub async fn assign(
    cx: &Cx,
    seen: Seen,
    assignee: AccountId,
    department: Option<DepartmentId>,
    note: Option<String>,
) -> Result<complaint::Model> {
    let note = note.filter(|text| !text.trim().is_empty());
    if let Some(note) = &note {
        check(&[("note", note)])?;
    }
    let mut step = Acting::begin(cx, seen, Action::Assign, Newest).await?;
    able(&step, "assignee", assignee, Permission::ComplaintInvestigate, "complaint.assignee_cannot_investigate")
        .await?;
    if let Some(id) = department
        && tenancy::service::department(&step.tx, id).await?.status == EntryStatus::Retired
    {
        return Err(Violation::new("department", "complaint.department_retired").into());
    }
    let change = complaint::ActiveModel {
        assignee_id: Set(Some(assignee)),
        department_id: Set(department),
        ..step.change(step.row.class)?
    };
    step.tell([assignee], Event::Moved, note.as_deref());
    step.finish(change, Entry::internal(Event::Moved, note), Verb::ComplaintAssigned).await
}

/// Hand the case to another handler.
pub async fn hand_over(cx: &Cx, seen: Seen, to: AccountId, reason: String) -> Result<complaint::Model> {
    check(&[("reason", &reason)])?;
    let mut step = Acting::begin(cx, seen, Action::HandOver, Newest).await?;
    able(&step, "to", to, Permission::ComplaintHandle, "complaint.hand_over_to_handler").await?;
    let change = complaint::ActiveModel { handler_id: Set(Some(to)), ..step.change(step.row.class)? };
    step.tell([to], Event::HandedOver, Some(&reason));
    step.finish(change, Entry::internal(Event::HandedOver, Some(reason)), Verb::ComplaintHandedOver).await
}

/// Name the person complained about. From now on the case does not exist for them (Z-4).
pub async fn name_respondent(cx: &Cx, seen: Seen, respondent: AccountId) -> Result<complaint::Model> {
    let step = Acting::begin(cx, seen, Action::NameRespondent, Newest).await?;
    let taken = |code| Err(Violation::new("respondent", code).into());
    if Some(respondent) == step.row.handler_id || Some(respondent) == step.me() {
        return taken("complaint.respondent_is_handler");
    }
    if Some(respondent) == step.row.assignee_id {
        return taken("complaint.respondent_is_assignee");
    }
    let member = tenancy::service::member(&step.tx, respondent).await?;
    let change = complaint::ActiveModel { respondent_id: Set(Some(member.account_id)), ..step.change(step.row.class)? };
    step.finish(change, Entry::internal(Event::RespondentNamed, None), Verb::RespondentNamed).await
}

/// `person` is an active member who may do `permission`, and not the one complained about.
async fn able(
    step: &Acting<'_>,
    field: &'static str,
    person: AccountId,
    permission: Permission,
    code: &'static str,
) -> Result<()> {
    let roles = tenancy::service::member(&step.tx, person).await?.roles;
    if !RoleSet::new(roles).may(permission) {
        return Err(Violation::new(field, code).into());
    }
    if Some(person) == step.row.respondent_id {
        return Err(Violation::new(field, "complaint.respondent_may_not_act").into());
    }
    Ok(())
}
