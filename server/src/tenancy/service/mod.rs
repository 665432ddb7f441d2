//! Signing in, choosing a place, one's own account, and the people of a center.

pub mod invitations;
pub mod people;
pub mod profile;
pub mod sign_in;

use std::collections::HashMap;

use domain::{
    AccountId, DepartmentId,
    permission::{Permission, Role, RoleSet},
};
use entity::department;

use super::repo::{self, Member, Names};
use crate::{db::ReadTx, error::Result, graphql::context::Cx};

/// The people of the center, for assigning and handing over.
pub async fn members(cx: &Cx) -> Result<Vec<Member>> {
    cx.scope()?.require(Permission::ComplaintReadAll)?;
    repo::members(&*cx.read().await?).await
}

/// The departments of the center that may be chosen.
pub async fn departments(cx: &Cx) -> Result<Vec<department::Model>> {
    cx.scope()?.require(Permission::PostRead)?;
    repo::departments(&*cx.read().await?).await
}

/// An active member, for another context's transaction.
pub async fn member(tx: &ReadTx, account: AccountId) -> Result<Member> {
    repo::member(tx, account).await
}

/// Active members holding `role`, for another context's transaction.
pub async fn holders(tx: &ReadTx, role: Role) -> Result<Vec<AccountId>> {
    repo::holders(tx, role).await
}

/// Active members who may do `permission`, for another context's transaction.
pub async fn able(tx: &ReadTx, permission: Permission) -> Result<Vec<AccountId>> {
    let members = repo::members(tx).await?.into_iter();
    let able = members.filter(|member| RoleSet::new(member.roles.iter().copied()).may(permission));
    Ok(able.map(|member| member.account_id).collect())
}

/// Names of `accounts`, for another context's transaction.
pub async fn names(tx: &ReadTx, accounts: Vec<AccountId>) -> Result<Names> {
    repo::names(tx, accounts).await
}

/// Every department by id, also those that are offered no more, for another context's transaction.
pub async fn all_departments(tx: &ReadTx) -> Result<HashMap<DepartmentId, department::Model>> {
    Ok(repo::all_departments(tx).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// A department, for another context's transaction.
pub async fn department(tx: &ReadTx, id: DepartmentId) -> Result<department::Model> {
    repo::department(tx, id).await
}
