//! What is shown of cases: to whoever handles them everything but how to reach the rater, to the rated side and to whoever
//! looks on the course and what is said for them.

use std::collections::HashMap;

use chrono::{DateTime, Months, NaiveDate, Utc};
use domain::{
    AccountId, BadRatingId,
    bad_ratings::{BadRatingAction, BadRatingEventKind, BadRatingQueue, BadRatingStatus, Part, actions, leads_to_task},
    calendar::local_date,
    evaluation::forms::Words,
    files::OwnerKind,
    improvement::RectificationSource,
    permission::Permission,
};
use entity::{bad_rating, bad_rating_event, post, rating_appeal};

use super::{BODY, REMARK, Viewer, actors, facts, keys, repo, seen};
use crate::{
    complaints::service::reading::days_left,
    db::ReadTx,
    error::Result,
    files::{self, graphql::AttachedFile},
    graphql::context::{CityRules, Cx},
    improvement::{self, service::Followed},
    posts, tenancy,
};

/// Cases that a page shows at most.
pub const SHOWN: u64 = 200;
/// Months for which the totals are counted.
const MONTHS: u32 = 12;

/// A case with its clock.
pub struct Found {
    /// The case.
    pub row: bad_rating::Model,
    /// The name of the rated post.
    pub post: Option<String>,
    /// Working days left for the present step; negative when late.
    pub days_left: Option<i32>,
    /// Whether that step is late.
    pub late: bool,
}

/// The center's cases, as far as the viewer sees them.
pub struct List {
    /// How many each queue holds.
    pub counts: Vec<(BadRatingQueue, u64)>,
    /// Those of the queue that was asked for.
    pub rows: Vec<Found>,
    /// Ratings that opened a case in the last months, all of them, and those that do not count; of the whole center, and
    /// only for whoever sees its cases.
    pub totals: Option<Totals>,
}

/// Both totals: what is excluded stays visible.
#[derive(Clone, Copy, Debug)]
pub struct Totals {
    /// From which day on.
    pub since: NaiveDate,
    /// With what is excluded.
    pub all: u64,
    /// What is excluded.
    pub excluded: u64,
}

/// One case with everything about it.
pub struct Page {
    /// The case.
    pub found: Found,
    /// The reasons that were ticked.
    pub reasons: Vec<Words>,
    /// What the rater wrote; for whoever handles it.
    pub remark: Option<String>,
    /// Whether how to reach the rater is still kept, and the viewer may see it.
    pub reveals: bool,
    /// Whom it is about, by name.
    pub targets: Vec<String>,
    /// The log, oldest first, each with its text.
    pub events: Vec<(bad_rating_event::Model, Option<String>)>,
    /// Who wrote the log.
    pub names: HashMap<AccountId, String>,
    /// The appeal, with its evidence.
    pub appeal: Option<(rating_appeal::Model, Vec<AttachedFile>)>,
    /// What the viewer may do.
    pub actions: Vec<BadRatingAction>,
    /// Whether the viewer is on the rated side.
    pub rated: bool,
    /// The task that followed.
    pub task: Option<Followed>,
    /// Whether the viewer may open one.
    pub may_task: bool,
}

/// The cases of a queue, at most so many.
pub async fn list(cx: &Cx, queue: BadRatingQueue, most: u64) -> Result<List> {
    cx.scope()?.require(Permission::BadRatingRead)?;
    let (tx, now, rules) = (cx.read().await?, cx.now(), cx.rules().await?);
    let viewer = Viewer::of(&tx).await?;
    let mut counts = Vec::with_capacity(BadRatingQueue::ALL.len());
    for queue in BadRatingQueue::ALL {
        counts.push((*queue, repo::count(&tx, &viewer.seen, *queue, now).await?));
    }
    let rows = repo::cases(&tx, &viewer.seen, queue, now, most).await?;
    let posts = names_of_posts(&tx).await?;
    let rows = rows.into_iter().map(|row| found(row, &posts, now, &rules)).collect();
    let totals = if viewer.seen.all {
        let since = local_date(now).checked_sub_months(Months::new(MONTHS)).unwrap_or_default();
        let (all, excluded) = repo::totals(&tx, since).await?;
        Some(Totals { since, all, excluded })
    } else {
        None
    };
    Ok(List { counts, rows, totals })
}

/// One of them.
pub async fn page(cx: &Cx, id: BadRatingId) -> Result<Page> {
    cx.scope()?.require(Permission::BadRatingRead)?;
    let (tx, now, rules) = (cx.read().await?, cx.now(), cx.rules().await?);
    let (row, _, who) = seen(&tx, id).await?;
    let (part, keys) = (who.0, keys(cx, &tx)?);
    let handles = part == Part::Handles;
    let remark = row.remark_enc.as_deref().filter(|_| handles).map(|text| keys.open(REMARK, text)).transpose()?;
    let events = repo::events(&tx, id).await?;
    let names = tenancy::service::names(&tx, actors(&events).into_iter().collect()).await?;
    let names = names.into_iter().map(|(id, member)| (id, member.display_name)).collect();
    let events = events.into_iter().filter(|event| handles || event.kind != BadRatingEventKind::Noted);
    let events = events.map(|event| {
        let shown = handles || event.kind.is_told();
        let text = event.body_enc.as_deref().filter(|_| shown).map(|text| keys.open(BODY, text)).transpose()?;
        Ok((event, text))
    });
    let events = events.collect::<Result<Vec<_>>>()?;
    let people = repo::targets(&tx, id).await?.into_iter().map(|target| target.staff_id).collect();
    let mut people: Vec<_> = posts::repo::people(&tx, people).await?.into_values().collect();
    people.sort_by(|a, b| a.staff_no.cmp(&b.staff_no));
    let appeal = match repo::appeal_of(&tx, id).await? {
        Some(appeal) => {
            let files = files::service::of(&tx, OwnerKind::RatingAppeal, &[appeal.id.0]).await?;
            let files = files.iter().map(|file| AttachedFile::new(file, &keys)).collect::<Result<_>>()?;
            Some((appeal, files))
        }
        None => None,
    };
    let task = improvement::service::tasks_of(&tx, RectificationSource::BadRating, &[id.0]).await?.remove(&id.0);
    let may_task = handles && task.is_none() && leads_to_task(row.finding, row.excluded).is_ok();
    let reveals = handles && row.contact_enc.is_some() && cx.scope()?.require(Permission::BadRatingReveal).is_ok();
    Ok(Page {
        reasons: serde_json::from_str(&row.reasons).map_err(anyhow::Error::from)?,
        remark,
        reveals,
        targets: people.into_iter().map(|person| person.name).collect(),
        events,
        names,
        appeal,
        actions: actions(who, facts(&row), now).collect(),
        rated: part == Part::Rated,
        task,
        may_task,
        found: found(row, &names_of_posts(&tx).await?, now, &rules),
    })
}

async fn names_of_posts(tx: &ReadTx) -> Result<HashMap<domain::PostId, String>> {
    let named = |post: post::Model| (post.id, post.name);
    Ok(posts::repo::posts(tx).await?.into_iter().map(named).collect())
}

fn found(
    row: bad_rating::Model,
    posts: &HashMap<domain::PostId, String>,
    now: DateTime<Utc>,
    rules: &CityRules,
) -> Found {
    let late = row.status != BadRatingStatus::Closed && row.due_at.is_some_and(|due| now > due);
    Found {
        post: row.post_id.and_then(|post| posts.get(&post).cloned()),
        days_left: days_left(row.due_at, now, rules),
        late,
        row,
    }
}
