//! What a center's administrator keeps: departments, published ways to complain, service points, devices.
//! Sends the desk's own documents, which nothing else checks against the schema.

use entity::device;
use serde_json::{Value, json};
use server::{both_dbs, crypto::sha256_hex, graphql::document::Document};

use crate::world::World;

const ADMIN: &str = "admin.shiqi";
const DOCUMENTS: &str = include_str!("../../../frontend/src/api/settings.graphql");
const PUBLIC: &str = "{ publicCenter(code: \"shiqi\") { channels { kind labelZh valueZh } } }";

/// The desk's document of this name.
fn document(name: &str) -> &'static str {
    let of = |line: &&str| line.split([' ', '(']).nth(1) == Some(name);
    DOCUMENTS.lines().find(of).ok_or(name).unwrap()
}

async fn done(world: &World, verb: &str, input: Value) -> Value {
    world.ok(ADMIN, document(verb), json!({ "i": input })).await[verb].clone()
}

async fn refused(world: &World, login: &str, verb: &str, input: Value) -> Vec<String> {
    world.refused(login, document(verb), json!({ "i": input })).await
}

/// One of the lists, as the desk gets it.
async fn list(world: &World, name: &str) -> Vec<Value> {
    let lists = world.ok(ADMIN, document("centerSettings"), json!({})).await;
    lists["centerSettings"][name].as_array().unwrap().clone()
}

async fn entry(world: &World, name: &str, key: &str, value: &str) -> Value {
    list(world, name).await.into_iter().find(|row| row[key] == value).ok_or(value).unwrap()
}

/// The entry's id and version, and `more`.
fn seen(entry: &Value, more: Value) -> Value {
    let mut input = json!({ "id": entry["id"], "version": entry["version"] });
    if let (Value::Object(input), Value::Object(more)) = (&mut input, more) {
        input.extend(more);
    }
    input
}

fn department(code: &str) -> Value {
    json!({ "code": code, "nameZh": "不动产登记中心", "nameEn": "Real Estate Registration" })
}

fn email(value: &str) -> Value {
    json!({ "kind": "EMAIL", "labelZh": "电子邮箱", "labelEn": "E-mail", "valueZh": value, "valueEn": value })
}

fn point(code: &str) -> Value {
    json!({ "code": code, "nameZh": "康乐社区便民服务站", "nameEn": "Kangle Service Point", "address": "康乐路12号",
        "phone": "0760-80000111" })
}

fn device(name: &str, point: &Value) -> Value {
    json!({ "name": name, "place": "正门右侧", "servicePointId": point })
}

both_dbs!(a_center_admin_retires_a_department_and_its_cases_still_show_it, |test| async move {
    let world = World::new(test);
    done(&world, "addDepartment", department(" Land ")).await;
    let land = entry(&world, "departments", "code", "land").await;
    let edited = json!({ "code": "land", "nameZh": "自然资源分局", "nameEn": "Natural Resources Branch" });
    done(&world, "editDepartment", seen(&land, edited)).await;
    let (case, _) = world.filed(json!({})).await;
    let case = world.step("handler.shiqi", "screenComplaint", &case, json!({})).await;
    let case = world.step("handler.shiqi", "acceptComplaint", &case, json!({ "class": "NORMAL" })).await;
    let to = json!({ "assignee": world.account("staff.shiqi").await, "department": land["id"] });
    let case = world.step("handler.shiqi", "assignComplaint", &case, to.clone()).await;

    let land = entry(&world, "departments", "code", "land").await;
    done(&world, "retireDepartment", seen(&land, json!({}))).await;
    let offered = "{ departments { code nameZh } }";
    let tax = json!({ "departments": [{ "code": "tax", "nameZh": "税务分局" }] });
    assert_eq!(world.ok("handler.shiqi", offered, json!({})).await, tax);
    let shown = "query($id: ComplaintId!) { complaint(id: $id) { department { nameZh } } }";
    let shown = world.ok("handler.shiqi", shown, json!({ "id": case["id"] })).await;
    assert_eq!(shown["complaint"]["department"]["nameZh"], "自然资源分局");
    let case = world.step("staff.shiqi", "returnComplaint", &case, json!({ "reason": "不归我管" })).await;
    let again = world.step_refused("handler.shiqi", "assignComplaint", &case, to).await;
    assert_eq!(again, ["INVALID", "complaint.department_retired"]);

    let land = entry(&world, "departments", "code", "land").await;
    done(&world, "restoreDepartment", seen(&land, json!({}))).await;
    let offered = world.ok("handler.shiqi", offered, json!({})).await;
    assert_eq!(offered["departments"][0], json!({ "code": "land", "nameZh": "自然资源分局" }));
    let verbs = world.audit_verbs("shiqi").await;
    for verb in ["department_added", "department_edited", "department_retired", "department_restored"] {
        assert_eq!(verbs.iter().filter(|known| *known == verb).count(), 1, "{verb}");
    }
});

