use super::*;
use crate::permission::Role;

const HANDLER: u128 = 1;
const OTHER_HANDLER: u128 = 2;
const STAFF: u128 = 3;
const ADMIN: u128 = 4;
const OFFICER: u128 = 5;

fn account(n: u128) -> Option<AccountId> {
    Some(AccountId(uuid::Uuid::from_u128(n)))
}

fn who(n: u128) -> Who {
    let role = match n {
        HANDLER | OTHER_HANDLER => Role::ComplaintHandler,
        STAFF => Role::PostStaff,
        ADMIN => Role::CenterAdmin,
        _ => Role::SupervisionOfficer,
    };
    Who { account: account(n), roles: RoleSet::new([role]) }
}

fn complainant() -> Who {
    Who { account: None, roles: RoleSet::default() }
}

fn now() -> DateTime<Utc> {
    "2026-03-02T01:30:00Z".parse().unwrap()
}

fn facts(status: ComplaintStatus) -> Facts {
    Facts {
        status,
        subject: ComplaintSubject::Delay,
        handler: account(HANDLER),
        assignee: account(STAFF),
        respondent: None,
        proposer: None,
        approver: None,
        reviewer: None,
        outcome: None,
        extensions_left: 1,
        pause_days_left: 10,
        paused: false,
        due_at: Some(now() + chrono::TimeDelta::days(2)),
        review_until: None,
        reviewed: false,
        referred: false,
    }
}

fn code(action: Action, facts: &Facts, who: &Who) -> &'static str {
    may(action, facts, who, now()).map_or_else(|v| v.code, |()| "ok")
}

#[test]
fn the_main_story_walks_from_filing_to_archive() {
    let story = [
        (Action::Screen, HANDLER),
        (Action::Accept, HANDLER),
        (Action::Assign, HANDLER),
        (Action::Investigate, STAFF),
        (Action::Propose, STAFF),
        (Action::Approve, ADMIN),
        (Action::Conclude, HANDLER),
        (Action::GiveFeedback, HANDLER),
        (Action::FollowUp, OFFICER),
        (Action::Close, HANDLER),
        (Action::Archive, HANDLER),
    ];
    let mut case = facts(ComplaintStatus::Registered);
    for (action, person) in story {
        assert_eq!(code(action, &case, &who(person)), "ok", "{action:?} in {:?}", case.status);
        case.status = next(action, case.status);
        if action == Action::Propose {
            case.proposer = account(STAFF);
            case.outcome = Some(ComplaintOutcome::Substantiated);
        }
    }
    assert_eq!(case.status, ComplaintStatus::Archived);
}

#[test]
fn steps_out_of_order_are_refused() {
    for (action, status) in [
        (Action::Accept, ComplaintStatus::Registered),
        (Action::Conclude, ComplaintStatus::Investigating),
        (Action::GiveFeedback, ComplaintStatus::Proposed),
        (Action::Archive, ComplaintStatus::Satisfied),
        (Action::Screen, ComplaintStatus::Archived),
    ] {
        assert_eq!(code(action, &facts(status), &who(HANDLER)), "complaint.not_allowed_now");
    }
}

#[test]
fn the_person_complained_about_may_do_nothing_at_all() {
    for person in [HANDLER, STAFF, ADMIN, OFFICER] {
        for status in ComplaintStatus::ALL {
            let case = Facts { respondent: account(person), ..facts(*status) };
            assert_eq!(actions(&case, &who(person), now()), [], "{person} in {status:?}");
        }
    }
}

#[test]
fn nobody_approves_reviews_or_follows_up_their_own_work() {
    let proposed = Facts { proposer: account(ADMIN), ..facts(ComplaintStatus::Proposed) };
    assert_eq!(code(Action::Approve, &proposed, &who(ADMIN)), "complaint.own_proposal");
    let answered = facts(ComplaintStatus::FeedbackGiven);
    assert_eq!(code(Action::FollowUp, &answered, &who(HANDLER)), "complaint.follow_up_by_another");
    assert_eq!(code(Action::FollowUp, &answered, &who(OTHER_HANDLER)), "ok");
    let review = Facts { approver: account(ADMIN), ..facts(ComplaintStatus::ReviewRequested) };
    assert_eq!(code(Action::StartReview, &review, &who(ADMIN)), "complaint.own_decision");
}

#[test]
fn what_the_only_administrator_approved_is_reviewed_by_supervision() {
    let mut case = Facts { approver: account(ADMIN), ..facts(ComplaintStatus::ReviewRequested) };
    assert_eq!(code(Action::StartReview, &case, &who(OFFICER)), "ok");
    case = Facts { status: ComplaintStatus::UnderReview, reviewer: account(OFFICER), ..case };
    assert_eq!(code(Action::DecideReview, &case, &who(OFFICER)), "ok");
    assert_eq!(code(Action::DecideReview, &case, &who(ADMIN)), "complaint.own_decision");
}

