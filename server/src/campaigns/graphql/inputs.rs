//! What is typed about rounds of evaluation.

use async_graphql::InputObject;
use chrono::NaiveDate;
use domain::{
    AccountId, AttachmentId, CampaignId, CampaignRaterId, CampaignRemarkId, CampaignTargetId, FormVersionId, PostId,
    RepresentativeConflictId, RepresentativeId, StaffId, Violation,
    campaigns::{
        CampaignKind,
        ballot::BallotContent,
        draw::RepresentativeForm,
        remarks::{Opinion, RemarkCategory},
    },
    improvement::RectificationCause,
    permission::Role,
};

use super::super::service::{
    planning::{NewTarget, Typed},
    rating::Filled,
    remarks::{Classified, Outcome},
    roster::NewConflict,
};
use crate::{
    error::Result,
    graphql::{given, tidy},
    posts::service::Seen,
};

/// Somebody for the roster.
#[derive(InputObject)]
pub struct RepresentativeInput {
    /// Their group: `PARTY_DELEGATE`, `CONGRESS_DEPUTY` or `CPPCC_MEMBER`.
    group: Role,
    /// Their name.
    name: String,
    /// Where they work or whom they stand for.
    unit: String,
    /// The first day of their term.
    from: NaiveDate,
    /// The last one.
    until: NaiveDate,
    /// Who of the staff they are, where they work in the center.
    staff: Option<StaffId>,
}

/// Somebody of the roster as they were seen, and how they shall be.
#[derive(InputObject)]
pub struct EditRepresentativeInput {
    /// Their id.
    id: RepresentativeId,
    /// Its version.
    version: i32,
    /// Their group.
    group: Role,
    /// Their name.
    name: String,
    /// Where they work or whom they stand for.
    unit: String,
    /// The first day of their term.
    from: NaiveDate,
    /// The last one.
    until: NaiveDate,
    /// Who of the staff they are, where they work in the center.
    staff: Option<StaffId>,
}

/// An interest of a representative: in a post, or in somebody's work.
#[derive(InputObject)]
pub struct RepresentativeConflictInput {
    /// Whose.
    representative: RepresentativeId,
    /// In which post.
    post: Option<PostId>,
    /// Or in whom of the staff.
    staff: Option<StaffId>,
    /// Why.
    reason: String,
}

/// An interest.
#[derive(InputObject)]
pub struct LiftConflictInput {
    /// Its id.
    pub id: RepresentativeConflictId,
}

/// A round to be planned.
#[derive(InputObject)]
pub struct PlanCampaignInput {
    /// Who rates in it.
    kind: CampaignKind,
    /// By which version of a form.
    form: FormVersionId,
    /// What it is called.
    name: String,
    /// The first day on which forms are taken.
    starts_on: NaiveDate,
    /// The last one.
    ends_on: NaiveDate,
    /// Until when its raters read replies; the city's days after its end without one.
    replies_until: Option<NaiveDate>,
    /// A mean is shown of so many forms at least; the city's number without one.
    least: Option<u32>,
    /// What the raters are told beforehand.
    briefing: String,
}

/// A round as it was seen, and how it shall be.
#[derive(InputObject)]
pub struct EditCampaignInput {
    /// Its id.
    id: CampaignId,
    /// Its version.
    version: i32,
    /// By which version of a form.
    form: FormVersionId,
    /// What it is called.
    name: String,
    /// The first day on which forms are taken.
    starts_on: NaiveDate,
    /// The last one.
    ends_on: NaiveDate,
    /// Until when its raters read replies.
    replies_until: Option<NaiveDate>,
    /// A mean is shown of so many forms at least.
    least: Option<u32>,
    /// What the raters are told beforehand.
    briefing: String,
}

/// A round as it was seen.
#[derive(InputObject)]
pub struct SeenCampaignInput {
    /// Its id.
    id: CampaignId,
    /// Its version.
    version: i32,
}

/// Something to be rated: a post, somebody, or neither: then the center.
#[derive(InputObject)]
pub struct CampaignTargetInput {
    /// A post.
    post: Option<PostId>,
    /// Somebody of the staff.
    staff: Option<StaffId>,
    /// Their group of peers.
    pool: Option<String>,
}

/// A round as it was seen, and all that shall be rated in it.
#[derive(InputObject)]
pub struct SetCampaignTargetsInput {
    /// Its id.
    id: CampaignId,
    /// Its version.
    version: i32,
    /// In this order.
    targets: Vec<CampaignTargetInput>,
}

/// A round as it was seen, and how many of each group shall rate.
#[derive(InputObject)]
pub struct DrawCampaignRatersInput {
    /// Its id.
    pub id: CampaignId,
    /// Its version.
    pub version: i32,
    /// How many, those who are there already included.
    pub per_group: u32,
}

/// A round as it was seen, and a member of the center who shall rate.
#[derive(InputObject)]
pub struct NameCampaignRaterInput {
    /// Its id.
    pub id: CampaignId,
    /// Its version.
    pub version: i32,
    /// Who.
    pub account: AccountId,
    /// Their group of peers.
    pub pool: Option<String>,
}

/// Somebody who was drawn, as they were seen, and the login that they get.
#[derive(InputObject)]
pub struct InviteCampaignRaterInput {
    /// Their id.
    pub id: CampaignRaterId,
    /// Its version.
    pub version: i32,
    /// 3 to 64 letters, digits, dots, dashes. Somebody who was invited already keeps theirs.
    pub login: String,
}

/// A rater as they were seen.
#[derive(InputObject)]
pub struct SeenCampaignRaterInput {
    /// Their id.
    id: CampaignRaterId,
    /// Its version.
    version: i32,
}

