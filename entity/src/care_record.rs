//! Somebody served at a care window or at home (6.15); who it is, encrypted and for a time.

use chrono::NaiveDate;
use domain::{
    CareRecordId, CenterId, PostId, StaffId,
    care::{CareMode, CareStatus, RecipientCategory},
    complaints::HandlingSatisfaction,
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned, Versioned},
    table,
};

table! {
    /// Somebody served at a care window or at home (6.15); who it is, encrypted and for a time.
    #[derive(serde::Serialize)]
    "care_record", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: CareRecordId,
        PostId => post_id: PostId,
        Category => category: RecipientCategory,
        Mode => mode: CareMode,
        Status => status: CareStatus,
        NeedEnc => need_enc: Option<String>,
        NameEnc => name_enc: Option<String>,
        PhoneEnc => phone_enc: Option<String>,
        AddressEnc => address_enc: Option<String>,
        NameMask => name_mask: Option<String>,
        PhoneMask => phone_mask: Option<String>,
        GuideId => guide_id: Option<StaffId>,
        ReceiverId => receiver_id: Option<StaffId>,
        VisitorId => visitor_id: Option<StaffId>,
        CompanionId => companion_id: Option<StaffId>,
        GreetedAt => greeted_at: DateTimeUtc,
        StartedAt => started_at: Option<DateTimeUtc>,
        BookedFor => booked_for: Option<NaiveDate>,
        DueOn => due_on: Option<NaiveDate>,
        VisitedAt => visited_at: Option<DateTimeUtc>,
        FinishedAt => finished_at: Option<DateTimeUtc>,
        Satisfaction => satisfaction: Option<HandlingSatisfaction>,
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
