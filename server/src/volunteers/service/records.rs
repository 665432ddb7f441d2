//! Services of one's own: written, changed, handed in; a code shown, a signature taken. And a colleague's word.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    PostId, ServiceRecordId, Violation,
    calendar::{end_of_day, local_date},
    permission::Permission,
    policy::PolicyKey,
    posts::PostStatus,
    training::inducted,
    volunteers::{
        ConfirmationMeans, ServiceForm, ServiceRecordAction as Action, ServiceRecordStatus, after, check_age,
        check_tail, check_word, due_on, not_own, signature::Signature,
    },
};
use entity::{service_record, staff_member};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{decided, repo, seen};
use crate::{
    db::{AuditEvent, Verb, WriteTx},
    error::{Error, Kind, Result},
    graphql::context::Cx,
    http::edge::origin,
    posts::{self, service::Seen},
    qr,
    tenancy::service::invitations::new_token,
    training,
};

/// A code for the phone of whoever was served; shown once.
pub struct Code {
    /// The address that it leads to.
    pub url: String,
    /// The same as a picture: rows of modules, `1` where it is dark.
    pub picture: Vec<String>,
    /// Until when it works.
    pub until: DateTime<Utc>,
}

/// What a colleague took down of a recipient.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The last digits of their phone.
    pub tail: String,
    /// How the colleague knows.
    pub words: String,
}

/// Writes a service down, as a draft.
pub async fn write(cx: &Cx, post: PostId, form: ServiceForm) -> Result<service_record::Model> {
    let (mut tx, me) = begin(cx).await?;
    served(cx, &mut tx, &me, post, &form, None).await?;
    let row = service_record::ActiveModel {
        id: Set(ServiceRecordId(cx.app.ids.next())),
        post_id: Set(post),
        staff_id: Set(me.id),
        status: Set(ServiceRecordStatus::Draft),
        disputed: Set(false),
        means: Set(None),
        written_at: Set(cx.now()),
        asked_at: Set(None),
        due_on: Set(None),
        decided_at: Set(None),
        token_hash: Set(None),
        token_until: Set(None),
        signature_enc: Set(None),
        tail_enc: Set(None),
        statement_enc: Set(None),
        witness_id: Set(None),
        purge_on: Set(None),
        demo: Set(cx.app.demo),
        version: Set(1),
        ..columns(form)
    };
    let row = tx.insert(row).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::ServiceRecordWritten)).await?;
    Ok(row)
}

/// Changes a draft.
pub async fn edit(cx: &Cx, seen: Seen<ServiceRecordId>, form: ServiceForm) -> Result<service_record::Model> {
    let (mut step, me) = Step::own(cx, seen, Action::Edit).await?;
    served(cx, &mut step.tx, &me, step.row.post_id, &form, Some(seen.id)).await?;
    step.end(columns(form), Verb::ServiceRecordEdited).await
}

/// Hands a draft in: from now on a recipient may confirm it, for some days.
pub async fn ask(cx: &Cx, seen: Seen<ServiceRecordId>) -> Result<service_record::Model> {
    let (step, _) = Step::own(cx, seen, Action::Ask).await?;
    let today = local_date(cx.now());
    let days = cx.rules().await?.policy.get(PolicyKey::VolunteerConfirmDays);
    if let Some(violation) = check_age(step.row.on_day, today, days) {
        return Err(violation.into());
    }
    let change = service_record::ActiveModel {
        status: Set(step.status),
        asked_at: Set(Some(cx.now())),
        due_on: Set(Some(due_on(today, days))),
        ..Default::default()
    };
    step.end(change, Verb::ServiceConfirmationAsked).await
}

/// A new code for the recipient's phone; the one before it works no more. `known_as` is the address by which the
/// volunteer's browser knows the product: it counts where the settings name none.
pub async fn show_code(cx: &Cx, seen: Seen<ServiceRecordId>, known_as: &str) -> Result<Code> {
    let known_as = cx.app.edge.origin.clone().or_else(|| origin(known_as));
    let origin = known_as.ok_or_else(|| Violation::new("origin", "volunteers.origin"))?;
    let (step, _) = Step::own(cx, seen, Action::ShowCode).await?;
    let minutes = cx.rules().await?.policy.get(PolicyKey::VolunteerCodeMinutes);
    let until = cx.now() + TimeDelta::minutes(minutes.into());
    let until = step.row.due_on.map_or(until, |due| until.min(end_of_day(due)));
    let center = cx.app.db.identity().center(step.row.center_id).await?.ok_or(Error::NotFound(Kind::Center))?;
    let (token, hash) = new_token()?;
    // In the fragment: it is neither sent on nor written down anywhere on the way.
    let url = format!("{origin}/c/{}/confirm#{token}", center.code);
    let picture = qr::rows(&url)?;
    let change = service_record::ActiveModel {
        token_hash: Set(Some(hash)),
        token_until: Set(Some(until)),
        ..Default::default()
    };
    step.end(change, Verb::ServiceCodeShown).await?;
    Ok(Code { url, picture, until })
}

