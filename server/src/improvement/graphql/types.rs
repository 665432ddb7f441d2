//! Findings, tasks and plans as GraphQL shows them.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    BadRatingId, ComplaintId, FindingId, ImprovementEventId, ImprovementMeasureId, ImprovementPlanId,
    RectificationEventId, RectificationTaskId, StaffId,
    improvement::{
        FindingArea, FindingStatus, RectificationAction, RectificationCause, RectificationSource, RectificationStatus,
        SupervisionKind,
        plan::{AppliedAs, ImprovementAction, ImprovementIndicator, ImprovementResult, ImprovementStatus},
    },
};
use entity::{finding, improvement_event, improvement_plan, rectification_task};

use super::super::service::reading::{Counts, Found, Line, List, Measure, Origin, Page, PlanPage, PlanRow, Row};
use crate::{files::graphql::AttachedFile, tenancy::graphql::DepartmentNode};

/// What supervision found.
#[derive(SimpleObject)]
pub struct Finding {
    /// Its id.
    id: FindingId,
    /// How often it was changed.
    version: i32,
    /// When it was seen.
    on: NaiveDate,
    /// By which supervision.
    supervision: SupervisionKind,
    /// What it is about.
    area: FindingArea,
    /// What was seen.
    description: String,
    /// What became of it.
    status: FindingStatus,
    /// Why nothing follows from it.
    reason: Option<String>,
}

/// A finding in a list.
#[derive(SimpleObject)]
pub struct FindingRow {
    /// The finding.
    finding: Finding,
    /// Its post.
    post: Option<String>,
    /// Its department.
    department: Option<DepartmentNode>,
    /// Who wrote it down.
    recorder: Option<String>,
    /// The task that followed.
    task: Option<RectificationTaskId>,
    /// What it looked like.
    files: Vec<AttachedFile>,
}

/// Something to be put right.
#[derive(SimpleObject)]
pub struct RectificationTask {
    /// Its id.
    id: RectificationTaskId,
    /// How often it was changed.
    version: i32,
    /// What is wrong.
    problem: String,
    /// The kind of cause.
    cause: RectificationCause,
    /// Where it comes from.
    source: RectificationSource,
    /// Where it stands.
    status: RectificationStatus,
    /// Whose it is.
    owner: Option<StaffId>,
    /// When it was opened.
    opened_on: NaiveDate,
    /// By when it is to be handed in; null while nobody has said so.
    due_on: Option<NaiveDate>,
    /// Why it came to this.
    root_cause: Option<String>,
    /// What was done at once.
    immediate_fix: Option<String>,
    /// What is to be done so that it does not come again.
    measures: Option<String>,
    /// When it was found to be put right.
    accepted_on: Option<NaiveDate>,
    /// The first day on which it is looked at again.
    recheck_on: Option<NaiveDate>,
    /// When it was.
    rechecked_on: Option<NaiveDate>,
    /// When it was ended.
    closed_on: Option<NaiveDate>,
    /// How often the same has come again.
    recurrences: i32,
}

/// A task in a list.
#[derive(SimpleObject)]
pub struct RectificationRow {
    /// The task.
    task: RectificationTask,
    /// Whether it should have been handed in by now.
    late: bool,
    /// Its post.
    post: Option<String>,
    /// Its department.
    department: Option<DepartmentNode>,
    /// The name of whose it is.
    owner: Option<String>,
}

/// How many there are, of those that the viewer sees.
#[derive(SimpleObject)]
pub struct RectificationCounts {
    /// Tasks that go on.
    open: u64,
    /// … that the viewer owes.
    mine: u64,
    /// … that wait for a judgement.
    to_judge: u64,
    /// … that are due to be looked at again.
    to_recheck: u64,
    /// … not handed in by their day.
    overdue: u64,
    /// Findings that wait for a decision.
    findings: u64,
}

/// Tasks that the viewer sees.
#[derive(SimpleObject)]
pub struct RectificationList {
    /// How many there are.
    counts: RectificationCounts,
    /// What was asked for.
    rows: Vec<RectificationRow>,
}

/// Where a task comes from.
#[derive(SimpleObject)]
pub struct RectificationOrigin {
    /// What kind of thing.
    kind: RectificationSource,
    /// When it was linked.
    at: DateTime<Utc>,
    /// The complaint, where the viewer may see it.
    complaint: Option<ComplaintId>,
    /// Its number.
    number: Option<String>,
    /// The bad rating, where the viewer looks into the cases of bad ratings.
    bad_rating: Option<BadRatingId>,
    /// What was found, by supervision or by a self-audit.
    finding: Option<String>,
}

