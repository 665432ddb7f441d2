//! A post of a center (岗位).

use chrono::NaiveDate;
use domain::{CenterId, DepartmentId, PostId, StaffId, posts::PostStatus};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned, Removable, Versioned},
    table,
};

table! {
    /// A post of a center (岗位).
    #[derive(serde::Serialize)]
    "post", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: PostId,
        Code => code: String,
        Name => name: String,
        Kind => kind: String,
        DepartmentId => department_id: Option<DepartmentId>,
        WindowNo => window_no: Option<String>,
        Location => location: Option<String>,
        LeadId => lead_id: Option<StaffId>,
        PublicPhone => public_phone: Option<String>,
        OpenHours => open_hours: Option<String>,
        Duties => duties: Option<String>,
        DutiesReviewedOn => duties_reviewed_on: Option<NaiveDate>,
        Extra => extra: String,
        Status => status: PostStatus,
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

impl Amendable for Entity {}

impl Removable for Entity {}
