//! A file, as the records that it belongs to show it.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use domain::{
    AttachmentId,
    files::{FileKind, ScanState},
};
use entity::attachment;

use crate::{crypto::CenterKeys, error::Result};

/// A file that belongs to a record. Its bytes are at `/files/{id}`, a picture's small copy at `/files/{id}/thumbnail`.
#[derive(Clone, Debug, SimpleObject, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachedFile {
    /// Its id.
    pub id: AttachmentId,
    /// What it is.
    pub kind: FileKind,
    /// What whoever uploaded it calls it.
    pub name: String,
    /// How long it is.
    pub bytes: i64,
    /// A picture's width in pixels.
    pub width: Option<i32>,
    /// A picture's height in pixels.
    pub height: Option<i32>,
    /// Whether it was found to be clean.
    pub scan: ScanState,
    /// When it came.
    pub created_at: DateTime<Utc>,
}

impl AttachedFile {
    /// As it is stored, with its name in clear.
    ///
    /// # Errors
    /// When the name does not open.
    pub fn new(row: &attachment::Model, keys: &CenterKeys) -> Result<Self> {
        Ok(Self {
            id: row.id,
            kind: row.kind,
            name: keys.open("name", &row.name_enc)?,
            bytes: row.bytes,
            width: row.width,
            height: row.height,
            scan: row.scan,
            created_at: row.created_at,
        })
    }
}
