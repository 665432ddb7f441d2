//! Requests that nobody sends by mistake. Each is refused with its code, asks nothing of the
//! database, and learns nothing of what is behind.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use axum::{
    body::{Body, Bytes},
    http::{Method, Request, StatusCode},
};
use futures_util::stream;
use serde_json::{Value, json};
use server::both_dbs;

use crate::{
    http::{send, service},
    statements::counted,
    world::{CASE, codes},
};

/// A request, its name, and the code it is refused with.
struct Hostile {
    name: &'static str,
    request: Request<Body>,
    status: StatusCode,
    code: &'static str,
}

const COMPLEX: (StatusCode, &str) = (StatusCode::BAD_REQUEST, "TOO_COMPLEX");
const BROKEN: (StatusCode, &str) = (StatusCode::BAD_REQUEST, "BAD_REQUEST");
/// Read and understood, and found wrong by the schema.
const WRONG: (StatusCode, &str) = (StatusCode::OK, "BAD_REQUEST");
/// Not open to whoever asks, so the schema does not even look at the rest.
const DENIED: (StatusCode, &str) = (StatusCode::OK, "UNAUTHENTICATED");
const LARGE: (StatusCode, &str) = (StatusCode::PAYLOAD_TOO_LARGE, "TOO_LARGE");
const FOREIGN: (StatusCode, &str) = (StatusCode::FORBIDDEN, "FORBIDDEN");
const METHOD: (StatusCode, &str) = (StatusCode::METHOD_NOT_ALLOWED, "BAD_REQUEST");

const OURS: [(&str, &str); 2] = [("content-type", "application/json"), ("x-requested-with", "gangping")];
const VIEWER: &str = "{\"query\": \"{ viewer { displayName } }\"}";

fn raw(
    name: &'static str,
    method: Method,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
    (status, code): (StatusCode, &'static str),
) -> Hostile {
    let mut request = Request::builder().method(method).uri("/graphql").header("host", "gangping.example");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Hostile { name, request: request.body(body.into()).unwrap(), status, code }
}

fn body(name: &'static str, body: impl Into<Body>, refused: (StatusCode, &'static str)) -> Hostile {
    raw(name, Method::POST, &OURS, body, refused)
}

fn document(name: &'static str, document: impl AsRef<str>, refused: (StatusCode, &'static str)) -> Hostile {
    body(name, json!({ "query": document.as_ref() }).to_string(), refused)
}

fn variables(name: &'static str, query: &str, variables: Value, refused: (StatusCode, &'static str)) -> Hostile {
    body(name, json!({ "query": query, "variables": variables }).to_string(), refused)
}

fn times(n: usize, part: impl Fn(usize) -> String) -> String {
    (0..n).map(part).collect()
}

/// A query of fragments, each of which spreads the next so many times.
fn bomb(levels: usize, width: usize) -> String {
    let fragments =
        times(levels, |n| format!("fragment f{n} on Query {{ {} }} ", format!("...f{} ", n + 1).repeat(width)));
    format!("{{ ...f0 }} {fragments} fragment f{levels} on Query {{ viewer {{ displayName }} }}")
}

