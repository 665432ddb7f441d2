//! Findings, tasks and plans with their logs, as they are stored.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    AccountId, AuditFindingId, DepartmentId, FindingId, ImprovementMeasureId, ImprovementPlanId, PostId,
    RectificationEventId, RectificationTaskId, StaffId,
    improvement::{
        FindingStatus, RectificationCause, RectificationQueue, RectificationSource, RectificationStatus,
        plan::ImprovementStatus,
    },
};
use entity::{
    finding, improvement_event, improvement_measure, improvement_plan, post, rectification_event, rectification_origin,
    rectification_task, self_audit_finding,
};
use sea_orm::{
    ColumnTrait, Condition, Order,
    sea_query::{Expr, ExprTrait, Func, LikeExpr},
};
use uuid::Uuid;

use crate::{
    db::{ReadTx, WriteTx},
    error::Result,
    posts::repo::one,
};

/// Findings shown, and plans.
const SHOWN: u64 = 200;
/// Tasks whose day is over that are taken on at once.
const AT_ONCE: u64 = 500;

/// What somebody sees.
#[derive(Clone, Debug)]
pub enum Sight {
    /// Everything of the center.
    All,
    /// What is theirs, what they wrote, and what is about their department or a post that they lead.
    Own {
        /// Who they are on the staff.
        me: Option<StaffId>,
        /// Their account.
        account: Option<AccountId>,
        /// The posts that they lead.
        led: BTreeSet<PostId>,
        /// Their department.
        department: Option<DepartmentId>,
    },
}

impl Sight {
    fn findings(&self) -> Condition {
        use finding::Column as C;
        match self {
            Self::All => Condition::all(),
            Self::Own { account, led, department, .. } => Condition::any()
                .add(C::PostId.is_in(led.iter().copied()))
                .add_option(department.map(|department| C::DepartmentId.eq(department)))
                .add_option(account.map(|account| C::RecorderId.eq(account))),
        }
    }

    fn tasks(&self) -> Condition {
        use rectification_task::Column as C;
        match self {
            Self::All => Condition::all(),
            Self::Own { me, account, led, department } => Condition::any()
                .add(C::PostId.is_in(led.iter().copied()))
                .add_option(department.map(|department| C::DepartmentId.eq(department)))
                .add_option(me.map(|me| C::OwnerId.eq(me)))
                .add_option(account.map(|account| C::OpenerId.eq(account))),
        }
    }

    /// `helps` are the plans of whose measures they carry one out.
    fn plans(&self, helps: &BTreeSet<ImprovementPlanId>) -> Condition {
        use improvement_plan::Column as C;
        match self {
            Self::All => Condition::all(),
            Self::Own { me, led, .. } => Condition::any()
                .add(C::PostId.is_in(led.iter().copied()))
                .add(C::Id.is_in(helps.iter().copied()))
                .add_option(me.map(|me| C::OwnerId.eq(me))),
        }
    }
}

/// What a list of tasks is narrowed by.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Which tasks.
    pub queue: RectificationQueue,
    /// One status.
    pub status: Option<RectificationStatus>,
    /// One kind of source.
    pub source: Option<RectificationSource>,
    /// One post.
    pub post: Option<PostId>,
    /// Words of the problem, as typed.
    pub search: Option<String>,
    /// These alone.
    pub among: Option<Vec<RectificationTaskId>>,
}

impl Filter {
    /// A queue, whole.
    #[must_use]
    pub const fn of(queue: RectificationQueue) -> Self {
        Self { queue, status: None, source: None, post: None, search: None, among: None }
    }

    fn condition(&self, me: Option<StaffId>, today: NaiveDate) -> Condition {
        use rectification_task::Column as C;
        in_queue(self.queue, me, today)
            .add_option(self.status.map(|status| C::Status.eq(status)))
            .add_option(self.source.map(|source| C::Source.eq(source)))
            .add_option(self.post.map(|post| C::PostId.eq(post)))
            .add_option(self.search.as_deref().map(|words| holds(C::Problem, words)))
            .add_option(self.among.as_ref().map(|ids| C::Id.is_in(ids.iter().copied())))
    }
}

