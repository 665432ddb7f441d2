//! What a talent asks for (6.16); who it is and what was said, encrypted and for a time.

use chrono::NaiveDate;
use domain::{
    CenterId, PostId, StaffId, TalentRequestId,
    complaints::HandlingSatisfaction,
    talents::{TalentChannel, TalentField, TalentMatter, TalentStatus, TalentType},
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned, Versioned},
    table,
};

table! {
    /// What a talent asks for (6.16); who it is and what was said, encrypted and for a time.
    #[derive(serde::Serialize)]
    "talent_request", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: TalentRequestId,
        PostId => post_id: PostId,
        Kind => kind: TalentType,
        Field => field: TalentField,
        Channel => channel: TalentChannel,
        Matter => matter: TalentMatter,
        KeyProject => key_project: bool,
        Enterprise => enterprise: Option<String>,
        Status => status: TalentStatus,
        NameEnc => name_enc: Option<String>,
        PhoneEnc => phone_enc: Option<String>,
        DescriptionEnc => description_enc: Option<String>,
        ResultEnc => result_enc: Option<String>,
        NameMask => name_mask: Option<String>,
        PhoneMask => phone_mask: Option<String>,
        StewardId => steward_id: Option<StaffId>,
        RequestedAt => requested_at: DateTimeUtc,
        ProgressDueOn => progress_due_on: Option<NaiveDate>,
        NextContactOn => next_contact_on: Option<NaiveDate>,
        SettledOn => settled_on: Option<NaiveDate>,
        ToldOn => told_on: Option<NaiveDate>,
        Told => told: bool,
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
