//! What a rater fills in about one target: form D with deductions and what proves them, or a third party's points; and
//! remarks. A draft may be half filled in; what is handed in is whole.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::remarks::{RemarkKind, TEXT_MAX};
use crate::{
    AttachmentId, Violation,
    complaints::form::length,
    evaluation::{
        forms::{Conduct, FormContent, FormKind, Halves, Indicator, ThirdParty},
        scoring::{Found, deduct},
    },
};

/// Most findings in one form.
pub const FINDINGS_MAX: usize = 60;
/// Most remarks in one form.
pub const REMARKS_MAX: usize = 10;
/// Longest place, in characters.
pub const PLACE_MAX: usize = 100;
/// Longest note about a finding, in characters.
pub const NOTE_MAX: usize = 500;
/// Points of a third party's indicator.
pub const POINTS_MAX: u16 = 100;

/// What is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BallotContent {
    /// By form D.
    Conduct(ConductBallot),
    /// By a third party's indicators.
    ThirdParty(ThirdPartyBallot),
}

#[cfg(feature = "graphql")]
async_graphql::scalar!(
    BallotContent,
    "BallotContent",
    "What a rater fills in about one target: a JSON document whose `kind` says by which form; docs/adr/0024-campaigns.md has \
     its shape."
);

/// Form D, filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConductBallot {
    /// What was found, each item at most once.
    pub findings: Vec<Finding>,
    /// What there is to say besides.
    pub remarks: Vec<Remark>,
}

/// A finding: an item of form D or of its bonus.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The item's code.
    pub item: String,
    /// How much it takes or gives; none for a veto, and in a draft.
    pub size: Option<Halves>,
    /// When.
    pub on: Option<NaiveDate>,
    /// At what time, `HH:MM`, where it is known.
    pub time: String,
    /// Where.
    pub place: String,
    /// What was seen.
    pub note: String,
    /// What proves it.
    pub files: Vec<AttachmentId>,
}

/// A third party's indicators, filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThirdPartyBallot {
    /// Points by indicator.
    pub points: Vec<Points>,
    /// What there is to say besides.
    pub remarks: Vec<Remark>,
}

/// The points of an indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// The indicator's code.
    pub indicator: String,
    /// From 0 to 100.
    pub points: u16,
}

/// A problem or a suggestion, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// Which of the two.
    pub kind: RemarkKind,
    /// The words.
    pub text: String,
}

/// How strictly findings are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demands {
    /// The first day of the round: what was found, was found in it.
    pub from: NaiveDate,
    /// Today.
    pub today: NaiveDate,
    /// Whether files and places would tell who filled it in: then there are none.
    pub secret: bool,
}

/// A score in hundredths, with its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// The whole.
    pub total: u32,
    /// What is left of each dimension, or what a group of indicators came to, by its code.
    pub parts: Vec<(String, u32)>,
    /// Whether a veto item was found: no honours this year.
    pub vetoed: bool,
}

impl BallotContent {
    /// A form with nothing in it.
    ///
    /// # Errors
    /// `campaigns.form_kind` for a form that no round uses.
    pub fn empty(kind: FormKind) -> Result<Self, Violation> {
        match kind {
            FormKind::Conduct => Ok(Self::Conduct(ConductBallot::default())),
            FormKind::ThirdParty => Ok(Self::ThirdParty(ThirdPartyBallot::default())),
            FormKind::Questionnaire | FormKind::GoodBad => Err(Violation::new("form", "campaigns.form_kind")),
        }
    }

