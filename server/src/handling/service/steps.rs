//! The course of a case: received, and from there step by step.

use chrono::{Days, NaiveDate};
use domain::{
    PostId, ServiceCaseId, ServiceItemId, Violation,
    calendar::local_date,
    complaints::form::entry,
    handling::{Promise, ReceiveForm, Refusal, ServiceCaseAction, ServiceCaseStatus, after, check_reference},
    permission::Permission,
    policy::PolicyKey,
    posts::PostStatus,
};
use entity::service_case;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
};

use super::{Hands, repo, tell, verb};
use crate::{
    db::{AuditEvent, Verb, WriteTx},
    error::{Error, Kind, Result},
    graphql::context::Cx,
    items,
    posts::{self, service::Seen},
    settings,
};

/// What comes in, where.
#[derive(Clone, Copy, Debug)]
pub struct Incoming {
    /// At which window.
    pub post: PostId,
    /// What it is about.
    pub item: ServiceItemId,
}

/// Receives a case at a window in use that serves its item.
pub async fn receive(cx: &Cx, what: Incoming, form: ReceiveForm) -> Result<service_case::Model> {
    let found = form.check();
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    let mut tx = cx.write(&cx.scope()?.require(Permission::ServiceCaseKeep)?).await?;
    let post = posts::repo::post(&tx, what.post).await?;
    if !Hands::of(cx, &tx).await?.is_at(post.id) {
        return Err(Violation::new("", "handling.not_there").into());
    }
    if post.status != PostStatus::Active {
        return Err(Violation::new("", "handling.not_in_use").into());
    }
    let item = items::service::served_at(&tx, what.item, &post).await?;
    let keys = cx.app.keys.center(post.center_id);
    let recipient = form.recipient.as_deref().map(|text| keys.seal("recipient", text.trim())).transpose()?;
    let row = service_case::Model {
        center_id: post.center_id,
        id: ServiceCaseId(cx.app.ids.next()),
        external_no: form.external_no.trim().to_owned(),
        item_id: item.id,
        post_id: post.id,
        recipient_enc: recipient,
        status: ServiceCaseStatus::Received,
        received_at: cx.now(),
        promised_days: None,
        due_on: None,
        reason_enc: None,
        pickup_at: None,
        pickup_place: None,
        result_ready_at: None,
        at_window_at: None,
        collected_at: None,
        archive_due_on: None,
        archived_at: None,
        archive_ref: None,
        purge_on: None,
        demo: cx.app.demo,
        version: 1,
    };
    let taken = |error| settings::service::taken(error, "externalNo", "handling.number_taken");
    let row = tx.insert(service_case::ActiveModel::from(row).reset_all()).await.map_err(taken)?;
    tell(cx, &mut tx, row.id, None, row.status, None).await?;
    tx.commit(AuditEvent::on(row.id.0, Verb::ServiceCaseReceived)).await?;
    Ok(row)
}

/// Takes a case on, with a promised day for its result.
pub async fn accept(
    cx: &Cx,
    seen: Seen<ServiceCaseId>,
    days: Option<u32>,
    on: Option<NaiveDate>,
) -> Result<service_case::Model> {
    let promise = Promise::of(days, on)?;
    let rules = cx.rules().await?;
    let due = promise.due(local_date(cx.now()), &rules.calendar)?;
    let step = Step::begin(cx, seen, ServiceCaseAction::Accept).await?;
    let change = service_case::ActiveModel {
        promised_days: Set(days.and_then(|days| i32::try_from(days).ok())),
        due_on: Set(Some(due)),
        ..Default::default()
    };
    step.end(cx, change, Some(&due.to_string())).await
}

/// Says what is missing.
pub async fn ask_correction(cx: &Cx, seen: Seen<ServiceCaseId>, missing: &str) -> Result<service_case::Model> {
    entry("missing", missing)?;
    let step = Step::begin(cx, seen, ServiceCaseAction::AskCorrection).await?;
    step.end(cx, Default::default(), Some(missing)).await
}

