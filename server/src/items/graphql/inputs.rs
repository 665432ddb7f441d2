//! What is typed about windows and items.

use async_graphql::InputObject;
use chrono::{DateTime, Utc};
use domain::{
    DepartmentId, PostId, ServiceItemId,
    items::{ItemForm, PlaceForm, PlatformLink, ServedAt, Setup, WindowType},
};

use crate::posts::service::Seen;

/// What an integrated window is for and how it is connected.
#[derive(InputObject)]
pub struct SetUpWindowInput {
    /// Its post's id.
    id: PostId,
    /// The post's version.
    version: i32,
    /// What it is for.
    kind: WindowType,
    /// How far it is connected to the city's platform.
    link: PlatformLink,
    /// When it last exchanged data with the platform.
    synced_at: Option<DateTime<Utc>>,
}

/// A new item.
#[derive(InputObject)]
pub struct ServiceItemInput {
    /// Its code in the city's catalogue, unique in the center.
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
}

/// What an item is called and whose it is.
#[derive(InputObject)]
pub struct EditServiceItemInput {
    /// Its id.
    id: ServiceItemId,
    /// Its version.
    version: i32,
    /// Its code in the city's catalogue, unique in the center.
    code: String,
    /// What it is called.
    name: String,
    /// Whose it is.
    department: DepartmentId,
}

/// Where an item is served from now on.
#[derive(InputObject)]
pub struct PlaceServiceItemInput {
    /// Its id.
    id: ServiceItemId,
    /// Its version.
    version: i32,
    /// Where it is served.
    served_at: ServedAt,
    /// The dedicated post.
    post: Option<PostId>,
    /// Why it does not fit the integrated windows.
    reason: Option<String>,
}

/// An item as it was seen.
#[derive(InputObject)]
pub struct SeenServiceItemInput {
    /// Its id.
    id: ServiceItemId,
    /// Its version.
    version: i32,
}

impl SetUpWindowInput {
    pub fn parts(self) -> (Seen<PostId>, Setup) {
        let Self { id, version, kind, link, synced_at } = self;
        (Seen { id, version }, Setup { kind, link, synced_at })
    }
}

impl ServiceItemInput {
    pub fn parts(self) -> (ItemForm, PlaceForm) {
        let Self { code, name, department, served_at, post, reason } = self;
        (form(code, name, department), PlaceForm { at: served_at, post, reason })
    }
}

impl EditServiceItemInput {
    pub fn parts(self) -> (Seen<ServiceItemId>, ItemForm) {
        let Self { id, version, code, name, department } = self;
        (Seen { id, version }, form(code, name, department))
    }
}

impl PlaceServiceItemInput {
    pub fn parts(self) -> (Seen<ServiceItemId>, PlaceForm) {
        let Self { id, version, served_at, post, reason } = self;
        (Seen { id, version }, PlaceForm { at: served_at, post, reason })
    }
}

impl From<SeenServiceItemInput> for Seen<ServiceItemId> {
    fn from(SeenServiceItemInput { id, version }: SeenServiceItemInput) -> Self {
        Self { id, version }
    }
}

fn form(code: String, name: String, department: DepartmentId) -> ItemForm {
    ItemForm { code: code.trim().to_owned(), name: name.trim().to_owned(), department }
}
