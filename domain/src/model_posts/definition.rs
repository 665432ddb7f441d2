//! What each title asks for, clause by clause. The texts of the clauses are the catalogue's; the numbers are the city's.

use super::{
    Activity::{self, *},
    CheckKind::{self, *},
    ModelKind,
};
use crate::policy::PolicyKey;

/// Something that is counted among the people of a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trait {
    /// Women.
    Woman,
    /// People not older than the city's limit.
    Young,
}

/// In which stretches of the calendar something is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// Quarters.
    Quarter,
    /// Years.
    Year,
}

/// How often something is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// So many days after the last look, at the latest.
    Days(PolicyKey),
    /// Once in so many months of the calendar.
    Months(PolicyKey),
    /// Once in each year of the calendar.
    Year,
}

/// A part of a criterion that can be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// At least so many of a hundred of the team.
    Share(Trait, PolicyKey),
    /// So many people at least, and at most.
    Team(PolicyKey, Option<PolicyKey>),
    /// The post is headed by a woman; the city's value is 1 where that is asked for.
    HeadWoman(PolicyKey),
    /// Whoever heads the post is not older.
    HeadAge(PolicyKey),
    /// Whoever holds the post is a member of the party.
    PartyMembers,
    /// So many approved entries about it.
    Entries(Activity, Per, PolicyKey),
    /// Everybody was trained so often in the year.
    Trained(PolicyKey),
    /// Each of the six kinds of material in the year; a hint, no more.
    SixKinds,
    /// Looked at in time, and found in order.
    Looked(CheckKind, Every),
    /// No complaint against the post was found right and is still open.
    NoComplaint,
}

/// A criterion: where no rule is named, whoever reviews judges.
#[derive(Clone, Copy, Debug)]
pub struct Criterion {
    /// Its clause.
    pub clause: &'static str,
    /// What of it can be computed.
    pub rules: &'static [Rule],
}

/// What a title asks for.
#[derive(Debug)]
pub struct Definition {
    /// Which.
    pub kind: ModelKind,
    /// Its criteria, in the order of the standard.
    pub criteria: &'static [Criterion],
    /// What its ledger is about.
    pub activities: &'static [Activity],
    /// How many years it is held.
    pub cycle: PolicyKey,
}

const fn clause(clause: &'static str, rules: &'static [Rule]) -> Criterion {
    Criterion { clause, rules }
}

use PolicyKey as K;
use Rule::{Entries, HeadAge, HeadWoman, Looked, NoComplaint, PartyMembers, Share, SixKinds, Team, Trained};

/// Within the days that the city allows between two looks.
const OFTEN: Every = Every::Days(K::ModelCheckDays);
/// Once a year at least, as often as the city says.
const YEARLY: (Per, PolicyKey) = (Per::Year, K::ModelActivitiesPerYear);

/// 党员先锋岗 (6.9, domain section C.5).
const PARTY: Definition = Definition {
    kind: ModelKind::Party,
    criteria: &[
        clause("6.9.1", &[PartyMembers]),
        clause("6.9.2", &[NoComplaint]),
        clause("6.9.3", &[Trained(K::TrainingMinPerYear)]),
        clause("6.9.4", &[Entries(ProblemSolved, YEARLY.0, YEARLY.1)]),
        clause("6.9.5", &[Entries(Study, Per::Quarter, K::PartyStudyPerQuarter)]),
        clause("6.9.6", &[Looked(Plaque, OFTEN), Looked(PartyBadge, OFTEN)]),
        clause("6.9.7", &[Entries(Mobilising, YEARLY.0, YEARLY.1)]),
        clause("6.9.8", &[]),
        clause("6.9.9", &[Looked(Conduct, Every::Year)]),
        clause("6.9.10", &[]),
        clause("6.9.11", &[Entries(Suggestion, Per::Year, K::PartySuggestionsPerYear)]),
    ],
    activities: &[Study, Training, ProblemSolved, Suggestion, Mobilising, SkillTest, Meeting, Honour],
    cycle: K::PartyCycleYears,
};

