//! One change, one transaction, one audit event; and what is asked before a scope exists.

use chrono::TimeDelta;
use entity::{audit_event, city_audit_event, complaint, form_version, policy_value};
use sea_orm::{ActiveValue::Set, ColumnTrait};
use server::{
    both_dbs,
    db::{AuditEvent, Verb, platform::CitySetup, sessions::StoredSession},
    error::{Conflict, Error},
    testing::TestDb,
};

use crate::{file, granted};

both_dbs!(a_commit_writes_one_audit_event_and_a_drop_nothing, |test: TestDb| async move {
    let row = file(&test, "handler.shiqi", "1").await;
    let mut tx = test.db.write(&granted(&test, "handler.shiqi").await).await.unwrap();
    tx.insert(test.complaint("2")).await.unwrap();
    drop(tx);
    let scope = test.scope("handler.shiqi").await;
    let tx = test.db.read(&scope).await.unwrap();
    assert_eq!(tx.select::<complaint::Entity>().unwrap().count().await.unwrap(), 1);
    let events = tx.select::<audit_event::Entity>().unwrap().all().await.unwrap();
    let [event] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(event.verb, "complaint_registered");
    assert_eq!(event.object_id, Some(row.id.to_string()));
    assert_eq!((event.actor_id, event.actor_kind.as_str()), (scope.account(), "account"));
    assert_eq!((event.request_id.as_str(), event.created_at), ("test", test.clock.now()));
});

both_dbs!(the_city_writes_its_own_rows_and_its_own_audit, |test: TestDb| async move {
    let value = |value| policy_value::ActiveModel {
        key: Set("complaint.ack".into()),
        value: Set(value),
        updated_at: Set(test.clock.now()),
        ..Default::default()
    };
    let mut tx = test.db.write(&granted(&test, "city.zs").await).await.unwrap();
    tx.city_insert(value(2)).await.unwrap();
    tx.city_upsert(vec![value(3)]).await.unwrap();
    assert!(matches!(tx.insert(test.complaint("1")).await, Err(Error::OutOfReach)));
    tx.commit(AuditEvent::of(Verb::CitySetUp)).await.unwrap();

    let mut tx = test.db.write(&granted(&test, "admin.shiqi").await).await.unwrap();
    assert!(matches!(tx.city_insert(value(4)).await, Err(Error::OutOfReach)));
    drop(tx);
    for (login, expected) in [("staff.shiqi", 1), ("staff.north", 0)] {
        let tx = test.db.read(&test.scope(login).await).await.unwrap();
        let found = tx.city::<policy_value::Entity>().filter(policy_value::Column::Key.eq("complaint.ack"));
        let found = found.filter(policy_value::Column::Value.eq(3));
        assert_eq!(found.count().await.unwrap(), expected, "{login}");
    }
    let tx = test.db.read(&test.scope("city.zs").await).await.unwrap();
    // One of setting up, one of the change.
    assert_eq!(tx.city::<city_audit_event::Entity>().count().await.unwrap(), 2);
});

both_dbs!(a_city_changes_its_own_row_if_it_is_as_it_was_seen, |test: TestDb| async move {
    let tx = test.db.read(&test.scope("city.zs").await).await.unwrap();
    let row = tx.city::<form_version::Entity>().one().await.unwrap().unwrap();
    drop(tx);
    let change = |edition: &str| form_version::ActiveModel {
        id: Set(row.id),
        edition: Set(edition.into()),
        ..Default::default()
    };
    let mut tx = test.db.write(&granted(&test, "city.zs").await).await.unwrap();
    let changed = tx.city_update(change("first"), row.version).await.unwrap();
    assert_eq!((changed.version, changed.city_id, changed.edition.as_str()), (2, row.city_id, "first"));
    assert!(matches!(tx.city_update(change("second"), row.version).await, Err(Error::Conflict(Conflict::Newer(2)))));
    tx.commit(AuditEvent::on(row.id.0, Verb::FormEdited)).await.unwrap();
    let mut tx = test.db.write(&granted(&test, "city.other").await).await.unwrap();
    assert!(matches!(tx.city_update(change("theirs"), 2).await, Err(Error::NotFound(_))));
    drop(tx);
    let mut tx = test.db.write(&granted(&test, "admin.shiqi").await).await.unwrap();
    assert!(matches!(tx.city_update(change("a center's"), 2).await, Err(Error::OutOfReach)));
});

both_dbs!(a_stale_change_is_refused_and_the_key_stays, |test: TestDb| async move {
    let row = file(&test, "handler.shiqi", "1").await;
    let change = |body: &str| complaint::ActiveModel { id: Set(row.id), body: Set(body.into()), ..Default::default() };
    let mut tx = test.db.write(&granted(&test, "handler.shiqi").await).await.unwrap();
    let changed = tx.update(change("first"), row.version).await.unwrap();
    assert_eq!((changed.version, changed.id, changed.body.as_str()), (2, row.id, "first"));
    assert!(matches!(tx.update(change("second"), row.version).await, Err(Error::Conflict(Conflict::Newer(2)))));
    assert!(matches!(tx.update(complaint::ActiveModel::default_row(), 1).await, Err(Error::Internal(_))));
    tx.commit(AuditEvent::on(row.id.0, Verb::NoteAdded)).await.unwrap();
});

