//! What is shown: titles, one title with everything about it, a ledger, what waits, what is missing. Each in a number of
//! statements that does not grow with the rows.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    AccountId, LedgerEntryId, ModelTitleId, PostId, StaffId,
    calendar::local_date,
    complaints::Who,
    files::OwnerKind,
    model_posts::{
        Criterion, EvidenceKind, Gap, ModelKind, definition,
        gaps::block,
        ledger::{self, EntryAction, EntryStatus},
        team::{Counted, Point, history},
        title::{TitleAction, actions},
    },
    permission::Permission,
    policy::PolicyKey,
};
use entity::{clause, ledger_entry, model_title, model_title_event, post, post_check, title_objection};

use super::{
    facts::{Known, told},
    kinds, model_post, repo, titles, who, who_as,
};
use crate::{
    db::ReadTx,
    error::{Error, Kind, Result},
    files::{self, graphql::AttachedFile},
    graphql::{context::Cx, page::Page},
    posts,
    tenancy::{self, repo::Names},
};

/// A title and its post.
pub struct Listed {
    /// The title.
    pub title: model_title::Model,
    /// The post.
    pub post: post::Model,
}

/// What somebody holds against a title.
pub struct Objection {
    /// As stored.
    pub row: title_objection::Model,
    /// In their words.
    pub text: String,
}

/// A title with everything about it.
pub struct TitlePage {
    /// The title and its post.
    pub listed: Listed,
    /// As of which day.
    pub on: NaiveDate,
    /// What it asks for: the clause, and whether some of it is computed.
    pub criteria: Vec<(clause::Model, bool)>,
    /// What is missing.
    pub gaps: Vec<Gap>,
    /// How many of a hundred it asks for, where it asks for a share.
    pub share_min: Option<u32>,
    /// How the share moved that the title asks for, to the next review.
    pub shares: Vec<Point>,
    /// The latest looks on the spot, newest first.
    pub looks: Vec<post_check::Model>,
    /// What happened to it, oldest first.
    pub events: Vec<model_title_event::Model>,
    /// Who is named in it.
    pub people: Names,
    /// What was held against it.
    pub objections: Vec<Objection>,
    /// What the viewer may do now.
    pub actions: Vec<TitleAction>,
}

/// A post and what it lacks.
pub struct Lacking {
    /// The title and the post.
    pub listed: Listed,
    /// What is missing, by day.
    pub gaps: Vec<Gap>,
}

/// An entry, who took part, what proves it, and what the viewer may do with it.
pub struct Entry {
    /// The entry.
    pub row: ledger_entry::Model,
    /// Who took part.
    pub participants: Vec<StaffId>,
    /// The files that prove it.
    pub files: Vec<AttachedFile>,
    /// Who wrote it and who decided.
    pub people: Names,
    /// What the viewer may do now.
    pub actions: Vec<EntryAction>,
}

/// Every title of the center that the viewer sees, newest first.
pub async fn list(cx: &Cx) -> Result<Vec<Listed>> {
    cx.scope()?.require(Permission::ModelPostRead)?;
    let tx = cx.read().await?;
    let titles = repo::titles(&tx, &kinds(cx)?, true).await?;
    let ids: Vec<_> = titles.iter().map(|title| title.post_id).collect();
    let posts = repo::posts(&tx, &ids).await?.into_iter().map(|row| (row.id, row)).collect();
    Ok(listed(titles, &posts))
}

