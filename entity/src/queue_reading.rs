//! How many wait at a window, as somebody or the ticket machine told.

use domain::{AccountId, CenterId, DeviceId, PostId, QueueReadingId, tidal::ReadingSource};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CenterOwned, table};

table! {
    /// How many wait at a window, as somebody or the ticket machine told.
    #[derive(serde::Serialize)]
    "queue_reading", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: QueueReadingId,
        PostId => post_id: PostId,
        At => at: DateTimeUtc,
        Waiting => waiting: i32,
        Minutes => minutes: Option<i32>,
        Source => source: ReadingSource,
        DeviceId => device_id: Option<DeviceId>,
        ReporterId => reporter_id: Option<AccountId>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
