//! What the limits say of centers that are alike, of centers that are not, and of one that does not change.

use super::*;

/// SplitMix64: the same draws in each run.
struct Luck(u64);

impl Luck {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        real(self.next() >> 11) / real(1 << 53)
    }

    /// How many of so many come about.
    fn binomial(&mut self, all: u64, share: f64) -> Counts {
        let edge = whole(share * real(1 << 63)) * 2;
        let part = (0..all).filter(|_| self.next() < edge).count();
        Counts::new(u64::try_from(part).unwrap(), all)
    }

    /// One of a normal distribution (Box and Muller).
    fn normal(&mut self) -> f64 {
        let (length, angle) = (1.0 - self.share(), self.share());
        (-2.0 * libm::log(length)).sqrt() * libm::cos(std::f64::consts::TAU * angle)
    }
}

/// The volumes of a city's 24 centers: from some 200 to some 3,000, as they lie about a busy one and many quiet ones.
fn volumes() -> Vec<u64> {
    (0..24_u32).map(|center| whole(200.0 * 1.125_f64.powi(i32::try_from(center).unwrap()))).collect()
}

/// The shares of points outside of the 95 % and the 99.8 % limits in 1,000 draws.
fn flagged(luck: &mut Luck, draw: impl Fn(&mut Luck, u64) -> Counts) -> (f64, f64) {
    let (mut outside95, mut outside998, mut all) = (0_u32, 0_u32, 0_u32);
    for _ in 0..1000 {
        let centers: Vec<Counts> = volumes().into_iter().map(|volume| draw(luck, volume)).collect();
        for center in compare(&centers, 5).centers {
            all += 1;
            outside95 += u32::from(center.band.outside95());
            outside998 += u32::from(center.band.outside998());
        }
    }
    (f64::from(outside95) / f64::from(all), f64::from(outside998) / f64::from(all))
}

#[test]
fn equal_centers_are_flagged_as_often_as_the_limits_say() {
    let mut luck = Luck(6);
    for share in [0.8, 0.9, 0.95] {
        let (outside95, outside998) = flagged(&mut luck, |luck, volume| luck.binomial(volume, share));
        println!("equal at {share}: {:.2} % outside 95, {:.2} % outside 99.8", 100.0 * outside95, 100.0 * outside998);
        assert!((0.04..=0.06).contains(&outside95), "{outside95}");
        assert!((0.001..=0.004).contains(&outside998), "{outside998}");
    }
    // Near 1 a center expects less than one to be dissatisfied: counts are too coarse for 95 of 100.
    let (outside95, outside998) = flagged(&mut luck, |luck, volume| luck.binomial(volume, 0.999));
    println!("equal at 0.999: {:.2} % outside 95, {:.2} % outside 99.8", 100.0 * outside95, 100.0 * outside998);
    assert!(outside95 <= 0.06 && outside998 <= 0.004, "{outside95} {outside998}");
}

#[test]
fn centers_that_all_differ_are_not_flagged_for_it() {
    // Each center has a share of its own, two points about 90 of 100.
    let differing = |luck: &mut Luck, volume| {
        let share = (0.9 + 0.02 * luck.normal()).clamp(0.01, 0.99);
        luck.binomial(volume, share)
    };
    let (outside95, outside998) = flagged(&mut Luck(25), differing);
    println!("over-dispersed: {:.2} % outside 95, {:.2} % outside 99.8", 100.0 * outside95, 100.0 * outside998);
    // Without the widening it is every third.
    assert!(outside95 < 0.12 && outside998 < 0.03, "{outside95} {outside998}");
}

#[test]
fn planted_differences_are_found() {
    let mut luck = Luck(26);
    for volume in [100, 400, 1000, 3000] {
        let mut found = Vec::new();
        for points in [1_u32, 2, 3, 5] {
            let (mut look, mut act) = (0_u32, 0_u32);
            for _ in 0..200 {
                let mut centers: Vec<Counts> = (0..23).map(|_| luck.binomial(volume, 0.95)).collect();
                centers.push(luck.binomial(volume, 0.95 - f64::from(points) / 100.0));
                let band = compare(&centers, 5).centers[23].band;
                look += u32::from(matches!(band, Band::Below | Band::Low));
                act += u32::from(band == Band::Low);
            }
            println!(
                "{points} points below 95 % at n = {volume}: {:.1} % below 95, {:.1} % below 99.8",
                f64::from(look) / 2.0,
                f64::from(act) / 2.0
            );
            found.push((look, act));
        }
        assert!(found.is_sorted(), "{volume}: {found:?}");
        if volume >= 1000 {
            assert!(found[3].1 >= 190 && found[2].0 >= 190, "{volume}: {found:?}");
        }
    }
}

#[test]
fn a_center_that_does_not_change_shows_a_signal_once_in_122_points() {
    // Champ & Woodall, Technometrics 29 (1987) 393: 122.05 for these three rules.
    let mut luck = Luck(27);
    let volume = 40_000;
    let (mut points, series) = (0_u32, 400);
    for _ in 0..series {
        let mut counts: Vec<Counts> = Vec::new();
        let mut first = None;
        while first.is_none() {
            counts.extend((0..256).map(|_| Counts::new(whole(20_000.5 + 100.0 * luck.normal()), volume)));
            first = signals(&counts).iter().position(Option::is_some);
        }
        points += u32::try_from(first.unwrap()).unwrap() + 1;
    }
    let length = f64::from(points) / f64::from(series);
    println!("a signal after {length:.1} points");
    assert!((105.0..145.0).contains(&length), "{length}");
}