/// Takes a signature that the recipient drew on the volunteer's screen.
pub async fn sign(cx: &Cx, seen: Seen<ServiceRecordId>, strokes: &str) -> Result<service_record::Model> {
    let signature = Signature::parse(strokes)?;
    let (step, _) = Step::own(cx, seen, Action::Sign).await?;
    let rules = cx.rules().await?;
    let sealed = cx.app.keys.center(step.row.center_id).seal("signature", &signature.to_text())?;
    let change = service_record::ActiveModel {
        signature_enc: Set(Some(sealed)),
        ..decided(cx, &rules.policy, step.status, Some(ConfirmationMeans::Signature))
    };
    step.end(change, Verb::ServiceSigned).await
}

/// A colleague's word that a recipient confirmed it, with the last digits of their phone. Not one's own.
pub async fn witness(cx: &Cx, as_seen: Seen<ServiceRecordId>, statement: Statement) -> Result<service_record::Model> {
    let granted = cx.scope()?.require(Permission::ServiceWitness)?;
    let found = [check_tail(&statement.tail), check_word("statement", &statement.words)];
    let found: Vec<_> = found.into_iter().flatten().collect();
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    let tx = cx.write(&granted).await?;
    let (row, me) = seen(cx, &tx, as_seen.id).await?;
    not_own(me == Some(row.staff_id))?;
    let step = Step::of(cx, tx, row, as_seen, Action::Witness)?;
    let rules = cx.rules().await?;
    let keys = cx.app.keys.center(step.row.center_id);
    let change = service_record::ActiveModel {
        tail_enc: Set(Some(keys.seal("tail", &statement.tail)?)),
        statement_enc: Set(Some(keys.seal("statement", statement.words.trim())?)),
        witness_id: Set(cx.scope()?.account()),
        ..decided(cx, &rules.policy, step.status, Some(ConfirmationMeans::PhoneTail))
    };
    step.end(change, Verb::ServiceWitnessed).await
}

/// A write of whoever serves.
async fn begin(cx: &Cx) -> Result<(WriteTx, staff_member::Model)> {
    let tx = cx.write(&cx.scope()?.require(Permission::VolunteerServe)?).await?;
    match posts::service::me(cx, &tx).await?.filter(|me| me.left_on.is_none()) {
        Some(me) => Ok((tx, me)),
        None => Err(Violation::new("", "volunteers.not_staff").into()),
    }
}

/// Whether `me` may have served so: at a volunteers' post in use, on a day on which they worked there, after an
/// induction, and not at two places at once.
async fn served(
    cx: &Cx,
    tx: &mut WriteTx,
    me: &staff_member::Model,
    post: PostId,
    form: &ServiceForm,
    but: Option<ServiceRecordId>,
) -> Result<()> {
    let post = repo::post(tx, post).await?;
    let mut found = form.check();
    let days = cx.rules().await?.policy.get(PolicyKey::VolunteerConfirmDays);
    found.extend(form.check_when(cx.now(), days));
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    if post.status != PostStatus::Active {
        return Err(Violation::new("post", "volunteers.not_in_use").into());
    }
    // Nobody writes twice at once: two would not see each other.
    posts::repo::hold(tx, me.id).await?;
    if !posts::service::reading::posts_on(tx, me.id, form.on).await?.contains(&post.id) {
        return Err(Violation::new("on", "volunteers.not_there").with("on", form.on).into());
    }
    let passed = training::service::record::inductions(tx, &[me.id]).await?;
    inducted("on", passed.get(&me.id).copied(), form.on)?;
    if let Some(other) = repo::overlapping(tx, me.id, form.on, (&form.start, &form.end), but).await? {
        let same = Violation::new("start", "volunteers.overlap").with("start", &other.start).with("end", &other.finish);
        return Err(same.into());
    }
    Ok(())
}

fn columns(form: ServiceForm) -> service_record::ActiveModel {
    let whole = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let minutes = whole(form.minutes());
    let ServiceForm { on, start, end, service, recipients, description } = form;
    service_record::ActiveModel {
        on_day: Set(on),
        start: Set(start),
        finish: Set(end),
        minutes: Set(minutes),
        service: Set(service),
        recipients: Set(whole(recipients)),
        description: Set(Some(description.trim().to_owned()).filter(|text| !text.is_empty())),
        ..Default::default()
    }
}

/// A step that may be taken.
struct Step {
    tx: WriteTx,
    row: service_record::Model,
    seen: Seen<ServiceRecordId>,
    status: ServiceRecordStatus,
}

impl Step {
    /// On a service of one's own; another's is not there.
    async fn own(cx: &Cx, seen: Seen<ServiceRecordId>, action: Action) -> Result<(Self, staff_member::Model)> {
        let (tx, me) = begin(cx).await?;
        let row = repo::record(&tx, seen.id).await?;
        if row.staff_id != me.id {
            return Err(Error::NotFound(Kind::Row));
        }
        Ok((Self::of(cx, tx, row, seen, action)?, me))
    }

    fn of(
        cx: &Cx,
        tx: WriteTx,
        row: service_record::Model,
        seen: Seen<ServiceRecordId>,
        action: Action,
    ) -> Result<Self> {
        let status = after(row.status, row.due_on, action, local_date(cx.now()))?;
        Ok(Self { tx, row, seen, status })
    }

    async fn end(mut self, change: service_record::ActiveModel, verb: Verb) -> Result<service_record::Model> {
        let change = service_record::ActiveModel { id: Unchanged(self.seen.id), ..change };
        let row = self.tx.update(change, self.seen.version).await?;
        self.tx.commit(AuditEvent::on(row.id.0, verb)).await?;
        Ok(row)
    }
}
