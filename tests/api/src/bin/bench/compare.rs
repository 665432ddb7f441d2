//! The city's comparison of its centers over thirty days, as one GraphQL query over HTTP, beside the same question asked
//! of the raw table of ratings. On a database that `gangping load --ratings …` filled.

use std::{net::SocketAddr, time::Duration};

use anyhow::ensure;
use api_tests::http::Client;
use chrono::{Datelike, Days, NaiveDate};
use serde_json::json;
use sqlx::{AssertSqlSafe, Executor, PgPool, SqlitePool};

use crate::{
    measure::{self, Work},
    raw,
};

const QUERY: &str = "query Compare($i: CompareInput!) { compareCenters(input: $i) { metric version from to asOf \
    total { numerator denominator rate low high } median overdispersion { phi tau2 } \
    limits { n low95 high95 low998 high998 } centers { center { code nameZh nameEn } numerator denominator excluded \
    rate low high shrunk band standardised partial } } }";
const BEGINS: &str = "{\"data\":{\"compareCenters\":{";
/// Connections to the raw table.
const POOL: u32 = 2;

/// Asks for it, with one connection and with several, and prints a line for each; then the raw table.
pub async fn run(
    server: SocketAddr,
    database: &str,
    today: NaiveDate,
    connections: usize,
    each: Duration,
) -> anyhow::Result<()> {
    let (from, to) = thirty_days(today);
    let mut client = Client::connect(server).await?;
    client.sign_in("city.zhongshan", "demo-gangping-2026").await?;
    let input = json!({ "i": { "metric": "SATISFACTION_RATE", "from": from, "to": to } });
    let answer = client.graphql(QUERY, input.clone()).await?["compareCenters"].clone();
    let centers = answer["centers"].as_array().map_or(0, Vec::len);
    let ratings = answer["total"]["denominator"].as_i64().unwrap_or(0);
    ensure!(ratings > 0, "nothing was rated from {from} to {to}: fill the database with `gangping load --ratings …`");
    let request = client.request(QUERY, input);
    for connections in [1, connections] {
        let mut workers = Vec::new();
        for _ in 0..connections {
            let client = client.again().await?;
            workers.push(measure::Http { client, request: request.clone(), begins: BEGINS });
        }
        measure::several(&format!("compare {centers} centers, {connections} conns"), workers, each).await?;
    }
    let what = format!("raw table, {ratings} ratings of 30 days");
    if database.starts_with("sqlite:") {
        let pool = raw::sqlite_pool(database, POOL).await?;
        measure::several(&what, vec![Raw { pool: Pool::Sqlite(pool), sql: question(from, to) }], each).await
    } else {
        let pool = raw::postgres_pool(database, POOL).await?;
        measure::several(&what, vec![Raw { pool: Pool::Postgres(pool), sql: question(from, to) }], each).await
    }
}

/// Up to the last Sunday: of ratings, weeks that are over are shown.
fn thirty_days(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let sunday = today - Days::new(u64::from(today.weekday().num_days_from_monday()) + 1);
    (sunday - Days::new(29), sunday)
}

/// The same question, of single ratings.
fn question(from: NaiveDate, to: NaiveDate) -> String {
    format!(
        "SELECT center.code, COUNT(rating.id), \
         SUM(CASE WHEN rating.level IN ('dissatisfied', 'very_dissatisfied') THEN 0 ELSE 1 END) FROM center \
         JOIN rating ON rating.center_id = center.id AND rating.day BETWEEN '{from}' AND '{to}' \
         AND rating.origin = 'active' LEFT JOIN rating_exclusion ON rating_exclusion.center_id = rating.center_id \
         AND rating_exclusion.rating_id = rating.id WHERE rating_exclusion.id IS NULL GROUP BY center.code"
    )
}

enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

struct Raw {
    pool: Pool,
    sql: String,
}

impl Work for Raw {
    async fn once(&mut self) -> anyhow::Result<()> {
        let sql = AssertSqlSafe(self.sql.clone());
        let rows = match &self.pool {
            Pool::Sqlite(pool) => pool.fetch_all(sql).await?.len(),
            Pool::Postgres(pool) => pool.fetch_all(sql).await?.len(),
        };
        ensure!(rows > 0, "no ratings are seen: the raw table needs somebody who sees all centers");
        Ok(())
    }
}
