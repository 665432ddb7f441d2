//! What is shown: the checks of a year with what they come to, one check, whom one may check and about what. Each in a number
//! of statements that does not grow with the rows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use domain::{
    AppearanceCheckId, PostId, StaffId,
    appearance::{COUNTED, Failure, Item, Spec, Wording, failed_most, repeated},
    calendar::local_date,
    files::OwnerKind,
    permission::Permission,
    posts::PostStatus,
};
use entity::{appearance_check, appearance_result, post};

use super::{Badge, asked, checks_at, opened, reach, repo, repo::Reach, wording};
use crate::{
    db::ReadTx,
    error::{Error, Kind, Result},
    files::{self, graphql::AttachedFile},
    graphql::context::Cx,
    phrases,
    posts::{
        self,
        repo::People,
        service::{people, working},
    },
    tenancy,
};

/// Checks that a page shows.
const SHOWN: usize = 100;
/// How far back checks are read.
const READ: Days = Days::new(366);

/// Somebody at a post today, and the last check of them in a year.
#[derive(Clone, Debug)]
pub struct Last {
    /// Who.
    pub staff: StaffId,
    /// Where they are today.
    pub post: PostId,
    /// The last check.
    pub check: Option<appearance_check::Model>,
}

/// The checks that the viewer sees, and what they come to.
pub struct List {
    /// Newest first.
    pub checks: Vec<appearance_check::Model>,
    /// Whether there are more.
    pub more: bool,
    /// Who is at a post of the viewer's today: those whom nobody has checked first, then by the day of their last check.
    pub last: Vec<Last>,
    /// What failed in most people in ninety days, with how many they were.
    pub failing: Vec<(Item, usize)>,
    /// What somebody failed again in ninety days, with how often.
    pub repeats: Vec<(Failure, usize)>,
    /// The posts that are named.
    pub posts: Vec<post::Model>,
    /// Who is named.
    pub people: People,
    /// The center's own pictures of dress.
    pub pictures: Vec<AttachedFile>,
}

/// One check with everything about it.
pub struct Page {
    /// The check.
    pub check: appearance_check::Model,
    /// Its items, in their order.
    pub results: Vec<appearance_result::Model>,
    /// What was found of the party badge, for whoever may know.
    pub badge: Option<Badge>,
    /// Where.
    pub post: post::Model,
    /// Whom.
    pub staff: entity::staff_member::Model,
    /// Who checked.
    pub checker: String,
    /// The words of a forbidden phrase that was heard.
    pub phrase: Option<String>,
    /// Photos.
    pub files: Vec<AttachedFile>,
    /// Whether the viewer may answer it.
    pub may_answer: bool,
}

/// An item, as it is offered about somebody.
#[derive(Clone, Copy, Debug)]
pub struct Offered {
    /// Which, and what is measured.
    pub spec: &'static Spec,
    /// In which words.
    pub wording: Wording,
}

/// A post where the viewer may check, and whom.
pub struct Place {
    /// The post.
    pub post: post::Model,
    /// Who is there today, by number.
    pub people: People,
}

/// A check, as a workbook shows it.
pub struct Line {
    /// The check.
    pub check: appearance_check::Model,
    /// What was not in order.
    pub failed: Vec<Item>,
    /// Where.
    pub post: Option<String>,
    /// Whose number and name.
    pub staff: Option<(String, String)>,
    /// Who checked.
    pub checker: Option<String>,
}

