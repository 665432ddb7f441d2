//! When things happened in an invented case.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::{calendar::shanghai, complaints::ComplaintStatus};
use fastrand::Rng;

/// Something that a case comes to, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Received,
    Declined,
    Accepted,
    Concluded,
    Answered,
    FollowedUp,
    Asked,
    Decided,
    Closed,
    Archived,
}

/// Which way a case goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// Investigated, concluded, answered, followed up.
    Plain,
    /// Settled at once, in person.
    OnSpot,
    /// Not accepted.
    Refused,
    /// Answered, and disagreed with.
    Review,
}

/// The instants of what a case has come to, each later than the one before.
#[derive(Clone, Debug)]
pub struct Course(Vec<(Mark, DateTime<Utc>)>);

impl Course {
    /// When it came to `mark`, if it did.
    pub fn at(&self, mark: Mark) -> Option<DateTime<Utc>> {
        self.0.iter().find(|(m, _)| *m == mark).map(|(_, at)| *at)
    }

    /// Receipt, or `otherwise` for a course of nothing.
    pub fn received(&self, otherwise: DateTime<Utc>) -> DateTime<Utc> {
        self.0.first().map_or(otherwise, |(_, at)| *at)
    }

    /// The latest.
    pub fn last(&self, otherwise: DateTime<Utc>) -> DateTime<Utc> {
        self.0.last().map_or(otherwise, |(_, at)| *at)
    }
}

/// What a case of this status and way has come to, each with the working days it took.
pub fn marks(rng: &mut Rng, status: ComplaintStatus, path: Path) -> Vec<(Mark, usize)> {
    use ComplaintStatus as S;
    let closed = !status.is_open();
    let answered = matches!(
        status,
        S::FeedbackGiven | S::Satisfied | S::ReviewRequested | S::UnderReview | S::Reviewed | S::Closed | S::Archived
    );
    let mut marks = vec![(Mark::Received, 0)];
    let mut add = |when: bool, mark, days: std::ops::RangeInclusive<usize>| {
        if when {
            marks.push((mark, rng.usize(days)));
        }
    };
    match path {
        Path::Refused => add(true, Mark::Declined, 0..=2),
        Path::OnSpot => {
            add(true, Mark::Accepted, 0..=0);
            add(true, Mark::Concluded, 0..=0);
            add(answered, Mark::Answered, 0..=0);
        }
        Path::Plain | Path::Review => {
            let begun = !matches!(status, S::Registered | S::Screening);
            add(begun, Mark::Accepted, 0..=2);
            add(answered || status == S::Concluded, Mark::Concluded, 1..=6);
            add(answered, Mark::Answered, 0..=1);
        }
    }
    if path == Path::Review {
        add(true, Mark::Asked, 1..=7);
        add(closed || status == S::Reviewed, Mark::Decided, 2..=9);
    } else if path != Path::Refused {
        add(closed || status == S::Satisfied, Mark::FollowedUp, 1..=5);
    }
    add(closed, Mark::Closed, 0..=1);
    add(status == S::Archived, Mark::Archived, 10..=40);
    marks
}

/// Dates what a case has come to: the last on the day `anchor` of `days`, the others as long
/// before as they took, all of them before `now` with room for two entries more.
pub fn date(rng: &mut Rng, marks: &[(Mark, usize)], anchor: usize, days: &[NaiveDate], now: DateTime<Utc>) -> Course {
    let mut index = anchor;
    let mut dated = Vec::with_capacity(marks.len());
    for ((mark, took), room) in marks.iter().rev().zip(4i64..) {
        dated.push((*mark, index, now - TimeDelta::minutes(room)));
        index = index.saturating_sub(*took);
    }
    let mut course: Vec<(Mark, DateTime<Utc>)> = Vec::with_capacity(dated.len());
    let mut before: Option<(usize, DateTime<Utc>)> = None;
    for (mark, index, latest) in dated.into_iter().rev() {
        let at = match before {
            Some((day, at)) if day == index => at + TimeDelta::minutes(rng.i64(4..40)),
            _ => at_work(rng, days.get(index).copied(), latest),
        };
        let at = at.min(latest);
        let at = before.map_or(at, |(_, before)| at.max(before + TimeDelta::seconds(1)));
        before = Some((index, at));
        course.push((mark, at));
    }
    Course(course)
}

/// Some time in the working hours of a day.
fn at_work(rng: &mut Rng, day: Option<NaiveDate>, otherwise: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = rng.u32(8 * 3600 + 1800..17 * 3600);
    let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or_default();
    let at = day.and_then(|day| day.and_time(time).and_local_timezone(shanghai()).single());
    at.map_or(otherwise, |at| at.to_utc())
}
