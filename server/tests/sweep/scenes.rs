//! Cases in the states in which each step can be made, so that a call is refused for whose it asks and for nothing else.

/// How an ordinary case goes.
pub const COURSE: &[&str] = &[
    "screenComplaint",
    "acceptComplaint",
    "assignComplaint",
    "investigateComplaint",
    "proposeConclusion",
    "approveConclusion",
    "concludeComplaint",
    "giveFeedback",
];

/// An operation, how many steps of the course come before it, and which steps after those.
pub const SCENES: &[(&str, usize, &[&str])] = &[
    // The case that is read, and merged into.
    ("complaint", 4, &["addNote", "replyToComplainant", "pauseComplaint", "resumeComplaint"]),
    ("screenComplaint", 0, &[]),
    ("acceptComplaint", 1, &[]),
    ("declineComplaint", 1, &[]),
    ("mergeComplaint", 0, &[]),
    ("resolveOnSpot", 2, &[]),
    ("assignComplaint", 2, &[]),
    ("returnComplaint", 3, &[]),
    ("investigateComplaint", 3, &[]),
    ("extendComplaint", 4, &[]),
    ("pauseComplaint", 4, &[]),
    ("resumeComplaint", 4, &["pauseComplaint"]),
    ("reclassifyComplaint", 4, &[]),
    ("handOverComplaint", 0, &[]),
    ("nameRespondent", 0, &[]),
    ("proposeConclusion", 4, &[]),
    ("approveConclusion", 5, &[]),
    ("sendBackConclusion", 5, &[]),
    ("concludeComplaint", 6, &[]),
    ("giveFeedback", 7, &[]),
    ("recordFollowUp", 8, &[]),
    ("requestReviewFor", 8, &[]),
    ("requestReview", 8, &[]),
    ("rateHandling", 8, &[]),
    ("startReview", 8, &["requestReviewFor"]),
    ("decideReview", 8, &["requestReviewFor", "startReview"]),
    ("closeComplaint", 8, &["recordFollowUp"]),
    ("archiveComplaint", 8, &["recordFollowUp", "closeComplaint"]),
    ("escalateComplaint", 0, &[]),
    ("pressComplaint", 0, &[]),
    ("referComplaint", 0, &[]),
    ("addNote", 0, &[]),
    ("replyToComplainant", 0, &[]),
    ("revealComplainant", 0, &[]),
    // A task follows from what was found right.
    ("rectifyComplaint", 6, &[]),
];

/// Who of a center does an operation, where it is not the first one who may.
pub fn doer(operation: &str) -> Option<&'static str> {
    Some(match operation {
        "returnComplaint" | "investigateComplaint" | "proposeConclusion" | "acknowledgeNotification" => "staff",
        "approveConclusion" | "sendBackConclusion" | "endSession" => "admin",
        "recordFollowUp" | "startReview" | "decideReview" | "escalateComplaint" | "pressComplaint"
        | "referComplaint" => "supervisor",
        "applyForTitle" | "beginTitleReview" | "recordPostCheck" | "addLedgerEntry" | "editLedgerEntry"
        | "submitLedgerEntry" | "discardLedgerEntry" | "ledgerEntries" | "ledgerEntry" => "ledger_keeper_youth",
        "reviewTitle" | "publiciseTitle" | "settleObjection" | "awardTitle" | "declineTitle" | "assessTitle"
        | "decideTitleReview" | "approveLedgerEntry" | "returnLedgerEntry" | "ledgerQueue" => "admin",
        "objectToTitle" => "supervisor",
        "recordQueueReading"
        | "recordTidalCall"
        | "returnTidalCall"
        | "recordTidalWork"
        | "careRecord"
        | "careRecords"
        | "greetCareRecipient"
        | "bookHomeVisit"
        | "recordCareNeed"
        | "handleCareHere"
        | "handCareOver"
        | "assignHomeVisit"
        | "rescheduleHomeVisit"
        | "recordHomeVisit"
        | "finishCare"
        | "cancelCare"
        | "addCareNote"
        | "rateCare"
        | "revealCareContact"
        | "serviceCase"
        | "serviceCases"
        | "serviceCaseChoices"
        | "receiveServiceCase"
        | "acceptServiceCase"
        | "askServiceCaseCorrection"
        | "refuseServiceCase"
        | "resumeServiceCase"
        | "returnServiceCasePapers"
        | "beginServiceCaseApproval"
        | "finishServiceCaseResult"
        | "deliverServiceCaseResult"
        | "collectServiceCaseResult"
        | "archiveServiceCase" => "staff",
        "talentRequests"
        | "talentRequest"
        | "policyAnswers"
        | "takeTalentRequest"
        | "noteTalentProgress"
        | "tellTalent"
        | "settleTalentRequest"
        | "completeTalentRequest"
        | "withdrawTalentRequest"
        | "planTalentContact"
        | "makeTalentAppointment"
        | "endTalentAppointment"
        | "rateTalentService"
        | "revealTalent"
        | "addPolicyAnswer"
        | "editPolicyAnswer"
        | "reviewPolicyAnswer"
        | "withdrawPolicyAnswer" => "staff",
        "assignTalentRequest" | "markSeniorClerk" => "admin",
        "planRectification"
        | "submitRectification"
        | "setImprovementGoal"
        | "addImprovementMeasure"
        | "dropImprovementMeasure"
        | "planImprovement"
        | "executeImprovement"
        | "finishImprovementMeasure" => "staff",
        "findings" | "rectifications" | "rectification" | "noteRectification" | "improvementPlans"
        | "improvementPlan" => "admin",
        "witnessServiceRecord" | "checkVolunteerKit" | "signOffVolunteer" => "volunteer_coordinator",
        "appealBadRating" => "admin",
        "ratingRounds" | "ratingRound" | "saveBallot" | "handInBallot" | "recuseFromTarget" | "judgeReply" => {
            "party_delegate-x"
        }
        "answerCampaign" => "congress_deputy-x",
        "ratingReport" | "submitReportPlan" | "drawReportSample" | "moveReport" | "addReportFact"
        | "dropReportFact" | "answerReportFact" | "handInReport" => "patrol_inspector",
        "appearanceCheck" => "admin",
        "answerAppearanceCheck" => "staff",
        "openTidalWindow" | "declineTidalOpening" | "drainTidalWindow" | "closeTidalWindow" => "admin",
        _ => return None,
    })
}
