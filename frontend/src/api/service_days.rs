//! How many services a center tells that it has rendered.

use chrono::NaiveDate;
use cynic::{MutationBuilder, QueryBuilder};

use super::{ApiError, run, schema};

/// A month, up to today.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ServiceMonth")]
pub struct Month {
    pub first: NaiveDate,
    pub days: Vec<Day>,
    pub may_tell: bool,
}

/// A day of it.
#[derive(cynic::QueryFragment, Clone, Copy, Debug)]
#[cynic(graphql_type = "ServiceMonthDay")]
pub struct Day {
    pub day: NaiveDate,
    pub worked: Option<bool>,
    pub services: Option<i32>,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct ServiceDayInput {
    pub day: NaiveDate,
    pub services: i32,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct TellServicesInput {
    pub days: Vec<ServiceDayInput>,
}

#[derive(cynic::QueryVariables)]
struct OfDay {
    day: Option<NaiveDate>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfDay")]
struct MonthQuery {
    #[arguments(day: $day)]
    service_days: Month,
}

#[derive(cynic::QueryVariables)]
struct Telling {
    input: TellServicesInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "Telling")]
struct Tell {
    #[arguments(input: $input)]
    #[expect(dead_code, reason = "a selection cannot be empty; the page reads anew")]
    tell_services: Vec<Told>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ServiceDay")]
struct Told {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    day: NaiveDate,
}

/// The month in which a day is, or this one.
///
/// # Errors
/// Whatever the server or the network says; so below.
pub async fn month(day: Option<NaiveDate>) -> Result<Month, ApiError> {
    Ok(run(MonthQuery::build(OfDay { day })).await?.service_days)
}

/// Tells days, or corrects them.
pub async fn tell(days: Vec<ServiceDayInput>) -> Result<(), ApiError> {
    run(Tell::build(Telling { input: TellServicesInput { days } })).await.map(|_| ())
}
