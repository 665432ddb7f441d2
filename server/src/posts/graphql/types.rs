//! Posts, people and rosters as GraphQL shows them.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AbsenceId, AccountId, AssignmentId, DepartmentId, DutyId, HandoverId, PostId, StaffId,
    posts::{
        AbsenceReason, Capacity, HandoverStatus, PostStatus, Sex,
        kind::{FieldType, PostCheck},
        roster::Presence,
    },
};

use crate::files::graphql::AttachedFile;

/// A kind of post, of the catalogue or of the city.
#[derive(SimpleObject)]
pub struct PostKindEntry {
    /// Its code.
    pub(super) code: String,
    /// Its clause, where known.
    pub(super) clause: Option<String>,
    /// Chinese name.
    pub(super) title_zh: String,
    /// English name.
    pub(super) title_en: String,
    /// What it is, in Chinese.
    pub(super) summary_zh: String,
    /// The same in English.
    pub(super) summary_en: String,
    /// Its own fields.
    pub(super) fields: Vec<PostField>,
    /// What is looked at.
    pub(super) checks: Vec<PostCheck>,
    /// Whether it may be chosen.
    pub(super) offered: bool,
    /// How often the city changed it; null for one of the catalogue.
    pub(super) version: Option<i32>,
}

/// A kind's own field.
#[derive(SimpleObject)]
pub struct PostField {
    /// What its value is stored under.
    pub(super) key: String,
    /// What it takes.
    pub(super) kind: FieldType,
    /// Chinese label.
    pub(super) label_zh: String,
    /// English label.
    pub(super) label_en: String,
    /// What a choice is between.
    pub(super) options: Vec<PostFieldOption>,
}

/// One of a choice.
#[derive(SimpleObject)]
pub struct PostFieldOption {
    /// What is stored.
    pub(super) key: String,
    /// Chinese label.
    pub(super) label_zh: String,
    /// English label.
    pub(super) label_en: String,
}

/// The value of a kind's own field.
#[derive(SimpleObject)]
pub struct PostFieldValue {
    /// Which field.
    pub(super) key: String,
    /// Its value, as text.
    pub(super) value: String,
}

/// A post.
#[derive(SimpleObject)]
pub struct Post {
    /// Its id.
    pub(super) id: PostId,
    /// How often it was changed.
    pub(super) version: i32,
    /// Its short code.
    pub(super) code: String,
    /// Its name.
    pub(super) name: String,
    /// The code of its kind.
    pub(super) kind: String,
    /// Where it is in its life.
    pub(super) status: PostStatus,
    /// Its department.
    pub(super) department_id: Option<DepartmentId>,
    /// The number over the window.
    pub(super) window_no: Option<String>,
    /// Where it is.
    pub(super) location: Option<String>,
    /// The phone that the public may call.
    pub(super) public_phone: Option<String>,
    /// When it is open, in words.
    pub(super) open_hours: Option<String>,
    /// What its people do.
    pub(super) duties: Option<String>,
    /// When somebody last confirmed these.
    pub(super) duties_reviewed_on: Option<NaiveDate>,
    /// Who leads it.
    pub(super) lead_id: Option<StaffId>,
    /// The values of its kind's own fields.
    pub(super) extra: Vec<PostFieldValue>,
    /// Whether it was invented for a demo.
    pub(super) demo: bool,
}

/// Somebody who works in the center, as colleagues see them.
#[derive(SimpleObject)]
pub struct StaffMember {
    /// Their id.
    pub(super) id: StaffId,
    /// How often they were changed.
    pub(super) version: i32,
    /// 工号.
    pub(super) staff_no: String,
    /// Their name.
    pub(super) name: String,
    /// What they are here.
    pub(super) title: Option<String>,
    /// Their department.
    pub(super) department_id: Option<DepartmentId>,
    /// The account that is theirs.
    pub(super) account_id: Option<AccountId>,
    /// Since when they work here.
    pub(super) joined_on: Option<NaiveDate>,
    /// Their last day.
    pub(super) left_on: Option<NaiveDate>,
}