/// The checks that the viewer sees; of one person where one is named.
pub async fn list(cx: &Cx, of: Option<StaffId>) -> Result<List> {
    let scope = cx.scope()?;
    scope.require(Permission::AppearanceRead)?;
    let tx = cx.read().await?;
    let today = local_date(cx.now());
    let (reach, me) = reach(&tx).await?;
    let mut checks = repo::checks(&tx, &reach, of, since(today, READ)).await?;
    let all_posts = posts::repo::posts(&tx).await?;
    let (mut last, mut failures) = (Vec::new(), Vec::new());
    if scope.require(Permission::AppearanceCheck).is_ok() {
        let there = present(&tx, &reach, &all_posts, me.as_ref().map(|me| me.id), today).await?;
        last = latest(&there, &checks, of);
        failures = repo::failures(&tx, &reach, since(today, COUNTED)).await?;
        failures.retain(|row| of.is_none_or(|of| of == row.staff_id));
    }
    let failures: Vec<_> = failures.iter().map(|row| Failure { staff: row.staff_id, item: row.item }).collect();
    let repeats = repeated(&failures);
    let more = checks.len() > SHOWN;
    checks.truncate(SHOWN);
    let who = checks.iter().map(|row| row.staff_id).chain(last.iter().map(|row| row.staff));
    let people =
        posts::repo::people(&tx, who.chain(repeats.iter().map(|(failure, _)| failure.staff)).collect()).await?;
    let named: BTreeSet<_> = checks.iter().map(|row| row.post_id).chain(last.iter().map(|row| row.post)).collect();
    let posts = all_posts.into_iter().filter(|row| named.contains(&row.id)).collect();
    let center = scope.center()?;
    let keys = cx.app.keys.center(center);
    let pictures = files::service::of(&tx, OwnerKind::Dress, &[center.0]).await?;
    let pictures = pictures.iter().map(|file| AttachedFile::new(file, &keys)).collect::<Result<_>>()?;
    Ok(List { checks, more, last, failing: failed_most(&failures), repeats, posts, people, pictures })
}

fn since(today: NaiveDate, days: Days) -> NaiveDate {
    today.checked_sub_days(days).unwrap_or(today)
}

/// Who is where today at the posts where the viewer checks; not the viewer.
async fn present(
    tx: &ReadTx,
    reach: &Reach,
    posts: &[post::Model],
    me: Option<StaffId>,
    today: NaiveDate,
) -> Result<BTreeMap<PostId, BTreeSet<StaffId>>> {
    let mut there = posts::service::reading::there(tx, today).await?;
    let in_use = |id: &PostId| posts.iter().any(|row| row.id == *id && row.status == PostStatus::Active);
    there.retain(|post, _| checks_at(reach, *post) && in_use(post));
    for people in there.values_mut() {
        people.retain(|staff| Some(*staff) != me);
    }
    Ok(there)
}

fn latest(
    there: &BTreeMap<PostId, BTreeSet<StaffId>>,
    checks: &[appearance_check::Model],
    of: Option<StaffId>,
) -> Vec<Last> {
    let mut places = BTreeMap::new();
    for (post, people) in there {
        for staff in people.iter().filter(|staff| of.is_none_or(|of| of == **staff)) {
            places.entry(*staff).or_insert(*post);
        }
    }
    // They come newest first.
    let last = |staff: StaffId| checks.iter().find(|row| row.staff_id == staff).cloned();
    let mut all: Vec<_> = places.into_iter().map(|(staff, post)| Last { staff, post, check: last(staff) }).collect();
    all.sort_by_key(|one| one.check.as_ref().map(|check| check.on_day));
    all
}

