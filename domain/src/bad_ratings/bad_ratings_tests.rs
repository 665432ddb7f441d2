//! The rules of the case that a bad rating opens.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    appeal::{RatingAppealStatus, may_open, may_read},
    clock::{BadRatingStep, due_at, extend},
    *,
};
use crate::{
    AccountId,
    calendar::{DayKind, WorkingCalendar, local_date},
    policy::Policy,
};

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn now() -> DateTime<Utc> {
    at("2026-03-02T09:00:00+08:00")
}

const fn facts(status: BadRatingStatus) -> Facts {
    Facts {
        status,
        named: true,
        missed: 0,
        extended: false,
        again: false,
        due_at: None,
        appeal_until: None,
        appealed: false,
    }
}

const HANDLES: (Part, bool) = (Part::Handles, false);
const RATED: (Part, bool) = (Part::Rated, true);

fn offered(who: (Part, bool), facts: Facts) -> Vec<BadRatingAction> {
    actions(who, facts, now()).collect()
}

fn code(action: BadRatingAction, who: (Part, bool), facts: &Facts) -> &'static str {
    may(action, who, facts, now()).map_or_else(|fault| fault.code, |()| "ok")
}

#[test]
fn a_case_moves_only_where_its_course_leads() {
    use {BadRatingAction as A, BadRatingStatus as S};
    for (status, expected) in [
        (S::Received, vec![A::Contact, A::Note]),
        (S::Contacted, vec![A::Verify, A::Extend, A::Note]),
        (S::Valid, vec![A::Rectify, A::Extend, A::Note]),
        (S::Mistaken, vec![A::Close, A::Note]),
        (S::Appealed, vec![A::Note]),
        (S::Rectifying, vec![A::Extend, A::FeedBack, A::Note]),
        (S::FedBack, vec![A::CallBack, A::Note]),
        (S::FollowedUp, vec![A::Close, A::Note]),
        (S::Closed, vec![]),
    ] {
        assert_eq!(offered(HANDLES, facts(status)), expected, "{status:?}");
    }
}

#[test]
fn its_target_takes_no_step_whatever_else_they_may() {
    for status in BadRatingStatus::ALL {
        let open = Facts { appeal_until: Some(now()), ..facts(*status) };
        assert!(offered(RATED, open).iter().all(|action| *action == BadRatingAction::Appeal), "{status:?}");
        assert_eq!(code(BadRatingAction::Close, RATED, &open), "bad_rating.own");
        assert_eq!(code(BadRatingAction::Close, (Part::Looks, false), &open), "bad_rating.not_yours");
    }
}

#[test]
fn who_left_a_way_to_be_reached_is_called_back_before_it_is_closed() {
    let fed_back = facts(BadRatingStatus::FedBack);
    assert_eq!(code(BadRatingAction::Close, HANDLES, &fed_back), "bad_rating.call_back_first");
    let anonymous = Facts { named: false, ..fed_back };
    assert_eq!(code(BadRatingAction::Close, HANDLES, &anonymous), "ok");
    assert_eq!(code(BadRatingAction::CallBack, HANDLES, &anonymous), "bad_rating.no_contact");
    assert_eq!(BadRatingStep::of(BadRatingStatus::FedBack, false), None);
    assert_eq!(BadRatingStep::of(BadRatingStatus::FedBack, true), Some(BadRatingStep::CallBack));
}

