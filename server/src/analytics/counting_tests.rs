//! What a row comes to, and what a change of it adds.

use chrono::{DateTime, Utc};
use domain::complaints::{ComplaintClass, HandlingSatisfaction};
use uuid::Uuid;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00+08:00").parse().unwrap()
}

fn cell(metric: Metric, on: &str, stratum: &str) -> Cell {
    Cell { metric, day: day(on), stratum: stratum.to_owned() }
}

fn received() -> complaint::Timed {
    complaint::Timed {
        status: Status::Registered,
        class: ComplaintClass::Normal,
        received_at: at("2026-03-04T09:00"),
        accepted_at: None,
        due_step: Some(Step::Ack),
        overdue_at: None,
        acked_in_time: None,
        replied_in_time: None,
        feedback_at: None,
        satisfaction: None,
    }
}

fn of(case: &complaint::Timed) -> Counted {
    let mut counted = Counted::default();
    counted.complaint(case, 1);
    counted
}

#[test]
fn a_count_stands_in_its_part_in_its_day_and_in_its_week() {
    let mut counted = Counted::default();
    // A Wednesday.
    counted.add(Metric::OnTimeRate, day("2026-03-04"), "normal", [1, 1, 0]);
    counted.add(Metric::OnTimeRate, day("2026-03-08"), "complex", [0, 1, 0]);
    counted.add(Metric::TrainingCoverage, day("2026-03-04"), "", [3, 4, 0]);
    let found: Vec<_> = counted.cells().collect();
    let expected = [
        (cell(Metric::OnTimeRate, "2026-03-02", WEEK), [1, 2, 0]),
        (cell(Metric::OnTimeRate, "2026-03-04", ""), [1, 1, 0]),
        (cell(Metric::OnTimeRate, "2026-03-04", "normal"), [1, 1, 0]),
        (cell(Metric::OnTimeRate, "2026-03-08", ""), [0, 1, 0]),
        (cell(Metric::OnTimeRate, "2026-03-08", "complex"), [0, 1, 0]),
        // What is taken daily has no sum of a week.
        (cell(Metric::TrainingCoverage, "2026-03-04", ""), [3, 4, 0]),
    ];
    assert_eq!(found, expected);
}

#[test]
fn only_what_somebody_gave_is_in_a_share_and_what_is_excluded_is_beside_it() {
    let form = FormVersionId(Uuid::from_u128(1));
    let rating = |level, origin| Rated { day: day("2026-03-04"), channel: PointChannel::Qr, form, level, origin };
    let mut counted = Counted::default();
    counted.ratings(rating(FiveLevel::BasicallySatisfied, RatingOrigin::Active), false, 3);
    counted.ratings(rating(FiveLevel::Dissatisfied, RatingOrigin::Active), false, 2);
    counted.ratings(rating(FiveLevel::VeryDissatisfied, RatingOrigin::Active), true, 1);
    counted.ratings(rating(FiveLevel::VerySatisfied, RatingOrigin::Defaulted), false, 7);
    let at = |metric| counted.at(&cell(metric, "2026-03-04", ""));
    assert_eq!(at(Metric::RatingVolume), [6, 13, 1]);
    assert_eq!(at(Metric::SatisfactionRate), [3, 5, 1]);
    assert_eq!(at(Metric::BadRatingRate), [2, 5, 1]);
    // To be compared to services, if any are told: no whole of its own, no parts, no weeks.
    assert_eq!(at(Metric::ActiveRatingRate), [5, 0, 1]);
    let active = counted.clone().cells().filter(|(cell, _)| cell.metric == Metric::ActiveRatingRate);
    assert_eq!(active.count(), 1);
    let part = cell(Metric::SatisfactionRate, "2026-03-04", &format!("qr/{form}"));
    assert_eq!(counted.at(&part), [3, 5, 1]);
}

