//! What may be filled in, what must be, and what it comes to.

use uuid::Uuid;

use super::*;
use crate::evaluation::forms::{Bonus, BonusItem, ConductItem, Dimension, FormSource, Group, Indicator, Size, Words};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn item(code: &str, size: Option<(u16, u16)>) -> ConductItem {
    let size = size.map(|(least, most)| Size { least: Halves(least), most: Halves(most) });
    ConductItem { code: code.to_owned(), title: Words::default(), size, evidence: true, source: FormSource::Assumption }
}

fn conduct() -> FormContent {
    let dimension =
        |code: &str, points, items| Dimension { code: code.to_owned(), title: Words::default(), points, items };
    let size = Size { least: Halves(2), most: Halves(6) };
    FormContent::Conduct(Conduct {
        dimensions: vec![
            dimension("attitude", 60, vec![item("cold", Some((4, 4))), item("late", Some((1, 6)))]),
            dimension("discipline", 40, vec![item("favours", None)]),
        ],
        bonus: Bonus {
            cap: Halves(10),
            items: vec![BonusItem {
                code: "praise".to_owned(),
                title: Words::default(),
                size,
                source: FormSource::Practice,
            }],
        },
    })
}

fn third_party() -> FormContent {
    let indicator = |code: &str, weight| Indicator {
        code: code.to_owned(),
        title: Words::default(),
        weight,
        source: FormSource::Assumption,
    };
    let group = |code: &str, indicators| Group { code: code.to_owned(), title: Words::default(), indicators };
    FormContent::ThirdParty(ThirdParty {
        groups: vec![
            group("comfort", vec![indicator("seats", 30), indicator("signs", 20)]),
            group("rest", vec![indicator("all", 50)]),
        ],
    })
}

fn demands() -> Demands {
    Demands { from: day("2026-03-02"), today: day("2026-03-10"), secret: false }
}

fn finding() -> Finding {
    Finding {
        item: "cold".to_owned(),
        size: Some(Halves(4)),
        on: Some(day("2026-03-09")),
        time: "09:30".to_owned(),
        place: "2号窗口".to_owned(),
        note: "没有抬头".to_owned(),
        files: vec![AttachmentId(Uuid::nil())],
    }
}

fn ballot(findings: Vec<Finding>) -> BallotContent {
    BallotContent::Conduct(ConductBallot { findings, remarks: Vec::new() })
}

fn told(found: &[Violation]) -> Vec<(String, &'static str)> {
    found.iter().map(|one| (one.within.clone(), one.code)).collect()
}

fn one(path: &str, code: &'static str) -> Vec<(String, &'static str)> {
    vec![(path.to_owned(), code)]
}

#[test]
fn a_draft_may_be_half_filled_in_and_what_is_handed_in_names_size_day_place_and_proof() {
    let half = ballot(vec![Finding { item: "late".to_owned(), ..Finding::default() }]);
    assert_eq!(half.check_draft(&conduct(), demands()), []);
    let expected = [
        ("findings.0.size".to_owned(), "form.required"),
        ("findings.0.on".to_owned(), "form.required"),
        ("findings.0.place".to_owned(), "form.required"),
        ("findings.0.files".to_owned(), "campaigns.evidence"),
    ];
    assert_eq!(told(&half.check_handed_in(&conduct(), demands())), expected);
    assert_eq!(ballot(vec![finding()]).check_handed_in(&conduct(), demands()), []);
    // Nothing found is a whole form.
    assert_eq!(ballot(Vec::new()).check_handed_in(&conduct(), demands()), []);
    let veto = Finding { item: "favours".to_owned(), size: None, ..finding() };
    assert_eq!(ballot(vec![veto]).check_handed_in(&conduct(), demands()), []);
    let bonus = |note: &str| {
        let note = note.to_owned();
        ballot(vec![Finding { item: "praise".to_owned(), size: Some(Halves(3)), note, ..Finding::default() }])
    };
    assert_eq!(told(&bonus("").check_handed_in(&conduct(), demands())), one("findings.0.note", "form.required"));
    assert_eq!(bonus("群众送来锦旗").check_handed_in(&conduct(), demands()), []);
}

