//! What a center takes along: one JSON object in a line for each row it owns, personal data in clear, then what stands for
//! each rating in its day's root, then its files in pieces, with a line before that says what it is and one after that
//! counts, and has the hash of all before. `gangping tally verify` reads it (`ratings::tally`).
//!
//! What stands for a rating is apart from it: whoever is shown a receipt would find the level beside it otherwise.
//!
//! Asking and fetching are two requests: the first shows the password again and leaves a mark in the session, the second
//! is a plain download that uses the mark up.

use std::{collections::BTreeMap, io, time::Duration};

use axum::body::Bytes;
use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, TimeDelta};
use domain::permission::Permission;
use entity::center_export;
use futures_util::TryStreamExt;
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use crate::{
    auth::scope::Granted,
    crypto::{CenterKeys, hex},
    db::{
        AuditEvent, ReadTx, Verb,
        takeaway::{LEFT, PAGE, TAKEN},
    },
    error::{Error, Result},
    graphql::context::Cx,
    http::session,
    tenancy::service::profile,
};

/// The session's word for an export that may be fetched.
const MARK: &str = "export";
/// How long it may.
const OPEN: TimeDelta = TimeDelta::minutes(2);
/// How long somebody may not read on before we give up.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes sent at once.
const PIECE: usize = 64 * 1024;
/// What the first line says of the file.
pub const FORMAT: &str = "gangping center";
/// … and in which form it is.
pub const VERSION: u64 = 3;

/// Pieces of the file; an error cuts it off.
pub type Pieces = mpsc::Receiver<io::Result<Bytes>>;

/// Lets the viewer fetch their center's data once, soon. Shows the password again.
pub async fn allow(cx: &Cx, password: String) -> Result<()> {
    let granted = cx.scope()?.require(Permission::CenterExport)?;
    profile::show_password(cx, password).await?;
    let session = cx.session.as_ref().ok_or(Error::Unauthenticated)?;
    session::keep(session, MARK, &(cx.now() + OPEN).to_rfc3339()).await?;
    cx.write(&granted).await?.commit(AuditEvent::of(Verb::CenterExportAllowed)).await
}

/// The file's name and its pieces, if the viewer was allowed to fetch it.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::CenterExport`], [`Error::Unauthenticated`] without a fresh [`allow`].
pub async fn fetch(cx: Cx) -> Result<(String, Pieces)> {
    let granted = cx.scope()?.require(Permission::CenterExport)?;
    let session = cx.session.as_ref().ok_or(Error::Unauthenticated)?;
    let until = session::kept(session, MARK).await?.and_then(|mark| DateTime::parse_from_rfc3339(&mark).ok());
    if until.is_none_or(|until| until < cx.now()) {
        return Err(Error::Unauthenticated);
    }
    session::keep(session, MARK, "").await?;
    let center = cx.scope()?.center()?;
    let code = cx.app.db.identity().center(center).await?.map(|center| center.code).unwrap_or_default();
    let (sender, pieces) = mpsc::channel(4);
    let name = format!("{code}-{}.jsonl", domain::calendar::local_date(cx.now()));
    tokio::spawn(async move {
        let mut file = File::new(sender);
        if let Err(error) = write(&cx, &granted, &code, &mut file).await {
            tracing::error!(?error, "export of a center ended early");
            // Without its last line and cut off, so that nobody takes it for whole.
            let _ = file.sender.send(Err(io::ErrorKind::UnexpectedEof.into())).await;
        }
    });
    Ok((name, pieces))
}

async fn write(cx: &Cx, granted: &Granted, code: &str, file: &mut File) -> Result<()> {
    let center = cx.scope()?.center()?;
    let keys = cx.app.keys.center(center);
    let left: BTreeMap<_, _> = LEFT.iter().copied().collect();
    file.line(&json!({
        "format": FORMAT, "version": VERSION, "center": center, "code": code, "at": cx.now(),
        "tables": TAKEN, "left": left,
    }))
    .await?;
    let tx = cx.read().await?;
    let mut counts = BTreeMap::new();
    for table in TAKEN {
        counts.insert(*table, rows(&tx, &keys, table, file).await?);
    }
    // Files may take long, and no snapshot has to wait for them.
    drop(tx);
    let mut committed = std::mem::take(&mut file.committed);
    committed.sort_unstable();
    for (day, commitment) in &committed {
        file.line(&json!({ "day": day, "commitment": commitment })).await?;
    }
    let stored = std::mem::take(&mut file.stored);
    let missing = files(cx, &stored, file).await?;
    file.flush().await?;
    let before = hex(&file.hash.clone().finalize());
    file.line(&json!({
        "end": true, "rows": counts, "commitments": committed.len(), "files": stored.len() - missing,
        "missing": missing, "sha256": before,
    }))
    .await?;
    file.flush().await?;
    let (sha256, bytes) = (hex(&file.hash.clone().finalize()), file.bytes);
    let records: i64 = counts.values().sum();
    let mut tx = cx.write(granted).await?;
    let row = center_export::ActiveModel {
        id: Set(cx.app.ids.next()),
        city_id: Set(granted.scope().city()),
        account_id: Set(granted.scope().account().ok_or(Error::Unauthenticated)?),
        records: Set(records),
        bytes: Set(bytes),
        sha256: Set(sha256),
        created_at: Set(tx.now()),
        ..Default::default()
    };
    tx.insert(row).await?;
    tx.commit(AuditEvent::of(Verb::CenterExported).with_detail(records.to_string())).await
}

