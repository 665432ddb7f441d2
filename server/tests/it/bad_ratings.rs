//! The case of a bad rating as its handlers, its target, supervision and the city's reviewer meet it.

mod after;

use domain::{
    CenterId, FormVersionId, PostId, RatingId,
    calendar::local_date,
    evaluation::{
        forms::FormKind,
        levels::FiveLevel,
        ratings::{Marks, PointChannel, RatingOrigin},
    },
    permission::{Permission, Role},
};
use entity::{bad_rating, bad_rating_event, form_version, rating, rating_exclusion};
use sea_orm::{ActiveValue::Set, ColumnTrait};
use serde_json::{Value, json};
use server::{
    auth::scope::{Case, Reach, Scope},
    bad_ratings::service::{NewBadRating, open},
    both_dbs,
    db::{AuditEvent, Verb, platform::CitySetup},
    error::Error,
    files::service::see,
    graphql::context::Cx,
    jobs::deadlines::sweep,
    testing::{TestDb, member},
};

use crate::{
    files::{cx, uploaded},
    statements::counted,
    world::World,
};

const ROW: &str = "id version status finding dueStep dueAt extended missed satisfaction appealUntil excluded purgeOn";
const PAGE: &str = "row { post daysLeft late case { id version status level named finding dueAt } } reasons { zh } remark \
    reveals targets events { kind text detail actor } appeal { id ground decision answer files { id } } actions rated";
const WORDS: &str = "工作人员态度冷淡，问三句答一句";
const PHONE: &str = "13800007788";

/// A post at which `staff` and `handler` work, and `supervisor` looks on; `handler2` and the administrator handle.
struct Office {
    world: World,
    post: PostId,
}

impl Office {
    async fn new(test: TestDb) -> Self {
        let reviewer = CitySetup {
            code: "zs".to_owned(),
            members: vec![member("reviewer", "zs", Role::CityReviewer)],
            ..CitySetup::default()
        };
        test.db.platform().set_up(&reviewer).await.unwrap();
        let world = World::new(test);
        let add = "mutation($i: PostInput!) { addPost(input: $i) { id version } }";
        let post = json!({ "code": "w01", "name": "1号窗口", "kind": "integrated_window" });
        let post = world.ok("admin.shiqi", add, json!({ "i": post })).await["addPost"].clone();
        let use_it = "mutation($i: SeenPostInput!) { activatePost(input: $i) { id } }";
        world.ok("admin.shiqi", use_it, json!({ "i": post })).await;
        for login in ["staff.shiqi", "handler.shiqi"] {
            let account = world.account(login).await;
            let add = "mutation($i: StaffInput!) { addStaffMember(input: $i) { id } }";
            let input = json!({ "staffNo": login.replace('.', "-"), "name": login, "accountId": account });
            let staff = world.ok("admin.shiqi", add, json!({ "i": input })).await["addStaffMember"]["id"].clone();
            let assign = "mutation($i: AssignStaffInput!) { assignStaffMember(input: $i) { id } }";
            let input = json!({ "post": post["id"], "staff": staff, "capacity": "MAIN", "from": "2026-01-05" });
            world.ok("admin.shiqi", assign, json!({ "i": input })).await;
        }
        let post = serde_json::from_value(post["id"].clone()).unwrap();
        Self { world, post }
    }

