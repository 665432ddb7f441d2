//! The routes of files: every file of the other center, by everybody, at every address.

use domain::{
    AttachmentId,
    access::{ROUTES, of_route},
    files::OwnerKind,
    permission::Permission,
};
use server::{
    db::{AuditEvent, Verb},
    files::service,
};

use crate::{calls::fresh_id, client::Answer, people::Standing, sweep::Sweep, world::World};

/// One file of each: loose, of a record that the whole center sees, of one that some see.
const FILES: [(&str, Option<OwnerKind>); 13] = [
    ("loose", None),
    ("post", Some(OwnerKind::Post)),
    ("complaint", Some(OwnerKind::Complaint)),
    ("appeal", Some(OwnerKind::RatingAppeal)),
    ("ledger", Some(OwnerKind::LedgerEntry)),
    ("appearance", Some(OwnerKind::AppearanceCheck)),
    ("dress", Some(OwnerKind::Dress)),
    ("finding", Some(OwnerKind::Finding)),
    ("rectification", Some(OwnerKind::Rectification)),
    ("ballot", Some(OwnerKind::Ballot)),
    ("plan", Some(OwnerKind::AgencyPlan)),
    ("report", Some(OwnerKind::AgencyReport)),
    ("fact", Some(OwnerKind::ReportFact)),
];

/// A file with a mark in it, and another in its name.
fn marked(mark: &str) -> Vec<u8> {
    format!("%PDF-1.7\n% ⟦{mark}⟧ in the file\ntrailer << >>\n%%EOF\n").into_bytes()
}

/// A small picture, another for each mark.
fn picture(mark: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let shade = mark.as_bytes()[0];
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 80);
    encoder.encode(&[shade].repeat(8 * 8), 8, 8, jpeg_encoder::ColorType::Luma).expect("a picture");
    bytes
}

impl World {
    /// Files of a center: the handler's.
    pub async fn files(&mut self, mark: &'static str, code: &str) {
        let login = format!("handler.{code}");
        let cookie = self.cookie(&login).await;
        for (name, kind) in FILES {
            for (ending, bytes) in [("pdf", marked(mark)), ("jpg", picture(mark))] {
                let answer = self.client.file("POST", &cookie, "/files", Some((ending, bytes))).await;
                assert_eq!(answer.status, 201, "O4 POST /files: {login}: {}", answer.body);
                let id = answer.json["id"].as_str().expect("an id").to_owned();
                if let Some(kind) = kind {
                    self.attach(&login, &id, kind, mark).await;
                }
                if kind.is_none() {
                    self.keep(mark, "AttachmentId", &serde_json::json!(id));
                }
                self.pools.get_mut(mark).expect("a pool").set(&format!("File.{name}.{ending}"), id);
            }
        }
    }

    /// A file of somebody that belongs to nothing yet.
    pub async fn loose(&mut self, login: &str, mark: &str) -> serde_json::Value {
        let cookie = self.cookie(login).await;
        let answer = self.client.file("POST", &cookie, "/files", Some(("pdf", marked(mark)))).await;
        assert_eq!(answer.status, 201, "O4 POST /files: {login}: {}", answer.body);
        answer.json["id"].clone()
    }

    async fn attach(&mut self, login: &str, id: &str, kind: OwnerKind, mark: &str) {
        let of = |name: &str| self.pools[mark].values[name].clone();
        let owner = match kind {
            OwnerKind::Complaint => of("ComplaintId"),
            // The one that the city's reviewer has not opened yet.
            OwnerKind::RatingAppeal if mark == "A" => of("openRatingAppeal.id"),
            OwnerKind::LedgerEntry => of("LedgerEntryId"),
            OwnerKind::AppearanceCheck => of("AppearanceCheckId"),
            OwnerKind::Dress => of("CenterId"),
            OwnerKind::Finding => of("FindingId"),
            OwnerKind::Rectification => of("RectificationLine"),
            OwnerKind::Ballot => of("BallotId"),
            OwnerKind::AgencyPlan | OwnerKind::AgencyReport => of("CampaignReportId"),
            OwnerKind::ReportFact => of("CampaignFactId"),
            _ => fresh_id(),
        };
        let id: AttachmentId = id.parse().expect("an id");
        let granted = self.test.scope(login).await.require(Permission::FileUpload).expect("a handler uploads");
        let mut tx = self.test.db.write(&granted).await.expect("a transaction");
        service::attach(&mut tx, &[id], kind, owner.parse().expect("an id")).await.expect("loose files");
        tx.commit(AuditEvent::of(Verb::NoteAdded)).await.expect("a commit");
    }
}

