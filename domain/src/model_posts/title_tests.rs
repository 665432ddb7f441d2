use crate::permission::Role;
use proptest::prelude::*;

use super::*;
use crate::calendar::DayKind;

const KEEPER: u128 = 1;
const LEAD: u128 = 2;
const ADMIN: u128 = 3;
const OTHER_ADMIN: u128 = 4;
const OFFICER: u128 = 5;

fn account(n: u128) -> AccountId {
    AccountId(uuid::Uuid::from_u128(n))
}

fn who(n: u128) -> Who {
    let role = match n {
        KEEPER => Role::LedgerKeeperYouth,
        LEAD => Role::PostLead,
        OFFICER => Role::SupervisionOfficer,
        _ => Role::CenterAdmin,
    };
    Who { account: Some(account(n)), roles: RoleSet::new([role]) }
}

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn facts(status: TitleStatus) -> TitleFacts {
    TitleFacts {
        kind: ModelKind::Youth,
        status,
        applicant: account(KEEPER),
        reviewer: Some(account(LEAD)),
        opener: Some(account(KEEPER)),
        assessor: Some(account(LEAD)),
        score: None,
        publicised_until: Some(d("2026-03-09")),
        open_objections: Vec::new(),
        upheld: false,
        blocked: false,
    }
}

fn code(action: TitleAction, facts: &TitleFacts, n: u128) -> &'static str {
    after(action, facts, &who(n), d("2026-03-10")).map_or_else(|v| v.code, |_| "ok")
}

#[test]
fn a_title_is_applied_for_appraised_publicised_awarded_reviewed_and_kept() {
    use TitleAction as A;
    assert_eq!(may_apply(ModelKind::Youth, &who(KEEPER)), Ok(()));
    let mut title = facts(TitleStatus::Applied);
    for (action, person) in [
        (A::Review, LEAD),
        (A::Publicise, ADMIN),
        (A::Award, ADMIN),
        (A::BeginReview, KEEPER),
        (A::Assess, LEAD),
        (A::Warn, ADMIN),
        (A::BeginReview, KEEPER),
        (A::Assess, LEAD),
        (A::Retain, ADMIN),
        (A::BeginReview, KEEPER),
        (A::Assess, LEAD),
        (A::ChangeStars, ADMIN),
        (A::BeginReview, KEEPER),
        (A::Assess, LEAD),
        (A::Withdraw, ADMIN),
    ] {
        title.status = after(action, &title, &who(person), d("2026-03-10")).unwrap();
    }
    assert_eq!(title.status, TitleStatus::Withdrawn);
    for n in [KEEPER, LEAD, ADMIN, OFFICER] {
        assert_eq!(actions(&title, &who(n), d("2026-03-10")), []);
    }
}

#[test]
fn steps_out_of_order_are_refused() {
    use {TitleAction as A, TitleStatus as S};
    for (action, status, person) in [
        (A::Award, S::Applied, ADMIN),
        (A::Award, S::Reviewed, ADMIN),
        (A::Retain, S::Awarded, ADMIN),
        (A::Withdraw, S::UnderReview, ADMIN),
        (A::Review, S::Awarded, LEAD),
        (A::Object, S::Awarded, OFFICER),
        (A::BeginReview, S::Declined, KEEPER),
        (A::Decline, S::Awarded, ADMIN),
    ] {
        assert_eq!(code(action, &facts(status), person), "model_post.not_now", "{action:?} {status:?}");
    }
}

#[test]
fn nobody_decides_what_they_proposed() {
    use {TitleAction as A, TitleStatus as S};
    let by = |status| TitleFacts { applicant: account(ADMIN), ..facts(status) };
    for (action, status) in
        [(A::Review, S::Applied), (A::Publicise, S::Reviewed), (A::Award, S::Publicised), (A::Decline, S::Applied)]
    {
        assert_eq!(code(action, &by(status), ADMIN), "model_post.own_application", "{action:?}");
        assert_eq!(code(action, &by(status), OTHER_ADMIN), "ok", "{action:?}");
    }
    let appraised = TitleFacts { reviewer: Some(account(ADMIN)), ..facts(S::Publicised) };
    assert_eq!(code(A::Award, &appraised, ADMIN), "model_post.own_appraisal");
    let began = TitleFacts { opener: Some(account(LEAD)), ..facts(S::UnderReview) };
    assert_eq!(code(A::Assess, &began, LEAD), "model_post.own_review");
    for action in [A::Retain, A::Warn, A::ChangeStars, A::Withdraw] {
        let assessed = TitleFacts { assessor: Some(account(ADMIN)), ..facts(S::Assessed) };
        assert_eq!(code(action, &assessed, ADMIN), "model_post.own_appraisal", "{action:?}");
        let began = TitleFacts { opener: Some(account(ADMIN)), ..facts(S::Assessed) };
        assert_eq!(code(action, &began, ADMIN), "model_post.own_review", "{action:?}");
        assert_eq!(code(action, &assessed, OTHER_ADMIN), "ok", "{action:?}");
    }
}

