//! A question of policy with its answer, from a source of a day (6.16.7).

use chrono::NaiveDate;
use domain::{AccountId, CenterId, PolicyAnswerId, settings::EntryStatus};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// A question of policy with its answer, from a source of a day (6.16.7).
    #[derive(serde::Serialize)]
    "policy_answer", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: PolicyAnswerId,
        Question => question: String,
        Answer => answer: String,
        Source => source: String,
        SourceOn => source_on: NaiveDate,
        ReviewedOn => reviewed_on: NaiveDate,
        AuthorId => author_id: AccountId,
        Status => status: EntryStatus,
        Demo => demo: bool,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
