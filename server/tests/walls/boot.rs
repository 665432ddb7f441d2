//! The server refuses a database that would not hold the walls (T-3), or lose what it took.

use server::{
    clock::IdSource,
    config::Database,
    db::Db,
    testing::{TestDb, on_postgres, on_sqlite},
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

async fn refusal(cfg: &Database) -> String {
    match Db::open(cfg).await {
        Ok(_) => panic!("it serves"),
        Err(error) => format!("{error:#}"),
    }
}

fn with_url(test: &TestDb, url: &str) -> Database {
    Database { url: url.to_owned(), ..test.cfg.clone() }
}

async fn superuser(test: &TestDb) -> PgConnection {
    PgConnection::connect(test.superuser_url.as_deref().unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_superuser_and_an_owner_may_not_serve() {
    on_postgres(async |test| {
        let refused = refusal(&with_url(&test, test.superuser_url.as_deref().unwrap())).await;
        assert!(refused.contains("is superuser"), "{refused}");
        let refused = refusal(&with_url(&test, test.cfg.owner_url.as_deref().unwrap())).await;
        assert!(refused.contains("owns tables"), "{refused}");
        assert!(Db::open(&test.cfg).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_role_that_could_pass_the_wall_may_not_serve() {
    on_postgres(async |test| {
        let mut conn = superuser(&test).await;
        let role = format!("gangping_test_{}", IdSource::system().unordered().simple());
        let url = test.cfg.url.replace("gangping_app:gangping_app", &format!("{role}:x"));
        let run = async |conn: &mut PgConnection, sql: String| conn.execute(AssertSqlSafe(sql)).await.unwrap();
        run(&mut conn, format!("CREATE ROLE {role} LOGIN PASSWORD 'x'")).await;
        run(&mut conn, format!("GRANT SELECT ON seaql_migrations TO {role}")).await;
        assert!(Db::open(&with_url(&test, &url)).await.is_ok());
        for (give, take, why) in [
            (format!("ALTER ROLE {role} BYPASSRLS"), format!("ALTER ROLE {role} NOBYPASSRLS"), "bypasses"),
            (format!("GRANT gangping_owner TO {role}"), format!("REVOKE gangping_owner FROM {role}"), "owner"),
            (
                format!("GRANT TRUNCATE ON complaint TO {role}"),
                format!("REVOKE ALL ON complaint FROM {role}"),
                "truncate",
            ),
        ] {
            run(&mut conn, give).await;
            let refused = refusal(&with_url(&test, &url)).await;
            run(&mut conn, take).await;
            assert!(refused.contains(why), "{why}: {refused}");
        }
        run(&mut conn, format!("REVOKE ALL ON seaql_migrations FROM {role}")).await;
        run(&mut conn, format!("DROP ROLE {role}")).await;
    })
    .await;
}

#[tokio::test]
async fn a_database_without_walls_or_up_to_date_tables_is_refused() {
    on_postgres(async |test| {
        let mut conn = superuser(&test).await;
        conn.execute("ALTER TABLE complaint NO FORCE ROW LEVEL SECURITY").await.unwrap();
        assert!(refusal(&test.cfg).await.contains("row-level security"));
        conn.execute("ALTER TABLE complaint FORCE ROW LEVEL SECURITY").await.unwrap();
        conn.execute("DELETE FROM seaql_migrations WHERE version = 'm0004_oversight'").await.unwrap();
        let refused = refusal(&test.cfg).await;
        assert!(refused.contains("m0004_oversight is not applied"), "{refused}");
        conn.execute("INSERT INTO seaql_migrations VALUES ('m0004_oversight', 0), ('m9999_later', 0)").await.unwrap();
        let refused = refusal(&test.cfg).await;
        assert!(refused.contains("m9999_later"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn a_server_that_may_lose_acknowledged_writes_is_refused() {
    on_postgres(async |test| {
        let mut conn = superuser(&test).await;
        conn.execute("ALTER ROLE gangping_app IN DATABASE template1 RESET synchronous_commit").await.unwrap();
        let name = test.cfg.url.rsplit('/').next().unwrap().to_owned();
        let off = format!("ALTER DATABASE {name} SET synchronous_commit = off");
        conn.execute(AssertSqlSafe(off)).await.unwrap();
        let strict = Database { allow_unsafe_durability: false, ..test.cfg.clone() };
        let refused = refusal(&strict).await;
        // A throwaway server for tests has both off; one is enough.
        assert!(refused.contains("= off"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn sqlite_is_opened_to_keep_what_it_took() {
    on_sqlite(async |test| {
        let db = test.with_connections(4).await.db;
        for (pragma, expected) in [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1")] {
            let sql = format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}");
            let answers = db.on_each_connection(4, &sql).await.unwrap();
            assert_eq!(answers, vec![expected; 4], "{pragma}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_sqlite_file_without_tables_is_refused() {
    let file = std::env::temp_dir().join(format!("gangping-empty-{}.db", IdSource::system().unordered()));
    let cfg = Database {
        url: format!("sqlite://{}", file.display()),
        owner_url: None,
        max_connections: 2,
        allow_unsafe_durability: false,
    };
    let refused = refusal(&cfg).await;
    assert!(refused.contains("not migrated"), "{refused}");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
}
