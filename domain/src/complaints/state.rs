//! What may be done with a complaint now, and by whom.

use chrono::{DateTime, Utc};

use super::{ComplaintOutcome, ComplaintStatus, ComplaintSubject, HandlingSatisfaction};
use crate::{
    AccountId, Violation,
    macros::text_enum,
    permission::{Permission, RoleSet},
};

text_enum! {
    /// A step or an entry a person may make on a case.
    #[cfg_attr(feature = "graphql", graphql(name = "ComplaintAction"))]
    pub enum Action {
        /// Take a new complaint and look at it.
        Screen = "screen",
        /// Accept it and set its class.
        Accept = "accept",
        /// Do not accept it.
        Decline = "decline",
        /// Follow it under another number.
        Merge = "merge",
        /// Settle it at once.
        ResolveOnSpot = "resolve_on_spot",
        /// Give it to a person or department.
        Assign = "assign",
        /// Send it back: wrong addressee.
        Return = "return",
        /// Begin to investigate.
        Investigate = "investigate",
        /// Put the reply off.
        Extend = "extend",
        /// Stop the clock.
        Pause = "pause",
        /// Let the clock go on.
        Resume = "resume",
        /// Change class or subject.
        Reclassify = "reclassify",
        /// Hand the case to another handler.
        HandOver = "hand_over",
        /// Name the person complained about.
        NameRespondent = "name_respondent",
        /// Propose a conclusion.
        Propose = "propose",
        /// Approve it.
        Approve = "approve",
        /// Send it back to the investigator.
        SendBack = "send_back",
        /// Conclude.
        Conclude = "conclude",
        /// Tell the complainant the result.
        GiveFeedback = "give_feedback",
        /// Ask whether they are satisfied.
        FollowUp = "follow_up",
        /// Ask for review, for the complainant.
        RequestReview = "request_review",
        /// Take up the review.
        StartReview = "start_review",
        /// Decide the review.
        DecideReview = "decide_review",
        /// Close.
        Close = "close",
        /// File away.
        Archive = "archive",
        /// Take it up a level.
        Escalate = "escalate",
        /// Put it before the city, with a reason.
        Refer = "refer",
        /// Press for progress (督办).
        Press = "press",
        /// Write an internal note.
        Note = "note",
        /// Write to the complainant.
        Reply = "reply",
        /// See the complainant's personal data, logged.
        Reveal = "reveal",
    }
}

/// What the rules need to know of a case.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Where it stands.
    pub status: ComplaintStatus,
    /// What it is about.
    pub subject: ComplaintSubject,
    /// Who handles it.
    pub handler: Option<AccountId>,
    /// Who investigates it.
    pub assignee: Option<AccountId>,
    /// Who is complained about.
    pub respondent: Option<AccountId>,
    /// Who proposed the conclusion.
    pub proposer: Option<AccountId>,
    /// Who approved it.
    pub approver: Option<AccountId>,
    /// Who reviews it.
    pub reviewer: Option<AccountId>,
    /// The proposed or final outcome.
    pub outcome: Option<ComplaintOutcome>,
    /// How often the reply may still be put off.
    pub extensions_left: u32,
    /// How many working days the clock may still stand still.
    pub pause_days_left: u32,
    /// Whether the clock stands still.
    pub paused: bool,
    /// When the present step is due.
    pub due_at: Option<DateTime<Utc>>,
    /// Until when the complainant may ask for review; set by feedback.
    pub review_until: Option<DateTime<Utc>>,
    /// Whether a review was decided before: there is one.
    pub reviewed: bool,
    /// Whether it is before the city, which has not answered yet.
    pub referred: bool,
}

/// Who wants to act.
#[derive(Clone, Debug)]
pub struct Who {
    /// The account; none for the complainant.
    pub account: Option<AccountId>,
    /// What they may do here.
    pub roles: RoleSet,
}

