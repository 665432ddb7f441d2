//! Who did what, who tried what they may not, and who looked: over the API.

use domain::audit::AuditOutcome;
use sea_orm::sea_query::Condition;
use serde_json::json;
use server::{both_dbs, db::chain::Logged};

use crate::world::World;

/// The newest records of a place, as `login` of it could read them.
async fn newest(world: &World, login: &str) -> Vec<Logged> {
    let tx = world.test.db.read(&world.test.scope(login).await).await.unwrap();
    tx.audit_rows(Condition::all(), None, 100).await.unwrap()
}

both_dbs!(a_refused_attempt_leaves_one_record_with_whoever_made_it, |test| async move {
    let world = World::new(test);
    let (case, _) = world.filed(json!({})).await;
    let counts = async || {
        let mut counts = Vec::new();
        for login in ["admin.shiqi", "admin.xiaolan", "city.zs", "admin.north"] {
            counts.push(newest(&world, login).await.len());
        }
        counts
    };
    let before = counts().await;

    assert_eq!(
        world.step_refused("staff.shiqi", "acceptComplaint", &case, json!({ "class": "NORMAL" })).await,
        ["FORBIDDEN"]
    );
    assert_eq!(counts().await, [before[0] + 1, before[1], before[2], before[3]]);
    let record = newest(&world, "admin.shiqi").await.remove(0);
    assert_eq!(record.verb, "attempt_refused");
    assert_eq!(record.outcome, AuditOutcome::Refused.key());
    assert_eq!(record.detail.as_deref(), Some("acceptComplaint"));
    assert_eq!(record.object_id.as_deref(), case["id"].as_str());
    assert_eq!(record.roles.as_deref(), Some("post_staff"));
    assert_eq!(record.actor_id.unwrap().to_string(), world.account("staff.shiqi").await);

    // From another center, under another name, twice in one request, inside a fragment: one record, at home.
    let twice = "query { a: centerCounts { open } ...F } fragment F on Query { b: centerCounts { open } members { displayName } }";
    assert_eq!(world.refused("staff.xiaolan", twice, json!({})).await, ["FORBIDDEN"]);
    assert_eq!(counts().await, [before[0] + 1, before[1] + 1, before[2], before[3]]);
    let record = newest(&world, "admin.xiaolan").await.remove(0);
    assert_eq!(record.detail.as_deref(), Some("centerCounts,members"));

    // A city office has no case in reach, whatever it may do.
    let case = "query($id: ComplaintId!) { complaint(id: $id) { number } }";
    world.refused("city.zs", case, json!({ "id": "0193b1c2-0000-7000-8000-000000000000" })).await;
    assert_eq!(counts().await, [before[0] + 1, before[1] + 1, before[2] + 1, before[3]]);

    // What is merely wrong, or not there, is no attempt at anything; a visitor has no audit to leave a trace in.
    world.refused("staff.shiqi", "{ complaints(first: 0) { nodes { id } } }", json!({})).await;
    world.refused("", "{ members { displayName } }", json!({})).await;
    assert_eq!(counts().await, [before[0] + 1, before[1] + 1, before[2] + 1, before[3]]);
});

both_dbs!(a_look_at_personal_data_is_on_record_before_it_is_answered, |test| async move {
    let world = World::new(test);
    let (case, _) = world.filed(json!({})).await;
    let reveal = "mutation($i: RevealInput!) { revealComplainant(input: $i) { name phone } }";
    let input = json!({ "i": { "id": case["id"], "reason": "to call back" } });
    let shown = world.ok("handler.shiqi", reveal, input.clone()).await;
    assert_eq!(shown["revealComplainant"]["name"], "陈小明");
    let record = newest(&world, "admin.shiqi").await.remove(0);
    assert_eq!((record.verb.as_str(), record.detail.as_deref()), ("complainant_revealed", Some("to call back")));
    assert_eq!(record.object_id.as_deref(), case["id"].as_str());
    assert_eq!((record.roles.as_deref(), record.outcome.as_str()), (Some("complaint_handler"), "done"));

    assert_eq!(world.refused("supervisor.shiqi", reveal, input).await, ["FORBIDDEN"]);
    let record = newest(&world, "admin.shiqi").await.remove(0);
    assert_eq!((record.verb.as_str(), record.outcome.as_str()), ("attempt_refused", "refused"));
    assert_eq!(record.detail.as_deref(), Some("revealComplainant"));
});
