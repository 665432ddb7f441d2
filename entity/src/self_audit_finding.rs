//! What a self-audit found in one place, and what came of it.

use chrono::NaiveDate;
use domain::{
    AccountId, AuditFindingId, CenterId, ManagedStandardId, SelfAuditId, StaffId, standardisation::FindingResult,
};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// What a self-audit found in one place, and what came of it.
    #[derive(serde::Serialize)]
    "self_audit_finding", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: AuditFindingId,
        AuditId => audit_id: SelfAuditId,
        StandardId => standard_id: Option<ManagedStandardId>,
        Result => result: FindingResult,
        Clause => clause: Option<String>,
        Description => description: String,
        Measure => measure: Option<String>,
        OwnerId => owner_id: Option<StaffId>,
        DueOn => due_on: Option<NaiveDate>,
        ClosedOn => closed_on: Option<NaiveDate>,
        CloserId => closer_id: Option<AccountId>,
        Evidence => evidence: Option<String>,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
