//! The sweep itself: each operation, each place for an id, each caller; then what must have stayed as it was.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
    time::Instant,
};

use domain::access::Access;
use serde_json::{Value, json};
use server::testing::TestDb;

use crate::{
    api::{Operation, Position},
    calls::{Calls, Pool, document},
    canaries::Canaries,
    cast,
    client::Answer,
    examples::{self, Kind},
    exempt::{ONCE, UNPROVEN, UNTRIED},
    findings::Findings,
    people::{Actor, Home, Standing},
    world::{A, B, World},
};

/// The sweep under way.
pub struct Sweep {
    /// Where.
    pub world: World,
    /// What was found.
    pub found: Findings,
    /// By what ours is recognized.
    pub ours: Canaries,
    /// By what theirs is.
    pub theirs: Canaries,
    /// What our own people have typed: their audit may show it to them.
    pub sent: HashSet<String>,
    /// Leaves of each operation, in as many documents as the limits ask for.
    pub plans: BTreeMap<String, Vec<Arc<[Vec<String>]>>>,
    /// Documents whose fields were noted down: the operation, which of how many.
    noted: HashSet<(String, usize, usize)>,
    turn: usize,
    /// Who calls.
    pub breadth: Breadth,
}

/// Who calls.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Breadth {
    /// Everybody, each operation.
    Everybody,
    /// Everybody, what they are let in to: a call that the matrix refuses reaches no wall.
    LetIn,
}

/// Runs it whole.
pub async fn run(name: &str, test: TestDb, breadth: Breadth) -> World {
    let started = Instant::now();
    let hurry = std::env::var_os("SWEEP_HURRY").is_some();
    let mut world = World::new(test).await;
    let theirs = Canaries::of(&mut world, "B", B).await;
    let ours = Canaries::of(&mut world, "A", A).await;
    assert!(theirs.len() > 200, "{} has left too few marks: {}", theirs.mark, theirs.len());
    let plans = world
        .api
        .operations
        .iter()
        .map(|operation| (operation.name.clone(), vec![world.api.leaves(&operation.output).into()]))
        .collect();
    let mut sweep = Sweep {
        world,
        found: Findings::default(),
        ours,
        theirs,
        sent: HashSet::new(),
        plans,
        noted: HashSet::new(),
        turn: 0,
        breadth,
    };
    sweep.check_lists();
    sweep.prime().await;
    sweep.unmoved_by_others().await;
    let before = sweep.victims().await;
    let chains = sweep.chains().await;
    for caller in 0..sweep.world.actors.len() {
        sweep.attack(caller).await;
        sweep.routes(caller).await;
        if sweep.breadth == Breadth::Everybody || matches!(sweep.world.actors[caller].standing, Standing::Holds(_)) {
            sweep.files(caller).await;
            sweep.sheets(caller).await;
        }
        // `make sweep-teeth` wants to know whether, not how often.
        if hurry && !sweep.found.leaks.is_empty() {
            break;
        }
    }
    sweep.files_seen();
    sweep.sheets_seen();
    sweep.headers().await;
    sweep.untouched(&before, "by refused calls").await;
    sweep.recorded(&chains).await;
    sweep.prove().await;
    sweep.take_away().await;
    sweep.untouched(&before, "by successful calls").await;
    sweep.complete();
    let calls = sweep.world.client.calls();
    sweep.found.report(name, calls, started.elapsed());
    sweep.world
}

impl Sweep {
    /// An exemption that names nothing is stale.
    fn check_lists(&self) {
        let api = &self.world.api;
        for (name, _) in UNPROVEN.iter().chain(ONCE) {
            assert!(api.operations.iter().any(|known| known.name == *name), "exempt.rs: there is no operation {name}");
        }
        for (place, _) in UNTRIED {
            let known = |operation: &Operation| {
                operation.positions.iter().any(|p| format!("{}.{}", operation.name, p.path) == *place)
            };
            assert!(api.operations.iter().any(known), "exempt.rs: there is no place {place}");
        }
    }

    /// What belongs to an actor.
    pub fn pool(&self, actor: &Actor) -> Pool {
        let mut pool = self.world.pools[actor.place()].clone();
        if actor.campaign().as_ref() == Some(&self.world.pools["Y"].values["CampaignId"]) {
            pool.extend((*self.world.pools["Y"].values).clone());
        }
        pool
    }

    /// The values that an actor tries.
    fn target(&self, actor: &Actor) -> Pool {
        let mut theirs = self.world.pools["B"].clone();
        // Another campaign of the same center is as foreign as another center (Z-3).
        if actor.campaign().as_ref() == Some(&self.world.pools["X"].values["CampaignId"]) {
            theirs.extend((*self.world.pools["Y"].values).clone());
        }
        // The centers of its own city are an office's to manage: it tries another city's.
        if actor.place() == "zs" {
            theirs.extend((*self.world.pools["other"].values).clone());
            theirs.set("CenterId", self.world.ids["north"].clone());
        }
        if actor.place() == "other" {
            theirs.extend((*self.world.pools["zs"].values).clone());
        }
        // A city's forms are for all its centers: those of the other city try ours.
        if actor.place() == "F" {
            theirs.extend(crate::forms::of(&self.world.pools["zs"]));
        }
        theirs
    }

