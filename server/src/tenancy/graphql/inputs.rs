//! What mutations about people and accounts take.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{AccountId, CampaignId, CenterId, CityId, MembershipId, permission::Role};

use crate::tenancy::service::people::Invite;

/// Login name and password.
#[derive(InputObject)]
pub struct SignInInput {
    /// Login name.
    pub login: String,
    /// Password.
    #[graphql(secret)]
    pub password: String,
}

/// One place, by exactly one of its ids.
#[derive(InputObject)]
pub struct ChooseScopeInput {
    /// A center.
    pub center_id: Option<CenterId>,
    /// A city office.
    pub city_id: Option<CityId>,
    /// With a center: the campaign to evaluate in.
    pub campaign_id: Option<CampaignId>,
}

/// A code.
#[derive(InputObject)]
pub struct CodeInput {
    /// Six digits of the authenticator; where a second factor is shown, also a recovery code.
    #[graphql(secret)]
    pub code: String,
}

/// The password once more, before something that opens the account is changed.
#[derive(InputObject)]
pub struct BeginSecondFactorInput {
    /// The password; not asked for while signing in.
    #[graphql(secret)]
    pub password: Option<String>,
}

/// The password once more, and a code where there is a second factor.
#[derive(InputObject)]
pub struct ReauthenticateInput {
    /// The password.
    #[graphql(secret)]
    pub password: String,
    /// Six digits of the authenticator, or a recovery code.
    #[graphql(secret)]
    pub code: Option<String>,
}

/// A new password.
#[derive(InputObject)]
pub struct ChangePasswordInput {
    /// The present one.
    #[graphql(secret)]
    pub current: String,
    /// The new one.
    #[graphql(secret)]
    pub password: String,
}

/// One of one's own sessions.
#[derive(InputObject)]
pub struct OwnSessionInput {
    /// Its id in the list.
    pub id: String,
}

/// A one-time link.
#[derive(InputObject)]
pub struct InvitationInput {
    /// The token of its address.
    #[graphql(secret)]
    pub token: String,
}

/// A one-time link and a password.
#[derive(InputObject)]
pub struct AcceptInvitationInput {
    /// The token of its address.
    #[graphql(secret)]
    pub token: String,
    /// A new password, or the one that the person has already.
    #[graphql(secret)]
    pub password: String,
}

/// Somebody to be invited.
#[derive(InputObject)]
pub struct InviteMemberInput {
    /// Their login: 3 to 64 letters, digits, dots, dashes. Somebody who has one keeps it.
    login: String,
    /// Their name at this place.
    display_name: String,
    /// Their job title.
    title: Option<String>,
    /// The roles they get.
    roles: Vec<Role>,
    /// From which day on; at once without one.
    valid_from: Option<NaiveDate>,
    /// Up to which day.
    valid_until: Option<NaiveDate>,
    /// The round that an evaluator takes part in, one that somebody here was invited to; a new one where none is named.
    campaign_id: Option<CampaignId>,
}

/// Somebody to be made administrator of a center.
#[derive(InputObject)]
pub struct AppointCenterAdminInput {
    /// The center.
    pub center_id: CenterId,
    /// Their login.
    login: String,
    /// Their name there.
    display_name: String,
    /// Their job title.
    title: Option<String>,
}

/// Somebody of the viewer's place.
#[derive(InputObject)]
pub struct MemberInput {
    /// The person.
    pub account_id: AccountId,
}

/// Somebody of the viewer's place, and why.
#[derive(InputObject)]
pub struct MemberReasonInput {
    /// The person.
    pub account_id: AccountId,
    /// Why; kept in the audit.
    pub reason: String,
}

/// A role of somebody at the viewer's place.
#[derive(InputObject)]
pub struct MembershipInput {
    /// Its id.
    pub id: MembershipId,
}

impl From<InviteMemberInput> for Invite {
    fn from(input: InviteMemberInput) -> Self {
        Self {
            login: input.login,
            display_name: input.display_name,
            title: input.title,
            roles: input.roles,
            valid_from: input.valid_from,
            valid_until: input.valid_until,
            campaign: input.campaign_id,
        }
    }
}

impl From<AppointCenterAdminInput> for Invite {
    fn from(input: AppointCenterAdminInput) -> Self {
        Self {
            login: input.login,
            display_name: input.display_name,
            title: input.title,
            roles: vec![Role::CenterAdmin],
            valid_from: None,
            valid_until: None,
            campaign: None,
        }
    }
}
