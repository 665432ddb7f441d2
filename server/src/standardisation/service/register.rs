//! The register: standards come in and move along their course, each step with a line in the log.

use chrono::NaiveDate;
use domain::{
    ManagedStandardId, StandardEventId, Violation,
    calendar::local_date,
    complaints::form::entry,
    standardisation::{STANDARDS_MAX, StandardAction, StandardForm, StandardStatus, after, past, review_due},
};
use entity::{managed_standard, standard_event};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{super::repo, actor, manage, sound};
use crate::{
    db::{AuditEvent, Verb, WriteTx},
    error::{Error, Result},
    graphql::context::Cx,
    posts::{self, service::Seen},
    settings,
};

/// Takes a standard into the register: in force where it was adopted, else to be drafted.
pub async fn add(cx: &Cx, form: StandardForm) -> Result<managed_standard::Model> {
    sound(form.check(local_date(cx.now())))?;
    let rules = cx.rules().await?;
    let due = form.adopted_on.map(|on| review_due(on, form.review_due, &rules.policy)).transpose()?;
    let status = if form.adopted_on.is_some() { StandardStatus::InForce } else { StandardStatus::Drafting };
    let mut tx = manage(cx).await?;
    posts::service::working(&tx, "owner", form.owner).await?;
    if repo::size(&tx).await? >= STANDARDS_MAX {
        return Err(Violation::new("", "standards.register_full").with("max", STANDARDS_MAX).into());
    }
    let row = managed_standard::ActiveModel {
        id: Set(ManagedStandardId(cx.app.ids.next())),
        adopted_on: Set(form.adopted_on),
        review_due: Set(due),
        status: Set(status),
        successor_id: Set(None),
        live: Set(Some(true)),
        demo: Set(cx.app.demo),
        version: Set(1),
        ..columns(form)
    };
    let row = tx.insert(row).await.map_err(taken)?;
    tell(cx, &mut tx, &row, None, None).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::StandardRegistered).with_detail(&row.number)).await?;
    Ok(row)
}

/// Corrects what was filled in. The days are those of a standard that has come into force.
pub async fn edit(cx: &Cx, seen: Seen<ManagedStandardId>, form: StandardForm) -> Result<managed_standard::Model> {
    sound(form.check(local_date(cx.now())))?;
    let rules = cx.rules().await?;
    let mut tx = manage(cx).await?;
    let row = repo::standard(&tx, seen.id).await?;
    if row.status.is_over() {
        return Err(Violation::new("", "standards.over").into());
    }
    if form.owner != row.owner_id {
        posts::service::working(&tx, "owner", form.owner).await?;
    }
    let days = match (row.adopted_on, form.adopted_on, form.review_due) {
        (None, None, None) => (None, None),
        (None, ..) => return Err(Violation::new("adoptedOn", "standards.not_in_force").into()),
        (Some(_), None, _) => return Err(Violation::new("adoptedOn", "form.required").into()),
        (Some(_), Some(_), None) => return Err(Violation::new("reviewDue", "form.required").into()),
        (Some(_), Some(on), wished) => (Some(on), Some(review_due(on, wished, &rules.policy)?)),
    };
    let change = managed_standard::ActiveModel {
        id: Unchanged(seen.id),
        adopted_on: Set(days.0),
        review_due: Set(days.1),
        ..columns(form)
    };
    let row = tx.update(change, seen.version).await.map_err(taken)?;
    tx.commit(AuditEvent::on(row.id.0, Verb::StandardEdited).with_detail(&row.number)).await?;
    Ok(row)
}

/// Writes down that those whom it concerns were asked, and what came of it.
pub async fn consult(cx: &Cx, seen: Seen<ManagedStandardId>, note: String) -> Result<managed_standard::Model> {
    entry("note", &note)?;
    Step::begin(cx, seen, StandardAction::Consult).await?.end(cx, Default::default(), Some(note)).await
}

/// Issues it.
pub async fn issue(cx: &Cx, seen: Seen<ManagedStandardId>, note: Option<String>) -> Result<managed_standard::Model> {
    said(note.as_deref())?;
    Step::begin(cx, seen, StandardAction::Issue).await?.end(cx, Default::default(), note).await
}

/// Puts it into force on a day that has come.
pub async fn enforce(
    cx: &Cx,
    seen: Seen<ManagedStandardId>,
    on: NaiveDate,
    wished: Option<NaiveDate>,
    note: Option<String>,
) -> Result<managed_standard::Model> {
    said(note.as_deref())?;
    sound(past("on", on, local_date(cx.now())).into_iter().collect())?;
    let due = review_due(on, wished, &cx.rules().await?.policy)?;
    let change =
        managed_standard::ActiveModel { adopted_on: Set(Some(on)), review_due: Set(Some(due)), ..Default::default() };
    Step::begin(cx, seen, StandardAction::Enforce).await?.end(cx, change, note).await
}

