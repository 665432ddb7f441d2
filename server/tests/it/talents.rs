//! A talent post as its stewards, its administrator and supervision meet it.

use domain::{calendar::DayKind, permission::Role};
use entity::{talent_appointment, talent_event, talent_request};
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

const ROW: &str =
    "id version status name phone enterprise steward progressDueOn nextContactOn settledOn toldOn purgeOn";
const PAGE: &str = "row { overdue contactPassed request { id version status name enterprise progressDueOn } } \
    description result events { action body on mode outcome } appointments { id place status } \
    stewards { name seniorSince trainedOn } actions reveals";

/// A center with a talent post, at which a steward and a clerk work; somebody else leads it.
pub struct Office {
    pub world: World,
    post: Value,
    steward: Value,
    clerk: Value,
    other: Value,
}

impl Office {
    pub async fn new(test: TestDb) -> Self {
        let day = |on: &str, kind| (on.parse().unwrap(), kind, "春节".to_owned());
        let calendar = vec![
            day("2026-02-14", DayKind::Workday),
            day("2026-02-16", DayKind::Holiday),
            day("2026-02-17", DayKind::Holiday),
        ];
        let people = [
            ("admin", Role::CenterAdmin),
            ("steward", Role::TalentSteward),
            ("clerk", Role::PostStaff),
            ("other", Role::PostStaff),
            ("supervisor", Role::SupervisionOfficer),
        ];
        one_more_city(&test, "talented", calendar, &people).await;
        let world = World::new(test);
        let add = "mutation($i: PostInput!) { addPost(input: $i) { id version } }";
        let post = json!({ "code": "talent", "name": "特定人才服务岗", "kind": "talent_service_post" });
        let post = world.ok("admin.dongqu", add, json!({ "i": post })).await["addPost"].clone();
        let use_it = "mutation($i: SeenPostInput!) { activatePost(input: $i) { id } }";
        world.ok("admin.dongqu", use_it, json!({ "i": post })).await;
        let mut people: Vec<Value> = Vec::new();
        for (login, name) in [("steward.dongqu", "彭卫东"), ("clerk.dongqu", "李婉婷"), ("other.dongqu", "何建国")]
        {
            let account = world.account(login).await;
            let add = "mutation($i: StaffInput!) { addStaffMember(input: $i) { id } }";
            let input = json!({ "staffNo": login.replace('.', "-"), "name": name, "accountId": account });
            people.push(world.ok("admin.dongqu", add, json!({ "i": input })).await["addStaffMember"]["id"].clone());
        }
        let assign = "mutation($i: AssignStaffInput!) { assignStaffMember(input: $i) { id } }";
        for staff in &people[..2] {
            let input = json!({ "post": post["id"], "staff": staff, "capacity": "MAIN", "from": "2026-01-05" });
            world.ok("admin.dongqu", assign, json!({ "i": input })).await;
        }
        let [steward, clerk, other]: [Value; 3] = people.try_into().unwrap();
        Self { world, post: post["id"].clone(), steward, clerk, other }
    }

    /// The same on another day, at nine in Shanghai.
    fn on(self, day: &str) -> Self {
        let World { test, app, .. } = self.world;
        let app = app.at(Clock::fixed(format!("{day}T09:00:00+08:00").parse().unwrap()));
        Self { world: World { test, app, schema: build(Introspection::On) }, ..self }
    }

    pub fn request(&self) -> Value {
        json!({ "post": self.post, "name": "林致远", "phone": "138 0000 6611", "kind": "DOCTOR",
            "enterprise": "示例精密制造有限公司", "field": "MANUFACTURING", "channel": "BOOKING", "matter": "SUBSIDY",
            "description": "博士安家补贴怎么申请？", "keyProject": true })
    }

    pub async fn does(&self, login: &str, verb: &str, input: &str, variables: Value) -> Value {
        let fields = if verb == "revealTalent" { "name phone" } else { ROW };
        let query = format!("mutation($i: {input}!) {{ {verb}(input: $i) {{ {fields} }} }}");
        self.world.ok(login, &query, json!({ "i": variables })).await[verb].clone()
    }

