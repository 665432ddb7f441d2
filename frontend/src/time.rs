//! Instants as people in Zhongshan read them.

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use domain::calendar::shanghai;

/// The browser's clock. For hints only: the server decides what is late.
pub fn now() -> DateTime<Utc> {
    String::from(js_sys::Date::new_0().to_iso_string()).parse().unwrap_or_default()
}

/// `2026-03-02 09:30`, in Asia/Shanghai.
pub fn date_time(at: DateTime<Utc>) -> String {
    // chrono's own formatting by pattern costs the page some kilobytes.
    let local = at.with_timezone(&shanghai());
    format!("{} {:02}:{:02}", local.date_naive(), local.hour(), local.minute())
}

/// `09:30`, in Asia/Shanghai.
pub fn time(at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&shanghai());
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// `2026-03-02`, the day in Asia/Shanghai.
pub fn date(at: DateTime<Utc>) -> String {
    domain::calendar::local_date(at).to_string()
}

/// A day and a time of day there, such as `09:05`.
pub fn instant(on: NaiveDate, time: &str) -> Option<DateTime<Utc>> {
    let (hour, minute) = time.split_once([':', '：'])?;
    let local = on.and_hms_opt(hour.trim().parse().ok()?, minute.trim().parse().ok()?, 0)?;
    local.and_local_timezone(shanghai()).single().map(|at| at.to_utc())
}

/// Today in Asia/Shanghai.
pub fn today() -> NaiveDate {
    domain::calendar::local_date(now())
}
