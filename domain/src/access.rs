//! Who may call which operation: one row for each root field of the schema, and for each route beside it (Z-1).
//!
//! The server asks this table at its one door, before anything runs; an operation without a row is
//! refused to everybody. The services ask once more for themselves. [`page`] prints the same table
//! for people, and a test compares both with the schema.

use std::fmt::Write;

use crate::{
    complaints::{
        Action,
        state::{permission, states},
    },
    files::OwnerKind,
    permission::{Permission, Role, grants},
};

/// What an operation asks of whoever calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nothing: visitors call it, and whoever is about to sign in.
    Public,
    /// A session of their own; what is still asked of it is for the service to say.
    Account,
    /// The credential of a device, which lets it do this and nothing else.
    Device(Permission),
    /// A role with this permission at the chosen place.
    Needs(Permission),
    /// A step on a case: its permission, in the states of [`states`].
    Step(Action),
}

impl Access {
    /// The permission it asks for, if any.
    #[must_use]
    pub const fn permission(self) -> Option<Permission> {
        match self {
            Self::Public | Self::Account => None,
            Self::Device(needed) | Self::Needs(needed) => Some(needed),
            Self::Step(action) => Some(permission(action)),
        }
    }
}

use Access::{Account, Device, Needs, Public, Step};
use Permission as P;

