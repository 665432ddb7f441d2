//! Signs that ratings were not given freely (7.2.1.2; domain section F.5; R-4): staff who rate for visitors, bursts,
//! questionnaires ticked down one column.
//!
//! ```text
//! something is given ─▶ Watch (in memory) ─▶ the day is over ─▶ its flags are written, what was noticed is forgotten
//!                                                            └▶ two counts of the day stay for thirteen days
//! ```
//! What is noticed of a rating names neither address nor device: both are hashed under a key of the day that is kept
//! nowhere. A flag says of a point and a day what was seen and roughly how often; it names no rating, and the ratings
//! count on until the city excludes one. Each sign asks how likely it is among visitors on their own, by the point's own
//! past and by what came at the center's other points on the same day.

mod chance;
mod signs;
mod watch;

pub use self::watch::{Point, Watch};
use crate::{Violation, complaints::form::length, macros::text_enum};

/// The longest word of a reviewer, in characters.
pub const REASON_MAX: usize = 500;
/// Minutes of the finest time that is noticed.
pub const SLOT_MINUTES: u32 = 5;
/// A center is taken to close then where its posts do not say, as a slot of the day (17:30). ASSUMPTION.
const CLOSES: u16 = 210;
/// Hours of a working day. ASSUMPTION.
const HOURS: f64 = 8.0;
/// Counts of a flag are told no finer: this many at least.
const ROUGHLY: [u32; 8] = [5, 10, 20, 50, 100, 200, 500, 1000];

text_enum! {
    /// What visitors on their own hardly leave behind.
    pub enum RatingFlagKind {
        /// 短时集中: far more in half an hour than the point has.
        Burst = "burst",
        /// 同一设备: most of what came from a network, from one device.
        Device = "device",
        /// 同一网络: one after another from one network.
        Network = "network",
        /// 提交过快: sooner than one can read what is asked.
        Fast = "fast",
        /// 直线作答: questionnaires with one level all the way down.
        Straight = "straight",
        /// 连续最高档: the best level again and again.
        Top = "top",
        /// 下班前集中: good ones as the center closes, or later.
        Closing = "closing",
        /// 办公网络: from the network that the staff work in.
        StaffNetwork = "staff_network",
        /// 少数设备反复: few devices, a little each day.
        Repeats = "repeats",
        /// 超出观察上限: more came than is watched.
        Unwatched = "unwatched",
    }

    /// What became of a flag.
    pub enum RatingFlagState {
        /// 待核查.
        Open = "open",
        /// 存疑: it stands.
        Kept = "kept",
        /// 已说明: there is another explanation.
        Dismissed = "dismissed",
    }
}

/// What was given, as far as it is noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A good-bad rating.
    Rating {
        /// Of the best level.
        top: bool,
    },
    /// An answered form E.
    Survey {
        /// With one level all the way down.
        alike: bool,
        /// … the best one.
        top: bool,
    },
    /// A good-bad rating at a kiosk: one device for everybody, which may send it much later.
    Kiosk {
        /// Of the best level.
        top: bool,
    },
}

impl What {
    /// Seconds below which nobody has read what is asked. ASSUMPTION.
    const fn reading(self) -> u16 {
        match self {
            Self::Rating { .. } | Self::Kiosk { .. } => 4,
            Self::Survey { .. } => 15,
        }
    }

    const fn is_top(self) -> bool {
        match self {
            Self::Rating { top } | Self::Survey { top, .. } | Self::Kiosk { top } => top,
        }
    }
}

/// What is noticed of something that was given. Kept in memory, until its day is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noticed {
    /// When: which five minutes of the day.
    pub slot: u16,
    /// A keyed hash of what the browser tells of itself and of where it comes from.
    pub device: u64,
    /// A keyed hash of where it comes from.
    pub network: u64,
    /// Seconds for which the page was open, where that is known.
    pub seconds: Option<u16>,
    /// What it was.
    pub what: What,
}

/// How it usually is at a point.
#[derive(Clone, Copy, Debug)]
pub struct Usual {
    per_hour: f64,
    top: f64,
    closes: u16,
}

impl Usual {
    /// From how many came on each day on which somebody came, how many of all ratings were of the best level, and when
    /// the point closes. A point without a past is taken for a quiet one that three of four are pleased with.
    #[must_use]
    pub fn new(mut days: Vec<u32>, (top, of): (u32, u32), closes: Option<u16>) -> Self {
        days.retain(|came| *came > 0);
        days.sort_unstable();
        // The middle one: a day of flags does not make the next one usual.
        let middle = days.get(days.len() / 2).copied().unwrap_or_default();
        let top = (f64::from(top) + 7.5) / (f64::from(of) + 10.0);
        Self {
            per_hour: (f64::from(middle) / HOURS).max(1.0),
            top: top.clamp(0.5, 0.97),
            closes: closes.unwrap_or(CLOSES),
        }
    }
}

/// The last time that opening hours tell, as a slot of the day: of `周一至周五 8:30–12:00，14:30–17:30` half past five.
#[must_use]
pub fn closing(hours: &str) -> Option<u16> {
    let hours = hours.replace('：', ":");
    let time = |(at, _): (usize, &str)| {
        let digits = |c: &char| c.is_ascii_digit();
        let after: String = hours.get(at + 1..)?.chars().take_while(digits).collect();
        let before: String = hours.get(..at)?.chars().rev().take_while(digits).collect();
        let hour: u32 = before.chars().rev().collect::<String>().parse().ok()?;
        let minute: u32 = after.parse().ok()?;
        let is_time = hour <= 24 && minute < 60 && after.len() == 2;
        is_time.then(|| u16::try_from((hour * 60 + minute) / SLOT_MINUTES).ok())?
    };
    hours.rmatch_indices(':').find_map(time)
}

/// A sign, and about how many of how many it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag {
    /// What was seen.
    pub kind: RatingFlagKind,
    /// Of how many at least.
    pub seen: u32,
    /// Among how many at least.
    pub among: u32,
}

impl Flag {
    /// No exact count leaves the memory: with the week's figures it could tell of a few people (P-7).
    const fn new(kind: RatingFlagKind, seen: u32, among: u32) -> Self {
        Self { kind, seen: roughly(seen), among: roughly(among) }
    }
}

const fn roughly(count: u32) -> u32 {
    let (mut told, mut at) = (0, 0);
    while at < ROUGHLY.len() && ROUGHLY[at] <= count {
        told = ROUGHLY[at];
        at += 1;
    }
    told
}

/// What is wrong with a reviewer's word, and with the state that they choose.
#[must_use]
pub fn check_decision(state: RatingFlagState, reason: &str) -> Vec<Violation> {
    let open = (state == RatingFlagState::Open).then(|| Violation::new("state", "form.required"));
    open.into_iter().chain(length("reason", reason, 5, REASON_MAX)).collect()
}

/// Whether a reviewer may decide it: it waits, and is not about a post where they work or that they lead.
///
/// # Errors
/// `rating_flag.decided`, `rating_flag.own`.
pub const fn may_decide(state: RatingFlagState, own: bool) -> Result<(), Violation> {
    match (state, own) {
        (_, true) => Err(Violation::new("", "rating_flag.own")),
        (RatingFlagState::Open, false) => Ok(()),
        (RatingFlagState::Kept | RatingFlagState::Dismissed, false) => Err(Violation::new("", "rating_flag.decided")),
    }
}

#[cfg(test)]
mod simulated;
#[cfg(test)]
mod tests;
