//! The people of a place, for its administrator.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    AccountId, CampaignId, CenterId, MembershipId,
    identity::{InvitationKind, MemberStatus},
    permission::Role,
};

use super::{ApiError, account::questions, run, schema};

/// A role that somebody holds, held or was offered here.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub id: MembershipId,
    pub account_id: AccountId,
    pub login: String,
    pub display_name: String,
    pub title: Option<String>,
    pub role: Role,
    pub status: MemberStatus,
    pub valid_from: Option<NaiveDate>,
    pub valid_until: Option<NaiveDate>,
    pub campaign_id: Option<CampaignId>,
    pub second_factor: bool,
}

/// A one-time link.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct InvitationLink {
    pub kind: InvitationKind,
    pub token: String,
    pub expires_at: DateTime<Utc>,
}

/// Somebody invited.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct InvitedMember {
    pub link: InvitationLink,
}

/// A role that changed; the page then asks for all of them.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Membership")]
pub struct Changed {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: MembershipId,
}

#[derive(cynic::InputObject)]
pub struct InviteMemberInput {
    pub login: String,
    pub display_name: String,
    pub title: Option<String>,
    pub roles: Vec<Role>,
    pub valid_from: Option<NaiveDate>,
    pub valid_until: Option<NaiveDate>,
    /// The round of an evaluator; a new one without.
    pub campaign_id: Option<CampaignId>,
}

#[derive(cynic::InputObject)]
pub struct AppointCenterAdminInput {
    pub center_id: CenterId,
    pub login: String,
    pub display_name: String,
    pub title: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct MemberInput {
    pub account_id: AccountId,
}

#[derive(cynic::InputObject)]
pub struct MemberReasonInput {
    pub account_id: AccountId,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct MembershipInput {
    pub id: MembershipId,
}

type Done = bool;

questions! {
    invite_member = "inviteMember" (InviteMemberInput) -> InvitedMember;
    appoint_center_admin = "appointCenterAdmin" (AppointCenterAdminInput) -> InvitedMember;
    renew_invitation = "renewInvitation" (MemberInput) -> InvitationLink;
    reset_member_password = "resetMemberPassword" (MemberInput) -> InvitationLink;
    reset_member_second_factor = "resetMemberSecondFactor" (MemberReasonInput) -> Done;
    end_member_sessions = "endMemberSessions" (MemberInput) -> Done;
    suspend_member = "suspendMember" (MembershipInput) -> Changed;
    reinstate_member = "reinstateMember" (MembershipInput) -> Changed;
    end_member = "endMember" (MembershipInput) -> Changed;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct MembershipsQuery {
    memberships: Vec<Membership>,
}

/// Every role at the viewer's place.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn memberships() -> Result<Vec<Membership>, ApiError> {
    Ok(run(MembershipsQuery::build(())).await?.memberships)
}
