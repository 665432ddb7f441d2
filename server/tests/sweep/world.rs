//! Two look-alike centers in one city, an empty third, and one in another city, with at least two rows of everything.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use serde_json::{Value, json};
use server::{
    auth::password,
    crypto::Keys,
    graphql::{
        context::App,
        schema::{Introspection, build},
    },
    http::session::Stage,
    testing::TestDb,
};

use crate::{
    api::{Api, Operation},
    calls::{Calls, Pool, document, fresh_id},
    cast,
    client::{Answer, Client},
    examples,
    observer::Observer,
    people::{self, Actor, PASSWORD},
    scenes::{COURSE, SCENES, doer},
};

/// The attacked center of the same city.
pub const B: &str = "xiaolan";
/// The attacking center.
pub const A: &str = "shiqi";
/// The center of another city.
pub const F: &str = "north";

/// A product with all its people.
pub struct World {
    /// Its database.
    pub test: TestDb,
    /// Its service.
    pub client: Client,
    /// What can be asked.
    pub api: Arc<Api>,
    /// The look from beside.
    pub observer: Observer,
    /// Tables whose rows count their changes.
    pub versioned: Vec<String>,
    /// Values of A, B, F, of the city offices: `zs`, `other`, and of the rounds X and Y of A.
    pub pools: BTreeMap<&'static str, Pool>,
    /// The ids that a rater from outside reads in their round, by the name of who calls.
    pub rated: BTreeMap<String, HashSet<String>>,
    /// Ids of centers and cities by code.
    pub ids: BTreeMap<&'static str, String>,
    /// Everybody who calls.
    pub actors: Vec<Actor>,
    cookies: BTreeMap<String, String>,
}

impl World {
    /// Makes it.
    pub async fn new(test: TestDb) -> Self {
        let keys = Keys::from_base64(&STANDARD_NO_PAD.encode([7; 32])).expect("32 bytes");
        let app = App::new(test.db.clone(), keys, test.clock.clone(), test.ids.clone(), false);
        let mut observer = Observer::new(&test).await;
        let columns = observer.columns().await;
        let counts =
            |columns: &Vec<String>| columns.iter().any(|c| c == "version") && columns.iter().any(|c| c == "id");
        let versioned = columns.iter().filter(|(_, columns)| counts(columns)).map(|(table, _)| table.clone()).collect();
        let mut world = Self {
            client: Client::new(app),
            api: Arc::new(Api::read(&build(Introspection::On).sdl())),
            observer,
            versioned,
            pools: BTreeMap::new(),
            rated: BTreeMap::new(),
            ids: BTreeMap::new(),
            actors: Vec::new(),
            cookies: BTreeMap::new(),
            test,
        };
        world.people().await;
        for (mark, code) in [("A", A), ("B", B)] {
            world.furnish(mark, code).await;
        }
        world.foreign().await;
        world.offices().await;
        world.metrics().await;
        world.referrals().await;
        world.appeals().await;
        world.forms_read().await;
        world.actors = cast::everybody(&mut world).await;
        world.read_in_rounds().await;
        world
    }

    async fn people(&mut self) {
        cast::set_up(&self.test).await;
        for code in [A, B, F] {
            self.ids.insert(code, self.test.center(code).await.id.to_string());
        }
        for code in ["zs", "other"] {
            self.ids.insert(code, self.test.city(code).await.to_string());
        }
        cast::degrade(self).await;
        // One hash for all: making one takes as long as it is meant to.
        let hash = password::hash(PASSWORD.to_owned()).await.expect("a hash");
        for login in ["admin.shiqi", "admin.xiaolan", "handler.shiqi"] {
            let account = people::account(&self.test, login).await;
            self.test.db.identity().set_password_hash(account, &hash).await.expect("a change");
        }
    }

    /// The cookie of a login's only place.
    pub async fn cookie(&mut self, login: &str) -> String {
        if let Some(cookie) = self.cookies.get(login) {
            return cookie.clone();
        }
        let account = people::account(&self.test, login).await;
        let place = self.test.place(login).await.key();
        let (cookie, _) = people::open(&self.test, account, Some(place), Stage::Full).await;
        self.cookies.insert(login.to_owned(), cookie.clone());
        cookie
    }

    /// Does an operation as a login, or as a visitor (`""`), with `tried` in its places; what it gave.
    pub async fn does(&mut self, login: &str, operation: &str, mark: &str, tried: &[(&str, Value)]) -> Value {
        let answer = self.tries(login, operation, mark, tried).await;
        assert!(answer.is_something(), "O4 {operation}: {login} makes the world: {} {}", answer.reason(), answer.body);
        answer.first().clone()
    }

