//! What members are told: what is theirs to put right, a department's findings, what may be measured, rounds that they rate
//! in; nothing of it to anybody else.

use domain::permission::Role;
use serde_json::{Value, json};
use server::{both_dbs, jobs::deadlines::sweep};

use crate::{
    campaigns::{about, filled, gives, named, now, spotless, step},
    posts::{ADMIN, does, joins, person, refused},
    statements::counted,
    world::World,
};

const STAFF: &str = "staff.shiqi";
const SUPERVISOR: &str = "supervisor.shiqi";
const STEP: &str = "RectificationStepInput";

/// Somebody's messages, the newest first: why, about which, and in words.
pub async fn bell(world: &World, login: &str) -> Vec<(String, Value, Value)> {
    let query = "{ notifications { reason badRating finding rectification plan campaign text } }";
    let rows = world.ok(login, query, json!({})).await["notifications"].clone();
    let subject = |row: &Value| {
        let about = ["badRating", "finding", "rectification", "plan", "campaign"];
        about.iter().map(|name| row[name].clone()).find(|id| !id.is_null()).unwrap_or_default()
    };
    let told = |row: &Value| (row["reason"].as_str().unwrap().to_owned(), subject(row), row["text"].clone());
    rows.as_array().unwrap().iter().map(told).collect()
}

fn reasons(messages: &[(String, Value, Value)]) -> Vec<&str> {
    messages.iter().map(|(reason, ..)| reason.as_str()).collect()
}

