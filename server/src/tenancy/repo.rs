//! Members and departments of the center in scope.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{
    AccountId, CampaignId, DepartmentId, MembershipId, Violation, calendar::local_date, identity::MemberStatus,
    permission::Role, settings::EntryStatus,
};
use entity::{city_member, department, membership};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, Condition, Order,
};

use crate::{
    db::{ReadTx, WriteTx},
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
pub type Names = BTreeMap<AccountId, Member>;

/// Active members, by name.
pub async fn members(tx: &ReadTx) -> Result<Vec<Member>> {
    let active = Condition::all().add(membership::Column::Status.eq(MemberStatus::Active));
    let mut members: Vec<_> = gather(tx, active).await?.into_values().collect();
    members.sort_by(|a, b| a.display_name.cmp(&b.display_name));
    Ok(members)
}

/// The names of `accounts`, former members included: their entries stay theirs.
pub async fn names(tx: &ReadTx, accounts: Vec<AccountId>) -> Result<Names> {
    if accounts.is_empty() {
        return Ok(Names::new());
    }
    let mut names =
        gather(tx, Condition::all().add(membership::Column::AccountId.is_in(accounts.iter().copied()))).await?;
    let strangers: Vec<_> = accounts.into_iter().filter(|account| !names.contains_key(account)).collect();
    if !strangers.is_empty() {
        // Clerks of the city, inside a case that was put before it.
        let clerks = tx.city::<city_member::Entity>().filter(city_member::Column::AccountId.is_in(strangers));
        names.extend(clerks.all().await?.into_iter().map(|row| {
            let city_member::Model { account_id, display_name, title, .. } = row;
            (account_id, Member { account_id, display_name, title, roles: Vec::new() })
        }));
    }
    Ok(names)
}

/// An active member.
pub async fn member(tx: &ReadTx, account: AccountId) -> Result<Member> {
    let active = Condition::all()
        .add(membership::Column::AccountId.eq(account))
        .add(membership::Column::Status.eq(MemberStatus::Active));
    gather(tx, active).await?.remove(&account).ok_or(Error::NotFound(Kind::Member))
}

/// Active members holding `role`.
pub async fn holders(tx: &ReadTx, role: Role) -> Result<Vec<AccountId>> {
    let rows = tx
        .select::<membership::Entity>()?
        .filter(membership::Column::Role.eq(role))
        .filter(membership::Column::Status.eq(MemberStatus::Active))
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| row.account_id).collect())
}

/// The departments that may be chosen, by code.
pub async fn departments(tx: &ReadTx) -> Result<Vec<department::Model>> {
    use department::Column as C;
    let offered = tx.select::<department::Entity>()?.filter(C::Status.eq(EntryStatus::Active));
    offered.order_by(C::Code, Order::Asc).all().await
}

/// All of them, also those that are offered no more.
pub async fn all_departments(tx: &ReadTx) -> Result<Vec<department::Model>> {
    tx.select::<department::Entity>()?.all().await
}

/// One department, also one that is offered no more: its cases still show it.
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

/// A role that somebody holds, held or was offered.
#[derive(Clone, Debug)]
pub struct Membership {
    /// Its id.
    pub id: MembershipId,
    /// The person.
    pub account_id: AccountId,
    /// Their login.
    pub login: String,
    /// Their name here.
    pub display_name: String,
    /// Their job title.
    pub title: Option<String>,
    /// The role.
    pub role: Role,
    /// Whether it may be used.
    pub status: MemberStatus,
    /// From which day on.
    pub valid_from: Option<NaiveDate>,
    /// Up to which day.
    pub valid_until: Option<NaiveDate>,
    /// The campaign of an evaluator.
    pub campaign_id: Option<CampaignId>,
    /// Whether their account has a second factor.
    pub second_factor: bool,
}

/// A role to be offered.
pub struct NewMembership {
    /// Its id, if it is the first of its kind.
    pub id: MembershipId,
    /// The person.
    pub account: AccountId,
    /// The role.
    pub role: Role,
    /// Their name here.
    pub display_name: String,
    /// Their job title.
    pub title: Option<String>,
    /// From which day on.
    pub valid_from: Option<NaiveDate>,
    /// Up to which day.
    pub valid_until: Option<NaiveDate>,
    /// The campaign of an evaluator.
    pub campaign: Option<CampaignId>,
}

