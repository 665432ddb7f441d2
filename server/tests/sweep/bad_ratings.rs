//! Cases of bad ratings of a center, one for each operation that changes one, and appeals before its city.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use domain::{
    BadRatingTargetId, FormVersionId, RatingId, SurveyResponseId,
    calendar::local_date,
    evaluation::{
        levels::FiveLevel,
        ratings::{PointChannel, RatingOrigin},
    },
    permission::Permission,
};
use entity::{bad_rating_target, rating, survey_response};
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};
use server::{
    auth::scope::Scope,
    bad_ratings::service::{NewBadRating, open},
    crypto::Keys,
    db::{AuditEvent, Verb},
    graphql::context::{App, Cx},
};

use crate::{
    examples,
    world::{A, World},
};

const COURSE: [&str; 4] = ["contactRater", "verifyBadRating", "rectifyBadRating", "feedBackBadRating"];
/// An operation, and how many steps of the course come before it.
const CASES: [(&str, usize); 12] = [
    ("badRating", 4),
    ("contactRater", 0),
    ("verifyBadRating", 1),
    ("rectifyBadRating", 2),
    ("extendBadRating", 2),
    ("feedBackBadRating", 3),
    ("callBackRater", 4),
    ("closeBadRating", 4),
    ("noteBadRating", 0),
    ("openBadRatingTask", 2),
    ("revealRater", 0),
    ("appealBadRating", 2),
];

impl World {
    pub async fn bad_ratings(&mut self, mark: &'static str, code: &'static str) {
        let admin = format!("admin.{code}");
        for (operation, course) in CASES {
            let id = self.rated(mark, code).await;
            for step in COURSE.iter().take(course) {
                self.does(&admin, step, mark, &[("input.id", id.clone())]).await;
            }
            if operation == "closeBadRating" {
                self.does(&admin, "callBackRater", mark, &[("input.id", id.clone())]).await;
                // The days in which the rated side may appeal are over.
                let named = self.observer.id(id.as_str().expect("an id"));
                self.observer.run(&format!("UPDATE bad_rating SET appeal_until = NULL WHERE id = {named}")).await;
            }
            self.keep(mark, &format!("{operation}.id"), &id);
            self.keep(mark, "BadRatingId", &id);
        }
        // What the other center has put before the city, the city's reviewer may read: it puts nothing there.
        if mark == "A" {
            for operation in ["openRatingAppeal", "ratingAppeal", "decideRatingAppeal"] {
                let appeal = self.appealed(mark, code).await;
                self.keep(mark, &format!("{operation}.id"), &appeal);
            }
        }
    }

    /// Appeals before the cities: those of the other one are what nobody here may reach.
    pub async fn appeals(&mut self) {
        for operation in ["openRatingAppeal", "ratingAppeal", "decideRatingAppeal"] {
            let appeal = json!(self.pools["A"].values[&format!("{operation}.id")]);
            if operation != "openRatingAppeal" {
                let named = [("input.id", appeal.clone())];
                self.does("city_reviewer.zs", "openRatingAppeal", "zs", &named).await;
            }
            self.keep("zs", &format!("{operation}.id"), &appeal);
            self.keep("zs", "RatingAppealId", &appeal);
        }
        let excluded = [("input.id", self.appealed("A", A).await), ("input.decision", json!("EXCLUDED"))];
        self.does("city_reviewer.zs", "openRatingAppeal", "zs", &excluded[..1]).await;
        self.does("city_reviewer.zs", "decideRatingAppeal", "zs", &excluded).await;
        let appeal = self.appealed("F", "north").await;
        self.keep("other", "RatingAppealId", &appeal);
    }

    /// A verified rating with an appeal: the appeal's id.
    async fn appealed(&mut self, mark: &'static str, code: &'static str) -> Value {
        let (admin, id) = (format!("admin.{code}"), self.rated(mark, code).await);
        for step in COURSE.iter().take(2).chain(&["appealBadRating"]) {
            self.does(&admin, step, mark, &[("input.id", id.clone())]).await;
        }
        let page = self.does(&admin, "badRating", mark, &[("id", id)]).await;
        page["appeal"]["id"].clone()
    }

    /// A bad rating of the center, as the job of the ratings brings it in.
    async fn rated(&mut self, mark: &str, code: &str) -> Value {
        let keys = Keys::from_base64(&STANDARD_NO_PAD.encode([7; 32])).expect("32 bytes");
        let test = &self.test;
        let app = App::new(test.db.clone(), keys, test.clock.clone(), test.ids.clone(), false);
        let cx = Cx::new(app, Some(Scope::job(&test.center(code).await, "ratings")), None, "sweep".to_owned());
        let granted = cx.scope().expect("a scope").require(Permission::BadRatingHandle).expect("a job may");
        let mut tx = cx.write(&granted).await.expect("a transaction");
        let (id, form, day) = (RatingId(test.ids.next()), FormVersionId(test.ids.next()), local_date(test.clock.now()));
        let row = rating::ActiveModel {
            id: Set(id),
            point_id: Set(None),
            post_id: Set(None),
            day: Set(day),
            channel: Set(PointChannel::Qr),
            form_version: Set(form),
            level: Set(FiveLevel::VeryDissatisfied),
            indicators: Set(r#"{"indicators":[],"reasons":[]}"#.to_owned()),
            origin: Set(RatingOrigin::Active),
            commitment: Set("0".repeat(64)),
            ..Default::default()
        };
        tx.insert(row).await.expect("a rating");
        let answered = survey_response::ActiveModel {
            id: Set(SurveyResponseId(test.ids.next())),
            point_id: Set(None),
            day: Set(day),
            channel: Set(PointChannel::Qr),
            form_version: Set(form),
            visited_on: Set(None),
            department: Set(None),
            answers: Set("[]".to_owned()),
            origin: Set(RatingOrigin::Active),
            commitment: Set("0".repeat(64)),
            ..Default::default()
        };
        tx.insert(answered).await.expect("an answered form");
        let new = NewBadRating {
            rating: id,
            post: None,
            level: FiveLevel::VeryDissatisfied,
            form,
            reasons: Vec::new(),
            remark: Some(examples::words(mark)),
            contact: Some(examples::phone(mark)),
            day,
        };
        let case = open(&cx, &mut tx, vec![new]).await.expect("a case").remove(0);
        // Somebody without an account: whoever is rated may do nothing in the case.
        if let Some(staff) = self.pools[mark].values.get("StaffId") {
            let target = bad_rating_target::ActiveModel {
                id: Set(BadRatingTargetId(test.ids.next())),
                bad_rating_id: Set(case),
                staff_id: Set(staff.parse().expect("an id")),
                account_id: Set(None),
                ..Default::default()
            };
            tx.insert(target).await.expect("whoever was rated");
        }
        tx.commit(AuditEvent::of(Verb::NoteAdded)).await.expect("a commit");
        json!(case)
    }
}
