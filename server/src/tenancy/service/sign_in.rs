//! Signing in, in as many steps as are asked for, choosing a place, and signing out.
//!
//! ```text
//! password ─▶ (SecondFactor | Enrolment | NewPassword) ─▶ Full ─▶ a place
//! ```
//! Every failure has one answer, which takes as long as any other (A-5); tries are counted before
//! they are checked (A-4).

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use domain::{
    AccountId, CampaignId, CenterId, CityId, Violation,
    identity::{SESSIONS, password::is_worn},
    permission::Permission,
};
use tower_sessions::Session;

use crate::{
    auth::{
        password::{self, Verdict},
        scope::{Granted, Scope},
        totp,
    },
    crypto::{self, sha256_hex},
    db::{
        AuditEvent, Verb,
        identity::{Account, Place, PlaceKey},
    },
    error::{Error, Kind, Result},
    graphql::context::Cx,
    http::{
        edge::VisitorAct,
        session::{self, SignedIn, Stage},
    },
};

/// How long the latest failure took to be put on record, in microseconds.
static RECORDING: AtomicU64 = AtomicU64::new(0);

/// Who is signed in, and where they may work.
pub struct Viewer {
    /// The person.
    pub account: Account,
    /// What is still asked of them; until then they are nobody.
    pub asked: Option<Stage>,
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

/// The viewer; none for a visitor, and while something is still asked of them.
pub async fn viewer(cx: &Cx) -> Result<Option<Viewer>> {
    let Some(state) = session::signed_in(of(cx)?, cx.now()).await? else { return Ok(None) };
    let identity = cx.app.db.identity();
    let Some(account) = identity.account(state.account).await?.filter(Account::is_active) else { return Ok(None) };
    let places = identity.places(state.account).await?;
    let here = state.place.filter(|key| places.iter().any(|place| place.key() == *key));
    Ok(Some(Viewer { account, asked: None, here, places }))
}

/// The first step of signing in.
pub async fn sign_in(cx: &Cx, cmd: SignIn) -> Result<Viewer> {
    let ended = |outcome| cx.app.edge.metrics.sign_in(outcome);
    let failed = |outcome| {
        ended(outcome);
        Error::from(Violation::new("password", "login.wrong"))
    };
    let identity = cx.app.db.identity();
    let login = cmd.login.trim().to_lowercase();
    let account = identity.account_by_login(&login).await?.filter(Account::is_active);
    let tried = tried(cx, &login, account.as_ref()).await?;
    cx.admit(VisitorAct::SignIn).inspect_err(|_| ended("rate_limited"))?;
    if identity.admit(&tried, cx.now()).await?.is_some() {
        password::as_long_as_a_check().await?;
        as_long_as_a_record().await;
        return Err(failed("locked"));
    }
    let stored = account.as_ref().map(|account| account.password_hash.clone());
    let verdict = password::verify(cmd.password.clone(), stored).await.inspect_err(|_| ended("unchecked"))?;
    let places = match &account {
        Some(account) => identity.places(account.id).await?,
        None => Vec::new(),
    };
    let (Some(account), Some(first)) = (account, places.first()) else {
        as_long_as_a_record().await;
        return Err(failed("wrong"));
    };
    if verdict == Verdict::Wrong {
        let began = Instant::now();
        record(cx, Scope::member(first, account.id), Verb::SignInFailed).await?;
        RECORDING.store(u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
        return Err(failed("wrong"));
    }
    identity.passed(&tried, cx.now()).await?;
    cx.forgive(VisitorAct::SignIn);
    if verdict == Verdict::Outdated {
        identity.set_password_hash(account.id, &password::hash(cmd.password).await?).await?;
    }
    begin(cx, account, places).await
}

/// Waits as long as a failure last took to be put on record, where there is no record that it could be put on (A-5).
async fn as_long_as_a_record() {
    tokio::time::sleep(Duration::from_micros(RECORDING.load(Ordering::Relaxed))).await;
}

/// Goes on after the password, or after a link that stands for one.
pub async fn begin(cx: &Cx, account: Account, places: Vec<Place>) -> Result<Viewer> {
    let has_factor = cx.app.db.identity().second_factor(account.id).await?.is_some();
    let privileged = places.iter().any(|place| place.roles.are_privileged());
    let stage = if has_factor {
        Stage::SecondFactor
    } else if privileged && cx.app.security.require_second_factor {
        Stage::Enrolment
    } else {
        after_factor(cx, &account)
    };
    go_on(cx, account, places, stage).await
}

/// The second step: a code of the authenticator, or a recovery code.
pub async fn confirm_second_factor(cx: &Cx, code: &str) -> Result<Viewer> {
    let (account, places) = pending(cx, &[Stage::SecondFactor]).await?;
    let secret = cx.app.db.identity().second_factor(account.id).await?.ok_or(Error::Unauthenticated)?;
    check_code(cx, &account, &secret, code).await.inspect_err(|_| cx.app.edge.metrics.sign_in("wrong_code"))?;
    let stage = after_factor(cx, &account);
    go_on(cx, account, places, stage).await
}

/// Uses up a code of the authenticator behind `secret`, or a recovery code.
///
/// # Errors
/// `factor.wrong`, also after too many tries.
pub async fn check_code(cx: &Cx, account: &Account, secret: &str, code: &str) -> Result<()> {
    let wrong = || Error::from(Violation::new("code", "factor.wrong"));
    let identity = cx.app.db.identity();
    let tried = [key(cx, &format!("factor:{}", account.id))];
    if identity.admit(&tried, cx.now()).await?.is_some() {
        return Err(wrong());
    }
    let secret = cx.app.keys.platform().open("second_factor", secret)?;
    let fits = match totp::step(&secret, code, cx.now().timestamp()) {
        Some(step) => identity.use_step(account.id, step).await?,
        None => identity.use_recovery_code(account.id, &totp::recovery_hash(code), cx.now()).await?,
    };
    if !fits {
        return Err(wrong());
    }
    identity.passed(&tried, cx.now()).await
}

/// Somebody who is at one of `stages` of signing in.
pub async fn pending(cx: &Cx, stages: &[Stage]) -> Result<(Account, Vec<Place>)> {
    let state = session::state(of(cx)?, cx.now()).await?.filter(|state| stages.contains(&state.stage));
    let state = state.ok_or(Error::Unauthenticated)?;
    let identity = cx.app.db.identity();
    let account = identity.account(state.account).await?.filter(Account::is_active).ok_or(Error::Unauthenticated)?;
    let places = identity.places(account.id).await?;
    Ok((account, places))
}

/// Moves on to `stage`, and at its end to the only place there is.
pub async fn go_on(cx: &Cx, account: Account, places: Vec<Place>, stage: Stage) -> Result<Viewer> {
    let mut state = SignedIn::new(account.id, stage.clone(), cx.caller.browser.clone(), cx.now());
    if stage != Stage::Full {
        session::renew(of(cx)?, state).await?;
        return Ok(Viewer { account, asked: Some(stage), here: None, places: Vec::new() });
    }
    let only = if let [only] = places.as_slice() { Some(only.key()) } else { None };
    state.place = only;
    end_oldest(cx, account.id).await?;
    session::renew(of(cx)?, state).await?;
    cx.app.edge.metrics.sign_in("ok");
    remember_browser(cx, account.id).await?;
    if let [only] = places.as_slice() {
        record(cx, Scope::member(only, account.id), Verb::SignedIn).await?;
    }
    Ok(Viewer { account, asked: None, here: only, places })
}

/// Chooses one of the person's places, under a new session id.
pub async fn choose_scope(
    cx: &Cx,
    center: Option<CenterId>,
    city: Option<CityId>,
    campaign: Option<CampaignId>,
) -> Result<Viewer> {
    if center.is_some() == city.is_some() {
        return Err(Violation::new("", "scope.exactly_one").into());
    }
    let mut state = session::signed_in(of(cx)?, cx.now()).await?.ok_or(Error::Unauthenticated)?;
    let mut viewer = viewer(cx).await?.ok_or(Error::Unauthenticated)?;
    let chosen = |place: &&Place| {
        place.center_id == center && place.campaign_id == campaign && city.is_none_or(|city| place.city_id == city)
    };
    let place = viewer.places.iter().find(chosen).ok_or(Error::NotFound(Kind::Center))?;
    let key = place.key();
    let scope = Scope::member(place, viewer.account.id);
    state.place = Some(key);
    session::renew(of(cx)?, state).await?;
    record(cx, scope, Verb::ScopeChosen).await?;
    viewer.here = Some(key);
    Ok(viewer)
}

/// Signs out; always succeeds.
pub async fn sign_out(cx: &Cx) -> Result<()> {
    if let Ok(scope) = cx.scope() {
        record(cx, scope.clone(), Verb::SignedOut).await?;
    }
    cx.caller.forget_session();
    session::sign_out(of(cx)?).await
}

/// A write that changes nothing but the audit: the session itself is no tenant's row.
pub async fn record(cx: &Cx, scope: Scope, verb: Verb) -> Result<()> {
    let granted: Granted = scope.with_request_id(&cx.request_id).require(Permission::CatalogueRead)?;
    cx.write(&granted).await?.commit(AuditEvent::of(verb)).await
}

/// The session of the request.
pub fn of(cx: &Cx) -> Result<&Session> {
    cx.session.as_ref().ok_or(Error::Unauthenticated)
}

/// Under which names a try is counted: for a browser that has signed in before as this very
/// person its own, so that strangers cannot lock the owner out; for any other the account, and the
/// account from this address.
async fn tried(cx: &Cx, login: &str, account: Option<&Account>) -> Result<Vec<String>> {
    if let (Some(token), Some(account)) = (&cx.caller.device, account) {
        let token = sha256_hex(token);
        if cx.app.db.identity().device_owner(&token, cx.now()).await? == Some(account.id) {
            return Ok(vec![key(cx, &format!("device:{token}:{login}"))]);
        }
    }
    let address = cx.caller.client.map(|client| client.bucket().to_string()).unwrap_or_default();
    Ok(vec![key(cx, &format!("account:{login}")), key(cx, &format!("pair:{address}:{login}"))])
}

/// Counted tries are kept by a keyed hash: the table names nobody.
fn key(cx: &Cx, name: &str) -> String {
    cx.app.keys.platform().blind_index(name)
}

fn after_factor(cx: &Cx, account: &Account) -> Stage {
    let worn = account.password_set_at.is_none_or(|set| is_worn(set, cx.now()));
    if cx.app.security.dengbao_compat && worn { Stage::NewPassword } else { Stage::Full }
}

/// Makes room for one more session (A-9).
async fn end_oldest(cx: &Cx, account: AccountId) -> Result<()> {
    let identity = cx.app.db.identity();
    let sessions = identity.sessions_of(account, session::real_now()).await?;
    for old in sessions.iter().skip(SESSIONS - 1) {
        identity.session_end(account, &old.id_hash).await?;
    }
    Ok(())
}

async fn remember_browser(cx: &Cx, account: AccountId) -> Result<()> {
    let token: String = crypto::random::<32>()?.iter().map(|byte| format!("{byte:02x}")).collect();
    cx.app.db.identity().remember_device(&sha256_hex(&token), account, cx.now()).await?;
    cx.caller.remember(token);
    Ok(())
}
