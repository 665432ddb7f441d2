//! What raters and organisers may not hand in (issue 5): levels outside of the scale, themselves, somebody else's target,
//! another form, late, twice, too long.

use domain::permission::Role;
use serde_json::{Value, json};
use server::both_dbs;

use super::{
    BALLOT, about, filled, form, gives, mine, named, not, not_given, now, one_finding, page, plan, planned,
    representative, spotless, step,
};
use crate::{
    files::uploaded,
    posts::{ADMIN, does, person, post},
    world::World,
};

const PATROL: &str = "patrol.shiqi";

/// A round on site about one post, with one rater, open.
async fn on_site(world: &World) -> Value {
    let at = post(world, "w1").await;
    let round = about(world, "ON_SITE", json!([{ "post": at["id"] }])).await;
    named(world, &round, PATROL, Role::PatrolInspector, Value::Null).await;
    step(world, "openCampaign", &now(world, &round).await).await
}

both_dbs!(a_form_with_what_it_cannot_have_is_refused_with_its_place, |test| async move {
    let world = World::new(test);
    let round = on_site(&world).await;
    let with = async |content: Value| filled(&world, PATROL, &round, 0, content, json!([])).await;
    let cases = [
        (one_finding("away", json!({ "size": 9 })), "forms.finding_size"),
        (one_finding("away", json!({ "size": 0 })), "forms.finding_size"),
        (one_finding("favours", json!({ "size": 2 })), "forms.finding_size"),
        (one_finding("nothing", json!({ "size": 2 })), "forms.finding_item"),
        (one_finding("away", json!({ "on": "2026-02-12" })), "campaigns.outside"),
        (one_finding("away", json!({ "on": "2026-02-14" })), "campaigns.outside"),
        (one_finding("away", json!({ "time": "25:00" })), "campaigns.time"),
        (one_finding("away", json!({ "note": "长".repeat(501) })), "form.too_long"),
        (spotless(json!([{ "kind": "PROBLEM", "text": "长".repeat(100_000) }])), "form.too_long"),
        (spotless(json!([{ "kind": "PROBLEM", "text": "\u{0}" }])), "form.control_characters"),
        (spotless(Value::Array(vec![json!({ "kind": "PROBLEM", "text": "人少" }); 11])), "campaigns.many"),
        (json!({ "kind": "THIRD_PARTY", "points": [], "remarks": [] }), "campaigns.form_kind"),
    ];
    for (content, code) in cases {
        let input = with(content).await;
        assert_eq!(not_given(&world, PATROL, "saveBallot", &input).await, ["INVALID", code]);
    }
    let twice = one_finding("away", json!({ "size": 6 }));
    let finding = twice["findings"][0].clone();
    let twice = with(json!({ "kind": "CONDUCT", "findings": [finding, finding], "remarks": [] })).await;
    assert_eq!(not_given(&world, PATROL, "saveBallot", &twice).await, ["INVALID", "campaigns.finding_twice"]);
    // A document of another shape does not get so far.
    for shape in [json!({ "kind": "CONDUCT" }), json!({ "kind": "QUESTIONNAIRE" }), json!("CONDUCT"), json!(7)] {
        let input = with(shape).await;
        assert_eq!(not_given(&world, PATROL, "saveBallot", &input).await, ["BAD_REQUEST"]);
    }
    let mut other = with(spotless(json!([]))).await;
    other["form"] = form(&world, "THIRD_PARTY").await;
    assert_eq!(not_given(&world, PATROL, "handInBallot", &other).await, ["INVALID", "campaigns.form_version"]);
    // A remark without words may wait in a draft, and is not handed in.
    let empty = with(spotless(json!([{ "kind": "PROBLEM", "text": " " }]))).await;
    assert_eq!(not_given(&world, PATROL, "handInBallot", &empty).await, ["INVALID", "form.required"]);
    assert_eq!(gives(&world, PATROL, "saveBallot", &empty).await["status"], "DRAFT");
});

