//! The course of a request: taken, assigned, and from there step by step until the talent knows the result.

use chrono::{Days, NaiveDate};
use domain::{
    PostId, StaffId, TalentAppointmentId, TalentRequestId, Violation,
    calendar::local_date,
    complaints::{
        HandlingSatisfaction,
        form::{entry, mask_name, mask_phone, normalize_phone},
    },
    permission::Permission,
    policy::PolicyKey,
    talents::{
        self, AppointmentForm, AppointmentStatus, RequestForm, TalentAction, TalentStatus, TellMode, check_contact,
        check_told,
    },
};
use entity::{talent_appointment, talent_request};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
};

use super::{Said, at_post, course, log, repo, seen, stewards, verb};
use crate::{
    db::{AuditEvent, Verb, WriteTx},
    error::{Error, Result},
    graphql::context::Cx,
    posts::{self, service::Seen},
};

/// The encrypted place of an appointment.
pub const PLACE: &str = "place";
/// The encrypted result of a request.
pub const RESULT: &str = "result";

/// Takes a request (6.16.1, 6.16.2).
pub async fn take(cx: &Cx, post: PostId, form: RequestForm) -> Result<talent_request::Model> {
    let found = form.check();
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    let (mut tx, post) = at_post(cx, post).await?;
    let keys = cx.app.keys.center(post.center_id);
    let (name, phone) = (form.name.trim(), form.phone.trim());
    let enterprise = form.enterprise.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let row = talent_request::Model {
        center_id: post.center_id,
        id: TalentRequestId(cx.app.ids.next()),
        post_id: post.id,
        kind: form.kind,
        field: form.field,
        channel: form.channel,
        matter: form.matter,
        key_project: form.key_project,
        enterprise: enterprise.map(ToOwned::to_owned),
        status: TalentStatus::Requested,
        name_enc: Some(keys.seal("name", name)?),
        phone_enc: Some(keys.seal("phone", phone)?),
        description_enc: Some(keys.seal("description", form.description.trim())?),
        result_enc: None,
        name_mask: Some(mask_name(name)),
        phone_mask: normalize_phone(phone).as_deref().map(mask_phone),
        steward_id: None,
        requested_at: cx.now(),
        progress_due_on: Some(next_news(cx).await?),
        next_contact_on: None,
        settled_on: None,
        told_on: None,
        told: false,
        finished_at: None,
        satisfaction: None,
        purge_on: None,
        demo: cx.app.demo,
        version: 1,
    };
    let row = tx.insert(talent_request::ActiveModel::from(row).reset_all()).await?;
    log(cx, &mut tx, row.id, (None, row.status), Said::default()).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::TalentRequestTaken).with_detail(row.channel.key())).await?;
    Ok(row)
}

/// By when something new is to be noted.
async fn next_news(cx: &Cx) -> Result<NaiveDate> {
    let rules = cx.rules().await?;
    Ok(rules.calendar.add(local_date(cx.now()), rules.policy.get(PolicyKey::TalentProgress))?)
}

/// Says who follows a request: one of those at its post.
pub async fn assign(cx: &Cx, seen: Seen<TalentRequestId>, steward: StaffId) -> Result<talent_request::Model> {
    let step = Step::begin(cx, seen, TalentAction::Assign).await?;
    let who = posts::service::working(&step.tx, "steward", steward).await?;
    if !stewards::at(cx, &step.tx, step.row.post_id).await?.contains(&steward) {
        return Err(Violation::new("steward", "talents.not_at_post").into());
    }
    let change = talent_request::ActiveModel { steward_id: Set(Some(steward)), ..Default::default() };
    step.end(cx, change, Said::words(&who.name)).await
}

