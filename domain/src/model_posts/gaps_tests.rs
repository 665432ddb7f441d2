use proptest::prelude::*;

use super::*;
use crate::{model_posts::team::Person, policy::PolicyKey};

const TODAY: &str = "2026-05-20";

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn staff(n: u128) -> StaffId {
    StaffId(uuid::Uuid::from_u128(n))
}

fn member(n: u128, woman: bool, born: &str, from: &str) -> Member {
    let person = Person { staff: staff(n), woman: Some(woman), born_on: Some(d(born)), party_member: Some(true) };
    Member { person, from: d(from), until: None }
}

/// A post that lacks nothing: each test takes something away.
struct World {
    kind: ModelKind,
    started_on: NaiveDate,
    since: NaiveDate,
    recheck_on: Option<NaiveDate>,
    head: Option<Member>,
    members: Vec<Member>,
    tallies: Vec<Tally>,
    proved: Vec<Proved>,
    trained: Vec<TrainedIn>,
    looks: Vec<Look>,
    complaint_since: Option<NaiveDate>,
    policy: Policy,
}

impl World {
    fn new(kind: ModelKind) -> Self {
        let members: Vec<_> = (1..=6).map(|n| member(n, n > 2, "1998-06-01", "2025-01-01")).collect();
        let quarters = ["2026-01-01", "2026-04-01"].map(d);
        let activities = definition(kind).activities.iter().flat_map(|activity| quarters.map(|q| (*activity, q)));
        let tallies = activities.map(|(activity, quarter)| Tally { activity, quarter, entries: 6 }).collect();
        let proved = EvidenceKind::ALL.iter().map(|kind| Proved { evidence: *kind, year: 2026, entries: 6 }).collect();
        let looks = definition(kind)
            .checks()
            .map(|check| Look { check, passed_on: Some(d("2026-05-18")), failed_on: None })
            .collect();
        Self {
            kind,
            started_on: d("2026-01-10"),
            since: d("2026-01-10"),
            recheck_on: Some(d("2027-01-10")),
            head: Some(members[5]),
            trained: (1..=6).map(|n| TrainedIn { staff: staff(n), year: 2026, times: 1 }).collect(),
            members,
            tallies,
            proved,
            looks,
            complaint_since: None,
            policy: Policy::default(),
        }
    }

    fn gaps_on(&self, today: &str) -> Vec<Gap> {
        let facts = Facts {
            kind: self.kind,
            started_on: self.started_on,
            since: self.since,
            recheck_on: self.recheck_on,
            head: self.head,
            members: &self.members,
            tallies: &self.tallies,
            proved: &self.proved,
            trained: &self.trained,
            looks: &self.looks,
            complaint_since: self.complaint_since,
        };
        gaps(&facts, &self.policy, d(today))
    }

    fn gaps(&self) -> Vec<Gap> {
        self.gaps_on(TODAY)
    }

    /// Code, clause and day of each gap.
    fn found(&self) -> Vec<(GapCode, Option<&'static str>, Option<NaiveDate>)> {
        self.gaps().into_iter().map(|gap| (gap.code, gap.clause, gap.breach_on)).collect()
    }

    fn with(mut self, key: PolicyKey, value: u32) -> Self {
        self.policy = self.policy.with(key, value).unwrap();
        self
    }
}

fn women() -> World {
    World::new(ModelKind::Women)
}

fn youth() -> World {
    World::new(ModelKind::Youth)
}

fn party() -> World {
    World::new(ModelKind::Party)
}

#[test]
fn a_post_that_has_everything_lacks_nothing() {
    for kind in ModelKind::ALL {
        assert_eq!(World::new(*kind).gaps(), [], "{kind:?}");
    }
}

