//! What visitors do at a point.

use entity::{audit_event, rating, sealed_rating, spent_token};
use futures_util::future::join_all;
use serde_json::{Value, json};
use server::{
    both_dbs,
    testing::{TestDb, on_sqlite},
};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::{
    Layer, Registry,
    layer::{Context, SubscriberExt},
};

use super::{ADMIN, GIVE, Hall, rating as sent};
use crate::{
    http::{call, send, service},
    world::{World, codes},
};

const UNKNOWN: [&str; 2] = ["INVALID", "rating.unknown"];

both_dbs!(a_visitor_rates_once_by_the_code_on_a_poster, |test| async move {
    let hall = Hall::new(test).await;
    let page = hall.opened().await;
    assert_eq!((&page["point"], &page["signedIn"]), (&json!("一楼大厅"), &json!(false)));
    let asked: Vec<_> = page["indicators"].as_array().unwrap().iter().map(|line| &line["code"]).collect();
    assert_eq!(asked, ["efficiency", "competence", "attitude"], "the face answers the whole");
    let before = hall.all::<audit_event::Entity>().await.len();
    let more = json!({ "level": "VERY_DISSATISFIED", "reasons": ["waiting"], "remark": "等了两个小时。",
        "indicators": [{ "code": "efficiency", "level": "DISSATISFIED" }], "contact": "138 0000 1234" });
    let given = hall.gives(&page, more.clone()).await["data"]["giveRating"].clone();
    assert_eq!(given["day"], "2026-02-13", "{given}");
    for part in ["commitment", "opening"] {
        assert_eq!(given[part].as_str().unwrap().len(), 64, "{part}");
    }
    assert_eq!(codes(&hall.gives(&page, more).await), ["INVALID", "rating.spent"]);
    // One mark and one sealed row, and nothing in the audit.
    assert_eq!(hall.all::<spent_token::Entity>().await.len(), 1);
    assert_eq!(hall.all::<sealed_rating::Entity>().await.len(), 1);
    assert_eq!(hall.all::<rating::Entity>().await.len(), 0);
    assert_eq!(hall.all::<audit_event::Entity>().await.len(), before);
});

both_dbs!(codes_and_tokens_of_others_and_made_up_ones_have_one_answer, |test| async move {
    let hall = Hall::new(test).await;
    for (center, code) in [("shiqi", "x"), ("xiaolan", &hall.code), ("nowhere", &hall.code), ("shiqi", &"A".repeat(43))]
    {
        assert_eq!(hall.page("", center, code).await, Value::Null, "{center} {code}");
    }
    let page = hall.opened().await;
    let token = page["token"].as_str().unwrap().to_owned();
    for more in [
        json!({ "token": "" }),
        json!({ "token": "A".repeat(token.len()) }),
        json!({ "token": token[1..] }),
        json!({ "center": "xiaolan" }),
        json!({ "center": "nowhere" }),
    ] {
        assert_eq!(codes(&hall.gives(&page, more.clone()).await), UNKNOWN, "{more}");
    }
    // The day after, and no longer.
    hall.at("2026-02-15T00:00");
    assert_eq!(codes(&hall.gives(&page, json!({})).await), UNKNOWN);
    hall.at("2026-02-14T23:59");
    assert_eq!(hall.gives(&page, json!({})).await["data"]["giveRating"]["day"], "2026-02-14");
});

both_dbs!(whoever_works_here_may_look_and_gives_nothing, |test| async move {
    let hall = Hall::new(test).await;
    let page = hall.page("staff.shiqi", "shiqi", &hall.code).await;
    assert_eq!((&page["token"], &page["signedIn"]), (&Value::Null, &json!(true)));
    let input = sent(&hall.opened().await, json!({}));
    for login in ["staff.shiqi", "handler.xiaolan", "city.zs"] {
        let refused = hall.world.refused(login, GIVE, json!({ "i": input })).await;
        assert_eq!(refused, ["INVALID", "rating.signed_in"], "{login}");
    }
    assert_eq!(hall.all::<spent_token::Entity>().await.len(), 0);
});

