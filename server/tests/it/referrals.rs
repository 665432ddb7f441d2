//! A case put before the city: what its clerks see before, between and after, and who learns of it (Z-5).

use domain::{CenterId, ComplaintId, permission::Permission};
use entity::{
    audit_event, case_referral, center_metric, complaint, complaint_event, complaint_pause, department, membership,
    notification,
};
use sea_orm::{ActiveValue::Set, ColumnTrait};
use serde_json::{Value, json};
use server::{
    auth::scope::{Case, Reach, Scope},
    both_dbs,
    db::{AuditEvent, Verb, referrals::OpenCase},
    error::Error,
    jobs::deadlines::sweep,
    testing::TestDb,
};

use crate::{statements::counted, world::World};

const LIST: &str = "query($s: ReferralStatus!, $c: CenterId) { referrals(status: $s, center: $c) { totalCount nodes { \
    id number subject cause reason status days mine openedBy answer answeredBy centerStatus center { code } } } }";
const ONE: &str = "query($id: ReferralId!) { referral(id: $id) { number status mine answer } }";
const CASE: &str = "query($id: ReferralId!) { referredCase(id: $id) { text handler assignee complainant { name phone } \
    events { kind text actor } } }";
const OPEN: &str = "mutation($i: OpenReferralInput!) { openReferral(input: $i) { id status mine openedBy } }";
const REVEAL: &str = "mutation($i: OpenReferralInput!) { revealReferred(input: $i) { name phone address } }";
const ANSWER: &str = "mutation($i: AnswerReferralInput!) { answerReferral(input: $i) { status answer answeredBy } }";
const WHY: &str = "涉及公安分局，中心协调不动";

async fn waiting(world: &World, login: &str) -> Vec<Value> {
    let found = world.ok(login, LIST, json!({ "s": "OPEN" })).await;
    found["referrals"]["nodes"].as_array().unwrap().clone()
}

fn because(id: &Value, reason: &str) -> Value {
    json!({ "i": { "id": id, "reason": reason } })
}

fn answer(id: &Value, text: &str) -> Value {
    json!({ "i": { "id": id, "text": text } })
}

async fn read(world: &World, login: &str, id: &Value) -> Value {
    world.ok(login, CASE, json!({ "id": id })).await["referredCase"].clone()
}

/// A case under investigation that supervision has put before the city, and its place in the city's list.
async fn referred(world: &World) -> (Value, Value) {
    let (case, _) = world.investigating(json!({})).await;
    let case = world.step("supervisor.shiqi", "referComplaint", &case, json!({ "reason": WHY })).await;
    let id = waiting(world, "city.zs").await[0]["id"].clone();
    (case, id)
}

async fn told(world: &World, login: &str) -> Vec<Value> {
    let bell = world.ok(login, "{ notifications { kind text } }", json!({})).await;
    bell["notifications"].as_array().unwrap().clone()
}

