//! Third parties' rounds of a center, one for each step of the course; and rounds of the city in a center of its own.

use domain::{campaigns::RaterStatus, permission::Role};
use serde_json::{Value, json};

use crate::world::World;

/// The steps of the course, as far as the world takes them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Planned,
    Signed,
    Submitted,
    Approved,
    Sampled,
    Drafted,
    Checking,
}

/// A third party's round, its course and its target.
struct Course {
    round: Value,
    report: Value,
    target: Value,
    facts: Vec<Value>,
}

/// Every indicator of the shipped form.
fn points() -> Value {
    let all = [
        "environment",
        "waiting",
        "barrier-free",
        "items",
        "guides",
        "devices",
        "online",
        "promises",
        "mechanisms",
        "interviews",
        "visits",
        "complaints",
    ];
    let points: Vec<_> = all.iter().map(|code| json!({ "indicator": code, "points": 90 })).collect();
    json!({ "kind": "THIRD_PARTY", "points": points, "remarks": [] })
}

impl World {
    pub async fn agencies(&mut self, mark: &'static str, code: &'static str) {
        let admin = format!("admin.{code}");
        let cookie = self.cookie(&admin).await;
        let query = "{ campaignChoices { forms { id kind } } }";
        let choices = self.client.post(&cookie, &[], query, &Value::Null).await.first().clone();
        let forms = choices["forms"].as_array().expect("the city's forms");
        let form = forms.iter().find(|form| form["kind"] == "THIRD_PARTY").expect("indicators")["id"].clone();
        let planned = self.course(mark, code, &form, Step::Planned).await;
        self.keep(mark, "signReportContract.campaign", &planned.round);
        for (place, step) in [
            ("submitReportPlan.id", Step::Signed),
            ("decideReportPlan.id", Step::Submitted),
            ("drawReportSample.id", Step::Approved),
            ("moveReport.id", Step::Sampled),
        ] {
            let course = self.course(mark, code, &form, step).await;
            self.keep(mark, place, &course.report);
        }
        let drafted = self.course(mark, code, &form, Step::Drafted).await;
        self.keep(mark, "addReportFact.report", &drafted.report);
        self.keep(mark, "addReportFact.target", &drafted.target);
        self.keep(mark, "handInReport.id", &drafted.report);
        self.keep(mark, "dropReportFact.id", &drafted.facts[0]);
        let file = self.loose(&agency(code), mark).await;
        self.keep(mark, "handInReport.files", &file);
        let checking = self.course(mark, code, &form, Step::Checking).await;
        for place in ["campaignReport.id", "ratingReport.id"] {
            self.keep(mark, place, &checking.round);
        }
        self.keep(mark, "CampaignReportId", &checking.report);
        self.keep(mark, "CampaignFactId", &checking.facts[0]);
        self.keep(mark, "checkReportFact.id", &checking.facts[0]);
        self.keep(mark, "answerReportFact.id", &checking.facts[1]);
        let proof = self.loose(&admin, mark).await;
        let objection = [
            ("input.id", checking.facts[1].clone()),
            ("input.verdict", json!("DISAGREES")),
            ("input.files", json!([proof])),
        ];
        self.does(&admin, "checkReportFact", mark, &objection).await;
        // For whoever rates in X, the other round of the same center.
        if mark == "A" {
            let other = json!(self.pools["Y"].values["CampaignId"]);
            self.keep("Y", "ratingReport.id", &other);
        }
    }

    async fn course(&mut self, mark: &'static str, code: &'static str, form: &Value, to: Step) -> Course {
        let (admin, agency) = (format!("admin.{code}"), agency(code));
        let planned = [("input.kind", json!("THIRD_PARTY")), ("input.form", form.clone())];
        let round = self.does(&admin, "planCampaign", mark, &planned).await["id"].clone();
        let named = [("input.id", round.clone())];
        let targets = [named[0].clone(), ("input.targets", json!([{}]))];
        self.does(&admin, "setCampaignTargets", mark, &targets).await;
        let mut course = Course { round, report: Value::Null, target: Value::Null, facts: Vec::new() };
        if to == Step::Planned {
            return course;
        }
        self.rates(code, &course.round, &agency, Role::ThirdPartyLead, RaterStatus::Accepted).await;
        let signed = [("input.campaign", course.round.clone())];
        course.report = self.does(&admin, "signReportContract", mark, &signed).await["id"].clone();
        let report = [("input.id", course.report.clone())];
        for (step, who, operation) in [
            (Step::Submitted, &agency, "submitReportPlan"),
            (Step::Approved, &admin, "decideReportPlan"),
            (Step::Sampled, &agency, "drawReportSample"),
        ] {
            if to >= step {
                self.does(who, operation, mark, &report).await;
            }
        }
        if to >= Step::Sampled {
            self.does(&admin, "openCampaign", mark, &named).await;
        }
        if to >= Step::Drafted {
            self.drafts(mark, code, form, &mut course).await;
        }
        if to >= Step::Checking {
            let file = self.loose(&agency, mark).await;
            let draft = [report[0].clone(), ("input.files", json!([file]))];
            self.does(&agency, "handInReport", mark, &draft).await;
        }
        course
    }

    /// The field work is done, and there are two facts.
    async fn drafts(&mut self, mark: &'static str, code: &'static str, form: &Value, course: &mut Course) {
        let agency = agency(code);
        let report = ("input.id", course.report.clone());
        self.does(&agency, "moveReport", mark, std::slice::from_ref(&report)).await;
        let page = self.does(&agency, "ratingRound", mark, &[("id", course.round.clone())]).await;
        course.target = page["tasks"][0]["id"].clone();
        let given =
            [("input.target", course.target.clone()), ("input.form", form.clone()), ("input.content", points())];
        self.does(&agency, "handInBallot", mark, &given).await;
        self.does(&agency, "moveReport", mark, &[report, ("input.action", json!("END_FIELD_WORK"))]).await;
        for _ in 0..2 {
            let fact = [("input.report", course.report.clone()), ("input.target", course.target.clone())];
            course.facts.push(self.does(&agency, "addReportFact", mark, &fact).await["id"].clone());
        }
    }

    /// A round of the city for each thing that is done with one, in a center that nobody else has anything in.
    pub async fn city_rounds(&mut self, city: &'static str) {
        let admin = format!("city.{city}");
        let cookie = self.cookie(&admin).await;
        let query = "{ cityRoundChoices { forms { id kind } } }";
        let choices = self.client.post(&cookie, &[], query, &Value::Null).await.first().clone();
        let forms = choices["forms"].as_array().expect("the city's forms");
        let form = forms.iter().find(|form| form["kind"] == "CONDUCT").expect("form D")["id"].clone();
        self.keep(city, "planCityRound.form", &form);
        // The other one may be suspended by then.
        let code = [("input.code", json!(format!("rounds-{city}")))];
        let center = self.does(&admin, "createCenter", city, &code).await;
        self.keep(city, "planCityRound.centers", &center);
        for operation in ["openCityRound", "closeCityRound", "cityRound"] {
            let id = self.does(&admin, "planCityRound", city, &[]).await["round"]["id"].clone();
            if operation == "closeCityRound" {
                self.does(&admin, "openCityRound", city, &[("input.id", id.clone())]).await;
            }
            self.keep(city, &format!("{operation}.id"), &id);
            self.keep(city, "CityRoundId", &id);
        }
    }
}

/// Who leads an agency here: somebody of the center whose scope is not one round, so that one person leads them all.
fn agency(code: &str) -> String {
    format!("patrol_inspector.{code}")
}
