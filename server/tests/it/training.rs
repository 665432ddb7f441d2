//! Trainings and tests: who keeps them, what follows from who was there, and who is still to be trained.

use domain::permission::Role;
use serde_json::{Value, json};
use server::both_dbs;

use crate::{
    posts::{ADMIN, assign, assigned, does, joins, person, post, refused},
    statements::counted,
    world::World,
};

const COVERAGE: &str = "query C($y: Int!) { trainingCoverage(year: $y) { asked total trained trainings tests \
                        unscheduledTests missing { times posts } people { name } } }";
const POST: &str = "query P($id: PostId!) { post(id: $id) { checks { check fine dueOn people } } }";

fn session(more: Value) -> Value {
    let mut input = json!({ "on": "2026-02-13", "start": "09:00", "hours": 2, "kind": "TRAINING", "topic": "BUSINESS",
        "title": "窗口业务培训", "trainer": "王老师", "place": "二楼会议室" });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

async fn planned(world: &World, more: Value) -> Value {
    does(world, ADMIN, "planTraining", "TrainingInput", session(more)).await
}

fn was_there(staff: &Value, result: Value) -> Value {
    json!({ "staff": staff["id"], "attended": true, "result": result })
}

fn marks(session: &Value, marks: Value) -> Value {
    json!({ "id": session["id"], "version": session["version"], "marks": marks })
}

async fn held(world: &World, more: Value, all: Value) -> Value {
    let session = planned(world, more).await;
    does(world, ADMIN, "recordAttendance", "RecordAttendanceInput", marks(&session, all)).await
}

async fn coverage(world: &World) -> Value {
    world.ok(ADMIN, COVERAGE, json!({ "y": 2026 })).await["trainingCoverage"].clone()
}

fn names(coverage: &Value) -> Vec<String> {
    let people = coverage["people"].as_array().unwrap().iter();
    people.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

async fn check(world: &World, post: &Value, which: &str) -> Value {
    let page = world.ok(ADMIN, POST, json!({ "id": post["id"] })).await;
    page["post"]["checks"].as_array().unwrap().iter().find(|one| one["check"] == which).unwrap().clone()
}

async fn volunteers(world: &World) -> Value {
    let input = json!({ "code": "vol", "name": "志愿者服务岗", "kind": "volunteer_post" });
    let made = does(world, ADMIN, "addPost", "PostInput", input).await;
    does(world, ADMIN, "activatePost", "SeenPostInput", made).await
}

both_dbs!(a_session_is_planned_held_and_corrected_or_called_off, |test| async move {
    const RECORD: (&str, &str) = ("recordAttendance", "RecordAttendanceInput");
    let world = World::new(test);
    let one = person(&world, "S1", json!({})).await;
    let wrong = session(json!({ "start": "9", "hours": 0, "unscheduled": true }));
    let found = refused(&world, ADMIN, "planTraining", "TrainingInput", wrong).await;
    assert_eq!(found, ["INVALID", "training.start", "training.hours", "training.unscheduled_training"]);
    let tomorrow = planned(&world, json!({ "on": "2026-02-14" })).await;
    let all = json!([was_there(&one, Value::Null)]);
    let early = refused(&world, ADMIN, RECORD.0, RECORD.1, marks(&tomorrow, all.clone())).await;
    assert_eq!(early, ["INVALID", "training.not_yet"]);
    let mut moved = session(json!({ "title": "改期的培训" }));
    moved.as_object_mut().unwrap().extend(tomorrow.as_object().unwrap().clone());
    let today = does(&world, ADMIN, "editTraining", "EditTrainingInput", moved.clone()).await;
    assert_eq!(refused(&world, ADMIN, "editTraining", "EditTrainingInput", moved).await, ["STALE"]);
    let twice = json!([was_there(&one, Value::Null), was_there(&one, Value::Null)]);
    let found = refused(&world, ADMIN, RECORD.0, RECORD.1, marks(&today, twice)).await;
    assert_eq!(found, ["INVALID", "training.person_twice"]);
    let done = does(&world, ADMIN, RECORD.0, RECORD.1, marks(&today, all)).await;
    let over = json!({ "id": done["id"], "version": done["version"], "reason": "讲师生病" });
    let found = refused(&world, ADMIN, "cancelTraining", "CancelTrainingInput", over.clone()).await;
    assert_eq!(found, ["INVALID", "training.over"]);
    // Written down wrong, it is written again.
    let absent = json!([{ "staff": one["id"], "attended": false }]);
    does(&world, ADMIN, RECORD.0, RECORD.1, marks(&done, absent)).await;
    let page = "query S($id: TrainingId!) { trainingSession(id: $id) { session { status } marks { staff attended } } }";
    let shown = world.ok(ADMIN, page, json!({ "id": done["id"] })).await["trainingSession"].clone();
    assert_eq!(shown["marks"], json!([{ "staff": one["id"], "attended": false }]));
    let off = planned(&world, json!({})).await;
    let why = json!({ "id": off["id"], "version": off["version"], "reason": "讲师生病" });
    let off = does(&world, ADMIN, "cancelTraining", "CancelTrainingInput", why).await;
    let found = refused(&world, ADMIN, RECORD.0, RECORD.1, marks(&off, json!([was_there(&one, Value::Null)]))).await;
    assert_eq!(found, ["INVALID", "training.over"]);
    let list = "{ trainingSessions(year: 2026) { session { status } attended absent } }";
    let rows = world.ok(ADMIN, list, json!({})).await["trainingSessions"].clone();
    let row = |status: &str, absent| json!({ "session": { "status": status }, "attended": 0, "absent": absent });
    assert_eq!(rows, json!([row("CANCELLED", 0), row("HELD", 1)]));
    let verbs = world.audit_verbs("shiqi").await;
    let told: Vec<_> = verbs.iter().filter(|v| v.starts_with("training_") || v.starts_with("attendance_")).collect();
    let expected = ["planned", "edited", "held"].map(|verb| format!("training_{verb}"));
    assert_eq!(told[..3], expected.iter().collect::<Vec<_>>());
    assert_eq!(told[3..], ["attendance_corrected", "training_planned", "training_cancelled"]);
});

both_dbs!(who_is_still_to_be_trained_is_named_until_they_were, |test| async move {
    let world = World::new(test);
    let account = world.account("staff.shiqi").await;
    let one = person(&world, "S1", json!({ "accountId": account })).await;
    let two = person(&world, "S2", json!({})).await;
    let (at, idle) = (post(&world, "w1").await, post(&world, "w2").await);
    assigned(&world, &at, &one, "MAIN").await;
    assigned(&world, &at, &two, "MAIN").await;
    // Whoever works at no post in use, or has left, is not asked for.
    assigned(&world, &idle, &person(&world, "S3", json!({})).await, "MAIN").await;
    let gone = person(&world, "S4", json!({})).await;
    assigned(&world, &at, &gone, "MAIN").await;
    let leaves = json!({ "id": gone["id"], "version": gone["version"], "on": "2026-02-12" });
    does(&world, ADMIN, "staffMemberLeaves", "StaffLeavesInput", leaves).await;
    does(&world, ADMIN, "suspendPost", "SeenPostInput", idle).await;
    let before = coverage(&world).await;
    assert_eq!((&before["total"], &before["trained"], names(&before).len()), (&json!(2), &json!(0), 2));
    assert_eq!(before["missing"][0], json!({ "times": 0, "posts": [at["id"]] }));
    let lacks = check(&world, &at, "TRAINED").await;
    let both = json!([one["id"], two["id"]]);
    assert_eq!((&lacks["fine"], &lacks["dueOn"]), (&json!(false), &json!("2026-12-31")));
    assert_eq!(lacks["people"].as_array().unwrap().len(), both.as_array().unwrap().len());

    let all = json!([was_there(&one, Value::Null), { "staff": two["id"], "attended": false }]);
    held(&world, json!({}), all).await;
    // A test is no training.
    let unscheduled = json!({ "kind": "SKILL_TEST", "unscheduled": true });
    held(&world, unscheduled, json!([was_there(&two, json!("PASSED"))])).await;
    let after = coverage(&world).await;
    assert_eq!((&after["trained"], names(&after)), (&json!(1), vec!["员工S2".to_owned()]));
    let held_so_far = (&after["trainings"], &after["tests"], &after["unscheduledTests"]);
    assert_eq!(held_so_far, (&json!(1), &json!(1), &json!(1)));
    assert_eq!(check(&world, &at, "TRAINED").await["people"], json!([two["id"]]));
    // Last year nobody was there, and no year is too far to ask for.
    let last = world.ok(ADMIN, COVERAGE, json!({ "y": 2025 })).await["trainingCoverage"].clone();
    assert_eq!(last["total"], 0);
    let far = world.refused(ADMIN, COVERAGE, json!({ "y": i32::MAX })).await;
    assert_eq!(far, ["INVALID", "calendar.date_out_of_range"]);

    // They see their own part; of what lies ahead, not the tests without notice.
    planned(&world, json!({ "on": "2026-03-02" })).await;
    planned(&world, json!({ "on": "2026-03-03", "kind": "SKILL_TEST", "unscheduled": true })).await;
    let own = "{ ownTraining { onStaff times asked ahead { on } marks { session { title } mark { attended } } } }";
    let mine = world.ok("staff.shiqi", own, json!({})).await["ownTraining"].clone();
    let part = json!([{ "session": { "title": "窗口业务培训" }, "mark": { "attended": true } }]);
    assert_eq!(
        mine,
        json!({ "onStaff": true, "times": 1, "asked": 1, "ahead": [{ "on": "2026-03-02" }], "marks": part })
    );
    assert_eq!(world.refused("staff.shiqi", COVERAGE, json!({ "y": 2026 })).await, ["FORBIDDEN"]);
    let by_staff = refused(&world, "staff.shiqi", "planTraining", "TrainingInput", session(json!({}))).await;
    assert_eq!(by_staff, ["FORBIDDEN"]);
    for (login, role) in [("officer.shiqi", Role::StandardsOfficer), ("coordinator.shiqi", Role::VolunteerCoordinator)]
    {
        joins(&world, login, role).await;
        does(&world, login, "planTraining", "TrainingInput", session(json!({}))).await;
    }
});

both_dbs!(nobody_serves_as_a_volunteer_before_they_passed_an_induction, |test| async move {
    const ASSIGN: (&str, &str) = ("assignStaffMember", "AssignStaffInput");
    let world = World::new(test);
    let desk = volunteers(&world).await;
    let (one, two) = (person(&world, "V1", json!({})).await, person(&world, "V2", json!({})).await);
    let first = |staff: &Value, from| assign(&desk, staff, "MAIN", from, Value::Null);
    let duty = |staff: &Value| json!({ "post": desk["id"], "staff": staff["id"], "on": "2026-02-13" });
    let refusal = ["INVALID", "training.no_induction"];
    assert_eq!(refused(&world, ADMIN, ASSIGN.0, ASSIGN.1, first(&one, "2026-02-13")).await, refusal);
    assert_eq!(refused(&world, ADMIN, "addDuty", "AddDutyInput", duty(&one)).await, refusal);
    let induction = || json!({ "topic": "VOLUNTEER_INDUCTION" });
    held(&world, induction(), json!([was_there(&one, json!("FAILED"))])).await;
    assert_eq!(refused(&world, ADMIN, ASSIGN.0, ASSIGN.1, first(&one, "2026-02-13")).await, refusal);
    held(&world, induction(), json!([was_there(&one, json!("PASSED"))])).await;
    // Not before the day on which it was passed.
    assert_eq!(refused(&world, ADMIN, ASSIGN.0, ASSIGN.1, first(&one, "2026-02-12")).await, refusal);
    does(&world, ADMIN, ASSIGN.0, ASSIGN.1, first(&one, "2026-02-13")).await;
    does(&world, ADMIN, "addDuty", "AddDutyInput", duty(&one)).await;
    // Nor does anybody stand in there without.
    let away = json!({ "staff": one["id"], "from": "2026-02-24", "until": "2026-02-24", "reason": "SICK",
        "substitute": two["id"] });
    assert_eq!(refused(&world, ADMIN, "recordAbsence", "RecordAbsenceInput", away.clone()).await, refusal);
    let passed = held(&world, induction(), json!([was_there(&two, json!("PASSED"))])).await;
    does(&world, ADMIN, "recordAbsence", "RecordAbsenceInput", away).await;
    assert_eq!(check(&world, &desk, "INDUCTED").await["fine"], true);
    does(&world, ADMIN, ASSIGN.0, ASSIGN.1, first(&two, "2026-02-13")).await;
    // What was passed by mistake is told at the post.
    let failed = marks(&passed, json!([was_there(&two, json!("FAILED"))]));
    does(&world, ADMIN, "recordAttendance", "RecordAttendanceInput", failed).await;
    assert_eq!(check(&world, &desk, "INDUCTED").await["people"], json!([two["id"]]));
    // Other posts ask for none.
    let guide = post(&world, "w1").await;
    let other = person(&world, "S1", json!({})).await;
    does(&world, ADMIN, ASSIGN.0, ASSIGN.1, assign(&guide, &other, "MAIN", "2026-02-13", Value::Null)).await;
});

both_dbs!(a_center_knows_nothing_of_anothers_trainings, |test| async move {
    let world = World::new(test);
    let theirs = person(&world, "S1", json!({})).await;
    let session_of = held(&world, json!({}), json!([was_there(&theirs, Value::Null)])).await;
    let other = "admin.xiaolan";
    let page = "query S($id: TrainingId!) { trainingSession(id: $id) { session { id } } }";
    assert_eq!(world.refused(other, page, json!({ "id": session_of["id"] })).await, ["NOT_FOUND"]);
    let list = "{ trainingSessions(year: 2026) { attended } trainingCoverage(year: 2026) { total trainings } }";
    let nothing = json!({ "trainingSessions": [], "trainingCoverage": { "total": 0, "trainings": 0 } });
    assert_eq!(world.ok(other, list, json!({})).await, nothing);
    let again = marks(&session_of, json!([was_there(&theirs, Value::Null)]));
    assert_eq!(refused(&world, other, "recordAttendance", "RecordAttendanceInput", again).await, ["NOT_FOUND"]);
    let own = does(&world, other, "planTraining", "TrainingInput", session(json!({}))).await;
    let with_theirs = marks(&own, json!([was_there(&theirs, Value::Null)]));
    assert_eq!(refused(&world, other, "recordAttendance", "RecordAttendanceInput", with_theirs).await, ["NOT_FOUND"]);
});

both_dbs!(the_statements_of_trainings_do_not_grow_with_people_and_sessions, |test| async move {
    let world = World::new(test);
    let at = post(&world, "w1").await;
    let account = world.account("staff.shiqi").await;
    let mut people = vec![person(&world, "S0", json!({ "accountId": account })).await];
    assigned(&world, &at, &people[0], "MAIN").await;
    let mut last = Value::Null;
    let mut seen = Vec::new();
    for wanted in [3, 12] {
        while people.len() < wanted {
            people.push(person(&world, &format!("S{}", people.len()), json!({})).await);
            assigned(&world, &at, people.last().unwrap(), "MAIN").await;
            let all: Vec<_> = people.iter().map(|one| was_there(one, Value::Null)).collect();
            last = held(&world, json!({}), json!(all)).await;
        }
        let mut numbers = Vec::new();
        for (login, query, variables) in [
            (ADMIN, "{ trainingSessions(year: 2026) { session { title } attended absent passed } }", json!({})),
            (ADMIN, COVERAGE, json!({ "y": 2026 })),
            (ADMIN, POST, json!({ "id": at["id"] })),
            (ADMIN, "{ postBoard { posts { lacks { check people } } people { name } } }", json!({})),
            (
                ADMIN,
                "query S($id: TrainingId!) { trainingSession(id: $id) { marks { staff } people { name } } }",
                json!({ "id": last["id"] }),
            ),
            ("staff.shiqi", "{ ownTraining { times marks { session { title } mark { attended } } } }", json!({})),
        ] {
            let scope = world.test.scope(login).await;
            world.run_in(Some(scope.clone()), query, variables.clone()).await;
            let (answer, statements) = counted(world.run_in(Some(scope), query, variables)).await;
            assert!(answer.get("errors").is_none(), "{answer:#}");
            numbers.push(statements.len());
        }
        seen.push(numbers);
    }
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0].iter().all(|statements| *statements >= 2), "the counting has gone blind: {seen:?}");
});
