//! What becomes of what was given: opened in batches, kept as it was, closed day by day.

use chrono::NaiveDate;
use domain::evaluation::{
    levels::FiveLevel,
    merkle,
    ratings::{Marks, Place, PointChannel, opinion_bytes},
    tally::{self, Counts, Kept},
};
use entity::{audit_event, bad_rating, rating, rating_note, rating_root, rating_tally, sealed_rating, survey_response};
use serde_json::json;
use server::{
    both_dbs,
    config::DatabaseKind,
    crypto::{hex, sha256, unhex},
    testing::TestDb,
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};

use super::Hall;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Verbs and particulars of what the job did, in order.
async fn done(hall: &Hall) -> Vec<(String, String)> {
    let mut rows = hall.all::<audit_event::Entity>().await;
    rows.sort_by_key(|row| row.seq);
    let of_the_job = rows.into_iter().filter(|row| row.actor_kind == "job");
    of_the_job.map(|row| (row.verb, row.detail.unwrap_or_default())).collect()
}

both_dbs!(twenty_of_a_day_are_opened_and_fewer_wait_until_it_is_over, |test| async move {
    let hall = Hall::new(test).await;
    for _ in 0..19 {
        hall.rates("SATISFIED", json!({})).await;
    }
    hall.sweep().await;
    assert_eq!((hall.all::<rating::Entity>().await.len(), hall.all::<sealed_rating::Entity>().await.len()), (0, 19));
    hall.rates("VERY_SATISFIED", json!({ "remark": "办得很快。" })).await;
    hall.sweep().await;
    assert_eq!((hall.all::<rating::Entity>().await.len(), hall.all::<sealed_rating::Entity>().await.len()), (20, 0));
    assert_eq!(done(&hall).await, [("ratings_opened".to_owned(), "20".to_owned())], "one record, by number");
    for _ in 0..3 {
        hall.rates("SATISFIED", json!({})).await;
    }
    hall.survey(json!({ "remark": "谢谢。" })).await;
    hall.sweep().await;
    hall.at("2026-02-14T00:09");
    hall.sweep().await;
    assert_eq!(hall.all::<sealed_rating::Entity>().await.len(), 4);
    hall.at("2026-02-14T00:10");
    hall.sweep().await;
    assert_eq!(hall.all::<sealed_rating::Entity>().await.len(), 0);
    let ratings = hall.all::<rating::Entity>().await;
    assert!(ratings.iter().all(|row| row.day == day("2026-02-13")));
    assert_eq!((ratings.len(), hall.all::<survey_response::Entity>().await.len()), (23, 1));
    let mut counted: Vec<_> =
        hall.all::<rating_tally::Entity>().await.into_iter().map(|row| (row.level, row.ratings)).collect();
    counted.sort_unstable();
    assert_eq!(counted, [(FiveLevel::VerySatisfied, 1), (FiveLevel::Satisfied, 22)]);
    let notes = hall.all::<rating_note::Entity>().await;
    assert_eq!(notes.len(), 2);
    assert!(notes.iter().all(|row| !row.remark_enc.contains('谢') && row.purge_on == day("2027-02-13")));
    let last = done(&hall).await.pop().unwrap();
    assert_eq!(last.0, "rating_day_closed");
    assert!(last.1.starts_with("2026-02-13 24 "), "{}", last.1);
    // Nothing more to do.
    let before = done(&hall).await.len();
    hall.sweep().await;
    assert_eq!(done(&hall).await.len(), before);
});

both_dbs!(a_bad_rating_with_words_or_a_phone_opens_a_case, |test| async move {
    let hall = Hall::new(test).await;
    for more in
        [json!({ "remark": "态度生硬。" }), json!({ "contact": "13800001234" }), json!({ "reasons": ["waiting"] })]
    {
        hall.rates("DISSATISFIED", more).await;
    }
    hall.rates("BASICALLY_SATISFIED", json!({ "remark": "还可以。" })).await;
    hall.at("2026-02-14T01:00");
    hall.sweep().await;
    let cases = hall.all::<bad_rating::Entity>().await;
    assert_eq!(cases.len(), 2);
    assert_eq!(cases.iter().filter(|row| row.named).count(), 1);
    let ratings = hall.all::<rating::Entity>().await;
    assert!(cases.iter().all(|case| ratings.iter().any(|row| row.id == case.rating_id && row.level.is_bad())));
});

/// As the server itself could, by its own role.
async fn run(test: &TestDb, sql: &str) -> Result<u64, sqlx::Error> {
    let sql = AssertSqlSafe(sql.to_owned());
    match test.kind() {
        DatabaseKind::Sqlite => {
            let mut conn = SqliteConnection::connect(&test.cfg.url).await?;
            conn.execute(sql).await.map(|done| done.rows_affected())
        }
        DatabaseKind::Postgres => {
            let mut conn = PgConnection::connect(&test.cfg.url).await?;
            conn.execute(sql).await.map(|done| done.rows_affected())
        }
    }
}

both_dbs!(the_database_keeps_what_was_given_as_it_was, |test: TestDb| async move {
    let hall = Hall::new(test.clone()).await;
    hall.rates("SATISFIED", json!({})).await;
    hall.survey(json!({})).await;
    hall.at("2026-02-14T01:00");
    hall.sweep().await;
    for table in ["rating", "survey_response", "rating_root", "spent_token"] {
        for sql in [format!("UPDATE {table} SET center_id = center_id"), format!("DELETE FROM {table}")] {
            let refused = run(&test, &sql).await.unwrap_err().to_string();
            assert!(refused.contains("is never changed") || refused.contains("permission denied"), "{sql}: {refused}");
        }
    }
    if test.kind() == DatabaseKind::Sqlite {
        // What a closed center leaves behind can be removed.
        run(&test, "UPDATE center SET status = 'closed' WHERE code = 'shiqi'").await.unwrap();
        assert_eq!(run(&test, "DELETE FROM rating").await.unwrap(), 1);
    }
});

