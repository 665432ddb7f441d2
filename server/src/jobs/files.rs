//! Removes files whose time is over, and has those looked into that nobody has looked into yet. Hourly.

use std::time::Duration;

use chrono::TimeDelta;
use domain::{
    AttachmentId,
    files::{LOOSE_HOURS, ScanState},
    permission::Permission,
};

use crate::{
    auth::scope::{Granted, Scope},
    db::{AuditEvent, Verb, identity::Center},
    error::Result,
    files::{repo, scanner, service::thumbnail_of},
    graphql::context::{App, Cx},
};

/// How often.
const EVERY: Duration = Duration::from_secs(3600);

/// Runs until the process ends. A failure is logged and tried again after an hour.
pub async fn run(app: App) {
    let mut every = tokio::time::interval(EVERY);
    loop {
        every.tick().await;
        if let Err(error) = sweep(&app).await {
            tracing::error!(?error, "removing old files failed");
        }
    }
}

/// One run over all centers.
///
/// # Errors
/// From the database, when not even the centers can be listed.
pub async fn sweep(app: &App) -> Result<()> {
    for center in app.db.identity().all_centers().await? {
        if let Err(error) = sweep_center(app, &center).await {
            tracing::error!(?error, center = center.code, "removing old files of a center failed");
        }
    }
    Ok(())
}

async fn sweep_center(app: &App, center: &Center) -> Result<()> {
    let scope = Scope::job(center, "files");
    let cx = Cx::new(app.clone(), Some(scope), None, app.ids.next().to_string());
    let granted = cx.scope()?.require(Permission::FileUpload)?;
    scan(&cx, &granted).await?;
    expire(&cx, &granted).await?;
    remove(&cx, &granted).await
}

/// Marks what is over: nobody sees it from then on.
async fn expire(cx: &Cx, granted: &Granted) -> Result<()> {
    let over = repo::over(cx.now(), cx.now() - TimeDelta::hours(LOOSE_HOURS));
    if !repo::any(&*cx.read().await?, over.clone()).await? {
        return Ok(());
    }
    let mut tx = cx.write(granted).await?;
    let gone = repo::delete(&mut tx, over).await?;
    tx.commit(AuditEvent::of(Verb::FilesExpired).with_detail(format!("over {gone}"))).await
}

/// Removes the bytes of what is marked; the rows stay.
async fn remove(cx: &Cx, granted: &Granted) -> Result<()> {
    let rows = repo::to_remove(&*cx.read().await?).await?;
    let mut gone: Vec<AttachmentId> = Vec::new();
    for row in rows {
        let Some(object) = &row.object else { continue };
        cx.app.files.remove(&thumbnail_of(object)).await?;
        cx.app.files.remove(object).await?;
        gone.push(row.id);
    }
    if gone.is_empty() {
        return Ok(());
    }
    let mut tx = cx.write(granted).await?;
    let count = repo::removed(&mut tx, gone).await?;
    tx.commit(AuditEvent::of(Verb::FilesExpired).with_detail(format!("removed {count}"))).await
}

async fn scan(cx: &Cx, granted: &Granted) -> Result<()> {
    let Some(clamd) = cx.app.files.clamd else { return Ok(()) };
    let rows = repo::to_scan(&*cx.read().await?).await?;
    let mut said = Vec::new();
    for row in rows {
        let Some(object) = &row.object else { continue };
        match scanner::scan(clamd, cx.app.files.get(object).await?).await {
            // It is down: the next hour is another try.
            ScanState::Pending => break,
            state => said.push((row.id, state)),
        }
    }
    if said.is_empty() {
        return Ok(());
    }
    let refused = said.iter().filter(|(_, state)| *state == ScanState::Refused).count();
    let mut tx = cx.write(granted).await?;
    for (id, state) in &said {
        repo::scanned(&mut tx, *id, *state).await?;
    }
    let detail = format!("clean {} refused {refused}", said.len() - refused);
    tx.commit(AuditEvent::of(Verb::FilesScanned).with_detail(detail)).await
}