/// A change that names no row.
trait DefaultRow {
    fn default_row() -> Self;
}

impl DefaultRow for complaint::ActiveModel {
    fn default_row() -> Self {
        Self { body: Set("nobody's".into()), ..Default::default() }
    }
}

both_dbs!(a_read_is_one_snapshot, |test: TestDb| async move {
    let test = test.with_connections(2).await;
    file(&test, "handler.shiqi", "1").await;
    let tx = test.db.read(&test.scope("handler.shiqi").await).await.unwrap();
    let count = async || tx.select::<complaint::Entity>().unwrap().count().await.unwrap();
    assert_eq!(count().await, 1);
    file(&test, "handler.shiqi", "2").await;
    assert_eq!(count().await, 1);
});

both_dbs!(many_writers_wait_their_turn, |test: TestDb| async move {
    let test = test.with_connections(4).await;
    let granted = granted(&test, "handler.shiqi").await;
    let writers = (0..40).map(|number| {
        let (test, granted) = (test.clone(), granted.clone());
        tokio::spawn(async move {
            let mut tx = test.db.write(&granted).await?;
            tx.insert(test.complaint(&number.to_string())).await?;
            // The audit's id comes from the same source: each is its own.
            tx.commit(AuditEvent::of(Verb::ComplaintRegistered)).await
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap().unwrap();
    }
    let tx = test.db.read(granted.scope()).await.unwrap();
    assert_eq!(tx.select::<complaint::Entity>().unwrap().count().await.unwrap(), 40);
});

both_dbs!(more_rows_than_one_statement_holds, |test: TestDb| async move {
    let mut tx = test.db.write(&granted(&test, "handler.shiqi").await).await.unwrap();
    tx.insert_many((0..1000).map(|n| test.complaint(&n.to_string())).collect()).await.unwrap();
    tx.commit(AuditEvent::of(Verb::SampleLoaded)).await.unwrap();
    let tx = test.db.read(&test.scope("handler.shiqi").await).await.unwrap();
    assert_eq!(tx.select::<complaint::Entity>().unwrap().count().await.unwrap(), 1000);
});

both_dbs!(a_session_that_ended_is_not_revived, |test: TestDb| async move {
    let identity = test.db.identity();
    let (now, later) = (test.clock.now(), test.clock.now() + TimeDelta::minutes(30));
    let session = |data: &str, expires_at| StoredSession {
        id_hash: "h".to_owned(),
        account: None,
        browser: None,
        data: data.to_owned(),
        expires_at,
    };
    assert!(identity.session_create(&session("1", later)).await.unwrap());
    assert!(!identity.session_create(&session("2", later)).await.unwrap());
    identity.session_save(&session("3", later)).await.unwrap();
    assert_eq!(identity.session_load("h", now).await.unwrap().as_deref(), Some("3"));
    assert_eq!(identity.session_load("h", later).await.unwrap(), None);
    identity.session_delete("h").await.unwrap();
    identity.session_save(&session("4", later)).await.unwrap();
    assert_eq!(identity.session_load("h", now).await.unwrap(), None);
    assert!(identity.session_create(&session("5", now)).await.unwrap());
    assert_eq!(identity.sessions_expire(now).await.unwrap(), 1);
});

both_dbs!(places_are_read_before_a_scope_exists, |test: TestDb| async move {
    let place = test.place("handler.shiqi").await;
    assert_eq!((place.code.as_str(), place.center_id), ("shiqi", Some(test.center("shiqi").await.id)));
    assert_eq!(place.city_id, test.city("zs").await);
    let office = test.place("city.other").await;
    assert_eq!((office.code.as_str(), office.center_id), ("other", None));
    let identity = test.db.identity();
    let codes: Vec<_> = identity.centers(place.city_id).await.unwrap().into_iter().map(|c| c.code).collect();
    assert_eq!(codes, ["shiqi", "xiaolan"]);
    assert_eq!(identity.all_centers().await.unwrap().len(), 4);
    assert_eq!(identity.city_policy(place.city_id).await.unwrap().len(), 1);
    assert!(identity.city_calendar(place.city_id).await.unwrap().len() > 20);
});

both_dbs!(setting_up_again_keeps_what_is_there, |test: TestDb| async move {
    let before = test.place("city.zs").await.city_id;
    let again = CitySetup { code: "zs".into(), policy: vec![("complaint.normal".into(), 99)], ..Default::default() };
    assert_eq!(test.db.platform().set_up(&again).await.unwrap(), before);
    let policy = test.db.identity().city_policy(before).await.unwrap();
    assert_eq!(policy.into_iter().map(|(_, value)| value).collect::<Vec<_>>(), [5]);
});