#[test]
fn substantiated_and_integrity_matters_need_approval() {
    let unsubstantiated =
        Facts { outcome: Some(ComplaintOutcome::Unsubstantiated), ..facts(ComplaintStatus::Proposed) };
    assert_eq!(code(Action::Conclude, &unsubstantiated, &who(HANDLER)), "ok");
    let substantiated = Facts { outcome: Some(ComplaintOutcome::Partly), ..facts(ComplaintStatus::Proposed) };
    assert_eq!(code(Action::Conclude, &substantiated, &who(HANDLER)), "complaint.needs_approval");
    let integrity = Facts { subject: ComplaintSubject::Integrity, ..unsubstantiated };
    assert_eq!(code(Action::Conclude, &integrity, &who(HANDLER)), "complaint.needs_approval");
    let at_once = Facts { subject: ComplaintSubject::Integrity, ..facts(ComplaintStatus::Accepted) };
    assert_eq!(code(Action::ResolveOnSpot, &at_once, &who(HANDLER)), "complaint.integrity_needs_investigation");
}

#[test]
fn extension_comes_before_due_and_not_during_a_pause() {
    let case = facts(ComplaintStatus::Investigating);
    assert_eq!(code(Action::Extend, &case, &who(HANDLER)), "ok");
    let late = Facts { due_at: Some(now() - chrono::TimeDelta::seconds(1)), ..case.clone() };
    assert_eq!(code(Action::Extend, &late, &who(HANDLER)), "complaint.extension_too_late");
    assert_eq!(code(Action::Pause, &late, &who(HANDLER)), "complaint.pause_too_late");
    let used = Facts { extensions_left: 0, pause_days_left: 0, ..case.clone() };
    assert_eq!(code(Action::Extend, &used, &who(HANDLER)), "complaint.extension_used");
    assert_eq!(code(Action::Pause, &used, &who(HANDLER)), "complaint.pause_used");
    let paused = Facts { paused: true, ..case };
    assert_eq!(code(Action::Extend, &paused, &who(HANDLER)), "complaint.paused");
    assert_eq!(code(Action::Propose, &paused, &who(STAFF)), "complaint.paused");
    assert_eq!(code(Action::Resume, &paused, &who(HANDLER)), "ok");
}

#[test]
fn the_complainant_asks_for_one_review_inside_the_window() {
    let open =
        Facts { review_until: Some(now() + chrono::TimeDelta::days(1)), ..facts(ComplaintStatus::FeedbackGiven) };
    assert_eq!(code(Action::RequestReview, &open, &complainant()), "ok");
    assert_eq!(code(Action::Close, &open, &who(HANDLER)), "complaint.follow_up_first");
    let over = Facts { review_until: Some(now() - chrono::TimeDelta::days(1)), ..open.clone() };
    assert_eq!(code(Action::RequestReview, &over, &complainant()), "complaint.review_window_over");
    assert_eq!(code(Action::Close, &over, &who(HANDLER)), "ok");
    let again = Facts { reviewed: true, ..open };
    assert_eq!(code(Action::RequestReview, &again, &complainant()), "complaint.already_reviewed");
}

#[test]
fn the_complainant_can_rate_and_ask_for_review_and_nothing_else() {
    for status in ComplaintStatus::ALL {
        let allowed = actions(&facts(*status), &complainant(), now());
        let only = |a: &Action| matches!(a, Action::RequestReview | Action::FollowUp);
        assert!(allowed.iter().all(only), "{status:?}: {allowed:?}");
    }
}

#[test]
fn a_bad_answer_at_follow_up_asks_for_review_by_itself() {
    let case = facts(ComplaintStatus::FeedbackGiven);
    for level in HandlingSatisfaction::ALL {
        let expected = if level.is_bad() { ComplaintStatus::ReviewRequested } else { ComplaintStatus::Satisfied };
        assert_eq!(after_follow_up(*level, &case), expected, "{level:?}");
    }
}

#[test]
fn staff_investigate_only_what_is_theirs() {
    let case = Facts { assignee: account(OFFICER), ..facts(ComplaintStatus::Assigned) };
    assert_eq!(code(Action::Investigate, &case, &who(STAFF)), "complaint.not_yours");
    assert_eq!(code(Action::Accept, &facts(ComplaintStatus::Screening), &who(STAFF)), "complaint.not_permitted");
}

#[test]
fn an_archived_case_takes_no_entry() {
    for person in [HANDLER, STAFF, ADMIN, OFFICER] {
        assert_eq!(actions(&facts(ComplaintStatus::Archived), &who(person), now()), []);
    }
}

#[test]
fn supervision_or_the_administrator_puts_an_open_case_before_the_city_once_at_a_time() {
    let open = facts(ComplaintStatus::Investigating);
    assert_eq!(code(Action::Refer, &open, &who(OFFICER)), "ok");
    assert_eq!(code(Action::Refer, &open, &who(ADMIN)), "ok");
    assert_eq!(code(Action::Refer, &open, &who(HANDLER)), "complaint.not_permitted");
    let before_the_city = Facts { referred: true, ..open.clone() };
    assert_eq!(code(Action::Refer, &before_the_city, &who(OFFICER)), "complaint.already_referred");
    let about_them = Facts { respondent: account(OFFICER), ..open };
    assert_eq!(code(Action::Refer, &about_them, &who(OFFICER)), "complaint.respondent_may_not_act");
    assert_eq!(code(Action::Refer, &facts(ComplaintStatus::Closed), &who(OFFICER)), "complaint.not_allowed_now");
}
