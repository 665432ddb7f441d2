//! The catalogue over GraphQL.

use async_graphql::{Context, Enum, Object, SimpleObject};
use chrono::NaiveDate;
use entity::{clause, feature, post_kind, standard_edition};

use super::service::{self, Catalogue};
use crate::{error::Result, graphql::context::ContextExt};

/// The standard and what serves it.
#[derive(SimpleObject)]
#[graphql(name = "Catalogue")]
pub struct CatalogueNode {
    /// The edition in force.
    edition: StandardEditionNode,
    /// Its clauses, siblings in order.
    clauses: Vec<ClauseNode>,
    /// The post kinds of chapter 6.
    post_kinds: Vec<PostKindNode>,
}

/// An edition of the standard.
#[derive(SimpleObject)]
#[graphql(name = "StandardEdition")]
pub struct StandardEditionNode {
    /// Its number.
    code: String,
    /// Chinese title.
    title_zh: String,
    /// English title.
    title_en: String,
    /// Day of issue.
    issued_on: NaiveDate,
    /// Day it took effect.
    effective_on: NaiveDate,
    /// What we hold of it, in Chinese.
    note_zh: String,
    /// The same in English.
    note_en: String,
}

/// A clause, in our words.
#[derive(SimpleObject)]
#[graphql(name = "Clause")]
pub struct ClauseNode {
    /// Its number, e.g. `6.8.2`.
    number: String,
    /// The number of the clause above.
    parent: Option<String>,
    /// Order among siblings.
    position: i32,
    /// Chinese title.
    title_zh: String,
    /// English title.
    title_en: String,
    /// Chinese summary.
    summary_zh: String,
    /// English summary.
    summary_en: String,
    /// How much of its text is known.
    status: ClauseStatus,
    /// What serves it today; empty while nothing does.
    features: Vec<FeatureNode>,
}

/// How much of a clause is known.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub enum ClauseStatus {
    /// Known.
    Extract,
    /// A list or a line is lost.
    Partial,
    /// Only its place is known.
    Unknown,
}

/// A part of this product.
#[derive(SimpleObject, Clone)]
#[graphql(name = "Feature")]
pub struct FeatureNode {
    /// Its code.
    code: String,
    /// Chinese title.
    title_zh: String,
    /// English title.
    title_en: String,
    /// The context that holds it.
    context: String,
}

/// A kind of post.
#[derive(SimpleObject)]
#[graphql(name = "PostKind")]
pub struct PostKindNode {
    /// Its identifier.
    code: String,
    /// Its clause, where known.
    clause: Option<String>,
    /// Chinese title.
    title_zh: String,
    /// English title.
    title_en: String,
    /// Chinese summary.
    summary_zh: String,
    /// English summary.
    summary_en: String,
}

/// Contexts that do something today. What is planned is not shown as served.
const BUILT: &[&str] = &["complaints", "evaluation", "improvement", "portal", "posts"];

/// Clauses that they serve; `docs/standard-map.md` names the test for each.
const SERVED: &[&str] = &[
    "6.6.2",
    "6.8.1",
    "6.8.2",
    "6.8.3",
    "6.8.4",
    "6.8.6",
    "6.8.7",
    "6.8.9",
    "6.8.11",
    "7.1.2",
    "7.1.3",
    "7.2.1.1",
    "7.2.1.2",
    "7.2.2.2",
    "7.2.3.1",
    "7.2.3.3.1",
    "7.2.3.3.2",
    "7.2.3.4",
    "7.2.3.4.1",
    "7.2.3.5",
    "7.2.3.6",
    "7.2.3.7",
    "7.3.1",
    "7.3.2",
    "7.3.3",
    "7.3.4",
    "C.8",
    "E",
];

/// Queries about the standard.
#[derive(Default)]
pub struct StandardQuery;

#[Object]
impl StandardQuery {
    /// The standard's catalogue.
    #[graphql(complexity = "20 + child_complexity")]
    async fn catalogue(&self, ctx: &Context<'_>) -> Result<CatalogueNode> {
        Ok(service::catalogue(ctx.cx()?).await?.into())
    }
}

impl From<Catalogue> for CatalogueNode {
    fn from(catalogue: Catalogue) -> Self {
        let Catalogue { edition, clauses, features, post_kinds } = catalogue;
        Self {
            edition: edition.into(),
            clauses: clauses.into_iter().map(|row| ClauseNode::new(row, &features)).collect(),
            post_kinds: post_kinds.into_iter().map(Into::into).collect(),
        }
    }
}

impl ClauseNode {
    fn new(row: clause::Model, features: &[feature::Model]) -> Self {
        let built = |f: &&feature::Model| SERVED.contains(&row.number.as_str()) && BUILT.contains(&f.context.as_str());
        let serving = features.iter().filter(|f| row.features.split(',').any(|code| code == f.code)).filter(built);
        Self {
            features: serving.cloned().map(Into::into).collect(),
            status: match row.status.as_str() {
                "extract" => ClauseStatus::Extract,
                "partial" => ClauseStatus::Partial,
                _ => ClauseStatus::Unknown,
            },
            number: row.number,
            parent: row.parent,
            position: row.position,
            title_zh: row.title_zh,
            title_en: row.title_en,
            summary_zh: row.summary_zh,
            summary_en: row.summary_en,
        }
    }
}

impl From<feature::Model> for FeatureNode {
    fn from(row: feature::Model) -> Self {
        Self { code: row.code, title_zh: row.title_zh, title_en: row.title_en, context: row.context }
    }
}

impl From<standard_edition::Model> for StandardEditionNode {
    fn from(row: standard_edition::Model) -> Self {
        let standard_edition::Model { code, title_zh, title_en, issued_on, effective_on, note_zh, note_en } = row;
        Self { code, title_zh, title_en, issued_on, effective_on, note_zh, note_en }
    }
}

impl From<post_kind::Model> for PostKindNode {
    fn from(row: post_kind::Model) -> Self {
        let post_kind::Model { code, clause, title_zh, title_en, summary_zh, summary_en, .. } = row;
        Self { code, clause, title_zh, title_en, summary_zh, summary_en }
    }
}
