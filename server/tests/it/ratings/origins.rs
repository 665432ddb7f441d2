//! Ratings that nobody gave, by a rule elsewhere or brought in, are told apart and say nothing of satisfaction.

use domain::{
    RatingPointId, TallyId,
    evaluation::{levels::FiveLevel, ratings::RatingOrigin},
    permission::Permission,
};
use entity::rating_tally;
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};
use server::{
    auth::scope::Scope,
    both_dbs,
    db::{AuditEvent, Verb},
    graphql::context::Cx,
    testing::TestDb,
};

use super::{ADMIN, Hall};

/// So many at the point, on a day of the week, as whoever brings ratings in would write them down.
async fn brought_in(hall: &Hall, what: &[(RatingOrigin, FiveLevel, i32)]) {
    let (app, center) = (&hall.world.app, hall.world.test.center("shiqi").await);
    let cx = Cx::new(app.clone(), Some(Scope::job(&center, "import")), None, "import".to_owned());
    let granted = cx.scope().unwrap().require(Permission::RatingGive).unwrap();
    let point: RatingPointId = serde_json::from_value(hall.point["id"].clone()).unwrap();
    let mut tx = cx.write(&granted).await.unwrap();
    let rows = what.iter().map(|(origin, level, ratings)| rating_tally::ActiveModel {
        id: Set(TallyId(app.ids.next())),
        day: Set("2026-02-13".parse().unwrap()),
        point_id: Set(Some(point)),
        origin: Set(*origin),
        level: Set(*level),
        ratings: Set(*ratings),
        ..Default::default()
    });
    tx.insert_many(rows.collect()).await.unwrap();
    tx.commit(AuditEvent::of(Verb::NoteAdded)).await.unwrap();
}

both_dbs!(default_is_separate, |test: TestDb| async move {
    let hall = Hall::new(test).await;
    for level in ["SATISFIED", "SATISFIED", "SATISFIED", "SATISFIED", "BASICALLY_SATISFIED", "DISSATISFIED"] {
        hall.rates(level, json!({})).await;
    }
    hall.at("2026-02-16T09:00");
    hall.sweep().await;
    let before = hall.results(ADMIN, Value::Null).await["week"].clone();
    assert_eq!((&before["total"]["ratings"], &before["total"]["satisfied"]), (&json!(6), &json!(833)));
    assert_eq!((&before["defaulted"], &before["imported"]), (&json!(0), &json!(0)));
    use FiveLevel::{BasicallySatisfied, VeryDissatisfied, VerySatisfied};
    use RatingOrigin::{Defaulted, Imported};
    brought_in(
        &hall,
        &[(Defaulted, BasicallySatisfied, 400), (Imported, VerySatisfied, 30), (Imported, VeryDissatisfied, 2)],
    )
    .await;
    let after = hall.results(ADMIN, Value::Null).await["week"].clone();
    assert_eq!((&after["defaulted"], &after["imported"]), (&json!(400), &json!(32)));
    // No figure has moved: neither how many, nor the share, nor its interval, nor a level, nor a row.
    for figure in ["total", "rows", "excluded", "withoutExcluded", "surveys"] {
        assert_eq!(after[figure], before[figure], "{figure}");
    }
});

both_dbs!(a_week_in_which_nobody_rated_stays_empty_whatever_was_brought_in, |test: TestDb| async move {
    let hall = Hall::new(test).await;
    hall.rates("SATISFIED", json!({})).await;
    brought_in(&hall, &[(RatingOrigin::Defaulted, FiveLevel::BasicallySatisfied, 500)]).await;
    hall.at("2026-02-16T09:00");
    hall.sweep().await;
    let week = hall.results(ADMIN, Value::Null).await["week"].clone();
    assert_eq!((&week["total"], &week["defaulted"]), (&Value::Null, &json!(500)));
    assert!(week["rows"].as_array().unwrap().iter().all(|row| row["figures"].is_null()), "{week}");
});
