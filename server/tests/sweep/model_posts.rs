//! Youth posts of a center with their titles, ledgers and looks, one for each operation that changes one.

use serde_json::{Value, json};

use crate::world::World;

/// How a title goes, and who takes each step.
const LIFE: [(&str, &str); 5] = [
    ("reviewTitle", "post_lead"),
    ("publiciseTitle", "admin"),
    ("awardTitle", "admin"),
    ("beginTitleReview", "ledger_keeper_youth"),
    ("assessTitle", "post_lead"),
];
/// An operation, and how many steps of a title's life come before it.
const TITLES: [(&str, usize); 9] = [
    ("modelTitle", 2),
    ("reviewTitle", 0),
    ("declineTitle", 0),
    ("publiciseTitle", 1),
    ("objectToTitle", 2),
    ("awardTitle", 2),
    ("beginTitleReview", 3),
    ("assessTitle", 4),
    ("decideTitleReview", 5),
];
const ENTRIES: [(&str, &[&str]); 6] = [
    ("ledgerEntry", &["submitLedgerEntry"]),
    ("editLedgerEntry", &[]),
    ("submitLedgerEntry", &[]),
    ("discardLedgerEntry", &[]),
    ("approveLedgerEntry", &["submitLedgerEntry"]),
    ("returnLedgerEntry", &["submitLedgerEntry"]),
];

impl World {
    pub async fn model_posts(&mut self, mark: &'static str, code: &str) {
        let admin = format!("admin.{code}");
        let account = crate::people::account(&self.test, &format!("post_lead.{code}")).await.to_string();
        let lead =
            self.does(&admin, "addStaffMember", mark, &[("input.accountId", json!(account))]).await["id"].clone();
        for (operation, steps) in TITLES {
            let post = self.youth_post(mark, code, &lead).await;
            let id = self.title(mark, code, &post, steps).await;
            if operation == "awardTitle" {
                self.notice_ends(&id).await;
            }
            self.keep(mark, &format!("{operation}.id"), &id);
            self.keep(mark, "ModelTitleId", &id);
        }
        // An objection to read, and one to settle.
        for operation in ["objection", "settleObjection"] {
            let post = self.youth_post(mark, code, &lead).await;
            let id = self.title(mark, code, &post, 2).await;
            self.does(&format!("supervisor.{code}"), "objectToTitle", mark, &[("input.id", id.clone())]).await;
            let page = self.does(&admin, "modelTitle", mark, &[("id", id)]).await;
            self.keep(mark, &format!("{operation}.id"), &page["objections"][0]["id"]);
            self.keep(mark, "ObjectionId", &page["objections"][0]["id"]);
        }
        let post = self.youth_post(mark, code, &lead).await;
        for operation in ["addLedgerEntry", "recordPostCheck", "ledgerEntries"] {
            self.keep(mark, &format!("{operation}.post"), &post);
        }
        self.ledger(mark, code).await;
        let post = self.youth_post(mark, code, &lead).await;
        self.keep(mark, "applyForTitle.post", &post);
    }

    async fn ledger(&mut self, mark: &'static str, code: &str) {
        let keeper = format!("ledger_keeper_youth.{code}");
        for (operation, steps) in ENTRIES {
            let id = self.does(&keeper, "addLedgerEntry", mark, &[]).await["id"].clone();
            for step in steps {
                self.does(&keeper, step, mark, &[("input.id", id.clone())]).await;
            }
            // One that counts, so that there is something counted.
            if operation == "returnLedgerEntry" {
                let admin = format!("admin.{code}");
                self.does(&admin, "approveLedgerEntry", mark, &[("input.id", id.clone())]).await;
            }
            self.keep(mark, &format!("{operation}.id"), &id);
            self.keep(mark, "LedgerEntryId", &id);
        }
        self.does(&keeper, "recordPostCheck", mark, &[]).await;
        let page = self.does(&keeper, "ledgerEntries", mark, &[("first", json!(1))]).await;
        self.keep(mark, "ledgerEntries.after", &page["pageInfo"]["endCursor"]);
    }

    async fn youth_post(&mut self, mark: &'static str, code: &str, lead: &Value) -> Value {
        let admin = format!("admin.{code}");
        let post = self.does(&admin, "addPost", mark, &[("input.kind", json!("youth_model_post"))]).await["id"].clone();
        let named = [("input.id", post.clone()), ("input.lead", lead.clone())];
        self.does(&admin, "namePostLead", mark, &named).await;
        post
    }

    async fn title(&mut self, mark: &'static str, code: &str, post: &Value, steps: usize) -> Value {
        let keeper = format!("ledger_keeper_youth.{code}");
        let id = self.does(&keeper, "applyForTitle", mark, &[("input.post", post.clone())]).await["id"].clone();
        for (step, who) in LIFE.iter().take(steps) {
            if *step == "awardTitle" {
                self.notice_ends(&id).await;
            }
            self.does(&format!("{who}.{code}"), step, mark, &[("input.id", id.clone())]).await;
        }
        id
    }

    /// The world's clock stands still.
    async fn notice_ends(&mut self, title: &Value) {
        let id = self.observer.id(title.as_str().expect("an id"));
        self.observer.run(&format!("UPDATE model_title SET publicised_until = '2026-02-12' WHERE id = {id}")).await;
    }
}
