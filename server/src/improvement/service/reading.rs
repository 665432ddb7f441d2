//! What is shown of findings, tasks and plans, each in a number of statements that does not grow with the rows.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, AuditFindingId, BadRatingId, ComplaintId, FindingId, ImprovementPlanId, PostId, RectificationTaskId,
    StaffId,
    calendar::local_date,
    files::OwnerKind,
    improvement::{
        FindingStatus, RectificationAction, RectificationQueue, RectificationSource, RectificationStatus, is_late,
        plan::{ImprovementAction, ImprovementStatus},
    },
    permission::Permission,
};
use entity::{
    department, finding, improvement_event, improvement_measure, improvement_plan, rectification_event,
    rectification_origin, rectification_task,
};
use uuid::Uuid;

use super::{
    Viewer, facts,
    plans::{self, seen_plan},
    repo::{self, Filter},
    seen,
};
use crate::{
    auth::scope::Within,
    complaints,
    db::ReadTx,
    error::{Error, Kind, Result},
    files::{self, graphql::AttachedFile},
    graphql::context::Cx,
    posts, tenancy,
};

/// Tasks that a page shows.
pub const SHOWN: usize = 200;
/// The longest search.
const WORDS_MAX: usize = 100;

/// What a list of tasks is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which tasks.
    pub queue: RectificationQueue,
    /// One status.
    pub status: Option<RectificationStatus>,
    /// One kind of source.
    pub source: Option<RectificationSource>,
    /// One post.
    pub post: Option<PostId>,
    /// Words of the problem.
    pub search: Option<String>,
    /// Those that a complaint led to.
    pub complaint: Option<ComplaintId>,
}

/// A task with its names.
pub struct Row {
    /// The task.
    pub task: rectification_task::Model,
    /// Whether it should have been handed in by now.
    pub late: bool,
    /// Its post.
    pub post: Option<String>,
    /// Its department.
    pub department: Option<department::Model>,
    /// Whose it is.
    pub owner: Option<String>,
}

/// How many there are, of those that the viewer sees.
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    /// Tasks that go on.
    pub open: u64,
    /// … that the viewer owes.
    pub mine: u64,
    /// … that wait for a judgement.
    pub to_judge: u64,
    /// … that are due to be looked at again.
    pub to_recheck: u64,
    /// … not handed in by their day.
    pub overdue: u64,
    /// Findings that wait for a decision.
    pub findings: u64,
}

/// Tasks that the viewer sees.
pub struct List {
    /// How many there are.
    pub counts: Counts,
    /// What was asked for.
    pub rows: Vec<Row>,
}

/// Where a task comes from.
pub struct Origin {
    /// What kind of thing.
    pub kind: RectificationSource,
    /// When it was linked.
    pub at: DateTime<Utc>,
    /// The complaint, where the viewer may see it.
    pub complaint: Option<(ComplaintId, String)>,
    /// The bad rating, where the viewer sees those of the whole center.
    pub bad_rating: Option<BadRatingId>,
    /// What was found, by supervision or by a self-audit.
    pub finding: Option<String>,
}

/// A line of a log with its names and files.
pub struct Line {
    /// The line.
    pub event: rectification_event::Model,
    /// Who wrote it; nobody where the product did.
    pub actor: Option<String>,
    /// What proves it.
    pub files: Vec<AttachedFile>,
}

/// One task with everything about it.
pub struct Page {
    /// The task.
    pub row: Row,
    /// Who opened it.
    pub opener: Option<String>,
    /// Where it comes from.
    pub origins: Vec<Origin>,
    /// Its log, oldest first.
    pub events: Vec<Line>,
    /// What the viewer may do.
    pub actions: Vec<RectificationAction>,
    /// Plans that go on from it.
    pub plans: Vec<improvement_plan::Model>,
    /// Whether the viewer may begin one.
    pub directs: bool,
    /// Today there.
    pub today: NaiveDate,
}

/// A finding with its names.
pub struct Found {
    /// The finding.
    pub row: finding::Model,
    /// Its post.
    pub post: Option<String>,
    /// Its department.
    pub department: Option<department::Model>,
    /// Who wrote it down.
    pub recorder: Option<String>,
    /// The task that followed.
    pub task: Option<RectificationTaskId>,
    /// What it looked like.
    pub files: Vec<AttachedFile>,
}

/// A plan with its names.
pub struct PlanRow {
    /// The plan.
    pub plan: improvement_plan::Model,
    /// Its post.
    pub post: Option<String>,
    /// Whose it is.
    pub owner: Option<String>,
    /// How many measures it has.
    pub measures: usize,
    /// … that were carried out.
    pub done: usize,
    /// … that should have been by now.
    pub late: usize,
}

