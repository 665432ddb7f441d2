//! Reading the catalogue.

use domain::permission::Permission;
use entity::{clause, feature, post_kind, standard_edition};

use super::repo;
use crate::{db::ReadTx, error::Result, graphql::context::Cx};

/// The whole catalogue: a few hundred short rows.
pub struct Catalogue {
    /// The edition in force.
    pub edition: standard_edition::Model,
    /// Its clauses.
    pub clauses: Vec<clause::Model>,
    /// The product's features.
    pub features: Vec<feature::Model>,
    /// The post kinds.
    pub post_kinds: Vec<post_kind::Model>,
}

/// The edition in force, for what is made by it.
pub async fn edition(tx: &ReadTx) -> Result<standard_edition::Model> {
    repo::edition(tx).await
}

/// The catalogue.
pub async fn catalogue(cx: &Cx) -> Result<Catalogue> {
    cx.scope()?.require(Permission::CatalogueRead)?;
    let tx = cx.read().await?;
    Ok(Catalogue {
        edition: repo::edition(&tx).await?,
        clauses: repo::clauses(&tx).await?,
        features: repo::features(&tx).await?,
        post_kinds: repo::post_kinds(&tx).await?,
    })
}
