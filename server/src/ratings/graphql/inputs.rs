//! What operations about ratings take.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    FormVersionId, PostId, RatingPointId,
    evaluation::{
        levels::{FiveLevel, FourLevel},
        ratings::{Answers, Opinion, PointChannel},
    },
};

use crate::{
    graphql::{given, tidy},
    posts::service::Seen,
    ratings::service::kiosk::Sent,
};

/// What was rated besides the whole.
#[derive(InputObject)]
pub struct RatedIndicatorInput {
    /// Its code in the form.
    pub code: String,
    /// The level.
    pub level: FiveLevel,
}

/// A good-bad rating.
#[derive(InputObject)]
pub struct GiveRatingInput {
    /// The center's public code.
    pub center: String,
    /// Lets one give it once.
    #[graphql(secret)]
    pub token: String,
    /// The form that was shown.
    pub form: FormVersionId,
    /// All in all.
    pub level: FiveLevel,
    /// What else was rated; nothing has to be.
    pub indicators: Vec<RatedIndicatorInput>,
    /// Codes of what was ticked after a low level.
    pub reasons: Vec<String>,
    /// In words.
    #[graphql(secret)]
    pub remark: Option<String>,
    /// A phone to call back, after a low level.
    #[graphql(secret)]
    pub contact: Option<String>,
}

/// A good-bad rating as a kiosk sends it.
#[derive(InputObject)]
pub struct GiveKioskRatingInput {
    /// The center's public code.
    pub center: String,
    /// What its device shows.
    #[graphql(secret)]
    pub credential: String,
    /// A UUID that the kiosk has drawn for this rating: it counts once, however often it comes.
    pub idempotency_key: String,
    /// The code that the kiosk's page had when the rating was given.
    #[graphql(secret)]
    pub point: String,
    /// The form that was shown.
    pub form: FormVersionId,
    /// All in all.
    pub level: FiveLevel,
    /// What else was rated; nothing has to be.
    pub indicators: Vec<RatedIndicatorInput>,
    /// Codes of what was ticked after a low level.
    pub reasons: Vec<String>,
    /// In words.
    #[graphql(secret)]
    pub remark: Option<String>,
}

/// A row of form E.
#[derive(InputObject)]
pub struct SurveyRowInput {
    /// Its code in the form.
    pub code: String,
    /// The level.
    pub level: FourLevel,
}

/// An answered form E.
#[derive(InputObject)]
pub struct AnswerSurveyInput {
    /// The center's public code.
    pub center: String,
    /// Lets one give it once.
    #[graphql(secret)]
    pub token: String,
    /// The form that was shown.
    pub form: FormVersionId,
    /// The day of the latest visit.
    pub visited_on: Option<NaiveDate>,
    /// The code of the department.
    pub department: Option<String>,
    /// Every row.
    pub rows: Vec<SurveyRowInput>,
    /// In words.
    #[graphql(secret)]
    pub remark: Option<String>,
}

/// A new point.
#[derive(InputObject)]
pub struct AddRatingPointInput {
    /// Whose; of the center where none is named.
    pub post: Option<PostId>,
    /// What it is called, on its poster too.
    pub name: String,
    /// How ratings come in there: by a poster where nothing is said, or at a kiosk.
    pub channel: Option<PointChannel>,
}

/// A point as it was seen, and another name.
#[derive(InputObject)]
pub struct RenameRatingPointInput {
    /// Which.
    pub id: RatingPointId,
    /// How often it had been changed.
    pub version: i32,
    /// What it is called.
    pub name: String,
}

/// A point as it was seen.
#[derive(InputObject)]
pub struct SeenRatingPointInput {
    /// Which.
    pub id: RatingPointId,
    /// How often it had been changed.
    pub version: i32,
}

/// What a good-bad rating is given for, and what is given.
pub struct RatingParts {
    pub center: String,
    pub token: String,
    pub form: FormVersionId,
    pub opinion: Opinion,
}

impl From<GiveRatingInput> for RatingParts {
    fn from(input: GiveRatingInput) -> Self {
        let GiveRatingInput { center, token, form, level, indicators, reasons, remark, contact } = input;
        let indicators = indicators.into_iter().map(|row| (row.code, row.level)).collect();
        let opinion = Opinion { level, indicators, reasons, remark: given(remark), contact: given(contact) };
        Self { center, token, form, opinion }
    }
}

/// Which kiosk a rating comes from, and what it sends.
pub struct KioskParts {
    pub center: String,
    pub credential: String,
    pub sent: Sent,
}

impl From<GiveKioskRatingInput> for KioskParts {
    fn from(input: GiveKioskRatingInput) -> Self {
        let GiveKioskRatingInput { center, credential, idempotency_key, point, form, level, .. } = input;
        let indicators = input.indicators.into_iter().map(|row| (row.code, row.level)).collect();
        let (reasons, remark) = (input.reasons, given(input.remark));
        let opinion = Opinion { level, indicators, reasons, remark, contact: None };
        Self { center, credential, sent: Sent { key: idempotency_key, code: point, form, opinion } }
    }
}

/// The same of form E.
pub struct SurveyParts {
    pub center: String,
    pub token: String,
    pub form: FormVersionId,
    pub answers: Answers,
}

impl From<AnswerSurveyInput> for SurveyParts {
    fn from(input: AnswerSurveyInput) -> Self {
        let AnswerSurveyInput { center, token, form, visited_on, department, rows, remark } = input;
        let rows = rows.into_iter().map(|row| (row.code, row.level)).collect();
        let answers = Answers { visited_on, department: given(department), rows, remark: given(remark) };
        Self { center, token, form, answers }
    }
}

impl RenameRatingPointInput {
    pub fn parts(self) -> (Seen<RatingPointId>, String) {
        let Self { id, version, name } = self;
        (Seen { id, version }, tidy(&name))
    }
}

impl From<SeenRatingPointInput> for Seen<RatingPointId> {
    fn from(SeenRatingPointInput { id, version }: SeenRatingPointInput) -> Self {
        Self { id, version }
    }
}
