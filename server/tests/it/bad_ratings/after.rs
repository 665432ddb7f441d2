//! What a bad rating leads to: messages to those whom it concerns, and a task.

use serde_json::{Value, json};
use server::{both_dbs, testing::TestDb};

use super::{DONE, Office, PHONE};
use crate::notices::bell;

both_dbs!(whoever_handles_is_told_of_a_bad_rating_and_both_sides_of_the_decision, |test: TestDb| async move {
    let office = Office::new(test).await;
    let case = office.rated(Some(office.post), Some(PHONE)).await;
    let told = |reason: &str| (reason.to_owned(), case["id"].clone(), json!("1号窗口"));
    for login in ["handler2.shiqi", "admin.shiqi"] {
        assert_eq!(bell(&office.world, login).await, [told("BAD_RATING_OPENED")], "{login}");
    }
    // A handler who is its target hears nothing, nor does whoever only looks on.
    for login in ["handler.shiqi", "staff.shiqi", "supervisor.shiqi", "handler.xiaolan"] {
        assert!(bell(&office.world, login).await.is_empty(), "{login}");
    }
    let verified = office.verified(&case, "CLEAR").await;
    let id = office.appealed(&verified, &[]).await;
    office.city("reviewer.zs", "openRatingAppeal", json!({ "id": id, "reason": "核实" })).await;
    let kept = json!({ "id": id, "decision": "KEPT", "text": "评价属实" });
    assert_eq!(office.city("reviewer.zs", "decideRatingAppeal", kept).await, DONE);
    for login in ["handler.shiqi", "staff.shiqi"] {
        assert_eq!(bell(&office.world, login).await, [told("APPEAL_DECIDED")], "{login}");
    }
    for login in ["handler2.shiqi", "admin.shiqi"] {
        let both = [told("APPEAL_DECIDED"), told("BAD_RATING_OPENED")];
        assert_eq!(bell(&office.world, login).await, both, "{login}");
    }
});

both_dbs!(one_task_follows_from_a_bad_rating_and_both_lead_to_each_other, |test: TestDb| async move {
    let office = Office::new(test).await;
    let open = "mutation($i: OpenBadRatingTaskInput!) { openBadRatingTask(input: $i) { id source status } }";
    let input = |case: &Value| json!({ "i": { "id": case["id"], "problem": "解释不耐心", "cause": "CONDUCT" } });
    let not = async |login: &str, case: &Value| office.world.refused(login, open, input(case)).await;
    let case = office.rated(Some(office.post), Some(PHONE)).await;
    assert_eq!(not("handler2.shiqi", &case).await, ["INVALID", "bad_rating.not_valid"]);
    office.verified(&case, "CLEAR").await;
    for (login, codes) in [
        ("handler.shiqi", &["INVALID", "bad_rating.own"][..]),
        ("staff.shiqi", &["FORBIDDEN"][..]),
        ("supervisor.shiqi", &["FORBIDDEN"][..]),
        ("handler2.xiaolan", &["NOT_FOUND"][..]),
    ] {
        assert_eq!(not(login, &case).await, codes, "{login}");
    }
    let seen = "query($id: BadRatingId!) { badRating(id: $id) { tasked task mayTask } }";
    let page = async |login: &str| office.world.ok(login, seen, json!({ "id": case["id"] })).await["badRating"].clone();
    let before = json!({ "tasked": false, "task": null, "mayTask": true });
    assert_eq!(page("handler2.shiqi").await, before);
    let task = office.world.ok("handler2.shiqi", open, input(&case)).await["openBadRatingTask"].clone();
    assert_eq!((&task["source"], &task["status"]), (&json!("BAD_RATING"), &json!("OPEN")));
    assert_eq!(not("admin.shiqi", &case).await, ["INVALID", "improvement.opened_already"]);
    for login in ["handler2.shiqi", "admin.shiqi"] {
        let after = json!({ "tasked": true, "task": task["id"], "mayTask": false });
        assert_eq!(page(login).await, after, "{login}");
    }
    // Its target reads that a task follows, and sees the task once it is theirs.
    assert_eq!(page("staff.shiqi").await, json!({ "tasked": true, "task": null, "mayTask": false }));
    let origins =
        "query($id: RectificationTaskId!) { rectification(id: $id) { row { post } origins { kind badRating } } }";
    let origins = office.world.ok("admin.shiqi", origins, json!({ "id": task["id"] })).await["rectification"].clone();
    let origin = json!([{ "kind": "BAD_RATING", "badRating": case["id"] }]);
    assert_eq!((&origins["row"]["post"], &origins["origins"]), (&json!("1号窗口"), &origin));
    assert!(office.world.audit_verbs("shiqi").await.contains(&"rectification_opened".to_owned()));

    let other = office.rated(Some(office.post), Some(PHONE)).await;
    office.verified(&other, "MISTAKEN").await;
    assert_eq!(not("handler2.shiqi", &other).await, ["INVALID", "bad_rating.not_valid"]);
});
