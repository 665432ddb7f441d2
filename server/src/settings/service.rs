//! Changing the center's own lists: one verb, one transaction, one entry in the audit.

use std::collections::HashMap;

use domain::{
    ComplaintChannelId, DepartmentId, DeviceId, RatingPointId, ServicePointId, Violation,
    evaluation::ratings::PointChannel,
    permission::Permission,
    settings::{Channel, Department, Device, DeviceKind, DeviceStatus, EntryStatus, ServicePoint},
};
use entity::{complaint_channel, department, device, kiosk, rating_point, service_point};
use sea_orm::ActiveValue::{NotSet, Set, Unchanged};

use super::repo;
use crate::{
    crypto::{sha256_hex, stretch},
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Conflict, Error, Kind, Result},
    graphql::context::Cx,
    tenancy::service::invitations::new_token,
};

/// Everything that the center keeps about itself.
pub struct Lists {
    /// Departments, by code.
    pub departments: Vec<department::Model>,
    /// Ways to complain, in order.
    pub channels: Vec<complaint_channel::Model>,
    /// Service points, by code.
    pub service_points: Vec<service_point::Model>,
    /// Devices, by name.
    pub devices: Vec<Known>,
    /// The points in use that a kiosk may be for.
    pub kiosk_points: Vec<rating_point::Model>,
}

/// A device, and what makes a kiosk of it.
pub struct Known {
    /// The device.
    pub device: device::Model,
    /// Its point and PIN, if it is a kiosk.
    pub kiosk: Option<kiosk::Model>,
}

/// An entry as the caller has seen it.
#[derive(Clone, Copy)]
pub struct Seen<Id> {
    /// Which.
    pub id: Id,
    /// Its version then.
    pub version: i32,
}

/// A device whose credential was just made.
pub struct Registered {
    /// The device.
    pub device: Known,
    /// What it shows from now on; told once.
    pub credential: String,
}

/// All lists, the retired entries included.
pub async fn lists(cx: &Cx) -> Result<Lists> {
    cx.scope()?.require(Permission::CenterSettings)?;
    let tx = cx.read().await?;
    let mut kiosks: HashMap<_, _> = repo::kiosks(&tx).await?.into_iter().map(|row| (row.device_id, row)).collect();
    let devices = repo::devices(&tx).await?.into_iter();
    Ok(Lists {
        departments: repo::departments(&tx).await?,
        channels: repo::channels(&tx).await?,
        service_points: repo::service_points(&tx).await?,
        devices: devices.map(|device| Known { kiosk: kiosks.remove(&device.id), device }).collect(),
        kiosk_points: repo::kiosk_points(&tx).await?,
    })
}

/// Adds a department.
pub async fn add_department(cx: &Cx, typed: Department) -> Result<department::Model> {
    let mut tx = begin(cx, typed.check()).await?;
    let id = DepartmentId(cx.app.ids.next());
    let own_dress = typed.own_dress.unwrap_or_default();
    let row = department::ActiveModel {
        id: Set(id),
        status: Set(EntryStatus::Active),
        own_dress: Set(own_dress),
        version: Set(1),
        ..of_department(typed)
    };
    let row = tx.insert(row).await.map_err(code_taken)?;
    tx.commit(AuditEvent::on(id.0, Verb::DepartmentAdded).with_detail(&row.code)).await?;
    Ok(row)
}

/// Changes a department.
pub async fn edit_department(cx: &Cx, seen: Seen<DepartmentId>, typed: Department) -> Result<department::Model> {
    let tx = begin(cx, typed.check()).await?;
    change_department(tx, seen, of_department(typed), Verb::DepartmentEdited).await
}

/// Takes a department out of use, or back into it.
pub async fn set_department(cx: &Cx, seen: Seen<DepartmentId>, status: EntryStatus) -> Result<department::Model> {
    let tx = begin(cx, Vec::new()).await?;
    let change = department::ActiveModel { status: Set(status), ..Default::default() };
    change_department(tx, seen, change, either(status, Verb::DepartmentRestored, Verb::DepartmentRetired)).await
}

async fn change_department(
    mut tx: WriteTx,
    Seen { id, version }: Seen<DepartmentId>,
    change: department::ActiveModel,
    verb: Verb,
) -> Result<department::Model> {
    let row = tx.update(department::ActiveModel { id: Unchanged(id), ..change }, version).await.map_err(code_taken)?;
    tx.commit(AuditEvent::on(id.0, verb).with_detail(&row.code)).await?;
    Ok(row)
}

fn of_department(Department { code, name_zh, name_en, own_dress }: Department) -> department::ActiveModel {
    department::ActiveModel {
        code: Set(code),
        name_zh: Set(name_zh),
        name_en: Set(name_en),
        own_dress: own_dress.map_or(NotSet, Set),
        ..Default::default()
    }
}

