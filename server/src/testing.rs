//! Harness: each test gets its own migrated database with two look-alike cities.
//!
//! [`both_dbs!`](crate::both_dbs) runs a body on SQLite (a file in the temporary folder) and on
//! PostgreSQL (when `TEST_DATABASE_URL` names a superuser), there as the restricted role, in a
//! database copied from a migrated template and dropped afterwards.
#![expect(clippy::expect_used, reason = "a harness that cannot go on stops the test")]

mod postgres;

use std::{panic::AssertUnwindSafe, path::PathBuf};

use chrono::{DateTime, Utc};
use domain::{
    CityId, ComplaintId,
    calendar::DayKind,
    complaints::{
        ComplaintChannel, ComplaintClass, ComplaintEventKind, ComplaintStatus, ComplaintSubject, EscalationLevel,
        NOTICE_VERSION,
    },
    evaluation::forms::FormStatus,
    permission::Role,
    settings::ChannelKind,
};
use entity::complaint;
use futures_util::FutureExt;
use sea_orm::ActiveValue::Set;

use crate::{
    auth::scope::Scope,
    clock::{Clock, IdSource},
    config::{Database, DatabaseKind},
    db::{
        Db,
        identity::{Center, Place},
        platform::{CenterSetup, ChannelSetup, CitySetup, DepartmentSetup, MemberSetup},
    },
    setup,
};

/// The cities of a fresh database, with their centers.
pub const CITIES: [(&str, [&str; 2]); 2] = [("zs", ["shiqi", "xiaolan"]), ("other", ["north", "south"])];

/// People of each center: the login is this name, a dot and the center's code.
pub const PEOPLE: [(&str, Role); 5] = [
    ("handler", Role::ComplaintHandler),
    ("handler2", Role::ComplaintHandler),
    ("staff", Role::PostStaff),
    ("admin", Role::CenterAdmin),
    ("supervisor", Role::SupervisionOfficer),
];

/// No password has this hash.
const NO_PASSWORD: &str = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Declares `name::sqlite` and `name::postgres`, each running the body with a
/// [`TestDb`](crate::testing::TestDb).
#[macro_export]
macro_rules! both_dbs {
    ($(#[$meta:meta])* $name:ident, $body:expr) => {
        $(#[$meta])*
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $crate::testing::on_sqlite($body).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                $crate::testing::on_postgres($body).await;
            }
        }
    };
}

/// A database of one test.
#[derive(Clone, Debug)]
pub struct TestDb {
    /// Opened as the server opens it.
    pub db: Db,
    /// How it was opened.
    pub cfg: Database,
    /// Friday 13 February 2026, 09:00 in Shanghai; stands still.
    pub clock: Clock,
    /// The same ids in each run.
    pub ids: IdSource,
    /// A superuser's address of the same database, on PostgreSQL.
    pub superuser_url: Option<String>,
}

impl TestDb {
    async fn new(cfg: Database, superuser_url: Option<String>) -> anyhow::Result<Self> {
        // With RUST_LOG what the server would log stands beside the test's own; a few tests listen by themselves.
        if let Ok(filter) = tracing_subscriber::EnvFilter::try_from_default_env() {
            let _ = tracing_subscriber::fmt().with_test_writer().with_env_filter(filter).try_init();
        }
        let start: DateTime<Utc> = "2026-02-13T01:00:00Z".parse()?;
        let (clock, ids) = (Clock::fixed(start), IdSource::seeded(1));
        let db = Db::open(&cfg).await?.with_clock(clock.clone(), ids.clone());
        for (city, centers) in CITIES {
            db.platform().set_up(&city_setup(city, &centers)).await?;
        }
        Ok(Self { db, cfg, clock, ids, superuser_url })
    }

    /// The same database through so many connections, for what happens at once.
    pub async fn with_connections(&self, connections: u32) -> Self {
        let cfg = Database { max_connections: connections, ..self.cfg.clone() };
        let db = Db::open(&cfg).await.expect("opening once more").with_clock(self.clock.clone(), self.ids.clone());
        Self { db, cfg, ..self.clone() }
    }

    /// Which database this is.
    #[must_use]
    pub fn kind(&self) -> DatabaseKind {
        self.cfg.kind().expect("an opened database has a kind")
    }

    /// A center by its code.
    pub async fn center(&self, code: &str) -> Center {
        self.db.identity().center_by_code(code).await.expect("reading a center").expect("a center of that code")
    }

    /// The only place of a login such as `handler.shiqi` or `city.zs`.
    pub async fn place(&self, login: &str) -> Place {
        let identity = self.db.identity();
        let account = identity.account_by_login(login).await.expect("reading an account").expect("a known login");
        let mut places = identity.places(account.id).await.expect("reading places");
        assert_eq!(places.len(), 1, "places of {login}");
        places.remove(0)
    }

    /// The scope of a login such as `handler.shiqi` or `city.zs`.
    pub async fn scope(&self, login: &str) -> Scope {
        let account = self.db.identity().account_by_login(login).await.expect("reading an account");
        let account = account.expect("a known login").id;
        Scope::member(&self.place(login).await, account).with_request_id("test")
    }

    /// A city by its code.
    pub async fn city(&self, code: &str) -> CityId {
        self.db.identity().city_by_code(code).await.expect("reading a city").expect("a city of that code").id
    }

