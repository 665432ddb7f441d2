//! Removes from cases at windows what is kept for a time only. Hourly.

use std::time::Duration;

use crate::{error::Result, graphql::context::App, handling::service::retention};

/// How often.
const EVERY: Duration = Duration::from_secs(3600);

/// Runs until the process ends. A failure is logged and tried again after an hour.
pub async fn run(app: App) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        if let Err(error) = sweep(&app).await {
            tracing::error!(?error, "removing old details of cases failed");
        }
    }
}

/// One run over all centers.
///
/// # Errors
/// From the database, when not even the centers can be listed.
pub async fn sweep(app: &App) -> Result<()> {
    for center in app.db.identity().all_centers().await? {
        if let Err(error) = retention::purge(app, &center).await {
            tracing::error!(?error, center = center.code, "removing old details of a center's cases failed");
        }
    }
    Ok(())
}
