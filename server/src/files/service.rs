//! Files of records: taken in, attached by the context whose record it is, shown, removed.

use std::{path::Path, time::Duration};

use domain::{
    AppearanceCheckId, AttachmentId, BallotId, CampaignFactId, CampaignReportId, ComplaintId, FindingId, LedgerEntryId,
    RatingAppealId, RectificationEventId, Violation,
    files::{FileKind, OwnerKind, ScanState, plain_name},
    permission::Permission,
};
use entity::attachment;
use sea_orm::ActiveValue::Set;
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;
use uuid::Uuid;

use super::{
    inspect::{self, refused},
    picture, repo, scanner,
    store::{Files, Temp},
};
use crate::{
    appearance,
    auth::scope::Reach,
    bad_ratings, campaigns, complaints,
    crypto::hex,
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Error, Kind, Result},
    graphql::context::Cx,
    improvement, model_posts,
};

/// How long a file waits for its turn to be looked into.
const PATIENCE: Duration = Duration::from_secs(90);
/// Bytes that are hashed at once.
const PIECE: usize = 64 * 1024;

/// A file that has arrived, as whoever sent it calls it.
#[derive(Debug)]
pub struct Arrived {
    /// Where it lies.
    pub temp: Temp,
    /// Its name.
    pub name: String,
    /// The media type that was said.
    pub declared: String,
}

/// A file as it is stored.
struct Prepared {
    kind: FileKind,
    /// What is stored, and the thumbnail of a picture.
    file: Temp,
    thumbnail: Option<Temp>,
    size: Option<picture::Size>,
    bytes: i64,
    sha256: String,
}

/// Whether the viewer may upload, and their center still has room.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::FileUpload`], [`Error::Invalid`] when the center's room is used up.
pub async fn admit(cx: &Cx) -> Result<()> {
    cx.scope()?.require(Permission::FileUpload)?;
    check_room(&*cx.read().await?, cx.app.files.quota, 0).await
}

/// Looks into a file that has arrived, makes a picture anew, stores it, and returns its row.
///
/// # Errors
/// [`Error::Invalid`] names what is wrong with it, [`Error::Busy`] when too many wait for the same.
pub async fn take(cx: &Cx, arrived: Arrived) -> Result<attachment::Model> {
    let granted = cx.scope()?.require(Permission::FileUpload)?;
    let uploader = cx.scope()?.account().ok_or(Error::Unauthenticated)?;
    let center = cx.scope()?.center()?;
    let files = &cx.app.files;
    let name = plain_name(&arrived.name);
    let prepared = prepare(cx, arrived).await?;
    let scan = scan(files, prepared.file.path()).await;
    if scan == ScanState::Refused {
        return Err(refused("files.infected"));
    }
    let object = format!("{center}/{}", cx.app.ids.unordered());
    store(files, &object, &prepared).await?;
    let row = attachment::ActiveModel {
        id: Set(AttachmentId(cx.app.ids.next())),
        kind: Set(prepared.kind),
        bytes: Set(prepared.bytes),
        sha256: Set(prepared.sha256.clone()),
        width: Set(prepared.size.and_then(|(width, _)| i32::try_from(width).ok())),
        height: Set(prepared.size.and_then(|(_, height)| i32::try_from(height).ok())),
        name_enc: Set(cx.app.keys.center(center).seal("name", &name)?),
        scan: Set(scan),
        object: Set(Some(object.clone())),
        uploaded_by: Set(uploader),
        created_at: Set(cx.now()),
        ..Default::default()
    };
    let written = async {
        let mut tx = cx.write(&granted).await?;
        check_room(&tx, files.quota, prepared.bytes).await?;
        let row = tx.insert(row).await?;
        let event = AuditEvent::on(row.id.0, Verb::FileUploaded);
        tx.commit(event.with_detail(format!("{} {}", row.kind.key(), row.bytes))).await?;
        Ok(row)
    };
    let written = written.await;
    if written.is_err() {
        forget(files, &object).await;
    }
    written
}

async fn check_room(tx: &ReadTx, quota: u64, more: i64) -> Result<()> {
    let stored = tx.stored_bytes().await?.saturating_add(more);
    if u64::try_from(stored).is_ok_and(|stored| stored <= quota) { Ok(()) } else { Err(refused("files.quota")) }
}

/// Looks into it, one file at a time.
async fn prepare(cx: &Cx, arrived: Arrived) -> Result<Prepared> {
    let files = &cx.app.files;
    let (to, thumbnail) = (files.temp()?, files.temp()?);
    let prepared = files.working.alone(PATIENCE, move || look_into(arrived, to, thumbnail)).await?;
    // A decoder that panics has found no picture.
    prepared.unwrap_or_else(|| Err(refused("files.damaged")))
}

