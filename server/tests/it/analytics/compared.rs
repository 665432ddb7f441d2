//! Comparing centers: what differs by more than chance, what is too few, what nobody may ask.

use domain::metrics::Metric;
use entity::center_change;
use serde_json::{Value, json};
use server::{both_dbs, testing::TestDb};

use super::{CITY, FORM, add, city_of, of, part};
use crate::{
    statements::counted,
    world::{World, codes},
};

/// Twenty alike, one that is worse by more than chance, one that is small, and two that are tiny.
async fn fill(world: &World) {
    for n in 0..21 {
        let satisfied = if n == 20 { 860 } else { 930 + 7 * n % 21 };
        let rows = [
            (Metric::SatisfactionRate, "2026-01-07", "", [satisfied / 2, 500, 0]),
            (Metric::SatisfactionRate, "2026-01-28", "", [satisfied - satisfied / 2, 500, 1]),
        ];
        add(world, &format!("c{n:02}"), &rows).await;
    }
    add(world, "c21", &[(Metric::SatisfactionRate, "2026-01-12", "", [5, 5, 0])]).await;
    add(world, "c22", &[(Metric::SatisfactionRate, "2026-01-12", "", [1, 3, 0])]).await;
    add(world, "c23", &[(Metric::SatisfactionRate, "2026-01-12", "", [2, 4, 0])]).await;
    // Before and after the month, and in another city.
    add(world, "c00", &[(Metric::SatisfactionRate, "2025-12-31", "", [0, 700, 0])]).await;
    add(world, "c00", &[(Metric::SatisfactionRate, "2026-02-01", "", [0, 700, 0])]).await;
    add(world, "north", &[(Metric::SatisfactionRate, "2026-01-12", "", [0, 900, 0])]).await;
}

both_dbs!(who_differs_by_more_than_chance_is_told_and_who_is_too_small_is_not_ranked, |test: TestDb| async move {
    let world = city_of(test, 24).await;
    fill(&world).await;
    let seen = world.compared(json!({})).await;
    assert_eq!((&seen["version"], &seen["unit"], &seen["frozen"]), (&json!(1), &json!("SHARE"), &json!(false)));
    let row = |code: &str| of(&seen, code).clone();
    assert_eq!((&row("c00")["numerator"], &row("c00")["denominator"]), (&json!(930), &json!(1000)));
    assert_eq!((&row("c00")["excluded"], &row("c00")["rate"]), (&json!(1), &json!(0.93)));
    assert_eq!(row("c20")["band"], "LOW");
    for n in 0..20 {
        let row = row(&format!("c{n:02}"));
        assert_eq!(row["band"], "MIDDLE", "{row}");
        assert!(row["low"].as_f64() < row["rate"].as_f64() && row["rate"].as_f64() < row["high"].as_f64(), "{row}");
    }
    // 5 of 5 has an interval and no place; drawn to the others it is not above them.
    let few = row("c21");
    assert_eq!(few["band"], "TOO_FEW");
    assert!(few["low"].as_f64().unwrap() < 0.6 && few["shrunk"].as_f64().unwrap() < 0.96, "{few}");
    // 3 and 4 are nobody's business.
    for code in ["c22", "c23"] {
        let hidden = row(code);
        assert_eq!((&hidden["numerator"], &hidden["denominator"]), (&Value::Null, &Value::Null));
        assert_eq!((&hidden["band"], &hidden["rate"], &hidden["shrunk"]), (&json!("NONE"), &Value::Null, &Value::Null));
    }
    let told = seen["centers"].as_array().unwrap().iter().filter_map(|row| row["denominator"].as_i64());
    let (told, total) = (told.sum::<i64>(), seen["total"]["denominator"].as_i64().unwrap());
    assert_eq!(total - told, 7, "together they are enough that nobody is told apart");
    assert!(seen["limits"].as_array().unwrap().is_sorted_by_key(|point| point["n"].as_i64()));
    assert_eq!(seen["centers"].as_array().unwrap().len(), 26);
    assert_eq!(of(&seen, "shiqi")["band"], "NONE");
    assert_eq!(seen["strata"], json!(["qr", "kiosk", "link"]));
});

