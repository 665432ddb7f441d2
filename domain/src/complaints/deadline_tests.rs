use super::*;
use crate::calendar::DayKind;

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}+08:00").parse().unwrap()
}

fn calendar() -> WorkingCalendar {
    let days = [("2026-02-14", DayKind::Workday), ("2026-02-28", DayKind::Workday), ("2025-01-01", DayKind::Holiday)];
    let festival = (15..=23).map(|day| (d(&format!("2026-02-{day}")), DayKind::Holiday));
    WorkingCalendar::new(days.map(|(day, kind)| (d(day), kind)).into_iter().chain(festival))
}

fn reply(days: u32) -> Clock {
    Clock { step: Step::Reply, started_at: at("2026-02-13T09:00:00"), days }
}

fn due(clock: &Clock, pauses: &[Pause], now: &str) -> NaiveDate {
    local_date(clock.due_at(pauses, at(now), &calendar()).unwrap())
}

#[test]
fn a_normal_complaint_received_before_the_festival_is_due_after_it() {
    assert_eq!(due(&reply(5), &[], "2026-02-13T09:00:00"), d("2026-02-27"));
}

#[test]
fn a_complaint_filed_at_night_counts_from_its_day_in_shanghai() {
    let clock = Clock { started_at: "2026-02-12T16:30:00Z".parse().unwrap(), ..reply(5) };
    assert_eq!(due(&clock, &[], "2026-02-13T09:00:00"), d("2026-02-27"));
}

#[test]
fn a_closed_pause_moves_the_due_date_by_its_working_days() {
    let pause = Pause { from: d("2026-02-25"), to: Some(d("2026-02-28")) };
    // 26, 27 and the make-up Saturday 28 stood still: 14, 24, 25 February, then 2 and 3 March.
    assert_eq!(due(&reply(5), &[pause], "2026-03-02T09:00:00"), d("2026-03-03"));
}

#[test]
fn an_open_pause_keeps_moving_with_the_day() {
    let pause = Pause { from: d("2026-02-25"), to: None };
    assert_eq!(due(&reply(5), &[pause], "2026-02-25T10:00:00"), d("2026-02-27"));
    assert_eq!(due(&reply(5), &[pause], "2026-02-27T10:00:00"), d("2026-03-02"));
}

#[test]
fn reclassifying_keeps_start_and_pauses() {
    let pause = Pause { from: d("2026-02-25"), to: Some(d("2026-02-26")) };
    assert_eq!(due(&reply(5), &[pause], "2026-02-26T09:00:00"), d("2026-02-28"));
    assert_eq!(due(&reply(15), &[pause], "2026-02-26T09:00:00"), d("2026-03-13"));
}

#[test]
fn a_simple_complaint_is_due_the_same_working_day() {
    let clock = Clock { started_at: at("2026-02-15T10:00:00"), ..reply(0) };
    assert_eq!(due(&clock, &[], "2026-02-15T10:00:00"), d("2026-02-24"));
}

#[test]
fn a_deadline_past_the_last_list_names_the_year() {
    let clock = Clock { started_at: at("2026-12-30T10:00:00"), ..reply(5) };
    let error = clock.due_at(&[], at("2026-12-30T10:00:00"), &calendar()).unwrap_err();
    assert_eq!(error.args[0].value, "2027");
}

#[test]
fn an_extension_is_bounded() {
    let policy = Policy::default();
    assert_eq!(extend(10, &policy), Ok(()));
    assert_eq!(extend(11, &policy).unwrap_err().code, "complaint.extension_too_long");
    assert_eq!(extend(0, &policy).unwrap_err().code, "complaint.extension_too_long");
}

#[test]
fn lateness_climbs_one_level_after_another() {
    let due = end_of_day(d("2026-03-02"));
    let level = |now: &str| overdue_level(due, at(now), &Policy::default(), &calendar()).unwrap();
    assert_eq!(level("2026-03-02T23:59:59"), EscalationLevel::None);
    assert_eq!(level("2026-03-03T00:00:00"), EscalationLevel::Lead);
    assert_eq!(level("2026-03-04T09:00:00"), EscalationLevel::Center);
    assert_eq!(level("2026-03-06T09:00:00"), EscalationLevel::Supervision);
    assert_eq!(level("2026-03-10T09:00:00"), EscalationLevel::City);
    // Over a weekend no working day goes by: only the lead is told.
    let friday = end_of_day(d("2026-03-06"));
    let saturday = overdue_level(friday, at("2026-03-07T09:00:00"), &Policy::default(), &calendar()).unwrap();
    assert_eq!(saturday, EscalationLevel::Lead);
}

#[test]
fn the_warning_comes_one_working_day_before() {
    let due = end_of_day(d("2026-03-09"));
    let near = |now: &str| is_near(due, 5, at(now), &Policy::default(), &calendar()).unwrap();
    assert!(!near("2026-03-05T09:00:00"));
    assert!(near("2026-03-06T09:00:00"));
    assert!(near("2026-03-09T23:00:00"));
    assert!(!near("2026-03-10T09:00:00"));
}

#[test]
fn nobody_is_warned_about_a_step_on_the_day_it_begins() {
    let due = end_of_day(d("2026-03-03"));
    let near = |days, now: &str| is_near(due, days, at(now), &Policy::default(), &calendar()).unwrap();
    assert!(!near(1, "2026-03-02T10:00:00"));
    assert!(near(1, "2026-03-03T09:00:00"));
    assert!(!near(0, "2026-03-03T09:00:00"));
}

#[test]
fn every_open_state_that_owes_something_has_a_clock() {
    let without: Vec<_> = ComplaintStatus::ALL.iter().filter(|s| Step::of(**s).is_none()).map(|s| s.key()).collect();
    assert_eq!(without, ["not_accepted", "merged", "satisfied", "reviewed", "closed", "archived"]);
}

#[test]
fn a_list_shows_what_is_due_first_and_then_the_newest() {
    let (early, late) = (at("2026-03-02T09:00:00"), at("2026-03-03T09:00:00"));
    let order = [
        queue_position(Some(early), late),
        queue_position(Some(late), early),
        queue_position(None, late),
        queue_position(None, early),
    ];
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn a_new_calendar_moves_dates_both_ways_and_makes_nobody_late() {
    let at = |day: u32| at(&format!("2027-01-{day:02}T23:59:59"));
    let now = at(10);
    assert_eq!(by_new_calendar(None, at(12), now), Some(at(12)), "the list was awaited");
    assert_eq!(by_new_calendar(Some(at(12)), at(14), now), Some(at(14)));
    assert_eq!(by_new_calendar(Some(at(14)), at(12), now), Some(at(12)));
    assert_eq!(by_new_calendar(Some(at(12)), at(12), now), None);
    assert_eq!(by_new_calendar(Some(at(12)), at(8), now), None, "in time until then");
    assert_eq!(by_new_calendar(Some(at(8)), at(14), now), None, "late before");
}

#[test]
fn a_moved_date_is_read_as_it_was_written() {
    let day = |text: &str| text.parse().unwrap();
    for (from, text) in [(Some(day("2026-12-31")), "2026-12-31 2027-01-05"), (None, "- 2027-01-05")] {
        let moved = DueMove { from, to: day("2027-01-05") };
        assert_eq!(moved.to_string(), text);
        assert_eq!(DueMove::parse(text), Some(moved));
    }
    for text in ["", "-", "2026-12-31", "2026-12-31 soon"] {
        assert_eq!(DueMove::parse(text), None, "{text}");
    }
}
