//! Posts, people and rosters of a center, one thing for each operation that changes one.

use serde_json::{Value, json};

use crate::world::World;

impl World {
    pub async fn posts(&mut self, mark: &'static str, code: &str) {
        self.staff(mark, code).await;
        let admin = format!("admin.{code}");
        let life = ["editPost", "activatePost", "suspendPost", "closePost", "namePostLead", "reviewDuties", "addPost"];
        for operation in life {
            let made = self.does(&admin, "addPost", mark, &[]).await;
            if operation == "suspendPost" {
                self.does(&admin, "activatePost", mark, &[("input.id", made["id"].clone())]).await;
            }
            self.keep(mark, &format!("{operation}.id"), &made["id"]);
            self.keep(mark, &format!("{operation}.Unique"), &made["code"]);
            self.keep(mark, "PostId", &made["id"]);
        }
        for (make, change, id) in [
            ("assignStaffMember", "endAssignment", "AssignmentId"),
            ("assignStaffMember", "cancelAssignment", "AssignmentId"),
            ("recordAbsence", "cancelAbsence", "AbsenceId"),
            ("addDuty", "cancelDuty", "DutyId"),
        ] {
            let who = self.does(&admin, "addStaffMember", mark, &[]).await["id"].clone();
            let made = self.does(&admin, make, mark, &[("input.staff", who)]).await;
            self.keep(mark, &format!("{change}.id"), &made["id"]);
            self.keep(mark, id, &made["id"]);
        }
        self.handovers(mark, code).await;
    }

    async fn staff(&mut self, mark: &'static str, code: &str) {
        let admin = format!("admin.{code}");
        for (operation, field) in [
            ("editStaffMember", "id"),
            ("staffMemberLeaves", "id"),
            ("staffMemberReturns", "id"),
            ("revealStaffMember", "id"),
            ("assignStaffMember", "staff"),
            ("recordAbsence", "staff"),
            ("addDuty", "staff"),
            ("addStaffMember", "id"),
        ] {
            let made = self.does(&admin, "addStaffMember", mark, &[]).await;
            if operation == "staffMemberReturns" {
                self.does(&admin, "staffMemberLeaves", mark, &[("input.id", made["id"].clone())]).await;
            }
            self.keep(mark, &format!("{operation}.{field}"), &made["id"]);
            self.keep(mark, &format!("{operation}.Unique"), &made["staffNo"]);
            self.keep(mark, "StaffId", &made["id"]);
        }
    }

    /// Between the handler, who does what is done with them, and somebody else.
    async fn handovers(&mut self, mark: &'static str, code: &str) {
        let admin = format!("admin.{code}");
        let mut people = Vec::new();
        for login in ["handler", "staff"] {
            let login = format!("{login}.{code}");
            let account = crate::people::account(&self.test, &login).await.to_string();
            let made = self.does(&admin, "addStaffMember", mark, &[("input.accountId", json!(account))]).await;
            people.push((login, made["id"].clone()));
        }
        let give = |to: &Value| [("input.taker", to.clone())];
        let [(handler, theirs), (colleague, others)] = &people[..] else { panic!("two people") };
        self.keep(mark, "giveHandover.taker", others);
        for (login, to, operation) in [(colleague, theirs, "acceptHandover"), (handler, others, "withdrawHandover")] {
            let made = self.does(login, "giveHandover", mark, &give(to)).await;
            self.keep(mark, &format!("{operation}.id"), &made["id"]);
            self.keep(mark, "HandoverId", &made["id"]);
        }
    }
}
