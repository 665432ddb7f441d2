//! The rules of cases at windows.

use super::*;
use crate::calendar::DayKind;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn calendar() -> WorkingCalendar {
    WorkingCalendar::new([
        (day("2026-02-14"), DayKind::Workday),
        (day("2026-02-16"), DayKind::Holiday),
        (day("2026-02-17"), DayKind::Holiday),
    ])
}

#[test]
fn a_case_moves_only_where_its_course_leads() {
    use {ServiceCaseAction as A, ServiceCaseStatus as S};
    let may = |status| A::ALL.iter().copied().filter(move |action| after(status, *action).is_ok()).collect::<Vec<_>>();
    assert_eq!(may(S::Received), [A::Accept, A::AskCorrection, A::Refuse]);
    assert_eq!(may(S::NeedsCorrection), [A::Resume]);
    assert_eq!(may(S::ReturnNotified), [A::ReturnPapers]);
    let course = [S::Accepted, S::InApproval, S::ResultReady, S::AtWindow, S::Collected, S::Archived];
    for pair in course.windows(2) {
        let ways: Vec<_> = may(pair[0]).into_iter().map(|action| after(pair[0], action)).collect();
        assert_eq!(ways, [Ok(pair[1])]);
    }
    for status in S::ALL {
        assert_eq!(may(*status).is_empty(), status.is_over(), "{status:?}");
        assert_eq!(S::OVER.contains(status), status.is_over());
        let promised = may(*status).iter().any(|a| [A::BeginApproval, A::FinishResult, A::Deliver].contains(a));
        assert_eq!(S::PROMISED.contains(status), promised, "{status:?}");
    }
}

#[test]
fn the_back_office_brings_results_and_files_and_the_window_does_all() {
    use ServiceCaseAction as A;
    let back: Vec<_> = A::ALL.iter().copied().filter(|action| action.is_back_offices()).collect();
    assert_eq!(back, [A::BeginApproval, A::FinishResult, A::Deliver, A::Archive]);
}

#[test]
fn a_refusal_tells_why_and_when_and_where_the_papers_are() {
    let now = at("2026-02-13T01:00:00Z");
    let told =
        Refusal {
            reason: "不属于本镇街受理范围。".into(), pickup_at: Some(now), pickup_place: "一楼2号窗口".into()
        };
    assert_eq!(told.check(now), []);
    let codes =
        |refusal: Refusal| refusal.check(now).into_iter().map(|found| (found.field, found.code)).collect::<Vec<_>>();
    let silent = Refusal { reason: " ".into(), pickup_at: None, pickup_place: String::new() };
    assert_eq!(
        codes(silent),
        [("reason", "form.required"), ("pickupAt", "form.required"), ("pickupPlace", "form.required")]
    );
    let when = |at| codes(Refusal { pickup_at: Some(at), ..told.clone() });
    assert_eq!(when(now - TimeDelta::minutes(61)), [("pickupAt", "handling.pickup_past")]);
    assert_eq!(when(now + TimeDelta::days(61)), [("pickupAt", "handling.pickup_far")]);
    assert_eq!(when(now - TimeDelta::minutes(5)), []);
}

#[test]
fn a_promise_is_a_number_of_working_days_or_a_day() {
    let (today, calendar) = (day("2026-02-13"), calendar());
    let due = |days, on| Promise::of(days, on).and_then(|promise| promise.due(today, &calendar));
    let code = |days, on| due(days, on).unwrap_err().code;
    // The make-up Saturday counts, two days of the festival do not.
    assert_eq!(due(Some(3), None), Ok(day("2026-02-19")));
    assert_eq!(due(None, Some(today)), Ok(today));
    assert_eq!((code(None, None), code(Some(3), Some(today))), ("handling.promise", "handling.promise"));
    assert_eq!((code(Some(0), None), code(Some(251), None)), ("handling.days", "handling.days"));
    assert_eq!(code(None, today.pred_opt()), "handling.day_past");
    assert_eq!(code(None, Some(day("2027-02-15"))), "handling.day_far");
    assert_eq!(code(Some(250), None), "calendar.year_missing");
}

#[test]
fn a_result_is_late_by_the_day_it_came_to_the_window_and_stays_so() {
    let facts = CaseFacts {
        status: ServiceCaseStatus::InApproval,
        due_on: Some(day("2026-02-19")),
        at_window_at: None,
        archive_due_on: None,
    };
    assert!(!is_late(&facts, day("2026-02-19")) && is_late(&facts, day("2026-02-20")));
    // 23:30 of the nineteenth in Shanghai.
    let came = |at_window_at| CaseFacts { status: ServiceCaseStatus::AtWindow, at_window_at, ..facts };
    let later = day("2026-03-30");
    assert!(!is_late(&came(Some(at("2026-02-19T15:30:00Z"))), later));
    assert!(is_late(&came(Some(at("2026-02-19T16:30:00Z"))), later));
    assert!(!is_late(&CaseFacts { due_on: None, ..facts }, later), "nothing was promised");
}

#[test]
fn what_was_fetched_is_filed_in_time_or_found() {
    let facts = CaseFacts {
        status: ServiceCaseStatus::Collected,
        due_on: None,
        at_window_at: None,
        archive_due_on: Some(day("2026-02-27")),
    };
    assert!(!is_unfiled(&facts, day("2026-02-27")) && is_unfiled(&facts, day("2026-02-28")));
    assert!(!is_unfiled(&CaseFacts { status: ServiceCaseStatus::Archived, ..facts }, day("2026-03-30")));
    assert_eq!(check_reference(" ").unwrap().code, "form.required");
    let form = ReceiveForm { external_no: "n".repeat(NUMBER_MAX + 1), recipient: Some(String::new()) };
    let found: Vec<_> = form.check().into_iter().map(|found| (found.field, found.code)).collect();
    assert_eq!(found, [("externalNo", "form.too_long"), ("recipient", "form.required")]);
}
