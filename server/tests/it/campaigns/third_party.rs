//! A third party's round (7.2.3.8, F.8): from the contract to the published report, with the center's check of its facts.

use domain::AttachmentId;
use serde_json::{Value, json};
use server::{both_dbs, error::Error, files::service::see};

use super::{about, filled, gives, not, not_given, now, page, planned, step, takes_part};
use crate::{
    browser::{Browser, PASSWORD},
    files::{cx, uploaded},
    posts::{ADMIN, does, post, refused},
    world::World,
};

const LEAD: &str = "agency.wu";
const REPORT: &str = "query R($id: CampaignId!) { FIELD(id: $id) { head { id version status agency planNote sample dueOn } \
    planFiles { kind } reportFiles { kind } facts { id version target text advice verdict verdictNote answer corrected \
    proof { id } } actions } }";

/// Somebody of an agency takes part in a round.
pub async fn comes(world: &World, round: &Value, login: &str, role: &str) {
    let invite = "mutation($i: InviteMemberInput!) { inviteMember(input: $i) { link { token } } }";
    let input = json!({ "login": login, "displayName": "吴评价", "roles": [role], "validFrom": "2026-02-13",
        "validUntil": "2026-04-30", "campaignId": round["id"] });
    let made = world.ok(ADMIN, invite, json!({ "i": input })).await["inviteMember"].clone();
    let accept = "mutation($i: AcceptInvitationInput!) { acceptInvitation(input: $i) { asked } }";
    let taken = json!({ "token": made["link"]["token"], "password": PASSWORD });
    Browser::new(world).ok(accept, json!({ "i": taken })).await;
    takes_part(world, login, round).await;
}

async fn report(world: &World, login: &str, round: &Value) -> Value {
    let field = if login == ADMIN { "campaignReport" } else { "ratingReport" };
    world.ok(login, &REPORT.replace("FIELD", field), json!({ "id": round["id"] })).await[field].clone()
}

/// The input of a step on the report as it is now.
async fn on(world: &World, round: &Value, more: Value) -> Value {
    let head = report(world, ADMIN, round).await["head"].clone();
    of(&head, more)
}