/// 巾帼文明岗 (6.10, domain section C.6).
const WOMEN: Definition = Definition {
    kind: ModelKind::Women,
    criteria: &[
        clause(
            "6.10.1",
            &[Share(Trait::Woman, K::WomenShareMin), Team(K::WomenTeamMin, None), HeadWoman(K::WomenHead)],
        ),
        clause("6.10.2", &[Looked(Conduct, Every::Year), NoComplaint]),
        clause("6.10.3", &[Trained(K::TrainingMinPerYear)]),
        clause("6.10.4", &[Looked(Facilities, Every::Months(K::WomenFacilityMonths))]),
        clause("6.10.5", &[Looked(Plaque, OFTEN)]),
        clause("6.10.6", &[]),
        clause("6.10.7", &[Entries(SkillTest, YEARLY.0, YEARLY.1)]),
        clause("6.10.8", &[Entries(Mobilising, YEARLY.0, YEARLY.1)]),
        clause("6.10.9", &[]),
        clause("6.10.10", &[Looked(Promise, Every::Year)]),
    ],
    activities: &[Training, SkillTest, Mobilising, Volunteering, Innovation, Meeting, Publicity, Honour],
    cycle: K::WomenCycleYears,
};

/// 青年文明岗 (6.12, domain section C.8).
const YOUTH: Definition = Definition {
    kind: ModelKind::Youth,
    criteria: &[
        clause("6.12.1", &[]),
        clause(
            "6.12.2",
            &[
                Share(Trait::Young, K::YouthShareMin),
                Team(K::YouthTeamMin, Some(K::YouthTeamMax)),
                HeadAge(K::YouthHeadAgeMax),
            ],
        ),
        clause("6.12.3", &[Entries(Volunteering, YEARLY.0, YEARLY.1)]),
        clause("6.12.4", &[SixKinds]),
        clause("6.12.5", &[Looked(ComplaintBox, OFTEN), Looked(ComplaintPhone, OFTEN), Looked(NamePlates, OFTEN)]),
        clause("6.12.6", &[Looked(PublishedRules, Every::Year)]),
        clause("6.12.7", &[Looked(Conduct, Every::Year), NoComplaint]),
        clause("6.12.8", &[Looked(Promise, Every::Year), Entries(CreditAction, YEARLY.0, YEARLY.1)]),
        clause("6.12.9", &[]),
        clause("6.12.10", &[Trained(K::TrainingMinPerYear), Entries(SkillTest, YEARLY.0, YEARLY.1)]),
    ],
    activities: &[Training, SkillTest, Volunteering, Innovation, CreditAction, Meeting, Publicity, Honour],
    cycle: K::YouthCycleYears,
};

/// What the title of `kind` asks for.
#[must_use]
pub const fn definition(kind: ModelKind) -> &'static Definition {
    match kind {
        ModelKind::Party => &PARTY,
        ModelKind::Women => &WOMEN,
        ModelKind::Youth => &YOUTH,
    }
}

impl Definition {
    /// What is looked at for it on the spot.
    pub fn checks(&self) -> impl Iterator<Item = CheckKind> {
        self.criteria.iter().flat_map(|criterion| criterion.rules).filter_map(|rule| match rule {
            Looked(check, _) => Some(*check),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_definition_names_the_clauses_of_its_chapter_in_order() {
        for (kind, chapter, last) in
            [(ModelKind::Party, "6.9", 11), (ModelKind::Women, "6.10", 10), (ModelKind::Youth, "6.12", 10)]
        {
            let clauses: Vec<_> = definition(kind).criteria.iter().map(|criterion| criterion.clause).collect();
            let expected: Vec<_> = (1..=last).map(|n| format!("{chapter}.{n}")).collect();
            assert_eq!(clauses, expected);
        }
    }

    #[test]
    fn a_ledger_takes_every_activity_that_its_title_asks_for() {
        for kind in ModelKind::ALL {
            let definition = definition(*kind);
            for rule in definition.criteria.iter().flat_map(|criterion| criterion.rules) {
                match rule {
                    Entries(activity, ..) => assert!(definition.activities.contains(activity), "{kind:?} {activity:?}"),
                    Trained(_) => assert!(definition.activities.contains(&Training), "{kind:?}"),
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn nothing_is_asked_for_twice() {
        for kind in ModelKind::ALL {
            let rules: Vec<_> = definition(*kind).criteria.iter().flat_map(|criterion| criterion.rules).collect();
            for (i, rule) in rules.iter().enumerate() {
                assert!(!rules[..i].contains(rule), "{kind:?} {rule:?}");
            }
        }
    }

    #[test]
    fn each_title_belongs_to_one_kind_of_post() {
        for kind in ModelKind::ALL {
            assert_eq!(ModelKind::of_post(kind.post_kind()), Some(*kind));
        }
        assert_eq!(ModelKind::of_post("volunteer_post"), None);
    }
}
