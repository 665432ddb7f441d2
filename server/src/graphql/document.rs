//! What a document may ask, decided by its text alone, before a session is read or anything
//! runs (G-2). async-graphql's parser calls itself for every bracket and its limits follow
//! fragments again and again, so both are fed only what was counted here.

use std::collections::HashMap;

use async_graphql::parser::{
    parse_query,
    types::{DocumentOperations, ExecutableDocument, FragmentDefinition, OperationType, Selection, SelectionSet},
};
use async_graphql::{Name, Pos, Positioned};

/// Longest document, in bytes.
const BYTES: usize = 16 * 1024;
/// Names, numbers, texts and signs.
const TOKENS: usize = 1000;
/// Brackets of any kind within each other.
const NESTING: usize = 24;
const DIRECTIVES: usize = 5;
/// Fields within each other.
const DEPTH: usize = 10;
const ALIASES: usize = 20;
/// Fields and fragments, each as often as it is used.
const FIELDS: usize = 200;
/// Queries that try a secret: one try each request. A mutation has only one field anyway.
const GUESSABLE: [&str; 4] = ["trackComplaint", "serviceToConfirm", "ratingPage", "surveyPage"];

/// Why a document is not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Longer than a document may be.
    TooLarge,
    /// It asks for too much at once.
    TooComplex,
    /// It is none, or not exactly one operation.
    Malformed,
}

/// A document with one operation, within the limits.
#[derive(Debug)]
pub struct Document {
    /// The same, parsed.
    pub parsed: ExecutableDocument,
    /// Names of the fields at its root.
    pub roots: Vec<Name>,
}

impl Document {
    /// Reads a document.
    ///
    /// # Errors
    /// Why it is not run.
    pub fn read(text: &str) -> Result<Self, Refused> {
        if text.len() > BYTES {
            return Err(Refused::TooLarge);
        }
        count_tokens(text)?;
        let parsed = parse_query(text).map_err(|_| Refused::Malformed)?;
        let roots = check(&parsed)?;
        Ok(Self { parsed, roots })
    }
}

/// Counts tokens and brackets from left to right, without going back. What it takes for a text or
/// a comment the parser takes for one too: anything unfinished is refused.
fn count_tokens(text: &str) -> Result<(), Refused> {
    let bytes = text.as_bytes();
    let (mut at, mut tokens, mut nesting, mut directives) = (0, 0, 0_usize, 0);
    while let Some(&byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        let length = match byte {
            b' ' | b',' | b'\t' | b'\r' | b'\n' => {
                at += 1;
                continue;
            }
            b'#' => {
                at += rest.iter().position(|b| matches!(b, b'\r' | b'\n')).unwrap_or(rest.len());
                continue;
            }
            b'"' => text_length(rest).ok_or(Refused::Malformed)?,
            b'{' | b'[' | b'(' => {
                nesting += 1;
                1
            }
            b'}' | b']' | b')' => {
                nesting = nesting.checked_sub(1).ok_or(Refused::Malformed)?;
                1
            }
            b'@' => {
                directives += 1;
                1
            }
            _ if is_word(byte) => rest.iter().position(|b| !is_word(*b)).unwrap_or(rest.len()),
            _ => 1,
        };
        at += length;
        tokens += 1;
        if tokens > TOKENS || nesting > NESTING || directives > DIRECTIVES {
            return Err(Refused::TooComplex);
        }
    }
    Ok(())
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// How long the text at the beginning is, with its quotes; none when it does not end.
fn text_length(rest: &[u8]) -> Option<usize> {
    let block = rest.starts_with(b"\"\"\"");
    let quotes: &[u8] = if block { b"\"\"\"" } else { b"\"" };
    let mut at = quotes.len();
    loop {
        let rest = rest.get(at..)?;
        at += match rest.first()? {
            _ if rest.starts_with(quotes) => return Some(at + quotes.len()),
            b'\\' if rest.starts_with(b"\\\"\"\"") && block => 4,
            b'\\' if !block => 2,
            b'\r' | b'\n' if !block => return None,
            _ => 1,
        };
    }
}

/// What a selection comes to when each fragment is put where it is used.
#[derive(Clone, Copy, Default)]
struct Size {
    fields: usize,
    aliases: usize,
    depth: usize,
}

impl Size {
    fn add(&mut self, other: Self) {
        // Each part is within the limits, and at the first that is not the counting ends.
        self.fields += other.fields;
        self.aliases += other.aliases;
        self.depth = self.depth.max(other.depth);
    }

    const fn check(self) -> Result<Self, Refused> {
        let within = self.fields <= FIELDS && self.aliases <= ALIASES && self.depth <= DEPTH;
        if within { Ok(self) } else { Err(Refused::TooComplex) }
    }
}

/// Measures each fragment once, however often it is used.
struct Measure<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    /// None while a fragment is being measured: whoever meets it there has found a circle.
    known: HashMap<&'a str, Option<Size>>,
}

