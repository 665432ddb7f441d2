//! What is shown of counts, and what is not.

use super::*;

fn question(metric: Metric, filter: &str) -> Question {
    let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
    let period = Period::new(day("2026-01-05"), day("2026-02-01"), day("2026-03-01")).unwrap();
    Question { metric, period, filter: filter.to_owned(), least: 5 }
}

fn parts(parts: &[(&str, [i64; 3])]) -> Held {
    let mut held = Held::default();
    for (stratum, counts) in parts {
        held.add(stratum, *counts);
    }
    held
}

fn whole(part: i64, of: i64) -> Held {
    Held { counts: [part, of, 0], parts: BTreeMap::new() }
}

#[test]
fn ratings_are_shown_for_weeks_that_are_over_and_complaints_until_today() {
    let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
    // A Wednesday.
    let today = day("2026-03-04");
    let asked = |metric, from: &str, to: &str| {
        Question::days(metric, day(from), day(to), today).map(|p| (p.from(), p.to())).map_err(|found| found.code)
    };
    let rated = Metric::SatisfactionRate;
    assert_eq!(asked(rated, "2026-02-02", "2026-03-04"), Ok((day("2026-02-02"), day("2026-03-01"))));
    assert_eq!(asked(rated, "2026-03-02", "2026-03-04"), Err("metrics.period_open"));
    assert_eq!(asked(Metric::OnTimeRate, "2026-03-02", "2026-03-09"), Ok((day("2026-03-02"), today)));
    assert_eq!(asked(rated, "2026-03-04", "2026-03-01"), Err("metrics.period_inverted"));
    assert_eq!(asked(rated, "2016-03-04", "2026-03-01"), Err("metrics.period_too_long"));
    assert_eq!(asked(rated, "0001-03-04", "0001-03-05"), Err("metrics.period_unknown"));
    assert_eq!(asked(rated, "2026-04-01", "2026-04-05"), Err("metrics.period_future"));
    // Across the end of a year.
    assert_eq!(asked(rated, "2025-12-15", "2026-01-18"), Ok((day("2025-12-15"), day("2026-01-18"))));
}

#[test]
fn a_part_is_not_told_by_what_lies_beside_it() {
    let held = || parts(&[("qr/a", [90, 100, 0]), ("qr/b", [2, 3, 0]), ("kiosk/a", [40, 50, 0])]);
    let size = |filter: &str| held().narrowed(filter, 5).size();
    assert_eq!(size(""), 153);
    assert_eq!((size("qr"), size("kiosk")), (103, 50), "both channels are large enough");
    // Of the two forms of a channel one is too small: the other, with the channel, would tell it.
    assert_eq!((size("qr/a"), size("qr/b")), (0, 0));
    assert_eq!(size("kiosk/a"), 50);
    let held = || parts(&[("qr/a", [90, 100, 0]), ("link/a", [1, 2, 0]), ("kiosk/a", [40, 50, 0])]);
    let size = |filter: &str| held().narrowed(filter, 5).size();
    assert_eq!((size("link"), size("kiosk"), size("qr")), (0, 0, 100), "the smallest beside it is hidden too");
    assert_eq!(size("kiosk/a"), 0, "nor does what is below it tell it");
    assert_eq!(size("email"), 0);
}

#[test]
fn a_center_about_too_few_is_hidden_with_what_would_tell_it() {
    let made = Comparisons::default();
    let held = [whole(95, 100), whole(3, 4), whole(580, 600), whole(50, 60)];
    let table = Table::of(&made, &question(Metric::SatisfactionRate, ""), &held);
    let shown: Vec<_> = table.rows.iter().map(|row| row.figure.counts).collect();
    assert_eq!(shown, [Some((95, 100)), None, Some((580, 600)), None]);
    assert_eq!(table.rows[1], Placed::NOTHING);
    assert_eq!(table.total.counts, Some((728, 764)));
    assert!(table.curve.first().unwrap().0 == 100 && table.curve.last().unwrap().0 == 600);
    // The same counts make the same comparison, and it is not made twice.
    assert_eq!(made.0.lock().unwrap().len(), 1);
    assert_eq!(Table::of(&made, &question(Metric::BadRatingRate, ""), &held).rows, table.rows);
    assert_eq!(made.0.lock().unwrap().len(), 1);
    let few = Table::of(&made, &question(Metric::SatisfactionRate, ""), &[whole(1, 2), whole(1, 2)]);
    assert_eq!((few.total.counts, few.quartiles), (None, None));
}

