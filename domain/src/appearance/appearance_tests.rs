//! The rules of appearance checks.

use uuid::Uuid;

use super::*;

fn entry(spec: &Spec) -> Entry {
    let number = spec.measure.map(|measure| if measure == Measure::Heel { 20 } else { 1 });
    Entry { item: spec.item, mark: Some(Mark::Pass), number, note: None }
}

fn limits(sex: Option<Sex>) -> Limits {
    Limits::of(&Policy::default(), sex)
}

/// A check in which everything is in order but for what `change` does to one item.
fn check(
    item: Item,
    change: impl Fn(&mut Entry),
    sex: Option<Sex>,
) -> Result<Found, Vec<(&'static str, &'static str)>> {
    let asked = offered(Occasion::default());
    let mut filled: Vec<_> = asked.iter().map(|spec| entry(spec)).collect();
    filled.iter_mut().filter(|entry| entry.item == item).for_each(change);
    let found = judge(&asked, filled, limits(sex));
    let found = found.map_err(|broken| broken.into_iter().map(|v| (v.field, v.code)).collect::<Vec<_>>())?;
    Ok(found.into_iter().find(|one| one.item == item).unwrap())
}

fn staff(n: u128) -> StaffId {
    StaffId(Uuid::from_u128(n))
}

#[test]
fn the_items_stand_in_the_order_of_their_codes_and_everybody_is_asked_the_same() {
    let codes: Vec<_> = ITEMS.iter().map(|spec| spec.item.key()).collect();
    assert_eq!(codes, (1..=21).map(|n| format!("A{n}")).collect::<Vec<_>>());
    assert_eq!(ITEMS.iter().map(|spec| spec.item).collect::<Vec<_>>(), Item::ALL);
    let asked = |occasion| offered(occasion).iter().map(|spec| spec.item).collect::<Vec<_>>();
    let usual = asked(Occasion::default());
    assert_eq!(usual.len(), 18);
    assert!(![Item::PartyBadge, Item::OwnDress, Item::Protection].iter().any(|item| usual.contains(item)));
    // What asks another thing of women than of men is asked of both.
    assert!(Item::ALL.iter().filter(|item| item.differs()).all(|item| usual.contains(item)));
    let police = asked(Occasion { own_dress: true, ..Occasion::default() });
    assert_eq!(police[..3], [Item::Badge, Item::OwnDress, Item::Face]);
    assert!(asked(Occasion { health_order: true, ..Occasion::default() }).contains(&Item::Protection));
    assert!(asked(Occasion { known_member: true, ..Occasion::default() }).contains(&Item::PartyBadge));
}

#[test]
fn a_heel_is_lower_than_the_limit_for_the_person_and_its_height_is_not_kept() {
    let heel = |number, sex| {
        let found = check(Item::Shoes, |entry| (entry.number, entry.mark) = (Some(number), None), sex).unwrap();
        assert_eq!(found.pieces, None);
        (found.mark, found.exceeded)
    };
    assert_eq!((heel(39, Some(Sex::Female)), heel(40, Some(Sex::Female))), ((Mark::Pass, false), (Mark::Fail, true)));
    assert_eq!((heel(29, Some(Sex::Male)), heel(30, Some(Sex::Male))), ((Mark::Pass, false), (Mark::Fail, true)));
    assert_eq!((heel(39, None).0, heel(40, None).0), (Mark::Pass, Mark::Fail), "the higher one where nobody knows");
    // A low heel does not make another fault good, and a high one is a fault whatever was ticked.
    let low = check(Item::Shoes, |entry| entry.mark = Some(Mark::Fail), Some(Sex::Male)).unwrap();
    assert_eq!((low.mark, low.exceeded), (Mark::Fail, false));
    let high = check(Item::Shoes, |entry| entry.number = Some(50), Some(Sex::Female)).unwrap();
    assert_eq!((high.mark, high.exceeded), (Mark::Fail, true));
}