/// One title.
pub async fn title(cx: &Cx, id: ModelTitleId) -> Result<TitlePage> {
    cx.scope()?.require(Permission::ModelPostRead)?;
    let tx = cx.read().await?;
    let (title, post) = titles::seen_title(cx, &tx, id).await?;
    let today = local_date(cx.now());
    let policy = &cx.rules().await?.policy;
    let known = Known::of(cx, &tx, std::slice::from_ref(&title)).await?;
    let gaps = known.gaps(&title, policy, today);
    let counted = match title.kind {
        ModelKind::Party => None,
        ModelKind::Women => Some((Counted::Women, PolicyKey::WomenShareMin)),
        ModelKind::Youth => Some((Counted::UpToAge(policy.get(PolicyKey::YouthAgeMax)), PolicyKey::YouthShareMin)),
    };
    let (from, to) = (title.awarded_on.unwrap_or(title.applied_on), title.recheck_on.unwrap_or(today).max(today));
    let shares = counted.map(|(counted, _)| history(known.team(post.id), counted, from, to)).unwrap_or_default();
    let objections = repo::objections(&tx, id).await?;
    let facts = titles::facts(&title, &objections, block(&gaps, today));
    let actions = actions(&facts, &who(cx, &tx, &post).await?, today);
    let (looks, events) = (repo::looks(&tx, post.id).await?, repo::events(&tx, id).await?);
    let named = looks.iter().map(|row| row.checker_id).chain(events.iter().map(|row| row.actor_id));
    let people = names(&tx, named.collect()).await?;
    let words = |row: title_objection::Model| Ok(Objection { text: titles::opened(cx, &row)?, row });
    Ok(TitlePage {
        on: today,
        criteria: criteria(&tx, title.kind).await?,
        gaps: told(cx, gaps)?,
        share_min: counted.map(|(_, min)| policy.get(min)),
        shares,
        looks,
        events,
        people,
        objections: objections.into_iter().map(words).collect::<Result<_>>()?,
        actions,
        listed: Listed { title, post },
    })
}

async fn names(tx: &ReadTx, mut accounts: Vec<AccountId>) -> Result<Names> {
    accounts.sort_unstable();
    accounts.dedup();
    tenancy::service::names(tx, accounts).await
}

async fn criteria(tx: &ReadTx, kind: ModelKind) -> Result<Vec<(clause::Model, bool)>> {
    let asked = definition(kind).criteria;
    let mut clauses = repo::clauses(tx, asked.iter().map(|one| one.clause).collect()).await?;
    let with_clause = |one: &Criterion| Some((clauses.remove(one.clause)?, !one.rules.is_empty()));
    Ok(asked.iter().filter_map(with_clause).collect())
}

/// What every post lacks that bears a title or is on the way to one; what counts longest comes first in each.
pub async fn gaps(cx: &Cx) -> Result<Vec<Lacking>> {
    cx.scope()?.require(Permission::ModelPostRead)?;
    let tx = cx.read().await?;
    let titles = repo::titles(&tx, &kinds(cx)?, false).await?;
    let known = Known::of(cx, &tx, &titles).await?;
    let (policy, today) = (&cx.rules().await?.policy, local_date(cx.now()));
    let lacking = |listed: Listed| {
        let gaps = told(cx, known.gaps(&listed.title, policy, today))?;
        Ok(Lacking { listed, gaps })
    };
    listed(titles, &known.posts).into_iter().map(lacking).collect()
}

/// Criteria of model posts that are met today, and all by which something is asked: numbers, for the center's figures.
pub async fn compliance(cx: &Cx) -> Result<(usize, usize)> {
    cx.scope()?.require(Permission::ModelPostRead)?;
    let tx = cx.read().await?;
    let posts = repo::titles(&tx, ModelKind::ALL, false).await?;
    let known = Known::of(cx, &tx, &posts).await?;
    let (rules, today) = (cx.rules().await?, local_date(cx.now()));
    let (mut met, mut asked) = (0, 0);
    for title in &posts {
        let gaps = known.gaps(title, &rules.policy, today);
        let missing =
            |clause| gaps.iter().any(|gap| gap.clause == Some(clause) && gap.breach_on.is_none_or(|day| day <= today));
        for criterion in definition(title.kind).criteria.iter().filter(|criterion| !criterion.rules.is_empty()) {
            asked += 1;
            met += usize::from(!missing(criterion.clause));
        }
    }
    Ok((met, asked))
}

/// Which entries of a post's ledger are asked for.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Filter {
    /// Whose ledger.
    pub post: PostId,
    /// Where they stand.
    pub status: Option<EntryStatus>,
    /// What proves them.
    pub evidence: Option<EvidenceKind>,
}

