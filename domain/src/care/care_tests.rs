//! The care window's rules.

use super::*;

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes)
}

#[test]
fn a_service_moves_only_where_its_course_leads() {
    use {CareAction as A, CareStatus as S};
    let may = |status, rated| {
        CareAction::ALL.iter().copied().filter(move |action| after(status, rated, *action).is_ok()).collect::<Vec<_>>()
    };
    assert_eq!(may(S::Greeted, false), [A::RecordNeed, A::Cancel, A::Note]);
    assert_eq!(may(S::NeedRecorded, false), [A::HandleHere, A::HandOver, A::Cancel, A::Note]);
    assert_eq!(may(S::HandedOver, false), [A::Finish, A::Note]);
    assert_eq!(may(S::Booked, false), [A::Assign, A::Reschedule, A::Cancel, A::Note]);
    assert_eq!(may(S::Assigned, false), [A::Assign, A::Reschedule, A::Visit, A::Cancel, A::Note]);
    assert_eq!(may(S::Visited, false), [A::Finish, A::Note]);
    assert_eq!((may(S::Done, false), may(S::Done, true), may(S::Cancelled, false)), (vec![A::Rate], vec![], vec![]));
    assert_eq!(after(S::Assigned, false, A::Reschedule), Ok(S::Booked), "another day may want other people");
}

#[test]
fn whoever_waits_too_long_and_is_visited_too_late_is_found() {
    let facts =
        CareFacts { status: CareStatus::Greeted, greeted_at: at(0), started_at: None, due_on: None, visited_at: None };
    let policy = Policy::default();
    assert!(!is_slow(&facts, at(5), &policy) && is_slow(&facts, at(6), &policy));
    let begun = CareFacts { status: CareStatus::Done, started_at: Some(at(4)), ..facts };
    assert!(!is_slow(&begun, at(600), &policy));
    let left = CareFacts { status: CareStatus::Cancelled, ..facts };
    assert!(!is_slow(&left, at(600), &policy), "whoever left was not kept waiting for ever");
    let due_on = Some(local_date(at(0)));
    let visit = CareFacts { status: CareStatus::Assigned, due_on, ..facts };
    let day = 24 * 60;
    assert!(!is_late(&visit, at(0)) && is_late(&visit, at(day)) && !is_slow(&visit, at(day), &policy));
    let made = CareFacts { status: CareStatus::Done, visited_at: Some(at(0)), ..visit };
    assert!(!is_late(&made, at(9 * day)));
    assert!(is_late(&CareFacts { visited_at: Some(at(day)), ..made }, at(9 * day)));
    assert!(!is_late(&CareFacts { status: CareStatus::Cancelled, ..visit }, at(9 * day)));
}

#[test]
fn each_field_of_a_visit_reports_its_own_fault() {
    let today = local_date(at(0));
    let form = VisitForm {
        category: RecipientCategory::Elderly,
        need: " ".into(),
        contact: Contact { phone: Some("call me".into()), ..Contact::default() },
        on: today.pred_opt().unwrap(),
    };
    let found: Vec<_> = form.check(today).into_iter().map(|v| (v.field, v.code)).collect();
    assert_eq!(
        found,
        [
            ("need", "form.required"),
            ("name", "form.required"),
            ("phone", "form.phone"),
            ("address", "form.required"),
            ("on", "care.day_past"),
        ]
    );
    assert_eq!(check_day(today + TimeDelta::days(61), today).unwrap().code, "care.day_far");
    let one = StaffId(uuid::Uuid::nil());
    assert!(check_visitors(one, None).is_ok());
    assert_eq!(check_visitors(one, Some(one)).unwrap_err().code, "care.same_person");
}
