//! The lists of the posts' work that leave as workbooks: each as its page shows it, to whom it shows it.

use calamine::{Data, DataType};
use domain::permission::Role;
use serde_json::{Value, json};
use server::{both_dbs, testing::TestDb};

use super::{below, lines, list, sheets, signed_in, text};
use crate::{
    care, model_posts,
    posts::{ADMIN, assigned, does, joins, person, post},
    talents, tidal, volunteers,
    world::{World, codes},
};

/// What a spreadsheet would take for a formula, and must not.
const RISKY: &str = "=1+1";

fn day(cell: &Data) -> String {
    assert!(cell.is_datetime(), "{cell:?} is no date");
    cell.as_date().unwrap().to_string()
}

fn time(cell: &Data) -> String {
    assert!(cell.is_datetime(), "{cell:?} is no time");
    cell.as_datetime().unwrap().to_string()
}

fn heads(lines: &[Vec<Data>]) -> Vec<String> {
    lines[0].iter().map(text).collect()
}

/// Whether one of these stands anywhere in a list.
fn holds(lines: &[Vec<Data>], words: &[&str]) -> bool {
    let mut cells = lines.iter().flatten().map(text);
    cells.any(|cell| words.iter().any(|word| cell.contains(word)))
}

both_dbs!(what_model_posts_lack_and_their_titles_leave_for_the_keeper_of_the_kind, async |test: TestDb| {
    let made = model_posts::Post::new(test).await;
    let world = &made.world;
    made.apply().await;
    let add = "mutation($i: PostInput!) { addPost(input: $i) { id } }";
    let other = json!({ "code": "w2", "name": RISKY, "kind": "women_model_post" });
    let other = world.ok("admin.dongqu", add, json!({ "i": other })).await["addPost"]["id"].clone();
    let apply = "mutation($i: ApplyForTitleInput!) { applyForTitle(input: $i) { id } }";
    world.ok("keeper.dongqu", apply, json!({ "i": { "post": other } })).await;
    let mut keeper = signed_in(world, "keeper.dongqu").await;
    let gaps = lines(&mut keeper, "gaps?kind=women&lang=zh-CN").await;
    let head = ["岗位编号", "岗位名称", "示范岗类别", "状态", "缺项", "条款", "程度", "已不达标", "不达标起始日"];
    assert_eq!(heads(&gaps)[..9], head);
    assert!(!heads(&gaps).iter().any(|head| ["性别", "出生日期", "中共党员"].contains(&head.as_str())));
    let of = |code: &str, what: &str| {
        let fits =
            |line: &usize| text(below(&gaps, "岗位编号", *line)) == code && text(below(&gaps, "缺项", *line)) == what;
        (1..gaps.len()).find(fits).unwrap()
    };
    let few = of("w1", "台账记录不足");
    assert_eq!(day(below(&gaps, "不达标起始日", few)), "2027-01-01");
    assert_eq!([text(below(&gaps, "已不达标", few)), text(below(&gaps, "程度", few))], ["否", "必须"]);
    assert_eq!(below(&gaps, "需要", few).get_float(), Some(1.0));
    assert_eq!(text(below(&gaps, "涉及人员", of("w1", "有人未参加培训"))), "陈小明、陈小明、陈小明");
    assert_eq!(below(&gaps, "岗位名称", of("w2", "没有岗位负责人")).get_string(), Some(RISKY));
    let titles = lines(&mut keeper, "titles?lang=zh-CN").await;
    assert_eq!(titles.len(), 3);
    let of_first = (1..3).find(|line| text(below(&titles, "岗位编号", *line)) == "w1").unwrap();
    assert_eq!(day(below(&titles, "申报日期", of_first)), "2026-02-13");
    assert_eq!(
        [text(below(&titles, "负责人", of_first)), text(below(&titles, "状态", of_first))],
        ["陈小明", "已申报"]
    );
    // Neither narrowed to another kind, nor to whoever keeps another kind's, nor elsewhere is there any.
    assert_eq!(lines(&mut keeper, "gaps?kind=youth").await.len(), 1);
    assert_eq!(list(&mut keeper, "gaps?kind=nothing").await.0, 422);
    for login in ["youth.dongqu", "keeper.xiqu"] {
        let mut browser = signed_in(world, login).await;
        assert_eq!(lines(&mut browser, "gaps").await.len(), 1, "{login}");
        assert_eq!(lines(&mut browser, "titles").await.len(), 1, "{login}");
    }
    let mut clerk = signed_in(world, "clerk.dongqu").await;
    assert_eq!(list(&mut clerk, "gaps").await.0, 403);
    assert_eq!(list(&mut clerk, "titles").await.0, 403);
    assert!(world.audit_details("dongqu").await.iter().any(|detail| detail.starts_with("gaps model_kind=women rows=")));
});

