//! A complaint (投诉, 6.8.1–6.8.11). Name, phone and address are encrypted; the masks are for display.

use domain::{
    AccountId, CenterId, ComplaintId, DepartmentId,
    complaints::{
        ComplaintChannel, ComplaintClass, ComplaintEventKind, ComplaintOutcome, ComplaintStatus, ComplaintSubject,
        EscalationCause, EscalationLevel, FeedbackMode, HandlingSatisfaction, PauseReason, RefusalGround,
        ReviewOutcome, Step,
    },
};
use sea_orm::entity::prelude::{Date, DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// A complaint (投诉, 6.8.1–6.8.11). Name, phone and address are encrypted; the masks are for display.
    #[derive(serde::Serialize)]
    "complaint", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ComplaintId,
        Number => number: String,
        ReceiptHash => receipt_hash: String,
        Version => version: i32,
        Status => status: ComplaintStatus,
        Class => class: ComplaintClass,
        Subject => subject: ComplaintSubject,
        Channel => channel: ComplaintChannel,
        Body => body: String,
        HappenedOn => happened_on: Option<Date>,
        Place => place: Option<String>,
        WindowName => window_name: Option<String>,
        NameEnc => name_enc: Option<String>,
        PhoneEnc => phone_enc: Option<String>,
        AddressEnc => address_enc: Option<String>,
        NameMask => name_mask: Option<String>,
        PhoneMask => phone_mask: Option<String>,
        PhoneIndex => phone_index: Option<String>,
        NoticeVersion => notice_version: String,
        RegisteredBy => registered_by: Option<AccountId>,
        HandlerId => handler_id: Option<AccountId>,
        AssigneeId => assignee_id: Option<AccountId>,
        DepartmentId => department_id: Option<DepartmentId>,
        RespondentId => respondent_id: Option<AccountId>,
        ProposerId => proposer_id: Option<AccountId>,
        ApproverId => approver_id: Option<AccountId>,
        ReviewerId => reviewer_id: Option<AccountId>,
        ReceivedAt => received_at: DateTimeUtc,
        AcceptedAt => accepted_at: Option<DateTimeUtc>,
        DueAt => due_at: Option<DateTimeUtc>,
        QueueAt => queue_at: DateTimeUtc,
        DueStep => due_step: Option<Step>,
        StepStartedAt => step_started_at: DateTimeUtc,
        StepDays => step_days: Option<i32>,
        Extensions => extensions: i32,
        ExtendedDays => extended_days: i32,
        Paused => paused: Option<PauseReason>,
        PausedDays => paused_days: i32,
        Escalation => escalation: EscalationLevel,
        EscalationCause => escalation_cause: Option<EscalationCause>,
        RefusalGround => refusal_ground: Option<RefusalGround>,
        RefusalReason => refusal_reason: Option<String>,
        Referral => referral: Option<String>,
        Outcome => outcome: Option<ComplaintOutcome>,
        Finding => finding: Option<String>,
        Measures => measures: Option<String>,
        Reply => reply: Option<String>,
        FeedbackMode => feedback_mode: Option<FeedbackMode>,
        FeedbackAt => feedback_at: Option<DateTimeUtc>,
        Satisfaction => satisfaction: Option<HandlingSatisfaction>,
        ReviewUntil => review_until: Option<DateTimeUtc>,
        ReviewReason => review_reason: Option<String>,
        ReviewOutcome => review_outcome: Option<ReviewOutcome>,
        ReviewReply => review_reply: Option<String>,
        MergedInto => merged_into: Option<ComplaintId>,
        IsOpen => is_open: bool,
        WarnedAt => warned_at: Option<DateTimeUtc>,
        OverdueAt => overdue_at: Option<DateTimeUtc>,
        ClosedAt => closed_at: Option<DateTimeUtc>,
        LastEventKind => last_event_kind: ComplaintEventKind,
        LastEventAt => last_event_at: DateTimeUtc,
        Demo => demo: bool,
        ReferredAt => referred_at: Option<DateTimeUtc>,
        AckedInTime => acked_in_time: Option<bool>,
        RepliedInTime => replied_in_time: Option<bool>,
    }
}

