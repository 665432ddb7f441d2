//! Row-level security and grants: the only place that knows one database from another.
//!
//! The server sets `app.center_id`, `app.city_id` and `app.account_id` for one transaction at a
//! time. On a connection that has set them before they read as `''`, not as NULL: without
//! `nullif` that would be a cast error, and with a careless `IS NULL OR` a leak. Unset means no
//! rows. SQLite has no such wall; there the types and the keys stand alone.
#![expect(clippy::disallowed_methods, reason = "policies and grants have no builder")]

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

const CENTER: &str = "nullif(current_setting('app.center_id', true), '')::uuid";
const CITY: &str = "nullif(current_setting('app.city_id', true), '')::uuid";
const ACCOUNT: &str = "nullif(current_setting('app.account_id', true), '')::uuid";

/// What the server's role may do with each table; on a table not listed it may do nothing.
/// It never gets TRUNCATE, REFERENCES or TRIGGER, and what is written once stays as written.
pub const GRANTS: &[(&str, &str)] = &[
    ("absence", "SELECT, INSERT, UPDATE"),
    ("account", "SELECT, INSERT, UPDATE"),
    ("activity_tally", "SELECT, INSERT, UPDATE"),
    ("appearance_check", "SELECT, INSERT, UPDATE"),
    ("appearance_result", "SELECT, INSERT"),
    ("attachment", "SELECT, INSERT, UPDATE"),
    ("audit_event", "SELECT, INSERT"),
    ("audit_head", "SELECT, INSERT, UPDATE"),
    ("bad_rating", "SELECT, INSERT, UPDATE"),
    ("bad_rating_event", "SELECT, INSERT, UPDATE"),
    ("bad_rating_target", "SELECT, INSERT"),
    ("ballot", "SELECT, INSERT, UPDATE"),
    ("calendar_day", "SELECT, INSERT, UPDATE, DELETE"),
    ("campaign", "SELECT, INSERT, UPDATE"),
    ("campaign_fact", "SELECT, INSERT, UPDATE, DELETE"),
    ("campaign_form", "SELECT, INSERT"),
    ("campaign_rater", "SELECT, INSERT, UPDATE"),
    ("campaign_remark", "SELECT, INSERT, UPDATE"),
    ("campaign_report", "SELECT, INSERT, UPDATE"),
    ("campaign_target", "SELECT, INSERT, DELETE"),
    ("care_event", "SELECT, INSERT, UPDATE"),
    ("care_record", "SELECT, INSERT, UPDATE"),
    ("case_referral", "SELECT, INSERT, UPDATE"),
    ("center", "SELECT, INSERT, UPDATE"),
    ("center_change", "SELECT, INSERT"),
    ("center_export", "SELECT, INSERT"),
    ("center_metric", "SELECT, INSERT, UPDATE"),
    ("check_standing", "SELECT, INSERT, UPDATE"),
    ("city", "SELECT, INSERT, UPDATE"),
    ("city_audit_event", "SELECT, INSERT"),
    ("city_audit_head", "SELECT, INSERT, UPDATE"),
    ("city_member", "SELECT, INSERT, UPDATE"),
    ("city_post_kind", "SELECT, INSERT, UPDATE"),
    ("city_report", "SELECT, INSERT, UPDATE"),
    ("city_round", "SELECT, INSERT, UPDATE"),
    ("clause", "SELECT"),
    ("complaint", "SELECT, INSERT, UPDATE"),
    ("complaint_channel", "SELECT, INSERT, UPDATE"),
    ("complaint_event", "SELECT, INSERT"),
    ("complaint_pause", "SELECT, INSERT, UPDATE"),
    ("department", "SELECT, INSERT, UPDATE"),
    ("device", "SELECT, INSERT, UPDATE"),
    ("duty", "SELECT, INSERT, UPDATE"),
    ("evidence_tally", "SELECT, INSERT, UPDATE"),
    ("feature", "SELECT"),
    ("finding", "SELECT, INSERT, UPDATE"),
    ("form_version", "SELECT, INSERT, UPDATE"),
    ("handover", "SELECT, INSERT, UPDATE"),
    ("idempotency_key", "SELECT, INSERT"),
    ("import_batch", "SELECT, INSERT, UPDATE"),
    ("improvement_event", "SELECT, INSERT"),
    ("improvement_measure", "SELECT, INSERT, UPDATE, DELETE"),
    ("improvement_plan", "SELECT, INSERT, UPDATE"),
    ("invitation", "SELECT, INSERT, UPDATE, DELETE"),
    ("kiosk", "SELECT, INSERT, UPDATE"),
    ("known_device", "SELECT, INSERT, UPDATE, DELETE"),
    ("ledger_entry", "SELECT, INSERT, UPDATE"),
    ("ledger_participant", "SELECT, INSERT, UPDATE"),
    ("managed_standard", "SELECT, INSERT, UPDATE"),
    ("membership", "SELECT, INSERT, UPDATE"),
    ("metric_day", "SELECT, INSERT, UPDATE"),
    ("metric_difference", "SELECT, INSERT, UPDATE, DELETE"),
    ("metric_publication", "SELECT, INSERT, UPDATE"),
    ("metric_snapshot", "SELECT, INSERT"),
    ("model_title", "SELECT, INSERT, UPDATE"),
    ("model_title_event", "SELECT, INSERT"),
    ("notification", "SELECT, INSERT, UPDATE"),
    ("old_password", "SELECT, INSERT, DELETE"),
    ("policy_answer", "SELECT, INSERT, UPDATE"),
    ("phrase", "SELECT, INSERT, UPDATE"),
    ("phrase_seed", "SELECT"),
    ("policy_change", "SELECT, INSERT"),
    ("policy_value", "SELECT, INSERT, UPDATE"),
    ("post", "SELECT, INSERT, UPDATE, DELETE"),
    ("post_assignment", "SELECT, INSERT, UPDATE"),
    ("post_check", "SELECT, INSERT"),
    ("post_kind", "SELECT"),
    ("queue_reading", "SELECT, INSERT"),
    ("rating", "SELECT, INSERT"),
    ("rating_appeal", "SELECT, INSERT, UPDATE"),
    ("rating_exclusion", "SELECT, INSERT"),
    ("rating_flag", "SELECT, INSERT, UPDATE"),
    ("rating_note", "SELECT, INSERT, DELETE"),
    ("rating_point", "SELECT, INSERT, UPDATE"),
    ("rating_root", "SELECT, INSERT"),
    ("rating_tally", "SELECT, INSERT, UPDATE"),
    ("recovery_code", "SELECT, INSERT, UPDATE, DELETE"),
    ("rectification_event", "SELECT, INSERT"),
    ("rectification_origin", "SELECT, INSERT"),
    ("rectification_task", "SELECT, INSERT, UPDATE"),
    ("representative", "SELECT, INSERT, UPDATE"),
    ("representative_conflict", "SELECT, INSERT, DELETE"),
    ("round_part", "SELECT, INSERT, UPDATE"),
    ("sealed_rating", "SELECT, INSERT, DELETE"),
    ("seaql_migrations", "SELECT"),
    ("second_factor", "SELECT, INSERT, UPDATE, DELETE"),
    ("self_audit", "SELECT, INSERT"),
    ("self_audit_finding", "SELECT, INSERT, UPDATE"),
    ("senior_clerk", "SELECT, INSERT, UPDATE"),
    ("service_case", "SELECT, INSERT, UPDATE"),
    ("service_case_event", "SELECT, INSERT, UPDATE"),
    ("service_day", "SELECT, INSERT, UPDATE"),
    ("service_item", "SELECT, INSERT, UPDATE"),
    ("service_point", "SELECT, INSERT, UPDATE"),
    ("service_record", "SELECT, INSERT, UPDATE"),
    ("sign_in_attempts", "SELECT, INSERT, UPDATE, DELETE"),
    ("spent_token", "SELECT, INSERT"),
    ("staff_member", "SELECT, INSERT, UPDATE, DELETE"),
    ("standard_edition", "SELECT"),
    ("standard_event", "SELECT, INSERT"),
    ("standards_officer", "SELECT, INSERT, UPDATE"),
    ("survey_response", "SELECT, INSERT"),
    ("talent_appointment", "SELECT, INSERT, UPDATE"),
    ("talent_event", "SELECT, INSERT, UPDATE"),
    ("talent_request", "SELECT, INSERT, UPDATE"),
    ("tidal_call", "SELECT, INSERT, UPDATE"),
    ("tidal_proposal", "SELECT, INSERT, UPDATE"),
    ("tidal_session", "SELECT, INSERT, UPDATE"),
    ("tidal_window", "SELECT, INSERT, UPDATE"),
    ("tidal_work", "SELECT, INSERT"),
    ("title_objection", "SELECT, INSERT, UPDATE"),
    ("training_attendance", "SELECT, INSERT, UPDATE, DELETE"),
    ("training_session", "SELECT, INSERT, UPDATE, DELETE"),
    ("training_tally", "SELECT, INSERT, UPDATE"),
    ("volunteer_check", "SELECT, INSERT, UPDATE"),
    ("web_session", "SELECT, INSERT, UPDATE, DELETE"),
    ("window_setup", "SELECT, INSERT, UPDATE"),
    ("year_plan", "SELECT, INSERT"),
    ("year_plan_task", "SELECT, INSERT, UPDATE"),
];

