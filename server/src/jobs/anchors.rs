//! Keeps the heads of the audit chains outside of the database, each hour (L-3).

use std::time::Duration;

use crate::{graphql::context::App, oversight::audit::anchors::keep};

/// How often.
const EVERY: Duration = Duration::from_secs(3600);

/// Keeps them until the process ends. A failure is logged and tried again after an hour.
pub async fn run(app: App) {
    let Some(file) = app.anchors.clone() else {
        tracing::warn!("audit.anchor_file is not set: whoever administers the database can rewrite the audit unseen");
        return;
    };
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        match keep(&app, &file).await {
            Ok(heads) => tracing::info!(heads, "audit heads kept"),
            Err(error) => tracing::error!(?error, file = %file.path().display(), "keeping the audit heads failed"),
        }
    }
}
