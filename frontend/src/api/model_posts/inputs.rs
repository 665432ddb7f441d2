//! What the forms about model posts send.

use chrono::NaiveDate;
use domain::{
    AttachmentId, LedgerEntryId, ModelTitleId, ObjectionId, PostId, StaffId,
    model_posts::{Activity, CheckKind, EvidenceKind, title::Decision},
};

use super::schema;

#[derive(cynic::InputObject)]
pub struct ApplyForTitleInput {
    pub post: PostId,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct TitleStepInput {
    pub id: ModelTitleId,
    pub version: i32,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct AppraiseTitleInput {
    pub id: ModelTitleId,
    pub version: i32,
    pub score: Option<i32>,
    pub stars: Option<i32>,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct ObjectToTitleInput {
    pub id: ModelTitleId,
    pub version: i32,
    pub text: String,
}

#[derive(cynic::InputObject)]
pub struct SettleObjectionInput {
    pub id: ObjectionId,
    pub version: i32,
    pub upheld: bool,
    pub answer: String,
}

#[derive(cynic::InputObject)]
pub struct DeclineTitleInput {
    pub id: ModelTitleId,
    pub version: i32,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct DecideTitleReviewInput {
    pub id: ModelTitleId,
    pub version: i32,
    pub decision: Decision,
    pub until: Option<NaiveDate>,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct AddLedgerEntryInput {
    pub post: PostId,
    pub happened_on: NaiveDate,
    pub activity: Activity,
    pub evidence: EvidenceKind,
    pub title: String,
    pub detail: Option<String>,
    pub hours: Option<i32>,
    pub kept_at: Option<String>,
    pub participants: Vec<StaffId>,
    pub files: Vec<AttachmentId>,
}

#[derive(cynic::InputObject)]
pub struct EditLedgerEntryInput {
    pub id: LedgerEntryId,
    pub version: i32,
    pub happened_on: NaiveDate,
    pub activity: Activity,
    pub evidence: EvidenceKind,
    pub title: String,
    pub detail: Option<String>,
    pub hours: Option<i32>,
    pub kept_at: Option<String>,
    pub participants: Vec<StaffId>,
    pub files: Vec<AttachmentId>,
}

#[derive(cynic::InputObject)]
pub struct SeenLedgerEntryInput {
    pub id: LedgerEntryId,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct ReturnLedgerEntryInput {
    pub id: LedgerEntryId,
    pub version: i32,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct RecordPostCheckInput {
    pub post: PostId,
    pub check: CheckKind,
    pub on: NaiveDate,
    pub fine: bool,
    pub note: Option<String>,
}
