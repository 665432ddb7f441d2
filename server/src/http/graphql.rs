//! The one API route: POST, JSON, our own header, same origin; anything else is refused
//! before it is parsed (G-1).

use std::sync::Arc;

use async_graphql::{Request, Response as Answer, ServerError};
use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use tower_sessions::Session;
use tracing::Instrument;

use super::{Served, session};
use crate::{
    error::{Error, Result},
    graphql::{context::Cx, error::finish, refusals::execute},
};

/// Longest GraphQL document, in bytes; variables may be longer.
const DOCUMENT_LIMIT: usize = 16 * 1024;

/// Runs one operation. The work goes on when the client leaves: a cancelled `BEGIN` could
/// leave a pooled connection inside a transaction.
pub async fn handle(
    State(served): State<Served>,
    session: Session,
    headers: HeaderMap,
    body: std::result::Result<Bytes, BytesRejection>,
) -> Response {
    let request_id = served.app.ids.next().to_string();
    let span = tracing::info_span!("graphql", request_id);
    let refused = |status: StatusCode, code: &str| {
        let error = ServerError::new(code, None);
        let mut answer = Answer::from_errors(vec![error]);
        for error in &mut answer.errors {
            error.extensions.get_or_insert_default().set("code", code);
        }
        (status, Json(finish(answer, &request_id))).into_response()
    };
    if !is_ours(&headers) {
        return refused(StatusCode::FORBIDDEN, "FORBIDDEN");
    }
    let Ok(body) = body else { return refused(StatusCode::PAYLOAD_TOO_LARGE, "TOO_LARGE") };
    let Ok(request) = serde_json::from_slice::<Request>(&body) else {
        return refused(StatusCode::BAD_REQUEST, "BAD_REQUEST");
    };
    if request.query.len() > DOCUMENT_LIMIT {
        return refused(StatusCode::PAYLOAD_TOO_LARGE, "TOO_LARGE");
    }
    let id = request_id.clone();
    let work = async move { run(served, session, request, id).await }.instrument(span);
    match tokio::spawn(work).await {
        Ok(Ok(answer)) => Json(finish(answer, &request_id)).into_response(),
        Ok(Err(error)) => {
            let error = async_graphql::Error::from(error).into_server_error(async_graphql::Pos::default());
            let answer = finish(Answer::from_errors(vec![error]), &request_id);
            (StatusCode::SERVICE_UNAVAILABLE, Json(answer)).into_response()
        }
        Err(panic) => {
            tracing::error!(%panic, request_id, "request panicked");
            refused(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL")
        }
    }
}

async fn run(served: Served, session: Session, request: Request, request_id: String) -> Result<Answer, Error> {
    let snapshot = match session::signed_in(&session, served.app.clock.now()).await? {
        Some(state) => session::enter(&served.app, &state, &request_id).await?,
        None => None,
    };
    let cx = Arc::new(Cx::of_session(served.app, session, snapshot, request_id));
    Ok(execute(&served.schema, cx, request).await)
}

/// A request of our own pages: a form, an image or another site cannot make one like it.
fn is_ours(headers: &HeaderMap) -> bool {
    let is = |name: &str, test: fn(&str) -> bool| headers.get(name).and_then(|v| v.to_str().ok()).is_some_and(test);
    let json =
        is(header::CONTENT_TYPE.as_str(), |v| v.split(';').next().is_some_and(|t| t.trim() == "application/json"));
    let same_site = headers.get("sec-fetch-site").is_none_or(|v| v == "same-origin" || v == "none");
    json && headers.contains_key("x-requested-with") && same_site
}
