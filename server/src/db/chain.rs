//! The audit as it is stored: adding to a chain, and reading it.
//!
//! Centers and cities have tables of the same columns. The head of a chain is a row of its own, locked while a record is
//! added: a record that does not exist yet could not be locked, and two writers would both follow the same one.
//! On SQLite there is one writer at a time anyway.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex as StdMutex, PoisonError},
};

use chrono::{DateTime, SubsecRound, Utc};
use domain::{
    AccountId, CityId,
    audit::{AuditOutcome, Digest, Head, Link, Owner, Record},
};
use entity::{audit_event::Column as C, audit_head::Column as H, center, city};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, QueryOrder,
    sea_query::{
        Alias, Asterisk, Condition, Expr, ExprTrait, LockType, OnConflict, Order, Query, SelectStatement, Value,
    },
};
use tokio::sync::{Mutex, OwnedMutexGuard};
use uuid::Uuid;

use super::{AuditEvent, Db, ReadTx, wall::Filter};
use crate::{
    auth::scope::{ActorId, Scope},
    crypto::{hex, sha256, unhex},
    error::{Error, Result},
    graphql::page::Cursor,
};

/// Everything about a record that the scope knows.
pub(super) fn record(scope: &Scope, id: Uuid, event: AuditEvent, outcome: AuditOutcome, now: DateTime<Utc>) -> Record {
    let roles: Vec<_> = scope.roles().roles().iter().map(|role| role.key()).collect();
    Record {
        seq: 0,
        id,
        actor: scope.account().map(|account| account.0),
        actor_kind: scope.actor().kind().to_owned(),
        roles: (!roles.is_empty()).then(|| roles.join(",")),
        verb: event.verb.as_str().to_owned(),
        outcome: outcome.key().to_owned(),
        object: event.object.map(|id| id.to_string()),
        detail: event.detail,
        request: match (scope.request_id(), scope.actor()) {
            ("", ActorId::Job(name)) => format!("job:{name}"),
            (id, _) => id.to_owned(),
        },
        source: scope.source().map(ToOwned::to_owned),
        at: now,
    }
}

/// What a command did, before or beside any scope.
pub(super) fn by_command(name: &str, id: Uuid, event: AuditEvent, now: DateTime<Utc>) -> Record {
    Record {
        seq: 0,
        id,
        actor: None,
        actor_kind: "job".to_owned(),
        roles: None,
        verb: event.verb.as_str().to_owned(),
        outcome: AuditOutcome::Done.key().to_owned(),
        object: event.object.map(|id| id.to_string()),
        detail: event.detail,
        request: format!("job:{name}"),
        source: None,
        at: now,
    }
}

/// Whose turn it is to add to a chain, in this process: fair, and outside of the database, where a crowd that waits for
/// one row slows everybody down and is cut off by the limit on a statement's time.
#[derive(Clone, Default)]
pub(super) struct Queues(Arc<StdMutex<HashMap<Owner, Arc<Mutex<()>>>>>);

impl Queues {
    /// Waits for the turn. It ends when the answer is dropped.
    pub async fn turn(&self, owner: Owner) -> OwnedMutexGuard<()> {
        let queue = self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(owner).or_default().clone();
        queue.lock_owned().await
    }
}

/// Adds a record to the end of the owner's chain. The last thing before a commit: the head stays locked until then.
///
/// # Errors
/// [`Error::Internal`] from the database, never anything that a caller could take for an answer.
pub(super) async fn append(tx: &DatabaseTransaction, owner: Owner, record: Record) -> Result<()> {
    Tables::of(owner).append(tx, record).await.map_err(|error| Error::Internal(error.into()))
}

/// The two tables of an owner's chain.
#[derive(Clone, Copy)]
struct Tables {
    owner: Owner,
    events: &'static str,
    heads: &'static str,
    key: &'static str,
    filter: Filter,
}

#[derive(FromQueryResult)]
struct HeadRow {
    seq: i64,
    hash: String,
}

/// A record as it is stored.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Logged {
    /// Its place in the chain.
    pub seq: i64,
    prev_hash: Option<String>,
    hash: Option<String>,
    /// Its id.
    pub id: Uuid,
    /// Who, if signed in.
    pub actor_id: Option<AccountId>,
    /// Account, visitor or job.
    pub actor_kind: String,
    /// Roles held then, as keys with commas between.
    pub roles: Option<String>,
    /// What was done.
    pub verb: String,
    /// Whether it was.
    pub outcome: String,
    /// To which row.
    pub object_id: Option<String>,
    /// Particulars.
    pub detail: Option<String>,
    /// The request or job.
    pub request_id: String,
    /// From which network.
    pub source: Option<String>,
    /// When.
    pub created_at: DateTime<Utc>,
}

impl Tables {
    const fn of(owner: Owner) -> Self {
        let (events, heads, key) = match owner {
            Owner::Center(_) => ("audit_event", "audit_head", "center_id"),
            Owner::City(_) => ("city_audit_event", "city_audit_head", "city_id"),
        };
        Self { owner, events, heads, key, filter: Filter::STANDING }
    }

