//! The life of a title.
//!
//! ```text
//! applied → reviewed → publicised → awarded ─┐
//!     └─────────┴───────────┴──▶ declined    ▼
//!                             under_review → assessed → retained | warned | stars_changed | withdrawn
//!                                  ▲──────────────────────┴──────────┴───────────┘
//! ```
//! Objections are taken while the title is publicised, and settled before it is awarded.
//! Invariants: nobody decides what they applied for, began, appraised or assessed; a title with a blocking gap is not
//! retained and gets no other stars.

use chrono::NaiveDate;

use super::{ModelKind, definition::definition, team::later};
use crate::{
    AccountId, Violation,
    calendar::WorkingCalendar,
    complaints::Who,
    macros::text_enum,
    permission::{Permission, RoleSet, grants},
    policy::{Policy, PolicyKey},
};

text_enum! {
    /// Where a title stands.
    pub enum TitleStatus {
        /// Applied for.
        Applied = "applied",
        /// Appraised against the criteria.
        Reviewed = "reviewed",
        /// 公示中: made known, objections are taken.
        Publicised = "publicised",
        /// Held.
        Awarded = "awarded",
        /// Not awarded.
        Declined = "declined",
        /// Held; being reviewed.
        UnderReview = "under_review",
        /// Held; reviewed, the decision is due.
        Assessed = "assessed",
        /// Held, after a review.
        Retained = "retained",
        /// 警告提醒: held, with a date by which to mend something.
        Warned = "warned",
        /// 调整星级: held, with other stars.
        StarsChanged = "stars_changed",
        /// 撤销称号.
        Withdrawn = "withdrawn",
    }

    /// What is done with a title.
    pub enum TitleAction {
        /// Appraise an application.
        Review = "review",
        /// Make it known for objections.
        Publicise = "publicise",
        /// Take an objection down.
        Object = "object",
        /// Settle an objection.
        Settle = "settle",
        /// Award it.
        Award = "award",
        /// Not award it.
        Decline = "decline",
        /// Begin a review, periodic or for a reason.
        BeginReview = "begin_review",
        /// Assess the post.
        Assess = "assess",
        /// Let it keep the title.
        Retain = "retain",
        /// Warn it, with a date.
        Warn = "warn",
        /// Give it other stars.
        ChangeStars = "change_stars",
        /// Withdraw the title.
        Withdraw = "withdraw",
    }

    /// What a review ends with.
    #[cfg_attr(feature = "graphql", graphql(name = "TitleDecision"))]
    pub enum Decision {
        /// The title is kept.
        Retain = "retain",
        /// It is kept, with a date by which to mend something.
        Warn = "warn",
        /// It is kept with other stars.
        ChangeStars = "change_stars",
        /// It is withdrawn.
        Withdraw = "withdraw",
    }

    /// What became of an objection.
    pub enum ObjectionStatus {
        /// To be settled.
        Open = "open",
        /// Found right: the title is not awarded.
        Upheld = "upheld",
        /// Found wrong.
        Dismissed = "dismissed",
    }
}

impl Decision {
    /// The step it is.
    #[must_use]
    pub const fn action(self) -> TitleAction {
        match self {
            Self::Retain => TitleAction::Retain,
            Self::Warn => TitleAction::Warn,
            Self::ChangeStars => TitleAction::ChangeStars,
            Self::Withdraw => TitleAction::Withdraw,
        }
    }
}

/// In which part somebody acts on a model post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Reads about it.
    Read,
    /// Keeps the ledger of that kind.
    Keep,
    /// Applies, and begins reviews: the keeper, or whoever leads the post.
    Propose,
    /// Approves entries and appraises posts.
    Appraise,
    /// Takes objections, and settles them.
    Hear,
    /// Decides about the title.
    Decide,
}

