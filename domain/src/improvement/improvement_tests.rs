//! The rules of findings and rectification tasks.

use chrono::TimeDelta;
use uuid::Uuid;

use super::{RectificationAction as A, RectificationStatus as S, *};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-02-13")
}

const fn staff(n: u128) -> StaffId {
    StaffId(Uuid::from_u128(n))
}

const fn account(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(n))
}

const fn facts(status: S) -> Facts {
    Facts { status, owner: Some(staff(1)), submitter: None, recheck_on: None }
}

const fn owner() -> Actor {
    Actor { me: Some(staff(1)), account: Some(account(1)), acts: true, directs: false }
}

const fn judge() -> Actor {
    Actor { me: Some(staff(2)), account: Some(account(2)), acts: true, directs: true }
}

fn may(facts: Facts, actor: Actor) -> Vec<A> {
    facts.actions(actor, today()).collect()
}

fn code(facts: Facts, action: A, actor: Actor) -> &'static str {
    facts.after(action, &actor, today()).unwrap_err().code
}

#[test]
fn a_task_moves_only_where_its_course_leads_and_each_side_does_its_own_part() {
    let course = [
        (S::Open, vec![A::Plan, A::Note], vec![A::Assign, A::Note]),
        (S::PlanSubmitted, vec![A::Note], vec![A::Assign, A::Agree, A::SendBack, A::Note]),
        (S::InProgress, vec![A::Submit, A::Note], vec![A::Assign, A::Note]),
        (S::Submitted, vec![A::Note], vec![A::SendBack, A::Accept, A::Note]),
        (S::Returned, vec![A::Submit, A::Note], vec![A::Assign, A::Note]),
        (S::Accepted, vec![A::Note], vec![A::SendBack, A::Recheck, A::Note]),
        (S::Rechecked, vec![A::Note], vec![A::Close, A::Note]),
        (S::Closed, vec![], vec![]),
    ];
    for (status, owners, judges) in course {
        assert_eq!(may(facts(status), owner()), owners, "{status:?}");
        assert_eq!(may(facts(status), judge()), judges, "{status:?}");
        assert_eq!(may(facts(status), Actor::default()), [], "{status:?}");
        // Nobody takes these steps.
        for action in [A::Open, A::Reopen, A::Overdue] {
            assert_eq!(code(facts(status), action, judge()), "improvement.step");
        }
    }
    let after = |status, action, actor: Actor| facts(status).after(action, &actor, today());
    assert_eq!(after(S::PlanSubmitted, A::SendBack, judge()), Ok(S::Open));
    assert_eq!(after(S::Accepted, A::SendBack, judge()), Ok(S::Returned), "what did not last goes on");
    assert_eq!(after(S::Returned, A::Submit, owner()), Ok(S::Submitted));
}

#[test]
fn nobody_judges_what_they_did_or_handed_in_themselves() {
    let both = Actor { directs: true, ..owner() };
    for (status, action) in [
        (S::PlanSubmitted, A::Agree),
        (S::Submitted, A::Accept),
        (S::Submitted, A::SendBack),
        (S::Accepted, A::Recheck),
        (S::Rechecked, A::Close),
    ] {
        assert_eq!(code(facts(status), action, both), "improvement.own_task", "{action:?}");
        assert_eq!(code(facts(status), action, owner()), "improvement.not_directing", "{action:?}");
    }
    // Also when it was given to somebody else since.
    let handed = Facts { submitter: Some(account(2)), ..facts(S::Submitted) };
    assert_eq!(code(handed, A::Accept, judge()), "improvement.own_task");
    assert_eq!(code(facts(S::Open), A::Plan, judge()), "improvement.not_yours");
    // Nobody's task is not the task of somebody who is not on the staff.
    let nobodys = Facts { owner: None, ..facts(S::Open) };
    assert_eq!(code(nobodys, A::Plan, Actor { me: None, ..owner() }), "improvement.not_yours");
}

#[test]
fn whether_it_has_lasted_is_looked_at_not_earlier_than_the_citys_days() {
    let policy = Policy::default();
    assert_eq!(verify_on(day("2026-01-14"), &policy), today());
    let accepted = |on| Facts { recheck_on: Some(on), ..facts(S::Accepted) };
    let early = accepted(today() + TimeDelta::days(1)).after(A::Recheck, &judge(), today()).unwrap_err();
    assert_eq!((early.code, early.args[0].value.as_str()), ("improvement.too_early", "2026-02-14"));
    assert_eq!(accepted(today()).after(A::Recheck, &judge(), today()), Ok(S::Rechecked));
    assert_eq!(verify_on(NaiveDate::MAX, &policy), NaiveDate::MAX);
}