/// Notes what has come of a request so far, and when to get in touch next.
pub async fn progress(
    cx: &Cx,
    seen: Seen<TalentRequestId>,
    text: &str,
    next_contact_on: Option<NaiveDate>,
) -> Result<talent_request::Model> {
    entry("text", text)?;
    contact(cx, "nextContactOn", next_contact_on)?;
    let step = Step::begin(cx, seen, TalentAction::Progress).await?;
    // What seemed to be the result is none any more.
    let change = talent_request::ActiveModel {
        next_contact_on: Set(next_contact_on),
        result_enc: Set(None),
        settled_on: Set(None),
        told: Set(false),
        ..Default::default()
    };
    step.end(cx, change, Said::words(text)).await
}

/// What a talent was told.
#[derive(Clone, Debug)]
pub struct Told {
    /// On which day.
    pub on: NaiveDate,
    /// How.
    pub mode: TellMode,
    /// What.
    pub text: String,
    /// When to get in touch next.
    pub next_contact_on: Option<NaiveDate>,
}

/// Writes down that the talent was told how it stands (6.16.2). Once the result is there, this is how they know it.
pub async fn feed_back(cx: &Cx, seen: Seen<TalentRequestId>, told: Told) -> Result<talent_request::Model> {
    entry("text", &told.text)?;
    contact(cx, "nextContactOn", told.next_contact_on)?;
    let step = Step::begin(cx, seen, TalentAction::Tell).await?;
    let since = step.row.settled_on.unwrap_or_else(|| local_date(step.row.requested_at));
    check_told(told.on, since, local_date(cx.now()))?;
    let change = talent_request::ActiveModel {
        told_on: Set(Some(told.on)),
        told: Set(step.row.settled_on.is_some()),
        next_contact_on: Set(told.next_contact_on),
        ..Default::default()
    };
    let said = Said { on: Some(told.on), mode: Some(told.mode), ..Said::words(&told.text) };
    step.end(cx, change, said).await
}

/// Writes the result down; the talent is to be told.
pub async fn settle(cx: &Cx, seen: Seen<TalentRequestId>, result: &str) -> Result<talent_request::Model> {
    entry("result", result)?;
    let step = Step::begin(cx, seen, TalentAction::Settle).await?;
    let sealed = cx.app.keys.center(step.row.center_id).seal(RESULT, result.trim())?;
    let change = talent_request::ActiveModel {
        result_enc: Set(Some(sealed)),
        settled_on: Set(Some(local_date(cx.now()))),
        told: Set(false),
        ..Default::default()
    };
    step.end(cx, change, Said::words(result)).await
}

/// Ends a request whose result the talent knows.
pub async fn complete(cx: &Cx, seen: Seen<TalentRequestId>) -> Result<talent_request::Model> {
    Step::begin(cx, seen, TalentAction::Complete).await?.end(cx, Default::default(), Said::default()).await
}

/// Ends a request that the talent takes back.
pub async fn withdraw(cx: &Cx, seen: Seen<TalentRequestId>, reason: &str) -> Result<talent_request::Model> {
    entry("reason", reason)?;
    let step = Step::begin(cx, seen, TalentAction::Withdraw).await?;
    step.end(cx, Default::default(), Said::words(reason)).await
}

/// Says when to get in touch next, or that there is no such day.
pub async fn plan_contact(
    cx: &Cx,
    seen: Seen<TalentRequestId>,
    on: Option<NaiveDate>,
) -> Result<talent_request::Model> {
    contact(cx, "on", on)?;
    let step = Step::begin(cx, seen, TalentAction::PlanContact).await?;
    let change = talent_request::ActiveModel { next_contact_on: Set(on), ..Default::default() };
    step.end(cx, change, Said { on, ..Said::default() }).await
}

