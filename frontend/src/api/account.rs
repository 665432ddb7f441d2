//! One's own account: the steps of signing in, links, password, second factor, sessions.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::{MutationBuilder, QueryBuilder};
use domain::{identity::InvitationKind, permission::Role};

use super::{
    ApiError, run, schema,
    tenancy::{Place, Viewer},
};
use crate::dom;

/// A question is a module with one function: `sign_in::ask(input)` sends it and returns the answer.
macro_rules! questions {
    ($($verb:ident = $field:literal ($kind:ident) -> $answer:ident;)+) => {$(
        pub mod $verb {
            use cynic::MutationBuilder;

            use super::schema;
            use crate::api::{ApiError, run};

            // Names of the macro's own: the derives do not find their way among tokens from two places.
            type Answer = super::$answer;
            type Input = super::$kind;

            #[derive(cynic::QueryVariables)]
            struct Variables {
                input: Input,
            }

            #[derive(cynic::QueryFragment)]
            #[cynic(graphql_type = "Mutation", variables = "Variables")]
            struct Question {
                #[arguments(input: $input)]
                #[cynic(rename = $field)]
                answer: Answer,
            }

            pub async fn ask(input: Input) -> Result<Answer, ApiError> {
                Ok(run(Question::build(Variables { input })).await?.answer)
            }
        }
    )+};
}

pub(super) use questions;

#[derive(cynic::InputObject)]
pub struct SignInInput {
    pub login: String,
    pub password: String,
}

#[derive(cynic::InputObject)]
pub struct CodeInput {
    pub code: String,
}

#[derive(cynic::InputObject)]
pub struct ChangePasswordInput {
    pub current: String,
    pub password: String,
}

#[derive(cynic::InputObject)]
pub struct BeginSecondFactorInput {
    pub password: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct ReauthenticateInput {
    pub password: String,
    pub code: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct OwnSessionInput {
    pub id: String,
}

#[derive(cynic::InputObject)]
pub struct InvitationInput {
    pub token: String,
}

#[derive(cynic::InputObject)]
pub struct AcceptInvitationInput {
    pub token: String,
    pub password: String,
}

/// An authenticator to be set up.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct NewSecondFactor {
    pub secret: String,
    pub uri: String,
    pub picture: Vec<String>,
}

/// An authenticator taken into use.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct SecondFactorSet {
    pub recovery_codes: Vec<String>,
    pub viewer: Viewer,
}

/// What a one-time link leads to.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct OpenedInvitation {
    pub kind: InvitationKind,
    pub login: String,
    pub display_name: String,
    pub place: Place,
    pub has_password: bool,
    pub shortest_password: i32,
    pub three_kinds: bool,
    pub offered: Vec<OfferedRole>,
}

/// A role offered by a one-time link.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct OfferedRole {
    pub role: Role,
    pub valid_from: Option<NaiveDate>,
    pub valid_until: Option<NaiveDate>,
}

/// One's own account.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub login: String,
    pub display_name: String,
    pub password_set_at: Option<DateTime<Utc>>,
    pub second_factor: bool,
    pub second_factor_required: bool,
    // The schema's number is a u64 to the server and an Int to us.
    pub recovery_codes_left: i32,
    pub sessions: Vec<OwnSession>,
}

/// One of one's own sessions.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
pub struct OwnSession {
    pub id: String,
    pub browser: Option<String>,
    pub since: DateTime<Utc>,
    pub used_at: DateTime<Utc>,
    pub current: bool,
}

type Done = bool;

questions! {
    sign_in = "signIn" (SignInInput) -> Viewer;
    confirm_second_factor = "confirmSecondFactor" (CodeInput) -> Viewer;
    change_password = "changePassword" (ChangePasswordInput) -> Viewer;
    begin_second_factor = "beginSecondFactor" (BeginSecondFactorInput) -> NewSecondFactor;
    finish_second_factor = "finishSecondFactor" (CodeInput) -> SecondFactorSet;
    end_session = "endSession" (OwnSessionInput) -> Profile;
    reauthenticate = "reauthenticate" (ReauthenticateInput) -> Done;
    open_invitation = "openInvitation" (InvitationInput) -> OpenedInvitation;
    accept_invitation = "acceptInvitation" (AcceptInvitationInput) -> Viewer;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation")]
struct SignOut {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    sign_out: bool,
}

/// Signs out. The tab is forgotten with it, as the next person may sit down.
///
/// # Errors
/// Whatever the server or the network says: the session then stays open.
pub async fn sign_out() -> Result<(), ApiError> {
    run(SignOut::build(())).await?;
    dom::forget_tab();
    Ok(())
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct ProfileQuery {
    profile: Profile,
}

/// One's own account.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn profile() -> Result<Profile, ApiError> {
    Ok(run(ProfileQuery::build(())).await?.profile)
}
