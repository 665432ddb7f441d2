//! Everything that a center owns, table by table: what it takes along, and what is removed when it has gone (T-11).

use anyhow::{Context, ensure};
use domain::{CenterId, audit::Owner, center::CenterStatus};
use entity::{
    absence, activity_tally, appearance_check, appearance_result, attachment, audit_event, audit_head, bad_rating,
    bad_rating_event, bad_rating_target, ballot, campaign, campaign_fact, campaign_form, campaign_rater,
    campaign_remark, campaign_report, campaign_target, care_event, care_record, case_referral, center, center_export,
    center_metric, check_standing, complaint, complaint_channel, complaint_event, complaint_pause, department, device,
    duty, evidence_tally, finding, handover, idempotency_key, import_batch, improvement_event, improvement_measure,
    improvement_plan, kiosk, ledger_entry, ledger_participant, managed_standard, membership, metric_day,
    metric_difference, model_title, model_title_event, notification, ownership::CenterOwned, phrase, policy_answer,
    post, post_assignment, post_check, queue_reading, rating, rating_appeal, rating_exclusion, rating_flag,
    rating_note, rating_point, rating_root, rating_tally, rectification_event, rectification_origin,
    rectification_task, representative, representative_conflict, round_part, sealed_rating, self_audit,
    self_audit_finding, senior_clerk, service_case, service_case_event, service_day, service_item, service_point,
    service_record, spent_token, staff_member, standard_event, standards_officer, survey_response, talent_appointment,
    talent_event, talent_request, tidal_call, tidal_proposal, tidal_session, tidal_window, tidal_work, title_objection,
    training_attendance, training_session, training_tally, volunteer_check, window_setup, year_plan, year_plan_task,
};
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use serde_json::Value;

use super::{
    AuditEvent, Db, ReadTx, Verb, chain, connect,
    settings::{self, Mode, Settings},
    tx::key_columns,
};
use crate::{config, error::Result};

/// Rows read at once.
pub const PAGE: u64 = 500;

macro_rules! taken {
    ($($name:literal => $entity:ident by $key:ident),+ $(,)?) => {
        /// Tables whose rows a center takes along. What refers to a row comes after it.
        pub const TAKEN: &[&str] = &[$($name),+];

        impl ReadTx {
            /// Rows of one of [`TAKEN`] of the center in scope, from the `skip`-th by key, at most [`PAGE`]. None of
            /// another table.
            ///
            /// # Errors
            /// [`Error::OutOfReach`](crate::error::Error::OutOfReach) in a city office.
            pub async fn rows_to_take(&self, table: &str, skip: u64) -> Result<Vec<Value>> {
                match table {
                    $($name => self.rows_of::<$entity::Entity>($entity::Column::$key, skip).await,)+
                    _ => Ok(Vec::new()),
                }
            }
        }

        async fn remove(tx: &DatabaseTransaction, table: &str, center: CenterId) -> Result<u64, DbErr> {
            match table {
                $($name => remove_rows::<$entity::Entity>(tx, center).await,)+
                _ => Ok(0),
            }
        }
    };
}

taken! {
    "department" => department by Id,
    "complaint_channel" => complaint_channel by Id,
    "service_point" => service_point by Id,
    "device" => device by Id,
    "membership" => membership by Id,
    "staff_member" => staff_member by Id,
    "post" => post by Id,
    "post_assignment" => post_assignment by Id,
    "absence" => absence by Id,
    "duty" => duty by Id,
    "handover" => handover by Id,
    "model_title" => model_title by Id,
    "model_title_event" => model_title_event by Id,
    "title_objection" => title_objection by Id,
    "ledger_entry" => ledger_entry by Id,
    "ledger_participant" => ledger_participant by Id,
    "activity_tally" => activity_tally by Id,
    "evidence_tally" => evidence_tally by Id,
    "training_tally" => training_tally by Id,
    "training_session" => training_session by Id,
    "training_attendance" => training_attendance by Id,
    "post_check" => post_check by Id,
    "check_standing" => check_standing by Id,
    "queue_reading" => queue_reading by Id,
    "tidal_window" => tidal_window by PostId,
    "tidal_proposal" => tidal_proposal by Id,
    "tidal_session" => tidal_session by Id,
    "tidal_call" => tidal_call by Id,
    "tidal_work" => tidal_work by Id,
    "care_record" => care_record by Id,
    "care_event" => care_event by Id,
    "service_record" => service_record by Id,
    "volunteer_check" => volunteer_check by Id,
    "talent_request" => talent_request by Id,
    "talent_event" => talent_event by Id,
    "talent_appointment" => talent_appointment by Id,
    "senior_clerk" => senior_clerk by StaffId,
    "policy_answer" => policy_answer by Id,
    "window_setup" => window_setup by PostId,
    "service_item" => service_item by Id,
    "service_case" => service_case by Id,
    "service_case_event" => service_case_event by Id,
    "phrase" => phrase by Id,
    "appearance_check" => appearance_check by Id,
    "appearance_result" => appearance_result by Id,
    "rating_point" => rating_point by Id,
    "rating_flag" => rating_flag by Id,
    "kiosk" => kiosk by DeviceId,
    "spent_token" => spent_token by Mark,
    "sealed_rating" => sealed_rating by Id,
    "rating" => rating by Id,
    "rating_note" => rating_note by Id,
    "survey_response" => survey_response by Id,
    "rating_tally" => rating_tally by Id,
    "rating_root" => rating_root by Day,
    "bad_rating" => bad_rating by Id,
    "bad_rating_target" => bad_rating_target by Id,
    "bad_rating_event" => bad_rating_event by Id,
    "rating_appeal" => rating_appeal by Id,
    "rating_exclusion" => rating_exclusion by Id,
    "managed_standard" => managed_standard by Id,
    "standard_event" => standard_event by Id,
    "year_plan" => year_plan by Id,
    "year_plan_task" => year_plan_task by Id,
    "standards_officer" => standards_officer by Id,
    "self_audit" => self_audit by Id,
    "self_audit_finding" => self_audit_finding by Id,
    "finding" => finding by Id,
    "rectification_task" => rectification_task by Id,
    "rectification_origin" => rectification_origin by Id,
    "rectification_event" => rectification_event by Id,
    "improvement_plan" => improvement_plan by Id,
    "improvement_measure" => improvement_measure by Id,
    "improvement_event" => improvement_event by Id,
    "representative" => representative by Id,
    "representative_conflict" => representative_conflict by Id,
    "campaign" => campaign by Id,
    "campaign_target" => campaign_target by Id,
    "campaign_rater" => campaign_rater by Id,
    "ballot" => ballot by Id,
    "campaign_form" => campaign_form by Id,
    "campaign_remark" => campaign_remark by Id,
    "campaign_report" => campaign_report by Id,
    "campaign_fact" => campaign_fact by Id,
    "round_part" => round_part by CityRoundId,
    "complaint" => complaint by Id,
    "complaint_event" => complaint_event by Id,
    "complaint_pause" => complaint_pause by Id,
    "case_referral" => case_referral by Id,
    "notification" => notification by Id,
    "attachment" => attachment by Id,
    "import_batch" => import_batch by Id,
    "center_metric" => center_metric by Metric,
    "service_day" => service_day by Day,
    "metric_day" => metric_day by Metric,
    "metric_difference" => metric_difference by Metric,
    "center_export" => center_export by Id,
    "audit_event" => audit_event by Id,
    "audit_head" => audit_head by CenterId,
}

