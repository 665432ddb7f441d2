//! What visitors do at a point, or by the link after an answered complaint: see what is asked, and give it once.
//!
//! A token that is wrong, too old or another center's has one answer. Whoever is signed in gives nothing (7.2.1.2).

use chrono::{Days, NaiveDate};
use domain::{
    FormVersionId, SealedRatingId, Violation,
    calendar::local_date,
    evaluation::{
        forms::{FormContent, FormKind},
        ratings::{Answers, Opinion, Place, PointChannel, check_answers, check_opinion},
    },
    permission::Permission,
};
use entity::{complaint, rating_point, sealed_rating};
use sea_orm::ActiveValue::Set;

pub use super::sealed::Given;
use super::{fine, sealed::Sealed};
use crate::{
    auth::scope::Scope,
    db::ReadTx,
    error::{Conflict, Error, Result},
    evaluation::forms::service::{counting, published},
    graphql::context::Cx,
    http::edge::VisitorAct,
    ratings::{
        codes::{self, Entry, Ticket},
        repo, watch,
    },
};

/// A point as a visitor comes to it.
pub struct Opened {
    /// The point; none by a link.
    pub point: Option<rating_point::Model>,
    /// The form that counts today.
    pub form: FormVersionId,
    /// What is in it.
    pub content: FormContent,
    /// Lets them give it once; none by a link, which has one, and for whoever is signed in.
    pub token: Option<String>,
    /// Whether they are signed in.
    pub signed_in: bool,
}

/// What whoever gave something takes away.
pub struct Receipt {
    /// The day on which it was given.
    pub day: NaiveDate,
    /// What stands for it in the day's root.
    pub commitment: String,
    /// What shows that the commitment is to it; kept nowhere else.
    pub opening: String,
    /// What it is to, in hex.
    pub given: String,
}

/// Opens the page of a point by its code, or of a link; none where there is no such center or code, the point was revoked
/// or takes no visitors by itself, or the city has published no form.
pub async fn page(cx: &Cx, center: &str, point: Option<&str>, kind: FormKind) -> Result<Option<Opened>> {
    cx.admit(VisitorAct::OpenRating)?;
    let signed_in = is_signed_in(cx);
    let Some(center) = cx.app.db.identity().center_by_code(center).await? else { return Ok(None) };
    let cx = cx.under(Scope::public(&center)).await;
    let (tx, keys, today) = (cx.read().await?, &cx.app.keys, local_date(cx.now()));
    let point = match point {
        None => None,
        Some(code) => {
            let Some(id) = codes::read_point(keys, center.id, code) else { return Ok(None) };
            let point = repo::live_point(&tx, id).await?.filter(|point| point.channel == PointChannel::Qr);
            if point.is_none() {
                return Ok(None);
            }
            point
        }
    };
    let Some(form) = counting(&tx, kind, today).await? else { return Ok(None) };
    let (_, content) = published(&tx, form).await?;
    let token = match &point {
        Some(point) if !signed_in => Some(Ticket::at(point.id, today)?.opened(cx.now()).text(keys, center.id)?),
        _ => None,
    };
    Ok(Some(Opened { point, form, content, token, signed_in }))
}

/// Gives a good-bad rating.
pub async fn give(cx: &Cx, center: &str, token: &str, form: FormVersionId, opinion: Opinion) -> Result<Receipt> {
    let entered = enter(cx, center, token, form, FormKind::GoodBad).await?;
    let FormContent::GoodBad(content) = &entered.content else { return Err(another_form()) };
    fine(check_opinion(&opinion, content, entered.place.channel))?;
    entered.gives(Given::Rating(opinion)).await
}

/// Gives an answered form E.
pub async fn answer(cx: &Cx, center: &str, token: &str, form: FormVersionId, answers: Answers) -> Result<Receipt> {
    let entered = enter(cx, center, token, form, FormKind::Questionnaire).await?;
    let FormContent::Questionnaire(content) = &entered.content else { return Err(another_form()) };
    fine(check_answers(&answers, content, local_date(cx.now())))?;
    entered.gives(Given::Survey(answers)).await
}