/// Every operation, in the order of the schema.
pub const OPERATIONS: &[(&str, Access)] = &[
    ("viewer", Public),
    ("profile", Account),
    ("members", Needs(P::ComplaintReadAll)),
    ("memberships", Needs(P::MemberManage)),
    ("departments", Needs(P::PostRead)),
    ("cityCenters", Needs(P::CenterManage)),
    ("centerSettings", Needs(P::CenterSettings)),
    ("publicCenters", Public),
    ("publicCenter", Public),
    ("trackComplaint", Public),
    ("complaints", Needs(P::ComplaintReadOwn)),
    ("complaintCounts", Needs(P::ComplaintReadOwn)),
    ("complaint", Needs(P::ComplaintReadOwn)),
    ("similarComplaints", Needs(P::ComplaintReadAll)),
    ("referrals", Needs(P::ReferralOpen)),
    ("referral", Needs(P::ReferralOpen)),
    ("referredCase", Needs(P::ReferralOpen)),
    ("notifications", Needs(P::NoticeRead)),
    ("auditRecords", Needs(P::AuditRead)),
    ("auditChain", Needs(P::AuditRead)),
    ("catalogue", Needs(P::CatalogueRead)),
    ("policyValues", Needs(P::PolicyManage)),
    ("policyChanges", Needs(P::PolicyManage)),
    ("policyEffect", Needs(P::PolicyManage)),
    ("calendarYears", Needs(P::PolicyManage)),
    ("calendarEffect", Needs(P::PolicyManage)),
    ("centerCounts", Needs(P::CityCompare)),
    ("postKinds", Needs(P::PostRead)),
    ("cityPostKinds", Needs(P::PostKindManage)),
    ("posts", Needs(P::PostRead)),
    ("post", Needs(P::PostRead)),
    ("postBoard", Needs(P::PostRead)),
    ("rosterWeek", Needs(P::PostRead)),
    ("staffMembers", Needs(P::PostRead)),
    ("staffMember", Needs(P::PostRead)),
    ("ownDesk", Needs(P::PostRead)),
    ("modelTitles", Needs(P::ModelPostRead)),
    ("modelTitle", Needs(P::ModelPostRead)),
    ("modelGaps", Needs(P::ModelPostRead)),
    ("ledgerEntries", Needs(P::ModelPostRead)),
    ("ledgerEntry", Needs(P::ModelPostRead)),
    ("ledgerQueue", Needs(P::ModelPostAppraise)),
    ("trainingSessions", Needs(P::TrainingManage)),
    ("trainingSession", Needs(P::TrainingManage)),
    ("trainingCoverage", Needs(P::TrainingManage)),
    ("ownTraining", Needs(P::TrainingRead)),
    ("tidalWindows", Needs(P::TidalRead)),
    ("tidalWindow", Needs(P::TidalRead)),
    ("careRecords", Needs(P::CareRead)),
    ("careRecord", Needs(P::CareRead)),
    ("volunteerBoard", Needs(P::VolunteerRead)),
    ("serviceRecord", Needs(P::VolunteerRead)),
    ("serviceToConfirm", Public),
    ("itemMap", Needs(P::PostRead)),
    ("serviceCases", Needs(P::ServiceCaseRead)),
    ("serviceCase", Needs(P::ServiceCaseRead)),
    ("serviceCaseChoices", Needs(P::ServiceCaseKeep)),
    ("talentRequests", Needs(P::TalentRead)),
    ("talentRequest", Needs(P::TalentRead)),
    ("policyAnswers", Needs(P::TalentRead)),
    ("managedStandards", Needs(P::StandardsRead)),
    ("managedStandard", Needs(P::StandardsRead)),
    ("appearanceChecks", Needs(P::AppearanceRead)),
    ("appearanceCheck", Needs(P::AppearanceRead)),
    ("appearanceChoices", Needs(P::AppearanceCheck)),
    ("appearanceItems", Needs(P::AppearanceCheck)),
    ("phrases", Needs(P::PostRead)),
    ("formVersions", Needs(P::FormRead)),
    ("formVersion", Needs(P::FormRead)),
    ("ratingPage", Public),
    ("surveyPage", Public),
    ("kioskPage", Public),
    ("ratingPoints", Needs(P::RatingPointManage)),
    ("ratingPosters", Needs(P::RatingPointManage)),
    ("ratingResults", Needs(P::RatingRead)),
    ("ratingFlags", Needs(P::RatingFlagRead)),
    ("campaigns", Needs(P::CampaignRead)),
    ("campaign", Needs(P::CampaignRead)),
    ("campaignChoices", Needs(P::CampaignManage)),
    ("representatives", Needs(P::CampaignManage)),
    ("campaignResults", Needs(P::CampaignResultRead)),
    ("ratingRounds", Needs(P::CampaignRate)),
    ("ratingRound", Needs(P::CampaignRate)),
    ("campaignReport", Needs(P::CampaignRead)),
    ("ratingReport", Needs(P::CampaignRate)),
    ("cityRounds", Needs(P::CityRoundManage)),
    ("cityRound", Needs(P::CityRoundManage)),
    ("cityRoundChoices", Needs(P::CityRoundManage)),
    ("badRatings", Needs(P::BadRatingRead)),
    ("badRating", Needs(P::BadRatingRead)),
    ("ratingAppeals", Needs(P::AppealDecide)),
    ("ratingAppeal", Needs(P::AppealDecide)),
    ("findings", Needs(P::ImprovementRead)),
    ("rectifications", Needs(P::ImprovementRead)),
    ("rectification", Needs(P::ImprovementRead)),
    ("improvementPlans", Needs(P::ImprovementRead)),
    ("improvementPlan", Needs(P::ImprovementRead)),
    ("importBatches", Needs(P::PostManage)),
    ("signIn", Public),
    ("confirmSecondFactor", Account),
    ("signOut", Public),
    ("chooseScope", Account),
    ("changePassword", Account),
    ("beginSecondFactor", Account),
    ("finishSecondFactor", Account),
    ("endSession", Account),
    ("reauthenticate", Account),
    ("openInvitation", Public),
    ("acceptInvitation", Public),
    ("inviteMember", Needs(P::MemberManage)),
    ("appointCenterAdmin", Needs(P::CenterManage)),
    ("renewInvitation", Needs(P::MemberManage)),
    ("suspendMember", Needs(P::MemberManage)),
    ("reinstateMember", Needs(P::MemberManage)),
    ("endMember", Needs(P::MemberManage)),
    ("resetMemberPassword", Needs(P::MemberManage)),
    ("resetMemberSecondFactor", Needs(P::MemberManage)),
    ("endMemberSessions", Needs(P::MemberManage)),
    ("createCenter", Needs(P::CenterManage)),
    ("changeCenter", Needs(P::CenterManage)),
    ("allowExport", Needs(P::CenterExport)),
    ("addDepartment", Needs(P::CenterSettings)),
    ("editDepartment", Needs(P::CenterSettings)),
    ("retireDepartment", Needs(P::CenterSettings)),
    ("restoreDepartment", Needs(P::CenterSettings)),
    ("publishChannel", Needs(P::CenterSettings)),
    ("editChannel", Needs(P::CenterSettings)),
    ("moveChannel", Needs(P::CenterSettings)),
    ("withdrawChannel", Needs(P::CenterSettings)),
    ("restoreChannel", Needs(P::CenterSettings)),
    ("addServicePoint", Needs(P::CenterSettings)),
    ("editServicePoint", Needs(P::CenterSettings)),
    ("retireServicePoint", Needs(P::CenterSettings)),
    ("restoreServicePoint", Needs(P::CenterSettings)),
    ("registerDevice", Needs(P::CenterSettings)),
    ("editDevice", Needs(P::CenterSettings)),
    ("renewDevice", Needs(P::CenterSettings)),
    ("revokeDevice", Needs(P::CenterSettings)),
    ("fileComplaint", Public),
    ("requestReview", Public),
    ("rateHandling", Public),
    ("registerComplaint", Needs(P::ComplaintRegister)),
    ("screenComplaint", Step(Action::Screen)),
    ("acceptComplaint", Step(Action::Accept)),
    ("declineComplaint", Step(Action::Decline)),
    ("mergeComplaint", Step(Action::Merge)),
    ("resolveOnSpot", Step(Action::ResolveOnSpot)),
    ("assignComplaint", Step(Action::Assign)),
    ("returnComplaint", Step(Action::Return)),
    ("investigateComplaint", Step(Action::Investigate)),
    ("extendComplaint", Step(Action::Extend)),
    ("pauseComplaint", Step(Action::Pause)),
    ("resumeComplaint", Step(Action::Resume)),
    ("reclassifyComplaint", Step(Action::Reclassify)),
    ("handOverComplaint", Step(Action::HandOver)),
    ("nameRespondent", Step(Action::NameRespondent)),
    ("proposeConclusion", Step(Action::Propose)),
    ("approveConclusion", Step(Action::Approve)),
    ("sendBackConclusion", Step(Action::SendBack)),
    ("concludeComplaint", Step(Action::Conclude)),
    ("giveFeedback", Step(Action::GiveFeedback)),
    ("recordFollowUp", Step(Action::FollowUp)),
    ("requestReviewFor", Step(Action::RequestReview)),
    ("startReview", Step(Action::StartReview)),
    ("decideReview", Step(Action::DecideReview)),
    ("closeComplaint", Step(Action::Close)),
    ("archiveComplaint", Step(Action::Archive)),
    ("escalateComplaint", Step(Action::Escalate)),
    ("referComplaint", Step(Action::Refer)),
    ("pressComplaint", Step(Action::Press)),
    ("addNote", Step(Action::Note)),
    ("replyToComplainant", Step(Action::Reply)),
    ("revealComplainant", Step(Action::Reveal)),
    ("openReferral", Needs(P::ReferralOpen)),
    ("revealReferred", Needs(P::ReferralOpen)),
    ("answerReferral", Needs(P::ReferralAnswer)),
    ("acknowledgeNotification", Needs(P::NoticeRead)),
    ("verifyAudit", Needs(P::AuditRead)),
    ("exportAudit", Needs(P::AuditRead)),
    ("setPolicyValue", Needs(P::PolicyManage)),
    ("publishCalendar", Needs(P::PolicyManage)),
    ("addPost", Needs(P::PostManage)),
    ("editPost", Needs(P::PostManage)),
    ("activatePost", Needs(P::PostManage)),
    ("suspendPost", Needs(P::PostManage)),
    ("closePost", Needs(P::PostManage)),
    ("namePostLead", Needs(P::PostManage)),
    ("setSignboardPhoto", Needs(P::PostManage)),
    ("reviewDuties", Needs(P::RosterManage)),
    ("addStaffMember", Needs(P::PostManage)),
    ("editStaffMember", Needs(P::PostManage)),
    ("staffMemberLeaves", Needs(P::PostManage)),
    ("staffMemberReturns", Needs(P::PostManage)),
    ("revealStaffMember", Needs(P::StaffReveal)),
    ("assignStaffMember", Needs(P::RosterManage)),
    ("endAssignment", Needs(P::RosterManage)),
    ("cancelAssignment", Needs(P::RosterManage)),
    ("recordAbsence", Needs(P::RosterManage)),
    ("cancelAbsence", Needs(P::RosterManage)),
    ("addDuty", Needs(P::RosterManage)),
    ("cancelDuty", Needs(P::RosterManage)),
    ("giveHandover", Needs(P::PostRead)),
    ("acceptHandover", Needs(P::PostRead)),
    ("withdrawHandover", Needs(P::PostRead)),
    ("addPostKind", Needs(P::PostKindManage)),
    ("editPostKind", Needs(P::PostKindManage)),
    ("retirePostKind", Needs(P::PostKindManage)),
    ("restorePostKind", Needs(P::PostKindManage)),
    ("applyForTitle", Needs(P::ModelPostPropose)),
    ("reviewTitle", Needs(P::ModelPostAppraise)),
    ("publiciseTitle", Needs(P::ModelPostDecide)),
    ("objectToTitle", Needs(P::ModelPostHear)),
    ("settleObjection", Needs(P::ModelPostHear)),
    ("awardTitle", Needs(P::ModelPostDecide)),
    ("declineTitle", Needs(P::ModelPostDecide)),
    ("beginTitleReview", Needs(P::ModelPostPropose)),
    ("assessTitle", Needs(P::ModelPostAppraise)),
    ("decideTitleReview", Needs(P::ModelPostDecide)),
    ("addLedgerEntry", Needs(P::LedgerKeep)),
    ("editLedgerEntry", Needs(P::LedgerKeep)),
    ("submitLedgerEntry", Needs(P::LedgerKeep)),
    ("discardLedgerEntry", Needs(P::LedgerKeep)),
    ("approveLedgerEntry", Needs(P::ModelPostAppraise)),
    ("returnLedgerEntry", Needs(P::ModelPostAppraise)),
    ("recordPostCheck", Needs(P::ModelPostPropose)),
    ("planTraining", Needs(P::TrainingManage)),
    ("editTraining", Needs(P::TrainingManage)),
    ("recordAttendance", Needs(P::TrainingManage)),
    ("cancelTraining", Needs(P::TrainingManage)),
    ("recordQueueReading", Needs(P::TidalKeep)),
    ("openTidalWindow", Needs(P::TidalDecide)),
    ("declineTidalOpening", Needs(P::TidalDecide)),
    ("drainTidalWindow", Needs(P::TidalDecide)),
    ("closeTidalWindow", Needs(P::TidalDecide)),
    ("recordTidalCall", Needs(P::TidalKeep)),
    ("returnTidalCall", Needs(P::TidalKeep)),
    ("recordTidalWork", Needs(P::TidalKeep)),
    ("greetCareRecipient", Needs(P::CareKeep)),
    ("bookHomeVisit", Needs(P::CareKeep)),
    ("recordCareNeed", Needs(P::CareKeep)),
    ("handleCareHere", Needs(P::CareKeep)),
    ("handCareOver", Needs(P::CareKeep)),
    ("assignHomeVisit", Needs(P::CareKeep)),
    ("rescheduleHomeVisit", Needs(P::CareKeep)),
    ("recordHomeVisit", Needs(P::CareKeep)),
    ("finishCare", Needs(P::CareKeep)),
    ("cancelCare", Needs(P::CareKeep)),
    ("addCareNote", Needs(P::CareKeep)),
    ("rateCare", Needs(P::CareKeep)),
    ("revealCareContact", Needs(P::CareReveal)),
    ("writeServiceRecord", Needs(P::VolunteerServe)),
    ("editServiceRecord", Needs(P::VolunteerServe)),
    ("askServiceConfirmation", Needs(P::VolunteerServe)),
    ("showServiceCode", Needs(P::VolunteerServe)),
    ("signServiceRecord", Needs(P::VolunteerServe)),
    ("witnessServiceRecord", Needs(P::ServiceWitness)),
    ("confirmService", Public),
    ("checkVolunteerKit", Needs(P::KitCheck)),
    ("signOffVolunteer", Needs(P::CompetenceSign)),
    ("setUpWindow", Needs(P::PostManage)),
    ("addServiceItem", Needs(P::PostManage)),
    ("editServiceItem", Needs(P::PostManage)),
    ("placeServiceItem", Needs(P::PostManage)),
    ("retireServiceItem", Needs(P::PostManage)),
    ("restoreServiceItem", Needs(P::PostManage)),
    ("receiveServiceCase", Needs(P::ServiceCaseKeep)),
    ("acceptServiceCase", Needs(P::ServiceCaseKeep)),
    ("askServiceCaseCorrection", Needs(P::ServiceCaseKeep)),
    ("refuseServiceCase", Needs(P::ServiceCaseKeep)),
    ("resumeServiceCase", Needs(P::ServiceCaseKeep)),
    ("returnServiceCasePapers", Needs(P::ServiceCaseKeep)),
    ("beginServiceCaseApproval", Needs(P::ServiceCaseKeep)),
    ("finishServiceCaseResult", Needs(P::ServiceCaseKeep)),
    ("deliverServiceCaseResult", Needs(P::ServiceCaseKeep)),
    ("collectServiceCaseResult", Needs(P::ServiceCaseKeep)),
    ("archiveServiceCase", Needs(P::ServiceCaseKeep)),
    ("takeTalentRequest", Needs(P::TalentKeep)),
    ("assignTalentRequest", Needs(P::TalentKeep)),
    ("noteTalentProgress", Needs(P::TalentKeep)),
    ("tellTalent", Needs(P::TalentKeep)),
    ("settleTalentRequest", Needs(P::TalentKeep)),
    ("completeTalentRequest", Needs(P::TalentKeep)),
    ("withdrawTalentRequest", Needs(P::TalentKeep)),
    ("planTalentContact", Needs(P::TalentKeep)),
    ("makeTalentAppointment", Needs(P::TalentKeep)),
    ("endTalentAppointment", Needs(P::TalentKeep)),
    ("rateTalentService", Needs(P::TalentKeep)),
    ("revealTalent", Needs(P::TalentReveal)),
    ("markSeniorClerk", Needs(P::TalentKeep)),
    ("addPolicyAnswer", Needs(P::TalentKeep)),
    ("editPolicyAnswer", Needs(P::TalentKeep)),
    ("reviewPolicyAnswer", Needs(P::TalentKeep)),
    ("withdrawPolicyAnswer", Needs(P::TalentKeep)),
    ("registerStandard", Needs(P::StandardsManage)),
    ("editStandard", Needs(P::StandardsManage)),
    ("consultOnStandard", Needs(P::StandardsManage)),
    ("issueStandard", Needs(P::StandardsManage)),
    ("enforceStandard", Needs(P::StandardsManage)),
    ("beginStandardReview", Needs(P::StandardsManage)),
    ("confirmStandard", Needs(P::StandardsManage)),
    ("reviseStandard", Needs(P::StandardsManage)),
    ("withdrawStandard", Needs(P::StandardsManage)),
    ("addPlanTask", Needs(P::StandardsManage)),
    ("editPlanTask", Needs(P::StandardsManage)),
    ("movePlanTask", Needs(P::StandardsManage)),
    ("adoptYearPlan", Needs(P::StandardsManage)),
    ("appointStandardsOfficer", Needs(P::StandardsManage)),
    ("endStandardsOfficer", Needs(P::StandardsManage)),
    ("recordSelfAudit", Needs(P::StandardsManage)),
    ("addAuditFinding", Needs(P::StandardsManage)),
    ("closeAuditFinding", Needs(P::StandardsManage)),
    ("openAuditFindingTask", Needs(P::StandardsManage)),
    ("recordAppearanceCheck", Needs(P::AppearanceCheck)),
    ("answerAppearanceCheck", Needs(P::AppearanceRead)),
    ("setDressPictures", Needs(P::CenterSettings)),
    ("addPhrase", Needs(P::PhraseManage)),
    ("editPhrase", Needs(P::PhraseManage)),
    ("retirePhrase", Needs(P::PhraseManage)),
    ("restorePhrase", Needs(P::PhraseManage)),
    ("startFormVersion", Needs(P::FormManage)),
    ("copyFormVersion", Needs(P::FormManage)),
    ("editFormVersion", Needs(P::FormManage)),
    ("publishFormVersion", Needs(P::FormManage)),
    ("withdrawFormVersion", Needs(P::FormManage)),
    ("retireFormVersion", Needs(P::FormManage)),
    ("giveRating", Public),
    ("answerSurvey", Public),
    ("giveKioskRating", Public),
    ("addRatingPoint", Needs(P::RatingPointManage)),
    ("addRatingPointsForPosts", Needs(P::RatingPointManage)),
    ("renameRatingPoint", Needs(P::RatingPointManage)),
    ("revokeRatingPoint", Needs(P::RatingPointManage)),
    ("decideRatingFlag", Needs(P::RatingFlagDecide)),
    ("addRepresentative", Needs(P::CampaignManage)),
    ("editRepresentative", Needs(P::CampaignManage)),
    ("addRepresentativeConflict", Needs(P::CampaignManage)),
    ("liftRepresentativeConflict", Needs(P::CampaignManage)),
    ("planCampaign", Needs(P::CampaignManage)),
    ("editCampaign", Needs(P::CampaignManage)),
    ("setCampaignTargets", Needs(P::CampaignManage)),
    ("drawCampaignRaters", Needs(P::CampaignManage)),
    ("nameCampaignRater", Needs(P::CampaignManage)),
    ("inviteCampaignRater", Needs(P::CampaignManage)),
    ("remindCampaignRater", Needs(P::CampaignManage)),
    ("excuseCampaignRater", Needs(P::CampaignManage)),
    ("openCampaign", Needs(P::CampaignManage)),
    ("closeCampaign", Needs(P::CampaignManage)),
    ("classifyRemark", Needs(P::CampaignManage)),
    ("replyToRemark", Needs(P::CampaignManage)),
    ("publishCampaign", Needs(P::CampaignManage)),
    ("answerCampaign", Needs(P::CampaignRate)),
    ("saveBallot", Needs(P::CampaignRate)),
    ("handInBallot", Needs(P::CampaignRate)),
    ("recuseFromTarget", Needs(P::CampaignRate)),
    ("judgeReply", Needs(P::CampaignRate)),
    ("signReportContract", Needs(P::CampaignManage)),
    ("decideReportPlan", Needs(P::CampaignManage)),
    ("checkReportFact", Needs(P::CampaignManage)),
    ("submitReportPlan", Needs(P::CampaignRate)),
    ("drawReportSample", Needs(P::CampaignRate)),
    ("moveReport", Needs(P::CampaignRate)),
    ("addReportFact", Needs(P::CampaignRate)),
    ("dropReportFact", Needs(P::CampaignRate)),
    ("answerReportFact", Needs(P::CampaignRate)),
    ("handInReport", Needs(P::CampaignRate)),
    ("planCityRound", Needs(P::CityRoundManage)),
    ("openCityRound", Needs(P::CityRoundManage)),
    ("closeCityRound", Needs(P::CityRoundManage)),
    ("contactRater", Needs(P::BadRatingHandle)),
    ("verifyBadRating", Needs(P::BadRatingHandle)),
    ("rectifyBadRating", Needs(P::BadRatingHandle)),
    ("extendBadRating", Needs(P::BadRatingHandle)),
    ("feedBackBadRating", Needs(P::BadRatingHandle)),
    ("callBackRater", Needs(P::BadRatingHandle)),
    ("closeBadRating", Needs(P::BadRatingHandle)),
    ("noteBadRating", Needs(P::BadRatingHandle)),
    ("openBadRatingTask", Needs(P::BadRatingHandle)),
    ("revealRater", Needs(P::BadRatingReveal)),
    ("appealBadRating", Needs(P::BadRatingAppeal)),
    ("openRatingAppeal", Needs(P::AppealDecide)),
    ("decideRatingAppeal", Needs(P::AppealDecide)),
    ("recordFinding", Needs(P::FindingRecord)),
    ("dismissFinding", Needs(P::ImprovementDirect)),
    ("rectifyFinding", Needs(P::ImprovementDirect)),
    ("rectifyComplaint", Needs(P::FindingRecord)),
    ("assignRectification", Needs(P::ImprovementDirect)),
    ("planRectification", Needs(P::ImprovementAct)),
    ("agreeRectification", Needs(P::ImprovementDirect)),
    ("sendRectificationBack", Needs(P::ImprovementDirect)),
    ("submitRectification", Needs(P::ImprovementAct)),
    ("acceptRectification", Needs(P::ImprovementDirect)),
    ("recheckRectification", Needs(P::ImprovementDirect)),
    ("closeRectification", Needs(P::ImprovementDirect)),
    ("noteRectification", Needs(P::ImprovementRead)),
    ("startImprovement", Needs(P::ImprovementDirect)),
    ("setImprovementGoal", Needs(P::ImprovementAct)),
    ("addImprovementMeasure", Needs(P::ImprovementAct)),
    ("dropImprovementMeasure", Needs(P::ImprovementAct)),
    ("planImprovement", Needs(P::ImprovementAct)),
    ("approveImprovement", Needs(P::ImprovementDirect)),
    ("sendImprovementBack", Needs(P::ImprovementDirect)),
    ("executeImprovement", Needs(P::ImprovementAct)),
    ("finishImprovementMeasure", Needs(P::ImprovementAct)),
    ("verifyImprovement", Needs(P::ImprovementDirect)),
    ("applyImprovement", Needs(P::ImprovementDirect)),
    ("renewImprovement", Needs(P::ImprovementDirect)),
    ("closeImprovement", Needs(P::ImprovementDirect)),
    ("undoImport", Needs(P::PostManage)),
];

