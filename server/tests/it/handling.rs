//! Cases at windows as their people, the back office and supervision meet them.

use entity::{service_case, service_case_event};
use serde_json::{Value, json};
use server::{both_dbs, jobs, testing::TestDb};

use crate::{items::Hall, statements::counted};

const CASE: &str = "id version status dueOn promisedDays archiveDueOn archiveRef pickupAt pickupPlace purgeOn";
const PAGE: &str = "row { late unfiled item post case { id version status archiveDueOn } } recipient reason \
    events { action body actor } actions";
const SEEN: &str = "SeenServiceCaseInput";
const ACCEPT: &str = "AcceptServiceCaseInput";
const REFUSE: &str = "RefuseServiceCaseInput";
const ARCHIVE: &str = "ArchiveServiceCaseInput";

/// A center with a window where a clerk works, a back office, and an item.
struct Desk {
    hall: Hall,
    window: Value,
    item: Value,
}

impl Desk {
    async fn new(test: TestDb) -> Self {
        let hall = Hall::new(test).await;
        let window = hall.post("w1", "integrated_window", ("window_type", "intake")).await;
        let back = hall.post("hr2", "handling_post", ("side", "back_office")).await;
        hall.works("clerk.dongqu", &window).await;
        hall.works("back.dongqu", &back).await;
        let item = hall.item("SB-001", None).await["id"].clone();
        Self { hall, window, item }
    }

    fn on(self, day: &str, time: &str) -> Self {
        Self { hall: self.hall.on(day, time), ..self }
    }

    fn form(&self, number: &str) -> Value {
        json!({ "post": self.window, "item": self.item, "externalNo": number, "recipient": "取号单尾号0031" })
    }

    async fn receive(&self, number: &str) -> Value {
        self.does("clerk.dongqu", "receiveServiceCase", "ReceiveServiceCaseInput", self.form(number)).await
    }

    async fn does(&self, login: &str, verb: &str, input: &str, variables: Value) -> Value {
        let query = format!("mutation($i: {input}!) {{ {verb}(input: $i) {{ {CASE} }} }}");
        self.hall.world.ok(login, &query, json!({ "i": variables })).await[verb].clone()
    }

    async fn step(&self, verb: &str, input: &str, row: &Value, more: Value) -> Value {
        self.does("clerk.dongqu", verb, input, seen(row, more)).await
    }

    /// The same, for steps that need no word.
    async fn goes(&self, verbs: &[&str], mut row: Value) -> Value {
        for verb in verbs {
            row = self.step(verb, SEEN, &row, json!({})).await;
        }
        row
    }

    async fn refused(&self, login: &str, verb: &str, input: &str, variables: Value) -> Vec<String> {
        let query = format!("mutation($i: {input}!) {{ {verb}(input: $i) {{ id }} }}");
        self.hall.world.refused(login, &query, json!({ "i": variables })).await
    }

    async fn page(&self, login: &str, row: &Value) -> Value {
        let query = format!("query($id: ServiceCaseId!) {{ serviceCase(id: $id) {{ {PAGE} }} }}");
        self.hall.world.ok(login, &query, json!({ "id": row["id"] })).await["serviceCase"].clone()
    }

    /// The numbers of a list in its order, and its counts: open, late, to be filed, not in time.
    async fn list(&self, login: &str, asked: &str) -> (Vec<String>, [i64; 4]) {
        let query = format!(
            "{{ serviceCases{asked} {{ rows {{ case {{ externalNo }} }} counts {{ open late toArchive unfiled }} }} }}"
        );
        let found = self.hall.world.ok(login, &query, json!({})).await["serviceCases"].clone();
        let numbers = found["rows"].as_array().unwrap().iter();
        let numbers = numbers.map(|row| row["case"]["externalNo"].as_str().unwrap().to_owned()).collect();
        (numbers, ["open", "late", "toArchive", "unfiled"].map(|name| found["counts"][name].as_i64().unwrap()))
    }
}

fn seen(row: &Value, more: Value) -> Value {
    let mut variables = json!({ "id": row["id"], "version": row["version"] });
    if let (Value::Object(all), Value::Object(more)) = (&mut variables, more) {
        all.extend(more);
    }
    variables
}

fn in_order(numbers: &[&str]) -> Vec<String> {
    numbers.iter().map(ToString::to_string).collect()
}

