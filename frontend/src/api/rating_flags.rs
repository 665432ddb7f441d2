//! Signs that ratings were not given freely.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    RatingFlagId,
    evaluation::flags::{RatingFlagKind, RatingFlagState},
};

use super::{ApiError, account::questions, city::Named, run, schema};

/// A sign.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "RatingFlag")]
pub struct Flag {
    pub id: RatingFlagId,
    pub version: i32,
    pub center: Option<Named>,
    pub place: Option<String>,
    pub day: NaiveDate,
    pub kind: RatingFlagKind,
    pub seen: i32,
    pub among: i32,
    pub state: RatingFlagState,
    pub reason: Option<String>,
    pub decided_by: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
    pub may_decide: bool,
}

/// That a day of a row is flagged.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "RatingMark")]
pub struct Flagged {
    pub day: NaiveDate,
    pub kind: RatingFlagKind,
    pub kept: bool,
}

#[derive(cynic::InputObject)]
pub struct DecideRatingFlagInput {
    pub id: RatingFlagId,
    pub version: i32,
    pub state: RatingFlagState,
    pub reason: String,
}

questions! {
    decide_rating_flag = "decideRatingFlag" (DecideRatingFlagInput) -> Flag;
}

#[derive(cynic::QueryVariables)]
struct OfState {
    state: RatingFlagState,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfState")]
struct FlagsQuery {
    #[arguments(state: $state)]
    rating_flags: Vec<Flag>,
}

/// Those of a state, the newest day first.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn flags(state: RatingFlagState) -> Result<Vec<Flag>, ApiError> {
    Ok(run(FlagsQuery::build(OfState { state })).await?.rating_flags)
}