    /// What there is to say besides.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        match self {
            Self::Conduct(ballot) => &ballot.remarks,
            Self::ThirdParty(ballot) => &ballot.remarks,
        }
    }

    /// The same without them: they are worked through apart.
    #[must_use]
    pub fn without_remarks(&self) -> Self {
        match self {
            Self::Conduct(ballot) => Self::Conduct(ConductBallot { remarks: Vec::new(), ..ballot.clone() }),
            Self::ThirdParty(ballot) => Self::ThirdParty(ThirdPartyBallot { remarks: Vec::new(), ..ballot.clone() }),
        }
    }

    /// The files that it names.
    #[must_use]
    pub fn files(&self) -> Vec<AttachmentId> {
        match self {
            Self::Conduct(ballot) => ballot.findings.iter().flat_map(|finding| finding.files.iter().copied()).collect(),
            Self::ThirdParty(_) => Vec::new(),
        }
    }

    /// What not even a draft may have: another form's answers, levels outside of the scale, texts too long.
    #[must_use]
    pub fn check_draft(&self, form: &FormContent, demands: Demands) -> Vec<Violation> {
        let mut broken = Vec::new();
        match (self, form) {
            (Self::Conduct(ballot), FormContent::Conduct(form)) => {
                draft_findings(&ballot.findings, form, demands, &mut broken);
            }
            (Self::ThirdParty(ballot), FormContent::ThirdParty(form)) => {
                draft_points(&ballot.points, form, &mut broken)
            }
            _ => return vec![Violation::new("content", "campaigns.form_kind")],
        }
        let remarks = self.remarks();
        if remarks.len() > REMARKS_MAX {
            broken.push(Violation::new("content", "campaigns.many").within("remarks").with("max", REMARKS_MAX));
        }
        for (place, remark) in remarks.iter().enumerate() {
            broken.extend(text(&format!("remarks.{place}.text"), &remark.text, 0, TEXT_MAX));
        }
        broken
    }

    /// Every rule that a form which is handed in keeps: the same, and each deduction with its size, day, place and
    /// proof; each indicator with its points; no empty remark.
    #[must_use]
    pub fn check_handed_in(&self, form: &FormContent, demands: Demands) -> Vec<Violation> {
        let mut broken = self.check_draft(form, demands);
        match (self, form) {
            (Self::Conduct(ballot), FormContent::Conduct(form)) => {
                for (place, finding) in ballot.findings.iter().enumerate() {
                    whole_finding(place, finding, form, demands, &mut broken);
                }
            }
            (Self::ThirdParty(ballot), FormContent::ThirdParty(form)) => {
                let given = |code: &str| ballot.points.iter().any(|points| points.indicator == code);
                let missing = form.groups.iter().flat_map(|group| &group.indicators).filter(|one| !given(&one.code));
                broken.extend(missing.map(|one| required(&format!("points.{}", one.code))));
            }
            _ => {}
        }
        for (place, remark) in self.remarks().iter().enumerate() {
            if remark.text.trim().is_empty() {
                broken.push(required(&format!("remarks.{place}.text")));
            }
        }
        broken
    }

    /// What it comes to: form D by deduction, a third party's indicators by their weights.
    ///
    /// # Errors
    /// As [`deduct`]; `campaigns.form_kind`.
    pub fn score(&self, form: &FormContent) -> Result<Score, Violation> {
        match (self, form) {
            (Self::Conduct(ballot), FormContent::Conduct(form)) => conduct_score(ballot, form),
            (Self::ThirdParty(ballot), FormContent::ThirdParty(form)) => Ok(weighted(ballot, form)),
            _ => Err(Violation::new("content", "campaigns.form_kind")),
        }
    }
}

fn conduct_score(ballot: &ConductBallot, form: &Conduct) -> Result<Score, Violation> {
    let found: Vec<_> = ballot.findings.iter().map(|one| Found { item: &one.item, size: one.size }).collect();
    let score = deduct(form, &found)?;
    Ok(Score {
        total: hundredths(score.total()),
        parts: score.dimensions.iter().map(|one| (one.code.to_owned(), hundredths(one.score()))).collect(),
        vetoed: score.no_honours(),
    })
}

fn weighted(ballot: &ThirdPartyBallot, form: &ThirdParty) -> Score {
    let points = |code: &str| ballot.points.iter().find(|one| one.indicator == code).map_or(0, |one| one.points);
    // A weight of 100 times points of 100 is 10,000 hundredths.
    let part = |indicators: &[Indicator]| -> u32 {
        indicators.iter().map(|one| u32::from(one.weight) * u32::from(points(&one.code))).sum()
    };
    let parts: Vec<_> = form.groups.iter().map(|group| (group.code.clone(), part(&group.indicators))).collect();
    Score { total: parts.iter().map(|(_, part)| part).sum(), parts, vetoed: false }
}