both_dbs!(proof_is_ones_own_and_among_what_was_sent, |test| async move {
    let world = World::new(test);
    let round = on_site(&world).await;
    let (theirs, own) = (uploaded(&world, "staff.shiqi").await.id, uploaded(&world, PATROL).await.id);
    let content = |file: String| one_finding("away", json!({ "size": 6, "files": [file] }));
    let unsent = filled(&world, PATROL, &round, 0, content(own.to_string()), json!([])).await;
    assert_eq!(not_given(&world, PATROL, "handInBallot", &unsent).await, ["INVALID", "campaigns.file_unknown"]);
    let strange = content(theirs.to_string());
    let strange = filled(&world, PATROL, &round, 0, strange, json!([theirs.to_string()])).await;
    assert_eq!(not_given(&world, PATROL, "handInBallot", &strange).await, ["NOT_FOUND"]);
    let fine = filled(&world, PATROL, &round, 0, content(own.to_string()), json!([own.to_string()])).await;
    gives(&world, PATROL, "handInBallot", &fine).await;
    let forms = page(&world, &round).await["forms"].clone();
    assert_eq!((&forms[0]["total"], &forms[0]["files"]), (&json!(9700), &json!([{ "kind": "JPEG" }])));
});

both_dbs!(nobody_rates_themself_or_whom_they_were_not_given, |test| async move {
    let world = World::new(test);
    let round = planned(&world, "PEER", json!({})).await;
    // One of each group, before there are targets.
    named(&world, &round, "peer1.shiqi", Role::PeerRater, json!("窗口组")).await;
    named(&world, &round, "peer2.shiqi", Role::PeerRater, json!("窗口组")).await;
    named(&world, &round, "peer3.shiqi", Role::PeerRater, json!("后台组")).await;
    let staff = "{ campaignChoices { staff { id staffNo } } }";
    let staff = world.ok(ADMIN, staff, json!({})).await["campaignChoices"]["staff"].clone();
    let of =
        |number: &str| staff.as_array().unwrap().iter().find(|row| row["staffNo"] == number).unwrap()["id"].clone();
    let target = |number: &str, pool: &str| json!({ "staff": of(number), "pool": pool });
    let targets =
        json!([target("peer1-shiqi", "窗口组"), target("peer2-shiqi", "窗口组"), target("peer3-shiqi", "后台组")]);
    let row = now(&world, &round).await;
    let input = json!({ "id": row["id"], "version": row["version"], "targets": targets });
    does(&world, ADMIN, "setCampaignTargets", "SetCampaignTargetsInput", input).await;
    let round = step(&world, "openCampaign", &now(&world, &round).await).await;
    let shown = page(&world, &round).await;
    let own = mine(&world, "peer1.shiqi", &round).await;
    let tasks: Vec<_> = own["tasks"].as_array().unwrap().iter().map(|task| task["id"].clone()).collect();
    assert_eq!(tasks, [shown["targets"][1]["id"].clone()], "the colleague of the group, nobody else");
    let about = |target: &Value| json!({ "target": target["id"], "version": 0, "form": own["formVersion"], "content": spotless(json!([])), "files": [] });
    for verb in ["saveBallot", "handInBallot"] {
        let myself = about(&shown["targets"][0]);
        assert_eq!(not_given(&world, "peer1.shiqi", verb, &myself).await, ["INVALID", "campaigns.oneself"]);
        let stranger = about(&shown["targets"][2]);
        assert_eq!(not_given(&world, "peer1.shiqi", verb, &stranger).await, ["NOT_FOUND"]);
        // Whoever has no part in the round does not find it.
        let outsider = about(&shown["targets"][1]);
        assert_eq!(not_given(&world, "staff.shiqi", verb, &outsider).await, ["FORBIDDEN"]);
    }
    // A secret vote takes no files, and none of its raters may send any.
    let mut told = about(&shown["targets"][1]);
    told["files"] = json!([uuid::Uuid::from_u128(9).to_string()]);
    assert_eq!(not_given(&world, "peer1.shiqi", "saveBallot", &told).await, ["INVALID", "campaigns.no_files"]);
});

