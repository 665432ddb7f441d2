//! Rounds of evaluation as those meet them who organise them, rate in them, and are rated.

mod city;
mod deputies;
mod faults;
mod kinds;
pub mod third_party;

use domain::permission::Role;
use serde_json::{Value, json};

use crate::{
    browser::{Browser, PASSWORD},
    posts::{ADMIN, does, joins, person, refused},
    world::World,
};

pub const PAGE: &str = "query P($id: CampaignId!) { campaign(id: $id) { campaign { id version status least coverageNote } \
    formNumber step covered coverage { role named accepted done least } targets { id kind postId staff name detail } \
    raters { assigned handedIn recused rater { id version role name status seed reason remindedAt } } \
    means { target mean forms } whole hidden parts { target code mean most } \
    forms { id target rater total vetoed files { kind } } \
    remarks { id version target rater kind text disposition task reply opinion opinionNote } openRemarks actions } }";
pub const MINE: &str = "query M($id: CampaignId!) { ratingRound(id: $id) { round { status standing assigned handedIn \
    recused secret } formVersion tasks { id name status version content files { kind } } \
    remarks { id version text disposition reply opinion } } }";
const CHOICES: &str = "{ campaignChoices { forms { id kind } } }";
const DRAW: &str = "mutation D($i: DrawCampaignRatersInput!) { drawCampaignRaters(input: $i) { campaign { id version } \
    seed drawn short { role missing } recused { name recusal } } }";
const CALL: &str = "mutation I($i: InviteCampaignRaterInput!) { inviteCampaignRater(input: $i) { login token } }";
const ANSWER: &str = "mutation A($i: AnswerCampaignInput!) { answerCampaign(input: $i) { round { standing } } }";
const BALLOT: &str = "mutation B($i: BallotInput!) { VERB(input: $i) { status version } }";

/// The version of a form of a kind that counts.
pub async fn form(world: &World, kind: &str) -> Value {
    let forms = world.ok(ADMIN, CHOICES, json!({})).await["campaignChoices"]["forms"].clone();
    forms.as_array().unwrap().iter().find(|form| form["kind"] == kind).unwrap()["id"].clone()
}

/// A round as it is planned; `more` overrides.
pub async fn plan(world: &World, kind: &str, more: Value) -> Value {
    let used = if kind == "THIRD_PARTY" { "THIRD_PARTY" } else { "CONDUCT" };
    let mut input = json!({ "kind": kind, "form": form(world, used).await, "name": "2026年第一季度评价",
        "startsOn": "2026-02-13", "endsOn": "2026-02-27", "briefing": "请先走访，再逐项填写。" });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

/// A round that was planned.
pub async fn planned(world: &World, kind: &str, more: Value) -> Value {
    does(world, ADMIN, "planCampaign", "PlanCampaignInput", plan(world, kind, more).await).await
}

/// The same with its targets.
pub async fn about(world: &World, kind: &str, targets: Value) -> Value {
    let round = planned(world, kind, json!({})).await;
    let input = json!({ "id": round["id"], "version": round["version"], "targets": targets });
    does(world, ADMIN, "setCampaignTargets", "SetCampaignTargetsInput", input).await
}

/// A step of a round by its administrator.
pub async fn step(world: &World, verb: &str, round: &Value) -> Value {
    does(world, ADMIN, verb, "SeenCampaignInput", json!({ "id": round["id"], "version": round["version"] })).await
}

pub async fn page(world: &World, round: &Value) -> Value {
    world.ok(ADMIN, PAGE, json!({ "id": round["id"] })).await["campaign"].clone()
}

pub async fn mine(world: &World, login: &str, round: &Value) -> Value {
    world.ok(login, MINE, json!({ "id": round["id"] })).await["ratingRound"].clone()
}

/// Somebody on the roster.
pub async fn representative(world: &World, group: &str, name: &str, more: Value) -> Value {
    let mut input = json!({ "group": group, "name": name, "unit": format!("单位{name}"), "from": "2025-01-01",
        "until": "2029-12-31" });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    does(world, ADMIN, "addRepresentative", "RepresentativeInput", input).await
}

pub async fn draw(world: &World, round: &Value, per_group: u32) -> Value {
    let input = json!({ "id": round["id"], "version": round["version"], "perGroup": per_group });
    world.ok(ADMIN, DRAW, json!({ "i": input })).await["drawCampaignRaters"].clone()
}

/// Invites somebody who was drawn; they choose a password.
pub async fn called(world: &World, rater: &Value, login: &str) {
    let input = json!({ "id": rater["id"], "version": rater["version"], "login": login });
    let made = world.ok(ADMIN, CALL, json!({ "i": input })).await["inviteCampaignRater"].clone();
    assert_eq!(made["login"], login);
    let accept = "mutation($i: AcceptInvitationInput!) { acceptInvitation(input: $i) { asked } }";
    let input = json!({ "token": made["token"], "password": PASSWORD });
    Browser::new(world).ok(accept, json!({ "i": input })).await;
}

pub async fn takes_part(world: &World, login: &str, round: &Value) {
    world.ok(login, ANSWER, json!({ "i": { "id": round["id"], "accept": true } })).await;
}

/// A form about a task of somebody's own.
pub async fn filled(world: &World, login: &str, round: &Value, place: usize, content: Value, files: Value) -> Value {
    let own = mine(world, login, round).await;
    let task = &own["tasks"][place];
    json!({ "target": task["id"], "version": task["version"], "form": own["formVersion"], "content": content,
        "files": files })
}

/// Saves or hands in.
pub async fn gives(world: &World, login: &str, verb: &str, input: &Value) -> Value {
    world.ok(login, &BALLOT.replace("VERB", verb), json!({ "i": input })).await[verb].clone()
}

/// Why saving or handing in is refused.
pub async fn not_given(world: &World, login: &str, verb: &str, input: &Value) -> Vec<String> {
    world.refused(login, &BALLOT.replace("VERB", verb), json!({ "i": input })).await
}

/// Form D with nothing found, and what is said besides.
pub fn spotless(remarks: Value) -> Value {
    json!({ "kind": "CONDUCT", "findings": [], "remarks": remarks })
}

/// Form D with one finding; `more` overrides.
pub fn one_finding(item: &str, more: Value) -> Value {
    let mut finding = json!({ "item": item, "size": null, "on": "2026-02-13", "time": "09:30", "place": "一楼大厅",
        "note": "", "files": [] });
    finding.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "kind": "CONDUCT", "findings": [finding], "remarks": [] })
}

/// Somebody of the staff who holds a role of raters, and is named as one.
pub async fn named(world: &World, round: &Value, login: &str, role: Role, pool: Value) -> Value {
    joins(world, login, role).await;
    let account = world.account(login).await;
    person(world, &login.replace('.', "-"), json!({ "accountId": account })).await;
    let version = page(world, round).await["campaign"]["version"].clone();
    let input = json!({ "id": round["id"], "version": version, "account": account, "pool": pool });
    does(world, ADMIN, "nameCampaignRater", "NameCampaignRaterInput", input).await
}

/// The round as it is now, for the next step.
pub async fn now(world: &World, round: &Value) -> Value {
    page(world, round).await["campaign"].clone()
}

pub async fn not(world: &World, verb: &str, kind: &str, input: Value) -> Vec<String> {
    refused(world, ADMIN, verb, kind, input).await
}
