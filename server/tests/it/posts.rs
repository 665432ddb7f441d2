//! Posts, the people at them and the roster: who may do what, and what cannot be.

use domain::permission::Role;
use serde_json::{Value, json};
use server::{
    both_dbs,
    db::platform::{CenterSetup, CitySetup, MemberSetup},
    testing::member,
};

use crate::world::World;

pub const ADMIN: &str = "admin.shiqi";

const BOARD: &str = "query B($on: NaiveDate) { postBoard(on: $on) { isWorking posts { post { id name } \
    places { staff presence insteadOf } } } }";

/// Somebody with another role joins the center.
pub async fn joins(world: &World, login: &str, role: Role) {
    let member = MemberSetup { login: login.to_owned(), display_name: login.to_owned(), ..member("", "", role) };
    let center = CenterSetup { code: "shiqi".to_owned(), members: vec![member], ..CenterSetup::default() };
    let city = CitySetup { code: "zs".to_owned(), centers: vec![center], ..CitySetup::default() };
    world.test.db.platform().set_up(&city).await.unwrap();
}

/// Does a mutation as somebody; its `id` and `version`.
pub async fn does(world: &World, login: &str, verb: &str, kind: &str, input: Value) -> Value {
    let document = format!("mutation M($i: {kind}!) {{ {verb}(input: $i) {{ id version }} }}");
    world.ok(login, &document, json!({ "i": input })).await[verb].clone()
}

pub async fn refused(world: &World, login: &str, verb: &str, kind: &str, input: Value) -> Vec<String> {
    let document = format!("mutation M($i: {kind}!) {{ {verb}(input: $i) {{ __typename }} }}");
    world.refused(login, &document, json!({ "i": input })).await
}

pub async fn person(world: &World, number: &str, more: Value) -> Value {
    let mut input = json!({ "staffNo": number, "name": format!("员工{number}") });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    does(world, ADMIN, "addStaffMember", "StaffInput", input).await
}

pub async fn post(world: &World, code: &str) -> Value {
    let input = json!({ "code": code, "name": format!("岗位{code}"), "kind": "guide_post", "duties": "导办" });
    let made = does(world, ADMIN, "addPost", "PostInput", input).await;
    does(world, ADMIN, "activatePost", "SeenPostInput", made).await
}

pub fn assign(post: &Value, staff: &Value, capacity: &str, from: &str, until: Value) -> Value {
    json!({ "post": post["id"], "staff": staff["id"], "capacity": capacity, "from": from, "until": until })
}

pub async fn assigned(world: &World, post: &Value, staff: &Value, capacity: &str) -> Value {
    let input = assign(post, staff, capacity, "2026-02-01", Value::Null);
    does(world, ADMIN, "assignStaffMember", "AssignStaffInput", input).await
}

/// Who is at each post on a day: (post's name, how).
async fn on(world: &World, day: &str) -> Vec<(String, Vec<String>)> {
    let board = world.ok("staff.shiqi", BOARD, json!({ "on": day })).await["postBoard"].clone();
    let how = |row: &Value| {
        let places = row["places"].as_array().unwrap().iter();
        places.map(|place| place["presence"].as_str().unwrap().to_owned()).collect()
    };
    let rows = board["posts"].as_array().unwrap().iter();
    rows.map(|row| (row["post"]["name"].as_str().unwrap().to_owned(), how(row))).collect()
}