impl Hand {
    /// The last part of the label's locale key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Keep => "keep",
            Self::Propose => "propose",
            Self::Appraise => "appraise",
            Self::Hear => "hear",
            Self::Decide => "decide",
        }
    }

    /// What it takes, for whichever kind.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::Read => Permission::ModelPostRead,
            Self::Keep => Permission::LedgerKeep,
            Self::Propose => Permission::ModelPostPropose,
            Self::Appraise => Permission::ModelPostAppraise,
            Self::Hear => Permission::ModelPostHear,
            Self::Decide => Permission::ModelPostDecide,
        }
    }
}

/// Whether one of `roles` has this part in posts of `kind`: the part and the kind come from the same role.
#[must_use]
pub fn holds(roles: &RoleSet, hand: Hand, kind: ModelKind) -> bool {
    roles.roles().iter().any(|role| grants(*role, hand.permission()) && grants(*role, kind.permission()))
}

/// What the rules need to know of a title.
#[derive(Clone, Debug)]
pub struct TitleFacts {
    /// Which.
    pub kind: ModelKind,
    /// Where it stands.
    pub status: TitleStatus,
    /// Who applied for it.
    pub applicant: AccountId,
    /// Who appraised the application.
    pub reviewer: Option<AccountId>,
    /// Who began the review that goes on.
    pub opener: Option<AccountId>,
    /// Who assessed the post in it.
    pub assessor: Option<AccountId>,
    /// Points of the last appraisal, for a party pioneer post.
    pub score: Option<u32>,
    /// The last day for objections.
    pub publicised_until: Option<NaiveDate>,
    /// Who took down objections that are open.
    pub open_objections: Vec<AccountId>,
    /// Whether an objection was upheld.
    pub upheld: bool,
    /// Whether a gap blocks retention.
    pub blocked: bool,
}

const HELD: &[TitleStatus] =
    &[TitleStatus::Awarded, TitleStatus::Retained, TitleStatus::Warned, TitleStatus::StarsChanged];

const fn row(action: TitleAction) -> (&'static [TitleStatus], Hand, Option<TitleStatus>) {
    use TitleStatus as S;
    match action {
        TitleAction::Review => (&[S::Applied], Hand::Appraise, Some(S::Reviewed)),
        TitleAction::Publicise => (&[S::Reviewed], Hand::Decide, Some(S::Publicised)),
        TitleAction::Object | TitleAction::Settle => (&[S::Publicised], Hand::Hear, None),
        TitleAction::Award => (&[S::Publicised], Hand::Decide, Some(S::Awarded)),
        TitleAction::Decline => (&[S::Applied, S::Reviewed, S::Publicised], Hand::Decide, Some(S::Declined)),
        TitleAction::BeginReview => (HELD, Hand::Propose, Some(S::UnderReview)),
        TitleAction::Assess => (&[S::UnderReview], Hand::Appraise, Some(S::Assessed)),
        TitleAction::Retain => (&[S::Assessed], Hand::Decide, Some(S::Retained)),
        TitleAction::Warn => (&[S::Assessed], Hand::Decide, Some(S::Warned)),
        TitleAction::ChangeStars => (&[S::Assessed], Hand::Decide, Some(S::StarsChanged)),
        TitleAction::Withdraw => (&[S::Assessed], Hand::Decide, Some(S::Withdrawn)),
    }
}

/// What may follow a state, and whose part that is.
pub fn steps(status: TitleStatus) -> impl Iterator<Item = (TitleAction, Hand)> {
    let follows = move |action: &TitleAction| row(*action).0.contains(&status);
    TitleAction::ALL.iter().copied().filter(follows).map(|action| (action, row(action).1))
}

impl TitleStatus {
    /// Whether the post bears the title.
    #[must_use]
    pub fn is_held(self) -> bool {
        HELD.contains(&self) || matches!(self, Self::UnderReview | Self::Assessed)
    }

    /// Whether nothing more happens to it; the post may apply anew.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Declined | Self::Withdrawn)
    }
}

