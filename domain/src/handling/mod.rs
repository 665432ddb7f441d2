//! A light record of an application (办件): from its receipt to its archive (6.5; domain section C.1).
//!
//! ```text
//! received → accepted → in_approval → result_ready → at_window → collected → archived
//!     ↕ needs_correction
//!     → return_notified → papers_collected
//! ```
//!
//! The system in which the case is handled keeps the rest. Nobody's name is asked: a case is told by its number there.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::{
    Violation,
    calendar::{WorkingCalendar, local_date},
    complaints::form::length,
    macros::text_enum,
    settings::line,
};

/// The kind of post that this is about.
pub const POST_KIND: &str = "handling_post";
/// The field of such a post that says on which side of the counter it is.
pub const SIDE_FIELD: &str = "side";
/// What it says of a back office.
pub const BACK_OFFICE: &str = "back_office";

text_enum! {
    /// Where a case stands.
    pub enum ServiceCaseStatus {
        /// 已收件.
        Received = "received",
        /// 待补正.
        NeedsCorrection = "needs_correction",
        /// 不予受理，已告知取件.
        ReturnNotified = "return_notified",
        /// 材料已取回.
        PapersCollected = "papers_collected",
        /// 已受理.
        Accepted = "accepted",
        /// 审批中.
        InApproval = "in_approval",
        /// 已出结果.
        ResultReady = "result_ready",
        /// 结果已到窗口.
        AtWindow = "at_window",
        /// 已领取.
        Collected = "collected",
        /// 已归档.
        Archived = "archived",
    }

    /// What is done with it.
    pub enum ServiceCaseAction {
        /// Take it on, with a promised day.
        Accept = "accept",
        /// Say what is missing.
        AskCorrection = "ask_correction",
        /// Not take it on: with a reason, and when and where the papers can be fetched (6.5.4).
        Refuse = "refuse",
        /// What was missing has come.
        Resume = "resume",
        /// The papers were fetched.
        ReturnPapers = "return_papers",
        /// Pass it to the back office.
        BeginApproval = "begin_approval",
        /// The result is there.
        FinishResult = "finish_result",
        /// Bring the result to the window (6.5.5).
        Deliver = "deliver",
        /// The result was fetched.
        Collect = "collect",
        /// File its papers (6.5.6).
        Archive = "archive",
    }

    /// Which cases are shown.
    pub enum ServiceCaseQueue {
        /// 在办: something is still to be done.
        Open = "open",
        /// 送达超期: the promised day is over, and the result is not at the window.
        Late = "late",
        /// 待归档: fetched, not filed.
        Archive = "archive",
        /// 已结束.
        Over = "over",
        /// Every one.
        All = "all",
    }
}

impl ServiceCaseStatus {
    /// Those that wait for a result under a promise.
    pub const PROMISED: [Self; 3] = [Self::Accepted, Self::InApproval, Self::ResultReady];
    /// Those in which nothing is to be done any more.
    pub const OVER: [Self; 2] = [Self::PapersCollected, Self::Archived];

    /// Whether nothing is to be done any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::PapersCollected | Self::Archived)
    }
}

impl ServiceCaseAction {
    /// Whether it is the back office's work too; all of them are the window's.
    #[must_use]
    pub const fn is_back_offices(self) -> bool {
        matches!(self, Self::BeginApproval | Self::FinishResult | Self::Deliver | Self::Archive)
    }
}

/// The status after `action`.
///
/// # Errors
/// `handling.step` when the case is not where the step starts.
pub fn after(status: ServiceCaseStatus, action: ServiceCaseAction) -> Result<ServiceCaseStatus, Violation> {
    use {ServiceCaseAction as A, ServiceCaseStatus as S};
    match (status, action) {
        (S::Received, A::Accept) => Ok(S::Accepted),
        (S::Received, A::AskCorrection) => Ok(S::NeedsCorrection),
        (S::Received, A::Refuse) => Ok(S::ReturnNotified),
        (S::NeedsCorrection, A::Resume) => Ok(S::Received),
        (S::ReturnNotified, A::ReturnPapers) => Ok(S::PapersCollected),
        (S::Accepted, A::BeginApproval) => Ok(S::InApproval),
        (S::InApproval, A::FinishResult) => Ok(S::ResultReady),
        (S::ResultReady, A::Deliver) => Ok(S::AtWindow),
        (S::AtWindow, A::Collect) => Ok(S::Collected),
        (S::Collected, A::Archive) => Ok(S::Archived),
        _ => Err(Violation::new("", "handling.step")),
    }
}