fn documents() -> Vec<Hostile> {
    let track = "trackComplaint(center: \"shiqi\", receiptCode: \"A\") { number }";
    let sign_in = "signIn(input: { login: \"a\", password: \"b\" }) { displayName }";
    let rate = "rateHandling(input: { center: \"shiqi\", receiptCode: \"A\", satisfaction: SATISFIED }) { number }";
    let nested = |open: &str, n| format!("{{ publicCenter(code: {}", open.repeat(n));
    vec![
        document("aliases", format!("{{ {} }}", times(21, |n| format!("a{n}: publicCenters {{ code }} "))), COMPLEX),
        document("guesses of receipts", format!("{{ {} }}", times(20, |n| format!("a{n}: {track} "))), COMPLEX),
        document("two guesses of receipts", format!("{{ a: {track} b: {track} }}"), COMPLEX),
        document(
            "guesses of passwords",
            format!("mutation {{ {} }}", times(2, |n| format!("a{n}: {sign_in} "))),
            COMPLEX,
        ),
        document(
            "a guess hidden in a fragment",
            format!("mutation {{ a: {rate} ...f }} fragment f on Mutation {{ b: {rate} }}"),
            COMPLEX,
        ),
        document("two changes at once", format!("mutation {{ signOut {sign_in} }}"), COMPLEX),
        document("fields too deep", format!("{{ {} a {} }}", "viewer {".repeat(10), "}".repeat(10)), COMPLEX),
        document("braces", "{ viewer ".repeat(1600), COMPLEX),
        document("lists in lists", nested("[", 16_000), COMPLEX),
        document("objects in objects", nested("{a:", 5000), COMPLEX),
        document("parentheses", "{ a(b: ".repeat(2000), COMPLEX),
        document(
            "a type of lists",
            format!("query($a: {}Int) {{ viewer {{ displayName }} }}", "[".repeat(9000)),
            COMPLEX,
        ),
        document("a cycle", "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", BROKEN),
        document("a cycle of one", "{ ...a } fragment a on Query { ...a }", BROKEN),
        document(
            "a cycle through a field",
            "{ ...a } fragment a on Query { viewer { ...b } } fragment b on Viewer { scope { ...b } }",
            BROKEN,
        ),
        document("a cycle that nobody uses", "{ viewer { displayName } } fragment a on Query { ...a }", BROKEN),
        document("a bomb of two to the sixty", bomb(60, 2), COMPLEX),
        document("a bomb of ten to the ten", bomb(10, 10), COMPLEX),
        document("a bomb that nobody uses", bomb(40, 2).replacen("...f0", "viewer { displayName }", 1), COMPLEX),
        document("a fragment that is not there", "{ ...nowhere }", BROKEN),
        document("a fragment twice", "{ ...a } fragment a on Query { a } fragment a on Query { a }", BROKEN),
        document(
            "inline fragments",
            format!("{{ {} viewer {{ displayName }} {} }}", "... {".repeat(40), "}".repeat(40)),
            COMPLEX,
        ),
        document("many inline fragments", format!("{{ {} }}", "... { viewer { displayName } } ".repeat(100)), COMPLEX),
        document(
            "directives on a field",
            format!("{{ viewer {} {{ displayName }} }}", "@skip(if: false) ".repeat(6)),
            COMPLEX,
        ),
        document("directives everywhere", format!("{{ {} }}", "viewer @a ".repeat(450)), COMPLEX),
        document("an unknown directive", "{ viewer @evil { displayName } }", WRONG),
        document("a field again and again", format!("{{ {} }}", "viewer { displayName } ".repeat(101)), COMPLEX),
        document("tokens", format!("{{ {} }}", "a ".repeat(1500)), COMPLEX),
        document("commas and signs", "!".repeat(16_000), COMPLEX),
        document("a long document", format!("{{ viewer {{ displayName }} }} #{}", "x".repeat(17_000)), LARGE),
        document("a long text", format!("{{ publicCenter(code: \"{}\") {{ code }} }}", "x".repeat(17_000)), LARGE),
        document("a text without an end", format!("{{ publicCenter(code: \"\"\"{}", "[".repeat(9000)), BROKEN),
        document("a text that ends early", format!("{{ publicCenter(code: \"\\x\" {}", "[".repeat(9000)), COMPLEX),
        document("a huge number", format!("{{ complaints(first: {}) {{ totalCount }} }}", "9".repeat(15_000)), BROKEN),
        document("a huge exponent", "{ complaints(first: 1e999999999) { totalCount } }", BROKEN),
        document("a number that is none", "{ complaints(first: 007) { totalCount } }", BROKEN),
        document("a surrogate", "{ publicCenter(code: \"\\ud800\") { code } }", BROKEN),
        document("a zero byte", "{ viewer\0 { displayName } }", BROKEN),
        document(
            "a cost beyond a visitor's",
            "{ a: publicCenters { channels { kind } } b: publicCenters { channels { kind } } c: publicCenters { channels { kind } } }",
            (StatusCode::OK, "TOO_COMPLEX"),
        ),
        document("fields in conflict", "{ a: publicCenters { code } a: publicCenter(code: \"x\") { code } }", WRONG),
        document("two operations", "query A { viewer { displayName } } query B { viewer { displayName } }", BROKEN),
        document("a query and a change", "query A { viewer { displayName } } mutation B { signOut }", BROKEN),
        document("a subscription", "subscription { viewer { displayName } }", WRONG),
        document("a subscription to cases", "subscription { complaints { totalCount } }", DENIED),
        document("the schema", "{ __schema { types { name } } }", BROKEN),
        document("a type of the schema", "{ __type(name: \"Complaint\") { fields { name } } }", BROKEN),
        document(
            "the schema in a fragment",
            "{ ...a } fragment a on Query { __schema { queryType { name } } }",
            BROKEN,
        ),
        document("a misspelt field", "{ viewr { displayName } }", WRONG),
        document("an unknown argument", "{ viewer(as: \"admin\") { displayName } }", WRONG),
        document("an unknown value", "mutation { chooseScope(input: { centerId: SECRET }) { displayName } }", WRONG),
        document("an unknown value for a case", "{ complaints(queue: SECRET) { totalCount } }", DENIED),
        document("an argument left out", "{ publicCenter { code } }", WRONG),
        document("a field without its fields", "{ viewer }", WRONG),
        document("a schema instead", "type Query { viewer: Int }", BROKEN),
        document("nothing", "", BROKEN),
        document("a remark", "# nothing", BROKEN),
        document("no end", "{ viewer {", BROKEN),
        document("SQL", "'; DROP TABLE complaint; --", BROKEN),
    ]
}

