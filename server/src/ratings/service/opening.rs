//! What happens to what was given without anybody asking: it is opened with others of its day, a day that is over gets its
//! root, a week that is over is told to whoever its summary is for, old words go.
//!
//! A day counts as over some minutes late, when every request of its last second has come to an end. Whatever would still
//! come for a day that was closed, because a clock was set back, counts for the next one: a closed day stays as it is.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use domain::{
    RatingId, RatingNoteId, RatingPointId, SurveyResponseId, TallyId,
    calendar::local_date,
    evaluation::{
        levels::FiveLevel,
        merkle::Digest,
        ratings::{BATCH, RatingOrigin, monday},
        tally::{self, Counts, Kept},
    },
    notices::NoticeReason,
    permission::{Permission, Role},
    policy::PolicyKey,
};
use entity::{rating, rating_note, rating_root, rating_tally, survey_response};
use sea_orm::{ActiveValue::Set, Order};

use super::sealed::{Given, Sealed};
use crate::{
    analytics::{
        self,
        counting::{Counted, Rated},
    },
    auth::scope::Scope,
    bad_ratings::service::{self as bad_ratings, NewBadRating},
    crypto::{CenterKeys, hex, sha256, unhex},
    db::{AuditEvent, ReadTx, Verb, WriteTx, identity::Center},
    error::{Conflict, Error, Result},
    graphql::context::{App, Cx},
    oversight::service::{Notice, tell},
    ratings::repo,
    tenancy,
};

/// So long after midnight a day is over.
pub const LATE: TimeDelta = TimeDelta::minutes(10);

/// A week that was over so many days before is told to nobody any more: a server that stood still has other news.
const SUMMED_FOR: u64 = 7;

/// One run for a center.
pub async fn sweep(app: &App, center: &Center) -> Result<()> {
    let cx = || Cx::new(app.clone(), Some(Scope::job(center, "ratings")), None, app.ids.next().to_string());
    let today = local_date(app.clock.now() - LATE);
    let mut waiting: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for day in repo::waiting(&*cx().read().await?).await? {
        *waiting.entry(day).or_default() += 1;
    }
    for (day, count) in waiting {
        let mut left = count;
        while left > 0 && (day < today || left >= BATCH) {
            open(&cx(), day).await?;
            left = left.saturating_sub(repo::OPENED);
        }
    }
    while close(&cx(), today).await? {}
    purge(&cx(), local_date(app.clock.now())).await
}

/// Opens what waits of a day, as much as goes at once.
async fn open(cx: &Cx, day: NaiveDate) -> Result<()> {
    let mut tx = begin(cx).await?;
    let keys = cx.app.keys.center(cx.scope()?.center()?);
    let mut rows = repo::sealed(&tx, day).await?;
    let mut given = Vec::new();
    rows.retain(|row| match Sealed::open(&keys, row) {
        Ok(sealed) => {
            given.push(sealed);
            true
        }
        Err(error) => {
            // Somebody has changed it: it stays for whoever looks into that.
            tracing::error!(?error, "a sealed rating does not open");
            false
        }
    });
    if rows.is_empty() {
        return Ok(());
    }
    cx.app.ids.shuffle(&mut given)?;
    let count = given.len();
    if repo::unseal(&mut tx, &rows).await? != u64::try_from(count).unwrap_or_default() {
        // Another process was faster.
        return Err(Error::Conflict(Conflict::Stale));
    }
    let closed = repo::closed(&tx, Order::Desc).await?;
    let day = closed.filter(|closed| *closed >= day).map_or(day, |closed| closed + Days::new(1));
    store(cx, &mut tx, &keys, day, given).await?;
    tx.commit(AuditEvent::of(Verb::RatingsOpened).with_detail(count.to_string())).await
}

