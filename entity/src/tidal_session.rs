//! A time in which a tidal window was open (6.13.2).

use domain::{AccountId, CenterId, PostId, TidalSessionId, tidal::OpenReason};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{Amendable, CenterOwned},
    table,
};

table! {
    /// A time in which a tidal window was open (6.13.2).
    #[derive(serde::Serialize)]
    "tidal_session", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: TidalSessionId,
        PostId => post_id: PostId,
        Reason => reason: OpenReason,
        OpenedAt => opened_at: DateTimeUtc,
        OpenerId => opener_id: AccountId,
        Waiting => waiting: Option<i32>,
        Minutes => minutes: Option<i32>,
        Fewest => fewest: Option<i32>,
        DrainingAt => draining_at: Option<DateTimeUtc>,
        ClosedAt => closed_at: Option<DateTimeUtc>,
        CloserId => closer_id: Option<AccountId>,
        Served => served: Option<i32>,
        Live => live: Option<bool>,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}

impl Amendable for Entity {}