fn in_queue(queue: RectificationQueue, me: Option<StaffId>, today: NaiveDate) -> Condition {
    use {RectificationQueue as Q, RectificationStatus as S, rectification_task::Column as C};
    let all = Condition::all();
    match queue {
        Q::Open => all.add(C::Status.ne(S::Closed)),
        // Somebody who is not on the staff has none.
        Q::Mine => {
            let own = me.map_or_else(|| C::OwnerId.is_in(Vec::<StaffId>::new()), |me| C::OwnerId.eq(me));
            all.add(C::Status.is_in(S::OWED)).add(own)
        }
        Q::ToJudge => all.add(C::Status.is_in(S::TO_JUDGE)),
        Q::ToRecheck => all.add(C::Status.eq(S::Accepted)).add(C::RecheckOn.lte(today)),
        Q::Overdue => all.add(owed_before(today)),
        Q::Over => all.add(C::Status.eq(S::Closed)),
        Q::All => all,
    }
}

fn owed_before(today: NaiveDate) -> Condition {
    use rectification_task::Column as C;
    Condition::all().add(C::Status.is_in(RectificationStatus::OWED)).add(C::DueOn.lt(today))
}

/// With `text` in it, in capitals or not: one database tells them apart, the other does not.
fn holds(column: rectification_task::Column, text: &str) -> Expr {
    let plain = text.to_lowercase();
    let plain = plain.chars().flat_map(|c| if "%_\\".contains(c) { vec!['\\', c] } else { vec![c] });
    let pattern = format!("%{}%", plain.collect::<String>());
    Func::lower(Expr::col(column)).like(LikeExpr::new(pattern).escape('\\'))
}

/// The posts that somebody leads.
pub async fn led(tx: &ReadTx, me: StaffId) -> Result<BTreeSet<PostId>> {
    let rows = tx.select::<post::Entity>()?.filter(post::Column::LeadId.eq(me)).all().await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Findings that somebody sees, those that wait for a decision first, then the newest.
pub async fn findings(tx: &ReadTx, sight: &Sight, status: Option<FindingStatus>) -> Result<Vec<finding::Model>> {
    use finding::Column as C;
    let rank: Expr = Expr::case(C::Status.eq(FindingStatus::Open), 0).finally(1).into();
    let which = Condition::all().add(sight.findings()).add_option(status.map(|status| C::Status.eq(status)));
    let found = tx.select::<finding::Entity>()?.filter(which).order_by(rank, Order::Asc);
    found.order_by(C::OnDay, Order::Desc).order_by(C::Id, Order::Desc).limit(SHOWN).all().await
}

/// How many of the findings that somebody sees wait for a decision.
pub async fn undecided(tx: &ReadTx, sight: &Sight) -> Result<u64> {
    let open = Condition::all().add(sight.findings()).add(finding::Column::Status.eq(FindingStatus::Open));
    tx.select::<finding::Entity>()?.filter(open).count().await
}

/// One finding that somebody sees.
pub async fn finding(tx: &ReadTx, sight: &Sight, id: FindingId) -> Result<finding::Model> {
    one::<finding::Entity>(tx, Condition::all().add(finding::Column::Id.eq(id)).add(sight.findings())).await
}

/// Findings by id, whoever sees them.
pub async fn findings_by_id(tx: &ReadTx, ids: Vec<FindingId>) -> Result<Vec<finding::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    tx.select::<finding::Entity>()?.filter(finding::Column::Id.is_in(ids)).all().await
}

/// What self-audits found, by id.
pub async fn audit_findings(tx: &ReadTx, ids: Vec<AuditFindingId>) -> Result<Vec<self_audit_finding::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    tx.select::<self_audit_finding::Entity>()?.filter(self_audit_finding::Column::Id.is_in(ids)).all().await
}

/// Tasks that somebody sees: what is owed by its day, then what waits for others, and last what is over; the newest first.
pub async fn tasks(
    tx: &ReadTx,
    sight: &Sight,
    filter: &Filter,
    (me, today): (Option<StaffId>, NaiveDate),
    most: usize,
) -> Result<Vec<rectification_task::Model>> {
    use rectification_task::Column as C;
    let over: Expr = Expr::case(C::Status.eq(RectificationStatus::Closed), 1).finally(0).into();
    // What nobody owes any more, and what has no day, comes after what is owed.
    let owed: Expr =
        Expr::case(Condition::all().add(C::Status.is_in(RectificationStatus::OWED)).add(C::DueOn.is_not_null()), 0)
            .finally(1)
            .into();
    let which = Condition::all().add(sight.tasks()).add(filter.condition(me, today));
    let found = tx.select::<rectification_task::Entity>()?.filter(which);
    let found = found.order_by(over, Order::Asc).order_by(owed, Order::Asc);
    // Of what is over, when it was begun counts, not by when it was owed.
    let due: Expr = Expr::case(C::Status.is_in(RectificationStatus::OWED), Expr::col(C::DueOn)).into();
    let found = found.order_by(due, Order::Asc).order_by(C::OpenedOn, Order::Desc).order_by(C::Id, Order::Desc);
    found.limit(u64::try_from(most).unwrap_or(u64::MAX)).all().await
}

