//! Who did what, who tried what they may not, and who looked: over the API.

use domain::audit::AuditOutcome;
use sea_orm::sea_query::Condition;
use serde_json::json;
use server::{both_dbs, db::chain::Logged};

use crate::{statements::counted, world::World};

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
        for login in ["admin.shiqi", "admin.xiaolan", "auditor.zs", "admin.north"] {
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

both_dbs!(a_document_with_one_forbidden_operation_runs_none_of_them, |test| async move {
    let world = World::new(test);
    let scope = world.test.scope("handler.shiqi").await;
    let mixed = "{ complaints { totalCount } catalogue { edition { code } } centerCounts { open } }";
    let (answer, statements) = counted(world.run_in(Some(scope), mixed, json!({}))).await;
    assert_eq!(answer["errors"].as_array().unwrap().len(), 1, "{answer}");
    assert_eq!((&answer["errors"][0]["path"], &answer["data"]), (&json!(["centerCounts"]), &json!(null)));
    assert!(statements.iter().all(|sql| !sql.contains("complaint") && !sql.contains("clause")), "{statements:?}");
    assert!(statements.iter().any(|sql| sql.contains("audit")), "the attempt is on record");
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

const LIST: &str = "query($person: AccountId, $verb: String, $from: NaiveDate, $to: NaiveDate, $first: Int, $after: String) { \
    auditRecords(person: $person, verb: $verb, from: $from, to: $to, first: $first, after: $after) { \
      totalCount pageInfo { hasNextPage endCursor } \
      nodes { verb outcome detail roles actorKind person { displayName } complaint { number } } } }";
const EXPORT: &str = "mutation($i: ExportAuditInput!) { exportAudit(input: $i) { verb } }";
const VERIFY: &str = "mutation { verifyAudit { number fault } }";

both_dbs!(an_administrator_reads_the_own_audit_page_by_page_and_narrowed, |test| async move {
    let world = World::new(test);
    let (case, _) = world.investigating(json!({})).await;
    let all = world.ok("admin.shiqi", LIST, json!({})).await["auditRecords"].clone();
    let verbs = |list: &serde_json::Value| {
        list["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| node["verb"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let told =
        ["complaint_investigated", "complaint_assigned", "complaint_accepted", "complaint_screened", "complaint_filed"];
    assert_eq!(verbs(&all), told);
    assert_eq!(all["totalCount"], 5);
    let (first, last) = (&all["nodes"][0], &all["nodes"][4]);
    assert_eq!((&first["person"]["displayName"], &first["roles"]), (&json!("staff of shiqi"), &json!(["POST_STAFF"])));
    assert_eq!((&first["outcome"], &first["complaint"]["number"]), (&json!("DONE"), &case["number"]));
    assert_eq!((&last["actorKind"], &last["person"]), (&json!("visitor"), &json!(null)));

    let mut pages = Vec::new();
    let mut after = json!(null);
    loop {
        let page = world.ok("admin.shiqi", LIST, json!({ "first": 2, "after": after })).await["auditRecords"].clone();
        pages.extend(verbs(&page));
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(pages, told);

    let narrowed = async |filter| verbs(&world.ok("admin.shiqi", LIST, filter).await["auditRecords"]);
    let staff = world.account("staff.shiqi").await;
    assert_eq!(narrowed(json!({ "person": staff })).await, told[..1]);
    assert_eq!(narrowed(json!({ "verb": "complaint_filed" })).await, told[4..]);
    assert_eq!(narrowed(json!({ "from": "2026-02-13", "to": "2026-02-13" })).await, told);
    assert!(narrowed(json!({ "from": "2026-02-14" })).await.is_empty());
    assert!(narrowed(json!({ "to": "2026-02-12" })).await.is_empty());
    for (filter, code) in [
        (json!({ "verb": "x" }), "audit.verb"),
        (json!({ "from": "2026-02-14", "to": "2026-02-13" }), "audit.period"),
        (json!({ "to": "+262142-12-31" }), "form.date"),
        (json!({ "first": 101 }), "page.first"),
    ] {
        assert_eq!(world.refused("admin.shiqi", LIST, filter).await, ["INVALID", code]);
    }
});

both_dbs!(nobody_else_reads_the_audit_and_each_place_has_its_own, |test| async move {
    let world = World::new(test);
    world.filed(json!({})).await;
    for login in ["handler.shiqi", "staff.shiqi", "supervisor.shiqi"] {
        for query in [LIST, "{ auditChain { records } }", VERIFY] {
            assert_eq!(world.refused(login, query, json!({})).await, ["FORBIDDEN"], "{login} {query}");
        }
        assert_eq!(world.refused(login, EXPORT, json!({ "i": {} })).await, ["FORBIDDEN"]);
    }
    let seen = async |login| world.ok(login, LIST, json!({})).await["auditRecords"]["totalCount"].clone();
    // The filed case and twelve refusals; another center's and another city's nothing; the city's own set-up.
    assert_eq!(seen("admin.shiqi").await, 13);
    assert_eq!(seen("admin.xiaolan").await, 0);
    assert_eq!(seen("auditor.zs").await, 1);
    assert_eq!(seen("auditor.other").await, 1);
    // Whoever administers the system or its accounts does not read what was recorded of them.
    assert_eq!(world.refused("city.zs", LIST, json!({})).await, ["FORBIDDEN"]);
    assert_eq!(world.refused("security.zs", LIST, json!({})).await, ["FORBIDDEN"]);
});

both_dbs!(whoever_is_complained_about_finds_no_trace_in_the_audit, |test| async move {
    let world = World::new(test);
    let (case, _) = world.filed(json!({})).await;
    world.filed(json!({ "idempotencyKey": uuid::Uuid::from_u128(2).to_string(), "text": "另一件事，与管理员无关，请核实处理。" })).await;
    let admin = world.account("admin.shiqi").await;
    world.step("handler.shiqi", "nameRespondent", &case, json!({ "respondent": admin })).await;
    let list = world.ok("admin.shiqi", LIST, json!({})).await["auditRecords"].clone();
    assert_eq!(list["totalCount"], 1);
    assert_ne!(list["nodes"][0]["complaint"]["number"], case["number"]);
    let exported = world.ok("admin.shiqi", EXPORT, json!({ "i": {} })).await;
    assert_eq!(exported["exportAudit"].as_array().unwrap().len(), 1);
});

both_dbs!(verifying_and_exporting_are_on_record, |test| async move {
    let world = World::new(test);
    let state = "{ auditChain { records verified { number fault at } people { displayName } verbs } }";
    assert_eq!(world.ok("admin.shiqi", state, json!({})).await["auditChain"]["verified"], json!(null));
    world.filed(json!({})).await;
    assert_eq!(world.ok("admin.shiqi", VERIFY, json!({})).await["verifyAudit"], json!({ "number": 1, "fault": null }));
    let filter = json!({ "i": { "verb": "complaint_filed", "from": "2026-02-01" } });
    let exported = world.ok("admin.shiqi", EXPORT, filter).await;
    assert_eq!(exported["exportAudit"], json!([{ "verb": "complaint_filed" }]));
    let records = newest(&world, "admin.shiqi").await;
    assert_eq!(records[0].verb, "audit_exported");
    assert_eq!(records[0].detail.as_deref(), Some("1 verb=complaint_filed from=2026-02-01"));
    assert_eq!((records[1].verb.as_str(), records[1].detail.as_deref()), ("audit_verified", Some("1")));

    let chain = world.ok("admin.shiqi", state, json!({})).await["auditChain"].clone();
    assert_eq!(chain["records"], 3);
    assert_eq!((&chain["verified"]["number"], &chain["verified"]["fault"]), (&json!(1), &json!(null)));
    assert_eq!(chain["people"].as_array().unwrap().len(), 5);
    assert!(chain["verbs"].as_array().unwrap().contains(&json!("attempt_refused")));
    // The city office verifies its own.
    assert_eq!(world.ok("auditor.zs", VERIFY, json!({})).await["verifyAudit"], json!({ "number": 1, "fault": null }));
});
