//! The cases that bad ratings have opened, and appeals before the city.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    AttachmentId, BadRatingEventId, BadRatingId, RatingAppealId, RectificationTaskId,
    bad_ratings::{
        BadRatingAction, BadRatingEventKind, BadRatingFinding, BadRatingQueue, BadRatingStatus, RaterContact,
        appeal::{RatingAppealDecision, RatingAppealGround, RatingAppealStatus},
        clock::BadRatingStep,
    },
    center::CenterStatus,
    complaints::{FeedbackMode, HandlingSatisfaction},
    evaluation::levels::FiveLevel,
};

use super::{ApiError, account::questions, city::Named, files::AttachedFile, run, schema};

/// A case.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "BadRating")]
pub struct Case {
    pub id: BadRatingId,
    pub version: i32,
    pub rated_on: NaiveDate,
    pub level: FiveLevel,
    pub named: bool,
    pub status: BadRatingStatus,
    pub finding: Option<BadRatingFinding>,
    pub due_step: Option<BadRatingStep>,
    pub due_at: Option<DateTime<Utc>>,
    pub extended: bool,
    pub missed: i32,
    pub satisfaction: Option<HandlingSatisfaction>,
    pub appeal_until: Option<DateTime<Utc>>,
    pub excluded: bool,
    pub closed_at: Option<DateTime<Utc>>,
    pub purge_on: Option<NaiveDate>,
}

/// A case in a list.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "BadRatingRow")]
pub struct Row {
    pub case: Case,
    pub post: Option<String>,
    pub days_left: Option<i32>,
    pub late: bool,
}

/// How many cases a queue holds.
#[derive(cynic::QueryFragment, Clone, Copy, Debug)]
#[cynic(graphql_type = "BadRatingCount")]
pub struct Count {
    pub queue: BadRatingQueue,
    pub count: i32,
}

/// Both totals.
#[derive(cynic::QueryFragment, Clone, Copy, Debug)]
#[cynic(graphql_type = "BadRatingTotals")]
pub struct Totals {
    pub since: NaiveDate,
    pub all: i32,
    pub excluded: i32,
    pub counted: i32,
}

/// The cases of a queue.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "BadRatingList")]
pub struct List {
    pub counts: Vec<Count>,
    pub rows: Vec<Row>,
    pub totals: Option<Totals>,
}

/// A reason that was ticked.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "BadRatingReason")]
pub struct Reason {
    pub zh: String,
    pub en: String,
}

/// A line in the log.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "BadRatingEvent")]
pub struct Event {
    pub id: BadRatingEventId,
    pub kind: BadRatingEventKind,
    pub status: BadRatingStatus,
    pub at: DateTime<Utc>,
    pub actor: Option<String>,
    pub detail: Option<String>,
    pub text: Option<String>,
}

/// The appeal, as the center sees it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "BadRatingAppeal")]
pub struct OwnAppeal {
    pub ground: RatingAppealGround,
    pub reason: String,
    pub status: RatingAppealStatus,
    pub appealed_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
    pub decision: Option<RatingAppealDecision>,
    pub answer: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
    pub files: Vec<AttachedFile>,
}

/// A case with everything about it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "BadRatingPage")]
pub struct Page {
    pub row: Row,
    pub reasons: Vec<Reason>,
    pub remark: Option<String>,
    pub reveals: bool,
    pub targets: Vec<String>,
    pub events: Vec<Event>,
    pub appeal: Option<OwnAppeal>,
    pub actions: Vec<BadRatingAction>,
    pub rated: bool,
    pub tasked: bool,
    pub task: Option<RectificationTaskId>,
    pub may_task: bool,
}

/// An appeal of the city's list.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RatingAppeal")]
pub struct Appeal {
    pub id: RatingAppealId,
    pub center: Named,
    pub center_status: CenterStatus,
    pub post: Option<String>,
    pub rated_on: NaiveDate,
    pub level: FiveLevel,
    pub ground: RatingAppealGround,
    pub reason: String,
    pub status: RatingAppealStatus,
    pub appealed_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
    pub late: bool,
    pub opened_by: Option<String>,
    pub mine: bool,
    pub decision: Option<RatingAppealDecision>,
    pub answer: Option<String>,
    pub decided_by: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
}

/// A case, for the reviewer who has opened its appeal.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "AppealedCase")]
pub struct AppealedCase {
    pub named: bool,
    pub finding: Option<BadRatingFinding>,
    pub reasons: Vec<Reason>,
    pub remark: Option<String>,
    pub events: Vec<Event>,
    pub files: Vec<AttachedFile>,
}

/// An appeal with its case.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RatingAppealPage")]
pub struct AppealPage {
    pub appeal: Appeal,
    pub case: Option<AppealedCase>,
}

#[derive(cynic::InputObject)]
pub struct ContactRaterInput {
    pub id: BadRatingId,
    pub version: i32,
    pub outcome: RaterContact,
    pub text: String,
}

