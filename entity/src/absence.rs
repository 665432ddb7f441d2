//! Days on which somebody is away, and who stands in.

use chrono::NaiveDate;
use domain::{AbsenceId, CenterId, StaffId, posts::AbsenceReason};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned, Versioned},
    table,
};

table! {
    /// Days on which somebody is away, and who stands in.
    #[derive(serde::Serialize)]
    "absence", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: AbsenceId,
        StaffId => staff_id: StaffId,
        FromOn => from_on: NaiveDate,
        UntilOn => until_on: NaiveDate,
        Reason => reason: AbsenceReason,
        SubstituteId => substitute_id: Option<StaffId>,
        Cancelled => cancelled: bool,
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
