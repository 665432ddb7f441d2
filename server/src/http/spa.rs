//! The front ends: hashed files are kept for a year, the pages themselves never.

use std::path::Path;

use axum::{
    Router,
    http::{HeaderValue, header},
    response::Redirect,
    routing::get,
};
use tower::ServiceBuilder;
use tower_http::{
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

/// Each has its folder of hashed files.
const ENTRIES: [&str; 15] = [
    "portal",
    "desk",
    "admin",
    "posts",
    "records",
    "conduct",
    "services",
    "rounds",
    "windows",
    "evaluation",
    "improvement",
    "rate",
    "kiosk",
    "evaluator",
    "city",
];

/// Pages of the desk that only administrators open: an entry point of their own, so that the others do not carry them.
const ADMINISTRATION: [&str; 8] =
    ["audit", "calendar", "centers", "members", "policy", "referrals", "referrals/{id}", "settings"];

/// Pages of the desk about posts and the people at them: again an entry point of their own.
const POSTS: [&str; 8] = ["posts", "posts/{id}", "staff", "staff/{id}", "roster", "mine", "kinds", "import"];

/// Pages about model posts and their ledgers, and the clauses of the standard: an entry point of their own as well.
const RECORDS: [&str; 10] = [
    "catalogue",
    "gaps",
    "model-posts",
    "model-posts/{id}",
    "ledgers",
    "ledgers/{post}",
    "ledgers/{post}/new",
    "ledgers/{post}/print",
    "ledgers/{post}/entries/{id}",
    "ledgers/{post}/entries/{id}/edit",
];

/// Pages about the services of volunteers and for talents, and about trainings.
const SERVICES: [&str; 6] = ["training", "training/{id}", "volunteers", "volunteers/{id}", "talents", "talents/{id}"];

/// Pages about rounds of evaluation.
const ROUNDS: [&str; 7] = [
    "representatives",
    "campaigns",
    "campaigns/results",
    "campaigns/{id}",
    "campaigns/{id}/sheet",
    "city-rounds",
    "city-rounds/{id}",
];

/// Pages about conduct and standards.
const CONDUCT: [&str; 5] = ["standards", "standards/{id}", "appearance", "appearance/{id}", "phrases"];

/// Pages for the work at windows of some kinds.
const WINDOWS: [&str; 7] = ["work", "tidal", "care", "care/{id}", "items", "handling", "handling/{id}"];

/// Pages about the forms of evaluation, and what the public says.
const EVALUATION: [&str; 6] =
    ["forms", "forms/{id}", "ratings", "rating-flags", "rating-points", "rating-points/print"];

/// Pages about bad ratings and appeals, putting right what was found, and doing better.
const IMPROVEMENT: [&str; 8] = [
    "bad-ratings",
    "bad-ratings/{id}",
    "appeals",
    "appeals/{id}",
    "rectification",
    "rectification/{id}",
    "improvement",
    "improvement/{id}",
];

/// Pages that compare the centers of a city, and where a center sees how it stands among them.
const CITY: [&str; 11] = [
    "compare",
    "compare/trend",
    "compare/multiples",
    "compare/periods",
    "compare/ranking",
    "compare/report",
    "compare/publications",
    "compare/centers/{code}",
    "standing",
    "standing/services",
    "wall",
];

/// `/assets/*`, `/desk/*`, what a link from outside leads to, the kiosk, and the portal for everything else.
pub fn router(dist: &Path) -> Router {
    let cache = |value| {
        let value = HeaderValue::from_static(value);
        ServiceBuilder::new().layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, value))
    };
    let assets = |name: &str| {
        let files = ServeDir::new(dist.join(name)).precompressed_br().precompressed_gzip();
        cache("public, max-age=31536000, immutable").service(files)
    };
    let looked_up = |entry: &str, name: &str| {
        let file = ServeFile::new(dist.join(entry).join(name)).precompressed_br().precompressed_gzip();
        cache("no-cache").service(file)
    };
    let page = |entry: &str| looked_up(entry, "index.html");
    let mut router = Router::new().route_service("/desk", page("desk")).route_service("/desk/{*path}", page("desk"));
    for name in ENTRIES {
        router = router.nest_service(&format!("/assets/{name}"), assets(name));
    }
    for (entry, paths) in [
        ("admin", &ADMINISTRATION[..]),
        ("posts", &POSTS[..]),
        ("records", &RECORDS[..]),
        ("conduct", &CONDUCT[..]),
        ("services", &SERVICES[..]),
        ("rounds", &ROUNDS[..]),
        ("windows", &WINDOWS[..]),
        ("evaluation", &EVALUATION[..]),
        ("improvement", &IMPROVEMENT[..]),
        ("city", &CITY[..]),
    ] {
        for path in paths {
            router = router.route_service(&format!("/desk/{path}"), page(entry));
        }
    }
    for path in ["/evaluate", "/c/{code}/confirm"] {
        router = router.route_service(path, page("evaluator"));
    }
    for path in ["/r/{code}/{point}", "/r/{code}/{point}/survey"] {
        router = router.route_service(path, page("rate"));
    }
    // The worker keeps the kiosk's page for when there is no network; it may, of addresses below its own folder.
    router = router
        .route_service("/kiosk/", page("kiosk"))
        .route_service("/kiosk/worker.js", looked_up("kiosk", "kiosk-worker.js"))
        .route("/kiosk", get(|| async { Redirect::permanent("/kiosk/") }));
    router.fallback_service(page("portal"))
}
