//! Figures of centers as they are counted, compared, closed and published.

mod compared;
mod counted;
mod services;
mod standing;

use chrono::NaiveDate;
use domain::{
    FormVersionId,
    campaigns::CampaignKind,
    complaints::ComplaintClass,
    evaluation::ratings::PointChannel,
    metrics::{Metric, classed, lasted, rated, scored},
    permission::{Permission, Role},
};
use serde_json::{Value, json};
use server::{
    analytics::{
        counting::{Counted, Counts, WEEK},
        service::{closing, count, recounting},
    },
    auth::scope::Scope,
    db::{
        AuditEvent, Verb,
        platform::{CenterSetup, CitySetup},
    },
    testing::{TestDb, member},
};

use crate::world::World;

const CITY: &str = "city.zs";
const ADMIN: &str = "admin.shiqi";
/// The form by which everything was given.
const FORM: FormVersionId = FormVersionId(uuid::Uuid::from_u128(7));

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The city with so many centers more, and a reviewer.
pub async fn city_of(test: TestDb, more: usize) -> World {
    let center = |n: usize| CenterSetup {
        code: format!("c{n:02}"),
        name_zh: format!("{n}号镇"),
        name_en: format!("Town {n}"),
        kind: "town".to_owned(),
        ..CenterSetup::default()
    };
    let setup = CitySetup {
        code: "zs".to_owned(),
        members: vec![member("reviewer", "zs", Role::CityReviewer)],
        centers: (0..more).map(center).collect(),
        ..CitySetup::default()
    };
    test.db.platform().set_up(&setup).await.unwrap();
    World::new(test)
}

/// The first part of a figure's counts that there is.
fn part(metric: Metric) -> String {
    match metric {
        Metric::RatingVolume | Metric::SatisfactionRate | Metric::BadRatingRate | Metric::SurveyTopShare => {
            rated(PointChannel::Qr, FORM)
        }
        Metric::MedianDays => lasted(ComplaintClass::Normal, 3),
        Metric::FormDMean => scored(CampaignKind::Deputies, 9_650),
        Metric::CompletionRate | Metric::ComplaintSatisfactionRate | Metric::OnTimeRate | Metric::OverdueRate => {
            classed(ComplaintClass::Normal)
        }
        _ => String::new(),
    }
}

/// Counts in a center, as its transactions would.
pub async fn add(world: &World, code: &str, rows: &[(Metric, &str, &str, [i64; 3])]) {
    let center = world.test.center(code).await;
    let granted = Scope::job(&center, "test").require(Permission::ComplaintSupervise).unwrap();
    let mut tx = world.app.db.write(&granted).await.unwrap();
    let mut counted = Counted::default();
    for (metric, on, stratum, counts) in rows {
        let own = part(*metric);
        counted.add(*metric, day(on), if stratum.is_empty() { &own } else { stratum }, *counts);
    }
    count(&mut tx, counted).await.unwrap();
    tx.commit(AuditEvent::of(Verb::MetricsRebuilt)).await.unwrap();
}

/// What a center has kept of a figure, day by day and part by part, but for weeks; all it has kept is what its rows come to.
pub async fn figure(world: &World, code: &str, metric: Metric) -> Vec<(NaiveDate, String, Counts)> {
    let tx = world.reader(code).await;
    let kept = recounting::kept(&tx).await.unwrap();
    assert_eq!(recounting::counted(&tx).await.unwrap().less(&kept).cells().collect::<Vec<_>>(), []);
    let of_metric = kept.cells().filter(|(cell, _)| cell.metric == metric && cell.stratum != WEEK);
    of_metric.map(|(cell, counts)| (cell.day, cell.stratum, counts)).collect()
}

/// Closes what is over in every city.
pub async fn closed(world: &World) {
    for (_, scope) in world.app.db.offices("metrics").await.unwrap() {
        closing::sweep(&world.app, scope).await.unwrap();
    }
}

impl World {
    /// The clock at a time in Shanghai.
    fn at(&self, time: &str) {
        self.app.clock.set(format!("{time}:00+08:00").parse().unwrap());
    }

    /// Compares as the city; the answer as it is.
    async fn compares(&self, login: &str, more: Value) -> Value {
        let query = "query($i: CompareInput!) { compareCenters(input: $i) { metric version unit from to stratum strata \
            total { numerator denominator excluded rate low high } median overdispersion { phi tau2 } \
            limits { n low95 high95 low998 high998 } frozen corrections asOf publication \
            centers { center { code nameZh } numerator denominator excluded rate low high shrunk band \
            standardised partial } } }";
        let mut input = json!({ "metric": "SATISFACTION_RATE", "from": "2026-01-01", "to": "2026-01-31" });
        if let (Value::Object(input), Value::Object(more)) = (&mut input, more) {
            input.extend(more);
        }
        self.run(login, query, json!({ "i": input })).await
    }

    /// The same where it must succeed.
    async fn compared(&self, more: Value) -> Value {
        let answer = self.compares(CITY, more).await;
        assert!(answer.get("errors").is_none(), "{answer:#}");
        answer["data"]["compareCenters"].clone()
    }
}

/// The row of a center.
fn of<'a>(comparison: &'a Value, code: &str) -> &'a Value {
    comparison["centers"].as_array().unwrap().iter().find(|row| row["center"]["code"] == code).unwrap()
}
