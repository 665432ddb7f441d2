//! Cases without a database, then in one.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use chrono::TimeDelta;
use domain::{
    CenterId, PostId,
    calendar::DayKind,
    complaints::{
        ComplaintEventKind, ComplaintStatus, Draft, EscalationLevel, Step, deadline::queue_position, validate,
    },
    model_posts::Activity,
    policy::Policy,
};
use entity::{
    activity_tally, audit_event, center_metric, evidence_tally, ledger_entry, rating, rating_root, rating_tally,
    training_tally,
};
use uuid::Uuid;

use super::*;
use crate::{
    analytics::service::recounting,
    both_dbs,
    crypto::{CenterKeys, Keys},
    jobs,
    ratings::service::opening::tally_line,
};

/// One center's world, without a database.
struct World {
    texts: Texts,
    people: People,
    rules: Arc<CityRules>,
    keys: CenterKeys,
    now: DateTime<Utc>,
}

impl World {
    fn at(now: &str) -> Self {
        let days = include_str!("../../../migration/data/calendar.csv").lines().skip(1).map(|line| {
            let mut cells = line.split(',');
            (cells.next().unwrap().parse().unwrap(), DayKind::from_key(cells.next().unwrap()).unwrap())
        });
        let person = |n: u128| AccountId(Uuid::from_u128(n));
        Self {
            texts: serde_json::from_str(include_str!("../../../migration/data/demo_texts.json")).unwrap(),
            people: People {
                handlers: vec![person(1), person(2)],
                staff: vec![person(3)],
                admins: vec![person(4)],
                supervisors: vec![person(5)],
                departments: vec![("tax".to_owned(), DepartmentId(Uuid::from_u128(6)))],
            },
            rules: Arc::new(CityRules { calendar: WorkingCalendar::new(days), policy: Policy::default() }),
            keys: keys().center(CenterId(Uuid::from_u128(7))),
            now: now.parse().unwrap(),
        }
    }

    fn stories(&self, seed: u64, count: usize) -> Vec<Story> {
        let days = working_days(&self.rules, self.now).unwrap();
        let mut inventor =
            Inventor::new(seed, &self.texts, &self.people, &self.rules, &self.keys, "石岐街道", self.now, days);
        (0..count).map(|_| inventor.invent().unwrap()).collect()
    }
}

