//! The city's forms and their versions (7.2.1.1, 7.2.2.2; annexes D and E).
//!
//! ```text
//! draft ─▶ published from a day on ─▶ retired
//!   └────▶ withdrawn
//! ```
//!
//! A draft may be changed; from its publication on a version stays as it is, and the next one is a copy of it. Of several
//! published versions of one kind that one counts whose day came last ([`in_force`]).
//!
//! The points, most items and all wording are ours (ASSUMPTION) or follow what other cities do; each line says which.

mod check;
mod diff;
mod halves;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize};

pub use self::{
    check::{DIMENSIONS, GRID_MAX, ROWS, TITLE_EN_MAX, TITLE_ZH_MAX},
    diff::{Change, ChangeKind, Fact, FormField, FormPart, diff},
    halves::Halves,
};
use super::scoring::ScoringRule;
use crate::{Violation, macros::text_enum};

/// How many days ahead a version may be published.
const AHEAD: u64 = 730;

text_enum! {
    /// What a form is for.
    pub enum FormKind {
        /// Form D: conduct, by deduction.
        Conduct = "conduct",
        /// Form E: the public's questionnaire.
        Questionnaire = "questionnaire",
        /// The good-bad rating.
        GoodBad = "good_bad",
        /// What a third party looks at, with weights.
        ThirdParty = "third_party",
    }

    /// Where a version is in its life.
    pub enum FormStatus {
        /// May be changed; nobody rates by it.
        Draft = "draft",
        /// Counts from a day on; never changes.
        Published = "published",
        /// Counts no more; what was rated by it keeps it.
        Retired = "retired",
        /// A draft that was given up.
        Withdrawn = "withdrawn",
    }

    /// What is done with a version.
    pub enum FormAction {
        /// Change what is in it.
        Edit = "edit",
        /// Let it count from a day on.
        Publish = "publish",
        /// Give a draft up.
        Withdraw = "withdraw",
        /// Let it count no more.
        Retire = "retire",
    }

    /// Where a line of a form comes from.
    pub enum FormSource {
        /// Recovered from the standard's tables.
        Standard = "standard",
        /// What other cities and towns do.
        Practice = "practice",
        /// Ours, with no source.
        Assumption = "assumption",
        /// The city's own.
        City = "city",
    }

    /// Where a good-bad rating is given.
    pub enum RatingChannel {
        /// 网上: for each matter.
        Online = "online",
        /// 现场: for each visit.
        OnSite = "on_site",
        /// 自助终端.
        Kiosk = "kiosk",
    }
}

impl FormKind {
    /// The rule that makes numbers of what is given by it; none for a third party, whose scores are the agency's own.
    #[must_use]
    pub const fn rule(self) -> Option<ScoringRule> {
        match self {
            Self::Conduct => Some(ScoringRule::DeductionV1),
            Self::Questionnaire => Some(ScoringRule::FourLevelOrdinalV1),
            Self::GoodBad => Some(ScoringRule::FiveLevelStarsV1),
            Self::ThirdParty => None,
        }
    }
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Chinese.
    #[serde(deserialize_with = "tidy")]
    pub zh: String,
    /// English.
    #[serde(deserialize_with = "tidy")]
    pub en: String,
}

/// From the least to the most that one finding takes or gives; both alike where there is no choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    /// The least.
    pub least: Halves,
    /// The most.
    pub most: Halves,
}

impl Size {
    /// Whether a finding may be of this size.
    #[must_use]
    pub fn holds(self, size: Halves) -> bool {
        (self.least..=self.most).contains(&size)
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.least == self.most { self.least.fmt(f) } else { write!(f, "{}–{}", self.least, self.most) }
    }
}

/// Something that is asked, chosen or looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// What an answer is stored under: small letters, digits, dashes.
    #[serde(deserialize_with = "tidy")]
    pub code: String,
    /// What it says.
    pub title: Words,
    /// Where it comes from.
    pub source: FormSource,
}

/// Form D: what is looked at of somebody's conduct.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conduct {
    /// The dimensions; their points come to 100.
    pub dimensions: Vec<Dimension>,
    /// What is given on top.
    pub bonus: Bonus,
}

/// A dimension of form D.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Its code; the four of 7.2.2.2 are [`DIMENSIONS`].
    #[serde(deserialize_with = "tidy")]
    pub code: String,
    /// Its name.
    pub title: Words,
    /// What it starts with, in whole points.
    pub points: u16,
    /// What takes points off.
    pub items: Vec<ConductItem>,
}

/// An item of form D: a finding takes points off its dimension, or the whole of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConductItem {
    /// What a finding is stored under.
    #[serde(deserialize_with = "tidy")]
    pub code: String,
    /// What it says.
    pub title: Words,
    /// What a finding takes; none for a veto, which takes the dimension and this year's honours. Never left out: an item
    /// does not become a veto by being half filled in.
    #[serde(deserialize_with = "Option::deserialize")]
    pub size: Option<Size>,
    /// Whether a finding needs proof.
    pub evidence: bool,
    /// Where it comes from.
    pub source: FormSource,
}

/// What form D gives on top.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bonus {
    /// No more than this altogether.
    pub cap: Halves,
    /// For what.
    pub items: Vec<BonusItem>,
}

