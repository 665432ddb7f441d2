//! Somebody who works in a center, with or without an account.

use chrono::NaiveDate;
use domain::{AccountId, CenterId, DepartmentId, StaffId};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned, Removable, Versioned},
    table,
};

table! {
    /// Somebody who works in a center, with or without an account.
    #[derive(serde::Serialize)]
    "staff_member", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: StaffId,
        StaffNo => staff_no: String,
        Name => name: String,
        DepartmentId => department_id: Option<DepartmentId>,
        Title => title: Option<String>,
        AccountId => account_id: Option<AccountId>,
        RestrictedEnc => restricted_enc: Option<String>,
        JoinedOn => joined_on: Option<NaiveDate>,
        LeftOn => left_on: Option<NaiveDate>,
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
