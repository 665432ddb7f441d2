//! A point at which the public rates. The code on its poster is its id with a tag of the server's own: none is kept.

use domain::{
    CenterId, PostId, RatingPointId,
    evaluation::ratings::{PointChannel, PointKind},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// A point at which the public rates.
    #[derive(serde::Serialize)]
    "rating_point", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: RatingPointId,
        Kind => kind: PointKind,
        PostId => post_id: Option<PostId>,
        Name => name: String,
        Channel => channel: PointChannel,
        RevokedAt => revoked_at: Option<DateTimeUtc>,
        Demo => demo: bool,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
