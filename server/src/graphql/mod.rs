//! GraphQL: one schema merged from the contexts, one `Cx` a request.

pub mod context;
pub mod document;
pub mod error;
pub mod page;
pub mod refusals;
pub mod schema;

/// A text without the blanks around it.
pub fn tidy(text: &str) -> String {
    text.trim().to_owned()
}

/// The same of what may be left out; blank is left out.
pub fn given(text: Option<String>) -> Option<String> {
    text.map(|text| tidy(&text)).filter(|text| !text.is_empty())
}