    /// A bad rating of today, as the job of the ratings brings it in.
    async fn rated(&self, post: Option<PostId>, contact: Option<&str>) -> Value {
        let world = &self.world;
        let job = Scope::job(&world.test.center("shiqi").await, "ratings");
        let cx = Cx::new(world.app.clone(), Some(job), None, "test".to_owned());
        let granted = cx.scope().unwrap().require(Permission::BadRatingHandle).unwrap();
        let mut tx = cx.write(&granted).await.unwrap();
        let (id, day) = (RatingId(world.test.ids.next()), local_date(world.app.clock.now()));
        let form = tx.city::<form_version::Entity>().filter(form_version::Column::Kind.eq(FormKind::GoodBad));
        let form: FormVersionId = form.one().await.unwrap().unwrap().id;
        let row = rating::ActiveModel {
            id: Set(id),
            point_id: Set(None),
            post_id: Set(post),
            day: Set(day),
            channel: Set(PointChannel::Qr),
            form_version: Set(form),
            level: Set(FiveLevel::Dissatisfied),
            indicators: Set(serde_json::to_string(&Marks::default()).unwrap()),
            origin: Set(RatingOrigin::Active),
            commitment: Set("0".repeat(64)),
            ..Default::default()
        };
        tx.insert(row).await.unwrap();
        let new = NewBadRating {
            rating: id,
            post,
            level: FiveLevel::Dissatisfied,
            form,
            reasons: vec!["attitude".to_owned(), "no such".to_owned()],
            remark: Some(WORDS.to_owned()),
            contact: contact.map(ToOwned::to_owned),
            day,
        };
        let case = open(&cx, &mut tx, vec![new]).await.unwrap().remove(0);
        tx.commit(AuditEvent::of(Verb::SampleLoaded)).await.unwrap();
        json!({ "id": case, "version": 1 })
    }

    async fn does(&self, login: &str, verb: &str, case: &Value, more: Value) -> Value {
        let (query, variables) = step(verb, case, more);
        self.world.ok(login, &query, variables).await[verb].clone()
    }

    async fn refused(&self, login: &str, verb: &str, case: &Value, more: Value) -> Vec<String> {
        let (query, variables) = step(verb, case, more);
        self.world.refused(login, &query, variables).await
    }

    async fn contacted(&self, case: &Value) -> Value {
        self.does("handler2.shiqi", "contactRater", case, json!({ "outcome": "REACHED", "text": "电话了解情况" })).await
    }

    async fn verified(&self, case: &Value, finding: &str) -> Value {
        let found = json!({ "finding": finding, "text": "窗口解释不耐心" });
        self.does("handler2.shiqi", "verifyBadRating", &self.contacted(case).await, found).await
    }

    async fn fed_back(&self, case: &Value) -> Value {
        let case = self.verified(case, "CLEAR").await;
        let how = json!({ "measures": "班前学习服务用语，由窗口负责人落实" });
        let case = self.does("handler2.shiqi", "rectifyBadRating", &case, how).await;
        let told = json!({ "result": "已向评价人致歉", "mode": "PHONE" });
        self.does("handler2.shiqi", "feedBackBadRating", &case, told).await
    }

    async fn page(&self, login: &str, case: &Value) -> Value {
        let query = format!("query($id: BadRatingId!) {{ badRating(id: $id) {{ {PAGE} }} }}");
        self.world.run(login, &query, json!({ "id": case["id"] })).await["data"]["badRating"].clone()
    }

    /// How many cases of a queue a login sees.
    async fn sees(&self, login: &str, queue: &str) -> usize {
        let query = "query($q: BadRatingQueue!) { badRatings(queue: $q) { rows { case { id } } } }";
        let found = self.world.ok(login, query, json!({ "q": queue })).await;
        found["badRatings"]["rows"].as_array().unwrap().len()
    }

    async fn row(&self, case: &Value) -> bad_rating::Model {
        let tx = self.world.reader("shiqi").await;
        let id: domain::BadRatingId = serde_json::from_value(case["id"].clone()).unwrap();
        let rows = tx.select::<bad_rating::Entity>().unwrap().filter(bad_rating::Column::Id.eq(id));
        rows.one().await.unwrap().unwrap()
    }

    fn at(&self, instant: &str) {
        self.world.app.clock.set(format!("{instant}+08:00").parse().unwrap());
    }

    /// The appeal against a verified rating, as the administrator puts it: its id in the city's list.
    async fn appealed(&self, case: &Value, files: &[domain::AttachmentId]) -> Value {
        let why = json!({ "ground": "MISTAKEN", "reason": "评价人称选错了窗口", "files": files });
        self.does("staff.shiqi", "appealBadRating", case, why).await;
        self.appeals("OPEN").await[0]["id"].clone()
    }

