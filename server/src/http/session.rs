//! Sessions in our own table, by a hash of their id.
//!
//! A save only updates: a session that was signed out cannot be revived by a request
//! that was still under way.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::AccountId;
use serde::{Deserialize, Serialize};
use tower_sessions::{
    Expiry, Session, SessionManagerLayer, SessionStore,
    cookie::SameSite,
    session::{Id, Record},
    session_store::{Error as StoreError, Result as StoreResult},
};

use crate::{
    crypto::sha256_hex,
    db::{Db, ReadTx, identity::PlaceKey},
    error::{Error, Result},
    graphql::context::App,
};

/// Idle time after which a session ends.
const IDLE_MINUTES: i64 = 30;
/// Age at which a session ends however busy it is.
const ABSOLUTE_HOURS: i64 = 8;
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
    since: DateTime<Utc>,
    touched: DateTime<Utc>,
}

/// The cookie: `__Host-sid` over https; a plain one for a demo on loopback, which has no https.
pub fn layer(app: &App) -> SessionManagerLayer<Store> {
    SessionManagerLayer::new(Store { db: app.db.clone() })
        .with_name(if app.demo { "sid" } else { "__Host-sid" })
        .with_secure(!app.demo)
        .with_http_only(true)
        .with_same_site(SameSite::Strict)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(time::Duration::minutes(IDLE_MINUTES)))
}

/// Who is signed in; none for a visitor, and after the absolute limit.
///
/// # Errors
/// [`Error::Internal`] when the store fails.
pub async fn signed_in(session: &Session, now: DateTime<Utc>) -> Result<Option<SignedIn>> {
    let Some(mut state) = session.get::<SignedIn>(KEY).await.map_err(fault)? else { return Ok(None) };
    if (now - state.since).num_hours() >= ABSOLUTE_HOURS {
        session.flush().await.map_err(fault)?;
        return Ok(None);
    }
    if (now - state.touched).num_seconds() >= TOUCH_SECONDS {
        state.touched = now;
        session.insert(KEY, &state).await.map_err(fault)?;
    }
    Ok(Some(state))
}

/// Signs `account` in at `place`, under a new session id.
///
/// # Errors
/// [`Error::Internal`] when the store fails.
pub async fn sign_in(session: &Session, account: AccountId, place: Option<PlaceKey>, now: DateTime<Utc>) -> Result<()> {
    session.cycle_id().await.map_err(fault)?;
    session.insert(KEY, SignedIn { account, place, since: now, touched: now }).await.map_err(fault)
}

/// Ends the session, here and in the table.
///
/// # Errors
/// [`Error::Internal`] when the store fails.
pub async fn sign_out(session: &Session) -> Result<()> {
    session.flush().await.map_err(fault)
}

/// The snapshot of a session at its place, under the memberships of this moment.
///
/// # Errors
/// [`Error::Internal`] from the database.
pub async fn enter(app: &App, state: &SignedIn, request_id: &str) -> Result<Option<ReadTx>> {
    match state.place {
        Some(place) => app.db.identity().enter(state.account, place, request_id).await,
        None => Ok(None),
    }
}

/// Removes sessions whose time is over.
///
/// # Errors
/// [`Error::Internal`] from the database.
pub async fn expire(app: &App) -> Result<()> {
    app.db.identity().sessions_expire(real_now()).await.map(|_| ())
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
            if self.db.identity().session_create(&row.hash, &row.data, row.expires_at).await.map_err(backend)? {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    async fn save(&self, record: &Record) -> StoreResult<()> {
        let row = encode(record)?;
        self.db.identity().session_save(&row.hash, &row.data, row.expires_at).await.map_err(backend)
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

struct Row {
    hash: String,
    data: String,
    expires_at: DateTime<Utc>,
}

fn encode(record: &Record) -> StoreResult<Row> {
    let mut without_id = record.clone();
    without_id.id = Id(0);
    let data = serde_json::to_string(&without_id).map_err(|error| StoreError::Encode(error.to_string()))?;
    let expires_at = DateTime::from_timestamp(record.expiry_date.unix_timestamp(), 0).unwrap_or_default();
    Ok(Row { hash: hash(&record.id), data, expires_at })
}

fn hash(id: &Id) -> String {
    sha256_hex(&id.to_string())
}

/// tower-sessions sets expiry by the system's clock, so it is checked by the same.
fn real_now() -> DateTime<Utc> {
    DateTime::from_timestamp(time::OffsetDateTime::now_utc().unix_timestamp(), 0).unwrap_or_default()
}

fn backend(error: Error) -> StoreError {
    StoreError::Backend(format!("{error:?}"))
}