    /// Makes a call out of the caller's own values, with `tried` in their places.
    pub async fn call(
        &mut self,
        caller: usize,
        operation: &Operation,
        tried: &[(&str, Value)],
        piece: usize,
    ) -> Answer {
        let api = self.world.api.clone();
        let pool = self.pool(&self.world.actors[caller]);
        let variables = self.world.variables(operation, &pool, tried).await;
        self.sent.extend(tried.iter().filter_map(|(_, value)| value.as_str()).map(ToOwned::to_owned));
        let answer = loop {
            let pieces = &self.plans[&operation.name];
            let (at, of) = (piece % pieces.len(), pieces.len());
            let leaves = pieces[at].clone();
            let answer = self
                .world
                .client
                .post(&self.world.actors[caller].cookie, &[], &document(operation, &leaves, &variables), &variables)
                .await;
            if answer.code() != "TOO_COMPLEX" || leaves.len() < 2 {
                if self.noted.insert((operation.name.clone(), at, of)) {
                    self.found.fields.extend(leaves.iter().flat_map(|leaf| api.named(&operation.output, leaf)));
                }
                break answer;
            }
            // Nothing has run: a document is measured before.
            let halves: Vec<_> = leaves.chunks(leaves.len().div_ceil(2)).map(Arc::from).collect();
            let pieces = self.plans.get_mut(&operation.name).expect("a plan");
            pieces.splice(at..=at, halves);
        };
        self.look(caller, operation, &answer);
        if !answer.cookies.is_empty() {
            let mut actor = self.world.actors[caller].clone();
            actor.sign_in(&self.world.test).await;
            self.world.actors[caller] = actor;
        }
        answer
    }

    /// O1 and O4: what an answer must not hold, and whether the matrix wanted one.
    pub fn look(&mut self, caller: usize, operation: &Operation, answer: &Answer) {
        let actor = self.world.actors[caller].clone();
        self.found.operations.insert(operation.name.clone());
        self.found.callers.insert(actor.name.clone());
        self.scan(&actor, &operation.name, Some(operation.access), answer);
        let code = answer.code();
        let expected = match (actor.may(operation.access), actor.standing, operation.access) {
            (Some(true), ..) => None,
            (Some(false), Standing::Holds(_), _) => Some("FORBIDDEN"),
            (Some(false), ..) => Some("UNAUTHENTICATED"),
            (None, _, Access::Account) if actor.session.is_none() => Some("UNAUTHENTICATED"),
            _ => None,
        };
        let wrong = match expected {
            Some(expected) => code != expected,
            None => {
                actor.may(operation.access) == Some(true) && ["FORBIDDEN", "UNAUTHENTICATED"].contains(&code.as_str())
            }
        };
        if wrong {
            let what = format!("the matrix says {}, the answer {}", expected.unwrap_or("allowed"), answer.reason());
            self.found.leak("O4", &operation.name, &actor.name, &what);
        }
        if code.starts_with("HTTP") || code == "INTERNAL" || code == "BAD_REQUEST" {
            self.found.leak(
                "O4",
                &operation.name,
                &actor.name,
                &format!("no answer: {} {}", answer.reason(), answer.body),
            );
        }
        if code == "FORBIDDEN" {
            *self.found.denied.entry((actor.place(), operation.name.clone())).or_default() += 1;
        }
    }

    /// O1 alone.
    pub fn scan(&mut self, actor: &Actor, operation: &str, access: Option<Access>, answer: &Answer) {
        let mut known = HashSet::new();
        // An office knows its centers, and who works in both knows both.
        if actor.is_office() || actor.name == cast::BOTH {
            known.insert(self.world.ids[B].clone());
        }
        // Who tried what is told with what they typed.
        if ["auditRecords", "exportAudit", "/export"].contains(&operation) {
            known.extend(self.sent.iter().cloned());
        }
        let text = answer.whole();
        if let Some(found) = self.theirs.found_in(&text, &known) {
            self.found.leak("O1", operation, &actor.name, &format!("{found:?} of the other center"));
        }
        let outside = actor.home == Home::Elsewhere
            || matches!(actor.standing, Standing::Lost(_) | Standing::Visitor)
            || actor.campaign().is_some();
        let inside = access.is_none_or(|access| access.permission().is_some());
        // A rater from outside reads what is theirs in their round, and nothing of the other.
        let rated = self.world.rated.get(&actor.name).cloned().unwrap_or_default();
        if let Some(round) = actor.campaign().filter(|_| inside) {
            let foreign = self.world.foreign_round(&round);
            if text.contains(&foreign) {
                self.found.leak("O1", operation, &actor.name, &format!("{foreign:?} of another round"));
            }
        }
        if outside
            && inside
            && let Some(found) = self.ours.found_in(&text, &rated)
        {
            self.found.leak("O1", operation, &actor.name, &format!("{found:?} of a center that is not theirs"));
        }
    }

