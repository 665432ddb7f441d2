//! What the published tables give away, to whoever adds and subtracts.

use super::*;

const LEAST: u64 = 5;
const LEVELS: usize = 5;

/// A linear congruential generator: the same tables in each run.
struct Luck(u64);

impl Luck {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

#[test]
fn a_small_row_is_hidden_with_the_next_smallest() {
    let of = |sizes: &[u64]| shown(sizes, LEAST);
    assert_eq!(of(&[6, 7, 8]), Shown { total: true, rows: vec![true, true, true] });
    // 3 alone would be the total less the others.
    assert_eq!(of(&[3, 7, 8]), Shown { total: true, rows: vec![false, false, true] });
    // 1 and 2 together are still too few.
    assert_eq!(of(&[1, 2, 9, 6]), Shown { total: true, rows: vec![false, false, true, false] });
    assert_eq!(of(&[4, 4, 9]), Shown { total: true, rows: vec![false, false, true] });
    // Nobody needs to be protected in a row that nobody rated, and nobody sees that it is one.
    assert_eq!(of(&[0, 9, 0]), Shown { total: true, rows: vec![false, true, false] });
    assert_eq!(of(&[0, 3, 9]), Shown { total: true, rows: vec![false, false, false] });
    assert_eq!(of(&[1, 2, 1]), Shown { total: false, rows: vec![false, false, false] });
    assert_eq!(of(&[]), Shown { total: false, rows: vec![] });
}

#[test]
fn a_larger_minimum_hides_the_same_rows_and_more() {
    let mut luck = Luck(3);
    for _ in 0..2000 {
        let sizes: Vec<u64> = (0..2 + luck.below(8)).map(|_| luck.below(14)).collect();
        let (few, many) = (shown(&sizes, 5), shown(&sizes, 10));
        assert!(few.rows.iter().zip(&many.rows).all(|(few, many)| *few || !many), "{sizes:?}");
    }
}

proptest::proptest! {
    #[test]
    fn no_difference_is_about_a_few(sizes in proptest::collection::vec(0u64..15, 0..9)) {
        let Shown { total, rows } = shown(&sizes, LEAST);
        let all: u64 = sizes.iter().sum();
        proptest::prop_assert_eq!(total, all >= LEAST);
        let open: Vec<u64> = sizes.iter().zip(&rows).filter(|(_, shown)| **shown).map(|(size, _)| *size).collect();
        proptest::prop_assert!(open.iter().all(|size| *size >= LEAST));
        proptest::prop_assert!(total || open.is_empty());
        if total {
            let rest = all - open.iter().sum::<u64>();
            proptest::prop_assert!(rest == 0 || rest >= LEAST, "{} of {:?}", rest, sizes);
        }
    }
}

fn of_levels(counts: [u64; LEVELS]) -> BTreeMap<FiveLevel, u64> {
    FiveLevel::ALL.iter().copied().zip(counts).collect()
}

#[test]
fn both_totals_are_shown_while_enough_are_left() {
    let total = of_levels([4, 2, 1, 2, 1]);
    let bad = [FiveLevel::Dissatisfied, FiveLevel::VeryDissatisfied];
    assert_eq!(counted(&total, &[], LEAST), None, "nothing was excluded");
    assert_eq!(counted(&total, &bad[..1], LEAST), Some(Counted { ratings: 9, satisfied: 7 }));
    assert_eq!(counted(&total, &bad, LEAST), Some(Counted { ratings: 8, satisfied: 7 }));
    assert_eq!(counted(&of_levels([3, 0, 0, 1, 1]), &bad, LEAST), None, "three are too few");
}

/// What both totals say of the excluded ratings, as equations: the unknowns are how many of them had each level.
fn learnt(total: &BTreeMap<FiveLevel, u64>, excluded: &[FiveLevel]) -> Vec<Vec<Fraction>> {
    let Some(shown) = counted(total, excluded, LEAST) else { return Vec::new() };
    let equation = |which: fn(FiveLevel) -> bool, left: u64| -> Vec<Fraction> {
        let all: u64 = total.iter().filter(|(level, _)| which(**level)).map(|(_, count)| count).sum();
        let of = |level: &FiveLevel| Fraction::of(i128::from(which(*level)));
        FiveLevel::ALL.iter().map(of).chain([Fraction::of((all - left).into())]).collect()
    };
    vec![equation(|_| true, shown.ratings), equation(|level| !level.is_bad(), shown.satisfied)]
}

proptest::proptest! {
    #[test]
    fn an_exclusion_tells_no_more_than_how_many_there_are(
        fine in proptest::array::uniform3(0u64..9),
        bad in proptest::collection::vec(proptest::bool::ANY, 0..7),
        other in proptest::collection::vec(proptest::bool::ANY, 0..7),
        kept in proptest::array::uniform2(0u64..4),
    ) {
        let level = |very: &bool| if *very { FiveLevel::VeryDissatisfied } else { FiveLevel::Dissatisfied };
        let excluded: Vec<_> = bad.iter().map(level).collect();
        // Enough of each bad level that the excluded ones could have had either.
        let many = u64::try_from(bad.len()).unwrap();
        let total = of_levels([fine[0], fine[1], fine[2], many + kept[0], many + kept[1]]);
        // Others in their place: the same is shown.
        let swapped: Vec<_> = bad.iter().enumerate().map(|(n, very)| level(&other.get(n).map_or(!very, |o| *o))).collect();
        proptest::prop_assert_eq!(counted(&total, &excluded, LEAST), counted(&total, &swapped, LEAST));
        // Nothing that is added and subtracted says which level one had.
        let known = determined(learnt(&total, &excluded), LEVELS);
        proptest::prop_assert!(known.iter().all(|level| !FiveLevel::ALL[*level].is_bad()), "{:?}", known);
        if let Some(shown) = counted(&total, &excluded, LEAST) {
            proptest::prop_assert!(shown.ratings >= LEAST && shown.satisfied == fine.iter().sum::<u64>());
        }
    }
}

#[test]
fn a_second_total_by_level_would_tell_of_a_single_rating() {
    // All levels of both totals: each difference stands alone.
    let (total, left) = ([4, 2, 1, 2, 1], [4, 2, 1, 1, 1]);
    let one = |level: usize| {
        let of = |n: usize| Fraction::of(i128::from(n == level));
        (0..LEVELS).map(of).chain([Fraction::of(total[level] - left[level])]).collect::<Vec<_>>()
    };
    assert_eq!(determined((0..LEVELS).map(one).collect(), LEVELS), [0, 1, 2, 3, 4]);
}

/// An exact fraction.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Fraction(i128, i128);

impl Fraction {
    fn of(number: i128) -> Self {
        Self(number, 1)
    }

