//! How far a round has come, in the words of the practice (F.7).

use super::CampaignStatus;
use crate::macros::text_enum;

text_enum! {
    /// A step of a round.
    pub enum CampaignStep {
        /// It is being put together.
        Planned = "planned",
        /// Raters were invited.
        Invited = "invited",
        /// One at least has accepted and read the briefing.
        Briefed = "briefed",
        /// Forms are filled in.
        Visiting = "visiting",
        /// No form is awaited any more.
        FormsIn = "forms_in",
        /// Each remark was worked through: tasks are open, or a reason was given.
        PlanIssued = "plan_issued",
        /// Each reply was judged, or there was none to judge.
        ReportedBack = "reported_back",
        /// The rated see what it came to.
        Published = "published",
    }
}

/// What is known of a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoundFacts {
    /// How many raters were invited, or more.
    pub invited: u32,
    /// How many accepted.
    pub accepted: u32,
    /// How many forms were handed in.
    pub handed_in: u32,
    /// How many remarks nobody has worked through.
    pub open_remarks: u32,
    /// How many replies nobody has judged, or were found not to answer.
    pub unanswered: u32,
}

/// How far it has come.
#[must_use]
pub const fn step(status: CampaignStatus, facts: RoundFacts) -> CampaignStep {
    match status {
        CampaignStatus::Published => CampaignStep::Published,
        CampaignStatus::Closed if facts.open_remarks > 0 => CampaignStep::FormsIn,
        CampaignStatus::Closed if facts.unanswered > 0 => CampaignStep::PlanIssued,
        CampaignStatus::Closed => CampaignStep::ReportedBack,
        CampaignStatus::Open if facts.handed_in > 0 => CampaignStep::Visiting,
        _ if facts.accepted > 0 => CampaignStep::Briefed,
        _ if facts.invited > 0 => CampaignStep::Invited,
        _ => CampaignStep::Planned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_goes_through_the_steps_of_the_practice_in_order() {
        let none = RoundFacts::default();
        let invited = RoundFacts { invited: 6, ..none };
        let accepted = RoundFacts { accepted: 5, ..invited };
        let given = RoundFacts { handed_in: 1, ..accepted };
        let said = RoundFacts { open_remarks: 2, unanswered: 2, ..given };
        let replied = RoundFacts { open_remarks: 0, ..said };
        let judged = RoundFacts { unanswered: 0, ..replied };
        let seen: Vec<_> = [
            (CampaignStatus::Planned, none),
            (CampaignStatus::Planned, invited),
            (CampaignStatus::Open, accepted),
            (CampaignStatus::Open, given),
            (CampaignStatus::Closed, said),
            (CampaignStatus::Closed, replied),
            (CampaignStatus::Closed, judged),
            (CampaignStatus::Published, judged),
        ]
        .into_iter()
        .map(|(status, facts)| step(status, facts))
        .collect();
        assert_eq!(seen, CampaignStep::ALL);
    }
}
