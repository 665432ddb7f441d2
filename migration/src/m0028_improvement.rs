//! What supervision found, rectification tasks with their sources and logs, improvement plans with their measures and logs.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, center_table, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        findings(manager).await?;
        tasks(manager).await?;
        plans(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn findings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        date("on_day"),
        text("supervision"),
        text("area"),
        uuid_null("post_id"),
        text("description"),
        uuid("recorder_id"),
        timestamp_with_time_zone("recorded_at"),
        text("status"),
        text_null("reason"),
        uuid_null("decider_id"),
        boolean("demo"),
        integer("version"),
    ];
    center_table(manager, "finding", columns, &[("post_id", "post")]).await?;
    index(manager, "finding", &["center_id", "status", "on_day"], Unique::No).await
}

async fn tasks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid_null("post_id"),
        text("problem"),
        text("cause"),
        text("source"),
        uuid_null("owner_id"),
        text("status"),
        date("opened_on"),
        uuid_null("opener_id"),
        date_null("due_on"),
        date_null("late_on"),
        text_null("root_cause"),
        text_null("immediate_fix"),
        text_null("measures"),
        uuid_null("submitter_id"),
        date_null("accepted_on"),
        uuid_null("accepter_id"),
        date_null("recheck_on"),
        date_null("rechecked_on"),
        uuid_null("rechecker_id"),
        date_null("closed_on"),
        integer("recurrences"),
        boolean("demo"),
        integer("version"),
    ];
    let refs = [("post_id", "post"), ("owner_id", "staff_member")];
    center_table(manager, "rectification_task", columns, &refs).await?;
    index(manager, "rectification_task", &["center_id", "status", "due_on"], Unique::No).await?;
    index(manager, "rectification_task", &["center_id", "owner_id", "status"], Unique::No).await?;
    index(manager, "rectification_task", &["center_id", "post_id", "cause"], Unique::No).await?;
    // Each source leads to one task.
    let columns = [uuid("task_id"), text("kind"), uuid("source_id"), timestamp_with_time_zone("at")];
    center_table(manager, "rectification_origin", columns, &[("task_id", "rectification_task")]).await?;
    index(manager, "rectification_origin", &["center_id", "kind", "source_id"], Unique::Yes).await?;
    index(manager, "rectification_origin", &["center_id", "task_id"], Unique::No).await?;
    let columns = [
        uuid("task_id"),
        text("action"),
        text("status"),
        text_null("body"),
        date_null("on_day"),
        uuid_null("actor_id"),
        timestamp_with_time_zone("at"),
    ];
    center_table(manager, "rectification_event", columns, &[("task_id", "rectification_task")]).await?;
    index(manager, "rectification_event", &["center_id", "task_id", "at"], Unique::No).await
}

async fn plans(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid_null("task_id"),
        uuid_null("follows_id"),
        uuid_null("post_id"),
        text("problem"),
        text("cause"),
        uuid("owner_id"),
        uuid("author_id"),
        text("status"),
        date("started_on"),
        text_null("indicator"),
        text_null("indicator_name"),
        integer_null("baseline"),
        integer_null("target"),
        date_null("goal_on"),
        text_null("root_cause"),
        uuid_null("approver_id"),
        date_null("check_from"),
        integer_null("measured"),
        date_null("measured_on"),
        text_null("method"),
        uuid_null("verifier_id"),
        text_null("result"),
        text_null("applied_as"),
        boolean("demo"),
        integer("version"),
    ];
    let refs = [
        ("task_id", "rectification_task"),
        ("follows_id", "improvement_plan"),
        ("post_id", "post"),
        ("owner_id", "staff_member"),
    ];
    center_table(manager, "improvement_plan", columns, &refs).await?;
    index(manager, "improvement_plan", &["center_id", "status", "goal_on"], Unique::No).await?;
    index(manager, "improvement_plan", &["center_id", "task_id"], Unique::No).await?;
    let columns = [
        uuid("plan_id"),
        text("text"),
        uuid("owner_id"),
        date("due_on"),
        text_null("resources"),
        date_null("done_on"),
        text_null("note"),
    ];
    let refs = [("plan_id", "improvement_plan"), ("owner_id", "staff_member")];
    center_table(manager, "improvement_measure", columns, &refs).await?;
    index(manager, "improvement_measure", &["center_id", "plan_id", "due_on"], Unique::No).await?;
    let columns = [
        uuid("plan_id"),
        text("action"),
        text("status"),
        text_null("body"),
        uuid("actor_id"),
        timestamp_with_time_zone("at"),
    ];
    center_table(manager, "improvement_event", columns, &[("plan_id", "improvement_plan")]).await?;
    index(manager, "improvement_event", &["center_id", "plan_id", "at"], Unique::No).await
}
