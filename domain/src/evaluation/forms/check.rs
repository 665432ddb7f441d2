//! What a form's document has to keep to. A draft may be half filled in; a published version may not.

use std::collections::BTreeSet;

use super::{
    Bonus, BonusItem, Conduct, Dimension, FormContent, GoodBad, Halves, Line, Questionnaire, RatingChannel, Size,
    ThirdParty, Words,
};
use crate::Violation;

/// The dimensions that form D always has (7.2.2.2); a city may add others.
pub const DIMENSIONS: [&str; 4] = ["attitude", "effectiveness", "discipline", "workplace"];
/// The rows of form E (annex E).
pub const ROWS: usize = 7;
/// The longest Chinese text, in characters.
pub const TITLE_ZH_MAX: usize = 120;
/// The longest English text.
pub const TITLE_EN_MAX: usize = 240;
/// The most rows of form E's grid of departments, and choices in a row.
pub const GRID_MAX: usize = 8;

const DIMENSIONS_MAX: usize = 8;
const ITEMS_MAX: usize = 30;
const LINES_MAX: usize = 20;
/// Items of all dimensions, or indicators of all groups: more would not go into one request.
const ALL_MAX: usize = 70;
const REMARK_MAX: u16 = 2000;
/// The largest bonus: 20 points.
const CAP_MAX: Halves = Halves::points(20);
/// What points and weights come to.
const WHOLE: u32 = 100;
/// Broken rules told at once.
const TOLD: usize = 50;

pub(super) fn draft(content: &FormContent) -> Vec<Violation> {
    run(content, Depth::Draft)
}

pub(super) fn publication(content: &FormContent) -> Vec<Violation> {
    run(content, Depth::Publication)
}

fn run(content: &FormContent, depth: Depth) -> Vec<Violation> {
    let mut check = Check { depth, found: Vec::new() };
    match content {
        FormContent::Conduct(form) => check.conduct(form),
        FormContent::Questionnaire(form) => check.questionnaire(form),
        FormContent::GoodBad(form) => check.good_bad(form),
        FormContent::ThirdParty(form) => check.third_party(form),
    }
    check.found.truncate(TOLD);
    check.found
}

/// How much is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Draft,
    Publication,
}

struct Check {
    depth: Depth,
    found: Vec<Violation>,
}

const fn wrong(code: &'static str) -> Violation {
    Violation::new("content", code)
}

/// Codes that were seen so far.
type Codes<'a> = BTreeSet<&'a str>;

impl Check {
    fn tell(&mut self, path: impl Into<String>, found: Violation) {
        self.found.push(found.within(path));
    }

    fn whole(&self) -> bool {
        self.depth == Depth::Publication
    }

    fn conduct(&mut self, form: &Conduct) {
        let mut codes = Codes::new();
        self.count("dimensions", form.dimensions.len(), 1, DIMENSIONS_MAX);
        for (i, dimension) in form.dimensions.iter().enumerate() {
            self.dimension(&format!("dimensions.{i}"), dimension, &mut codes);
        }
        self.together("dimensions", form.dimensions.iter().map(|dimension| dimension.items.len()).sum());
        if self.whole() {
            for code in DIMENSIONS {
                if !form.dimensions.iter().any(|dimension| dimension.code == code) {
                    self.tell("dimensions", wrong("forms.dimension_missing").with("code", code));
                }
            }
            self.sum("dimensions", "forms.points_sum", form.dimensions.iter().map(|d| u32::from(d.points)).sum());
        }
        self.bonus(&form.bonus, &mut codes);
    }

