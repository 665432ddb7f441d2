//! The map of windows and items, in a number of statements that does not grow with them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    PostId,
    items::{self, Checked, POST_KIND, PlatformLink, WindowType, checks},
    permission::Permission,
    policy::{Policy, PolicyKey},
    posts::PostStatus,
    settings::EntryStatus,
};
use entity::{department, post, service_item, window_setup};

use super::{repo, type_of};
use crate::{error::Result, graphql::context::Cx, posts, settings};

/// An integrated window.
pub struct Window {
    /// Its post.
    pub post: post::Model,
    /// What it is for.
    pub kind: Option<WindowType>,
    /// How it is connected; none before somebody said so.
    pub link: Option<PlatformLink>,
    /// When it last exchanged data.
    pub synced_at: Option<DateTime<Utc>>,
    /// Whether that is too long ago.
    pub stale: bool,
}

impl Window {
    pub(super) fn new(
        post: post::Model,
        setup: Option<window_setup::Model>,
        now: DateTime<Utc>,
        policy: &Policy,
    ) -> Self {
        let kind = type_of(&post);
        let (link, synced_at) = setup.map_or((None, None), |setup| (Some(setup.link), setup.synced_at));
        let known = items::Window { post: post.id, status: post.status, kind, link, synced_at };
        Self { stale: known.is_stale(now, policy), post, kind, link, synced_at }
    }

    const fn as_rule(&self) -> items::Window {
        items::Window {
            post: self.post.id,
            status: self.post.status,
            kind: self.kind,
            link: self.link,
            synced_at: self.synced_at,
        }
    }
}

/// Windows, items and what is missing among them.
pub struct Map {
    /// The integrated windows that were not given up, by code.
    pub windows: Vec<Window>,
    /// Items by code, the retired ones included.
    pub items: Vec<service_item::Model>,
    /// Posts that serve an item, or may be chosen to.
    pub posts: Vec<post::Model>,
    /// Departments, also those that are offered no more.
    pub departments: Vec<department::Model>,
    /// How it stands.
    pub checks: Vec<Checked>,
    /// Whether the viewer keeps it.
    pub may_manage: bool,
    /// Days after which a window without data stands out.
    pub sync_days: u32,
}

/// The map of the center.
pub async fn map(cx: &Cx) -> Result<Map> {
    let scope = cx.scope()?;
    scope.require(Permission::PostRead)?;
    let tx = cx.read().await?;
    let rules = cx.rules().await?;
    let items = repo::items(&tx).await?;
    let mut setups: HashMap<PostId, _> = repo::setups(&tx).await?.into_iter().map(|row| (row.post_id, row)).collect();
    let departments = settings::repo::departments(&tx).await?;
    let (windows, mut posts): (Vec<_>, Vec<_>) =
        posts::repo::posts(&tx).await?.into_iter().partition(|row| row.kind == POST_KIND);
    let windows = windows.into_iter().filter(|row| row.status != PostStatus::Closed);
    let windows = windows.map(|row| {
        let setup = setups.remove(&row.id);
        Window::new(row, setup, cx.now(), &rules.policy)
    });
    let windows: Vec<_> = windows.collect();
    let known: Vec<_> = windows.iter().map(Window::as_rule).collect();
    let status = |id: PostId| posts.iter().find(|row| row.id == id).map_or(PostStatus::Closed, |row| row.status);
    let in_use = items.iter().filter(|row| row.status == EntryStatus::Active);
    let in_use: Vec<_> = in_use.map(|row| items::Item { id: row.id, dedicated: row.post_id.map(status) }).collect();
    let checks = checks(&known, &in_use, cx.now(), &rules.policy);
    posts.retain(|row| row.status != PostStatus::Closed || items.iter().any(|item| item.post_id == Some(row.id)));
    let may_manage = scope.require(Permission::PostManage).is_ok();
    let sync_days = rules.policy.get(PolicyKey::ItemsSyncDays);
    Ok(Map { windows, items, posts, departments, checks, may_manage, sync_days })
}
