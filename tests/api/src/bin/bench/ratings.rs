//! One rating from the page that is opened to the count that it is part of: over HTTP, and as the same statements straight
//! through the database.
//!
//! A page is read with its token; the token's mark and the sealed rating are written in one transaction, with their
//! commitment, durably; sealed rows are opened, 500 in a transaction, into ratings and counts. A server opens once a minute:
//! what is still sealed when the time is up is waited for, and the time counts in which rows go. On the other side the
//! statements open as soon as there are 500. The one record of the audit and the one statement of the figures for each 500
//! are left out there.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

use anyhow::{Context, ensure};
use api_tests::http::Client;
use chrono::{DateTime, NaiveDate};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::measure::{self, Work};

const PAGE: &str = "query RatingQuery($center: String!, $point: String) { ratingPage(center: $center, point: $point) \
    { point form indicators { code titleZh titleEn } reasons { code titleZh titleEn } token signedIn } }";
const GIVE: &str =
    "mutation Question($input: GiveRatingInput!) { giveRating(input: $input) { day commitment opening given } }";
const CENTER: &str = "shiqi";
/// As the server opens them.
const OPENED: u64 = 500;
/// Fewer than so many of a day that goes on stay sealed.
const BATCH: i64 = 20;
/// The bytes of a sealed rating, as text.
const SEALED: usize = 16_445;

/// A point at which the public rates, and the form that it is asked.
#[derive(Clone)]
pub struct Place {
    center: Uuid,
    city: Uuid,
    point: Uuid,
    code: String,
    form: Uuid,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { center, city, point, code, form } = self;
        write!(f, "{center} {city} {point} {code} {form}")
    }
}

impl std::str::FromStr for Place {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let parts: Vec<_> = text.split_whitespace().collect();
        let [center, city, point, code, form] = parts.as_slice() else { anyhow::bail!("no place: {text}") };
        let code = (*code).to_owned();
        Ok(Self { center: center.parse()?, city: city.parse()?, point: point.parse()?, code, form: form.parse()? })
    }
}

/// A day on which nothing of the server's waits.
#[must_use]
pub fn another_day() -> NaiveDate {
    DateTime::UNIX_EPOCH.date_naive()
}

/// Has the administrator of the first center add a point.
pub async fn place(server: std::net::SocketAddr) -> anyhow::Result<Place> {
    let mut admin = Client::connect(server).await?;
    let answer = admin.sign_in("admin.shiqi", "demo-gangping-2026").await?;
    let found = &answer["scope"]["place"];
    let (center, city) = (crate::id(&found["centerId"])?, crate::id(&found["cityId"])?);
    let add = "mutation Add($input: AddRatingPointInput!) { addRatingPoint(input: $input) { id } }";
    let point = admin.graphql(add, json!({ "input": { "name": "bench" } })).await?;
    let point = crate::id(&point["addRatingPoint"]["id"])?;
    let posters = "query Posters($origin: String!) { ratingPosters(origin: $origin) { url point { id } } }";
    let posters = admin.graphql(posters, json!({ "origin": "http://127.0.0.1" })).await?;
    let posters = posters["ratingPosters"].as_array().context("no posters")?.clone();
    let own = |poster: &&Value| poster["point"]["id"] == json!(point.to_string());
    let url = posters.iter().find(own).and_then(|poster| poster["url"].as_str()).context("no poster")?;
    let code = url.rsplit('/').next().unwrap_or_default().to_owned();
    let mut visitor = Client::connect(server).await?;
    let page = visitor.graphql(PAGE, json!({ "center": CENTER, "point": code })).await?;
    Ok(Place { center, city, point, code, form: crate::id(&page["ratingPage"]["form"])? })
}

/// Rates over and over, as visitors.
pub struct Visitor {
    client: Client,
    page: Vec<u8>,
    form: Uuid,
}

impl Visitor {
    /// Someone without a cookie.
    pub async fn new(server: std::net::SocketAddr, place: &Place) -> anyhow::Result<Self> {
        let client = Client::connect(server).await?;
        let page = client.request(PAGE, json!({ "center": CENTER, "point": place.code }));
        Ok(Self { client, page, form: place.form })
    }
}

