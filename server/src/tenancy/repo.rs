//! Members and departments of the center in scope.

use std::collections::HashMap;

use domain::{AccountId, DepartmentId, permission::Role};
use entity::{department, membership};
use sea_orm::{ColumnTrait, Condition, Order};

use crate::{
    db::ReadTx,
    error::{Error, Kind, Result},
};

/// A person as colleagues see them: one entry, all roles.
#[derive(Clone, Debug)]
pub struct Member {
    /// The person.
    pub account_id: AccountId,
    /// Name in this center.
    pub display_name: String,
    /// Job title.
    pub title: Option<String>,
    /// Active roles here.
    pub roles: Vec<Role>,
}

/// Names by person.
pub type Names = HashMap<AccountId, Member>;

/// Active members, by name.
pub async fn members(tx: &ReadTx) -> Result<Vec<Member>> {
    let active = Condition::all().add(membership::Column::Status.eq("active"));
    let mut members: Vec<_> = gather(tx, active).await?.into_values().collect();
    members.sort_by(|a, b| a.display_name.cmp(&b.display_name));
    Ok(members)
}

/// The names of `accounts`, former members included: their entries stay theirs.
pub async fn names(tx: &ReadTx, accounts: Vec<AccountId>) -> Result<Names> {
    if accounts.is_empty() {
        return Ok(Names::new());
    }
    gather(tx, Condition::all().add(membership::Column::AccountId.is_in(accounts))).await
}

/// An active member.
pub async fn member(tx: &ReadTx, account: AccountId) -> Result<Member> {
    let active =
        Condition::all().add(membership::Column::AccountId.eq(account)).add(membership::Column::Status.eq("active"));
    gather(tx, active).await?.remove(&account).ok_or(Error::NotFound(Kind::Member))
}

/// Active members holding `role`.
pub async fn holders(tx: &ReadTx, role: Role) -> Result<Vec<AccountId>> {
    let rows = tx
        .select::<membership::Entity>()?
        .filter(membership::Column::Role.eq(role))
        .filter(membership::Column::Status.eq("active"))
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| row.account_id).collect())
}

/// The center's departments, by code.
pub async fn departments(tx: &ReadTx) -> Result<Vec<department::Model>> {
    tx.select::<department::Entity>()?.order_by(department::Column::Code, Order::Asc).all().await
}

/// One department.
pub async fn department(tx: &ReadTx, id: DepartmentId) -> Result<department::Model> {
    let found = tx.select::<department::Entity>()?.filter(department::Column::Id.eq(id)).one().await?;
    found.ok_or(Error::NotFound(Kind::Department))
}

async fn gather(tx: &ReadTx, which: Condition) -> Result<Names> {
    let rows =
        tx.select::<membership::Entity>()?.filter(which).order_by(membership::Column::Role, Order::Asc).all().await?;
    let mut names = Names::new();
    for row in rows {
        names
            .entry(row.account_id)
            .or_insert_with(|| Member {
                account_id: row.account_id,
                display_name: row.display_name,
                title: row.title,
                roles: Vec::new(),
            })
            .roles
            .push(row.role);
    }
    Ok(names)
}
