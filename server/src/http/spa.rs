//! The six front ends: hashed files are kept for a year, the pages themselves never.

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

/// Pages of the desk that only administrators open: an entry point of their own, so that the others do not carry them.
const ADMINISTRATION: [&str; 8] =
    ["audit", "calendar", "centers", "members", "policy", "referrals", "referrals/{id}", "settings"];

/// Pages of the desk about posts and the people at them: again an entry point of their own.
const POSTS: [&str; 7] = ["posts", "posts/{id}", "staff", "staff/{id}", "roster", "mine", "kinds"];

/// Pages about records and the clauses that ask for them: an entry point of their own as well.
const RECORDS: [&str; 2] = ["catalogue", "import"];

/// `/assets/*`, `/desk/*`, `/evaluate`, and the portal for everything else.
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
    let mut router = Router::new().route_service("/desk", page("desk")).route_service("/desk/{*path}", page("desk"));
    for name in ["portal", "desk", "admin", "posts", "records", "evaluator"] {
        router = router.nest_service(&format!("/assets/{name}"), assets(name));
    }
    for (entry, paths) in [("admin", &ADMINISTRATION[..]), ("posts", &POSTS[..]), ("records", &RECORDS[..])] {
        for path in paths {
            router = router.route_service(&format!("/desk/{path}"), page(entry));
        }
    }
    router.route_service("/evaluate", page("evaluator")).fallback_service(page("portal"))
}
