//! What supervision found, rectification tasks (整改任务) and improvement plans (持续改进): 7.1.3, 7.2.3.2.2, 7.2.3.3.2, 7.3;
//! domain sections F.10 and G. Plans are in [`plan`].
//!
//! ```text
//! open → plan_submitted → in_progress → submitted → accepted → rechecked → closed
//!   ↑          │                          ↑  │          │
//!   └──────────┘ sent back     returned ──┘  └──────────┴──→ returned
//! ```
//! Nobody judges what they did themselves. The same cause at the same post, soon after it was accepted as gone, opens the
//! task again ([`recurs`]). All numbers are policy values.

pub mod plan;

use chrono::{Days, NaiveDate};

use crate::{
    AccountId, PostId, StaffId, Violation,
    complaints::{ComplaintOutcome, ComplaintStatus, ComplaintSubject, form::length},
    macros::text_enum,
    permission::Permission,
    policy::{Policy, PolicyKey},
};

/// Longest description of a problem, in characters.
pub const PROBLEM_MAX: usize = 500;
/// Longest cause or measures, in characters.
pub const MEASURES_MAX: usize = 1000;
/// Most working days that a task may be given.
pub const DAYS_MAX: u32 = 120;

text_enum! {
    /// By which kind of supervision something was found (7.1.1).
    pub enum SupervisionKind {
        /// 层级监督.
        Hierarchical = "hierarchical",
        /// 社会监督.
        Social = "social",
        /// 内部监督.
        Internal = "internal",
    }

    /// What a finding is about: the dimensions of 7.2.2.2, which may be added to.
    pub enum FindingArea {
        /// 服务态度.
        Attitude = "attitude",
        /// 服务效能.
        Effectiveness = "effectiveness",
        /// 工作纪律.
        Discipline = "discipline",
        /// 工作区域及设备管理.
        Workplace = "workplace",
        /// 其他.
        Other = "other",
    }

    /// What became of a finding.
    pub enum FindingStatus {
        /// 待处理.
        Open = "open",
        /// 已转整改: a task is about it.
        Tasked = "tasked",
        /// 不予整改, with a reason.
        Dismissed = "dismissed",
    }

    /// Where a task comes from.
    pub enum RectificationSource {
        /// 监督发现.
        Finding = "finding",
        /// 投诉.
        Complaint = "complaint",
        /// “办不成事”.
        Unresolved = "unresolved",
        /// 差评.
        BadRating = "bad_rating",
        /// 两代表一委员的意见建议.
        Suggestion = "suggestion",
        /// 第三方机构的建议.
        Advice = "advice",
        /// 标准自查.
        SelfAudit = "self_audit",
        /// 事件.
        Incident = "incident",
    }

    /// The kind of cause, by which it is seen that something comes again. ASSUMPTION: 7.3 names no kinds.
    pub enum RectificationCause {
        /// 作风态度.
        Conduct = "conduct",
        /// 业务能力.
        Skill = "skill",
        /// 制度流程.
        Procedure = "procedure",
        /// 告知公开.
        Information = "information",
        /// 系统设备.
        Systems = "systems",
        /// 环境设施.
        Facility = "facility",
        /// 人员配备.
        Staffing = "staffing",
        /// 部门协同.
        Coordination = "coordination",
        /// 其他: never taken for the same as another.
        Other = "other",
    }

    /// Where a task stands.
    pub enum RectificationStatus {
        /// 待制定措施.
        Open = "open",
        /// 措施待审核.
        PlanSubmitted = "plan_submitted",
        /// 整改中.
        InProgress = "in_progress",
        /// 待验收.
        Submitted = "submitted",
        /// 已退回.
        Returned = "returned",
        /// 已验收: it is looked at again later.
        Accepted = "accepted",
        /// 已复查.
        Rechecked = "rechecked",
        /// 已销号.
        Closed = "closed",
    }

    /// What is done with a task.
    pub enum RectificationAction {
        /// It was opened.
        Open = "open",
        /// Say whose it is, and by when.
        Assign = "assign",
        /// Say why it came to this and what is to be done.
        Plan = "plan",
        /// Agree to what is to be done.
        Agree = "agree",
        /// Send it back: the plan, what was handed in, or what did not last.
        SendBack = "send_back",
        /// Hand in what was done, with proof.
        Submit = "submit",
        /// Find that it was put right.
        Accept = "accept",
        /// Look again, and find that it has lasted.
        Recheck = "recheck",
        /// End it.
        Close = "close",
        /// Write something down.
        Note = "note",
        /// The same cause has come again.
        Reopen = "reopen",
        /// Its day is over.
        Overdue = "overdue",
    }

    /// Which tasks a list shows.
    pub enum RectificationQueue {
        /// Something is still to be done.
        Open = "open",
        /// … by the viewer.
        Mine = "mine",
        /// A plan, or what was handed in, waits for a judgement.
        ToJudge = "to_judge",
        /// Accepted, and due to be looked at again.
        ToRecheck = "to_recheck",
        /// Not handed in by its day.
        Overdue = "overdue",
        /// Ended.
        Over = "over",
        /// Every one.
        All = "all",
    }
}

