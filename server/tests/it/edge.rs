//! What stands before the schema: limits by address, lanes, figures, health.

use std::{net::SocketAddr, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};
use futures_util::{FutureExt, StreamExt};
use serde_json::{Value, json};
use server::{
    auth::password,
    both_dbs,
    config::{Audit, Config, Database, DatabaseKind, Http, Keys, Limits, Rate, Security},
    graphql::schema::{Introspection, build},
    http::{Served, edge::Edge, graphql::Patience, health, router},
    testing::{TestDb, on_postgres},
};
use sqlx::{Connection, Executor};
use tower::ServiceExt;

use crate::{
    browser::{PASSWORD, with_passwords},
    http::{call, send},
    world::{World, codes, form},
};

const FILE: &str = "mutation($i: FileComplaintInput!) { fileComplaint(input: $i) { number } }";
const TRACK: &str = "{ trackComplaint(center: \"shiqi\", receiptCode: \"7\") { number } }";
const VIEWER: &str = "{ viewer { displayName } }";

/// A service behind one proxy, with three acts of writing at once and one more each minute.
pub fn service(test: TestDb) -> (World, Router) {
    let rate = |burst| Rate { burst, per_minute: 1 };
    let config = Config {
        database: Database { max_connections: 4, ..test.cfg.clone() },
        http: Http {
            listen: "127.0.0.1:0".parse().unwrap(),
            admin_listen: None,
            public_url: None,
            trusted_proxies: 1,
            max_connections: 10,
            dist: "no-such-folder".into(),
        },
        limits: Limits { visitor_writing: rate(3), visitor_tracking: rate(5), ..Limits::default() },
        security: Security::default(),
        audit: Audit::default(),
        files: server::config::Files::default(),
        keys: Keys::default(),
        demo: false,
        clock: None,
    };
    let mut world = World::new(test);
    world.app = world.app.clone().behind(Edge::new(&config));
    let served = Served { app: world.app.clone(), schema: build(Introspection::Off) };
    let router = router(served, std::path::Path::new("no-such-folder"));
    (world, router)
}

/// The request through a proxy at 10.0.0.1 that says it came from there.
pub fn through(mut request: Request<Body>, forwarded: &str) -> Request<Body> {
    request.headers_mut().insert("x-forwarded-for", forwarded.parse().unwrap());
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 5000))));
    request
}

/// Files one more complaint.
async fn file(router: &Router, key: u128, forwarded: &str) -> Value {
    let input = form(json!({ "idempotencyKey": uuid::Uuid::from_u128(key).to_string() }));
    let mut request = call(FILE, "");
    *request.body_mut() = json!({ "query": FILE, "variables": { "i": input } }).to_string().into();
    send(router, through(request, forwarded)).await.2
}

both_dbs!(an_address_may_file_so_often_and_whatever_it_writes_into_headers, |test| async move {
    let (world, router) = service(test);
    for key in 1..=3 {
        let filed = file(&router, key, "198.51.100.7").await;
        assert!(filed["data"]["fileComplaint"]["number"].is_string(), "{filed}");
    }
    // What stands left of the proxy's own entry is the caller's writing.
    for (key, spoofed) in [(4, "198.51.100.7"), (5, "203.0.113.1, 198.51.100.7"), (6, "::1, 127.0.0.1,198.51.100.7")] {
        let answer = file(&router, key, spoofed).await;
        assert_eq!(codes(&answer), ["RATE_LIMITED"], "{answer}");
        assert_eq!(answer["errors"][0]["extensions"]["retryAfter"], 61);
    }
    // A neighbour files, and the same address may still follow a case.
    assert!(file(&router, 7, "198.51.100.8").await["errors"].is_null());
    let followed = send(&router, through(call(TRACK, ""), "198.51.100.7")).await.2;
    assert_eq!(followed, json!({ "data": { "trackComplaint": null } }));
    world.app.clock.advance(chrono::TimeDelta::minutes(1));
    assert!(file(&router, 4, "198.51.100.7").await["errors"].is_null());
    assert_eq!(codes(&file(&router, 5, "198.51.100.7").await), ["RATE_LIMITED"]);
    let total = world.ok("handler.shiqi", "{ complaints { totalCount } }", json!({})).await;
    assert_eq!(total["complaints"]["totalCount"], 5);
});

