//! Where a tidal window stands, and what its readings have come to (6.13).

use domain::{CenterId, PostId, tidal::TidalPhase};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// Where a tidal window stands, and what its readings have come to (6.13).
    #[derive(serde::Serialize)]
    "tidal_window", key(CenterId: Uuid, PostId: Uuid) {
        CenterId => center_id: CenterId,
        PostId => post_id: PostId,
        Phase => phase: TidalPhase,
        LastAt => last_at: Option<DateTimeUtc>,
        HighSince => high_since: Option<DateTimeUtc>,
        LowSince => low_since: Option<DateTimeUtc>,
        Declined => declined: bool,
        Closing => closing: bool,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
