//! The roster of representatives.

use chrono::NaiveDate;
use cynic::QueryBuilder;
use domain::{PostId, RepresentativeConflictId, RepresentativeId, StaffId, permission::Role};

use super::{ApiError, account::questions, run, schema};

/// Somebody whom rounds are drawn from.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct Representative {
    pub id: RepresentativeId,
    pub version: i32,
    pub group: Role,
    pub name: String,
    pub unit: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub staff: Option<StaffId>,
}

/// An interest of theirs.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "RepresentativeConflict")]
pub struct Conflict {
    pub id: RepresentativeConflictId,
    pub about: String,
    pub reason: String,
}

/// Somebody of the roster with their interests.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "RepresentativeEntry")]
pub struct RosterRow {
    pub representative: Representative,
    pub drawn: i32,
    pub conflicts: Vec<Conflict>,
}

/// A change after which the page asks again.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Representative")]
pub struct DoneRepresentative {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: RepresentativeId,
}

#[derive(cynic::InputObject)]
pub struct RepresentativeInput {
    pub group: Role,
    pub name: String,
    pub unit: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub staff: Option<StaffId>,
}

#[derive(cynic::InputObject)]
pub struct EditRepresentativeInput {
    pub id: RepresentativeId,
    pub version: i32,
    pub group: Role,
    pub name: String,
    pub unit: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub staff: Option<StaffId>,
}

#[derive(cynic::InputObject)]
pub struct RepresentativeConflictInput {
    pub representative: RepresentativeId,
    pub post: Option<PostId>,
    pub staff: Option<StaffId>,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct LiftConflictInput {
    pub id: RepresentativeConflictId,
}

type Added = RepresentativeConflictId;
type Yes = bool;

questions! {
    add_representative = "addRepresentative" (RepresentativeInput) -> DoneRepresentative;
    edit_representative = "editRepresentative" (EditRepresentativeInput) -> DoneRepresentative;
    add_representative_conflict = "addRepresentativeConflict" (RepresentativeConflictInput) -> Added;
    lift_representative_conflict = "liftRepresentativeConflict" (LiftConflictInput) -> Yes;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct RepresentativesQuery {
    representatives: Vec<RosterRow>,
}

/// The roster, by group and name.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn representatives() -> Result<Vec<RosterRow>, ApiError> {
    Ok(run(RepresentativesQuery::build(())).await?.representatives)
}
