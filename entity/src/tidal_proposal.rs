//! A peak that lasted, and what a lead said to it (6.13.1).

use domain::{AccountId, CenterId, PostId, TidalProposalId, tidal::ProposalStatus};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// A peak that lasted, and what a lead said to it (6.13.1).
    #[derive(serde::Serialize)]
    "tidal_proposal", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: TidalProposalId,
        PostId => post_id: PostId,
        PeakFrom => peak_from: DateTimeUtc,
        ProposedAt => proposed_at: DateTimeUtc,
        Waiting => waiting: i32,
        Minutes => minutes: Option<i32>,
        Status => status: ProposalStatus,
        DecidedAt => decided_at: Option<DateTimeUtc>,
        DeciderId => decider_id: Option<AccountId>,
        Reason => reason: Option<String>,
        Live => live: Option<bool>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