both_dbs!(what_a_center_admin_publishes_the_public_sees_at_once, |test| async move {
    let world = World::new(test);
    let public = async || world.ok("", PUBLIC, json!({})).await["publicCenter"]["channels"].clone();
    let phone = json!({ "kind": "phone", "labelZh": "投诉电话", "valueZh": "0760-80000000" });
    assert_eq!(public().await, json!([phone]));
    done(&world, "publishChannel", email("complaints@shiqi.example")).await;
    let mail = json!({ "kind": "email", "labelZh": "电子邮箱", "valueZh": "complaints@shiqi.example" });
    assert_eq!(public().await, json!([phone, mail]));
    let row = entry(&world, "channels", "kind", "EMAIL").await;
    done(&world, "moveChannel", json!({ "id": row["id"], "up": true })).await;
    assert_eq!(public().await, json!([mail, phone]));
    let further = refused(&world, ADMIN, "moveChannel", json!({ "id": row["id"], "up": true })).await;
    assert_eq!(further, ["INVALID", "settings.no_further"]);
    done(&world, "editChannel", seen(&row, email("desk@shiqi.example"))).await;
    assert_eq!(public().await[0]["valueZh"], "desk@shiqi.example");
    for (typed, code) in [(email("desk"), "settings.email"), (email(""), "form.required")] {
        assert_eq!(refused(&world, ADMIN, "publishChannel", typed).await, ["INVALID", code, code]);
    }
    let verbs = world.audit_verbs("shiqi").await;
    assert_eq!(verbs, ["channel_published", "channel_moved", "channel_edited"]);
    let other = "{ publicCenter(code: \"xiaolan\") { channels { kind } } }";
    let other = world.ok("", other, json!({})).await;
    assert_eq!(other["publicCenter"]["channels"], json!([{ "kind": "phone" }]));
});

both_dbs!(the_last_published_channel_stays, |test| async move {
    let world = World::new(test);
    let phone = entry(&world, "channels", "kind", "PHONE").await;
    let last = ["INVALID", "settings.last_channel"];
    assert_eq!(refused(&world, ADMIN, "withdrawChannel", seen(&phone, json!({}))).await, last);
    done(&world, "publishChannel", email("complaints@shiqi.example")).await;
    done(&world, "withdrawChannel", seen(&phone, json!({}))).await;
    let mail = entry(&world, "channels", "kind", "EMAIL").await;
    assert_eq!(refused(&world, ADMIN, "withdrawChannel", seen(&mail, json!({}))).await, last);
    let phone = entry(&world, "channels", "kind", "PHONE").await;
    assert_eq!(phone["status"], "RETIRED");
    let up = json!({ "id": phone["id"], "up": false });
    assert_eq!(refused(&world, ADMIN, "moveChannel", up).await, ["NOT_FOUND"], "only what is published has a place");
    done(&world, "restoreChannel", seen(&phone, json!({}))).await;
    let public = world.ok("", PUBLIC, json!({})).await;
    assert_eq!(public["publicCenter"]["channels"][0]["kind"], "phone", "where it stood");
});

