//! Lists that leave as workbooks.

use axum::{body::Body, http::Request};
use calamine::DataType;
use domain::access::ROUTES;
use serde_json::json;
use server::{both_dbs, sheets::lists::List, testing::TestDb};

use super::{list, sheets, signed_in, text};
use crate::world::{World, codes};

both_dbs!(a_list_leaves_as_its_page_shows_it, async |test: TestDb| {
    let world = World::new(test);
    let add = "mutation($i: StaffInput!) { addStaffMember(input: $i) { id version } }";
    let leave = "mutation($i: StaffLeavesInput!) { staffMemberLeaves(input: $i) { id } }";
    let risky = json!({ "staffNo": "007", "name": "=HYPERLINK(\"x\")", "title": "导办", "joinedOn": "2025-09-01" });
    world.ok("admin.shiqi", add, json!({ "i": risky })).await;
    let gone = world.ok("admin.shiqi", add, json!({ "i": { "staffNo": "008", "name": "李四" } })).await;
    let gone = &gone["addStaffMember"];
    let left = json!({ "i": { "id": gone["id"], "version": gone["version"], "on": "2026-02-12" } });
    world.ok("admin.shiqi", leave, left).await;
    world.ok("admin.xiaolan", add, json!({ "i": { "staffNo": "009", "name": "别处的人" } })).await;
    let mut admin = signed_in(&world, "admin.shiqi").await;
    let (status, bytes) = list(&mut admin, "staff?lang=zh-CN").await;
    assert_eq!(status, 200);
    let found = sheets(bytes);
    let (name, rows) = &found[0];
    assert_eq!((name.as_str(), rows.len()), ("人员", 2));
    assert_eq!(rows[0].iter().map(text).collect::<Vec<_>>()[..3], ["工号", "姓名", "部门"]);
    // A number stays as it was typed, a formula is a text, a day is a day.
    assert_eq!(rows[1][0].get_string(), Some("007"));
    assert_eq!(rows[1][1].get_string(), Some("=HYPERLINK(\"x\")"));
    assert_eq!(rows[1][4].as_date().map(|day| day.to_string()).as_deref(), Some("2025-09-01"));
    let about: Vec<_> = found[1].1.iter().map(|row| (text(&row[0]), text(&row[1]))).collect();
    assert_eq!(about[0], ("内容".into(), "人员".into()));
    assert!(about.contains(&("行数".into(), "1".into())), "{about:?}");
    let (_, bytes) = list(&mut admin, "staff?lang=en&former=true&q=%E6%9D%8E").await;
    let found = sheets(bytes);
    assert_eq!(found[0].1.len(), 2);
    assert_eq!((text(&found[0].1[0][0]), text(&found[0].1[1][1])), ("Staff number".into(), "李四".into()));
    assert!(found[1].1.iter().any(|row| text(&row[0]) == "Filter: Words" && text(&row[1]) == "李"));
    let verbs = world.audit_verbs("shiqi").await;
    assert_eq!(verbs.iter().filter(|verb| *verb == "list_exported").count(), 2);
});

both_dbs!(complaints_leave_masked_and_narrowed, async |test: TestDb| {
    let world = World::new(test);
    let (case, _) = world.filed(json!({})).await;
    let other = json!({ "idempotencyKey": uuid::Uuid::from_u128(2).to_string(), "subject": "OTHER" });
    world.filed(other).await;
    let mut handler = signed_in(&world, "handler.shiqi").await;
    let (status, bytes) = list(&mut handler, "complaints?queue=new&subject=delay&lang=zh-CN").await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
    let found = sheets(bytes);
    let rows = &found[0].1;
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert_eq!(text(&rows[1][0]), case["number"].as_str().unwrap());
    let line: Vec<_> = rows[1].iter().map(text).collect();
    assert!(!line.iter().any(|cell| cell.contains("陈小明") || cell.contains("13800001234")), "{line:?}");
    assert!(rows[1][8].as_datetime().is_some_and(|at| at.to_string().starts_with("2026-02-13 09:")), "{line:?}");
    let words = "complaints?q=138%200000%201234";
    assert_eq!(sheets(list(&mut handler, words).await.1)[0].1.len(), 3);
    // What somebody looked for is nobody's to read later.
    let told = world.audit_details("shiqi").await;
    assert!(told.iter().any(|detail| detail == "complaints queue=all words=yes rows=2"), "{told:?}");
    let (status, bytes) = list(&mut handler, "complaints?status=nothing").await;
    assert_eq!(status, 422);
    assert_eq!(codes(&serde_json::from_slice(&bytes).unwrap()), ["INVALID", "sheets.filter"]);
});

