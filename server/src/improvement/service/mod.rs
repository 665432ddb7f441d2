//! What may be done about findings, tasks and plans: one verb, one transaction, one line in the log, one entry in the audit.
//!
//! Whoever directs improvement sees all of the center; others see what is theirs, what they wrote, and what is about their
//! department or a post that they lead.

pub mod clocks;
pub mod findings;
mod opening;
pub mod plans;
pub mod reading;
pub mod tasks;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    AccountId, DepartmentId, FindingId, ImprovementPlanId, RectificationEventId, RectificationTaskId, StaffId,
    Violation,
    improvement::{Actor, Facts, RectificationAction},
    notices::NoticeReason,
    permission::Permission,
};
use entity::{rectification_event, rectification_task, staff_member};
use sea_orm::ActiveValue::Set;

pub use self::{
    opening::{NewTask, Source, open, open_first},
    reading::{Followed, tasks_of},
    tasks::opened,
};
use super::repo::{self, Sight};
use crate::{
    db::{ReadTx, WriteTx},
    error::{Error, Kind, Result},
    graphql::context::Cx,
    oversight::service::{Notice, tell},
    posts,
};

/// Who looks or acts, and what they see.
pub struct Viewer {
    /// As the rules need to know it.
    pub actor: Actor,
    /// What they see.
    pub sight: Sight,
}

impl Viewer {
    /// Reads it; two statements at most.
    pub async fn of(tx: &ReadTx) -> Result<Self> {
        let scope = tx.scope();
        let account = scope.account();
        let person = match account {
            Some(account) => posts::repo::person_of(tx, account).await?,
            None => None,
        };
        let (me, department) = (person.as_ref().map(|row| row.id), person.and_then(|row| row.department_id));
        let holds = |permission| scope.require(permission).is_ok();
        let directs = holds(Permission::ImprovementDirect);
        let sight = if directs {
            Sight::All
        } else {
            let led = match me {
                Some(me) => repo::led(tx, me).await?,
                None => BTreeSet::new(),
            };
            Sight::Own { me, account, led, department }
        };
        Ok(Self { actor: Actor { me, account, acts: holds(Permission::ImprovementAct), directs }, sight })
    }

    /// The plans of whose measures they carry one out, as far as that makes them seen.
    async fn helps(&self, tx: &ReadTx) -> Result<BTreeSet<ImprovementPlanId>> {
        match (&self.sight, self.actor.me) {
            (Sight::Own { .. }, Some(me)) => repo::helped(tx, me).await,
            _ => Ok(BTreeSet::new()),
        }
    }
}

/// Whether a finding is one that a scope sees.
///
/// # Errors
/// From the database.
pub async fn sees_finding(tx: &ReadTx, id: FindingId) -> Result<bool> {
    let viewer = Viewer::of(tx).await?;
    there(repo::finding(tx, &viewer.sight, id).await)
}

/// Whether a line in the log of a task is one that a scope sees.
///
/// # Errors
/// From the database.
pub async fn sees_event(tx: &ReadTx, id: RectificationEventId) -> Result<bool> {
    let viewer = Viewer::of(tx).await?;
    match repo::event(tx, id).await {
        Ok(event) => there(repo::task(tx, &viewer.sight, event.task_id).await),
        Err(error) => there::<()>(Err(error)),
    }
}

fn there<T>(found: Result<T>) -> Result<bool> {
    match found {
        Ok(_) => Ok(true),
        Err(Error::NotFound(Kind::Row)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// What the course of a task needs to know of it.
const fn facts(row: &rectification_task::Model) -> Facts {
    Facts { status: row.status, owner: row.owner_id, submitter: row.submitter_id, recheck_on: row.recheck_on }
}

/// Somebody who can be given something to do: they work here, and can sign in.
async fn owner(tx: &ReadTx, id: StaffId) -> Result<staff_member::Model> {
    let row = posts::service::working(tx, "owner", id).await?;
    if row.account_id.is_none() {
        return Err(Violation::new("owner", "improvement.no_account").into());
    }
    Ok(row)
}

fn sound(found: Vec<Violation>) -> Result<()> {
    if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
}

fn signed_in(cx: &Cx) -> Result<AccountId> {
    cx.scope()?.account().ok_or(Error::Unauthenticated)
}

/// The accounts of who works in a department.
async fn colleagues(tx: &ReadTx, department: DepartmentId) -> Result<Vec<AccountId>> {
    let staff = posts::repo::staff(tx, false).await?.into_iter();
    Ok(staff.filter(|row| row.department_id == Some(department)).filter_map(|row| row.account_id).collect())
}

/// Tells whoever has to put a task right; where nobody is named, who works in its department.
async fn tell_owner(cx: &Cx, tx: &mut WriteTx, row: &rectification_task::Model, reason: NoticeReason) -> Result<()> {
    let people = match (row.owner_id, row.department_id) {
        (Some(owner), _) => {
            posts::repo::people(tx, vec![owner]).await?.into_values().filter_map(|person| person.account_id).collect()
        }
        (None, Some(department)) => colleagues(tx, department).await?,
        (None, None) => return Ok(()),
    };
    tell(cx, tx, vec![(people, Notice::new(reason, row.id.0, Some(&row.problem)))]).await
}

/// Writes a line into the log of a task.
async fn log(
    cx: &Cx,
    tx: &mut WriteTx,
    row: &rectification_task::Model,
    action: RectificationAction,
    (body, on): (Option<&str>, Option<NaiveDate>),
) -> Result<RectificationEventId> {
    let id = RectificationEventId(cx.app.ids.next());
    let body = body.map(str::trim).filter(|text| !text.is_empty());
    let line = rectification_event::ActiveModel {
        id: Set(id),
        task_id: Set(row.id),
        action: Set(action),
        status: Set(row.status),
        body: Set(body.map(ToOwned::to_owned)),
        on_day: Set(on),
        actor_id: Set(tx.scope().account()),
        at: Set(tx.now()),
        ..Default::default()
    };
    tx.insert(line).await?;
    Ok(id)
}

/// A task that the viewer sees; to others of the center it is not there.
async fn seen(tx: &ReadTx, id: RectificationTaskId) -> Result<(rectification_task::Model, Viewer)> {
    let viewer = Viewer::of(tx).await?;
    let row = repo::task(tx, &viewer.sight, id).await?;
    Ok((row, viewer))
}