both_dbs!(everybody_sees_who_is_where_with_substitutes_and_on_a_day_off_only_duties, |test| async move {
    let world = World::new(test);
    let (one, two) = (person(&world, "S1", json!({})).await, person(&world, "S2", json!({})).await);
    let post = post(&world, "w1").await;
    assigned(&world, &post, &one, "MAIN").await;
    let away = json!({ "staff": one["id"], "from": "2026-02-13", "until": "2026-02-13", "reason": "SICK",
        "substitute": two["id"] });
    let absence = does(&world, ADMIN, "recordAbsence", "RecordAbsenceInput", away).await;
    // Saturday 14 February 2026 is a make-up workday, Sunday the 15th is a holiday.
    let duty = json!({ "post": post["id"], "staff": two["id"], "on": "2026-02-15" });
    does(&world, ADMIN, "addDuty", "AddDutyInput", duty).await;
    let name = || "岗位w1".to_owned();
    assert_eq!(on(&world, "2026-02-13").await, [(name(), vec!["SUBSTITUTE".to_owned(), "AWAY".to_owned()])]);
    assert_eq!(on(&world, "2026-02-14").await, [(name(), vec!["MAIN".to_owned()])]);
    assert_eq!(on(&world, "2026-02-15").await, [(name(), vec!["DUTY".to_owned()])]);
    does(&world, ADMIN, "cancelAbsence", "SeenAbsenceInput", absence).await;
    assert_eq!(on(&world, "2026-02-13").await, [(name(), vec!["MAIN".to_owned()])]);
});

both_dbs!(assignments_neither_overlap_nor_end_before_they_begin, |test| async move {
    let world = World::new(test);
    let staff = person(&world, "S1", json!({})).await;
    let (one, two) = (post(&world, "w1").await, post(&world, "w2").await);
    let first = assigned(&world, &one, &staff, "MAIN").await;
    let try_ = |input| refused(&world, ADMIN, "assignStaffMember", "AssignStaffInput", input);
    let again = assign(&one, &staff, "CONCURRENT", "2026-03-01", Value::Null);
    assert_eq!(try_(again).await, ["INVALID", "posts.twice_there"]);
    let second = assign(&two, &staff, "MAIN", "2026-03-01", Value::Null);
    assert_eq!(try_(second.clone()).await, ["INVALID", "posts.two_main"]);
    let backwards = assign(&two, &staff, "CONCURRENT", "2026-03-02", json!("2026-03-01"));
    assert_eq!(try_(backwards).await, ["INVALID", "posts.ends_before"]);
    let end = json!({ "id": first["id"], "version": first["version"], "until": "2026-02-28" });
    does(&world, ADMIN, "endAssignment", "EndAssignmentInput", end.clone()).await;
    does(&world, ADMIN, "assignStaffMember", "AssignStaffInput", second).await;
    let moved = json!({ "id": first["id"], "version": 2, "until": "2026-03-05" });
    assert_eq!(
        refused(&world, ADMIN, "endAssignment", "EndAssignmentInput", moved).await,
        ["INVALID", "posts.two_main"]
    );
    assert_eq!(refused(&world, ADMIN, "endAssignment", "EndAssignmentInput", end).await, ["STALE"]);
});

both_dbs!(two_assignments_of_one_person_at_once_leave_one, |test| async move {
    let world = World::new(test.with_connections(4).await);
    let staff = person(&world, "S1", json!({})).await;
    let (one, two, three) = (post(&world, "w1").await, post(&world, "w2").await, post(&world, "w3").await);
    let document = "mutation M($i: AssignStaffInput!) { assignStaffMember(input: $i) { id } }";
    let try_ =
        |post| world.run(ADMIN, document, json!({ "i": assign(post, &staff, "MAIN", "2026-02-13", Value::Null) }));
    let answers = tokio::join!(try_(&one), try_(&two), try_(&three));
    let answers = [answers.0, answers.1, answers.2];
    let made = answers.iter().filter(|answer| !answer["data"].is_null()).count();
    assert_eq!(made, 1, "{answers:?}");
    world.test.db.close().await;
});