both_dbs!(the_city_reads_one_case_for_a_reason_between_opening_and_answering, |test: TestDb| async move {
    let world = World::new(test);
    let (case, id) = referred(&world).await;
    assert_eq!(case["escalation"], "CITY");
    let note = json!({ "i": { "id": case["id"], "version": case["version"], "text": "内部先碰一下头" } });
    world.ok("handler.shiqi", "mutation($i: EntryInput!) { addNote(input: $i) { id } }", note).await;

    // The list says where and what kind, and nothing of the matter.
    let row = waiting(&world, "city.zs").await.remove(0);
    assert_eq!((&row["number"], &row["subject"], &row["reason"]), (&case["number"], &json!("DELAY"), &json!(WHY)));
    assert_eq!((&row["center"]["code"], &row["mine"], &row["days"]), (&json!("shiqi"), &json!(false), &json!(0)));
    assert_eq!(read(&world, "city.zs", &id).await, Value::Null);

    let reason = "核实是否需要市公安局协调";
    let opened = world.ok("city.zs", OPEN, because(&id, reason)).await["openReferral"].clone();
    assert_eq!((&opened["mine"], &opened["openedBy"]), (&json!(true), &json!("city of zs")));
    let seen = read(&world, "city.zs", &id).await;
    assert!(seen["text"].as_str().unwrap().contains("社保卡"));
    assert_eq!((&seen["handler"], &seen["assignee"]), (&json!("handler of shiqi"), &json!("staff of shiqi")));
    assert_eq!(seen["complainant"], json!({ "name": "陈**", "phone": "138****1234" }));
    let events = seen["events"].as_array().unwrap();
    assert!(events.contains(&json!({ "kind": "CITY_OPENED", "text": reason, "actor": "city of zs" })));
    assert!(events.contains(&json!({ "kind": "REFERRED", "text": WHY, "actor": "supervisor of shiqi" })));
    assert!(events.iter().all(|event| event["kind"] != "NOTE"), "{events:#?}");
    // Opening twice is one opening.
    world.ok("city.zs", OPEN, because(&id, reason)).await;
    let verbs = world.audit_verbs("shiqi").await;
    assert_eq!(verbs.iter().filter(|verb| *verb == "referral_opened").count(), 1);
    assert_eq!(told(&world, "supervisor.shiqi").await[0], json!({ "kind": "CITY_OPENED", "text": reason }));

    let shown = world.ok("city.zs", REVEAL, because(&id, "电话核实经过")).await["revealReferred"].clone();
    assert_eq!((&shown["name"], &shown["phone"]), (&json!("陈小明"), &json!("138 0000 1234")));
    let bell = told(&world, "supervisor.shiqi").await;
    assert!(bell.contains(&json!({ "kind": "CITY_REVEALED", "text": "电话核实经过" })));

    let words = "请于三个工作日内会同公安分局答复群众，并报结果。";
    let done = world.ok("city.zs", ANSWER, answer(&id, words)).await["answerReferral"].clone();
    assert_eq!(done, json!({ "status": "ANSWERED", "answer": words, "answeredBy": "city of zs" }));
    for login in ["handler.shiqi", "staff.shiqi", "admin.shiqi", "supervisor.shiqi"] {
        let instruction = json!({ "kind": "CITY_ANSWERED", "text": words });
        assert!(told(&world, login).await.contains(&instruction), "{login}");
    }
    // The center reads who of the city did what; the city reads no more.
    let query = "query($id: ComplaintId!) { complaint(id: $id) { referredAt actions events { kind text public actor { \
        displayName } } } }";
    let seen = world.ok("supervisor.shiqi", query, json!({ "id": case["id"] })).await["complaint"].clone();
    let line =
        json!({ "kind": "CITY_ANSWERED", "text": words, "public": false, "actor": { "displayName": "city of zs" } });
    assert!(seen["events"].as_array().unwrap().contains(&line), "{seen:#}");
    assert_eq!(seen["referredAt"], Value::Null);
    assert_eq!(read(&world, "city.zs", &id).await, Value::Null);
    for (query, input) in
        [(OPEN, because(&id, "再看一眼")), (REVEAL, because(&id, "再看一眼")), (ANSWER, answer(&id, "再答一次"))]
    {
        assert_eq!(world.refused("city.zs", query, input).await, ["INVALID", "referral.answered"]);
    }
    let answered = world.ok("city2.zs", LIST, json!({ "s": "ANSWERED" })).await["referrals"].clone();
    assert_eq!((&answered["totalCount"], &answered["nodes"][0]["answer"]), (&json!(1), &json!(words)));
    // It may be put before the city once more.
    let now = world.case("supervisor.shiqi", &case["id"]).await;
    world.step("supervisor.shiqi", "referComplaint", &now, json!({ "reason": "公安分局仍未回复" })).await;
    assert_eq!(waiting(&world, "city.zs").await.len(), 1);
});

both_dbs!(the_centers_audit_names_the_clerk_and_the_reason, |test: TestDb| async move {
    let world = World::new(test);
    let (case, id) = referred(&world).await;
    world.ok("city.zs", OPEN, because(&id, "核实经过")).await;
    world.ok("city.zs", REVEAL, because(&id, "电话核实")).await;
    world.ok("city.zs", ANSWER, answer(&id, "请限期办结")).await;
    let clerk = world.account("city.zs").await;
    let page = "query($p: AccountId) { auditRecords(person: $p) { nodes { verb detail complaint { number } person { \
        displayName } } } }";
    let found = world.ok("admin.shiqi", page, json!({ "p": clerk })).await["auditRecords"]["nodes"].clone();
    let record = |verb: &str, detail: Value| {
        let person = json!({ "displayName": "city of zs" });
        json!({ "verb": verb, "detail": detail, "complaint": { "number": case["number"] }, "person": person })
    };
    let expected = json!([
        record("referral_answered", Value::Null),
        record("referred_revealed", json!("电话核实")),
        record("referral_opened", json!("核实经过")),
    ]);
    assert_eq!(found, expected);
    let verify = "mutation { verifyAudit { fault } }";
    assert_eq!(world.ok("admin.shiqi", verify, json!({})).await["verifyAudit"]["fault"], Value::Null);
});

