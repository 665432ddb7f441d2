//! Invented windows and items of the center that a newcomer sees first: one window has not exchanged data for long, one
//! is not connected, and one item waits for a window that is still being set up.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::{
    DepartmentId, PostId,
    items::{ItemForm, PlaceForm, PlatformLink, ServedAt, Setup, WindowType},
    posts::PostForm,
};

use super::service;
use crate::{
    demo::Cast,
    error::Result,
    graphql::context::{App, Cx},
    posts::{self, service::Seen},
    tenancy,
};

/// Code, name, department; the dedicated post and why.
type Told = (&'static str, &'static str, &'static str, Option<(&'static str, &'static str)>);

const ITEMS: [Told; 10] = [
    ("GT-001", "个体工商户开业登记", "market_regulation", None),
    ("GT-002", "食品经营许可证办理", "market_regulation", None),
    ("GT-003", "公司名称变更", "market_regulation", None),
    ("JS-001", "公租房申请", "housing_construction", None),
    ("JS-002", "不动产登记资料查询", "housing_construction", Some(("est", "需核验原始登记档案，档案不能离开专窗。"))),
    ("SB-001", "社保卡补办", "human_resources", None),
    ("SB-002", "灵活就业参保登记", "human_resources", None),
    ("SB-003", "工伤待遇申领", "human_resources", Some(("hr1", "需逐件核对工伤认定材料，由人社分局专人办理。"))),
    ("SB-004", "退休待遇核定", "human_resources", Some(("hr1", "需当面核对历年参保记录。"))),
    ("WJ-001", "生育登记", "health", None),
];

/// The post, what it is for, how it is connected, and how many hours ago data came.
const WINDOWS: [(&str, WindowType, PlatformLink, Option<i64>); 4] = [
    ("w01", WindowType::Intake, PlatformLink::Linked, Some(1)),
    ("w02", WindowType::Intake, PlatformLink::Partly, Some(24 * 9)),
    ("w05", WindowType::Issue, PlatformLink::Linked, Some(3)),
    ("w06", WindowType::Enquiry, PlatformLink::NotLinked, None),
];

/// Puts them in.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, cast: &Cast) -> Result<()> {
    let cx = Cx::new(app.clone(), Some(cast.admin.clone()), None, "demo".to_owned());
    let departments = tenancy::service::departments(&cx).await?;
    let departments: BTreeMap<_, _> = departments.into_iter().map(|row| (row.code, row.id)).collect();
    add_estate_window(&cx, &departments).await?;
    let posts = posts::repo::posts(&*cx.read().await?).await?;
    let post = |code: &str| posts.iter().find(|row| row.code == code).map(|row| (row.id, row.version));
    for (code, kind, link, hours) in WINDOWS {
        let Some((id, version)) = post(code) else { continue };
        let synced_at = hours.map(|hours| cx.now() - TimeDelta::hours(hours));
        service::set_up(&cx, Seen { id, version }, Setup { kind, link, synced_at }).await?;
    }
    for (code, name, department, dedicated) in ITEMS {
        let Some(department) = departments.get(department).copied() else { continue };
        let form = ItemForm { code: code.to_owned(), name: name.to_owned(), department };
        let place = place(dedicated, |code| post(code).map(|(id, _)| id));
        service::add(&cx, form, place).await?;
    }
    Ok(())
}

/// A window that is still being set up.
async fn add_estate_window(cx: &Cx, departments: &BTreeMap<String, DepartmentId>) -> Result<()> {
    let form = PostForm {
        code: "est".to_owned(),
        name: "不动产专窗".to_owned(),
        kind: "handling_post".to_owned(),
        department: departments.get("housing_construction").copied(),
        window_no: Some("9".to_owned()),
        location: Some("一楼大厅北侧".to_owned()),
        open_hours: Some("周一至周五 8:30–12:00，14:30–17:30".to_owned()),
        duties: Some("受理不动产登记资料查询；核对申请人身份和查询范围。".to_owned()),
        extra: vec![("side".to_owned(), "window".to_owned())],
        ..PostForm::default()
    };
    posts::service::add(cx, form).await.map(drop)
}

fn place(dedicated: Option<(&str, &str)>, post: impl Fn(&str) -> Option<PostId>) -> PlaceForm {
    match dedicated {
        Some((code, reason)) => {
            PlaceForm { at: ServedAt::Dedicated, post: post(code), reason: Some(reason.to_owned()) }
        }
        None => PlaceForm { at: ServedAt::Integrated, post: None, reason: None },
    }
}
