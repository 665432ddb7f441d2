//! Requests at a talent post of a center and answers there, one for each operation that changes one.

use serde_json::{Value, json};

use crate::world::World;

/// An operation on a request, and the steps before it, once it has its steward.
const REQUESTS: [(&str, &[&str]); 11] = [
    ("talentRequest", &["makeTalentAppointment", "settleTalentRequest", "tellTalent"]),
    ("noteTalentProgress", &[]),
    ("tellTalent", &[]),
    ("settleTalentRequest", &[]),
    ("completeTalentRequest", &["settleTalentRequest", "tellTalent"]),
    ("withdrawTalentRequest", &[]),
    ("planTalentContact", &[]),
    ("makeTalentAppointment", &[]),
    ("endTalentAppointment", &["makeTalentAppointment"]),
    ("rateTalentService", &["settleTalentRequest", "tellTalent", "completeTalentRequest"]),
    ("revealTalent", &[]),
];

impl World {
    pub async fn talents(&mut self, mark: &'static str, code: &str) {
        let (admin, staff) = (format!("admin.{code}"), format!("staff.{code}"));
        let kind = json!("talent_service_post");
        let post = self.does(&admin, "addPost", mark, &[("input.kind", kind)]).await["id"].clone();
        self.does(&admin, "activatePost", mark, &[("input.id", post.clone())]).await;
        let who = json!(self.pools[mark].values["giveHandover.taker"]);
        let assigned =
            [("input.post", post.clone()), ("input.staff", who.clone()), ("input.capacity", json!("CONCURRENT"))];
        self.does(&admin, "assignStaffMember", mark, &assigned).await;
        self.does(&admin, "markSeniorClerk", mark, &[("input.staff", who.clone())]).await;
        self.keep(mark, "takeTalentRequest.post", &post);
        self.keep(mark, "assignTalentRequest.steward", &who);
        self.keep(mark, "markSeniorClerk.staff", &who);
        let taken = [("input.post", post)];
        for (operation, steps) in REQUESTS {
            let id = self.does(&staff, "takeTalentRequest", mark, &taken).await["id"].clone();
            let named = [("input.id", id.clone())];
            self.does(&admin, "assignTalentRequest", mark, &[named[0].clone(), ("input.steward", who.clone())]).await;
            for step in steps {
                self.does(&staff, step, mark, &named).await;
            }
            if operation == "endTalentAppointment" {
                let page = self.does(&staff, "talentRequest", mark, &[("id", id.clone())]).await;
                let appointment = Value::clone(&page["appointments"][0]["id"]);
                self.keep(mark, "TalentAppointmentId", &appointment);
            }
            self.keep(mark, &format!("{operation}.id"), &id);
            self.keep(mark, "TalentRequestId", &id);
        }
        let id = self.does(&staff, "takeTalentRequest", mark, &taken).await["id"].clone();
        self.keep(mark, "assignTalentRequest.id", &id);
        for operation in ["editPolicyAnswer", "reviewPolicyAnswer", "withdrawPolicyAnswer", "policyAnswers"] {
            let id = self.does(&staff, "addPolicyAnswer", mark, &[]).await["id"].clone();
            self.keep(mark, &format!("{operation}.id"), &id);
            self.keep(mark, "PolicyAnswerId", &id);
        }
    }
}