/// The states in which `action` makes sense, the permission it needs, and the state it leads to
/// (none: the state stays). One row an action: this table *is* the state machine of 6.8.6.
const fn row(action: Action) -> (&'static [ComplaintStatus], Permission, Option<ComplaintStatus>) {
    use ComplaintStatus as S;
    use Permission as P;
    const WORK: &[ComplaintStatus] = &[S::Accepted, S::Assigned, S::Returned, S::Investigating];
    const OPEN: &[ComplaintStatus] = &[
        S::Registered,
        S::Screening,
        S::Accepted,
        S::NotAccepted,
        S::OnSpotResolved,
        S::Assigned,
        S::Returned,
        S::Investigating,
        S::Proposed,
        S::Approved,
        S::Concluded,
        S::FeedbackGiven,
        S::Satisfied,
        S::ReviewRequested,
        S::UnderReview,
        S::Reviewed,
    ];
    match action {
        Action::Screen => (&[S::Registered], P::ComplaintHandle, Some(S::Screening)),
        Action::Accept => (&[S::Screening], P::ComplaintHandle, Some(S::Accepted)),
        Action::Decline => (&[S::Screening], P::ComplaintHandle, Some(S::NotAccepted)),
        Action::Merge => (&[S::Registered, S::Screening], P::ComplaintHandle, Some(S::Merged)),
        Action::ResolveOnSpot => (&[S::Accepted], P::ComplaintHandle, Some(S::OnSpotResolved)),
        Action::Assign => (&[S::Accepted, S::Returned], P::ComplaintHandle, Some(S::Assigned)),
        Action::Return => (&[S::Assigned], P::ComplaintInvestigate, Some(S::Returned)),
        Action::Investigate => (&[S::Assigned], P::ComplaintInvestigate, Some(S::Investigating)),
        Action::Extend => (&[S::Investigating], P::ComplaintHandle, None),
        Action::Pause | Action::Resume => (WORK, P::ComplaintHandle, None),
        Action::Reclassify => (WORK, P::ComplaintHandle, None),
        Action::HandOver => (OPEN, P::ComplaintHandle, None),
        Action::NameRespondent => (
            &[S::Registered, S::Screening, S::Accepted, S::Assigned, S::Returned, S::Investigating],
            P::ComplaintHandle,
            None,
        ),
        Action::Propose => (&[S::Investigating], P::ComplaintInvestigate, Some(S::Proposed)),
        Action::Approve => (&[S::Proposed], P::ComplaintApprove, Some(S::Approved)),
        Action::SendBack => (&[S::Proposed], P::ComplaintApprove, Some(S::Investigating)),
        Action::Conclude => (&[S::Proposed, S::Approved], P::ComplaintHandle, Some(S::Concluded)),
        Action::GiveFeedback => (&[S::OnSpotResolved, S::Concluded], P::ComplaintHandle, Some(S::FeedbackGiven)),
        Action::FollowUp => (&[S::FeedbackGiven], P::ComplaintFollowUp, Some(S::Satisfied)),
        Action::RequestReview => (&[S::FeedbackGiven, S::Satisfied], P::ComplaintHandle, Some(S::ReviewRequested)),
        Action::StartReview => (&[S::ReviewRequested], P::ComplaintReview, Some(S::UnderReview)),
        Action::DecideReview => (&[S::UnderReview], P::ComplaintReview, Some(S::Reviewed)),
        Action::Close => {
            (&[S::NotAccepted, S::FeedbackGiven, S::Satisfied, S::Reviewed], P::ComplaintHandle, Some(S::Closed))
        }
        Action::Archive => (&[S::Closed], P::ComplaintHandle, Some(S::Archived)),
        Action::Escalate | Action::Press => (OPEN, P::ComplaintSupervise, None),
        Action::Refer => (OPEN, P::ComplaintRefer, None),
        Action::Note => (OPEN, P::ComplaintReadOwn, None),
        Action::Reply => (OPEN, P::ComplaintHandle, None),
        Action::Reveal => (OPEN, P::ComplaintReveal, None),
    }
}

/// The permission `action` needs.
#[must_use]
pub const fn permission(action: Action) -> Permission {
    row(action).1
}

/// The states in which `action` makes sense.
#[must_use]
pub const fn states(action: Action) -> &'static [ComplaintStatus] {
    row(action).0
}

/// Where a follow-up leads: a bad answer asks for review by itself, once.
#[must_use]
pub const fn after_follow_up(satisfaction: HandlingSatisfaction, facts: &Facts) -> ComplaintStatus {
    if satisfaction.is_bad() && !facts.reviewed { ComplaintStatus::ReviewRequested } else { ComplaintStatus::Satisfied }
}

/// The state that `action` leads to from `status`; the same state for entries.
#[must_use]
pub fn next(action: Action, status: ComplaintStatus) -> ComplaintStatus {
    row(action).2.unwrap_or(status)
}

