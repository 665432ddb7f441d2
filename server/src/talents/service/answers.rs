//! Answers to questions of policy (6.16.7): added, changed and looked at again by those at a talent post.

use chrono::NaiveDate;
use domain::{
    PolicyAnswerId,
    calendar::local_date,
    permission::Permission,
    settings::EntryStatus,
    talents::answers::{AnswerForm, review_due_on},
};
use entity::policy_answer;
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{Viewer, keeping, repo};
use crate::{
    db::{AuditEvent, Verb, WriteTx},
    error::{Error, Result},
    graphql::{context::Cx, page::Most},
    posts::service::Seen,
};

/// An answer with the day on which it is looked at again.
pub struct Found {
    /// The answer.
    pub row: policy_answer::Model,
    /// The last day for that.
    pub review_due_on: Option<NaiveDate>,
    /// Whether it has gone by.
    pub overdue: bool,
}

/// Answers, and whether the viewer keeps them.
pub struct List {
    /// Those that hold what was looked for, the oldest look first.
    pub answers: Vec<Found>,
    /// Whether the viewer may change them.
    pub may_keep: bool,
}

/// At most so many of the center's answers that hold `search`.
pub async fn list(cx: &Cx, search: Option<String>, most: Most) -> Result<List> {
    cx.scope()?.require(Permission::TalentRead)?;
    let tx = cx.read().await?;
    let words: Option<String> = search.map(|text| text.trim().chars().take(100).collect());
    let words = words.filter(|text| !text.is_empty());
    let rules = cx.rules().await?;
    let today = local_date(cx.now());
    let found = |row: policy_answer::Model| {
        let due = review_due_on(row.reviewed_on, &rules.policy);
        Found { row, review_due_on: due, overdue: due.is_some_and(|due| due < today) }
    };
    let answers = repo::answers(&tx, words.as_deref(), most).await?.into_iter().map(found).collect();
    Ok(List { answers, may_keep: Viewer::of(cx, &tx).await?.keeps() })
}

/// Adds an answer.
pub async fn add(cx: &Cx, form: AnswerForm) -> Result<policy_answer::Model> {
    check(cx, &form)?;
    let mut tx = keeping(cx).await?;
    let row = policy_answer::ActiveModel {
        id: Set(PolicyAnswerId(cx.app.ids.next())),
        author_id: Set(cx.scope()?.account().ok_or(Error::Unauthenticated)?),
        status: Set(EntryStatus::Active),
        demo: Set(cx.app.demo),
        version: Set(1),
        ..columns(cx, form)
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::PolicyAnswerAdded)).await?;
    Ok(row)
}

/// Changes an answer, which is a look at it too.
pub async fn edit(cx: &Cx, seen: Seen<PolicyAnswerId>, form: AnswerForm) -> Result<policy_answer::Model> {
    check(cx, &form)?;
    let tx = known(cx, seen.id).await?;
    change(tx, seen, columns(cx, form), Verb::PolicyAnswerEdited).await
}

/// Says that an answer still holds.
pub async fn review(cx: &Cx, seen: Seen<PolicyAnswerId>) -> Result<policy_answer::Model> {
    let tx = known(cx, seen.id).await?;
    let today = local_date(cx.now());
    let looked = policy_answer::ActiveModel { reviewed_on: Set(today), ..Default::default() };
    change(tx, seen, looked, Verb::PolicyAnswerReviewed).await
}

/// Takes an answer out of use.
pub async fn withdraw(cx: &Cx, seen: Seen<PolicyAnswerId>) -> Result<policy_answer::Model> {
    let tx = known(cx, seen.id).await?;
    let gone = policy_answer::ActiveModel { status: Set(EntryStatus::Retired), ..Default::default() };
    change(tx, seen, gone, Verb::PolicyAnswerWithdrawn).await
}

fn check(cx: &Cx, form: &AnswerForm) -> Result<()> {
    let found = form.check(local_date(cx.now()));
    if found.is_empty() { Ok(()) } else { Err(Error::Invalid(found)) }
}

async fn known(cx: &Cx, id: PolicyAnswerId) -> Result<WriteTx> {
    let tx = keeping(cx).await?;
    repo::answer(&tx, id).await?;
    Ok(tx)
}

async fn change(
    mut tx: WriteTx,
    seen: Seen<PolicyAnswerId>,
    change: policy_answer::ActiveModel,
    verb: Verb,
) -> Result<policy_answer::Model> {
    let row = tx.update(policy_answer::ActiveModel { id: Unchanged(seen.id), ..change }, seen.version).await?;
    tx.commit(AuditEvent::on(row.id.0, verb)).await?;
    Ok(row)
}

fn columns(cx: &Cx, form: AnswerForm) -> policy_answer::ActiveModel {
    let AnswerForm { question, answer, source, source_on } = form;
    policy_answer::ActiveModel {
        question: Set(question.trim().to_owned()),
        answer: Set(answer.trim().to_owned()),
        source: Set(source.trim().to_owned()),
        source_on: Set(source_on),
        reviewed_on: Set(local_date(cx.now())),
        ..Default::default()
    }
}