/// Whether `who` may apply for a title of `kind`.
///
/// # Errors
/// `model_post.not_permitted`.
pub fn may_apply(kind: ModelKind, who: &Who) -> Result<(), Violation> {
    if holds(&who.roles, Hand::Propose, kind) { Ok(()) } else { Err(Violation::new("", "model_post.not_permitted")) }
}

/// The status after `action` of `who` on `today`.
///
/// # Errors
/// `model_post.not_permitted` when the role forbids it, `model_post.not_now` when the status does, and a code of its own
/// for each separation of duty, objection and blocking gap.
pub fn after(action: TitleAction, facts: &TitleFacts, who: &Who, today: NaiveDate) -> Result<TitleStatus, Violation> {
    use TitleAction as A;
    let refuse = |code| Err(Violation::new("", code).with("action", action.key()));
    let is_me = |person: Option<AccountId>| person.is_some() && person == who.account;
    let (from, hand, to) = row(action);
    let to = to.unwrap_or(facts.status);
    if !holds(&who.roles, hand, facts.kind) {
        return refuse("model_post.not_permitted");
    }
    if !from.contains(&facts.status) {
        return refuse("model_post.not_now");
    }
    match action {
        A::Review | A::Publicise | A::Award | A::Decline if is_me(Some(facts.applicant)) => {
            refuse("model_post.own_application")
        }
        A::Award if is_me(facts.reviewer) => refuse("model_post.own_appraisal"),
        A::Object | A::Award if facts.publicised_until.is_none() => refuse("model_post.not_now"),
        A::Object if facts.publicised_until < Some(today) => refuse("model_post.objections_over"),
        A::Settle if is_me(Some(facts.applicant)) => refuse("model_post.own_application"),
        A::Settle if facts.open_objections.is_empty() => refuse("model_post.no_objection"),
        A::Settle if facts.open_objections.iter().all(|taker| is_me(Some(*taker))) => {
            refuse("model_post.own_objection")
        }
        A::Award if facts.publicised_until >= Some(today) => refuse("model_post.still_publicised"),
        A::Award if !facts.open_objections.is_empty() => refuse("model_post.objection_open"),
        A::Award if facts.upheld => refuse("model_post.objection_upheld"),
        A::Award if facts.blocked => refuse("model_post.blocked"),
        A::Assess if is_me(facts.opener) => refuse("model_post.own_review"),
        A::Retain | A::Warn | A::ChangeStars | A::Withdraw if is_me(facts.opener) => refuse("model_post.own_review"),
        A::Retain | A::Warn | A::ChangeStars | A::Withdraw if is_me(facts.assessor) => {
            refuse("model_post.own_appraisal")
        }
        A::ChangeStars if facts.kind != ModelKind::Youth => refuse("model_post.no_stars"),
        A::Retain | A::ChangeStars if facts.blocked => refuse("model_post.blocked"),
        _ => Ok(to),
    }
}

/// Whether `who` may settle the objection that `taker` took down.
///
/// # Errors
/// As [`after`] for [`TitleAction::Settle`].
pub fn may_settle(facts: &TitleFacts, taker: AccountId, who: &Who, today: NaiveDate) -> Result<(), Violation> {
    let one = TitleFacts { open_objections: vec![taker], ..facts.clone() };
    after(TitleAction::Settle, &one, who, today).map(|_| ())
}

/// Every action that `who` may take now.
#[must_use]
pub fn actions(facts: &TitleFacts, who: &Who, today: NaiveDate) -> Vec<TitleAction> {
    TitleAction::ALL.iter().copied().filter(|action| after(*action, facts, who, today).is_ok()).collect()
}

/// Stars of a party pioneer post by its points (domain section C.5, as practised elsewhere; ASSUMPTION).
const BANDS: [(u32, u32); 3] = [(90, 5), (80, 4), (70, 3)];
/// The most stars.
pub const STARS_MAX: u32 = 5;

/// The stars that `score` is worth; none below the lowest band.
#[must_use]
pub fn stars_of(score: u32) -> Option<u32> {
    BANDS.iter().find(|(from, _)| score >= *from).map(|(_, stars)| *stars)
}