    /// Everything in the reach of one caller.
    async fn attack(&mut self, caller: usize) {
        let api = self.world.api.clone();
        let actor = self.world.actors[caller].clone();
        // Traffic of the other center in between: nothing of it may stay behind in the process.
        self.read_as_theirs("complaints", &["handler"]).await;
        for operation in &api.operations {
            let once = ONCE.iter().any(|(name, _)| *name == operation.name);
            if (once && actor.standing != Standing::Visitor) || !actor.could(operation) {
                continue;
            }
            self.turn += 1;
            let piece = self.turn;
            if actor.may(operation.access) == Some(false) {
                if self.breadth == Breadth::LetIn {
                    continue;
                }
                let tried = self.all_of(operation, &self.target(&actor));
                self.call(caller, operation, &borrowed(&tried), piece).await;
                continue;
            }
            let tried: Vec<_> = operation.positions.iter().filter(|p| !untried(operation, p)).cloned().collect();
            if tried.is_empty() {
                let wrong = self.wrong_passwords(operation);
                let answer = self.call(caller, operation, &wrong, piece).await;
                self.prove_if(operation, &answer);
            }
            for position in tried {
                let target = self.target(&actor);
                self.pair(caller, operation, &position, &target, piece).await;
            }
        }
    }

    /// Nobody's password is changed, nor asked of the hasher, before it is time to prove that it can be.
    fn wrong_passwords(&self, operation: &Operation) -> Vec<(&'static str, Value)> {
        let asks = |field: &str| {
            operation
                .arguments
                .iter()
                .filter_map(|slot| self.world.api.input(&slot.ty))
                .flatten()
                .any(|slot| slot.name == field)
        };
        let fields =
            [("current", "input.current"), ("password", "input.password")].into_iter().filter(|(field, _)| asks(field));
        fields.map(|(_, path)| (path, json!("no such password here"))).collect()
    }

    fn all_of(&self, operation: &Operation, target: &Pool) -> Vec<(String, Value)> {
        let of = |position: &Position| Some((position.path.clone(), json!(self.value(operation, position, target)?)));
        operation
            .positions
            .iter()
            .filter(|position| position.kind == Kind::Id && !position.list)
            .filter_map(of)
            .collect()
    }

    /// The value of a pool for a place.
    pub fn value(&self, operation: &Operation, position: &Position, pool: &Pool) -> Option<String> {
        let calls = Calls { api: &self.world.api, versioned: &self.world.versioned };
        let name = position.path.rsplit('.').next().unwrap_or_default();
        match position.kind {
            Kind::Id => pool.get(&operation.name, name, &calls.scalar(operation, position)).map(ToOwned::to_owned),
            Kind::Phone => Some(examples::phone(&pool.mark)),
            kind => {
                let kind = format!("{kind:?}");
                let of_operation = pool.values.get(&format!("{}.{kind}", operation.name));
                of_operation
                    .map(String::as_str)
                    .or_else(|| pool.get(&operation.name, name, &kind))
                    .map(ToOwned::to_owned)
            }
        }
    }

    /// Keeps that somebody brought it off.
    pub fn prove_if(&mut self, operation: &Operation, answer: &Answer) {
        if answer.is_something() {
            self.found.proven.insert(operation.name.clone());
        }
    }

    /// Nothing was passed over.
    fn complete(&mut self) {
        let api = self.world.api.clone();
        for operation in &api.operations {
            if !self.found.operations.contains(&operation.name) {
                self.found.vacuous.push(format!("{}: never called", operation.name));
            }
            for position in operation.positions.iter().filter(|p| !untried(operation, p)) {
                let place = format!("{}.{}", operation.name, position.path);
                let tried = self.found.positions.contains(&place) || self.found.channels.contains(&place);
                let alone =
                    position.kind == Kind::CenterCode && !operation.positions.iter().any(|p| p.kind == Kind::Receipt);
                if !tried && !alone {
                    self.found.vacuous.push(format!("{place}: never tried"));
                }
            }
        }
        let missing: Vec<_> = api.fields().difference(&self.found.fields).cloned().collect();
        if !missing.is_empty() {
            self.found.vacuous.push(format!("fields never asked for: {}", missing.join(", ")));
        }
        if self.found.compared == 0 {
            self.found.vacuous.push("nothing was compared".to_owned());
        }
    }
}

/// Whether a place is left out.
pub fn untried(operation: &Operation, position: &Position) -> bool {
    UNTRIED.iter().any(|(place, _)| *place == format!("{}.{}", operation.name, position.path))
}

/// As a call takes it.
pub fn borrowed(tried: &[(String, Value)]) -> Vec<(&str, Value)> {
    tried.iter().map(|(path, value)| (path.as_str(), value.clone())).collect()
}
