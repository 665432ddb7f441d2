//! Against what is published, and against exact arithmetic.

use proptest::{collection::vec, prop_assert, prop_assert_eq, proptest};

use super::*;

fn of(part: u64, of: u64) -> Counts {
    Counts::new(part, of)
}

fn near(one: f64, other: f64, by: f64) {
    assert!((one - other).abs() <= by, "{one} is not {other}");
}

#[test]
fn wilson_gives_the_intervals_of_newcombe_1998() {
    // Stat Med 17, 857, table I, method 3.
    for (part, all, low, high) in
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
    {
        let interval = wilson(of(part, all), Z95).unwrap();
        near(interval.low, low, 0.000_05);
        near(interval.high, high, 0.000_05);
    }
    // The product's own examples (domain section H.2).
    for (part, all, low, high) in [(5, 5, 0.566, 1.0), (96, 100, 0.902, 0.984), (950, 1000, 0.935, 0.962)] {
        let interval = wilson(of(part, all), Z95).unwrap();
        near(interval.low, low, 0.0005);
        near(interval.high, high, 0.0005);
    }
    assert_eq!(wilson(of(0, 0), Z95), None);
}

#[test]
fn differences_give_the_intervals_of_newcombe_1998() {
    // Stat Med 17, 873, table II, method 10.
    for (one, other, low, high) in [
        (of(56, 70), of(48, 80), 0.0524, 0.3339),
        (of(9, 10), of(3, 10), 0.1705, 0.8090),
        (of(10, 10), of(0, 20), 0.6791, 1.0),
        (of(10, 10), of(0, 10), 0.6075, 1.0),
    ] {
        let interval = difference(one, other, Z95).unwrap();
        near(interval.low, low, 0.000_05);
        near(interval.high, high, 0.000_05);
    }
    assert_eq!(difference(of(1, 2), of(0, 0), Z95), None);
}

#[test]
fn the_binomial_gives_the_tables_of_conover() {
    // Practical Nonparametric Statistics, table A3: P(R ≤ count).
    for (count, all, share, known) in [
        (5, 20, 0.5, 0.0207),
        (6, 20, 0.5, 0.0577),
        (1, 10, 0.3, 0.1493),
        (0, 20, 0.05, 0.3585),
        (3, 20, 0.05, 0.9841),
        (16, 20, 0.95, 0.0159),
        (18, 20, 0.95, 0.2642),
        (20, 20, 0.95, 1.0),
    ] {
        near(binomial::at_most(count, all, share), known, 0.000_05);
    }
    near(binomial::at_least(2, 20, 0.05), 1.0 - 0.7358, 0.000_05);
    assert_eq!(binomial::at_least(0, 20, 0.05), 1.0);
    // As qbinom of R: the smallest count that is not exceeded with a probability above 2.5 %.
    for (all, share, known) in
        [(100, 0.5, 40), (20, 0.5, 6), (10, 0.3, 0), (1000, 0.95, 936), (1_000_000, 0.5, 499_020)]
    {
        assert_eq!(binomial::smallest(all, share, binomial::TAIL95).count, known);
    }
}

#[test]
fn limits_are_those_of_exact_fractions() {
    // r + ½ − (P(R ≤ r) − p) ÷ P(R = r) with whole numbers of any length; mirrored at the upper side.
    for (all, centre, low998, low95, high95, high998) in [
        (30, 0.95, 0.788_581_414, 0.856_915_750, 1.000_000_000, 1.000_000_000),
        (100, 0.95, 0.870_361_505, 0.903_092_656, 0.988_877_069, 1.000_000_000),
        (400, 0.95, 0.913_264_670, 0.927_527_999, 0.970_345_684, 0.980_383_945),
        (1000, 0.95, 0.927_483_320, 0.936_053_507, 0.963_095_652, 0.969_996_653),
        (250, 0.5, 0.402_468_961, 0.438_070_170, 0.561_929_830, 0.597_531_039),
        (2000, 0.999, 0.996_198_349, 0.997_367_750, 1.000_000_000, 1.000_000_000),
        (60, 0.03, 0.000_000_000, 0.000_000_000, 0.081_033_116, 0.119_222_227),
    ] {
        let limits = Funnel::about(centre).limits(all);
        near(limits.low998, low998, 1e-8);
        near(limits.low95, low95, 1e-8);
        near(limits.high95, high95, 1e-8);
        near(limits.high998, high998, 1e-8);
    }
    // At many they are the normal ones.
    let limits = Funnel::about(0.9).limits(100_000_000);
    near((0.9 - limits.low95) * 1e4, 1.96 * 0.3, 0.001);
    near((limits.high998 - 0.9) * 1e4, 3.0902 * 0.3, 0.001);
}

