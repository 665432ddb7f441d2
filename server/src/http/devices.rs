//! What devices of a center tell: `POST /devices/{center}/readings` with the center's public code in the address, the
//! device's credential as bearer token, and how many wait as JSON. A device reads nothing.

use std::{sync::Arc, time::Duration};

use axum::{
    Extension,
    body::Bytes,
    extract::{FromRequest, Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::tidal::Level;
use serde::Deserialize;
use tokio::time::timeout;
use tracing::Instrument;

use super::{
    Served,
    caller::Caller,
    edge::VisitorAct,
    files::{Stop, detached},
    refusal::Refusal,
};
use crate::{
    auth::scope::Scope,
    error::{Error, Result},
    graphql::context::Cx,
    settings,
    tidal::service::readings,
};

/// The longest body: three short fields.
pub const BODY_LIMIT: usize = 1024;

/// How long it may take to arrive.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many wait at which window.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Told {
    /// The code of the window's post.
    window: String,
    waiting: u32,
    minutes: Option<u32>,
}

/// Takes down what a ticket machine tells.
pub async fn reading(
    State(served): State<Served>,
    Extension(caller): Extension<Arc<Caller>>,
    Path(center): Path<String>,
    request: Request,
) -> Response {
    let request_id = served.app.ids.next().to_string();
    let span = tracing::info_span!("reading", request_id);
    match receive(&served, caller, &center, request, &request_id).instrument(span).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(stop) => stop.answer(&request_id),
    }
}

async fn receive(
    served: &Served,
    caller: Arc<Caller>,
    center: &str,
    request: Request,
    request_id: &str,
) -> Result<(), Stop> {
    let app = served.app.clone();
    let credential = bearer(request.headers()).ok_or(Error::Unauthenticated)?;
    let body = timeout(PATIENCE, Bytes::from_request(request, &())).await.map_err(|_| Refusal::Slow)?;
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge,
        _ => Refusal::Malformed,
    })?;
    let Told { window, waiting, minutes } = serde_json::from_slice(&body).map_err(|_| Refusal::Malformed)?;
    let _place = app.edge.lanes.visitors.enter().await?;
    let cx = Arc::new(Cx::new(app, None, None, request_id.to_owned()).from(caller));
    let center = center.to_owned();
    Ok(detached(cx, async move |cx| {
        let (cx, device) = known(&cx, &center, &credential).await?;
        cx.app.edge.admit_device(device, cx.now())?;
        readings::by_machine(&cx, device, &window, Level { waiting, minutes }).await
    })
    .await
    .map(drop)?)
}

/// The request as the device's. A wrong center, a wrong credential, a revoked one and a kiosk's have one answer.
async fn known(cx: &Cx, center: &str, credential: &str) -> Result<(Cx, domain::DeviceId)> {
    cx.admit(VisitorAct::SignIn)?;
    let center = cx.app.db.identity().center_by_code(center).await?.ok_or(Error::Unauthenticated)?;
    let visitor = cx.under(Scope::public(&center)).await;
    let known = settings::service::device_of(&visitor, credential).await?.filter(|known| known.kiosk.is_none());
    let device = known.ok_or(Error::Unauthenticated)?.device;
    cx.forgive(VisitorAct::SignIn);
    Ok((visitor.under(Scope::device(&center, &device)).await, device.id))
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    text.strip_prefix("Bearer ").map(|token| token.trim().to_owned()).filter(|token| token.len() == 64)
}
