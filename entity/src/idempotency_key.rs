//! The answer to a request that may be sent twice, encrypted.

use domain::CenterId;
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{ownership::CenterOwned, table};

table! {
    /// The answer to a request that may be sent twice, encrypted.
    "idempotency_key", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: Uuid,
        Op => op: String,
        KeyHash => key_hash: String,
        BodyHash => body_hash: String,
        AnswerEnc => answer_enc: String,
        CreatedAt => created_at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
