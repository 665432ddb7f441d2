//! A round of deputies from the draw to their opinion on the reply (F.7).

use std::collections::BTreeMap;

use domain::{
    campaigns::draw::{Candidate, draw as draw_again},
    metrics::Metric,
};
use serde_json::{Value, json};
use server::both_dbs;

use super::{
    MINE, about, called, draw, filled, gives, mine, not, not_given, now, one_finding, page, planned, representative,
    spotless, step, takes_part,
};
use crate::{
    analytics::figure,
    files::uploaded,
    notices::bell,
    posts::{ADMIN, does, person, post, refused},
    world::World,
};

const GROUPS: [&str; 3] = ["PARTY_DELEGATE", "CONGRESS_DEPUTY", "CPPCC_MEMBER"];
const ROSTER: &str =
    "{ representatives { drawn representative { id name group unit } conflicts { id about reason } } }";

/// Six of the roster, two of each group.
async fn roster(world: &World, each: usize) {
    for group in GROUPS {
        for n in 0..each {
            representative(world, group, &format!("{group}{n}"), json!({})).await;
        }
    }
}

/// A round about these targets with its raters drawn, invited and taking part; their logins by group.
async fn under_way(world: &World, targets: Value) -> (Value, Vec<String>) {
    roster(world, 2).await;
    let round = about(world, "DEPUTIES", targets).await;
    draw(world, &round, 2).await;
    let mut logins = Vec::new();
    for row in page(world, &round).await["raters"].as_array().unwrap() {
        let login = row["rater"]["name"].as_str().unwrap().to_lowercase();
        called(world, &row["rater"], &login).await;
        takes_part(world, &login, &round).await;
        logins.push(login);
    }
    let round = step(world, "openCampaign", &now(world, &round).await).await;
    (round, logins)
}

both_dbs!(a_draw_is_balanced_passes_over_interests_and_can_be_made_again, |test| async move {
    let world = World::new(test);
    let (rated, other) = (post(&world, "w1").await, post(&world, "w2").await);
    let colleague = person(&world, "S1", json!({})).await;
    roster(&world, 3).await;
    let over = json!({ "until": "2026-02-20" });
    representative(&world, "PARTY_DELEGATE", "任期将满", over).await;
    representative(&world, "CONGRESS_DEPUTY", "在此工作", json!({ "staff": colleague["id"] })).await;
    let related = representative(&world, "CPPCC_MEMBER", "有亲属", json!({})).await;
    let harmless = representative(&world, "CPPCC_MEMBER", "有别的亲属", json!({})).await;
    for (whose, of) in [(&related, &rated), (&harmless, &other)] {
        let input = json!({ "representative": whose["id"], "post": of["id"], "reason": "亲属在该窗口工作" });
        let add = "mutation($i: RepresentativeConflictInput!) { addRepresentativeConflict(input: $i) }";
        world.ok(ADMIN, add, json!({ "i": input })).await;
    }
    let round = about(&world, "DEPUTIES", json!([{ "post": rated["id"] }])).await;

    let known = world.ok(ADMIN, ROSTER, json!({})).await["representatives"].clone();
    let drawn = draw(&world, &round, 2).await;
    assert_eq!((&drawn["drawn"], &drawn["short"]), (&json!(6), &json!([])));
    let mut passed: Vec<_> = drawn["recused"].as_array().unwrap().iter().map(|row| row["recusal"].clone()).collect();
    passed.sort_by_key(ToString::to_string);
    assert_eq!(passed, [json!("CONFLICT"), json!("TERM"), json!("WORKS_HERE")]);
    let shown = page(&world, &round).await;
    let raters = shown["raters"].as_array().unwrap();
    for group in GROUPS {
        assert_eq!(raters.iter().filter(|row| row["rater"]["role"] == group).count(), 2, "{group}");
    }
    assert!(raters.iter().all(|row| row["rater"]["seed"] == drawn["seed"] && row["rater"]["status"] == "DRAWN"));

    // Whoever has the roster and the number draws the same people.
    let passed_over = ["任期将满", "在此工作", "有亲属"];
    let candidates: Vec<_> = known.as_array().unwrap().iter().map(|row| &row["representative"]).collect();
    let candidates = candidates.into_iter().filter(|row| !passed_over.contains(&row["name"].as_str().unwrap()));
    let candidates: Vec<_> = candidates
        .map(|row| Candidate {
            id: serde_json::from_value(row["id"].clone()).unwrap(),
            group: serde_json::from_value(row["group"].clone()).unwrap(),
            unit: row["unit"].as_str().unwrap().to_owned(),
            drawn: 0,
        })
        .collect();
    let seed = u64::from_str_radix(drawn["seed"].as_str().unwrap(), 16).unwrap();
    let again = draw_again(&candidates, &BTreeMap::new(), 2, seed);
    let name = |id: &domain::RepresentativeId| {
        let row = known.as_array().unwrap().iter().find(|row| row["representative"]["id"] == json!(id)).unwrap();
        row["representative"]["name"].clone()
    };
    let mut expected: Vec<_> = again.chosen.iter().map(name).collect();
    let mut found: Vec<_> = raters.iter().map(|row| row["rater"]["name"].clone()).collect();
    expected.sort_by_key(ToString::to_string);
    found.sort_by_key(ToString::to_string);
    assert_eq!(found, expected);

    // One cannot come: the next draw fills the place, and nobody is drawn twice.
    let gone = raters[0]["rater"].clone();
    let excuse = json!({ "id": gone["id"], "version": gone["version"], "reason": "出差" });
    does(&world, ADMIN, "excuseCampaignRater", "ExcuseCampaignRaterInput", excuse).await;
    let next = draw(&world, &now(&world, &round).await, 2).await;
    assert_eq!(next["drawn"], 1);
    let shown = page(&world, &round).await;
    let one = shown["raters"].as_array().unwrap().iter().find(|row| row["rater"]["seed"] == next["seed"]).unwrap();
    assert_eq!(one["rater"]["role"], gone["role"]);
    assert_ne!(one["rater"]["name"], gone["name"]);
    // Those who were drawn come later the next time.
    let known = world.ok(ADMIN, ROSTER, json!({})).await["representatives"].clone();
    assert_eq!(known.as_array().unwrap().iter().filter(|row| row["drawn"] == 1).count(), 7);
});

