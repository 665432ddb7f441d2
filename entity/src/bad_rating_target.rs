//! Somebody who worked at the rated post on the day of a bad rating.

use domain::{AccountId, BadRatingId, BadRatingTargetId, CenterId, StaffId};
use sea_orm::entity::prelude::Uuid;

use crate::{ownership::CenterOwned, table};

table! {
    /// Somebody who worked at the rated post on the day of a bad rating.
    #[derive(serde::Serialize)]
    "bad_rating_target", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: BadRatingTargetId,
        BadRatingId => bad_rating_id: BadRatingId,
        StaffId => staff_id: StaffId,
        AccountId => account_id: Option<AccountId>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const CASE: Option<Column> = Some(Column::BadRatingId);
}
