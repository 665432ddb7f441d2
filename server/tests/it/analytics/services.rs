//! Services that a center tells, and the figures that are shares of them.

use domain::metrics::Metric;
use serde_json::{Value, json};
use server::{both_dbs, testing::TestDb};

use super::{ADMIN, CITY, add, city_of, day, figure};
use crate::world::{World, codes};

const TELL: &str = "mutation($i: TellServicesInput!) { tellServices(input: $i) { day services version } }";
const MONTH: &str =
    "query($d: NaiveDate) { serviceDays(day: $d) { first mayTell days { day worked services version } } }";

fn told(rows: &[(&str, u32, i32)]) -> Value {
    let row =
        |(day, services, version): &(&str, u32, i32)| json!({ "day": day, "services": services, "version": version });
    json!({ "i": { "days": rows.iter().map(row).collect::<Vec<_>>() } })
}

async fn compared(world: &World, metric: &str, from: &str, to: &str) -> Value {
    let query = "query($i: CompareInput!) { compareCenters(input: $i) { total { numerator denominator } \
        centers { center { code } numerator denominator rate } } }";
    let input = json!({ "metric": metric, "from": from, "to": to });
    world.ok(CITY, query, json!({ "i": input })).await["compareCenters"].clone()
}

fn of_shiqi(found: &Value) -> (Value, Value) {
    let rows = found["centers"].as_array().unwrap();
    let row = rows.iter().find(|row| row["center"]["code"] == "shiqi").unwrap();
    (row["numerator"].clone(), row["denominator"].clone())
}

both_dbs!(a_center_tells_its_services_and_corrects_them, |test: TestDb| async move {
    let world = city_of(test, 0).await;
    let rows = told(&[("2026-02-11", 120, 0), ("2026-02-12", 90, 0)]);
    let kept = world.ok(ADMIN, TELL, rows.clone()).await["tellServices"].clone();
    assert_eq!(kept[1], json!({ "day": "2026-02-12", "services": 90, "version": 1 }));
    // Who has not seen it may not tell it again.
    assert_eq!(world.refused(ADMIN, TELL, rows).await, ["STALE"]);
    assert_eq!(world.refused(ADMIN, TELL, told(&[("2026-02-10", 1, 3)])).await, ["STALE"]);
    world.ok(ADMIN, TELL, told(&[("2026-02-12", 95, 1)])).await;
    let month = world.ok(ADMIN, MONTH, json!({ "d": "2026-02-28" })).await["serviceDays"].clone();
    assert_eq!((&month["first"], &month["mayTell"]), (&json!("2026-02-01"), &json!(true)));
    let days = month["days"].as_array().unwrap();
    // Up to today, the 13th.
    assert_eq!(days.len(), 13);
    assert_eq!(days[11], json!({ "day": "2026-02-12", "worked": true, "services": 95, "version": 2 }));
    assert_eq!(days[0], json!({ "day": "2026-02-01", "worked": false, "services": null, "version": 0 }));
    for metric in [Metric::ActiveRatingRate, Metric::ComplaintRate] {
        let days = [(day("2026-02-11"), String::new(), [0, 120, 0]), (day("2026-02-12"), String::new(), [0, 95, 0])];
        assert_eq!(figure(&world, "shiqi", metric).await, days, "{metric:?}");
    }
    // Supervision reads; nobody else of the center does, and no other center.
    let seen = world.ok("supervisor.shiqi", MONTH, json!({})).await["serviceDays"].clone();
    assert_eq!((&seen["mayTell"], &seen["days"][11]["services"]), (&json!(false), &json!(95)));
    assert_eq!(world.refused("supervisor.shiqi", TELL, told(&[("2026-02-10", 1, 0)])).await, ["FORBIDDEN"]);
    assert_eq!(world.refused("handler.shiqi", MONTH, json!({})).await, ["FORBIDDEN"]);
    let elsewhere = world.ok("admin.xiaolan", MONTH, json!({})).await["serviceDays"].clone();
    assert!(elsewhere["days"].as_array().unwrap().iter().all(|row| row["services"].is_null()));
    let ahead = world.ok(ADMIN, MONTH, json!({ "d": "2026-03-01" })).await["serviceDays"].clone();
    assert_eq!(ahead["days"], json!([]));
});

