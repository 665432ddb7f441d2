//! A broken rule, as data: the text lives in `locales/*/errors.json`.

/// A named value for the message, e.g. `("year", "2027")`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Arg {
    /// Name of the placeholder in the message.
    pub name: String,
    /// Its value, already readable in either language.
    pub value: String,
}

/// One broken rule. `field` is the input field it belongs to, or empty.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Violation {
    /// The camelCase input field, or `""` for the whole request.
    pub field: &'static str,
    /// Key of the message in `errors.json`.
    pub code: &'static str,
    /// Values for the message's placeholders.
    pub args: Vec<Arg>,
}

impl Violation {
    /// A violation of `code` at `field`.
    #[must_use]
    pub const fn new(field: &'static str, code: &'static str) -> Self {
        Self { field, code, args: Vec::new() }
    }

    /// Adds a value for the message.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.push(Arg { name: name.to_owned(), value: value.to_string() });
        self
    }
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.field, self.code)
    }
}

impl std::error::Error for Violation {}