    async fn appeals(&self, status: &str) -> Vec<Value> {
        let query = "query($s: RatingAppealStatus!) { ratingAppeals(status: $s) { id post level ground reason mine late \
            decision openedBy center { code } } }";
        let found = self.world.ok("reviewer.zs", query, json!({ "s": status })).await;
        found["ratingAppeals"].as_array().unwrap().clone()
    }

    async fn city(&self, login: &str, verb: &str, input: Value) -> Vec<String> {
        let kind = format!("{}{}Input", verb[..1].to_uppercase(), &verb[1..]);
        let query = format!("mutation($i: {kind}!) {{ {verb}(input: $i) {{ id }} }}");
        self.world.refused(login, &query, json!({ "i": input })).await
    }
}

fn step(verb: &str, case: &Value, more: Value) -> (String, Value) {
    let mut input = json!({ "id": case["id"], "version": case["version"] });
    if let (Value::Object(input), Value::Object(more)) = (&mut input, more) {
        input.extend(more);
    }
    let kind = format!("{}{}Input", verb[..1].to_uppercase(), &verb[1..]);
    (format!("mutation($i: {kind}!) {{ {verb}(input: $i) {{ {ROW} }} }}"), json!({ "i": input }))
}

/// The codes of a step of the city that was let through: none, since there is no error.
const DONE: [&str; 1] = [""];

both_dbs!(a_bad_rating_is_contacted_fixed_called_back_and_closed, |test: TestDb| async move {
    let office = Office::new(test).await;
    let case = office.rated(Some(office.post), Some(PHONE)).await;
    let seen = office.page("handler2.shiqi", &case).await;
    assert_eq!((&seen["row"]["post"], &seen["remark"]), (&json!("1号窗口"), &json!(WORDS)));
    assert_eq!(seen["reasons"], json!([{ "zh": "态度不好" }]), "a reason that the form does not have is left out");
    assert_eq!(seen["targets"], json!(["handler.shiqi", "staff.shiqi"]));
    assert_eq!(seen["row"]["case"]["dueAt"], "2026-02-14T15:59:59+00:00", "the make-up Saturday is worked");
    assert_eq!(seen["actions"], json!(["CONTACT", "NOTE"]));

    // Words and phone are not in the database in clear.
    let stored = office.row(&case).await;
    assert!(!format!("{stored:?}").contains(PHONE) && !format!("{stored:?}").contains("冷淡"));
    let fixed = office.fed_back(&case).await;
    assert_eq!((&fixed["status"], &fixed["dueStep"]), (&json!("FED_BACK"), &json!("CALL_BACK")));
    assert_eq!(office.sees("admin.shiqi", "CALL_BACK").await, 1);
    let called = json!({ "outcome": "REACHED", "satisfaction": "SATISFIED", "text": "表示满意" });
    let called = office.does("admin.shiqi", "callBackRater", &fixed, called).await;
    assert_eq!((&called["status"], &called["satisfaction"]), (&json!("FOLLOWED_UP"), &json!("SATISFIED")));
    // The rated side may still appeal.
    let early = office.refused("admin.shiqi", "closeBadRating", &called, json!({})).await;
    assert_eq!(early, ["INVALID", "bad_rating.appeal_first"]);
    office.at("2026-02-28T09:00:00");
    let closed = office.does("admin.shiqi", "closeBadRating", &called, json!({})).await;
    assert_eq!((&closed["status"], &closed["purgeOn"]), (&json!("CLOSED"), &json!("2026-08-27")));
    let events = office.page("admin.shiqi", &case).await["events"].clone();
    let kinds: Vec<_> = events.as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["OPENED", "CONTACTED", "VERIFIED", "RECTIFYING", "FED_BACK", "CALLED_BACK", "CLOSED"]);
    assert!(office.world.audit_verbs("shiqi").await.contains(&"rater_called_back".to_owned()));

    // Words and phone go some time after, and what was said of them.
    office.at("2026-08-28T09:00:00");
    sweep(&office.world.app).await.unwrap();
    let left = office.row(&case).await;
    assert_eq!((left.remark_enc, left.contact_enc, left.purge_on), (None, None, None));
    let tx = office.world.reader("shiqi").await;
    let lines = tx.select::<bad_rating_event::Entity>().unwrap().all().await.unwrap();
    assert!(lines.iter().all(|line| line.body_enc.is_none()));
});

