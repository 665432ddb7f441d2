//! The rules of integrated windows and their items.

use super::*;

fn at(days: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000 + days)
}

fn post(n: u128) -> PostId {
    PostId(uuid::Uuid::from_u128(n))
}

fn item(n: u128) -> ServiceItemId {
    ServiceItemId(uuid::Uuid::from_u128(n))
}

fn window(n: u128, kind: WindowType) -> Window {
    let link = Some(PlatformLink::Linked);
    Window { post: post(n), status: PostStatus::Active, kind: Some(kind), link, synced_at: Some(at(0)) }
}

fn bad(windows: &[Window], items: &[Item]) -> Vec<Checked> {
    checks(windows, items, at(1), &Policy::default()).into_iter().filter(|found| !found.is_fine()).collect()
}

#[test]
fn an_item_is_served_at_the_integrated_windows_or_at_one_post_for_a_reason() {
    let place =
        |at, post, reason: Option<&str>| Placement::of(&PlaceForm { at, post, reason: reason.map(ToOwned::to_owned) });
    let codes = |found: Result<Placement, Vec<Violation>>| {
        found.unwrap_err().into_iter().map(|v| (v.field, v.code)).collect::<Vec<_>>()
    };
    let (one, why) = (Some(post(1)), "需核对原始档案。");
    assert_eq!(place(ServedAt::Integrated, None, Some("  ")), Ok(Placement::Integrated));
    let placed = Placement::Dedicated { post: post(1), reason: why.to_owned() };
    assert_eq!(place(ServedAt::Dedicated, one, Some(" 需核对原始档案。 ")), Ok(placed));
    for (post, reason) in [(one, None), (None, Some(why)), (one, Some(why))] {
        assert_eq!(codes(place(ServedAt::Integrated, post, reason)), [("servedAt", "items.one_place")]);
    }
    assert_eq!(codes(place(ServedAt::Dedicated, None, None)), [("post", "form.required"), ("reason", "form.required")]);
    assert_eq!(codes(place(ServedAt::Dedicated, one, Some("\n"))), [("reason", "form.required")]);
    assert_eq!(check_dedicated(POST_KIND, PostStatus::Active).unwrap_err().code, "items.not_dedicated");
    assert_eq!(check_dedicated("handling_post", PostStatus::Closed).unwrap_err().code, "items.post_closed");
    assert!(check_dedicated("handling_post", PostStatus::Planned).is_ok());
}

#[test]
fn all_three_types_are_missed_among_windows_in_use_only() {
    let closed = Window { status: PostStatus::Suspended, ..window(3, WindowType::Enquiry) };
    let nameless = Window { kind: None, ..window(4, WindowType::Issue) };
    let found = bad(&[window(1, WindowType::Intake), window(2, WindowType::Issue), closed, nameless], &[]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].check, &found[0].types[..]), (WindowCheck::Types, &[WindowType::Enquiry][..]));
    assert_eq!(found[0].posts, [post(4)]);
    let whole = [WindowType::Intake, WindowType::Issue, WindowType::Enquiry].map(|kind| window(1, kind));
    assert_eq!(bad(&whole, &[]), []);
}

#[test]
fn an_item_lacks_a_window_when_none_takes_things_in_or_its_own_is_not_in_use() {
    let items = [
        Item { id: item(1), dedicated: None },
        Item { id: item(2), dedicated: Some(PostStatus::Active) },
        Item { id: item(3), dedicated: Some(PostStatus::Planned) },
    ];
    let others = [window(2, WindowType::Issue), window(3, WindowType::Enquiry)];
    let found = bad(&others, &items);
    let lacking: Vec<_> = found.iter().map(|found| (found.check, found.items.clone())).collect();
    assert_eq!(
        lacking,
        [(WindowCheck::Types, vec![]), (WindowCheck::Mapped, vec![item(1)]), (WindowCheck::Dedicated, vec![item(3)])]
    );
    let with = [others[0], others[1], window(1, WindowType::Intake)];
    assert_eq!(bad(&with, &items[..2]), []);
}

#[test]
fn what_is_connected_goes_stale_and_what_is_not_is_told() {
    let whole = |change: &dyn Fn(Window) -> Window| {
        [WindowType::Intake, WindowType::Issue, WindowType::Enquiry].map(|kind| change(window(1, kind)))
    };
    let policy = Policy::default();
    let found = |windows: &[Window], now| {
        let found = checks(windows, &[], now, &policy).into_iter().filter(|found| !found.is_fine());
        found.map(|found| found.check).collect::<Vec<_>>()
    };
    let same = whole(&|window| window);
    assert_eq!((found(&same, at(7)), found(&same, at(8))), (vec![], vec![WindowCheck::Synced]));
    let partly = whole(&|window| Window { link: Some(PlatformLink::Partly), synced_at: None, ..window });
    assert_eq!(found(&partly, at(0)), [WindowCheck::Linked, WindowCheck::Synced]);
    let apart = whole(&|window| Window { link: Some(PlatformLink::NotLinked), synced_at: None, ..window });
    assert_eq!(found(&apart, at(99)), [WindowCheck::Linked]);
    let setup = |link, synced_at| Setup { kind: WindowType::Intake, link, synced_at };
    let codes = |setup: Setup| setup.check(at(0)).into_iter().map(|v| v.code).collect::<Vec<_>>();
    assert_eq!(codes(setup(PlatformLink::Linked, Some(at(1)))), ["items.sync_future"]);
    assert_eq!(codes(setup(PlatformLink::NotLinked, Some(at(0)))), ["items.not_linked"]);
    assert_eq!(codes(setup(PlatformLink::Partly, Some(at(0)))), Vec::<&str>::new());
}

#[test]
fn each_field_of_an_item_reports_its_own_fault() {
    let form = |code: &str, name: &str| ItemForm {
        code: code.to_owned(),
        name: name.to_owned(),
        department: DepartmentId(uuid::Uuid::nil()),
    };
    let codes = |form: ItemForm| form.check().into_iter().map(|v| (v.field, v.code)).collect::<Vec<_>>();
    assert_eq!(codes(form("11442000-SB.001", "社保卡补办")), []);
    assert_eq!(codes(form("社保 1", " ")), [("code", "items.code"), ("name", "form.required")]);
    assert_eq!(codes(form("", "社保卡补办")), [("code", "form.required")]);
}
