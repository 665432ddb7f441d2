//! A broken rule, as data: the text lives in `locales/*/errors.json`.

use serde::ser::SerializeStruct;

/// A named value for the message, e.g. `("year", "2027")`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Arg {
    /// Name of the placeholder in the message.
    pub name: String,
    /// Its value, already readable in either language.
    pub value: String,
}

/// One broken rule. `field` is the input field it belongs to, or empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The camelCase input field, or `""` for the whole request.
    pub field: &'static str,
    /// Where inside of a field that holds a document, such as `dimensions.0.title.en`; empty for the field itself.
    pub within: String,
    /// Key of the message in `errors.json`.
    pub code: &'static str,
    /// Values for the message's placeholders.
    pub args: Vec<Arg>,
}

impl Violation {
    /// A violation of `code` at `field`.
    #[must_use]
    pub const fn new(field: &'static str, code: &'static str) -> Self {
        Self { field, within: String::new(), code, args: Vec::new() }
    }

    /// The same inside of the field's document.
    #[must_use]
    pub fn within(mut self, path: impl Into<String>) -> Self {
        self.within = path.into();
        self
    }

    /// The field and the way inside of it: `content.dimensions.0.title.en`.
    #[must_use]
    pub fn place(&self) -> String {
        if self.within.is_empty() { self.field.to_owned() } else { format!("{}.{}", self.field, self.within) }
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
        write!(f, "{}:{}", self.place(), self.code)
    }
}

/// Sent as `field`, `code` and `args`; the field says the whole place.
impl serde::Serialize for Violation {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sent = serializer.serialize_struct("Violation", 3)?;
        sent.serialize_field("field", &self.place())?;
        sent.serialize_field("code", self.code)?;
        sent.serialize_field("args", &self.args)?;
        sent.end()
    }
}

impl std::error::Error for Violation {}