both_dbs!(an_ipv6_customer_is_one_address, |test| async move {
    let (_world, router) = service(test);
    for host in 1..=5 {
        let answer = send(&router, through(call(TRACK, ""), &format!("2001:db8:0:1::{host}"))).await.2;
        assert!(answer["errors"].is_null(), "{answer}");
    }
    let answer = send(&router, through(call(TRACK, ""), "2001:db8:0:1:ffff::1")).await.2;
    assert_eq!(codes(&answer), ["RATE_LIMITED"]);
    let answer = send(&router, through(call(TRACK, ""), "2001:db8:0:2::1")).await.2;
    assert!(answer["errors"].is_null(), "{answer}");
});

both_dbs!(a_flood_of_visitors_leaves_staff_served, |test| async move {
    let (world, router) = service(test);
    let identity = world.test.db.identity();
    let handler = identity.account_by_login("handler.shiqi").await.unwrap().unwrap();
    let hash = password::hash("a password of twelve".to_owned()).await.unwrap();
    identity.set_password_hash(handler.id, &hash).await.unwrap();
    let sign_in =
        "mutation { signIn(input: { login: \"handler.shiqi\", password: \"a password of twelve\" }) { displayName } }";
    let (_, cookie, _) = send(&router, call(sign_in, "")).await;
    let cookie = cookie.split(';').next().unwrap();
    // A pool of four gives visitors two places, and each sixteen behind it to wait in.
    let visitors = &world.app.edge.lanes.visitors;
    let running = [visitors.enter().await.unwrap(), visitors.enter().await.unwrap()];
    let mut waiting: Vec<_> = (0..32).map(|_| Box::pin(visitors.enter())).collect();
    assert!(waiting.iter_mut().all(|one| one.now_or_never().is_none()));

    for cookie in ["", "sid=AAAAAAAAAAAAAAAAAAAAAA", "__Host-sid=AAAAAAAAAAAAAAAAAAAAAA"] {
        let answer = router.clone().oneshot(call(VIEWER, cookie)).await.unwrap();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "with {cookie:?}");
        assert_eq!(answer.headers()[header::RETRY_AFTER], "5");
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        assert_eq!(codes(&serde_json::from_slice(&body).unwrap()), ["BUSY"]);
    }
    let (status, _, seen) = send(&router, call(VIEWER, cookie)).await;
    assert_eq!((status, &seen["data"]["viewer"]["displayName"]), (StatusCode::OK, &json!("handler of shiqi")));
    // Signing in goes on as well.
    assert!(send(&router, call(sign_in, "")).await.2["errors"].is_null());
    drop(waiting);
    drop(running);
    assert_eq!(send(&router, call(VIEWER, "")).await.0, StatusCode::OK);
});