both_dbs!(trainings_leave_by_year_with_who_was_there_and_who_is_missing, async |test: TestDb| {
    let world = World::new(test);
    let (one, two) = (person(&world, "S1", json!({})).await, person(&world, "S2", json!({ "name": RISKY })).await);
    let at = post(&world, "w1").await;
    assigned(&world, &at, &one, "MAIN").await;
    assigned(&world, &at, &two, "MAIN").await;
    let session = |on: &str, title: &str| {
        json!({ "on": on, "start": "09:00", "hours": 2, "kind": "TRAINING", "topic": "BUSINESS", "title": title,
            "trainer": "王老师", "place": "二楼会议室" })
    };
    let held = does(&world, ADMIN, "planTraining", "TrainingInput", session("2026-02-13", RISKY)).await;
    let marks = json!([{ "staff": one["id"], "attended": true }, { "staff": two["id"], "attended": false }]);
    let marks = json!({ "id": held["id"], "version": held["version"], "marks": marks });
    does(&world, ADMIN, "recordAttendance", "RecordAttendanceInput", marks).await;
    does(&world, ADMIN, "planTraining", "TrainingInput", session("2026-03-02", "服务礼仪")).await;
    let mut admin = signed_in(&world, ADMIN).await;
    let sessions = lines(&mut admin, "training?year=2026&lang=zh-CN").await;
    assert_eq!(heads(&sessions)[..6], ["日期", "开始时间", "时长（小时）", "方式", "主题", "培训名称"]);
    assert_eq!(sessions.len(), 3);
    assert_eq!([day(below(&sessions, "日期", 1)), day(below(&sessions, "日期", 2))], ["2026-03-02", "2026-02-13"]);
    assert_eq!(below(&sessions, "培训名称", 2).get_string(), Some(RISKY));
    let counts = |line| ["到场人数", "缺席人数", "合格人数"].map(|head| below(&sessions, head, line).get_float());
    assert_eq!((counts(1), counts(2)), ([None; 3], [Some(1.0), Some(1.0), None]));
    assert_eq!(lines(&mut admin, "training?year=2025").await.len(), 1);
    assert_eq!(list(&mut admin, "training?year=now").await.0, 422);

    let id = held["id"].as_str().unwrap();
    let (status, bytes) = list(&mut admin, &format!("attendance?session={id}&lang=zh-CN")).await;
    assert_eq!(status, 200);
    let found = sheets(bytes);
    let there = &found[0].1;
    assert_eq!(heads(there), ["工号", "姓名", "到场", "结果", "分数"]);
    assert_eq!([&there[1][0], &there[1][2], &there[2][1], &there[2][2]].map(text), ["S1", "是", RISKY, "否"]);
    let about = format!("2026-02-13 {RISKY}");
    assert!(found[1].1.iter().any(|row| text(&row[0]) == "筛选: 培训" && text(&row[1]) == about));

    let missing = lines(&mut admin, "untrained?year=2026&lang=zh-CN").await;
    assert_eq!(heads(&missing), ["工号", "姓名", "所在岗位", "已培训次数", "要求次数"]);
    assert_eq!((missing.len(), missing[1][1].get_string(), missing[1][3].get_float()), (2, Some(RISKY), Some(0.0)));
    assert_eq!([&missing[1][0], &missing[1][2]].map(text), ["S2", "岗位w1"]);
    let mut elsewhere = signed_in(&world, "admin.xiaolan").await;
    assert_eq!(lines(&mut elsewhere, "training?year=2026").await.len(), 1);
    assert_eq!(list(&mut elsewhere, &format!("attendance?session={id}")).await.0, 404);
    let mut staff = signed_in(&world, "staff.shiqi").await;
    for asked in ["training", &format!("attendance?session={id}"), "untrained"] {
        assert_eq!(list(&mut staff, asked).await.0, 403, "{asked}");
    }
});

