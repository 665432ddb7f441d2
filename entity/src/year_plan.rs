//! That the plan of a year for standards was adopted, when and by whom (6.11.1).

use chrono::NaiveDate;
use domain::{AccountId, CenterId, YearPlanId};
use sea_orm::entity::prelude::Uuid;

use crate::{ownership::CenterOwned, table};

table! {
    /// That the plan of a year for standards was adopted, when and by whom (6.11.1).
    #[derive(serde::Serialize)]
    "year_plan", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: YearPlanId,
        Year => year: i32,
        AdoptedOn => adopted_on: NaiveDate,
        AdopterId => adopter_id: AccountId,
        Demo => demo: bool,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