    async fn append(self, tx: &DatabaseTransaction, record: Record) -> Result<(), DbErr> {
        let head = match self.head(tx, Some(LockType::Update)).await? {
            Some(head) => head,
            None => {
                self.begin(tx).await?;
                let begun = self.head(tx, Some(LockType::Update)).await?;
                begun.ok_or_else(|| DbErr::RecordNotInserted)?
            }
        };
        // No finer than both databases keep it, or the hash would not be found again.
        let record = Record { at: record.at.trunc_subsecs(6), ..record };
        let link = Link::new(record, self.owner, head, sha256);
        let head = link.head();
        self.insert(tx, link).await?;
        let advance = Query::update()
            .table(Alias::new(self.heads))
            .values([(H::Seq, head.seq.into()), (H::Hash, hex(&head.hash).into())])
            .cond_where(self.mine())
            .to_owned();
        let advanced = tx.execute(&advance).await?;
        if advanced.rows_affected() == 1 { Ok(()) } else { Err(DbErr::RecordNotUpdated) }
    }

    /// Begins a chain. Of several who do so at once, the first one's row stays.
    async fn begin(self, tx: &DatabaseTransaction) -> Result<(), DbErr> {
        let head = Head::empty(self.owner, self.earlier(tx).await?, sha256);
        let row: [Expr; 3] = [self.owner.id().into(), head.seq.into(), hex(&head.hash).into()];
        let insert = Query::insert()
            .into_table(Alias::new(self.heads))
            .columns([Alias::new(self.key), Alias::new("seq"), Alias::new("hash")])
            .values_panic(row)
            .on_conflict(OnConflict::column(Alias::new(self.key)).do_nothing().to_owned())
            .to_owned();
        tx.execute(&insert).await.map(|_| ())
    }

    async fn insert(self, tx: &DatabaseTransaction, link: Link) -> Result<(), DbErr> {
        let Link { record, previous, hash } = link;
        let cells: [(Alias, Value); 15] = [
            (Alias::new(self.key), self.owner.id().into()),
            (name(C::Id), record.id.into()),
            (name(C::Seq), record.seq.into()),
            (name(C::PrevHash), hex(&previous).into()),
            (name(C::Hash), hex(&hash).into()),
            (name(C::ActorId), record.actor.into()),
            (name(C::ActorKind), record.actor_kind.into()),
            (name(C::Roles), record.roles.into()),
            (name(C::Verb), record.verb.into()),
            (name(C::Outcome), record.outcome.into()),
            (name(C::ObjectId), record.object.into()),
            (name(C::Detail), record.detail.into()),
            (name(C::RequestId), record.request.into()),
            (name(C::Source), record.source.into()),
            (name(C::CreatedAt), record.at.into()),
        ];
        let (columns, values): (Vec<_>, Vec<_>) =
            cells.into_iter().map(|(column, cell)| (column, Expr::val(cell))).unzip();
        let insert =
            Query::insert().into_table(Alias::new(self.events)).columns(columns).values_panic(values).to_owned();
        tx.execute(&insert).await.map(|_| ())
    }

    async fn head(self, tx: &DatabaseTransaction, lock: Option<LockType>) -> Result<Option<Head>, DbErr> {
        let mut select =
            Query::select().columns([H::Seq, H::Hash]).from(Alias::new(self.heads)).cond_where(self.mine()).to_owned();
        if let Some(lock) = lock {
            select.lock(lock);
        }
        let row = tx.query_one(&select).await?.map(|row| HeadRow::from_query_result(&row, "")).transpose()?;
        Ok(row.map(|row| Head { seq: row.seq, hash: digest(Some(&row.hash)) }))
    }

    /// How many rows are older than the chain.
    async fn earlier(self, tx: &DatabaseTransaction) -> Result<i64, DbErr> {
        self.count(tx, Expr::col(name(C::Seq)).is_null().into()).await
    }

    async fn count(self, tx: &DatabaseTransaction, condition: Condition) -> Result<i64, DbErr> {
        let select = Query::select()
            .expr_as(Expr::col(Asterisk).count(), Alias::new("rows"))
            .from(Alias::new(self.events))
            .cond_where(self.mine())
            .cond_where(condition)
            .to_owned();
        tx.query_one(&select).await?.map_or(Ok(0), |row| row.try_get("", "rows"))
    }

    async fn rows(self, tx: &DatabaseTransaction, select: &mut SelectStatement) -> Result<Vec<Logged>, DbErr> {
        let columns = [
            C::Seq,
            C::PrevHash,
            C::Hash,
            C::Id,
            C::ActorId,
            C::ActorKind,
            C::Roles,
            C::Verb,
            C::Outcome,
            C::ObjectId,
            C::Detail,
            C::RequestId,
            C::Source,
            C::CreatedAt,
        ];
        select.columns(columns.map(name)).from(Alias::new(self.events)).cond_where(self.mine());
        let rows = tx.query_all(select).await?;
        rows.iter().map(|row| Logged::from_query_result(row, "")).collect()
    }

