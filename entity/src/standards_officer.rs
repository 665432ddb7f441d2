//! Somebody's term as a standards officer (6.11.2).

use chrono::NaiveDate;
use domain::{CenterId, StaffId, StandardsOfficerId};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// Somebody's term as a standards officer (6.11.2).
    #[derive(serde::Serialize)]
    "standards_officer", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: StandardsOfficerId,
        StaffId => staff_id: StaffId,
        FullTime => full_time: bool,
        Duties => duties: String,
        FromOn => from_on: NaiveDate,
        UntilOn => until_on: Option<NaiveDate>,
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
