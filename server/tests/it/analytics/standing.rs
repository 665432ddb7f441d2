//! Closed periods, what centers see of them, and what the city publishes and reports.

use domain::metrics::Metric;
use entity::metric_snapshot;
use serde_json::{Value, json};
use server::{both_dbs, testing::TestDb};

use super::{ADMIN, CITY, add, city_of, closed, of};
use crate::world::World;

const SECOND: &str = "city2.zs";
const PUBLICATION: &str = "id version period kind metrics state proposedBy approvedBy mayApprove reason";

/// January of the city's own two centers, and of four more.
async fn january(world: &World) {
    for (n, code) in ["shiqi", "xiaolan", "c00", "c01", "c02", "c03"].into_iter().enumerate() {
        let satisfied = 940 + i64::try_from(n).unwrap();
        let rows = [
            (Metric::SatisfactionRate, "2026-01-07", "", [satisfied, 1000, 0]),
            (Metric::OnTimeRate, "2026-01-14", "", [45, 50, 0]),
        ];
        add(world, code, &rows).await;
    }
}

async fn standing(world: &World, login: &str, period: Value) -> Value {
    let query = "query($i: StandingInput!) { ownStanding(input: $i) { periods period frozenAt \
        publications { id period metrics formulaZh formulaEn proposedBy state } rows { metric band figure { numerator \
        denominator } countedNow { numerator denominator } city { denominator } median lower upper peers \
        named { center { code } band figure { numerator } } } } }";
    let answer = world.run(login, query, json!({ "i": { "period": period } })).await;
    assert!(answer.get("errors").is_none(), "{answer:#}");
    answer["data"]["ownStanding"].clone()
}

fn row<'a>(standing: &'a Value, metric: &str) -> &'a Value {
    standing["rows"].as_array().unwrap().iter().find(|row| row["metric"] == metric).unwrap()
}

async fn acts(world: &World, login: &str, verb: &str, input: Value) -> Value {
    let (query, variables) = act(verb, input);
    world.ok(login, &query, variables).await[verb].clone()
}

async fn refused(world: &World, login: &str, verb: &str, input: Value) -> Vec<String> {
    let (query, variables) = act(verb, input);
    world.refused(login, &query, variables).await
}

fn act(verb: &str, input: Value) -> (String, Value) {
    let kind = match verb {
        "proposePublication" => "ProposePublicationInput",
        "approvePublication" => "SeenPublicationInput",
        _ => "WithdrawPublicationInput",
    };
    (format!("mutation($i: {kind}!) {{ {verb}(input: $i) {{ {PUBLICATION} }} }}"), json!({ "i": input }))
}

fn proposal(metrics: Value) -> Value {
    json!({ "period": "2026-01", "metrics": metrics, "formulaZh": "满意率＝好评数÷有效评价数", "formulaEn":
        "satisfied ÷ all" })
}

both_dbs!(a_period_is_closed_as_it_is_and_what_is_corrected_later_is_seen, |test: TestDb| async move {
    let world = city_of(test, 4).await;
    january(&world).await;
    // A week after the end of the month, and not before.
    world.at("2026-02-07T12:00");
    closed(&world).await;
    assert_eq!(world.compared(json!({})).await["frozen"], false);
    world.at("2026-02-08T12:00");
    closed(&world).await;
    let seen = world.compared(json!({})).await;
    assert_eq!((&seen["frozen"], &seen["corrections"]), (&json!(true), &json!(0)));
    assert_eq!(seen["asOf"], "2026-02-08T04:00:00+00:00");
    assert_eq!(seen["total"]["denominator"], 6000);
    // Two centers are corrected; what was closed stays as it was.
    add(&world, "c00", &[(Metric::SatisfactionRate, "2026-01-07", "", [-1, -1, 1])]).await;
    add(&world, "c01", &[(Metric::SatisfactionRate, "2026-01-20", "", [10, 10, 0])]).await;
    closed(&world).await;
    let seen = world.compared(json!({})).await;
    assert_eq!((&seen["frozen"], &seen["corrections"]), (&json!(true), &json!(2)));
    assert_eq!((&of(&seen, "c00")["denominator"], &of(&seen, "c00")["excluded"]), (&json!(1000), &json!(0)));
    // Some days of the month, and a part of it, are what is counted now and what was closed.
    let days = world.compared(json!({ "to": "2026-01-30" })).await;
    assert_eq!((&days["frozen"], &of(&days, "c00")["denominator"]), (&json!(false), &json!(999)));
    let part = world.compared(json!({ "stratum": "qr" })).await;
    assert_eq!((&part["frozen"], &of(&part, "c00")["denominator"]), (&json!(true), &json!(1000)));
    // Nobody changes a closed period, not even the city.
    let scope = world.test.scope(CITY).await;
    let granted = scope.require(domain::permission::Permission::CityCompare).unwrap();
    let mut tx = world.app.db.write(&granted).await.unwrap();
    let mut rows = tx.city::<metric_snapshot::Entity>().all().await.unwrap();
    let mut changed = rows.remove(0);
    changed.denominator += 1;
    let changed = sea_orm::ActiveModelTrait::reset_all(metric_snapshot::ActiveModel::from(changed));
    assert!(tx.city_upsert(vec![changed]).await.is_err());
});

