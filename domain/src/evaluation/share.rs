//! A share with its interval (domain section H.2): what few ratings say is not what many say.

/// A share in thousandths, and between which two it lies in 95 of 100 cases (Wilson).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The share itself.
    pub share: u32,
    /// The lower end.
    pub low: u32,
    /// The upper end.
    pub high: u32,
}

/// `part` of `of`; none of nothing.
#[must_use]
pub fn share(part: u32, of: u32) -> Option<Share> {
    // 1.96 and its square, in millionths as everything below.
    const UNIT: u128 = 1_000_000;
    const SQUARE: u128 = 3_841_600;
    let (x, n) = (u128::from(part.min(of)), u128::from(of));
    let spread = (SQUARE * UNIT + (4 * x * (n - x) * UNIT * UNIT).checked_div(n)?).isqrt() * 196 / 100;
    let middle = 2 * x * UNIT + SQUARE;
    let thousandths = |above: u128, below: u128| u32::try_from((1000 * above + below / 2) / below).unwrap_or(1000);
    let of_all = |above: u128| thousandths(above, 2 * (n * UNIT + SQUARE)).min(1000);
    Some(Share { share: thousandths(x, n), low: of_all(middle.saturating_sub(spread)), high: of_all(middle + spread) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_of_five_say_less_than_ninety_six_of_a_hundred() {
        let of = |part, of| share(part, of).map(|s| (s.share, s.low, s.high)).unwrap();
        assert_eq!(of(5, 5), (1000, 566, 1000));
        assert_eq!(of(96, 100), (960, 902, 984));
        assert_eq!(of(950, 1000), (950, 935, 962));
        assert_eq!(of(0, 10), (0, 0, 278));
        assert_eq!(share(0, 0), None);
        assert!(of(4_000_000_000, 4_000_000_000).1 > 998);
    }
}