    /// A request that the steward follows.
    async fn assigned(&self) -> Value {
        let row = self.does("clerk.dongqu", "takeTalentRequest", TAKE, self.request()).await;
        self.does("admin.dongqu", "assignTalentRequest", ASSIGN, seen(&row, json!({ "steward": self.steward }))).await
    }

    async fn step(&self, verb: &str, input: &str, row: &Value, more: Value) -> Value {
        self.does("steward.dongqu", verb, input, seen(row, more)).await
    }

    async fn refused(&self, login: &str, verb: &str, input: &str, variables: Value) -> Vec<String> {
        let fields = if verb == "revealTalent" { "name" } else { "id" };
        let query = format!("mutation($i: {input}!) {{ {verb}(input: $i) {{ {fields} }} }}");
        self.world.refused(login, &query, json!({ "i": variables })).await
    }

    async fn page(&self, login: &str, row: &Value) -> Value {
        let query = format!("query($id: TalentRequestId!) {{ talentRequest(id: $id) {{ {PAGE} }} }}");
        self.world.ok(login, &query, json!({ "id": row["id"] })).await["talentRequest"].clone()
    }

    async fn list(&self, login: &str) -> Value {
        let query = "{ talentRequests { posts { id } mine { overdue request { id name phone progressDueOn } } \
            open { overdue request { id name phone } } over { request { id } } directs \
            stewards { id seniorSince trainedOn } people { name } } }";
        self.world.ok(login, query, json!({})).await["talentRequests"].clone()
    }

    /// How many requests a login sees of their own, of others, and that are over.
    async fn seen_by(&self, login: &str) -> [usize; 3] {
        let found = self.list(login).await;
        ["mine", "open", "over"].map(|part| found[part].as_array().unwrap().len())
    }
}

fn seen(row: &Value, more: Value) -> Value {
    let mut variables = json!({ "id": row["id"], "version": row["version"] });
    if let (Value::Object(all), Value::Object(more)) = (&mut variables, more) {
        all.extend(more);
    }
    variables
}

const TAKE: &str = "TakeTalentRequestInput";
const ASSIGN: &str = "AssignTalentRequestInput";
const NOTE: &str = "NoteTalentProgressInput";
const TELL: &str = "TellTalentInput";
const SETTLE: &str = "SettleTalentRequestInput";
const SEEN: &str = "SeenTalentRequestInput";
const RATE: &str = "RateTalentServiceInput";
const REVEAL: &str = "RevealTalentInput";

