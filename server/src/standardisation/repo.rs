//! The register, plans, officers and self-audits, as they are stored.

use std::collections::BTreeSet;

use domain::{
    AuditFindingId, ManagedStandardId, PlanTaskId, SelfAuditId, StaffId, StandardsOfficerId,
    standardisation::{FindingResult, STANDARDS_MAX, StandardStatus, TASKS_MAX},
};
use entity::{
    managed_standard, self_audit, self_audit_finding, standard_event, standards_officer, year_plan, year_plan_task,
};
use sea_orm::{ColumnTrait, Condition, Order};

use crate::{db::ReadTx, error::Result, posts::repo::one};

/// Lines shown of a standard's log.
const EVENTS: u64 = 200;
/// Terms of officers, past ones too.
const TERMS: u64 = 100;
/// Self-audits shown.
const AUDITS: u64 = 12;
/// Findings of these, and of what is still open.
const FINDINGS: u64 = 500;

/// The whole register, by number.
pub async fn standards(tx: &ReadTx) -> Result<Vec<managed_standard::Model>> {
    use managed_standard::Column as C;
    let all = tx.select::<managed_standard::Entity>()?.order_by(C::Number, Order::Asc);
    all.order_by(C::Id, Order::Asc).limit(STANDARDS_MAX).all().await
}

/// How many standards the register holds.
pub async fn size(tx: &ReadTx) -> Result<u64> {
    tx.select::<managed_standard::Entity>()?.count().await
}

/// One standard.
pub async fn standard(tx: &ReadTx, id: ManagedStandardId) -> Result<managed_standard::Model> {
    one::<managed_standard::Entity>(tx, managed_standard::Column::Id.eq(id)).await
}

/// The standards that `id` takes the place of, and those that could take its place: issued or in force.
pub async fn around(tx: &ReadTx, id: ManagedStandardId) -> Result<Vec<managed_standard::Model>> {
    use managed_standard::Column as C;
    let may = StandardStatus::ALL.iter().copied().filter(|status| status.may_succeed());
    let which = Condition::any().add(C::SuccessorId.eq(id)).add(C::Status.is_in(may));
    let found = tx.select::<managed_standard::Entity>()?.filter(which).filter(C::Id.ne(id));
    found.order_by(C::Number, Order::Asc).limit(STANDARDS_MAX).all().await
}

/// Standards by id.
pub async fn named(tx: &ReadTx, ids: BTreeSet<ManagedStandardId>) -> Result<Vec<managed_standard::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    tx.select::<managed_standard::Entity>()?.filter(managed_standard::Column::Id.is_in(ids)).all().await
}

/// A standard's log, oldest first.
pub async fn events(tx: &ReadTx, standard: ManagedStandardId) -> Result<Vec<standard_event::Model>> {
    use standard_event::Column as C;
    let found = tx.select::<standard_event::Entity>()?.filter(C::StandardId.eq(standard));
    found.order_by(C::At, Order::Asc).order_by(C::Id, Order::Asc).limit(EVENTS).all().await
}

/// The plans of some years that were adopted.
pub async fn plans(tx: &ReadTx, years: &[i32]) -> Result<Vec<year_plan::Model>> {
    tx.select::<year_plan::Entity>()?.filter(year_plan::Column::Year.is_in(years.iter().copied())).all().await
}

/// The tasks of some years, soonest first.
pub async fn tasks(tx: &ReadTx, years: &[i32]) -> Result<Vec<year_plan_task::Model>> {
    use year_plan_task::Column as C;
    let found = tx.select::<year_plan_task::Entity>()?.filter(C::Year.is_in(years.iter().copied()));
    // Each year holds no more than so many.
    let most = u64::try_from(years.len()).unwrap_or(1) * TASKS_MAX;
    found.order_by(C::DueOn, Order::Asc).order_by(C::Id, Order::Asc).limit(most).all().await
}

/// One task.
pub async fn task(tx: &ReadTx, id: PlanTaskId) -> Result<year_plan_task::Model> {
    one::<year_plan_task::Entity>(tx, year_plan_task::Column::Id.eq(id)).await
}

/// Everybody's terms, newest first.
pub async fn officers(tx: &ReadTx) -> Result<Vec<standards_officer::Model>> {
    use standards_officer::Column as C;
    let all = tx.select::<standards_officer::Entity>()?.order_by(C::FromOn, Order::Desc);
    all.order_by(C::Id, Order::Desc).limit(TERMS).all().await
}

/// One term.
pub async fn officer(tx: &ReadTx, id: StandardsOfficerId) -> Result<standards_officer::Model> {
    one::<standards_officer::Entity>(tx, standards_officer::Column::Id.eq(id)).await
}

/// Somebody's terms.
pub async fn terms_of(tx: &ReadTx, staff: StaffId) -> Result<Vec<standards_officer::Model>> {
    tx.select::<standards_officer::Entity>()?.filter(standards_officer::Column::StaffId.eq(staff)).all().await
}

/// The last self-audits, newest first.
pub async fn audits(tx: &ReadTx) -> Result<Vec<self_audit::Model>> {
    use self_audit::Column as C;
    let all = tx.select::<self_audit::Entity>()?.order_by(C::OnDay, Order::Desc);
    all.order_by(C::Id, Order::Desc).limit(AUDITS).all().await
}

/// Self-audits by id, newest first.
pub async fn older_audits(tx: &ReadTx, ids: Vec<SelfAuditId>) -> Result<Vec<self_audit::Model>> {
    use self_audit::Column as C;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = tx.select::<self_audit::Entity>()?.filter(C::Id.is_in(ids)).order_by(C::OnDay, Order::Desc);
    found.order_by(C::Id, Order::Desc).all().await
}

/// One self-audit.
pub async fn audit(tx: &ReadTx, id: SelfAuditId) -> Result<self_audit::Model> {
    one::<self_audit::Entity>(tx, self_audit::Column::Id.eq(id)).await
}

/// What some audits found, and everything that is still open, whichever audit found it; what is due first comes first.
pub async fn findings(tx: &ReadTx, audits: &[SelfAuditId]) -> Result<Vec<self_audit_finding::Model>> {
    use self_audit_finding::Column as C;
    let open = Condition::all().add(C::Result.eq(FindingResult::Nonconform)).add(C::ClosedOn.is_null());
    let which = Condition::any().add(C::AuditId.is_in(audits.iter().copied())).add(open);
    let found = tx.select::<self_audit_finding::Entity>()?.filter(which);
    found.order_by(C::DueOn, Order::Asc).order_by(C::Id, Order::Asc).limit(FINDINGS).all().await
}

/// One finding.
pub async fn finding(tx: &ReadTx, id: AuditFindingId) -> Result<self_audit_finding::Model> {
    one::<self_audit_finding::Entity>(tx, self_audit_finding::Column::Id.eq(id)).await
}
