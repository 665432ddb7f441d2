//! Keeping and reading phrases: one verb, one transaction, one entry in the audit.

use std::collections::BTreeMap;

use domain::{
    PhraseId, Violation,
    permission::Permission,
    phrases::{PhraseForm, PhraseKind},
    settings::EntryStatus,
};
use entity::{phrase, phrase_seed};
use sea_orm::ActiveModelTrait;

use super::repo;
use crate::{
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Conflict, Error, Kind, Result},
    graphql::context::Cx,
    posts::service::Seen,
};

/// A phrase as a center has it.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// As stored, or as it came with the product; then with version 0.
    pub row: phrase::Model,
    /// Whether it came with the product.
    pub seed: bool,
}

/// Every phrase, by kind, category and age; the retired ones included.
pub async fn list(cx: &Cx) -> Result<Vec<Phrase>> {
    cx.scope()?.require(Permission::PostRead)?;
    all(&*cx.read().await?).await
}

/// The same in another context's transaction.
pub async fn all(tx: &ReadTx) -> Result<Vec<Phrase>> {
    let center = tx.scope().center()?;
    let mut found: BTreeMap<PhraseId, Phrase> = BTreeMap::new();
    for row in repo::seeds(tx).await? {
        found.insert(row.id, Phrase { row: untouched(center, row), seed: true });
    }
    for row in repo::own(tx).await? {
        let seed = found.contains_key(&row.id);
        found.insert(row.id, Phrase { row, seed });
    }
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_by_key(|phrase| (phrase.row.kind, phrase.row.category));
    Ok(found)
}

/// One phrase, whether or not it is retired.
pub async fn one(tx: &ReadTx, id: PhraseId) -> Result<Phrase> {
    let seed = repo::seed(tx, id).await?;
    let was_seed = seed.is_some();
    let row = match (repo::own_one(tx, id).await?, seed) {
        (Some(row), _) => row,
        (None, Some(seed)) => untouched(tx.scope().center()?, seed),
        (None, None) => return Err(Error::NotFound(Kind::Row)),
    };
    Ok(Phrase { row, seed: was_seed })
}

fn untouched(center: domain::CenterId, row: phrase_seed::Model) -> phrase::Model {
    let phrase_seed::Model { id, kind, category, text, situation, replacement_for, source } = row;
    let status = EntryStatus::Active;
    phrase::Model {
        center_id: center,
        id,
        kind,
        category,
        text,
        situation,
        replacement_for,
        source,
        status,
        version: 0,
    }
}

/// Adds a phrase.
pub async fn add(cx: &Cx, form: PhraseForm) -> Result<Phrase> {
    let mut tx = manage(cx).await?;
    check(&tx, &form, None).await?;
    if !repo::has_room(repo::count(&tx).await?) {
        return Err(Violation::new("", "phrase.too_many").into());
    }
    let PhraseForm { kind, category, text, situation, replacement_for, source } = form;
    let (id, center_id) = (PhraseId(cx.app.ids.next()), cx.scope()?.center()?);
    let status = EntryStatus::Active;
    let row =
        phrase::Model { center_id, id, kind, category, text, situation, replacement_for, source, status, version: 1 };
    let row = tx.insert(phrase::ActiveModel::from(row).reset_all()).await?;
    tx.commit(AuditEvent::on(id.0, Verb::PhraseAdded).with_detail(row.kind.key())).await?;
    Ok(Phrase { row, seed: false })
}

/// Changes a phrase; one that came with the product for this center alone.
pub async fn edit(cx: &Cx, seen: Seen<PhraseId>, form: PhraseForm) -> Result<Phrase> {
    let tx = manage(cx).await?;
    let was = one(&tx, seen.id).await?;
    check(&tx, &form, Some(was.row.kind)).await?;
    let PhraseForm { kind, category, text, situation, replacement_for, source } = form;
    let row = phrase::Model { kind, category, text, situation, replacement_for, source, ..was.row };
    write(tx, seen, Phrase { row, ..was }, Verb::PhraseEdited).await
}

/// Takes a phrase out of use, or back into it.
pub async fn set(cx: &Cx, seen: Seen<PhraseId>, status: EntryStatus) -> Result<Phrase> {
    let tx = manage(cx).await?;
    let was = one(&tx, seen.id).await?;
    let verb = match status {
        EntryStatus::Active => Verb::PhraseRestored,
        EntryStatus::Retired => Verb::PhraseRetired,
    };
    let row = phrase::Model { status, ..was.row };
    write(tx, seen, Phrase { row, ..was }, verb).await
}

/// Whether somebody may be told that they said this: a forbidden phrase that is in use. For another context's transaction.
pub async fn is_forbidden(tx: &ReadTx, id: PhraseId) -> Result<()> {
    let Phrase { row, .. } = one(tx, id).await?;
    if row.kind == PhraseKind::Forbidden && row.status == EntryStatus::Active {
        return Ok(());
    }
    Err(Violation::new("phrase", "phrase.not_forbidden").into())
}

async fn check(tx: &ReadTx, form: &PhraseForm, was: Option<PhraseKind>) -> Result<()> {
    let replaced = match form.replacement_for {
        Some(id) => Some(one(tx, id).await?.row.kind),
        None => None,
    };
    let found = form.check(was, replaced);
    if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
}

async fn write(mut tx: WriteTx, seen: Seen<PhraseId>, phrase: Phrase, verb: Verb) -> Result<Phrase> {
    let Phrase { row, seed } = phrase;
    let row = match (row.version, seen.version) {
        // The first change of one that came with the product: from now on it is the center's own.
        (0, 0) => {
            let row = phrase::ActiveModel::from(phrase::Model { version: 1, ..row }).reset_all();
            tx.insert(row).await.map_err(|error| match error {
                Error::Conflict(Conflict::Taken) => Error::Conflict(Conflict::Stale),
                other => other,
            })?
        }
        (0, _) => return Err(Error::Conflict(Conflict::Stale)),
        _ => tx.update(phrase::ActiveModel::from(row).reset_all(), seen.version).await?,
    };
    tx.commit(AuditEvent::on(seen.id.0, verb).with_detail(row.kind.key())).await?;
    Ok(Phrase { row, seed })
}

async fn manage(cx: &Cx) -> Result<WriteTx> {
    cx.write(&cx.scope()?.require(Permission::PhraseManage)?).await
}
