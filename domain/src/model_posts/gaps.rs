//! What a model post lacks: every rule of its definition, computed from plain facts, with the day on which it counts
//! against the post.

use chrono::{Datelike, Days, NaiveDate};

use super::{
    Activity, CheckKind, EvidenceKind, ModelKind,
    definition::{Every, Per, Rule, Trait, definition},
    ledger::{Proved, Tally},
    team::{Counted, Member, Point, broken, history, later, on, too_old_on},
};
use crate::{StaffId, macros::text_enum, policy::Policy, training::times};

text_enum! {
    /// What is missing.
    pub enum GapCode {
        /// Too few women: `have` of `total`, `need` would do.
        WomenShare = "women_share",
        /// Too few young people: likewise.
        YouthShare = "youth_share",
        /// Fewer people than `need`.
        TeamSmall = "team_small",
        /// More people than `need`.
        TeamLarge = "team_large",
        /// Nobody heads the post.
        HeadMissing = "head_missing",
        /// Whoever heads it is no woman.
        HeadNotWoman = "head_not_woman",
        /// Whoever heads it is older than `need` years.
        HeadTooOld = "head_too_old",
        /// Somebody of the post is no member of the party.
        NotPartyMember = "not_party_member",
        /// Sex, day of birth or membership of somebody is not filled in.
        UnknownFact = "unknown_fact",
        /// `have` approved entries about `activity` since `period_from`, `need` are asked for.
        TooFewEntries = "too_few_entries",
        /// These people were not trained in the year from `period_from`.
        Untrained = "untrained",
        /// Kinds of material without an entry in the year.
        EvidenceMissing = "evidence_missing",
        /// Not looked at in time.
        LookDue = "look_due",
        /// Looked at, and not in order.
        LookFailed = "look_failed",
        /// A complaint was found right and is open.
        OpenComplaint = "open_complaint",
        /// The title is to be reviewed.
        ReviewDue = "review_due",
    }

    /// How much it counts.
    #[cfg_attr(feature = "graphql", graphql(name = "GapSeverity"))]
    pub enum Severity {
        /// Good to have.
        Hint = "hint",
        /// Asked for.
        Required = "required",
        /// The title cannot be retained as long as it lasts.
        Blocking = "blocking",
    }
}

/// How a check on the spot stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// What was looked at.
    pub check: CheckKind,
    /// When it was last in order.
    pub passed_on: Option<NaiveDate>,
    /// When it was first not in order after that.
    pub failed_on: Option<NaiveDate>,
}

impl Look {
    /// How `check` stands after all the looks at it: days, and whether it was in order. Of two looks on one day the worse
    /// counts.
    #[must_use]
    pub fn after(check: CheckKind, looks: &[(NaiveDate, bool)]) -> Self {
        let failed = |day: NaiveDate| looks.contains(&(day, false));
        let passed_on = looks.iter().filter(|(day, fine)| *fine && !failed(*day)).map(|(day, _)| *day).max();
        let failed_on = looks.iter().filter(|(day, fine)| !fine && Some(*day) > passed_on).map(|(day, _)| *day).min();
        Self { check, passed_on, failed_on }
    }
}

/// How often somebody was trained in a year, by one book: the sessions, or the post's ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrainedIn {
    /// Who.
    pub staff: StaffId,
    /// In which year.
    pub year: i32,
    /// How often.
    pub times: u32,
}

/// What is known of a post with a title, or on the way to one.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Which title.
    pub kind: ModelKind,
    /// When it was awarded, or applied for.
    pub started_on: NaiveDate,
    /// Since when entries count for the next review: the award or the last decision.
    pub since: NaiveDate,
    /// When it is to be reviewed, once it is held.
    pub recheck_on: Option<NaiveDate>,
    /// Who heads the post.
    pub head: Option<Member>,
    /// Its people over time.
    pub members: &'a [Member],
    /// Approved entries, counted.
    pub tallies: &'a [Tally],
    /// What its ledger holds by kind of proof.
    pub proved: &'a [Proved],
    /// Trainings, counted.
    pub trained: &'a [TrainedIn],
    /// Checks on the spot.
    pub looks: &'a [Look],
    /// Since when a complaint that was found right is open.
    pub complaint_since: Option<NaiveDate>,
}

