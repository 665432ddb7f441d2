//! O4: a refusal says something only where somebody is let in.

use domain::access::Access;

use crate::{
    api::Operation,
    exempt::{FOLLOWED, UNPROVEN},
    people::Home,
    scenes::doer,
    sweep::Sweep,
    world::A,
};

impl Sweep {
    /// Each operation that nobody has brought off yet, with one's own values: it succeeds, and is on record once.
    pub async fn prove(&mut self) {
        let api = self.world.api.clone();
        let mut left: Vec<_> = api
            .operations
            .iter()
            .filter(|operation| !UNPROVEN.iter().any(|(name, _)| *name == operation.name))
            .collect();
        // Last of all: whoever has another password shows the old one in vain.
        left.sort_by_key(|operation| operation.name == "changePassword");
        for operation in left {
            let needed = operation.access.permission().is_some();
            if self.found.proven.contains(&operation.name) && !(operation.mutation && needed) {
                continue;
            }
            let Some(caller) = self.doer(operation) else {
                self.found.vacuous.push(format!("{}: nobody of the world may do it", operation.name));
                continue;
            };
            let mut actor = self.world.actors[caller].clone();
            actor.sign_in(&self.world.test).await;
            self.world.actors[caller] = actor;
            let before = self.records().await;
            let answer = self.call(caller, operation, &[], 0).await;
            self.prove_if(operation, &answer);
            if !self.found.proven.contains(&operation.name) {
                self.found.vacuous.push(format!(
                    "{}: refused even with one's own values: {} {}",
                    operation.name,
                    answer.reason(),
                    answer.body
                ));
            }
            let written = self.records().await - before;
            let followed = FOLLOWED.contains(&operation.name.as_str()) && written > 1;
            if operation.mutation && needed && answer.is_something() && written != 1 && !followed {
                self.found.leak(
                    "O6",
                    &operation.name,
                    &self.world.actors[caller].name.clone(),
                    &format!("{written} records of what was done"),
                );
            }
        }
    }

    fn doer(&self, operation: &Operation) -> Option<usize> {
        let named = |name: &str| self.world.actors.iter().position(|actor| actor.name == name);
        match (doer(&operation.name), operation.access) {
            (Some(who), _) => named(&format!("{who}.{A}")),
            (None, Access::Public) => named("visitor"),
            (None, Access::Account) => named("handler.shiqi"),
            _ => self
                .world
                .actors
                .iter()
                .position(|actor| actor.home == Home::Here && actor.may(operation.access) == Some(true)),
        }
    }

    /// How many records all chains hold.
    async fn records(&mut self) -> usize {
        let count = "SELECT CAST((SELECT count(*) FROM audit_event) + (SELECT count(*) FROM city_audit_event) AS TEXT)";
        self.world.observer.texts(count).await.pop().and_then(|count| count.parse().ok()).expect("a number")
    }
}
