//! The tables: one table, one file, each saying who owns its rows ([`ownership`]).
//!
//! Nothing here reaches a database by itself: only `server::db` holds a connection.
#![expect(missing_docs, reason = "columns are named by the glossary; each table carries a doc line")]

mod table;

pub mod ownership;

pub mod absence;
pub mod account;
pub mod activity_tally;
pub mod attachment;
pub mod audit_event;
pub mod audit_head;
pub mod calendar_day;
pub mod care_event;
pub mod care_record;
pub mod case_referral;
pub mod center;
pub mod center_change;
pub mod center_export;
pub mod center_metric;
pub mod check_standing;
pub mod city;
pub mod city_audit_event;
pub mod city_audit_head;
pub mod city_member;
pub mod city_post_kind;
pub mod clause;
pub mod complaint;
pub mod complaint_channel;
pub mod complaint_event;
pub mod complaint_pause;
pub mod department;
pub mod device;
pub mod duty;
pub mod evidence_tally;
pub mod feature;
pub mod handover;
pub mod idempotency_key;
pub mod import_batch;
pub mod invitation;
pub mod known_device;
pub mod ledger_entry;
pub mod ledger_participant;
pub mod membership;
pub mod model_title;
pub mod model_title_event;
pub mod notification;
pub mod old_password;
pub mod policy_change;
pub mod policy_value;
pub mod post;
pub mod post_assignment;
pub mod post_check;
pub mod post_kind;
pub mod queue_reading;
pub mod recovery_code;
pub mod second_factor;
pub mod service_point;
pub mod sign_in_attempts;
pub mod staff_member;
pub mod standard_edition;
pub mod tidal_call;
pub mod tidal_proposal;
pub mod tidal_session;
pub mod tidal_window;
pub mod tidal_work;
pub mod title_objection;
pub mod training_attendance;
pub mod training_session;
pub mod training_tally;
pub mod web_session;

pub(crate) use table::table;
