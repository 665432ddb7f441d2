//! What somebody without an account can find out, and what not.

use serde_json::{Value, json};
use server::both_dbs;

use crate::world::World;

const TRACK: &str = "query($k: String!, $c: String!) { trackComplaint(center: $k, receiptCode: $c) { number status } }";

both_dbs!(a_wrong_receipt_and_an_unknown_center_have_one_answer, |test| async move {
    let world = World::new(test);
    let (_, receipt) = world.filed(json!({})).await;
    let other = domain::complaints::receipt::encode([1; 13]);
    for (center, code) in [("shiqi", other.as_str()), ("shiqi", "x"), ("nowhere", &receipt), ("north", &receipt)] {
        let answer = world.ok("", TRACK, json!({ "k": center, "c": code })).await;
        assert_eq!(answer["trackComplaint"], Value::Null, "{center}");
    }
    let typed = receipt.to_lowercase().replace('-', " ");
    let answer = world.ok("", TRACK, json!({ "k": "shiqi", "c": typed })).await;
    assert_eq!(answer["trackComplaint"]["status"], "REGISTERED");
});

both_dbs!(what_happens_between_colleagues_is_not_public, |test| async move {
    let world = World::new(test);
    let (case, receipt) = world.investigating(json!({})).await;
    world.step("handler.shiqi", "addNote", &case, json!({ "text": "内部：先不要告诉窗口" })).await;
    let reply = json!({ "text": "您好，已安排人员核实，请保持电话畅通。" });
    let case = world.step("handler.shiqi", "replyToComplainant", &case, reply).await;
    let finding = json!({ "outcome": "SUBSTANTIATED", "finding": "内部：属实" });
    world.step("staff.shiqi", "proposeConclusion", &case, finding).await;
    let query = "query($c: String!) { trackComplaint(center: \"shiqi\", receiptCode: $c) {
        status outcome reply steps { kind status text }
    } }";
    let seen = world.ok("", query, json!({ "c": receipt })).await["trackComplaint"].clone();
    assert!(!seen.to_string().contains("内部"), "{seen}");
    assert_eq!((seen["status"].clone(), seen["outcome"].clone()), (json!("INVESTIGATING"), Value::Null));
    assert!(seen.to_string().contains("请保持电话畅通"));
});

both_dbs!(a_visitor_reads_nothing_but_the_portal, |test| async move {
    let world = World::new(test);
    let (case, _) = world.filed(json!({})).await;
    let id = json!({ "id": case["id"] });
    for query in [
        "{ complaints { totalCount } }",
        "{ complaintCounts { count } }",
        "{ members { displayName } }",
        "{ notifications { id } }",
        "{ catalogue { clauses { number } } }",
    ] {
        assert_eq!(world.refused("", query, json!({})).await, ["UNAUTHENTICATED"], "{query}");
    }
    let one = "query($id: ComplaintId!) { complaint(id: $id) { text } }";
    assert_eq!(world.refused("", one, id).await, ["UNAUTHENTICATED"]);
    let centers = world.ok("", "{ publicCenters { code channels { kind } } }", json!({})).await;
    assert_eq!(centers["publicCenters"].as_array().unwrap().len(), 4);
});

both_dbs!(the_catalogue_holds_the_standard, |test| async move {
    let world = World::new(test);
    let query = "{ catalogue { edition { code } clauses { number parent titleZh titleEn summaryZh summaryEn features { code } } postKinds { code } } }";
    let catalogue = world.ok("handler.shiqi", query, json!({})).await["catalogue"].clone();
    assert_eq!(catalogue["edition"]["code"], "DB4420/T 29—2023");
    let clauses = catalogue["clauses"].as_array().unwrap();
    let find = |number: &str| clauses.iter().find(|clause| clause["number"] == number);
    let features = |number: &str| find(number).map(|clause| clause["features"].clone());
    assert_eq!(features("6.8.2"), Some(json!([{ "code": "F15" }])));
    assert_eq!(features("7.3.4"), Some(json!([{ "code": "F06" }, { "code": "F25" }])));
    // Known, and not served yet: nothing is claimed.
    for number in ["6.12.10", "7.2.3.8.2", "C.4"] {
        assert_eq!(features(number), Some(json!([])), "{number}");
    }
    for clause in clauses {
        assert!(clause["parent"].is_null() || find(clause["parent"].as_str().unwrap()).is_some(), "{clause}");
        for text in ["titleZh", "titleEn", "summaryZh", "summaryEn"] {
            assert_ne!(clause[text], "", "{clause}");
        }
    }
    assert_eq!(catalogue["postKinds"].as_array().unwrap().len(), 14);
});
