//! Complaints, their timeline, their pauses, and the published ways to complain.

use sea_orm_migration::{prelude::*, schema::*};

use crate::tables::{Unique, center_table, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let channel =
            [text("kind"), text("label_zh"), text("label_en"), text("value_zh"), text("value_en"), integer("position")];
        center_table(manager, "complaint_channel", channel, &[]).await?;
        index(manager, "complaint_channel", &["center_id", "position"], Unique::Yes).await?;

        complaint(manager).await?;

        let event = [
            uuid("complaint_id"),
            text("kind"),
            text_null("action"),
            text_null("from_status"),
            text("status"),
            uuid_null("actor_id"),
            text_null("body"),
            boolean("is_public"),
            timestamp_with_time_zone("created_at"),
        ];
        center_table(manager, "complaint_event", event, &[("complaint_id", "complaint")]).await?;
        index(manager, "complaint_event", &["center_id", "complaint_id", "created_at"], Unique::No).await?;

        let pause = [uuid("complaint_id"), text("reason"), text("note"), date("from_day"), date_null("to_day")];
        center_table(manager, "complaint_pause", pause, &[("complaint_id", "complaint")]).await?;
        index(manager, "complaint_pause", &["center_id", "complaint_id", "from_day"], Unique::No).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn complaint(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = intake().into_iter().chain(people()).chain(clock()).chain(result());
    let refs = [("department_id", "department"), ("merged_into", "complaint")];
    center_table(manager, "complaint", columns, &refs).await?;
    index(manager, "complaint", &["center_id", "number"], Unique::Yes).await?;
    index(manager, "complaint", &["center_id", "receipt_hash"], Unique::Yes).await?;
    for columns in [
        // The queues: one order, `queue_at`, for what is due and what is not.
        &["center_id", "is_open", "queue_at", "id"][..],
        &["center_id", "status", "queue_at", "id"],
        // What the deadline job looks for.
        &["center_id", "is_open", "due_at", "id"],
        &["center_id", "queue_at", "id"],
        &["center_id", "received_at", "id"],
        &["center_id", "phone_index"],
        &["center_id", "handler_id"],
        &["center_id", "assignee_id"],
    ] {
        index(manager, "complaint", columns, Unique::No).await?;
    }
    Ok(())
}

fn intake() -> Vec<ColumnDef> {
    vec![
        text("number"),
        text("receipt_hash"),
        integer("version"),
        text("status"),
        text("class"),
        text("subject"),
        text("channel"),
        text("body"),
        date_null("happened_on"),
        text_null("place"),
        text_null("window_name"),
        text_null("name_enc"),
        text_null("phone_enc"),
        text_null("address_enc"),
        text_null("name_mask"),
        text_null("phone_mask"),
        text_null("phone_index"),
        text("notice_version"),
    ]
}

fn people() -> Vec<ColumnDef> {
    vec![
        uuid_null("registered_by"),
        uuid_null("handler_id"),
        uuid_null("assignee_id"),
        uuid_null("department_id"),
        uuid_null("respondent_id"),
        uuid_null("proposer_id"),
        uuid_null("approver_id"),
        uuid_null("reviewer_id"),
    ]
}

fn clock() -> Vec<ColumnDef> {
    vec![
        timestamp_with_time_zone("received_at"),
        timestamp_with_time_zone_null("accepted_at"),
        timestamp_with_time_zone_null("due_at"),
        timestamp_with_time_zone("queue_at"),
        text_null("due_step"),
        timestamp_with_time_zone("step_started_at"),
        integer_null("step_days"),
        integer("extensions"),
        integer("extended_days"),
        text_null("paused"),
        integer("paused_days"),
        text("escalation"),
        text_null("escalation_cause"),
    ]
}

fn result() -> Vec<ColumnDef> {
    vec![
        text_null("refusal_ground"),
        text_null("refusal_reason"),
        text_null("referral"),
        text_null("outcome"),
        text_null("finding"),
        text_null("measures"),
        text_null("reply"),
        text_null("feedback_mode"),
        timestamp_with_time_zone_null("feedback_at"),
        text_null("satisfaction"),
        timestamp_with_time_zone_null("review_until"),
        text_null("review_reason"),
        text_null("review_outcome"),
        text_null("review_reply"),
        uuid_null("merged_into"),
        boolean("is_open"),
        timestamp_with_time_zone_null("warned_at"),
        timestamp_with_time_zone_null("overdue_at"),
        timestamp_with_time_zone_null("closed_at"),
        text("last_event_kind"),
        timestamp_with_time_zone("last_event_at"),
        boolean("demo"),
    ]
}
