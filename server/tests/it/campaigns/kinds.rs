//! The other kinds of rounds: peers in secret, by superiors, by oneself, by a third party.

use domain::{metrics::Metric, permission::Role};
use entity::{ballot, campaign_form, campaign_remark};
use serde_json::{Value, json};
use server::both_dbs;

use super::{
    about, filled, form, gives, mine, named, not_given, now, one_finding, page, planned, spotless, step,
    third_party::{agreed, comes, goes_out},
};
use crate::{
    analytics::figure,
    posts::{ADMIN, does},
    world::World,
};

/// Colleagues who rate each other, with the round open.
async fn peers(world: &World, count: usize) -> (Value, Vec<String>) {
    let round = planned(world, "PEER", json!({})).await;
    let logins: Vec<_> = (1..=count).map(|n| format!("peer{n}.shiqi")).collect();
    for login in &logins {
        named(world, &round, login, Role::PeerRater, json!("窗口组")).await;
    }
    let staff = world.ok(ADMIN, "{ campaignChoices { staff { id staffNo } } }", json!({})).await;
    let staff = staff["campaignChoices"]["staff"].as_array().unwrap().clone();
    let targets = logins.iter().map(|login| {
        let number = login.replace('.', "-");
        let person = staff.iter().find(|row| row["staffNo"] == number.as_str()).unwrap();
        json!({ "staff": person["id"], "pool": "窗口组" })
    });
    let targets: Vec<_> = targets.collect();
    let row = now(world, &round).await;
    let input = json!({ "id": row["id"], "version": row["version"], "targets": targets });
    does(world, ADMIN, "setCampaignTargets", "SetCampaignTargetsInput", input).await;
    (step(world, "openCampaign", &now(world, &round).await).await, logins)
}

both_dbs!(peers_vote_in_secret_and_nobody_can_tell_whose_form_is_whose, |test| async move {
    let world = World::new(test);
    let (round, logins) = peers(&world, 4).await;
    for login in &logins {
        for place in 0..3 {
            let mut content = one_finding("early", json!({ "size": 2, "on": null, "time": "", "place": "" }));
            content["remarks"] = json!([{ "kind": "SUGGESTION", "text": format!("{login}写的第{place}条") }]);
            let input = filled(&world, login, &round, place, content, json!([])).await;
            gives(&world, login, "handInBallot", &input).await;
        }
    }
    // Until the end there is a seal, and no form; who has voted is known.
    let shown = page(&world, &round).await;
    assert_eq!((&shown["forms"], &shown["remarks"], &shown["whole"]), (&json!([]), &json!([]), &Value::Null));
    assert!(shown["raters"].as_array().unwrap().iter().all(|row| row["handedIn"] == 3));
    let tx = world.reader("shiqi").await;
    let ballots = tx.select::<ballot::Entity>().unwrap().all().await.unwrap();
    assert_eq!(ballots.len(), 12);
    assert!(ballots.iter().all(|row| row.sealed.as_ref().is_some_and(|sealed| !sealed.contains("early"))));
    assert!(tx.select::<campaign_form::Entity>().unwrap().all().await.unwrap().is_empty());
    drop(tx);

    step(&world, "closeCampaign", &now(&world, &round).await).await;
    let tx = world.reader("shiqi").await;
    let ballots = tx.select::<ballot::Entity>().unwrap().all().await.unwrap();
    assert!(ballots.iter().all(|row| row.sealed.is_none()));
    let forms = tx.select::<campaign_form::Entity>().unwrap().all().await.unwrap();
    assert_eq!(forms.len(), 12);
    assert!(forms.iter().all(|row| row.rater_id.is_none() && row.ballot_id.is_none()));
    let remarks = tx.select::<campaign_remark::Entity>().unwrap().all().await.unwrap();
    assert!(remarks.len() == 12 && remarks.iter().all(|row| row.rater_id.is_none()));
    drop(tx);
    // Whoever organises reads what was said, and means of enough forms; no single form.
    let shown = page(&world, &round).await;
    assert_eq!((&shown["forms"], &shown["remarks"].as_array().unwrap().len()), (&json!([]), &12));
    assert_eq!(shown["means"][0]["mean"], 9900);
    assert!(shown["remarks"].as_array().unwrap().iter().all(|row| row["rater"] == Value::Null));
    // A rater finds nothing of what they voted any more.
    let own = mine(&world, &logins[0], &round).await;
    assert_eq!((&own["tasks"][0]["content"]["findings"], &own["remarks"]), (&json!([]), &json!([])));
});

both_dbs!(means_of_too_few_peers_are_shown_to_nobody, |test| async move {
    let world = World::new(test);
    let (round, logins) = peers(&world, 3).await;
    for login in &logins {
        for place in 0..2 {
            let input = filled(&world, login, &round, place, spotless(json!([])), json!([])).await;
            gives(&world, login, "handInBallot", &input).await;
        }
    }
    let round = step(&world, "closeCampaign", &now(&world, &round).await).await;
    let shown = page(&world, &round).await;
    assert!(shown["means"].as_array().unwrap().iter().all(|row| row["mean"].is_null() && row["forms"].is_null()));
    assert_eq!((&shown["whole"], &shown["hidden"], &shown["parts"]), (&Value::Null, &json!(3), &json!([])));
    does(&world, ADMIN, "publishCampaign", "PublishCampaignInput", round.clone()).await;
    let results = "{ campaignResults { lines { target { name } mean forms } } }";
    let results = world.ok("staff.shiqi", results, json!({})).await["campaignResults"].clone();
    assert_eq!(results, json!([]), "no line of anybody else's");
    assert_eq!(figure(&world, "shiqi", Metric::FormDMean).await, [], "nor does the center's figure tell of them");
});

