//! One operation as it was sent.

use async_graphql::{Request, Variables};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::graphql::document::Document;

/// Values in the variables, and how deep they lie in each other.
const VALUES: usize = 1000;
const DEPTH: usize = 8;

/// The JSON of a request. What else it holds, e.g. `extensions`, has no effect.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    query: String,
    operation_name: Option<String>,
    variables: Option<Map<String, Value>>,
}

/// Reads a body as one operation within the limits, and its root fields.
///
/// # Errors
/// Why it is not run.
pub fn read(body: &[u8]) -> Result<(Request, Vec<String>), Refusal> {
    // A list would be a batch; worse, serde reads one as a struct without names.
    if body.trim_ascii_start().first() != Some(&b'{') {
        return Err(Refusal::Malformed);
    }
    let Sent { query, operation_name, variables } = serde_json::from_slice(body).map_err(|_| Refusal::Malformed)?;
    let variables = Value::Object(variables.unwrap_or_default());
    let mut left = VALUES;
    if !fits(&variables, DEPTH, &mut left) {
        return Err(Refusal::TooComplex);
    }
    let Document { parsed, roots } = Document::read(&query)?;
    let mut request = Request::new(query).variables(Variables::from_json(variables));
    request.operation_name = operation_name;
    request.set_parsed_query(parsed);
    Ok((request, roots.iter().map(ToString::to_string).collect()))
}

fn fits(value: &Value, depth: usize, left: &mut usize) -> bool {
    let Some(rest) = left.checked_sub(1) else { return false };
    *left = rest;
    let Some(below) = depth.checked_sub(1) else { return false };
    match value {
        Value::Array(values) => values.iter().all(|value| fits(value, below, left)),
        Value::Object(values) => values.values().all(|value| fits(value, below, left)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(body: &str) -> Refusal {
        read(body.as_bytes()).map(|(_, roots)| roots).unwrap_err()
    }

    #[test]
    fn a_call_is_one_object() {
        let (request, roots) =
            read(br#" {"query": "query A { a }", "operationName": "A", "extensions": {"x": 1}}"#).unwrap();
        assert_eq!((request.operation_name.as_deref(), roots.as_slice()), (Some("A"), ["a".to_owned()].as_slice()));
        for body in
            ["", "null", "[]", "[{\"query\": \"{a}\"}]", "[\"{a}\", null, {}]", "{}", "{\"query\": 1}", "{\"query\":"]
        {
            assert_eq!(refusal(body), Refusal::Malformed, "{body}");
        }
    }

    #[test]
    fn variables_are_bounded_in_number_and_depth() {
        let with = |variables: Value| json!({ "query": "{ a }", "variables": variables }).to_string();
        assert_eq!(refusal(&with(json!({ "a": vec![0; VALUES] }))), Refusal::TooComplex);
        assert_eq!(refusal(&with(json!({ "a": [[[[[[[[0]]]]]]]] }))), Refusal::TooComplex);
        assert_eq!(refusal(&with(json!([1]))), Refusal::Malformed);
        assert!(read(with(json!({ "a": { "b": ["c"] } })).as_bytes()).is_ok());
        // serde_json itself goes 128 deep and no further.
        let deep = format!("{{\"query\": \"{{a}}\", \"variables\": {{\"a\": {}", "[".repeat(100_000));
        assert_eq!(refusal(&deep), Refusal::Malformed);
    }
}