async fn store(cx: &Cx, tx: &mut WriteTx, keys: &CenterKeys, day: NaiveDate, given: Vec<Sealed>) -> Result<()> {
    let posts: HashMap<_, _> = repo::points(tx).await?.into_iter().map(|row| (row.id, row.post_id)).collect();
    let (mut ratings, mut surveys, mut words, mut bad) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut counts: BTreeMap<(Option<RatingPointId>, FiveLevel), i32> = BTreeMap::new();
    let mut counted = Counted::default();
    for Sealed { point, channel, form, commitment, given } in given {
        match given {
            Given::Rating(opinion) => {
                let id = RatingId(cx.app.ids.unordered());
                let post = point.and_then(|point| posts.get(&point).copied().flatten());
                let marks = serde_json::to_string(&opinion.marks()).map_err(anyhow::Error::from)?;
                ratings.push(rating::ActiveModel {
                    id: Set(id),
                    point_id: Set(point),
                    post_id: Set(post),
                    day: Set(day),
                    channel: Set(channel),
                    form_version: Set(form),
                    level: Set(opinion.level),
                    indicators: Set(marks),
                    origin: Set(RatingOrigin::Active),
                    commitment: Set(commitment),
                    ..Default::default()
                });
                *counts.entry((point, opinion.level)).or_default() += 1;
                let (level, origin) = (opinion.level, RatingOrigin::Active);
                counted.ratings(Rated { day, channel, form, level, origin }, false, 1);
                words.extend(opinion.remark.clone());
                if opinion.level.is_bad() && (opinion.remark.is_some() || opinion.contact.is_some()) {
                    let (level, reasons) = (opinion.level, opinion.reasons);
                    let (remark, contact) = (opinion.remark, opinion.contact);
                    bad.push(NewBadRating { rating: id, post, level, form, reasons, remark, contact, day });
                }
            }
            Given::Survey(answers) => {
                counted.survey(day, channel, form, &answers.rows);
                surveys.push(survey_response::ActiveModel {
                    id: Set(SurveyResponseId(cx.app.ids.unordered())),
                    point_id: Set(point),
                    day: Set(day),
                    channel: Set(channel),
                    form_version: Set(form),
                    visited_on: Set(answers.visited_on),
                    department: Set(answers.department),
                    answers: Set(serde_json::to_string(&answers.rows).map_err(anyhow::Error::from)?),
                    origin: Set(RatingOrigin::Active),
                    commitment: Set(commitment),
                    ..Default::default()
                });
                words.extend(answers.remark);
            }
        }
    }
    if !ratings.is_empty() {
        tx.insert_many(ratings).await?;
    }
    if !surveys.is_empty() {
        tx.insert_many(surveys).await?;
    }
    note(cx, tx, keys, day, words).await?;
    count(cx, tx, day, counts).await?;
    analytics::service::count(tx, counted).await?;
    bad_ratings::open(cx, tx, bad).await.map(drop)
}

/// Keeps words, in an order of their own: they are not where their rating is.
async fn note(cx: &Cx, tx: &mut WriteTx, keys: &CenterKeys, day: NaiveDate, mut words: Vec<String>) -> Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    cx.app.ids.shuffle(&mut words)?;
    let kept = Days::new(cx.rules().await?.policy.get(PolicyKey::RatingNoteDays).into());
    let rows = words.iter().map(|text| -> Result<_> {
        Ok(rating_note::ActiveModel {
            id: Set(RatingNoteId(cx.app.ids.unordered())),
            day: Set(day),
            remark_enc: Set(keys.seal("remark", text)?),
            purge_on: Set(day + kept),
            ..Default::default()
        })
    });
    tx.insert_many(rows.collect::<Result<Vec<_>>>()?).await
}

async fn count(
    cx: &Cx,
    tx: &mut WriteTx,
    day: NaiveDate,
    mut counts: BTreeMap<(Option<RatingPointId>, FiveLevel), i32>,
) -> Result<()> {
    let origin = RatingOrigin::Active;
    for known in repo::tallies(tx, day, day).await?.into_iter().filter(|row| row.origin == origin) {
        if let Some(more) = counts.remove(&(known.point_id, known.level)) {
            let ratings = Set(known.ratings.saturating_add(more));
            tx.update_plain(rating_tally::ActiveModel { id: Set(known.id), ratings, ..Default::default() }).await?;
        }
    }
    let new = counts.into_iter().map(|((point, level), ratings)| rating_tally::ActiveModel {
        id: Set(TallyId(cx.app.ids.unordered())),
        day: Set(day),
        point_id: Set(point),
        origin: Set(origin),
        level: Set(level),
        ratings: Set(ratings),
        ..Default::default()
    });
    let new: Vec<_> = new.collect();
    if new.is_empty() { Ok(()) } else { tx.insert_many(new).await }
}

