//! Kinds of posts: those of the catalogue, and those that the city adds.

use domain::{
    Violation,
    permission::Permission,
    posts::kind::{FieldSpec, KindForm, PostCheck},
    settings::EntryStatus,
};
use entity::{city_post_kind, post_kind};
use sea_orm::ActiveValue::Set;

use super::{gone, repo};
use crate::{
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Conflict, Error, Result},
    graphql::context::Cx,
};

/// A kind of post, whoever brought it.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its code.
    pub code: String,
    /// Its clause, where known.
    pub clause: Option<String>,
    /// Chinese name.
    pub title_zh: String,
    /// English name.
    pub title_en: String,
    /// What it is, in Chinese.
    pub summary_zh: String,
    /// The same in English.
    pub summary_en: String,
    /// Its own fields.
    pub fields: Vec<FieldSpec>,
    /// What is looked at.
    pub checks: Vec<PostCheck>,
    /// Whether it may be chosen.
    pub offered: bool,
    /// How often the city changed it; none for one of the catalogue, which changes by edition.
    pub version: Option<i32>,
}

/// Every kind, the catalogue's first.
pub async fn all(tx: &ReadTx) -> Result<Vec<Kind>> {
    let known = repo::catalogue_kinds(tx).await?.into_iter().map(of_catalogue);
    let own = repo::city_kinds(tx).await?.into_iter().map(of_city);
    known.chain(own).collect()
}

/// Every kind, for whoever sees posts.
pub async fn list(cx: &Cx) -> Result<Vec<Kind>> {
    cx.scope()?.require(Permission::PostRead)?;
    all(&*cx.read().await?).await
}

/// The same for the city, which adds to them.
pub async fn city_list(cx: &Cx) -> Result<Vec<Kind>> {
    cx.scope()?.require(Permission::PostKindManage)?;
    all(&*cx.read().await?).await
}

/// Adds a kind; every center of the city may have posts of it at once.
pub async fn add(cx: &Cx, form: KindForm) -> Result<Kind> {
    let mut tx = begin(cx, &form).await?;
    if all(&tx).await?.iter().any(|kind| kind.code == form.code) {
        return Err(Violation::new("code", "posts.taken").into());
    }
    let row = tx.city_insert(columns(form, EntryStatus::Active, 1)?).await?;
    tx.commit(AuditEvent::of(Verb::PostKindAdded).with_detail(&row.code)).await?;
    of_city(row)
}

/// Changes a kind of the city. Values that posts have in a field that is no more stay, unseen.
pub async fn edit(cx: &Cx, seen: i32, form: KindForm) -> Result<Kind> {
    let tx = begin(cx, &form).await?;
    let row = one(&tx, &form.code).await?;
    if row.version != seen {
        return Err(Error::Conflict(Conflict::Newer(row.version)));
    }
    let code = form.code.clone();
    write(tx, &code, columns(form, row.status, seen + 1)?, Verb::PostKindEdited).await
}

/// Offers a kind of the city no more, or again.
pub async fn set(cx: &Cx, code_of: &str, status: EntryStatus) -> Result<Kind> {
    let tx = cx.write(&cx.scope()?.require(Permission::PostKindManage)?).await?;
    let row = one(&tx, code_of).await?;
    let seen = row.version;
    let verb = match status {
        EntryStatus::Active => Verb::PostKindRestored,
        EntryStatus::Retired => Verb::PostKindRetired,
    };
    let kind = of_city(row)?;
    let Kind { code, clause, title_zh, title_en, summary_zh, summary_en, fields, checks, .. } = kind;
    let form = KindForm { code, clause, title_zh, title_en, summary_zh, summary_en, fields, checks };
    write(tx, code_of, columns(form, status, seen + 1)?, verb).await
}

async fn begin(cx: &Cx, form: &KindForm) -> Result<WriteTx> {
    let granted = cx.scope()?.require(Permission::PostKindManage)?;
    let found = form.check();
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    cx.write(&granted).await
}

async fn one(tx: &ReadTx, code: &str) -> Result<city_post_kind::Model> {
    repo::city_kinds(tx).await?.into_iter().find(|row| row.code == code).ok_or_else(gone)
}

async fn write(mut tx: WriteTx, code: &str, row: city_post_kind::ActiveModel, verb: Verb) -> Result<Kind> {
    tx.city_upsert(vec![row]).await?;
    let row = one(&tx, code).await?;
    tx.commit(AuditEvent::of(verb).with_detail(&row.code)).await?;
    of_city(row)
}

fn columns(form: KindForm, status: EntryStatus, version: i32) -> Result<city_post_kind::ActiveModel> {
    let KindForm { code, clause, title_zh, title_en, summary_zh, summary_en, fields, checks } = form;
    Ok(city_post_kind::ActiveModel {
        code: Set(code),
        clause: Set(clause),
        title_zh: Set(title_zh),
        title_en: Set(title_en),
        summary_zh: Set(summary_zh),
        summary_en: Set(summary_en),
        fields: Set(serde_json::to_string(&fields).map_err(anyhow::Error::from)?),
        checks: Set(serde_json::to_string(&checks).map_err(anyhow::Error::from)?),
        status: Set(status),
        version: Set(version),
        ..Default::default()
    })
}

fn of_catalogue(row: post_kind::Model) -> Result<Kind> {
    let post_kind::Model { code, clause, title_zh, title_en, summary_zh, summary_en, fields, checks, .. } = row;
    let (fields, checks) = (stored(&fields)?, stored(&checks)?);
    let (offered, version) = (true, None);
    Ok(Kind { code, clause, title_zh, title_en, summary_zh, summary_en, fields, checks, offered, version })
}

fn of_city(row: city_post_kind::Model) -> Result<Kind> {
    let city_post_kind::Model { code, clause, title_zh, title_en, summary_zh, summary_en, fields, checks, .. } = row;
    let (fields, checks) = (stored(&fields)?, stored(&checks)?);
    let (offered, version) = (row.status == EntryStatus::Active, Some(row.version));
    Ok(Kind { code, clause, title_zh, title_en, summary_zh, summary_en, fields, checks, offered, version })
}

fn stored<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    Ok(serde_json::from_str(text).map_err(anyhow::Error::from)?)
}
