//! Integrated windows and the window of each item, as the administrator keeps them and everybody sees them.

use std::collections::HashMap;

use domain::{
    DepartmentId, PostId, ServiceItemId,
    calendar::DayKind,
    handling,
    items::{self, ServedAt, WindowType},
    permission::{Permission, Role},
    settings::EntryStatus,
};
use entity::service_item;
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};
use server::{
    both_dbs,
    clock::Clock,
    error::Error,
    graphql::{
        context::Cx,
        schema::{Introspection, build},
    },
    sheets::lists::{self, Asked, List},
    testing::TestDb,
};

use crate::{
    statements::counted,
    world::{World, one_more_city},
};

const ITEM: &str = "id version code name servedAt post reason status";
const MAP: &str = "{ itemMap { windows { id version kind link syncedAt stale status } items { id code servedAt post \
    status } posts { id status } checks { check fine types posts items } mayManage syncDays } }";

/// A center with a department, its people, and posts as a test adds them.
pub struct Hall {
    pub world: World,
    pub department: Value,
}

impl Hall {
    pub async fn new(test: TestDb) -> Self {
        let day = |on: &str, kind| (on.parse().unwrap(), kind, "春节".to_owned());
        let calendar = vec![
            day("2026-02-14", DayKind::Workday),
            day("2026-02-16", DayKind::Holiday),
            day("2026-02-17", DayKind::Holiday),
        ];
        let people = [
            ("admin", Role::CenterAdmin),
            ("clerk", Role::PostStaff),
            ("back", Role::PostStaff),
            ("other", Role::PostStaff),
            ("supervisor", Role::SupervisionOfficer),
        ];
        one_more_city(&test, "halls", calendar, &people).await;
        let world = World::new(test);
        let add = "mutation($i: DepartmentInput!) { addDepartment(input: $i) { id } }";
        let input = json!({ "code": "hr", "nameZh": "人社分局", "nameEn": "Human Resources" });
        let department = world.ok("admin.dongqu", add, json!({ "i": input })).await["addDepartment"]["id"].clone();
        Self { world, department }
    }

    /// The same at another time, in Shanghai.
    pub fn on(self, day: &str, time: &str) -> Self {
        let World { test, app, .. } = self.world;
        let app = app.at(Clock::fixed(format!("{day}T{time}:00+08:00").parse().unwrap()));
        Self { world: World { test, app, schema: build(Introspection::On) }, ..self }
    }

    /// A post in use.
    pub async fn post(&self, code: &str, kind: &str, field: (&str, &str)) -> Value {
        let add = "mutation($i: PostInput!) { addPost(input: $i) { id version } }";
        let extra = json!([{ "key": field.0, "value": field.1 }]);
        let extra = if field.0.is_empty() { json!([]) } else { extra };
        let post = json!({ "code": code, "name": format!("{code}号岗位"), "kind": kind, "extra": extra });
        let post = self.world.ok("admin.dongqu", add, json!({ "i": post })).await["addPost"].clone();
        self.life("activatePost", &post).await;
        post["id"].clone()
    }

    pub async fn life(&self, verb: &str, post: &Value) {
        let step = format!("mutation($i: SeenPostInput!) {{ {verb}(input: $i) {{ id }} }}");
        let seen = json!({ "id": post["id"], "version": post["version"] });
        self.world.ok("admin.dongqu", &step, json!({ "i": seen })).await;
    }

    pub async fn works(&self, login: &str, post: &Value) {
        let account = self.world.account(login).await;
        let add = "mutation($i: StaffInput!) { addStaffMember(input: $i) { id } }";
        let input = json!({ "staffNo": login.replace('.', "-"), "name": "陈小明", "accountId": account });
        let staff = self.world.ok("admin.dongqu", add, json!({ "i": input })).await["addStaffMember"]["id"].clone();
        let assign = "mutation($i: AssignStaffInput!) { assignStaffMember(input: $i) { id } }";
        let input = json!({ "post": post, "staff": staff, "capacity": "MAIN", "from": "2026-01-05" });
        self.world.ok("admin.dongqu", assign, json!({ "i": input })).await;
    }

    /// An item at the integrated windows, or at one post.
    pub async fn item(&self, code: &str, post: Option<&Value>) -> Value {
        let query = format!("mutation($i: ServiceItemInput!) {{ addServiceItem(input: $i) {{ {ITEM} }} }}");
        let made = self.world.ok("admin.dongqu", &query, json!({ "i": self.form(code, post) })).await;
        made["addServiceItem"].clone()
    }

    fn form(&self, code: &str, post: Option<&Value>) -> Value {
        let at = if post.is_some() { "DEDICATED" } else { "INTEGRATED" };
        let reason = post.map(|_| "需核对原始档案。");
        json!({ "code": code, "name": "社保卡补办", "department": self.department, "servedAt": at, "post": post,
            "reason": reason })
    }