impl FindingArea {
    /// What a row of form E is about, by its code; of a city's own rows nobody can say.
    #[must_use]
    pub fn of_row(code: &str) -> Self {
        match code {
            "attitude" | "manner" => Self::Attitude,
            "explanation" | "speed" | "competence" => Self::Effectiveness,
            "place" => Self::Workplace,
            _ => Self::Other,
        }
    }
}

impl RectificationStatus {
    /// Those in which the owner has something to do by the day that was set.
    pub const OWED: [Self; 4] = [Self::Open, Self::PlanSubmitted, Self::InProgress, Self::Returned];
    /// Those in which somebody else has to judge.
    pub const TO_JUDGE: [Self; 2] = [Self::PlanSubmitted, Self::Submitted];
    /// Those in which it was found to be put right.
    pub const DONE: [Self; 3] = [Self::Accepted, Self::Rechecked, Self::Closed];
}

impl RectificationCause {
    /// The kind of cause that a complaint of this subject suggests.
    #[must_use]
    pub const fn of_subject(subject: ComplaintSubject) -> Self {
        use ComplaintSubject as S;
        match subject {
            S::Attitude | S::Discipline | S::Integrity => Self::Conduct,
            S::WrongInfo => Self::Skill,
            S::Delay | S::RefusalToAccept | S::Fee | S::Privacy => Self::Procedure,
            S::IncompleteNotice => Self::Information,
            S::Equipment => Self::Systems,
            S::Environment => Self::Facility,
            S::Other => Self::Other,
        }
    }
}

impl RectificationAction {
    /// The permission that taking the step asks for. The last two nobody takes: a new source and the calendar do.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::Plan | Self::Submit => Permission::ImprovementAct,
            Self::Note => Permission::ImprovementRead,
            Self::Open => Permission::FindingRecord,
            Self::Assign
            | Self::Agree
            | Self::SendBack
            | Self::Accept
            | Self::Recheck
            | Self::Close
            | Self::Reopen
            | Self::Overdue => Permission::ImprovementDirect,
        }
    }

    /// Whether it says that something is good, or is not.
    const fn judges(self) -> bool {
        matches!(self, Self::Agree | Self::SendBack | Self::Accept | Self::Recheck | Self::Close)
    }
}

/// Who acts, as the rules need to know it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Actor {
    /// Who they are on the staff.
    pub me: Option<StaffId>,
    /// Their account.
    pub account: Option<AccountId>,
    /// Whether they may carry out what is theirs.
    pub acts: bool,
    /// Whether they say whose something is, and judge it.
    pub directs: bool,
}

impl Actor {
    fn is(&self, owner: Option<StaffId>) -> bool {
        self.me.is_some() && self.me == owner
    }
}

/// What the course of a task needs to know of it.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Where it stands.
    pub status: RectificationStatus,
    /// Whose it is.
    pub owner: Option<StaffId>,
    /// Who handed in what was done.
    pub submitter: Option<AccountId>,
    /// The first day on which it may be looked at again.
    pub recheck_on: Option<NaiveDate>,
}

impl Facts {
    /// The status after `action` of `actor`.
    ///
    /// # Errors
    /// `improvement.not_yours`, `improvement.not_directing`, `improvement.own_task` to whoever did it themselves,
    /// `improvement.step` when it is not where the step starts, `improvement.too_early` (arg `on`).
    pub fn after(
        &self,
        action: RectificationAction,
        actor: &Actor,
        today: NaiveDate,
    ) -> Result<RectificationStatus, Violation> {
        use {RectificationAction as A, RectificationStatus as S};
        let refused = |code| Err(Violation::new("", code));
        let own = actor.is(self.owner);
        match action {
            A::Plan | A::Submit if !(actor.acts && own) => return refused("improvement.not_yours"),
            A::Note if !(own || actor.directs) => return refused("improvement.not_yours"),
            A::Assign | A::Agree | A::SendBack | A::Accept | A::Recheck | A::Close if !actor.directs => {
                return refused("improvement.not_directing");
            }
            _ => {}
        }
        let handed_in = actor.account.is_some() && actor.account == self.submitter;
        if action.judges() && (own || handed_in) {
            return refused("improvement.own_task");
        }
        match (self.status, action) {
            (S::Open | S::PlanSubmitted | S::InProgress | S::Returned, A::Assign) => Ok(self.status),
            (S::Open, A::Plan) => Ok(S::PlanSubmitted),
            (S::PlanSubmitted, A::Agree) => Ok(S::InProgress),
            (S::PlanSubmitted, A::SendBack) => Ok(S::Open),
            (S::InProgress | S::Returned, A::Submit) => Ok(S::Submitted),
            (S::Submitted, A::Accept) => Ok(S::Accepted),
            (S::Submitted | S::Accepted, A::SendBack) => Ok(S::Returned),
            (S::Accepted, A::Recheck) => match self.recheck_on {
                Some(on) if today < on => Err(Violation::new("", "improvement.too_early").with("on", on)),
                _ => Ok(S::Rechecked),
            },
            (S::Rechecked, A::Close) => Ok(S::Closed),
            (S::Closed, _) => refused("improvement.step"),
            (status, A::Note) => Ok(status),
            _ => refused("improvement.step"),
        }
    }

