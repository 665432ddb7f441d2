//! What is given and what follows from it as workbooks.

use calamine::DataType;
use serde_json::json;
use server::{both_dbs, testing::TestDb};

use super::{below, lines, list, sheets, signed_in, text};
use crate::ratings::Hall;

both_dbs!(a_week_and_its_bad_ratings_leave_as_their_pages_show_them, async |test: TestDb| {
    let hall = Hall::new(test).await;
    for _ in 0..6 {
        hall.rates("SATISFIED", json!({})).await;
    }
    hall.rates("DISSATISFIED", json!({ "remark": "等了一小时。", "contact": "13800001234" })).await;
    hall.at("2026-02-16T09:00");
    hall.sweep().await;
    let mut admin = signed_in(&hall.world, "admin.shiqi").await;

    let week = lines(&mut admin, "rating_week?lang=zh-CN").await;
    assert_eq!(week.len(), 4, "the head, all of it, a point, and the link");
    let of = |line: usize| ["评价点", "评价数", "满意", "不满意"].map(|head| text(below(&week, head, line)));
    assert_eq!(of(1), ["合计", "7", "6", "1"]);
    assert_eq!(of(2), ["一楼大厅", "7", "6", "1"]);
    assert_eq!(of(3), ["办结后链接", "", "", ""], "nobody came by it: too few to be shown");
    let (_, bytes) = list(&mut admin, "rating_week?lang=en&week=2026-02-11").await;
    let about = &sheets(bytes)[1].1;
    let filter = |row: &Vec<calamine::Data>| text(&row[0]).starts_with("Filter") && text(&row[1]) == "2026-02-09";
    assert!(about.iter().any(filter), "the week is named: {about:?}");
    assert_eq!(lines(&mut admin, "rating_week?week=2026-02-16").await.len(), 1, "a week that goes on shows nothing");
    assert_eq!(list(&mut admin, "rating_week?week=tomorrow").await.0, 422);

    let cases = lines(&mut admin, "bad_ratings?lang=zh-CN").await;
    let of = |head| text(below(&cases, head, 1));
    assert_eq!((cases.len(), of("评价等级"), of("留有联系方式")), (2, "不满意".into(), "是".into()));
    assert_eq!(below(&cases, "评价日期", 1).as_date().unwrap().to_string(), "2026-02-13");
    let all = format!("{cases:?}");
    assert!(!all.contains("一小时") && !all.contains("1234"), "neither the words nor the phone: {all}");
    assert_eq!(lines(&mut admin, "bad_ratings?queue=over").await.len(), 1);
    assert_eq!(list(&mut admin, "bad_ratings?queue=nothing").await.0, 422);
});
