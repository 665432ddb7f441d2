//! The course of an improvement plan: a goal in numbers, measures, somebody's approval, work, and a second measurement by
//! somebody who did none of it.

use domain::{
    ImprovementEventId, ImprovementMeasureId, ImprovementPlanId, PostId, RectificationTaskId, StaffId, Violation,
    calendar::local_date,
    complaints::form::entry,
    improvement::{
        plan::{
            AppliedAs, CheckForm, GoalForm, ImprovementAction, ImprovementResult, ImprovementStatus, MeasureForm,
            PlanFacts, StartForm, compare, written,
        },
        verify_on,
    },
};
use entity::{improvement_event, improvement_measure, improvement_plan};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{Viewer, owner, repo, signed_in, sound};
use crate::{
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Error, Kind, Result},
    graphql::context::Cx,
    posts::{self, service::Seen},
};

/// Where a plan comes from, and whose it is.
#[derive(Clone, Copy, Debug)]
pub struct Beginning {
    /// A task of which it goes on.
    pub task: Option<RectificationTaskId>,
    /// At which post, where it is about one.
    pub post: Option<PostId>,
    /// Whose it is.
    pub owner: StaffId,
}

/// Begins a plan.
pub async fn start(cx: &Cx, form: StartForm, from: Beginning) -> Result<improvement_plan::Model> {
    sound(form.check())?;
    let mut tx = cx.write(&cx.scope()?.require(ImprovementAction::Start.permission())?).await?;
    let viewer = Viewer::of(&tx).await?;
    if let Some(task) = from.task {
        repo::task(&tx, &viewer.sight, task).await?;
    }
    if let Some(post) = from.post {
        posts::repo::post(&tx, post).await?;
    }
    owner(&tx, from.owner).await?;
    let row = begin(cx, &mut tx, form, from, None).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::ImprovementStarted)).await?;
    Ok(row)
}

async fn begin(
    cx: &Cx,
    tx: &mut WriteTx,
    form: StartForm,
    from: Beginning,
    follows: Option<ImprovementPlanId>,
) -> Result<improvement_plan::Model> {
    let row = improvement_plan::ActiveModel {
        id: Set(ImprovementPlanId(cx.app.ids.next())),
        task_id: Set(from.task),
        follows_id: Set(follows),
        post_id: Set(from.post),
        problem: Set(form.problem),
        cause: Set(form.cause),
        owner_id: Set(from.owner),
        author_id: Set(signed_in(cx)?),
        status: Set(ImprovementStatus::Identified),
        started_on: Set(local_date(cx.now())),
        indicator: Set(None),
        indicator_name: Set(None),
        baseline: Set(None),
        target: Set(None),
        goal_on: Set(None),
        root_cause: Set(None),
        approver_id: Set(None),
        check_from: Set(None),
        measured: Set(None),
        measured_on: Set(None),
        method: Set(None),
        verifier_id: Set(None),
        result: Set(None),
        applied_as: Set(None),
        demo: Set(cx.app.demo),
        version: Set(1),
        ..Default::default()
    };
    let row = tx.insert(row).await?;
    tell(cx, tx, &row, ImprovementAction::Start, None).await?;
    Ok(row)
}

/// Says what is to be better by when, and by how much.
pub async fn set_goal(cx: &Cx, seen: Seen<ImprovementPlanId>, form: GoalForm) -> Result<improvement_plan::Model> {
    sound(form.check(local_date(cx.now())))?;
    let step = Step::begin(cx, seen, ImprovementAction::SetGoal).await?;
    let words = format!("{} → {}", written(form.baseline), written(form.target));
    let change = improvement_plan::ActiveModel {
        indicator: Set(Some(form.indicator)),
        indicator_name: Set(form.name),
        baseline: Set(Some(form.baseline)),
        target: Set(Some(form.target)),
        goal_on: Set(Some(form.on)),
        ..Default::default()
    };
    step.end(cx, change, Some(&words)).await
}