#[test]
fn limits_of_the_ends() {
    let all = Funnel::about(1.0).limits(40);
    assert_eq!((all.band(1.0), all.band(0.975)), (Band::Middle, Band::Low));
    let nobody = Funnel::about(0.0).limits(40);
    assert_eq!((nobody.band(0.0), nobody.band(0.025)), (Band::Middle, Band::High));
    let nothing = Funnel::about(0.5).limits(0);
    assert_eq!((nothing.low95, nothing.high95), (0.0, 1.0));
    assert_eq!(Funnel::fit(of(0, 0), &[]), None);
    let alone = Funnel::fit(of(9, 10), &[of(9, 10)]).unwrap();
    assert_eq!((alone.spread(), alone.dispersion()), (0.0, None));
}

#[test]
fn the_curve_has_both_ends_and_rises_in_volume() {
    let volumes = |least, most| Funnel::about(0.9).curve(least, most).into_iter().map(|(of, _)| of).collect::<Vec<_>>();
    let many = volumes(5, 100_000);
    assert_eq!((many.first(), many.last()), (Some(&5), Some(&100_000)));
    assert!(many.len() < 80 && many.is_sorted_by(|one, next| one < next), "{many:?}");
    assert_eq!(volumes(5, 5), [5]);
    assert_eq!(volumes(0, 1), [1]);
}

#[test]
fn over_dispersion_is_drawn_in_and_added() {
    // By hand: z from its 10 % to its 90 % point (type 7), φ = Σz²/10, τ² as in Spiegelhalter 2005, section 4.
    let centers = [
        of(180, 200),
        of(285, 300),
        of(465, 500),
        of(388, 400),
        of(950, 1000),
        of(540, 600),
        of(140, 150),
        of(196, 200),
        of(720, 800),
        of(330, 350),
    ];
    let funnel = Funnel::fit(centers.iter().copied().sum(), &centers).unwrap();
    near(funnel.centre(), 0.932, 1e-12);
    near(funnel.dispersion().unwrap(), 4.497_234_553_812, 1e-9);
    near(funnel.spread(), 0.000_585_393_732_879, 1e-12);
    // The limits are θ ± z√(θ(1−θ)(1/n − 1/N) + τ²), but for the slant of the distribution.
    let (limits, exact) =
        (funnel.limits(1000), (0.932 * 0.068 * (1.0 / 1000.0 - 1.0 / 5000.0) + funnel.spread()).sqrt());
    near((funnel.centre() - limits.low95) / exact, 1.96, 0.15);
    near((funnel.centre() - limits.low998) / exact, 3.09, 0.25);
    // Who is alike is not drawn out.
    let alike = [of(950, 1000), of(951, 1000), of(949, 1000), of(95, 100)];
    assert_eq!(Funnel::fit(alike.iter().copied().sum(), &alike).unwrap().spread(), 0.0);
}

/// Tumours of rats in 70 groups of earlier trials (Tarone, Biometrics 38 (1982) 215; Gelman, Bayesian Data Analysis,
/// table 5.1).
const RATS: &str = "0/20 0/20 0/20 0/20 0/20 0/20 0/20 0/19 0/19 0/19 0/19 0/18 0/18 0/17 1/20 1/20 1/20 1/20 1/19 1/19 \
    1/18 1/18 2/25 2/24 2/23 2/20 2/20 2/20 2/20 2/20 2/20 1/10 5/49 2/19 5/46 3/27 2/17 7/49 7/47 3/20 3/20 2/13 9/48 \
    10/50 4/20 4/20 4/20 4/20 4/20 4/20 4/20 10/48 4/19 4/19 4/19 5/22 11/46 12/49 5/20 5/20 6/23 5/19 6/22 6/20 6/20 \
    6/20 16/52 15/47 15/46 9/24";

