//! Wall 1 and wall 3: what a member of one center can see and touch of another's rows.

use domain::{
    ComplaintEventId,
    complaints::{ComplaintEventKind, ComplaintStatus},
    permission::Permission,
};
use entity::{center_metric, complaint, complaint_channel, complaint_event, department};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, Order};
use server::{
    auth::scope::{Reach, Scope, Within},
    both_dbs,
    db::{AuditEvent, Verb},
    error::{Conflict, Error, Kind},
    testing::TestDb,
};

use crate::{file, granted};

both_dbs!(another_centers_rows_are_not_there, |test: TestDb| async move {
    let ours = file(&test, "handler.shiqi", "1").await;
    let theirs = file(&test, "handler.xiaolan", "1").await;
    let tx = test.db.read(&test.scope("handler.shiqi").await).await.unwrap();
    let select = || tx.select::<complaint::Entity>().unwrap();
    assert_eq!(select().all().await.unwrap(), vec![ours.clone()]);
    assert_eq!(select().filter(complaint::Column::Id.eq(theirs.id)).one().await.unwrap(), None);
    assert_eq!(select().filter(complaint::Column::CenterId.eq(theirs.center_id)).count().await.unwrap(), 0);
    // A filter cannot widen: an alternative stays inside the center.
    let either = Condition::any().add(complaint::Column::Id.eq(theirs.id)).add(complaint::Column::Id.is_not_null());
    let ordered = select().filter(either).order_by(complaint::Column::Id, Order::Desc).limit(10);
    assert_eq!(ordered.count().await.unwrap(), 1);
});

both_dbs!(a_new_row_belongs_to_the_center_in_scope_whatever_it_says, |test: TestDb| async move {
    let (ours, theirs) = (test.center("shiqi").await.id, test.center("xiaolan").await.id);
    let mut tx = test.db.write(&granted(&test, "handler.shiqi").await).await.unwrap();
    let row = complaint::ActiveModel { center_id: Set(theirs), ..test.complaint("1") };
    assert_eq!(tx.insert(row).await.unwrap().center_id, ours);
    let row = complaint::ActiveModel { center_id: Set(theirs), ..test.complaint("2") };
    tx.insert_many(vec![row]).await.unwrap();
    assert_eq!(tx.select::<complaint::Entity>().unwrap().count().await.unwrap(), 2);
    tx.commit(AuditEvent::of(Verb::SampleLoaded)).await.unwrap();
});

both_dbs!(a_change_of_another_centers_row_finds_nothing, |test: TestDb| async move {
    let theirs = file(&test, "handler.xiaolan", "1").await;
    let xiaolan = test.scope("handler.xiaolan").await;
    let tx = test.db.read(&xiaolan).await.unwrap();
    let their_channel = tx.select::<complaint_channel::Entity>().unwrap().one().await.unwrap().unwrap();
    drop(tx);

    let mut tx = test.db.write(&granted(&test, "handler.shiqi").await).await.unwrap();
    let change = complaint::ActiveModel { id: Set(theirs.id), body: Set("theirs".into()), ..Default::default() };
    let aimed = complaint::ActiveModel { center_id: Set(theirs.center_id), ..change.clone() };
    for change in [change, aimed] {
        assert!(matches!(tx.update(change, 1).await, Err(Error::NotFound(Kind::Row))));
    }
    let renamed =
        complaint_channel::ActiveModel { id: Set(their_channel.id), label_en: Set("?".into()), ..Default::default() };
    assert!(matches!(tx.update_plain(renamed).await, Err(Error::NotFound(Kind::Row))));
    let all = complaint_channel::ActiveModel { label_en: Set("ours".into()), ..Default::default() };
    assert_eq!(tx.update_where(complaint_channel::Column::Id.is_not_null(), all).await.unwrap(), 1);
    tx.commit(AuditEvent::of(Verb::NoteAdded)).await.unwrap();

    let tx = test.db.read(&xiaolan).await.unwrap();
    assert_eq!(tx.select::<complaint::Entity>().unwrap().one().await.unwrap(), Some(theirs));
    assert_eq!(tx.select::<complaint_channel::Entity>().unwrap().one().await.unwrap(), Some(their_channel));
});

