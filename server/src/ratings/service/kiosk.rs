//! A kiosk in the hall (7.2.3.2.1): what it shows, and what was given at it, perhaps days ago.
//!
//! It shows the credential of its device, and from there on the request is a visitor's: nothing of the device goes into what
//! is kept, but the point. Each rating has a key that the kiosk has drawn; a key counts once in its center, from whichever
//! device it comes, so that a rating whose answer was lost may be sent again, also by a device that was registered anew.

use domain::{
    FormVersionId, Violation,
    calendar::local_date,
    evaluation::{
        forms::{FormContent, FormKind, GoodBad},
        ratings::{Opinion, Place, PointChannel, check_opinion},
    },
};
use entity::{kiosk, rating_point};
use uuid::Uuid;

use super::{
    fine,
    giving::{self, Given, another_form, is_signed_in},
};
use crate::{
    auth::scope::Scope,
    crypto::hex,
    db::identity::Center,
    error::{Conflict, Error, Result},
    evaluation::forms::service::{counting, published},
    graphql::context::Cx,
    http::edge::VisitorAct,
    ratings::{codes, repo},
    settings,
};

/// What a kiosk shows.
pub struct Shown {
    /// Where it stands.
    pub center: Center,
    /// The point that is rated at it.
    pub point: rating_point::Model,
    /// Says with each rating which point it is about.
    pub code: String,
    /// The form that counts today.
    pub form: FormVersionId,
    /// What is in it.
    pub content: GoodBad,
    /// What the PIN to leave is checked by.
    pub pin: String,
}

/// A rating as a kiosk sends it.
pub struct Sent {
    /// Drawn by the kiosk; the same whenever this rating is sent.
    pub key: String,
    /// The code of its point when it was given.
    pub code: String,
    /// The form that was shown.
    pub form: FormVersionId,
    /// What was given.
    pub opinion: Opinion,
}

/// What a kiosk shows.
pub async fn page(cx: &Cx, center: &str, credential: &str) -> Result<Shown> {
    let (cx, center, kiosk) = known(cx, center, credential).await?;
    let (tx, today) = (cx.read().await?, local_date(cx.now()));
    let point = match kiosk.point_id {
        Some(id) => repo::live_point(&tx, id).await?,
        None => None,
    };
    let point = point.ok_or_else(|| Violation::new("", "kiosk.unbound"))?;
    let pin = kiosk.pin.ok_or_else(|| Violation::new("", "kiosk.pinless"))?;
    let form = counting(&tx, FormKind::GoodBad, today).await?.ok_or_else(|| Violation::new("", "kiosk.unready"))?;
    let (_, FormContent::GoodBad(content)) = published(&tx, form).await? else { return Err(another_form()) };
    let code = codes::point_code(&cx.app.keys, center.id, point.id)?;
    Ok(Shown { center, point, code, form, content, pin })
}

/// Takes a rating. False where it was taken before: then nothing more is kept.
///
/// The day is the server's when it comes: no clock of a kiosk counts. The form may be any that was ever asked, since it
/// may have waited for longer than a form lasts.
pub async fn give(cx: &Cx, center: &str, credential: &str, sent: Sent) -> Result<bool> {
    let (cx, center, _) = known(cx, center, credential).await?;
    let Sent { key, code, form, opinion } = sent;
    let key: Uuid = key.parse().map_err(|_| Violation::new("idempotencyKey", "form.idempotency_key"))?;
    let tx = cx.read().await?;
    let point = match codes::read_point(&cx.app.keys, center.id, &code) {
        Some(id) => repo::kiosk_point(&tx, id).await?,
        None => None,
    };
    let point = point.ok_or_else(|| Violation::new("point", "rating.unknown"))?;
    let (row, content) = published(&tx, form).await.map_err(|error| match error {
        Error::NotFound(_) => another_form(),
        other => other,
    })?;
    let FormContent::GoodBad(content) = content else { return Err(another_form()) };
    if row.valid_from.is_none_or(|from| from > local_date(cx.now())) {
        return Err(another_form());
    }
    fine(check_opinion(&opinion, &content, PointChannel::Kiosk))?;
    drop(tx);
    let place = Place { center: center.id, point: Some(point.id), channel: PointChannel::Kiosk, form };
    let mark = hex(&cx.app.keys.purpose("rating/kiosk", center.id).tag(key.as_bytes())?);
    let level = opinion.level;
    match giving::keep(&cx, mark, place, Given::Rating(opinion)).await {
        Ok(_) => {
            cx.app.watch.notice_kiosk(cx.now(), center.id, Some(point.id), level);
            Ok(true)
        }
        Err(Error::Conflict(Conflict::Taken)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The request as a visitor's at the kiosk's center. A wrong center, a wrong credential, a revoked one and another kind of
/// device have one answer. Nobody who works somewhere rates, at a kiosk either.
async fn known(cx: &Cx, center: &str, credential: &str) -> Result<(Cx, Center, kiosk::Model)> {
    let unknown = || Error::from(Violation::new("", "kiosk.unknown"));
    if is_signed_in(cx) {
        return Err(Violation::new("", "rating.signed_in").into());
    }
    cx.admit(VisitorAct::SignIn)?;
    let center = cx.app.db.identity().center_by_code(center).await?.ok_or_else(unknown)?;
    let visitor = cx.under(Scope::public(&center)).await;
    let known = settings::service::device_of(&visitor, credential).await?;
    let kiosk = known.and_then(|known| known.kiosk).ok_or_else(unknown)?;
    cx.forgive(VisitorAct::SignIn);
    cx.app.edge.admit_kiosk(kiosk.device_id, cx.now())?;
    Ok((visitor, center, kiosk))
}
