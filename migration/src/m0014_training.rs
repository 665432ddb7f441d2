//! Training sessions and who took part; each kind of post of the catalogue is looked at for it.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, sea_query::Query},
};
use serde_json::json;

use crate::tables::{Unique, center_table, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sessions(manager).await?;
        checks(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn sessions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        date("on_day"),
        text("start"),
        integer("hours"),
        text("kind"),
        text("topic"),
        text("title"),
        text_null("trainer"),
        text_null("place"),
        boolean("unscheduled"),
        text("status"),
        text_null("cancel_reason"),
        uuid("author_id"),
        uuid_null("recorder_id"),
        boolean("demo"),
        integer("version"),
    ];
    center_table(manager, "training_session", columns, &[]).await?;
    index(manager, "training_session", &["center_id", "on_day", "id"], Unique::No).await?;
    // Day, kind and topic are the session's, which keeps them once it was held: what is counted is read here alone.
    let columns = [
        uuid("session_id"),
        uuid("staff_id"),
        date("on_day"),
        integer("year"),
        text("kind"),
        text("topic"),
        boolean("attended"),
        text_null("result"),
        integer_null("score"),
        boolean("removed"),
    ];
    let refs = [("session_id", "training_session"), ("staff_id", "staff_member")];
    center_table(manager, "training_attendance", columns, &refs).await?;
    index(manager, "training_attendance", &["center_id", "session_id"], Unique::No).await?;
    index(manager, "training_attendance", &["center_id", "year", "staff_id"], Unique::No).await?;
    index(manager, "training_attendance", &["center_id", "staff_id", "topic"], Unique::No).await
}

async fn checks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let known = [
        (Condition::all(), json!(["LEAD", "STAFFED", "DUTIES_REVIEWED", "TRAINED"])),
        // Nobody works there before an induction was passed (6.7.1).
        (code("volunteer_post"), json!(["LEAD", "STAFFED", "DUTIES_REVIEWED", "TRAINED", "INDUCTED"])),
        // Nobody need be assigned there.
        (code("self_service_area"), json!(["LEAD", "DUTIES_REVIEWED", "TRAINED"])),
    ];
    for (which, checks) in known {
        let update = Query::update().table("post_kind").value("checks", checks.to_string()).cond_where(which).take();
        manager.get_connection().execute(&update).await?;
    }
    Ok(())
}

fn code(of: &'static str) -> Condition {
    Condition::all().add(Expr::col("code").eq(of))
}
