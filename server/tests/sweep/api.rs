//! What the schema's own text says can be asked: operations, places for ids, types to be read.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, Type, TypeKind, TypeSystemDefinition},
};
use domain::access::{self, Access};

use crate::examples::{self, Kind};

/// The schema, as far as the sweep needs it.
pub struct Api {
    /// Root fields.
    pub operations: Vec<Operation>,
    inputs: BTreeMap<String, Vec<Slot>>,
    enums: BTreeMap<String, Vec<String>>,
    objects: BTreeMap<String, Vec<(String, String)>>,
}

/// A root field.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its name.
    pub name: String,
    /// Whether it changes something.
    pub mutation: bool,
    /// What the matrix says of it.
    pub access: Access,
    /// Its arguments.
    pub arguments: Vec<Slot>,
    /// The type of its answer, without brackets.
    pub output: String,
    /// Places where somebody else's value could be put.
    pub positions: Vec<Position>,
}

/// An argument or a field of an input.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its name.
    pub name: String,
    /// Its type as written.
    pub written: String,
    /// The type inside of the brackets.
    pub ty: String,
    /// Whether it is a list.
    pub list: bool,
    /// Whether it may be left out.
    pub optional: bool,
}

/// A place for an id, a code or a word that belongs to somebody.
#[derive(Clone, Debug)]
pub struct Position {
    /// `argument` or `argument.field`.
    pub path: String,
    /// What belongs there.
    pub kind: Kind,
    /// Whether several may stand there.
    pub list: bool,
}

