//! A care window as its people, supervision and other windows' people meet it.

use domain::{calendar::DayKind, permission::Role};
use entity::{care_event, care_record};
use serde_json::{Value, json};
use server::{
    both_dbs,
    clock::Clock,
    graphql::schema::{Introspection, build},
    jobs,
    testing::TestDb,
};

use crate::{
    statements::counted,
    world::{World, one_more_city},
};

const ROW: &str = "id version status dueOn bookedFor name phone hasContact visitor satisfaction purgeOn";
const PAGE: &str = "row { slow late record { id version status satisfaction hasContact name } } need \
    events { action body actor } actions";

/// A center with a care window, at which a clerk works.
pub struct Window {
    pub world: World,
    id: Value,
    clerk: Value,
    other: Value,
}

impl Window {
    pub async fn new(test: TestDb) -> Self {
        let day = |on: &str, kind| (on.parse().unwrap(), kind, "春节".to_owned());
        let calendar = vec![
            day("2026-02-14", DayKind::Workday),
            day("2026-02-16", DayKind::Holiday),
            day("2026-02-17", DayKind::Holiday),
        ];
        let people = [
            ("admin", Role::CenterAdmin),
            ("clerk", Role::PostStaff),
            ("other", Role::PostStaff),
            ("supervisor", Role::SupervisionOfficer),
        ];
        one_more_city(&test, "caring", calendar, &people).await;
        let world = World::new(test);
        let add = "mutation($i: PostInput!) { addPost(input: $i) { id version } }";
        let post = json!({ "code": "care", "name": "爱心专窗", "kind": "care_window" });
        let post = world.ok("admin.dongqu", add, json!({ "i": post })).await["addPost"].clone();
        let use_it = "mutation($i: SeenPostInput!) { activatePost(input: $i) { id } }";
        world.ok("admin.dongqu", use_it, json!({ "i": post })).await;
        let mut people = Vec::new();
        for login in ["clerk.dongqu", "other.dongqu"] {
            let account = world.account(login).await;
            let add = "mutation($i: StaffInput!) { addStaffMember(input: $i) { id } }";
            let input = json!({ "staffNo": login.replace('.', "-"), "name": "陈小明", "accountId": account });
            people.push(world.ok("admin.dongqu", add, json!({ "i": input })).await["addStaffMember"]["id"].clone());
        }
        let assign = "mutation($i: AssignStaffInput!) { assignStaffMember(input: $i) { id } }";
        let input = json!({ "post": post["id"], "staff": people[0], "capacity": "MAIN", "from": "2026-01-05" });
        world.ok("admin.dongqu", assign, json!({ "i": input })).await;
        Self { world, id: post["id"].clone(), clerk: people[0].clone(), other: people[1].clone() }
    }

    /// The same on another day, at nine in Shanghai.
    fn on(self, day: &str, time: &str) -> Self {
        let World { test, app, .. } = self.world;
        let app = app.at(Clock::fixed(format!("{day}T{time}:00+08:00").parse().unwrap()));
        Self { world: World { test, app, schema: build(Introspection::On) }, ..self }
    }

    pub fn visit(&self) -> Value {
        json!({ "post": self.id, "category": "DISABLED", "need": "换领证件，行动不便。", "name": "何添福",
            "phone": "138 0000 5511", "address": "示例路8号302房", "on": "2026-02-14" })
    }

    pub async fn does(&self, verb: &str, input: &str, variables: Value) -> Value {
        let query = format!("mutation($i: {input}!) {{ {verb}(input: $i) {{ {ROW} }} }}");
        self.world.ok("clerk.dongqu", &query, json!({ "i": variables })).await[verb].clone()
    }

    async fn step(&self, verb: &str, input: &str, row: &Value, more: Value) -> Value {
        self.does(verb, input, seen(row, more)).await
    }

