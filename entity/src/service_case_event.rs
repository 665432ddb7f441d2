//! A line in the log of a case at a window (6.5); what was said is encrypted and kept for a time.

use domain::{
    AccountId, CenterId, ServiceCaseEventId, ServiceCaseId,
    handling::{ServiceCaseAction, ServiceCaseStatus},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// A line in the log of a case at a window (6.5); what was said is encrypted and kept for a time.
    #[derive(serde::Serialize)]
    "service_case_event", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ServiceCaseEventId,
        CaseId => case_id: ServiceCaseId,
        Action => action: Option<ServiceCaseAction>,
        Status => status: ServiceCaseStatus,
        BodyEnc => body_enc: Option<String>,
        ActorId => actor_id: AccountId,
        At => at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