impl Work for Visitor {
    async fn once(&mut self) -> anyhow::Result<()> {
        let page = self.client.exchange(&self.page).await?;
        let page = String::from_utf8_lossy(&page);
        let token = page.split_once("\"token\":\"").and_then(|(_, rest)| rest.split('"').next());
        let token = token.with_context(|| format!("no token: {page}"))?;
        let input = json!({ "center": CENTER, "token": token, "form": self.form, "level": "SATISFIED",
            "indicators": [], "reasons": [] });
        let request = self.client.request(GIVE, json!({ "input": input }));
        let answer = self.client.exchange(&request).await?;
        ensure!(answer.starts_with(b"{\"data\":{\"giveRating\":{"), "{}", String::from_utf8_lossy(&answer));
        Ok(())
    }
}

/// Measures visitors, and prints their rate: so many a second, with what the server has opened of theirs.
pub async fn over_http(
    database: &str,
    visitors: Vec<Visitor>,
    each: Duration,
    sealed: impl AsyncFn() -> anyhow::Result<i64>,
) -> anyhow::Result<()> {
    let connections = visitors.len();
    let mut figures = measure::kept(visitors, each).await?.1;
    let (mut left, mut working) = (sealed().await?, Duration::ZERO);
    let (begun, mut looked) = (Instant::now(), Instant::now());
    while left >= BATCH {
        ensure!(begun.elapsed() < Duration::from_secs(300), "{left} ratings are still sealed");
        tokio::time::sleep(Duration::from_millis(20)).await;
        let now = sealed().await?;
        // Waiting for the minute to be over is no work.
        if now < left {
            working += looked.elapsed();
        }
        (left, looked) = (now, Instant::now());
    }
    figures.also(working);
    figures.print(database, connections, "rating over HTTP", None);
    println!("{:.1}", figures.per_second());
    Ok(())
}

/// Random enough for keys: another row of numbers in each run.
pub struct Numbers(u64);

impl Numbers {
    /// Of one worker.
    pub fn new(worker: u64) -> Self {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Self(u64::from(now.subsec_nanos()) ^ now.as_secs().rotate_left(20) ^ worker.rotate_left(48))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// An id.
    pub fn id(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.next(), self.next())
    }

    /// So many bytes as text.
    pub fn text(&mut self, length: usize) -> String {
        let pieces = std::iter::repeat_with(|| format!("{:016x}", self.next()));
        let mut text: String = pieces.take(length.div_ceil(16)).collect();
        text.truncate(length);
        text
    }
}

/// What the workers of one database share.
pub struct Shared {
    place: Place,
    sealed: String,
    given: AtomicU64,
    /// One writes at a time on SQLite, as in the server.
    turn: tokio::sync::Mutex<()>,
}

impl Shared {
    /// For a place.
    pub fn new(place: Place) -> Arc<Self> {
        let sealed = Numbers::new(0).text(SEALED);
        Arc::new(Self { place, sealed, given: AtomicU64::new(0), turn: tokio::sync::Mutex::default() })
    }
}

const IN_USE: &str = "SELECT id, city_id, code, name_zh, name_en, kind, status, position FROM center \
    WHERE status IN ('active') AND code = ? ORDER BY position ASC, code ASC LIMIT 1";
const POINT: &str = "SELECT center_id, id, kind, post_id, name, channel, revoked_at, demo, version FROM rating_point \
    WHERE center_id = ? AND id = ? AND revoked_at IS NULL LIMIT 1";
const VERSIONS: &str = "SELECT id, kind, number, status, edition, copied_from, valid_from, changed_at, version \
    FROM form_version WHERE city_id = ? AND kind = 'good_bad'";
const FORM: &str = "SELECT city_id, id, kind, number, status, edition, copied_from, valid_from, content, changed_at, version \
    FROM form_version WHERE city_id = ? AND status <> 'draft' AND id = ? LIMIT 1";
const SPEND: &str = "INSERT INTO spent_token (center_id, mark) VALUES (?, ?)";
const SEAL: &str = "INSERT INTO sealed_rating (center_id, id, day, sealed) VALUES (?, ?, ?, ?)";
const WAITING: &str = "SELECT center_id, id, day, sealed FROM sealed_rating WHERE center_id = ? AND day = ? \
    ORDER BY id ASC LIMIT 500";
const POINTS: &str = "SELECT center_id, id, kind, post_id, name, channel, revoked_at, demo, version FROM rating_point \
    WHERE center_id = ? ORDER BY name ASC, id ASC";
