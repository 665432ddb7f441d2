//! Checks of appearance.

use chrono::{DateTime, NaiveDate, Utc};
use cynic::{MutationBuilder, QueryBuilder};
use domain::{
    AppearanceCheckId, AttachmentId, PhraseId, PostId, StaffId,
    appearance::{Group, Item, Mark, Measure, Wording},
};

use super::{ApiError, account::questions, files::AttachedFile, phrases::Phrase, run, schema};

/// A check of somebody at their post.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "AppearanceCheck")]
pub struct Check {
    pub id: AppearanceCheckId,
    pub version: i32,
    pub post_id: PostId,
    pub staff: StaffId,
    pub on: NaiveDate,
    pub passed: i32,
    pub asked: i32,
    pub answered: bool,
}

/// A post where somebody is checked.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "AppearancePost")]
pub struct Post {
    pub id: PostId,
    pub name: String,
}

/// Somebody's name and number.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "StaffName")]
pub struct Person {
    pub id: StaffId,
    pub staff_no: String,
    pub name: String,
}

/// Somebody at a post today, and the last check of them.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "AppearanceLast")]
pub struct Last {
    pub staff: StaffId,
    pub post_id: PostId,
    pub check: Option<Check>,
}

/// What failed in most people.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "AppearanceFailing")]
pub struct Failing {
    pub item: Item,
    pub people: i32,
}

/// What somebody failed again.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "AppearanceRepeat")]
pub struct Repeat {
    pub staff: StaffId,
    pub item: Item,
    pub times: i32,
}

/// The checks that the viewer sees, and what they come to.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "AppearanceList")]
pub struct List {
    pub checks: Vec<Check>,
    pub more: bool,
    pub last: Vec<Last>,
    pub failing: Vec<Failing>,
    pub repeats: Vec<Repeat>,
    pub posts: Vec<Post>,
    pub people: Vec<Person>,
    pub pictures: Vec<AttachedFile>,
}

/// How an item was.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "AppearanceResult")]
pub struct Found {
    pub item: Item,
    pub mark: Mark,
    pub exceeded: bool,
    pub pieces: Option<i32>,
    pub note: Option<String>,
}

/// One check with everything about it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "AppearancePage")]
pub struct Page {
    pub check: Check,
    pub results: Vec<Found>,
    pub post: Post,
    pub staff_name: String,
    pub checker: String,
    pub created_at: DateTime<Utc>,
    pub note: Option<String>,
    pub phrase: Option<String>,
    pub files: Vec<AttachedFile>,
    pub answer: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
    pub may_answer: bool,
}

/// An item, as it is offered about somebody.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "AppearanceItem")]
pub struct Offered {
    pub item: Item,
    pub group: Group,
    pub measure: Option<Measure>,
    pub wording: Wording,
}

/// A post where the viewer may check, and whom.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "AppearancePlace")]
pub struct Place {
    pub post: Post,
    pub people: Vec<Person>,
}

/// What a check is begun with.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Query")]
pub struct Choices {
    pub appearance_choices: Vec<Place>,
    pub phrases: Vec<Phrase>,
}

#[derive(cynic::InputObject)]
pub struct AppearanceMarkInput {
    pub item: Item,
    pub mark: Option<Mark>,
    pub number: Option<i32>,
    pub note: Option<String>,
}

#[derive(cynic::InputObject)]
pub struct RecordAppearanceCheckInput {
    pub post: PostId,
    pub staff: StaffId,
    pub on: NaiveDate,
    pub items: Vec<AppearanceMarkInput>,
    pub note: Option<String>,
    pub phrase: Option<PhraseId>,
    pub files: Vec<AttachmentId>,
}

#[derive(cynic::InputObject)]
pub struct AnswerAppearanceInput {
    pub id: AppearanceCheckId,
    pub version: i32,
    pub text: String,
}

#[derive(cynic::InputObject)]
pub struct SetDressPicturesInput {
    pub files: Vec<AttachmentId>,
}

/// What was written down.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "AppearanceCheck")]
pub struct Done {
    pub id: AppearanceCheckId,
}

questions! {
    record_appearance_check = "recordAppearanceCheck" (RecordAppearanceCheckInput) -> Done;
    answer_appearance_check = "answerAppearanceCheck" (AnswerAppearanceInput) -> Done;
}

#[derive(cynic::QueryVariables)]
struct Hanging {
    input: SetDressPicturesInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "Hanging")]
struct Hung {
    #[arguments(input: $input)]
    set_dress_pictures: Vec<AttachedFile>,
}

/// Hangs up the center's pictures of dress; those that are left out come down.
pub async fn set_dress_pictures(input: SetDressPicturesInput) -> Result<Vec<AttachedFile>, ApiError> {
    Ok(run(Hung::build(Hanging { input })).await?.set_dress_pictures)
}

#[derive(cynic::QueryVariables)]
struct Of {
    staff: Option<StaffId>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Of")]
struct ListQuery {
    #[arguments(staff: $staff)]
    appearance_checks: List,
}

/// The checks that the viewer sees; of one person where one is named.
///
/// # Errors
/// Whatever the server or the network says; so in all below.
pub async fn checks(staff: Option<StaffId>) -> Result<List, ApiError> {
    Ok(run(ListQuery::build(Of { staff })).await?.appearance_checks)
}

#[derive(cynic::QueryVariables)]
struct OfCheck {
    id: AppearanceCheckId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfCheck")]
struct CheckQuery {
    #[arguments(id: $id)]
    appearance_check: Page,
}

/// One check.
pub async fn check(id: AppearanceCheckId) -> Result<Page, ApiError> {
    Ok(run(CheckQuery::build(OfCheck { id })).await?.appearance_check)
}

/// What a check is begun with.
pub async fn choices() -> Result<Choices, ApiError> {
    run(Choices::build(())).await
}

#[derive(cynic::QueryVariables)]
struct About {
    staff: StaffId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "About")]
struct ItemsQuery {
    #[arguments(staff: $staff)]
    appearance_items: Vec<Offered>,
}

/// What is asked about somebody.
pub async fn items(staff: StaffId) -> Result<Vec<Offered>, ApiError> {
    Ok(run(ItemsQuery::build(About { staff })).await?.appearance_items)
}
