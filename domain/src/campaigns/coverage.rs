//! How far a round has come: whether each group is there, and with enough forms (F.7: all three types, at least so
//! many each).

use super::{CampaignKind, RaterStatus, Raters};
use crate::permission::Role;

/// A rater, as far as coverage is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RaterFacts {
    /// As whom they rate.
    pub role: Role,
    /// Where they are.
    pub status: RaterStatus,
    /// How many forms they handed in.
    pub handed_in: u32,
    /// From how many targets they stood back.
    pub recused: u32,
    /// How many targets are theirs, also those that they stood back from.
    pub assigned: u32,
}

impl RaterFacts {
    /// Whether nothing is awaited of them: every target of theirs has its form, or they stood back.
    #[must_use]
    pub const fn is_done(self) -> bool {
        self.handed_in > 0 && self.handed_in + self.recused >= self.assigned
    }
}

/// A group of raters in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupCoverage {
    /// As whom they rate.
    pub role: Role,
    /// How many are in the round and have not declined.
    pub named: u32,
    /// How many take part.
    pub accepted: u32,
    /// How many have handed in all that is theirs.
    pub done: u32,
    /// How many are needed; 0 where no number is asked for.
    pub least: u32,
}

impl GroupCoverage {
    /// Whether enough have handed in.
    #[must_use]
    pub const fn is_enough(self) -> bool {
        self.done >= self.least
    }
}

/// The groups of a round. Of deputies each group is needed with `least` of them; of other raters, one altogether.
#[must_use]
pub fn coverage(kind: CampaignKind, raters: &[RaterFacts], least: u32) -> Vec<GroupCoverage> {
    let rules = kind.rules();
    let count = |role: Role, wanted: &dyn Fn(&RaterFacts) -> bool| {
        let found = raters.iter().filter(|rater| rater.role == role && wanted(rater)).count();
        u32::try_from(found).unwrap_or(u32::MAX)
    };
    let present = |rater: &RaterFacts| !matches!(rater.status, RaterStatus::Declined | RaterStatus::Expired);
    let group = |role: &Role| GroupCoverage {
        role: *role,
        named: count(*role, &present),
        accepted: count(*role, &|rater| rater.status == RaterStatus::Accepted),
        done: count(*role, &|rater| rater.is_done()),
        least: if rules.raters == Raters::Roster { least } else { 0 },
    };
    rules.roles.iter().map(group).collect()
}

/// Whether every group of the round has enough forms, and there is one at all.
#[must_use]
pub fn is_covered(groups: &[GroupCoverage]) -> bool {
    groups.iter().all(|group| group.is_enough()) && groups.iter().any(|group| group.done > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rater(role: Role, status: RaterStatus, handed_in: u32) -> RaterFacts {
        RaterFacts { role, status, handed_in, recused: 0, assigned: 2 }
    }

    #[test]
    fn each_of_the_three_groups_is_needed_with_two_whole_hand_ins() {
        let two = |role| [rater(role, RaterStatus::Accepted, 2), rater(role, RaterStatus::Accepted, 2)];
        let mut raters: Vec<_> = [Role::PartyDelegate, Role::CongressDeputy].into_iter().flat_map(two).collect();
        raters.push(rater(Role::CppccMember, RaterStatus::Accepted, 2));
        raters.push(rater(Role::CppccMember, RaterStatus::Accepted, 1));
        raters.push(rater(Role::CppccMember, RaterStatus::Declined, 0));
        let groups = coverage(CampaignKind::Deputies, &raters, 2);
        let told: Vec<_> =
            groups.iter().map(|group| (group.named, group.accepted, group.done, group.is_enough())).collect();
        assert_eq!(told, [(2, 2, 2, true), (2, 2, 2, true), (2, 2, 1, false)]);
        assert!(!is_covered(&groups));
        raters[5].recused = 1;
        assert!(is_covered(&coverage(CampaignKind::Deputies, &raters, 2)), "standing back leaves nothing to wait for");
    }

    #[test]
    fn whoever_stood_back_from_everything_has_given_nothing() {
        let facts = RaterFacts { recused: 2, ..rater(Role::PartyDelegate, RaterStatus::Accepted, 0) };
        assert!(!facts.is_done());
        assert!(!is_covered(&coverage(CampaignKind::Superior, &[], 2)), "a round without a form covers nothing");
    }
}
