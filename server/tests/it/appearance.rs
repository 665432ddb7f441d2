//! Checks of appearance as whoever checks, whoever is checked and everybody else meet them.

use domain::{AttachmentId, calendar::DayKind, permission::Role};
use entity::{appearance_check, appearance_result};
use serde_json::{Value, json};
use server::{both_dbs, files::service, testing::TestDb};

use crate::{
    files::{cx, taken, uploaded},
    statements::counted,
    world::{World, one_more_city},
};

const ROW: &str = "{ id version passed asked answered }";
const PAGE: &str = "{ check { id version passed asked } results { item mark exceeded pieces note } staffName checker \
    note phrase files { id } answer mayAnswer }";

/// A post with two women, a man of the party who leads it, and people who check.
struct Desk {
    world: World,
    post: Value,
    woman: Value,
    man: Value,
    lead: Value,
}

impl Desk {
    async fn new(test: TestDb) -> Self {
        let people = [
            ("admin", Role::CenterAdmin),
            ("supervisor", Role::SupervisionOfficer),
            ("patrol", Role::PatrolInspector),
            ("lead", Role::PostLead),
            ("elsewhere", Role::PostLead),
            ("woman", Role::PostStaff),
            ("man", Role::PostStaff),
        ];
        let calendar = vec![("2026-01-01".parse().unwrap(), DayKind::Holiday, "元旦".to_owned())];
        one_more_city(&test, "looks", calendar, &people).await;
        let world = World::new(test);
        let add = "mutation($i: PostInput!) { addPost(input: $i) { id version } }";
        let post = json!({ "code": "w01", "name": "1号窗口", "kind": "integrated_window" });
        let post = world.ok("admin.dongqu", add, json!({ "i": post })).await["addPost"].clone();
        let use_it = "mutation($i: SeenPostInput!) { activatePost(input: $i) { id version } }";
        let used = world.ok("admin.dongqu", use_it, json!({ "i": post })).await["activatePost"].clone();
        let mut desk =
            Self { world, post: post["id"].clone(), woman: Value::Null, man: Value::Null, lead: Value::Null };
        desk.woman = desk.joins("woman.dongqu", "FEMALE", false).await;
        desk.man = desk.joins("man.dongqu", "MALE", true).await;
        desk.lead = desk.joins("lead.dongqu", "MALE", false).await;
        let name = "mutation($i: NameLeadInput!) { namePostLead(input: $i) { id } }";
        let lead = json!({ "id": used["id"], "version": used["version"], "lead": desk.lead });
        desk.world.ok("admin.dongqu", name, json!({ "i": lead })).await;
        desk
    }

    async fn joins(&self, login: &str, sex: &str, party: bool) -> Value {
        let account = self.world.account(login).await;
        let add = "mutation($i: StaffInput!) { addStaffMember(input: $i) { id } }";
        let restricted = json!({ "sex": sex, "partyMember": party });
        let input = json!({ "staffNo": login.replace('.', "-"), "name": login, "accountId": account,
            "restricted": restricted });
        let staff = self.world.ok("admin.dongqu", add, json!({ "i": input })).await["addStaffMember"]["id"].clone();
        self.assign(&staff).await;
        staff
    }

    async fn assign(&self, staff: &Value) {
        let assign = "mutation($i: AssignStaffInput!) { assignStaffMember(input: $i) { id } }";
        let input = json!({ "post": self.post, "staff": staff, "capacity": "MAIN", "from": "2026-01-05" });
        self.world.ok("admin.dongqu", assign, json!({ "i": input })).await;
    }

    /// What a login is to ask about somebody.
    async fn items(&self, login: &str, staff: &Value) -> Vec<Value> {
        let query = "query($s: StaffId!) { appearanceItems(staff: $s) { item group measure wording } }";
        let found = self.world.ok(login, query, json!({ "s": staff })).await;
        found["appearanceItems"].as_array().unwrap().clone()
    }