const TO_WINDOW: [&str; 3] = ["beginServiceCaseApproval", "finishServiceCaseResult", "deliverServiceCaseResult"];

both_dbs!(a_case_goes_from_its_receipt_to_the_archive, |test| async move {
    let desk = Desk::new(test).await;
    let row = desk.receive("SQ1").await;
    let ask = json!({ "missing": "申请表第二页未签名。" });
    let row = desk.step("askServiceCaseCorrection", "AskServiceCaseCorrectionInput", &row, ask).await;
    let early = desk.refused("clerk.dongqu", "acceptServiceCase", ACCEPT, seen(&row, json!({ "days": 3 }))).await;
    assert!(early.contains(&"handling.step".to_owned()), "{early:?}");
    let row = desk.goes(&["resumeServiceCase"], row).await;
    for (more, code) in [
        (json!({}), "handling.promise"),
        (json!({ "days": 3, "on": "2026-02-19" }), "handling.promise"),
        (json!({ "days": 0 }), "handling.days"),
        (json!({ "on": "2026-02-12" }), "handling.day_past"),
    ] {
        let found = desk.refused("clerk.dongqu", "acceptServiceCase", ACCEPT, seen(&row, more)).await;
        assert!(found.contains(&code.to_owned()), "{code}: {found:?}");
    }
    // Friday 13: the make-up Saturday counts, two days of the festival do not.
    let row = desk.step("acceptServiceCase", ACCEPT, &row, json!({ "days": 3 })).await;
    assert_eq!((&row["dueOn"], &row["promisedDays"]), (&json!("2026-02-19"), &json!(3)));
    let row = desk.goes(&TO_WINDOW, row).await;
    let row = desk.goes(&["collectServiceCaseResult"], row).await;
    assert_eq!((&row["status"], &row["archiveDueOn"]), (&json!("COLLECTED"), &json!("2026-03-02")));
    let blank = seen(&row, json!({ "reference": " " }));
    assert!(
        desk.refused("clerk.dongqu", "archiveServiceCase", ARCHIVE, blank).await.contains(&"form.required".to_owned())
    );
    let row = desk.step("archiveServiceCase", ARCHIVE, &row, json!({ "reference": "2026-社保-0017" })).await;
    assert_eq!((&row["status"], &row["archiveRef"]), (&json!("ARCHIVED"), &json!("2026-社保-0017")));
    let page = desk.page("clerk.dongqu", &row).await;
    let log: Vec<_> = page["events"].as_array().unwrap().iter().map(|e| e["action"].as_str().unwrap_or("")).collect();
    let course = ["", "ASK_CORRECTION", "RESUME", "ACCEPT", "BEGIN_APPROVAL", "FINISH_RESULT", "DELIVER", "COLLECT"];
    assert_eq!(log, [&course[..], &["ARCHIVE"]].concat());
    assert_eq!((&page["events"][1]["body"], &page["actions"]), (&json!("申请表第二页未签名。"), &json!([])));
    assert_eq!(desk.list("clerk.dongqu", "").await, (vec![], [0; 4]));
    assert_eq!(desk.list("clerk.dongqu", "(queue: OVER)").await.0, ["SQ1"]);
    let verbs = desk.hall.world.audit_verbs("dongqu").await;
    assert_eq!(verbs.iter().filter(|verb| verb.starts_with("service_case")).count(), 9);
});

