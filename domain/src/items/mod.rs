//! Integrated windows (综合窗口) and which window serves each item (6.6; domain section C.2).
//!
//! The type of a window is a value of its post's own field ([`TYPE_FIELD`]), which the catalogue defines; here is what
//! the types come to. An item is served at the windows that take things in or, for a stated reason, at one dedicated
//! post.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    DepartmentId, PostId, ServiceItemId, Violation,
    macros::text_enum,
    policy::{Policy, PolicyKey},
    posts::PostStatus,
    settings::line,
};

/// The kind of post that this is about.
pub const POST_KIND: &str = "integrated_window";
/// The field of such a post that holds a [`WindowType`].
pub const TYPE_FIELD: &str = "window_type";

text_enum! {
    /// What an integrated window is for (6.6.1).
    pub enum WindowType {
        /// 综合受理.
        Intake = "intake",
        /// 综合出件.
        Issue = "issue",
        /// 综合咨询.
        Enquiry = "enquiry",
    }

    /// How far a window is connected to the city's online platform (6.6.4).
    pub enum PlatformLink {
        /// 已对接.
        Linked = "linked",
        /// 部分对接.
        Partly = "partly",
        /// 未对接.
        NotLinked = "not_linked",
    }

    /// Where an item is served (6.6.3).
    pub enum ServedAt {
        /// At every integrated window that takes things in.
        Integrated = "integrated",
        /// 专窗: at one post, because it does not fit there.
        Dedicated = "dedicated",
    }

    /// What is looked at.
    pub enum WindowCheck {
        /// All three types are there, and each window has one.
        Types = "types",
        /// Each item has a window in use that serves it.
        Mapped = "mapped",
        /// The post of each dedicated item is in use.
        Dedicated = "dedicated",
        /// Each window is connected to the city's platform.
        Linked = "linked",
        /// What is connected has exchanged data lately.
        Synced = "synced",
    }
}

/// An item, as filled in.
#[derive(Clone, Debug)]
pub struct ItemForm {
    /// Its code in the city's catalogue, unique in the center.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Whose it is.
    pub department: DepartmentId,
}

impl ItemForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        [item_code(&self.code), line("name", &self.name, 80)].into_iter().flatten().collect()
    }
}

/// Codes of catalogues: capitals, digits and what joins them.
fn item_code(text: &str) -> Option<Violation> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    line("code", text, 40).or_else(|| (!text.chars().all(plain)).then(|| Violation::new("code", "items.code")))
}

/// Where an item is served, as filled in.
#[derive(Clone, Debug)]
pub struct PlaceForm {
    /// Where.
    pub at: ServedAt,
    /// The dedicated post.
    pub post: Option<PostId>,
    /// Why it does not fit the integrated windows.
    pub reason: Option<String>,
}

/// Where an item is served: the one or the other, never both and never neither (6.6.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placement {
    /// At the integrated windows that take things in.
    Integrated,
    /// At one post.
    Dedicated {
        /// Which.
        post: PostId,
        /// Why it does not fit the integrated windows.
        reason: String,
    },
}

impl Placement {
    /// Reads what was filled in.
    ///
    /// # Errors
    /// `items.one_place` when a post or a reason is named for the integrated windows; `form.required`, `form.too_long`
    /// at `post` and `reason` of a dedicated item.
    pub fn of(form: &PlaceForm) -> Result<Self, Vec<Violation>> {
        let reason = form.reason.as_deref().map(str::trim).unwrap_or_default();
        match (form.at, form.post) {
            (ServedAt::Integrated, None) if reason.is_empty() => Ok(Self::Integrated),
            (ServedAt::Integrated, _) => Err(vec![Violation::new("servedAt", "items.one_place")]),
            (ServedAt::Dedicated, post) => {
                let missing = post.is_none().then(|| Violation::new("post", "form.required"));
                let found: Vec<_> = missing.into_iter().chain(line("reason", reason, 200)).collect();
                match post {
                    Some(post) if found.is_empty() => Ok(Self::Dedicated { post, reason: reason.to_owned() }),
                    _ => Err(found),
                }
            }
        }
    }
}

/// Whether a post of this kind and in this state may be the only one that serves an item.
///
/// # Errors
/// `items.not_dedicated` for an integrated window, `items.post_closed` for a post that was given up.
pub fn check_dedicated(kind: &str, status: PostStatus) -> Result<(), Violation> {
    if kind == POST_KIND {
        Err(Violation::new("post", "items.not_dedicated"))
    } else if status == PostStatus::Closed {
        Err(Violation::new("post", "items.post_closed"))
    } else {
        Ok(())
    }
}

