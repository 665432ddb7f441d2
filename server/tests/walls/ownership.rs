//! Each table says whose its rows are, once.

use std::{fs, path::Path};

#[test]
fn each_table_has_exactly_one_kind_of_owner() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../entity/src");
    let mut tables = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if ["lib", "ownership", "table"].contains(&name.as_str()) {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let owners: usize = ["CenterOwned", "CityOwned", "Shared", "Platform"]
            .into_iter()
            .map(|owner| source.matches(&format!("impl {owner} for Entity")).count())
            .sum();
        assert_eq!(owners, 1, "{name}");
        assert!(source.contains(&format!("\"{name}\", key(")), "{name}: the file is named after its table");
        // The trait must agree with the columns.
        let by_center = source.contains("=> center_id: CenterId");
        assert_eq!(source.contains("impl CenterOwned for Entity"), by_center, "{name}");
        tables += 1;
    }
    assert!(tables >= 22, "{tables}");
}