/// Adds a measure.
pub async fn add_measure(cx: &Cx, seen: Seen<ImprovementPlanId>, form: MeasureForm) -> Result<improvement_plan::Model> {
    sound(form.check(local_date(cx.now())))?;
    let mut step = Step::begin(cx, seen, ImprovementAction::AddMeasure).await?;
    owner(&step.tx, form.owner).await?;
    let words = form.text.clone();
    let row = improvement_measure::ActiveModel {
        id: Set(ImprovementMeasureId(cx.app.ids.next())),
        plan_id: Set(seen.id),
        text: Set(form.text),
        owner_id: Set(form.owner),
        due_on: Set(form.due_on),
        resources: Set(form.resources),
        done_on: Set(None),
        note: Set(None),
        ..Default::default()
    };
    step.tx.insert(row).await?;
    step.end(cx, Default::default(), Some(&words)).await
}

/// Takes a measure out again.
pub async fn drop_measure(
    cx: &Cx,
    seen: Seen<ImprovementPlanId>,
    measure: ImprovementMeasureId,
) -> Result<improvement_plan::Model> {
    let mut step = Step::begin(cx, seen, ImprovementAction::DropMeasure).await?;
    let words = step.measure(measure)?.text.clone();
    repo::drop_measure(&mut step.tx, seen.id, measure).await?;
    step.end(cx, Default::default(), Some(&words)).await
}

/// Says why it is so, and hands the plan in.
pub async fn plan(cx: &Cx, seen: Seen<ImprovementPlanId>, root_cause: &str) -> Result<improvement_plan::Model> {
    entry("rootCause", root_cause)?;
    let step = Step::begin(cx, seen, ImprovementAction::Plan).await?;
    let change =
        improvement_plan::ActiveModel { root_cause: Set(Some(root_cause.trim().to_owned())), ..Default::default() };
    step.end(cx, change, Some(root_cause)).await
}

/// Approves the plan.
pub async fn approve(cx: &Cx, seen: Seen<ImprovementPlanId>, note: Option<&str>) -> Result<improvement_plan::Model> {
    said(note)?;
    let step = Step::begin(cx, seen, ImprovementAction::Approve).await?;
    let change = improvement_plan::ActiveModel { approver_id: Set(Some(signed_in(cx)?)), ..Default::default() };
    step.end(cx, change, note).await
}

/// Sends the plan back.
pub async fn send_back(cx: &Cx, seen: Seen<ImprovementPlanId>, reason: &str) -> Result<improvement_plan::Model> {
    entry("reason", reason)?;
    Step::begin(cx, seen, ImprovementAction::SendBack).await?.end(cx, Default::default(), Some(reason)).await
}

/// Begins to carry the plan out.
pub async fn execute(cx: &Cx, seen: Seen<ImprovementPlanId>) -> Result<improvement_plan::Model> {
    Step::begin(cx, seen, ImprovementAction::Execute).await?.end(cx, Default::default(), None).await
}

/// Says that a measure was carried out. After the last one the effect is measured, not before the city's days.
pub async fn finish_measure(
    cx: &Cx,
    seen: Seen<ImprovementPlanId>,
    measure: ImprovementMeasureId,
    note: &str,
) -> Result<improvement_plan::Model> {
    entry("note", note)?;
    let mut step = Step::begin(cx, seen, ImprovementAction::FinishMeasure).await?;
    let row = step.measure(measure)?.clone();
    if row.done_on.is_some() {
        return Err(Violation::new("", "improvement.measure_done").into());
    }
    if !step.facts.may_finish(row.owner_id, &step.viewer.actor) {
        return Err(Violation::new("", "improvement.not_yours").into());
    }
    let today = local_date(cx.now());
    let done = improvement_measure::ActiveModel {
        id: Unchanged(measure),
        done_on: Set(Some(today)),
        note: Set(Some(note.trim().to_owned())),
        ..Default::default()
    };
    step.tx.update_plain(done).await?;
    let mut change = improvement_plan::ActiveModel::default();
    if step.status == ImprovementStatus::Checking {
        change.check_from = Set(Some(verify_on(today, &cx.rules().await?.policy)));
    }
    let words = format!("{}\n{}", row.text, note.trim());
    step.end(cx, change, Some(&words)).await
}