/// The stars after an appraisal: by points for a party pioneer post, given for a youth post, none for a women's.
///
/// # Errors
/// `model_post.score` without points from 0 to 100 where they count, `model_post.stars` without 1 to 5 stars where they
/// are given.
pub fn appraise(kind: ModelKind, score: Option<u32>, stars: Option<u32>) -> Result<Option<u32>, Violation> {
    match kind {
        ModelKind::Party => match score {
            Some(score) if score <= 100 => Ok(stars_of(score)),
            _ => Err(Violation::new("score", "model_post.score")),
        },
        ModelKind::Women => Ok(None),
        ModelKind::Youth => match stars {
            Some(given) if (1..=STARS_MAX).contains(&given) => Ok(Some(given)),
            _ => Err(Violation::new("stars", "model_post.stars").with("max", STARS_MAX)),
        },
    }
}

/// Whether the points allow the title: below the city's line a party pioneer post neither gets nor keeps it.
///
/// # Errors
/// `model_post.score_low` (arg `min`).
pub fn check_score(kind: ModelKind, score: Option<u32>, policy: &Policy) -> Result<(), Violation> {
    let min = policy.get(PolicyKey::PartyScoreMin);
    if kind == ModelKind::Party && score.is_none_or(|score| score < min) {
        Err(Violation::new("", "model_post.score_low").with("min", min))
    } else {
        Ok(())
    }
}

/// The last day for objections to a title that is made known `on` a day.
///
/// # Errors
/// `calendar.year_missing` when the calendar does not reach so far.
pub fn publicised_until(on: NaiveDate, policy: &Policy, calendar: &WorkingCalendar) -> Result<NaiveDate, Violation> {
    calendar.add(on, policy.get(PolicyKey::ModelPublicityDays))
}

/// Until when a title is held, and when it is looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The last day for the next review.
    pub recheck_on: NaiveDate,
    /// The last day of the term.
    pub ends_on: NaiveDate,
}

impl Term {
    /// The first term of a title that is awarded `on` a day.
    #[must_use]
    pub fn first(kind: ModelKind, on: NaiveDate, policy: &Policy) -> Self {
        let ends_on = later(on, 12 * policy.get(definition(kind).cycle).max(1));
        Self { recheck_on: later(on, policy.get(PolicyKey::ModelRecheckMonths).max(1)).min(ends_on), ends_on }
    }

    /// The term after a title was retained on `day`. Reviewed early for a reason, it keeps its dates; else the next look
    /// is one step on, and after the last look of a term the next term begins.
    #[must_use]
    pub fn retained(self, kind: ModelKind, day: NaiveDate, policy: &Policy) -> Self {
        let mut term = self;
        let months = policy.get(PolicyKey::ModelRecheckMonths).max(1);
        while term.recheck_on <= later(day, EARLY_MONTHS.min(months / 2)) {
            let next = if term.recheck_on < term.ends_on {
                Self { recheck_on: later(term.recheck_on, months).min(term.ends_on), ..term }
            } else {
                Self::first(kind, term.ends_on, policy)
            };
            if next.recheck_on <= term.recheck_on {
                break;
            }
            term = next;
        }
        term
    }

    /// The term after a warning that is to be heeded by `until`.
    ///
    /// # Errors
    /// `model_post.warning_date` unless that is after `today` and within the term or half a year.
    pub fn warned(self, today: NaiveDate, until: NaiveDate) -> Result<Self, Violation> {
        let last = later(today, WARNING_MONTHS);
        if until <= today || until > last {
            return Err(Violation::new("until", "model_post.warning_date").with("last", last));
        }
        Ok(Self { recheck_on: until, ends_on: self.ends_on.max(until) })
    }
}

/// A review in the last months before it is due is that review.
const EARLY_MONTHS: u32 = 2;
/// A warning asks for mending within so many months.
const WARNING_MONTHS: u32 = 6;

#[cfg(test)]
#[path = "title_tests.rs"]
mod tests;
