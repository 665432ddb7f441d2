//! Workbooks: `POST /exports/{list}`, narrowed as the page is, in the body: words that somebody looks for may be a name or
//! a phone, and an address is written down on its way; `GET /imports/{table}`, the form to fill in; and
//! `POST /imports/{table}?mode=check|all|valid` with a workbook as the body. Each is asked for by a script of ours.

use std::{collections::HashMap, str::FromStr, sync::Arc};

use axum::{
    Extension, Form, Json,
    extract::{Path, Query, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::imports::ImportTable;
use tower_sessions::Session;
use tracing::Instrument;

use super::{
    Served,
    caller::Caller,
    edge::VisitorAct,
    files::{Stop, arrive, detached, enter, escape, refused},
    graphql::is_scripted,
    refusal::Refusal,
};
use crate::{
    error::{Error, Kind},
    graphql::context::Cx,
    imports::{
        service::{self, MAX_BYTES, Mode, Outcome},
        template,
    },
    sheets::{
        export::{self, Exported},
        lists::{Asked, List},
    },
};

/// What a workbook is called among media types.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What narrows a list, in bytes.
pub const FILTER_LIMIT: usize = 4096;

type Words = Query<HashMap<String, String>>;

/// A list as a workbook.
pub async fn export(
    State(served): State<Served>,
    Extension(caller): Extension<Arc<Caller>>,
    session: Session,
    Path(list): Path<String>,
    headers: HeaderMap,
    Form(asked): Form<HashMap<String, String>>,
) -> Response {
    let request_id = served.app.ids.next().to_string();
    let span = tracing::info_span!("export", request_id);
    let work = async {
        let cx = begin(&served, caller, session, &headers, &request_id).await?;
        let list = List::ALL.iter().copied().find(|known| known.key() == list).ok_or(Error::NotFound(Kind::File))?;
        cx.admit(VisitorAct::Export)?;
        let asked = Asked(asked);
        let route = format!("POST /exports/{}", list.key());
        let made = detached(cx.clone(), async move |cx| export::export(&cx, list, &asked).await).await;
        refused(&cx, &route, made).await
    };
    answer(work.instrument(span).await, &request_id)
}

/// An empty form to fill in.
pub async fn template(
    State(served): State<Served>,
    Extension(caller): Extension<Arc<Caller>>,
    session: Session,
    Path(table): Path<String>,
    Query(asked): Words,
    headers: HeaderMap,
) -> Response {
    let request_id = served.app.ids.next().to_string();
    let work = async {
        let cx = begin(&served, caller, session, &headers, &request_id).await?;
        let table = read(&table)?;
        let language = Asked(asked).language();
        let route = format!("GET /imports/{}", table.key());
        refused(&cx, &route, template::make(&cx, table, language).await).await
    };
    answer(work.await, &request_id)
}

/// Judges a workbook, or applies it.
pub async fn import(
    State(served): State<Served>,
    Extension(caller): Extension<Arc<Caller>>,
    session: Session,
    Path(table): Path<String>,
    Query(asked): Words,
    request: Request,
) -> Response {
    let request_id = served.app.ids.next().to_string();
    let span = tracing::info_span!("import", request_id);
    match receive(&served, caller, session, &table, asked, request, &request_id).instrument(span).await {
        Ok(outcome) => (StatusCode::OK, Json(outcome)).into_response(),
        Err(stop) => stop.answer(&request_id),
    }
}

async fn receive(
    served: &Served,
    caller: Arc<Caller>,
    session: Session,
    table: &str,
    asked: HashMap<String, String>,
    request: Request,
    request_id: &str,
) -> Result<Outcome, Stop> {
    let headers = request.headers();
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if u64::from_str(length).is_ok_and(|length| length > MAX_BYTES) {
        return Err(Refusal::TooLarge.into());
    }
    let cx = begin(served, caller, session, headers, request_id).await?;
    let table = read(table)?;
    let mode = asked.get("mode").and_then(|mode| Mode::of(mode)).ok_or(Refusal::Malformed)?;
    refused(&cx, &format!("POST /imports/{}", table.key()), service::admit(&cx, table)).await?;
    cx.admit(VisitorAct::Upload)?;
    // The connection goes back: the body may take its time.
    let cx = Arc::new(cx.under(cx.scope()?.clone()).await);
    let temp = arrive(served, request.into_body(), MAX_BYTES).await?;
    let language = Asked(asked).language();
    Ok(detached(cx, async move |cx| service::import(&cx, table, temp, mode, language).await).await?)
}

async fn begin(
    served: &Served,
    caller: Arc<Caller>,
    session: Session,
    headers: &HeaderMap,
    request_id: &str,
) -> Result<Arc<Cx>, Stop> {
    if !is_scripted(headers, served.app.edge.origin.as_deref()) {
        return Err(Refusal::Foreign.into());
    }
    enter(served, caller, session, request_id).await
}

fn read(table: &str) -> Result<ImportTable, Error> {
    ImportTable::from_key(table).ok_or(Error::NotFound(Kind::File))
}

fn answer(made: Result<Exported, Stop>, request_id: &str) -> Response {
    match made {
        Ok(Exported { name, bytes }) => {
            let name = format!("attachment; filename=\"list.xlsx\"; filename*=UTF-8''{}.xlsx", escape(&name));
            ([(header::CONTENT_TYPE, XLSX.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
        }
        Err(stop) => stop.answer(request_id),
    }
}
