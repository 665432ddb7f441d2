//! How much a center has stored; and the files of others that an evaluator sees.

use domain::files::{OwnerKind, ScanState};
use entity::{attachment, campaign_fact};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::ExprTrait};

use super::ReadTx;
use crate::{
    auth::scope::Reach,
    error::{Error, Result},
};

impl ReadTx {
    /// Bytes of the center's files that are there.
    pub(crate) async fn stored_bytes(&self) -> Result<i64> {
        let center = self.scope().center()?;
        let sizes = attachment::Entity::find()
            .filter(self.wall().only(attachment::Column::CenterId.eq(center)))
            .filter(attachment::Column::DeletedAt.is_null())
            .select_only()
            .column_as(attachment::Column::Bytes.sum().cast_as("bigint"), "stored");
        let sum: Option<Option<i64>> = sizes.into_tuple().one(self.conn()).await?;
        Ok(sum.flatten().unwrap_or(0))
    }

    /// What proves where the center does not agree with a fact of a third party's report, in the round in scope: what was
    /// found to be clean, oldest first.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] outside of a round.
    pub(crate) async fn fact_files(&self) -> Result<Vec<attachment::Model>> {
        let Reach::Assigned(_, center) = self.scope().reach() else { return Err(Error::OutOfReach) };
        // The facts themselves are in reach only inside their own round.
        let facts = self.select::<campaign_fact::Entity>()?.all().await?;
        if facts.is_empty() {
            return Ok(Vec::new());
        }
        let rows = attachment::Entity::find()
            .filter(attachment::Column::CenterId.eq(center))
            .filter(attachment::Column::OwnerKind.eq(OwnerKind::ReportFact))
            .filter(attachment::Column::OwnerId.is_in(facts.iter().map(|fact| fact.id.0)))
            .filter(attachment::Column::DeletedAt.is_null())
            .filter(attachment::Column::Scan.eq(ScanState::Clean))
            .order_by_asc(attachment::Column::CreatedAt)
            .order_by_asc(attachment::Column::Id)
            .all(self.conn())
            .await?;
        Ok(rows)
    }
}
