//! Where a rectification task comes from: once from each source.

use domain::{CenterId, RectificationOriginId, RectificationTaskId, improvement::RectificationSource};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CenterOwned, table};

table! {
    /// Where a rectification task comes from: once from each source.
    #[derive(serde::Serialize)]
    "rectification_origin", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: RectificationOriginId,
        TaskId => task_id: RectificationTaskId,
        Kind => kind: RectificationSource,
        SourceId => source_id: Uuid,
        At => at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
