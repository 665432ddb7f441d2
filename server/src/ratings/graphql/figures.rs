//! Weeks that are over, as GraphQL shows them.

use std::collections::BTreeMap;

use async_graphql::SimpleObject;
use chrono::NaiveDate;
use domain::{
    bad_ratings::appeal::RatingAppealGround,
    evaluation::{
        forms::Line,
        levels::{FiveLevel, FourLevel},
        share,
        suppress::Counted,
    },
};

use super::types::{RatingLine, RatingPoint};
use crate::ratings::{
    flags::graphql::RatingMark,
    service::results::{Answered, Levels, Results, Row, Survey, Week},
};

/// How many chose a level.
#[derive(SimpleObject)]
pub struct FiveLevelCount {
    /// The level.
    level: FiveLevel,
    /// How many.
    ratings: i32,
}

/// What enough people gave.
#[derive(SimpleObject)]
pub struct RatingFigures {
    /// How many they are.
    ratings: i32,
    /// Level by level, the best first.
    levels: Vec<FiveLevelCount>,
    /// Who was at least basically satisfied, in thousandths; null of nobody.
    satisfied: Option<i32>,
    /// Between which two that lies in 95 of 100 cases: the lower one.
    satisfied_low: Option<i32>,
    /// … the upper one.
    satisfied_high: Option<i32>,
}

/// A row of a week.
#[derive(SimpleObject)]
pub struct RatingRow {
    /// The point; null for the link after an answered complaint.
    point: Option<RatingPoint>,
    /// What was given there; null where that would say something about a few people.
    figures: Option<RatingFigures>,
    /// Signs that not all of it was given freely, day by day; they change no figure.
    marks: Vec<RatingMark>,
}

/// How many chose a level of form E.
#[derive(SimpleObject)]
pub struct FourLevelCount {
    /// The level.
    level: FourLevel,
    /// How many.
    answers: i32,
}

/// A row of form E, answered.
#[derive(SimpleObject)]
pub struct SurveyRow {
    /// What was asked.
    line: RatingLine,
    /// Level by level, the best first.
    levels: Vec<FourLevelCount>,
    /// Who chose one of the two upper levels, in thousandths; null of nobody.
    upper: Option<i32>,
    /// Between which two that lies in 95 of 100 cases: the lower one.
    upper_low: Option<i32>,
    /// … the upper one.
    upper_high: Option<i32>,
}

/// Form E as some people answered it.
#[derive(SimpleObject)]
pub struct SurveyAnswers {
    /// How many they are.
    responses: i32,
    /// Row by row.
    rows: Vec<SurveyRow>,
}

/// A department of form E.
#[derive(SimpleObject)]
pub struct SurveyDepartment {
    /// The department as the form names it; null for those who named none.
    line: Option<RatingLine>,
    /// What was answered of it; null where that would say something about a few people.
    answers: Option<SurveyAnswers>,
}

/// Form E by one of its versions.
#[derive(SimpleObject)]
pub struct SurveyResult {
    /// All of it together.
    all: SurveyAnswers,
    /// Department by department.
    departments: Vec<SurveyDepartment>,
}

/// How many ratings the city has excluded on a ground.
#[derive(SimpleObject)]
pub struct RatingExclusions {
    /// Why they do not count.
    ground: RatingAppealGround,
    /// How many.
    ratings: i32,
}

/// A total without what was excluded. Not level by level: the difference would tell of a single rating.
#[derive(SimpleObject)]
pub struct RatingsLeft {
    /// How many they are.
    ratings: i32,
    /// Who was at least basically satisfied, in thousandths; null of nobody.
    satisfied: Option<i32>,
    /// Between which two that lies in 95 of 100 cases: the lower one.
    satisfied_low: Option<i32>,
    /// … the upper one.
    satisfied_high: Option<i32>,
}

/// A week that is over.
#[derive(SimpleObject)]
pub struct RatingWeek {
    /// Its Monday.
    monday: NaiveDate,
    /// All of it together; null where that would be about too few.
    total: Option<RatingFigures>,
    /// How many ratings the city has excluded, by ground; none where the total is not shown.
    excluded: Vec<RatingExclusions>,
    /// The total without these, where there are some and enough are left.
    without_excluded: Option<RatingsLeft>,
    /// The points that the viewer sees.
    rows: Vec<RatingRow>,
    /// Ratings that nobody gave but a rule counts; in none of the figures.
    defaulted: i32,
    /// Ratings that came from elsewhere; in none of the figures.
    imported: i32,
    /// What people wrote, in no order.
    words: Vec<String>,
    /// Form E.
    surveys: Vec<SurveyResult>,
}