#[derive(cynic::InputObject)]
pub struct VerifyBadRatingInput {
    pub id: BadRatingId,
    pub version: i32,
    pub finding: BadRatingFinding,
    pub text: String,
}

#[derive(cynic::InputObject)]
pub struct RectifyBadRatingInput {
    pub id: BadRatingId,
    pub version: i32,
    pub measures: String,
}

#[derive(cynic::InputObject)]
pub struct ExtendBadRatingInput {
    pub id: BadRatingId,
    pub version: i32,
    pub days: i32,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct FeedBackBadRatingInput {
    pub id: BadRatingId,
    pub version: i32,
    pub result: String,
    pub mode: Option<FeedbackMode>,
}

#[derive(cynic::InputObject)]
pub struct CallBackRaterInput {
    pub id: BadRatingId,
    pub version: i32,
    pub outcome: RaterContact,
    pub satisfaction: Option<HandlingSatisfaction>,
    pub text: String,
}

#[derive(cynic::InputObject)]
pub struct CloseBadRatingInput {
    pub id: BadRatingId,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct NoteBadRatingInput {
    pub id: BadRatingId,
    pub version: i32,
    pub text: String,
}

#[derive(cynic::InputObject)]
pub struct RevealRaterInput {
    pub id: BadRatingId,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct AppealBadRatingInput {
    pub id: BadRatingId,
    pub version: i32,
    pub ground: RatingAppealGround,
    pub reason: String,
    pub files: Vec<AttachmentId>,
}

#[derive(cynic::InputObject)]
pub struct OpenRatingAppealInput {
    pub id: RatingAppealId,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct DecideRatingAppealInput {
    pub id: RatingAppealId,
    pub decision: RatingAppealDecision,
    pub text: String,
}

/// What was done; the page then asks for all of it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "BadRating")]
pub struct Done {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: BadRatingId,
}

/// The same of an appeal.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RatingAppeal")]
pub struct Changed {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    id: RatingAppealId,
}

/// How to reach a rater.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RaterContactShown")]
pub struct Shown {
    pub contact: Option<String>,
}

questions! {
    contact_rater = "contactRater" (ContactRaterInput) -> Done;
    verify_bad_rating = "verifyBadRating" (VerifyBadRatingInput) -> Done;
    rectify_bad_rating = "rectifyBadRating" (RectifyBadRatingInput) -> Done;
    extend_bad_rating = "extendBadRating" (ExtendBadRatingInput) -> Done;
    feed_back_bad_rating = "feedBackBadRating" (FeedBackBadRatingInput) -> Done;
    call_back_rater = "callBackRater" (CallBackRaterInput) -> Done;
    close_bad_rating = "closeBadRating" (CloseBadRatingInput) -> Done;
    note_bad_rating = "noteBadRating" (NoteBadRatingInput) -> Done;
    reveal_rater = "revealRater" (RevealRaterInput) -> Shown;
    appeal_bad_rating = "appealBadRating" (AppealBadRatingInput) -> Done;
    open_rating_appeal = "openRatingAppeal" (OpenRatingAppealInput) -> Changed;
    decide_rating_appeal = "decideRatingAppeal" (DecideRatingAppealInput) -> Changed;
}

#[derive(cynic::QueryVariables)]
struct OfQueue {
    queue: Option<BadRatingQueue>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfQueue")]
struct ListQuery {
    #[arguments(queue: $queue)]
    bad_ratings: List,
}

/// The cases of a queue.
///
/// # Errors
/// Whatever the server or the network says; so in all below.
pub async fn cases(queue: BadRatingQueue) -> Result<List, ApiError> {
    Ok(run(ListQuery::build(OfQueue { queue: Some(queue) })).await?.bad_ratings)
}

#[derive(cynic::QueryVariables)]
struct OfCase {
    id: BadRatingId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfCase")]
struct CaseQuery {
    #[arguments(id: $id)]
    bad_rating: Page,
}

/// One case.
pub async fn case(id: BadRatingId) -> Result<Page, ApiError> {
    Ok(run(CaseQuery::build(OfCase { id })).await?.bad_rating)
}

#[derive(cynic::QueryVariables)]
struct OfStatus {
    status: RatingAppealStatus,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfStatus")]
struct AppealsQuery {
    #[arguments(status: $status)]
    rating_appeals: Vec<Appeal>,
}

/// The city's appeals.
pub async fn appeals(status: RatingAppealStatus) -> Result<Vec<Appeal>, ApiError> {
    Ok(run(AppealsQuery::build(OfStatus { status })).await?.rating_appeals)
}

#[derive(cynic::QueryVariables)]
struct OfAppeal {
    id: RatingAppealId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfAppeal")]
struct AppealQuery {
    #[arguments(id: $id)]
    rating_appeal: Option<AppealPage>,
}

/// One appeal, and what the viewer may read of its case.
pub async fn appeal(id: RatingAppealId) -> Result<AppealPage, ApiError> {
    let found = run(AppealQuery::build(OfAppeal { id })).await?.rating_appeal;
    found.ok_or_else(|| ApiError::of("NOT_FOUND"))
}
