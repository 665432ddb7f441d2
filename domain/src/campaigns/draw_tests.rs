//! A draw is balanced, blind and can be repeated.

use uuid::Uuid;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn candidate(n: u128, group: Role, unit: &str, drawn: u32) -> Candidate {
    // Ids as they are made: in order.
    Candidate { id: RepresentativeId(Uuid::from_u128((n << 64) | n)), group, unit: unit.to_owned(), drawn }
}

fn roster(each: u128) -> Vec<Candidate> {
    let of = |(place, group): (u128, Role)| {
        (0..each).map(move |n| candidate(place * 1000 + n + 1, group, &format!("单位{n}"), 0))
    };
    (0..).zip(GROUPS).flat_map(of).collect()
}

fn group_of(all: &[Candidate], id: RepresentativeId) -> Role {
    all.iter().find(|one| one.id == id).unwrap().group
}

#[test]
fn each_group_gets_as_many_and_what_is_missing_is_told() {
    let mut all = roster(6);
    let drawn = draw(&all, &BTreeMap::new(), 3, 7);
    for group in GROUPS {
        assert_eq!(drawn.chosen.iter().filter(|id| group_of(&all, **id) == group).count(), 3, "{group:?}");
    }
    assert_eq!(drawn.short, []);
    all.retain(|one| one.group != Role::CppccMember || one.unit == "单位0");
    assert_eq!(draw(&all, &BTreeMap::new(), 3, 7).short, [(Role::CppccMember, 2)]);
    // Whoever is in the round already counts: a substitute is drawn for whoever declined.
    let present = BTreeMap::from([(Role::PartyDelegate, 3), (Role::CongressDeputy, 2), (Role::CppccMember, 3)]);
    let more = draw(&all, &present, 3, 8);
    assert_eq!((more.chosen.len(), group_of(&all, more.chosen[0])), (1, Role::CongressDeputy));
}

#[test]
fn the_same_seed_draws_the_same_whatever_the_order_of_the_roster() {
    let mut all = roster(9);
    let first = draw(&all, &BTreeMap::new(), 2, 42);
    all.reverse();
    assert_eq!(draw(&all, &BTreeMap::new(), 2, 42), first);
    assert_ne!(draw(&all, &BTreeMap::new(), 2, 43), first);
}

#[test]
fn whoever_was_drawn_least_comes_first_and_units_are_spread() {
    let all = [
        candidate(1, Role::PartyDelegate, "纪委", 2),
        candidate(2, Role::PartyDelegate, "工商联", 0),
        candidate(3, Role::PartyDelegate, "妇联", 1),
    ];
    for seed in 0..50 {
        let chosen = draw(&all, &BTreeMap::new(), 2, seed).chosen;
        assert_eq!(chosen, [all[1].id, all[2].id], "{seed}");
    }
    let same = [
        candidate(1, Role::PartyDelegate, "甲厂", 0),
        candidate(2, Role::CongressDeputy, "甲厂", 0),
        candidate(3, Role::CongressDeputy, "乙厂", 0),
    ];
    for seed in 0..50 {
        assert!(draw(&same, &BTreeMap::new(), 1, seed).chosen.contains(&same[2].id), "{seed}: another unit was there");
    }
}

#[test]
fn everybody_is_drawn_about_as_often() {
    let all = roster(10);
    let mut times: BTreeMap<RepresentativeId, u32> = BTreeMap::new();
    for seed in 0..3000 {
        for id in draw(&all, &BTreeMap::new(), 2, seed).chosen {
            *times.entry(id).or_default() += 1;
        }
    }
    // 600 each, give or take five standard deviations.
    assert_eq!(times.len(), 30);
    assert!(times.values().all(|times| (490..=710).contains(times)), "{times:?}");
}

#[test]
fn nobody_is_drawn_out_of_term_from_the_staff_or_with_an_interest() {
    let id = |n| Uuid::from_u128(n);
    let term = (day("2025-01-01"), day("2027-12-31"));
    let days = (day("2026-03-02"), day("2026-03-20"));
    let targets = [Interest::Post(PostId(id(1))), Interest::Staff(StaffId(id(2)))];
    let of = |term, staff, interests: &[Interest]| recusal(term, staff, interests, &targets, days);
    assert_eq!(of(term, None, &[]), None);
    assert_eq!(of(term, None, &[Interest::Post(PostId(id(9)))]), None);
    assert_eq!(of(term, None, &[Interest::Staff(StaffId(id(2)))]), Some(Recusal::Conflict));
    assert_eq!(of(term, Some(StaffId(id(7))), &[]), Some(Recusal::WorksHere));
    assert_eq!(of((day("2025-01-01"), day("2026-03-19")), None, &[]), Some(Recusal::Term));
    assert_eq!(of((day("2026-03-03"), day("2027-01-01")), None, &[]), Some(Recusal::Term));
}

#[test]
fn a_representative_belongs_to_one_of_three_groups_for_a_term() {
    let form = RepresentativeForm {
        group: Role::CongressDeputy,
        name: "李秀兰".to_owned(),
        unit: "石岐第一小学".to_owned(),
        from: day("2025-01-01"),
        until: day("2029-12-31"),
        staff: None,
    };
    assert_eq!(form.check(), []);
    let codes = |form: RepresentativeForm| form.check().into_iter().map(|found| found.code).collect::<Vec<_>>();
    assert_eq!(codes(RepresentativeForm { group: Role::ThirdPartyLead, ..form.clone() }), ["campaigns.group"]);
    assert_eq!(codes(RepresentativeForm { until: day("2024-12-31"), ..form.clone() }), ["campaigns.ends_before"]);
    assert_eq!(codes(RepresentativeForm { until: day("2040-12-31"), ..form.clone() }), ["campaigns.term_long"]);
    assert_eq!(codes(RepresentativeForm { name: String::new(), ..form }), ["form.required"]);
    let (post, staff) = (PostId(Uuid::nil()), StaffId(Uuid::nil()));
    assert_eq!(check_conflict(Some(post), None, "配偶在该岗位"), Ok(Interest::Post(post)));
    assert_eq!(check_conflict(Some(post), Some(staff), "x").unwrap_err().code, "campaigns.conflict_about");
    assert_eq!(check_conflict(None, Some(staff), "").unwrap_err().code, "form.required");
}