/// The longest number of a case in another system, in characters.
pub const NUMBER_MAX: usize = 40;

/// A case that comes in, as filled in.
#[derive(Clone, Debug, Default)]
pub struct ReceiveForm {
    /// Its number in the system in which it is handled, unique in the center.
    pub external_no: String,
    /// By what the recipient is found there; no name is asked.
    pub recipient: Option<String>,
}

impl ReceiveForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        let recipient = self.recipient.as_deref().and_then(|text| line("recipient", text, 60));
        [line("externalNo", &self.external_no, NUMBER_MAX), recipient].into_iter().flatten().collect()
    }
}

/// What is told to whoever is not taken on (6.5.4), as filled in.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Why.
    pub reason: String,
    /// From when the papers can be fetched.
    pub pickup_at: Option<DateTime<Utc>>,
    /// Where.
    pub pickup_place: String,
}

impl Refusal {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, now: DateTime<Utc>) -> Vec<Violation> {
        let time = match self.pickup_at {
            None => Some(Violation::new("pickupAt", "form.required")),
            // Whoever is at the window takes them along: a few minutes pass until it is written down.
            Some(at) if at + TimeDelta::hours(1) < now => Some(Violation::new("pickupAt", "handling.pickup_past")),
            Some(at) => (at > now + TimeDelta::days(60)).then(|| Violation::new("pickupAt", "handling.pickup_far")),
        };
        let found = [length("reason", &self.reason, 1, 2000), time, line("pickupPlace", &self.pickup_place, 100)];
        found.into_iter().flatten().collect()
    }
}

/// By when the result is to be at the window, as promised at acceptance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// After so many working days.
    Days(u32),
    /// On a day.
    On(NaiveDate),
}

impl Promise {
    /// The most working days that can be promised: about a year.
    pub const MOST: u32 = 250;

    /// Reads what was filled in: the one or the other.
    ///
    /// # Errors
    /// `handling.promise` when neither or both are given, `handling.days` (args `min`, `max`).
    pub fn of(days: Option<u32>, on: Option<NaiveDate>) -> Result<Self, Violation> {
        match (days, on) {
            (Some(days), None) if (1..=Self::MOST).contains(&days) => Ok(Self::Days(days)),
            (Some(_), None) => Err(Violation::new("days", "handling.days").with("min", 1).with("max", Self::MOST)),
            (None, Some(on)) => Ok(Self::On(on)),
            _ => Err(Violation::new("days", "handling.promise")),
        }
    }

    /// The last day for the result, when it was promised on `today`.
    ///
    /// # Errors
    /// `handling.day_past`, `handling.day_far` for a day out of reach; `calendar.year_missing` as the calendar says.
    pub fn due(self, today: NaiveDate, calendar: &WorkingCalendar) -> Result<NaiveDate, Violation> {
        match self {
            Self::Days(days) => calendar.add(today, days),
            Self::On(on) if on < today => Err(Violation::new("on", "handling.day_past")),
            Self::On(on) if on > today + TimeDelta::days(366) => Err(Violation::new("on", "handling.day_far")),
            Self::On(on) => Ok(on),
        }
    }
}

/// What is known of a case, for its checks.
#[derive(Clone, Copy, Debug)]
pub struct CaseFacts {
    /// Where it stands.
    pub status: ServiceCaseStatus,
    /// The promised day; none before acceptance.
    pub due_on: Option<NaiveDate>,
    /// When the result came to the window.
    pub at_window_at: Option<DateTime<Utc>>,
    /// The last day for filing it; none before the result was fetched.
    pub archive_due_on: Option<NaiveDate>,
}

/// Whether the result came, or comes, to the window later than promised (6.5.5).
#[must_use]
pub fn is_late(facts: &CaseFacts, today: NaiveDate) -> bool {
    facts.due_on.is_some_and(|due| facts.at_window_at.map_or(today, local_date) > due)
}

/// Whether it was to be filed by now (6.5.6).
#[must_use]
pub fn is_unfiled(facts: &CaseFacts, today: NaiveDate) -> bool {
    facts.status == ServiceCaseStatus::Collected && facts.archive_due_on.is_some_and(|due| today > due)
}

/// Where the papers are filed, as filled in.
#[must_use]
pub fn check_reference(text: &str) -> Option<Violation> {
    line("reference", text, 60)
}

#[cfg(test)]
#[path = "handling_tests.rs"]
mod tests;