    fn mine(self) -> Condition {
        self.filter.only(Expr::col(Alias::new(self.key)).eq(self.owner.id()))
    }
}

impl Logged {
    fn link(self) -> Link {
        Link {
            previous: digest(self.prev_hash.as_deref()),
            hash: digest(self.hash.as_deref()),
            record: Record {
                seq: self.seq,
                id: self.id,
                actor: self.actor_id.map(|account| account.0),
                actor_kind: self.actor_kind,
                roles: self.roles,
                verb: self.verb,
                outcome: self.outcome,
                object: self.object_id,
                detail: self.detail,
                request: self.request_id,
                source: self.source,
                at: self.created_at,
            },
        }
    }
}

/// The chain of the scope's own place; no method names another.
impl ReadTx {
    /// Where the chain ends; none before its first record.
    ///
    /// # Errors
    /// [`Error::Internal`] from the database, as below.
    pub async fn audit_head(&self) -> Result<Option<Head>> {
        Ok(self.audit().head(self.conn(), None).await?)
    }

    /// How many rows are older than the chain.
    ///
    /// # Errors
    /// As [`audit_head`](Self::audit_head).
    pub async fn audit_earlier(&self) -> Result<i64> {
        Ok(self.audit().earlier(self.conn()).await?)
    }

    /// The records after the one numbered `after`, in order.
    ///
    /// # Errors
    /// As [`audit_head`](Self::audit_head).
    pub async fn audit_links(&self, after: i64, limit: u64) -> Result<Vec<Link>> {
        let mut select = Query::select();
        select.and_where(Expr::col(name(C::Seq)).gt(after)).order_by(name(C::Seq), Order::Asc).limit(limit);
        let rows = self.audit().rows(self.conn(), &mut select).await?;
        Ok(rows.into_iter().map(Logged::link).collect())
    }

    /// Records for which `condition` holds, newest first, from after `cursor` on.
    ///
    /// # Errors
    /// As [`audit_head`](Self::audit_head).
    pub async fn audit_rows(&self, condition: Condition, cursor: Option<Cursor>, limit: u64) -> Result<Vec<Logged>> {
        let mut select = Query::select();
        select.and_where(Expr::col(name(C::Seq)).is_not_null()).cond_where(condition).limit(limit);
        if let Some(after) = cursor {
            let place = Expr::tuple([Expr::col(name(C::CreatedAt)), Expr::col(name(C::Id))]);
            select.and_where(place.lt(Expr::tuple([after.at.into(), after.id.into()])));
        }
        select.order_by(name(C::CreatedAt), Order::Desc).order_by(name(C::Id), Order::Desc);
        Ok(self.audit().rows(self.conn(), &mut select).await?)
    }

    /// How many records there are for which `condition` holds.
    ///
    /// # Errors
    /// As [`audit_head`](Self::audit_head).
    pub async fn audit_count(&self, condition: Condition) -> Result<i64> {
        let in_chain = Expr::col(name(C::Seq)).is_not_null();
        Ok(self.audit().count(self.conn(), condition.add(in_chain)).await?)
    }

    fn audit(&self) -> Tables {
        Tables { filter: self.wall(), ..Tables::of(self.scope().owner()) }
    }
}

/// A city office, as the database knows it.
#[derive(Clone, Debug)]
pub struct Office {
    id: CityId,
    code: String,
}

impl Office {
    /// Its id.
    #[must_use]
    pub const fn id(&self) -> CityId {
        self.id
    }

    /// Its public code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }
}

impl Db {
    /// Every city office: its public code, and a scope of the job `name` there.
    ///
    /// # Errors
    /// [`Error::Internal`] from the database.
    pub async fn offices(&self, name: &'static str) -> Result<Vec<(String, Scope)>> {
        let rows = city::Entity::find().order_by_asc(city::Column::Code).all(&self.conn).await?;
        let offices = rows.into_iter().map(|row| Office { id: row.id, code: row.code });
        Ok(offices.map(|office| (office.code().to_owned(), Scope::city_job(&office, name))).collect())
    }

    /// Every chain there is, closed centers' too: its owner's public code, and a scope of the job `name` to read it.
    ///
    /// # Errors
    /// [`Error::Internal`] from the database.
    pub async fn chains(&self, name: &'static str) -> Result<Vec<(String, Scope)>> {
        let mut chains = self.offices(name).await?;
        let centers = center::Entity::find().order_by_asc(center::Column::Position).order_by_asc(center::Column::Code);
        for row in centers.all(&self.conn).await? {
            chains.push((row.code.clone(), Scope::job(&row.into(), name)));
        }
        Ok(chains)
    }
}

/// What is no hash is the hash of nothing: it will be found to differ.
fn digest(text: Option<&str>) -> Digest {
    text.and_then(unhex).unwrap_or_default()
}

fn name(column: C) -> Alias {
    Alias::new(sea_orm::IdenStatic::as_str(&column))
}
