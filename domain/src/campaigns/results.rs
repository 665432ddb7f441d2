//! What the forms of a round come to. A mean is shown of so many forms at least, and what is shown of all targets
//! together is made of those that are shown: no difference leads to one that is not.

use crate::{CampaignTargetId, statistics::student};

/// A mean in hundredths, rounded to the nearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mean {
    /// The mean.
    pub mean: u32,
    /// Of so many forms.
    pub forms: u32,
}

/// Where the mean of many such forms would lie nineteen times out of twenty, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// From.
    pub from: u32,
    /// To.
    pub to: u32,
}

/// What a round came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Target by target, in their order; none where there are too few forms, and then not how many.
    pub targets: Vec<(CampaignTargetId, Option<Mean>)>,
    /// Of all forms about the targets that are shown.
    pub whole: Option<Mean>,
    /// How many targets are not shown.
    pub hidden: u32,
}

/// The means of `totals`, which belong to `targets`: of `least` forms at least.
#[must_use]
pub fn shown(targets: &[CampaignTargetId], totals: &[(CampaignTargetId, u32)], least: u32) -> Shown {
    let mut shown = Shown::default();
    let mut whole = Vec::new();
    for target in targets {
        let own: Vec<u32> = totals.iter().filter(|(of, _)| of == target).map(|(_, total)| *total).collect();
        let found = mean(&own).filter(|mean| mean.forms >= least.max(1));
        if found.is_some() {
            whole.extend(own);
        } else {
            shown.hidden += 1;
        }
        shown.targets.push((*target, found));
    }
    shown.whole = mean(&whole);
    shown
}

/// The mean of some totals; none of nothing.
#[must_use]
pub fn mean(totals: &[u32]) -> Option<Mean> {
    let forms = u32::try_from(totals.len()).ok().filter(|forms| *forms > 0)?;
    let sum: u64 = totals.iter().map(|total| u64::from(*total)).sum();
    let mean = (sum * 2 + u64::from(forms)) / (u64::from(forms) * 2);
    Some(Mean { mean: u32::try_from(mean).ok()?, forms })
}

/// The interval of their mean, within 0 and `most`; none of fewer than three. For those who may read every form:
/// together with a mean it tells more than a mean.
#[must_use]
pub fn interval(totals: &[u32], most: u32) -> Option<Interval> {
    let mean = mean(totals).filter(|mean| mean.forms >= 3)?;
    let n = u64::from(mean.forms);
    let sum: u64 = totals.iter().map(|total| u64::from(*total)).sum();
    let squares: u64 = totals.iter().map(|total| u64::from(*total) * u64::from(*total)).sum();
    let t = student(n - 1);
    // n·Σx² − (Σx)² is n(n−1) times the variance; the mean's is the n-th part of that.
    let spread = u128::from((n * squares).saturating_sub(sum * sum));
    let error = spread * u128::from(t) * u128::from(t) / u128::from(n * n * (n - 1));
    let margin = u32::try_from(error.isqrt() / 1000).unwrap_or(u32::MAX);
    Some(Interval { from: mean.mean.saturating_sub(margin), to: mean.mean.saturating_add(margin).min(most) })
}

/// Hundredths as they are written: `96.5`, `100`, `87.35`.
#[must_use]
pub fn written(hundredths: u32) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    if rest == 0 {
        whole.to_string()
    } else if rest % 10 == 0 {
        format!("{whole}.{}", rest / 10)
    } else {
        format!("{whole}.{rest:02}")
    }
}

#[cfg(test)]
#[path = "results_tests.rs"]
mod tests;