/// Something that deserves points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BonusItem {
    /// What it is stored under.
    #[serde(deserialize_with = "tidy")]
    pub code: String,
    /// What it says.
    pub title: Words,
    /// How much it gives.
    pub size: Size,
    /// Where it comes from.
    pub source: FormSource,
}

/// Form E: what the public is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    /// Asks for the day of the latest visit.
    pub time: Words,
    /// Asks for the department.
    pub departments: Departments,
    /// The rows that are answered on the four levels.
    pub rows: Vec<Line>,
    /// Asks for anything else.
    pub remark: Remark,
}

/// The question for the department: a grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Departments {
    /// What is asked.
    pub title: Words,
    /// Rows of the grid.
    pub rows: Vec<GridRow>,
}

/// A row of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GridRow {
    /// What it offers.
    pub choices: Vec<Line>,
}

/// The open question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// What is asked.
    pub title: Words,
    /// The most characters of an answer.
    pub limit: u16,
}

/// The good-bad rating: five levels, the same everywhere; what is asked besides differs by channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoodBad {
    /// Each channel once.
    pub channels: Vec<ChannelIndicators>,
    /// What is offered after a bad rating, to be ticked.
    pub reasons: Vec<Line>,
}

/// What is rated where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelIndicators {
    /// Where.
    pub channel: RatingChannel,
    /// What, each on the five levels.
    pub indicators: Vec<Line>,
}

/// What a third party looks at (7.2.3.8.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThirdParty {
    /// Its parts; the weights of all indicators come to 100.
    pub groups: Vec<Group>,
}

/// A part of a third party's indicators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its code.
    #[serde(deserialize_with = "tidy")]
    pub code: String,
    /// Its name.
    pub title: Words,
    /// What belongs to it.
    pub indicators: Vec<Indicator>,
}

impl Group {
    /// The weights of its indicators together.
    #[must_use]
    pub fn weight(&self) -> u32 {
        self.indicators.iter().map(|indicator| u32::from(indicator.weight)).sum()
    }
}

/// An indicator with its weight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// What its result is stored under.
    #[serde(deserialize_with = "tidy")]
    pub code: String,
    /// What it says.
    pub title: Words,
    /// Its part of 100.
    pub weight: u16,
    /// Where it comes from.
    pub source: FormSource,
}

/// What is in a version: one document, by kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FormContent {
    /// Form D.
    Conduct(Conduct),
    /// Form E.
    Questionnaire(Questionnaire),
    /// The good-bad rating.
    GoodBad(GoodBad),
    /// A third party's indicators.
    ThirdParty(ThirdParty),
}

#[cfg(feature = "graphql")]
async_graphql::scalar!(
    FormContent,
    "FormContent",
    "What is in a version of a form: a JSON document whose `kind` says which; docs/adr/0021-forms.md has its shape."
);

impl FormContent {
    /// What the form is for.
    #[must_use]
    pub const fn kind(&self) -> FormKind {
        match self {
            Self::Conduct(_) => FormKind::Conduct,
            Self::Questionnaire(_) => FormKind::Questionnaire,
            Self::GoodBad(_) => FormKind::GoodBad,
            Self::ThirdParty(_) => FormKind::ThirdParty,
        }
    }

    /// What no draft may have: texts and lists that are too long, codes that are none or are there twice. The first 50, in
    /// the order of the form.
    #[must_use]
    pub fn check_draft(&self) -> Vec<Violation> {
        check::draft(self)
    }

    /// Every rule that a published version keeps: the same, and both languages everywhere, nothing empty, sums of 100.
    #[must_use]
    pub fn check_publication(&self) -> Vec<Violation> {
        check::publication(self)
    }
}

/// Whether `action` may be done with a version in `status`.
///
/// # Errors
/// `forms.not_draft` and `forms.not_published`.
pub const fn may(status: FormStatus, action: FormAction) -> Result<(), Violation> {
    match (status, action) {
        (FormStatus::Draft, FormAction::Edit | FormAction::Publish | FormAction::Withdraw)
        | (FormStatus::Published, FormAction::Retire) => Ok(()),
        (_, FormAction::Edit | FormAction::Publish | FormAction::Withdraw) => {
            Err(Violation::new("", "forms.not_draft"))
        }
        (_, FormAction::Retire) => Err(Violation::new("", "forms.not_published")),
    }
}

/// What is wrong with the day from which a version is to count; `latest` is the last such day of the kind's published
/// versions.
#[must_use]
pub fn check_date(from: NaiveDate, today: NaiveDate, latest: Option<NaiveDate>) -> Option<Violation> {
    let wrong = |code| Some(Violation::new("validFrom", code));
    match latest {
        _ if from < today => wrong("forms.date_past"),
        _ if from > today + Days::new(AHEAD) => wrong("forms.date_far"),
        Some(latest) if from < latest => wrong("forms.date_order").map(|found| found.with("day", latest)),
        _ => None,
    }
}

/// Which of a kind's published versions counts on `day`: by number and the day from which it counts. The later day wins,
/// then the higher number.
pub fn in_force(published: impl IntoIterator<Item = (i32, NaiveDate)>, day: NaiveDate) -> Option<i32> {
    let begun = published.into_iter().filter(|(_, from)| *from <= day);
    begun.max_by_key(|(number, from)| (*from, *number)).map(|(number, _)| number)
}

/// A text without the blanks around it.
fn tidy<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(|text| text.trim().to_owned())
}

#[cfg(test)]
#[path = "forms_tests.rs"]
mod tests;