#[test]
fn roots_are_those_of_the_known_vectors() {
    let data: [&[u8]; 4] = [b"", &[0], &[0x10], &[0x20, 0x21]];
    let leaves = data.map(|data| merkle::leaf(sha256, data));
    for (count, root) in [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    ] {
        assert_eq!(hex(&merkle::root(sha256, &leaves[..count])), root, "{count}");
    }
}

both_dbs!(a_days_root_holds_each_rating_and_a_receipt_opens_one, |test| async move {
    let hall = Hall::new(test).await;
    let mut receipts = Vec::new();
    for level in ["VERY_SATISFIED", "SATISFIED", "DISSATISFIED"] {
        let reasons = if level == "DISSATISFIED" { json!(["waiting", "error"]) } else { json!([]) };
        let indicators = json!([{ "code": "attitude", "level": level }]);
        receipts.push(hall.rates(level, json!({ "indicators": indicators, "reasons": reasons })).await);
    }
    hall.at("2026-02-16T09:00");
    hall.sweep().await;
    let mut roots = hall.all::<rating_root::Entity>().await;
    roots.sort_by_key(|row| row.day);
    // The days without a rating have one too.
    let days: Vec<_> = roots.iter().map(|row| (row.day, row.ratings)).collect();
    assert_eq!(days, [(day("2026-02-13"), 3), (day("2026-02-14"), 0), (day("2026-02-15"), 0)]);
    let rows = hall.all::<rating::Entity>().await;
    let mut counts = Counts::default();
    for row in &rows {
        counts.rating(Kept { origin: row.origin, channel: row.channel, form: row.form_version }, row.level);
    }
    let root = |commitments: &[[u8; 32]]| hex(&tally::root(sha256, commitments, &counts));
    let mut committed: Vec<_> = rows.iter().map(|row| unhex(&row.commitment).unwrap()).collect();
    assert_eq!(root(&committed), roots[0].root);
    let closing = done(&hall).await.into_iter().find(|(verb, _)| verb == "rating_day_closed").unwrap();
    assert_eq!(closing.1, format!("2026-02-13 3 {}", roots[0].root), "it is in the audit as well");
    for receipt in &receipts {
        // With the opening, and only with it, what was given can be shown to be behind the commitment.
        let row = rows.iter().find(|row| receipt["commitment"] == row.commitment.as_str()).unwrap();
        let marks: Marks = serde_json::from_str(&row.indicators).unwrap();
        let place =
            Place { center: row.center_id, point: row.point_id, channel: PointChannel::Qr, form: row.form_version };
        let opening = unhex(receipt["opening"].as_str().unwrap()).unwrap();
        let commit = |level| hex(&sha256(&[&opening[..], &opinion_bytes(place, level, &marks)].concat()));
        assert_eq!(commit(row.level), row.commitment);
        assert_ne!(commit(FiveLevel::BasicallySatisfied), row.commitment);
    }
    // One bit, or one rating less: another root.
    let mut flipped = committed.clone();
    flipped[1][31] ^= 1;
    assert_ne!(root(&flipped), roots[0].root);
    committed.pop();
    assert_ne!(root(&committed), roots[0].root);
});

both_dbs!(a_day_that_was_closed_stays_as_it_is_when_a_clock_is_set_back, |test| async move {
    let hall = Hall::new(test).await;
    hall.rates("SATISFIED", json!({})).await;
    hall.at("2026-02-14T01:00");
    hall.sweep().await;
    hall.at("2026-02-13T23:00");
    hall.rates("VERY_SATISFIED", json!({})).await;
    hall.at("2026-02-15T01:00");
    hall.sweep().await;
    let mut rows = hall.all::<rating::Entity>().await;
    rows.sort_by_key(|row| row.day);
    let days: Vec<_> = rows.iter().map(|row| (row.day, row.level)).collect();
    let expected = [(day("2026-02-13"), FiveLevel::Satisfied), (day("2026-02-14"), FiveLevel::VerySatisfied)];
    assert_eq!(days, expected);
    let mut roots: Vec<_> =
        hall.all::<rating_root::Entity>().await.into_iter().map(|row| (row.day, row.ratings)).collect();
    roots.sort_unstable();
    assert_eq!(roots, [(day("2026-02-13"), 1), (day("2026-02-14"), 1)]);
});

both_dbs!(words_are_removed_in_time, |test| async move {
    let hall = Hall::new(test).await;
    hall.rates("SATISFIED", json!({ "remark": "谢谢。" })).await;
    hall.at("2026-02-14T01:00");
    hall.sweep().await;
    hall.at("2027-02-13T09:00");
    hall.sweep().await;
    assert_eq!(hall.all::<rating_note::Entity>().await.len(), 1);
    hall.at("2027-02-14T09:00");
    hall.sweep().await;
    assert_eq!(hall.all::<rating_note::Entity>().await.len(), 0);
    assert_eq!(done(&hall).await.pop().unwrap(), ("rating_notes_purged".to_owned(), "1".to_owned()));
});