    async fn refused(&self, login: &str, verb: &str, input: &str, variables: Value) -> Vec<String> {
        let fields = if verb == "revealCareContact" { "name" } else { ROW };
        let query = format!("mutation($i: {input}!) {{ {verb}(input: $i) {{ {fields} }} }}");
        self.world.refused(login, &query, json!({ "i": variables })).await
    }

    async fn page(&self, login: &str, row: &Value) -> Value {
        let query = format!("query($id: CareRecordId!) {{ careRecord(id: $id) {{ {PAGE} }} }}");
        self.world.ok(login, &query, json!({ "id": row["id"] })).await["careRecord"].clone()
    }

    /// How many services a login sees that go on, and that are over.
    async fn seen_by(&self, login: &str) -> (usize, usize) {
        let query = "{ careRecords { open { record { id } } over { record { id } } } }";
        let found = self.world.ok(login, query, json!({})).await["careRecords"].clone();
        let count = |part: &str| found[part].as_array().unwrap().len();
        (count("open"), count("over"))
    }
}

fn seen(row: &Value, more: Value) -> Value {
    let mut variables = json!({ "id": row["id"], "version": row["version"] });
    if let (Value::Object(all), Value::Object(more)) = (&mut variables, more) {
        all.extend(more);
    }
    variables
}

const BOOK: &str = "BookHomeVisitInput";
const ASSIGN: &str = "AssignHomeVisitInput";

both_dbs!(a_home_visit_is_booked_put_off_made_and_rated, |test| async move {
    let window = Window::new(test).await;
    let row = window.does("bookHomeVisit", BOOK, window.visit()).await;
    // Friday 13: the make-up Saturday counts, two days of the festival do not.
    assert_eq!((&row["dueOn"], &row["status"]), (&json!("2026-02-19"), &json!("BOOKED")));
    assert_eq!((&row["name"], &row["phone"]), (&json!("何**"), &json!("138****5511")));
    let same = seen(&row, json!({ "visitor": window.clerk, "companion": window.clerk }));
    assert!(
        window.refused("clerk.dongqu", "assignHomeVisit", ASSIGN, same).await.contains(&"care.same_person".to_owned())
    );
    let early = window.refused("clerk.dongqu", "recordHomeVisit", "RecordHomeVisitInput", seen(&row, json!({}))).await;
    assert!(early.contains(&"care.step".to_owned()), "{early:?}");
    let row = window
        .step("assignHomeVisit", ASSIGN, &row, json!({ "visitor": window.clerk, "companion": window.other }))
        .await;
    let later = json!({ "on": "2026-02-20", "reason": "本人住院，家属要求改期。" });
    let row = window.step("rescheduleHomeVisit", "RescheduleHomeVisitInput", &row, later).await;
    assert_eq!((&row["status"], &row["visitor"]), (&json!("BOOKED"), &Value::Null));
    let window = window.on("2026-02-20", "09:00");
    assert_eq!(window.page("clerk.dongqu", &row).await["row"]["late"], true, "the wish does not move the limit");
    let row = window.step("assignHomeVisit", ASSIGN, &row, json!({ "visitor": window.clerk })).await;
    let row = window.step("recordHomeVisit", "RecordHomeVisitInput", &row, json!({ "note": "材料齐全。" })).await;
    let row = window.step("finishCare", "FinishCareInput", &row, json!({ "outcome": "新证已送达。" })).await;
    assert_eq!(row["purgeOn"], "2026-05-21");
    let rating = || json!({ "satisfaction": "VERY_SATISFIED", "comment": "很耐心" });
    let row = window.step("rateCare", "RateCareInput", &row, rating()).await;
    let twice = window.refused("clerk.dongqu", "rateCare", "RateCareInput", seen(&row, rating())).await;
    assert!(twice.contains(&"care.step".to_owned()), "{twice:?}");
    let page = window.page("clerk.dongqu", &row).await;
    let log: Vec<_> = page["events"].as_array().unwrap().iter().map(|e| e["action"].as_str().unwrap_or("")).collect();
    assert_eq!(log, ["", "ASSIGN", "RESCHEDULE", "ASSIGN", "VISIT", "FINISH", "RATE"]);
    assert_eq!((&page["events"][6]["body"], &page["actions"]), (&json!("很耐心"), &json!([])));
});

