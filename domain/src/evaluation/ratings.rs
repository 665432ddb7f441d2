//! What the public gives (7.2.3.4; domain sections F.3 to F.6): the good-bad rating and form E, at a point that has a code,
//! at a device, or by a link once a complaint was answered.
//!
//! Nothing here says who it was. What was given is kept by the day and never changed; a commitment stands for it in the
//! day's root ([`merkle`](super::merkle)), and what others see of it are weeks that are over
//! ([`suppress`](super::suppress)).

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    forms::{GoodBad, Line, Questionnaire, RatingChannel},
    levels::{FiveLevel, FourLevel},
};
use crate::{
    CenterId, FormVersionId, RatingPointId, Violation,
    complaints::form::{length, normalize_phone},
    macros::text_enum,
};

/// The longest remark, in characters.
pub const REMARK_MAX: usize = 2000;
/// The longest name of a point.
pub const NAME_MAX: usize = 60;
/// So many ratings of a day that goes on are opened together. ASSUMPTION.
pub const BATCH: usize = 20;
/// For so many days after the answer to a complaint there is a link to rate. ASSUMPTION.
pub const LINK_DAYS: u64 = 30;
/// A visit that form E asks for is not longer ago. ASSUMPTION.
const VISIT_DAYS: u64 = 365;
/// The indicator that the level itself answers.
const OVERALL: &str = "overall";

text_enum! {
    /// What a rating point is for.
    pub enum PointKind {
        /// 整个中心.
        Center = "center",
        /// 岗位或窗口.
        Post = "post",
    }

    /// How ratings come in.
    pub enum PointChannel {
        /// 扫码: by the code on a poster.
        Qr = "qr",
        /// 一体机.
        Kiosk = "kiosk",
        /// 办结后链接: by a link, once a complaint was answered.
        Link = "link",
    }

    /// Whether somebody gave a rating. Only those that somebody gave say how satisfied people are.
    pub enum RatingOrigin {
        /// 主动评价.
        Active = "active",
        /// 默认评价: nobody said anything, which a rule elsewhere counts as a level.
        Defaulted = "defaulted",
        /// 外部导入.
        Imported = "imported",
    }
}

impl PointChannel {
    /// Which part of the form is asked.
    #[must_use]
    pub const fn asks(self) -> RatingChannel {
        match self {
            Self::Qr => RatingChannel::OnSite,
            Self::Kiosk => RatingChannel::Kiosk,
            Self::Link => RatingChannel::Online,
        }
    }
}

/// A good-bad rating as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// All in all.
    pub level: FiveLevel,
    /// What else was rated, by code.
    pub indicators: Vec<(String, FiveLevel)>,
    /// What was ticked after a low level, by code.
    pub reasons: Vec<String>,
    /// In words.
    pub remark: Option<String>,
    /// A phone to call back, after a low level.
    pub contact: Option<String>,
}

/// Form E as it was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// The day of the latest visit.
    pub visited_on: Option<NaiveDate>,
    /// The department, by code.
    pub department: Option<String>,
    /// Each row's level, by code.
    pub rows: Vec<(String, FourLevel)>,
    /// In words.
    pub remark: Option<String>,
}

/// What is kept of an opinion beside its level: codes, no words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// What else was rated.
    pub indicators: Vec<(String, FiveLevel)>,
    /// What was ticked.
    pub reasons: Vec<String>,
}

/// Where something was given, and by which form.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The center.
    pub center: CenterId,
    /// The point; none by a link.
    pub point: Option<RatingPointId>,
    /// How it came in.
    pub channel: PointChannel,
    /// The form's version.
    pub form: FormVersionId,
}

/// What is rated in a channel besides the whole.
pub fn indicators(form: &GoodBad, channel: PointChannel) -> impl Iterator<Item = &Line> {
    let asked = form.channels.iter().filter(move |part| part.channel == channel.asks());
    asked.flat_map(|part| &part.indicators).filter(|line| line.code != OVERALL)
}

/// Every broken rule of an opinion.
#[must_use]
pub fn check_opinion(opinion: &Opinion, form: &GoodBad, channel: PointChannel) -> Vec<Violation> {
    let mut found = Vec::new();
    let asked = indicators(form, channel).map(|line| line.code.as_str()).collect();
    found.extend(unknown("indicators", "rating.indicator", &asked, opinion.indicators.iter().map(|(code, _)| code)));
    let offered = form.reasons.iter().map(|line| line.code.as_str()).collect();
    found.extend(unknown("reasons", "rating.reason", &offered, &opinion.reasons));
    if !opinion.level.is_bad() {
        found.extend((!opinion.reasons.is_empty()).then(|| Violation::new("reasons", "rating.low_only")));
        found.extend(opinion.contact.is_some().then(|| Violation::new("contact", "rating.low_only")));
    }
    found.extend(opinion.remark.as_deref().and_then(check_remark));
    found.extend(opinion.contact.as_deref().and_then(check_contact));
    found
}