#[test]
fn the_same_cause_at_the_same_post_within_ninety_days_comes_again() {
    let policy = Policy::default();
    let post = Some(PostId(Uuid::from_u128(7)));
    let cause = RectificationCause::Skill;
    let earlier = Earlier { cause, post, status: S::Closed, accepted_on: Some(day("2025-11-15")) };
    let again = |earlier: Earlier, cause, post| recurs(&earlier, cause, post, today(), &policy);
    assert!(again(earlier, cause, post), "ninety days");
    assert!(!again(Earlier { accepted_on: Some(day("2025-11-14")), ..earlier }, cause, post));
    assert!(!again(earlier, RectificationCause::Conduct, post));
    assert!(!again(earlier, cause, Some(PostId(Uuid::from_u128(8)))));
    let nowhere = Earlier { post: None, ..earlier };
    assert!(!again(nowhere, cause, None), "where nobody knows the post, nothing is the same");
    let other = Earlier { cause: RectificationCause::Other, ..earlier };
    assert!(!again(other, RectificationCause::Other, post));
    for status in [S::Open, S::PlanSubmitted, S::InProgress, S::Submitted, S::Returned] {
        assert!(!again(Earlier { status, ..earlier }, cause, post), "{status:?} goes on anyway");
    }
}

#[test]
fn what_is_owed_is_late_from_the_day_after_and_what_waits_for_a_judgement_is_not() {
    let yesterday = today().pred_opt();
    for status in S::ALL {
        let late = is_late(*status, yesterday, today());
        assert_eq!(late, S::OWED.contains(status), "{status:?}");
        assert!(!is_late(*status, Some(today()), today()), "the day itself is in time");
        assert!(!is_late(*status, None, today()));
    }
    assert!(is_late(S::PlanSubmitted, yesterday, today()), "the work still lies ahead");
}

#[test]
fn a_task_follows_from_a_complaint_that_was_decided_to_be_right() {
    use {ComplaintOutcome as O, ComplaintStatus as C};
    assert!(follows_from(C::Concluded, Some(O::Substantiated)) && follows_from(C::Archived, Some(O::Partly)));
    assert!(!follows_from(C::Proposed, Some(O::Substantiated)), "before approval an outcome is a proposal");
    assert!(!follows_from(C::Closed, Some(O::Unsubstantiated)) && !follows_from(C::Closed, None));
    assert_eq!(RectificationCause::of_subject(ComplaintSubject::Attitude), RectificationCause::Conduct);
    assert_eq!(RectificationCause::of_subject(ComplaintSubject::Other), RectificationCause::Other);
}

#[test]
fn a_row_of_form_e_is_about_a_dimension_and_one_that_a_city_adds_about_none() {
    use FindingArea as F;
    let rows = ["attitude", "manner", "explanation", "speed", "competence", "place", "overall", "parking"];
    let areas = rows.map(FindingArea::of_row);
    let expected = [
        F::Attitude,
        F::Attitude,
        F::Effectiveness,
        F::Effectiveness,
        F::Effectiveness,
        F::Workplace,
        F::Other,
        F::Other,
    ];
    assert_eq!(areas, expected);
}

#[test]
fn each_field_reports_its_own_fault() {
    let codes = |found: Vec<Violation>| found.into_iter().map(|v| (v.field, v.code)).collect::<Vec<_>>();
    let finding = |on: NaiveDate, text: &str| FindingForm {
        on,
        supervision: SupervisionKind::Internal,
        area: FindingArea::Discipline,
        description: text.into(),
    };
    let wrong = finding(today() + TimeDelta::days(1), " ");
    assert_eq!(codes(wrong.check(today())), [("on", "form.date_in_future"), ("description", "form.required")]);
    let old = finding(day("2025-02-11"), "x");
    assert_eq!(codes(old.check(today())), [("on", "improvement.finding_old")]);
    let task = |days| TaskForm { problem: "问".repeat(501), cause: RectificationCause::Other, days };
    assert_eq!(codes(task(Some(0)).check()), [("problem", "form.too_long"), ("days", "improvement.days")]);
    assert_eq!(codes(task(None).check()), [("problem", "form.too_long")]);
    assert!(check_days(Some(DAYS_MAX)).is_none() && check_days(Some(DAYS_MAX + 1)).is_some());
    let measures = MeasuresForm { root_cause: String::new(), immediate_fix: Some(" ".into()), measures: "行".into() };
    assert_eq!(codes(measures.check()), [("rootCause", "form.required"), ("immediateFix", "form.required")]);
}