#[test]
fn a_woman_who_leaves_breaks_the_share_on_the_day_after() {
    let mut post = women();
    post.members[4].until = Some(d("2026-04-30"));
    // 3 of 5 women are 60 of a hundred: just enough.
    assert_eq!(post.found(), []);
    post.members[3].until = Some(d("2026-05-06"));
    let gap = &post.gaps()[0];
    assert_eq!((gap.code, gap.clause, gap.breach_on), (GapCode::WomenShare, Some("6.10.1"), Some(d("2026-05-07"))));
    assert_eq!((gap.have, gap.total, gap.need), (Some(2), Some(4), Some(3)));
    assert!(gap.is_breach(d(TODAY)));
    // The city asks for half: fine again.
    assert_eq!(post.with(PolicyKey::WomenShareMin, 50).found(), []);
}

#[test]
fn a_staffing_change_that_is_planned_has_the_day_on_which_it_breaks_the_share() {
    let mut post = women();
    for n in [3, 4] {
        post.members[n].until = Some(d("2026-08-31"));
    }
    let gap = &post.gaps()[0];
    assert_eq!((gap.code, gap.breach_on), (GapCode::WomenShare, Some(d("2026-09-01"))));
    assert!(!gap.is_breach(d("2026-08-31")) && gap.is_breach(d("2026-09-01")));
    assert_eq!((gap.have, gap.total), (Some(2), Some(4)));
}

#[test]
fn young_people_grow_older_and_the_share_breaks_on_a_birthday_before_the_review() {
    let mut post = youth();
    for n in 0..3 {
        post.members[n].person.born_on = Some(d("1980-01-01"));
    }
    post.members[3].person.born_on = Some(d("1990-11-02"));
    post.head = Some(post.members[5]);
    assert_eq!(post.found(), [(GapCode::YouthShare, Some("6.12.2"), Some(d("2026-11-02")))]);
    // After the review it is another review's matter.
    post.recheck_on = Some(d("2026-11-01"));
    assert_eq!(post.found(), []);
}

#[test]
fn a_team_has_the_size_that_the_city_asks_for() {
    let mut post = youth();
    post.members[0].until = Some(d("2026-03-31"));
    let gap = &post.gaps()[0];
    assert_eq!((gap.code, gap.breach_on), (GapCode::TeamSmall, Some(d("2026-04-01"))));
    assert_eq!((gap.have, gap.need), (Some(5), Some(6)));
    let crowd = youth().with(PolicyKey::YouthTeamMin, 1).with(PolicyKey::YouthTeamMax, 5);
    assert_eq!(crowd.found(), [(GapCode::TeamLarge, Some("6.12.2"), Some(d("2026-01-10")))]);
}

#[test]
fn whoever_heads_a_post_is_a_woman_or_not_too_old_where_that_is_asked_for() {
    let mut post = women();
    post.head = Some(post.members[0]);
    assert_eq!(post.found(), [(GapCode::HeadNotWoman, Some("6.10.1"), Some(d("2026-01-10")))]);
    assert_eq!(post.gaps()[0].people, [staff(1)]);
    post = post.with(PolicyKey::WomenHead, 0);
    assert_eq!(post.found(), []);
    let vacant = World { head: None, ..women() };
    assert_eq!(vacant.found(), [(GapCode::HeadMissing, Some("6.10.1"), None)]);

    let aged = |born: &str| World { head: Some(member(9, true, born, "2025-01-01")), ..youth() }.found();
    assert_eq!(aged("1986-01-11"), [], "41 on the day after the review");
    assert_eq!(aged("1985-06-30"), [(GapCode::HeadTooOld, Some("6.12.2"), Some(d("2026-06-30")))]);
    assert_eq!(aged("1980-06-30"), [(GapCode::HeadTooOld, Some("6.12.2"), Some(d("2026-01-10")))]);
}

#[test]
fn a_party_pioneer_post_is_held_by_members_of_the_party() {
    let mut post = party();
    post.members[1].person.party_member = Some(false);
    post.members[1].from = d("2026-04-15");
    let gap = &post.gaps()[0];
    assert_eq!((gap.code, gap.clause, gap.breach_on), (GapCode::NotPartyMember, Some("6.9.1"), Some(d("2026-04-15"))));
    assert_eq!(gap.people, [staff(2)]);
    post.members[1].until = Some(d("2026-05-19"));
    assert_eq!(post.found(), []);
}

