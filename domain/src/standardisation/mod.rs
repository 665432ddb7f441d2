//! Standards management (标准化管理岗; 6.11, domain section C.7): the register of the standards that a center works by, the
//! plan of a year, who looks after both, and how the center looks at itself. [`checks`] finds what is missing.
//!
//! ```text
//! drafting → consulted → issued → in_force ⇄ under_review → revised (names its successor)
//!    └───────────┴──────────┴───────────────────┴────────→ withdrawn
//! ```
//! A review that finds a standard as good as before leads back to `in_force`, and what never came into force may be given
//! up: the standard names neither (ASSUMPTION). Nothing in force goes without a review.

pub mod checks;

use chrono::{Datelike, Months, NaiveDate};

use crate::{
    StaffId, Violation,
    complaints::form::length,
    macros::text_enum,
    policy::{Policy, PolicyKey},
    settings::line,
};

/// The kind of post that this is about.
pub const POST_KIND: &str = "standards_post";
/// Most standards in a center's register.
pub const STANDARDS_MAX: u64 = 1000;
/// Most tasks in the plan of a year.
pub const TASKS_MAX: u64 = 200;

text_enum! {
    /// Who issued a standard.
    pub enum StandardLevel {
        /// 国家标准.
        National = "national",
        /// 行业标准.
        Industry = "industry",
        /// 地方标准.
        Local = "local",
        /// 团体标准.
        Group = "group",
        /// 内部标准: the center's own.
        Internal = "internal",
    }

    /// Where a standard stands.
    pub enum StandardStatus {
        /// 起草.
        Drafting = "drafting",
        /// 已征求意见.
        Consulted = "consulted",
        /// 已发布.
        Issued = "issued",
        /// 实施中.
        InForce = "in_force",
        /// 复审中.
        UnderReview = "under_review",
        /// 已被代替.
        Revised = "revised",
        /// 已废止.
        Withdrawn = "withdrawn",
    }

    /// What is done with it.
    pub enum StandardAction {
        /// Those whom it concerns were asked.
        Consult = "consult",
        /// Issue it.
        Issue = "issue",
        /// Put it into force.
        Enforce = "enforce",
        /// Begin to review it.
        Review = "review",
        /// End the review: it still holds.
        Confirm = "confirm",
        /// End the review: another standard takes its place.
        Revise = "revise",
        /// Take it back.
        Withdraw = "withdraw",
    }

    /// How far a task of a plan is.
    pub enum TaskProgress {
        /// 未开始.
        Open = "open",
        /// 进行中.
        Doing = "doing",
        /// 已完成.
        Done = "done",
        /// 不再进行, with a reason.
        Dropped = "dropped",
    }

    /// What a self-audit found in one place.
    pub enum FindingResult {
        /// 符合.
        Conform = "conform",
        /// 不符合.
        Nonconform = "nonconform",
    }
}

impl StandardStatus {
    /// Whether the center works by it no more, and never will.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Revised | Self::Withdrawn)
    }

    /// Whether the center works by it: then it is to be reviewed in time.
    #[must_use]
    pub const fn is_in_use(self) -> bool {
        matches!(self, Self::InForce | Self::UnderReview)
    }

    /// Whether it may take the place of another.
    #[must_use]
    pub const fn may_succeed(self) -> bool {
        matches!(self, Self::Issued | Self::InForce)
    }
}

/// The status after `action`.
///
/// # Errors
/// `standards.step` when the standard is not where the step starts.
pub fn after(status: StandardStatus, action: StandardAction) -> Result<StandardStatus, Violation> {
    use {StandardAction as A, StandardStatus as S};
    match (status, action) {
        (S::Drafting, A::Consult) => Ok(S::Consulted),
        (S::Consulted, A::Issue) => Ok(S::Issued),
        (S::Issued, A::Enforce) | (S::UnderReview, A::Confirm) => Ok(S::InForce),
        (S::InForce, A::Review) => Ok(S::UnderReview),
        (S::UnderReview, A::Revise) => Ok(S::Revised),
        (S::Drafting | S::Consulted | S::Issued | S::UnderReview, A::Withdraw) => Ok(S::Withdrawn),
        _ => Err(Violation::new("", "standards.step")),
    }
}

