//! One POST to the server, and what can come back.

use std::{cell::RefCell, pin::Pin};

use cynic::Operation;
use domain::{Arg, Violation};
use gloo_net::http::{Request, Response};
use js_sys::{Function, Promise};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::versions::{self, Change};

/// Why an operation did not succeed. `code` is a key of `errors.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    pub code: String,
    /// Names the request in the server's log; shown so that a person can quote it.
    pub request_id: Option<String>,
    /// The broken rules when the code is `INVALID`.
    pub violations: Vec<FieldViolation>,
}

/// A broken rule at an input field or inside of one, from the server or from `domain`. The whole request's have an empty
/// field.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct FieldViolation {
    pub field: String,
    pub code: String,
    #[serde(default)]
    pub args: Vec<Arg>,
}

impl From<Violation> for FieldViolation {
    fn from(found: Violation) -> Self {
        Self { field: found.place(), code: found.code.to_owned(), args: found.args }
    }
}

impl ApiError {
    /// The server was not reached, or something else than the server answered.
    pub const OFFLINE: &str = "OFFLINE";
    /// Nobody is signed in.
    pub const UNAUTHENTICATED: &str = "UNAUTHENTICATED";
    /// The password has to be shown again first; see [`on_reauthenticate`].
    pub const REAUTHENTICATE: &str = "REAUTHENTICATE";
    /// Somebody changed the record since it was read.
    pub const STALE: &str = "STALE";
    /// Rules are broken; see the violations.
    pub const INVALID: &str = "INVALID";

    /// The idempotency key was used before, with other contents.
    pub const KEY_REUSED: &str = "KEY_REUSED";

    /// An error made in the browser.
    pub fn of(code: impl Into<String>) -> Self {
        Self { code: code.into(), request_id: None, violations: Vec::new() }
    }

    /// Whether this is the error `code`.
    pub fn is(&self, code: &str) -> bool {
        self.code == code
    }
}

/// Asks for the password, and for a code where it is told so; says whether it could.
type AskAgain = Box<dyn Fn(bool) -> bool>;