both_dbs!(nobody_else_gets_in, |test: TestDb| async move {
    let world = World::new(test);
    let (case, id) = referred(&world).await;
    // Before it is opened nothing is shown, revealed or answered.
    for (query, input) in [(REVEAL, because(&id, "想看看")), (ANSWER, answer(&id, "请办理"))] {
        assert_eq!(world.refused("city.zs", query, input).await, ["INVALID", "referral.not_opened"]);
    }
    assert_eq!(world.refused("city.zs", OPEN, because(&id, "  ")).await, ["INVALID", "form.required"]);
    // Another city's list is empty, and its clerk finds nothing by the id.
    assert_eq!(waiting(&world, "city.other").await, Vec::<Value>::new());
    assert_eq!(world.ok("city.other", ONE, json!({ "id": id })).await["referral"], Value::Null);
    assert_eq!(read(&world, "city.other", &id).await, Value::Null);
    for (query, input) in
        [(OPEN, because(&id, "核实")), (REVEAL, because(&id, "核实")), (ANSWER, answer(&id, "请办理"))]
    {
        assert_eq!(world.refused("city.other", query, input.clone()).await, ["NOT_FOUND"]);
        for other in ["security.zs", "auditor.zs", "handler.shiqi", "admin.shiqi", "supervisor.xiaolan"] {
            assert_eq!(world.refused(other, query, input.clone()).await, ["FORBIDDEN"], "{other}");
        }
        assert_eq!(
            world
                .refused("city.zs", query, {
                    let mut unknown = input;
                    unknown["i"]["id"] = json!(uuid::Uuid::from_u128(9));
                    unknown
                })
                .await,
            ["NOT_FOUND"]
        );
    }
    for other in ["security.zs", "auditor.zs", "handler.shiqi", "supervisor.shiqi"] {
        assert_eq!(world.refused(other, LIST, json!({ "s": "OPEN" })).await, ["FORBIDDEN"], "{other}");
        assert_eq!(world.refused(other, CASE, json!({ "id": id })).await, ["FORBIDDEN"], "{other}");
    }
    // A colleague takes it over: one clerk at a time.
    world.ok("city.zs", OPEN, because(&id, "核实经过")).await;
    assert_eq!(read(&world, "city2.zs", &id).await, Value::Null);
    world.ok("city2.zs", OPEN, because(&id, "原经办人休假")).await;
    assert_ne!(read(&world, "city2.zs", &id).await, Value::Null);
    assert_eq!(read(&world, "city.zs", &id).await, Value::Null);
    assert_eq!(world.refused("city.zs", REVEAL, because(&id, "核实")).await, ["INVALID", "referral.not_opened"]);
    assert_eq!(world.refused("city.zs", ANSWER, answer(&id, "请办理")).await, ["INVALID", "referral.not_opened"]);
    // With a case open, the city still reads no case by the center's way.
    let query = "query($id: ComplaintId!) { complaint(id: $id) { id } }";
    assert_eq!(world.refused("city2.zs", query, json!({ "id": case["id"] })).await, ["FORBIDDEN"]);
});

