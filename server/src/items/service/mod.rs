//! What may be done with windows and items: one verb, one transaction, one entry in the audit. The administrator does
//! it.

pub mod reading;

use domain::{
    DepartmentId, PostId, ServiceItemId, Violation,
    items::{ItemForm, POST_KIND, PlaceForm, Placement, ServedAt, Setup, TYPE_FIELD, WindowType, check_dedicated},
    permission::Permission,
    settings::EntryStatus,
};
use entity::{post, service_item};
use sea_orm::ActiveValue::{Set, Unchanged};

use super::repo;
use crate::{
    db::{AuditEvent, ReadTx, Verb, WriteTx},
    error::{Error, Result},
    graphql::context::Cx,
    posts::{self, service::Seen},
    settings, tenancy,
};

/// What an integrated window is for, if somebody said so.
pub fn type_of(row: &post::Model) -> Option<WindowType> {
    posts::service::filled(row, TYPE_FIELD).and_then(|key| WindowType::from_key(&key))
}

/// Says what a window is for and how it is connected. The post's version is the window's.
pub async fn set_up(cx: &Cx, seen: Seen<PostId>, setup: Setup) -> Result<reading::Window> {
    let mut tx = begin(cx, setup.check(cx.now())).await?;
    let row = posts::repo::post(&tx, seen.id).await?;
    if row.kind != POST_KIND {
        return Err(Violation::new("", "items.not_integrated").into());
    }
    let post = posts::service::fill(&mut tx, &row, seen, (TYPE_FIELD, setup.kind.key())).await?;
    let setup = repo::keep(&mut tx, post.id, setup.link, setup.synced_at).await?;
    let event = AuditEvent::on(post.id.0, Verb::WindowSetUp).with_detail(format!("{} {}", post.code, setup.link.key()));
    let rules = cx.rules().await?;
    tx.commit(event).await?;
    Ok(reading::Window::new(post, Some(setup), cx.now(), &rules.policy))
}

/// Adds an item.
pub async fn add(cx: &Cx, form: ItemForm, place: PlaceForm) -> Result<service_item::Model> {
    let mut found = form.check();
    let place = Placement::of(&place).unwrap_or_else(|more| {
        found.extend(more);
        Placement::Integrated
    });
    let mut tx = begin(cx, found).await?;
    department(&tx, form.department, None).await?;
    check_place(&tx, &place).await?;
    let row = service_item::ActiveModel {
        id: Set(ServiceItemId(cx.app.ids.next())),
        code: Set(form.code),
        name: Set(form.name),
        department_id: Set(form.department),
        status: Set(EntryStatus::Active),
        demo: Set(cx.app.demo),
        version: Set(1),
        ..columns(place)
    };
    let row = tx.insert(row).await.map_err(code_taken)?;
    tx.commit(AuditEvent::on(row.id.0, Verb::ServiceItemAdded).with_detail(&row.code)).await?;
    Ok(row)
}

/// Changes what an item is called and whose it is.
pub async fn edit(cx: &Cx, seen: Seen<ServiceItemId>, form: ItemForm) -> Result<service_item::Model> {
    let tx = begin(cx, form.check()).await?;
    let was = repo::item(&tx, seen.id).await?;
    department(&tx, form.department, Some(was.department_id)).await?;
    let change = service_item::ActiveModel {
        code: Set(form.code),
        name: Set(form.name),
        department_id: Set(form.department),
        ..Default::default()
    };
    change_item(tx, seen, change, Verb::ServiceItemEdited).await
}

/// Moves an item: to the integrated windows, or to one post for a reason.
pub async fn place(cx: &Cx, seen: Seen<ServiceItemId>, place: PlaceForm) -> Result<service_item::Model> {
    let place = Placement::of(&place).map_err(Error::Invalid)?;
    let tx = begin(cx, Vec::new()).await?;
    check_place(&tx, &place).await?;
    change_item(tx, seen, columns(place), Verb::ServiceItemPlaced).await
}

/// Takes an item out of use, or back into it.
pub async fn set(cx: &Cx, seen: Seen<ServiceItemId>, status: EntryStatus) -> Result<service_item::Model> {
    let tx = begin(cx, Vec::new()).await?;
    let verb = match status {
        EntryStatus::Active => Verb::ServiceItemRestored,
        EntryStatus::Retired => Verb::ServiceItemRetired,
    };
    change_item(tx, seen, service_item::ActiveModel { status: Set(status), ..Default::default() }, verb).await
}

/// An item in use that is served at `post`, for another context's transaction.
pub async fn served_at(tx: &ReadTx, id: ServiceItemId, post: &post::Model) -> Result<service_item::Model> {
    let row = repo::item(tx, id).await?;
    if row.status == EntryStatus::Retired {
        return Err(Violation::new("item", "items.retired").into());
    }
    if serves(post, &row) { Ok(row) } else { Err(Violation::new("item", "items.not_served_here").into()) }
}

/// Whether a post serves an item.
pub fn serves(post: &post::Model, item: &service_item::Model) -> bool {
    match item.post_id {
        Some(dedicated) => dedicated == post.id,
        None => takes_in(post),
    }
}

/// Whether a post is an integrated window that takes things in.
pub fn takes_in(post: &post::Model) -> bool {
    post.kind == POST_KIND && type_of(post) == Some(WindowType::Intake)
}

fn columns(place: Placement) -> service_item::ActiveModel {
    let (at, post, reason) = match place {
        Placement::Integrated => (ServedAt::Integrated, None, None),
        Placement::Dedicated { post, reason } => (ServedAt::Dedicated, Some(post), Some(reason)),
    };
    service_item::ActiveModel { served_at: Set(at), post_id: Set(post), reason: Set(reason), ..Default::default() }
}

async fn check_place(tx: &ReadTx, place: &Placement) -> Result<()> {
    let Placement::Dedicated { post, .. } = place else { return Ok(()) };
    let row = posts::repo::post(tx, *post).await?;
    Ok(check_dedicated(&row.kind, row.status)?)
}

/// Whether a department may be chosen; `kept` stays even when it is offered no more.
async fn department(tx: &ReadTx, id: DepartmentId, kept: Option<DepartmentId>) -> Result<()> {
    let row = tenancy::service::department(tx, id).await?;
    if row.status == EntryStatus::Retired && kept != Some(id) {
        return Err(Violation::new("department", "complaint.department_retired").into());
    }
    Ok(())
}

async fn change_item(
    mut tx: WriteTx,
    seen: Seen<ServiceItemId>,
    change: service_item::ActiveModel,
    verb: Verb,
) -> Result<service_item::Model> {
    let row = service_item::ActiveModel { id: Unchanged(seen.id), ..change };
    let row = tx.update(row, seen.version).await.map_err(code_taken)?;
    tx.commit(AuditEvent::on(seen.id.0, verb).with_detail(&row.code)).await?;
    Ok(row)
}

/// A transaction of whoever keeps windows and items, once what they typed is in order.
async fn begin(cx: &Cx, found: Vec<Violation>) -> Result<WriteTx> {
    let granted = cx.scope()?.require(Permission::PostManage)?;
    if found.is_empty() { cx.write(&granted).await } else { Err(Error::Invalid(found)) }
}

fn code_taken(error: Error) -> Error {
    settings::service::taken(error, "code", "items.taken")
}
