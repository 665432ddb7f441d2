//! Reports: named methods for what [`ScopedSelect`](super::ScopedSelect) cannot say. Each binds
//! the center of the scope as a parameter.

use chrono::{DateTime, Utc};
use domain::complaints::{ComplaintQueue, ComplaintStatus, EscalationLevel};
use entity::complaint;
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

impl ReadTx {
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
fn how_many(condition: Condition) -> SimpleExpr {
    let one = CaseStatement::new().case(condition, 1).finally(0);
    Func::coalesce([SimpleExpr::from(Func::sum(Expr::expr(one))), Expr::val(0)]).into()
}
