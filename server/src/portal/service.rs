//! Filing, following and rating without an account.

use domain::{
    Violation,
    complaints::{Action, ComplaintChannel, ComplaintEventKind as Event, HandlingSatisfaction, may, receipt},
    permission::Permission,
};
use entity::{complaint, complaint_channel, complaint_event};

use super::repo;
use crate::{
    auth::scope::Scope,
    complaints::{
        repo as cases,
        service::{
            Acting, facts,
            filing::{self, Filing, Receipt, receipt_hash},
            reading, steps, who,
        },
    },
    db::identity::Center,
    error::{Error, Kind, Result},
    graphql::context::Cx,
    http::edge::VisitorAct,
    ratings,
};

/// A case as its complainant may see it.
pub struct Tracked {
    /// The case the receipt was given for.
    pub own: complaint::Model,
    /// Where it is followed: itself, or the case it was merged into.
    pub case: complaint::Model,
    /// The timeline, oldest first.
    pub events: Vec<complaint_event::Model>,
    /// Working days left; negative when late.
    pub days_left: Option<i32>,
    /// Whether a review may be asked for now.
    pub may_request_review: bool,
    /// Whether the handling may be rated now.
    pub may_rate: bool,
    /// Lets the complainant rate the service once, after the answer.
    pub rating_token: Option<String>,
}

/// Every center that takes complaints.
pub async fn centers(cx: &Cx) -> Result<Vec<Center>> {
    cx.app.db.identity().all_centers().await
}

/// One center by its public code, with the channels it publishes.
pub async fn center(cx: &Cx, code: &str) -> Result<Option<Center>> {
    cx.app.db.identity().center_by_code(code).await
}

/// The channels a center publishes.
pub async fn channels(cx: &Cx, center: &Center) -> Result<Vec<complaint_channel::Model>> {
    let cx = cx.under(Scope::public(center)).await;
    repo::channels(&*cx.read().await?).await
}

/// File a complaint at a center.
pub async fn file(cx: &Cx, code: &str, filing: Filing) -> Result<(Receipt, complaint::Model)> {
    cx.admit(VisitorAct::File)?;
    let cx = visitor_at(cx, code).await?;
    filing::file(&cx, Filing { channel: ComplaintChannel::Web, cause: None, ..filing }).await
}

/// Follow a complaint. A wrong code and another center's code get the same answer: nothing.
pub async fn track(cx: &Cx, code: &str, receipt_code: &str) -> Result<Option<Tracked>> {
    cx.admit(VisitorAct::Track)?;
    let Some(center) = cx.app.db.identity().center_by_code(code).await? else { return Ok(None) };
    if receipt::parse(receipt_code).is_none() {
        return Ok(None);
    }
    let cx = cx.under(Scope::public(&center)).await;
    let found = cases::find_by_receipt(&*cx.read().await?, &receipt_hash(receipt_code)).await?;
    match found {
        Some(row) => tracked(&cx, row).await.map(Some),
        None => Ok(None),
    }
}

/// Ask for review of the answer.
pub async fn request_review(cx: &Cx, code: &str, receipt_code: &str, reason: String) -> Result<Tracked> {
    cx.admit(VisitorAct::RequestReview)?;
    let cx = visitor_at(cx, code).await?;
    let step = by_receipt(&cx, receipt_code, Action::RequestReview).await?;
    let row = steps::request_review(step, reason).await?;
    tracked(&cx, row).await
}

/// Rate the handling; a bad rating asks for review by itself.
pub async fn rate_handling(
    cx: &Cx,
    code: &str,
    receipt_code: &str,
    satisfaction: HandlingSatisfaction,
    comment: Option<String>,
) -> Result<Tracked> {
    cx.admit(VisitorAct::Rate)?;
    let cx = visitor_at(cx, code).await?;
    let step = by_receipt(&cx, receipt_code, Action::FollowUp).await?;
    let row = steps::follow_up(step, satisfaction, comment).await?;
    tracked(&cx, row).await
}

/// The request as a visitor of a center. Staff use the desk: whoever is signed in is still
/// nobody here, so that a rating cannot be given in a colleague's session (7.2.1.2).
async fn visitor_at(cx: &Cx, code: &str) -> Result<Cx> {
    let center = cx.app.db.identity().center_by_code(code).await?.ok_or(Error::NotFound(Kind::Center))?;
    Ok(cx.under(Scope::public(&center)).await)
}

async fn by_receipt<'a>(cx: &'a Cx, receipt_code: &str, action: Action) -> Result<Acting<'a>> {
    let granted = cx.scope()?.require(Permission::ComplaintFile)?;
    let tx = cx.write(&granted).await?;
    let row = cases::find_by_receipt(&tx, &receipt_hash(receipt_code)).await?;
    let row = row.ok_or_else(|| Violation::new("receiptCode", "receipt.unknown"))?;
    Acting::checked(cx, tx, row, action).await
}

async fn tracked(cx: &Cx, own: complaint::Model) -> Result<Tracked> {
    let tx = cx.read().await?;
    let mut events = reading::events(cx, own.id).await?;
    let case = match own.merged_into {
        None => own.clone(),
        Some(into) => {
            let merged_at = own.last_event_at;
            let later = reading::events(cx, into).await?;
            // The other complainant's words stay between them and the center.
            let later = later.into_iter().filter(|e| e.created_at > merged_at && e.kind == Event::Moved);
            events.extend(later.map(|event| complaint_event::Model { body: None, ..event }));
            cases::get(&tx, into).await?
        }
    };
    let rules = cx.rules().await?;
    let asks = who(cx.scope()?);
    let may_now =
        |action| own.merged_into.is_none() && may(action, &facts(&own, &rules.policy), &asks, cx.now()).is_ok();
    let rating_token = match own.merged_into {
        None => ratings::service::giving::link(cx, &tx, &own).await?,
        Some(_) => None,
    };
    Ok(Tracked {
        rating_token,
        days_left: reading::days_left(case.due_at, cx.now(), &rules),
        may_request_review: may_now(Action::RequestReview),
        may_rate: may_now(Action::FollowUp),
        own,
        case,
        events,
    })
}
