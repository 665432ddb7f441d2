//! One's own account: password, second factor, sessions.

use chrono::{DateTime, Utc};
use domain::{
    Violation,
    identity::{
        must_show_again,
        password::{COMPAT_LAST, Demands},
    },
};

use super::sign_in::{self, Viewer, go_on, of, pending};
use crate::{
    auth::{
        password::{self, Verdict},
        scope::Scope,
        totp,
    },
    db::{
        AuditEvent, Verb,
        identity::{Account, Place},
    },
    error::{Error, Kind, Result},
    graphql::context::Cx,
    http::session::{self, Stage},
    qr,
};

/// The session's word for an authenticator that is being set up.
const NEW_FACTOR: &str = "new_factor";

/// An authenticator to be set up.
pub struct NewFactor {
    /// For typing in.
    pub secret: String,
    /// For an authenticator on the same device.
    pub uri: String,
    /// For scanning: rows of modules, `1` where dark.
    pub picture: Vec<String>,
}

/// One of one's own sessions.
pub struct OwnSession {
    /// Names it; opens nothing.
    pub id: String,
    /// Browser and system.
    pub browser: Option<String>,
    /// When it began.
    pub since: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub used_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// What somebody's own account holds.
pub struct Profile {
    /// The person.
    pub account: Account,
    /// Whether a second factor is set up.
    pub second_factor: bool,
    /// Whether their roles ask for one.
    pub second_factor_required: bool,
    /// Recovery codes that were not used yet.
    pub recovery_codes_left: u64,
    /// Their sessions, newest first.
    pub sessions: Vec<OwnSession>,
}

/// One's own account.
pub async fn profile(cx: &Cx) -> Result<Profile> {
    let (account, places) = pending(cx, &[Stage::Full]).await?;
    let identity = cx.app.db.identity();
    let current = session::current(of(cx)?);
    let sessions = identity.sessions_of(account.id, session::real_now()).await?.into_iter().map(|row| {
        let used_at = session::stored(&row.data).map_or(row.created_at, |(_, touched)| touched);
        let current = Some(&row.id_hash) == current.as_ref();
        OwnSession { current, browser: row.browser, since: row.created_at, used_at, id: row.id_hash }
    });
    Ok(Profile {
        second_factor: identity.second_factor(account.id).await?.is_some(),
        second_factor_required: is_required(cx, &places),
        recovery_codes_left: identity.recovery_codes_left(account.id).await?,
        sessions: sessions.collect(),
        account,
    })
}

/// Ends one of one's own sessions.
pub async fn end_session(cx: &Cx, id: &str) -> Result<Profile> {
    let (account, places) = pending(cx, &[Stage::Full]).await?;
    if !cx.app.db.identity().session_end(account.id, id).await? {
        return Err(Error::NotFound(Kind::Session));
    }
    sign_in::record(cx, own(&account, &places)?, Verb::SessionEnded).await?;
    profile(cx).await
}

/// Changes one's password; every other session ends.
pub async fn change_password(cx: &Cx, current: String, new: String) -> Result<Viewer> {
    let (account, places) = pending(cx, &[Stage::Full, Stage::NewPassword]).await?;
    if current == new {
        return Err(Violation::new("password", "password.same").into());
    }
    show_again(cx, &account, current).await?;
    password::acceptable(&new, demands(cx, &account, &places).await?, &context(&account, &places))?;
    not_used_lately(cx, &account, &new).await?;
    let hash = password::hash(new).await?;
    let granted = granted(cx, &account, &places)?;
    let mut tx = cx.write(&granted).await?;
    tx.set_password(account.id, hash).await?;
    tx.commit(AuditEvent::on(account.id.0, Verb::PasswordChanged)).await?;
    let here = session::signed_in(of(cx)?, cx.now()).await?.and_then(|state| state.place);
    let mut viewer = go_on(cx, account, places, Stage::Full).await?;
    // Where they were before, they still are.
    if let Some(key) = here.filter(|key| viewer.here.is_none() && viewer.places.iter().any(|p| p.key() == *key)) {
        viewer = sign_in::choose_scope(cx, key.center, key.center.is_none().then_some(key.city), key.campaign).await?;
    }
    Ok(viewer)
}

/// Begins to set up an authenticator. Whoever is signed in shows their password again first.
pub async fn begin_second_factor(cx: &Cx, password: Option<String>) -> Result<NewFactor> {
    let (account, _) = pending(cx, &[Stage::Full, Stage::Enrolment]).await?;
    let state = session::state(of(cx)?, cx.now()).await?;
    if state.is_some_and(|state| state.stage == Stage::Full) {
        show_again(cx, &account, password.unwrap_or_default()).await?;
    }
    let secret = totp::new_secret()?;
    session::keep(of(cx)?, NEW_FACTOR, &cx.app.keys.platform().seal("second_factor", &secret)?).await?;
    let uri = totp::uri(&account.login, &secret);
    Ok(NewFactor { picture: qr::rows(&uri)?, uri, secret })
}

/// Takes the authenticator into use that shows `code`; returns recovery codes, shown once.
pub async fn finish_second_factor(cx: &Cx, code: &str) -> Result<(Viewer, Vec<String>)> {
    let (account, places) = pending(cx, &[Stage::Full, Stage::Enrolment]).await?;
    let sealed = session::kept(of(cx)?, NEW_FACTOR).await?.ok_or_else(|| Violation::new("", "factor.not_begun"))?;
    let secret = cx.app.keys.platform().open("second_factor", &sealed)?;
    let step = totp::step(&secret, code, cx.now().timestamp());
    let step = step.ok_or_else(|| Violation::new("code", "factor.wrong"))?;
    let codes = totp::recovery_codes()?;
    let hashes = codes.iter().map(|code| totp::recovery_hash(code)).collect();
    let mut tx = cx.write(&granted(cx, &account, &places)?).await?;
    tx.set_second_factor(account.id, sealed, step, hashes).await?;
    tx.commit(AuditEvent::on(account.id.0, Verb::SecondFactorSet)).await?;
    let state = session::state(of(cx)?, cx.now()).await?;
    let viewer = if state.is_some_and(|state| state.stage == Stage::Enrolment) {
        go_on(cx, account, places, Stage::Full).await?
    } else {
        sign_in::viewer(cx).await?.ok_or(Error::Unauthenticated)?
    };
    Ok((viewer, codes))
}

/// What is asked of a password of somebody who works at `places`.
pub async fn demands(cx: &Cx, account: &Account, places: &[Place]) -> Result<Demands> {
    let privileged = places.iter().any(|place| place.roles.are_privileged());
    let second = is_required(cx, places) || cx.app.db.identity().second_factor(account.id).await?.is_some();
    Ok(Demands::of(privileged, second, cx.app.security.dengbao_compat))
}

/// Refuses one of the latest passwords where 等保 asks for it. One after the other: each check waits at the hasher's
/// gate as any other does.
///
/// # Errors
/// `password.used_lately`; [`Error::Busy`] when too many wait at the gate.
pub async fn not_used_lately(cx: &Cx, account: &Account, new: &str) -> Result<()> {
    if !cx.app.security.dengbao_compat {
        return Ok(());
    }
    let mut stored = cx.app.db.identity().old_passwords(account.id).await?;
    stored.push(account.password_hash.clone());
    for stored in stored {
        if password::verify(new.to_owned(), Some(stored)).await? != Verdict::Wrong {
            return Err(Violation::new("password", "password.used_lately").with("count", COMPAT_LAST).into());
        }
    }
    Ok(())
}

/// What anybody would try first.
pub fn context<'a>(account: &'a Account, places: &'a [Place]) -> Vec<&'a str> {
    let of_places = places.iter().flat_map(|place| [place.name_zh.as_str(), &place.name_en, &place.code]);
    [account.login.as_str(), &account.display_name].into_iter().chain(of_places).collect()
}

fn is_required(cx: &Cx, places: &[Place]) -> bool {
    cx.app.security.require_second_factor && places.iter().any(|place| place.roles.are_privileged())
}

/// Asks whoever is signed in for their password once more.
///
/// # Errors
/// `password.wrong`, also after too many tries.
pub async fn show_password(cx: &Cx, password: String) -> Result<()> {
    let (account, _) = pending(cx, &[Stage::Full]).await?;
    show_again(cx, &account, password).await
}

/// Shows who they are once more, under a new session id: the password, and a code where there is a second
/// factor.
///
/// # Errors
/// `password.wrong`, `factor.wrong`, also after too many tries.
pub async fn reauthenticate(cx: &Cx, password: String, code: &str) -> Result<()> {
    let (account, places) = pending(cx, &[Stage::Full]).await?;
    show_again(cx, &account, password).await?;
    if let Some(secret) = cx.app.db.identity().second_factor(account.id).await? {
        sign_in::check_code(cx, &account, &secret, code).await?;
    }
    let mut state = session::signed_in(of(cx)?, cx.now()).await?.ok_or(Error::Unauthenticated)?;
    state.shown_at = Some(cx.now());
    session::renew(of(cx)?, state).await?;
    sign_in::record(cx, own(&account, &places)?, Verb::Reauthenticated).await
}

/// Refuses whoever has not shown a moment ago who they are. Jobs, set-up and the command line have no session, and
/// no password to show.
///
/// # Errors
/// [`Error::Reauthenticate`].
pub async fn shown_lately(cx: &Cx) -> Result<()> {
    let Some(session) = &cx.session else { return Ok(()) };
    let state = session::signed_in(session, cx.now()).await?.ok_or(Error::Unauthenticated)?;
    if !must_show_again(state.shown_at, cx.now()) {
        return Ok(());
    }
    let second_factor = cx.app.db.identity().second_factor(state.account).await?.is_some();
    Err(Error::Reauthenticate { second_factor })
}

/// Asks for the password once more, counted as signing in is.
async fn show_again(cx: &Cx, account: &Account, password: String) -> Result<()> {
    let wrong = || Error::from(Violation::new("current", "password.wrong"));
    let identity = cx.app.db.identity();
    let tried = [cx.app.keys.platform().blind_index(&format!("again:{}", account.id))];
    if identity.admit(&tried, cx.now()).await?.is_some() {
        return Err(wrong());
    }
    match password::verify(password, Some(account.password_hash.clone())).await? {
        Verdict::Wrong => Err(wrong()),
        Verdict::Right | Verdict::Outdated => identity.passed(&tried, cx.now()).await,
    }
}

fn own(account: &Account, places: &[Place]) -> Result<Scope> {
    Ok(Scope::member(places.first().ok_or(Error::Unauthenticated)?, account.id))
}

fn granted(cx: &Cx, account: &Account, places: &[Place]) -> Result<crate::auth::scope::Granted> {
    let scope = own(account, places)?.with_request_id(&cx.request_id);
    scope.require(domain::permission::Permission::CatalogueRead)
}
