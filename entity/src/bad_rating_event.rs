//! A line in the log of a bad rating's case; what was said, encrypted and for a time.

use domain::{
    AccountId, BadRatingEventId, BadRatingId, CenterId,
    bad_ratings::{BadRatingEventKind, BadRatingStatus},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// A line in the log of a bad rating's case; what was said, encrypted and for a time.
    #[derive(serde::Serialize)]
    "bad_rating_event", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: BadRatingEventId,
        BadRatingId => bad_rating_id: BadRatingId,
        Kind => kind: BadRatingEventKind,
        Status => status: BadRatingStatus,
        Detail => detail: Option<String>,
        BodyEnc => body_enc: Option<String>,
        ActorId => actor_id: Option<AccountId>,
        At => at: DateTimeUtc,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const CASE: Option<Column> = Some(Column::BadRatingId);
}

impl Amendable for Entity {}
