//! What is shown of tidal windows, each in a number of statements that does not grow with the rows.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, TimeDelta};
use domain::{
    AccountId, PostId,
    calendar::local_date,
    permission::Permission,
    policy::PolicyKey,
    tidal::{ProposalStatus, TidalAction, after, call_late, no_relief},
};
use entity::{post, queue_reading, tidal_call, tidal_proposal, tidal_session, tidal_window, tidal_work};

use super::{hands, repo};
use crate::{
    error::Result,
    graphql::context::Cx,
    posts::{self, repo::People},
    tenancy,
};

/// Readings, and rows of each log, on a page at most.
pub const SHOWN: u64 = 200;
/// How far back readings, and logs, are shown.
const CHART: TimeDelta = TimeDelta::hours(2);
const LOG: Days = Days::new(30);

/// A window in a list.
pub struct Listed {
    /// The post.
    pub post: post::Model,
    /// Where it stands; none before the first reading.
    pub window: Option<tidal_window::Model>,
}

/// What the rule goes by.
pub struct Levels {
    /// So many who wait are a peak.
    pub open_waiting: u32,
    /// So many minutes are one too.
    pub open_minutes: u32,
    /// No more than so many are few.
    pub close_waiting: u32,
}

/// A window with everything about it.
pub struct Page {
    /// The window itself.
    pub listed: Listed,
    /// Readings of the last hours, oldest first.
    pub readings: Vec<queue_reading::Model>,
    /// Proposals of the last days, newest first.
    pub proposals: Vec<tidal_proposal::Model>,
    /// When it was open, newest first; with whether it helped nobody.
    pub sessions: Vec<(tidal_session::Model, bool)>,
    /// Calls, newest first; with whether one is late.
    pub calls: Vec<(tidal_call::Model, bool)>,
    /// Work in the back, newest first.
    pub works: Vec<tidal_work::Model>,
    /// Names of those who decided.
    pub names: HashMap<AccountId, String>,
    /// Those who worked in the back.
    pub people: People,
    /// Whether the viewer writes down here.
    pub may_keep: bool,
    /// What the viewer may decide now.
    pub actions: Vec<TidalAction>,
    /// What many and few are, for the city.
    pub levels: Levels,
    /// Today there.
    pub today: NaiveDate,
}

impl Page {
    /// Peaks without opening (6.13.1).
    pub fn unopened(&self) -> usize {
        let missed =
            |row: &&tidal_proposal::Model| matches!(row.status, ProposalStatus::Declined | ProposalStatus::Passed);
        self.proposals.iter().filter(missed).count()
    }
}

/// The tidal windows, by code.
pub async fn list(cx: &Cx) -> Result<Vec<Listed>> {
    cx.scope()?.require(Permission::TidalRead)?;
    let tx = cx.read().await?;
    let mut windows: HashMap<PostId, _> = repo::windows(&tx).await?.into_iter().map(|row| (row.post_id, row)).collect();
    let posts = repo::posts(&tx).await?.into_iter();
    Ok(posts.map(|post| Listed { window: windows.remove(&post.id), post }).collect())
}

/// One of them, with at most so many readings and rows of each log.
pub async fn page(cx: &Cx, id: PostId, most: u64) -> Result<Page> {
    cx.scope()?.require(Permission::TidalRead)?;
    let tx = cx.read().await?;
    let post = repo::post(&tx, id).await?;
    let window = repo::window(&tx, id).await?;
    let now = cx.now();
    let since = now - LOG;
    let readings = repo::readings(&tx, id, now - CHART, most).await?;
    let proposals = repo::proposals(&tx, id, since, most).await?;
    let sessions = repo::sessions(&tx, id, since, most).await?;
    let calls = repo::calls(&tx, id, since, most).await?;
    let works = repo::works(&tx, id, since, most).await?;
    let accounts = sessions.iter().flat_map(|row| [Some(row.opener_id), row.closer_id]);
    let accounts = accounts.chain(proposals.iter().map(|row| row.decider_id));
    let accounts = accounts.chain(calls.iter().map(|row| row.returner_id)).flatten().collect();
    let names = tenancy::service::names(&tx, accounts).await?;
    let names = names.into_iter().map(|(id, member)| (id, member.display_name)).collect();
    let people = posts::repo::people(&tx, works.iter().map(|row| row.staff_id).collect()).await?;
    let (may_keep, decides) = hands(cx, &tx, &post).await?;
    let phase = repo::as_watch(window.as_ref()).phase;
    let may = |action: &TidalAction| decides && after(phase, *action).is_ok();
    let actions = TidalAction::ALL.iter().copied().filter(may).collect();
    let relief = |row: &tidal_session::Model| {
        let waiting = row.waiting.and_then(|waiting| u32::try_from(waiting).ok());
        let fewest = row.fewest.and_then(|fewest| u32::try_from(fewest).ok());
        waiting.is_some_and(|waiting| no_relief(row.opened_at, row.closed_at.unwrap_or(now), waiting, fewest))
    };
    let today = local_date(now);
    let rules = cx.rules().await?;
    let level = |key| rules.policy.get(key);
    let levels = Levels {
        open_waiting: level(PolicyKey::TidalOpenWaiting),
        open_minutes: level(PolicyKey::TidalOpenMinutes),
        close_waiting: level(PolicyKey::TidalCloseWaiting),
    };
    Ok(Page {
        sessions: sessions.into_iter().map(|row| (row.clone(), relief(&row))).collect(),
        calls: calls.into_iter().map(|row| (row.clone(), call_late(row.due_on, row.returned_at, today))).collect(),
        listed: Listed { post, window },
        readings,
        proposals,
        works,
        names,
        people,
        may_keep,
        actions,
        levels,
        today,
    })
}