fn requests() -> Vec<Hostile> {
    let by_code = "query($c: String!) { publicCenter(code: $c) { code } }";
    let chunks = stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(&[b' '; 65_536])));
    let with = |name, value| [OURS[0], OURS[1], (name, value)];
    let typed = |value| [("content-type", value), OURS[1]];
    let post = |name, headers: &[(&str, &str)], body: &'static str| raw(name, Method::POST, headers, body, FOREIGN);
    let form = "query=%7Bviewer%7BdisplayName%7D%7D";
    let part = "--x\r\ncontent-disposition: form-data; name=\"operations\"\r\n\r\n{\"query\": \"{ viewer { displayName } }\"}\r\n--x--";
    let wrong_input = json!({ "i": { "center": 7, "subject": ["DELAY"], "text": { "a": 1 } } });
    vec![
        variables("an undefined variable", "{ publicCenter(code: $c) { code } }", json!({ "c": "x" }), WRONG),
        variables("a number for a text", by_code, json!({ "c": 7 }), WRONG),
        variables("a list for a text", by_code, json!({ "c": ["x"] }), WRONG),
        variables("nothing for a text", by_code, json!({ "c": null }), WRONG),
        variables(
            "a huge number for a small one",
            "query($n: Int) { complaints(first: $n) { totalCount } }",
            json!({ "n": u64::MAX }),
            DENIED,
        ),
        variables(
            "a form of wrong types",
            "mutation($i: FileComplaintInput!) { fileComplaint(input: $i) { number } }",
            wrong_input,
            WRONG,
        ),
        variables(
            "no id",
            &format!("query($i: ComplaintId!) {{ complaint(id: $i) {{ {CASE} }} }}"),
            json!({ "i": "1 OR 1=1" }),
            DENIED,
        ),
        variables("deep variables", by_code, json!({ "c": [[[[[[[[[[1]]]]]]]]]] }), COMPLEX),
        variables("many variables", by_code, json!({ "c": vec![0; 2000] }), COMPLEX),
        variables("variables in a list", by_code, json!(["x"]), BROKEN),
        body(
            "an unknown operation",
            json!({ "query": "query A { viewer { displayName } }", "operationName": "B" }).to_string(),
            WRONG,
        ),
        body("a batch", format!("[{VIEWER}, {VIEWER}]"), BROKEN),
        body("a large batch", format!("[{}{VIEWER}]", format!("{VIEWER},").repeat(1000)), BROKEN),
        body("a list that reads as an object", "[\"{ viewer { displayName } }\", null, {}]", BROKEN),
        body("broken JSON", "[{]", BROKEN),
        body("half of a request", &VIEWER[..20], BROKEN),
        body("JSON twice", format!("{VIEWER}{VIEWER}"), BROKEN),
        body("a key twice", "{\"query\": \"{a}\", \"query\": \"{b}\"}", BROKEN),
        body("deep JSON", format!("{{\"query\": \"{{a}}\", \"variables\": {}", "{\"a\":".repeat(20_000)), BROKEN),
        body("no query", "{\"extensions\": {\"persistedQuery\": {\"version\": 1, \"sha256Hash\": \"00\"}}}", BROKEN),
        body("no body", "", BROKEN),
        body("null", "null", BROKEN),
        body("a text", "\"{ viewer { displayName } }\"", BROKEN),
        body("no UTF-8", b"{\"query\": \"{ viewer \xff\xfe { displayName } }\"}".as_slice(), BROKEN),
        body("half a surrogate", "{\"query\": \"{ viewer \\ud800 }\"}", BROKEN),
        body("three megabytes", "x".repeat(3_000_000), LARGE),
        body(
            "three megabytes of JSON",
            json!({ "query": "{ viewer { displayName } }", "variables": { "a": "x".repeat(3_000_000) } }).to_string(),
            LARGE,
        ),
        body("a body without an end", Body::from_stream(chunks), LARGE),
        raw("packed", Method::POST, &with("content-encoding", "gzip"), b"\x1f\x8b\x08\0\0\0\0\0".as_slice(), BROKEN),
        raw("GET", Method::GET, &OURS, Body::empty(), METHOD),
        raw("HEAD", Method::HEAD, &OURS, Body::empty(), METHOD),
        raw("PUT", Method::PUT, &OURS, VIEWER, METHOD),
        raw("DELETE", Method::DELETE, &OURS, Body::empty(), METHOD),
        raw(
            "a preflight",
            Method::OPTIONS,
            &[("origin", "https://evil.example"), ("access-control-request-method", "POST")],
            Body::empty(),
            METHOD,
        ),
        post("a form", &typed("application/x-www-form-urlencoded"), form),
        post("parts", &typed("multipart/form-data; boundary=x"), part),
        post("plain text", &typed("text/plain"), VIEWER),
        post("a document alone", &typed("application/graphql"), "{ viewer { displayName } }"),
        post("no type", &OURS[1..], VIEWER),
        post("without our header", &OURS[..1], VIEWER),
        post("from another site", &with("sec-fetch-site", "cross-site"), VIEWER),
        post("from a neighbour", &with("sec-fetch-site", "same-site"), VIEWER),
        post("from another origin", &with("origin", "https://evil.example"), VIEWER),
        post("from no origin", &with("origin", "null"), VIEWER),
        post("from a name that begins like ours", &with("origin", "https://gangping.example.evil.example"), VIEWER),
    ]
}