    /// A check in which everything is in order but for `more`, which replaces items by name.
    async fn filled(&self, login: &str, staff: &Value, more: &[Value]) -> Value {
        let asked = self.items(login, staff).await;
        let item = |asked: &Value| {
            let number = match asked["measure"].as_str() {
                Some("HEEL") => json!(20),
                Some(_) => json!(1),
                None => Value::Null,
            };
            let usual = json!({ "item": asked["item"], "mark": "PASS", "number": number });
            more.iter().find(|one| one["item"] == asked["item"]).cloned().unwrap_or(usual)
        };
        let items: Vec<_> = asked.iter().map(item).collect();
        json!({ "post": self.post, "staff": staff, "on": "2026-02-13", "items": items })
    }

    async fn checks(&self, login: &str, staff: &Value, more: &[Value]) -> Value {
        let input = self.filled(login, staff, more).await;
        let query = format!("mutation($i: RecordAppearanceCheckInput!) {{ recordAppearanceCheck(input: $i) {ROW} }}");
        self.world.ok(login, &query, json!({ "i": input })).await["recordAppearanceCheck"].clone()
    }

    async fn refused(&self, login: &str, input: Value) -> Vec<String> {
        let query = format!("mutation($i: RecordAppearanceCheckInput!) {{ recordAppearanceCheck(input: $i) {ROW} }}");
        self.world.refused(login, &query, json!({ "i": input })).await
    }

    async fn page(&self, login: &str, check: &Value) -> Value {
        let query = format!("query($id: AppearanceCheckId!) {{ appearanceCheck(id: $id) {PAGE} }}");
        self.world.ok(login, &query, json!({ "id": check["id"] })).await["appearanceCheck"].clone()
    }

    /// How many checks a login sees.
    async fn seen_by(&self, login: &str) -> usize {
        let query = "{ appearanceChecks { checks { id } last { staff } failing { item } repeats { staff } } }";
        let found = self.world.ok(login, query, json!({})).await;
        found["appearanceChecks"]["checks"].as_array().unwrap().len()
    }
}

fn fails(item: &str) -> Value {
    json!({ "item": item, "mark": "FAIL", "number": null })
}

fn with(mut input: Value, more: Value) -> Value {
    if let (Value::Object(all), Value::Object(more)) = (&mut input, more) {
        all.extend(more);
    }
    input
}

fn result(page: &Value, item: &str) -> Value {
    let all = page["results"].as_array().unwrap();
    all.iter().find(|one| one["item"] == item).cloned().unwrap_or(Value::Null)
}

