//! Voluntary service as volunteers, their colleagues, whoever was served and the coordinator meet it.

use domain::{calendar::DayKind, permission::Role};
use entity::service_record;
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

const ADMIN: &str = "admin.dongqu";
const VOLUNTEER: &str = "volunteer.dongqu";
const CLERK: &str = "clerk.dongqu";
const COORDINATOR: &str = "coordinator.dongqu";
const LEAD: &str = "lead.dongqu";

const ROW: &str = "id version status disputed means dueOn minutes purgeOn";
const PAGE: &str = "row { name daysLeft record { id version status disputed means } } witness statement tail \
    signature actions";
const SIGNATURE: &str = "10,10 120,20 180,140;200,30 260,90";
const WRITE: &str = "WriteServiceRecordInput";
const SEEN: &str = "SeenServiceRecordInput";

/// A center with a volunteers' post, at which a volunteer and a clerk serve, and which somebody leads.
pub struct Hall {
    pub world: World,
    pub post: Value,
    people: Value,
    induction: Value,
}

impl Hall {
    pub async fn new(test: TestDb) -> Self {
        let day = |on: &str, kind| (on.parse().unwrap(), kind, "春节".to_owned());
        let calendar = vec![day("2026-02-14", DayKind::Workday), day("2027-01-01", DayKind::Holiday)];
        let people = [
            ("admin", Role::CenterAdmin),
            ("volunteer", Role::Volunteer),
            ("clerk", Role::PostStaff),
            ("other", Role::PostStaff),
            ("coordinator", Role::VolunteerCoordinator),
            ("lead", Role::PostLead),
            ("supervisor", Role::SupervisionOfficer),
        ];
        one_more_city(&test, "volunteering", calendar, &people).await;
        let world = World::new(test);
        let post = json!({ "code": "vol", "name": "志愿者服务岗", "kind": "volunteer_post", "location": "一楼大厅" });
        let post = does(&world, ADMIN, "addPost", "PostInput", "id version", post).await;
        let post = does(&world, ADMIN, "activatePost", "SeenPostInput", "id version", post).await;
        let mut people = json!({});
        for name in ["volunteer", "clerk", "other", "lead", "coordinator"] {
            let account = world.account(&format!("{name}.dongqu")).await;
            let input = json!({ "staffNo": name, "name": format!("陈{name}"), "accountId": account });
            people[name] = does(&world, ADMIN, "addStaffMember", "StaffInput", "id", input).await["id"].clone();
        }
        let lead = json!({ "id": post["id"], "version": post["version"], "lead": people["lead"] });
        let post = does(&world, ADMIN, "namePostLead", "NameLeadInput", "id version", lead).await;
        let session = json!({ "on": "2026-02-12", "start": "09:00", "hours": 2, "kind": "TRAINING",
            "topic": "VOLUNTEER_INDUCTION", "title": "志愿者岗前培训" });
        let session = does(&world, ADMIN, "planTraining", "TrainingInput", "id version", session).await;
        let mut hall = Self { world, post: post["id"].clone(), people, induction: session };
        hall.inducts("PASSED").await;
        for name in ["volunteer", "clerk"] {
            let input = json!({ "post": hall.post, "staff": hall.people[name], "capacity": "MAIN",
                "from": "2026-02-12" });
            does(&hall.world, ADMIN, "assignStaffMember", "AssignStaffInput", "id", input).await;
        }
        hall
    }

    /// How volunteer and clerk did in the induction.
    async fn inducts(&mut self, result: &str) {
        let mark = |name: &str| json!({ "staff": self.people[name], "attended": true, "result": result });
        let marks = json!([mark("volunteer"), mark("clerk")]);
        let input = json!({ "id": self.induction["id"], "version": self.induction["version"], "marks": marks });
        let held = does(&self.world, ADMIN, "recordAttendance", "RecordAttendanceInput", "id version", input).await;
        self.induction = held;
    }

    /// The same at another time, in Shanghai.
    fn at(self, time: &str) -> Self {
        let World { test, app, .. } = self.world;
        let app = app.at(Clock::fixed(format!("{time}:00+08:00").parse().unwrap()));
        Self { world: World { test, app, schema: build(Introspection::On) }, ..self }
    }