both_dbs!(a_talents_request_is_followed_until_the_talent_knows_the_result, |test| async move {
    let office = Office::new(test).await;
    let row = office.assigned().await;
    // Friday 13: the make-up Saturday counts, two days of the festival do not.
    assert_eq!((&row["status"], &row["progressDueOn"]), (&json!("ASSIGNED"), &json!("2026-02-23")));
    assert_eq!((&row["name"], &row["phone"]), (&json!("林**"), &json!("138****6611")));
    let news = json!({ "text": "已核对在职和社保证明。", "nextContactOn": "2026-02-18" });
    let row = office.step("noteTalentProgress", NOTE, &row, news).await;
    assert_eq!((&row["status"], &row["nextContactOn"]), (&json!("IN_PROGRESS"), &json!("2026-02-18")));
    let early = office.refused("steward.dongqu", "completeTalentRequest", SEEN, seen(&row, json!({}))).await;
    assert_eq!(early, ["INVALID", "talents.step"]);
    let office = office.on("2026-02-23");
    let page = office.page("steward.dongqu", &row).await;
    assert_eq!((&page["row"]["overdue"], &page["row"]["contactPassed"]), (&json!(false), &json!(true)));
    let office = office.on("2026-02-24");
    let mine = office.list("steward.dongqu").await["mine"][0].clone();
    assert_eq!((&mine["overdue"], &mine["request"]["progressDueOn"]), (&json!(true), &json!("2026-02-23")));
    // To plan is no news.
    let plan = json!({ "on": "2026-03-02" });
    let row = office.step("planTalentContact", "PlanTalentContactInput", &row, plan).await;
    assert_eq!(row["progressDueOn"], "2026-02-23");
    let row = office.step("settleTalentRequest", SETTLE, &row, json!({ "result": "补贴已核准。" })).await;
    assert_eq!((&row["status"], &row["progressDueOn"]), (&json!("FEEDBACK_DUE"), &json!("2026-03-03")));
    let untold = office.refused("steward.dongqu", "completeTalentRequest", SEEN, seen(&row, json!({}))).await;
    assert_eq!(untold, ["INVALID", "talents.untold"]);
    let told = |on: &str| json!({ "on": on, "mode": "PHONE", "text": "电话告知核准结果。" });
    for (on, code) in [("2026-02-23", "talents.told_before"), ("2026-02-25", "form.date_in_future")] {
        assert_eq!(office.refused("steward.dongqu", "tellTalent", TELL, seen(&row, told(on))).await, ["INVALID", code]);
    }
    let row = office.step("tellTalent", TELL, &row, told("2026-02-24")).await;
    let row = office.step("completeTalentRequest", SEEN, &row, json!({})).await;
    let expected = (&json!("COMPLETED"), &json!("2026-08-23"), &Value::Null);
    assert_eq!((&row["status"], &row["purgeOn"], &row["progressDueOn"]), expected);
    let rating = || json!({ "satisfaction": "VERY_SATISFIED", "comment": "很省心" });
    let row = office.step("rateTalentService", RATE, &row, rating()).await;
    let twice = office.refused("steward.dongqu", "rateTalentService", RATE, seen(&row, rating())).await;
    assert_eq!(twice, ["INVALID", "talents.step"]);
    let page = office.page("steward.dongqu", &row).await;
    let log: Vec<_> = page["events"].as_array().unwrap().iter().map(|e| e["action"].as_str().unwrap_or("")).collect();
    assert_eq!(log, ["", "ASSIGN", "PROGRESS", "PLAN_CONTACT", "SETTLE", "TELL", "COMPLETE", "RATE"]);
    assert_eq!((&page["events"][5]["mode"], &page["events"][5]["on"]), (&json!("PHONE"), &json!("2026-02-24")));
    assert_eq!((&page["result"], &page["actions"]), (&json!("补贴已核准。"), &json!([])));
});

both_dbs!(what_seemed_settled_goes_on_and_appointments_end_once, |test| async move {
    const END: &str = "EndTalentAppointmentInput";
    let office = Office::new(test).await;
    let row = office.assigned().await;
    let row = office.step("settleTalentRequest", SETTLE, &row, json!({ "result": "已核准。" })).await;
    let row = office.step("noteTalentProgress", NOTE, &row, json!({ "text": "部门要求补材料。" })).await;
    let page = office.page("steward.dongqu", &row).await;
    assert_eq!(
        (&row["status"], &row["settledOn"], &page["result"]),
        (&json!("IN_PROGRESS"), &Value::Null, &Value::Null)
    );
    let meeting = |on: &str| json!({ "on": on, "time": "10:00", "place": "二楼208室" });
    let past = meeting("2026-02-12");
    let past =
        office.refused("steward.dongqu", "makeTalentAppointment", "MakeTalentAppointmentInput", seen(&row, past));
    assert_eq!(past.await, ["INVALID", "talents.day_past"]);
    let make = async |row: &Value, on: &str| {
        office.step("makeTalentAppointment", "MakeTalentAppointmentInput", row, meeting(on)).await
    };
    let row = make(&row, "2026-02-14").await;
    let row = make(&row, "2026-02-18").await;
    let page = office.page("steward.dongqu", &row).await;
    assert_eq!(page["appointments"][0]["place"], "二楼208室");
    let (later, first) = (page["appointments"][0]["id"].clone(), page["appointments"][1]["id"].clone());
    let kept = |id: &Value| json!({ "appointment": id, "outcome": "KEPT" });
    let ahead = office.refused("steward.dongqu", "endTalentAppointment", END, seen(&row, kept(&first))).await;
    assert_eq!(ahead, ["INVALID", "talents.appointment_ahead"]);
    let office = office.on("2026-02-15");
    let row = office.step("endTalentAppointment", END, &row, kept(&first)).await;
    let again = office.refused("steward.dongqu", "endTalentAppointment", END, seen(&row, kept(&first))).await;
    assert_eq!(again, ["INVALID", "talents.appointment_over"]);
    // What is still planned is off once the talent asks no longer.
    let why = json!({ "reason": "已调往外地工作。" });
    let row = office.step("withdrawTalentRequest", "WithdrawTalentRequestInput", &row, why).await;
    let page = office.page("steward.dongqu", &row).await;
    let ends = json!([{ "id": later, "place": "二楼208室", "status": "CANCELLED" },
        { "id": first, "place": "二楼208室", "status": "KEPT" }]);
    assert_eq!((&page["appointments"], &row["status"]), (&ends, &json!("WITHDRAWN")));
});

