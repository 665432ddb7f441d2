//! Rows that came in by one workbook; `row_ids` is a JSON list of their ids.

use domain::{AccountId, CenterId, ImportBatchId, imports::ImportTable};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// Rows that came in by one workbook.
    #[derive(serde::Serialize)]
    "import_batch", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ImportBatchId,
        Records => records: ImportTable,
        RowCount => row_count: i32,
        RowIds => row_ids: String,
        CreatedBy => created_by: AccountId,
        CreatedAt => created_at: DateTimeUtc,
        UndoneBy => undone_by: Option<AccountId>,
        UndoneAt => undone_at: Option<DateTimeUtc>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