both_dbs!(a_round_goes_from_the_invitation_to_the_published_result, |test| async move {
    let world = World::new(test);
    let (one, two) = (post(&world, "w1").await, post(&world, "w2").await);
    let targets = json!([{ "post": one["id"] }, { "post": two["id"] }, {}]);
    let round = about(&world, "DEPUTIES", targets.clone()).await;
    assert_eq!(
        not(&world, "openCampaign", "SeenCampaignInput", round.clone()).await,
        ["INVALID", "campaigns.no_raters"]
    );
    let (round, logins) = under_way(&world, targets).await;
    let shown = page(&world, &round).await;
    assert_eq!((&shown["step"], &shown["covered"]), (&json!("BRIEFED"), &json!(false)));
    let me = logins[0].as_str();

    // On the phone: nothing of the desk, and only this round.
    let own = mine(&world, me, &round).await;
    assert_eq!((&own["round"]["assigned"], &own["round"]["standing"]), (&json!(3), &json!("ACCEPTED")));
    assert_eq!(own["tasks"][0]["name"], "岗位w1");
    for field in
        ["campaigns { id }", "representatives { drawn }", "campaignResults { formNumber }", "members { accountId }"]
    {
        assert_eq!(world.refused(me, &format!("{{ {field} }}"), json!({})).await, ["FORBIDDEN"], "{field}");
    }
    let other = planned(&world, "DEPUTIES", json!({})).await;
    assert_eq!(world.refused(me, MINE, json!({ "id": other["id"] })).await, ["NOT_FOUND"]);

    // Half of a form is kept, and found again.
    let half = filled(&world, me, &round, 0, one_finding("away", json!({ "place": "" })), json!([])).await;
    assert_eq!(gives(&world, me, "saveBallot", &half).await, json!({ "status": "DRAFT", "version": 1 }));
    assert_eq!(mine(&world, me, &round).await["tasks"][0]["content"]["findings"][0]["item"], "away");
    let lacks = filled(&world, me, &round, 0, one_finding("away", json!({ "place": "" })), json!([])).await;
    let codes = ["INVALID", "form.required", "form.required", "campaigns.evidence"];
    assert_eq!(not_given(&world, me, "handInBallot", &lacks).await, codes, "size, place, proof");
    // Another device has the version before.
    assert_eq!(not_given(&world, me, "saveBallot", &half).await, ["STALE"]);

    let proof = uploaded(&world, me).await.id.to_string();
    let mut content = one_finding("away", json!({ "size": 6, "files": [proof] }));
    content["remarks"] = json!([{ "kind": "PROBLEM", "text": "中午没有人值守。" },
        { "kind": "SUGGESTION", "text": "增设一台自助终端。" }]);
    let whole = filled(&world, me, &round, 0, content, json!([proof])).await;
    assert_eq!(gives(&world, me, "handInBallot", &whole).await["status"], "HANDED_IN");
    assert_eq!(not_given(&world, me, "handInBallot", &whole).await, ["INVALID", "campaigns.handed_in"]);
    let own = mine(&world, me, &round).await;
    assert_eq!(own["tasks"][0]["files"], json!([{ "kind": "JPEG" }]));
    assert_eq!(own["remarks"].as_array().unwrap().len(), 2);
    for place in [1, 2] {
        let input = filled(&world, me, &round, place, spotless(json!([])), json!([])).await;
        gives(&world, me, "handInBallot", &input).await;
    }
    // Whoever judges their own matter stands back.
    let task = mine(&world, &logins[1], &round).await["tasks"][2].clone();
    let recuse = json!({ "target": task["id"], "version": 0, "reason": "我在中心有亲属" });
    let back = "mutation($i: RecuseFromTargetInput!) { recuseFromTarget(input: $i) { status } }";
    world.ok(&logins[1], back, json!({ "i": recuse })).await;
    let late = filled(&world, &logins[1], &round, 2, spotless(json!([])), json!([])).await;
    assert_eq!(not_given(&world, &logins[1], "saveBallot", &late).await, ["INVALID", "campaigns.recused"]);

    let early = now(&world, &round).await;
    let early = json!({ "id": early["id"], "version": early["version"] });
    assert_eq!(not(&world, "closeCampaign", "SeenCampaignInput", early).await, ["INVALID", "campaigns.still_running"]);
    for login in &logins[1..] {
        for place in 0..3 {
            let input = filled(&world, login, &round, place, spotless(json!([])), json!([])).await;
            if (login, place) != (&logins[1], 2) {
                gives(&world, login, "handInBallot", &input).await;
            }
        }
    }
    let shown = page(&world, &round).await;
    assert_eq!(
        (&shown["covered"], &shown["openRemarks"], &shown["step"]),
        (&json!(true), &json!(2), &json!("VISITING"))
    );
    assert_eq!(shown["means"][0], json!({ "target": shown["targets"][0]["id"], "mean": 9950, "forms": 6 }));
    assert_eq!(shown["means"][2]["forms"], 5);
    assert_eq!(shown["forms"].as_array().unwrap().len(), 17);
    let round = step(&world, "closeCampaign", &shown["campaign"]).await;
    assert_eq!(page(&world, &round).await["step"], "FORMS_IN");

    // Each remark becomes a task, or a reason.
    let publish = json!({ "id": round["id"], "version": round["version"] });
    let codes = not(&world, "publishCampaign", "PublishCampaignInput", publish.clone()).await;
    assert_eq!(codes, ["INVALID", "campaigns.open_remarks"]);
    let remarks = shown["remarks"].as_array().unwrap();
    let problem = remarks.iter().find(|row| row["kind"] == "PROBLEM").unwrap();
    let wish = remarks.iter().find(|row| row["kind"] == "SUGGESTION").unwrap();
    let classify = |row: &Value, more: Value| {
        let mut input =
            json!({ "id": row["id"], "version": row["version"], "category": "DISCIPLINE", "reply": "已安排轮班。" });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let silent = classify(wish, json!({ "reply": " " }));
    assert_eq!(not(&world, "classifyRemark", "ClassifyRemarkInput", silent).await, ["INVALID", "form.required"]);
    let tasked =
        does(&world, ADMIN, "classifyRemark", "ClassifyRemarkInput", classify(problem, json!({ "cause": "CONDUCT" })))
            .await;
    let again = json!({ "version": tasked["version"] });
    let codes = not(&world, "classifyRemark", "ClassifyRemarkInput", classify(problem, again)).await;
    assert_eq!(codes, ["INVALID", "campaigns.remark_done"]);
    let reason = classify(wish, json!({ "category": "WORKPLACE", "reply": "现有终端够用。" }));
    let reasoned = does(&world, ADMIN, "classifyRemark", "ClassifyRemarkInput", reason).await;
    let shown = page(&world, &round).await;
    let task =
        shown["remarks"].as_array().unwrap().iter().find(|row| row["id"] == problem["id"]).unwrap()["task"].clone();
    let opened = "query R($id: RectificationTaskId!) { rectification(id: $id) { row { task { source problem } } } }";
    let opened = world.ok(ADMIN, opened, json!({ "id": task })).await["rectification"]["row"]["task"].clone();
    assert_eq!(opened, json!({ "source": "SUGGESTION", "problem": "中午没有人值守。" }));
    assert_eq!(shown["step"], "PLAN_ISSUED");

    // Whoever said it says whether the reply answers them.
    let judge = |row: &Value, opinion: &str, note: Value| json!({ "id": row["id"], "version": row["version"], "opinion": opinion, "note": note });
    let no_word = judge(&reasoned, "DOES_NOT", Value::Null);
    assert_eq!(refused(&world, me, "judgeReply", "JudgeReplyInput", no_word).await, ["INVALID", "form.required"]);
    let others = judge(&tasked, "ANSWERS", Value::Null);
    assert_eq!(refused(&world, &logins[1], "judgeReply", "JudgeReplyInput", others.clone()).await, ["NOT_FOUND"]);
    does(&world, me, "judgeReply", "JudgeReplyInput", others).await;
    let refusal = judge(&reasoned, "DOES_NOT", json!("周末排队很长。"));
    let refusal = does(&world, me, "judgeReply", "JudgeReplyInput", refusal).await;
    let reply = json!({ "id": refusal["id"], "version": refusal["version"], "reply": "周末加开一台。" });
    let replied = does(&world, ADMIN, "replyToRemark", "ReplyToRemarkInput", reply).await;
    let told = ("REMARK_REPLIED".to_owned(), round["id"].clone(), json!("2026年第一季度评价"));
    assert_eq!(bell(&world, me).await, [told.clone(), told.clone(), told]);
    assert!(bell(&world, &logins[1]).await.is_empty(), "they said nothing");
    does(&world, me, "judgeReply", "JudgeReplyInput", judge(&replied, "ANSWERS", Value::Null)).await;
    assert_eq!(page(&world, &round).await["step"], "REPORTED_BACK");

    assert_eq!(figure(&world, "shiqi", Metric::FormDMean).await, [], "nothing is told before it is published");
    let round = does(&world, ADMIN, "publishCampaign", "PublishCampaignInput", publish).await;
    let points = figure(&world, "shiqi", Metric::FormDMean).await;
    let of = |stratum: &str, forms| ("2026-02-13".parse().unwrap(), stratum.to_owned(), [forms, forms, 0]);
    assert_eq!(points, [of("", 17), of("deputies/09700", 1), of("deputies/10000", 16)], "each form by its points");
    let results =
        "{ campaignResults { campaign { id status } lines { target { name } mean forms } parts { code mean } } }";
    let results = world.ok("staff.shiqi", results, json!({})).await["campaignResults"].clone();
    assert_eq!((&results[0]["campaign"]["id"], &results[0]["lines"][0]["mean"]), (&round["id"], &json!(9950)));
    let part = results[0]["parts"].as_array().unwrap().iter().find(|part| part["code"] == "discipline").unwrap();
    assert_eq!(part["mean"], 2950);
});

both_dbs!(what_was_said_about_the_organiser_is_worked_through_by_somebody_else, |test| async move {
    let world = World::new(test);
    let account = world.account(ADMIN).await;
    let boss = person(&world, "A1", json!({ "accountId": account })).await;
    let (round, logins) = under_way(&world, json!([{ "staff": boss["id"] }])).await;
    let said = spotless(json!([{ "kind": "PROBLEM", "text": "接待日没有见到人。" }]));
    for login in &logins {
        let input = filled(&world, login, &round, 0, said.clone(), json!([])).await;
        gives(&world, login, "handInBallot", &input).await;
    }
    let shown = page(&world, &round).await;
    assert_eq!((&shown["remarks"], &shown["forms"], &shown["openRemarks"]), (&json!([]), &json!([]), &json!(6)));
    assert_eq!(shown["means"][0]["mean"], Value::Null);
    let id = mine(&world, &logins[0], &round).await["remarks"][0]["id"].clone();
    let input = json!({ "id": id, "version": 1, "category": "ATTITUDE", "reply": "没有的事。" });
    assert_eq!(not(&world, "classifyRemark", "ClassifyRemarkInput", input).await, ["INVALID", "campaigns.own_matter"]);
    // The organiser's own form works.
    crate::posts::joins(&world, "organiser.shiqi", domain::permission::Role::EvaluationOrganiser).await;
    let input = json!({ "id": id, "version": 1, "category": "ATTITUDE", "reply": "已调整接待日。" });
    does(&world, "organiser.shiqi", "classifyRemark", "ClassifyRemarkInput", input).await;
});

both_dbs!(whoever_does_not_answer_is_not_waited_for, |test| async move {
    let world = World::new(test);
    let at = post(&world, "w1").await;
    roster(&world, 2).await;
    let round = about(&world, "DEPUTIES", json!([{ "post": at["id"] }])).await;
    draw(&world, &round, 2).await;
    let raters = page(&world, &round).await["raters"].clone();
    let (yes, no) = (&raters[0]["rater"], &raters[1]["rater"]);
    called(&world, yes, "rater.yes").await;
    called(&world, no, "rater.no").await;
    takes_part(&world, "rater.yes", &round).await;
    let decline = json!({ "id": round["id"], "accept": false, "reason": "出国" });
    let answer = "mutation A($i: AnswerCampaignInput!) { answerCampaign(input: $i) { round { standing } } }";
    let answered = world.ok("rater.no", answer, json!({ "i": decline })).await;
    assert_eq!(answered["answerCampaign"]["round"]["standing"], "DECLINED");
    assert_eq!(world.refused("rater.no", answer, json!({ "i": decline })).await, ["INVALID", "campaigns.answered"]);
    let round = step(&world, "openCampaign", &now(&world, &round).await).await;
    let remind = page(&world, &round).await["raters"][0]["rater"].clone();
    let remind = json!({ "id": remind["id"], "version": remind["version"] });
    does(&world, ADMIN, "remindCampaignRater", "SeenCampaignRaterInput", remind).await;
    assert_ne!(page(&world, &round).await["raters"][0]["rater"]["remindedAt"], Value::Null);
    world.wait_days(15);
    let late = filled(&world, "rater.yes", &round, 0, spotless(json!([])), json!([])).await;
    assert_eq!(not_given(&world, "rater.yes", "handInBallot", &late).await, ["INVALID", "campaigns.late"]);
    // The last day is over: the server closes it by itself.
    let center = world.test.center("shiqi").await;
    server::campaigns::service::course::sweep(&world.app, &center).await.unwrap();
    let shown = page(&world, &round).await;
    assert_eq!(shown["campaign"]["status"], "CLOSED");
    let states: Vec<_> = shown["raters"].as_array().unwrap().iter().map(|row| row["rater"]["status"].clone()).collect();
    assert_eq!(states[..3], [json!("ACCEPTED"), json!("DECLINED"), json!("EXPIRED")]);
    assert_eq!((&shown["whole"], &shown["covered"]), (&Value::Null, &json!(false)));
    let publish = json!({ "id": round["id"], "version": shown["campaign"]["version"] });
    let codes = not(&world, "publishCampaign", "PublishCampaignInput", publish.clone()).await;
    assert_eq!(codes, ["INVALID", "campaigns.coverage"]);
    let mut told = publish;
    told["note"] = json!("代表集中参会，本期没有填写。");
    does(&world, ADMIN, "publishCampaign", "PublishCampaignInput", told).await;
});
