//! People and their accounts as GraphQL shows them.

use async_graphql::{Enum, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, CampaignId, CenterId, CityId, DepartmentId, MembershipId,
    identity::{InvitationKind, MemberStatus},
    permission::{Permission, Role},
};
use entity::{city, department};

use crate::{
    db::identity::{Center, Place},
    http::session::Stage,
    tenancy::{
        repo::{Member, Membership},
        service::{
            invitations::{At, Link, Opened},
            profile::{NewFactor, OwnSession, Profile},
            sign_in::Viewer,
        },
    },
};

/// Who is signed in.
#[derive(SimpleObject)]
#[graphql(name = "Viewer")]
pub struct ViewerNode {
    /// The person.
    account_id: AccountId,
    /// Their name.
    display_name: String,
    /// What is still asked of them; until then they may do nothing else.
    asked: Option<SignInStep>,
    /// Where they work now; none until they have chosen among several places.
    scope: Option<ActiveScope>,
    /// Where they may work.
    places: Vec<PlaceNode>,
}

/// The chosen place, with what the person may do there.
#[derive(SimpleObject)]
pub struct ActiveScope {
    /// The place.
    place: PlaceNode,
    /// Roles held there.
    roles: Vec<Role>,
    /// What those roles may do; hides buttons, decides nothing.
    permissions: Vec<Permission>,
}

/// A center or a city office.
#[derive(SimpleObject, Clone)]
#[graphql(name = "Place")]
pub struct PlaceNode {
    /// Which of the two.
    kind: PlaceKind,
    /// The center; none for a city office.
    center_id: Option<CenterId>,
    /// The city.
    city_id: CityId,
    /// The campaign that the viewer evaluates in; none for a member.
    campaign_id: Option<CampaignId>,
    /// Public code.
    code: String,
    /// Chinese name.
    name_zh: String,
    /// English name.
    name_en: String,
    /// Roles of the viewer there.
    roles: Vec<Role>,
    /// From which day on the viewer may be there.
    valid_from: Option<NaiveDate>,
    /// Up to which day.
    valid_until: Option<NaiveDate>,
}

/// What a place is.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A government service center.
    Center,
    /// A city office.
    City,
}

/// A person as colleagues see them.
#[derive(SimpleObject, Clone)]
#[graphql(name = "Member")]
pub struct MemberNode {
    /// The person.
    account_id: AccountId,
    /// Their name here.
    display_name: String,
    /// Their job title.
    title: Option<String>,
    /// Their roles here.
    roles: Vec<Role>,
}

/// A resident department or office.
#[derive(SimpleObject, Clone)]
#[graphql(name = "Department")]
pub struct DepartmentNode {
    /// Its id.
    id: DepartmentId,
    /// Its short code.
    code: String,
    /// Chinese name.
    name_zh: String,
    /// English name.
    name_en: String,
}

/// What is still asked of somebody whose password was right.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub enum SignInStep {
    /// A code of their authenticator, or a recovery code.
    SecondFactor,
    /// To set up an authenticator.
    Enrolment,
    /// A new password: the old one is too old.
    NewPassword,
}

/// One's own account.
#[derive(SimpleObject)]
#[graphql(name = "Profile")]
pub struct ProfileNode {
    /// Login name.
    login: String,
    /// Name.
    display_name: String,
    /// When the password was set.
    password_set_at: Option<DateTime<Utc>>,
    /// Whether a second factor is set up.
    second_factor: bool,
    /// Whether the person's roles ask for one.
    second_factor_required: bool,
    /// Recovery codes that were not used yet.
    recovery_codes_left: u64,
    /// The person's sessions, newest first.
    sessions: Vec<OwnSessionNode>,
}

/// One of one's own sessions.
#[derive(SimpleObject)]
#[graphql(name = "OwnSession")]
pub struct OwnSessionNode {
    /// Names it; opens nothing.
    id: String,
    /// Browser and system.
    browser: Option<String>,
    /// When it began.
    since: DateTime<Utc>,
    /// When it was last used, to the minute.
    used_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    current: bool,
}

