//! A file that belongs to a record, or is about to: what it is; its bytes lie elsewhere, under `object`.

use domain::{
    AccountId, AttachmentId, CenterId,
    files::{FileKind, OwnerKind, Retention, ScanState},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// A file that belongs to a record, or is about to.
    #[derive(serde::Serialize)]
    "attachment", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: AttachmentId,
        OwnerKind => owner_kind: Option<OwnerKind>,
        OwnerId => owner_id: Option<Uuid>,
        Retention => retention: Option<Retention>,
        Kind => kind: FileKind,
        Bytes => bytes: i64,
        Sha256 => sha256: String,
        Width => width: Option<i32>,
        Height => height: Option<i32>,
        NameEnc => name_enc: String,
        Scan => scan: ScanState,
        Object => object: Option<String>,
        UploadedBy => uploaded_by: AccountId,
        CreatedAt => created_at: DateTimeUtc,
        AttachedAt => attached_at: Option<DateTimeUtc>,
        DeleteAfter => delete_after: Option<DateTimeUtc>,
        DeletedAt => deleted_at: Option<DateTimeUtc>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const KEEPER: Option<Column> = Some(Column::UploadedBy);
}

impl Amendable for Entity {}