both_dbs!(a_center_sees_itself_and_others_without_their_names, |test: TestDb| async move {
    let world = city_of(test, 4).await;
    let empty = standing(&world, ADMIN, Value::Null).await;
    assert_eq!((&empty["periods"], &empty["period"], &empty["rows"]), (&json!([]), &Value::Null, &json!([])));
    january(&world).await;
    closed(&world).await;
    let seen = standing(&world, ADMIN, Value::Null).await;
    assert_eq!((&seen["periods"], &seen["period"]), (&json!(["2026-01"]), &json!("2026-01")));
    let own = row(&seen, "SATISFACTION_RATE");
    assert_eq!(own["figure"], json!({ "numerator": 940, "denominator": 1000 }));
    assert_eq!(own["city"]["denominator"], 6000);
    assert!((own["median"].as_f64().unwrap() - 0.9425).abs() < 1e-9);
    assert_eq!(own["peers"], json!([0.941, 0.942, 0.943, 0.944, 0.945]));
    assert_eq!((&own["named"], &seen["publications"]), (&Value::Null, &json!([])));
    for name in ["xiaolan", "c00", "Town", "号镇"] {
        assert!(!seen.to_string().contains(name), "{name}");
    }
    // What is corrected since is seen beside it.
    add(&world, "shiqi", &[(Metric::SatisfactionRate, "2026-01-07", "", [-1, -1, 1])]).await;
    let seen = standing(&world, "supervisor.shiqi", json!("2026-01")).await;
    assert_eq!(row(&seen, "SATISFACTION_RATE")["figure"]["denominator"], 1000);
    assert_eq!(row(&seen, "SATISFACTION_RATE")["countedNow"], json!({ "numerator": 939, "denominator": 999 }));
    let query = "query($i: StandingInput!) { ownStanding(input: $i) { period } }";
    for (period, code) in [
        ("2026-02", "metrics.not_closed"),
        ("2026-13", "metrics.period_unknown"),
        ("January", "metrics.period_unknown"),
    ] {
        let asked = json!({ "i": { "period": period } });
        assert_eq!(world.refused(ADMIN, query, asked).await, ["INVALID", code], "{period}");
    }
    for login in ["handler.shiqi", "staff.shiqi", CITY] {
        assert_eq!(world.refused(login, query, json!({ "i": {} })).await, ["FORBIDDEN"], "{login}");
    }
    // Another city has its own, or none.
    assert_eq!(standing(&world, "admin.north", Value::Null).await["periods"], json!([]));
});

both_dbs!(two_persons_publish_and_then_centers_are_named, |test: TestDb| async move {
    let world = city_of(test, 4).await;
    january(&world).await;
    let early = refused(&world, CITY, "proposePublication", proposal(json!(["SATISFACTION_RATE"]))).await;
    assert_eq!(early, ["INVALID", "metrics.not_closed"]);
    closed(&world).await;
    let nothing = refused(&world, CITY, "proposePublication", proposal(json!([]))).await;
    assert_eq!(nothing, ["INVALID", "form.required"]);
    let proposed = acts(&world, CITY, "proposePublication", proposal(json!(["SATISFACTION_RATE"]))).await;
    assert_eq!((&proposed["state"], &proposed["mayApprove"]), (&json!("PROPOSED"), &json!(false)));
    let twice = refused(&world, SECOND, "proposePublication", proposal(json!(["SATISFACTION_RATE"]))).await;
    assert_eq!(twice, ["INVALID", "metrics.published_before"]);
    let seen = json!({ "id": proposed["id"], "version": proposed["version"] });
    let own = refused(&world, CITY, "approvePublication", seen.clone()).await;
    assert_eq!(own, ["INVALID", "metrics.own_proposal"]);
    assert_eq!(refused(&world, "city.other", "approvePublication", seen.clone()).await, ["NOT_FOUND"]);
    assert_eq!(refused(&world, ADMIN, "approvePublication", seen.clone()).await, ["FORBIDDEN"]);
    assert_eq!(row(&standing(&world, ADMIN, Value::Null).await, "SATISFACTION_RATE")["named"], Value::Null);

    let published = acts(&world, SECOND, "approvePublication", seen.clone()).await;
    assert_eq!((&published["state"], &published["approvedBy"]), (&json!("PUBLISHED"), &json!("city2 of zs")));
    assert_eq!(refused(&world, SECOND, "approvePublication", seen).await, ["INVALID", "metrics.decided"]);
    let told = standing(&world, ADMIN, Value::Null).await;
    let named = row(&told, "SATISFACTION_RATE")["named"].as_array().unwrap().clone();
    assert_eq!(named.len(), 6);
    assert!(named.iter().any(|row| row["center"]["code"] == "xiaolan" && row["figure"]["numerator"] == 941));
    assert_eq!(row(&told, "ON_TIME_RATE")["named"], Value::Null, "another figure has no names");
    let notice = &told["publications"][0];
    assert_eq!((&notice["formulaEn"], &notice["proposedBy"]), (&json!("satisfied ÷ all"), &Value::Null));
    assert_eq!(world.compared(json!({})).await["publication"], published["id"]);

    let back = json!({ "id": published["id"], "version": published["version"], "reason": "口径有误" });
    let back = acts(&world, CITY, "withdrawPublication", back).await;
    assert_eq!((&back["state"], &back["reason"]), (&json!("WITHDRAWN"), &json!("口径有误")));
    let told = standing(&world, ADMIN, Value::Null).await;
    assert_eq!((&row(&told, "SATISFACTION_RATE")["named"], &told["publications"]), (&Value::Null, &json!([])));
    acts(&world, CITY, "proposePublication", proposal(json!(["SATISFACTION_RATE"]))).await;
    let list = format!("{{ publications {{ {PUBLICATION} }} }}");
    let list = world.ok(CITY, &list, json!({})).await["publications"].clone();
    let states: Vec<_> = list.as_array().unwrap().iter().map(|one| one["state"].clone()).collect();
    assert_eq!(states, [json!("PROPOSED"), json!("WITHDRAWN")]);
});