/// What only some may know of somebody; null where unknown or not asked for.
#[derive(SimpleObject)]
pub struct StaffRestricted {
    /// Sex.
    pub(super) sex: Option<Sex>,
    /// Day of birth.
    pub(super) born_on: Option<NaiveDate>,
    /// Whether they are a member of the party.
    pub(super) party_member: Option<bool>,
}

/// Somebody's name in a list.
#[derive(SimpleObject)]
pub struct StaffName {
    /// Who.
    pub(super) id: StaffId,
    /// 工号.
    pub(super) staff_no: String,
    /// Their name.
    pub(super) name: String,
    /// What they are here.
    pub(super) title: Option<String>,
}

/// Somebody at a post on a day, or missing there.
#[derive(SimpleObject)]
pub struct PostPlace {
    /// Who.
    pub(super) staff: StaffId,
    /// Why, or that they are away.
    pub(super) presence: Presence,
    /// For whom, as a substitute.
    pub(super) instead_of: Option<StaffId>,
}

/// A post on a day.
#[derive(SimpleObject)]
pub struct BoardPost {
    /// The post.
    pub(super) post: Post,
    /// Who is there, and who is missing.
    pub(super) places: Vec<PostPlace>,
    /// What it lacks today; nothing is said of another day.
    pub(super) lacks: Vec<PostCheckResult>,
}

/// Who is where on a day.
#[derive(SimpleObject)]
pub struct PostBoard {
    /// The day.
    pub(super) on: NaiveDate,
    /// Whether the center works on it.
    pub(super) is_working: bool,
    /// The posts in life, by code.
    pub(super) posts: Vec<BoardPost>,
    /// The kinds.
    pub(super) kinds: Vec<PostKindEntry>,
    /// Everybody named here.
    pub(super) people: Vec<StaffName>,
}

/// Somebody's time at a post.
#[derive(SimpleObject)]
pub struct PostAssignment {
    /// Its id.
    pub(super) id: AssignmentId,
    /// How often it was changed.
    pub(super) version: i32,
    /// Where.
    pub(super) post_id: PostId,
    /// Who.
    pub(super) staff: StaffId,
    /// How.
    pub(super) capacity: Capacity,
    /// The first day.
    pub(super) from: NaiveDate,
    /// The last day; null while it goes on.
    pub(super) until: Option<NaiveDate>,
}

/// Days on which somebody is away.
#[derive(SimpleObject)]
pub struct AbsenceEntry {
    /// Its id.
    pub(super) id: AbsenceId,
    /// How often it was changed.
    pub(super) version: i32,
    /// The first day.
    pub(super) from: NaiveDate,
    /// The last day.
    pub(super) until: NaiveDate,
    /// Why.
    pub(super) reason: AbsenceReason,
    /// Who stands in.
    pub(super) substitute: Option<StaffId>,
}

/// A day at a post besides the assignments.
#[derive(SimpleObject)]
pub struct DutyEntry {
    /// Its id.
    pub(super) id: DutyId,
    /// How often it was changed.
    pub(super) version: i32,
    /// Where.
    pub(super) post_id: PostId,
    /// Who.
    pub(super) staff: StaffId,
    /// When.
    pub(super) on: NaiveDate,
}

/// What one passed on to another.
#[derive(SimpleObject)]
pub struct HandoverEntry {
    /// Its id.
    pub(super) id: HandoverId,
    /// How often it was changed.
    pub(super) version: i32,
    /// Where.
    pub(super) post_id: PostId,
    /// Who gave.
    pub(super) giver: StaffId,
    /// Who takes.
    pub(super) taker: StaffId,
    /// What.
    pub(super) items: String,
    /// Where it stands.
    pub(super) status: HandoverStatus,
    /// When it was given.
    pub(super) given_at: DateTime<Utc>,
    /// When it was taken.
    pub(super) accepted_at: Option<DateTime<Utc>>,
}

/// How a check of a post stands.
#[derive(SimpleObject)]
pub struct PostCheckResult {
    /// What was looked at.
    pub(super) check: PostCheck,
    /// Whether nothing is missing.
    pub(super) fine: bool,
    /// When what is fine now will be missing, or since when it is.
    pub(super) due_on: Option<NaiveDate>,
    /// Whom it concerns that something is missing.
    pub(super) people: Vec<StaffId>,
}