/// Something that is missing. What else there is to say depends on the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What.
    pub code: GapCode,
    /// The clause that asks for it, if one does.
    pub clause: Option<&'static str>,
    /// How much it counts.
    pub severity: Severity,
    /// The first day on which it is missing; none where it is now and nobody knows since when.
    pub breach_on: Option<NaiveDate>,
    /// How much there is.
    pub have: Option<u32>,
    /// How much is asked for.
    pub need: Option<u32>,
    /// Out of how much.
    pub total: Option<u32>,
    /// Which entries.
    pub activity: Option<Activity>,
    /// Which check.
    pub check: Option<CheckKind>,
    /// The first day of the quarter or year.
    pub period_from: Option<NaiveDate>,
    /// Which kinds of material.
    pub evidence: Vec<EvidenceKind>,
    /// Whom it concerns.
    pub people: Vec<StaffId>,
}

impl Gap {
    /// Whether it counts against the post on `day`.
    #[must_use]
    pub fn is_breach(&self, day: NaiveDate) -> bool {
        self.severity != Severity::Hint && self.breach_on.is_none_or(|breach| breach <= day)
    }

    const fn new(code: GapCode, breach_on: Option<NaiveDate>) -> Self {
        Self {
            code,
            clause: None,
            severity: Severity::Required,
            breach_on,
            have: None,
            need: None,
            total: None,
            activity: None,
            check: None,
            period_from: None,
            evidence: Vec::new(),
            people: Vec::new(),
        }
    }
}

/// Whether a title with these gaps may not be retained on `day`.
#[must_use]
pub fn block(gaps: &[Gap], day: NaiveDate) -> bool {
    gaps.iter().any(|gap| gap.severity == Severity::Blocking && gap.is_breach(day))
}

/// Days before a check is due on which it begins to be shown.
const LOOK_NOTICE: Days = Days::new(7);
/// Days before a review is due on which it begins to be shown.
const REVIEW_NOTICE: Days = Days::new(60);
/// Months that are looked ahead where no review is due.
const AHEAD: u32 = 12;

/// Everything that is missing on `today`, or will be as far as is known; what counts longest comes first.
#[must_use]
pub fn gaps(facts: &Facts, policy: &Policy, today: NaiveDate) -> Vec<Gap> {
    let look = Looking { facts, policy, today };
    let mut found: Vec<Gap> = Vec::new();
    for criterion in definition(facts.kind).criteria {
        for rule in criterion.rules {
            let gaps = look.at(*rule).into_iter();
            found.extend(gaps.map(|gap| Gap { clause: Some(criterion.clause), ..gap }));
        }
    }
    found.extend(look.review());
    found.sort_by_key(|gap| (gap.breach_on, std::cmp::Reverse(gap.severity)));
    found
}

struct Looking<'a> {
    facts: &'a Facts<'a>,
    policy: &'a Policy,
    today: NaiveDate,
}

