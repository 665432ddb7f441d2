//! The people of a center: kept by its administrator; what only some may know leaves by a logged look.

use domain::{
    AccountId, StaffId, Violation,
    calendar::local_date,
    complaints::form,
    permission::Permission,
    posts::{Restricted, StaffForm},
};
use entity::staff_member;
use sea_orm::ActiveValue::{Set, Unchanged};

use super::{Seen, department, manage, past, repo, taken};
use crate::{
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Error, Result},
    graphql::context::Cx,
    tenancy,
};

/// The encrypted column, without its ending: so an export opens it.
const FIELD: &str = "restricted";

/// What is typed about somebody: what everybody sees, and what only some may know; the latter stays as it is where
/// none is given.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// What everybody sees.
    pub form: StaffForm,
    /// The account that is theirs.
    pub account: Option<AccountId>,
    /// What only some may know.
    pub restricted: Option<Restricted>,
}

/// Adds somebody.
pub async fn add(cx: &Cx, typed: Typed) -> Result<staff_member::Model> {
    let mut tx = manage(cx).await?;
    check(cx, &tx, &typed, None).await?;
    let row = tx.insert(new(cx, typed)?).await.map_err(number_taken)?;
    tx.commit(AuditEvent::on(row.id.0, Verb::StaffAdded)).await?;
    Ok(row)
}

/// Adds people whose forms are sound, in another context's transaction.
pub async fn add_all(cx: &Cx, tx: &mut WriteTx, all: Vec<Typed>) -> Result<Vec<StaffId>> {
    let (mut ids, mut rows) = (Vec::with_capacity(all.len()), Vec::with_capacity(all.len()));
    for typed in all {
        let row = new(cx, typed)?;
        ids.extend(row.id.try_as_ref().copied());
        rows.push(row);
    }
    tx.insert_many(rows).await.map_err(number_taken)?;
    Ok(ids)
}

fn new(cx: &Cx, typed: Typed) -> Result<staff_member::ActiveModel> {
    Ok(staff_member::ActiveModel {
        id: Set(StaffId(cx.app.ids.next())),
        demo: Set(cx.app.demo),
        version: Set(1),
        restricted_enc: Set(sealed(cx, typed.restricted.unwrap_or_default())?),
        ..columns(typed)
    })
}

/// Changes what is known of somebody.
pub async fn edit(cx: &Cx, seen: Seen<StaffId>, typed: Typed) -> Result<staff_member::Model> {
    let tx = manage(cx).await?;
    let row = repo::person(&tx, seen.id).await?;
    check(cx, &tx, &typed, Some(&row)).await?;
    let restricted = typed.restricted.map(|restricted| sealed(cx, restricted)).transpose()?;
    let mut change = columns(typed);
    if let Some(restricted) = restricted {
        change.restricted_enc = Set(restricted);
    }
    write(tx, seen, change, Verb::StaffEdited).await
}

/// Somebody leaves: their assignments end with that day, posts that they lead need another lead.
pub async fn leave(cx: &Cx, seen: Seen<StaffId>, on: chrono::NaiveDate) -> Result<staff_member::Model> {
    let mut tx = manage(cx).await?;
    let row = repo::hold(&mut tx, seen.id).await?;
    let today = local_date(cx.now());
    if on > today {
        return Err(Violation::new("on", "form.date_in_future").into());
    }
    if let Some(violation) = row.joined_on.and_then(|joined| past("on", on, joined)) {
        return Err(violation.into());
    }
    repo::end_all(&mut tx, seen.id, on).await?;
    write(tx, seen, staff_member::ActiveModel { left_on: Set(Some(on)), ..Default::default() }, Verb::StaffLeft).await
}

/// Somebody is back, without a post.
pub async fn come_back(cx: &Cx, seen: Seen<StaffId>) -> Result<staff_member::Model> {
    let tx = manage(cx).await?;
    let change = staff_member::ActiveModel { left_on: Set(None), ..Default::default() };
    write(tx, seen, change, Verb::StaffReturned).await
}

