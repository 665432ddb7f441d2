//! What operations may cost: enough for our own pages, not enough to do harm.

use serde_json::json;
use server::{both_dbs, graphql::document::Document};

use crate::world::{World, codes};

both_dbs!(our_own_documents_fit_the_limits, |test| async move {
    let world = World::new(test);
    let mut login = "";
    let mut checked = 0;
    for line in include_str!("own_documents.graphql").lines() {
        match line {
            "# visitors" => login = "",
            "# members" => login = "handler.shiqi",
            comment if comment.starts_with('#') => {}
            document => {
                assert!(Document::read(document).is_ok(), "{document}");
                // Without the variables it is not run; what it costs is known before that.
                let codes = codes(&world.run(login, document, json!({})).await);
                assert_ne!(codes, ["TOO_COMPLEX"], "{login}: {document}");
                checked += 1;
            }
        }
    }
    assert!(checked >= 18, "only {checked} documents");
});

both_dbs!(a_list_costs_by_its_length, |test| async move {
    let world = World::new(test);
    let list = |first, fields: &str| format!("{{ complaints(first: {first}) {{ nodes {{ {fields} }} }} }}");
    // Every field of a row is affordable on a short page only; none of them takes a statement for each row.
    let whole = "id number version status class subject channel text receivedAt dueAt dueStep daysLeft late paused \
        pausedDays escalation complainant { anonymous name phone hasAddress } handler { displayName } \
        assignee { displayName } outcome finding measures reviewReason lastEventKind lastEventAt actions";
    assert_eq!(world.run("handler.shiqi", &list(20, whole), json!({})).await["errors"], json!(null));
    for per_row in ["events { id }", "similar { score }", "department { id }", "mergedHere { id }"] {
        assert_eq!(world.refused("handler.shiqi", &list(1, per_row), json!({})).await, ["BAD_REQUEST"], "{per_row}");
    }
    for (login, document) in [
        ("handler.shiqi", list(100, whole)),
        (
            "",
            "{ publicCenters { code nameZh nameEn kind demo channels { kind labelZh labelEn valueZh valueEn } } \
            b: publicCenters { channels { kind } } }"
                .to_owned(),
        ),
    ] {
        assert_eq!(world.refused(login, &document, json!({})).await, ["TOO_COMPLEX"], "{document}");
    }
    // Said in a variable it costs the same.
    let by_variable = list(0, whole).replace("first: 0", "first: $n").replacen('{', "query($n: Int) {", 1);
    assert_eq!(world.refused("handler.shiqi", &by_variable, json!({ "n": 100 })).await, ["TOO_COMPLEX"]);
});

both_dbs!(a_visitor_may_ask_for_less, |test| async move {
    let world = World::new(test);
    let document = "{ a: publicCenters { channels { kind } } b: publicCenters { channels { kind } } \
        c: publicCenters { channels { kind } } }";
    assert_eq!(world.refused("", document, json!({})).await, ["TOO_COMPLEX"]);
    assert_eq!(world.run("handler.shiqi", document, json!({})).await["errors"], json!(null));
});