/// A standard, as filled in.
#[derive(Clone, Debug)]
pub struct StandardForm {
    /// Its number with the year in it, as on its cover.
    pub number: String,
    /// What it is called.
    pub title: String,
    /// Who issued it.
    pub level: StandardLevel,
    /// Which version of it.
    pub edition: String,
    /// Since when the center works by it; none where it is still to be made.
    pub adopted_on: Option<NaiveDate>,
    /// Who answers for it.
    pub owner: StaffId,
    /// By when it is to be reviewed; none asks for the usual day ([`review_due`]).
    pub review_due: Option<NaiveDate>,
}

impl StandardForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        [
            line("number", &self.number, 60),
            line("title", &self.title, 120),
            line("edition", &self.edition, 40),
            self.adopted_on.and_then(|day| past("adoptedOn", day, today)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// A day that has to have come.
#[must_use]
pub fn past(field: &'static str, day: NaiveDate, today: NaiveDate) -> Option<Violation> {
    (day > today).then(|| Violation::new(field, "form.date_in_future"))
}

/// The day by which a standard is to be reviewed that counts since `from`: the one wished for, or after the city's years.
///
/// # Errors
/// `standards.review_before` at `reviewDue` when the wished day does not come after `from`.
pub fn review_due(from: NaiveDate, wished: Option<NaiveDate>, policy: &Policy) -> Result<NaiveDate, Violation> {
    let usual = || from.checked_add_months(Months::new(12 * policy.get(PolicyKey::StandardsReviewYears)));
    match wished {
        Some(day) if day <= from => Err(Violation::new("reviewDue", "standards.review_before").with("on", from)),
        Some(day) => Ok(day),
        None => Ok(usual().unwrap_or(NaiveDate::MAX)),
    }
}

/// A task of the plan of a year, as filled in.
#[derive(Clone, Debug)]
pub struct TaskForm {
    /// Which year.
    pub year: i32,
    /// What is to be done.
    pub title: String,
    /// Who does it.
    pub owner: StaffId,
    /// By when.
    pub due_on: NaiveDate,
}

impl TaskForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        let outside = (self.due_on.year() != self.year)
            .then(|| Violation::new("dueOn", "standards.task_year").with("year", self.year));
        [check_year(self.year, today), line("title", &self.title, 120), outside].into_iter().flatten().collect()
    }
}

/// A plan is made for this year or the next one.
#[must_use]
pub fn check_year(year: i32, today: NaiveDate) -> Option<Violation> {
    let this = today.year();
    (year != this && year != this + 1)
        .then(|| Violation::new("year", "standards.plan_year").with("from", this).with("until", this + 1))
}

/// Moves a task on; `reason` is why it is dropped.
///
/// # Errors
/// `standards.task_step` when a task does not go from here to there: what was dropped stays dropped. `form.required` or
/// `form.too_long` at `reason`.
pub fn move_task(from: TaskProgress, to: TaskProgress, reason: Option<&str>) -> Result<(), Violation> {
    use TaskProgress as T;
    match (from, to) {
        (T::Open, T::Doing | T::Done) | (T::Doing, T::Open | T::Done) | (T::Done, T::Doing) => Ok(()),
        (T::Open | T::Doing, T::Dropped) => length("reason", reason.unwrap_or_default(), 1, 500).map_or(Ok(()), Err),
        _ => Err(Violation::new("progress", "standards.task_step")),
    }
}

/// Whether a task is, or was, done later than it was due.
#[must_use]
pub fn is_late(progress: TaskProgress, due_on: NaiveDate, done_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    match progress {
        TaskProgress::Open | TaskProgress::Doing => due_on < today,
        TaskProgress::Done => done_on.is_some_and(|done| due_on < done),
        TaskProgress::Dropped => false,
    }
}

/// How many of a hundred tasks are done, rounded down; what was dropped is none of them. None where there is no task.
#[must_use]
pub fn percent(tasks: impl IntoIterator<Item = TaskProgress>) -> Option<u32> {
    let counted = tasks.into_iter().filter(|progress| *progress != TaskProgress::Dropped);
    let (all, done) = counted
        .fold((0_u32, 0_u32), |(all, done), progress| (all + 1, done + u32::from(progress == TaskProgress::Done)));
    (done * 100).checked_div(all)
}

