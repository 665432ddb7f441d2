//! A measure of an improvement plan. The plan's version counts its changes.

use chrono::NaiveDate;
use domain::{CenterId, ImprovementMeasureId, ImprovementPlanId, StaffId};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned, Removable},
    table,
};

table! {
    /// A measure of an improvement plan. The plan's version counts its changes.
    #[derive(serde::Serialize)]
    "improvement_measure", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ImprovementMeasureId,
        PlanId => plan_id: ImprovementPlanId,
        Text => text: String,
        OwnerId => owner_id: StaffId,
        DueOn => due_on: NaiveDate,
        Resources => resources: Option<String>,
        DoneOn => done_on: Option<NaiveDate>,
        Note => note: Option<String>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}

impl Removable for Entity {}
