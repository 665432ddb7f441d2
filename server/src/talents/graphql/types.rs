//! Talents' requests and answers to questions of policy as GraphQL shows them.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    PolicyAnswerId, PostId, StaffId, TalentAppointmentId, TalentEventId, TalentRequestId,
    complaints::HandlingSatisfaction,
    talents::{
        AppointmentStatus, TalentAction, TalentChannel, TalentField, TalentMatter, TalentStatus, TalentType, TellMode,
    },
};
use entity::{policy_answer, post, staff_member, talent_appointment, talent_event, talent_request};

use super::super::service::{
    answers,
    contact::Contact,
    reading::{Found, List, Page},
    stewards::Steward,
};
use crate::posts::repo::People;

/// A talent's request, without who it is.
#[derive(SimpleObject)]
pub struct TalentRequest {
    /// Its id.
    id: TalentRequestId,
    /// How often it was changed.
    version: i32,
    /// At which post.
    post_id: PostId,
    /// What kind of talent.
    kind: TalentType,
    /// Where they work.
    enterprise: Option<String>,
    /// In what.
    field: TalentField,
    /// How the request came.
    channel: TalentChannel,
    /// What is asked for.
    matter: TalentMatter,
    /// Whether it is about a key project of an enterprise.
    key_project: bool,
    /// Where it stands.
    status: TalentStatus,
    /// The family name.
    name: Option<String>,
    /// The phone, its middle hidden.
    phone: Option<String>,
    /// Who follows it.
    steward: Option<StaffId>,
    /// When it came.
    requested_at: DateTime<Utc>,
    /// By when something new is to be noted.
    progress_due_on: Option<NaiveDate>,
    /// When to get in touch next.
    next_contact_on: Option<NaiveDate>,
    /// Since when the result is there.
    settled_on: Option<NaiveDate>,
    /// When the talent was told last.
    told_on: Option<NaiveDate>,
    /// When it ended.
    finished_at: Option<DateTime<Utc>>,
    /// How satisfied the talent is.
    satisfaction: Option<HandlingSatisfaction>,
    /// When the details are removed.
    purge_on: Option<NaiveDate>,
}

/// A request in a list.
#[derive(SimpleObject)]
pub struct TalentRow {
    /// The request.
    request: TalentRequest,
    /// Whether nobody has noted anything for too long.
    overdue: bool,
    /// Whether somebody was to get in touch, and has not.
    contact_passed: bool,
}

/// A talent post.
#[derive(SimpleObject)]
pub struct TalentPost {
    /// Its id.
    id: PostId,
    /// What it is called.
    name: String,
}

/// Somebody's name.
#[derive(SimpleObject)]
pub struct TalentPerson {
    /// Their id.
    id: StaffId,
    /// Their name.
    name: String,
}

/// Somebody assigned to a talent post, with what is asked of them.
#[derive(SimpleObject)]
pub struct TalentSteward {
    /// Their id.
    id: StaffId,
    /// Their name.
    name: String,
    /// At which of the posts.
    posts: Vec<PostId>,
    /// Since when they are a senior clerk.
    senior_since: Option<NaiveDate>,
    /// The first day of this year on which they were trained in talent policy.
    trained_on: Option<NaiveDate>,
}

/// Everything at the center's talent posts.
#[derive(SimpleObject)]
pub struct TalentList {
    /// The posts at which the viewer takes requests.
    posts: Vec<TalentPost>,
    /// What the viewer follows, the most urgent first.
    mine: Vec<TalentRow>,
    /// What others follow or nobody yet, the most urgent first.
    open: Vec<TalentRow>,
    /// What is over, the newest first.
    over: Vec<TalentRow>,
    /// Who is at the posts.
    stewards: Vec<TalentSteward>,
    /// Names of those who follow requests.
    people: Vec<TalentPerson>,
    /// Whether the viewer says who is a senior clerk.
    directs: bool,
}

/// A line in the log.
#[derive(SimpleObject)]
pub struct TalentEvent {
    /// Its id.
    id: TalentEventId,
    /// What was done; null for the beginning.
    action: Option<TalentAction>,
    /// Where the request stood then.
    status: TalentStatus,
    /// When.
    at: DateTime<Utc>,
    /// By whom.
    actor: String,
    /// What was said; null where nothing was, it was removed, or the viewer does not follow the request.
    body: Option<String>,
    /// The day that it is about: of a contact, an appointment, or on which the talent was told.
    on: Option<NaiveDate>,
    /// How the talent was told.
    mode: Option<TellMode>,
    /// What became of an appointment.
    outcome: Option<AppointmentStatus>,
}

/// An appointment with a talent.
#[derive(SimpleObject)]
pub struct TalentAppointment {
    /// Its id.
    id: TalentAppointmentId,
    /// When.
    at: DateTime<Utc>,
    /// Where; null where it was removed, or the viewer does not follow the request.
    place: Option<String>,
    /// What became of it.
    status: AppointmentStatus,
}

/// A request with everything about it.
#[derive(SimpleObject)]
pub struct TalentPage {
    /// The request.
    row: TalentRow,
    /// Its post.
    post: TalentPost,
    /// What is asked for, in words; null where it was removed, or the viewer does not follow the request.
    description: Option<String>,
    /// What has come of it; null also while there is no result.
    result: Option<String>,
    /// The log, oldest first.
    events: Vec<TalentEvent>,
    /// Appointments, the latest first.
    appointments: Vec<TalentAppointment>,
    /// The steward's name.
    people: Vec<TalentPerson>,
    /// Who could be the steward.
    stewards: Vec<TalentSteward>,
    /// What the viewer may do.
    actions: Vec<TalentAction>,
    /// Whether the viewer may see who it is.
    reveals: bool,
}

