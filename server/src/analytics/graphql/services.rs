//! How many services a center has rendered, as GraphQL shows and takes it.

use async_graphql::{InputObject, SimpleObject};
use chrono::NaiveDate;
use domain::metrics::DayServices;
use entity::service_day;

use crate::analytics::service::services::{Day, Month};

/// A month, up to today.
#[derive(SimpleObject)]
pub struct ServiceMonth {
    /// Its first day.
    first: NaiveDate,
    /// Its days, the first one first; none of a month that lies ahead.
    days: Vec<ServiceMonthDay>,
    /// Whether the viewer may tell.
    may_tell: bool,
}

/// A day of it.
#[derive(SimpleObject)]
pub struct ServiceMonthDay {
    /// The day.
    day: NaiveDate,
    /// Whether it is worked; null where no calendar says.
    worked: Option<bool>,
    /// How many services were told; null where none were.
    services: Option<i32>,
    /// How often; 0 for never.
    version: i32,
}

/// A day of which services were told.
#[derive(SimpleObject)]
pub struct ServiceDay {
    /// The day.
    day: NaiveDate,
    /// How many.
    services: i32,
    /// How often.
    version: i32,
}

/// How many services were rendered on a day.
#[derive(InputObject)]
pub struct ServiceDayInput {
    /// The day.
    day: NaiveDate,
    /// How many people were served, or applications closed.
    services: u32,
    /// The version that was seen; 0 where nothing was told of the day.
    version: i32,
}

/// Days of which services are told.
#[derive(InputObject)]
pub struct TellServicesInput {
    /// At most as many as a month has.
    pub days: Vec<ServiceDayInput>,
}

impl From<Month> for ServiceMonth {
    fn from(month: Month) -> Self {
        Self { first: month.first, days: month.days.into_iter().map(Into::into).collect(), may_tell: month.may_tell }
    }
}

impl From<Day> for ServiceMonthDay {
    fn from(day: Day) -> Self {
        let Day { day, worked, services, version } = day;
        Self { day, worked, services, version }
    }
}

impl From<service_day::Model> for ServiceDay {
    fn from(row: service_day::Model) -> Self {
        let service_day::Model { day, services, version, .. } = row;
        Self { day, services, version }
    }
}

impl From<ServiceDayInput> for DayServices {
    fn from(input: ServiceDayInput) -> Self {
        let ServiceDayInput { day, services, version } = input;
        Self { day, services, version }
    }
}
