//! Signs that ratings were not given freely, over GraphQL.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    RatingFlagId,
    evaluation::flags::{RatingFlagKind, RatingFlagState},
};
use entity::rating_flag;

use super::service::{self, Found};
use crate::{error::Result, graphql::context::ContextExt, posts::service::Seen, tenancy::graphql::PlaceNode};

/// A sign that ratings of a day were not given freely. It names none of them, and they count on.
#[derive(SimpleObject)]
pub struct RatingFlag {
    /// Its id.
    id: RatingFlagId,
    /// How often it was changed.
    version: i32,
    /// The center; null for whoever reads there.
    center: Option<PlaceNode>,
    /// What the point was called; null for the link after an answered complaint.
    place: Option<String>,
    /// The day of the ratings.
    day: NaiveDate,
    /// What was seen.
    kind: RatingFlagKind,
    /// Of so many at least.
    seen: i32,
    /// Among so many at least.
    among: i32,
    /// What became of it.
    state: RatingFlagState,
    /// Why, in the reviewer's words.
    reason: Option<String>,
    /// Who has said so; null where the city reads.
    decided_by: Option<String>,
    /// When.
    decided_at: Option<DateTime<Utc>>,
    /// Whether the viewer may decide.
    may_decide: bool,
}

/// That a day of a row is flagged.
#[derive(SimpleObject)]
pub struct RatingMark {
    /// The day.
    day: NaiveDate,
    /// What was seen.
    kind: RatingFlagKind,
    /// Whether somebody has looked into it and it stands.
    kept: bool,
}

/// A flag as it was seen, and what is said of it.
#[derive(InputObject)]
pub struct DecideRatingFlagInput {
    /// Which.
    pub id: RatingFlagId,
    /// How often it had been changed.
    pub version: i32,
    /// Whether it stands.
    pub state: RatingFlagState,
    /// Why.
    pub reason: String,
}

/// Queries about flags.
#[derive(Default)]
pub struct RatingFlagsQuery;

#[Object]
impl RatingFlagsQuery {
    /// Signs that ratings were not given freely, at the viewer's center or at all centers of their city, the newest day
    /// first; at most 200.
    #[graphql(complexity = "10 + child_complexity")]
    async fn rating_flags(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "RatingFlagState::Open")] state: RatingFlagState,
    ) -> Result<Vec<RatingFlag>> {
        Ok(service::list(ctx.cx()?, state).await?.into_iter().map(Into::into).collect())
    }
}

/// What is said of flags.
#[derive(Default)]
pub struct RatingFlagsMutation;

#[Object]
impl RatingFlagsMutation {
    /// Say of a flag whether it stands or has another explanation. Not of a post where one works or that one leads; the
    /// ratings count on either way.
    async fn decide_rating_flag(&self, ctx: &Context<'_>, input: DecideRatingFlagInput) -> Result<RatingFlag> {
        let DecideRatingFlagInput { id, version, state, reason } = input;
        Ok(service::decide(ctx.cx()?, Seen { id, version }, state, &reason).await?.into())
    }
}

impl From<Found> for RatingFlag {
    fn from(Found { row, center, decided_by, may_decide }: Found) -> Self {
        Self {
            id: row.id,
            version: row.version,
            center: center.as_ref().map(Into::into),
            place: row.place,
            day: row.day,
            kind: row.kind,
            seen: row.seen,
            among: row.among,
            state: row.state,
            reason: row.reason,
            decided_by,
            decided_at: row.decided_at,
            may_decide,
        }
    }
}

impl From<rating_flag::Model> for RatingMark {
    fn from(row: rating_flag::Model) -> Self {
        Self { day: row.day, kind: row.kind, kept: row.state == RatingFlagState::Kept }
    }
}