both_dbs!(voluntary_services_leave_as_far_as_each_sees_them, async |test: TestDb| {
    let hall = volunteers::Hall::new(test).await;
    let world = &hall.world;
    let write = "mutation($i: WriteServiceRecordInput!) { writeServiceRecord(input: $i) { id version } }";
    let service = json!({ "post": hall.post, "on": "2026-02-13", "start": "08:00", "end": "08:45",
        "service": "FORM_FILLING", "recipients": 2, "description": RISKY });
    let row = world.ok("volunteer.dongqu", write, json!({ "i": service })).await["writeServiceRecord"].clone();
    let ask = "mutation($i: SeenServiceRecordInput!) { askServiceConfirmation(input: $i) { id } }";
    world.ok("volunteer.dongqu", ask, json!({ "i": row })).await;
    // A draft is its author's alone.
    world.ok("clerk.dongqu", write, json!({ "i": service })).await;
    let mut coordinator = signed_in(world, "coordinator.dongqu").await;
    let services = lines(&mut coordinator, "services?lang=zh-CN").await;
    assert_eq!(heads(&services)[..6], ["姓名", "岗位名称", "服务类型", "日期", "开始时间", "结束时间"]);
    assert_eq!(services.len(), 2);
    let said = ["姓名", "岗位名称", "服务类型", "状态"].map(|head| text(below(&services, head, 1)));
    assert_eq!(said, ["陈volunteer", "志愿者服务岗", "指导填表", "待确认"]);
    assert_eq!([day(below(&services, "日期", 1)), day(below(&services, "确认期限", 1))], ["2026-02-13", "2026-02-20"]);
    assert_eq!(below(&services, "服务内容", 1).get_string(), Some(RISKY));
    for (login, rows) in [("volunteer.dongqu", 2), ("clerk.dongqu", 3), ("other.dongqu", 1), ("coordinator.xiqu", 1)] {
        assert_eq!(lines(&mut signed_in(world, login).await, "services").await.len(), rows, "{login}");
    }
    let people = lines(&mut coordinator, "volunteers?lang=zh-CN").await;
    assert_eq!((people.len(), people[2][0].get_string()), (3, Some("陈volunteer")));
    let minutes = ["登记时长（分钟）", "已确认时长（分钟）"].map(|head| below(&people, head, 2).get_float());
    assert_eq!(minutes, [Some(45.0), Some(0.0)]);
    assert_eq!(day(below(&people, "岗前培训合格日期", 2)), "2026-02-12");
    assert_eq!(text(below(&people, "欠缺", 2)), "未认定可独立上岗、马甲袖标待检查");
    let mut supervisor = signed_in(world, "supervisor.dongqu").await;
    assert_eq!(list(&mut supervisor, "services").await.0, 403);
    assert_eq!(list(&mut supervisor, "volunteers").await.0, 403);
});

