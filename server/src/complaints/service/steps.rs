//! The steps of the state machine, from screening to the archive.

use domain::{
    AccountId, ComplaintId, Violation,
    calendar::{end_of_day, local_date},
    complaints::{
        Action, ComplaintClass, ComplaintEventKind as Event, ComplaintOutcome, ComplaintStatus, FeedbackMode,
        HandlingSatisfaction, RefusalGround, ReviewOutcome, after_follow_up,
    },
    permission::{Permission, Role, grants},
    policy::PolicyKey,
};
use entity::{complaint, complaint_event};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{Acting, Entry, Seen, Version::Newest, check, facts};
use crate::{
    complaints::repo,
    db::{ReadTx, Verb},
    error::Result,
    graphql::context::Cx,
    tenancy,
};

/// Take a new complaint and look at it; whoever does becomes its handler.
pub async fn screen(cx: &Cx, seen: Seen) -> Result<complaint::Model> {
    let step = Acting::begin(cx, seen, Action::Screen, Newest).await?;
    let change = complaint::ActiveModel { handler_id: Set(step.me()), ..step.change(step.row.class)? };
    step.finish(change, Entry::moved(), Verb::ComplaintScreened).await
}

/// Accept for handling. Starts the reply deadline (6.8.6).
pub async fn accept(cx: &Cx, seen: Seen, class: ComplaintClass) -> Result<complaint::Model> {
    let step = Acting::begin(cx, seen, Action::Accept, Newest).await?;
    let change = complaint::ActiveModel { class: Set(class), accepted_at: Set(Some(step.now)), ..step.change(class)? };
    step.finish(change, Entry::moved(), Verb::ComplaintAccepted).await
}

/// Not accept, with a ground, a reason and where to turn; the complainant reads all three.
pub async fn decline(
    cx: &Cx,
    seen: Seen,
    ground: RefusalGround,
    reason: String,
    referral: String,
) -> Result<complaint::Model> {
    check(&[("reason", &reason), ("referral", &referral)])?;
    let step = Acting::begin(cx, seen, Action::Decline, Newest).await?;
    let change = complaint::ActiveModel {
        refusal_ground: Set(Some(ground)),
        refusal_reason: Set(Some(reason.trim().to_owned())),
        referral: Set(Some(referral.trim().to_owned())),
        ..step.change(step.row.class)?
    };
    step.finish(change, Entry::public(Event::Moved, reason), Verb::ComplaintDeclined).await
}

/// Follow it under another number from now on; both numbers and receipts stay valid.
pub async fn merge(cx: &Cx, seen: Seen, into: ComplaintId) -> Result<complaint::Model> {
    if into == seen.id {
        return Err(Violation::new("into", "complaint.merge_into_itself").into());
    }
    let mut step = Acting::begin(cx, seen, Action::Merge, Newest).await?;
    let target = repo::get(&step.tx, into).await?;
    if !target.status.is_open() {
        return Err(Violation::new("into", "complaint.merge_target_closed").into());
    }
    let touched = complaint::ActiveModel {
        id: Unchanged(target.id),
        last_event_kind: Set(Event::MergedHere),
        last_event_at: Set(step.now),
        ..Default::default()
    };
    step.tx.update(touched, target.version).await?;
    let event = complaint_event::ActiveModel {
        id: Set(domain::ComplaintEventId(step.new_id())),
        complaint_id: Set(target.id),
        kind: Set(Event::MergedHere),
        action: Set(Some(Action::Merge)),
        from_status: Set(Some(target.status)),
        status: Set(target.status),
        actor_id: Set(step.me()),
        body: Set(Some(step.row.number.clone())),
        is_public: Set(false),
        created_at: Set(step.now),
        ..Default::default()
    };
    step.tx.insert(event).await?;
    let change = complaint::ActiveModel { merged_into: Set(Some(into)), ..step.change(step.row.class)? };
    let entry = Entry::internal(Event::Moved, Some(target.number));
    step.finish(change, entry, Verb::ComplaintMerged).await
}

/// Settle at once, in person.
pub async fn resolve_on_spot(
    cx: &Cx,
    seen: Seen,
    outcome: ComplaintOutcome,
    finding: String,
) -> Result<complaint::Model> {
    check(&[("finding", &finding)])?;
    let step = Acting::begin(cx, seen, Action::ResolveOnSpot, Newest).await?;
    let change = complaint::ActiveModel {
        outcome: Set(Some(outcome)),
        finding: Set(Some(finding.trim().to_owned())),
        proposer_id: Set(step.me()),
        ..step.change(step.row.class)?
    };
    step.finish(change, Entry::internal(Event::Moved, Some(finding)), Verb::ComplaintResolvedOnSpot).await
}

