//! Sign-in and people over GraphQL.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use domain::{
    AccountId, CenterId, CityId, DepartmentId,
    permission::{Permission, Role},
};
use entity::department;

use super::{
    repo::Member,
    service::{self, SignIn, Viewer},
};
use crate::{
    db::identity::{Center, Place},
    error::Result,
    graphql::context::ContextExt,
};

/// Who is signed in.
#[derive(SimpleObject)]
#[graphql(name = "Viewer")]
pub struct ViewerNode {
    /// The person.
    account_id: AccountId,
    /// Their name.
    display_name: String,
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
    /// Public code.
    code: String,
    /// Chinese name.
    name_zh: String,
    /// English name.
    name_en: String,
    /// Roles of the viewer there.
    roles: Vec<Role>,
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

/// Login name and password.
#[derive(InputObject)]
pub struct SignInInput {
    /// Login name.
    login: String,
    /// Password.
    #[graphql(secret)]
    password: String,
}

/// One place, by exactly one of its ids.
#[derive(InputObject)]
pub struct ChooseScopeInput {
    /// A center.
    center_id: Option<CenterId>,
    /// A city office.
    city_id: Option<CityId>,
}

/// Queries about the viewer and their colleagues.
#[derive(Default)]
pub struct TenancyQuery;

#[Object]
impl TenancyQuery {
    /// Who is signed in; null for a visitor.
    #[graphql(complexity = "10 + child_complexity")]
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<ViewerNode>> {
        Ok(service::viewer(ctx.cx()?).await?.map(Into::into))
    }

    /// The people of the center.
    #[graphql(complexity = "10 + child_complexity")]
    async fn members(&self, ctx: &Context<'_>) -> Result<Vec<MemberNode>> {
        Ok(service::members(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }

    /// The departments of the center.
    #[graphql(complexity = "10 + child_complexity")]
    async fn departments(&self, ctx: &Context<'_>) -> Result<Vec<DepartmentNode>> {
        Ok(service::departments(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }
}

/// Signing in and out.
#[derive(Default)]
pub struct TenancyMutation;

#[Object]
impl TenancyMutation {
    /// Sign in. Every failure has one answer: `login.wrong`.
    async fn sign_in(&self, ctx: &Context<'_>, input: SignInInput) -> Result<ViewerNode> {
        let cmd = SignIn { login: input.login, password: input.password };
        Ok(service::sign_in(ctx.cx()?, cmd).await?.into())
    }

    /// Sign out.
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<bool> {
        service::sign_out(ctx.cx()?).await?;
        Ok(true)
    }

    /// Choose where to work; the session gets a new id.
    async fn choose_scope(&self, ctx: &Context<'_>, input: ChooseScopeInput) -> Result<ViewerNode> {
        Ok(service::choose_scope(ctx.cx()?, input.center_id, input.city_id).await?.into())
    }
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
            code: place.code.clone(),
            name_zh: place.name_zh.clone(),
            name_en: place.name_en.clone(),
            roles: place.roles.roles().to_vec(),
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
            code: center.code.clone(),
            name_zh: center.name_zh.clone(),
            name_en: center.name_en.clone(),
            roles: Vec::new(),
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