/// Begins to review it.
pub async fn review(cx: &Cx, seen: Seen<ManagedStandardId>, note: Option<String>) -> Result<managed_standard::Model> {
    said(note.as_deref())?;
    Step::begin(cx, seen, StandardAction::Review).await?.end(cx, Default::default(), note).await
}

/// Ends a review that found it as good as before; the next one is due anew.
pub async fn confirm(
    cx: &Cx,
    seen: Seen<ManagedStandardId>,
    wished: Option<NaiveDate>,
    note: String,
) -> Result<managed_standard::Model> {
    entry("note", &note)?;
    let due = review_due(local_date(cx.now()), wished, &cx.rules().await?.policy)?;
    let change = managed_standard::ActiveModel { review_due: Set(Some(due)), ..Default::default() };
    Step::begin(cx, seen, StandardAction::Confirm).await?.end(cx, change, Some(note)).await
}

/// Ends a review by another standard, which takes its place.
pub async fn revise(
    cx: &Cx,
    seen: Seen<ManagedStandardId>,
    successor: ManagedStandardId,
    note: Option<String>,
) -> Result<managed_standard::Model> {
    said(note.as_deref())?;
    let step = Step::begin(cx, seen, StandardAction::Revise).await?;
    let next = repo::standard(&step.tx, successor).await?;
    if next.id == seen.id || !next.status.may_succeed() {
        return Err(Violation::new("successor", "standards.successor").into());
    }
    let change = managed_standard::ActiveModel { successor_id: Set(Some(successor)), ..Default::default() };
    step.end(cx, change, note).await
}

/// Takes it back, with a reason.
pub async fn withdraw(cx: &Cx, seen: Seen<ManagedStandardId>, reason: String) -> Result<managed_standard::Model> {
    entry("reason", &reason)?;
    Step::begin(cx, seen, StandardAction::Withdraw).await?.end(cx, Default::default(), Some(reason)).await
}

fn said(note: Option<&str>) -> Result<()> {
    note.map_or(Ok(()), |note| Ok(entry("note", note)?))
}

/// A step that may be taken.
struct Step {
    tx: WriteTx,
    seen: Seen<ManagedStandardId>,
    action: StandardAction,
    status: StandardStatus,
}

impl Step {
    async fn begin(cx: &Cx, seen: Seen<ManagedStandardId>, action: StandardAction) -> Result<Self> {
        let tx = manage(cx).await?;
        let row = repo::standard(&tx, seen.id).await?;
        let status = after(row.status, action)?;
        Ok(Self { tx, seen, action, status })
    }

    async fn end(
        mut self,
        cx: &Cx,
        change: managed_standard::ActiveModel,
        note: Option<String>,
    ) -> Result<managed_standard::Model> {
        let change = managed_standard::ActiveModel {
            id: Unchanged(self.seen.id),
            status: Set(self.status),
            live: Set((!self.status.is_over()).then_some(true)),
            ..change
        };
        let row = self.tx.update(change, self.seen.version).await?;
        tell(cx, &mut self.tx, &row, Some(self.action), note).await?;
        self.tx.commit(AuditEvent::on(row.id.0, verb(self.action)).with_detail(&row.number)).await?;
        Ok(row)
    }
}

/// Writes a line into the log.
async fn tell(
    cx: &Cx,
    tx: &mut WriteTx,
    row: &managed_standard::Model,
    action: Option<StandardAction>,
    note: Option<String>,
) -> Result<()> {
    let line = standard_event::ActiveModel {
        id: Set(StandardEventId(cx.app.ids.next())),
        standard_id: Set(row.id),
        action: Set(action),
        status: Set(row.status),
        note: Set(note),
        actor_id: Set(actor(cx)?),
        at: Set(tx.now()),
        ..Default::default()
    };
    tx.insert(line).await.map(drop)
}

const fn verb(action: StandardAction) -> Verb {
    match action {
        StandardAction::Consult => Verb::StandardConsultedOn,
        StandardAction::Issue => Verb::StandardIssued,
        StandardAction::Enforce => Verb::StandardEnforced,
        StandardAction::Review => Verb::StandardReviewBegun,
        StandardAction::Confirm => Verb::StandardConfirmed,
        StandardAction::Revise => Verb::StandardRevised,
        StandardAction::Withdraw => Verb::StandardWithdrawn,
    }
}

fn columns(form: StandardForm) -> managed_standard::ActiveModel {
    let StandardForm { number, title, level, edition, owner, .. } = form;
    managed_standard::ActiveModel {
        number: Set(number),
        title: Set(title),
        level: Set(level),
        edition: Set(edition),
        owner_id: Set(owner),
        ..Default::default()
    }
}

fn taken(error: Error) -> Error {
    settings::service::taken(error, "number", "standards.number_taken")
}
