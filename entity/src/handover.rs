//! What one passed on to another at a post.

use domain::{CenterId, HandoverId, PostId, StaffId, posts::HandoverStatus};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned, Versioned},
    table,
};

table! {
    /// What one passed on to another at a post.
    #[derive(serde::Serialize)]
    "handover", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: HandoverId,
        PostId => post_id: PostId,
        GiverId => giver_id: StaffId,
        TakerId => taker_id: StaffId,
        Items => items: String,
        Status => status: HandoverStatus,
        GivenAt => given_at: DateTimeUtc,
        AcceptedAt => accepted_at: Option<DateTimeUtc>,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}

impl Amendable for Entity {}
