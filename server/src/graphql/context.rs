//! What one request carries: who asks, what time it is, and one snapshot of the data.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::Context;
use chrono::{DateTime, Utc};
use domain::{CityId, calendar::WorkingCalendar, policy::Policy};
use entity::sealed_rating;
use tokio::sync::{Mutex, RwLock};
use tower_sessions::Session;

use crate::{
    analytics::service::figures::Comparisons,
    auth::scope::{Granted, Scope},
    clock::{Clock, IdSource},
    crypto::Keys,
    db::{AuditEvent, Db, ReadTx, WriteTx},
    error::{Error, Result},
    files::store::Files,
    http::{
        caller::Caller,
        client::ClientAddr,
        edge::{Edge, VisitorAct},
    },
    oversight::audit::anchors::AnchorFile,
    ratings::watch::Watches,
};

/// What the whole process shares.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// Keys of field encryption.
    pub keys: Keys,
    /// The time.
    pub clock: Clock,
    /// New ids.
    pub ids: IdSource,
    /// Whether this is a demo on loopback.
    pub demo: bool,
    /// What is asked of those who sign in.
    pub security: Security,
    /// Limits, lanes and figures.
    pub edge: Arc<Edge>,
    /// Where files lie.
    pub files: Files,
    /// Where the heads of the audit are kept outside of the database.
    pub anchors: Option<AnchorFile>,
    /// Comparisons of centers that were made.
    pub comparisons: Arc<Comparisons>,
    /// What is noticed as the public rates.
    pub watch: Arc<Watches>,
    rules: Arc<RwLock<RulesByCity>>,
}

/// What is asked of those who sign in.
#[derive(Clone, Copy, Debug)]
pub struct Security {
    /// A second factor of those who can do much.
    pub require_second_factor: bool,
    /// What 等保 asks of passwords besides.
    pub dengbao_compat: bool,
}

/// Each city's rules, and when they were read.
type RulesByCity = HashMap<CityId, (Instant, Arc<CityRules>)>;

/// What a city has set for its centers.
pub struct CityRules {
    /// Holidays and make-up workdays.
    pub calendar: WorkingCalendar,
    /// Deadlines and limits.
    pub policy: Policy,
}

/// How long a process may go on with a city's old values.
const RULES_FRESH: Duration = Duration::from_secs(30);

impl App {
    /// The process' state.
    pub fn new(db: Db, keys: Keys, clock: Clock, ids: IdSource, demo: bool) -> Self {
        let security = Security { require_second_factor: false, dengbao_compat: false };
        Self {
            db,
            keys,
            clock,
            ids,
            demo,
            security,
            edge: Arc::default(),
            files: Files::default(),
            anchors: None,
            comparisons: Arc::default(),
            watch: Arc::default(),
            rules: Arc::default(),
        }
    }

    /// The same process, asking for more of those who sign in.
    #[must_use]
    pub fn with_security(self, security: Security) -> Self {
        Self { security, ..self }
    }

    /// The same process behind another edge.
    #[must_use]
    pub fn behind(self, edge: Edge) -> Self {
        Self { edge: Arc::new(edge), ..self }
    }

    /// The same process, comparing its audit with the heads kept in a file.
    #[must_use]
    pub fn with_anchors(mut self, anchors: Option<AnchorFile>) -> Self {
        self.anchors = anchors;
        self
    }

    /// The same process, keeping files there.
    #[must_use]
    pub fn with_files(self, files: Files) -> Self {
        Self { files, ..self }
    }

    /// The same process at another time, e.g. in a demo's past.
    pub fn at(&self, clock: Clock) -> Self {
        let db = self.db.clone().with_clock(clock.clone(), self.ids.clone());
        Self { db, clock, ..self.clone() }
    }

    /// The city's calendar and policy, at most half a minute old.
    ///
    /// # Errors
    /// [`Error::Internal`] from the database.
    pub async fn rules(&self, city: CityId) -> Result<Arc<CityRules>> {
        if let Some((read_at, rules)) = self.rules.read().await.get(&city)
            && read_at.elapsed() < RULES_FRESH
        {
            return Ok(rules.clone());
        }
        let identity = self.db.identity();
        let calendar = WorkingCalendar::new(identity.city_calendar(city).await?);
        let policy = Policy::new(identity.city_policy(city).await?);
        let rules = Arc::new(CityRules { calendar, policy });
        self.rules.write().await.insert(city, (Instant::now(), rules.clone()));
        Ok(rules)
    }

    /// Reads a city's rules anew when they are next needed: somebody has changed them.
    pub async fn forget_rules(&self, city: CityId) {
        self.rules.write().await.remove(&city);
    }
}

