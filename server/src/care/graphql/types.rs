//! Services of care windows as GraphQL shows them.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    CareEventId, CareRecordId, PostId, StaffId,
    care::{CareAction, CareMode, CareStatus, Contact, RecipientCategory},
    complaints::HandlingSatisfaction,
};
use entity::{care_event, care_record, post};

use super::super::service::reading::{Found, List, Page};
use crate::posts::repo::People;

/// A service, without who it is for.
#[derive(SimpleObject)]
pub struct CareRecord {
    /// Its id.
    id: CareRecordId,
    /// How often it was changed.
    version: i32,
    /// At which window.
    post_id: PostId,
    /// Whom for, never more precise than this.
    category: RecipientCategory,
    /// How they are served.
    mode: CareMode,
    /// Where it stands.
    status: CareStatus,
    /// The family name, where a name is known.
    name: Option<String>,
    /// The phone, its middle hidden.
    phone: Option<String>,
    /// Whether there is something to reveal.
    has_contact: bool,
    /// Who brought them to the window.
    guide: Option<StaffId>,
    /// Who received them.
    receiver: Option<StaffId>,
    /// Who visits.
    visitor: Option<StaffId>,
    /// Who comes along.
    companion: Option<StaffId>,
    /// When they came, or the visit was booked.
    greeted_at: DateTime<Utc>,
    /// When the service began.
    started_at: Option<DateTime<Utc>>,
    /// The day of the visit.
    booked_for: Option<NaiveDate>,
    /// The last day for it.
    due_on: Option<NaiveDate>,
    /// When it was made.
    visited_at: Option<DateTime<Utc>>,
    /// When the service ended.
    finished_at: Option<DateTime<Utc>>,
    /// How satisfied they are.
    satisfaction: Option<HandlingSatisfaction>,
    /// When the details are removed.
    purge_on: Option<NaiveDate>,
}

/// A service in a list.
#[derive(SimpleObject)]
pub struct CareRow {
    /// The service.
    record: CareRecord,
    /// Whether somebody waited too long.
    slow: bool,
    /// Whether a visit is, or was, late.
    late: bool,
}

/// A care window.
#[derive(SimpleObject)]
pub struct CareWindow {
    /// Its post.
    id: PostId,
    /// What it is called.
    name: String,
}

/// Somebody's name.
#[derive(SimpleObject)]
pub struct CarePerson {
    /// Their id.
    id: StaffId,
    /// Their name.
    name: String,
}

/// Everything at the viewer's windows.
#[derive(SimpleObject)]
pub struct CareList {
    /// The windows at which the viewer serves.
    windows: Vec<CareWindow>,
    /// What goes on, the oldest first.
    open: Vec<CareRow>,
    /// What is over, the newest first.
    over: Vec<CareRow>,
    /// Names of those who serve.
    people: Vec<CarePerson>,
}

/// A line in the log.
#[derive(SimpleObject)]
pub struct CareEvent {
    /// Its id.
    id: CareEventId,
    /// What was done; null for the beginning.
    action: Option<CareAction>,
    /// Where the service stood then.
    status: CareStatus,
    /// When.
    at: DateTime<Utc>,
    /// By whom.
    actor: String,
    /// What was said; null where nothing was, or it was removed.
    body: Option<String>,
}

/// A service with everything about it.
#[derive(SimpleObject)]
pub struct CarePage {
    /// The service.
    row: CareRow,
    /// Its window.
    window: CareWindow,
    /// What is needed.
    need: Option<String>,
    /// The log, oldest first.
    events: Vec<CareEvent>,
    /// Names of those who serve.
    people: Vec<CarePerson>,
    /// What the viewer may do.
    actions: Vec<CareAction>,
}

/// How to reach somebody.
#[derive(SimpleObject)]
pub struct CareContact {
    /// Name.
    name: Option<String>,
    /// Phone.
    phone: Option<String>,
    /// Where to visit.
    address: Option<String>,
}

impl From<care_record::Model> for CareRecord {
    fn from(row: care_record::Model) -> Self {
        let has_contact = row.name_enc.is_some() || row.phone_enc.is_some() || row.address_enc.is_some();
        Self {
            id: row.id,
            version: row.version,
            post_id: row.post_id,
            category: row.category,
            mode: row.mode,
            status: row.status,
            name: row.name_mask,
            phone: row.phone_mask,
            has_contact,
            guide: row.guide_id,
            receiver: row.receiver_id,
            visitor: row.visitor_id,
            companion: row.companion_id,
            greeted_at: row.greeted_at,
            started_at: row.started_at,
            booked_for: row.booked_for,
            due_on: row.due_on,
            visited_at: row.visited_at,
            finished_at: row.finished_at,
            satisfaction: row.satisfaction,
            purge_on: row.purge_on,
        }
    }
}

impl From<Found> for CareRow {
    fn from(Found { row, slow, late }: Found) -> Self {
        Self { record: row.into(), slow, late }
    }
}

impl From<post::Model> for CareWindow {
    fn from(post::Model { id, name, .. }: post::Model) -> Self {
        Self { id, name }
    }
}

/// Names, by number.
fn names(people: People) -> Vec<CarePerson> {
    let mut rows: Vec<_> = people.into_values().collect();
    rows.sort_by(|a, b| a.staff_no.cmp(&b.staff_no));
    rows.into_iter().map(|row| CarePerson { id: row.id, name: row.name }).collect()
}

impl From<List> for CareList {
    fn from(List { posts, open, over, people }: List) -> Self {
        let rows = |rows: Vec<Found>| rows.into_iter().map(Into::into).collect();
        let windows = posts.into_iter().map(Into::into).collect();
        Self { windows, open: rows(open), over: rows(over), people: names(people) }
    }
}

impl From<Page> for CarePage {
    fn from(page: Page) -> Self {
        let Page { found, post, need, events, names: accounts, people, actions } = page;
        let event = |(row, body): (care_event::Model, Option<String>)| CareEvent {
            id: row.id,
            action: row.action,
            status: row.status,
            at: row.at,
            actor: accounts.get(&row.actor_id).cloned().unwrap_or_default(),
            body,
        };
        let events = events.into_iter().map(event).collect();
        Self { row: found.into(), window: post.into(), need, events, people: names(people), actions }
    }
}

impl From<Contact> for CareContact {
    fn from(Contact { name, phone, address }: Contact) -> Self {
        Self { name, phone, address }
    }
}