both_dbs!(its_target_sees_nothing_before_it_is_verified_and_takes_no_step, |test: TestDb| async move {
    let office = Office::new(test).await;
    let case = office.rated(Some(office.post), Some(PHONE)).await;
    let call = json!({ "outcome": "REACHED", "text": "电话" });
    // A handler who works at the post is its target, and so is the clerk: for both it is not there.
    for login in ["handler.shiqi", "staff.shiqi"] {
        assert_eq!((office.sees(login, "OPEN").await, office.page(login, &case).await), (0, Value::Null), "{login}");
    }
    assert_eq!(office.refused("handler.shiqi", "contactRater", &case, call.clone()).await, ["NOT_FOUND"]);
    assert_eq!(office.refused("staff.shiqi", "contactRater", &case, call.clone()).await, ["FORBIDDEN"]);
    assert_eq!(office.refused("handler2.xiaolan", "contactRater", &case, call.clone()).await, ["NOT_FOUND"]);
    assert_eq!(office.refused("supervisor.shiqi", "contactRater", &case, call).await, ["FORBIDDEN"]);

    let case = office.verified(&case, "CLEAR").await;
    for login in ["handler.shiqi", "staff.shiqi"] {
        let seen = office.page(login, &case).await;
        assert_eq!((&seen["rated"], &seen["remark"], &seen["reveals"]), (&json!(true), &Value::Null, &json!(false)));
        assert_eq!(seen["actions"], json!(["APPEAL"]), "{login}");
        let events = seen["events"].as_array().unwrap();
        assert!(events.contains(&json!({ "kind": "CONTACTED", "text": null, "detail": "reached",
            "actor": "handler2 of shiqi" })));
        assert!(events.iter().any(|event| event["text"] == "窗口解释不耐心"), "what is said for them they read");
        assert_eq!(office.sees(login, "OPEN").await, 1);
    }
    let own = office.refused("handler.shiqi", "rectifyBadRating", &case, json!({ "measures": "我来改" })).await;
    assert_eq!(own, ["INVALID", "bad_rating.own"]);
    for verb in ["closeBadRating", "noteBadRating"] {
        let more = if verb == "noteBadRating" { json!({ "text": "?" }) } else { json!({}) };
        assert_eq!(office.refused("handler.shiqi", verb, &case, more).await, ["INVALID", "bad_rating.own"], "{verb}");
    }
    // Supervision sees the course, not what the rater said.
    let seen = office.page("supervisor.shiqi", &case).await;
    assert_eq!((&seen["remark"], &seen["actions"], &seen["rated"]), (&Value::Null, &json!([]), &json!(false)));
    // How to reach the rater leaves by a look of whoever handles it.
    let reveal = "mutation($i: RevealRaterInput!) { revealRater(input: $i) { contact } }";
    let look = |reason: &str| json!({ "i": { "id": case["id"], "reason": reason } });
    let shown = office.world.ok("admin.shiqi", reveal, look("核实情况")).await;
    assert_eq!(shown["revealRater"]["contact"], PHONE);
    assert!(office.world.audit_details("shiqi").await.contains(&"核实情况".to_owned()));
    assert_eq!(office.world.refused("handler.shiqi", reveal, look("看看")).await, ["INVALID", "bad_rating.not_yours"]);
    assert_eq!(office.world.refused("supervisor.shiqi", reveal, look("看看")).await, ["FORBIDDEN"]);
});

