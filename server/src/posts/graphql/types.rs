//! Posts, people and rosters as GraphQL shows them.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AbsenceId, AccountId, AssignmentId, DepartmentId, DutyId, HandoverId, PostId, StaffId,
    posts::{
        AbsenceReason, Capacity, HandoverStatus, PostStatus, Restricted, Sex,
        check::Checked,
        kind::{FieldSpec, FieldType, PostCheck},
        roster::{Place, Presence},
    },
};
use entity::{absence, clause, duty, handover, post, post_assignment, staff_member};

use super::super::{
    repo::People,
    service::{
        kinds::Kind,
        reading::{Board, Desk, Page, Person, RosterDay, Week},
    },
};
use crate::error::Result;

/// A kind of post, of the catalogue or of the city.
#[derive(SimpleObject)]
pub struct PostKindEntry {
    /// Its code.
    code: String,
    /// Its clause, where known.
    clause: Option<String>,
    /// Chinese name.
    title_zh: String,
    /// English name.
    title_en: String,
    /// What it is, in Chinese.
    summary_zh: String,
    /// The same in English.
    summary_en: String,
    /// Its own fields.
    fields: Vec<PostField>,
    /// What is looked at.
    checks: Vec<PostCheck>,
    /// Whether it may be chosen.
    offered: bool,
    /// How often the city changed it; null for one of the catalogue.
    version: Option<i32>,
}

/// A kind's own field.
#[derive(SimpleObject)]
pub struct PostField {
    /// What its value is stored under.
    key: String,
    /// What it takes.
    kind: FieldType,
    /// Chinese label.
    label_zh: String,
    /// English label.
    label_en: String,
    /// What a choice is between.
    options: Vec<PostFieldOption>,
}

/// One of a choice.
#[derive(SimpleObject)]
pub struct PostFieldOption {
    /// What is stored.
    key: String,
    /// Chinese label.
    label_zh: String,
    /// English label.
    label_en: String,
}

/// The value of a kind's own field.
#[derive(SimpleObject)]
pub struct PostFieldValue {
    /// Which field.
    key: String,
    /// Its value, as text.
    value: String,
}

/// A post.
#[derive(SimpleObject)]
pub struct Post {
    /// Its id.
    id: PostId,
    /// How often it was changed.
    version: i32,
    /// Its short code.
    code: String,
    /// Its name.
    name: String,
    /// The code of its kind.
    kind: String,
    /// Where it is in its life.
    status: PostStatus,
    /// Its department.
    department_id: Option<DepartmentId>,
    /// The number over the window.
    window_no: Option<String>,
    /// Where it is.
    location: Option<String>,
    /// The phone that the public may call.
    public_phone: Option<String>,
    /// When it is open, in words.
    open_hours: Option<String>,
    /// What its people do.
    duties: Option<String>,
    /// When somebody last confirmed these.
    duties_reviewed_on: Option<NaiveDate>,
    /// Who leads it.
    lead_id: Option<StaffId>,
    /// The values of its kind's own fields.
    extra: Vec<PostFieldValue>,
    /// Whether it was invented for a demo.
    demo: bool,
}

/// Somebody who works in the center, as colleagues see them.
#[derive(SimpleObject)]
pub struct StaffMember {
    /// Their id.
    id: StaffId,
    /// How often they were changed.
    version: i32,
    /// 工号.
    staff_no: String,
    /// Their name.
    name: String,
    /// What they are here.
    title: Option<String>,
    /// Their department.
    department_id: Option<DepartmentId>,
    /// The account that is theirs.
    account_id: Option<AccountId>,
    /// Since when they work here.
    joined_on: Option<NaiveDate>,
    /// Their last day.
    left_on: Option<NaiveDate>,
}

/// What only some may know of somebody; null where unknown or not asked for.
#[derive(SimpleObject)]
pub struct StaffRestricted {
    /// Sex.
    sex: Option<Sex>,
    /// Day of birth.
    born_on: Option<NaiveDate>,
    /// Whether they are a member of the party.
    party_member: Option<bool>,
}

/// Somebody's name in a list.
#[derive(SimpleObject)]
pub struct StaffName {
    /// Who.
    id: StaffId,
    /// 工号.
    staff_no: String,
    /// Their name.
    name: String,
    /// What they are here.
    title: Option<String>,
}

/// Somebody at a post on a day, or missing there.
#[derive(SimpleObject)]
pub struct PostPlace {
    /// Who.
    staff: StaffId,
    /// Why, or that they are away.
    presence: Presence,
    /// For whom, as a substitute.
    instead_of: Option<StaffId>,
}

