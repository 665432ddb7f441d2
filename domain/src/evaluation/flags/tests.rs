//! Single signs, and what is forgotten.

use uuid::Uuid;

use super::*;
use crate::RatingPointId;

const POINT: Point = Some(RatingPointId(Uuid::from_u128(1)));
const OTHER: Point = Some(RatingPointId(Uuid::from_u128(2)));

fn day(number: u32) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 3, number).unwrap()
}

/// The `n`-th visitor of a quiet day: on an own phone in an own network, one each quarter of an hour from half past eight.
fn visitor(n: u16) -> Noticed {
    let own = u64::from(n) + 1000;
    let what = What::Rating { top: !n.is_multiple_of(3) };
    Noticed { slot: 102 + n * 3, device: own, network: own, seconds: Some(12), what }
}

fn survey(n: u16, alike: bool, seconds: u16) -> Noticed {
    Noticed { what: What::Survey { alike, top: alike }, seconds: Some(seconds), ..visitor(n) }
}

fn usual(_: Point) -> Usual {
    Usual::new(vec![16, 16, 16], (12, 20), None)
}

/// The kinds of flags that a day of the point gets, beside twenty visitors at the other point.
fn kinds(seen: impl IntoIterator<Item = Noticed>) -> Vec<RatingFlagKind> {
    let mut watch = Watch::default();
    watch.staff(day(2), 7);
    for one in seen {
        watch.notice(day(2), POINT, one);
    }
    for n in 100..120 {
        watch.notice(day(2), OTHER, visitor(n - 80));
    }
    let found = watch.flags(day(2), usual);
    assert!(found.iter().all(|(point, _)| *point == POINT), "{found:?}");
    found.into_iter().map(|(_, flag)| flag.kind).collect()
}

#[test]
fn a_quiet_day_is_an_honest_one() {
    assert_eq!(kinds((0..16).map(visitor)), []);
    // Two who have two matters on one day, and a family with one phone.
    assert_eq!(kinds((0..16).chain([3, 9, 1, 1]).map(visitor)), []);
    // Half of the questionnaires have one level all the way down.
    assert_eq!(kinds((0..16).map(|n| survey(n, n % 2 == 0, 70))), []);
}

#[test]
fn each_sign_is_seen() {
    let with = |more: Vec<Noticed>| {
        let mut all: Vec<_> = (0..16).map(visitor).chain(more).collect();
        all.sort_by_key(|one| one.slot);
        kinds(all)
    };
    let several = |n: u16, change: fn(Noticed) -> Noticed| (20..20 + n).map(visitor).map(change).collect::<Vec<_>>();
    let noon = |one: Noticed| Noticed { slot: 140, ..one };
    assert_eq!(with(several(12, noon)), [RatingFlagKind::Burst]);
    // From one phone, from time to time.
    let one_phone = |one: Noticed| Noticed { device: 5, network: 5, slot: one.slot - 60, ..one };
    assert_eq!(with(several(6, one_phone)), [RatingFlagKind::Device]);
    // Several phones that share a network, one after another.
    let shared = |one: Noticed| Noticed { network: 6, slot: 150, ..one };
    assert_eq!(with(several(7, shared)), [RatingFlagKind::Network]);
    let hasty = |one: Noticed| Noticed { seconds: Some(2), slot: one.slot - 60, ..one };
    assert_eq!(with(several(6, hasty)), [RatingFlagKind::Fast]);
    let office = |one: Noticed| Noticed { network: 7, slot: one.slot - 60, ..one };
    assert_eq!(with(several(7, office)), [RatingFlagKind::StaffNetwork]);
    let late = |one: Noticed| Noticed { slot: 206, what: What::Rating { top: true }, ..one };
    assert_eq!(with(several(7, late)), [RatingFlagKind::Closing]);
    assert_eq!(kinds((0..16).map(|n| survey(n, n > 2, 20))), [RatingFlagKind::Straight]);
    assert_eq!(kinds((0..24).map(|n| survey(n, true, 70))), [RatingFlagKind::Straight]);
    let best = (0..30).map(|n| Noticed { what: What::Rating { top: true }, ..visitor(n) });
    assert_eq!(kinds(best), [RatingFlagKind::Top]);
}