/// A page of a post's ledger, newest first; one row more than asked when there are more.
pub async fn ledger(cx: &Cx, filter: Filter, page: Page) -> Result<Vec<Entry>> {
    cx.scope()?.require(Permission::ModelPostRead)?;
    let tx = cx.read().await?;
    let (post, _) = model_post(cx, &tx, filter.post).await?;
    let who = who(cx, &tx, &post).await?;
    let rows = repo::entries(&tx, filter, page).await?;
    complete(cx, &tx, rows, |_| who.clone()).await
}

/// One entry.
pub async fn entry(cx: &Cx, id: LedgerEntryId) -> Result<Entry> {
    cx.scope()?.require(Permission::ModelPostRead)?;
    let tx = cx.read().await?;
    of_row(cx, &tx, repo::entry(&tx, id).await?).await
}

/// An entry as the viewer sees it after a change of theirs.
pub async fn shown(cx: &Cx, row: ledger_entry::Model) -> Result<Entry> {
    let tx = cx.read().await?;
    of_row(cx, &tx, row).await
}

async fn of_row(cx: &Cx, tx: &ReadTx, row: ledger_entry::Model) -> Result<Entry> {
    let (post, _) = model_post(cx, tx, row.post_id).await?;
    let who = who(cx, tx, &post).await?;
    complete(cx, tx, vec![row], |_| who.clone()).await?.pop().ok_or(Error::NotFound(Kind::Row))
}

/// What waits for the viewer's approval, longest first.
pub async fn queue(cx: &Cx) -> Result<Vec<Entry>> {
    cx.scope()?.require(Permission::ModelPostAppraise)?;
    let tx = cx.read().await?;
    let led = match posts::service::me(cx, &tx).await? {
        Some(me) => repo::led(&tx, me.id).await?,
        None => Vec::new(),
    };
    let (leading, other) = (who_as(cx, true)?, who_as(cx, false)?);
    let everywhere = other.roles.may(Permission::ModelPostAppraise);
    let rows = repo::submitted(&tx, &kinds(cx)?, (!everywhere).then_some(led.as_slice())).await?;
    let leads = |id: PostId| led.contains(&id);
    let who = |row: &ledger_entry::Model| if leads(row.post_id) { leading.clone() } else { other.clone() };
    let mut found = complete(cx, &tx, rows, who).await?;
    found.retain(|entry| entry.actions.contains(&EntryAction::Approve));
    Ok(found)
}

async fn complete(
    cx: &Cx,
    tx: &ReadTx,
    rows: Vec<ledger_entry::Model>,
    who: impl Fn(&ledger_entry::Model) -> Who,
) -> Result<Vec<Entry>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut people = HashMap::<LedgerEntryId, Vec<StaffId>>::new();
    for one in repo::participants(tx, &ids).await? {
        people.entry(one.entry_id).or_default().push(one.staff_id);
    }
    let keys = cx.app.keys.center(cx.scope()?.center()?);
    let owners: Vec<_> = ids.iter().map(|id| id.0).collect();
    let mut proofs = HashMap::<_, Vec<AttachedFile>>::new();
    for file in files::service::of(tx, OwnerKind::LedgerEntry, &owners).await? {
        proofs.entry(file.owner_id).or_default().push(AttachedFile::new(&file, &keys)?);
    }
    let named = rows.iter().flat_map(|row| [Some(row.author_id), row.decider_id]).flatten();
    let known = names(tx, named.collect()).await?;
    let part = |row: &ledger_entry::Model| {
        let there = [Some(row.author_id), row.decider_id].into_iter().flatten();
        there.filter_map(|id| Some((id, known.get(&id)?.clone()))).collect()
    };
    let entry = |row: ledger_entry::Model| Entry {
        participants: people.remove(&row.id).unwrap_or_default(),
        files: proofs.remove(&Some(row.id.0)).unwrap_or_default(),
        people: part(&row),
        actions: ledger::actions(&super::ledger::facts(&row), &who(&row)),
        row,
    };
    Ok(rows.into_iter().map(entry).collect())
}

fn listed(titles: Vec<model_title::Model>, posts: &HashMap<PostId, post::Model>) -> Vec<Listed> {
    let with_post = |title: model_title::Model| Some(Listed { post: posts.get(&title.post_id)?.clone(), title });
    titles.into_iter().filter_map(with_post).collect()
}
