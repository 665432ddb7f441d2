//! Policy values over GraphQL.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::{
    complaints::effect::Effect,
    policy::{Policy, PolicyKey},
};

use super::service::{self, Change};
use crate::{error::Result, graphql::context::ContextExt};

/// A value that the rules read: working days, or a count.
#[derive(SimpleObject)]
struct PolicyValue {
    /// Of what.
    key: PolicyKey,
    /// In force.
    value: u32,
    /// Where the city sets none.
    default_value: u32,
    /// The smallest that may be set.
    min: u32,
    /// The largest.
    max: u32,
}

/// A value that was set.
#[derive(SimpleObject)]
struct PolicyChange {
    /// Of what.
    key: PolicyKey,
    /// What it was.
    previous: i32,
    /// What it became.
    value: i32,
    /// Why.
    reason: String,
    /// By whom.
    by: String,
    /// When.
    at: DateTime<Utc>,
}

/// What a value would mean for the city's open cases, in numbers of cases.
#[derive(SimpleObject)]
struct PolicyEffect {
    /// Open, with a date.
    open: u32,
    /// On the clock that would get other days: they keep the date that was told.
    kept: u32,
    /// Of those: with the new days they would be due earlier.
    earlier: u32,
    /// Of those: later.
    later: u32,
    /// Of those: they would be late at this moment.
    late: u32,
    /// Warned about at the next look.
    warned: u32,
    /// Gone up further at the next look.
    raised: u32,
}

/// A value to be set.
#[derive(InputObject)]
struct SetPolicyValueInput {
    /// Of what.
    key: PolicyKey,
    /// The value that the viewer saw.
    seen: u32,
    /// The new one.
    value: u32,
    /// Why.
    reason: String,
}

/// Queries about policy values.
#[derive(Default)]
pub struct PolicyQuery;

#[Object]
impl PolicyQuery {
    /// Every value that the rules read.
    #[graphql(complexity = "10 + child_complexity")]
    async fn policy_values(&self, ctx: &Context<'_>) -> Result<Vec<PolicyValue>> {
        let policy = service::values(ctx.cx()?).await?;
        Ok(PolicyKey::ALL.iter().map(|key| PolicyValue::of(*key, &policy)).collect())
    }

    /// What was changed, newest first, at most 200.
    #[graphql(complexity = "10 + child_complexity")]
    async fn policy_changes(&self, ctx: &Context<'_>) -> Result<Vec<PolicyChange>> {
        Ok(service::changes(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// What a value would mean for the open cases of all centers.
    #[graphql(complexity = "60 + child_complexity")]
    async fn policy_effect(&self, ctx: &Context<'_>, key: PolicyKey, value: u32) -> Result<PolicyEffect> {
        Ok(service::effect(ctx.cx()?, key, value).await?.into())
    }
}

/// Setting policy values.
#[derive(Default)]
pub struct PolicyMutation;

#[Object]
impl PolicyMutation {
    /// Set a value for steps that begin from now on.
    async fn set_policy_value(&self, ctx: &Context<'_>, input: SetPolicyValueInput) -> Result<bool> {
        let SetPolicyValueInput { key, seen, value, reason } = input;
        service::set(ctx.cx()?, key, seen, value, &reason).await?;
        Ok(true)
    }
}

impl PolicyValue {
    fn of(key: PolicyKey, policy: &Policy) -> Self {
        let (min, max) = key.range();
        Self { key, value: policy.get(key), default_value: key.default_value(), min, max }
    }
}

impl From<Change> for PolicyChange {
    fn from(change: Change) -> Self {
        let Change { key, previous, value, reason, by, at } = change;
        Self { key, previous, value, reason, by, at }
    }
}

impl From<Effect> for PolicyEffect {
    fn from(effect: Effect) -> Self {
        let Effect { open, kept, earlier, later, late, warned, raised } = effect;
        Self { open, kept, earlier, later, late, warned, raised }
    }
}
