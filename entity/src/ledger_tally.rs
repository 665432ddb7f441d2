//! Approved entries of a quarter, counted as they are approved.

use chrono::NaiveDate;
use domain::{
    CenterId, PostId, TallyId,
    model_posts::{Activity, EvidenceKind},
};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// Approved entries of a quarter, counted as they are approved.
    #[derive(serde::Serialize)]
    "ledger_tally", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: TallyId,
        PostId => post_id: PostId,
        Activity => activity: Activity,
        Evidence => evidence: EvidenceKind,
        Quarter => quarter: NaiveDate,
        Entries => entries: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
