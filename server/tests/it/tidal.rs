//! A tidal window as its people, its lead and the ticket machine meet it.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use domain::{calendar::DayKind, metrics::Metric, permission::Role};
use serde_json::{Value, json};
use server::{
    both_dbs,
    clock::Clock,
    graphql::schema::{Introspection, build},
    http::{Served, router},
    testing::TestDb,
};

use crate::{
    analytics::figure,
    http::send,
    statements::counted,
    world::{World, codes, one_more_city},
};

const PAGE: &str = "{ window { state { phase closing highSince } } proposals { status waiting minutes decider reason } \
    sessions { reason waiting fewest served closedAt noRelief opener } calls { id version late dueOn outcome returner } \
    works { who work cases } checks { unopened noRelief lateCalls } readings { waiting source } mayKeep actions }";

/// A center with a tidal window: who leads it, who works there, who leads and works elsewhere.
pub struct Window {
    pub world: World,
    pub id: Value,
}

impl Window {
    pub async fn new(test: TestDb) -> Self {
        let calendar = vec![("2026-01-01".parse().unwrap(), DayKind::Holiday, "元旦".to_owned())];
        let people = [
            ("admin", Role::CenterAdmin),
            ("lead", Role::PostLead),
            ("other-lead", Role::PostLead),
            ("clerk", Role::PostStaff),
            ("other", Role::PostStaff),
            ("supervisor", Role::SupervisionOfficer),
        ];
        one_more_city(&test, "tides", calendar, &people).await;
        let world = World::new(test);
        let add = "mutation($i: PostInput!) { addPost(input: $i) { id version } }";
        let post = json!({ "code": "tide", "name": "潮汐窗口", "kind": "tidal_post" });
        let post = world.ok("admin.dongqu", add, json!({ "i": post })).await["addPost"].clone();
        let made = Self { world, id: post["id"].clone() };
        let mut people = Vec::new();
        for login in ["lead.dongqu", "clerk.dongqu", "other.dongqu"] {
            people.push(made.joins(login).await);
        }
        let use_it = "mutation($i: SeenPostInput!) { activatePost(input: $i) { version } }";
        let seen = json!({ "id": made.id, "version": post["version"] });
        let version =
            made.world.ok("admin.dongqu", use_it, json!({ "i": seen })).await["activatePost"]["version"].clone();
        let name = "mutation($i: NameLeadInput!) { namePostLead(input: $i) { id } }";
        let lead = json!({ "id": made.id, "version": version, "lead": people[0] });
        made.world.ok("admin.dongqu", name, json!({ "i": lead })).await;
        let assign = "mutation($i: AssignStaffInput!) { assignStaffMember(input: $i) { id } }";
        let input = json!({ "post": made.id, "staff": people[1], "capacity": "MAIN", "from": "2026-01-05" });
        made.world.ok("admin.dongqu", assign, json!({ "i": input })).await;
        made
    }

    async fn joins(&self, login: &str) -> Value {
        let account = self.world.account(login).await;
        let add = "mutation($i: StaffInput!) { addStaffMember(input: $i) { id } }";
        let input = json!({ "staffNo": login.replace('.', "-"), "name": "陈小明", "accountId": account });
        self.world.ok("admin.dongqu", add, json!({ "i": input })).await["addStaffMember"]["id"].clone()
    }

    /// The same at another time of 13 February, in Shanghai.
    fn at(self, time: &str) -> Self {
        self.on("2026-02-13", time)
    }

    fn on(self, day: &str, time: &str) -> Self {
        let World { test, app, .. } = self.world;
        let app = app.at(Clock::fixed(format!("{day}T{time}:00+08:00").parse().unwrap()));
        Self { world: World { test, app, schema: build(Introspection::On) }, ..self }
    }

    fn ask(&self, verb: &str, input: &str, more: Value) -> (String, Value) {
        let fields = match verb {
            "recordTidalCall" | "returnTidalCall" => "id version dueOn",
            "recordTidalWork" => "id",
            _ => "phase closing",
        };
        let mut variables = json!({ "post": self.id });
        if verb == "returnTidalCall" {
            variables = json!({});
        }
        if let (Value::Object(all), Value::Object(more)) = (&mut variables, more) {
            all.extend(more);
        }
        (format!("mutation($i: {input}!) {{ {verb}(input: $i) {{ {fields} }} }}"), json!({ "i": variables }))
    }

