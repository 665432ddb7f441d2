//! What must have stayed as it was: the other center's rows (O3), what is read while it writes (O5), the audits (O6).

use std::collections::BTreeMap;

use domain::permission::Permission;

use crate::{
    calls::document,
    canaries::Canaries,
    people::{Home, Standing},
    sweep::{Breadth, Sweep},
    world::{A, B},
};

impl Sweep {
    /// Their own people read, so that a cache would be full of it.
    pub async fn prime(&mut self) {
        let names: Vec<_> = self
            .world
            .api
            .operations
            .iter()
            .filter(|operation| !operation.mutation)
            .map(|operation| operation.name.clone())
            .collect();
        for name in names {
            self.read_as_theirs(&name, &["handler", "admin", "staff"]).await;
        }
    }

    /// The other center's people read with their own values.
    pub async fn read_as_theirs(&mut self, name: &str, people: &[&str]) {
        let api = self.world.api.clone();
        let operation = api.operation(name);
        let pool = self.world.pools["B"].clone();
        for who in people {
            let cookie = self.world.cookie(&format!("{who}.{B}")).await;
            let variables = self.world.variables(operation, &pool, &[]).await;
            let leaves: Vec<_> = api
                .leaves(&operation.output)
                .into_iter()
                .filter(|leaf| !leaf.iter().any(|field| field == "similar"))
                .take(40)
                .collect();
            if operation.access.permission().is_none_or(|needed| role_of(who, needed)) {
                self.world.client.post(&cookie, &[], &document(operation, &leaves, &variables), &variables).await;
            }
        }
    }

    /// O5: what one center reads does not move with what the other writes.
    pub async fn unmoved_by_others(&mut self) {
        let numbers = [self.filed().await, self.after_their_writing(1).await, self.after_their_writing(3).await];
        let [first, second, third] = numbers;
        if third - second == second - first + 2 {
            self.found.leak("O5", "fileComplaint", "visitor", "numbers count what the other center files");
        }
        let before = self.transcript().await;
        self.after_their_writing(10).await;
        for operation in ["addDepartment", "inviteMember", "addServicePoint", "registerDevice"] {
            self.world.does(&format!("admin.{B}"), operation, "B", &[]).await;
        }
        let after = self.transcript().await;
        for (call, answer) in before {
            let (operation, who) = call.split_once(' ').expect("two names");
            if after.get(&call) != Some(&answer) {
                let now = after.get(&call).cloned().unwrap_or_default();
                self.found.leak(
                    "O5",
                    operation,
                    who,
                    &format!("moved by the other center's writing:\n  {answer:.300}\n  {now:.300}"),
                );
            }
        }
        self.theirs = Canaries::of(&mut self.world, "B", B).await;
    }

    /// The number of a complaint filed here, as a number.
    async fn filed(&mut self) -> i64 {
        let made = self.world.does("", "fileComplaint", "A", &[]).await;
        let tail = made["number"].as_str().and_then(|number| number.split('-').nth(1)).expect("a number").to_owned();
        tail.bytes()
            .filter_map(|b| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".iter().position(|known| *known == b))
            .fold(0, |sum, digit| sum * 32 + i64::try_from(digit).unwrap_or(0))
    }

    async fn after_their_writing(&mut self, cases: usize) -> i64 {
        for _ in 0..cases {
            self.world.does(&format!("handler.{B}"), "registerComplaint", "B", &[]).await;
        }
        if cases < 10 { self.filed().await } else { 0 }
    }

    /// Everything that the people of our center read, as they read it.
    async fn transcript(&mut self) -> BTreeMap<String, String> {
        let api = self.world.api.clone();
        let mut answers = BTreeMap::new();
        for caller in 0..self.world.actors.len() {
            let actor = self.world.actors[caller].clone();
            if actor.home != Home::Here || actor.is_office() || !matches!(actor.standing, Standing::Holds(_)) {
                continue;
            }
            for operation in api
                .operations
                .iter()
                .filter(|operation| !operation.mutation && actor.may(operation.access) == Some(true))
            {
                // The first time finds out how many documents it takes.
                self.call(caller, operation, &[], 0).await;
                for piece in 0..self.plans[&operation.name].len() {
                    let answer = self.call(caller, operation, &[], piece).await;
                    if answer.is_something() {
                        self.found.proven.insert(operation.name.clone());
                    }
                    answers.insert(format!("{} {} {piece}", operation.name, actor.name), answer.json.to_string());
                }
            }
        }
        answers
    }

    /// Every row that is another's, by table.
    pub async fn victims(&mut self) -> BTreeMap<String, Vec<String>> {
        let center = self.world.ids[B].clone();
        self.world.observer.rows(&center).await
    }

    /// O3: nothing of the other's has changed.
    pub async fn untouched(&mut self, before: &BTreeMap<String, Vec<String>>, how: &str) {
        let after = self.victims().await;
        for (table, rows) in before {
            let now = after.get(table).cloned().unwrap_or_default();
            let gone = rows.iter().filter(|row| !now.contains(row)).map(|row| format!("\n  - {row:.400}"));
            let new = now.iter().filter(|row| !rows.contains(row)).map(|row| format!("\n  + {row:.400}"));
            let moved: String = gone.chain(new).collect();
            if !moved.is_empty() {
                self.found.leak(
                    "O3",
                    table,
                    "somebody",
                    &format!("rows of the other center were changed {how}{moved}"),
                );
            }
        }
    }

    /// How many records each chain holds, by verb and detail.
    pub async fn chains(&mut self) -> BTreeMap<&'static str, BTreeMap<String, usize>> {
        let mut chains = BTreeMap::new();
        for (place, code, table, key) in [
            ("A", A, "audit_event", "center_id"),
            ("F", "north", "audit_event", "center_id"),
            ("zs", "zs", "city_audit_event", "city_id"),
            ("other", "other", "city_audit_event", "city_id"),
        ] {
            let owner = self.world.ids[code].clone();
            chains.insert(place, self.world.observer.records(table, key, &owner).await);
        }
        chains
    }

    /// O6: each refused attempt is on record where it was made, once.
    pub async fn recorded(&mut self, before: &BTreeMap<&'static str, BTreeMap<String, usize>>) {
        let after = self.chains().await;
        for ((place, operation), denied) in self.found.denied.clone() {
            let key = format!("attempt_refused {operation}");
            let of = |chains: &BTreeMap<&'static str, BTreeMap<String, usize>>| {
                chains[place].get(&key).copied().unwrap_or(0)
            };
            let written = of(&after) - of(before);
            if written != denied {
                self.found.leak("O6", &operation, place, &format!("{denied} refused attempts left {written} records"));
            }
        }
        if self.found.denied.is_empty() && self.breadth == Breadth::Everybody {
            self.found.vacuous.push("nobody was refused anything".to_owned());
        }
    }
}

fn role_of(who: &str, needed: Permission) -> bool {
    let known = server::testing::PEOPLE.iter().find(|(name, _)| *name == who);
    known.is_some_and(|(_, role)| domain::permission::grants(*role, needed))
}
