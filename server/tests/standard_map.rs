//! `docs/standard-map.md` names tests: each must exist.
#![expect(clippy::expect_used, reason = "a source that cannot be read stops the test")]

use std::{fs, path::Path};

fn sources(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if entry.is_dir() && !["target", "node_modules", "dist"].contains(&name.as_str()) {
            sources(&entry, into);
        } else if name.ends_with(".rs") || name.ends_with(".spec.ts") {
            into.push_str(&fs::read_to_string(&entry).expect("a source file"));
        }
    }
}

#[test]
fn every_test_the_map_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let mut all = String::new();
    for folder in ["domain", "server", "tests", "frontend"] {
        sources(&root.join(folder), &mut all);
    }
    let map = fs::read_to_string(root.join("docs/standard-map.md")).expect("the map");
    // A test is written as `t:name_of_the_test` (Rust) or `j:title of the journey` (browser).
    let named: Vec<_> = map.split('`').filter(|text| text.starts_with("t:") || text.starts_with("j:")).collect();
    assert!(named.len() > 20, "the map names {} tests", named.len());
    let missing: Vec<_> = named.into_iter().filter(|name| !all.contains(&name[2..])).collect();
    assert!(missing.is_empty(), "named by the map, but nowhere: {missing:#?}");
}
