//! The audit chain (L-2 to L-4, L-6): no change without its record, no fork under load, no tampering unseen.

use std::collections::BTreeMap;

use domain::audit::{AuditFault, AuditOutcome, Break, Head, Link, Owner};
use entity::{audit_event, audit_head, complaint};
use sea_orm::sea_query::Condition;
use server::{
    both_dbs,
    cli::{Which, verify_audit},
    config::{Database, DatabaseKind},
    crypto::{Keys, hex, sha256},
    db::{AuditEvent, Db, Verb},
    error::Error,
    graphql::context::App,
    oversight::audit::{
        anchors::{self, AnchorFile},
        chain,
    },
    testing::TestDb,
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};

use crate::{file, granted};

/// Somebody who owns the database itself: no wall and no grant holds them.
enum Intruder {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Intruder {
    async fn enter(test: &TestDb) -> Self {
        match &test.superuser_url {
            None => Self::Sqlite(SqliteConnection::connect(&test.cfg.url).await.unwrap()),
            Some(url) => Self::Postgres(PgConnection::connect(url).await.unwrap()),
        }
    }

    async fn run(&mut self, sql: &str) -> Result<u64, sqlx::Error> {
        let sql = sql.replace("SHIQI", "center_id = (SELECT id FROM center WHERE code = 'shiqi')");
        match self {
            Self::Sqlite(conn) => conn.execute(AssertSqlSafe(sql)).await.map(|done| done.rows_affected()),
            Self::Postgres(conn) => conn.execute(AssertSqlSafe(sql)).await.map(|done| done.rows_affected()),
        }
    }

    /// As [`run`](Self::run), where it must change something.
    async fn change(&mut self, sql: &str) {
        assert!(self.run(sql).await.unwrap() > 0, "{sql}");
    }

    /// Takes away what an honest database keeps to itself.
    async fn disarm(&mut self) {
        let guards = match self {
            Self::Sqlite(_) => ["update", "delete"].map(|what| format!("DROP TRIGGER audit_event_no_{what}")),
            Self::Postgres(_) => ["", ""].map(|_| "SELECT 1".to_owned()),
        };
        for sql in guards {
            self.run(&sql).await.unwrap();
        }
    }
}

async fn verdict(test: &TestDb, login: &str) -> chain::Verdict {
    let tx = test.db.read(&test.scope(login).await).await.unwrap();
    chain::verify(&tx, &BTreeMap::new()).await.unwrap()
}

async fn links(test: &TestDb) -> Vec<Link> {
    let tx = test.db.read(&test.scope("admin.shiqi").await).await.unwrap();
    tx.audit_links(0, 10_000).await.unwrap()
}

fn app(test: &TestDb, anchors: Option<AnchorFile>) -> App {
    App::new(test.db.clone(), keys(), test.clock.clone(), test.ids.clone(), false).with_anchors(anchors)
}

fn keys() -> Keys {
    Keys::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc").unwrap()
}

/// What the command prints about the center, and whether it is content.
async fn command(test: &TestDb, anchors: Option<&AnchorFile>) -> (String, bool) {
    let mut out = Vec::new();
    let which = Which::Center("shiqi".to_owned());
    let whole = verify_audit(&app(test, anchors.cloned()), &which, &mut out).await.unwrap();
    (String::from_utf8(out).unwrap(), whole)
}

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().map_or(otherwise, |text| text.parse().unwrap())
}

