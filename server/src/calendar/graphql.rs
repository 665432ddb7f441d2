//! The official calendar over GraphQL.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::NaiveDate;
use domain::complaints::deadline::DueMove;

use super::service::{self, CenterEffect, Effect, Year};
use crate::{error::Result, graphql::context::ContextExt, tenancy::graphql::PlaceNode};

/// A year with a published list.
#[derive(SimpleObject)]
struct CalendarYear {
    /// Which.
    year: i32,
    /// Days off.
    holidays: usize,
    /// Weekend days that are worked.
    workdays: usize,
}

/// What a list would mean for the open cases, in numbers of cases.
#[derive(SimpleObject)]
struct CalendarEffect {
    /// The year, as the list has it.
    year: CalendarYear,
    /// The same year as it is published now.
    present: CalendarYear,
    /// Center by center, those without such a case left out.
    centers: Vec<CalendarCenterEffect>,
    /// Due dates before and after.
    moves: Vec<CalendarMove>,
}

/// What a list would mean for the open cases of one center.
#[derive(SimpleObject)]
struct CalendarCenterEffect {
    /// The center.
    center: PlaceNode,
    /// Cases that get a date, having waited for the list.
    dated: u32,
    /// Due later than was told.
    later: u32,
    /// Due earlier.
    earlier: u32,
}

/// A due date before and after.
#[derive(SimpleObject)]
struct CalendarMove {
    /// The day that was told; none where the list was awaited.
    from: Option<NaiveDate>,
    /// The day from now on.
    to: NaiveDate,
    /// Of how many cases.
    cases: u32,
}

/// The list of a year.
#[derive(InputObject)]
struct PublishCalendarInput {
    /// A line for each day: `2027-01-01,holiday,…`.
    list: String,
    /// How many days of its year were listed when the viewer looked.
    seen: u32,
}

/// Queries about the calendar.
#[derive(Default)]
pub struct CalendarQuery;

#[Object]
impl CalendarQuery {
    /// The years with a published list.
    #[graphql(complexity = "10 + child_complexity")]
    async fn calendar_years(&self, ctx: &Context<'_>) -> Result<Vec<CalendarYear>> {
        Ok(service::years(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// What a list would mean for the open cases of all centers.
    #[graphql(complexity = "60 + child_complexity")]
    async fn calendar_effect(&self, ctx: &Context<'_>, list: String) -> Result<CalendarEffect> {
        Ok(service::effect(ctx.cx()?, &list).await?.into())
    }
}

/// Publishing the calendar.
#[derive(Default)]
pub struct CalendarMutation;

#[Object]
impl CalendarMutation {
    /// Publish the list of a year in the place of what was listed of it; how many due dates followed.
    async fn publish_calendar(&self, ctx: &Context<'_>, input: PublishCalendarInput) -> Result<u32> {
        let PublishCalendarInput { list, seen } = input;
        service::publish(ctx.cx()?, &list, usize::try_from(seen).unwrap_or(usize::MAX)).await
    }
}

impl From<Year> for CalendarYear {
    fn from(year: Year) -> Self {
        let Year { year, holidays, workdays } = year;
        Self { year, holidays, workdays }
    }
}

impl From<Effect> for CalendarEffect {
    fn from(effect: Effect) -> Self {
        let moves = effect.moves.into_iter().map(|(DueMove { from, to }, cases)| CalendarMove { from, to, cases });
        Self {
            year: effect.year.into(),
            present: effect.present.into(),
            centers: effect.centers.into_iter().map(Into::into).collect(),
            moves: moves.collect(),
        }
    }
}

impl From<CenterEffect> for CalendarCenterEffect {
    fn from(effect: CenterEffect) -> Self {
        let CenterEffect { center, dated, later, earlier } = effect;
        Self { center: (&center).into(), dated, later, earlier }
    }
}