/// A clause that a post's kind serves.
#[derive(SimpleObject)]
pub struct DutyClause {
    /// Its number.
    pub(super) number: String,
    /// Chinese title.
    pub(super) title_zh: String,
    /// English title.
    pub(super) title_en: String,
    /// Chinese summary.
    pub(super) summary_zh: String,
    /// English summary.
    pub(super) summary_en: String,
}

/// A post with everything about it.
#[derive(SimpleObject)]
pub struct PostPage {
    /// The post.
    pub(super) post: Post,
    /// Its kind.
    pub(super) kind: PostKindEntry,
    /// What its clause asks for.
    pub(super) clauses: Vec<DutyClause>,
    /// Everybody's time there, newest first.
    pub(super) assignments: Vec<PostAssignment>,
    /// Who is there today.
    pub(super) today: Vec<PostPlace>,
    /// What was passed on, newest first, at most 50.
    pub(super) handovers: Vec<HandoverEntry>,
    /// How it stands.
    pub(super) checks: Vec<PostCheckResult>,
    /// Everybody named here.
    pub(super) people: Vec<StaffName>,
    /// Whether the viewer keeps its roster.
    pub(super) may_plan: bool,
    /// The viewer; null when they are not on the staff.
    pub(super) me: Option<StaffId>,
    /// The photo of its signboard.
    pub(super) signboard: Option<AttachedFile>,
}

/// A person with everything that colleagues may see.
#[derive(SimpleObject)]
pub struct StaffPage {
    /// Who.
    pub(super) staff: StaffMember,
    /// Their time at posts, newest first.
    pub(super) assignments: Vec<PostAssignment>,
    /// When they are away, newest first.
    pub(super) absences: Vec<AbsenceEntry>,
    /// The center's posts.
    pub(super) posts: Vec<Post>,
    /// Who stands in.
    pub(super) people: Vec<StaffName>,
}

/// A post on a day of the week.
#[derive(SimpleObject)]
pub struct RosterPost {
    /// Which.
    pub(super) post_id: PostId,
    /// Who is there, and who is missing.
    pub(super) places: Vec<PostPlace>,
}

/// A day of a week.
#[derive(SimpleObject)]
pub struct RosterDayEntry {
    /// The day.
    pub(super) on: NaiveDate,
    /// Whether the center works on it; null where no calendar is published for its year.
    pub(super) is_working: Option<bool>,
    /// Posts where somebody is or should be.
    pub(super) posts: Vec<RosterPost>,
}

/// A week, Monday first.
#[derive(SimpleObject)]
pub struct RosterWeek {
    /// Its days.
    pub(super) days: Vec<RosterDayEntry>,
    /// The posts in life, by code.
    pub(super) posts: Vec<Post>,
    /// Extra duties in it.
    pub(super) duties: Vec<DutyEntry>,
    /// Everybody named here.
    pub(super) people: Vec<StaffName>,
}

/// Where the viewer is today.
#[derive(SimpleObject)]
pub struct OwnPlace {
    /// The post.
    pub(super) post: Post,
    /// How.
    pub(super) place: PostPlace,
}

/// A post that the viewer leads, and what it lacks.
#[derive(SimpleObject)]
pub struct LackingPost {
    /// The post.
    pub(super) post: Post,
    /// What is missing.
    pub(super) checks: Vec<PostCheckResult>,
}

/// What somebody of the staff sees first.
#[derive(SimpleObject)]
pub struct OwnDesk {
    /// The viewer; null when they are not on the staff.
    pub(super) me: Option<StaffMember>,
    /// Where they are today.
    pub(super) today: Vec<OwnPlace>,
    /// What they have still to take.
    pub(super) to_take: Vec<HandoverEntry>,
    /// Posts that they lead which lack something.
    pub(super) lacking: Vec<LackingPost>,
    /// Everybody named here.
    pub(super) people: Vec<StaffName>,
}