both_dbs!(a_post_lead_keeps_the_roster_of_the_own_post_alone, |test| async move {
    let world = World::new(test);
    joins(&world, "lead.shiqi", Role::PostLead).await;
    let account = world.account("lead.shiqi").await;
    let lead = person(&world, "L1", json!({ "accountId": account })).await;
    let staff = person(&world, "S1", json!({})).await;
    let (own, other) = (post(&world, "w1").await, post(&world, "w2").await);
    let named = json!({ "id": own["id"], "version": own["version"], "lead": lead["id"] });
    does(&world, ADMIN, "namePostLead", "NameLeadInput", named).await;
    let at = |post: &Value| assign(post, &staff, "MAIN", "2026-02-13", Value::Null);
    let login = "lead.shiqi";
    let foreign = refused(&world, login, "assignStaffMember", "AssignStaffInput", at(&other)).await;
    assert_eq!(foreign, ["INVALID", "posts.not_your_post"]);
    does(&world, login, "assignStaffMember", "AssignStaffInput", at(&own)).await;
    let input = json!({ "code": "w3", "name": "新岗位", "kind": "guide_post" });
    assert_eq!(refused(&world, login, "addPost", "PostInput", input).await, ["FORBIDDEN"]);
    // Nobody else plans anything.
    let staffs = refused(&world, "staff.shiqi", "assignStaffMember", "AssignStaffInput", at(&own)).await;
    assert_eq!(staffs, ["FORBIDDEN"]);
});

both_dbs!(what_only_some_may_know_leaves_by_a_logged_look_field_by_field, |test| async move {
    let world = World::new(test);
    joins(&world, "keeper.shiqi", Role::LedgerKeeperWomen).await;
    let restricted = json!({ "sex": "FEMALE", "bornOn": "1990-03-08", "partyMember": true });
    let staff = person(&world, "S1", json!({ "restricted": restricted })).await;
    let look = "mutation M($i: RevealStaffInput!) { revealStaffMember(input: $i) { sex bornOn partyMember } }";
    let input = |fields: Value| json!({ "i": { "id": staff["id"], "fields": fields, "reason": "核对创建条件" } });
    let seen = world.ok("keeper.shiqi", look, input(json!(["SEX"]))).await["revealStaffMember"].clone();
    assert_eq!(seen, json!({ "sex": "FEMALE", "bornOn": null, "partyMember": null }));
    for field in ["BORN_ON", "PARTY_MEMBER"] {
        let too_much = input(json!(["SEX", field]));
        assert_eq!(world.refused("keeper.shiqi", look, too_much).await, ["INVALID", "posts.field_secret"]);
    }
    assert_eq!(world.refused("staff.shiqi", look, input(json!(["SEX"]))).await, ["FORBIDDEN"]);
    let verbs = world.audit_verbs("shiqi").await;
    assert_eq!(verbs.iter().filter(|verb| *verb == "staff_revealed").count(), 1);
    assert_eq!(verbs.iter().filter(|verb| *verb == "attempt_refused").count(), 3);
    // The database itself holds none of it in clear.
    let row = world.staff_row("shiqi", &staff["id"]).await;
    assert!(row.restricted_enc.is_some_and(|text| !text.contains("1990")));
});

both_dbs!(whoever_leaves_is_at_no_post_any_more_and_leads_none, |test| async move {
    let world = World::new(test);
    let staff = person(&world, "S1", json!({})).await;
    let post = post(&world, "w1").await;
    let named = json!({ "id": post["id"], "version": post["version"], "lead": staff["id"] });
    does(&world, ADMIN, "namePostLead", "NameLeadInput", named).await;
    assigned(&world, &post, &staff, "MAIN").await;
    let left = json!({ "id": staff["id"], "version": staff["version"], "on": "2026-02-13" });
    does(&world, ADMIN, "staffMemberLeaves", "StaffLeavesInput", left).await;
    assert_eq!(on(&world, "2026-02-14").await, [("岗位w1".to_owned(), vec![])]);
    let page = "query P($id: PostId!) { post(id: $id) { post { leadId } checks { check fine } } }";
    let page = world.ok(ADMIN, page, json!({ "id": post["id"] })).await["post"].clone();
    assert_eq!(page["post"]["leadId"], Value::Null);
    assert_eq!(page["checks"][0], json!({ "check": "LEAD", "fine": false }));
    let back = assign(&post, &staff, "MAIN", "2026-02-16", Value::Null);
    let answer = refused(&world, ADMIN, "assignStaffMember", "AssignStaffInput", back).await;
    assert_eq!(answer, ["INVALID", "posts.has_left"]);
});