/// Walls in a table owned by centers.
pub(crate) async fn center(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    force(manager, table).await?;
    policy(
        manager,
        &format!("CREATE POLICY center ON {table} USING (center_id = {CENTER}) WITH CHECK (center_id = {CENTER})"),
    )
    .await
}

/// Walls in a table owned by cities: the centers of a city read it, only the city writes.
pub(crate) async fn city(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    force(manager, table).await?;
    let own = format!("city_id = {CITY}");
    let alone = format!("city_id = {CITY} AND {CENTER} IS NULL");
    for statement in [
        format!("CREATE POLICY city_read ON {table} FOR SELECT USING ({own})"),
        format!("CREATE POLICY city_insert ON {table} FOR INSERT WITH CHECK ({alone})"),
        format!("CREATE POLICY city_update ON {table} FOR UPDATE USING ({alone}) WITH CHECK ({alone})"),
        format!("CREATE POLICY city_delete ON {table} FOR DELETE USING ({alone})"),
    ] {
        policy(manager, &statement).await?;
    }
    Ok(())
}

/// Exception: whoever signs in sees where they are a member, before any place is chosen.
pub(crate) async fn login(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    policy(
        manager,
        &format!(
            "CREATE POLICY login ON {table} FOR SELECT \
             USING (account_id = {ACCOUNT} AND {CENTER} IS NULL AND {CITY} IS NULL)"
        ),
    )
    .await
}

