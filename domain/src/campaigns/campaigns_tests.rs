//! Rounds: their rules by kind, their days, whom one rates.

use uuid::Uuid;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn form() -> CampaignForm {
    CampaignForm {
        name: "上半年代表委员评价".to_owned(),
        starts_on: day("2026-03-02"),
        ends_on: day("2026-03-20"),
        replies_until: day("2026-06-30"),
        least: None,
        briefing: "请实事求是。".to_owned(),
    }
}

fn codes(form: &CampaignForm) -> Vec<(&'static str, &'static str)> {
    form.check(day("2026-03-02"), &Policy::default()).into_iter().map(|found| (found.field, found.code)).collect()
}

#[test]
fn each_kind_has_its_rules_once_and_only_peers_vote_in_secret() {
    let kinds: Vec<_> = RULES.iter().map(|rules| rules.kind).collect();
    assert_eq!(kinds, CampaignKind::ALL);
    assert!(RULES.iter().all(|rules| !rules.roles.is_empty() && !rules.targets.is_empty()));
    let secret: Vec<_> = RULES.iter().filter(|rules| rules.secret).map(|rules| rules.kind).collect();
    assert_eq!(secret, [CampaignKind::Peer]);
    // Each role rates in one kind of round, so that a link says which.
    for role in Role::ALL {
        assert!(RULES.iter().filter(|rules| rules.roles.contains(role)).count() <= 1, "{role:?}");
    }
}

#[test]
fn a_round_has_a_name_a_briefing_and_days_in_order() {
    assert_eq!(codes(&form()), []);
    for (broken, expected) in [
        (CampaignForm { name: " ".to_owned(), ..form() }, ("name", "form.required")),
        (CampaignForm { briefing: "长".repeat(2001), ..form() }, ("briefing", "form.too_long")),
        (
            CampaignForm { starts_on: day("2026-02-01"), ends_on: day("2026-03-01"), ..form() },
            ("startsOn", "campaigns.day_past"),
        ),
        (
            CampaignForm { ends_on: day("2026-03-01"), starts_on: day("2026-03-02"), ..form() },
            ("startsOn", "campaigns.day_past"),
        ),
        (CampaignForm { ends_on: day("2026-06-30"), ..form() }, ("endsOn", "campaigns.too_long")),
        (CampaignForm { replies_until: day("2026-03-19"), ..form() }, ("repliesUntil", "campaigns.replies_before")),
        (CampaignForm { replies_until: day("2027-06-30"), ..form() }, ("repliesUntil", "campaigns.day_far")),
        // The city says how few are too few.
        (CampaignForm { least: Some(2), ..form() }, ("least", "campaigns.least")),
    ] {
        assert_eq!(codes(&broken)[0], expected, "{broken:?}");
    }
}

#[test]
fn a_round_goes_one_way() {
    use {CampaignAction as A, CampaignStatus as S};
    let allowed: Vec<_> = S::ALL
        .iter()
        .flat_map(|status| A::ALL.iter().map(move |action| (*status, *action)))
        .filter_map(|(status, action)| Some((status, action, after(status, action).ok()?)))
        .collect();
    let expected = [
        (S::Planned, A::Edit, S::Planned),
        (S::Planned, A::Open, S::Open),
        (S::Open, A::Close, S::Closed),
        (S::Closed, A::Publish, S::Published),
    ];
    assert_eq!(allowed, expected);
}

#[test]
fn forms_are_taken_from_the_first_day_to_the_last_of_an_open_round() {
    let days = (day("2026-03-02"), day("2026-03-20"));
    let take = |status, on: &str| takes_forms(status, days, day(on)).map_err(|found| found.code);
    assert_eq!(take(CampaignStatus::Open, "2026-03-02"), Ok(()));
    assert_eq!(take(CampaignStatus::Open, "2026-03-20"), Ok(()));
    assert_eq!(take(CampaignStatus::Open, "2026-03-01"), Err("campaigns.early"));
    assert_eq!(take(CampaignStatus::Open, "2026-03-21"), Err("campaigns.late"));
    assert_eq!(take(CampaignStatus::Closed, "2026-03-10"), Err("campaigns.late"));
    assert_eq!(take(CampaignStatus::Planned, "2026-03-10"), Err("campaigns.not_open"));
}

#[test]
fn nobody_rates_themself_but_where_that_is_asked_and_peers_stay_in_their_group() {
    let id = |n| StaffId(Uuid::from_u128(n));
    let who = |staff: Option<u128>, pool| Standing { staff: staff.map(id), pool };
    let peer = |rater, target| assigned(CampaignKind::Peer, rater, target);
    assert_eq!(peer(who(Some(1), Some("镇")), who(Some(1), Some("镇"))), Assignment::Oneself);
    assert_eq!(peer(who(Some(1), Some("镇")), who(Some(2), Some("镇"))), Assignment::Yes);
    assert_eq!(peer(who(Some(1), Some("镇")), who(Some(2), Some("村"))), Assignment::No);
    assert_eq!(peer(who(Some(1), None), who(Some(2), None)), Assignment::No);
    let own = |target| assigned(CampaignKind::SelfRating, who(Some(1), None), target);
    assert_eq!(own(who(Some(1), None)), Assignment::Yes);
    assert_eq!(own(who(Some(2), None)), Assignment::No);
    // A post and the center are nobody; a guest is not of the staff.
    assert_eq!(assigned(CampaignKind::OnSite, who(Some(1), None), who(None, None)), Assignment::Yes);
    assert_eq!(assigned(CampaignKind::Deputies, who(None, None), who(None, None)), Assignment::Yes);
    assert_eq!(assigned(CampaignKind::Superior, who(Some(1), None), who(Some(1), None)), Assignment::Oneself);
}

#[test]
fn targets_are_those_of_the_kind_and_groups_are_for_peers() {
    use TargetKind as T;
    assert_eq!(check_targets(CampaignKind::Deputies, &[T::Center, T::Post, T::Staff]), Ok(()));
    for (kind, targets, code) in [
        (CampaignKind::Deputies, vec![], "campaigns.no_targets"),
        (CampaignKind::Peer, vec![T::Post], "campaigns.target_kind"),
        (CampaignKind::ThirdParty, vec![T::Center, T::Staff], "campaigns.target_kind"),
        (CampaignKind::Deputies, vec![T::Post; 101], "campaigns.many_targets"),
    ] {
        assert_eq!(check_targets(kind, &targets).unwrap_err().code, code);
    }
    assert_eq!(check_pool(CampaignKind::Peer, None).unwrap().code, "form.required");
    assert_eq!(check_pool(CampaignKind::Superior, Some("镇")).unwrap().code, "campaigns.no_pool");
    assert!(check_pool(CampaignKind::Peer, Some("村（社区）")).is_none());
}