#[test]
fn three_pieces_are_fine_and_four_are_too_many() {
    let pieces = |number| check(Item::Pieces, |entry| (entry.number, entry.mark) = (Some(number), None), None).unwrap();
    assert_eq!((pieces(3).mark, pieces(4).mark, pieces(4).pieces), (Mark::Pass, Mark::Fail, Some(4)));
    assert_eq!(
        check(Item::Pieces, |entry| entry.number = Some(51), None),
        Err(vec![("A21", "appearance.number_range")])
    );
    assert_eq!(check(Item::Pieces, |entry| entry.number = None, None), Err(vec![("A21", "appearance.number")]));
}

#[test]
fn what_does_not_apply_needs_a_reason_and_nothing_is_left_out() {
    let na = |note: Option<&str>| {
        check(Item::Belt, |entry| (entry.mark, entry.note) = (Some(Mark::Na), note.map(ToOwned::to_owned)), None)
    };
    assert_eq!(na(None), Err(vec![("A19", "appearance.reason")]));
    assert_eq!(na(Some("连衣裙制服，无皮带")).unwrap().mark, Mark::Na);
    assert_eq!(na(Some(&"长".repeat(201))), Err(vec![("A19", "form.too_long")]));
    assert_eq!(check(Item::Calm, |entry| entry.mark = None, None), Err(vec![("A18", "form.required")]));
    let asked = offered(Occasion::default());
    let twice: Vec<_> = asked.iter().chain([&asked[0]]).map(|spec| entry(spec)).collect();
    assert_eq!(judge(&asked, twice, limits(None)).unwrap_err()[0].code, "appearance.not_asked");
    let member = offered(Occasion { known_member: true, ..Occasion::default() });
    let filled: Vec<_> = member.iter().map(|spec| entry(spec)).collect();
    assert_eq!(judge(&asked, filled, limits(None)).unwrap_err()[0].args[0].value, "A5");
}

#[test]
fn the_party_badge_is_in_no_count() {
    let asked = offered(Occasion { known_member: true, ..Occasion::default() });
    let mut filled: Vec<_> = asked.iter().map(|spec| entry(spec)).collect();
    for one in &mut filled {
        match one.item {
            Item::PartyBadge | Item::Smile => one.mark = Some(Mark::Fail),
            Item::Belt => (one.mark, one.note) = (Some(Mark::Na), Some("无".to_owned())),
            _ => {}
        }
    }
    assert_eq!(tally(&judge(&asked, filled, limits(None)).unwrap()), (16, 17));
}

#[test]
fn what_failed_in_few_people_is_not_told_and_what_one_failed_again_is() {
    let failure = |n, item| Failure { staff: staff(n), item };
    let mut failures: Vec<_> = (1..=4).map(|n| failure(n, Item::Badge)).collect();
    failures.push(failure(4, Item::Badge));
    assert_eq!(failed_most(&failures), []);
    failures.push(failure(5, Item::Badge));
    failures.extend((1..=6).map(|n| failure(n, Item::Smile)));
    assert_eq!(failed_most(&failures), [(Item::Smile, 6), (Item::Badge, 5)]);
    let again: Vec<_> = repeated(&failures).into_iter().map(|(f, times)| (f.staff, f.item, times)).collect();
    assert_eq!(again, [(staff(4), Item::Badge, 2)]);
}

#[test]
fn a_check_is_of_today_or_the_week_before() {
    let day = |text: &str| text.parse().unwrap();
    let code = |on| check_day(day(on), day("2026-03-02")).map(|v| v.code);
    assert_eq!(code("2026-03-03"), Some("form.date_in_future"));
    assert_eq!((code("2026-03-02"), code("2026-02-23"), code("2026-02-22")), (None, None, Some("form.date_too_old")));
    assert_eq!(check_answer(" ").map(|v| v.code), Some("form.required"));
    assert_eq!(check_note(Some(&"长".repeat(501))).map(|v| v.code), Some("form.too_long"));
}