async fn rows(tx: &ReadTx, keys: &CenterKeys, table: &str, file: &mut File) -> Result<i64> {
    let mut count: u64 = 0;
    loop {
        let page = tx.rows_to_take(table, count).await?;
        let found = u64::try_from(page.len()).unwrap_or(u64::MAX);
        for mut row in page {
            open(keys, &mut row)?;
            if let (Some(object), "attachment") = (row["object"].as_str(), table) {
                file.stored.push((row["id"].clone(), object.to_owned()));
            }
            if let ("rating" | "survey_response", Some(columns)) = (table, row.as_object_mut())
                && let (Some(Value::String(commitment)), Some(Value::String(day))) =
                    (columns.remove("commitment"), columns.get("day"))
            {
                file.committed.push((day.clone(), commitment));
            }
            file.line(&json!({ "table": table, "row": row })).await?;
        }
        count += found;
        if found < PAGE {
            return Ok(i64::try_from(count).unwrap_or(i64::MAX));
        }
    }
}

/// The bytes of files, a line for each piece. One that is not there is said to be missing, or its center could never
/// leave; how many they are.
async fn files(cx: &Cx, stored: &[(Value, String)], file: &mut File) -> Result<usize> {
    let mut missing = 0;
    for (id, object) in stored {
        let Ok(mut pieces) = cx.app.files.get(object).await else {
            missing += 1;
            file.line(&json!({ "file": id, "missing": true })).await?;
            continue;
        };
        while let Some(piece) = pieces.try_next().await.map_err(anyhow::Error::from)? {
            file.line(&json!({ "file": id, "base64": BASE64_STANDARD.encode(&piece) })).await?;
        }
    }
    Ok(missing)
}

/// Encrypted columns end in `_enc`: their plain text takes their place, under the name without it.
fn open(keys: &CenterKeys, row: &mut Value) -> Result<()> {
    let Some(columns) = row.as_object_mut() else { return Ok(()) };
    let sealed: Vec<_> = columns.keys().filter(|name| name.ends_with("_enc")).cloned().collect();
    for column in sealed {
        let field = column.trim_end_matches("_enc");
        let plain = match columns.remove(&column).as_ref().and_then(Value::as_str) {
            Some(sealed) => Value::String(keys.open(field, sealed)?),
            None => Value::Null,
        };
        columns.insert(field.to_owned(), plain);
    }
    Ok(())
}

struct File {
    sender: mpsc::Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
    hash: Sha256,
    bytes: i64,
    /// Files to send after the rows: their ids and where they lie.
    stored: Vec<(Value, String)>,
    /// Days, and what stands for what was given on them.
    committed: Vec<(String, String)>,
}

impl File {
    fn new(sender: mpsc::Sender<io::Result<Bytes>>) -> Self {
        Self { sender, piece: Vec::new(), hash: Sha256::new(), bytes: 0, stored: Vec::new(), committed: Vec::new() }
    }

    async fn line(&mut self, value: &Value) -> Result<()> {
        serde_json::to_writer(&mut self.piece, value).map_err(anyhow::Error::from)?;
        self.piece.push(b'\n');
        if self.piece.len() >= PIECE { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Result<()> {
        let piece = std::mem::take(&mut self.piece);
        self.hash.update(&piece);
        self.bytes += i64::try_from(piece.len()).unwrap_or(0);
        let sent = self.sender.send_timeout(Ok(piece.into()), PATIENCE).await;
        Ok(sent.map_err(|_| anyhow::anyhow!("nobody reads on"))?)
    }
}