fn with(row: &Value, more: Value) -> Value {
    let mut input = json!({ "id": row["id"], "version": row["version"] });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

/// Somebody of the staff who can sign in as `login`.
async fn worker(world: &World, login: &str, more: Value) -> Value {
    let mut all = json!({ "accountId": world.account(login).await });
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    person(world, &login.replace('.', "-"), all).await
}

async fn found(world: &World, more: Value) -> Value {
    let mut input = json!({ "on": "2026-02-12", "supervision": "SOCIAL", "area": "EFFECTIVENESS",
        "description": "问卷：解释说明一项满意率偏低。" });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    does(world, SUPERVISOR, "recordFinding", "RecordFindingInput", input).await
}

async fn rectified(world: &World, finding: &Value, owner: Value) -> Value {
    let open = with(finding, json!({ "problem": "告知不清", "cause": "INFORMATION", "owner": owner }));
    does(world, ADMIN, "rectifyFinding", "RectifyFindingInput", open).await
}

both_dbs!(an_owner_is_told_when_a_task_is_given_comes_back_and_is_late, |test| async move {
    let world = World::new(test);
    let me = worker(&world, STAFF, json!({})).await;
    let task = rectified(&world, &found(&world, json!({})).await, me["id"].clone()).await;
    let given = ("TASK_GIVEN".to_owned(), task["id"].clone(), json!("告知不清"));
    assert_eq!(bell(&world, STAFF).await, [given]);
    // Given to the same once more, with another day: nothing new.
    let days = with(&task, json!({ "owner": me["id"], "days": 5 }));
    let task = does(&world, ADMIN, "assignRectification", "AssignRectificationInput", days).await;
    assert_eq!(bell(&world, STAFF).await.len(), 1);
    let measures = with(&task, json!({ "rootCause": "单子旧了。", "measures": "换新单。" }));
    let task = does(&world, STAFF, "planRectification", "PlanRectificationInput", measures).await;
    let task = does(&world, ADMIN, "agreeRectification", STEP, with(&task, json!({}))).await;
    let done = with(&task, json!({ "text": "已换。" }));
    let task = does(&world, STAFF, "submitRectification", "ProveRectificationInput", done).await;
    let back = with(&task, json!({ "reason": "缺照片", "days": 2 }));
    does(&world, ADMIN, "sendRectificationBack", "SendRectificationBackInput", back).await;
    world.app.clock.set("2026-02-25T02:00:00Z".parse().unwrap());
    for _ in 0..2 {
        sweep(&world.app).await.unwrap();
    }
    assert_eq!(reasons(&bell(&world, STAFF).await), ["TASK_OVERDUE", "TASK_RETURNED", "TASK_GIVEN"]);
    for other in [ADMIN, SUPERVISOR, "staff.xiaolan"] {
        assert!(bell(&world, other).await.is_empty(), "{other}");
    }

    // Read by whom it was sent to, and nobody else.
    let id = world.ok(STAFF, "{ notifications { id } }", json!({})).await["notifications"][0]["id"].clone();
    let read = "mutation($i: AcknowledgeInput!) { acknowledgeNotification(input: $i) { reason acknowledgedAt } }";
    let input = json!({ "i": { "id": id } });
    for other in [ADMIN, "staff.xiaolan"] {
        assert_eq!(world.refused(other, read, input.clone()).await, ["NOT_FOUND"], "{other}");
    }
    assert_eq!(world.refused("city.zs", read, input.clone()).await, ["FORBIDDEN"]);
    let shown = world.ok(STAFF, read, input).await["acknowledgeNotification"].clone();
    assert_eq!(shown["reason"], "TASK_OVERDUE");
    assert_ne!(shown["acknowledgedAt"], Value::Null);
});

both_dbs!(a_department_is_told_of_what_was_found_and_has_it_put_right, |test| async move {
    let world = World::new(test);
    let departments = world.ok(ADMIN, "{ departments { id code } }", json!({})).await["departments"].clone();
    let department = &departments[0];
    worker(&world, STAFF, json!({ "departmentId": department["id"] })).await;
    joins(&world, "helper.shiqi", Role::PostStaff).await;
    worker(&world, "helper.shiqi", json!({})).await;
    let finding = found(&world, json!({ "department": department["id"] })).await;
    let told = ("FINDING_TOLD".to_owned(), finding["id"].clone(), json!("问卷：解释说明一项满意率偏低。"));
    assert_eq!(bell(&world, STAFF).await, [told]);
    // Nobody is named: it is the department's.
    let task = rectified(&world, &finding, Value::Null).await;
    assert_eq!(reasons(&bell(&world, STAFF).await), ["TASK_GIVEN", "FINDING_TOLD"]);
    let seen = "{ findings { department { code } finding { id } } \
        rectifications { rows { department { code } owner task { id } } } }";
    let shown = world.ok(STAFF, seen, json!({})).await;
    let code = json!({ "code": department["code"] });
    assert_eq!(shown["findings"], json!([{ "department": code, "finding": { "id": finding["id"] } }]));
    let row = json!({ "department": code, "owner": null, "task": { "id": task["id"] } });
    assert_eq!(shown["rectifications"]["rows"], json!([row]));
    // Others of the center see and hear nothing of it.
    let others = world.ok("helper.shiqi", seen, json!({})).await;
    assert_eq!((&others["findings"], &others["rectifications"]["rows"]), (&json!([]), &json!([])));
    assert!(bell(&world, "helper.shiqi").await.is_empty());
    // Another center's department is not there, and one that is retired takes nothing.
    let theirs = world.ok("admin.xiaolan", "{ departments { id } }", json!({})).await["departments"][0]["id"].clone();
    let input = |id: &Value| json!({ "on": "2026-02-12", "supervision": "SOCIAL", "area": "OTHER", "description": "x", "department": id });
    let record = ("recordFinding", "RecordFindingInput");
    assert_eq!(refused(&world, ADMIN, record.0, record.1, input(&theirs)).await, ["NOT_FOUND"]);
    let new = json!({ "code": "old", "nameZh": "旧部门", "nameEn": "Old office" });
    let old = does(&world, ADMIN, "addDepartment", "DepartmentInput", new).await;
    let old = does(&world, ADMIN, "retireDepartment", "SeenDepartmentInput", with(&old, json!({}))).await;
    let retired = refused(&world, ADMIN, record.0, record.1, input(&old["id"])).await;
    assert_eq!(retired, ["INVALID", "complaint.department_retired"]);
});

both_dbs!(whoever_may_measure_a_plan_is_told_once_its_day_has_come, |test| async move {
    let world = World::new(test);
    let me = worker(&world, STAFF, json!({})).await;
    let start = json!({ "problem": "等候时间长", "cause": "STAFFING", "owner": me["id"] });
    let row = does(&world, ADMIN, "startImprovement", "StartImprovementInput", start).await;
    let goal = json!({ "indicator": "WAITING_MINUTES", "baseline": 285, "target": 200, "on": "2026-06-30" });
    let row = does(&world, STAFF, "setImprovementGoal", "SetImprovementGoalInput", with(&row, goal)).await;
    let measure = json!({ "text": "午间增开一个窗口", "owner": me["id"], "dueOn": "2026-03-31" });
    let row = does(&world, STAFF, "addImprovementMeasure", "AddImprovementMeasureInput", with(&row, measure)).await;
    let cause = json!({ "rootCause": "午间只开两个窗口。" });
    let row = does(&world, STAFF, "planImprovement", "PlanImprovementInput", with(&row, cause)).await;
    let row = does(&world, ADMIN, "approveImprovement", "ApproveImprovementInput", with(&row, json!({}))).await;
    let row = does(&world, STAFF, "executeImprovement", "SeenImprovementInput", with(&row, json!({}))).await;
    let plan = "query($id: ImprovementPlanId!) { improvementPlan(id: $id) { measures { id } } }";
    let plan = world.ok(STAFF, plan, json!({ "id": row["id"] })).await["improvementPlan"].clone();
    let done = with(&row, json!({ "measure": plan["measures"][0]["id"], "note": "已增开。" }));
    does(&world, STAFF, "finishImprovementMeasure", "FinishImprovementMeasureInput", done).await;

    world.app.clock.set("2026-03-14T02:00:00Z".parse().unwrap());
    sweep(&world.app).await.unwrap();
    assert!(bell(&world, ADMIN).await.is_empty());
    world.app.clock.set("2026-03-15T02:00:00Z".parse().unwrap());
    for _ in 0..2 {
        sweep(&world.app).await.unwrap();
    }
    let due = ("CHECK_DUE".to_owned(), row["id"].clone(), json!("等候时间长"));
    for login in [ADMIN, SUPERVISOR] {
        assert_eq!(bell(&world, login).await, std::slice::from_ref(&due), "{login}");
    }
    assert!(bell(&world, STAFF).await.is_empty(), "whoever carried it out measures nothing");
});

both_dbs!(raters_are_told_that_they_were_named_and_a_day_before_the_end, |test| async move {
    let world = World::new(test);
    let colleague = person(&world, "S1", json!({})).await;
    let round = about(&world, "SUPERIOR", json!([{ "staff": colleague["id"] }])).await;
    for login in ["done.shiqi", "slow.shiqi"] {
        named(&world, &round, login, Role::SuperiorRater, Value::Null).await;
    }
    let name = ("RATER_NAMED".to_owned(), round["id"].clone(), json!("2026年第一季度评价"));
    assert_eq!(bell(&world, "slow.shiqi").await, [name]);
    let round = step(&world, "openCampaign", &now(&world, &round).await).await;
    let given = filled(&world, "done.shiqi", &round, 0, spotless(json!([])), json!([])).await;
    gives(&world, "done.shiqi", "handInBallot", &given).await;
    let center = world.test.center("shiqi").await;
    for (day, messages) in [("25", 1), ("26", 2), ("26", 2)] {
        world.app.clock.set(format!("2026-02-{day}T02:00:00Z").parse().unwrap());
        server::campaigns::service::course::sweep(&world.app, &center).await.unwrap();
        assert_eq!(bell(&world, "slow.shiqi").await.len(), messages, "on the {day}th");
    }
    assert_eq!(reasons(&bell(&world, "slow.shiqi").await), ["ROUND_ENDS", "RATER_NAMED"]);
    assert_eq!(reasons(&bell(&world, "done.shiqi").await), ["RATER_NAMED"], "nothing is awaited of them");
});

both_dbs!(messages_cost_the_same_with_more_of_them, |test| async move {
    let world = World::new(test);
    let me = worker(&world, STAFF, json!({})).await;
    let query = "{ notifications { id reason text rectification complaint { number } } }";
    let mut seen = Vec::new();
    for _ in 0..2 {
        for _ in 0..3 {
            rectified(&world, &found(&world, json!({})).await, me["id"].clone()).await;
        }
        let scope = world.test.scope(STAFF).await;
        world.run_in(Some(scope.clone()), query, json!({})).await;
        let (_, statements) = counted(world.run_in(Some(scope), query, json!({}))).await;
        seen.push(statements.len());
    }
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0] >= 2, "the counting has gone blind: {seen:?}");
});
