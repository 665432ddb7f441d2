//! What a form has to keep to, what a version may become, and what differs between two.

use super::*;

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn words(text: &str) -> Words {
    Words { zh: format!("中{text}"), en: text.to_owned() }
}

fn line(code: &str) -> Line {
    Line { code: code.to_owned(), title: words(code), source: FormSource::Assumption }
}

fn item(code: &str, size: Option<(u16, u16)>) -> ConductItem {
    let size = size.map(|(least, most)| Size { least: Halves(least), most: Halves(most) });
    ConductItem { code: code.to_owned(), title: words(code), size, evidence: true, source: FormSource::Practice }
}

fn conduct() -> Conduct {
    let dimension = |code: &str, points, items| Dimension { code: code.to_owned(), title: words(code), points, items };
    Conduct {
        dimensions: vec![
            dimension("attitude", 25, vec![item("greeting", Some((2, 2))), item("quarrel", Some((6, 6)))]),
            dimension("effectiveness", 25, vec![item("late", Some((4, 10)))]),
            dimension("discipline", 30, vec![item("away", Some((2, 6))), item("favours", None)]),
            dimension("workplace", 20, vec![item("desk", Some((1, 2)))]),
        ],
        bonus: Bonus {
            cap: Halves::points(5),
            items: vec![BonusItem {
                code: "praise".to_owned(),
                title: words("praise"),
                size: Size { least: Halves(2), most: Halves(6) },
                source: FormSource::Practice,
            }],
        },
    }
}

fn questionnaire() -> Questionnaire {
    let rows = ["attitude", "manner", "notice", "speed", "skill", "place", "overall"];
    Questionnaire {
        time: words("When?"),
        departments: Departments {
            title: words("Which?"),
            rows: vec![
                GridRow { choices: vec![line("tax"), line("police")] },
                GridRow { choices: vec![line("health")] },
            ],
        },
        rows: rows.map(line).into(),
        remark: Remark { title: words("Anything else?"), limit: 500 },
    }
}

fn good_bad() -> GoodBad {
    let of = |channel| ChannelIndicators { channel, indicators: vec![line("overall"), line("speed")] };
    GoodBad {
        channels: RatingChannel::ALL.iter().copied().map(of).collect(),
        reasons: vec![line("slow"), line("rude")],
    }
}

fn third_party() -> ThirdParty {
    let indicator = |code: &str, weight| Indicator {
        code: code.to_owned(),
        title: words(code),
        weight,
        source: FormSource::Assumption,
    };
    let group = |code: &str, indicators| Group { code: code.to_owned(), title: words(code), indicators };
    ThirdParty {
        groups: vec![
            group("comfort", vec![indicator("seats", 20), indicator("queue", 30)]),
            group("satisfaction", vec![indicator("asked", 50)]),
        ],
    }
}

fn all() -> [FormContent; 4] {
    [
        FormContent::Conduct(conduct()),
        FormContent::Questionnaire(questionnaire()),
        FormContent::GoodBad(good_bad()),
        FormContent::ThirdParty(third_party()),
    ]
}

fn told(found: Vec<Violation>) -> Vec<(String, &'static str)> {
    found.into_iter().map(|found| (found.place(), found.code)).collect()
}

fn conduct_with(change: impl FnOnce(&mut Conduct)) -> FormContent {
    let mut form = conduct();
    change(&mut form);
    FormContent::Conduct(form)
}

#[test]
fn a_whole_form_of_each_kind_is_fit_to_be_published() {
    for (content, kind) in all().into_iter().zip(FormKind::ALL) {
        assert_eq!(told(content.check_publication()), [], "{kind:?}");
        assert_eq!(content.kind(), *kind);
    }
}

#[test]
fn points_that_come_to_99_are_refused_by_their_sum() {
    let form = conduct_with(|form| form.dimensions[0].points = 24);
    let found = form.check_publication();
    assert_eq!(told(found.clone()), [("content.dimensions".to_owned(), "forms.points_sum")]);
    assert_eq!(found[0].args[0].value, "99");
    // A draft may be on its way.
    assert_eq!(form.check_draft(), []);
    let mut weights = third_party();
    weights.groups[0].indicators[0].weight = 21;
    let found = FormContent::ThirdParty(weights).check_publication();
    assert_eq!((found[0].code, found[0].args[0].value.as_str()), ("forms.weights_sum", "101"));
}

