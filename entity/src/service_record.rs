//! A volunteer's service and how whoever was served confirmed it (6.7.5); what proves it, encrypted and for a time.

use chrono::NaiveDate;
use domain::{
    AccountId, CenterId, PostId, ServiceRecordId, StaffId,
    volunteers::{ConfirmationMeans, ServiceRecordStatus, ServiceType},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned, Versioned},
    table,
};

table! {
    /// A volunteer's service and how whoever was served confirmed it (6.7.5); what proves it, encrypted and for a time.
    #[derive(serde::Serialize)]
    "service_record", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ServiceRecordId,
        PostId => post_id: PostId,
        StaffId => staff_id: StaffId,
        OnDay => on_day: NaiveDate,
        Start => start: String,
        Finish => finish: String,
        Minutes => minutes: i32,
        Service => service: ServiceType,
        Recipients => recipients: i32,
        Description => description: Option<String>,
        Status => status: ServiceRecordStatus,
        Disputed => disputed: bool,
        Means => means: Option<ConfirmationMeans>,
        WrittenAt => written_at: DateTimeUtc,
        AskedAt => asked_at: Option<DateTimeUtc>,
        DueOn => due_on: Option<NaiveDate>,
        DecidedAt => decided_at: Option<DateTimeUtc>,
        TokenHash => token_hash: Option<String>,
        TokenUntil => token_until: Option<DateTimeUtc>,
        SignatureEnc => signature_enc: Option<String>,
        TailEnc => tail_enc: Option<String>,
        StatementEnc => statement_enc: Option<String>,
        WitnessId => witness_id: Option<AccountId>,
        PurgeOn => purge_on: Option<NaiveDate>,
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

impl Amendable for Entity {}