/// Makes an appointment.
pub async fn appoint(cx: &Cx, seen: Seen<TalentRequestId>, form: AppointmentForm) -> Result<talent_request::Model> {
    let at = form.at(cx.now()).map_err(Error::Invalid)?;
    let mut step = Step::begin(cx, seen, TalentAction::Appoint).await?;
    let place = cx.app.keys.center(step.row.center_id).seal(PLACE, form.place.trim())?;
    let row = talent_appointment::ActiveModel {
        id: Set(TalentAppointmentId(cx.app.ids.next())),
        request_id: Set(seen.id),
        at: Set(at),
        place_enc: Set(Some(place)),
        status: Set(AppointmentStatus::Planned),
        maker_id: Set(cx.scope()?.account().ok_or(Error::Unauthenticated)?),
        ..Default::default()
    };
    step.tx.insert(row).await?;
    let words = format!("{} {}", form.time, form.place.trim());
    step.end(cx, Default::default(), Said { on: Some(form.on), ..Said::words(&words) }).await
}

/// Says what became of an appointment.
pub async fn end_appointment(
    cx: &Cx,
    seen: Seen<TalentRequestId>,
    appointment: TalentAppointmentId,
    outcome: AppointmentStatus,
) -> Result<talent_request::Model> {
    let mut step = Step::begin(cx, seen, TalentAction::EndAppointment).await?;
    let row = repo::appointment(&step.tx, seen.id, appointment).await?;
    talents::end_appointment(row.status, row.at, outcome, cx.now())?;
    repo::end_appointment(&mut step.tx, appointment, outcome).await?;
    let on = Some(local_date(row.at));
    step.end(cx, Default::default(), Said { on, outcome: Some(outcome), ..Said::default() }).await
}

/// Takes down how satisfied the talent is.
pub async fn rate(
    cx: &Cx,
    seen: Seen<TalentRequestId>,
    level: HandlingSatisfaction,
    comment: Option<&str>,
) -> Result<talent_request::Model> {
    if let Some(comment) = comment {
        entry("comment", comment)?;
    }
    let step = Step::begin(cx, seen, TalentAction::Rate).await?;
    let change = talent_request::ActiveModel { satisfaction: Set(Some(level)), ..Default::default() };
    step.end(cx, change, Said { body: comment, ..Said::default() }).await
}

fn contact(cx: &Cx, field: &'static str, on: Option<NaiveDate>) -> Result<()> {
    check_contact(field, on, local_date(cx.now())).map_or(Ok(()), |violation| Err(violation.into()))
}

/// A step that may be taken.
struct Step {
    tx: WriteTx,
    row: talent_request::Model,
    seen: Seen<TalentRequestId>,
    action: TalentAction,
    status: TalentStatus,
}

impl Step {
    async fn begin(cx: &Cx, seen_as: Seen<TalentRequestId>, action: TalentAction) -> Result<Self> {
        let tx = cx.write(&cx.scope()?.require(Permission::TalentKeep)?).await?;
        let (row, viewer) = seen(cx, &tx, seen_as.id).await?;
        viewer.part(&row).may(action)?;
        let status = course(&row).after(action)?;
        Ok(Self { tx, row, seen: seen_as, action, status })
    }

    async fn end(
        mut self,
        cx: &Cx,
        change: talent_request::ActiveModel,
        said: Said<'_>,
    ) -> Result<talent_request::Model> {
        let ends = self.status.is_over() && !self.row.status.is_over();
        let mut change =
            talent_request::ActiveModel { id: Unchanged(self.seen.id), status: Set(self.status), ..change };
        if ends {
            let days = cx.rules().await?.policy.get(PolicyKey::TalentKeepDays);
            change.purge_on = Set(local_date(cx.now()).checked_add_days(Days::new(days.into())));
            change.finished_at = Set(Some(cx.now()));
            change.progress_due_on = Set(None);
            change.next_contact_on = Set(None);
            repo::drop_appointments(&mut self.tx, self.seen.id).await?;
        } else if self.action.is_progress() {
            change.progress_due_on = Set(Some(next_news(cx).await?));
        }
        let row = self.tx.update(change, self.seen.version).await?;
        log(cx, &mut self.tx, row.id, (Some(self.action), row.status), said).await?;
        self.tx.commit(AuditEvent::on(row.id.0, verb(self.action))).await?;
        Ok(row)
    }
}
