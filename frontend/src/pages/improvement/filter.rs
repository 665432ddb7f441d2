//! Which tasks the list shows: all of it is in the address, so it can be bookmarked and sent to a colleague.

use domain::{
    PostId,
    improvement::{RectificationQueue, RectificationSource, RectificationStatus},
};
use leptos_router::params::ParamsMap;

use super::HOME;
use crate::api::improvement::Asked;

/// The list's question to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Filter {
    pub queue: RectificationQueue,
    pub search: Option<String>,
    pub status: Option<RectificationStatus>,
    pub source: Option<RectificationSource>,
    pub post: Option<PostId>,
}

impl Filter {
    /// Reads the address; what it cannot read it leaves out.
    pub fn read(query: &ParamsMap) -> Self {
        let get = |name| query.get(name).filter(|text| !text.trim().is_empty());
        Self {
            queue: get("queue").and_then(|key| RectificationQueue::from_key(&key)).unwrap_or(RectificationQueue::Open),
            search: get("q"),
            status: get("status").and_then(|key| RectificationStatus::from_key(&key)),
            source: get("source").and_then(|key| RectificationSource::from_key(&key)),
            post: get("post").and_then(|id| id.parse().ok()),
        }
    }

    /// A queue without any filter.
    pub const fn of(queue: RectificationQueue) -> Self {
        Self { queue, search: None, status: None, source: None, post: None }
    }

    /// What narrows it, as the address says it.
    pub fn query(&self) -> String {
        let parts = [
            ("queue", Some(self.queue.key().to_owned())),
            ("q", self.search.clone()),
            ("status", self.status.map(|v| v.key().to_owned())),
            ("source", self.source.map(|v| v.key().to_owned())),
            ("post", self.post.map(|v| v.to_string())),
        ];
        let query: Vec<String> = parts
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", js_sys::encode_uri_component(&value?))))
            .collect();
        query.join("&")
    }

    /// The address of this list.
    pub fn path(&self) -> String {
        format!("{HOME}?{}", self.query())
    }

    /// The same for the server.
    pub fn asked(self) -> Asked {
        let Self { queue, search, status, source, post } = self;
        Asked { queue: Some(queue), status, source, post, search, complaint: None }
    }
}
