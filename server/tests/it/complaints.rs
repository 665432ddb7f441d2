//! A complaint from filing to the archive, and everything that may not happen on the way.

use serde_json::{Value, json};
use server::both_dbs;

use crate::world::{World, form};

both_dbs!(a_complaint_goes_from_filing_to_the_archive, |test| async move {
    let world = World::new(test);
    let (case, receipt) = world.investigating(json!({})).await;
    let finding = json!({ "outcome": "SUBSTANTIATED", "finding": "属实，叫号机故障未及时报修。" });
    let case = world.step("staff.shiqi", "proposeConclusion", &case, finding).await;
    let case = world.step("admin.shiqi", "approveConclusion", &case, json!({})).await;
    let case = world.step("handler.shiqi", "concludeComplaint", &case, json!({})).await;
    let answer = json!({ "mode": "PHONE", "reply": "您反映的情况属实，叫号机已修复，向您致歉。" });
    let case = world.step("handler.shiqi", "giveFeedback", &case, answer).await;
    let good = json!({ "satisfaction": "SATISFIED", "note": "电话回访，表示满意。" });
    let case = world.step("supervisor.shiqi", "recordFollowUp", &case, good).await;
    let case = world.step("handler.shiqi", "closeComplaint", &case, json!({})).await;
    let case = world.step("handler.shiqi", "archiveComplaint", &case, json!({})).await;
    assert_eq!(case["actions"], json!([]));

    let story = world
        .ok(
            "handler.shiqi",
            "query($id: ComplaintId!) { complaint(id: $id) {
                status class subject channel place receivedAt acceptedAt dueAt outcome finding reply satisfaction
                handler { displayName } assignee { displayName } complainant { anonymous name phone hasAddress }
                events { kind action fromStatus status at actor { displayName } text public }
            } }",
            json!({ "id": case["id"] }),
        )
        .await;
    insta::assert_json_snapshot!("story_as_staff_see_it", story);

    let tracked = world
        .ok(
            "",
            "query($c: String!) { trackComplaint(center: \"shiqi\", receiptCode: $c) {
                status subject dueAt late outcome reply satisfaction mayRequestReview mayRate
                steps { kind status at text }
            } }",
            json!({ "c": receipt }),
        )
        .await;
    insta::assert_json_snapshot!("story_as_its_complainant_sees_it", tracked);
});

both_dbs!(each_step_leaves_one_audit_event, |test| async move {
    let world = World::new(test);
    let (case, _) = world.investigating(json!({})).await;
    let query = "mutation($i: RevealInput!) { revealComplainant(input: $i) { name phone address } }";
    let reveal = json!({ "i": { "id": case["id"], "reason": "回访需要联系投诉人" } });
    let shown = world.ok("handler.shiqi", query, reveal).await;
    assert_eq!(shown["revealComplainant"], json!({ "name": "陈小明", "phone": "138 0000 1234", "address": null }));
    let verbs = world.audit_verbs("shiqi").await;
    let expected = [
        "complaint_filed",
        "complaint_screened",
        "complaint_accepted",
        "complaint_assigned",
        "complaint_investigated",
        "complainant_revealed",
    ];
    assert_eq!(verbs, expected);
});

both_dbs!(the_person_complained_about_finds_no_trace_of_the_case, |test| async move {
    let world = World::new(test);
    let (case, _) = world.filed(json!({})).await;
    let case = world.step("handler.shiqi", "screenComplaint", &case, json!({})).await;
    let staff = world.account("handler2.shiqi").await;
    assert_ne!(world.case("handler2.shiqi", &case["id"]).await, Value::Null);
    let case = world.step("handler.shiqi", "nameRespondent", &case, json!({ "respondent": staff })).await;
    assert_eq!(world.case("handler2.shiqi", &case["id"]).await, Value::Null);
    let lists = "{ complaints { totalCount nodes { id } } complaintCounts { queue count } }";
    let seen = world.ok("handler2.shiqi", lists, json!({})).await;
    assert_eq!(seen["complaints"], json!({ "totalCount": 0, "nodes": [] }));
    assert!(seen["complaintCounts"].as_array().unwrap().iter().all(|queue| queue["count"] == 0));
    let note = json!({ "text": "…" });
    assert_eq!(world.step_refused("handler2.shiqi", "addNote", &case, note).await, ["NOT_FOUND"]);
    // Nor may the case be given to them.
    let to = json!({ "to": staff, "reason": "换人办理" });
    let codes = world.step_refused("handler.shiqi", "handOverComplaint", &case, to).await;
    assert_eq!(codes, ["INVALID", "complaint.respondent_may_not_act"]);
});

