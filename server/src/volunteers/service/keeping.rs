//! What happens to services without anybody asking: days go by, years end, proof is removed.

use domain::{
    calendar::local_date,
    permission::Permission,
    policy::PolicyKey,
    volunteers::{ServiceRecordStatus, archived_until},
};
use entity::service_record;
use sea_orm::{ActiveValue::Set, Condition};

use super::repo;
use crate::{
    auth::scope::Scope,
    db::{AuditEvent, Verb, identity::Center},
    error::Result,
    graphql::context::{App, Cx},
};

/// Marks what nobody confirmed in time, archives old years, removes old signatures and digits of phones.
pub async fn sweep(app: &App, center: &Center) -> Result<()> {
    let cx = || Cx::new(app.clone(), Some(Scope::job(center, "volunteers")), None, app.ids.next().to_string());
    let today = local_date(app.clock.now());
    let lapsed = service_record::ActiveModel {
        status: Set(ServiceRecordStatus::Unconfirmed),
        decided_at: Set(Some(app.clock.now())),
        token_hash: Set(None),
        token_until: Set(None),
        ..Default::default()
    };
    change(&cx(), repo::lapsed(today), lapsed, Verb::ServicesLapsed).await?;
    let days = app.rules(center.city_id).await?.policy.get(PolicyKey::VolunteerArchiveDays);
    if let Some(until) = archived_until(today, days) {
        let archived = service_record::ActiveModel { status: Set(ServiceRecordStatus::Archived), ..Default::default() };
        change(&cx(), repo::of_old_years(until), archived, Verb::ServicesArchived).await?;
    }
    let bare = service_record::ActiveModel {
        signature_enc: Set(None),
        tail_enc: Set(None),
        statement_enc: Set(None),
        purge_on: Set(None),
        ..Default::default()
    };
    change(&cx(), repo::kept_too_long(today), bare, Verb::ServiceProofPurged).await
}

async fn change(cx: &Cx, which: Condition, change: service_record::ActiveModel, verb: Verb) -> Result<()> {
    if !repo::any(&*cx.read().await?, which.clone()).await? {
        return Ok(());
    }
    let mut tx = cx.write(&cx.scope()?.require(Permission::VolunteerServe)?).await?;
    let rows = tx.update_where(which, change).await?;
    tx.commit(AuditEvent::of(verb).with_detail(rows.to_string())).await
}
