//! A running product without a socket: two cities with two centers, and anyone may act.

use std::sync::Arc;

use async_graphql::{Request, Variables};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use chrono::NaiveDate;
use domain::{ComplaintId, StaffId, calendar::DayKind, permission::Role};
use entity::{audit_event, complaint, staff_member};
use sea_orm::{ColumnTrait, Order};
use serde_json::{Value, json};
use server::{
    auth::scope::Scope,
    crypto::Keys,
    db::{
        ReadTx,
        platform::{CenterSetup, CitySetup, MemberSetup},
    },
    graphql::{
        context::{App, Cx},
        error::finish,
        refusals::execute,
        schema::{ApiSchema, Introspection, build},
    },
    testing::{TestDb, member},
};

/// What every field that a step may return is asked for.
pub const CASE: &str = "id number version status dueAt daysLeft late paused pausedDays escalation actions";

/// One more city, whose centers 东区 and 西区 have the same people.
pub async fn one_more_city(
    test: &TestDb,
    code: &str,
    calendar: Vec<(NaiveDate, DayKind, String)>,
    people: &[(&str, Role)],
) {
    let center = |code: &str| CenterSetup {
        code: code.to_owned(),
        members: people
            .iter()
            .map(|(name, role)| MemberSetup { display_name: (*name).to_owned(), ..member(name, code, *role) })
            .collect(),
        ..CenterSetup::default()
    };
    let centers = vec![center("dongqu"), center("xiqu")];
    let city = CitySetup { code: code.to_owned(), calendar, centers, ..CitySetup::default() };
    test.db.platform().set_up(&city).await.unwrap();
}

/// The product of one test.
pub struct World {
    /// Its database.
    pub test: TestDb,
    /// Its process.
    pub app: App,
    /// Its schema.
    pub schema: ApiSchema,
}

impl World {
    /// Friday 13 February 2026, 09:00 in Shanghai, the day before the make-up Saturday.
    pub fn new(test: TestDb) -> Self {
        let keys = Keys::from_base64(&STANDARD_NO_PAD.encode([7; 32])).expect("32 bytes");
        let app = App::new(test.db.clone(), keys, test.clock.clone(), test.ids.clone(), false);
        Self { test, app, schema: build(Introspection::On) }
    }

    /// Runs an operation as a login such as `handler.shiqi`, or as a visitor (`""`).
    pub async fn run(&self, login: &str, query: &str, variables: Value) -> Value {
        let scope = if login.is_empty() { None } else { Some(self.test.scope(login).await) };
        self.run_in(scope, query, variables).await
    }

    /// Runs an operation under a scope.
    pub async fn run_in(&self, scope: Option<Scope>, query: &str, variables: Value) -> Value {
        let cx = Cx::new(self.app.clone(), scope, None, "test".to_owned());
        let request = Request::new(query).variables(Variables::from_json(variables));
        // Boxed: a long story of a test keeps a place on its stack for each of its requests.
        let answer = finish(Box::pin(execute(&self.schema, Arc::new(cx), request)).await, "test");
        serde_json::to_value(answer).expect("an answer is JSON")
    }

    /// The data of an operation that must succeed.
    pub async fn ok(&self, login: &str, query: &str, variables: Value) -> Value {
        let answer = self.run(login, query, variables).await;
        assert!(answer.get("errors").is_none(), "{login}: {query}\n{answer:#}");
        answer["data"].clone()
    }

    /// The codes of an operation that must be refused: the error's, then each violation's.
    pub async fn refused(&self, login: &str, query: &str, variables: Value) -> Vec<String> {
        let answer = self.run(login, query, variables).await;
        codes(&answer)
    }

    /// A step by its verb: the case it returns.
    pub async fn step(&self, login: &str, verb: &str, case: &Value, more: Value) -> Value {
        let (query, variables) = step(verb, case, more);
        self.ok(login, &query, variables).await[verb].clone()
    }

    /// The codes with which a step is refused.
    pub async fn step_refused(&self, login: &str, verb: &str, case: &Value, more: Value) -> Vec<String> {
        let (query, variables) = step(verb, case, more);
        self.refused(login, &query, variables).await
    }

    /// Files a complaint as a visitor of `shiqi` and returns the case as its handler sees it, with the receipt.
    pub async fn filed(&self, more: Value) -> (Value, String) {
        let query = "mutation($i: FileComplaintInput!) { fileComplaint(input: $i) { number receiptCode } }";
        let filed = self.ok("", query, json!({ "i": form(more) })).await["fileComplaint"].clone();
        let found = format!("query($n: String!) {{ complaints(search: $n) {{ nodes {{ {CASE} }} }} }}");
        let case = self.ok("handler.shiqi", &found, json!({ "n": filed["number"] })).await;
        let receipt = filed["receiptCode"].as_str().expect("a receipt").to_owned();
        (case["complaints"]["nodes"][0].clone(), receipt)
    }

