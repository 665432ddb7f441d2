//! A new complaint, filed by a visitor or registered for one. Each request carries a key, so
//! that a phone that sends twice files once and gets the same receipt (D-7).

use domain::{
    ComplaintEventId, ComplaintId, Violation,
    calendar::local_date,
    complaints::{
        Action, ComplaintChannel, ComplaintClass, ComplaintEventKind as Event, ComplaintStatus, ComplaintSubject,
        Draft, EscalationCause, EscalationLevel, Step,
        deadline::queue_position,
        form::{mask_name, mask_phone, normalize_phone},
        receipt, validate,
    },
    permission::{Permission, Role},
};
use entity::{complaint, complaint_event, idempotency_key};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde::{Deserialize, Serialize};

use super::set_step;
use crate::{
    analytics,
    complaints::repo,
    crypto::{CenterKeys, random, sha256_hex},
    db::{AuditEvent, Verb, WriteTx},
    error::{Conflict, Error, Result},
    graphql::context::Cx,
    oversight::service::{Notice, notify},
    tenancy,
};

/// A complaint as it comes in.
#[derive(Clone, Debug)]
pub struct Filing {
    /// A UUID made by the form, once for each complaint.
    pub key: String,
    /// How it came.
    pub channel: ComplaintChannel,
    /// What it is about.
    pub subject: ComplaintSubject,
    /// The rest of the form.
    pub draft: Draft,
    /// Why it goes up at once, where staff see a reason.
    pub cause: Option<EscalationCause>,
}

/// What the complainant takes away.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Receipt {
    /// The case.
    pub id: ComplaintId,
    /// Its public number.
    pub number: String,
    /// The secret to follow it by.
    pub code: String,
}

/// A visitor files; a member of staff registers for a caller or a letter.
pub async fn file(cx: &Cx, filing: Filing) -> Result<(Receipt, complaint::Model)> {
    let filing = clean(filing);
    let mut found = validate(&filing.draft, cx.now());
    if uuid::Uuid::parse_str(&filing.key).is_err() {
        found.push(Violation::new("idempotencyKey", "form.idempotency_key"));
    }
    if matches!(filing.cause, Some(EscalationCause::Overdue | EscalationCause::Integrity)) {
        found.push(Violation::new("escalationCause", "form.escalation_cause"));
    }
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    match attempt(cx, &filing).await {
        // Another request with the same key, or by a very rare chance the same number, was a
        // moment earlier: now its row is there to be read.
        Err(Error::Conflict(Conflict::Taken)) => attempt(cx, &filing).await,
        other => other,
    }
}

async fn attempt(cx: &Cx, filing: &Filing) -> Result<(Receipt, complaint::Model)> {
    let scope = cx.scope()?;
    let (permission, op, verb) = if scope.account().is_some() {
        (Permission::ComplaintRegister, "register", Verb::ComplaintRegistered)
    } else {
        (Permission::ComplaintFile, "file", Verb::ComplaintFiled)
    };
    let granted = scope.require(permission)?;
    let center = scope.center()?;
    let keys = cx.app.keys.center(center);
    let mut tx = cx.write(&granted).await?;
    let key_hash = sha256_hex(&filing.key);
    // Salted with the key, which is random: the hash of a short text could be guessed.
    let body_hash = sha256_hex(&format!("{filing:?}"));
    if let Some(before) = repo::find_key(&tx, op, &key_hash).await? {
        return replay(&tx, &keys, &before, &body_hash).await;
    }

    let receipt = new_receipt(cx)?;
    let row = tx.insert(new_row(cx, &keys, filing, &receipt).await?).await?;
    tx.insert(first_event(cx, &row)).await?;
    let answer = serde_json::to_string(&receipt).map_err(anyhow::Error::from)?;
    tx.insert(idempotency_key::ActiveModel {
        id: Set(cx.app.ids.next()),
        op: Set(op.to_owned()),
        key_hash: Set(key_hash),
        body_hash: Set(body_hash),
        answer_enc: Set(keys.seal("answer", &answer)?),
        created_at: Set(cx.now()),
        ..Default::default()
    })
    .await?;
    if row.escalation == EscalationLevel::Supervision {
        let officers = tenancy::service::holders(&tx, Role::SupervisionOfficer).await?;
        let notice = Notice::of_case(row.id, Event::Escalated, None);
        notify(&mut tx, || cx.app.ids.next(), cx.now(), officers, &notice).await?;
    }
    analytics::service::recount(&mut tx, cx.now()).await?;
    analytics::service::complaint(&mut tx, None, &row).await?;
    tx.commit(AuditEvent::on(row.id.0, verb)).await?;
    Ok((receipt, row))
}

