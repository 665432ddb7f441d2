//! Somebody holds the whole database with its log files, saw in which order visitors came, and has every token (P-6): who
//! gave which rating they know no better than by chance.

use std::collections::{BTreeSet, HashSet};

use domain::{
    FormVersionId, RatingPointId,
    evaluation::{
        levels::FiveLevel,
        ratings::{BATCH, Opinion, Place, PointChannel},
    },
};
use entity::sealed_rating;
use server::{
    auth::scope::Scope,
    graphql::context::Cx,
    ratings::{
        codes::Ticket,
        service::{
            giving::{self, Given},
            opening,
        },
    },
    testing::{TestDb, on_postgres, on_sqlite},
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};

use super::Hall;

const RATINGS: usize = 1000;

/// Whoever is to be found out: the token, and what proves afterwards which rating was theirs.
struct Visitor {
    token: String,
    commitment: String,
    opening: String,
}

/// One column of a table, in an order.
async fn column(conn: &mut SqliteConnection, sql: &str) -> Vec<String> {
    let rows = conn.fetch_all(AssertSqlSafe(sql.to_owned())).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// Texts in the order in which they first stand in a file.
fn appearing(bytes: &[u8], wanted: &HashSet<String>) -> Vec<String> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    for run in bytes.split(|byte| !byte.is_ascii_hexdigit()).filter(|run| run.len() >= 64) {
        for window in run.windows(64) {
            let text = String::from_utf8_lossy(window).into_owned();
            if wanted.contains(&text) && seen.insert(text.clone()) {
                found.push(text);
            }
        }
    }
    found
}

/// How many of the guesses are right, where the n-th rating is guessed to be the n-th visitor's.
fn right(visitors: &[Visitor], ratings: &[String]) -> usize {
    visitors.iter().zip(ratings).filter(|(visitor, rating)| visitor.commitment == **rating).count()
}

/// A thousand visitors, one after another, and what is given is opened as soon as there is enough of it. `look` is told
/// before and after each time, and how many they are by then.
async fn crowd(hall: &Hall, mut look: impl AsyncFnMut(usize)) -> Vec<Visitor> {
    let (app, center) = (&hall.world.app, hall.world.test.center("shiqi").await);
    let page = hall.opened().await;
    let point: RatingPointId = serde_json::from_value(hall.point["id"].clone()).unwrap();
    let form: FormVersionId = serde_json::from_value(page["form"].clone()).unwrap();
    let place = Place { center: center.id, point: Some(point), channel: PointChannel::Qr, form };
    let day = "2026-02-13".parse().unwrap();
    let (mut visitors, mut lengths) = (Vec::new(), BTreeSet::new());
    while visitors.len() < RATINGS {
        for n in 0..BATCH {
            let cx = Cx::new(app.clone(), Some(Scope::public(&center)), None, format!("visitor {n}"));
            let ticket = Ticket::at(point, day).unwrap();
            let opinion = Opinion {
                level: FiveLevel::ALL[(visitors.len() * 7 + n) % 5],
                indicators: Vec::new(),
                reasons: Vec::new(),
                // Some say much, most nothing.
                remark: (n % 5 == 0).then(|| "留言".repeat(1 + n * 20)),
                contact: None,
            };
            let token = ticket.text(&app.keys, center.id).unwrap();
            let receipt = giving::cast(&cx, ticket, place, Given::Rating(opinion)).await.unwrap();
            visitors.push(Visitor { token, commitment: receipt.commitment, opening: receipt.opening });
        }
        lengths.extend(hall.all::<sealed_rating::Entity>().await.into_iter().map(|row| row.sealed.len()));
        look(visitors.len()).await;
        opening::sweep(app, &center).await.unwrap();
        look(visitors.len()).await;
    }
    assert_eq!(lengths.len(), 1, "a sealed rating is told from others by its length");
    visitors
}

