//! What the center sees: weeks that are over, and of them what is about enough people.

use domain::permission::Role;
use serde_json::{Value, json};
use server::{
    both_dbs,
    db::platform::CitySetup,
    testing::{TestDb, member},
};

use super::{ADMIN, Hall, add, printed, rating as sent};
use crate::{notices::bell, posts::does};

/// Ratings at a point.
async fn at(hall: &Hall, code: &str, levels: &[(&str, usize)]) {
    for (level, count) in levels {
        for _ in 0..*count {
            let page = hall.page("", "shiqi", code).await;
            let input = sent(&page, json!({ "level": level }));
            hall.world.ok("", super::GIVE, json!({ "i": input })).await;
        }
    }
}

fn row<'a>(week: &'a Value, name: &str) -> &'a Value {
    let rows = week["rows"].as_array().unwrap();
    rows.iter().find(|row| row["point"]["name"] == name).unwrap()
}

both_dbs!(a_week_is_seen_once_it_is_over_and_small_groups_never, |test| async move {
    let hall = Hall::new(test).await;
    let mut codes = vec![hall.code.clone()];
    for name in ["一号窗口", "二号窗口", "三号窗口"] {
        let point = add(&hall.world, json!({ "name": name })).await;
        codes.push(printed(&hall.world, &point["id"]).await);
    }
    at(&hall, &codes[0], &[("VERY_SATISFIED", 6), ("DISSATISFIED", 2)]).await;
    at(&hall, &codes[1], &[("SATISFIED", 6)]).await;
    at(&hall, &codes[2], &[("VERY_DISSATISFIED", 3)]).await;
    assert_eq!(hall.results(ADMIN, Value::Null).await["week"], Value::Null);
    // Sunday, when its day is not over yet.
    hall.at("2026-02-15T23:00");
    hall.sweep().await;
    let early = hall.results(ADMIN, json!("2026-02-13")).await;
    assert_eq!((&early["week"], &early["weeks"]), (&Value::Null, &json!([])));
    hall.at("2026-02-16T00:11");
    hall.sweep().await;
    let results = hall.results(ADMIN, Value::Null).await;
    assert_eq!((&results["weeks"], &results["least"]), (&json!(["2026-02-09"]), &json!(5)));
    let week = &results["week"];
    assert_eq!((&week["monday"], &week["total"]["ratings"]), (&json!("2026-02-09"), &json!(17)));
    let total: Vec<_> = week["total"]["levels"].as_array().unwrap().iter().map(|one| one["ratings"].clone()).collect();
    assert_eq!(total, [6, 6, 0, 2, 3]);
    assert_eq!((&week["total"]["satisfied"], &week["total"]["satisfiedLow"]), (&json!(706), &json!(469)));
    assert_eq!(row(week, "一楼大厅")["figures"]["ratings"], 8);
    // Three are too few, and the total less the others would tell of them: the next smallest is hidden with them.
    for hidden in ["一号窗口", "二号窗口", "三号窗口"] {
        assert_eq!(row(week, hidden)["figures"], Value::Null, "{hidden}");
    }
    assert_eq!((&week["excluded"], &week["withoutExcluded"]), (&json!([]), &Value::Null));
    // Whoever works at no post sees the center's total; others nothing.
    let staff = hall.results("staff.shiqi", Value::Null).await;
    assert_eq!((&staff["week"]["rows"], &staff["week"]["total"]["ratings"]), (&json!([]), &json!(17)));
    let query = "{ ratingResults { least } }";
    assert_eq!(hall.world.refused("handler.shiqi", query, json!({})).await, ["FORBIDDEN"]);
    assert_eq!(hall.world.refused("", query, json!({})).await, ["UNAUTHENTICATED"]);
    assert_eq!(hall.results("admin.xiaolan", Value::Null).await["weeks"], json!([]));
    for other in ["2026-02-02", "2026-02-16"] {
        assert_eq!(hall.results(ADMIN, json!(other)).await["week"], Value::Null, "{other}");
    }
});

both_dbs!(a_week_that_is_over_is_told_once_to_whoever_its_summary_is_for, |test| async move {
    let hall = Hall::new(test).await;
    at(&hall, &hall.code, &[("SATISFIED", 1)]).await;
    hall.at("2026-02-15T23:30");
    hall.sweep().await;
    assert_eq!(bell(&hall.world, ADMIN).await, [], "its Sunday goes on");
    hall.at("2026-02-16T00:11");
    for _ in 0..2 {
        hall.sweep().await;
    }
    let told = [("WEEK_SUMMED".to_owned(), Value::Null, json!("2026-02-09 – 2026-02-15"))];
    for login in [ADMIN, "supervisor.shiqi"] {
        assert_eq!(bell(&hall.world, login).await, told, "{login}");
    }
    for login in ["staff.shiqi", "handler.shiqi", "admin.xiaolan"] {
        assert_eq!(bell(&hall.world, login).await, [], "{login}");
    }
    // Nothing was given in the next one, and of what was given before a server stood still nobody is told.
    hall.at("2026-02-23T09:00");
    hall.sweep().await;
    at(&hall, &hall.code, &[("SATISFIED", 1)]).await;
    hall.at("2026-03-20T09:00");
    hall.sweep().await;
    assert_eq!(bell(&hall.world, ADMIN).await, told);
});

