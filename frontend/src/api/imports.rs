//! Tables read in from workbooks.

use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use domain::{Arg, ImportBatchId, imports::ImportTable};
use serde::Deserialize;

use super::{ApiError, account::questions, run, schema, send_file};

/// Something wrong, at its place in the sheet.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Fault {
    pub row: u32,
    pub column: String,
    pub name: String,
    pub code: String,
    pub args: Vec<Arg>,
}

/// What came of a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    pub rows: usize,
    pub sound: usize,
    pub faults: Vec<Fault>,
    pub fault_count: usize,
    pub batch: Option<ImportBatchId>,
}

/// Rows that came in by one workbook.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct ImportBatch {
    pub id: ImportBatchId,
    pub records: ImportTable,
    pub row_count: i32,
    pub created_at: DateTime<Utc>,
    pub undone_at: Option<DateTime<Utc>>,
}

#[derive(cynic::InputObject)]
pub struct UndoImportInput {
    pub id: ImportBatchId,
}

questions! {
    undo_import = "undoImport" (UndoImportInput) -> ImportBatch;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct BatchesQuery {
    import_batches: Vec<ImportBatch>,
}

/// The latest batches.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn batches() -> Result<Vec<ImportBatch>, ApiError> {
    Ok(run(BatchesQuery::build(())).await?.import_batches)
}

/// Sends a workbook to be judged (`check`) or applied (`all`, `valid`).
///
/// # Errors
/// Whatever the server or the network says.
pub async fn import(table: ImportTable, mode: &str, language: &str, file: &web_sys::File) -> Result<Outcome, ApiError> {
    let path = format!("/imports/{}?mode={mode}&lang={language}", table.key());
    serde_json::from_str(&send_file(&path, file).await?).map_err(|_| ApiError::of("INTERNAL"))
}
