//! What the rows of a center come to, figure by figure. The same functions count a row as it changes and count all rows
//! again: what a change adds is what the row comes to after it, less what it came to before.
//!
//! Services count on the day of which they are told, ratings on their day, the forms of a round on the day of its publication, a peak on the day on which its window
//! was proposed, a complaint's look on the day of its receipt, everything else of it on the day it was
//! accepted, and the case of a bad rating on the day of the rating. So numerator and denominator are of the same cases,
//! and a share is one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use domain::{
    FormVersionId,
    bad_ratings::clock::BadRatingStep,
    calendar::local_date,
    complaints::{ComplaintStatus as Status, Step},
    evaluation::{
        levels::{FiveLevel, FourLevel},
        ratings::{PointChannel, RatingOrigin},
    },
    metrics::{Metric, MetricGathering, classed, lasted, rated, scored},
    tidal::ProposalStatus,
};
use entity::{bad_rating, campaign, campaign_form, complaint, rating, tidal_proposal};

/// The stratum of seven days together, that begin with a Monday.
pub const WEEK: &str = "week";
/// The stratum of everything.
pub const ALL: &str = "";

/// Numerator, denominator, excluded.
pub type Counts = [i64; 3];

/// Where a count stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Of which figure.
    pub metric: Metric,
    /// Of which day; of a week its Monday.
    pub day: NaiveDate,
    /// Of which part.
    pub stratum: String,
}

/// Counts, or changes of counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted(BTreeMap<Cell, Counts>);

/// A rating as far as it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rated {
    /// Its day.
    pub day: NaiveDate,
    /// How it came in.
    pub channel: PointChannel,
    /// By which form.
    pub form: FormVersionId,
    /// What it says.
    pub level: FiveLevel,
    /// Whether somebody gave it.
    pub origin: RatingOrigin,
}

impl From<&rating::Model> for Rated {
    fn from(row: &rating::Model) -> Self {
        let rating::Model { day, channel, form_version: form, level, origin, .. } = *row;
        Self { day, channel, form, level, origin }
    }
}

impl Counted {
    /// Adds to a part, to everything of the day, and to its week.
    pub fn add(&mut self, metric: Metric, day: NaiveDate, stratum: &str, counts: Counts) {
        if counts == [0; 3] {
            return;
        }
        let mut put = |day, stratum: &str| {
            let cell = Cell { metric, day, stratum: stratum.to_owned() };
            let known = self.0.entry(cell).or_default();
            *known = plus(*known, counts, 1);
        };
        put(day, ALL);
        if stratum != ALL {
            put(day, stratum);
        }
        if metric.gathering() == MetricGathering::Sum {
            put(day - Days::new(u64::from(day.weekday().num_days_from_monday())), WEEK);
        }
    }

    /// So many ratings, which the city has excluded or not.
    pub fn ratings(&mut self, rating: Rated, excluded: bool, times: i64) {
        let Rated { day, channel, form, level, origin } = rating;
        let (stratum, bad, active) = (rated(channel, form), level.is_bad(), origin == RatingOrigin::Active);
        let mut put = |metric: Metric, counts: Counts| {
            let stratum = if metric.strata().is_empty() { ALL } else { &stratum };
            self.add(metric, day, stratum, counts.map(|count| count * times));
        };
        put(Metric::RatingVolume, [i64::from(active), 1, i64::from(excluded)]);
        let (stays, goes) = (active && !excluded, active && excluded);
        put(Metric::ActiveRatingRate, [i64::from(stays), 0, i64::from(goes)]);
        if active && excluded {
            put(Metric::SatisfactionRate, [0, 0, 1]);
            put(Metric::BadRatingRate, [0, 0, 1]);
        } else if active {
            put(Metric::SatisfactionRate, share(!bad));
            put(Metric::BadRatingRate, share(bad));
        }
    }

    /// Services of a day, so many more than were told before.
    pub fn services(&mut self, day: NaiveDate, more: i64) {
        for metric in [Metric::ActiveRatingRate, Metric::ComplaintRate] {
            self.add(metric, day, ALL, [0, more, 0]);
        }
    }

    /// An answered form E, row by row.
    pub fn survey(&mut self, day: NaiveDate, channel: PointChannel, form: FormVersionId, rows: &[(String, FourLevel)]) {
        for (_, level) in rows {
            self.add(Metric::SurveyTopShare, day, &rated(channel, form), share(level.is_upper()));
        }
    }

    /// A complaint, `times` 1 or −1.
    pub fn complaint(&mut self, case: &complaint::Timed, times: i64) {
        let received = local_date(case.received_at);
        let mut put =
            |metric, day, stratum: &str, counts: Counts| self.add(metric, day, stratum, counts.map(|n| n * times));
        if case.status == Status::Merged {
            put(Metric::ComplaintRate, received, ALL, [0, 0, 1]);
            return put(Metric::ResponseRate, received, ALL, [0, 0, 1]);
        }
        put(Metric::ComplaintRate, received, ALL, [1, 0, 0]);
        // Whether a step was in time is kept when it has ended; one that is overdue counts before that.
        let class = classed(case.class);
        let in_time = |kept: Option<bool>, step| {
            let overdue = case.due_step == Some(step) && case.overdue_at.is_some();
            kept.or(overdue.then_some(false))
        };
        if let Some(in_time) = in_time(case.acked_in_time, Step::Ack) {
            put(Metric::ResponseRate, received, ALL, share(in_time));
            put(Metric::OverdueRate, received, &class, share(!in_time));
        }
        let Some(accepted) = case.accepted_at.map(local_date) else { return };
        put(Metric::CompletionRate, accepted, &class, share(is_concluded(case.status)));
        if let Some(in_time) = in_time(case.replied_in_time, Step::Reply) {
            put(Metric::OnTimeRate, accepted, &class, share(in_time));
            put(Metric::OverdueRate, accepted, &class, share(!in_time));
        }
        if let Some(answered) = case.feedback_at.map(local_date) {
            let days = u32::try_from((answered - received).num_days()).unwrap_or(0);
            put(Metric::MedianDays, accepted, &lasted(case.class, days), share(true));
        }
        if let Some(level) = case.satisfaction {
            put(Metric::ComplaintSatisfactionRate, accepted, &class, share(!level.is_bad()));
        }
    }