both_dbs!(a_week_of_a_few_shows_nothing_at_all, |test| async move {
    let hall = Hall::new(test).await;
    for _ in 0..4 {
        hall.rates("DISSATISFIED", json!({ "remark": "等太久。" })).await;
        hall.survey(json!({ "remark": "也等太久。" })).await;
    }
    hall.at("2026-02-16T09:00");
    hall.sweep().await;
    let week = hall.results(ADMIN, Value::Null).await["week"].clone();
    assert_eq!((&week["total"], &week["words"], &week["surveys"]), (&Value::Null, &json!([]), &json!([])));
    assert!(week["rows"].as_array().unwrap().iter().all(|row| row["figures"].is_null()));
});

both_dbs!(words_and_form_e_are_shown_of_everybody_together, |test| async move {
    let hall = Hall::new(test).await;
    for n in 0..5 {
        hall.rates("SATISFIED", json!({ "remark": format!("留言{n}") })).await;
        hall.survey(json!({ "remark": format!("问卷{n}") })).await;
    }
    hall.at("2026-02-16T09:00");
    hall.sweep().await;
    let week = hall.results(ADMIN, Value::Null).await["week"].clone();
    let mut words: Vec<_> = week["words"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
    words.sort_unstable();
    let expected: Vec<_> = ["留言", "问卷"].iter().flat_map(|of| (0..5).map(move |n| format!("{of}{n}"))).collect();
    assert_eq!(words, expected);
    let all = &week["surveys"][0]["all"];
    assert_eq!(all["responses"], 5);
    let first = &all["rows"][0];
    assert_eq!(
        (&first["line"]["code"], &first["levels"][1]),
        (&json!("attitude"), &json!({ "level": "FAIRLY_SATISFIED", "answers": 5 }))
    );
    // Five of five say less than they seem to.
    assert_eq!((&first["upper"], &first["upperLow"], &first["upperHigh"]), (&json!(1000), &json!(566), &json!(1000)));
    assert_eq!(hall.results("staff.shiqi", Value::Null).await["week"]["words"], json!([]), "words are for few");
});

both_dbs!(form_e_is_shown_by_department_where_enough_answered_of_it, |test| async move {
    let hall = Hall::new(test).await;
    for (department, answers) in [(json!("tax"), 6), (json!("police"), 3), (Value::Null, 2)] {
        for _ in 0..answers {
            let answer = hall.survey(json!({ "department": department })).await;
            assert!(answer.get("errors").is_none(), "{answer:#}");
        }
    }
    hall.at("2026-02-16T09:00");
    hall.sweep().await;
    let survey = hall.results(ADMIN, Value::Null).await["week"]["surveys"][0].clone();
    assert_eq!(survey["all"]["responses"], 11);
    let departments = survey["departments"].as_array().unwrap();
    assert_eq!(departments.len(), 13, "each of the form, and those who named none");
    let of = |code: Value| departments.iter().find(|row| row["line"]["code"] == code).unwrap()["answers"].clone();
    let tax = of(json!("tax"));
    assert_eq!((&tax["responses"], &tax["rows"][0]["upper"]), (&json!(6), &json!(1000)));
    assert_eq!(tax["rows"].as_array().unwrap().len(), 7);
    let counts: Vec<_> =
        tax["rows"][6]["levels"].as_array().unwrap().iter().map(|one| one["answers"].clone()).collect();
    assert_eq!(counts, [0, 6, 0, 0]);
    for few in [json!("police"), json!("market"), Value::Null] {
        assert_eq!(of(few.clone()), Value::Null, "{few}: three, none and two are not told apart");
    }
});

both_dbs!(a_department_of_a_few_hides_the_next_one, |test| async move {
    let hall = Hall::new(test).await;
    for (department, answers) in [("tax", 7), ("housing", 6), ("police", 2)] {
        for _ in 0..answers {
            hall.survey(json!({ "department": department })).await;
        }
    }
    hall.at("2026-02-16T09:00");
    hall.sweep().await;
    let survey = hall.results(ADMIN, Value::Null).await["week"]["surveys"][0].clone();
    let shown: Vec<_> = survey["departments"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| !row["answers"].is_null())
        .map(|row| row["line"]["code"].clone())
        .collect();
    assert_eq!(shown, [json!("tax")], "all less tax and housing would be the two of the police");
});

/// Has the city exclude a bad rating, as the administrator appeals for the center.
async fn exclude(hall: &Hall, case: &Value, ground: &str) {
    let world = &hall.world;
    let of = |verb: &str| format!("{}{}Input", verb[..1].to_uppercase(), &verb[1..]);
    let mut row = case.clone();
    for (verb, more) in [
        ("contactRater", json!({ "outcome": "NO_CONTACT", "text": "未留联系方式。" })),
        ("verifyBadRating", json!({ "finding": "MISTAKEN", "text": "点错了。" })),
        ("appealBadRating", json!({ "ground": ground, "reason": "评价人点错。", "files": [] })),
    ] {
        let mut input = json!({ "id": row["id"], "version": row["version"] });
        super::merge(&mut input, more);
        row = does(world, ADMIN, verb, &of(verb), input).await;
    }
    let appeals = world.ok("reviewer.zs", "{ ratingAppeals { id } }", json!({})).await;
    let appeal = appeals["ratingAppeals"][0]["id"].clone();
    for (verb, more) in [
        ("openRatingAppeal", json!({ "reason": "核实。" })),
        ("decideRatingAppeal", json!({ "decision": "EXCLUDED", "text": "属实。" })),
    ] {
        let mut input = json!({ "id": appeal });
        super::merge(&mut input, more);
        let query = format!("mutation($i: {}!) {{ {verb}(input: $i) {{ id }} }}", of(verb));
        world.ok("reviewer.zs", &query, json!({ "i": input })).await;
    }
}

both_dbs!(both_totals_are_shown_with_the_grounds_and_the_second_one_without_levels, |test: TestDb| async move {
    let reviewer = CitySetup {
        code: "zs".to_owned(),
        members: vec![member("reviewer", "zs", Role::CityReviewer)],
        ..CitySetup::default()
    };
    test.db.platform().set_up(&reviewer).await.unwrap();
    let hall = Hall::new(test).await;
    for _ in 0..6 {
        hall.rates("SATISFIED", json!({})).await;
    }
    for level in ["DISSATISFIED", "VERY_DISSATISFIED"] {
        hall.rates(level, json!({ "remark": "等太久。" })).await;
    }
    hall.at("2026-02-16T09:00");
    hall.sweep().await;
    let week = async || hall.results(ADMIN, Value::Null).await["week"].clone();
    let before = week().await;
    assert_eq!((&before["total"]["ratings"], &before["total"]["satisfied"]), (&json!(8), &json!(750)));
    let cases = hall.world.ok(ADMIN, "{ badRatings { rows { case { id version } } } }", json!({})).await;
    let cases = cases["badRatings"]["rows"].clone();
    exclude(&hall, &cases[0]["case"], "MISTAKEN").await;
    let once = week().await;
    assert_eq!(once["total"], before["total"], "what was excluded stays");
    assert_eq!(once["excluded"], json!([{ "ground": "MISTAKEN", "ratings": 1 }]));
    assert_eq!(once["withoutExcluded"], json!({ "ratings": 7, "satisfied": 857 }));
    exclude(&hall, &cases[1]["case"], "MALICIOUS").await;
    let twice = week().await;
    let grounds = json!([{ "ground": "MISTAKEN", "ratings": 1 }, { "ground": "MALICIOUS", "ratings": 1 }]);
    assert_eq!((&twice["excluded"], &twice["rows"]), (&grounds, &before["rows"]));
    assert_eq!(twice["withoutExcluded"], json!({ "ratings": 6, "satisfied": 1000 }));
});

both_dbs!(posts_get_their_points_in_one_go, |test| async move {
    let hall = Hall::new(test).await;
    let post = json!({ "code": "w3", "name": "综合窗口", "kind": "guide_post", "windowNo": "3" });
    let query = "mutation($i: PostInput!) { addPost(input: $i) { id version } }";
    let post = hall.world.ok(ADMIN, query, json!({ "i": post })).await["addPost"].clone();
    let query = "mutation($i: SeenPostInput!) { activatePost(input: $i) { id } }";
    hall.world.ok(ADMIN, query, json!({ "i": post })).await;
    let list = "{ ratingPoints { ready points { name kind postId } without { id name } } }";
    let before = hall.world.ok(ADMIN, list, json!({})).await["ratingPoints"].clone();
    assert_eq!((&before["ready"], &before["without"][0]["id"]), (&json!(true), &post["id"]));
    let all = "mutation { addRatingPointsForPosts { name kind postId } }";
    for _ in 0..2 {
        let points = hall.world.ok(ADMIN, all, json!({})).await["addRatingPointsForPosts"].clone();
        let of_post = json!({ "name": "3 综合窗口", "kind": "POST", "postId": post["id"] });
        assert_eq!(points.as_array().unwrap().len(), 2, "{points}");
        assert!(points.as_array().unwrap().contains(&of_post), "{points}");
    }
    let after = hall.world.ok(ADMIN, list, json!({})).await["ratingPoints"].clone();
    assert_eq!(after["without"], json!([]));
});
