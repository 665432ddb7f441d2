//! The two front ends: hashed files are kept for a year, the pages themselves never.

use std::path::Path;

use axum::{
    Router,
    http::{HeaderValue, header},
};
use tower::ServiceBuilder;
use tower_http::{
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

/// `/assets/*`, `/desk/*`, and the portal for everything else.
pub fn router(dist: &Path) -> Router {
    let cache = |value| {
        let value = HeaderValue::from_static(value);
        ServiceBuilder::new().layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, value))
    };
    let assets = |name: &str| {
        let files = ServeDir::new(dist.join(name)).precompressed_br().precompressed_gzip();
        cache("public, max-age=31536000, immutable").service(files)
    };
    let page = |name: &str| {
        let file = ServeFile::new(dist.join(name).join("index.html")).precompressed_br().precompressed_gzip();
        cache("no-cache").service(file)
    };
    Router::new()
        .nest_service("/assets/portal", assets("portal"))
        .nest_service("/assets/desk", assets("desk"))
        .route_service("/desk", page("desk"))
        .route_service("/desk/{*path}", page("desk"))
        .fallback_service(page("portal"))
}
