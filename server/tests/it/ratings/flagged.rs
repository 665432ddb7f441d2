//! What is noticed as visitors rate becomes a flag when the day is over, and somebody looks into it.

use axum::{Router, http::HeaderValue};
use chrono::TimeDelta;
use domain::permission::Role;
use entity::{rating, rating_flag};
use serde_json::{Value, json};
use server::{
    both_dbs,
    config::DatabaseKind,
    db::platform::CitySetup,
    ratings::flags,
    testing::{TestDb, member},
};

use super::{ADMIN, Hall, merge, rating as sent};
use crate::{
    browser::{PASSWORD, with_passwords},
    edge::{service, through},
    http::{call, send},
};

const SUPERVISOR: &str = "supervisor.shiqi";
const REVIEWER: &str = "reviewer.zs";
const HERE: &str = "198.51.100.7";
const PHONE: &str = "Mozilla/5.0 (a phone of a kind that nobody else has)";
const FLAG: &str = "id version center { code } place day kind seen among state reason decidedBy mayDecide";
const DECIDE: &str = "mutation($i: DecideRatingFlagInput!) { decideRatingFlag(input: $i) { state reason decidedBy } }";

/// A center that is asked through a proxy, with a reviewer in its city.
async fn hall(test: TestDb) -> (Hall, Router) {
    let reviewer = CitySetup {
        code: "zs".to_owned(),
        members: vec![member("reviewer", "zs", Role::CityReviewer)],
        ..CitySetup::default()
    };
    test.db.platform().set_up(&reviewer).await.unwrap();
    let (world, router) = service(test);
    (Hall::of(world).await, router)
}

/// Somebody opens the page, waits, and rates, from an address and with a browser.
async fn rates(hall: &Hall, router: &Router, from: &str, agent: &str) {
    let page = hall.opened().await;
    hall.world.app.clock.advance(TimeDelta::seconds(40));
    let mut request = call("", "");
    *request.body_mut() =
        json!({ "query": super::GIVE, "variables": { "i": sent(&page, json!({})) } }).to_string().into();
    request.headers_mut().insert("user-agent", HeaderValue::from_str(agent).unwrap());
    let answer = send(router, through(request, from)).await.2;
    assert!(answer["errors"].is_null(), "{answer:#}");
    // As many as an address may.
    hall.world.app.clock.advance(TimeDelta::minutes(4));
}

impl Hall {
    async fn flags(&self, login: &str, state: &str) -> Value {
        let query = format!("query($s: RatingFlagState!) {{ ratingFlags(state: $s) {{ {FLAG} }} }}");
        self.world.ok(login, &query, json!({ "s": state })).await["ratingFlags"].clone()
    }

    async fn kinds(&self) -> Vec<&'static str> {
        let mut rows = self.all::<rating_flag::Entity>().await;
        rows.sort_by_key(|row| row.kind);
        rows.into_iter().map(|row| row.kind.key()).collect()
    }

    async fn marks(&self) -> Value {
        let query =
            "{ ratingResults { week { rows { point { name } figures { ratings } marks { day kind kept } } } } }";
        let week = self.world.ok(ADMIN, query, json!({})).await["ratingResults"]["week"].clone();
        let rows = week["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["point"]["name"] == "一楼大厅").unwrap();
        assert_eq!(row["figures"]["ratings"], 6, "all of them count");
        row["marks"].clone()
    }
}

both_dbs!(a_phone_that_rates_again_and_again_is_flagged_when_the_day_is_over, |test: TestDb| async move {
    let (hall, router) = hall(test.clone()).await;
    for _ in 0..6 {
        rates(&hall, &router, HERE, PHONE).await;
    }
    hall.sweep().await;
    assert_eq!(hall.kinds().await, [""; 0], "the day goes on");
    hall.at("2026-02-16T00:11");
    hall.sweep().await;
    let flag = hall.flags(SUPERVISOR, "OPEN").await[0].clone();
    let expected = json!({ "id": flag["id"], "version": 1, "center": null, "place": "一楼大厅", "day": "2026-02-13",
        "kind": "DEVICE", "seen": 5, "among": 5, "state": "OPEN", "reason": null, "decidedBy": null, "mayDecide": true });
    assert_eq!(flag, expected, "and roughly how many");
    assert_eq!(hall.all::<rating_flag::Entity>().await.len(), 1);
    assert_eq!(hall.marks().await, json!([{ "day": "2026-02-13", "kind": "DEVICE", "kept": false }]));
    let job = hall.world.audit_verbs("shiqi").await.into_iter().filter(|verb| verb == "ratings_flagged").count();
    assert_eq!(job, 1);

    // The city reads it too, and nobody else does.
    let seen = hall.flags(REVIEWER, "OPEN").await[0].clone();
    assert_eq!((&seen["center"]["code"], &seen["mayDecide"]), (&json!("shiqi"), &json!(false)));
    assert_eq!(hall.flags("supervisor.xiaolan", "OPEN").await, json!([]));
    for other in [ADMIN, "staff.shiqi", "city.zs"] {
        assert_eq!(hall.world.refused(other, "{ ratingFlags { id } }", json!({})).await, ["FORBIDDEN"], "{other}");
    }

    let input = |more: Value| {
        let mut input = json!({ "id": flag["id"], "version": 1, "state": "KEPT", "reason": "值班人员承认代评。" });
        merge(&mut input, more);
        json!({ "i": input })
    };
    for (login, more, codes) in [
        (REVIEWER, json!({}), vec!["FORBIDDEN"]),
        (ADMIN, json!({}), vec!["FORBIDDEN"]),
        ("supervisor.xiaolan", json!({}), vec!["NOT_FOUND"]),
        (SUPERVISOR, json!({ "version": 2 }), vec!["STALE"]),
        (SUPERVISOR, json!({ "state": "OPEN" }), vec!["INVALID", "form.required"]),
        (SUPERVISOR, json!({ "reason": "无" }), vec!["INVALID", "form.too_short"]),
    ] {
        assert_eq!(hall.world.refused(login, DECIDE, input(more)).await, codes, "{login}");
    }
    let decided = hall.world.ok(SUPERVISOR, DECIDE, input(json!({}))).await["decideRatingFlag"].clone();
    assert_eq!((&decided["state"], &decided["decidedBy"]), (&json!("KEPT"), &json!("supervisor of shiqi")));
    let again = hall.world.refused(SUPERVISOR, DECIDE, input(json!({ "version": 2 }))).await;
    assert_eq!(again, ["INVALID", "rating_flag.decided"]);
    assert_eq!(hall.marks().await[0]["kept"], true);
    let told = hall.flags(REVIEWER, "KEPT").await[0].clone();
    assert_eq!((&told["reason"], &told["decidedBy"]), (&json!("值班人员承认代评。"), &Value::Null));
    let verbs = hall.world.audit_verbs("shiqi").await;
    assert!(verbs.contains(&"rating_flag_kept".to_owned()), "{verbs:?}");
    assert_eq!(hall.all::<rating::Entity>().await.len(), 6);

    if test.kind() == DatabaseKind::Sqlite {
        // Neither where it came from nor with what is written down anywhere.
        let path = test.cfg.url.strip_prefix("sqlite://").unwrap();
        let path = path.split('?').next().unwrap();
        for end in ["", "-wal"] {
            let bytes = std::fs::read(format!("{path}{end}")).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains(HERE) && !text.contains(PHONE), "in the database{end}");
        }
    }
});

