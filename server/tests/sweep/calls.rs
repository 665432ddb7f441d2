//! Building a call: the deepest selection within the limits, and variables with one value exchanged.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde_json::{Map, Value, json};

use crate::{
    api::{Api, Operation, Position, Slot},
    examples::{self, Kind},
    observer::Observer,
};

/// The values of a place, by `operation.field`, then by scalar or kind.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    /// Whose, for texts.
    pub mark: String,
    /// The values: one map for all the copies that calls are made of.
    pub values: Arc<BTreeMap<String, String>>,
}

impl Pool {
    /// An empty one.
    pub fn of(mark: &str) -> Self {
        Self { mark: mark.to_owned(), values: Arc::default() }
    }

    /// Keeps a value.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        Arc::make_mut(&mut self.values).insert(name.to_owned(), value.into());
    }

    /// Adds values, or puts them in the place of others.
    pub fn extend(&mut self, more: impl IntoIterator<Item = (String, String)>) {
        Arc::make_mut(&mut self.values).extend(more);
    }

    /// The value for a place, if the pool has one.
    pub fn get(&self, operation: &str, field: &str, ty: &str) -> Option<&str> {
        let own = self.values.get(&format!("{operation}.{field}"));
        own.or_else(|| self.values.get(ty)).map(String::as_str)
    }
}

/// A call to be made, but for who makes it.
pub struct Calls<'a> {
    /// The schema.
    pub api: &'a Api,
    /// Tables whose rows count their changes.
    pub versioned: &'a [String],
}

impl Calls<'_> {
    /// The variables of a call out of `pool`, with `tried` put at its places.
    pub async fn variables(
        &self,
        observer: &mut Observer,
        operation: &Operation,
        pool: &Pool,
        tried: &[(&str, Value)],
    ) -> Value {
        let mut variables = Map::new();
        for argument in &operation.arguments {
            let given = tried.iter().find(|(path, _)| *path == argument.name).map(|(_, value)| value.clone());
            let value = match self.api.input(&argument.ty) {
                Some(fields) => self.input(observer, operation, argument, fields, pool, tried).await,
                None if given.is_some() => given.unwrap_or_default(),
                None if argument.optional => continue,
                None => self.example(operation, &operation.name, argument, pool),
            };
            variables.insert(argument.name.clone(), value);
        }
        Value::Object(variables)
    }

    async fn input(
        &self,
        observer: &mut Observer,
        operation: &Operation,
        argument: &Slot,
        fields: &[Slot],
        pool: &Pool,
        tried: &[(&str, Value)],
    ) -> Value {
        let mut input = Map::new();
        // A city is chosen instead of a center.
        let instead = tried.iter().any(|(path, _)| path.ends_with(".cityId"));
        for field in fields {
            let path = format!("{}.{}", argument.name, field.name);
            let given = tried.iter().find(|(tried, _)| *tried == path).map(|(_, value)| value.clone());
            let value = match given {
                Some(value) => value,
                None if examples::is_left_out(&argument.ty, &field.name) || (instead && field.name == "centerId") => {
                    continue;
                }
                None => inside(self.example(operation, &argument.ty, field, pool), &path, tried),
            };
            input.insert(field.name.clone(), value);
        }
        if input.contains_key("version")
            && let Some(id) = input.get("id").and_then(Value::as_str)
        {
            let version = observer.version(self.versioned, id).await.unwrap_or(1);
            input.insert("version".to_owned(), json!(version));
        }
        Value::Object(input)
    }

    fn example(&self, operation: &Operation, holder: &str, slot: &Slot, pool: &Pool) -> Value {
        let one = self.one(operation, holder, slot, pool);
        if slot.list && !one.is_array() { json!([one]) } else { one }
    }

    fn one(&self, operation: &Operation, holder: &str, slot: &Slot, pool: &Pool) -> Value {
        let kind = examples::kind(holder, &slot.name).filter(|_| slot.ty == "String");
        if let Some(kind) = kind.filter(|kind| *kind != Kind::Plain) {
            return json!(own(kind, &operation.name, &slot.name, pool));
        }
        if let Some(value) = examples::special(holder, &slot.name, &pool.mark) {
            return value;
        }
        if let Some(fields) = self.api.input(&slot.ty) {
            let inner = fields.iter().map(|field| (field.name.clone(), self.example(operation, &slot.ty, field, pool)));
            return Value::Object(inner.collect());
        }
        match slot.ty.as_str() {
            "String" => json!(format!("{} {}", examples::words(&pool.mark), slot.name)),
            "Int" => json!(1),
            "Boolean" => json!(true),
            "NaiveDate" => json!("2026-02-13"),
            id if id.ends_with("Id") => {
                json!(pool.get(&operation.name, &slot.name, id).map_or_else(fresh_id, ToOwned::to_owned))
            }
            other => json!(
                self.api
                    .first_value(other)
                    .unwrap_or_else(|| panic!("{}: no example of {other}; add one to examples.rs", operation.name))
            ),
        }
    }

    /// The scalar of a position.
    pub fn scalar(&self, operation: &Operation, position: &Position) -> String {
        let (argument, field) = position.path.split_once('.').unwrap_or((&position.path, ""));
        let argument = operation.arguments.iter().find(|slot| slot.name == argument).expect("an argument");
        // Of a field inside of a field, the last one.
        field
            .split('.')
            .fold(argument, |holder, name| {
                let fields = self.api.input(&holder.ty).unwrap_or_default();
                fields.iter().find(|slot| slot.name == name).unwrap_or(holder)
            })
            .ty
            .clone()
    }
}