/// A line in the log of a task.
#[derive(SimpleObject)]
pub struct RectificationEvent {
    /// Its id.
    id: RectificationEventId,
    /// What was done.
    action: RectificationAction,
    /// Where the task stood then.
    status: RectificationStatus,
    /// When.
    at: DateTime<Utc>,
    /// By whom; null where the product did it.
    actor: Option<String>,
    /// What there was to say.
    body: Option<String>,
    /// The day that it is about: by when it is due, or from when on it is looked at again.
    on: Option<NaiveDate>,
    /// What proves it.
    files: Vec<AttachedFile>,
}

/// A task with everything about it.
#[derive(SimpleObject)]
pub struct RectificationPage {
    /// The task.
    row: RectificationRow,
    /// Who opened it; null where the product did.
    opener: Option<String>,
    /// Where it comes from, oldest first.
    origins: Vec<RectificationOrigin>,
    /// The log, oldest first.
    events: Vec<RectificationEvent>,
    /// What the viewer may do.
    actions: Vec<RectificationAction>,
    /// Plans that go on from it.
    plans: Vec<ImprovementPlan>,
    /// Whether the viewer may begin one.
    may_improve: bool,
    /// Today there.
    today: NaiveDate,
}

/// An improvement plan; its numbers in tenths.
#[derive(SimpleObject)]
pub struct ImprovementPlan {
    /// Its id.
    id: ImprovementPlanId,
    /// How often it was changed.
    version: i32,
    /// What is wrong.
    problem: String,
    /// The kind of cause.
    cause: RectificationCause,
    /// Where it stands.
    status: ImprovementStatus,
    /// When it was begun.
    started_on: NaiveDate,
    /// What is measured.
    indicator: Option<ImprovementIndicator>,
    /// What it is called, where it is none of the list.
    indicator_name: Option<String>,
    /// As it was.
    baseline: Option<i32>,
    /// As it shall be.
    target: Option<i32>,
    /// By when.
    goal_on: Option<NaiveDate>,
    /// Why it is so.
    root_cause: Option<String>,
    /// The first day on which the effect may be measured.
    check_from: Option<NaiveDate>,
    /// As it was measured again.
    measured: Option<i32>,
    /// When.
    measured_on: Option<NaiveDate>,
    /// How.
    method: Option<String>,
    /// What the comparison came to.
    result: Option<ImprovementResult>,
    /// What what has worked became.
    applied_as: Option<AppliedAs>,
    /// The task of which it goes on.
    task: Option<RectificationTaskId>,
    /// The plan that it follows.
    follows: Option<ImprovementPlanId>,
}

/// A plan in a list.
#[derive(SimpleObject)]
pub struct ImprovementRow {
    /// The plan.
    plan: ImprovementPlan,
    /// Its post.
    post: Option<String>,
    /// The name of whose it is.
    owner: Option<String>,
    /// How many measures it has.
    measures: i32,
    /// … that were carried out.
    done: i32,
    /// … that should have been by now.
    late: i32,
}

/// A measure of a plan.
#[derive(SimpleObject)]
pub struct ImprovementMeasure {
    /// Its id.
    id: ImprovementMeasureId,
    /// What is to be done.
    text: String,
    /// The name of whoever does it.
    owner: Option<String>,
    /// By when.
    due_on: NaiveDate,
    /// What it takes.
    resources: Option<String>,
    /// When it was carried out.
    done_on: Option<NaiveDate>,
    /// What came of it.
    note: Option<String>,
    /// Whether it should have been by now.
    late: bool,
    /// Whether the viewer may say that it was.
    may_finish: bool,
}

/// A line in the log of a plan.
#[derive(SimpleObject)]
pub struct ImprovementEvent {
    /// Its id.
    id: ImprovementEventId,
    /// What was done.
    action: ImprovementAction,
    /// Where the plan stood then.
    status: ImprovementStatus,
    /// When.
    at: DateTime<Utc>,
    /// By whom.
    actor: Option<String>,
    /// What there was to say.
    body: Option<String>,
}

/// A plan with everything about it.
#[derive(SimpleObject)]
pub struct ImprovementPage {
    /// The plan.
    row: ImprovementRow,
    /// Its measures, soonest first.
    measures: Vec<ImprovementMeasure>,
    /// The log, oldest first.
    events: Vec<ImprovementEvent>,
    /// What the viewer may do.
    actions: Vec<ImprovementAction>,
    /// Whether the viewer may take measures out.
    drops: bool,
    /// The plan that follows it.
    next: Option<ImprovementPlanId>,
    /// Today there.
    today: NaiveDate,
}