    /// The variables of a call; see [`Calls::variables`].
    pub async fn variables(&mut self, operation: &Operation, pool: &Pool, tried: &[(&str, Value)]) -> Value {
        let calls = Calls { api: &self.api, versioned: &self.versioned };
        calls.variables(&mut self.observer, operation, pool, tried).await
    }

    async fn tries(&mut self, login: &str, operation: &str, mark: &str, tried: &[(&str, Value)]) -> Answer {
        let cookie = if login.is_empty() { String::new() } else { self.cookie(login).await };
        let api = self.api.clone();
        let operation = api.operation(operation);
        let pool = self.pools[mark].clone();
        let variables = self.variables(operation, &pool, tried).await;
        // Enough of the answer to go on, and within what one call may cost: of a page, where it ends.
        let paged = operation.output.ends_with("Connection");
        let wanted = |leaf: &Vec<String>| {
            let has = |name: &str| leaf.iter().any(|field| field == name);
            !(has("similar") || has("events") || has("mergedHere")) && (!paged || has("pageInfo"))
        };
        let leaves: Vec<_> = api.leaves(&operation.output).into_iter().filter(wanted).collect();
        self.client.post(&cookie, &[], &document(operation, &leaves, &variables), &variables).await
    }

    pub fn keep(&mut self, mark: &'static str, name: &str, value: &Value) {
        let value = value.as_str().unwrap_or_else(|| panic!("{name} of {mark} is {value}")).to_owned();
        self.pools.get_mut(mark).expect("a pool").set(name, value);
    }

    async fn furnish(&mut self, mark: &'static str, code: &'static str) {
        let mut pool = Pool::of(mark);
        pool.set("CenterCode", code);
        pool.set("CenterId", self.ids[code].clone());
        pool.set("CityId", self.ids["zs"].clone());
        pool.set("Words", examples::words(mark));
        // Only ours: a wrong password of theirs is told in their audit, as it should be.
        if mark == "A" {
            pool.set("signIn.login", "handler.shiqi");
        }
        for name in ["staff", "handler2", "supervisor"] {
            let account = people::account(&self.test, &format!("{name}.{code}")).await.to_string();
            match name {
                "staff" => pool.set("AccountId", account),
                "handler2" => pool.set("handOverComplaint.to", account),
                _ => pool.set("nameRespondent.respondent", account),
            }
        }
        self.pools.insert(mark, pool);
        self.rounds(mark, code).await;
        self.lists(mark, code).await;
        self.members(mark, code).await;
        self.posts(mark, code).await;
        self.model_posts(mark, code).await;
        self.training(mark, code).await;
        self.tidal(mark, code).await;
        self.care(mark, code).await;
        self.volunteers(mark, code).await;
        self.ratings(mark, code).await;
        self.standards(mark, code).await;
        self.items(mark, code).await;
        self.handling(mark, code).await;
        self.talents(mark, code).await;
        self.appearance(mark, code).await;
        self.improvement(mark, code).await;
        self.bad_ratings(mark, code).await;
        self.campaigns(mark, code).await;
        self.agencies(mark, code).await;
        self.cases(mark, code).await;
        self.files(mark, code).await;
        self.batches(mark, code).await;
        let admin = format!("admin.{code}");
        let account = people::account(&self.test, &admin).await;
        let place = self.test.place(&admin).await.key();
        let (_, session) = people::open(&self.test, account, Some(place), Stage::Full).await;
        self.keep(mark, "Session", &json!(session));
    }

    async fn lists(&mut self, mark: &'static str, code: &str) {
        let admin = format!("admin.{code}");
        for (add, id, then) in [
            ("addDepartment", "DepartmentId", ["editDepartment", "retireDepartment", "restoreDepartment"]),
            ("publishChannel", "ComplaintChannelId", ["editChannel", "withdrawChannel", "restoreChannel"]),
            ("addServicePoint", "ServicePointId", ["editServicePoint", "retireServicePoint", "restoreServicePoint"]),
            ("registerDevice", "DeviceId", ["editDevice", "revokeDevice", "renewDevice"]),
        ] {
            for operation in then {
                let made = self.does(&admin, add, mark, &[]).await;
                let made = made.get("device").unwrap_or(&made).clone();
                self.keep(mark, &format!("{operation}.id"), &made["id"]);
                self.unique(mark, operation, &made);
                let retire = match operation {
                    "restoreDepartment" => "retireDepartment",
                    "restoreChannel" => "withdrawChannel",
                    "restoreServicePoint" => "retireServicePoint",
                    _ => continue,
                };
                self.does(&admin, retire, mark, &[("input.id", made["id"].clone())]).await;
            }
            // One that stays in use, for others to refer to.
            let made = self.does(&admin, add, mark, &[]).await;
            let made = made.get("device").unwrap_or(&made).clone();
            self.keep(mark, id, &made["id"]);
            self.unique(mark, add, &made);
        }
    }