/// One request.
pub struct Cx {
    /// The process.
    pub app: App,
    /// Goes into logs, errors and the audit.
    pub request_id: String,
    /// The cookie's session; absent in jobs and set-up.
    pub session: Option<Session>,
    /// Where it comes from.
    pub caller: Arc<Caller>,
    scope: Option<Scope>,
    snapshot: Mutex<Option<Arc<ReadTx>>>,
}

impl Cx {
    /// A request of `scope`, or of nobody.
    pub fn new(app: App, scope: Option<Scope>, session: Option<Session>, request_id: String) -> Self {
        let scope = scope.map(|scope| scope.with_request_id(&request_id));
        Self { app, request_id, session, caller: Arc::default(), scope, snapshot: Mutex::default() }
    }

    /// A request of a session, with the snapshot in which its memberships were read.
    pub fn of_session(app: App, session: Session, snapshot: Option<ReadTx>, request_id: String) -> Self {
        let scope = snapshot.as_ref().map(|tx| tx.scope().clone());
        let snapshot = Mutex::new(snapshot.map(Arc::new));
        Self { app, request_id, session: Some(session), caller: Arc::default(), scope, snapshot }
    }

    /// The same request, from `caller`.
    #[must_use]
    pub fn from(mut self, caller: Arc<Caller>) -> Self {
        let network = caller.client.map(ClientAddr::network);
        self.scope = self.scope.map(|scope| scope.with_source(network));
        self.caller = caller;
        self
    }

    /// The same request under another scope: a visitor at a center. Ends the snapshot of the
    /// old one: a request holds one connection at a time.
    pub async fn under(&self, scope: Scope) -> Self {
        self.snapshot.lock().await.take();
        Self::new(self.app.clone(), Some(scope), self.session.clone(), self.request_id.clone())
            .from(self.caller.clone())
    }

    /// Takes back what [`admit`](Self::admit) counted.
    pub fn forgive(&self, act: VisitorAct) {
        if let Some(client) = self.caller.client {
            self.app.edge.forgive(act, client);
        }
    }

    /// Counts an act of a visitor against their address.
    ///
    /// # Errors
    /// [`Error::RateLimited`] when it was done too often from there.
    pub fn admit(&self, act: VisitorAct) -> Result<()> {
        self.caller.client.map_or(Ok(()), |client| self.app.edge.admit(act, client, self.now()))
    }

    /// Where the viewer may look.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] without a session and a place.
    pub fn scope(&self) -> Result<&Scope> {
        self.scope.as_ref().ok_or(Error::Unauthenticated)
    }

    /// The present instant, to the microsecond.
    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// The calendar and policy of the viewer's city.
    ///
    /// # Errors
    /// As [`scope`](Self::scope) and [`App::rules`].
    pub async fn rules(&self) -> Result<Arc<CityRules>> {
        self.app.rules(self.scope()?.city()).await
    }

    /// The request's one snapshot, opened when first needed.
    ///
    /// # Errors
    /// As [`scope`](Self::scope), and from the database.
    pub async fn read(&self) -> Result<Arc<ReadTx>> {
        let mut snapshot = self.snapshot.lock().await;
        if let Some(tx) = &*snapshot {
            return Ok(tx.clone());
        }
        let tx = Arc::new(self.app.db.read(self.scope()?).await?);
        *snapshot = Some(tx.clone());
        Ok(tx)
    }

    /// Begins the one write of a mutation. What is read afterwards sees it.
    ///
    /// # Errors
    /// From the database.
    pub async fn write(&self, granted: &Granted) -> Result<WriteTx> {
        self.snapshot.lock().await.take();
        self.app.db.write(granted).await
    }

    /// Takes what a visitor gave for a token; see [`Db::cast`].
    pub(crate) async fn cast(&self, granted: &Granted, mark: String, sealed: sealed_rating::ActiveModel) -> Result<()> {
        self.snapshot.lock().await.take();
        self.app.db.cast(granted, mark, sealed).await
    }

    /// Records that somebody signed in tried what they may not. A visitor has no place whose audit could tell.
    ///
    /// # Errors
    /// From the database.
    pub async fn refused(&self, event: AuditEvent) -> Result<()> {
        let Some(scope) = &self.scope else { return Ok(()) };
        self.snapshot.lock().await.take();
        self.app.db.refused(scope, event).await
    }
}

/// `ctx.cx()` in resolvers.
pub trait ContextExt {
    /// The request.
    ///
    /// # Errors
    /// [`Error::Internal`] when the schema runs outside a request, which is a programming error.
    fn cx(&self) -> Result<&Arc<Cx>>;
}

impl ContextExt for Context<'_> {
    fn cx(&self) -> Result<&Arc<Cx>> {
        self.data::<Arc<Cx>>().map_err(|error| Error::Internal(anyhow::anyhow!(error.message)))
    }
}
