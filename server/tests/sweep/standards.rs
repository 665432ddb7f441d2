//! Standards of a center, one for each operation that changes one.

use serde_json::{Value, json};

use crate::world::World;

/// An operation on a standard, whether that was adopted before, and the steps in between.
const COURSE: [(&str, bool, &[&str]); 8] = [
    ("editStandard", true, &[]),
    ("consultOnStandard", false, &[]),
    ("issueStandard", false, &["consultOnStandard"]),
    ("enforceStandard", false, &["consultOnStandard", "issueStandard"]),
    ("beginStandardReview", true, &[]),
    ("confirmStandard", true, &["beginStandardReview"]),
    ("reviseStandard", true, &["beginStandardReview"]),
    ("withdrawStandard", false, &[]),
];

impl World {
    pub async fn standards(&mut self, mark: &'static str, code: &str) {
        let admin = format!("admin.{code}");
        for (operation, adopted, steps) in COURSE {
            let made = self.standard(mark, &admin, adopted).await;
            for step in steps {
                self.does(&admin, step, mark, &[("input.id", made["id"].clone())]).await;
            }
            self.keep(mark, &format!("{operation}.id"), &made["id"]);
            if operation == "editStandard" {
                self.keep(mark, "editStandard.Unique", &made["number"]);
            }
        }
        // One in force, for others to refer to.
        let made = self.standard(mark, &admin, true).await;
        self.keep(mark, "ManagedStandardId", &made["id"]);
        // The one that is read: another has taken its place.
        let done = self.standard(mark, &admin, true).await;
        let named = [("input.id", done["id"].clone())];
        self.does(&admin, "beginStandardReview", mark, &named).await;
        self.does(&admin, "reviseStandard", mark, &named).await;
        self.keep(mark, "managedStandard.id", &done["id"]);
        self.plan(mark, &admin).await;
        self.audits(mark, &admin).await;
    }

    async fn standard(&mut self, mark: &'static str, admin: &str, adopted: bool) -> Value {
        let no_days = [("input.adoptedOn", Value::Null), ("input.reviewDue", Value::Null)];
        self.does(admin, "registerStandard", mark, if adopted { &[] } else { &no_days[..] }).await
    }

    /// Tasks of this year and of the next one, whose plan is never adopted, since an adopted plan's are not edited; and
    /// officers. Our own plan of this year is left to whoever is the first to adopt it.
    async fn plan(&mut self, mark: &'static str, admin: &str) {
        self.does(admin, "addPlanTask", mark, &[]).await;
        if mark == "B" {
            self.does(admin, "adoptYearPlan", mark, &[]).await;
        }
        let next = [("input.year", json!(2027)), ("input.dueOn", json!("2027-02-13"))];
        for operation in ["editPlanTask", "movePlanTask"] {
            let made = self.does(admin, "addPlanTask", mark, &next).await;
            self.keep(mark, &format!("{operation}.id"), &made["id"]);
            self.keep(mark, "PlanTaskId", &made["id"]);
        }
        let who = self.does(admin, "addStaffMember", mark, &[]).await["id"].clone();
        let made = self.does(admin, "appointStandardsOfficer", mark, &[("input.staff", who)]).await;
        self.keep(mark, "endStandardsOfficer.id", &made["id"]);
        self.keep(mark, "StandardsOfficerId", &made["id"]);
    }

    /// A self-audit by somebody who answers for none of the standards.
    async fn audits(&mut self, mark: &'static str, admin: &str) {
        let auditor = self.does(admin, "addStaffMember", mark, &[]).await["id"].clone();
        let audit = self.does(admin, "recordSelfAudit", mark, &[("input.auditor", auditor)]).await["id"].clone();
        self.keep(mark, "SelfAuditId", &audit);
        let made = self.does(admin, "addAuditFinding", mark, &[]).await;
        self.does(admin, "closeAuditFinding", mark, &[("input.id", made["id"].clone())]).await;
        let made = self.does(admin, "addAuditFinding", mark, &[]).await;
        self.keep(mark, "openAuditFindingTask.id", &made["id"]);
        let made = self.does(admin, "addAuditFinding", mark, &[]).await;
        self.keep(mark, "closeAuditFinding.id", &made["id"]);
        self.keep(mark, "AuditFindingId", &made["id"]);
    }
}
