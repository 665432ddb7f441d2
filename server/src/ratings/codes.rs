//! The codes of posters, and tokens: both prove by a tag that they are ours, and nothing is kept of either.
//!
//! A poster's code is the point's id with a tag. A token is where it lets one rate, a nonce and the day, with a tag; it
//! counts on that day and the next one. The token for the link after an answered complaint is made of the complaint's id
//! by a key: it is the same whenever the answer is looked at, and does not lead back.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as TEXT};
use chrono::{DateTime, Datelike, Days, NaiveDate, Timelike, Utc};
use domain::{
    CenterId, ComplaintId, RatingPointId,
    calendar::{local_date, shanghai},
    evaluation::ratings::LINK_DAYS,
};
use uuid::Uuid;

use crate::{
    crypto::{Keys, TagKey, hex, random},
    error::Result,
};

const NONCE: usize = 16;
/// Kind, point, nonce, day, and the second of the day.
const BODY: usize = 1 + 16 + NONCE + 4 + 4;
/// A second that no day has: it is not known when the page was opened.
const NO_TIME: u32 = u32::MAX;

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A rating point.
    Point(RatingPointId),
    /// The link after an answered complaint.
    Link,
}

/// A token, read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// What it is for.
    pub entry: Entry,
    /// The day on which it was given out; of a link the day of the answer.
    pub day: NaiveDate,
    /// The second of that day.
    second: u32,
    nonce: [u8; NONCE],
}

/// The code of a point, as it stands on its poster.
pub fn point_code(keys: &Keys, center: CenterId, point: RatingPointId) -> Result<String> {
    let id = point.0.into_bytes();
    let tag = keys.purpose("rating/point", center).tag(&id)?;
    Ok(TEXT.encode([id, tag].concat()))
}

/// The point of a code; none of a text that is no code of this center's.
pub fn read_point(keys: &Keys, center: CenterId, code: &str) -> Option<RatingPointId> {
    let bytes: [u8; 32] = TEXT.decode(code).ok()?.try_into().ok()?;
    let (id, tag) = bytes.split_first_chunk::<16>()?;
    let fits = keys.purpose("rating/point", center).fits(id, tag.first_chunk()?);
    fits.then(|| RatingPointId(Uuid::from_bytes(*id)))
}

impl Ticket {
    /// A new one at a point.
    pub fn at(point: RatingPointId, day: NaiveDate) -> Result<Self> {
        Ok(Self { entry: Entry::Point(point), day, second: NO_TIME, nonce: random()? })
    }

    /// The same, given out with a page that is opened now.
    #[must_use]
    pub fn opened(self, now: DateTime<Utc>) -> Self {
        Self { second: now.with_timezone(&shanghai()).num_seconds_from_midnight(), ..self }
    }

    /// For how many seconds the page has been open, if it was opened today.
    #[must_use]
    pub fn open_for(&self, now: DateTime<Utc>) -> Option<u16> {
        let now_second = now.with_timezone(&shanghai()).num_seconds_from_midnight();
        let today = self.second != NO_TIME && self.day == local_date(now);
        today.then(|| now_second.checked_sub(self.second)).flatten().and_then(|seconds| u16::try_from(seconds).ok())
    }

    /// The one of a complaint that was answered on a day.
    pub fn after(keys: &Keys, center: CenterId, complaint: ComplaintId, day: NaiveDate) -> Result<Self> {
        let nonce = keys.purpose("rating/link", center).tag(complaint.0.as_bytes())?;
        Ok(Self { entry: Entry::Link, day, second: NO_TIME, nonce })
    }

    /// As it is given out.
    pub fn text(&self, keys: &Keys, center: CenterId) -> Result<String> {
        let body = self.body();
        let tag = key(keys, center).tag(&body)?;
        Ok(TEXT.encode([body.as_slice(), tag.as_slice()].concat()))
    }

    /// Reads one; none of a text that is no token of this center's.
    pub fn read(keys: &Keys, center: CenterId, text: &str) -> Option<Self> {
        let bytes = TEXT.decode(text).ok()?;
        let (body, tag) = bytes.split_first_chunk::<BODY>()?;
        let tag: &[u8; TagKey::LENGTH] = tag.try_into().ok()?;
        if !key(keys, center).fits(body, tag) {
            return None;
        }
        let (kind, rest) = body.split_first()?;
        let (point, rest) = rest.split_first_chunk::<16>()?;
        let (nonce, rest) = rest.split_first_chunk::<NONCE>()?;
        let (day, second) = rest.split_first_chunk::<4>()?;
        let entry = if *kind == 0 { Entry::Point(RatingPointId(Uuid::from_bytes(*point))) } else { Entry::Link };
        let day = NaiveDate::from_num_days_from_ce_opt(i32::from_be_bytes(*day))?;
        Some(Self { entry, day, second: u32::from_be_bytes(second.try_into().ok()?), nonce: *nonce })
    }

