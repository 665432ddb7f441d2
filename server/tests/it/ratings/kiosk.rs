//! What a kiosk does by the credential of its device, and what nobody does by it.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::evaluation::{kiosk::QUEUE, levels::FiveLevel, ratings::PointChannel};
use entity::{audit_event, kiosk, rating, sealed_rating, spent_token};
use futures_util::future::join_all;
use serde_json::{Value, json};
use server::{
    both_dbs,
    graphql::schema::{Introspection, build},
    http::{Served, router},
    testing::{TestDb, on_sqlite},
};
use tower::ServiceExt;
use uuid::Uuid;

use super::{ADMIN, Hall, add, merge};
use crate::{
    http::{call, send, service},
    world::codes,
};

const PAGE: &str = "query($c: String!, $k: String!) { kioskPage(center: $c, credential: $k) { \
    centerZh centerEn point code form pin demo indicators { code } reasons { code } } }";
const GIVE: &str = "mutation($i: GiveKioskRatingInput!) { giveKioskRating(input: $i) }";
const REGISTER: &str = "mutation($i: DeviceInput!) { registerDevice(input: $i) { credential \
    device { id version kind ratingPointId } } }";
const EDIT: &str = "mutation($i: EditDeviceInput!) { editDevice(input: $i) { id version ratingPointId } }";
const UNKNOWN: [&str; 2] = ["INVALID", "kiosk.unknown"];
const PIN: &str = "246810";

/// A kiosk at a point of its own.
struct Stand {
    hall: Hall,
    device: Value,
    point: Value,
    credential: String,
}

fn typed(name: &str, point: &Value) -> Value {
    json!({ "name": name, "place": "一楼大厅", "kind": "KIOSK", "ratingPointId": point, "pin": PIN })
}

impl Stand {
    async fn new(test: TestDb) -> Self {
        Self::of(Hall::new(test).await).await
    }

    async fn of(hall: Hall) -> Self {
        let point = add(&hall.world, json!({ "name": "出口一体机", "channel": "KIOSK" })).await;
        assert_eq!((&point["kind"], &point["channel"]), (&json!("CENTER"), &json!("KIOSK")));
        let (device, credential) = register(&hall, typed("评价机", &point["id"])).await;
        assert_eq!((&device["kind"], &device["ratingPointId"]), (&json!("KIOSK"), &point["id"]));
        Self { hall, device, point, credential }
    }

    async fn asks(&self, login: &str, center: &str, credential: &str) -> Value {
        self.hall.world.run(login, PAGE, json!({ "c": center, "k": credential })).await
    }

    /// What it shows.
    async fn page(&self) -> Value {
        let answer = self.asks("", "shiqi", &self.credential).await;
        assert!(answer.get("errors").is_none(), "{answer:#}");
        answer["data"]["kioskPage"].clone()
    }

    async fn sends(&self, page: &Value, more: Value) -> Value {
        let mut input = json!({ "center": "shiqi", "credential": self.credential, "idempotencyKey": key(1),
            "point": page["code"], "form": page["form"], "level": "SATISFIED", "indicators": [], "reasons": [] });
        merge(&mut input, more);
        self.hall.world.run("", GIVE, json!({ "i": input })).await
    }

    /// Whether what it sent was new.
    async fn gives(&self, page: &Value, more: Value) -> bool {
        let answer = self.sends(page, more).await;
        answer["data"]["giveKioskRating"].as_bool().unwrap()
    }

    async fn edits(&self, more: Value) -> Vec<String> {
        let query = "{ centerSettings { devices { id version } } }";
        let devices = self.hall.world.ok(ADMIN, query, json!({})).await["centerSettings"]["devices"].clone();
        let own = devices.as_array().unwrap().iter().find(|row| row["id"] == self.device["id"]).unwrap().clone();
        let mut input = json!({ "id": own["id"], "version": own["version"], "name": "评价机", "place": "一楼大厅",
            "ratingPointId": self.point["id"] });
        merge(&mut input, more);
        codes(&self.hall.world.run(ADMIN, EDIT, json!({ "i": input })).await)
    }

    async fn device_does(&self, verb: &str) -> Value {
        let seen = json!({ "id": self.device["id"], "version": 1 });
        let credential = if verb == "renewDevice" { "credential" } else { "id" };
        let query = format!("mutation($i: SeenDeviceInput!) {{ {verb}(input: $i) {{ {credential} }} }}");
        self.hall.world.ok(ADMIN, &query, json!({ "i": seen })).await[verb].clone()
    }
}