    fn service(&self, start: &str, end: &str) -> Value {
        json!({ "post": self.post, "on": "2026-02-13", "start": start, "end": end, "service": "FORM_FILLING",
            "recipients": 2, "description": "指导填写申领表。" })
    }

    async fn writes(&self, login: &str, start: &str, end: &str) -> Value {
        does(&self.world, login, "writeServiceRecord", WRITE, ROW, self.service(start, end)).await
    }

    /// Written and handed in.
    async fn asked(&self, login: &str, start: &str, end: &str) -> Value {
        let row = self.writes(login, start, end).await;
        does(&self.world, login, "askServiceConfirmation", SEEN, ROW, seen(&row, json!({}))).await
    }

    /// The secret of a new code.
    async fn code(&self, login: &str, row: &Value) -> String {
        let input = seen(row, json!({ "origin": "https://Gangping.example/" }));
        let code =
            does(&self.world, login, "showServiceCode", "ShowServiceCodeInput", "url picture until", input).await;
        let (address, token) = code["url"].as_str().unwrap().split_once('#').unwrap();
        assert_eq!((address, token.len()), ("https://gangping.example/c/dongqu/confirm", 64));
        let rows = code["picture"].as_array().unwrap();
        assert!(rows.iter().all(|row| row.as_str().unwrap().len() == rows.len()));
        token.to_owned()
    }

    async fn looks(&self, login: &str, center: &str, token: &str) -> Value {
        let query = "query($c: String!, $t: String!) { serviceToConfirm(center: $c, token: $t) { \
            service on start end post place } }";
        self.world.ok(login, query, json!({ "c": center, "t": token })).await["serviceToConfirm"].clone()
    }

    async fn answers(&self, login: &str, center: &str, token: &str, more: Value) -> Value {
        let mut input = json!({ "center": center, "token": token, "happened": true });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let query = "mutation($i: ConfirmServiceInput!) { confirmService(input: $i) }";
        self.world.run(login, query, json!({ "i": input })).await
    }

    async fn page(&self, login: &str, row: &Value) -> Value {
        let query = format!("query($id: ServiceRecordId!) {{ serviceRecord(id: $id) {{ {PAGE} }} }}");
        self.world.ok(login, &query, json!({ "id": row["id"] })).await["serviceRecord"].clone()
    }

    async fn refused(&self, login: &str, verb: &str, input: &str, variables: Value) -> Vec<String> {
        let fields = match verb {
            "checkVolunteerKit" | "signOffVolunteer" => String::new(),
            "showServiceCode" => "{ url }".to_owned(),
            _ => format!("{{ {ROW} }}"),
        };
        let query = format!("mutation($i: {input}!) {{ {verb}(input: $i) {fields} }}");
        self.world.refused(login, &query, json!({ "i": variables })).await
    }

    async fn board(&self, login: &str) -> Value {
        let query = "{ volunteerBoard { year serves { name } waiting { name daysLeft record { id } } \
            recent { record { id status } } people { name confirmedMinutes minutes records lacks mayCheck maySign \
            kit { on vest armband note by } competence { on note by } } \
            rates { decided confirmed disputed rate post { name } } kitDays rateLeast } }";
        self.world.ok(login, query, json!({})).await["volunteerBoard"].clone()
    }
}

async fn does(world: &World, login: &str, verb: &str, input: &str, fields: &str, variables: Value) -> Value {
    let fields = if fields.is_empty() { String::new() } else { format!("{{ {fields} }}") };
    let query = format!("mutation($i: {input}!) {{ {verb}(input: $i) {fields} }}");
    world.ok(login, &query, json!({ "i": variables })).await[verb].clone()
}

fn seen(row: &Value, more: Value) -> Value {
    let mut variables = json!({ "id": row["id"], "version": row["version"] });
    variables.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    variables
}

fn has(codes: &[String], code: &str) -> bool {
    codes.iter().any(|known| known == code)
}