both_dbs!(talents_requests_leave_masked_and_answers_by_their_words, async |test: TestDb| {
    let office = talents::Office::new(test).await;
    let world = &office.world;
    let mut request = office.request();
    request["enterprise"] = json!(RISKY);
    office.does("clerk.dongqu", "takeTalentRequest", "TakeTalentRequestInput", request).await;
    let mut admin = signed_in(world, "admin.dongqu").await;
    let requests = lines(&mut admin, "talents?lang=zh-CN").await;
    assert_eq!(heads(&requests)[..4], ["状态", "姓名（已隐去）", "人才类型", "所在单位"]);
    assert_eq!((requests.len(), below(&requests, "所在单位", 1).get_string()), (2, Some(RISKY)));
    let said = ["状态", "姓名（已隐去）", "人才类型", "重点企业项目"].map(|head| text(below(&requests, head, 1)));
    assert_eq!(said, ["待指派", "林**", "博士", "是"]);
    assert_eq!(time(below(&requests, "登记时间", 1)), "2026-02-13 09:00:00");
    assert!(!holds(&requests, &["林致远", "6611", "博士安家补贴怎么申请"]));
    for (login, rows) in [("supervisor.dongqu", 2), ("steward.dongqu", 2), ("other.dongqu", 1), ("admin.xiqu", 1)] {
        assert_eq!(lines(&mut signed_in(world, login).await, "talents").await.len(), rows, "{login}");
    }
    let add = "mutation($i: PolicyAnswerInput!) { addPolicyAnswer(input: $i) { id } }";
    for (question, answer) in [(RISKY, "按月发放。"), ("博士怎么落户？", "凭学历落户，另有安家补贴。")]
    {
        let answer = json!({ "question": question, "answer": answer, "source": "示例办法", "sourceOn": "2026-01-05" });
        world.ok("steward.dongqu", add, json!({ "i": answer })).await;
    }
    let answers = lines(&mut admin, "answers?lang=zh-CN").await;
    assert_eq!(heads(&answers)[..4], ["问题", "解答", "政策依据", "文件日期"]);
    assert_eq!((answers.len(), answers[1][0].get_string()), (3, Some(RISKY)));
    assert_eq!([day(below(&answers, "文件日期", 1)), day(below(&answers, "复核日", 1))], ["2026-01-05", "2026-02-13"]);
    let narrowed = lines(&mut admin, "answers?q=%E8%A1%A5%E8%B4%B4").await;
    assert_eq!((narrowed.len(), narrowed[1][0].get_string()), (2, Some("博士怎么落户？")));
    let mut handler = signed_in(world, "handler.shiqi").await;
    assert_eq!(list(&mut handler, "talents").await.0, 403);
    assert_eq!(list(&mut handler, "answers").await.0, 403);
    let told = world.audit_details("dongqu").await;
    assert!(told.iter().any(|detail| detail == "answers words=yes rows=1"), "{told:?}");
});