both_dbs!(a_filter_a_mix_and_a_period_narrow_what_is_compared, |test: TestDb| async move {
    let world = city_of(test, 2).await;
    let kiosk = format!("kiosk/{FORM}");
    let (qr, on) = (part(Metric::SatisfactionRate), "2026-01-07");
    let rate = Metric::SatisfactionRate;
    add(&world, "c00", &[(rate, on, &qr, [990, 1000, 0]), (rate, on, &kiosk, [80, 100, 0])]).await;
    add(&world, "c01", &[(rate, on, &qr, [99, 100, 0]), (rate, on, &kiosk, [800, 1000, 0])]).await;
    let seen = world.compared(json!({ "stratum": "kiosk" })).await;
    assert_eq!((&of(&seen, "c00")["denominator"], &seen["total"]["denominator"]), (&json!(100), &json!(1100)));
    let seen = world.compared(json!({ "stratum": kiosk })).await;
    assert_eq!(of(&seen, "c01")["numerator"], 800);
    // By mix alone they differ; with the city's mix they do not.
    let seen = world.compared(json!({ "adjusted": true })).await;
    let share = |code: &str, field: &str| of(&seen, code)[field].as_f64().unwrap();
    assert!(share("c00", "rate") - share("c01", "rate") > 0.15);
    assert!((share("c00", "standardised") - share("c01", "standardised")).abs() < 1e-9);
    // A week, part of one, and a period that begins in one.
    for (from, to, found) in
        [("2026-01-05", "2026-01-11", 1100), ("2026-01-07", "2026-01-07", 1100), ("2026-01-08", "2026-01-31", 0)]
    {
        let seen = world.compared(json!({ "from": from, "to": to })).await;
        assert_eq!(of(&seen, "c00")["denominator"].as_i64().unwrap_or(0), found, "{from} to {to}");
    }
});

both_dbs!(peers_are_compared_among_each_other_and_tell_nobody_who_is_hidden, |test: TestDb| async move {
    let world = city_of(test, 24).await;
    fill(&world).await;
    let all = world.compared(json!({})).await;
    let peers = world.compared(json!({ "peers": "TOWN" })).await;
    let codes: Vec<_> = peers["centers"].as_array().unwrap().iter().map(|row| &row["center"]["code"]).collect();
    assert_eq!(codes.len(), 22, "without the two that are hidden, and without streets: {codes:?}");
    let told = peers["centers"].as_array().unwrap().iter().filter_map(|row| row["denominator"].as_i64());
    assert_eq!(peers["total"]["denominator"], told.sum::<i64>(), "nothing is left to be told by subtraction");
    assert_eq!(of(&peers, "c20")["band"], "LOW");
    assert!(all["total"]["denominator"].as_i64() > peers["total"]["denominator"].as_i64());
    let streets = world.compared(json!({ "peers": "STREET" })).await;
    assert_eq!(streets["total"]["denominator"].as_i64().unwrap_or(0), 0);
    assert!(streets["centers"].as_array().unwrap().iter().all(|row| row["center"]["code"] != "c00"));
});

both_dbs!(what_cannot_be_asked_is_said_by_name, |test: TestDb| async move {
    let world = city_of(test, 0).await;
    // Friday 13 February 2026.
    for (asked, code) in [
        (json!({ "from": "2026-01-31", "to": "2026-01-01" }), "metrics.period_inverted"),
        (json!({ "from": "2016-01-01" }), "metrics.period_too_long"),
        (json!({ "from": "1999-01-01", "to": "1999-01-31" }), "metrics.period_unknown"),
        (json!({ "from": "2026-03-01", "to": "2026-03-31" }), "metrics.period_future"),
        (json!({ "from": "2026-02-09", "to": "2026-02-13" }), "metrics.period_open"),
        (json!({ "version": 2 }), "metrics.version"),
        (json!({ "stratum": "normal" }), "metrics.stratum_unknown"),
        (json!({ "metric": "RESPONSE_RATE", "stratum": "qr" }), "metrics.stratum_unknown"),
    ] {
        let answer = world.compares(CITY, asked.clone()).await;
        assert_eq!(codes(&answer), ["INVALID", code], "{asked}");
    }
    // A day that does not exist is no day.
    assert_eq!(codes(&world.compares(CITY, json!({ "to": "2026-02-30" })).await), ["BAD_REQUEST"]);
    // Of ratings, the week that goes on is left out; of complaints it is not.
    let seen = world.compared(json!({ "to": "2026-02-13" })).await;
    assert_eq!(seen["to"], "2026-02-08");
    let seen = world.compared(json!({ "metric": "RESPONSE_RATE", "to": "2026-02-28" })).await;
    assert_eq!(seen["to"], "2026-02-13");
    for login in ["admin.shiqi", "security.zs", "auditor.zs", "reviewer.zs"] {
        assert_eq!(codes(&world.compares(login, json!({})).await), ["FORBIDDEN"], "{login}");
    }
    assert_eq!(codes(&world.compares("", json!({})).await), ["UNAUTHENTICATED"]);
    let profile = "query($i: ProfileInput!) { centerProfile(input: $i) { rows { metric } } }";
    let of = |center: &str| json!({ "i": { "center": center, "from": "2026-01-01", "to": "2026-01-31" } });
    for center in ["north", "nowhere"] {
        assert_eq!(world.refused(CITY, profile, of(center)).await, ["NOT_FOUND"], "{center}");
    }
});