#[test]
fn only_the_administrator_decides_and_a_keeper_proposes_for_one_kind() {
    for action in TitleAction::ALL {
        for status in TitleStatus::ALL {
            for role in Role::ALL {
                let person = Who { account: Some(account(9)), roles: RoleSet::new([*role]) };
                let title = TitleFacts { open_objections: vec![account(8)], ..facts(*status) };
                if after(*action, &title, &person, d("2026-03-09")).is_ok() {
                    let expected: &[Role] = match action {
                        TitleAction::Review | TitleAction::Assess => &[Role::PostLead, Role::CenterAdmin],
                        TitleAction::Object | TitleAction::Settle => &[Role::CenterAdmin, Role::SupervisionOfficer],
                        TitleAction::BeginReview => &[Role::LedgerKeeperYouth, Role::PostLead],
                        _ => &[Role::CenterAdmin],
                    };
                    assert!(expected.contains(role), "{action:?} {role:?}");
                }
            }
        }
    }
}

#[test]
fn objections_are_taken_in_time_settled_by_another_and_before_the_award() {
    use {TitleAction as A, TitleStatus as S};
    let title = facts(S::Publicised);
    let on = |action, facts: &TitleFacts, n, day: &str| {
        after(action, facts, &who(n), d(day)).map_or_else(|v| v.code, |_| "ok")
    };
    assert_eq!(on(A::Object, &title, OFFICER, "2026-03-09"), "ok");
    assert_eq!(on(A::Object, &title, OFFICER, "2026-03-10"), "model_post.objections_over");
    assert_eq!(on(A::Award, &title, ADMIN, "2026-03-09"), "model_post.still_publicised");
    assert_eq!(on(A::Settle, &title, OFFICER, "2026-03-10"), "model_post.no_objection");
    let open = TitleFacts { open_objections: vec![account(OFFICER)], ..title.clone() };
    assert_eq!(on(A::Award, &open, ADMIN, "2026-03-10"), "model_post.objection_open");
    assert_eq!(on(A::Settle, &open, OFFICER, "2026-03-10"), "model_post.own_objection");
    assert_eq!(on(A::Settle, &open, ADMIN, "2026-03-10"), "ok");
    let two = TitleFacts { open_objections: vec![account(OFFICER), account(ADMIN)], ..title.clone() };
    let settle = |taker| may_settle(&two, account(taker), &who(OFFICER), d("2026-03-10")).map_err(|v| v.code);
    assert_eq!(settle(ADMIN), Ok(()));
    assert_eq!(settle(OFFICER), Err("model_post.own_objection"));
    let upheld = TitleFacts { upheld: true, ..title };
    assert_eq!(on(A::Award, &upheld, ADMIN, "2026-03-10"), "model_post.objection_upheld");
    assert_eq!(on(A::Decline, &upheld, ADMIN, "2026-03-10"), "ok");
}

#[test]
fn what_blocks_keeps_a_title_from_being_awarded_or_retained_but_not_from_being_withdrawn() {
    use {TitleAction as A, TitleStatus as S};
    let blocked = |status| TitleFacts { blocked: true, ..facts(status) };
    for (action, status, said) in [
        (A::Award, S::Publicised, "model_post.blocked"),
        (A::Retain, S::Assessed, "model_post.blocked"),
        (A::ChangeStars, S::Assessed, "model_post.blocked"),
        (A::Warn, S::Assessed, "ok"),
        (A::Withdraw, S::Assessed, "ok"),
    ] {
        assert_eq!(code(action, &blocked(status), ADMIN), said, "{action:?}");
    }
    let women = TitleFacts { kind: ModelKind::Women, ..facts(S::Assessed) };
    assert_eq!(code(A::ChangeStars, &women, ADMIN), "model_post.no_stars");
}

