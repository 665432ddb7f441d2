//! A kiosk in the hall (7.2.3.2.1; domain section F.5): when it forgets what somebody has left half done, how many ratings
//! may wait in it, and who may leave its page.
//!
//! Nothing here asks what time it is: seconds are counted while the page is open, so a clock that jumps does no harm.

use crate::Violation;

/// After so many seconds without a touch a half-given rating is forgotten. ASSUMPTION.
pub const IDLE: u32 = 30;
/// So many seconds before that it says so: whoever reads slowly has to have twenty (WCAG 2.2.1).
pub const WARNING: u32 = 20;
/// How many seconds it says thanks. ASSUMPTION.
pub const THANKS: u32 = 8;
/// Ratings that may wait in it; with so many it takes no more. ASSUMPTION.
pub const QUEUE: u32 = 200;
/// Wrong PINs in a row that cost no time. ASSUMPTION.
pub const FREE_TRIES: u32 = 3;
/// Seconds after the first wrong PIN that costs some; twice as many after each further one. ASSUMPTION.
const FIRST_WAIT: u32 = 30;
/// No wait is longer, in seconds. ASSUMPTION.
const LONGEST_WAIT: u32 = 15 * 60;

/// How long nobody has touched the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Idle {
    /// Nobody has, since it began anew: there is nothing to forget.
    #[default]
    Fresh,
    /// Somebody has: so many seconds are left.
    Left(u32),
    /// It says thanks for so many seconds more, whoever touches it.
    Thanks(u32),
}

impl Idle {
    /// After a touch.
    #[must_use]
    pub const fn touched(self) -> Self {
        match self {
            Self::Fresh | Self::Left(_) => Self::Left(IDLE),
            Self::Thanks(_) => self,
        }
    }

    /// A second later; none when the page has to begin anew.
    #[must_use]
    pub const fn tick(self) -> Option<Self> {
        match self {
            Self::Fresh => Some(Self::Fresh),
            Self::Left(0 | 1) | Self::Thanks(0 | 1) => None,
            Self::Left(left) => Some(Self::Left(left - 1)),
            Self::Thanks(left) => Some(Self::Thanks(left - 1)),
        }
    }

    /// The seconds that are left, once they have to be told.
    #[must_use]
    pub const fn warning(self) -> Option<u32> {
        match self {
            Self::Left(left) if left <= WARNING => Some(left),
            _ => None,
        }
    }
}

/// The seconds to wait after so many wrong PINs in a row.
#[must_use]
pub fn wait_after(wrong: u32) -> u32 {
    match wrong.checked_sub(FREE_TRIES) {
        None => 0,
        Some(more) => FIRST_WAIT.saturating_mul(2_u32.saturating_pow(more)).min(LONGEST_WAIT),
    }
}

/// What is wrong with a PIN.
#[must_use]
pub fn check_pin(pin: &str) -> Option<Violation> {
    let fine = (6..=12).contains(&pin.len()) && pin.bytes().all(|byte| byte.is_ascii_digit());
    (!fine).then(|| Violation::new("pin", "settings.pin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds until it begins anew, and those at which it warns.
    fn course(mut idle: Idle) -> (u32, Vec<u32>) {
        let (mut seconds, mut warned) = (0, Vec::new());
        while let Some(next) = idle.tick() {
            seconds += 1;
            warned.extend(next.warning());
            idle = next;
            assert!(seconds < 1000, "it never ends");
        }
        (seconds + 1, warned)
    }

    #[test]
    fn a_half_given_rating_is_forgotten_after_thirty_seconds_and_it_says_so_before() {
        let (seconds, warned) = course(Idle::Fresh.touched());
        assert_eq!((seconds, warned.len()), (30, 20));
        assert_eq!((warned.first(), warned.last()), (Some(&20), Some(&1)));
        // A touch at the last moment gives all of the time back.
        assert_eq!(Idle::Left(1).touched(), Idle::Left(IDLE));
        assert_eq!(Idle::Left(IDLE).warning(), None);
    }

    #[test]
    fn thanks_end_by_themselves_and_an_untouched_page_stays() {
        assert_eq!(course(Idle::Thanks(THANKS)), (THANKS, Vec::new()));
        assert_eq!(Idle::Thanks(3).touched(), Idle::Thanks(3));
        assert_eq!(Idle::Fresh.tick(), Some(Idle::Fresh));
        assert_eq!(Idle::Left(0).tick(), None);
    }

    #[test]
    fn guessing_a_pin_takes_longer_with_each_guess() {
        let waits: Vec<_> = (0..10).map(wait_after).collect();
        assert_eq!(waits, [0, 0, 0, 30, 60, 120, 240, 480, 900, 900]);
        assert_eq!(wait_after(u32::MAX), 900);
    }

    #[test]
    fn a_pin_is_six_to_twelve_digits() {
        for fine in ["246810", "012345678901"] {
            assert_eq!(check_pin(fine), None, "{fine}");
        }
        for wrong in ["", "12345", "1234567890123", "12345a", "１２３４５６", "-12345", " 123456"] {
            assert_eq!(check_pin(wrong).map(|found| found.code), Some("settings.pin"), "{wrong}");
        }
    }
}
