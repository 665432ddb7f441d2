//! What is typed about checks of appearance.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    AppearanceCheckId, AttachmentId, PhraseId, PostId, StaffId,
    appearance::{Entry, Item, Mark},
};

use super::super::service::record::NewCheck;
use crate::graphql::given;

/// An item, as filled in.
#[derive(InputObject)]
pub struct AppearanceMarkInput {
    /// Which.
    item: Item,
    /// How it was; may be left out where a number says it.
    mark: Option<Mark>,
    /// What was measured: a heel in millimetres, or pieces.
    number: Option<u32>,
    /// What there is to say; why, where it does not apply.
    note: Option<String>,
}

/// A check of somebody at their post.
#[derive(InputObject)]
pub struct RecordAppearanceCheckInput {
    /// Where.
    post: PostId,
    /// Whom.
    staff: StaffId,
    /// When: today or in the week before.
    on: NaiveDate,
    /// Each item that is asked about, once.
    items: Vec<AppearanceMarkInput>,
    /// What there is to say besides.
    note: Option<String>,
    /// A forbidden phrase that was heard.
    phrase: Option<PhraseId>,
    /// Pictures of the viewer's that belong to nothing yet.
    #[graphql(default)]
    files: Vec<AttachmentId>,
}

/// What somebody says to a check of themself.
#[derive(InputObject)]
pub struct AnswerAppearanceInput {
    /// The check's id.
    pub id: AppearanceCheckId,
    /// Its version.
    pub version: i32,
    /// In their words.
    pub text: String,
}

/// The center's own pictures of dress.
#[derive(InputObject)]
pub struct SetDressPicturesInput {
    /// At most two: those that hang there, and pictures of the viewer's that belong to nothing yet.
    #[graphql(default)]
    pub files: Vec<AttachmentId>,
}

impl From<AppearanceMarkInput> for Entry {
    fn from(AppearanceMarkInput { item, mark, number, note }: AppearanceMarkInput) -> Self {
        Self { item, mark, number, note: given(note) }
    }
}

impl From<RecordAppearanceCheckInput> for NewCheck {
    fn from(input: RecordAppearanceCheckInput) -> Self {
        let RecordAppearanceCheckInput { post, staff, on, items, note, phrase, files } = input;
        let items = items.into_iter().map(Into::into).collect();
        Self { post, staff, on, items, note: given(note), phrase, files }
    }
}