    async fn map(&self, login: &str) -> Value {
        self.world.ok(login, MAP, json!({})).await["itemMap"].clone()
    }

    /// The checks that are not fine, each with its types, posts and items.
    async fn lacks(&self) -> Vec<(String, Value, Value, Value)> {
        let map = self.map("clerk.dongqu").await;
        let bad = map["checks"].as_array().unwrap().iter().filter(|row| row["fine"] == false);
        let part = |row: &Value, name: &str| row[name].clone();
        bad.map(|row| {
            let name = row["check"].as_str().unwrap().to_owned();
            (name, part(row, "types"), part(row, "posts"), part(row, "items"))
        })
        .collect()
    }

    async fn set_up(&self, post: &Value, kind: &str, link: &str, synced: Option<&str>) -> Vec<String> {
        let map = self.map("admin.dongqu").await;
        let window = map["windows"].as_array().unwrap().iter().find(|row| row["id"] == *post);
        let version = window.map_or(json!(1), |row| row["version"].clone());
        let input = json!({ "id": post, "version": version, "kind": kind, "link": link, "syncedAt": synced });
        let query = "mutation($i: SetUpWindowInput!) { setUpWindow(input: $i) { id kind link stale } }";
        let answer = self.world.run("admin.dongqu", query, json!({ "i": input })).await;
        if answer.get("errors").is_some() { crate::world::codes(&answer) } else { Vec::new() }
    }

    async fn refused(&self, login: &str, verb: &str, input: &str, variables: Value) -> Vec<String> {
        let query = format!("mutation($i: {input}!) {{ {verb}(input: $i) {{ id }} }}");
        self.world.refused(login, &query, json!({ "i": variables })).await
    }

    async fn places(&self, item: &Value, more: Value) -> Value {
        let query = format!("mutation($i: PlaceServiceItemInput!) {{ placeServiceItem(input: $i) {{ {ITEM} }} }}");
        let placed = self.world.ok("admin.dongqu", &query, json!({ "i": seen(item, more) })).await;
        placed["placeServiceItem"].clone()
    }
}

fn seen(row: &Value, more: Value) -> Value {
    let mut variables = json!({ "id": row["id"], "version": row["version"] });
    if let (Value::Object(all), Value::Object(more)) = (&mut variables, more) {
        all.extend(more);
    }
    variables
}

#[test]
fn the_catalogue_offers_the_types_of_windows_that_the_rules_know() {
    let kinds: Value = serde_json::from_str(include_str!("../../../migration/data/post_kinds.json")).unwrap();
    let field = |kind: &str, key: &str| {
        let kind = kinds.as_array().unwrap().iter().find(|row| row["code"] == kind).unwrap();
        let field = kind["fields"].as_array().unwrap().iter().find(|row| row["key"] == key).unwrap();
        field["options"].as_array().unwrap().iter().map(|row| row["key"].clone()).collect::<Vec<_>>()
    };
    let types: Vec<_> = WindowType::ALL.iter().map(|kind| json!(kind.key())).collect();
    assert_eq!(field(items::POST_KIND, items::TYPE_FIELD), types);
    assert!(field(handling::POST_KIND, handling::SIDE_FIELD).contains(&json!(handling::BACK_OFFICE)));
}

both_dbs!(an_item_without_a_window_is_named_until_it_has_one, |test| async move {
    let hall = Hall::new(test).await;
    let item = hall.item("SB-001", None).await;
    let missing = hall.lacks().await;
    assert_eq!(missing[0].1, json!(["INTAKE", "ISSUE", "ENQUIRY"]));
    assert_eq!((missing[1].0.as_str(), &missing[1].3), ("MAPPED", &json!([item["id"]])));
    // It is moved to a window of its own that is still being set up.
    let add = "mutation($i: PostInput!) { addPost(input: $i) { id version } }";
    let post = json!({ "code": "hr1", "name": "社保专窗", "kind": "handling_post" });
    let post = hall.world.ok("admin.dongqu", add, json!({ "i": post })).await["addPost"].clone();
    let place = json!({ "servedAt": "DEDICATED", "post": post["id"], "reason": "需当面核对历年参保记录。" });
    let item = hall.places(&item, place).await;
    let missing = hall.lacks().await;
    assert_eq!((missing[1].0.as_str(), &missing[1].3), ("DEDICATED", &json!([item["id"]])));
    hall.life("activatePost", &post).await;
    assert_eq!(hall.lacks().await.len(), 1, "the three types are missing still");
    for (code, kind) in [("w1", "intake"), ("w2", "issue"), ("w3", "enquiry")] {
        let post = hall.post(code, "integrated_window", ("window_type", kind)).await;
        let synced = Some("2026-02-13T00:30:00Z");
        assert_eq!(hall.set_up(&post, &kind.to_uppercase(), "LINKED", synced).await, Vec::<String>::new());
    }
    assert_eq!(hall.lacks().await, []);
    // Back to the integrated windows, without post and reason.
    let back = hall.places(&item, json!({ "servedAt": "INTEGRATED" })).await;
    assert_eq!((&back["post"], &back["reason"]), (&Value::Null, &Value::Null));
    // What is retired lacks nothing any more.
    let retire = "mutation($i: SeenServiceItemInput!) { retireServiceItem(input: $i) { status version } }";
    let gone = hall.world.ok("admin.dongqu", retire, json!({ "i": seen(&back, json!({})) })).await;
    assert_eq!(gone["retireServiceItem"]["status"], "RETIRED");
    let verbs = hall.world.audit_verbs("dongqu").await;
    let told = ["service_item_added", "service_item_placed", "window_set_up", "service_item_retired"];
    assert!(told.iter().all(|verb| verbs.iter().any(|told| told == verb)), "{verbs:?}");
});