#[test]
fn five_of_five_has_no_place_and_a_volume_no_band() {
    let made = Comparisons::default();
    let held = [whole(5, 5), whole(96, 100), whole(90, 100), whole(930, 1000)];
    let table = Table::of(&made, &question(Metric::SatisfactionRate, ""), &held);
    assert_eq!(table.rows[0].band, Band::TooFew);
    assert!(table.rows[1..].iter().all(|row| row.band == Band::Middle), "{:?}", table.rows);
    // The quartiles are those of who has a place.
    assert_eq!(table.quartiles.unwrap()[1], 0.93);
    let volume = Table::of(&made, &question(Metric::RatingVolume, ""), &held);
    assert!(volume.rows.iter().all(|row| row.band == Band::None && row.figure.rate.is_none()));
    assert_eq!(volume.total.counts, Some((1121, 1205)));
}

#[test]
fn a_median_comes_from_counts_of_days() {
    let made = Comparisons::default();
    let slow = parts(&[("normal/010", [20, 20, 0]), ("normal/012", [20, 20, 0])]);
    let fast = parts(&[("normal/003", [30, 30, 0]), ("normal/004", [70, 70, 0])]);
    let few = parts(&[("simple/001", [8, 8, 0])]);
    let table = Table::of(&made, &question(Metric::MedianDays, ""), &[slow, fast, few]);
    let rates: Vec<_> = table.rows.iter().map(|row| row.figure.rate).collect();
    assert_eq!(rates, [Some(11.0), Some(4.0), Some(1.0)]);
    assert_eq!(table.total.rate, Some(4.0));
    let bands: Vec<_> = table.rows.iter().map(|row| row.band).collect();
    assert_eq!(bands, [Band::Above, Band::Middle, Band::TooFew]);
}

#[test]
fn a_mean_of_points_comes_from_counts_of_points_and_nobody_is_above_by_it() {
    let made = Comparisons::default();
    let good = parts(&[("deputies/09700", [20, 20, 0]), ("peer/09500", [20, 20, 0])]);
    let poor = parts(&[("deputies/08000", [15, 15, 0]), ("deputies/08500", [20, 20, 0])]);
    let few = parts(&[("deputies/10000", [8, 8, 0])]);
    let table = Table::of(&made, &question(Metric::FormDMean, ""), &[good.clone(), poor, few]);
    let rates: Vec<_> = table.rows.iter().map(|row| row.figure.rate.unwrap()).collect();
    assert_eq!((rates[0], rates[2]), (96.0, 100.0));
    assert!((rates[1] - (15.0 * 80.0 + 20.0 * 85.0) / 35.0).abs() < 1e-9, "{rates:?}");
    let bands: Vec<_> = table.rows.iter().map(|row| row.band).collect();
    assert_eq!(bands, [Band::None; 3], "other panels, other measures");
    assert!(table.quartiles.is_none() && table.rows[0].figure.interval.is_some());
    assert_eq!(table.rows[1].figure.counts, Some((35, 35)));
    assert!(table.dispersion.is_none() && table.curve.is_empty(), "there is no funnel of means");
    assert_eq!(good.narrowed("peer", 5).size(), 20);
}

#[test]
fn the_citys_mix_makes_alike_what_differs_by_mix_alone() {
    // Both have 99 of 100 by code and 80 of 100 at the kiosk; one has many kiosks.
    let one = parts(&[("qr/a", [990, 1000, 0]), ("kiosk/a", [80, 100, 0])]);
    let other = parts(&[("qr/a", [99, 100, 0]), ("kiosk/a", [800, 1000, 0])]);
    let alone = parts(&[("qr/a", [99, 100, 0])]);
    let shares = standardised(&question(Metric::SatisfactionRate, ""), &[one, other, alone]);
    let [first, second, third] = shares[..] else { panic!("three") };
    assert!((first.unwrap() - second.unwrap()).abs() < 1e-12, "{shares:?}");
    assert_eq!(third, None, "half of the city's ratings come in elsewhere");
    assert_eq!(standardised(&question(Metric::ResponseRate, ""), &[whole(1, 2)]), [None]);
}