both_dbs!(who_left_no_way_to_be_reached_is_not_called_and_who_did_is, |test: TestDb| async move {
    let office = Office::new(test).await;
    let anonymous = office.rated(None, None).await;
    let wrong = office
        .refused("handler2.shiqi", "contactRater", &anonymous, json!({ "outcome": "REACHED", "text": "电话" }))
        .await;
    assert_eq!(wrong, ["INVALID", "bad_rating.no_contact"]);
    let none = json!({ "outcome": "NO_CONTACT", "text": "查看当日监控" });
    let case = office.does("handler2.shiqi", "contactRater", &anonymous, none.clone()).await;
    let found = json!({ "finding": "NO_BASIS", "text": "政策不允许代办" });
    let case = office.does("handler2.shiqi", "verifyBadRating", &case, found).await;
    let case = office.does("handler2.shiqi", "rectifyBadRating", &case, json!({ "measures": "张贴说明" })).await;
    let case = office.does("handler2.shiqi", "feedBackBadRating", &case, json!({ "result": "已张贴" })).await;
    assert_eq!((&case["dueStep"], &case["dueAt"]), (&Value::Null, &Value::Null));
    office.at("2026-02-28T09:00:00");
    office.does("handler2.shiqi", "closeBadRating", &case, json!({})).await;

    let named = office.rated(Some(office.post), Some(PHONE)).await;
    let left = office.refused("handler2.shiqi", "contactRater", &named, none).await;
    assert_eq!(left, ["INVALID", "bad_rating.contact_left"]);
    let mut case = named;
    let missed = || json!({ "outcome": "UNREACHED", "text": "无人接听" });
    for status in ["RECEIVED", "RECEIVED", "CONTACTED"] {
        case = office.does("handler2.shiqi", "contactRater", &case, missed()).await;
        assert_eq!(case["status"], status);
    }
    let found = json!({ "finding": "CLEAR", "text": "属实" });
    let case = office.does("handler2.shiqi", "verifyBadRating", &case, found).await;
    let case = office.does("handler2.shiqi", "rectifyBadRating", &case, json!({ "measures": "培训" })).await;
    let case =
        office.does("handler2.shiqi", "feedBackBadRating", &case, json!({ "result": "已改", "mode": "PHONE" })).await;
    office.at("2026-03-31T09:00:00");
    let early = office.refused("handler2.shiqi", "closeBadRating", &case, json!({})).await;
    assert_eq!(early, ["INVALID", "bad_rating.call_back_first"]);
    let case = office.does("handler2.shiqi", "callBackRater", &case, missed()).await;
    assert_eq!((&case["status"], &case["missed"]), (&json!("FED_BACK"), &json!(1)));
    // Still dissatisfied: another fix, once.
    let bad = || json!({ "outcome": "REACHED", "satisfaction": "DISSATISFIED", "text": "仍不满意" });
    let case = office.does("handler2.shiqi", "callBackRater", &case, bad()).await;
    assert_eq!((&case["status"], &case["dueStep"]), (&json!("RECTIFYING"), &json!("FIX")));
    let again = json!({ "result": "再次整改", "mode": "PHONE" });
    let case = office.does("handler2.shiqi", "feedBackBadRating", &case, again).await;
    let case = office.does("handler2.shiqi", "callBackRater", &case, bad()).await;
    assert_eq!(case["status"], "FOLLOWED_UP");
    office.does("handler2.shiqi", "closeBadRating", &case, json!({})).await;
});

