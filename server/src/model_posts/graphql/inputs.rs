//! What is typed about titles, ledgers and looks.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    AttachmentId, LedgerEntryId, ModelTitleId, ObjectionId, PostId, StaffId,
    model_posts::{Activity, CheckKind, EvidenceKind, ledger::EntryForm, title::Decision},
};

use super::super::service::checks::NewLook;
use crate::posts::service::Seen;

/// An application.
#[derive(InputObject)]
pub struct ApplyForTitleInput {
    /// For which post.
    pub post: PostId,
    /// What there is to say.
    pub note: Option<String>,
}

/// A title as it was seen.
#[derive(InputObject)]
pub struct TitleStepInput {
    /// Its id.
    pub id: ModelTitleId,
    /// Its version.
    pub version: i32,
    /// What there is to say.
    pub note: Option<String>,
}

/// How a post was found to be.
#[derive(InputObject)]
pub struct AppraiseTitleInput {
    /// The title's id.
    pub id: ModelTitleId,
    /// Its version.
    pub version: i32,
    /// Points from 0 to 100, for a party pioneer post.
    pub score: Option<u32>,
    /// 1 to 5 stars, for a youth post.
    pub stars: Option<u32>,
    /// What there is to say.
    pub note: Option<String>,
}

/// What somebody holds against a title.
#[derive(InputObject)]
pub struct ObjectToTitleInput {
    /// The title's id.
    pub id: ModelTitleId,
    /// Its version.
    pub version: i32,
    /// In words; kept encrypted.
    pub text: String,
}

/// What became of an objection.
#[derive(InputObject)]
pub struct SettleObjectionInput {
    /// The objection's id.
    pub id: ObjectionId,
    /// Its version.
    pub version: i32,
    /// Whether it was found right.
    pub upheld: bool,
    /// What was found.
    pub answer: String,
}

/// A title that is not awarded.
#[derive(InputObject)]
pub struct DeclineTitleInput {
    /// Its id.
    pub id: ModelTitleId,
    /// Its version.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// What a review ends with.
#[derive(InputObject)]
pub struct DecideTitleReviewInput {
    /// The title's id.
    pub id: ModelTitleId,
    /// Its version.
    pub version: i32,
    /// What is decided.
    pub decision: Decision,
    /// With a warning: by when to mend it.
    pub until: Option<NaiveDate>,
    /// Why; asked for with a warning and a withdrawal.
    pub note: Option<String>,
}

/// An entry of a ledger, as filled in.
#[derive(InputObject)]
pub struct LedgerEntryInput {
    /// When it happened.
    happened_on: NaiveDate,
    /// What it is about.
    activity: Activity,
    /// What kind of material proves it.
    evidence: EvidenceKind,
    /// What it is called.
    title: String,
    /// What was done and what came of it.
    detail: Option<String>,
    /// How many hours it took.
    hours: Option<u32>,
    /// Where what proves it is kept.
    kept_at: Option<String>,
    /// Who took part.
    #[graphql(default)]
    participants: Vec<StaffId>,
    /// The files that prove it: those it shall have, of those it has and of the viewer's uploads.
    #[graphql(default)]
    files: Vec<AttachmentId>,
}

/// A new entry.
#[derive(InputObject)]
pub struct AddLedgerEntryInput {
    /// Of which post's ledger.
    pub post: PostId,
    #[graphql(flatten)]
    pub typed: LedgerEntryInput,
}

/// An entry as it was seen, and how it shall be.
#[derive(InputObject)]
pub struct EditLedgerEntryInput {
    /// Its id.
    pub id: LedgerEntryId,
    /// Its version.
    pub version: i32,
    #[graphql(flatten)]
    pub typed: LedgerEntryInput,
}

/// An entry as it was seen.
#[derive(InputObject)]
pub struct SeenLedgerEntryInput {
    /// Its id.
    pub id: LedgerEntryId,
    /// Its version.
    pub version: i32,
}

/// An entry that is sent back.
#[derive(InputObject)]
pub struct ReturnLedgerEntryInput {
    /// Its id.
    pub id: LedgerEntryId,
    /// Its version.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// A look on the spot, as filled in.
#[derive(InputObject)]
pub struct RecordPostCheckInput {
    /// Where.
    post: PostId,
    /// What was looked at.
    check: CheckKind,
    /// When.
    on: NaiveDate,
    /// Whether it was in order.
    fine: bool,
    /// What there is to say.
    note: Option<String>,
}

impl TitleStepInput {
    /// The title as it was seen.
    pub const fn seen(&self) -> Seen<ModelTitleId> {
        Seen { id: self.id, version: self.version }
    }
}

impl From<SeenLedgerEntryInput> for Seen<LedgerEntryId> {
    fn from(SeenLedgerEntryInput { id, version }: SeenLedgerEntryInput) -> Self {
        Self { id, version }
    }
}

impl LedgerEntryInput {
    /// What was filled in, and the files.
    pub fn parts(self) -> (EntryForm, Vec<AttachmentId>) {
        let input = self;
        let given = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let form = EntryForm {
            happened_on: input.happened_on,
            activity: input.activity,
            evidence: input.evidence,
            title: input.title.trim().to_owned(),
            detail: given(input.detail),
            hours: input.hours,
            kept_at: given(input.kept_at),
            participants: input.participants,
        };
        (form, input.files)
    }
}

impl From<RecordPostCheckInput> for NewLook {
    fn from(RecordPostCheckInput { post, check, on, fine, note }: RecordPostCheckInput) -> Self {
        Self { post, check, on, fine, note }
    }
}