/// A post on a day.
#[derive(SimpleObject)]
pub struct BoardPost {
    /// The post.
    post: Post,
    /// Who is there, and who is missing.
    places: Vec<PostPlace>,
}

/// Who is where on a day.
#[derive(SimpleObject)]
pub struct PostBoard {
    /// The day.
    on: NaiveDate,
    /// Whether the center works on it.
    is_working: bool,
    /// The posts in life, by code.
    posts: Vec<BoardPost>,
    /// The kinds.
    kinds: Vec<PostKindEntry>,
    /// Everybody named here.
    people: Vec<StaffName>,
}

/// Somebody's time at a post.
#[derive(SimpleObject)]
pub struct PostAssignment {
    /// Its id.
    id: AssignmentId,
    /// How often it was changed.
    version: i32,
    /// Where.
    post_id: PostId,
    /// Who.
    staff: StaffId,
    /// How.
    capacity: Capacity,
    /// The first day.
    from: NaiveDate,
    /// The last day; null while it goes on.
    until: Option<NaiveDate>,
}

/// Days on which somebody is away.
#[derive(SimpleObject)]
pub struct AbsenceEntry {
    /// Its id.
    id: AbsenceId,
    /// How often it was changed.
    version: i32,
    /// The first day.
    from: NaiveDate,
    /// The last day.
    until: NaiveDate,
    /// Why.
    reason: AbsenceReason,
    /// Who stands in.
    substitute: Option<StaffId>,
}

/// A day at a post besides the assignments.
#[derive(SimpleObject)]
pub struct DutyEntry {
    /// Its id.
    id: DutyId,
    /// How often it was changed.
    version: i32,
    /// Where.
    post_id: PostId,
    /// Who.
    staff: StaffId,
    /// When.
    on: NaiveDate,
}

/// What one passed on to another.
#[derive(SimpleObject)]
pub struct HandoverEntry {
    /// Its id.
    id: HandoverId,
    /// How often it was changed.
    version: i32,
    /// Where.
    post_id: PostId,
    /// Who gave.
    giver: StaffId,
    /// Who takes.
    taker: StaffId,
    /// What.
    items: String,
    /// Where it stands.
    status: HandoverStatus,
    /// When it was given.
    given_at: DateTime<Utc>,
    /// When it was taken.
    accepted_at: Option<DateTime<Utc>>,
}

/// How a check of a post stands.
#[derive(SimpleObject)]
pub struct PostCheckResult {
    /// What was looked at.
    check: PostCheck,
    /// Whether nothing is missing.
    fine: bool,
    /// When what is fine now will be missing, or since when it is.
    due_on: Option<NaiveDate>,
}

/// A clause that a post's kind serves.
#[derive(SimpleObject)]
pub struct DutyClause {
    /// Its number.
    number: String,
    /// Chinese title.
    title_zh: String,
    /// English title.
    title_en: String,
    /// Chinese summary.
    summary_zh: String,
    /// English summary.
    summary_en: String,
}

/// A post with everything about it.
#[derive(SimpleObject)]
pub struct PostPage {
    /// The post.
    post: Post,
    /// Its kind.
    kind: PostKindEntry,
    /// What its clause asks for.
    clauses: Vec<DutyClause>,
    /// Everybody's time there, newest first.
    assignments: Vec<PostAssignment>,
    /// Who is there today.
    today: Vec<PostPlace>,
    /// What was passed on, newest first, at most 50.
    handovers: Vec<HandoverEntry>,
    /// How it stands.
    checks: Vec<PostCheckResult>,
    /// Everybody named here.
    people: Vec<StaffName>,
    /// Whether the viewer keeps its roster.
    may_plan: bool,
}

/// A person with everything that colleagues may see.
#[derive(SimpleObject)]
pub struct StaffPage {
    /// Who.
    staff: StaffMember,
    /// Their time at posts, newest first.
    assignments: Vec<PostAssignment>,
    /// When they are away, newest first.
    absences: Vec<AbsenceEntry>,
    /// The center's posts.
    posts: Vec<Post>,
    /// Who stands in.
    people: Vec<StaffName>,
}

/// A post on a day of the week.
#[derive(SimpleObject)]
pub struct RosterPost {
    /// Which.
    post_id: PostId,
    /// Who is there, and who is missing.
    places: Vec<PostPlace>,
}