both_dbs!(another_centers_case_does_not_exist, |test| async move {
    let world = World::new(test);
    let (case, receipt) = world.investigating(json!({})).await;
    for stranger in ["handler.xiaolan", "admin.xiaolan", "handler.north"] {
        assert_eq!(world.case(stranger, &case["id"]).await, Value::Null, "{stranger}");
    }
    let note = json!({ "text": "…" });
    assert_eq!(world.step_refused("handler.xiaolan", "addNote", &case, note).await, ["NOT_FOUND"]);
    let track = "query($k: String!, $c: String!) { trackComplaint(center: $k, receiptCode: $c) { number } }";
    let elsewhere = world.ok("", track, json!({ "k": "xiaolan", "c": receipt })).await;
    assert_eq!(elsewhere["trackComplaint"], Value::Null);
    // People of one center cannot be given another's case.
    let (mine, _) = world.filed(json!({ "idempotencyKey": uuid::Uuid::from_u128(2).to_string() })).await;
    let mine = world.step("handler.shiqi", "screenComplaint", &mine, json!({})).await;
    let mine = world.step("handler.shiqi", "acceptComplaint", &mine, json!({ "class": "SIMPLE" })).await;
    let foreign = json!({ "assignee": world.account("staff.xiaolan").await });
    assert_eq!(world.step_refused("handler.shiqi", "assignComplaint", &mine, foreign).await, ["NOT_FOUND"]);
});

both_dbs!(the_city_sees_counts_and_no_case, |test| async move {
    let world = World::new(test);
    let (case, _) = world.filed(json!({})).await;
    let counts = "{ centerCounts { center { code } open received30 overdue } }";
    let seen = world.ok("city.zs", counts, json!({})).await;
    let expected = json!([
        { "center": { "code": "shiqi" }, "open": 1, "received30": 1, "overdue": 0 },
        { "center": { "code": "xiaolan" }, "open": 0, "received30": 0, "overdue": 0 },
    ]);
    assert_eq!(seen["centerCounts"], expected);
    let query = "query($id: ComplaintId!) { complaint(id: $id) { text } }";
    assert_eq!(world.refused("city.zs", query, json!({ "id": case["id"] })).await, ["FORBIDDEN"]);
    assert_eq!(world.refused("handler.shiqi", counts, json!({})).await, ["FORBIDDEN"]);
    assert_eq!(world.refused("", counts, json!({})).await, ["UNAUTHENTICATED"]);
});

both_dbs!(post_staff_see_what_is_theirs_and_no_more, |test| async move {
    let world = World::new(test);
    let (mine, _) = world.investigating(json!({})).await;
    let (other, _) = world.filed(json!({ "idempotencyKey": uuid::Uuid::from_u128(2).to_string() })).await;
    assert_ne!(world.case("staff.shiqi", &mine["id"]).await, Value::Null);
    assert_eq!(world.case("staff.shiqi", &other["id"]).await, Value::Null);
    let query = "{ complaints { totalCount } members { displayName } }";
    assert_eq!(world.refused("staff.shiqi", query, json!({})).await, ["FORBIDDEN"]);
    let reveal = "mutation($i: RevealInput!) { revealComplainant(input: $i) { name } }";
    let input = json!({ "i": { "id": mine["id"], "reason": "想看看" } });
    assert_eq!(world.refused("staff.shiqi", reveal, input).await, ["FORBIDDEN"]);
});