both_dbs!(a_heel_fails_by_its_number_and_neither_list_nor_result_tells_the_sex, |test| async move {
    let desk = Desk::new(test).await;
    // Whoever may not know is offered the same about everybody, in the words for everybody.
    let (of_woman, of_man) =
        (desk.items("supervisor.dongqu", &desk.woman).await, desk.items("supervisor.dongqu", &desk.man).await);
    assert_eq!(of_woman, of_man);
    assert!(of_woman.len() == 18 && of_woman.iter().all(|item| item["wording"] == "COMMON"), "{of_woman:?}");
    let wordings = |items: Vec<Value>, word: &str| {
        let own = items.into_iter().filter(|item| item["wording"] == word);
        own.map(|item| item["item"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let differing = ["NECKWEAR", "SHOES", "FACE", "HAIR_SIDES"];
    assert_eq!(wordings(desk.items("admin.dongqu", &desk.woman).await, "WOMEN"), differing);
    assert_eq!(wordings(desk.items("admin.dongqu", &desk.man).await, "MEN"), differing);

    let heel = |number: i64| json!({ "item": "SHOES", "mark": "PASS", "number": number });
    let high = desk.checks("supervisor.dongqu", &desk.woman, &[heel(50)]).await;
    assert_eq!((&high["passed"], &high["asked"]), (&json!(17), &json!(18)));
    let expected = json!({ "item": "SHOES", "mark": "FAIL", "exceeded": true, "pieces": null, "note": null });
    assert_eq!(result(&desk.page("supervisor.dongqu", &high).await, "SHOES"), expected);
    // Between the limits a height would tell: it is nowhere.
    let fine = desk.checks("supervisor.dongqu", &desk.woman, &[heel(35)]).await;
    assert_eq!(result(&desk.page("supervisor.dongqu", &fine).await, "SHOES")["mark"], "PASS");
    let low = desk.checks("supervisor.dongqu", &desk.man, &[heel(35)]).await;
    let low = desk.page("supervisor.dongqu", &low).await;
    assert_eq!(result(&low, "SHOES")["mark"], "FAIL");
    let tx = desk.world.reader("dongqu").await;
    let rows = tx.select::<appearance_result::Entity>().unwrap().all().await.unwrap();
    assert!(rows.len() == 54 && rows.iter().all(|row| row.pieces.is_none_or(|pieces| pieces == 1)), "{rows:?}");
});

both_dbs!(the_party_badge_is_looked_at_by_those_who_may_know_and_shown_to_nobody_else, |test| async move {
    let desk = Desk::new(test).await;
    let asked = async |login: &str, staff: &Value| {
        desk.items(login, staff).await.iter().any(|item| item["item"] == "PARTY_BADGE")
    };
    assert!(asked("admin.dongqu", &desk.man).await && !asked("admin.dongqu", &desk.woman).await);
    assert!(!asked("supervisor.dongqu", &desk.man).await && !asked("lead.dongqu", &desk.man).await);
    for staff in [&desk.man, &desk.woman] {
        let mut input = desk.filled("supervisor.dongqu", staff, &[]).await;
        input["items"].as_array_mut().unwrap().push(json!({ "item": "PARTY_BADGE", "mark": "FAIL" }));
        assert_eq!(desk.refused("supervisor.dongqu", input).await, ["INVALID", "appearance.not_asked"]);
    }
    let member = desk.checks("admin.dongqu", &desk.man, &[fails("PARTY_BADGE")]).await;
    let other = desk.checks("admin.dongqu", &desk.woman, &[]).await;
    assert_eq!((&member["passed"], &member["asked"]), (&json!(18), &json!(18)), "it is in no count");
    for (login, shown) in
        [("admin.dongqu", true), ("man.dongqu", true), ("supervisor.dongqu", false), ("lead.dongqu", false)]
    {
        let page = desk.page(login, &member).await;
        assert_eq!(result(&page, "PARTY_BADGE")["mark"] == "FAIL", shown, "{login}");
        assert_eq!(page["results"].as_array().unwrap().len(), if shown { 19 } else { 18 }, "{login}");
    }
    assert_eq!(result(&desk.page("admin.dongqu", &other).await, "PARTY_BADGE"), Value::Null);
    // What is stored does not tell either: something is there of both, as long.
    let tx = desk.world.reader("dongqu").await;
    let rows = tx.select::<appearance_check::Entity>().unwrap().all().await.unwrap();
    let lengths: Vec<_> = rows.iter().map(|row| row.badge_enc.as_ref().map(String::len)).collect();
    assert!(lengths[0].is_some() && lengths[0] == lengths[1], "{lengths:?}");
    let items = tx.select::<appearance_result::Entity>().unwrap().all().await.unwrap();
    assert!(items.iter().all(|row| row.item.key() != "A5"));
});

both_dbs!(what_does_not_apply_needs_a_reason_and_the_person_answers_once, |test| async move {
    let desk = Desk::new(test).await;
    let belt = |note: Value| json!({ "item": "BELT", "mark": "NA", "note": note });
    let input = desk.filled("supervisor.dongqu", &desk.woman, &[belt(json!(" "))]).await;
    assert_eq!(desk.refused("supervisor.dongqu", input).await, ["INVALID", "appearance.reason"]);
    let mut short = desk.filled("supervisor.dongqu", &desk.woman, &[]).await;
    short["items"].as_array_mut().unwrap().pop();
    assert_eq!(desk.refused("supervisor.dongqu", short).await, ["INVALID", "appearance.number"]);
    let check = desk.checks("supervisor.dongqu", &desk.woman, &[belt(json!("连衣裙式制服")), fails("BADGE")]).await;
    assert_eq!((&check["passed"], &check["asked"]), (&json!(16), &json!(17)));

    // The person reads it; a colleague finds nothing, and neither does another center.
    let page = desk.page("woman.dongqu", &check).await;
    assert_eq!((&page["mayAnswer"], &page["checker"]), (&json!(true), &json!("supervisor")));
    assert_eq!(result(&page, "BELT")["note"], "连衣裙式制服");
    let query = format!("query($id: AppearanceCheckId!) {{ appearanceCheck(id: $id) {PAGE} }}");
    for login in ["man.dongqu", "elsewhere.dongqu", "admin.xiqu"] {
        assert_eq!(desk.world.refused(login, &query, json!({ "id": check["id"] })).await, ["NOT_FOUND"], "{login}");
    }
    let seen = [desk.seen_by("woman.dongqu").await, desk.seen_by("man.dongqu").await];
    assert_eq!((seen, desk.seen_by("lead.dongqu").await, desk.seen_by("elsewhere.dongqu").await), ([1, 0], 1, 0));

    let answer = format!("mutation($i: AnswerAppearanceInput!) {{ answerAppearanceCheck(input: $i) {ROW} }}");
    let say = |row: &Value| json!({ "i": { "id": row["id"], "version": row["version"], "text": "工作牌送修。" } });
    let not_yours = desk.world.refused("supervisor.dongqu", &answer, say(&check)).await;
    assert_eq!(not_yours, ["INVALID", "appearance.not_yours"]);
    let done = desk.world.ok("woman.dongqu", &answer, say(&check)).await["answerAppearanceCheck"].clone();
    assert_eq!(done["answered"], true);
    assert_eq!(desk.world.refused("woman.dongqu", &answer, say(&done)).await, ["INVALID", "appearance.answered"]);
    assert_eq!(desk.page("supervisor.dongqu", &check).await["answer"], "工作牌送修。");
    let verbs = desk.world.audit_verbs("dongqu").await;
    assert_eq!(verbs[verbs.len() - 2..], ["appearance_checked", "appearance_answered"]);
});

both_dbs!(nobody_checks_themself_and_a_lead_checks_where_they_lead, |test| async move {
    let desk = Desk::new(test).await;
    let own = desk.filled("lead.dongqu", &desk.lead, &[]).await;
    assert_eq!(desk.refused("lead.dongqu", own).await, ["INVALID", "appearance.oneself"]);
    let input = desk.filled("lead.dongqu", &desk.woman, &[]).await;
    assert_eq!(desk.refused("elsewhere.dongqu", input.clone()).await, ["INVALID", "appearance.not_your_post"]);
    assert_eq!(desk.refused("man.dongqu", input.clone()).await, ["FORBIDDEN"]);
    let later = with(input.clone(), json!({ "on": "2026-02-14" }));
    assert_eq!(desk.refused("lead.dongqu", later).await, ["INVALID", "form.date_in_future"]);
    let before = with(input.clone(), json!({ "on": "2026-02-05" }));
    assert_eq!(desk.refused("lead.dongqu", before).await, ["INVALID", "form.date_too_old"]);
    desk.checks("lead.dongqu", &desk.woman, &[]).await;
    desk.checks("patrol.dongqu", &desk.woman, &[]).await;
    // Somebody who is at no post is met at none.
    let add = "mutation($i: StaffInput!) { addStaffMember(input: $i) { id } }";
    let input = json!({ "i": { "staffNo": "x-1", "name": "无岗位" } });
    let nobody = desk.world.ok("admin.dongqu", add, input).await["addStaffMember"]["id"].clone();
    let input = desk.filled("patrol.dongqu", &nobody, &[]).await;
    assert_eq!(desk.refused("patrol.dongqu", input).await, ["INVALID", "appearance.not_there"]);
    let places = "{ appearanceChoices { post { name } people { id } } }";
    let places = |login: &'static str| desk.world.ok(login, places, json!({}));
    let of_lead = places("lead.dongqu").await["appearanceChoices"].clone();
    assert_eq!((of_lead.as_array().unwrap().len(), of_lead[0]["people"].as_array().unwrap().len()), (1, 2));
    assert_eq!(places("elsewhere.dongqu").await["appearanceChoices"], json!([]));
    assert_eq!(places("patrol.dongqu").await["appearanceChoices"][0]["people"].as_array().unwrap().len(), 3);
});

both_dbs!(a_department_with_its_own_dress_and_an_order_change_what_is_asked, |test| async move {
    let world = World::new(test);
    let settings = "{ centerSettings { departments { id version ownDress } } }";
    let tax = world.ok("admin.shiqi", settings, json!({})).await["centerSettings"]["departments"][0].clone();
    assert_eq!(tax["ownDress"], false);
    let add = "mutation($i: StaffInput!) { addStaffMember(input: $i) { id } }";
    let person = json!({ "i": { "staffNo": "t-1", "name": "关耀明", "departmentId": tax["id"] } });
    let staff = world.ok("admin.shiqi", add, person).await["addStaffMember"]["id"].clone();
    let asked = async || {
        let query = "query($s: StaffId!) { appearanceItems(staff: $s) { item } }";
        let found = world.ok("supervisor.shiqi", query, json!({ "s": staff })).await["appearanceItems"].clone();
        let items = found.as_array().unwrap().iter().map(|item| item["item"].as_str().unwrap().to_owned());
        items.collect::<Vec<_>>()
    };
    let usual = asked().await;
    assert!(usual.contains(&"UNIFORM".to_owned()) && !usual.contains(&"PROTECTION".to_owned()));
    let edit = "mutation($i: EditDepartmentInput!) { editDepartment(input: $i) { ownDress } }";
    let edited = json!({ "id": tax["id"], "version": tax["version"], "code": "tax", "nameZh": "税务分局",
        "nameEn": "Tax Branch", "ownDress": true });
    assert_eq!(world.ok("admin.shiqi", edit, json!({ "i": edited })).await["editDepartment"]["ownDress"], true);
    assert_eq!(asked().await[..3], ["BADGE", "OWN_DRESS", "FACE"]);
    // Nobody says: it stays.
    let again = json!({ "id": tax["id"], "version": 2, "code": "tax", "nameZh": "税务局", "nameEn": "Tax" });
    assert_eq!(world.ok("admin.shiqi", edit, json!({ "i": again })).await["editDepartment"]["ownDress"], true);
    let set = "mutation($i: SetPolicyValueInput!) { setPolicyValue(input: $i) }";
    let order = json!({ "key": "HEALTH_ORDER", "seen": 0, "value": 1, "reason": "市卫健局通知：窗口人员佩戴口罩。" });
    world.ok("city.zs", set, json!({ "i": order })).await;
    assert!(asked().await.contains(&"PROTECTION".to_owned()));
});

both_dbs!(what_failed_in_five_people_is_told_and_what_one_failed_again, |test| async move {
    let desk = Desk::new(test).await;
    let totals = async |login: &str| {
        let query = "{ appearanceChecks { failing { item people } repeats { staff item times } last { staff check { on } } \
            people { id } } }";
        desk.world.ok(login, query, json!({})).await["appearanceChecks"].clone()
    };
    let mut people = vec![desk.woman.clone(), desk.man.clone(), desk.lead.clone()];
    for n in 0..2 {
        let add = "mutation($i: StaffInput!) { addStaffMember(input: $i) { id } }";
        let input = json!({ "i": { "staffNo": format!("n-{n}"), "name": format!("新人{n}") } });
        let staff = desk.world.ok("admin.dongqu", add, input).await["addStaffMember"]["id"].clone();
        desk.assign(&staff).await;
        people.push(staff);
    }
    for staff in &people[..4] {
        desk.checks("supervisor.dongqu", staff, &[fails("BADGE"), fails("SMILE")]).await;
    }
    let found = totals("supervisor.dongqu").await;
    assert_eq!((&found["failing"], &found["repeats"]), (&json!([]), &json!([])), "four are too few to be told");
    // The one whom nobody has checked stands first.
    assert_eq!((&found["last"][0]["staff"], &found["last"][0]["check"]), (&people[4], &Value::Null));
    desk.checks("supervisor.dongqu", &people[4], &[fails("BADGE")]).await;
    desk.checks("patrol.dongqu", &people[0], &[fails("BADGE")]).await;
    let found = totals("supervisor.dongqu").await;
    assert_eq!(found["failing"], json!([{ "item": "BADGE", "people": 5 }]));
    assert_eq!(found["repeats"], json!([{ "staff": people[0], "item": "BADGE", "times": 2 }]));
    // Whoever was checked sees what is theirs and no totals.
    let own = totals("woman.dongqu").await;
    assert_eq!((&own["failing"], &own["last"]), (&json!([]), &json!([])));
    desk.world.wait_days(91);
    let later = totals("supervisor.dongqu").await;
    assert_eq!((&later["failing"], &later["repeats"]), (&json!([]), &json!([])));
});

both_dbs!(photos_of_a_check_are_seen_by_whom_the_check_is_seen, |test| async move {
    let desk = Desk::new(test).await;
    let sees = async |login: &str, id: AttachmentId| service::see(&cx(&desk.world, login).await, id).await.is_ok();
    let photo = uploaded(&desk.world, "supervisor.dongqu").await.id;
    let input = desk.filled("supervisor.dongqu", &desk.woman, &[]).await;
    let query = format!("mutation($i: RecordAppearanceCheckInput!) {{ recordAppearanceCheck(input: $i) {ROW} }}");
    let bytes = [&b"%PDF-1.7\n"[..], &[b' '; 99], b"%%EOF"].concat();
    let letter = taken(&desk.world, "supervisor.dongqu", "a.pdf", "", &bytes).await.unwrap().id;
    let letter = with(input.clone(), json!({ "files": [letter] }));
    assert_eq!(desk.refused("supervisor.dongqu", letter).await, ["INVALID", "files.not_picture"]);
    let with_photo = with(input.clone(), json!({ "files": [photo], "note": "大厅早会前" }));
    let check = desk.world.ok("supervisor.dongqu", &query, json!({ "i": with_photo })).await;
    let page = desk.page("woman.dongqu", &check["recordAppearanceCheck"]).await;
    assert_eq!((&page["files"][0]["id"], &page["note"]), (&json!(photo), &json!("大厅早会前")));
    for (login, seen) in [
        ("woman.dongqu", true),
        ("lead.dongqu", true),
        ("patrol.dongqu", true),
        ("man.dongqu", false),
        ("elsewhere.dongqu", false),
        ("admin.xiqu", false),
    ] {
        assert_eq!(sees(login, photo).await, seen, "{login}");
    }
    let theirs = uploaded(&desk.world, "admin.dongqu").await.id;
    let stolen = with(input, json!({ "files": [theirs] }));
    assert_eq!(desk.refused("supervisor.dongqu", stolen).await, ["NOT_FOUND"]);
});

both_dbs!(a_center_hangs_up_two_pictures_of_dress_and_a_photo_of_each_signboard, |test| async move {
    let desk = Desk::new(test).await;
    let set = "mutation($i: SetDressPicturesInput!) { setDressPictures(input: $i) { id } }";
    let mut pictures = Vec::new();
    for _ in 0..3 {
        pictures.push(uploaded(&desk.world, "admin.dongqu").await.id);
    }
    let too_many = desk.world.refused("admin.dongqu", set, json!({ "i": { "files": pictures } })).await;
    assert_eq!(too_many, ["INVALID", "files.too_many"]);
    let two = json!({ "i": { "files": pictures[..2] } });
    assert_eq!(desk.world.ok("admin.dongqu", set, two.clone()).await["setDressPictures"].as_array().unwrap().len(), 2);
    assert_eq!(desk.world.refused("supervisor.dongqu", set, two).await, ["FORBIDDEN"]);
    let shown = "{ appearanceChecks { pictures { id } } }";
    let shown = desk.world.ok("woman.dongqu", shown, json!({})).await["appearanceChecks"]["pictures"].clone();
    assert_eq!(shown.as_array().unwrap().len(), 2);
    assert!(service::see(&cx(&desk.world, "woman.dongqu").await, pictures[0]).await.is_ok());
    assert!(service::see(&cx(&desk.world, "woman.xiqu").await, pictures[0]).await.is_err());
    let one = json!({ "i": { "files": [pictures[1]] } });
    assert_eq!(desk.world.ok("admin.dongqu", set, one).await["setDressPictures"], json!([{ "id": pictures[1] }]));

    let page = "query($id: PostId!) { post(id: $id) { post { version } signboard { id } } }";
    let page = async |login: &'static str| desk.world.ok(login, page, json!({ "id": desk.post })).await["post"].clone();
    let before = page("admin.dongqu").await;
    assert_eq!(before["signboard"], Value::Null);
    let hang = "mutation($i: SetSignboardPhotoInput!) { setSignboardPhoto(input: $i) { id version } }";
    let hung = |version: &Value, photo: Value| json!({ "i": { "id": desk.post, "version": version, "photo": photo } });
    let version = &before["post"]["version"];
    let done = desk.world.ok("admin.dongqu", hang, hung(version, json!(pictures[2]))).await;
    let seen = page("woman.dongqu").await;
    assert_eq!(seen["signboard"]["id"], json!(pictures[2]));
    assert_eq!(desk.world.refused("admin.dongqu", hang, hung(version, Value::Null)).await, ["STALE"]);
    assert_eq!(desk.world.refused("lead.dongqu", hang, hung(version, Value::Null)).await, ["FORBIDDEN"]);
    let another = json!(uploaded(&desk.world, "admin.dongqu").await.id);
    let version = &done["setSignboardPhoto"]["version"];
    let done = desk.world.ok("admin.dongqu", hang, hung(version, another.clone())).await;
    assert_eq!(page("admin.dongqu").await["signboard"]["id"], another, "one hangs at a time");
    desk.world.ok("admin.dongqu", hang, hung(&done["setSignboardPhoto"]["version"], Value::Null)).await;
    assert_eq!(page("admin.dongqu").await["signboard"], Value::Null);
    assert_eq!(desk.world.audit_verbs("dongqu").await.iter().filter(|verb| *verb == "signboard_set").count(), 3);
});

both_dbs!(a_look_at_checks_costs_the_same_however_many_there_are, |test| async move {
    let desk = Desk::new(test).await;
    desk.checks("supervisor.dongqu", &desk.woman, &[fails("BADGE")]).await;
    let (_, one) = counted(desk.seen_by("supervisor.dongqu")).await;
    for staff in [&desk.man, &desk.lead, &desk.woman, &desk.man] {
        desk.checks("supervisor.dongqu", staff, &[fails("BADGE"), fails("SMILE")]).await;
    }
    let (seen, many) = counted(desk.seen_by("supervisor.dongqu")).await;
    assert_eq!((seen, one.len()), (5, many.len()), "{many:#?}");
});
