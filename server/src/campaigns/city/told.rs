//! What a center tells its city of its part in a round.

use domain::{
    CampaignId, CityRoundId,
    campaigns::{
        CampaignStatus, RaterStatus,
        remarks::Disposition,
        results::{Mean, shown},
    },
};
use entity::{campaign, round_part};
use sea_orm::ActiveValue::Set;

use crate::{
    campaigns::{repo, service::reading::facts},
    db::{ReadTx, WriteTx},
    error::Result,
};

/// All of it, but for when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    campaign: Option<CampaignId>,
    status: Option<CampaignStatus>,
    problem: Option<String>,
    named: i32,
    accepted: i32,
    handed_in: i32,
    open_remarks: i32,
    mean: Option<i32>,
    forms: Option<i32>,
}

impl Told {
    /// Of the center's round, if there is one, and of what keeps it from following. What it came to is told once it is
    /// published.
    pub(super) async fn of(tx: &ReadTx, row: Option<&campaign::Model>, problem: Option<String>) -> Result<Self> {
        let Some(row) = row else { return Ok(Self { problem, ..Self::default() }) };
        let raters = facts(tx, row).await?;
        let remarks = repo::remarks(tx, row.id).await?;
        let mean = if row.status == CampaignStatus::Published { mean(tx, row).await? } else { None };
        Ok(Self {
            campaign: Some(row.id),
            status: Some(row.status),
            problem,
            named: count(raters.len()),
            accepted: count(raters.iter().filter(|rater| rater.status == RaterStatus::Accepted).count()),
            handed_in: raters.iter().map(|rater| number(rater.handed_in)).sum(),
            open_remarks: count(remarks.iter().filter(|row| row.disposition == Disposition::Open).count()),
            mean: mean.map(|mean| number(mean.mean)),
            forms: mean.map(|mean| number(mean.forms)),
        })
    }

    /// As it is stored.
    pub(super) fn row(self, round: CityRoundId, tx: &WriteTx) -> round_part::ActiveModel {
        round_part::ActiveModel {
            city_round_id: Set(round),
            campaign_id: Set(self.campaign),
            status: Set(self.status),
            problem: Set(self.problem),
            named: Set(self.named),
            accepted: Set(self.accepted),
            handed_in: Set(self.handed_in),
            open_remarks: Set(self.open_remarks),
            mean: Set(self.mean),
            forms: Set(self.forms),
            told_at: Set(tx.now()),
            ..Default::default()
        }
    }
}

impl From<&round_part::Model> for Told {
    fn from(row: &round_part::Model) -> Self {
        Self {
            campaign: row.campaign_id,
            status: row.status,
            problem: row.problem.clone(),
            named: row.named,
            accepted: row.accepted,
            handed_in: row.handed_in,
            open_remarks: row.open_remarks,
            mean: row.mean,
            forms: row.forms,
        }
    }
}

/// Tells the city at once, in the transaction that changed a round of its.
pub(in crate::campaigns) async fn tell(tx: &mut WriteTx, row: &campaign::Model) -> Result<()> {
    let Some(round) = row.city_round_id else { return Ok(()) };
    let part = Told::of(tx, Some(row), None).await?.row(round, tx);
    tx.upsert_metrics(vec![part]).await
}

async fn mean(tx: &ReadTx, row: &campaign::Model) -> Result<Option<Mean>> {
    let targets: Vec<_> = repo::targets(tx, row.id).await?.into_iter().map(|target| target.id).collect();
    let forms = repo::forms(tx, row.id).await?;
    let totals: Vec<_> = forms.iter().map(|form| (form.target_id, u32::try_from(form.total).unwrap_or(0))).collect();
    Ok(shown(&targets, &totals, u32::try_from(row.least).unwrap_or(1)).whole)
}

fn count(rows: usize) -> i32 {
    i32::try_from(rows).unwrap_or(i32::MAX)
}

fn number(value: u32) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}
