//! Model posts as keeper, lead and administrator meet them: titles, ledgers, gaps.

use domain::{
    calendar::DayKind,
    complaints::{ComplaintOutcome, ComplaintStatus},
    permission::{Permission, Role},
};
use entity::complaint;
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};
use server::{
    both_dbs,
    clock::Clock,
    db::{AuditEvent, Verb},
    files::service,
    graphql::schema::{Introspection, build},
    testing::TestDb,
};

use crate::{
    files::{cx, uploaded},
    world::{World, one_more_city},
};

const TITLE: &str = "{ id version status stars recheckOn }";
const ENTRY: &str = "{ id version status actions }";
const GAPS: &str = "{ modelGaps { breaches row { title { id } } gaps { code clause severity breachOn have need total \
                    activity check people } } }";

/// A center with the people of a women's model post: two women and a man, led by one of the women.
pub struct Post {
    pub world: World,
    pub id: Value,
    assignments: Vec<Value>,
}

impl Post {
    pub async fn new(test: TestDb) -> Self {
        let calendar = [2026, 2027, 2028]
            .map(|year| (format!("{year}-01-01").parse().unwrap(), DayKind::Holiday, "元旦".to_owned()))
            .to_vec();
        let people = [
            ("admin", Role::CenterAdmin),
            ("keeper", Role::LedgerKeeperWomen),
            ("youth", Role::LedgerKeeperYouth),
            ("lead", Role::PostLead),
            ("other-lead", Role::PostLead),
            ("clerk", Role::PostStaff),
        ];
        one_more_city(&test, "model", calendar, &people).await;
        let world = World::new(test);
        let add = "mutation($i: PostInput!) { addPost(input: $i) { id version } }";
        let post = json!({ "code": "w1", "name": "综合窗口", "kind": "women_model_post" });
        let post = world.ok("admin.dongqu", add, json!({ "i": post })).await["addPost"].clone();
        let mut made = Self { world, id: post["id"].clone(), assignments: Vec::new() };
        let mut people = Vec::new();
        for (login, sex) in [("lead.dongqu", "FEMALE"), ("clerk.dongqu", "FEMALE"), ("youth.dongqu", "MALE")] {
            people.push(made.joins(login, sex).await);
        }
        let name = "mutation($i: NameLeadInput!) { namePostLead(input: $i) { id } }";
        let lead = json!({ "id": post["id"], "version": post["version"], "lead": people[0] });
        made.world.ok("admin.dongqu", name, json!({ "i": lead })).await;
        made
    }

    async fn joins(&mut self, login: &str, sex: &str) -> Value {
        let account = self.world.account(login).await;
        let add = "mutation($i: StaffInput!) { addStaffMember(input: $i) { id } }";
        let input = json!({ "staffNo": login.replace('.', "-"), "name": "陈小明", "accountId": account,
            "restricted": { "sex": sex } });
        let staff = self.world.ok("admin.dongqu", add, json!({ "i": input })).await["addStaffMember"]["id"].clone();
        let assign = "mutation($i: AssignStaffInput!) { assignStaffMember(input: $i) { id version } }";
        let input = json!({ "post": self.id, "staff": staff, "capacity": "MAIN", "from": "2026-01-05" });
        let made = self.world.ok("admin.dongqu", assign, json!({ "i": input })).await;
        self.assignments.push(made["assignStaffMember"].clone());
        staff
    }

    /// The same at another time.
    fn at(self, time: &str) -> Self {
        let World { test, app, .. } = self.world;
        let app = app.at(Clock::fixed(time.parse().unwrap()));
        Self { world: World { test, app, schema: build(Introspection::On) }, ..self }
    }

    /// A step of a title or an entry, by its verb.
    async fn step(&self, login: &str, verb: &str, input: &str, row: &Value, more: Value) -> Value {
        let (query, variables) = step(verb, input, row, more);
        self.world.ok(login, &query, variables).await[verb].clone()
    }

    async fn refused(&self, login: &str, verb: &str, input: &str, row: &Value, more: Value) -> Vec<String> {
        let (query, variables) = step(verb, input, row, more);
        self.world.refused(login, &query, variables).await
    }

    pub async fn apply(&self) -> Value {
        let query = format!("mutation($i: ApplyForTitleInput!) {{ applyForTitle(input: $i) {TITLE} }}");
        self.world.ok("keeper.dongqu", &query, json!({ "i": { "post": self.id } })).await["applyForTitle"].clone()
    }