/// Measures again, and compares.
pub async fn verify(cx: &Cx, seen: Seen<ImprovementPlanId>, form: CheckForm) -> Result<improvement_plan::Model> {
    let mut step = Step::begin(cx, seen, ImprovementAction::Verify).await?;
    let today = local_date(cx.now());
    let row = &step.row;
    let (Some(indicator), Some(baseline), Some(target)) = (row.indicator, row.baseline, row.target) else {
        return Err(Violation::new("", "improvement.plan_step").into());
    };
    sound(form.check(indicator, row.check_from.unwrap_or(today), today))?;
    let result = compare(baseline, target, form.measured);
    if result != ImprovementResult::Met {
        step.status = ImprovementStatus::NotEffective;
    }
    let words = format!("{}\n{}", written(form.measured), form.method);
    let change = improvement_plan::ActiveModel {
        measured: Set(Some(form.measured)),
        measured_on: Set(Some(form.on)),
        method: Set(Some(form.method)),
        verifier_id: Set(Some(signed_in(cx)?)),
        result: Set(Some(result)),
        ..Default::default()
    };
    step.end(cx, change, Some(&words)).await
}

/// Makes what has worked the rule.
pub async fn apply(
    cx: &Cx,
    seen: Seen<ImprovementPlanId>,
    applied_as: AppliedAs,
    note: &str,
) -> Result<improvement_plan::Model> {
    entry("note", note)?;
    let step = Step::begin(cx, seen, ImprovementAction::Apply).await?;
    let change = improvement_plan::ActiveModel { applied_as: Set(Some(applied_as)), ..Default::default() };
    step.end(cx, change, Some(note)).await
}

/// Follows what has not worked with another plan about the same; it is the new one that is returned.
pub async fn renew(cx: &Cx, seen: Seen<ImprovementPlanId>) -> Result<improvement_plan::Model> {
    let mut step = Step::begin(cx, seen, ImprovementAction::Renew).await?;
    let row = &step.row;
    let form = StartForm { problem: row.problem.clone(), cause: row.cause };
    let from = Beginning { task: row.task_id, post: row.post_id, owner: row.owner_id };
    step.write(cx, Default::default(), None).await?;
    let next = begin(cx, &mut step.tx, form, from, Some(seen.id)).await?;
    step.tx.commit(AuditEvent::on(seen.id.0, Verb::ImprovementRenewed)).await?;
    Ok(next)
}

/// Ends it.
pub async fn close(cx: &Cx, seen: Seen<ImprovementPlanId>) -> Result<improvement_plan::Model> {
    Step::begin(cx, seen, ImprovementAction::Close).await?.end(cx, Default::default(), None).await
}

fn said(note: Option<&str>) -> Result<()> {
    note.map_or(Ok(()), |note| Ok(entry("note", note)?))
}

/// A plan that the viewer sees, with its measures.
pub(super) async fn seen_plan(
    tx: &ReadTx,
    id: ImprovementPlanId,
) -> Result<(improvement_plan::Model, Vec<improvement_measure::Model>, Viewer)> {
    let viewer = Viewer::of(tx).await?;
    let helps = viewer.helps(tx).await?;
    let row = repo::plan(tx, &viewer.sight, &helps, id).await?;
    let measures = repo::measures(tx, &[id]).await?;
    Ok((row, measures, viewer))
}

