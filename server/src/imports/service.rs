//! What may be done with a workbook: judged, applied, taken back. Whoever may add posts and people one by one may do so by
//! the table.

use std::{collections::HashMap, time::Duration};

use domain::{
    ImportBatchId, Violation,
    calendar::local_date,
    files::OwnerKind,
    imports::ImportTable,
    permission::Permission,
    training::{Mark, SessionForm},
};
use entity::import_batch;
use sea_orm::ActiveValue::Set;
use serde::Serialize;
use uuid::Uuid;

use super::{
    judge::{Fault, Forms, judge},
    repo,
};
use crate::{
    db::{AuditEvent, Verb},
    error::{Error, Result},
    files::{self, store::Temp},
    graphql::context::Cx,
    posts,
    sheets::{
        read::{self, Sheet},
        texts::Language,
    },
    training,
};

/// The longest workbook, in bytes.
pub const MAX_BYTES: u64 = 5 * 1024 * 1024;
/// Faults that are told one by one; the rest is counted.
const TOLD: usize = 500;
/// How long a workbook waits for its turn to be read.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is done with a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It is judged, and nothing else.
    Check,
    /// Its rows are added if none has a fault.
    All,
    /// The rows without a fault are added.
    Valid,
}

impl Mode {
    /// The one that an address names.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "check" => Some(Self::Check),
            "all" => Some(Self::All),
            "valid" => Some(Self::Valid),
            _ => None,
        }
    }
}

/// What came of a workbook.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// Rows that hold something.
    pub rows: usize,
    /// Those without a fault.
    pub sound: usize,
    /// What is wrong, in the order of the sheet, as far as it is told.
    pub faults: Vec<Fault>,
    /// How many faults there are in all.
    pub fault_count: usize,
    /// The batch that was added, if any.
    pub batch: Option<ImportBatchId>,
}

/// Whether the viewer may bring a table at all.
///
/// # Errors
/// [`Error::Forbidden`] without the permission to add its rows one by one.
pub fn admit(cx: &Cx, table: ImportTable) -> Result<()> {
    cx.scope()?.require(may(table)).map(|_| ())
}

const fn may(table: ImportTable) -> Permission {
    match table {
        ImportTable::Staff | ImportTable::Posts => Permission::PostManage,
        ImportTable::Training => Permission::TrainingManage,
    }
}

/// Judges a workbook that has arrived and, unless that is all that is asked, adds its rows.
///
/// # Errors
/// [`Error::Invalid`] at `file` when it cannot be read; `import.faults` when all rows are asked for and some have faults,
/// `import.nothing` when none is sound.
pub async fn import(cx: &Cx, table: ImportTable, temp: Temp, mode: Mode, language: Language) -> Result<Outcome> {
    let granted = cx.scope()?.require(may(table))?;
    let sheet = sheet(cx, temp).await?;
    let today = local_date(cx.now());
    if mode == Mode::Check {
        let judged = judge(&*cx.read().await?, table, &sheet, language, today).await?;
        return Ok(outcome(judged.rows, judged.sound.len(), judged.faults, None));
    }
    let mut tx = cx.write(&granted).await?;
    let judged = judge(&tx, table, &sheet, language, today).await?;
    let sound = judged.sound.len();
    if mode == Mode::All && !judged.faults.is_empty() {
        return Err(Violation::new("file", "import.faults").into());
    }
    if sound == 0 {
        return Err(Violation::new("file", "import.nothing").into());
    }
    let ids: Vec<Uuid> = match judged.sound {
        Forms::Staff(forms) => {
            posts::service::people::add_all(cx, &mut tx, forms).await?.into_iter().map(|id| id.0).collect()
        }
        Forms::Posts(forms) => posts::service::add_all(cx, &mut tx, forms).await?.into_iter().map(|id| id.0).collect(),
        Forms::Training(lines) => {
            let sessions = by_session(lines);
            training::service::add_held(cx, &mut tx, sessions).await?.into_iter().map(|id| id.0).collect()
        }
    };
    let id = ImportBatchId(cx.app.ids.next());
    let row = import_batch::ActiveModel {
        id: Set(id),
        records: Set(table),
        row_count: Set(i32::try_from(sound).unwrap_or(i32::MAX)),
        row_ids: Set(serde_json::to_string(&ids).map_err(anyhow::Error::from)?),
        created_by: Set(cx.scope()?.account().ok_or(Error::Unauthenticated)?),
        created_at: Set(tx.now()),
        ..Default::default()
    };
    tx.insert(row).await?;
    let event = AuditEvent::on(id.0, Verb::BatchImported);
    tx.commit(event.with_detail(format!("{} rows={sound}", table.key()))).await?;
    Ok(outcome(judged.rows, sound, judged.faults, Some(id)))
}