both_dbs!(only_days_of_which_services_are_known_count, |test: TestDb| async move {
    let world = city_of(test, 0).await;
    // Ratings and complaints of three days, services of two: one of them in a whole week, which no shortcut may add up.
    let counts = |part| [part, 0, 0];
    for (on, ratings, complaints) in [("2026-02-02", 30, 2), ("2026-02-03", 40, 1), ("2026-02-11", 10, 3)] {
        let rows =
            [(Metric::ActiveRatingRate, on, "", counts(ratings)), (Metric::ComplaintRate, on, "", counts(complaints))];
        add(&world, "shiqi", &rows).await;
    }
    let none = compared(&world, "COMPLAINT_RATE", "2026-02-01", "2026-02-12").await;
    assert_eq!((&none["total"]["denominator"], of_shiqi(&none)), (&Value::Null, (Value::Null, Value::Null)));
    world.ok(ADMIN, TELL, told(&[("2026-02-03", 400, 0), ("2026-02-11", 250, 0), ("2026-02-10", 0, 0)])).await;
    // Of ratings, weeks that are over.
    let rated = compared(&world, "ACTIVE_RATING_RATE", "2026-02-01", "2026-02-12").await;
    assert_eq!(of_shiqi(&rated), (json!(40), json!(400)));
    let complained = compared(&world, "COMPLAINT_RATE", "2026-02-02", "2026-02-08").await;
    assert_eq!(of_shiqi(&complained), (json!(1), json!(400)));
    let trend = "query($i: TrendInput!) { metricTrend(input: $i) { total { numerator denominator } } }";
    let input = json!({ "metric": "COMPLAINT_RATE", "from": "2026-02-01", "to": "2026-02-12", "by": "WEEK" });
    let trend = world.ok(CITY, trend, json!({ "i": input })).await["metricTrend"]["total"].clone();
    assert_eq!(trend, json!({ "numerator": 4, "denominator": 650 }));
    let profile =
        "query($i: ProfileInput!) { centerProfile(input: $i) { rows { metric figure { numerator denominator } } } }";
    let input = json!({ "center": "shiqi", "from": "2026-02-01", "to": "2026-02-12" });
    let rows = world.ok(CITY, profile, json!({ "i": input })).await["centerProfile"]["rows"].clone();
    let of = |metric| rows.as_array().unwrap().iter().find(|row| row["metric"] == metric).unwrap()["figure"].clone();
    assert_eq!(of("COMPLAINT_RATE"), json!({ "numerator": 4, "denominator": 650 }));
});

both_dbs!(few_ratings_of_many_services_are_told_no_more_than_few_ratings, |test: TestDb| async move {
    let world = city_of(test, 2).await;
    for (code, ratings) in [("shiqi", 3), ("xiaolan", 40), ("c00", 9), ("c01", 60)] {
        add(&world, code, &[(Metric::ActiveRatingRate, "2026-02-03", "", [ratings, 400, 0])]).await;
    }
    let found = compared(&world, "ACTIVE_RATING_RATE", "2026-02-02", "2026-02-08").await;
    let of = |code: &str| {
        let row = found["centers"].as_array().unwrap().iter().find(|row| row["center"]["code"] == code).unwrap();
        row["numerator"].clone()
    };
    // Three, and with them the fewest of the others, lest the sum tells the three.
    assert_eq!([of("shiqi"), of("c00")], [Value::Null, Value::Null]);
    assert_eq!([of("xiaolan"), of("c01")], [json!(40), json!(60)]);
    assert_eq!(found["total"], json!({ "numerator": 100, "denominator": 800 }));
});

both_dbs!(services_that_cannot_be_are_refused, |test: TestDb| async move {
    let world = city_of(test, 0).await;
    for (rows, code) in [
        (told(&[]), "form.required"),
        (told(&[("2026-02-14", 5, 0)]), "form.date_in_future"),
        (told(&[("2026-02-12", 5, 0), ("2026-02-12", 6, 0)]), "metrics.day_twice"),
        (told(&[("2026-02-12", 20_001, 0)]), "metrics.services_max"),
    ] {
        assert_eq!(codes(&world.run(ADMIN, TELL, rows).await), ["INVALID", code]);
    }
    // One that is amiss keeps the others out.
    let both = told(&[("2026-02-11", 5, 0), ("2026-02-12", 5, 7)]);
    assert_eq!(world.refused(ADMIN, TELL, both).await, ["STALE"]);
    let month = world.ok(ADMIN, MONTH, json!({})).await["serviceDays"]["days"].clone();
    assert!(month.as_array().unwrap().iter().all(|row| row["services"].is_null()));
});
