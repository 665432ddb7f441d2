//! Who is signed in, and where.

use chrono::NaiveDate;
use domain::{
    AccountId, CampaignId, CenterId, CityId,
    permission::{Permission, Role},
};

use super::schema;

/// The person signed in.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    pub account_id: AccountId,
    pub display_name: String,
    /// What is still asked of them; until then they are nobody.
    pub asked: Option<SignInStep>,
    /// None: signed in, no place chosen yet.
    pub scope: Option<ActiveScope>,
    pub places: Vec<Place>,
}

/// The place the person works in now, and what they may do there.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct ActiveScope {
    pub place: Place,
    pub roles: Vec<Role>,
    pub permissions: Vec<Permission>,
}

/// A center or a city office.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub kind: PlaceKind,
    pub center_id: Option<CenterId>,
    pub city_id: CityId,
    /// The campaign that an evaluator rates in.
    pub campaign_id: Option<CampaignId>,
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub roles: Vec<Role>,
    pub valid_from: Option<NaiveDate>,
    pub valid_until: Option<NaiveDate>,
}

impl Viewer {
    /// Whether all that they can do is to evaluate: then the desk has nothing for them.
    pub fn is_evaluator(&self) -> bool {
        let here = self.scope.as_ref().map(|scope| &scope.place);
        let evaluates = |place: &Place| place.campaign_id.is_some();
        here.map_or_else(|| !self.places.is_empty() && self.places.iter().all(evaluates), evaluates)
    }
}

/// What sort of place.
#[derive(serde::Serialize, serde::Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PlaceKind {
    /// A center.
    Center,
    /// The city office.
    City,
}

cynic::impl_scalar!(PlaceKind, schema::PlaceKind);

/// What is still asked of somebody whose password was right.
#[derive(serde::Serialize, serde::Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SignInStep {
    /// A code of their authenticator, or a recovery code.
    SecondFactor,
    /// To set up an authenticator.
    Enrolment,
    /// A new password.
    NewPassword,
}

cynic::impl_scalar!(SignInStep, schema::SignInStep);

/// `viewer`: none when nobody is signed in.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
pub struct ViewerQuery {
    pub viewer: Option<Viewer>,
}