both_dbs!(the_center_refers_with_a_reason_that_names_nobody, |test: TestDb| async move {
    let world = World::new(test);
    let (case, _) = world.investigating(json!({})).await;
    for (reason, code) in [("", "form.required"), ("请联系陈小明13800001234", "referral.names_somebody")] {
        let refused =
            world.step_refused("supervisor.shiqi", "referComplaint", &case, json!({ "reason": reason })).await;
        assert_eq!(refused, ["INVALID", code]);
    }
    for other in ["handler.shiqi", "staff.shiqi", "city.zs"] {
        let refused = world.step_refused(other, "referComplaint", &case, json!({ "reason": WHY })).await;
        assert_eq!(refused, ["FORBIDDEN"], "{other}");
    }
    let refused = world.step_refused("supervisor.xiaolan", "referComplaint", &case, json!({ "reason": WHY })).await;
    assert_eq!(refused, ["NOT_FOUND"]);
    let referred = world.step("admin.shiqi", "referComplaint", &case, json!({ "reason": WHY })).await;
    assert_eq!(world.step_refused("admin.shiqi", "referComplaint", &case, json!({ "reason": WHY })).await, ["STALE"]);
    let again = world.step_refused("supervisor.shiqi", "referComplaint", &referred, json!({ "reason": WHY })).await;
    assert_eq!(again, ["INVALID", "complaint.already_referred"]);
    assert!(!referred["actions"].as_array().unwrap().contains(&json!("REFER")));
    assert_eq!(waiting(&world, "city.zs").await.len(), 1);
    assert!(told(&world, "supervisor.shiqi").await.contains(&json!({ "kind": "REFERRED", "text": WHY })));
});

both_dbs!(lateness_and_supervision_put_a_case_before_the_city_too, |test: TestDb| async move {
    let world = World::new(test);
    let (late, _) = world.investigating(json!({})).await;
    for day in ["2026-02-28", "2026-03-06"] {
        world.app.clock.set(format!("{day}T02:00:00Z").parse().unwrap());
        for _ in 0..2 {
            sweep(&world.app).await.unwrap();
        }
    }
    let rows = waiting(&world, "city.zs").await;
    assert_eq!(rows.len(), 1, "sweeping twice refers once: {rows:#?}");
    assert_eq!(
        (&rows[0]["number"], &rows[0]["cause"], &rows[0]["reason"]),
        (&late["number"], &json!("OVERDUE"), &Value::Null)
    );
    world.ok("city.zs", OPEN, because(&rows[0]["id"], "超期未结")).await;
    world.ok("city.zs", ANSWER, answer(&rows[0]["id"], "请限期办结")).await;
    sweep(&world.app).await.unwrap();
    assert_eq!(waiting(&world, "city.zs").await, Vec::<Value>::new(), "an answered case stays answered");

    let key = json!({ "idempotencyKey": uuid::Uuid::from_u128(2).to_string(), "happenedOn": "2026-03-05" });
    let (case, _) = world.filed(key).await;
    let media = json!({ "cause": "MEDIA", "reason": "公众号已转发" });
    let case = world.step("supervisor.shiqi", "escalateComplaint", &case, media.clone()).await;
    assert_eq!(waiting(&world, "city.zs").await, Vec::<Value>::new());
    world.step("supervisor.shiqi", "escalateComplaint", &case, media).await;
    let rows = waiting(&world, "city.zs").await;
    // The words stay inside the center; the cause goes up.
    assert_eq!((&rows[0]["cause"], &rows[0]["reason"]), (&json!("MEDIA"), &Value::Null));
});

/// A scope inside a case that was put before the city; the case, another one of the same center, and the way in.
async fn inside_a_case(world: &World) -> (Scope, ComplaintId, ComplaintId, OpenCase) {
    let (case, id) = Box::pin(referred(world)).await;
    let key = json!({ "idempotencyKey": uuid::Uuid::from_u128(2).to_string() });
    let (other, _) = Box::pin(world.filed(key)).await;
    let [case, other] = [case, other].map(|row| serde_json::from_value(row["id"].clone()).unwrap());
    let id = serde_json::from_value(id).unwrap();
    let city = world.test.scope("city.zs").await;
    let open = world.test.db.read(&city).await.unwrap().open_case(id).await.unwrap().unwrap();
    (city.referred(&open).unwrap(), case, other, open)
}

