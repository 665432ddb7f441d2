//! Phrases over GraphQL.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use domain::{
    PhraseId,
    phrases::{PhraseCategory, PhraseForm, PhraseKind},
    settings::EntryStatus,
};

use super::service::{self, Phrase};
use crate::{
    error::Result,
    graphql::{context::ContextExt, given, tidy},
    posts::service::Seen,
};

/// Something to say at a window, or not to say.
#[derive(SimpleObject)]
#[graphql(name = "Phrase")]
pub struct PhraseNode {
    /// Its id.
    id: PhraseId,
    /// How often it was changed; 0 as it came with the product.
    version: i32,
    /// Whether it is to be said.
    kind: PhraseKind,
    /// When it is said.
    category: PhraseCategory,
    /// The words.
    text: String,
    /// In which situation.
    situation: Option<String>,
    /// The forbidden phrase instead of which it is said.
    replacement_for: Option<PhraseId>,
    /// Where it comes from.
    source: Option<String>,
    /// Whether it is in use.
    status: EntryStatus,
    /// Whether it came with the product.
    seed: bool,
}

/// A phrase, as filled in.
#[derive(InputObject)]
pub struct PhraseInput {
    /// Whether it is to be said; stays as it was added.
    kind: PhraseKind,
    /// When it is said.
    category: PhraseCategory,
    /// The words.
    text: String,
    /// In which situation.
    situation: Option<String>,
    /// The forbidden phrase instead of which it is said.
    replacement_for: Option<PhraseId>,
    /// Where it comes from.
    source: Option<String>,
}

/// A phrase as it was seen, and how it shall be.
#[derive(InputObject)]
pub struct EditPhraseInput {
    /// Its id.
    id: PhraseId,
    /// Its version.
    version: i32,
    #[graphql(flatten)]
    typed: PhraseInput,
}

/// A phrase as it was seen.
#[derive(InputObject)]
pub struct SeenPhraseInput {
    /// Its id.
    id: PhraseId,
    /// Its version.
    version: i32,
}

/// Queries about phrases.
#[derive(Default)]
pub struct PhrasesQuery;

#[Object]
impl PhrasesQuery {
    /// Every phrase, by kind and category, the retired ones included.
    #[graphql(complexity = "10 + child_complexity")]
    async fn phrases(&self, ctx: &Context<'_>) -> Result<Vec<PhraseNode>> {
        Ok(service::list(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }
}

/// Keeping phrases.
#[derive(Default)]
pub struct PhrasesMutation;

#[Object]
impl PhrasesMutation {
    /// Add a phrase.
    async fn add_phrase(&self, ctx: &Context<'_>, input: PhraseInput) -> Result<PhraseNode> {
        Ok(service::add(ctx.cx()?, input.into()).await?.into())
    }

    /// Change a phrase; one that came with the product for this center alone.
    async fn edit_phrase(&self, ctx: &Context<'_>, input: EditPhraseInput) -> Result<PhraseNode> {
        let EditPhraseInput { id, version, typed } = input;
        Ok(service::edit(ctx.cx()?, Seen { id, version }, typed.into()).await?.into())
    }

    /// Take a phrase out of use.
    async fn retire_phrase(&self, ctx: &Context<'_>, input: SeenPhraseInput) -> Result<PhraseNode> {
        let SeenPhraseInput { id, version } = input;
        Ok(service::set(ctx.cx()?, Seen { id, version }, EntryStatus::Retired).await?.into())
    }

    /// Take it back into use.
    async fn restore_phrase(&self, ctx: &Context<'_>, input: SeenPhraseInput) -> Result<PhraseNode> {
        let SeenPhraseInput { id, version } = input;
        Ok(service::set(ctx.cx()?, Seen { id, version }, EntryStatus::Active).await?.into())
    }
}

impl From<PhraseInput> for PhraseForm {
    fn from(input: PhraseInput) -> Self {
        let PhraseInput { kind, category, text, situation, replacement_for, source } = input;
        Self { kind, category, text: tidy(&text), situation: given(situation), replacement_for, source: given(source) }
    }
}

impl From<Phrase> for PhraseNode {
    fn from(Phrase { row, seed }: Phrase) -> Self {
        Self {
            id: row.id,
            version: row.version,
            kind: row.kind,
            category: row.category,
            text: row.text,
            situation: row.situation,
            replacement_for: row.replacement_for,
            source: row.source,
            status: row.status,
            seed,
        }
    }
}
