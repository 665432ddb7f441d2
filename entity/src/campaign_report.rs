//! The course of a third party's round: contract, plan, sample, report.

use chrono::NaiveDate;
use domain::{CampaignId, CampaignReportId, CenterId, campaigns::third_party::ReportStatus};
use sea_orm::entity::prelude::{DateTimeUtc, Uuid};

use crate::{
    ownership::{CenterOwned, Versioned},
    table,
};

table! {
    /// The course of a third party's round.
    #[derive(serde::Serialize)]
    "campaign_report", key(CenterId: Uuid, Id: Uuid) {
        CenterId => center_id: CenterId,
        Id => id: CampaignReportId,
        CampaignId => campaign_id: CampaignId,
        Status => status: ReportStatus,
        Agency => agency: String,
        ContractNo => contract_no: String,
        SignedOn => signed_on: NaiveDate,
        Statement => statement: Option<String>,
        StatedAt => stated_at: Option<DateTimeUtc>,
        Plan => plan: Option<String>,
        PlanNote => plan_note: Option<String>,
        Sample => sample: Option<String>,
        DueOn => due_on: Option<NaiveDate>,
        DraftedAt => drafted_at: Option<DateTimeUtc>,
        FinishedAt => finished_at: Option<DateTimeUtc>,
        Version => version: i32,
    }
}

impl CenterOwned for Entity {
    const CENTER: Column = Column::CenterId;
    const CAMPAIGN: Option<Column> = Some(Column::CampaignId);
}

impl Versioned for Entity {
    const VERSION: Column = Column::Version;
}
