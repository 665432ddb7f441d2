//! Inside one case that was put before the city. What is read here beside the rows that
//! [`select`](ReadTx::select) narrows to the case is about its people: names of those who have worked on it, and who is
//! told.

use std::collections::HashMap;

use domain::{
    AccountId, CenterId, CityId, ComplaintId, ReferralId, complaints::referral::ReferralStatus, identity::MemberStatus,
    permission::Role,
};
use entity::{case_referral, city_member, complaint, complaint_event, membership};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter};

use super::ReadTx;
use crate::{
    auth::scope::Reach,
    error::{Error, Kind, Result},
};

/// A case that the city has not answered yet: the way in. Made here only, from a row of the city's own list.
#[derive(Clone, Debug)]
pub struct OpenCase(case_referral::Model);

impl OpenCase {
    /// The city it was put before.
    #[must_use]
    pub const fn city(&self) -> CityId {
        self.0.city_id
    }

    /// Its center.
    #[must_use]
    pub const fn center(&self) -> CenterId {
        self.0.center_id
    }

    /// The case.
    #[must_use]
    pub const fn complaint(&self) -> ComplaintId {
        self.0.complaint_id
    }
}

/// All that is read of a case inside it.
pub struct CaseFile {
    /// The case.
    pub case: complaint::Model,
    /// Its timeline, oldest first.
    pub events: Vec<complaint_event::Model>,
    /// The names of those who have worked on it or written in its timeline.
    pub names: HashMap<AccountId, String>,
}

impl ReadTx {
    /// A case that was put before the city in scope and waits for its answer; none once it is answered.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] outside of a city office, [`Error::NotFound`] for another city's.
    pub async fn open_case(&self, id: ReferralId) -> Result<Option<OpenCase>> {
        let row = self.reported::<case_referral::Entity>()?.filter(case_referral::Column::Id.eq(id)).one().await?;
        let row = row.ok_or(Error::NotFound(Kind::Referral))?;
        Ok((row.status == ReferralStatus::Open).then_some(OpenCase(row)))
    }

    /// The case in scope with its timeline.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] outside of a case.
    pub async fn case_file(&self) -> Result<CaseFile> {
        let case = self.select::<complaint::Entity>()?.one().await?.ok_or(Error::NotFound(Kind::Complaint))?;
        let events = self
            .select::<complaint_event::Entity>()?
            .order_by(complaint_event::Column::CreatedAt, Order::Asc)
            .order_by(complaint_event::Column::Id, Order::Asc)
            .all()
            .await?;
        let people = events.iter().filter_map(|event| event.actor_id).chain(case.handler_id).chain(case.assignee_id);
        let names = self.names_inside(people.collect()).await?;
        Ok(CaseFile { case, events, names })
    }

    /// The names of people who have worked on the case in scope.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] outside of a case.
    pub async fn names_inside(&self, people: Vec<AccountId>) -> Result<HashMap<AccountId, String>> {
        let members = membership::Entity::find()
            .filter(membership::Column::CenterId.eq(self.referred()?))
            .filter(membership::Column::AccountId.is_in(people.iter().copied()))
            .all(self.conn())
            .await?;
        let clerks = self.city::<city_member::Entity>().filter(city_member::Column::AccountId.is_in(people));
        let mut names: HashMap<_, _> =
            clerks.all().await?.into_iter().map(|row| (row.account_id, row.display_name)).collect();
        names.extend(members.into_iter().map(|row| (row.account_id, row.display_name)));
        Ok(names)
    }

    /// Who holds one of `roles` in the center of the case in scope: to be told, not to be shown.
    ///
    /// # Errors
    /// [`Error::OutOfReach`] outside of a case.
    pub async fn case_watchers(&self, roles: &[Role]) -> Result<Vec<AccountId>> {
        let rows = membership::Entity::find()
            .filter(membership::Column::CenterId.eq(self.referred()?))
            .filter(membership::Column::Role.is_in(roles.iter().copied()))
            .filter(membership::Column::Status.eq(MemberStatus::Active))
            .all(self.conn())
            .await?;
        Ok(rows.into_iter().map(|row| row.account_id).collect())
    }

    pub(super) fn referred(&self) -> Result<CenterId> {
        match self.scope().reach() {
            Reach::Referred(center, _) => Ok(center),
            _ => Err(Error::OutOfReach),
        }
    }
}
