//! Policy values (domain section K): city-editable numbers, never constants in the rules.
//!
//! Every default is an ASSUMPTION about local practice, not a figure of the standard.
//!
//! A changed value counts for steps that begin after it. A clock that runs keeps its days: the complainant has been told
//! the date. Warnings and escalations have no clock of their own and follow the value in force.

use crate::{Violation, macros::text_enum};

text_enum! {
    /// A value that the rules of complaints read. Working days unless said otherwise.
    pub enum PolicyKey {
        /// First look at a new complaint.
        ComplaintAck = "complaint.ack",
        /// Decision to accept or not, from receipt.
        ComplaintAcceptDecision = "complaint.accept_decision",
        /// Reply to a simple complaint; 0 is the same working day.
        ComplaintSimple = "complaint.simple",
        /// Reply to an ordinary complaint.
        ComplaintNormal = "complaint.normal",
        /// Reply to a complex complaint.
        ComplaintComplex = "complaint.complex",
        /// How often a reply may be put off (a count).
        ComplaintExtensionMaxCount = "complaint.extension_max_count",
        /// By how many working days at most.
        ComplaintExtensionMaxDays = "complaint.extension_max_days",
        /// Total working days a clock may stand still.
        ComplaintPauseMax = "complaint.pause_max",
        /// Feedback after conclusion.
        ComplaintFeedback = "complaint.feedback_after_conclusion",
        /// Follow-up after feedback.
        ComplaintFollowup = "complaint.followup",
        /// How long a complainant may ask for review.
        ComplaintReviewWindow = "complaint.review_request_window",
        /// Decision on a review.
        ComplaintReviewDecide = "complaint.review_decide",
        /// Warning before a deadline.
        WarnBefore = "escalation.warn_before",
        /// Working days overdue until the lead is told.
        EscalateToLead = "escalation.to_lead",
        /// … the center's administrator.
        EscalateToCenter = "escalation.to_center",
        /// … supervision.
        EscalateToSupervision = "escalation.to_supervision",
        /// … the city.
        EscalateToCity = "escalation.to_city",
    }
}

impl PolicyKey {
    /// The value where the city has set none (domain section K).
    #[must_use]
    pub const fn default_value(self) -> u32 {
        match self {
            Self::ComplaintSimple | Self::EscalateToLead => 0,
            Self::ComplaintAck
            | Self::ComplaintExtensionMaxCount
            | Self::ComplaintFeedback
            | Self::WarnBefore
            | Self::EscalateToCenter => 1,
            Self::ComplaintAcceptDecision => 2,
            Self::EscalateToSupervision => 3,
            Self::ComplaintNormal | Self::ComplaintFollowup | Self::EscalateToCity => 5,
            Self::ComplaintExtensionMaxDays
            | Self::ComplaintPauseMax
            | Self::ComplaintReviewWindow
            | Self::ComplaintReviewDecide => 10,
            Self::ComplaintComplex => 15,
        }
    }
}

impl PolicyKey {
    /// The largest value that makes sense; the smallest is 0, or 1 where nobody could act in no time.
    #[must_use]
    pub const fn range(self) -> (u32, u32) {
        match self {
            Self::ComplaintExtensionMaxCount => (0, 3),
            Self::ComplaintSimple | Self::EscalateToLead | Self::ComplaintPauseMax | Self::WarnBefore => (0, 30),
            Self::ComplaintExtensionMaxDays => (1, 30),
            _ => (1, 60),
        }
    }
}

/// Values that may not come before one another.
const ORDERED: [&[PolicyKey]; 2] = [
    &[PolicyKey::ComplaintSimple, PolicyKey::ComplaintNormal, PolicyKey::ComplaintComplex],
    &[
        PolicyKey::EscalateToLead,
        PolicyKey::EscalateToCenter,
        PolicyKey::EscalateToSupervision,
        PolicyKey::EscalateToCity,
    ],
];

/// The values in force for one city.
#[derive(Clone, Debug, Default)]
pub struct Policy(std::collections::BTreeMap<PolicyKey, u32>);

impl Policy {
    /// The city's own values; keys it has not set keep their default.
    pub fn new(values: impl IntoIterator<Item = (PolicyKey, u32)>) -> Self {
        Self(values.into_iter().collect())
    }

    /// The same values with another one for `key`.
    ///
    /// # Errors
    /// `policy.range` (args `min`, `max`), `policy.order` when a value that comes later would be smaller.
    pub fn with(&self, key: PolicyKey, value: u32) -> Result<Self, Violation> {
        let (min, max) = key.range();
        if !(min..=max).contains(&value) {
            return Err(Violation::new("value", "policy.range").with("min", min).with("max", max));
        }
        let mut changed = self.clone();
        changed.0.insert(key, value);
        let rises = |keys: &[PolicyKey]| keys.is_sorted_by_key(|key| changed.get(*key));
        if ORDERED.iter().filter(|keys| keys.contains(&key)).all(|keys| rises(keys)) {
            Ok(changed)
        } else {
            Err(Violation::new("value", "policy.order"))
        }
    }

    /// The value in force for `key`.
    #[must_use]
    pub fn get(&self, key: PolicyKey) -> u32 {
        self.0.get(&key).copied().unwrap_or_else(|| key.default_value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_a_value_that_may_be_set() {
        for key in PolicyKey::ALL {
            assert!(Policy::default().with(*key, key.default_value()).is_ok(), "{key:?}");
            let (min, max) = key.range();
            assert_eq!(Policy::default().with(*key, max + 1).unwrap_err().code, "policy.range", "{key:?}");
            assert!(min == 0 || Policy::default().with(*key, min - 1).is_err(), "{key:?}");
        }
    }

    #[test]
    fn a_simple_case_takes_no_longer_than_a_complex_one_and_escalation_climbs() {
        let policy = Policy::default();
        for (key, value) in [
            (PolicyKey::ComplaintSimple, 6),
            (PolicyKey::ComplaintNormal, 16),
            (PolicyKey::ComplaintComplex, 4),
            (PolicyKey::EscalateToCenter, 4),
            (PolicyKey::EscalateToCity, 2),
        ] {
            assert_eq!(policy.with(key, value).unwrap_err().code, "policy.order", "{key:?}");
        }
        let changed = policy.with(PolicyKey::ComplaintNormal, 15).unwrap();
        assert_eq!((changed.get(PolicyKey::ComplaintNormal), policy.get(PolicyKey::ComplaintNormal)), (15, 5));
    }
}