/// A day of a week.
#[derive(SimpleObject)]
pub struct RosterDayEntry {
    /// The day.
    on: NaiveDate,
    /// Whether the center works on it; null where no calendar is published for its year.
    is_working: Option<bool>,
    /// Posts where somebody is or should be.
    posts: Vec<RosterPost>,
}

/// A week, Monday first.
#[derive(SimpleObject)]
pub struct RosterWeek {
    /// Its days.
    days: Vec<RosterDayEntry>,
    /// The posts in life, by code.
    posts: Vec<Post>,
    /// Extra duties in it.
    duties: Vec<DutyEntry>,
    /// Everybody named here.
    people: Vec<StaffName>,
}

/// Where the viewer is today.
#[derive(SimpleObject)]
pub struct OwnPlace {
    /// The post.
    post: Post,
    /// How.
    place: PostPlace,
}

/// A post that the viewer leads, and what it lacks.
#[derive(SimpleObject)]
pub struct LackingPost {
    /// The post.
    post: Post,
    /// What is missing.
    checks: Vec<PostCheckResult>,
}

/// What somebody of the staff sees first.
#[derive(SimpleObject)]
pub struct OwnDesk {
    /// The viewer; null when they are not on the staff.
    me: Option<StaffMember>,
    /// Where they are today.
    today: Vec<OwnPlace>,
    /// What they have still to take.
    to_take: Vec<HandoverEntry>,
    /// Posts that they lead which lack something.
    lacking: Vec<LackingPost>,
    /// Everybody named here.
    people: Vec<StaffName>,
}

impl From<Kind> for PostKindEntry {
    fn from(kind: Kind) -> Self {
        let Kind { code, clause, title_zh, title_en, summary_zh, summary_en, fields, checks, offered, version } = kind;
        let fields = fields.into_iter().map(Into::into).collect();
        Self { code, clause, title_zh, title_en, summary_zh, summary_en, fields, checks, offered, version }
    }
}

impl From<FieldSpec> for PostField {
    fn from(FieldSpec { key, kind, label_zh, label_en, options }: FieldSpec) -> Self {
        let option = |o: domain::posts::kind::FieldOption| PostFieldOption {
            key: o.key,
            label_zh: o.label_zh,
            label_en: o.label_en,
        };
        Self { key, kind, label_zh, label_en, options: options.into_iter().map(option).collect() }
    }
}

impl TryFrom<post::Model> for Post {
    type Error = crate::error::Error;

    fn try_from(row: post::Model) -> Result<Self> {
        let extra: std::collections::BTreeMap<String, String> =
            serde_json::from_str(&row.extra).map_err(anyhow::Error::from)?;
        Ok(Self {
            id: row.id,
            version: row.version,
            code: row.code,
            name: row.name,
            kind: row.kind,
            status: row.status,
            department_id: row.department_id,
            window_no: row.window_no,
            location: row.location,
            public_phone: row.public_phone,
            open_hours: row.open_hours,
            duties: row.duties,
            duties_reviewed_on: row.duties_reviewed_on,
            lead_id: row.lead_id,
            extra: extra.into_iter().map(|(key, value)| PostFieldValue { key, value }).collect(),
            demo: row.demo,
        })
    }
}

impl From<staff_member::Model> for StaffMember {
    fn from(row: staff_member::Model) -> Self {
        let staff_member::Model {
            id,
            version,
            staff_no,
            name,
            title,
            department_id,
            account_id,
            joined_on,
            left_on,
            ..
        } = row;
        Self { id, version, staff_no, name, title, department_id, account_id, joined_on, left_on }
    }
}

impl From<Restricted> for StaffRestricted {
    fn from(Restricted { sex, born_on, party_member }: Restricted) -> Self {
        Self { sex, born_on, party_member }
    }
}

/// Names, by number.
fn names(people: People) -> Vec<StaffName> {
    let mut rows: Vec<_> = people.into_values().collect();
    rows.sort_by(|a, b| a.staff_no.cmp(&b.staff_no));
    let name =
        |row: staff_member::Model| StaffName { id: row.id, staff_no: row.staff_no, name: row.name, title: row.title };
    rows.into_iter().map(name).collect()
}

impl From<Place> for PostPlace {
    fn from(Place { presence, staff, instead_of }: Place) -> Self {
        Self { staff, presence, instead_of }
    }
}

impl From<post_assignment::Model> for PostAssignment {
    fn from(row: post_assignment::Model) -> Self {
        let post_assignment::Model { id, version, post_id, staff_id, capacity, from_on, until_on, .. } = row;
        Self { id, version, post_id, staff: staff_id, capacity, from: from_on, until: until_on }
    }
}