/// Publishes a way to complain, after the others.
pub async fn add_channel(cx: &Cx, typed: Channel) -> Result<complaint_channel::Model> {
    let mut tx = begin(cx, typed.check()).await?;
    let id = ComplaintChannelId(cx.app.ids.next());
    let last = repo::channels(&tx).await?.last().map_or(0, |row| row.position);
    let row = complaint_channel::ActiveModel {
        id: Set(id),
        position: Set(last + 1),
        status: Set(EntryStatus::Active),
        version: Set(1),
        ..of_channel(typed)
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(id.0, Verb::ChannelPublished).with_detail(row.kind.key())).await?;
    Ok(row)
}

/// Changes a way to complain; the public sees it at once.
pub async fn edit_channel(cx: &Cx, seen: Seen<ComplaintChannelId>, typed: Channel) -> Result<complaint_channel::Model> {
    let tx = begin(cx, typed.check()).await?;
    change_channel(tx, seen, of_channel(typed), Verb::ChannelEdited).await
}

/// Withdraws a way to complain from the public page, or publishes it again. One stays published (6.8.2).
pub async fn set_channel(
    cx: &Cx,
    seen: Seen<ComplaintChannelId>,
    status: EntryStatus,
) -> Result<complaint_channel::Model> {
    let mut tx = begin(cx, Vec::new()).await?;
    if status == EntryStatus::Retired && repo::hold_published(&mut tx).await? < 2 {
        let channels = repo::channels(&tx).await?;
        if channels.iter().any(|row| row.id == seen.id && row.status == EntryStatus::Active) {
            return Err(Violation::new("", "settings.last_channel").into());
        }
    }
    let change = complaint_channel::ActiveModel { status: Set(status), ..Default::default() };
    change_channel(tx, seen, change, either(status, Verb::ChannelRestored, Verb::ChannelWithdrawn)).await
}

/// Moves a published way to complain one place up or down.
pub async fn move_channel(cx: &Cx, id: ComplaintChannelId, up: bool) -> Result<complaint_channel::Model> {
    let mut tx = begin(cx, Vec::new()).await?;
    let mut published = repo::channels(&tx).await?;
    published.retain(|row| row.status == EntryStatus::Active);
    let at = published.iter().position(|row| row.id == id).ok_or(Error::NotFound(Kind::Row))?;
    let next = if up { at.checked_sub(1) } else { at.checked_add(1) };
    let (Some(own), Some(other)) = (published.get(at), next.and_then(|next| published.get(next))) else {
        return Err(Violation::new("", "settings.no_further").into());
    };
    // A position is taken once: the two pass each other by way of 0, where none stands.
    repo::place(&mut tx, own.id, 0).await?;
    repo::place(&mut tx, other.id, own.position).await?;
    let row = repo::place(&mut tx, own.id, other.position).await?;
    tx.commit(AuditEvent::on(id.0, Verb::ChannelMoved).with_detail(row.kind.key())).await?;
    Ok(row)
}

async fn change_channel(
    mut tx: WriteTx,
    Seen { id, version }: Seen<ComplaintChannelId>,
    change: complaint_channel::ActiveModel,
    verb: Verb,
) -> Result<complaint_channel::Model> {
    let row = tx.update(complaint_channel::ActiveModel { id: Unchanged(id), ..change }, version).await?;
    tx.commit(AuditEvent::on(id.0, verb).with_detail(row.kind.key())).await?;
    Ok(row)
}

fn of_channel(Channel { kind, label_zh, label_en, value_zh, value_en }: Channel) -> complaint_channel::ActiveModel {
    complaint_channel::ActiveModel {
        kind: Set(kind),
        label_zh: Set(label_zh),
        label_en: Set(label_en),
        value_zh: Set(value_zh),
        value_en: Set(value_en),
        ..Default::default()
    }
}

/// Adds a service point.
pub async fn add_service_point(cx: &Cx, typed: ServicePoint) -> Result<service_point::Model> {
    let mut tx = begin(cx, typed.check()).await?;
    let id = ServicePointId(cx.app.ids.next());
    let row = service_point::ActiveModel {
        id: Set(id),
        status: Set(EntryStatus::Active),
        version: Set(1),
        ..of_point(typed)
    };
    let row = tx.insert(row).await.map_err(code_taken)?;
    tx.commit(AuditEvent::on(id.0, Verb::ServicePointAdded).with_detail(&row.code)).await?;
    Ok(row)
}

