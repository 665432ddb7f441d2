//! Hours of volunteers and how many of their services were confirmed, added up by the database.

use chrono::NaiveDate;
use domain::{PostId, StaffId, volunteers::ServiceRecordStatus};
use entity::service_record;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select,
    sea_query::{CaseStatement, Expr, Func, SimpleExpr},
};

use super::{ReadTx, reports::how_many};
use crate::error::Result;

/// What somebody has done.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Served {
    /// Who.
    pub staff: StaffId,
    /// Minutes of services that were confirmed.
    pub confirmed: i64,
    /// Minutes of all that were handed in.
    pub minutes: i64,
    /// How many services these were.
    pub records: i64,
}

/// How a post's services were answered.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Answered {
    /// Which post.
    pub post: PostId,
    /// How many are decided.
    pub decided: i64,
    /// How many of these were confirmed.
    pub confirmed: i64,
    /// How many a recipient said were not so.
    pub disputed: i64,
}

const CONFIRMED: [ServiceRecordStatus; 2] = [ServiceRecordStatus::Confirmed, ServiceRecordStatus::Archived];

impl ReadTx {
    /// What each person has handed in of the days from `from` to `until`, in one statement.
    pub(crate) async fn served(&self, days: (NaiveDate, NaiveDate), within: Option<Condition>) -> Result<Vec<Served>> {
        use service_record::Column as C;
        let rows = self
            .services(days, within)?
            .column_as(C::StaffId, "staff")
            .expr_as(minutes(Condition::all().add(C::Status.is_in(CONFIRMED))), "confirmed")
            .expr_as(minutes(Condition::all().add(C::Status.ne(ServiceRecordStatus::Draft))), "minutes")
            .expr_as(C::Id.count(), "records")
            .group_by(C::StaffId);
        Ok(rows.into_model::<Served>().all(self.conn()).await?)
    }

    /// How the services of each post of the days from `from` to `until` were answered, in one statement.
    pub(crate) async fn answers(
        &self,
        days: (NaiveDate, NaiveDate),
        within: Option<Condition>,
    ) -> Result<Vec<Answered>> {
        use service_record::Column as C;
        let rows = self
            .services(days, within)?
            .filter(C::Status.ne(ServiceRecordStatus::AwaitingConfirmation))
            .column_as(C::PostId, "post")
            .expr_as(C::Id.count(), "decided")
            .expr_as(how_many(Condition::all().add(C::Status.is_in(CONFIRMED))), "confirmed")
            .expr_as(how_many(Condition::all().add(C::Disputed.eq(true))), "disputed")
            .group_by(C::PostId);
        Ok(rows.into_model::<Answered>().all(self.conn()).await?)
    }

    /// The center's services that were handed in.
    fn services(
        &self,
        (from, until): (NaiveDate, NaiveDate),
        within: Option<Condition>,
    ) -> Result<Select<service_record::Entity>> {
        use service_record::Column as C;
        let center = self.scope().center()?;
        let own = service_record::Entity::find().filter(self.wall().only(C::CenterId.eq(center)));
        let own = own.filter(C::OnDay.between(from, until)).filter(C::Status.ne(ServiceRecordStatus::Draft));
        Ok(within.into_iter().fold(own, QueryFilter::filter).select_only())
    }
}

/// The minutes of rows for which `condition` holds.
fn minutes(condition: Condition) -> SimpleExpr {
    let those = CaseStatement::new().case(condition, Expr::col(service_record::Column::Minutes)).finally(0);
    Func::coalesce([SimpleExpr::from(Func::sum(Expr::expr(those))), Expr::val(0)]).into()
}
