//! The course of a service: greeted or booked, and from there step by step.

use chrono::{Days, NaiveDate};
use domain::{
    CareRecordId, PostId, StaffId, Violation,
    calendar::local_date,
    care::{
        CareAction, CareMode, CareStatus, RecipientCategory, VisitForm, after, check_day, check_need, check_visitors,
    },
    complaints::{
        HandlingSatisfaction,
        form::{entry, mask_name, mask_phone, normalize_phone},
    },
    permission::Permission,
    policy::PolicyKey,
};
use entity::care_record;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
};

use super::{asked, at_post, own, tell, verb};
use crate::{
    db::{AuditEvent, Verb, WriteTx},
    error::{Error, Result},
    graphql::context::Cx,
    posts::{self, service::Seen},
};

/// Somebody who came.
#[derive(Clone, Copy, Debug)]
pub struct Greeting {
    /// To which window.
    pub post: PostId,
    /// Whom for.
    pub category: RecipientCategory,
    /// How they are served.
    pub mode: CareMode,
    /// Who brought them to the window.
    pub guide: Option<StaffId>,
}

/// Takes somebody in who came, without a ticket (6.15.2).
pub async fn greet(cx: &Cx, greeting: Greeting) -> Result<care_record::Model> {
    let Greeting { post, category, mode, guide } = greeting;
    if mode == CareMode::HomeVisit {
        return Err(Violation::new("mode", "care.book_instead").into());
    }
    let (mut tx, post) = at_post(cx, post).await?;
    if let Some(guide) = guide {
        posts::service::working(&tx, "guide", guide).await?;
    }
    let row = care_record::Model { guide_id: guide, ..blank(cx, post.id, category, mode)? };
    let row = tx.insert(care_record::ActiveModel::from(row).reset_all()).await?;
    tell(cx, &mut tx, row.id, None, row.status, None).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::CareGreeted).with_detail(mode.key())).await?;
    Ok(row)
}

/// Books a home visit (6.15.4).
pub async fn book(cx: &Cx, post: PostId, form: VisitForm) -> Result<care_record::Model> {
    let today = local_date(cx.now());
    let found = form.check(today);
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    let (mut tx, post) = at_post(cx, post).await?;
    let rules = cx.rules().await?;
    let due = rules.calendar.add(today, rules.policy.get(PolicyKey::CareVisit))?;
    let keys = cx.app.keys.center(post.center_id);
    let seal = |field, text: Option<&str>| text.map(|text| keys.seal(field, text)).transpose();
    let contact = &form.contact;
    let phone = contact.phone.as_deref().and_then(normalize_phone);
    let row = care_record::Model {
        status: CareStatus::Booked,
        need_enc: seal("need", Some(form.need.trim()))?,
        name_enc: seal("name", contact.name.as_deref())?,
        phone_enc: seal("phone", contact.phone.as_deref())?,
        address_enc: seal("address", contact.address.as_deref())?,
        name_mask: contact.name.as_deref().map(mask_name),
        phone_mask: phone.as_deref().map(mask_phone),
        booked_for: Some(form.on),
        due_on: Some(due),
        ..blank(cx, post.id, form.category, CareMode::HomeVisit)?
    };
    let row = tx.insert(care_record::ActiveModel::from(row).reset_all()).await?;
    tell(cx, &mut tx, row.id, None, row.status, Some(&form.on.to_string())).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::CareVisitBooked)).await?;
    Ok(row)
}

fn blank(cx: &Cx, post: PostId, category: RecipientCategory, mode: CareMode) -> Result<care_record::Model> {
    Ok(care_record::Model {
        center_id: cx.scope()?.center()?,
        id: CareRecordId(cx.app.ids.next()),
        post_id: post,
        category,
        mode,
        status: CareStatus::Greeted,
        need_enc: None,
        name_enc: None,
        phone_enc: None,
        address_enc: None,
        name_mask: None,
        phone_mask: None,
        guide_id: None,
        receiver_id: None,
        visitor_id: None,
        companion_id: None,
        greeted_at: cx.now(),
        started_at: None,
        booked_for: None,
        due_on: None,
        visited_at: None,
        finished_at: None,
        satisfaction: None,
        purge_on: None,
        demo: cx.app.demo,
        version: 1,
    })
}

/// Writes down what is needed: from then on the person is served.
pub async fn record_need(cx: &Cx, seen: Seen<CareRecordId>, need: &str) -> Result<care_record::Model> {
    if let Some(violation) = check_need(need) {
        return Err(violation.into());
    }
    let step = Step::begin(cx, seen, CareAction::RecordNeed).await?;
    let sealed = cx.app.keys.center(step.row.center_id).seal("need", need.trim())?;
    let change =
        care_record::ActiveModel { need_enc: Set(Some(sealed)), started_at: Set(Some(cx.now())), ..Default::default() };
    step.end(cx, change, None).await
}

/// Handles it at this window.
pub async fn handle_here(cx: &Cx, seen: Seen<CareRecordId>) -> Result<care_record::Model> {
    Step::begin(cx, seen, CareAction::HandleHere).await?.end(cx, Default::default(), None).await
}

/// Hands somebody over to a colleague who receives them (6.15.3).
pub async fn hand_over(
    cx: &Cx,
    seen: Seen<CareRecordId>,
    to: StaffId,
    note: Option<&str>,
) -> Result<care_record::Model> {
    said("note", note)?;
    let step = Step::begin(cx, seen, CareAction::HandOver).await?;
    posts::service::working(&step.tx, "receiver", to).await?;
    let change = care_record::ActiveModel { receiver_id: Set(Some(to)), ..Default::default() };
    step.end(cx, change, note).await
}

