//! Means of points, from how often each number of points occurred.

use super::real;

/// Student's t for 95 %, in thousandths, by degrees of freedom from 1; beyond the table the last one, which is a
/// little wide.
const T: [u64; 30] = [
    12706, 4303, 3182, 2776, 2571, 2447, 2365, 2306, 2262, 2228, 2201, 2179, 2160, 2145, 2131, 2120, 2110, 2101, 2093,
    2086, 2080, 2074, 2069, 2064, 2060, 2056, 2052, 2048, 2045, 2042,
];

/// Student's t for 95 % and so many degrees of freedom, in thousandths; what is beyond 30 is as 30, a little wide.
#[must_use]
pub fn student(freedom: u64) -> u64 {
    let at = freedom.saturating_sub(1).min(29);
    usize::try_from(at).ok().and_then(|at| T.get(at)).copied().unwrap_or(T[0])
}

/// A count beyond 2⁶⁴ as a number with a fraction.
fn wide(count: u128) -> f64 {
    let part = |bits: u128| real(u64::try_from(bits & u128::from(u64::MAX)).unwrap_or(u64::MAX));
    part(count >> 64) * 2_f64.powi(64) + part(count)
}

/// A mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// Of how many.
    pub of: u64,
    /// The mean, in the unit of what it is made of.
    pub value: f64,
    /// Its 95 % interval; none of fewer than three.
    pub interval: Option<(f64, f64)>,
}

/// The mean of `(points, how often)`, in any order; none of nothing.
///
/// The interval is the mean ± t·s/√n with Student's t of n − 1 degrees of freedom, not below 0. Assumption: the mean of so
/// many forms is spread as a normal one is. Student, Biometrika 6 (1908) 1.
#[must_use]
pub fn mean(points: &[(u32, u64)]) -> Option<Mean> {
    let (mut of, mut sum, mut squares) = (0_u64, 0_u64, 0_u128);
    for (points, times) in points {
        of += times;
        sum += u64::from(*points) * times;
        squares += u128::from(*points) * u128::from(*points) * u128::from(*times);
    }
    if of == 0 {
        return None;
    }
    let value = real(sum) / real(of);
    // n·Σx² − (Σx)² is n(n−1) times the variance; the mean's is the n-th part of that. A whole number: no order, no loss.
    let spread = (u128::from(of) * squares).saturating_sub(u128::from(sum) * u128::from(sum));
    let interval = (of >= 3).then(|| {
        let error = wide(spread) / (real(of) * real(of) * real(of - 1));
        let margin = error.sqrt() * real(student(of - 1)) / 1000.0;
        ((value - margin).max(0.0), value + margin)
    });
    Some(Mean { of, value, interval })
}
