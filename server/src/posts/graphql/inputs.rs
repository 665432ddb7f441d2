//! What is typed about posts, people and rosters.

use async_graphql::{Enum, InputObject};
use chrono::NaiveDate;
use domain::{
    AbsenceId, AccountId, AssignmentId, AttachmentId, DepartmentId, DutyId, HandoverId, PostId, StaffId,
    permission::Permission,
    posts::{
        AbsenceReason, Capacity, PostForm, Restricted, Sex, StaffForm,
        assign::Days,
        kind::{FieldOption, FieldSpec, FieldType, KindForm, PostCheck},
    },
};

use super::super::service::{
    Seen,
    people::Typed,
    plan::{NewAbsence, NewAssignment},
};
use crate::graphql::{given, tidy};

/// The value of a kind's own field.
#[derive(InputObject)]
pub struct PostFieldValueInput {
    /// Which field.
    key: String,
    /// Its value, as text.
    value: String,
}

/// A post, as filled in.
#[derive(InputObject)]
pub struct PostInput {
    /// 1 to 32 small letters, digits, dashes; unique in the center.
    code: String,
    /// Its name.
    name: String,
    /// The code of its kind.
    kind: String,
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
    /// The values of its kind's own fields.
    #[graphql(default)]
    extra: Vec<PostFieldValueInput>,
}

/// A post as it was seen, and how it shall be.
#[derive(InputObject)]
pub struct EditPostInput {
    /// Its id.
    pub id: PostId,
    /// Its version.
    pub version: i32,
    #[graphql(flatten)]
    pub typed: PostInput,
}

/// A post as it was seen.
#[derive(InputObject)]
pub struct SeenPostInput {
    /// Its id.
    pub id: PostId,
    /// Its version.
    pub version: i32,
}

/// Who leads a post from now on.
#[derive(InputObject)]
pub struct NameLeadInput {
    /// Its id.
    pub id: PostId,
    /// Its version.
    pub version: i32,
    /// Who; nobody where none is given.
    pub lead: Option<StaffId>,
}

/// The photo of a post's signboard from now on.
#[derive(InputObject)]
pub struct SetSignboardPhotoInput {
    /// The post's id.
    pub id: PostId,
    /// Its version.
    pub version: i32,
    /// A picture of the viewer's that belongs to nothing yet, or the one that hangs there; none to take it down.
    pub photo: Option<AttachmentId>,
}

/// Somebody, as filled in.
#[derive(InputObject)]
pub struct StaffInput {
    /// 工号: letters, digits, dashes; unique in the center.
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
    /// What only some may know; stays as it is where none is given.
    restricted: Option<RestrictedInput>,
}

/// What only some may know of somebody; each null is unknown.
#[derive(InputObject)]
pub struct RestrictedInput {
    /// Sex.
    sex: Option<Sex>,
    /// Day of birth.
    born_on: Option<NaiveDate>,
    /// Whether they are a member of the party.
    party_member: Option<bool>,
}

/// Somebody as they were seen, and how they shall be.
#[derive(InputObject)]
pub struct EditStaffInput {
    /// Their id.
    pub id: StaffId,
    /// Their version.
    pub version: i32,
    #[graphql(flatten)]
    pub typed: StaffInput,
}

/// Somebody as they were seen.
#[derive(InputObject)]
pub struct SeenStaffInput {
    /// Their id.
    pub id: StaffId,
    /// Their version.
    pub version: i32,
}

/// Somebody's last day.
#[derive(InputObject)]
pub struct StaffLeavesInput {
    /// Their id.
    pub id: StaffId,
    /// Their version.
    pub version: i32,
    /// The day, today at the latest.
    pub on: NaiveDate,
}

/// What only some may know.
#[derive(Enum, Clone, Copy, PartialEq, Eq)]
pub enum RestrictedField {
    /// Sex.
    Sex,
    /// Day of birth.
    BornOn,
    /// Whether they are a member of the party.
    PartyMember,
}

/// A look at what only some may know.
#[derive(InputObject)]
pub struct RevealStaffInput {
    /// Of whom.
    pub id: StaffId,
    /// Which fields.
    pub fields: Vec<RestrictedField>,
    /// Why; goes into the audit's keeping, not into the answer.
    pub reason: String,
}

/// Somebody's time at a post, as filled in.
#[derive(InputObject)]
pub struct AssignStaffInput {
    /// Where.
    post: PostId,
    /// Who.
    staff: StaffId,
    /// How.
    capacity: Capacity,
    /// The first day.
    from: NaiveDate,
    /// The last day; none while it goes on.
    until: Option<NaiveDate>,
}

/// The last day of somebody's time at a post.
#[derive(InputObject)]
pub struct EndAssignmentInput {
    /// Its id.
    pub id: AssignmentId,
    /// Its version.
    pub version: i32,
    /// The day.
    pub until: NaiveDate,
}

/// An assignment as it was seen.
#[derive(InputObject)]
pub struct SeenAssignmentInput {
    /// Its id.
    pub id: AssignmentId,
    /// Its version.
    pub version: i32,
}

/// Days away, as filled in.
#[derive(InputObject)]
pub struct RecordAbsenceInput {
    /// Who.
    staff: StaffId,
    /// The first day.
    from: NaiveDate,
    /// The last day.
    until: NaiveDate,
    /// Why.
    reason: AbsenceReason,
    /// Who stands in.
    substitute: Option<StaffId>,
}

/// An absence as it was seen.
#[derive(InputObject)]
pub struct SeenAbsenceInput {
    /// Its id.
    pub id: AbsenceId,
    /// Its version.
    pub version: i32,
}