#[test]
fn the_prior_of_the_rats_is_that_of_kleinman() {
    let read = |group: &str| group.split_once('/').map(|(part, all)| of(part.parse().unwrap(), all.parse().unwrap()));
    let groups: Vec<Counts> = RATS.split_whitespace().map(|group| read(group).unwrap()).collect();
    let total: Counts = groups.iter().copied().sum();
    assert_eq!((groups.len(), total), (70, of(263, 1725)));
    let prior = Prior::fit(total, &groups).unwrap();
    // The moments with the weights nᵢ, by other means; the likelihood is largest at μ = 0.14, α + β = 16.5.
    near(prior.mean(), 0.152_463_768, 1e-9);
    near(prior.correlation(), 0.044_165_748_9, 1e-9);
    near(1.0 / prior.correlation() - 1.0, 21.641_98, 1e-4);
    // The group that the book asks about: 4 of 14, which are 0.286 and become 0.223 there by cruder moments.
    near(prior.shrunk(of(4, 14)), (4.0 + 3.299_617_8) / (14.0 + 21.641_98), 1e-6);
}

#[test]
fn without_a_difference_everybody_has_the_mean() {
    let groups = [of(90, 100), of(91, 100), of(9, 10)];
    let prior = Prior::fit(groups.iter().copied().sum(), &groups).unwrap();
    assert_eq!(prior.correlation(), 0.0);
    assert_eq!(prior.shrunk(of(9, 10)), prior.mean());
    assert_eq!(prior.shrunk(of(0, 0)), prior.mean());
    // One count each says nothing about groups; one group nothing about others.
    assert_eq!(Prior::fit(of(1, 2), &[of(1, 1), of(0, 1)]).unwrap().correlation(), 0.0);
    assert_eq!(Prior::fit(of(5, 9), &[of(5, 9)]).unwrap().correlation(), 0.0);
    // All or nothing in each group: the groups are everything.
    let split = Prior::fit(of(50, 100), &[of(50, 50), of(0, 50)]).unwrap();
    assert_eq!((split.correlation(), split.shrunk(of(50, 50))), (1.0, 1.0));
}

#[test]
fn median_intervals_are_those_of_nair() {
    // Nair, Sankhyā 4 (1940) 551: the k-th value from either end, of n from 6 to 65.
    let known = [
        1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 8, 8, 8, 9, 9, 10, 10, 10, 11, 11, 12, 12, 13, 13, 13,
        14, 14, 15, 15, 16, 16, 16, 17, 17, 18, 18, 19, 19, 19, 20, 20, 21, 21, 22, 22, 22, 23, 23, 24, 24, 25,
    ];
    for (n, from_end) in (6_u32..).zip(known) {
        // Of 1 to n each value is its own rank.
        let days: Vec<(u32, u64)> = (1..=n).map(|day| (day, 1)).collect();
        let found = median(&days).unwrap();
        assert_eq!(found.interval, Some((from_end, n + 1 - from_end)), "{n}");
        assert_eq!(found.value, f64::from(n + 1) / 2.0);
    }
    assert_eq!(median(&[(1, 2), (9, 3)]).unwrap(), Median { of: 5, value: 9.0, interval: None });
    assert_eq!(median(&[]), None);
    assert_eq!(median(&[(3, 0)]), None);
    // Of a hundred from the 40th to the 61st.
    assert_eq!(median(&[(2, 39), (3, 1), (5, 20), (7, 40)]).unwrap().interval, Some((3, 7)));
}

#[test]
fn a_value_stands_beside_another_by_its_interval() {
    for (other, band) in [(6.5, Band::Middle), (8.0, Band::Middle), (8.5, Band::Below), (4.5, Band::Above)] {
        assert_eq!(Band::beside(Some((5.0, 8.0)), other), band);
    }
    assert_eq!(Band::beside(None, 4.5), Band::TooFew);
}

