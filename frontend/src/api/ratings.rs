//! What the public says: what it is asked, the points with their posters, and weeks that are over.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::{MutationBuilder, QueryBuilder};
use domain::{
    FormVersionId, PostId, RatingPointId,
    bad_ratings::appeal::RatingAppealGround,
    evaluation::{
        levels::{FiveLevel, FourLevel},
        ratings::{PointChannel, PointKind},
    },
};

use super::{ApiError, account::questions, rating_flags::Flagged, run, schema};

/// Something that is asked or may be ticked.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "RatingLine")]
pub struct Line {
    pub code: String,
    pub title_zh: String,
    pub title_en: String,
}

/// What whoever comes to a point is asked.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RatingPage")]
pub struct Page {
    pub point: Option<String>,
    pub form: FormVersionId,
    pub indicators: Vec<Line>,
    pub reasons: Vec<Line>,
    pub token: Option<String>,
    pub signed_in: bool,
}

/// Form E, as whoever comes to a point is asked it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "SurveyPage")]
pub struct Survey {
    pub point: Option<String>,
    pub form: FormVersionId,
    pub time_zh: String,
    pub time_en: String,
    pub department_zh: String,
    pub department_en: String,
    pub departments: Vec<Line>,
    pub rows: Vec<Line>,
    pub remark_zh: String,
    pub remark_en: String,
    pub remark_max: i32,
    pub token: Option<String>,
    pub signed_in: bool,
}

/// What whoever gave something keeps.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "RatingReceipt")]
pub struct Receipt {
    pub day: NaiveDate,
    pub commitment: String,
    pub opening: String,
    pub given: String,
}

/// A point.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "RatingPoint")]
pub struct Point {
    pub id: RatingPointId,
    pub version: i32,
    pub kind: PointKind,
    pub name: String,
    pub channel: PointChannel,
    pub revoked_at: Option<DateTime<Utc>>,
}

/// A post in use.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "RatingPost")]
pub struct Post {
    pub id: PostId,
    pub name: String,
}

/// A post in use that has no point with a poster.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
#[cynic(graphql_type = "PostWithoutRatingPoint")]
pub struct Without {
    pub id: PostId,
    pub name: String,
}

/// The points of the center.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RatingPoints")]
pub struct Points {
    pub points: Vec<Point>,
    pub posts: Vec<Post>,
    pub without: Vec<Without>,
    pub ready: bool,
}

/// A poster.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RatingPoster")]
pub struct Poster {
    pub point: Point,
    pub url: String,
    pub picture: Vec<String>,
}

/// How many chose a level.
#[derive(cynic::QueryFragment, Clone, Copy, Debug)]
#[cynic(graphql_type = "FiveLevelCount")]
pub struct OfFive {
    pub level: FiveLevel,
    pub ratings: i32,
}

/// What enough people gave; shares are in thousandths.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RatingFigures")]
pub struct Figures {
    pub ratings: i32,
    pub levels: Vec<OfFive>,
    pub satisfied: Option<i32>,
    pub satisfied_low: Option<i32>,
    pub satisfied_high: Option<i32>,
}

/// A row of a week.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RatingRow")]
pub struct Row {
    pub point: Option<Point>,
    pub figures: Option<Figures>,
    pub marks: Vec<Flagged>,
}

/// How many chose a level of form E.
#[derive(cynic::QueryFragment, Clone, Copy, Debug)]
#[cynic(graphql_type = "FourLevelCount")]
pub struct OfFour {
    pub level: FourLevel,
    pub answers: i32,
}

/// A row of form E, answered; shares are in thousandths.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct SurveyRow {
    pub line: Line,
    pub levels: Vec<OfFour>,
    pub upper: Option<i32>,
    pub upper_low: Option<i32>,
    pub upper_high: Option<i32>,
}

/// Form E as some people answered it.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct SurveyAnswers {
    pub responses: i32,
    pub rows: Vec<SurveyRow>,
}

/// A department of form E.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct SurveyDepartment {
    pub line: Option<Line>,
    pub answers: Option<SurveyAnswers>,
}

/// Form E by one of its versions.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct SurveyResult {
    pub all: SurveyAnswers,
    pub departments: Vec<SurveyDepartment>,
}

/// How many ratings the city has excluded on a ground.
#[derive(cynic::QueryFragment, Clone, Copy, Debug)]
#[cynic(graphql_type = "RatingExclusions")]
pub struct Exclusions {
    pub ground: RatingAppealGround,
    pub ratings: i32,
}

/// A total without those.
#[derive(cynic::QueryFragment, Clone, Copy, Debug)]
#[cynic(graphql_type = "RatingsLeft")]
pub struct Left {
    pub ratings: i32,
    pub satisfied: Option<i32>,
    pub satisfied_low: Option<i32>,
    pub satisfied_high: Option<i32>,
}

