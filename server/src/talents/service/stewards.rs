//! The stewards (企业人才管家): who is assigned to a talent post, whether they are a senior clerk (6.16.1) and were trained in
//! talent policy this year (6.16.7).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use domain::{PostId, StaffId, Violation, calendar::local_date, permission::Permission, talents::check_senior};
use entity::{post, staff_member};

use super::{Viewer, repo};
use crate::{
    db::{AuditEvent, ReadTx, Verb},
    error::{Error, Result},
    graphql::context::Cx,
    posts,
};

/// Somebody at a talent post, with what is asked of them.
pub struct Steward {
    /// Who.
    pub row: staff_member::Model,
    /// At which of the posts.
    pub posts: Vec<PostId>,
    /// Since when they are a senior clerk.
    pub senior_since: Option<NaiveDate>,
    /// The first day of this year on which they were trained in talent policy.
    pub trained_on: Option<NaiveDate>,
}

/// Who is assigned to a post today.
pub async fn at(cx: &Cx, tx: &ReadTx, post: PostId) -> Result<BTreeSet<StaffId>> {
    Ok(assigned(cx, tx, &[post]).await?.into_keys().collect())
}

async fn assigned(cx: &Cx, tx: &ReadTx, posts: &[PostId]) -> Result<BTreeMap<StaffId, Vec<PostId>>> {
    let today = local_date(cx.now());
    let mut people: BTreeMap<StaffId, Vec<PostId>> = BTreeMap::new();
    for row in posts::repo::assignments_between(tx, today, today).await? {
        if posts.contains(&row.post_id) {
            people.entry(row.staff_id).or_default().push(row.post_id);
        }
    }
    Ok(people)
}

/// The stewards of these posts, by number; four statements.
pub async fn of(cx: &Cx, tx: &ReadTx, posts: &[post::Model]) -> Result<Vec<Steward>> {
    let ids: Vec<_> = posts.iter().map(|row| row.id).collect();
    let mut at = assigned(cx, tx, &ids).await?;
    let people: BTreeSet<_> = at.keys().copied().collect();
    let rows = posts::repo::people(tx, people.iter().copied().collect()).await?;
    let senior = repo::senior_clerks(tx, &people).await?;
    let trained = repo::policy_training(tx, &people, local_date(cx.now()).year()).await?;
    let mut stewards: Vec<_> = rows
        .into_values()
        .map(|row| Steward {
            posts: at.remove(&row.id).unwrap_or_default(),
            senior_since: senior.get(&row.id).copied(),
            trained_on: trained.get(&row.id).copied(),
            row,
        })
        .collect();
    stewards.sort_by(|a, b| a.row.staff_no.cmp(&b.row.staff_no));
    Ok(stewards)
}

/// Writes down since when somebody is a senior clerk, or that they are none.
pub async fn mark_senior(cx: &Cx, staff: StaffId, since: Option<NaiveDate>) -> Result<staff_member::Model> {
    check_senior(since, local_date(cx.now()))?;
    let mut tx = cx.write(&cx.scope()?.require(Permission::TalentKeep)?).await?;
    let row = posts::service::working(&tx, "staff", staff).await?;
    if !Viewer::of(cx, &tx).await?.directs() {
        return Err(Violation::new("", "talents.not_directing").into());
    }
    // Two at once would both add the row.
    posts::repo::hold(&mut tx, staff).await?;
    let recorder = cx.scope()?.account().ok_or(Error::Unauthenticated)?;
    repo::mark_senior(&mut tx, staff, since, recorder).await?;
    let detail = since.map_or_else(String::new, |since| since.to_string());
    tx.commit(AuditEvent::on(staff.0, Verb::SeniorClerkMarked).with_detail(detail)).await?;
    Ok(row)
}
