//! An item of a center (政务服务事项), and which window serves it (6.6.3).

use domain::{CenterId, DepartmentId, PostId, ServiceItemId, items::ServedAt, settings::EntryStatus};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// An item of a center (政务服务事项), and which window serves it (6.6.3).
    #[derive(serde::Serialize)]
    "service_item", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ServiceItemId,
        Code => code: String,
        Name => name: String,
        DepartmentId => department_id: DepartmentId,
        ServedAt => served_at: ServedAt,
        PostId => post_id: Option<PostId>,
        Reason => reason: Option<String>,
        Status => status: EntryStatus,
        Demo => demo: bool,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
