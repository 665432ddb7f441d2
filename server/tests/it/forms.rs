//! The city's forms: copied, changed, published, never changed again; read by its centers.

use serde_json::{Value, json};
use server::{both_dbs, testing::TestDb};

use crate::world::World;

const LIST: &str = "{ formVersions { id kind number status inForce validFrom edition copiedFrom } }";
const PAGE: &str = "form { id version kind number status inForce validFrom copiedFrom } content";

async fn list(world: &World, login: &str) -> Vec<Value> {
    world.ok(login, LIST, json!({})).await["formVersions"].as_array().unwrap().clone()
}

/// The version of a kind with this number, as `login` finds it in the list.
async fn listed(world: &World, login: &str, kind: &str, number: i32) -> Value {
    let rows = list(world, login).await;
    rows.into_iter().find(|row| row["kind"] == kind && row["number"] == number).unwrap_or_default()
}

async fn page(world: &World, login: &str, id: &Value) -> Value {
    let query = format!("query($id: FormVersionId!) {{ formVersion(id: $id) {{ {PAGE} }} }}");
    world.ok(login, &query, json!({ "id": id })).await["formVersion"].clone()
}

fn step(verb: &str, input: &Value) -> (String, Value) {
    let kind = match verb {
        "withdrawFormVersion" | "retireFormVersion" => "SeenFormVersionInput".to_owned(),
        other => format!("{}{}Input", other[..1].to_uppercase(), &other[1..]),
    };
    (format!("mutation($i: {kind}!) {{ {verb}(input: $i) {{ {PAGE} }} }}"), json!({ "i": input }))
}

async fn done(world: &World, login: &str, verb: &str, input: Value) -> Value {
    let (query, variables) = step(verb, &input);
    world.ok(login, &query, variables).await[verb].clone()
}

async fn refused(world: &World, login: &str, verb: &str, input: Value) -> Vec<String> {
    let (query, variables) = step(verb, &input);
    world.refused(login, &query, variables).await
}

/// A version's id and version, and `more`.
fn seen(page: &Value, more: Value) -> Value {
    let mut input = json!({ "id": page["form"]["id"], "version": page["form"]["version"] });
    if let (Value::Object(input), Value::Object(more)) = (&mut input, more) {
        input.extend(more);
    }
    input
}

/// A copy of the city's first form D.
async fn copied(world: &World) -> Value {
    let first = listed(world, "city.zs", "CONDUCT", 1).await;
    done(world, "city.zs", "copyFormVersion", json!({ "id": first["id"] })).await
}

async fn edited(world: &World, login: &str, page: &Value, change: impl FnOnce(&mut Value)) -> Value {
    let mut content = page["content"].clone();
    change(&mut content);
    done(world, login, "editFormVersion", seen(page, json!({ "content": content }))).await
}

both_dbs!(a_city_admin_copies_form_d_is_refused_at_99_points_and_publishes_at_100, |test| async move {
    let world = World::new(test);
    let draft = copied(&world).await;
    assert_eq!(
        (&draft["form"]["number"], &draft["form"]["status"], &draft["form"]["copiedFrom"]),
        (&json!(2), &json!("DRAFT"), &json!(1))
    );
    let first = listed(&world, "city.zs", "CONDUCT", 1).await["id"].clone();
    assert_eq!(page(&world, "city.zs", &first).await["content"], draft["content"]);
    let draft = edited(&world, "city.zs", &draft, |content| {
        content["dimensions"][0]["points"] = json!(24);
        content["dimensions"][0]["items"][0]["size"] = json!({ "least": 1, "most": 3 });
        content["dimensions"][0]["items"][1]["title"]["en"] = json!("  ");
    })
    .await;
    let today = json!({ "validFrom": "2026-02-13" });
    let (query, variables) = step("publishFormVersion", &seen(&draft, today.clone()));
    let answer = world.run("city.zs", &query, variables).await;
    let violations = &answer["errors"][0]["extensions"]["violations"];
    let expected = json!([
        { "field": "content.dimensions.0.items.1.title.en", "code": "form.required", "args": [] },
        { "field": "content.dimensions", "code": "forms.points_sum", "args": [{ "name": "sum", "value": "99" }] },
    ]);
    assert_eq!(*violations, expected);
    let draft = edited(&world, "city.zs", &draft, |content| {
        content["dimensions"][0]["points"] = json!(25);
        content["dimensions"][0]["items"][1]["title"]["en"] = json!(" Cold or rough ");
    })
    .await;
    assert_eq!(draft["content"]["dimensions"][0]["items"][1]["title"]["en"], "Cold or rough");
    let yesterday = seen(&draft, json!({ "validFrom": "2026-02-12" }));
    assert_eq!(refused(&world, "city.zs", "publishFormVersion", yesterday).await, ["INVALID", "forms.date_past"]);
    let published = done(&world, "city.zs", "publishFormVersion", seen(&draft, today)).await;
    assert_eq!(published["form"]["status"], "PUBLISHED");
    // Both count from today on: the newer one does.
    assert_eq!(published["form"]["inForce"], true);
    assert_eq!(listed(&world, "city.zs", "CONDUCT", 1).await["inForce"], false);
    let records = "{ auditRecords(first: 5) { nodes { verb detail } } }";
    let records = world.ok("auditor.zs", records, json!({})).await["auditRecords"]["nodes"].clone();
    assert!(
        records.as_array().unwrap().contains(&json!({ "verb": "form_published", "detail": "conduct 2 2026-02-13" })),
        "{records:#}"
    );
});

