//! Sessions in our own table, by a hash of their id.
//!
//! A save only updates: a session that was signed out cannot be revived by a request
//! that was still under way.

use async_trait::async_trait;
use axum::http::{HeaderMap, HeaderValue, header};
use chrono::{DateTime, Utc};
use domain::{
    AccountId,
    identity::{SESSION_LIMIT, idle_limit},
};
use serde::{Deserialize, Serialize};
use tower_sessions::{
    Expiry, Session, SessionManagerLayer, SessionStore,
    cookie::{Cookie, SameSite},
    session::{Id, Record},
    session_store::{Error as StoreError, Result as StoreResult},
};

use crate::{
    crypto::sha256_hex,
    db::{Db, ReadTx, identity::PlaceKey, sessions::StoredSession},
    error::{Error, Result},
    graphql::context::App,
};

/// A session in use is written at most this often.
const TOUCH_SECONDS: i64 = 60;
const KEY: &str = "signed_in";

/// What a session knows: who, and where they chose to work. Roles are looked up at each request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignedIn {
    /// The person.
    pub account: AccountId,
    /// The chosen place.
    pub place: Option<PlaceKey>,
    /// What is still asked of them.
    pub stage: Stage,
    /// Browser and system.
    pub browser: Option<String>,
    /// When they signed in.
    pub since: DateTime<Utc>,
    /// When they last showed their password, and their code where they have one.
    #[serde(default)]
    pub shown_at: Option<DateTime<Utc>>,
    touched: DateTime<Utc>,
}

/// How far somebody has come in signing in. Only `Full` opens anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// All is shown.
    Full,
    /// The password was right; a code of the authenticator is asked for.
    SecondFactor,
    /// The password was right; an authenticator has to be set up first.
    Enrolment,
    /// The password was right, but is too old (等保).
    NewPassword,
}

/// The cookie: `__Host-sid` over https; a plain one for a demo on loopback, which has no https.
pub fn layer(app: &App) -> SessionManagerLayer<Store> {
    SessionManagerLayer::new(Store { db: app.db.clone() })
        .with_name(cookie_name(app.demo))
        .with_secure(!app.demo)
        .with_http_only(true)
        .with_same_site(SameSite::Strict)
        .with_path("/")
        // The longer of the two limits of idleness; the shorter one is looked after by `enter`.
        .with_expiry(Expiry::OnInactivity(time::Duration::minutes(30)))
}

/// What the session's cookie is called.
#[must_use]
pub const fn cookie_name(demo: bool) -> &'static str {
    if demo { "sid" } else { "__Host-sid" }
}

/// Of what an answer tells a browser about its session, leaves a new id, and the end of one by signing out. An answer
/// may come after the one to a newer sign-in: a cookie renewed or taken away by it would be the newer session's, and
/// whoever has just signed in would be out. So the cookie lives as long as a session may, and the table alone knows
/// when one has lain idle or has ended.
pub fn tell_only_news(headers: &mut HeaderMap, demo: bool, shown: Option<&str>, signed_out: bool) {
    let name = cookie_name(demo);
    let told = headers.get_all(header::SET_COOKIE).iter().filter_map(|value| {
        let Some(mut cookie) = value.to_str().ok().and_then(|text| Cookie::parse(text.to_owned()).ok()) else {
            return Some(value.clone());
        };
        if cookie.name() != name {
            return Some(value.clone());
        }
        if cookie.value().is_empty() {
            return signed_out.then(|| value.clone());
        }
        if Some(cookie.value()) == shown {
            return None;
        }
        cookie.set_max_age(time::Duration::seconds(SESSION_LIMIT.num_seconds()));
        HeaderValue::from_str(&cookie.to_string()).ok()
    });
    let told: Vec<_> = told.collect();
    headers.remove(header::SET_COOKIE);
    for value in told {
        headers.append(header::SET_COOKIE, value);
    }
}

/// Who is signing in or signed in; none for a visitor, and after the absolute limit.
///
/// # Errors
/// [`Error::Internal`] when the store fails.
pub async fn state(session: &Session, now: DateTime<Utc>) -> Result<Option<SignedIn>> {
    let Some(state) = session.get::<SignedIn>(KEY).await.map_err(fault)? else { return Ok(None) };
    if now - state.since >= SESSION_LIMIT {
        session.flush().await.map_err(fault)?;
        return Ok(None);
    }
    Ok(Some(state))
}

/// Who is signed in, with all that was asked of them.
///
/// # Errors
/// As [`state`].
pub async fn signed_in(session: &Session, now: DateTime<Utc>) -> Result<Option<SignedIn>> {
    Ok(state(session, now).await?.filter(|state| state.stage == Stage::Full))
}

/// Goes on under a new session id: whoever knew the old one knows nothing.
///
/// # Errors
/// As [`state`].
pub async fn renew(session: &Session, state: SignedIn) -> Result<()> {
    session.cycle_id().await.map_err(fault)?;
    session.insert(KEY, state).await.map_err(fault)
}

