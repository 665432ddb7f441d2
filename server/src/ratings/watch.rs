//! What is noticed as the public rates, in memory alone (R-4; domain `flags` has the signs).
//!
//! Where something comes from and what its browser tells are hashed under a key that is drawn for the day, known to this
//! process alone and forgotten after it. Nothing of it is written down but flags, which say roughly how many and of no
//! rating which. A process that ends without a word takes along what it has noticed of the day.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Days, NaiveDate, Timelike, Utc};
use domain::{
    CenterId,
    calendar::{local_date, shanghai},
    evaluation::{
        flags::{Flag, Noticed, Point, SLOT_MINUTES, Usual, Watch, What},
        levels::{FiveLevel, FourLevel},
        ratings::{Answers, Opinion},
    },
};

use super::service::giving::Given;
use crate::{auth::scope::Reach, crypto::TagKey, error::Result, graphql::context::Cx, http::client::ClientAddr};

/// What this process has noticed.
#[derive(Default)]
pub struct Watches(Mutex<State>);

#[derive(Default)]
struct State {
    keys: BTreeMap<NaiveDate, TagKey>,
    centers: HashMap<CenterId, Watch>,
}

impl Watches {
    /// A visitor has given something at a point, on a page that was open for so many seconds.
    pub fn notice(&self, cx: &Cx, center: CenterId, point: Point, (what, seconds): (What, Option<u16>)) {
        let Some(client) = cx.caller.client else { return };
        let now = cx.now();
        self.remember(now, |state, day| {
            let key = state.key(day)?;
            let network = hashed(&key, &["network", &address(client)])?;
            let device = hashed(&key, &["device", &address(client), &cx.caller.agent])?;
            let noticed = Noticed { slot: slot(now), device, network, seconds, what };
            state.centers.entry(center).or_default().notice(day, point, noticed);
            Ok(())
        });
    }

    /// Something was given at a kiosk: one device for everybody, which may send it much later.
    pub fn notice_kiosk(&self, now: DateTime<Utc>, center: CenterId, point: Point, level: FiveLevel) {
        let what = What::Kiosk { top: level == FiveLevel::VerySatisfied };
        let noticed = Noticed { slot: slot(now), device: 0, network: 0, seconds: None, what };
        self.put(center, local_date(now), point, noticed);
    }

    /// Something was noticed, hashed already.
    pub fn put(&self, center: CenterId, day: NaiveDate, point: Point, noticed: Noticed) {
        self.state().centers.entry(center).or_default().notice(day, point, noticed);
    }

    /// Somebody who works in a center asks for something: the network is one that the staff work in.
    pub fn notice_staff(&self, cx: &Cx) {
        let Some(client) = cx.caller.client else { return };
        let Ok(scope) = cx.scope() else { return };
        let (Reach::Center(center, _), Some(_)) = (scope.reach(), scope.account()) else { return };
        self.remember(cx.now(), |state, day| {
            let network = hashed(&state.key(day)?, &["network", &address(client)])?;
            state.centers.entry(center).or_default().staff(day, network);
            Ok(())
        });
    }

    /// The days before `today` of which something is remembered of a center.
    pub fn over(&self, center: CenterId, today: NaiveDate) -> Vec<NaiveDate> {
        self.state().centers.get(&center).map(|watch| watch.over(today).collect()).unwrap_or_default()
    }

    /// Where something was noticed at a center on a day.
    pub fn points(&self, center: CenterId, day: NaiveDate) -> Vec<Point> {
        self.state().centers.get(&center).map(|watch| watch.points(day).collect()).unwrap_or_default()
    }

    /// The signs of a day at a center.
    pub fn flags(&self, center: CenterId, day: NaiveDate, usual: impl Fn(Point) -> Usual) -> Vec<(Point, Flag)> {
        self.state().centers.get(&center).map(|watch| watch.flags(day, usual)).unwrap_or_default()
    }

