//! Gives the compiler the server's schema (queries are checked against it) and the texts of both languages.

use std::{error::Error, fs, path::PathBuf};

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos, options::CodegenOptions};

const SCHEMA: &str = "../schema.graphql";

fn main() -> Result<(), Box<dyn Error>> {
    schema()?;
    texts()
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
        .add_namespaces(["common", "portal", "desk", "complaints"])?
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