    /// Whether it counts on a day.
    pub fn counts_on(&self, today: NaiveDate) -> bool {
        let days = match self.entry {
            Entry::Point(_) => 1,
            Entry::Link => LINK_DAYS,
        };
        (self.day..=self.day + Days::new(days)).contains(&today)
    }

    /// By what it is known that it was used.
    pub fn mark(&self, keys: &Keys, center: CenterId) -> Result<String> {
        Ok(hex(&keys.purpose("rating/mark", center).tag(&self.nonce)?))
    }

    fn body(&self) -> [u8; BODY] {
        let (kind, point) = match self.entry {
            Entry::Point(id) => (0, id.0),
            Entry::Link => (1, Uuid::nil()),
        };
        let (day, second) = (self.day.num_days_from_ce().to_be_bytes(), self.second.to_be_bytes());
        let parts = [&[kind][..], point.as_bytes(), &self.nonce, &day, &second].concat();
        let mut body = [0; BODY];
        for (byte, part) in body.iter_mut().zip(parts) {
            *byte = part;
        }
        body
    }
}

fn key(keys: &Keys, center: CenterId) -> TagKey {
    keys.purpose("rating/token", center)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CENTER: CenterId = CenterId(Uuid::from_u128(1));
    const OTHER: CenterId = CenterId(Uuid::from_u128(2));
    const POINT: RatingPointId = RatingPointId(Uuid::from_u128(3));

    fn keys() -> Keys {
        Keys::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc").unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_code_is_of_one_center_and_cannot_be_made_up() {
        let code = point_code(&keys(), CENTER, POINT).unwrap();
        assert_eq!(read_point(&keys(), CENTER, &code), Some(POINT));
        assert_eq!(read_point(&keys(), OTHER, &code), None);
        assert_eq!(read_point(&keys(), CENTER, &TEXT.encode([7; 32])), None);
        for at in 0..code.len() {
            let mut changed = code.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(read_point(&keys(), CENTER, std::str::from_utf8(&changed).unwrap()), None, "{at}");
        }
    }

    #[test]
    fn a_token_reads_back_and_counts_for_two_days() {
        let ticket = Ticket::at(POINT, day("2026-03-02")).unwrap();
        let text = ticket.text(&keys(), CENTER).unwrap();
        assert_eq!(Ticket::read(&keys(), CENTER, &text), Some(ticket));
        assert_eq!(Ticket::read(&keys(), OTHER, &text), None);
        assert_eq!(Ticket::read(&keys(), CENTER, &text[..text.len() - 1]), None);
        assert_eq!(Ticket::read(&keys(), CENTER, ""), None);
        for (today, counts) in
            [("2026-03-01", false), ("2026-03-02", true), ("2026-03-03", true), ("2026-03-04", false)]
        {
            assert_eq!(ticket.counts_on(day(today)), counts, "{today}");
        }
        let another = Ticket::at(POINT, day("2026-03-02")).unwrap();
        assert_ne!(another.mark(&keys(), CENTER).unwrap(), ticket.mark(&keys(), CENTER).unwrap());
        assert!(!text.contains(&ticket.mark(&keys(), CENTER).unwrap()));
    }

    #[test]
    fn a_token_tells_how_long_its_page_was_open_on_the_same_day() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let ticket = Ticket::at(POINT, day("2026-03-02")).unwrap();
        assert_eq!(ticket.open_for(at("2026-03-02T03:00:00Z")), None, "nobody opened a page");
        let opened = ticket.opened(at("2026-03-02T03:00:00Z"));
        let read = Ticket::read(&keys(), CENTER, &opened.text(&keys(), CENTER).unwrap()).unwrap();
        assert_eq!(read, opened);
        assert_eq!(read.mark(&keys(), CENTER).unwrap(), ticket.mark(&keys(), CENTER).unwrap());
        for (now, seconds) in [
            ("2026-03-02T03:00:00Z", Some(0)),
            ("2026-03-02T03:00:07Z", Some(7)),
            ("2026-03-02T02:59:59Z", None),
            ("2026-03-02T16:00:00Z", None),
        ] {
            assert_eq!(read.open_for(at(now)), seconds, "{now}");
        }
    }

    #[test]
    fn a_complaint_has_one_token_however_often_it_is_looked_at() {
        let of = |case| Ticket::after(&keys(), CENTER, ComplaintId(Uuid::from_u128(case)), day("2026-03-02")).unwrap();
        assert_eq!(of(4), of(4));
        assert_ne!(of(4).mark(&keys(), CENTER).unwrap(), of(5).mark(&keys(), CENTER).unwrap());
        let text = of(4).text(&keys(), CENTER).unwrap();
        assert_eq!(Ticket::read(&keys(), CENTER, &text).map(|ticket| ticket.entry), Some(Entry::Link));
        assert!(of(4).counts_on(day("2026-04-01")) && !of(4).counts_on(day("2026-04-02")));
    }
}
