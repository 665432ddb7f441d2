//! What is typed about findings, tasks and plans.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    AttachmentId, ComplaintId, DepartmentId, FindingId, ImprovementMeasureId, ImprovementPlanId, PostId,
    RectificationTaskId, StaffId,
    improvement::{
        FindingArea, FindingForm, MeasuresForm, RectificationCause, SupervisionKind, TaskForm,
        plan::{AppliedAs, CheckForm, GoalForm, ImprovementIndicator, MeasureForm, StartForm},
    },
};

use super::super::service::{findings::About, plans::Beginning};
use crate::{
    graphql::{given, tidy},
    posts::service::Seen,
};

/// What was found.
#[derive(InputObject)]
pub struct RecordFindingInput {
    /// When it was seen, today at the latest.
    on: NaiveDate,
    /// By which supervision.
    supervision: SupervisionKind,
    /// What it is about.
    area: FindingArea,
    /// At which post, where it is about one.
    post: Option<PostId>,
    /// Which department it is about, where it is about one: its people are told.
    department: Option<DepartmentId>,
    /// What was seen.
    description: String,
    /// Photos of it, uploaded before.
    files: Option<Vec<AttachmentId>>,
}

/// A finding from which nothing follows.
#[derive(InputObject)]
pub struct DismissFindingInput {
    /// Its id.
    pub id: FindingId,
    /// Its version.
    pub version: i32,
    /// Why nothing follows.
    pub reason: String,
}

/// A finding from which a task follows.
#[derive(InputObject)]
pub struct RectifyFindingInput {
    /// Its id.
    id: FindingId,
    /// Its version.
    version: i32,
    /// What is wrong.
    problem: String,
    /// The kind of cause.
    cause: RectificationCause,
    /// Whose task it is; may be said later.
    owner: Option<StaffId>,
    /// In how many working days it is to be handed in; left out for the city's.
    days: Option<i32>,
}

/// A complaint from which a task follows.
#[derive(InputObject)]
pub struct RectifyComplaintInput {
    /// The complaint: found right, wholly or in part.
    id: ComplaintId,
    /// What is wrong, without who complained.
    problem: String,
    /// The kind of cause.
    cause: RectificationCause,
    /// At which post, where that is known.
    post: Option<PostId>,
    /// Whose task it is; may be said later.
    owner: Option<StaffId>,
    /// In how many working days it is to be handed in; left out for the city's.
    days: Option<i32>,
}

/// Whose a task is.
#[derive(InputObject)]
pub struct AssignRectificationInput {
    /// Its id.
    id: RectificationTaskId,
    /// Its version.
    version: i32,
    /// Somebody on the staff with an account.
    owner: StaffId,
    /// In how many working days from today; left out, the day stays.
    days: Option<i32>,
}

/// What is to be done about a task.
#[derive(InputObject)]
pub struct PlanRectificationInput {
    /// Its id.
    id: RectificationTaskId,
    /// Its version.
    version: i32,
    /// Why it came to this.
    root_cause: String,
    /// What was done at once.
    immediate_fix: Option<String>,
    /// What is to be done so that it does not come again.
    measures: String,
}

/// A task as it was seen, and what there is to say of a step.
#[derive(InputObject)]
pub struct RectificationStepInput {
    /// Its id.
    pub id: RectificationTaskId,
    /// Its version.
    pub version: i32,
    /// What there is to say.
    pub note: Option<String>,
}

/// A task that is sent back.
#[derive(InputObject)]
pub struct SendRectificationBackInput {
    /// Its id.
    id: RectificationTaskId,
    /// Its version.
    version: i32,
    /// Why.
    reason: String,
    /// In how many working days from today; left out, the day stays.
    days: Option<i32>,
}

/// What was done about a task, or whether it has lasted.
#[derive(InputObject)]
pub struct ProveRectificationInput {
    /// Its id.
    id: RectificationTaskId,
    /// Its version.
    version: i32,
    /// In words.
    text: String,
    /// Files that prove it, uploaded before.
    files: Option<Vec<AttachmentId>>,
}

/// Something written down about a task.
#[derive(InputObject)]
pub struct NoteRectificationInput {
    /// Its id.
    pub id: RectificationTaskId,
    /// In words.
    pub text: String,
}

/// An improvement plan.
#[derive(InputObject)]
pub struct StartImprovementInput {
    /// What is wrong.
    problem: String,
    /// The kind of cause.
    cause: RectificationCause,
    /// The task of which it goes on.
    task: Option<RectificationTaskId>,
    /// At which post, where it is about one.
    post: Option<PostId>,
    /// Whose it is: somebody on the staff with an account.
    owner: StaffId,
}

/// What is to be better; numbers in tenths.
#[derive(InputObject)]
pub struct SetImprovementGoalInput {
    /// The plan's id.
    id: ImprovementPlanId,
    /// Its version.
    version: i32,
    /// What is measured.
    indicator: ImprovementIndicator,
    /// What it is called, where it is none of the list.
    indicator_name: Option<String>,
    /// As it is.
    baseline: i32,
    /// As it shall be.
    target: i32,
    /// By when.
    on: NaiveDate,
}

/// A measure of a plan.
#[derive(InputObject)]
pub struct AddImprovementMeasureInput {
    /// The plan's id.
    id: ImprovementPlanId,
    /// Its version.
    version: i32,
    /// What is to be done.
    text: String,
    /// Who does it: somebody on the staff with an account.
    owner: StaffId,
    /// By when.
    due_on: NaiveDate,
    /// What it takes.
    resources: Option<String>,
}