async fn get(router: &Router, path: &str) -> (StatusCode, String) {
    let answer = router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

/// What the operator's port tells.
pub async fn metrics(world: &World) -> String {
    get(&health::router(world.app.clone()), "/metrics").await.1
}

both_dbs!(figures_have_names_of_our_own_only, |test| async move {
    let (world, router) = service(test);
    send(&router, call(VIEWER, "")).await;
    send(&router, call("{ complaints { totalCount } }", "")).await;
    send(&router, call("{ chenXiaoming13800001234: publicCenters { code } }", "")).await;
    send(&router, call("query Evil { evil_chenXiaoming }", "")).await;
    send(&router, call("{ viewer {", "")).await;
    let (status, text) = get(&health::router(world.app.clone()), "/metrics").await;
    assert_eq!(status, StatusCode::OK);
    for line in [
        "gangping_requests_total{operation=\"viewer\",code=\"OK\"} 1",
        "gangping_requests_total{operation=\"complaints\",code=\"UNAUTHENTICATED\"} 1",
        "gangping_requests_total{operation=\"publicCenters\",code=\"OK\"} 1",
        "gangping_requests_total{operation=\"other\",code=\"BAD_REQUEST\"} 2",
        "gangping_request_seconds_count{operation=\"viewer\"} 1",
        "gangping_running{lane=\"visitors\"} 0",
        "gangping_sessions 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }
    assert!(text.contains("gangping_db_connections{state=\"open\"}") && !text.contains("Evil"), "{text}");
    assert!(!text.to_lowercase().contains("xiaoming"), "{text}");
    // Nothing of it on the public side.
    for path in ["/metrics", "/readyz"] {
        assert!(!get(&router, path).await.1.contains("gangping_"), "{path}");
    }
});

both_dbs!(readiness_follows_the_database_and_its_migrations, |test| async move {
    let (world, router) = service(test);
    let admin = health::router(world.app.clone());
    for path in ["/healthz", "/readyz"] {
        assert_eq!(get(&admin, path).await, (StatusCode::OK, String::new()), "{path}");
    }
    if world.test.kind() == DatabaseKind::Sqlite {
        let newest = "(SELECT max(version) FROM seaql_migrations)";
        let forget = format!("DELETE FROM seaql_migrations WHERE version = {newest} RETURNING version");
        world.test.db.on_each_connection(1, &forget).await.unwrap();
        assert_eq!(get(&admin, "/readyz").await.0, StatusCode::SERVICE_UNAVAILABLE, "a migration is missing");
    }
    world.test.db.close().await;
    assert_eq!(get(&admin, "/readyz").await, (StatusCode::SERVICE_UNAVAILABLE, String::new()));
    // The process itself lives, and says so on both sides; figures that need no database are told.
    assert_eq!(get(&admin, "/healthz").await.0, StatusCode::OK);
    assert_eq!(get(&router, "/healthz").await.0, StatusCode::OK);
    let (status, text) = get(&admin, "/metrics").await;
    assert!(status == StatusCode::OK && !text.contains("gangping_sessions"), "{text}");
    // Without a database a caller learns that it is our fault, and no more.
    let (status, _, answer) = send(&router, call(VIEWER, "__Host-sid=AAAAAAAAAAAAAAAAAAAAAA")).await;
    assert_eq!((status, codes(&answer)), (StatusCode::SERVICE_UNAVAILABLE, vec!["INTERNAL".to_owned()]));
    assert!(!answer.to_string().contains("sql"), "{answer}");
});

both_dbs!(each_end_of_a_sign_in_is_counted, |test| async move {
    let (world, router) = service(test);
    with_passwords(&world, &["handler.shiqi"]).await;
    let attempt = async |login: &str, password: &str, forwarded: &str| {
        let query =
            format!("mutation {{ signIn(input: {{ login: \"{login}\", password: \"{password}\" }}) {{ asked }} }}");
        send(&router, through(call(&query, ""), forwarded)).await;
    };
    attempt("handler.shiqi", PASSWORD, "198.51.100.1").await;
    attempt("nobody", PASSWORD, "198.51.100.1").await;
    for _ in 0..7 {
        attempt("handler.shiqi", "a guess", "198.51.100.2").await;
    }
    for _ in 0..11 {
        attempt("nobody.else", "a guess", "198.51.100.3").await;
    }
    let text = metrics(&world).await;
    // Five reach the hasher, of each of the two; the eleventh from one address is not even looked up.
    for (outcome, times) in [("ok", 1), ("wrong", 1 + 5 + 5), ("locked", 2 + 5), ("rate_limited", 1)] {
        let line = format!("gangping_sign_ins_total{{outcome=\"{outcome}\"}} {times}");
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }
});

/// A service that waits for nothing longer than a moment.
fn hasty(test: TestDb) -> (World, Router) {
    let moment = Duration::from_millis(150);
    let mut edge = Edge::default();
    edge.patience = Patience { body: moment, operation: moment, hashing: moment };
    let mut world = World::new(test);
    world.app = world.app.clone().behind(edge);
    let served = Served { app: world.app.clone(), schema: build(Introspection::Off) };
    let router = router(served, std::path::Path::new("no-such-folder"));
    (world, router)
}

both_dbs!(a_body_that_stops_half_way_is_given_up, |test| async move {
    let (_world, router) = hasty(test);
    let mut request = call(VIEWER, "");
    let begun = futures_util::stream::iter([Ok::<_, std::io::Error>("{\"query\": \"{ viewer {")]);
    *request.body_mut() = Body::from_stream(begun.chain(futures_util::stream::pending()));
    let (status, _, answer) = send(&router, request).await;
    assert_eq!((status, codes(&answer)), (StatusCode::REQUEST_TIMEOUT, vec!["TIMEOUT".to_owned()]));
    assert!(send(&router, call(VIEWER, "")).await.2["errors"].is_null(), "the next one is served");
});

/// The lock that whoever writes needs, held by somebody else.
enum Held {
    Sqlite(sqlx::SqliteConnection),
    Postgres(sqlx::PgConnection),
}

impl Held {
    async fn take(test: &TestDb) -> Self {
        match &test.superuser_url {
            Some(url) => {
                let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
                conn.execute("BEGIN; LOCK TABLE complaint IN ACCESS EXCLUSIVE MODE").await.unwrap();
                Self::Postgres(conn)
            }
            None => {
                let mut conn = sqlx::SqliteConnection::connect(&test.cfg.url).await.unwrap();
                conn.execute("BEGIN IMMEDIATE").await.unwrap();
                Self::Sqlite(conn)
            }
        }
    }

    async fn give_back(self) {
        match self {
            Self::Sqlite(mut conn) => conn.execute("ROLLBACK").await.map(drop).unwrap(),
            Self::Postgres(mut conn) => conn.execute("ROLLBACK").await.map(drop).unwrap(),
        }
    }
}

both_dbs!(an_operation_that_waits_too_long_is_given_up_and_done_whole_or_not_at_all, |test| async move {
    let (world, router) = hasty(test);
    let held = Held::take(&world.test).await;
    let input = form(json!({}));
    let body = json!({ "query": FILE, "variables": { "i": input } }).to_string();
    let filing = || {
        let mut request = call(FILE, "");
        *request.body_mut() = body.clone().into();
        request
    };
    let (status, _, answer) = send(&router, filing()).await;
    assert_eq!((status, codes(&answer)), (StatusCode::SERVICE_UNAVAILABLE, vec!["TIMEOUT".to_owned()]));
    held.give_back().await;
    // The pool has one connection: it is back, and the same form sent again is the same complaint.
    let patient = World { app: world.app.clone().behind(Edge::default()), ..world };
    let served = Served { app: patient.app.clone(), schema: build(Introspection::Off) };
    let router = server::http::router(served, std::path::Path::new("no-such-folder"));
    let (status, _, filed) = send(&router, filing()).await;
    assert!(status == StatusCode::OK && filed["data"]["fileComplaint"]["number"].is_string(), "{filed}");
    let total = patient.ok("handler.shiqi", "{ complaints { totalCount } }", json!({})).await;
    assert_eq!(total["complaints"]["totalCount"], 1);
});

#[tokio::test]
async fn a_statement_on_postgresql_ends_before_the_operations_own_time() {
    on_postgres(async |test| {
        let (world, router) = service(test);
        let held = Held::take(&world.test).await;
        // Without a limit of its own the statement would wait for the lock until the operation is given up: TIMEOUT.
        let answer = file(&router, 1, "198.51.100.7").await;
        assert_eq!(codes(&answer), ["INTERNAL"], "{answer}");
        held.give_back().await;
        assert!(file(&router, 1, "198.51.100.7").await["errors"].is_null(), "the connection serves on");
    })
    .await;
}
