//! Deadlines on the working calendar, and what happens when they pass.

use serde_json::{Value, json};
use server::{both_dbs, jobs::deadlines::sweep};

use crate::world::World;

/// The due day in Shanghai.
fn due_day(case: &Value) -> String {
    let due: chrono::DateTime<chrono::Utc> = case["dueAt"].as_str().unwrap().parse().unwrap();
    domain::calendar::local_date(due).to_string()
}

both_dbs!(a_normal_complaint_of_13_february_2026_is_due_on_the_27th, |test| async move {
    let world = World::new(test);
    let (case, _) = world.investigating(json!({})).await;
    assert_eq!((due_day(&case), case["daysLeft"].clone()), ("2026-02-27".to_owned(), json!(5)));
    world.wait_days(11);
    let id = uuid::Uuid::from_u128(2).to_string();
    let (case, _) = world.investigating(json!({ "idempotencyKey": id })).await;
    assert_eq!(due_day(&case), "2026-03-02");
});

both_dbs!(a_pause_moves_the_due_date_and_reclassifying_keeps_it, |test| async move {
    let world = World::new(test);
    let (case, _) = world.investigating(json!({})).await;
    world.wait_days(12); // 25 February
    let pause = json!({ "reason": "AWAITING_OTHER_BODY", "note": "等待公安分局回函" });
    let case = world.step("handler.shiqi", "pauseComplaint", &case, pause).await;
    assert_eq!((case["dueAt"].clone(), case["paused"].clone()), (Value::Null, json!("AWAITING_OTHER_BODY")));
    world.wait_days(2);
    let case = world.step("handler.shiqi", "resumeComplaint", &case, json!({})).await;
    assert_eq!((due_day(&case), case["pausedDays"].clone()), ("2026-03-02".to_owned(), json!(2)));
    let complex = json!({ "class": "COMPLEX", "subject": "DELAY", "reason": "涉及两个部门" });
    let case = world.step("handler.shiqi", "reclassifyComplaint", &case, complex).await;
    assert_eq!(due_day(&case), "2026-03-16");
});

both_dbs!(a_reply_is_put_off_once_before_it_is_due, |test| async move {
    let world = World::new(test);
    let (case, receipt) = world.investigating(json!({})).await;
    let too_long = json!({ "days": 11, "reason": "需要现场核查" });
    let codes = world.step_refused("handler.shiqi", "extendComplaint", &case, too_long).await;
    assert_eq!(codes, ["INVALID", "complaint.extension_too_long"]);
    let more = json!({ "days": 2, "reason": "需要现场核查" });
    let case = world.step("handler.shiqi", "extendComplaint", &case, more.clone()).await;
    assert_eq!(due_day(&case), "2026-03-02");
    let codes = world.step_refused("handler.shiqi", "extendComplaint", &case, more).await;
    assert_eq!(codes, ["INVALID", "complaint.extension_used"]);
    let track =
        "query($c: String!) { trackComplaint(center: \"shiqi\", receiptCode: $c) { dueAt steps { kind text } } }";
    let told = world.ok("", track, json!({ "c": receipt })).await["trackComplaint"].clone();
    assert_eq!(told["dueAt"], case["dueAt"]);
    assert!(told["steps"].as_array().unwrap().contains(&json!({ "kind": "EXTENDED", "text": "需要现场核查" })));
});

both_dbs!(lateness_is_marked_told_and_climbs, |test| async move {
    let world = World::new(test);
    let (case, _) = world.investigating(json!({})).await;
    let id = case["id"].clone();
    let levels = |day: &'static str, level: &'static str, kinds: usize| (day, level, kinds);
    // Due on Friday 27 February; Saturday the 28th is worked.
    let expected = [
        levels("2026-02-26", "NONE", 1), // the warning, one working day before
        levels("2026-02-28", "LEAD", 2), // overdue
        levels("2026-03-02", "CENTER", 3),
        levels("2026-03-04", "SUPERVISION", 4),
        levels("2026-03-06", "CITY", 5),
    ];
    for (day, level, told) in expected {
        world.app.clock.set(format!("{day}T02:00:00Z").parse().unwrap());
        for _ in 0..2 {
            sweep(&world.app).await.unwrap();
        }
        let query =
            "query($id: ComplaintId!) { complaint(id: $id) { escalation late events { kind actor { displayName } } } }";
        let seen = world.ok("handler.shiqi", query, json!({ "id": id })).await["complaint"].clone();
        assert_eq!(seen["escalation"], level, "{day}");
        let events = seen["events"].as_array().unwrap();
        let by_time =
            events.iter().filter(|event| ["WARNED", "OVERDUE", "ESCALATED"].contains(&event["kind"].as_str().unwrap()));
        assert_eq!(by_time.count(), told, "{day}: sweeping twice tells once");
    }
    let bell = "{ notifications { id kind acknowledgedAt } }";
    for (login, least) in [("handler.shiqi", 5), ("staff.shiqi", 5), ("admin.shiqi", 3), ("supervisor.shiqi", 2)] {
        let told = world.ok(login, bell, json!({})).await["notifications"].clone();
        assert!(told.as_array().unwrap().len() >= least, "{login}: {told}");
    }
    assert_eq!(world.ok("handler.xiaolan", bell, json!({})).await["notifications"], json!([]));
    let counts = world.ok("city.zs", "{ centerCounts { center { code } overdue escalated } }", json!({})).await;
    let expected = json!({ "center": { "code": "shiqi" }, "overdue": 1, "escalated": 1 });
    assert_eq!(counts["centerCounts"][0], expected);
    // Read by the one it was sent to, and nobody else.
    let note = world.ok("admin.shiqi", bell, json!({})).await["notifications"][0].clone();
    let read = "mutation($i: AcknowledgeInput!) { acknowledgeNotification(input: $i) { acknowledgedAt } }";
    let input = json!({ "i": { "id": note["id"] } });
    assert_eq!(world.refused("handler.shiqi", read, input.clone()).await, ["NOT_FOUND"]);
    assert_ne!(world.ok("admin.shiqi", read, input).await["acknowledgeNotification"]["acknowledgedAt"], Value::Null);
});