/// Exception: the city reads the figures that its centers report.
pub(crate) async fn reported(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    policy(
        manager,
        &format!("CREATE POLICY reported ON {table} FOR SELECT USING (city_id = {CITY} AND {CENTER} IS NULL)"),
    )
    .await
}

/// A log whose rows are linked: a new row has its place in the chain, and none is changed or deleted. PostgreSQL grants
/// no such right ([`GRANTS`]); SQLite has no grants, so there triggers refuse.
pub(crate) async fn chained(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    const LINKED: &str = "seq IS NOT NULL AND prev_hash IS NOT NULL AND hash IS NOT NULL";
    let statements = match manager.get_database_backend() {
        // Not valid: rows older than the chain stay as they are.
        DbBackend::Postgres => {
            vec![format!("ALTER TABLE {table} ADD CONSTRAINT {table}_linked CHECK ({LINKED}) NOT VALID")]
        }
        _ => {
            let never = |what: &str| {
                format!(
                    "CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table} \
                     BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
                )
            };
            let linked = format!(
                "CREATE TRIGGER {table}_linked BEFORE INSERT ON {table} WHEN NOT ({}) \
                 BEGIN SELECT RAISE(ABORT, '{table} is a chain'); END",
                ["seq", "prev_hash", "hash"].map(|column| format!("NEW.{column} IS NOT NULL")).join(" AND ")
            );
            vec![never("update"), never("delete"), linked]
        }
    };
    for statement in statements {
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// A table whose rows are never changed, nor deleted while their center works. PostgreSQL grants no such right
/// ([`GRANTS`]); SQLite has no grants, so there triggers refuse.
pub(crate) async fn append_only(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        return Ok(());
    }
    let closed = "(SELECT status FROM center WHERE id = OLD.center_id) = 'closed'";
    for (what, unless) in [("UPDATE", String::new()), ("DELETE", format!("WHEN NOT {closed}"))] {
        let name = what.to_ascii_lowercase();
        let trigger = format!(
            "CREATE TRIGGER {table}_no_{name} BEFORE {what} ON {table} {unless} \
             BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
        );
        manager.get_connection().execute_unprepared(&trigger).await?;
    }
    Ok(())
}

/// The same of a table of a city, whose rows stay.
pub(crate) async fn frozen(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        return Ok(());
    }
    for what in ["update", "delete"] {
        let trigger = format!(
            "CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table} \
             BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
        );
        manager.get_connection().execute_unprepared(&trigger).await?;
    }
    Ok(())
}

async fn force(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    policy(manager, &format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")).await?;
    policy(manager, &format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY")).await
}

async fn policy(manager: &SchemaManager<'_>, statement: &str) -> Result<(), DbErr> {
    match manager.get_database_backend() {
        DbBackend::Postgres => manager.get_connection().execute_unprepared(statement).await.map(|_| ()),
        _ => Ok(()),
    }
}

/// Gives `role`, the one the server signs in as, what [`GRANTS`] lists and nothing more.
/// Run as the owner after every migration.
///
/// # Errors
/// When the statements fail: the role is missing, or the connection is not the owner's.
pub async fn grant(db: &impl ConnectionTrait, role: &str) -> Result<(), DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let role = format!("\"{}\"", role.replace('"', "\"\""));
    let mut statements = vec![
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC".to_owned(),
        format!("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}, PUBLIC"),
        format!("GRANT USAGE ON SCHEMA public TO {role}"),
    ];
    statements.extend(GRANTS.iter().map(|(table, rights)| format!("GRANT {rights} ON {table} TO {role}")));
    db.execute_unprepared(&statements.join(";\n")).await?;
    Ok(())
}