#[test]
fn a_kiosk_is_one_device_and_only_its_levels_say_something() {
    let touched = |n: u16, best: bool| {
        let what = What::Kiosk { top: best || !n.is_multiple_of(3) };
        Noticed { slot: 206, device: 0, network: 0, seconds: None, what }
    };
    assert_eq!(kinds((0..30).map(|n| touched(n, false))), []);
    assert_eq!(kinds((0..30).map(|n| touched(n, true))), [RatingFlagKind::Top]);
}

#[test]
fn few_devices_show_after_some_days() {
    let mut watch = Watch::default();
    let mut found = Vec::new();
    for number in 2..12 {
        let of_day = |n: u16| Noticed { device: u64::from(n) + 100 * u64::from(number), ..visitor(n) };
        for n in 0..16 {
            watch.notice(day(number), POINT, of_day(n));
            watch.notice(day(number), OTHER, of_day(n + 40));
        }
        // Two phones, three times each.
        for n in 0..6 {
            let own = 50_000 + u64::from(n % 2);
            watch.notice(day(number), POINT, Noticed { device: own, network: own, ..visitor(n + 2) });
        }
        found.push(watch.flags(day(number), usual).into_iter().map(|(_, flag)| flag.kind).collect::<Vec<_>>());
        watch.close(day(number));
    }
    assert!(found[0].is_empty(), "{found:?}");
    assert_eq!(found[9], [RatingFlagKind::Repeats], "{found:?}");
}

#[test]
fn figures_are_rough() {
    for (count, told) in [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (19, 10), (99, 50), (5000, 1000)] {
        assert_eq!(Flag::new(RatingFlagKind::Device, count, count).seen, told, "{count}");
    }
}

#[test]
fn a_flood_is_said_and_memory_stays_bounded() {
    let mut watch = Watch::default();
    for n in 0..20_000_u64 {
        let one = Noticed { device: n, network: n, ..visitor(u16::try_from(n % 30).unwrap()) };
        watch.notice(day(2), Some(RatingPointId(Uuid::from_u128(u128::from(n % 20)))), one);
        watch.staff(day(2), n);
    }
    let found = watch.flags(day(2), usual);
    let said = found.iter().filter(|(_, flag)| flag.kind == RatingFlagKind::Unwatched);
    assert_eq!(said.count(), 20, "at each of the points");
    // Of days that clocks jumped to, the earliest are forgotten.
    for number in 3..20 {
        watch.notice(day(number), POINT, visitor(0));
    }
    assert_eq!(watch.over(day(31)).count(), 3);
    for number in 1..20 {
        watch.close(day(number));
    }
    assert_eq!((watch.over(day(31)).count(), watch.points(day(19)).count()), (0, 0));
}

#[test]
fn a_day_is_over_when_it_is() {
    let mut watch = Watch::default();
    watch.notice(day(2), POINT, visitor(0));
    watch.notice(day(3), None, visitor(0));
    assert_eq!(watch.over(day(2)).collect::<Vec<_>>(), []);
    assert_eq!(watch.over(day(3)).collect::<Vec<_>>(), [day(2)]);
    assert_eq!(watch.points(day(3)).collect::<Vec<_>>(), [None]);
    assert_eq!(watch.flags(day(4), usual), []);
}

#[test]
fn opening_hours_tell_when_a_point_closes() {
    for (hours, slot) in [
        ("周一至周五 8:30–12:00，14:30–17:30", Some(210)),
        ("9：00—12：00 14：00—17：00", Some(204)),
        ("Mon-Fri 9:00-16:05", Some(193)),
        ("全天", None),
        ("电话 0760:123", None),
        ("25:00", None),
        (":", None),
    ] {
        assert_eq!(closing(hours), slot, "{hours}");
    }
}

#[test]
fn a_decision_has_a_reason_and_is_nobodys_own() {
    assert_eq!(check_decision(RatingFlagState::Kept, "多人证实。"), []);
    let wrong = check_decision(RatingFlagState::Open, " ");
    assert_eq!(wrong.iter().map(|one| one.code).collect::<Vec<_>>(), ["form.required", "form.required"]);
    assert_eq!(may_decide(RatingFlagState::Open, false), Ok(()));
    assert_eq!(may_decide(RatingFlagState::Open, true).unwrap_err().code, "rating_flag.own");
    assert_eq!(may_decide(RatingFlagState::Kept, false).unwrap_err().code, "rating_flag.decided");
}