/// A measure with its names.
pub struct Measure {
    /// The measure.
    pub row: improvement_measure::Model,
    /// Who carries it out.
    pub owner: Option<String>,
    /// Whether it should have been by now.
    pub late: bool,
    /// Whether the viewer may say that it was.
    pub may_finish: bool,
}

/// One plan with everything about it.
pub struct PlanPage {
    /// The plan.
    pub row: PlanRow,
    /// Its measures, soonest first.
    pub measures: Vec<Measure>,
    /// Its log, oldest first, each line with who wrote it.
    pub events: Vec<(improvement_event::Model, Option<String>)>,
    /// What the viewer may do.
    pub actions: Vec<ImprovementAction>,
    /// Whether the viewer may take measures out.
    pub drops: bool,
    /// The plan that follows it.
    pub next: Option<ImprovementPlanId>,
    /// Today there.
    pub today: NaiveDate,
}

/// The tasks that the viewer sees, at most so many of them.
pub async fn list(cx: &Cx, asked: Asked, most: usize) -> Result<List> {
    cx.scope()?.require(Permission::ImprovementRead)?;
    let tx = cx.read().await?;
    let viewer = Viewer::of(&tx).await?;
    let (me, today) = (viewer.actor.me, local_date(cx.now()));
    let search = asked.search.map(|text| text.trim().chars().take(WORDS_MAX).collect::<String>());
    let among = match asked.complaint {
        Some(complaint) => Some(followed(&tx, complaint).await?),
        None => None,
    };
    let filter = Filter {
        queue: asked.queue,
        status: asked.status,
        source: asked.source,
        post: asked.post,
        search: search.filter(|text| !text.is_empty()),
        among,
    };
    let tasks = repo::tasks(&tx, &viewer.sight, &filter, (me, today), most).await?;
    Ok(List { counts: counts(&tx, &viewer, today).await?, rows: named(&tx, tasks, today).await? })
}

async fn counts(tx: &ReadTx, viewer: &Viewer, today: NaiveDate) -> Result<Counts> {
    use RectificationQueue as Q;
    let (sight, me) = (&viewer.sight, viewer.actor.me);
    Ok(Counts {
        open: repo::count(tx, sight, Q::Open, me, today).await?,
        mine: repo::count(tx, sight, Q::Mine, me, today).await?,
        to_judge: repo::count(tx, sight, Q::ToJudge, me, today).await?,
        to_recheck: repo::count(tx, sight, Q::ToRecheck, me, today).await?,
        overdue: repo::count(tx, sight, Q::Overdue, me, today).await?,
        findings: repo::undecided(tx, sight).await?,
    })
}

/// Which task a complaint led to; none where the viewer does not see the complaint.
async fn followed(tx: &ReadTx, complaint: ComplaintId) -> Result<Vec<RectificationTaskId>> {
    if complaints::repo::find(tx, complaint).await?.is_none() {
        return Ok(Vec::new());
    }
    let found = repo::origin(tx, RectificationSource::Complaint, complaint.0).await?;
    Ok(found.into_iter().map(|row| row.task_id).collect())
}

async fn named(tx: &ReadTx, tasks: Vec<rectification_task::Model>, today: NaiveDate) -> Result<Vec<Row>> {
    let posts = post_names(tx).await?;
    let departments = tenancy::service::all_departments(tx).await?;
    let people = posts::repo::people(tx, tasks.iter().filter_map(|row| row.owner_id).collect()).await?;
    let row = |task: rectification_task::Model| Row {
        late: is_late(task.status, task.due_on, today),
        post: task.post_id.and_then(|id| posts.get(&id).cloned()),
        department: task.department_id.and_then(|id| departments.get(&id).cloned()),
        owner: task.owner_id.and_then(|id| Some(people.get(&id)?.name.clone())),
        task,
    };
    Ok(tasks.into_iter().map(row).collect())
}

async fn post_names(tx: &ReadTx) -> Result<HashMap<PostId, String>> {
    Ok(posts::repo::posts(tx).await?.into_iter().map(|row| (row.id, row.name)).collect())
}

