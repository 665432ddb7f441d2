//! O2: what another has is not told from what nobody has.

use serde_json::{Value, json};

use crate::{
    api::{Operation, Position},
    calls::{Pool, declared, field, unknown},
    cast,
    client::Answer,
    examples::Kind,
    sweep::{Sweep, borrowed},
};

impl Sweep {
    /// O2: the other's value and one that nobody has get the same answer.
    pub async fn pair(
        &mut self,
        caller: usize,
        operation: &Operation,
        position: &Position,
        target: &Pool,
        piece: usize,
    ) {
        let place = format!("{}.{}", operation.name, position.path);
        // Who works in both may choose either.
        if place == "chooseScope.input.centerId" && self.world.actors[caller].name == cast::BOTH {
            return;
        }
        // A key that was used here, by whomever, is used.
        if position.kind == Kind::Key && self.found.channels.contains(&place) {
            return;
        }
        let Some(theirs) = self.value(operation, position, target) else {
            self.found.vacuous.push(format!("{place}: the world has no value of the other's to try"));
            return;
        };
        let none = unknown(position.kind, &theirs);
        let list = |own: Option<String>, value: &str| {
            if position.list {
                json!(own.into_iter().chain([value.to_owned()]).collect::<Vec<_>>())
            } else {
                json!(value)
            }
        };
        let mut tries = vec![(
            vec![(position.path.clone(), list(None, &none))],
            vec![(position.path.clone(), list(None, &theirs))],
        )];
        if position.kind == Kind::CenterCode {
            // The other center's public page, with a receipt of ours and with one that nobody has.
            let Some(receipt) = operation.positions.iter().find(|p| p.kind == Kind::Receipt) else { return };
            let code = (position.path.clone(), json!(theirs));
            let unknown = (receipt.path.clone(), json!(unknown(Kind::Receipt, "")));
            tries = vec![(vec![code.clone(), unknown], vec![code])];
        }
        if position.list {
            let own = self.value(operation, position, &self.pool(&self.world.actors[caller].clone()));
            tries.push((
                vec![(position.path.clone(), list(own.clone(), &none))],
                vec![(position.path.clone(), list(own, &theirs))],
            ));
        }
        for (nobodys, others) in tries {
            let first = self.call(caller, operation, &borrowed(&nobodys), piece).await;
            let second = self.call(caller, operation, &borrowed(&others), piece).await;
            self.compare(caller, operation, position, (&first, &none), (&second, &theirs));
        }
        if !operation.mutation && position.kind == Kind::Id {
            self.aliases(caller, operation, position, &theirs, &none).await;
        }
    }

    fn compare(
        &mut self,
        caller: usize,
        operation: &Operation,
        position: &Position,
        nobodys: (&Answer, &str),
        others: (&Answer, &str),
    ) {
        let place = format!("{}.{}", operation.name, position.path);
        let who = self.world.actors[caller].name.clone();
        self.found.compared += 1;
        if position.kind == Kind::Id {
            self.found.positions.insert(place)
        } else {
            self.found.channels.insert(place)
        };
        let ((first, none), (second, theirs)) = (nobodys, others);
        let (left, right) = (first.shape(none), second.shape(theirs));
        let lengths = first.code() == "OK" || first.body.len() == second.body.len();
        if left != right || !lengths {
            let differ = |name: &str| left[name] != right[name];
            let parts: Vec<_> =
                ["status", "headers", "cookies", "body"].into_iter().filter(|name| differ(name)).collect();
            let shown: Vec<_> = parts.iter().map(|name| format!("\n  {}\n  {}", left[name], right[name])).collect();
            let what = format!(
                "{} is told from what nobody has by {}: {} and {}{}",
                position.path,
                parts.join(", "),
                first.reason(),
                second.reason(),
                shown.concat()
            );
            self.found.leak("O2", &operation.name, &who, &what.chars().take(600).collect::<String>());
        }
        let opens = match position.kind {
            Kind::Cursor => second.code() != "INVALID",
            Kind::Receipt | Kind::Token | Kind::Session => second.is_something(),
            _ => false,
        };
        if opens {
            self.found.leak("O2", &operation.name, &who, &format!("{} of another was taken", position.path));
        }
        if position.kind != Kind::Id {
            self.prove_if(operation, first);
        }
    }

    /// The other's id under a second name, after one's own.
    async fn aliases(&mut self, caller: usize, operation: &Operation, position: &Position, theirs: &str, none: &str) {
        let api = self.world.api.clone();
        let leaves: Vec<_> = api.leaves(&operation.output).into_iter().take(12).collect();
        let actor = self.world.actors[caller].clone();
        let pool = self.pool(&actor);
        let mut shapes = Vec::new();
        for value in [none, theirs] {
            let own = self.world.variables(operation, &pool, &[]).await;
            let tried = self.world.variables(operation, &pool, &[(position.path.as_str(), json!(value))]).await;
            let text = format!(
                "query({}, {}) {{ {} {} }}",
                declared(operation, "1", &own),
                declared(operation, "2", &tried),
                field(operation, "own", "1", &leaves, &own),
                field(operation, "other", "2", &leaves, &tried)
            );
            let of = |suffix: &'static str, values: Value| {
                let values: Vec<_> = values.as_object().cloned().unwrap_or_default().into_iter().collect();
                values.into_iter().map(move |(name, value)| (format!("{name}{suffix}"), value))
            };
            let variables: serde_json::Map<_, _> = of("1", own).chain(of("2", tried)).collect();
            let answer = self.world.client.post(&actor.cookie, &[], &text, &Value::Object(variables)).await;
            self.look(caller, operation, &answer);
            shapes.push(answer.shape(value));
        }
        self.found.channels.insert(format!("{}.{} by alias", operation.name, position.path));
        if shapes[0] != shapes[1] {
            self.found.leak("O2", &operation.name, &actor.name, &format!("by alias: {} and {}", shapes[0], shapes[1]));
        }
    }
}
