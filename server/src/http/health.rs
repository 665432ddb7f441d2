//! Whether the process can serve.

use axum::{extract::State, http::StatusCode};

use super::Served;

/// 200 when the database answers, 503 when not.
pub async fn handle(State(served): State<Served>) -> StatusCode {
    match served.app.db.identity().ping().await {
        Ok(()) => StatusCode::OK,
        Err(error) => {
            tracing::error!(?error, "not ready");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
