//! Counts the SQL statements of a piece of work, by what sqlx logs of them.

use std::sync::{Arc, Mutex, Once};

use serde_json::json;
use server::both_dbs;
use tracing::{Event, Id, Instrument, Subscriber, field::Field, field::Visit, span::Attributes};
use tracing_subscriber::{
    Layer, Registry,
    layer::{Context, SubscriberExt},
    registry::LookupSpan,
};

use crate::world::{World, form};

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