/// What the viewer may know of somebody: field by field what one of their roles may read, for a reason, logged.
///
/// # Errors
/// `posts.field_secret` where a field is asked for that no role of the viewer may read; the audit tells.
pub async fn reveal(cx: &Cx, id: StaffId, reason: &str, asked: &[Permission]) -> Result<Restricted> {
    let scope = cx.scope()?;
    let granted = scope.require(Permission::StaffReveal)?;
    if let Some(field) = asked.iter().find(|field| scope.require(**field).is_err()) {
        cx.refused(AuditEvent::on(id.0, Verb::AttemptRefused).with_detail(field.key())).await?;
        return Err(Violation::new("fields", "posts.field_secret").into());
    }
    form::entry("reason", reason)?;
    let tx = cx.write(&granted).await?;
    let row = repo::person(&tx, id).await?;
    let all = opened(cx, &row)?;
    let fields: Vec<_> = asked.iter().map(|field| field.key()).collect();
    tx.commit(AuditEvent::on(id.0, Verb::StaffRevealed).with_detail(fields.join(" "))).await?;
    let may = |field| asked.contains(&field);
    Ok(Restricted {
        sex: all.sex.filter(|_| may(Permission::StaffSexRead)),
        born_on: all.born_on.filter(|_| may(Permission::StaffBirthRead)),
        party_member: all.party_member.filter(|_| may(Permission::StaffPartyRead)),
    })
}

/// What is known of somebody, for the rules of the product itself; never for a page.
pub fn opened(cx: &Cx, row: &staff_member::Model) -> Result<Restricted> {
    let Some(text) = &row.restricted_enc else { return Ok(Restricted::default()) };
    let plain = cx.app.keys.center(row.center_id).open(FIELD, text)?;
    Ok(serde_json::from_str(&plain).map_err(anyhow::Error::from)?)
}

/// The same encrypted; none where nothing is known.
pub fn sealed(cx: &Cx, restricted: Restricted) -> Result<Option<String>> {
    if restricted == Restricted::default() {
        return Ok(None);
    }
    let plain = serde_json::to_string(&restricted).map_err(anyhow::Error::from)?;
    cx.app.keys.center(cx.scope()?.center()?).seal(FIELD, &plain).map(Some)
}

async fn check(cx: &Cx, tx: &ReadTx, typed: &Typed, was: Option<&staff_member::Model>) -> Result<()> {
    let today = local_date(cx.now());
    let mut found = typed.form.check(today);
    found.extend(typed.restricted.iter().flat_map(|restricted| restricted.check(today)));
    if !found.is_empty() {
        return Err(Error::Invalid(found));
    }
    department(tx, typed.form.department, was.and_then(|row| row.department_id)).await?;
    let Some(account) = typed.account.filter(|account| was.and_then(|row| row.account_id) != Some(*account)) else {
        return Ok(());
    };
    tenancy::service::member(tx, account).await?;
    match repo::person_of(tx, account).await? {
        Some(other) if was.is_none_or(|row| row.id != other.id) => {
            Err(Violation::new("accountId", "posts.account_taken").into())
        }
        _ => Ok(()),
    }
}

async fn write(
    mut tx: WriteTx,
    seen: Seen<StaffId>,
    change: staff_member::ActiveModel,
    verb: Verb,
) -> Result<staff_member::Model> {
    let row = staff_member::ActiveModel { id: Unchanged(seen.id), ..change };
    let row = tx.update(row, seen.version).await.map_err(number_taken)?;
    tx.commit(AuditEvent::on(seen.id.0, verb)).await?;
    Ok(row)
}

fn columns(Typed { form, account, .. }: Typed) -> staff_member::ActiveModel {
    let StaffForm { staff_no, name, department, title, joined_on } = form;
    staff_member::ActiveModel {
        staff_no: Set(staff_no),
        name: Set(name),
        department_id: Set(department),
        title: Set(title),
        account_id: Set(account),
        joined_on: Set(joined_on),
        ..Default::default()
    }
}

fn number_taken(error: Error) -> Error {
    taken(error, "staffNo")
}