/// What is wrong with a remark.
#[must_use]
pub fn check_remark(text: &str) -> Option<Violation> {
    length("remark", text, 0, REMARK_MAX)
}

/// What is wrong with a phone to call back.
#[must_use]
pub fn check_contact(phone: &str) -> Option<Violation> {
    let fine = phone.chars().count() <= 30 && normalize_phone(phone).is_some();
    (!fine).then(|| Violation::new("contact", "form.phone"))
}

/// Every broken rule of an answered form E. All of its rows are answered, so that each is about the same people.
#[must_use]
pub fn check_answers(answers: &Answers, form: &Questionnaire, today: NaiveDate) -> Vec<Violation> {
    let mut found = Vec::new();
    match answers.visited_on {
        Some(day) if day > today => found.push(Violation::new("visitedOn", "form.date_in_future")),
        Some(day) if day < today - Days::new(VISIT_DAYS) => {
            found.push(Violation::new("visitedOn", "form.date_too_old"));
        }
        _ => {}
    }
    let offered = form.departments.rows.iter().flat_map(|row| &row.choices).map(|line| line.code.as_str()).collect();
    found.extend(unknown("department", "rating.department", &offered, &answers.department));
    let asked = form.rows.iter().map(|line| line.code.as_str()).collect();
    found.extend(unknown("rows", "rating.row", &asked, answers.rows.iter().map(|(code, _)| code)));
    let missing = asked.iter().filter(|code| !answers.rows.iter().any(|(given, _)| given == *code));
    found.extend(missing.map(|code| Violation::new("rows", "form.required").within(*code)));
    found.extend(answers.remark.as_deref().and_then(|text| length("remark", text, 0, form.remark.limit.into())));
    found
}

/// The first code that is not among those that there are, or is given twice.
fn unknown<'a>(
    field: &'static str,
    code: &'static str,
    offered: &BTreeSet<&str>,
    given: impl IntoIterator<Item = &'a String>,
) -> Option<Violation> {
    let mut seen = BTreeSet::new();
    let wrong = given.into_iter().find(|one| !offered.contains(one.as_str()) || !seen.insert(one.as_str()))?;
    Some(Violation::new(field, code).with("code", wrong))
}

/// What is wrong with the name of a point.
#[must_use]
pub fn check_name(name: &str) -> Option<Violation> {
    length("name", name, 1, NAME_MAX)
}

impl Opinion {
    /// What is kept beside the level.
    #[must_use]
    pub fn marks(&self) -> Marks {
        Marks { indicators: self.indicators.clone(), reasons: self.reasons.clone() }
    }
}

/// A good-bad rating as bytes, for its commitment: each part with its length before it. Words are not in it.
#[must_use]
pub fn opinion_bytes(place: Place, level: FiveLevel, marks: &Marks) -> Vec<u8> {
    let mut bytes = begin("rating", place);
    put(&mut bytes, level.key());
    put(&mut bytes, &marks.indicators.len().to_string());
    for (code, level) in &marks.indicators {
        put(&mut bytes, code);
        put(&mut bytes, level.key());
    }
    for code in &marks.reasons {
        put(&mut bytes, code);
    }
    bytes
}

/// The same of an answered form E.
#[must_use]
pub fn answers_bytes(
    place: Place,
    visited_on: Option<NaiveDate>,
    department: Option<&str>,
    rows: &[(String, FourLevel)],
) -> Vec<u8> {
    let mut bytes = begin("survey", place);
    put(&mut bytes, &visited_on.map(|day| day.to_string()).unwrap_or_default());
    put(&mut bytes, department.unwrap_or_default());
    for (code, level) in rows {
        put(&mut bytes, code);
        put(&mut bytes, level.key());
    }
    bytes
}

fn begin(what: &str, place: Place) -> Vec<u8> {
    let Place { center, point, channel, form } = place;
    let mut bytes = Vec::new();
    for part in [what.to_owned(), center.to_string(), point.map(|id| id.to_string()).unwrap_or_default()] {
        put(&mut bytes, &part);
    }
    put(&mut bytes, channel.key());
    put(&mut bytes, &form.to_string());
    bytes
}

fn put(bytes: &mut Vec<u8>, part: &str) {
    // Codes and dates: their length fits.
    bytes.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
    bytes.extend(part.as_bytes());
}

/// The Monday of a day's week.
#[must_use]
pub fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())).unwrap_or(day)
}

/// The Monday of the last week of which nothing more can come, when `closed` is the last day that was closed.
#[must_use]
pub fn last_week(closed: NaiveDate) -> NaiveDate {
    monday(closed + Days::new(1)) - Days::new(7)
}

#[cfg(test)]
#[path = "ratings_tests.rs"]
mod tests;
