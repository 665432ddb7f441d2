//! Relay connections, forward only: `first` 1–100, a cursor that only we can write, one row more
//! than asked.

use std::fmt::Debug;

use async_graphql::SimpleObject;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, Utc};
use domain::Violation;
use uuid::Uuid;

use super::context::Cx;
use crate::{crypto::TagKey, error::Result};

/// Rows a page holds where the client does not say.
const DEFAULT_FIRST: i32 = 20;

/// What a list costs: its statement, and each field of its rows once for every ten rows. A field
/// that takes a statement of its own for each row costs ten fields, so that 300 statements are
/// more than any operation may ask for.
pub fn list_cost(first: Option<i32>, child: usize) -> usize {
    let rows = usize::try_from(first.unwrap_or(DEFAULT_FIRST)).unwrap_or_default();
    // As long as it may be: a wrong number is refused by name when the page is read.
    let tens = rows.min(100).div_ceil(10).max(1);
    child.saturating_mul(tens).saturating_add(10)
}

/// Whether there is more, and from where.
#[derive(SimpleObject, Clone, Debug, Default)]
pub struct PageInfo {
    /// More rows follow.
    pub has_next_page: bool,
    /// Rows precede (a cursor was given).
    pub has_previous_page: bool,
    /// Cursor of the first row.
    pub start_cursor: Option<String>,
    /// Cursor of the last row.
    pub end_cursor: Option<String>,
}

/// A place in a list: the sort key and the id of the row before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The sort key, to the microsecond.
    pub at: DateTime<Utc>,
    /// The row.
    pub id: Uuid,
}

/// What a client asked for.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Rows wanted.
    pub first: u32,
    /// Start after this row.
    pub after: Option<Cursor>,
}

/// How many rows are read of what goes on and of what is over, where a page shows both at once.
#[derive(Clone, Copy, Debug)]
pub struct Most {
    /// Of what goes on.
    pub open: u64,
    /// Of what is over.
    pub over: u64,
}

impl Most {
    /// On a page.
    pub const PAGE: Self = Self { open: 200, over: 50 };
}

/// One list: the query, what it is narrowed by, and whose rows it shows. A cursor carries a tag
/// over all three, so that it leads nowhere but on in its own list (G-7).
pub struct Listing {
    key: TagKey,
    list: String,
}

impl Listing {
    /// A list of the viewer's center or city.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`](crate::error::Error::Unauthenticated) without a place.
    pub fn new(cx: &Cx, query: &str, filter: &impl Debug) -> Result<Self> {
        let scope = cx.scope()?;
        let owner = scope.center().map_or(scope.city().0, |center| center.0);
        Ok(Self { key: cx.app.keys.tags(owner), list: format!("{query}\0{filter:?}\0") })
    }

    /// Reads the arguments of a connection.
    ///
    /// # Errors
    /// `page.first` (1–100) and `page.cursor` as violations.
    pub fn page(&self, first: Option<i32>, after: Option<&str>) -> Result<Page> {
        let first = first.unwrap_or(DEFAULT_FIRST);
        let first = u32::try_from(first)
            .ok()
            .filter(|n| (1..=100).contains(n))
            .ok_or_else(|| Violation::new("first", "page.first"))?;
        let after = match after {
            Some(text) => Some(self.read(text).ok_or_else(|| Violation::new("after", "page.cursor"))?),
            None => None,
        };
        Ok(Page { first, after })
    }

    /// The text of a cursor: place, id, tag.
    ///
    /// # Errors
    /// As [`TagKey::tag`].
    pub fn cursor(&self, cursor: Cursor) -> Result<String> {
        let mut bytes = cursor.at.timestamp_micros().to_be_bytes().to_vec();
        bytes.extend(cursor.id.into_bytes());
        let tag = self.key.tag(&self.message(&bytes))?;
        bytes.extend(tag);
        Ok(BASE64.encode(bytes))
    }

    fn read(&self, text: &str) -> Option<Cursor> {
        let bytes = BASE64.decode(text).ok()?;
        let (place, tag) = bytes.split_last_chunk::<{ TagKey::LENGTH }>()?;
        if !self.key.fits(&self.message(place), tag) {
            return None;
        }
        let (micros, id) = place.split_first_chunk::<8>()?;
        let at = DateTime::from_timestamp_micros(i64::from_be_bytes(*micros))?;
        Some(Cursor { at, id: Uuid::from_slice(id).ok()? })
    }

    fn message(&self, place: &[u8]) -> Vec<u8> {
        [self.list.as_bytes(), place].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::Keys;

    fn listing(owner: u128, query: &str, filter: &str) -> Listing {
        let keys = Keys::from_base64(&base64::engine::general_purpose::STANDARD_NO_PAD.encode([9; 32])).unwrap();
        Listing { key: keys.tags(Uuid::from_u128(owner)), list: format!("{query}\0{filter:?}\0") }
    }

    fn cursor() -> Cursor {
        Cursor { at: "2026-03-02T01:02:03.000004Z".parse().unwrap(), id: Uuid::from_u128(7) }
    }

    #[test]
    fn a_cursor_reads_back_in_its_own_list_only() {
        let own = listing(1, "complaints", "all");
        let text = own.cursor(cursor()).unwrap();
        let page = own.page(None, Some(&text)).unwrap();
        assert_eq!((page.first, page.after), (20, Some(cursor())));
        for other in [listing(2, "complaints", "all"), listing(1, "events", "all"), listing(1, "complaints", "new")] {
            assert!(other.page(None, Some(&text)).is_err());
        }
    }

    #[test]
    fn every_changed_bit_and_every_missing_byte_is_refused() {
        let own = listing(1, "complaints", "all");
        let bytes = BASE64.decode(own.cursor(cursor()).unwrap()).unwrap();
        assert_eq!(bytes.len(), 40);
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(own.page(None, Some(&BASE64.encode(changed))).is_err(), "bit {bit}");
        }
        for length in 0..bytes.len() {
            assert!(own.page(None, Some(&BASE64.encode(&bytes[..length]))).is_err(), "{length} bytes");
        }
        assert!(own.page(None, Some(&BASE64.encode([bytes.as_slice(), &[0]].concat()))).is_err());
        assert!(own.page(None, Some(&format!("{}=", BASE64.encode(&bytes)))).is_err());
    }

    #[test]
    fn a_page_has_one_to_a_hundred_rows() {
        let own = listing(1, "complaints", "all");
        for first in [0, 101, -1, i32::MIN, i32::MAX] {
            assert!(own.page(Some(first), None).is_err(), "{first}");
        }
        assert!(own.page(Some(1), None).is_ok() && own.page(Some(100), None).is_ok());
    }
}