both_dbs!(a_rating_that_breaks_a_rule_does_not_use_the_token_up, |test| async move {
    let hall = Hall::new(test).await;
    let page = hall.opened().await;
    let other = json!({ "form": uuid::Uuid::from_u128(1) });
    assert_eq!(codes(&hall.gives(&page, other).await), ["INVALID", "rating.form"]);
    let bad = json!({ "reasons": ["waiting"], "remark": "长".repeat(2001), "contact": "打给我",
        "indicators": [{ "code": "guide", "level": "SATISFIED" }] });
    let found = codes(&hall.gives(&page, bad).await);
    let expected = ["INVALID", "rating.indicator", "rating.low_only", "rating.low_only", "form.too_long", "form.phone"];
    assert_eq!(found, expected);
    let huge = json!({ "remark": "长".repeat(100_000) });
    assert_eq!(codes(&hall.gives(&page, huge).await), ["INVALID", "form.too_long"]);
    assert_eq!(codes(&hall.gives(&page, json!({ "level": "PERFECT" })).await), ["BAD_REQUEST"]);
    hall.gives(&page, json!({ "remark": "长".repeat(2000) })).await["data"]["giveRating"]["day"].as_str().unwrap();
});

both_dbs!(form_e_is_answered_whole_and_once, |test| async move {
    let hall = Hall::new(test).await;
    let most = json!({ "department": "tax", "visitedOn": "2026-02-12", "remark": "谢谢。" });
    assert_eq!(hall.survey(most).await["data"]["answerSurvey"]["day"], "2026-02-13");
    let wrong = json!({ "visitedOn": "2026-02-14", "department": "none",
        "rows": [{ "code": "attitude", "level": "SATISFIED" }, { "code": "attitude", "level": "SATISFIED" }] });
    let answer = hall.survey(wrong).await;
    let found = codes(&answer);
    assert_eq!(found[..4], ["INVALID", "form.date_in_future", "rating.department", "rating.row"]);
    assert_eq!(found.len(), 4 + 6, "{found:?}");
    let places = answer["errors"][0]["extensions"]["violations"].as_array().unwrap();
    assert!(places.iter().any(|one| one["field"] == "rows.overall"), "{places:?}");
});

both_dbs!(a_revoked_point_takes_nothing_any_more, |test| async move {
    let hall = Hall::new(test).await;
    let page = hall.opened().await;
    let rename = "mutation($i: RenameRatingPointInput!) { renameRatingPoint(input: $i) { id version name } }";
    let revoke = "mutation($i: SeenRatingPointInput!) { revokeRatingPoint(input: $i) { id version revokedAt } }";
    let seen = json!({ "id": hall.point["id"], "version": 1 });
    let named = json!({ "id": hall.point["id"], "version": 1, "name": "二楼大厅" });
    for (login, code) in [("handler.shiqi", "FORBIDDEN"), ("admin.xiaolan", "NOT_FOUND")] {
        assert_eq!(hall.world.refused(login, revoke, json!({ "i": seen })).await, [code], "{login}");
    }
    hall.world.ok(ADMIN, rename, json!({ "i": named })).await;
    assert_eq!(hall.opened().await["point"], "二楼大厅", "the poster still leads there");
    assert_eq!(hall.world.refused(ADMIN, revoke, json!({ "i": seen })).await, ["STALE"]);
    let again = json!({ "id": hall.point["id"], "version": 2 });
    hall.world.ok(ADMIN, revoke, json!({ "i": again })).await;
    assert_eq!(hall.opened().await, Value::Null);
    assert_eq!(codes(&hall.gives(&page, json!({})).await), UNKNOWN);
    let last = json!({ "id": hall.point["id"], "version": 3 });
    assert_eq!(hall.world.refused(ADMIN, revoke, json!({ "i": last })).await, ["INVALID", "rating.revoked"]);
    let verbs = hall.world.audit_verbs("shiqi").await;
    assert_eq!(verbs[verbs.len() - 2..], ["rating_point_renamed", "rating_point_revoked"]);
});

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().map_or(otherwise, |text| text.parse().unwrap())
}

/// How much is tried at once: more would wait for each other longer than they may.
const AT_ONCE: usize = 200;