both_dbs!(a_trend_is_cut_at_months_and_says_what_stands_out, |test: TestDb| async move {
    let world = city_of(test, 1).await;
    for week in 0..12_i64 {
        let day =
            (crate::analytics::day("2025-11-03") + chrono::Days::new(u64::try_from(7 * week).unwrap())).to_string();
        let part = if week == 11 { 60 } else { 95 };
        add(&world, "c00", &[(Metric::SatisfactionRate, &day, "", [part, 100, 0])]).await;
    }
    let query = "query($i: TrendInput!) { metricTrend(input: $i) { center { code } total { numerator denominator } \
        points { from to signal figure { numerator denominator rate low high } } } }";
    let asked = |more: Value| {
        let mut input = json!({ "metric": "SATISFACTION_RATE", "center": "c00", "from": "2025-11-01",
            "to": "2026-01-31", "by": "WEEK" });
        if let (Value::Object(input), Value::Object(more)) = (&mut input, more) {
            input.extend(more);
        }
        json!({ "i": input })
    };
    let weeks = world.ok(CITY, query, asked(json!({}))).await["metricTrend"].clone();
    let points = weeks["points"].as_array().unwrap();
    // Saturday and Sunday first, then twelve weeks, then six days of the last one.
    assert_eq!((points.len(), &points[0]["from"], &points[0]["to"]), (14, &json!("2025-11-01"), &json!("2025-11-02")));
    assert_eq!((&points[12]["signal"], &points[12]["figure"]["numerator"]), (&json!("BEYOND"), &json!(60)));
    assert!(points[..12].iter().all(|point| point["signal"] != "BEYOND"));
    assert_eq!(points[0]["figure"]["rate"], Value::Null);
    let months = world.ok(CITY, query, asked(json!({ "by": "MONTH" }))).await["metricTrend"].clone();
    let points = months["points"].as_array().unwrap();
    let sizes: Vec<_> = points.iter().map(|point| point["figure"]["denominator"].as_i64().unwrap()).collect();
    assert_eq!(sizes, [400, 500, 300]);
    assert_eq!(months["total"], json!({ "numerator": 1105, "denominator": 1200 }));
    // The city, which has no other center.
    let city = world.ok(CITY, query, asked(json!({ "center": null }))).await["metricTrend"].clone();
    assert_eq!((&city["center"], &city["total"]), (&Value::Null, &months["total"]));
    assert_eq!(world.refused(CITY, query, asked(json!({ "center": "north" }))).await, ["NOT_FOUND"]);
});