    /// The case of a bad rating, `times` 1 or −1.
    pub fn bad_rating(&mut self, case: &bad_rating::Timed, times: i64) {
        let mut put = |metric, counts: Counts| self.add(metric, case.rated_on, ALL, counts.map(|n| n * times));
        let overdue = case.due_step == Some(BadRatingStep::Fix) && case.overdue_at.is_some();
        let fixed = case.fixed_in_time.or(overdue.then_some(false));
        let counts = |counted: Option<bool>| match counted {
            Some(_) if case.excluded => [0, 0, 1],
            Some(part) => share(part),
            None => [0; 3],
        };
        put(Metric::BadRatingRectifiedRate, counts(fixed));
        put(Metric::RealnameFollowupRate, counts(case.named.then_some(case.satisfaction.is_some())));
        put(Metric::BadRatingFollowUpSatisfaction, counts(case.satisfaction.map(|level| !level.is_bad())));
    }

    /// The forms of a round, as they count from its publication on; nothing of another form than D, nor before. What is
    /// about a target of too few forms is left out, with how many they are, as it is left out of what the rated see: else
    /// the two would tell it.
    pub fn round(&mut self, round: &campaign::Model, by_form_d: bool, forms: &[campaign_form::Model]) {
        let Some(published) = round.published_at.filter(|_| by_form_d).map(local_date) else { return };
        let mut sizes: BTreeMap<_, i32> = BTreeMap::new();
        for form in forms {
            *sizes.entry(form.target_id).or_default() += 1;
        }
        for form in forms {
            if sizes.get(&form.target_id).is_some_and(|forms| *forms >= round.least.max(1)) {
                let points = scored(round.kind, u32::try_from(form.total).unwrap_or(0));
                self.add(Metric::FormDMean, published, &points, share(true));
            }
        }
    }

    /// A peak that lasted, as soon as somebody has decided about it or it went by.
    pub fn peak(&mut self, peak: &tidal_proposal::Model) {
        if peak.status != ProposalStatus::Pending {
            let opened = peak.status == ProposalStatus::Opened;
            self.add(Metric::OpenPeakShare, local_date(peak.proposed_at), ALL, share(opened));
        }
    }

    /// What is added to `other` to make this.
    #[must_use]
    pub fn less(mut self, other: &Self) -> Self {
        for (cell, counts) in &other.0 {
            let known = self.0.entry(cell.clone()).or_default();
            *known = plus(*known, *counts, -1);
        }
        self
    }

    /// What is of these figures, and what is of others.
    #[must_use]
    pub fn of(self, these: &BTreeSet<Metric>) -> (Self, Self) {
        let (of, others) = self.0.into_iter().partition(|(cell, _)| these.contains(&cell.metric));
        (Self(of), Self(others))
    }

    /// The figures of which something is counted.
    #[must_use]
    pub fn metrics(&self) -> BTreeSet<Metric> {
        self.0.keys().map(|cell| cell.metric).collect()
    }

    /// What is kept in a row.
    pub fn keep(&mut self, cell: Cell, counts: Counts) {
        self.0.insert(cell, counts);
    }

    /// What stands in a cell.
    #[must_use]
    pub fn at(&self, cell: &Cell) -> Counts {
        self.0.get(cell).copied().unwrap_or_default()
    }

    /// Each cell in which something is, in one order: whoever writes several locks them alike.
    pub fn cells(self) -> impl Iterator<Item = (Cell, Counts)> {
        self.0.into_iter().filter(|(_, counts)| *counts != [0; 3])
    }
}

/// One of one, or none of one.
fn share(part: bool) -> Counts {
    [i64::from(part), 1, 0]
}

fn plus(one: Counts, other: Counts, times: i64) -> Counts {
    let [a, b, c] = one;
    let [x, y, z] = other.map(|count| count * times);
    [a + x, b + y, c + z]
}

const fn is_concluded(status: Status) -> bool {
    match status {
        Status::OnSpotResolved
        | Status::Concluded
        | Status::FeedbackGiven
        | Status::Satisfied
        | Status::ReviewRequested
        | Status::UnderReview
        | Status::Reviewed
        | Status::Closed
        | Status::Archived => true,
        Status::Registered
        | Status::Screening
        | Status::Accepted
        | Status::NotAccepted
        | Status::Merged
        | Status::Assigned
        | Status::Returned
        | Status::Investigating
        | Status::Proposed
        | Status::Approved => false,
    }
}

#[cfg(test)]
#[path = "counting_tests.rs"]
mod tests;