both_dbs!(an_old_version_and_a_step_out_of_order_are_refused, |test| async move {
    let world = World::new(test);
    let (old, _) = world.filed(json!({})).await;
    let accept = json!({ "class": "NORMAL" });
    let codes = world.step_refused("handler.shiqi", "acceptComplaint", &old, accept.clone()).await;
    assert_eq!(codes, ["INVALID", "complaint.not_allowed_now"]);
    world.step("handler.shiqi", "screenComplaint", &old, json!({})).await;
    assert_eq!(world.step_refused("handler.shiqi", "acceptComplaint", &old, accept).await, ["STALE"]);
    // A note is true whatever has happened since.
    world.step("handler.shiqi", "addNote", &old, json!({ "text": "已电话核实地址" })).await;
});

both_dbs!(a_merged_case_keeps_both_numbers, |test| async move {
    let world = World::new(test);
    let (first, _) = world.filed(json!({})).await;
    let again = json!({ "idempotencyKey": uuid::Uuid::from_u128(2).to_string(), "text": "3号窗口补办社保卡，排队两小时都没叫到号。" });
    let (second, receipt) = world.filed(again).await;
    let similar = "query($id: ComplaintId!) { complaint(id: $id) { similar { score complaint { number } } } }";
    let found = world.ok("handler.shiqi", similar, json!({ "id": second["id"] })).await;
    assert_eq!(found["complaint"]["similar"][0]["complaint"]["number"], first["number"]);
    let into = json!({ "into": second["id"] });
    let codes = world.step_refused("handler.shiqi", "mergeComplaint", &second, into).await;
    assert_eq!(codes, ["INVALID", "complaint.merge_into_itself"]);
    world.step("handler.shiqi", "mergeComplaint", &second, json!({ "into": first["id"] })).await;
    let track =
        "query($c: String!) { trackComplaint(center: \"shiqi\", receiptCode: $c) { number status mergedIntoNumber } }";
    let tracked = world.ok("", track, json!({ "c": receipt })).await["trackComplaint"].clone();
    assert_eq!(tracked["number"], second["number"]);
    assert_eq!(tracked["mergedIntoNumber"], first["number"]);
    let both = "query($id: ComplaintId!) { complaint(id: $id) { mergedHere { number } } }";
    let target = world.ok("handler.shiqi", both, json!({ "id": first["id"] })).await;
    assert_eq!(target["complaint"]["mergedHere"], json!([{ "number": second["number"] }]));
});

both_dbs!(cases_are_found_by_phone_number_words_and_number, |test| async move {
    let world = World::new(test);
    let (case, _) = world.filed(json!({})).await;
    let other = json!({ "idempotencyKey": uuid::Uuid::from_u128(2).to_string(), "phone": "13900005678", "text": "自助机吞卡，现场没有人帮忙处理。100%" });
    world.filed(other).await;
    let query = "query($s: String!) { complaints(search: $s) { totalCount nodes { number } } }";
    let number = case["number"].as_str().unwrap().to_lowercase();
    for words in ["+86 13800001234", "社保卡", number.as_str(), "3号窗口，"] {
        let found = world.ok("handler.shiqi", query, json!({ "s": words })).await["complaints"].clone();
        let expected = if words.ends_with('，') { 0 } else { 1 };
        assert_eq!(found["totalCount"], expected, "{words}: {found}");
    }
    // A percent sign is a character, not a wildcard.
    assert_eq!(world.ok("handler.shiqi", query, json!({ "s": "%" })).await["complaints"]["totalCount"], 1);
    assert_eq!(world.ok("handler.xiaolan", query, json!({ "s": "13800001234" })).await["complaints"]["totalCount"], 0);
});

