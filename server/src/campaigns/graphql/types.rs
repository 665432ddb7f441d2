//! Rounds of evaluation as GraphQL shows them.

use async_graphql::SimpleObject;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AccountId, CampaignFormId, CampaignId, CampaignRaterId, CampaignRemarkId, CampaignTargetId, FormVersionId, PostId,
    RectificationTaskId, RepresentativeConflictId, RepresentativeId, StaffId,
    campaigns::{
        BallotStatus, CampaignAction, CampaignKind, CampaignStatus, RaterStatus, TargetKind,
        ballot::BallotContent,
        draw::Recusal,
        remarks::{Disposition, Opinion, RemarkCategory, RemarkKind},
        steps::CampaignStep,
    },
    evaluation::forms::{FormContent, FormKind},
    permission::Role,
};

use crate::{files::graphql::AttachedFile, posts::graphql::StaffName};

/// Somebody whom rounds are drawn from.
#[derive(SimpleObject)]
pub struct Representative {
    /// Their id.
    pub(super) id: RepresentativeId,
    /// How often they were changed.
    pub(super) version: i32,
    /// Their group.
    pub(super) group: Role,
    /// Their name.
    pub(super) name: String,
    /// Where they work or whom they stand for.
    pub(super) unit: String,
    /// The first day of their term.
    pub(super) from: NaiveDate,
    /// The last one.
    pub(super) until: NaiveDate,
    /// Who of the staff they are; such a one is never drawn.
    pub(super) staff: Option<StaffId>,
}

/// Somebody of the roster with their interests.
#[derive(SimpleObject)]
pub struct RepresentativeEntry {
    /// Who.
    pub(super) representative: Representative,
    /// In how many rounds they were drawn.
    pub(super) drawn: u32,
    /// Their interests.
    pub(super) conflicts: Vec<RepresentativeConflict>,
}

/// An interest of a representative.
#[derive(SimpleObject)]
pub struct RepresentativeConflict {
    /// Its id.
    pub(super) id: RepresentativeConflictId,
    /// In which post.
    pub(super) post_id: Option<PostId>,
    /// Or in whom of the staff.
    pub(super) staff: Option<StaffId>,
    /// What that is called.
    pub(super) about: String,
    /// Why.
    pub(super) reason: String,
}

/// A round of evaluation.
#[derive(SimpleObject)]
pub struct Campaign {
    /// Its id.
    pub(super) id: CampaignId,
    /// How often it was changed.
    pub(super) version: i32,
    /// Who rates in it.
    pub(super) kind: CampaignKind,
    /// What it is called.
    pub(super) name: String,
    /// By which version of a form.
    pub(super) form_version: FormVersionId,
    /// The first day on which forms are taken.
    pub(super) starts_on: NaiveDate,
    /// The last one.
    pub(super) ends_on: NaiveDate,
    /// Until when its raters read replies.
    pub(super) replies_until: NaiveDate,
    /// A mean is shown of so many forms at least.
    pub(super) least: i32,
    /// What the raters are told beforehand.
    pub(super) briefing: String,
    /// Where it is.
    pub(super) status: CampaignStatus,
    /// Why a group was not heard enough.
    pub(super) coverage_note: Option<String>,
    /// When it was closed.
    pub(super) closed_at: Option<DateTime<Utc>>,
    /// When the rated could see what it came to.
    pub(super) published_at: Option<DateTime<Utc>>,
    /// Whether the city organises it: then the city opens and closes it, and says what it is.
    pub(super) by_city: bool,
}

/// Something that is rated.
#[derive(SimpleObject)]
pub struct CampaignTarget {
    /// Its id.
    pub(super) id: CampaignTargetId,
    /// What it is.
    pub(super) kind: TargetKind,
    /// The post.
    pub(super) post_id: Option<PostId>,
    /// Or somebody of the staff.
    pub(super) staff: Option<StaffId>,
    /// Their group of peers.
    pub(super) pool: Option<String>,
    /// What it was called when it was chosen; null for the center.
    pub(super) name: Option<String>,
    /// Where the post is, or the person's number.
    pub(super) detail: Option<String>,
}

