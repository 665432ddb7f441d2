//! What the public says, as GraphQL shows it: to the public what is asked, to the center what was said.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    FormVersionId, PostId, RatingPointId,
    evaluation::{
        forms::{FormContent, GoodBad, Line, Questionnaire},
        ratings::{PointChannel, PointKind, indicators},
    },
};
use entity::{post, rating_point};

use crate::ratings::service::{
    giving::{Opened, Receipt},
    kiosk::Shown,
    points::{Points, Poster},
};

/// Something that is asked or may be ticked.
#[derive(SimpleObject)]
pub struct RatingLine {
    /// What an answer names it by.
    code: String,
    /// What it says in Chinese.
    title_zh: String,
    /// … in English.
    title_en: String,
}

/// What whoever comes to a point is asked: five levels, and this.
#[derive(SimpleObject)]
pub struct RatingPage {
    /// What the point is called; null by a link.
    point: Option<String>,
    /// The form; sent back with what is given.
    form: FormVersionId,
    /// What may be rated besides the whole.
    indicators: Vec<RatingLine>,
    /// What may be ticked after a low level.
    reasons: Vec<RatingLine>,
    /// Lets one give it once, today or tomorrow; null by a link, which has its own, and for whoever is signed in.
    token: Option<String>,
    /// Whether whoever asks is signed in: they may look.
    signed_in: bool,
}

/// What a kiosk shows.
#[derive(SimpleObject)]
pub struct KioskPage {
    /// Where it stands, in Chinese.
    center_zh: String,
    /// … in English.
    center_en: String,
    /// What the point is called that is rated at it.
    point: String,
    /// Sent back with each rating: says which point it is about.
    code: String,
    /// The form; sent back with each rating.
    form: FormVersionId,
    /// What may be rated besides the whole.
    indicators: Vec<RatingLine>,
    /// What may be ticked after a low level.
    reasons: Vec<RatingLine>,
    /// What the PIN to leave is checked by: `rounds.salt.hash`, by PBKDF2-HMAC-SHA256, the last two in hex.
    pin: String,
    /// Whether this is a demo, and nothing of it is real.
    demo: bool,
}

/// Form E, as whoever comes to a point is asked it.
#[derive(SimpleObject)]
pub struct SurveyPage {
    /// What the point is called.
    point: Option<String>,
    /// The form; sent back with what is given.
    form: FormVersionId,
    /// Asks for the day of the latest visit, in Chinese.
    time_zh: String,
    /// … in English.
    time_en: String,
    /// Asks for the department, in Chinese.
    department_zh: String,
    /// … in English.
    department_en: String,
    /// The departments, row after row of the grid.
    departments: Vec<RatingLine>,
    /// What is answered on the four levels, each of them.
    rows: Vec<RatingLine>,
    /// Asks for anything else, in Chinese.
    remark_zh: String,
    /// … in English.
    remark_en: String,
    /// The most characters of that.
    remark_max: i32,
    /// Lets one give it once, today or tomorrow; null for whoever is signed in.
    token: Option<String>,
    /// Whether whoever asks is signed in: they may look.
    signed_in: bool,
}

/// What whoever gave something keeps: that it is in the day's root, and what it was.
#[derive(SimpleObject)]
pub struct RatingReceipt {
    /// The day.
    day: NaiveDate,
    /// What stands for it: the SHA-256 of the opening and of what was given.
    commitment: String,
    /// Told once, and kept nowhere else.
    opening: String,
    /// What was given, as the commitment is to it, in hexadecimal.
    given: String,
}

/// A point at which the public rates.
#[derive(SimpleObject)]
pub struct RatingPoint {
    /// Its id.
    id: RatingPointId,
    /// How often it was changed.
    version: i32,
    /// What it is for.
    kind: PointKind,
    /// Whose, if it is a post's.
    post_id: Option<PostId>,
    /// What it is called.
    name: String,
    /// How ratings come in there.
    channel: PointChannel,
    /// When it was revoked.
    revoked_at: Option<DateTime<Utc>>,
}

/// A post in use.
#[derive(SimpleObject)]
pub struct RatingPost {
    /// Its id.
    id: PostId,
    /// What it is called.
    name: String,
}

