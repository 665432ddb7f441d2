//! What is typed about standards.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    AuditFindingId, ManagedStandardId, PlanTaskId, SelfAuditId, StaffId, StandardsOfficerId,
    improvement::{RectificationCause, TaskForm as RectificationForm},
    standardisation::{
        AuditForm, FindingForm, FindingResult, OfficerForm, StandardForm, StandardLevel, TaskForm, TaskProgress,
    },
};

use crate::graphql::{given, tidy};

/// A standard.
#[derive(InputObject)]
pub struct RegisterStandardInput {
    /// Its number with the year in it.
    number: String,
    /// What it is called.
    title: String,
    /// Who issued it.
    level: StandardLevel,
    /// Which version of it.
    edition: String,
    /// Who answers for it.
    owner: StaffId,
    /// Since when the center works by it; left out where it is still to be made.
    adopted_on: Option<NaiveDate>,
    /// By when it is to be reviewed; left out for the city's usual years.
    review_due: Option<NaiveDate>,
}

/// A standard as it was seen, and how it shall be. The days are those of a standard in force, and stay with it.
#[derive(InputObject)]
pub struct EditStandardInput {
    /// Its id.
    pub id: ManagedStandardId,
    /// Its version.
    pub version: i32,
    #[graphql(flatten)]
    pub typed: RegisterStandardInput,
}

/// A standard as it was seen, and what those said who were asked.
#[derive(InputObject)]
pub struct ConsultOnStandardInput {
    /// Its id.
    pub id: ManagedStandardId,
    /// Its version.
    pub version: i32,
    /// Who was asked, and what came of it.
    pub note: String,
}

/// A standard as it was seen, and what there is to say of a step.
#[derive(InputObject)]
pub struct StandardStepInput {
    /// Its id.
    pub id: ManagedStandardId,
    /// Its version.
    pub version: i32,
    /// What there is to say.
    pub note: Option<String>,
}

/// A standard that comes into force.
#[derive(InputObject)]
pub struct EnforceStandardInput {
    /// Its id.
    pub id: ManagedStandardId,
    /// Its version.
    pub version: i32,
    /// Since when.
    pub on: NaiveDate,
    /// By when it is to be reviewed; left out for the city's usual years.
    pub review_due: Option<NaiveDate>,
    /// What there is to say.
    pub note: Option<String>,
}

/// A standard that a review found as good as before.
#[derive(InputObject)]
pub struct ConfirmStandardInput {
    /// Its id.
    pub id: ManagedStandardId,
    /// Its version.
    pub version: i32,
    /// By when the next review is due; left out for the city's usual years.
    pub review_due: Option<NaiveDate>,
    /// What the review looked at.
    pub note: String,
}

/// A standard and the one that takes its place.
#[derive(InputObject)]
pub struct ReviseStandardInput {
    /// Its id.
    pub id: ManagedStandardId,
    /// Its version.
    pub version: i32,
    /// The other one, issued or in force.
    pub successor: ManagedStandardId,
    /// What there is to say.
    pub note: Option<String>,
}