both_dbs!(an_item_is_served_at_one_place_by_the_rule_and_by_the_table, |test| async move {
    const ADD: &str = "ServiceItemInput";
    let hall = Hall::new(test).await;
    let window = hall.post("w1", "integrated_window", ("window_type", "intake")).await;
    let post = hall.post("hr1", "handling_post", ("side", "window")).await;
    let with = |more: Value| {
        let mut form = hall.form("SB-001", None);
        if let (Value::Object(all), Value::Object(more)) = (&mut form, more) {
            all.extend(more);
        }
        form
    };
    for (more, code) in [
        (json!({ "post": post }), "items.one_place"),
        (json!({ "reason": "需核对档案。" }), "items.one_place"),
        (json!({ "servedAt": "DEDICATED", "post": post }), "form.required"),
        (json!({ "servedAt": "DEDICATED", "reason": "需核对档案。" }), "form.required"),
        (json!({ "servedAt": "DEDICATED", "post": window, "reason": "需核对档案。" }), "items.not_dedicated"),
        (json!({ "code": "社保1" }), "items.code"),
    ] {
        let found = hall.refused("admin.dongqu", "addServiceItem", ADD, with(more.clone())).await;
        assert!(found.contains(&code.to_owned()), "{more}: {found:?}");
    }
    hall.item("SB-001", Some(&post)).await;
    let twice = hall.refused("admin.dongqu", "addServiceItem", ADD, with(json!({}))).await;
    assert_eq!(twice, ["INVALID", "items.taken"]);
    assert_eq!(hall.refused("clerk.dongqu", "addServiceItem", ADD, with(json!({}))).await, ["FORBIDDEN"]);
    let theirs = hall.refused("admin.xiqu", "addServiceItem", ADD, with(json!({}))).await;
    assert_eq!(theirs, ["NOT_FOUND"], "the department is another center's");
    // Past the rule, the table itself refuses.
    let id = |value: &Value| value.as_str().unwrap().parse().unwrap();
    let (post, department) = (PostId(id(&post)), DepartmentId(id(&hall.department)));
    let scope = hall.world.test.scope("admin.dongqu").await;
    for (at, post, reason) in [
        (ServedAt::Integrated, Some(post), None),
        (ServedAt::Integrated, None, Some("为何")),
        (ServedAt::Dedicated, None, Some("为何")),
        (ServedAt::Dedicated, Some(post), None),
    ] {
        let granted = scope.require(Permission::PostManage).unwrap();
        let mut tx = hall.world.test.db.write(&granted).await.unwrap();
        let row = service_item::ActiveModel {
            id: Set(ServiceItemId(uuid::Uuid::from_u128(7))),
            code: Set("x".into()),
            name: Set("x".into()),
            department_id: Set(department),
            served_at: Set(at),
            post_id: Set(post),
            reason: Set(reason.map(Into::into)),
            status: Set(EntryStatus::Active),
            demo: Set(false),
            version: Set(1),
            ..Default::default()
        };
        assert!(matches!(tx.insert(row).await, Err(Error::Internal(_))), "{at:?} {post:?} {reason:?}");
    }
});