/// What the routes beside the API ask for. Which file may be seen depends on its record: [`OwnerKind::reader`].
pub const ROUTES: &[(&str, Access)] = &[
    ("POST /files", Needs(P::FileUpload)),
    ("GET /files/{id}", Account),
    ("GET /files/{id}/thumbnail", Account),
    ("DELETE /files/{id}", Needs(P::FileUpload)),
    ("POST /devices/{center}/readings", Device(P::QueueReport)),
    ("POST /exports/complaints", Needs(P::ComplaintReadOwn)),
    ("POST /exports/staff", Needs(P::PostRead)),
    ("POST /exports/posts", Needs(P::PostRead)),
    ("POST /exports/roster", Needs(P::PostRead)),
    ("POST /exports/members", Needs(P::MemberManage)),
    ("POST /exports/gaps", Needs(P::ModelPostRead)),
    ("POST /exports/titles", Needs(P::ModelPostRead)),
    ("POST /exports/ledger", Needs(P::ModelPostRead)),
    ("POST /exports/training", Needs(P::TrainingManage)),
    ("POST /exports/attendance", Needs(P::TrainingManage)),
    ("POST /exports/untrained", Needs(P::TrainingManage)),
    ("POST /exports/services", Needs(P::VolunteerRead)),
    ("POST /exports/volunteers", Needs(P::VolunteerRead)),
    ("POST /exports/talents", Needs(P::TalentRead)),
    ("POST /exports/answers", Needs(P::TalentRead)),
    ("POST /exports/care", Needs(P::CareRead)),
    ("POST /exports/tidal_sessions", Needs(P::TidalRead)),
    ("POST /exports/tidal_readings", Needs(P::TidalRead)),
    ("POST /exports/tidal_calls", Needs(P::TidalRead)),
    ("POST /exports/tidal_work", Needs(P::TidalRead)),
    ("POST /exports/tidal_peaks", Needs(P::TidalRead)),
    ("POST /exports/standards", Needs(P::StandardsRead)),
    ("POST /exports/plan", Needs(P::StandardsRead)),
    ("POST /exports/findings", Needs(P::StandardsRead)),
    ("POST /exports/items", Needs(P::PostRead)),
    ("POST /exports/handling", Needs(P::ServiceCaseRead)),
    ("POST /exports/appearance", Needs(P::AppearanceRead)),
    ("POST /exports/rectifications", Needs(P::ImprovementRead)),
    ("POST /exports/phrases", Needs(P::PostRead)),
    ("POST /exports/centers", Needs(P::CityCompare)),
    ("GET /imports/staff", Needs(P::PostManage)),
    ("POST /imports/staff", Needs(P::PostManage)),
    ("GET /imports/posts", Needs(P::PostManage)),
    ("POST /imports/posts", Needs(P::PostManage)),
    ("GET /imports/training", Needs(P::TrainingManage)),
    ("POST /imports/training", Needs(P::TrainingManage)),
];

