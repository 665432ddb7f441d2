//! Posts, the people at them and the roster.

mod inputs;

use chrono::{DateTime, NaiveDate, Utc};
use cynic::QueryBuilder;
use domain::{
    AbsenceId, AccountId, AssignmentId, DepartmentId, HandoverId, PostId, StaffId,
    posts::{
        AbsenceReason, Capacity, HandoverStatus, PostStatus, Sex,
        kind::{FieldType, PostCheck},
        roster::Presence,
    },
};

use super::{ApiError, account::questions, files::AttachedFile, run, schema};
pub use inputs::*;

/// A kind of post.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "PostKindEntry")]
pub struct Kind {
    pub code: String,
    pub clause: Option<String>,
    pub title_zh: String,
    pub title_en: String,
    pub summary_zh: String,
    pub summary_en: String,
    pub fields: Vec<PostField>,
    pub checks: Vec<PostCheck>,
    pub offered: bool,
    pub version: Option<i32>,
}

/// A kind's own field.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct PostField {
    pub key: String,
    pub kind: FieldType,
    pub label_zh: String,
    pub label_en: String,
    pub options: Vec<PostFieldOption>,
}

/// One of a choice.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct PostFieldOption {
    pub key: String,
    pub label_zh: String,
    pub label_en: String,
}

/// A value of a kind's own field.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct PostFieldValue {
    pub key: String,
    pub value: String,
}

/// A post.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct Post {
    pub id: PostId,
    pub version: i32,
    pub code: String,
    pub name: String,
    pub kind: String,
    pub status: PostStatus,
    pub department_id: Option<DepartmentId>,
    pub window_no: Option<String>,
    pub location: Option<String>,
    pub public_phone: Option<String>,
    pub open_hours: Option<String>,
    pub duties: Option<String>,
    pub duties_reviewed_on: Option<NaiveDate>,
    pub lead_id: Option<StaffId>,
    pub extra: Vec<PostFieldValue>,
}

/// A post where only its name matters.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Post")]
pub struct NamedPost {
    pub id: PostId,
    pub name: String,
    pub status: PostStatus,
    pub window_no: Option<String>,
}

/// Somebody's name.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "StaffName")]
pub struct Name {
    pub id: StaffId,
    pub name: String,
}

/// Somebody at a post, or missing there.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "PostPlace")]
pub struct Place {
    pub staff: StaffId,
    pub presence: Presence,
    pub instead_of: Option<StaffId>,
}

/// A post on a day.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct BoardPost {
    pub post: Post,
    pub places: Vec<Place>,
    pub lacks: Vec<CheckResult>,
}

/// Who is where on a day.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct PostBoard {
    pub on: NaiveDate,
    pub is_working: bool,
    pub posts: Vec<BoardPost>,
    pub kinds: Vec<Kind>,
    pub people: Vec<Name>,
}

/// Somebody's time at a post.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "PostAssignment")]
pub struct Assignment {
    pub id: AssignmentId,
    pub version: i32,
    pub post_id: PostId,
    pub staff: StaffId,
    pub capacity: Capacity,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// Days away.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "AbsenceEntry")]
pub struct Absence {
    pub id: AbsenceId,
    pub version: i32,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub reason: AbsenceReason,
    pub substitute: Option<StaffId>,
}

/// What was passed on.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "HandoverEntry")]
pub struct Handover {
    pub id: HandoverId,
    pub version: i32,
    pub post_id: PostId,
    pub giver: StaffId,
    pub taker: StaffId,
    pub items: String,
    pub status: HandoverStatus,
    pub given_at: DateTime<Utc>,
    pub accepted_at: Option<DateTime<Utc>>,
}

/// How a check stands.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "PostCheckResult")]
pub struct CheckResult {
    pub check: PostCheck,
    pub fine: bool,
    pub due_on: Option<NaiveDate>,
    pub people: Vec<StaffId>,
}

/// A clause that a kind serves.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct DutyClause {
    pub number: String,
    pub title_zh: String,
    pub title_en: String,
    pub summary_zh: String,
    pub summary_en: String,
}

/// A post with everything about it.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct PostPage {
    pub post: Post,
    pub kind: Kind,
    pub clauses: Vec<DutyClause>,
    pub assignments: Vec<Assignment>,
    pub today: Vec<Place>,
    pub handovers: Vec<Handover>,
    pub checks: Vec<CheckResult>,
    pub people: Vec<Name>,
    pub may_plan: bool,
    pub me: Option<StaffId>,
    pub signboard: Option<AttachedFile>,
}