both_dbs!(inside_a_case_every_other_row_of_the_center_is_out_of_reach, |test: TestDb| async move {
    let world = World::new(test);
    let (inside, case, other, open) = inside_a_case(&world).await;
    let db = &world.test.db;
    let shiqi: CenterId = world.test.center("shiqi").await.id;
    assert_eq!(inside.reach(), Reach::Referred(shiqi, Case::Complaint(case)));
    assert!(inside.center().is_err());
    // Only what belongs to a case is granted there, and nobody else makes such a scope of it.
    for permission in Permission::ALL {
        let granted = [Permission::ReferralOpen, Permission::ReferralAnswer].contains(permission);
        assert_eq!(inside.require(*permission).is_ok(), granted, "{permission:?}");
    }
    for login in ["city.other", "supervisor.shiqi", "security.zs"] {
        assert!(world.test.scope(login).await.referred(&open).is_err(), "{login}");
    }

    let tx = db.read(&inside).await.unwrap();
    let cases = tx.select::<complaint::Entity>().unwrap().all().await.unwrap();
    assert_eq!(cases.into_iter().map(|row| row.id).collect::<Vec<_>>(), [case]);
    let by_id = tx.select::<complaint::Entity>().unwrap().filter(complaint::Column::Id.eq(other)).one().await.unwrap();
    assert_eq!(by_id, None);
    let events = tx.select::<complaint_event::Entity>().unwrap();
    assert!(events.all().await.unwrap().iter().all(|event| event.complaint_id == case));
    let theirs = tx.select::<complaint_event::Entity>().unwrap().filter(complaint_event::Column::ComplaintId.eq(other));
    assert_eq!(theirs.count().await.unwrap(), 0);
    assert!(
        tx.select::<notification::Entity>().unwrap().all().await.unwrap().iter().all(|row| row.subject_id == case.0)
    );
    assert_eq!(tx.select::<case_referral::Entity>().unwrap().count().await.unwrap(), 1);
    assert!(matches!(tx.select::<membership::Entity>(), Err(Error::OutOfReach)));
    assert!(matches!(tx.select::<department::Entity>(), Err(Error::OutOfReach)));
    assert!(matches!(tx.select::<complaint_pause::Entity>(), Err(Error::OutOfReach)));
    assert!(matches!(tx.select::<audit_event::Entity>(), Err(Error::OutOfReach)));
    assert!(matches!(tx.select::<center_metric::Entity>(), Err(Error::OutOfReach)));
    assert!(matches!(tx.reported::<center_metric::Entity>(), Err(Error::OutOfReach)));
    assert!(matches!(tx.rows_to_take("complaint", 0).await, Err(Error::OutOfReach)));
    assert!(tx.city_centers().await.is_err());
    drop(tx);
    let outside = world.test.scope("city.zs").await;
    assert!(db.read(&outside).await.unwrap().case_file().await.is_err());
});

both_dbs!(inside_a_case_nothing_else_is_changed, |test: TestDb| async move {
    let world = World::new(test);
    let (inside, case, other, _) = inside_a_case(&world).await;
    let db = &world.test.db;
    let granted = inside.require(Permission::ReferralAnswer).unwrap();
    let mut tx = db.write(&granted).await.unwrap();
    let change = complaint::ActiveModel { id: Set(other), body: Set("?".into()), ..Default::default() };
    assert!(matches!(tx.update(change, 1).await, Err(Error::NotFound(_))));
    let all = notification::ActiveModel { body: Set(None), ..Default::default() };
    tx.update_where(notification::Column::SubjectId.eq(other), all.clone()).await.unwrap();
    assert_eq!(tx.update_where(notification::Column::SubjectId.eq(other), all).await.unwrap(), 0);
    let row = department::ActiveModel { code: Set("x".into()), ..Default::default() };
    assert!(matches!(tx.insert(row).await, Err(Error::OutOfReach)));
    // What is written lands in the case, whichever it names.
    let message = tx.select::<notification::Entity>().unwrap().one().await.unwrap().unwrap();
    let row = notification::ActiveModel {
        id: Set(domain::NotificationId(world.test.ids.next())),
        account_id: Set(message.account_id),
        reason: Set(message.reason),
        subject_id: Set(other.0),
        created_at: Set(message.created_at),
        ..Default::default()
    };
    assert_eq!(tx.insert(row).await.unwrap().subject_id, case.0);
    tx.commit(AuditEvent::of(Verb::ReferralAnswered)).await.unwrap();
    assert_eq!(world.audit_verbs("shiqi").await.last().unwrap(), "referral_answered");
});

