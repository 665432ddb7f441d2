//! Services at a care window of a center, one for each operation that changes one.

use serde_json::{Value, json};

use crate::world::World;

/// An operation on somebody who came, and the steps before it.
const CAME: [(&str, &[&str]); 6] = [
    ("recordCareNeed", &[]),
    ("handleCareHere", &["recordCareNeed"]),
    ("handCareOver", &["recordCareNeed"]),
    ("finishCare", &["recordCareNeed", "handleCareHere"]),
    ("cancelCare", &[]),
    ("rateCare", &["recordCareNeed", "handleCareHere", "finishCare"]),
];
/// … on a home visit.
const VISITS: [(&str, &[&str]); 6] = [
    ("careRecord", &["assignHomeVisit", "recordHomeVisit", "finishCare", "rateCare"]),
    ("assignHomeVisit", &[]),
    ("rescheduleHomeVisit", &["assignHomeVisit"]),
    ("recordHomeVisit", &["assignHomeVisit"]),
    ("addCareNote", &[]),
    ("revealCareContact", &[]),
];

impl World {
    pub async fn care(&mut self, mark: &'static str, code: &str) {
        let (admin, staff) = (format!("admin.{code}"), format!("staff.{code}"));
        let post = self.does(&admin, "addPost", mark, &[("input.kind", json!("care_window"))]).await["id"].clone();
        self.does(&admin, "activatePost", mark, &[("input.id", post.clone())]).await;
        let who = json!(self.pools[mark].values["giveHandover.taker"]);
        let assigned = [("input.post", post.clone()), ("input.staff", who), ("input.capacity", json!("CONCURRENT"))];
        self.does(&admin, "assignStaffMember", mark, &assigned).await;
        for operation in ["greetCareRecipient", "bookHomeVisit"] {
            self.keep(mark, &format!("{operation}.post"), &post);
        }
        for (begin, operations) in [("greetCareRecipient", &CAME), ("bookHomeVisit", &VISITS)] {
            for (operation, steps) in operations {
                let id = self.does(&staff, begin, mark, &[("input.post", post.clone())]).await["id"].clone();
                for step in *steps {
                    self.does(&staff, step, mark, &[("input.id", id.clone())]).await;
                }
                self.keep(mark, &format!("{operation}.id"), &id);
                self.keep(mark, "CareRecordId", &Value::clone(&id));
            }
        }
    }
}