/// Whether `who` may do `action` now.
///
/// # Errors
/// `complaint.not_allowed_now` (arg `action`) when the state forbids it,
/// `complaint.not_permitted` when the role does, and a code of its own for each
/// separation of duty, clock and approval rule.
pub fn may(action: Action, facts: &Facts, who: &Who, now: DateTime<Utc>) -> Result<(), Violation> {
    let refuse = |code| Err(Violation::new("", code).with("action", action.key()));
    let (from, permission, _) = row(action);
    let is_me = |person: Option<AccountId>| person.is_some() && person == who.account;

    // The complainant acts by receipt code, with no role at all: rates the handling, asks for review.
    let as_complainant = who.account.is_none() && matches!(action, Action::RequestReview | Action::FollowUp);
    if !as_complainant && !who.roles.may(permission) {
        return refuse("complaint.not_permitted");
    }
    if is_me(facts.respondent) {
        return refuse("complaint.respondent_may_not_act");
    }
    if !from.contains(&facts.status) {
        return refuse("complaint.not_allowed_now");
    }
    match action {
        Action::ResolveOnSpot if facts.subject == ComplaintSubject::Integrity => {
            refuse("complaint.integrity_needs_investigation")
        }
        // Whatever ends the reply's clock waits until the clock goes on.
        Action::ResolveOnSpot | Action::Propose if facts.paused => refuse("complaint.paused"),
        Action::Return | Action::Investigate | Action::Propose if !is_me(facts.assignee) && !is_me(facts.handler) => {
            refuse("complaint.not_yours")
        }
        Action::Extend if facts.due_at.is_none_or(|due| now > due) => refuse("complaint.extension_too_late"),
        Action::Extend if facts.paused => refuse("complaint.paused"),
        Action::Extend if facts.extensions_left == 0 => refuse("complaint.extension_used"),
        Action::Pause if facts.pause_days_left == 0 => refuse("complaint.pause_used"),
        Action::Pause if facts.paused => refuse("complaint.already_paused"),
        Action::Pause if facts.due_at.is_some_and(|due| now > due) => refuse("complaint.pause_too_late"),
        Action::Resume if !facts.paused => refuse("complaint.not_paused"),
        Action::Approve if is_me(facts.proposer) || is_me(facts.handler) => refuse("complaint.own_proposal"),
        Action::Conclude if facts.status == ComplaintStatus::Proposed && needs_approval(facts) => {
            refuse("complaint.needs_approval")
        }
        // `proposer` is also whoever settled it on the spot: the call is made by somebody else.
        Action::FollowUp if is_me(facts.handler) || is_me(facts.proposer) || is_me(facts.assignee) => {
            refuse("complaint.follow_up_by_another")
        }
        Action::RequestReview if facts.reviewed => refuse("complaint.already_reviewed"),
        Action::RequestReview if facts.review_until.is_none_or(|until| now > until) => {
            refuse("complaint.review_window_over")
        }
        Action::StartReview | Action::DecideReview
            if is_me(facts.handler) || is_me(facts.proposer) || is_me(facts.approver) =>
        {
            refuse("complaint.own_decision")
        }
        Action::DecideReview if facts.reviewer.is_some() && !is_me(facts.reviewer) => refuse("complaint.not_yours"),
        Action::Refer if facts.referred => refuse("complaint.already_referred"),
        // Without a follow-up, a case stays open until the complainant can no longer object.
        Action::Close
            if facts.status == ComplaintStatus::FeedbackGiven
                && facts.review_until.is_none_or(|until| now <= until) =>
        {
            refuse("complaint.follow_up_first")
        }
        _ => Ok(()),
    }
}

/// Substantiated findings and integrity matters are concluded with approval only.
#[must_use]
pub fn needs_approval(facts: &Facts) -> bool {
    facts.subject == ComplaintSubject::Integrity
        || matches!(facts.outcome, Some(ComplaintOutcome::Substantiated | ComplaintOutcome::Partly))
}

/// Every action `who` may take now, in the order of [`Action::ALL`].
#[must_use]
pub fn actions(facts: &Facts, who: &Who, now: DateTime<Utc>) -> Vec<Action> {
    Action::ALL.iter().copied().filter(|action| may(*action, facts, who, now).is_ok()).collect()
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