/// What there is to see.
#[derive(SimpleObject)]
pub struct RatingResults {
    /// Mondays of weeks that are over, the last one first.
    weeks: Vec<NaiveDate>,
    /// The week that was asked for; null where it is not over.
    week: Option<RatingWeek>,
    /// How many people a figure is about at least.
    least: i32,
}

fn whole(number: u64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// A share with its interval, in thousandths.
fn shared(part: u64, of: u64) -> [Option<i32>; 3] {
    let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let share = share::share(count(part), count(of));
    let read = |end: fn(share::Share) -> u32| share.map(|share| whole(end(share).into()));
    [read(|share| share.share), read(|share| share.low), read(|share| share.high)]
}

impl From<Levels> for RatingFigures {
    fn from(levels: Levels) -> Self {
        let of = |level: &FiveLevel| levels.get(level).copied().unwrap_or_default();
        let all: u64 = levels.values().sum();
        let satisfied = FiveLevel::ALL.iter().filter(|level| !level.is_bad()).map(of).sum();
        let [satisfied, satisfied_low, satisfied_high] = shared(satisfied, all);
        Self {
            ratings: whole(all),
            levels: FiveLevel::ALL
                .iter()
                .map(|level| FiveLevelCount { level: *level, ratings: whole(of(level)) })
                .collect(),
            satisfied,
            satisfied_low,
            satisfied_high,
        }
    }
}

impl From<Counted> for RatingsLeft {
    fn from(Counted { ratings, satisfied }: Counted) -> Self {
        let [satisfied, satisfied_low, satisfied_high] = shared(satisfied, ratings);
        Self { ratings: whole(ratings), satisfied, satisfied_low, satisfied_high }
    }
}

impl From<Row> for RatingRow {
    fn from(Row { point, levels, marks }: Row) -> Self {
        let marks = marks.into_iter().map(Into::into).collect();
        Self { point: point.map(Into::into), figures: levels.map(Into::into), marks }
    }
}

impl From<(Line, BTreeMap<FourLevel, u64>)> for SurveyRow {
    fn from((line, counts): (Line, BTreeMap<FourLevel, u64>)) -> Self {
        let of = |level: &FourLevel| counts.get(level).copied().unwrap_or_default();
        let levels = FourLevel::ALL.iter().map(|level| FourLevelCount { level: *level, answers: whole(of(level)) });
        let upper = FourLevel::ALL.iter().filter(|level| level.is_upper()).map(of).sum();
        let [upper, upper_low, upper_high] = shared(upper, counts.values().sum());
        Self { line: line.into(), levels: levels.collect(), upper, upper_low, upper_high }
    }
}

impl From<Answered> for SurveyAnswers {
    fn from(Answered { responses, rows }: Answered) -> Self {
        Self { responses: whole(responses), rows: rows.into_iter().map(Into::into).collect() }
    }
}

impl From<Survey> for SurveyResult {
    fn from(Survey { all, departments }: Survey) -> Self {
        let department = |(line, answers): (Option<Line>, Option<Answered>)| SurveyDepartment {
            line: line.map(Into::into),
            answers: answers.map(Into::into),
        };
        Self { all: all.into(), departments: departments.into_iter().map(department).collect() }
    }
}

impl From<Week> for RatingWeek {
    fn from(week: Week) -> Self {
        let Week { monday, total, without_excluded, excluded, rows, defaulted, imported, words, surveys } = week;
        Self {
            monday,
            total: total.map(Into::into),
            excluded: excluded
                .into_iter()
                .map(|(ground, ratings)| RatingExclusions { ground, ratings: whole(ratings) })
                .collect(),
            without_excluded: without_excluded.map(Into::into),
            rows: rows.into_iter().map(Into::into).collect(),
            defaulted: whole(defaulted),
            imported: whole(imported),
            words,
            surveys: surveys.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Results> for RatingResults {
    fn from(Results { weeks, week, least }: Results) -> Self {
        Self { weeks, week: week.map(Into::into), least: whole(least.into()) }
    }
}