// The numbers of the issue, 64 and 1,000, take minutes: `make soak-audit`.
both_dbs!(many_writers_make_one_chain, |test: TestDb| async move {
    let (writers, changes) = (number("AUDIT_WRITERS", 8), number("AUDIT_CHANGES", 50));
    let connections = u32::try_from(writers).unwrap().clamp(4, 64);
    let cfg = Database { max_connections: connections, ..test.cfg.clone() };
    let db = Db::open(&cfg).await.unwrap().with_clock(test.clock.clone(), test.ids.clone());
    let granted = granted(&test, "handler.shiqi").await;
    let tasks: Vec<_> = (0..writers)
        .map(|writer| {
            let (test, db, granted) = (test.clone(), db.clone(), granted.clone());
            tokio::spawn(async move {
                for change in 0..changes {
                    let mut tx = db.write(&granted).await?;
                    let row = tx.insert(test.complaint(&format!("{writer}-{change}"))).await?;
                    tx.commit(AuditEvent::on(row.id.0, Verb::ComplaintRegistered)).await?;
                }
                Ok::<_, Error>(())
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    db.close().await;
    let found = verdict(&test, "handler.shiqi").await;
    assert_eq!((found.broken, found.earlier), (None, 0));
    assert_eq!(usize::try_from(found.head.seq).unwrap(), writers * changes);
    let tx = test.db.read(granted.scope()).await.unwrap();
    let rows = tx.select::<complaint::Entity>().unwrap().count().await.unwrap();
    assert_eq!(usize::try_from(rows).unwrap(), writers * changes);
    println!("{writers} writers × {changes} changes: one chain of {}, verified", found.head.seq);
});

both_dbs!(each_center_and_each_city_has_its_own_chain, |test: TestDb| async move {
    for number in ["1", "2"] {
        file(&test, "handler.shiqi", number).await;
    }
    file(&test, "handler.north", "1").await;
    for (login, records) in [("handler.shiqi", 2), ("handler.xiaolan", 0), ("handler.north", 1), ("city.zs", 1)] {
        let found = verdict(&test, login).await;
        assert_eq!((found.head.seq, found.broken), (records, None), "{login}");
    }
    let tx = test.db.read(&test.scope("admin.shiqi").await).await.unwrap();
    let rows = tx.audit_rows(Condition::all(), None, 10).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [2, 1]);
    assert_eq!((rows[0].roles.as_deref(), rows[0].outcome.as_str()), (Some("complaint_handler"), "done"));
});

both_dbs!(a_record_reads_back_as_it_was_hashed, |test: TestDb| async move {
    // A clock finer than the databases must not matter.
    let odd = test.clock.now() + chrono::TimeDelta::microseconds(1);
    test.clock.set(odd);
    let granted = granted(&test, "handler.shiqi").await;
    let scope = granted.scope().clone().with_source(Some("203.0.113.0/24".to_owned()));
    let granted = scope.require(domain::permission::Permission::CatalogueRead).unwrap();
    let event = AuditEvent::of(Verb::NoteAdded).with_detail("一 \"two\" \u{1f600}\n");
    test.db.write(&granted).await.unwrap().commit(event).await.unwrap();
    let link = links(&test).await.remove(0);
    assert_eq!(link.record.at, odd);
    assert_eq!(link.record.source.as_deref(), Some("203.0.113.0/24"));
    assert_eq!(sha256(&link.record.canonical(scope.owner(), &link.previous)), link.hash);
});

both_dbs!(a_change_without_its_record_is_no_change, |test: TestDb| async move {
    file(&test, "handler.shiqi", "1").await;
    let mut intruder = Intruder::enter(&test).await;
    let (fail, mend) = match test.kind() {
        DatabaseKind::Sqlite => (
            "CREATE TRIGGER full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'disk full'); END",
            "DROP TRIGGER full",
        ),
        DatabaseKind::Postgres => {
            ("REVOKE INSERT ON audit_event FROM gangping_app", "GRANT INSERT ON audit_event TO gangping_app")
        }
    };
    let count = async || {
        let tx = test.db.read(&test.scope("handler.shiqi").await).await.unwrap();
        let rows = tx.select::<complaint::Entity>().unwrap().count().await.unwrap();
        (rows, tx.select::<audit_event::Entity>().unwrap().count().await.unwrap())
    };
    intruder.run(fail).await.unwrap();
    let mut tx = test.db.write(&granted(&test, "handler.shiqi").await).await.unwrap();
    let row = tx.insert(test.complaint("2")).await.unwrap();
    let done = tx.commit(AuditEvent::on(row.id.0, Verb::ComplaintRegistered)).await;
    assert!(matches!(done, Err(Error::Internal(_))), "{done:?}");
    assert_eq!(count().await, (1, 1));
    intruder.run(mend).await.unwrap();
    file(&test, "handler.shiqi", "2").await;
    assert_eq!(count().await, (2, 2));
    assert_eq!(verdict(&test, "handler.shiqi").await.broken, None);
});

both_dbs!(the_database_itself_keeps_the_audit_as_it_was_written, |test: TestDb| async move {
    file(&test, "handler.shiqi", "1").await;
    let mut intruder = Intruder::enter(&test).await;
    let unlinked = "INSERT INTO audit_event (center_id, id, actor_kind, verb, request_id, created_at) \
                    SELECT center_id, center_id, actor_kind, verb, request_id, created_at FROM audit_event";
    intruder.run(unlinked).await.unwrap_err();
    if test.kind() == DatabaseKind::Sqlite {
        for sql in ["UPDATE audit_event SET verb = 'x'", "DELETE FROM audit_event", "DELETE FROM city_audit_event"] {
            let refused = intruder.run(sql).await.unwrap_err().to_string();
            assert!(refused.contains("is never changed"), "{refused}");
        }
    }
});

both_dbs!(a_second_record_after_the_same_one_is_refused, |test: TestDb| async move {
    file(&test, "handler.shiqi", "1").await;
    let mut intruder = Intruder::enter(&test).await;
    let fork = |seq: &str, prev: &str| {
        format!(
            "INSERT INTO audit_event (center_id, id, seq, prev_hash, hash, actor_kind, verb, outcome, request_id, created_at) \
             SELECT center_id, center_id, {seq}, {prev}, 'x', actor_kind, verb, outcome, request_id, created_at FROM audit_event"
        )
    };
    intruder.run(&fork("2", "prev_hash")).await.unwrap_err();
    intruder.run(&fork("1", "'y'")).await.unwrap_err();
    intruder.change(&fork("2", "'y'")).await;
    let broken = Some(Break { seq: 2, fault: AuditFault::Previous });
    assert_eq!(verdict(&test, "handler.shiqi").await.broken, broken);
});

both_dbs!(tampering_with_the_table_is_found_by_the_command, |test: TestDb| async move {
    for number in 1..=10 {
        file(&test, "handler.shiqi", &number.to_string()).await;
    }
    let (said, whole) = command(&test, None).await;
    assert!(whole && said.starts_with("center shiqi: 10 records, head ") && said.ends_with("ok\n"), "{said}");
    let mut intruder = Intruder::enter(&test).await;
    intruder.disarm().await;
    intruder.run("CREATE TEMPORARY TABLE kept AS SELECT * FROM audit_event WHERE SHIQI").await.unwrap();
    let copy = "INSERT INTO audit_event SELECT * FROM kept WHERE seq";
    let place = |from: i32, to: i32| format!("UPDATE audit_event SET seq = {to} WHERE SHIQI AND seq = {from}");
    let swap = |a, b| [place(a, -1), place(b, a), place(-1, b)];
    let one = |sql: &str| vec![sql.to_owned()];
    let cases = [
        // Edited, each kind of column.
        (
            one("UPDATE audit_event SET verb = 'note_added' WHERE SHIQI AND seq = 4"),
            one("UPDATE audit_event SET verb = 'complaint_registered' WHERE SHIQI AND seq = 4"),
            "BROKEN at 4: hash",
        ),
        (
            one("UPDATE audit_event SET actor_id = NULL WHERE SHIQI AND seq = 10"),
            one("UPDATE audit_event SET actor_id = (SELECT max(actor_id::text)::uuid FROM kept) WHERE SHIQI AND seq = 10"),
            "BROKEN at 10: hash",
        ),
        (
            one("UPDATE audit_event SET detail = '' WHERE SHIQI AND seq = 1"),
            one("UPDATE audit_event SET detail = NULL WHERE SHIQI AND seq = 1"),
            "BROKEN at 1: hash",
        ),
        // Deleted.
        (
            one("DELETE FROM audit_event WHERE SHIQI AND seq = 5"),
            vec![format!("{copy} = 5")],
            "BROKEN at 5: number",
        ),
        // Slipped in: at the front, where nobody looks, and at the end.
        (
            vec![
                "INSERT INTO audit_event (center_id, id, seq, prev_hash, hash, actor_kind, verb, outcome, request_id, created_at) \
                 SELECT center_id, center_id, 0, 'x', 'x', actor_kind, verb, outcome, request_id, created_at \
                 FROM kept WHERE seq = 1"
                    .to_owned(),
            ],
            one("DELETE FROM audit_event WHERE SHIQI AND seq = 0"),
            "BROKEN at 1: number",
        ),
        (
            vec![
                "INSERT INTO audit_event (center_id, id, seq, prev_hash, hash, actor_kind, verb, outcome, request_id, created_at) \
                 SELECT center_id, center_id, 11, hash, 'x', actor_kind, verb, outcome, request_id, created_at \
                 FROM kept WHERE seq = 10"
                    .to_owned(),
            ],
            one("DELETE FROM audit_event WHERE SHIQI AND seq = 11"),
            "BROKEN at 11: hash",
        ),
        // Swapped.
        (swap(2, 3).to_vec(), swap(2, 3).to_vec(), "BROKEN at 2: previous"),
        // The tail cut off.
        (
            one("DELETE FROM audit_event WHERE SHIQI AND seq > 7"),
            vec![format!("{copy} > 7")],
            "BROKEN at 8: tail",
        ),
        // The head put back.
        (
            one("UPDATE audit_head SET seq = 9 WHERE SHIQI"),
            one("UPDATE audit_head SET seq = 10 WHERE SHIQI"),
            "BROKEN at 11: tail",
        ),
    ];
    for (tamper, undo, found) in cases {
        for sql in &tamper {
            intruder.change(&for_kind(&test, sql)).await;
        }
        let (said, whole) = command(&test, None).await;
        assert!(!whole && said.contains(found), "{tamper:?}\n{said}");
        for sql in &undo {
            intruder.change(&for_kind(&test, sql)).await;
        }
        let (said, whole) = command(&test, None).await;
        assert!(whole, "{undo:?}\n{said}");
    }
});

/// PostgreSQL has no greatest of ids, SQLite no casts of this kind.
fn for_kind(test: &TestDb, sql: &str) -> String {
    match test.kind() {
        DatabaseKind::Sqlite => sql.replace("::text", "").replace("::uuid", ""),
        DatabaseKind::Postgres => sql.to_owned(),
    }
}

both_dbs!(a_chain_rewritten_as_a_whole_is_found_by_the_anchors, |test: TestDb| async move {
    for number in 1..=6 {
        file(&test, "handler.shiqi", &number.to_string()).await;
    }
    let path = std::env::temp_dir().join(format!("gangping-anchors-{}", server::clock::IdSource::system().unordered()));
    let anchors = AnchorFile::new(&path, &keys());
    // Two cities and the one center whose chains have begun.
    assert_eq!(anchors::keep(&app(&test, None), &anchors).await.unwrap(), 3);
    file(&test, "handler.shiqi", "7").await;
    let (said, whole) = command(&test, Some(&anchors)).await;
    assert!(whole && said.contains("1 anchors, ok"), "{said}");

    // What an owner of the database can do: another verb in the third record, and every hash from there on anew.
    let owner = Owner::Center(test.center("shiqi").await.id);
    let mut intruder = Intruder::enter(&test).await;
    intruder.disarm().await;
    let mut head = Head::empty(owner, 0, sha256);
    for link in links(&test).await {
        let mut record = link.record.clone();
        if record.seq == 3 {
            "note_added".clone_into(&mut record.verb);
        }
        let forged = Link::new(record, owner, head, sha256);
        head = forged.head();
        let (previous, hash, seq) = (hex(&forged.previous), hex(&forged.hash), forged.record.seq);
        let verb = &forged.record.verb;
        let set = format!("verb = '{verb}', prev_hash = '{previous}', hash = '{hash}'");
        intruder.change(&format!("UPDATE audit_event SET {set} WHERE SHIQI AND seq = {seq}")).await;
    }
    intruder.change(&format!("UPDATE audit_head SET hash = '{}' WHERE SHIQI", hex(&head.hash))).await;

    let (said, whole) = command(&test, None).await;
    assert!(whole, "the forged chain has no fault of its own: {said}");
    let (said, whole) = command(&test, Some(&anchors)).await;
    assert!(!whole && said.contains("BROKEN at 6: anchor"), "{said}");
    // Keeping the forged head as well does not help: the older one stays.
    anchors::keep(&app(&test, None), &anchors).await.unwrap();
    let (said, whole) = command(&test, Some(&anchors)).await;
    assert!(!whole && said.contains("BROKEN at 6: anchor"), "{said}");
    let mut out = Vec::new();
    let city = Which::City("zs".to_owned());
    assert!(verify_audit(&app(&test, Some(anchors)), &city, &mut out).await.unwrap(), "the city's chain is whole");
    std::fs::remove_file(path).unwrap();
});

both_dbs!(rows_older_than_the_chain_are_counted_by_it, |test: TestDb| async move {
    let mut intruder = Intruder::enter(&test).await;
    let disarm = match test.kind() {
        DatabaseKind::Sqlite => "DROP TRIGGER audit_event_linked",
        DatabaseKind::Postgres => "ALTER TABLE audit_event DROP CONSTRAINT audit_event_linked",
    };
    intruder.run(disarm).await.unwrap();
    let old = |id: &str, code: &str| {
        format!(
            "INSERT INTO audit_event (center_id, id, actor_kind, verb, request_id, created_at) \
             SELECT id, (SELECT id FROM center WHERE code = '{id}'), 'job', 'x', '', '2026-01-01 00:00:00+00:00' \
             FROM center WHERE code = '{code}'"
        )
    };
    intruder.change(&old("shiqi", "shiqi")).await;
    intruder.change(&old("north", "shiqi")).await;
    file(&test, "handler.shiqi", "1").await;
    let found = verdict(&test, "handler.shiqi").await;
    assert_eq!((found.head.seq, found.earlier, found.broken), (1, 2, None));
    let tx = test.db.read(&test.scope("admin.shiqi").await).await.unwrap();
    assert_eq!(tx.audit_count(Condition::all()).await.unwrap(), 1, "no evidence, so not shown");
    drop(tx);
    intruder.change(&old("xiaolan", "shiqi")).await;
    let broken = Some(Break { seq: 1, fault: AuditFault::Previous });
    assert_eq!(verdict(&test, "handler.shiqi").await.broken, broken);
});

both_dbs!(an_attempt_that_is_refused_is_a_record_too, |test: TestDb| async move {
    let scope = test.scope("staff.shiqi").await;
    test.db.refused(&scope, AuditEvent::of(Verb::AttemptRefused).with_detail("acceptComplaint")).await.unwrap();
    let link = links(&test).await.remove(0);
    assert_eq!(link.record.outcome, AuditOutcome::Refused.key());
    assert_eq!(link.record.actor, scope.account().map(|account| account.0));
    assert_eq!(verdict(&test, "staff.shiqi").await.broken, None);
    let tx = test.db.read(&scope).await.unwrap();
    assert_eq!(tx.select::<audit_head::Entity>().unwrap().all().await.unwrap()[0].seq, 1);
});
