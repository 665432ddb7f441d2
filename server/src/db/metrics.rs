//! Figures of centers: counted with what they count, added up by the database in one statement, whatever there is behind
//! them.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use domain::{
    CenterId, FormVersionId,
    evaluation::{
        levels::FiveLevel,
        ratings::{PointChannel, RatingOrigin},
    },
    metrics::{Metric, MetricGathering, Period},
};
use entity::{metric_day, rating};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityName, EntityTrait, FromQueryResult,
    IdenStatic, QueryFilter, QueryOrder, QueryResult, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait, OnConflict, Query, SelectStatement, UnionType},
};

use super::{ReadTx, WriteTx};
use crate::{
    analytics::counting::{ALL, Cell, Counted, Counts, Rated, WEEK},
    auth::scope::Reach,
    error::{Error, Result},
};

/// Rows of one statement: both databases take fewer than 32,766 values.
const AT_ONCE: usize = 3_000;

/// Counts of a center, added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Of which center.
    pub center: CenterId,
    /// The id of the figure.
    pub metric: String,
    /// What was counted.
    pub numerator: i64,
    /// Of how many.
    pub denominator: i64,
    /// Left out.
    pub excluded: i64,
}

/// By where its columns stand: a thousand centers have five thousand names of columns to look up.
impl FromQueryResult for Sum {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(Self {
            center: row.try_get_by_index(0)?,
            metric: row.try_get_by_index(1)?,
            numerator: row.try_get_by_index(2)?,
            denominator: row.try_get_by_index(3)?,
            excluded: row.try_get_by_index(4)?,
        })
    }
}

/// The same of one part.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct PartSum {
    /// Of which center.
    pub center: CenterId,
    /// The id of the figure.
    pub metric: String,
    /// The part.
    pub stratum: String,
    /// What was counted.
    pub numerator: i64,
    /// Of how many.
    pub denominator: i64,
    /// Left out.
    pub excluded: i64,
}

/// Counts of a day, of one center or of all together.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct DaySum {
    /// The day.
    pub day: NaiveDate,
    /// The part.
    pub stratum: String,
    /// What was counted.
    pub numerator: i64,
    /// Of how many.
    pub denominator: i64,
    /// Left out.
    pub excluded: i64,
}

/// How many ratings are alike.
#[derive(Clone, Debug, FromQueryResult)]
struct RatingSum {
    day: NaiveDate,
    channel: PointChannel,
    form: FormVersionId,
    level: FiveLevel,
    origin: RatingOrigin,
    ratings: i64,
}

impl Sum {
    /// The three counts.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        [self.numerator, self.denominator, self.excluded]
    }
}

impl PartSum {
    /// The three counts.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        [self.numerator, self.denominator, self.excluded]
    }
}

impl WriteTx {
    /// Adds to the counts of the center in which this is, inside a case too: a reviewer's decision changes them.
    pub(crate) async fn count(&mut self, changes: Counted) -> Result<()> {
        use metric_day::Column as C;
        let (center, city) = (self.scope().tenant().ok_or(Error::OutOfReach)?, self.scope().city());
        let row = |(cell, [numerator, denominator, excluded]): (Cell, Counts)| {
            let row = metric_day::Model {
                center_id: center,
                metric: cell.metric.id(),
                day: cell.day,
                stratum: cell.stratum,
                city_id: city,
                numerator,
                denominator,
                excluded,
            };
            metric_day::ActiveModel::from(row).reset_all()
        };
        let rows: Vec<_> = changes.cells().map(row).collect();
        let more = |column: C| Expr::col(column.as_column_ref()).add(Expr::col((Alias::new("excluded"), column)));
        let conflict = OnConflict::columns([C::CenterId, C::Metric, C::Day, C::Stratum])
            .values([C::Numerator, C::Denominator, C::Excluded].map(|column| (column, more(column))))
            .to_owned();
        for chunk in rows.chunks(AT_ONCE) {
            let insert = metric_day::Entity::insert_many(chunk.to_vec()).on_conflict(conflict.clone());
            insert.exec_without_returning(self.conn()).await?;
        }
        Ok(())
    }
}