#[test]
fn a_complaint_is_counted_where_it_came_in_and_where_it_was_accepted() {
    let case = received();
    let first = [(cell(Metric::ComplaintRate, "2026-03-04", ""), [1, 0, 0])];
    assert_eq!(of(&case).cells().collect::<Vec<_>>(), first, "nothing is owed yet");
    // One that is overdue counts before the step ends, as late.
    let late = complaint::Timed { overdue_at: Some(at("2026-03-06T00:01")), ..case.clone() };
    assert_eq!(of(&late).at(&cell(Metric::ResponseRate, "2026-03-04", "")), [0, 1, 0]);
    assert_eq!(of(&late).at(&cell(Metric::OverdueRate, "2026-03-04", "normal")), [1, 1, 0]);
    let accepted = complaint::Timed {
        status: Status::Accepted,
        accepted_at: Some(at("2026-03-05T10:00")),
        due_step: Some(Step::Reply),
        acked_in_time: Some(true),
        ..case.clone()
    };
    let counted = of(&accepted);
    assert_eq!(counted.at(&cell(Metric::ResponseRate, "2026-03-04", "")), [1, 1, 0]);
    assert_eq!(counted.at(&cell(Metric::CompletionRate, "2026-03-05", "normal")), [0, 1, 0]);
    assert_eq!(counted.at(&cell(Metric::OnTimeRate, "2026-03-05", "")), [0, 0, 0]);
    let answered = complaint::Timed {
        status: Status::Satisfied,
        due_step: None,
        replied_in_time: Some(false),
        feedback_at: Some(at("2026-03-12T10:00")),
        satisfaction: Some(HandlingSatisfaction::Dissatisfied),
        ..accepted.clone()
    };
    let counted = of(&answered);
    assert_eq!(counted.at(&cell(Metric::CompletionRate, "2026-03-05", "")), [1, 1, 0]);
    assert_eq!(counted.at(&cell(Metric::OnTimeRate, "2026-03-05", "")), [0, 1, 0]);
    assert_eq!(counted.at(&cell(Metric::OverdueRate, "2026-03-05", "normal")), [1, 1, 0]);
    assert_eq!(counted.at(&cell(Metric::OverdueRate, "2026-03-04", "normal")), [0, 1, 0], "its first look was in time");
    assert_eq!(counted.at(&cell(Metric::MedianDays, "2026-03-05", "normal/008")), [1, 1, 0]);
    assert_eq!(counted.at(&cell(Metric::ComplaintSatisfactionRate, "2026-03-05", "normal")), [0, 1, 0]);
    let merged = complaint::Timed { status: Status::Merged, due_step: None, ..case };
    assert_eq!(of(&merged).at(&cell(Metric::ResponseRate, "2026-03-04", "")), [0, 0, 1]);
}

#[test]
fn what_a_change_adds_is_what_differs_and_another_class_moves_the_case() {
    let accepted = complaint::Timed {
        status: Status::Investigating,
        accepted_at: Some(at("2026-03-05T10:00")),
        due_step: Some(Step::Reply),
        acked_in_time: Some(true),
        ..received()
    };
    let complex = complaint::Timed { class: ComplaintClass::Complex, ..accepted.clone() };
    let moved: Vec<_> = of(&complex).less(&of(&accepted)).cells().collect();
    let expected = [
        (cell(Metric::CompletionRate, "2026-03-05", "complex"), [0, 1, 0]),
        (cell(Metric::CompletionRate, "2026-03-05", "normal"), [0, -1, 0]),
        // Its first look, on the day of receipt.
        (cell(Metric::OverdueRate, "2026-03-04", "complex"), [0, 1, 0]),
        (cell(Metric::OverdueRate, "2026-03-04", "normal"), [0, -1, 0]),
    ];
    assert_eq!(moved, expected, "the total stays");
    assert_eq!(of(&accepted).less(&of(&accepted)).cells().count(), 0);
}

#[test]
fn a_case_of_a_bad_rating_leaves_the_shares_when_its_rating_is_excluded() {
    let case = bad_rating::Timed {
        rated_on: day("2026-03-04"),
        named: true,
        due_step: Some(BadRatingStep::Contact),
        overdue_at: None,
        satisfaction: None,
        excluded: false,
        fixed_in_time: None,
    };
    let of = |case: &bad_rating::Timed| {
        let mut counted = Counted::default();
        counted.bad_rating(case, 1);
        [Metric::BadRatingRectifiedRate, Metric::RealnameFollowupRate, Metric::BadRatingFollowUpSatisfaction]
            .map(|metric| counted.at(&cell(metric, "2026-03-04", "")))
    };
    assert_eq!(of(&case), [[0, 0, 0], [0, 1, 0], [0, 0, 0]]);
    let overdue =
        |step| bad_rating::Timed { due_step: Some(step), overdue_at: Some(at("2026-03-20T00:01")), ..case.clone() };
    assert_eq!(of(&overdue(BadRatingStep::Contact))[0], [0, 0, 0], "no fix is due yet");
    assert_eq!(of(&overdue(BadRatingStep::Fix))[0], [0, 1, 0]);
    let fixed = bad_rating::Timed {
        due_step: None,
        fixed_in_time: Some(true),
        satisfaction: Some(HandlingSatisfaction::Satisfied),
        ..case.clone()
    };
    assert_eq!(of(&fixed), [[1, 1, 0]; 3]);
    let angry = bad_rating::Timed { satisfaction: Some(HandlingSatisfaction::VeryDissatisfied), ..fixed.clone() };
    assert_eq!(of(&angry)[2], [0, 1, 0], "called back, and not satisfied");
    assert_eq!(of(&bad_rating::Timed { excluded: true, ..fixed }), [[0, 0, 1]; 3]);
}