    fn tidy(self) -> Self {
        fn divisor(a: i128, b: i128) -> i128 {
            if b == 0 { a.abs() } else { divisor(b, a % b) }
        }
        let by = divisor(self.0, self.1).max(1) * self.1.signum();
        Self(self.0 / by, self.1 / by)
    }

    fn less(self, factor: Self, other: Self) -> Self {
        let product = Self(factor.0 * other.0, factor.1 * other.1);
        Self(self.0 * product.1 - product.0 * self.1, self.1 * product.1).tidy()
    }

    fn over(self, other: Self) -> Self {
        Self(self.0 * other.1, self.1 * other.0).tidy()
    }
}

/// The unknowns that linear equations determine, by Gauss and Jordan.
fn determined(mut rows: Vec<Vec<Fraction>>, unknowns: usize) -> Vec<usize> {
    let mut pivots = Vec::new();
    for column in 0..unknowns {
        let Some(at) = (pivots.len()..rows.len()).find(|row| rows[*row][column].0 != 0) else { continue };
        rows.swap(pivots.len(), at);
        let lead = rows[pivots.len()][column];
        let row: Vec<_> = rows[pivots.len()].iter().map(|cell| cell.over(lead)).collect();
        for (_, cells) in rows.iter_mut().enumerate().filter(|(other, _)| *other != pivots.len()) {
            let factor = cells[column];
            for (cell, of) in cells.iter_mut().zip(&row) {
                *cell = cell.less(factor, *of);
            }
        }
        let here = pivots.len();
        rows[here] = row;
        pivots.push(column);
    }
    let alone = |row: &Vec<Fraction>| row[..unknowns].iter().filter(|cell| cell.0 != 0).count() == 1;
    pivots.into_iter().zip(&rows).filter(|(_, row)| alone(row)).map(|(column, _)| column).collect()
}

#[test]
fn the_solver_finds_what_a_careless_table_gives_away() {
    // Of x + y = 9, x + z = 7, y = 4: all three.
    let number = |cells: [i128; 4]| cells.map(Fraction::of).to_vec();
    let careless = vec![number([1, 1, 0, 9]), number([1, 0, 1, 7]), number([0, 1, 0, 4])];
    assert_eq!(determined(careless, 3), [0, 1, 2]);
    assert_eq!(determined(vec![number([1, 1, 0, 9]), number([1, 0, 1, 7])], 3), [0; 0]);
}

/// Everything that is published of a year, as equations about what is hidden: each week the total of each level and of
/// all, less what the rows that are shown say. Weeks share no unknown, so each is solved by itself.
#[test]
fn no_hidden_figure_of_a_simulated_year_is_determined() {
    let mut luck = Luck(2026);
    let (mut hidden_rows, mut shown_rows) = (0, 0);
    for week in 0..52 {
        let points = 3 + usize::try_from(luck.below(8)).unwrap();
        // Busy windows, quiet ones, and weeks in which hardly anybody comes.
        let cells: Vec<[u64; LEVELS]> = (0..points)
            .map(|_| {
                let busy = luck.below(4);
                [0; LEVELS].map(|_| if luck.below(3) < busy { luck.below(1 + busy * busy) } else { 0 })
            })
            .collect();
        let sizes: Vec<u64> = cells.iter().map(|levels| levels.iter().sum()).collect();
        let Shown { total, rows } = shown(&sizes, LEAST);
        let hidden: Vec<usize> = (0..points).filter(|point| !rows[*point]).collect();
        hidden_rows += hidden.len();
        shown_rows += points - hidden.len();
        if !total || hidden.is_empty() {
            continue;
        }
        let unknowns = hidden.len() * LEVELS;
        let pooled = |level: usize| hidden.iter().map(|point| cells[*point][level]).sum::<u64>();
        let all: u64 = (0..LEVELS).map(pooled).sum();
        if all == 0 {
            // Nobody is behind what is hidden.
            continue;
        }
        let equation = |level: usize| {
            let mut row: Vec<_> = (0..unknowns).map(|n| Fraction::of(i128::from(n % LEVELS == level))).collect();
            row.push(Fraction::of(pooled(level).into()));
            row
        };
        assert_eq!(determined((0..LEVELS).map(equation).collect(), unknowns), [0; 0], "week {week}: {sizes:?}");
        // No count is below 0 either: a figure that is not 0 could still be another row's.
        let rated = hidden.iter().filter(|point| sizes[**point] > 0).count();
        assert!(rated >= 2 && all >= LEAST, "week {week}: {sizes:?}");
    }
    assert!(hidden_rows > 100 && shown_rows > 50, "{hidden_rows} hidden, {shown_rows} shown: nothing was tried");
}