const ROOTS: &str =
    "SELECT center_id, day, ratings, root FROM rating_root WHERE center_id = ? ORDER BY day DESC LIMIT 1";
const TALLIES: &str = "SELECT center_id, id, day, point_id, origin, level, ratings FROM rating_tally \
    WHERE center_id = ? AND day BETWEEN ? AND ?";
const COUNT: &str = "UPDATE rating_tally SET ratings = ratings + ? WHERE center_id = ? AND id = ?";
const COUNTED: &str = "INSERT INTO rating_tally (center_id, id, day, point_id, origin, level, ratings) \
    VALUES (?, ?, ?, ?, 'active', 'satisfied', ?)";

/// One row of values after another.
fn rows(begin: &str, row: &str, count: usize) -> String {
    format!("{begin} {}", vec![row; count].join(", "))
}

fn opened(count: usize) -> String {
    let begin = "INSERT INTO rating (center_id, id, point_id, post_id, day, channel, form_version, level, indicators, \
        origin, commitment) VALUES";
    rows(begin, "(?, ?, ?, NULL, ?, 'qr', ?, 'satisfied', '{\"indicators\":[],\"reasons\":[]}', 'active', ?)", count)
}

fn removed(count: usize) -> String {
    let marks = vec!["?"; count].join(", ");
    format!("DELETE FROM sealed_rating WHERE center_id = ? AND id IN ({marks})")
}