// `make soak-ratings` tries 500 tokens, each 200 times at once.
both_dbs!(one_token_makes_one_rating_however_many_try_at_once, |test: TestDb| async move {
    let (tokens, tries) = (number("RATING_TOKENS", 8), number("RATING_TRIES", 25));
    let hall = Hall::new(test.with_connections(8).await).await;
    let mut pages = Vec::new();
    for _ in 0..tokens {
        pages.push(hall.opened().await);
    }
    let (mut given, mut refused) = (0, 0);
    for together in pages.chunks((AT_ONCE / tries).max(1)) {
        let all = (0..tries).flat_map(|_| together).map(|page| hall.gives(page, json!({})));
        for answer in join_all(all).await {
            if answer.get("errors").is_none() {
                given += 1;
            } else {
                assert_eq!(codes(&answer), ["INVALID", "rating.spent"], "{answer:#}");
                refused += 1;
            }
        }
    }
    assert_eq!((given, refused), (tokens, tokens * (tries - 1)));
    assert_eq!(hall.all::<spent_token::Entity>().await.len(), tokens);
    assert_eq!(hall.all::<sealed_rating::Entity>().await.len(), tokens);
    hall.world.test.db.close().await;
});

both_dbs!(whoever_got_an_answer_rates_once_by_a_link, |test| async move {
    let hall = Hall::new(test).await;
    let world = &hall.world;
    let (case, receipt) = world.investigating(json!({})).await;
    let track = async || {
        let query = "query($c: String!) { trackComplaint(center: \"shiqi\", receiptCode: $c) { ratingToken } }";
        world.ok("", query, json!({ "c": receipt })).await["trackComplaint"]["ratingToken"].clone()
    };
    assert_eq!(track().await, Value::Null, "there is no answer yet");
    let finding = json!({ "outcome": "SUBSTANTIATED", "finding": "属实。" });
    let case = world.step("staff.shiqi", "proposeConclusion", &case, finding).await;
    let case = world.step("admin.shiqi", "approveConclusion", &case, json!({})).await;
    let case = world.step("handler.shiqi", "concludeComplaint", &case, json!({})).await;
    world.step("handler.shiqi", "giveFeedback", &case, json!({ "mode": "PHONE", "reply": "已修复，向您致歉。" })).await;
    let token = track().await;
    assert_eq!(track().await, token, "the same whenever it is looked at");
    let page = hall.page("", "shiqi", "").await;
    assert_eq!(page, Value::Null, "an empty code is none");
    let query = "query { ratingPage(center: \"shiqi\") { point form token indicators { code } } }";
    let mut page = world.ok("", query, json!({})).await["ratingPage"].clone();
    assert_eq!((&page["point"], &page["token"]), (&Value::Null, &Value::Null));
    page["token"] = token;
    let guide = json!({ "indicators": [{ "code": "guide", "level": "SATISFIED" }] });
    assert_eq!(hall.gives(&page, guide).await["data"]["giveRating"]["day"], "2026-02-13");
    assert_eq!(track().await, Value::Null, "it was used");
    assert_eq!(codes(&hall.gives(&page, json!({})).await), ["INVALID", "rating.spent"]);
});

/// What the log would say.
#[derive(Clone, Default)]
struct Lines(std::sync::Arc<std::sync::Mutex<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Lines {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let metadata = event.metadata();
        if *metadata.level() <= Level::INFO || metadata.target().starts_with("server") {
            self.0.lock().unwrap().push(format!("{} {event:?}", metadata.target()));
        }
    }
}

// On one thread: what the request does in a task of its own is heard too.
#[tokio::test]
async fn giving_leaves_no_line_in_the_log_and_no_figure_for_the_operator() {
    on_sqlite(async |test: TestDb| {
        let (world, router): (World, _) = service(test).await;
        let hall = Hall::of(world).await;
        let page = hall.opened().await;
        let query = format!(
            "mutation {{ giveRating(input: {{ center: \"shiqi\", token: {}, form: {}, level: SATISFIED, indicators: [], \
             reasons: [], remark: \"谢谢\" }}) {{ day }} }}",
            page["token"], page["form"]
        );
        let lines = Lines::default();
        let guard = tracing::subscriber::set_default(Registry::default().with(lines.clone()));
        let (_, cookie, answer) = send(&router, call(&query, "")).await;
        tracing::info!("somebody listens");
        drop(guard);
        assert_eq!(answer["data"]["giveRating"]["day"], "2026-02-13", "{answer}");
        assert_eq!(cookie, "", "nobody is known again");
        let heard = lines.0.lock().unwrap().clone();
        assert_eq!(heard.len(), 1, "{heard:#?}");
        let mut figures = String::new();
        hall.world.app.edge.metrics.write(&mut figures).unwrap();
        assert!(!figures.contains("giveRating") && !figures.contains("other"), "{figures}");
    })
    .await;
}
