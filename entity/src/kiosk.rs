//! What makes a device of a center a kiosk: the point that is rated at it, and what the PIN to leave is checked by.

use domain::{CenterId, DeviceId, RatingPointId};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// What makes a device of a center a kiosk. A PIN is `rounds.salt.hash`.
    #[derive(serde::Serialize)]
    "kiosk", key(CenterId: Uuid, DeviceId: Uuid) {
        CenterId => center_id: CenterId,
        DeviceId => device_id: DeviceId,
        PointId => point_id: Option<RatingPointId>,
        Pin => pin: Option<String>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

/// Under the version of its device.
impl Amendable for Entity {}
