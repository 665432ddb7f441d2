//! One list as one workbook: one snapshot, one record in the audit.

use std::time::Duration;

use domain::{access::of_route, audit::Owner, calendar::local_date, permission::Permission};

use super::{
    book::{self, Cell, Sheet, Table},
    lists::{self, Asked, List},
};
use crate::{
    db::{AuditEvent, Verb},
    error::{Error, Result},
    graphql::context::Cx,
};

/// How long a workbook waits for its turn to be written.
const PATIENCE: Duration = Duration::from_secs(20);

/// A workbook, and what it is called.
#[derive(Debug)]
pub struct Exported {
    /// Its name, without ending.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What the list asks for, by the table of routes.
#[must_use]
pub fn permission(list: List) -> Option<Permission> {
    of_route(&format!("POST /exports/{}", list.key())).and_then(|access| access.permission())
}

/// What a list shows to the viewer, as a workbook.
///
/// # Errors
/// [`Error::Forbidden`] without the list's permission, and those of [`lists::find`].
pub async fn export(cx: &Cx, list: List, asked: &Asked) -> Result<Exported> {
    let needed = permission(list).ok_or(Error::NotFound(crate::error::Kind::File))?;
    let granted = cx.scope()?.require(needed)?;
    let language = asked.language();
    let found = lists::find(cx, list, asked).await?;
    let rows = found.rows.len();
    let title = language.word("list", list.key());
    let mut about = vec![
        (language.word("about", "list").to_owned(), title.into()),
        (language.word("about", "place").to_owned(), place(cx, asked).await?.into()),
    ];
    let filters = found.filter.into_iter().map(|(name, value)| {
        let name = format!("{}: {}", language.word("about", "filter"), language.word("filter", name));
        (name, Cell::from(value))
    });
    about.extend(filters);
    about.extend([
        (language.word("about", "rows").to_owned(), i64::try_from(rows).unwrap_or(i64::MAX).into()),
        (language.word("about", "at").to_owned(), cx.now().into()),
        (language.word("about", "by").to_owned(), viewer(cx).await?.into()),
        (language.word("about", "note_name").to_owned(), language.word("about", "note").into()),
    ]);
    let table = Table {
        name: title.to_owned(),
        head: found.head.iter().map(|key| language.word("column", key).to_owned()).collect(),
        rows: found.rows,
        raw: found.raw.map(|(head, rows)| Sheet {
            name: language.word("about", "raw").to_owned(),
            head: head.iter().map(|key| language.word("column", key).to_owned()).collect(),
            rows,
        }),
        about_name: language.word("about", "sheet").to_owned(),
        about,
    };
    // Nothing is kept open while the workbook waits and is written; what it holds is on record before it leaves.
    let event = AuditEvent::of(Verb::ListExported).with_detail(format!("{}{} rows={rows}", list.key(), found.told));
    cx.write(&granted).await?.commit(event).await?;
    let bytes = written(cx, table).await?;
    Ok(Exported { name: format!("{title}-{}", local_date(cx.now())), bytes })
}

/// One at a time: a workbook takes memory, and a core.
async fn written(cx: &Cx, table: Table) -> Result<Vec<u8>> {
    let bytes = cx.app.files.working.alone(PATIENCE, move || book::write(&table)).await?;
    bytes.ok_or_else(|| anyhow::anyhow!("whoever wrote the workbook panicked"))?
}

async fn place(cx: &Cx, asked: &Asked) -> Result<String> {
    let language = asked.language();
    match cx.scope()?.owner() {
        Owner::Center(id) => {
            let center = cx.app.db.identity().center(id).await?;
            Ok(center.map(|row| language.pick(&row.name_zh, &row.name_en).to_owned()).unwrap_or_default())
        }
        Owner::City(_) => Ok(language.word("about", "city").to_owned()),
    }
}

async fn viewer(cx: &Cx) -> Result<String> {
    let Some(id) = cx.scope()?.account() else { return Ok(String::new()) };
    Ok(cx.app.db.identity().account(id).await?.map(|account| account.display_name).unwrap_or_default())
}