/// A post in use that has no point with a poster.
#[derive(SimpleObject)]
pub struct PostWithoutRatingPoint {
    /// Its id.
    id: PostId,
    /// What it is called.
    name: String,
}

/// The points of a center.
#[derive(SimpleObject)]
pub struct RatingPoints {
    /// All of them, also revoked ones, by name.
    points: Vec<RatingPoint>,
    /// Posts in use.
    posts: Vec<RatingPost>,
    /// Those of them that have none with a poster.
    without: Vec<PostWithoutRatingPoint>,
    /// Whether the city has published the form that they ask.
    ready: bool,
}

/// A poster.
#[derive(SimpleObject)]
pub struct RatingPoster {
    /// Its point.
    point: RatingPoint,
    /// Where the code leads.
    url: String,
    /// The code: rows of modules, `1` where it is dark.
    picture: Vec<String>,
}

impl From<Line> for RatingLine {
    fn from(Line { code, title, .. }: Line) -> Self {
        Self { code, title_zh: title.zh, title_en: title.en }
    }
}

impl RatingPage {
    /// Of what was opened; none of another form.
    pub fn new(opened: Opened) -> Option<Self> {
        let Opened { point, form, content, token, signed_in } = opened;
        let FormContent::GoodBad(content) = content else { return None };
        let channel = point.as_ref().map_or(PointChannel::Link, |point| point.channel);
        let asked = indicators(&content, channel).cloned().map(Into::into).collect();
        let GoodBad { reasons, .. } = content;
        Some(Self {
            point: point.map(|point| point.name),
            form,
            indicators: asked,
            reasons: reasons.into_iter().map(Into::into).collect(),
            token,
            signed_in,
        })
    }
}

impl KioskPage {
    /// Of what is shown.
    pub fn new(shown: Shown, demo: bool) -> Self {
        let Shown { center, point, code, form, content, pin } = shown;
        let asked = indicators(&content, point.channel).cloned().map(Into::into).collect();
        Self {
            center_zh: center.name_zh,
            center_en: center.name_en,
            point: point.name,
            code,
            form,
            indicators: asked,
            reasons: content.reasons.into_iter().map(Into::into).collect(),
            pin,
            demo,
        }
    }
}

impl SurveyPage {
    /// The same.
    pub fn new(opened: Opened) -> Option<Self> {
        let Opened { point, form, content, token, signed_in } = opened;
        let FormContent::Questionnaire(content) = content else { return None };
        let Questionnaire { time, departments, rows, remark } = content;
        Some(Self {
            point: point.map(|point| point.name),
            form,
            time_zh: time.zh,
            time_en: time.en,
            department_zh: departments.title.zh,
            department_en: departments.title.en,
            departments: departments.rows.into_iter().flat_map(|row| row.choices).map(Into::into).collect(),
            rows: rows.into_iter().map(Into::into).collect(),
            remark_zh: remark.title.zh,
            remark_en: remark.title.en,
            remark_max: remark.limit.into(),
            token,
            signed_in,
        })
    }
}

impl From<Receipt> for RatingReceipt {
    fn from(Receipt { day, commitment, opening, given }: Receipt) -> Self {
        Self { day, commitment, opening, given }
    }
}

impl From<rating_point::Model> for RatingPoint {
    fn from(row: rating_point::Model) -> Self {
        let rating_point::Model { id, version, kind, post_id, name, channel, revoked_at, .. } = row;
        Self { id, version, kind, post_id, name, channel, revoked_at }
    }
}

impl From<post::Model> for PostWithoutRatingPoint {
    fn from(post::Model { id, name, .. }: post::Model) -> Self {
        Self { id, name }
    }
}

impl From<post::Model> for RatingPost {
    fn from(post::Model { id, name, .. }: post::Model) -> Self {
        Self { id, name }
    }
}

impl From<Points> for RatingPoints {
    fn from(Points { rows, posts, without, ready }: Points) -> Self {
        Self {
            points: rows.into_iter().map(Into::into).collect(),
            posts: posts.into_iter().map(Into::into).collect(),
            without: without.into_iter().map(Into::into).collect(),
            ready,
        }
    }
}

impl From<Poster> for RatingPoster {
    fn from(Poster { point, url, picture }: Poster) -> Self {
        Self { point: point.into(), url, picture }
    }
}