both_dbs!(steps_are_late_after_their_days_and_a_fix_is_put_off_once, |test: TestDb| async move {
    let office = Office::new(test).await;
    let case = office.rated(Some(office.post), Some(PHONE)).await;
    sweep(&office.world.app).await.unwrap();
    assert!(office.row(&case).await.overdue_at.is_none());
    office.at("2026-02-15T09:00:00");
    for _ in 0..2 {
        sweep(&office.world.app).await.unwrap();
    }
    let late = office.row(&case).await;
    assert!(late.overdue_at.is_some());
    assert_eq!((office.sees("admin.shiqi", "LATE").await, late.version), (1, 2), "twice writes once");
    let lines = office.page("admin.shiqi", &case).await["events"].clone();
    assert_eq!(lines.as_array().unwrap().iter().filter(|event| event["kind"] == "OVERDUE").count(), 1);

    let case = json!({ "id": case["id"], "version": 2 });
    office.at("2026-02-24T09:00:00");
    let case = office.verified(&case, "COMPLEX").await;
    assert_eq!((&case["dueAt"], &case["dueStep"]), (&json!("2026-03-02T15:59:59+00:00"), &json!("FIX")));
    let more = |days: i32| json!({ "days": days, "reason": "需会同其他部门" });
    let long = office.refused("handler2.shiqi", "extendBadRating", &case, more(11)).await;
    assert_eq!(long, ["INVALID", "bad_rating.extension_too_long"]);
    let case = office.does("handler2.shiqi", "extendBadRating", &case, more(10)).await;
    assert_eq!((&case["dueAt"], &case["extended"]), (&json!("2026-03-16T15:59:59+00:00"), &json!(true)));
    let twice = office.refused("handler2.shiqi", "extendBadRating", &case, more(1)).await;
    assert_eq!(twice, ["INVALID", "bad_rating.extended"]);
});

both_dbs!(a_date_beyond_the_published_years_comes_with_its_list, |test: TestDb| async move {
    let office = Office::new(test).await;
    office.at("2026-12-31T10:00:00");
    let case = office.rated(None, Some(PHONE)).await;
    assert_eq!(office.row(&case).await.due_at, None);
    sweep(&office.world.app).await.unwrap();
    let publish = "mutation($i: PublishCalendarInput!) { publishCalendar(input: $i) }";
    let list = json!({ "i": { "list": "2027-01-01,holiday,元旦\n2027-02-20,workday,春节\n", "seen": 0 } });
    office.world.ok("city.zs", publish, list).await;
    let dated = office.row(&case).await;
    assert_eq!(dated.due_at.map(local_date).unwrap().to_string(), "2027-01-04");
    let events = office.page("admin.shiqi", &case).await["events"].clone();
    assert_eq!((&events[1]["kind"], &events[1]["detail"]), (&json!("CALENDAR_CHANGED"), &json!("- 2027-01-04")));
});