both_dbs!(a_published_version_is_never_changed_only_retired, |test| async move {
    let world = World::new(test);
    let id = listed(&world, "city.zs", "QUESTIONNAIRE", 1).await["id"].clone();
    let before = page(&world, "city.zs", &id).await;
    let mut content = before["content"].clone();
    content["remark"]["limit"] = json!(200);
    for (verb, more) in [
        ("editFormVersion", json!({ "content": content })),
        ("publishFormVersion", json!({ "validFrom": "2026-03-01" })),
        ("withdrawFormVersion", json!({})),
    ] {
        let codes = refused(&world, "city.zs", verb, seen(&before, more)).await;
        assert_eq!(codes, ["INVALID", "forms.not_draft"], "{verb}");
    }
    assert_eq!(page(&world, "city.zs", &id).await, before);
    let retired = done(&world, "city.zs", "retireFormVersion", seen(&before, json!({}))).await;
    assert_eq!((&retired["form"]["status"], &retired["form"]["inForce"]), (&json!("RETIRED"), &json!(false)));
    assert_eq!(retired["content"], before["content"]);
    let again = refused(&world, "city.zs", "retireFormVersion", seen(&retired, json!({}))).await;
    assert_eq!(again, ["INVALID", "forms.not_published"]);
    // What was rated by it can still be read.
    assert_eq!(page(&world, "admin.shiqi", &id).await["content"], before["content"]);
});

both_dbs!(a_draft_that_is_given_up_stays_to_be_read_and_copied, |test| async move {
    let world = World::new(test);
    let draft = copied(&world).await;
    let gone = done(&world, "city.zs", "withdrawFormVersion", seen(&draft, json!({}))).await;
    assert_eq!(gone["form"]["status"], "WITHDRAWN");
    let content = gone["content"].clone();
    let more = json!({ "content": content });
    let codes = refused(&world, "city.zs", "editFormVersion", seen(&gone, more)).await;
    assert_eq!(codes, ["INVALID", "forms.not_draft"]);
    let next = done(&world, "city.zs", "copyFormVersion", json!({ "id": gone["form"]["id"] })).await;
    assert_eq!((&next["form"]["number"], &next["form"]["copiedFrom"]), (&json!(3), &json!(2)));
});

