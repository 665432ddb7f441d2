//! Policy values (domain section K): city-editable numbers, never constants in the rules.
//!
//! Every default is an ASSUMPTION about local practice, not a figure of the standard.

use crate::macros::text_enum;

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

/// The values in force for one city.
#[derive(Clone, Debug, Default)]
pub struct Policy(std::collections::BTreeMap<PolicyKey, u32>);

impl Policy {
    /// The city's own values; keys it has not set keep their default.
    pub fn new(values: impl IntoIterator<Item = (PolicyKey, u32)>) -> Self {
        Self(values.into_iter().collect())
    }

    /// The value in force for `key`.
    #[must_use]
    pub fn get(&self, key: PolicyKey) -> u32 {
        self.0.get(&key).copied().unwrap_or_else(|| key.default_value())
    }
}
