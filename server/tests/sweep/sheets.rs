//! Workbooks: every list as everybody, and tables that name what is another's.

use std::io::Cursor;

use calamine::{Reader, Xlsx, open_workbook_from_rs};
use domain::access::ROUTES;
use server::sheets::book::{self, Table};

use crate::{calls::fresh_id, client::Answer, sweep::Sweep, world::World};

/// Lists that hold words somebody typed.
const HELD: [&str; 16] = [
    "complaints",
    "staff",
    "posts",
    "training",
    "attendance",
    "services",
    "talents",
    "answers",
    "tidal_calls",
    "tidal_work",
    "rectifications",
    "standards",
    "plan",
    "findings",
    "appearance",
    "phrases",
];

/// A workbook with one line below its head.
fn workbook(head: &[&str], row: &[&str]) -> Vec<u8> {
    let table = Table {
        name: "table".to_owned(),
        head: head.iter().map(ToString::to_string).collect(),
        rows: vec![row.iter().map(|cell| (*cell).into()).collect()],
        raw: None,
        about_name: "about".to_owned(),
        about: Vec::new(),
    };
    book::write(&table).expect("a workbook")
}

/// Somebody new.
fn person(number: &str, department: &str) -> Vec<u8> {
    workbook(&["Staff number", "Name", "Department"], &[number, "somebody", department])
}

/// Everything that stands in a workbook.
fn text(bytes: &[u8]) -> String {
    let Ok(mut book) = open_workbook_from_rs::<Xlsx<_>, _>(Cursor::new(bytes.to_vec())) else { return String::new() };
    let names = book.sheet_names();
    let sheets = names.iter().filter_map(|name| book.worksheet_range(name).ok());
    let cells = sheets.flat_map(|sheet| sheet.cells().map(|(.., cell)| cell.to_string()).collect::<Vec<_>>());
    cells.collect::<Vec<_>>().join("\n")
}

impl World {
    /// A batch of a center for each thing that is done with one.
    pub async fn batches(&mut self, mark: &'static str, code: &str) {
        let cookie = self.cookie(&format!("admin.{code}")).await;
        for name in ["undoImport.id", "ImportBatchId"] {
            let book = person(&format!("b-{}", &fresh_id()[..13]), "");
            let answer = self.client.file("POST", &cookie, "/imports/staff?mode=all", Some(("xlsx", book))).await;
            assert_eq!(answer.status, 200, "O4 POST /imports/staff: {code}: {}", answer.body);
            self.keep(mark, name, &answer.json["batch"]);
        }
    }
}

impl Sweep {
    /// Every route of workbooks as one caller.
    pub async fn sheets(&mut self, caller: usize) {
        let actor = self.world.actors[caller].clone();
        let routes = ROUTES.iter().map(|(route, _)| *route);
        for route in routes.clone().filter(|route| route.contains(" /exports/") || route.starts_with("GET /imp")) {
            for (narrowed, expected) in self.narrowed(actor.place(), route) {
                let sent = route.starts_with("POST").then(|| ("form", narrowed.into_bytes()));
                let answer = self.file(caller, route, "", sent).await;
                self.expect_route(caller, route, answer.status, &[expected]);
                let found = text(&answer.bytes);
                self.scan(&actor, route, None, &Answer { body: found.clone(), ..answer });
                if found.contains("⟦A⟧") {
                    self.found.proven.insert(format!("{route} {}", actor.place()));
                }
            }
        }
        for route in routes.filter(|route| route.starts_with("POST /imports/")) {
            let asked = format!("{route}?mode=check");
            let (theirs, nobodys) = (self.world.pools["B"].mark.clone(), fresh_id());
            let of = |name: String| person("new-1", &name);
            let real = self.file(caller, &asked, "", Some(("xlsx", of(format!("⟦{theirs}⟧ nameZh"))))).await;
            let none = self.file(caller, &asked, "", Some(("xlsx", of(nobodys.clone())))).await;
            self.found.compared += 1;
            if real.shape("") != none.shape("") {
                self.found.leak("O2", route, &actor.name, &format!("{} is not {}", real.body, none.body));
            }
            self.expect_route(caller, &asked, real.status, &[200]);
        }
    }

    /// To what a list is narrowed, and what comes of it for whoever is let in. What is of one post or one session is asked
    /// for by that: theirs is not told from one that nobody has, and ours is there.
    fn narrowed(&self, place: &str, route: &str) -> Vec<(String, u16)> {
        let (name, key) = match route.rsplit('/').next().unwrap_or_default() {
            "ledger" => ("post", "PostId"),
            "attendance" => ("session", "trainingSession.id"),
            list if list.starts_with("tidal_") => ("post", "tidalWindow.post"),
            _ => return vec![(String::new(), 200)],
        };
        let of = |place: &str| self.world.pools[place].values.get(key).cloned();
        // Which ledgers somebody sees depends on the kinds that they keep.
        let ours = of(place).filter(|_| !route.ends_with("ledger"));
        let not_there = of("B").into_iter().chain([fresh_id()]).map(|id| (id, 404));
        let asked = not_there.chain(ours.map(|id| (id, 200)));
        asked.map(|(id, expected)| (format!("{name}={id}"), expected)).collect()
    }

    /// Each list of ours that holds words of ours showed them to somebody of ours.
    pub fn sheets_seen(&mut self) {
        for list in HELD {
            if !self.found.proven.contains(&format!("POST /exports/{list} A")) {
                self.found.vacuous.push(format!("POST /exports/{list}: nobody sees anything in it"));
            }
        }
        let elsewhere: Vec<_> =
            self.found.proven.iter().filter(|what| what.starts_with("POST /exports/")).cloned().collect();
        for what in elsewhere.iter().filter(|what| !what.ends_with(" A")) {
            self.found.leak("O1", what, "somebody", "a list of a center that is not theirs");
        }
    }
}
