//! Findings, rectification tasks and improvement plans as those meet them who find, put right and judge.

use domain::permission::Role;
use serde_json::{Value, json};
use server::{both_dbs, jobs::deadlines::sweep};

use crate::{
    files::uploaded,
    posts::{ADMIN, does, joins, person, post, refused},
    statements::counted,
    world::World,
};

const STAFF: &str = "staff.shiqi";
const SUPERVISOR: &str = "supervisor.shiqi";
const PAGE: &str = "query P($id: RectificationTaskId!) { rectification(id: $id) { row { late post owner task { id \
    version status dueOn recheckOn recurrences source cause } } opener origins { kind complaint number finding } \
    events { action status actor body on files { kind } } actions plans { id } mayImprove } }";
const PLAN: &str = "query P($id: ImprovementPlanId!) { improvementPlan(id: $id) { row { plan { id version status result \
    checkFrom follows task } measures done } measures { id text mayFinish doneOn } events { action body } actions drops next } }";
const LIST: &str = "query L($q: RectificationQueue, $c: ComplaintId) { rectifications(queue: $q, complaint: $c) { \
    counts { open mine toJudge toRecheck overdue findings } rows { late task { id problem } } } }";
const FINDINGS: &str = "{ findings { post recorder task files { kind } finding { id version status description } } }";
const STEP: &str = "RectificationStepInput";
const PROVE: &str = "ProveRectificationInput";

