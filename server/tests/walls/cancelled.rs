//! T-1 and T-9: no setting and no transaction outlives its request, however that ends.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use domain::permission::Permission;
use entity::complaint;
use server::{
    auth::scope::Scope,
    both_dbs,
    config::DatabaseKind,
    db::{AuditEvent, Db, Verb},
    error::Error,
    testing::{TestDb, on_postgres},
};
use sqlx::{Connection, Executor, PgConnection, Row};

use crate::file;

/// What a request with no settings of its own would find on a connection.
const LEFT_BEHIND: &str = "SELECT concat(current_setting('app.center_id', true), \
    current_setting('app.city_id', true), current_setting('app.account_id', true), \
    (SELECT count(*) FROM complaint), \
    CASE WHEN transaction_timestamp() = statement_timestamp() THEN '' ELSE 'in a transaction' END)";

#[tokio::test]
async fn a_setting_does_not_outlive_its_transaction() {
    on_postgres(async |test| {
        file(&test, "handler.shiqi", "1").await;
        let scope = test.scope("handler.shiqi").await;
        let db = test.with_connections(1).await.db;
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

/// A request that goes away: polled so many times, then dropped where it waits.
struct CutOff<F> {
    request: Pin<Box<F>>,
    polls: usize,
}

impl<F: Future> Future for CutOff<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.polls == 0 {
            return Poll::Ready(None);
        }
        self.polls -= 1;
        self.request.as_mut().poll(cx).map(Some)
    }
}

/// Reads, writes once, and commits.
async fn request(test: &TestDb, db: &Db, scope: &Scope, number: usize) -> Result<(), Error> {
    let tx = db.read(scope).await?;
    tx.select::<complaint::Entity>()?.all().await?;
    drop(tx);
    let mut tx = db.write(&scope.require(Permission::CatalogueRead)?).await?;
    tx.insert(test.complaint(&number.to_string())).await?;
    tx.commit(AuditEvent::of(Verb::ComplaintRegistered)).await
}

both_dbs!(requests_cut_off_anywhere_leave_nothing_behind, |test: TestDb| async move {
    let db = test.with_connections(2).await.db;
    let scopes = [test.scope("handler.shiqi").await, test.scope("handler.xiaolan").await];
    let (mut cut, mut done) = (0, 0);
    for number in 0..300 {
        let scope = &scopes[number % 2];
        // From the first wait to the last, again and again; the last ones live to the end.
        let request = CutOff { request: Box::pin(request(&test, &db, scope, number)), polls: number % 40 };
        match request.await {
            None => cut += 1,
            Some(Ok(())) => done += 1,
            Some(Err(error)) => panic!("{error:?}"),
        }
        if test.kind() == DatabaseKind::Postgres {
            let left = db.on_each_connection(2, LEFT_BEHIND).await.unwrap();
            assert_eq!(left, ["0", "0"], "after {} polls", number % 40);
        }
    }
    // How many depends on how fast the database answers; none would prove nothing.
    assert!(cut > 10 && done > 0, "{cut} cut off, {done} done");
    // Each case has its audit event: nothing is half-written.
    for scope in &scopes {
        let tx = db.read(scope).await.unwrap();
        let cases = tx.select::<complaint::Entity>().unwrap().count().await.unwrap();
        let events = tx.select::<entity::audit_event::Entity>().unwrap().count().await.unwrap();
        assert_eq!(cases, events);
    }
    // And the database still takes a write at once.
    file(&test, "handler.shiqi", "after").await;
    db.close().await;
});

/// Somebody looks from outside while many come and go at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_transaction_stays_open_when_many_are_cut_off_at_once() {
    on_postgres(async |test| {
        let db = test.with_connections(2).await.db;
        let scope = test.scope("handler.shiqi").await;
        let requests = (0..300).map(|number| {
            let (test, db, scope) = (test.clone(), db.clone(), scope.clone());
            tokio::spawn(async move {
                let request = Box::pin(request(&test, &db, &scope, number));
                CutOff { request, polls: number % 40 }.await.map(Result::unwrap);
            })
        });
        for request in requests.collect::<Vec<_>>() {
            request.await.unwrap();
        }
        assert_eq!(db.on_each_connection(2, LEFT_BEHIND).await.unwrap(), ["0", "0"]);
        let mut outside = PgConnection::connect(test.superuser_url.as_deref().unwrap()).await.unwrap();
        let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                    AND usename = 'gangping_app' AND state LIKE '%in transaction%'";
        let open: i64 = outside.fetch_one(open).await.unwrap().try_get(0).unwrap();
        assert_eq!(open, 0);
        db.close().await;
    })
    .await;
}
