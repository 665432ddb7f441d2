//! Integrated windows and the window of each item.

use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use domain::{
    DepartmentId, PostId, ServiceItemId,
    items::{PlatformLink, ServedAt, WindowCheck, WindowType},
    posts::PostStatus,
    settings::EntryStatus,
};

use super::{ApiError, account::questions, run, schema};

/// An integrated window.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "IntegratedWindow")]
pub struct Window {
    pub id: PostId,
    pub version: i32,
    pub name: String,
    pub status: PostStatus,
    pub kind: Option<WindowType>,
    pub link: Option<PlatformLink>,
    pub synced_at: Option<DateTime<Utc>>,
    pub stale: bool,
}

/// An item of the center.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ServiceItem")]
pub struct Item {
    pub id: ServiceItemId,
    pub version: i32,
    pub code: String,
    pub name: String,
    pub department: DepartmentId,
    pub served_at: ServedAt,
    pub post: Option<PostId>,
    pub reason: Option<String>,
    pub status: EntryStatus,
}

/// A post that serves an item, or may be chosen to.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ItemPost")]
pub struct Post {
    pub id: PostId,
    pub code: String,
    pub name: String,
    pub status: PostStatus,
}

/// A department that an item belongs to, or may belong to.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ItemDepartment")]
pub struct Department {
    pub id: DepartmentId,
    pub name_zh: String,
    pub name_en: String,
    pub offered: bool,
}

/// How a check stands.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "WindowCheckResult")]
pub struct CheckResult {
    pub check: WindowCheck,
    pub fine: bool,
    pub types: Vec<WindowType>,
    pub posts: Vec<PostId>,
    pub items: Vec<ServiceItemId>,
}

/// Windows, items and what is missing among them.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ItemMap")]
pub struct Map {
    pub windows: Vec<Window>,
    pub items: Vec<Item>,
    pub posts: Vec<Post>,
    pub departments: Vec<Department>,
    pub checks: Vec<CheckResult>,
    pub may_manage: bool,
    pub sync_days: i32,
}

#[derive(cynic::InputObject)]
pub struct SetUpWindowInput {
    pub id: PostId,
    pub version: i32,
    pub kind: WindowType,
    pub link: PlatformLink,
    pub synced_at: Option<DateTime<Utc>>,
}

#[derive(cynic::InputObject)]
pub struct ServiceItemInput {
    pub code: String,
    pub name: String,
    pub department: DepartmentId,
    pub served_at: ServedAt,
    pub post: Option<PostId>,
    pub reason: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct EditServiceItemInput {
    pub id: ServiceItemId,
    pub version: i32,
    pub code: String,
    pub name: String,
    pub department: DepartmentId,
}

#[derive(cynic::InputObject)]
pub struct PlaceServiceItemInput {
    pub id: ServiceItemId,
    pub version: i32,
    pub served_at: ServedAt,
    pub post: Option<PostId>,
    pub reason: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct SeenServiceItemInput {
    pub id: ServiceItemId,
    pub version: i32,
}

/// A window that was set up; the page then asks for all of it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "IntegratedWindow")]
pub struct SetUp {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: PostId,
}

/// An item that was changed; the same.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ServiceItem")]
pub struct Done {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: ServiceItemId,
}

questions! {
    set_up_window = "setUpWindow" (SetUpWindowInput) -> SetUp;
    add_service_item = "addServiceItem" (ServiceItemInput) -> Done;
    edit_service_item = "editServiceItem" (EditServiceItemInput) -> Done;
    place_service_item = "placeServiceItem" (PlaceServiceItemInput) -> Done;
    retire_service_item = "retireServiceItem" (SeenServiceItemInput) -> Done;
    restore_service_item = "restoreServiceItem" (SeenServiceItemInput) -> Done;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct MapQuery {
    item_map: Map,
}

/// The map of the center.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn map() -> Result<Map, ApiError> {
    Ok(run(MapQuery::build(())).await?.item_map)
}
