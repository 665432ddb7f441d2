//! Cases begin: called by the job that brings the ratings of a center in, in its own transaction.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    AccountId, BadRatingId, BadRatingTargetId, FormVersionId, PostId, RatingId,
    bad_ratings::{BadRatingEventKind, BadRatingStatus},
    evaluation::{
        forms::{FormContent, Words},
        levels::FiveLevel,
    },
    notices::NoticeReason,
    permission::Permission,
};
use entity::{bad_rating, bad_rating_target, form_version};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use super::{CONTACT, Line, REMARK, keys, log, set_clock};
use crate::{
    analytics::{self, counting::Counted},
    db::{ReadTx, WriteTx},
    error::Result,
    graphql::context::Cx,
    oversight::service::{Notice, tell},
    posts, tenancy,
};

/// A rating of one of the two bad levels, with a remark or a way to be reached.
#[derive(Clone, Debug)]
pub struct NewBadRating {
    /// The rating, which is stored already.
    pub rating: RatingId,
    /// The rated post; none for the center.
    pub post: Option<PostId>,
    /// The level.
    pub level: FiveLevel,
    /// The form by which it was given.
    pub form: FormVersionId,
    /// Codes of its reasons that were ticked.
    pub reasons: Vec<String>,
    /// In the rater's words.
    pub remark: Option<String>,
    /// How to reach them.
    pub contact: Option<String>,
    /// The day on which it was given.
    pub day: NaiveDate,
}

/// Opens the cases of bad ratings, and tells whoever handles them, unless they are the target.
pub async fn open(cx: &Cx, tx: &mut WriteTx, new: Vec<NewBadRating>) -> Result<Vec<BadRatingId>> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let handlers = tenancy::service::able(tx, Permission::BadRatingHandle).await?;
    let names: HashMap<_, _> = posts::repo::posts(tx).await?.into_iter().map(|row| (row.id, row.name)).collect();
    let (mut opened, mut messages) = (Vec::with_capacity(new.len()), Vec::with_capacity(new.len()));
    let mut counted = Counted::default();
    for one in new {
        let name = one.post.and_then(|post| names.get(&post));
        let (case, rated) = begin(cx, tx, one).await?;
        counted.bad_rating(&(&case).into(), 1);
        let told = handlers.iter().copied().filter(|handler| !rated.contains(handler)).collect();
        let notice = Notice::new(NoticeReason::BadRatingOpened, case.id.0, name.map(String::as_str));
        messages.push((told, notice));
        opened.push(case.id);
    }
    analytics::service::count(tx, counted).await?;
    tell(cx, tx, messages).await?;
    Ok(opened)
}

/// Opens one, and says whose accounts it is about; its words and how to reach the rater are sealed here. Whoever worked at
/// the post on that day is its target from now on, whatever becomes of the roster.
async fn begin(cx: &Cx, tx: &mut WriteTx, new: NewBadRating) -> Result<(bad_rating::Model, Vec<AccountId>)> {
    // No id in order of time: nothing leads from a case to the moment of its rating.
    let (id, now, rules) = (BadRatingId(cx.app.ids.unordered()), tx.now(), cx.rules().await?);
    let (status, named, keys) = (BadRatingStatus::Received, new.contact.is_some(), keys(cx, tx)?);
    let seal = |field, text: Option<String>| text.map(|text| keys.seal(field, &text)).transpose();
    let reasons = words(tx, new.form, &new.reasons).await?;
    let mut row = bad_rating::ActiveModel {
        id: Set(id),
        rating_id: Set(new.rating),
        post_id: Set(new.post),
        rated_on: Set(new.day),
        level: Set(new.level),
        reasons: Set(serde_json::to_string(&reasons).map_err(anyhow::Error::from)?),
        remark_enc: Set(seal(REMARK, new.remark)?),
        contact_enc: Set(seal(CONTACT, new.contact)?),
        named: Set(named),
        status: Set(status),
        finding: Set(None),
        opened_at: Set(now),
        missed: Set(0),
        extended: Set(false),
        again: Set(false),
        satisfaction: Set(None),
        appeal_until: Set(None),
        appealed: Set(false),
        appealed_from: Set(None),
        excluded: Set(false),
        closed_at: Set(None),
        purge_on: Set(None),
        demo: Set(cx.app.demo),
        version: Set(1),
        fixed_in_time: Set(None),
        ..Default::default()
    };
    set_clock(&mut row, (status, named, None), now, &rules);
    let row = tx.insert(row).await?;
    let there = match new.post {
        Some(post) => posts::service::reading::there(tx, new.day).await?.remove(&post),
        None => None,
    };
    let people = posts::repo::people(tx, there.into_iter().flatten().collect()).await?;
    let mut people: Vec<_> = people.into_values().collect();
    people.sort_unstable_by_key(|person| person.id);
    let rated = people.iter().filter_map(|person| person.account_id).collect();
    let targets: Vec<_> = people
        .into_iter()
        .map(|person| bad_rating_target::ActiveModel {
            id: Set(BadRatingTargetId(cx.app.ids.next())),
            bad_rating_id: Set(id),
            staff_id: Set(person.id),
            account_id: Set(person.account_id),
            ..Default::default()
        })
        .collect();
    if !targets.is_empty() {
        tx.insert_many(targets).await?;
    }
    log(cx, tx, (id, status), Line::of(BadRatingEventKind::Opened)).await?;
    Ok((row, rated))
}

/// What the ticked reasons say. The form is the city's: inside of the case the city reads none, so the words are kept.
async fn words(tx: &ReadTx, form: FormVersionId, codes: &[String]) -> Result<Vec<Words>> {
    let form = tx.city::<form_version::Entity>().filter(form_version::Column::Id.eq(form)).one().await?;
    let content = form.map(|form| serde_json::from_str(&form.content)).transpose().map_err(anyhow::Error::from)?;
    let offered = match content {
        Some(FormContent::GoodBad(form)) => form.reasons,
        _ => Vec::new(),
    };
    let said = |code: &String| offered.iter().find(|line| line.code == *code).map(|line| line.title.clone());
    Ok(codes.iter().filter_map(said).collect())
}
