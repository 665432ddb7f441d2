use super::*;
use crate::permission::{Role, RoleSet};

fn account(n: u128) -> AccountId {
    AccountId(uuid::Uuid::from_u128(n))
}

const KEEPER: u128 = 1;
const LEAD: u128 = 2;

fn who(n: u128, roles: &[Role]) -> Who {
    Who { account: Some(account(n)), roles: RoleSet::new(roles.iter().copied()) }
}

fn entry(status: EntryStatus) -> EntryFacts {
    EntryFacts { kind: ModelKind::Youth, status, author: account(KEEPER), submitter: Some(account(KEEPER)) }
}

fn code(action: EntryAction, facts: &EntryFacts, who: &Who) -> &'static str {
    after(action, facts, who).map_or_else(|v| v.code, |_| "ok")
}

#[test]
fn an_entry_is_handed_in_returned_handed_in_again_and_approved() {
    let (keeper, lead) = (who(KEEPER, &[Role::LedgerKeeperYouth]), who(LEAD, &[Role::PostLead]));
    let mut facts = EntryFacts { submitter: None, ..entry(EntryStatus::Draft) };
    for (action, person, to) in [
        (EntryAction::Edit, &keeper, EntryStatus::Draft),
        (EntryAction::Submit, &keeper, EntryStatus::Submitted),
        (EntryAction::Return, &lead, EntryStatus::Returned),
        (EntryAction::Edit, &keeper, EntryStatus::Returned),
        (EntryAction::Submit, &keeper, EntryStatus::Submitted),
        (EntryAction::Approve, &lead, EntryStatus::Approved),
        // Approved by mistake.
        (EntryAction::Return, &lead, EntryStatus::Returned),
        (EntryAction::Discard, &keeper, EntryStatus::Discarded),
    ] {
        facts.status = after(action, &facts, person).unwrap();
        assert_eq!(facts.status, to, "{action:?}");
    }
    for action in EntryAction::ALL {
        for person in [&keeper, &lead] {
            assert!(after(*action, &facts, person).is_err(), "{action:?} of what is discarded");
        }
    }
}

#[test]
fn nobody_approves_what_they_wrote_or_an_entry_of_a_ledger_they_keep() {
    let waiting = entry(EntryStatus::Submitted);
    let both = [Role::LedgerKeeperYouth, Role::PostLead];
    for (person, roles, said) in [
        (KEEPER, &both[..], "model_post.own_entry"),
        (KEEPER, &[Role::CenterAdmin][..], "model_post.own_entry"),
        (LEAD, &both[..], "model_post.own_entry"),
        (LEAD, &[Role::LedgerKeeperYouth][..], "model_post.not_permitted"),
        (LEAD, &[Role::PostLead][..], "ok"),
        // A keeper of another kind keeps no part of this ledger.
        (LEAD, &[Role::LedgerKeeperWomen, Role::PostLead][..], "ok"),
    ] {
        assert_eq!(code(EntryAction::Approve, &waiting, &who(person, roles)), said, "{person} {roles:?}");
        assert_eq!(code(EntryAction::Return, &waiting, &who(person, roles)), said, "{person} {roles:?}");
    }
    let handed_in_by_another = EntryFacts { submitter: Some(account(3)), ..waiting };
    assert_eq!(
        code(EntryAction::Approve, &handed_in_by_another, &who(3, &[Role::CenterAdmin])),
        "model_post.own_entry"
    );
}

#[test]
fn a_keeper_writes_the_ledger_of_one_kind_only() {
    let draft = entry(EntryStatus::Draft);
    for role in Role::ALL {
        let may = after(EntryAction::Edit, &draft, &who(9, &[*role])).is_ok();
        assert_eq!(may, *role == Role::LedgerKeeperYouth, "{role:?}");
    }
}

