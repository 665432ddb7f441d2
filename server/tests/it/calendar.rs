//! The list of a year: what it would move, what it moves, and for whom.

use serde_json::{Value, json};
use server::both_dbs;

use crate::world::World;

const EFFECT: &str = "query($list: String!) { calendarEffect(list: $list) { year { year holidays workdays }
    present { holidays workdays } centers { center { code } dated later earlier } moves { from to cases } } }";
const PUBLISH: &str = "mutation($i: PublishCalendarInput!) { publishCalendar(input: $i) }";
const NEXT: &str = "2027-01-01,放假,元旦\n2027-02-20,上班,春节\n";

fn list_of_2026() -> String {
    let file = include_str!("../../../migration/data/calendar.csv");
    file.lines().filter(|line| line.starts_with("2026")).map(|line| format!("{line}\n")).collect()
}

async fn effect(world: &World, list: &str) -> Value {
    world.ok("city.zs", EFFECT, json!({ "list": list })).await["calendarEffect"].clone()
}

async fn publish(world: &World, list: &str, seen: usize) -> Value {
    let input = json!({ "i": { "list": list, "seen": seen } });
    world.ok("city.zs", PUBLISH, input).await["publishCalendar"].clone()
}

/// The due date's last second, with the entries that tell of the calendar.
async fn told(world: &World, id: &Value) -> (Value, Vec<Value>) {
    let query = "query($id: ComplaintId!) { complaint(id: $id) { dueAt events { kind text public } } }";
    let case = world.ok("handler.shiqi", query, json!({ "id": id })).await["complaint"].clone();
    let events = case["events"].as_array().unwrap().iter().filter(|event| event["kind"] == "CALENDAR_CHANGED");
    (case["dueAt"].clone(), events.cloned().collect())
}

both_dbs!(the_list_of_the_next_year_gives_dates_to_cases_that_waited, |test| async move {
    let world = World::new(test);
    world.app.clock.set("2026-12-31T02:00:00Z".parse().unwrap());
    let (case, receipt) = world.filed(json!({ "happenedOn": "2026-12-30" })).await;
    assert_eq!(case["dueAt"], Value::Null);
    let seen = effect(&world, NEXT).await;
    assert_eq!(seen["year"], json!({ "year": 2027, "holidays": 1, "workdays": 1 }));
    assert_eq!(seen["present"], json!({ "holidays": 0, "workdays": 0 }));
    assert_eq!(seen["centers"], json!([{ "center": { "code": "shiqi" }, "dated": 1, "later": 0, "earlier": 0 }]));
    assert_eq!(seen["moves"], json!([{ "from": null, "to": "2027-01-04", "cases": 1 }]));
    assert_eq!(told(&world, &case["id"]).await.0, Value::Null, "looking moves nothing");

    assert_eq!(publish(&world, NEXT, 0).await, 1);
    let (due, events) = told(&world, &case["id"]).await;
    assert_eq!(due, "2027-01-04T15:59:59+00:00");
    assert_eq!(events, [json!({ "kind": "CALENDAR_CHANGED", "text": "- 2027-01-04", "public": false })]);
    let bell = world.ok("handler.shiqi", "{ notifications { kind } }", json!({})).await;
    assert_eq!(bell["notifications"][0]["kind"], "CALENDAR_CHANGED");
    let track =
        "query($c: String!) { trackComplaint(center: \"shiqi\", receiptCode: $c) { dueAt steps { kind text } } }";
    let tracked = world.ok("", track, json!({ "c": receipt })).await;
    assert_eq!(tracked["trackComplaint"]["dueAt"], due);
    assert_eq!(tracked["trackComplaint"]["steps"][1], json!({ "kind": "CALENDAR_CHANGED", "text": null }));
    assert_eq!(world.audit_verbs("shiqi").await.last().unwrap(), "deadlines_moved");
    let years = world.ok("city.zs", "{ calendarYears { year holidays } }", json!({})).await;
    assert_eq!(years["calendarYears"].as_array().unwrap().last().unwrap(), &json!({ "year": 2027, "holidays": 1 }));
});

both_dbs!(a_correction_moves_dates_in_both_directions_once, |test| async move {
    let world = World::new(test);
    let (case, _) = world.investigating(json!({})).await;
    assert_eq!(case["dueAt"], "2026-02-27T15:59:59+00:00");
    let (list, days) = (list_of_2026(), list_of_2026().lines().count());
    assert_eq!(effect(&world, &list).await["moves"], json!([]), "what is in force moves nothing");
    let longer = format!("{list}2026-02-25,holiday,Spring Festival\n");
    let seen = effect(&world, &longer).await;
    assert_eq!(seen["moves"], json!([{ "from": "2026-02-27", "to": "2026-02-28", "cases": 1 }]));
    assert_eq!(seen["centers"][0]["later"], 1);
    assert_eq!(publish(&world, &longer, days).await, 1);
    let (due, events) = told(&world, &case["id"]).await;
    assert_eq!((due, &events[0]["text"]), (json!("2026-02-28T15:59:59+00:00"), &json!("2026-02-27 2026-02-28")));
    assert_eq!(publish(&world, &longer, days + 1).await, 0, "and once only");
    assert_eq!(effect(&world, &list).await["centers"][0]["earlier"], 1);
    assert_eq!(publish(&world, &list, days + 1).await, 1, "a day that is listed no more is worked again");
    assert_eq!(told(&world, &case["id"]).await.0, "2026-02-27T15:59:59+00:00");
});

both_dbs!(a_calendar_is_published_by_the_citys_administrator_who_saw_what_is_there, |test| async move {
    let world = World::new(test);
    for login in ["admin.shiqi", "handler.shiqi", "security.zs"] {
        assert_eq!(world.refused(login, EFFECT, json!({ "list": NEXT })).await, ["FORBIDDEN"], "{login}");
        let input = json!({ "i": { "list": NEXT, "seen": 0 } });
        assert_eq!(world.refused(login, PUBLISH, input).await, ["FORBIDDEN"], "{login}");
    }
    publish(&world, NEXT, 0).await;
    let again = json!({ "i": { "list": NEXT, "seen": 0 } });
    assert_eq!(world.refused("city.zs", PUBLISH, again).await, ["STALE"]);
    let broken = json!({ "i": { "list": "2027-01-01,holiday\n2027-01-01,holiday\n", "seen": 2 } });
    assert_eq!(world.refused("city.zs", PUBLISH, broken).await, ["INVALID", "holidays.twice"]);
    let years = world.ok("city.zs", "{ calendarYears { year workdays } }", json!({})).await["calendarYears"].clone();
    assert_eq!(years.as_array().unwrap().last().unwrap(), &json!({ "year": 2027, "workdays": 1 }), "nothing is lost");
});
