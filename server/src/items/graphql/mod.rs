//! Windows and items over GraphQL.

mod inputs;
mod types;

use async_graphql::{Context, Object};
use domain::settings::EntryStatus;

use self::{
    inputs::{EditServiceItemInput, PlaceServiceItemInput, SeenServiceItemInput, ServiceItemInput, SetUpWindowInput},
    types::{IntegratedWindow, ItemMap, ServiceItem},
};
use super::service::{self, reading};
use crate::{error::Result, graphql::context::ContextExt};

/// Queries about windows and items.
#[derive(Default)]
pub struct ItemsQuery;

#[Object]
impl ItemsQuery {
    /// The integrated windows, the window of each item, and what is missing.
    #[graphql(complexity = "10 + child_complexity")]
    async fn item_map(&self, ctx: &Context<'_>) -> Result<ItemMap> {
        Ok(reading::map(ctx.cx()?).await?.into())
    }
}

/// Keeping windows and items.
#[derive(Default)]
pub struct ItemsMutation;

#[Object]
impl ItemsMutation {
    /// Say what an integrated window is for and how it is connected to the city's platform.
    async fn set_up_window(&self, ctx: &Context<'_>, input: SetUpWindowInput) -> Result<IntegratedWindow> {
        let (seen, setup) = input.parts();
        Ok(service::set_up(ctx.cx()?, seen, setup).await?.into())
    }

    /// Add an item with its window.
    async fn add_service_item(&self, ctx: &Context<'_>, input: ServiceItemInput) -> Result<ServiceItem> {
        let (form, place) = input.parts();
        Ok(service::add(ctx.cx()?, form, place).await?.into())
    }

    /// Change what an item is called and whose it is.
    async fn edit_service_item(&self, ctx: &Context<'_>, input: EditServiceItemInput) -> Result<ServiceItem> {
        let (seen, form) = input.parts();
        Ok(service::edit(ctx.cx()?, seen, form).await?.into())
    }

    /// Move an item: to the integrated windows, or to one post for a reason.
    async fn place_service_item(&self, ctx: &Context<'_>, input: PlaceServiceItemInput) -> Result<ServiceItem> {
        let (seen, place) = input.parts();
        Ok(service::place(ctx.cx()?, seen, place).await?.into())
    }

    /// Take an item out of use.
    async fn retire_service_item(&self, ctx: &Context<'_>, input: SeenServiceItemInput) -> Result<ServiceItem> {
        Ok(service::set(ctx.cx()?, input.into(), EntryStatus::Retired).await?.into())
    }

    /// Take an item back into use.
    async fn restore_service_item(&self, ctx: &Context<'_>, input: SeenServiceItemInput) -> Result<ServiceItem> {
        Ok(service::set(ctx.cx()?, input.into(), EntryStatus::Active).await?.into())
    }
}
