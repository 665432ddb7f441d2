//! What a city office administers: its centers and its policy values.

use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use domain::{
    CenterId,
    center::{CenterAction, CenterKind, CenterStatus},
    policy::PolicyKey,
};

use super::{ApiError, account::questions, run, schema};

/// A center's name, as its city reads it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "Place")]
pub struct Named {
    pub center_id: Option<CenterId>,
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
}

/// A center as its city sees it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct CityCenter {
    pub center: Named,
    pub kind: Option<CenterKind>,
    pub status: CenterStatus,
    pub changes: Vec<CenterChange>,
    pub exported: Option<CenterExport>,
}

/// Something that the city office did with a center.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct CenterChange {
    pub action: CenterAction,
    pub reason: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// That a center took its data along.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct CenterExport {
    pub at: DateTime<Utc>,
}

#[derive(cynic::InputObject)]
pub struct CreateCenterInput {
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub kind: CenterKind,
}

#[derive(cynic::InputObject)]
pub struct ChangeCenterInput {
    pub center_id: CenterId,
    pub action: CenterAction,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct AllowExportInput {
    pub current: String,
}

#[derive(cynic::InputObject)]
pub struct SetPolicyValueInput {
    pub key: PolicyKey,
    pub seen: i32,
    pub value: i32,
    pub reason: String,
}

type Done = bool;

questions! {
    create_center = "createCenter" (CreateCenterInput) -> CenterId;
    change_center = "changeCenter" (ChangeCenterInput) -> CenterStatus;
    allow_export = "allowExport" (AllowExportInput) -> Done;
    set_policy_value = "setPolicyValue" (SetPolicyValueInput) -> Done;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct CentersQuery {
    city_centers: Vec<CityCenter>,
}

/// Every center of the viewer's city.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn centers() -> Result<Vec<CityCenter>, ApiError> {
    Ok(run(CentersQuery::build(())).await?.city_centers)
}

/// A value that the rules read.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct PolicyValue {
    pub key: PolicyKey,
    pub value: i32,
    pub default_value: i32,
}

/// A value that was set.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct PolicyChange {
    pub key: PolicyKey,
    pub previous: i32,
    pub value: i32,
    pub reason: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// All values, and what was changed.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "Query")]
pub struct PolicyQuery {
    pub policy_values: Vec<PolicyValue>,
    pub policy_changes: Vec<PolicyChange>,
}

/// All values, and what was changed.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn policy() -> Result<PolicyQuery, ApiError> {
    run(PolicyQuery::build(())).await
}

#[derive(cynic::QueryVariables)]
struct EffectVariables {
    key: PolicyKey,
    value: i32,
}

/// What a value would mean for the open cases of all centers.
#[derive(cynic::QueryFragment, Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyEffect {
    pub open: i32,
    pub kept: i32,
    pub earlier: i32,
    pub later: i32,
    pub late: i32,
    pub warned: i32,
    pub raised: i32,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "EffectVariables")]
struct EffectQuery {
    #[arguments(key: $key, value: $value)]
    policy_effect: PolicyEffect,
}

/// What `value` would mean.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn effect(key: PolicyKey, value: i32) -> Result<PolicyEffect, ApiError> {
    Ok(run(EffectQuery::build(EffectVariables { key, value })).await?.policy_effect)
}