/// What the course of a plan needs to know of it.
pub(super) fn facts(row: &improvement_plan::Model, measures: &[improvement_measure::Model]) -> PlanFacts {
    PlanFacts {
        status: row.status,
        owner: row.owner_id,
        doers: measures.iter().map(|measure| measure.owner_id).collect(),
        measures: measures.len(),
        left: measures.iter().filter(|measure| measure.done_on.is_none()).count(),
        check_from: row.check_from,
    }
}

/// A step that may be taken.
struct Step {
    tx: WriteTx,
    row: improvement_plan::Model,
    measures: Vec<improvement_measure::Model>,
    viewer: Viewer,
    facts: PlanFacts,
    seen: Seen<ImprovementPlanId>,
    action: ImprovementAction,
    status: ImprovementStatus,
}

impl Step {
    async fn begin(cx: &Cx, seen: Seen<ImprovementPlanId>, action: ImprovementAction) -> Result<Self> {
        let tx = cx.write(&cx.scope()?.require(action.permission())?).await?;
        let (row, measures, viewer) = seen_plan(&tx, seen.id).await?;
        let facts = facts(&row, &measures);
        let status = facts.after(action, &viewer.actor, local_date(cx.now()))?;
        Ok(Self { tx, row, measures, viewer, facts, seen, action, status })
    }

    fn measure(&self, id: ImprovementMeasureId) -> Result<&improvement_measure::Model> {
        self.measures.iter().find(|row| row.id == id).ok_or(Error::NotFound(Kind::Row))
    }

    async fn write(
        &mut self,
        cx: &Cx,
        change: improvement_plan::ActiveModel,
        words: Option<&str>,
    ) -> Result<improvement_plan::Model> {
        let change = improvement_plan::ActiveModel { id: Unchanged(self.seen.id), status: Set(self.status), ..change };
        let row = self.tx.update(change, self.seen.version).await?;
        tell(cx, &mut self.tx, &row, self.action, words).await?;
        Ok(row)
    }

    async fn end(
        mut self,
        cx: &Cx,
        change: improvement_plan::ActiveModel,
        words: Option<&str>,
    ) -> Result<improvement_plan::Model> {
        let row = self.write(cx, change, words).await?;
        self.tx.commit(AuditEvent::on(row.id.0, verb(self.action)).with_detail(row.status.key())).await?;
        Ok(row)
    }
}

/// Writes a line into the log of a plan.
async fn tell(
    cx: &Cx,
    tx: &mut WriteTx,
    row: &improvement_plan::Model,
    action: ImprovementAction,
    words: Option<&str>,
) -> Result<()> {
    let words = words.map(str::trim).filter(|text| !text.is_empty());
    let line = improvement_event::ActiveModel {
        id: Set(ImprovementEventId(cx.app.ids.next())),
        plan_id: Set(row.id),
        action: Set(action),
        status: Set(row.status),
        body: Set(words.map(ToOwned::to_owned)),
        actor_id: Set(signed_in(cx)?),
        at: Set(tx.now()),
        ..Default::default()
    };
    tx.insert(line).await.map(drop)
}

const fn verb(action: ImprovementAction) -> Verb {
    use ImprovementAction as A;
    match action {
        A::Start => Verb::ImprovementStarted,
        A::SetGoal => Verb::ImprovementGoalSet,
        A::AddMeasure => Verb::ImprovementMeasureAdded,
        A::DropMeasure => Verb::ImprovementMeasureDropped,
        A::Plan => Verb::ImprovementPlanned,
        A::Approve => Verb::ImprovementApproved,
        A::SendBack => Verb::ImprovementSentBack,
        A::Execute => Verb::ImprovementBegun,
        A::FinishMeasure => Verb::ImprovementMeasureDone,
        A::Verify => Verb::ImprovementVerified,
        A::Apply => Verb::ImprovementApplied,
        A::Renew => Verb::ImprovementRenewed,
        A::Close => Verb::ImprovementClosed,
    }
}
