//! What is given and what follows from it as workbooks: the ratings of a week, and the cases of bad ratings. What a page
//! hides stays hidden.

use chrono::NaiveDate;
use domain::{bad_ratings::BadRatingQueue, evaluation::levels::FiveLevel};

use super::{
    book::{Cell, MAX_ROWS},
    lists::{Asked, Column, Found, table, yes},
    texts::Language,
};
use crate::{
    bad_ratings::service::reading::{self, Found as Case},
    error::Result,
    graphql::context::Cx,
    ratings::service::results::{Levels, results},
};

/// A line of a week.
enum Line {
    /// All of it together.
    Whole(Option<Levels>),
    /// Of a point, by its name and channel; none for the link after an answered complaint.
    Point(Option<(String, &'static str)>, Option<Levels>),
}

impl Line {
    fn levels(&self) -> Option<&Levels> {
        let (Self::Whole(levels) | Self::Point(_, levels)) = self;
        levels.as_ref()
    }

    fn often(&self, level: FiveLevel) -> Cell {
        self.levels().map(|levels| count(levels.get(&level).copied().unwrap_or_default())).into()
    }
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

const WEEK: &[Column<Line>] = &[
    ("rating_point", |line, language| match line {
        Line::Whole(_) => language.word("word", "total").into(),
        Line::Point(Some((name, _)), _) => name.as_str().into(),
        Line::Point(None, _) => language.label("point_channel", "link").into(),
    }),
    ("rating_channel", |line, language| match line {
        Line::Point(Some((_, channel)), _) => language.label("point_channel", channel).into(),
        _ => Cell::Empty,
    }),
    ("ratings", |line, _| line.levels().map(|levels| count(levels.values().sum())).into()),
    ("very_satisfied", |line, _| line.often(FiveLevel::VerySatisfied)),
    ("satisfied", |line, _| line.often(FiveLevel::Satisfied)),
    ("basically_satisfied", |line, _| line.often(FiveLevel::BasicallySatisfied)),
    ("dissatisfied", |line, _| line.often(FiveLevel::Dissatisfied)),
    ("very_dissatisfied", |line, _| line.often(FiveLevel::VeryDissatisfied)),
];

/// The ratings of a week that is over: all of them, then point by point. What is about too few is empty, as on the page.
pub(super) async fn week(cx: &Cx, asked: &Asked) -> Result<Found> {
    let day: Option<NaiveDate> = asked.value("week", |text| text.parse().ok())?;
    let week = results(cx, day).await?.week;
    let (monday, lines) = match week {
        None => (day, Vec::new()),
        Some(week) => {
            let point = |row: crate::ratings::service::results::Row| {
                Line::Point(row.point.map(|point| (point.name, point.channel.key())), row.levels)
            };
            let lines = [Line::Whole(week.total)].into_iter().chain(week.rows.into_iter().map(point)).collect();
            (Some(week.monday), lines)
        }
    };
    let monday = monday.map(|day| day.to_string());
    let told = monday.clone().unwrap_or_default();
    Ok(table(&lines, WEEK, asked.language()).narrowed("week", monday, &told))
}

const CASES: &[Column<Case>] = &[
    ("rated_on", |case, _| case.row.rated_on.into()),
    ("rating_level", |case, language| language.label("five_level", case.row.level.key()).into()),
    ("post_name", |case, _| case.post.clone().into()),
    ("status", |case, language| language.label("bad_rating_status", case.row.status.key()).into()),
    ("due_at", |case, _| case.row.due_at.into()),
    ("days_left", |case, _| case.days_left.into()),
    ("overdue", |case, language| yes(case.late, language)),
    ("named", |case, language| yes(case.row.named, language)),
    ("verified", |case, language| chosen("bad_rating_finding", case.row.finding.map(|it| it.key()), language)),
    ("satisfaction", |case, language| {
        chosen("handling_satisfaction", case.row.satisfaction.map(|it| it.key()), language)
    }),
    ("appealed", |case, language| yes(case.row.appealed, language)),
    ("not_counted", |case, language| yes(case.row.excluded, language)),
    ("case_closed_at", |case, _| case.row.closed_at.into()),
];

fn chosen(group: &str, key: Option<&'static str>, language: Language) -> Cell {
    key.map(|key| language.label(group, key).to_owned()).into()
}

/// The cases of a queue, what is due first. Neither what the rater wrote nor how to reach them.
pub(super) async fn cases(cx: &Cx, asked: &Asked) -> Result<Found> {
    let language = asked.language();
    let queue = asked.value("queue", BadRatingQueue::from_key)?.unwrap_or(BadRatingQueue::Open);
    let most = u64::try_from(MAX_ROWS + 1).unwrap_or(u64::MAX);
    let rows = reading::list(cx, queue, most).await?.rows;
    Ok(table(&rows, CASES, language).chosen("queue", "bad_rating_queue", Some(queue.key()), language))
}
