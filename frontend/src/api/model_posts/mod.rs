//! Model posts: titles, what is missing, ledgers and looks on the spot.

mod inputs;

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    AccountId, LedgerEntryId, ModelTitleId, ObjectionId, PostId, StaffId,
    model_posts::{
        Activity, CheckKind, EvidenceKind, ModelKind,
        gaps::{GapCode, Severity},
        ledger::{EntryAction, EntryStatus},
        title::{ObjectionStatus, TitleAction, TitleStatus},
    },
    posts::PostStatus,
};

use super::{
    ApiError,
    account::questions,
    complaints::PageInfo,
    files::AttachedFile,
    posts::{Assignment, Member},
    run, schema,
};

pub use inputs::*;

/// A title of a post.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct ModelTitle {
    pub id: ModelTitleId,
    pub version: i32,
    pub post_id: PostId,
    pub kind: ModelKind,
    pub status: TitleStatus,
    pub applied_on: NaiveDate,
    pub publicised_until: Option<NaiveDate>,
    pub awarded_on: Option<NaiveDate>,
    pub score: Option<i32>,
    pub appraised_stars: Option<i32>,
    pub stars: Option<i32>,
    pub recheck_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
}

/// A title in a list.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct TitleRow {
    pub title: ModelTitle,
    pub post_code: String,
    pub post_name: String,
    pub lead_id: Option<StaffId>,
}

/// What a title asks for.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct TitleCriterion {
    pub clause: String,
    pub title_zh: String,
    pub title_en: String,
    pub summary_zh: String,
    pub summary_en: String,
    pub computed: bool,
}

/// A share of a team from a day on.
#[derive(cynic::QueryFragment, Clone, Copy, Debug)]
pub struct TeamShare {
    pub from: NaiveDate,
    pub have: i32,
    pub total: i32,
}

/// A step in the life of a title.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct TitleEvent {
    pub action: Option<TitleAction>,
    pub actor: AccountId,
    pub at: DateTime<Utc>,
    pub score: Option<i32>,
    pub stars: Option<i32>,
    pub until: Option<NaiveDate>,
    pub note: Option<String>,
}

/// What somebody holds against a title.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct TitleObjection {
    pub id: ObjectionId,
    pub version: i32,
    pub text: String,
    pub taken_at: DateTime<Utc>,
    pub status: ObjectionStatus,
    pub answer: Option<String>,
}

/// Something that is missing.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct ModelGap {
    pub code: GapCode,
    pub clause: Option<String>,
    pub severity: Severity,
    pub breach: bool,
    pub breach_on: Option<NaiveDate>,
    pub have: Option<i32>,
    pub need: Option<i32>,
    pub total: Option<i32>,
    pub activity: Option<Activity>,
    pub check: Option<CheckKind>,
    pub period_from: Option<NaiveDate>,
    pub evidence: Vec<EvidenceKind>,
    pub people: Vec<StaffId>,
}

/// A look on the spot.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "PostCheckEntry")]
pub struct Look {
    pub check: CheckKind,
    pub on: NaiveDate,
    pub fine: bool,
    pub note: Option<String>,
    pub checker: AccountId,
}

/// A title with everything about it.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct ModelTitlePage {
    pub row: TitleRow,
    pub on: NaiveDate,
    pub criteria: Vec<TitleCriterion>,
    pub gaps: Vec<ModelGap>,
    pub share_min: Option<i32>,
    pub shares: Vec<TeamShare>,
    pub looks: Vec<Look>,
    pub events: Vec<TitleEvent>,
    pub people: Vec<Member>,
    pub objections: Vec<TitleObjection>,
    pub actions: Vec<TitleAction>,
}

/// A post and what it lacks.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct PostGaps {
    pub row: TitleRow,
    pub gaps: Vec<ModelGap>,
    pub on: NaiveDate,
    pub breaches: i32,
}

