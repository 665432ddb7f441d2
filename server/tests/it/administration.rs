//! What a city office does: centers come, stop and leave; three administrators; policy values.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use server::{
    auth::scope::Scope,
    both_dbs,
    crypto::{hex, sha256},
    db::{
        identity::Center,
        takeaway::{KEPT, TAKEN},
    },
    testing::TestDb,
};

use crate::{
    browser::{Browser, PASSWORD, with_passwords},
    files::uploaded,
    world::World,
};

const CENTERS: &str =
    "{ cityCenters { center { code centerId } status exported { records sha256 } changes { action reason by } } }";
const CREATE: &str = "mutation($i: CreateCenterInput!) { createCenter(input: $i) }";
const CHANGE: &str = "mutation($i: ChangeCenterInput!) { changeCenter(input: $i) }";
const ALLOW: &str = "mutation($i: AllowExportInput!) { allowExport(input: $i) }";
const POLICY: &str =
    "{ policyValues { key value defaultValue min max } policyChanges { key previous value reason by } }";
const SET: &str = "mutation($i: SetPolicyValueInput!) { setPolicyValue(input: $i) }";
const INVITE: &str = "mutation($i: InviteMemberInput!) { inviteMember(input: $i) { accountId } }";

async fn center(world: &World, code: &str) -> Value {
    let all = world.ok("city.zs", CENTERS, json!({})).await["cityCenters"].clone();
    all.as_array().unwrap().iter().find(|row| row["center"]["code"] == code).cloned().unwrap_or_default()
}

async fn step(world: &World, code: &str, action: &str) -> Value {
    let id = center(world, code).await["center"]["centerId"].clone();
    json!({ "i": { "centerId": id, "action": action, "reason": "机构调整" } })
}

fn new_center(more: Value) -> Value {
    let mut input = json!({ "code": "cuiheng", "nameZh": "翠亨新区", "nameEn": "Cuiheng New Area", "kind": "STREET" });
    if let (Value::Object(input), Value::Object(more)) = (&mut input, more) {
        input.extend(more);
    }
    json!({ "i": input })
}

both_dbs!(a_city_takes_a_center_in_and_appoints_its_administrator, |test: TestDb| async move {
    let world = World::new(test);
    let id = world.ok("city.zs", CREATE, new_center(json!({}))).await["createCenter"].clone();
    let made = center(&world, "cuiheng").await;
    assert_eq!((&made["status"], &made["center"]["centerId"]), (&json!("ACTIVE"), &id));
    assert_eq!(made["changes"][0]["action"], "CREATE");
    assert_eq!(made["changes"][0]["by"], "city of zs");
    // The public finds it at once.
    let open = world.ok("", "{ publicCenter(code: \"cuiheng\") { code } }", json!({})).await;
    assert_eq!(open["publicCenter"]["code"], "cuiheng");
    for (more, code) in [
        (json!({}), "center.code_taken"),
        (json!({ "code": "north" }), "center.code_taken"),
        (json!({ "code": "Cui Heng" }), "center.code_form"),
        (json!({ "code": "other", "nameZh": " " }), "form.required"),
        (json!({ "code": "other", "nameEn": "x".repeat(61) }), "form.too_long"),
    ] {
        assert_eq!(world.refused("city.zs", CREATE, new_center(more)).await, ["INVALID", code]);
    }
    for other in ["admin.shiqi", "security.zs", "auditor.zs"] {
        assert_eq!(
            world.refused(other, CREATE, new_center(json!({ "code": "other" }))).await,
            ["FORBIDDEN"],
            "{other}"
        );
        assert_eq!(world.refused(other, CENTERS, json!({})).await, ["FORBIDDEN"], "{other}");
    }
    let appoint = "mutation($i: AppointCenterAdminInput!) { appointCenterAdmin(input: $i) { link { token } } }";
    let first = json!({ "i": { "centerId": id, "login": "first.admin", "displayName": "翠主任" } });
    let token = world.ok("city.zs", appoint, first).await["appointCenterAdmin"]["link"]["token"].clone();
    let accept =
        "mutation($i: AcceptInvitationInput!) { acceptInvitation(input: $i) { scope { place { code } roles } } }";
    let viewer = Browser::new(&world).ok(accept, json!({ "i": { "token": token, "password": PASSWORD } })).await;
    assert_eq!(viewer["scope"], json!({ "place": { "code": "cuiheng" }, "roles": ["CENTER_ADMIN"] }));
});

