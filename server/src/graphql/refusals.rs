//! The one door to the schema, which writes down who tried what they may not (L-1): one record a request, whatever
//! it asked for, in the chain of the person's own place. Another place's chain learns nothing (O6).

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    PathSegment, Request, Response, ServerError, Value, Variables,
    parser::types::{ExecutableDocument, Selection},
};
use uuid::Uuid;

use super::{context::Cx, schema::ApiSchema};
use crate::{
    db::{AuditEvent, Verb},
    error::Error,
};

/// Runs a request.
pub async fn execute(schema: &ApiSchema, cx: Arc<Cx>, mut request: Request) -> Response {
    let object = object(&request.variables);
    // What does not parse is refused by the schema in a moment.
    let aliases = request.parsed_query().map(aliases).unwrap_or_default();
    let response = schema.execute(request.data(cx.clone())).await;
    let refused = response.errors.iter().filter(|error| is_refusal(error)).filter_map(root_key);
    let mut fields: Vec<_> = refused.map(|key| aliases.get(key).map_or(key, String::as_str)).collect();
    if fields.is_empty() {
        return response;
    }
    fields.sort_unstable();
    fields.dedup();
    let event = AuditEvent { verb: Verb::AttemptRefused, object, detail: Some(fields.join(",")) };
    if let Err(error) = cx.refused(event).await {
        // Nothing was done, so there is nothing to take back.
        tracing::error!(?error, "recording a refused attempt failed");
    }
    response
}

fn is_refusal(error: &ServerError) -> bool {
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
    matches!(code, Some(Value::String(code)) if *code == Error::OutOfReach.code())
}

/// What the answer calls the operation.
fn root_key(error: &ServerError) -> Option<&str> {
    match error.path.first()? {
        PathSegment::Field(name) => Some(name),
        PathSegment::Index(_) => None,
    }
}

/// The operations that go by another name in the answer. The audit knows them by their own.
fn aliases(document: &ExecutableDocument) -> HashMap<String, String> {
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    let mut found = HashMap::new();
    let mut sets: Vec<_> = operations.chain(fragments).collect();
    while let Some(set) = sets.pop() {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => {
                    if let Some(alias) = &field.node.alias {
                        found.insert(alias.node.to_string(), field.node.name.node.to_string());
                    }
                }
                Selection::InlineFragment(fragment) => sets.push(&fragment.node.selection_set.node),
                // Its set is among the fragments.
                Selection::FragmentSpread(_) => {}
            }
        }
    }
    found
}

/// The first id in the variables: what the operation was about, as our own pages send it.
fn object(variables: &Variables) -> Option<Uuid> {
    variables.values().find_map(|value| match value {
        Value::String(text) => text.parse().ok(),
        Value::Object(fields) => {
            let ids = fields.iter().filter(|(name, _)| name.as_str() == "id");
            ids.filter_map(|(_, value)| if let Value::String(text) = value { text.parse().ok() } else { None }).next()
        }
        _ => None,
    })
}