#[test]
fn three_calls_without_an_answer_are_enough() {
    use {BadRatingStatus as S, RaterContact as C};
    let tried = |missed, status| Facts { missed, ..facts(status) };
    assert_eq!(after_contact(C::Unreached, &tried(0, S::Received)), Ok(S::Received));
    assert_eq!(after_contact(C::Unreached, &tried(1, S::Received)), Ok(S::Received));
    assert_eq!(after_contact(C::Unreached, &tried(2, S::Received)), Ok(S::Contacted));
    assert_eq!(after_contact(C::Reached, &tried(0, S::Received)), Ok(S::Contacted));
    assert_eq!(after_call(None, &tried(1, S::FedBack)), S::FedBack);
    assert_eq!(after_call(None, &tried(2, S::FedBack)), S::FollowedUp);
    // Nobody is called who left no number, and nobody is passed over who did.
    let anonymous = Facts { named: false, ..facts(S::Received) };
    assert_eq!(after_contact(C::NoContact, &anonymous), Ok(S::Contacted));
    assert_eq!(after_contact(C::NoContact, &facts(S::Received)).unwrap_err().code, "bad_rating.contact_left");
    for outcome in [C::Reached, C::Unreached] {
        assert_eq!(after_contact(outcome, &anonymous).unwrap_err().code, "bad_rating.no_contact");
    }
}

#[test]
fn a_call_says_how_satisfied_somebody_is_or_that_nobody_was_reached() {
    use {HandlingSatisfaction as H, RaterContact as C};
    let code = |outcome, level| check_call(outcome, level).map_or_else(|fault| fault.code, |_| "ok");
    assert_eq!(code(C::Reached, Some(H::Satisfied)), "ok");
    assert_eq!(code(C::Unreached, None), "ok");
    assert_eq!(code(C::Reached, None), "form.required");
    assert_eq!(code(C::Unreached, Some(H::Satisfied)), "bad_rating.unreached");
    assert_eq!(code(C::NoContact, None), "bad_rating.contact_left");
    let named = facts(BadRatingStatus::Rectifying);
    let anonymous = Facts { named: false, ..named };
    assert!(check_feedback(Some(FeedbackMode::Phone), &named).is_ok() && check_feedback(None, &anonymous).is_ok());
    assert_eq!(check_feedback(None, &named).unwrap_err().code, "form.required");
    assert_eq!(check_feedback(Some(FeedbackMode::Phone), &anonymous).unwrap_err().code, "bad_rating.no_contact");
}

#[test]
fn who_is_still_dissatisfied_gets_another_fix_once() {
    use {BadRatingStatus as S, HandlingSatisfaction as H};
    let first = facts(S::FedBack);
    let second = Facts { again: true, ..first };
    assert_eq!(after_call(Some(H::Dissatisfied), &first), S::Rectifying);
    assert_eq!(after_call(Some(H::VeryDissatisfied), &second), S::FollowedUp);
    assert_eq!(after_call(Some(H::BasicallySatisfied), &first), S::FollowedUp);
}

#[test]
fn a_finding_is_fixed_or_explained_but_for_a_mistake() {
    use {BadRatingFinding as F, BadRatingStatus as S};
    let led: Vec<_> = F::ALL.iter().map(|finding| after_finding(*finding)).collect();
    assert_eq!(led, [S::Valid, S::Valid, S::Valid, S::Mistaken]);
}

#[test]
fn nobody_closes_while_the_rated_side_may_appeal_and_it_appeals_once_in_time() {
    use {BadRatingAction as A, BadRatingStatus as S};
    let until = |until: &str, status| Facts { appeal_until: Some(at(until)), ..facts(status) };
    let open = until("2026-03-02T23:59:59+08:00", S::FollowedUp);
    assert_eq!(code(A::Close, HANDLES, &open), "bad_rating.appeal_first");
    assert_eq!(code(A::Appeal, RATED, &open), "ok");
    assert_eq!(code(A::Appeal, HANDLES, &open), "bad_rating.not_rated");
    let over = until("2026-03-01T23:59:59+08:00", S::FollowedUp);
    assert_eq!(code(A::Close, HANDLES, &over), "ok");
    assert_eq!(code(A::Appeal, RATED, &over), "bad_rating.appeal_over");
    let decided = Facts { appealed: true, ..open };
    assert_eq!(code(A::Close, HANDLES, &decided), "ok");
    assert_eq!(code(A::Appeal, RATED, &decided), "bad_rating.appealed_before");
    // Before it is verified there is nothing to appeal against; the rated side does not know.
    for status in S::UNTOLD {
        assert_eq!(code(A::Appeal, RATED, &until("2026-03-09T23:59:59+08:00", status)), "bad_rating.step");
    }
}