both_dbs!(a_suspended_center_lets_nobody_in_and_is_not_public, |test: TestDb| async move {
    let world = World::new(test);
    with_passwords(&world, &["handler.shiqi"]).await;
    let mut handler = Browser::new(&world);
    handler.sign_in("handler.shiqi").await;
    let suspend = step(&world, "shiqi", "SUSPEND").await;
    assert_eq!(world.refused("city.other", CHANGE, suspend.clone()).await, ["NOT_FOUND"]);
    let nameless = json!({ "i": { "centerId": suspend["i"]["centerId"], "action": "SUSPEND", "reason": " " } });
    assert_eq!(world.refused("city.zs", CHANGE, nameless).await, ["INVALID", "form.required"]);
    assert_eq!(world.ok("city.zs", CHANGE, suspend.clone()).await["changeCenter"], "SUSPENDED");
    // At the very next request.
    assert_eq!(handler.viewer().await["scope"], Value::Null);
    assert_eq!(handler.refused("{ complaints { totalCount } }", json!({})).await, ["UNAUTHENTICATED"]);
    let open = world.ok("", "{ publicCenter(code: \"shiqi\") { code } }", json!({})).await;
    assert_eq!(open["publicCenter"], Value::Null);
    assert_eq!(world.refused("city.zs", CHANGE, suspend).await, ["INVALID", "center.not_now"]);
    let back = step(&world, "shiqi", "REINSTATE").await;
    assert_eq!(world.ok("city2.zs", CHANGE, back).await["changeCenter"], "ACTIVE");
    assert_eq!(handler.viewer().await["scope"]["place"]["code"], "shiqi");
    let changes = center(&world, "shiqi").await["changes"].clone();
    assert_eq!(changes[0], json!({ "action": "REINSTATE", "reason": "机构调整", "by": "city2 of zs" }));
});

/// Rows of a center by table.
async fn rows(world: &World, center: &Center) -> BTreeMap<&'static str, usize> {
    let tx = world.test.db.read(&Scope::job(center, "count")).await.unwrap();
    let mut counts = BTreeMap::new();
    for table in TAKEN {
        counts.insert(*table, tx.rows_to_take(table, 0).await.unwrap().len());
    }
    counts
}

both_dbs!(
    a_center_leaves_with_all_its_data_by_the_word_of_two_and_nobody_else_loses_a_row,
    |test: TestDb| async move {
        let world = World::new(test);
        with_passwords(&world, &["admin.shiqi", "handler.shiqi"]).await;
        world.filed(json!({})).await;
        let (shiqi, xiaolan) = (world.test.center("shiqi").await, world.test.center("xiaolan").await);
        let elsewhere = json!({ "center": "xiaolan", "idempotencyKey": uuid::Uuid::from_u128(9).to_string() });
        let file = "mutation($i: FileComplaintInput!) { fileComplaint(input: $i) { number } }";
        world.ok("", file, json!({ "i": crate::world::form(elsewhere) })).await;
        let photo = uploaded(&world, "handler.shiqi").await;
        let lost = uploaded(&world, "handler.shiqi").await;
        world.app.files.remove(lost.object.as_deref().unwrap()).await.unwrap();
        let (before, neighbour) = (rows(&world, &shiqi).await, rows(&world, &xiaolan).await);
        assert!(before["complaint"] == 1 && before["membership"] > 3 && neighbour["complaint"] == 1);

        let close = step(&world, "shiqi", "CLOSE").await;
        assert_eq!(world.refused("city2.zs", CHANGE, close.clone()).await, ["INVALID", "center.not_now"]);
        let begin = step(&world, "shiqi", "BEGIN_CLOSING").await;
        assert_eq!(world.ok("city.zs", CHANGE, begin).await["changeCenter"], "CLOSING");
        assert_eq!(world.refused("city.zs", CHANGE, close.clone()).await, ["INVALID", "center.second_person"]);
        assert_eq!(world.refused("city2.zs", CHANGE, close.clone()).await, ["INVALID", "center.not_exported"]);

        // Its own administrator takes the data; the city and a handler cannot.
        let shown = json!({ "i": { "current": PASSWORD } });
        assert_eq!(world.refused("city.zs", ALLOW, shown.clone()).await, ["FORBIDDEN"]);
        let mut handler = Browser::new(&world);
        handler.sign_in("handler.shiqi").await;
        assert_eq!(handler.refused(ALLOW, shown.clone()).await, ["FORBIDDEN"]);
        assert_eq!(handler.fetch("/export").await.0, StatusCode::FORBIDDEN);
        let mut admin = Browser::new(&world);
        admin.sign_in("admin.shiqi").await;
        assert_eq!(admin.fetch("/export").await.0, StatusCode::FORBIDDEN, "the password was not shown again");
        assert_eq!(admin.refused(ALLOW, json!({ "i": { "current": "guess" } })).await, ["INVALID", "password.wrong"]);
        admin.ok(ALLOW, shown).await;
        let (status, name, text) = admin.fetch("/export").await;
        assert_eq!((status, name.as_str()), (StatusCode::OK, "attachment; filename=\"shiqi-2026-02-13.jsonl\""));
        assert_eq!(admin.fetch("/export").await.0, StatusCode::FORBIDDEN, "once");
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
        for table in lines.iter().filter_map(|line| line["table"].as_str()) {
            *taken.entry(table).or_default() += 1;
        }
        // Signing in and being allowed came on top.
        for table in TAKEN.iter().filter(|table| !table.starts_with("audit")) {
            assert_eq!(taken.get(table).copied().unwrap_or(0), before[table], "{table}");
        }
        let end = &lines[lines.len() - 1];
        assert_eq!((&end["end"], &end["files"], &end["missing"]), (&json!(true), &json!(1), &json!(1)));
        let pieces = lines.iter().filter(|line| line["file"] == json!(photo.id));
        let bytes: Vec<u8> =
            pieces.flat_map(|line| BASE64_STANDARD.decode(line["base64"].as_str().unwrap()).unwrap()).collect();
        assert_eq!(hex(&sha256(&bytes)), photo.sha256);
        assert!(lines.iter().any(|line| line["file"] == json!(lost.id) && line["missing"] == true));
        let case = lines.iter().find(|line| line["table"] == "complaint").unwrap();
        assert_eq!((&case["row"]["name"], &case["row"]["phone"]), (&json!("陈小明"), &json!("138 0000 1234")));
        assert!(!text.contains(&xiaolan.id.to_string()) && !text.contains("_enc"));
        // The hash is stored after the last byte was sent.
        let exported = loop {
            let seen = center(&world, "shiqi").await["exported"].clone();
            if !seen.is_null() {
                break seen;
            }
            tokio::task::yield_now().await;
        };
        let rows_taken = i64::try_from(lines.iter().filter(|line| line["table"].is_string()).count()).unwrap();
        assert_eq!(exported, json!({ "records": rows_taken, "sha256": server::crypto::sha256_hex(&text) }));

        let remove = world.test.db.remove_center(&world.test.cfg, "shiqi").await;
        assert!(remove.is_err(), "not closed yet");
        assert_eq!(world.ok("city2.zs", CHANGE, close).await["changeCenter"], "CLOSED");
        assert_eq!(admin.viewer().await["scope"], Value::Null);
        world.test.db.remove_center(&world.test.cfg, "shiqi").await.unwrap();
        let after = rows(&world, &shiqi).await;
        for table in TAKEN {
            let kept = KEPT.contains(table);
            assert_eq!(after[table] > 0, kept, "{table}");
        }
        assert_eq!(rows(&world, &xiaolan).await, neighbour);
        let taken = world.refused("city.zs", CREATE, new_center(json!({ "code": "shiqi" }))).await;
        assert_eq!(taken, ["INVALID", "center.code_taken"], "an old receipt must not open another center's case");
    }
);

