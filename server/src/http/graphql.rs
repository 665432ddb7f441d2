//! The one API route: POST, JSON, our own header, same origin; anything else is refused
//! before it is read (G-1), and what asks for too much before it is run (G-2).

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::{Request, Response as Answer, Value};
use axum::{
    Extension, Json,
    body::Bytes,
    extract::{FromRequest, Request as HttpRequest, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio::time::timeout;
use tower_sessions::Session;
use tracing::Instrument;

use super::{Served, call, caller::Caller, edge, refusal::Refusal, session};
use crate::{
    error::Error,
    graphql::{context::Cx, error::finish, refusals::execute},
};

/// The mutations that wait for a password's hash.
const HASHING: [&str; 6] =
    ["signIn", "acceptInvitation", "changePassword", "beginSecondFactor", "reauthenticate", "allowExport"];
/// Operations without a name of ours, in the figures.
const OTHER: &str = "other";
/// Operations that are in no figure: whoever reads these each second would know when somebody rated (P-6).
const UNCOUNTED: [&str; 3] = ["giveRating", "answerSurvey", "giveKioskRating"];

/// How long a request may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For its body to arrive (B-4).
    pub body: Duration,
    /// For its operation (G-8).
    pub operation: Duration,
    /// For one that waits for the hasher: a full queue of it takes longer than anything else may.
    pub hashing: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { body: seconds(10), operation: seconds(5), hashing: seconds(15) }
    }
}

/// Runs one operation.
pub async fn handle(
    State(served): State<Served>,
    Extension(caller): Extension<Arc<Caller>>,
    session: Session,
    request: HttpRequest,
) -> Response {
    let request_id = served.app.ids.next().to_string();
    let span = tracing::info_span!("graphql", request_id);
    let started = Instant::now();
    let edge = served.app.edge.clone();
    let mut operation = OTHER.to_owned();
    let answered = answer(served, caller, session, request, &request_id, &mut operation).instrument(span).await;
    let code = match &answered {
        Ok(answer) => outcome(answer),
        Err(refusal) => refusal.code().to_owned(),
    };
    if !UNCOUNTED.contains(&operation.as_str()) {
        edge.metrics.request(&operation, &code, started.elapsed());
    }
    match answered {
        Ok(answer) => Json(answer).into_response(),
        Err(refusal) => refusal.answer(&request_id),
    }
}

/// A link, an image or a preflight runs nothing and learns nothing.
pub async fn refuse_method(State(served): State<Served>) -> Response {
    Refusal::Method.answer(&served.app.ids.next().to_string())
}