    /// What `actor` may do now, in the order of declaration.
    pub fn actions(self, actor: Actor, today: NaiveDate) -> impl Iterator<Item = RectificationAction> {
        RectificationAction::ALL.iter().copied().filter(move |action| self.after(*action, &actor, today).is_ok())
    }
}

/// Whether a task should have been handed in by now.
#[must_use]
pub fn is_late(status: RectificationStatus, due_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    RectificationStatus::OWED.contains(&status) && due_on.is_some_and(|due| due < today)
}

/// The first day on which somebody may look whether what was done on `day` has lasted.
#[must_use]
pub fn verify_on(day: NaiveDate, policy: &Policy) -> NaiveDate {
    day.checked_add_days(Days::new(policy.get(PolicyKey::RectificationVerifyDays).into())).unwrap_or(NaiveDate::MAX)
}

/// What is known of an earlier task, to see whether the same has come again.
#[derive(Clone, Copy, Debug)]
pub struct Earlier {
    /// Its cause.
    pub cause: RectificationCause,
    /// Its post.
    pub post: Option<PostId>,
    /// Where it stands.
    pub status: RectificationStatus,
    /// When it was found to be put right.
    pub accepted_on: Option<NaiveDate>,
}

/// The first day on which the same would count as come again, had it been put right then.
#[must_use]
pub fn recurs_since(today: NaiveDate, policy: &Policy) -> NaiveDate {
    today.checked_sub_days(Days::new(policy.get(PolicyKey::RectificationRecurDays).into())).unwrap_or(NaiveDate::MIN)
}

/// Whether a problem of this cause at this post is the earlier one come again.
#[must_use]
pub fn recurs(
    earlier: &Earlier,
    cause: RectificationCause,
    post: Option<PostId>,
    today: NaiveDate,
    policy: &Policy,
) -> bool {
    cause != RectificationCause::Other
        && post.is_some()
        && (earlier.cause, earlier.post) == (cause, post)
        && RectificationStatus::DONE.contains(&earlier.status)
        && earlier.accepted_on.is_some_and(|on| on >= recurs_since(today, policy))
}

/// Whether a task may follow from a complaint: it was found right, wholly or in part, and that was decided.
#[must_use]
pub const fn follows_from(status: ComplaintStatus, outcome: Option<ComplaintOutcome>) -> bool {
    use ComplaintStatus as S;
    let decided = matches!(
        status,
        S::OnSpotResolved
            | S::Approved
            | S::Concluded
            | S::FeedbackGiven
            | S::Satisfied
            | S::ReviewRequested
            | S::UnderReview
            | S::Reviewed
            | S::Closed
            | S::Archived
    );
    decided && matches!(outcome, Some(ComplaintOutcome::Substantiated | ComplaintOutcome::Partly))
}

/// A finding, as filled in.
#[derive(Clone, Debug)]
pub struct FindingForm {
    /// When it was seen.
    pub on: NaiveDate,
    /// By which supervision.
    pub supervision: SupervisionKind,
    /// What it is about.
    pub area: FindingArea,
    /// What was seen.
    pub description: String,
}

impl FindingForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        let old = self.on.checked_add_days(Days::new(366)).is_some_and(|last| last < today);
        let day = if self.on > today {
            Some(Violation::new("on", "form.date_in_future"))
        } else {
            old.then(|| Violation::new("on", "improvement.finding_old"))
        };
        [day, length("description", &self.description, 1, PROBLEM_MAX)].into_iter().flatten().collect()
    }
}

/// A task, as it is opened.
#[derive(Clone, Debug)]
pub struct TaskForm {
    /// What is wrong.
    pub problem: String,
    /// The kind of cause.
    pub cause: RectificationCause,
    /// In how many working days; none for the city's.
    pub days: Option<u32>,
}

impl TaskForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        [length("problem", &self.problem, 1, PROBLEM_MAX), check_days(self.days)].into_iter().flatten().collect()
    }
}

/// A number of working days that a task may be given.
#[must_use]
pub fn check_days(days: Option<u32>) -> Option<Violation> {
    let wrong = days.is_some_and(|days| !(1..=DAYS_MAX).contains(&days));
    wrong.then(|| Violation::new("days", "improvement.days").with("max", DAYS_MAX))
}

/// What is to be done about a task, as filled in.
#[derive(Clone, Debug)]
pub struct MeasuresForm {
    /// Why it came to this, in words.
    pub root_cause: String,
    /// What was done at once.
    pub immediate_fix: Option<String>,
    /// What is to be done so that it does not come again.
    pub measures: String,
}

impl MeasuresForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        [
            length("rootCause", &self.root_cause, 1, MEASURES_MAX),
            self.immediate_fix.as_deref().and_then(|text| length("immediateFix", text, 1, MEASURES_MAX)),
            length("measures", &self.measures, 1, MEASURES_MAX),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
#[path = "improvement_tests.rs"]
mod tests;