both_dbs!(who_is_served_is_shown_for_a_reason_and_removed_in_time, |test| async move {
    const REVEAL: &str = "RevealCareContactInput";
    let window = Window::new(test).await;
    let row = window.does("bookHomeVisit", BOOK, window.visit()).await;
    let ask = |reason: &str| json!({ "id": row["id"], "reason": reason });
    let blank = window.refused("clerk.dongqu", "revealCareContact", REVEAL, ask(" ")).await;
    assert!(blank.contains(&"form.required".to_owned()), "{blank:?}");
    let query = format!("mutation($i: {REVEAL}!) {{ revealCareContact(input: $i) {{ name phone address }} }}");
    let shown = window.world.ok("clerk.dongqu", &query, json!({ "i": ask("上门前联系") })).await;
    let expected = json!({ "name": "何添福", "phone": "138 0000 5511", "address": "示例路8号302房" });
    assert_eq!(shown["revealCareContact"], expected);
    assert_eq!(window.world.audit_verbs("dongqu").await.last().unwrap(), "care_contact_revealed");
    // Other windows' people find nothing, supervision sees the course without what was said.
    for (login, code) in
        [("other.dongqu", "NOT_FOUND"), ("clerk.xiqu", "NOT_FOUND"), ("supervisor.dongqu", "FORBIDDEN")]
    {
        assert_eq!(window.refused(login, "revealCareContact", REVEAL, ask("看看")).await, [code], "{login}");
    }
    let page = window.page("supervisor.dongqu", &row).await;
    assert_eq!((&page["need"], &page["events"][0]["body"], &page["actions"]), (&Value::Null, &Value::Null, &json!([])));
    assert_eq!(window.page("clerk.dongqu", &row).await["need"], "换领证件，行动不便。");
    window.step("cancelCare", "CancelCareInput", &row, json!({ "reason": "本人已自行办理。" })).await;
    // Ninety days are kept, and not one more.
    let window = window.on("2026-05-14", "09:00");
    jobs::care::sweep(&window.world.app).await.unwrap();
    assert_eq!(window.page("clerk.dongqu", &row).await["row"]["record"]["hasContact"], true);
    let window = window.on("2026-05-15", "09:00");
    jobs::care::sweep(&window.world.app).await.unwrap();
    let page = window.page("clerk.dongqu", &row).await;
    let record = &page["row"]["record"];
    assert_eq!((&record["hasContact"], &record["name"], &page["need"]), (&json!(false), &Value::Null, &Value::Null));
    assert_eq!(window.world.audit_verbs("dongqu").await.last().unwrap(), "care_purged");
    let tx = window.world.reader("dongqu").await;
    let row = tx.select::<care_record::Entity>().unwrap().one().await.unwrap().unwrap();
    assert_eq!((row.need_enc, row.address_enc, row.phone_mask), (None, None, None));
    assert!(tx.select::<care_event::Entity>().unwrap().all().await.unwrap().iter().all(|line| line.body_enc.is_none()));
});

