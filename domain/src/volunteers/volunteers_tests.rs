//! Voluntary service: what may follow on what, and what a volunteer lacks.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00+08:00").parse().unwrap()
}

fn form() -> ServiceForm {
    ServiceForm {
        on: day("2026-03-02"),
        start: "09:00".to_owned(),
        end: "10:30".to_owned(),
        service: ServiceType::FormFilling,
        recipients: 3,
        description: String::new(),
    }
}

#[test]
fn a_record_is_handed_in_and_confirmed_within_its_days() {
    use {ServiceRecordAction as A, ServiceRecordStatus as S};
    let due = Some(day("2026-03-09"));
    let (last, late) = (day("2026-03-09"), day("2026-03-10"));
    assert_eq!(after(S::Draft, None, A::Edit, last), Ok(S::Draft));
    assert_eq!(after(S::Draft, None, A::Ask, last), Ok(S::AwaitingConfirmation));
    for action in [A::Sign, A::Witness] {
        assert_eq!(after(S::AwaitingConfirmation, due, action, last), Ok(S::Confirmed));
    }
    assert_eq!(after(S::AwaitingConfirmation, due, A::ShowCode, last), Ok(S::AwaitingConfirmation));
    assert_eq!(answered(S::AwaitingConfirmation, due, true, last), Some(S::Confirmed));
    assert_eq!(answered(S::AwaitingConfirmation, due, false, last), Some(S::Unconfirmed));
    for action in [A::ShowCode, A::Sign, A::Witness] {
        assert_eq!(
            after(S::AwaitingConfirmation, due, action, late).unwrap_err().code,
            "volunteers.step",
            "{action:?}"
        );
    }
    assert_eq!(answered(S::AwaitingConfirmation, due, true, late), None);
    // What is over stays as it is, whoever asks.
    for status in [S::Confirmed, S::Unconfirmed, S::Archived] {
        assert!(A::ALL.iter().all(|action| after(status, due, *action, last).is_err()), "{status:?}");
        assert_eq!(answered(status, due, true, last), None);
    }
    assert!(
        after(S::Draft, None, A::Sign, last).is_err() && after(S::AwaitingConfirmation, due, A::Edit, last).is_err()
    );
}

#[test]
fn a_service_names_its_time_and_how_many_were_served() {
    assert_eq!((form().check(), form().minutes()), (vec![], 90));
    let codes = |form: ServiceForm| form.check().into_iter().map(|v| (v.field, v.code)).collect::<Vec<_>>();
    let wrong = ServiceForm { start: "9".to_owned(), end: "25:00".to_owned(), recipients: 0, ..form() };
    let expected = [("start", "volunteers.time"), ("end", "volunteers.time"), ("recipients", "volunteers.recipients")];
    assert_eq!(codes(wrong), expected);
    let backwards = ServiceForm { end: "09:00".to_owned(), ..form() };
    assert_eq!(codes(backwards), [("end", "volunteers.end_first")]);
    let other = ServiceForm { service: ServiceType::Other, ..form() };
    assert_eq!(codes(other), [("description", "form.required")]);
    assert_eq!(codes(ServiceForm { recipients: 501, description: "字".repeat(301), ..form() }).len(), 2);
}

#[test]
fn a_service_is_written_down_when_it_is_over_and_before_nobody_remembers() {
    let code = |now: &str| form().check_when(at(now), 7).map(|v| (v.field, v.code));
    assert_eq!(code("2026-03-01T23:59"), Some(("on", "volunteers.not_over")));
    assert_eq!(code("2026-03-02T10:29"), Some(("end", "volunteers.not_over")));
    assert_eq!(code("2026-03-02T10:30"), None);
    assert_eq!(code("2026-03-09T23:59"), None);
    assert_eq!(code("2026-03-10T00:00"), Some(("on", "volunteers.too_old")));
}

#[test]
fn the_digits_of_a_phone_are_four() {
    assert_eq!(check_tail("0421"), None);
    for tail in ["", "421", "04211", "04a1", "０４２１"] {
        assert_eq!(check_tail(tail).map(|v| v.code), Some("confirm.tail"), "{tail}");
    }
}

#[test]
fn nobody_confirms_or_signs_off_themself() {
    assert_eq!(not_own(false), Ok(()));
    assert_eq!(not_own(true).unwrap_err().code, "volunteers.own");
}

#[test]
fn a_volunteer_lacks_what_is_missing_or_too_old() {
    use VolunteerLack as L;
    let today = day("2026-03-02");
    let found = |inducted_on, competent_on, kit| lacks(&VolunteerFacts { inducted_on, competent_on, kit }, today, 30);
    assert_eq!(found(None, None, None), [L::Induction, L::Competence, L::Kit]);
    let look = |on: &str, vest, armband| Some(KitLook { on: day(on), vest, armband });
    let (inducted, competent) = (Some(day("2026-01-05")), Some(day("2026-01-06")));
    assert!(found(inducted, competent, look("2026-01-31", true, true)).is_empty());
    assert_eq!(found(inducted, competent, look("2026-01-30", true, true)), [L::Kit]);
    assert_eq!(found(inducted, competent, look("2026-03-01", false, false)), [L::Vest, L::Armband]);
    assert_eq!(found(Some(day("2026-03-03")), competent, look("2026-03-01", true, true)), [L::Induction]);
}

#[test]
fn few_records_make_no_rate() {
    assert_eq!([rate(9, 9, 10), rate(9, 10, 10), rate(2, 3, 1), rate(0, 0, 0)], [None, Some(90), Some(67), None]);
}

#[test]
fn a_year_is_archived_some_days_after_its_end() {
    let until = |today: &str| archived_until(day(today), 31).map(|day| day.to_string());
    assert_eq!(until("2027-01-31").as_deref(), Some("2025-12-31"));
    assert_eq!(until("2027-02-01").as_deref(), Some("2026-12-31"));
    assert_eq!(archived_until(day("2027-01-01"), 0), Some(day("2026-12-31")));
}