/// Somebody who rates.
#[derive(SimpleObject)]
pub struct CampaignRater {
    /// Their id.
    pub(super) id: CampaignRaterId,
    /// How often they were changed.
    pub(super) version: i32,
    /// As whom they rate.
    pub(super) role: Role,
    /// Their name.
    pub(super) name: String,
    /// Their unit.
    pub(super) unit: Option<String>,
    /// Their group of peers.
    pub(super) pool: Option<String>,
    /// Where they are.
    pub(super) status: RaterStatus,
    /// Why they do not take part.
    pub(super) reason: Option<String>,
    /// By which number they were drawn.
    pub(super) seed: Option<String>,
    /// When they took part, having read the briefing.
    pub(super) briefed_at: Option<DateTime<Utc>>,
    /// When they were reminded.
    pub(super) reminded_at: Option<DateTime<Utc>>,
}

/// Somebody who rates, with how far they are.
#[derive(SimpleObject)]
pub struct CampaignRaterEntry {
    /// Who.
    pub(super) rater: CampaignRater,
    /// How many targets are theirs.
    pub(super) assigned: u32,
    /// How many forms they handed in.
    pub(super) handed_in: u32,
    /// From how many targets they stood back.
    pub(super) recused: u32,
}

/// A group of raters.
#[derive(SimpleObject)]
pub struct CampaignCoverage {
    /// As whom they rate.
    pub(super) role: Role,
    /// How many are in the round and have not declined.
    pub(super) named: u32,
    /// How many take part.
    pub(super) accepted: u32,
    /// How many have handed in all that is theirs.
    pub(super) done: u32,
    /// How many are needed; 0 where no number is asked for.
    pub(super) least: u32,
}

/// What was given about a target, on average; in hundredths of a point.
#[derive(SimpleObject)]
pub struct CampaignMean {
    /// Which target.
    pub(super) target: CampaignTargetId,
    /// The mean; null of too few forms.
    pub(super) mean: Option<u32>,
    /// Of how many forms; null with it.
    pub(super) forms: Option<u32>,
    /// Where the mean of many such forms would lie nineteen times out of twenty, from; for those who read every form.
    pub(super) from: Option<u32>,
    /// … to.
    pub(super) to: Option<u32>,
}

/// The mean of a part of the form; in hundredths of a point.
#[derive(SimpleObject)]
pub struct CampaignPartMean {
    /// Of which target.
    pub(super) target: CampaignTargetId,
    /// The part's code in the form.
    pub(super) code: String,
    /// Its Chinese name.
    pub(super) title_zh: String,
    /// Its English name.
    pub(super) title_en: String,
    /// The mean.
    pub(super) mean: u32,
    /// The most that it may come to.
    pub(super) most: u32,
}

/// A form that was handed in.
#[derive(SimpleObject)]
pub struct CampaignForm {
    /// Its id.
    pub(super) id: CampaignFormId,
    /// About which target.
    pub(super) target: CampaignTargetId,
    /// Whose.
    pub(super) rater: Option<CampaignRaterId>,
    /// What was filled in, but for the remarks.
    pub(super) content: BallotContent,
    /// What it comes to, in hundredths of a point.
    pub(super) total: i32,
    /// Whether a veto item was found.
    pub(super) vetoed: bool,
    /// What proves it.
    pub(super) files: Vec<AttachedFile>,
}

/// A problem or a suggestion.
#[derive(SimpleObject)]
pub struct CampaignRemark {
    /// Its id.
    pub(super) id: CampaignRemarkId,
    /// How often it was changed.
    pub(super) version: i32,
    /// About which target.
    pub(super) target: CampaignTargetId,
    /// Whose; null where the vote is secret.
    pub(super) rater: Option<CampaignRaterId>,
    /// Which of the two.
    pub(super) kind: RemarkKind,
    /// The words.
    pub(super) text: String,
    /// What it is about.
    pub(super) category: Option<RemarkCategory>,
    /// What becomes of it.
    pub(super) disposition: Disposition,
    /// The rectification task.
    pub(super) task: Option<RectificationTaskId>,
    /// What whoever said it is told.
    pub(super) reply: Option<String>,
    /// When.
    pub(super) replied_at: Option<DateTime<Utc>>,
    /// What they think of that.
    pub(super) opinion: Option<Opinion>,
    /// In words.
    pub(super) opinion_note: Option<String>,
}

