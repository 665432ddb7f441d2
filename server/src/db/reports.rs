//! Reports: named methods for what [`ScopedSelect`](super::ScopedSelect) cannot say. Each binds
//! the center of the scope as a parameter.

use chrono::{DateTime, Utc};
use domain::{
    StaffId, TrainingId,
    complaints::{ComplaintQueue, ComplaintStatus, EscalationLevel},
    training::{SessionKind, TestResult},
};
use entity::{complaint, training_attendance};
use sea_orm::{
    ColumnTrait, Condition, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryResult, QuerySelect,
    sea_query::{CaseStatement, Expr, Func, SimpleExpr},
};

use super::ReadTx;
use crate::{
    complaints::repo::{Today, in_queue, seen_by},
    error::Result,
};

/// How a center's complaints stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComplaintFigures {
    open: i64,
    due_today: i64,
    overdue: i64,
    escalated: i64,
    received_30: i64,
    closed_30: i64,
}

impl ComplaintFigures {
    /// The figures under the names they are reported by.
    #[must_use]
    pub const fn named(&self) -> [(&'static str, i64); 6] {
        [
            ("open", self.open),
            ("due_today", self.due_today),
            ("overdue", self.overdue),
            ("escalated", self.escalated),
            ("received_30", self.received_30),
            ("closed_30", self.closed_30),
        ]
    }
}

/// How many took part in a session.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Attendance {
    /// Which session.
    pub session: TrainingId,
    /// How many are written down.
    pub marks: i64,
    /// How many were there.
    pub attended: i64,
    /// How many passed.
    pub passed: i64,
}

impl ReadTx {
    /// How many took part in each session of `year`, in one statement.
    pub(crate) async fn attendance(&self, year: i32) -> Result<Vec<Attendance>> {
        use training_attendance::Column as C;
        let there = Condition::all().add(C::Attended.eq(true));
        let passed = Condition::all().add(C::Result.eq(TestResult::Passed));
        let counted = self
            .marks_in(year, year)?
            .column_as(C::SessionId, "session")
            .expr_as(C::Id.count(), "marks")
            .expr_as(how_many(there), "attended")
            .expr_as(how_many(passed), "passed")
            .group_by(C::SessionId);
        Ok(counted.into_model::<Attendance>().all(self.conn()).await?)
    }

    /// How many trainings each person had in each year from `from` to `until`, in one statement. A test is none.
    pub(crate) async fn trainings(&self, from: i32, until: i32) -> Result<Vec<(StaffId, i32, u32)>> {
        use training_attendance::Column as C;
        let counted = self
            .marks_in(from, until)?
            .filter(C::Kind.eq(SessionKind::Training))
            .filter(C::Attended.eq(true))
            .column(C::StaffId)
            .column(C::Year)
            .expr_as(C::Id.count(), "trainings")
            .group_by(C::StaffId)
            .group_by(C::Year);
        let rows: Vec<(StaffId, i32, i64)> = counted.into_tuple().all(self.conn()).await?;
        Ok(rows.into_iter().map(|(staff, year, n)| (staff, year, u32::try_from(n).unwrap_or_default())).collect())
    }

    fn marks_in(&self, from: i32, until: i32) -> Result<sea_orm::Select<training_attendance::Entity>> {
        use training_attendance::Column as C;
        let center = self.scope().center()?;
        let own = training_attendance::Entity::find().filter(self.wall().only(C::CenterId.eq(center)));
        Ok(own.filter(C::Year.between(from, until)).filter(C::Removed.eq(false)).select_only())
    }

    /// How many cases each queue of the viewer holds, in one statement.
    pub(crate) async fn queue_counts(&self, today: Today) -> Result<Vec<(ComplaintQueue, i64)>> {
        let center = self.scope().center()?;
        let queues = ComplaintQueue::ALL;
        let mut select = complaint::Entity::find()
            .filter(self.wall().only(complaint::Column::CenterId.eq(center)))
            .filter(seen_by(self))
            .select_only();
        for queue in queues {
            let inside = in_queue(*queue, self.scope().account(), today);
            select = select.expr_as(how_many(inside), queue.key());
        }
        Ok(queues.iter().copied().zip(self.numbers(select).await?).collect())
    }

    /// The center's figures, in one statement. `since` begins the last 30 days.
    pub(crate) async fn complaint_figures(
        &self,
        now: DateTime<Utc>,
        end_of_today: DateTime<Utc>,
        since: DateTime<Utc>,
    ) -> Result<ComplaintFigures> {
        use complaint::Column as C;
        let center = self.scope().center()?;
        let today = Today { now, end: end_of_today };
        let up = [EscalationLevel::Supervision, EscalationLevel::City];
        let open = Condition::all().add(C::IsOpen.eq(true));
        let figures = [
            ("open", open.clone()),
            ("due_today", in_queue(ComplaintQueue::DueToday, None, today)),
            ("overdue", in_queue(ComplaintQueue::Overdue, None, today)),
            ("escalated", open.add(C::Escalation.is_in(up))),
            ("received_30", Condition::all().add(C::ReceivedAt.gte(since))),
            ("closed_30", Condition::all().add(C::ClosedAt.gte(since)).add(C::Status.ne(ComplaintStatus::Merged))),
        ];
        let mut select = complaint::Entity::find().filter(self.wall().only(C::CenterId.eq(center))).select_only();
        for (name, condition) in figures {
            select = select.expr_as(how_many(condition), name);
        }
        let counts = self.numbers(select).await?.try_into();
        let [open, due_today, overdue, escalated, received_30, closed_30] =
            counts.map_err(|_| anyhow::anyhow!("six figures were asked for"))?;
        Ok(ComplaintFigures { open, due_today, overdue, escalated, received_30, closed_30 })
    }

    async fn numbers(&self, select: sea_orm::Select<complaint::Entity>) -> Result<Vec<i64>> {
        let row = select.into_model::<Numbers>().one(self.conn()).await?;
        Ok(row.map(|row| row.0).unwrap_or_default())
    }
}

/// A row of counts, in the order they were asked for.
struct Numbers(Vec<i64>);

impl FromQueryResult for Numbers {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let columns = row.column_names().len();
        (0..columns).map(|i| row.try_get_by_index(i)).collect::<Result<_, _>>().map(Self)
    }
}

/// Rows for which `condition` holds, counted beside others: `SUM(CASE …)`, which both databases know.
pub(super) fn how_many(condition: Condition) -> SimpleExpr {
    let one = CaseStatement::new().case(condition, 1).finally(0);
    Func::coalesce([SimpleExpr::from(Func::sum(Expr::expr(one))), Expr::val(0)]).into()
}