both_dbs!(the_register_of_standards_leaves_with_its_days_and_narrowed_as_the_page_is, async |test: TestDb| {
    let world = World::new(test);
    let add = "mutation($i: StaffInput!) { addStaffMember(input: $i) { id } }";
    let owner = world.ok("admin.shiqi", add, json!({ "i": { "staffNo": "007", "name": "萧静文" } })).await;
    let register = "mutation($i: RegisterStandardInput!) { registerStandard(input: $i) { id } }";
    for (number, title, adopted) in
        [("DB4420/T 29—2023", "行为规范", json!("2023-08-26")), ("Q/SQZW 001—2026", "一次性告知", json!(null))]
    {
        let row = json!({ "number": number, "title": title, "level": "LOCAL", "edition": "第1版",
            "owner": owner["addStaffMember"]["id"], "adoptedOn": adopted });
        world.ok("admin.shiqi", register, json!({ "i": row })).await;
    }
    let mut staff = signed_in(&world, "staff.shiqi").await;
    let (status, bytes) = list(&mut staff, "standards?lang=zh-CN").await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
    let found = sheets(bytes);
    let (name, rows) = &found[0];
    assert_eq!((name.as_str(), rows.len()), ("标准台账", 3));
    let head = ["标准编号", "标准名称", "级别", "版本", "状态", "实施日期", "责任人", "复审期限", "代替标准"];
    assert_eq!(rows[0].iter().map(text).collect::<Vec<_>>(), head);
    assert_eq!(rows[1][5].as_date().map(|day| day.to_string()).as_deref(), Some("2023-08-26"));
    assert_eq!(rows[1][7].as_date().map(|day| day.to_string()).as_deref(), Some("2026-08-26"));
    assert_eq!((text(&rows[1][4]), text(&rows[1][6])), ("实施中".into(), "萧静文".into()));
    let (_, bytes) = list(&mut staff, "standards?lang=en&status=drafting&q=%E5%91%8A%E7%9F%A5").await;
    let found = sheets(bytes);
    assert_eq!((found[0].1.len(), text(&found[0].1[1][0])), (2, "Q/SQZW 001—2026".into()));
    assert!(found[1].1.iter().any(|row| text(&row[0]) == "Filter: Status" && text(&row[1]) == "Drafting"));
    assert_eq!(list(&mut staff, "standards?status=nothing").await.0, 422);
});

both_dbs!(rectification_tasks_leave_with_their_days_and_narrowed_as_the_page_is, async |test: TestDb| {
    let world = World::new(test);
    let found = "mutation($i: RecordFindingInput!) { recordFinding(input: $i) { id version } }";
    let open = "mutation($i: RectifyFindingInput!) { rectifyFinding(input: $i) { id } }";
    for problem in ["窗口秩序松散", "告知单漏发"] {
        let input = json!({ "on": "2026-02-12", "supervision": "INTERNAL", "area": "OTHER", "description": "x" });
        let finding = world.ok("admin.shiqi", found, json!({ "i": input })).await["recordFinding"].clone();
        let input = json!({ "id": finding["id"], "version": finding["version"], "problem": problem,
            "cause": "CONDUCT", "days": 1 });
        world.ok("admin.shiqi", open, json!({ "i": input })).await;
    }
    let mut admin = signed_in(&world, "admin.shiqi").await;
    let (status, bytes) = list(&mut admin, "rectifications?lang=zh-CN&q=%E5%91%8A%E7%9F%A5").await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
    let found = sheets(bytes);
    let (name, rows) = &found[0];
    assert_eq!((name.as_str(), rows.len(), text(&rows[1][0])), ("整改任务", 2, "告知单漏发".into()));
    assert_eq!((text(&rows[1][1]), text(&rows[1][2])), ("待制定措施".into(), "监督发现".into()));
    assert_eq!(rows[1][7].as_date().map(|day| day.to_string()).as_deref(), Some("2026-02-14"));
    let (_, bytes) = list(&mut admin, "rectifications?lang=en&queue=over").await;
    let found = sheets(bytes);
    assert_eq!(found[0].1.len(), 1);
    assert!(found[1].1.iter().any(|row| text(&row[0]) == "Filter: Queue" && text(&row[1]) == "Closed"));
    assert_eq!(list(&mut admin, "rectifications?status=nothing").await.0, 422);
});

both_dbs!(each_list_leaves_for_whom_the_table_of_routes_lets_in, async |test: TestDb| {
    let world = World::new(test);
    for login in ["admin.shiqi", "handler.shiqi", "staff.shiqi", "supervisor.shiqi"] {
        let scope = world.test.scope(login).await;
        let mut browser = signed_in(&world, login).await;
        for kind in List::ALL {
            let route = format!("POST /exports/{}", kind.key());
            let access = ROUTES.iter().find(|(name, _)| *name == route).unwrap().1;
            let may = scope.require(access.permission().unwrap()).is_ok();
            let (status, bytes) = list(&mut browser, kind.key()).await;
            // Of one post, or of one session: which one?
            let of_one = kind.key().starts_with("tidal_") || matches!(kind, List::Ledger | List::Attendance);
            let expected = match (may, of_one) {
                (false, _) => 403,
                (true, true) => 422,
                (true, false) => 200,
            };
            assert_eq!(status, expected, "{login} {route}");
            // Whatever has no words stands as a question mark.
            let found = if status == 200 { sheets(bytes) } else { Vec::new() };
            let mut heads = found.iter().flat_map(|(name, rows)| rows[0].iter().map(text).chain([name.clone()]));
            assert!(heads.all(|head| head != "?"), "{login} {route}");
        }
        assert_eq!(list(&mut browser, "everything").await.0, 404);
    }
    let mut admin = signed_in(&world, "admin.shiqi").await;
    let form = Request::post("/exports/staff").header("content-type", "application/x-www-form-urlencoded");
    let form = form.body(Body::from("lang=en")).unwrap();
    assert_eq!(admin.send(form).await.0, 403, "a form of anybody's starts no export");
    assert_eq!(list(&mut crate::browser::Browser::new(&world), "staff").await.0, 401);
});
