//! What is shown of cases, each in a number of statements that does not grow with the rows.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    AccountId, PostId, ServiceItemId,
    calendar::local_date,
    handling::{
        CaseFacts, NUMBER_MAX, ServiceCaseAction, ServiceCaseQueue, ServiceCaseStatus, after, is_late, is_unfiled,
    },
    permission::Permission,
    posts::PostStatus,
    settings::EntryStatus,
};
use entity::{post, service_case, service_case_event, service_item};

use super::{
    BODY, Hands,
    repo::{self, Filter, Today},
};
use crate::{
    db::ReadTx,
    error::{Error, Kind, Result},
    graphql::context::Cx,
    items, posts, tenancy,
};

/// What a list is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which cases.
    pub queue: ServiceCaseQueue,
    /// One status.
    pub status: Option<ServiceCaseStatus>,
    /// A part of the number.
    pub search: Option<String>,
}

/// A case with its names and what its checks found.
pub struct Found {
    /// The case.
    pub row: service_case::Model,
    /// What it is about.
    pub item: String,
    /// Its window.
    pub post: String,
    /// Whether the result comes, or came, to the window later than promised.
    pub late: bool,
    /// Whether it was to be filed by now.
    pub unfiled: bool,
}

/// How many cases there are, of those that the viewer sees.
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    /// With something to do.
    pub open: u64,
    /// Whose promised day is over, without a result at the window.
    pub late: u64,
    /// Fetched, not filed.
    pub to_archive: u64,
    /// … not in time.
    pub unfiled: u64,
}

/// Cases at the viewer's windows; supervision and the administrator see all.
pub struct List {
    /// How many there are.
    pub counts: Counts,
    /// What was asked for, the late ones first.
    pub rows: Vec<Found>,
    /// Whether the viewer receives cases somewhere.
    pub may_receive: bool,
}

/// One case with everything about it.
pub struct Page {
    /// The case.
    pub found: Found,
    /// By what the recipient is found in the other system.
    pub recipient: Option<String>,
    /// Why it was not taken on.
    pub reason: Option<String>,
    /// The log, oldest first, each with its text.
    pub events: Vec<(service_case_event::Model, Option<String>)>,
    /// Who wrote it.
    pub names: HashMap<AccountId, String>,
    /// What the viewer may do.
    pub actions: Vec<ServiceCaseAction>,
    /// Today there.
    pub today: NaiveDate,
}

/// Where the viewer may receive what.
pub struct Choices {
    /// Windows in use where they work.
    pub posts: Vec<post::Model>,
    /// Items in use that one of them serves.
    pub items: Vec<service_item::Model>,
}

/// Cases that a page shows.
pub const SHOWN: usize = 200;

/// The cases that the viewer sees, at most so many of them.
pub async fn list(cx: &Cx, asked: Asked, most: usize) -> Result<List> {
    cx.scope()?.require(Permission::ServiceCaseRead)?;
    let tx = cx.read().await?;
    let hands = Hands::of(cx, &tx).await?;
    let today = local_date(cx.now());
    let search = asked.search.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    // Nothing that is stored is longer.
    let search = search.map(|text| text.chars().take(NUMBER_MAX + 1).collect::<String>());
    let filter = Filter { queue: asked.queue, status: asked.status, search, at: hands.shown().cloned() };
    let counts = counts(&tx, &filter, Today(today)).await?;
    let rows = repo::cases(&tx, &filter, Today(today), most).await?;
    let rows = named(&tx, rows, today).await?;
    let may_receive = hands.keeps && hands.own.as_ref().is_none_or(|own| !own.is_empty());
    Ok(List { counts, rows, may_receive })
}

async fn counts(tx: &ReadTx, filter: &Filter, today: Today) -> Result<Counts> {
    let all = |queue| Filter { queue, status: None, search: None, at: filter.at.clone() };
    let archive = all(ServiceCaseQueue::Archive);
    Ok(Counts {
        open: repo::count(tx, &all(ServiceCaseQueue::Open), today).await?,
        late: repo::count(tx, &all(ServiceCaseQueue::Late), today).await?,
        to_archive: repo::count(tx, &archive, today).await?,
        unfiled: repo::unfiled(tx, &archive, today).await?,
    })
}

/// One of them.
pub async fn page(cx: &Cx, id: domain::ServiceCaseId) -> Result<Page> {
    cx.scope()?.require(Permission::ServiceCaseRead)?;
    let tx = cx.read().await?;
    let row = repo::case(&tx, id).await?;
    let hands = Hands::of(cx, &tx).await?;
    if !hands.sees(row.post_id) {
        return Err(Error::NotFound(Kind::Row));
    }
    let today = local_date(cx.now());
    let keys = cx.app.keys.center(row.center_id);
    // Supervision sees the course, not who it was nor what was said.
    let open = |field, text: &Option<String>| {
        text.as_deref().filter(|_| hands.keeps).map(|text| keys.open(field, text)).transpose()
    };
    let (recipient, reason) = (open("recipient", &row.recipient_enc)?, open("reason", &row.reason_enc)?);
    let events = repo::events(&tx, id).await?;
    let names = tenancy::service::names(&tx, events.iter().map(|event| event.actor_id).collect()).await?;
    let names = names.into_iter().map(|(id, member)| (id, member.display_name)).collect();
    let events = events.into_iter().map(|event| Ok((event.clone(), open(BODY, &event.body_enc)?)));
    let events = events.collect::<Result<Vec<_>>>()?;
    let may = |action: &ServiceCaseAction| hands.may(row.post_id, *action) && after(row.status, *action).is_ok();
    let actions = ServiceCaseAction::ALL.iter().copied().filter(may).collect();
    let found = named(&tx, vec![row], today).await?.pop().ok_or(Error::NotFound(Kind::Row))?;
    Ok(Page { found, recipient, reason, events, names, actions, today })
}

/// Where the viewer may receive what.
pub async fn choices(cx: &Cx) -> Result<Choices> {
    cx.scope()?.require(Permission::ServiceCaseKeep)?;
    let tx = cx.read().await?;
    let hands = Hands::of(cx, &tx).await?;
    let mut posts = posts::repo::posts(&tx).await?;
    posts.retain(|row| row.status == PostStatus::Active && hands.is_at(row.id));
    let mut found = items::repo::items(&tx).await?;
    found.retain(|item| {
        item.status == EntryStatus::Active && posts.iter().any(|post| items::service::serves(post, item))
    });
    posts.retain(|post| found.iter().any(|item| items::service::serves(post, item)));
    Ok(Choices { posts, items: found })
}

async fn named(tx: &ReadTx, rows: Vec<service_case::Model>, today: NaiveDate) -> Result<Vec<Found>> {
    let posts: HashMap<PostId, _> = posts::repo::posts(tx).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let about = items::repo::items_by_id(tx, rows.iter().map(|row| row.item_id).collect()).await?;
    let about: HashMap<ServiceItemId, _> = about.into_iter().map(|row| (row.id, row.name)).collect();
    let found = |row: service_case::Model| {
        let facts = CaseFacts {
            status: row.status,
            due_on: row.due_on,
            at_window_at: row.at_window_at,
            archive_due_on: row.archive_due_on,
        };
        Found {
            item: about.get(&row.item_id).cloned().unwrap_or_default(),
            post: posts.get(&row.post_id).cloned().unwrap_or_default(),
            late: is_late(&facts, today),
            unfiled: is_unfiled(&facts, today),
            row,
        }
    };
    Ok(rows.into_iter().map(found).collect())
}
