//! The tidal window's rules.

use super::{watch::*, *};
use crate::policy::{Policy, PolicyKey};

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(minutes)
}

/// Reads `(minute, waiting, estimated minutes)` one after the other.
fn told(watch: Watch, readings: &[(i64, u32, Option<u32>)]) -> (Watch, Vec<(i64, Signal)>) {
    let mut found = Vec::new();
    let mut watch = watch;
    for (minute, waiting, minutes) in readings {
        let level = Level { waiting: *waiting, minutes: *minutes };
        let (next, signal) = watch.read(level, at(*minute), &Policy::default());
        found.extend(signal.map(|signal| (*minute, signal)));
        watch = next;
    }
    (watch, found)
}

#[test]
fn a_peak_that_lasts_five_minutes_asks_for_the_window() {
    let (watch, found) = told(Watch::NEW, &[(0, 15, None), (2, 16, None), (4, 18, None), (5, 18, None), (6, 19, None)]);
    assert_eq!(found, [(5, Signal::ProposeOpening)], "once, and not before five minutes");
    assert_eq!((watch.phase, watch.high_since), (TidalPhase::Proposed, Some(at(0))));
    let (_, found) = told(Watch::NEW, &[(0, 3, Some(20)), (5, 3, Some(25))]);
    assert_eq!(found, [(5, Signal::ProposeOpening)], "few who wait long are a peak too");
}

#[test]
fn a_dip_or_a_silence_begins_the_five_minutes_anew() {
    let (_, found) = told(Watch::NEW, &[(0, 20, None), (3, 14, None), (4, 20, None), (8, 20, None)]);
    assert_eq!(found, []);
    let (_, found) = told(Watch::NEW, &[(0, 20, None), (16, 20, None), (20, 20, None), (21, 20, None)]);
    assert_eq!(found, [(21, Signal::ProposeOpening)], "nobody knows what was between");
}

#[test]
fn between_the_two_levels_nothing_changes() {
    let open = Watch { phase: TidalPhase::Open, ..Watch::NEW };
    let quiet: Vec<_> = (0..40).map(|minute| (minute, 6 + u32::try_from(minute % 9).unwrap(), None)).collect();
    assert_eq!(told(open, &quiet).1, []);
    assert_eq!(told(Watch::NEW, &quiet).1, []);
    let calm = [(0, 5, None), (7, 4, None), (14, 5, None), (15, 2, None), (20, 1, None), (22, 9, None), (23, 15, None)];
    let (watch, found) = told(open, &calm);
    assert_eq!(found, [(15, Signal::ProposeClosing), (23, Signal::StayOpen)]);
    assert_eq!((watch.phase, watch.closing), (TidalPhase::Open, false), "the rule proposes, it never closes");
}

#[test]
fn whoever_waits_long_is_not_few() {
    let open = Watch { phase: TidalPhase::Open, ..Watch::NEW };
    assert_eq!(told(open, &[(0, 2, Some(30)), (10, 2, Some(30)), (20, 2, Some(30))]).1, []);
}

#[test]
fn a_peak_that_goes_by_undecided_is_told_and_a_declined_one_is_not_proposed_again() {
    let proposed = Watch { phase: TidalPhase::Proposed, last_at: Some(at(0)), ..Watch::NEW };
    let (watch, found) = told(proposed, &[(1, 4, None), (10, 3, None), (16, 3, None)]);
    assert_eq!(found, [(16, Signal::PeakPassed)]);
    assert_eq!(watch.phase, TidalPhase::Closed);
    let (watch, found) = told(proposed, &[(60, 30, None)]);
    assert_eq!((watch.phase, found.as_slice()), (TidalPhase::Closed, [(60, Signal::PeakPassed)].as_slice()));
    let declined = Watch { declined: true, high_since: Some(at(0)), last_at: Some(at(0)), ..Watch::NEW };
    let (watch, found) = told(declined, &[(5, 20, None), (12, 12, None), (20, 20, None), (30, 20, None)]);
    assert_eq!((watch.declined, found.as_slice()), (true, [].as_slice()));
    let (_, found) = told(watch, &[(33, 5, None), (36, 20, None), (41, 20, None)]);
    assert_eq!(found, [(41, Signal::ProposeOpening)], "another peak is another matter");
}

#[test]
fn the_city_says_what_many_and_few_are() {
    let policy = Policy::default().with(PolicyKey::TidalOpenWaiting, 30).unwrap();
    let policy = policy.with(PolicyKey::TidalOpenLasts, 1).unwrap();
    let (watch, signal) = Watch::NEW.read(Level { waiting: 29, minutes: None }, at(0), &policy);
    assert_eq!((watch.high_since, signal), (None, None));
    let (watch, _) = Watch::NEW.read(Level { waiting: 30, minutes: None }, at(0), &policy);
    assert_eq!(watch.read(Level { waiting: 30, minutes: None }, at(1), &policy).1, Some(Signal::ProposeOpening));
    assert_eq!(policy.with(PolicyKey::TidalCloseWaiting, 31).unwrap_err().code, "policy.order");
}

#[test]
fn a_window_moves_only_where_its_phases_lead() {
    use TidalPhase as P;
    let steps = |phase| TidalAction::ALL.iter().filter_map(move |a| after(phase, *a).ok()).collect::<Vec<_>>();
    assert_eq!(steps(P::Closed), [P::Open]);
    assert_eq!(steps(P::Proposed), [P::Open, P::Closed]);
    assert_eq!(steps(P::Open), [P::Draining]);
    assert_eq!(steps(P::Draining), [P::Closed]);
}

#[test]
fn a_window_that_helps_nobody_and_a_call_that_nobody_returns_are_found() {
    assert!(!no_relief(at(0), at(29), 18, Some(20)), "it had no time yet");
    assert!(no_relief(at(0), at(30), 18, Some(18)));
    assert!(!no_relief(at(0), at(30), 18, Some(17)));
    assert!(!no_relief(at(0), at(30), 18, None), "nobody has counted since");
    let day = local_date(at(0));
    assert!(!call_late(None, None, day) && !call_late(Some(day), None, day));
    assert!(call_late(Some(day), None, day.succ_opt().unwrap()));
    assert!(
        call_late(Some(day), Some(at(24 * 60)), day) && !call_late(Some(day), Some(at(0)), day.succ_opt().unwrap())
    );
}

#[test]
fn each_field_reports_its_own_fault() {
    let codes = |found: Vec<Violation>| found.into_iter().map(|v| (v.field, v.code)).collect::<Vec<_>>();
    assert_eq!(
        codes(Level { waiting: 2001, minutes: Some(601) }.check()),
        [("waiting", "tidal.range"), ("minutes", "tidal.range")]
    );
    let call = CallForm { called_at: at(1), answered: false, tail: Some("12a4".into()), note: Some("岗".repeat(501)) };
    assert_eq!(
        codes(call.check(at(0))),
        [("calledAt", "form.date_in_future"), ("tail", "tidal.tail"), ("note", "form.too_long")]
    );
    assert_eq!(
        codes(CallForm { tail: None, note: None, ..call }.check(at(8 * 24 * 60))),
        [("calledAt", "tidal.too_old")]
    );
    let today = local_date(at(0));
    let work = WorkForm { on: today.succ_opt().unwrap(), kind: BackWork::Online, cases: 501, minutes: 0, note: None };
    assert_eq!(
        codes(work.check(today)),
        [("on", "form.date_in_future"), ("cases", "tidal.range"), ("minutes", "tidal.range")]
    );
    assert_eq!(check_served(2001).unwrap().code, "tidal.range");
}
