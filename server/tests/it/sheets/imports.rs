//! Workbooks that come in, honest and not.

use serde_json::{Value, json};
use server::{both_dbs, testing::TestDb};

use super::{
    get, post,
    samples::{data, table, workbook},
    sheets, signed_in, text,
};
use crate::{
    browser::Browser,
    world::{World, codes},
};

const HEAD: &[&str] = &["工号 *", "姓名", "部门", "入职日期", "性别", "中共党员"];

/// What is wrong: place and code.
fn faults(outcome: &Value) -> Vec<(String, String)> {
    assert!(outcome["faults"].is_array(), "{outcome:#}");
    let list = outcome["faults"].as_array().unwrap();
    let word = |fault: &Value, name: &str| fault[name].as_str().unwrap().to_owned();
    list.iter().map(|f| (format!("{}{}", word(f, "column"), f["row"]), word(f, "code"))).collect()
}

async fn staff(world: &World) -> Vec<String> {
    let found = world.ok("admin.shiqi", "{ staffMembers { staffNo } }", json!({})).await;
    let rows = found["staffMembers"].as_array().unwrap();
    rows.iter().map(|row| row["staffNo"].as_str().unwrap().to_owned()).collect()
}

async fn undo(world: &World, id: &Value) -> Vec<String> {
    let undo = "mutation($i: UndoImportInput!) { undoImport(input: $i) { undoneAt } }";
    codes(&world.run("admin.shiqi", undo, json!({ "i": { "id": id } })).await)
}

both_dbs!(a_table_of_staff_is_judged_added_and_taken_back, async |test: TestDb| {
    let world = World::new(test);
    let department = json!({ "i": { "code": "medical", "nameZh": "医保", "nameEn": "Medical" } });
    let add = "mutation($i: DepartmentInput!) { addDepartment(input: $i) { id } }";
    world.ok("admin.shiqi", add, department.clone()).await;
    let other = json!({ "i": { "code": "land", "nameZh": "别处的部门", "nameEn": "Land" } });
    world.ok("admin.xiaolan", add, other).await;
    let one = "mutation($i: StaffInput!) { addStaffMember(input: $i) { id } }";
    world.ok("admin.shiqi", one, json!({ "i": { "staffNo": "T-1", "name": "已有" } })).await;
    let mut admin = signed_in(&world, "admin.shiqi").await;
    let rows: &[&[&str]] = &[
        HEAD,
        &["示例 A-001", "张三"],
        &["\u{3000}A-2\u{3000}", "张 三", "医保", "=  s=\"1\"><v>45000</v>", "女", "=  t=\"b\"><v>1</v>"],
        &["=><v>1001</v>", "李四", "medical", "2024/3/1", "Male", "否"],
        &["T-1", "王五"],
        &["A-2", "赵六"],
        &["A-3", "", "没有的部门", "2026-02-30", "other", "=><f>1+1</f><v>2</v>"],
        &["A-4", "钱七", "别处的部门", "=><v>45000</v>"],
        &["A 5", "=  t=\"e\"><v>#DIV/0!</v>"],
        &["A-6", "孙八", "", "2027-01-01"],
    ];
    let book = table(rows);
    let (status, judged) = post(&mut admin, "/imports/staff?mode=check&lang=zh-CN", book.clone()).await;
    assert_eq!(status, 200, "{judged:#}");
    assert_eq!((&judged["rows"], &judged["sound"], &judged["batch"]), (&json!(8), &json!(2), &Value::Null));
    let expected = [
        ("A5", "posts.taken"),
        ("A6", "import.twice"),
        ("C7", "import.unknown"),
        ("D7", "import.date"),
        ("E7", "import.unknown"),
        ("F7", "import.formula"),
        ("B7", "form.required"),
        ("C8", "import.unknown"),
        ("D8", "import.date_number"),
        ("B9", "import.broken"),
        ("A9", "posts.staff_no"),
        ("D10", "form.date_in_future"),
    ];
    assert_eq!(faults(&judged), expected.map(|(place, code)| (place.to_owned(), code.to_owned())));
    assert_eq!(judged["faults"][1]["args"][0]["value"], "3");
    assert_eq!(staff(&world).await, ["T-1"], "a look changes nothing");
    let (status, refused) = post(&mut admin, "/imports/staff?mode=all", book.clone()).await;
    assert_eq!((status.as_u16(), codes(&refused)), (422, vec!["INVALID".to_owned(), "import.faults".to_owned()]));
    let (_, done) = post(&mut admin, "/imports/staff?mode=valid", book.clone()).await;
    assert_eq!(done["sound"], 2, "{done:#}");
    assert_eq!(staff(&world).await, ["1001", "A-2", "T-1"]);
    let shown = "{ staffMembers { staffNo name joinedOn departmentId } }";
    let rows = world.ok("admin.shiqi", shown, json!({})).await["staffMembers"].clone();
    assert_eq!((&rows[1]["name"], &rows[1]["joinedOn"]), (&json!("张 三"), &json!("2023-03-15")));
    assert!(rows[0]["departmentId"].is_string() && rows[0]["departmentId"] == rows[1]["departmentId"]);
    let (_, again) = post(&mut admin, "/imports/staff?mode=valid", book).await;
    assert_eq!(codes(&again), ["INVALID", "import.nothing"]);
    let batches = world.ok("admin.shiqi", "{ importBatches { id records rowCount undoneAt } }", json!({})).await;
    assert_eq!(batches["importBatches"][0]["rowCount"], 2);
    assert_eq!(undo(&world, &done["batch"]).await, [""]);
    assert_eq!(staff(&world).await, ["T-1"]);
    assert_eq!(undo(&world, &done["batch"]).await, ["INVALID", "import.undone"]);
    let verbs = world.audit_verbs("shiqi").await;
    let of = |verb: &str| verbs.iter().filter(|known| *known == verb).count();
    assert_eq!((of("batch_imported"), of("batch_undone"), of("staff_added")), (1, 1, 1));
});

