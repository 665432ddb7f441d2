//! An entry of a model post's ledger (6.12.4).

use chrono::NaiveDate;
use domain::{
    AccountId, CenterId, LedgerEntryId, PostId,
    model_posts::{Activity, EvidenceKind, ModelKind, ledger::EntryStatus},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// An entry of a model post's ledger (6.12.4).
    #[derive(serde::Serialize)]
    "ledger_entry", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: LedgerEntryId,
        PostId => post_id: PostId,
        Kind => kind: ModelKind,
        Status => status: EntryStatus,
        AuthorId => author_id: AccountId,
        SubmitterId => submitter_id: Option<AccountId>,
        DeciderId => decider_id: Option<AccountId>,
        DecidedAt => decided_at: Option<DateTimeUtc>,
        ReturnReason => return_reason: Option<String>,
        HappenedOn => happened_on: NaiveDate,
        Activity => activity: Activity,
        Evidence => evidence: EvidenceKind,
        Title => title: String,
        Detail => detail: Option<String>,
        Hours => hours: Option<i32>,
        KeptAt => kept_at: Option<String>,
        CreatedAt => created_at: DateTimeUtc,
        SubmittedAt => submitted_at: Option<DateTimeUtc>,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