/// Send back: wrong person or department.
pub async fn send_back_assignment(cx: &Cx, seen: Seen, reason: String) -> Result<complaint::Model> {
    check(&[("reason", &reason)])?;
    let mut step = Acting::begin(cx, seen, Action::Return, Newest).await?;
    let change =
        complaint::ActiveModel { assignee_id: Set(None), department_id: Set(None), ..step.change(step.row.class)? };
    step.tell(step.row.handler_id, Event::Moved, Some(&reason));
    step.finish(change, Entry::internal(Event::Moved, Some(reason)), Verb::ComplaintReturned).await
}

/// Begin to investigate.
pub async fn investigate(cx: &Cx, seen: Seen) -> Result<complaint::Model> {
    let step = Acting::begin(cx, seen, Action::Investigate, Newest).await?;
    let change = step.change(step.row.class)?;
    step.finish(change, Entry::moved(), Verb::ComplaintInvestigated).await
}

/// Propose a conclusion; the administrators are told when it needs their approval.
pub async fn propose(
    cx: &Cx,
    seen: Seen,
    outcome: ComplaintOutcome,
    finding: String,
    measures: Option<String>,
) -> Result<complaint::Model> {
    check(&[("finding", &finding)])?;
    let mut step = Acting::begin(cx, seen, Action::Propose, Newest).await?;
    let change = complaint::ActiveModel {
        outcome: Set(Some(outcome)),
        finding: Set(Some(finding.trim().to_owned())),
        measures: Set(measures.map(|text| text.trim().to_owned())),
        proposer_id: Set(step.me()),
        approver_id: Set(None),
        ..step.change(step.row.class)?
    };
    let admins = tenancy::service::holders(&step.tx, Role::CenterAdmin).await?;
    let handler = step.row.handler_id;
    step.tell(admins.into_iter().chain(handler), Event::Moved, None);
    step.finish(change, Entry::internal(Event::Moved, Some(finding)), Verb::ConclusionProposed).await
}

/// Approve the proposed conclusion.
pub async fn approve(cx: &Cx, seen: Seen) -> Result<complaint::Model> {
    let mut step = Acting::begin(cx, seen, Action::Approve, Newest).await?;
    let change = complaint::ActiveModel { approver_id: Set(step.me()), ..step.change(step.row.class)? };
    step.tell(step.row.handler_id, Event::Moved, None);
    step.finish(change, Entry::moved(), Verb::ConclusionApproved).await
}

/// Send the proposal back to the investigator.
pub async fn send_back(cx: &Cx, seen: Seen, reason: String) -> Result<complaint::Model> {
    check(&[("reason", &reason)])?;
    let mut step = Acting::begin(cx, seen, Action::SendBack, Newest).await?;
    let change = step.change(step.row.class)?;
    let people = step.row.handler_id.into_iter().chain(step.row.assignee_id).collect::<Vec<_>>();
    step.tell(people, Event::Moved, Some(&reason));
    step.finish(change, Entry::internal(Event::Moved, Some(reason)), Verb::ConclusionSentBack).await
}

/// Conclude; feedback is owed from now on.
pub async fn conclude(cx: &Cx, seen: Seen) -> Result<complaint::Model> {
    let step = Acting::begin(cx, seen, Action::Conclude, Newest).await?;
    let change = step.change(step.row.class)?;
    step.finish(change, Entry::moved(), Verb::ComplaintConcluded).await
}

/// Tell the complainant the result (6.8.11, 7.1.3). Opens the window for a review.
pub async fn give_feedback(cx: &Cx, seen: Seen, mode: FeedbackMode, reply: String) -> Result<complaint::Model> {
    check(&[("reply", &reply)])?;
    let step = Acting::begin(cx, seen, Action::GiveFeedback, Newest).await?;
    let window = step.rules.policy.get(PolicyKey::ComplaintReviewWindow);
    let until = end_of_day(step.rules.calendar.add(local_date(step.now), window)?);
    let change = complaint::ActiveModel {
        reply: Set(Some(reply.trim().to_owned())),
        feedback_mode: Set(Some(mode)),
        feedback_at: Set(Some(step.now)),
        review_until: Set(Some(until)),
        ..step.change(step.row.class)?
    };
    step.finish(change, Entry::public(Event::Moved, reply), Verb::FeedbackGiven).await
}

