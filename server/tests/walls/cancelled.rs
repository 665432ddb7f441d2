//! T-1 and T-9: no setting and no transaction outlives its request, however that ends.

use std::time::Duration;

use domain::permission::Permission;
use entity::complaint;
use server::{
    both_dbs,
    config::DatabaseKind,
    db::{AuditEvent, Db, Verb},
    testing::{TestDb, on_postgres},
};
use sqlx::{Connection, Executor, PgConnection, Row};

use crate::file;

/// What a request with no settings of its own would find on a connection.
const LEFT_BEHIND: &str = "SELECT concat(current_setting('app.center_id', true), \
    current_setting('app.city_id', true), current_setting('app.account_id', true), \
    (SELECT count(*) FROM complaint), \
    CASE WHEN transaction_timestamp() = statement_timestamp() THEN '' ELSE 'in a transaction' END)";

async fn small_pool(test: &TestDb, connections: u32) -> Db {
    let cfg = server::config::Database { max_connections: connections, ..test.cfg.clone() };
    Db::open(&cfg).await.unwrap().with_clock(test.clock.clone(), test.ids.clone())
}

#[tokio::test]
async fn a_setting_does_not_outlive_its_transaction() {
    on_postgres(async |test| {
        file(&test, "handler.shiqi", "1").await;
        let scope = test.scope("handler.shiqi").await;
        let db = small_pool(&test, 1).await;
        for _ in 0..3 {
            let tx = db.read(&scope).await.unwrap();
            assert_eq!(tx.select::<complaint::Entity>().unwrap().count().await.unwrap(), 1);
            drop(tx);
            assert_eq!(db.on_each_connection(1, LEFT_BEHIND).await.unwrap(), ["0"]);
            let granted = scope.require(Permission::CatalogueRead).unwrap();
            let tx = db.write(&granted).await.unwrap();
            tx.commit(AuditEvent::of(Verb::NoteAdded)).await.unwrap();
            assert_eq!(db.on_each_connection(1, LEFT_BEHIND).await.unwrap(), ["0"]);
        }
        db.close().await;
    })
    .await;
}

/// Reads, writes once, and commits.
async fn request(test: TestDb, db: Db, number: u64) {
    let login = if number.is_multiple_of(2) { "handler.shiqi" } else { "handler.xiaolan" };
    let scope = test.scope(login).await;
    tokio::task::yield_now().await;
    let cut_off = async {
        let tx = db.read(&scope).await?;
        tx.select::<complaint::Entity>()?.all().await?;
        drop(tx);
        let mut tx = db.write(&scope.require(Permission::CatalogueRead)?).await?;
        tx.insert(test.complaint(&number.to_string())).await?;
        tx.commit(AuditEvent::of(Verb::ComplaintRegistered)).await
    };
    // Spread over the whole length of a request, BEGIN included.
    let at = Duration::from_micros(number * 7919 % 4000);
    if let Ok(done) = tokio::time::timeout(at, cut_off).await {
        done.unwrap();
    }
}

both_dbs!(requests_cut_off_anywhere_leave_nothing_behind, |test: TestDb| async move {
    const CONNECTIONS: u32 = 2;
    let db = small_pool(&test, CONNECTIONS).await;
    for round in 0..50 {
        let requests = (0..6).map(|n| tokio::spawn(request(test.clone(), db.clone(), round * 6 + n)));
        for request in requests.collect::<Vec<_>>() {
            request.await.unwrap();
        }
    }
    if test.kind() == DatabaseKind::Postgres {
        let left = db.on_each_connection(2, LEFT_BEHIND).await.unwrap();
        assert_eq!(left, ["0", "0"]);
        let mut outside = PgConnection::connect(test.superuser_url.as_deref().unwrap()).await.unwrap();
        let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                    AND usename = 'gangping_app' AND state LIKE '%in transaction%'";
        let open: i64 = outside.fetch_one(open).await.unwrap().try_get(0).unwrap();
        assert_eq!(open, 0);
    }
    // Each case has its audit event, and each audit event its case: nothing is half-written.
    for login in ["handler.shiqi", "handler.xiaolan"] {
        let tx = db.read(&test.scope(login).await).await.unwrap();
        let cases = tx.select::<complaint::Entity>().unwrap().count().await.unwrap();
        let events = tx.select::<entity::audit_event::Entity>().unwrap().count().await.unwrap();
        assert_eq!(cases, events, "{login}");
    }
    // And the database still takes a write at once.
    file(&test, "handler.shiqi", "after").await;
    db.close().await;
});
