//! A city's forms: a version for each thing that is done with one, and those that its centers read.

use serde_json::json;

use crate::{calls::Pool, world::World};

/// What names a version that was published.
const READ: [&str; 2] = ["FormVersionId", "formVersion.id"];

/// The published version of a pool.
pub fn of(pool: &Pool) -> impl Iterator<Item = (String, String)> {
    READ.into_iter().map(|name| (name.to_owned(), pool.values[name].clone()))
}

impl World {
    pub async fn forms(&mut self, city: &'static str) {
        let admin = format!("city.{city}");
        for operation in [
            "copyFormVersion",
            "editFormVersion",
            "publishFormVersion",
            "withdrawFormVersion",
            "retireFormVersion",
            "formVersion",
        ] {
            let made = self.does(&admin, "startFormVersion", city, &[]).await;
            let id = made["form"]["id"].clone();
            self.does(&admin, "editFormVersion", city, &[("input.id", id.clone())]).await;
            if ["retireFormVersion", "formVersion"].contains(&operation) {
                self.does(&admin, "publishFormVersion", city, &[("input.id", id.clone())]).await;
            }
            self.keep(city, &format!("{operation}.id"), &id);
            self.keep(city, "FormVersionId", &id);
        }
    }

    /// Centers read the forms of their city; those of the other city are what they may not reach.
    pub async fn forms_read(&mut self) {
        for (center, city) in [("A", "zs"), ("B", "other"), ("F", "other")] {
            for (name, value) in of(&self.pools[city]).collect::<Vec<_>>() {
                self.keep(center, &name, &json!(value));
            }
        }
    }
}