both_dbs!(queues_count_what_they_list_and_pages_follow_each_other, |test| async move {
    let world = World::new(test);
    for n in 1..=7u128 {
        world.filed(json!({ "idempotencyKey": uuid::Uuid::from_u128(n).to_string() })).await;
    }
    let (case, _) = world.investigating(json!({ "idempotencyKey": uuid::Uuid::from_u128(8).to_string() })).await;
    let pause = json!({ "reason": "AWAITING_COMPLAINANT", "note": "等待补充照片" });
    world.step("handler.shiqi", "pauseComplaint", &case, pause).await;
    let counts = world.ok("handler.shiqi", "{ complaintCounts { queue count } }", json!({})).await;
    for queue in counts["complaintCounts"].as_array().unwrap() {
        let list = "query($q: ComplaintQueue!) { complaints(queue: $q, first: 100) { totalCount nodes { id } } }";
        let listed = world.ok("handler.shiqi", list, json!({ "q": queue["queue"] })).await["complaints"].clone();
        assert_eq!(listed["totalCount"], queue["count"], "{queue}");
        assert_eq!(json!(listed["nodes"].as_array().unwrap().len()), queue["count"], "{queue}");
    }
    let page =
        "query($a: String) { complaints(first: 3, after: $a) { nodes { id } pageInfo { hasNextPage endCursor } } }";
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let found = world.ok("handler.shiqi", page, json!({ "a": after })).await["complaints"].clone();
        seen.extend(found["nodes"].as_array().unwrap().iter().map(|node| node["id"].clone()));
        if found["pageInfo"]["hasNextPage"] == json!(false) {
            break;
        }
        after = found["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(seen.len(), 8);
    let all = world.ok("handler.shiqi", "{ complaints(first: 100) { nodes { id } } }", json!({})).await;
    let all: Vec<_> = all["complaints"]["nodes"].as_array().unwrap().iter().map(|node| node["id"].clone()).collect();
    assert_eq!(seen, all, "pages neither skip nor repeat");
});

both_dbs!(a_dissatisfied_complainant_gets_a_review_by_somebody_else, |test| async move {
    let world = World::new(test);
    let (case, receipt) = world.investigating(json!({})).await;
    let finding = json!({ "outcome": "UNSUBSTANTIATED", "finding": "监控显示当时按序叫号。" });
    let case = world.step("staff.shiqi", "proposeConclusion", &case, finding).await;
    let case = world.step("handler.shiqi", "concludeComplaint", &case, json!({})).await;
    let answer = json!({ "mode": "ONLINE", "reply": "经核实，未发现叫号异常。" });
    world.step("handler.shiqi", "giveFeedback", &case, answer).await;
    let rate =
        "mutation($i: RateHandlingInput!) { rateHandling(input: $i) { status satisfaction mayRate mayRequestReview } }";
    let bad = json!({ "i": { "center": "shiqi", "receiptCode": receipt, "satisfaction": "VERY_DISSATISFIED", "comment": "没有看我当天的取号单" } });
    let rated = world.ok("", rate, bad.clone()).await["rateHandling"].clone();
    assert_eq!(rated["status"], "REVIEW_REQUESTED");
    assert_eq!(world.refused("", rate, bad).await, ["INVALID", "complaint.not_allowed_now"], "once");
    let case = world.case("admin.shiqi", &case["id"]).await;
    let codes = world.step_refused("handler.shiqi", "startReview", &case, json!({})).await;
    assert_eq!(codes, ["FORBIDDEN"]);
    let case = world.step("admin.shiqi", "startReview", &case, json!({})).await;
    let revised = json!({ "outcome": "REVISED", "reply": "复核认定投诉部分属实。" });
    let case = world.step("admin.shiqi", "decideReview", &case, revised).await;
    let case = world.step("handler.shiqi", "closeComplaint", &case, json!({})).await;
    assert_eq!(case["status"], "CLOSED");
});

both_dbs!(the_same_request_again_gives_the_same_receipt, |test| async move {
    let world = World::new(test);
    let query = "mutation($i: FileComplaintInput!) { fileComplaint(input: $i) { number receiptCode } }";
    let first = world.ok("", query, json!({ "i": form(json!({})) })).await;
    let again = world.ok("", query, json!({ "i": form(json!({})) })).await;
    assert_eq!(first, again);
    let other = form(json!({ "text": "换了一段内容，但是同一个提交编号。" }));
    assert_eq!(world.refused("", query, json!({ "i": other })).await, ["KEY_REUSED"]);
    let many = futures_util::future::join_all((0..8).map(|_| {
        let again = form(json!({ "idempotencyKey": uuid::Uuid::from_u128(9).to_string() }));
        world.ok("", query, json!({ "i": again }))
    }));
    let answers = many.await;
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
    let total = world.ok("handler.shiqi", "{ complaints { totalCount } }", json!({})).await;
    assert_eq!(total["complaints"]["totalCount"], 2);
});

both_dbs!(personal_data_are_not_in_the_rows, |test| async move {
    let world = World::new(test);
    let (case, _) = world.filed(json!({ "address": "石岐区虚构路1号" })).await;
    let row = format!("{:?}", world.row("shiqi", &case["id"]).await);
    for secret in ["小明", "13800001234", "0000 1234", "虚构路"] {
        assert!(!row.contains(secret), "{secret} in {row}");
    }
    assert!(row.contains("138****1234") && row.contains("陈**"));
});

both_dbs!(a_refused_complaint_tells_why_and_where_to_turn, |test| async move {
    let world = World::new(test);
    let (case, receipt) = world.filed(json!({})).await;
    let case = world.step("handler.shiqi", "screenComplaint", &case, json!({})).await;
    let blank = json!({ "ground": "OUTSIDE_SCOPE", "reason": " ", "referral": "" });
    let codes = world.step_refused("handler.shiqi", "declineComplaint", &case, blank).await;
    assert_eq!(codes, ["INVALID", "form.required", "form.required"]);
    let refusal = json!({ "ground": "OUTSIDE_SCOPE", "reason": "属于供电服务", "referral": "供电服务热线 95598" });
    let case = world.step("handler.shiqi", "declineComplaint", &case, refusal).await;
    let track = "query($c: String!) { trackComplaint(center: \"shiqi\", receiptCode: $c) { status refusalGround refusalReason referral } }";
    let told = world.ok("", track, json!({ "c": receipt })).await;
    let expected = json!({
        "status": "NOT_ACCEPTED", "refusalGround": "OUTSIDE_SCOPE", "refusalReason": "属于供电服务", "referral": "供电服务热线 95598",
    });
    assert_eq!(told["trackComplaint"], expected);
    assert_eq!(world.step("handler.shiqi", "closeComplaint", &case, json!({})).await["status"], "CLOSED");
});

both_dbs!(staff_register_for_a_caller_through_every_channel, |test| async move {
    let world = World::new(test);
    let query = "mutation($i: RegisterComplaintInput!) { registerComplaint(input: $i) {
        receiptCode complaint { channel registeredBy { displayName } complainant { name phone } }
    } }";
    for (n, channel) in (1u128..).zip(domain::complaints::ComplaintChannel::ALL) {
        let mut input = form(json!({ "idempotencyKey": uuid::Uuid::from_u128(n).to_string(), "channel": channel }));
        input.as_object_mut().unwrap().remove("center");
        let made = world.ok("staff.shiqi", query, json!({ "i": input })).await["registerComplaint"].clone();
        assert_eq!(made["complaint"]["channel"], serde_json::to_value(channel).unwrap());
        assert_eq!(made["complaint"]["registeredBy"]["displayName"], "staff of shiqi");
        let track = "query($c: String!) { trackComplaint(center: \"shiqi\", receiptCode: $c) { status } }";
        let told = world.ok("", track, json!({ "c": made["receiptCode"] })).await;
        assert_eq!(told["trackComplaint"]["status"], "REGISTERED");
    }
    let mut overdue = form(
        json!({ "channel": "PHONE", "escalationCause": "OVERDUE", "idempotencyKey": uuid::Uuid::from_u128(99).to_string() }),
    );
    overdue.as_object_mut().unwrap().remove("center");
    assert_eq!(
        world.refused("staff.shiqi", query, json!({ "i": overdue })).await,
        ["INVALID", "form.escalation_cause"]
    );
});