both_dbs!(a_profile_and_two_periods_are_beside_the_citys, |test: TestDb| async move {
    let world = city_of(test, 3).await;
    for (n, code) in ["c00", "c01", "c02"].into_iter().enumerate() {
        let late = 10 * i64::try_from(n).unwrap();
        let rows = [
            (Metric::OnTimeRate, "2026-01-07", "normal", [90 - late, 100, 0]),
            (Metric::OnTimeRate, "2025-12-10", "normal", [60, 100, 0]),
            (Metric::OnTimeRate, "2025-01-15", "normal", [50, 100, 0]),
            (Metric::MedianDays, "2026-01-07", "normal/004", [60, 60, 0]),
            (Metric::TrainingCoverage, "2026-01-30", "", [18, 20, 0]),
            (Metric::TrainingCoverage, "2026-01-31", "", [19, 20, 0]),
        ];
        add(&world, code, &rows).await;
    }
    let query = "query($i: ProfileInput!) { centerProfile(input: $i) { center { code } rows { metric band partial \
        figure { numerator denominator rate } city { denominator rate } median lower upper } } }";
    let asked = json!({ "i": { "center": "c02", "from": "2026-01-01", "to": "2026-01-31" } });
    let profile = world.ok(CITY, query, asked).await["centerProfile"].clone();
    let row =
        |metric: &str| profile["rows"].as_array().unwrap().iter().find(|row| row["metric"] == metric).unwrap().clone();
    assert_eq!(profile["rows"].as_array().unwrap().len(), Metric::ALL.len());
    assert_eq!(
        (&row("ON_TIME_RATE")["figure"]["numerator"], &row("ON_TIME_RATE")["median"]),
        (&json!(70), &json!(0.8))
    );
    assert_eq!((&row("MEDIAN_DAYS")["figure"]["rate"], &row("MEDIAN_DAYS")["band"]), (&json!(4.0), &json!("MIDDLE")));
    // What is taken daily is what it was last, not the sum.
    assert_eq!(row("TRAINING_COVERAGE")["figure"], json!({ "numerator": 19, "denominator": 20, "rate": 0.95 }));
    assert_eq!(row("RESPONSE_RATE")["figure"]["denominator"], Value::Null, "nothing is nothing about anybody");

    let query = "query($i: ComparePeriodsInput!) { comparePeriods(input: $i) { basis from to thenFrom thenTo \
        total { now { rate } then { rate } change low high } rows { center { code } now { rate } then { rate } change } } }";
    for (basis, from, then) in [("TO_PREVIOUS", "2025-12-01", 0.6), ("YEAR_ON_YEAR", "2025-01-01", 0.5)] {
        let asked =
            json!({ "i": { "metric": "ON_TIME_RATE", "from": "2026-01-01", "to": "2026-01-31", "basis": basis } });
        let seen = world.ok(CITY, query, asked).await["comparePeriods"].clone();
        assert_eq!((&seen["basis"], &seen["thenFrom"]), (&json!(basis), &json!(from)));
        let total = &seen["total"];
        assert_eq!((&total["now"]["rate"], &total["then"]["rate"]), (&json!(0.8), &json!(then)));
        assert!(total["low"].as_f64() < total["change"].as_f64() && total["low"].as_f64() > Some(0.0), "{total}");
        let own = seen["rows"].as_array().unwrap().iter().find(|row| row["center"]["code"] == "c00").unwrap();
        assert!((own["change"].as_f64().unwrap() - (0.9 - then)).abs() < 1e-9);
    }
});

both_dbs!(a_center_that_came_or_went_within_the_period_is_marked, |test: TestDb| async move {
    let world = city_of(test, 2).await;
    add(&world, "c00", &[(Metric::ResponseRate, "2026-02-10", "", [40, 50, 0])]).await;
    add(&world, "c01", &[(Metric::ResponseRate, "2026-02-10", "", [40, 50, 0])]).await;
    let change = "mutation($i: ChangeCenterInput!) { changeCenter(input: $i) }";
    let id = world.test.center("c01").await.id;
    let stop = json!({ "centerId": id, "action": "SUSPEND", "reason": "装修" });
    world.ok(CITY, change, json!({ "i": stop })).await;
    let asked = json!({ "metric": "RESPONSE_RATE", "from": "2026-02-01", "to": "2026-02-13" });
    let seen = world.compared(asked).await;
    // It has stopped, and what it did still counts.
    let row = of(&seen, "c01");
    assert_eq!((&row["partial"], &row["denominator"]), (&json!(true), &json!(50)));
    assert_eq!(of(&seen, "c00")["partial"], false);
    let tx = world.app.db.read(&world.test.scope(CITY).await).await.unwrap();
    assert_eq!(tx.city::<center_change::Entity>().count().await.unwrap(), 1);
});

both_dbs!(a_comparison_takes_as_many_statements_for_a_year_as_for_a_week, |test: TestDb| async move {
    let world = city_of(test, 4).await;
    for n in 0..4 {
        add(&world, &format!("c{n:02}"), &[(Metric::SatisfactionRate, "2026-01-07", "", [95, 100, 0])]).await;
    }
    let mut numbers = Vec::new();
    for more in
        [json!({ "from": "2026-01-05", "to": "2026-01-11" }), json!({ "from": "2025-02-09", "to": "2026-02-07" })]
    {
        world.compared(more.clone()).await;
        let (_, statements) = counted(world.compared(more)).await;
        println!("{} statements: {statements:#?}", statements.len());
        numbers.push(statements.len());
    }
    assert_eq!(numbers[0], numbers[1]);
    assert!((4..=14).contains(&numbers[0]), "{numbers:?}");
});
