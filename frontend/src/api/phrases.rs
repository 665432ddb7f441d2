//! Phrases.

use cynic::QueryBuilder;
use domain::{
    PhraseId,
    phrases::{PhraseCategory, PhraseKind},
};

use super::{ApiError, account::questions, run, schema};

/// Something to say at a window, or not to say.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct Phrase {
    pub id: PhraseId,
    pub version: i32,
    pub kind: PhraseKind,
    pub category: PhraseCategory,
    pub text: String,
    pub situation: Option<String>,
    pub replacement_for: Option<PhraseId>,
    pub source: Option<String>,
    pub status: domain::settings::EntryStatus,
    pub seed: bool,
}

#[derive(cynic::InputObject)]
pub struct PhraseInput {
    pub kind: PhraseKind,
    pub category: PhraseCategory,
    pub text: String,
    pub situation: Option<String>,
    pub replacement_for: Option<PhraseId>,
    pub source: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct EditPhraseInput {
    pub id: PhraseId,
    pub version: i32,
    pub kind: PhraseKind,
    pub category: PhraseCategory,
    pub text: String,
    pub situation: Option<String>,
    pub replacement_for: Option<PhraseId>,
    pub source: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct SeenPhraseInput {
    pub id: PhraseId,
    pub version: i32,
}

/// What was changed; the page then asks for all of it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Phrase")]
pub struct Done {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: PhraseId,
}

questions! {
    add_phrase = "addPhrase" (PhraseInput) -> Done;
    edit_phrase = "editPhrase" (EditPhraseInput) -> Done;
    retire_phrase = "retirePhrase" (SeenPhraseInput) -> Done;
    restore_phrase = "restorePhrase" (SeenPhraseInput) -> Done;
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct PhrasesQuery {
    phrases: Vec<Phrase>,
}

/// Every phrase, the retired ones included.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn phrases() -> Result<Vec<Phrase>, ApiError> {
    Ok(run(PhrasesQuery::build(())).await?.phrases)
}
