//! The center's own lists over GraphQL.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::{
    ComplaintChannelId, DepartmentId, DeviceId, RatingPointId, ServicePointId,
    settings::{Channel, ChannelKind, Department, Device, DeviceKind, DeviceStatus, EntryStatus, ServicePoint},
};
use entity::{complaint_channel, department, device, rating_point, service_point};

use super::service::{self, Known, Lists, Registered, Seen};
use crate::{
    error::Result,
    graphql::{context::ContextExt, given, tidy},
};

/// What a center keeps about itself, the retired entries included.
#[derive(SimpleObject)]
pub struct CenterSettings {
    /// Departments, by code.
    departments: Vec<DepartmentEntry>,
    /// Ways to complain, in order.
    channels: Vec<ChannelEntry>,
    /// Service points, by code.
    service_points: Vec<ServicePointEntry>,
    /// Devices, by name.
    devices: Vec<DeviceEntry>,
    /// The points that a kiosk may be for, by name.
    kiosk_points: Vec<KioskPoint>,
}

/// A point in use that is for kiosks.
#[derive(SimpleObject)]
pub struct KioskPoint {
    /// Its id.
    id: RatingPointId,
    /// What it is called.
    name: String,
}

/// A resident department or office, to be kept.
#[derive(SimpleObject)]
pub struct DepartmentEntry {
    /// Its id.
    id: DepartmentId,
    /// How often it was changed; a change names the version that it has seen.
    version: i32,
    /// Whether it is offered.
    status: EntryStatus,
    /// Its short code.
    code: String,
    /// Chinese name.
    name_zh: String,
    /// English name.
    name_en: String,
    /// Whether its people have a dress code of their own (annex A).
    own_dress: bool,
}

/// A way to complain (6.8.2), to be kept.
#[derive(SimpleObject)]
pub struct ChannelEntry {
    /// Its id.
    id: ComplaintChannelId,
    /// How often it was changed; a change names the version that it has seen.
    version: i32,
    /// Whether it is published.
    status: EntryStatus,
    /// How it reaches the center.
    kind: ChannelKind,
    /// Chinese label.
    label_zh: String,
    /// English label.
    label_en: String,
    /// Number or address, in Chinese.
    value_zh: String,
    /// The same in English.
    value_en: String,
}

/// A village or community service point.
#[derive(SimpleObject)]
pub struct ServicePointEntry {
    /// Its id.
    id: ServicePointId,
    /// How often it was changed; a change names the version that it has seen.
    version: i32,
    /// Whether it is in use.
    status: EntryStatus,
    /// Its short code.
    code: String,
    /// Chinese name.
    name_zh: String,
    /// English name.
    name_en: String,
    /// Where it is.
    address: String,
    /// Its phone.
    phone: Option<String>,
}

/// A ticket machine or a kiosk.
#[derive(SimpleObject)]
pub struct DeviceEntry {
    /// Its id.
    id: DeviceId,
    /// How often it was changed; a change names the version that it has seen.
    version: i32,
    /// Whether its credential counts.
    status: DeviceStatus,
    /// What it is for.
    kind: DeviceKind,
    /// Its name.
    name: String,
    /// Where it stands.
    place: Option<String>,
    /// The service point that it stands in.
    service_point_id: Option<ServicePointId>,
    /// The point that is rated at it, if it is a kiosk that has one.
    rating_point_id: Option<RatingPointId>,
    /// Since when it has its credential.
    credential_at: DateTime<Utc>,
}

/// A device with the credential that was just made for it.
#[derive(SimpleObject)]
pub struct DeviceCredential {
    /// The device.
    device: DeviceEntry,
    /// What it shows from now on: 64 hexadecimal digits, told once.
    credential: String,
}

/// A department, as filled in.
#[derive(InputObject)]
pub struct DepartmentInput {
    /// 1 to 32 small letters, digits, dashes; unique in the center.
    code: String,
    /// Chinese name.
    name_zh: String,
    /// English name.
    name_en: String,
    /// Whether its people have a dress code of their own; left as it is where nobody says.
    own_dress: Option<bool>,
}