impl ReadTx {
    /// The counts of a period, of each center in reach and figure: of the centers of a city for its office, of its own for
    /// a center. Whole weeks are read as such, so that it is a third of the rows; but not of figures of which some days
    /// are left out.
    pub(crate) async fn sums(&self, metrics: &[Metric], period: Period, center: Option<CenterId>) -> Result<Vec<Sum>> {
        use metric_day::Column as C;
        let columns = [C::CenterId, C::Metric, C::Numerator, C::Denominator, C::Excluded];
        let mut pieces = Vec::new();
        let (matched, whole): (Vec<Metric>, Vec<Metric>) = metrics.iter().partition(|metric| is_matched(**metric));
        let mut asked: Vec<_> = pieces_of(period).into_iter().map(|piece| (piece, &whole, None)).collect();
        asked.push(((ALL, period.from(), period.to()), &matched, Some(C::Denominator.gt(0))));
        for ((stratum, from, to), metrics, known) in asked.into_iter().filter(|(_, metrics, _)| !metrics.is_empty()) {
            let condition = self.counted(metrics, center)?.add(C::Stratum.eq(stratum)).add(C::Day.between(from, to));
            let condition = condition.add_option(known);
            pieces.push(
                Query::select().columns(columns).from(metric_day::Entity.table_ref()).cond_where(condition).to_owned(),
            );
        }
        let mut pieces = pieces.into_iter();
        let mut all = pieces.next().unwrap_or_default();
        all.unions(pieces.map(|piece| (UnionType::All, piece)));
        let mut select = Query::select();
        select
            .expr_as(Expr::col(C::CenterId), Alias::new("center"))
            .expr_as(Expr::col(C::Metric), Alias::new("metric"))
            .from_subquery(all, Alias::new("piece"))
            .group_by_columns([C::CenterId, C::Metric]);
        self.added(select).await
    }

    /// The same, part by part; only those within a filter, such as `qr`.
    pub(crate) async fn part_sums(
        &self,
        metrics: &[Metric],
        period: Period,
        center: Option<CenterId>,
        filter: &str,
    ) -> Result<Vec<PartSum>> {
        use metric_day::Column as C;
        let days = C::Day.between(period.from(), period.to());
        let mut select = Query::select();
        select
            .expr_as(Expr::col(C::CenterId), Alias::new("center"))
            .expr_as(Expr::col(C::Metric), Alias::new("metric"))
            .expr_as(Expr::col(C::Stratum), Alias::new("stratum"))
            .from(metric_day::Entity.table_ref())
            .cond_where(self.counted(metrics, center)?.add(parts(filter)).add(days))
            .group_by_columns([C::CenterId, C::Metric, C::Stratum]);
        self.added(select).await
    }

    /// The counts of a figure day by day, of a center or of all in reach together; of everything, or part by part within a
    /// filter where one is given.
    pub(crate) async fn day_sums(
        &self,
        metric: Metric,
        period: Period,
        center: Option<CenterId>,
        filter: Option<&str>,
    ) -> Result<Vec<DaySum>> {
        use metric_day::Column as C;
        let days = C::Day.between(period.from(), period.to());
        let which = filter.map_or_else(|| Condition::all().add(C::Stratum.eq(ALL)), parts);
        let known = is_matched(metric).then(|| C::Denominator.gt(0));
        let mut select = Query::select();
        select
            .expr_as(Expr::col(C::Day), Alias::new("day"))
            .expr_as(Expr::col(C::Stratum), Alias::new("stratum"))
            .from(metric_day::Entity.table_ref())
            .cond_where(self.counted(&[metric], center)?.add(which).add(days).add_option(known))
            .group_by_columns([C::Day, C::Stratum]);
        self.added(select).await
    }

    /// Figures that are taken daily, each as it last was within a week of the end of a period.
    pub(crate) async fn gauges(
        &self,
        metrics: &[Metric],
        period: Period,
        center: Option<CenterId>,
    ) -> Result<Vec<metric_day::Model>> {
        use metric_day::Column as C;
        let from = Ord::max(period.from(), period.to() - Days::new(6));
        let rows = metric_day::Entity::find()
            .filter(self.counted(metrics, center)?.add(C::Day.between(from, period.to())))
            .order_by_asc(C::Day);
        let mut last = BTreeMap::new();
        for row in rows.all(self.conn()).await? {
            last.insert((row.center_id, row.metric.clone()), row);
        }
        Ok(last.into_values().collect())
    }

    /// Everything that the center in scope has kept of figures that are counted again.
    pub(crate) async fn kept(&self, metrics: &[Metric]) -> Result<Vec<metric_day::Model>> {
        let rows = metric_day::Entity::find().filter(self.counted(metrics, None)?);
        Ok(rows.all(self.conn()).await?)
    }

