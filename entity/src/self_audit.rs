//! A look of the center at itself, by its standards (6.11).

use chrono::NaiveDate;
use domain::{AccountId, CenterId, SelfAuditId, StaffId};
use sea_orm::entity::prelude::Uuid;

use crate::{ownership::CenterOwned, table};

table! {
    /// A look of the center at itself, by its standards (6.11).
    #[derive(serde::Serialize)]
    "self_audit", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: SelfAuditId,
        OnDay => on_day: NaiveDate,
        Scope => scope: String,
        AuditorId => auditor_id: StaffId,
        RecorderId => recorder_id: AccountId,
        Demo => demo: bool,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
