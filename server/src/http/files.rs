//! Files of records: `POST /files` with the bytes as body, the media type as content type, the name (percent-encoded) in
//! `x-file-name`, so that no address tells it; `GET` and `DELETE /files/{id}`; `GET /files/{id}/thumbnail`.

use std::{str::FromStr, sync::Arc, time::Duration};

use axum::{
    Extension, Json,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{AttachmentId, files::MAX_BYTES};
use entity::attachment;
use futures_util::StreamExt;
use tokio::{io::AsyncWriteExt, sync::Semaphore, time::timeout};
use tower_sessions::Session;
use tracing::Instrument;

use super::{
    Served,
    caller::Caller,
    edge::VisitorAct,
    graphql::is_scripted,
    refusal::{Refusal, error_answer},
    session,
};
use crate::{
    db::{AuditEvent, Verb},
    error::{Error, Kind, Result},
    files::{
        graphql::AttachedFile,
        service::{self, Arrived},
        store::Temp,
    },
    graphql::context::Cx,
};

/// How long the next piece of a body may take, and the whole of it.
const PIECE_TIMEOUT: Duration = Duration::from_secs(15);
const BODY_TIMEOUT: Duration = Duration::from_secs(180);
/// After which time another try is worth it.
const RETRY: Duration = Duration::from_secs(5);
/// What a browser may do with a file that it opens: nothing.
const SANDBOX: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// Why nothing is answered but a code.
pub(super) enum Stop {
    Refusal(Refusal),
    Error(Error),
}

impl Stop {
    pub(super) fn answer(self, request_id: &str) -> Response {
        match self {
            Self::Refusal(refusal) => refusal.answer(request_id),
            Self::Error(error) => error_answer(error, request_id),
        }
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl<E: Into<Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// Takes a file in.
pub async fn upload(
    State(served): State<Served>,
    Extension(caller): Extension<Arc<Caller>>,
    session: Session,
    request: Request,
) -> Response {
    let request_id = served.app.ids.next().to_string();
    let span = tracing::info_span!("upload", request_id);
    match receive(served, caller, session, request, &request_id).instrument(span).await {
        Ok(file) => (StatusCode::CREATED, Json(file)).into_response(),
        Err(stop) => stop.answer(&request_id),
    }
}

/// A file as it is stored.
pub async fn whole(
    State(served): State<Served>,
    Extension(caller): Extension<Arc<Caller>>,
    session: Session,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let request_id = served.app.ids.next().to_string();
    let sent = send(&served, caller, session, &id, &headers, &request_id, false).await;
    sent.unwrap_or_else(|stop| stop.answer(&request_id))
}

/// A picture's small copy.
pub async fn thumbnail(
    State(served): State<Served>,
    Extension(caller): Extension<Arc<Caller>>,
    session: Session,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let request_id = served.app.ids.next().to_string();
    let sent = send(&served, caller, session, &id, &headers, &request_id, true).await;
    sent.unwrap_or_else(|stop| stop.answer(&request_id))
}

/// Takes back an upload that belongs to nothing yet.
pub async fn discard(
    State(served): State<Served>,
    Extension(caller): Extension<Arc<Caller>>,
    session: Session,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let request_id = served.app.ids.next().to_string();
    let work = async {
        if !is_scripted(&headers, served.app.edge.origin.as_deref()) {
            return Err(Refusal::Foreign.into());
        }
        let cx = enter(&served, caller, session, &request_id).await?;
        let id = parse(&id)?;
        refused(&cx, "DELETE /files", detached(cx.clone(), async move |cx| service::discard(&cx, id).await).await).await
    };
    match work.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(stop) => Stop::answer(stop, &request_id),
    }
}

async fn receive(
    served: Served,
    caller: Arc<Caller>,
    session: Session,
    request: Request,
    request_id: &str,
) -> Result<AttachedFile, Stop> {
    let headers = request.headers();
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !is_scripted(headers, served.app.edge.origin.as_deref()) {
        return Err(Refusal::Foreign.into());
    }
    if u64::from_str(text(header::CONTENT_LENGTH)).is_ok_and(|length| length > MAX_BYTES) {
        return Err(Refusal::TooLarge.into());
    }
    let declared = text(header::CONTENT_TYPE).to_owned();
    let name = unescape(text(HeaderName::from_static("x-file-name")));
    let cx = enter(&served, caller, session, request_id).await?;
    refused(&cx, "POST /files", service::admit(&cx).await).await?;
    cx.admit(VisitorAct::Upload)?;
    // The connection goes back: the body may take its time.
    let cx = Arc::new(cx.under(cx.scope()?.clone()).await);
    let temp = arrive(&served, request.into_body(), MAX_BYTES).await?;
    let arrived = Arrived { temp, name, declared };
    Ok(detached(cx, async move |cx| {
        let row = service::take(&cx, arrived).await?;
        AttachedFile::new(&row, &cx.app.keys.center(row.center_id))
    })
    .await?)
}

/// A body in a file of its own, if it is no longer than `most`.
pub(super) async fn arrive(served: &Served, body: Body, most: u64) -> Result<Temp, Stop> {
    let files = &served.app.files;
    let _place = files.arriving.clone().try_acquire_owned().map_err(|_| Refusal::Busy(RETRY))?;
    let temp = files.temp()?;
    timeout(BODY_TIMEOUT, write(body, &temp, &files.writing, most)).await.map_err(|_| Refusal::Slow)??;
    Ok(temp)
}

/// Writes a body into a file as it comes, and stops where it is too long.
async fn write(body: Body, temp: &Temp, writing: &Semaphore, most: u64) -> Result<(), Stop> {
    let mut file = {
        let _place = writing.acquire().await.map_err(anyhow::Error::from)?;
        tokio::fs::File::create(temp.path()).await.map_err(anyhow::Error::from)?
    };
    let (mut pieces, mut left) = (body.into_data_stream(), most);
    while let Some(piece) = timeout(PIECE_TIMEOUT, pieces.next()).await.map_err(|_| Refusal::Slow)? {
        let piece = piece.map_err(|_| Refusal::Malformed)?;
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        left = left.checked_sub(length).ok_or(Refusal::TooLarge)?;
        let _place = writing.acquire().await.map_err(anyhow::Error::from)?;
        file.write_all(&piece).await.map_err(anyhow::Error::from)?;
        // Only then has its thread done with it.
        file.flush().await.map_err(anyhow::Error::from)?;
    }
    Ok(())
}

/// Work that goes on when the client leaves: a cancelled `BEGIN` could leave a pooled connection in a transaction.
pub(super) async fn detached<T, F>(cx: Arc<Cx>, work: impl FnOnce(Arc<Cx>) -> F) -> Result<T>
where
    T: Send + 'static,
    F: Future<Output = Result<T>> + Send + 'static,
{
    tokio::spawn(work(cx).in_current_span()).await.map_err(anyhow::Error::from)?
}

pub(super) async fn enter(
    served: &Served,
    caller: Arc<Caller>,
    session: Session,
    request_id: &str,
) -> Result<Arc<Cx>, Stop> {
    let app = served.app.clone();
    let lane = if caller.cookie { &app.edge.lanes.members } else { &app.edge.lanes.visitors };
    let _place = lane.enter().await?;
    let snapshot = session::enter(&app, &session, request_id).await?;
    Ok(Arc::new(Cx::of_session(app.clone(), session, snapshot, request_id.to_owned()).from(caller)))
}

/// Has the audit tell who tried what they may not (L-1).
pub(super) async fn refused<T>(cx: &Cx, what: &str, result: Result<T>) -> Result<T, Stop> {
    if matches!(result, Err(Error::Forbidden(_) | Error::OutOfReach)) {
        cx.refused(AuditEvent::of(Verb::AttemptRefused).with_detail(what)).await?;
    }
    Ok(result?)
}

/// What is no id is nobody's file.
fn parse(id: &str) -> Result<AttachmentId> {
    id.parse().map_err(|_| Error::NotFound(Kind::File))
}

async fn send(
    served: &Served,
    caller: Arc<Caller>,
    session: Session,
    id: &str,
    headers: &HeaderMap,
    request_id: &str,
    small: bool,
) -> Result<Response, Stop> {
    // Another site's page would bring no cookie anyway.
    if headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none") {
        return Err(Refusal::Foreign.into());
    }
    let cx = enter(served, caller, session, request_id).await?;
    let row = service::see(&cx, parse(id)?).await?;
    let object = row.object.clone().filter(|_| !small || row.kind.is_image()).ok_or(Error::NotFound(Kind::File))?;
    let name = AttachedFile::new(&row, &cx.app.keys.center(row.center_id))?.name;
    // The connection goes back: the reader may take their time.
    drop(cx);
    let tag = format!("\"{}{}\"", row.sha256, if small { "-small" } else { "" });
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let object = if small { service::thumbnail_of(&object) } else { object };
    let pieces = served.app.files.get(&object).await?;
    let headers = [
        (header::CONTENT_TYPE, row.kind.mime().to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&row, &name)),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
        // Asked for anew each time: who may see it may change.
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::ETAG, tag),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin".to_owned()),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

/// Pictures may be shown in a page; anything else is saved. The ending is that of what it is.
fn disposition(row: &attachment::Model, name: &str) -> String {
    let how = if row.kind.is_image() { "inline" } else { "attachment" };
    let [ending, ..] = row.kind.extensions() else { return how.to_owned() };
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = if stem.is_empty() { "file" } else { stem };
    format!("{how}; filename=\"file.{ending}\"; filename*=UTF-8''{}.{ending}", escape(stem))
}

pub(super) fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// Reads what `encodeURIComponent` has written; what is not that stays as it is.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let pair = after.get(..2).filter(|_| *first == b'%').and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use domain::files::FileKind;

    use super::*;

    #[test]
    fn a_name_survives_the_way_there_and_back() {
        for name in ["岗位 照片.jpg", "100%.pdf", "a b+c", "%zz", "%"] {
            assert_eq!(unescape(&escape(name)), name);
        }
        assert_eq!(unescape("%E5%B2%97.jpg"), "岗.jpg");
    }

    #[test]
    fn every_kind_has_an_ending() {
        assert!(FileKind::ALL.iter().all(|kind| !kind.extensions().is_empty()));
    }
}