both_dbs!(a_row_cannot_point_into_another_center, |test: TestDb| async move {
    let theirs = file(&test, "handler.xiaolan", "1").await;
    let tx = test.db.read(&test.scope("handler.xiaolan").await).await.unwrap();
    let their_department = tx.select::<department::Entity>().unwrap().one().await.unwrap().unwrap();
    drop(tx);
    let event = complaint_event::ActiveModel {
        id: Set(ComplaintEventId(test.ids.next())),
        complaint_id: Set(theirs.id),
        kind: Set(ComplaintEventKind::Note),
        status: Set(ComplaintStatus::Registered),
        is_public: Set(false),
        created_at: Set(test.clock.now()),
        ..Default::default()
    };
    let granted = granted(&test, "handler.shiqi").await;
    let mut tx = test.db.write(&granted).await.unwrap();
    assert!(matches!(tx.insert(event).await, Err(Error::Internal(_))));
    drop(tx);
    let row = complaint::ActiveModel { department_id: Set(Some(their_department.id)), ..test.complaint("2") };
    let mut tx = test.db.write(&granted).await.unwrap();
    assert!(matches!(tx.insert(row).await, Err(Error::Internal(_))));
    drop(tx);
    let row = complaint::ActiveModel { merged_into: Set(Some(theirs.id)), ..test.complaint("3") };
    let mut tx = test.db.write(&granted).await.unwrap();
    assert!(matches!(tx.insert(row).await, Err(Error::Internal(_))));
});

both_dbs!(a_number_is_taken_only_in_its_own_center, |test: TestDb| async move {
    file(&test, "handler.shiqi", "1").await;
    file(&test, "handler.xiaolan", "1").await;
    let mut tx = test.db.write(&granted(&test, "handler.shiqi").await).await.unwrap();
    assert!(matches!(tx.insert(test.complaint("1")).await, Err(Error::Conflict(Conflict::Taken))));
});

both_dbs!(the_city_sees_reported_figures_and_no_case, |test: TestDb| async move {
    file(&test, "handler.shiqi", "1").await;
    for (position, code) in ["shiqi", "xiaolan", "north"].into_iter().enumerate() {
        let granted = Scope::job(&test.center(code).await, "metrics").require(Permission::ComplaintReadAll).unwrap();
        let mut tx = test.db.write(&granted).await.unwrap();
        let figure = |value| center_metric::ActiveModel {
            metric: Set("complaints_open".into()),
            value: Set(value),
            as_of: Set(test.clock.now()),
            ..Default::default()
        };
        tx.upsert_metrics(vec![figure(0)]).await.unwrap();
        tx.upsert_metrics(vec![figure(i64::try_from(position).unwrap() + 1)]).await.unwrap();
        assert!(matches!(tx.reported::<center_metric::Entity>(), Err(Error::OutOfReach)));
        tx.commit(AuditEvent::of(Verb::DeadlinesSwept)).await.unwrap();
    }
    let tx = test.db.read(&test.scope("city.zs").await).await.unwrap();
    let by_value = |rows: Vec<center_metric::Model>| rows.into_iter().map(|row| row.value).collect::<Vec<_>>();
    let reported = tx.reported::<center_metric::Entity>().unwrap().order_by(center_metric::Column::Value, Order::Asc);
    assert_eq!(by_value(reported.all().await.unwrap()), [1, 2]);
    assert!(matches!(tx.select::<complaint::Entity>(), Err(Error::OutOfReach)));
    assert!(matches!(tx.select::<center_metric::Entity>(), Err(Error::OutOfReach)));
});

both_dbs!(a_scope_grants_what_its_roles_grant_here, |test: TestDb| async move {
    let handler = test.scope("handler.shiqi").await;
    assert!(handler.require(Permission::ComplaintHandle).is_ok());
    assert!(matches!(
        handler.require(Permission::ComplaintApprove),
        Err(Error::Forbidden(Permission::ComplaintApprove))
    ));
    assert_eq!(handler.within(), Some(Within::All));
    let staff = test.scope("staff.shiqi").await;
    assert_eq!(staff.within(), staff.account().map(Within::Own));
    assert_eq!(test.scope("city.zs").await.reach(), Reach::City);

    let visitor = Scope::public(&test.center("shiqi").await);
    for permission in Permission::ALL {
        let theirs =
            matches!(permission, Permission::ComplaintFile | Permission::ServiceConfirm | Permission::RatingGive);
        assert_eq!(visitor.require(*permission).is_ok(), theirs, "{permission:?}");
    }
    // Somebody else's place.
    let stolen = Scope::member(&test.place("admin.shiqi").await, staff.account().unwrap());
    assert!(Permission::ALL.iter().all(|permission| stolen.require(*permission).is_err()));
});
