//! Who sees which check, and what is asked about whom.
//!
//! Administrator, supervision and patrol inspectors check everywhere; whoever leads a post checks there. Everybody sees
//! their own checks.

pub mod reading;
pub mod record;

use domain::{
    AppearanceCheckId, PostId,
    appearance::{Item, Mark, Occasion, Spec, Wording, offered},
    permission::{Permission, Role, RoleSet},
    policy::{Policy, PolicyKey},
    posts::{Restricted, Sex},
};
use entity::staff_member;
use serde::{Deserialize, Serialize};

use super::repo::{self, Reach};
use crate::{
    crypto::CenterKeys,
    db::ReadTx,
    error::{Error, Kind, Result},
    graphql::context::Cx,
    posts, tenancy,
};

/// The encrypted column, without its ending: so an export opens it.
const BADGE: &str = "badge";
/// Bytes of what is kept of the party badge. Always as many, so that the cipher's length does not tell who was asked.
const BADGE_LENGTH: usize = 1024;

/// What a check found of the party badge.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Badge {
    /// How it was.
    pub mark: Mark,
    /// What there is to say.
    pub note: Option<String>,
}

/// Whose checks the viewer sees; who checks everywhere sees all.
pub async fn reach(tx: &ReadTx) -> Result<(Reach, Option<staff_member::Model>)> {
    let scope = tx.scope();
    let me = match scope.account() {
        Some(account) => posts::repo::person_of(tx, account).await?,
        None => None,
    };
    // A lead's own part is what they lead.
    let others = RoleSet::new(scope.roles().roles().iter().copied().filter(|role| *role != Role::PostLead));
    if others.may(Permission::AppearanceCheck) {
        return Ok((Reach::All, me));
    }
    let led = match &me {
        Some(me) if scope.require(Permission::AppearanceCheck).is_ok() => repo::led(tx, me.id).await?,
        _ => Default::default(),
    };
    Ok((Reach::At(led, me.as_ref().map(|me| me.id)), me))
}

/// Whether the viewer checks people at a post.
fn checks_at(reach: &Reach, post: PostId) -> bool {
    match reach {
        Reach::All => true,
        Reach::At(led, _) => led.contains(&post),
    }
}

/// Whether a check is one that a scope sees.
///
/// # Errors
/// From the database.
pub async fn sees_check(tx: &ReadTx, id: AppearanceCheckId) -> Result<bool> {
    match repo::check(tx, id).await {
        Ok(row) => Ok(reach(tx).await?.0.holds(row.post_id, row.staff_id)),
        Err(Error::NotFound(Kind::Row)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// What the viewer is to ask about somebody.
async fn asked(
    cx: &Cx,
    tx: &ReadTx,
    person: &staff_member::Model,
    known: Restricted,
    policy: &Policy,
) -> Result<Vec<&'static Spec>> {
    let own_dress = match person.department_id {
        Some(id) => tenancy::service::department(tx, id).await?.own_dress,
        None => false,
    };
    let may_know = cx.scope()?.require(Permission::StaffPartyRead).is_ok();
    Ok(offered(Occasion {
        own_dress,
        health_order: policy.get(PolicyKey::HealthOrder) > 0,
        known_member: may_know && known.party_member == Some(true),
    }))
}

/// In which words the viewer is offered an item for somebody.
fn wording(cx: &Cx, item: Item, known: Restricted) -> Result<Wording> {
    let may_know = cx.scope()?.require(Permission::StaffSexRead).is_ok();
    Ok(match known.sex.filter(|_| may_know && item.differs()) {
        Some(Sex::Female) => Wording::Women,
        Some(Sex::Male) => Wording::Men,
        None => Wording::Common,
    })
}

/// What is kept of the party badge by somebody who may know who is a member: something, whether or not it was asked.
fn sealed(keys: &CenterKeys, badge: Option<&Badge>) -> Result<String> {
    let mut text = serde_json::to_string(&badge).map_err(anyhow::Error::from)?;
    let more = BADGE_LENGTH.saturating_sub(text.len());
    text.extend(std::iter::repeat_n(' ', more));
    keys.seal(BADGE, &text)
}

/// The same in clear.
fn opened(keys: &CenterKeys, badge_enc: Option<&str>) -> Result<Option<Badge>> {
    let Some(sealed) = badge_enc else { return Ok(None) };
    Ok(serde_json::from_str(&keys.open(BADGE, sealed)?).map_err(anyhow::Error::from)?)
}