both_dbs!(services_of_care_windows_leave_masked_to_those_who_work_there, async |test: TestDb| {
    let window = care::Window::new(test).await;
    let world = &window.world;
    window.does("bookHomeVisit", "BookHomeVisitInput", window.visit()).await;
    let add = "mutation($i: PostInput!) { addPost(input: $i) { id version } }";
    let other = json!({ "code": "care2", "name": RISKY, "kind": "care_window" });
    let other = world.ok("admin.dongqu", add, json!({ "i": other })).await["addPost"].clone();
    let activate = "mutation($i: SeenPostInput!) { activatePost(input: $i) { id } }";
    world.ok("admin.dongqu", activate, json!({ "i": other })).await;
    let mut visit = window.visit();
    visit["post"] = other["id"].clone();
    let book = "mutation($i: BookHomeVisitInput!) { bookHomeVisit(input: $i) { id } }";
    world.ok("admin.dongqu", book, json!({ "i": visit })).await;
    let mut admin = signed_in(world, "admin.dongqu").await;
    let found = lines(&mut admin, "care?lang=zh-CN").await;
    assert_eq!(heads(&found)[..5], ["状态", "姓名（已隐去）", "服务对象类别", "服务方式", "窗口"]);
    assert_eq!(found.len(), 3);
    let at = |name: &str| (1..3).find(|line| below(&found, "窗口", *line).get_string() == Some(name)).unwrap();
    at(RISKY);
    let line = at("爱心专窗");
    let said = ["状态", "姓名（已隐去）", "服务对象类别", "服务方式"].map(|head| text(below(&found, head, line)));
    assert_eq!(said, ["已预约", "何**", "残疾人", "上门服务"]);
    assert_eq!(
        [day(below(&found, "上门日期", line)), day(below(&found, "上门期限", line))],
        ["2026-02-14", "2026-02-19"]
    );
    assert_eq!(time(below(&found, "接待或预约时间", line)), "2026-02-13 09:00:00");
    assert!(!holds(&found, &["何添福", "5511", "示例路", "换领证件"]));
    for (login, rows) in [("clerk.dongqu", 2), ("supervisor.dongqu", 3), ("other.dongqu", 1), ("clerk.xiqu", 1)] {
        assert_eq!(lines(&mut signed_in(world, login).await, "care").await.len(), rows, "{login}");
    }
    assert_eq!(list(&mut signed_in(world, "handler.shiqi").await, "care").await.0, 403);
});

both_dbs!(what_is_on_record_of_a_tidal_window_leaves_table_by_table, async |test: TestDb| {
    let window = tidal::Window::new(test).await.peak().await;
    let world = &window.world;
    window.does("lead.dongqu", "openTidalWindow", "NamedTidalWindowInput", json!({})).await;
    let call = json!({ "calledAt": "2026-02-13T00:30:00Z", "answered": false, "tail": "0937", "note": RISKY });
    window.does("clerk.dongqu", "recordTidalCall", "RecordTidalCallInput", call).await;
    let work = json!({ "on": "2026-02-13", "work": "BACKLOG", "cases": 3, "minutes": 20, "note": RISKY });
    window.does("clerk.dongqu", "recordTidalWork", "RecordTidalWorkInput", work).await;
    let mut clerk = signed_in(world, "clerk.dongqu").await;
    let id = window.id.as_str().unwrap();
    let of = |list: &str| format!("tidal_{list}?post={id}&lang=zh-CN");
    let sessions = lines(&mut clerk, &of("sessions")).await;
    assert_eq!((sessions.len(), below(&sessions, "开启时等候人数", 1).get_float()), (2, Some(18.0)));
    assert_eq!(time(below(&sessions, "开启时间", 1)), "2026-02-13 09:05:00");
    assert_eq!([text(below(&sessions, "开启方式", 1)), text(below(&sessions, "开启人", 1))], ["按建议开启", "lead"]);
    let readings = lines(&mut clerk, &of("readings")).await;
    assert_eq!(heads(&readings), ["登记的时间", "等候人数", "预计等候（分钟）", "数据来源"]);
    assert_eq!(readings[1..].iter().map(|row| row[1].get_float()).collect::<Vec<_>>(), [Some(16.0), Some(18.0)]);
    assert_eq!([time(&readings[1][0]), text(&readings[1][3])], ["2026-02-13 09:00:00", "人工"]);
    let calls = lines(&mut clerk, &of("calls")).await;
    assert_eq!((calls.len(), below(&calls, "来电内容", 1).get_string()), (2, Some(RISKY)));
    assert_eq!(time(below(&calls, "来电时间", 1)), "2026-02-13 08:30:00");
    assert_eq!(below(&calls, "号码后四位", 1).get_string(), Some("0937"));
    assert_eq!(day(below(&calls, "回电期限", 1)), "2026-02-13");
    let work = lines(&mut clerk, &of("work")).await;
    assert_eq!((work.len(), below(&work, "说明", 1).get_string()), (2, Some(RISKY)));
    assert_eq!([day(&work[1][0]), text(&work[1][1]), text(&work[1][2])], ["2026-02-13", "陈小明", "后台审批和积压件"]);
    let peaks = lines(&mut clerk, &of("peaks")).await;
    assert_eq!((peaks.len(), below(&peaks, "状态", 1).get_string()), (2, Some("已开启")));
    assert_eq!(time(below(&peaks, "高峰开始时间", 1)), "2026-02-13 09:00:00");
    let mut elsewhere = signed_in(world, "clerk.xiqu").await;
    let mut handler = signed_in(world, "handler.shiqi").await;
    for list_of in ["sessions", "readings", "calls", "work", "peaks"] {
        assert_eq!(list(&mut elsewhere, &of(list_of)).await.0, 404, "{list_of}");
        assert_eq!(list(&mut handler, &of(list_of)).await.0, 403, "{list_of}");
    }
});