both_dbs!(a_service_is_confirmed_once_by_a_code_on_the_recipients_phone, |test| async move {
    let hall = Hall::new(test).await;
    let row = hall.asked(VOLUNTEER, "08:00", "08:45").await;
    assert_eq!((&row["status"], &row["dueOn"]), (&json!("AWAITING_CONFIRMATION"), &json!("2026-02-20")));
    let replaced = hall.code(VOLUNTEER, &row).await;
    let row = hall.page(VOLUNTEER, &row).await["row"]["record"].clone();
    let token = hall.code(VOLUNTEER, &row).await;
    let shown = hall.looks("", "dongqu", &token).await;
    let expected = json!({ "service": "FORM_FILLING", "on": "2026-02-13", "start": "08:00", "end": "08:45",
        "post": "志愿者服务岗", "place": "一楼大厅" });
    assert_eq!(shown, expected, "nobody's name");
    // Whatever does not work has one answer, also for whoever works here.
    let unknown = hall.answers("", "dongqu", &"0".repeat(64), json!({})).await;
    for (login, center, code) in [
        ("", "dongqu", replaced.as_str()),
        ("", "xiqu", &token),
        ("", "nowhere", &token),
        ("", "dongqu", "x"),
        (VOLUNTEER, "dongqu", &token),
        (ADMIN, "dongqu", &token),
    ] {
        assert_eq!(hall.looks(login, center, code).await, Value::Null, "{login} {center}");
        assert_eq!(hall.answers(login, center, code, json!({})).await, unknown, "{login} {center}");
    }
    let tail = hall.answers("", "dongqu", &token, json!({ "tail": "12a4" })).await;
    assert_eq!(tail["errors"][0]["extensions"]["violations"][0]["code"], "confirm.tail");
    let done = hall.answers("", "dongqu", &token, json!({ "tail": "0421" })).await;
    assert_eq!(done["data"]["confirmService"], true, "{done}");
    assert_eq!(hall.world.audit_verbs("dongqu").await.last().unwrap(), "service_confirmed");
    assert_eq!(hall.answers("", "dongqu", &token, json!({})).await, unknown, "used");
    let page = hall.page(COORDINATOR, &row).await;
    let record = &page["row"]["record"];
    assert_eq!(
        (&record["status"], &record["means"], &page["tail"]),
        (&json!("CONFIRMED"), &json!("CODE"), &json!("0421"))
    );
    assert_eq!(page["actions"], json!([]));
});

both_dbs!(a_recipient_says_that_it_was_not_so_and_an_old_code_says_nothing, |test| async move {
    let hall = Hall::new(test).await;
    let row = hall.asked(VOLUNTEER, "08:00", "08:30").await;
    let token = hall.code(VOLUNTEER, &row).await;
    let said = hall.answers("", "dongqu", &token, json!({ "happened": false })).await;
    assert_eq!(said["data"]["confirmService"], false, "{said}");
    assert_eq!(hall.world.audit_verbs("dongqu").await.last().unwrap(), "service_disputed");
    let record = hall.page(CLERK, &row).await["row"]["record"].clone();
    let expected = (&json!("UNCONFIRMED"), &json!(true), &Value::Null);
    assert_eq!((&record["status"], &record["disputed"], &record["means"]), expected);
    // Half an hour, and not longer.
    let row = hall.asked(VOLUNTEER, "08:30", "08:45").await;
    let token = hall.code(VOLUNTEER, &row).await;
    let hall = hall.at("2026-02-13T09:29");
    assert_eq!(hall.looks("", "dongqu", &token).await["start"], "08:30");
    let hall = hall.at("2026-02-13T09:30");
    assert_eq!(hall.looks("", "dongqu", &token).await, Value::Null);
});

