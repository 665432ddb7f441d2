//! Inside one bad rating against which somebody has appealed: the way in, and the evidence. What
//! [`select`](ReadTx::select) reads there is narrowed to the case.

use domain::{
    AttachmentId, BadRatingId, CenterId, CityId, RatingAppealId,
    bad_ratings::appeal::RatingAppealStatus,
    files::{OwnerKind, ScanState},
};
use entity::{attachment, rating_appeal};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::ReadTx;
use crate::error::{Error, Kind, Result};

/// An appeal that the city has not decided yet. Made here only, from a row of the city's own list.
#[derive(Clone, Debug)]
pub struct OpenAppeal(rating_appeal::Model);

impl OpenAppeal {
    /// The city that decides.
    #[must_use]
    pub const fn city(&self) -> CityId {
        self.0.city_id
    }

    /// The center whose rating it is.
    #[must_use]
    pub const fn center(&self) -> CenterId {
        self.0.center_id
    }

    /// The case.
    #[must_use]
    pub const fn case(&self) -> BadRatingId {
        self.0.bad_rating_id
    }
}

impl ReadTx {
    /// An appeal before the city in scope that waits for its decision; none once it is decided.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] outside of a city office, [`Error::NotFound`] for another city's.
    pub async fn open_appeal(&self, id: RatingAppealId) -> Result<Option<OpenAppeal>> {
        let row = self.reported::<rating_appeal::Entity>()?.filter(rating_appeal::Column::Id.eq(id)).one().await?;
        let row = row.ok_or(Error::NotFound(Kind::Row))?;
        Ok((row.status == RatingAppealStatus::Open).then_some(OpenAppeal(row)))
    }

    /// The evidence of an appeal, of the case in scope: what was found to be clean, oldest first.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] outside of a case.
    pub async fn appeal_files(&self, id: RatingAppealId) -> Result<Vec<attachment::Model>> {
        let center = self.referred()?;
        // The row itself is in reach only inside its own case.
        let own = self.select::<rating_appeal::Entity>()?.filter(rating_appeal::Column::Id.eq(id));
        if own.count().await? == 0 {
            return Ok(Vec::new());
        }
        let rows = attachment::Entity::find()
            .filter(attachment::Column::CenterId.eq(center))
            .filter(attachment::Column::OwnerKind.eq(OwnerKind::RatingAppeal))
            .filter(attachment::Column::OwnerId.eq(id.0))
            .filter(attachment::Column::DeletedAt.is_null())
            .filter(attachment::Column::Scan.eq(ScanState::Clean))
            .order_by_asc(attachment::Column::CreatedAt)
            .order_by_asc(attachment::Column::Id)
            .all(self.conn())
            .await?;
        Ok(rows)
    }

    /// One of them.
    ///
    /// # Errors
    /// As [`appeal_files`](Self::appeal_files).
    pub async fn appeal_file(&self, id: RatingAppealId, file: AttachmentId) -> Result<Option<attachment::Model>> {
        Ok(self.appeal_files(id).await?.into_iter().find(|row| row.id == file))
    }
}