both_dbs!(a_batch_stays_when_something_has_come_of_it, async |test: TestDb| {
    let world = World::new(test);
    let mut admin = signed_in(&world, "admin.shiqi").await;
    let book = table(&[&["Staff number", "Name"], &["A-1", "张三"], &["A-2", "李四"]]);
    let batch = post(&mut admin, "/imports/staff?mode=all", book.clone()).await.1["batch"].clone();
    let rows = world.ok("admin.shiqi", "{ staffMembers { id version staffNo } }", json!({})).await;
    let first = &rows["staffMembers"][0];
    let edit = "mutation($i: EditStaffInput!) { editStaffMember(input: $i) { id } }";
    let edited = json!({ "id": first["id"], "version": first["version"], "staffNo": "A-1", "name": "张三丰" });
    world.ok("admin.shiqi", edit, json!({ "i": edited })).await;
    assert_eq!(undo(&world, &batch).await, ["INVALID", "import.changed"]);
    assert_eq!(staff(&world).await, ["A-1", "A-2"], "nothing of it is gone");
    let posts: &[&[&str]] = &[
        &["岗位名称", "岗位编号", "岗位类别"],
        &["导服岗", "GUIDE-1", "guide_post"],
        &["无类别", "x-1", ""],
        &["错类别", "x-2", "nothing"],
        &["重复", "guide-1", "guide_post"],
    ];
    let (_, done) = post(&mut admin, "/imports/posts?mode=valid", table(posts)).await;
    let expected = [("C3", "posts.kind_unknown"), ("C4", "import.unknown"), ("B5", "import.twice")];
    assert_eq!(faults(&done), expected.map(|(place, code)| (place.to_owned(), code.to_owned())));
    let listed = world.ok("admin.shiqi", "{ posts { id code status } }", json!({})).await["posts"].clone();
    assert_eq!((&listed[0]["code"], &listed[0]["status"]), (&json!("guide-1"), &json!("PLANNED")));
    let assign = "mutation($i: AssignStaffInput!) { assignStaffMember(input: $i) { id } }";
    let there = json!({ "post": listed[0]["id"], "staff": rows["staffMembers"][1]["id"], "capacity": "MAIN", "from": "2026-02-16" });
    world.ok("admin.shiqi", assign, json!({ "i": there })).await;
    assert_eq!(undo(&world, &done["batch"]).await, ["INVALID", "import.depended_on"]);
    let elsewhere = "mutation($i: UndoImportInput!) { undoImport(input: $i) { id } }";
    let theirs = world.run("admin.xiaolan", elsewhere, json!({ "i": { "id": batch } })).await;
    assert_eq!(codes(&theirs), ["NOT_FOUND"]);
});

