//! Sessions of a center, one for each operation that changes one.

use serde_json::{Value, json};

use crate::world::World;

impl World {
    pub async fn training(&mut self, mark: &'static str, code: &str) {
        let admin = format!("admin.{code}");
        for operation in ["editTraining", "cancelTraining", "recordAttendance", "trainingSession"] {
            let made = self.does(&admin, "planTraining", mark, &[]).await;
            if operation == "trainingSession" {
                self.attended(mark, code, &made["id"]).await;
            }
            self.keep(mark, &format!("{operation}.id"), &made["id"]);
            self.keep(mark, "TrainingId", &made["id"]);
        }
    }

    /// Held, with somebody who has an account there and works at a post.
    async fn attended(&mut self, mark: &'static str, code: &str, session: &Value) {
        let admin = format!("admin.{code}");
        let staff = self.pools[mark].values["giveHandover.taker"].clone();
        self.does(&admin, "assignStaffMember", mark, &[("input.staff", json!(staff))]).await;
        let marks = json!([{ "staff": staff, "attended": true }]);
        self.does(&admin, "recordAttendance", mark, &[("input.id", session.clone()), ("input.marks", marks)]).await;
    }
}