/// An entry of a ledger.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct LedgerEntry {
    pub id: LedgerEntryId,
    pub version: i32,
    pub post_id: PostId,
    pub status: EntryStatus,
    pub happened_on: NaiveDate,
    pub activity: Activity,
    pub evidence: EvidenceKind,
    pub title: String,
    pub detail: Option<String>,
    pub hours: Option<i32>,
    pub kept_at: Option<String>,
    pub participants: Vec<StaffId>,
    pub files: Vec<AttachedFile>,
    pub author: AccountId,
    pub submitted_at: Option<DateTime<Utc>>,
    pub decider: Option<AccountId>,
    pub decided_at: Option<DateTime<Utc>>,
    pub return_reason: Option<String>,
    pub people: Vec<Member>,
    pub actions: Vec<EntryAction>,
}

/// A page of a ledger.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "LedgerConnection")]
pub struct LedgerPage {
    pub nodes: Vec<LedgerEntry>,
    pub page_info: PageInfo,
}

/// Somebody of the staff.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "StaffMember")]
pub struct StaffName {
    pub id: StaffId,
    pub staff_no: String,
    pub name: String,
}

/// A post and its kind.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Post")]
pub struct PostOfKind {
    pub id: PostId,
    pub name: String,
    pub kind: String,
    pub status: PostStatus,
}

/// A post with its people.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "PostPage")]
pub struct PostTeam {
    pub post: PostOfKind,
    pub assignments: Vec<Assignment>,
}

/// What was done; the page then asks for all of it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "ModelTitle")]
pub struct DoneTitle {
    pub id: ModelTitleId,
}

/// An entry that was written.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "LedgerEntry")]
pub struct DoneEntry {
    pub id: LedgerEntryId,
    pub version: i32,
}

/// A look that was written down.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "PostCheckEntry")]
pub struct DoneLook {
    #[expect(dead_code, reason = "a selection cannot be empty")]
    pub fine: bool,
}

questions! {
    apply_for_title = "applyForTitle" (ApplyForTitleInput) -> DoneTitle;
    review_title = "reviewTitle" (AppraiseTitleInput) -> DoneTitle;
    publicise_title = "publiciseTitle" (TitleStepInput) -> DoneTitle;
    object_to_title = "objectToTitle" (ObjectToTitleInput) -> DoneTitle;
    settle_objection = "settleObjection" (SettleObjectionInput) -> DoneTitle;
    award_title = "awardTitle" (TitleStepInput) -> DoneTitle;
    decline_title = "declineTitle" (DeclineTitleInput) -> DoneTitle;
    begin_title_review = "beginTitleReview" (TitleStepInput) -> DoneTitle;
    assess_title = "assessTitle" (AppraiseTitleInput) -> DoneTitle;
    decide_title_review = "decideTitleReview" (DecideTitleReviewInput) -> DoneTitle;
    add_ledger_entry = "addLedgerEntry" (AddLedgerEntryInput) -> DoneEntry;
    edit_ledger_entry = "editLedgerEntry" (EditLedgerEntryInput) -> DoneEntry;
    submit_ledger_entry = "submitLedgerEntry" (SeenLedgerEntryInput) -> DoneEntry;
    discard_ledger_entry = "discardLedgerEntry" (SeenLedgerEntryInput) -> DoneEntry;
    approve_ledger_entry = "approveLedgerEntry" (SeenLedgerEntryInput) -> DoneEntry;
    return_ledger_entry = "returnLedgerEntry" (ReturnLedgerEntryInput) -> DoneEntry;
    record_post_check = "recordPostCheck" (RecordPostCheckInput) -> DoneLook;
}

/// What every post lacks, and who the people are that are named in it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Query")]
pub struct Gaps {
    pub model_gaps: Vec<PostGaps>,
    pub staff_members: Vec<StaffName>,
}

/// What every post lacks.
///
/// # Errors
/// Whatever the server or the network says; so in all below.
pub async fn gaps() -> Result<Gaps, ApiError> {
    run(Gaps::build(())).await
}