    async fn write(&self, activity: &str, participants: Value) -> Value {
        let query = format!("mutation($i: AddLedgerEntryInput!) {{ addLedgerEntry(input: $i) {ENTRY} }}");
        let input = json!({ "post": self.id, "happenedOn": "2026-02-12", "activity": activity, "evidence": "DOCUMENT",
            "title": "巾帼志愿行", "keptAt": "二楼档案柜", "participants": participants });
        self.world.ok("keeper.dongqu", &query, json!({ "i": input })).await["addLedgerEntry"].clone()
    }

    /// The gaps of the post with this code, as the keeper sees them.
    async fn gaps(&self, code: &str) -> Vec<Value> {
        let all = self.world.ok("keeper.dongqu", GAPS, json!({})).await["modelGaps"].clone();
        assert_eq!(all.as_array().unwrap().len(), 1);
        all[0]["gaps"].as_array().unwrap().iter().filter(|gap| gap["code"] == code).cloned().collect()
    }

    /// A title that is held and under review, assessed by the lead.
    async fn assessed(self) -> (Self, Value) {
        const STEP: &str = "TitleStepInput";
        const FOUND: &str = "AppraiseTitleInput";
        let title = self.apply().await;
        let title = self.step("lead.dongqu", "reviewTitle", FOUND, &title, json!({})).await;
        let title = self.step("admin.dongqu", "publiciseTitle", STEP, &title, json!({})).await;
        let early = self.refused("admin.dongqu", "awardTitle", STEP, &title, json!({})).await;
        assert!(early.contains(&"model_post.still_publicised".to_owned()), "{early:?}");
        let later = self.at("2026-03-02T01:00:00Z");
        let title = later.step("admin.dongqu", "awardTitle", STEP, &title, json!({})).await;
        assert_eq!(title["recheckOn"], "2027-03-02");
        let title = later.step("keeper.dongqu", "beginTitleReview", STEP, &title, json!({})).await;
        let title = later.step("lead.dongqu", "assessTitle", FOUND, &title, json!({})).await;
        (later, title)
    }
}

fn step(verb: &str, input: &str, row: &Value, more: Value) -> (String, Value) {
    let fields = if verb.ends_with("Entry") { ENTRY } else { TITLE };
    let mut variables = json!({ "id": row["id"], "version": row["version"] });
    if let (Value::Object(all), Value::Object(more)) = (&mut variables, more) {
        all.extend(more);
    }
    (format!("mutation($i: {input}!) {{ {verb}(input: $i) {fields} }}"), json!({ "i": variables }))
}

fn of_activity(gaps: &[Value], activity: &str) -> usize {
    gaps.iter().filter(|gap| gap["activity"] == activity).count()
}

both_dbs!(an_approved_entry_closes_a_gap_and_its_keeper_never_approves_it, |test| async move {
    const SEEN: &str = "SeenLedgerEntryInput";
    let post = Post::new(test).await;
    post.apply().await;
    let lacking = post.gaps("TOO_FEW_ENTRIES").await;
    assert_eq!((of_activity(&lacking, "MOBILISING"), lacking[0]["breachOn"].as_str()), (1, Some("2027-01-01")));
    let entry = post.write("MOBILISING", json!([])).await;
    let entry = post.step("keeper.dongqu", "submitLedgerEntry", SEEN, &entry, json!({})).await;
    assert_eq!(entry["actions"], json!([]));
    let own = post.refused("keeper.dongqu", "approveLedgerEntry", SEEN, &entry, json!({})).await;
    assert_eq!(own, ["FORBIDDEN"]);
    // Who leads another post leads nothing here.
    let elsewhere = post.refused("other-lead.dongqu", "approveLedgerEntry", SEEN, &entry, json!({})).await;
    assert!(elsewhere.contains(&"model_post.not_permitted".to_owned()), "{elsewhere:?}");
    assert_eq!(of_activity(&post.gaps("TOO_FEW_ENTRIES").await, "MOBILISING"), 1);
    let waits = |answer: Value| answer["ledgerQueue"].as_array().unwrap().len();
    assert_eq!(waits(post.world.ok("lead.dongqu", "{ ledgerQueue { id } }", json!({})).await), 1);
    assert_eq!(waits(post.world.ok("other-lead.dongqu", "{ ledgerQueue { id } }", json!({})).await), 0);
    let approved = post.step("lead.dongqu", "approveLedgerEntry", SEEN, &entry, json!({})).await;
    assert_eq!(of_activity(&post.gaps("TOO_FEW_ENTRIES").await, "MOBILISING"), 0);
    // Approved by mistake, it counts no more.
    let reason = json!({ "reason": "照片与活动不符" });
    post.step("admin.dongqu", "returnLedgerEntry", "ReturnLedgerEntryInput", &approved, reason).await;
    assert_eq!(of_activity(&post.gaps("TOO_FEW_ENTRIES").await, "MOBILISING"), 1);
});

