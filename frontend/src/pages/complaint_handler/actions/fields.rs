//! What each action asks for: a table, so that one dialog serves all of them.

use domain::complaints::{
    Action, ComplaintClass, ComplaintOutcome, ComplaintSubject, EscalationCause, FeedbackMode, HandlingSatisfaction,
    PauseReason, RefusalGround, ReviewOutcome,
};

use crate::i18n::{Locale, td_string};

/// A field of an action's dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Class,
    Ground,
    Reason,
    ExtendReason,
    ReferReason,
    PauseReason,
    PauseNote,
    Referral,
    Into,
    Outcome,
    Finding,
    Measures,
    Assignee,
    Department,
    Note,
    Days,
    Subject,
    To,
    Respondent,
    Mode,
    Reply,
    Satisfaction,
    ReviewOutcome,
    ReviewReply,
    Cause,
    Press,
    NoteText,
    ReplyText,
}

/// How a field is filled in.
pub enum Kind {
    /// One of an enum's values, named by the label group.
    Choice(&'static str, Vec<&'static str>),
    /// A colleague who may investigate.
    Investigator,
    /// A colleague who may handle complaints.
    Handler,
    /// Any colleague.
    Colleague,
    Department,
    /// Another case.
    Case,
    Days,
    Text,
}

/// The fields of `action`, in the order they are asked.
pub const fn fields(action: Action) -> &'static [Field] {
    match action {
        Action::Screen
        | Action::Investigate
        | Action::Resume
        | Action::Approve
        | Action::Conclude
        | Action::StartReview
        | Action::Close
        | Action::Archive
        | Action::Reveal => &[],
        Action::Accept => &[Field::Class],
        Action::Decline => &[Field::Ground, Field::Reason, Field::Referral],
        Action::Merge => &[Field::Into],
        Action::ResolveOnSpot => &[Field::Outcome, Field::Finding],
        Action::Assign => &[Field::Assignee, Field::Department, Field::Note],
        Action::Extend => &[Field::Days, Field::ExtendReason],
        Action::Pause => &[Field::PauseReason, Field::PauseNote],
        Action::Reclassify => &[Field::Class, Field::Subject, Field::Reason],
        Action::HandOver => &[Field::To, Field::Reason],
        Action::NameRespondent => &[Field::Respondent],
        Action::Propose => &[Field::Outcome, Field::Finding, Field::Measures],
        Action::GiveFeedback => &[Field::Mode, Field::Reply],
        Action::FollowUp => &[Field::Satisfaction, Field::Note],
        Action::Return | Action::SendBack | Action::RequestReview => &[Field::Reason],
        Action::DecideReview => &[Field::ReviewOutcome, Field::ReviewReply],
        Action::Escalate => &[Field::Cause, Field::Reason],
        Action::Press => &[Field::Press],
        Action::Refer => &[Field::ReferReason],
        Action::Note => &[Field::NoteText],
        Action::Reply => &[Field::ReplyText],
    }
}

