//! Closes rounds of evaluation whose last day is over, and follows those of the city. Hourly.

use std::time::Duration;

use crate::{
    campaigns::{city, service::course},
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
            tracing::error!(?error, "closing rounds of evaluation failed");
        }
    }
}

/// One run over all centers.
///
/// # Errors
/// From the database, when not even the centers can be listed.
pub async fn sweep(app: &App) -> Result<()> {
    for center in app.db.identity().all_centers().await? {
        if let Err(error) = course::sweep(app, &center).await {
            tracing::error!(?error, center = center.code, "closing a center's rounds of evaluation failed");
        }
        if let Err(error) = city::follow(app, &center).await {
            tracing::error!(?error, center = center.code, "a center did not follow the rounds of its city");
        }
    }
    Ok(())
}
