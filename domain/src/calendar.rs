//! Working days (工作日) with official holidays and make-up workdays (调休上班).
//!
//! A day counts when it is a make-up workday, or a weekday that is no holiday.
//! Only years with a published list can be counted in: a deadline that would
//! leave them is refused with the year named, never guessed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

use crate::{Violation, macros::text_enum};

text_enum! {
    /// What the official list says of a day that differs from the plain week.
    pub enum DayKind {
        /// A day off.
        Holiday = "holiday",
        /// A weekend day that is worked.
        Workday = "workday",
    }
}

/// The official calendar of one city.
#[derive(Clone, Debug, Default)]
pub struct WorkingCalendar {
    exceptions: BTreeMap<NaiveDate, DayKind>,
    years: BTreeSet<i32>,
}

/// Asia/Shanghai: UTC+8 the year round.
#[must_use]
pub fn shanghai() -> FixedOffset {
    // 8 h is always a legal offset; the fallback only avoids a panic in the types.
    FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| chrono::Offset::fix(&Utc))
}

/// The calendar date in Asia/Shanghai of an instant.
#[must_use]
pub fn local_date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&shanghai()).date_naive()
}

/// The last instant of a day in Asia/Shanghai, to the second (23:59:59).
#[must_use]
pub fn end_of_day(date: NaiveDate) -> DateTime<Utc> {
    let end = date.and_time(NaiveTime::MIN) + TimeDelta::days(1) - TimeDelta::seconds(1);
    (end - TimeDelta::hours(8)).and_utc()
}

impl WorkingCalendar {
    /// Builds a calendar from the official list; a year is known once a day of it is listed.
    pub fn new(days: impl IntoIterator<Item = (NaiveDate, DayKind)>) -> Self {
        let exceptions: BTreeMap<_, _> = days.into_iter().collect();
        let years = exceptions.keys().map(Datelike::year).collect();
        Self { exceptions, years }
    }

    /// The last year with a published list.
    #[must_use]
    pub fn last_year(&self) -> Option<i32> {
        self.years.last().copied()
    }

    /// Whether `date` is worked.
    ///
    /// # Errors
    /// `calendar.year_missing` (arg `year`) when no list covers the year.
    pub fn is_working(&self, date: NaiveDate) -> Result<bool, Violation> {
        if !self.years.contains(&date.year()) {
            return Err(Violation::new("", "calendar.year_missing").with("year", date.year()));
        }
        Ok(match self.exceptions.get(&date) {
            Some(DayKind::Workday) => true,
            Some(DayKind::Holiday) => false,
            None => !matches!(date.weekday(), Weekday::Sat | Weekday::Sun),
        })
    }

    /// The `n`th working day after `start`; the day after `start` may be day 1.
    /// With `n == 0`, `start` itself when worked, else the next working day.
    ///
    /// # Errors
    /// `calendar.year_missing` as in [`is_working`](Self::is_working).
    pub fn add(&self, start: NaiveDate, n: u32) -> Result<NaiveDate, Violation> {
        let mut date = start;
        if n == 0 {
            while !self.is_working(date)? {
                date = next(date)?;
            }
            return Ok(date);
        }
        let mut left = n;
        while left > 0 {
            date = next(date)?;
            left -= u32::from(self.is_working(date)?);
        }
        Ok(date)
    }

    /// Working days after `from` up to and including `to`; negative when `to` is earlier.
    ///
    /// # Errors
    /// `calendar.year_missing` as in [`is_working`](Self::is_working).
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> Result<i32, Violation> {
        if to < from {
            return self.between(to, from).map(|n| -n);
        }
        let mut date = from;
        let mut count = 0;
        while date < to {
            date = next(date)?;
            count += i32::from(self.is_working(date)?);
        }
        Ok(count)
    }
}

fn next(date: NaiveDate) -> Result<NaiveDate, Violation> {
    date.checked_add_days(Days::new(1)).ok_or_else(|| Violation::new("", "calendar.date_out_of_range"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The official list that the product ships.
    fn official() -> WorkingCalendar {
        let csv = include_str!("../../migration/data/calendar.csv");
        WorkingCalendar::new(csv.lines().skip(1).map(|line| {
            let mut cells = line.split(',');
            (d(cells.next().unwrap()), DayKind::from_key(cells.next().unwrap()).unwrap())
        }))
    }

    #[test]
    fn five_working_days_cross_the_spring_festival_of_2026() {
        let calendar = official();
        assert_eq!(calendar.add(d("2026-02-13"), 5), Ok(d("2026-02-27")));
        assert_eq!(calendar.add(d("2026-02-24"), 5), Ok(d("2026-03-02")));
    }

    #[test]
    fn same_working_day_moves_a_holiday_to_the_next_worked_day() {
        let calendar = official();
        assert_eq!(calendar.add(d("2026-02-24"), 0), Ok(d("2026-02-24")));
        assert_eq!(calendar.add(d("2026-02-15"), 0), Ok(d("2026-02-24")));
        assert_eq!(calendar.add(d("2026-02-28"), 0), Ok(d("2026-02-28")));
    }

    #[test]
    fn a_year_without_a_list_is_refused_by_name() {
        let error = official().add(d("2026-12-31"), 1).unwrap_err();
        assert_eq!((error.code, error.args[0].value.as_str()), ("calendar.year_missing", "2027"));
    }

    #[test]
    fn every_listed_year_has_the_days_of_the_official_list() {
        let calendar = official();
        assert_eq!(calendar.years.iter().copied().collect::<Vec<_>>(), (2020..=2026).collect::<Vec<_>>());
        assert_eq!(calendar.exceptions.len(), 256);
    }

    #[test]
    fn the_last_second_of_a_day_is_still_that_day_in_shanghai() {
        let end = end_of_day(d("2026-02-27"));
        assert_eq!(end.to_rfc3339(), "2026-02-27T15:59:59+00:00");
        assert_eq!(local_date(end), d("2026-02-27"));
        assert_eq!(local_date(end + TimeDelta::seconds(1)), d("2026-02-28"));
    }

    proptest::proptest! {
        #[test]
        fn add_and_between_agree(start in 0u64..2000, n in 1u32..60) {
            let calendar = official();
            let start = d("2020-01-01") + Days::new(start);
            let due = calendar.add(start, n).unwrap();
            proptest::prop_assert!(calendar.is_working(due).unwrap());
            proptest::prop_assert_eq!(calendar.between(start, due).unwrap(), i32::try_from(n).unwrap());
            proptest::prop_assert_eq!(calendar.between(due, start).unwrap(), -i32::try_from(n).unwrap());
        }
    }
}