/// The lines of each session together, in the order of their first ones.
fn by_session(lines: Vec<(SessionForm, Mark)>) -> Vec<(SessionForm, Vec<Mark>)> {
    let mut places = HashMap::new();
    let mut sessions: Vec<(SessionForm, Vec<Mark>)> = Vec::new();
    for (form, mark) in lines {
        let at = *places.entry((form.on, form.start.clone(), form.title.clone())).or_insert(sessions.len());
        match sessions.get_mut(at) {
            Some((_, marks)) => marks.push(mark),
            None => sessions.push((form, vec![mark])),
        }
    }
    sessions
}

fn outcome(rows: usize, sound: usize, mut faults: Vec<Fault>, batch: Option<ImportBatchId>) -> Outcome {
    let fault_count = faults.len();
    faults.truncate(TOLD);
    Outcome { rows, sound, faults, fault_count, batch }
}

/// Reads it, one file at a time.
async fn sheet(cx: &Cx, temp: Temp) -> Result<Sheet> {
    let sheet = cx.app.files.working.alone(PATIENCE, move || read::read(temp.path())).await?;
    // A reader that panics has found no workbook.
    sheet.unwrap_or_else(|| Err(Violation::new("file", "files.damaged").into()))
}

/// The latest batches, newest first.
pub async fn batches(cx: &Cx) -> Result<Vec<import_batch::Model>> {
    cx.scope()?.require(Permission::PostManage)?;
    repo::batches(&*cx.read().await?).await
}

/// Takes a whole batch back: its rows go, as if they had never been; the audit and the batch keep that they were.
///
/// # Errors
/// `import.undone` a second time, `import.changed` when one of its rows was changed or is gone, `import.depended_on` when
/// something refers to one.
pub async fn undo(cx: &Cx, id: ImportBatchId) -> Result<import_batch::Model> {
    let granted = cx.scope()?.require(Permission::PostManage)?;
    let mut tx = cx.write(&granted).await?;
    let row = repo::batch(&tx, id).await?;
    let by = cx.scope()?.account().ok_or(Error::Unauthenticated)?;
    let now = tx.now();
    if !repo::mark_undone(&mut tx, id, by, now).await? {
        return Err(Violation::new("", "import.undone").into());
    }
    let ids: Vec<Uuid> = serde_json::from_str(&row.row_ids).map_err(anyhow::Error::from)?;
    let depended_on = || Error::from(Violation::new("", "import.depended_on"));
    if row.records == ImportTable::Posts && !files::service::of(&tx, OwnerKind::Post, &ids).await?.is_empty() {
        return Err(depended_on());
    }
    let removed = match row.records {
        ImportTable::Staff => posts::repo::remove_staff(&mut tx, &ids).await,
        ImportTable::Posts => posts::repo::remove_posts(&mut tx, &ids).await,
        ImportTable::Training => training::repo::remove(&mut tx, &ids).await,
    };
    // Whatever refers to a row keeps it, by the keys of the database.
    let removed = removed?.ok_or_else(depended_on)?;
    if usize::try_from(removed) != Ok(ids.len()) {
        return Err(Violation::new("", "import.changed").into());
    }
    tx.commit(AuditEvent::on(id.0, Verb::BatchUndone).with_detail(format!("{} rows={removed}", row.records.key())))
        .await?;
    Ok(import_batch::Model { undone_by: Some(by), undone_at: Some(now), ..row })
}
