//! Windows and items as GraphQL shows them.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use domain::{
    DepartmentId, PostId, ServiceItemId,
    items::{Checked, PlatformLink, ServedAt, WindowCheck, WindowType},
    posts::PostStatus,
    settings::EntryStatus,
};
use entity::{department, post, service_item};

use super::super::service::reading::{Map, Window};

/// An integrated window.
#[derive(SimpleObject)]
pub struct IntegratedWindow {
    /// Its post's id.
    id: PostId,
    /// The post's version.
    version: i32,
    /// The post's code.
    code: String,
    /// What it is called.
    name: String,
    /// The number over it.
    window_no: Option<String>,
    /// Where the post is in its life.
    status: PostStatus,
    /// What it is for; null before somebody said so.
    kind: Option<WindowType>,
    /// How far it is connected to the city's platform; the same.
    link: Option<PlatformLink>,
    /// When it last exchanged data with the platform.
    synced_at: Option<DateTime<Utc>>,
    /// Whether that is too long ago.
    stale: bool,
}

/// An item of the center.
#[derive(SimpleObject)]
pub struct ServiceItem {
    /// Its id.
    id: ServiceItemId,
    /// How often it was changed.
    version: i32,
    /// Its code in the city's catalogue.
    code: String,
    /// What it is called.
    name: String,
    /// Whose it is.
    department: DepartmentId,
    /// Where it is served.
    served_at: ServedAt,
    /// The dedicated post.
    post: Option<PostId>,
    /// Why it does not fit the integrated windows.
    reason: Option<String>,
    /// Whether it is in use.
    status: EntryStatus,
}

/// A post that serves an item, or may be chosen to.
#[derive(SimpleObject)]
pub struct ItemPost {
    /// Its id.
    id: PostId,
    /// Its code.
    code: String,
    /// What it is called.
    name: String,
    /// Where it is in its life.
    status: PostStatus,
}

/// A department that an item belongs to, or may belong to.
#[derive(SimpleObject)]
pub struct ItemDepartment {
    /// Its id.
    id: DepartmentId,
    /// Chinese name.
    name_zh: String,
    /// English name.
    name_en: String,
    /// Whether it may be chosen.
    offered: bool,
}

/// How a check stands.
#[derive(SimpleObject)]
pub struct WindowCheckResult {
    /// What was looked at.
    check: WindowCheck,
    /// Whether nothing is missing.
    fine: bool,
    /// Types that no window in use has.
    types: Vec<WindowType>,
    /// Windows with which something is wrong.
    posts: Vec<PostId>,
    /// Items with which something is wrong.
    items: Vec<ServiceItemId>,
}

/// Windows, items and what is missing among them.
#[derive(SimpleObject)]
pub struct ItemMap {
    /// The integrated windows that were not given up, by code.
    windows: Vec<IntegratedWindow>,
    /// Items by code, the retired ones included.
    items: Vec<ServiceItem>,
    /// Posts that serve an item, or may be chosen to.
    posts: Vec<ItemPost>,
    /// Departments, also those that are offered no more.
    departments: Vec<ItemDepartment>,
    /// How it stands.
    checks: Vec<WindowCheckResult>,
    /// Whether the viewer keeps it.
    may_manage: bool,
    /// Days after which a window without data stands out.
    sync_days: u32,
}

impl From<Window> for IntegratedWindow {
    fn from(Window { post, kind, link, synced_at, stale }: Window) -> Self {
        let post::Model { id, version, code, name, window_no, status, .. } = post;
        Self { id, version, code, name, window_no, status, kind, link, synced_at, stale }
    }
}

impl From<service_item::Model> for ServiceItem {
    fn from(row: service_item::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            code: row.code,
            name: row.name,
            department: row.department_id,
            served_at: row.served_at,
            post: row.post_id,
            reason: row.reason,
            status: row.status,
        }
    }
}

impl From<post::Model> for ItemPost {
    fn from(post::Model { id, code, name, status, .. }: post::Model) -> Self {
        Self { id, code, name, status }
    }
}

impl From<department::Model> for ItemDepartment {
    fn from(department::Model { id, name_zh, name_en, status, .. }: department::Model) -> Self {
        Self { id, name_zh, name_en, offered: status == EntryStatus::Active }
    }
}

impl From<Checked> for WindowCheckResult {
    fn from(found: Checked) -> Self {
        let fine = found.is_fine();
        let Checked { check, types, posts, items } = found;
        Self { check, fine, types, posts, items }
    }
}

impl From<Map> for ItemMap {
    fn from(Map { windows, items, posts, departments, checks, may_manage, sync_days }: Map) -> Self {
        Self {
            windows: windows.into_iter().map(Into::into).collect(),
            items: items.into_iter().map(Into::into).collect(),
            posts: posts.into_iter().map(Into::into).collect(),
            departments: departments.into_iter().map(Into::into).collect(),
            checks: checks.into_iter().map(Into::into).collect(),
            may_manage,
            sync_days,
        }
    }
}