/// An authenticator to be set up.
#[derive(SimpleObject)]
#[graphql(name = "NewSecondFactor")]
pub struct NewSecondFactorNode {
    /// For typing in.
    secret: String,
    /// For an authenticator on the same device.
    uri: String,
    /// For scanning: rows of modules, `1` where dark.
    picture: Vec<String>,
}

/// An authenticator taken into use.
#[derive(SimpleObject)]
pub struct SecondFactorSet {
    /// Codes that stand in for it, each once; shown once.
    pub recovery_codes: Vec<String>,
    /// Who is signed in now.
    pub viewer: ViewerNode,
}

/// What a one-time link leads to.
#[derive(SimpleObject)]
pub struct OpenedInvitation {
    /// What it is for.
    kind: InvitationKind,
    /// The login.
    login: String,
    /// The person's name.
    display_name: String,
    /// Where it leads to. Which roles it gives there is not told.
    place: PlaceNode,
    /// Whether the person has a password already and is asked for that one.
    has_password: bool,
    /// Characters that a new one needs at least.
    shortest_password: i32,
    /// Whether three of four kinds of characters are asked for.
    three_kinds: bool,
    /// The roles that it offers.
    offered: Vec<OfferedRole>,
}

/// A role offered by a one-time link.
#[derive(SimpleObject)]
pub struct OfferedRole {
    /// The role.
    role: Role,
    /// From which day on; at once without one.
    valid_from: Option<NaiveDate>,
    /// Up to which day.
    valid_until: Option<NaiveDate>,
}

/// A one-time link, shown once. The page that it opens reads the token from the address's fragment.
#[derive(SimpleObject)]
pub struct InvitationLink {
    /// What it is for.
    kind: InvitationKind,
    /// The secret part of the address.
    token: String,
    /// Until when it works.
    expires_at: DateTime<Utc>,
}

/// Somebody invited.
#[derive(SimpleObject)]
pub struct InvitedMember {
    /// The person.
    pub account_id: AccountId,
    /// How they get in.
    pub link: InvitationLink,
}

/// A role that somebody holds, held or was offered at the viewer's place.
#[derive(SimpleObject)]
#[graphql(name = "Membership")]
pub struct MembershipNode {
    /// Its id.
    id: MembershipId,
    /// The person.
    account_id: AccountId,
    /// Their login.
    login: String,
    /// Their name here.
    display_name: String,
    /// Their job title.
    title: Option<String>,
    /// The role.
    role: Role,
    /// Whether it may be used.
    status: MemberStatus,
    /// From which day on.
    valid_from: Option<NaiveDate>,
    /// Up to which day.
    valid_until: Option<NaiveDate>,
    /// The round that an evaluator takes part in.
    campaign_id: Option<CampaignId>,
    /// Whether their account has a second factor.
    second_factor: bool,
}

impl From<Viewer> for ViewerNode {
    fn from(viewer: Viewer) -> Self {
        let here = viewer.places.iter().find(|place| Some(place.key()) == viewer.here);
        let scope = here.map(|place| ActiveScope {
            place: place.into(),
            roles: place.roles.roles().to_vec(),
            permissions: Permission::ALL.iter().copied().filter(|p| place.roles.may(*p)).collect(),
        });
        Self {
            account_id: viewer.account.id,
            display_name: viewer.account.display_name,
            asked: viewer.asked.and_then(|stage| match stage {
                Stage::Full => None,
                Stage::SecondFactor => Some(SignInStep::SecondFactor),
                Stage::Enrolment => Some(SignInStep::Enrolment),
                Stage::NewPassword => Some(SignInStep::NewPassword),
            }),
            scope,
            places: viewer.places.iter().map(Into::into).collect(),
        }
    }
}

