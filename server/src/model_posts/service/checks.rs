//! Looks on the spot: plaque, badge, facilities, box, phone.

use chrono::{Days, NaiveDate};
use domain::{
    PostCheckId, PostId, TallyId, Violation,
    calendar::local_date,
    model_posts::{
        CheckKind, definition,
        title::{Hand, holds},
    },
    permission::Permission,
};
use entity::post_check;
use sea_orm::ActiveValue::Set;

use super::{check_note, model_post, repo, who};
use crate::{
    db::{AuditEvent, Verb},
    error::{Error, Result},
    graphql::context::Cx,
    posts::repo::hold_post,
};

/// How many days back a look may be written down: one term.
const BACK: Days = Days::new(731);

/// What was looked at, when, and whether it was in order.
#[derive(Clone, Debug)]
pub struct NewLook {
    /// Where.
    pub post: PostId,
    /// What.
    pub check: CheckKind,
    /// When.
    pub on: NaiveDate,
    /// Whether it was in order.
    pub fine: bool,
    /// What there is to say.
    pub note: Option<String>,
}

/// Writes down a look on the spot, by the keeper of the ledger or whoever leads the post.
pub async fn record(cx: &Cx, new: NewLook) -> Result<post_check::Model> {
    check_note("note", new.note.as_deref())?;
    let mut tx = cx.write(&cx.scope()?.require(Permission::ModelPostPropose)?).await?;
    let (post, kind) = model_post(cx, &tx, new.post).await?;
    if !holds(&who(cx, &tx, &post).await?.roles, Hand::Propose, kind) {
        return Err(Violation::new("", "model_post.not_permitted").into());
    }
    let today = local_date(cx.now());
    let wrong = if !definition(kind).checks().any(|check| check == new.check) {
        Some(Violation::new("check", "model_post.check"))
    } else if new.on > today {
        Some(Violation::new("on", "form.date_in_future"))
    } else {
        (new.on + BACK < today).then(|| Violation::new("on", "form.date_too_old"))
    };
    if let Some(violation) = wrong {
        return Err(violation.into());
    }
    hold_post(&mut tx, &post).await?;
    let row = post_check::ActiveModel {
        id: Set(PostCheckId(cx.app.ids.next())),
        post_id: Set(post.id),
        looked_at: Set(new.check),
        on_day: Set(new.on),
        fine: Set(new.fine),
        note: Set(new.note),
        checker_id: Set(cx.scope()?.account().ok_or(Error::Unauthenticated)?),
        created_at: Set(cx.now()),
        ..Default::default()
    };
    let row = tx.insert(row).await?;
    repo::keep_standing(&mut tx, TallyId(cx.app.ids.next()), post.id, new.check).await?;
    tx.commit(AuditEvent::on(post.id.0, Verb::PostCheckRecorded).with_detail(new.check.key())).await?;
    Ok(row)
}