both_dbs!(forms_are_taken_from_the_first_day_to_the_last_and_once, |test| async move {
    let world = World::new(test);
    let at = post(&world, "w1").await;
    let round = planned(&world, "ON_SITE", json!({ "startsOn": "2026-02-16", "endsOn": "2026-02-20" })).await;
    let input = json!({ "id": round["id"], "version": round["version"], "targets": [{ "post": at["id"] }] });
    does(&world, ADMIN, "setCampaignTargets", "SetCampaignTargetsInput", input).await;
    named(&world, &round, PATROL, Role::PatrolInspector, Value::Null).await;
    let input = filled(&world, PATROL, &round, 0, spotless(json!([])), json!([])).await;
    assert_eq!(not_given(&world, PATROL, "saveBallot", &input).await, ["INVALID", "campaigns.not_open"]);
    step(&world, "openCampaign", &now(&world, &round).await).await;
    assert_eq!(not_given(&world, PATROL, "saveBallot", &input).await, ["INVALID", "campaigns.early"]);
    world.wait_days(3);
    gives(&world, PATROL, "saveBallot", &input).await;
    let next = filled(&world, PATROL, &round, 0, spotless(json!([])), json!([])).await;
    world.wait_days(5);
    for verb in ["saveBallot", "handInBallot"] {
        assert_eq!(not_given(&world, PATROL, verb, &next).await, ["INVALID", "campaigns.late"]);
    }
    let recuse = json!({ "target": next["target"], "version": next["version"], "reason": "有亲属" });
    let back = "mutation($i: RecuseFromTargetInput!) { recuseFromTarget(input: $i) { status } }";
    assert_eq!(world.refused(PATROL, back, json!({ "i": recuse })).await, ["INVALID", "campaigns.late"]);
});

both_dbs!(two_devices_hand_in_at_once_and_one_of_them_does, |test| async move {
    let test = test.with_connections(4).await;
    let world = World::new(test);
    let round = on_site(&world).await;
    let input = filled(&world, PATROL, &round, 0, spotless(json!([])), json!([])).await;
    let query = BALLOT.replace("VERB", "handInBallot");
    let once = || world.run(PATROL, &query, json!({ "i": input }));
    let (first, second) = tokio::join!(once(), once());
    let given = [&first, &second].iter().filter(|answer| answer.get("errors").is_none()).count();
    assert_eq!(given, 1, "{first:#}\n{second:#}");
    assert_eq!(page(&world, &round).await["forms"].as_array().unwrap().len(), 1);
});

both_dbs!(a_round_is_planned_within_its_rules, |test| async move {
    let world = World::new(test);
    let at = post(&world, "w1").await;
    let cases = [
        (json!({ "endsOn": "2026-02-12" }), "campaigns.day_past"),
        (json!({ "startsOn": "2026-02-28" }), "campaigns.ends_before"),
        (json!({ "endsOn": "2026-06-30" }), "campaigns.too_long"),
        (json!({ "repliesUntil": "2026-02-26" }), "campaigns.replies_before"),
        (json!({ "least": 2 }), "campaigns.least"),
        (json!({ "name": " " }), "form.required"),
        (json!({ "briefing": "长".repeat(100_000) }), "form.too_long"),
        (json!({ "form": form(&world, "THIRD_PARTY").await }), "campaigns.form_kind"),
    ];
    for (more, code) in cases {
        let input = plan(&world, "DEPUTIES", more).await;
        let codes = not(&world, "planCampaign", "PlanCampaignInput", input).await;
        assert!(codes.contains(&code.to_owned()), "{code}: {codes:?}");
    }
    let round = planned(&world, "SUPERIOR", json!({})).await;
    let with = |targets: Value| json!({ "id": round["id"], "version": round["version"], "targets": targets });
    let colleague = person(&world, "S1", json!({})).await;
    let one = json!({ "staff": colleague["id"] });
    for (targets, code) in [
        (json!([]), "campaigns.no_targets"),
        (json!([{ "post": at["id"] }]), "campaigns.target_kind"),
        (json!([{ "post": at["id"], "staff": colleague["id"] }]), "campaigns.target_kind"),
        (json!([one, one]), "campaigns.target_twice"),
        (json!([{ "staff": colleague["id"], "pool": "甲组" }]), "campaigns.no_pool"),
    ] {
        let codes = not(&world, "setCampaignTargets", "SetCampaignTargetsInput", with(targets)).await;
        assert_eq!(codes, ["INVALID", code]);
    }
    // Raters come in the way of the kind.
    let draw = json!({ "id": round["id"], "version": round["version"], "perGroup": 2 });
    let codes = not(&world, "drawCampaignRaters", "DrawCampaignRatersInput", draw).await;
    assert_eq!(codes, ["INVALID", "campaigns.other_raters"]);
    let account = world.account("staff.shiqi").await;
    let name = json!({ "id": round["id"], "version": round["version"], "account": account });
    let codes = not(&world, "nameCampaignRater", "NameCampaignRaterInput", name).await;
    assert_eq!(codes, ["INVALID", "campaigns.role"]);
    let deputies = planned(&world, "DEPUTIES", json!({})).await;
    let many = json!({ "id": deputies["id"], "version": deputies["version"], "perGroup": 21 });
    let codes = not(&world, "drawCampaignRaters", "DrawCampaignRatersInput", many).await;
    assert_eq!(codes, ["INVALID", "campaigns.per_group"]);
    // Only those who organise do any of it.
    let input = plan(&world, "DEPUTIES", json!({})).await;
    for login in ["staff.shiqi", "supervisor.shiqi"] {
        let codes = crate::posts::refused(&world, login, "planCampaign", "PlanCampaignInput", input.clone()).await;
        assert_eq!(codes, ["FORBIDDEN"], "{login}");
    }
    // Nobody works here and rates from outside.
    let related = representative(&world, "PARTY_DELEGATE", "何代表", json!({})).await;
    let nothing = json!({ "representative": related["id"], "reason": "亲属" });
    let add = "mutation($i: RepresentativeConflictInput!) { addRepresentativeConflict(input: $i) }";
    let codes = world.refused(ADMIN, add, json!({ "i": nothing })).await;
    assert_eq!(codes, ["INVALID", "campaigns.conflict_about"]);
    let joins = json!({ "login": "handler.shiqi", "displayName": "何代表", "roles": ["PARTY_DELEGATE"],
        "validFrom": "2026-02-13", "validUntil": "2026-02-27", "campaignId": deputies["id"] });
    let codes = not(&world, "inviteMember", "InviteMemberInput", joins).await;
    assert_eq!(codes, ["INVALID", "campaigns.works_here"]);
});