both_dbs!(phrases_leave_as_their_cards_are_narrowed, async |test: TestDb| {
    let world = World::new(test);
    let phrase = |kind: &str, text: &str, instead: &Value| json!({ "kind": kind, "category": "HANDLING", "text": text, "situation": "系统慢", "replacementFor": instead });
    let bad = does(&world, ADMIN, "addPhrase", "PhraseInput", phrase("FORBIDDEN", RISKY, &Value::Null)).await;
    does(&world, ADMIN, "addPhrase", "PhraseInput", phrase("CIVIL", "我先帮您核对材料", &bad["id"])).await;
    let mut staff = signed_in(&world, "staff.shiqi").await;
    let all = lines(&mut staff, "phrases?lang=zh-CN").await;
    let head = ["用语类别", "场合", "用语", "使用情形", "应改说／代替", "由谁添加", "用语来源", "在用"];
    assert_eq!(heads(&all), head);
    assert_eq!(all.len(), 20);
    let narrowed = "phrases?lang=zh-CN&kind=forbidden&category=handling&q=1%2B1";
    let found = lines(&mut staff, narrowed).await;
    assert_eq!((found.len(), found[1][2].get_string()), (2, Some(RISKY)));
    assert_eq!([&found[1][4], &found[1][5]].map(text), ["我先帮您核对材料", "本中心"]);
    assert_eq!(lines(&mut staff, "phrases?q=%E7%B3%BB%E7%BB%9F%E6%85%A2").await.len(), 3, "by its situation too");
    does(&world, ADMIN, "retirePhrase", "SeenPhraseInput", bad).await;
    assert_eq!(lines(&mut staff, narrowed).await.len(), 1);
    let retired = lines(&mut staff, &format!("{narrowed}&retired=true")).await;
    assert_eq!((retired.len(), retired[1][7].get_string()), (2, Some("否")));
    assert_eq!(list(&mut staff, "phrases?kind=nothing").await.0, 422);
    assert!(!holds(&lines(&mut signed_in(&world, "admin.xiaolan").await, "phrases").await, &[RISKY]));
    joins(&world, "volunteer.shiqi", Role::Volunteer).await;
    assert_eq!(list(&mut signed_in(&world, "volunteer.shiqi").await, "phrases").await.0, 403);
});

