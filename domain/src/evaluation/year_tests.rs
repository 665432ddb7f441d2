//! All that is published of centers in a year, against whoever adds, subtracts and knows the rule (P-7).
//!
//! A hidden figure follows from what is published only if it is the same in every table that would be published alike. So
//! for each one another table is made in which it is another number: the same totals, the same rows shown with the same
//! figures, the same rows hidden, by each minimum that the year has seen. What exists need not be searched for by solving
//! equations: no solver finds a number that two solutions do not share.

use super::suppress::{Shown, shown};

const CENTERS: usize = 12;
const WEEKS: usize = 52;
/// In summer the city raises the minimum; a week from before is looked at again afterwards.
const MINIMA: [u64; 2] = [5, 10];

/// What somebody chose, question by question.
type Person = Vec<usize>;
/// Who rated at each point, or came to each department.
type Table = Vec<Vec<Person>>;

/// A linear congruential generator: the same year in each run.
struct Luck(u64);

impl Luck {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn up_to(&mut self, end: usize) -> usize {
        usize::try_from(self.below(u64::try_from(end).unwrap())).unwrap()
    }

    /// A level, the better the likelier.
    fn level(&mut self, levels: usize) -> usize {
        (0..levels - 1).find(|_| self.below(100) < 65).unwrap_or(levels - 1)
    }

    /// A week at a center: as many as usually come, or far fewer; where hardly anybody comes, often nobody.
    fn week(&mut self, usual: &[u64], questions: usize, levels: usize) -> Table {
        let row = |luck: &mut Self, most: u64| {
            let come = luck.below(1 + most).min(luck.below(2 + most));
            (0..come).map(|_| (0..questions).map(|_| luck.level(levels)).collect()).collect()
        };
        usual.iter().map(|most| row(self, *most)).collect()
    }
}

fn sizes(table: &Table) -> Vec<u64> {
    table.iter().map(|row| u64::try_from(row.len()).unwrap()).collect()
}

/// Which rows are shown, by each minimum.
fn published(table: &Table) -> [Shown; 2] {
    MINIMA.map(|least| shown(&sizes(table), least))
}

fn count(row: &[Person], question: usize, level: usize) -> usize {
    row.iter().filter(|person| person[question] == level).count()
}

/// Whether another table is published alike in which `row` has another number there. Only rows in `hidden` are touched, and
/// all of them together stay as they are: so do the totals, and every row that is shown.
fn another_fits(table: &Table, hidden: &[usize], row: usize, question: usize, level: usize) -> bool {
    let alike = |change: &dyn Fn(&mut Table)| {
        let mut other = table.clone();
        change(&mut other);
        count(&other[row], question, level) != count(&table[row], question, level)
            && published(&other) == published(table)
    };
    let with = |row: usize, is_it: bool| table[row].iter().position(|one| (one[question] == level) == is_it);
    hidden.iter().filter(|other| **other != row).any(|other| {
        // Two who swap an answer; two rows that swap everybody; somebody who came to the other one.
        let answers = with(row, true).zip(with(*other, false)).or(with(row, false).zip(with(*other, true)));
        let swapped = answers.is_some_and(|(here, there)| {
            alike(&|table: &mut Table| {
                let own = table[row][here][question];
                table[row][here][question] = table[*other][there][question];
                table[*other][there][question] = own;
            })
        });
        let moved = |from: usize, to: usize| {
            with(from, true).is_some_and(|who| {
                alike(&|table: &mut Table| {
                    let person = table[from].remove(who);
                    table[to].push(person);
                })
            })
        };
        swapped || alike(&|table: &mut Table| table.swap(row, *other)) || moved(row, *other) || moved(*other, row)
    })
}

#[derive(Default)]
struct Seen {
    hidden: usize,
    shown: usize,
    figures: usize,
}

/// Everything that is hidden of a week.
fn look(table: &Table, levels: usize, seen: &mut Seen, week: &str) {
    let [Shown { total, rows }, by_more] = published(table);
    // What was shown once is known: what counts is hidden by both.
    let hidden: Vec<usize> = (0..table.len()).filter(|row| !rows[*row]).collect();
    assert!(rows.iter().zip(&by_more.rows).all(|(few, many)| *few || !many), "{week}");
    seen.hidden += hidden.len();
    seen.shown += table.len() - hidden.len();
    if !total {
        // Nothing is said of this week at all.
        assert!(rows.iter().all(|shown| !shown), "{week}");
        return;
    }
    let together: usize = hidden.iter().map(|row| table[*row].len()).sum();
    assert!(together == 0 || together >= 5, "{week}: {together} are hidden together");
    for row in &hidden {
        let questions = table[*row].first().map_or(0, Vec::len);
        for (question, level) in (0..questions).flat_map(|question| (0..levels).map(move |level| (question, level))) {
            if count(&table[*row], question, level) > 0 {
                seen.figures += 1;
                assert!(another_fits(table, &hidden, *row, question, level), "{week}: row {row} of {:?}", sizes(table));
            }
        }
    }
}

#[test]
fn no_hidden_figure_of_a_year_follows_from_all_that_is_published() {
    let (mut points, mut departments) = (Seen::default(), Seen::default());
    for center in 0..CENTERS {
        let mut luck = Luck(u64::try_from(center).unwrap() + 7);
        // Windows and the link after an answered complaint; departments of form E, and those who named none.
        let usual =
            |luck: &mut Luck, rows: usize| (0..rows).map(|_| [0, 2, 4, 7, 12, 30][luck.up_to(6)]).collect::<Vec<u64>>();
        let rows = 3 + luck.up_to(9);
        let at_points = usual(&mut luck, rows);
        let of_departments = usual(&mut luck, 13);
        for week in 0..WEEKS {
            let name = format!("center {center}, week {week}");
            look(&luck.week(&at_points, 1, 5), 5, &mut points, &name);
            look(&luck.week(&of_departments, 7, 4), 4, &mut departments, &name);
        }
    }
    for (what, seen) in [("points", points), ("departments", departments)] {
        let Seen { hidden, shown, figures } = seen;
        println!("{what}: {shown} rows shown, {hidden} hidden, {figures} hidden figures, none of them follows");
        assert!(shown > 500 && figures > 1000, "{what}: nothing was tried");
    }
}

#[test]
fn what_a_careless_table_gives_away_has_no_other() {
    // One row hidden beside a total: its figures are the total less the others.
    let table: Table = vec![vec![vec![0], vec![0], vec![1]], vec![vec![0]; 6]];
    assert!(!another_fits(&table, &[0], 0, 0, 0));
    // With a second one they could be that one's.
    let table: Table = vec![vec![vec![0], vec![0], vec![1]], vec![vec![0]; 6], vec![vec![1]; 7]];
    assert!(another_fits(&table, &[0, 1], 0, 0, 1));
}
