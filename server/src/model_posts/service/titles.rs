//! The life of a title: each step by the rules of `domain::model_posts::title`, with its line in the title's history.

use chrono::NaiveDate;
use domain::{
    AccountId, ModelTitleId, ObjectionId, PostId, TitleEventId, Violation,
    calendar::local_date,
    complaints::{Who, form},
    model_posts::{
        gaps::block,
        title::{
            Decision, ObjectionStatus, Term, TitleAction, TitleFacts, TitleStatus, after, appraise, check_score,
            may_apply, may_settle, publicised_until,
        },
    },
    permission::Permission,
};
use entity::{model_title, model_title_event, post, title_objection};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{check_note, facts::Known, model_post, repo, who};
use crate::{
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Conflict, Error, Kind, Result},
    graphql::context::Cx,
    posts::service::Seen,
};

/// The encrypted column of an objection, without its ending: so an export opens it.
const TEXT: &str = "text";

/// How a post was found to be.
#[derive(Clone, Copy, Debug)]
pub struct Appraisal {
    /// Points, where they count.
    pub score: Option<u32>,
    /// Stars, where they are given.
    pub stars: Option<u32>,
}

/// What is written down of a step.
#[derive(Clone, Copy, Debug, Default)]
struct Line<'a> {
    score: Option<i32>,
    stars: Option<i32>,
    until: Option<NaiveDate>,
    note: Option<&'a str>,
}

/// Applies for the title of a post.
pub async fn apply(cx: &Cx, post: PostId, note: Option<String>) -> Result<model_title::Model> {
    check_note("note", note.as_deref())?;
    let mut tx = cx.write(&cx.scope()?.require(Permission::ModelPostPropose)?).await?;
    let (post, kind) = model_post(cx, &tx, post).await?;
    let who = who(cx, &tx, &post).await?;
    may_apply(kind, &who)?;
    let today = local_date(cx.now());
    let row = model_title::ActiveModel {
        id: Set(ModelTitleId(cx.app.ids.next())),
        post_id: Set(post.id),
        kind: Set(kind),
        status: Set(TitleStatus::Applied),
        live: Set(Some(true)),
        applicant_id: Set(actor(&who)?),
        applied_on: Set(today),
        since_on: Set(today),
        version: Set(1),
        ..Default::default()
    };
    let row = tx.insert(row).await.map_err(|error| match error {
        Error::Conflict(Conflict::Taken) => Violation::new("post", "model_post.title_exists").into(),
        other => other,
    })?;
    tell(cx, &mut tx, &row, None, Line { note: note.as_deref(), ..Line::default() }).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::TitleAppliedFor)).await?;
    Ok(row)
}

/// Appraises an application against the criteria.
pub async fn review(
    cx: &Cx,
    seen: Seen<ModelTitleId>,
    found: Appraisal,
    note: Option<String>,
) -> Result<model_title::Model> {
    let step = Step::begin(cx, seen.id, Permission::ModelPostAppraise).await?;
    let mut change = step.appraised(TitleAction::Review, found).await?;
    change.reviewer_id = Set(Some(actor(&step.who)?));
    step.end(seen.version, change, TitleAction::Review, Verb::TitleReviewed, note.as_deref()).await
}

/// Makes it known from today on.
pub async fn publicise(cx: &Cx, seen: Seen<ModelTitleId>, note: Option<String>) -> Result<model_title::Model> {
    let step = Step::begin(cx, seen.id, Permission::ModelPostDecide).await?;
    let mut change = step.change(TitleAction::Publicise).await?;
    let rules = cx.rules().await?;
    change.publicised_until = Set(Some(publicised_until(step.today, &rules.policy, &rules.calendar)?));
    step.end(seen.version, change, TitleAction::Publicise, Verb::TitlePublicised, note.as_deref()).await
}

