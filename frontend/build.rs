//! Gives the compiler the server's schema (queries are checked against it) and the texts of both languages.

use std::{collections::HashSet, error::Error, fs, path::PathBuf};

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos, options::CodegenOptions};

use serde_json::{Map, Value};

const SCHEMA: &str = "../schema.graphql";
/// Which texts by key the public pages need: they are to be light on an old phone.
const PUBLIC: &str = "../locales/public.json";

fn main() -> Result<(), Box<dyn Error>> {
    schema()?;
    texts()?;
    texts_by_key()
}

/// One file for each language with what everybody needs, and one with what only the staff's pages need besides.
fn texts_by_key() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../locales");
    let read = |path: &str| -> Result<Map<String, Value>, Box<dyn Error>> {
        Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
    };
    let public = read(PUBLIC)?;
    let named = |list: &str| -> HashSet<String> {
        let names = public.get(list).and_then(Value::as_array).into_iter().flatten();
        names.filter_map(Value::as_str).map(ToOwned::to_owned).collect()
    };
    let (labels, errors) = (named("labels"), named("errors"));
    for language in ["zh-CN", "en"] {
        let split = |file: &str, public: &dyn Fn(&str) -> bool| -> Result<_, Box<dyn Error>> {
            let all = read(&format!("../locales/{language}/{file}.json"))?;
            Ok(all.into_iter().partition::<Map<_, _>, _>(|(key, _)| public(key)))
        };
        let (public_labels, staff_labels) = split("labels", &|group| labels.contains(group))?;
        let space = |code: &str| code.split_once('.').map_or("", |(space, _)| space).to_owned();
        let (public_errors, staff_errors) = split("errors", &|code| errors.contains(&space(code)))?;
        let folder = PathBuf::from(std::env::var("OUT_DIR")?);
        for (name, labels, errors) in [("public", public_labels, public_errors), ("staff", staff_labels, staff_errors)]
        {
            let texts = serde_json::json!({ "labels": labels, "errors": errors });
            fs::write(folder.join(format!("{language}-{name}.json")), texts.to_string())?;
        }
    }
    Ok(())
}

fn schema() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SCHEMA}");
    let sdl = enums_to_scalars(&fs::read_to_string(SCHEMA)?);
    cynic_codegen::register_schema("gangping").from_sdl(&sdl)?.as_default()?;
    Ok(())
}

// cynic can use an existing Rust type for a scalar but wants an enum to be its own copy. The enums are `domain`'s on
// both sides, so here they are scalars: the server's own tests compare their names with the schema.
fn enums_to_scalars(sdl: &str) -> String {
    let mut result = String::new();
    let mut inside = false;
    for line in sdl.lines() {
        if let Some((name, rest)) = line.strip_prefix("enum ").and_then(|line| line.split_once('{')) {
            inside = !rest.contains('}');
            result.push_str("scalar ");
            result.push_str(name.trim());
        } else if inside {
            inside = !line.starts_with('}');
            continue;
        } else {
            result.push_str(line);
        }
        result.push('\n');
    }
    result
}

fn texts() -> Result<(), Box<dyn Error>> {
    let config = Config::new("zh-CN")?
        .add_locale("en")?
        .add_namespaces(["common", "portal", "desk", "complaints", "posts", "models", "training", "tidal", "care"])?
        .add_namespaces(["volunteers", "standards", "talents", "items", "handling", "appearance", "phrases"])?
        .locales_path("../locales")
        .parse_options(ParseOptions::new().interpolate_display(true));
    let texts = TranslationsInfos::parse(config)?;
    texts.emit_diagnostics();
    texts.rerun_if_locales_changed();
    let lints = "#![allow(missing_docs, unused_qualifications, clippy::all, clippy::expect_used, \
                 clippy::as_conversions, reason = \"generated\")]";
    let options = CodegenOptions::new().gen_docs(false).top_level_attributes(Some(lints.parse()?));
    let folder = PathBuf::from(std::env::var("OUT_DIR")?).join("i18n");
    texts.generate_i18n_module_with_options(folder, options)?;
    Ok(())
}