    /// A complaint under investigation by `staff.shiqi`, normal class.
    pub async fn investigating(&self, more: Value) -> (Value, String) {
        let (case, receipt) = self.filed(more).await;
        let case = self.step("handler.shiqi", "screenComplaint", &case, json!({})).await;
        let case = self.step("handler.shiqi", "acceptComplaint", &case, json!({ "class": "NORMAL" })).await;
        let staff = self.account("staff.shiqi").await;
        let case = self.step("handler.shiqi", "assignComplaint", &case, json!({ "assignee": staff })).await;
        let case = self.step("staff.shiqi", "investigateComplaint", &case, json!({})).await;
        (case, receipt)
    }

    /// The account of a login.
    pub async fn account(&self, login: &str) -> String {
        let account = self.test.db.identity().account_by_login(login).await.expect("a query");
        account.expect("a login").id.to_string()
    }

    /// The case as `login` sees it, or null.
    pub async fn case(&self, login: &str, id: &Value) -> Value {
        let query = format!("query($id: ComplaintId!) {{ complaint(id: $id) {{ {CASE} text }} }}");
        self.ok(login, &query, json!({ "id": id })).await["complaint"].clone()
    }

    /// The verbs of a center's audit, oldest first.
    pub async fn audit_verbs(&self, code: &str) -> Vec<String> {
        let tx = self.reader(code).await;
        let rows = tx.select::<audit_event::Entity>().expect("a center's scope");
        let rows = rows.order_by(audit_event::Column::Id, Order::Asc).all().await.expect("a query");
        rows.into_iter().map(|row| row.verb).collect()
    }

    /// The particulars of a center's audit.
    pub async fn audit_details(&self, code: &str) -> Vec<String> {
        let tx = self.reader(code).await;
        let rows = tx.select::<audit_event::Entity>().expect("a center's scope").all().await.expect("a query");
        rows.into_iter().filter_map(|row| row.detail).collect()
    }

    /// A case as it is stored.
    pub async fn row(&self, code: &str, id: &Value) -> complaint::Model {
        let id: ComplaintId = serde_json::from_value(id.clone()).expect("an id");
        let tx = self.reader(code).await;
        let rows = tx.select::<complaint::Entity>().expect("a center's scope");
        rows.filter(complaint::Column::Id.eq(id)).one().await.expect("a query").expect("a row")
    }

    /// Somebody of the staff as they are stored.
    pub async fn staff_row(&self, code: &str, id: &Value) -> staff_member::Model {
        let id: StaffId = serde_json::from_value(id.clone()).expect("an id");
        let tx = self.reader(code).await;
        let rows = tx.select::<staff_member::Entity>().expect("a center's scope");
        rows.filter(staff_member::Column::Id.eq(id)).one().await.expect("a query").expect("a row")
    }

    pub async fn reader(&self, code: &str) -> ReadTx {
        let scope = self.test.scope(&format!("admin.{code}")).await;
        self.test.db.read(&scope).await.expect("a snapshot")
    }

    /// Moves the clock on.
    pub fn wait_days(&self, days: i64) {
        self.app.clock.advance(chrono::TimeDelta::days(days));
    }
}

/// The public form, filled in; `more` overrides.
pub fn form(more: Value) -> Value {
    let mut form = json!({
        "idempotencyKey": uuid::Uuid::from_u128(1).to_string(),
        "center": "shiqi",
        "subject": "DELAY",
        "text": "在3号窗口补办社保卡，排队两个小时都没有叫到号。",
        "happenedOn": "2026-02-12",
        "place": "一楼大厅3号窗口",
        "name": "陈小明",
        "phone": "138 0000 1234",
        "noticeVersion": domain::complaints::NOTICE_VERSION,
    });
    merge(&mut form, more);
    form
}

fn merge(into: &mut Value, more: Value) {
    let (Value::Object(into), Value::Object(more)) = (into, more) else { return };
    into.extend(more);
}

fn step(verb: &str, case: &Value, more: Value) -> (String, Value) {
    let mut input = json!({ "id": case["id"], "version": case["version"] });
    merge(&mut input, more);
    let kind = input_type(verb);
    (format!("mutation($i: {kind}!) {{ {verb}(input: $i) {{ {CASE} }} }}"), json!({ "i": input }))
}

fn input_type(verb: &str) -> String {
    match verb {
        "screenComplaint"
        | "investigateComplaint"
        | "resumeComplaint"
        | "approveConclusion"
        | "concludeComplaint"
        | "startReview"
        | "closeComplaint"
        | "archiveComplaint" => "CaseInput".to_owned(),
        "returnComplaint" | "sendBackConclusion" | "requestReviewFor" | "pressComplaint" | "referComplaint" => {
            "ReasonInput".to_owned()
        }
        "addNote" | "replyToComplainant" => "EntryInput".to_owned(),
        other => format!("{}{}Input", other[..1].to_uppercase(), &other[1..]),
    }
}

/// The codes of a refusal: the error's, then each violation's.
pub fn codes(answer: &Value) -> Vec<String> {
    let extensions = &answer["errors"][0]["extensions"];
    let violations = extensions["violations"].as_array().cloned().unwrap_or_default();
    let own = [extensions["code"].clone()].into_iter();
    own.chain(violations.into_iter().map(|violation| violation["code"].clone()))
        .map(|code| code.as_str().unwrap_or_default().to_owned())
        .collect()
}
