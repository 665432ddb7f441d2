//! Rounds that the city organises in several centers.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    CenterId, CityRoundId, FormVersionId,
    campaigns::{
        CampaignKind, CampaignStatus,
        city::{CityRoundAction, CityRoundStatus},
    },
    evaluation::forms::FormKind,
};

use super::{ApiError, account::questions, run, schema};

/// A round.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CityRound")]
pub struct Round {
    pub id: CityRoundId,
    pub version: i32,
    pub kind: CampaignKind,
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub replies_until: NaiveDate,
    pub least: i32,
    pub briefing: String,
    pub status: CityRoundStatus,
}

/// The same with each center's part in it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CityRoundPage")]
pub struct Page {
    pub round: Round,
    pub form_number: i32,
    pub parts: Vec<Part>,
    pub actions: Vec<CityRoundAction>,
}

/// A center's part.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CityRoundPart")]
pub struct Part {
    pub center: Center,
    pub status: Option<CampaignStatus>,
    pub problem: Option<String>,
    pub named: i32,
    pub accepted: i32,
    pub handed_in: i32,
    pub open_remarks: i32,
    pub mean: Option<i32>,
    pub forms: Option<i32>,
    pub told_at: Option<DateTime<Utc>>,
}

/// A center of the city.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CityRoundCenter")]
pub struct Center {
    pub id: CenterId,
    pub name_zh: String,
    pub name_en: String,
}

/// A form that a round may use.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CityRoundForm")]
pub struct FormChoice {
    pub id: FormVersionId,
    pub kind: FormKind,
    pub number: i32,
    pub valid_from: Option<NaiveDate>,
}

/// What a round is put together from.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "CityRoundChoices")]
pub struct Choices {
    pub centers: Vec<Center>,
    pub forms: Vec<FormChoice>,
}

#[derive(cynic::InputObject)]
pub struct PlanCityRoundInput {
    pub kind: CampaignKind,
    pub centers: Vec<CenterId>,
    pub form: FormVersionId,
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub replies_until: Option<NaiveDate>,
    pub least: Option<i32>,
    pub briefing: String,
}

#[derive(cynic::InputObject)]
pub struct SeenCityRoundInput {
    pub id: CityRoundId,
    pub version: i32,
}

questions! {
    plan_city_round = "planCityRound" (PlanCityRoundInput) -> Page;
    open_city_round = "openCityRound" (SeenCityRoundInput) -> Page;
    close_city_round = "closeCityRound" (SeenCityRoundInput) -> Page;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct RoundsQuery {
    city_rounds: Vec<Round>,
}

/// The city's rounds, the newest first.
///
/// # Errors
/// Whatever the server or the network says; so below.
pub async fn rounds() -> Result<Vec<Round>, ApiError> {
    Ok(run(RoundsQuery::build(())).await?.city_rounds)
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct ChoicesQuery {
    city_round_choices: Choices,
}

/// What a round is put together from.
pub async fn choices() -> Result<Choices, ApiError> {
    Ok(run(ChoicesQuery::build(())).await?.city_round_choices)
}

#[derive(cynic::QueryVariables)]
struct Of {
    id: CityRoundId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Of")]
struct PageQuery {
    #[arguments(id: $id)]
    city_round: Page,
}

/// One of them.
pub async fn round(id: CityRoundId) -> Result<Page, ApiError> {
    Ok(run(PageQuery::build(Of { id })).await?.city_round)
}
