//! Counts the SQL statements of a piece of work, by what sqlx logs of them.

use std::sync::{Arc, Mutex, Once};

use domain::permission::Role;
use serde_json::{Value, json};
use server::both_dbs;
use tracing::{Event, Id, Instrument, Subscriber, field::Field, field::Visit, span::Attributes};
use tracing_subscriber::{
    Layer, Registry,
    layer::{Context, SubscriberExt},
    registry::LookupSpan,
};

use crate::{
    posts::{ADMIN, assigned, does, joins, person},
    world::{World, form},
};

type Statements = Arc<Mutex<Vec<String>>>;

/// Gathers the statements within each span named `counted`; tests in one process do not mix.
struct Counter;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Counter {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id).filter(|_| attributes.metadata().name() == "counted") {
            span.extensions_mut().insert(Statements::default());
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if event.metadata().target() != "sqlx::query" {
            return;
        }
        let mut sql = Sql(String::new());
        event.record(&mut sql);
        for span in context.event_scope(event).into_iter().flatten() {
            if let Some(found) = span.extensions().get::<Statements>() {
                found.lock().unwrap().push(sql.0.clone());
            }
        }
    }
}

struct Sql(String);

impl Visit for Sql {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "summary" {
            self.0 = format!("{value:?}");
        }
    }
}

/// Does the work and returns what it asked of the database.
pub async fn counted<T>(work: impl Future<Output = T>) -> (T, Vec<String>) {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        tracing::subscriber::set_global_default(Registry::default().with(Counter)).expect("no other subscriber");
    });
    let span = tracing::info_span!("counted");
    let done = work.instrument(span.clone()).await;
    let found = span.with_subscriber(|(id, subscriber)| {
        let registry = subscriber.downcast_ref::<Registry>().expect("the registry");
        let span = registry.span(id).expect("a span that is still held");
        span.extensions().get::<Statements>().cloned().unwrap_or_default()
    });
    let found = found.unwrap_or_default().lock().unwrap().clone();
    (done, found)
}

both_dbs!(the_statements_of_a_list_do_not_grow_with_its_rows, |test| async move {
    let world = World::new(test);
    let file = "mutation($i: FileComplaintInput!) { fileComplaint(input: $i) { number } }";
    let rows = "query { complaints(first: 100) { totalCount pageInfo { endCursor } nodes { id number handler { displayName } \
        assignee { displayName } lastEventKind lastEventAt daysLeft } } }";
    let counts = "{ complaintCounts { queue count } }";
    let mut filed = 0;
    let mut seen = Vec::new();
    for wanted in [10_u128, 100] {
        while filed < wanted {
            filed += 1;
            let key = uuid::Uuid::from_u128(filed).to_string();
            world.ok("", file, json!({ "i": form(json!({ "idempotencyKey": key })) })).await;
            // The handler's name is looked up once somebody is the handler.
            let case =
                world.ok("handler.shiqi", "{ complaints(queue: NEW) { nodes { id version } } }", json!({})).await;
            world.step("handler.shiqi", "screenComplaint", &case["complaints"]["nodes"][0], json!({})).await;
        }
        let scope = world.test.scope("handler.shiqi").await;
        // What the process keeps, e.g. the calendar, is read by now.
        world.run_in(Some(scope.clone()), rows, json!({})).await;
        let (answer, list) = counted(world.run_in(Some(scope.clone()), rows, json!({}))).await;
        assert_eq!(answer["data"]["complaints"]["nodes"].as_array().unwrap().len(), usize::try_from(wanted).unwrap());
        assert!(answer["data"]["complaints"]["nodes"][0]["handler"]["displayName"].is_string());
        let (answer, counted) = counted(world.run_in(Some(scope), counts, json!({}))).await;
        let mine =
            answer["data"]["complaintCounts"].as_array().unwrap().iter().find(|one| one["queue"] == "MINE").unwrap();
        assert_eq!(mine["count"], u64::try_from(wanted).unwrap());
        println!("{wanted} rows: {} statements for the list, {} for the counts", list.len(), counted.len());
        seen.push((list, counted));
    }
    let numbers: Vec<_> = seen.iter().map(|(list, counts)| (list.len(), counts.len())).collect();
    assert_eq!(numbers[0], numbers[1], "{seen:#?}");
    assert!(numbers[0].0 >= 3 && numbers[0].1 >= 1, "the counting has gone blind: {seen:#?}");
});

const KEEPER: &str = "keeper.shiqi";

