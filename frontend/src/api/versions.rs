//! Which version of a record is meant by a form that names an older one.
//!
//! A form names the version that it was filled in from (optimistic locking). Two newer ones are still its own: the one
//! that the same page has just made of it, until the page has read anew; and one by somebody else, once the person was
//! told of it. Anything newer is refused by the server, and told.

use std::cell::RefCell;

/// How a request begins that changes a record: its input names the record, then the version.
const BEGINNING: &str = "\"variables\":{\"input\":{\"id\":\"";
const VERSION: &str = ",\"version\":";

/// What became of a version of a record.
struct Became {
    id: String,
    seen: i32,
    now: i32,
    by_this_page: bool,
}

thread_local! {
    static BECAME: RefCell<Vec<Became>> = const { RefCell::new(Vec::new()) };
}

/// A change of a record that is under way.
pub(super) struct Change {
    id: String,
    seen: i32,
    sent: i32,
}

impl Change {
    /// Reads a request; one that names a version that became another one names that from now on. None for a request
    /// that changes no record.
    pub(super) fn of(body: &mut String) -> Option<Self> {
        // Quotes in what somebody typed, and in the query, are escaped: this is no text.
        let (_, input) = body.split_once(BEGINNING)?;
        let (id, rest) = input.split_once('"')?;
        let number = rest.strip_prefix(VERSION)?;
        let end = number.find([',', '}'])?;
        let (id, seen) = (id.to_owned(), number.get(..end)?.parse().ok()?);
        let start = body.len() - number.len();
        let became =
            |all: &Vec<Became>| all.iter().rev().find(|row| row.id == id && row.seen == seen).map(|row| row.now);
        let sent = BECAME.with_borrow(became).unwrap_or(seen);
        body.replace_range(start..start + end, &sent.to_string());
        Some(Self { id, seen, sent })
    }

    /// It was done: the server counts one further.
    pub(super) fn done(&self) {
        self.became(self.sent + 1, true);
    }

    /// It was refused, and the person is told: the record's version is `now`.
    pub(super) fn refused(&self, now: i32) {
        self.became(now, false);
    }

    fn became(&self, now: i32, by_this_page: bool) {
        let row = Became { id: self.id.clone(), seen: self.seen, now, by_this_page };
        BECAME.with_borrow_mut(|all| all.push(row));
    }
}

/// The page read anew: it names what it found.
pub(super) fn read() {
    BECAME.with_borrow_mut(|all| all.retain(|row| !row.by_this_page));
}
