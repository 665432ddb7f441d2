//! Sign-in, one's own account and the people of a place over GraphQL.

mod inputs;
mod types;

use async_graphql::{Context, Object};
use domain::identity::MemberAction;

pub use self::types::{DepartmentNode, MemberNode, PlaceKind, PlaceNode, ViewerNode};
use self::{
    inputs::{
        AcceptInvitationInput, AppointCenterAdminInput, BeginSecondFactorInput, ChangePasswordInput, ChooseScopeInput,
        CodeInput, InvitationInput, InviteMemberInput, MemberInput, MemberReasonInput, MembershipInput,
        OwnSessionInput, ReauthenticateInput, SignInInput,
    },
    types::{
        InvitationLink, InvitedMember, MembershipNode, NewSecondFactorNode, OpenedInvitation, ProfileNode,
        SecondFactorSet,
    },
};
use super::service::{
    self, invitations, people, profile,
    sign_in::{self, SignIn},
};
use crate::{error::Result, graphql::context::ContextExt};

/// Queries about the viewer and their colleagues.
#[derive(Default)]
pub struct TenancyQuery;

#[Object]
impl TenancyQuery {
    /// Who is signed in; null for a visitor.
    #[graphql(complexity = "10 + child_complexity")]
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<ViewerNode>> {
        Ok(sign_in::viewer(ctx.cx()?).await?.map(Into::into))
    }

    /// One's own account.
    #[graphql(complexity = "10 + child_complexity")]
    async fn profile(&self, ctx: &Context<'_>) -> Result<ProfileNode> {
        Ok(profile::profile(ctx.cx()?).await?.into())
    }

