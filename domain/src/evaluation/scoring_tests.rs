//! No score below 0 or above its base, whatever was found and in whatever order.

use proptest::prelude::*;

use super::*;
use crate::evaluation::forms::{Bonus, BonusItem, ConductItem, Dimension, FormKind, FormSource, Words};

fn item(code: &str, size: Option<Size>) -> ConductItem {
    ConductItem { code: code.to_owned(), title: Words::default(), size, evidence: true, source: FormSource::Assumption }
}

fn form() -> Conduct {
    let range = |least, most| Some(Size { least: Halves(least), most: Halves(most) });
    let dimension =
        |code: &str, points, items| Dimension { code: code.to_owned(), title: Words::default(), points, items };
    Conduct {
        dimensions: vec![
            dimension("attitude", 25, vec![item("cold", range(4, 4)), item("late", range(1, 6))]),
            dimension("discipline", 30, vec![item("away", range(2, 10)), item("favours", None)]),
        ],
        bonus: Bonus {
            cap: Halves(10),
            items: vec![BonusItem {
                code: "praise".to_owned(),
                title: Words::default(),
                size: Size { least: Halves(2), most: Halves(6) },
                source: FormSource::Practice,
            }],
        },
    }
}

fn found(item: &str, size: u16) -> Found<'_> {
    Found { item, size: Some(Halves(size)) }
}

const VETO: Found<'_> = Found { item: "favours", size: None };

fn scores(found: &[Found<'_>]) -> (String, String, String, bool) {
    let form = form();
    let score = deduct(&form, found).unwrap();
    let of = |n: usize| score.dimensions[n].score().to_string();
    (of(0), of(1), score.total().to_string(), score.no_honours())
}

fn told(attitude: &str, discipline: &str, total: &str, no_honours: bool) -> (String, String, String, bool) {
    (attitude.to_owned(), discipline.to_owned(), total.to_owned(), no_honours)
}

#[test]
fn each_kind_of_form_is_counted_by_a_rule_of_its_own() {
    let rules: Vec<_> = FormKind::ALL.iter().filter_map(|kind| kind.rule()).collect();
    assert_eq!(rules, [ConductScore::RULE, FourLevelOrdinalV1::RULE, FiveLevelStarsV1::RULE]);
}

#[test]
fn points_come_off_in_exact_halves() {
    assert_eq!(scores(&[]), told("25", "30", "55", false));
    assert_eq!(scores(&[found("late", 1), found("cold", 4), found("away", 3)]), told("22.5", "28.5", "51", false));
}

#[test]
fn a_dimension_ends_at_nothing() {
    assert_eq!(scores(&[found("away", 10); 7]), told("25", "0", "25", false));
}

#[test]
fn a_veto_takes_the_whole_dimension_and_this_years_honours() {
    assert_eq!(scores(&[VETO]), told("25", "0", "25", true));
    assert_eq!(scores(&[found("away", 2), VETO, VETO]), told("25", "0", "25", true));
}

#[test]
fn a_bonus_ends_at_its_cap_and_mends_no_veto() {
    assert_eq!(scores(&[found("praise", 6)]), told("25", "30", "58", false));
    assert_eq!(scores(&[found("praise", 6); 3]), told("25", "30", "60", false));
    assert_eq!(scores(&[found("praise", 6), VETO]), told("25", "0", "28", true));
}

#[test]
fn a_finding_suits_its_item() {
    let form = form();
    for (one, code) in [
        (found("nothing", 2), "forms.finding_item"),
        (found("late", 7), "forms.finding_size"),
        (found("cold", 3), "forms.finding_size"),
        (found("favours", 2), "forms.finding_size"),
        (found("praise", 1), "forms.finding_size"),
        (Found { item: "late", size: None }, "forms.finding_size"),
    ] {
        assert_eq!(deduct(&form, &[one]).unwrap_err().code, code, "{one:?}");
    }
}

#[test]
fn a_mean_names_its_rule() {
    let mut survey = Tally::<FourLevelOrdinalV1>::default();
    assert_eq!(survey.mean(), None);
    for level in FourLevel::ALL {
        survey.add(*level);
    }
    assert_eq!(survey.mean(), Some(Mean { rule: ScoringRule::FourLevelOrdinalV1, sum: 10, count: 4 }));
    let mut stars = Tally::<FiveLevelStarsV1>::default();
    stars.add(FiveLevel::VerySatisfied);
    stars.add(FiveLevel::VeryDissatisfied);
    assert_eq!(stars.mean(), Some(Mean { rule: ScoringRule::FiveLevelStarsV1, sum: 6, count: 2 }));
}

fn any_finding() -> impl Strategy<Value = Found<'static>> {
    prop_oneof![
        Just(found("cold", 4)),
        (1..=6u16).prop_map(|size| found("late", size)),
        (2..=10u16).prop_map(|size| found("away", size)),
        (2..=6u16).prop_map(|size| found("praise", size)),
        Just(VETO),
    ]
}

proptest! {
    #[test]
    fn every_score_stays_between_nothing_and_its_base(
        found in proptest::collection::vec(any_finding(), 0..40), turn in any::<prop::sample::Index>(),
    ) {
        let form = form();
        let score = deduct(&form, &found).unwrap();
        for dimension in &score.dimensions {
            prop_assert!(dimension.score() <= dimension.base);
            prop_assert!(!dimension.vetoed || dimension.score() == Halves(0));
        }
        prop_assert!(score.bonus <= form.bonus.cap);
        prop_assert!(score.total() <= Halves::points(55).plus(form.bonus.cap));
        prop_assert_eq!(score.no_honours(), found.contains(&VETO));
        // Turned round and cut anywhere: the order makes no difference.
        let mut other = found.clone();
        other.reverse();
        if !other.is_empty() {
            let at = turn.index(other.len());
            other.rotate_left(at);
        }
        prop_assert_eq!(deduct(&form, &other).unwrap(), score);
    }
}
