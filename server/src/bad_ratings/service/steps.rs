//! The course of a case: contacted, verified, put right, called back and closed; the appeal of the rated side.

use chrono::Days;
use domain::{
    AttachmentId, BadRatingId, RatingAppealId, Violation,
    bad_ratings::{
        BadRatingAction as Action, BadRatingEventKind as Event, BadRatingFinding, BadRatingStatus as Status, Facts,
        RaterContact, after_call, after_contact, after_finding,
        appeal::{RatingAppealGround, RatingAppealStatus, check_reason},
        check_call, check_feedback,
        clock::{due_at, extend as extension},
        may,
    },
    calendar::local_date,
    complaints::{FeedbackMode, HandlingSatisfaction, form::entry},
    files::OwnerKind,
    permission::Permission,
    policy::PolicyKey,
};
use entity::{bad_rating, rating_appeal};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{CONTACT, Line, days_stored, facts, keys, log, permission, seen, set_clock, verb};
use crate::{
    analytics,
    db::{AuditEvent, Verb, WriteTx},
    error::{Error, Result},
    files,
    graphql::context::Cx,
    posts::{self, service::Seen},
};

/// Writes down a call, or that there is nobody to call.
pub async fn contact(cx: &Cx, seen: Seen<BadRatingId>, outcome: RaterContact, text: &str) -> Result<bad_rating::Model> {
    entry("text", text)?;
    let step = Step::begin(cx, seen, Action::Contact).await?;
    let status = after_contact(outcome, &step.facts)?;
    let kind = if outcome == RaterContact::Unreached { Event::Unreached } else { Event::Contacted };
    let missed = step.missed(outcome == RaterContact::Unreached);
    step.end(cx, status, missed, Line::of(kind).detail(outcome.key()).words(text)).await
}

/// Says what is behind the rating. From now on the rated side knows of it, and may appeal.
pub async fn verify(
    cx: &Cx,
    seen: Seen<BadRatingId>,
    finding: BadRatingFinding,
    text: &str,
) -> Result<bad_rating::Model> {
    entry("text", text)?;
    let step = Step::begin(cx, seen, Action::Verify).await?;
    let rules = cx.rules().await?;
    let until = due_at(cx.now(), rules.policy.get(PolicyKey::AppealWindow), &rules.calendar)?;
    let change =
        bad_rating::ActiveModel { finding: Set(Some(finding)), appeal_until: Set(Some(until)), ..Default::default() };
    let line = Line::of(Event::Verified).detail(finding.key()).words(text);
    step.end(cx, after_finding(finding), change, line).await
}

/// Begins to put it right; what has no basis in law is explained.
pub async fn rectify(cx: &Cx, seen: Seen<BadRatingId>, measures: &str) -> Result<bad_rating::Model> {
    entry("measures", measures)?;
    let step = Step::begin(cx, seen, Action::Rectify).await?;
    step.end(cx, Status::Rectifying, Default::default(), Line::of(Event::Rectifying).words(measures)).await
}

/// Puts the fix off, once, before it is due.
pub async fn extend(cx: &Cx, seen: Seen<BadRatingId>, days: u32, reason: &str) -> Result<bad_rating::Model> {
    entry("reason", reason)?;
    let step = Step::begin(cx, seen, Action::Extend).await?;
    let rules = cx.rules().await?;
    let allowed = step.row.step_days.and_then(|days| u32::try_from(days).ok()).unwrap_or(0);
    let allowed = extension(allowed, days, &rules.policy)?;
    let due = due_at(step.row.step_started_at, allowed, &rules.calendar)?;
    let change = bad_rating::ActiveModel {
        extended: Set(true),
        step_days: Set(Some(days_stored(allowed))),
        due_at: Set(Some(due)),
        ..Default::default()
    };
    let (status, line) = (step.row.status, Line::of(Event::Extended).detail(local_date(due).to_string()).words(reason));
    step.end(cx, status, change, line).await
}

/// Writes down what was done, and how the rater was told; nobody is told who left no way to be.
pub async fn feed_back(
    cx: &Cx,
    seen: Seen<BadRatingId>,
    result: &str,
    mode: Option<FeedbackMode>,
) -> Result<bad_rating::Model> {
    entry("result", result)?;
    let step = Step::begin(cx, seen, Action::FeedBack).await?;
    check_feedback(mode, &step.facts)?;
    let line = Line { detail: mode.map(|mode| mode.key().to_owned()), ..Line::of(Event::FedBack) };
    step.end(cx, Status::FedBack, Default::default(), line.words(result)).await
}

/// Calls the rater back.
pub async fn call_back(
    cx: &Cx,
    seen: Seen<BadRatingId>,
    outcome: RaterContact,
    satisfaction: Option<HandlingSatisfaction>,
    text: &str,
) -> Result<bad_rating::Model> {
    entry("text", text)?;
    let level = check_call(outcome, satisfaction)?;
    let step = Step::begin(cx, seen, Action::CallBack).await?;
    let status = after_call(level, &step.facts);
    let mut change = step.missed(level.is_none());
    if level.is_some() {
        change.satisfaction = Set(level);
    }
    if status == Status::Rectifying {
        change.again = Set(true);
    }
    let line = match level {
        Some(level) => Line::of(Event::CalledBack).detail(level.key()),
        None => Line::of(Event::CallMissed),
    };
    step.end(cx, status, change, line.words(text)).await
}

/// Closes it.
pub async fn close(cx: &Cx, seen: Seen<BadRatingId>) -> Result<bad_rating::Model> {
    let step = Step::begin(cx, seen, Action::Close).await?;
    step.end(cx, Status::Closed, Default::default(), Line::of(Event::Closed)).await
}

