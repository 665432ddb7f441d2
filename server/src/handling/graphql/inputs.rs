//! What is typed about cases at windows.

use async_graphql::InputObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    PostId, ServiceCaseId, ServiceItemId,
    handling::{ReceiveForm, Refusal},
};

use super::super::service::steps::Incoming;
use crate::posts::service::Seen;

/// A case that comes in.
#[derive(InputObject)]
pub struct ReceiveServiceCaseInput {
    /// At which window.
    post: PostId,
    /// What it is about.
    item: ServiceItemId,
    /// Its number in the system in which it is handled, unique in the center.
    external_no: String,
    /// By what the recipient is found there, no name; kept encrypted.
    recipient: Option<String>,
}

/// A case as it was seen.
#[derive(InputObject)]
pub struct SeenServiceCaseInput {
    /// Its id.
    id: ServiceCaseId,
    /// Its version.
    version: i32,
}

/// A case that is taken on.
#[derive(InputObject)]
pub struct AcceptServiceCaseInput {
    /// Its id.
    pub id: ServiceCaseId,
    /// Its version.
    pub version: i32,
    /// In how many working days its result is promised.
    pub days: Option<u32>,
    /// Or for which day.
    pub on: Option<NaiveDate>,
}

/// A case that lacks something.
#[derive(InputObject)]
pub struct AskServiceCaseCorrectionInput {
    /// Its id.
    pub id: ServiceCaseId,
    /// Its version.
    pub version: i32,
    /// Everything that is missing; kept encrypted.
    pub missing: String,
}

/// A case that is not taken on.
#[derive(InputObject)]
pub struct RefuseServiceCaseInput {
    /// Its id.
    id: ServiceCaseId,
    /// Its version.
    version: i32,
    /// Why; kept encrypted.
    reason: String,
    /// From when its papers can be fetched.
    pickup_at: Option<DateTime<Utc>>,
    /// Where.
    pickup_place: String,
}

/// A case that is filed.
#[derive(InputObject)]
pub struct ArchiveServiceCaseInput {
    /// Its id.
    pub id: ServiceCaseId,
    /// Its version.
    pub version: i32,
    /// Where its papers are.
    pub reference: String,
}

impl From<SeenServiceCaseInput> for Seen<ServiceCaseId> {
    fn from(SeenServiceCaseInput { id, version }: SeenServiceCaseInput) -> Self {
        Self { id, version }
    }
}

impl ReceiveServiceCaseInput {
    pub fn parts(self) -> (Incoming, ReceiveForm) {
        let Self { post, item, external_no, recipient } = self;
        let recipient = recipient.filter(|text| !text.trim().is_empty());
        (Incoming { post, item }, ReceiveForm { external_no, recipient })
    }
}

impl RefuseServiceCaseInput {
    pub fn parts(self) -> (Seen<ServiceCaseId>, Refusal) {
        let Self { id, version, reason, pickup_at, pickup_place } = self;
        (Seen { id, version }, Refusal { reason, pickup_at, pickup_place })
    }
}
