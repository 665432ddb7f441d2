//! Entries of a ledger (创建台账): what was done, when, by whom, and what proves it (6.12.4).
//!
//! ```text
//! draft → submitted → approved
//!   │        ↓           ↓
//!   └──── returned (with a reason) → submitted …
//! draft | returned → discarded
//! ```
//! Invariants: a keeper writes and never approves; only what is approved counts; nothing is deleted.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::{
    Activity, EvidenceKind, ModelKind,
    definition::definition,
    gaps::start_of,
    title::{Hand, holds},
};
use crate::{
    AccountId, StaffId, Violation,
    complaints::{Who, form::length},
    macros::text_enum,
    settings::line,
};

text_enum! {
    /// Where an entry stands.
    #[cfg_attr(feature = "graphql", graphql(name = "LedgerEntryStatus"))]
    pub enum EntryStatus {
        /// Being written.
        Draft = "draft",
        /// Waits for approval.
        Submitted = "submitted",
        /// Counts.
        Approved = "approved",
        /// Sent back to its keeper.
        Returned = "returned",
        /// Given up.
        Discarded = "discarded",
    }

    /// What is done with an entry.
    #[cfg_attr(feature = "graphql", graphql(name = "LedgerEntryAction"))]
    pub enum EntryAction {
        /// Change it.
        Edit = "edit",
        /// Hand it in.
        Submit = "submit",
        /// Let it count.
        Approve = "approve",
        /// Send it back with a reason; also what was approved by mistake.
        Return = "return",
        /// Give it up.
        Discard = "discard",
    }
}

/// What the rules need to know of an entry.
#[derive(Clone, Copy, Debug)]
pub struct EntryFacts {
    /// Whose ledger.
    pub kind: ModelKind,
    /// Where it stands.
    pub status: EntryStatus,
    /// Who wrote it.
    pub author: AccountId,
    /// Who handed it in.
    pub submitter: Option<AccountId>,
}

const fn row(action: EntryAction) -> (&'static [EntryStatus], Hand, Option<EntryStatus>) {
    use EntryStatus as S;
    match action {
        EntryAction::Edit => (&[S::Draft, S::Returned], Hand::Keep, None),
        EntryAction::Submit => (&[S::Draft, S::Returned], Hand::Keep, Some(S::Submitted)),
        EntryAction::Approve => (&[S::Submitted], Hand::Appraise, Some(S::Approved)),
        EntryAction::Return => (&[S::Submitted, S::Approved], Hand::Appraise, Some(S::Returned)),
        EntryAction::Discard => (&[S::Draft, S::Returned], Hand::Keep, Some(S::Discarded)),
    }
}

/// The status after `action` of `who`.
///
/// # Errors
/// `model_post.not_permitted` when the role forbids it, `model_post.not_now` when the status does, and
/// `model_post.own_entry` when a keeper of the ledger, or whoever wrote or handed in the entry, would decide on it.
pub fn after(action: EntryAction, facts: &EntryFacts, who: &Who) -> Result<EntryStatus, Violation> {
    let refuse = |code| Err(Violation::new("", code).with("action", action.key()));
    let (from, hand, to) = row(action);
    if !holds(&who.roles, hand, facts.kind) {
        return refuse("model_post.not_permitted");
    }
    if !from.contains(&facts.status) {
        return refuse("model_post.not_now");
    }
    let theirs = [Some(facts.author), facts.submitter].contains(&who.account);
    if hand == Hand::Appraise && (theirs || holds(&who.roles, Hand::Keep, facts.kind)) {
        return refuse("model_post.own_entry");
    }
    Ok(to.unwrap_or(facts.status))
}

/// Every action that `who` may take now.
#[must_use]
pub fn actions(facts: &EntryFacts, who: &Who) -> Vec<EntryAction> {
    EntryAction::ALL.iter().copied().filter(|action| after(*action, facts, who).is_ok()).collect()
}

/// An entry, as filled in.
#[derive(Clone, Debug)]
pub struct EntryForm {
    /// When it happened.
    pub happened_on: NaiveDate,
    /// What it is about.
    pub activity: Activity,
    /// What kind of material proves it.
    pub evidence: EvidenceKind,
    /// What it is called.
    pub title: String,
    /// What was done and what came of it.
    pub detail: Option<String>,
    /// How many hours it took.
    pub hours: Option<u32>,
    /// Where what proves it is kept, if it is no file.
    pub kept_at: Option<String>,
    /// Who took part.
    pub participants: Vec<StaffId>,
}

/// Longest detail, in characters.
pub const DETAIL_MAX: usize = 2000;
/// Most people in one entry.
pub const PARTICIPANTS_MAX: usize = 200;
/// Most hours of one entry.
pub const HOURS_MAX: u32 = 200;
/// How many days back an entry may reach: one term.
const BACK: Days = Days::new(731);

impl EntryForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, kind: ModelKind, today: NaiveDate) -> Vec<Violation> {
        let date = if self.happened_on > today {
            Some("form.date_in_future")
        } else {
            (self.happened_on + BACK < today).then_some("form.date_too_old")
        };
        let people = &self.participants;
        let nobody = self.activity == Activity::Training && people.is_empty();
        let twice = people.iter().collect::<BTreeSet<_>>().len() < people.len();
        [
            date.map(|code| Violation::new("happenedOn", code)),
            (!definition(kind).activities.contains(&self.activity))
                .then(|| Violation::new("activity", "model_post.activity")),
            line("title", &self.title, 60),
            self.detail.as_deref().and_then(|text| length("detail", text, 0, DETAIL_MAX)),
            self.hours
                .filter(|hours| !(1..=HOURS_MAX).contains(hours))
                .map(|_| Violation::new("hours", "model_post.hours").with("max", HOURS_MAX)),
            self.kept_at.as_deref().and_then(|text| line("keptAt", text, 60)),
            (people.len() > PARTICIPANTS_MAX)
                .then(|| Violation::new("participants", "model_post.too_many_people").with("max", PARTICIPANTS_MAX)),
            nobody.then(|| Violation::new("participants", "model_post.nobody_trained")),
            twice.then(|| Violation::new("participants", "model_post.person_twice")),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Whether an entry has something that proves it: files, or the place where paper or a thing is kept.
///
/// # Errors
/// `model_post.no_file` for a picture, which is a file; `model_post.no_proof` for the other kinds. Recordings are not
/// uploaded: it says where they are kept.
pub fn check_proof(evidence: EvidenceKind, files: usize, kept_at: Option<&str>) -> Result<(), Violation> {
    let kept = kept_at.is_some_and(|place| !place.trim().is_empty());
    match evidence {
        EvidenceKind::Picture if files == 0 => Err(Violation::new("files", "model_post.no_file")),
        EvidenceKind::PhysicalObject if !kept => Err(Violation::new("keptAt", "form.required")),
        _ if files == 0 && !kept => Err(Violation::new("files", "model_post.no_proof")),
        _ => Ok(()),
    }
}

/// Approved entries of a year by what proves them, counted as [`Tally`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proved {
    /// What proves them.
    pub evidence: EvidenceKind,
    /// The year in which they happened.
    pub year: i32,
    /// How many.
    pub entries: u32,
}

/// Approved entries of a quarter, counted when they are approved, so that nobody counts them at each look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// What they are about.
    pub activity: Activity,
    /// The first day of the quarter in which they happened.
    pub quarter: NaiveDate,
    /// How many.
    pub entries: u32,
}

impl Tally {
    /// The quarter that counts an entry of `day`, by its first day.
    #[must_use]
    pub fn quarter(day: NaiveDate) -> NaiveDate {
        start_of(day, 3)
    }
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
