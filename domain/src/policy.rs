//! Policy values (domain section K): city-editable numbers, never constants in the rules.
//!
//! Every default is an ASSUMPTION about local practice, not a figure of the standard, but for the three of annex A.
//!
//! A changed value counts for steps that begin after it. A clock that runs keeps its days: the complainant has been told
//! the date. Warnings and escalations have no clock of their own and follow the value in force.

use crate::{Violation, macros::text_enum};

text_enum! {
    /// A value that the rules read. For complaints working days, for others what the name says.
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
        /// Trainings for each person in a year (6.12.10; here for every model post).
        TrainingMinPerYear = "training.min_per_year",
        /// Entries in a year about each activity that a model post's criteria name. No source.
        ModelActivitiesPerYear = "model_post.activities_per_year",
        /// Days between two looks at plaque, badge, box and phone. No source.
        ModelCheckDays = "model_post.check_days",
        /// Months from an award or a review to the next review. No source.
        ModelRecheckMonths = "model_post.recheck_months",
        /// Working days for objections. No source; as public notices usually run.
        ModelPublicityDays = "model_post.publicity_days",
        /// Entries about studying law and standards in a quarter (6.9.5 names no number).
        PartyStudyPerQuarter = "party.study_per_quarter",
        /// Suggestions in a year (6.9.11 names no number).
        PartySuggestionsPerYear = "party.suggestions_per_year",
        /// Points below which the plaque goes (a school's rule, Yuyao 2011).
        PartyScoreMin = "party.score_min",
        /// Years of a term (organs that select anew every two years).
        PartyCycleYears = "party.cycle_years",
        /// Women of a hundred (6.10.1 leaves it to the city; Hunan women's federation, 2020: 60; Xiamen, 2016: 50).
        WomenShareMin = "women.share_min",
        /// People at least (Hunan women's federation, 2020).
        WomenTeamMin = "women.team_min",
        /// 1 where a woman is to head the post (Hangzhou, 2022), else 0.
        WomenHead = "women.head",
        /// Months of the calendar in which the facilities are looked at once (6.10.4 names no number).
        WomenFacilityMonths = "women.facility_months",
        /// Years of a term (Hangzhou, 2022).
        WomenCycleYears = "women.cycle_years",
        /// Young people of a hundred (Heyuan).
        YouthShareMin = "youth.share_min",
        /// The greatest age of the young (Heyuan).
        YouthAgeMax = "youth.age_max",
        /// People at least (Heyuan).
        YouthTeamMin = "youth.team_min",
        /// People at most (Heyuan).
        YouthTeamMax = "youth.team_max",
        /// The greatest age of whoever heads the post (Heyuan).
        YouthHeadAgeMax = "youth.head_age_max",
        /// Years of a term (the national programme: filed in odd years, assessed in even ones).
        YouthCycleYears = "youth.cycle_years",
        /// So many who wait are a peak (6.13.2 names no number, nor does anybody's practice; so for all of the tidal window).
        TidalOpenWaiting = "tidal.open_waiting",
        /// So many minutes of waiting are one too.
        TidalOpenMinutes = "tidal.open_minutes",
        /// Minutes that a peak lasts before opening is proposed.
        TidalOpenLasts = "tidal.open_lasts",
        /// No more than so many who wait are few.
        TidalCloseWaiting = "tidal.close_waiting",
        /// Minutes that few wait before closing is proposed.
        TidalCloseLasts = "tidal.close_lasts",
        /// Working days in which a missed call is returned; 0 is the same day (6.13.4 names none).
        TidalReturnCall = "tidal.return_call",
        /// Minutes from a greeting at the care window to the start of the service (6.15.1 says at once).
        CareStart = "care.start",
        /// Working days in which a home visit is made (6.15.4 names none).
        CareVisit = "care.visit",
        /// Days for which name, phone, address and need are kept after a service.
        CareKeepDays = "care.keep_days",
        /// Days without data from the city's platform after which an integrated window stands out (6.6.4 names none).
        ItemsSyncDays = "items.sync_days",
        /// Working days from fetching a result to filing its papers (6.5.6 says without delay).
        HandlingArchiveDays = "handling.archive_days",
        /// Days for which the reference to a recipient is kept after a case.
        HandlingKeepDays = "handling.keep_days",
        /// Working days in which something new is noted about a talent's request (6.16.2 names none).
        TalentProgress = "talent.progress",
        /// Days for which name, phone, enterprise and what was said are kept after a talent's request.
        TalentKeepDays = "talent.keep_days",
        /// Months after which an answer to a question of policy is looked at again (6.16.7 names none).
        TalentAnswerMonths = "talent.answer_months",
        /// Years from the day on which a standard was adopted, or found to hold, to its review. ASSUMPTION: 6.11.1 names
        /// none.
        StandardsReviewYears = "standards.review_years",
        /// The month by whose end the plan of the year is adopted. ASSUMPTION: 6.11.1 names none.
        StandardsPlanMonth = "standards.plan_month",
        /// Months from one self-audit to the next. ASSUMPTION: 6.11 names none.
        StandardsAuditMonths = "standards.audit_months",
        /// Working days in which a rectification task is handed in. No source.
        RectificationDue = "rectification.default_due",
        /// Days after which it is looked whether what was put right has lasted (7.3 names none).
        RectificationVerifyDays = "rectification.verify_days",
        /// Days within which the same cause at the same post has come again (7.3 names none).
        RectificationRecurDays = "rectification.recur_days",
        /// Days in which a recipient confirms a volunteer's service (6.7.5 names none).
        VolunteerConfirmDays = "volunteer.confirm_days",
        /// Minutes for which the code works that is shown to a recipient. No source.
        VolunteerCodeMinutes = "volunteer.code_minutes",
        /// Days for which a signature and the digits of a phone are kept after a confirmation. No source.
        VolunteerProofDays = "volunteer.proof_days",
        /// Days after the end of a year until its confirmed services go into the archive. No source.
        VolunteerArchiveDays = "volunteer.archive_days",
        /// Days for which a look at vest and armband counts (6.7.4 names none).
        VolunteerKitDays = "volunteer.kit_days",
        /// Services below which no rate of confirmation is shown. No source.
        VolunteerRateLeast = "volunteer.rate_least",
        /// First contact with whoever gave a bad rating (Dezhou 2020).
        BadRatingContact = "bad_rating.contact",
        /// Putting it right, from the contact on (Dezhou 2020).
        BadRatingFix = "bad_rating.fix",
        /// … at most, when it is put off (a city of Sichuan, 2020).
        BadRatingFixMost = "bad_rating.fix_most",
        /// Calling back, from the feedback on. No source.
        BadRatingCallBack = "bad_rating.call_back",
        /// Days for which contact, remark and what was said are kept after a case. No source.
        BadRatingKeepDays = "bad_rating.keep_days",
        /// Working days in which the rated side may appeal. No source.
        AppealWindow = "appeal.window",
        /// … in which the city decides. No source.
        AppealDecide = "appeal.decide",
        /// Forms of which the mean is shown in a round whose authors are not to be told apart (domain section F.6).
        CampaignLeast = "campaign.least",
        /// Raters of each of the three groups who hand in, in a round of deputies. No source.
        CampaignGroupLeast = "campaign.group_least",
        /// Days after a round for which its raters may read what became of their remarks. No source.
        CampaignReplyDays = "campaign.reply_days",
        /// Working days in which the center checks the facts of a third party's report (domain section F.8).
        CampaignFactCheck = "campaign.fact_check",
        /// 1 while protection is ordered by the health authority (annex A, dress), else 0; the day is in the history.
        HealthOrder = "appearance.health_order",
        /// Women's heels are lower than so many centimetres (annex A gives the figure).
        HeelMaxWomen = "appearance.heel_max_women",
        /// … men's.
        HeelMaxMen = "appearance.heel_max_men",
        /// Pieces of jewellery at most (annex A gives the figure).
        AccessoryMax = "appearance.accessory_max",
        /// Ratings that a figure has to be about to be shown (7.2.1.2 forbids watching and names no number).
        RatingMinGroup = "rating.min_group",
        /// Days for which words that came with a rating are kept. No source.
        RatingNoteDays = "rating.note_days",
    }
}