impl Sweep {
    /// Every route of files as one caller.
    pub async fn files(&mut self, caller: usize) {
        let actor = self.world.actors[caller].clone();
        // Whoever has no place is refused before any file is looked for.
        let tried = if matches!(actor.standing, Standing::Holds(_)) { FILES.len() } else { 2 };
        for (name, _) in FILES.into_iter().take(tried) {
            for ending in ["pdf", "jpg"] {
                let key = format!("File.{name}.{ending}");
                let theirs = self.world.pools["B"].values[&key].clone();
                let own = self.world.pools["A"].values[&key].clone();
                for (route, _) in ROUTES.iter().filter(|(route, _)| route.contains("{id}")) {
                    self.file_pair(caller, route, &theirs).await;
                    if route.starts_with("GET") {
                        let answer = self.file(caller, route, &own, None).await;
                        if answer.status == 200 {
                            self.found.proven.insert(format!("{route} {name}.{ending} {}", actor.place()));
                        }
                    }
                }
            }
        }
        let answer = self.file(caller, "POST /files", "", Some(("pdf", marked("A")))).await;
        self.expect_route(caller, "POST /files", answer.status, &[201]);
    }

    /// O2: the other's file is not told from one that nobody has.
    async fn file_pair(&mut self, caller: usize, route: &str, theirs: &str) {
        let actor = self.world.actors[caller].clone();
        let nobodys = fresh_id();
        let (real, none) =
            (self.file(caller, route, theirs, None).await, self.file(caller, route, &nobodys, None).await);
        self.found.compared += 1;
        if real.shape(theirs) != none.shape(&nobodys) {
            self.found.leak("O2", route, &actor.name, &format!("{} is not {}", real.status, none.status));
        }
        self.expect_route(caller, route, real.status, &[404]);
    }

    pub async fn file(&mut self, caller: usize, route: &str, id: &str, body: Option<(&str, Vec<u8>)>) -> Answer {
        let actor = self.world.actors[caller].clone();
        let (method, path) = route.split_once(' ').expect("two words");
        let answer = self.world.client.file(method, &actor.cookie, &path.replace("{id}", id), body).await;
        self.found.channels.insert(route.to_owned());
        self.scan(&actor, route, None, &answer);
        if answer.code() == "FORBIDDEN" {
            let short = route.split('?').next().unwrap_or(route).trim_end_matches("/{id}").to_owned();
            *self.found.denied.entry((actor.place(), short)).or_default() += 1;
        }
        answer
    }

    /// O4: what the matrix says of a route.
    pub fn expect_route(&mut self, caller: usize, route: &str, status: u16, let_in: &[u16]) {
        let actor = self.world.actors[caller].clone();
        let access = of_route(route.split('?').next().unwrap_or(route)).expect("a route of ours");
        let in_place = matches!(actor.standing, Standing::Holds(_));
        let expected: &[u16] = match (actor.may(access), in_place) {
            (Some(true) | None, true) => let_in,
            (Some(false), true) => &[403],
            _ => &[401],
        };
        if !expected.contains(&status) {
            self.found.leak("O4", route, &actor.name, &format!("the matrix says {expected:?}, the answer {status}"));
        }
    }

    /// Each file of ours was seen by somebody of ours, and by nobody else.
    pub fn files_seen(&mut self) {
        for (name, _) in FILES {
            for (route, ending) in
                [("GET /files/{id}", "pdf"), ("GET /files/{id}", "jpg"), ("GET /files/{id}/thumbnail", "jpg")]
            {
                if !self.found.proven.contains(&format!("{route} {name}.{ending} A")) {
                    self.found.vacuous.push(format!("{route}: nobody sees the {name} {ending}"));
                }
            }
        }
        let elsewhere: Vec<_> = self
            .found
            .proven
            .iter()
            .filter(|what| what.starts_with("GET /files") && !what.ends_with(" A"))
            .cloned()
            .collect();
        for what in elsewhere {
            self.found.leak("O1", &what, "somebody", "a file of a center that is not theirs");
        }
    }
}