both_dbs!(a_center_admin_reads_what_was_published_and_no_draft_nor_another_citys, |test| async move {
    let world = World::new(test);
    let draft = copied(&world).await;
    let id = draft["form"]["id"].clone();
    let seen_by = list(&world, "admin.shiqi").await;
    assert_eq!(seen_by.len(), 4);
    assert!(seen_by.iter().all(|row| row["status"] == "PUBLISHED" && row["inForce"] == true), "{seen_by:?}");
    assert_eq!(list(&world, "city.zs").await.len(), 5);
    let query = "query($id: FormVersionId!) { formVersion(id: $id) { content } }";
    assert_eq!(world.refused("admin.shiqi", query, json!({ "id": id })).await, ["NOT_FOUND"]);
    let theirs = listed(&world, "city.other", "CONDUCT", 1).await["id"].clone();
    for (login, id) in [("admin.shiqi", &theirs), ("city.zs", &theirs), ("city.other", &id), ("admin.north", &id)] {
        assert_eq!(world.refused(login, query, json!({ "id": id })).await, ["NOT_FOUND"], "{login}");
    }
    for login in ["handler.shiqi", "staff.shiqi", "security.zs", "auditor.zs"] {
        assert_eq!(world.refused(login, LIST, json!({})).await, ["FORBIDDEN"], "{login}");
    }
    for verb in ["copyFormVersion", "withdrawFormVersion"] {
        let input = if verb == "copyFormVersion" { json!({ "id": id }) } else { seen(&draft, json!({})) };
        assert_eq!(refused(&world, "admin.shiqi", verb, input.clone()).await, ["FORBIDDEN"], "{verb}");
        assert_eq!(refused(&world, "city.other", verb, input).await, ["NOT_FOUND"], "{verb}");
    }
    done(&world, "city.zs", "publishFormVersion", seen(&draft, json!({ "validFrom": "2026-02-13" }))).await;
    assert_eq!(page(&world, "admin.shiqi", &id).await["content"], draft["content"]);
});

both_dbs!(two_clerks_do_not_write_over_each_other, |test: TestDb| async move {
    let world = World::new(TestDb { ..test.with_connections(4).await });
    let draft = copied(&world).await;
    edited(&world, "city2.zs", &draft, |content| content["bonus"]["cap"] = json!(8)).await;
    let mut content = draft["content"].clone();
    content["bonus"]["cap"] = json!(9);
    let late = seen(&draft, json!({ "content": content }));
    assert_eq!(refused(&world, "city.zs", "editFormVersion", late).await, ["STALE"]);
    // One publishes while the other still writes: whoever is second is refused, and what was published is whole.
    let draft = page(&world, "city.zs", &draft["form"]["id"]).await;
    let (publish, published) = step("publishFormVersion", &seen(&draft, json!({ "validFrom": "2026-02-13" })));
    let (edit, change) = step("editFormVersion", &seen(&draft, json!({ "content": content })));
    let (one, other) = tokio::join!(world.run("city.zs", &publish, published), world.run("city2.zs", &edit, change));
    let won = [&one, &other].iter().filter(|answer| answer.get("errors").is_none()).count();
    assert_eq!(won, 1, "{one:#}\n{other:#}");
    let after = page(&world, "city.zs", &draft["form"]["id"]).await;
    let cap = if after["form"]["status"] == "PUBLISHED" { 8 } else { 9 };
    assert_eq!(after["content"]["bonus"]["cap"], cap);
    // Two copies at once are two versions, or one of them is told to try again.
    let (copy, variables) = step("copyFormVersion", &json!({ "id": draft["form"]["id"] }));
    tokio::join!(world.run("city.zs", &copy, variables.clone()), world.run("city2.zs", &copy, variables));
    let mut numbers: Vec<_> = list(&world, "city.zs").await;
    numbers.retain(|row| row["kind"] == "CONDUCT");
    let numbers: Vec<_> = numbers.iter().map(|row| row["number"].as_i64().unwrap()).collect();
    assert!(numbers == [3, 2, 1] || numbers == [4, 3, 2, 1], "{numbers:?}");
});

both_dbs!(a_version_counts_from_its_day_on_and_none_before_the_last_one, |test| async move {
    let world = World::new(test);
    let april = copied(&world).await;
    done(&world, "city.zs", "publishFormVersion", seen(&april, json!({ "validFrom": "2026-04-01" }))).await;
    assert_eq!(listed(&world, "admin.shiqi", "CONDUCT", 1).await["inForce"], true);
    assert_eq!(listed(&world, "admin.shiqi", "CONDUCT", 2).await["inForce"], false);
    let march = copied(&world).await;
    let early = seen(&march, json!({ "validFrom": "2026-03-01" }));
    assert_eq!(refused(&world, "city.zs", "publishFormVersion", early).await, ["INVALID", "forms.date_order"]);
    // Until midnight of 1 April in Shanghai.
    world.wait_days(46);
    assert_eq!(listed(&world, "admin.shiqi", "CONDUCT", 2).await["inForce"], false);
    world.wait_days(1);
    assert_eq!(listed(&world, "admin.shiqi", "CONDUCT", 1).await["inForce"], false);
    assert_eq!(listed(&world, "admin.shiqi", "CONDUCT", 2).await["inForce"], true);
});