fn check(document: &ExecutableDocument) -> Result<Vec<Name>, Refused> {
    let operation = match &document.operations {
        DocumentOperations::Single(operation) => operation,
        DocumentOperations::Multiple(several) => match several.values().collect::<Vec<_>>().as_slice() {
            [only] => only,
            _ => return Err(Refused::Malformed),
        },
    };
    let mut measure = Measure { fragments: &document.fragments, known: HashMap::new() };
    for name in document.fragments.keys() {
        measure.fragment(name)?;
    }
    let selection = &operation.node.selection_set.node;
    measure.selection(selection)?;
    let roots: Vec<_> = roots(document).into_iter().map(|root| root.name).collect();
    let tries = roots.iter().filter(|name| GUESSABLE.contains(&name.as_str())).count();
    let changes = if operation.node.ty == OperationType::Mutation { roots.len() } else { 0 };
    if tries > 1 || changes > 1 { Err(Refused::TooComplex) } else { Ok(roots) }
}

impl<'a> Measure<'a> {
    fn selection(&mut self, set: &'a SelectionSet) -> Result<Size, Refused> {
        let mut size = Size::default();
        for item in &set.items {
            let mut own = match &item.node {
                Selection::Field(field) => {
                    let mut own = self.selection(&field.node.selection_set.node)?;
                    own.depth += 1;
                    own.aliases += usize::from(field.node.alias.is_some());
                    own
                }
                Selection::InlineFragment(inline) => self.selection(&inline.node.selection_set.node)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node)?,
            };
            own.fields += 1;
            size.add(own);
            size.check()?;
        }
        Ok(size)
    }

    fn fragment(&mut self, name: &str) -> Result<Size, Refused> {
        if let Some(known) = self.known.get(name) {
            return known.ok_or(Refused::Malformed);
        }
        let (name, fragment) = self.fragments.get_key_value(name).ok_or(Refused::Malformed)?;
        self.known.insert(name, None);
        let size = self.selection(&fragment.node.selection_set.node)?;
        self.known.insert(name, Some(size));
        Ok(size)
    }
}

/// A field at the root of a document.
#[derive(Clone, Debug)]
pub struct Root {
    /// What the answer calls it.
    pub key: Name,
    /// The operation.
    pub name: Name,
    /// Where it stands.
    pub pos: Pos,
}

/// The fields at the root. Only of a document that was read here: it follows fragments.
pub fn roots(document: &ExecutableDocument) -> Vec<Root> {
    let mut found = Vec::new();
    for (_, operation) in document.operations.iter() {
        gather(document, &operation.node.selection_set.node, &mut found);
    }
    found
}

