//! How many services a center has rendered, day by day, as it tells itself: what ratings and complaints are compared to.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::Violation;

/// No center renders more on a day. ASSUMPTION: the largest hall of the city has some hundred windows.
pub const SERVICES_MAX: u32 = 20_000;
/// As many days as a month has.
pub const DAYS_AT_ONCE: usize = 31;

/// A day's services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayServices {
    /// The day.
    pub day: NaiveDate,
    /// How many people were served, or applications closed: each could have been rated.
    pub services: u32,
    /// How often it was told before; 0 for the first time.
    pub version: i32,
}

/// What is wrong with days that are told at once, each where it stands.
#[must_use]
pub fn check_services(rows: &[DayServices], today: NaiveDate) -> Vec<Violation> {
    if rows.is_empty() {
        return vec![Violation::new("days", "form.required")];
    }
    if rows.len() > DAYS_AT_ONCE {
        return vec![Violation::new("days", "metrics.services_days").with("max", DAYS_AT_ONCE)];
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let mut amiss = |part: &str, code| found.push(Violation::new("days", code).within(format!("{n}.{part}")));
        if row.day > today {
            amiss("day", "form.date_in_future");
        } else if !seen.insert(row.day) {
            amiss("day", "metrics.day_twice");
        }
        if row.services > SERVICES_MAX {
            let much = Violation::new("days", "metrics.services_max").within(format!("{n}.services"));
            found.push(much.with("max", SERVICES_MAX));
        }
    }
    found
}
