//! Somebody who took part in what an entry tells of.

use domain::{CenterId, LedgerEntryId, ParticipantId, StaffId};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// Somebody who took part in what an entry tells of.
    #[derive(serde::Serialize)]
    "ledger_participant", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ParticipantId,
        EntryId => entry_id: LedgerEntryId,
        StaffId => staff_id: StaffId,
        Removed => removed: bool,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