    pub async fn does(&self, login: &str, verb: &str, input: &str, more: Value) -> Value {
        let (query, variables) = self.ask(verb, input, more);
        self.world.ok(login, &query, variables).await[verb].clone()
    }

    async fn refused(&self, login: &str, verb: &str, input: &str, more: Value) -> Vec<String> {
        let (query, variables) = self.ask(verb, input, more);
        self.world.refused(login, &query, variables).await
    }

    /// A reading by hand, and the phase after it.
    async fn reads(&self, waiting: u32) -> String {
        let state = self
            .does("clerk.dongqu", "recordQueueReading", "RecordQueueReadingInput", json!({ "waiting": waiting }))
            .await;
        state["phase"].as_str().unwrap().to_owned()
    }

    /// A peak that lasts until opening is proposed, at 09:05.
    pub async fn peak(self) -> Self {
        assert_eq!(self.reads(16).await, "CLOSED");
        let later = self.at("09:05");
        assert_eq!(later.reads(18).await, "PROPOSED");
        later
    }

    async fn page(&self, login: &str) -> Value {
        let query = format!("query($p: PostId!) {{ tidalWindow(post: $p) {PAGE} }}");
        self.world.ok(login, &query, json!({ "p": self.id })).await["tidalWindow"].clone()
    }

    fn router(&self) -> Router {
        let served = Served { app: self.world.app.clone(), schema: build(Introspection::Off) };
        router(served, std::path::Path::new("no-such-folder"))
    }
}

const NAMED: &str = "NamedTidalWindowInput";

both_dbs!(a_tidal_window_opens_on_a_proposal_and_closes, |test| async move {
    let window = Window::new(test).await.peak().await;
    let page = window.page("lead.dongqu").await;
    assert_eq!(figure(&window.world, "dongqu", Metric::OpenPeakShare).await, [], "nobody has decided");
    assert_eq!(
        page["proposals"][0],
        json!({ "status": "PENDING", "waiting": 18, "minutes": null, "decider": null, "reason": null })
    );
    assert_eq!(page["actions"], json!(["OPEN", "DECLINE"]));
    let opened = window.does("lead.dongqu", "openTidalWindow", NAMED, json!({})).await;
    assert_eq!(opened["phase"], "OPEN");
    let twice = window.refused("lead.dongqu", "openTidalWindow", NAMED, json!({})).await;
    assert!(twice.contains(&"tidal.step".to_owned()), "{twice:?}");
    // Few wait for a quarter of an hour: closing is proposed, and nothing more.
    let window = window.at("09:20");
    assert_eq!(window.reads(5).await, "OPEN");
    let window = window.at("09:35");
    assert_eq!(window.reads(3).await, "OPEN");
    let page = window.page("lead.dongqu").await;
    assert_eq!((&page["window"]["state"]["closing"], &page["actions"]), (&json!(true), &json!(["DRAIN"])));
    window.does("lead.dongqu", "drainTidalWindow", NAMED, json!({})).await;
    window.does("lead.dongqu", "closeTidalWindow", "CloseTidalWindowInput", json!({ "served": 12 })).await;
    let page = window.page("supervisor.dongqu").await;
    let session = &page["sessions"][0];
    assert_eq!((&session["reason"], &session["waiting"], &session["fewest"]), (&json!("AUTO"), &json!(18), &json!(3)));
    assert_eq!(
        (&session["served"], &session["opener"], &session["noRelief"]),
        (&json!(12), &json!("lead"), &json!(false))
    );
    assert_eq!(page["proposals"][0]["status"], "OPENED");
    let day = "2026-02-13".parse().unwrap();
    let peaks = figure(&window.world, "dongqu", Metric::OpenPeakShare).await;
    assert_eq!(peaks, [(day, String::new(), [1, 1, 0])], "a peak with the window open");
    assert_eq!((&page["actions"], &page["mayKeep"]), (&json!([]), &json!(false)));
    let verbs = window.world.audit_verbs("dongqu").await;
    let tail: Vec<_> = verbs.iter().rev().take(7).rev().map(String::as_str).collect();
    let expected =
        ["queue_read", "queue_read", "tidal_opened", "queue_read", "queue_read", "tidal_draining", "tidal_closed"];
    assert_eq!(tail, expected);
});