impl Field {
    /// The input field in the schema, to which the server's violations point.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Ground => "ground",
            Self::Reason | Self::ExtendReason | Self::ReferReason | Self::PauseReason | Self::Press => "reason",
            Self::PauseNote | Self::Note => "note",
            Self::Referral => "referral",
            Self::Into => "into",
            Self::Outcome | Self::ReviewOutcome => "outcome",
            Self::Finding => "finding",
            Self::Measures => "measures",
            Self::Assignee => "assignee",
            Self::Department => "department",
            Self::Days => "days",
            Self::Subject => "subject",
            Self::To => "to",
            Self::Respondent => "respondent",
            Self::Mode => "mode",
            Self::Reply | Self::ReviewReply => "reply",
            Self::Satisfaction => "satisfaction",
            Self::Cause => "cause",
            Self::NoteText | Self::ReplyText => "text",
        }
    }

    /// Whether it may be left empty.
    pub const fn optional(self) -> bool {
        matches!(self, Self::Department | Self::Note | Self::Measures)
    }

    pub fn kind(self) -> Kind {
        match self {
            Self::Class => Kind::Choice("complaint_class", ComplaintClass::ALL.iter().map(|v| v.key()).collect()),
            Self::Ground => Kind::Choice("refusal_ground", RefusalGround::ALL.iter().map(|v| v.key()).collect()),
            Self::PauseReason => Kind::Choice("pause_reason", PauseReason::ALL.iter().map(|v| v.key()).collect()),
            Self::Outcome => Kind::Choice("complaint_outcome", ComplaintOutcome::ALL.iter().map(|v| v.key()).collect()),
            Self::Subject => Kind::Choice("complaint_subject", ComplaintSubject::ALL.iter().map(|v| v.key()).collect()),
            Self::Mode => Kind::Choice("feedback_mode", FeedbackMode::ALL.iter().map(|v| v.key()).collect()),
            Self::Satisfaction => {
                Kind::Choice("handling_satisfaction", HandlingSatisfaction::ALL.iter().map(|v| v.key()).collect())
            }
            Self::ReviewOutcome => Kind::Choice("review_outcome", ReviewOutcome::ALL.iter().map(|v| v.key()).collect()),
            Self::Cause => Kind::Choice("escalation_cause", EscalationCause::ALL.iter().map(|v| v.key()).collect()),
            Self::Assignee => Kind::Investigator,
            Self::To => Kind::Handler,
            Self::Respondent => Kind::Colleague,
            Self::Department => Kind::Department,
            Self::Into => Kind::Case,
            Self::Days => Kind::Days,
            _ => Kind::Text,
        }
    }

    pub fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Class => td_string!(locale, complaints.field.class),
            Self::Ground => td_string!(locale, complaints.field.ground),
            Self::Reason | Self::ReferReason => td_string!(locale, complaints.field.reason),
            Self::ExtendReason => td_string!(locale, complaints.field.extend_reason),
            Self::PauseReason => td_string!(locale, complaints.field.pause_reason),
            Self::PauseNote | Self::Note => td_string!(locale, complaints.field.note),
            Self::Referral => td_string!(locale, complaints.field.referral),
            Self::Into => td_string!(locale, complaints.field.into),
            Self::Outcome => td_string!(locale, complaints.field.outcome),
            Self::Finding => td_string!(locale, complaints.field.finding),
            Self::Measures => td_string!(locale, complaints.field.measures),
            Self::Assignee => td_string!(locale, complaints.field.assignee),
            Self::Department => td_string!(locale, complaints.field.department),
            Self::Days => td_string!(locale, complaints.field.days),
            Self::Subject => td_string!(locale, complaints.field.subject),
            Self::To => td_string!(locale, complaints.field.to),
            Self::Respondent => td_string!(locale, complaints.field.respondent),
            Self::Mode => td_string!(locale, complaints.field.mode),
            Self::Reply => td_string!(locale, complaints.field.reply),
            Self::Satisfaction => td_string!(locale, complaints.field.satisfaction),
            Self::ReviewOutcome => td_string!(locale, complaints.field.review_outcome),
            Self::ReviewReply => td_string!(locale, complaints.field.review_reply),
            Self::Cause => td_string!(locale, complaints.field.cause),
            Self::Press => td_string!(locale, complaints.field.press),
            Self::NoteText | Self::ReplyText => td_string!(locale, complaints.compose.text),
        }
    }

    pub fn hint(self, locale: Locale) -> Option<&'static str> {
        match self {
            Self::Into => Some(td_string!(locale, complaints.field.into_hint)),
            Self::Referral => Some(td_string!(locale, complaints.field.referral_hint)),
            Self::ReferReason => Some(td_string!(locale, complaints.field.refer_hint)),
            Self::ExtendReason | Self::Reply | Self::ReviewReply => Some(td_string!(locale, complaints.field.told)),
            _ => None,
        }
    }
}