    /// Forgets what was noticed at a center on a day.
    pub fn close(&self, center: CenterId, day: NaiveDate) {
        if let Some(watch) = self.state().centers.get_mut(&center) {
            watch.close(day);
        }
    }

    /// Nobody's rating fails because it was not watched.
    fn remember(&self, now: DateTime<Utc>, work: impl FnOnce(&mut State, NaiveDate) -> Result<()>) {
        if let Err(error) = work(&mut self.state(), local_date(now)) {
            tracing::error!(?error, "a rating was not watched");
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The key of a day. Those of days long over go.
    fn key(&mut self, day: NaiveDate) -> Result<TagKey> {
        if let Some(key) = self.keys.get(&day) {
            return Ok(key.clone());
        }
        let key = TagKey::random()?;
        self.keys.retain(|known, _| *known + Days::new(1) >= day);
        self.keys.insert(day, key.clone());
        Ok(key)
    }
}

fn hashed(key: &TagKey, parts: &[&str]) -> Result<u64> {
    let tag = key.tag(parts.join("\n").as_bytes())?;
    Ok(tag.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes)))
}

/// One customer's: an IPv4 address, or the /64 of an IPv6 address.
fn address(client: ClientAddr) -> String {
    client.bucket().to_string()
}

fn slot(now: DateTime<Utc>) -> u16 {
    let time = now.with_timezone(&shanghai());
    u16::try_from((time.hour() * 60 + time.minute()) / SLOT_MINUTES).unwrap_or_default()
}

/// What is noticed of something that is about to be sealed.
pub fn what(given: &Given) -> What {
    match given {
        Given::Rating(Opinion { level, .. }) => What::Rating { top: *level == FiveLevel::VerySatisfied },
        Given::Survey(Answers { rows, .. }) => {
            let first = rows.first().map(|(_, level)| *level);
            let alike = rows.iter().all(|(_, level)| Some(*level) == first);
            What::Survey { alike, top: alike && first == Some(FourLevel::Satisfied) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_of_its_day_and_tells_of_no_address() {
        let mut state = State::default();
        let [one, other] = ["2026-03-02", "2026-03-03"].map(|day| day.parse::<NaiveDate>().unwrap());
        let of = |key: &TagKey| hashed(key, &["network", "192.0.2.1"]).unwrap();
        let first = state.key(one).unwrap();
        assert_eq!(of(&first), of(&state.key(one).unwrap()));
        assert_ne!(of(&first), of(&state.key(other).unwrap()));
        assert_ne!(of(&first), hashed(&first, &["device", "192.0.2.1"]).unwrap());
        // The day after the next the first key is gone.
        state.key(other + Days::new(1)).unwrap();
        assert_eq!(state.keys.len(), 2);
        assert_ne!(of(&first), of(&state.key(one).unwrap()), "a new one was drawn");
    }

    #[test]
    fn time_is_noticed_by_five_minutes_of_the_local_day() {
        for (time, expected) in
            [("2026-03-02T00:00:00Z", 96), ("2026-03-02T09:29:59Z", 209), ("2026-03-02T16:04:59Z", 0)]
        {
            assert_eq!(slot(time.parse().unwrap()), expected, "{time}");
        }
    }

    #[test]
    fn one_level_all_the_way_down_is_noticed() {
        let of = |levels: [FourLevel; 3]| {
            let rows = levels.iter().map(|level| ("code".to_owned(), *level)).collect();
            what(&Given::Survey(Answers { visited_on: None, department: None, rows, remark: None }))
        };
        use FourLevel::{FairlySatisfied, Satisfied};
        assert_eq!(of([Satisfied; 3]), What::Survey { alike: true, top: true });
        assert_eq!(of([FairlySatisfied; 3]), What::Survey { alike: true, top: false });
        assert_eq!(of([Satisfied, Satisfied, FairlySatisfied]), What::Survey { alike: false, top: false });
    }
}
