//! A browser of one person: it keeps the cookies it is given.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use serde_json::{Value, json};
use server::{
    auth::password,
    graphql::{
        context::Security,
        schema::{Introspection, build},
    },
    http::{Served, router},
};
use tower::ServiceExt;

use crate::world::{World, codes};

/// Longer than what is asked of anybody.
pub const PASSWORD: &str = "wet umbrellas in the hall";

/// Cookies and the service they are for.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// A new one, in front of `world`.
    pub fn new(world: &World) -> Self {
        let served = Served { app: world.app.clone(), schema: build(Introspection::Off) };
        Self { router: router(served, std::path::Path::new("no-such-folder")), cookies: BTreeMap::new() }
    }

    /// Runs an operation and returns the whole answer.
    pub async fn run(&mut self, query: &str, variables: Value) -> Value {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::post("/graphql")
            .header("content-type", "application/json")
            .header("x-requested-with", "gangping")
            .header("cookie", cookies.join("; "))
            .body(Body::from(json!({ "query": query, "variables": variables }).to_string()))
            .expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().expect("text").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("a value");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        serde_json::from_slice(&body).unwrap_or_default()
    }

    /// Sends any request with this browser's cookies: status, headers and bytes of the answer.
    pub async fn send(&mut self, mut request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().expect("a header"));
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        (status, headers, to_bytes(response.into_body(), usize::MAX).await.expect("a body").to_vec())
    }

    /// Fetches a file from another page of ours: its status, its name and its text, as far as it came.
    pub async fn fetch(&mut self, path: &str) -> (StatusCode, String, String) {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::get(path)
            .header("sec-fetch-site", "same-origin")
            .header("cookie", cookies.join("; "))
            .body(Body::empty())
            .expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        let name =
            response.headers().get(header::CONTENT_DISPOSITION).map(|name| name.to_str().expect("text").to_owned());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
        (status, name.unwrap_or_default(), String::from_utf8_lossy(&body).into_owned())
    }

    /// The first field of an operation that must succeed.
    pub async fn ok(&mut self, query: &str, variables: Value) -> Value {
        let answer = self.run(query, variables).await;
        assert!(answer.get("errors").is_none(), "{query}\n{answer:#}");
        answer["data"].as_object().and_then(|data| data.values().next()).cloned().unwrap_or_default()
    }

    /// The codes of an operation that must be refused.
    pub async fn refused(&mut self, query: &str, variables: Value) -> Vec<String> {
        codes(&self.run(query, variables).await)
    }

    /// Signs in; what the answer says of the viewer.
    pub async fn sign_in(&mut self, login: &str) -> Value {
        self.ok(SIGN_IN, json!({ "i": { "login": login, "password": PASSWORD } })).await
    }

    /// Who the server takes this browser for.
    pub async fn viewer(&mut self) -> Value {
        self.ok("{ viewer { displayName scope { place { code } roles } places { code } } }", json!({})).await
    }

    /// The session's cookie.
    pub fn session(&self) -> String {
        self.cookies.get("__Host-sid").cloned().unwrap_or_default()
    }

    /// The same browser with another session's cookie.
    pub fn with_session(&self, value: &str) -> Self {
        let mut other = self.clone();
        other.cookies.insert("__Host-sid".to_owned(), value.to_owned());
        other
    }
}

const SIGN_IN: &str =
    "mutation($i: SignInInput!) { signIn(input: $i) { asked scope { place { code } } places { code } } }";

/// Gives people of a world the password of these tests.
pub async fn with_passwords(world: &World, logins: &[&str]) {
    let hash = password::hash(PASSWORD.to_owned()).await.expect("a hash");
    let identity = world.test.db.identity();
    for login in logins {
        let account = identity.account_by_login(login).await.expect("a query").expect("a login");
        identity.set_password_hash(account.id, &hash).await.expect("a change");
    }
}

/// The same world, asking for second factors.
pub fn strict(world: World) -> World {
    let security = Security { require_second_factor: true, dengbao_compat: false };
    World { app: world.app.clone().with_security(security), ..world }
}
