//! The phrases as a workbook, narrowed as their cards are.

use domain::{
    phrases::{PhraseCategory, PhraseKind},
    settings::EntryStatus,
};

use super::lists::{Asked, Column, Found, joined, table, yes};
use crate::{
    error::Result,
    graphql::context::Cx,
    phrases::service::{self, Phrase},
};

struct Card {
    phrase: Phrase,
    beside: String,
}

const CARDS: &[Column<Card>] = &[
    ("phrase_kind", |card, language| language.label("phrase_kind", card.phrase.row.kind.key()).into()),
    ("phrase_category", |card, language| language.label("phrase_category", card.phrase.row.category.key()).into()),
    ("phrase", |card, _| card.phrase.row.text.as_str().into()),
    ("situation", |card, _| card.phrase.row.situation.clone().into()),
    ("beside", |card, _| card.beside.as_str().into()),
    ("origin", |card, language| language.word("word", if card.phrase.seed { "seed" } else { "own" }).into()),
    // One of the product's is told as that already.
    ("phrase_source", |card, _| card.phrase.row.source.clone().filter(|_| !card.phrase.seed).into()),
    ("in_use", |card, language| yes(card.phrase.row.status == EntryStatus::Active, language)),
];

/// What is said instead of a forbidden phrase, or the one instead of which a phrase is said.
fn beside(phrase: &Phrase, all: &[Phrase]) -> String {
    let belongs = |other: &&Phrase| {
        other.row.status == EntryStatus::Active
            && match phrase.row.kind {
                PhraseKind::Forbidden => other.row.replacement_for == Some(phrase.row.id),
                PhraseKind::Civil => phrase.row.replacement_for == Some(other.row.id),
            }
    };
    joined(all.iter().filter(belongs).map(|other| other.row.text.as_str()))
}

/// The phrases that the page's words, kind, category and retired ones narrow to.
pub(super) async fn find(cx: &Cx, asked: &Asked) -> Result<Found> {
    let language = asked.language();
    let kind = asked.value("kind", PhraseKind::from_key)?;
    let category = asked.value("category", PhraseCategory::from_key)?;
    let retired = asked.text("retired") == Some("true");
    let words = asked.text("q").map(str::to_lowercase);
    let all = service::list(cx).await?;
    // As the page does: it has all rows, and shows those that fit.
    let fits = |phrase: &&Phrase| {
        let texts = [Some(&phrase.row.text), phrase.row.situation.as_ref()];
        let found = |words: &String| texts.into_iter().flatten().any(|text| text.to_lowercase().contains(words));
        (retired || phrase.row.status == EntryStatus::Active)
            && kind.is_none_or(|kind| phrase.row.kind == kind)
            && category.is_none_or(|category| phrase.row.category == category)
            && words.as_ref().is_none_or(found)
    };
    let card = |phrase: &Phrase| Card { beside: beside(phrase, &all), phrase: phrase.clone() };
    let rows: Vec<_> = all.iter().filter(fits).map(card).collect();
    Ok(table(&rows, CARDS, language)
        .chosen("phrase_kind", "phrase_kind", kind.map(PhraseKind::key), language)
        .chosen("phrase_category", "phrase_category", category.map(PhraseCategory::key), language)
        .narrowed("retired", retired.then(|| language.word("word", "yes")), "yes")
        .narrowed("words", words.clone(), "yes"))
}