    /// The people of the center.
    #[graphql(complexity = "10 + child_complexity")]
    async fn members(&self, ctx: &Context<'_>) -> Result<Vec<MemberNode>> {
        Ok(service::members(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// Every role that somebody holds, held or was offered at the viewer's place.
    #[graphql(complexity = "10 + child_complexity")]
    async fn memberships(&self, ctx: &Context<'_>) -> Result<Vec<MembershipNode>> {
        Ok(people::list(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// The departments of the center that may be chosen.
    #[graphql(complexity = "10 + child_complexity")]
    async fn departments(&self, ctx: &Context<'_>) -> Result<Vec<DepartmentNode>> {
        Ok(service::departments(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }
}

/// Signing in and out, one's own account, and the people of a place.
#[derive(Default)]
pub struct TenancyMutation;

#[Object]
impl TenancyMutation {
    /// Sign in. Every failure has one answer: `login.wrong`. `asked` says what comes next.
    async fn sign_in(&self, ctx: &Context<'_>, input: SignInInput) -> Result<ViewerNode> {
        let cmd = SignIn { login: input.login, password: input.password };
        Ok(sign_in::sign_in(ctx.cx()?, cmd).await?.into())
    }

    /// Show a code of the authenticator, or a recovery code, after the password.
    async fn confirm_second_factor(&self, ctx: &Context<'_>, input: CodeInput) -> Result<ViewerNode> {
        Ok(sign_in::confirm_second_factor(ctx.cx()?, &input.code).await?.into())
    }

    /// Sign out.
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<bool> {
        sign_in::sign_out(ctx.cx()?).await?;
        Ok(true)
    }

    /// Choose where to work; the session gets a new id.
    async fn choose_scope(&self, ctx: &Context<'_>, input: ChooseScopeInput) -> Result<ViewerNode> {
        let ChooseScopeInput { center_id, city_id, campaign_id } = input;
        Ok(sign_in::choose_scope(ctx.cx()?, center_id, city_id, campaign_id).await?.into())
    }

    /// Change one's password; every other session ends.
    async fn change_password(&self, ctx: &Context<'_>, input: ChangePasswordInput) -> Result<ViewerNode> {
        Ok(profile::change_password(ctx.cx()?, input.current, input.password).await?.into())
    }

    /// Begin to set up an authenticator.
    async fn begin_second_factor(
        &self,
        ctx: &Context<'_>,
        input: BeginSecondFactorInput,
    ) -> Result<NewSecondFactorNode> {
        Ok(profile::begin_second_factor(ctx.cx()?, input.password).await?.into())
    }

    /// Take the authenticator into use that shows this code.
    async fn finish_second_factor(&self, ctx: &Context<'_>, input: CodeInput) -> Result<SecondFactorSet> {
        let (viewer, recovery_codes) = profile::finish_second_factor(ctx.cx()?, &input.code).await?;
        Ok(SecondFactorSet { recovery_codes, viewer: viewer.into() })
    }

    /// End one of one's own sessions.
    async fn end_session(&self, ctx: &Context<'_>, input: OwnSessionInput) -> Result<ProfileNode> {
        Ok(profile::end_session(ctx.cx()?, &input.id).await?.into())
    }

    /// Show once more who one is, before something weighty: within five minutes it is not asked again.
    async fn reauthenticate(&self, ctx: &Context<'_>, input: ReauthenticateInput) -> Result<bool> {
        profile::reauthenticate(ctx.cx()?, input.password, input.code.as_deref().unwrap_or_default()).await?;
        Ok(true)
    }

    /// Look at a one-time link. Every link that does not work has one answer: `invitation.invalid`.
    async fn open_invitation(&self, ctx: &Context<'_>, input: InvitationInput) -> Result<OpenedInvitation> {
        Ok(invitations::open(ctx.cx()?, &input.token).await?.into())
    }

    /// Take up a one-time link, and go on as after a password.
    async fn accept_invitation(&self, ctx: &Context<'_>, input: AcceptInvitationInput) -> Result<ViewerNode> {
        Ok(invitations::accept(ctx.cx()?, &input.token, input.password).await?.into())
    }

    /// Invite somebody to the viewer's place.
    async fn invite_member(&self, ctx: &Context<'_>, input: InviteMemberInput) -> Result<InvitedMember> {
        let (account_id, link) = people::invite(ctx.cx()?, input.into()).await?;
        Ok(InvitedMember { account_id, link: link.into() })
    }

    /// Invite an administrator to a center of the city.
    async fn appoint_center_admin(&self, ctx: &Context<'_>, input: AppointCenterAdminInput) -> Result<InvitedMember> {
        let center = input.center_id;
        let (account_id, link) = people::appoint(ctx.cx()?, center, input.into()).await?;
        Ok(InvitedMember { account_id, link: link.into() })
    }

    /// Make a new link for somebody who has not taken up the first one.
    async fn renew_invitation(&self, ctx: &Context<'_>, input: MemberInput) -> Result<InvitationLink> {
        Ok(people::renew(ctx.cx()?, input.account_id).await?.into())
    }

    /// Stop a role for a while.
    async fn suspend_member(&self, ctx: &Context<'_>, input: MembershipInput) -> Result<MembershipNode> {
        Ok(people::act(ctx.cx()?, input.id, MemberAction::Suspend).await?.into())
    }

    /// Let a suspended role go on.
    async fn reinstate_member(&self, ctx: &Context<'_>, input: MembershipInput) -> Result<MembershipNode> {
        Ok(people::act(ctx.cx()?, input.id, MemberAction::Reinstate).await?.into())
    }

    /// End a role.
    async fn end_member(&self, ctx: &Context<'_>, input: MembershipInput) -> Result<MembershipNode> {
        Ok(people::act(ctx.cx()?, input.id, MemberAction::End).await?.into())
    }

    /// Make a link by which somebody chooses a new password.
    async fn reset_member_password(&self, ctx: &Context<'_>, input: MemberInput) -> Result<InvitationLink> {
        Ok(people::reset_password(ctx.cx()?, input.account_id).await?.into())
    }

    /// Take a lost authenticator off an account.
    async fn reset_member_second_factor(&self, ctx: &Context<'_>, input: MemberReasonInput) -> Result<bool> {
        people::reset_second_factor(ctx.cx()?, input.account_id, &input.reason).await?;
        Ok(true)
    }

    /// End the sessions of somebody who works here.
    async fn end_member_sessions(&self, ctx: &Context<'_>, input: MemberInput) -> Result<bool> {
        people::end_sessions(ctx.cx()?, input.account_id).await?;
        Ok(true)
    }
}
