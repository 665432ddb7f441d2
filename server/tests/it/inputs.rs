//! Bad input: each fault has its code, and nothing is half-written.

use serde_json::{Value, json};
use server::both_dbs;

use crate::world::{World, form};

const FILE: &str = "mutation($i: FileComplaintInput!) { fileComplaint(input: $i) { number } }";

both_dbs!(the_public_form_names_every_fault_at_once, |test| async move {
    let world = World::new(test);
    let bad = form(json!({
        "text": "太慢", "happenedOn": "2026-02-14", "phone": "打给我", "name": "长".repeat(41), "noticeVersion": "1999",
        "idempotencyKey": "1",
    }));
    let codes = world.refused("", FILE, json!({ "i": bad })).await;
    let expected = [
        "INVALID",
        "form.too_short",
        "form.date_in_future",
        "form.too_long",
        "form.phone",
        "form.notice",
        "form.idempotency_key",
    ];
    assert_eq!(codes, expected);
    let total = world.ok("handler.shiqi", "{ complaints { totalCount } }", json!({})).await;
    assert_eq!(total["complaints"]["totalCount"], 0);
});

both_dbs!(wrong_types_and_unknown_values_are_one_bad_request, |test| async move {
    let world = World::new(test);
    let wrong: [(&str, Value); 5] = [
        (FILE, json!({ "i": form(json!({ "happenedOn": "2026-02-30" })) })),
        (FILE, json!({ "i": form(json!({ "subject": "NOISE" })) })),
        (FILE, json!({ "i": form(json!({ "text": 7 })) })),
        (FILE, json!({ "i": { "center": "shiqi" } })),
        ("query($id: ComplaintId!) { complaint(id: $id) { id } }", json!({ "id": "not-an-id" })),
    ];
    for (query, variables) in wrong {
        assert_eq!(world.refused("handler.shiqi", query, variables.clone()).await, ["BAD_REQUEST"], "{variables}");
    }
    let nowhere = form(json!({ "center": "atlantis" }));
    assert_eq!(world.refused("", FILE, json!({ "i": nowhere })).await, ["NOT_FOUND"]);
});

both_dbs!(pages_and_cursors_are_checked, |test| async move {
    let world = World::new(test);
    let list = "query($n: Int, $a: String) { complaints(first: $n, after: $a) { nodes { id } } }";
    for (variables, code) in [
        (json!({ "n": 0 }), "page.first"),
        (json!({ "n": 101 }), "page.first"),
        (json!({ "a": "x'; DROP TABLE complaint; --" }), "page.cursor"),
    ] {
        assert_eq!(world.refused("handler.shiqi", list, variables).await, ["INVALID", code]);
    }
});

both_dbs!(a_cursor_leads_on_in_its_own_list_only, |test| async move {
    let world = World::new(test);
    for n in 1..=3_u128 {
        let key = uuid::Uuid::from_u128(n).to_string();
        for center in ["shiqi", "xiaolan"] {
            world.ok("", FILE, json!({ "i": form(json!({ "idempotencyKey": key, "center": center })) })).await;
        }
    }
    let list = "query($a: String, $q: ComplaintQueue!, $s: ComplaintStatus) { complaints(first: 1, after: $a, queue: $q, \
        status: $s) { nodes { id } pageInfo { hasNextPage endCursor } } }";
    let first = world.ok("handler.shiqi", list, json!({ "q": "ALL" })).await["complaints"].clone();
    let cursor = first["pageInfo"]["endCursor"].as_str().unwrap().to_owned();
    let second = world.ok("handler.shiqi", list, json!({ "q": "ALL", "a": cursor })).await["complaints"].clone();
    assert_ne!(first["nodes"], second["nodes"]);
    // A colleague looks at the same list; another center, another queue or another filter is another one.
    world.ok("supervisor.shiqi", list, json!({ "q": "ALL", "a": cursor })).await;
    for (login, variables) in [
        ("handler.xiaolan", json!({ "q": "ALL", "a": cursor })),
        ("handler.shiqi", json!({ "q": "NEW", "a": cursor })),
        ("handler.shiqi", json!({ "q": "ALL", "s": "REGISTERED", "a": cursor })),
        ("handler.shiqi", json!({ "q": "ALL", "a": cursor[..cursor.len() - 1] })),
        ("handler.shiqi", json!({ "q": "ALL", "a": format!("{cursor}A") })),
        ("handler.shiqi", json!({ "q": "ALL", "a": "" })),
    ] {
        assert_eq!(
            world.refused(login, list, variables.clone()).await,
            ["INVALID", "page.cursor"],
            "{login} {variables}"
        );
    }
});

both_dbs!(hostile_documents_are_refused, |test| async move {
    let world = World::new(test);
    // Nothing of the product is as deep as this; the schema's own types are.
    let deep = format!("{{ __schema {{ types {{ {} name {} }} }} }}", "ofType {".repeat(14), "}".repeat(14));
    let wide =
        format!("{{ {} }}", (0..60).map(|n| format!("a{n}: complaints {{ nodes {{ id }} }}")).collect::<String>());
    let directed = format!("{{ viewer {} {{ displayName }} }}", "@include(if: true)".repeat(6));
    for document in [deep, wide, directed] {
        let codes = world.refused("handler.shiqi", &document, json!({})).await;
        assert!(["TOO_COMPLEX", "BAD_REQUEST"].contains(&codes[0].as_str()), "{codes:?}: {document}");
    }
});

both_dbs!(reasons_are_required_and_bounded, |test| async move {
    let world = World::new(test);
    let (case, _) = world.filed(json!({})).await;
    for (text, code) in
        [("  ", "form.required"), (&"长".repeat(2001), "form.too_long"), ("a\u{0}b", "form.control_characters")]
    {
        let codes = world.step_refused("handler.shiqi", "addNote", &case, json!({ "text": text })).await;
        assert_eq!(codes, ["INVALID", code]);
    }
});