both_dbs!(a_handover_counts_once_the_other_has_taken_it, |test| async move {
    let world = World::new(test);
    let mut people = Vec::new();
    for login in ["handler.shiqi", "staff.shiqi"] {
        let account = world.account(login).await;
        people.push(person(&world, &login.replace('.', "-"), json!({ "accountId": account })).await);
    }
    let post = post(&world, "w1").await;
    let give = json!({ "post": post["id"], "taker": people[1]["id"], "items": "钥匙一把" });
    let given = does(&world, "handler.shiqi", "giveHandover", "GiveHandoverInput", give.clone()).await;
    let desk = "{ ownDesk { me { name } toTake { items status } } }";
    let desk = world.ok("staff.shiqi", desk, json!({})).await["ownDesk"].clone();
    assert_eq!(desk["toTake"], json!([{ "items": "钥匙一把", "status": "GIVEN" }]));
    let own = refused(&world, "handler.shiqi", "acceptHandover", "SeenHandoverInput", given.clone()).await;
    assert_eq!(own, ["INVALID", "posts.not_your_handover"]);
    does(&world, "staff.shiqi", "acceptHandover", "SeenHandoverInput", given.clone()).await;
    let again = json!({ "id": given["id"], "version": 2 });
    let over = refused(&world, "handler.shiqi", "withdrawHandover", "SeenHandoverInput", again).await;
    assert_eq!(over, ["INVALID", "posts.handover_over"]);
    // Whoever is not on the list passes nothing on.
    let stranger = refused(&world, ADMIN, "giveHandover", "GiveHandoverInput", give).await;
    assert_eq!(stranger, ["INVALID", "posts.not_staff"]);
});

both_dbs!(a_city_adds_a_kind_of_post_with_its_own_field_and_centers_use_it, |test| async move {
    let world = World::new(test);
    let field = json!({ "key": "beds", "kind": "NUMBER", "labelZh": "床位", "labelEn": "Beds" });
    let kind = json!({ "code": "night-desk", "titleZh": "夜间岗", "titleEn": "Night desk", "summaryZh": "夜间值守。",
        "summaryEn": "Open at night.", "fields": [field], "checks": ["LEAD"] });
    let add = "mutation M($i: PostKindInput!) { addPostKind(input: $i) { code version } }";
    world.ok("city.zs", add, json!({ "i": kind })).await;
    let twice = json!({ "i": { "code": "guide_post", "titleZh": "导办", "titleEn": "Guide", "summaryZh": "导办。",
        "summaryEn": "Guides.", "checks": [] } });
    assert_eq!(world.refused("city.zs", add, twice).await, ["INVALID", "posts.taken"]);
    assert_eq!(world.refused(ADMIN, add, json!({ "i": {} })).await.len(), 1);
    let post = |beds: &str| json!({ "code": "n1", "name": "夜间值守岗", "kind": "night-desk", "extra": [{ "key": "beds", "value": beds }] });
    let wrong = refused(&world, ADMIN, "addPost", "PostInput", post("many")).await;
    assert_eq!(wrong, ["INVALID", "posts.field_value"]);
    does(&world, ADMIN, "addPost", "PostInput", post("2")).await;
    let retire = "mutation M($i: NamedPostKindInput!) { retirePostKind(input: $i) { offered } }";
    world.ok("city.zs", retire, json!({ "i": { "code": "night-desk" } })).await;
    let late = json!({ "code": "n2", "name": "另一岗", "kind": "night-desk" });
    assert_eq!(refused(&world, ADMIN, "addPost", "PostInput", late).await, ["INVALID", "posts.kind_unknown"]);
});
