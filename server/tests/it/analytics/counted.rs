//! Counting as it happens, counting again, and what happens when the two differ.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::{calendar::local_date, metrics::Metric};
use entity::{metric_day, metric_difference};
use fastrand::Rng;
use sea_orm::{ActiveValue::Set, ColumnTrait};
use serde_json::{Value, json};
use server::{
    analytics::{
        counting::{Cell, Counts},
        service::recounting,
    },
    auth::scope::Scope,
    both_dbs,
    db::{AuditEvent, Verb},
    error::Error,
    jobs,
    testing::TestDb,
};

use super::{ADMIN, CITY, city_of, day};
use crate::world::World;

const HANDLER: &str = "handler.shiqi";

/// A town in which things happen by chance, the same for the same seed.
struct Town {
    world: World,
    luck: Rng,
    /// The code of its rating point.
    code: String,
    cases: Vec<Value>,
    keys: u128,
    /// What was done, by name: a mix that lacks something proves little.
    done: BTreeSet<&'static str>,
}

impl Town {
    async fn new(test: TestDb) -> Self {
        let world = city_of(test, 0).await;
        let point = "mutation($i: AddRatingPointInput!) { addRatingPoint(input: $i) { id } }";
        world.ok(ADMIN, point, json!({ "i": { "name": "一楼大厅" } })).await;
        let posters = "{ ratingPosters(origin: \"https://gangping.example/\") { url } }";
        let url = world.ok(ADMIN, posters, json!({})).await["ratingPosters"][0]["url"].clone();
        let code = url.as_str().unwrap().rsplit_once('/').unwrap().1.to_owned();
        Self { world, luck: Rng::with_seed(6), code, cases: Vec::new(), keys: 0, done: BTreeSet::new() }
    }