async fn answer(
    served: Served,
    caller: Arc<Caller>,
    session: Session,
    request: HttpRequest,
    request_id: &str,
    operation: &mut String,
) -> Result<Answer, Refusal> {
    let headers = request.headers();
    if !is_ours(headers, served.app.edge.origin.as_deref()) {
        return Err(Refusal::Foreign);
    }
    let patience = served.app.edge.patience;
    let body = timeout(patience.body, Bytes::from_request(request, &())).await.map_err(|_| Refusal::Slow)?;
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge,
        _ => Refusal::Malformed,
    })?;
    let (request, roots) = call::read(&body)?;
    if roots.iter().any(|root| served.schema.hides(root)) {
        return Err(Refusal::Malformed);
    }
    // Figures are kept by our own names only: anybody could send others without end.
    if let Some(known) = roots.first().filter(|root| served.schema.knows(root)) {
        operation.clone_from(known);
    }
    let patience = if waits_for_hasher(&roots) { patience.hashing } else { patience.operation };
    // The work goes on when the client leaves or we have waited long enough: a cancelled `BEGIN`
    // could leave a pooled connection inside a transaction.
    let work = tokio::spawn(run(served, session, request, roots, caller, request_id.to_owned()).in_current_span());
    match timeout(patience, work).await {
        Ok(Ok(answer)) => Ok(finish(answer?, request_id)),
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

/// Runs an operation in its lane. Whoever shows a cookie is let into the members' until it turns
/// out that it is no session's, which takes one look into the table.
async fn run(
    served: Served,
    session: Session,
    request: Request,
    roots: Vec<String>,
    caller: Arc<Caller>,
    request_id: String,
) -> Result<Answer, Refusal> {
    let Served { app, schema } = served;
    let lanes = &app.edge.lanes;
    let signing_in = waits_for_hasher(&roots);
    let lane = match (signing_in, caller.cookie) {
        (true, _) => &lanes.sign_ins,
        (_, true) => &lanes.members,
        _ => &lanes.visitors,
    };
    let mut place = lane.enter().await?;
    let known = session::state(&session, app.clock.now()).await.map_err(failed)?.is_some();
    if !known && caller.cookie && !signing_in {
        drop(place);
        place = lanes.visitors.enter().await?;
    }
    let snapshot = session::enter(&app, &session, &request_id).await.map_err(failed)?;
    let cx = Cx::of_session(app.clone(), session, snapshot, request_id).from(caller);
    app.watch.notice_staff(&cx);
    let answer = execute(&schema, Arc::new(cx), request).await;
    drop(place);
    Ok(answer)
}

fn waits_for_hasher(roots: &[String]) -> bool {
    roots.iter().any(|root| HASHING.contains(&root.as_str()))
}

/// The database does not even tell who asks.
fn failed(error: Error) -> Refusal {
    // Logged with its cause on the way.
    let _ = async_graphql::Error::from(error);
    Refusal::Down
}

fn outcome(answer: &Answer) -> String {
    let code = answer.errors.first().map(|error| error.extensions.as_ref().and_then(|e| e.get("code")));
    match code {
        None => "OK".to_owned(),
        Some(Some(Value::String(code))) => code.clone(),
        Some(_) => Refusal::Internal.code().to_owned(),
    }
}

/// A request of our own pages: a form, an image or another site cannot make one like it. Browsers
/// say from where they ask; old ones name at least the origin, and what says neither is none.
fn is_ours(headers: &HeaderMap, own: Option<&str>) -> bool {
    let json = text(headers, header::CONTENT_TYPE).and_then(|v| v.split(';').next()).map(str::trim);
    json == Some("application/json") && is_scripted(headers, own)
}

/// The same without a look at the content: it has our header, which no form can add, and comes from our own site.
pub(super) fn is_scripted(headers: &HeaderMap, own: Option<&str>) -> bool {
    headers.contains_key("x-requested-with") && is_same_site(headers, own)
}

/// Whether the browser says that one of our pages asks, or nobody's.
fn is_same_site(headers: &HeaderMap, own: Option<&str>) -> bool {
    let text = |name: HeaderName| text(headers, name);
    match (headers.get("sec-fetch-site"), headers.get(header::ORIGIN)) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(_)) => text(header::ORIGIN).is_some_and(|origin| is_own(origin, own, text(header::HOST))),
        (None, None) => true,
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether an origin is the one we are known by or, where none is set, the host that was asked.
fn is_own(named: &str, own: Option<&str>, host: Option<&str>) -> bool {
    match (own, edge::origin(named)) {
        (_, None) => false,
        (Some(own), Some(named)) => named == own,
        (None, Some(named)) => {
            let of_host = |scheme: &str| host.and_then(|host| edge::origin(&format!("{scheme}://{host}")));
            named.split_once("://").is_some_and(|(scheme, _)| of_host(scheme).as_ref() == Some(&named))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(headers: &[(&'static str, &str)], own: Option<&str>) -> bool {
        let usual =
            [("content-type", "application/json; charset=utf-8"), ("x-requested-with", "x"), ("host", "a.cn:8080")];
        let all = usual.iter().chain(headers);
        is_ours(&all.map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect(), own)
    }

    #[test]
    fn browsers_say_where_they_ask_from() {
        for (site, ours) in
            [("same-origin", true), ("none", true), ("same-site", false), ("cross-site", false), ("", false)]
        {
            assert_eq!(asked(&[("sec-fetch-site", site)], None), ours, "{site}");
            assert_eq!(asked(&[("sec-fetch-site", site), ("origin", "http://a.cn:8080")], None), ours, "{site}");
        }
        assert!(asked(&[], None), "no browser");
    }

    #[test]
    fn old_browsers_name_the_origin() {
        for (origin, by_host, by_name) in [
            ("http://a.cn:8080", true, false),
            ("https://A.cn:8080", true, false),
            ("https://gangping.example", false, true),
            ("https://gangping.example:444", false, false),
            ("http://a.cn", false, false),
            ("http://a.cn:8080.evil.example", false, false),
            ("null", false, false),
            ("", false, false),
        ] {
            assert_eq!(asked(&[("origin", origin)], None), by_host, "{origin}");
            assert_eq!(asked(&[("origin", origin)], Some("https://gangping.example")), by_name, "{origin}");
        }
    }

    #[test]
    fn only_json_with_our_header() {
        for kind in
            ["text/plain", "application/jsonx", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
        {
            let headers = [("content-type", kind), ("x-requested-with", "x")];
            let map = headers.map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
            assert!(!is_ours(&map.into_iter().collect(), None), "{kind}");
        }
        let bare = [(header::CONTENT_TYPE, "application/json".parse().unwrap())];
        assert!(!is_ours(&bare.into_iter().collect(), None));
    }
}
