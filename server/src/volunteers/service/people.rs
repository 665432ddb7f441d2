//! What is looked at of volunteers: vest and armband (6.7.4), and whether they can work alone (6.7.2).

use domain::{
    StaffId, Violation, VolunteerCheckId,
    calendar::local_date,
    permission::Permission,
    volunteers::{VolunteerCheckKind, check_note, check_word, not_own},
};
use entity::volunteer_check;
use sea_orm::ActiveValue::Set;

use super::repo;
use crate::{
    auth::scope::Granted,
    db::{AuditEvent, Verb, WriteTx},
    error::{Error, Result},
    graphql::context::Cx,
    posts,
};

/// A look at vest and armband.
#[derive(Clone, Debug)]
pub struct Look {
    /// Whose.
    pub staff: StaffId,
    /// Whether the vest was worn.
    pub vest: bool,
    /// Whether the armband was worn.
    pub armband: bool,
    /// What there is to say.
    pub note: Option<String>,
}

/// Writes a look down: the coordinator's of everybody, a lead's of who serves at their posts.
pub async fn check_kit(cx: &Cx, look: Look) -> Result<volunteer_check::Model> {
    let granted = cx.scope()?.require(Permission::KitCheck)?;
    if let Some(violation) = look.note.as_deref().and_then(|note| check_note("note", note)) {
        return Err(violation.into());
    }
    let mut tx = about(cx, &granted, look.staff).await?;
    if cx.scope()?.require(Permission::VolunteerReadAll).is_err() && !leads(cx, &tx, look.staff).await? {
        return Err(Violation::new("", "volunteers.not_your_post").into());
    }
    let row = volunteer_check::ActiveModel {
        vest: Set(Some(look.vest)),
        armband: Set(Some(look.armband)),
        note: Set(look.note),
        ..blank(cx)?
    };
    let row = repo::add_check(&mut tx, look.staff, VolunteerCheckKind::Kit, row).await?;
    tx.commit(AuditEvent::on(look.staff.0, Verb::VolunteerKitChecked)).await?;
    Ok(row)
}

/// Says that somebody can work alone; what was seen goes with it.
pub async fn sign_off(cx: &Cx, staff: StaffId, note: &str) -> Result<volunteer_check::Model> {
    let granted = cx.scope()?.require(Permission::CompetenceSign)?;
    if let Some(violation) = check_word("note", note) {
        return Err(violation.into());
    }
    let mut tx = about(cx, &granted, staff).await?;
    let row = volunteer_check::ActiveModel {
        vest: Set(None),
        armband: Set(None),
        note: Set(Some(note.trim().to_owned())),
        ..blank(cx)?
    };
    let row = repo::add_check(&mut tx, staff, VolunteerCheckKind::Competence, row).await?;
    tx.commit(AuditEvent::on(staff.0, Verb::VolunteerSignedOff)).await?;
    Ok(row)
}

/// A write about somebody who works here, and who is not the viewer.
async fn about(cx: &Cx, granted: &Granted, staff: StaffId) -> Result<WriteTx> {
    let mut tx = cx.write(granted).await?;
    posts::service::working(&tx, "staff", staff).await?;
    let me = posts::service::me(cx, &tx).await?.map(|me| me.id);
    not_own(me == Some(staff))?;
    posts::repo::hold(&mut tx, staff).await?;
    Ok(tx)
}

/// Whether somebody serves today at a volunteers' post that the viewer leads.
async fn leads(cx: &Cx, tx: &WriteTx, staff: StaffId) -> Result<bool> {
    let Some(me) = posts::service::me(cx, tx).await? else { return Ok(false) };
    let today = local_date(cx.now());
    let there = posts::repo::assignments_between(tx, today, today).await?;
    let led = repo::posts(tx).await?.into_iter().filter(|post| post.lead_id == Some(me.id));
    let mut theirs = there.iter().filter(|row| row.staff_id == staff).map(|row| row.post_id);
    let led: Vec<_> = led.map(|post| post.id).collect();
    Ok(theirs.any(|post| led.contains(&post)))
}

fn blank(cx: &Cx) -> Result<volunteer_check::ActiveModel> {
    Ok(volunteer_check::ActiveModel {
        id: Set(VolunteerCheckId(cx.app.ids.next())),
        on_day: Set(local_date(cx.now())),
        checker_id: Set(cx.scope()?.account().ok_or(Error::Unauthenticated)?),
        at: Set(cx.now()),
        ..Default::default()
    })
}