#[test]
fn what_is_not_filled_in_is_named_and_not_guessed() {
    for (mut post, clause) in [(women(), "6.10.1"), (youth(), "6.12.2"), (party(), "6.9.1")] {
        let person = &mut post.members[4].person;
        *person = Person { woman: None, born_on: None, party_member: None, ..*person };
        let gap = &post.gaps()[0];
        assert_eq!((gap.code, gap.clause, gap.breach_on), (GapCode::UnknownFact, Some(clause), None));
        assert_eq!(gap.people, [staff(5)]);
        assert!(gap.is_breach(d(TODAY)));
    }
}

#[test]
fn study_is_owed_in_each_quarter_and_what_was_missed_stays_until_the_review() {
    let mut post = party();
    post.tallies.retain(|tally| tally.activity != Activity::Study);
    let days: Vec<_> =
        post.gaps().into_iter().map(|gap| (gap.period_from, gap.breach_on, gap.have, gap.need)).collect();
    assert_eq!(
        days,
        [
            (Some(d("2026-01-01")), Some(d("2026-04-01")), Some(0), Some(1)),
            (Some(d("2026-04-01")), Some(d("2026-07-01")), Some(0), Some(1)),
        ]
    );
    // After a review in April only the quarters since then count.
    post.since = d("2026-04-20");
    assert_eq!(post.gaps().len(), 1);
    // Two in a quarter are asked for, one is there.
    let post = party().with(PolicyKey::PartyStudyPerQuarter, 7);
    assert_eq!(post.gaps().iter().map(|gap| gap.have).collect::<Vec<_>>(), [Some(6), Some(6)]);
}

#[test]
fn activities_of_the_year_are_owed_by_its_end() {
    for (kind, activity, clause) in [
        (ModelKind::Party, Activity::Suggestion, "6.9.11"),
        (ModelKind::Party, Activity::ProblemSolved, "6.9.4"),
        (ModelKind::Party, Activity::Mobilising, "6.9.7"),
        (ModelKind::Women, Activity::SkillTest, "6.10.7"),
        (ModelKind::Women, Activity::Mobilising, "6.10.8"),
        (ModelKind::Youth, Activity::Volunteering, "6.12.3"),
        (ModelKind::Youth, Activity::CreditAction, "6.12.8"),
        (ModelKind::Youth, Activity::SkillTest, "6.12.10"),
    ] {
        let mut post = World::new(kind);
        post.tallies.retain(|tally| tally.activity != activity);
        assert_eq!(post.found(), [(GapCode::TooFewEntries, Some(clause), Some(d("2027-01-01")))], "{activity:?}");
        assert_eq!(post.gaps()[0].activity, Some(activity));
    }
}

#[test]
fn everybody_of_the_team_is_trained_once_a_year_and_who_was_not_is_named() {
    let mut post = youth();
    post.trained.retain(|done| ![staff(2), staff(6)].contains(&done.staff));
    let gap = &post.gaps()[0];
    assert_eq!((gap.code, gap.clause, gap.breach_on), (GapCode::Untrained, Some("6.12.10"), Some(d("2027-01-01"))));
    assert_eq!((gap.have, gap.total), (Some(4), Some(6)));
    assert_eq!(gap.people, [staff(2), staff(6)]);
    // Next year the year that passed is a breach, and everybody owes a new one.
    let next = post.gaps_on("2027-01-02");
    let untrained: Vec<_> = next.iter().filter(|gap| gap.code == GapCode::Untrained).collect();
    assert_eq!(
        untrained.iter().map(|gap| gap.breach_on).collect::<Vec<_>>(),
        [Some(d("2027-01-01")), Some(d("2028-01-01"))]
    );
    assert!(untrained[0].is_breach(d("2027-01-02")) && !untrained[1].is_breach(d("2027-01-02")));
    assert_eq!((untrained[0].people.len(), untrained[1].people.len()), (2, 6));
}

