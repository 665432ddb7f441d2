//! HTTP: the router, its limits and its headers (G-1, G-9).

mod buckets;
mod call;
pub mod caller;
pub mod client;
mod devices;
pub mod edge;
mod export;
mod files;
pub mod graphql;
pub mod health;
pub mod lanes;
pub mod metrics;
pub mod refusal;
pub mod serve;
pub mod session;
mod sheets;
pub mod spa;

use std::{path::Path, time::Duration};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
};

use crate::graphql::{context::App, schema::ApiSchema};

/// The largest request body, in bytes: the longest texts of the longest form, many times over.
pub const BODY_LIMIT: usize = 256 * 1024;

/// How long a file may take: to arrive, to be looked into, to be stored.
const FILE_TIMEOUT: Duration = Duration::from_secs(300);

/// What the handlers share.
#[derive(Clone)]
pub struct Served {
    /// The process.
    pub app: App,
    /// The schema.
    pub schema: ApiSchema,
}

/// The whole service: API, a sign of life and the two front ends under `dist`.
pub fn router(served: Served, dist: &Path) -> Router {
    let demo = served.app.demo;
    let api = Router::new()
        .route("/graphql", post(graphql::handle).fallback(graphql::refuse_method))
        .route("/export", get(export::handle))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(session::layer(&served.app))
        .layer(from_fn(move |request, next| caller::layer(demo, request, next)))
        .layer(from_fn_with_state(served.clone(), client::find))
        // Longer than the handler takes to give up by itself, with a code.
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(20)))
        // Answers name people: never kept by a browser or a proxy.
        .layer(header_layer(header::CACHE_CONTROL, "no-store"))
        .layer(CompressionLayer::new())
        .with_state(served.clone());
    let files = Router::new()
        .route("/files", post(files::upload))
        .route("/files/{id}", get(files::whole).delete(files::discard))
        .route("/files/{id}/thumbnail", get(files::thumbnail))
        .route("/exports/{list}", post(sheets::export).layer(DefaultBodyLimit::max(sheets::FILTER_LIMIT)))
        .route("/imports/{table}", get(sheets::template).post(sheets::import))
        .layer(session::layer(&served.app))
        .layer(from_fn(move |request, next| caller::layer(demo, request, next)))
        .layer(from_fn_with_state(served.clone(), client::find))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, FILE_TIMEOUT))
        .layer(header_layer(header::CACHE_CONTROL, "no-store"))
        .with_state(served.clone());
    // No cookie counts here: a device shows its credential.
    let devices = Router::new()
        .route("/devices/{center}/readings", post(devices::reading))
        .layer(DefaultBodyLimit::max(devices::BODY_LIMIT))
        .layer(from_fn(move |request, next| caller::layer(demo, request, next)))
        .layer(from_fn_with_state(served.clone(), client::find))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(20)))
        .layer(header_layer(header::CACHE_CONTROL, "no-store"))
        .with_state(served);
    let health = Router::new().route("/healthz", get(health::alive));
    let headers = ServiceBuilder::new()
        .layer(header_layer(header::CONTENT_SECURITY_POLICY, CSP))
        .layer(header_layer(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header_layer(header::REFERRER_POLICY, "no-referrer"))
        .layer(header_layer(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"))
        .layer(header_layer(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"));
    api.merge(files).merge(devices).merge(health).merge(spa::router(dist)).layer(headers).layer(CatchPanicLayer::new())
}

/// No inline script or style; WebAssembly may compile. `data:` images are the style sheet's own icons.
const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; \
    frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";

/// A header for every answer that does not set its own.
fn header_layer(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