/// Every title, and the posts that may bear one.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Query")]
pub struct Titles {
    pub model_titles: Vec<TitleRow>,
    pub posts: Vec<PostOfKind>,
    pub staff_members: Vec<StaffName>,
}

/// Every title.
pub async fn titles() -> Result<Titles, ApiError> {
    run(Titles::build(())).await
}

#[derive(cynic::QueryVariables)]
pub struct OfTitle {
    id: ModelTitleId,
}

/// One title, and who the people are that are named in it.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Query", variables = "OfTitle")]
pub struct TitleWithStaff {
    #[arguments(id: $id)]
    pub model_title: ModelTitlePage,
    pub staff_members: Vec<StaffName>,
}

/// One title.
pub async fn title(id: ModelTitleId) -> Result<TitleWithStaff, ApiError> {
    run(TitleWithStaff::build(OfTitle { id })).await
}

#[derive(cynic::QueryVariables)]
struct OfLedger {
    post: PostId,
    status: Option<EntryStatus>,
    evidence: Option<EvidenceKind>,
    first: Option<i32>,
    after: Option<String>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfLedger")]
struct LedgerQuery {
    #[arguments(post: $post, status: $status, evidence: $evidence, first: $first, after: $after)]
    ledger_entries: LedgerPage,
}

/// What of a ledger is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerFilter {
    pub status: Option<EntryStatus>,
    pub evidence: Option<EvidenceKind>,
    pub after: Option<String>,
}

/// A page of a post's ledger, newest first.
pub async fn ledger(post: PostId, filter: LedgerFilter) -> Result<LedgerPage, ApiError> {
    let LedgerFilter { status, evidence, after } = filter;
    let which = OfLedger { post, status, evidence, first: Some(20), after };
    Ok(run(LedgerQuery::build(which)).await?.ledger_entries)
}

/// Everything in a post's ledger that counts, oldest first.
pub async fn whole_ledger(post: PostId) -> Result<Vec<LedgerEntry>, ApiError> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let which = OfLedger { post, status: Some(EntryStatus::Approved), evidence: None, first: Some(50), after };
        let LedgerPage { nodes, page_info } = run(LedgerQuery::build(which)).await?.ledger_entries;
        all.extend(nodes);
        if !page_info.has_next_page {
            all.reverse();
            return Ok(all);
        }
        after = page_info.end_cursor;
    }
}

#[derive(cynic::QueryVariables)]
pub struct OfPost {
    post: PostId,
}

/// A post of which a ledger is kept, its titles, and everybody by name.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Query", variables = "OfPost")]
pub struct Book {
    #[arguments(id: $post)]
    pub post: PostTeam,
    pub model_titles: Vec<TitleRow>,
    pub staff_members: Vec<StaffName>,
}

/// A post of which a ledger is kept.
pub async fn book(post: PostId) -> Result<Book, ApiError> {
    run(Book::build(OfPost { post })).await
}

#[derive(cynic::QueryVariables)]
pub struct OfEntry {
    id: LedgerEntryId,
}

/// One entry, its post, and everybody by name.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Query", variables = "OfEntry")]
pub struct EntryWithStaff {
    #[arguments(id: $id)]
    pub ledger_entry: LedgerEntry,
    pub posts: Vec<PostOfKind>,
    pub staff_members: Vec<StaffName>,
}

/// One entry.
pub async fn entry(id: LedgerEntryId) -> Result<EntryWithStaff, ApiError> {
    run(EntryWithStaff::build(OfEntry { id })).await
}

/// What waits for the viewer's approval.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Query")]
pub struct Queue {
    pub ledger_queue: Vec<LedgerEntry>,
    pub posts: Vec<PostOfKind>,
    pub staff_members: Vec<StaffName>,
}

/// What waits for the viewer's approval.
pub async fn queue() -> Result<Queue, ApiError> {
    run(Queue::build(())).await
}
