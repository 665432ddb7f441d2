//! The one API route: POST, JSON, our own header, same origin; anything else is refused
//! before it is read (G-1), and what asks for too much before it is run (G-2).

use std::{sync::Arc, time::Duration};

use async_graphql::{Request, Response as Answer};
use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, Request as HttpRequest, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio::time::timeout;
use tower_sessions::Session;
use tracing::Instrument;

use super::{Served, call, refusal::Refusal, session};
use crate::{
    error::{Error, Result},
    graphql::{context::Cx, error::finish},
};

/// How long a body may take to arrive (B-4).
const BODY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an operation may take (G-8).
const OPERATION_TIMEOUT: Duration = Duration::from_secs(5);

/// Runs one operation.
pub async fn handle(State(served): State<Served>, session: Session, request: HttpRequest) -> Response {
    let request_id = served.app.ids.next().to_string();
    let span = tracing::info_span!("graphql", request_id);
    let answered = answer(served, session, request, &request_id).instrument(span).await;
    answered.unwrap_or_else(|refusal| refusal.answer(&request_id))
}

async fn answer(served: Served, session: Session, request: HttpRequest, request_id: &str) -> Result<Response, Refusal> {
    if !is_ours(request.headers()) {
        return Err(Refusal::Foreign);
    }
    let body = timeout(BODY_TIMEOUT, Bytes::from_request(request, &())).await.map_err(|_| Refusal::Slow)?;
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge,
        _ => Refusal::Malformed,
    })?;
    let (request, _) = call::read(&body)?;
    // The work goes on when the client leaves or we have waited long enough: a cancelled `BEGIN`
    // could leave a pooled connection inside a transaction.
    let work = tokio::spawn(run(served, session, request, request_id.to_owned()).in_current_span());
    match timeout(OPERATION_TIMEOUT, work).await {
        Ok(Ok(Ok(answer))) => Ok(Json(finish(answer, request_id)).into_response()),
        Ok(Ok(Err(error))) => {
            let error = async_graphql::Error::from(error).into_server_error(async_graphql::Pos::default());
            let answer = finish(Answer::from_errors(vec![error]), request_id);
            Ok((StatusCode::SERVICE_UNAVAILABLE, Json(answer)).into_response())
        }
        Ok(Err(panic)) => {
            tracing::error!(%panic, "request panicked");
            Err(Refusal::Internal)
        }
        Err(_) => {
            tracing::error!("request takes too long");
            Err(Refusal::Timeout)
        }
    }
}

async fn run(served: Served, session: Session, request: Request, request_id: String) -> Result<Answer, Error> {
    let snapshot = match session::signed_in(&session, served.app.clock.now()).await? {
        Some(state) => session::enter(&served.app, &state, &request_id).await?,
        None => None,
    };
    let cx = Arc::new(Cx::of_session(served.app, session, snapshot, request_id));
    Ok(served.schema.execute(request.data(cx)).await)
}

/// A request of our own pages: a form, an image or another site cannot make one like it.
fn is_ours(headers: &HeaderMap) -> bool {
    let is = |name: &str, test: fn(&str) -> bool| headers.get(name).and_then(|v| v.to_str().ok()).is_some_and(test);
    let json =
        is(header::CONTENT_TYPE.as_str(), |v| v.split(';').next().is_some_and(|t| t.trim() == "application/json"));
    let same_site = headers.get("sec-fetch-site").is_none_or(|v| v == "same-origin" || v == "none");
    json && headers.contains_key("x-requested-with") && same_site
}
