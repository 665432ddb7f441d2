//! Standards management: the register, the plan of a year, officers with their trainings, self-audits, and what is missing.

use domain::permission::Role;
use serde_json::{Value, json};
use server::both_dbs;

use crate::{
    posts::{ADMIN, does, joins, person, refused},
    statements::counted,
    world::World,
};

const OFFICER: &str = "officer.shiqi";
const DESK: &str = "query D($y: Int) { managedStandards(year: $y) { checks { check standing breachOn count } \
    standards { standard { id version number status adoptedOn reviewDue successor } reviewLate } \
    plan { year adoption { year adoptedOn } adoptedBy percent tasks { late task { title progress reason doneOn } } } \
    officers { current trainedOn term { id version staff fullTime duties until } } \
    audits { audit { scope auditor } findings { late closedBy finding { id version result closedOn evidence } } } \
    people { name } } }";
const PAGE: &str = "query P($id: ManagedStandardId!) { managedStandard(id: $id) { owner actions \
    row { reviewLate standard { status reviewDue } } successor { number } replaces { number } successors { number } \
    events { action status note actor } } }";

async fn desk(world: &World, login: &str) -> Value {
    world.ok(login, DESK, json!({})).await["managedStandards"].clone()
}

async fn page(world: &World, login: &str, standard: &Value) -> Value {
    world.ok(login, PAGE, json!({ "id": standard["id"] })).await["managedStandard"].clone()
}

/// How a check stands, and from which day on something is amiss.
async fn check(world: &World, which: &str) -> (Value, Value) {
    let desk = desk(world, OFFICER).await;
    let found = desk["checks"].as_array().unwrap().iter().find(|one| one["check"] == which).unwrap().clone();
    (found["standing"].clone(), found["breachOn"].clone())
}

