//! Figures of January, closed, and for each thing that is done with a publication one of its own.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use chrono::NaiveDate;
use domain::{
    FormVersionId,
    complaints::ComplaintClass,
    evaluation::ratings::PointChannel,
    metrics::{Metric, StratumKind, classed, lasted, rated},
    permission::Permission,
};
use entity::service_day;
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};
use server::{
    analytics::{
        counting::Counted,
        service::{closing, count, recounting},
    },
    auth::scope::Scope,
    crypto::Keys,
    db::{AuditEvent, Verb},
    graphql::context::App,
};

use crate::world::{A, B, F, World};

/// The period that is closed.
pub const PERIOD: &str = "2026-01";

impl World {
    pub async fn metrics(&mut self) {
        // A form that there is: versions belong to cities and are known beyond a center.
        let forms = self.observer.ids_where("form_version", "1 = 1").await;
        let form = FormVersionId(forms.iter().find_map(|id| id.parse().ok()).expect("a form"));
        let keys = Keys::from_base64(&STANDARD_NO_PAD.encode([7; 32])).expect("32 bytes");
        let test = &self.test;
        let app = App::new(test.db.clone(), keys, test.clock.clone(), test.ids.clone(), false);
        for code in [A, B, F] {
            let center = test.center(code).await;
            let granted = Scope::job(&center, "metrics").require(Permission::ComplaintSupervise).expect("a job may");
            let mut tx = app.db.write(&granted).await.expect("a transaction");
            let day: NaiveDate = "2026-01-07".parse().expect("a day");
            let mut counted = Counted::default();
            for metric in Metric::ALL {
                let stratum = match metric.strata() {
                    [] => String::new(),
                    [StratumKind::Channel, ..] => rated(PointChannel::Qr, form),
                    [_, StratumKind::Days] => lasted(ComplaintClass::Normal, 3),
                    _ => classed(ComplaintClass::Normal),
                };
                counted.add(*metric, day, &stratum, [38, 40, 0]);
            }
            count(&mut tx, counted).await.expect("figures");
            let told = service_day::ActiveModel {
                day: Set(day),
                services: Set(40),
                teller_id: Set(None),
                told_at: Set(test.clock.now()),
                version: Set(1),
                ..Default::default()
            };
            tx.insert(told).await.expect("services of the day");
            tx.commit(AuditEvent::of(Verb::MetricsRebuilt)).await.expect("a commit");
        }
        for (_, scope) in app.db.offices("metrics").await.expect("the offices") {
            closing::sweep(&app, scope).await.expect("a closed month");
        }
        // Nothing has happened that these figures count, and a night finds that out. Not of B: its office may read there
        // which forms were answered in it.
        recounting::nightly(&app, &test.center(A).await).await.expect("a night");
        for city in ["zs", "other"] {
            let proposer = format!("city2.{city}");
            for (operation, metric) in
                [("approvePublication", "SATISFACTION_RATE"), ("withdrawPublication", "BAD_RATING_RATE")]
            {
                let which = [("input.metrics", json!([metric]))];
                let made = self.does(&proposer, "proposePublication", city, &which).await;
                self.keep(city, &format!("{operation}.id"), &made["id"]);
                self.keep(city, "PublicationId", &made["id"]);
            }
            // The report is begun: whoever saves it, saves it once more.
            let begun = [("input.id", Value::Null), ("input.issue", json!(false))];
            let made = self.does(&proposer, "saveReport", city, &begun).await;
            self.keep(city, "CityReportId", &made["id"]);
        }
    }
}