/// Closes the day after the last one that was closed, or the first of all, if it is over. Whether it was.
async fn close(cx: &Cx, today: NaiveDate) -> Result<bool> {
    let tx = cx.read().await?;
    let closed = repo::closed(&tx, Order::Desc).await?;
    let next = match closed {
        Some(day) => Some(day + Days::new(1)),
        None => repo::first_day(&tx).await?,
    };
    drop(tx);
    let Some(day) = next.filter(|day| *day < today) else { return Ok(false) };
    let mut tx = begin(cx).await?;
    let (committed, counts) = given(&tx, day).await?;
    let root = hex(&tally::root(sha256, &committed, &counts));
    let row = rating_root::ActiveModel {
        day: Set(day),
        ratings: Set(i32::try_from(committed.len()).unwrap_or(i32::MAX)),
        root: Set(root.clone()),
        ..Default::default()
    };
    tx.insert_many(vec![row]).await?;
    if day.weekday() == Weekday::Sun && day + Days::new(SUMMED_FOR) >= today {
        summed(cx, &mut tx, day).await?;
    }
    let detail = tally_line(day, committed.len(), &root);
    tx.commit(AuditEvent::of(Verb::RatingDayClosed).with_detail(detail)).await?;
    Ok(true)
}

/// Tells that the week that ends on `sunday` may be looked at, where anything was given in it (7.2.3.2.2, 7.2.3.4.2).
async fn summed(cx: &Cx, tx: &mut WriteTx, sunday: NaiveDate) -> Result<()> {
    let monday = monday(sunday);
    if !repo::any_given(tx, monday, sunday).await? {
        return Ok(());
    }
    let mut who = Vec::new();
    for role in [Role::CenterAdmin, Role::SupervisionOfficer, Role::PostLead] {
        who.extend(tenancy::service::holders(tx, role).await?);
    }
    let center = cx.scope()?.center()?;
    let notice = Notice::new(NoticeReason::WeekSummed, center.0, Some(&format!("{monday} – {sunday}")));
    tell(cx, tx, vec![(who, notice)]).await
}

/// How the audit tells that a day was closed.
pub fn tally_line(day: NaiveDate, given: usize, root: &str) -> String {
    format!("{day} {given} {root}")
}

/// What stands for everything that was given on a day, and how many gave what.
async fn given(tx: &ReadTx, day: NaiveDate) -> Result<(Vec<Digest>, Counts)> {
    let committed = |text: &str| unhex(text).ok_or_else(|| anyhow::anyhow!("{text} is no commitment"));
    let (mut all, mut counts) = (Vec::new(), Counts::default());
    for row in repo::rated(tx, day).await? {
        counts.rating(Kept { origin: row.origin, channel: row.channel, form: row.form_version }, row.level);
        all.push(committed(&row.commitment)?);
    }
    for row in repo::asked(tx, day).await? {
        let rows: Vec<_> = serde_json::from_str(&row.answers).map_err(anyhow::Error::from)?;
        counts.survey(Kept { origin: row.origin, channel: row.channel, form: row.form_version }, &rows);
        all.push(committed(&row.commitment)?);
    }
    Ok((all, counts))
}

/// Removes words whose time is over.
async fn purge(cx: &Cx, today: NaiveDate) -> Result<()> {
    let old = repo::kept_too_long(today);
    if !repo::any_notes(&*cx.read().await?, old.clone()).await? {
        return Ok(());
    }
    let mut tx = begin(cx).await?;
    let gone = tx.remove_where::<rating_note::Entity>(old).await?.unwrap_or_default();
    tx.commit(AuditEvent::of(Verb::RatingNotesPurged).with_detail(gone.to_string())).await
}

async fn begin(cx: &Cx) -> Result<WriteTx> {
    cx.write(&cx.scope()?.require(Permission::RatingGive)?).await
}
