//! What is shown of care windows: services without who it is, each with its log.

use std::collections::HashMap;

use domain::{
    AccountId, CareRecordId,
    care::{CareAction, CareFacts, after, is_late, is_slow},
    permission::Permission,
};
use entity::{care_event, care_record, post};

use super::{BODY, asked, repo};
use crate::{
    error::{Error, Kind, Result},
    graphql::{
        context::{CityRules, Cx},
        page::Most,
    },
    posts::{self, repo::People},
    tenancy,
};

/// A service with what its checks found.
pub struct Found {
    /// The service.
    pub row: care_record::Model,
    /// Whether somebody waited too long.
    pub slow: bool,
    /// Whether a visit is, or was, late.
    pub late: bool,
}

/// Everything at the viewer's windows.
pub struct List {
    /// The windows at which the viewer serves.
    pub posts: Vec<post::Model>,
    /// What goes on, the oldest first.
    pub open: Vec<Found>,
    /// What is over, the newest first.
    pub over: Vec<Found>,
    /// Names of visitors and receivers.
    pub people: People,
}

/// One service with everything about it.
pub struct Page {
    /// The service.
    pub found: Found,
    /// Its window.
    pub post: post::Model,
    /// What is needed.
    pub need: Option<String>,
    /// The log, oldest first, each with its text.
    pub events: Vec<(care_event::Model, Option<String>)>,
    /// Who wrote it.
    pub names: HashMap<AccountId, String>,
    /// Names of visitors and receivers.
    pub people: People,
    /// What the viewer may do.
    pub actions: Vec<CareAction>,
}

/// At most so many services at the viewer's windows; supervision and the administrator see all windows'.
pub async fn list(cx: &Cx, most: Most) -> Result<List> {
    let scope = cx.scope()?;
    scope.require(Permission::CareRead)?;
    let tx = cx.read().await?;
    let own = posts::service::reading::own_posts(cx, &tx).await?;
    let keeps = scope.require(Permission::CareKeep).is_ok();
    let seen = own.as_ref().filter(|_| keeps);
    let rules = cx.rules().await?;
    let found = |row| found(cx, row, &rules);
    let open: Vec<_> = repo::records(&tx, seen, false, most).await?.into_iter().map(found).collect();
    let over: Vec<_> = repo::records(&tx, seen, true, most).await?.into_iter().map(found).collect();
    let ids = open.iter().chain(&over).flat_map(|found| who(&found.row)).collect();
    let people = posts::repo::people(&tx, ids).await?;
    let mut posts = repo::posts(&tx).await?;
    posts.retain(|row| keeps && own.as_ref().is_none_or(|own| own.contains(&row.id)));
    Ok(List { posts, open, over, people })
}

/// One of them.
pub async fn page(cx: &Cx, id: CareRecordId) -> Result<Page> {
    let scope = cx.scope()?;
    scope.require(Permission::CareRead)?;
    let tx = cx.read().await?;
    let row = repo::record(&tx, id).await?;
    let keeps = scope.require(Permission::CareKeep).is_ok();
    let own = posts::service::reading::own_posts(cx, &tx).await?;
    if keeps && own.is_some_and(|own| !own.contains(&row.post_id)) {
        return Err(Error::NotFound(Kind::Row));
    }
    let post = repo::post(&tx, row.post_id).await?;
    let keys = cx.app.keys.center(row.center_id);
    // Supervision sees the course, not what was said.
    let open =
        |field, text: &Option<String>| text.as_deref().filter(|_| keeps).map(|text| keys.open(field, text)).transpose();
    let need = open("need", &row.need_enc)?;
    let events = repo::events(&tx, id).await?;
    let names = tenancy::service::names(&tx, events.iter().map(|event| event.actor_id).collect()).await?;
    let events = events.into_iter().map(|event| Ok((event.clone(), open(BODY, &event.body_enc)?)));
    let events = events.collect::<Result<Vec<_>>>()?;
    let people = posts::repo::people(&tx, who(&row).collect()).await?;
    let may = |action: &CareAction| keeps && after(row.status, asked(&row), *action).is_ok();
    let actions = CareAction::ALL.iter().copied().filter(may).collect();
    let rules = cx.rules().await?;
    let names = names.into_iter().map(|(id, member)| (id, member.display_name)).collect();
    Ok(Page { found: found(cx, row, &rules), post, need, events, names, people, actions })
}

fn who(row: &care_record::Model) -> impl Iterator<Item = domain::StaffId> + use<> {
    [row.guide_id, row.receiver_id, row.visitor_id, row.companion_id].into_iter().flatten()
}

fn found(cx: &Cx, row: care_record::Model, rules: &CityRules) -> Found {
    let facts = CareFacts {
        status: row.status,
        greeted_at: row.greeted_at,
        started_at: row.started_at,
        due_on: row.due_on,
        visited_at: row.visited_at,
    };
    let (slow, late) = (is_slow(&facts, cx.now(), &rules.policy), is_late(&facts, cx.now()));
    Found { row, slow, late }
}