both_dbs!(a_signature_is_a_drawing_kept_encrypted_and_removed_in_time, |test| async move {
    const SIGN: &str = "SignServiceRecordInput";
    let hall = Hall::new(test).await;
    let row = hall.asked(VOLUNTEER, "08:00", "08:45").await;
    for (strokes, code) in [
        ("10,10 12,12", "volunteers.signature_short"),
        ("10,10 900,10", "volunteers.signature_bounds"),
        ("<svg onload=x>", "volunteers.signature_bounds"),
    ] {
        let input = seen(&row, json!({ "strokes": strokes }));
        assert!(has(&hall.refused(VOLUNTEER, "signServiceRecord", SIGN, input).await, code), "{strokes}");
    }
    // Nobody signs for a colleague's.
    let drawn = || seen(&row, json!({ "strokes": SIGNATURE }));
    assert_eq!(hall.refused(CLERK, "signServiceRecord", SIGN, drawn()).await, ["NOT_FOUND"]);
    let signed = does(&hall.world, VOLUNTEER, "signServiceRecord", SIGN, ROW, drawn()).await;
    let expected = (&json!("CONFIRMED"), &json!("SIGNATURE"), &json!("2026-08-12"));
    assert_eq!((&signed["status"], &signed["means"], &signed["purgeOn"]), expected);
    for login in [VOLUNTEER, CLERK, COORDINATOR, ADMIN] {
        assert_eq!(hall.page(login, &row).await["signature"], SIGNATURE, "{login}");
    }
    let query = "query($id: ServiceRecordId!) { serviceRecord(id: $id) { signature } }";
    for (login, code) in
        [("other.dongqu", "NOT_FOUND"), ("clerk.xiqu", "NOT_FOUND"), ("supervisor.dongqu", "FORBIDDEN")]
    {
        assert_eq!(hall.world.refused(login, query, json!({ "id": row["id"] })).await, [code], "{login}");
    }
    let stored = async |hall: &Hall| {
        let tx = hall.world.reader("dongqu").await;
        tx.select::<service_record::Entity>().unwrap().one().await.unwrap().unwrap()
    };
    assert!(!stored(&hall).await.signature_enc.unwrap().contains("120,20"));
    let hall = hall.at("2026-08-12T09:00");
    jobs::volunteers::sweep(&hall.world.app).await.unwrap();
    assert!(stored(&hall).await.signature_enc.is_some());
    let hall = hall.at("2026-08-13T09:00");
    jobs::volunteers::sweep(&hall.world.app).await.unwrap();
    let row = stored(&hall).await;
    assert_eq!((row.signature_enc, row.tail_enc, row.purge_on), (None, None, None));
    assert_eq!(hall.world.audit_verbs("dongqu").await.last().unwrap(), "service_proof_purged");
});

both_dbs!(a_colleague_takes_a_confirmation_down_and_nobody_the_own_one, |test| async move {
    const WITNESS: &str = "WitnessServiceRecordInput";
    let hall = Hall::new(test).await;
    let row = hall.asked(VOLUNTEER, "08:00", "08:45").await;
    let word = |row: &Value| seen(row, json!({ "tail": "5522", "statement": "本人当面确认。" }));
    assert_eq!(hall.refused(VOLUNTEER, "witnessServiceRecord", WITNESS, word(&row)).await, ["FORBIDDEN"]);
    assert_eq!(hall.refused("other.dongqu", "witnessServiceRecord", WITNESS, word(&row)).await, ["NOT_FOUND"]);
    let blank = seen(&row, json!({ "tail": "552", "statement": " " }));
    let found = hall.refused(CLERK, "witnessServiceRecord", WITNESS, blank).await;
    assert_eq!(found, ["INVALID", "confirm.tail", "form.required"]);
    assert_eq!(hall.page(CLERK, &row).await["actions"], json!(["WITNESS"]));
    assert_eq!(hall.page(VOLUNTEER, &row).await["actions"], json!(["SHOW_CODE", "SIGN"]));
    let done = does(&hall.world, CLERK, "witnessServiceRecord", WITNESS, ROW, word(&row)).await;
    assert_eq!((&done["status"], &done["means"]), (&json!("CONFIRMED"), &json!("PHONE_TAIL")));
    let page = hall.page(COORDINATOR, &row).await;
    assert_eq!(
        (&page["witness"], &page["statement"], &page["tail"]),
        (&json!("clerk"), &json!("本人当面确认。"), &json!("5522"))
    );
    let again = hall.refused(CLERK, "witnessServiceRecord", WITNESS, word(&done)).await;
    assert!(has(&again, "volunteers.step"), "{again:?}");
    // A clerk serves there too, and does not confirm what is theirs.
    let own = hall.asked(CLERK, "08:00", "08:30").await;
    assert!(has(&hall.refused(CLERK, "witnessServiceRecord", WITNESS, word(&own)).await, "volunteers.own"));
});