    /// Each operation has a value of its own to try: once it was taken here, it is.
    fn unique(&mut self, mark: &'static str, operation: &str, made: &Value) {
        for value in ["code", "name"].iter().filter_map(|name| made.get(*name)) {
            self.keep(mark, &format!("{operation}.Unique"), value);
        }
    }

    async fn members(&mut self, mark: &'static str, code: &str) {
        let admin = format!("admin.{code}");
        for (login, operation) in [("late", "renewInvitation"), ("guest", "Login")] {
            // The person of both is named after neither.
            let login = if operation == "Login" { format!("{login}.{mark}") } else { format!("{login}.{code}") };
            let made = self.does(&admin, "inviteMember", mark, &[("input.login", json!(login))]).await;
            self.keep(mark, &format!("{operation}.accountId"), &made["accountId"]);
            if operation == "Login" {
                self.keep(mark, "Login", &json!(login));
            } else {
                // A link that another one has replaced.
                let again = json!(made["accountId"]);
                self.does(&admin, "renewInvitation", mark, &[("input.accountId", again)]).await;
                self.keep(mark, "Token", &made["link"]["token"]);
            }
        }
        let theirs = self.does(&admin, "memberships", mark, &[]).await;
        let of = |login: &str| {
            let login = format!("{login}.{code}");
            let found = theirs.as_array().expect("a list").iter().find(|row| row["login"] == login.as_str());
            found.unwrap_or_else(|| panic!("no {login}")).clone()
        };
        for operation in cast::TARGETS {
            let row = of(&operation.to_lowercase());
            self.keep(mark, &format!("{operation}.accountId"), &row["accountId"]);
            self.keep(mark, &format!("{operation}.id"), &row["id"]);
            self.keep(mark, "MembershipId", &row["id"]);
        }
        let suspended = self.pools[mark].values["reinstateMember.id"].clone();
        self.does(&admin, "suspendMember", mark, &[("input.id", json!(suspended))]).await;
        if mark == "A" {
            let campaign = json!(self.pools[mark].values["CampaignId"]);
            let evaluator = self
                .does(
                    &admin,
                    "inviteMember",
                    mark,
                    &[
                        ("input.login", json!("evaluator.shiqi")),
                        ("input.roles", json!(["PARTY_DELEGATE"])),
                        ("input.campaignId", campaign),
                        ("input.validFrom", json!("2026-02-01")),
                        ("input.validUntil", json!("2026-12-31")),
                    ],
                )
                .await;
            // Its link is the one that is opened and taken up.
            self.keep(mark, "Token", &evaluator["link"]["token"]);
        }
    }

    async fn cases(&mut self, mark: &'static str, code: &str) {
        for (operation, course, then) in SCENES {
            let made = self.does(&format!("handler.{code}"), "registerComplaint", mark, &[]).await;
            let id = made["complaint"]["id"].clone();
            for step in COURSE.iter().take(*course).chain(*then) {
                let who = format!("{}.{code}", doer(step).unwrap_or("handler"));
                self.does(&who, step, mark, &[("input.id", id.clone())]).await;
            }
            if *operation == "complaint" {
                self.keep(mark, "ComplaintId", &id);
            }
            self.keep(mark, &format!("{operation}.id"), &id);
            self.keep(mark, &format!("{operation}.receiptCode"), &made["receiptCode"]);
            self.keep(mark, "Receipt", &made["receiptCode"]);
        }
        for (operation, login) in [("registerComplaint", format!("handler.{code}")), ("fileComplaint", String::new())] {
            let key = fresh_id();
            self.does(&login, operation, mark, &[("input.idempotencyKey", json!(key))]).await;
            self.keep(mark, &format!("{operation}.Key"), &json!(key));
        }
        let messages = self.does(&format!("staff.{code}"), "notifications", mark, &[]).await;
        self.keep(mark, "NotificationId", &messages[0]["id"]);
        for (operation, who) in [("complaints", "handler"), ("auditRecords", "admin")] {
            let page = self.does(&format!("{who}.{code}"), operation, mark, &[("first", json!(1))]).await;
            self.keep(mark, &format!("{operation}.after"), &page["pageInfo"]["endCursor"]);
        }
        let cookie = self.cookie(&format!("admin.{code}")).await;
        self.does(&format!("admin.{code}"), "allowExport", mark, &[]).await;
        let file = self.client.get(&cookie, "/export").await;
        assert!(
            file.status == 200 && file.body.contains(&format!("⟦{mark}⟧")),
            "the export of {code} is empty: {} {}",
            file.status,
            file.body
        );
    }

