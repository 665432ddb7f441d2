//! Invented titles, ledgers and looks of the center that a newcomer sees first, told by the services themselves.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use domain::{
    PostId, StaffId,
    calendar::{local_date, shanghai},
    model_posts::{
        Activity, CheckKind, EvidenceKind,
        ledger::{EntryForm, EntryStatus},
    },
};
use serde::Deserialize;

use super::service::{
    checks::{self, NewLook},
    ledger,
    titles::{self, Appraisal},
};
use crate::{
    auth::scope::Scope,
    clock::Clock,
    demo::{Cast, Ledgers},
    error::Result,
    graphql::context::{App, Cx},
    posts::{self, service::Seen},
};

#[derive(Deserialize)]
struct Texts {
    titles: Vec<Title>,
    entries: Vec<Entry>,
    looks: Vec<Look>,
}

/// A title, with the days ago of each of its steps.
#[derive(Deserialize)]
struct Title {
    post: String,
    applied: u64,
    reviewed: Option<u64>,
    publicised: Option<u64>,
    awarded: Option<u64>,
    stars: Option<u32>,
    note: String,
}

#[derive(Deserialize)]
struct Entry {
    post: String,
    days_ago: u64,
    activity: Activity,
    evidence: EvidenceKind,
    title: String,
    detail: String,
    hours: Option<u32>,
    kept_at: Option<String>,
    people: Vec<String>,
    stage: EntryStatus,
    reason: Option<String>,
}

#[derive(Deserialize)]
struct Look {
    post: String,
    check: CheckKind,
    days_ago: u64,
    fine: bool,
    note: Option<String>,
}

/// Puts them in: two titles that are held and one that was applied for, ledgers with something in every state, and looks
/// of which one found something and one is overdue.
///
/// # Errors
/// From the services.
pub async fn tell(app: &App, cast: &Cast, ledgers: &Ledgers) -> Result<()> {
    let texts: Texts =
        serde_json::from_str(include_str!("../../../migration/data/demo_ledgers.json")).map_err(anyhow::Error::from)?;
    let today = local_date(app.clock.now());
    let cx = Cx::new(app.clone(), Some(cast.admin.clone()), None, "demo".to_owned());
    let tx = cx.read().await?;
    let posts = posts::repo::posts(&tx).await?.into_iter().map(|row| (row.code, row.id)).collect();
    let people = posts::repo::staff(&tx, false).await?.into_iter().map(|row| (row.staff_no, row.id)).collect();
    drop(tx);
    let teller = Teller { app, cast, ledgers, today, posts, people };
    for title in texts.titles {
        teller.title(title).await?;
    }
    for entry in texts.entries {
        teller.entry(entry).await?;
    }
    for look in texts.looks {
        teller.look(look).await?;
    }
    Ok(())
}

struct Teller<'a> {
    app: &'a App,
    cast: &'a Cast,
    ledgers: &'a Ledgers,
    today: NaiveDate,
    posts: BTreeMap<String, PostId>,
    people: BTreeMap<String, StaffId>,
}

impl Teller<'_> {
    async fn title(&self, title: Title) -> Result<()> {
        let Some((post, keeper)) = self.at(&title.post) else { return Ok(()) };
        let admin = &self.cast.admin;
        let mut row = titles::apply(&self.ago(keeper, title.applied, 9), post, Some(title.note)).await?;
        let found = Appraisal { score: None, stars: title.stars };
        if let Some(days) = title.reviewed {
            let seen = Seen { id: row.id, version: row.version };
            row = titles::review(&self.ago(&self.ledgers.lead, days, 10), seen, found, None).await?;
        }
        if let Some(days) = title.publicised {
            let seen = Seen { id: row.id, version: row.version };
            row = titles::publicise(&self.ago(admin, days, 9), seen, None).await?;
        }
        if let Some(days) = title.awarded {
            let seen = Seen { id: row.id, version: row.version };
            titles::award(&self.ago(admin, days, 9), seen, None).await?;
        }
        Ok(())
    }

    async fn entry(&self, entry: Entry) -> Result<()> {
        let Some((post, keeper)) = self.at(&entry.post) else { return Ok(()) };
        let form = EntryForm {
            happened_on: self.today - Days::new(entry.days_ago),
            activity: entry.activity,
            evidence: entry.evidence,
            title: entry.title,
            detail: Some(entry.detail),
            hours: entry.hours,
            kept_at: entry.kept_at,
            participants: entry.people.iter().filter_map(|number| self.people.get(number).copied()).collect(),
        };
        let mut row = ledger::add(&self.ago(keeper, entry.days_ago, 10), post, form, Vec::new()).await?;
        if entry.stage == EntryStatus::Draft {
            return Ok(());
        }
        row = ledger::submit(&self.ago(keeper, entry.days_ago, 11), Seen { id: row.id, version: row.version }).await?;
        let seen = Seen { id: row.id, version: row.version };
        // The party post's lead has no account: its entries are the administrator's to approve.
        let by = if entry.post == "party" { &self.cast.admin } else { &self.ledgers.lead };
        let by = self.ago(by, entry.days_ago, 15);
        match entry.stage {
            EntryStatus::Approved => ledger::approve(&by, seen).await.map(|_| ()),
            EntryStatus::Returned => ledger::send_back(&by, seen, entry.reason.unwrap_or_default()).await.map(|_| ()),
            _ => Ok(()),
        }
    }

    async fn look(&self, look: Look) -> Result<()> {
        let Some((post, keeper)) = self.at(&look.post) else { return Ok(()) };
        let cx = self.ago(keeper, look.days_ago, 16);
        let on = local_date(cx.now());
        checks::record(&cx, NewLook { post, check: look.check, on, fine: look.fine, note: look.note }).await.map(|_| ())
    }

    /// The post with this code, and who keeps its ledger.
    fn at(&self, code: &str) -> Option<(PostId, &Scope)> {
        let keeper = match code {
            "party" => &self.ledgers.party,
            "women" => &self.ledgers.women,
            _ => &self.ledgers.youth,
        };
        Some((*self.posts.get(code)?, keeper))
    }

    /// A request of `scope` so many days ago, at this hour there.
    fn ago(&self, scope: &Scope, days: u64, hour: i64) -> Cx {
        let day = (self.today - Days::new(days)).and_time(NaiveTime::MIN).and_local_timezone(shanghai()).single();
        let at = day.map_or_else(|| self.app.clock.now(), |day| day.to_utc() + TimeDelta::hours(hour));
        Cx::new(self.app.at(Clock::fixed(at)), Some(scope.clone()), None, "demo".to_owned())
    }
}
