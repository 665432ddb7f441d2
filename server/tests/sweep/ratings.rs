//! Points of a center at which the public rates, one for each thing that is done with one or at one, and a week that is over.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use chrono::{Days, NaiveDate};
use domain::{
    FormVersionId, RatingPointId,
    evaluation::{
        flags::{Noticed, What},
        levels::FiveLevel,
        ratings::{Opinion, Place, PointChannel},
    },
};
use serde_json::{Value, json};
use server::{
    auth::scope::Scope,
    clock::Clock,
    crypto::Keys,
    graphql::context::{App, Cx},
    ratings::{
        codes::Ticket,
        flags,
        service::{
            giving::{self, Given},
            opening,
        },
    },
};

use crate::{calls::fresh_id, examples, world::World};

const AT_POINTS: [&str; 6] =
    ["ratingPage", "surveyPage", "giveRating", "answerSurvey", "renameRatingPoint", "revokeRatingPoint"];

/// The rows of the form E that the product ships, answered.
pub fn rows() -> Value {
    let codes = ["attitude", "manner", "explanation", "speed", "competence", "place", "overall"];
    json!(codes.map(|code| json!({ "code": code, "level": "SATISFIED" })))
}

impl World {
    pub async fn ratings(&mut self, mark: &'static str, code: &'static str) {
        let admin = format!("admin.{code}");
        let post = json!(self.pools[mark].values["writeServiceRecord.post"]);
        self.keep(mark, "addRatingPoint.post", &post);
        for operation in AT_POINTS {
            let id = self.does(&admin, "addRatingPoint", mark, &[]).await["id"].clone();
            let posters = self.does(&admin, "ratingPosters", mark, &[]).await;
            let poster = posters.as_array().expect("a list").iter().find(|poster| poster["point"]["id"] == id);
            let url = poster.expect("a poster")["url"].as_str().expect("an address").to_owned();
            let printed = json!(url.rsplit('/').next().expect("a code"));
            match operation {
                "ratingPage" | "surveyPage" => self.keep(mark, &format!("{operation}.point"), &printed),
                "giveRating" | "answerSurvey" => {
                    let page = if operation == "giveRating" { "ratingPage" } else { "surveyPage" };
                    let opened = self.does("", page, mark, &[("point", printed)]).await;
                    self.keep(mark, &format!("{operation}.token"), &opened["token"]);
                    // Both centers are of one city: B's form is ours too, so another city's is tried.
                    if mark == "A" {
                        self.keep(mark, &format!("{operation}.form"), &opened["form"]);
                    }
                    if operation == "giveRating" {
                        self.week_of_ratings(mark, code, &id, &opened["form"]).await;
                    }
                }
                _ => self.keep(mark, &format!("{operation}.id"), &id),
            }
            self.keep(mark, "RatingPointId", &id);
        }
        self.kiosk(mark, &admin).await;
        self.flagged(mark, code).await;
    }

    /// A sign that ratings by the link were not given freely. That of another center has been explained: what is open, the
    /// reviewer of their city reads.
    async fn flagged(&mut self, mark: &'static str, code: &str) {
        let keys = Keys::from_base64(&STANDARD_NO_PAD.encode([7; 32])).expect("32 bytes");
        let test = &self.test;
        let app = App::new(test.db.clone(), keys, test.clock.clone(), test.ids.clone(), false);
        let (center, day) = (test.center(code).await, "2026-02-04".parse::<NaiveDate>().expect("a day"));
        for n in 0..6 {
            let (slot, what) = (110 + n * 12, What::Rating { top: false });
            app.watch.put(center.id, day, None, Noticed { slot, device: 1, network: 1, seconds: None, what });
        }
        flags::service::sweep(&app, &center, day + Days::new(1)).await.expect("a flag");
        let own = format!("center_id = {}", self.observer.id(&center.id.to_string()));
        let id = self.observer.ids_where("rating_flag", &own).await.into_iter().next().expect("a flag");
        if mark != "A" {
            self.observer.run(&format!("UPDATE rating_flag SET state = 'dismissed' WHERE {own}")).await;
        }
        for name in ["decideRatingFlag.id", "RatingFlagId"] {
            self.keep(mark, name, &json!(id));
        }
    }

    /// A kiosk at which somebody has rated.
    async fn kiosk(&mut self, mark: &'static str, admin: &str) {
        let point = self.does(admin, "addRatingPoint", mark, &[("input.channel", json!("KIOSK"))]).await;
        let more = [("input.ratingPointId", point["id"].clone()), ("input.pin", json!("246810"))];
        let made = self.does(admin, "registerDevice", mark, &more).await;
        let shown = made["credential"].clone();
        let page = self.does("", "kioskPage", mark, &[("credential", shown.clone())]).await;
        for operation in ["kioskPage", "giveKioskRating"] {
            self.keep(mark, &format!("{operation}.credential"), &shown);
        }
        self.keep(mark, "giveKioskRating.point", &page["code"]);
        if mark == "A" {
            self.keep(mark, "giveKioskRating.form", &page["form"]);
        }
        let key = json!(fresh_id());
        let more = [("input.idempotencyKey", key.clone()), ("input.form", page["form"].clone())];
        let given = self.does("", "giveKioskRating", mark, &more).await;
        assert_eq!(given, json!(true));
        self.keep(mark, "giveKioskRating.Key", &key);
    }

    /// What was given on a day of the week before, opened and closed.
    async fn week_of_ratings(&self, mark: &str, code: &str, point: &Value, form: &Value) {
        let keys = Keys::from_base64(&STANDARD_NO_PAD.encode([7; 32])).expect("32 bytes");
        let test = &self.test;
        let app = App::new(test.db.clone(), keys, test.clock.clone(), test.ids.clone(), false);
        let at = |time: &str| app.at(Clock::fixed(time.parse().expect("a time")));
        let center = test.center(code).await;
        let point: RatingPointId = serde_json::from_value(point.clone()).expect("an id");
        let form: FormVersionId = serde_json::from_value(form.clone()).expect("an id");
        let place = Place { center: center.id, point: Some(point), channel: PointChannel::Qr, form };
        for _ in 0..6 {
            let cx = Cx::new(at("2026-02-04T02:00:00Z"), Some(Scope::public(&center)), None, "sweep".to_owned());
            let ticket = Ticket::at(point, "2026-02-04".parse().expect("a day")).expect("a token");
            let opinion = Opinion {
                level: FiveLevel::VerySatisfied,
                indicators: Vec::new(),
                reasons: Vec::new(),
                remark: Some(examples::words(mark)),
                contact: None,
            };
            giving::cast(&cx, ticket, place, Given::Rating(opinion)).await.expect("a rating");
        }
        opening::sweep(&at("2026-02-09T02:00:00Z"), &center).await.expect("a closed week");
    }
}