/// Changes a service point.
pub async fn edit_service_point(
    cx: &Cx,
    seen: Seen<ServicePointId>,
    typed: ServicePoint,
) -> Result<service_point::Model> {
    let tx = begin(cx, typed.check()).await?;
    change_point(tx, seen, of_point(typed), Verb::ServicePointEdited).await
}

/// Takes a service point out of use, or back into it.
pub async fn set_service_point(
    cx: &Cx,
    seen: Seen<ServicePointId>,
    status: EntryStatus,
) -> Result<service_point::Model> {
    let tx = begin(cx, Vec::new()).await?;
    let change = service_point::ActiveModel { status: Set(status), ..Default::default() };
    change_point(tx, seen, change, either(status, Verb::ServicePointRestored, Verb::ServicePointRetired)).await
}

async fn change_point(
    mut tx: WriteTx,
    Seen { id, version }: Seen<ServicePointId>,
    change: service_point::ActiveModel,
    verb: Verb,
) -> Result<service_point::Model> {
    let row =
        tx.update(service_point::ActiveModel { id: Unchanged(id), ..change }, version).await.map_err(code_taken)?;
    tx.commit(AuditEvent::on(id.0, verb).with_detail(&row.code)).await?;
    Ok(row)
}

fn of_point(ServicePoint { code, name_zh, name_en, address, phone }: ServicePoint) -> service_point::ActiveModel {
    service_point::ActiveModel {
        code: Set(code),
        name_zh: Set(name_zh),
        name_en: Set(name_en),
        address: Set(address),
        phone: Set(phone),
        ..Default::default()
    }
}

/// Registers a device.
pub async fn register_device(cx: &Cx, typed: Device) -> Result<Registered> {
    let pin = stretched(cx, &typed).await?;
    let mut tx = begin(cx, typed.check()).await?;
    offered(&tx, typed.service_point_id, None).await?;
    let id = DeviceId(cx.app.ids.next());
    let (credential, hash) = new_token()?;
    let row = device::ActiveModel {
        id: Set(id),
        status: Set(DeviceStatus::Active),
        credential_hash: Set(hash),
        credential_at: Set(cx.now()),
        version: Set(1),
        ..of_device(&typed)
    };
    let device = tx.insert(row).await.map_err(name_taken)?;
    let kiosk = keep_kiosk(&mut tx, id, &typed, pin, None).await?;
    tx.commit(AuditEvent::on(id.0, Verb::DeviceRegistered)).await?;
    Ok(Registered { device: Known { device, kiosk }, credential })
}

/// Changes a device's name, place, or what it is as a kiosk.
pub async fn edit_device(cx: &Cx, seen: Seen<DeviceId>, typed: Device) -> Result<Known> {
    let pin = stretched(cx, &typed).await?;
    let mut tx = begin(cx, typed.check()).await?;
    let known = in_use(&tx, seen.id).await?;
    offered(&tx, typed.service_point_id, known.service_point_id).await?;
    let kiosk = repo::kiosk(&tx, seen.id).await?;
    keep_kiosk(&mut tx, seen.id, &typed, pin, kiosk).await?;
    change_device(tx, seen, of_device(&typed), Verb::DeviceEdited).await
}

/// Gives a device another credential; the one before it counts no more.
pub async fn renew_device(cx: &Cx, seen: Seen<DeviceId>) -> Result<Registered> {
    let tx = begin(cx, Vec::new()).await?;
    in_use(&tx, seen.id).await?;
    let (credential, hash) = new_token()?;
    let change = device::ActiveModel { credential_hash: Set(hash), credential_at: Set(cx.now()), ..Default::default() };
    let device = change_device(tx, seen, change, Verb::DeviceRenewed).await?;
    Ok(Registered { device, credential })
}

/// Takes a device's credential away, for good.
pub async fn revoke_device(cx: &Cx, seen: Seen<DeviceId>) -> Result<Known> {
    let tx = begin(cx, Vec::new()).await?;
    in_use(&tx, seen.id).await?;
    let change = device::ActiveModel { status: Set(DeviceStatus::Revoked), ..Default::default() };
    change_device(tx, seen, change, Verb::DeviceRevoked).await
}

async fn change_device(
    mut tx: WriteTx,
    Seen { id, version }: Seen<DeviceId>,
    change: device::ActiveModel,
    verb: Verb,
) -> Result<Known> {
    let row = tx.update(device::ActiveModel { id: Unchanged(id), ..change }, version).await.map_err(name_taken)?;
    let kiosk = repo::kiosk(&tx, id).await?;
    tx.commit(AuditEvent::on(id.0, verb)).await?;
    Ok(Known { device: row, kiosk })
}