both_dbs!(what_comes_from_where_the_staff_work_is_flagged_and_explained, |test: TestDb| async move {
    let (hall, router) = hall(test).await;
    with_passwords(&hall.world, &["staff.shiqi"]).await;
    let sign_in = format!(
        "mutation {{ signIn(input: {{ login: \"staff.shiqi\", password: \"{PASSWORD}\" }}) {{ displayName }} }}"
    );
    let (_, cookie, _) = send(&router, through(call(&sign_in, ""), HERE)).await;
    let cookie = cookie.split(';').next().unwrap();
    let here = send(&router, through(call("{ viewer { scope { roles } } }", cookie), HERE)).await.2;
    assert_eq!(here["data"]["viewer"]["scope"]["roles"], json!(["POST_STAFF"]));
    for n in 0..7 {
        rates(&hall, &router, HERE, &format!("{PHONE} {n}")).await;
    }
    hall.at("2026-02-14T00:11");
    hall.sweep().await;
    assert_eq!(hall.kinds().await, ["staff_network"]);
    let flag = hall.flags(SUPERVISOR, "OPEN").await[0].clone();
    let input =
        json!({ "id": flag["id"], "version": 1, "state": "DISMISSED", "reason": "大厅无线网络与办公网络共用出口。" });
    hall.world.ok(SUPERVISOR, DECIDE, json!({ "i": input })).await;
    hall.at("2026-02-16T00:11");
    hall.sweep().await;
    // It stands beside no result any more, and stays where it can be read.
    let query = "{ ratingResults { week { rows { marks { kind } } } } }";
    let week = hall.world.ok(ADMIN, query, json!({})).await["ratingResults"]["week"].clone();
    assert!(week["rows"].as_array().unwrap().iter().all(|row| row["marks"] == json!([])), "{week}");
    assert_eq!(hall.flags(REVIEWER, "DISMISSED").await[0]["kind"], "STAFF_NETWORK");
});

both_dbs!(visitors_on_their_own_leave_no_flag_and_a_stopped_process_leaves_its_own, |test: TestDb| async move {
    let (hall, router) = hall(test).await;
    for n in 1..8 {
        rates(&hall, &router, &format!("203.0.113.{n}"), PHONE).await;
    }
    for _ in 0..6 {
        rates(&hall, &router, HERE, PHONE).await;
    }
    flags::service::stop(&hall.world.app).await.unwrap();
    let first = hall.all::<rating_flag::Entity>().await;
    assert_eq!((hall.kinds().await, first[0].seen, first[0].version), (vec!["device"], 5, 1));
    // It begins anew, and more come on the same day.
    for _ in 0..11 {
        rates(&hall, &router, HERE, PHONE).await;
    }
    hall.at("2026-02-14T00:11");
    hall.sweep().await;
    let rows = hall.all::<rating_flag::Entity>().await;
    let device: Vec<_> = rows.iter().filter(|row| row.kind.key() == "device").collect();
    assert_eq!(device.len(), 1, "one for each kind of a day");
    assert_eq!((device[0].seen, device[0].version), (10, 2));
    // Another day, each from a place of their own.
    for n in 1..8 {
        rates(&hall, &router, &format!("203.0.113.{n}"), PHONE).await;
    }
    hall.at("2026-02-15T00:11");
    hall.sweep().await;
    assert_eq!(hall.all::<rating_flag::Entity>().await.len(), rows.len());
});