both_dbs!(three_administrators_are_three_accounts_whoever_asks_and_however_fast, |test: TestDb| async move {
    let world = World::new(TestDb { ..test.with_connections(4).await });
    let invite = |login: &str, roles: Value| json!({ "i": { "login": login, "displayName": "何安", "roles": roles } });
    let jobs = ["CITY_ADMIN", "SECURITY_ADMIN", "AUDITOR"];
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        let both = invite("he.an", json!([jobs[one], jobs[other]]));
        assert_eq!(world.refused("security.zs", INVITE, both).await, ["INVALID", "member.administrators_apart"]);
    }
    for (login, job) in [("city.zs", jobs[1]), ("auditor.zs", jobs[0]), ("city.zs", jobs[2])] {
        let more = invite(login, json!([job]));
        assert_eq!(world.refused("security.zs", INVITE, more).await, ["INVALID", "member.administrators_apart"]);
    }
    let own = invite("security.zs", json!(["AUDITOR"]));
    assert_eq!(world.refused("security.zs", INVITE, own).await, ["INVALID", "member.not_oneself"]);
    for other in ["city.zs", "auditor.zs"] {
        assert_eq!(world.refused(other, INVITE, invite("friend", json!(["CITY_REVIEWER"]))).await, ["FORBIDDEN"]);
    }
    // Both at once: one of them wins.
    let give = |job| world.run("security.zs", INVITE, invite("he.an", json!([job])));
    let (one, other) = tokio::join!(give(jobs[0]), give(jobs[2]));
    let won = [&one, &other].iter().filter(|answer| answer.get("errors").is_none()).count();
    assert_eq!(won, 1, "{one:#}\n{other:#}");
    let rows = world.ok("security.zs", "{ memberships { login role } }", json!({})).await["memberships"].clone();
    assert_eq!(rows.as_array().unwrap().iter().filter(|row| row["login"] == "he.an").count(), 1);
});

