//! The rules of standards management.

use super::{
    checks::{Facts, StandardsCheck, StandardsStanding, Term, checks},
    *,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn person(n: u128) -> StaffId {
    StaffId(uuid::Uuid::from_u128(n))
}

fn told(found: Vec<Violation>) -> Vec<(&'static str, &'static str)> {
    found.into_iter().map(|v| (v.field, v.code)).collect()
}

#[test]
fn a_standard_moves_only_where_its_course_leads() {
    use {StandardAction as A, StandardStatus as S};
    let may = |status| StandardAction::ALL.iter().copied().filter(|a| after(status, *a).is_ok()).collect::<Vec<_>>();
    assert_eq!(may(S::Drafting), [A::Consult, A::Withdraw]);
    assert_eq!(may(S::Consulted), [A::Issue, A::Withdraw]);
    assert_eq!(may(S::Issued), [A::Enforce, A::Withdraw]);
    assert_eq!(may(S::InForce), [A::Review], "nothing in force goes without a review");
    assert_eq!(may(S::UnderReview), [A::Confirm, A::Revise, A::Withdraw]);
    assert_eq!((may(S::Revised), may(S::Withdrawn)), (vec![], vec![]));
    assert_eq!(after(S::UnderReview, A::Confirm), Ok(S::InForce));
    for status in S::ALL {
        assert_eq!(status.is_over(), may(*status).is_empty(), "{status:?}");
        assert!(!(status.is_over() && (status.is_in_use() || status.may_succeed())), "{status:?}");
    }
}

#[test]
fn a_review_is_due_after_the_citys_years_unless_another_day_is_wished() {
    let policy = Policy::default();
    let from = day("2024-02-29");
    assert_eq!(review_due(from, None, &policy), Ok(day("2027-02-28")));
    assert_eq!(review_due(from, Some(day("2025-01-01")), &policy), Ok(day("2025-01-01")));
    assert_eq!(review_due(from, Some(from), &policy).unwrap_err().code, "standards.review_before");
    let five = policy.with(PolicyKey::StandardsReviewYears, 5).unwrap();
    assert_eq!(review_due(from, None, &five), Ok(day("2029-02-28")));
}

#[test]
fn each_field_of_a_standard_reports_its_own_fault() {
    let today = day("2026-02-13");
    let fine = StandardForm {
        number: "DB4420/T 29—2023".into(),
        title: "服务人员行为规范".into(),
        level: StandardLevel::Local,
        edition: "2023".into(),
        adopted_on: Some(today),
        owner: person(1),
        review_due: None,
    };
    assert_eq!(fine.check(today), []);
    let wrong = StandardForm {
        number: " ".into(),
        title: "两\n行".into(),
        edition: String::new(),
        adopted_on: Some(day("2026-02-14")),
        ..fine
    };
    let expected = [
        ("number", "form.required"),
        ("title", "form.control_characters"),
        ("edition", "form.required"),
        ("adoptedOn", "form.date_in_future"),
    ];
    assert_eq!(told(wrong.check(today)), expected);
}

#[test]
fn a_plan_is_made_for_this_year_or_the_next_and_counts_what_was_not_dropped() {
    use TaskProgress as T;
    let today = day("2026-02-13");
    let task = |year, due| TaskForm { year, title: "修订内部标准".into(), owner: person(1), due_on: day(due) };
    assert_eq!(task(2026, "2026-12-31").check(today), []);
    assert_eq!(told(task(2026, "2027-01-01").check(today)), [("dueOn", "standards.task_year")]);
    assert_eq!(told(task(2025, "2025-06-30").check(today)), [("year", "standards.plan_year")]);
    assert_eq!(told(task(2028, "2028-06-30").check(today)), [("year", "standards.plan_year")]);
    assert_eq!((percent([]), percent([T::Dropped])), (None, None));
    assert_eq!(percent([T::Done, T::Doing, T::Open, T::Dropped]), Some(33));
    assert_eq!(percent([T::Done, T::Dropped]), Some(100));
    let may = |from| {
        T::ALL.iter().copied().filter(|to| move_task(from, *to, Some("并入其他任务")).is_ok()).collect::<Vec<_>>()
    };
    assert_eq!(may(T::Open), [T::Doing, T::Done, T::Dropped]);
    assert_eq!(may(T::Doing), [T::Open, T::Done, T::Dropped]);
    assert_eq!((may(T::Done), may(T::Dropped)), (vec![T::Doing], vec![]));
    assert_eq!(move_task(T::Open, T::Dropped, None).unwrap_err().code, "form.required");
    let due = day("2026-02-12");
    assert!(is_late(T::Open, due, None, today) && is_late(T::Doing, due, None, today));
    assert!(!is_late(T::Open, today, None, today) && !is_late(T::Dropped, due, None, today));
    assert!(is_late(T::Done, due, Some(today), today) && !is_late(T::Done, due, Some(due), today));
}

#[test]
fn what_does_not_conform_asks_for_a_measure_and_what_conforms_for_none() {
    let audited = day("2026-02-13");
    let found = FindingForm {
        result: FindingResult::Nonconform,
        clause: Some("6.8.2".into()),
        description: "意见箱上没有电话".into(),
        measure: Some("补贴标识".into()),
        owner: Some(person(1)),
        due_on: Some(day("2026-02-27")),
    };
    assert_eq!(found.check(audited), []);
    let early = FindingForm { due_on: Some(day("2026-02-12")), ..found.clone() };
    assert_eq!(told(early.check(audited)), [("dueOn", "standards.due_before")]);
    let bare = FindingForm { measure: None, owner: None, due_on: None, ..found.clone() };
    let needed = ["measure", "owner", "dueOn"].map(|field| (field, "form.required"));
    assert_eq!(told(bare.check(audited)), needed);
    assert_eq!(FindingForm { result: FindingResult::Conform, ..bare }.check(audited), []);
    let idle = FindingForm { result: FindingResult::Conform, ..found };
    assert_eq!(told(idle.check(audited)), needed.map(|(field, _)| (field, "standards.nothing_to_do")));
}

#[test]
fn nobody_audits_their_own_standard_or_closes_their_own_measure() {
    let (one, two) = (person(1), person(2));
    assert!(check_auditor(one, two).is_ok());
    assert_eq!(check_auditor(one, one).unwrap_err().code, "standards.own_audit");
    let open = FindingFacts { result: FindingResult::Nonconform, owner: Some(one), closed_on: None };
    assert_eq!((open.close(Some(two)), open.close(None)), (Ok(()), Ok(())));
    assert_eq!(open.close(Some(one)).unwrap_err().code, "standards.own_measure");
    let closed = FindingFacts { closed_on: Some(day("2026-02-13")), ..open };
    let conform = FindingFacts { result: FindingResult::Conform, owner: None, closed_on: None };
    for over in [closed, conform] {
        assert_eq!(over.close(Some(two)).unwrap_err().code, "standards.finding_closed");
    }
}

#[test]
fn a_term_begins_by_today_and_a_self_audit_lies_in_the_last_two_years() {
    let today = day("2026-02-13");
    let term =
        |from| OfficerForm { staff: person(1), full_time: false, duties: "台账与计划".into(), from: day(from) };
    assert_eq!(term("2026-02-13").check(today), []);
    assert_eq!(told(term("2026-02-14").check(today)), [("from", "form.date_in_future")]);
    assert_eq!(check_end(today, today), None);
    assert_eq!(check_end(today, day("2026-02-12")).unwrap().code, "standards.ends_before");
    let audit = |on| AuditForm { on: day(on), scope: "窗口服务".into(), auditor: person(1) };
    assert_eq!(audit("2024-02-13").check(today), []);
    assert_eq!(told(audit("2024-02-12").check(today)), [("on", "standards.audit_old")]);
    assert_eq!(told(audit("2026-02-14").check(today)), [("on", "form.date_in_future")]);
}

fn standing(facts: &Facts, check: StandardsCheck, today: &str) -> (StandardsStanding, Option<String>, usize) {
    let found = checks(facts, day(today), &Policy::default());
    let found = found.into_iter().find(|one| one.check == check).unwrap();
    (found.standing, found.breach_on.map(|day| day.to_string()), found.count)
}

#[test]
fn each_check_names_the_day_from_which_something_is_amiss() {
    use {StandardsCheck as C, StandardsStanding as S};
    let on = |text: &str| Some(text.to_owned());
    let nothing = Facts::default();
    let today = "2026-02-13";
    assert_eq!(standing(&nothing, C::PlanAdopted, today), (S::Due, on("2026-04-01"), 1));
    assert_eq!(standing(&nothing, C::PlanAdopted, "2026-04-01"), (S::Breach, on("2026-04-01"), 1));
    assert_eq!(standing(&nothing, C::OfficerAppointed, today), (S::Breach, None, 1));
    assert_eq!(standing(&nothing, C::OfficersTrained, today), (S::Due, on("2027-01-01"), 0));
    assert_eq!(standing(&nothing, C::ReviewsDone, today), (S::Fine, None, 0));
    assert_eq!(standing(&nothing, C::SelfAudited, today), (S::Breach, None, 1));
    assert_eq!(standing(&nothing, C::FindingsClosed, today), (S::Fine, None, 0));

    let term = Term { staff: person(1), from: day("2025-01-01"), until: None, trained_on: Some(day("2026-02-01")) };
    let facts = Facts {
        plan: true,
        terms: vec![term],
        reviews: vec![day("2026-02-13"), day("2026-08-01")],
        audited_on: Some(day("2025-02-13")),
        findings: vec![day("2026-03-01"), day("2026-02-11"), day("2026-02-12")],
    };
    assert_eq!(standing(&facts, C::PlanAdopted, today), (S::Fine, on("2027-04-01"), 0));
    assert_eq!(standing(&facts, C::OfficerAppointed, today), (S::Fine, None, 0));
    assert_eq!(standing(&facts, C::OfficersTrained, today), (S::Fine, on("2028-01-01"), 0));
    assert_eq!(standing(&facts, C::ReviewsDone, today), (S::Fine, on("2026-02-14"), 0));
    assert_eq!(standing(&facts, C::ReviewsDone, "2026-02-14"), (S::Breach, on("2026-02-14"), 1));
    assert_eq!(standing(&facts, C::SelfAudited, today), (S::Fine, on("2026-02-14"), 0));
    assert_eq!(standing(&facts, C::SelfAudited, "2026-02-14"), (S::Breach, on("2026-02-14"), 1));
    assert_eq!(standing(&facts, C::FindingsClosed, today), (S::Breach, on("2026-02-12"), 2));
}

#[test]
fn nobody_looks_after_the_standards_from_the_day_after_the_last_term() {
    use {StandardsCheck as C, StandardsStanding as S};
    let on = |text: &str| Some(text.to_owned());
    let term = |n, from, until: Option<&str>| Term {
        staff: person(n),
        from: day(from),
        until: until.map(day),
        trained_on: None,
    };
    let today = "2026-02-13";
    let of = |terms: Vec<Term>, check| standing(&Facts { terms, ..Facts::default() }, check, today);
    let past = term(1, "2024-01-01", Some("2026-01-31"));
    assert_eq!(of(vec![past], C::OfficerAppointed), (S::Breach, on("2026-02-01"), 1));
    let ending = term(2, "2026-01-01", Some("2026-03-31"));
    assert_eq!(of(vec![past, ending], C::OfficerAppointed), (S::Fine, on("2026-04-01"), 0));
    let staying = term(3, "2026-02-13", None);
    assert_eq!(of(vec![past, ending, staying], C::OfficerAppointed), (S::Fine, None, 0));
    // Each of those who are there now is asked for a training, and nobody who is not.
    assert_eq!(of(vec![past, ending, staying], C::OfficersTrained), (S::Due, on("2027-01-01"), 2));
}
