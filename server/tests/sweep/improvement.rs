//! Findings, rectification tasks and improvement plans of a center, one for each operation that changes one.

use serde_json::{Value, json};

use crate::{scenes::doer, world::World};

const PLANNED: &[&str] = &["planRectification"];
const AGREED: &[&str] = &["planRectification", "agreeRectification"];
const HANDED_IN: &[&str] = &["planRectification", "agreeRectification", "submitRectification"];
const ACCEPTED: &[&str] = &["planRectification", "agreeRectification", "submitRectification", "acceptRectification"];
const RECHECKED: &[&str] =
    &["planRectification", "agreeRectification", "submitRectification", "acceptRectification", "recheckRectification"];
/// An operation on a task, and the steps before it.
const TASKS: [(&str, &[&str]); 10] = [
    ("rectification", HANDED_IN),
    ("assignRectification", &[]),
    ("planRectification", &[]),
    ("agreeRectification", PLANNED),
    ("sendRectificationBack", PLANNED),
    ("submitRectification", AGREED),
    ("acceptRectification", HANDED_IN),
    ("recheckRectification", ACCEPTED),
    ("closeRectification", RECHECKED),
    ("noteRectification", &[]),
];

/// How a plan goes.
const COURSE: [&str; 8] = [
    "setImprovementGoal",
    "addImprovementMeasure",
    "planImprovement",
    "approveImprovement",
    "executeImprovement",
    "finishImprovementMeasure",
    "verifyImprovement",
    "applyImprovement",
];
/// An operation on a plan, and how many steps of its course come before it.
const PLANS: [(&str, usize); 13] = [
    ("improvementPlan", 2),
    ("setImprovementGoal", 0),
    ("addImprovementMeasure", 1),
    ("dropImprovementMeasure", 2),
    ("planImprovement", 2),
    ("approveImprovement", 3),
    ("sendImprovementBack", 3),
    ("executeImprovement", 4),
    ("finishImprovementMeasure", 5),
    ("verifyImprovement", 6),
    ("applyImprovement", 7),
    ("renewImprovement", 7),
    ("closeImprovement", 8),
];

impl World {
    pub async fn improvement(&mut self, mark: &'static str, code: &str) {
        let who = json!(self.pools[mark].values["giveHandover.taker"]);
        for place in [
            "rectifyFinding.owner",
            "rectifyComplaint.owner",
            "openBadRatingTask.owner",
            "openAuditFindingTask.owner",
            "assignRectification.owner",
            "startImprovement.owner",
            "addImprovementMeasure.owner",
        ] {
            self.keep(mark, place, &who);
        }
        let admin = format!("admin.{code}");
        for operation in ["dismissFinding.id", "rectifyFinding.id", "FindingId"] {
            let id = self.does(&admin, "recordFinding", mark, &[]).await["id"].clone();
            self.keep(mark, operation, &id);
        }
        for (operation, steps) in TASKS {
            let id = self.task(mark, code, steps).await;
            self.keep(mark, &format!("{operation}.id"), &id);
            self.keep(mark, "RectificationTaskId", &id);
        }
        self.lines(mark, code).await;
        for (operation, steps) in PLANS {
            self.plan_of(mark, code, operation, steps).await;
        }
    }

    async fn task(&mut self, mark: &'static str, code: &str, steps: &[&str]) -> Value {
        let admin = format!("admin.{code}");
        let finding = self.does(&admin, "recordFinding", mark, &[]).await["id"].clone();
        let id = self.does(&admin, "rectifyFinding", mark, &[("input.id", finding)]).await["id"].clone();
        for step in steps {
            let login = format!("{}.{code}", doer(step).unwrap_or("admin"));
            self.does(&login, step, mark, &[("input.id", id.clone())]).await;
            if *step == "acceptRectification" {
                self.time_has_come("rectification_task", "recheck_on", &id).await;
            }
        }
        id
    }

    /// The world's clock stands still.
    async fn time_has_come(&mut self, table: &str, column: &str, id: &Value) {
        let id = self.observer.id(id.as_str().expect("an id"));
        self.observer.run(&format!("UPDATE {table} SET {column} = '2026-02-13' WHERE id = {id}")).await;
    }

    /// A line of a task's log, to which files belong.
    async fn lines(&mut self, mark: &'static str, code: &str) {
        let cookie = self.cookie(&format!("admin.{code}")).await;
        let query = "query($id: RectificationTaskId!) { rectification(id: $id) { events { id } } }";
        let asked = json!({ "id": self.pools[mark].values["rectification.id"] });
        let page = self.client.post(&cookie, &[], query, &asked).await.first().clone();
        self.keep(mark, "RectificationLine", &page["events"][0]["id"]);
    }

    async fn plan_of(&mut self, mark: &'static str, code: &str, operation: &str, steps: usize) {
        let admin = format!("admin.{code}");
        let id = self.does(&admin, "startImprovement", mark, &[]).await["id"].clone();
        for step in COURSE.iter().take(steps) {
            let mut given = vec![("input.id", id.clone())];
            if *step == "finishImprovementMeasure" {
                given.push(("input.measure", json!(self.pools[mark].values[&format!("{operation}.measure")])));
            }
            // What follows another plan has not worked.
            if *step == "verifyImprovement" && operation == "renewImprovement" {
                given.push(("input.measured", json!(1)));
            }
            let login = format!("{}.{code}", doer(step).unwrap_or("admin"));
            self.does(&login, step, mark, &given).await;
            match *step {
                "addImprovementMeasure" => {
                    let page = self.does(&admin, "improvementPlan", mark, &[("id", id.clone())]).await;
                    self.keep(mark, &format!("{operation}.measure"), &page["measures"][0]["id"]);
                    self.keep(mark, "ImprovementMeasureId", &page["measures"][0]["id"]);
                }
                "finishImprovementMeasure" => self.time_has_come("improvement_plan", "check_from", &id).await,
                _ => {}
            }
        }
        self.keep(mark, &format!("{operation}.id"), &id);
        self.keep(mark, "ImprovementPlanId", &id);
    }
}
