//! One schema for SQLite and PostgreSQL. Append-only: a released migration never changes.
//!
//! [`tables`] gives every table its keys and its wall; [`rls`] owns the only policy text.

mod m0001_tenancy;
mod m0002_standard;
mod m0003_complaints;
mod m0004_oversight;
mod m0005_audit_chain;
mod m0006_identity;
mod m0007_center_settings;
mod m0008_administration;
mod m0009_referral;
mod m0010_old_passwords;
mod m0011_posts;
mod m0012_files;
mod m0013_model_posts;
mod m0014_training;
mod m0015_import_batch;
mod m0016_post_records;
mod m0017_tallies;
mod m0018_volunteers;
mod m0019_standardisation;
mod m0020_talents;
mod m0021_items;
mod m0022_handling;
mod m0023_appearance;
mod m0024_forms;
mod m0025_ratings;
mod m0026_bad_ratings;
mod m0027_campaigns;
mod m0028_improvement;
mod m0029_rating_flags;
mod m0030_third_party;
mod m0031_notifications;
mod m0032_kiosk;
mod m0033_metrics;
mod m0034_service_days;
mod tables;

pub mod rls;

pub use sea_orm_migration::prelude::{MigrationTrait, MigratorTrait};

/// All migrations, in order.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_tenancy::Migration),
            Box::new(m0002_standard::Migration),
            Box::new(m0003_complaints::Migration),
            Box::new(m0004_oversight::Migration),
            Box::new(m0005_audit_chain::Migration),
            Box::new(m0006_identity::Migration),
            Box::new(m0007_center_settings::Migration),
            Box::new(m0008_administration::Migration),
            Box::new(m0009_referral::Migration),
            Box::new(m0010_old_passwords::Migration),
            Box::new(m0011_posts::Migration),
            Box::new(m0012_files::Migration),
            Box::new(m0013_model_posts::Migration),
            Box::new(m0014_training::Migration),
            Box::new(m0015_import_batch::Migration),
            Box::new(m0016_post_records::Migration),
            Box::new(m0017_tallies::Migration),
            Box::new(m0018_volunteers::Migration),
            Box::new(m0019_standardisation::Migration),
            Box::new(m0020_talents::Migration),
            Box::new(m0021_items::Migration),
            Box::new(m0022_handling::Migration),
            Box::new(m0023_appearance::Migration),
            Box::new(m0024_forms::Migration),
            Box::new(m0025_ratings::Migration),
            Box::new(m0026_bad_ratings::Migration),
            Box::new(m0027_campaigns::Migration),
            Box::new(m0028_improvement::Migration),
            Box::new(m0029_rating_flags::Migration),
            Box::new(m0030_third_party::Migration),
            Box::new(m0031_notifications::Migration),
            Box::new(m0032_kiosk::Migration),
            Box::new(m0033_metrics::Migration),
            Box::new(m0034_service_days::Migration),
        ]
    }
}