impl From<absence::Model> for AbsenceEntry {
    fn from(row: absence::Model) -> Self {
        let absence::Model { id, version, from_on, until_on, reason, substitute_id, .. } = row;
        Self { id, version, from: from_on, until: until_on, reason, substitute: substitute_id }
    }
}

impl From<duty::Model> for DutyEntry {
    fn from(row: duty::Model) -> Self {
        let duty::Model { id, version, post_id, staff_id, on_day, .. } = row;
        Self { id, version, post_id, staff: staff_id, on: on_day }
    }
}

impl From<handover::Model> for HandoverEntry {
    fn from(row: handover::Model) -> Self {
        let handover::Model { id, version, post_id, giver_id, taker_id, items, status, given_at, accepted_at, .. } =
            row;
        Self { id, version, post_id, giver: giver_id, taker: taker_id, items, status, given_at, accepted_at }
    }
}

impl From<Checked> for PostCheckResult {
    fn from(Checked { check, fine, due_on }: Checked) -> Self {
        Self { check, fine, due_on }
    }
}

impl From<clause::Model> for DutyClause {
    fn from(row: clause::Model) -> Self {
        let clause::Model { number, title_zh, title_en, summary_zh, summary_en, .. } = row;
        Self { number, title_zh, title_en, summary_zh, summary_en }
    }
}

fn all<A, B: From<A>>(rows: impl IntoIterator<Item = A>) -> Vec<B> {
    rows.into_iter().map(B::from).collect()
}

fn posts(rows: Vec<post::Model>) -> Result<Vec<Post>> {
    rows.into_iter().map(TryInto::try_into).collect()
}

impl TryFrom<Board> for PostBoard {
    type Error = crate::error::Error;

    fn try_from(Board { on, is_working, posts, kinds, people }: Board) -> Result<Self> {
        let row =
            |(post, places): (post::Model, Vec<Place>)| Ok(BoardPost { post: post.try_into()?, places: all(places) });
        let posts = posts.into_iter().map(row).collect::<Result<_>>()?;
        Ok(Self { on, is_working, posts, kinds: all(kinds), people: names(people) })
    }
}

impl TryFrom<Page> for PostPage {
    type Error = crate::error::Error;

    fn try_from(page: Page) -> Result<Self> {
        let Page { post, kind, clauses, assignments, today, handovers, checks, people, may_plan } = page;
        Ok(Self {
            post: post.try_into()?,
            kind: kind.into(),
            clauses: all(clauses),
            assignments: all(assignments),
            today: all(today),
            handovers: all(handovers),
            checks: all(checks),
            people: names(people),
            may_plan,
        })
    }
}

impl TryFrom<Person> for StaffPage {
    type Error = crate::error::Error;

    fn try_from(person: Person) -> Result<Self> {
        let Person { staff, assignments, absences, posts: rows, people } = person;
        Ok(Self {
            staff: staff.into(),
            assignments: all(assignments),
            absences: all(absences),
            posts: posts(rows)?,
            people: names(people),
        })
    }
}

impl From<RosterDay> for RosterDayEntry {
    fn from(RosterDay { on, is_working, places }: RosterDay) -> Self {
        let posts = places.into_iter().map(|(post_id, places)| RosterPost { post_id, places: all(places) });
        Self { on, is_working, posts: posts.collect() }
    }
}

impl TryFrom<Week> for RosterWeek {
    type Error = crate::error::Error;

    fn try_from(Week { days, posts: rows, duties, people }: Week) -> Result<Self> {
        Ok(Self { days: all(days), posts: posts(rows)?, duties: all(duties), people: names(people) })
    }
}

impl TryFrom<Desk> for OwnDesk {
    type Error = crate::error::Error;

    fn try_from(Desk { me, today, to_take, lacking, people }: Desk) -> Result<Self> {
        let own = |(post, place): (post::Model, Place)| Ok(OwnPlace { post: post.try_into()?, place: place.into() });
        let lacks = |(post, checks): (post::Model, Vec<Checked>)| {
            Ok(LackingPost { post: post.try_into()?, checks: all(checks) })
        };
        Ok(Self {
            me: me.map(Into::into),
            today: today.into_iter().map(own).collect::<Result<_>>()?,
            to_take: all(to_take),
            lacking: lacking.into_iter().map(lacks).collect::<Result<_>>()?,
            people: names(people),
        })
    }
}
