//! The days that a figure is about. Both ends count; days are those of Asia/Shanghai.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::{Violation, macros::text_enum};

/// A period is no longer than so many years.
const YEARS_MAX: u32 = 3;

text_enum! {
    /// A period that is closed, frozen and published.
    pub enum PeriodKind {
        /// 月.
        Month = "month",
        /// 季度.
        Quarter = "quarter",
        /// 年.
        Year = "year",
    }

    /// How a trend cuts its period.
    pub enum TrendStep {
        /// At the first of each month.
        Month = "month",
        /// At each Monday.
        Week = "week",
    }
}

/// From a day to a day, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    from: NaiveDate,
    to: NaiveDate,
}

impl Period {
    /// A period that figures may be asked for.
    ///
    /// # Errors
    /// At `from`: `metrics.period_future` where it has not begun. At `to`: `metrics.period_inverted`, and
    /// `metrics.period_too_long` (arg `years`).
    pub fn new(from: NaiveDate, to: NaiveDate, today: NaiveDate) -> Result<Self, Violation> {
        if to < from {
            return Err(Violation::new("to", "metrics.period_inverted"));
        }
        if from > today {
            return Err(Violation::new("from", "metrics.period_future"));
        }
        if from.checked_add_months(Months::new(12 * YEARS_MAX)).is_none_or(|end| to >= end) {
            return Err(Violation::new("to", "metrics.period_too_long").with("years", YEARS_MAX));
        }
        Ok(Self { from, to })
    }

    /// The first day.
    #[must_use]
    pub const fn from(self) -> NaiveDate {
        self.from
    }

    /// The last day.
    #[must_use]
    pub const fn to(self) -> NaiveDate {
        self.to
    }

    /// The period just before, as long as this (环比): whole months where these are whole months, else so many days.
    /// None before the calendar begins.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        let to = self.from.pred_opt()?;
        let end = next_day(self.to)?;
        let from = if self.from.day() == 1 && end.day() == 1 {
            let months = 12 * (end.year() - self.from.year()) + month(end) - month(self.from);
            self.from.checked_sub_months(Months::new(u32::try_from(months).ok()?))?
        } else {
            self.from.checked_sub_days(Days::new(u64::try_from((end - self.from).num_days()).ok()?))?
        };
        Some(Self { from, to })
    }

    /// The same days a year earlier (同比); a month's last day stays its last day. None before the calendar begins.
    #[must_use]
    pub fn year_before(self) -> Option<Self> {
        let year = Months::new(12);
        let from = self.from.checked_sub_months(year)?;
        Some(Self { from, to: next_day(self.to)?.checked_sub_months(year)?.pred_opt()?.max(from) })
    }

    /// The parts of it that begin at the first of a month or at a Monday; the first and the last may be shorter.
    #[must_use]
    pub fn parts(self, step: TrendStep) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut from = self.from;
        while from <= self.to {
            let begin = match step {
                TrendStep::Month => from.with_day(1).and_then(|first| first.checked_add_months(Months::new(1))),
                TrendStep::Week => {
                    from.checked_add_days(Days::new(7 - u64::from(from.weekday().num_days_from_monday())))
                }
            };
            let to = begin.and_then(|next| next.pred_opt()).map_or(self.to, |last| last.min(self.to));
            parts.push(Self { from, to });
            let Some(next) = next_day(to) else { break };
            from = next;
        }
        parts
    }

    /// Whether it lies in the past altogether.
    #[must_use]
    pub fn is_over(self, today: NaiveDate) -> bool {
        self.to < today
    }
}

/// A month, a quarter or a year of the calendar: `2026-03`, `2026-Q1`, `2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CalendarPeriod {
    kind: PeriodKind,
    first: NaiveDate,
}

impl CalendarPeriod {
    /// The period of a kind that a day lies in.
    #[must_use]
    pub fn of(kind: PeriodKind, day: NaiveDate) -> Self {
        let month0 = match kind {
            PeriodKind::Month => day.month0(),
            PeriodKind::Quarter => day.month0() / 3 * 3,
            PeriodKind::Year => 0,
        };
        let first = day.with_day(1).and_then(|first| first.with_month0(month0));
        // The first of a month is in every calendar.
        Self { kind, first: first.unwrap_or(day) }
    }

    /// Reads what [`Display`](std::fmt::Display) writes.
    ///
    /// # Errors
    /// `metrics.period_unknown` at `period`.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let first = |year: &str, month: Option<u32>| NaiveDate::from_ymd_opt(year.parse().ok()?, month?, 1);
        let (kind, first) = match text.split_once('-') {
            None => (PeriodKind::Year, first(text, Some(1))),
            Some((year, rest)) => match rest.strip_prefix('Q') {
                Some(number) => {
                    let month = number.parse::<u32>().ok().filter(|number| (1..=4).contains(number)).map(|n| 3 * n - 2);
                    (PeriodKind::Quarter, first(year, month))
                }
                None => (PeriodKind::Month, first(year, rest.parse().ok())),
            },
        };
        // A year of two digits, or "2026-3", is no key: it would be stored twice.
        let period = first.map(|first| Self { kind, first }).filter(|period| period.to_string() == text);
        period.ok_or_else(|| Violation::new("period", "metrics.period_unknown"))
    }

    /// Which kind it is.
    #[must_use]
    pub const fn kind(self) -> PeriodKind {
        self.kind
    }

    /// Its days.
    #[must_use]
    pub fn period(self) -> Period {
        let months = match self.kind {
            PeriodKind::Month => 1,
            PeriodKind::Quarter => 3,
            PeriodKind::Year => 12,
        };
        let next = self.first.checked_add_months(Months::new(months));
        Period { from: self.first, to: next.and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX) }
    }

    /// The period just before (环比); the first of all is its own.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.kind, self.first.pred_opt().unwrap_or(self.first))
    }

    /// The same period a year earlier (同比); the first of all is its own.
    #[must_use]
    pub fn year_before(self) -> Self {
        Self { first: self.first.checked_sub_months(Months::new(12)).unwrap_or(self.first), ..self }
    }
}

impl std::fmt::Display for CalendarPeriod {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let year = self.first.year();
        match self.kind {
            PeriodKind::Month => write!(f, "{year:04}-{:02}", self.first.month()),
            PeriodKind::Quarter => write!(f, "{year:04}-Q{}", self.first.month0() / 3 + 1),
            PeriodKind::Year => write!(f, "{year:04}"),
        }
    }
}

fn next_day(day: NaiveDate) -> Option<NaiveDate> {
    day.succ_opt()
}

fn month(day: NaiveDate) -> i32 {
    i32::try_from(day.month0()).unwrap_or(0)
}
