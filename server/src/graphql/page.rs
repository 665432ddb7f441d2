//! Relay connections, forward only: `first` 1–100, an opaque cursor, one row more than asked.

use async_graphql::SimpleObject;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, Utc};
use domain::Violation;
use uuid::Uuid;

use crate::error::Result;

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

impl Page {
    /// Reads the arguments of a connection.
    ///
    /// # Errors
    /// `page.first` (1–100) and `page.cursor` as violations.
    pub fn parse(first: Option<i32>, after: Option<&str>) -> Result<Self> {
        let first = first.unwrap_or(DEFAULT_FIRST);
        let first = u32::try_from(first)
            .ok()
            .filter(|n| (1..=100).contains(n))
            .ok_or_else(|| Violation::new("first", "page.first"))?;
        let after = after.map(Cursor::parse).transpose()?;
        Ok(Self { first, after })
    }
}

impl Cursor {
    fn parse(text: &str) -> Result<Self> {
        let bad = || Violation::new("after", "page.cursor");
        let bytes: [u8; 24] = BASE64.decode(text).ok().and_then(|b| b.try_into().ok()).ok_or_else(bad)?;
        let (micros, id) = bytes.split_at(8);
        let micros = i64::from_be_bytes(micros.try_into().map_err(|_| bad())?);
        let at = DateTime::from_timestamp_micros(micros).ok_or_else(bad)?;
        Ok(Self { at, id: Uuid::from_slice(id).map_err(|_| bad())? })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bytes: Vec<u8> = self.at.timestamp_micros().to_be_bytes().into_iter().chain(self.id.into_bytes()).collect();
        f.write_str(&BASE64.encode(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_a_forged_one_is_refused() {
        let cursor = Cursor { at: "2026-03-02T01:02:03.000004Z".parse().unwrap(), id: Uuid::from_u128(7) };
        let page = Page::parse(None, Some(&cursor.to_string())).unwrap();
        assert_eq!((page.first, page.after), (20, Some(cursor)));
        for (first, after) in
            [(Some(0), None), (Some(101), None), (Some(-1), None), (None, Some("x")), (None, Some(""))]
        {
            assert!(Page::parse(first, after).is_err(), "{first:?} {after:?}");
        }
    }
}