/// A day at a post besides the assignments, as filled in.
#[derive(InputObject)]
pub struct AddDutyInput {
    /// Where.
    pub post: PostId,
    /// Who.
    pub staff: StaffId,
    /// When.
    pub on: NaiveDate,
}

/// An extra duty as it was seen.
#[derive(InputObject)]
pub struct SeenDutyInput {
    /// Its id.
    pub id: DutyId,
    /// Its version.
    pub version: i32,
}

/// What is passed on.
#[derive(InputObject)]
pub struct GiveHandoverInput {
    /// Where.
    pub post: PostId,
    /// To whom.
    pub taker: StaffId,
    /// What: keys, cases, things to know.
    pub items: String,
}

/// A handover as it was seen.
#[derive(InputObject)]
pub struct SeenHandoverInput {
    /// Its id.
    pub id: HandoverId,
    /// Its version.
    pub version: i32,
}

/// A kind's own field.
#[derive(InputObject)]
pub struct PostFieldInput {
    /// What its value is stored under.
    key: String,
    /// What it takes.
    kind: FieldType,
    /// Chinese label.
    label_zh: String,
    /// English label.
    label_en: String,
    /// What a choice is between.
    #[graphql(default)]
    options: Vec<PostFieldOptionInput>,
}

/// One of a choice.
#[derive(InputObject)]
pub struct PostFieldOptionInput {
    /// What is stored.
    key: String,
    /// Chinese label.
    label_zh: String,
    /// English label.
    label_en: String,
}

/// A kind of post, as filled in.
#[derive(InputObject)]
pub struct PostKindInput {
    /// 1 to 32 small letters, digits, dashes; unique among all kinds.
    code: String,
    /// The clause it belongs to.
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
    #[graphql(default)]
    fields: Vec<PostFieldInput>,
    /// What is looked at.
    checks: Vec<PostCheck>,
}

/// A kind of the city as it was seen, and how it shall be.
#[derive(InputObject)]
pub struct EditPostKindInput {
    /// Its version.
    pub version: i32,
    #[graphql(flatten)]
    pub typed: PostKindInput,
}

/// A kind of the city.
#[derive(InputObject)]
pub struct NamedPostKindInput {
    /// Its code.
    pub code: String,
}

impl From<PostInput> for PostForm {
    fn from(input: PostInput) -> Self {
        let extra = input.extra.into_iter().map(|field| (field.key, tidy(&field.value)));
        Self {
            code: tidy(&input.code).to_lowercase(),
            name: tidy(&input.name),
            kind: input.kind,
            department: input.department_id,
            window_no: given(input.window_no),
            location: given(input.location),
            public_phone: given(input.public_phone),
            open_hours: given(input.open_hours),
            duties: given(input.duties),
            extra: extra.filter(|(_, value)| !value.is_empty()).collect(),
        }
    }
}

impl From<StaffInput> for Typed {
    fn from(input: StaffInput) -> Self {
        let form = StaffForm {
            staff_no: tidy(&input.staff_no),
            name: tidy(&input.name),
            department: input.department_id,
            title: given(input.title),
            joined_on: input.joined_on,
        };
        let restricted = input.restricted.map(|RestrictedInput { sex, born_on, party_member }| Restricted {
            sex,
            born_on,
            party_member,
        });
        Self { form, account: input.account_id, restricted }
    }
}

impl RestrictedField {
    /// The permission that lets somebody know it.
    pub const fn permission(self) -> Permission {
        match self {
            Self::Sex => Permission::StaffSexRead,
            Self::BornOn => Permission::StaffBirthRead,
            Self::PartyMember => Permission::StaffPartyRead,
        }
    }
}

impl From<AssignStaffInput> for NewAssignment {
    fn from(AssignStaffInput { post, staff, capacity, from, until }: AssignStaffInput) -> Self {
        Self { post, staff, capacity, days: Days { from, until } }
    }
}

impl From<RecordAbsenceInput> for NewAbsence {
    fn from(RecordAbsenceInput { staff, from, until, reason, substitute }: RecordAbsenceInput) -> Self {
        Self { staff, from, until, reason, substitute }
    }
}

impl From<PostKindInput> for KindForm {
    fn from(input: PostKindInput) -> Self {
        let option = |o: PostFieldOptionInput| FieldOption {
            key: tidy(&o.key),
            label_zh: tidy(&o.label_zh),
            label_en: tidy(&o.label_en),
        };
        let field = |f: PostFieldInput| FieldSpec {
            key: tidy(&f.key),
            kind: f.kind,
            label_zh: tidy(&f.label_zh),
            label_en: tidy(&f.label_en),
            options: f.options.into_iter().map(option).collect(),
        };
        let mut checks = input.checks;
        checks.sort_unstable();
        checks.dedup();
        Self {
            code: tidy(&input.code).to_lowercase(),
            clause: given(input.clause),
            title_zh: tidy(&input.title_zh),
            title_en: tidy(&input.title_en),
            summary_zh: tidy(&input.summary_zh),
            summary_en: tidy(&input.summary_en),
            fields: input.fields.into_iter().map(field).collect(),
            checks,
        }
    }
}

macro_rules! seen {
    ($($input:ident => $id:ident),+ $(,)?) => {$(
        impl From<$input> for Seen<$id> {
            fn from($input { id, version }: $input) -> Self {
                Self { id, version }
            }
        }
    )+};
}

seen! {
    SeenPostInput => PostId,
    SeenStaffInput => StaffId,
    SeenAssignmentInput => AssignmentId,
    SeenAbsenceInput => AbsenceId,
    SeenDutyInput => DutyId,
    SeenHandoverInput => HandoverId,
}