thread_local! {
    static STALE: RefCell<Option<Box<dyn Fn()>>> = const { RefCell::new(None) };
    static SIGNED_OUT: RefCell<Option<Box<dyn Fn()>>> = const { RefCell::new(None) };
    static ASK_AGAIN: RefCell<Option<AskAgain>> = const { RefCell::new(None) };
    // What waits for the password to be shown again.
    static WAITING: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

/// What happens when the server wants the password shown again before it does something: `ask`, until somebody calls
/// [`reauthenticated`]. The request is then sent once more, or refused.
pub fn on_reauthenticate(ask: impl Fn(bool) -> bool + 'static) {
    ASK_AGAIN.with(|slot| *slot.borrow_mut() = Some(Box::new(ask)));
}

/// Whether the password was shown: lets every request that waits for it go on.
pub fn reauthenticated(shown: bool) {
    for waiting in WAITING.take() {
        let _ = waiting.call1(&JsValue::NULL, &shown.into());
    }
}

async fn shown_again(second_factor: bool) -> bool {
    if !ASK_AGAIN.with(|slot| slot.borrow().as_ref().is_some_and(|ask| ask(second_factor))) {
        return false;
    }
    let answer = Promise::new(&mut |resolve, _| WAITING.with(|waiting| waiting.borrow_mut().push(resolve)));
    JsFuture::from(answer).await.is_ok_and(|shown| shown.is_truthy())
}

/// What happens whenever the server says that nobody is signed in, whichever page asked. Only the desk needs it.
pub fn on_signed_out(act: impl Fn() + 'static) {
    SIGNED_OUT.with(|slot| *slot.borrow_mut() = Some(Box::new(act)));
}

/// What happens when somebody else was quicker: the page reads anew. The last page's counts.
pub fn on_stale(act: impl Fn() + 'static) {
    STALE.with(|slot| *slot.borrow_mut() = Some(Box::new(act)));
}

fn tell(error: ApiError) -> ApiError {
    let told = match error.code.as_str() {
        ApiError::UNAUTHENTICATED => &SIGNED_OUT,
        ApiError::STALE => &STALE,
        _ => return error,
    };
    told.with(|slot| slot.borrow().iter().for_each(|act| act()));
    error
}

#[derive(Deserialize)]
struct Refusals {
    #[serde(default)]
    errors: Vec<Refusal>,
}

#[derive(Deserialize)]
struct Refusal {
    message: String,
    extensions: Option<Extensions>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Extensions {
    code: Option<String>,
    request_id: Option<String>,
    #[serde(default)]
    violations: Vec<FieldViolation>,
    #[serde(default)]
    second_factor: bool,
    version: Option<i32>,
}

#[derive(Deserialize)]
struct Answer<Data> {
    data: Option<Data>,
}

/// Sends an operation and returns its data.
///
/// # Errors
/// What the server answered, or [`ApiError::OFFLINE`].
pub async fn run<Data, Variables>(operation: Operation<Data, Variables>) -> Result<Data, ApiError>
where
    Data: DeserializeOwned + 'static,
    Variables: Serialize,
{
    let answer = exchange(request(&operation)?).await?;
    let answer: Answer<Data> = serde_json::from_str(&answer).map_err(|_| ApiError::of("INTERNAL"))?;
    answer.data.ok_or_else(|| ApiError::of("INTERNAL"))
}

/// The request that an operation sends.
///
/// # Errors
/// `BAD_REQUEST` when it cannot be written as JSON.
pub fn request<Data, Variables: Serialize>(operation: &Operation<Data, Variables>) -> Result<String, ApiError> {
    serde_json::to_string(operation).map_err(|_| ApiError::of("BAD_REQUEST"))
}

/// Sends a [`request`] of which only the success matters.
///
/// # Errors
/// What the server answered, or [`ApiError::OFFLINE`].
pub async fn send(request: String) -> Result<(), ApiError> {
    exchange(request).await.map(drop)
}

/// Sends a request and returns the server's answer, which is no refusal. Not generic and boxed, so that it is compiled
/// once, not into every operation.
pub(super) fn exchange(mut body: String) -> Pin<Box<dyn Future<Output = Result<String, ApiError>>>> {
    Box::pin(async move {
        let (change, made) = (Change::of(&mut body), versions::made());
        loop {
            let answer = post(&body).await.map_err(|_| ApiError::of(ApiError::OFFLINE))?;
            let refusals: Refusals = serde_json::from_str(&answer).map_err(|_| unreadable(&answer))?;
            let Some(refusal) = refusals.errors.into_iter().next() else {
                change.as_ref().map_or_else(|| versions::read(made, &answer), Change::done);
                return Ok(answer);
            };
            let extensions = refusal.extensions.as_ref();
            let second_factor = extensions.is_some_and(|extensions| extensions.second_factor);
            if let (Some(change), Some(now)) = (&change, extensions.and_then(|extensions| extensions.version)) {
                change.refused(now);
            }
            let error = ApiError::from(refusal);
            if !error.is(ApiError::REAUTHENTICATE) || !shown_again(second_factor).await {
                return Err(tell(error));
            }
        }
    })
}

/// The bytes of a file of ours.
///
/// # Errors
/// What the server answered, or [`ApiError::OFFLINE`].
pub async fn fetch(path: &str) -> Result<Vec<u8>, ApiError> {
    let offline = |_| ApiError::of(ApiError::OFFLINE);
    bytes(Request::get(path).header("x-requested-with", "gangping").send().await.map_err(offline)?).await
}

/// The bytes that a form of ours asks for.
///
/// # Errors
/// As [`fetch`].
pub async fn fetch_by_form(path: &str, form: String) -> Result<Vec<u8>, ApiError> {
    let offline = |_| ApiError::of(ApiError::OFFLINE);
    let request = Request::post(path).header("x-requested-with", "gangping");
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(form).map_err(offline)?;
    bytes(request.send().await.map_err(offline)?).await
}

async fn bytes(answer: Response) -> Result<Vec<u8>, ApiError> {
    let offline = |_| ApiError::of(ApiError::OFFLINE);
    if answer.ok() {
        return answer.binary().await.map_err(offline);
    }
    Err(refusal(&answer.text().await.map_err(offline)?))
}

/// Sends a file as it is, and returns the answer.
///
/// # Errors
/// As [`fetch`].
pub async fn send_file(path: &str, file: &web_sys::File) -> Result<String, ApiError> {
    let offline = |_| ApiError::of(ApiError::OFFLINE);
    let request = Request::post(path).header("x-requested-with", "gangping");
    let request = request.header("content-type", "application/octet-stream").body(file).map_err(offline)?;
    let answer = request.send().await.map_err(offline)?;
    let (ok, text) = (answer.ok(), answer.text().await.map_err(offline)?);
    if ok { Ok(text) } else { Err(refusal(&text)) }
}

/// Why a request was refused whose answer is shaped like GraphQL's without being one.
pub(super) fn refusal(answer: &str) -> ApiError {
    let refusals = serde_json::from_str::<Refusals>(answer).ok();
    let first = refusals.and_then(|refusals| refusals.errors.into_iter().next());
    tell(first.map_or_else(|| unreadable(answer), ApiError::from))
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal.extensions {
            Some(Extensions { code, request_id, violations, .. }) => {
                Self { code: code.unwrap_or(refusal.message), request_id, violations }
            }
            None => Self::of("BAD_REQUEST"),
        }
    }
}

async fn post(body: &str) -> Result<String, gloo_net::Error> {
    let request = Request::post("/graphql")
        .header("content-type", "application/json")
        .header("x-requested-with", "gangping")
        .body(body)?;
    request.send().await?.text().await
}

// A proxy's error page is no JSON; an answer of another shape means the server is newer than this page.
fn unreadable(answer: &str) -> ApiError {
    ApiError::of(if answer.trim_start().starts_with('{') { "INTERNAL" } else { ApiError::OFFLINE })
}
