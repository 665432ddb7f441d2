//! How an integrated window is connected to the city's online platform (6.6.4).

use domain::{CenterId, PostId, items::PlatformLink};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// How an integrated window is connected to the city's online platform (6.6.4).
    #[derive(serde::Serialize)]
    "window_setup", key(CenterId: Uuid, PostId: Uuid) {
        CenterId => center_id: CenterId,
        PostId => post_id: PostId,
        Link => link: PlatformLink,
        SyncedAt => synced_at: Option<DateTimeUtc>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