    fn dimension<'a>(&mut self, at: &str, dimension: &'a Dimension, codes: &mut Codes<'a>) {
        self.code(at, &dimension.code, codes);
        self.words(&format!("{at}.title"), &dimension.title);
        self.number(&format!("{at}.points"), dimension.points, 1, 100);
        self.count(&format!("{at}.items"), dimension.items.len(), 1, ITEMS_MAX);
        for (i, item) in dimension.items.iter().enumerate() {
            let at = format!("{at}.items.{i}");
            self.code(&at, &item.code, codes);
            self.words(&format!("{at}.title"), &item.title);
            if let Some(size) = item.size {
                self.size(&at, size, Halves::points(dimension.points));
            }
        }
    }

    fn bonus<'a>(&mut self, bonus: &'a Bonus, codes: &mut Codes<'a>) {
        self.count("bonus.items", bonus.items.len(), 0, LINES_MAX);
        let least = if bonus.items.is_empty() { Halves(0) } else { Halves(1) };
        if self.whole() && !(least..=CAP_MAX).contains(&bonus.cap) {
            self.tell("bonus.cap", wrong("forms.cap").with("max", CAP_MAX));
        }
        for (i, BonusItem { code, title, size, .. }) in bonus.items.iter().enumerate() {
            let at = format!("bonus.items.{i}");
            self.code(&at, code, codes);
            self.words(&format!("{at}.title"), title);
            self.size(&at, *size, bonus.cap);
        }
    }

    fn questionnaire(&mut self, form: &Questionnaire) {
        self.words("time", &form.time);
        self.words("departments.title", &form.departments.title);
        self.count("departments.rows", form.departments.rows.len(), 1, GRID_MAX);
        let mut codes = Codes::new();
        for (i, row) in form.departments.rows.iter().enumerate() {
            let at = format!("departments.rows.{i}.choices");
            self.count(&at, row.choices.len(), 1, GRID_MAX);
            self.lines(&at, &row.choices, &mut codes);
        }
        self.count("rows", form.rows.len(), ROWS, ROWS);
        self.lines("rows", &form.rows, &mut Codes::new());
        self.words("remark.title", &form.remark.title);
        self.number("remark.limit", form.remark.limit, 1, REMARK_MAX);
    }

    fn good_bad(&mut self, form: &GoodBad) {
        for (i, channel) in form.channels.iter().enumerate() {
            let at = format!("channels.{i}.indicators");
            if form.channels.iter().take(i).any(|other| other.channel == channel.channel) {
                self.tell(format!("channels.{i}"), wrong("forms.channel_twice"));
            }
            self.count(&at, channel.indicators.len(), 1, LINES_MAX);
            self.lines(&at, &channel.indicators, &mut Codes::new());
        }
        let given = |wanted: &RatingChannel| form.channels.iter().any(|channel| channel.channel == *wanted);
        if self.whole() && !RatingChannel::ALL.iter().all(given) {
            self.tell("channels", wrong("forms.channel_missing"));
        }
        self.count("reasons", form.reasons.len(), 1, LINES_MAX);
        self.lines("reasons", &form.reasons, &mut Codes::new());
    }

    fn third_party(&mut self, form: &ThirdParty) {
        let mut codes = Codes::new();
        self.count("groups", form.groups.len(), 1, DIMENSIONS_MAX);
        for (i, group) in form.groups.iter().enumerate() {
            let at = format!("groups.{i}");
            self.code(&at, &group.code, &mut codes);
            self.words(&format!("{at}.title"), &group.title);
            self.count(&format!("{at}.indicators"), group.indicators.len(), 1, LINES_MAX);
            for (i, indicator) in group.indicators.iter().enumerate() {
                let at = format!("{at}.indicators.{i}");
                self.code(&at, &indicator.code, &mut codes);
                self.words(&format!("{at}.title"), &indicator.title);
                self.number(&format!("{at}.weight"), indicator.weight, 1, 100);
            }
        }
        self.together("groups", form.groups.iter().map(|group| group.indicators.len()).sum());
        if self.whole() {
            self.sum("groups", "forms.weights_sum", form.groups.iter().map(super::Group::weight).sum());
        }
    }

    fn lines<'a>(&mut self, at: &str, lines: &'a [Line], codes: &mut Codes<'a>) {
        for (i, line) in lines.iter().enumerate() {
            let at = format!("{at}.{i}");
            self.code(&at, &line.code, codes);
            self.words(&format!("{at}.title"), &line.title);
        }
    }

    /// Answers are stored under codes: they are there, fit to be stored, and each once.
    fn code<'a>(&mut self, at: &str, code: &'a str, codes: &mut Codes<'a>) {
        let path = format!("{at}.code");
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c);
        if !(1..=32).contains(&code.len()) || !code.chars().all(plain) {
            self.tell(path, wrong("forms.code"));
        } else if !codes.insert(code) {
            self.tell(path, wrong("forms.code_twice").with("code", code));
        }
    }

    fn words(&mut self, at: &str, words: &Words) {
        for (language, text, max) in [("zh", &words.zh, TITLE_ZH_MAX), ("en", &words.en, TITLE_EN_MAX)] {
            let path = format!("{at}.{language}");
            if text.is_empty() {
                if self.whole() {
                    self.tell(path, wrong("form.required"));
                }
            } else if text.chars().count() > max {
                self.tell(path, wrong("form.too_long").with("max", max));
            } else if text.contains(char::is_control) {
                self.tell(path, wrong("form.control_characters"));
            }
        }
    }

    /// Too many are never allowed, too few only in a draft.
    fn count(&mut self, at: &str, count: usize, least: usize, most: usize) {
        if count > most || (self.whole() && count < least) {
            let range = || wrong("forms.count").with("least", least).with("most", most);
            self.tell(at, if least == most { wrong("forms.exactly").with("count", most) } else { range() });
        }
    }

    fn together(&mut self, at: &str, count: usize) {
        if count > ALL_MAX {
            self.tell(at, wrong("forms.too_many_lines").with("max", ALL_MAX));
        }
    }

    fn number(&mut self, at: &str, number: u16, least: u16, most: u16) {
        if self.whole() && !(least..=most).contains(&number) {
            self.tell(at, wrong("forms.number").with("least", least).with("most", most));
        }
    }

    fn size(&mut self, at: &str, size: Size, most: Halves) {
        let fine = size.least >= Halves(1) && size.least <= size.most && size.most <= most;
        if self.whole() && !fine {
            let path = if size.least >= Halves(1) && size.least <= most { "most" } else { "least" };
            self.tell(format!("{at}.size.{path}"), wrong("forms.size").with("max", most));
        }
    }

    fn sum(&mut self, at: &str, code: &'static str, sum: u32) {
        if sum != WHOLE {
            self.tell(at, wrong(code).with("sum", sum));
        }
    }
}