both_dbs!(hostile_requests_are_refused_by_code_and_nothing_runs, |test| async move {
    let (world, router) = service(test).await;
    // Three times: the quickest of a request's answers is the one that waited for no other process.
    let corpus: Vec<_> = (0..3).flat_map(|_| documents().into_iter().chain(requests())).collect();
    let mut quickest: BTreeMap<&str, Duration> = BTreeMap::new();
    let mut wrong = Vec::new();
    for Hostile { name, request, status, code } in corpus {
        let head = request.method() == Method::HEAD;
        let begun = Instant::now();
        let ((seen, cookie, answer), statements) = counted(send(&router, request)).await;
        let took = begun.elapsed();
        quickest.entry(name).and_modify(|known| *known = took.min(*known)).or_insert(took);
        // The answer to HEAD has no body.
        let expected = if head { ("", false) } else { (code, true) };
        let told = (codes(&answer)[0].clone(), answer["errors"][0]["extensions"]["requestId"].is_string());
        let as_expected = (seen, cookie.as_str()) == (status, "") && (told.0.as_str(), told.1) == expected;
        // Neither code nor schema nor data: only our own code and the request's id.
        let words =
            ["sqlx", "SELECT", "panick", "src/", "::", "Query", "viewer", "Did you", "expected", "-->", "shiqi"];
        let text = answer.to_string();
        let silent = answer["data"].is_null() && !words.iter().any(|word| text.contains(word));
        if !as_expected || !silent || !statements.is_empty() {
            wrong.push(format!("{name}: {seen} {text} {statements:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(quickest.len() >= 100, "{}", quickest.len());
    let slowest = quickest.iter().max_by_key(|(_, took)| **took);
    println!("{} requests refused; the slowest: {slowest:?}", quickest.len());
    let total = world.ok("handler.shiqi", "{ complaints { totalCount } }", json!({})).await;
    assert_eq!(total["complaints"]["totalCount"], 0);
});