/// A standard that is taken back.
#[derive(InputObject)]
pub struct WithdrawStandardInput {
    /// Its id.
    pub id: ManagedStandardId,
    /// Its version.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// A task of the plan of a year.
#[derive(InputObject)]
pub struct PlanTaskInput {
    /// Which year.
    year: i32,
    /// What is to be done.
    title: String,
    /// Who does it.
    owner: StaffId,
    /// By when.
    due_on: NaiveDate,
}

/// A task as it was seen, and how it shall be. It stays in its year.
#[derive(InputObject)]
pub struct EditPlanTaskInput {
    /// Its id.
    pub id: PlanTaskId,
    /// Its version.
    pub version: i32,
    #[graphql(flatten)]
    pub typed: PlanTaskInput,
}

/// A task that moves on.
#[derive(InputObject)]
pub struct MovePlanTaskInput {
    /// Its id.
    pub id: PlanTaskId,
    /// Its version.
    pub version: i32,
    /// How far it is now.
    pub progress: TaskProgress,
    /// Why it is dropped.
    pub reason: Option<String>,
}

/// The plan of a year.
#[derive(InputObject)]
pub struct AdoptYearPlanInput {
    /// Which year.
    pub year: i32,
}

/// Somebody who is to look after the standards.
#[derive(InputObject)]
pub struct AppointStandardsOfficerInput {
    /// Who.
    staff: StaffId,
    /// Whether they do nothing else.
    full_time: bool,
    /// What they answer for.
    duties: String,
    /// Since when.
    from: NaiveDate,
}

/// The end of a term.
#[derive(InputObject)]
pub struct EndStandardsOfficerInput {
    /// The term's id.
    pub id: StandardsOfficerId,
    /// Its version.
    pub version: i32,
    /// Their last day.
    pub until: NaiveDate,
}

/// A self-audit.
#[derive(InputObject)]
pub struct RecordSelfAuditInput {
    /// When.
    on: NaiveDate,
    /// What was looked at.
    scope: String,
    /// Who looked.
    auditor: StaffId,
}

/// What a self-audit found in one place.
#[derive(InputObject)]
pub struct AddAuditFindingInput {
    /// Which audit.
    audit: SelfAuditId,
    /// About which standard; left out where it is about none of the register.
    standard: Option<ManagedStandardId>,
    /// Whether it is as it should be.
    result: FindingResult,
    /// Which clause it is about.
    clause: Option<String>,
    /// What was seen.
    description: String,
    /// What is done about it, where it does not conform.
    measure: Option<String>,
    /// Who does it.
    owner: Option<StaffId>,
    /// By when.
    due_on: Option<NaiveDate>,
}

/// A finding that was put right.
#[derive(InputObject)]
pub struct CloseAuditFindingInput {
    /// Its id.
    pub id: AuditFindingId,
    /// Its version.
    pub version: i32,
    /// What shows that it is.
    pub evidence: String,
}

/// A rectification task that follows from what a self-audit found.
#[derive(InputObject)]
pub struct OpenAuditFindingTaskInput {
    /// The finding: it does not conform, and is not closed.
    id: AuditFindingId,
    /// What is wrong.
    problem: String,
    /// The kind of cause.
    cause: RectificationCause,
    /// Whose task it is; may be said later.
    owner: Option<StaffId>,
    /// In how many working days it is to be handed in; left out for the city's.
    days: Option<i32>,
}

impl From<RegisterStandardInput> for StandardForm {
    fn from(input: RegisterStandardInput) -> Self {
        let RegisterStandardInput { number, title, level, edition, owner, adopted_on, review_due } = input;
        let (number, title, edition) = (tidy(&number), tidy(&title), tidy(&edition));
        Self { number, title, level, edition, adopted_on, owner, review_due }
    }
}

impl From<PlanTaskInput> for TaskForm {
    fn from(PlanTaskInput { year, title, owner, due_on }: PlanTaskInput) -> Self {
        Self { year, title: tidy(&title), owner, due_on }
    }
}

impl From<AppointStandardsOfficerInput> for OfficerForm {
    fn from(input: AppointStandardsOfficerInput) -> Self {
        let AppointStandardsOfficerInput { staff, full_time, duties, from } = input;
        Self { staff, full_time, duties: tidy(&duties), from }
    }
}

impl From<RecordSelfAuditInput> for AuditForm {
    fn from(RecordSelfAuditInput { on, scope, auditor }: RecordSelfAuditInput) -> Self {
        Self { on, scope: tidy(&scope), auditor }
    }
}

impl AddAuditFindingInput {
    pub fn parts(self) -> (SelfAuditId, Option<ManagedStandardId>, FindingForm) {
        let Self { audit, standard, result, clause, description, measure, owner, due_on } = self;
        let (clause, measure, description) = (given(clause), given(measure), tidy(&description));
        (audit, standard, FindingForm { result, clause, description, measure, owner, due_on })
    }
}

impl OpenAuditFindingTaskInput {
    pub fn parts(self) -> (AuditFindingId, RectificationForm, Option<StaffId>) {
        let Self { id, problem, cause, owner, days } = self;
        let days = days.map(|days| u32::try_from(days).unwrap_or(0));
        (id, RectificationForm { problem: tidy(&problem), cause, days }, owner)
    }
}