fn keys() -> Keys {
    Keys::from_base64("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap()
}

fn usual() -> World {
    World::at("2026-11-20T03:00:00Z")
}

#[test]
fn a_seed_invents_the_same_cases_again_and_another_seed_others() {
    let told = |seed| {
        let stories = usual().stories(seed, 300);
        stories.into_iter().map(|mut story| {
            // Encryption draws a fresh nonce each time.
            (story.row.name_enc, story.row.phone_enc, story.row.address_enc) = (None, None, None);
            (story.row, story.events, story.pause)
        })
    };
    assert!(told(1).eq(told(1)));
    assert!(told(1).zip(told(2)).all(|(one, other)| one.0.id != other.0.id));
}

#[test]
fn most_cases_are_over_and_the_others_stand_in_every_open_state() {
    let stories = usual().stories(1, 5000);
    let open = stories.iter().filter(|story| story.row.is_open).count();
    assert!((500..700).contains(&open), "{open} of 5000 are open");
    let found: BTreeSet<_> = stories.iter().map(|story| story.row.status).collect();
    let wanted = ComplaintStatus::ALL.iter().copied().filter(|status| *status != ComplaintStatus::Merged);
    assert_eq!(found, wanted.collect());
    assert!(stories.iter().any(|story| story.row.overdue_at.is_some()));
    assert!(stories.iter().any(|story| story.row.warned_at.is_some()));
    assert!(stories.iter().any(|story| story.pause.is_some()));
    assert!(stories.iter().any(|story| story.row.extensions == 1));
    let numbers: BTreeSet<_> = stories.iter().map(|story| story.row.number.as_str()).collect();
    assert_eq!(numbers.len(), stories.len());
}

#[test]
fn the_clock_fits_the_status_and_the_timeline_the_row() {
    // The last of the calendar, the first days of it, and an ordinary day.
    for now in ["2026-12-31T15:00:00Z", "2020-01-06T01:00:00Z", "2026-11-20T03:00:00Z", "2026-02-21T20:00:00Z"] {
        let world = World::at(now);
        for story in world.stories(7, 1000) {
            check_clock(&story, &world);
            check_timeline(&story, &world);
        }
    }
}

fn check_clock(story: &Story, world: &World) {
    let (row, now) = (&story.row, world.now);
    let last_year = now.to_rfc3339().as_str() > "2026-11-25";
    assert!(row.demo && row.is_open == row.status.is_open(), "{row:?}");
    assert_eq!(row.due_step, Step::of(row.status), "{row:?}");
    assert_eq!(row.queue_at, queue_position(row.due_at, row.received_at), "{row:?}");
    assert_eq!(row.closed_at.is_some(), !row.is_open, "{row:?}");
    assert_eq!(row.step_days.is_some(), row.due_step.is_some(), "{row:?}");
    if row.due_step.is_some() && row.paused.is_none() {
        assert!(row.due_at.is_some() || last_year, "{row:?}");
    } else {
        assert_eq!(row.due_at, None, "{row:?}");
    }
    let late = row.due_at.is_some_and(|due| now > due);
    assert_eq!(row.overdue_at.is_some(), late, "{row:?}");
    assert!(!late || row.escalation > EscalationLevel::None, "{row:?}");
    assert_eq!(row.paused.is_some(), story.pause.is_some(), "{row:?}");
    assert!(row.received_at > now - TimeDelta::days(560) && row.received_at < now, "{row:?}");
}

fn check_timeline(story: &Story, world: &World) {
    let (row, events) = (&story.row, &story.events);
    assert!(events.is_sorted_by(|a, b| a.created_at < b.created_at && a.id < b.id), "{events:?}");
    assert!(events.iter().all(|event| event.complaint_id == row.id && event.created_at <= world.now), "{events:?}");
    assert_eq!((events[0].kind, events[0].created_at), (ComplaintEventKind::Registered, row.received_at));
    assert_eq!((events[2].kind, events[2].created_at), (row.last_event_kind, row.last_event_at));
    assert_eq!(events[2].status, row.status, "{events:?}");
}

#[test]
fn people_and_words_keep_the_rules() {
    let world = usual();
    for story in world.stories(3, 2000) {
        let row = &story.row;
        let opened =
            |field, stored: &Option<String>| stored.as_deref().map(|text| world.keys.open(field, text).unwrap());
        let draft = Draft {
            text: row.body.clone(),
            happened_on: row.happened_on,
            place: row.place.clone(),
            window: row.window_name.clone(),
            name: opened("name", &row.name_enc),
            phone: opened("phone", &row.phone_enc),
            address: opened("address", &row.address_enc),
            notice_version: row.notice_version.clone(),
        };
        assert_eq!(validate(&draft, row.received_at), [], "{row:?}");
        assert!(!row.body.contains('{'), "{}", row.body);
        assert_eq!(row.phone_index, draft.phone.map(|phone| world.keys.blind_index(&phone)));
        assert_eq!(row.handler_id.is_none(), row.status == ComplaintStatus::Registered, "{row:?}");
        assert_eq!(row.reply.is_some(), row.feedback_at.is_some(), "{row:?}");
        if let Some(approver) = row.approver_id {
            assert!(![row.handler_id, row.proposer_id, row.reviewer_id].contains(&Some(approver)), "{row:?}");
        }
        if let Some(respondent) = row.respondent_id {
            assert!(![row.handler_id, row.assignee_id, row.proposer_id].contains(&Some(respondent)), "{row:?}");
        }
    }
}

fn app(test: &crate::testing::TestDb) -> App {
    App::new(test.db.clone(), keys(), test.clock.clone(), test.ids.clone(), true)
}

both_dbs!(a_load_fills_every_center_and_leaves_the_sweep_nothing_to_do, |test| async move {
    // Late enough that the test city's calendar, which is that of 2026, has past days.
    test.clock.set("2026-06-10T03:00:00Z".parse().unwrap());
    let app = app(&test);
    fill(&app, Load { complaints: 802, seed: 1 }).await.unwrap();
    let centers = app.db.identity().all_centers().await.unwrap();
    let mut total = 0;
    for center in &centers {
        let tx = app.db.read(&Scope::job(center, "test")).await.unwrap();
        let cases = tx.select::<complaint::Entity>().unwrap().count().await.unwrap();
        let events = tx.select::<complaint_event::Entity>().unwrap().count().await.unwrap();
        assert_eq!(events, 3 * cases);
        total += cases;
        let open = tx.select::<complaint::Entity>().unwrap().filter(complaint::Column::IsOpen.eq(true));
        let figures = tx.select::<center_metric::Entity>().unwrap().all().await.unwrap();
        let reported = figures.iter().find(|row| row.metric == "open").map(|row| row.value);
        assert_eq!(reported, i64::try_from(open.count().await.unwrap()).ok());
        assert_eq!(tx.select::<audit_event::Entity>().unwrap().count().await.unwrap(), 1);
        let (kept, counted) = (recounting::kept(&tx).await.unwrap(), recounting::counted(&tx).await.unwrap());
        assert_eq!(kept.cells().collect::<Vec<_>>(), counted.cells().collect::<Vec<_>>());
    }
    assert_eq!(total, 802);
    jobs::deadlines::sweep(&app).await.unwrap();
    let tx = app.db.read(&Scope::job(&centers[0], "test")).await.unwrap();
    assert_eq!(tx.select::<audit_event::Entity>().unwrap().count().await.unwrap(), 1, "the sweep changed something");
});

both_dbs!(a_database_with_real_cases_is_left_alone, |test| async move {
    let app = app(&test);
    let center = test.center("xiaolan").await;
    let granted = Scope::job(&center, "test").require(Permission::ComplaintRegister).unwrap();
    let mut tx = app.db.write(&granted).await.unwrap();
    tx.insert(test.complaint("real")).await.unwrap();
    tx.commit(AuditEvent::of(Verb::ComplaintFiled)).await.unwrap();
    let refusal = fill(&app, Load { complaints: 10, seed: 1 }).await.unwrap_err();
    assert!(refusal.to_string().contains("real cases (center xiaolan)"), "{refusal:#}");
    for center in app.db.identity().all_centers().await.unwrap() {
        let tx = app.db.read(&Scope::job(&center, "test")).await.unwrap();
        let cases = tx.select::<complaint::Entity>().unwrap().count().await.unwrap();
        assert_eq!(cases, u64::from(center.code == "xiaolan"));
    }
});

both_dbs!(loaded_ledgers_are_counted_as_entries_that_were_approved, |test| async move {
    test.clock.set("2026-06-10T03:00:00Z".parse().unwrap());
    let app = app(&test);
    let admin = test.scope("admin.shiqi").await;
    posts::fill(&app, &admin, posts::PostLoad { posts: 5, staff: 10, entries: 60, seed: 1 }).await.unwrap();
    let tx = app.db.read(&admin).await.unwrap();
    let entries = tx.select::<ledger_entry::Entity>().unwrap().all().await.unwrap();
    let mut counted: HashMap<PostId, i32> = HashMap::new();
    for entry in &entries {
        *counted.entry(entry.post_id).or_default() += 1;
    }
    assert_eq!((entries.len(), counted.len()), (60, 3));
    let mut tallied: HashMap<PostId, i32> = HashMap::new();
    for row in tx.select::<activity_tally::Entity>().unwrap().all().await.unwrap() {
        *tallied.entry(row.post_id).or_default() += row.entries;
    }
    assert_eq!(tallied, counted);
    let mut proved: HashMap<PostId, i32> = HashMap::new();
    for row in tx.select::<evidence_tally::Entity>().unwrap().all().await.unwrap() {
        *proved.entry(row.post_id).or_default() += row.entries;
    }
    assert_eq!(proved, counted);
    let trainings = entries.iter().filter(|entry| entry.activity == Activity::Training).count();
    let trained: i32 =
        tx.select::<training_tally::Entity>().unwrap().all().await.unwrap().iter().map(|row| row.times).sum();
    // Two people at each post: both take part in everything.
    assert_eq!(usize::try_from(trained).unwrap(), 2 * trainings);
    drop(tx);
    assert!(
        posts::fill(&app, &admin, posts::PostLoad { posts: 1, staff: 0, entries: 0, seed: 1 }).await.is_err(),
        "twice"
    );
});

both_dbs!(loaded_ratings_are_counted_and_closed_as_those_that_were_opened, |test| async move {
    test.clock.set("2026-06-10T03:00:00Z".parse().unwrap());
    let app = app(&test);
    ratings::fill(&app, ratings::RatingLoad { ratings: 3001, seed: 1 }).await.unwrap();
    let centers = app.db.identity().all_centers().await.unwrap();
    let mut total = 0;
    for center in &centers {
        let tx = app.db.read(&Scope::job(center, "test")).await.unwrap();
        let rows = tx.select::<rating::Entity>().unwrap().all().await.unwrap();
        let tallied: i32 =
            tx.select::<rating_tally::Entity>().unwrap().all().await.unwrap().iter().map(|row| row.ratings).sum();
        let roots = tx.select::<rating_root::Entity>().unwrap().all().await.unwrap();
        let closed: i32 = roots.iter().map(|row| row.ratings).sum();
        // The audit tells of each day that was closed, with its root.
        let events = tx.select::<audit_event::Entity>().unwrap().all().await.unwrap();
        let told = events.into_iter().filter(|event| event.verb == Verb::RatingDayClosed.as_str());
        let told: BTreeSet<_> = told.filter_map(|event| event.detail).collect();
        let line = |row: &rating_root::Model| tally_line(row.day, usize::try_from(row.ratings).unwrap(), &row.root);
        assert_eq!(told, roots.iter().map(line).collect::<BTreeSet<_>>());
        assert_eq!((usize::try_from(tallied).unwrap(), usize::try_from(closed).unwrap()), (rows.len(), rows.len()));
        let (kept, counted) = (recounting::kept(&tx).await.unwrap(), recounting::counted(&tx).await.unwrap());
        assert_eq!(kept.cells().collect::<Vec<_>>(), counted.cells().collect::<Vec<_>>());
        total += rows.len();
    }
    assert_eq!(total, 3001);
    // Nothing is left to be opened or closed.
    let records = async || {
        let tx = app.db.read(&Scope::job(&centers[0], "test")).await.unwrap();
        tx.select::<audit_event::Entity>().unwrap().count().await.unwrap()
    };
    let before = records().await;
    jobs::ratings::sweep(&app).await.unwrap();
    assert_eq!(records().await, before);
    let twice = ratings::fill(&app, ratings::RatingLoad { ratings: 10, seed: 1 }).await.unwrap_err();
    assert!(twice.to_string().contains("has ratings already"), "{twice:#}");
});