both_dbs!(a_training_counts_for_each_who_took_part, |test| async move {
    const SEEN: &str = "SeenLedgerEntryInput";
    let mut post = Post::new(test).await;
    let fourth = post.joins("other-lead.dongqu", "FEMALE").await;
    post.apply().await;
    assert_eq!(post.gaps("UNTRAINED").await[0]["people"].as_array().unwrap().len(), 4);
    let entry = post.write("TRAINING", json!([fourth])).await;
    let entry = post.step("keeper.dongqu", "submitLedgerEntry", SEEN, &entry, json!({})).await;
    post.step("admin.dongqu", "approveLedgerEntry", SEEN, &entry, json!({})).await;
    let lacking = post.gaps("UNTRAINED").await[0].clone();
    assert_eq!((lacking["have"].clone(), lacking["people"].as_array().unwrap().len()), (json!(1), 3));
});

both_dbs!(a_session_of_the_center_counts_for_the_posts_of_whoever_was_there, |test| async move {
    let post = Post::new(test).await;
    post.apply().await;
    let people = post.gaps("UNTRAINED").await[0]["people"].clone();
    let plan = "mutation($i: TrainingInput!) { planTraining(input: $i) { id version } }";
    let input = json!({ "on": "2026-02-13", "start": "09:00", "hours": 2, "kind": "TRAINING", "topic": "SERVICE_MANNER",
        "title": "服务礼仪" });
    let session = post.world.ok("admin.dongqu", plan, json!({ "i": input })).await["planTraining"].clone();
    let record = "mutation($i: RecordAttendanceInput!) { recordAttendance(input: $i) { id version } }";
    let with = async |session: &Value, all: &[Value]| {
        let marks: Vec<_> = all.iter().map(|staff| json!({ "staff": staff, "attended": true })).collect();
        let input = json!({ "id": session["id"], "version": session["version"], "marks": marks });
        post.world.ok("lead.dongqu", record, json!({ "i": input })).await["recordAttendance"].clone()
    };
    let two = &people.as_array().unwrap()[..2];
    let session = with(&session, two).await;
    assert_eq!(post.gaps("UNTRAINED").await[0]["people"], json!([people[2]]));
    // Corrected, the gap is there again for whoever was not.
    with(&session, &two[..1]).await;
    assert_eq!(post.gaps("UNTRAINED").await[0]["people"].as_array().unwrap().len(), 2);
    let drill = json!({ "on": "2026-02-12", "start": "09:00", "hours": 1, "kind": "TRAINING", "topic": "SAFETY",
        "title": "消防演练" });
    let drill = post.world.ok("admin.dongqu", plan, json!({ "i": drill })).await["planTraining"].clone();
    with(&drill, people.as_array().unwrap()).await;
    assert_eq!(post.gaps("UNTRAINED").await, Vec::<Value>::new());
});

both_dbs!(another_kinds_keeper_and_another_center_see_nothing, |test| async move {
    let post = Post::new(test).await;
    let title = post.apply().await;
    let entry = post.write("MOBILISING", json!([])).await;
    let nothing = json!({ "modelTitles": [], "modelGaps": [] });
    for login in ["youth.dongqu", "keeper.xiqu"] {
        let lists = "{ modelTitles { title { id } } modelGaps { breaches } }";
        assert_eq!(post.world.ok(login, lists, json!({})).await, nothing, "{login}");
        for (query, id) in [
            ("query($i: ModelTitleId!) { modelTitle(id: $i) { actions } }", &title["id"]),
            ("query($i: LedgerEntryId!) { ledgerEntry(id: $i) { id } }", &entry["id"]),
            ("query($i: PostId!) { ledgerEntries(post: $i) { nodes { id } } }", &post.id),
        ] {
            assert_eq!(post.world.refused(login, query, json!({ "i": id })).await, ["NOT_FOUND"], "{login} {query}");
        }
        let seen = post.refused(login, "submitLedgerEntry", "SeenLedgerEntryInput", &entry, json!({})).await;
        assert_eq!(seen, ["NOT_FOUND"], "{login}");
        let begin = post.refused(login, "beginTitleReview", "TitleStepInput", &title, json!({})).await;
        assert_eq!(begin, ["NOT_FOUND"], "{login}");
    }
    assert_eq!(
        post.world.ok("keeper.dongqu", "{ modelTitles { postCode } }", json!({})).await["modelTitles"][0]["postCode"],
        "w1"
    );
});