both_dbs!(the_plan_of_a_year_and_what_self_audits_found_leave, async |test: TestDb| {
    let world = World::new(test);
    let (one, two) = (person(&world, "S1", json!({})).await, person(&world, "S2", json!({})).await);
    for (year, title, due) in [(2026, RISKY, "2026-02-12"), (2027, "交流活动", "2027-01-29")] {
        let task = json!({ "year": year, "title": title, "owner": one["id"], "dueOn": due });
        does(&world, ADMIN, "addPlanTask", "PlanTaskInput", task).await;
    }
    let audit = "mutation($i: RecordSelfAuditInput!) { recordSelfAudit(input: $i) { id } }";
    let input = json!({ "on": "2026-02-01", "scope": "服务用语", "auditor": two["id"] });
    let audit = world.ok(ADMIN, audit, json!({ "i": input })).await["recordSelfAudit"]["id"].clone();
    let finding = json!({ "audit": audit, "result": "NONCONFORM", "clause": "4.2", "description": RISKY,
        "measure": "换发新版", "owner": one["id"], "dueOn": "2026-02-12" });
    does(&world, ADMIN, "addAuditFinding", "AddAuditFindingInput", finding).await;
    let mut staff = signed_in(&world, "staff.shiqi").await;
    let plan = lines(&mut staff, "plan?lang=zh-CN").await;
    assert_eq!(heads(&plan)[..4], ["任务", "责任人", "完成期限", "进度"]);
    assert_eq!((plan.len(), plan[1][0].get_string()), (2, Some(RISKY)));
    let said = [text(&plan[1][1]), day(&plan[1][2]), text(below(&plan, "任务超期", 1))];
    assert_eq!(said, ["员工S1", "2026-02-12", "是"]);
    let next = lines(&mut staff, "plan?year=2027").await;
    assert_eq!((next.len(), next[1][0].get_string()), (2, Some("交流活动")));
    let (status, bytes) = list(&mut staff, "plan?year=next").await;
    assert_eq!(status, 422);
    assert_eq!(codes(&serde_json::from_slice(&bytes).unwrap()), ["INVALID", "sheets.filter"]);
    let findings = lines(&mut staff, "findings?lang=zh-CN").await;
    assert_eq!(heads(&findings)[..4], ["自查日期", "自查范围", "自查人", "自查结果"]);
    assert_eq!((findings.len(), below(&findings, "情况", 1).get_string()), (2, Some(RISKY)));
    let said = ["自查人", "自查结果", "责任人", "整改超期"].map(|head| text(below(&findings, head, 1)));
    assert_eq!(said, ["员工S2", "不符合", "员工S1", "是"]);
    assert_eq!([day(&findings[1][0]), day(below(&findings, "整改期限", 1))], ["2026-02-01", "2026-02-12"]);
    assert_eq!(lines(&mut signed_in(&world, "admin.xiaolan").await, "findings").await.len(), 1);
    joins(&world, "coordinator.shiqi", Role::VolunteerCoordinator).await;
    let mut coordinator = signed_in(&world, "coordinator.shiqi").await;
    assert_eq!(list(&mut coordinator, "plan").await.0, 403);
    assert_eq!(list(&mut coordinator, "findings").await.0, 403);
});

both_dbs!(posts_and_members_leave_as_they_were_looked_for, async |test: TestDb| {
    let world = World::new(test);
    let one = person(&world, "S1", json!({})).await;
    let (at, _) = (post(&world, "w1").await, post(&world, "w2").await);
    assigned(&world, &at, &one, "MAIN").await;
    let mut admin = signed_in(&world, ADMIN).await;
    assert_eq!(lines(&mut admin, "posts").await.len(), 3);
    // By who is there on the day, as on the board.
    let found = lines(&mut admin, "posts?day=2026-02-13&q=%E5%91%98%E5%B7%A5s1&lang=zh-CN").await;
    assert_eq!((found.len(), below(&found, "岗位编号", 1).get_string()), (2, Some("w1")));
    assert_eq!(lines(&mut admin, "posts?day=2026-01-30&q=%E5%91%98%E5%B7%A5s1").await.len(), 1);
    let all = lines(&mut admin, "members").await.len();
    let found = lines(&mut admin, "members?q=HANDLER&lang=zh-CN").await;
    assert!(found.len() == 3 && all > 3, "{found:?}");
    assert_eq!(lines(&mut admin, "members?q=handler&status=active").await.len(), 3);
    assert_eq!(lines(&mut admin, "members?status=suspended").await.len(), 1);
    assert_eq!(list(&mut admin, "members?status=nothing").await.0, 422);
});
