//! Integrated windows and items of a center, one for each operation that changes one.

use serde_json::{Value, json};

use crate::world::World;

impl World {
    pub async fn items(&mut self, mark: &'static str, code: &str) {
        let admin = format!("admin.{code}");
        let window = self.window(mark, code).await;
        self.keep(mark, "setUpWindow.id", &window);
        for operation in
            ["editServiceItem", "placeServiceItem", "retireServiceItem", "restoreServiceItem", "addServiceItem"]
        {
            let made = self.does(&admin, "addServiceItem", mark, &[]).await;
            if operation == "restoreServiceItem" {
                self.does(&admin, "retireServiceItem", mark, &[("input.id", made["id"].clone())]).await;
            }
            self.keep(mark, &format!("{operation}.id"), &made["id"]);
            self.keep(mark, &format!("{operation}.Unique"), &made["code"]);
            self.keep(mark, "ServiceItemId", &made["id"]);
        }
    }

    /// A window in use that takes things in.
    pub async fn window(&mut self, mark: &'static str, code: &str) -> Value {
        let admin = format!("admin.{code}");
        let kind = [("input.kind", json!("integrated_window"))];
        let post = self.does(&admin, "addPost", mark, &kind).await["id"].clone();
        self.does(&admin, "activatePost", mark, &[("input.id", post.clone())]).await;
        self.does(&admin, "setUpWindow", mark, &[("input.id", post.clone())]).await;
        post
    }
}
