//! An interval in which a complaint's clock stood still, in local dates.

use domain::{CenterId, ComplaintId, ComplaintPauseId, complaints::PauseReason};
use sea_orm::entity::prelude::{Date, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// An interval in which a complaint's clock stood still, in local dates.
    #[derive(serde::Serialize)]
    "complaint_pause", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ComplaintPauseId,
        ComplaintId => complaint_id: ComplaintId,
        Reason => reason: PauseReason,
        Note => note: String,
        FromDay => from_day: Date,
        ToDay => to_day: Option<Date>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
