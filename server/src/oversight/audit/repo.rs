//! Records of the place in scope, and who is who there.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use domain::{AccountId, ComplaintId, calendar::shanghai};
use entity::{audit_event::Column as C, city_member, complaint, membership};
use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{Alias, Expr, ExprTrait},
};

use crate::{
    auth::scope::Reach,
    db::{ReadTx, Verb, chain::Logged},
    error::Result,
    graphql::page::Page,
};

/// What a list is narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// One person.
    pub person: Option<AccountId>,
    /// One verb.
    pub verb: Option<Verb>,
    /// From this day in Asia/Shanghai on.
    pub from: Option<NaiveDate>,
    /// Up to and with this day.
    pub to: Option<NaiveDate>,
}

/// One page and one record more, newest first.
pub async fn list(tx: &ReadTx, filter: &Filter, page: Page) -> Result<Vec<Logged>> {
    tx.audit_rows(condition(tx, filter).await?, page.after, u64::from(page.first) + 1).await
}

/// The newest so many records.
pub async fn newest(tx: &ReadTx, filter: &Filter, limit: u64) -> Result<Vec<Logged>> {
    tx.audit_rows(condition(tx, filter).await?, None, limit).await
}

/// How many the filter holds.
pub async fn count(tx: &ReadTx, filter: &Filter) -> Result<i64> {
    tx.audit_count(condition(tx, filter).await?).await
}

/// The newest record of one of `verbs`.
pub async fn last(tx: &ReadTx, verbs: [Verb; 2]) -> Result<Option<Logged>> {
    let one_of = Condition::all().add(column(C::Verb).is_in(verbs.map(Verb::as_str)));
    Ok(tx.audit_rows(one_of, None, 1).await?.pop())
}

/// Everybody who is or was a member of the place, by name.
pub async fn people(tx: &ReadTx) -> Result<Vec<(AccountId, String)>> {
    let mut people: Vec<_> = match tx.scope().reach() {
        Reach::City => {
            let rows = tx.city::<city_member::Entity>().all().await?;
            rows.into_iter().map(|row| (row.account_id, row.display_name)).collect()
        }
        _ => {
            let rows = tx.select::<membership::Entity>()?.all().await?;
            rows.into_iter().map(|row| (row.account_id, row.display_name)).collect()
        }
    };
    people.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    people.dedup_by_key(|person| person.0);
    Ok(people)
}

/// The people of the city office, who appear in a center's audit where a case was put before them.
pub async fn clerks(tx: &ReadTx) -> Result<Vec<(AccountId, String)>> {
    let rows = tx.city::<city_member::Entity>().all().await?;
    Ok(rows.into_iter().map(|row| (row.account_id, row.display_name)).collect())
}

/// The numbers of those of `rows` that are about a case.
pub async fn cases(tx: &ReadTx, rows: &[Logged]) -> Result<Vec<(ComplaintId, String)>> {
    let ids: Vec<_> =
        rows.iter().filter_map(|row| row.object_id.as_deref()?.parse().ok()).collect::<Vec<ComplaintId>>();
    if ids.is_empty() || tx.scope().reach() == Reach::City {
        return Ok(Vec::new());
    }
    let cases = tx.select::<complaint::Entity>()?.filter(complaint::Column::Id.is_in(ids)).all().await?;
    Ok(cases.into_iter().map(|case| (case.id, case.number)).collect())
}

async fn condition(tx: &ReadTx, filter: &Filter) -> Result<Condition> {
    let hidden = about_the_viewer(tx).await?;
    let mut all = Condition::all()
        .add_option(filter.person.map(|person| column(C::ActorId).eq(person)))
        .add_option(filter.verb.map(|verb| column(C::Verb).eq(verb.as_str())))
        .add_option(filter.from.map(|day| column(C::CreatedAt).gte(start_of(day))))
        .add_option(filter.to.map(|day| column(C::CreatedAt).lt(start_of(day + Days::new(1)))));
    if !hidden.is_empty() {
        all = all.add(column(C::ObjectId).is_null().or(column(C::ObjectId).is_not_in(hidden)));
    }
    Ok(all)
}

/// Cases in which the viewer is complained about: of those they find no trace, here neither.
async fn about_the_viewer(tx: &ReadTx) -> Result<Vec<String>> {
    let (Reach::Center(..), Some(me)) = (tx.scope().reach(), tx.scope().account()) else { return Ok(Vec::new()) };
    let about_me = tx.select::<complaint::Entity>()?.filter(complaint::Column::RespondentId.eq(me)).all().await?;
    Ok(about_me.into_iter().map(|case| case.id.to_string()).collect())
}

/// Midnight in Asia/Shanghai.
fn start_of(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_local_timezone(shanghai()).single().map(|at| at.to_utc()).unwrap_or_default()
}

/// A column of either table.
fn column(column: C) -> Expr {
    Expr::col(Alias::new(sea_orm::IdenStatic::as_str(&column)))
}
