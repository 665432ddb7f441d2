//! What must not compile: the walls of types (docs/ARCHITECTURE.md). Each file of tests/ui is given to the compiler with
//! the libraries that these tests were linked with, and what it says is a snapshot. A harness that checks them as a
//! project of their own compiles every dependency once more, which takes minutes on a fresh clone.
#![expect(clippy::unwrap_used, reason = "a helper that cannot go on stops its test")]

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

/// The libraries that the files name.
const NAMED: [&str; 4] = ["domain", "entity", "sea_orm", "server"];

#[test]
fn ui() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let libraries = libraries(root);
    let mut files: Vec<_> =
        root.join("server/tests/ui").read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files.sort();
    assert!(files.len() >= 8, "the files that must not compile are gone: {files:?}");
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let mut rustc = Command::new(std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into()));
        rustc.current_dir(root).args(["--edition=2024", "--emit=metadata", "--diagnostic-width=120", "--out-dir"]);
        rustc.arg(env!("CARGO_TARGET_TMPDIR")).arg(file.strip_prefix(root).unwrap());
        for (library, path) in &libraries {
            rustc.arg("--extern").arg(format!("{library}={}", path.display()));
            rustc.arg("-L").arg(format!("dependency={}", path.parent().unwrap().display()));
        }
        let said = rustc.output().unwrap();
        assert!(!said.status.success(), "{name} compiles");
        insta::with_settings!({ snapshot_path => "ui", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, plain(&String::from_utf8(said.stderr).unwrap()));
        });
    }
}

/// Where the build that these tests belong to has put them. Cargo has nothing to compile for it.
fn libraries(root: &Path) -> BTreeMap<String, PathBuf> {
    let mut cargo = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()));
    cargo.current_dir(root).args(["build", "--workspace", "--exclude", "frontend", "--bins", "--tests"]);
    // What cargo tells a test of itself is news to the build scripts that ask for it: they, and all upon them, ran again.
    for name in std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()) {
        if ["CARGO_MANIFEST_", "CARGO_PKG_"].iter().any(|own| name.starts_with(own)) {
            cargo.env_remove(name);
        }
    }
    let told = cargo.args(["--quiet", "--message-format", "json"]).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let mut found = BTreeMap::new();
    for line in String::from_utf8(told.stdout).unwrap().lines() {
        let message: serde_json::Value = serde_json::from_str(line).unwrap();
        let name = message["target"]["name"].as_str().unwrap_or_default().replace('-', "_");
        let kinds = &message["target"]["kind"];
        if message["profile"]["test"] == false && kinds[0] == "lib" && NAMED.contains(&name.as_str()) {
            let files =
                message["filenames"].as_array().unwrap().iter().map(|file| PathBuf::from(file.as_str().unwrap()));
            found.extend(
                files.filter(|file| file.extension().is_some_and(|e| e == "rlib")).map(|file| (name.clone(), file)),
            );
        }
    }
    assert_eq!(found.len(), NAMED.len(), "{found:?}");
    found
}

/// Without what changes from machine to machine, and with each new table: the lines' numbers beyond the file itself, the
/// folder of other crates, and which types do fit.
fn plain(said: &str) -> String {
    let (mut lines, mut listing) = (Vec::new(), false);
    for line in said.lines() {
        let text = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        listing &= !["= ", "|", "note:", "error"].iter().any(|start| text.starts_with(start));
        if listing {
            continue;
        }
        listing = text.contains("other types implement trait");
        let inner = if line.starts_with(char::is_alphabetic) { "" } else { "  " };
        let place = text.strip_prefix("--> ").or_else(|| text.strip_prefix("::: "));
        lines.push(match place.filter(|place| !place.starts_with("server/tests/ui/")) {
            Some(place) => {
                let path = place.split(':').next().unwrap_or_default();
                let path = path
                    .rsplit_once("/registry/src/")
                    .and_then(|(_, path)| path.split_once('/'))
                    .map_or(path, |(_, path)| path);
                format!("  --> {path}")
            }
            None => format!("{inner}{text}").trim_end().to_owned(),
        });
    }
    lines.join("\n")
}