impl Looking<'_> {
    fn at(&self, rule: Rule) -> Vec<Gap> {
        match rule {
            Rule::Share(of, percent) => self.share(of, self.policy.get(percent)),
            Rule::Team(min, max) => self.team(self.policy.get(min), max.map(|max| self.policy.get(max))),
            Rule::HeadWoman(asked) if self.policy.get(asked) == 0 => Vec::new(),
            Rule::HeadWoman(_) => self.head_woman().into_iter().collect(),
            Rule::HeadAge(max) => self.head_age(self.policy.get(max)).into_iter().collect(),
            Rule::PartyMembers => self.party_members(),
            Rule::Entries(activity, per, min) => self.entries(activity, per, self.policy.get(min)),
            Rule::Trained(min) => self.trained(self.policy.get(min)),
            Rule::SixKinds => self.six_kinds().into_iter().collect(),
            Rule::Looked(check, every) => self.looked(check, every).into_iter().collect(),
            Rule::NoComplaint => self.complaint().into_iter().collect(),
        }
    }

    /// The last day that is looked at.
    fn horizon(&self) -> NaiveDate {
        self.facts.recheck_on.unwrap_or_else(|| later(self.today, AHEAD)).max(self.today)
    }

    fn history(&self, counted: Counted) -> Vec<Point> {
        history(self.facts.members, counted, self.facts.started_on.min(self.today), self.horizon())
    }

    /// The people of today of whom something is not known.
    fn unknown(&self, known: impl Fn(&Member) -> bool) -> Option<Gap> {
        let there = self.facts.members.iter().filter(|member| member.belongs(self.today) && !known(member));
        let people: Vec<_> = there.map(|member| member.person.staff).collect();
        (!people.is_empty()).then(|| Gap { people, ..Gap::new(GapCode::UnknownFact, None) })
    }

    fn share(&self, of: Trait, percent: u32) -> Vec<Gap> {
        let (code, counted) = match of {
            Trait::Woman => (GapCode::WomenShare, Counted::Women),
            Trait::Young => {
                (GapCode::YouthShare, Counted::UpToAge(self.policy.get(crate::policy::PolicyKey::YouthAgeMax)))
            }
        };
        let low = broken(&self.history(counted), self.today, |point| point.reaches(percent)).map(|since| {
            let now = on(self.facts.members, counted, since.from.max(self.today));
            Gap {
                have: Some(now.have),
                total: Some(now.total),
                need: Some(Point::needed(now.total, percent)),
                ..Gap::new(code, Some(since.from))
            }
        });
        let unknown = self.unknown(|member| match of {
            Trait::Woman => member.person.woman.is_some(),
            Trait::Young => member.person.born_on.is_some(),
        });
        low.into_iter().chain(unknown).collect()
    }

    fn team(&self, min: u32, max: Option<u32>) -> Vec<Gap> {
        let points = self.history(Counted::Women);
        let gap = |code, need, fine: &dyn Fn(&Point) -> bool| {
            let since = broken(&points, self.today, fine)?;
            let now = on(self.facts.members, Counted::Women, since.from.max(self.today));
            Some(Gap { have: Some(now.total), need: Some(need), ..Gap::new(code, Some(since.from)) })
        };
        let small = gap(GapCode::TeamSmall, min, &|point| point.total >= min);
        let large = max.and_then(|max| gap(GapCode::TeamLarge, max, &|point| point.total <= max));
        small.into_iter().chain(large).collect()
    }

    fn head_woman(&self) -> Option<Gap> {
        let Some(head) = self.facts.head else { return Some(Gap::new(GapCode::HeadMissing, None)) };
        let gap = |code, breach_on| Gap { people: vec![head.person.staff], ..Gap::new(code, breach_on) };
        match head.person.woman {
            Some(true) => None,
            Some(false) => Some(gap(GapCode::HeadNotWoman, Some(head.from.max(self.facts.started_on)))),
            None => Some(gap(GapCode::UnknownFact, None)),
        }
    }

    fn head_age(&self, max: u32) -> Option<Gap> {
        let Some(head) = self.facts.head else { return Some(Gap::new(GapCode::HeadMissing, None)) };
        let gap = |code, breach_on| Gap { people: vec![head.person.staff], ..Gap::new(code, breach_on) };
        let Some(born) = head.person.born_on else { return Some(gap(GapCode::UnknownFact, None)) };
        let old = too_old_on(born, max)?.max(head.from).max(self.facts.started_on);
        (old <= self.horizon()).then(|| Gap { need: Some(max), ..gap(GapCode::HeadTooOld, Some(old)) })
    }

    fn party_members(&self) -> Vec<Gap> {
        let outside = |member: &&Member| {
            member.person.party_member == Some(false) && member.until.is_none_or(|until| self.today <= until)
        };
        let outside: Vec<_> = self.facts.members.iter().filter(outside).collect();
        let since = outside.iter().map(|member| member.from.max(self.facts.started_on)).min();
        let gap = since.map(|since| Gap {
            people: outside.iter().map(|member| member.person.staff).collect(),
            ..Gap::new(GapCode::NotPartyMember, Some(since))
        });
        gap.into_iter().chain(self.unknown(|member| member.person.party_member.is_some())).collect()
    }

    /// The first days of the stretches of `months` from the one that the review period began in up to today's.
    fn stretches(&self, months: u32) -> impl Iterator<Item = NaiveDate> {
        let first = start_of(self.facts.since.min(self.today), months);
        let today = self.today;
        std::iter::successors(Some(first), move |day| Some(later(*day, months)).filter(|next| next > day))
            .take_while(move |day| *day <= today)
    }

    fn entries(&self, activity: Activity, per: Per, min: u32) -> Vec<Gap> {
        let months = match per {
            Per::Quarter => 3,
            Per::Year => 12,
        };
        let lacking = |from: NaiveDate| {
            let end = later(from, months);
            let counted = |tally: &&Tally| tally.activity == activity && (from..end).contains(&tally.quarter);
            let have: u32 = self.facts.tallies.iter().filter(counted).map(|tally| tally.entries).sum();
            (have < min).then(|| Gap {
                have: Some(have),
                need: Some(min),
                activity: Some(activity),
                period_from: Some(from),
                ..Gap::new(GapCode::TooFewEntries, Some(end))
            })
        };
        self.stretches(months).filter_map(lacking).collect()
    }

    fn trained(&self, min: u32) -> Vec<Gap> {
        let often = |staff: StaffId, year: i32| {
            let of = self.facts.trained.iter().filter(|done| done.staff == staff && done.year == year);
            times(of.map(|done| done.times)) >= min
        };
        let lacking = |from: NaiveDate| {
            let end = later(from, 12);
            let day = end.pred_opt().unwrap_or(end).min(self.today);
            let team = || self.facts.members.iter().filter(|member| member.belongs(day));
            let people: Vec<_> =
                team().map(|member| member.person.staff).filter(|staff| !often(*staff, from.year())).collect();
            let count = |n: usize| u32::try_from(n).ok();
            (!people.is_empty()).then(|| Gap {
                have: count(team().count() - people.len()),
                total: count(team().count()),
                need: Some(min),
                period_from: Some(from),
                people,
                ..Gap::new(GapCode::Untrained, Some(end))
            })
        };
        self.stretches(12).filter_map(lacking).collect()
    }

    fn six_kinds(&self) -> Option<Gap> {
        let from = start_of(self.today, 12);
        let end = later(from, 12);
        let there = |kind: EvidenceKind| {
            let mut of = self.facts.proved.iter().filter(|proved| proved.year == from.year());
            of.any(|proved| proved.evidence == kind && proved.entries > 0)
        };
        let evidence: Vec<_> = EvidenceKind::ALL.iter().copied().filter(|kind| !there(*kind)).collect();
        (!evidence.is_empty()).then(|| Gap {
            severity: Severity::Hint,
            period_from: Some(from),
            evidence,
            ..Gap::new(GapCode::EvidenceMissing, Some(end))
        })
    }

    fn looked(&self, check: CheckKind, every: Every) -> Option<Gap> {
        let look = self.facts.looks.iter().find(|look| look.check == check);
        let last =
            look.and_then(|look| look.passed_on).map_or(self.facts.started_on, |day| day.max(self.facts.started_on));
        let due = |months, n| later(start_of(last, months), months * (n + 1));
        let (overdue, shown) = match every {
            Every::Days(key) => {
                let days = u64::from(self.policy.get(key)) + 1;
                (last + Days::new(days), self.today + LOOK_NOTICE)
            }
            Every::Months(key) => (due(1, self.policy.get(key)), later(start_of(self.today, 1), 1)),
            Every::Year => (due(12, 1), later(start_of(self.today, 12), 12)),
        };
        let gap = |code, breach_on| Gap { check: Some(check), ..Gap::new(code, Some(breach_on)) };
        match look.and_then(|look| look.failed_on) {
            Some(failed) => {
                let severity = if check == CheckKind::Conduct { Severity::Blocking } else { Severity::Required };
                Some(Gap { severity, ..gap(GapCode::LookFailed, failed.min(overdue)) })
            }
            None => (overdue <= shown).then(|| gap(GapCode::LookDue, overdue)),
        }
    }

    fn complaint(&self) -> Option<Gap> {
        let gap = |since| Gap { severity: Severity::Blocking, ..Gap::new(GapCode::OpenComplaint, Some(since)) };
        self.facts.complaint_since.map(gap)
    }

    fn review(&self) -> Option<Gap> {
        let due = self.facts.recheck_on.filter(|due| *due <= self.today + REVIEW_NOTICE)?;
        Some(Gap::new(GapCode::ReviewDue, due.succ_opt()))
    }
}

/// The first day of the stretch of 1, 3 or 12 months of the calendar that `day` is in.
#[must_use]
pub fn start_of(day: NaiveDate, months: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year(), day.month0() / months.max(1) * months + 1, 1).unwrap_or(day)
}

#[cfg(test)]
#[path = "gaps_tests.rs"]
mod tests;
