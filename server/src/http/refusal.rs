//! What is answered when an operation is not run, or not to its end.

use std::time::Duration;

use async_graphql::{Pos, Response as Answer, ServerError};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    error::Error,
    graphql::{document::Refused, error::finish},
};

/// Why; each has its code and its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not from our own pages.
    Foreign,
    /// Not a POST.
    Method,
    /// No request of ours.
    Malformed,
    /// Body or document are too long.
    TooLarge,
    /// It asks for too much at once.
    TooComplex,
    /// Its body does not arrive.
    Slow,
    /// It was begun and takes too long.
    Timeout,
    /// Too much is going on; worth another try after this long.
    Busy(Duration),
    /// The database is out of reach.
    Down,
    /// Our fault.
    Internal,
}

impl Refusal {
    /// The code sent in `extensions.code`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Foreign => "FORBIDDEN",
            Self::Method | Self::Malformed => "BAD_REQUEST",
            Self::TooLarge => "TOO_LARGE",
            Self::TooComplex => "TOO_COMPLEX",
            Self::Slow | Self::Timeout => "TIMEOUT",
            Self::Busy(_) => "BUSY",
            Self::Down | Self::Internal => "INTERNAL",
        }
    }

    const fn status(self) -> StatusCode {
        match self {
            Self::Foreign => StatusCode::FORBIDDEN,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Malformed | Self::TooComplex => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::Timeout | Self::Busy(_) | Self::Down => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The answer, shaped as GraphQL answers are.
    pub fn answer(self, request_id: &str) -> Response {
        let mut error = ServerError::new(self.code(), None);
        error.extensions.get_or_insert_default().set("code", self.code());
        let answer = finish(Answer::from_errors(vec![error]), request_id);
        let mut response = (self.status(), Json(answer)).into_response();
        let headers = response.headers_mut();
        match self {
            Self::Busy(wait) => headers.insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs())),
            Self::Method => headers.insert(header::ALLOW, HeaderValue::from_static("POST")),
            _ => None,
        };
        response
    }
}

/// An error of a service where the answer is not GraphQL's: shaped as those are, with a status that says as much.
pub fn error_answer(error: Error, request_id: &str) -> Response {
    let status = match &error {
        Error::Unauthenticated | Error::Reauthenticate { .. } => StatusCode::UNAUTHORIZED,
        Error::Forbidden(_) | Error::OutOfReach => StatusCode::FORBIDDEN,
        Error::NotFound(_) => StatusCode::NOT_FOUND,
        Error::Conflict(_) => StatusCode::CONFLICT,
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::RateLimited(_) => StatusCode::TOO_MANY_REQUESTS,
        Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    let error = async_graphql::Error::from(error).into_server_error(Pos::default());
    (status, Json(finish(Answer::from_errors(vec![error]), request_id))).into_response()
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::TooLarge => Self::TooLarge,
            Refused::TooComplex => Self::TooComplex,
            Refused::Malformed => Self::Malformed,
        }
    }
}