/// Somebody who works here.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct StaffMember {
    pub id: StaffId,
    pub version: i32,
    pub staff_no: String,
    pub name: String,
    pub title: Option<String>,
    pub department_id: Option<DepartmentId>,
    pub account_id: Option<AccountId>,
    pub joined_on: Option<NaiveDate>,
    pub left_on: Option<NaiveDate>,
}

/// A person with everything that colleagues may see.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct StaffPage {
    pub staff: StaffMember,
    pub assignments: Vec<Assignment>,
    pub absences: Vec<Absence>,
    pub posts: Vec<NamedPost>,
    pub people: Vec<Name>,
}

/// A post on a day of the week.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct RosterPost {
    pub post_id: PostId,
    pub places: Vec<Place>,
}

/// A day of a week.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "RosterDayEntry")]
pub struct RosterDay {
    pub on: NaiveDate,
    pub is_working: Option<bool>,
    pub posts: Vec<RosterPost>,
}

/// A week.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct RosterWeek {
    pub days: Vec<RosterDay>,
    pub posts: Vec<NamedPost>,
    pub people: Vec<Name>,
}

/// Where the viewer is today.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct OwnPlace {
    pub post: NamedPost,
    pub place: Place,
}

/// A post that the viewer leads, and what it lacks.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct LackingPost {
    pub post: NamedPost,
    pub checks: Vec<CheckResult>,
}

/// The viewer's own day.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct OwnDesk {
    pub me: Option<StaffMember>,
    pub today: Vec<OwnPlace>,
    pub to_take: Vec<Handover>,
    pub lacking: Vec<LackingPost>,
    pub people: Vec<Name>,
}

/// What only some may know.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct StaffRestricted {
    pub sex: Option<Sex>,
    pub born_on: Option<NaiveDate>,
    pub party_member: Option<bool>,
}

/// A department that may be chosen.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct Department {
    pub id: DepartmentId,
    pub name_zh: String,
    pub name_en: String,
}

/// A colleague with an account.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub struct Member {
    pub account_id: AccountId,
    pub display_name: String,
}

/// What forms choose from.
#[derive(cynic::QueryFragment, Clone, Debug)]
#[cynic(graphql_type = "Query")]
pub struct Choices {
    pub post_kinds: Vec<Kind>,
    pub departments: Vec<Department>,
    pub staff_members: Vec<StaffMember>,
}

macro_rules! made {
    ($($name:ident = $ty:literal { $field:ident: $id:ty })+) => {$(
        /// What was changed; the page then asks for all of it.
        #[derive(cynic::QueryFragment, Clone, Debug)]
        #[cynic(graphql_type = $ty)]
        pub struct $name {
            #[expect(dead_code, reason = "a selection cannot be empty")]
            $field: $id,
        }
    )+};
}

made! {
    DonePost = "Post" { id: PostId }
    DoneStaff = "StaffMember" { id: StaffId }
    DoneAssignment = "PostAssignment" { id: AssignmentId }
    DoneAbsence = "AbsenceEntry" { id: AbsenceId }
    DoneHandover = "HandoverEntry" { id: HandoverId }
    DoneKind = "PostKindEntry" { code: String }
    DoneDuty = "DutyEntry" { version: i32 }
}

