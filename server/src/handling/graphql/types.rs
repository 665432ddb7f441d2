//! Cases at windows as GraphQL shows them.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    PostId, ServiceCaseEventId, ServiceCaseId, ServiceItemId,
    handling::{ServiceCaseAction, ServiceCaseStatus},
    items::ServedAt,
};
use entity::{post, service_case, service_case_event, service_item};

use super::super::service::reading::{Choices, Counts, Found, List, Page};

/// A case, without who it is for.
#[derive(SimpleObject)]
pub struct ServiceCase {
    /// Its id.
    id: ServiceCaseId,
    /// How often it was changed.
    version: i32,
    /// Its number in the system in which it is handled.
    external_no: String,
    /// Its window.
    post_id: PostId,
    /// What it is about.
    item_id: ServiceItemId,
    /// Where it stands.
    status: ServiceCaseStatus,
    /// When it was received.
    received_at: DateTime<Utc>,
    /// In how many working days its result was promised, where it was told so.
    promised_days: Option<i32>,
    /// The promised day.
    due_on: Option<NaiveDate>,
    /// From when the papers of a refused case can be fetched.
    pickup_at: Option<DateTime<Utc>>,
    /// Where.
    pickup_place: Option<String>,
    /// When its result was there.
    result_ready_at: Option<DateTime<Utc>>,
    /// When the result came to the window.
    at_window_at: Option<DateTime<Utc>>,
    /// When it was fetched.
    collected_at: Option<DateTime<Utc>>,
    /// The last day for filing it.
    archive_due_on: Option<NaiveDate>,
    /// When it was filed.
    archived_at: Option<DateTime<Utc>>,
    /// Where its papers are.
    archive_ref: Option<String>,
    /// When what is kept for a time is removed.
    purge_on: Option<NaiveDate>,
}

/// A case in a list.
#[derive(SimpleObject)]
pub struct ServiceCaseRow {
    /// The case.
    case: ServiceCase,
    /// What it is about, by name.
    item: String,
    /// Its window, by name.
    post: String,
    /// Whether the result comes, or came, to the window later than promised.
    late: bool,
    /// Whether it was to be filed by now.
    unfiled: bool,
}

/// How many cases there are, of those that the viewer sees.
#[derive(SimpleObject)]
pub struct ServiceCaseCounts {
    /// With something to do.
    open: u64,
    /// Whose promised day is over, without a result at the window.
    late: u64,
    /// Fetched, not filed.
    to_archive: u64,
    /// Of these, those that were to be filed by now.
    unfiled: u64,
}

/// Cases at the viewer's windows.
#[derive(SimpleObject)]
pub struct ServiceCaseList {
    /// How many there are.
    counts: ServiceCaseCounts,
    /// What was asked for, the late ones first.
    rows: Vec<ServiceCaseRow>,
    /// Whether the viewer receives cases somewhere.
    may_receive: bool,
}

/// A line in the log of a case.
#[derive(SimpleObject)]
pub struct ServiceCaseEvent {
    /// Its id.
    id: ServiceCaseEventId,
    /// What was done; null for the beginning.
    action: Option<ServiceCaseAction>,
    /// Where the case stood then.
    status: ServiceCaseStatus,
    /// When.
    at: DateTime<Utc>,
    /// By whom.
    actor: String,
    /// What was said; null where nothing was, it was removed, or it is not the viewer's to read.
    body: Option<String>,
}

/// A case with everything about it.
#[derive(SimpleObject)]
pub struct ServiceCasePage {
    /// The case.
    row: ServiceCaseRow,
    /// By what the recipient is found in the other system.
    recipient: Option<String>,
    /// Why it was not taken on.
    reason: Option<String>,
    /// The log, oldest first.
    events: Vec<ServiceCaseEvent>,
    /// What the viewer may do.
    actions: Vec<ServiceCaseAction>,
    /// Today there.
    today: NaiveDate,
}

/// A window where the viewer may receive cases.
#[derive(SimpleObject)]
pub struct ServiceCaseWindow {
    /// Its post.
    id: PostId,
    /// What it is called.
    name: String,
    /// Whether it takes in what is served at the integrated windows.
    takes_in: bool,
}

/// An item about which the viewer may receive cases.
#[derive(SimpleObject)]
pub struct ServiceCaseItem {
    /// Its id.
    id: ServiceItemId,
    /// Its code.
    code: String,
    /// What it is called.
    name: String,
    /// Where it is served.
    served_at: ServedAt,
    /// The dedicated post.
    post: Option<PostId>,
}

/// Where the viewer may receive what.
#[derive(SimpleObject)]
pub struct ServiceCaseChoices {
    /// Windows in use where they work.
    windows: Vec<ServiceCaseWindow>,
    /// Items in use that one of them serves.
    items: Vec<ServiceCaseItem>,
}

impl From<service_case::Model> for ServiceCase {
    fn from(row: service_case::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            external_no: row.external_no,
            post_id: row.post_id,
            item_id: row.item_id,
            status: row.status,
            received_at: row.received_at,
            promised_days: row.promised_days,
            due_on: row.due_on,
            pickup_at: row.pickup_at,
            pickup_place: row.pickup_place,
            result_ready_at: row.result_ready_at,
            at_window_at: row.at_window_at,
            collected_at: row.collected_at,
            archive_due_on: row.archive_due_on,
            archived_at: row.archived_at,
            archive_ref: row.archive_ref,
            purge_on: row.purge_on,
        }
    }
}

impl From<Found> for ServiceCaseRow {
    fn from(Found { row, item, post, late, unfiled }: Found) -> Self {
        Self { case: row.into(), item, post, late, unfiled }
    }
}

impl From<Counts> for ServiceCaseCounts {
    fn from(Counts { open, late, to_archive, unfiled }: Counts) -> Self {
        Self { open, late, to_archive, unfiled }
    }
}

impl From<List> for ServiceCaseList {
    fn from(List { counts, rows, may_receive }: List) -> Self {
        Self { counts: counts.into(), rows: rows.into_iter().map(Into::into).collect(), may_receive }
    }
}

impl From<Page> for ServiceCasePage {
    fn from(page: Page) -> Self {
        let Page { found, recipient, reason, events, names, actions, today } = page;
        let event = |(row, body): (service_case_event::Model, Option<String>)| ServiceCaseEvent {
            id: row.id,
            action: row.action,
            status: row.status,
            at: row.at,
            actor: names.get(&row.actor_id).cloned().unwrap_or_default(),
            body,
        };
        let events = events.into_iter().map(event).collect();
        Self { row: found.into(), recipient, reason, events, actions, today }
    }
}

impl From<post::Model> for ServiceCaseWindow {
    fn from(row: post::Model) -> Self {
        Self { takes_in: crate::items::service::takes_in(&row), id: row.id, name: row.name }
    }
}

impl From<service_item::Model> for ServiceCaseItem {
    fn from(row: service_item::Model) -> Self {
        Self { id: row.id, code: row.code, name: row.name, served_at: row.served_at, post: row.post_id }
    }
}

impl From<Choices> for ServiceCaseChoices {
    fn from(Choices { posts, items }: Choices) -> Self {
        let windows = posts.into_iter().map(Into::into).collect();
        Self { windows, items: items.into_iter().map(Into::into).collect() }
    }
}
