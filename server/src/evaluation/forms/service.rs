//! Reading the city's forms, and taking their versions from draft to retirement.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    FormVersionId, Violation,
    calendar::local_date,
    evaluation::forms::{self, FormAction, FormContent, FormKind, FormStatus},
    permission::Permission,
};
use entity::form_version::{ActiveModel, Model, Summary};
use sea_orm::ActiveValue::Set;

use super::repo::{self, Which};
use crate::{
    auth::scope::Scope,
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Conflict, Error, Result},
    graphql::context::Cx,
    setup, standard,
    tenancy::service::profile::shown_lately,
};

/// A version as it was read.
#[derive(Clone, Copy)]
pub struct Seen {
    /// Which.
    pub id: FormVersionId,
    /// How often it had been changed.
    pub version: i32,
}

/// A version in a list.
pub struct Listed {
    /// All of it but its content.
    pub row: Summary,
    /// Whether it is the one of its kind that counts today.
    pub in_force: bool,
}

/// A version with what is in it.
pub struct Full {
    /// As in a list.
    pub listed: Listed,
    /// What is in it.
    pub content: FormContent,
}

/// Every version that the viewer may read, by kind, the newest first.
pub async fn list(cx: &Cx) -> Result<Vec<Listed>> {
    let which = readable(cx.scope()?)?;
    let rows = repo::list(&*cx.read().await?, which).await?;
    let today = local_date(cx.now());
    let listed = rows.iter().map(|row| Listed { in_force: counts(row, &rows, today), row: row.clone() });
    Ok(listed.collect())
}

/// One version with what is in it.
pub async fn one(cx: &Cx, id: FormVersionId) -> Result<Full> {
    let which = readable(cx.scope()?)?;
    let tx = cx.read().await?;
    let row = repo::get(&tx, id, which).await?;
    full(&tx, row, local_date(cx.now())).await
}

/// Begins a draft with the wording that the product ships.
pub async fn start(cx: &Cx, kind: FormKind) -> Result<Full> {
    let mut tx = begin(cx).await?;
    let shipped = setup::forms()?.into_iter().find(|content| content.kind() == kind);
    let content = shipped.ok_or_else(|| anyhow::anyhow!("no {} is shipped", kind.key()))?;
    let row = draft(cx, &mut tx, kind, None, stored(&content)?).await?;
    done(cx, tx, row, Verb::FormStarted).await
}

/// Begins a draft with what is in another version of the same kind.
pub async fn copy(cx: &Cx, id: FormVersionId) -> Result<Full> {
    let mut tx = begin(cx).await?;
    let Model { kind, number, content, .. } = repo::get(&tx, id, Which::All).await?;
    let row = draft(cx, &mut tx, kind, Some(number), content).await?;
    done(cx, tx, row, Verb::FormCopied).await
}

/// Replaces what is in a draft.
pub async fn edit(cx: &Cx, seen: Seen, content: FormContent) -> Result<Full> {
    let mut tx = begin(cx).await?;
    let row = acting(&tx, seen, FormAction::Edit).await?;
    if content.kind() != row.kind {
        return Err(Violation::new("content", "forms.kind").into());
    }
    fine(content.check_draft())?;
    let change = ActiveModel { content: Set(stored(&content)?), ..changed(&tx, seen) };
    let row = repo::change(&mut tx, change, seen.version).await?;
    done(cx, tx, row, Verb::FormEdited).await
}

/// Lets a draft count from a day on. It never changes again.
pub async fn publish(cx: &Cx, seen: Seen, from: NaiveDate) -> Result<Full> {
    cx.scope()?.require(Permission::FormManage)?;
    shown_lately(cx).await?;
    let mut tx = begin(cx).await?;
    let row = acting(&tx, seen, FormAction::Publish).await?;
    let others = repo::of_kind(&tx, row.kind).await?;
    let latest = others.iter().filter(|other| other.status == FormStatus::Published).filter_map(|o| o.valid_from).max();
    let mut found: Vec<_> = forms::check_date(from, local_date(cx.now()), latest).into_iter().collect();
    found.extend(read(&row.content)?.check_publication());
    fine(found)?;
    let change = ActiveModel { status: Set(FormStatus::Published), valid_from: Set(Some(from)), ..changed(&tx, seen) };
    let row = repo::change(&mut tx, change, seen.version).await?;
    done(cx, tx, row, Verb::FormPublished).await
}

/// Gives a draft up; it stays to be read.
pub async fn withdraw(cx: &Cx, seen: Seen) -> Result<Full> {
    end(cx, seen, FormAction::Withdraw, FormStatus::Withdrawn, Verb::FormWithdrawn).await
}

/// Lets a published version count no more.
pub async fn retire(cx: &Cx, seen: Seen) -> Result<Full> {
    cx.scope()?.require(Permission::FormManage)?;
    shown_lately(cx).await?;
    end(cx, seen, FormAction::Retire, FormStatus::Retired, Verb::FormRetired).await
}