fn look_into(arrived: Arrived, to: Temp, thumbnail: Temp) -> Result<Prepared> {
    let path = arrived.temp.path();
    let kind = inspect::kind(path, &arrived.name, &arrived.declared)?;
    let (kind, file, thumbnail, size) = if kind.is_image() {
        let size = picture::remake(kind, path, to.path(), thumbnail.path())?;
        (FileKind::Jpeg, to, Some(thumbnail), Some(size))
    } else {
        (kind, arrived.temp, None, None)
    };
    let (bytes, sha256) = measure(file.path())?;
    Ok(Prepared { kind, file, thumbnail, size, bytes, sha256 })
}

/// Length and hash of a file.
fn measure(path: &Path) -> anyhow::Result<(i64, String)> {
    use std::io::Read;
    let mut file = std::fs::File::open(path)?;
    let (mut hash, mut piece, mut bytes) = (Sha256::new(), vec![0; PIECE], 0);
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok((bytes, hex(&hash.finalize())));
        }
        hash.update(&piece[..read]);
        bytes += i64::try_from(read)?;
    }
}

async fn scan(files: &Files, path: &Path) -> ScanState {
    let Some(clamd) = files.clamd else { return ScanState::Clean };
    let Ok(file) = tokio::fs::File::open(path).await else { return ScanState::Pending };
    let pieces = futures_util::stream::unfold(file, async |mut file| {
        let mut piece = vec![0; PIECE];
        match file.read(&mut piece).await {
            Ok(0) => None,
            Ok(read) => {
                piece.truncate(read);
                Some((Ok(piece), file))
            }
            Err(error) => Some((Err(error), file)),
        }
    });
    scanner::scan(clamd, pieces).await
}

async fn store(files: &Files, object: &str, prepared: &Prepared) -> Result<()> {
    files.put(object, prepared.file.path()).await?;
    if let Some(thumbnail) = &prepared.thumbnail
        && let Err(error) = files.put(&thumbnail_of(object), thumbnail.path()).await
    {
        forget(files, object).await;
        return Err(error.into());
    }
    Ok(())
}

/// Removes what no row will name.
async fn forget(files: &Files, object: &str) {
    for name in [object.to_owned(), thumbnail_of(object)] {
        if let Err(error) = files.remove(&name).await {
            tracing::warn!(%error, "a file that was not kept is still stored");
        }
    }
}

/// Under which name the thumbnail lies.
#[must_use]
pub fn thumbnail_of(object: &str) -> String {
    format!("{object}.thumbnail")
}

/// Gives loose files of the viewer a record: called by the context that owns the record, in its own transaction.
///
/// # Errors
/// [`Error::NotFound`] unless each is theirs and loose, [`Error::Invalid`] when the record would have too many.
pub async fn attach(tx: &mut WriteTx, ids: &[AttachmentId], kind: OwnerKind, owner: Uuid) -> Result<()> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(());
    }
    let me = tx.scope().account().ok_or(Error::Unauthenticated)?;
    if count(tx, kind, owner).await?.saturating_add(ids.len()) > kind.most() {
        return Err(Violation::new("files", "files.too_many").with("most", kind.most()).into());
    }
    let attached = repo::attach(tx, me, &ids, (kind, owner)).await?;
    if usize::try_from(attached) == Ok(ids.len()) { Ok(()) } else { Err(Error::NotFound(Kind::File)) }
}

/// The files of records of one kind, by one statement. The caller has seen to it that the viewer may see the records.
///
/// # Errors
/// From the database.
pub async fn of(tx: &ReadTx, kind: OwnerKind, owners: &[Uuid]) -> Result<Vec<attachment::Model>> {
    if owners.is_empty() { Ok(Vec::new()) } else { repo::of(tx, kind, owners).await }
}

/// How many files a record has, whoever may see them.
///
/// # Errors
/// From the database.
pub async fn count(tx: &ReadTx, kind: OwnerKind, owner: Uuid) -> Result<usize> {
    Ok(usize::try_from(repo::count(tx, kind, owner).await?).unwrap_or(usize::MAX))
}

/// Takes files from a record: called as [`attach`] is. Nobody sees them from then on; their bytes go within the hour.
///
/// # Errors
/// [`Error::NotFound`] unless each is the record's.
pub async fn remove(tx: &mut WriteTx, ids: &[AttachmentId], kind: OwnerKind, owner: Uuid) -> Result<()> {
    let removed = repo::delete(tx, repo::of_record(kind, owner, ids)).await?;
    if usize::try_from(removed) == Ok(ids.len()) { Ok(()) } else { Err(Error::NotFound(Kind::File)) }
}

/// Gives a record exactly these files: new ones are attached, those of its own that are not named are removed. Called as
/// [`attach`] is.
///
/// # Errors
/// As [`attach`] and [`remove`].
pub async fn give(tx: &mut WriteTx, wanted: &[AttachmentId], kind: OwnerKind, owner: Uuid) -> Result<()> {
    let there: Vec<_> = of(tx, kind, &[owner]).await?.into_iter().map(|row| row.id).collect();
    let (kept, gone): (Vec<_>, Vec<_>) = there.into_iter().partition(|id| wanted.contains(id));
    let new: Vec<_> = wanted.iter().copied().filter(|id| !kept.contains(id)).collect();
    remove(tx, &gone, kind, owner).await?;
    attach(tx, &new, kind, owner).await
}