#[test]
fn quartiles_are_those_of_type_seven() {
    assert_eq!(quartiles(&[4.0, 1.0, 3.0, 2.0]), Some([1.75, 2.5, 3.25]));
    assert_eq!(quartiles(&[0.5]), Some([0.5; 3]));
    assert_eq!(quartiles(&[]), None);
}

#[test]
fn a_standardised_share_has_the_citys_mix() {
    // As good as the city in both strata, with most of the harder one: the raw share is 0.58, the fair one 0.82.
    let strata = [(of(9, 10), 800), (of(45, 90), 200)];
    let found = standardise(&strata).unwrap();
    near(found.rate, 0.82, 1e-12);
    assert_eq!(found.covered, 1.0);
    // 1 ÷ (0.8²/10 + 0.2²/90) = 15.5: little was seen of what weighs most.
    let effective = 1.0 / (0.64 / 10.0 + 0.04 / 90.0);
    let interval = interval::score(0.82, effective, Z95);
    near(found.interval.low, interval.low, 1e-12);
    near(found.interval.high, interval.high, 1e-12);
    // A stratum that the center does not have is left out, and said.
    let part = standardise(&[(of(9, 10), 800), (of(0, 0), 200)]).unwrap();
    assert_eq!((part.rate, part.covered), (0.9, 0.8));
    assert_eq!(standardise(&[(of(0, 0), 5)]), None);
    assert_eq!(standardise(&[(of(3, 4), 0)]), None);
}

#[test]
fn signals_are_those_of_the_handbook() {
    use Signal::{Beyond, Run, TwoOfThree};
    // σ = 5 about 50 of 100: 2σ is 60 and 40, 3σ is 65 and 35, a count more by the exact tails.
    let found = |parts: &[u64]| signals(&parts.iter().map(|part| of(*part, 100)).collect::<Vec<_>>());
    let last = |parts: &[u64]| found(parts).pop().flatten();
    assert_eq!(last(&[34, 50, 50, 66]), Some(Beyond));
    assert_eq!(found(&[34, 50, 50, 66])[0], Some(Beyond));
    assert_eq!(found(&[39, 50, 61, 50, 61, 39]), [None, None, None, None, Some(TwoOfThree), None]);
    assert_eq!(last(&[39, 39, 50, 61, 50, 50, 61]), None, "one of three");
    assert_eq!(last(&[61, 39, 61, 39]), Some(TwoOfThree));
    let mut run = vec![51; 8];
    run.extend([49; 8]);
    let expected: Vec<_> = [None; 7].into_iter().chain([Some(Run)]).chain([None; 7]).chain([Some(Run)]).collect();
    assert_eq!(found(&run), expected);
    // Nothing was counted in the fourth month: as if it were not there.
    let mut gap: Vec<Counts> = run.iter().map(|part| of(*part, 100)).collect();
    gap.insert(3, of(0, 0));
    assert_eq!(signals(&gap)[8], Some(Run));
    assert_eq!(signals(&gap)[3], None);
    assert_eq!(signals(&[of(3, 3), of(4, 4)]), [None, None]);
    assert_eq!(signals(&[]), []);
}

#[test]
fn five_of_five_never_stands_above_ninety_six_of_a_hundred() {
    let small = of(5, 5);
    let large = of(96, 100);
    for peers in [vec![], vec![of(99_000, 100_000)], vec![of(700, 1000); 8], vec![of(1000, 1000), of(40, 80)]] {
        let mut centers = vec![small, large];
        centers.extend(peers);
        let compared = compare(&centers, 5);
        for highest in [true, false] {
            let order = compared.order(highest);
            let place = |center| order.iter().position(|at| *at == center).unwrap();
            assert!(place(1) < place(0), "{centers:?}");
        }
        assert_eq!(compared.centers[0].band, Band::TooFew);
        assert!(wilson(small, Z95).unwrap().low < wilson(large, Z95).unwrap().low);
    }
}

