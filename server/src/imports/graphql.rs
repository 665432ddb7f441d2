//! Batches over GraphQL; the workbooks themselves come by `POST /imports/{table}`.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::{AccountId, ImportBatchId, imports::ImportTable};
use entity::import_batch;

use super::service;
use crate::{error::Result, graphql::context::ContextExt};

/// Rows that came in by one workbook.
#[derive(SimpleObject)]
pub struct ImportBatch {
    /// Its id.
    id: ImportBatchId,
    /// What they are.
    records: ImportTable,
    /// How many.
    row_count: i32,
    /// Who brought them.
    created_by: AccountId,
    /// When.
    created_at: DateTime<Utc>,
    /// When they were taken back.
    undone_at: Option<DateTime<Utc>>,
}

impl From<import_batch::Model> for ImportBatch {
    fn from(row: import_batch::Model) -> Self {
        let import_batch::Model { id, records, row_count, created_by, created_at, undone_at, .. } = row;
        Self { id, records, row_count, created_by, created_at, undone_at }
    }
}

/// A batch.
#[derive(InputObject)]
pub struct UndoImportInput {
    /// Its id.
    id: ImportBatchId,
}

/// Queries about batches.
#[derive(Default)]
pub struct ImportsQuery;

#[Object]
impl ImportsQuery {
    /// The latest batches, newest first.
    #[graphql(complexity = "10 + child_complexity")]
    async fn import_batches(&self, ctx: &Context<'_>) -> Result<Vec<ImportBatch>> {
        Ok(service::batches(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }
}

/// Taking batches back.
#[derive(Default)]
pub struct ImportsMutation;

#[Object]
impl ImportsMutation {
    /// Take back every row of a batch, while nothing has come of any.
    async fn undo_import(&self, ctx: &Context<'_>, input: UndoImportInput) -> Result<ImportBatch> {
        Ok(service::undo(ctx.cx()?, input.id).await?.into())
    }
}