async fn end(cx: &Cx, seen: Seen, action: FormAction, status: FormStatus, verb: Verb) -> Result<Full> {
    let mut tx = begin(cx).await?;
    acting(&tx, seen, action).await?;
    let change = ActiveModel { status: Set(status), ..changed(&tx, seen) };
    let row = repo::change(&mut tx, change, seen.version).await?;
    done(cx, tx, row, verb).await
}

fn readable(scope: &Scope) -> Result<Which> {
    scope.require(Permission::FormRead)?;
    Ok(if scope.roles().may(Permission::FormManage) { Which::All } else { Which::Public })
}

async fn begin(cx: &Cx) -> Result<WriteTx> {
    cx.write(&cx.scope()?.require(Permission::FormManage)?).await
}

/// The version, where it is still as it was read and may be acted on.
async fn acting(tx: &ReadTx, seen: Seen, action: FormAction) -> Result<Model> {
    let row = repo::get(tx, seen.id, Which::All).await?;
    if row.version != seen.version {
        return Err(Error::Conflict(Conflict::Newer(row.version)));
    }
    forms::may(row.status, action)?;
    Ok(row)
}

fn changed(tx: &WriteTx, seen: Seen) -> ActiveModel {
    ActiveModel { id: Set(seen.id), changed_at: Set(tx.now()), ..Default::default() }
}

/// A new draft. Two at once get one number: the second is told that it is taken.
async fn draft(cx: &Cx, tx: &mut WriteTx, kind: FormKind, from: Option<i32>, content: String) -> Result<Model> {
    let last = repo::of_kind(tx, kind).await?.iter().map(|row| row.number).max().unwrap_or(0);
    let row = ActiveModel {
        id: Set(FormVersionId(cx.app.ids.next())),
        kind: Set(kind),
        number: Set(last + 1),
        status: Set(FormStatus::Draft),
        edition: Set(standard::service::edition(tx).await?.code),
        copied_from: Set(from),
        valid_from: Set(None),
        content: Set(content),
        changed_at: Set(tx.now()),
        version: Set(1),
        ..Default::default()
    };
    repo::add(tx, row).await
}

async fn done(cx: &Cx, tx: WriteTx, row: Model, verb: Verb) -> Result<Full> {
    let mut detail = format!("{} {}", row.kind.key(), row.number);
    if let Some(from) = row.valid_from {
        detail = format!("{detail} {from}");
    }
    let event = AuditEvent::on(row.id.0, verb).with_detail(detail);
    let full = full(&tx, row, local_date(cx.now())).await?;
    tx.commit(event).await?;
    Ok(full)
}

async fn full(tx: &ReadTx, row: Model, today: NaiveDate) -> Result<Full> {
    let content = read(&row.content)?;
    let row = Summary::from(row);
    let in_force = counts(&row, &repo::of_kind(tx, row.kind).await?, today);
    Ok(Full { listed: Listed { row, in_force }, content })
}

/// Whether `row` is the one of its kind among `rows` that counts today.
fn counts(row: &Summary, rows: &[Summary], today: NaiveDate) -> bool {
    let published = rows.iter().filter(|other| other.kind == row.kind && other.status == FormStatus::Published);
    let published = published.filter_map(|other| Some((other.number, other.valid_from?)));
    row.status == FormStatus::Published && forms::in_force(published, today) == Some(row.number)
}

fn fine(found: Vec<Violation>) -> Result<()> {
    if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
}

fn stored(content: &FormContent) -> Result<String> {
    Ok(serde_json::to_string(content).map_err(anyhow::Error::from)?)
}

fn read(content: &str) -> Result<FormContent> {
    Ok(serde_json::from_str(content).map_err(anyhow::Error::from)?)
}

/// A version that was published, with what is in it, for another context's transaction: also for those who rate by it and
/// may not read forms otherwise.
pub async fn published(tx: &ReadTx, id: FormVersionId) -> Result<(Summary, FormContent)> {
    let row = repo::get(tx, id, Which::Public).await?;
    let content = read(&row.content)?;
    Ok((row.into(), content))
}

/// Which version of a kind counts on a day, for another context's transaction.
pub async fn counting(tx: &ReadTx, kind: FormKind, on: NaiveDate) -> Result<Option<FormVersionId>> {
    let mut rows = repo::of_kind(tx, kind).await?;
    rows.retain(|row| row.status == FormStatus::Published);
    let number = forms::in_force(rows.iter().filter_map(|row| Some((row.number, row.valid_from?))), on);
    Ok(rows.iter().find(|row| Some(row.number) == number).map(|row| row.id))
}

/// Every version that was published, for another context's transaction.
pub async fn public(tx: &ReadTx) -> Result<Vec<Summary>> {
    repo::list(tx, Which::Public).await
}

/// Versions that were published, with what is in them, for another context's transaction.
pub async fn contents(tx: &ReadTx, ids: BTreeSet<FormVersionId>) -> Result<Vec<(Summary, FormContent)>> {
    let rows = repo::some(tx, ids).await?;
    let full = rows.into_iter().map(|row| {
        let content = read(&row.content)?;
        Ok((row.into(), content))
    });
    full.collect()
}
