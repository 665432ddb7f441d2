//! Where the audit chain of a center ends. Locked while a record is added.

use domain::CenterId;
use sea_orm::entity::prelude::Uuid;

use crate::{ownership::CenterOwned, table};

table! {
    /// Where the audit chain of a center ends.
    #[derive(serde::Serialize)]
    "audit_head", key(CenterId: Uuid) {
        CenterId => center_id: CenterId,
        Seq => seq: i64,
        Hash => hash: String,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
