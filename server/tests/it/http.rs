//! The one API route over HTTP: who may call it, cookies, limits, headers.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, Response, StatusCode, header},
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use server::{
    auth::password,
    both_dbs,
    graphql::schema::{Introspection, build},
    http::{Served, router},
    testing::TestDb,
};
use tower::ServiceExt;

use crate::world::{World, codes};

const PASSWORD: &str = "a password of twelve";
const VIEWER: &str = "{ viewer { displayName scope { roles } } }";

/// The whole service, without sockets.
pub async fn service(test: TestDb) -> (World, Router) {
    let identity = test.db.identity();
    let handler = identity.account_by_login("handler.shiqi").await.unwrap().unwrap();
    let hash = password::hash(PASSWORD.to_owned()).await.unwrap();
    identity.set_password_hash(handler.id, &hash).await.unwrap();
    let world = World::new(test);
    let served = Served { app: world.app.clone(), schema: build(Introspection::Off) };
    let router = router(served, std::path::Path::new("no-such-folder"));
    (world, router)
}

/// A call as our pages make it.
pub fn call(query: &str, cookie: &str) -> Request<Body> {
    Request::post("/graphql")
        .header("content-type", "application/json")
        .header("x-requested-with", "gangping")
        .header("cookie", cookie)
        .body(json!({ "query": query }).to_string().into())
        .unwrap()
}

/// Status, cookie and JSON of an answer.
pub async fn send(router: &Router, request: Request<Body>) -> (StatusCode, String, Value) {
    let response: Response<Body> = router.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let cookie = response.headers().get(header::SET_COOKIE).map_or("", |v| v.to_str().unwrap()).to_owned();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, cookie, serde_json::from_slice(&body).unwrap_or_default())
}

fn sign_in(login: &str, password: &str) -> String {
    format!("mutation {{ signIn(input: {{ login: \"{login}\", password: \"{password}\" }}) {{ displayName }} }}")
}

