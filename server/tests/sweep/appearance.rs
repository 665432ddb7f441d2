//! Checks of appearance and phrases of a center, one for each operation that changes one.

use serde_json::{Value, json};

use crate::world::World;

/// Every item that an administrator asks about a member of the party, in order, with a remark of the center's.
pub fn items(mark: &str) -> Value {
    use domain::appearance::{Item, Measure, Occasion, offered};
    let asked = offered(Occasion { known_member: true, ..Occasion::default() });
    let item = |item: Item| serde_json::to_value(item).expect("a name");
    let number = |measure| if measure == Measure::Heel { 20 } else { 1 };
    let rows = asked.iter().map(|spec| {
        json!({ "item": item(spec.item), "mark": "PASS", "number": spec.measure.map(number),
            "note": format!("⟦{mark}⟧ remark") })
    });
    Value::Array(rows.collect())
}

impl World {
    pub async fn appearance(&mut self, mark: &'static str, code: &str) {
        self.phrases(mark, code).await;
        let admin = format!("admin.{code}");
        let post = self.does(&admin, "addPost", mark, &[]).await["id"].clone();
        self.keep(mark, "setSignboardPhoto.id", &post);
        let post = self.does(&admin, "addPost", mark, &[]).await["id"].clone();
        self.does(&admin, "activatePost", mark, &[("input.id", post.clone())]).await;
        let who = json!(self.pools[mark].values["giveHandover.taker"]);
        let there =
            [("input.post", post.clone()), ("input.staff", who.clone()), ("input.capacity", json!("CONCURRENT"))];
        self.does(&admin, "assignStaffMember", mark, &there).await;
        self.keep(mark, "recordAppearanceCheck.post", &post);
        for place in ["recordAppearanceCheck.staff", "appearanceItems.staff", "appearanceChecks.staff"] {
            self.keep(mark, place, &who);
        }
        for operation in ["appearanceCheck", "answerAppearanceCheck"] {
            let made = self.does(&admin, "recordAppearanceCheck", mark, &[]).await;
            self.keep(mark, &format!("{operation}.id"), &made["id"]);
            self.keep(mark, "AppearanceCheckId", &made["id"]);
        }
    }

    async fn phrases(&mut self, mark: &'static str, code: &str) {
        let admin = format!("admin.{code}");
        let forbidden = [("input.kind", json!("FORBIDDEN")), ("input.replacementFor", Value::Null)];
        let made = self.does(&admin, "addPhrase", mark, &forbidden).await;
        self.keep(mark, "PhraseId", &made["id"]);
        for operation in ["editPhrase", "retirePhrase", "restorePhrase"] {
            let made = self.does(&admin, "addPhrase", mark, &[]).await;
            if operation == "restorePhrase" {
                self.does(&admin, "retirePhrase", mark, &[("input.id", made["id"].clone())]).await;
            }
            self.keep(mark, &format!("{operation}.id"), &made["id"]);
        }
    }
}
