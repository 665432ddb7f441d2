//! Signing in, choosing a place, and the people of a center.

use domain::{
    AccountId, CenterId, CityId, DepartmentId, Violation,
    permission::{Permission, Role},
};
use entity::department;
use tower_sessions::Session;

use super::repo::{self, Member, Names};
use crate::{
    auth::{
        password,
        scope::{Granted, Scope},
    },
    db::{
        AuditEvent, ReadTx, Verb,
        identity::{Account, Place, PlaceKey},
    },
    error::{Error, Kind, Result},
    graphql::context::Cx,
    http::session,
};

/// Who is signed in, and where they may work.
pub struct Viewer {
    /// The person.
    pub account: Account,
    /// Where they chose to work.
    pub here: Option<PlaceKey>,
    /// Where they could.
    pub places: Vec<Place>,
}

/// Name and password.
pub struct SignIn {
    /// Login name.
    pub login: String,
    /// Password.
    pub password: String,
}

/// The viewer; none for a visitor.
pub async fn viewer(cx: &Cx) -> Result<Option<Viewer>> {
    let Some(state) = session::signed_in(of(cx)?, cx.now()).await? else { return Ok(None) };
    let identity = cx.app.db.identity();
    let Some(account) = identity.account(state.account).await?.filter(Account::is_active) else { return Ok(None) };
    let places = identity.places(state.account).await?;
    let here = state.place.filter(|key| places.iter().any(|place| place.key() == *key));
    Ok(Some(Viewer { account, here, places }))
}

/// Signs in. A person with one place is there at once; with several, they choose.
/// One answer for every failure: an unknown name, a wrong password, no place to work.
pub async fn sign_in(cx: &Cx, cmd: SignIn) -> Result<Viewer> {
    let wrong = || Violation::new("password", "login.wrong");
    let identity = cx.app.db.identity();
    let account = identity.account_by_login(cmd.login.trim()).await?.filter(Account::is_active);
    let stored = account.as_ref().map(|account| account.password_hash.clone());
    let matches = password::verify(cmd.password, stored).await?;
    let account = account.filter(|_| matches).ok_or_else(wrong)?;
    let places = identity.places(account.id).await?;
    let here = match places.as_slice() {
        [] => return Err(wrong().into()),
        [only] => Some(only.key()),
        _ => None,
    };
    session::sign_in(of(cx)?, account.id, here, cx.now()).await?;
    if let [only] = places.as_slice() {
        record(cx, Scope::member(only, account.id), Verb::SignedIn).await?;
    }
    Ok(Viewer { account, here, places })
}

/// Chooses one of the person's places.
pub async fn choose_scope(cx: &Cx, center: Option<CenterId>, city: Option<CityId>) -> Result<Viewer> {
    if center.is_some() == city.is_some() {
        return Err(Violation::new("", "scope.exactly_one").into());
    }
    let mut viewer = viewer(cx).await?.ok_or(Error::Unauthenticated)?;
    let chosen = |place: &&Place| place.center_id == center && city.is_none_or(|city| place.city_id == city);
    let place = viewer.places.iter().find(chosen).ok_or(Error::NotFound(Kind::Center))?;
    let key = place.key();
    let scope = Scope::member(place, viewer.account.id);
    session::sign_in(of(cx)?, viewer.account.id, Some(key), cx.now()).await?;
    record(cx, scope, Verb::ScopeChosen).await?;
    viewer.here = Some(key);
    Ok(viewer)
}

/// Signs out; always succeeds.
pub async fn sign_out(cx: &Cx) -> Result<()> {
    if let Ok(scope) = cx.scope() {
        record(cx, scope.clone(), Verb::SignedOut).await?;
    }
    session::sign_out(of(cx)?).await
}

/// The people of the center, for assigning and handing over.
pub async fn members(cx: &Cx) -> Result<Vec<Member>> {
    cx.scope()?.require(Permission::ComplaintReadAll)?;
    repo::members(&*cx.read().await?).await
}

/// The departments of the center.
pub async fn departments(cx: &Cx) -> Result<Vec<department::Model>> {
    cx.scope()?.require(Permission::ComplaintReadOwn)?;
    repo::departments(&*cx.read().await?).await
}

/// An active member, for another context's transaction.
pub async fn member(tx: &ReadTx, account: AccountId) -> Result<Member> {
    repo::member(tx, account).await
}

/// Active members holding `role`, for another context's transaction.
pub async fn holders(tx: &ReadTx, role: Role) -> Result<Vec<AccountId>> {
    repo::holders(tx, role).await
}

/// Names of `accounts`, for another context's transaction.
pub async fn names(tx: &ReadTx, accounts: Vec<AccountId>) -> Result<Names> {
    repo::names(tx, accounts).await
}

/// A department, for another context's transaction.
pub async fn department(tx: &ReadTx, id: DepartmentId) -> Result<department::Model> {
    repo::department(tx, id).await
}

/// A write that changes nothing but the audit: the session itself is no tenant's row.
async fn record(cx: &Cx, scope: Scope, verb: Verb) -> Result<()> {
    let granted: Granted = scope.with_request_id(&cx.request_id).require(Permission::CatalogueRead)?;
    cx.write(&granted).await?.commit(AuditEvent::of(verb)).await
}

fn of(cx: &Cx) -> Result<&Session> {
    cx.session.as_ref().ok_or(Error::Unauthenticated)
}