both_dbs!(words_of_100_000_characters_are_refused_wherever_somebody_writes_about_a_round, |test| async move {
    let world = World::new(test);
    let round = on_site(&world).await;
    let long = "长".repeat(100_000);
    let too_long = ["INVALID", "form.too_long"];
    let remark = spotless(json!([{ "kind": "SUGGESTION", "text": long }]));
    for content in [remark, one_finding("away", json!({ "place": long })), one_finding("away", json!({ "note": long }))]
    {
        let input = filled(&world, PATROL, &round, 0, content, json!([])).await;
        assert_eq!(not_given(&world, PATROL, "saveBallot", &input).await, too_long);
        let codes = not_given(&world, PATROL, "handInBallot", &input).await;
        assert!(codes.contains(&"form.too_long".to_owned()), "{codes:?}");
    }
    let said = spotless(json!([{ "kind": "PROBLEM", "text": "等候过久。" }]));
    let input = filled(&world, PATROL, &round, 0, said, json!([])).await;
    let back = "mutation($i: RecuseFromTargetInput!) { recuseFromTarget(input: $i) { status } }";
    let recuse = json!({ "target": input["target"], "version": 0, "reason": long });
    assert_eq!(world.refused(PATROL, back, json!({ "i": recuse })).await, too_long);
    gives(&world, PATROL, "handInBallot", &input).await;
    let remark = page(&world, &round).await["remarks"][0].clone();
    let classify =
        json!({ "id": remark["id"], "version": remark["version"], "category": "EFFECTIVENESS", "reply": long });
    assert_eq!(not(&world, "classifyRemark", "ClassifyRemarkInput", classify).await, too_long);
    let reply =
        json!({ "id": remark["id"], "version": remark["version"], "category": "EFFECTIVENESS", "reply": "已调整。" });
    let replied = does(&world, ADMIN, "classifyRemark", "ClassifyRemarkInput", reply).await;
    let judge = json!({ "id": replied["id"], "version": replied["version"], "opinion": "DOES_NOT", "note": long });
    let codes = crate::posts::refused(&world, PATROL, "judgeReply", "JudgeReplyInput", judge).await;
    assert_eq!(codes, too_long);
});

both_dbs!(a_clock_that_jumps_takes_no_form_out_of_its_days, |test| async move {
    let world = World::new(test);
    let round = on_site(&world).await;
    let input = filled(&world, PATROL, &round, 0, spotless(json!([])), json!([])).await;
    for (days, code) in [(-30, "campaigns.early"), (400, "campaigns.late")] {
        world.wait_days(days);
        assert_eq!(not_given(&world, PATROL, "handInBallot", &input).await, ["INVALID", code]);
        world.wait_days(-days);
    }
    gives(&world, PATROL, "handInBallot", &input).await;
});