/// One round with everything about it.
#[derive(SimpleObject)]
pub struct CampaignPage {
    /// The round.
    pub(super) campaign: Campaign,
    /// The number of the form's version.
    pub(super) form_number: i32,
    /// What is in the form.
    pub(super) form: FormContent,
    /// How far the round has come.
    pub(super) step: CampaignStep,
    /// What is rated, in order.
    pub(super) targets: Vec<CampaignTarget>,
    /// Who rates.
    pub(super) raters: Vec<CampaignRaterEntry>,
    /// The groups of raters.
    pub(super) coverage: Vec<CampaignCoverage>,
    /// Whether each group has been heard enough.
    pub(super) covered: bool,
    /// The mean of each target.
    pub(super) means: Vec<CampaignMean>,
    /// The mean of all forms about targets that are shown.
    pub(super) whole: Option<u32>,
    /// How many targets are not shown, since they have too few forms.
    pub(super) hidden: u32,
    /// Means by part of the form, of each target that is shown.
    pub(super) parts: Vec<CampaignPartMean>,
    /// The forms, for whoever organises; none where the vote is secret, and none about the viewer.
    pub(super) forms: Vec<CampaignForm>,
    /// What was said besides, for the same.
    pub(super) remarks: Vec<CampaignRemark>,
    /// How many remarks nobody has worked through.
    pub(super) open_remarks: usize,
    /// What the viewer may do with the round now.
    pub(super) actions: Vec<CampaignAction>,
}

/// Whom a draw passed over.
#[derive(SimpleObject)]
pub struct CampaignRecused {
    /// Their name.
    pub(super) name: String,
    /// Why.
    pub(super) recusal: Recusal,
}

/// Of which group there were not enough.
#[derive(SimpleObject)]
pub struct CampaignShort {
    /// Which group.
    pub(super) role: Role,
    /// How many are missing.
    pub(super) missing: u32,
}

/// What a draw came to.
#[derive(SimpleObject)]
pub struct CampaignDraw {
    /// The round, changed by it.
    pub(super) campaign: Campaign,
    /// By which number it can be drawn again.
    pub(super) seed: String,
    /// How many were drawn.
    pub(super) drawn: usize,
    /// Of which groups there were not enough.
    pub(super) short: Vec<CampaignShort>,
    /// Whom it passed over.
    pub(super) recused: Vec<CampaignRecused>,
}

/// Somebody invited.
#[derive(SimpleObject)]
pub struct CampaignInvitation {
    /// Who.
    pub(super) rater: CampaignRater,
    /// Their login.
    pub(super) login: String,
    /// The secret part of the link's address; shown once.
    pub(super) token: String,
    /// Until when the link works.
    pub(super) expires_at: DateTime<Utc>,
}

/// A post that may be rated.
#[derive(SimpleObject)]
pub struct CampaignPost {
    /// Its id.
    pub(super) id: PostId,
    /// Its code.
    pub(super) code: String,
    /// What it is called.
    pub(super) name: String,
}

/// A form that a round may use.
#[derive(SimpleObject)]
pub struct CampaignFormChoice {
    /// Its id.
    pub(super) id: FormVersionId,
    /// What it is for.
    pub(super) kind: FormKind,
    /// The number of its version.
    pub(super) number: i32,
    /// From when it counts.
    pub(super) valid_from: Option<NaiveDate>,
}

/// A member who may be named.
#[derive(SimpleObject)]
pub struct CampaignMember {
    /// Who.
    pub(super) account_id: AccountId,
    /// Their name.
    pub(super) name: String,
    /// Their roles.
    pub(super) roles: Vec<Role>,
}