both_dbs!(a_staffing_change_drops_the_share_of_women_and_the_gap_has_the_date, |test| async move {
    let post = Post::new(test).await;
    let title = post.apply().await;
    assert_eq!(post.gaps("WOMEN_SHARE").await, Vec::<Value>::new());
    let end = "mutation($i: EndAssignmentInput!) { endAssignment(input: $i) { id } }";
    let clerk = &post.assignments[1];
    let input = json!({ "id": clerk["id"], "version": clerk["version"], "until": "2026-03-31" });
    post.world.ok("admin.dongqu", end, json!({ "i": input })).await;
    let low = post.gaps("WOMEN_SHARE").await;
    let seen = (&low[0]["breachOn"], &low[0]["have"], &low[0]["total"], &low[0]["need"], &low[0]["clause"]);
    assert_eq!(seen, (&json!("2026-04-01"), &json!(1), &json!(2), &json!(2), &json!("6.10.1")));
    assert_eq!(post.gaps("TEAM_SMALL").await[0]["breachOn"], "2026-04-01");
    let then = post.at("2026-04-02T01:00:00Z");
    let page = "query($i: ModelTitleId!) { modelTitle(id: $i) { shares { from have total } criteria { clause } } }";
    let page = then.world.ok("keeper.dongqu", page, json!({ "i": title["id"] })).await["modelTitle"].clone();
    let moved = json!([
        { "from": "2026-02-13", "have": 2, "total": 3 },
        { "from": "2026-04-01", "have": 1, "total": 2 },
    ]);
    assert_eq!((&page["shares"], page["criteria"].as_array().unwrap().len()), (&moved, 10));
});

both_dbs!(a_look_that_finds_the_plaque_missing_is_a_gap_until_a_better_one, |test| async move {
    let post = Post::new(test).await;
    post.apply().await;
    let look = async |on: &str, fine: bool| {
        let record = "mutation($i: RecordPostCheckInput!) { recordPostCheck(input: $i) { id } }";
        let input = json!({ "post": post.id, "check": "PLAQUE", "on": on, "fine": fine });
        post.world.ok("keeper.dongqu", record, json!({ "i": input })).await;
    };
    look("2026-02-12", false).await;
    let missing = post.gaps("LOOK_FAILED").await;
    assert_eq!((&missing[0]["check"], &missing[0]["breachOn"]), (&json!("PLAQUE"), &json!("2026-02-12")));
    look("2026-02-13", true).await;
    assert_eq!(post.gaps("LOOK_FAILED").await, Vec::<Value>::new());
});

both_dbs!(an_open_complaint_that_was_found_right_blocks_retention, |test| async move {
    const DECIDE: &str = "DecideTitleReviewInput";
    let (post, title) = Post::new(test).await.assessed().await;
    let test = &post.world.test;
    let clerk = post.world.account("clerk.dongqu").await;
    let granted = test.scope("admin.dongqu").await.require(Permission::ComplaintApprove).unwrap();
    let mut tx = test.db.write(&granted).await.unwrap();
    let row = complaint::ActiveModel {
        status: Set(ComplaintStatus::Approved),
        outcome: Set(Some(ComplaintOutcome::Substantiated)),
        respondent_id: Set(Some(serde_json::from_value(json!(clerk)).unwrap())),
        ..test.complaint("T-1")
    };
    let row = tx.insert(row).await.unwrap();
    tx.commit(AuditEvent::on(row.id.0, Verb::NoteAdded)).await.unwrap();
    let open = post.gaps("OPEN_COMPLAINT").await;
    assert_eq!((&open[0]["severity"], &open[0]["breachOn"]), (&json!("BLOCKING"), &json!("2026-02-13")));
    let retain = json!({ "decision": "RETAIN" });
    let blocked = post.refused("admin.dongqu", "decideTitleReview", DECIDE, &title, retain.clone()).await;
    assert!(blocked.contains(&"model_post.blocked".to_owned()), "{blocked:?}");

    let mut tx = test.db.write(&granted).await.unwrap();
    let closed = complaint::ActiveModel {
        id: Set(row.id),
        status: Set(ComplaintStatus::Closed),
        is_open: Set(false),
        ..Default::default()
    };
    tx.update(closed, row.version).await.unwrap();
    tx.commit(AuditEvent::on(row.id.0, Verb::NoteAdded)).await.unwrap();
    let kept = post.step("admin.dongqu", "decideTitleReview", DECIDE, &title, retain).await;
    assert_eq!(kept["status"], "RETAINED");
});