/// How many tasks of a queue somebody sees.
pub async fn count(
    tx: &ReadTx,
    sight: &Sight,
    queue: RectificationQueue,
    me: Option<StaffId>,
    today: NaiveDate,
) -> Result<u64> {
    let which = Condition::all().add(sight.tasks()).add(in_queue(queue, me, today));
    tx.select::<rectification_task::Entity>()?.filter(which).count().await
}

/// One task that somebody sees.
pub async fn task(tx: &ReadTx, sight: &Sight, id: RectificationTaskId) -> Result<rectification_task::Model> {
    let which = Condition::all().add(rectification_task::Column::Id.eq(id)).add(sight.tasks());
    one::<rectification_task::Entity>(tx, which).await
}

/// Which task a source led to.
pub async fn origin(
    tx: &ReadTx,
    kind: RectificationSource,
    source: Uuid,
) -> Result<Option<rectification_origin::Model>> {
    use rectification_origin::Column as C;
    let which = Condition::all().add(C::Kind.eq(kind)).add(C::SourceId.eq(source));
    tx.select::<rectification_origin::Entity>()?.filter(which).one().await
}

/// Where a task comes from, oldest first.
pub async fn origins(tx: &ReadTx, task: RectificationTaskId) -> Result<Vec<rectification_origin::Model>> {
    use rectification_origin::Column as C;
    let found = tx.select::<rectification_origin::Entity>()?.filter(C::TaskId.eq(task));
    found.order_by(C::At, Order::Asc).order_by(C::Id, Order::Asc).limit(SHOWN).all().await
}

/// Which tasks some sources of a kind led to.
pub async fn tasks_of(
    tx: &ReadTx,
    kind: RectificationSource,
    sources: &[Uuid],
) -> Result<Vec<rectification_origin::Model>> {
    use rectification_origin::Column as C;
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    let which = Condition::all().add(C::Kind.eq(kind)).add(C::SourceId.is_in(sources.iter().copied()));
    tx.select::<rectification_origin::Entity>()?.filter(which).all().await
}

