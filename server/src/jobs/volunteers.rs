//! Marks services of volunteers that nobody confirmed in time, archives old years, and removes old signatures. Hourly.

use std::time::Duration;

use crate::{error::Result, graphql::context::App, volunteers::service::keeping};

/// How often.
const EVERY: Duration = Duration::from_secs(3600);

/// Runs until the process ends. A failure is logged and tried again after an hour.
pub async fn run(app: App) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        if let Err(error) = sweep(&app).await {
            tracing::error!(?error, "looking after services of volunteers failed");
        }
    }
}

/// One run over all centers.
///
/// # Errors
/// From the database, when not even the centers can be listed.
pub async fn sweep(app: &App) -> Result<()> {
    for center in app.db.identity().all_centers().await? {
        if let Err(error) = keeping::sweep(app, &center).await {
            tracing::error!(?error, center = center.code, "looking after services of a center's volunteers failed");
        }
    }
    Ok(())
}