#[test]
fn a_small_center_is_hidden_and_another_with_it() {
    let compared = compare(&[of(900, 1000), of(3, 4), of(36, 40), of(27, 30), of(450, 500)], 5);
    let shown: Vec<bool> = compared.centers.iter().map(|center| center.counts.is_some()).collect();
    assert_eq!(shown, [true, false, true, false, true]);
    assert_eq!(compared.centers[1].band, Band::None);
    assert_eq!(compared.total, Some(of(1416, 1574)));
    let nothing = compare(&[of(1, 2), of(1, 1)], 5);
    assert_eq!((nothing.total, nothing.funnel), (None, None));
    // No person stands behind the counts: nothing has to be hidden, and nothing is nothing.
    let checks = compare(&[of(1, 2), of(0, 0)], 0);
    assert_eq!((checks.centers[0].band, checks.centers[1].band), (Band::TooFew, Band::None));
    assert_eq!(checks.centers[1].counts, Some(of(0, 0)));
}

/// P(R < count) + ½P(R = count), every term from the first.
fn slowly(count: u64, all: u64, share: f64) -> f64 {
    let mut term = (1.0 - share).powi(i32::try_from(all).unwrap());
    let mut sum = 0.0;
    for at in 1..=count {
        sum += term;
        term *= real(all - at + 1) / real(at) * share / (1.0 - share);
    }
    sum + term / 2.0
}

