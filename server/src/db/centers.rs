//! Centers as a city office administers them: read in every state, taken in, moved from state to state. The table belongs
//! to no tenant; here every statement names the city in scope.

use domain::{
    CenterId,
    center::{CenterKind, CenterStatus},
};
use entity::center;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{ReadTx, WriteTx, identity::Center};
use crate::error::{Conflict, Error, Kind, Result};

/// A center to be taken in.
pub struct NewCenter {
    /// Its id.
    pub id: CenterId,
    /// Public code.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// What it serves.
    pub kind: CenterKind,
}

impl ReadTx {
    /// Every center of the city in scope, in its order, whatever its state.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] outside of a city office.
    pub async fn city_centers(&self) -> Result<Vec<(Center, CenterStatus)>> {
        let rows = center::Entity::find()
            .filter(center::Column::CityId.eq(self.city_office()?))
            .order_by_asc(center::Column::Position)
            .order_by_asc(center::Column::Code)
            .all(self.conn())
            .await?;
        Ok(rows.into_iter().map(|row| (row.status, row)).map(|(status, row)| (row.into(), status)).collect())
    }
}

impl WriteTx {
    /// Takes a center in, as the last of the city's.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] outside of a city office; [`Conflict::Taken`] when a center, of any city, has the code.
    pub async fn add_center(&mut self, new: NewCenter) -> Result<()> {
        let city = self.city_office()?;
        let last = center::Entity::find()
            .filter(center::Column::CityId.eq(city))
            .select_only()
            .column_as(center::Column::Position.max(), "last")
            .into_tuple::<Option<i32>>()
            .one(self.conn())
            .await?;
        let row = center::ActiveModel {
            id: Set(new.id),
            city_id: Set(city),
            code: Set(new.code),
            name_zh: Set(new.name_zh),
            name_en: Set(new.name_en),
            kind: Set(new.kind.key().to_owned()),
            status: Set(CenterStatus::Active),
            position: Set(last.flatten().unwrap_or(0) + 1),
        };
        row.insert(self.conn()).await?;
        Ok(())
    }

    /// Moves a center of the city in scope from the state `seen` to `status`.
    ///
    /// # Errors
    /// [`Conflict::Stale`] when it is in another state by now; [`Error::OutOfReach`] outside of a city office.
    pub async fn move_center(&mut self, id: CenterId, seen: CenterStatus, status: CenterStatus) -> Result<()> {
        let change = center::ActiveModel { status: Set(status), ..Default::default() };
        let moved = center::Entity::update_many()
            .set(change)
            .filter(center::Column::CityId.eq(self.city_office()?))
            .filter(center::Column::Id.eq(id))
            .filter(center::Column::Status.eq(seen))
            .exec(self.conn())
            .await?;
        if moved.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict(Conflict::Stale)) }
    }

    /// One center of the city in scope, and its state.
    ///
    /// # Errors
    /// [`Error::NotFound`] for any other; [`Error::OutOfReach`] outside of a city office.
    pub async fn city_center(&self, id: CenterId) -> Result<(Center, CenterStatus)> {
        let found = self.city_centers().await?.into_iter().find(|(center, _)| center.id == id);
        found.ok_or(Error::NotFound(Kind::Center))
    }
}
