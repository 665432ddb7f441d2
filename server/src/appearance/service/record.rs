//! Writing a check down, answering it, and the center's own pictures of dress.

use chrono::NaiveDate;
use domain::{
    AppearanceCheckId, AppearanceResultId, AttachmentId, PhraseId, PostId, StaffId, Violation,
    appearance::{Entry, Found, Item, Limits, PICTURES_MAX, check_answer, check_day, check_note, judge, tally},
    calendar::local_date,
    files::OwnerKind,
    permission::Permission,
};
use entity::{appearance_check, appearance_result, attachment};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{Badge, asked, checks_at, reach, repo, sealed};
use crate::{
    db::{AuditEvent, Verb, WriteTx},
    error::{Error, Kind, Result},
    files,
    graphql::context::Cx,
    phrases,
    posts::{self, service::Seen, service::people},
};

/// What was looked at, in whom, and how it was.
#[derive(Clone, Debug)]
pub struct NewCheck {
    /// Where.
    pub post: PostId,
    /// Whom.
    pub staff: StaffId,
    /// When.
    pub on: NaiveDate,
    /// Each item that is asked about.
    pub items: Vec<Entry>,
    /// What there is to say besides.
    pub note: Option<String>,
    /// A forbidden phrase that was heard.
    pub phrase: Option<PhraseId>,
    /// Photos.
    pub files: Vec<AttachmentId>,
}

/// Writes a check down.
pub async fn record(cx: &Cx, new: NewCheck) -> Result<appearance_check::Model> {
    let mut tx = cx.write(&cx.scope()?.require(Permission::AppearanceCheck)?).await?;
    posts::repo::post(&tx, new.post).await?;
    let person = posts::service::working(&tx, "staff", new.staff).await?;
    let today = local_date(cx.now());
    let (reach, me) = reach(&tx).await?;
    let wrong = if !checks_at(&reach, new.post) {
        Some(Violation::new("post", "appearance.not_your_post"))
    } else if me.is_some_and(|me| me.id == new.staff) {
        Some(Violation::new("staff", "appearance.oneself"))
    } else if let Some(violation) = check_day(new.on, today).or_else(|| check_note(new.note.as_deref())) {
        Some(violation)
    } else {
        let there = posts::service::reading::posts_on(&tx, new.staff, new.on).await?;
        (!there.contains(&new.post)).then(|| Violation::new("staff", "appearance.not_there"))
    };
    if let Some(violation) = wrong {
        return Err(violation.into());
    }
    if let Some(phrase) = new.phrase {
        phrases::service::is_forbidden(&tx, phrase).await?;
    }
    let known = people::opened(cx, &person)?;
    let rules = cx.rules().await?;
    let asked = asked(cx, &tx, &person, known, &rules.policy).await?;
    let found = judge(&asked, new.items, Limits::of(&rules.policy, known.sex)).map_err(Error::Invalid)?;
    let (passed, counted) = tally(&found);
    let (badge, found): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.item == Item::PartyBadge);
    let badge = badge.into_iter().next().map(|Found { mark, note, .. }| Badge { mark, note });
    let keys = cx.app.keys.center(person.center_id);
    let may_know = cx.scope()?.require(Permission::StaffPartyRead).is_ok();
    let row = appearance_check::ActiveModel {
        id: Set(AppearanceCheckId(cx.app.ids.next())),
        post_id: Set(new.post),
        staff_id: Set(new.staff),
        on_day: Set(new.on),
        checker_id: Set(cx.scope()?.account().ok_or(Error::Unauthenticated)?),
        passed: Set(small(passed)),
        asked: Set(small(counted)),
        badge_enc: Set(may_know.then(|| sealed(&keys, badge.as_ref())).transpose()?),
        note: Set(new.note),
        phrase_id: Set(new.phrase),
        answer: Set(None),
        answered_at: Set(None),
        created_at: Set(tx.now()),
        demo: Set(cx.app.demo),
        version: Set(1),
        ..Default::default()
    };
    let row = tx.insert(row).await?;
    write_items(cx, &mut tx, &row, found).await?;
    files::service::give_pictures(&mut tx, &new.files, OwnerKind::AppearanceCheck, row.id.0).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::AppearanceChecked)).await?;
    Ok(row)
}

async fn write_items(cx: &Cx, tx: &mut WriteTx, row: &appearance_check::Model, found: Vec<Found>) -> Result<()> {
    let item = |one: Found| appearance_result::ActiveModel {
        id: Set(AppearanceResultId(cx.app.ids.next())),
        check_id: Set(row.id),
        post_id: Set(row.post_id),
        staff_id: Set(row.staff_id),
        on_day: Set(row.on_day),
        item: Set(one.item),
        mark: Set(one.mark),
        exceeded: Set(one.exceeded),
        pieces: Set(one.pieces.and_then(|pieces| i32::try_from(pieces).ok())),
        note: Set(one.note),
        ..Default::default()
    };
    tx.insert_many(found.into_iter().map(item).collect()).await
}

/// Answers a check of oneself, once.
pub async fn answer(cx: &Cx, seen: Seen<AppearanceCheckId>, text: String) -> Result<appearance_check::Model> {
    if let Some(violation) = check_answer(&text) {
        return Err(violation.into());
    }
    let mut tx = cx.write(&cx.scope()?.require(Permission::AppearanceRead)?).await?;
    let row = repo::check(&tx, seen.id).await?;
    let (reach, me) = reach(&tx).await?;
    if !reach.holds(row.post_id, row.staff_id) {
        return Err(Error::NotFound(Kind::Row));
    }
    if me.is_none_or(|me| me.id != row.staff_id) {
        return Err(Violation::new("", "appearance.not_yours").into());
    }
    if row.answer.is_some() {
        return Err(Violation::new("", "appearance.answered").into());
    }
    let change = appearance_check::ActiveModel {
        id: Unchanged(seen.id),
        answer: Set(Some(text)),
        answered_at: Set(Some(cx.now())),
        ..Default::default()
    };
    let row = tx.update(change, seen.version).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::AppearanceAnswered)).await?;
    Ok(row)
}

/// Puts the center's own pictures of dress in place of those before (figures A.1 and A.2).
pub async fn set_pictures(cx: &Cx, pictures: Vec<AttachmentId>) -> Result<Vec<attachment::Model>> {
    let mut tx = cx.write(&cx.scope()?.require(Permission::CenterSettings)?).await?;
    if pictures.len() > PICTURES_MAX {
        return Err(Violation::new("files", "files.too_many").with("most", PICTURES_MAX).into());
    }
    let center = cx.scope()?.center()?;
    files::service::give_pictures(&mut tx, &pictures, OwnerKind::Dress, center.0).await?;
    let shown = files::service::of(&tx, OwnerKind::Dress, &[center.0]).await?;
    tx.commit(AuditEvent::of(Verb::DressPicturesSet).with_detail(shown.len().to_string())).await?;
    Ok(shown)
}

fn small(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