both_dbs!(a_service_is_written_by_whoever_served_there_after_an_induction, |test| async move {
    let mut hall = Hall::new(test).await;
    let write = async |hall: &Hall, login: &str, more: Value| {
        let mut input = hall.service("08:00", "08:45");
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        hall.refused(login, "writeServiceRecord", WRITE, input).await
    };
    for (login, more, code) in [
        (VOLUNTEER, json!({ "end": "09:01" }), "volunteers.not_over"),
        (VOLUNTEER, json!({ "on": "2026-02-05" }), "volunteers.too_old"),
        (VOLUNTEER, json!({ "on": "2026-02-11" }), "volunteers.not_there"),
        (VOLUNTEER, json!({ "service": "OTHER", "description": null }), "form.required"),
        ("other.dongqu", json!({}), "volunteers.not_there"),
        ("volunteer.xiqu", json!({}), "volunteers.not_staff"),
    ] {
        let found = write(&hall, login, more.clone()).await;
        assert!(has(&found, code), "{login} {more} {found:?}");
    }
    assert_eq!(write(&hall, "clerk.xiqu", json!({})).await[0], "INVALID");
    assert_eq!(write(&hall, COORDINATOR, json!({})).await, ["FORBIDDEN"]);
    let row = hall.writes(VOLUNTEER, "08:00", "08:45").await;
    assert_eq!((&row["status"], &row["minutes"]), (&json!("DRAFT"), &json!(45)));
    assert!(has(&write(&hall, VOLUNTEER, json!({ "start": "08:44", "end": "08:50" })).await, "volunteers.overlap"));
    // A draft is its author's to see and to change, until it is handed in.
    let edit = |row: &Value| {
        let mut input = hall.service("08:10", "08:40");
        input.as_object_mut().unwrap().remove("post");
        seen(row, input)
    };
    let changed = does(&hall.world, VOLUNTEER, "editServiceRecord", "EditServiceRecordInput", ROW, edit(&row)).await;
    assert_eq!(changed["minutes"], 30);
    assert_eq!(hall.refused(VOLUNTEER, "editServiceRecord", "EditServiceRecordInput", edit(&row)).await, ["STALE"]);
    let drafts = async |login: &str| hall.board(login).await["recent"].as_array().unwrap().len();
    assert_eq!((drafts(VOLUNTEER).await, drafts(COORDINATOR).await), (1, 0));
    let asked = does(&hall.world, VOLUNTEER, "askServiceConfirmation", SEEN, ROW, seen(&changed, json!({}))).await;
    let late = hall.refused(VOLUNTEER, "editServiceRecord", "EditServiceRecordInput", edit(&asked)).await;
    assert!(has(&late, "volunteers.step"), "{late:?}");
    // The induction turns out to have been failed: nothing more is written.
    hall.inducts("FAILED").await;
    let found = write(&hall, VOLUNTEER, json!({ "start": "08:45", "end": "08:55" })).await;
    assert!(has(&found, "training.no_induction"), "{found:?}");
});