/// Takes an objection down. It makes the title another than whoever would award it has seen.
pub async fn object(cx: &Cx, seen: Seen<ModelTitleId>, text: String) -> Result<model_title::Model> {
    form::entry("text", &text)?;
    let mut step = Step::begin(cx, seen.id, Permission::ModelPostHear).await?;
    let change = step.change(TitleAction::Object).await?;
    let row = title_objection::ActiveModel {
        id: Set(ObjectionId(cx.app.ids.next())),
        title_id: Set(seen.id),
        text_enc: Set(cx.app.keys.center(cx.scope()?.center()?).seal(TEXT, &text)?),
        taker_id: Set(actor(&step.who)?),
        taken_at: Set(cx.now()),
        status: Set(ObjectionStatus::Open),
        version: Set(1),
        ..Default::default()
    };
    step.tx.insert(row).await?;
    step.end(seen.version, change, TitleAction::Object, Verb::ObjectionTaken, None).await
}

/// Finds an objection right or wrong.
pub async fn settle(cx: &Cx, seen: Seen<ObjectionId>, upheld: bool, answer: String) -> Result<model_title::Model> {
    form::entry("answer", &answer)?;
    let granted = cx.scope()?.require(Permission::ModelPostHear)?;
    let tx = cx.write(&granted).await?;
    let row = repo::objection(&tx, seen.id).await?;
    let mut step = Step::within(cx, tx, row.title_id).await?;
    if row.status != ObjectionStatus::Open {
        return Err(Violation::new("", "model_post.no_objection").into());
    }
    may_settle(&step.facts().await?, row.taker_id, &step.who, step.today)?;
    let settled = title_objection::ActiveModel {
        id: Unchanged(seen.id),
        status: Set(if upheld { ObjectionStatus::Upheld } else { ObjectionStatus::Dismissed }),
        settler_id: Set(Some(actor(&step.who)?)),
        settled_at: Set(Some(cx.now())),
        answer: Set(Some(answer)),
        ..Default::default()
    };
    step.tx.update(settled, seen.version).await?;
    let (version, change) = (step.title.version, step.status(step.title.status));
    step.end(version, change, TitleAction::Settle, Verb::ObjectionSettled, None).await
}

/// Awards it.
pub async fn award(cx: &Cx, seen: Seen<ModelTitleId>, note: Option<String>) -> Result<model_title::Model> {
    let step = Step::begin(cx, seen.id, Permission::ModelPostDecide).await?;
    let mut change = step.change(TitleAction::Award).await?;
    let policy = &cx.rules().await?.policy;
    check_score(step.title.kind, unsigned(step.title.score), policy)?;
    let term = Term::first(step.title.kind, step.today, policy);
    change.awarded_on = Set(Some(step.today));
    change.since_on = Set(step.today);
    change.stars = Set(step.title.appraised_stars);
    set_term(&mut change, term);
    step.end(seen.version, change, TitleAction::Award, Verb::TitleAwarded, note.as_deref()).await
}

/// Does not award it, for a reason.
pub async fn decline(cx: &Cx, seen: Seen<ModelTitleId>, reason: &str) -> Result<model_title::Model> {
    form::entry("reason", reason)?;
    let step = Step::begin(cx, seen.id, Permission::ModelPostDecide).await?;
    let change = step.change(TitleAction::Decline).await?;
    step.end(seen.version, change, TitleAction::Decline, Verb::TitleDeclined, Some(reason)).await
}

/// Begins a review, periodic or for a reason.
pub async fn begin_review(cx: &Cx, seen: Seen<ModelTitleId>, note: Option<String>) -> Result<model_title::Model> {
    let step = Step::begin(cx, seen.id, Permission::ModelPostPropose).await?;
    let mut change = step.change(TitleAction::BeginReview).await?;
    change.opener_id = Set(Some(actor(&step.who)?));
    change.assessor_id = Set(None);
    step.end(seen.version, change, TitleAction::BeginReview, Verb::TitleReviewBegun, note.as_deref()).await
}