/// Writes a note for colleagues.
pub async fn note(cx: &Cx, seen: Seen<BadRatingId>, text: &str) -> Result<bad_rating::Model> {
    entry("text", text)?;
    let step = Step::begin(cx, seen, Action::Note).await?;
    let status = step.row.status;
    step.end(cx, status, Default::default(), Line::of(Event::Noted).words(text)).await
}

/// Puts the case before the city: the rating is not to count. The reason is read by the whole city office, and so names
/// nobody.
pub async fn appeal(
    cx: &Cx,
    seen: Seen<BadRatingId>,
    ground: RatingAppealGround,
    reason: &str,
    evidence: &[AttachmentId],
) -> Result<bad_rating::Model> {
    check_reason(reason)?;
    let mut step = Step::begin(cx, seen, Action::Appeal).await?;
    let rules = cx.rules().await?;
    let post = match step.row.post_id {
        Some(post) => Some(posts::repo::post(&step.tx, post).await?.name),
        None => None,
    };
    let id = RatingAppealId(cx.app.ids.next());
    let row = rating_appeal::ActiveModel {
        id: Set(id),
        city_id: Set(step.tx.scope().city()),
        bad_rating_id: Set(seen.id),
        rated_on: Set(step.row.rated_on),
        level: Set(step.row.level),
        post: Set(post),
        ground: Set(ground),
        reason: Set(reason.trim().to_owned()),
        status: Set(RatingAppealStatus::Open),
        appealed_by: Set(cx.scope()?.account().ok_or(Error::Unauthenticated)?),
        appealed_at: Set(step.tx.now()),
        due_at: Set(due_at(step.tx.now(), rules.policy.get(PolicyKey::AppealDecide), &rules.calendar).ok()),
        version: Set(1),
        ..Default::default()
    };
    step.tx.insert(row).await?;
    files::service::attach(&mut step.tx, evidence, OwnerKind::RatingAppeal, id.0).await?;
    let change = bad_rating::ActiveModel {
        appealed: Set(true),
        appealed_from: Set(Some(step.row.status)),
        ..Default::default()
    };
    let line = Line::of(Event::Appealed).detail(ground.key()).words(reason);
    step.end(cx, Status::Appealed, change, line).await
}

/// Shows how to reach the rater, to whoever handles the case. The look and its reason are in the audit before anything is
/// shown.
pub async fn reveal(cx: &Cx, id: BadRatingId, reason: &str) -> Result<Option<String>> {
    entry("reason", reason)?;
    let tx = cx.write(&cx.scope()?.require(Permission::BadRatingReveal)?).await?;
    let (row, _, (part, _)) = seen(&tx, id).await?;
    if part != domain::bad_ratings::Part::Handles {
        return Err(Violation::new("", "bad_rating.not_yours").into());
    }
    let keys = keys(cx, &tx)?;
    let shown = row.contact_enc.as_deref().map(|text| keys.open(CONTACT, text)).transpose()?;
    tx.commit(AuditEvent::on(id.0, Verb::RaterRevealed).with_detail(reason.trim())).await?;
    Ok(shown)
}

/// A step that may be taken.
struct Step {
    tx: WriteTx,
    row: bad_rating::Model,
    facts: Facts,
    seen: Seen<BadRatingId>,
    action: Action,
}

impl Step {
    async fn begin(cx: &Cx, seen_as: Seen<BadRatingId>, action: Action) -> Result<Self> {
        let tx = cx.write(&cx.scope()?.require(permission(action))?).await?;
        let (row, _, who) = seen(&tx, seen_as.id).await?;
        let facts = facts(&row);
        may(action, who, &facts, cx.now())?;
        Ok(Self { tx, row, facts, seen: seen_as, action })
    }

    /// A change that counts one more call in which nobody was reached, or none.
    fn missed(&self, one_more: bool) -> bad_rating::ActiveModel {
        let missed = if one_more { self.row.missed + 1 } else { 0 };
        bad_rating::ActiveModel { missed: Set(missed), ..Default::default() }
    }

    async fn end(
        mut self,
        cx: &Cx,
        status: Status,
        change: bad_rating::ActiveModel,
        line: Line<'_>,
    ) -> Result<bad_rating::Model> {
        let (now, rules) = (self.tx.now(), cx.rules().await?);
        let mut change = bad_rating::ActiveModel { id: Unchanged(self.seen.id), status: Set(status), ..change };
        if status != self.row.status {
            change.missed = Set(0);
            set_clock(&mut change, (status, self.row.named, self.row.due_step), now, &rules);
        }
        if status.is_over() {
            let days = rules.policy.get(PolicyKey::BadRatingKeepDays);
            change.closed_at = Set(Some(now));
            change.purge_on = Set(local_date(now).checked_add_days(Days::new(days.into())));
        }
        if self.action == Action::FeedBack {
            // A second fix does not make up for a first one that was late.
            let in_time = self.row.overdue_at.is_none() && self.row.due_at.is_none_or(|due| now <= due);
            change.fixed_in_time = Set(Some(in_time && self.row.fixed_in_time != Some(false)));
        }
        let row = self.tx.update(change, self.seen.version).await?;
        analytics::service::bad_rating(&mut self.tx, Some(&self.row), &row).await?;
        log(cx, &mut self.tx, (row.id, status), line).await?;
        self.tx.commit(AuditEvent::on(row.id.0, verb(self.action))).await?;
        Ok(row)
    }
}