/// A week that is over.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RatingWeek")]
pub struct Week {
    pub monday: NaiveDate,
    pub total: Option<Figures>,
    pub excluded: Vec<Exclusions>,
    pub without_excluded: Option<Left>,
    pub rows: Vec<Row>,
    pub defaulted: i32,
    pub imported: i32,
    pub words: Vec<String>,
    pub surveys: Vec<SurveyResult>,
}

/// What there is to see.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RatingResults")]
pub struct Results {
    pub weeks: Vec<NaiveDate>,
    pub week: Option<Week>,
    pub least: i32,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct RatedIndicatorInput {
    pub code: String,
    pub level: FiveLevel,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct GiveRatingInput {
    pub center: String,
    pub token: String,
    pub form: FormVersionId,
    pub level: FiveLevel,
    pub indicators: Vec<RatedIndicatorInput>,
    pub reasons: Vec<String>,
    pub remark: Option<String>,
    pub contact: Option<String>,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct SurveyRowInput {
    pub code: String,
    pub level: FourLevel,
}

#[derive(cynic::InputObject, Clone, Debug)]
pub struct AnswerSurveyInput {
    pub center: String,
    pub token: String,
    pub form: FormVersionId,
    pub visited_on: Option<NaiveDate>,
    pub department: Option<String>,
    pub rows: Vec<SurveyRowInput>,
    pub remark: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct AddRatingPointInput {
    pub post: Option<PostId>,
    pub name: String,
    pub channel: Option<PointChannel>,
}

#[derive(cynic::InputObject)]
pub struct RenameRatingPointInput {
    pub id: RatingPointId,
    pub version: i32,
    pub name: String,
}

#[derive(cynic::InputObject)]
pub struct SeenRatingPointInput {
    pub id: RatingPointId,
    pub version: i32,
}

questions! {
    give_rating = "giveRating" (GiveRatingInput) -> Receipt;
    answer_survey = "answerSurvey" (AnswerSurveyInput) -> Receipt;
    add_rating_point = "addRatingPoint" (AddRatingPointInput) -> Point;
    rename_rating_point = "renameRatingPoint" (RenameRatingPointInput) -> Point;
    revoke_rating_point = "revokeRatingPoint" (SeenRatingPointInput) -> Point;
}

#[derive(cynic::QueryVariables)]
struct OfPoint {
    center: String,
    point: Option<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfPoint")]
struct PageQuery {
    #[arguments(center: $center, point: $point)]
    rating_page: Option<Page>,
}

/// What is asked at the point of a code, or by a link; nothing where the code does not work.
///
/// # Errors
/// Whatever the server or the network says; so in all below.
pub async fn page(center: String, point: Option<String>) -> Result<Option<Page>, ApiError> {
    Ok(run(PageQuery::build(OfPoint { center, point })).await?.rating_page)
}

#[derive(cynic::QueryVariables)]
struct OfSurvey {
    center: String,
    point: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfSurvey")]
struct SurveyQuery {
    #[arguments(center: $center, point: $point)]
    survey_page: Option<Survey>,
}

/// Form E at the point of a code.
pub async fn survey(center: String, point: String) -> Result<Option<Survey>, ApiError> {
    Ok(run(SurveyQuery::build(OfSurvey { center, point })).await?.survey_page)
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct PointsQuery {
    rating_points: Points,
}

/// The points of the center.
pub async fn points() -> Result<Points, ApiError> {
    Ok(run(PointsQuery::build(())).await?.rating_points)
}

#[derive(cynic::QueryVariables)]
struct KnownAs {
    origin: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "KnownAs")]
struct PostersQuery {
    #[arguments(origin: $origin)]
    rating_posters: Vec<Poster>,
}

/// The posters of all points in use, with the address by which the browser knows the product.
pub async fn posters(origin: String) -> Result<Vec<Poster>, ApiError> {
    Ok(run(PostersQuery::build(KnownAs { origin })).await?.rating_posters)
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation")]
struct ForPosts {
    add_rating_points_for_posts: Vec<Point>,
}

/// A point for each post in use that has none.
pub async fn add_for_posts() -> Result<Vec<Point>, ApiError> {
    Ok(run(ForPosts::build(())).await?.add_rating_points_for_posts)
}

#[derive(cynic::QueryVariables)]
struct OfWeek {
    week: Option<NaiveDate>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfWeek")]
struct ResultsQuery {
    #[arguments(week: $week)]
    rating_results: Results,
}

/// The week in which a day lies, or the last one that is over.
pub async fn results(week: Option<NaiveDate>) -> Result<Results, ApiError> {
    Ok(run(ResultsQuery::build(OfWeek { week })).await?.rating_results)
}