    /// One of these.
    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.luck.usize(..of.len())]
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.luck.u32(..100) < percent
    }

    /// Something happens.
    async fn event(&mut self) {
        match self.luck.u32(..100) {
            0..48 => self.rate().await,
            48..50 => self.tell().await,
            50..55 => self.answer().await,
            55..66 => self.file().await,
            66..90 => self.step().await,
            _ => self.follow().await,
        }
    }

    async fn rate(&mut self) {
        let page = "query($p: String!) { ratingPage(center: \"shiqi\", point: $p) { token form } }";
        let page = self.world.ok("", page, json!({ "p": self.code })).await["ratingPage"].clone();
        let level =
            self.one(&["VERY_SATISFIED", "SATISFIED", "BASICALLY_SATISFIED", "DISSATISFIED", "VERY_DISSATISFIED"]);
        let bad = level.ends_with("DISSATISFIED");
        let contact = (bad && self.chance(70)).then_some("13800001234");
        let remark = (bad && self.chance(50)).then_some("排队太久，没有人解释。");
        let given = json!({ "center": "shiqi", "token": page["token"], "form": page["form"], "level": level,
            "indicators": [], "reasons": [], "contact": contact, "remark": remark });
        let give = "mutation($i: GiveRatingInput!) { giveRating(input: $i) { day } }";
        self.world.ok("", give, json!({ "i": given })).await;
        self.done.insert("rated");
    }

    /// Services of one of the last days, told or corrected.
    async fn tell(&mut self) {
        let today = local_date(self.world.app.clock.now());
        let day = today - TimeDelta::days(self.luck.i64(0..4));
        let month = "query($d: NaiveDate) { serviceDays(day: $d) { days { day version } } }";
        let month = self.world.ok(ADMIN, month, json!({ "d": day })).await["serviceDays"]["days"].clone();
        let known = month.as_array().unwrap().iter().find(|row| row["day"] == json!(day)).unwrap().clone();
        let row = json!({ "day": day, "services": self.luck.u32(..90), "version": known["version"] });
        let tell = "mutation($i: TellServicesInput!) { tellServices(input: $i) { version } }";
        self.world.ok(ADMIN, tell, json!({ "i": { "days": [row] } })).await;
        self.done.insert("told");
    }

    async fn answer(&mut self) {
        let page = "query($p: String!) { surveyPage(center: \"shiqi\", point: $p) { token form rows { code } departments { code } } }";
        let page = self.world.ok("", page, json!({ "p": self.code })).await["surveyPage"].clone();
        let levels = ["SATISFIED", "FAIRLY_SATISFIED", "NOT_VERY_SATISFIED", "VERY_DISSATISFIED"];
        let mut rows = Vec::new();
        for row in page["rows"].as_array().unwrap() {
            rows.push(json!({ "code": row["code"], "level": self.one(&levels) }));
        }
        let given = json!({ "center": "shiqi", "token": page["token"], "form": page["form"], "rows": rows,
            "department": page["departments"][0]["code"] });
        let give = "mutation($i: AnswerSurveyInput!) { answerSurvey(input: $i) { day } }";
        self.world.ok("", give, json!({ "i": given })).await;
        self.done.insert("answered");
    }

    async fn file(&mut self) {
        self.keys += 1;
        let key = uuid::Uuid::from_u128(self.keys).to_string();
        let subject = self.one(&["DELAY", "ATTITUDE", "FEE"]);
        let (case, _) = self.world.filed(json!({ "idempotencyKey": key, "subject": subject })).await;
        self.cases.push(case);
        self.done.insert("filed");
    }

    /// One step of a complaint, whatever comes next.
    async fn step(&mut self) {
        if self.cases.is_empty() {
            return self.file().await;
        }
        let at = self.luck.usize(..self.cases.len());
        let case = self.world.case(HANDLER, &self.cases[at]["id"]).await;
        let class = self.one(&["SIMPLE", "NORMAL", "COMPLEX"]);
        let another = self.chance(15);
        let status = case["status"].as_str().unwrap().to_owned();
        let (login, verb, more) = match status.as_str() {
            "REGISTERED" if another => match self.open_beside(at).await {
                Some(into) => (HANDLER, "mergeComplaint", json!({ "into": into })),
                None => (HANDLER, "screenComplaint", json!({})),
            },
            "REGISTERED" => (HANDLER, "screenComplaint", json!({})),
            "SCREENING" if another => {
                let why =
                    json!({ "ground": "OUTSIDE_SCOPE", "reason": "不在服务范围内。", "referral": "请拨打12345。" });
                (HANDLER, "declineComplaint", why)
            }
            "SCREENING" => (HANDLER, "acceptComplaint", json!({ "class": class })),
            "ACCEPTED" => (HANDLER, "assignComplaint", json!({ "assignee": self.world.account("staff.shiqi").await })),
            "ASSIGNED" => ("staff.shiqi", "investigateComplaint", json!({})),
            "INVESTIGATING" if another => {
                (HANDLER, "reclassifyComplaint", json!({ "class": class, "subject": "DELAY", "reason": "情况有变。" }))
            }
            "INVESTIGATING" => {
                let found = json!({ "outcome": "UNSUBSTANTIATED", "finding": "经查不属实。" });
                ("staff.shiqi", "proposeConclusion", found)
            }
            "PROPOSED" => (HANDLER, "concludeComplaint", json!({})),
            "CONCLUDED" => (HANDLER, "giveFeedback", json!({ "mode": "PHONE", "reply": "已经核实并告知您。" })),
            "FEEDBACK_GIVEN" => {
                let level = self.one(&["SATISFIED", "DISSATISFIED"]);
                ("supervisor.shiqi", "recordFollowUp", json!({ "satisfaction": level }))
            }
            _ => return,
        };
        self.world.step(login, verb, &case, more).await;
        self.done.insert(verb);
    }

    /// An open case other than one.
    async fn open_beside(&self, at: usize) -> Option<Value> {
        for (other, case) in self.cases.iter().enumerate().filter(|(other, _)| *other != at) {
            let seen = self.world.case(HANDLER, &case["id"]).await;
            if !["MERGED", "CLOSED", "ARCHIVED"].contains(&seen["status"].as_str().unwrap()) {
                return Some(self.cases[other]["id"].clone());
            }
        }
        None
    }

    /// One step of the case of a bad rating, or of an appeal.
    async fn follow(&mut self) {
        let open = "{ badRatings(queue: OPEN) { rows { case { id version status named } } } }";
        let open = self.world.ok(ADMIN, open, json!({})).await["badRatings"]["rows"].clone();
        let open = open.as_array().unwrap();
        if open.is_empty() {
            return self.rate().await;
        }
        let case = open[self.luck.usize(..open.len())]["case"].clone();
        let (named, appeals) = (case["named"] == true, self.chance(50));
        let (verb, more) = match case["status"].as_str().unwrap() {
            "RECEIVED" => {
                let outcome = if named { "REACHED" } else { "NO_CONTACT" };
                ("contactRater", json!({ "outcome": outcome, "text": "电话了解情况" }))
            }
            "CONTACTED" => {
                let finding = self.one(&["CLEAR", "COMPLEX", "MISTAKEN"]);
                ("verifyBadRating", json!({ "finding": finding, "text": "窗口解释不耐心" }))
            }
            "VALID" | "MISTAKEN" if appeals => {
                ("appealBadRating", json!({ "ground": "MISTAKEN", "reason": "评价人称选错了窗口", "files": [] }))
            }
            "VALID" => ("rectifyBadRating", json!({ "measures": "班前学习服务用语" })),
            "RECTIFYING" => {
                let mode = named.then_some("PHONE");
                ("feedBackBadRating", json!({ "result": "已向评价人致歉", "mode": mode }))
            }
            "FED_BACK" if named => {
                let level = self.one(&["SATISFIED", "DISSATISFIED"]);
                ("callBackRater", json!({ "outcome": "REACHED", "satisfaction": level, "text": "回访" }))
            }
            "APPEALED" => return self.decide().await,
            _ => ("closeBadRating", json!({})),
        };
        let mut input = json!({ "id": case["id"], "version": case["version"] });
        if let (Value::Object(input), Value::Object(more)) = (&mut input, more) {
            input.extend(more);
        }
        let kind = format!("{}{}Input", verb[..1].to_uppercase(), &verb[1..]);
        let query = format!("mutation($i: {kind}!) {{ {verb}(input: $i) {{ id }} }}");
        // Some steps have to wait: for the window of an appeal, for its end.
        let answer = self.world.run(ADMIN, &query, json!({ "i": input })).await;
        if answer.get("errors").is_none() {
            self.done.insert(verb);
        }
    }

    async fn decide(&mut self) {
        let open = "{ ratingAppeals(status: OPEN) { id } }";
        let open = self.world.ok("reviewer.zs", open, json!({})).await["ratingAppeals"][0]["id"].clone();
        let look = "mutation($i: OpenRatingAppealInput!) { openRatingAppeal(input: $i) { id } }";
        self.world.ok("reviewer.zs", look, json!({ "i": { "id": open, "reason": "核实误评" } })).await;
        let decision = self.one(&["EXCLUDED", "EXCLUDED", "KEPT"]);
        let decide = "mutation($i: DecideRatingAppealInput!) { decideRatingAppeal(input: $i) { id } }";
        let input = json!({ "id": open, "decision": decision, "text": "监控与说法一致" });
        self.world.ok("reviewer.zs", decide, json!({ "i": input })).await;
        self.done.insert(if decision == "EXCLUDED" { "excluded" } else { "kept" });
    }

    /// A day goes by.
    async fn night(&self) {
        self.world.app.clock.advance(TimeDelta::days(1));
        jobs::ratings::sweep(&self.world.app).await.unwrap();
        jobs::deadlines::sweep(&self.world.app).await.unwrap();
    }

    async fn figures(&self, code: &str) -> [Vec<(Cell, Counts)>; 2] {
        let tx = self.world.reader(code).await;
        let counted = recounting::counted(&tx).await.unwrap();
        let kept = recounting::kept(&tx).await.unwrap();
        [counted.cells().collect(), kept.cells().collect()]
    }
}