both_dbs!(an_objection_is_settled_by_another_before_the_award, |test| async move {
    let post = Post::new(test).await;
    let title = post.apply().await;
    let title = post.step("lead.dongqu", "reviewTitle", "AppraiseTitleInput", &title, json!({})).await;
    let title = post.step("admin.dongqu", "publiciseTitle", "TitleStepInput", &title, json!({})).await;
    let against = json!({ "text": "公示材料与实际不符" });
    let objected = post.step("admin.dongqu", "objectToTitle", "ObjectToTitleInput", &title, against).await;
    let page = "query($i: ModelTitleId!) { modelTitle(id: $i) { objections { id version text } events { action } } }";
    let page = post.world.ok("keeper.dongqu", page, json!({ "i": title["id"] })).await["modelTitle"].clone();
    assert_eq!(page["objections"][0]["text"], "公示材料与实际不符");
    assert_eq!(page["events"].as_array().unwrap().len(), 4);
    let answer = json!({ "upheld": false, "answer": "已核实" });
    let own = post.refused("admin.dongqu", "settleObjection", "SettleObjectionInput", &page["objections"][0], answer);
    let own = own.await;
    assert!(own.contains(&"model_post.own_objection".to_owned()), "{own:?}");
    let later = post.at("2026-03-02T01:00:00Z");
    let open = later.refused("admin.dongqu", "awardTitle", "TitleStepInput", &objected, json!({})).await;
    assert!(open.contains(&"model_post.objection_open".to_owned()), "{open:?}");
});

both_dbs!(a_picture_needs_its_file_which_is_seen_by_whom_the_ledger_is_seen, |test| async move {
    const SEEN: &str = "SeenLedgerEntryInput";
    let post = Post::new(test).await;
    let entry = post.write("MOBILISING", json!([])).await;
    let edit = async |entry: &Value, files: Value| {
        let more = json!({ "happenedOn": "2026-02-12", "activity": "MOBILISING", "evidence": "PICTURE",
            "title": "巾帼志愿行", "files": files });
        post.step("keeper.dongqu", "editLedgerEntry", "EditLedgerEntryInput", entry, more).await
    };
    let entry = edit(&entry, json!([])).await;
    let bare = post.refused("keeper.dongqu", "submitLedgerEntry", SEEN, &entry, json!({})).await;
    assert!(bare.contains(&"model_post.no_file".to_owned()), "{bare:?}");
    let first = uploaded(&post.world, "keeper.dongqu").await.id;
    let second = uploaded(&post.world, "keeper.dongqu").await.id;
    let entry = edit(&entry, json!([first])).await;
    let entry = edit(&entry, json!([second])).await;
    let one = "query($i: LedgerEntryId!) { ledgerEntry(id: $i) { files { id name } } }";
    let shown = post.world.ok("lead.dongqu", one, json!({ "i": entry["id"] })).await["ledgerEntry"].clone();
    assert_eq!(shown, json!({ "files": [{ "id": second, "name": "照片.jpg" }] }));
    let sees = async |login: &str, id| service::see(&cx(&post.world, login).await, id).await.is_ok();
    assert!(!sees("keeper.dongqu", first).await, "removed");
    for (login, seen) in [
        ("keeper.dongqu", true),
        ("lead.dongqu", true),
        ("admin.dongqu", true),
        ("youth.dongqu", false),
        ("clerk.dongqu", false),
        ("keeper.xiqu", false),
    ] {
        assert_eq!(sees(login, second).await, seen, "{login}");
    }
    post.step("keeper.dongqu", "submitLedgerEntry", SEEN, &entry, json!({})).await;
});