/// What a list shows of a complaint and what the rules need for its actions: half of the row's columns, since
/// reading columns is most of what a list costs beside its SQL.
#[derive(Clone, Debug, sea_orm::DerivePartialModel)]
#[sea_orm(entity = "Entity")]
#[expect(missing_docs, reason = "the columns of the same names")]
pub struct Summary {
    pub id: ComplaintId,
    pub number: String,
    pub version: i32,
    pub status: ComplaintStatus,
    pub class: ComplaintClass,
    pub subject: ComplaintSubject,
    pub channel: ComplaintChannel,
    pub body: String,
    pub name_mask: Option<String>,
    pub phone_mask: Option<String>,
    /// Whether there is an address.
    #[sea_orm(from_expr = "sea_orm::ColumnTrait::is_not_null(&Column::AddressEnc)")]
    pub has_address: bool,
    pub handler_id: Option<AccountId>,
    pub assignee_id: Option<AccountId>,
    pub respondent_id: Option<AccountId>,
    pub proposer_id: Option<AccountId>,
    pub approver_id: Option<AccountId>,
    pub reviewer_id: Option<AccountId>,
    pub received_at: DateTimeUtc,
    pub due_at: Option<DateTimeUtc>,
    pub queue_at: DateTimeUtc,
    pub due_step: Option<Step>,
    pub extensions: i32,
    pub paused: Option<PauseReason>,
    pub paused_days: i32,
    pub escalation: EscalationLevel,
    pub outcome: Option<ComplaintOutcome>,
    pub finding: Option<String>,
    pub measures: Option<String>,
    pub review_until: Option<DateTimeUtc>,
    pub review_reason: Option<String>,
    pub review_outcome: Option<ReviewOutcome>,
    pub is_open: bool,
    pub last_event_kind: ComplaintEventKind,
    pub last_event_at: DateTimeUtc,
    pub referred_at: Option<DateTimeUtc>,
}

/// What the figures count of a complaint.
#[derive(Clone, Debug, sea_orm::DerivePartialModel)]
#[sea_orm(entity = "Entity")]
#[expect(missing_docs, reason = "the columns of the same names")]
pub struct Timed {
    pub status: ComplaintStatus,
    pub class: ComplaintClass,
    pub received_at: DateTimeUtc,
    pub accepted_at: Option<DateTimeUtc>,
    pub due_step: Option<Step>,
    pub overdue_at: Option<DateTimeUtc>,
    pub acked_in_time: Option<bool>,
    pub replied_in_time: Option<bool>,
    pub feedback_at: Option<DateTimeUtc>,
    pub satisfaction: Option<HandlingSatisfaction>,
}

impl From<&Model> for Timed {
    fn from(row: &Model) -> Self {
        let Model { status, class, received_at, accepted_at, due_step, overdue_at, .. } = *row;
        let Model { acked_in_time, replied_in_time, feedback_at, satisfaction, .. } = *row;
        Self {
            status,
            class,
            received_at,
            accepted_at,
            due_step,
            overdue_at,
            acked_in_time,
            replied_in_time,
            feedback_at,
            satisfaction,
        }
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const CASE: Option<Column> = Some(Column::Id);
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}

impl Model {
    /// A complaint just received, with nothing filled in. Its center is set on insert.
    #[must_use]
    pub fn blank(id: ComplaintId, now: DateTimeUtc) -> Self {
        Self {
            center_id: CenterId(Uuid::nil()),
            id,
            number: String::new(),
            receipt_hash: String::new(),
            version: 1,
            status: ComplaintStatus::Registered,
            class: ComplaintClass::Normal,
            subject: ComplaintSubject::Other,
            channel: ComplaintChannel::Web,
            body: String::new(),
            happened_on: None,
            place: None,
            window_name: None,
            name_enc: None,
            phone_enc: None,
            address_enc: None,
            name_mask: None,
            phone_mask: None,
            phone_index: None,
            notice_version: String::new(),
            registered_by: None,
            handler_id: None,
            assignee_id: None,
            department_id: None,
            respondent_id: None,
            proposer_id: None,
            approver_id: None,
            reviewer_id: None,
            received_at: now,
            accepted_at: None,
            due_at: None,
            queue_at: now,
            due_step: None,
            step_started_at: now,
            step_days: None,
            extensions: 0,
            extended_days: 0,
            paused: None,
            paused_days: 0,
            escalation: EscalationLevel::None,
            escalation_cause: None,
            refusal_ground: None,
            refusal_reason: None,
            referral: None,
            outcome: None,
            finding: None,
            measures: None,
            reply: None,
            feedback_mode: None,
            feedback_at: None,
            satisfaction: None,
            review_until: None,
            review_reason: None,
            review_outcome: None,
            review_reply: None,
            merged_into: None,
            is_open: true,
            warned_at: None,
            overdue_at: None,
            closed_at: None,
            last_event_kind: ComplaintEventKind::Registered,
            last_event_at: now,
            demo: false,
            referred_at: None,
            acked_in_time: None,
            replied_in_time: None,
        }
    }
}