/// What `operation` asks for; none where there is no such operation.
#[must_use]
pub fn of(operation: &str) -> Option<Access> {
    OPERATIONS.iter().find(|(name, _)| *name == operation).map(|(_, access)| *access)
}

/// What a route asks for; none where there is no such route.
#[must_use]
pub fn of_route(route: &str) -> Option<Access> {
    ROUTES.iter().find(|(name, _)| *name == route).map(|(_, access)| *access)
}

/// The table as a page of Markdown, with the roles and the states that each row comes to.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(
        "# Who may call what\n\nPrinted from `domain/src/access.rs` by `make schema`; a test compares. \
         States are those of a complaint in which the step makes sense; `domain::complaints::may` adds \
         the separation of duties and the clocks.\n\n| Operation | Asks for | Roles | States |\n|---|---|---|---|\n",
    );
    for (name, access) in OPERATIONS.iter().chain(ROUTES) {
        let (asks, roles) = match access.permission() {
            Some(needed) if matches!(access, Device(_)) => (needed.key(), "a device of the center".to_owned()),
            Some(needed) => (needed.key(), holders(needed)),
            None if *access == Public => ("nothing", "anybody".to_owned()),
            None => ("a session", "whoever signs in".to_owned()),
        };
        let states = match access {
            Step(action) => list(states(*action).iter().map(|state| state.key())),
            _ => String::new(),
        };
        // Writing to a text cannot fail.
        let _ = writeln!(page, "| `{name}` | {asks} | {roles} | {states} |");
    }
    page.push_str("\n## Whose files\n\n| Files of | Seen by whoever sees the record and has |\n|---|---|\n");
    for kind in OwnerKind::ALL {
        let reader = kind.reader().map_or("(nobody but the uploader yet)", Permission::key);
        let _ = writeln!(page, "| {} | {reader} |", kind.key());
    }
    page
}