/// A way to complain, as filled in.
#[derive(InputObject)]
pub struct ChannelInput {
    /// How it reaches the center.
    kind: ChannelKind,
    /// Chinese label.
    label_zh: String,
    /// English label.
    label_en: String,
    /// Number or address, in Chinese.
    value_zh: String,
    /// The same in English.
    value_en: String,
}

/// A service point, as filled in.
#[derive(InputObject)]
pub struct ServicePointInput {
    /// 1 to 32 small letters, digits, dashes; unique in the center.
    code: String,
    /// Chinese name.
    name_zh: String,
    /// English name.
    name_en: String,
    /// Where it is.
    address: String,
    /// Its phone.
    phone: Option<String>,
}

/// A device, as filled in.
#[derive(InputObject)]
pub struct DeviceInput {
    /// Its name; unique in the center.
    name: String,
    /// Where it stands; asked for without a service point.
    place: Option<String>,
    /// The service point that it stands in.
    service_point_id: Option<ServicePointId>,
    /// What it is for; left as it is where nobody says, and a ticket machine from the start.
    kind: Option<DeviceKind>,
    /// The point that is rated at it; of a kiosk alone.
    rating_point_id: Option<RatingPointId>,
    /// The PIN with which staff leave its page, 6 to 12 digits; of a kiosk alone, and left as it is where nobody says.
    #[graphql(secret)]
    pin: Option<String>,
}

/// A department as it was seen, and how it shall be.
#[derive(InputObject)]
pub struct EditDepartmentInput {
    /// Its id.
    id: DepartmentId,
    /// Its version.
    version: i32,
    #[graphql(flatten)]
    typed: DepartmentInput,
}

/// A way to complain as it was seen, and how it shall be.
#[derive(InputObject)]
pub struct EditChannelInput {
    /// Its id.
    id: ComplaintChannelId,
    /// Its version.
    version: i32,
    #[graphql(flatten)]
    typed: ChannelInput,
}

/// A service point as it was seen, and how it shall be.
#[derive(InputObject)]
pub struct EditServicePointInput {
    /// Its id.
    id: ServicePointId,
    /// Its version.
    version: i32,
    #[graphql(flatten)]
    typed: ServicePointInput,
}

/// A device as it was seen, and how it shall be.
#[derive(InputObject)]
pub struct EditDeviceInput {
    /// Its id.
    id: DeviceId,
    /// Its version.
    version: i32,
    #[graphql(flatten)]
    typed: DeviceInput,
}

/// A department as it was seen.
#[derive(InputObject)]
pub struct SeenDepartmentInput {
    /// Its id.
    id: DepartmentId,
    /// Its version.
    version: i32,
}

/// A way to complain as it was seen.
#[derive(InputObject)]
pub struct SeenChannelInput {
    /// Its id.
    id: ComplaintChannelId,
    /// Its version.
    version: i32,
}

/// A service point as it was seen.
#[derive(InputObject)]
pub struct SeenServicePointInput {
    /// Its id.
    id: ServicePointId,
    /// Its version.
    version: i32,
}

/// A device as it was seen.
#[derive(InputObject)]
pub struct SeenDeviceInput {
    /// Its id.
    id: DeviceId,
    /// Its version.
    version: i32,
}

/// A way to complain, and whither it goes.
#[derive(InputObject)]
pub struct MoveChannelInput {
    /// Its id.
    id: ComplaintChannelId,
    /// One place up, or else down.
    up: bool,
}

/// Queries about the center's own lists.
#[derive(Default)]
pub struct SettingsQuery;

#[Object]
impl SettingsQuery {
    /// What the center keeps about itself, for its administrator.
    #[graphql(complexity = "10 + child_complexity")]
    async fn center_settings(&self, ctx: &Context<'_>) -> Result<CenterSettings> {
        let Lists { departments, channels, service_points, devices, kiosk_points } = service::lists(ctx.cx()?).await?;
        Ok(CenterSettings {
            departments: departments.into_iter().map(Into::into).collect(),
            channels: channels.into_iter().map(Into::into).collect(),
            service_points: service_points.into_iter().map(Into::into).collect(),
            devices: devices.into_iter().map(Into::into).collect(),
            kiosk_points: kiosk_points.into_iter().map(Into::into).collect(),
        })
    }
}

/// Keeping the center's own lists.
#[derive(Default)]
pub struct SettingsMutation;