/// Half a point is fifty hundredths.
#[must_use]
pub fn hundredths(halves: Halves) -> u32 {
    u32::from(halves.0) * 50
}

fn draft_findings(findings: &[Finding], form: &Conduct, demands: Demands, broken: &mut Vec<Violation>) {
    if findings.len() > FINDINGS_MAX {
        broken.push(Violation::new("content", "campaigns.many").within("findings").with("max", FINDINGS_MAX));
        return;
    }
    for (place, finding) in findings.iter().enumerate() {
        let at = |field: &str| format!("findings.{place}.{field}");
        let wrong = |field: &str, code| Violation::new("content", code).within(at(field));
        if findings.iter().take(place).any(|other| other.item == finding.item) {
            broken.push(wrong("item", "campaigns.finding_twice"));
        }
        // A size that is still missing is no fault of a draft.
        match deduct(form, &[Found { item: &finding.item, size: finding.size }]) {
            Err(found) if found.code == "forms.finding_item" => broken.push(wrong("item", "forms.finding_item")),
            Err(found) if finding.size.is_some() => {
                broken.push(Violation { field: "content", within: at("size"), ..found })
            }
            _ => {}
        }
        if finding.on.is_some_and(|day| day < demands.from || day > demands.today) {
            broken.push(wrong("on", "campaigns.outside"));
        }
        if !finding.time.is_empty() && !is_time(&finding.time) {
            broken.push(wrong("time", "campaigns.time"));
        }
        broken.extend(text(&at("place"), &finding.place, 0, PLACE_MAX));
        broken.extend(text(&at("note"), &finding.note, 0, NOTE_MAX));
        if demands.secret && !finding.files.is_empty() {
            broken.push(wrong("files", "campaigns.no_files"));
        }
    }
}

fn whole_finding(place: usize, finding: &Finding, form: &Conduct, demands: Demands, broken: &mut Vec<Violation>) {
    let at = |field: &str| format!("findings.{place}.{field}");
    let item = form.dimensions.iter().flat_map(|dimension| &dimension.items).find(|item| item.code == finding.item);
    let sized = item.is_none_or(|item| item.size.is_some());
    if sized && finding.size.is_none() {
        broken.push(required(&at("size")));
    }
    // What gives points has no place and no proof of its own.
    let Some(item) = item else {
        if finding.note.trim().is_empty() {
            broken.push(required(&at("note")));
        }
        return;
    };
    if demands.secret {
        return;
    }
    if finding.on.is_none() {
        broken.push(required(&at("on")));
    }
    if finding.place.trim().is_empty() {
        broken.push(required(&at("place")));
    }
    if item.evidence && finding.files.is_empty() {
        broken.push(Violation::new("content", "campaigns.evidence").within(at("files")));
    }
}

fn draft_points(points: &[Points], form: &ThirdParty, broken: &mut Vec<Violation>) {
    for (place, one) in points.iter().enumerate() {
        let wrong = |code| Violation::new("content", code).within(format!("points.{}", one.indicator));
        let known = form.groups.iter().flat_map(|group| &group.indicators).any(|known| known.code == one.indicator);
        if !known {
            broken.push(Violation::new("content", "forms.finding_item").within("points").with("code", &one.indicator));
        } else if points.iter().take(place).any(|other| other.indicator == one.indicator) {
            broken.push(wrong("campaigns.finding_twice"));
        } else if one.points > POINTS_MAX {
            broken.push(wrong("campaigns.points").with("max", POINTS_MAX));
        }
    }
}

fn text(path: &str, text: &str, min: usize, max: usize) -> Option<Violation> {
    length("content", text, min, max).map(|violation| violation.within(path))
}

fn required(path: &str) -> Violation {
    Violation::new("content", "form.required").within(path)
}

/// `HH:MM` of a day.
fn is_time(text: &str) -> bool {
    let Some((hour, minute)) = text.split_once(':') else { return false };
    let number = |text: &str, below: u32| text.len() == 2 && text.parse::<u32>().is_ok_and(|number| number < below);
    number(hour, 24) && number(minute, 60)
}

#[cfg(test)]
#[path = "ballot_tests.rs"]
mod tests;