both_dbs!(nobody_is_asked_how_satisfied_they_are_once_their_details_were_removed, |test| async move {
    let window = Window::new(test).await;
    let came = json!({ "post": window.id, "category": "ELDERLY", "mode": "ON_SITE" });
    let row = window.does("greetCareRecipient", "GreetCareRecipientInput", came).await;
    let row = window.step("recordCareNeed", "RecordCareNeedInput", &row, json!({ "need": "补办社保卡。" })).await;
    let row = window.step("handCareOver", "HandCareOverInput", &row, json!({ "receiver": window.other })).await;
    let row = window.step("finishCare", "FinishCareInput", &row, json!({ "outcome": "当场补办。" })).await;
    assert_eq!(row["purgeOn"], "2026-05-14");
    let window = window.on("2026-05-15", "09:00");
    assert_eq!(window.page("clerk.dongqu", &row).await["actions"], json!(["RATE"]));
    jobs::care::sweep(&window.world.app).await.unwrap();
    // What they said would stay for ever.
    let said = seen(&row, json!({ "satisfaction": "VERY_SATISFIED", "comment": "谢谢萧静文" }));
    let late = window.refused("clerk.dongqu", "rateCare", "RateCareInput", said).await;
    assert!(late.contains(&"care.step".to_owned()), "{late:?}");
    assert_eq!(window.page("clerk.dongqu", &row).await["actions"], json!([]));
    let tx = window.world.reader("dongqu").await;
    assert!(tx.select::<care_event::Entity>().unwrap().all().await.unwrap().iter().all(|line| line.body_enc.is_none()));
});

both_dbs!(whoever_comes_is_served_at_once_or_handed_to_somebody, |test| async move {
    const GREET: &str = "GreetCareRecipientInput";
    let window = Window::new(test).await;
    let came = |mode: &str| json!({ "post": window.id, "category": "ELDERLY", "mode": mode, "guide": window.other });
    let at_home = window.refused("clerk.dongqu", "greetCareRecipient", GREET, came("HOME_VISIT")).await;
    assert!(at_home.contains(&"care.book_instead".to_owned()), "{at_home:?}");
    let elsewhere = window.refused("other.dongqu", "greetCareRecipient", GREET, came("ON_SITE")).await;
    assert!(elsewhere.contains(&"care.not_there".to_owned()), "{elsewhere:?}");
    let row = window.does("greetCareRecipient", GREET, came("ON_SITE")).await;
    assert_eq!((window.seen_by("clerk.dongqu").await, window.seen_by("other.dongqu").await), ((1, 0), (0, 0)));
    assert_eq!((window.seen_by("supervisor.dongqu").await, window.seen_by("clerk.xiqu").await), ((1, 0), (0, 0)));
    let window = window.on("2026-02-13", "09:06");
    assert_eq!(window.page("clerk.dongqu", &row).await["row"]["slow"], true, "six minutes, and nobody has asked");
    let row = window.step("recordCareNeed", "RecordCareNeedInput", &row, json!({ "need": "补办社保卡。" })).await;
    let row = window.step("handCareOver", "HandCareOverInput", &row, json!({ "receiver": window.other })).await;
    let row = window.step("finishCare", "FinishCareInput", &row, json!({ "outcome": "当场补办。" })).await;
    assert_eq!((&row["status"], window.seen_by("clerk.dongqu").await), (&json!("DONE"), (0, 1)));
    let late = window
        .refused("clerk.dongqu", "cancelCare", "CancelCareInput", seen(&row, json!({ "reason": "误登记" })))
        .await;
    assert!(late.contains(&"care.step".to_owned()), "{late:?}");
});

both_dbs!(a_look_at_care_costs_the_same_however_much_there_is, |test| async move {
    let window = Window::new(test).await;
    let row = window.does("bookHomeVisit", BOOK, window.visit()).await;
    window.step("assignHomeVisit", ASSIGN, &row, json!({ "visitor": window.clerk })).await;
    let (_, one) = counted(window.seen_by("clerk.dongqu")).await;
    for _ in 0..10 {
        let row = window.does("bookHomeVisit", BOOK, window.visit()).await;
        window.step("assignHomeVisit", ASSIGN, &row, json!({ "visitor": window.clerk })).await;
    }
    let (seen, many) = counted(window.seen_by("clerk.dongqu")).await;
    assert_eq!((seen, one.len()), ((11, 0), many.len()), "{many:#?}");
});
