//! What may be done with volunteers' services: one verb, one transaction, one entry in the audit.
//!
//! Whoever serves writes, and has a recipient confirm; colleagues at the post state what a recipient told them; the
//! coordinator and the post's lead look at the kit, the coordinator says who can work alone.

pub mod confirming;
pub mod keeping;
pub mod people;
pub mod reading;
pub mod records;

use chrono::Days;
use domain::{
    ServiceRecordId, StaffId,
    calendar::local_date,
    permission::Permission,
    policy::{Policy, PolicyKey},
    volunteers::{ConfirmationMeans, ServiceRecordStatus},
};
use entity::service_record;
use sea_orm::ActiveValue::Set;

use super::repo::{self, Sight};
use crate::{
    db::ReadTx,
    error::{Error, Kind, Result},
    graphql::context::Cx,
    posts,
};

/// Whose services the viewer sees; with the viewer as somebody of the staff.
async fn sight(cx: &Cx, tx: &ReadTx) -> Result<(Sight, Option<StaffId>)> {
    let scope = cx.scope()?;
    let me = posts::service::me(cx, tx).await?.filter(|row| row.left_on.is_none()).map(|row| row.id);
    if scope.require(Permission::VolunteerReadAll).is_ok() {
        return Ok((Sight::All, me));
    }
    if scope.require(Permission::VolunteerReadPost).is_err() {
        return Ok((Sight::Own(me), me));
    }
    let posts = posts::service::reading::own_posts(cx, tx).await?.unwrap_or_default();
    Ok((Sight::At(posts, me), me))
}

/// A service that the viewer sees; any other is not there.
async fn seen(cx: &Cx, tx: &ReadTx, id: ServiceRecordId) -> Result<(service_record::Model, Option<StaffId>)> {
    let row = repo::record(tx, id).await?;
    let (sight, me) = sight(cx, tx).await?;
    if sight.holds(&row) { Ok((row, me)) } else { Err(Error::NotFound(Kind::Row)) }
}

/// What an answer changes: no code works any more, and what proves it is kept for a time.
fn decided(
    cx: &Cx,
    policy: &Policy,
    status: ServiceRecordStatus,
    means: Option<ConfirmationMeans>,
) -> service_record::ActiveModel {
    let days = Days::new(policy.get(PolicyKey::VolunteerProofDays).into());
    service_record::ActiveModel {
        status: Set(status),
        means: Set(means),
        decided_at: Set(Some(cx.now())),
        token_hash: Set(None),
        token_until: Set(None),
        purge_on: Set(local_date(cx.now()).checked_add_days(days)),
        ..Default::default()
    }
}
