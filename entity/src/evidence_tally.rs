//! Approved entries of a year by what proves them, counted as they are approved.

use domain::{CenterId, PostId, TallyId, model_posts::EvidenceKind};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// Approved entries of a year by what proves them, counted as they are approved.
    #[derive(serde::Serialize)]
    "evidence_tally", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: TallyId,
        PostId => post_id: PostId,
        Evidence => evidence: EvidenceKind,
        Year => year: i32,
        Entries => entries: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
