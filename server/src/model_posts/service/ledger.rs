//! Entries of a ledger: written by its keeper, approved by somebody else, counted as they are approved.

use chrono::Datelike;
use domain::{
    AttachmentId, LedgerEntryId, ParticipantId, PostId, StaffId, TallyId,
    calendar::local_date,
    complaints::form,
    files::OwnerKind,
    model_posts::{
        Activity, ModelKind,
        ledger::{EntryAction, EntryFacts, EntryForm, EntryStatus, after, check_proof},
    },
    permission::Permission,
};
use entity::{ledger_entry, ledger_participant};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{model_post, repo, who};
use crate::{
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Error, Kind, Result},
    files,
    graphql::context::Cx,
    posts::{self, repo::hold_post, service::Seen},
};

/// Writes an entry, as a draft.
pub async fn add(cx: &Cx, post: PostId, form: EntryForm, files: Vec<AttachmentId>) -> Result<ledger_entry::Model> {
    let mut tx = cx.write(&cx.scope()?.require(Permission::LedgerKeep)?).await?;
    let (post, kind) = model_post(cx, &tx, post).await?;
    let author = cx.scope()?.account().ok_or(Error::Unauthenticated)?;
    let facts = EntryFacts { kind, status: EntryStatus::Draft, author, submitter: None };
    after(EntryAction::Edit, &facts, &who(cx, &tx, &post).await?)?;
    check(cx, &tx, &form, kind).await?;
    let id = LedgerEntryId(cx.app.ids.next());
    let people = form.participants.clone();
    let row = ledger_entry::ActiveModel {
        id: Set(id),
        post_id: Set(post.id),
        kind: Set(kind),
        status: Set(EntryStatus::Draft),
        author_id: Set(author),
        created_at: Set(cx.now()),
        version: Set(1),
        ..columns(form)
    };
    let row = tx.insert(row).await?;
    take_part(cx, &mut tx, id, people).await?;
    files::service::give(&mut tx, &files, OwnerKind::LedgerEntry, id.0).await?;
    tx.commit(AuditEvent::on(id.0, Verb::LedgerEntryAdded)).await?;
    Ok(row)
}

/// Changes a draft, or what was returned.
pub async fn edit(
    cx: &Cx,
    seen: Seen<LedgerEntryId>,
    form: EntryForm,
    files: Vec<AttachmentId>,
) -> Result<ledger_entry::Model> {
    let (mut tx, row, _) = begin(cx, seen.id, EntryAction::Edit).await?;
    check(cx, &tx, &form, row.kind).await?;
    let people = form.participants.clone();
    repo::clear_participants(&mut tx, seen.id).await?;
    take_part(cx, &mut tx, seen.id, people).await?;
    files::service::give(&mut tx, &files, OwnerKind::LedgerEntry, seen.id.0).await?;
    write(tx, seen, columns(form), Verb::LedgerEntryEdited).await
}

/// Hands an entry in.
pub async fn submit(cx: &Cx, seen: Seen<LedgerEntryId>) -> Result<ledger_entry::Model> {
    let (tx, row, status) = begin(cx, seen.id, EntryAction::Submit).await?;
    let files = files::service::count(&tx, OwnerKind::LedgerEntry, seen.id.0).await?;
    check_proof(row.evidence, files, row.kept_at.as_deref())?;
    let change = ledger_entry::ActiveModel {
        status: Set(status),
        submitter_id: Set(cx.scope()?.account()),
        submitted_at: Set(Some(cx.now())),
        ..Default::default()
    };
    write(tx, seen, change, Verb::LedgerEntrySubmitted).await
}

/// Gives an entry up.
pub async fn discard(cx: &Cx, seen: Seen<LedgerEntryId>) -> Result<ledger_entry::Model> {
    let (tx, _, status) = begin(cx, seen.id, EntryAction::Discard).await?;
    let change = ledger_entry::ActiveModel { status: Set(status), ..Default::default() };
    write(tx, seen, change, Verb::LedgerEntryDiscarded).await
}

/// Lets an entry count.
pub async fn approve(cx: &Cx, seen: Seen<LedgerEntryId>) -> Result<ledger_entry::Model> {
    let (mut tx, row, status) = begin(cx, seen.id, EntryAction::Approve).await?;
    count(cx, &mut tx, &row, 1).await?;
    let change = ledger_entry::ActiveModel { return_reason: Set(None), ..decided(cx, status)? };
    write(tx, seen, change, Verb::LedgerEntryApproved).await
}