both_dbs!(the_form_comes_with_an_example_and_lists_and_goes_back_in, async |test: TestDb| {
    let world = World::new(test);
    let mut admin = signed_in(&world, "admin.shiqi").await;
    for (table, lang, head) in [
        ("staff", "zh-CN", "工号 *"),
        ("staff", "en", "Staff number *"),
        ("posts", "en", "Post code *"),
        ("training", "zh-CN", "工号 *"),
    ] {
        let (status, bytes) = get(&mut admin, &format!("/imports/{table}?lang={lang}")).await;
        assert_eq!(status, 200);
        let found = sheets(bytes.clone());
        assert_eq!(text(&found[0].1[0][0]), head);
        assert_eq!(found.len(), 3);
        let (status, judged) = post(&mut admin, &format!("/imports/{table}?mode=check&lang={lang}"), bytes).await;
        assert_eq!(status, 200, "{judged:#}");
        assert_eq!((&judged["rows"], &judged["faultCount"]), (&json!(0), &json!(0)), "{judged:#}");
    }
    let mut handler = signed_in(&world, "handler.shiqi").await;
    assert_eq!(get(&mut handler, "/imports/staff").await.0, 403);
    let book = table(&[&["工号", "姓名"], &["A-1", "张三"]]);
    assert_eq!(post(&mut handler, "/imports/staff?mode=check", book.clone()).await.0, 403);
    assert_eq!(post(&mut Browser::new(&world), "/imports/staff?mode=check", book.clone()).await.0, 401);
    assert_eq!(post(&mut admin, "/imports/staff", book.clone()).await.0, 400);
    assert_eq!(post(&mut admin, "/imports/members?mode=check", book).await.0, 404);
    assert_eq!(post(&mut admin, "/imports/staff?mode=check", vec![0; (5 << 20) + 1]).await.0, 413);
});

both_dbs!(a_table_of_trainings_counts_for_each_and_goes_again, async |test: TestDb| {
    let world = World::new(test);
    let mut admin = signed_in(&world, "admin.shiqi").await;
    let people = table(&[&["工号", "姓名"], &["A-1", "张三"], &["A-2", "李四"], &["A-3", "王五"]]);
    post(&mut admin, "/imports/staff?mode=all", people).await;
    let head: &[&str] =
        &["工号", "日期", "开始时间", "时长（小时）", "方式", "主题", "培训名称", "到场", "结果", "分数"];
    let book = table(&[
        head,
        &["A-1", "2026-01-12", "14:30", "2", "培训", "服务礼仪", "礼仪培训"],
        &["A-2", "2026-01-12", "14:30", "2", "培训", "服务礼仪", "礼仪培训", "否"],
        &["A-1", "2026-01-12", "14:30", "2", "培训", "服务礼仪", "礼仪培训"],
        &["A-3", "2026-01-12", "14:30", "3", "培训", "服务礼仪", "礼仪培训"],
        &["A-1", "2026-01-20", "09:00", "1", "技能测试", "业务知识", "业务测试", "", "合格", "92"],
        &["A-2", "2026-01-20", "09:00", "1", "技能测试", "业务知识", "业务测试"],
        &["A-9", "2026-01-20", "9:00", "x", "技能测试", "业务知识", "业务测试", "", "合格"],
        &["", "", "09:00", "1", "培训", "", "没有日期"],
        &["A-3", "2026-03-20", "09:00", "1", "培训", "业务知识", "还没到"],
    ]);
    let (status, judged) = post(&mut admin, "/imports/training?mode=check&lang=zh-CN", book.clone()).await;
    assert_eq!(status, 200, "{judged:#}");
    assert_eq!((&judged["rows"], &judged["sound"]), (&json!(9), &json!(3)), "{judged:#}");
    let expected = [
        ("A4", "import.twice"),
        ("G5", "import.session_differs"),
        ("I7", "training.result"),
        ("D8", "import.count"),
        ("A8", "import.nobody"),
        ("C8", "training.start"),
        ("A9", "form.required"),
        ("B9", "form.required"),
        ("F9", "form.required"),
        ("B10", "training.not_yet"),
    ];
    assert_eq!(faults(&judged), expected.map(|(place, code)| (place.to_owned(), code.to_owned())));
    let (_, done) = post(&mut admin, "/imports/training?mode=valid", book.clone()).await;
    assert_eq!(done["sound"], 3, "{done:#}");
    let query = "{ trainingSessions(year: 2026) { session { title status } } }";
    let shown = async || world.ok("admin.shiqi", query, json!({})).await["trainingSessions"].clone();
    let held = |title: &str| json!({ "session": { "title": title, "status": "HELD" } });
    assert_eq!(shown().await, json!([held("业务测试"), held("礼仪培训")]));
    let (_, again) = post(&mut admin, "/imports/training?mode=check", book).await;
    let known = faults(&again).iter().filter(|(_, code)| code == "import.session_known").count();
    assert_eq!(known, 6, "each line of a session that is on record: {again:#}");
    assert_eq!(undo(&world, &done["batch"]).await, [""]);
    assert_eq!(shown().await, json!([]));
});

/// The code of a workbook that is refused as a whole.
async fn refusal(admin: &mut Browser, book: Vec<u8>) -> String {
    let (status, answer) = post(admin, "/imports/staff?mode=check", book).await;
    let code = codes(&answer).pop().unwrap_or_default();
    assert!(status == 422 || status == 200, "{status} {answer:#}");
    code
}