/// All memberships of the place in scope, by name and role.
pub async fn memberships(tx: &ReadTx) -> Result<Vec<Membership>> {
    let mut rows: Vec<Membership> = if tx.scope().center().is_ok() {
        tx.select::<membership::Entity>()?.all().await?.into_iter().map(Into::into).collect()
    } else {
        tx.city::<city_member::Entity>().all().await?.into_iter().map(Into::into).collect()
    };
    let known = tx.logins(rows.iter().map(|row| row.account_id).collect()).await?;
    for row in &mut rows {
        if let Some((login, second_factor)) = known.get(&row.account_id) {
            row.login.clone_from(login);
            row.second_factor = *second_factor && row.status.was_taken_up();
        }
    }
    rows.sort_by(|a, b| (&a.display_name, &a.login, a.role).cmp(&(&b.display_name, &b.login, b.role)));
    Ok(rows)
}

/// One membership of the place in scope.
pub async fn membership(tx: &ReadTx, id: MembershipId) -> Result<Membership> {
    let found = memberships(tx).await?.into_iter().find(|row| row.id == id);
    found.ok_or(Error::NotFound(Kind::Member))
}

/// Offers a role: as a new row, or in place of one that has ended or run out.
///
/// # Errors
/// `member.exists` when the person has it, or was offered it, already; `member.administrators_apart` when they
/// administer something else here (Z-6).
pub async fn offer(tx: &mut WriteTx, new: NewMembership) -> Result<()> {
    let NewMembership { id, account, role, display_name, title, valid_from, valid_until, campaign } = new;
    let theirs: Vec<_> = memberships(tx).await?.into_iter().filter(|row| row.account_id == account).collect();
    let administers = |row: &Membership| row.role.is_administration() && row.status != MemberStatus::Ended;
    if role.is_administration() && theirs.iter().any(|row| row.role != role && administers(row)) {
        return Err(Violation::new("roles", "member.administrators_apart").into());
    }
    let known = theirs.into_iter().find(|row| row.role == role);
    let today = local_date(tx.now());
    let over = |row: &Membership| row.status == MemberStatus::Ended || row.valid_until.is_some_and(|day| day < today);
    if known.as_ref().is_some_and(|row| !over(row)) {
        return Err(Violation::new("roles", "member.exists").into());
    }
    if tx.scope().center().is_err() {
        let row = city_member::ActiveModel {
            id: Set(known.map_or(id, |row| row.id)),
            account_id: Set(account),
            role: Set(role),
            display_name: Set(display_name),
            title: Set(title),
            status: Set(MemberStatus::Invited),
            ..Default::default()
        };
        return tx.city_upsert(vec![row]).await;
    }
    let row = membership::ActiveModel {
        id: Set(known.as_ref().map_or(id, |row| row.id)),
        account_id: Set(account),
        role: Set(role),
        display_name: Set(display_name),
        title: Set(title),
        status: Set(MemberStatus::Invited),
        valid_from: Set(valid_from),
        valid_until: Set(valid_until),
        campaign_id: Set(campaign),
        ..Default::default()
    };
    match known {
        Some(_) => tx.update_plain(row).await.map(|_| ()),
        None => tx.insert(row).await.map(|_| ()),
    }
}

/// Changes the status of a membership.
pub async fn set_status(tx: &mut WriteTx, row: &Membership, status: MemberStatus) -> Result<()> {
    if tx.scope().center().is_ok() {
        let change = membership::ActiveModel { id: Unchanged(row.id), status: Set(status), ..Default::default() };
        return tx.update_plain(change).await.map(|_| ());
    }
    let whole = city_member::ActiveModel {
        id: Set(row.id),
        account_id: Set(row.account_id),
        role: Set(row.role),
        display_name: Set(row.display_name.clone()),
        title: Set(row.title.clone()),
        status: Set(status),
        ..Default::default()
    };
    tx.city_upsert(vec![whole]).await
}

/// Takes up every role that `account` was offered at the place in scope.
pub async fn take_up(tx: &mut WriteTx, account: AccountId) -> Result<()> {
    let offered = memberships(tx).await?.into_iter();
    for row in offered.filter(|row| row.account_id == account && row.status == MemberStatus::Invited) {
        set_status(tx, &row, MemberStatus::Active).await?;
    }
    Ok(())
}

impl From<membership::Model> for Membership {
    fn from(row: membership::Model) -> Self {
        Self {
            id: row.id,
            account_id: row.account_id,
            login: String::new(),
            display_name: row.display_name,
            title: row.title,
            role: row.role,
            status: row.status,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            campaign_id: row.campaign_id,
            second_factor: false,
        }
    }
}

impl From<city_member::Model> for Membership {
    fn from(row: city_member::Model) -> Self {
        Self {
            id: row.id,
            account_id: row.account_id,
            login: String::new(),
            display_name: row.display_name,
            title: row.title,
            role: row.role,
            status: row.status,
            valid_from: None,
            valid_until: None,
            campaign_id: None,
            second_factor: false,
        }
    }
}
