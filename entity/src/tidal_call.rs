//! A call to a tidal window; of the number, four digits (6.13.4).

use chrono::NaiveDate;
use domain::{AccountId, CenterId, PostId, TidalCallId};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// A call to a tidal window; of the number, four digits (6.13.4).
    #[derive(serde::Serialize)]
    "tidal_call", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: TidalCallId,
        PostId => post_id: PostId,
        CalledAt => called_at: DateTimeUtc,
        Answered => answered: bool,
        Tail => tail: Option<String>,
        Note => note: Option<String>,
        RecorderId => recorder_id: AccountId,
        DueOn => due_on: Option<NaiveDate>,
        ReturnedAt => returned_at: Option<DateTimeUtc>,
        ReturnerId => returner_id: Option<AccountId>,
        Outcome => outcome: Option<String>,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