fn gather(document: &ExecutableDocument, set: &SelectionSet, found: &mut Vec<Root>) {
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => {
                let name = field.node.name.node.clone();
                let key = field.node.alias.as_ref().map_or_else(|| name.clone(), |alias| alias.node.clone());
                found.push(Root { key, name, pos: field.pos });
            }
            Selection::InlineFragment(inline) => gather(document, &inline.node.selection_set.node, found),
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    gather(document, &fragment.node.selection_set.node, found);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Refused::*, *};

    fn refusal(text: &str) -> Refused {
        Document::read(text).map(|document| document.roots).unwrap_err()
    }

    #[test]
    fn an_ordinary_document_passes_and_tells_its_root_fields() {
        let text = "query Q($a: [Int!]) { b: complaints(x: {y: \"}\\\"{\"}) { ...f } ... on Query { viewer { id } } } \
            fragment f on C { id # } } }\n z }";
        let roots: Vec<_> = Document::read(text).unwrap().roots.iter().map(ToString::to_string).collect();
        assert_eq!(roots, ["complaints", "viewer"]);
    }

    #[test]
    fn size_nesting_and_number_are_bounded_before_parsing() {
        let many = |text: &str, times| text.repeat(times);
        assert_eq!(refusal(&many(" ", BYTES + 1)), TooLarge);
        assert_eq!(refusal(&format!("{{ {} }}", many("a ", TOKENS))), TooComplex);
        for open in ["{a", "[", "(", "a(b:[", "a(b:{c:"] {
            assert_eq!(refusal(&format!("{{ {}", many(open, 4000 / open.len()))), TooComplex, "{open}");
        }
        assert_eq!(refusal(&format!("{{ a {} }}", many("@b", DIRECTIVES + 1))), TooComplex);
        assert_eq!(refusal("}{"), Malformed);
    }

    #[test]
    fn brackets_hide_in_no_text() {
        // Each would be read on by the parser after a text that it ends earlier.
        let deep = "[".repeat(3000);
        for begin in ["\"\"\"a\" ", "\"a\n\" ", "\"a\\", "\"\"\"\\\"\"\" ", "\"a\r"] {
            assert_eq!(refusal(&format!("{{ a(b: [{begin}{deep}")), Malformed, "{begin}");
        }
        for begin in ["\"\" ", "\"\\\\\" ", "\"\"\"\"\"\" ", "\"\"\"\\\"\"\" \"\"\"", "# \" \n", "# \" \r"] {
            assert_eq!(refusal(&format!("{{ a(b: [{begin}{deep}")), TooComplex, "{begin}");
        }
    }

    #[test]
    fn fragments_count_as_often_as_they_are_used() {
        let bomb: String = (0..60).map(|n| format!("fragment f{n} on Q {{ ...f{} ...f{} }} ", n + 1, n + 1)).collect();
        assert_eq!(refusal(&format!("{{ ...f0 }} {bomb} fragment f60 on Q {{ a }}")), TooComplex);
        assert_eq!(refusal(&format!("{{ a }} {bomb} fragment f60 on Q {{ a }}")), TooComplex, "also when unused");
        assert_eq!(refusal("{ ...f } fragment f on Q { a ...g } fragment g on Q { ...f }"), Malformed);
        assert_eq!(refusal("{ ...f } fragment f on Q { f { ...f } }"), Malformed);
        assert_eq!(refusal("{ ...nowhere }"), Malformed);
    }

    #[test]
    fn depth_aliases_and_fields_are_bounded() {
        let deep = |n: usize| format!("{{ {} a {} }}", "a {".repeat(n - 1), "}".repeat(n - 1));
        assert!(Document::read(&deep(DEPTH)).is_ok());
        assert_eq!(refusal(&deep(DEPTH + 1)), TooComplex);
        let aliases = |n: usize| format!("{{ {} }}", (0..n).map(|n| format!("a{n}: b ")).collect::<String>());
        assert!(Document::read(&aliases(ALIASES)).is_ok());
        assert_eq!(refusal(&aliases(ALIASES + 1)), TooComplex);
        let fields = |n: usize| format!("{{ {} }}", "a ".repeat(n));
        assert!(Document::read(&fields(FIELDS)).is_ok());
        assert_eq!(refusal(&fields(FIELDS + 1)), TooComplex);
    }

    #[test]
    fn one_operation_one_change_one_try() {
        assert_eq!(refusal("query A { a } query B { b }"), Malformed);
        assert_eq!(refusal("fragment f on Q { a }"), Malformed);
        assert_eq!(refusal(""), Malformed);
        assert_eq!(refusal("mutation { a: signIn b: signIn }"), TooComplex);
        assert_eq!(refusal("mutation { signIn ...f } fragment f on Mutation { signOut }"), TooComplex);
        assert_eq!(refusal("{ trackComplaint ... { b: trackComplaint } }"), TooComplex);
        assert!(Document::read("{ trackComplaint viewer }").is_ok());
    }
}