/// What a new PIN is checked by. Made before the transaction begins: it takes a while on purpose.
async fn stretched(cx: &Cx, typed: &Device) -> Result<Option<String>> {
    cx.scope()?.require(Permission::CenterSettings)?;
    match &typed.pin {
        Some(pin) if typed.check().is_empty() => stretch(pin.clone()).await.map(Some),
        _ => Ok(None),
    }
}

/// Makes a kiosk of a device, or changes it as one. A kiosk stays one: what waits in it is sent by its credential.
async fn keep_kiosk(
    tx: &mut WriteTx,
    id: DeviceId,
    typed: &Device,
    pin: Option<String>,
    known: Option<kiosk::Model>,
) -> Result<Option<kiosk::Model>> {
    match (typed.kind, &known) {
        (Some(DeviceKind::TicketMachine), Some(_)) => {
            return Err(Violation::new("kind", "settings.device_kind").into());
        }
        (Some(DeviceKind::TicketMachine) | None, None) => {
            let found = typed.check_no_kiosk();
            return if found.is_empty() { Ok(None) } else { Err(Error::Invalid(found)) };
        }
        _ => {}
    }
    let point = typed.rating_point_id;
    for_kiosks(tx, point, known.as_ref().and_then(|row| row.point_id)).await?;
    let row = kiosk::ActiveModel { device_id: Set(id), point_id: Set(point), ..Default::default() };
    let row = match known {
        Some(_) => tx.update_plain(kiosk::ActiveModel { pin: pin.map_or(NotSet, |pin| Set(Some(pin))), ..row }).await?,
        None => tx.insert(kiosk::ActiveModel { pin: Set(pin), ..row }).await?,
    };
    Ok(Some(row))
}

/// Whether a kiosk may be for the point: it is in use and for kiosks, or the kiosk was for it already.
async fn for_kiosks(tx: &ReadTx, point: Option<RatingPointId>, before: Option<RatingPointId>) -> Result<()> {
    let Some(id) = point.filter(|_| point != before) else { return Ok(()) };
    let row = repo::rating_point(tx, id).await?;
    let fine = row.channel == PointChannel::Kiosk && row.revoked_at.is_none();
    if fine { Ok(()) } else { Err(Violation::new("ratingPointId", "settings.kiosk_point").into()) }
}

/// The device in use that shows this credential, if the center has it.
pub async fn device_of(cx: &Cx, credential: &str) -> Result<Option<Known>> {
    let tx = cx.read().await?;
    let Some(device) = repo::device_of(&tx, &sha256_hex(credential)).await? else { return Ok(None) };
    let kiosk = repo::kiosk(&tx, device.id).await?;
    Ok(Some(Known { device, kiosk }))
}

fn of_device(typed: &Device) -> device::ActiveModel {
    device::ActiveModel {
        name: Set(typed.name.clone()),
        place: Set(typed.place.clone()),
        service_point_id: Set(typed.service_point_id),
        ..Default::default()
    }
}

/// A device that was not revoked.
async fn in_use(tx: &ReadTx, id: DeviceId) -> Result<device::Model> {
    let row = repo::device(tx, id).await?;
    match row.status {
        DeviceStatus::Active => Ok(row),
        DeviceStatus::Revoked => Err(Violation::new("", "settings.device_revoked").into()),
    }
}

/// Whether a device may be put at the service point: it is in use, or the device stands there already.
async fn offered(tx: &ReadTx, point: Option<ServicePointId>, before: Option<ServicePointId>) -> Result<()> {
    let Some(id) = point.filter(|_| point != before) else { return Ok(()) };
    match repo::service_point(tx, id).await?.status {
        EntryStatus::Active => Ok(()),
        EntryStatus::Retired => Err(Violation::new("servicePointId", "settings.point_retired").into()),
    }
}

/// A transaction of whoever may change the lists, once what they typed is in order.
async fn begin(cx: &Cx, found: Vec<Violation>) -> Result<WriteTx> {
    let granted = cx.scope()?.require(Permission::CenterSettings)?;
    if found.is_empty() { cx.write(&granted).await } else { Err(Error::Invalid(found)) }
}

const fn either(status: EntryStatus, active: Verb, retired: Verb) -> Verb {
    match status {
        EntryStatus::Active => active,
        EntryStatus::Retired => retired,
    }
}

fn code_taken(error: Error) -> Error {
    taken(error, "code", "settings.code_taken")
}

fn name_taken(error: Error) -> Error {
    taken(error, "name", "settings.name_taken")
}

/// A unique value that another row has, as the field's own fault.
pub(crate) fn taken(error: Error, field: &'static str, code: &'static str) -> Error {
    match error {
        Error::Conflict(Conflict::Taken) => Violation::new(field, code).into(),
        other => other,
    }
}