fn of(row: &Value, more: Value) -> Value {
    let mut input = json!({ "id": row["id"], "version": row["version"] });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

fn contract(round: &Value, version: u32) -> Value {
    json!({ "campaign": round["id"], "version": version, "agency": "岭南评估中心", "number": "石岐采〔2026〕7号",
        "signedOn": "2026-02-10" })
}

fn plan(files: Value) -> Value {
    json!({ "statement": "本机构及评价人员与评价对象无利害关系。", "plan": "指标12项，暗访两周。", "files": files })
}

/// The contract is signed, and the center agrees to the plan.
pub async fn agreed(world: &World, round: &Value, lead: &str) {
    does(world, ADMIN, "signReportContract", "SignReportContractInput", contract(round, 0)).await;
    let input = on(world, round, plan(json!([]))).await;
    does(world, lead, "submitReportPlan", "SubmitReportPlanInput", input).await;
    let input = on(world, round, json!({ "approve": true })).await;
    does(world, ADMIN, "decideReportPlan", "DecideReportPlanInput", input).await;
}

/// The sample is drawn, and the field work begins.
pub async fn goes_out(world: &World, round: &Value, lead: &str) {
    let input = on(world, round, json!({ "sample": "两个窗口，各20人次。" })).await;
    does(world, lead, "drawReportSample", "DrawReportSampleInput", input).await;
    let input = on(world, round, json!({ "action": "BEGIN_FIELD_WORK" })).await;
    does(world, lead, "moveReport", "MoveReportInput", input).await;
}

/// Every indicator of the shipped form, with these points.
pub fn points(points: u32) -> Value {
    let all = [
        "environment",
        "waiting",
        "barrier-free",
        "items",
        "guides",
        "devices",
        "online",
        "promises",
        "mechanisms",
        "interviews",
        "visits",
        "complaints",
    ];
    let points: Vec<_> = all.iter().map(|code| json!({ "indicator": code, "points": points })).collect();
    json!({ "kind": "THIRD_PARTY", "points": points, "remarks": [] })
}

/// A round about the center with its field work done and this many facts in the draft.
async fn drafted(world: &World, lead: &str, facts: usize) -> Value {
    let round = about(world, "THIRD_PARTY", json!([{}])).await;
    comes(world, &round, lead, "THIRD_PARTY_LEAD").await;
    agreed(world, &round, lead).await;
    let round = step(world, "openCampaign", &now(world, &round).await).await;
    goes_out(world, &round, lead).await;
    let given = filled(world, lead, &round, 0, points(90), json!([])).await;
    gives(world, lead, "handInBallot", &given).await;
    let end = on(world, &round, json!({ "action": "END_FIELD_WORK" })).await;
    does(world, lead, "moveReport", "MoveReportInput", end).await;
    for n in 0..facts {
        adds(world, lead, &round, &format!("事实{n}"), Value::Null).await;
    }
    round
}

async fn adds(world: &World, lead: &str, round: &Value, text: &str, advice: Value) -> Value {
    let report = report(world, ADMIN, round).await["head"]["id"].clone();
    let target = page(world, round).await["targets"][0]["id"].clone();
    let input = json!({ "report": report, "target": target, "text": text, "advice": advice });
    does(world, lead, "addReportFact", "AddReportFactInput", input).await
}

async fn hands_in(world: &World, lead: &str, round: &Value) -> Value {
    let file = uploaded(world, lead).await.id.to_string();
    let input = on(world, round, json!({ "files": [file] })).await;
    does(world, lead, "handInReport", "HandInReportInput", input).await
}

both_dbs!(an_agency_hands_in_its_report_and_the_center_checks_the_facts, |test| async move {
    let world = World::new(test);
    let window = post(&world, "w1").await;
    let round = about(&world, "THIRD_PARTY", json!([{}, { "post": window["id"] }])).await;
    comes(&world, &round, LEAD, "THIRD_PARTY_LEAD").await;
    assert_eq!(report(&world, LEAD, &round).await, Value::Null, "nobody was hired yet");
    let early = now(&world, &round).await;
    let early = json!({ "id": early["id"], "version": early["version"] });
    assert_eq!(not(&world, "openCampaign", "SeenCampaignInput", early).await, ["INVALID", "campaigns.plan_open"]);

    // The contract, and a plan that is sent back once.
    does(&world, ADMIN, "signReportContract", "SignReportContractInput", contract(&round, 0)).await;
    let codes = not(&world, "signReportContract", "SignReportContractInput", contract(&round, 0)).await;
    assert_eq!(codes, ["STALE"]);
    assert_eq!(report(&world, LEAD, &round).await["actions"], json!(["SUBMIT_PLAN"]));
    assert_eq!(report(&world, ADMIN, &round).await["actions"], json!([]));
    let file = uploaded(&world, LEAD).await.id.to_string();
    let input = on(&world, &round, plan(json!([file]))).await;
    does(&world, LEAD, "submitReportPlan", "SubmitReportPlanInput", input).await;
    let seen = report(&world, ADMIN, &round).await;
    assert_eq!(
        (&seen["planFiles"], &seen["actions"]),
        (&json!([{ "kind": "JPEG" }]), &json!(["RETURN_PLAN", "APPROVE_PLAN"]))
    );
    let silent = on(&world, &round, json!({ "approve": false })).await;
    let codes = not(&world, "decideReportPlan", "DecideReportPlanInput", silent).await;
    assert_eq!(codes, ["INVALID", "form.required"]);
    let back = on(&world, &round, json!({ "approve": false, "note": "请写明暗访时段。" })).await;
    does(&world, ADMIN, "decideReportPlan", "DecideReportPlanInput", back).await;
    let seen = report(&world, LEAD, &round).await["head"].clone();
    assert_eq!((&seen["status"], &seen["planNote"]), (&json!("CONTRACT"), &json!("请写明暗访时段。")));
    let input = on(&world, &round, plan(json!([]))).await;
    does(&world, LEAD, "submitReportPlan", "SubmitReportPlanInput", input).await;
    let input = on(&world, &round, json!({ "approve": true })).await;
    does(&world, ADMIN, "decideReportPlan", "DecideReportPlanInput", input).await;

    // Forms are taken between the beginning and the end of the field work.
    let round = step(&world, "openCampaign", &now(&world, &round).await).await;
    let given = filled(&world, LEAD, &round, 0, points(90), json!([])).await;
    let codes = not_given(&world, LEAD, "handInBallot", &given).await;
    assert_eq!(codes, ["INVALID", "campaigns.no_field_work"]);
    goes_out(&world, &round, LEAD).await;
    let end = on(&world, &round, json!({ "action": "END_FIELD_WORK" })).await;
    let codes = refused(&world, LEAD, "moveReport", "MoveReportInput", end.clone()).await;
    assert_eq!(codes, ["INVALID", "campaigns.forms_missing"]);
    gives(&world, LEAD, "handInBallot", &given).await;
    let given = filled(&world, LEAD, &round, 1, points(80), json!([])).await;
    gives(&world, LEAD, "handInBallot", &given).await;
    does(&world, LEAD, "moveReport", "MoveReportInput", end).await;

    // The draft: facts, and the report as a file.
    let file = uploaded(&world, LEAD).await.id.to_string();
    let empty = on(&world, &round, json!({ "files": [file] })).await;
    let codes = refused(&world, LEAD, "handInReport", "HandInReportInput", empty).await;
    assert_eq!(codes, ["INVALID", "campaigns.no_facts"]);
    adds(&world, LEAD, &round, "等候区有座椅40个。", json!("增设叫号屏。")).await;
    adds(&world, LEAD, &round, "2号窗口无人值守10分钟。", json!("午间安排替班。")).await;
    let slip = adds(&world, LEAD, &round, "写错的一条", Value::Null).await;
    let drop = "mutation($i: DropReportFactInput!) { dropReportFact(input: $i) }";
    world.ok(LEAD, drop, json!({ "i": { "id": slip["id"] } })).await;
    let bare = on(&world, &round, json!({ "files": [] })).await;
    let codes = refused(&world, LEAD, "handInReport", "HandInReportInput", bare).await;
    assert_eq!(codes, ["INVALID", "campaigns.report_file"]);
    hands_in(&world, LEAD, &round).await;
    let seen = report(&world, ADMIN, &round).await;
    // Five working days across the Spring Festival.
    assert_eq!((&seen["head"]["status"], &seen["head"]["dueOn"]), (&json!("FACT_CHECK"), &json!("2026-02-27")));
    assert_eq!((&seen["facts"].as_array().unwrap().len(), &seen["reportFiles"]), (&2, &json!([{ "kind": "JPEG" }])));

    // The center agrees with one, and proves that the other is not so.
    let file = uploaded(&world, LEAD).await.id.to_string();
    let last = on(&world, &round, json!({ "files": [file] })).await;
    let finish = |input: Value| refused(&world, LEAD, "handInReport", "HandInReportInput", input);
    assert_eq!(finish(last.clone()).await, ["INVALID", "campaigns.facts_unchecked"]);
    let agrees = of(&seen["facts"][0], json!({ "verdict": "AGREES" }));
    does(&world, ADMIN, "checkReportFact", "CheckReportFactInput", agrees.clone()).await;
    let again = of(&seen["facts"][0], json!({ "version": 2, "verdict": "AGREES" }));
    let codes = not(&world, "checkReportFact", "CheckReportFactInput", again).await;
    assert_eq!(codes, ["INVALID", "campaigns.fact_checked"]);
    let bare = of(&seen["facts"][1], json!({ "verdict": "DISAGREES" }));
    let codes = not(&world, "checkReportFact", "CheckReportFactInput", bare).await;
    assert_eq!(codes, ["INVALID", "form.required", "campaigns.proof"]);
    let proof = uploaded(&world, ADMIN).await.id;
    let words = json!({ "verdict": "DISAGREES", "note": "当时由3号窗口代办，有监控。", "files": [proof.to_string()] });
    let objection = of(&seen["facts"][1], words);
    does(&world, ADMIN, "checkReportFact", "CheckReportFactInput", objection).await;
    // The agency sees the proof, opens it, and answers.
    let seen = report(&world, LEAD, &round).await;
    assert_eq!(seen["facts"][1]["proof"], json!([{ "id": proof.to_string() }]));
    assert_eq!(see(&cx(&world, LEAD).await, proof).await.unwrap().id, proof);
    assert_eq!(finish(last.clone()).await, ["INVALID", "campaigns.facts_unanswered"]);
    let wordless = of(&seen["facts"][1], json!({ "answer": "CORRECTED", "note": "已核对监控。" }));
    let codes = refused(&world, LEAD, "answerReportFact", "AnswerReportFactInput", wordless).await;
    assert_eq!(codes, ["INVALID", "form.required"]);
    let corrected =
        json!({ "answer": "CORRECTED", "note": "已核对监控。", "corrected": "2号窗口由3号窗口代办10分钟。" });
    let answer = of(&seen["facts"][1], corrected);
    does(&world, LEAD, "answerReportFact", "AnswerReportFactInput", answer).await;
    let nothing = of(&seen["facts"][0], json!({ "version": 2, "answer": "KEPT", "note": "是。" }));
    let codes = refused(&world, LEAD, "answerReportFact", "AnswerReportFactInput", nothing).await;
    assert_eq!(codes, ["INVALID", "campaigns.fact_answered"]);

    // Published once the report is final and its advice was worked through.
    let round = step(&world, "closeCampaign", &now(&world, &round).await).await;
    let publish = json!({ "id": round["id"], "version": round["version"] });
    let codes = not(&world, "publishCampaign", "PublishCampaignInput", publish.clone()).await;
    assert_eq!(codes, ["INVALID", "campaigns.report_open"]);
    hands_in(&world, LEAD, &round).await;
    assert_eq!(report(&world, LEAD, &round).await["head"]["status"], "FINAL");
    let codes = not(&world, "publishCampaign", "PublishCampaignInput", publish.clone()).await;
    assert_eq!(codes, ["INVALID", "campaigns.open_remarks"]);
    let remarks = page(&world, &round).await["remarks"].clone();
    let texts: Vec<_> = remarks.as_array().unwrap().iter().map(|row| row["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["等候区有座椅40个。\n增设叫号屏。", "2号窗口由3号窗口代办10分钟。\n午间安排替班。"]);
    for row in remarks.as_array().unwrap() {
        let input = of(row, json!({ "category": "WORKPLACE", "cause": "FACILITY", "reply": "列入整改。" }));
        does(&world, ADMIN, "classifyRemark", "ClassifyRemarkInput", input).await;
    }
    let task = page(&world, &round).await["remarks"][0]["task"].clone();
    let opened = "query R($id: RectificationTaskId!) { rectification(id: $id) { row { task { source } } } }";
    let opened = world.ok(ADMIN, opened, json!({ "id": task })).await["rectification"]["row"]["task"].clone();
    assert_eq!(opened["source"], "ADVICE");
    does(&world, ADMIN, "publishCampaign", "PublishCampaignInput", publish).await;
    assert_eq!(report(&world, ADMIN, &round).await["head"]["status"], "PUBLISHED");
});

both_dbs!(an_agency_reaches_its_own_report_and_no_scores_and_only_its_lead_acts, |test| async move {
    let world = World::new(test);
    let round = drafted(&world, LEAD, 1).await;
    let other = drafted(&world, "agency.lu", 1).await;
    let theirs = report(&world, ADMIN, &other).await;
    // Neither other rounds nor what any of them came to.
    let asked = ["campaigns { id }", "campaignResults { formNumber }", "representatives { drawn }"];
    for field in asked {
        assert_eq!(world.refused(LEAD, &format!("{{ {field} }}"), json!({})).await, ["FORBIDDEN"], "{field}");
    }
    let query = REPORT.replace("FIELD", "ratingReport");
    assert_eq!(world.refused(LEAD, &query, json!({ "id": other["id"] })).await, ["NOT_FOUND"]);
    let query = REPORT.replace("FIELD", "campaignReport");
    assert_eq!(world.refused(LEAD, &query, json!({ "id": round["id"] })).await, ["FORBIDDEN"]);
    let file = uploaded(&world, LEAD).await.id.to_string();
    let input = of(&theirs["head"], json!({ "files": [file] }));
    assert_eq!(refused(&world, LEAD, "handInReport", "HandInReportInput", input).await, ["NOT_FOUND"]);
    let input = of(&theirs["facts"][0], json!({ "answer": "KEPT", "note": "是。" }));
    assert_eq!(refused(&world, LEAD, "answerReportFact", "AnswerReportFactInput", input).await, ["NOT_FOUND"]);
    let drop = "mutation($i: DropReportFactInput!) { dropReportFact(input: $i) }";
    let codes = world.refused(LEAD, drop, json!({ "i": { "id": theirs["facts"][0]["id"] } })).await;
    assert_eq!(codes, ["NOT_FOUND"]);
    let mine = report(&world, ADMIN, &round).await;
    let target = page(&world, &other).await["targets"][0]["id"].clone();
    let input = json!({ "report": mine["head"]["id"], "target": target, "text": "别处的事" });
    assert_eq!(refused(&world, LEAD, "addReportFact", "AddReportFactInput", input).await, ["NOT_FOUND"]);

    // What proves an objection is for the agency whose fact it is.
    hands_in(&world, "agency.lu", &other).await;
    let theirs = report(&world, ADMIN, &other).await;
    let proof: AttachmentId = uploaded(&world, ADMIN).await.id;
    let words = json!({ "verdict": "DISAGREES", "note": "不属实。", "files": [proof.to_string()] });
    let input = of(&theirs["facts"][0], words);
    does(&world, ADMIN, "checkReportFact", "CheckReportFactInput", input).await;
    assert!(see(&cx(&world, "agency.lu").await, proof).await.is_ok());
    assert!(matches!(see(&cx(&world, LEAD).await, proof).await, Err(Error::NotFound(_))));

    // Whoever only assesses reads along.
    comes(&world, &round, "assessor.he", "THIRD_PARTY_ASSESSOR").await;
    let seen = report(&world, "assessor.he", &round).await;
    assert_eq!((&seen["facts"].as_array().unwrap().len(), &seen["actions"]), (&1, &json!([])));
    let input = json!({ "report": mine["head"]["id"], "target": mine["facts"][0]["target"], "text": "另一条" });
    let codes = refused(&world, "assessor.he", "addReportFact", "AddReportFactInput", input).await;
    assert_eq!(codes, ["INVALID", "campaigns.not_lead"]);
    // Only a third party's round has such a course.
    let deputies = planned(&world, "DEPUTIES", json!({})).await;
    let codes = not(&world, "signReportContract", "SignReportContractInput", contract(&deputies, 0)).await;
    assert_eq!(codes, ["INVALID", "campaigns.report_step"]);
    assert_eq!(report(&world, ADMIN, &deputies).await, Value::Null);
});

both_dbs!(facts_that_nobody_checked_in_time_hold_a_report_up_no_longer, |test| async move {
    let world = World::new(test);
    let round = drafted(&world, LEAD, 2).await;
    hands_in(&world, LEAD, &round).await;
    // The last of the center's days, and the day after it.
    world.wait_days(14);
    let file = uploaded(&world, LEAD).await.id.to_string();
    let input = on(&world, &round, json!({ "files": [file] })).await;
    let codes = refused(&world, LEAD, "handInReport", "HandInReportInput", input.clone()).await;
    assert_eq!(codes, ["INVALID", "campaigns.facts_unchecked"]);
    world.wait_days(1);
    does(&world, LEAD, "handInReport", "HandInReportInput", input).await;
    let seen = report(&world, ADMIN, &round).await;
    assert_eq!((&seen["head"]["status"], &seen["facts"][0]["verdict"]), (&json!("FINAL"), &Value::Null));
    // Nothing is checked afterwards, and without advice there is nothing to work through.
    let late = of(&seen["facts"][0], json!({ "verdict": "AGREES" }));
    let codes = not(&world, "checkReportFact", "CheckReportFactInput", late).await;
    assert_eq!(codes, ["INVALID", "campaigns.report_step"]);
    assert_eq!(page(&world, &round).await["openRemarks"], 0);
});
