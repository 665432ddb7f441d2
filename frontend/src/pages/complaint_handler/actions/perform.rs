//! From what was typed to the typed mutation.

use std::{collections::BTreeMap, str::FromStr};

use domain::{
    Violation,
    complaints::{
        Action, ComplaintClass, ComplaintOutcome, ComplaintSubject, EscalationCause, FeedbackMode,
        HandlingSatisfaction, PauseReason, RefusalGround, ReviewOutcome, form, referral,
    },
};

use super::fields::{Field, Kind, fields};
use crate::api::{ApiError, complaints::actions as api, send};

/// What was typed or chosen, by input field.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    pub fn set(&mut self, field: Field, value: String) {
        self.0.insert(field.name().to_owned(), value);
    }

    pub fn get(&self, field: Field) -> &str {
        self.0.get(field.name()).map_or("", |value| value.trim())
    }

    fn text(&self, field: Field) -> String {
        self.get(field).to_owned()
    }

    fn optional(&self, field: Field) -> Option<String> {
        Some(self.text(field)).filter(|text| !text.is_empty())
    }

    fn choice<T>(&self, field: Field, from_key: fn(&str) -> Option<T>) -> Result<T, ApiError> {
        from_key(self.get(field)).ok_or_else(|| invalid([Violation::new(field.name(), "form.required")]))
    }

    fn parsed<T: FromStr>(&self, field: Field) -> Result<T, ApiError> {
        self.choice(field, |text| text.parse().ok())
    }
}

/// The error that shows `found` at the fields.
fn invalid(found: impl IntoIterator<Item = Violation>) -> ApiError {
    ApiError {
        code: ApiError::INVALID.to_owned(),
        request_id: None,
        violations: found.into_iter().map(Into::into).collect(),
    }
}

/// What is wrong with the fields of `action`, before anything is sent.
pub fn check(action: Action, typed: &Typed) -> Vec<Violation> {
    fields(action).iter().filter_map(|field| check_one(*field, typed.get(*field))).collect()
}

fn check_one(field: Field, value: &str) -> Option<Violation> {
    if value.is_empty() {
        return (!field.optional()).then(|| Violation::new(field.name(), "form.required"));
    }
    match field.kind() {
        Kind::Text if field == Field::ReferReason => referral::check_reason(value).err(),
        Kind::Text => form::entry(field.name(), value).err(),
        Kind::Days if !value.parse::<i32>().is_ok_and(|days| days > 0) => {
            Some(Violation::new(field.name(), "form.number"))
        }
        _ => None,
    }
}

/// Does `action` to the case.
///
/// # Errors
/// `INVALID` when a field does not hold what the action needs; else what the server says.
pub async fn perform(action: Action, case: api::CaseInput, typed: &Typed) -> Result<(), ApiError> {
    send(request(action, case, typed)?).await
}

fn request(action: Action, case: api::CaseInput, typed: &Typed) -> Result<String, ApiError> {
    match action {
        Action::Screen => api::screen::request(case),
        Action::Investigate => api::investigate::request(case),
        Action::Resume => api::resume::request(case),
        Action::Approve => api::approve::request(case),
        Action::Conclude => api::conclude::request(case),
        Action::StartReview => api::start_review::request(case),
        Action::Close => api::close::request(case),
        Action::Archive => api::archive::request(case),
        Action::Return => api::give_back::request(reason(case, typed, Field::Reason)),
        Action::SendBack => api::send_back::request(reason(case, typed, Field::Reason)),
        Action::RequestReview => api::request_review::request(reason(case, typed, Field::Reason)),
        Action::Refer => api::refer::request(reason(case, typed, Field::ReferReason)),
        Action::Press => api::press::request(reason(case, typed, Field::Press)),
        Action::Note => api::note::request(entry(case, typed, Field::NoteText)),
        Action::Reply => api::reply::request(entry(case, typed, Field::ReplyText)),
        _ => direct(action, case, typed),
    }
}

fn reason(api::CaseInput { id, version }: api::CaseInput, typed: &Typed, field: Field) -> api::ReasonInput {
    api::ReasonInput { id, version, reason: typed.text(field) }
}

fn entry(api::CaseInput { id, version }: api::CaseInput, typed: &Typed, field: Field) -> api::EntryInput {
    api::EntryInput { id, version, text: typed.text(field) }
}

