//! Counts the figures of each center again, and closes periods that are over. Each hour looks whether it is time: once a
//! day for a center, a week after its end for a period.

use std::time::Duration;

use crate::{
    analytics::service::{closing, recounting},
    error::Result,
    graphql::context::App,
};

/// How often.
const EVERY: Duration = Duration::from_secs(3600);

/// Runs until the process ends. A failure is logged and tried again after an hour.
pub async fn run(app: App) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        if let Err(error) = sweep(&app).await {
            tracing::error!(?error, "counting figures again failed");
        }
    }
}

/// One run over all centers, then over all cities: what is closed was counted again before.
///
/// # Errors
/// From the database, when not even the centers can be listed.
pub async fn sweep(app: &App) -> Result<()> {
    for center in app.db.identity().all_working_centers().await? {
        if let Err(error) = recounting::nightly(app, &center).await {
            tracing::error!(?error, center = center.code, "counting a center's figures again failed");
        }
    }
    for (city, scope) in app.db.offices("metrics").await? {
        if let Err(error) = closing::sweep(app, scope).await {
            tracing::error!(?error, city, "closing a city's periods failed");
        }
    }
    Ok(())
}