/// The same for each database: sqlx has no type over both that binds ids and days.
macro_rules! through {
    ($module:ident, $database:ty, $pool:ty, $row:ty, $numbered:expr, $begin_write:expr, $settings:expr, $turns:expr) => {
        pub mod $module {
            use sqlx::{AssertSqlSafe, Row, Transaction};

            use super::*;

            /// Rates over and over, as statements.
            pub struct Worker {
                pool: $pool,
                shared: Arc<Shared>,
                numbers: Numbers,
                day: NaiveDate,
            }

            fn sql(text: &str) -> AssertSqlSafe<String> {
                let numbered: fn(&str) -> String = $numbered;
                AssertSqlSafe(numbered(text))
            }

            async fn begin(
                pool: &$pool,
                place: &Place,
                write: bool,
            ) -> anyhow::Result<Transaction<'static, $database>> {
                let mut tx = match (write, $begin_write) {
                    (true, Some(statement)) => pool.begin_with(statement).await?,
                    _ => pool.begin().await?,
                };
                if $settings {
                    let isolation = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; ";
                    let set = format!(
                        "{}SELECT set_config('app.center_id', '{}', true), set_config('app.city_id', '{}', true), \
                         set_config('app.account_id', '', true)",
                        if write { "" } else { isolation },
                        place.center,
                        place.city
                    );
                    sqlx::raw_sql(AssertSqlSafe(set)).execute(&mut *tx).await?;
                }
                Ok(tx)
            }

            /// How many ratings wait to be opened.
            pub async fn sealed(pool: &$pool, place: &Place) -> anyhow::Result<i64> {
                let mut tx = begin(pool, place, false).await?;
                let count = sql("SELECT count(*) FROM sealed_rating WHERE center_id = ?");
                Ok(sqlx::query(count).bind(place.center).fetch_one(&mut *tx).await?.try_get(0)?)
            }

            pub fn workers(pool: &$pool, shared: &Arc<Shared>, day: NaiveDate, count: usize) -> Vec<Worker> {
                let worker =
                    |n| Worker { pool: pool.clone(), shared: Arc::clone(shared), numbers: Numbers::new(n), day };
                (1..).map(worker).take(count).collect()
            }

            /// Opens whatever is left.
            pub async fn finish(workers: &mut [Worker]) -> anyhow::Result<()> {
                if let Some(worker) = workers.first_mut() {
                    while worker.open().await? > 0 {}
                }
                Ok(())
            }

            impl Work for Worker {
                async fn once(&mut self) -> anyhow::Result<()> {
                    let shared = Arc::clone(&self.shared);
                    // The page, then what is asked once more when it comes back.
                    self.read(&shared.place, 1).await?;
                    self.read(&shared.place, 2).await?;
                    self.give(&shared).await?;
                    if shared.given.fetch_add(1, Ordering::Relaxed) % OPENED == OPENED - 1 {
                        self.open().await?;
                    }
                    Ok(())
                }
            }

            impl Worker {
                async fn read(&self, place: &Place, days: usize) -> anyhow::Result<()> {
                    keep(&sqlx::query(sql(IN_USE)).bind(CENTER).fetch_all(&self.pool).await?)?;
                    let mut tx = begin(&self.pool, place, false).await?;
                    let point = sqlx::query(sql(POINT)).bind(place.center).bind(place.point);
                    keep(&point.fetch_all(&mut *tx).await?)?;
                    for _ in 0..days {
                        keep(&sqlx::query(sql(VERSIONS)).bind(place.city).fetch_all(&mut *tx).await?)?;
                    }
                    let form = sqlx::query(sql(FORM)).bind(place.city).bind(place.form);
                    keep(&form.fetch_all(&mut *tx).await?)
                }

                async fn give(&mut self, shared: &Shared) -> anyhow::Result<()> {
                    let _turn = if $turns { Some(shared.turn.lock().await) } else { None };
                    let center = shared.place.center;
                    let mut tx = begin(&self.pool, &shared.place, true).await?;
                    let mark = self.numbers.text(32);
                    sqlx::query(sql(SPEND)).bind(center).bind(mark).execute(&mut *tx).await?;
                    let row = sqlx::query(sql(SEAL)).bind(center).bind(self.numbers.id()).bind(self.day);
                    row.bind(shared.sealed.as_str()).execute(&mut *tx).await?;
                    Ok(tx.commit().await?)
                }

                /// Opens as many as go at once; how many they were.
                async fn open(&mut self) -> anyhow::Result<usize> {
                    let shared = Arc::clone(&self.shared);
                    let _turn = if $turns { Some(shared.turn.lock().await) } else { None };
                    let (place, day) = (&shared.place, self.day);
                    let mut tx = begin(&self.pool, place, true).await?;
                    let waiting = sqlx::query(sql(WAITING)).bind(place.center).bind(day).fetch_all(&mut *tx).await?;
                    if waiting.is_empty() {
                        return Ok(0);
                    }
                    keep(&waiting)?;
                    let gone = removed(waiting.len());
                    let mut remove = sqlx::query(sql(&gone)).bind(place.center);
                    for row in &waiting {
                        remove = remove.bind(row.try_get::<Uuid, _>(1)?);
                    }
                    remove.execute(&mut *tx).await?;
                    keep(&sqlx::query(sql(ROOTS)).bind(place.center).fetch_all(&mut *tx).await?)?;
                    keep(&sqlx::query(sql(POINTS)).bind(place.center).fetch_all(&mut *tx).await?)?;
                    let into = opened(waiting.len());
                    let mut insert = sqlx::query(sql(&into));
                    for _ in &waiting {
                        insert = insert.bind(place.center).bind(self.numbers.id()).bind(place.point).bind(day);
                        insert = insert.bind(place.form).bind(self.numbers.text(64));
                    }
                    insert.execute(&mut *tx).await?;
                    let known = sqlx::query(sql(TALLIES)).bind(place.center).bind(day).bind(day);
                    let known = known.fetch_all(&mut *tx).await?;
                    let count = i32::try_from(waiting.len())?;
                    match known.first() {
                        Some(row) => {
                            let more = sqlx::query(sql(COUNT)).bind(count).bind(place.center);
                            more.bind(row.try_get::<Uuid, _>(1)?).execute(&mut *tx).await?;
                        }
                        None => {
                            let new = sqlx::query(sql(COUNTED)).bind(place.center).bind(self.numbers.id()).bind(day);
                            new.bind(place.point).bind(count).execute(&mut *tx).await?;
                        }
                    }
                    tx.commit().await?;
                    Ok(waiting.len())
                }
            }

            /// A look at each row, as whoever reads it takes.
            fn keep(rows: &[$row]) -> anyhow::Result<()> {
                for row in rows {
                    std::hint::black_box(row.len());
                }
                Ok(())
            }
        }
    };
}

through!(
    sqlite,
    sqlx::Sqlite,
    sqlx::SqlitePool,
    sqlx::sqlite::SqliteRow,
    |sql| sql.to_owned(),
    Some("BEGIN IMMEDIATE"),
    false,
    true
);
through!(
    postgres,
    sqlx::Postgres,
    sqlx::PgPool,
    sqlx::postgres::PgRow,
    crate::raw::numbered,
    None::<&'static str>,
    true,
    false
);