/// A measure that is taken out.
#[derive(InputObject)]
pub struct DropImprovementMeasureInput {
    /// The plan's id.
    pub id: ImprovementPlanId,
    /// Its version.
    pub version: i32,
    /// Which measure.
    pub measure: ImprovementMeasureId,
}

/// A plan that is handed in.
#[derive(InputObject)]
pub struct PlanImprovementInput {
    /// Its id.
    pub id: ImprovementPlanId,
    /// Its version.
    pub version: i32,
    /// Why it is so.
    pub root_cause: String,
}

/// A plan as it was seen.
#[derive(InputObject)]
pub struct SeenImprovementInput {
    /// Its id.
    id: ImprovementPlanId,
    /// Its version.
    version: i32,
}

/// A plan that is approved.
#[derive(InputObject)]
pub struct ApproveImprovementInput {
    /// Its id.
    pub id: ImprovementPlanId,
    /// Its version.
    pub version: i32,
    /// What there is to say.
    pub note: Option<String>,
}

/// A plan that is sent back.
#[derive(InputObject)]
pub struct SendImprovementBackInput {
    /// Its id.
    pub id: ImprovementPlanId,
    /// Its version.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// A measure that was carried out.
#[derive(InputObject)]
pub struct FinishImprovementMeasureInput {
    /// The plan's id.
    pub id: ImprovementPlanId,
    /// Its version.
    pub version: i32,
    /// Which measure.
    pub measure: ImprovementMeasureId,
    /// What came of it.
    pub note: String,
}

/// What was measured again; in tenths.
#[derive(InputObject)]
pub struct VerifyImprovementInput {
    /// The plan's id.
    id: ImprovementPlanId,
    /// Its version.
    version: i32,
    /// The number.
    measured: i32,
    /// How it was measured.
    method: String,
    /// When, today at the latest.
    on: NaiveDate,
}

/// What what has worked became.
#[derive(InputObject)]
pub struct ApplyImprovementInput {
    /// The plan's id.
    pub id: ImprovementPlanId,
    /// Its version.
    pub version: i32,
    /// What.
    pub applied_as: AppliedAs,
    /// In words.
    pub note: String,
}

/// A number below zero is none that anybody may give.
fn days(days: Option<i32>) -> Option<u32> {
    days.map(|days| u32::try_from(days).unwrap_or(0))
}

impl RecordFindingInput {
    pub fn parts(self) -> (FindingForm, About, Vec<AttachmentId>) {
        let Self { on, supervision, area, post, department, description, files } = self;
        let description = tidy(&description);
        (FindingForm { on, supervision, area, description }, About { post, department }, files.unwrap_or_default())
    }
}

impl RectifyFindingInput {
    pub fn parts(self) -> (Seen<FindingId>, TaskForm, Option<StaffId>) {
        let Self { id, version, problem, cause, owner, days: number } = self;
        (Seen { id, version }, TaskForm { problem: tidy(&problem), cause, days: days(number) }, owner)
    }
}

impl RectifyComplaintInput {
    pub fn parts(self) -> (ComplaintId, TaskForm, Option<PostId>, Option<StaffId>) {
        let Self { id, problem, cause, post, owner, days: number } = self;
        (id, TaskForm { problem: tidy(&problem), cause, days: days(number) }, post, owner)
    }
}

impl AssignRectificationInput {
    pub fn parts(self) -> (Seen<RectificationTaskId>, StaffId, Option<u32>) {
        let Self { id, version, owner, days: number } = self;
        (Seen { id, version }, owner, days(number))
    }
}

impl PlanRectificationInput {
    pub fn parts(self) -> (Seen<RectificationTaskId>, MeasuresForm) {
        let Self { id, version, root_cause, immediate_fix, measures } = self;
        let form = MeasuresForm {
            root_cause: tidy(&root_cause),
            immediate_fix: given(immediate_fix),
            measures: tidy(&measures),
        };
        (Seen { id, version }, form)
    }
}

impl SendRectificationBackInput {
    pub fn parts(self) -> (Seen<RectificationTaskId>, String, Option<u32>) {
        let Self { id, version, reason, days: number } = self;
        (Seen { id, version }, tidy(&reason), days(number))
    }
}

impl ProveRectificationInput {
    pub fn parts(self) -> (Seen<RectificationTaskId>, String, Vec<AttachmentId>) {
        let Self { id, version, text, files } = self;
        (Seen { id, version }, tidy(&text), files.unwrap_or_default())
    }
}

impl StartImprovementInput {
    pub fn parts(self) -> (StartForm, Beginning) {
        let Self { problem, cause, task, post, owner } = self;
        (StartForm { problem: tidy(&problem), cause }, Beginning { task, post, owner })
    }
}

impl SetImprovementGoalInput {
    pub fn parts(self) -> (Seen<ImprovementPlanId>, GoalForm) {
        let Self { id, version, indicator, indicator_name, baseline, target, on } = self;
        (Seen { id, version }, GoalForm { indicator, name: given(indicator_name), baseline, target, on })
    }
}

impl AddImprovementMeasureInput {
    pub fn parts(self) -> (Seen<ImprovementPlanId>, MeasureForm) {
        let Self { id, version, text, owner, due_on, resources } = self;
        (Seen { id, version }, MeasureForm { text: tidy(&text), owner, due_on, resources: given(resources) })
    }
}

impl VerifyImprovementInput {
    pub fn parts(self) -> (Seen<ImprovementPlanId>, CheckForm) {
        let Self { id, version, measured, method, on } = self;
        (Seen { id, version }, CheckForm { measured, method: tidy(&method), on })
    }
}

impl From<SeenImprovementInput> for Seen<ImprovementPlanId> {
    fn from(SeenImprovementInput { id, version }: SeenImprovementInput) -> Self {
        Self { id, version }
    }
}
