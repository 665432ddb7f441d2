//! Gives the compiler the server's schema (queries are checked against it) and the texts of both languages.

use std::{collections::HashSet, error::Error, fs, path::PathBuf};

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos, options::CodegenOptions};

use serde_json::{Map, Value};

const SCHEMA: &str = "../schema.graphql";
/// Which texts by key the public pages need: they are to be light on an old phone.
const PUBLIC: &str = "../locales/public.json";
/// Which of them the pages of whoever comes with a link need besides, on a phone as well.
const EVALUATOR: &str = "../locales/evaluator.json";
/// Which of them the kiosk needs besides.
const KIOSK: &str = "../locales/kiosk.json";
/// Which of the staff's texts only the pages that compare centers need.
const CITY: &str = "../locales/city.json";

fn main() -> Result<(), Box<dyn Error>> {
    schema()?;
    texts()?;
    texts_by_key()
}

/// Some texts by key: groups of labels, and errors by what their codes begin with.
struct Chosen {
    labels: HashSet<String>,
    errors: HashSet<String>,
}

fn read(path: &str) -> Result<Map<String, Value>, Box<dyn Error>> {
    Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
}

fn chosen(path: &str) -> Result<Chosen, Box<dyn Error>> {
    let lists = read(path)?;
    let list = |name: &str| -> HashSet<String> {
        let names = lists.get(name).and_then(Value::as_array).into_iter().flatten();
        names.filter_map(Value::as_str).map(ToOwned::to_owned).collect()
    };
    Ok(Chosen { labels: list("labels"), errors: list("errors") })
}

/// What the code of an error begins with.
fn space(code: &str) -> &str {
    code.split_once('.').map_or("", |(space, _)| space)
}

/// A file for each language with what everybody needs; one with what only the staff's pages need besides, and one with that
/// and what the comparison of centers needs; one for the pages of whoever comes with a link; and one for the kiosk.
fn texts_by_key() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../locales");
    let (public, evaluator, kiosk, city) = (chosen(PUBLIC)?, chosen(EVALUATOR)?, chosen(KIOSK)?, chosen(CITY)?);
    let folder = PathBuf::from(std::env::var("OUT_DIR")?);
    for language in ["zh-CN", "en"] {
        let keep = |file: &str, ships: &dyn Fn(&str) -> bool| -> Result<Map<String, Value>, Box<dyn Error>> {
            let all = read(&format!("../locales/{language}/{file}.json"))?;
            Ok(all.into_iter().filter(|(key, _)| ships(key)).collect())
        };
        let write = |name: &str, labels: &dyn Fn(&str) -> bool, errors: &dyn Fn(&str) -> bool| {
            let texts = serde_json::json!({
                "labels": keep("labels", labels)?,
                "errors": keep("errors", &|code| errors(space(code)))?,
            });
            fs::write(folder.join(format!("{language}-{name}.json")), texts.to_string())?;
            Ok::<(), Box<dyn Error>>(())
        };
        write("public", &|group| public.labels.contains(group), &|space| public.errors.contains(space))?;
        let inside = (|group: &str| !public.labels.contains(group), |space: &str| !public.errors.contains(space));
        let everywhere = (
            |group: &str| inside.0(group) && !city.labels.contains(group),
            |space: &str| inside.1(space) && !city.errors.contains(space),
        );
        write("staff", &everywhere.0, &everywhere.1)?;
        write("city", &inside.0, &inside.1)?;
        write("evaluator", &|group| evaluator.labels.contains(group), &|space| evaluator.errors.contains(space))?;
        write("kiosk", &|group| kiosk.labels.contains(group), &|space| kiosk.errors.contains(space))?;
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
        .add_namespaces(["volunteers", "standards", "talents", "items", "handling", "appearance", "phrases", "forms"])?
        .add_namespaces(["bad_ratings", "campaigns", "improvement"])?
        .add_namespaces(["ratings", "kiosk", "compare"])?
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
