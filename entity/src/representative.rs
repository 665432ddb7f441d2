//! Somebody of the three groups whom rounds are drawn from.

use chrono::NaiveDate;
use domain::{CenterId, RepresentativeId, StaffId, permission::Role};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// Somebody of the three groups whom rounds are drawn from.
    #[derive(serde::Serialize)]
    "representative", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: RepresentativeId,
        Role => role: Role,
        Name => name: String,
        Unit => unit: String,
        FromOn => from_on: NaiveDate,
        UntilOn => until_on: NaiveDate,
        StaffId => staff_id: Option<StaffId>,
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