both_dbs!(a_report_is_written_from_what_was_closed_and_stays_once_it_is_issued, |test: TestDb| async move {
    let world = city_of(test, 4).await;
    january(&world).await;
    add(&world, "c00", &[(Metric::SatisfactionRate, "2025-12-10", "", [300, 400, 0])]).await;
    closed(&world).await;
    let query = "query($i: ReportDraftInput!) { reportDraft(input: $i) { periods period report { id title state } \
        figures { comparison { metric frozen total { rate } } previous { rate } yearBefore { rate } } \
        overdue { center { code } overdue } } }";
    let asked = json!({ "i": { "metrics": ["SATISFACTION_RATE"] } });
    let draft = world.ok(CITY, query, asked.clone()).await["reportDraft"].clone();
    assert_eq!((&draft["period"], &draft["report"]), (&json!("2026-01"), &Value::Null));
    assert_eq!(draft["periods"], json!(["2026-01", "2025-12", "2025-Q4", "2025"]));
    let figure = &draft["figures"][0];
    assert_eq!((&figure["comparison"]["frozen"], &figure["previous"]["rate"]), (&json!(true), &json!(0.75)));
    assert_eq!(figure["yearBefore"]["rate"], Value::Null);

    let save = "mutation($i: SaveReportInput!) { saveReport(input: $i) { id version state savedBy title } }";
    let text = |id: Value, version: i32, issue: bool, opening: &str| {
        json!({ "i": { "period": "2026-01", "id": id, "version": version, "title": "一月政务服务情况通报",
            "opening": opening, "practice": "", "demands": "", "issue": issue } })
    };
    let saved = world.ok(CITY, save, text(Value::Null, 0, false, "总体情况")).await["saveReport"].clone();
    assert_eq!((&saved["state"], &saved["version"]), (&json!("DRAFT"), &json!(1)));
    // Somebody else has begun one: nobody writes over what they have not seen.
    assert_eq!(world.refused(SECOND, save, text(Value::Null, 0, false, "另一份")).await, ["STALE"]);
    let again = world.ok(SECOND, save, text(saved["id"].clone(), 1, false, "改过")).await["saveReport"].clone();
    assert_eq!((&again["version"], &again["savedBy"]), (&json!(2), &json!("city2 of zs")));
    assert_eq!(world.refused(CITY, save, text(saved["id"].clone(), 1, false, "旧的")).await, ["STALE"]);
    let unfinished = world.refused(CITY, save, text(saved["id"].clone(), 2, true, "总体情况")).await;
    assert_eq!(unfinished, ["INVALID", "form.required", "form.required"]);
    let mut whole = text(saved["id"].clone(), 2, true, "总体情况");
    whole["i"]["practice"] = json!("石岐：延时服务。");
    whole["i"]["demands"] = json!("请逐件销号。");
    assert_eq!(world.ok(CITY, save, whole.clone()).await["saveReport"]["state"], "ISSUED");
    whole["i"]["version"] = json!(3);
    assert_eq!(world.refused(CITY, save, whole).await, ["INVALID", "metrics.report_issued"]);
    assert_eq!(world.ok(CITY, query, asked.clone()).await["reportDraft"]["report"]["state"], "ISSUED");
    let many = json!({ "i": { "metrics": ["SATISFACTION_RATE", "BAD_RATING_RATE", "ON_TIME_RATE", "RESPONSE_RATE",
        "COMPLETION_RATE", "MEDIAN_DAYS", "RATING_VOLUME"] } });
    assert_eq!(world.refused(CITY, query, many).await, ["INVALID", "metrics.too_many"]);
    assert_eq!(world.refused(ADMIN, query, asked).await, ["FORBIDDEN"]);
});