both_dbs!(who_a_talent_is_leaves_by_a_look_of_the_steward_and_is_removed_in_time, |test| async move {
    let office = Office::new(test).await;
    let row = office.assigned().await;
    let row = office.step("settleTalentRequest", SETTLE, &row, json!({ "result": "已核准。" })).await;
    let ask = |reason: &str| json!({ "id": row["id"], "reason": reason });
    assert_eq!(office.refused("steward.dongqu", "revealTalent", REVEAL, ask(" ")).await, ["INVALID", "form.required"]);
    let shown = json!({ "name": "林致远", "phone": "138 0000 6611" });
    for login in ["steward.dongqu", "admin.dongqu"] {
        assert_eq!(office.does(login, "revealTalent", REVEAL, ask("电话反馈")).await, shown);
        assert_eq!(office.world.audit_verbs("dongqu").await.last().unwrap(), "talent_revealed");
    }
    // A colleague at the post sees the course, masked; others of the center find nothing, supervision reveals nobody.
    for (login, codes) in [
        ("clerk.dongqu", &["INVALID", "talents.not_yours"][..]),
        ("other.dongqu", &["NOT_FOUND"][..]),
        ("steward.xiqu", &["NOT_FOUND"][..]),
        ("supervisor.dongqu", &["FORBIDDEN"][..]),
    ] {
        assert_eq!(office.refused(login, "revealTalent", REVEAL, ask("看看")).await, codes, "{login}");
    }
    for login in ["clerk.dongqu", "supervisor.dongqu"] {
        let page = office.page(login, &row).await;
        let told = (&page["description"], &page["result"], &page["events"][2]["body"]);
        assert_eq!(told, (&Value::Null, &Value::Null, &Value::Null), "{login}");
        let may = (&page["row"]["request"]["name"], &page["actions"], &page["reveals"]);
        assert_eq!(may, (&json!("林**"), &json!([]), &json!(false)), "{login}");
    }
    let why = json!({ "reason": "不再需要。" });
    office.step("withdrawTalentRequest", "WithdrawTalentRequestInput", &row, why).await;
    // Half a year is kept, and not a day more.
    let office = office.on("2026-08-12");
    jobs::talents::sweep(&office.world.app).await.unwrap();
    assert_eq!(office.page("steward.dongqu", &row).await["reveals"], true);
    let office = office.on("2026-08-13");
    jobs::talents::sweep(&office.world.app).await.unwrap();
    let page = office.page("steward.dongqu", &row).await;
    let request = &page["row"]["request"];
    assert_eq!(
        (&page["reveals"], &request["name"], &request["enterprise"]),
        (&json!(false), &Value::Null, &Value::Null)
    );
    assert_eq!(office.world.audit_verbs("dongqu").await.last().unwrap(), "talents_purged");
    let tx = office.world.reader("dongqu").await;
    let row = tx.select::<talent_request::Entity>().unwrap().one().await.unwrap().unwrap();
    assert_eq!((row.name_enc, row.phone_enc, row.description_enc, row.result_enc), (None, None, None, None));
    let silent = tx.select::<talent_event::Entity>().unwrap().all().await.unwrap();
    assert!(silent.iter().all(|line| line.body_enc.is_none()));
    assert!(tx.select::<talent_appointment::Entity>().unwrap().all().await.unwrap().is_empty());
});