both_dbs!(what_nobody_confirms_in_seven_days_says_so_and_a_confirmed_year_is_archived, |test| async move {
    let hall = Hall::new(test).await;
    let row = hall.asked(VOLUNTEER, "08:00", "08:30").await;
    let signed = hall.asked(VOLUNTEER, "08:30", "08:45").await;
    let input = seen(&signed, json!({ "strokes": SIGNATURE }));
    does(&hall.world, VOLUNTEER, "signServiceRecord", "SignServiceRecordInput", ROW, input).await;
    let hall = hall.at("2026-02-20T23:50");
    jobs::volunteers::sweep(&hall.world.app).await.unwrap();
    let page = hall.page(VOLUNTEER, &row).await;
    assert_eq!(
        (&page["row"]["record"]["status"], &page["row"]["daysLeft"]),
        (&json!("AWAITING_CONFIRMATION"), &json!(0))
    );
    let token = hall.code(VOLUNTEER, &page["row"]["record"]).await;
    // The last day ends before the code's time does.
    let hall = hall.at("2026-02-21T00:01");
    assert_eq!(hall.looks("", "dongqu", &token).await, Value::Null);
    let input = seen(&page["row"]["record"], json!({ "strokes": SIGNATURE }));
    let late = hall.refused(VOLUNTEER, "signServiceRecord", "SignServiceRecordInput", input).await;
    assert!(has(&late, "volunteers.step"), "{late:?}");
    jobs::volunteers::sweep(&hall.world.app).await.unwrap();
    assert_eq!(hall.world.audit_verbs("dongqu").await.last().unwrap(), "services_lapsed");
    let record = hall.page(VOLUNTEER, &row).await["row"]["record"].clone();
    assert_eq!((&record["status"], &record["disputed"]), (&json!("UNCONFIRMED"), &json!(false)));
    let hall = hall.at("2027-01-31T09:00");
    jobs::volunteers::sweep(&hall.world.app).await.unwrap();
    let status = async |hall: &Hall, row: &Value| hall.page(VOLUNTEER, row).await["row"]["record"]["status"].clone();
    assert_eq!(status(&hall, &signed).await, "CONFIRMED");
    let hall = hall.at("2027-02-01T09:00");
    jobs::volunteers::sweep(&hall.world.app).await.unwrap();
    assert_eq!((status(&hall, &signed).await, status(&hall, &row).await), (json!("ARCHIVED"), json!("UNCONFIRMED")));
});

both_dbs!(a_volunteers_kit_and_competence_are_looked_at_by_somebody_else, |test| async move {
    const KIT: (&str, &str) = ("checkVolunteerKit", "CheckVolunteerKitInput");
    const SIGN_OFF: (&str, &str) = ("signOffVolunteer", "SignOffVolunteerInput");
    let hall = Hall::new(test).await;
    let look = |name: &str| json!({ "staff": hall.people[name], "vest": true, "armband": false });
    let word = |name: &str| json!({ "staff": hall.people[name], "note": "独立带教三个班次。" });
    let person = async |hall: &Hall, login: &str, name: &str| {
        let board = hall.board(login).await;
        let people = board["people"].as_array().unwrap().clone();
        people.into_iter().find(|row| row["name"] == format!("陈{name}").as_str()).unwrap()
    };
    let before = person(&hall, COORDINATOR, "volunteer").await;
    assert_eq!(before["lacks"], json!(["COMPETENCE", "KIT"]));
    assert_eq!((&before["mayCheck"], &before["maySign"]), (&json!(true), &json!(true)));
    // A lead looks at those of their own posts; a clerk and the administrator at nobody.
    does(&hall.world, LEAD, KIT.0, KIT.1, "", look("volunteer")).await;
    assert!(has(&hall.refused(LEAD, KIT.0, KIT.1, look("other")).await, "volunteers.not_your_post"));
    for login in [CLERK, ADMIN, VOLUNTEER] {
        assert_eq!(hall.refused(login, KIT.0, KIT.1, look("volunteer")).await, ["FORBIDDEN"], "{login}");
        assert_eq!(hall.refused(login, SIGN_OFF.0, SIGN_OFF.1, word("volunteer")).await, ["FORBIDDEN"], "{login}");
    }
    assert_eq!(hall.refused(LEAD, SIGN_OFF.0, SIGN_OFF.1, word("volunteer")).await, ["FORBIDDEN"]);
    for (verb, own) in [(KIT, look("coordinator")), (SIGN_OFF, word("coordinator"))] {
        assert!(has(&hall.refused(COORDINATOR, verb.0, verb.1, own).await, "volunteers.own"), "{}", verb.0);
    }
    assert_eq!(hall.refused("coordinator.xiqu", SIGN_OFF.0, SIGN_OFF.1, word("volunteer")).await, ["NOT_FOUND"]);
    does(&hall.world, COORDINATOR, SIGN_OFF.0, SIGN_OFF.1, "", word("volunteer")).await;
    let after = person(&hall, CLERK, "volunteer").await;
    assert_eq!((&after["lacks"], &after["mayCheck"]), (&json!(["ARMBAND"]), &json!(false)));
    assert_eq!((&after["kit"]["by"], &after["competence"]["by"]), (&json!("lead"), &json!("coordinator")));
    let mut better = look("volunteer");
    better["armband"] = json!(true);
    does(&hall.world, COORDINATOR, KIT.0, KIT.1, "", better).await;
    assert_eq!(person(&hall, VOLUNTEER, "volunteer").await["lacks"], json!([]));
    // Thirty days later it is looked at again.
    let hall = hall.at("2026-03-15T09:00");
    assert_eq!(person(&hall, COORDINATOR, "volunteer").await["lacks"], json!([]));
    let hall = hall.at("2026-03-16T09:00");
    assert_eq!(person(&hall, COORDINATOR, "volunteer").await["lacks"], json!(["KIT"]));
});