/// One more model post with its title, an approved entry and a look at it, led by one more person. That one is at the
/// first post too, takes something over there, and stands in for the first person on one day more.
async fn grow(world: &World, known: &mut Vec<[Value; 2]>) {
    let n = known.len();
    let account = if n == 0 { json!(world.account("staff.shiqi").await) } else { Value::Null };
    let staff = person(world, &format!("S{n}"), json!({ "accountId": account })).await;
    let post = json!({ "code": format!("w{n}"), "name": "巾帼文明岗", "kind": "women_model_post" });
    let post = does(world, ADMIN, "addPost", "PostInput", post).await;
    let post = does(world, ADMIN, "activatePost", "SeenPostInput", post).await;
    assigned(world, &post, &staff, "MAIN").await;
    let lead = json!({ "id": post["id"], "version": post["version"], "lead": staff["id"] });
    does(world, ADMIN, "namePostLead", "NameLeadInput", lead).await;
    does(world, KEEPER, "applyForTitle", "ApplyForTitleInput", json!({ "post": post["id"] })).await;
    let entry = json!({ "post": post["id"], "happenedOn": "2026-02-12", "activity": "TRAINING", "evidence": "DOCUMENT",
        "title": "礼仪培训", "keptAt": "二楼档案柜", "participants": [staff["id"]] });
    let entry = does(world, KEEPER, "addLedgerEntry", "AddLedgerEntryInput", entry).await;
    let entry = does(world, KEEPER, "submitLedgerEntry", "SeenLedgerEntryInput", entry).await;
    does(world, ADMIN, "approveLedgerEntry", "SeenLedgerEntryInput", entry).await;
    let look = "mutation($i: RecordPostCheckInput!) { recordPostCheck(input: $i) { id } }";
    let found = json!({ "post": post["id"], "check": "PLAQUE", "on": "2026-02-12", "fine": true });
    world.ok(KEEPER, look, json!({ "i": found })).await;
    if let Some([first_post, first]) = known.first() {
        assigned(world, first_post, &staff, "CONCURRENT").await;
        assigned(world, &post, first, "CONCURRENT").await;
        let day = format!("2026-03-{:02}", n + 1);
        let away = json!({ "staff": first["id"], "from": day, "until": day, "reason": "SICK",
            "substitute": staff["id"] });
        does(world, ADMIN, "recordAbsence", "RecordAbsenceInput", away).await;
        let keys = json!({ "post": first_post["id"], "taker": staff["id"], "items": "钥匙" });
        does(world, "staff.shiqi", "giveHandover", "GiveHandoverInput", keys).await;
    }
    known.push([post, staff]);
}

both_dbs!(the_statements_of_posts_people_and_gaps_do_not_grow_with_the_center, |test| async move {
    let world = World::new(test);
    joins(&world, KEEPER, Role::LedgerKeeperWomen).await;
    let (mut known, mut seen) = (Vec::new(), Vec::new());
    for wanted in [2, 8] {
        while known.len() < wanted {
            grow(&world, &mut known).await;
        }
        let [post, staff] = &known[0];
        let mut numbers = Vec::new();
        for (query, variables, grown) in [
            (
                "{ postBoard { posts { post { id } places { staff } lacks { check people } } people { name } } }",
                json!({}),
                "/data/postBoard/posts",
            ),
            (
                "query P($id: PostId!) { post(id: $id) { clauses { number } assignments { id } today { staff } \
                 handovers { id } checks { check people } people { name } signboard { id } } }",
                json!({ "id": post["id"] }),
                "/data/post/assignments",
            ),
            (
                "query S($id: StaffId!) { staffMember(id: $id) { assignments { id } absences { id substitute } \
                 posts { id } people { name } } }",
                json!({ "id": staff["id"] }),
                "/data/staffMember/assignments",
            ),
            (
                "{ modelGaps { breaches row { title { id } postName } gaps { code people } } }",
                json!({}),
                "/data/modelGaps",
            ),
        ] {
            let scope = world.test.scope(ADMIN).await;
            // What the process keeps, e.g. the calendar, is read by now.
            world.run_in(Some(scope.clone()), query, variables.clone()).await;
            let (answer, statements) = counted(world.run_in(Some(scope), query, variables)).await;
            let rows = answer.pointer(grown).and_then(Value::as_array).map(Vec::len);
            assert_eq!(rows, Some(wanted), "{query}\n{answer:#}");
            numbers.push((grown, statements.len()));
        }
        seen.push(numbers);
    }
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0].iter().all(|(_, statements)| *statements >= 2), "the counting has gone blind: {seen:?}");
});