/// One check that the viewer sees.
pub async fn page(cx: &Cx, id: AppearanceCheckId) -> Result<Page> {
    let scope = cx.scope()?;
    scope.require(Permission::AppearanceRead)?;
    let tx = cx.read().await?;
    let check = repo::check(&tx, id).await?;
    let (reach, me) = reach(&tx).await?;
    if !reach.holds(check.post_id, check.staff_id) {
        return Err(Error::NotFound(Kind::Row));
    }
    let own = me.is_some_and(|me| me.id == check.staff_id);
    let keys = cx.app.keys.center(check.center_id);
    // Whoever was checked knows whether they are a member.
    let may_know = own || scope.require(Permission::StaffPartyRead).is_ok();
    let badge = if may_know { opened(&keys, check.badge_enc.as_deref())? } else { None };
    let phrase = match check.phrase_id {
        Some(phrase) => Some(phrases::service::one(&tx, phrase).await?.row.text),
        None => None,
    };
    let names = tenancy::service::names(&tx, vec![check.checker_id]).await?;
    let checker = names.get(&check.checker_id).map(|member| member.display_name.clone()).unwrap_or_default();
    let files = files::service::of(&tx, OwnerKind::AppearanceCheck, &[id.0]).await?;
    Ok(Page {
        results: repo::results(&tx, id).await?,
        badge,
        post: posts::repo::post(&tx, check.post_id).await?,
        staff: posts::repo::person(&tx, check.staff_id).await?,
        checker,
        phrase,
        files: files.iter().map(|file| AttachedFile::new(file, &keys)).collect::<Result<_>>()?,
        may_answer: own && check.answer.is_none(),
        check,
    })
}

/// Where the viewer may check, and whom.
pub async fn choices(cx: &Cx) -> Result<Vec<Place>> {
    cx.scope()?.require(Permission::AppearanceCheck)?;
    let tx = cx.read().await?;
    let (reach, me) = reach(&tx).await?;
    let posts = posts::repo::posts(&tx).await?;
    let there = present(&tx, &reach, &posts, me.map(|me| me.id), local_date(cx.now())).await?;
    let everybody = posts::repo::people(&tx, there.values().flatten().copied().collect()).await?;
    let place = |post: post::Model| {
        let here = there.get(&post.id)?;
        let people: People = here.iter().filter_map(|id| Some((*id, everybody.get(id)?.clone()))).collect();
        (!people.is_empty()).then_some(Place { post, people })
    };
    Ok(posts.into_iter().filter_map(place).collect())
}

/// What the viewer is to ask about somebody.
pub async fn items(cx: &Cx, staff: StaffId) -> Result<Vec<Offered>> {
    cx.scope()?.require(Permission::AppearanceCheck)?;
    let tx = cx.read().await?;
    let person = working(&tx, "staff", staff).await?;
    let known = people::opened(cx, &person)?;
    let asked = asked(cx, &tx, &person, known, &cx.rules().await?.policy).await?;
    asked.into_iter().map(|spec| Ok(Offered { spec, wording: wording(cx, spec.item, known)? })).collect()
}

/// The checks that the viewer sees, as a workbook shows them.
pub async fn lines(cx: &Cx, of: Option<StaffId>) -> Result<Vec<Line>> {
    cx.scope()?.require(Permission::AppearanceRead)?;
    let tx = cx.read().await?;
    let (reach, _) = reach(&tx).await?;
    let day = since(local_date(cx.now()), READ);
    let checks = repo::checks(&tx, &reach, of, day).await?;
    let mut failed: BTreeMap<AppearanceCheckId, Vec<Item>> = BTreeMap::new();
    for row in repo::failures(&tx, &reach, day).await? {
        failed.entry(row.check_id).or_default().push(row.item);
    }
    let people = posts::repo::people(&tx, checks.iter().map(|row| row.staff_id).collect()).await?;
    let mut checkers: Vec<_> = checks.iter().map(|row| row.checker_id).collect();
    checkers.sort_unstable();
    checkers.dedup();
    let names = tenancy::service::names(&tx, checkers).await?;
    let posts: BTreeMap<_, _> = posts::repo::posts(&tx).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let line = |check: appearance_check::Model| {
        let mut failed = failed.remove(&check.id).unwrap_or_default();
        failed.sort_unstable();
        Line {
            failed,
            post: posts.get(&check.post_id).cloned(),
            staff: people.get(&check.staff_id).map(|row| (row.staff_no.clone(), row.name.clone())),
            checker: names.get(&check.checker_id).map(|member| member.display_name.clone()),
            check,
        }
    };
    Ok(checks.into_iter().map(line).collect())
}
