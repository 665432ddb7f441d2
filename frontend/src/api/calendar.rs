//! The official calendar, for a city office.

use chrono::NaiveDate;
use cynic::QueryBuilder;

use super::{ApiError, account::questions, city::Named, run, schema};

/// A year with a list.
#[derive(cynic::QueryFragment, Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarYear {
    pub year: i32,
    pub holidays: i32,
    pub workdays: i32,
}

/// What a list would mean for the open cases.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct CalendarEffect {
    pub year: CalendarYear,
    pub present: CalendarYear,
    pub centers: Vec<CalendarCenterEffect>,
    pub moves: Vec<CalendarMove>,
}

/// The same for one center.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct CalendarCenterEffect {
    pub center: Named,
    pub dated: i32,
    pub later: i32,
    pub earlier: i32,
}

/// A due date before and after.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct CalendarMove {
    pub from: Option<NaiveDate>,
    pub to: NaiveDate,
    pub cases: i32,
}

#[derive(cynic::InputObject)]
pub struct PublishCalendarInput {
    pub list: String,
    pub seen: i32,
}

type Moved = i32;

questions! {
    publish_calendar = "publishCalendar" (PublishCalendarInput) -> Moved;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct YearsQuery {
    calendar_years: Vec<CalendarYear>,
}

/// The years with a list.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn years() -> Result<Vec<CalendarYear>, ApiError> {
    Ok(run(YearsQuery::build(())).await?.calendar_years)
}

#[derive(cynic::QueryVariables)]
struct EffectVariables {
    list: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "EffectVariables")]
struct EffectQuery {
    #[arguments(list: $list)]
    calendar_effect: CalendarEffect,
}

/// What `list` would mean.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn effect(list: String) -> Result<CalendarEffect, ApiError> {
    Ok(run(EffectQuery::build(EffectVariables { list })).await?.calendar_effect)
}