both_dbs!(a_session_begins_is_used_and_cannot_be_revived, |test| async move {
    let (_world, router) = service(test).await;
    let (_, cookie, _) = send(&router, call(&sign_in("handler.shiqi", PASSWORD), "")).await;
    for part in ["__Host-sid=", "HttpOnly", "SameSite=Strict", "Secure", "Path=/"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let (_, _, seen) = send(&router, call(VIEWER, &cookie)).await;
    assert_eq!(seen["data"]["viewer"]["scope"]["roles"], json!(["COMPLAINT_HANDLER"]));
    // Signing in again gives another id, and the old one is dead.
    let (_, second, _) = send(&router, call(&sign_in("handler.shiqi", PASSWORD), &cookie)).await;
    let second = second.split(';').next().unwrap().to_owned();
    assert_ne!(second, cookie);
    assert_eq!(send(&router, call(VIEWER, &cookie)).await.2["data"]["viewer"], Value::Null);
    send(&router, call("mutation { signOut }", &second)).await;
    assert_eq!(send(&router, call(VIEWER, &second)).await.2["data"]["viewer"], Value::Null);
});

// An answer may come later than the one to a newer sign-in: only a new id and signing out touch the browser's cookie.
both_dbs!(no_answer_takes_away_or_renews_a_cookie_that_may_be_a_newer_one, |test| async move {
    let (world, router) = service(test).await;
    let (_, set, _) = send(&router, call(&sign_in("handler.shiqi", PASSWORD), "")).await;
    assert!(set.contains("Max-Age=28800"), "as long as a session may last (SESSION_LIMIT): {set}");
    let cookie = set.split(';').next().unwrap().to_owned();
    let told = async |cookie: &str| {
        let (_, set, answer) = send(&router, call(VIEWER, cookie)).await;
        (set, answer["data"]["viewer"].is_object())
    };
    // Used again after minutes, it is touched in the table.
    world.app.clock.advance(TimeDelta::minutes(5));
    assert_eq!(told(&cookie).await, (String::new(), true));
    world.app.clock.advance(TimeDelta::minutes(29));
    assert_eq!(told(&cookie).await, (String::new(), true), "the touch was kept");
    world.app.clock.advance(TimeDelta::minutes(31));
    assert_eq!(told(&cookie).await, (String::new(), false), "ended by having lain idle");
    assert_eq!(told(&cookie).await, (String::new(), false), "no longer in the table");
    let (_, set, _) = send(&router, call(&sign_in("handler.shiqi", PASSWORD), &cookie)).await;
    let cookie = set.split(';').next().unwrap().to_owned();
    let (_, set, _) = send(&router, call("mutation { signOut }", &cookie)).await;
    assert!(set.starts_with("__Host-sid=;") && set.contains("Max-Age=0"), "signing out takes it away: {set}");
});

both_dbs!(every_failed_sign_in_has_one_answer, |test| async move {
    let (_world, router) = service(test).await;
    let mut answers = Vec::new();
    for (login, password) in [("handler.shiqi", "wrong"), ("nobody", PASSWORD), ("admin.shiqi", PASSWORD)] {
        let (status, cookie, mut answer) = send(&router, call(&sign_in(login, password), "")).await;
        assert_eq!((status, cookie.as_str()), (StatusCode::OK, ""));
        answer["errors"][0]["extensions"]["requestId"] = Value::Null;
        answers.push(answer);
    }
    assert_eq!(codes(&answers[0]), ["INVALID", "login.wrong"]);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
});

both_dbs!(only_our_own_pages_may_call, |test| async move {
    let (_world, router) = service(test).await;
    let post = || Request::post("/graphql");
    let body = || Body::from(json!({ "query": VIEWER }).to_string());
    let ours = |name: &str| if name == "content-type" { "application/json" } else { "gangping" };
    let bare = post().header("content-type", ours("content-type")).body(body()).unwrap();
    let form = post().header("content-type", "text/plain").header("x-requested-with", "x").body(body()).unwrap();
    let foreign = post()
        .header("content-type", ours("content-type"))
        .header("x-requested-with", "x")
        .header("sec-fetch-site", "cross-site")
        .body(body())
        .unwrap();
    for request in [bare, form, foreign] {
        let (status, _, answer) = send(&router, request).await;
        assert_eq!((status, codes(&answer)), (StatusCode::FORBIDDEN, vec!["FORBIDDEN".to_owned()]));
    }
});

both_dbs!(large_and_broken_bodies_are_refused_before_they_are_run, |test| async move {
    let (_world, router) = service(test).await;
    for (query, status, code) in [
        ("x".repeat(3_000_000), StatusCode::PAYLOAD_TOO_LARGE, "TOO_LARGE"),
        ("{ viewer { displayName } } #".to_owned() + &"x".repeat(20_000), StatusCode::PAYLOAD_TOO_LARGE, "TOO_LARGE"),
        ("{ viewer {".to_owned(), StatusCode::BAD_REQUEST, "BAD_REQUEST"),
    ] {
        let (seen, _, answer) = send(&router, call(&query, "")).await;
        assert_eq!((seen, codes(&answer)), (status, vec![code.to_owned()]), "{}", &query[..20]);
    }
    let (_, _, schema) = send(&router, call("{ __schema { types { name } } }", "")).await;
    assert!(!schema.to_string().contains("Complaint"), "the schema is not told outside of development: {schema}");
    let broken = Request::post("/graphql")
        .header("content-type", "application/json")
        .header("x-requested-with", "gangping")
        .body(Body::from("[{]"))
        .unwrap();
    assert_eq!(send(&router, broken).await.0, StatusCode::BAD_REQUEST);
});

both_dbs!(every_answer_carries_the_protecting_headers, |test| async move {
    let (_world, router) = service(test).await;
    let response = router.clone().oneshot(call(VIEWER, "")).await.unwrap();
    let headers = response.headers();
    for (name, part) in [
        ("content-security-policy", "script-src 'self' 'wasm-unsafe-eval'"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
    ] {
        assert!(headers[name].to_str().unwrap().contains(part), "{name}");
    }
    let (status, _, _) = send(&router, Request::get("/healthz").body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::OK);
});