both_dbs!(a_peak_that_nobody_met_and_a_window_that_helped_nobody_are_found, |test| async move {
    let window = Window::new(test).await.peak().await;
    let reason = json!({ "reason": "其他窗口即将空出。" });
    window.does("lead.dongqu", "declineTidalOpening", "DeclineTidalOpeningInput", reason).await;
    let window = window.at("09:15");
    assert_eq!(window.reads(20).await, "CLOSED", "the same peak is not proposed again");
    let opened = window.does("lead.dongqu", "openTidalWindow", NAMED, json!({})).await;
    assert_eq!(opened["phase"], "OPEN");
    let window = window.at("09:45");
    window.reads(20).await;
    let page = window.page("admin.dongqu").await;
    assert_eq!(page["checks"], json!({ "unopened": 1, "noRelief": 1, "lateCalls": 0 }));
    assert_eq!(page["sessions"][0]["reason"], "MANUAL");
    assert_eq!(page["proposals"][0]["reason"], "其他窗口即将空出。");
    let day = "2026-02-13".parse().unwrap();
    let peaks = figure(&window.world, "dongqu", Metric::OpenPeakShare).await;
    assert_eq!(peaks, [(day, String::new(), [0, 1, 0])], "it was opened later, and not for that peak's proposal");
});

both_dbs!(a_missed_call_is_returned_on_the_same_working_day, |test| async move {
    const CALL: &str = "RecordTidalCallInput";
    let window = Window::new(test).await;
    // A Friday.
    let missed = json!({ "calledAt": "2026-02-13T00:30:00Z", "answered": false, "tail": "0937" });
    let call = window.does("clerk.dongqu", "recordTidalCall", CALL, missed.clone()).await;
    assert_eq!(call["dueOn"], "2026-02-13");
    let answered = json!({ "calledAt": "2026-02-13T00:40:00Z", "answered": true });
    let other = window.does("clerk.dongqu", "recordTidalCall", CALL, answered).await;
    assert_eq!(other["dueOn"], Value::Null);
    let future = json!({ "calledAt": "2026-02-13T09:00:00Z", "answered": true, "tail": "937" });
    let found = window.refused("clerk.dongqu", "recordTidalCall", CALL, future).await;
    assert_eq!(found[1..], ["form.date_in_future", "tidal.tail"]);
    let window = window.on("2026-02-16", "09:00");
    assert_eq!(window.page("lead.dongqu").await["checks"]["lateCalls"], 1);
    let seen = |row: &Value| json!({ "id": row["id"], "version": row["version"], "outcome": "已回电。" });
    const RETURN: &str = "ReturnTidalCallInput";
    let never = window.refused("clerk.dongqu", "returnTidalCall", RETURN, seen(&other)).await;
    assert!(never.contains(&"tidal.not_missed".to_owned()), "{never:?}");
    window.does("clerk.dongqu", "returnTidalCall", RETURN, seen(&call)).await;
    let page = window.page("lead.dongqu").await;
    assert_eq!(page["checks"]["lateCalls"], 1, "returned, and late");
    assert_eq!(page["calls"][1]["returner"], "clerk");
});

both_dbs!(whoever_works_elsewhere_writes_nothing_down_and_opens_nothing, |test| async move {
    const READ: &str = "RecordQueueReadingInput";
    let window = Window::new(test).await.peak().await;
    let level = || json!({ "waiting": 4 });
    for login in ["other.dongqu", "other-lead.dongqu"] {
        let found = window.refused(login, "recordQueueReading", READ, level()).await;
        assert!(found.contains(&"tidal.not_there".to_owned()), "{login}: {found:?}");
    }
    let found = window.refused("other-lead.dongqu", "openTidalWindow", NAMED, json!({})).await;
    assert!(found.contains(&"posts.not_your_post".to_owned()), "{found:?}");
    for (login, code) in [("clerk.dongqu", "FORBIDDEN"), ("admin.xiqu", "NOT_FOUND")] {
        assert_eq!(window.refused(login, "openTidalWindow", NAMED, json!({})).await, [code], "{login}");
    }
    let found =
        window.refused("clerk.dongqu", "recordQueueReading", READ, json!({ "waiting": 2001, "minutes": 601 })).await;
    assert_eq!(found[1..], ["tidal.range", "tidal.range"]);
    let work = json!({ "on": "2026-02-13", "work": "ONLINE", "cases": 11, "minutes": 90 });
    window.does("clerk.dongqu", "recordTidalWork", "RecordTidalWorkInput", work.clone()).await;
    let nobody = window.refused("admin.dongqu", "recordTidalWork", "RecordTidalWorkInput", work).await;
    assert!(nobody.contains(&"posts.not_staff".to_owned()), "{nobody:?}");
    assert_eq!(window.page("lead.dongqu").await["works"], json!([{ "who": "陈小明", "work": "ONLINE", "cases": 11 }]));
});

