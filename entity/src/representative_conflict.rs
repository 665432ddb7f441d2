//! An interest of a representative in a post or in somebody's work.

use domain::{CenterId, PostId, RepresentativeConflictId, RepresentativeId, StaffId};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{CenterOwned, Removable},
    table,
};

table! {
    /// An interest of a representative in a post or in somebody's work.
    #[derive(serde::Serialize)]
    "representative_conflict", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: RepresentativeConflictId,
        RepresentativeId => representative_id: RepresentativeId,
        PostId => post_id: Option<PostId>,
        StaffId => staff_id: Option<StaffId>,
        Reason => reason: String,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Removable for Entity {}