both_dbs!(an_appeal_is_decided_by_the_citys_reviewer_and_what_is_excluded_stays, |test: TestDb| async move {
    let office = Office::new(test).await;
    let case = office.rated(Some(office.post), Some(PHONE)).await;
    let noted = office.does("handler2.shiqi", "noteBadRating", &case, json!({ "text": "内部先碰头" })).await;
    let case = office.verified(&noted, "MISTAKEN").await;
    let why = |reason: &str| json!({ "ground": "MISTAKEN", "reason": reason, "files": [] });
    let named = office.refused("staff.shiqi", "appealBadRating", &case, why("请联系13800001234")).await;
    assert_eq!(named, ["INVALID", "referral.names_somebody"]);
    let other = office.refused("handler2.shiqi", "appealBadRating", &case, why("误评")).await;
    assert_eq!(other, ["INVALID", "bad_rating.not_rated"]);
    let file = uploaded(&office.world, "staff.shiqi").await.id;
    let id = office.appealed(&case, &[file]).await;

    // The list says where and what kind; the case is shown to the reviewer who opens it, and to nobody else of the city.
    let row = office.appeals("OPEN").await.remove(0);
    assert_eq!(
        (&row["center"]["code"], &row["post"], &row["mine"]),
        (&json!("shiqi"), &json!("1号窗口"), &json!(false))
    );
    let page = "query($id: RatingAppealId!) { ratingAppeal(id: $id) { case { remark reasons { zh } files { id } \
        events { kind text } } } }";
    let read =
        async |login: &str| office.world.run(login, page, json!({ "id": id })).await["data"]["ratingAppeal"].clone();
    assert_eq!(read("reviewer.zs").await["case"], Value::Null);
    assert!(matches!(see(&cx(&office.world, "reviewer.zs").await, file).await, Err(Error::NotFound(_))));
    let decide = |decision: &str| json!({ "id": id, "decision": decision, "text": "监控与评价人说法一致" });
    let unread = office.city("reviewer.zs", "decideRatingAppeal", decide("EXCLUDED")).await;
    assert_eq!(unread, ["INVALID", "bad_rating.appeal_not_opened"]);
    let open = json!({ "id": id, "reason": "核实误评" });
    for login in ["city.zs", "city.other", "admin.shiqi", "handler2.shiqi"] {
        assert_eq!(office.city(login, "openRatingAppeal", open.clone()).await, ["FORBIDDEN"], "{login}");
    }
    assert_eq!(office.city("reviewer.zs", "openRatingAppeal", open).await, DONE);
    let seen = read("reviewer.zs").await["case"].clone();
    assert_eq!((&seen["remark"], seen["files"].as_array().unwrap().len()), (&json!(WORDS), 1));
    let events = seen["events"].as_array().unwrap();
    assert!(events.iter().all(|event| event["kind"] != "NOTED") && !seen.to_string().contains(PHONE));
    assert!(see(&cx(&office.world, "reviewer.zs").await, file).await.is_ok());
    assert!(matches!(see(&cx(&office.world, "city.zs").await, file).await, Err(Error::NotFound(_))));
    assert!(see(&cx(&office.world, "handler.shiqi").await, file).await.is_ok());

    assert_eq!(office.city("reviewer.zs", "decideRatingAppeal", decide("EXCLUDED")).await, DONE);
    assert_eq!(read("reviewer.zs").await["case"], Value::Null);
    assert!(matches!(see(&cx(&office.world, "reviewer.zs").await, file).await, Err(Error::NotFound(_))));
    let row = office.row(&case).await;
    assert!(row.excluded && row.closed_at.is_some());
    let tx = office.world.reader("shiqi").await;
    let kept = tx.select::<rating_exclusion::Entity>().unwrap().all().await.unwrap();
    assert_eq!((kept.len(), kept[0].rating_id), (1, row.rating_id));
    assert_eq!(tx.select::<rating::Entity>().unwrap().count().await.unwrap(), 1, "the rating stays");
    drop(tx);
    office.rated(Some(office.post), None).await;
    let totals = "{ badRatings { totals { all excluded counted } } }";
    let found = office.world.ok("admin.shiqi", totals, json!({})).await["badRatings"]["totals"].clone();
    assert_eq!(found, json!({ "all": 2, "excluded": 1, "counted": 1 }));
    let own = office.world.ok("staff.shiqi", totals, json!({})).await["badRatings"]["totals"].clone();
    assert_eq!(own, Value::Null);
    let seen = office.page("staff.shiqi", &case).await;
    assert_eq!(
        (&seen["appeal"]["decision"], &seen["appeal"]["answer"]),
        (&json!("EXCLUDED"), &json!("监控与评价人说法一致"))
    );
});

