//! The schema, merged from the contexts, with its limits (G-2).

use std::{any::TypeId, collections::BTreeSet, sync::Arc};

use async_graphql::{
    EmptySubscription, MergedObject, Request, Response, Schema,
    parser::{
        parse_schema,
        types::{TypeKind, TypeSystemDefinition},
    },
};

use super::context::Cx;
use crate::{
    analytics, appearance, bad_ratings, calendar, campaigns, care, complaints, evaluation, handling, imports,
    improvement, items, model_posts, oversight, phrases, policy, portal, posts, ratings, settings, standard,
    standardisation, talents, tenancy, tidal, training, volunteers,
};

/// What an operation of somebody signed in may cost; see `page::list_cost`.
const MEMBER_COMPLEXITY: usize = 300;
/// The same for a visitor.
const VISITOR_COMPLEXITY: usize = 100;

/// All queries.
#[derive(MergedObject, Default)]
pub struct Query(
    tenancy::graphql::TenancyQuery,
    tenancy::centers::graphql::CentersQuery,
    settings::graphql::SettingsQuery,
    portal::graphql::PortalQuery,
    complaints::graphql::ComplaintsQuery,
    complaints::referrals::graphql::ReferralsQuery,
    oversight::graphql::OversightQuery,
    oversight::audit::graphql::AuditQuery,
    standard::graphql::StandardQuery,
    policy::graphql::PolicyQuery,
    calendar::graphql::CalendarQuery,
    analytics::graphql::AnalyticsQuery,
    posts::graphql::PostsQuery,
    model_posts::graphql::ModelPostsQuery,
    training::graphql::TrainingQuery,
    tidal::graphql::TidalQuery,
    care::graphql::CareQuery,
    items::graphql::ItemsQuery,
    handling::graphql::HandlingQuery,
    talents::graphql::TalentsQuery,
    volunteers::graphql::VolunteersQuery,
    standardisation::graphql::StandardisationQuery,
    appearance::graphql::AppearanceQuery,
    phrases::graphql::PhrasesQuery,
    evaluation::forms::graphql::FormsQuery,
    campaigns::graphql::CampaignsQuery,
    campaigns::graphql::third_party::ReportsQuery,
    campaigns::city::graphql::CityRoundsQuery,
    ratings::graphql::RatingsQuery,
    ratings::flags::graphql::RatingFlagsQuery,
    improvement::graphql::ImprovementQuery,
    bad_ratings::graphql::BadRatingsQuery,
    imports::graphql::ImportsQuery,
);

/// All mutations: each a verb of the domain, one transaction, one audit event.
#[derive(MergedObject, Default)]
pub struct Mutation(
    tenancy::graphql::TenancyMutation,
    tenancy::centers::graphql::CentersMutation,
    settings::graphql::SettingsMutation,
    portal::graphql::PortalMutation,
    complaints::graphql::ComplaintsMutation,
    complaints::referrals::graphql::ReferralsMutation,
    oversight::graphql::OversightMutation,
    oversight::audit::graphql::AuditMutation,
    policy::graphql::PolicyMutation,
    calendar::graphql::CalendarMutation,
    posts::graphql::PostsMutation,
    model_posts::graphql::ModelPostsMutation,
    training::graphql::TrainingMutation,
    tidal::graphql::TidalMutation,
    care::graphql::CareMutation,
    items::graphql::ItemsMutation,
    handling::graphql::HandlingMutation,
    talents::graphql::TalentsMutation,
    volunteers::graphql::VolunteersMutation,
    standardisation::graphql::StandardisationMutation,
    appearance::graphql::AppearanceMutation,
    phrases::graphql::PhrasesMutation,
    evaluation::forms::graphql::FormsMutation,
    campaigns::graphql::CampaignsMutation,
    campaigns::graphql::third_party::ReportsMutation,
    campaigns::city::graphql::CityRoundsMutation,
    ratings::graphql::RatingsMutation,
    ratings::flags::graphql::RatingFlagsMutation,
    improvement::graphql::ImprovementMutation,
    bad_ratings::graphql::BadRatingsMutation,
    imports::graphql::ImportsMutation,
    analytics::graphql::AnalyticsMutation,
);

type Built = Schema<Query, Mutation, EmptySubscription>;

/// The product's schema, once with the limits of each kind of viewer.
#[derive(Clone)]
pub struct ApiSchema {
    members: Built,
    visitors: Built,
    operations: Arc<BTreeSet<String>>,
    introspection: Introspection,
}

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
    let with = |complexity| {
        let builder = Schema::build(Query::default(), Mutation::default(), EmptySubscription)
            .limit_depth(10)
            .limit_complexity(complexity)
            .limit_directives(5)
            .limit_recursive_depth(32)
            .disable_suggestions();
        match introspection {
            Introspection::On => builder.finish(),
            Introspection::Off => builder.disable_introspection().finish(),
        }
    };
    let members = with(MEMBER_COMPLEXITY);
    let operations = Arc::new(operations(&members.sdl()));
    ApiSchema { members, visitors: with(VISITOR_COMPLEXITY), operations, introspection }
}

impl ApiSchema {
    /// Runs the operation of the [`Cx`] that the request carries.
    pub async fn execute(&self, request: Request) -> Response {
        let cx = request.data.get(&TypeId::of::<Arc<Cx>>()).and_then(|data| data.downcast_ref::<Arc<Cx>>());
        let member = cx.is_some_and(|cx| cx.scope().is_ok());
        if member { &self.members } else { &self.visitors }.execute(request).await
    }

    /// The schema in its own language.
    #[must_use]
    pub fn sdl(&self) -> String {
        self.members.sdl()
    }

    /// Whether a field at the root asks for the schema where it is not told. async-graphql would
    /// answer null, as if there were none.
    #[must_use]
    pub fn hides(&self, root: &str) -> bool {
        self.introspection == Introspection::Off && ["__schema", "__type"].contains(&root)
    }

    /// Whether there is a query or mutation of this name.
    #[must_use]
    pub fn knows(&self, operation: &str) -> bool {
        self.operations.contains(operation)
    }
}

/// The names of all queries and mutations; none of a schema that is none.
fn operations(sdl: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for definition in parse_schema(sdl).map(|document| document.definitions).unwrap_or_default() {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let root = ["Query", "Mutation"].contains(&definition.node.name.node.as_str());
        let TypeKind::Object(object) = definition.node.kind else { continue };
        names.extend(object.fields.iter().filter(|_| root).map(|field| field.node.name.node.to_string()));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_its_row_in_the_matrix_and_no_row_is_stale() {
        let schema = build(Introspection::On);
        let rows: BTreeSet<_> = domain::access::OPERATIONS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(*schema.operations, rows);
    }

    #[test]
    fn its_own_operations_are_known_and_no_fields_below_them() {
        for introspection in [Introspection::On, Introspection::Off] {
            let schema = build(introspection);
            assert!(["viewer", "complaints", "signIn", "fileComplaint"].iter().all(|name| schema.knows(name)));
            assert!(!["nodes", "__schema", "id", ""].iter().any(|name| schema.knows(name)));
        }
    }
}