both_dbs!(a_policy_value_changes_for_steps_to_come_and_its_history_tells_why, |test: TestDb| async move {
    let world = World::new(test);
    let (case, _) = world.filed(json!({})).await;
    let due = case["dueAt"].clone();
    let effect = "query($k: PolicyKey!, $v: Int!) { policyEffect(key: $k, value: $v) { open kept earlier later late warned raised } }";
    let ack = |value: u32| json!({ "k": "COMPLAINT_ACK", "v": value });
    let seen = world.ok("city.zs", effect, ack(4)).await["policyEffect"].clone();
    assert_eq!(seen, json!({ "open": 1, "kept": 1, "earlier": 0, "later": 1, "late": 0, "warned": 0, "raised": 0 }));
    assert_eq!(world.refused("city.zs", effect, ack(0)).await, ["INVALID", "policy.range"]);
    let set = |seen: u32, value: u32| json!({ "i": { "key": "COMPLAINT_ACK", "seen": seen, "value": value, "reason": "试行三个月" } });
    assert_eq!(world.refused("city.zs", SET, set(2, 4)).await, ["STALE"]);
    assert_eq!(world.refused("city.zs", SET, set(1, 1)).await, ["INVALID", "policy.same"]);
    assert_eq!(world.refused("city.zs", SET, set(1, 61)).await, ["INVALID", "policy.range"]);
    for other in ["security.zs", "auditor.zs", "admin.shiqi"] {
        assert_eq!(world.refused(other, SET, set(1, 4)).await, ["FORBIDDEN"], "{other}");
        assert_eq!(world.refused(other, effect, ack(4)).await, ["FORBIDDEN"], "{other}");
    }
    world.ok("city.zs", SET, set(1, 4)).await;
    let policy = world.ok("city.zs", POLICY, json!({})).await;
    let found = policy["policyValues"].as_array().unwrap().iter().find(|row| row["key"] == "COMPLAINT_ACK").unwrap();
    let value = json!({ "key": "COMPLAINT_ACK", "value": 4, "defaultValue": 1, "min": 1, "max": 60 });
    assert_eq!(*found, value);
    let change =
        json!({ "key": "COMPLAINT_ACK", "previous": 1, "value": 4, "reason": "试行三个月", "by": "city of zs" });
    assert_eq!(policy["policyChanges"], json!([change]));
    // What was told stays; what begins now has four days.
    assert_eq!(world.case("handler.shiqi", &case["id"]).await["dueAt"], due);
    let key = uuid::Uuid::from_u128(7).to_string();
    let (later, _) =
        world.filed(json!({ "idempotencyKey": key, "text": "换了一件事：取号机坏了，没有人来修，请尽快处理。" })).await;
    assert_ne!(later["dueAt"], due);
    // The other city keeps its own.
    let other = world.ok("city.other", POLICY, json!({})).await;
    assert!(other["policyValues"].as_array().unwrap().contains(&json!({
        "key": "COMPLAINT_ACK", "value": 1, "defaultValue": 1, "min": 1, "max": 60
    })));
});

both_dbs!(the_operator_lets_the_first_administrator_in_and_every_other_one_comes_by_them, |test: TestDb| async move {
    let world = World::new(test);
    let link = async |login: &str| {
        let mut printed = Vec::new();
        let origin = "https://gangping.example";
        server::cli::invite_administrator(&world.app, "zs", login, "何安", origin, &mut printed).await.unwrap();
        let printed = String::from_utf8(printed).unwrap();
        let token = printed.trim().rsplit_once("https://gangping.example/desk/invitation#").unwrap().1.to_owned();
        json!({ "i": { "token": token, "password": PASSWORD } })
    };
    let accept =
        "mutation($i: AcceptInvitationInput!) { acceptInvitation(input: $i) { scope { place { code } roles } } }";
    let late = link("he.an").await;
    world.app.clock.advance(chrono::TimeDelta::minutes(16));
    assert_eq!(Browser::new(&world).refused(accept, late).await, ["INVALID", "invitation.invalid"]);
    let scope = json!({ "place": { "code": "zs" }, "roles": ["SECURITY_ADMIN"] });
    let taken = link("he.an").await;
    let mut first = Browser::new(&world);
    assert_eq!(first.ok(accept, taken.clone()).await["scope"], scope);
    assert_eq!(Browser::new(&world).refused(accept, taken).await, ["INVALID", "invitation.invalid"]);
    let reviewer = json!({ "i": { "login": "new.auditor", "displayName": "审计", "roles": ["AUDITOR"] } });
    first.ok(INVITE, reviewer).await;
    // Who has lost the password gets in the same way.
    assert_eq!(Browser::new(&world).ok(accept, link("he.an").await).await["scope"], scope);
    assert_eq!(first.viewer().await, Value::Null, "the old sessions are over");
});