    async fn foreign(&mut self) {
        let mut pool = Pool::of("F");
        pool.set("CenterCode", F);
        pool.set("CenterId", self.ids[F].clone());
        pool.set("CityId", self.ids["other"].clone());
        pool.set("AccountId", people::account(&self.test, "staff.north").await.to_string());
        self.pools.insert("F", pool);
        self.does("handler.north", "registerComplaint", "F", &[]).await;
    }

    /// Cases before their city, one for each thing that its clerks do with one. The other city's are what nobody here
    /// may reach: what B put before the same city is theirs to read.
    async fn referrals(&mut self) {
        for (city, center, mark) in [("zs", A, "A"), ("other", F, "F")] {
            let clerk = format!("city.{city}");
            for operation in ["referral", "openReferral", "referredCase", "revealReferred", "answerReferral"] {
                let made = self.does(&format!("handler.{center}"), "registerComplaint", mark, &[]).await;
                let id = ("input.id", made["complaint"]["id"].clone());
                self.does(&format!("supervisor.{center}"), "referComplaint", mark, &[id]).await;
                let cookie = self.cookie(&clerk).await;
                let list = "{ referrals(first: 100) { nodes { id number } pageInfo { endCursor } } }";
                let listed = self.client.post(&cookie, &[], list, &Value::Null).await.first().clone();
                let nodes = listed["nodes"].as_array().expect("a list");
                let number = &made["complaint"]["number"];
                let referral =
                    nodes.iter().find(|node| node["number"] == *number).expect("the case is before the city");
                let id = referral["id"].clone();
                if !["referral", "openReferral"].contains(&operation) {
                    self.does(&clerk, "openReferral", city, &[("input.id", id.clone())]).await;
                }
                self.keep(city, &format!("{operation}.id"), &id);
                self.keep(city, "ReferralId", &id);
                self.keep(city, "referrals.after", &listed["pageInfo"]["endCursor"]);
            }
        }
        for (center, city) in [("A", "zs"), ("B", "other"), ("F", "other")] {
            for name in ["ReferralId", "referrals.after"] {
                let value = self.pools[city].values[name].clone();
                self.keep(center, name, &json!(value));
            }
        }
    }

    /// Puts a case of B before the city. Not before the sweep: the city's clerks may read it.
    pub async fn refer_theirs(&mut self) {
        let made = self.does(&format!("handler.{B}"), "registerComplaint", "B", &[]).await;
        let id = ("input.id", made["complaint"]["id"].clone());
        self.does(&format!("supervisor.{B}"), "referComplaint", "B", &[id]).await;
    }

    async fn offices(&mut self) {
        for (city, center, spare) in [("zs", A, "empty-here"), ("other", F, "empty-there")] {
            let mut pool = Pool::of(city);
            pool.set("CityId", self.ids[city].clone());
            pool.set("CenterCode", center);
            self.pools.insert(city, pool);
            let admin = format!("city.{city}");
            let made = self.does(&admin, "createCenter", city, &[("input.code", json!(spare))]).await;
            self.keep(city, "CenterId", &made);
            let present = self.does(&admin, "policyValues", city, &[]).await;
            let present = present
                .as_array()
                .expect("a list")
                .iter()
                .find(|row| row["key"] == "WARN_BEFORE")
                .expect("a key")
                .clone();
            let key = ("input.key", json!("WARN_BEFORE"));
            let seen = present["value"].as_i64().expect("a number");
            self.does(
                &admin,
                "setPolicyValue",
                city,
                &[key, ("input.seen", json!(seen)), ("input.value", json!(seen + 1))],
            )
            .await;
            for operation in ["addPostKind", "editPostKind", "retirePostKind", "restorePostKind"] {
                let code = format!("{city}-{}", &fresh_id()[..13]);
                let name = if operation == "addPostKind" { "Unique" } else { "code" };
                self.does(&admin, "addPostKind", city, &[("input.code", json!(code))]).await;
                self.keep(city, &format!("{operation}.{name}"), &json!(code));
                if operation == "restorePostKind" {
                    self.does(&admin, "retirePostKind", city, &[("input.code", json!(code))]).await;
                }
            }
            self.forms(city).await;
            self.city_rounds(city).await;
            let people = self.does(&format!("security.{city}"), "memberships", city, &[]).await;
            for row in people.as_array().expect("a list") {
                if row["role"] == "AUDITOR" && row["status"] == "ACTIVE" {
                    self.keep(city, "AccountId", &row["accountId"]);
                    self.keep(city, "MembershipId", &row["id"]);
                }
            }
        }
    }
}