#[test]
fn a_training_that_stands_in_the_ledger_and_among_the_sessions_counts_once() {
    let mut post = youth();
    post.policy = post.policy.with(PolicyKey::TrainingMinPerYear, 2).unwrap();
    let session = |n, times| TrainedIn { staff: staff(n), year: 2026, times };
    post.trained.extend((1..=5).map(|n| session(n, 2)).chain([session(6, 1)]));
    let gap = &post.gaps()[0];
    assert_eq!((gap.code, gap.people.as_slice()), (GapCode::Untrained, &[staff(6)][..]));
}

#[test]
fn the_six_kinds_of_material_are_a_hint_and_never_a_breach() {
    let mut post = youth();
    post.proved.retain(|proved| ![EvidenceKind::AudioVideo, EvidenceKind::PhysicalObject].contains(&proved.evidence));
    let gap = &post.gaps()[0];
    assert_eq!((gap.code, gap.severity), (GapCode::EvidenceMissing, Severity::Hint));
    assert_eq!(gap.evidence, [EvidenceKind::AudioVideo, EvidenceKind::PhysicalObject]);
    assert!(!gap.is_breach(d("2030-01-01")));
}

#[test]
fn each_check_is_owed_in_its_own_rhythm() {
    let last = |world: World, check, passed: &str, today: &str| {
        let mut post = world;
        for look in post.looks.iter_mut().filter(|look| look.check == check) {
            look.passed_on = Some(d(passed));
        }
        let due = post.gaps_on(today).into_iter().find(|gap| gap.code == GapCode::LookDue && gap.check == Some(check));
        due.map(|gap| gap.breach_on.unwrap().to_string())
    };
    for (kind, check, passed, today, due) in [
        // Thirty days, shown a week before.
        (ModelKind::Party, CheckKind::Plaque, "2026-04-26", "2026-05-19", None),
        (ModelKind::Party, CheckKind::Plaque, "2026-04-26", "2026-05-20", Some("2026-05-27")),
        (ModelKind::Party, CheckKind::PartyBadge, "2026-03-01", "2026-05-20", Some("2026-04-01")),
        (ModelKind::Women, CheckKind::Plaque, "2026-03-01", "2026-05-20", Some("2026-04-01")),
        (ModelKind::Youth, CheckKind::ComplaintBox, "2026-03-01", "2026-05-20", Some("2026-04-01")),
        (ModelKind::Youth, CheckKind::ComplaintPhone, "2026-03-01", "2026-05-20", Some("2026-04-01")),
        (ModelKind::Youth, CheckKind::NamePlates, "2026-03-01", "2026-05-20", Some("2026-04-01")),
        // Each month of the calendar.
        (ModelKind::Women, CheckKind::Facilities, "2026-05-01", "2026-05-31", None),
        (ModelKind::Women, CheckKind::Facilities, "2026-05-31", "2026-06-01", Some("2026-07-01")),
        (ModelKind::Women, CheckKind::Facilities, "2026-04-30", "2026-05-20", Some("2026-06-01")),
        (ModelKind::Women, CheckKind::Facilities, "2026-02-28", "2026-05-20", Some("2026-04-01")),
        // Each year.
        (ModelKind::Women, CheckKind::Promise, "2026-01-20", "2026-12-31", None),
        (ModelKind::Youth, CheckKind::PublishedRules, "2026-03-01", "2027-01-01", Some("2028-01-01")),
        (ModelKind::Youth, CheckKind::Promise, "2026-03-01", "2028-02-01", Some("2028-01-01")),
    ] {
        assert_eq!(last(World::new(kind), check, passed, today).as_deref(), due, "{check:?} {passed} {today}");
    }
    // Never looked at: owed from the award on.
    let mut post = party();
    post.looks.clear();
    let plaque = post.gaps().into_iter().find(|gap| gap.check == Some(CheckKind::Plaque)).unwrap();
    assert_eq!(plaque.breach_on, Some(d("2026-02-10")));
}

