//! That a token was used, by a mark that only the server's key makes of it. Nothing leads from here to what was given.

use domain::CenterId;
use sea_orm::entity::prelude::Uuid;

use crate::{ownership::CenterOwned, table};

table! {
    /// That a token was used, by a mark that only the server's key makes of it.
    #[derive(serde::Serialize)]
    "spent_token", key(CenterId: Uuid, Mark: String) {
        CenterId => center_id: CenterId,
        Mark => mark: String,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
}