#[test]
fn what_may_be_done_is_what_is_offered() {
    assert_eq!(
        actions(&entry(EntryStatus::Submitted), &who(LEAD, &[Role::CenterAdmin])),
        [EntryAction::Approve, EntryAction::Return]
    );
    assert_eq!(
        actions(&entry(EntryStatus::Returned), &who(KEEPER, &[Role::LedgerKeeperYouth])),
        [EntryAction::Edit, EntryAction::Submit, EntryAction::Discard]
    );
}

fn form() -> EntryForm {
    EntryForm {
        happened_on: "2026-03-02".parse().unwrap(),
        activity: Activity::Volunteering,
        evidence: EvidenceKind::Picture,
        title: "进社区帮老人办社保认证".into(),
        detail: None,
        hours: Some(3),
        kept_at: None,
        participants: Vec::new(),
    }
}

#[test]
fn each_field_of_an_entry_reports_its_own_fault() {
    let today: NaiveDate = "2026-03-02".parse().unwrap();
    assert_eq!(form().check(ModelKind::Youth, today), []);
    let twice = StaffId(uuid::Uuid::from_u128(7));
    let wrong = EntryForm {
        happened_on: "2026-03-03".parse().unwrap(),
        activity: Activity::Study,
        title: " ".into(),
        detail: Some("详".repeat(DETAIL_MAX + 1)),
        hours: Some(0),
        kept_at: Some("柜\n".into()),
        participants: vec![twice, twice],
        ..form()
    };
    let found: Vec<_> = wrong.check(ModelKind::Youth, today).into_iter().map(|v| (v.field, v.code)).collect();
    assert_eq!(
        found,
        [
            ("happenedOn", "form.date_in_future"),
            ("activity", "model_post.activity"),
            ("title", "form.required"),
            ("detail", "form.too_long"),
            ("hours", "model_post.hours"),
            ("keptAt", "form.control_characters"),
            ("participants", "model_post.person_twice"),
        ]
    );
    let training = EntryForm { activity: Activity::Training, ..form() };
    assert_eq!(training.check(ModelKind::Youth, today)[0].code, "model_post.nobody_trained");
    let old = EntryForm { happened_on: "2024-02-29".parse().unwrap(), ..form() };
    assert_eq!(old.check(ModelKind::Youth, today)[0].code, "form.date_too_old");
    let crowd: Vec<_> = (0..=200u128).map(|n| StaffId(uuid::Uuid::from_u128(n))).collect();
    let many = EntryForm { participants: crowd, ..form() };
    assert_eq!(many.check(ModelKind::Youth, today)[0].code, "model_post.too_many_people");
}

#[test]
fn an_entry_is_handed_in_with_something_that_proves_it() {
    use EvidenceKind as E;
    let code = |evidence, files, kept| check_proof(evidence, files, kept).map_or_else(|v| v.code, |()| "ok");
    for (evidence, files, kept, said) in [
        (E::Picture, 1, None, "ok"),
        (E::Picture, 0, Some("文件柜2"), "model_post.no_file"),
        (E::AudioVideo, 0, None, "model_post.no_proof"),
        (E::AudioVideo, 0, Some("硬盘一号"), "ok"),
        (E::PhysicalObject, 0, Some("荣誉墙"), "ok"),
        (E::PhysicalObject, 2, None, "form.required"),
        (E::Document, 0, Some("文件柜2"), "ok"),
        (E::OriginalRecord, 0, Some("  "), "model_post.no_proof"),
        (E::Material, 0, None, "model_post.no_proof"),
    ] {
        assert_eq!(code(evidence, files, kept), said, "{evidence:?} {files} {kept:?}");
    }
}

#[test]
fn an_entry_counts_in_the_quarter_in_which_it_happened() {
    for (day, quarter) in [
        ("2026-01-01", "2026-01-01"),
        ("2026-03-31", "2026-01-01"),
        ("2026-12-31", "2026-10-01"),
        ("2024-02-29", "2024-01-01"),
    ] {
        assert_eq!(Tally::quarter(day.parse().unwrap()), quarter.parse().unwrap());
    }
}
