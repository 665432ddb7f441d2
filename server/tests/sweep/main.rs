//! The isolation sweep (docs/security.md): everything that the schema offers, asked by everybody for what is another's.
//! On four configurations, so that each of the two walls is seen to hold alone (T-6).
#![expect(clippy::expect_used, clippy::panic, reason = "what cannot go on fails the sweep")]

mod agencies;
mod api;
mod appearance;
mod bad_ratings;
mod beside;
mod calls;
mod campaigns;
mod canaries;
mod care;
mod cast;
mod client;
mod examples;
mod exempt;
mod files;
mod findings;
mod forms;
mod handling;
mod improvement;
mod items;
mod metrics;
mod model_posts;
mod mutants;
mod observer;
mod pairs;
mod people;
mod posts;
mod proof;
mod ratings;
mod scenes;
mod sheets;
mod standards;
mod stays;
mod sweep;
mod talents;
mod tidal;
mod training;
mod volunteers;
mod world;

use server::testing::{TestDb, on_postgres, on_sqlite};
use sweep::Breadth;

/// With the application's filter, the only wall that SQLite has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite() {
    on_sqlite(async |test: TestDb| {
        sweep::run("sqlite", test, Breadth::Everybody).await;
    })
    .await;
}

/// With both walls, as the product is run.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres() {
    on_postgres(async |test: TestDb| {
        let mut world = sweep::run("postgres", test, Breadth::Everybody).await;
        world.refer_theirs().await;
        mutants::run(&world).await;
    })
    .await;
}

/// Without the application's filter: row-level security alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_with_row_level_security_only() {
    on_postgres(async |test: TestDb| {
        let test = TestDb { db: test.db.clone().without_own_filter(), ..test };
        sweep::run("postgres, row-level security only", test, Breadth::LetIn).await;
    })
    .await;
}

/// Without row-level security: the application's filter alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_with_own_filter_only() {
    on_postgres(async |test: TestDb| {
        let mut observer = observer::Observer::new(&test).await;
        let tables = "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
            WHERE n.nspname = 'public' AND c.relrowsecurity";
        for table in observer.texts(tables).await {
            observer.run(&format!("ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")).await;
        }
        sweep::run("postgres, own filter only", test, Breadth::LetIn).await;
    })
    .await;
}
