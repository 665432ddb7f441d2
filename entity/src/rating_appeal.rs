//! An appeal against a rating: written inside its center, read by its city. Names nobody.

use chrono::NaiveDate;
use domain::{
    AccountId, BadRatingId, CenterId, CityId, RatingAppealId,
    bad_ratings::appeal::{RatingAppealDecision, RatingAppealGround, RatingAppealStatus},
    evaluation::levels::FiveLevel,
};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Reported, Versioned},
    table,
};

table! {
    /// An appeal against a rating: written inside its center, read by its city. Names nobody.
    #[derive(serde::Serialize)]
    "rating_appeal", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: RatingAppealId,
        CityId => city_id: CityId,
        BadRatingId => bad_rating_id: BadRatingId,
        RatedOn => rated_on: NaiveDate,
        Level => level: FiveLevel,
        Post => post: Option<String>,
        Ground => ground: RatingAppealGround,
        Reason => reason: String,
        Status => status: RatingAppealStatus,
        AppealedBy => appealed_by: AccountId,
        AppealedAt => appealed_at: DateTimeUtc,
        DueAt => due_at: Option<DateTimeUtc>,
        OpenedBy => opened_by: Option<AccountId>,
        OpenedAt => opened_at: Option<DateTimeUtc>,
        Decision => decision: Option<RatingAppealDecision>,
        Answer => answer: Option<String>,
        DecidedBy => decided_by: Option<AccountId>,
        DecidedAt => decided_at: Option<DateTimeUtc>,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const CASE: Option<Column> = Some(Column::BadRatingId);
}

impl Reported for Entity {
    const CITY: Column = Column::CityId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