/// Spends the token and seals what was given.
pub async fn cast(cx: &Cx, ticket: Ticket, place: Place, given: Given) -> Result<Receipt> {
    let mark = ticket.mark(&cx.app.keys, place.center)?;
    keep(cx, mark, place, given).await.map_err(|error| match error {
        Error::Conflict(Conflict::Taken) => Violation::new("", "rating.spent").into(),
        other => other,
    })
}

/// Uses a mark up and seals what was given, in one transaction; nothing else is written. [`Conflict::Taken`] where the mark
/// was used before.
pub(super) async fn keep(cx: &Cx, mark: String, place: Place, given: Given) -> Result<Receipt> {
    let granted = cx.scope()?.require(Permission::RatingGive)?;
    let day = local_date(cx.now());
    let (sealed, opening, given) = Sealed::new(place, given)?;
    let row = sealed_rating::ActiveModel {
        id: Set(SealedRatingId(cx.app.ids.unordered())),
        day: Set(day),
        sealed: Set(sealed.seal(&cx.app.keys.center(place.center), day)?),
        ..Default::default()
    };
    cx.cast(&granted, mark, row).await?;
    Ok(Receipt { day, commitment: sealed.commitment, opening, given })
}

/// The token for rating after a complaint was answered; none before, long after, once it was used, or where the city has
/// published no form.
pub async fn link(cx: &Cx, tx: &ReadTx, case: &complaint::Model) -> Result<Option<String>> {
    let (keys, center, today) = (&cx.app.keys, cx.scope()?.center()?, local_date(cx.now()));
    let Some(told) = case.feedback_at else { return Ok(None) };
    let ticket = Ticket::after(keys, center, case.id, local_date(told))?;
    let open = ticket.counts_on(today) && counting(tx, FormKind::GoodBad, today).await?.is_some();
    if !open || repo::spent(tx, &ticket.mark(keys, center)?).await? {
        return Ok(None);
    }
    ticket.text(keys, center).map(Some)
}

/// Somebody with a token that counts, and a form that they may have seen.
struct Entered {
    cx: Cx,
    ticket: Ticket,
    place: Place,
    content: FormContent,
}

impl Entered {
    async fn gives(self, given: Given) -> Result<Receipt> {
        let Self { cx, ticket, place, .. } = self;
        let noticed = (watch::what(&given), ticket.open_for(cx.now()));
        let receipt = cast(&cx, ticket, place, given).await?;
        cx.app.watch.notice(&cx, place.center, place.point, noticed);
        Ok(receipt)
    }
}

async fn enter(cx: &Cx, center: &str, token: &str, form: FormVersionId, kind: FormKind) -> Result<Entered> {
    cx.admit(VisitorAct::GiveRating)?;
    if is_signed_in(cx) {
        return Err(Violation::new("", "rating.signed_in").into());
    }
    let center = cx.app.db.identity().center_by_code(center).await?.ok_or_else(unknown)?;
    let cx = cx.under(Scope::public(&center)).await;
    let today = local_date(cx.now());
    let ticket = Ticket::read(&cx.app.keys, center.id, token.trim()).filter(|ticket| ticket.counts_on(today));
    let ticket = ticket.ok_or_else(unknown)?;
    let tx = cx.read().await?;
    let (point, channel) = match ticket.entry {
        Entry::Point(id) => {
            let point = repo::live_point(&tx, id).await?.ok_or_else(unknown)?;
            (Some(point.id), point.channel)
        }
        Entry::Link => (None, PointChannel::Link),
    };
    // The page may have been opened before midnight.
    let days = [Some(today), today.checked_sub_days(Days::new(1))];
    let mut counts = false;
    for day in days.into_iter().flatten() {
        counts |= counting(&tx, kind, day).await? == Some(form);
    }
    if !counts {
        return Err(another_form());
    }
    let (_, content) = published(&tx, form).await?;
    drop(tx);
    let place = Place { center: center.id, point, channel, form };
    Ok(Entered { cx, ticket, place, content })
}

/// Whether the request is somebody's who works somewhere.
pub(super) fn is_signed_in(cx: &Cx) -> bool {
    cx.scope().is_ok_and(|scope| scope.account().is_some())
}

fn unknown() -> Error {
    Violation::new("", "rating.unknown").into()
}

/// A form that is not asked.
pub(super) fn another_form() -> Error {
    Violation::new("form", "rating.form").into()
}
