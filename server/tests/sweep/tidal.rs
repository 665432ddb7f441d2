//! Tidal windows of a center, one for each operation that changes one.

use serde_json::{Value, json};

use crate::world::World;

impl World {
    pub async fn tidal(&mut self, mark: &'static str, code: &str) {
        let (admin, staff) = (format!("admin.{code}"), format!("staff.{code}"));
        for (operation, steps) in [
            ("tidalWindow", &["openTidalWindow"][..]),
            ("recordQueueReading", &[]),
            ("recordTidalCall", &[]),
            ("recordTidalWork", &[]),
            ("openTidalWindow", &[]),
            ("declineTidalOpening", &[]),
            ("drainTidalWindow", &["openTidalWindow"]),
            ("closeTidalWindow", &["openTidalWindow", "drainTidalWindow"]),
        ] {
            let post = self.tidal_post(mark, code).await;
            let named = [("input.post", post.clone())];
            self.does(&staff, "recordQueueReading", mark, &named).await;
            self.rush(&post).await;
            self.does(&staff, "recordQueueReading", mark, &[("input.waiting", json!(30)), named[0].clone()]).await;
            for step in steps {
                self.does(&admin, step, mark, &named).await;
            }
            if operation == "tidalWindow" {
                self.does(&staff, "recordTidalCall", mark, &named).await;
                self.does(&staff, "recordTidalWork", mark, &named).await;
            }
            self.keep(mark, &format!("{operation}.post"), &post);
        }
        let post = self.tidal_post(mark, code).await;
        let made = self.does(&staff, "recordTidalCall", mark, &[("input.post", post)]).await;
        self.keep(mark, "returnTidalCall.id", &made["id"]);
        self.keep(mark, "TidalCallId", &made["id"]);
    }

    /// A window in use, at which the one who writes down there works.
    async fn tidal_post(&mut self, mark: &'static str, code: &str) -> Value {
        let admin = format!("admin.{code}");
        let post = self.does(&admin, "addPost", mark, &[("input.kind", json!("tidal_post"))]).await["id"].clone();
        self.does(&admin, "activatePost", mark, &[("input.id", post.clone())]).await;
        let who = json!(self.pools[mark].values["giveHandover.taker"]);
        let assigned = [("input.post", post.clone()), ("input.staff", who), ("input.capacity", json!("CONCURRENT"))];
        self.does(&admin, "assignStaffMember", mark, &assigned).await;
        post
    }

    /// Many have waited for a while; the world's clock stands still.
    async fn rush(&mut self, post: &Value) {
        let id = self.observer.id(post.as_str().expect("an id"));
        let since = "2026-02-13T00:00:00+00:00";
        self.observer.run(&format!("UPDATE tidal_window SET high_since = '{since}' WHERE post_id = {id}")).await;
    }
}
