//! What is typed about volunteers' services.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    PostId, ServiceRecordId, StaffId,
    volunteers::{ServiceForm, ServiceType},
};

use super::super::service::{people::Look, records::Statement};
use crate::{
    graphql::{given, tidy},
    posts::service::Seen,
};

/// A service, as the volunteer writes it down.
#[derive(InputObject)]
pub struct WriteServiceRecordInput {
    /// At which post.
    post: PostId,
    /// When.
    on: NaiveDate,
    /// From when, `HH:MM`.
    start: String,
    /// Until when, `HH:MM`, on the same day.
    end: String,
    /// What it was.
    service: ServiceType,
    /// How many were served.
    recipients: u32,
    /// In words; nobody's name.
    description: Option<String>,
}

/// A draft as it was seen, and how it shall be.
#[derive(InputObject)]
pub struct EditServiceRecordInput {
    /// Its id.
    id: ServiceRecordId,
    /// Its version.
    version: i32,
    /// When.
    on: NaiveDate,
    /// From when, `HH:MM`.
    start: String,
    /// Until when, `HH:MM`, on the same day.
    end: String,
    /// What it was.
    service: ServiceType,
    /// How many were served.
    recipients: u32,
    /// In words; nobody's name.
    description: Option<String>,
}

/// A service as it was seen.
#[derive(InputObject)]
pub struct SeenServiceRecordInput {
    /// Its id.
    id: ServiceRecordId,
    /// Its version.
    version: i32,
}

/// A code for the recipient's phone.
#[derive(InputObject)]
pub struct ShowServiceCodeInput {
    /// The service's id.
    pub id: ServiceRecordId,
    /// Its version.
    pub version: i32,
    /// The address by which the volunteer's browser knows the product; counts where the settings name none.
    pub origin: String,
}

/// A signature that the recipient drew.
#[derive(InputObject)]
pub struct SignServiceRecordInput {
    /// The service's id.
    pub id: ServiceRecordId,
    /// Its version.
    pub version: i32,
    /// Strokes of points, `x,y x,y;x,y`, in a field of 600 by 200; kept encrypted.
    #[graphql(secret)]
    pub strokes: String,
}

/// What a colleague took down of a recipient.
#[derive(InputObject)]
pub struct WitnessServiceRecordInput {
    /// The service's id.
    id: ServiceRecordId,
    /// Its version.
    version: i32,
    /// The last four digits of the recipient's phone; kept encrypted.
    tail: String,
    /// How the colleague knows; kept encrypted.
    statement: String,
}

/// What a recipient answers.
#[derive(InputObject)]
pub struct ConfirmServiceInput {
    /// The center's public code.
    pub center: String,
    /// The code that the volunteer showed.
    #[graphql(secret)]
    pub token: String,
    /// Whether it was so.
    pub happened: bool,
    /// The last four digits of their phone, if they like; kept encrypted.
    pub tail: Option<String>,
}

/// A look at somebody's vest and armband.
#[derive(InputObject)]
pub struct CheckVolunteerKitInput {
    /// Whose.
    staff: StaffId,
    /// Whether the vest was worn.
    vest: bool,
    /// Whether the armband was worn.
    armband: bool,
    /// What there is to say.
    note: Option<String>,
}

/// A word that somebody can work alone.
#[derive(InputObject)]
pub struct SignOffVolunteerInput {
    /// Who.
    pub staff: StaffId,
    /// What was seen.
    pub note: String,
}

impl WriteServiceRecordInput {
    pub fn parts(self) -> (PostId, ServiceForm) {
        let Self { post, on, start, end, service, recipients, description } = self;
        (post, form(on, (start, end), service, recipients, description))
    }
}

impl EditServiceRecordInput {
    pub fn parts(self) -> (Seen<ServiceRecordId>, ServiceForm) {
        let Self { id, version, on, start, end, service, recipients, description } = self;
        (Seen { id, version }, form(on, (start, end), service, recipients, description))
    }
}

fn form(
    on: NaiveDate,
    (start, end): (String, String),
    service: ServiceType,
    recipients: u32,
    description: Option<String>,
) -> ServiceForm {
    let description = given(description).unwrap_or_default();
    ServiceForm { on, start: tidy(&start), end: tidy(&end), service, recipients, description }
}

impl From<SeenServiceRecordInput> for Seen<ServiceRecordId> {
    fn from(SeenServiceRecordInput { id, version }: SeenServiceRecordInput) -> Self {
        Self { id, version }
    }
}

impl WitnessServiceRecordInput {
    pub fn parts(self) -> (Seen<ServiceRecordId>, Statement) {
        let Self { id, version, tail, statement } = self;
        (Seen { id, version }, Statement { tail: tidy(&tail), words: tidy(&statement) })
    }
}

impl From<CheckVolunteerKitInput> for Look {
    fn from(CheckVolunteerKitInput { staff, vest, armband, note }: CheckVolunteerKitInput) -> Self {
        Self { staff, vest, armband, note: given(note) }
    }
}