/// What is tried in a field inside of the input at `path`, or inside of each where there are several.
fn inside(mut value: Value, path: &str, tried: &[(&str, Value)]) -> Value {
    for (tried, new) in tried {
        let Some(name) = tried.strip_prefix(path).and_then(|rest| rest.strip_prefix('.')) else { continue };
        let several = value.as_array_mut().into_iter().flatten();
        for one in several.filter_map(Value::as_object_mut) {
            one.insert(name.to_owned(), new.clone());
        }
        if let Some(one) = value.as_object_mut() {
            one.insert(name.to_owned(), new.clone());
        }
    }
    value
}

/// A value of one's own for a text that belongs to somebody.
fn own(kind: Kind, operation: &str, field: &str, pool: &Pool) -> String {
    match kind {
        Kind::Key => fresh_id(),
        Kind::Unique => format!("u-{}", &fresh_id()[..13]),
        Kind::Login => pool
            .values
            .get(&format!("{operation}.login"))
            .cloned()
            .unwrap_or_else(|| format!("new.{}", &fresh_id()[24..])),
        Kind::Phone => examples::phone(&pool.mark),
        _ => pool.get(operation, field, &format!("{kind:?}")).map_or_else(fresh_id, ToOwned::to_owned),
    }
}

/// An id that nobody has.
pub fn fresh_id() -> String {
    server::clock::IdSource::system().unordered().to_string()
}

/// A value of the same form as `like` that nobody has.
pub fn unknown(kind: Kind, like: &str) -> String {
    match kind {
        Kind::Id | Kind::Key => fresh_id(),
        Kind::Receipt => domain::complaints::receipt::encode(server::crypto::random().expect("chance")),
        Kind::Phone => "139 7531 8642".to_owned(),
        _ => like.chars().map(other).collect(),
    }
}

fn other(c: char) -> char {
    match c {
        '0'..='9' => fastrand::digit(10),
        'a'..='f' => fastrand::char('a'..='f'),
        'g'..='z' => fastrand::lowercase(),
        'A'..='Z' => fastrand::uppercase(),
        '⟦' | '⟧' => '口',
        c if c.is_ascii() => c,
        // As long in bytes, too.
        _ => fastrand::char('一'..='龥'),
    }
}

/// A document of one operation that reads `leaves`.
pub fn document(operation: &Operation, leaves: &[Vec<String>], given: &Value) -> String {
    let kind = if operation.mutation { "mutation" } else { "query" };
    let declared = declared(operation, "", given);
    let declared = if declared.is_empty() { declared } else { format!("({declared})") };
    format!("{kind}{declared} {{ {} }}", field(operation, &operation.name, "", leaves, given))
}

/// The variables that are given, declared under names that end in `suffix`.
pub fn declared(operation: &Operation, suffix: &str, given: &Value) -> String {
    let slots = operation.arguments.iter().filter(|slot| given.get(&slot.name).is_some());
    slots.map(|slot| format!("${}{suffix}: {}", slot.name, slot.written)).collect::<Vec<_>>().join(", ")
}

/// The field of an operation, with its variables ending in `suffix`.
pub fn field(operation: &Operation, name: &str, suffix: &str, leaves: &[Vec<String>], given: &Value) -> String {
    let slots = operation.arguments.iter().filter(|slot| given.get(&slot.name).is_some());
    let given: Vec<_> = slots.map(|slot| format!("{}: ${}{suffix}", slot.name, slot.name)).collect();
    let given = if given.is_empty() { String::new() } else { format!("({})", given.join(", ")) };
    let name = if name == operation.name { name.to_owned() } else { format!("{name}: {}", operation.name) };
    let leaves: Vec<_> = leaves.iter().map(Vec::as_slice).collect();
    format!("{name}{given}{}", selection(&leaves))
}

fn selection(leaves: &[&[String]]) -> String {
    let mut below: BTreeMap<&str, Vec<&[String]>> = BTreeMap::new();
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    for leaf in leaves {
        let Some((first, rest)) = leaf.split_first() else { continue };
        if seen.insert(first.as_str()) {
            order.push(first.as_str());
        }
        below.entry(first).or_default().push(rest);
    }
    if order.is_empty() {
        return String::new();
    }
    let fields: Vec<_> = order.iter().map(|name| format!("{name}{}", selection(&below[name]))).collect();
    format!(" {{ {} }}", fields.join(" "))
}
