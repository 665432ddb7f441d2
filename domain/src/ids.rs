//! Ids are types: a complaint's id cannot be passed where a department's belongs.

use crate::macros::id;

id! {
    /// A city office: groups its centers.
    CityId,
    /// A center: the tenant.
    CenterId,
    /// A person who signs in.
    AccountId,
    /// An account's role in one center or city office.
    MembershipId,
    /// A resident department or office inside a center.
    DepartmentId,
    /// A complaint (投诉).
    ComplaintId,
    /// A line in a complaint's timeline.
    ComplaintEventId,
    /// An interval in which a complaint's clock stands still.
    ComplaintPauseId,
    /// One published way to complain (6.8.2).
    ComplaintChannelId,
    /// A case put before the city.
    ReferralId,
    /// A message to a member about a case.
    NotificationId,
    /// A round of evaluation: the one that an evaluator's account is for.
    CampaignId,
    /// A village or community service point of a center; no tenant of its own.
    ServicePointId,
    /// A self-service terminal of a center.
    DeviceId,
    /// A post of a center.
    PostId,
    /// Somebody who works in a center, with or without an account.
    StaffId,
    /// Somebody's time at a post.
    AssignmentId,
    /// Days on which somebody is away.
    AbsenceId,
    /// A day on which somebody works at a post besides their assignment.
    DutyId,
    /// What one passes on to another at a post.
    HandoverId,
    /// A title of a model post.
    ModelTitleId,
    /// An entry in the ledger of a model post.
    LedgerEntryId,
    /// A file that belongs to a record, or is about to.
    AttachmentId,
    /// A step in the life of a title.
    TitleEventId,
    /// What somebody holds against a title.
    ObjectionId,
    /// Somebody's part in what an entry tells of.
    ParticipantId,
    /// What is counted as it happens, so that nobody counts it at each look.
    TallyId,
    /// A training session or skill test.
    TrainingId,
    /// A look on the spot.
    PostCheckId,
    /// A reading of a queue.
    QueueReadingId,
    /// A proposal to open a tidal window.
    TidalProposalId,
    /// A time in which a tidal window was open.
    TidalSessionId,
    /// A call to a tidal window.
    TidalCallId,
    /// What was done in the back at a tidal window.
    TidalWorkId,
    /// A service of a care window.
    CareRecordId,
    /// A line in the log of such a service.
    CareEventId,
    /// A talent's request.
    TalentRequestId,
    /// A line in the log of such a request.
    TalentEventId,
    /// An appointment with a talent.
    TalentAppointmentId,
    /// A question of policy with its answer.
    PolicyAnswerId,
    /// A standard in a center's register.
    ManagedStandardId,
    /// A step in the life of such a standard.
    StandardEventId,
    /// The plan of a year for standards, once adopted.
    YearPlanId,
    /// A task of such a plan.
    PlanTaskId,
    /// Somebody's term as a standards officer.
    StandardsOfficerId,
    /// A self-audit by the standards.
    SelfAuditId,
    /// What such an audit found in one place.
    AuditFindingId,
    /// An item that windows serve.
    ServiceItemId,
    /// A light record of an application.
    ServiceCaseId,
    /// A line in the log of such a case.
    ServiceCaseEventId,
    /// A volunteer's service, as they wrote it down.
    ServiceRecordId,
    /// A look at a volunteer's kit, or a word about what they can do.
    VolunteerCheckId,
    /// A check of somebody's appearance.
    AppearanceCheckId,
    /// An item of such a check.
    AppearanceResultId,
    /// Something to say at a window, or not to say.
    PhraseId,
    /// A version of a form.
    FormVersionId,
    /// A point at which the public rates: the code on its poster leads there.
    RatingPointId,
    /// A rating, as the public gave it.
    RatingId,
    /// A rating or an answered form E that nobody has opened yet.
    SealedRatingId,
    /// Words that came with one, apart from it.
    RatingNoteId,
    /// An answered form E.
    SurveyResponseId,
    /// Somebody of the three groups whom rounds are drawn from.
    RepresentativeId,
    /// An interest of such a person in a post or in somebody's work.
    RepresentativeConflictId,
    /// What is rated in a round.
    CampaignTargetId,
    /// Somebody who rates in a round.
    CampaignRaterId,
    /// What such a person fills in about one target.
    BallotId,
    /// A form that was handed in.
    CampaignFormId,
    /// A problem or a suggestion of a rater.
    CampaignRemarkId,
    /// The course of a third party's round.
    CampaignReportId,
    /// A fact of a third party's report.
    CampaignFactId,
    /// A round that the city organises in several centers.
    CityRoundId,
    /// The case that a bad rating opened.
    BadRatingId,
    /// A line in the log of such a case.
    BadRatingEventId,
    /// Somebody whom a bad rating is about.
    BadRatingTargetId,
    /// An appeal against a rating.
    RatingAppealId,
    /// That a rating does not count.
    RatingExclusionId,
    /// A sign that ratings of a day were not given freely.
    RatingFlagId,
    /// What supervision found.
    FindingId,
    /// A rectification task.
    RectificationTaskId,
    /// A link from such a task to where it comes from.
    RectificationOriginId,
    /// A line in the log of such a task.
    RectificationEventId,
    /// An improvement plan.
    ImprovementPlanId,
    /// A measure of such a plan.
    ImprovementMeasureId,
    /// A line in the log of such a plan.
    ImprovementEventId,
    /// Rows that came in by one workbook.
    ImportBatchId,
    /// Figures of a closed period that a city publishes.
    PublicationId,
    /// A report of a city on a closed period.
    CityReportId,
    /// An entry of the audit log.
    AuditEventId,
}
