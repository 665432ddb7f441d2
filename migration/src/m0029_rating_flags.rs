//! Signs that ratings were not given freely, and what was said of them. No column leads to a rating or to whoever gave one.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    tables::{Unique, center_table, index},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            uuid("city_id"),
            uuid_null("point_id"),
            text_null("place"),
            date("day"),
            text("kind"),
            integer("seen"),
            integer("among"),
            text("state"),
            text_null("reason"),
            uuid_null("decided_by"),
            timestamp_with_time_zone_null("decided_at"),
            integer("version"),
        ];
        center_table(manager, "rating_flag", columns, &[("point_id", "rating_point")]).await?;
        rls::reported(manager, "rating_flag").await?;
        index(manager, "rating_flag", &["center_id", "point_id", "day", "kind"], Unique::Yes).await?;
        index(manager, "rating_flag", &["center_id", "day"], Unique::No).await?;
        index(manager, "rating_flag", &["city_id", "state", "day", "id"], Unique::No).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
