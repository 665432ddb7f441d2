//! The official list of a year as a city office enters it: a line for each day that differs from the plain week.
//!
//! ```text
//! 2027-01-01,holiday,元旦
//! 2027-02-20,workday,春节
//! ```

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::{Violation, calendar::DayKind};

/// Lines at most: a year has some forty.
pub const LINES: usize = 120;
/// Longest name of a festival, in characters.
const LONGEST_NAME: usize = 50;
/// Broken lines told at once.
const TOLD: usize = 5;

/// A day of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedDay {
    /// The day.
    pub day: NaiveDate,
    /// Off, or worked.
    pub kind: DayKind,
    /// The festival that it belongs to; may be empty.
    pub festival: String,
}

/// The days of one year in `text`: `day,kind,festival` in each line, commas or tabs between, the festival optional. The
/// first line may name the columns.
///
/// # Errors
/// Each broken line by its number: `holidays.line`, `holidays.other_year`, `holidays.twice`, `holidays.worked_anyway`; and
/// of the whole list `form.required`, `holidays.too_many` and `holidays.no_holiday`.
pub fn read(text: &str) -> Result<Vec<ListedDay>, Vec<Violation>> {
    let lines = (1_u32..).zip(text.trim_start_matches('\u{feff}').lines());
    let skipped = |n: u32, line: &str| line.trim().is_empty() || (n == 1 && line.starts_with("date"));
    let lines: Vec<_> = lines.filter(|(n, line)| !skipped(*n, line)).collect();
    if lines.is_empty() {
        return Err(vec![Violation::new("list", "form.required")]);
    }
    if lines.len() > LINES {
        return Err(vec![Violation::new("list", "holidays.too_many").with("max", LINES)]);
    }
    let (mut days, mut found, mut seen) = (Vec::<ListedDay>::new(), Vec::new(), BTreeSet::new());
    for (n, line) in lines {
        match day(line) {
            None => found.push(("holidays.line", n)),
            Some(day) if days.first().is_some_and(|first| first.day.year() != day.day.year()) => {
                found.push(("holidays.other_year", n));
            }
            Some(day) if !seen.insert(day.day) => found.push(("holidays.twice", n)),
            // A make-up workday is taken from a weekend; a weekday is worked without being listed.
            Some(day) if day.kind == DayKind::Workday && !is_weekend(day.day) => {
                found.push(("holidays.worked_anyway", n));
            }
            Some(day) => days.push(day),
        }
    }
    if found.is_empty() && !days.iter().any(|day| day.kind == DayKind::Holiday) {
        return Err(vec![Violation::new("list", "holidays.no_holiday")]);
    }
    if !found.is_empty() {
        let told = found.into_iter().take(TOLD);
        return Err(told.map(|(code, n)| Violation::new("list", code).with("line", n)).collect());
    }
    days.sort_by_key(|day| day.day);
    Ok(days)
}

fn day(line: &str) -> Option<ListedDay> {
    let mut cells = line.split([',', '\t', '，']).map(str::trim);
    let day: NaiveDate = cells.next()?.parse().ok()?;
    let kind = match cells.next()? {
        "放假" => DayKind::Holiday,
        "上班" => DayKind::Workday,
        key => DayKind::from_key(key)?,
    };
    let festival = cells.next().unwrap_or_default().to_owned();
    let ours = (2000..2100).contains(&day.year());
    let fits = ours && festival.chars().count() <= LONGEST_NAME && cells.next().is_none();
    fits.then_some(ListedDay { day, kind, festival })
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(&'static str, Option<String>)> {
        let found = read(text).unwrap_err();
        found.into_iter().map(|found| (found.code, found.args.first().map(|arg| arg.value.clone()))).collect()
    }

    #[test]
    fn the_official_file_of_a_year_is_read_as_it_is_and_in_words() {
        let file = include_str!("../../migration/data/calendar.csv");
        let of_2026: String = file
            .lines()
            .filter(|line| line.starts_with("date") || line.starts_with("2026"))
            .fold(String::from('\u{feff}'), |text, line| text + line + "\r\n");
        let days = read(&of_2026).unwrap();
        assert_eq!(days.len(), file.lines().filter(|line| line.starts_with("2026")).count());
        let words = read("2027-02-20\t上班\n\n2027-01-01，放假，元旦\n").unwrap();
        let words: Vec<_> = words.iter().map(|day| (day.day.to_string(), day.kind, day.festival.as_str())).collect();
        let expected =
            [("2027-01-01".to_owned(), DayKind::Holiday, "元旦"), ("2027-02-20".to_owned(), DayKind::Workday, "")];
        assert_eq!(words, expected);
    }

    #[test]
    fn every_broken_line_is_named() {
        let line = |n: u32| Some(n.to_string());
        let text = "2027-01-01,holiday\n2027-02-30,holiday\n2028-01-01,holiday\n2027-01-01,holiday\n2027-01-04,workday";
        let expected = [
            ("holidays.line", line(2)),
            ("holidays.other_year", line(3)),
            ("holidays.twice", line(4)),
            ("holidays.worked_anyway", line(5)),
        ];
        assert_eq!(codes(text), expected);
        for wrong in
            ["2027-01-01", "2027-01-01,off", "2027-01-01,holiday,a,b", "1 January,holiday", "0027-01-01,holiday"]
        {
            assert_eq!(codes(wrong), [("holidays.line", line(1))], "{wrong}");
        }
        assert_eq!(codes(&"2027-01-01,holiday\n".repeat(LINES + 1)), [("holidays.too_many", Some(LINES.to_string()))]);
        assert_eq!(codes(" \n"), [("form.required", None)]);
        assert_eq!(codes("2027-01-02,workday"), [("holidays.no_holiday", None)]);
    }
}