both_dbs!(a_window_says_what_it_is_for_and_when_data_came, |test| async move {
    let hall = Hall::new(test).await;
    let window = hall.post("w1", "integrated_window", ("", "")).await;
    let other = hall.post("hr1", "handling_post", ("side", "window")).await;
    let lacks = |found: Vec<(String, Value, Value, Value)>| {
        found.into_iter().filter(|row| row.2 != json!([])).map(|row| row.0).collect::<Vec<_>>()
    };
    assert_eq!(lacks(hall.lacks().await), ["TYPES", "LINKED"]);
    let wrong = hall.set_up(&other, "INTAKE", "LINKED", None).await;
    assert!(wrong.contains(&"items.not_integrated".to_owned()), "{wrong:?}");
    let later = hall.set_up(&window, "INTAKE", "LINKED", Some("2026-02-13T02:00:00Z")).await;
    assert!(later.contains(&"items.sync_future".to_owned()), "{later:?}");
    let apart = hall.set_up(&window, "INTAKE", "NOT_LINKED", Some("2026-02-13T00:00:00Z")).await;
    assert!(apart.contains(&"items.not_linked".to_owned()), "{apart:?}");
    assert!(hall.set_up(&window, "INTAKE", "LINKED", Some("2026-02-13T00:00:00Z")).await.is_empty());
    assert_eq!(lacks(hall.lacks().await), Vec::<String>::new());
    // The post's own page says so too.
    let post = "query($id: PostId!) { post(id: $id) { post { version extra { key value } } } }";
    let page = hall.world.ok("clerk.dongqu", post, json!({ "id": window })).await["post"]["post"].clone();
    assert_eq!(page["extra"], json!([{ "key": "window_type", "value": "intake" }]));
    let old = json!({ "id": window, "version": 1, "kind": "ISSUE", "link": "LINKED" });
    assert_eq!(hall.refused("admin.dongqu", "setUpWindow", "SetUpWindowInput", old.clone()).await, ["STALE"]);
    assert_eq!(hall.refused("clerk.dongqu", "setUpWindow", "SetUpWindowInput", old.clone()).await, ["FORBIDDEN"]);
    assert_eq!(hall.refused("admin.xiqu", "setUpWindow", "SetUpWindowInput", old).await, ["NOT_FOUND"]);
    // Seven days are fine, and not one minute more.
    let hall = hall.on("2026-02-20", "08:00");
    assert_eq!(lacks(hall.lacks().await), Vec::<String>::new());
    let hall = hall.on("2026-02-20", "08:01");
    assert_eq!(lacks(hall.lacks().await), ["SYNCED"]);
    let map = hall.map("clerk.dongqu").await;
    let told = [&map["windows"][0]["stale"], &map["mayManage"], &map["syncDays"]];
    assert_eq!(told, [&json!(true), &json!(false), &json!(7)]);
    assert_eq!(hall.map("admin.xiqu").await["windows"], json!([]));
});

both_dbs!(items_leave_as_the_page_narrows_them, |test| async move {
    let hall = Hall::new(test).await;
    let post = hall.post("hr1", "handling_post", ("side", "window")).await;
    hall.item("SB-001", None).await;
    hall.item("SB-002", Some(&post)).await;
    let gone = hall.item("SB-003", None).await;
    let retire = "mutation($i: SeenServiceItemInput!) { retireServiceItem(input: $i) { id } }";
    hall.world.ok("admin.dongqu", retire, json!({ "i": seen(&gone, json!({})) })).await;
    let scope = hall.world.test.scope("clerk.dongqu").await;
    let rows = async |asked: &[(&str, &str)]| {
        let cx = Cx::new(hall.world.app.clone(), Some(scope.clone()), None, "test".to_owned());
        let asked: HashMap<_, _> = asked.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        lists::find(&cx, List::Items, &Asked(asked)).await.unwrap()
    };
    assert_eq!(rows(&[]).await.rows.len(), 2);
    assert_eq!(rows(&[("retired", "true")]).await.rows.len(), 3);
    let found = rows(&[("at", "dedicated"), ("q", "社保"), ("lang", "zh-CN")]).await;
    let line = format!("{:?}", found.rows);
    assert!(found.rows.len() == 1 && line.contains("SB-002") && line.contains("需核对原始档案。"), "{line}");
    assert!(line.contains("hr1号岗位") && line.contains("人社分局"), "{line}");
    assert_eq!(found.told, " served_at=dedicated words=yes");
});

both_dbs!(a_look_at_the_map_costs_the_same_however_much_there_is, |test| async move {
    let hall = Hall::new(test).await;
    let post = hall.post("hr1", "handling_post", ("side", "window")).await;
    hall.item("SB-000", Some(&post)).await;
    hall.post("w0", "integrated_window", ("window_type", "intake")).await;
    hall.map("clerk.dongqu").await;
    let (_, one) = counted(hall.map("clerk.dongqu")).await;
    for n in 1..9 {
        hall.item(&format!("SB-00{n}"), Some(&post)).await;
        hall.post(&format!("w{n}"), "integrated_window", ("window_type", "intake")).await;
    }
    let (map, many) = counted(hall.map("clerk.dongqu")).await;
    assert_eq!((map["items"].as_array().unwrap().len(), one.len()), (9, many.len()), "{many:#?}");
});