/// What a round is put together from.
#[derive(SimpleObject)]
pub struct CampaignChoices {
    /// Posts.
    pub(super) posts: Vec<CampaignPost>,
    /// People of the staff.
    pub(super) staff: Vec<StaffName>,
    /// Forms.
    pub(super) forms: Vec<CampaignFormChoice>,
    /// Members who hold a role that one is named for.
    pub(super) members: Vec<CampaignMember>,
    /// The fewest forms of which the city lets a mean be shown.
    pub(super) least: u32,
    /// How many of each group are needed in a round of deputies.
    pub(super) group_least: u32,
}

/// A round of the viewer's as a rater.
#[derive(SimpleObject)]
pub struct RatingRound {
    /// Its id.
    pub(super) id: CampaignId,
    /// Who rates in it.
    pub(super) kind: CampaignKind,
    /// What it is called.
    pub(super) name: String,
    /// The first day on which forms are taken.
    pub(super) starts_on: NaiveDate,
    /// The last one.
    pub(super) ends_on: NaiveDate,
    /// Until when replies can be read.
    pub(super) replies_until: NaiveDate,
    /// Where it is.
    pub(super) status: CampaignStatus,
    /// Whether the vote is secret.
    pub(super) secret: bool,
    /// A mean is shown of so many forms at least.
    pub(super) least: i32,
    /// What the raters are told beforehand.
    pub(super) briefing: String,
    /// As whom the viewer rates.
    pub(super) role: Role,
    /// Where the viewer is.
    pub(super) standing: RaterStatus,
    /// When the viewer was reminded.
    pub(super) reminded_at: Option<DateTime<Utc>>,
    /// How many targets are theirs.
    pub(super) assigned: u32,
    /// How many forms they handed in.
    pub(super) handed_in: u32,
    /// From how many targets they stood back.
    pub(super) recused: u32,
}

/// A target with what the viewer filled in about it.
#[derive(SimpleObject)]
pub struct RatingTask {
    /// The target.
    pub(super) id: CampaignTargetId,
    /// What it is.
    pub(super) kind: TargetKind,
    /// What it is called; null for the center.
    pub(super) name: Option<String>,
    /// Where the post is, or the person's number.
    pub(super) detail: Option<String>,
    /// Where the form about it is; null before it is begun.
    pub(super) status: Option<BallotStatus>,
    /// How often it was saved.
    pub(super) version: i32,
    /// What is filled in; of a form that was handed in, all but the remarks.
    pub(super) content: BallotContent,
    /// What proves it.
    pub(super) files: Vec<AttachedFile>,
}

/// A round of the viewer's as a rater, with all that is theirs in it.
#[derive(SimpleObject)]
pub struct RatingRoundPage {
    /// The round.
    pub(super) round: RatingRound,
    /// By which version of a form.
    pub(super) form_version: FormVersionId,
    /// What is in the form.
    pub(super) form: FormContent,
    /// What is theirs to rate, in order.
    pub(super) tasks: Vec<RatingTask>,
    /// What they said, with replies.
    pub(super) remarks: Vec<CampaignRemark>,
}

/// What is left of a form after it was saved.
#[derive(SimpleObject)]
pub struct SavedBallot {
    /// About which target.
    pub(super) target: CampaignTargetId,
    /// Where it is.
    pub(super) status: BallotStatus,
    /// How often it was saved.
    pub(super) version: i32,
}

/// What a published round came to about one target.
#[derive(SimpleObject)]
pub struct CampaignResultLine {
    /// The target.
    pub(super) target: CampaignTarget,
    /// The mean, in hundredths of a point; null of too few forms.
    pub(super) mean: Option<u32>,
    /// Of how many forms; null with it.
    pub(super) forms: Option<u32>,
}

/// What a published round came to.
#[derive(SimpleObject)]
pub struct CampaignResult {
    /// The round.
    pub(super) campaign: Campaign,
    /// The number of the form's version.
    pub(super) form_number: i32,
    /// What the viewer may see of it.
    pub(super) lines: Vec<CampaignResultLine>,
    /// Their parts.
    pub(super) parts: Vec<CampaignPartMean>,
}