both_dbs!(superiors_and_oneself_rate_by_the_same_form, |test| async move {
    let world = World::new(test);
    let colleague = crate::posts::person(&world, "S1", json!({})).await;
    let above = about(&world, "SUPERIOR", json!([{ "staff": colleague["id"] }])).await;
    named(&world, &above, "chief.shiqi", Role::SuperiorRater, Value::Null).await;
    let above = step(&world, "openCampaign", &now(&world, &above).await).await;
    let late = one_finding("tidy", json!({ "size": 1, "files": [] }));
    let input = filled(&world, "chief.shiqi", &above, 0, late, json!([])).await;
    assert_eq!(not_given(&world, "chief.shiqi", "handInBallot", &input).await, ["INVALID", "campaigns.evidence"]);
    let input = filled(&world, "chief.shiqi", &above, 0, spotless(json!([])), json!([])).await;
    gives(&world, "chief.shiqi", "handInBallot", &input).await;
    // One superior is heard alone: the mean of one form is shown.
    assert_eq!(page(&world, &above).await["means"][0]["mean"], 10_000);

    let own = planned(&world, "SELF_RATING", json!({})).await;
    named(&world, &own, "self.shiqi", Role::SelfRater, Value::Null).await;
    let staff = world.ok(ADMIN, "{ campaignChoices { staff { id staffNo } } }", json!({})).await;
    let staff = staff["campaignChoices"]["staff"].as_array().unwrap().clone();
    let targets: Vec<_> = staff.iter().map(|person| json!({ "staff": person["id"] })).collect();
    let row = now(&world, &own).await;
    let input = json!({ "id": row["id"], "version": row["version"], "targets": targets });
    does(&world, ADMIN, "setCampaignTargets", "SetCampaignTargetsInput", input).await;
    let own = step(&world, "openCampaign", &now(&world, &own).await).await;
    let tasks = mine(&world, "self.shiqi", &own).await["tasks"].clone();
    assert_eq!(tasks.as_array().unwrap().len(), 1, "oneself, nobody else");
    let bonus =
        one_finding("praise", json!({ "size": 4, "on": null, "time": "", "place": "", "note": "收到锦旗一面" }));
    let input = filled(&world, "self.shiqi", &own, 0, bonus, json!([])).await;
    gives(&world, "self.shiqi", "handInBallot", &input).await;
    assert_eq!(page(&world, &own).await["forms"][0]["total"], 10_200);
});

both_dbs!(a_third_party_rates_by_weighted_indicators, |test| async move {
    let world = World::new(test);
    let round = about(&world, "THIRD_PARTY", json!([{}])).await;
    comes(&world, &round, "agency.wu", "THIRD_PARTY_LEAD").await;
    agreed(&world, &round, "agency.wu").await;
    let round = step(&world, "openCampaign", &now(&world, &round).await).await;
    goes_out(&world, &round, "agency.wu").await;
    let points = |all: &[(&str, u32)]| {
        let points: Vec<_> = all.iter().map(|(code, points)| json!({ "indicator": code, "points": points })).collect();
        json!({ "kind": "THIRD_PARTY", "points": points, "remarks": [] })
    };
    let half = filled(&world, "agency.wu", &round, 0, points(&[("waiting", 80)]), json!([])).await;
    let lacks = not_given(&world, "agency.wu", "handInBallot", &half).await;
    assert_eq!(lacks, [vec!["INVALID"], vec!["form.required"; 11]].concat());
    for (wrong, code) in [
        (points(&[("waiting", 101)]), "campaigns.points"),
        (points(&[("none", 1)]), "forms.finding_item"),
        (points(&[("waiting", 1), ("waiting", 2)]), "campaigns.finding_twice"),
    ] {
        let input = filled(&world, "agency.wu", &round, 0, wrong, json!([])).await;
        assert_eq!(not_given(&world, "agency.wu", "saveBallot", &input).await, ["INVALID", code]);
    }
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
    let all: Vec<_> = all.into_iter().map(|code| (code, if code == "waiting" { 50 } else { 90 })).collect();
    let input = filled(&world, "agency.wu", &round, 0, points(&all), json!([])).await;
    gives(&world, "agency.wu", "handInBallot", &input).await;
    let shown = page(&world, &round).await;
    // 92 of the weights at 90, 8 at 50.
    assert_eq!(shown["forms"][0]["total"], 8680);
    assert_eq!(
        shown["parts"][0],
        json!({ "target": shown["targets"][0]["id"], "code": "comfort", "mean": 1930, "most": 2500 })
    );
    assert_eq!(form(&world, "THIRD_PARTY").await, mine(&world, "agency.wu", &round).await["formVersion"]);
});