/// Says who visits.
pub async fn assign(
    cx: &Cx,
    seen: Seen<CareRecordId>,
    visitor: StaffId,
    companion: Option<StaffId>,
) -> Result<care_record::Model> {
    check_visitors(visitor, companion)?;
    let step = Step::begin(cx, seen, CareAction::Assign).await?;
    posts::service::working(&step.tx, "visitor", visitor).await?;
    if let Some(companion) = companion {
        posts::service::working(&step.tx, "companion", companion).await?;
    }
    let change =
        care_record::ActiveModel { visitor_id: Set(Some(visitor)), companion_id: Set(companion), ..Default::default() };
    step.end(cx, change, None).await
}

/// Puts a visit off; who visits is to be said anew.
pub async fn reschedule(cx: &Cx, seen: Seen<CareRecordId>, on: NaiveDate, reason: &str) -> Result<care_record::Model> {
    entry("reason", reason)?;
    if let Some(violation) = check_day(on, local_date(cx.now())) {
        return Err(violation.into());
    }
    let step = Step::begin(cx, seen, CareAction::Reschedule).await?;
    let change = care_record::ActiveModel {
        booked_for: Set(Some(on)),
        visitor_id: Set(None),
        companion_id: Set(None),
        ..Default::default()
    };
    step.end(cx, change, Some(&format!("{on} {}", reason.trim()))).await
}

/// Tells that the visit was made.
pub async fn visit(cx: &Cx, seen: Seen<CareRecordId>, note: Option<&str>) -> Result<care_record::Model> {
    said("note", note)?;
    let step = Step::begin(cx, seen, CareAction::Visit).await?;
    let now = Some(cx.now());
    let change = care_record::ActiveModel { visited_at: Set(now), started_at: Set(now), ..Default::default() };
    step.end(cx, change, note).await
}

/// Ends a service, with what came of it.
pub async fn finish(cx: &Cx, seen: Seen<CareRecordId>, outcome: &str) -> Result<care_record::Model> {
    entry("outcome", outcome)?;
    let step = Step::begin(cx, seen, CareAction::Finish).await?;
    let change = care_record::ActiveModel { finished_at: Set(Some(cx.now())), ..Default::default() };
    step.end(cx, change, Some(outcome)).await
}

/// Gives a service up.
pub async fn cancel(cx: &Cx, seen: Seen<CareRecordId>, reason: &str) -> Result<care_record::Model> {
    entry("reason", reason)?;
    let step = Step::begin(cx, seen, CareAction::Cancel).await?;
    let change = care_record::ActiveModel { finished_at: Set(Some(cx.now())), ..Default::default() };
    step.end(cx, change, Some(reason)).await
}

/// Adds a line to the log.
pub async fn note(cx: &Cx, seen: Seen<CareRecordId>, text: &str) -> Result<care_record::Model> {
    entry("text", text)?;
    Step::begin(cx, seen, CareAction::Note).await?.end(cx, Default::default(), Some(text)).await
}

/// Takes down how satisfied the person is.
pub async fn rate(
    cx: &Cx,
    seen: Seen<CareRecordId>,
    level: HandlingSatisfaction,
    comment: Option<&str>,
) -> Result<care_record::Model> {
    said("comment", comment)?;
    let step = Step::begin(cx, seen, CareAction::Rate).await?;
    let change = care_record::ActiveModel { satisfaction: Set(Some(level)), ..Default::default() };
    step.end(cx, change, comment).await
}

fn said(field: &'static str, text: Option<&str>) -> Result<()> {
    text.map_or(Ok(()), |text| Ok(entry(field, text)?))
}

/// A step that may be taken.
struct Step {
    tx: WriteTx,
    row: care_record::Model,
    seen: Seen<CareRecordId>,
    action: CareAction,
    status: CareStatus,
}

impl Step {
    async fn begin(cx: &Cx, seen: Seen<CareRecordId>, action: CareAction) -> Result<Self> {
        let tx = cx.write(&cx.scope()?.require(Permission::CareKeep)?).await?;
        let row = own(cx, &tx, seen.id).await?;
        let status = after(row.status, asked(&row), action)?;
        Ok(Self { tx, row, seen, action, status })
    }

    async fn end(
        mut self,
        cx: &Cx,
        change: care_record::ActiveModel,
        body: Option<&str>,
    ) -> Result<care_record::Model> {
        let purge_on = if self.status.is_over() && !self.row.status.is_over() {
            let days = cx.rules().await?.policy.get(PolicyKey::CareKeepDays);
            local_date(cx.now()).checked_add_days(Days::new(days.into()))
        } else {
            self.row.purge_on
        };
        let change = care_record::ActiveModel {
            id: Unchanged(self.seen.id),
            status: Set(self.status),
            purge_on: Set(purge_on),
            ..change
        };
        let row = self.tx.update(change, self.seen.version).await?;
        let body = body.map(str::trim).filter(|text| !text.is_empty());
        tell(cx, &mut self.tx, row.id, Some(self.action), row.status, body).await?;
        self.tx.commit(AuditEvent::on(row.id.0, verb(self.action))).await?;
        Ok(row)
    }
}
