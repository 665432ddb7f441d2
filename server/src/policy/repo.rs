//! Policy values of the city in scope.

use domain::{AccountId, policy::PolicyKey};
use entity::{city_member, policy_change, policy_value};
use sea_orm::{ActiveValue::Set, ColumnTrait, Order};
use uuid::Uuid;

use crate::{
    db::{ReadTx, WriteTx},
    error::Result,
};

/// Changes shown at most.
const SHOWN: u64 = 200;

/// The values that the city has set.
pub async fn values(tx: &ReadTx) -> Result<Vec<policy_value::Model>> {
    tx.city::<policy_value::Entity>().all().await
}

/// What was changed, newest first.
pub async fn changes(tx: &ReadTx) -> Result<Vec<policy_change::Model>> {
    tx.city::<policy_change::Entity>().order_by(policy_change::Column::Id, Order::Desc).limit(SHOWN).all().await
}

/// The names of `accounts` in the city office, former members included.
pub async fn names(tx: &ReadTx, accounts: Vec<AccountId>) -> Result<Vec<(AccountId, String)>> {
    let of = city_member::Column::AccountId.is_in(accounts);
    let rows = tx.city::<city_member::Entity>().filter(of).all().await?;
    Ok(rows.into_iter().map(|row| (row.account_id, row.display_name)).collect())
}

/// Sets a value, and writes down what it was.
pub async fn set(
    tx: &mut WriteTx,
    id: Uuid,
    by: AccountId,
    key: PolicyKey,
    (previous, value): (i32, i32),
    reason: &str,
) -> Result<()> {
    let row = policy_value::ActiveModel {
        key: Set(key.key().to_owned()),
        value: Set(value),
        updated_at: Set(tx.now()),
        ..Default::default()
    };
    tx.city_upsert(vec![row]).await?;
    let change = policy_change::ActiveModel {
        id: Set(id),
        key: Set(key.key().to_owned()),
        previous: Set(previous),
        value: Set(value),
        reason: Set(reason.to_owned()),
        account_id: Set(by),
        created_at: Set(tx.now()),
        ..Default::default()
    };
    tx.city_insert(change).await.map(|_| ())
}