both_dbs!(each_follows_their_own_and_the_administrator_says_whose_it_is, |test| async move {
    let office = Office::new(test).await;
    let elsewhere = office.refused("other.dongqu", "takeTalentRequest", TAKE, office.request()).await;
    assert_eq!(elsewhere, ["INVALID", "talents.not_there"]);
    let row = office.does("clerk.dongqu", "takeTalentRequest", TAKE, office.request()).await;
    let to = |staff: &Value| seen(&row, json!({ "steward": staff }));
    let own = office.refused("steward.dongqu", "assignTalentRequest", ASSIGN, to(&office.steward)).await;
    assert_eq!(own, ["INVALID", "talents.not_yours"]);
    let not_there = office.refused("admin.dongqu", "assignTalentRequest", ASSIGN, to(&office.other)).await;
    assert_eq!(not_there, ["INVALID", "talents.not_at_post"]);
    let row = office.does("admin.dongqu", "assignTalentRequest", ASSIGN, to(&office.steward)).await;
    assert_eq!((office.seen_by("steward.dongqu").await, office.seen_by("clerk.dongqu").await), ([1, 0, 0], [0, 1, 0]));
    assert_eq!((office.seen_by("other.dongqu").await, office.seen_by("steward.xiqu").await), ([0, 0, 0], [0, 0, 0]));
    assert_eq!(
        (office.seen_by("supervisor.dongqu").await, office.seen_by("admin.dongqu").await),
        ([0, 1, 0], [0, 1, 0])
    );
    let theirs = office.refused("clerk.dongqu", "noteTalentProgress", NOTE, seen(&row, json!({ "text": "已联系。" })));
    assert_eq!(theirs.await, ["INVALID", "talents.not_yours"]);
    // Once another one follows it, it is no longer the first one's.
    let row = office
        .does("admin.dongqu", "assignTalentRequest", ASSIGN, seen(&row, json!({ "steward": office.clerk })))
        .await;
    let late =
        office.refused("steward.dongqu", "noteTalentProgress", NOTE, seen(&row, json!({ "text": "已联系。" }))).await;
    assert_eq!(late, ["INVALID", "talents.not_yours"]);
    assert_eq!(office.seen_by("clerk.dongqu").await, [1, 0, 0]);
});

both_dbs!(a_steward_is_a_senior_clerk_since_a_day_and_trained_this_year, |test| async move {
    const MARK: &str = "MarkSeniorClerkInput";
    let office = Office::new(test).await;
    let checks = async || {
        let all = office.list("supervisor.dongqu").await["stewards"].clone();
        let mine = all.as_array().unwrap().iter().find(|row| row["id"] == office.steward).unwrap().clone();
        (mine["seniorSince"].clone(), mine["trainedOn"].clone())
    };
    assert_eq!(checks().await, (Value::Null, Value::Null));
    let mark = |since: Value| json!({ "staff": office.steward, "since": since });
    let own = office.refused("steward.dongqu", "markSeniorClerk", MARK, mark(json!("2025-06-30"))).await;
    assert_eq!(own, ["INVALID", "talents.not_directing"]);
    let ahead = office.refused("admin.dongqu", "markSeniorClerk", MARK, mark(json!("2026-02-14"))).await;
    assert_eq!(ahead, ["INVALID", "form.date_in_future"]);
    let query = format!("mutation($i: {MARK}!) {{ markSeniorClerk(input: $i) {{ name }} }}");
    office.world.ok("admin.dongqu", &query, json!({ "i": mark(json!("2025-06-30")) })).await;
    let train = async |topic: &str, on: &str| {
        let plan = "mutation($i: TrainingInput!) { planTraining(input: $i) { id version } }";
        let session =
            json!({ "on": on, "start": "09:00", "hours": 2, "kind": "TRAINING", "topic": topic, "title": "培训" });
        let session = office.world.ok("admin.dongqu", plan, json!({ "i": session })).await["planTraining"].clone();
        let marks = json!([{ "staff": office.steward, "attended": true }]);
        let record = "mutation($i: RecordAttendanceInput!) { recordAttendance(input: $i) { id } }";
        let input = json!({ "id": session["id"], "version": session["version"], "marks": marks });
        office.world.ok("admin.dongqu", record, json!({ "i": input })).await;
    };
    train("BUSINESS", "2026-02-10").await;
    train("TALENT_POLICY", "2025-12-01").await;
    assert_eq!(checks().await, (json!("2025-06-30"), Value::Null), "another topic, another year");
    train("TALENT_POLICY", "2026-02-11").await;
    assert_eq!(checks().await, (json!("2025-06-30"), json!("2026-02-11")));
    office.world.ok("admin.dongqu", &query, json!({ "i": mark(Value::Null) })).await;
    assert_eq!(checks().await.0, Value::Null);
});