/// One of them.
pub async fn page(cx: &Cx, id: RectificationTaskId) -> Result<Page> {
    cx.scope()?.require(Permission::ImprovementRead)?;
    let tx = cx.read().await?;
    let (task, viewer) = seen(&tx, id).await?;
    let today = local_date(cx.now());
    let actions = facts(&task).actions(viewer.actor, today).collect();
    let origins = origins(&tx, id).await?;
    let events = repo::events(&tx, id).await?;
    let lines: Vec<_> = events.iter().map(|event| event.id.0).collect();
    let keys = cx.app.keys.center(task.center_id);
    let proofs = files::service::of(&tx, OwnerKind::Rectification, &lines).await?;
    let names = names(&tx, events.iter().filter_map(|event| event.actor_id).chain(task.opener_id).collect()).await?;
    let opener = task.opener_id.and_then(|id| names.get(&id).cloned());
    let line = |event: rectification_event::Model| {
        let own = proofs.iter().filter(|file| file.owner_id == Some(event.id.0));
        let files = own.map(|file| AttachedFile::new(file, &keys)).collect::<Result<_>>()?;
        Ok(Line { actor: event.actor_id.and_then(|id| names.get(&id).cloned()), files, event })
    };
    let events = events.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    let plans = repo::plans_of(&tx, id).await?;
    let mut rows = named(&tx, vec![task], today).await?;
    let row = rows.pop().ok_or(Error::NotFound(Kind::Row))?;
    Ok(Page { row, opener, origins, events, actions, plans, directs: viewer.actor.directs, today })
}

async fn origins(tx: &ReadTx, task: RectificationTaskId) -> Result<Vec<Origin>> {
    let rows = repo::origins(tx, task).await?;
    let of = |kind| rows.iter().filter(move |row| row.kind == kind).map(|row| row.source_id);
    let cases = of(RectificationSource::Complaint).map(ComplaintId).collect();
    let cases: HashMap<_, _> = complaints::repo::numbers(tx, cases).await?.into_iter().collect();
    let found = repo::findings_by_id(tx, of(RectificationSource::Finding).map(FindingId).collect()).await?;
    let mut found: HashMap<_, _> = found.into_iter().map(|row| (row.id.0, row.description)).collect();
    let audited = of(RectificationSource::SelfAudit).map(AuditFindingId).collect();
    found.extend(repo::audit_findings(tx, audited).await?.into_iter().map(|row| (row.id.0, row.description)));
    // Others see theirs by the list of those.
    let all = tx.scope().within() == Some(Within::All) && tx.scope().require(Permission::BadRatingRead).is_ok();
    let origin = |row: &rectification_origin::Model| Origin {
        kind: row.kind,
        at: row.at,
        complaint: cases.get(&ComplaintId(row.source_id)).map(|number| (ComplaintId(row.source_id), number.clone())),
        bad_rating: (all && row.kind == RectificationSource::BadRating).then_some(BadRatingId(row.source_id)),
        finding: found.get(&row.source_id).cloned(),
    };
    Ok(rows.iter().map(origin).collect())
}

/// That a task follows from something.
#[derive(Clone, Copy, Debug)]
pub struct Followed {
    /// The task, where the viewer sees it.
    pub task: Option<RectificationTaskId>,
}

/// Which tasks follow from some sources of a kind, for other contexts' transactions.
///
/// # Errors
/// From the database.
pub async fn tasks_of(tx: &ReadTx, kind: RectificationSource, sources: &[Uuid]) -> Result<HashMap<Uuid, Followed>> {
    let rows = repo::tasks_of(tx, kind, sources).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.task_id).collect();
    let seen = repo::seen(tx, &Viewer::of(tx).await?.sight, &ids).await?;
    let followed = |task: RectificationTaskId| Followed { task: seen.contains(&task).then_some(task) };
    Ok(rows.into_iter().map(|row| (row.source_id, followed(row.task_id))).collect())
}

async fn names(tx: &ReadTx, mut accounts: Vec<AccountId>) -> Result<HashMap<AccountId, String>> {
    accounts.sort_unstable();
    accounts.dedup();
    let found = tenancy::service::names(tx, accounts).await?;
    Ok(found.into_iter().map(|(id, member)| (id, member.display_name)).collect())
}

