//! Points in steps of a half.

use serde::{Deserialize, Serialize};

/// Points in halves: 3 is 1.5 points. Whole numbers, so that sums are exact; a sum that would be too large stays at the
/// largest number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Halves(pub u16);

impl Halves {
    /// So many whole points.
    #[must_use]
    pub const fn points(points: u16) -> Self {
        Self(points.saturating_mul(2))
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// What is left, not below 0.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// What is typed as `2` or `1.5`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, half) = match text.trim().split_once('.') {
            None => (text.trim(), 0),
            Some((whole, "0")) => (whole, 0),
            Some((whole, "5")) => (whole, 1),
            Some(_) => return None,
        };
        let digits = !whole.is_empty() && whole.bytes().all(|byte| byte.is_ascii_digit());
        let whole: u16 = whole.parse().ok().filter(|_| digits)?;
        whole.checked_mul(2)?.checked_add(half).map(Self)
    }
}

impl std::fmt::Display for Halves {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let half = if self.0 % 2 == 1 { ".5" } else { "" };
        write!(f, "{}{half}", self.0 / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_read_as_they_are_written() {
        for (text, halves) in [("0", 0), ("0.5", 1), ("1", 2), ("1.5", 3), (" 12 ", 24), ("100.0", 200)] {
            assert_eq!(Halves::parse(text), Some(Halves(halves)), "{text}");
            assert_eq!(Halves::parse(&Halves(halves).to_string()), Some(Halves(halves)), "{text}");
        }
        for text in ["", ".5", "1.", "1.25", "-1", "+1", "1,5", "一", "40000"] {
            assert_eq!(Halves::parse(text), None, "{text}");
        }
    }
}