/// `METRIC_EVENTS=100000 make soak-metrics` for as many as the aim says.
fn events() -> u32 {
    std::env::var("METRIC_EVENTS").ok().and_then(|text| text.parse().ok()).unwrap_or(300)
}

both_dbs!(what_was_counted_as_it_happened_is_what_a_count_of_everything_gives, |test: TestDb| async move {
    let mut town = Town::new(test).await;
    // Some two hundred days at most: the calendar ends with the year.
    let each_day = (events() / 200).max(10);
    for n in 1..=events() {
        town.event().await;
        if n % each_day == 0 {
            town.night().await;
        }
    }
    town.night().await;
    let [counted, kept] = town.figures("shiqi").await;
    assert_eq!(kept, counted);
    println!("{} events, {} counts, {} kinds of them: {:?}", events(), counted.len(), town.done.len(), town.done);
    for wanted in
        ["rated", "told", "answered", "filed", "acceptComplaint", "assignComplaint", "contactRater", "verifyBadRating"]
    {
        assert!(town.done.contains(wanted), "nothing of {wanted}");
    }
    let [_, elsewhere] = town.figures("xiaolan").await;
    assert!(elsewhere.is_empty());
    // Each part and each week is in the whole.
    let total = |stratum: fn(&str) -> bool| -> i64 {
        let rows = kept.iter().filter(|(cell, _)| cell.metric == Metric::SatisfactionRate && stratum(&cell.stratum));
        rows.map(|(_, [_, of, _])| of).sum()
    };
    let all = total(str::is_empty);
    assert!(all > 0);
    assert_eq!((total(|stratum| stratum == "week"), total(|stratum| stratum.contains('/'))), (all, all));
});