/// Tables of centers whose rows it does not take along, and why not.
pub const LEFT: &[(&str, &str)] =
    &[("idempotency_key", "repeats of requests, kept for a day; what they made is in the other tables")];

impl ReadTx {
    async fn rows_of<E>(&self, key: E::Column, skip: u64) -> Result<Vec<Value>>
    where
        E: CenterOwned,
        E::Model: Serialize,
    {
        let center = self.scope().center()?;
        let rows = E::find().filter(self.wall().only(E::CENTER.eq(center))).order_by_asc(key);
        // Where several rows have the key, a page would not say where the next one begins.
        let rows = key_columns::<E>().fold(rows, |rows, column| rows.order_by_asc(column));
        let rows = rows.offset(skip).limit(PAGE).all(self.conn()).await?;
        let values: serde_json::Result<_> = rows.iter().map(serde_json::to_value).collect();
        Ok(values.map_err(anyhow::Error::from)?)
    }
}

/// Tables of which a center's rows stay when it is removed: who did what has to be kept on record, and that the data was
/// handed over.
pub const KEPT: &[&str] = &["audit_event", "audit_head", "center_export"];

impl Db {
    /// Removes the rows of a closed center, all but those of [`KEPT`], as the role that owns the tables: the serving role
    /// may delete none of them. The center itself stays, so that nobody gets its code. Returns how many rows went.
    ///
    /// # Errors
    /// When there is no such center, it is not closed, or the database fails; nothing is removed then.
    pub async fn remove_center(&self, cfg: &config::Database, code: &str) -> anyhow::Result<u64> {
        let conn = connect::owner(cfg).await?;
        let _turn = self.turn().await;
        let row = center::Entity::find().filter(center::Column::Code.eq(code)).one(&conn).await?;
        let row = row.with_context(|| format!("there is no center {code}"))?;
        ensure!(row.status == CenterStatus::Closed, "{code} is {}, not closed", row.status.key());
        let settings = Settings { center: Some(row.id), city: Some(row.city_id), account: None };
        let tx = settings::begin(&conn, Mode::Write, &settings).await?;
        let mut removed = remove_rows::<idempotency_key::Entity>(&tx, row.id).await?;
        // What refers to a row goes before it.
        for table in TAKEN.iter().rev().filter(|table| !KEPT.contains(table)) {
            removed += remove(&tx, table, row.id).await?;
        }
        // The city writes without a center.
        Settings { center: None, ..settings }.apply(&tx).await?;
        let event = AuditEvent::on(row.id.0, Verb::CenterRemoved).with_detail(format!("{code} {removed}"));
        let record = chain::by_command("remove", self.ids.next(), event, self.clock.now());
        chain::append(&tx, Owner::City(row.city_id), record).await?;
        tx.commit().await?;
        conn.close().await?;
        Ok(removed)
    }
}

async fn remove_rows<E: CenterOwned>(tx: &DatabaseTransaction, center: CenterId) -> Result<u64, DbErr> {
    Ok(E::delete_many().filter(E::CENTER.eq(center)).exec(tx).await?.rows_affected)
}
