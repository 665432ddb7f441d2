//! Complaints (投诉, clauses 6.8.1–6.8.11, C.8, 7.3.4; domain section E.1).
//!
//! ```text
//! registered → screening → accepted | not_accepted | merged
//! accepted → on_spot_resolved ──────────────────────────┐
//! accepted → assigned ⇄ returned                        │
//! assigned → investigating → proposed → approved → concluded → feedback_given
//! feedback_given → satisfied | review_requested → under_review → reviewed
//! not_accepted | satisfied | feedback_given | reviewed → closed → archived
//! ```
//! Extension, pauses and escalation are facts beside the state, not states.
//! Invariants: the person complained about never acts on the case; nobody approves
//! what they proposed, follows up what they handled, or reviews what they decided.

pub mod deadline;
pub mod effect;
pub mod form;
pub mod receipt;
pub mod referral;
pub mod similar;
pub mod state;

use crate::macros::text_enum;

pub use deadline::{Clock, Pause, Step};
pub use form::{Draft, validate};
pub use state::{Action, Facts, Who, actions, after_follow_up, may, next, permission};

text_enum! {
    /// Where a complaint stands.
    pub enum ComplaintStatus {
        /// Received, nobody has looked yet.
        Registered = "registered",
        /// A handler is deciding whether to accept.
        Screening = "screening",
        /// Accepted for handling.
        Accepted = "accepted",
        /// Refused with a ground, a reason and where to turn.
        NotAccepted = "not_accepted",
        /// A duplicate, followed under another number.
        Merged = "merged",
        /// Settled at once, in person.
        OnSpotResolved = "on_spot_resolved",
        /// Given to a person or department.
        Assigned = "assigned",
        /// Sent back: wrong person or department.
        Returned = "returned",
        /// Being investigated.
        Investigating = "investigating",
        /// A conclusion waits for approval or filing.
        Proposed = "proposed",
        /// The conclusion is approved.
        Approved = "approved",
        /// Concluded; the complainant is not told yet.
        Concluded = "concluded",
        /// The complainant has the answer.
        FeedbackGiven = "feedback_given",
        /// Followed up: satisfied.
        Satisfied = "satisfied",
        /// The complainant disagrees.
        ReviewRequested = "review_requested",
        /// Somebody else looks at it again.
        UnderReview = "under_review",
        /// The review is decided.
        Reviewed = "reviewed",
        /// Done.
        Closed = "closed",
        /// Filed away; nothing changes any more.
        Archived = "archived",
    }

    /// How the complaint reached the center (6.8.2, 6.8.4, 7.1.2, C.8).
    pub enum ComplaintChannel {
        /// 现场.
        OnSite = "on_site",
        /// 电话.
        Phone = "phone",
        /// 信函.
        Letter = "letter",
        /// 网上.
        Web = "web",
        /// 电子邮箱.
        Email = "email",
        /// 意见箱.
        OpinionBox = "opinion_box",
        /// 意见簿.
        OpinionBook = "opinion_book",
        /// 吐槽窗口.
        GrumbleWindow = "grumble_window",
        /// 12345.
        #[serde(rename = "HOTLINE_12345")]
        #[cfg_attr(feature = "graphql", graphql(name = "HOTLINE_12345"))]
        Hotline12345 = "hotline_12345",
        /// 电子评价器.
        ElectronicRating = "electronic_rating",
        /// 好差评.
        GoodBadRating = "good_bad_rating",
        /// 自助机.
        Kiosk = "kiosk",
        /// Referred by the city or by deputies.
        Referred = "referred",
    }

    /// What it is about (ASSUMPTION: the list of 6.8.3 is lost).
    pub enum ComplaintSubject {
        /// 服务态度.
        Attitude = "attitude",
        /// 拖延.
        Delay = "delay",
        /// 应受理而不受理.
        RefusalToAccept = "refusal_to_accept",
        /// 未一次性告知.
        IncompleteNotice = "incomplete_notice",
        /// 答复有误.
        WrongInfo = "wrong_info",
        /// 工作纪律.
        Discipline = "discipline",
        /// 吃拿卡要: goes to discipline inspection, not to the post.
        Integrity = "integrity",
        /// 收费.
        Fee = "fee",
        /// 环境.
        Environment = "environment",
        /// 设备.
        Equipment = "equipment",
        /// 个人信息.
        Privacy = "privacy",
        /// 其他.
        Other = "other",
    }

    /// How much work it is; sets the reply deadline.
    pub enum ComplaintClass {
        /// Answered the same working day.
        Simple = "simple",
        /// The ordinary case.
        Normal = "normal",
        /// Several departments or a site visit.
        Complex = "complex",
    }

    /// Why a complaint is not accepted (city-editable practice).
    pub enum RefusalGround {
        /// No identifiable subject or content.
        NoIdentifiableMatter = "no_identifiable_matter",
        /// No evidence, cannot be verified.
        Unverifiable = "unverifiable",
        /// Outside government service.
        OutsideScope = "outside_scope",
        /// Already in reconsideration or court.
        OtherProcedure = "other_procedure",
    }

    /// What was found.
    pub enum ComplaintOutcome {
        /// 属实.
        Substantiated = "substantiated",
        /// 部分属实.
        Partly = "partly",
        /// 不属实.
        Unsubstantiated = "unsubstantiated",
        /// 撤回.
        Withdrawn = "withdrawn",
    }

    /// What the review decided.
    pub enum ReviewOutcome {
        /// 维持.
        Upheld = "upheld",
        /// 变更.
        Revised = "revised",
    }

    /// Why a clock stands still.
    pub enum PauseReason {
        /// The complainant has to supply something.
        AwaitingComplainant = "awaiting_complainant",
        /// An expert or technical opinion is awaited.
        AwaitingExpertise = "awaiting_expertise",
        /// Another body has to answer first.
        AwaitingOtherBody = "awaiting_other_body",
        /// Force majeure.
        ForceMajeure = "force_majeure",
    }

    /// How far up the matter has gone.
    pub enum EscalationLevel {
        /// Not escalated.
        None = "none",
        /// The handler and the assignee.
        Lead = "lead",
        /// The center's administrator.
        Center = "center",
        /// Supervision (督办).
        Supervision = "supervision",
        /// The city office.
        City = "city",
    }

    /// Why it was escalated.
    pub enum EscalationCause {
        /// A deadline has passed.
        Overdue = "overdue",
        /// Soliciting favours.
        Integrity = "integrity",
        /// Press or social media.
        Media = "media",
        /// Somebody was hurt.
        Injury = "injury",
    }

    /// Satisfaction with the handling: five levels, 5 best (7.3.4).
    pub enum HandlingSatisfaction {
        /// 非常满意.
        VerySatisfied = "very_satisfied",
        /// 满意.
        Satisfied = "satisfied",
        /// 基本满意.
        BasicallySatisfied = "basically_satisfied",
        /// 不满意.
        Dissatisfied = "dissatisfied",
        /// 非常不满意.
        VeryDissatisfied = "very_dissatisfied",
    }

    /// How the answer reached the complainant: oral ones may be answered orally.
    pub enum FeedbackMode {
        /// In person.
        InPerson = "in_person",
        /// By phone.
        Phone = "phone",
        /// By letter.
        Letter = "letter",
        /// On the tracking page.
        Online = "online",
    }

    /// A line of the timeline.
    pub enum ComplaintEventKind {
        /// Received.
        Registered = "registered",
        /// A step of the state machine; see the action.
        Moved = "moved",
        /// An internal note; never shown to the complainant.
        Note = "note",
        /// A message to the complainant.
        PublicReply = "public_reply",
        /// The reply deadline was put off.
        Extended = "extended",
        /// The clock stopped.
        Paused = "paused",
        /// The clock goes on.
        Resumed = "resumed",
        /// Class or subject changed.
        Reclassified = "reclassified",
        /// Another handler took over.
        HandedOver = "handed_over",
        /// The person complained about was named.
        RespondentNamed = "respondent_named",
        /// A deadline is near.
        Warned = "warned",
        /// A deadline has passed.
        Overdue = "overdue",
        /// It went up a level.
        Escalated = "escalated",
        /// Supervision pressed for progress.
        Pressed = "pressed",
        /// It was put before the city.
        Referred = "referred",
        /// Somebody of the city opened it, for a reason.
        CityOpened = "city_opened",
        /// Somebody of the city looked at the complainant's personal data, for a reason.
        CityRevealed = "city_revealed",
        /// The city has answered.
        CityAnswered = "city_answered",
        /// Another number was merged into this one.
        MergedHere = "merged_here",
        /// The official calendar was published or corrected, and the due date with it.
        CalendarChanged = "calendar_changed",
    }

    /// The handler's queues.
    pub enum ComplaintQueue {
        /// Nobody has screened it.
        New = "new",
        /// Handled by or assigned to the viewer, still open.
        Mine = "mine",
        /// Due today.
        DueToday = "due_today",
        /// Past its deadline.
        Overdue = "overdue",
        /// The clock stands still.
        Waiting = "waiting",
        /// A conclusion waits for approval, or a review for its decision.
        ToApprove = "to_approve",
        /// Answered, to be followed up.
        ToFollowUp = "to_follow_up",
        /// Everything.
        All = "all",
    }
}

impl HandlingSatisfaction {
    /// The last two levels are bad; they ask for review.
    #[must_use]
    pub const fn is_bad(self) -> bool {
        matches!(self, Self::Dissatisfied | Self::VeryDissatisfied)
    }
}

impl ComplaintStatus {
    /// The status as the complainant sees it: what happens between colleagues is "being investigated".
    #[must_use]
    pub const fn public(self) -> Self {
        match self {
            Self::Returned | Self::Proposed | Self::Approved => Self::Investigating,
            Self::OnSpotResolved => Self::Concluded,
            Self::Archived => Self::Closed,
            other => other,
        }
    }

    /// Whether work remains.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Merged | Self::Closed | Self::Archived)
    }
}

/// The notice on personal data that a complainant sees and agrees to; stored with the case (P-3).
pub const NOTICE_VERSION: &str = "2026-11";
