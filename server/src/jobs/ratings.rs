//! Opens ratings in batches, closes days, writes what was noticed of them, and removes old words. Each minute: of a day that
//! goes on, what is enough for a batch is opened soon.

use std::time::Duration;

use domain::calendar::local_date;

use crate::{
    error::Result,
    graphql::context::App,
    ratings::{flags, service::opening},
};

/// How often.
const EVERY: Duration = Duration::from_secs(60);

/// Runs until the process ends. A failure is logged and tried again after a minute.
pub async fn run(app: App) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        if let Err(error) = sweep(&app).await {
            tracing::error!(?error, "opening ratings failed");
        }
    }
}

/// One run over all centers.
///
/// # Errors
/// From the database, when not even the centers can be listed.
pub async fn sweep(app: &App) -> Result<()> {
    for center in app.db.identity().all_working_centers().await? {
        if let Err(error) = opening::sweep(app, &center).await {
            tracing::error!(?error, center = center.code, "opening ratings of a center failed");
        }
        let today = local_date(app.clock.now() - opening::LATE);
        if let Err(error) = flags::service::sweep(app, &center, today).await {
            tracing::error!(?error, center = center.code, "flags of a center were not written");
        }
    }
    Ok(())
}