fn with(row: &Value, more: Value) -> Value {
    let mut input = json!({ "id": row["id"], "version": row["version"] });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

/// Somebody of the staff who can sign in as `login`.
async fn worker(world: &World, login: &str) -> Value {
    let account = world.account(login).await;
    person(world, &login.replace('.', "-"), json!({ "accountId": account })).await
}

async fn found(world: &World, login: &str, more: Value) -> Value {
    let mut input = json!({ "on": "2026-02-12", "supervision": "INTERNAL", "area": "ATTITUDE",
        "description": "两名人员在窗口闲聊，群众等候无人应答。" });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    does(world, login, "recordFinding", "RecordFindingInput", input).await
}

/// A task for a new finding at a post, or at none.
async fn task(world: &World, owner: &Value, at: Value) -> Value {
    let finding = found(world, ADMIN, json!({ "post": at })).await;
    let input = with(&finding, json!({ "problem": "窗口秩序松散", "cause": "CONDUCT", "owner": owner["id"] }));
    does(world, ADMIN, "rectifyFinding", "RectifyFindingInput", input).await
}

async fn page(world: &World, login: &str, row: &Value) -> Value {
    world.ok(login, PAGE, json!({ "id": row["id"] })).await["rectification"].clone()
}

async fn listed(world: &World, login: &str, queue: &str) -> Value {
    world.ok(login, LIST, json!({ "q": queue })).await["rectifications"].clone()
}

/// From the owner's plan to what was handed in.
async fn handed_in(world: &World, owner: &str, judge: &str, row: Value) -> Value {
    let measures = json!({ "rootCause": "班前会没有提醒。", "measures": "每日班前会提醒，值班长巡查。" });
    let row = does(world, owner, "planRectification", "PlanRectificationInput", with(&row, measures)).await;
    let row = does(world, judge, "agreeRectification", STEP, with(&row, json!({}))).await;
    does(world, owner, "submitRectification", PROVE, with(&row, json!({ "text": "已提醒并巡查一周。" }))).await
}

async fn accepted(world: &World, owner: &str, row: Value) -> Value {
    let row = handed_in(world, owner, ADMIN, row).await;
    does(world, ADMIN, "acceptRectification", STEP, with(&row, json!({}))).await
}

both_dbs!(a_finding_becomes_a_task_that_is_returned_accepted_rechecked_and_closed, |test| async move {
    let world = World::new(test);
    let me = worker(&world, STAFF).await;
    let at = post(&world, "w1").await;
    joins(&world, "patrol.shiqi", Role::PatrolInspector).await;
    let photo = uploaded(&world, "patrol.shiqi").await.id.to_string();
    let finding = found(&world, "patrol.shiqi", json!({ "post": at["id"], "files": [photo] })).await;
    // Whoever finds does not decide what follows.
    let open = json!({ "problem": "窗口秩序松散", "cause": "CONDUCT", "owner": me["id"] });
    let rectify = with(&finding, open);
    let not = refused(&world, "patrol.shiqi", "rectifyFinding", "RectifyFindingInput", rectify.clone()).await;
    assert_eq!(not, ["FORBIDDEN"]);
    let row = does(&world, ADMIN, "rectifyFinding", "RectifyFindingInput", rectify.clone()).await;
    let twice = refused(&world, ADMIN, "rectifyFinding", "RectifyFindingInput", rectify).await;
    assert_eq!(twice, ["INVALID", "improvement.finding_decided"]);
    let seen = world.ok("patrol.shiqi", FINDINGS, json!({})).await["findings"][0].clone();
    assert_eq!((&seen["task"], &seen["finding"]["status"]), (&row["id"], &json!("TASKED")));
    assert_eq!(seen["files"], json!([{ "kind": "JPEG" }]));

    // Fifteen working days over the Spring Festival.
    let shown = page(&world, STAFF, &row).await;
    assert_eq!(shown["row"]["task"]["dueOn"], "2026-03-12");
    assert_eq!((&shown["row"]["post"], &shown["actions"]), (&json!("岗位w1"), &json!(["PLAN", "NOTE"])));
    assert_eq!(shown["origins"][0]["finding"], "两名人员在窗口闲聊，群众等候无人应答。");
    let mine = listed(&world, STAFF, "MINE").await;
    assert_eq!((&mine["counts"]["mine"], mine["rows"].as_array().unwrap().len()), (&json!(1), 1));

    let early = with(&row, json!({ "text": "已整改。" }));
    assert_eq!(refused(&world, STAFF, "submitRectification", PROVE, early).await, ["INVALID", "improvement.step"]);
    let old = row.clone();
    let row = handed_in(&world, STAFF, ADMIN, row).await;
    let stale = with(&old, json!({ "reason": "材料不全", "days": 3 }));
    assert_eq!(
        refused(&world, ADMIN, "sendRectificationBack", "SendRectificationBackInput", stale.clone()).await,
        ["STALE"]
    );
    let silent = with(&row, json!({ "reason": " ", "days": 0 }));
    let silent = refused(&world, ADMIN, "sendRectificationBack", "SendRectificationBackInput", silent).await;
    assert_eq!(silent, ["INVALID", "form.required", "improvement.days"]);
    let back = with(&row, json!({ "reason": "缺巡查记录", "days": 3 }));
    let row = does(&world, ADMIN, "sendRectificationBack", "SendRectificationBackInput", back).await;
    let shown = page(&world, STAFF, &row).await;
    assert_eq!((&shown["row"]["task"]["status"], &shown["actions"]), (&json!("RETURNED"), &json!(["SUBMIT", "NOTE"])));
    assert_eq!(shown["row"]["task"]["dueOn"], "2026-02-25", "three working days from now");
    let proof = uploaded(&world, STAFF).await.id.to_string();
    let again = with(&row, json!({ "text": "补交巡查记录。", "files": [proof] }));
    let row = does(&world, STAFF, "submitRectification", PROVE, again).await;
    assert_eq!(listed(&world, ADMIN, "TO_JUDGE").await["counts"]["toJudge"], 1);
    let not = refused(&world, STAFF, "acceptRectification", STEP, with(&row, json!({}))).await;
    assert_eq!(not, ["FORBIDDEN"]);
    let row = does(&world, ADMIN, "acceptRectification", STEP, with(&row, json!({ "note": "现场已看。" }))).await;
    let look = with(&row, json!({ "text": "连续四周无闲聊。" }));
    let early = refused(&world, ADMIN, "recheckRectification", PROVE, look.clone()).await;
    assert_eq!(early, ["INVALID", "improvement.too_early"]);
    world.wait_days(29);
    assert_eq!(listed(&world, ADMIN, "TO_RECHECK").await["counts"]["toRecheck"], 0);
    world.wait_days(1);
    assert_eq!(listed(&world, ADMIN, "TO_RECHECK").await["counts"]["toRecheck"], 1);
    let row = does(&world, SUPERVISOR, "recheckRectification", PROVE, look).await;
    let row = does(&world, ADMIN, "closeRectification", STEP, with(&row, json!({}))).await;
    let shown = page(&world, STAFF, &row).await;
    let log = shown["events"].as_array().unwrap();
    let actions: Vec<_> = log.iter().map(|line| line["action"].as_str().unwrap()).collect();
    let course = ["OPEN", "PLAN", "AGREE", "SUBMIT", "SEND_BACK", "SUBMIT", "ACCEPT", "RECHECK", "CLOSE"];
    assert_eq!((actions, &shown["actions"]), (course.to_vec(), &json!([])));
    assert_eq!((&log[5]["files"], &log[5]["actor"]), (&json!([{ "kind": "JPEG" }]), &json!("staff of shiqi")));
    assert_eq!(log[6]["on"], "2026-03-15");
    let verbs = world.audit_verbs("shiqi").await;
    let steps: Vec<_> = verbs.iter().filter(|verb| verb.starts_with("rectification_")).map(String::as_str).collect();
    let expected =
        ["opened", "planned", "agreed", "submitted", "sent_back", "submitted", "accepted", "rechecked", "closed"];
    assert_eq!(steps, expected.map(|verb| format!("rectification_{verb}")));
});

both_dbs!(a_finding_without_consequence_says_why, |test| async move {
    let world = World::new(test);
    let finding = found(&world, SUPERVISOR, json!({})).await;
    let decide = |reason: &str| with(&finding, json!({ "reason": reason }));
    let silent = refused(&world, ADMIN, "dismissFinding", "DismissFindingInput", decide("")).await;
    assert_eq!(silent, ["INVALID", "form.required"]);
    does(&world, ADMIN, "dismissFinding", "DismissFindingInput", decide("系统故障，与人员无关。")).await;
    let again = refused(&world, ADMIN, "dismissFinding", "DismissFindingInput", decide("再次")).await;
    assert_eq!(again, ["INVALID", "improvement.finding_decided"]);
    let later = json!({ "on": "2026-02-14", "supervision": "SOCIAL", "area": "OTHER", "description": "x" });
    let later = refused(&world, ADMIN, "recordFinding", "RecordFindingInput", later).await;
    assert_eq!(later, ["INVALID", "form.date_in_future"]);
});

both_dbs!(nobody_judges_their_own_task, |test| async move {
    let world = World::new(test);
    let me = worker(&world, SUPERVISOR).await;
    let row = task(&world, &me, Value::Null).await;
    let measures = with(&row, json!({ "rootCause": "漏查", "measures": "补查" }));
    let row = does(&world, SUPERVISOR, "planRectification", "PlanRectificationInput", measures).await;
    let own = async |verb: &str, kind: &str, row: &Value, more: Value| {
        assert_eq!(refused(&world, SUPERVISOR, verb, kind, with(row, more)).await, ["INVALID", "improvement.own_task"]);
    };
    own("agreeRectification", STEP, &row, json!({})).await;
    let row = does(&world, ADMIN, "agreeRectification", STEP, with(&row, json!({}))).await;
    let done = with(&row, json!({ "text": "已补查。" }));
    let row = does(&world, SUPERVISOR, "submitRectification", PROVE, done).await;
    own("acceptRectification", STEP, &row, json!({})).await;
    own("sendRectificationBack", "SendRectificationBackInput", &row, json!({ "reason": "x" })).await;
    let row = does(&world, ADMIN, "acceptRectification", STEP, with(&row, json!({}))).await;
    world.wait_days(30);
    own("recheckRectification", PROVE, &row, json!({ "text": "看过" })).await;
    // The owner alone plans and hands in, and needs an account to do so.
    let other = task(&world, &me, Value::Null).await;
    let plan = with(&other, json!({ "rootCause": "x", "measures": "y" }));
    let not = refused(&world, ADMIN, "planRectification", "PlanRectificationInput", plan).await;
    assert_eq!(not, ["INVALID", "improvement.not_yours"]);
    let nobody = person(&world, "S9", json!({})).await;
    let to = with(&other, json!({ "owner": nobody["id"] }));
    let not = refused(&world, ADMIN, "assignRectification", "AssignRectificationInput", to).await;
    assert_eq!(not, ["INVALID", "improvement.no_account"]);
});

both_dbs!(a_complaint_found_right_leads_to_one_task_with_the_case_linked, |test| async move {
    const RECTIFY: (&str, &str) = ("rectifyComplaint", "RectifyComplaintInput");
    let world = World::new(test);
    joins(&world, "helper.shiqi", Role::PostStaff).await;
    let helper = worker(&world, "helper.shiqi").await;
    let (case, _) = world.investigating(json!({})).await;
    let open = json!({ "id": case["id"], "problem": "叫号系统无人值守", "cause": "PROCEDURE", "owner": helper["id"] });
    let early = refused(&world, "handler.shiqi", RECTIFY.0, RECTIFY.1, open.clone()).await;
    assert_eq!(early, ["INVALID", "improvement.not_substantiated"]);
    let conclusion = json!({ "outcome": "SUBSTANTIATED", "finding": "属实。" });
    let case = world.step(STAFF, "proposeConclusion", &case, conclusion).await;
    let early = refused(&world, "handler.shiqi", RECTIFY.0, RECTIFY.1, open.clone()).await;
    assert_eq!(early, ["INVALID", "improvement.not_substantiated"], "a proposal is no outcome yet");
    world.step(ADMIN, "approveConclusion", &case, json!({})).await;
    assert_eq!(refused(&world, STAFF, RECTIFY.0, RECTIFY.1, open.clone()).await, ["FORBIDDEN"]);
    assert_eq!(refused(&world, "handler.xiaolan", RECTIFY.0, RECTIFY.1, open.clone()).await, ["NOT_FOUND"]);
    let row = does(&world, "handler.shiqi", RECTIFY.0, RECTIFY.1, open.clone()).await;
    let twice = refused(&world, ADMIN, RECTIFY.0, RECTIFY.1, open).await;
    assert_eq!(twice, ["INVALID", "improvement.opened_already"]);
    let origin = page(&world, ADMIN, &row).await["origins"][0].clone();
    assert_eq!((&origin["kind"], &origin["complaint"]), (&json!("COMPLAINT"), &case["id"]));
    assert_eq!(origin["number"], case["number"]);
    // Whoever puts it right knows what is wrong, not whose case it was.
    let origin = page(&world, "helper.shiqi", &row).await["origins"][0].clone();
    assert_eq!((&origin["complaint"], &origin["number"]), (&Value::Null, &Value::Null));
    let of_case = async |login: &str| {
        let asked = json!({ "q": "ALL", "c": case["id"] });
        world.ok(login, LIST, asked).await["rectifications"]["rows"].as_array().unwrap().len()
    };
    let seen = [of_case(ADMIN).await, of_case("handler.shiqi").await, of_case("helper.shiqi").await];
    assert_eq!(seen, [1, 1, 0]);
});

both_dbs!(the_same_cause_at_the_same_post_within_ninety_days_opens_the_task_again, |test| async move {
    let world = World::new(test);
    let me = worker(&world, STAFF).await;
    let (here, there) = (post(&world, "w1").await, post(&world, "w2").await);
    let row = task(&world, &me, here["id"].clone()).await;
    let first = accepted(&world, STAFF, row).await;
    world.wait_days(89);
    let elsewhere = task(&world, &me, there["id"].clone()).await;
    assert_ne!(elsewhere["id"], first["id"]);
    let again = task(&world, &me, here["id"].clone()).await;
    assert_eq!(again["id"], first["id"]);
    let shown = page(&world, ADMIN, &again).await;
    let task_row = &shown["row"]["task"];
    assert_eq!((&task_row["status"], &task_row["recurrences"]), (&json!("RETURNED"), &json!(1)));
    assert_eq!((&task_row["recheckOn"], shown["origins"].as_array().unwrap().len()), (&Value::Null, 2));
    let last = shown["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["action"], &last["body"]), (&json!("REOPEN"), &json!("窗口秩序松散")));
    // Put right once more, and long ago by now: then it is another one.
    let done = with(&again, json!({ "text": "再次整改。" }));
    let row = does(&world, STAFF, "submitRectification", PROVE, done).await;
    does(&world, ADMIN, "acceptRectification", STEP, with(&row, json!({}))).await;
    world.wait_days(91);
    assert_ne!(task(&world, &me, here["id"].clone()).await["id"], first["id"]);
});

both_dbs!(a_task_whose_day_is_over_is_marked_once_by_the_sweep, |test| async move {
    let world = World::new(test);
    let me = worker(&world, STAFF).await;
    let row = task(&world, &me, Value::Null).await;
    let days = with(&row, json!({ "owner": me["id"], "days": 2 }));
    let row = does(&world, ADMIN, "assignRectification", "AssignRectificationInput", days).await;
    world.app.clock.set("2026-02-24T02:00:00Z".parse().unwrap());
    sweep(&world.app).await.unwrap();
    assert_eq!(listed(&world, STAFF, "OVERDUE").await["rows"], json!([]), "the day itself is in time");
    world.app.clock.set("2026-02-25T02:00:00Z".parse().unwrap());
    for _ in 0..2 {
        sweep(&world.app).await.unwrap();
    }
    assert_eq!(listed(&world, STAFF, "OVERDUE").await["rows"][0]["late"], true);
    let shown = page(&world, STAFF, &row).await;
    let marks: Vec<_> =
        shown["events"].as_array().unwrap().iter().filter(|line| line["action"] == "OVERDUE").cloned().collect();
    assert_eq!(marks.len(), 1);
    assert_eq!((&marks[0]["actor"], &marks[0]["on"]), (&Value::Null, &json!("2026-02-24")));
    // With another day it may be late once more.
    let more = with(&shown["row"]["task"], json!({ "owner": me["id"], "days": 1 }));
    does(&world, ADMIN, "assignRectification", "AssignRectificationInput", more).await;
    assert_eq!(listed(&world, STAFF, "OVERDUE").await["rows"], json!([]));
    world.app.clock.set("2026-02-27T02:00:00Z".parse().unwrap());
    sweep(&world.app).await.unwrap();
    assert_eq!(listed(&world, STAFF, "OVERDUE").await["counts"]["overdue"], 1);
});

/// A plan of `owner` with one measure, up to where its effect is measured.
async fn carried_out(world: &World, owner: &Value, target: i64) -> Value {
    let start = json!({ "problem": "等候时间长", "cause": "STAFFING", "owner": owner["id"] });
    let row = does(world, ADMIN, "startImprovement", "StartImprovementInput", start).await;
    let goal = json!({ "indicator": "WAITING_MINUTES", "baseline": 285, "target": target, "on": "2026-06-30" });
    let row = does(world, STAFF, "setImprovementGoal", "SetImprovementGoalInput", with(&row, goal)).await;
    let measure = json!({ "text": "午间增开一个窗口", "owner": owner["id"], "dueOn": "2026-03-31" });
    let row = does(world, STAFF, "addImprovementMeasure", "AddImprovementMeasureInput", with(&row, measure)).await;
    let cause = json!({ "rootCause": "午间只开两个窗口。" });
    let row = does(world, STAFF, "planImprovement", "PlanImprovementInput", with(&row, cause)).await;
    let row = does(world, ADMIN, "approveImprovement", "ApproveImprovementInput", with(&row, json!({}))).await;
    let row = does(world, STAFF, "executeImprovement", "SeenImprovementInput", with(&row, json!({}))).await;
    let shown = world.ok(STAFF, PLAN, json!({ "id": row["id"] })).await["improvementPlan"].clone();
    let done = json!({ "measure": shown["measures"][0]["id"], "note": "3月2日起已增开。" });
    does(world, STAFF, "finishImprovementMeasure", "FinishImprovementMeasureInput", with(&row, done)).await
}

both_dbs!(a_plan_goes_from_its_goal_to_a_second_measurement_by_somebody_else, |test| async move {
    const CHECK: (&str, &str) = ("verifyImprovement", "VerifyImprovementInput");
    let world = World::new(test);
    let me = worker(&world, STAFF).await;
    let row = carried_out(&world, &me, 200).await;
    let shown = async |row: &Value| world.ok(ADMIN, PLAN, json!({ "id": row["id"] })).await["improvementPlan"].clone();
    let seen = shown(&row).await;
    assert_eq!(seen["row"]["plan"]["status"], "CHECKING");
    assert_eq!((&seen["row"]["plan"]["checkFrom"], &seen["row"]["done"]), (&json!("2026-03-15"), &json!(1)));
    let check =
        |measured: i64, on: &str| with(&row, json!({ "measured": measured, "method": "叫号系统统计", "on": on }));
    let early = refused(&world, ADMIN, CHECK.0, CHECK.1, check(195, "2026-02-13")).await;
    assert_eq!(early, ["INVALID", "improvement.too_early"]);
    world.wait_days(31);
    assert_eq!(refused(&world, STAFF, CHECK.0, CHECK.1, check(195, "2026-03-15")).await, ["FORBIDDEN"]);
    let before = refused(&world, ADMIN, CHECK.0, CHECK.1, check(195, "2026-03-14")).await;
    assert_eq!(before, ["INVALID", "improvement.too_early"], "measured while it was not yet at work");
    let row = does(&world, ADMIN, CHECK.0, CHECK.1, check(195, "2026-03-16")).await;
    let seen = shown(&row).await;
    let plan = &seen["row"]["plan"];
    assert_eq!((&plan["status"], &plan["result"]), (&json!("EFFECTIVE"), &json!("MET")));
    let apply = with(&row, json!({ "appliedAs": "RULE_CHANGE", "note": "写入窗口排班制度。" }));
    let row = does(&world, ADMIN, "applyImprovement", "ApplyImprovementInput", apply).await;
    let row = does(&world, ADMIN, "closeImprovement", "SeenImprovementInput", with(&row, json!({}))).await;
    let seen = shown(&row).await;
    let log: Vec<_> = seen["events"].as_array().unwrap().iter().map(|line| line["action"].as_str().unwrap()).collect();
    let course = [
        "START",
        "SET_GOAL",
        "ADD_MEASURE",
        "PLAN",
        "APPROVE",
        "EXECUTE",
        "FINISH_MEASURE",
        "VERIFY",
        "APPLY",
        "CLOSE",
    ];
    assert_eq!((log, &seen["actions"]), (course.to_vec(), &json!([])));
    assert_eq!(seen["events"][1]["body"], "28.5 → 20");
});

both_dbs!(a_plan_that_has_not_worked_is_followed_by_another, |test| async move {
    let world = World::new(test);
    let me = worker(&world, STAFF).await;
    let row = carried_out(&world, &me, 100).await;
    world.wait_days(31);
    let check = with(&row, json!({ "measured": 195, "method": "叫号系统统计", "on": "2026-03-16" }));
    let row = does(&world, SUPERVISOR, "verifyImprovement", "VerifyImprovementInput", check).await;
    let plan = world.ok(ADMIN, PLAN, json!({ "id": row["id"] })).await["improvementPlan"].clone();
    assert_eq!(plan["row"]["plan"]["status"], "NOT_EFFECTIVE");
    assert_eq!((&plan["row"]["plan"]["result"], &plan["actions"]), (&json!("PARTLY"), &json!(["RENEW"])));
    let renew = with(&row, json!({}));
    let next = does(&world, ADMIN, "renewImprovement", "SeenImprovementInput", renew.clone()).await;
    assert_ne!(next["id"], row["id"]);
    let seen = world.ok(ADMIN, PLAN, json!({ "id": next["id"] })).await["improvementPlan"].clone();
    assert_eq!((&seen["row"]["plan"]["follows"], &seen["row"]["plan"]["status"]), (&row["id"], &json!("IDENTIFIED")));
    let old = world.ok(ADMIN, PLAN, json!({ "id": row["id"] })).await["improvementPlan"].clone();
    assert_eq!((&old["row"]["plan"]["status"], &old["next"]), (&json!("CLOSED"), &next["id"]));
    let twice = refused(&world, ADMIN, "renewImprovement", "SeenImprovementInput", renew).await;
    assert_eq!(twice, ["INVALID", "improvement.plan_step"]);
    // A goal has to be better, and a plan has to do something.
    let goal = |target: i64| {
        with(
            &next,
            json!({ "indicator": "WAITING_MINUTES", "baseline": 195, "target": target,
        "on": "2026-06-30" }),
        )
    };
    let worse = refused(&world, STAFF, "setImprovementGoal", "SetImprovementGoalInput", goal(300)).await;
    assert_eq!(worse, ["INVALID", "improvement.no_better"]);
    let row = does(&world, STAFF, "setImprovementGoal", "SetImprovementGoalInput", goal(150)).await;
    let empty = with(&row, json!({ "rootCause": "人手不足" }));
    let empty = refused(&world, STAFF, "planImprovement", "PlanImprovementInput", empty).await;
    assert_eq!(empty, ["INVALID", "improvement.no_measure"]);
    let measure = json!({ "text": "错峰叫号", "owner": me["id"], "dueOn": "2026-04-30" });
    let row = does(&world, STAFF, "addImprovementMeasure", "AddImprovementMeasureInput", with(&row, measure)).await;
    let seen = world.ok(STAFF, PLAN, json!({ "id": row["id"] })).await["improvementPlan"].clone();
    let drop = with(&row, json!({ "measure": seen["measures"][0]["id"] }));
    does(&world, STAFF, "dropImprovementMeasure", "DropImprovementMeasureInput", drop).await;
    let seen = world.ok(STAFF, PLAN, json!({ "id": row["id"] })).await["improvementPlan"].clone();
    assert_eq!((&seen["measures"], &seen["drops"]), (&json!([]), &json!(true)));
});

both_dbs!(each_sees_what_is_theirs_and_no_center_anothers, |test| async move {
    let world = World::new(test);
    let me = worker(&world, STAFF).await;
    joins(&world, "lead.shiqi", Role::PostLead).await;
    let lead = worker(&world, "lead.shiqi").await;
    let at = post(&world, "w1").await;
    let named = with(&at, json!({ "lead": lead["id"] }));
    does(&world, ADMIN, "namePostLead", "NameLeadInput", named).await;
    let (mine, other) = (task(&world, &me, Value::Null).await, task(&world, &lead, at["id"].clone()).await);
    let seen = async |login: &str| listed(&world, login, "ALL").await["rows"].as_array().unwrap().len();
    let numbers = [seen(ADMIN).await, seen(SUPERVISOR).await, seen(STAFF).await, seen("lead.shiqi").await];
    assert_eq!(numbers, [2, 2, 1, 1]);
    assert_eq!(seen("handler.shiqi").await, 0);
    assert_eq!(world.refused(STAFF, PAGE, json!({ "id": other["id"] })).await, ["NOT_FOUND"]);
    for login in ["admin.xiaolan", "staff.xiaolan"] {
        assert_eq!(seen(login).await, 0, "{login}");
        assert_eq!(world.refused(login, PAGE, json!({ "id": mine["id"] })).await, ["NOT_FOUND"], "{login}");
    }
    for login in ["city.zs", "auditor.zs"] {
        assert_eq!(world.refused(login, LIST, json!({})).await, ["FORBIDDEN"], "{login}");
    }
    // Somebody who writes down what is true of it needs no newest version.
    let note = json!({ "id": mine["id"], "text": "本周人手不足。" });
    does(&world, STAFF, "noteRectification", "NoteRectificationInput", note.clone()).await;
    let not = refused(&world, "lead.shiqi", "noteRectification", "NoteRectificationInput", note).await;
    assert_eq!(not, ["NOT_FOUND"]);
});

both_dbs!(a_look_at_improvement_costs_the_same_however_much_there_is, |test| async move {
    let world = World::new(test);
    let me = worker(&world, STAFF).await;
    let plans = "{ improvementPlans { owner measures done late plan { id } } }";
    let mut seen = Vec::new();
    for (from, until) in [(0, 2), (2, 8)] {
        let (mut last, mut plan) = (Value::Null, Value::Null);
        for n in from..until {
            let at = post(&world, &format!("w{n}")).await;
            let row = task(&world, &me, at["id"].clone()).await;
            last = handed_in(&world, STAFF, ADMIN, row).await;
            plan = carried_out(&world, &me, 200).await;
        }
        let scope = world.test.scope(ADMIN).await;
        let mut numbers = Vec::new();
        for (query, variables) in [
            (LIST, json!({ "q": "ALL" })),
            (PAGE, json!({ "id": last["id"] })),
            (FINDINGS, json!({})),
            (plans, json!({})),
            (PLAN, json!({ "id": plan["id"] })),
        ] {
            world.run_in(Some(scope.clone()), query, variables.clone()).await;
            let (answer, statements) = counted(world.run_in(Some(scope.clone()), query, variables)).await;
            assert!(answer.get("errors").is_none(), "{answer:#}");
            numbers.push(statements.len());
        }
        seen.push(numbers);
    }
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0].iter().all(|statements| *statements >= 2), "the counting has gone blind: {seen:?}");
});
