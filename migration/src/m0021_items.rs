//! How integrated windows are connected, and which window serves each item of a center.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, center_table, center_table_keyed, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [uuid("post_id"), text("link"), timestamp_with_time_zone_null("synced_at")];
        center_table_keyed(manager, "window_setup", "post_id", columns, &[("post_id", "post")]).await?;
        let columns = [
            text("code"),
            text("name"),
            uuid("department_id"),
            text("served_at").check(one_place()).to_owned(),
            uuid_null("post_id"),
            text_null("reason"),
            text("status"),
            boolean("demo"),
            integer("version"),
        ];
        let refs = [("department_id", "department"), ("post_id", "post")];
        center_table(manager, "service_item", columns, &refs).await?;
        index(manager, "service_item", &["center_id", "code"], Unique::Yes).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// At the integrated windows, or at one post for a reason: exactly one of the two (6.6.3).
fn one_place() -> Expr {
    let (at, post, reason) = (Expr::col("served_at"), Expr::col("post_id"), Expr::col("reason"));
    let integrated = at.clone().eq("integrated").and(post.clone().is_null()).and(reason.clone().is_null());
    integrated.or(at.eq("dedicated").and(post.is_not_null()).and(reason.is_not_null()))
}