#[test]
fn what_was_found_wrong_counts_from_that_day_until_it_is_in_order() {
    let at = |day: &str, fine| (d(day), fine);
    for (looks, passed, failed) in [
        (vec![], None, None),
        (vec![at("2026-05-01", true)], Some("2026-05-01"), None),
        (
            vec![at("2026-05-01", true), at("2026-05-10", false), at("2026-05-12", false)],
            Some("2026-05-01"),
            Some("2026-05-10"),
        ),
        (vec![at("2026-05-10", false), at("2026-05-12", true)], Some("2026-05-12"), None),
        (vec![at("2026-05-12", true), at("2026-05-12", false)], None, Some("2026-05-12")),
    ] {
        let look = Look::after(CheckKind::Plaque, &looks);
        assert_eq!((look.passed_on, look.failed_on), (passed.map(d), failed.map(d)), "{looks:?}");
    }
    let mut post = women();
    for look in post.looks.iter_mut().filter(|look| look.check == CheckKind::Plaque) {
        look.failed_on = Some(d("2026-05-19"));
    }
    assert_eq!(post.found(), [(GapCode::LookFailed, Some("6.10.5"), Some(d("2026-05-19")))]);
    assert!(!block(&post.gaps(), d(TODAY)));
}

#[test]
fn an_open_complaint_that_was_found_right_and_a_breach_of_discipline_block_retention() {
    for kind in ModelKind::ALL {
        let complained = World { complaint_since: Some(d("2026-05-02")), ..World::new(*kind) };
        let gaps = complained.gaps();
        assert_eq!((gaps[0].code, gaps[0].severity), (GapCode::OpenComplaint, Severity::Blocking));
        assert!(block(&gaps, d(TODAY)) && !block(&gaps, d("2026-05-01")));
        let mut breach = World::new(*kind);
        for look in breach.looks.iter_mut().filter(|look| look.check == CheckKind::Conduct) {
            look.failed_on = Some(d("2026-05-03"));
        }
        assert!(block(&breach.gaps(), d(TODAY)), "{kind:?}");
    }
}

#[test]
fn a_review_is_announced_sixty_days_before_it_is_due() {
    let mut post = women();
    post.recheck_on = Some(d("2026-07-20"));
    assert_eq!(post.found(), []);
    post.recheck_on = Some(d("2026-07-19"));
    assert_eq!(post.found(), [(GapCode::ReviewDue, None, Some(d("2026-07-20")))]);
}

#[test]
fn what_counts_longest_comes_first() {
    let mut post = women();
    post.complaint_since = Some(d("2026-05-02"));
    post.members[3].until = Some(d("2026-03-31"));
    post.members[4].until = Some(d("2026-03-31"));
    post.members[5].person.woman = None;
    let order: Vec<_> = post.gaps().into_iter().map(|gap| gap.code).collect();
    assert_eq!(order, [GapCode::UnknownFact, GapCode::WomenShare, GapCode::OpenComplaint]);
}

proptest! {
    #[test]
    fn a_gap_that_is_foreseen_comes_true_on_its_day_and_not_before(
        ends in proptest::collection::vec(proptest::option::of(0..200u64), 6), years in proptest::collection::vec(24..60u64, 6),
        today in 0..200u64, kind in 0..2usize,
    ) {
        let mut post = World::new([ModelKind::Women, ModelKind::Youth][kind]);
        for ((member, end), age) in post.members.iter_mut().zip(ends).zip(years) {
            member.until = end.map(|n| d("2026-03-01") + Days::new(n));
            member.person.born_on = Some(d("2026-07-01") - Days::new(age * 365));
        }
        let share = |on: NaiveDate| {
            let found = post.gaps_on(&on.to_string());
            found.into_iter().find(|gap| matches!(gap.code, GapCode::WomenShare | GapCode::YouthShare))
        };
        let today = d("2026-03-01") + Days::new(today);
        if let Some(gap) = share(today) {
            let breach = gap.breach_on.unwrap();
            let then = share(breach.max(today)).unwrap();
            prop_assert_eq!(then.breach_on, Some(breach));
            prop_assert!(then.is_breach(breach));
            // The day before, it is announced and no breach yet, unless it began with the title.
            if breach > post.started_on {
                prop_assert!(share(breach.pred_opt().unwrap()).is_some_and(|gap| !gap.is_breach(breach.pred_opt().unwrap())));
            }
        }
    }
}