async fn register(hall: &Hall, input: Value) -> (Value, String) {
    let made = hall.world.ok(ADMIN, REGISTER, json!({ "i": input })).await["registerDevice"].clone();
    (made["device"].clone(), made["credential"].as_str().unwrap().to_owned())
}

fn key(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}

both_dbs!(a_kiosk_rates_by_its_devices_credential_and_leaves_no_trace_of_it, |test| async move {
    let stand = Stand::new(test).await;
    let page = stand.page().await;
    assert_eq!((&page["point"], &page["demo"]), (&json!("出口一体机"), &json!(false)));
    let asked: Vec<_> = page["indicators"].as_array().unwrap().iter().map(|line| &line["code"]).collect();
    assert_eq!(asked, ["ease", "help"], "what the form asks at a kiosk");
    let before = stand.hall.all::<audit_event::Entity>().await.len();
    let more = json!({ "level": "VERY_DISSATISFIED", "reasons": ["waiting"], "remark": "等了很久。",
        "indicators": [{ "code": "help", "level": "DISSATISFIED" }] });
    assert!(stand.gives(&page, more).await);
    assert_eq!(stand.hall.all::<audit_event::Entity>().await.len(), before);
    let spent = stand.hall.all::<spent_token::Entity>().await;
    let sealed = stand.hall.all::<sealed_rating::Entity>().await;
    assert_eq!((spent.len(), sealed.len()), (1, 1));
    // Neither row says from which device, nor which key.
    let told = serde_json::to_string(&(spent, sealed)).unwrap();
    let (device, plain) = (stand.device["id"].as_str().unwrap(), Uuid::from_u128(1).simple().to_string());
    for hidden in [device, &stand.credential, &key(1), &plain] {
        assert!(!told.contains(hidden), "{hidden}");
    }
    stand.hall.at("2026-02-14T01:00");
    stand.hall.sweep().await;
    let rows = stand.hall.all::<rating::Entity>().await;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].channel, rows[0].level), (PointChannel::Kiosk, FiveLevel::VeryDissatisfied));
    assert_eq!(json!(rows[0].point_id), stand.point["id"]);
    assert_eq!(rows[0].day.to_string(), "2026-02-13", "the server's day");
});

both_dbs!(what_is_sent_again_counts_once_whatever_the_answer_was, |test| async move {
    let stand = Stand::new(test).await;
    let page = stand.page().await;
    assert!(stand.gives(&page, json!({})).await);
    assert!(!stand.gives(&page, json!({})).await);
    // The first one stays, also days later and with something else in it, and in capitals.
    stand.hall.at("2026-02-20T09:00");
    let again = json!({ "level": "DISSATISFIED", "idempotencyKey": key(1).to_uppercase() });
    assert!(!stand.gives(&page, again).await);
    // By a credential that was renewed, and by a device that was registered anew.
    let renewed = stand.device_does("renewDevice").await["credential"].clone();
    assert!(!stand.gives(&page, json!({ "credential": renewed })).await);
    let (_, another) = register(&stand.hall, typed("评价机二", &stand.point["id"])).await;
    assert!(!stand.gives(&page, json!({ "credential": another })).await);
    assert!(stand.gives(&page, json!({ "credential": another, "idempotencyKey": key(2) })).await);
    assert_eq!(stand.hall.all::<sealed_rating::Entity>().await.len(), 2);
});

both_dbs!(one_key_makes_one_rating_however_often_it_comes_at_once, |test: TestDb| async move {
    const KEYS: u128 = 6;
    const TRIES: usize = 20;
    let stand = Stand::new(test.with_connections(8).await).await;
    let page = stand.page().await;
    let sent = (0..TRIES).flat_map(|_| (1..=KEYS).map(|number| json!({ "idempotencyKey": key(number) })));
    let answers = join_all(sent.map(|more| stand.gives(&page, more))).await;
    assert_eq!(answers.iter().filter(|fresh| **fresh).count(), 6);
    assert_eq!(stand.hall.all::<spent_token::Entity>().await.len(), 6);
    assert_eq!(stand.hall.all::<sealed_rating::Entity>().await.len(), 6);
    stand.hall.world.test.db.close().await;
});