#[Object]
impl SettingsMutation {
    /// Add a department.
    async fn add_department(&self, ctx: &Context<'_>, input: DepartmentInput) -> Result<DepartmentEntry> {
        Ok(service::add_department(ctx.cx()?, input.into()).await?.into())
    }

    /// Change a department.
    async fn edit_department(&self, ctx: &Context<'_>, input: EditDepartmentInput) -> Result<DepartmentEntry> {
        let EditDepartmentInput { id, version, typed } = input;
        Ok(service::edit_department(ctx.cx()?, Seen { id, version }, typed.into()).await?.into())
    }

    /// Offer a department no more.
    async fn retire_department(&self, ctx: &Context<'_>, input: SeenDepartmentInput) -> Result<DepartmentEntry> {
        let SeenDepartmentInput { id, version } = input;
        Ok(service::set_department(ctx.cx()?, Seen { id, version }, EntryStatus::Retired).await?.into())
    }

    /// Offer a department again.
    async fn restore_department(&self, ctx: &Context<'_>, input: SeenDepartmentInput) -> Result<DepartmentEntry> {
        let SeenDepartmentInput { id, version } = input;
        Ok(service::set_department(ctx.cx()?, Seen { id, version }, EntryStatus::Active).await?.into())
    }

    /// Publish a way to complain, after the others.
    async fn publish_channel(&self, ctx: &Context<'_>, input: ChannelInput) -> Result<ChannelEntry> {
        Ok(service::add_channel(ctx.cx()?, input.into()).await?.into())
    }

    /// Change a way to complain.
    async fn edit_channel(&self, ctx: &Context<'_>, input: EditChannelInput) -> Result<ChannelEntry> {
        let EditChannelInput { id, version, typed } = input;
        Ok(service::edit_channel(ctx.cx()?, Seen { id, version }, typed.into()).await?.into())
    }

    /// Move a published way to complain one place.
    async fn move_channel(&self, ctx: &Context<'_>, input: MoveChannelInput) -> Result<ChannelEntry> {
        Ok(service::move_channel(ctx.cx()?, input.id, input.up).await?.into())
    }

    /// Take a way to complain off the public page.
    async fn withdraw_channel(&self, ctx: &Context<'_>, input: SeenChannelInput) -> Result<ChannelEntry> {
        let SeenChannelInput { id, version } = input;
        Ok(service::set_channel(ctx.cx()?, Seen { id, version }, EntryStatus::Retired).await?.into())
    }

    /// Publish a way to complain again, where it stood.
    async fn restore_channel(&self, ctx: &Context<'_>, input: SeenChannelInput) -> Result<ChannelEntry> {
        let SeenChannelInput { id, version } = input;
        Ok(service::set_channel(ctx.cx()?, Seen { id, version }, EntryStatus::Active).await?.into())
    }

    /// Add a service point.
    async fn add_service_point(&self, ctx: &Context<'_>, input: ServicePointInput) -> Result<ServicePointEntry> {
        Ok(service::add_service_point(ctx.cx()?, input.into()).await?.into())
    }

    /// Change a service point.
    async fn edit_service_point(&self, ctx: &Context<'_>, input: EditServicePointInput) -> Result<ServicePointEntry> {
        let EditServicePointInput { id, version, typed } = input;
        Ok(service::edit_service_point(ctx.cx()?, Seen { id, version }, typed.into()).await?.into())
    }

    /// Take a service point out of use.
    async fn retire_service_point(&self, ctx: &Context<'_>, input: SeenServicePointInput) -> Result<ServicePointEntry> {
        let SeenServicePointInput { id, version } = input;
        Ok(service::set_service_point(ctx.cx()?, Seen { id, version }, EntryStatus::Retired).await?.into())
    }

    /// Take a service point back into use.
    async fn restore_service_point(
        &self,
        ctx: &Context<'_>,
        input: SeenServicePointInput,
    ) -> Result<ServicePointEntry> {
        let SeenServicePointInput { id, version } = input;
        Ok(service::set_service_point(ctx.cx()?, Seen { id, version }, EntryStatus::Active).await?.into())
    }

    /// Register a device; the answer tells its credential, once.
    async fn register_device(&self, ctx: &Context<'_>, input: DeviceInput) -> Result<DeviceCredential> {
        Ok(service::register_device(ctx.cx()?, input.into()).await?.into())
    }

