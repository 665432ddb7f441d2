//! A line in the log of an improvement plan.

use domain::{
    AccountId, CenterId, ImprovementEventId, ImprovementPlanId,
    improvement::plan::{ImprovementAction, ImprovementStatus},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CenterOwned, table};

table! {
    /// A line in the log of an improvement plan.
    #[derive(serde::Serialize)]
    "improvement_event", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ImprovementEventId,
        PlanId => plan_id: ImprovementPlanId,
        Action => action: ImprovementAction,
        Status => status: ImprovementStatus,
        Body => body: Option<String>,
        ActorId => actor_id: AccountId,
        At => at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
