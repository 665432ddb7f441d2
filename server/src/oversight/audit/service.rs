//! Reading, verifying and exporting the audit of one's own place.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, ComplaintId, Violation,
    audit::{AuditFault, Head},
    permission::Permission,
};

use super::{
    anchors,
    chain::{self, Verdict},
    repo::{self, Filter},
};
use crate::{
    auth::scope::Granted,
    db::{AuditEvent, ReadTx, Verb, chain::Logged},
    error::Result,
    graphql::{context::Cx, page::Page},
    tenancy::service::profile::shown_lately,
};

/// Records that one export holds at most.
const EXPORT_MAX: u64 = 10_000;

/// Records with what their ids stand for.
pub struct Records {
    /// The records.
    pub rows: Vec<Logged>,
    /// Names of people.
    pub people: HashMap<AccountId, String>,
    /// Numbers of cases.
    pub cases: HashMap<ComplaintId, String>,
}

/// How the chain stands.
pub struct State {
    /// Its end, if it has begun.
    pub head: Option<Head>,
    /// When somebody last followed it, how far it was good or where it was broken.
    pub looked: Option<(DateTime<Utc>, i64, Option<AuditFault>)>,
    /// Who may be found in it.
    pub people: Vec<(AccountId, String)>,
}

/// Checks what a list is to be narrowed by.
pub fn filter(
    person: Option<AccountId>,
    verb: Option<&str>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<Filter> {
    let verb = verb.map(|key| Verb::from_key(key).ok_or_else(|| Violation::new("verb", "audit.verb"))).transpose()?;
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(Violation::new("to", "audit.period").into());
    }
    // The day after the last one must exist.
    if to.is_some_and(|day| day.succ_opt().is_none()) {
        return Err(Violation::new("to", "form.date").into());
    }
    Ok(Filter { person, verb, from, to })
}

/// A page of records, newest first; one more than asked when there are more.
pub async fn list(cx: &Cx, filter: &Filter, page: Page) -> Result<Records> {
    reader(cx)?;
    let tx = cx.read().await?;
    let rows = repo::list(&tx, filter, page).await?;
    named(&tx, rows).await
}

/// How many a filter holds.
pub async fn count(cx: &Cx, filter: &Filter) -> Result<i64> {
    reader(cx)?;
    repo::count(&*cx.read().await?, filter).await
}

/// How the chain stands, without following it.
pub async fn state(cx: &Cx) -> Result<State> {
    reader(cx)?;
    let tx = cx.read().await?;
    let last = repo::last(&tx, [Verb::AuditVerified, Verb::AuditBroken]).await?;
    let looked = last.and_then(|row| {
        let (seq, fault) = Verdict::read(row.detail.as_deref()?)?;
        Some((row.created_at, seq, fault))
    });
    Ok(State { head: tx.audit_head().await?, looked, people: repo::people(&tx).await? })
}

/// Follows the chain from end to end, against the heads kept outside of the database. That somebody did, and what came
/// of it, is a record of its own.
pub async fn verify(cx: &Cx) -> Result<Verdict> {
    let granted = reader(cx)?;
    let anchors = anchors::kept(cx.app.anchors.as_ref()).await?;
    let verdict = chain::verify(&*cx.read().await?, &anchors.of(granted.scope().owner())).await?;
    let verb = if verdict.broken.is_none() { Verb::AuditVerified } else { Verb::AuditBroken };
    cx.write(&granted).await?.commit(AuditEvent::of(verb).with_detail(verdict.to_string())).await?;
    Ok(verdict)
}

/// Every record that a filter holds, newest first. It is on record before anything is handed out.
pub async fn export(cx: &Cx, filter: &Filter) -> Result<Records> {
    let granted = reader(cx)?;
    shown_lately(cx).await?;
    let tx = cx.write(&granted).await?;
    let rows = repo::newest(&tx, filter, EXPORT_MAX + 1).await?;
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    if count > EXPORT_MAX {
        return Err(Violation::new("", "audit.too_many").with("max", EXPORT_MAX).into());
    }
    let records = named(&tx, rows).await?;
    tx.commit(AuditEvent::of(Verb::AuditExported).with_detail(format!("{count} {filter}"))).await?;
    Ok(records)
}

fn reader(cx: &Cx) -> Result<Granted> {
    cx.scope()?.require(Permission::AuditRead)
}

async fn named(tx: &ReadTx, rows: Vec<Logged>) -> Result<Records> {
    let mut people: HashMap<_, _> = repo::clerks(tx).await?.into_iter().collect();
    people.extend(repo::people(tx).await?);
    let cases = repo::cases(tx, &rows).await?.into_iter().collect();
    Ok(Records { rows, people, cases })
}

impl std::fmt::Display for Filter {
    /// For the audit: what was exported.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = [
            self.person.map(|person| format!("person={person}")),
            self.verb.map(|verb| format!("verb={}", verb.as_str())),
            self.from.map(|day| format!("from={day}")),
            self.to.map(|day| format!("to={day}")),
        ];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }
}