/// Does not take a case on: says why, and when and where its papers can be fetched (6.5.4).
pub async fn refuse(cx: &Cx, seen: Seen<ServiceCaseId>, told: Refusal) -> Result<service_case::Model> {
    let found = told.check(cx.now());
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    let step = Step::begin(cx, seen, ServiceCaseAction::Refuse).await?;
    let reason = cx.app.keys.center(step.row.center_id).seal("reason", told.reason.trim())?;
    let change = service_case::ActiveModel {
        reason_enc: Set(Some(reason)),
        pickup_at: Set(told.pickup_at),
        pickup_place: Set(Some(told.pickup_place.trim().to_owned())),
        ..Default::default()
    };
    step.end(cx, change, None).await
}

/// Takes a step that needs no word.
pub async fn go_on(cx: &Cx, seen: Seen<ServiceCaseId>, action: ServiceCaseAction) -> Result<service_case::Model> {
    let step = Step::begin(cx, seen, action).await?;
    let now = Set(Some(cx.now()));
    let change = match action {
        ServiceCaseAction::FinishResult => service_case::ActiveModel { result_ready_at: now, ..Default::default() },
        ServiceCaseAction::Deliver => service_case::ActiveModel { at_window_at: now, ..Default::default() },
        ServiceCaseAction::Collect => {
            let due = archive_due(cx).await?;
            service_case::ActiveModel { collected_at: now, archive_due_on: Set(due), ..Default::default() }
        }
        _ => Default::default(),
    };
    step.end(cx, change, None).await
}

/// Files the papers of a case, and says where.
pub async fn archive(cx: &Cx, seen: Seen<ServiceCaseId>, reference: &str) -> Result<service_case::Model> {
    if let Some(violation) = check_reference(reference) {
        return Err(violation.into());
    }
    let step = Step::begin(cx, seen, ServiceCaseAction::Archive).await?;
    let change = service_case::ActiveModel {
        archived_at: Set(Some(cx.now())),
        archive_ref: Set(Some(reference.trim().to_owned())),
        ..Default::default()
    };
    step.end(cx, change, None).await
}

/// The last day for filing what is fetched now. That a result was fetched is written down also where the calendar of
/// the next year is not published yet: then it has none.
async fn archive_due(cx: &Cx) -> Result<Option<NaiveDate>> {
    let rules = cx.rules().await?;
    let days = rules.policy.get(PolicyKey::HandlingArchiveDays);
    Ok(rules.calendar.add(local_date(cx.now()), days).ok())
}

/// A step that may be taken.
struct Step {
    tx: WriteTx,
    row: service_case::Model,
    seen: Seen<ServiceCaseId>,
    action: ServiceCaseAction,
    status: ServiceCaseStatus,
}

impl Step {
    /// A case that the viewer does not see is not there.
    async fn begin(cx: &Cx, seen: Seen<ServiceCaseId>, action: ServiceCaseAction) -> Result<Self> {
        let tx = cx.write(&cx.scope()?.require(Permission::ServiceCaseKeep)?).await?;
        let row = repo::case(&tx, seen.id).await?;
        let hands = Hands::of(cx, &tx).await?;
        if !hands.sees(row.post_id) {
            return Err(Error::NotFound(Kind::Row));
        }
        if !hands.may(row.post_id, action) {
            return Err(Violation::new("", "handling.windows_work").into());
        }
        let status = after(row.status, action)?;
        Ok(Self { tx, row, seen, action, status })
    }

    async fn end(
        mut self,
        cx: &Cx,
        change: service_case::ActiveModel,
        body: Option<&str>,
    ) -> Result<service_case::Model> {
        let purge_on = if self.status.is_over() {
            let days = cx.rules().await?.policy.get(PolicyKey::HandlingKeepDays);
            local_date(cx.now()).checked_add_days(Days::new(days.into()))
        } else {
            self.row.purge_on
        };
        let change = service_case::ActiveModel {
            id: Unchanged(self.seen.id),
            status: Set(self.status),
            purge_on: Set(purge_on),
            ..change
        };
        let row = self.tx.update(change, self.seen.version).await?;
        tell(cx, &mut self.tx, row.id, Some(self.action), row.status, body.map(str::trim)).await?;
        self.tx.commit(AuditEvent::on(row.id.0, verb(self.action))).await?;
        Ok(row)
    }
}