both_dbs!(an_excluded_rating_leaves_the_share_in_the_transaction_that_decides, |test: TestDb| async move {
    let mut town = Town::new(test).await;
    while !town.done.contains("excluded") {
        town.rate().await;
        if town.chance(20) {
            town.night().await;
        }
        town.follow().await;
    }
    let [counted, kept] = town.figures("shiqi").await;
    assert_eq!(kept, counted);
    let excluded = |metric| {
        let rows = kept.iter().filter(|(cell, _)| cell.metric == metric && cell.stratum.is_empty());
        rows.map(|(_, [_, _, excluded])| excluded).sum::<i64>()
    };
    for metric in [Metric::RatingVolume, Metric::SatisfactionRate, Metric::BadRatingRate] {
        assert_eq!(excluded(metric), 1, "{metric:?}");
    }
});

both_dbs!(a_count_that_was_changed_by_hand_is_told_and_mended_only_when_somebody_says_so, |test: TestDb| async move {
    let mut town = Town::new(test).await;
    for _ in 0..25 {
        town.rate().await;
    }
    town.answer().await;
    town.night().await;
    let (world, center) = (&town.world, town.world.test.center("shiqi").await);
    // The first look of all takes what is there, and finds nothing to tell.
    recounting::nightly(&world.app, &center).await.unwrap();
    let query = "{ metricDifferences { center { code } metric day stratum kept counted } }";
    assert_eq!(world.ok(CITY, query, json!({})).await["metricDifferences"], json!([]));
    let granted = Scope::job(&center, "test").require(domain::permission::Permission::RatingGive).unwrap();
    let mut tx = world.app.db.write(&granted).await.unwrap();
    let wrong = metric_day::ActiveModel {
        metric: Set(Metric::SatisfactionRate.id()),
        day: Set(day("2026-02-13")),
        stratum: Set(String::new()),
        city_id: Set(center.city_id),
        numerator: Set(1000),
        denominator: Set(1000),
        excluded: Set(0),
        ..Default::default()
    };
    tx.upsert_metrics(vec![wrong]).await.unwrap();
    tx.commit(AuditEvent::of(Verb::NoteAdded)).await.unwrap();
    // Once a day.
    recounting::nightly(&world.app, &center).await.unwrap();
    assert_eq!(world.ok(CITY, query, json!({})).await["metricDifferences"], json!([]));
    town.night().await;
    recounting::nightly(&world.app, &center).await.unwrap();
    let found = world.ok(CITY, query, json!({})).await["metricDifferences"].clone();
    assert_eq!((found.as_array().unwrap().len(), &found[0]["center"]["code"]), (1, &json!("shiqi")));
    assert_eq!((&found[0]["metric"], &found[0]["kept"]), (&json!("satisfaction_rate.v1"), &json!([1000, 1000, 0])));
    assert_eq!(found[0]["counted"][1], 25);
    assert_eq!(world.refused(ADMIN, query, json!({})).await, ["FORBIDDEN"]);
    assert_eq!(world.ok("city.other", query, json!({})).await["metricDifferences"], json!([]));
    let details = world.audit_details("shiqi").await;
    assert!(details.contains(&"1".to_owned()), "{details:?}");
    // It stays as it is until somebody says so.
    let [counted, kept] = town.figures("shiqi").await;
    assert_ne!(kept, counted);
    assert_eq!(recounting::rebuild(&world.app, &center).await.unwrap(), 1);
    let [counted, kept] = town.figures("shiqi").await;
    assert_eq!(kept, counted);
    let tx = world.reader("shiqi").await;
    assert_eq!(tx.select::<metric_difference::Entity>().unwrap().count().await.unwrap(), 0);
});