both_dbs!(each_sees_the_own_the_posts_or_all_and_few_services_make_no_rate, |test| async move {
    let hall = Hall::new(test).await;
    for minute in 0..10 {
        let (start, end) = (format!("08:{minute:02}"), format!("08:{:02}", minute + 1));
        let row = hall.asked(VOLUNTEER, &start, &end).await;
        if minute == 9 {
            let board = hall.board(COORDINATOR).await;
            assert_eq!(board["rates"][0]["rate"], Value::Null, "nine are too few");
        }
        let token = hall.code(VOLUNTEER, &row).await;
        hall.answers("", "dongqu", &token, json!({ "happened": minute > 0 })).await;
    }
    hall.asked(CLERK, "08:00", "08:30").await;
    let board = hall.board(COORDINATOR).await;
    let expected = json!({ "decided": 10, "confirmed": 9, "disputed": 1, "rate": 90,
        "post": { "name": "志愿者服务岗" } });
    assert_eq!((&board["rates"][0], &board["year"]), (&expected, &json!(2026)));
    let people = board["people"].as_array().unwrap();
    let of = |name: &str| people.iter().find(|row| row["name"] == name).unwrap();
    let volunteer = of("陈volunteer");
    assert_eq!(
        (&volunteer["confirmedMinutes"], &volunteer["minutes"], &volunteer["records"]),
        (&json!(9), &json!(10), &json!(10))
    );
    assert_eq!((&of("陈clerk")["confirmedMinutes"], &of("陈clerk")["minutes"]), (&json!(0), &json!(30)));
    let count = async |login: &str| {
        let board = hall.board(login).await;
        let of = |part: &str| board[part].as_array().unwrap().len();
        (of("serves"), of("waiting"), of("recent"), of("people"), of("rates"))
    };
    assert_eq!(count(COORDINATOR).await, (0, 1, 10, 2, 1));
    assert_eq!(count(ADMIN).await, (0, 1, 10, 2, 1));
    assert_eq!(count(CLERK).await, (1, 1, 10, 2, 1));
    assert_eq!(count(LEAD).await, (0, 1, 10, 2, 1));
    assert_eq!(count(VOLUNTEER).await, (1, 0, 10, 1, 0), "the own ones and no more");
    assert_eq!(count("other.dongqu").await, (0, 0, 0, 0, 0));
    assert_eq!(count("coordinator.xiqu").await, (0, 0, 0, 0, 0));
});

both_dbs!(a_look_at_voluntary_service_costs_the_same_however_much_there_is, |test| async move {
    let hall = Hall::new(test).await;
    hall.asked(VOLUNTEER, "08:00", "08:01").await;
    let (_, one) = counted(hall.board(COORDINATOR)).await;
    for minute in 1..12 {
        hall.asked(VOLUNTEER, &format!("08:{minute:02}"), &format!("08:{:02}", minute + 1)).await;
        hall.asked(CLERK, &format!("08:{minute:02}"), &format!("08:{:02}", minute + 1)).await;
    }
    let (board, many) = counted(hall.board(COORDINATOR)).await;
    assert_eq!((board["waiting"].as_array().unwrap().len(), one.len()), (23, many.len()), "{many:#?}");
});