both_dbs!(an_answer_is_found_by_its_words_and_looked_at_again_after_a_year, |test| async move {
    const SEEN_ANSWER: &str = "SeenPolicyAnswerInput";
    let office = Office::new(test).await;
    let input = |question: &str| {
        json!({ "question": question, "answer": "分三年发放 100%。", "source": "补贴办法 A-1",
        "sourceOn": "2025-12-01" })
    };
    let elsewhere = office.refused("other.dongqu", "addPolicyAnswer", "PolicyAnswerInput", input("补贴？")).await;
    assert_eq!(elsewhere, ["INVALID", "talents.not_there"]);
    let add = "mutation($i: PolicyAnswerInput!) { addPolicyAnswer(input: $i) { id version } }";
    let row = office.world.ok("clerk.dongqu", add, json!({ "i": input("博士补贴怎么发？") })).await["addPolicyAnswer"]
        .clone();
    office.world.ok("clerk.dongqu", add, json!({ "i": input("子女怎么入学？") })).await;
    let found = async |office: &Office, login: &str, words: &str| {
        let query = "query($s: String) { policyAnswers(search: $s) { mayKeep answers { overdue reviewDueOn \
            answer { id version } } } }";
        office.world.ok(login, query, json!({ "s": words })).await["policyAnswers"].clone()
    };
    let count = async |words: &str| found(&office, "other.dongqu", words).await["answers"].as_array().unwrap().len();
    assert_eq!((count("").await, count("博士").await, count("a-1").await, count("100%").await), (2, 1, 2, 2));
    assert_eq!((count("_").await, count("落户").await), (0, 0));
    assert_eq!(found(&office, "steward.xiqu", "").await["answers"], json!([]));
    let office = office.on("2027-02-13");
    let old = found(&office, "steward.dongqu", "博士").await;
    assert_eq!(
        (&old["mayKeep"], &old["answers"][0]["overdue"]),
        (&json!(true), &json!(false)),
        "the day itself is in time"
    );
    let office = office.on("2027-02-14");
    let old = found(&office, "steward.dongqu", "博士").await["answers"][0].clone();
    assert_eq!((&old["overdue"], &old["reviewDueOn"]), (&json!(true), &json!("2027-02-13")));
    let review = format!("mutation($i: {SEEN_ANSWER}!) {{ reviewPolicyAnswer(input: $i) {{ id version }} }}");
    let row = office.world.ok("steward.dongqu", &review, json!({ "i": row })).await["reviewPolicyAnswer"].clone();
    assert_eq!(found(&office, "steward.dongqu", "博士").await["answers"][0]["reviewDueOn"], "2028-02-14");
    let withdraw = format!("mutation($i: {SEEN_ANSWER}!) {{ withdrawPolicyAnswer(input: $i) {{ id version }} }}");
    let row = office.world.ok("steward.dongqu", &withdraw, json!({ "i": row })).await["withdrawPolicyAnswer"].clone();
    assert_eq!(found(&office, "steward.dongqu", "博士").await["answers"], json!([]));
    assert_eq!(office.refused("steward.dongqu", "reviewPolicyAnswer", SEEN_ANSWER, row).await, ["NOT_FOUND"]);
});

both_dbs!(a_look_at_talents_costs_the_same_however_much_there_is, |test| async move {
    let office = Office::new(test).await;
    office.assigned().await;
    let (_, one) = counted(office.seen_by("steward.dongqu")).await;
    for _ in 0..10 {
        office.assigned().await;
    }
    let (seen, many) = counted(office.seen_by("steward.dongqu")).await;
    assert_eq!((seen, one.len()), ([11, 0, 0], many.len()), "{many:#?}");
});
