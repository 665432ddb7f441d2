//! Errors as GraphQL sends them: the message is the code, details are in `extensions`.

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};

use crate::error::{Conflict, Error};

impl From<Error> for async_graphql::Error {
    fn from(error: Error) -> Self {
        let code = error.code();
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", code);
        match error {
            Error::Internal(cause) => tracing::error!(error = format!("{cause:#}"), "request failed"),
            Error::Invalid(violations) => {
                // Plain data of our own: always representable.
                let violations = serde_json::to_value(violations).ok().and_then(|v| Value::from_json(v).ok());
                extensions.set("violations", violations.unwrap_or_default());
            }
            Error::Reauthenticate { second_factor } => extensions.set("secondFactor", second_factor),
            // Whoever is told may go on from it.
            Error::Conflict(Conflict::Newer(version)) => extensions.set("version", version),
            // Rounded up: a second too early is once more too often.
            Error::RateLimited(wait) => extensions.set("retryAfter", wait.as_secs() + 1),
            _ => {}
        }
        Self { message: code.to_owned(), source: None, extensions: Some(extensions) }
    }
}

/// Gives every error a code and the request's id. What async-graphql itself refused (syntax,
/// types, limits) is told by code alone: its messages would name fields to a stranger (G-5).
pub fn finish(mut response: Response, request_id: &str) -> Response {
    for error in &mut response.errors {
        let known = error.extensions.as_ref().and_then(|e| e.get("code")).is_some();
        if !known {
            tracing::debug!(message = error.message, "request refused");
            let code = if is_limit(error) { "TOO_COMPLEX" } else { "BAD_REQUEST" };
            error.message = code.to_owned();
            error.extensions.get_or_insert_default().set("code", code);
        }
        error.extensions.get_or_insert_default().set("requestId", request_id);
    }
    response
}

fn is_limit(error: &ServerError) -> bool {
    ["too complex", "too deep", "recursion depth", "directives"].iter().any(|text| error.message.contains(text))
}
