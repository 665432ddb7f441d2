//! The rules of improvement plans.

use uuid::Uuid;

use super::{ImprovementAction as A, ImprovementStatus as S, *};

fn today() -> NaiveDate {
    "2026-02-13".parse().unwrap()
}

const fn staff(n: u128) -> StaffId {
    StaffId(Uuid::from_u128(n))
}

const fn facts(status: S) -> PlanFacts {
    PlanFacts { status, owner: staff(1), doers: Vec::new(), measures: 1, left: 1, check_from: None }
}

const fn actor(n: u128, directs: bool) -> Actor {
    Actor { me: Some(staff(n)), account: None, acts: true, directs }
}

fn may(facts: &PlanFacts, actor: Actor) -> Vec<A> {
    facts.actions(actor, today()).collect()
}

#[test]
fn a_plan_goes_from_goal_to_check_and_skips_no_step() {
    let course = [
        (S::Identified, vec![A::SetGoal], vec![]),
        (S::GoalSet, vec![A::SetGoal, A::AddMeasure, A::Plan], vec![]),
        (S::Planned, vec![], vec![A::Approve, A::SendBack]),
        (S::Approved, vec![A::Execute], vec![]),
        (S::Executing, vec![], vec![]),
        (S::Checking, vec![], vec![A::Verify]),
        (S::Effective, vec![], vec![A::Apply]),
        (S::NotEffective, vec![], vec![A::Renew]),
        (S::Applied, vec![], vec![A::Close]),
        (S::Closed, vec![], vec![]),
    ];
    for (status, owners, judges) in course {
        assert_eq!(may(&facts(status), actor(1, false)), owners, "{status:?}");
        assert_eq!(may(&facts(status), actor(2, true)), judges, "{status:?}");
    }
    let after = |facts: PlanFacts, action, who: Actor| facts.after(action, &who, today()).map_err(|v| v.code);
    assert_eq!(after(facts(S::Identified), A::Plan, actor(1, false)), Err("improvement.plan_step"));
    let empty = PlanFacts { measures: 0, ..facts(S::GoalSet) };
    assert_eq!(after(empty, A::Plan, actor(1, false)), Err("improvement.no_measure"));
    let full = PlanFacts { measures: MEASURES_OF_PLAN, ..facts(S::GoalSet) };
    assert_eq!(after(full, A::AddMeasure, actor(1, false)), Err("improvement.too_many_measures"));
    let two = PlanFacts { left: 2, ..facts(S::Executing) };
    assert_eq!(after(two, A::FinishMeasure, actor(1, false)), Ok(S::Executing));
    assert_eq!(after(facts(S::Executing), A::FinishMeasure, actor(1, false)), Ok(S::Checking), "the last one leads on");
}

#[test]
fn whoever_did_it_neither_approves_nor_verifies_it() {
    let code = |facts: &PlanFacts, action, who: Actor| facts.after(action, &who, today()).unwrap_err().code;
    for (status, action) in [(S::Planned, A::Approve), (S::Planned, A::SendBack), (S::Checking, A::Verify)] {
        assert_eq!(code(&facts(status), action, actor(1, true)), "improvement.own_task", "{action:?}");
        assert_eq!(code(&facts(status), action, actor(2, false)), "improvement.not_directing", "{action:?}");
    }
    let helped = PlanFacts { doers: vec![staff(3)], ..facts(S::Checking) };
    assert_eq!(code(&helped, A::Verify, actor(3, true)), "improvement.own_task");
    let runs = PlanFacts { doers: vec![staff(3)], ..facts(S::Executing) };
    assert!(runs.may_finish(staff(3), &actor(3, false)) && runs.may_finish(staff(3), &actor(1, false)));
    assert!(!runs.may_finish(staff(3), &actor(4, true)));
    assert!(!helped.may_finish(staff(3), &actor(3, false)), "it is over");
    let early = PlanFacts { check_from: today().succ_opt(), ..facts(S::Checking) };
    assert_eq!(code(&early, A::Verify, actor(2, true)), "improvement.too_early");
}

#[test]
fn a_goal_is_better_than_what_is_and_met_exactly() {
    use {ImprovementIndicator as I, ImprovementResult as R};
    assert_eq!([compare(800, 900, 900), compare(800, 900, 899), compare(800, 900, 800)], [R::Met, R::Partly, R::Not]);
    assert_eq!([compare(50, 20, 20), compare(50, 20, 21), compare(50, 20, 51)], [R::Met, R::Partly, R::Not]);
    let goal = |indicator, baseline, target| GoalForm { indicator, name: None, baseline, target, on: today() };
    let codes = |form: GoalForm| form.check(today()).into_iter().map(|v| (v.field, v.code)).collect::<Vec<_>>();
    assert_eq!(codes(goal(I::OnTimeRate, 812, 950)), []);
    for (indicator, baseline, target) in [(I::OnTimeRate, 950, 812), (I::Complaints, 10, 20), (I::PassRate, 5, 5)] {
        assert_eq!(codes(goal(indicator, baseline, target)), [("target", "improvement.no_better")], "{indicator:?}");
    }
    assert_eq!(codes(goal(I::Satisfaction, 900, 1001)), [("target", "improvement.value")]);
    assert_eq!(codes(goal(I::WaitingMinutes, 3000, 1001)), [], "minutes are no parts of a hundred");
    let past = GoalForm { on: today().pred_opt().unwrap(), ..goal(I::Other, -1, 5) };
    let expected =
        [("indicatorName", "form.required"), ("baseline", "improvement.value"), ("on", "improvement.day_past")];
    assert_eq!(codes(past), expected);
}

#[test]
fn numbers_have_one_digit_after_the_point_and_come_back_as_typed() {
    for (text, value) in [("0", Some(0)), ("87.5", Some(875)), (" 12 ", Some(120)), ("100.0", Some(1000))] {
        assert_eq!(tenths(text), value, "{text}");
    }
    for text in ["", ".", ".5", "5.", "1.25", "-1", "1e3", "１", "99999999999"] {
        assert_eq!(tenths(text), None, "{text}");
    }
    assert_eq!((written(875), written(120), written(0)), ("87.5".into(), "12".into(), "0".into()));
}

#[test]
fn a_check_says_how_and_comes_in_its_time() {
    let form = CheckForm { measured: 2000, method: " ".into(), on: today() };
    let from = today().succ_opt().unwrap();
    let found: Vec<_> =
        form.check(ImprovementIndicator::PassRate, from, today()).into_iter().map(|v| (v.field, v.code)).collect();
    let expected = [("measured", "improvement.value"), ("method", "form.required"), ("on", "improvement.too_early")];
    assert_eq!(found, expected);
    let measure =
        MeasureForm { text: String::new(), owner: staff(1), due_on: today().pred_opt().unwrap(), resources: None };
    let found: Vec<_> = measure.check(today()).into_iter().map(|v| (v.field, v.code)).collect();
    assert_eq!(found, [("text", "form.required"), ("dueOn", "improvement.day_past")]);
}