/// What the complainant says of the handling, asked by somebody else or told by themself.
pub async fn follow_up(
    mut step: Acting<'_>,
    satisfaction: HandlingSatisfaction,
    note: Option<String>,
) -> Result<complaint::Model> {
    let note = note.filter(|text| !text.trim().is_empty());
    if let Some(note) = &note {
        check(&[("note", note)])?;
    }
    let status = after_follow_up(satisfaction, &facts(&step.row, &step.rules.policy));
    step.lead_to(status);
    let mut change = complaint::ActiveModel { satisfaction: Set(Some(satisfaction)), ..step.change(step.row.class)? };
    if status == ComplaintStatus::ReviewRequested {
        change.review_reason = Set(note.clone());
        let people = reviewers(&step.tx).await?;
        step.tell(people, Event::Moved, note.as_deref());
    }
    let verb = if step.me().is_some() { Verb::FollowUpRecorded } else { Verb::HandlingRated };
    step.finish(change, Entry::internal(Event::Moved, note), verb).await
}

/// Who may take up a review; which of them was part of the decision is asked when they do.
async fn reviewers(tx: &ReadTx) -> Result<Vec<AccountId>> {
    let mut people = Vec::new();
    for role in Role::ALL.iter().filter(|role| grants(**role, Permission::ComplaintReview)) {
        people.extend(tenancy::service::holders(tx, *role).await?);
    }
    people.sort_unstable();
    people.dedup();
    Ok(people)
}

/// Record a follow-up call.
pub async fn record_follow_up(
    cx: &Cx,
    seen: Seen,
    satisfaction: HandlingSatisfaction,
    note: Option<String>,
) -> Result<complaint::Model> {
    follow_up(Acting::begin(cx, seen, Action::FollowUp, Newest).await?, satisfaction, note).await
}

/// The complainant disagrees and asks for review.
pub async fn request_review(mut step: Acting<'_>, reason: String) -> Result<complaint::Model> {
    check(&[("reason", &reason)])?;
    let change =
        complaint::ActiveModel { review_reason: Set(Some(reason.trim().to_owned())), ..step.change(step.row.class)? };
    let people = reviewers(&step.tx).await?;
    step.tell(people, Event::Moved, Some(&reason));
    step.finish(change, Entry::public(Event::Moved, reason), Verb::ReviewRequested).await
}

/// The same, told to a member of staff.
pub async fn request_review_for(cx: &Cx, seen: Seen, reason: String) -> Result<complaint::Model> {
    request_review(Acting::begin(cx, seen, Action::RequestReview, Newest).await?, reason).await
}

/// Take up the review.
pub async fn start_review(cx: &Cx, seen: Seen) -> Result<complaint::Model> {
    let step = Acting::begin(cx, seen, Action::StartReview, Newest).await?;
    let change = complaint::ActiveModel { reviewer_id: Set(step.me()), ..step.change(step.row.class)? };
    step.finish(change, Entry::moved(), Verb::ReviewStarted).await
}

/// Decide the review; the complainant reads the reply.
pub async fn decide_review(cx: &Cx, seen: Seen, outcome: ReviewOutcome, reply: String) -> Result<complaint::Model> {
    check(&[("reply", &reply)])?;
    let mut step = Acting::begin(cx, seen, Action::DecideReview, Newest).await?;
    let change = complaint::ActiveModel {
        review_outcome: Set(Some(outcome)),
        review_reply: Set(Some(reply.trim().to_owned())),
        ..step.change(step.row.class)?
    };
    step.tell(step.row.handler_id, Event::Moved, None);
    step.finish(change, Entry::public(Event::Moved, reply), Verb::ReviewDecided).await
}

/// Close.
pub async fn close(cx: &Cx, seen: Seen) -> Result<complaint::Model> {
    let step = Acting::begin(cx, seen, Action::Close, Newest).await?;
    let change = complaint::ActiveModel { closed_at: Set(Some(step.now)), ..step.change(step.row.class)? };
    step.finish(change, Entry::moved(), Verb::ComplaintClosed).await
}

/// File away; nothing changes any more.
pub async fn archive(cx: &Cx, seen: Seen) -> Result<complaint::Model> {
    let step = Acting::begin(cx, seen, Action::Archive, Newest).await?;
    let change = step.change(step.row.class)?;
    step.finish(change, Entry::moved(), Verb::ComplaintArchived).await
}
