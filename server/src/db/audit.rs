//! What was done, in one word, written with the change itself.

use uuid::Uuid;

macro_rules! verbs {
    ($($verb:ident = $text:literal),+ $(,)?) => {
        /// Something that was done, in the past tense.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each verb says what was done")]
        pub enum Verb { $($verb),+ }

        impl Verb {
            /// Every verb.
            pub const ALL: &'static [Self] = &[$(Self::$verb),+];

            /// The verb stored as `key`, if there is one.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|verb| verb.as_str() == key)
            }

            /// The stored text.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$verb => $text),+ }
            }
        }
    };
}

verbs! {
    SignedIn = "signed_in",
    SignedOut = "signed_out",
    ScopeChosen = "scope_chosen",
    SignInFailed = "sign_in_failed",
    SessionEnded = "session_ended",
    PasswordChanged = "password_changed",
    PasswordReset = "password_reset",
    SecondFactorSet = "second_factor_set",
    SecondFactorRemoved = "second_factor_removed",
    MemberInvited = "member_invited",
    InvitationRenewed = "invitation_renewed",
    InvitationAccepted = "invitation_accepted",
    PasswordResetLinked = "password_reset_linked",
    MemberSuspended = "member_suspended",
    MemberReinstated = "member_reinstated",
    MemberEnded = "member_ended",
    MemberSessionsEnded = "member_sessions_ended",
    DepartmentAdded = "department_added",
    DepartmentEdited = "department_edited",
    DepartmentRetired = "department_retired",
    DepartmentRestored = "department_restored",
    ChannelPublished = "channel_published",
    ChannelEdited = "channel_edited",
    ChannelMoved = "channel_moved",
    ChannelWithdrawn = "channel_withdrawn",
    ChannelRestored = "channel_restored",
    ServicePointAdded = "service_point_added",
    ServicePointEdited = "service_point_edited",
    ServicePointRetired = "service_point_retired",
    ServicePointRestored = "service_point_restored",
    DeviceRegistered = "device_registered",
    DeviceEdited = "device_edited",
    DeviceRenewed = "device_renewed",
    DeviceRevoked = "device_revoked",
    ComplaintFiled = "complaint_filed",
    ComplaintRegistered = "complaint_registered",
    ComplaintScreened = "complaint_screened",
    ComplaintAccepted = "complaint_accepted",
    ComplaintDeclined = "complaint_declined",
    ComplaintMerged = "complaint_merged",
    ComplaintResolvedOnSpot = "complaint_resolved_on_spot",
    ComplaintAssigned = "complaint_assigned",
    ComplaintReturned = "complaint_returned",
    ComplaintInvestigated = "complaint_investigated",
    ComplaintExtended = "complaint_extended",
    ComplaintPaused = "complaint_paused",
    ComplaintResumed = "complaint_resumed",
    ComplaintReclassified = "complaint_reclassified",
    ComplaintHandedOver = "complaint_handed_over",
    RespondentNamed = "respondent_named",
    ConclusionProposed = "conclusion_proposed",
    ConclusionApproved = "conclusion_approved",
    ConclusionSentBack = "conclusion_sent_back",
    ComplaintConcluded = "complaint_concluded",
    FeedbackGiven = "feedback_given",
    FollowUpRecorded = "follow_up_recorded",
    ReviewRequested = "review_requested",
    ReviewStarted = "review_started",
    ReviewDecided = "review_decided",
    ComplaintClosed = "complaint_closed",
    ComplaintArchived = "complaint_archived",
    ComplaintEscalated = "complaint_escalated",
    ComplaintPressed = "complaint_pressed",
    ComplaintReferred = "complaint_referred",
    ReferralOpened = "referral_opened",
    ReferredRevealed = "referred_revealed",
    ReferralAnswered = "referral_answered",
    NoteAdded = "note_added",
    ReplySent = "reply_sent",
    ComplainantRevealed = "complainant_revealed",
    NotificationAcknowledged = "notification_acknowledged",
    DeadlinesSwept = "deadlines_swept",
    HandlingRated = "handling_rated",
    SampleLoaded = "sample_loaded",
    CitySetUp = "city_set_up",
    CenterCreated = "center_created",
    CenterSuspended = "center_suspended",
    CenterReinstated = "center_reinstated",
    CenterClosingBegun = "center_closing_begun",
    CenterKeptOpen = "center_kept_open",
    CenterClosed = "center_closed",
    Reauthenticated = "reauthenticated",
    CenterExportAllowed = "center_export_allowed",
    CenterExported = "center_exported",
    CenterRemoved = "center_removed",
    PolicyChanged = "policy_changed",
    CalendarPublished = "calendar_published",
    DeadlinesMoved = "deadlines_moved",
    PostAdded = "post_added",
    PostEdited = "post_edited",
    PostActivated = "post_activated",
    PostSuspended = "post_suspended",
    PostClosed = "post_closed",
    PostLeadNamed = "post_lead_named",
    SignboardSet = "signboard_set",
    DutiesReviewed = "duties_reviewed",
    StaffAdded = "staff_added",
    StaffEdited = "staff_edited",
    StaffLeft = "staff_left",
    StaffReturned = "staff_returned",
    StaffRevealed = "staff_revealed",
    StaffAssigned = "staff_assigned",
    AssignmentEnded = "assignment_ended",
    AssignmentCancelled = "assignment_cancelled",
    AbsenceRecorded = "absence_recorded",
    AbsenceCancelled = "absence_cancelled",
    DutyAdded = "duty_added",
    DutyCancelled = "duty_cancelled",
    HandoverGiven = "handover_given",
    HandoverAccepted = "handover_accepted",
    HandoverWithdrawn = "handover_withdrawn",
    PostKindAdded = "post_kind_added",
    PostKindEdited = "post_kind_edited",
    PostKindRetired = "post_kind_retired",
    PostKindRestored = "post_kind_restored",
    FileUploaded = "file_uploaded",
    FileDiscarded = "file_discarded",
    FilesExpired = "files_expired",
    FilesScanned = "files_scanned",
    TitleAppliedFor = "title_applied_for",
    TitleReviewed = "title_reviewed",
    TitlePublicised = "title_publicised",
    ObjectionTaken = "objection_taken",
    ObjectionSettled = "objection_settled",
    TitleAwarded = "title_awarded",
    TitleDeclined = "title_declined",
    TitleReviewBegun = "title_review_begun",
    TitleAssessed = "title_assessed",
    TitleRetained = "title_retained",
    TitleWarned = "title_warned",
    TitleStarsChanged = "title_stars_changed",
    TitleWithdrawn = "title_withdrawn",
    LedgerEntryAdded = "ledger_entry_added",
    LedgerEntryEdited = "ledger_entry_edited",
    LedgerEntrySubmitted = "ledger_entry_submitted",
    LedgerEntryDiscarded = "ledger_entry_discarded",
    LedgerEntryApproved = "ledger_entry_approved",
    LedgerEntryReturned = "ledger_entry_returned",
    PostCheckRecorded = "post_check_recorded",
    TrainingPlanned = "training_planned",
    TrainingEdited = "training_edited",
    TrainingHeld = "training_held",
    AttendanceCorrected = "attendance_corrected",
    TrainingCancelled = "training_cancelled",
    QueueRead = "queue_read",
    TidalOpened = "tidal_opened",
    TidalDeclined = "tidal_declined",
    TidalDraining = "tidal_draining",
    TidalClosed = "tidal_closed",
    TidalCallRecorded = "tidal_call_recorded",
    TidalCallReturned = "tidal_call_returned",
    TidalWorkRecorded = "tidal_work_recorded",
    CareGreeted = "care_greeted",
    CareVisitBooked = "care_visit_booked",
    CareNeedRecorded = "care_need_recorded",
    CareHandledHere = "care_handled_here",
    CareHandedOver = "care_handed_over",
    CareVisitAssigned = "care_visit_assigned",
    CareVisitRescheduled = "care_visit_rescheduled",
    CareVisited = "care_visited",
    CareFinished = "care_finished",
    CareCancelled = "care_cancelled",
    CareNoted = "care_noted",
    CareRated = "care_rated",
    CareContactRevealed = "care_contact_revealed",
    CarePurged = "care_purged",
    TalentRequestTaken = "talent_request_taken",
    TalentAssigned = "talent_assigned",
    TalentProgressNoted = "talent_progress_noted",
    TalentTold = "talent_told",
    TalentSettled = "talent_settled",
    TalentCompleted = "talent_completed",
    TalentWithdrawn = "talent_withdrawn",
    TalentContactPlanned = "talent_contact_planned",
    TalentAppointed = "talent_appointed",
    TalentAppointmentEnded = "talent_appointment_ended",
    TalentRated = "talent_rated",
    TalentRevealed = "talent_revealed",
    TalentsPurged = "talents_purged",
    SeniorClerkMarked = "senior_clerk_marked",
    PolicyAnswerAdded = "policy_answer_added",
    PolicyAnswerEdited = "policy_answer_edited",
    PolicyAnswerReviewed = "policy_answer_reviewed",
    PolicyAnswerWithdrawn = "policy_answer_withdrawn",
    ServiceRecordWritten = "service_record_written",
    ServiceRecordEdited = "service_record_edited",
    ServiceConfirmationAsked = "service_confirmation_asked",
    ServiceCodeShown = "service_code_shown",
    ServiceSigned = "service_signed",
    ServiceWitnessed = "service_witnessed",
    ServiceConfirmed = "service_confirmed",
    ServiceDisputed = "service_disputed",
    ServicesLapsed = "services_lapsed",
    ServicesArchived = "services_archived",
    ServiceProofPurged = "service_proof_purged",
    VolunteerKitChecked = "volunteer_kit_checked",
    VolunteerSignedOff = "volunteer_signed_off",
    WindowSetUp = "window_set_up",
    ServiceItemAdded = "service_item_added",
    ServiceItemEdited = "service_item_edited",
    ServiceItemPlaced = "service_item_placed",
    ServiceItemRetired = "service_item_retired",
    ServiceItemRestored = "service_item_restored",
    ServiceCaseReceived = "service_case_received",
    ServiceCaseAccepted = "service_case_accepted",
    ServiceCaseCorrectionAsked = "service_case_correction_asked",
    ServiceCaseRefused = "service_case_refused",
    ServiceCaseResumed = "service_case_resumed",
    ServiceCasePapersReturned = "service_case_papers_returned",
    ServiceCaseApprovalBegun = "service_case_approval_begun",
    ServiceCaseResultReady = "service_case_result_ready",
    ServiceCaseResultDelivered = "service_case_result_delivered",
    ServiceCaseResultCollected = "service_case_result_collected",
    ServiceCaseArchived = "service_case_archived",
    ServiceCasesPurged = "service_cases_purged",
    StandardRegistered = "standard_registered",
    StandardEdited = "standard_edited",
    StandardConsultedOn = "standard_consulted_on",
    StandardIssued = "standard_issued",
    StandardEnforced = "standard_enforced",
    StandardReviewBegun = "standard_review_begun",
    StandardConfirmed = "standard_confirmed",
    StandardRevised = "standard_revised",
    StandardWithdrawn = "standard_withdrawn",
    PlanTaskAdded = "plan_task_added",
    PlanTaskEdited = "plan_task_edited",
    PlanTaskMoved = "plan_task_moved",
    YearPlanAdopted = "year_plan_adopted",
    StandardsOfficerAppointed = "standards_officer_appointed",
    StandardsOfficerEnded = "standards_officer_ended",
    SelfAuditRecorded = "self_audit_recorded",
    AuditFindingAdded = "audit_finding_added",
    AuditFindingClosed = "audit_finding_closed",
    AppearanceChecked = "appearance_checked",
    AppearanceAnswered = "appearance_answered",
    DressPicturesSet = "dress_pictures_set",
    PhraseAdded = "phrase_added",
    PhraseEdited = "phrase_edited",
    PhraseRetired = "phrase_retired",
    PhraseRestored = "phrase_restored",
    ListExported = "list_exported",
    BatchImported = "batch_imported",
    BatchUndone = "batch_undone",
    AttemptRefused = "attempt_refused",
    AuditVerified = "audit_verified",
    AuditBroken = "audit_broken",
    AuditExported = "audit_exported",
}

/// One entry of the audit: who and when are known to the transaction.
#[derive(Clone, Debug)]
pub struct AuditEvent {
    /// What was done.
    pub verb: Verb,
    /// To which row.
    pub object: Option<Uuid>,
    /// Particulars. No personal data.
    pub detail: Option<String>,
}

impl AuditEvent {
    /// Something done to no row of the tenant's.
    #[must_use]
    pub const fn of(verb: Verb) -> Self {
        Self { verb, object: None, detail: None }
    }

    /// Something done to the row `id`.
    #[must_use]
    pub const fn on(id: Uuid, verb: Verb) -> Self {
        Self { verb, object: Some(id), detail: None }
    }

    /// Adds particulars, without personal data.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_has_a_label_in_both_languages() {
        for labels in
            [include_str!("../../../locales/zh-CN/labels.json"), include_str!("../../../locales/en/labels.json")]
        {
            let labels: serde_json::Value = serde_json::from_str(labels).unwrap();
            for verb in Verb::ALL {
                assert!(labels["verb"][verb.as_str()].is_string(), "{}", verb.as_str());
                assert_eq!(Verb::from_key(verb.as_str()), Some(*verb));
            }
        }
    }
}