/// As [`give`], of a record that has pictures only.
///
/// # Errors
/// As [`give`]; [`Error::Invalid`] when one of them is something else.
pub async fn give_pictures(tx: &mut WriteTx, wanted: &[AttachmentId], kind: OwnerKind, owner: Uuid) -> Result<()> {
    give(tx, wanted, kind, owner).await?;
    let rows = of(tx, kind, &[owner]).await?;
    if rows.iter().all(|row| row.kind.is_image()) { Ok(()) } else { Err(refused("files.not_picture")) }
}

/// Takes back an upload of the viewer that belongs to nothing yet.
///
/// # Errors
/// [`Error::NotFound`] for any other file.
pub async fn discard(cx: &Cx, id: AttachmentId) -> Result<()> {
    use sea_orm::ColumnTrait;
    let granted = cx.scope()?.require(Permission::FileUpload)?;
    let me = cx.scope()?.account().ok_or(Error::Unauthenticated)?;
    let mut tx = cx.write(&granted).await?;
    if repo::delete(&mut tx, repo::loose(me).add(attachment::Column::Id.eq(id))).await? == 0 {
        return Err(Error::NotFound(Kind::File));
    }
    tx.commit(AuditEvent::on(id.0, Verb::FileDiscarded)).await
}

/// A file that the viewer may see. Any other is not found, for whatever reason.
///
/// # Errors
/// [`Error::Unauthenticated`] without a session, [`Error::NotFound`] otherwise.
pub async fn see(cx: &Cx, id: AttachmentId) -> Result<attachment::Model> {
    let scope = cx.scope()?;
    // An evaluator sees what they brought themself, and what the center proves to them about a fact of their report.
    if matches!(scope.reach(), Reach::Assigned(..)) {
        let tx = cx.read().await?;
        let found = match repo::find(&tx, id).await? {
            Some(own) => Some(own),
            None => campaigns::service::third_party::proof(&tx, id).await?,
        };
        return found.ok_or(Error::NotFound(Kind::File));
    }
    // A clerk of the city is in no center. A reviewer sees the evidence of the appeal they have open.
    if scope.within().is_none() {
        return bad_ratings::service::appeals::evidence(cx, id).await?.ok_or(Error::NotFound(Kind::File));
    }
    let tx = cx.read().await?;
    let row = repo::find(&tx, id).await?.ok_or(Error::NotFound(Kind::File))?;
    let mine = scope.account() == Some(row.uploaded_by);
    let seen = match (row.owner_kind, row.owner_id) {
        (Some(kind), Some(owner)) => {
            (mine || row.scan == ScanState::Clean) && sees_record(&tx, kind, owner, mine).await?
        }
        _ => mine,
    };
    if seen { Ok(row) } else { Err(Error::NotFound(Kind::File)) }
}

/// Whether the viewer may see a record of this kind, and this one of them.
async fn sees_record(tx: &ReadTx, kind: OwnerKind, owner: Uuid, mine: bool) -> Result<bool> {
    let Some(reader) = kind.reader() else { return Ok(mine) };
    // Raters see what they brought, and no form of anybody.
    if kind == OwnerKind::Ballot && mine {
        return Ok(true);
    }
    if tx.scope().require(reader).is_err() {
        return Ok(false);
    }
    match kind {
        OwnerKind::Complaint => Ok(complaints::repo::find(tx, ComplaintId(owner)).await?.is_some()),
        OwnerKind::LedgerEntry => model_posts::service::sees_entry(tx, LedgerEntryId(owner)).await,
        OwnerKind::AppearanceCheck => appearance::service::sees_check(tx, AppearanceCheckId(owner)).await,
        OwnerKind::Finding => improvement::service::sees_finding(tx, FindingId(owner)).await,
        OwnerKind::Rectification => improvement::service::sees_event(tx, RectificationEventId(owner)).await,
        OwnerKind::RatingAppeal => bad_ratings::service::sees_appeal(tx, RatingAppealId(owner)).await,
        OwnerKind::Ballot => campaigns::service::sees_ballot(tx, BallotId(owner)).await,
        OwnerKind::AgencyPlan | OwnerKind::AgencyReport => {
            campaigns::service::third_party::sees_report(tx, CampaignReportId(owner)).await
        }
        OwnerKind::ReportFact => campaigns::service::third_party::sees_fact(tx, CampaignFactId(owner)).await,
        OwnerKind::Dress => Ok(tx.scope().center()?.0 == owner),
        OwnerKind::Post => Ok(true),
    }
}
