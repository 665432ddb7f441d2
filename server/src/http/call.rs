//! One operation as it was sent.

use async_graphql::{Request, Variables};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::graphql::document::Document;

/// Values in the variables, and how deep they lie in each other: a form's document, the deepest of all, just fits.
const VALUES: usize = 1000;
const DEPTH: usize = 10;

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
    use domain::evaluation::forms::FormContent;
    use serde_json::json;

    use super::*;

    fn refusal(body: &str) -> Refusal {
        read(body.as_bytes()).map(|(_, roots)| roots).unwrap_err()
    }

    /// A form D with as many lines as a draft may have.
    fn largest_form() -> Value {
        let title = json!({ "zh": "中", "en": "x" });
        let size = json!({ "least": 1, "most": 2 });
        let bonus = |n: usize| json!({ "code": format!("b{n}"), "title": title, "size": size, "source": "CITY" });
        let item = |n: usize| json!({ "code": format!("i{n}"), "title": title, "size": size, "evidence": true, "source": "CITY" });
        let dimension = |n: usize| {
            let items: Vec<_> = (n * 9..(n + 1) * 9).take_while(|n| *n < 70).map(item).collect();
            json!({ "code": format!("d{n}"), "title": title, "points": 1, "items": items })
        };
        let dimensions: Vec<_> = (0..8).map(dimension).collect();
        let bonus = json!({ "cap": 1, "items": (0..20).map(bonus).collect::<Vec<_>>() });
        let form = json!({ "kind": "CONDUCT", "dimensions": dimensions, "bonus": bonus });
        let content: FormContent = serde_json::from_value(form.clone()).unwrap();
        assert_eq!(content.check_draft(), []);
        form
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
        let nested = |lists: usize| {
            format!(r#"{{"query": "{{a}}", "variables": {{"a": {}0{}}}}}"#, "[".repeat(lists), "]".repeat(lists))
        };
        assert!(read(nested(DEPTH - 2).as_bytes()).is_ok());
        assert_eq!(refusal(&nested(DEPTH - 1)), Refusal::TooComplex);
        assert_eq!(refusal(&with(json!([1]))), Refusal::Malformed);
        assert!(read(with(json!({ "a": { "b": ["c"] } })).as_bytes()).is_ok());
        let body = with(json!({ "input": { "id": "", "version": 1, "content": largest_form() } }));
        assert!(read(body.as_bytes()).is_ok(), "the largest form that may be saved");
        // serde_json itself goes 128 deep and no further.
        let deep = format!("{{\"query\": \"{{a}}\", \"variables\": {{\"a\": {}", "[".repeat(100_000));
        assert_eq!(refusal(&deep), Refusal::Malformed);
    }
}
