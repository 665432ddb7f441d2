//! The one door to the schema. It asks the matrix of `domain::access` before anything runs (Z-1), and writes down who
//! tried what they may not (L-1): one record a request, whatever it asked for, in the chain of the person's own place.
//! Another place's chain learns nothing (O6).

use std::sync::Arc;

use async_graphql::{PathSegment, Request, Response, ServerError, Value, Variables};
use domain::access::{self, Access};
use uuid::Uuid;

use super::{
    context::Cx,
    document::{self, Root},
    schema::ApiSchema,
};
use crate::{
    db::{AuditEvent, Verb},
    error::{Error, Result},
};

/// Runs a request.
pub async fn execute(schema: &ApiSchema, cx: Arc<Cx>, mut request: Request) -> Response {
    let object = object(&request.variables);
    // What does not parse is refused by the schema in a moment.
    let roots = request.parsed_query().map(document::roots).unwrap_or_default();
    let denied: Vec<_> = roots.iter().filter_map(|root| denied(schema, &cx, root)).collect();
    let response =
        if denied.is_empty() { schema.execute(request.data(cx.clone())).await } else { Response::from_errors(denied) };
    let refused = response.errors.iter().filter(|error| is_refusal(error)).filter_map(root_key);
    let name = |key| roots.iter().find(|root| root.key == key).map_or(key, |root| root.name.as_str());
    let mut fields: Vec<_> = refused.map(name).collect();
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

/// Why a field is not run for whoever asks; none when it is.
fn denied(schema: &ApiSchema, cx: &Cx, root: &Root) -> Option<ServerError> {
    let error = async_graphql::Error::from(admitted(schema, cx, &root.name).err()?);
    let path = vec![PathSegment::Field(root.key.to_string())];
    Some(ServerError { path, ..error.into_server_error(root.pos) })
}

fn admitted(schema: &ApiSchema, cx: &Cx, operation: &str) -> Result<()> {
    match access::of(operation) {
        // Asks for a session, which only the service looks into: it may be half signed in.
        Some(Access::Public | Access::Account) => Ok(()),
        Some(access) => access.permission().map_or(Ok(()), |needed| cx.scope()?.require(needed).map(|_| ())),
        // The schema answers for what it does not know.
        None if schema.knows(operation) => Err(Error::OutOfReach),
        None => Ok(()),
    }
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