    /// How many ratings of the center in scope are alike.
    pub(crate) async fn alike(&self) -> Result<Vec<(Rated, i64)>> {
        use rating::Column as C;
        let center = self.scope().center()?;
        let counted = rating::Entity::find()
            .filter(self.wall().only(C::CenterId.eq(center)))
            .select_only()
            .column_as(C::Day, "day")
            .column_as(C::Channel, "channel")
            .column_as(C::FormVersion, "form")
            .column_as(C::Level, "level")
            .column_as(C::Origin, "origin")
            .column_as(C::Id.count(), "ratings")
            .group_by(C::Day)
            .group_by(C::Channel)
            .group_by(C::FormVersion)
            .group_by(C::Level)
            .group_by(C::Origin);
        let rows = counted.into_model::<RatingSum>().all(self.conn()).await?;
        let rated = |row: RatingSum| {
            let RatingSum { day, channel, form, level, origin, ratings } = row;
            (Rated { day, channel, form, level, origin }, ratings)
        };
        Ok(rows.into_iter().map(rated).collect())
    }

    /// The rating of the case in scope.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] outside of a case.
    pub(crate) async fn rating_inside(&self, case: &entity::bad_rating::Model) -> Result<Option<rating::Model>> {
        let center = self.referred()?;
        let row = rating::Entity::find()
            .filter(rating::Column::CenterId.eq(center))
            .filter(rating::Column::Id.eq(case.rating_id));
        Ok(row.one(self.conn()).await?)
    }

    /// The rows in reach of some figures.
    fn counted(&self, metrics: &[Metric], center: Option<CenterId>) -> Result<Condition> {
        use metric_day::Column as C;
        let own = match self.scope().reach() {
            Reach::City => self.wall().only(C::CityId.eq(self.scope().city())),
            _ => self.wall().only(C::CenterId.eq(self.scope().center()?)),
        };
        let ids = metrics.iter().map(|metric| metric.id());
        Ok(own.add(C::Metric.is_in(ids)).add_option(center.map(|center| C::CenterId.eq(center))))
    }

    /// Adds the three sums to a grouped query, and runs it.
    async fn added<R: FromQueryResult>(&self, mut select: SelectStatement) -> Result<Vec<R>> {
        use metric_day::Column as C;
        for column in [C::Numerator, C::Denominator, C::Excluded] {
            // Without the cast, PostgreSQL adds whole numbers up to a decimal one.
            let total = Expr::col(column).sum().cast_as(Alias::new("bigint"));
            select.expr_as(total, Alias::new(IdenStatic::as_str(&column)));
        }
        let statement = self.conn().get_database_backend().build(&select);
        Ok(R::find_by_statement(statement).all(self.conn()).await?)
    }
}

/// Whether only those days count of which the whole is known.
fn is_matched(metric: Metric) -> bool {
    metric.gathering() == MetricGathering::Matched
}

/// Rows of parts, within a filter.
fn parts(filter: &str) -> Condition {
    use metric_day::Column as C;
    if filter.is_empty() {
        return Condition::all().add(C::Stratum.is_not_in([ALL, WEEK]));
    }
    Condition::any().add(C::Stratum.eq(filter)).add(C::Stratum.starts_with(format!("{filter}/")))
}

/// A period as whole weeks and the days before and after them: the stratum, from where to where.
fn pieces_of(period: Period) -> Vec<(&'static str, NaiveDate, NaiveDate)> {
    let (from, to) = (period.from(), period.to());
    let days = |count: u32| Days::new(count.into());
    let first = from + days((7 - from.weekday().num_days_from_monday()) % 7);
    let last = to - days((to.weekday().num_days_from_monday() + 1) % 7);
    if first + days(6) > last {
        return vec![(ALL, from, to)];
    }
    let mut pieces = vec![(WEEK, first, last - days(6))];
    if from < first {
        pieces.push((ALL, from, first - days(1)));
    }
    if last < to {
        pieces.push((ALL, last + days(1), to));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_a_period_is_in_one_piece() {
        let first: NaiveDate = "2026-01-01".parse().unwrap();
        for start in 0..8 {
            for length in 0..40 {
                let from = first + Days::new(start);
                let period = Period::new(from, from + Days::new(length), first + Days::new(400)).unwrap();
                let mut days = Vec::new();
                for (stratum, from, to) in pieces_of(period) {
                    for day in from.iter_days().take_while(|day| *day <= to) {
                        if stratum == ALL {
                            days.push(day);
                        } else if day.weekday() == chrono::Weekday::Mon {
                            days.extend(day.iter_days().take(7));
                        }
                    }
                }
                days.sort_unstable();
                let all: Vec<_> = period.from().iter_days().take_while(|day| *day <= period.to()).collect();
                assert_eq!(days, all, "{period:?}");
            }
        }
    }
}
