//! Ratings as the public gives them, as they are opened, and as the center sees them.

mod flagged;
mod given;
mod kept;
mod kiosk;
mod linkage;
mod origins;
mod seen;
mod taken;

use entity::ownership::CenterOwned;
use serde_json::{Value, json};
use server::{jobs, testing::TestDb};

use crate::world::World;

const ADMIN: &str = "admin.shiqi";
const GIVE: &str = "mutation($i: GiveRatingInput!) { giveRating(input: $i) { day commitment opening given } }";
const ANSWER: &str = "mutation($i: AnswerSurveyInput!) { answerSurvey(input: $i) { day commitment opening given } }";

/// A center with a rating point.
pub struct Hall {
    pub world: World,
    point: Value,
    code: String,
}

impl Hall {
    pub async fn new(test: TestDb) -> Self {
        Self::of(World::new(test)).await
    }

    async fn of(world: World) -> Self {
        let point = add(&world, json!({ "name": "一楼大厅" })).await;
        let code = printed(&world, &point["id"]).await;
        Self { world, point, code }
    }

    /// The page of a point as somebody opens it; null where the code does not work.
    async fn page(&self, login: &str, center: &str, code: &str) -> Value {
        let query = "query($c: String!, $p: String) { ratingPage(center: $c, point: $p) { point form token signedIn \
            indicators { code titleZh titleEn } reasons { code titleZh titleEn } } }";
        self.world.ok(login, query, json!({ "c": center, "p": code })).await["ratingPage"].clone()
    }

    /// A page that was just opened by a visitor.
    async fn opened(&self) -> Value {
        self.page("", "shiqi", &self.code).await
    }

    /// Rates on a page that was opened.
    async fn gives(&self, page: &Value, more: Value) -> Value {
        self.world.run("", GIVE, json!({ "i": rating(page, more) })).await
    }

    /// Opens the page and rates; the receipt.
    pub async fn rates(&self, level: &str, more: Value) -> Value {
        let mut input = json!({ "level": level });
        merge(&mut input, more);
        let answer = self.gives(&self.opened().await, input).await;
        assert!(answer.get("errors").is_none(), "{answer:#}");
        answer["data"]["giveRating"].clone()
    }

    async fn survey(&self, more: Value) -> Value {
        let query = "query($c: String!, $p: String!) { surveyPage(center: $c, point: $p) { form token rows { code } \
            departments { code titleZh } remarkMax } }";
        let page = self.world.ok("", query, json!({ "c": "shiqi", "p": self.code })).await["surveyPage"].clone();
        let rows = page["rows"].as_array().unwrap().iter();
        let rows: Vec<_> = rows.map(|row| json!({ "code": row["code"], "level": "FAIRLY_SATISFIED" })).collect();
        let mut input = json!({ "center": "shiqi", "token": page["token"], "form": page["form"], "rows": rows });
        merge(&mut input, more);
        self.world.run("", ANSWER, json!({ "i": input })).await
    }

    /// One run of the job.
    pub async fn sweep(&self) {
        jobs::ratings::sweep(&self.world.app).await.unwrap();
    }

    /// The clock at a time in Shanghai.
    pub fn at(&self, time: &str) {
        self.world.app.clock.set(format!("{time}:00+08:00").parse().unwrap());
    }

    async fn all<E: CenterOwned>(&self) -> Vec<E::Model> {
        let tx = self.world.reader("shiqi").await;
        tx.select::<E>().unwrap().all().await.unwrap()
    }

    async fn results(&self, login: &str, week: Value) -> Value {
        let figures = "ratings levels { level ratings } satisfied satisfiedLow satisfiedHigh";
        let query = format!(
            "query($w: NaiveDate) {{ ratingResults(week: $w) {{ weeks least week {{ monday total {{ {figures} }} \
             excluded {{ ground ratings }} withoutExcluded {{ ratings satisfied }} rows {{ point {{ name }} figures {{ {figures} }} }} defaulted imported words \
             surveys {{ all {{ responses rows {{ line {{ code }} levels {{ level answers }} upper upperLow upperHigh }} }} \
             departments {{ line {{ code }} answers {{ responses rows {{ upper levels {{ answers }} }} }} }} }} }} }} }}"
        );
        self.world.ok(login, &query, json!({ "w": week })).await["ratingResults"].clone()
    }
}

/// What is sent.
fn rating(page: &Value, more: Value) -> Value {
    let mut input = json!({ "center": "shiqi", "token": page["token"], "form": page["form"],
        "level": "SATISFIED", "indicators": [], "reasons": [] });
    merge(&mut input, more);
    input
}

fn merge(into: &mut Value, more: Value) {
    let (Value::Object(into), Value::Object(more)) = (into, more) else { return };
    into.extend(more);
}

async fn add(world: &World, input: Value) -> Value {
    let query =
        "mutation($i: AddRatingPointInput!) { addRatingPoint(input: $i) { id version name kind channel postId } }";
    world.ok(ADMIN, query, json!({ "i": input })).await["addRatingPoint"].clone()
}

/// The code on a point's poster.
async fn printed(world: &World, point: &Value) -> String {
    let query = "{ ratingPosters(origin: \"https://Gangping.example/\") { point { id } url picture } }";
    let posters = world.ok(ADMIN, query, json!({})).await["ratingPosters"].clone();
    let poster = posters.as_array().unwrap().iter().find(|poster| poster["point"]["id"] == *point).unwrap();
    let rows = poster["picture"].as_array().unwrap();
    assert!(rows.iter().all(|row| row.as_str().unwrap().len() == rows.len()));
    let (address, code) = poster["url"].as_str().unwrap().rsplit_once('/').unwrap();
    assert_eq!(address, "https://gangping.example/r/shiqi");
    code.to_owned()
}