questions! {
    add_post = "addPost" (PostInput) -> DonePost;
    edit_post = "editPost" (EditPostInput) -> DonePost;
    activate_post = "activatePost" (SeenPostInput) -> DonePost;
    suspend_post = "suspendPost" (SeenPostInput) -> DonePost;
    close_post = "closePost" (SeenPostInput) -> DonePost;
    name_post_lead = "namePostLead" (NameLeadInput) -> DonePost;
    set_signboard_photo = "setSignboardPhoto" (SetSignboardPhotoInput) -> DonePost;
    review_duties = "reviewDuties" (SeenPostInput) -> DonePost;
    add_staff_member = "addStaffMember" (StaffInput) -> DoneStaff;
    edit_staff_member = "editStaffMember" (EditStaffInput) -> DoneStaff;
    staff_member_leaves = "staffMemberLeaves" (StaffLeavesInput) -> DoneStaff;
    staff_member_returns = "staffMemberReturns" (SeenStaffInput) -> DoneStaff;
    reveal_staff_member = "revealStaffMember" (RevealStaffInput) -> StaffRestricted;
    assign_staff_member = "assignStaffMember" (AssignStaffInput) -> DoneAssignment;
    end_assignment = "endAssignment" (EndAssignmentInput) -> DoneAssignment;
    cancel_assignment = "cancelAssignment" (SeenAssignmentInput) -> DoneAssignment;
    record_absence = "recordAbsence" (RecordAbsenceInput) -> DoneAbsence;
    cancel_absence = "cancelAbsence" (SeenAbsenceInput) -> DoneAbsence;
    add_duty = "addDuty" (AddDutyInput) -> DoneDuty;
    give_handover = "giveHandover" (GiveHandoverInput) -> DoneHandover;
    accept_handover = "acceptHandover" (SeenHandoverInput) -> DoneHandover;
    withdraw_handover = "withdrawHandover" (SeenHandoverInput) -> DoneHandover;
    add_post_kind = "addPostKind" (PostKindInput) -> DoneKind;
    retire_post_kind = "retirePostKind" (NamedPostKindInput) -> DoneKind;
    restore_post_kind = "restorePostKind" (NamedPostKindInput) -> DoneKind;
}

#[derive(cynic::QueryVariables)]
struct OnDay {
    day: Option<NaiveDate>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OnDay")]
struct BoardQuery {
    #[arguments(on: $day)]
    post_board: PostBoard,
    departments: Vec<Department>,
}

/// Who is where on a day, and the departments that posts belong to.
///
/// # Errors
/// Whatever the server or the network says; so in all below.
pub async fn board(day: Option<NaiveDate>) -> Result<(PostBoard, Vec<Department>), ApiError> {
    let BoardQuery { post_board, departments } = run(BoardQuery::build(OnDay { day })).await?;
    Ok((post_board, departments))
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OnDay")]
struct WeekQuery {
    #[arguments(day: $day)]
    roster_week: RosterWeek,
}

/// Who is where in the week of a day.
pub async fn week(day: Option<NaiveDate>) -> Result<RosterWeek, ApiError> {
    Ok(run(WeekQuery::build(OnDay { day })).await?.roster_week)
}

#[derive(cynic::QueryVariables)]
struct OfPost {
    id: PostId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfPost")]
struct PostQuery {
    #[arguments(id: $id)]
    post: PostPage,
    departments: Vec<Department>,
}

/// One post, and its department.
pub async fn post(id: PostId) -> Result<(PostPage, Option<Department>), ApiError> {
    let PostQuery { post: page, departments } = run(PostQuery::build(OfPost { id })).await?;
    let department = departments.into_iter().find(|row| Some(row.id) == page.post.department_id);
    Ok((page, department))
}

#[derive(cynic::QueryVariables)]
struct Former {
    former: Option<bool>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "Former")]
struct StaffQuery {
    #[arguments(former: $former)]
    staff_members: Vec<StaffMember>,
}

/// Everybody.
pub async fn staff(former: bool) -> Result<Vec<StaffMember>, ApiError> {
    Ok(run(StaffQuery::build(Former { former: Some(former) })).await?.staff_members)
}

#[derive(cynic::QueryVariables)]
struct OfStaff {
    id: StaffId,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "OfStaff")]
struct PersonQuery {
    #[arguments(id: $id)]
    staff_member: StaffPage,
}

/// One person.
pub async fn person(id: StaffId) -> Result<StaffPage, ApiError> {
    Ok(run(PersonQuery::build(OfStaff { id })).await?.staff_member)
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct DeskQuery {
    own_desk: OwnDesk,
}

/// The viewer's own day.
pub async fn desk() -> Result<OwnDesk, ApiError> {
    Ok(run(DeskQuery::build(())).await?.own_desk)
}

/// What forms choose from.
pub async fn choices() -> Result<Choices, ApiError> {
    run(Choices::build(())).await
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct MembersQuery {
    members: Vec<Member>,
}

/// Colleagues with an account.
pub async fn members() -> Result<Vec<Member>, ApiError> {
    Ok(run(MembersQuery::build(())).await?.members)
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query")]
struct KindsQuery {
    city_post_kinds: Vec<Kind>,
}

/// Every kind, for the city.
pub async fn kinds() -> Result<Vec<Kind>, ApiError> {
    Ok(run(KindsQuery::build(())).await?.city_post_kinds)
}