fn holders(needed: Permission) -> String {
    let (yes, no): (Vec<Role>, Vec<Role>) = Role::ALL.iter().copied().partition(|role| grants(*role, needed));
    if no.is_empty() { "every role".to_owned() } else { list(yes.iter().map(|role| role.key())) }
}

fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_has_one_row_and_each_permission_an_operation() {
        for (position, (name, _)) in OPERATIONS.iter().enumerate() {
            assert!(OPERATIONS.iter().skip(position + 1).all(|(other, _)| other != name), "{name}");
        }
        // Asked for where no role is, by receipt code and by one-time link; and for single fields of one operation.
        let staff = [P::StaffSexRead, P::StaffBirthRead, P::StaffPartyRead];
        let fields = [&staff[..], &[P::ModelPartyRead, P::ModelWomenRead, P::ModelYouthRead]].concat();
        // How much of the volunteers' records somebody sees, and what a recipient does with a code.
        let service = [P::VolunteerReadPost, P::VolunteerReadAll, P::ServiceConfirm];
        // How much of what the public says somebody sees, and what the public does.
        let rating = [P::RatingReadAll, P::RatingGive];
        let elsewhere = [&[P::ComplaintFile, P::InvitationAccept], &fields[..], &service[..], &rating[..]].concat();
        for permission in Permission::ALL.iter().filter(|permission| !elsewhere.contains(permission)) {
            assert!(
                OPERATIONS.iter().chain(ROUTES).any(|(_, access)| access.permission() == Some(*permission)),
                "{permission:?}"
            );
        }
        for action in Action::ALL {
            assert!(OPERATIONS.iter().any(|(_, access)| *access == Step(*action)), "{action:?}");
        }
    }

    #[test]
    fn what_has_no_row_is_nobodys() {
        assert_eq!(of("dropEverything"), None);
        assert_eq!(of("acceptComplaint").and_then(Access::permission), Some(P::ComplaintHandle));
        assert_eq!(of("viewer").and_then(Access::permission), None);
    }
}
