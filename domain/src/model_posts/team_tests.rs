use proptest::prelude::*;

use super::*;

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn person(n: u128, woman: Option<bool>, born: Option<&str>) -> Person {
    Person { staff: StaffId(uuid::Uuid::from_u128(n)), woman, born_on: born.map(d), party_member: None }
}

fn member(n: u128, woman: bool, from: &str, until: Option<&str>) -> Member {
    Member { person: person(n, Some(woman), None), from: d(from), until: until.map(d) }
}

#[test]
fn a_share_moves_on_the_day_somebody_joins_and_on_the_day_after_somebody_leaves() {
    let team = [
        member(1, true, "2026-01-01", None),
        member(2, true, "2026-01-01", Some("2026-03-31")),
        member(3, true, "2026-01-01", None),
        member(4, false, "2026-01-01", None),
        member(5, false, "2026-02-10", None),
    ];
    let points: Vec<_> = history(&team, Counted::Women, d("2026-01-15"), d("2026-12-31"))
        .into_iter()
        .map(|point| (point.from, point.have, point.total))
        .collect();
    assert_eq!(points, [(d("2026-01-15"), 3, 4), (d("2026-02-10"), 3, 5), (d("2026-04-01"), 2, 4)]);
}

#[test]
fn a_share_is_a_fraction_and_no_rounded_number() {
    for (have, total, percent, reached) in [
        (3, 5, 60, true),
        (2, 3, 67, false),
        (2, 3, 66, true),
        (599, 1000, 60, false),
        (600, 1000, 60, true),
        (0, 0, 100, true),
        (0, 1, 1, false),
        (u32::MAX, u32::MAX, 100, true),
    ] {
        assert_eq!(Point { from: d("2026-01-01"), have, total }.reaches(percent), reached, "{have}/{total} {percent}");
    }
}

#[test]
fn somebody_is_too_old_on_a_birthday() {
    for (born, day) in [("1990-05-01", "2026-05-01"), ("1992-02-29", "2028-02-29"), ("1991-02-28", "2027-02-28")] {
        assert_eq!(too_old_on(d(born), 35), Some(d(day)), "{born}");
    }
    // No 29 February in 2029: the birthday is on 1 March.
    assert_eq!(too_old_on(d("1992-02-29"), 36), Some(d("2029-03-01")));
}

#[test]
fn a_share_that_was_mended_is_no_longer_broken_and_one_that_will_break_has_a_date() {
    let point = |from: &str, have| Point { from: d(from), have, total: 4 };
    let points = [
        point("2026-01-01", 1),
        point("2026-02-01", 3),
        point("2026-03-01", 1),
        point("2026-04-01", 2),
        point("2026-05-01", 4),
        point("2026-06-01", 0),
    ];
    let since = |today: &str| broken(&points, d(today), |point| point.reaches(60)).map(|point| point.from);
    for (today, from) in [
        ("2026-01-10", Some("2026-01-01")),
        ("2026-02-10", Some("2026-03-01")),
        ("2026-03-01", Some("2026-03-01")),
        ("2026-04-30", Some("2026-03-01")),
        ("2026-05-02", Some("2026-06-01")),
        ("2026-07-01", Some("2026-06-01")),
    ] {
        assert_eq!(since(today), from.map(d), "{today}");
    }
    assert_eq!(broken(&points[..2], d("2026-02-01"), |point| point.reaches(60)), None);
}

#[test]
fn who_is_not_known_is_not_counted() {
    let unknown = Member { person: person(1, None, None), from: d("2026-01-01"), until: None };
    let young = Member { person: person(2, None, Some("2000-01-01")), ..unknown };
    let day = d("2026-06-01");
    assert_eq!(on(&[unknown, young], Counted::Women, day), Point { from: day, have: 0, total: 2 });
    assert_eq!(on(&[unknown, young], Counted::UpToAge(35), day), Point { from: day, have: 1, total: 2 });
}

fn day(n: u32) -> NaiveDate {
    d("2026-01-01") + chrono::Days::new(u64::from(n))
}

prop_compose! {
    fn any_member()(n in 1..100u128, woman in any::<Option<bool>>(), born in proptest::option::of(0..4000u32),
        from in 0..300u32, length in proptest::option::of(0..200u32)) -> Member {
        let born_on = born.map(|days| d("1985-01-01") + chrono::Days::new(u64::from(days)));
        let person = Person { staff: StaffId(uuid::Uuid::from_u128(n)), woman, born_on, party_member: None };
        Member { person, from: day(from), until: length.map(|length| day(from + length)) }
    }
}

proptest! {
    #[test]
    fn a_history_says_of_each_day_what_counting_on_that_day_says(
        team in proptest::collection::vec(any_member(), 0..12), young in any::<bool>(), from in 0..200u32, n in 0..300u32,
    ) {
        let counted = if young { Counted::UpToAge(35) } else { Counted::Women };
        let points = history(&team, counted, day(from), day(500));
        prop_assert_eq!(points[0].from, day(from));
        prop_assert!(points.is_sorted_by(|a, b| a.from < b.from));
        let asked = day(from + n);
        let last = points.iter().rfind(|point| point.from <= asked).unwrap();
        let there = team.iter().filter(|member| member.belongs(asked));
        let age = |born: NaiveDate| asked.years_since(born).unwrap();
        let have = there.clone().filter(|member| if young {
            member.person.born_on.is_some_and(|born| age(born) <= 35)
        } else {
            member.person.woman == Some(true)
        });
        prop_assert_eq!((last.have, last.total), (u32::try_from(have.count()).unwrap(), u32::try_from(there.count()).unwrap()));
    }

    #[test]
    fn the_fewest_that_reach_a_share_reach_it_and_one_fewer_does_not(total in 0..2000u32, percent in 1..=100u32) {
        let need = Point::needed(total, percent);
        let point = |have| Point { from: day(0), have, total };
        prop_assert!(point(need).reaches(percent) && need <= total);
        prop_assert!(need == 0 || !point(need - 1).reaches(percent));
    }
}
