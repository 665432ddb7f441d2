//! That the city has excluded a rating: the rating stays, and both totals are shown. Never changed.

use chrono::NaiveDate;
use domain::{AccountId, BadRatingId, CenterId, RatingExclusionId, RatingId, bad_ratings::appeal::RatingAppealGround};
use sea_orm::entity::prelude::Uuid;

use crate::{ownership::CenterOwned, table};

table! {
    /// That the city has excluded a rating: the rating stays, and both totals are shown. Never changed.
    #[derive(serde::Serialize)]
    "rating_exclusion", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: RatingExclusionId,
        RatingId => rating_id: RatingId,
        BadRatingId => bad_rating_id: BadRatingId,
        Ground => ground: RatingAppealGround,
        AppellantId => appellant_id: AccountId,
        DeciderId => decider_id: AccountId,
        ExcludedOn => excluded_on: NaiveDate,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const CASE: Option<Column> = Some(Column::BadRatingId);
}