/// The actions that say whose case it is.
fn direct(action: Action, case: api::CaseInput, typed: &Typed) -> Result<String, ApiError> {
    let api::CaseInput { id, version } = case;
    match action {
        Action::Accept => {
            let class = typed.choice(Field::Class, ComplaintClass::from_key)?;
            api::accept::request(api::AcceptComplaintInput { id, version, class })
        }
        Action::Decline => {
            let ground = typed.choice(Field::Ground, RefusalGround::from_key)?;
            let (reason, referral) = (typed.text(Field::Reason), typed.text(Field::Referral));
            api::decline::request(api::DeclineComplaintInput { id, version, ground, reason, referral })
        }
        Action::Merge => {
            let into = typed.parsed(Field::Into)?;
            api::merge::request(api::MergeComplaintInput { id, version, into })
        }
        Action::Assign => {
            let assignee = typed.parsed(Field::Assignee)?;
            let department = typed.get(Field::Department).parse().ok();
            let note = typed.optional(Field::Note);
            api::assign::request(api::AssignComplaintInput { id, version, assignee, department, note })
        }
        Action::HandOver => {
            let (to, reason) = (typed.parsed(Field::To)?, typed.text(Field::Reason));
            api::hand_over::request(api::HandOverComplaintInput { id, version, to, reason })
        }
        Action::NameRespondent => {
            let respondent = typed.parsed(Field::Respondent)?;
            api::name_respondent::request(api::NameRespondentInput { id, version, respondent })
        }
        _ => work(action, api::CaseInput { id, version }, typed),
    }
}

/// The actions that say what was found, and that move the clock.
fn work(action: Action, case: api::CaseInput, typed: &Typed) -> Result<String, ApiError> {
    let api::CaseInput { id, version } = case;
    match action {
        Action::ResolveOnSpot => {
            let outcome = typed.choice(Field::Outcome, ComplaintOutcome::from_key)?;
            let finding = typed.text(Field::Finding);
            api::resolve_on_spot::request(api::ResolveOnSpotInput { id, version, outcome, finding })
        }
        Action::Extend => {
            let (days, reason) = (typed.parsed(Field::Days)?, typed.text(Field::ExtendReason));
            api::extend::request(api::ExtendComplaintInput { id, version, days, reason })
        }
        Action::Pause => {
            let reason = typed.choice(Field::PauseReason, PauseReason::from_key)?;
            let note = typed.text(Field::PauseNote);
            api::pause::request(api::PauseComplaintInput { id, version, reason, note })
        }
        Action::Reclassify => {
            let class = typed.choice(Field::Class, ComplaintClass::from_key)?;
            let subject = typed.choice(Field::Subject, ComplaintSubject::from_key)?;
            let reason = typed.text(Field::Reason);
            api::reclassify::request(api::ReclassifyComplaintInput { id, version, class, subject, reason })
        }
        Action::Propose => {
            let outcome = typed.choice(Field::Outcome, ComplaintOutcome::from_key)?;
            let (finding, measures) = (typed.text(Field::Finding), typed.optional(Field::Measures));
            api::propose::request(api::ProposeConclusionInput { id, version, outcome, finding, measures })
        }
        Action::GiveFeedback => {
            let mode = typed.choice(Field::Mode, FeedbackMode::from_key)?;
            let reply = typed.text(Field::Reply);
            api::give_feedback::request(api::GiveFeedbackInput { id, version, mode, reply })
        }
        Action::FollowUp => {
            let satisfaction = typed.choice(Field::Satisfaction, HandlingSatisfaction::from_key)?;
            let note = typed.optional(Field::Note);
            api::follow_up::request(api::RecordFollowUpInput { id, version, satisfaction, note })
        }
        Action::DecideReview => {
            let outcome = typed.choice(Field::ReviewOutcome, ReviewOutcome::from_key)?;
            let reply = typed.text(Field::ReviewReply);
            api::decide_review::request(api::DecideReviewInput { id, version, outcome, reply })
        }
        Action::Escalate => {
            let cause = typed.choice(Field::Cause, EscalationCause::from_key)?;
            let reason = typed.text(Field::Reason);
            api::escalate::request(api::EscalateComplaintInput { id, version, cause, reason })
        }
        // `reveal` changes no case and has a dialog of its own; all others are handled before.
        _ => Err(invalid([])),
    }
}