#[test]
fn stars_come_from_points_for_the_party_post_and_from_the_assessor_for_the_youth_post() {
    for (score, stars) in [
        (100, Some(5)),
        (90, Some(5)),
        (89, Some(4)),
        (80, Some(4)),
        (79, Some(3)),
        (70, Some(3)),
        (69, None),
        (0, None),
    ] {
        assert_eq!(appraise(ModelKind::Party, Some(score), None), Ok(stars), "{score}");
    }
    for (kind, score, stars, said) in [
        (ModelKind::Party, None, None, "model_post.score"),
        (ModelKind::Party, Some(101), None, "model_post.score"),
        (ModelKind::Youth, None, None, "model_post.stars"),
        (ModelKind::Youth, None, Some(0), "model_post.stars"),
        (ModelKind::Youth, None, Some(6), "model_post.stars"),
    ] {
        assert_eq!(appraise(kind, score, stars).unwrap_err().code, said);
    }
    assert_eq!(appraise(ModelKind::Youth, None, Some(4)), Ok(Some(4)));
    assert_eq!(appraise(ModelKind::Women, Some(1), Some(9)), Ok(None));
    let policy = Policy::default();
    assert_eq!(check_score(ModelKind::Party, Some(70), &policy), Ok(()));
    assert_eq!(check_score(ModelKind::Party, Some(69), &policy).unwrap_err().code, "model_post.score_low");
    assert_eq!(check_score(ModelKind::Party, None, &policy).unwrap_err().code, "model_post.score_low");
    assert_eq!(check_score(ModelKind::Women, None, &policy), Ok(()));
}

#[test]
fn objections_are_taken_for_five_working_days() {
    let festival = (15..=23).map(|day| (d(&format!("2026-02-{day}")), DayKind::Holiday));
    let calendar = WorkingCalendar::new(
        festival.chain([(d("2026-02-14"), DayKind::Workday), (d("2026-02-28"), DayKind::Workday)]),
    );
    let until = publicised_until(d("2026-02-13"), &Policy::default(), &calendar);
    assert_eq!(until, Ok(d("2026-02-27")));
}

#[test]
fn a_term_is_two_years_with_a_look_in_the_middle() {
    let policy = Policy::default();
    let term = Term::first(ModelKind::Youth, d("2026-03-10"), &policy);
    assert_eq!(term, Term { recheck_on: d("2027-03-10"), ends_on: d("2028-03-10") });
    // Looked at early for a reason: nothing moves.
    assert_eq!(term.retained(ModelKind::Youth, d("2026-09-01"), &policy), term);
    let second = term.retained(ModelKind::Youth, d("2027-02-20"), &policy);
    assert_eq!(second, Term { recheck_on: d("2028-03-10"), ends_on: d("2028-03-10") });
    let next = second.retained(ModelKind::Youth, d("2028-03-05"), &policy);
    assert_eq!(next, Term { recheck_on: d("2029-03-10"), ends_on: d("2030-03-10") });
    // A leap day gives the last of February.
    let leap = Term::first(ModelKind::Party, d("2024-02-29"), &policy);
    assert_eq!(leap, Term { recheck_on: d("2025-02-28"), ends_on: d("2026-02-28") });
}

#[test]
fn a_warning_names_a_day_within_half_a_year() {
    let term = Term::first(ModelKind::Women, d("2026-03-10"), &Policy::default());
    let warned = |until: &str| term.warned(d("2026-04-01"), d(until));
    assert_eq!(warned("2026-07-01").unwrap().recheck_on, d("2026-07-01"));
    assert_eq!(warned("2026-10-01").unwrap().ends_on, term.ends_on);
    for until in ["2026-04-01", "2026-10-02"] {
        assert_eq!(warned(until).unwrap_err().code, "model_post.warning_date", "{until}");
    }
}

proptest! {
    #[test]
    fn after_a_review_the_next_one_lies_ahead_and_within_the_term(
        award in 0..3000u64, reviews in proptest::collection::vec(0..500u64, 1..8), months in 1..=36u32, years in 1..=5u32,
    ) {
        let policy = Policy::new([(PolicyKey::ModelRecheckMonths, months), (PolicyKey::WomenCycleYears, years)]);
        let mut day = d("2020-01-01") + chrono::Days::new(award);
        let mut term = Term::first(ModelKind::Women, day, &policy);
        for wait in reviews {
            day = day + chrono::Days::new(wait);
            let next = term.retained(ModelKind::Women, day, &policy);
            prop_assert!(next.recheck_on > day && next.recheck_on <= next.ends_on);
            prop_assert!(next.recheck_on >= term.recheck_on && next.ends_on >= term.ends_on);
            term = next;
        }
    }
}