both_dbs!(a_center_from_before_gets_its_figures_at_the_first_look, |test: TestDb| async move {
    let mut town = Town::new(test).await;
    for _ in 0..21 {
        town.rate().await;
    }
    town.answer().await;
    town.night().await;
    let (world, center) = (&town.world, town.world.test.center("shiqi").await);
    // As it is after an upgrade: ratings, and no figures of them.
    let [before, _] = town.figures("shiqi").await;
    let granted = Scope::job(&center, "test").require(domain::permission::Permission::RatingGive).unwrap();
    let mut tx = world.app.db.write(&granted).await.unwrap();
    let nothing =
        metric_day::ActiveModel { numerator: Set(0), denominator: Set(0), excluded: Set(0), ..Default::default() };
    tx.update_where(sea_orm::Condition::all(), nothing).await.unwrap();
    tx.commit(AuditEvent::of(Verb::NoteAdded)).await.unwrap();
    recounting::nightly(&world.app, &center).await.unwrap();
    let [_, kept] = town.figures("shiqi").await;
    assert_eq!(kept, before);
    assert!(world.audit_verbs("shiqi").await.contains(&"metrics_rebuilt".to_owned()));
    // How many are trained is taken on the way, for the day.
    let tx = world.reader("shiqi").await;
    let rows = tx.select::<metric_day::Entity>().unwrap().all().await.unwrap();
    let taken = rows.iter().filter(|row| row.metric == Metric::TrainingCoverage.id());
    let today = local_date(world.app.clock.now());
    assert_eq!(taken.map(|row| row.day).collect::<Vec<_>>(), [today]);
    let covered = rows.iter().find(|row| row.metric == Metric::DepartmentCoverage.id()).unwrap();
    assert_eq!(covered.numerator, 1, "one department was answered about");
    assert!(covered.denominator > 1, "of those that the form names: {}", covered.denominator);
});

both_dbs!(a_figure_that_is_new_gets_its_counts_at_the_next_look_and_nobody_is_alarmed, |test: TestDb| async move {
    let mut town = Town::new(test).await;
    for _ in 0..5 {
        town.rate().await;
    }
    town.answer().await;
    town.night().await;
    let center = town.world.test.center("shiqi").await;
    recounting::nightly(&town.world.app, &center).await.unwrap();
    // As it is after an upgrade to a release that counts it for the first time.
    let [before, _] = town.figures("shiqi").await;
    let granted = Scope::job(&center, "test").require(domain::permission::Permission::RatingGive).unwrap();
    let mut tx = town.world.app.db.write(&granted).await.unwrap();
    let new = sea_orm::Condition::all().add(metric_day::Column::Metric.eq(Metric::SurveyTopShare.id()));
    let other = metric_day::ActiveModel { metric: Set("survey_top_share.v0".to_owned()), ..Default::default() };
    tx.update_where(new, other).await.unwrap();
    tx.commit(AuditEvent::of(Verb::NoteAdded)).await.unwrap();
    town.night().await;
    recounting::nightly(&town.world.app, &center).await.unwrap();
    let [_, kept] = town.figures("shiqi").await;
    assert_eq!(kept, before);
    let tx = town.world.reader("shiqi").await;
    assert_eq!(tx.select::<metric_difference::Entity>().unwrap().all().await.unwrap(), []);
});

both_dbs!(a_change_that_fails_counts_nothing, |test: TestDb| async move {
    let mut town = Town::new(test).await;
    town.file().await;
    let before = town.figures("shiqi").await;
    let stale = json!({ "id": town.cases[0]["id"], "version": 7 });
    let codes = town.world.step_refused(HANDLER, "screenComplaint", &stale, json!({})).await;
    assert_eq!(codes, ["STALE"]);
    assert_eq!(town.figures("shiqi").await, before);
    // Nor does the city's office write in a center.
    let office = town.world.test.scope(CITY).await;
    let granted = office.require(domain::permission::Permission::CityCompare).unwrap();
    let mut tx = town.world.app.db.write(&granted).await.unwrap();
    let mut counted = server::analytics::counting::Counted::default();
    counted.add(Metric::ResponseRate, day("2026-02-13"), "", [1, 1, 0]);
    let refused = server::analytics::service::count(&mut tx, counted).await;
    assert!(matches!(refused, Err(Error::OutOfReach)));
});
