//! What is typed about services of care windows.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    CareRecordId, PostId, StaffId,
    care::{CareMode, Contact, RecipientCategory, VisitForm},
    complaints::HandlingSatisfaction,
};

use super::super::service::steps::Greeting;
use crate::posts::service::Seen;

/// Somebody who came.
#[derive(InputObject)]
pub struct GreetCareRecipientInput {
    /// To which window.
    post: PostId,
    /// Whom for, never more precise than this.
    category: RecipientCategory,
    /// How they are served.
    mode: CareMode,
    /// Who brought them to the window.
    guide: Option<StaffId>,
}

/// A home visit.
#[derive(InputObject)]
pub struct BookHomeVisitInput {
    /// Of which window.
    post: PostId,
    /// Whom for, never more precise than this.
    category: RecipientCategory,
    /// What is needed; kept encrypted.
    need: String,
    /// Name; kept encrypted, as phone and address are.
    name: String,
    /// Phone.
    phone: String,
    /// Where to visit.
    address: String,
    /// The day that they wish.
    on: NaiveDate,
}

/// A service as it was seen.
#[derive(InputObject)]
pub struct SeenCareInput {
    /// Its id.
    id: CareRecordId,
    /// Its version.
    version: i32,
}

/// What somebody needs.
#[derive(InputObject)]
pub struct RecordCareNeedInput {
    /// The service's id.
    pub id: CareRecordId,
    /// Its version.
    pub version: i32,
    /// In words; kept encrypted.
    pub need: String,
}

/// Somebody who is handed over.
#[derive(InputObject)]
pub struct HandCareOverInput {
    /// The service's id.
    pub id: CareRecordId,
    /// Its version.
    pub version: i32,
    /// Who receives them.
    pub receiver: StaffId,
    /// What there is to say.
    pub note: Option<String>,
}

/// Who makes a home visit.
#[derive(InputObject)]
pub struct AssignHomeVisitInput {
    /// The service's id.
    pub id: CareRecordId,
    /// Its version.
    pub version: i32,
    /// Who.
    pub visitor: StaffId,
    /// Who comes along.
    pub companion: Option<StaffId>,
}

/// A home visit that is put off.
#[derive(InputObject)]
pub struct RescheduleHomeVisitInput {
    /// The service's id.
    pub id: CareRecordId,
    /// Its version.
    pub version: i32,
    /// To which day.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// A home visit that was made.
#[derive(InputObject)]
pub struct RecordHomeVisitInput {
    /// The service's id.
    pub id: CareRecordId,
    /// Its version.
    pub version: i32,
    /// What there is to say.
    pub note: Option<String>,
}

/// A service that ends.
#[derive(InputObject)]
pub struct FinishCareInput {
    /// Its id.
    pub id: CareRecordId,
    /// Its version.
    pub version: i32,
    /// What came of it.
    pub outcome: String,
}

/// A service that is given up.
#[derive(InputObject)]
pub struct CancelCareInput {
    /// Its id.
    pub id: CareRecordId,
    /// Its version.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// A line for the log.
#[derive(InputObject)]
pub struct AddCareNoteInput {
    /// The service's id.
    pub id: CareRecordId,
    /// Its version.
    pub version: i32,
    /// In words; kept encrypted.
    pub text: String,
}

/// How satisfied somebody is.
#[derive(InputObject)]
pub struct RateCareInput {
    /// The service's id.
    pub id: CareRecordId,
    /// Its version.
    pub version: i32,
    /// How much.
    pub satisfaction: HandlingSatisfaction,
    /// In their words.
    pub comment: Option<String>,
}

/// A look at how to reach somebody.
#[derive(InputObject)]
pub struct RevealCareContactInput {
    /// The service's id.
    pub id: CareRecordId,
    /// Why; goes into the audit.
    pub reason: String,
}

impl From<GreetCareRecipientInput> for Greeting {
    fn from(GreetCareRecipientInput { post, category, mode, guide }: GreetCareRecipientInput) -> Self {
        Self { post, category, mode, guide }
    }
}

impl From<SeenCareInput> for Seen<CareRecordId> {
    fn from(SeenCareInput { id, version }: SeenCareInput) -> Self {
        Self { id, version }
    }
}

impl BookHomeVisitInput {
    pub fn parts(self) -> (PostId, VisitForm) {
        let Self { post, category, need, name, phone, address, on } = self;
        let given = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let contact = Contact { name: given(name), phone: given(phone), address: given(address) };
        (post, VisitForm { category, need, contact, on })
    }
}
