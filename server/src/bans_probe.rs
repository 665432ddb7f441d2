//! Temporary.
#![allow(missing_docs, unused, clippy::unwrap_used, reason = "probe")]
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, sea_query::{Expr, ExprTrait, SelectStatement}};
pub async fn p(c: &sea_orm::DatabaseConnection, q: SelectStatement, sp: sqlx::SqlitePool, pp: sqlx::PgPool, o: sea_orm::ConnectOptions) {
    use entity::complaint::Column as C;
    let _ = sea_orm::Database::connect(o.clone()).await;
    let _ = sea_orm::SqlxSqliteConnector::connect(o.clone()).await;
    let _ = sea_orm::SqlxSqliteConnector::from_sqlx_sqlite_pool(sp);
    let _ = sea_orm::SqlxPostgresConnector::connect(o.clone()).await;
    let _ = sea_orm::SqlxPostgresConnector::from_sqlx_postgres_pool(pp);
    let _ = sea_orm::Statement::from_string(DbBackend::Sqlite, "");
    let _ = sea_orm::Statement::from_sql_and_values(DbBackend::Sqlite, "", []);
    let _ = c.execute_unprepared("").await;
    let _ = Expr::cust("");
    let _ = Expr::cust_with_values("", [1]);
    let _ = Expr::cust_with_expr("", Expr::val(1));
    let _ = Expr::cust_with_exprs("", [Expr::val(1)]);
    let _ = ColumnTrait::in_subquery(&C::Id, q.clone());
    let _ = ColumnTrait::not_in_subquery(&C::Id, q.clone());
    let _ = ExprTrait::in_subquery(Expr::val(1), q.clone());
    let _ = ExprTrait::not_in_subquery(Expr::val(1), q.clone());
    let _ = Expr::exists(q.clone());
    let _ = Expr::not_exists(q.clone());
    let _ = Expr::any(q.clone());
    let _ = Expr::some(q.clone());
    let _ = Expr::all(q.clone());
    let _ = chrono::Utc::now();
    let _ = chrono::Local::now();
    let _ = uuid::Uuid::now_v7();
    let _ = uuid::Uuid::new_v4();
    // possible doors not listed
    let _: Expr = q.clone().into();
    let _ = Expr::SubQuery(None, Box::new(q.clone().into()));
    let _ = Expr::Custom("x".into());
    let _ = Expr::SubQuery(None, Box::new(q.into()));
}
