//! Volunteers and their services as GraphQL shows them.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    PostId, ServiceRecordId, StaffId,
    volunteers::{ConfirmationMeans, ServiceRecordAction, ServiceRecordStatus, ServiceType, VolunteerLack},
};
use entity::{post, service_record};

use super::super::service::{
    reading::{Board, Check, Found, Page, PostRate, Volunteer},
    records::Code,
};

/// A volunteer's service.
#[derive(SimpleObject)]
pub struct VolunteerServiceRecord {
    /// Its id.
    id: ServiceRecordId,
    /// How often it was changed.
    version: i32,
    /// At which post.
    post_id: PostId,
    /// Whose it is.
    staff: StaffId,
    /// When.
    on: NaiveDate,
    /// From when, `HH:MM`.
    start: String,
    /// Until when, `HH:MM`.
    end: String,
    /// How many minutes that is.
    minutes: i32,
    /// What it was.
    service: ServiceType,
    /// How many were served.
    recipients: i32,
    /// In words.
    description: Option<String>,
    /// Where it stands.
    status: ServiceRecordStatus,
    /// Whether a recipient said that it was not so.
    disputed: bool,
    /// How it was confirmed.
    means: Option<ConfirmationMeans>,
    /// When it was handed in.
    asked_at: Option<DateTime<Utc>>,
    /// The last day for a confirmation.
    due_on: Option<NaiveDate>,
    /// When it was answered, or its days had gone by.
    decided_at: Option<DateTime<Utc>>,
    /// When what proves it is removed.
    purge_on: Option<NaiveDate>,
}

/// A service with whose it is.
#[derive(SimpleObject)]
pub struct VolunteerServiceRow {
    /// The service.
    record: VolunteerServiceRecord,
    /// Who.
    name: String,
    /// Days left for a confirmation; null when nothing is awaited.
    days_left: Option<i32>,
}

/// A volunteers' post.
#[derive(SimpleObject)]
pub struct VolunteerPost {
    /// Its id.
    id: PostId,
    /// What it is called.
    name: String,
    /// Where it is.
    location: Option<String>,
}

/// How many of a post's services of the year were confirmed.
#[derive(SimpleObject)]
pub struct VolunteerPostRate {
    /// The post.
    post: VolunteerPost,
    /// How many are decided.
    decided: u32,
    /// How many of these were confirmed.
    confirmed: u32,
    /// How many a recipient said were not so.
    disputed: u32,
    /// Of a hundred; null where there are too few.
    rate: Option<u32>,
}

/// A look at a volunteer's kit, or a word that they can work alone.
#[derive(SimpleObject)]
pub struct VolunteerCheck {
    /// When.
    on: NaiveDate,
    /// Whether the vest was worn; null where that was not looked at.
    vest: Option<bool>,
    /// Whether the armband was worn.
    armband: Option<bool>,
    /// What there is to say.
    note: Option<String>,
    /// By whom.
    by: String,
}

/// A volunteer.
#[derive(SimpleObject)]
pub struct VolunteerPerson {
    /// Their id.
    id: StaffId,
    /// Their name.
    name: String,
    /// Minutes of this year's confirmed services.
    confirmed_minutes: i32,
    /// Minutes of all of this year's that were handed in.
    minutes: i32,
    /// How many these were.
    records: i32,
    /// When they first passed an induction.
    inducted_on: Option<NaiveDate>,
    /// The last look at the kit.
    kit: Option<VolunteerCheck>,
    /// The last word that they can work alone.
    competence: Option<VolunteerCheck>,
    /// What is missing.
    lacks: Vec<VolunteerLack>,
    /// Whether the viewer may look at the kit.
    may_check: bool,
    /// Whether the viewer may say that they can work alone.
    may_sign: bool,
}

/// Everything that the viewer sees of voluntary service.
#[derive(SimpleObject)]
pub struct VolunteerBoard {
    /// The year that is added up.
    year: i32,
    /// Where the viewer serves today, and may write of it.
    serves: Vec<VolunteerPost>,
    /// What waits for a recipient, the fewest days left first.
    waiting: Vec<VolunteerServiceRow>,
    /// The others, the newest first.
    recent: Vec<VolunteerServiceRow>,
    /// The volunteers.
    people: Vec<VolunteerPerson>,
    /// How many were confirmed, post by post.
    rates: Vec<VolunteerPostRate>,
    /// For how many days a look at the kit counts.
    kit_days: u32,
    /// Below how many services there is no rate.
    rate_least: u32,
}

