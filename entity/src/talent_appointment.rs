//! An appointment with a talent; its place, encrypted and for a time (6.16.2).

use domain::{AccountId, CenterId, TalentAppointmentId, TalentRequestId, talents::AppointmentStatus};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// An appointment with a talent; its place, encrypted and for a time (6.16.2).
    #[derive(serde::Serialize)]
    "talent_appointment", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: TalentAppointmentId,
        RequestId => request_id: TalentRequestId,
        At => at: DateTimeUtc,
        PlaceEnc => place_enc: Option<String>,
        Status => status: AppointmentStatus,
        MakerId => maker_id: AccountId,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
