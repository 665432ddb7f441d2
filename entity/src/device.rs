//! A self-service terminal of a center (自助机), by the hash of its credential.

use domain::{CenterId, DeviceId, ServicePointId, settings::DeviceStatus};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// A self-service terminal of a center (自助机), by the hash of its credential.
    #[derive(serde::Serialize)]
    "device", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: DeviceId,
        Name => name: String,
        Place => place: Option<String>,
        ServicePointId => service_point_id: Option<ServicePointId>,
        Status => status: DeviceStatus,
        CredentialHash => credential_hash: String,
        CredentialAt => credential_at: DateTimeUtc,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
