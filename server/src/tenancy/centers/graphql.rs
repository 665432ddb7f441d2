//! Centers over GraphQL.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::{
    CenterId,
    center::{CenterAction, CenterKind, CenterStatus},
};
use entity::center_export;

use super::{
    export,
    service::{self, CenterRecord, Change, Create},
};
use crate::{error::Result, graphql::context::ContextExt, tenancy::graphql::PlaceNode};

/// A center as its city sees it.
#[derive(SimpleObject)]
#[graphql(name = "CityCenter")]
struct CityCenterNode {
    /// The center.
    center: PlaceNode,
    /// What it serves.
    kind: Option<CenterKind>,
    /// Its state.
    status: CenterStatus,
    /// What was done with it, newest first.
    changes: Vec<CenterChangeNode>,
    /// When it last took its data along; null if never.
    exported: Option<CenterExportNode>,
}

/// Something that the city office did with a center.
#[derive(SimpleObject)]
#[graphql(name = "CenterChange")]
struct CenterChangeNode {
    /// What.
    action: CenterAction,
    /// Why.
    reason: String,
    /// By whom.
    by: String,
    /// When.
    at: DateTime<Utc>,
}

/// That a center took its data along.
#[derive(SimpleObject)]
#[graphql(name = "CenterExport")]
struct CenterExportNode {
    /// When.
    at: DateTime<Utc>,
    /// How many rows.
    records: i64,
    /// How large the file was.
    bytes: i64,
    /// The file's SHA-256, in hexadecimal digits.
    sha256: String,
}

/// A center to be taken in.
#[derive(InputObject)]
struct CreateCenterInput {
    /// Public code, as in `/c/<code>`.
    code: String,
    /// Chinese name.
    name_zh: String,
    /// English name.
    name_en: String,
    /// What it serves.
    kind: CenterKind,
}

/// A step in a center's life.
#[derive(InputObject)]
struct ChangeCenterInput {
    /// The center.
    center_id: CenterId,
    /// The step.
    action: CenterAction,
    /// Why.
    reason: String,
}

/// Before the center's data may be fetched.
#[derive(InputObject)]
struct AllowExportInput {
    /// The viewer's password, again.
    current: String,
}

/// Queries about the centers of a city.
#[derive(Default)]
pub struct CentersQuery;

#[Object]
impl CentersQuery {
    /// Every center of the viewer's city, whatever its state.
    #[graphql(complexity = "23 + child_complexity")]
    async fn city_centers(&self, ctx: &Context<'_>) -> Result<Vec<CityCenterNode>> {
        Ok(service::list(ctx.cx()?).await?.into_iter().map(Into::into).collect())
    }
}

/// What a city office does with its centers.
#[derive(Default)]
pub struct CentersMutation;

#[Object]
impl CentersMutation {
    /// Take a center in.
    async fn create_center(&self, ctx: &Context<'_>, input: CreateCenterInput) -> Result<CenterId> {
        let CreateCenterInput { code, name_zh, name_en, kind } = input;
        service::create(ctx.cx()?, Create { code, name_zh, name_en, kind }).await
    }

    /// Suspend, reinstate or close a center of the viewer's city; closing takes two people.
    async fn change_center(&self, ctx: &Context<'_>, input: ChangeCenterInput) -> Result<CenterStatus> {
        service::change(ctx.cx()?, input.center_id, input.action, &input.reason).await
    }

    /// Let the viewer fetch everything that their center owns, once, from `/export` within two minutes.
    async fn allow_export(&self, ctx: &Context<'_>, input: AllowExportInput) -> Result<bool> {
        export::allow(ctx.cx()?, input.current).await?;
        Ok(true)
    }
}

impl From<CenterRecord> for CityCenterNode {
    fn from(record: CenterRecord) -> Self {
        Self {
            center: (&record.center).into(),
            kind: CenterKind::from_key(&record.center.kind),
            status: record.status,
            changes: record.changes.into_iter().map(Into::into).collect(),
            exported: record.exported.map(Into::into),
        }
    }
}

impl From<Change> for CenterChangeNode {
    fn from(change: Change) -> Self {
        let Change { action, reason, by, at } = change;
        Self { action, reason, by, at }
    }
}

impl From<center_export::Model> for CenterExportNode {
    fn from(row: center_export::Model) -> Self {
        Self { at: row.created_at, records: row.records, bytes: row.bytes, sha256: row.sha256 }
    }
}