/// Somebody's term as an officer, as filled in.
#[derive(Clone, Debug)]
pub struct OfficerForm {
    /// Who.
    pub staff: StaffId,
    /// Whether they do nothing else (专职).
    pub full_time: bool,
    /// What they answer for (6.11.2).
    pub duties: String,
    /// Since when.
    pub from: NaiveDate,
}

impl OfficerForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        [length("duties", &self.duties, 1, 500), past("from", self.from, today)].into_iter().flatten().collect()
    }
}

/// The last day of a term.
#[must_use]
pub fn check_end(from: NaiveDate, until: NaiveDate) -> Option<Violation> {
    (until < from).then(|| Violation::new("until", "standards.ends_before").with("on", from))
}

/// A self-audit, as filled in.
#[derive(Clone, Debug)]
pub struct AuditForm {
    /// When.
    pub on: NaiveDate,
    /// What was looked at.
    pub scope: String,
    /// Who looked.
    pub auditor: StaffId,
}

impl AuditForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        let last = self.on.checked_add_months(Months::new(24));
        let old = last.is_some_and(|last| last < today).then(|| Violation::new("on", "standards.audit_old"));
        [past("on", self.on, today).or(old), length("scope", &self.scope, 1, 500)].into_iter().flatten().collect()
    }
}

/// What was found in one place, as filled in.
#[derive(Clone, Debug)]
pub struct FindingForm {
    /// Whether it is as it should be.
    pub result: FindingResult,
    /// Which clause it is about.
    pub clause: Option<String>,
    /// What was seen.
    pub description: String,
    /// What is done about it.
    pub measure: Option<String>,
    /// Who does it.
    pub owner: Option<StaffId>,
    /// By when.
    pub due_on: Option<NaiveDate>,
}

impl FindingForm {
    /// Every broken rule, in the order of the fields; `audited` is the day of the audit. What conforms asks for nothing.
    #[must_use]
    pub fn check(&self, audited: NaiveDate) -> Vec<Violation> {
        let asked = self.result == FindingResult::Nonconform;
        let needed = |field, given: bool| (asked && !given).then(|| Violation::new(field, "form.required"));
        let idle = |field, given: bool| (!asked && given).then(|| Violation::new(field, "standards.nothing_to_do"));
        let measure = self.measure.as_deref().and_then(|text| length("measure", text, 1, 500));
        let early = self.due_on.filter(|due| *due < audited);
        [
            self.clause.as_deref().and_then(|text| line("clause", text, 40)),
            length("description", &self.description, 1, 500),
            needed("measure", self.measure.is_some()).or_else(|| idle("measure", self.measure.is_some())).or(measure),
            needed("owner", self.owner.is_some()).or_else(|| idle("owner", self.owner.is_some())),
            needed("dueOn", self.due_on.is_some())
                .or_else(|| idle("dueOn", self.due_on.is_some()))
                .or_else(|| early.map(|_| Violation::new("dueOn", "standards.due_before").with("on", audited))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Nobody audits what they answer for.
///
/// # Errors
/// `standards.own_audit` at `standard`.
pub fn check_auditor(auditor: StaffId, answers: StaffId) -> Result<(), Violation> {
    if auditor == answers { Err(Violation::new("standard", "standards.own_audit")) } else { Ok(()) }
}

/// What is known of a finding, to close it.
#[derive(Clone, Copy, Debug)]
pub struct FindingFacts {
    /// Whether it was as it should be.
    pub result: FindingResult,
    /// Who does something about it.
    pub owner: Option<StaffId>,
    /// Since when nothing is to be done any more.
    pub closed_on: Option<NaiveDate>,
}

impl FindingFacts {
    /// Whether something is still to be done.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.result == FindingResult::Nonconform && self.closed_on.is_none()
    }

    /// Whether `closer`, where they are on the staff, may say that the measure has worked.
    ///
    /// # Errors
    /// `standards.finding_closed` where nothing is to be done, `standards.own_measure` to whoever took the measure.
    pub fn close(&self, closer: Option<StaffId>) -> Result<(), Violation> {
        if !self.is_open() {
            return Err(Violation::new("", "standards.finding_closed"));
        }
        let own = closer.is_some() && closer == self.owner;
        if own { Err(Violation::new("", "standards.own_measure")) } else { Ok(()) }
    }
}

#[cfg(test)]
#[path = "standardisation_tests.rs"]
mod tests;
