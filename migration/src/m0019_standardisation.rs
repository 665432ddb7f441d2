//! Standards management: the register of standards with their steps, the plan of a year, officers, and self-audits with
//! what they found.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, center_table, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        register(manager).await?;
        plan(manager).await?;
        officers(manager).await?;
        audits(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn register(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("number"),
        text("title"),
        text("level"),
        text("edition"),
        date_null("adopted_on"),
        uuid("owner_id"),
        date_null("review_due"),
        text("status"),
        uuid_null("successor_id"),
        boolean_null("live"),
        boolean("demo"),
        integer("version"),
    ];
    let refs = [("owner_id", "staff_member"), ("successor_id", "managed_standard")];
    center_table(manager, "managed_standard", columns, &refs).await?;
    // One of each number that is not over: those that are have nothing in `live`.
    index(manager, "managed_standard", &["center_id", "number", "live"], Unique::Yes).await?;
    let columns = [
        uuid("standard_id"),
        text_null("action"),
        text("status"),
        text_null("note"),
        uuid("actor_id"),
        timestamp_with_time_zone("at"),
    ];
    center_table(manager, "standard_event", columns, &[("standard_id", "managed_standard")]).await?;
    index(manager, "standard_event", &["center_id", "standard_id", "at"], Unique::No).await
}

async fn plan(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // A row says that somebody adopted the plan of that year.
    let columns = [integer("year"), date("adopted_on"), uuid("adopter_id"), boolean("demo")];
    center_table(manager, "year_plan", columns, &[]).await?;
    index(manager, "year_plan", &["center_id", "year"], Unique::Yes).await?;
    let columns = [
        integer("year"),
        text("title"),
        uuid("owner_id"),
        date("due_on"),
        text("progress"),
        text_null("reason"),
        date_null("done_on"),
        boolean("demo"),
        integer("version"),
    ];
    center_table(manager, "year_plan_task", columns, &[("owner_id", "staff_member")]).await?;
    index(manager, "year_plan_task", &["center_id", "year", "due_on"], Unique::No).await
}

async fn officers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("staff_id"),
        boolean("full_time"),
        text("duties"),
        date("from_on"),
        date_null("until_on"),
        boolean("demo"),
        integer("version"),
    ];
    center_table(manager, "standards_officer", columns, &[("staff_id", "staff_member")]).await?;
    index(manager, "standards_officer", &["center_id", "staff_id"], Unique::No).await
}

async fn audits(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [date("on_day"), text("scope"), uuid("auditor_id"), uuid("recorder_id"), boolean("demo")];
    center_table(manager, "self_audit", columns, &[("auditor_id", "staff_member")]).await?;
    index(manager, "self_audit", &["center_id", "on_day"], Unique::No).await?;
    let columns = [
        uuid("audit_id"),
        uuid_null("standard_id"),
        text("result"),
        text_null("clause"),
        text("description"),
        text_null("measure"),
        uuid_null("owner_id"),
        date_null("due_on"),
        date_null("closed_on"),
        uuid_null("closer_id"),
        text_null("evidence"),
        integer("version"),
    ];
    let refs = [("audit_id", "self_audit"), ("standard_id", "managed_standard"), ("owner_id", "staff_member")];
    center_table(manager, "self_audit_finding", columns, &refs).await?;
    index(manager, "self_audit_finding", &["center_id", "audit_id"], Unique::No).await?;
    index(manager, "self_audit_finding", &["center_id", "closed_on", "due_on"], Unique::No).await
}