impl PolicyKey {
    /// The value where the city has set none (domain section K).
    #[must_use]
    pub const fn default_value(self) -> u32 {
        match self {
            Self::ComplaintSimple | Self::EscalateToLead | Self::TidalReturnCall | Self::HealthOrder => 0,
            Self::ComplaintAck
            | Self::ComplaintExtensionMaxCount
            | Self::ComplaintFeedback
            | Self::WarnBefore
            | Self::EscalateToCenter => 1,
            Self::ComplaintAcceptDecision => 2,
            Self::EscalateToSupervision => 3,
            Self::ComplaintNormal
            | Self::ComplaintFollowup
            | Self::EscalateToCity
            | Self::TidalOpenLasts
            | Self::CareStart
            | Self::TidalCloseWaiting => 5,
            Self::ComplaintExtensionMaxDays
            | Self::ComplaintPauseMax
            | Self::ComplaintReviewWindow
            | Self::ComplaintReviewDecide
            | Self::HandlingArchiveDays => 10,
            Self::ComplaintComplex | Self::TidalOpenWaiting | Self::TidalCloseLasts => 15,
            Self::TidalOpenMinutes => 20,
            Self::TrainingMinPerYear
            | Self::ModelActivitiesPerYear
            | Self::PartyStudyPerQuarter
            | Self::PartySuggestionsPerYear
            | Self::WomenHead
            | Self::WomenFacilityMonths => 1,
            Self::PartyCycleYears | Self::WomenCycleYears | Self::YouthCycleYears => 2,
            Self::WomenTeamMin | Self::CareVisit | Self::StandardsReviewYears | Self::StandardsPlanMonth => 3,
            Self::ModelPublicityDays | Self::TalentProgress => 5,
            Self::YouthTeamMin => 6,
            Self::ItemsSyncDays => 7,
            Self::ModelRecheckMonths | Self::TalentAnswerMonths | Self::StandardsAuditMonths => 12,
            Self::ModelCheckDays => 30,
            Self::YouthAgeMax => 35,
            Self::YouthHeadAgeMax => 40,
            Self::YouthShareMin => 50,
            Self::WomenShareMin => 60,
            Self::PartyScoreMin => 70,
            Self::CareKeepDays | Self::HandlingKeepDays => 90,
            Self::TalentKeepDays => 180,
            Self::RectificationDue => 15,
            Self::RectificationVerifyDays => 30,
            Self::RectificationRecurDays => 90,
            Self::VolunteerConfirmDays => 7,
            Self::VolunteerRateLeast => 10,
            Self::VolunteerCodeMinutes | Self::VolunteerKitDays => 30,
            Self::VolunteerArchiveDays => 31,
            Self::VolunteerProofDays => 180,
            Self::CampaignLeast => 3,
            Self::CampaignGroupLeast => 2,
            Self::CampaignReplyDays => 60,
            Self::CampaignFactCheck => 5,
            Self::BadRatingContact => 1,
            Self::BadRatingFix | Self::BadRatingCallBack | Self::AppealWindow => 5,
            Self::AppealDecide => 10,
            Self::BadRatingFixMost => 15,
            Self::BadRatingKeepDays => 180,
            Self::HeelMaxWomen => 4,
            Self::HeelMaxMen | Self::AccessoryMax => 3,
            Self::YouthTeamMax => 200,
            Self::RatingMinGroup => 5,
            Self::RatingNoteDays => 365,
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
            Self::ComplaintExtensionMaxDays | Self::ModelPublicityDays => (1, 30),
            Self::WomenHead | Self::HealthOrder => (0, 1),
            Self::TrainingMinPerYear
            | Self::ModelActivitiesPerYear
            | Self::PartyStudyPerQuarter
            | Self::PartySuggestionsPerYear
            | Self::WomenFacilityMonths
            | Self::StandardsPlanMonth => (1, 12),
            Self::PartyCycleYears | Self::WomenCycleYears | Self::YouthCycleYears => (1, 5),
            Self::ModelRecheckMonths | Self::TalentAnswerMonths | Self::StandardsAuditMonths => (1, 36),
            Self::ModelCheckDays | Self::HandlingKeepDays | Self::CareKeepDays | Self::TalentKeepDays => (1, 365),
            Self::PartyScoreMin | Self::WomenShareMin | Self::YouthShareMin => (1, 100),
            Self::YouthAgeMax | Self::YouthHeadAgeMax => (18, 60),
            Self::WomenTeamMin | Self::YouthTeamMin | Self::YouthTeamMax => (1, 500),
            Self::StandardsReviewYears => (1, 10),
            Self::RectificationVerifyDays | Self::RectificationRecurDays => (1, 365),
            Self::RatingMinGroup => (5, 50),
            Self::RatingNoteDays => (30, 365),
            Self::HeelMaxWomen | Self::HeelMaxMen => (1, 15),
            Self::AccessoryMax => (1, 20),
            Self::TidalReturnCall => (0, 5),
            Self::TidalOpenWaiting | Self::TidalOpenMinutes => (1, 200),
            Self::TidalCloseWaiting => (0, 200),
            Self::BadRatingKeepDays => (1, 365),
            Self::VolunteerArchiveDays => (0, 365),
            Self::VolunteerKitDays | Self::VolunteerProofDays => (1, 365),
            Self::CampaignLeast => (2, 30),
            Self::CampaignGroupLeast => (1, 20),
            Self::CampaignReplyDays => (1, 365),
            _ => (1, 60),
        }
    }
}

/// Values that may not come before one another.
const ORDERED: [&[PolicyKey]; 5] = [
    &[PolicyKey::ComplaintSimple, PolicyKey::ComplaintNormal, PolicyKey::ComplaintComplex],
    &[
        PolicyKey::EscalateToLead,
        PolicyKey::EscalateToCenter,
        PolicyKey::EscalateToSupervision,
        PolicyKey::EscalateToCity,
    ],
    &[PolicyKey::YouthTeamMin, PolicyKey::YouthTeamMax],
    &[PolicyKey::TidalCloseWaiting, PolicyKey::TidalOpenWaiting],
    &[PolicyKey::BadRatingFix, PolicyKey::BadRatingFixMost],
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
            (PolicyKey::YouthTeamMax, 5),
        ] {
            assert_eq!(policy.with(key, value).unwrap_err().code, "policy.order", "{key:?}");
        }
        let changed = policy.with(PolicyKey::ComplaintNormal, 15).unwrap();
        assert_eq!((changed.get(PolicyKey::ComplaintNormal), policy.get(PolicyKey::ComplaintNormal)), (15, 5));
    }
}
