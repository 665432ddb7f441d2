//! One call over HTTP, and its answer as far as two of them are compared.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, header},
};
use serde_json::{Map, Value, json};
use server::{
    graphql::{
        context::App,
        schema::{Introspection, build},
    },
    http::{Served, router},
};
use tower::ServiceExt;

/// The service, without a socket.
pub struct Client {
    router: Router,
    calls: AtomicUsize,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers, without cookies.
    pub headers: Vec<(String, String)>,
    /// The cookies that were set.
    pub cookies: Vec<String>,
    /// As sent.
    pub body: String,
    /// The same, where it is no text.
    pub bytes: Vec<u8>,
    /// The body, where it is JSON; without what differs from call to call.
    pub json: Value,
}

impl Client {
    /// In front of `app`.
    pub fn new(app: App) -> Self {
        let served = Served { app, schema: build(Introspection::Off) };
        Self { router: router(served, std::path::Path::new("no-such-folder")), calls: AtomicUsize::new(0) }
    }

    /// How many calls were made.
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    /// Runs a document.
    pub async fn post(&self, cookie: &str, more: &[(&str, &str)], query: &str, variables: &Value) -> Answer {
        let mut request = Request::post("/graphql")
            .header("content-type", "application/json")
            .header("x-requested-with", "gangping")
            .header("cookie", cookie);
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let body = json!({ "query": query, "variables": variables }).to_string();
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    /// Fetches a page or a file.
    pub async fn get(&self, cookie: &str, path: &str) -> Answer {
        let request = Request::get(path).header("sec-fetch-site", "same-origin").header("cookie", cookie);
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// Asks a route of files: a body is sent as a file with such an ending, and a name with a mark.
    pub async fn file(&self, method: &str, cookie: &str, path: &str, body: Option<(&str, Vec<u8>)>) -> Answer {
        let mut request =
            Request::builder().method(method).uri(path).header("x-requested-with", "gangping").header("cookie", cookie);
        if let Some((ending, _)) = &body {
            let form = if *ending == "form" { "application/x-www-form-urlencoded" } else { "application/octet-stream" };
            request = request.header("x-file-name", format!("name.{ending}")).header(header::CONTENT_TYPE, form);
        }
        let body = body.map_or_else(Body::empty, |(_, bytes)| Body::from(bytes));
        self.send(request.body(body).expect("a request")).await
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let status = response.status().as_u16();
        let text = |value: &header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let cookies = response.headers().get_all(header::SET_COOKIE).iter().map(text).collect();
        let headers = response.headers().iter().filter(|(name, _)| *name != header::SET_COOKIE);
        let headers = headers.map(|(name, value)| (name.to_string(), text(value))).collect();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default().to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        let mut json = serde_json::from_str(&body).unwrap_or_default();
        forget_request(&mut json);
        Answer { status, headers, cookies, body, bytes, json }
    }
}

/// Each request has an id of its own.
fn forget_request(answer: &mut Value) {
    let errors = answer.get_mut("errors").and_then(Value::as_array_mut);
    for error in errors.into_iter().flatten() {
        error["extensions"].as_object_mut().map(|extensions| extensions.remove("requestId"));
    }
}

impl Answer {
    /// The code of the first error; `OK` without one.
    pub fn code(&self) -> String {
        let code = &self.json["errors"][0]["extensions"]["code"];
        match (self.status, self.json.get("errors")) {
            (200, None) => "OK".to_owned(),
            _ => code.as_str().map_or_else(|| format!("HTTP {}", self.status), ToOwned::to_owned),
        }
    }

    /// The code, with each broken rule.
    pub fn reason(&self) -> String {
        let violations = self.json["errors"][0]["extensions"]["violations"].as_array().cloned().unwrap_or_default();
        let rule = |violation: &Value| {
            format!(
                " {}:{}",
                violation["field"].as_str().unwrap_or_default(),
                violation["code"].as_str().unwrap_or_default()
            )
        };
        self.code() + &violations.iter().map(rule).collect::<String>()
    }

    /// What the operation gave.
    pub fn first(&self) -> &Value {
        self.json["data"].as_object().and_then(|data| data.values().next()).unwrap_or(&Value::Null)
    }

    /// Whether it was let in and gave something.
    pub fn is_something(&self) -> bool {
        self.code() == "OK" && !self.first().is_null()
    }

    /// As it may be compared with another: without ids, secrets and numbers just made, and without the tried value.
    pub fn shape(&self, tried: &str) -> Value {
        let headers: Vec<_> = self.headers.iter().filter(|(name, _)| name != "content-length").collect();
        let set: Vec<_> = self.cookies.iter().filter_map(|cookie| cookie.split('=').next()).collect();
        json!({ "status": self.status, "headers": headers, "cookies": set, "body": plain(&self.json, tried) })
    }

    /// Everything that a reader could look through.
    pub fn whole(&self) -> String {
        let headers: String = self.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        format!("{headers}{}\n{}", self.cookies.join("\n"), self.body)
    }
}

fn plain(value: &Value, tried: &str) -> Value {
    match value {
        Value::String(text) if text.eq_ignore_ascii_case(tried) => json!("<tried>"),
        Value::String(text) => json!(kind_of(text)),
        Value::Array(items) => items.iter().map(|item| plain(item, tried)).collect(),
        Value::Object(fields) => {
            // Of two changes of one row the second sees a later version.
            let item =
                |name: &str, item: &Value| if name == "version" { json!("<version>") } else { plain(item, tried) };
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), item(name, value))).collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// What was drawn for this answer alone goes by its kind.
fn kind_of(text: &str) -> &str {
    let number = text.len() == 14 && text.as_bytes()[8] == b'-' && text[..8].bytes().all(|b| b.is_ascii_digit());
    let secret = text.len() >= 16 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    let long = text.len() >= 40 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if uuid::Uuid::parse_str(text).is_ok() {
        "<id>"
    } else if number {
        "<number>"
    } else if secret || long {
        "<secret>"
    } else {
        text
    }
}