/// Assesses the post in a review.
pub async fn assess(
    cx: &Cx,
    seen: Seen<ModelTitleId>,
    found: Appraisal,
    note: Option<String>,
) -> Result<model_title::Model> {
    let step = Step::begin(cx, seen.id, Permission::ModelPostAppraise).await?;
    let mut change = step.appraised(TitleAction::Assess, found).await?;
    change.assessor_id = Set(Some(actor(&step.who)?));
    step.end(seen.version, change, TitleAction::Assess, Verb::TitleAssessed, note.as_deref()).await
}

/// Ends a review.
pub async fn decide(
    cx: &Cx,
    seen: Seen<ModelTitleId>,
    decision: Decision,
    until: Option<NaiveDate>,
    note: Option<String>,
) -> Result<model_title::Model> {
    if matches!(decision, Decision::Warn | Decision::Withdraw) {
        form::entry("note", note.as_deref().unwrap_or_default())?;
    }
    let step = Step::begin(cx, seen.id, Permission::ModelPostDecide).await?;
    let mut change = step.change(decision.action()).await?;
    let policy = &cx.rules().await?.policy;
    let title = &step.title;
    let dates = title.recheck_on.zip(title.ends_on).map(|(recheck_on, ends_on)| Term { recheck_on, ends_on });
    let term = dates.unwrap_or_else(|| Term::first(title.kind, step.today, policy));
    let verb = match decision {
        Decision::Retain | Decision::ChangeStars => {
            check_score(title.kind, unsigned(title.score), policy)?;
            set_term(&mut change, term.retained(title.kind, step.today, policy));
            change.since_on = Set(step.today);
            // A youth post keeps its stars unless they are changed; a party post's follow its points.
            let keeps = decision == Decision::Retain && title.kind == domain::model_posts::ModelKind::Youth;
            change.stars = Set(if keeps { title.stars } else { title.appraised_stars });
            if decision == Decision::Retain { Verb::TitleRetained } else { Verb::TitleStarsChanged }
        }
        Decision::Warn => {
            let until = until.ok_or_else(|| Violation::new("until", "form.required"))?;
            set_term(&mut change, term.warned(step.today, until)?);
            Verb::TitleWarned
        }
        Decision::Withdraw => Verb::TitleWithdrawn,
    };
    step.end(seen.version, change, decision.action(), verb, note.as_deref()).await
}

/// What somebody holds against a title, in their words.
pub fn opened(cx: &Cx, row: &title_objection::Model) -> Result<String> {
    cx.app.keys.center(row.center_id).open(TEXT, &row.text_enc)
}

/// What the rules need to know of a title.
pub fn facts(title: &model_title::Model, objections: &[title_objection::Model], blocked: bool) -> TitleFacts {
    let open = objections.iter().filter(|row| row.status == ObjectionStatus::Open);
    TitleFacts {
        kind: title.kind,
        status: title.status,
        applicant: title.applicant_id,
        reviewer: title.reviewer_id,
        opener: title.opener_id,
        assessor: title.assessor_id,
        score: unsigned(title.score),
        publicised_until: title.publicised_until,
        open_objections: open.map(|row| row.taker_id).collect(),
        upheld: objections.iter().any(|row| row.status == ObjectionStatus::Upheld),
        blocked,
    }
}

/// A title, if the viewer sees its kind, with its post.
pub async fn seen_title(cx: &Cx, tx: &ReadTx, id: ModelTitleId) -> Result<(model_title::Model, post::Model)> {
    let title = repo::title(tx, id).await?;
    let (post, _) = model_post(cx, tx, title.post_id).await?;
    if super::kinds(cx)?.contains(&title.kind) { Ok((title, post)) } else { Err(Error::NotFound(Kind::Row)) }
}

/// Stored numbers are small and not negative.
pub fn unsigned(stored: Option<i32>) -> Option<u32> {
    stored.and_then(|value| u32::try_from(value).ok())
}

fn signed(value: Option<u32>) -> Option<i32> {
    value.and_then(|value| i32::try_from(value).ok())
}

fn set_term(change: &mut model_title::ActiveModel, term: Term) {
    change.recheck_on = Set(Some(term.recheck_on));
    change.ends_on = Set(Some(term.ends_on));
}

