//! Which cases the inbox shows: all of it is in the address, so it can be bookmarked and sent to a colleague.

use domain::complaints::{ComplaintChannel, ComplaintQueue, ComplaintStatus, ComplaintSubject};
use leptos_router::params::ParamsMap;

use crate::dom::Keep;

const LAST: &str = "gangping.list";

/// The list that was looked at last, for the way back from a case.
pub fn last_list() -> String {
    Keep::Tab.get(LAST).unwrap_or_else(|| "/desk".to_owned())
}

/// Remembers the page shown now for [`last_list`].
pub fn remember_page() {
    if let Ok(path) = leptos::prelude::window().location().pathname() {
        Keep::Tab.set(LAST, &path);
    }
}

/// The inbox's question to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub queue: ComplaintQueue,
    pub search: Option<String>,
    pub status: Option<ComplaintStatus>,
    pub subject: Option<ComplaintSubject>,
    pub channel: Option<ComplaintChannel>,
    pub after: Option<String>,
}

impl Filter {
    /// Reads the address; what it cannot read it leaves out.
    pub fn read(query: &ParamsMap) -> Self {
        let get = |name| query.get(name).filter(|text| !text.trim().is_empty());
        Self {
            queue: get("queue").and_then(|key| ComplaintQueue::from_key(&key)).unwrap_or(ComplaintQueue::All),
            search: get("q"),
            status: get("status").and_then(|key| ComplaintStatus::from_key(&key)),
            subject: get("subject").and_then(|key| ComplaintSubject::from_key(&key)),
            channel: get("channel").and_then(|key| ComplaintChannel::from_key(&key)),
            after: get("after"),
        }
    }

    /// A queue without any filter.
    pub const fn of(queue: ComplaintQueue) -> Self {
        Self { queue, search: None, status: None, subject: None, channel: None, after: None }
    }

    /// Whether anything beside the queue narrows the list.
    pub const fn is_narrowed(&self) -> bool {
        self.search.is_some() || self.status.is_some() || self.subject.is_some() || self.channel.is_some()
    }

    /// Remembers this list for [`last_list`].
    pub fn remember(&self) {
        Keep::Tab.set(LAST, &self.path());
    }

    /// The address of this list.
    pub fn path(&self) -> String {
        format!("/desk/complaints?{}", self.query())
    }

    /// What narrows it, as the address says it.
    pub fn query(&self) -> String {
        let parts = [
            ("queue", Some(self.queue.key().to_owned())),
            ("q", self.search.clone()),
            ("status", self.status.map(|v| v.key().to_owned())),
            ("subject", self.subject.map(|v| v.key().to_owned())),
            ("channel", self.channel.map(|v| v.key().to_owned())),
            ("after", self.after.clone()),
        ];
        let query: Vec<String> = parts
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", js_sys::encode_uri_component(&value?))))
            .collect();
        query.join("&")
    }
}