both_dbs!(a_pause_ends_by_itself_at_its_maximum, |test| async move {
    let world = World::new(test);
    let (case, _) = world.investigating(json!({})).await;
    let pause = json!({ "reason": "FORCE_MAJEURE", "note": "台风停业" });
    let case = world.step("handler.shiqi", "pauseComplaint", &case, pause).await;
    world.wait_days(18);
    sweep(&world.app).await.unwrap();
    assert_eq!(world.case("handler.shiqi", &case["id"]).await["paused"], "FORCE_MAJEURE", "8 working days");
    world.wait_days(2);
    sweep(&world.app).await.unwrap();
    let case = world.case("handler.shiqi", &case["id"]).await;
    assert_eq!((case["paused"].clone(), case["pausedDays"].clone()), (Value::Null, json!(10)));
});

both_dbs!(a_deadline_past_the_last_calendar_is_refused_by_its_year, |test| async move {
    let world = World::new(test);
    world.app.clock.set("2026-12-29T02:00:00Z".parse().unwrap());
    // The complaint itself is taken: a visitor must not wait for a calendar.
    let (case, receipt) = world.filed(json!({ "happenedOn": "2026-12-28" })).await;
    let case = world.step("handler.shiqi", "screenComplaint", &case, json!({})).await;
    let accept = json!({ "i": { "id": case["id"], "version": case["version"], "class": "NORMAL" } });
    let query = "mutation($i: AcceptComplaintInput!) { acceptComplaint(input: $i) { id } }";
    let answer = world.run("handler.shiqi", query, accept).await;
    let violation = &answer["errors"][0]["extensions"]["violations"][0];
    assert_eq!(violation["code"], "calendar.year_missing");
    assert_eq!(violation["args"], json!([{ "name": "year", "value": "2027" }]));
    assert_eq!(world.case("handler.shiqi", &case["id"]).await["status"], "SCREENING", "nothing is half-written");
    let late = json!({ "idempotencyKey": uuid::Uuid::from_u128(2).to_string(), "happenedOn": "2026-12-30" });
    world.app.clock.set("2026-12-31T02:00:00Z".parse().unwrap());
    let (case, _) = world.filed(late).await;
    assert_eq!(case["dueAt"], Value::Null);
    assert!(!receipt.is_empty());
});

both_dbs!(favours_media_and_injury_go_up_at_once, |test| async move {
    let world = World::new(test);
    let (case, _) = world.filed(json!({ "subject": "INTEGRITY" })).await;
    assert_eq!(case["escalation"], "SUPERVISION");
    let told = world.ok("supervisor.shiqi", "{ notifications { kind } }", json!({})).await;
    assert_eq!(told["notifications"], json!([{ "kind": "ESCALATED" }]));
    let case = world.step("handler.shiqi", "screenComplaint", &case, json!({})).await;
    let case = world.step("handler.shiqi", "acceptComplaint", &case, json!({ "class": "COMPLEX" })).await;
    let at_once = json!({ "outcome": "UNSUBSTANTIATED", "finding": "…" });
    let codes = world.step_refused("handler.shiqi", "resolveOnSpot", &case, at_once).await;
    assert_eq!(codes, ["INVALID", "complaint.integrity_needs_investigation"]);
    let press = json!({ "reason": "请于明日前报告进展" });
    let pressed = world.step("supervisor.shiqi", "pressComplaint", &case, press).await;
    assert_eq!(pressed["status"], "ACCEPTED");
    let told = world.ok("handler.shiqi", "{ notifications { kind text } }", json!({})).await;
    assert_eq!(told["notifications"][0], json!({ "kind": "PRESSED", "text": "请于明日前报告进展" }));
});
