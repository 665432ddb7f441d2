//! The schema, merged from the contexts, with its limits (G-2).

use async_graphql::{EmptySubscription, MergedObject, Schema};

use crate::{analytics, complaints, oversight, portal, standard, tenancy};

/// All queries.
#[derive(MergedObject, Default)]
pub struct Query(
    tenancy::graphql::TenancyQuery,
    portal::graphql::PortalQuery,
    complaints::graphql::ComplaintsQuery,
    oversight::graphql::OversightQuery,
    oversight::audit::graphql::AuditQuery,
    standard::graphql::StandardQuery,
    analytics::graphql::AnalyticsQuery,
);

/// All mutations: each a verb of the domain, one transaction, one audit event.
#[derive(MergedObject, Default)]
pub struct Mutation(
    tenancy::graphql::TenancyMutation,
    portal::graphql::PortalMutation,
    complaints::graphql::ComplaintsMutation,
    oversight::graphql::OversightMutation,
    oversight::audit::graphql::AuditMutation,
);

/// The product's schema.
pub type ApiSchema = Schema<Query, Mutation, EmptySubscription>;

/// Whether clients may ask the schema for itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Introspection {
    /// Development and SDL export.
    On,
    /// Everywhere else.
    Off,
}

/// Builds the schema with its limits.
pub fn build(introspection: Introspection) -> ApiSchema {
    let builder = Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .limit_depth(12)
        .limit_complexity(500)
        .limit_directives(5)
        .limit_recursive_depth(32)
        .disable_suggestions();
    match introspection {
        Introspection::On => builder.finish(),
        Introspection::Off => builder.disable_introspection().finish(),
    }
}