/// The same request again: the same answer. Another body under the same key: a conflict.
async fn replay(
    tx: &WriteTx,
    keys: &CenterKeys,
    before: &idempotency_key::Model,
    body_hash: &str,
) -> Result<(Receipt, complaint::Model)> {
    if before.body_hash != body_hash {
        return Err(Error::Conflict(Conflict::KeyReused));
    }
    let answer = keys.open("answer", &before.answer_enc)?;
    let receipt: Receipt = serde_json::from_str(&answer).map_err(anyhow::Error::from)?;
    let row = repo::get(tx, receipt.id).await?;
    Ok((receipt, row))
}

fn new_receipt(cx: &Cx) -> Result<Receipt> {
    let code = receipt::encode(random()?);
    // Day and five random symbols: readable aloud, and silent about how many came before (T-5).
    let tail: String = receipt::encode(random()?).chars().take(5).collect();
    let number = format!("{}-{tail}", local_date(cx.now()).format("%Y%m%d"));
    Ok(Receipt { id: ComplaintId(cx.app.ids.next()), number, code })
}

async fn new_row(cx: &Cx, keys: &CenterKeys, filing: &Filing, receipt: &Receipt) -> Result<complaint::ActiveModel> {
    let rules = cx.rules().await?;
    let (now, draft) = (cx.now(), &filing.draft);
    let seal = |field, value: &Option<String>| value.as_deref().map(|v| keys.seal(field, v)).transpose();
    let phone = draft.phone.as_deref().and_then(normalize_phone);
    let cause = filing.cause.or((filing.subject == ComplaintSubject::Integrity).then_some(EscalationCause::Integrity));
    let level = if cause.is_some() { EscalationLevel::Supervision } else { EscalationLevel::None };
    let blank = complaint::Model::blank(receipt.id, now);
    let mut row = complaint::ActiveModel::from(complaint::Model {
        number: receipt.number.clone(),
        receipt_hash: receipt_hash(&receipt.code),
        subject: filing.subject,
        channel: filing.channel,
        body: draft.text.clone(),
        happened_on: draft.happened_on,
        place: draft.place.clone(),
        window_name: draft.window.clone(),
        name_enc: seal("name", &draft.name)?,
        phone_enc: seal("phone", &draft.phone)?,
        address_enc: seal("address", &draft.address)?,
        name_mask: draft.name.as_deref().map(mask_name),
        phone_mask: phone.as_deref().map(mask_phone),
        phone_index: phone.as_deref().map(|phone| keys.blind_index(phone)),
        notice_version: draft.notice_version.clone(),
        registered_by: cx.scope()?.account(),
        escalation: level,
        escalation_cause: cause,
        demo: cx.app.demo,
        ..blank.clone()
    })
    .reset_all();
    // A complaint is never refused for want of next year's calendar: its clock is set when the
    // list is there (the deadline job), and the handler is refused with the year meanwhile.
    let class = ComplaintClass::Normal;
    match set_step(&mut row, &blank, Some(Step::Ack), class, now, &rules) {
        Err(Error::Invalid(_)) => {
            row.due_at = Set(None);
            row.queue_at = Set(queue_position(None, now));
        }
        other => other?,
    }
    Ok(row)
}

fn first_event(cx: &Cx, row: &complaint::Model) -> complaint_event::ActiveModel {
    complaint_event::ActiveModel {
        id: Set(ComplaintEventId(cx.app.ids.next())),
        complaint_id: Set(row.id),
        kind: Set(Event::Registered),
        action: Set(None::<Action>),
        from_status: Set(None),
        status: Set(ComplaintStatus::Registered),
        actor_id: Set(row.registered_by),
        body: Set(None),
        is_public: Set(false),
        created_at: Set(row.received_at),
        ..Default::default()
    }
}

/// The stored form of a receipt code, however it was typed.
pub fn receipt_hash(code: &str) -> String {
    sha256_hex(&receipt::parse(code).unwrap_or_default())
}

/// Blank fields are absent ones.
fn clean(mut filing: Filing) -> Filing {
    let draft = &mut filing.draft;
    draft.text = draft.text.trim().to_owned();
    for field in [&mut draft.place, &mut draft.window, &mut draft.name, &mut draft.phone, &mut draft.address] {
        *field = field.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    }
    filing
}
