//! A published way to complain (6.8.2).

use domain::{CenterId, ComplaintChannelId};
use sea_orm::entity::prelude::Uuid;

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// A published way to complain (6.8.2).
    #[derive(serde::Serialize)]
    "complaint_channel", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: ComplaintChannelId,
        Kind => kind: String,
        LabelZh => label_zh: String,
        LabelEn => label_en: String,
        ValueZh => value_zh: String,
        ValueEn => value_en: String,
        Position => position: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