/// Titles have no jobs and no visitors.
fn actor(who: &Who) -> Result<AccountId> {
    who.account.ok_or(Error::Unauthenticated)
}

async fn tell(
    cx: &Cx,
    tx: &mut WriteTx,
    title: &model_title::Model,
    action: Option<TitleAction>,
    line: Line<'_>,
) -> Result<()> {
    let row = model_title_event::ActiveModel {
        id: Set(TitleEventId(cx.app.ids.next())),
        title_id: Set(title.id),
        action: Set(action),
        status: Set(title.status),
        actor_id: Set(cx.scope()?.account().ok_or(Error::Unauthenticated)?),
        at: Set(cx.now()),
        score: Set(line.score),
        stars: Set(line.stars),
        until: Set(line.until),
        note: Set(line.note.map(ToOwned::to_owned)),
        ..Default::default()
    };
    tx.insert(row).await.map(|_| ())
}

/// A step under way: the title as it stands, and who takes it.
struct Step<'a> {
    cx: &'a Cx,
    tx: WriteTx,
    title: model_title::Model,
    who: Who,
    today: NaiveDate,
}

impl<'a> Step<'a> {
    async fn begin(cx: &'a Cx, id: ModelTitleId, permission: Permission) -> Result<Self> {
        let tx = cx.write(&cx.scope()?.require(permission)?).await?;
        Self::within(cx, tx, id).await
    }

    async fn within(cx: &'a Cx, tx: WriteTx, id: ModelTitleId) -> Result<Self> {
        let (title, post) = seen_title(cx, &tx, id).await?;
        let who = who(cx, &tx, &post).await?;
        Ok(Self { cx, tx, title, who, today: local_date(cx.now()) })
    }

    async fn facts(&self) -> Result<TitleFacts> {
        let known = Known::of(self.cx, &self.tx, std::slice::from_ref(&self.title)).await?;
        let found = known.gaps(&self.title, &self.cx.rules().await?.policy, self.today);
        let objections = repo::objections(&self.tx, self.title.id).await?;
        Ok(facts(&self.title, &objections, block(&found, self.today)))
    }

    /// The change of `action`, if the rules allow it.
    async fn change(&self, action: TitleAction) -> Result<model_title::ActiveModel> {
        let status = after(action, &self.facts().await?, &self.who, self.today)?;
        Ok(self.status(status))
    }

    async fn appraised(&self, action: TitleAction, found: Appraisal) -> Result<model_title::ActiveModel> {
        let mut change = self.change(action).await?;
        change.appraised_stars = Set(signed(appraise(self.title.kind, found.score, found.stars)?));
        let counts = self.title.kind == domain::model_posts::ModelKind::Party;
        change.score = Set(signed(found.score.filter(|_| counts)));
        Ok(change)
    }

    fn status(&self, status: TitleStatus) -> model_title::ActiveModel {
        model_title::ActiveModel {
            id: Unchanged(self.title.id),
            status: Set(status),
            live: Set((!status.is_over()).then_some(true)),
            ..Default::default()
        }
    }

    async fn end(
        self,
        seen: i32,
        change: model_title::ActiveModel,
        action: TitleAction,
        verb: Verb,
        note: Option<&str>,
    ) -> Result<model_title::Model> {
        check_note("note", note)?;
        let Self { cx, mut tx, .. } = self;
        let row = tx.update(change, seen).await?;
        let line = match action {
            TitleAction::Review | TitleAction::Assess => {
                Line { score: row.score, stars: row.appraised_stars, ..Line::default() }
            }
            TitleAction::Publicise => Line { until: row.publicised_until, ..Line::default() },
            TitleAction::Award | TitleAction::Retain | TitleAction::ChangeStars | TitleAction::Warn => {
                Line { stars: row.stars, until: row.recheck_on, ..Line::default() }
            }
            _ => Line::default(),
        };
        tell(cx, &mut tx, &row, Some(action), Line { note, ..line }).await?;
        tx.commit(AuditEvent::on(row.id.0, verb)).await?;
        Ok(row)
    }
}
