//! Means, and what no difference may tell.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn target(n: u128) -> CampaignTargetId {
    CampaignTargetId(Uuid::from_u128(n))
}

#[test]
fn a_mean_is_shown_of_three_forms_and_of_two_not_even_how_many() {
    let totals = [(target(1), 9_600), (target(1), 9_000), (target(1), 9_301), (target(2), 4_000), (target(2), 5_000)];
    let shown = shown(&[target(1), target(2), target(3)], &totals, 3);
    assert_eq!(shown.targets[0].1, Some(Mean { mean: 9_300, forms: 3 }));
    assert_eq!((shown.targets[1].1, shown.targets[2].1), (None, None));
    // Of what is shown alone: with all five forms the difference would tell the two.
    assert_eq!((shown.whole, shown.hidden), (Some(Mean { mean: 9_300, forms: 3 }), 2));
    assert_eq!(
        super::shown(&[target(2)], &totals, 3),
        Shown { targets: vec![(target(2), None)], whole: None, hidden: 1 }
    );
}

#[test]
fn an_interval_is_as_wide_as_the_forms_differ() {
    assert_eq!(interval(&[9_000, 9_000, 9_000], 10_500), Some(Interval { from: 9_000, to: 9_000 }));
    // s = 1000, n = 3, t = 4.303: 4.303 · 1000 / √3 = 2484.
    assert_eq!(interval(&[8_000, 9_000, 10_000], 10_500), Some(Interval { from: 6_516, to: 10_500 }));
    assert_eq!(interval(&[9_000, 9_000], 10_500), None);
}

#[test]
fn hundredths_are_written_as_short_as_they_can_be() {
    let words: Vec<_> = [10_000, 9_650, 8_735, 5, 0].into_iter().map(written).collect();
    assert_eq!(words, ["100", "96.5", "87.35", "0.05", "0"]);
}

proptest! {
    /// Whatever was given about a target with too few forms, what is shown is the same.
    #[test]
    fn a_hidden_target_moves_nothing_that_is_shown(
        open in proptest::collection::vec(0_u32..10_500, 3..12),
        hidden in proptest::collection::vec(0_u32..10_500, 0..3),
        other in proptest::collection::vec(0_u32..10_500, 0..3),
    ) {
        let with = |hidden: &[u32]| {
            let totals: Vec<_> = open.iter().map(|total| (target(1), *total)).collect();
            let hidden = hidden.iter().map(|total| (target(2), *total));
            shown(&[target(1), target(2)], &totals.into_iter().chain(hidden).collect::<Vec<_>>(), 3)
        };
        prop_assert_eq!(with(&hidden), with(&other));
    }
}
