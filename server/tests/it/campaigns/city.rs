//! Rounds that the city organises in several centers: what each center does of them, and what the city sees.

use entity::campaign;
use serde_json::{Value, json};
use server::{both_dbs, campaigns::city::follow};

use super::{called, draw, filled, form, gives, not, now, page, representative, spotless, takes_part};
use crate::{
    campaigns::third_party::{agreed, comes, goes_out, points},
    posts::{ADMIN, does, refused},
    world::World,
};

const CITY: &str = "city.zs";
const LEAD: &str = "agency.wu";
const PARTS: &str = "round { id version status } formNumber actions parts { center { id nameZh } status problem named accepted \
    handedIn openRemarks mean forms toldAt }";

/// The ids of a city's centers, in its order.
async fn centers(world: &World) -> Vec<Value> {
    let found = world.ok(CITY, "{ cityRoundChoices { centers { id nameZh } } }", json!({})).await;
    let rows = found["cityRoundChoices"]["centers"].as_array().unwrap().clone();
    rows.into_iter().map(|row| row["id"].clone()).collect()
}

async fn input(world: &World, more: Value) -> Value {
    let mut input = json!({ "kind": "THIRD_PARTY", "centers": centers(world).await,
        "form": form(world, "THIRD_PARTY").await, "name": "2026年第三方评价", "startsOn": "2026-02-13",
        "endsOn": "2026-02-27", "briefing": "全市统一指标。" });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

async fn city(world: &World, verb: &str, kind: &str, input: Value) -> Value {
    let document = format!("mutation M($i: {kind}!) {{ {verb}(input: $i) {{ {PARTS} }} }}");
    world.ok(CITY, &document, json!({ "i": input })).await[verb].clone()
}

async fn seen(world: &World, round: &Value) -> Value {
    let query = format!("query R($id: CityRoundId!) {{ cityRound(id: $id) {{ {PARTS} }} }}");
    world.ok(CITY, &query, json!({ "id": round["id"] })).await["cityRound"].clone()
}

fn at(row: &Value) -> Value {
    json!({ "id": row["id"], "version": row["version"] })
}

/// The round of the city in a center.
async fn in_center(world: &World, code: &str) -> Value {
    let query = "{ campaigns { id version status kind name byCity } }";
    let rows = world.ok(&format!("admin.{code}"), query, json!({})).await["campaigns"].clone();
    rows.as_array().unwrap().iter().find(|row| row["byCity"] == true).unwrap().clone()
}

both_dbs!(the_city_plans_opens_and_closes_a_round_in_its_centers_and_sees_them_side_by_side, |test| async move {
    let world = World::new(test);
    let planned = city(&world, "planCityRound", "PlanCityRoundInput", input(&world, json!({})).await).await;
    let parts = planned["parts"].as_array().unwrap().clone();
    assert_eq!(parts.len(), 2);
    assert!(parts.iter().all(|part| part["status"] == "PLANNED" && part["problem"].is_null() && part["named"] == 0));
    // Each center has a round of its own about itself, and neither changes nor opens nor closes it.
    for code in ["shiqi", "xiaolan"] {
        let round = in_center(&world, code).await;
        assert_eq!((&round["kind"], &round["name"]), (&json!("THIRD_PARTY"), &json!("2026年第三方评价")));
    }
    let round = in_center(&world, "shiqi").await;
    let shown = page(&world, &round).await;
    assert_eq!((&shown["targets"][0]["kind"], &shown["actions"]), (&json!("CENTER"), &json!([])));
    let citys = ["INVALID", "campaigns.citys"];
    assert_eq!(not(&world, "openCampaign", "SeenCampaignInput", at(&round)).await, citys);
    let targets = json!({ "id": round["id"], "version": round["version"], "targets": [{}] });
    assert_eq!(not(&world, "setCampaignTargets", "SetCampaignTargetsInput", targets).await, citys);
    let edit = json!({ "id": round["id"], "version": round["version"], "form": form(&world, "THIRD_PARTY").await,
        "name": "改名", "startsOn": "2026-02-13", "endsOn": "2026-02-27", "briefing": "改" });
    assert_eq!(not(&world, "editCampaign", "EditCampaignInput", edit).await, citys);

    // One center has its agency there; the other says why it cannot begin.
    comes(&world, &round, LEAD, "THIRD_PARTY_LEAD").await;
    agreed(&world, &round, LEAD).await;
    let opened = city(&world, "openCityRound", "SeenCityRoundInput", at(&planned["round"])).await;
    assert_eq!((&opened["round"]["status"], &opened["actions"]), (&json!("OPEN"), &json!(["CLOSE"])));
    let told: Vec<_> = opened["parts"].as_array().unwrap().iter().map(|p| (&p["status"], &p["problem"])).collect();
    assert_eq!(told, [(&json!("OPEN"), &Value::Null), (&json!("PLANNED"), &json!("campaigns.no_raters"))]);
    assert_eq!((&opened["parts"][0]["named"], &opened["parts"][0]["accepted"]), (&json!(1), &json!(1)));
    assert_eq!(not(&world, "closeCampaign", "SeenCampaignInput", at(&now(&world, &round).await)).await, citys);
    let codes = refused(&world, CITY, "openCityRound", "SeenCityRoundInput", at(&opened["round"])).await;
    assert_eq!(codes, ["INVALID", "campaigns.step"]);

    // The hourly job tells how far it is, and only when something has changed.
    goes_out(&world, &round, LEAD).await;
    let given = filled(&world, LEAD, &round, 0, points(90), json!([])).await;
    gives(&world, LEAD, "handInBallot", &given).await;
    assert_eq!(seen(&world, &planned["round"]).await["parts"][0]["handedIn"], 0);
    let center = world.test.center("shiqi").await;
    for _ in 0..2 {
        follow(&world.app, &center).await.unwrap();
    }
    let now_told = seen(&world, &planned["round"]).await["parts"][0].clone();
    assert_eq!((&now_told["handedIn"], &now_told["mean"]), (&json!(1), &Value::Null), "not before it is published");
    let verbs = world.audit_verbs("shiqi").await;
    assert_eq!(verbs.iter().filter(|verb| *verb == "city_round_told").count(), 3);

    // Closed by the city, worked through and published by the center.
    let closed = city(&world, "closeCityRound", "SeenCityRoundInput", at(&opened["round"])).await;
    let told: Vec<_> = closed["parts"].as_array().unwrap().iter().map(|p| (&p["status"], &p["problem"])).collect();
    assert_eq!(told, [(&json!("CLOSED"), &Value::Null), (&json!("PLANNED"), &json!("campaigns.never_opened"))]);
    let row = now(&world, &round).await;
    let codes = not(&world, "publishCampaign", "PublishCampaignInput", at(&row)).await;
    assert_eq!(codes, ["INVALID", "campaigns.report_open"]);
});

both_dbs!(what_a_center_came_to_is_told_when_it_publishes_and_nothing_is_added_up, |test| async move {
    let world = World::new(test);
    let more = json!({ "kind": "DEPUTIES", "form": form(&world, "CONDUCT").await });
    let planned = city(&world, "planCityRound", "PlanCityRoundInput", input(&world, more).await).await;
    let round = in_center(&world, "shiqi").await;
    for group in ["PARTY_DELEGATE", "CONGRESS_DEPUTY", "CPPCC_MEMBER"] {
        representative(&world, group, &format!("{group}0"), json!({})).await;
    }
    draw(&world, &now(&world, &round).await, 1).await;
    let mut logins = Vec::new();
    for row in page(&world, &round).await["raters"].as_array().unwrap() {
        let login = row["rater"]["name"].as_str().unwrap().to_lowercase();
        called(&world, &row["rater"], &login).await;
        takes_part(&world, &login, &round).await;
        logins.push(login);
    }
    let opened = city(&world, "openCityRound", "SeenCityRoundInput", at(&planned["round"])).await;
    for login in &logins {
        let given = filled(&world, login, &round, 0, spotless(json!([])), json!([])).await;
        gives(&world, login, "handInBallot", &given).await;
    }
    city(&world, "closeCityRound", "SeenCityRoundInput", at(&opened["round"])).await;
    let publish = json!({ "id": round["id"], "version": now(&world, &round).await["version"], "note": "每方一人。" });
    does(&world, ADMIN, "publishCampaign", "PublishCampaignInput", publish).await;
    let shown = seen(&world, &planned["round"]).await;
    let part = &shown["parts"][0];
    assert_eq!((&part["status"], &part["mean"], &part["forms"]), (&json!("PUBLISHED"), &json!(10_000), &json!(3)));
    assert_eq!(shown["parts"][1]["mean"], Value::Null);
    // The answer has a figure for each center and none for all of them.
    let mut fields: Vec<_> = shown.as_object().unwrap().keys().cloned().collect();
    fields.sort();
    assert_eq!(fields, ["actions", "formNumber", "parts", "round"]);
});

both_dbs!(only_the_city_plans_its_rounds_and_only_in_its_own_centers_at_work, |test| async move {
    let world = World::new(test);
    let sound = input(&world, json!({})).await;
    for login in [ADMIN, "security.zs", "auditor.zs"] {
        let codes = refused(&world, login, "planCityRound", "PlanCityRoundInput", sound.clone()).await;
        assert_eq!(codes, ["FORBIDDEN"], "{login}");
    }
    let there = world.test.center("north").await.id;
    let cases = [
        (json!({ "centers": [] }), vec!["INVALID", "form.required"]),
        (json!({ "kind": "PEER", "form": form(&world, "CONDUCT").await }), vec!["INVALID", "campaigns.city_kind"]),
        (json!({ "centers": [sound["centers"][0], sound["centers"][0]] }), vec!["INVALID", "campaigns.target_twice"]),
        (json!({ "centers": [sound["centers"][0], there] }), vec!["NOT_FOUND"]),
        (json!({ "form": form(&world, "CONDUCT").await }), vec!["INVALID", "campaigns.form_kind"]),
        (json!({ "briefing": "长".repeat(100_000) }), vec!["INVALID", "form.too_long"]),
        (json!({ "endsOn": "2026-02-12" }), vec!["INVALID", "campaigns.day_past", "campaigns.ends_before"]),
    ];
    for (more, expected) in cases {
        let codes = refused(&world, CITY, "planCityRound", "PlanCityRoundInput", input(&world, more).await).await;
        assert_eq!(codes, expected);
    }
    // Nothing was left behind in any center, and another city sees nothing of it.
    let tx = world.reader("shiqi").await;
    assert!(tx.select::<campaign::Entity>().unwrap().all().await.unwrap().is_empty());
    drop(tx);
    let planned = city(&world, "planCityRound", "PlanCityRoundInput", sound).await;
    let foreign = format!("query R($id: CityRoundId!) {{ cityRound(id: $id) {{ {PARTS} }} }}");
    let codes = world.refused("city.other", &foreign, json!({ "id": planned["round"]["id"] })).await;
    assert_eq!(codes, ["NOT_FOUND"]);
    assert_eq!(world.ok("city.other", "{ cityRounds { id } }", json!({})).await["cityRounds"], json!([]));
});
