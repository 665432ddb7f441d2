//! The talent service post's rules.

use super::*;

fn at(minutes: i64) -> DateTime<Utc> {
    // 08:00 in Shanghai.
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes)
}

fn today() -> NaiveDate {
    crate::calendar::local_date(at(0))
}

const fn course(status: TalentStatus) -> Course {
    Course { status, told: false, rated: false, purged: false }
}

#[test]
fn a_request_moves_only_where_its_course_leads() {
    use {TalentAction as A, TalentStatus as S};
    let may = |course| actions(Part::Directs, course).collect::<Vec<_>>();
    assert_eq!(may(course(S::Requested)), [A::Assign, A::Withdraw]);
    let open = [A::Assign, A::Progress, A::Tell, A::Settle, A::PlanContact, A::Appoint, A::Withdraw];
    assert_eq!(may(course(S::Assigned)), open);
    assert_eq!(may(course(S::InProgress)), open);
    let due = [A::Assign, A::Progress, A::Tell, A::PlanContact, A::Appoint, A::Withdraw];
    assert_eq!(may(course(S::FeedbackDue)), due);
    let told = Course { told: true, ..course(S::FeedbackDue) };
    assert!(may(told).contains(&A::Complete));
    assert_eq!(course(S::FeedbackDue).after(A::Complete).unwrap_err().code, "talents.untold");
    assert_eq!(course(S::FeedbackDue).after(A::Progress), Ok(S::InProgress), "what seemed settled goes on");
    let done = course(S::Completed);
    assert_eq!((may(done), may(course(S::Withdrawn))), (vec![A::Rate], vec![]));
    for over in [Course { rated: true, ..done }, Course { purged: true, ..done }] {
        assert_eq!(over.after(A::Rate).unwrap_err().code, "talents.step");
    }
}

#[test]
fn only_its_steward_follows_a_request_and_only_who_directs_says_who_that_is() {
    use TalentAction as A;
    let open = course(TalentStatus::InProgress);
    assert_eq!(actions(Part::Looks, open).count(), 0);
    let follows: Vec<_> = actions(Part::Follows, open).collect();
    assert!(!follows.contains(&A::Assign) && follows.contains(&A::Progress));
    assert_eq!(Part::Looks.may(A::Progress).unwrap_err().code, "talents.not_yours");
}

#[test]
fn a_request_without_news_and_a_contact_that_was_forgotten_are_found() {
    let (yesterday, today) = (today().pred_opt(), today());
    let days = Days { status: TalentStatus::InProgress, progress_due_on: Some(today), next_contact_on: Some(today) };
    assert!(!days.is_overdue(today) && !days.contact_passed(today), "the day itself is in time");
    let late = Days { progress_due_on: yesterday, next_contact_on: yesterday, ..days };
    assert!(late.is_overdue(today) && late.contact_passed(today));
    let over = Days { status: TalentStatus::Withdrawn, ..late };
    assert!(!over.is_overdue(today) && !over.contact_passed(today));
    let news: Vec<_> = TalentAction::ALL.iter().filter(|action| action.is_progress()).collect();
    let expected = [TalentAction::Assign, TalentAction::Progress, TalentAction::Tell, TalentAction::Settle];
    assert_eq!(news, expected.iter().collect::<Vec<_>>(), "to plan a contact is no news");
}

#[test]
fn each_field_of_a_request_reports_its_own_fault() {
    let form = RequestForm {
        name: " ".into(),
        phone: "call me".into(),
        kind: TalentType::Doctor,
        enterprise: Some("司".repeat(61)),
        field: TalentField::Health,
        channel: TalentChannel::Phone,
        matter: TalentMatter::Housing,
        description: String::new(),
        key_project: false,
    };
    let found: Vec<_> = form.check().into_iter().map(|v| (v.field, v.code)).collect();
    let expected = [
        ("name", "form.required"),
        ("phone", "form.phone"),
        ("enterprise", "form.too_long"),
        ("description", "form.required"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn days_of_contact_lie_ahead_and_feedback_lies_behind() {
    let today = today();
    let code = |found: Option<Violation>| found.map(|violation| violation.code);
    assert_eq!(code(check_contact("on", None, today)), None);
    assert_eq!(code(check_contact("on", Some(today), today)), None);
    assert_eq!(code(check_contact("on", today.pred_opt(), today)), Some("talents.day_past"));
    assert_eq!(code(check_contact("on", Some(today + TimeDelta::days(181)), today)), Some("talents.day_far"));
    assert!(check_told(today, today, today).is_ok());
    assert_eq!(check_told(today.succ_opt().unwrap(), today, today).unwrap_err().code, "form.date_in_future");
    assert_eq!(check_told(today.pred_opt().unwrap(), today, today).unwrap_err().code, "talents.told_before");
    assert!(check_senior(None, today).is_ok() && check_senior(Some(today), today).is_ok());
    assert_eq!(check_senior(today.succ_opt(), today).unwrap_err().code, "form.date_in_future");
}

#[test]
fn an_appointment_has_a_time_to_come_and_ends_once() {
    use AppointmentStatus as S;
    let form = |time: &str| AppointmentForm { on: today(), time: time.into(), place: "208室".into() };
    assert_eq!(form("08:30").at(at(0)), Ok(at(30)));
    let codes = |form: AppointmentForm| form.at(at(0)).unwrap_err().into_iter().map(|v| v.code).collect::<Vec<_>>();
    assert_eq!(codes(form("07:59")), ["talents.day_past"]);
    assert_eq!(codes(form("8:30")), ["talents.time"]);
    assert_eq!(codes(AppointmentForm { place: String::new(), ..form("25:00") }), ["talents.time", "form.required"]);
    let end = |was, outcome, now| end_appointment(was, at(30), outcome, now).map_err(|v| v.code);
    assert_eq!(end(S::Planned, S::Kept, at(29)), Err("talents.appointment_ahead"));
    assert_eq!((end(S::Planned, S::Cancelled, at(0)), end(S::Planned, S::Missed, at(30))), (Ok(()), Ok(())));
    assert_eq!(end(S::Planned, S::Planned, at(30)), Err("form.required"));
    assert_eq!(end(S::Kept, S::Missed, at(30)), Err("talents.appointment_over"));
}
