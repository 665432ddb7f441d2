//! Whether the process lives, can serve, and how it fares. The first is told to anybody; the rest
//! on the operator's port (O-2).

use std::{fmt, time::Duration};

use axum::{Router, extract::State, http::StatusCode, http::header, response::IntoResponse, routing::get};
use tokio::time::timeout;

use super::{metrics::gauge, session};
use crate::graphql::context::App;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// 200 as long as the process answers at all.
pub async fn alive() -> StatusCode {
    StatusCode::OK
}

/// What the operator's port serves.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/healthz", get(alive))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(app)
}

/// 200 when the database answers and is of this program's version, 503 when not.
async fn ready(State(app): State<App>) -> StatusCode {
    match timeout(PATIENCE, app.db.ready()).await {
        Ok(Ok(())) => StatusCode::OK,
        Ok(Err(error)) => {
            tracing::error!(error = format!("{error:#}"), "not ready");
            StatusCode::SERVICE_UNAVAILABLE
        }
        Err(_) => {
            tracing::error!("not ready: the database does not answer");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}

async fn metrics(State(app): State<App>) -> impl IntoResponse {
    // Without the database the other figures are the more wanted.
    let sessions = timeout(PATIENCE, session::count(&app)).await;
    let mut text = String::new();
    let written = write(&mut text, &app, sessions.ok().and_then(Result::ok));
    let status = if written.is_ok() { StatusCode::OK } else { StatusCode::INTERNAL_SERVER_ERROR };
    (status, [(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}

fn write(text: &mut String, app: &App, sessions: Option<u64>) -> fmt::Result {
    let edge = &app.edge;
    edge.metrics.write(text)?;
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let lanes = [
        ("visitors", count(edge.lanes.visitors.running())),
        ("members", count(edge.lanes.members.running())),
        ("sign_ins", count(edge.lanes.sign_ins.running())),
    ];
    gauge(text, "running", "GraphQL requests under way", "lane", &lanes)?;
    let (open, idle) = app.db.connections();
    gauge(text, "db_connections", "Connections of the pool", "state", &[("open", open), ("idle", idle)])?;
    if let Some(sessions) = sessions {
        gauge(text, "sessions", "Sessions that have not ended", "", &[("", sessions)])?;
    }
    if let Some(bytes) = memory() {
        gauge(text, "memory_bytes", "Resident memory of the process", "", &[("", bytes)])?;
    }
    Ok(())
}

/// Resident memory in bytes, where the system tells.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok()?.checked_mul(1024)
}