    /// A complaint as it is on receipt, without its center.
    #[must_use]
    pub fn complaint(&self, number: &str) -> complaint::ActiveModel {
        let now = self.clock.now();
        complaint::ActiveModel {
            id: Set(ComplaintId(self.ids.next())),
            number: Set(number.to_owned()),
            receipt_hash: Set(format!("hash of {number}")),
            version: Set(1),
            status: Set(ComplaintStatus::Registered),
            class: Set(ComplaintClass::Normal),
            subject: Set(ComplaintSubject::Attitude),
            channel: Set(ComplaintChannel::Web),
            body: Set("The counter closed before noon.".to_owned()),
            notice_version: Set(NOTICE_VERSION.to_owned()),
            received_at: Set(now),
            queue_at: Set(now),
            step_started_at: Set(now),
            extensions: Set(0),
            extended_days: Set(0),
            paused_days: Set(0),
            escalation: Set(EscalationLevel::None),
            is_open: Set(true),
            last_event_kind: Set(ComplaintEventKind::Registered),
            last_event_at: Set(now),
            demo: Set(false),
            ..Default::default()
        }
    }
}

/// Runs `body` on a new SQLite file.
pub async fn on_sqlite<F: Future<Output = ()>>(body: impl FnOnce(TestDb) -> F) {
    let file = std::env::temp_dir().join(format!("gangping-test-{}.db", IdSource::system().unordered()));
    let cfg = database(format!("sqlite://{}", file.display()), None);
    Db::migrate(&cfg).await.expect("migrating SQLite");
    let test = TestDb::new(cfg, None).await.expect("opening SQLite");
    let (db, files) = (test.db.clone(), ["", "-wal", "-shm"].map(|end| format!("{}{end}", file.display())));
    let outcome = AssertUnwindSafe(Box::pin(body(test))).catch_unwind().await;
    db.close().await;
    for file in files.map(PathBuf::from) {
        // The last connection to close has removed two of the three.
        let _ = std::fs::remove_file(file);
    }
    resume(outcome);
}

/// Runs `body` on a new PostgreSQL database, if a server for tests is at hand.
pub async fn on_postgres<F: Future<Output = ()>>(body: impl FnOnce(TestDb) -> F) {
    let Ok(url) = std::env::var("TEST_DATABASE_URL") else {
        eprintln!("skipped: TEST_DATABASE_URL not set");
        return;
    };
    let server = postgres::Server::at(&url).await.expect("preparing PostgreSQL");
    let fresh = server.fresh().await.expect("creating a database");
    let test = TestDb::new(fresh.cfg.clone(), Some(fresh.superuser_url.clone())).await.expect("opening PostgreSQL");
    let db = test.db.clone();
    let outcome = AssertUnwindSafe(Box::pin(body(test))).catch_unwind().await;
    db.close().await;
    server.drop(&fresh).await;
    resume(outcome);
}

fn resume(outcome: std::thread::Result<()>) {
    if let Err(panic) = outcome {
        std::panic::resume_unwind(panic);
    }
}

/// A throwaway database: it may lose everything in a power cut. With one connection, so that a
/// request that wants a second while it holds the first waits for itself, and its test fails.
fn database(url: String, owner_url: Option<String>) -> Database {
    Database { url, owner_url, max_connections: 1, allow_unsafe_durability: true }
}

fn city_setup(code: &str, centers: &[&str]) -> CitySetup {
    CitySetup {
        code: code.to_owned(),
        name_zh: format!("{code}市"),
        name_en: format!("City {code}"),
        calendar: calendar(),
        policy: vec![("complaint.normal".to_owned(), 5)],
        forms: setup::forms_as(FormStatus::Published).expect("the shipped forms"),
        members: vec![
            member("city", code, Role::CityAdmin),
            member("city2", code, Role::CityAdmin),
            member("security", code, Role::SecurityAdmin),
            member("auditor", code, Role::Auditor),
        ],
        centers: centers.iter().map(|center| center_setup(center)).collect(),
    }
}

/// Look-alikes: apart from code and name, every center holds the same.
fn center_setup(code: &str) -> CenterSetup {
    CenterSetup {
        code: code.to_owned(),
        name_zh: format!("{code}街道"),
        name_en: format!("Center {code}"),
        kind: "street".to_owned(),
        departments: vec![DepartmentSetup {
            code: "tax".to_owned(),
            name_zh: "税务分局".to_owned(),
            name_en: "Tax Branch".to_owned(),
        }],
        channels: vec![ChannelSetup {
            kind: ChannelKind::Phone,
            label_zh: "投诉电话".to_owned(),
            label_en: "Complaint phone".to_owned(),
            value_zh: "0760-80000000".to_owned(),
            value_en: "0760-80000000".to_owned(),
        }],
        members: PEOPLE.iter().map(|(name, role)| member(name, code, *role)).collect(),
        ..CenterSetup::default()
    }
}

/// Somebody of a place, who has no password.
#[must_use]
pub fn member(name: &str, place: &str, role: Role) -> MemberSetup {
    MemberSetup {
        login: format!("{name}.{place}"),
        display_name: format!("{name} of {place}"),
        title: None,
        role,
        password_hash: NO_PASSWORD.to_owned(),
    }
}

/// The official days of 2026.
fn calendar() -> Vec<(chrono::NaiveDate, DayKind, String)> {
    let days = include_str!("../../migration/data/calendar.csv").lines().filter(|line| line.starts_with("2026"));
    days.filter_map(|line| {
        let mut cells = line.splitn(3, ',');
        let day = cells.next()?.parse().ok()?;
        Some((day, DayKind::from_key(cells.next()?)?, cells.next()?.trim_matches('"').to_owned()))
    })
    .collect()
}