#[test]
fn a_task_follows_what_was_verified_and_counts() {
    use BadRatingFinding as F;
    let code = |finding, excluded| leads_to_task(finding, excluded).map_or_else(|fault| fault.code, |()| "ok");
    for finding in F::ALL.iter().copied().filter(|finding| *finding != F::Mistaken) {
        assert_eq!((code(Some(finding), false), code(Some(finding), true)), ("ok", "bad_rating.not_valid"));
    }
    assert_eq!((code(None, false), code(Some(F::Mistaken), false)), ("bad_rating.not_valid", "bad_rating.not_valid"));
}

#[test]
fn a_fix_is_put_off_once_in_time_and_not_beyond_fifteen_days() {
    use {BadRatingAction as A, BadRatingStatus as S};
    let policy = Policy::default();
    assert_eq!(extend(5, 10, &policy), Ok(15));
    for days in [0, 11] {
        let fault = extend(5, days, &policy).unwrap_err();
        assert_eq!((fault.code, fault.args[0].value.as_str()), ("bad_rating.extension_too_long", "10"));
    }
    let late = Facts { due_at: Some(at("2026-03-01T23:59:59+08:00")), ..facts(S::Rectifying) };
    assert_eq!(code(A::Extend, HANDLES, &late), "bad_rating.extension_late");
    let before = Facts { extended: true, ..facts(S::Rectifying) };
    assert_eq!(code(A::Extend, HANDLES, &before), "bad_rating.extended");
}

#[test]
fn each_step_has_its_working_days_across_the_spring_festival() {
    let csv = include_str!("../../../migration/data/calendar.csv");
    let calendar = WorkingCalendar::new(csv.lines().skip(1).map(|line| {
        let mut cells = line.split(',');
        let day: NaiveDate = cells.next().unwrap().parse().unwrap();
        (day, DayKind::from_key(cells.next().unwrap()).unwrap())
    }));
    let policy = Policy::default();
    // Friday 13 February 2026: the 14th is worked, then comes the festival until the 23rd.
    let friday = at("2026-02-13T09:00:00+08:00");
    for (step, due) in [
        (BadRatingStep::Contact, "2026-02-14"),
        (BadRatingStep::Fix, "2026-02-27"),
        (BadRatingStep::CallBack, "2026-02-27"),
        (BadRatingStep::Appeal, "2026-03-05"),
    ] {
        let found = due_at(friday, step.days(&policy), &calendar).unwrap();
        assert_eq!(local_date(found).to_string(), due, "{step:?}");
    }
    assert_eq!(due_at(at("2026-12-31T09:00:00+08:00"), 1, &calendar).unwrap_err().code, "calendar.year_missing");
}

#[test]
fn one_reviewer_at_a_time_reads_until_the_decision_and_none_who_worked_on_it() {
    let (clerk, other) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
    let code = |status, by| may_read(status, by, clerk).map_or_else(|fault| fault.code, |()| "ok");
    assert_eq!(code(RatingAppealStatus::Open, None), "bad_rating.appeal_not_opened");
    assert_eq!(code(RatingAppealStatus::Open, Some(other)), "bad_rating.appeal_not_opened");
    assert_eq!(code(RatingAppealStatus::Open, Some(clerk)), "ok");
    assert_eq!(code(RatingAppealStatus::Decided, Some(clerk)), "bad_rating.appeal_decided");
    assert!(may_open(&[other], clerk).is_ok());
    assert_eq!(may_open(&[other, clerk], clerk).unwrap_err().code, "bad_rating.own_case");
}