/// The findings that the viewer sees.
pub async fn findings(cx: &Cx, status: Option<FindingStatus>) -> Result<Vec<Found>> {
    cx.scope()?.require(Permission::ImprovementRead)?;
    let tx = cx.read().await?;
    let viewer = Viewer::of(&tx).await?;
    let rows = repo::findings(&tx, &viewer.sight, status).await?;
    let owners: Vec<_> = rows.iter().map(|row| row.id.0).collect();
    let tasks = repo::tasks_of(&tx, RectificationSource::Finding, &owners).await?;
    let tasks: HashMap<_, _> = tasks.into_iter().map(|row| (row.source_id, row.task_id)).collect();
    let departments = tenancy::service::all_departments(&tx).await?;
    let photos = files::service::of(&tx, OwnerKind::Finding, &owners).await?;
    let names = names(&tx, rows.iter().map(|row| row.recorder_id).collect()).await?;
    let posts = post_names(&tx).await?;
    let keys = cx.app.keys.center(cx.scope()?.center()?);
    let found = |row: finding::Model| {
        let own = photos.iter().filter(|file| file.owner_id == Some(row.id.0));
        Ok(Found {
            post: row.post_id.and_then(|id| posts.get(&id).cloned()),
            department: row.department_id.and_then(|id| departments.get(&id).cloned()),
            recorder: names.get(&row.recorder_id).cloned(),
            task: tasks.get(&row.id.0).copied(),
            files: own.map(|file| AttachedFile::new(file, &keys)).collect::<Result<_>>()?,
            row,
        })
    };
    rows.into_iter().map(found).collect()
}

/// The plans that the viewer sees.
pub async fn plans(cx: &Cx, status: Option<ImprovementStatus>) -> Result<Vec<PlanRow>> {
    cx.scope()?.require(Permission::ImprovementRead)?;
    let tx = cx.read().await?;
    let viewer = Viewer::of(&tx).await?;
    let helps = viewer.helps(&tx).await?;
    let rows = repo::plans(&tx, &viewer.sight, &helps, status).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut measures: HashMap<ImprovementPlanId, Vec<improvement_measure::Model>> = HashMap::new();
    for row in repo::measures(&tx, &ids).await? {
        measures.entry(row.plan_id).or_default().push(row);
    }
    let posts = post_names(&tx).await?;
    let people = posts::repo::people(&tx, rows.iter().map(|row| row.owner_id).collect()).await?;
    let today = local_date(cx.now());
    let row = |plan: improvement_plan::Model| {
        let own = measures.remove(&plan.id).unwrap_or_default();
        plan_row(plan, &own, &posts, &people, today)
    };
    Ok(rows.into_iter().map(row).collect())
}

fn plan_row(
    plan: improvement_plan::Model,
    measures: &[improvement_measure::Model],
    posts: &HashMap<PostId, String>,
    people: &posts::repo::People,
    today: NaiveDate,
) -> PlanRow {
    PlanRow {
        post: plan.post_id.and_then(|id| posts.get(&id).cloned()),
        owner: people.get(&plan.owner_id).map(|row| row.name.clone()),
        measures: measures.len(),
        done: measures.iter().filter(|row| row.done_on.is_some()).count(),
        late: measures.iter().filter(|row| measure_late(&plan, row, today)).count(),
        plan,
    }
}

fn measure_late(plan: &improvement_plan::Model, row: &improvement_measure::Model, today: NaiveDate) -> bool {
    let owed = matches!(plan.status, ImprovementStatus::Approved | ImprovementStatus::Executing);
    owed && row.done_on.is_none() && row.due_on < today
}

/// One of them.
pub async fn plan(cx: &Cx, id: ImprovementPlanId) -> Result<PlanPage> {
    cx.scope()?.require(Permission::ImprovementRead)?;
    let tx = cx.read().await?;
    let (plan, measures, viewer) = seen_plan(&tx, id).await?;
    let today = local_date(cx.now());
    let facts = plans::facts(&plan, &measures);
    let actions: Vec<_> = facts.actions(viewer.actor, today).collect();
    let events = repo::plan_events(&tx, id).await?;
    let names = names(&tx, events.iter().map(|event| event.actor_id).collect()).await?;
    let next = repo::follower(&tx, id).await?.map(|row| row.id);
    let posts = post_names(&tx).await?;
    let who: Vec<StaffId> = measures.iter().map(|row| row.owner_id).chain([plan.owner_id]).collect();
    let people = posts::repo::people(&tx, who).await?;
    let measure = |row: &improvement_measure::Model| Measure {
        owner: people.get(&row.owner_id).map(|person| person.name.clone()),
        late: measure_late(&plan, row, today),
        may_finish: row.done_on.is_none() && facts.may_finish(row.owner_id, &viewer.actor),
        row: row.clone(),
    };
    let shown = measures.iter().map(measure).collect();
    let drops = actions.contains(&ImprovementAction::AddMeasure);
    let events = events.into_iter().map(|event| {
        let actor = names.get(&event.actor_id).cloned();
        (event, actor)
    });
    let events = events.collect();
    let row = plan_row(plan, &measures, &posts, &people, today);
    Ok(PlanPage { row, measures: shown, events, actions, drops, next, today })
}