impl Api {
    /// Reads the schema. What has no example and no kind is told by name.
    pub fn read(sdl: &str) -> Self {
        let mut api =
            Self { operations: Vec::new(), inputs: BTreeMap::new(), enums: BTreeMap::new(), objects: BTreeMap::new() };
        let mut roots = Vec::new();
        for definition in parse_schema(sdl).expect("the schema's own text").definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let name = definition.node.name.node.to_string();
            match definition.node.kind {
                TypeKind::InputObject(input) => {
                    let fields = input.fields.iter().map(|field| {
                        slot(&field.node.name.node, &field.node.ty.node, field.node.default_value.is_some())
                    });
                    api.inputs.insert(name, fields.collect());
                }
                TypeKind::Enum(values) => {
                    api.enums
                        .insert(name, values.values.iter().map(|value| value.node.value.node.to_string()).collect());
                }
                TypeKind::Object(object) if name == "Query" || name == "Mutation" => {
                    roots.extend(object.fields.into_iter().map(|field| (name == "Mutation", field.node)));
                }
                TypeKind::Object(object) => {
                    let plain = object.fields.iter().all(|field| field.node.arguments.is_empty());
                    assert!(plain, "{name} has a field with arguments, a new place for ids: teach api.rs");
                    let fields = object.fields.iter();
                    let fields = fields.map(|field| (field.node.name.node.to_string(), inner(&field.node.ty.node).0));
                    api.objects.insert(name, fields.collect());
                }
                TypeKind::Scalar => {}
                TypeKind::Interface(_) | TypeKind::Union(_) => {
                    panic!("{name}: no interfaces and unions over tenants' data")
                }
            }
        }
        for (mutation, field) in roots {
            let name = field.name.node.to_string();
            let arguments: Vec<_> = field
                .arguments
                .iter()
                .map(|argument| {
                    slot(&argument.node.name.node, &argument.node.ty.node, argument.node.default_value.is_some())
                })
                .collect();
            let access = access::of(&name).unwrap_or_else(|| panic!("{name} has no row in domain::access"));
            let mut operation =
                Operation { name, mutation, access, output: inner(&field.ty.node).0, arguments, positions: Vec::new() };
            operation.positions = api.positions(&operation);
            api.operations.push(operation);
        }
        api
    }

    /// An operation by its name.
    pub fn operation(&self, name: &str) -> &Operation {
        self.operations.iter().find(|operation| operation.name == name).unwrap_or_else(|| panic!("no operation {name}"))
    }

    /// The fields of an input type, or none when it is no input type.
    pub fn input(&self, ty: &str) -> Option<&[Slot]> {
        self.inputs.get(ty).map(Vec::as_slice)
    }

    /// The first value of an enum, or none when it is none.
    pub fn first_value(&self, ty: &str) -> Option<&str> {
        self.enums.get(ty)?.first().map(String::as_str)
    }

    /// Every leaf under a type, each object type once on the way to it; the empty path for a plain value.
    pub fn leaves(&self, ty: &str) -> Vec<Vec<String>> {
        let mut found = Vec::new();
        self.walk(ty, &mut Vec::new(), &mut vec![ty.to_owned()], &mut found);
        found
    }

    fn walk(&self, ty: &str, path: &mut Vec<String>, above: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
        let Some(fields) = self.objects.get(ty) else {
            found.push(path.clone());
            return;
        };
        for (field, ty) in fields {
            if above.contains(ty) {
                continue;
            }
            path.push(field.clone());
            above.push(ty.clone());
            self.walk(ty, path, above, found);
            above.pop();
            path.pop();
        }
    }

    /// Every field of every type that an answer can hold, as `Type.field`.
    pub fn fields(&self) -> BTreeSet<String> {
        let of = |(ty, fields): (&String, &Vec<(String, String)>)| {
            fields.iter().map(|(field, _)| format!("{ty}.{field}")).collect::<Vec<_>>()
        };
        self.objects.iter().flat_map(of).collect()
    }

    /// The fields on the way to a leaf, as `Type.field`.
    pub fn named<'a>(&'a self, ty: &'a str, leaf: &'a [String]) -> Vec<String> {
        let mut ty = ty;
        let mut names = Vec::new();
        for field in leaf {
            names.push(format!("{ty}.{field}"));
            let fields = self.objects.get(ty).map(Vec::as_slice).unwrap_or_default();
            ty = fields.iter().find(|(name, _)| name == field).map_or("", |(_, ty)| ty);
        }
        names
    }

    fn positions(&self, operation: &Operation) -> Vec<Position> {
        let mut found = Vec::new();
        for argument in &operation.arguments {
            match self.input(&argument.ty) {
                None => found.extend(position(&operation.name, &operation.name, &argument.name, argument)),
                Some(fields) => {
                    for field in fields {
                        if let Some(inner) = self.input(&field.ty) {
                            let named = |slot: &Slot| position(&operation.name, &field.ty, &slot.name, slot).is_some();
                            let deeper = |slot: &Slot| self.input(&slot.ty).is_some_and(|more| more.iter().any(named));
                            let names = inner.iter().any(deeper);
                            assert!(!names, "{}.{}: it names something inside; teach api.rs", argument.ty, field.name);
                            let path = |slot: &Slot| format!("{}.{}.{}", argument.name, field.name, slot.name);
                            found.extend(
                                inner.iter().filter_map(|slot| position(&operation.name, &field.ty, &path(slot), slot)),
                            );
                            continue;
                        }
                        let path = format!("{}.{}", argument.name, field.name);
                        found.extend(position(&operation.name, &argument.ty, &path, field));
                    }
                }
            }
        }
        found
    }
}

fn position(operation: &str, holder: &str, path: &str, slot: &Slot) -> Option<Position> {
    let kind = match slot.ty.as_str() {
        "String" => examples::kind(holder, &slot.name).unwrap_or_else(|| {
            panic!("{operation} takes a text, {holder}.{}: say in examples.rs what belongs there", slot.name)
        }),
        id if id.ends_with("Id") => Kind::Id,
        _ => return None,
    };
    (kind != Kind::Plain).then(|| Position { path: path.to_owned(), kind, list: slot.list })
}

fn slot(name: &str, ty: &Type, default: bool) -> Slot {
    let (inside, list) = inner(ty);
    Slot { name: name.to_owned(), written: ty.to_string(), ty: inside, list, optional: ty.nullable || default }
}

fn inner(ty: &Type) -> (String, bool) {
    match &ty.base {
        BaseType::Named(name) => (name.to_string(), false),
        BaseType::List(item) => (inner(item).0, true),
    }
}