both_dbs!(what_the_city_keeps_goes_on_where_it_was_and_nobody_decides_about_themselves, |test: TestDb| async move {
    let office = Office::new(test).await;
    let case = office.verified(&office.rated(Some(office.post), Some(PHONE)).await, "CLEAR").await;
    let id = office.appealed(&case, &[]).await;
    let waiting = office.row(&case).await;
    assert_eq!(local_date(waiting.due_at.unwrap()).to_string(), "2026-03-05", "ten working days for the city");
    office.at("2026-03-06T09:00:00");
    sweep(&office.world.app).await.unwrap();
    assert_eq!(office.appeals("OPEN").await[0]["late"], true);
    office.city("reviewer.zs", "openRatingAppeal", json!({ "id": id, "reason": "核实" })).await;
    let kept = json!({ "id": id, "decision": "KEPT", "text": "评价属实" });
    assert_eq!(office.city("reviewer.zs", "decideRatingAppeal", kept.clone()).await, DONE);
    let row = office.row(&case).await;
    assert_eq!((row.status.key(), row.due_step.unwrap().key(), row.excluded), ("valid", "fix", false));
    assert_eq!(office.city("reviewer.zs", "decideRatingAppeal", kept).await, ["INVALID", "bad_rating.appeal_decided"]);
    let seen = json!({ "id": case["id"], "version": row.version });
    let why = json!({ "ground": "MALICIOUS", "reason": "恶意", "files": [] });
    let twice = office.refused("staff.shiqi", "appealBadRating", &seen, why).await;
    assert_eq!(twice, ["INVALID", "bad_rating.appealed_before"]);
    office.does("handler2.shiqi", "rectifyBadRating", &seen, json!({ "measures": "培训" })).await;
});

both_dbs!(inside_an_appeal_every_other_row_of_the_center_is_out_of_reach, |test: TestDb| async move {
    let office = Office::new(test).await;
    let other = office.rated(Some(office.post), None).await;
    let case = office.verified(&office.rated(Some(office.post), Some(PHONE)).await, "CLEAR").await;
    let id = serde_json::from_value(office.appealed(&case, &[]).await).unwrap();
    let db = &office.world.test.db;
    let city = office.world.test.scope("reviewer.zs").await;
    let appeal = db.read(&city).await.unwrap().open_appeal(id).await.unwrap().unwrap();
    let inside = city.appealed(&appeal).unwrap();
    let shiqi: CenterId = office.world.test.center("shiqi").await.id;
    let own = serde_json::from_value(case["id"].clone()).unwrap();
    assert_eq!(inside.reach(), Reach::Referred(shiqi, Case::BadRating(own)));
    for permission in Permission::ALL {
        assert_eq!(inside.require(*permission).is_ok(), *permission == Permission::AppealDecide, "{permission:?}");
    }
    for login in ["city.zs", "city.other", "admin.shiqi"] {
        assert!(office.world.test.scope(login).await.appealed(&appeal).is_err(), "{login}");
    }
    let tx = db.read(&inside).await.unwrap();
    let rows = tx.select::<bad_rating::Entity>().unwrap().all().await.unwrap();
    assert_eq!(rows.into_iter().map(|row| row.id).collect::<Vec<_>>(), [own]);
    let theirs: domain::BadRatingId = serde_json::from_value(other["id"].clone()).unwrap();
    let lines = tx.select::<bad_rating_event::Entity>().unwrap();
    assert_eq!(lines.filter(bad_rating_event::Column::BadRatingId.eq(theirs)).count().await.unwrap(), 0);
    assert_eq!(tx.select::<entity::complaint::Entity>().unwrap().count().await.unwrap(), 0);
    assert!(matches!(tx.select::<rating::Entity>(), Err(Error::OutOfReach)));
    assert!(matches!(tx.select::<entity::staff_member::Entity>(), Err(Error::OutOfReach)));
    assert!(matches!(tx.select::<entity::attachment::Entity>(), Err(Error::OutOfReach)));
});

both_dbs!(the_list_costs_the_same_with_more_rows, |test: TestDb| async move {
    let office = Office::new(test).await;
    let query = "{ badRatings { counts { queue count } rows { post case { id } } totals { all } } }";
    let mut seen = Vec::new();
    for _ in 0..2 {
        for _ in 0..4 {
            office.rated(Some(office.post), Some(PHONE)).await;
        }
        let scope = office.world.test.scope("admin.shiqi").await;
        office.world.run_in(Some(scope.clone()), query, json!({})).await;
        let (_, statements) = counted(office.world.run_in(Some(scope), query, json!({}))).await;
        seen.push(statements.len());
    }
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0] >= 5, "the counting has gone blind: {seen:?}");
});