/// A rater as they were seen, and why they do not take part.
#[derive(InputObject)]
pub struct ExcuseCampaignRaterInput {
    /// Their id.
    pub id: CampaignRaterId,
    /// Its version.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// A round as it was seen, and why a group was not heard enough.
#[derive(InputObject)]
pub struct PublishCampaignInput {
    /// Its id.
    pub id: CampaignId,
    /// Its version.
    pub version: i32,
    /// Asked for where a group was not heard enough.
    pub note: Option<String>,
}

/// A remark as it was seen, and what becomes of it.
#[derive(InputObject)]
pub struct ClassifyRemarkInput {
    /// Its id.
    id: CampaignRemarkId,
    /// Its version.
    version: i32,
    /// What it is about.
    category: RemarkCategory,
    /// The kind of cause: then a rectification task is opened; without one nothing is done, and the reply says why.
    cause: Option<RectificationCause>,
    /// In how many working days; the city's number without one.
    days: Option<u32>,
    /// Whose the task is, where that is known.
    owner: Option<StaffId>,
    /// What whoever said it is told.
    reply: String,
}

/// A remark as it was seen, and another reply.
#[derive(InputObject)]
pub struct ReplyToRemarkInput {
    /// Its id.
    pub id: CampaignRemarkId,
    /// Its version.
    pub version: i32,
    /// What whoever said it is told.
    pub reply: String,
}

/// Whether one takes part in a round.
#[derive(InputObject)]
pub struct AnswerCampaignInput {
    /// Which.
    pub id: CampaignId,
    /// Whether one does.
    pub accept: bool,
    /// Why not.
    pub reason: Option<String>,
}

/// What is filled in about a target.
#[derive(InputObject)]
pub struct BallotInput {
    /// Which target.
    target: CampaignTargetId,
    /// How often the form about it was saved: 0 for the first time.
    version: i32,
    /// By which version of a form: the round's.
    form: FormVersionId,
    /// What.
    content: BallotContent,
    /// What proves it: every file that the content names.
    #[graphql(default)]
    files: Vec<AttachmentId>,
}

/// A target that one stands back from.
#[derive(InputObject)]
pub struct RecuseFromTargetInput {
    /// Which.
    pub target: CampaignTargetId,
    /// How often the form about it was saved.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// A remark of one's own as it was seen, and what one thinks of the reply.
#[derive(InputObject)]
pub struct JudgeReplyInput {
    /// Its id.
    pub id: CampaignRemarkId,
    /// Its version.
    pub version: i32,
    /// Whether it answers.
    pub opinion: Opinion,
    /// In words; asked for where it does not.
    pub note: Option<String>,
}

impl From<RepresentativeInput> for RepresentativeForm {
    fn from(input: RepresentativeInput) -> Self {
        let RepresentativeInput { group, name, unit, from, until, staff } = input;
        Self { group, name: tidy(&name), unit: tidy(&unit), from, until, staff }
    }
}

impl EditRepresentativeInput {
    pub fn parts(self) -> (Seen<RepresentativeId>, RepresentativeForm) {
        let Self { id, version, group, name, unit, from, until, staff } = self;
        (Seen { id, version }, RepresentativeForm { group, name: tidy(&name), unit: tidy(&unit), from, until, staff })
    }
}

impl From<RepresentativeConflictInput> for NewConflict {
    fn from(input: RepresentativeConflictInput) -> Self {
        let RepresentativeConflictInput { representative, post, staff, reason } = input;
        Self { representative, post, staff, reason: tidy(&reason) }
    }
}

impl PlanCampaignInput {
    pub fn parts(self) -> (CampaignKind, Typed) {
        let Self { kind, form, name, starts_on, ends_on, replies_until, least, briefing } = self;
        let (name, briefing) = (tidy(&name), tidy(&briefing));
        (kind, Typed { form, name, starts_on, ends_on, replies_until, least, briefing })
    }
}

impl EditCampaignInput {
    pub fn parts(self) -> (Seen<CampaignId>, Typed) {
        let Self { id, version, form, name, starts_on, ends_on, replies_until, least, briefing } = self;
        let (name, briefing) = (tidy(&name), tidy(&briefing));
        (Seen { id, version }, Typed { form, name, starts_on, ends_on, replies_until, least, briefing })
    }
}

impl From<SeenCampaignInput> for Seen<CampaignId> {
    fn from(SeenCampaignInput { id, version }: SeenCampaignInput) -> Self {
        Self { id, version }
    }
}

impl From<SeenCampaignRaterInput> for Seen<CampaignRaterId> {
    fn from(SeenCampaignRaterInput { id, version }: SeenCampaignRaterInput) -> Self {
        Self { id, version }
    }
}

impl SetCampaignTargetsInput {
    pub fn parts(self) -> (Seen<CampaignId>, Vec<NewTarget>) {
        let Self { id, version, targets } = self;
        let target = |CampaignTargetInput { post, staff, pool }| NewTarget { post, staff, pool: given(pool) };
        (Seen { id, version }, targets.into_iter().map(target).collect())
    }
}

impl ClassifyRemarkInput {
    pub fn parts(self) -> Result<(Seen<CampaignRemarkId>, Classified)> {
        let Self { id, version, category, cause, days, owner, reply } = self;
        let outcome = match cause {
            Some(cause) => Outcome::Task { cause, days, owner },
            None if days.is_some() || owner.is_some() => {
                return Err(Violation::new("cause", "form.required").into());
            }
            None => Outcome::NoAction,
        };
        Ok((Seen { id, version }, Classified { category, outcome, reply: tidy(&reply) }))
    }
}

impl From<BallotInput> for Filled {
    fn from(BallotInput { target, version, form, content, files }: BallotInput) -> Self {
        Self { target, version, form, content, files }
    }
}
