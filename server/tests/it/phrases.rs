//! Phrases: those that come with the product, and what a center makes of them.

use serde_json::{Value, json};
use server::both_dbs;

use crate::world::World;

const ROW: &str = "{ id version kind category text situation replacementFor source status seed }";

async fn list(world: &World, login: &str) -> Vec<Value> {
    let found = world.ok(login, &format!("{{ phrases {ROW} }}"), json!({})).await;
    found["phrases"].as_array().unwrap().clone()
}

async fn saying(world: &World, login: &str, text: &str) -> Value {
    list(world, login).await.into_iter().find(|row| row["text"] == text).unwrap_or(Value::Null)
}

async fn does(world: &World, login: &str, verb: &str, input: &str, variables: Value) -> Value {
    let query = format!("mutation($i: {input}!) {{ {verb}(input: $i) {ROW} }}");
    world.ok(login, &query, json!({ "i": variables })).await[verb].clone()
}

async fn refused(world: &World, login: &str, verb: &str, input: &str, variables: Value) -> Vec<String> {
    let query = format!("mutation($i: {input}!) {{ {verb}(input: $i) {ROW} }}");
    world.refused(login, &query, json!({ "i": variables })).await
}

fn edited(row: &Value, text: &str) -> Value {
    json!({ "id": row["id"], "version": row["version"], "kind": row["kind"], "category": row["category"], "text": text,
        "replacementFor": row["replacementFor"] })
}

fn seen(row: &Value) -> Value {
    json!({ "id": row["id"], "version": row["version"] })
}

both_dbs!(phrases_come_with_the_product_and_a_center_changes_them_for_itself, |test| async move {
    const ADMIN: &str = "admin.shiqi";
    let world = World::new(test);
    let all = list(&world, "staff.shiqi").await;
    assert_eq!(all.len(), 17);
    assert!(all.iter().all(|row| row["seed"] == true && row["version"] == 0 && row["status"] == "ACTIVE"));
    // Whatever is never to be said has something that is said instead.
    for bad in all.iter().filter(|row| row["kind"] == "FORBIDDEN") {
        assert!(all.iter().any(|row| row["replacementFor"] == bad["id"] && row["kind"] == "CIVIL"), "{bad}");
    }
    let old = saying(&world, ADMIN, "请慢走").await;
    let new = does(&world, ADMIN, "editPhrase", "EditPhraseInput", edited(&old, "请慢走，路上小心")).await;
    assert_eq!((&new["id"], &new["version"], &new["seed"]), (&old["id"], &json!(1), &json!(true)));
    assert_eq!(saying(&world, "admin.xiaolan", "请慢走").await["version"], 0, "another center keeps it as it came");
    // Two who change it for the first time: the second is told.
    let late = refused(&world, ADMIN, "editPhrase", "EditPhraseInput", edited(&old, "再见")).await;
    assert_eq!(late, ["STALE"]);
    let gone = does(&world, ADMIN, "retirePhrase", "SeenPhraseInput", seen(&new)).await;
    assert_eq!((&gone["status"], &gone["text"]), (&json!("RETIRED"), &json!("请慢走，路上小心")));
    let back = does(&world, ADMIN, "restorePhrase", "SeenPhraseInput", seen(&gone)).await;
    assert_eq!((&back["status"], &back["version"]), (&json!("ACTIVE"), &json!(3)));
    assert_eq!(list(&world, ADMIN).await.len(), 17);
    let retired = does(&world, ADMIN, "retirePhrase", "SeenPhraseInput", seen(&all[0])).await;
    assert_eq!((&retired["version"], &retired["status"]), (&json!(1), &json!("RETIRED")));
    let verbs = world.audit_verbs("shiqi").await;
    assert_eq!(verbs[verbs.len() - 4..], ["phrase_edited", "phrase_retired", "phrase_restored", "phrase_retired"]);
});

both_dbs!(a_center_adds_phrases_and_says_what_they_replace, |test| async move {
    const ADMIN: &str = "admin.shiqi";
    let world = World::new(test);
    let phrase = |kind: &str, text: &str, instead: &Value| json!({ "kind": kind, "category": "HANDLING", "text": text, "situation": " ", "replacementFor": instead });
    let none = &Value::Null;
    let bad = does(&world, ADMIN, "addPhrase", "PhraseInput", phrase("FORBIDDEN", "系统慢，我也没办法", none)).await;
    let good = phrase("CIVIL", "系统有点慢，我先帮您核对材料", &bad["id"]);
    let good = does(&world, ADMIN, "addPhrase", "PhraseInput", good).await;
    assert_eq!((&good["replacementFor"], &good["situation"], &good["seed"]), (&bad["id"], none, &json!(false)));
    let add = async |input| refused(&world, ADMIN, "addPhrase", "PhraseInput", input).await;
    assert_eq!(add(phrase("CIVIL", "请坐", &good["id"])).await, ["INVALID", "phrase.replaces_civil"]);
    assert_eq!(add(phrase("FORBIDDEN", "等着", &bad["id"])).await, ["INVALID", "phrase.forbidden_replaces"]);
    assert_eq!(add(phrase("CIVIL", " ", none)).await, ["INVALID", "form.required"]);
    // Another center's is not there.
    let theirs = phrase("CIVIL", "请坐", &bad["id"]);
    assert_eq!(refused(&world, "admin.xiaolan", "addPhrase", "PhraseInput", theirs).await, ["NOT_FOUND"]);
    let theirs = refused(&world, "admin.xiaolan", "retirePhrase", "SeenPhraseInput", seen(&bad)).await;
    assert_eq!(theirs, ["NOT_FOUND"]);
    let turned = json!({ "id": bad["id"], "version": 1, "kind": "CIVIL", "category": "HANDLING", "text": "好的" });
    let turned = refused(&world, ADMIN, "editPhrase", "EditPhraseInput", turned).await;
    assert_eq!(turned, ["INVALID", "phrase.kind_stays"]);
    let staff = refused(&world, "staff.shiqi", "addPhrase", "PhraseInput", phrase("CIVIL", "请坐", none)).await;
    assert_eq!(staff, ["FORBIDDEN"]);
    assert_eq!(list(&world, "staff.shiqi").await.len(), 19);
});
