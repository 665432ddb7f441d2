//! The one download: what a center takes along (`tenancy::centers::export`).

use std::sync::Arc;

use axum::{
    Extension,
    body::Body,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use futures_util::{StreamExt, stream};
use tower_sessions::Session;

use super::{Served, caller::Caller, refusal::Refusal, session};
use crate::{graphql::context::Cx, tenancy::centers::export};

/// Sends the file to whoever was allowed to fetch it, a moment ago in the same session.
pub async fn handle(
    State(served): State<Served>,
    Extension(caller): Extension<Arc<Caller>>,
    session: Session,
    headers: HeaderMap,
) -> Response {
    let request_id = served.app.ids.next().to_string();
    // Another site's link would bring no cookie anyway.
    if headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin") {
        return Refusal::Foreign.answer(&request_id);
    }
    let app = served.app;
    let place = match app.edge.lanes.members.enter().await {
        Ok(place) => place,
        Err(refusal) => return refusal.answer(&request_id),
    };
    let Ok(snapshot) = session::enter(&app, &session, &request_id).await else {
        return Refusal::Down.answer(&request_id);
    };
    let cx = Cx::of_session(app, session, snapshot, request_id.clone()).from(caller);
    let Ok((name, pieces)) = export::fetch(cx).await else { return Refusal::Foreign.answer(&request_id) };
    // The place in the lane is kept as long as the file is read.
    let pieces = stream::unfold((pieces, place), async |(mut pieces, place)| {
        pieces.recv().await.map(|piece| (piece, (pieces, place)))
    })
    .fuse();
    let headers = [
        (header::CONTENT_TYPE, "application/x-ndjson".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, Body::from_stream(pieces)).into_response()
}
