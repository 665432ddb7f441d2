//! What was done, who has to know, what the city sees, and answers kept for repeated requests.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    tables::{Unique, center_table, center_table_keyed, city_table, index},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        center_table(manager, "audit_event", audit(), &[]).await?;
        index(manager, "audit_event", &["center_id", "created_at"], Unique::No).await?;
        index(manager, "audit_event", &["center_id", "object_id", "created_at"], Unique::No).await?;
        city_table(manager, "city_audit_event", "id", std::iter::once(uuid("id")).chain(audit())).await?;
        index(manager, "city_audit_event", &["city_id", "created_at"], Unique::No).await?;

        let notification = [
            uuid("account_id"),
            uuid("complaint_id"),
            text("kind"),
            text_null("body"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone_null("acknowledged_at"),
        ];
        center_table(manager, "notification", notification, &[("complaint_id", "complaint")]).await?;
        let inbox = ["center_id", "account_id", "acknowledged_at", "created_at"];
        index(manager, "notification", &inbox, Unique::No).await?;

        metric(manager).await?;

        let answer = [
            text("op"),
            text("key_hash"),
            text("body_hash"),
            text("answer_enc"),
            timestamp_with_time_zone("created_at"),
        ];
        center_table(manager, "idempotency_key", answer, &[]).await?;
        index(manager, "idempotency_key", &["center_id", "op", "key_hash"], Unique::Yes).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn audit() -> [ColumnDef; 7] {
    [
        uuid_null("actor_id"),
        text("actor_kind"),
        text("verb"),
        text_null("object_id"),
        text_null("detail"),
        text("request_id"),
        timestamp_with_time_zone("created_at"),
    ]
}

async fn metric(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [text("metric"), uuid("city_id"), big_integer("value"), timestamp_with_time_zone("as_of")];
    center_table_keyed(manager, "center_metric", "metric", columns, &[]).await?;
    rls::reported(manager, "center_metric").await?;
    index(manager, "center_metric", &["city_id", "metric"], Unique::No).await
}