/// Sends an entry back with a reason; one that counted counts no more.
pub async fn send_back(cx: &Cx, seen: Seen<LedgerEntryId>, reason: String) -> Result<ledger_entry::Model> {
    form::entry("reason", &reason)?;
    let (mut tx, row, status) = begin(cx, seen.id, EntryAction::Return).await?;
    if row.status == EntryStatus::Approved {
        count(cx, &mut tx, &row, -1).await?;
    }
    let change = ledger_entry::ActiveModel { return_reason: Set(Some(reason)), ..decided(cx, status)? };
    write(tx, seen, change, Verb::LedgerEntryReturned).await
}

/// What the rules need to know of an entry.
pub const fn facts(row: &ledger_entry::Model) -> EntryFacts {
    EntryFacts { kind: row.kind, status: row.status, author: row.author_id, submitter: row.submitter_id }
}

/// The post is held, so that a second decision sees this one, and nothing is counted twice.
async fn begin(cx: &Cx, id: LedgerEntryId, action: EntryAction) -> Result<(WriteTx, ledger_entry::Model, EntryStatus)> {
    let permission = match action {
        EntryAction::Edit | EntryAction::Submit | EntryAction::Discard => Permission::LedgerKeep,
        EntryAction::Approve | EntryAction::Return => Permission::ModelPostAppraise,
    };
    let mut tx = cx.write(&cx.scope()?.require(permission)?).await?;
    let post = repo::entry(&tx, id).await?.post_id;
    let (post, _) = model_post(cx, &tx, post).await?;
    hold_post(&mut tx, &post).await?;
    let row = repo::entry(&tx, id).await?;
    if !super::kinds(cx)?.contains(&row.kind) {
        return Err(Error::NotFound(Kind::Row));
    }
    let status = after(action, &facts(&row), &who(cx, &tx, &post).await?)?;
    Ok((tx, row, status))
}

async fn write(
    mut tx: WriteTx,
    seen: Seen<LedgerEntryId>,
    change: ledger_entry::ActiveModel,
    verb: Verb,
) -> Result<ledger_entry::Model> {
    let row = tx.update(ledger_entry::ActiveModel { id: Unchanged(seen.id), ..change }, seen.version).await?;
    tx.commit(AuditEvent::on(seen.id.0, verb)).await?;
    Ok(row)
}

async fn check(cx: &Cx, tx: &ReadTx, form: &EntryForm, kind: ModelKind) -> Result<()> {
    let found = form.check(kind, local_date(cx.now()));
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    let known = posts::repo::people(tx, form.participants.clone()).await?;
    if known.len() < form.participants.len() { Err(Error::NotFound(Kind::Row)) } else { Ok(()) }
}

async fn take_part(cx: &Cx, tx: &mut WriteTx, entry: LedgerEntryId, people: Vec<StaffId>) -> Result<()> {
    let row = |staff| ledger_participant::ActiveModel {
        id: Set(ParticipantId(cx.app.ids.next())),
        entry_id: Set(entry),
        staff_id: Set(staff),
        removed: Set(false),
        ..Default::default()
    };
    tx.insert_many(people.into_iter().map(row).collect()).await
}

async fn count(cx: &Cx, tx: &mut WriteTx, row: &ledger_entry::Model, by: i32) -> Result<()> {
    let id = || TallyId(cx.app.ids.next());
    repo::count_entry(tx, [id(), id()], row, by).await?;
    if row.activity != Activity::Training {
        return Ok(());
    }
    let people = repo::participants(tx, &[row.id]).await?;
    let people = people.into_iter().map(|one| (one.staff_id, id())).collect();
    repo::count_training(tx, row.post_id, row.happened_on.year(), people, by).await
}

fn decided(cx: &Cx, status: EntryStatus) -> Result<ledger_entry::ActiveModel> {
    Ok(ledger_entry::ActiveModel {
        status: Set(status),
        decider_id: Set(cx.scope()?.account()),
        decided_at: Set(Some(cx.now())),
        ..Default::default()
    })
}

fn columns(form: EntryForm) -> ledger_entry::ActiveModel {
    let EntryForm { happened_on, activity, evidence, title, detail, hours, kept_at, participants: _ } = form;
    ledger_entry::ActiveModel {
        happened_on: Set(happened_on),
        activity: Set(activity),
        evidence: Set(evidence),
        title: Set(title),
        detail: Set(detail),
        hours: Set(hours.and_then(|hours| i32::try_from(hours).ok())),
        kept_at: Set(kept_at),
        ..Default::default()
    }
}
