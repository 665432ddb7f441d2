//! A standard in a center's register (6.11.1).

use chrono::NaiveDate;
use domain::{
    CenterId, ManagedStandardId, StaffId,
    standardisation::{StandardLevel, StandardStatus},
};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// A standard in a center's register (6.11.1). `live` holds while it is not over, so that its number is taken.
    #[derive(serde::Serialize)]
    "managed_standard", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ManagedStandardId,
        Number => number: String,
        Title => title: String,
        Level => level: StandardLevel,
        Edition => edition: String,
        AdoptedOn => adopted_on: Option<NaiveDate>,
        OwnerId => owner_id: StaffId,
        ReviewDue => review_due: Option<NaiveDate>,
        Status => status: StandardStatus,
        SuccessorId => successor_id: Option<ManagedStandardId>,
        Live => live: Option<bool>,
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
