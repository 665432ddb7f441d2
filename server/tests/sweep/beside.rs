//! The routes beside the API, headers, and what a center takes along.

use serde_json::json;

use crate::{calls::document, people::Standing, sweep::Sweep, world::B};

impl Sweep {
    /// The routes beside the API.
    pub async fn routes(&mut self, caller: usize) {
        let actor = self.world.actors[caller].clone();
        // The pages and the sign of life are the same for all: they do not look at the session.
        let alone = actor.standing != Standing::Visitor;
        for path in ["/export", "/export?center=xiaolan", "/healthz", "/c/xiaolan", "/"] {
            if alone && !path.starts_with("/export") {
                continue;
            }
            let answer = self.world.client.get(&actor.cookie, path).await;
            self.found.channels.insert(format!("GET {path}"));
            self.scan(&actor, path, None, &answer);
            if path.starts_with("/export") && answer.status != 403 {
                self.found.leak("O4", "/export", &actor.name, &format!("status {}", answer.status));
            }
        }
    }

    /// Headers of a proxy, or of somebody who writes like one, move nobody elsewhere.
    pub async fn headers(&mut self) {
        let api = self.world.api.clone();
        let center = self.world.ids[B].clone();
        let hostile = [
            ("x-forwarded-host", "xiaolan.example"),
            ("x-forwarded-for", "10.0.0.1"),
            ("x-center-id", center.as_str()),
            ("x-tenant", B),
            ("forwarded", "host=xiaolan.example"),
        ];
        let mut lines: Vec<Vec<(&str, &str)>> = hostile.iter().map(|line| vec![*line]).collect();
        lines.push(vec![("host", "xiaolan.example")]);
        for (who, name) in [
            ("handler.shiqi", "complaints"),
            ("handler.shiqi", "viewer"),
            ("admin.shiqi", "memberships"),
            ("visitor", "publicCenters"),
        ] {
            let caller = self.world.actors.iter().position(|actor| actor.name == who).expect("an actor");
            let cookie = self.world.actors[caller].cookie.clone();
            let operation = api.operation(name);
            let leaves: Vec<_> = api.leaves(&operation.output).into_iter().take(8).collect();
            let pool = self.pool(&self.world.actors[caller].clone());
            let variables = self.world.variables(operation, &pool, &[]).await;
            let text = document(operation, &leaves, &variables);
            let plain = self.world.client.post(&cookie, &[], &text, &variables).await;
            for line in &lines {
                let answer = self.world.client.post(&cookie, line, &text, &variables).await;
                self.found.channels.insert(format!("header {}", line[0].0));
                self.look(caller, operation, &answer);
                if answer.json != plain.json {
                    self.found.leak("O2", name, who, &format!("another answer with the header {}", line[0].0));
                }
            }
        }
    }

    /// What a center takes along is its own.
    pub async fn take_away(&mut self) {
        let admin = self.world.actors.iter().position(|actor| actor.name == "admin.shiqi").expect("an actor");
        let operation = self.world.api.operation("allowExport").clone();
        let mut actor = self.world.actors[admin].clone();
        actor.sign_in(&self.world.test).await;
        self.world.actors[admin] = actor.clone();
        let pool = self.pool(&actor);
        let variables = json!({ "input": { "current": crate::people::PASSWORD } });
        let text = document(&operation, &[], &variables);
        let allowed = self.world.client.post(&actor.cookie, &[], &text, &variables).await;
        let file = self.world.client.get(&actor.cookie, "/export").await;
        if file.status != 200 || !file.body.contains(&format!("⟦{}⟧", pool.mark)) {
            self.found.vacuous.push(format!("/export: nothing came: {} {}", allowed.reason(), file.status));
        }
        self.scan(&actor, "/export", None, &file);
    }
}