both_dbs!(two_admins_who_withdraw_the_last_two_leave_one, |test| async move {
    let world = World::new(test.with_connections(2).await);
    done(&world, "publishChannel", email("complaints@shiqi.example")).await;
    let inputs = list(&world, "channels").await.into_iter().map(|row| seen(&row, json!({})));
    let both = inputs.map(|input| world.run(ADMIN, document("withdrawChannel"), json!({ "i": input })));
    let answers = futures_util::future::join_all(both).await;
    assert_eq!(answers.iter().filter(|answer| answer.get("errors").is_none()).count(), 1, "{answers:?}");
    assert_eq!(list(&world, "channels").await.iter().filter(|row| row["status"] == "ACTIVE").count(), 1);
});

both_dbs!(a_center_admin_keeps_service_points, |test| async move {
    let world = World::new(test);
    done(&world, "addServicePoint", point("kangle")).await;
    let row = entry(&world, "servicePoints", "code", "kangle").await;
    let moved =
        json!({ "code": "kangle", "nameZh": "康乐社区便民服务站", "nameEn": "Kangle", "address": "康乐路15号" });
    done(&world, "editServicePoint", seen(&row, moved)).await;
    let row = entry(&world, "servicePoints", "code", "kangle").await;
    assert_eq!((&row["address"], &row["phone"], &row["version"]), (&json!("康乐路15号"), &Value::Null, &json!(2)));
    done(&world, "retireServicePoint", seen(&row, json!({}))).await;
    let refusal = refused(&world, ADMIN, "registerDevice", device("自助机", &row["id"])).await;
    assert_eq!(refusal, ["INVALID", "settings.point_retired"]);
    let row = entry(&world, "servicePoints", "code", "kangle").await;
    done(&world, "restoreServicePoint", seen(&row, json!({}))).await;
    done(&world, "registerDevice", device("自助机", &row["id"])).await;
    assert_eq!(entry(&world, "devices", "name", "自助机").await["servicePointId"], row["id"]);
});

both_dbs!(a_devices_credential_is_shown_once_and_stored_hashed, |test| async move {
    let world = World::new(test);
    let stored = async || {
        let tx = world.test.db.read(&world.test.scope(ADMIN).await).await.unwrap();
        tx.select::<device::Entity>().unwrap().one().await.unwrap().unwrap()
    };
    let first = done(&world, "registerDevice", device("一楼自助机", &Value::Null)).await;
    let first = first["credential"].as_str().unwrap().to_owned();
    assert!(first.len() == 64 && first.chars().all(|c| c.is_ascii_hexdigit()), "256 bits");
    assert_eq!(stored().await.credential_hash, sha256_hex(&first));
    let row = entry(&world, "devices", "name", "一楼自助机").await;
    assert!(!row.to_string().contains(&first) && !row.to_string().contains(&sha256_hex(&first)));
    let second = done(&world, "renewDevice", seen(&row, json!({}))).await["credential"].clone();
    assert_ne!(second, json!(first));
    assert_eq!(stored().await.credential_hash, sha256_hex(second.as_str().unwrap()), "the first one counts no more");
    let row = entry(&world, "devices", "name", "一楼自助机").await;
    done(&world, "editDevice", seen(&row, device("二楼自助机", &Value::Null))).await;
    let row = entry(&world, "devices", "name", "二楼自助机").await;
    done(&world, "revokeDevice", seen(&row, json!({}))).await;
    let row = entry(&world, "devices", "name", "二楼自助机").await;
    assert_eq!(row["status"], "REVOKED");
    for (verb, more) in
        [("renewDevice", json!({})), ("editDevice", device("三楼自助机", &Value::Null)), ("revokeDevice", json!({}))]
    {
        let refusal = refused(&world, ADMIN, verb, seen(&row, more)).await;
        assert_eq!(refusal, ["INVALID", "settings.device_revoked"], "{verb}");
    }
    let verbs = world.audit_verbs("shiqi").await;
    assert_eq!(verbs, ["device_registered", "device_renewed", "device_edited", "device_revoked"]);
});

