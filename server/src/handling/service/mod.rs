//! What may be done with a case: one verb, one transaction, one line in the log, one entry in the audit.
//!
//! Whoever works at its window today, or leads it, does all; whoever works in a back office passes it on, brings its
//! result and files it; the administrator does all everywhere.

pub mod reading;
pub mod retention;
pub mod steps;

use std::collections::BTreeSet;

use domain::{
    PostId, ServiceCaseEventId, ServiceCaseId,
    handling::{BACK_OFFICE, SIDE_FIELD, ServiceCaseAction, ServiceCaseStatus},
    permission::Permission,
};
use entity::service_case_event;
use sea_orm::ActiveValue::Set;

use super::repo;
use crate::{
    db::{ReadTx, Verb, WriteTx},
    error::{Error, Result},
    graphql::context::Cx,
    posts,
};

/// The encrypted text of a line in the log.
const BODY: &str = "body";

/// Where the viewer works, as far as cases go.
pub struct Hands {
    /// Whether they keep cases at all.
    keeps: bool,
    /// Their own windows; none where they are at all of them.
    own: Option<BTreeSet<PostId>>,
    /// Whether they work in a back office.
    back: bool,
}

impl Hands {
    async fn of(cx: &Cx, tx: &ReadTx) -> Result<Self> {
        let keeps = cx.scope()?.require(Permission::ServiceCaseKeep).is_ok();
        let own = posts::service::reading::own_posts(cx, tx).await?;
        let is_back = |row: &entity::post::Model| {
            own.as_ref().is_some_and(|own| own.contains(&row.id))
                && posts::service::filled(row, SIDE_FIELD).as_deref() == Some(BACK_OFFICE)
        };
        let back = repo::handling_posts(tx).await?.iter().any(is_back);
        Ok(Self { keeps, own, back })
    }

    fn is_at(&self, post: PostId) -> bool {
        self.keeps && self.own.as_ref().is_none_or(|own| own.contains(&post))
    }

    fn may(&self, post: PostId, action: ServiceCaseAction) -> bool {
        self.is_at(post) || (self.keeps && self.back && action.is_back_offices())
    }

    /// The windows whose cases are shown; none for all: whoever supervises and keeps none sees every case.
    fn shown(&self) -> Option<&BTreeSet<PostId>> {
        self.own.as_ref().filter(|_| self.keeps && !self.back)
    }

    fn sees(&self, post: PostId) -> bool {
        self.shown().is_none_or(|own| own.contains(&post))
    }
}

/// Writes a line into the log.
async fn tell(
    cx: &Cx,
    tx: &mut WriteTx,
    case: ServiceCaseId,
    action: Option<ServiceCaseAction>,
    status: ServiceCaseStatus,
    body: Option<&str>,
) -> Result<()> {
    let keys = cx.app.keys.center(cx.scope()?.center()?);
    let line = service_case_event::ActiveModel {
        id: Set(ServiceCaseEventId(cx.app.ids.next())),
        case_id: Set(case),
        action: Set(action),
        status: Set(status),
        body_enc: Set(body.map(|text| keys.seal(BODY, text)).transpose()?),
        actor_id: Set(cx.scope()?.account().ok_or(Error::Unauthenticated)?),
        at: Set(tx.now()),
        ..Default::default()
    };
    tx.insert(line).await.map(drop)
}

/// What the audit says of a step.
const fn verb(action: ServiceCaseAction) -> Verb {
    match action {
        ServiceCaseAction::Accept => Verb::ServiceCaseAccepted,
        ServiceCaseAction::AskCorrection => Verb::ServiceCaseCorrectionAsked,
        ServiceCaseAction::Refuse => Verb::ServiceCaseRefused,
        ServiceCaseAction::Resume => Verb::ServiceCaseResumed,
        ServiceCaseAction::ReturnPapers => Verb::ServiceCasePapersReturned,
        ServiceCaseAction::BeginApproval => Verb::ServiceCaseApprovalBegun,
        ServiceCaseAction::FinishResult => Verb::ServiceCaseResultReady,
        ServiceCaseAction::Deliver => Verb::ServiceCaseResultDelivered,
        ServiceCaseAction::Collect => Verb::ServiceCaseResultCollected,
        ServiceCaseAction::Archive => Verb::ServiceCaseArchived,
    }
}