both_dbs!(a_city_admin_begins_each_kind_with_the_shipped_wording_and_is_told_every_fault, |test| async move {
    let world = World::new(test);
    for (kind, change, place, code) in [
        ("QUESTIONNAIRE", json!({ "rows": [] }), "content.rows", "forms.exactly"),
        ("GOOD_BAD", json!({ "channels": [] }), "content.channels", "forms.channel_missing"),
        ("THIRD_PARTY", json!({ "groups": [] }), "content.groups", "forms.count"),
    ] {
        let draft = done(&world, "city.zs", "startFormVersion", json!({ "kind": kind })).await;
        assert_eq!((&draft["form"]["number"], &draft["form"]["copiedFrom"]), (&json!(2), &Value::Null), "{kind}");
        let draft = edited(&world, "city.zs", &draft, |content| {
            content.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        })
        .await;
        let (query, variables) = step("publishFormVersion", &seen(&draft, json!({ "validFrom": "2026-02-13" })));
        let answer = world.run("city.zs", &query, variables).await;
        let first = &answer["errors"][0]["extensions"]["violations"][0];
        assert_eq!((&first["field"], &first["code"]), (&json!(place), &json!(code)), "{answer:#}");
    }
});

both_dbs!(contents_of_another_shape_or_kind_are_refused, |test| async move {
    let world = World::new(test);
    let draft = copied(&world).await;
    let survey = listed(&world, "city.zs", "QUESTIONNAIRE", 1).await["id"].clone();
    let survey = page(&world, "city.zs", &survey).await["content"].clone();
    let codes = refused(&world, "city.zs", "editFormVersion", seen(&draft, json!({ "content": survey }))).await;
    assert_eq!(codes, ["INVALID", "forms.kind"]);
    let good = &draft["content"];
    let broken = |path: &str, value: Value| {
        let mut content = good.clone();
        *content.pointer_mut(path).unwrap() = value;
        content
    };
    for content in [
        json!("text"),
        json!({ "kind": "CONDUCT" }),
        broken("/dimensions/0/points", json!(24.5)),
        broken("/dimensions/0/points", json!(-1)),
        broken("/dimensions/0/items/0/size", json!({ "least": 1, "most": 2, "more": 3 })),
        broken("/dimensions/0/items/0/source", json!("NOWHERE")),
        broken("/kind", json!("SOMETHING")),
    ] {
        let codes = refused(&world, "city.zs", "editFormVersion", seen(&draft, json!({ "content": content }))).await;
        assert_eq!(codes, ["BAD_REQUEST"], "{content}");
    }
    for (path, value, code) in [
        ("/dimensions/0/title/zh", json!("长".repeat(121)), "form.too_long"),
        ("/dimensions/0/title/en", json!("a\nb"), "form.control_characters"),
        ("/dimensions/0/items/0/code", json!("Über"), "forms.code"),
        ("/dimensions/0/items/0/code", json!("late"), "forms.code_twice"),
    ] {
        let input = seen(&draft, json!({ "content": broken(path, value) }));
        assert_eq!(refused(&world, "city.zs", "editFormVersion", input).await[..2], ["INVALID", code], "{path}");
    }
    assert_eq!(page(&world, "city.zs", &draft["form"]["id"]).await["content"], *good);
});

both_dbs!(an_operator_who_sets_a_city_up_again_leaves_its_forms_alone, |test: TestDb| async move {
    let world = World::new(test);
    let id = listed(&world, "city.zs", "CONDUCT", 1).await["id"].clone();
    done(&world, "city.zs", "retireFormVersion", seen(&page(&world, "city.zs", &id).await, json!({}))).await;
    let before = list(&world, "city.zs").await;
    let forms = server::setup::forms_as(domain::evaluation::forms::FormStatus::Published).unwrap();
    let again = server::db::platform::CitySetup { code: "zs".to_owned(), forms, ..Default::default() };
    world.test.db.platform().set_up(&again).await.unwrap();
    assert_eq!(list(&world, "city.zs").await, before);
    assert_eq!(before[0]["edition"], "DB4420/T 29—2023");
});