#[test]
fn every_fault_is_told_with_its_place() {
    let form = conduct_with(|form| {
        let [attitude, effectiveness, ..] = &mut form.dimensions[..] else { return };
        attitude.items[1].title.en.clear();
        attitude.items[1].size = Some(Size { least: Halves(6), most: Halves(4) });
        effectiveness.items[0].size = Some(Size { least: Halves(0), most: Halves(2) });
        effectiveness.code = "speed".to_owned();
        form.bonus.cap = Halves::points(21);
    });
    let expected = [
        ("content.dimensions.0.items.1.title.en", "form.required"),
        ("content.dimensions.0.items.1.size.most", "forms.size"),
        ("content.dimensions.1.items.0.size.least", "forms.size"),
        ("content.dimensions", "forms.dimension_missing"),
        ("content.bonus.cap", "forms.cap"),
    ];
    assert_eq!(told(form.check_publication()), expected.map(|(place, code)| (place.to_owned(), code)));
    assert_eq!(form.check_draft(), []);
}

#[test]
fn what_is_too_long_or_there_twice_is_no_draft_either() {
    let form = conduct_with(|form| {
        form.dimensions[0].title.zh = "长".repeat(TITLE_ZH_MAX + 1);
        form.dimensions[1].items[0].code = "greeting".to_owned();
        form.dimensions[2].items[0].code = "Away!".to_owned();
        form.dimensions[3].items = vec![item("desk", Some((1, 2))); 31];
    });
    let found = told(form.check_draft());
    let expected = [
        ("content.dimensions.0.title.zh", "form.too_long"),
        ("content.dimensions.1.items.0.code", "forms.code_twice"),
        ("content.dimensions.2.items.0.code", "forms.code"),
        ("content.dimensions.3.items", "forms.count"),
    ];
    assert!(!found.iter().any(|(_, code)| *code == "forms.too_many_lines"));
    assert_eq!(found[..4], expected.map(|(place, code)| (place.to_owned(), code)));
    assert!(found.len() <= 50);
}

#[test]
fn a_form_fits_into_one_request() {
    let with = |last: usize| {
        conduct_with(|form| {
            for (dimension, n) in form.dimensions.iter_mut().zip([20, 20, 20, last]) {
                dimension.items = (0..n).map(|i| item(&format!("{}-{i}", dimension.code), Some((2, 2)))).collect();
            }
        })
    };
    assert_eq!(with(10).check_draft(), []);
    assert_eq!(told(with(11).check_draft()), [("content.dimensions".to_owned(), "forms.too_many_lines")]);
}

#[test]
fn form_e_has_seven_rows_and_each_channel_is_asked_once() {
    let mut survey = questionnaire();
    survey.rows.pop();
    survey.remark.limit = 0;
    survey.departments.rows[1].choices[0].code = "tax".to_owned();
    let found = told(FormContent::Questionnaire(survey).check_publication());
    let expected = [
        ("content.departments.rows.1.choices.0.code", "forms.code_twice"),
        ("content.rows", "forms.exactly"),
        ("content.remark.limit", "forms.number"),
    ];
    assert_eq!(found, expected.map(|(place, code)| (place.to_owned(), code)));

    let mut rating = good_bad();
    rating.channels[2].channel = RatingChannel::Online;
    let found = told(FormContent::GoodBad(rating).check_publication());
    let expected = [("content.channels.2", "forms.channel_twice"), ("content.channels", "forms.channel_missing")];
    assert_eq!(found, expected.map(|(place, code)| (place.to_owned(), code)));
}

#[test]
fn only_a_draft_changes_and_only_a_published_version_is_retired() {
    use {FormAction as A, FormStatus as S};
    for status in S::ALL {
        for action in A::ALL {
            let fine = match action {
                A::Edit | A::Publish | A::Withdraw => *status == S::Draft,
                A::Retire => *status == S::Published,
            };
            assert_eq!(may(*status, *action).is_ok(), fine, "{status:?} {action:?}");
        }
    }
}

