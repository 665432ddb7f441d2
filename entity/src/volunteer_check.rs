//! A look at a volunteer's vest and armband (6.7.4), or a word that they can work alone (6.7.2).

use chrono::NaiveDate;
use domain::{AccountId, CenterId, StaffId, VolunteerCheckId, volunteers::VolunteerCheckKind};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// A look at a volunteer's vest and armband (6.7.4), or a word that they can work alone (6.7.2).
    #[derive(serde::Serialize)]
    "volunteer_check", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: VolunteerCheckId,
        StaffId => staff_id: StaffId,
        Kind => kind: VolunteerCheckKind,
        OnDay => on_day: NaiveDate,
        Vest => vest: Option<bool>,
        Armband => armband: Option<bool>,
        Note => note: Option<String>,
        CheckerId => checker_id: AccountId,
        At => at: DateTimeUtc,
        Latest => latest: Option<bool>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
