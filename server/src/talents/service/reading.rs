//! What is shown of talents' requests: without who it is, each with its log for whoever follows it.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    AccountId, TalentRequestId,
    calendar::local_date,
    permission::Permission,
    talents::{Days, Part, TalentAction, actions},
};
use entity::{post, talent_appointment, talent_event, talent_request};

use super::{
    BODY, Viewer, course, repo, seen,
    steps::{PLACE, RESULT},
    stewards::{self, Steward},
};
use crate::{
    error::Result,
    graphql::{context::Cx, page::Most},
    posts::{self, repo::People},
    talents::repo::Listed,
    tenancy,
};

/// A request with what its checks found.
pub struct Found {
    /// The request.
    pub row: talent_request::Model,
    /// Whether nobody has noted anything for too long.
    pub overdue: bool,
    /// Whether somebody was to get in touch, and has not.
    pub contact_passed: bool,
}

/// Everything at the center's talent posts.
pub struct List {
    /// The posts at which the viewer takes requests.
    pub posts: Vec<post::Model>,
    /// What the viewer follows.
    pub mine: Vec<Found>,
    /// What others follow, or nobody yet.
    pub open: Vec<Found>,
    /// What is over, the newest first.
    pub over: Vec<Found>,
    /// Who is at the posts.
    pub stewards: Vec<Steward>,
    /// Names of those who follow requests.
    pub people: People,
    /// Whether the viewer says who is a senior clerk.
    pub directs: bool,
}

/// One request with everything about it.
pub struct Page {
    /// The request.
    pub found: Found,
    /// Its post.
    pub post: post::Model,
    /// What is asked for, in words.
    pub description: Option<String>,
    /// What has come of it.
    pub result: Option<String>,
    /// The log, oldest first, each with its text.
    pub events: Vec<(talent_event::Model, Option<String>)>,
    /// Appointments, the latest first, each with its place.
    pub appointments: Vec<(talent_appointment::Model, Option<String>)>,
    /// Who wrote the log.
    pub names: HashMap<AccountId, String>,
    /// The steward.
    pub people: People,
    /// Who could be the steward.
    pub stewards: Vec<Steward>,
    /// What the viewer may do.
    pub actions: Vec<TalentAction>,
    /// Whether the viewer may see who it is.
    pub reveals: bool,
}

/// At most so many of the center's requests, for those at its talent posts and those who only look.
pub async fn list(cx: &Cx, most: Most) -> Result<List> {
    cx.scope()?.require(Permission::TalentRead)?;
    let tx = cx.read().await?;
    let viewer = Viewer::of(cx, &tx).await?;
    let today = local_date(cx.now());
    let listed = |rows: Vec<talent_request::Model>| rows.into_iter().map(|row| found(row, today)).collect::<Vec<_>>();
    let (mut mine, mut open, mut over, mut stewards) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    if viewer.sees() {
        if let Some(me) = viewer.me {
            mine = listed(repo::requests(&tx, Listed::Of(me), most).await?);
        }
        open = listed(repo::requests(&tx, Listed::Open(viewer.me), most).await?);
        over = listed(repo::requests(&tx, Listed::Over, most).await?);
        stewards = stewards::of(cx, &tx, &repo::posts(&tx).await?).await?;
    }
    let who = mine.iter().chain(&open).chain(&over).filter_map(|found| found.row.steward_id).collect();
    let people = posts::repo::people(&tx, who).await?;
    let directs = viewer.directs();
    Ok(List { posts: viewer.posts, mine, open, over, stewards, people, directs })
}

/// One of them.
pub async fn page(cx: &Cx, id: TalentRequestId) -> Result<Page> {
    cx.scope()?.require(Permission::TalentRead)?;
    let tx = cx.read().await?;
    let (row, viewer) = seen(cx, &tx, id).await?;
    let part = viewer.part(&row);
    let post = repo::post(&tx, row.post_id).await?;
    let keys = cx.app.keys.center(row.center_id);
    // Whoever does not follow it sees the course, not what was said.
    let open = |field, text: &Option<String>| {
        text.as_deref().filter(|_| part != Part::Looks).map(|text| keys.open(field, text)).transpose()
    };
    let (description, result) = (open("description", &row.description_enc)?, open(RESULT, &row.result_enc)?);
    let events = repo::events(&tx, id).await?;
    let names = tenancy::service::names(&tx, events.iter().map(|event| event.actor_id).collect()).await?;
    let names = names.into_iter().map(|(id, member)| (id, member.display_name)).collect();
    let events = events.into_iter().map(|event| Ok((event.clone(), open(BODY, &event.body_enc)?)));
    let events = events.collect::<Result<Vec<_>>>()?;
    let appointments = repo::appointments(&tx, id).await?.into_iter();
    let appointments = appointments.map(|row| Ok((row.clone(), open(PLACE, &row.place_enc)?)));
    let appointments = appointments.collect::<Result<Vec<_>>>()?;
    let people = posts::repo::people(&tx, row.steward_id.into_iter().collect()).await?;
    let stewards = stewards::of(cx, &tx, std::slice::from_ref(&post)).await?;
    let actions = actions(part, course(&row)).collect();
    let reveals =
        row.name_enc.is_some() && cx.scope()?.require(Permission::TalentReveal).is_ok() && viewer.reveals(&row);
    let found = found(row, local_date(cx.now()));
    Ok(Page { found, post, description, result, events, appointments, names, people, stewards, actions, reveals })
}

fn found(row: talent_request::Model, today: NaiveDate) -> Found {
    let days = Days { status: row.status, progress_due_on: row.progress_due_on, next_contact_on: row.next_contact_on };
    Found { overdue: days.is_overdue(today), contact_passed: days.contact_passed(today), row }
}