#[test]
fn a_version_counts_from_a_day_that_lies_ahead_and_after_the_last_one() {
    let today = d("2026-03-02");
    let code = |from: &str, latest: Option<&str>| check_date(d(from), today, latest.map(d)).map(|found| found.code);
    assert_eq!(code("2026-03-01", None), Some("forms.date_past"));
    assert_eq!(code("2026-03-02", Some("2026-03-02")), None);
    assert_eq!(code("2026-03-31", Some("2026-04-01")), Some("forms.date_order"));
    assert_eq!(code("2028-03-01", None), None);
    assert_eq!(code("2028-03-02", None), Some("forms.date_far"));
}

#[test]
fn the_version_whose_day_came_last_counts() {
    let published = [(1, d("2026-01-01")), (2, d("2026-04-01")), (3, d("2026-04-01"))];
    for (day, number) in [("2025-12-31", None), ("2026-03-31", Some(1)), ("2026-04-01", Some(3))] {
        assert_eq!(in_force(published, d(day)), number, "{day}");
    }
}

#[test]
fn two_versions_differ_by_code() {
    let old = FormContent::Conduct(conduct());
    assert_eq!(diff(&old, &old), []);
    let new = conduct_with(|form| {
        form.dimensions[0].points = 24;
        form.dimensions[0].items[0].size = None;
        form.dimensions[1].items.push(item("refused", Some((4, 6))));
        form.dimensions[3].items.clear();
        form.bonus.cap = Halves(11);
    });
    let changes = diff(&old, &new);
    let lines: Vec<_> = changes.iter().map(|c| (c.part.key(), c.code.as_str(), c.kind.key())).collect();
    let expected = [
        ("form", "", "changed"),
        ("dimension", "attitude", "changed"),
        ("item", "greeting", "changed"),
        ("item", "refused", "added"),
        ("item", "desk", "removed"),
    ];
    assert_eq!(lines, expected);
    let fact = |n: usize, field| changes[n].facts.iter().find(|fact| fact.field == field).cloned().unwrap();
    let both = |fact: Fact| (fact.old.unwrap_or_default(), fact.new.unwrap_or_default());
    assert_eq!(both(fact(0, FormField::Cap)), ("5".to_owned(), "5.5".to_owned()));
    assert_eq!(both(fact(1, FormField::Points)), ("25".to_owned(), "24".to_owned()));
    assert_eq!(both(fact(2, FormField::Veto)), ("false".to_owned(), "true".to_owned()));
    assert_eq!(both(fact(3, FormField::Size)), (String::new(), "2–3".to_owned()));
    assert_eq!(changes[4].title, words("desk"));
}

#[test]
fn another_order_and_another_place_are_told() {
    let old = FormContent::Conduct(conduct());
    let new = conduct_with(|form| {
        form.dimensions[0].items.reverse();
        let late = form.dimensions[1].items.remove(0);
        form.dimensions[2].items.push(late);
    });
    let changes = diff(&old, &new);
    let lines: Vec<_> = changes.iter().map(|c| (c.code.as_str(), c.facts[0].field)).collect();
    assert_eq!(lines, [("attitude", FormField::Order), ("late", FormField::Place)]);
    assert_eq!(changes[0].facts[0].new.as_deref(), Some("quarrel, greeting"));

    let mut rating = good_bad();
    rating.channels[1].indicators.remove(1);
    rating.reasons[0].title.en = "Too slow".to_owned();
    let changes = diff(&FormContent::GoodBad(good_bad()), &FormContent::GoodBad(rating));
    let lines: Vec<_> = changes.iter().map(|c| (c.code.as_str(), c.kind)).collect();
    assert_eq!(lines, [("slow", ChangeKind::Changed), ("on_site/speed", ChangeKind::Removed)]);

    let mut survey = questionnaire();
    survey.departments.rows[0].choices.reverse();
    let changes = diff(&FormContent::Questionnaire(questionnaire()), &FormContent::Questionnaire(survey));
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].part, changes[0].facts[0].field), (FormPart::Question, FormField::Order));
}