both_dbs!(a_refusal_without_a_word_about_the_papers_is_refused_and_then_told, |test| async move {
    let desk = Desk::new(test).await;
    let row = desk.receive("SQ1").await;
    let silent = json!({ "reason": "不在本镇街受理。", "pickupPlace": "" });
    let found = desk.refused("clerk.dongqu", "refuseServiceCase", REFUSE, seen(&row, silent)).await;
    assert_eq!(found, ["INVALID", "form.required", "form.required"]);
    let past = json!({ "reason": "不在本镇街受理。", "pickupAt": "2026-02-12T01:00:00Z", "pickupPlace": "2号窗口" });
    let found = desk.refused("clerk.dongqu", "refuseServiceCase", REFUSE, seen(&row, past)).await;
    assert_eq!(found, ["INVALID", "handling.pickup_past"]);
    let told = json!({ "reason": "不在本镇街受理。", "pickupAt": "2026-02-14T01:00:00Z", "pickupPlace": "2号窗口" });
    let row = desk.step("refuseServiceCase", REFUSE, &row, told).await;
    assert_eq!((&row["status"], &row["pickupPlace"]), (&json!("RETURN_NOTIFIED"), &json!("2号窗口")));
    assert_eq!(desk.page("clerk.dongqu", &row).await["reason"], "不在本镇街受理。");
    assert_eq!(desk.list("clerk.dongqu", "").await, (in_order(&["SQ1"]), [1, 0, 0, 0]));
    let row = desk.goes(&["returnServiceCasePapers"], row).await;
    assert_eq!((&row["status"], &row["purgeOn"]), (&json!("PAPERS_COLLECTED"), &json!("2026-05-14")));
    assert_eq!(desk.list("clerk.dongqu", "").await.1, [0; 4]);
});