both_dbs!(where_nobody_would_learn_of_it_nobody_looks, |test: TestDb| async move {
    let world = World::new(test);
    let (_, id) = referred(&world).await;
    world.ok("city.zs", OPEN, because(&id, "核实经过")).await;
    let centers = "{ cityCenters { center { code centerId } } }";
    let centers = world.ok("city.zs", centers, json!({})).await["cityCenters"].clone();
    let shiqi = centers.as_array().unwrap().iter().find(|row| row["center"]["code"] == "shiqi").unwrap().clone();
    let change = "mutation($i: ChangeCenterInput!) { changeCenter(input: $i) }";
    let suspend = json!({ "i": { "centerId": shiqi["center"]["centerId"], "action": "SUSPEND", "reason": "整顿" } });
    world.ok("city.zs", change, suspend).await;
    assert_eq!(waiting(&world, "city.zs").await[0]["centerStatus"], "SUSPENDED");
    assert_eq!(read(&world, "city.zs", &id).await, Value::Null);
    for (query, input) in
        [(OPEN, because(&id, "核实")), (REVEAL, because(&id, "核实")), (ANSWER, answer(&id, "请办理"))]
    {
        assert_eq!(world.refused("city.zs", query, input).await, ["INVALID", "referral.center_stopped"]);
    }
});

both_dbs!(the_list_costs_the_same_with_more_rows_and_is_narrowed_by_center, |test: TestDb| async move {
    let world = World::new(test);
    let mut seen = Vec::new();
    let mut filed = 0;
    for wanted in [2_u128, 12] {
        while filed < wanted {
            filed += 1;
            let key = json!({ "idempotencyKey": uuid::Uuid::from_u128(filed).to_string() });
            let (case, _) = world.filed(key).await;
            world.step("supervisor.shiqi", "referComplaint", &case, json!({ "reason": WHY })).await;
        }
        let scope = world.test.scope("city.zs").await;
        let (found, statements) = counted(world.run_in(Some(scope), LIST, json!({ "s": "OPEN" }))).await;
        assert_eq!(found["data"]["referrals"]["totalCount"], json!(u64::try_from(wanted).unwrap()));
        seen.push(statements.len());
    }
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0] >= 3, "the counting has gone blind: {seen:?}");
    let xiaolan = json!({ "s": "OPEN", "c": world.test.center("xiaolan").await.id });
    assert_eq!(world.ok("city.zs", LIST, xiaolan).await["referrals"]["totalCount"], 0);
    let page =
        "query($a: String) { referrals(first: 5, after: $a) { nodes { number } pageInfo { hasNextPage endCursor } } }";
    let (mut after, mut numbers) = (Value::Null, Vec::new());
    loop {
        let found = world.ok("city.zs", page, json!({ "a": after })).await["referrals"].clone();
        numbers.extend(found["nodes"].as_array().unwrap().iter().map(|row| row["number"].to_string()));
        if found["pageInfo"]["hasNextPage"] == json!(false) {
            break;
        }
        after = found["pageInfo"]["endCursor"].clone();
    }
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 12);
});

both_dbs!(nobody_of_the_city_opens_a_case_of_their_own, |test: TestDb| async move {
    let world = World::new(test);
    let (case, id) = referred(&world).await;
    // Somebody who works in both places: as the respondent they find no case, as its handler they decide nothing.
    let clerk: domain::AccountId = serde_json::from_value(json!(world.account("city.zs").await)).unwrap();
    let case: ComplaintId = serde_json::from_value(case["id"].clone()).unwrap();
    let job = Scope::job(&world.test.center("shiqi").await, "test").require(Permission::ComplaintSupervise).unwrap();
    for (respondent, handler, codes) in
        [(Some(clerk), None, vec!["NOT_FOUND"]), (None, Some(clerk), vec!["INVALID", "referral.own_case"])]
    {
        let mut tx = world.test.db.write(&job).await.unwrap();
        let seen = tx.select::<complaint::Entity>().unwrap().filter(complaint::Column::Id.eq(case));
        let version = seen.one().await.unwrap().unwrap().version;
        let change = complaint::ActiveModel {
            id: Set(case),
            respondent_id: Set(respondent),
            handler_id: Set(handler),
            ..Default::default()
        };
        tx.update(change, version).await.unwrap();
        tx.commit(AuditEvent::of(Verb::SampleLoaded)).await.unwrap();
        assert_eq!(world.refused("city.zs", OPEN, because(&id, "核实")).await, codes);
    }
});