/// What a ticket machine sends, showing this credential to this center.
fn told(center: &str, credential: &str, body: &str) -> Request<Body> {
    Request::post(format!("/devices/{center}/readings"))
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {credential}"))
        .body(body.to_owned().into())
        .unwrap()
}

both_dbs!(a_ticket_machine_tells_by_its_credential_and_does_nothing_else, |test| async move {
    let window = Window::new(test).await;
    let register = "mutation($i: DeviceInput!) { registerDevice(input: $i) { credential device { id version } } }";
    let made = window
        .world
        .ok("admin.dongqu", register, json!({ "i": { "name": "取号机", "place": "一楼大厅" } }))
        .await["registerDevice"]
        .clone();
    let credential = made["credential"].as_str().unwrap();
    let router = window.router();
    let body = r#"{ "window": "tide", "waiting": 16, "minutes": 21 }"#;
    let (status, _, answer) = send(&router, told("dongqu", credential, body)).await;
    assert_eq!((status, answer), (StatusCode::NO_CONTENT, Value::Null));
    let page = window.page("lead.dongqu").await;
    assert_eq!(page["readings"], json!([{ "waiting": 16, "source": "MACHINE" }]));
    // Another center's door, another credential, none: one answer.
    for (center, shown) in [("xiqu", credential), ("nowhere", credential), ("dongqu", &"0".repeat(64)), ("dongqu", "")]
    {
        let (status, _, answer) = send(&router, told(center, shown, body)).await;
        assert_eq!((status, codes(&answer)), (StatusCode::UNAUTHORIZED, vec!["UNAUTHENTICATED".to_owned()]));
    }
    let much = format!("{body}{}", " ".repeat(1024));
    for (body, status) in [
        (r#"{ "window": "tide", "waiting": -1 }"#, StatusCode::BAD_REQUEST),
        (r#"{ "window": "tide", "waiting": 1, "center": "xiqu" }"#, StatusCode::BAD_REQUEST),
        (r#"{ "window": "tide", "waiting": 2001 }"#, StatusCode::UNPROCESSABLE_ENTITY),
        (r#"{ "window": "elsewhere", "waiting": 1 }"#, StatusCode::NOT_FOUND),
        (&much, StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        assert_eq!(send(&router, told("dongqu", credential, body)).await.0, status, "{body:.60}");
    }
    while send(&router, told("dongqu", credential, body)).await.0 == StatusCode::NO_CONTENT {}
    let (status, _, answer) = send(&router, told("dongqu", credential, body)).await;
    assert_eq!((status, codes(&answer)), (StatusCode::TOO_MANY_REQUESTS, vec!["RATE_LIMITED".to_owned()]));
    let revoke = "mutation($i: SeenDeviceInput!) { revokeDevice(input: $i) { id } }";
    window.world.ok("admin.dongqu", revoke, json!({ "i": made["device"] })).await;
    assert_eq!(send(&router, told("dongqu", credential, body)).await.0, StatusCode::UNAUTHORIZED);
});

both_dbs!(a_reading_and_a_look_cost_the_same_however_many_there_were, |test| async move {
    let window = Window::new(test).await;
    window.reads(7).await;
    let (_, one) = counted(window.reads(7)).await;
    let (_, looked) = counted(window.page("lead.dongqu")).await;
    for _ in 0..20 {
        window.reads(8).await;
    }
    let (_, many) = counted(window.reads(7)).await;
    let (_, later) = counted(window.page("lead.dongqu")).await;
    assert_eq!((one.len(), looked.len()), (many.len(), later.len()), "{many:#?}");
});