impl SignedIn {
    /// Somebody who has just shown their password.
    #[must_use]
    pub const fn new(account: AccountId, stage: Stage, browser: Option<String>, now: DateTime<Utc>) -> Self {
        Self { account, place: None, stage, browser, since: now, shown_at: Some(now), touched: now }
    }
}

/// Keeps something for the next request of this session.
///
/// # Errors
/// As [`state`].
pub async fn keep(session: &Session, key: &str, value: &str) -> Result<()> {
    session.insert(key, value).await.map_err(fault)
}

/// What was kept under `key`.
///
/// # Errors
/// As [`state`].
pub async fn kept(session: &Session, key: &str) -> Result<Option<String>> {
    session.get(key).await.map_err(fault)
}

/// Ends the session, here and in the table.
///
/// # Errors
/// [`Error::Internal`] when the store fails.
pub async fn sign_out(session: &Session) -> Result<()> {
    session.flush().await.map_err(fault)
}

/// The snapshot of a session at its place, under the memberships of this moment. Ends a
/// session that has lain idle for longer than its roles may.
///
/// # Errors
/// [`Error::Internal`] from the database.
pub async fn enter(app: &App, session: &Session, request_id: &str) -> Result<Option<ReadTx>> {
    let now = app.clock.now();
    let Some(mut state) = signed_in(session, now).await? else { return Ok(None) };
    let snapshot = match state.place {
        Some(place) => app.db.identity().enter(state.account, place, request_id).await?,
        None => None,
    };
    let idle = now - state.touched;
    if snapshot.as_ref().is_some_and(|tx| idle >= idle_limit(tx.scope().roles())) {
        sign_out(session).await?;
        return Ok(None);
    }
    if idle.num_seconds() >= TOUCH_SECONDS {
        state.touched = now;
        session.insert(KEY, &state).await.map_err(fault)?;
    }
    Ok(snapshot)
}

/// The hash of the session's id, by which the table keeps it; none before it is stored.
#[must_use]
pub fn current(session: &Session) -> Option<String> {
    session.id().map(|id| hash(&id))
}

/// What the session of `data`, as stored, knows.
#[must_use]
pub fn stored(data: &str) -> Option<(SignedIn, DateTime<Utc>)> {
    let record: Record = serde_json::from_str(data).ok()?;
    let state: SignedIn = serde_json::from_value(record.data.get(KEY)?.clone()).ok()?;
    let touched = state.touched;
    Some((state, touched))
}

/// Removes sessions whose time is over, and what signing in has left behind.
///
/// # Errors
/// [`Error::Internal`] from the database.
pub async fn expire(app: &App) -> Result<()> {
    app.db.identity().sessions_expire(real_now()).await.map(|_| ())?;
    app.db.identity().credentials_expire(app.clock.now()).await
}

/// How many sessions have not ended.
///
/// # Errors
/// [`Error::Internal`] from the database.
pub async fn count(app: &App) -> Result<u64> {
    app.db.identity().sessions_count(real_now()).await
}

fn fault(error: tower_sessions::session::Error) -> Error {
    Error::Internal(error.into())
}

/// [`SessionStore`] over the `web_session` table.
#[derive(Clone)]
pub struct Store {
    db: Db,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

#[async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> StoreResult<()> {
        // 128 random bits: a second draw is for the principle.
        loop {
            let row = encode(record)?;
            if self.db.identity().session_create(&row).await.map_err(backend)? {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    async fn save(&self, record: &Record) -> StoreResult<()> {
        let row = encode(record)?;
        self.db.identity().session_save(&row).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> StoreResult<Option<Record>> {
        let Some(data) = self.db.identity().session_load(&hash(id), real_now()).await.map_err(backend)? else {
            return Ok(None);
        };
        let mut record: Record = serde_json::from_str(&data).map_err(|error| StoreError::Decode(error.to_string()))?;
        // The table holds no usable id, only its hash.
        record.id = *id;
        Ok(Some(record))
    }

    async fn delete(&self, id: &Id) -> StoreResult<()> {
        self.db.identity().session_delete(&hash(id)).await.map_err(backend)
    }
}

fn encode(record: &Record) -> StoreResult<StoredSession> {
    let mut without_id = record.clone();
    without_id.id = Id(0);
    let data = serde_json::to_string(&without_id).map_err(|error| StoreError::Encode(error.to_string()))?;
    let expires_at = DateTime::from_timestamp(record.expiry_date.unix_timestamp(), 0).unwrap_or_default();
    let state = record.data.get(KEY).and_then(|value| serde_json::from_value::<SignedIn>(value.clone()).ok());
    let (account, browser) = state.map_or((None, None), |state| (Some(state.account), state.browser));
    Ok(StoredSession { id_hash: hash(&record.id), account, browser, data, expires_at })
}

/// The hash of a session's id, as the table keeps it.
fn hash(id: &Id) -> String {
    sha256_hex(&id.to_string())
}

/// tower-sessions sets expiry by the system's clock, so it is checked by the same.
pub fn real_now() -> DateTime<Utc> {
    DateTime::from_timestamp(time::OffsetDateTime::now_utc().unix_timestamp(), 0).unwrap_or_default()
}

fn backend(error: Error) -> StoreError {
    StoreError::Backend(format!("{error:?}"))
}
