//! Which version of a record is meant by a form that names an older one.
//!
//! A form names the version that it was filled in from (optimistic locking). Two newer ones are still its own: the one
//! that the same page has made of it, which the page may not have read yet when the form was opened; and one by somebody
//! else, once the person was told of it. Anything newer is refused by the server, and told.

use std::cell::{Cell, RefCell};

/// How a request begins that changes a record: its input names the record, by its id or by what has one of it, then the
/// version.
const BEGINNING: &str = "\"variables\":{\"input\":{";
const VERSION: &str = ",\"version\":";

/// What became of a version of a record.
struct Became {
    record: String,
    seen: i32,
    now: i32,
    /// After how many others, if this page made it.
    made: Option<usize>,
}

thread_local! {
    static BECAME: RefCell<Vec<Became>> = const { RefCell::new(Vec::new()) };
    // How many versions this page has made.
    static MADE: Cell<usize> = const { Cell::new(0) };
}

/// A change of a record that is under way.
pub(super) struct Change {
    /// As the request says it, `"id":"…"`: a round and the course of its report have the same id.
    record: String,
    seen: i32,
    sent: i32,
}

impl Change {
    /// Reads a request; one that names a version that became another one names that from now on. None for a request
    /// that changes no record.
    pub(super) fn of(body: &mut String) -> Option<Self> {
        // Quotes in what somebody typed, and in the query, are escaped: this is no text.
        let (_, input) = body.split_once(BEGINNING)?;
        let (record, number) = input.split_once(VERSION)?;
        // One field, whose value is a text.
        if record.matches('"').count() != 4 {
            return None;
        }
        let end = number.find([',', '}'])?;
        let (record, seen) = (record.to_owned(), number.get(..end)?.parse().ok()?);
        let start = body.len() - number.len();
        let became = |all: &Vec<Became>| {
            all.iter().rev().find(|row| row.record == record && row.seen == seen).map(|row| row.now)
        };
        let sent = BECAME.with_borrow(became).unwrap_or(seen);
        body.replace_range(start..start + end, &sent.to_string());
        Some(Self { record, seen, sent })
    }

    /// It was done: the server counts one further.
    pub(super) fn done(&self) {
        MADE.set(MADE.get() + 1);
        self.became(self.sent + 1, Some(MADE.get()));
    }

    /// It was refused, and the person is told: the record's version is `now`.
    pub(super) fn refused(&self, now: i32) {
        self.became(now, None);
    }

    fn became(&self, now: i32, made: Option<usize>) {
        let row = Became { record: self.record.clone(), seen: self.seen, now, made };
        BECAME.with_borrow_mut(|all| all.push(row));
    }
}

/// How many versions this page has made.
pub(super) fn made() -> usize {
    MADE.get()
}

/// The page has read something, for which it asked when it had `made` so many versions. A record that still has the version
/// from before was not changed by what was done: nothing became of it.
pub(super) fn read(made: usize, answer: &str) {
    let unchanged = |row: &Became| {
        let Became { record, seen, .. } = row;
        let shows = |end: char| answer.contains(&format!("{record}{VERSION}{seen}{end}"));
        row.made.is_some_and(|own| own <= made) && (shows(',') || shows('}'))
    };
    BECAME.with_borrow_mut(|all| all.retain(|row| !unchanged(row)));
}