/// Who a talent is.
#[derive(SimpleObject)]
pub struct TalentContact {
    /// Name.
    name: Option<String>,
    /// Phone.
    phone: Option<String>,
}

/// A question of policy with its answer.
#[derive(SimpleObject)]
pub struct PolicyAnswer {
    /// Its id.
    id: PolicyAnswerId,
    /// How often it was changed.
    version: i32,
    /// What is asked.
    question: String,
    /// What is answered.
    answer: String,
    /// The document that says so.
    source: String,
    /// Its day.
    source_on: NaiveDate,
    /// When somebody looked whether it still holds.
    reviewed_on: NaiveDate,
}

/// An answer in a list.
#[derive(SimpleObject)]
pub struct PolicyAnswerRow {
    /// The answer.
    answer: PolicyAnswer,
    /// By when it is to be looked at again.
    review_due_on: Option<NaiveDate>,
    /// Whether that day has gone by.
    overdue: bool,
}

/// Answers that were looked for.
#[derive(SimpleObject)]
pub struct PolicyAnswerList {
    /// The answers, the oldest look first.
    answers: Vec<PolicyAnswerRow>,
    /// Whether the viewer may change them.
    may_keep: bool,
}

impl From<talent_request::Model> for TalentRequest {
    fn from(row: talent_request::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            post_id: row.post_id,
            kind: row.kind,
            enterprise: row.enterprise,
            field: row.field,
            channel: row.channel,
            matter: row.matter,
            key_project: row.key_project,
            status: row.status,
            name: row.name_mask,
            phone: row.phone_mask,
            steward: row.steward_id,
            requested_at: row.requested_at,
            progress_due_on: row.progress_due_on,
            next_contact_on: row.next_contact_on,
            settled_on: row.settled_on,
            told_on: row.told_on,
            finished_at: row.finished_at,
            satisfaction: row.satisfaction,
            purge_on: row.purge_on,
        }
    }
}

impl From<Found> for TalentRow {
    fn from(Found { row, overdue, contact_passed }: Found) -> Self {
        Self { request: row.into(), overdue, contact_passed }
    }
}

impl From<post::Model> for TalentPost {
    fn from(post::Model { id, name, .. }: post::Model) -> Self {
        Self { id, name }
    }
}

impl From<staff_member::Model> for TalentPerson {
    fn from(staff_member::Model { id, name, .. }: staff_member::Model) -> Self {
        Self { id, name }
    }
}

impl From<Steward> for TalentSteward {
    fn from(Steward { row, posts, senior_since, trained_on }: Steward) -> Self {
        Self { id: row.id, name: row.name, posts, senior_since, trained_on }
    }
}

/// Names, by number.
fn names(people: People) -> Vec<TalentPerson> {
    let mut rows: Vec<_> = people.into_values().collect();
    rows.sort_by(|a, b| a.staff_no.cmp(&b.staff_no));
    all(rows)
}

fn all<A, B: From<A>>(rows: Vec<A>) -> Vec<B> {
    rows.into_iter().map(Into::into).collect()
}

impl From<List> for TalentList {
    fn from(List { posts, mine, open, over, stewards, people, directs }: List) -> Self {
        let (mine, open, over) = (all(mine), all(open), all(over));
        Self { posts: all(posts), mine, open, over, stewards: all(stewards), people: names(people), directs }
    }
}

impl From<Page> for TalentPage {
    fn from(page: Page) -> Self {
        let Page { found, post, description, result, names: accounts, people, actions, reveals, .. } = page;
        let event = |(row, body): (talent_event::Model, Option<String>)| TalentEvent {
            id: row.id,
            action: row.action,
            status: row.status,
            at: row.at,
            actor: accounts.get(&row.actor_id).cloned().unwrap_or_default(),
            body,
            on: row.on_day,
            mode: row.mode,
            outcome: row.outcome,
        };
        let appointment = |(row, place): (talent_appointment::Model, Option<String>)| TalentAppointment {
            id: row.id,
            at: row.at,
            place,
            status: row.status,
        };
        Self {
            row: found.into(),
            post: post.into(),
            description,
            result,
            events: page.events.into_iter().map(event).collect(),
            appointments: page.appointments.into_iter().map(appointment).collect(),
            people: names(people),
            stewards: all(page.stewards),
            actions,
            reveals,
        }
    }
}

impl From<Contact> for TalentContact {
    fn from(Contact { name, phone }: Contact) -> Self {
        Self { name, phone }
    }
}

impl From<policy_answer::Model> for PolicyAnswer {
    fn from(row: policy_answer::Model) -> Self {
        let policy_answer::Model { id, version, question, answer, source, source_on, reviewed_on, .. } = row;
        Self { id, version, question, answer, source, source_on, reviewed_on }
    }
}

impl From<answers::Found> for PolicyAnswerRow {
    fn from(answers::Found { row, review_due_on, overdue }: answers::Found) -> Self {
        Self { answer: row.into(), review_due_on, overdue }
    }
}

impl From<answers::List> for PolicyAnswerList {
    fn from(answers::List { answers, may_keep }: answers::List) -> Self {
        Self { answers: all(answers), may_keep }
    }
}
