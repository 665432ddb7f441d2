//! The root over the commitments of a day that was closed; never changed or deleted.

use chrono::NaiveDate;
use domain::CenterId;
use sea_orm::entity::prelude::{Date, Uuid};

use crate::{ownership::CenterOwned, table};

table! {
    /// The root over the commitments of a day that was closed.
    #[derive(serde::Serialize)]
    "rating_root", key(CenterId: Uuid, Day: Date) {
        CenterId => center_id: CenterId,
        Day => day: NaiveDate,
        Ratings => ratings: i32,
        Root => root: String,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