impl From<finding::Model> for Finding {
    fn from(row: finding::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            on: row.on_day,
            supervision: row.supervision,
            area: row.area,
            description: row.description,
            status: row.status,
            reason: row.reason,
        }
    }
}

impl From<Found> for FindingRow {
    fn from(Found { row, post, department, recorder, task, files }: Found) -> Self {
        Self { finding: row.into(), post, department: department.map(Into::into), recorder, task, files }
    }
}

impl From<rectification_task::Model> for RectificationTask {
    fn from(row: rectification_task::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            problem: row.problem,
            cause: row.cause,
            source: row.source,
            status: row.status,
            owner: row.owner_id,
            opened_on: row.opened_on,
            due_on: row.due_on,
            root_cause: row.root_cause,
            immediate_fix: row.immediate_fix,
            measures: row.measures,
            accepted_on: row.accepted_on,
            recheck_on: row.recheck_on,
            rechecked_on: row.rechecked_on,
            closed_on: row.closed_on,
            recurrences: row.recurrences,
        }
    }
}

impl From<Row> for RectificationRow {
    fn from(Row { task, late, post, department, owner }: Row) -> Self {
        Self { task: task.into(), late, post, department: department.map(Into::into), owner }
    }
}

impl From<List> for RectificationList {
    fn from(List { counts, rows }: List) -> Self {
        let Counts { open, mine, to_judge, to_recheck, overdue, findings } = counts;
        let counts = RectificationCounts { open, mine, to_judge, to_recheck, overdue, findings };
        Self { counts, rows: rows.into_iter().map(Into::into).collect() }
    }
}

impl From<Origin> for RectificationOrigin {
    fn from(Origin { kind, at, complaint, bad_rating, finding }: Origin) -> Self {
        let (complaint, number) = complaint.unzip();
        Self { kind, at, complaint, number, bad_rating, finding }
    }
}

impl From<Line> for RectificationEvent {
    fn from(Line { event, actor, files }: Line) -> Self {
        Self {
            id: event.id,
            action: event.action,
            status: event.status,
            at: event.at,
            actor,
            body: event.body,
            on: event.on_day,
            files,
        }
    }
}

impl From<Page> for RectificationPage {
    fn from(Page { row, opener, origins, events, actions, plans, directs, today }: Page) -> Self {
        Self {
            row: row.into(),
            opener,
            origins: origins.into_iter().map(Into::into).collect(),
            events: events.into_iter().map(Into::into).collect(),
            actions,
            plans: plans.into_iter().map(Into::into).collect(),
            may_improve: directs,
            today,
        }
    }
}

impl From<improvement_plan::Model> for ImprovementPlan {
    fn from(row: improvement_plan::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            problem: row.problem,
            cause: row.cause,
            status: row.status,
            started_on: row.started_on,
            indicator: row.indicator,
            indicator_name: row.indicator_name,
            baseline: row.baseline,
            target: row.target,
            goal_on: row.goal_on,
            root_cause: row.root_cause,
            check_from: row.check_from,
            measured: row.measured,
            measured_on: row.measured_on,
            method: row.method,
            result: row.result,
            applied_as: row.applied_as,
            task: row.task_id,
            follows: row.follows_id,
        }
    }
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

impl From<PlanRow> for ImprovementRow {
    fn from(PlanRow { plan, post, owner, measures, done, late }: PlanRow) -> Self {
        Self { plan: plan.into(), post, owner, measures: number(measures), done: number(done), late: number(late) }
    }
}

impl From<Measure> for ImprovementMeasure {
    fn from(Measure { row, owner, late, may_finish }: Measure) -> Self {
        Self {
            id: row.id,
            text: row.text,
            owner,
            due_on: row.due_on,
            resources: row.resources,
            done_on: row.done_on,
            note: row.note,
            late,
            may_finish,
        }
    }
}

impl From<(improvement_event::Model, Option<String>)> for ImprovementEvent {
    fn from((row, actor): (improvement_event::Model, Option<String>)) -> Self {
        Self { id: row.id, action: row.action, status: row.status, at: row.at, actor, body: row.body }
    }
}

impl From<PlanPage> for ImprovementPage {
    fn from(PlanPage { row, measures, events, actions, drops, next, today }: PlanPage) -> Self {
        Self {
            row: row.into(),
            measures: measures.into_iter().map(Into::into).collect(),
            events: events.into_iter().map(Into::into).collect(),
            actions,
            drops,
            next,
            today,
        }
    }
}
