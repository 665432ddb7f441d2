//! What may be given, and as which bytes it is committed to.

use uuid::Uuid;

use super::*;
use crate::evaluation::forms::{ChannelIndicators, Departments, FormSource, GridRow, Remark, Words};

fn line(code: &str) -> Line {
    Line { code: code.to_owned(), title: Words::default(), source: FormSource::City }
}

fn good_bad() -> GoodBad {
    let part =
        |channel, codes: &[&str]| ChannelIndicators { channel, indicators: codes.iter().map(|c| line(c)).collect() };
    GoodBad {
        channels: vec![
            part(RatingChannel::Online, &["overall", "guide"]),
            part(RatingChannel::OnSite, &["overall", "speed", "attitude"]),
            part(RatingChannel::Kiosk, &["ease"]),
        ],
        reasons: vec![line("waiting"), line("error")],
    }
}

fn questionnaire() -> Questionnaire {
    let departments = Departments { title: Words::default(), rows: vec![GridRow { choices: vec![line("tax")] }] };
    let remark = Remark { title: Words::default(), limit: 5 };
    Questionnaire { time: Words::default(), departments, rows: vec![line("a"), line("b")], remark }
}

fn opinion(level: FiveLevel) -> Opinion {
    Opinion { level, indicators: Vec::new(), reasons: Vec::new(), remark: None, contact: None }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn place() -> Place {
    Place {
        center: CenterId(Uuid::from_u128(1)),
        point: Some(RatingPointId(Uuid::from_u128(2))),
        channel: PointChannel::Qr,
        form: FormVersionId(Uuid::from_u128(3)),
    }
}

fn codes(found: &[Violation]) -> Vec<String> {
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn a_face_alone_is_a_rating() {
    for level in FiveLevel::ALL {
        assert_eq!(check_opinion(&opinion(*level), &good_bad(), PointChannel::Qr), []);
    }
}

#[test]
fn what_is_asked_depends_on_the_channel_and_the_whole_is_asked_once() {
    let of = |channel| indicators(&good_bad(), channel).map(|line| line.code.clone()).collect::<Vec<_>>();
    assert_eq!(of(PointChannel::Qr), ["speed", "attitude"]);
    assert_eq!(of(PointChannel::Kiosk), ["ease"]);
    assert_eq!(of(PointChannel::Link), ["guide"]);
}

#[test]
fn reasons_and_a_phone_belong_to_a_low_level() {
    let full = |level| Opinion {
        indicators: vec![("speed".to_owned(), level)],
        reasons: vec!["waiting".to_owned()],
        remark: Some("等了两个小时。".to_owned()),
        contact: Some("138 0000 1234".to_owned()),
        ..opinion(level)
    };
    for level in [FiveLevel::Dissatisfied, FiveLevel::VeryDissatisfied] {
        assert_eq!(check_opinion(&full(level), &good_bad(), PointChannel::Qr), []);
    }
    let found = check_opinion(&full(FiveLevel::BasicallySatisfied), &good_bad(), PointChannel::Qr);
    assert_eq!(codes(&found), ["reasons:rating.low_only", "contact:rating.low_only"]);
}

#[test]
fn codes_of_another_channel_or_given_twice_are_none() {
    let bad = FiveLevel::Dissatisfied;
    let other = Opinion { indicators: vec![("guide".to_owned(), bad)], ..opinion(bad) };
    assert_eq!(codes(&check_opinion(&other, &good_bad(), PointChannel::Qr)), ["indicators:rating.indicator"]);
    let twice = Opinion { reasons: vec!["waiting".to_owned(); 2], ..opinion(bad) };
    assert_eq!(codes(&check_opinion(&twice, &good_bad(), PointChannel::Qr)), ["reasons:rating.reason"]);
    let long = Opinion { remark: Some("长".repeat(2001)), contact: Some("打给我".to_owned()), ..opinion(bad) };
    let found = check_opinion(&long, &good_bad(), PointChannel::Qr);
    assert_eq!(codes(&found), ["remark:form.too_long", "contact:form.phone"]);
}

#[test]
fn form_e_wants_each_row_and_nothing_else() {
    let today = day("2026-03-02");
    let row = |code: &str| (code.to_owned(), FourLevel::Satisfied);
    let fine = Answers { visited_on: None, department: None, rows: vec![row("b"), row("a")], remark: None };
    assert_eq!(check_answers(&fine, &questionnaire(), today), []);
    let full = Answers {
        visited_on: Some(today),
        department: Some("tax".to_owned()),
        remark: Some("谢谢".to_owned()),
        ..fine.clone()
    };
    assert_eq!(check_answers(&full, &questionnaire(), today), []);
    let bad = Answers {
        visited_on: Some(day("2026-03-03")),
        department: Some("none".to_owned()),
        rows: vec![row("a"), row("c")],
        remark: Some("谢谢你们了。".to_owned()),
    };
    let found = check_answers(&bad, &questionnaire(), today);
    let expected = [
        "visitedOn:form.date_in_future",
        "department:rating.department",
        "rows:rating.row",
        "rows.b:form.required",
        "remark:form.too_long",
    ];
    assert_eq!(codes(&found), expected);
    let old = Answers { visited_on: Some(day("2025-03-01")), ..fine };
    assert_eq!(codes(&check_answers(&old, &questionnaire(), today)), ["visitedOn:form.date_too_old"]);
}

#[test]
fn other_ratings_are_other_bytes() {
    let marks = |indicators: &[(&str, FiveLevel)], reasons: &[&str]| Marks {
        indicators: indicators.iter().map(|(code, level)| ((*code).to_owned(), *level)).collect(),
        reasons: reasons.iter().map(|code| (*code).to_owned()).collect(),
    };
    let bad = FiveLevel::Dissatisfied;
    let all = [
        opinion_bytes(place(), bad, &marks(&[], &[])),
        opinion_bytes(place(), FiveLevel::VeryDissatisfied, &marks(&[], &[])),
        opinion_bytes(place(), bad, &marks(&[("speed", bad)], &[])),
        opinion_bytes(place(), bad, &marks(&[], &["speed", "dissatisfied"])),
        opinion_bytes(place(), bad, &marks(&[], &["sp", "eed"])),
        opinion_bytes(place(), bad, &marks(&[], &["speed"])),
        opinion_bytes(Place { point: None, ..place() }, bad, &marks(&[], &[])),
        opinion_bytes(Place { channel: PointChannel::Kiosk, ..place() }, bad, &marks(&[], &[])),
        answers_bytes(place(), None, None, &[]),
        answers_bytes(place(), None, Some("tax"), &[]),
        answers_bytes(place(), None, None, &[("tax".to_owned(), FourLevel::Satisfied)]),
    ];
    let distinct: BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
}

#[test]
fn a_week_is_over_once_its_sunday_was_closed() {
    // Monday 23 February to Sunday 1 March 2026.
    for (closed, week) in [
        ("2026-02-28", "2026-02-16"),
        ("2026-03-01", "2026-02-23"),
        ("2026-03-02", "2026-02-23"),
        ("2026-03-07", "2026-02-23"),
        ("2026-03-08", "2026-03-02"),
    ] {
        assert_eq!(last_week(day(closed)), day(week), "{closed}");
    }
}