/// One service with everything about it.
#[derive(SimpleObject)]
pub struct ServiceRecordPage {
    /// The service.
    row: VolunteerServiceRow,
    /// Where.
    post: VolunteerPost,
    /// Which colleague took the confirmation down.
    witness: Option<String>,
    /// What they stated.
    statement: Option<String>,
    /// The last digits of the recipient's phone.
    tail: Option<String>,
    /// What the recipient drew: strokes of points in a field of 600 by 200.
    signature: Option<String>,
    /// What the viewer may do.
    actions: Vec<ServiceRecordAction>,
}

/// A code for the recipient's phone; shown once.
#[derive(SimpleObject)]
pub struct ServiceCode {
    /// The address that it leads to.
    url: String,
    /// The same as a picture: rows of modules, `1` where it is dark.
    picture: Vec<String>,
    /// Until when it works.
    until: DateTime<Utc>,
}

/// What whoever was served is asked about: nobody's name.
#[derive(SimpleObject)]
pub struct ServiceToConfirm {
    /// What it was.
    service: ServiceType,
    /// When.
    on: NaiveDate,
    /// From when, `HH:MM`.
    start: String,
    /// Until when, `HH:MM`.
    end: String,
    /// At which post.
    post: String,
    /// Where that is.
    place: Option<String>,
}

impl From<service_record::Model> for VolunteerServiceRecord {
    fn from(row: service_record::Model) -> Self {
        Self {
            id: row.id,
            version: row.version,
            post_id: row.post_id,
            staff: row.staff_id,
            on: row.on_day,
            start: row.start,
            end: row.finish,
            minutes: row.minutes,
            service: row.service,
            recipients: row.recipients,
            description: row.description,
            status: row.status,
            disputed: row.disputed,
            means: row.means,
            asked_at: row.asked_at,
            due_on: row.due_on,
            decided_at: row.decided_at,
            purge_on: row.purge_on,
        }
    }
}

impl From<Found> for VolunteerServiceRow {
    fn from(Found { row, name, days_left }: Found) -> Self {
        Self { record: row.into(), name, days_left: days_left.and_then(|days| i32::try_from(days).ok()) }
    }
}

impl From<post::Model> for VolunteerPost {
    fn from(post::Model { id, name, location, .. }: post::Model) -> Self {
        Self { id, name, location }
    }
}

impl From<PostRate> for VolunteerPostRate {
    fn from(PostRate { post, decided, confirmed, disputed, rate }: PostRate) -> Self {
        Self { post: post.into(), decided, confirmed, disputed, rate }
    }
}

impl From<Check> for VolunteerCheck {
    fn from(Check { row, by }: Check) -> Self {
        Self { on: row.on_day, vest: row.vest, armband: row.armband, note: row.note, by }
    }
}

impl From<Volunteer> for VolunteerPerson {
    fn from(row: Volunteer) -> Self {
        let whole = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
        Self {
            id: row.id,
            name: row.name,
            confirmed_minutes: whole(row.confirmed_minutes),
            minutes: whole(row.minutes),
            records: whole(row.records),
            inducted_on: row.inducted_on,
            kit: row.kit.map(Into::into),
            competence: row.competence.map(Into::into),
            lacks: row.lacks,
            may_check: row.may_check,
            may_sign: row.may_sign,
        }
    }
}

impl From<Board> for VolunteerBoard {
    fn from(board: Board) -> Self {
        fn all<A, B: From<A>>(rows: Vec<A>) -> Vec<B> {
            rows.into_iter().map(Into::into).collect()
        }
        let Board { year, serves, waiting, recent, people, rates, kit_days, rate_least } = board;
        Self {
            year,
            serves: all(serves),
            waiting: all(waiting),
            recent: all(recent),
            people: all(people),
            rates: all(rates),
            kit_days,
            rate_least,
        }
    }
}

impl From<Page> for ServiceRecordPage {
    fn from(page: Page) -> Self {
        let Page { found, post, witness, statement, tail, signature, actions } = page;
        Self { row: found.into(), post: post.into(), witness, statement, tail, signature, actions }
    }
}

impl From<Code> for ServiceCode {
    fn from(Code { url, picture, until }: Code) -> Self {
        Self { url, picture, until }
    }
}

impl From<(service_record::Model, post::Model)> for ServiceToConfirm {
    fn from((row, post): (service_record::Model, post::Model)) -> Self {
        let service_record::Model { service, on_day, start, finish, .. } = row;
        Self { service, on: on_day, start, end: finish, post: post.name, place: post.location }
    }
}