fn with(row: &Value, more: Value) -> Value {
    let mut input = json!({ "id": row["id"], "version": row["version"] });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

fn standard(owner: &Value, more: Value) -> Value {
    let mut input = json!({ "number": "Q/SQZW 001—2026", "title": "一次性告知工作要求", "level": "INTERNAL",
        "edition": "第1版", "owner": owner["id"] });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

async fn registered(world: &World, owner: &Value, more: Value) -> Value {
    does(world, OFFICER, "registerStandard", "RegisterStandardInput", standard(owner, more)).await
}

/// The center with its officer, who is on the staff.
async fn with_officer(world: &World) -> Value {
    joins(world, OFFICER, Role::StandardsOfficer).await;
    let account = world.account(OFFICER).await;
    person(world, "S1", json!({ "accountId": account })).await
}

both_dbs!(a_standard_goes_from_draft_to_its_successor_with_each_step_on_record, |test| async move {
    const STEP: &str = "StandardStepInput";
    let world = World::new(test);
    let me = with_officer(&world).await;
    let take = async |verb: &str, kind: &str, row: &Value, more: Value| {
        does(&world, OFFICER, verb, kind, with(row, more)).await
    };
    let refuse = async |verb: &str, kind: &str, row: &Value, more: Value| {
        refused(&world, OFFICER, verb, kind, with(row, more)).await
    };
    let row = registered(&world, &me, json!({})).await;
    let again = standard(&me, json!({ "title": "同号" }));
    let taken = refused(&world, OFFICER, "registerStandard", "RegisterStandardInput", again.clone()).await;
    assert_eq!(taken, ["INVALID", "standards.number_taken"]);
    assert_eq!(refuse("issueStandard", STEP, &row, json!({})).await, ["INVALID", "standards.step"]);
    let silent = refuse("consultOnStandard", "ConsultOnStandardInput", &row, json!({ "note": " " })).await;
    assert_eq!(silent, ["INVALID", "form.required"]);
    let asked = json!({ "note": "各窗口组长无修改意见。" });
    let old = row.clone();
    let row = take("consultOnStandard", "ConsultOnStandardInput", &row, asked.clone()).await;
    let row = take("issueStandard", STEP, &row, json!({})).await;
    assert_eq!(refuse("enforceStandard", "EnforceStandardInput", &old, json!({ "on": "2026-02-10" })).await, ["STALE"]);
    let ahead = refuse("enforceStandard", "EnforceStandardInput", &row, json!({ "on": "2026-02-14" })).await;
    assert_eq!(ahead, ["INVALID", "form.date_in_future"]);
    let row = take("enforceStandard", "EnforceStandardInput", &row, json!({ "on": "2026-02-10" })).await;
    let of = |page: &Value| page["row"]["standard"].clone();
    let in_force = json!({ "status": "IN_FORCE", "reviewDue": "2029-02-10" });
    assert_eq!(of(&page(&world, OFFICER, &row).await), in_force, "three years unless said otherwise");
    // Nothing in force goes without a review.
    let rash = json!({ "reason": "不再需要" });
    let rash = refuse("withdrawStandard", "WithdrawStandardInput", &row, rash).await;
    assert_eq!(rash, ["INVALID", "standards.step"]);
    let row = take("beginStandardReview", STEP, &row, json!({})).await;
    let early = json!({ "note": "仍然适用。", "reviewDue": "2026-02-13" });
    let early = refuse("confirmStandard", "ConfirmStandardInput", &row, early).await;
    assert_eq!(early, ["INVALID", "standards.review_before"]);
    let row = take("confirmStandard", "ConfirmStandardInput", &row, json!({ "note": "仍然适用。" })).await;
    let row = take("beginStandardReview", STEP, &row, json!({ "note": "窗口调整后再审。" })).await;
    let draft = registered(&world, &me, json!({ "number": "Q/SQZW 002—2026" })).await;
    let next = registered(&world, &me, json!({ "number": "Q/SQZW 001—2027", "adoptedOn": "2026-02-12" })).await;
    for wrong in [&row, &draft] {
        let found = refuse("reviseStandard", "ReviseStandardInput", &row, json!({ "successor": wrong["id"] })).await;
        assert_eq!(found, ["INVALID", "standards.successor"]);
    }
    let seen = page(&world, OFFICER, &row).await;
    assert_eq!(seen["successors"], json!([{ "number": "Q/SQZW 001—2027" }]));
    assert_eq!(seen["actions"], json!(["CONFIRM", "REVISE", "WITHDRAW"]));
    let row = take("reviseStandard", "ReviseStandardInput", &row, json!({ "successor": next["id"] })).await;
    let seen = page(&world, "staff.shiqi", &row).await;
    assert_eq!((&seen["successor"], &seen["actions"]), (&json!({ "number": "Q/SQZW 001—2027" }), &json!([])));
    assert_eq!(page(&world, OFFICER, &next).await["replaces"], json!([{ "number": "Q/SQZW 001—2026" }]));
    let log: Vec<_> = seen["events"].as_array().unwrap().iter().map(|e| e["action"].as_str().unwrap_or("")).collect();
    assert_eq!(log, ["", "CONSULT", "ISSUE", "ENFORCE", "REVIEW", "CONFIRM", "REVIEW", "REVISE"]);
    assert_eq!((&seen["events"][1]["note"], &seen["events"][1]["actor"]), (&asked["note"], &json!(OFFICER)));
    // It stays as it is, and its number is free again.
    let fixed = refuse("editStandard", "EditStandardInput", &row, again.clone()).await;
    assert_eq!(fixed, ["INVALID", "standards.over"]);
    does(&world, OFFICER, "registerStandard", "RegisterStandardInput", again).await;
    let verbs = world.audit_verbs("shiqi").await;
    let steps: Vec<_> = verbs.iter().filter(|verb| verb.starts_with("standard_")).collect();
    let expected = ["registered", "consulted_on", "issued", "enforced", "review_begun", "confirmed", "review_begun"];
    assert_eq!(steps[..7], expected.map(|verb| format!("standard_{verb}")).iter().collect::<Vec<_>>());
});

both_dbs!(what_was_filled_in_is_corrected_and_days_belong_to_what_is_in_force, |test| async move {
    const EDIT: (&str, &str) = ("editStandard", "EditStandardInput");
    let world = World::new(test);
    let me = with_officer(&world).await;
    let draft = registered(&world, &me, json!({})).await;
    let days = with(&draft, standard(&me, json!({ "adoptedOn": "2026-02-01", "reviewDue": "2027-02-01" })));
    assert_eq!(refused(&world, ADMIN, EDIT.0, EDIT.1, days).await, ["INVALID", "standards.not_in_force"]);
    let number = json!({ "number": "DB4420/T 29—2023", "level": "LOCAL", "adoptedOn": "2023-08-26" });
    let row = registered(&world, &me, number.clone()).await;
    let mut change = standard(&me, number);
    change["title"] = json!("政务服务人员行为规范");
    assert_eq!(refused(&world, ADMIN, EDIT.0, EDIT.1, with(&row, change.clone())).await, ["INVALID", "form.required"]);
    change["reviewDue"] = json!("2026-02-12");
    let old = with(&row, change);
    does(&world, ADMIN, EDIT.0, EDIT.1, old.clone()).await;
    assert_eq!(refused(&world, ADMIN, EDIT.0, EDIT.1, old).await, ["STALE"]);
    let rows = desk(&world, "handler.shiqi").await["standards"].clone();
    let late: Vec<_> =
        rows.as_array().unwrap().iter().map(|row| (&row["standard"]["number"], &row["reviewLate"])).collect();
    assert_eq!(late, [(&json!("DB4420/T 29—2023"), &json!(true)), (&json!("Q/SQZW 001—2026"), &json!(false))]);
    assert_eq!(check(&world, "REVIEWS_DONE").await, (json!("BREACH"), json!("2026-02-13")));
});

both_dbs!(a_plan_is_adopted_once_by_somebody_and_its_tasks_stay_as_they_are, |test| async move {
    const ADOPT: &str = "mutation A($i: AdoptYearPlanInput!) { adoptYearPlan(input: $i) { year adoptedOn } }";
    const MOVE: (&str, &str) = ("movePlanTask", "MovePlanTaskInput");
    let world = World::new(test);
    let me = with_officer(&world).await;
    let adopt = |year| json!({ "i": { "year": year } });
    assert_eq!(world.refused(OFFICER, ADOPT, adopt(2026)).await, ["INVALID", "standards.plan_empty"]);
    assert_eq!(world.refused(OFFICER, ADOPT, adopt(2025)).await, ["INVALID", "standards.plan_year"]);
    assert_eq!(check(&world, "PLAN_ADOPTED").await, (json!("DUE"), json!("2026-04-01")));
    let task = |title: &str, due: &str| json!({ "year": 2026, "title": title, "owner": me["id"], "dueOn": due });
    let add =
        async |title: &str, due: &str| does(&world, OFFICER, "addPlanTask", "PlanTaskInput", task(title, due)).await;
    let outside = refused(&world, OFFICER, "addPlanTask", "PlanTaskInput", task("跨年", "2027-01-31")).await;
    assert_eq!(outside, ["INVALID", "standards.task_year"]);
    let (one, two) = (add("标准化培训", "2026-02-12").await, add("中期自查", "2026-07-31").await);
    let three = add("交流活动", "2026-10-31").await;
    let given_up = json!({ "progress": "DROPPED", "reason": "与年中自查合并" });
    let four = add("专项自查", "2026-09-30").await;
    let four = does(&world, OFFICER, MOVE.0, MOVE.1, with(&four, given_up)).await;
    let edit = with(&four, task("专项自查", "2026-11-30"));
    let edit = refused(&world, OFFICER, "editPlanTask", "EditPlanTaskInput", edit).await;
    assert_eq!(edit, ["INVALID", "standards.task_step"], "what was dropped stays as it was");
    let edit = with(&two, task("年中自查", "2026-06-30"));
    let two = does(&world, ADMIN, "editPlanTask", "EditPlanTaskInput", edit).await;
    world.ok(OFFICER, ADOPT, adopt(2026)).await;
    assert_eq!(world.refused(ADMIN, ADOPT, adopt(2026)).await, ["INVALID", "standards.adopted_already"]);
    assert_eq!(check(&world, "PLAN_ADOPTED").await, (json!("FINE"), json!("2027-04-01")));
    let fixed = with(&two, task("年中自查", "2026-12-31"));
    let fixed = refused(&world, OFFICER, "editPlanTask", "EditPlanTaskInput", fixed).await;
    assert_eq!(fixed, ["INVALID", "standards.plan_adopted"]);
    let to = |progress: &str, reason: Value| json!({ "progress": progress, "reason": reason });
    does(&world, OFFICER, MOVE.0, MOVE.1, with(&one, to("DONE", Value::Null))).await;
    let bare = refused(&world, OFFICER, MOVE.0, MOVE.1, with(&three, to("DROPPED", Value::Null))).await;
    assert_eq!(bare, ["INVALID", "form.required"]);
    let three = does(&world, OFFICER, MOVE.0, MOVE.1, with(&three, to("DROPPED", json!("并入市级活动")))).await;
    let back = refused(&world, OFFICER, MOVE.0, MOVE.1, with(&three, to("OPEN", Value::Null))).await;
    assert_eq!(back, ["INVALID", "standards.task_step"]);
    let plan = desk(&world, "supervisor.shiqi").await["plan"].clone();
    assert_eq!((&plan["percent"], &plan["adoptedBy"]), (&json!(50), &json!(OFFICER)));
    assert_eq!(plan["adoption"], json!({ "year": 2026, "adoptedOn": "2026-02-13" }));
    let shown = |late, title, progress, reason: Value, done: Value| json!({ "late": late, "task": { "title": title, "progress": progress, "reason": reason, "doneOn": done } });
    let expected = json!([
        shown(true, "标准化培训", "DONE", Value::Null, json!("2026-02-13")),
        shown(false, "年中自查", "OPEN", Value::Null, Value::Null),
        shown(false, "专项自查", "DROPPED", json!("与年中自查合并"), Value::Null),
        shown(false, "交流活动", "DROPPED", json!("并入市级活动"), Value::Null),
    ]);
    assert_eq!(plan["tasks"], expected);
    let next = world.ok(OFFICER, DESK, json!({ "y": 2027 })).await["managedStandards"].clone();
    assert_eq!((&next["plan"]["year"], &next["plan"]["tasks"]), (&json!(2027), &json!([])));
    assert_eq!(next["checks"][0]["standing"], "FINE", "the checks are this year's");
    let far = world.refused(OFFICER, DESK, json!({ "y": 3000 })).await;
    assert_eq!(far, ["INVALID", "calendar.date_out_of_range"]);
});

both_dbs!(two_who_adopt_a_plan_at_once_adopt_it_once, |test| async move {
    const ADOPT: &str = "mutation { adoptYearPlan(input: { year: 2026 }) { year } }";
    let world = World::new(test.with_connections(4).await);
    let me = with_officer(&world).await;
    let task = json!({ "year": 2026, "title": "标准化培训", "owner": me["id"], "dueOn": "2026-06-30" });
    does(&world, OFFICER, "addPlanTask", "PlanTaskInput", task).await;
    let answers = tokio::join!(
        world.run(OFFICER, ADOPT, json!({})),
        world.run(ADMIN, ADOPT, json!({})),
        world.run(OFFICER, ADOPT, json!({}))
    );
    let answers = [answers.0, answers.1, answers.2];
    assert_eq!(answers.iter().filter(|answer| !answer["data"].is_null()).count(), 1, "{answers:?}");
    world.test.db.close().await;
});

both_dbs!(an_officer_is_appointed_trained_and_gone_when_they_leave, |test| async move {
    const APPOINT: (&str, &str) = ("appointStandardsOfficer", "AppointStandardsOfficerInput");
    let world = World::new(test);
    let me = with_officer(&world).await;
    assert_eq!(check(&world, "OFFICER_APPOINTED").await, (json!("BREACH"), Value::Null));
    let term = |staff: &Value| json!({ "staff": staff["id"], "fullTime": false, "duties": "台账与计划", "from": "2026-02-01" });
    let first = does(&world, ADMIN, APPOINT.0, APPOINT.1, term(&me)).await;
    assert_eq!(refused(&world, ADMIN, APPOINT.0, APPOINT.1, term(&me)).await, ["INVALID", "standards.officer_twice"]);
    assert_eq!(check(&world, "OFFICER_APPOINTED").await, (json!("FINE"), Value::Null));
    // Trained this year about standards, as the training's own page has it: another topic or a test is none.
    for (kind, topic, expected) in
        [("TRAINING", "BUSINESS", "DUE"), ("SKILL_TEST", "STANDARDS", "DUE"), ("TRAINING", "STANDARDS", "FINE")]
    {
        let session = json!({ "on": "2026-02-12", "start": "09:00", "hours": 2, "kind": kind, "topic": topic,
            "title": "标准宣贯" });
        let session = does(&world, OFFICER, "planTraining", "TrainingInput", session).await;
        let result = if kind == "SKILL_TEST" { json!("PASSED") } else { Value::Null };
        let there = with(&session, json!({ "marks": [{ "staff": me["id"], "attended": true, "result": result }] }));
        does(&world, OFFICER, "recordAttendance", "RecordAttendanceInput", there).await;
        assert_eq!(check(&world, "OFFICERS_TRAINED").await.0, expected, "{kind} {topic}");
    }
    assert_eq!(desk(&world, OFFICER).await["officers"][0]["trainedOn"], "2026-02-12");
    let end = |until: &str| with(&first, json!({ "until": until }));
    let before = refused(&world, ADMIN, "endStandardsOfficer", "EndStandardsOfficerInput", end("2026-01-31")).await;
    assert_eq!(before, ["INVALID", "standards.ends_before"]);
    let two = person(&world, "S2", json!({})).await;
    does(&world, ADMIN, APPOINT.0, APPOINT.1, term(&two)).await;
    assert_eq!(check(&world, "OFFICERS_TRAINED").await, (json!("DUE"), json!("2027-01-01")));
    does(&world, ADMIN, "endStandardsOfficer", "EndStandardsOfficerInput", end("2026-02-12")).await;
    assert_eq!(check(&world, "OFFICER_APPOINTED").await, (json!("FINE"), Value::Null), "somebody is left");
    let leaves = with(&two, json!({ "on": "2026-02-11" }));
    does(&world, ADMIN, "staffMemberLeaves", "StaffLeavesInput", leaves).await;
    assert_eq!(check(&world, "OFFICER_APPOINTED").await, (json!("BREACH"), json!("2026-02-13")));
    let officers = desk(&world, OFFICER).await["officers"].clone();
    assert!(officers.as_array().unwrap().iter().all(|row| row["current"] == false), "{officers}");
});

both_dbs!(one_task_follows_from_what_a_self_audit_found, |test| async move {
    const OPEN: (&str, &str) = ("openAuditFindingTask", "OpenAuditFindingTaskInput");
    let world = World::new(test);
    let me = with_officer(&world).await;
    let auditor = person(&world, "S2", json!({})).await;
    let record = "mutation R($i: RecordSelfAuditInput!) { recordSelfAudit(input: $i) { id } }";
    let audit = json!({ "i": { "on": "2026-02-01", "scope": "服务用语", "auditor": auditor["id"] } });
    let audit = world.ok(OFFICER, record, audit).await["recordSelfAudit"].clone();
    let finding = async |more: Value| {
        let mut input = json!({ "audit": audit["id"], "result": "NONCONFORM", "description": "用语卡仍是旧版",
            "measure": "换发新版", "owner": me["id"], "dueOn": "2026-03-12" });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        does(&world, OFFICER, "addAuditFinding", "AddAuditFindingInput", input).await
    };
    let nothing = json!({ "result": "CONFORM", "measure": null, "owner": null, "dueOn": null });
    let (open, fine) = (finding(json!({})).await, finding(nothing).await);
    let input =
        |row: &Value| json!({ "id": row["id"], "problem": "用语卡未换新", "cause": "INFORMATION", "owner": me["id"] });
    assert_eq!(refused(&world, OFFICER, OPEN.0, OPEN.1, input(&fine)).await, ["INVALID", "standards.finding_closed"]);
    assert_eq!(refused(&world, "handler.shiqi", OPEN.0, OPEN.1, input(&open)).await, ["FORBIDDEN"]);
    assert_eq!(refused(&world, "admin.xiaolan", OPEN.0, OPEN.1, input(&open)).await, ["NOT_FOUND"]);
    let task = does(&world, ADMIN, OPEN.0, OPEN.1, input(&open)).await;
    let twice = refused(&world, OFFICER, OPEN.0, OPEN.1, input(&open)).await;
    assert_eq!(twice, ["INVALID", "improvement.opened_already"]);
    // The officer, whose task it is, finds it from both sides; others read that there is one.
    let list = "{ managedStandards { audits { findings { tasked task finding { id } } } } }";
    let seen = async |login: &str| {
        let desk = world.ok(login, list, json!({})).await["managedStandards"].clone();
        let rows = desk["audits"][0]["findings"].as_array().unwrap().clone();
        rows.into_iter().find(|row| row["finding"]["id"] == open["id"]).unwrap()
    };
    let found = json!({ "tasked": true, "task": task["id"], "finding": { "id": open["id"] } });
    assert_eq!(seen(OFFICER).await, found);
    assert_eq!(seen("staff.shiqi").await["task"], Value::Null);
    assert_eq!(seen("staff.shiqi").await["tasked"], true);
    let origins = "query($id: RectificationTaskId!) { rectification(id: $id) { origins { kind finding } } }";
    let page = world.ok(OFFICER, origins, json!({ "id": task["id"] })).await["rectification"].clone();
    assert_eq!(page["origins"], json!([{ "kind": "SELF_AUDIT", "finding": "用语卡仍是旧版" }]));
});

both_dbs!(a_self_audit_is_made_by_another_and_what_it_found_is_closed_by_another, |test| async move {
    const FIND: (&str, &str) = ("addAuditFinding", "AddAuditFindingInput");
    const CLOSE: (&str, &str) = ("closeAuditFinding", "CloseAuditFindingInput");
    const RECORD: &str = "mutation R($i: RecordSelfAuditInput!) { recordSelfAudit(input: $i) { id } }";
    let world = World::new(test);
    let me = with_officer(&world).await;
    let two = person(&world, "S2", json!({})).await;
    assert_eq!(check(&world, "SELF_AUDITED").await, (json!("BREACH"), Value::Null));
    let audit = |on: &str| json!({ "i": { "on": on, "scope": "服务用语", "auditor": two["id"] } });
    assert_eq!(world.refused(OFFICER, RECORD, audit("2026-02-14")).await, ["INVALID", "form.date_in_future"]);
    let audit = world.ok(OFFICER, RECORD, audit("2026-02-01")).await["recordSelfAudit"].clone();
    assert_eq!(check(&world, "SELF_AUDITED").await, (json!("FINE"), json!("2027-02-02")));
    let theirs = registered(&world, &two, json!({ "adoptedOn": "2025-02-01" })).await;
    let finding = |more: Value| {
        let mut input = json!({ "audit": audit["id"], "result": "NONCONFORM", "clause": "4.2",
            "description": "用语卡仍是旧版", "measure": "换发新版", "owner": me["id"], "dueOn": "2026-02-12" });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let own = finding(json!({ "standard": theirs["id"] }));
    assert_eq!(refused(&world, OFFICER, FIND.0, FIND.1, own).await, ["INVALID", "standards.own_audit"]);
    let bare = finding(json!({ "measure": Value::Null }));
    assert_eq!(refused(&world, OFFICER, FIND.0, FIND.1, bare).await, ["INVALID", "form.required"]);
    let open = does(&world, OFFICER, FIND.0, FIND.1, finding(json!({}))).await;
    let fine = json!({ "result": "CONFORM", "measure": Value::Null, "owner": Value::Null, "dueOn": Value::Null });
    let fine = does(&world, OFFICER, FIND.0, FIND.1, finding(fine)).await;
    assert_eq!(check(&world, "FINDINGS_CLOSED").await, (json!("BREACH"), json!("2026-02-13")));
    let close = |row: &Value| with(row, json!({ "evidence": "现场已见新版用语卡。" }));
    assert_eq!(refused(&world, OFFICER, CLOSE.0, CLOSE.1, close(&open)).await, ["INVALID", "standards.own_measure"]);
    assert_eq!(refused(&world, ADMIN, CLOSE.0, CLOSE.1, close(&fine)).await, ["INVALID", "standards.finding_closed"]);
    let closed = does(&world, ADMIN, CLOSE.0, CLOSE.1, close(&open)).await;
    assert_eq!(refused(&world, ADMIN, CLOSE.0, CLOSE.1, close(&closed)).await, ["INVALID", "standards.finding_closed"]);
    assert_eq!(check(&world, "FINDINGS_CLOSED").await, (json!("FINE"), Value::Null));
    let found = desk(&world, OFFICER).await["audits"][0]["findings"].clone();
    assert_eq!(found[0]["closedBy"], "admin of shiqi");
    assert_eq!((&found[0]["late"], &found[0]["finding"]["closedOn"]), (&json!(false), &json!("2026-02-13")));
    assert_eq!(found[1]["finding"]["result"], "CONFORM", "what asks for nothing comes last");
});

both_dbs!(the_officer_and_the_administrator_keep_standards_and_others_look_on, |test| async move {
    let world = World::new(test);
    let me = with_officer(&world).await;
    for login in [OFFICER, ADMIN] {
        let number = json!({ "number": format!("Q/{login}—2026") });
        does(&world, login, "registerStandard", "RegisterStandardInput", standard(&me, number)).await;
    }
    for login in ["staff.shiqi", "handler.shiqi", "supervisor.shiqi"] {
        assert_eq!(desk(&world, login).await["standards"].as_array().unwrap().len(), 2, "{login}");
        let input = standard(&me, json!({ "number": "Q/X—2026" }));
        assert_eq!(refused(&world, login, "registerStandard", "RegisterStandardInput", input).await, ["FORBIDDEN"]);
    }
    for login in ["city.zs", "auditor.zs"] {
        assert_eq!(world.refused(login, DESK, json!({})).await, ["FORBIDDEN"], "{login}");
    }
});

both_dbs!(a_center_knows_nothing_of_anothers_standards, |test| async move {
    let world = World::new(test);
    let me = with_officer(&world).await;
    let row = registered(&world, &me, json!({ "adoptedOn": "2026-02-01" })).await;
    let other = "admin.xiaolan";
    assert_eq!(desk(&world, other).await["standards"], json!([]));
    assert_eq!(world.refused(other, PAGE, json!({ "id": row["id"] })).await, ["NOT_FOUND"]);
    let begin = with(&row, json!({}));
    assert_eq!(refused(&world, other, "beginStandardReview", "StandardStepInput", begin).await, ["NOT_FOUND"]);
    let theirs = standard(&me, json!({}));
    assert_eq!(refused(&world, other, "registerStandard", "RegisterStandardInput", theirs).await, ["NOT_FOUND"]);
});

both_dbs!(a_look_at_standards_costs_the_same_however_many_there_are, |test| async move {
    const RECORD: &str = "mutation R($i: RecordSelfAuditInput!) { recordSelfAudit(input: $i) { id } }";
    let world = World::new(test);
    let me = with_officer(&world).await;
    let mut seen = Vec::new();
    for (from, until) in [(0, 2), (2, 10)] {
        let mut last = Value::Null;
        for n in from..until {
            let owner = person(&world, &format!("P{n}"), json!({})).await;
            let number = json!({ "number": format!("Q/SQZW {n:03}—2026"), "adoptedOn": "2026-02-01" });
            last = registered(&world, &owner, number).await;
            let task =
                json!({ "year": 2026, "title": format!("任务{n}"), "owner": owner["id"], "dueOn": "2026-06-30" });
            does(&world, OFFICER, "addPlanTask", "PlanTaskInput", task).await;
            let term = json!({ "staff": owner["id"], "fullTime": true, "duties": "台账", "from": "2026-02-01" });
            does(&world, ADMIN, "appointStandardsOfficer", "AppointStandardsOfficerInput", term).await;
            let audit = json!({ "i": { "on": "2026-02-01", "scope": "用语", "auditor": me["id"] } });
            let audit = world.ok(OFFICER, RECORD, audit).await["recordSelfAudit"].clone();
            let found = json!({ "audit": audit["id"], "standard": last["id"], "result": "NONCONFORM",
                "description": "旧版", "measure": "换发", "owner": owner["id"], "dueOn": "2026-03-01" });
            does(&world, OFFICER, "addAuditFinding", "AddAuditFindingInput", found).await;
        }
        let scope = world.test.scope(OFFICER).await;
        let mut numbers = Vec::new();
        for (query, variables) in [(DESK, json!({})), (PAGE, json!({ "id": last["id"] }))] {
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