/// How a window is connected, as filled in.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    /// What it is for.
    pub kind: WindowType,
    /// How far it is connected.
    pub link: PlatformLink,
    /// When it last exchanged data with the platform.
    pub synced_at: Option<DateTime<Utc>>,
}

impl Setup {
    /// Every broken rule.
    #[must_use]
    pub fn check(&self, now: DateTime<Utc>) -> Vec<Violation> {
        let unlinked = self.link == PlatformLink::NotLinked && self.synced_at.is_some();
        let found = [
            self.synced_at.filter(|at| *at > now).map(|_| Violation::new("syncedAt", "items.sync_future")),
            unlinked.then(|| Violation::new("syncedAt", "items.not_linked")),
        ];
        found.into_iter().flatten().collect()
    }
}

/// What is known of a window, for the checks.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Its post.
    pub post: PostId,
    /// Where the post is in its life.
    pub status: PostStatus,
    /// What it is for; none before somebody said so.
    pub kind: Option<WindowType>,
    /// How far it is connected; the same.
    pub link: Option<PlatformLink>,
    /// When it last exchanged data.
    pub synced_at: Option<DateTime<Utc>>,
}

impl Window {
    fn serves(&self, kind: WindowType) -> bool {
        self.status == PostStatus::Active && self.kind == Some(kind)
    }

    /// Whether what is connected has exchanged nothing for longer than the city allows, or never.
    #[must_use]
    pub fn is_stale(&self, now: DateTime<Utc>, policy: &Policy) -> bool {
        let most = TimeDelta::days(policy.get(PolicyKey::ItemsSyncDays).into());
        let connected = matches!(self.link, Some(PlatformLink::Linked | PlatformLink::Partly));
        self.status == PostStatus::Active && connected && self.synced_at.is_none_or(|at| now - at > most)
    }
}

/// What is known of an item in use, for the checks.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Which.
    pub id: ServiceItemId,
    /// Where its dedicated post is in its life; none where the integrated windows serve it.
    pub dedicated: Option<PostStatus>,
}

/// How a check stands: fine where it names nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What was looked at.
    pub check: WindowCheck,
    /// Types that no window in use has.
    pub types: Vec<WindowType>,
    /// Windows with which something is wrong.
    pub posts: Vec<PostId>,
    /// Items with which something is wrong.
    pub items: Vec<ServiceItemId>,
}

impl Checked {
    /// Whether nothing is missing.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        self.types.is_empty() && self.posts.is_empty() && self.items.is_empty()
    }
}

/// How the windows and the items in use stand, in the order of [`WindowCheck::ALL`].
#[must_use]
pub fn checks(windows: &[Window], items: &[Item], now: DateTime<Utc>, policy: &Policy) -> Vec<Checked> {
    let in_use = || windows.iter().filter(|window| window.status == PostStatus::Active);
    let there = |kind: WindowType| windows.iter().any(|window| window.serves(kind));
    let posts = |wrong: &dyn Fn(&Window) -> bool| in_use().filter(|w| wrong(w)).map(|w| w.post).collect::<Vec<_>>();
    let all = |wrong: &dyn Fn(&Item) -> bool| items.iter().filter(|i| wrong(i)).map(|i| i.id).collect::<Vec<_>>();
    let of = |check| {
        let mut found = Checked { check, types: Vec::new(), posts: Vec::new(), items: Vec::new() };
        match check {
            WindowCheck::Types => {
                found.types = WindowType::ALL.iter().copied().filter(|kind| !there(*kind)).collect();
                found.posts = posts(&|window| window.kind.is_none());
            }
            WindowCheck::Mapped => {
                let nobody = !there(WindowType::Intake);
                found.items = all(&|item| nobody && item.dedicated.is_none());
            }
            WindowCheck::Dedicated => {
                found.items = all(&|item| item.dedicated.is_some_and(|status| status != PostStatus::Active));
            }
            WindowCheck::Linked => found.posts = posts(&|window| window.link != Some(PlatformLink::Linked)),
            WindowCheck::Synced => found.posts = posts(&|window| window.is_stale(now, policy)),
        }
        found
    };
    WindowCheck::ALL.iter().map(|check| of(*check)).collect()
}

#[cfg(test)]
#[path = "items_tests.rs"]
mod tests;