both_dbs!(a_credential_that_was_revoked_is_refused_until_the_kiosk_is_enrolled_anew, |test| async move {
    let stand = Stand::new(test).await;
    let page = stand.page().await;
    stand.device_does("revokeDevice").await;
    assert_eq!(codes(&stand.asks("", "shiqi", &stand.credential).await), UNKNOWN);
    assert_eq!(codes(&stand.sends(&page, json!({})).await), UNKNOWN);
    assert_eq!(stand.hall.all::<spent_token::Entity>().await.len(), 0);
    // What waited in it is sent by the new credential, with the code that it had then.
    let (_, credential) = register(&stand.hall, typed("评价机二", &stand.point["id"])).await;
    assert!(stand.gives(&page, json!({ "credential": credential })).await);
});

both_dbs!(no_other_credential_opens_a_kiosk_and_all_have_one_answer, |test| async move {
    let stand = Stand::new(test).await;
    let page = stand.page().await;
    let (machine, ticket) = register(&stand.hall, json!({ "name": "取号机", "place": "大门" })).await;
    assert_eq!(machine["kind"], "TICKET_MACHINE");
    for (center, credential) in [
        ("xiaolan", stand.credential.as_str()),
        ("nowhere", &stand.credential),
        ("shiqi", &"0".repeat(64)),
        ("shiqi", ""),
        ("shiqi", &ticket),
    ] {
        assert_eq!(codes(&stand.asks("", center, credential).await), UNKNOWN, "{center} {credential}");
        let more = json!({ "center": center, "credential": credential });
        assert_eq!(codes(&stand.sends(&page, more).await), UNKNOWN, "{center} {credential}");
    }
    // Whoever works somewhere rates nothing, with the credential in their hand either.
    for login in ["admin.shiqi", "staff.shiqi", "handler.xiaolan"] {
        let refused = codes(&stand.asks(login, "shiqi", &stand.credential).await);
        assert_eq!(refused, ["INVALID", "rating.signed_in"], "{login}");
    }
    // A kiosk tells no queue: its credential lies in a hall.
    let served = Served { app: stand.hall.world.app.clone(), schema: build(Introspection::Off) };
    let router = router(served, std::path::Path::new("no-such-folder"));
    let told = Request::post("/devices/shiqi/readings")
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {}", stand.credential))
        .body(Body::from(r#"{ "window": "1", "waiting": 3 }"#))
        .unwrap();
    assert_eq!(send(&router, told).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(stand.hall.all::<spent_token::Entity>().await.len(), 0);
});

both_dbs!(what_breaks_a_rule_at_a_kiosk_does_not_use_the_key_up, |test| async move {
    let stand = Stand::new(test).await;
    let page = stand.page().await;
    let poster = stand.hall.code.clone();
    for (more, expected) in [
        (json!({ "idempotencyKey": "1" }), "form.idempotency_key"),
        (json!({ "point": "A".repeat(43) }), "rating.unknown"),
        // A poster's code hangs where everybody sees it.
        (json!({ "point": poster }), "rating.unknown"),
        (json!({ "form": Uuid::from_u128(1) }), "rating.form"),
        (json!({ "reasons": ["waiting"] }), "rating.low_only"),
        (json!({ "indicators": [{ "code": "competence", "level": "SATISFIED" }] }), "rating.indicator"),
        (json!({ "remark": "长".repeat(2001) }), "form.too_long"),
        (json!({ "remark": "长".repeat(80_000) }), "form.too_long"),
    ] {
        assert_eq!(codes(&stand.sends(&page, more.clone()).await), ["INVALID", expected], "{more:.80}");
    }
    assert_eq!(codes(&stand.sends(&page, json!({ "level": "PERFECT" })).await), ["BAD_REQUEST"]);
    assert_eq!(stand.hall.all::<spent_token::Entity>().await.len(), 0);
    assert!(stand.gives(&page, json!({ "remark": "长".repeat(2000) })).await);
});

both_dbs!(a_kiosk_without_point_pin_or_form_says_what_is_missing, |test| async move {
    let stand = Stand::new(test).await;
    let asked = async |credential: &str| codes(&stand.asks("", "shiqi", credential).await);
    let bare = json!({ "name": "新机", "place": "二楼", "kind": "KIOSK" });
    let (_, credential) = register(&stand.hall, bare).await;
    assert_eq!(asked(&credential).await, ["INVALID", "kiosk.unbound"]);
    let without_pin = json!({ "name": "无密码", "place": "二楼", "kind": "KIOSK", "ratingPointId": stand.point["id"] });
    let (_, credential) = register(&stand.hall, without_pin).await;
    assert_eq!(asked(&credential).await, ["INVALID", "kiosk.pinless"]);
    // A revoked point is rated no more, but what was given there before still comes in.
    let page = stand.page().await;
    let revoke = "mutation($i: SeenRatingPointInput!) { revokeRatingPoint(input: $i) { id } }";
    let seen = json!({ "id": stand.point["id"], "version": 1 });
    stand.hall.world.ok(ADMIN, revoke, json!({ "i": seen })).await;
    assert_eq!(asked(&stand.credential).await, ["INVALID", "kiosk.unbound"]);
    assert!(stand.gives(&page, json!({})).await);
    // Another point, from the next look on; what waits keeps the one at which it was given.
    let other = add(&stand.hall.world, json!({ "name": "二楼一体机", "channel": "KIOSK" })).await;
    assert_eq!(stand.edits(json!({ "ratingPointId": other["id"] })).await, [""]);
    assert_eq!(stand.page().await["point"], "二楼一体机");
    assert!(stand.gives(&page, json!({ "idempotencyKey": key(2) })).await);
    stand.hall.at("2026-02-14T01:00");
    stand.hall.sweep().await;
    let rows = stand.hall.all::<rating::Entity>().await;
    assert!(rows.len() == 2 && rows.iter().all(|row| json!(row.point_id) == stand.point["id"]), "{rows:?}");
});

both_dbs!(an_administrator_makes_a_kiosk_of_a_device_of_their_own_center, |test| async move {
    let stand = Stand::new(test).await;
    let refused = async |input: Value| stand.hall.world.refused(ADMIN, REGISTER, json!({ "i": input })).await;
    let poster = &stand.hall.point["id"];
    assert_eq!(refused(typed("二", poster)).await, ["INVALID", "settings.kiosk_point"]);
    assert_eq!(refused(typed("二", &json!(Uuid::from_u128(1)))).await, ["NOT_FOUND"]);
    let mut short = typed("二", &stand.point["id"]);
    short["pin"] = json!("12345");
    assert_eq!(refused(short).await, ["INVALID", "settings.pin"]);
    let mut machine = typed("二", &stand.point["id"]);
    machine["kind"] = json!("TICKET_MACHINE");
    assert_eq!(refused(machine).await, ["INVALID", "settings.kiosk_only", "settings.kiosk_only"]);
    assert_eq!(stand.edits(json!({ "kind": "TICKET_MACHINE" })).await, ["INVALID", "settings.device_kind"]);
    let link = json!({ "name": "链接", "channel": "LINK" });
    let query = "mutation($i: AddRatingPointInput!) { addRatingPoint(input: $i) { id } }";
    assert_eq!(stand.hall.world.refused(ADMIN, query, json!({ "i": link })).await, ["INVALID", "rating.channel"]);
    // Another center's point is nobody's here.
    let theirs = stand.hall.world.refused("admin.xiaolan", REGISTER, json!({ "i": typed("机", &stand.point["id"]) }));
    assert_eq!(theirs.await, ["NOT_FOUND"]);
    // The list of points to choose from holds those for kiosks alone.
    let query = "{ centerSettings { kioskPoints { id name } } }";
    let offered = stand.hall.world.ok(ADMIN, query, json!({})).await["centerSettings"]["kioskPoints"].clone();
    assert_eq!(offered, json!([{ "id": stand.point["id"], "name": "出口一体机" }]));
});

both_dbs!(a_pin_is_told_as_what_it_is_checked_by_and_changes_only_when_typed, |test| async move {
    let stand = Stand::new(test).await;
    let first = stand.page().await["pin"].as_str().unwrap().to_owned();
    let parts: Vec<_> = first.split('.').collect();
    assert_eq!((parts.len(), parts[1].len(), parts[2].len()), (3, 32, 64));
    assert!(parts[0].parse::<u32>().unwrap() >= 200_000, "guessing offline takes its time");
    let stored = stand.hall.all::<kiosk::Entity>().await;
    assert!(!serde_json::to_string(&stored).unwrap().contains(PIN));
    assert_eq!(stand.edits(json!({ "name": "改名" })).await, [""]);
    assert_eq!(stand.page().await["pin"], first.as_str(), "nobody has typed another one");
    assert_eq!(stand.edits(json!({ "pin": "135790" })).await, [""]);
    assert_ne!(stand.page().await["pin"], first.as_str());
    // Nobody else learns it: the lists of the center do not hold it, and the audit names no more than the device.
    let told = stand.hall.world.audit_details("shiqi").await.concat();
    assert!(!told.contains("135790") && !told.contains(PIN), "{told}");
});

both_dbs!(a_kiosk_that_asks_without_end_is_held_up_and_another_is_not, |test| async move {
    let stand = Stand::new(test).await;
    let page = stand.page().await;
    let (_, other) = register(&stand.hall, typed("评价机二", &stand.point["id"])).await;
    let mut sent = 0_u128;
    let refused = loop {
        let answer = stand.sends(&page, json!({ "idempotencyKey": key(sent + 1) })).await;
        if answer.get("errors").is_some() {
            break codes(&answer);
        }
        sent += 1;
    };
    assert_eq!(refused, ["RATE_LIMITED"]);
    // All that a kiosk may keep goes out at once, less the one look before.
    assert_eq!(sent, u128::from(QUEUE) - 1);
    assert!(stand.gives(&page, json!({ "credential": other, "idempotencyKey": key(1000) })).await);
});

both_dbs!(a_kiosks_ratings_are_counted_apart_from_those_by_the_poster, |test| async move {
    let stand = Stand::new(test).await;
    let page = stand.page().await;
    for number in 1..=6 {
        assert!(stand.gives(&page, json!({ "idempotencyKey": key(number) })).await);
    }
    for _ in 0..7 {
        stand.hall.rates("DISSATISFIED", json!({})).await;
    }
    stand.hall.at("2026-02-16T00:11");
    stand.hall.sweep().await;
    let query = "{ ratingResults { week { rows { point { name channel } figures { ratings satisfied } } } } }";
    let rows = stand.hall.world.ok(ADMIN, query, json!({})).await["ratingResults"]["week"]["rows"].clone();
    let of = |channel: &str| {
        let row = rows.as_array().unwrap().iter().find(|row| row["point"]["channel"] == channel).unwrap();
        row["figures"].clone()
    };
    assert_eq!(of("KIOSK"), json!({ "ratings": 6, "satisfied": 1000 }));
    assert_eq!(of("QR"), json!({ "ratings": 7, "satisfied": 0 }));
});

#[tokio::test]
async fn a_kiosks_rating_is_in_no_figure_for_the_operator() {
    on_sqlite(async |test: TestDb| {
        let (world, router) = service(test).await;
        let stand = Stand::of(Hall::of(world).await).await;
        let page = stand.page().await;
        let query = format!(
            "mutation {{ giveKioskRating(input: {{ center: \"shiqi\", credential: \"{}\", idempotencyKey: \"{}\", \
             point: {}, form: {}, level: SATISFIED, indicators: [], reasons: [] }}) }}",
            stand.credential,
            key(1),
            page["code"],
            page["form"]
        );
        let (_, cookie, answer) = send(&router, call(&query, "")).await;
        assert_eq!((&answer["data"]["giveKioskRating"], cookie.as_str()), (&json!(true), ""), "{answer}");
        let mut figures = String::new();
        stand.hall.world.app.edge.metrics.write(&mut figures).unwrap();
        assert!(!figures.contains("giveKioskRating") && !figures.contains("other"), "{figures}");
    })
    .await;
}

/// The page and its worker, as they are served: looked up anew each time, under the same policy as everything else.
#[tokio::test]
async fn the_kiosks_worker_is_served_below_its_page_and_nothing_else_changes() {
    on_sqlite(async |test: TestDb| {
        let dist = std::env::temp_dir().join(format!("gangping-{}", Uuid::from_u128(0x6b10).simple()));
        std::fs::create_dir_all(dist.join("kiosk")).unwrap();
        for (file, text) in [("index.html", "<title>kiosk</title>"), ("kiosk-worker.js", "// worker")] {
            std::fs::write(dist.join("kiosk").join(file), text).unwrap();
        }
        let world = crate::world::World::new(test);
        let served = Served { app: world.app.clone(), schema: build(Introspection::Off) };
        let router = router(served, &dist);
        for (path, kind, body) in
            [("/kiosk/", "text/html", "<title>kiosk</title>"), ("/kiosk/worker.js", "text/javascript", "// worker")]
        {
            let answer = router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
            let header = |name: header::HeaderName| answer.headers()[name].to_str().unwrap().to_owned();
            assert!(header(header::CONTENT_TYPE).starts_with(kind), "{path}");
            assert_eq!(header(header::CACHE_CONTROL), "no-cache", "{path}");
            let policy = header(header::CONTENT_SECURITY_POLICY);
            assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), "{policy}");
            let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
            assert_eq!(bytes, body, "{path}");
        }
        let answer = router.clone().oneshot(Request::get("/kiosk").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::PERMANENT_REDIRECT);
        assert_eq!(answer.headers()[header::LOCATION], "/kiosk/");
        std::fs::remove_dir_all(&dist).unwrap();
    })
    .await;
}