    /// Change a device's name or place, or a kiosk's point or PIN.
    async fn edit_device(&self, ctx: &Context<'_>, input: EditDeviceInput) -> Result<DeviceEntry> {
        let EditDeviceInput { id, version, typed } = input;
        Ok(service::edit_device(ctx.cx()?, Seen { id, version }, typed.into()).await?.into())
    }

    /// Give a device another credential, told once; the one before it counts no more.
    async fn renew_device(&self, ctx: &Context<'_>, input: SeenDeviceInput) -> Result<DeviceCredential> {
        let SeenDeviceInput { id, version } = input;
        Ok(service::renew_device(ctx.cx()?, Seen { id, version }).await?.into())
    }

    /// Take a device's credential away, for good.
    async fn revoke_device(&self, ctx: &Context<'_>, input: SeenDeviceInput) -> Result<DeviceEntry> {
        let SeenDeviceInput { id, version } = input;
        Ok(service::revoke_device(ctx.cx()?, Seen { id, version }).await?.into())
    }
}

impl From<DepartmentInput> for Department {
    fn from(input: DepartmentInput) -> Self {
        let DepartmentInput { code, name_zh, name_en, own_dress } = input;
        Self { code: tidy(&code).to_lowercase(), name_zh: tidy(&name_zh), name_en: tidy(&name_en), own_dress }
    }
}

impl From<ChannelInput> for Channel {
    fn from(input: ChannelInput) -> Self {
        let ChannelInput { kind, label_zh, label_en, value_zh, value_en } = input;
        let [label_zh, label_en, value_zh, value_en] = [label_zh, label_en, value_zh, value_en].map(|text| tidy(&text));
        Self { kind, label_zh, label_en, value_zh, value_en }
    }
}

impl From<ServicePointInput> for ServicePoint {
    fn from(input: ServicePointInput) -> Self {
        let ServicePointInput { code, name_zh, name_en, address, phone } = input;
        let [name_zh, name_en, address] = [name_zh, name_en, address].map(|text| tidy(&text));
        Self { code: tidy(&code).to_lowercase(), name_zh, name_en, address, phone: given(phone) }
    }
}

impl From<DeviceInput> for Device {
    fn from(input: DeviceInput) -> Self {
        let DeviceInput { name, place, service_point_id, kind, rating_point_id, pin } = input;
        let (name, place, pin) = (tidy(&name), given(place), given(pin));
        Self { name, place, service_point_id, kind, rating_point_id, pin }
    }
}

impl From<department::Model> for DepartmentEntry {
    fn from(row: department::Model) -> Self {
        let department::Model { id, version, status, code, name_zh, name_en, own_dress, .. } = row;
        Self { id, version, status, code, name_zh, name_en, own_dress }
    }
}

impl From<complaint_channel::Model> for ChannelEntry {
    fn from(row: complaint_channel::Model) -> Self {
        let complaint_channel::Model { id, version, status, kind, label_zh, label_en, value_zh, value_en, .. } = row;
        Self { id, version, status, kind, label_zh, label_en, value_zh, value_en }
    }
}

impl From<service_point::Model> for ServicePointEntry {
    fn from(row: service_point::Model) -> Self {
        let service_point::Model { id, version, status, code, name_zh, name_en, address, phone, .. } = row;
        Self { id, version, status, code, name_zh, name_en, address, phone }
    }
}

impl From<Known> for DeviceEntry {
    fn from(Known { device, kiosk }: Known) -> Self {
        let device::Model { id, version, status, name, place, service_point_id, credential_at, .. } = device;
        let kind = if kiosk.is_some() { DeviceKind::Kiosk } else { DeviceKind::TicketMachine };
        let rating_point_id = kiosk.and_then(|row| row.point_id);
        Self { id, version, status, kind, name, place, service_point_id, rating_point_id, credential_at }
    }
}

impl From<rating_point::Model> for KioskPoint {
    fn from(rating_point::Model { id, name, .. }: rating_point::Model) -> Self {
        Self { id, name }
    }
}

impl From<Registered> for DeviceCredential {
    fn from(Registered { device, credential }: Registered) -> Self {
        Self { device: device.into(), credential }
    }
}
