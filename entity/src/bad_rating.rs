//! The case that a bad rating opened; what the rater said and how to reach them, encrypted and for a time.

use chrono::NaiveDate;
use domain::{
    BadRatingId, CenterId, PostId, RatingId,
    bad_ratings::{BadRatingFinding, BadRatingStatus, clock::BadRatingStep},
    complaints::HandlingSatisfaction,
    evaluation::levels::FiveLevel,
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned, Versioned},
    table,
};

table! {
    /// The case that a bad rating opened; what the rater said and how to reach them, encrypted and for a time.
    #[derive(serde::Serialize)]
    "bad_rating", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: BadRatingId,
        RatingId => rating_id: RatingId,
        PostId => post_id: Option<PostId>,
        RatedOn => rated_on: NaiveDate,
        Level => level: FiveLevel,
        Reasons => reasons: String,
        RemarkEnc => remark_enc: Option<String>,
        ContactEnc => contact_enc: Option<String>,
        Named => named: bool,
        Status => status: BadRatingStatus,
        Finding => finding: Option<BadRatingFinding>,
        OpenedAt => opened_at: DateTimeUtc,
        DueStep => due_step: Option<BadRatingStep>,
        StepStartedAt => step_started_at: DateTimeUtc,
        StepDays => step_days: Option<i32>,
        DueAt => due_at: Option<DateTimeUtc>,
        OverdueAt => overdue_at: Option<DateTimeUtc>,
        Missed => missed: i32,
        Extended => extended: bool,
        Again => again: bool,
        Satisfaction => satisfaction: Option<HandlingSatisfaction>,
        AppealUntil => appeal_until: Option<DateTimeUtc>,
        Appealed => appealed: bool,
        AppealedFrom => appealed_from: Option<BadRatingStatus>,
        Excluded => excluded: bool,
        ClosedAt => closed_at: Option<DateTimeUtc>,
        PurgeOn => purge_on: Option<NaiveDate>,
        Demo => demo: bool,
        Version => version: i32,
        FixedInTime => fixed_in_time: Option<bool>,
    }
}

/// What the figures count of a case.
#[derive(Clone, Debug, sea_orm::DerivePartialModel)]
#[sea_orm(entity = "Entity")]
#[expect(missing_docs, reason = "the columns of the same names")]
pub struct Timed {
    pub rated_on: NaiveDate,
    pub named: bool,
    pub due_step: Option<BadRatingStep>,
    pub overdue_at: Option<DateTimeUtc>,
    pub satisfaction: Option<HandlingSatisfaction>,
    pub excluded: bool,
    pub fixed_in_time: Option<bool>,
}

impl From<&Model> for Timed {
    fn from(row: &Model) -> Self {
        let Model { rated_on, named, due_step, overdue_at, satisfaction, excluded, fixed_in_time, .. } = *row;
        Self { rated_on, named, due_step, overdue_at, satisfaction, excluded, fixed_in_time }
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const CASE: Option<Column> = Some(Column::Id);
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}

impl Amendable for Entity {}
