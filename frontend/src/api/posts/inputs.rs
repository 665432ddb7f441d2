//! What is sent about posts, people and rosters.

use chrono::NaiveDate;
use domain::{
    AbsenceId, AccountId, AssignmentId, AttachmentId, DepartmentId, HandoverId, PostId, StaffId,
    posts::{AbsenceReason, Capacity, Sex, kind::PostCheck},
};

use super::schema;

#[derive(cynic::InputObject, Clone)]
pub struct PostFieldValueInput {
    pub key: String,
    pub value: String,
}

#[derive(cynic::InputObject)]
pub struct PostInput {
    pub code: String,
    pub name: String,
    pub kind: String,
    pub department_id: Option<DepartmentId>,
    pub window_no: Option<String>,
    pub location: Option<String>,
    pub public_phone: Option<String>,
    pub open_hours: Option<String>,
    pub duties: Option<String>,
    pub extra: Vec<PostFieldValueInput>,
}

#[derive(cynic::InputObject)]
pub struct EditPostInput {
    pub id: PostId,
    pub version: i32,
    pub code: String,
    pub name: String,
    pub kind: String,
    pub department_id: Option<DepartmentId>,
    pub window_no: Option<String>,
    pub location: Option<String>,
    pub public_phone: Option<String>,
    pub open_hours: Option<String>,
    pub duties: Option<String>,
    pub extra: Vec<PostFieldValueInput>,
}

#[derive(cynic::InputObject)]
pub struct SeenPostInput {
    pub id: PostId,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct NameLeadInput {
    pub id: PostId,
    pub version: i32,
    pub lead: Option<StaffId>,
}

#[derive(cynic::InputObject)]
pub struct RestrictedInput {
    pub sex: Option<Sex>,
    pub born_on: Option<NaiveDate>,
    pub party_member: Option<bool>,
}

#[derive(cynic::InputObject)]
pub struct SetSignboardPhotoInput {
    pub id: PostId,
    pub version: i32,
    pub photo: Option<AttachmentId>,
}

#[derive(cynic::InputObject)]
pub struct StaffInput {
    pub staff_no: String,
    pub name: String,
    pub title: Option<String>,
    pub department_id: Option<DepartmentId>,
    pub account_id: Option<AccountId>,
    pub joined_on: Option<NaiveDate>,
    pub restricted: Option<RestrictedInput>,
}

#[derive(cynic::InputObject)]
pub struct EditStaffInput {
    pub id: StaffId,
    pub version: i32,
    pub staff_no: String,
    pub name: String,
    pub title: Option<String>,
    pub department_id: Option<DepartmentId>,
    pub account_id: Option<AccountId>,
    pub joined_on: Option<NaiveDate>,
    pub restricted: Option<RestrictedInput>,
}

#[derive(cynic::InputObject)]
pub struct SeenStaffInput {
    pub id: StaffId,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct StaffLeavesInput {
    pub id: StaffId,
    pub version: i32,
    pub on: NaiveDate,
}

/// What only some may know, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RestrictedField {
    Sex,
    BornOn,
    PartyMember,
}

cynic::impl_scalar!(RestrictedField, schema::RestrictedField);

#[derive(cynic::InputObject)]
pub struct RevealStaffInput {
    pub id: StaffId,
    pub fields: Vec<RestrictedField>,
    pub reason: String,
}

#[derive(cynic::InputObject)]
pub struct AssignStaffInput {
    pub post: PostId,
    pub staff: StaffId,
    pub capacity: Capacity,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

#[derive(cynic::InputObject)]
pub struct EndAssignmentInput {
    pub id: AssignmentId,
    pub version: i32,
    pub until: NaiveDate,
}

#[derive(cynic::InputObject)]
pub struct SeenAssignmentInput {
    pub id: AssignmentId,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct RecordAbsenceInput {
    pub staff: StaffId,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub reason: AbsenceReason,
    pub substitute: Option<StaffId>,
}

#[derive(cynic::InputObject)]
pub struct SeenAbsenceInput {
    pub id: AbsenceId,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct AddDutyInput {
    pub post: PostId,
    pub staff: StaffId,
    pub on: NaiveDate,
}

#[derive(cynic::InputObject)]
pub struct GiveHandoverInput {
    pub post: PostId,
    pub taker: StaffId,
    pub items: String,
}

#[derive(cynic::InputObject)]
pub struct SeenHandoverInput {
    pub id: HandoverId,
    pub version: i32,
}

#[derive(cynic::InputObject)]
pub struct PostKindInput {
    pub code: String,
    pub clause: Option<String>,
    pub title_zh: String,
    pub title_en: String,
    pub summary_zh: String,
    pub summary_en: String,
    pub checks: Vec<PostCheck>,
}

#[derive(cynic::InputObject)]
pub struct NamedPostKindInput {
    pub code: String,
}