#[test]
fn levels_outside_of_the_scale_and_items_of_another_form_are_not_even_a_draft() {
    for (broken, path, code) in [
        (Finding { size: Some(Halves(5)), ..finding() }, "findings.0.size", "forms.finding_size"),
        (
            Finding { item: "late".to_owned(), size: Some(Halves(7)), ..finding() },
            "findings.0.size",
            "forms.finding_size",
        ),
        (
            Finding { item: "late".to_owned(), size: Some(Halves(0)), ..finding() },
            "findings.0.size",
            "forms.finding_size",
        ),
        (Finding { item: "favours".to_owned(), ..finding() }, "findings.0.size", "forms.finding_size"),
        (Finding { item: "nowhere".to_owned(), ..finding() }, "findings.0.item", "forms.finding_item"),
        (Finding { on: Some(day("2026-03-01")), ..finding() }, "findings.0.on", "campaigns.outside"),
        (Finding { on: Some(day("2026-03-11")), ..finding() }, "findings.0.on", "campaigns.outside"),
        (Finding { time: "24:00".to_owned(), ..finding() }, "findings.0.time", "campaigns.time"),
        (Finding { place: "长".repeat(101), ..finding() }, "findings.0.place", "form.too_long"),
        (Finding { note: "长".repeat(100_000), ..finding() }, "findings.0.note", "form.too_long"),
    ] {
        assert_eq!(told(&ballot(vec![broken]).check_draft(&conduct(), demands())), one(path, code));
    }
    let twice = ballot(vec![finding(), finding()]);
    assert_eq!(told(&twice.check_draft(&conduct(), demands())), one("findings.1.item", "campaigns.finding_twice"));
    let other = ballot(vec![finding()]);
    assert_eq!(told(&other.check_draft(&third_party(), demands())), one("", "campaigns.form_kind"));
    let many = ballot(vec![finding(); FINDINGS_MAX + 1]);
    assert_eq!(told(&many.check_draft(&conduct(), demands())), one("findings", "campaigns.many"));
}

#[test]
fn remarks_are_bounded_and_none_is_empty_when_handed_in() {
    let with = |text: String| {
        let remarks = vec![Remark { kind: RemarkKind::Problem, text }];
        BallotContent::Conduct(ConductBallot { findings: Vec::new(), remarks })
    };
    let check = |text: &str| told(&with(text.to_owned()).check_handed_in(&conduct(), demands()));
    assert_eq!(check("叫号屏看不清"), []);
    assert_eq!(check("  "), one("remarks.0.text", "form.required"));
    assert_eq!(check(&"长".repeat(100_000)), one("remarks.0.text", "form.too_long"));
    assert_eq!(with(String::new()).check_draft(&conduct(), demands()), []);
}

#[test]
fn where_the_vote_is_secret_nothing_leads_to_whoever_found_it() {
    let secret = Demands { secret: true, ..demands() };
    let bare = Finding { on: None, time: String::new(), place: String::new(), files: Vec::new(), ..finding() };
    assert_eq!(ballot(vec![bare]).check_handed_in(&conduct(), secret), []);
    assert_eq!(
        told(&ballot(vec![finding()]).check_draft(&conduct(), secret)),
        one("findings.0.files", "campaigns.no_files")
    );
}

#[test]
fn a_third_party_gives_each_indicator_points_and_its_weights_make_the_score() {
    let points = |all: &[(&str, u16)]| {
        let points =
            all.iter().map(|(code, points)| Points { indicator: (*code).to_owned(), points: *points }).collect();
        BallotContent::ThirdParty(ThirdPartyBallot { points, remarks: Vec::new() })
    };
    let whole = points(&[("seats", 80), ("signs", 50), ("all", 91)]);
    assert_eq!(whole.check_handed_in(&third_party(), demands()), []);
    let score = whole.score(&third_party()).unwrap();
    assert_eq!((score.total, score.vetoed), (7_950, false));
    assert_eq!(score.parts, [("comfort".to_owned(), 3_400), ("rest".to_owned(), 4_550)]);
    let broken = points(&[("seats", 101), ("seats", 1), ("nowhere", 1)]);
    let expected = [
        ("points.seats".to_owned(), "campaigns.points"),
        ("points.seats".to_owned(), "campaigns.finding_twice"),
        ("points".to_owned(), "forms.finding_item"),
    ];
    assert_eq!(told(&broken.check_draft(&third_party(), demands())), expected);
    let short = points(&[("seats", 80), ("signs", 50)]);
    assert_eq!(told(&short.check_handed_in(&third_party(), demands())), one("points.all", "form.required"));
}

#[test]
fn form_d_is_counted_by_deduction_in_hundredths() {
    let late = Finding { item: "late".to_owned(), size: Some(Halves(3)), ..finding() };
    let score = ballot(vec![finding(), late]).score(&conduct()).unwrap();
    assert_eq!((score.total, score.vetoed), (9_650, false));
    assert_eq!(score.parts, [("attitude".to_owned(), 5_650), ("discipline".to_owned(), 4_000)]);
    let veto = Finding { item: "favours".to_owned(), size: None, ..finding() };
    let score = ballot(vec![veto]).score(&conduct()).unwrap();
    assert_eq!((score.total, score.vetoed), (6_000, true));
    assert!(ballot(Vec::new()).score(&third_party()).is_err());
    assert!(BallotContent::empty(FormKind::GoodBad).is_err());
}
