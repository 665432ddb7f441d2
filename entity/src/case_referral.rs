//! A case put before the city: written inside its center, read by its city. Names nobody and says nothing of the matter.

use domain::{
    AccountId, CenterId, CityId, ComplaintId, ReferralId,
    complaints::{ComplaintSubject, EscalationCause, referral::ReferralStatus},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Reported, Versioned},
    table,
};

table! {
    /// A case put before the city: written inside its center, read by its city.
    #[derive(serde::Serialize)]
    "case_referral", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ReferralId,
        CityId => city_id: CityId,
        ComplaintId => complaint_id: ComplaintId,
        Number => number: String,
        Subject => subject: ComplaintSubject,
        Cause => cause: Option<EscalationCause>,
        Reason => reason: Option<String>,
        Status => status: ReferralStatus,
        Version => version: i32,
        ReferredBy => referred_by: Option<AccountId>,
        ReferredAt => referred_at: DateTimeUtc,
        OpenedBy => opened_by: Option<AccountId>,
        OpenedAt => opened_at: Option<DateTimeUtc>,
        AnsweredBy => answered_by: Option<AccountId>,
        AnsweredAt => answered_at: Option<DateTimeUtc>,
        Answer => answer: Option<String>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const CASE: Option<Column> = Some(Column::ComplaintId);
}

impl Reported for Entity {
    const CITY: Column = Column::CityId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
