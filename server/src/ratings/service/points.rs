//! Keeping the points at which the public rates, and the codes on their posters.

use std::collections::BTreeSet;

use domain::{
    PostId, RatingPointId, Violation,
    calendar::local_date,
    evaluation::{
        forms::FormKind,
        ratings::{NAME_MAX, PointChannel, PointKind, check_name},
    },
    permission::Permission,
    posts::PostStatus,
};
use entity::{post, rating_point};
use sea_orm::ActiveValue::Set;

use super::fine;
use crate::{
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Error, Kind, Result},
    evaluation::forms::service::counting,
    graphql::context::Cx,
    http::edge::origin,
    posts::{self, service::Seen},
    qr,
    ratings::{codes::point_code, repo},
};

/// Everything about the center's points.
pub struct Points {
    /// All of them, also revoked ones, by name.
    pub rows: Vec<rating_point::Model>,
    /// Posts in use.
    pub posts: Vec<post::Model>,
    /// Those of them that have none with a poster.
    pub without: Vec<post::Model>,
    /// Whether the city has published the form that they ask.
    pub ready: bool,
}

/// A poster.
pub struct Poster {
    /// Its point.
    pub point: rating_point::Model,
    /// Where the code leads.
    pub url: String,
    /// The code: rows of modules, `1` where it is dark.
    pub picture: Vec<String>,
}

/// The points, and the posts that have none.
pub async fn list(cx: &Cx) -> Result<Points> {
    cx.scope()?.require(Permission::RatingPointManage)?;
    let tx = cx.read().await?;
    let rows = repo::points(&tx).await?;
    let posts = in_use(&tx).await?;
    let without = without(&posts, &rows).cloned().collect();
    let ready = counting(&tx, FormKind::GoodBad, local_date(cx.now())).await?.is_some();
    Ok(Points { rows, posts, without, ready })
}

/// The posters of all points in use.
pub async fn posters(cx: &Cx, known_as: &str) -> Result<Vec<Poster>> {
    cx.scope()?.require(Permission::RatingPointManage)?;
    let known_as = cx.app.edge.origin.clone().or_else(|| origin(known_as));
    let origin = known_as.ok_or_else(|| Violation::new("origin", "rating.origin"))?;
    let rows = repo::points(&*cx.read().await?).await?;
    let id = cx.scope()?.center()?;
    let center = cx.app.db.identity().center(id).await?.ok_or(Error::NotFound(Kind::Center))?;
    let live = rows.into_iter().filter(|row| row.revoked_at.is_none() && row.channel == PointChannel::Qr);
    live.map(|point| {
        let url = format!("{origin}/r/{}/{}", center.code, point_code(&cx.app.keys, id, point.id)?);
        Ok(Poster { picture: qr::rows(&url)?, url, point })
    })
    .collect()
}

/// Adds a point: for a post, or for the center; at a poster, or at a kiosk.
pub async fn add(cx: &Cx, post: Option<PostId>, name: &str, channel: PointChannel) -> Result<rating_point::Model> {
    let mut tx = begin(cx).await?;
    let link = (channel == PointChannel::Link).then(|| Violation::new("channel", "rating.channel"));
    fine(check_name(name).into_iter().chain(link).collect())?;
    if let Some(post) = post
        && posts::repo::post(&tx, post).await?.status == PostStatus::Closed
    {
        return Err(Violation::new("post", "rating.post_closed").into());
    }
    let row = tx.insert(new(cx, post, name, channel)).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::RatingPointAdded)).await?;
    Ok(row)
}

/// Adds a point for each post in use that has none with a poster, named as the post; all points then.
pub async fn add_for_posts(cx: &Cx) -> Result<Vec<rating_point::Model>> {
    let mut tx = begin(cx).await?;
    let known = repo::points(&tx).await?;
    let posts = in_use(&tx).await?;
    let missing = without(&posts, &known);
    let rows: Vec<_> = missing.map(|post| new(cx, Some(post.id), &name_of(post), PointChannel::Qr)).collect();
    let count = rows.len();
    if count > 0 {
        tx.insert_many(rows).await?;
    }
    let all = repo::points(&tx).await?;
    tx.commit(AuditEvent::of(Verb::RatingPointsAdded).with_detail(count.to_string())).await?;
    Ok(all)
}

/// Gives a point another name; its code stays.
pub async fn rename(cx: &Cx, seen: Seen<RatingPointId>, name: &str) -> Result<rating_point::Model> {
    let tx = begin(cx).await?;
    fine(check_name(name).into_iter().collect())?;
    let renamed = rating_point::ActiveModel { name: Set(name.to_owned()), ..Default::default() };
    change(tx, seen, renamed, Verb::RatingPointRenamed).await
}

/// Revokes a point: its code and the tokens that are out for it work no more.
pub async fn revoke(cx: &Cx, seen: Seen<RatingPointId>) -> Result<rating_point::Model> {
    let tx = begin(cx).await?;
    let revoked = rating_point::ActiveModel { revoked_at: Set(Some(cx.now())), ..Default::default() };
    change(tx, seen, revoked, Verb::RatingPointRevoked).await
}

async fn begin(cx: &Cx) -> Result<WriteTx> {
    cx.write(&cx.scope()?.require(Permission::RatingPointManage)?).await
}

/// Changes a point that is in use.
async fn change(
    mut tx: WriteTx,
    seen: Seen<RatingPointId>,
    change: rating_point::ActiveModel,
    verb: Verb,
) -> Result<rating_point::Model> {
    if repo::point(&tx, seen.id).await?.revoked_at.is_some() {
        return Err(Violation::new("", "rating.revoked").into());
    }
    let row = tx.update(rating_point::ActiveModel { id: Set(seen.id), ..change }, seen.version).await?;
    tx.commit(AuditEvent::on(row.id.0, verb)).await?;
    Ok(row)
}

fn new(cx: &Cx, post: Option<PostId>, name: &str, channel: PointChannel) -> rating_point::ActiveModel {
    rating_point::ActiveModel {
        // Nothing can be guessed from when a poster was made.
        id: Set(RatingPointId(cx.app.ids.unordered())),
        kind: Set(if post.is_some() { PointKind::Post } else { PointKind::Center }),
        post_id: Set(post),
        name: Set(name.to_owned()),
        channel: Set(channel),
        revoked_at: Set(None),
        demo: Set(cx.app.demo),
        version: Set(1),
        ..Default::default()
    }
}

async fn in_use(tx: &ReadTx) -> Result<Vec<post::Model>> {
    let mut posts = posts::repo::posts(tx).await?;
    posts.retain(|post| post.status == PostStatus::Active);
    Ok(posts)
}

/// Those of the posts that have no point in use with a poster: a kiosk's has none.
fn without<'a>(
    posts: &'a [post::Model],
    points: &[rating_point::Model],
) -> impl Iterator<Item = &'a post::Model> + use<'a> {
    let live = points.iter().filter(|row| row.revoked_at.is_none() && row.channel == PointChannel::Qr);
    let have: BTreeSet<_> = live.filter_map(|row| row.post_id).collect();
    posts.iter().filter(move |post| !have.contains(&post.id))
}

/// As people find it: with the number of its window.
pub fn name_of(post: &post::Model) -> String {
    let number = post.window_no.as_deref().filter(|number| !post.name.contains(number));
    let name = number.map_or_else(|| post.name.clone(), |number| format!("{number} {}", post.name));
    name.chars().take(NAME_MAX).collect()
}
