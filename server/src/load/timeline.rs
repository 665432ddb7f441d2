//! The clock of an invented case, and three entries of its timeline.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    AccountId, CenterId, ComplaintEventId, ComplaintPauseId,
    calendar::local_date,
    complaints::{
        Action, Clock, ComplaintEventKind as Event, ComplaintStatus as Status, EscalationCause, EscalationLevel,
        PauseReason, Step,
        deadline::{is_near, overdue_level, queue_position},
        next,
    },
};
use entity::{complaint, complaint_event, complaint_pause};
use uuid::Uuid;

use super::{
    course::{Mark, Path},
    story::{EXTENSION, Inventor, Outline},
};
use crate::complaints::service::days as whole;

const RETURNED: &str = "经查，当日该窗口由另一部门派驻，请改派。";
const EXTENDED: &str = "须向派驻部门调取记录，答复延期五个工作日。";
const AWAITING: &str = "等待投诉人补充当天的取号单照片。";

impl Inventor<'_> {
    /// The clock of the step, and what the sweep would have made of it by now.
    pub fn clock(&mut self, row: &mut complaint::Model, outline: &Outline) {
        let (rules, now, course) = (self.rules, self.now, &outline.course);
        let since = |mark| course.at(mark).unwrap_or(row.received_at);
        let step = Step::of(row.status);
        row.step_started_at = match step {
            Some(Step::Ack | Step::AcceptDecision) => row.received_at,
            Some(Step::Reply) => since(Mark::Accepted),
            Some(Step::Feedback) => since(Mark::Concluded),
            Some(Step::Review) => since(Mark::Asked),
            Some(Step::FollowUp) | None => since(Mark::Answered),
        };
        row.due_step = step;
        self.kept_times(row, outline);
        row.paused = outline.paused.then_some(PauseReason::AwaitingComplainant);
        let more = if outline.extended { EXTENSION } else { 0 };
        row.extensions = i32::from(outline.extended);
        row.extended_days = whole(more);
        if let Some(step) = step {
            let days = step.days(row.class, &rules.policy) + more;
            row.step_days = Some(whole(days));
            let clock = Clock { step, started_at: row.step_started_at, days };
            // No due date past the end of the calendar: such a clock waits for next year's list.
            let due = clock.due_at(&[], now, &rules.calendar).ok();
            row.due_at = due.filter(|_| row.paused.is_none());
            if let Some(due) = row.due_at {
                self.lateness(row, due, days);
            }
        }
        row.queue_at = queue_position(row.due_at, row.received_at);
    }

    /// Whether the steps that have ended were in time. Nobody knows of a first look apart from the decision after it.
    fn kept_times(&self, row: &mut complaint::Model, outline: &Outline) {
        let (rules, course) = (self.rules, &outline.course);
        let in_time = |step: Step, from: DateTime<Utc>, to: Option<DateTime<Utc>>| {
            let clock = Clock { step, started_at: from, days: step.days(row.class, &rules.policy) };
            to.map(|to| clock.due_at(&[], self.now, &rules.calendar).map_or(true, |due| to <= due))
        };
        let decided = course.at(Mark::Declined).or(course.at(Mark::Accepted));
        let looked = in_time(Step::AcceptDecision, row.received_at, decided);
        let replied = course.at(Mark::Accepted).and_then(|from| in_time(Step::Reply, from, course.at(Mark::Concluded)));
        row.acked_in_time = looked.or((row.status != Status::Registered).then_some(true));
        row.replied_in_time = replied;
    }

    fn lateness(&self, row: &mut complaint::Model, due: DateTime<Utc>, days: u32) {
        let (policy, calendar, now) = (&self.rules.policy, &self.rules.calendar, self.now);
        let level = overdue_level(due, now, policy, calendar).unwrap_or(EscalationLevel::None);
        if now > due {
            row.overdue_at = Some((due + TimeDelta::minutes(1)).min(now));
            if level > row.escalation {
                row.escalation = level;
                row.escalation_cause = row.escalation_cause.or(Some(EscalationCause::Overdue));
            }
        } else if is_near(due, days, now, policy, calendar).unwrap_or(false) {
            row.warned_at = Some(now);
        }
    }

    /// Receipt, the step that led to where it stands, and what came since; or the answer and the end.
    pub fn timeline(
        &mut self,
        row: &mut complaint::Model,
        outline: &Outline,
    ) -> ([complaint_event::Model; 3], Option<complaint_pause::Model>) {
        let registered = complaint_event::Model {
            from_status: None,
            status: Status::Registered,
            ..self.entry(row, Event::Registered, row.registered_by, row.received_at)
        };
        let last = outline.course.last(row.received_at);
        let (second, third) = if row.is_open {
            let second = self.arrival(row, outline, last);
            let third = self.since(row, outline, second.created_at);
            (second, third)
        } else {
            let end = if row.status == Status::Archived {
                self.step(row, outline, Action::Archive, Status::Closed, last)
            } else {
                let from = match outline.path {
                    Path::Plain | Path::OnSpot => Status::Satisfied,
                    Path::Refused => Status::NotAccepted,
                    Path::Review => Status::Reviewed,
                };
                self.step(row, outline, Action::Close, from, last)
            };
            (self.answered(row, outline), end)
        };
        row.last_event_kind = third.kind;
        row.last_event_at = third.created_at;
        let pause = row.paused.map(|reason| complaint_pause::Model {
            center_id: CenterId(Uuid::nil()),
            id: ComplaintPauseId(self.id(third.created_at)),
            complaint_id: row.id,
            reason,
            note: AWAITING.to_owned(),
            from_day: local_date(third.created_at),
            to_day: None,
        });
        ([registered, second, third], pause)
    }

    /// The step by which an open case came to its status.
    fn arrival(&mut self, row: &complaint::Model, outline: &Outline, last: DateTime<Utc>) -> complaint_event::Model {
        use Status as S;
        let later = self.after(last, 2);
        let (action, from, at) = match row.status {
            S::Screening => (Action::Screen, S::Registered, later),
            S::Accepted => (Action::Accept, S::Screening, last),
            S::NotAccepted => (Action::Decline, S::Screening, last),
            S::OnSpotResolved => (Action::ResolveOnSpot, S::Accepted, last),
            S::Assigned => (Action::Assign, S::Accepted, later),
            S::Returned => (Action::Return, S::Assigned, later),
            S::Investigating => (Action::Investigate, S::Assigned, later),
            S::Proposed => (Action::Propose, S::Investigating, later),
            S::Approved => (Action::Approve, S::Proposed, later),
            S::Concluded if row.approver_id.is_some() => (Action::Conclude, S::Approved, last),
            S::Concluded => (Action::Conclude, S::Proposed, last),
            S::FeedbackGiven => (Action::GiveFeedback, before_answer(outline.path), last),
            S::Satisfied => (Action::FollowUp, S::FeedbackGiven, last),
            S::ReviewRequested => (Action::RequestReview, S::FeedbackGiven, last),
            S::UnderReview => (Action::StartReview, S::ReviewRequested, later),
            S::Reviewed => (Action::DecideReview, S::UnderReview, last),
            S::Registered | S::Merged | S::Closed | S::Archived => return self.note(row, outline, later),
        };
        self.step(row, outline, action, from, at)
    }

    /// The answer of a case that has ended.
    fn answered(&mut self, row: &complaint::Model, outline: &Outline) -> complaint_event::Model {
        let at = |mark| outline.course.at(mark).unwrap_or(row.received_at);
        if outline.path == Path::Refused {
            self.step(row, outline, Action::Decline, Status::Screening, at(Mark::Declined))
        } else {
            self.step(row, outline, Action::GiveFeedback, before_answer(outline.path), at(Mark::Answered))
        }
    }

    /// What came after the step: a mark of the sweep, a pause, an extension, or some words.
    fn since(&mut self, row: &mut complaint::Model, outline: &Outline, step: DateTime<Utc>) -> complaint_event::Model {
        let later = self.after(step, 1);
        let handler = Some(outline.handler);
        if let Some(at) = row.overdue_at {
            let at = at.max(later);
            row.overdue_at = Some(at);
            self.entry(row, Event::Overdue, None, at)
        } else if row.warned_at.is_some() {
            row.warned_at = Some(later);
            self.entry(row, Event::Warned, None, later)
        } else if row.paused.is_some() {
            let body = Some(AWAITING.to_owned());
            let action = Some(Action::Pause);
            complaint_event::Model { body, action, ..self.entry(row, Event::Paused, handler, later) }
        } else if outline.extended {
            let body = Some(EXTENDED.to_owned());
            let action = Some(Action::Extend);
            complaint_event::Model { body, action, is_public: true, ..self.entry(row, Event::Extended, handler, later) }
        } else {
            self.note(row, outline, later)
        }
    }

    /// Words for colleagues.
    fn note(&mut self, row: &complaint::Model, outline: &Outline, at: DateTime<Utc>) -> complaint_event::Model {
        let texts = self.texts;
        let body = Some(self.pick(&texts.notes).to_owned());
        let action = Some(Action::Note);
        complaint_event::Model { body, action, ..self.entry(row, Event::Note, Some(outline.handler), at) }
    }

    /// A step of the state machine, with the words that belong to it.
    fn step(
        &mut self,
        row: &complaint::Model,
        outline: &Outline,
        action: Action,
        from: Status,
        at: DateTime<Utc>,
    ) -> complaint_event::Model {
        let actor = match action {
            Action::RequestReview => None,
            Action::FollowUp => Some(outline.supervisor),
            Action::Approve | Action::StartReview | Action::DecideReview => Some(outline.admin),
            Action::Return | Action::Investigate | Action::Propose => Some(outline.investigator),
            _ => Some(outline.handler),
        };
        let (body, is_public) = match action {
            Action::Decline => (row.refusal_reason.clone(), true),
            Action::GiveFeedback => (row.reply.clone(), true),
            Action::RequestReview => (row.review_reason.clone(), true),
            Action::DecideReview => (row.review_reply.clone(), true),
            Action::ResolveOnSpot | Action::Propose => (row.finding.clone(), false),
            Action::Return => (Some(RETURNED.to_owned()), false),
            _ => (None, false),
        };
        complaint_event::Model {
            action: Some(action),
            from_status: Some(from),
            status: next(action, from),
            body,
            is_public,
            ..self.entry(row, Event::Moved, actor, at)
        }
    }

    /// An entry that does not move the case.
    fn entry(
        &mut self,
        row: &complaint::Model,
        kind: Event,
        actor: Option<AccountId>,
        at: DateTime<Utc>,
    ) -> complaint_event::Model {
        complaint_event::Model {
            center_id: CenterId(Uuid::nil()),
            id: ComplaintEventId(self.id(at)),
            complaint_id: row.id,
            kind,
            action: None,
            from_status: Some(row.status),
            status: row.status,
            actor_id: actor,
            body: None,
            is_public: false,
            created_at: at,
        }
    }

    /// Some minutes later, and at least so many minutes ago.
    fn after(&mut self, at: DateTime<Utc>, ago: i64) -> DateTime<Utc> {
        let later = at + TimeDelta::minutes(self.rng.i64(5..90));
        later.min(self.now - TimeDelta::minutes(ago)).max(at + TimeDelta::seconds(1))
    }
}

/// What a case was when it was answered.
const fn before_answer(path: Path) -> Status {
    match path {
        Path::OnSpot => Status::OnSpotResolved,
        Path::Plain | Path::Refused | Path::Review => Status::Concluded,
    }
}
