//! Lists, counts, one case, and what looks like it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    AccountId, ComplaintId,
    calendar::{end_of_day, local_date},
    complaints::{
        ComplaintQueue,
        form::normalize_phone,
        similar::{SUGGEST_FROM, Traits, score},
    },
    permission::Permission,
};
use entity::{complaint, complaint_event};

use crate::{
    complaints::repo::{self, Filter, Search, Today},
    db::ReadTx,
    error::Result,
    graphql::{
        context::{CityRules, Cx},
        page::Page,
    },
};

/// How far back duplicates are looked for.
const SIMILAR_DAYS: i64 = 90;
/// How many are suggested.
const SIMILAR_MAX: usize = 5;

/// A page of complaints by due time; one row more than asked when there are more.
pub async fn list(cx: &Cx, filter: &Filter, page: Page) -> Result<Vec<complaint::Summary>> {
    readable(cx)?;
    repo::list(&*cx.read().await?, filter, today(cx), page).await
}

/// How many a filter holds.
pub async fn count(cx: &Cx, filter: &Filter) -> Result<u64> {
    readable(cx)?;
    repo::count(&*cx.read().await?, filter, today(cx)).await
}

/// How many each queue holds, in one statement.
pub async fn queue_counts(cx: &Cx) -> Result<Vec<(ComplaintQueue, i64)>> {
    readable(cx)?;
    cx.read().await?.queue_counts(today(cx)).await
}

/// One case.
pub async fn get(cx: &Cx, id: ComplaintId) -> Result<Option<complaint::Model>> {
    readable(cx)?;
    repo::find(&*cx.read().await?, id).await
}

/// Its timeline.
pub async fn events(cx: &Cx, id: ComplaintId) -> Result<Vec<complaint_event::Model>> {
    repo::events(&*cx.read().await?, id).await
}

/// About whom of `people` an open complaint was found right, and the day it was received: for the rules of other
/// contexts, which learn no more of it.
pub async fn found_right(tx: &ReadTx, people: Vec<AccountId>) -> Result<Vec<(AccountId, NaiveDate)>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let rows = repo::found_right(tx, people).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.respondent_id?, local_date(row.received_at)))).collect())
}

/// What was typed, as the search wants it: a phone number is looked up by its keyed hash.
pub fn search(cx: &Cx, text: Option<String>) -> Result<Option<Search>> {
    let Some(text) = text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()) else { return Ok(None) };
    let keys = cx.app.keys.center(cx.scope()?.center()?);
    let phone_index = normalize_phone(&text).map(|phone| keys.blind_index(&phone));
    Ok(Some(Search { text: text.chars().take(100).collect(), phone_index }))
}

/// A case that may be the same matter, with its score.
pub type Similar = (complaint::Model, u8);

/// Earlier complaints like a text being typed.
pub async fn similar_to(cx: &Cx, traits: Traits) -> Result<Vec<Similar>> {
    cx.scope()?.require(Permission::ComplaintReadAll)?;
    rank(cx, &*cx.read().await?, traits, None).await
}

/// Earlier complaints like an existing case, for whoever may read them all.
pub async fn similar(cx: &Cx, row: &complaint::Model) -> Result<Vec<Similar>> {
    if !cx.scope()?.roles().may(Permission::ComplaintReadAll) {
        return Ok(Vec::new());
    }
    rank(cx, &*cx.read().await?, traits(row), Some(row.id)).await
}

async fn rank(cx: &Cx, tx: &ReadTx, wanted: Traits, except: Option<ComplaintId>) -> Result<Vec<Similar>> {
    let since = cx.now() - TimeDelta::days(SIMILAR_DAYS);
    let index = wanted.phone.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok());
    let rows = repo::candidates(tx, since, index).await?;
    let scored = rows.into_iter().filter(|row| Some(row.id) != except && row.merged_into.is_none());
    let mut found: Vec<Similar> = scored.map(|row| (score(&wanted, &traits(&row)), row)).map(|(s, r)| (r, s)).collect();
    found.retain(|(_, score)| *score >= SUGGEST_FROM);
    found.sort_by_key(|(row, score)| (std::cmp::Reverse(*score), row.id));
    found.truncate(SIMILAR_MAX);
    Ok(found)
}

/// Working days until a case is due, negative when late; none without a running clock.
pub fn days_left(due_at: Option<DateTime<Utc>>, now: DateTime<Utc>, rules: &CityRules) -> Option<i32> {
    rules.calendar.between(local_date(now), local_date(due_at?)).ok()
}

/// Whether the present step is late.
pub fn is_late(is_open: bool, due_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    is_open && due_at.is_some_and(|due| now > due)
}

fn traits(row: &complaint::Model) -> Traits {
    Traits {
        text: row.body.clone(),
        place: row.place.clone(),
        day: row.happened_on.or(Some(local_date(row.received_at))),
        phone: row.phone_index.clone().map(String::into_bytes),
    }
}

/// Reading needs one of the two permissions; the rows themselves are narrowed by the scope.
fn readable(cx: &Cx) -> Result<()> {
    cx.scope()?.require(Permission::ComplaintReadOwn).map(|_| ())
}

fn today(cx: &Cx) -> Today {
    let now = cx.now();
    Today { now, end: end_of_day(local_date(now)) }
}