both_dbs!(a_result_that_comes_to_the_window_after_the_promised_day_is_late, |test| async move {
    let desk = Desk::new(test).await;
    let promised = json!({ "on": "2026-02-19" });
    let late = desk.step("acceptServiceCase", ACCEPT, &desk.receive("SQ1").await, promised).await;
    desk.receive("SQ2").await;
    let punctual = desk.step("acceptServiceCase", ACCEPT, &desk.receive("SQ3").await, json!({ "days": 9 })).await;
    let desk = desk.on("2026-02-19", "17:00");
    assert_eq!(desk.page("clerk.dongqu", &late).await["row"]["late"], false);
    assert_eq!(desk.list("clerk.dongqu", "").await, (in_order(&["SQ1", "SQ2", "SQ3"]), [3, 0, 0, 0]));
    desk.goes(&TO_WINDOW, punctual).await;
    let desk = desk.on("2026-02-20", "09:00");
    let fourth = desk.step("acceptServiceCase", ACCEPT, &desk.receive("SQ0").await, json!({ "days": 1 })).await;
    let desk = desk.on("2026-02-25", "09:00");
    // What is late stands first, the oldest of it above.
    let order = in_order(&["SQ1", "SQ0", "SQ2", "SQ3"]);
    assert_eq!(desk.list("clerk.dongqu", "").await, (order, [4, 2, 0, 0]));
    assert_eq!(desk.list("clerk.dongqu", "(queue: LATE)").await.0, ["SQ1", "SQ0"]);
    assert_eq!(desk.list("clerk.dongqu", "(queue: OPEN, status: RECEIVED)").await.0, ["SQ2"]);
    assert_eq!(desk.list("clerk.dongqu", r#"(queue: ALL, search: " q1")"#).await.0, ["SQ1"]);
    assert_eq!(desk.list("clerk.dongqu", r#"(queue: ALL, search: "%")"#).await.0.len(), 0);
    // It comes at last: there is nothing more to press, and the mark stays.
    let row = desk.goes(&TO_WINDOW, late).await;
    desk.goes(&TO_WINDOW, fourth).await;
    assert_eq!(desk.list("clerk.dongqu", "(queue: LATE)").await, (vec![], [4, 0, 0, 0]));
    assert_eq!(desk.page("clerk.dongqu", &row).await["row"]["late"], true);
});

both_dbs!(what_was_fetched_and_not_filed_in_time_is_found_and_filed, |test| async move {
    let desk = Desk::new(test).await;
    desk.receive("SQ0").await;
    let row = desk.step("acceptServiceCase", ACCEPT, &desk.receive("SQ1").await, json!({ "days": 3 })).await;
    let row = desk.goes(&TO_WINDOW, row).await;
    let row = desk.goes(&["collectServiceCaseResult"], row).await;
    let desk = desk.on("2026-03-02", "17:00");
    assert_eq!(desk.list("clerk.dongqu", "").await.1, [2, 0, 1, 0]);
    let desk = desk.on("2026-03-03", "09:00");
    assert_eq!(desk.page("clerk.dongqu", &row).await["row"]["unfiled"], true);
    assert_eq!(desk.list("clerk.dongqu", "").await, (in_order(&["SQ1", "SQ0"]), [2, 0, 1, 1]));
    // The back office files it.
    let filed = seen(&row, json!({ "reference": "2026-社保-0018" }));
    desk.does("back.dongqu", "archiveServiceCase", ARCHIVE, filed).await;
    assert_eq!(desk.list("clerk.dongqu", "(queue: ARCHIVE)").await, (vec![], [1, 0, 0, 0]));
});

both_dbs!(each_side_of_the_counter_does_its_own_work, |test| async move {
    const RECEIVE: &str = "ReceiveServiceCaseInput";
    let desk = Desk::new(test).await;
    let row = desk.receive("SQ1").await;
    assert_eq!(
        desk.refused("clerk.dongqu", "receiveServiceCase", RECEIVE, desk.form("SQ1")).await,
        ["INVALID", "handling.number_taken"]
    );
    for login in ["other.dongqu", "back.dongqu"] {
        let found = desk.refused(login, "receiveServiceCase", RECEIVE, desk.form("SQ2")).await;
        assert!(found.contains(&"handling.not_there".to_owned()), "{login} {found:?}");
    }
    // An item with a window of its own is not received elsewhere.
    let est = desk.hall.post("est", "handling_post", ("side", "window")).await;
    let own = desk.hall.item("JS-001", Some(&est)).await["id"].clone();
    let mut form = desk.form("SQ2");
    form["item"] = own.clone();
    let found = desk.refused("clerk.dongqu", "receiveServiceCase", RECEIVE, form.clone()).await;
    assert_eq!(found, ["INVALID", "items.not_served_here"]);
    form["post"] = est.clone();
    desk.does("admin.dongqu", "receiveServiceCase", RECEIVE, form).await;
    let choices = "{ serviceCaseChoices { windows { id takesIn } items { id post } } }";
    let clerks = desk.hall.world.ok("clerk.dongqu", choices, json!({})).await["serviceCaseChoices"].clone();
    assert_eq!(clerks["windows"], json!([{ "id": desk.window, "takesIn": true }]));
    assert_eq!(clerks["items"], json!([{ "id": desk.item, "post": null }]));
    let all = desk.hall.world.ok("admin.dongqu", choices, json!({})).await["serviceCaseChoices"].clone();
    assert_eq!((all["windows"].as_array().unwrap().len(), all["items"].as_array().unwrap().len()), (2, 2));
    // The window decides, the back office brings the result.
    let accept = seen(&row, json!({ "days": 3 }));
    let found = desk.refused("back.dongqu", "acceptServiceCase", ACCEPT, accept.clone()).await;
    assert!(found.contains(&"handling.windows_work".to_owned()), "{found:?}");
    for (login, code) in
        [("other.dongqu", "NOT_FOUND"), ("clerk.xiqu", "NOT_FOUND"), ("supervisor.dongqu", "FORBIDDEN")]
    {
        assert_eq!(desk.refused(login, "acceptServiceCase", ACCEPT, accept.clone()).await, [code], "{login}");
    }
    let row = desk.step("acceptServiceCase", ACCEPT, &row, json!({ "days": 3 })).await;
    let old = desk.refused("clerk.dongqu", "beginServiceCaseApproval", SEEN, accept_of(&accept)).await;
    assert_eq!(old, ["STALE"]);
    assert_eq!(desk.page("back.dongqu", &row).await["actions"], json!(["BEGIN_APPROVAL"]));
    let mut row = row;
    for verb in TO_WINDOW {
        row = desk.does("back.dongqu", verb, SEEN, seen(&row, json!({}))).await;
    }
    let fetched = desk.refused("back.dongqu", "collectServiceCaseResult", SEEN, seen(&row, json!({}))).await;
    assert!(fetched.contains(&"handling.windows_work".to_owned()), "{fetched:?}");
    // Each sees what is theirs; supervision all of it, without who it was.
    for (login, seen) in [
        ("clerk.dongqu", &["SQ1"][..]),
        ("other.dongqu", &[][..]),
        ("back.dongqu", &["SQ1", "SQ2"][..]),
        ("admin.dongqu", &["SQ1", "SQ2"][..]),
        ("supervisor.dongqu", &["SQ1", "SQ2"][..]),
        ("supervisor.xiqu", &[][..]),
    ] {
        assert_eq!(desk.list(login, "").await.0, seen, "{login}");
    }
    assert_eq!(desk.page("clerk.dongqu", &row).await["recipient"], "取号单尾号0031");
    let page = desk.page("supervisor.dongqu", &row).await;
    let nothing = (&Value::Null, &Value::Null, &json!([]));
    assert_eq!((&page["recipient"], &page["events"][1]["body"], &page["actions"]), nothing);
});

/// What was seen of a case before its last step.
fn accept_of(input: &Value) -> Value {
    json!({ "id": input["id"], "version": input["version"] })
}

both_dbs!(a_number_is_taken_in_its_own_center_only, |test| async move {
    let desk = Desk::new(test).await;
    desk.receive("SQ1").await;
    let there = async |query: &str, input: Value| {
        let done = desk.hall.world.ok("admin.xiqu", query, json!({ "i": input })).await;
        done.as_object().unwrap().values().next().unwrap().clone()
    };
    let office = json!({ "code": "hr", "nameZh": "人社分局", "nameEn": "Human Resources" });
    let office = there("mutation($i: DepartmentInput!) { addDepartment(input: $i) { id } }", office).await;
    let post = json!({ "code": "w1", "name": "1号窗口", "kind": "integrated_window",
        "extra": [{ "key": "window_type", "value": "intake" }] });
    let post = there("mutation($i: PostInput!) { addPost(input: $i) { id version } }", post).await;
    there("mutation($i: SeenPostInput!) { activatePost(input: $i) { id } }", post.clone()).await;
    let item = json!({ "code": "SB-001", "name": "社保卡补办", "department": office["id"], "servedAt": "INTEGRATED" });
    let item = there("mutation($i: ServiceItemInput!) { addServiceItem(input: $i) { id } }", item).await;
    let form = json!({ "post": post["id"], "item": item["id"], "externalNo": "SQ1" });
    there("mutation($i: ReceiveServiceCaseInput!) { receiveServiceCase(input: $i) { id } }", form).await;
    assert_eq!(desk.list("admin.xiqu", r#"(queue: ALL, search: "sq1")"#).await.0.len(), 1);
    assert_eq!(desk.list("admin.dongqu", r#"(queue: ALL, search: "sq1")"#).await.0.len(), 1);
});

both_dbs!(what_is_kept_of_a_case_is_removed_in_time, |test| async move {
    let desk = Desk::new(test).await;
    let row = desk.receive("SQ1").await;
    let told = json!({ "reason": "不在本镇街受理。", "pickupAt": "2026-02-13T02:00:00Z", "pickupPlace": "2号窗口" });
    let row = desk.step("refuseServiceCase", REFUSE, &row, told).await;
    let row = desk.goes(&["returnServiceCasePapers"], row).await;
    // Ninety days are kept, and not one more.
    let desk = desk.on("2026-05-14", "09:00");
    jobs::handling::sweep(&desk.hall.world.app).await.unwrap();
    assert_eq!(desk.page("clerk.dongqu", &row).await["recipient"], "取号单尾号0031");
    let desk = desk.on("2026-05-15", "09:00");
    jobs::handling::sweep(&desk.hall.world.app).await.unwrap();
    let page = desk.page("clerk.dongqu", &row).await;
    assert_eq!((&page["recipient"], &page["reason"]), (&Value::Null, &json!("不在本镇街受理。")));
    assert_eq!(desk.hall.world.audit_verbs("dongqu").await.last().unwrap(), "service_cases_purged");
    let tx = desk.hall.world.reader("dongqu").await;
    let row = tx.select::<service_case::Entity>().unwrap().one().await.unwrap().unwrap();
    assert_eq!((row.recipient_enc, row.purge_on), (None, None));
    let events = tx.select::<service_case_event::Entity>().unwrap().all().await.unwrap();
    assert!(events.iter().all(|line| line.body_enc.is_none()));
});

both_dbs!(a_look_at_cases_costs_the_same_however_many_there_are, |test| async move {
    let desk = Desk::new(test).await;
    desk.receive("SQ0").await;
    desk.list("clerk.dongqu", "").await;
    let (_, one) = counted(desk.list("clerk.dongqu", "")).await;
    for n in 1..12 {
        desk.receive(&format!("SQ{n}")).await;
    }
    let ((numbers, _), many) = counted(desk.list("clerk.dongqu", "")).await;
    assert_eq!((numbers.len(), one.len()), (12, many.len()), "{many:#?}");
});
