//! A light record of an application at a window (办件; 6.5).

use chrono::NaiveDate;
use domain::{CenterId, PostId, ServiceCaseId, ServiceItemId, handling::ServiceCaseStatus};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned, Versioned},
    table,
};

table! {
    /// A light record of an application at a window (办件; 6.5).
    #[derive(serde::Serialize)]
    "service_case", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ServiceCaseId,
        ExternalNo => external_no: String,
        ItemId => item_id: ServiceItemId,
        PostId => post_id: PostId,
        RecipientEnc => recipient_enc: Option<String>,
        Status => status: ServiceCaseStatus,
        ReceivedAt => received_at: DateTimeUtc,
        PromisedDays => promised_days: Option<i32>,
        DueOn => due_on: Option<NaiveDate>,
        ReasonEnc => reason_enc: Option<String>,
        PickupAt => pickup_at: Option<DateTimeUtc>,
        PickupPlace => pickup_place: Option<String>,
        ResultReadyAt => result_ready_at: Option<DateTimeUtc>,
        AtWindowAt => at_window_at: Option<DateTimeUtc>,
        CollectedAt => collected_at: Option<DateTimeUtc>,
        ArchiveDueOn => archive_due_on: Option<NaiveDate>,
        ArchivedAt => archived_at: Option<DateTimeUtc>,
        ArchiveRef => archive_ref: Option<String>,
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