both_dbs!(a_stale_entry_and_a_taken_code_are_refused, |test| async move {
    let world = World::new(test);
    done(&world, "addDepartment", department("land")).await;
    done(&world, "addServicePoint", point("kangle")).await;
    done(&world, "registerDevice", device("自助机", &Value::Null)).await;
    for (verb, typed, code) in [
        ("addDepartment", department("LAND"), "settings.code_taken"),
        ("addDepartment", department("two words"), "settings.code"),
        ("addServicePoint", point("kangle"), "settings.code_taken"),
        ("registerDevice", device("自助机", &Value::Null), "settings.name_taken"),
        ("registerDevice", json!({ "name": "另一台" }), "settings.device_place"),
    ] {
        assert_eq!(refused(&world, ADMIN, verb, typed).await, ["INVALID", code], "{verb}");
    }
    let land = entry(&world, "departments", "code", "land").await;
    let renamed = refused(&world, ADMIN, "editDepartment", seen(&land, department("tax"))).await;
    assert_eq!(renamed, ["INVALID", "settings.code_taken"]);
    for (list, verb, typed) in [
        ("departments", "editDepartment", department("land")),
        ("channels", "editChannel", email("complaints@shiqi.example")),
        ("servicePoints", "editServicePoint", point("kangle")),
        ("devices", "editDevice", device("自助机", &Value::Null)),
    ] {
        let row = self::list(&world, list).await[0].clone();
        done(&world, verb, seen(&row, typed.clone())).await;
        assert_eq!(refused(&world, ADMIN, verb, seen(&row, typed)).await, ["STALE"], "{verb}");
    }
    let taken = world.ok("admin.xiaolan", document("addDepartment"), json!({ "i": department("land") })).await;
    assert!(taken["addDepartment"]["id"].is_string(), "taken in one center only");
});

both_dbs!(nobody_but_the_center_admin_keeps_the_lists, |test| async move {
    let world = World::new(test);
    let query = document("centerSettings");
    for login in ["handler.shiqi", "staff.shiqi", "supervisor.shiqi", "city.zs"] {
        assert_eq!(world.refused(login, query, json!({})).await, ["FORBIDDEN"], "{login}");
        for (verb, input) in [
            ("addDepartment", department("land")),
            ("publishChannel", email("complaints@shiqi.example")),
            ("addServicePoint", point("kangle")),
            ("registerDevice", device("自助机", &Value::Null)),
        ] {
            assert_eq!(refused(&world, login, verb, input).await, ["FORBIDDEN"], "{login}: {verb}");
        }
    }
    assert_eq!(world.refused("", query, json!({})).await, ["UNAUTHENTICATED"]);
});

both_dbs!(another_centers_entries_are_not_found, |test| async move {
    let world = World::new(test);
    done(&world, "addServicePoint", point("kangle")).await;
    done(&world, "registerDevice", device("自助机", &Value::Null)).await;
    let first = async |name: &str| list(&world, name).await[0].clone();
    let (department_row, channel) = (first("departments").await, first("channels").await);
    let (point_row, device_row) = (first("servicePoints").await, first("devices").await);
    for (verb, input) in [
        ("editDepartment", seen(&department_row, department("theirs"))),
        ("retireDepartment", seen(&department_row, json!({}))),
        ("editChannel", seen(&channel, email("complaints@xiaolan.example"))),
        ("withdrawChannel", seen(&channel, json!({}))),
        ("moveChannel", json!({ "id": channel["id"], "up": true })),
        ("editServicePoint", seen(&point_row, point("theirs"))),
        ("retireServicePoint", seen(&point_row, json!({}))),
        ("editDevice", seen(&device_row, device("自助机", &Value::Null))),
        ("renewDevice", seen(&device_row, json!({}))),
        ("revokeDevice", seen(&device_row, json!({}))),
        ("registerDevice", device("自助机", &point_row["id"])),
    ] {
        assert_eq!(refused(&world, "admin.xiaolan", verb, input).await, ["NOT_FOUND"], "{verb}");
    }
    let theirs = world.ok("admin.xiaolan", document("centerSettings"), json!({})).await["centerSettings"].clone();
    assert_eq!((&theirs["servicePoints"], &theirs["devices"]), (&json!([]), &json!([])));
});

#[test]
fn each_of_the_desks_documents_stands_alone() {
    for line in DOCUMENTS.lines() {
        let document = Document::read(line).unwrap();
        assert_eq!(self::document(&document.roots[0]), line, "named after its field");
    }
}