proptest! {
    // 0.01¹⁵⁰ is about the smallest number there is.
    #[test]
    fn a_count_is_outside_where_its_exact_tail_is_too_small(all in 1_u64..150, percent in 1_u32..100, part in 0_u64..150) {
        let (centre, part) = (f64::from(percent) / 100.0, part.min(all));
        let limits = Funnel::about(centre).limits(all);
        let (below, above) = (slowly(part, all, centre), slowly(all - part, all, 1.0 - centre));
        let rate = of(part, all).rate().unwrap();
        // At the very edge the last bit decides.
        for (outside, tail, probability) in [
            (rate < limits.low95, below, 0.025),
            (rate < limits.low998, below, 0.001),
            (rate > limits.high95, above, 0.025),
            (rate > limits.high998, above, 0.001),
        ] {
            prop_assert!(outside == (tail < probability) || (tail - probability).abs() < 1e-12);
        }
        prop_assert!(limits.low998 <= limits.low95 && limits.low95 <= centre);
        prop_assert!(centre <= limits.high95 && limits.high95 <= limits.high998);
    }

    #[test]
    fn satisfied_and_dissatisfied_give_the_same_picture(pairs in vec((1_u64..400, 0_u64..400), 2..20)) {
        let centers: Vec<Counts> = pairs.iter().map(|(all, part)| of(*part, *all)).collect();
        let others: Vec<Counts> = centers.iter().map(|center| of(center.of() - center.part(), center.of())).collect();
        let (one, other) = (compare(&centers, 0), compare(&others, 0));
        for (one, other) in one.centers.iter().zip(&other.centers) {
            let (here, there) = (one.limits.unwrap(), other.limits.unwrap());
            prop_assert!((here.low95 + there.high95 - 1.0).abs() < 1e-9);
            prop_assert!((here.high998 + there.low998 - 1.0).abs() < 1e-9);
            prop_assert!((one.shrunk.unwrap() + other.shrunk.unwrap() - 1.0).abs() < 1e-9);
            prop_assert!((one.interval.unwrap().low + other.interval.unwrap().high - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn the_order_of_the_rows_changes_no_bit(pairs in vec((5_u64..400, 0_u64..400), 1..20), turn in 0_usize..20) {
        let centers: Vec<Counts> = pairs.iter().map(|(all, part)| of(*part, *all)).collect();
        let mut turned = centers.clone();
        turned.rotate_left(turn % centers.len());
        turned.reverse();
        let (one, mut other) = (compare(&centers, 5), compare(&turned, 5));
        other.centers.reverse();
        other.centers.rotate_right(turn % centers.len());
        prop_assert_eq!(&one, &other);
        let strata: Vec<(Counts, u64)> = pairs.iter().map(|(all, part)| (of(*part, *all), *part + 1)).collect();
        let mut backwards = strata.clone();
        backwards.reverse();
        prop_assert_eq!(standardise(&strata), standardise(&backwards));
    }

    #[test]
    fn what_is_hidden_stays_hidden(pairs in vec((0_u64..15, 0_u64..15), 0..12)) {
        let centers: Vec<Counts> = pairs.iter().map(|(all, part)| of(*part, *all)).collect();
        let compared = compare(&centers, 5);
        let shown: Counts = compared.centers.iter().filter_map(|center| center.counts).sum();
        prop_assert!(compared.centers.iter().all(|center| center.counts.is_none_or(|counts| counts.of() >= 5)));
        prop_assert!(compared.centers.iter().all(|center| center.counts.is_some() || center.interval.is_none()));
        let left = compared.total.map_or(0, |total| total.of() - shown.of());
        prop_assert!(left == 0 || left >= 5);
        let mut order = compared.order(true);
        order.sort_unstable();
        prop_assert_eq!(order, (0..centers.len()).collect::<Vec<_>>());
    }

    #[test]
    fn a_share_lies_in_its_interval_and_is_drawn_towards_the_mean(part in 0_u64..500, all in 1_u64..500, mean in 1_u64..99) {
        let counts = of(part, all);
        let (rate, interval) = (counts.rate().unwrap(), wilson(counts, Z95).unwrap());
        prop_assert!(0.0 <= interval.low && interval.low <= rate && rate <= interval.high && interval.high <= 1.0);
        let more = wilson(of(counts.part() * 9, all * 9), Z95).unwrap();
        prop_assert!(more.high - more.low < interval.high - interval.low);
        let prior = Prior::fit(of(mean, 100), &[of(mean, 50), of(0, 50)]).unwrap();
        let shrunk = prior.shrunk(counts);
        prop_assert!(rate.min(prior.mean()) - 1e-12 <= shrunk && shrunk <= rate.max(prior.mean()) + 1e-12);
    }

    #[test]
    fn a_median_from_counts_is_that_of_the_values(days in vec(0_u32..20, 1..200)) {
        let found = median(&days.iter().map(|day| (*day, 1)).collect::<Vec<_>>()).unwrap();
        let mut sorted = days.clone();
        sorted.sort_unstable();
        let half = sorted.len() / 2;
        let middle = if sorted.len() % 2 == 1 {
            f64::from(sorted[half])
        } else {
            f64::from(sorted[half - 1] + sorted[half]) / 2.0
        };
        prop_assert_eq!(found.value, middle);
        let (low, high) = found.interval.unwrap_or((sorted[0], sorted[sorted.len() - 1]));
        prop_assert!(f64::from(low) <= middle && middle <= f64::from(high));
    }
}

#[test]
fn a_mean_has_the_interval_of_student() {
    // The additional hours of sleep of Student's ten patients, Biometrika 6 (1908) 20, in hundredths; the interval as R's
    // t.test(extra, paired) prints it.
    let hours = [120, 240, 130, 130, 0, 100, 180, 80, 460, 140].map(|hours| (hours, 1));
    let found = mean(&hours).unwrap();
    let (low, high) = found.interval.unwrap();
    assert_eq!((found.of, found.value), (10, 158.0));
    assert!((low - 70.011).abs() < 0.01 && (high - 245.989).abs() < 0.01, "{low} {high}");
    let mut turned = hours;
    turned.reverse();
    assert_eq!(mean(&turned), Some(found));
    assert_eq!(mean(&[]), None);
    assert_eq!(mean(&[(9_650, 2)]).unwrap().interval, None, "two forms say nothing of how sure it is");
    assert_eq!(mean(&[(9_650, 5)]).unwrap().interval, Some((9_650.0, 9_650.0)));
    // As exact with many: half at 90 points and half at 100 have a deviation of five.
    let (low, high) = mean(&[(9_000, 500_000_000), (10_000, 500_000_000)]).unwrap().interval.unwrap();
    assert!((high - low - 2.0 * 2.042 * 500.0 / 1e9_f64.sqrt()).abs() < 1e-4, "{low} {high}");
}