/// Each guess in turn: the n-th rating in some order is the n-th visitor's. None is right more often than by chance.
fn guess(visitors: &[Visitor], orders: impl IntoIterator<Item = (&'static str, Vec<String>)>) {
    // Of a batch in any order one guess is right in the mean, and the square of the spread is one as well.
    let batches = RATINGS / BATCH;
    let most = batches + (4 * batches).isqrt();
    for (how, ratings) in orders {
        let hits = right(visitors, &ratings);
        println!("by {how}: {hits} of {RATINGS}, by chance {batches}");
        assert!(hits <= most, "by {how}: {hits} of {RATINGS} were found out, by chance it would be {batches}");
    }
}

/// Nothing of a token, of what opens a commitment, or of the words stands anywhere.
fn without_secrets(visitors: &[Visitor], bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for visitor in visitors.iter().step_by(200) {
        for secret in [&visitor.token, &visitor.opening] {
            assert!(!text.contains(secret.as_str()), "{secret} is in the files");
        }
    }
    assert!(!text.contains("留言留言"), "words are in the files");
}

/// The audit tells of batches, by their number, and of nobody who rated.
fn audited(events: &[String]) {
    let opened: Vec<_> = events.iter().filter(|event| event.starts_with("ratings_opened ")).collect();
    assert_eq!(opened.len(), RATINGS / BATCH);
    assert!(opened.iter().all(|event| **event == format!("ratings_opened job {BATCH}")), "{opened:?}");
    assert!(events.iter().all(|event| !event.contains(" visitor")), "{events:?}");
}

const AUDIT: &str = "SELECT verb || ' ' || actor_kind || ' ' || coalesce(detail, '') FROM audit_event ORDER BY seq";

#[tokio::test]
async fn whoever_holds_the_database_and_its_log_maps_ratings_to_tokens_by_chance() {
    on_sqlite(attack).await;
}

async fn attack(test: TestDb) {
    let path = test.cfg.url.trim_start_matches("sqlite://").to_owned();
    let hall = Hall::new(test).await;
    let mut files = Vec::new();
    let read = |end: &str| std::fs::read(format!("{path}{end}")).unwrap_or_default();
    // Both files before and after a batch is opened: what was overwritten since is known as well.
    let visitors = crowd(&hall, async |count| {
        files.extend((count % 200 == 0).then(|| [read(""), read("-wal")].concat()));
    })
    .await;
    let mut conn = SqliteConnection::connect(&format!("sqlite://{path}")).await.unwrap();
    let by_row = column(&mut conn, "SELECT commitment FROM rating ORDER BY rowid").await;
    let by_id = column(&mut conn, "SELECT commitment FROM rating ORDER BY id").await;
    audited(&column(&mut conn, AUDIT).await);
    assert_eq!(by_row.len(), RATINGS);
    let backwards: Vec<_> = by_row.chunks(BATCH).flat_map(|batch| batch.iter().rev().cloned()).collect();
    let wanted: HashSet<_> = by_row.iter().cloned().collect();
    let on_disk = appearing(files.last().unwrap(), &wanted);
    guess(&visitors, [("rows", by_row), ("ids", by_id), ("backwards", backwards), ("disk", on_disk)]);
    files.iter().for_each(|file| without_secrets(&visitors, file));
}

#[tokio::test]
async fn on_postgresql_neither_rows_nor_transactions_nor_the_log_tell_either() {
    on_postgres(attack_postgres).await;
}

/// The most files of the write-ahead log that are read: other tests write to it as well.
const LOG_FILES: usize = 6;

async fn attack_postgres(test: TestDb) {
    let mut conn = PgConnection::connect(test.superuser_url.as_deref().unwrap()).await.unwrap();
    let position = "SELECT pg_walfile_name(pg_current_wal_lsn())";
    let first: String = conn.fetch_one(position).await.unwrap().get(0);
    let hall = Hall::new(test.clone()).await;
    let visitors = crowd(&hall, async |_| {}).await;
    let last: String = conn.fetch_one(position).await.unwrap().get(0);
    let mut orders = Vec::new();
    for (how, order) in [("rows", "ctid"), ("ids", "id"), ("transactions", "xmin::text::bigint, ctid DESC")] {
        let sql = format!("SELECT commitment FROM rating ORDER BY {order}");
        let rows = conn.fetch_all(AssertSqlSafe(sql)).await.unwrap();
        orders.push((how, rows.iter().map(|row| row.get(0)).collect::<Vec<String>>()));
    }
    let events = conn.fetch_all(AUDIT).await.unwrap();
    audited(&events.iter().map(|row| row.get(0)).collect::<Vec<_>>());
    let wanted: HashSet<_> = visitors.iter().map(|visitor| visitor.commitment.clone()).collect();
    let files = format!("SELECT name FROM pg_ls_waldir() WHERE name BETWEEN '{first}' AND '{last}' ORDER BY name");
    let files = conn.fetch_all(AssertSqlSafe(files)).await.unwrap();
    let mut log: Vec<u8> = Vec::new();
    for file in files.iter().take(LOG_FILES) {
        let name: String = file.get(0);
        let read = AssertSqlSafe(format!("SELECT pg_read_binary_file('pg_wal/{name}')"));
        log.extend(conn.fetch_one(read).await.unwrap().get::<Vec<u8>, _>(0));
    }
    let logged = appearing(&log, &wanted);
    assert!(logged.len() > BATCH, "the log was read");
    orders.push(("log", logged));
    guess(&visitors, orders);
    without_secrets(&visitors, &log);
}
