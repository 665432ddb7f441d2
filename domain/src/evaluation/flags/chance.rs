//! How likely it is that so many come together by themselves.

/// How likely at least `count` are, where `mean` are to be expected (Poisson). No more than that is no surprise: 1.
pub(super) fn poisson(count: u32, mean: f64) -> f64 {
    if f64::from(count) <= mean {
        return 1.0;
    }
    let first: f64 = (1..=count).map(|n| (mean / f64::from(n)).ln()).sum::<f64>() - mean;
    tail(first.exp(), (count..).map(|n| mean / (f64::from(n) + 1.0)))
}

/// How likely at least `count` of `of` are, each with a chance of `share` (binomial; 1 for what is no more
/// than to be expected). `share` is between 0 and 1.
pub(super) fn binomial(count: u32, of: u32, share: f64) -> f64 {
    if f64::from(count) <= f64::from(of) * share {
        return 1.0;
    }
    let Some(rest) = of.checked_sub(count) else { return 0.0 };
    let ways: f64 = (1..=count).map(|n| (f64::from(rest) / f64::from(n)).ln_1p()).sum();
    let first = ways + f64::from(count) * share.ln() + f64::from(rest) * (1.0 - share).ln();
    let odds = share / (1.0 - share);
    tail(first.exp(), (count..of).map(|n| f64::from(of - n) / (f64::from(n) + 1.0) * odds))
}

/// A share of which `part` of `of` were seen, taken together with what was to be expected before: `usual`, as if `weight`
/// had been seen of it.
pub(super) fn share(part: u32, of: u32, usual: f64, weight: f64) -> f64 {
    (f64::from(part) + usual * weight) / (f64::from(of) + weight)
}

/// The sum of a first term and of those that follow by these ratios.
fn tail(first: f64, ratios: impl Iterator<Item = f64>) -> f64 {
    let (mut term, mut sum) = (first, first);
    for ratio in ratios {
        term *= ratio;
        sum += term;
        if ratio < 1.0 && term <= sum * 1e-9 {
            break;
        }
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found / expected - 1.0).abs() < 1e-3, "{found} for {expected}");
    }

    #[test]
    fn chances_are_those_of_the_tables() {
        near(poisson(2, 1.0), 0.264_24);
        near(poisson(11, 3.0), 2.923e-4);
        near(poisson(150, 100.0), 1.8842e-6);
        near(binomial(3, 10, 0.1), 0.070_19);
        near(binomial(5, 5, 0.08), 3.2768e-6);
        near(binomial(20, 20, 0.65), 1.812e-4);
        assert!((poisson(1000, 2000.0) - 1.0).abs() < 1e-9 && (binomial(0, 9, 0.5) - 1.0).abs() < 1e-9);
        assert!(binomial(6, 5, 0.5) < 1e-9);
    }

    #[test]
    fn what_was_seen_outweighs_what_was_thought() {
        near(share(0, 0, 0.25, 4.0), 0.25);
        near(share(0, 96, 0.25, 4.0), 0.01);
        near(share(30, 96, 0.25, 4.0), 0.31);
    }
}