/// Of these tasks those that somebody sees.
pub async fn seen(tx: &ReadTx, sight: &Sight, ids: &[RectificationTaskId]) -> Result<BTreeSet<RectificationTaskId>> {
    if ids.is_empty() {
        return Ok(BTreeSet::new());
    }
    let which = Condition::all().add(rectification_task::Column::Id.is_in(ids.iter().copied())).add(sight.tasks());
    let rows = tx.select::<rectification_task::Entity>()?.filter(which).all().await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The task of this cause at this post that was accepted last, since a day.
pub async fn earlier(
    tx: &ReadTx,
    post: PostId,
    cause: RectificationCause,
    since: NaiveDate,
) -> Result<Option<rectification_task::Model>> {
    use rectification_task::Column as C;
    let same = Condition::all().add(C::PostId.eq(post)).add(C::Cause.eq(cause));
    let done = same.add(C::Status.is_in(RectificationStatus::DONE)).add(C::AcceptedOn.gte(since));
    let found = tx.select::<rectification_task::Entity>()?.filter(done).order_by(C::AcceptedOn, Order::Desc);
    found.order_by(C::Id, Order::Desc).limit(1).one().await
}

/// Tasks whose day is over and that are not marked yet.
pub async fn newly_late(tx: &ReadTx, today: NaiveDate) -> Result<Vec<rectification_task::Model>> {
    use rectification_task::Column as C;
    let late = owed_before(today).add(C::LateOn.is_null());
    tx.select::<rectification_task::Entity>()?.filter(late).order_by(C::Id, Order::Asc).limit(AT_ONCE).all().await
}

/// A task's log, oldest first.
pub async fn events(tx: &ReadTx, task: RectificationTaskId) -> Result<Vec<rectification_event::Model>> {
    use rectification_event::Column as C;
    let found = tx.select::<rectification_event::Entity>()?.filter(C::TaskId.eq(task));
    found.order_by(C::At, Order::Asc).order_by(C::Id, Order::Asc).all().await
}

/// A line of it.
pub async fn event(tx: &ReadTx, id: RectificationEventId) -> Result<rectification_event::Model> {
    one::<rectification_event::Entity>(tx, rectification_event::Column::Id.eq(id)).await
}

/// The plans of whose measures somebody carries one out.
pub async fn helped(tx: &ReadTx, me: StaffId) -> Result<BTreeSet<ImprovementPlanId>> {
    let own = improvement_measure::Column::OwnerId.eq(me);
    let rows = tx.select::<improvement_measure::Entity>()?.filter(own).all().await?;
    Ok(rows.into_iter().map(|row| row.plan_id).collect())
}

/// Plans that somebody sees: those that go on by the day of their goal, then the others.
pub async fn plans(
    tx: &ReadTx,
    sight: &Sight,
    helps: &BTreeSet<ImprovementPlanId>,
    status: Option<ImprovementStatus>,
) -> Result<Vec<improvement_plan::Model>> {
    use improvement_plan::Column as C;
    let over: Expr = Expr::case(C::Status.eq(ImprovementStatus::Closed), 1).finally(0).into();
    let which = Condition::all().add(sight.plans(helps)).add_option(status.map(|status| C::Status.eq(status)));
    let found = tx.select::<improvement_plan::Entity>()?.filter(which).order_by(over, Order::Asc);
    found.order_by(C::StartedOn, Order::Desc).order_by(C::Id, Order::Desc).limit(SHOWN).all().await
}

/// Plans whose effect may be measured since some day.
pub async fn checks_since(tx: &ReadTx, from: NaiveDate, until: NaiveDate) -> Result<Vec<improvement_plan::Model>> {
    use improvement_plan::Column as C;
    let due = Condition::all().add(C::Status.eq(ImprovementStatus::Checking)).add(C::CheckFrom.between(from, until));
    tx.select::<improvement_plan::Entity>()?.filter(due).order_by(C::Id, Order::Asc).limit(AT_ONCE).all().await
}

/// One plan that somebody sees.
pub async fn plan(
    tx: &ReadTx,
    sight: &Sight,
    helps: &BTreeSet<ImprovementPlanId>,
    id: ImprovementPlanId,
) -> Result<improvement_plan::Model> {
    let which = Condition::all().add(improvement_plan::Column::Id.eq(id)).add(sight.plans(helps));
    one::<improvement_plan::Entity>(tx, which).await
}

/// The plans that a task led to, whoever sees them.
pub async fn plans_of(tx: &ReadTx, task: RectificationTaskId) -> Result<Vec<improvement_plan::Model>> {
    use improvement_plan::Column as C;
    let found = tx.select::<improvement_plan::Entity>()?.filter(C::TaskId.eq(task));
    found.order_by(C::Id, Order::Asc).limit(SHOWN).all().await
}

/// The plan that follows one which did not work.
pub async fn follower(tx: &ReadTx, id: ImprovementPlanId) -> Result<Option<improvement_plan::Model>> {
    tx.select::<improvement_plan::Entity>()?.filter(improvement_plan::Column::FollowsId.eq(id)).one().await
}

/// The measures of plans, soonest first.
pub async fn measures(tx: &ReadTx, plans: &[ImprovementPlanId]) -> Result<Vec<improvement_measure::Model>> {
    use improvement_measure::Column as C;
    if plans.is_empty() {
        return Ok(Vec::new());
    }
    let found = tx.select::<improvement_measure::Entity>()?.filter(C::PlanId.is_in(plans.iter().copied()));
    found.order_by(C::DueOn, Order::Asc).order_by(C::Id, Order::Asc).all().await
}

/// Takes a measure out of a plan; whether it was there.
pub async fn drop_measure(tx: &mut WriteTx, plan: ImprovementPlanId, id: ImprovementMeasureId) -> Result<bool> {
    use improvement_measure::Column as C;
    let which = Condition::all().add(C::PlanId.eq(plan)).add(C::Id.eq(id));
    let gone = tx.remove_where::<improvement_measure::Entity>(which).await?;
    Ok(gone == Some(1))
}

/// A plan's log, oldest first.
pub async fn plan_events(tx: &ReadTx, plan: ImprovementPlanId) -> Result<Vec<improvement_event::Model>> {
    use improvement_event::Column as C;
    let found = tx.select::<improvement_event::Entity>()?.filter(C::PlanId.eq(plan));
    found.order_by(C::At, Order::Asc).order_by(C::Id, Order::Asc).all().await
}
