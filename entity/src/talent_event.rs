//! A line in the log of a talent's request; what was said, encrypted and for a time (6.16.2).

use chrono::NaiveDate;
use domain::{
    AccountId, CenterId, TalentEventId, TalentRequestId,
    talents::{AppointmentStatus, TalentAction, TalentStatus, TellMode},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// A line in the log of a talent's request; what was said, encrypted and for a time (6.16.2).
    #[derive(serde::Serialize)]
    "talent_event", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: TalentEventId,
        RequestId => request_id: TalentRequestId,
        Action => action: Option<TalentAction>,
        Status => status: TalentStatus,
        BodyEnc => body_enc: Option<String>,
        OnDay => on_day: Option<NaiveDate>,
        Mode => mode: Option<TellMode>,
        Outcome => outcome: Option<AppointmentStatus>,
        ActorId => actor_id: AccountId,
        At => at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
