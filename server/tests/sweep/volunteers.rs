//! Services of a volunteer of a center, one for each operation that changes one, with the codes that are out.

use serde_json::{Value, json};

use crate::world::World;

/// An operation, and the steps before it on a draft.
const SERVICES: [(&str, &[&str]); 8] = [
    ("serviceRecord", &["askServiceConfirmation", "witnessServiceRecord"]),
    ("editServiceRecord", &[]),
    ("askServiceConfirmation", &[]),
    ("showServiceCode", &["askServiceConfirmation"]),
    ("signServiceRecord", &["askServiceConfirmation"]),
    ("witnessServiceRecord", &["askServiceConfirmation"]),
    ("serviceToConfirm", &["askServiceConfirmation", "showServiceCode"]),
    ("confirmService", &["askServiceConfirmation", "showServiceCode"]),
];

impl World {
    pub async fn volunteers(&mut self, mark: &'static str, code: &str) {
        let (admin, staff) = (format!("admin.{code}"), format!("staff.{code}"));
        let coordinator = format!("volunteer_coordinator.{code}");
        let post = self.does(&admin, "addPost", mark, &[("input.kind", json!("volunteer_post"))]).await["id"].clone();
        self.does(&admin, "activatePost", mark, &[("input.id", post.clone())]).await;
        let who = json!(self.pools[mark].values["giveHandover.taker"]);
        let topic = [("input.topic", json!("VOLUNTEER_INDUCTION"))];
        let session = self.does(&admin, "planTraining", mark, &topic).await["id"].clone();
        let marks = json!([{ "staff": who, "attended": true, "result": "PASSED" }]);
        self.does(&admin, "recordAttendance", mark, &[("input.id", session), ("input.marks", marks)]).await;
        let assigned = [
            ("input.post", post.clone()),
            ("input.staff", who),
            ("input.capacity", json!("CONCURRENT")),
            ("input.from", json!("2026-02-13")),
        ];
        self.does(&admin, "assignStaffMember", mark, &assigned).await;
        self.keep(mark, "writeServiceRecord.post", &post);
        for (minute, (operation, steps)) in SERVICES.iter().enumerate() {
            // One after another: nobody serves twice at once.
            let times = [
                ("input.post", post.clone()),
                ("input.start", json!(format!("07:{minute:02}"))),
                ("input.end", json!(format!("07:{:02}", minute + 1))),
            ];
            let id = self.does(&staff, "writeServiceRecord", mark, &times).await["id"].clone();
            for step in *steps {
                let doer = if *step == "witnessServiceRecord" { &coordinator } else { &staff };
                let made = self.does(doer, step, mark, &[("input.id", id.clone())]).await;
                if let Some((_, token)) = made["url"].as_str().and_then(|url| url.split_once('#')) {
                    self.keep(mark, &format!("{operation}.token"), &json!(token));
                }
            }
            if !["serviceToConfirm", "confirmService"].contains(operation) {
                self.keep(mark, &format!("{operation}.id"), &id);
            }
            self.keep(mark, "ServiceRecordId", &Value::clone(&id));
        }
        for operation in ["checkVolunteerKit", "signOffVolunteer"] {
            let somebody = self.does(&admin, "addStaffMember", mark, &[]).await["id"].clone();
            self.does(&coordinator, operation, mark, &[("input.staff", somebody.clone())]).await;
            self.keep(mark, &format!("{operation}.staff"), &somebody);
        }
    }
}