impl From<&Place> for PlaceNode {
    fn from(place: &Place) -> Self {
        Self {
            kind: if place.center_id.is_some() { PlaceKind::Center } else { PlaceKind::City },
            center_id: place.center_id,
            city_id: place.city_id,
            campaign_id: place.campaign_id,
            code: place.code.clone(),
            name_zh: place.name_zh.clone(),
            name_en: place.name_en.clone(),
            roles: place.roles.roles().to_vec(),
            valid_from: place.valid_from,
            valid_until: place.valid_until,
        }
    }
}

/// A center as a place that the viewer may compare, not work in.
impl From<&Center> for PlaceNode {
    fn from(center: &Center) -> Self {
        Self {
            kind: PlaceKind::Center,
            center_id: Some(center.id),
            city_id: center.city_id,
            campaign_id: None,
            code: center.code.clone(),
            name_zh: center.name_zh.clone(),
            name_en: center.name_en.clone(),
            roles: Vec::new(),
            valid_from: None,
            valid_until: None,
        }
    }
}

/// A city office that a link leads to.
impl From<&city::Model> for PlaceNode {
    fn from(city: &city::Model) -> Self {
        Self {
            kind: PlaceKind::City,
            center_id: None,
            city_id: city.id,
            campaign_id: None,
            code: city.code.clone(),
            name_zh: city.name_zh.clone(),
            name_en: city.name_en.clone(),
            roles: Vec::new(),
            valid_from: None,
            valid_until: None,
        }
    }
}

impl From<Member> for MemberNode {
    fn from(member: Member) -> Self {
        let Member { account_id, display_name, title, roles } = member;
        Self { account_id, display_name, title, roles }
    }
}

impl From<department::Model> for DepartmentNode {
    fn from(row: department::Model) -> Self {
        Self { id: row.id, code: row.code, name_zh: row.name_zh, name_en: row.name_en }
    }
}

impl From<Profile> for ProfileNode {
    fn from(profile: Profile) -> Self {
        Self {
            login: profile.account.login,
            display_name: profile.account.display_name,
            password_set_at: profile.account.password_set_at,
            second_factor: profile.second_factor,
            second_factor_required: profile.second_factor_required,
            recovery_codes_left: profile.recovery_codes_left,
            sessions: profile.sessions.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<OwnSession> for OwnSessionNode {
    fn from(session: OwnSession) -> Self {
        let OwnSession { id, browser, since, used_at, current } = session;
        Self { id, browser, since, used_at, current }
    }
}

impl From<NewFactor> for NewSecondFactorNode {
    fn from(factor: NewFactor) -> Self {
        let NewFactor { secret, uri, picture } = factor;
        Self { secret, uri, picture }
    }
}

impl From<Opened> for OpenedInvitation {
    fn from(opened: Opened) -> Self {
        Self {
            kind: opened.kind,
            login: opened.account.login,
            display_name: opened.account.display_name,
            place: match &opened.at {
                At::Center(center) => center.into(),
                At::City(city) => city.into(),
            },
            has_password: opened.has_password,
            shortest_password: i32::try_from(opened.demands.shortest).unwrap_or(i32::MAX),
            three_kinds: opened.demands.dengbao_compat,
            offered: opened.offered.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Membership> for OfferedRole {
    fn from(row: Membership) -> Self {
        Self { role: row.role, valid_from: row.valid_from, valid_until: row.valid_until }
    }
}

impl From<Link> for InvitationLink {
    fn from(link: Link) -> Self {
        let Link { kind, token, expires_at } = link;
        Self { kind, token, expires_at }
    }
}

impl From<Membership> for MembershipNode {
    fn from(row: Membership) -> Self {
        Self {
            id: row.id,
            account_id: row.account_id,
            login: row.login,
            display_name: row.display_name,
            title: row.title,
            role: row.role,
            status: row.status,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            campaign_id: row.campaign_id,
            second_factor: row.second_factor,
        }
    }
}