#[tokio::test]
async fn a_hostile_workbook_is_refused_by_name() {
    server::testing::on_sqlite(async |test: TestDb| {
        let world = World::new(test);
        let mut admin = signed_in(&world, "admin.shiqi").await;
        let good = &[&["工号", "姓名"][..], &["A-1", "张三"][..]];
        let with = |name: &str, xml: &str| workbook(&data(good), &[(name, xml.as_bytes().to_vec())]);
        let wide: String = (0..1_000_000).map(|n| format!("<c a=\"{n}\"><v>1</v></c>")).collect();
        let far = "<sheetData><row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row></sheetData>";
        let long: String = (1..=5002).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>1</v></c></row>")).collect();
        let merged = data(good) + "<mergeCells count=\"1\"><mergeCell ref=\"A1:B1\"/></mergeCells>";
        let utf16: Vec<u8> = "<sst/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bomb = " ".repeat(120 << 20);
        let many = (0..300_000).map(|n| format!("<si a=\"{n}\"><t/></si>")).collect::<String>();
        let one_text = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(200_000));
        let refer = "<c t=\"s\"><v>0</v></c>".repeat(50);
        let refers: String = (0..4999).map(|n| format!("<row a=\"{n}\">{refer}</row>")).collect();
        let refers = format!("<sheetData>{refers}</sheetData>");
        let cases = [
            ("text", b"a,b,c".to_vec(), "import.kind"),
            ("nothing", Vec::new(), "files.empty"),
            (
                "wide",
                workbook(&format!("<sheetData><row r=\"1\">{wide}</row></sheetData>"), &[]),
                "import.too_many_cells",
            ),
            ("far", workbook(far, &[]), "import.too_many_columns"),
            ("long", workbook(&format!("<sheetData>{long}</sheetData>"), &[]), "import.too_many_rows"),
            ("merged", workbook(&merged, &[]), "import.merged"),
            ("empty", workbook("<sheetData/>", &[]), "import.no_rows"),
            ("claims", with("xl/sharedStrings.xml", "<sst count=\"1\" uniqueCount=\"4294967295\"/>"), "import.xml"),
            (
                "formula",
                workbook(&data(&[&["=><f t=\"shared\" si=\"4294967295\" ref=\"A1\">1</f>"]]), &[]),
                "import.xml",
            ),
            ("entities", with("xl/sharedStrings.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><sst/>"), "import.xml"),
            ("utf-16", workbook(&data(good), &[("xl/sharedStrings.xml", utf16)]), "import.xml"),
            ("other letters", with("xl/styles.xml", "<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>"), "import.xml"),
            ("bomb", with("xl/styles.xml", &bomb), "files.bomb"),
            ("strings", with("xl/sharedStrings.xml", &format!("<sst>{many}</sst>")), "import.too_many_cells"),
            (
                "one long text",
                workbook(&refers, &[("xl/sharedStrings.xml", one_text.into_bytes())]),
                "import.too_large",
            ),
            ("no sheet", with("xl/workbook.xml", "<workbook><sheets/></workbook>"), "import.no_sheet"),
            ("half", table(good)[..600].to_vec(), "files.damaged"),
        ];
        for (name, book, code) in cases {
            assert_eq!(refusal(&mut admin, book).await, code, "{name}");
        }
        // Its columns are told to be wrong, line by line of none.
        let (_, judged) =
            post(&mut admin, "/imports/staff?mode=check", table(&[&["姓名", "姓名", "年龄"], &["a"]])).await;
        let expected = [("B1", "import.column_twice"), ("C1", "import.column_unknown"), ("1", "import.column_missing")];
        assert_eq!(faults(&judged), expected.map(|(place, code)| (place.to_owned(), code.to_owned())));
    })
    .await;
}

both_dbs!(five_thousand_people_are_judged_in_a_moment, async |test: TestDb| {
    let world = World::new(test);
    let mut admin = signed_in(&world, "admin.shiqi").await;
    let lines: Vec<[String; 4]> =
        (0..5000).map(|n| [format!("A-{n}"), format!("员工{n}"), String::new(), "2024-03-01".to_owned()]).collect();
    let lines: Vec<Vec<&str>> = lines.iter().map(|line| line.iter().map(String::as_str).collect()).collect();
    let mut rows: Vec<&[&str]> = vec![&HEAD[..4]];
    rows.extend(lines.iter().map(Vec::as_slice));
    let book = table(&rows);
    let (_, judged) = post(&mut admin, "/imports/staff?mode=check", book.clone()).await;
    assert_eq!((&judged["sound"], &judged["faultCount"]), (&json!(5000), &json!(0)), "{judged:#}");
    let (_, done) = post(&mut admin, "/imports/staff?mode=all", book).await;
    assert_eq!(undo(&world, &done["batch"]).await, [""]);
});
