//! Cases at a window of a center, one for each operation that changes one.

use serde_json::json;

use crate::world::World;

/// How a case goes that is taken on.
const COURSE: [&str; 5] = [
    "acceptServiceCase",
    "beginServiceCaseApproval",
    "finishServiceCaseResult",
    "deliverServiceCaseResult",
    "collectServiceCaseResult",
];
/// An operation, how many steps of the course come before it, and which steps after those.
const CASES: [(&str, usize, &[&str]); 12] = [
    ("serviceCase", 0, &["refuseServiceCase"]),
    ("acceptServiceCase", 0, &[]),
    ("askServiceCaseCorrection", 0, &[]),
    ("refuseServiceCase", 0, &[]),
    ("resumeServiceCase", 0, &["askServiceCaseCorrection"]),
    ("returnServiceCasePapers", 0, &["refuseServiceCase"]),
    ("beginServiceCaseApproval", 1, &[]),
    ("finishServiceCaseResult", 2, &[]),
    ("deliverServiceCaseResult", 3, &[]),
    ("collectServiceCaseResult", 4, &[]),
    ("archiveServiceCase", 5, &[]),
    ("receiveServiceCase", 0, &[]),
];

impl World {
    pub async fn handling(&mut self, mark: &'static str, code: &str) {
        let (admin, staff) = (format!("admin.{code}"), format!("staff.{code}"));
        let post = self.window(mark, code).await;
        let who = json!(self.pools[mark].values["giveHandover.taker"]);
        let assigned = [("input.post", post.clone()), ("input.staff", who), ("input.capacity", json!("CONCURRENT"))];
        self.does(&admin, "assignStaffMember", mark, &assigned).await;
        let nothing = || json!(null);
        let integrated =
            [("input.servedAt", json!("INTEGRATED")), ("input.post", nothing()), ("input.reason", nothing())];
        let item = self.does(&admin, "addServiceItem", mark, &integrated).await["id"].clone();
        self.keep(mark, "receiveServiceCase.post", &post);
        self.keep(mark, "receiveServiceCase.item", &item);
        for (operation, course, then) in CASES {
            let made = self.does(&staff, "receiveServiceCase", mark, &[]).await;
            for step in COURSE.iter().take(course).chain(then) {
                self.does(&staff, step, mark, &[("input.id", made["id"].clone())]).await;
            }
            self.keep(mark, &format!("{operation}.id"), &made["id"]);
            self.keep(mark, "ServiceCaseId", &made["id"]);
            // What is looked for is another's than what is tried as a new number, which is one's own from then on.
            match operation {
                "receiveServiceCase" => self.keep(mark, "receiveServiceCase.Unique", &made["externalNo"]),
                "serviceCase" => {
                    self.keep(mark, "serviceCases.search", &made["externalNo"]);
                    self.keep(mark, "serviceCases.Words", &made["externalNo"]);
                }
                _ => {}
            }
        }
    }
}
