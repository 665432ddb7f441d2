//! The care window (爱心专窗; 6.15, domain section C.11): service at once and without a ticket for those who need it, and
//! home visits for those who cannot come.
//!
//! Of somebody's health it knows one coarse word ([`RecipientCategory`]); name, phone, address and need are encrypted and
//! removed some time after the service is over.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::{
    StaffId, Violation,
    calendar::local_date,
    complaints::form::{length, normalize_phone},
    macros::text_enum,
    policy::{Policy, PolicyKey},
    settings::line,
};

/// The kind of post that this is about.
pub const POST_KIND: &str = "care_window";

text_enum! {
    /// Whom the window is for (6.15.1). Never more precise than this.
    pub enum RecipientCategory {
        /// 老年人.
        Elderly = "elderly",
        /// 未成年人.
        Minor = "minor",
        /// 病人.
        Ill = "ill",
        /// 残疾人.
        Disabled = "disabled",
        /// 孕产妇.
        Pregnant = "pregnant",
        /// 退役军人.
        Veteran = "veteran",
        /// 其他需要照顾的人.
        Other = "other",
    }

    /// How somebody is served.
    pub enum CareMode {
        /// 现场办理.
        OnSite = "on_site",
        /// 代办.
        Proxy = "proxy",
        /// 线上协助.
        Online = "online",
        /// 上门服务.
        HomeVisit = "home_visit",
    }

    /// Where a service stands.
    pub enum CareStatus {
        /// 已接待: came without a ticket.
        Greeted = "greeted",
        /// 已了解需求.
        NeedRecorded = "need_recorded",
        /// 本窗口办理.
        HandledHere = "handled_here",
        /// 已引导移交.
        HandedOver = "handed_over",
        /// 已预约上门.
        Booked = "booked",
        /// 已安排人员.
        Assigned = "assigned",
        /// 已上门.
        Visited = "visited",
        /// 已办结.
        Done = "done",
        /// 已取消.
        Cancelled = "cancelled",
    }

    /// What is done with it.
    pub enum CareAction {
        /// Write down what is needed: the service begins.
        RecordNeed = "record_need",
        /// Handle it at this window.
        HandleHere = "handle_here",
        /// Take the person to whom it belongs; somebody receives them.
        HandOver = "hand_over",
        /// Say who visits.
        Assign = "assign",
        /// Put a visit off to another day.
        Reschedule = "reschedule",
        /// Tell that the visit was made.
        Visit = "visit",
        /// End it, with what came of it.
        Finish = "finish",
        /// Give it up.
        Cancel = "cancel",
        /// Add a line to the log.
        Note = "note",
        /// Take down how satisfied the person is.
        Rate = "rate",
    }
}

impl CareStatus {
    /// Whether nothing is to be done any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled)
    }
}

/// The status after `action`; `asked` where the person was asked how satisfied they are, or cannot be asked any more.
///
/// # Errors
/// `care.step` when the service is not where the step starts.
pub fn after(status: CareStatus, asked: bool, action: CareAction) -> Result<CareStatus, Violation> {
    use {CareAction as A, CareStatus as S};
    match (status, action) {
        (S::Greeted, A::RecordNeed) => Ok(S::NeedRecorded),
        (S::NeedRecorded, A::HandleHere) => Ok(S::HandledHere),
        (S::NeedRecorded, A::HandOver) => Ok(S::HandedOver),
        (S::Booked | S::Assigned, A::Assign) => Ok(S::Assigned),
        (S::Booked | S::Assigned, A::Reschedule) => Ok(S::Booked),
        (S::Assigned, A::Visit) => Ok(S::Visited),
        (S::HandledHere | S::HandedOver | S::Visited, A::Finish) => Ok(S::Done),
        (S::Greeted | S::NeedRecorded | S::Booked | S::Assigned, A::Cancel) => Ok(S::Cancelled),
        (_, A::Note) if !status.is_over() => Ok(status),
        (S::Done, A::Rate) if !asked => Ok(S::Done),
        _ => Err(Violation::new("", "care.step")),
    }
}

/// How to reach somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Name.
    pub name: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Where to visit.
    pub address: Option<String>,
}

/// A home visit, as filled in.
#[derive(Clone, Debug)]
pub struct VisitForm {
    /// Whom for.
    pub category: RecipientCategory,
    /// What is needed.
    pub need: String,
    /// How to reach them.
    pub contact: Contact,
    /// The day that they wish.
    pub on: NaiveDate,
}

impl VisitForm {
    /// Every broken rule, in the order of the fields.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Vec<Violation> {
        let needed = |field, text: &Option<String>, max| line(field, text.as_deref().unwrap_or_default(), max);
        let phone = self.contact.phone.as_deref().unwrap_or_default();
        let phone = if phone.is_empty() {
            Some(Violation::new("phone", "form.required"))
        } else {
            normalize_phone(phone).is_none().then(|| Violation::new("phone", "form.phone"))
        };
        let found = [
            check_need(&self.need),
            needed("name", &self.contact.name, 40),
            phone,
            needed("address", &self.contact.address, 200),
            check_day(self.on, today),
        ];
        found.into_iter().flatten().collect()
    }
}

/// What is needed, as filled in.
#[must_use]
pub fn check_need(need: &str) -> Option<Violation> {
    length("need", need, 1, 500)
}

/// A day on which somebody is to be visited.
#[must_use]
pub fn check_day(on: NaiveDate, today: NaiveDate) -> Option<Violation> {
    if on < today {
        Some(Violation::new("on", "care.day_past"))
    } else {
        (on > today + TimeDelta::days(60)).then(|| Violation::new("on", "care.day_far"))
    }
}

/// One or two people visit.
///
/// # Errors
/// `care.same_person` when both are the same.
pub fn check_visitors(visitor: StaffId, companion: Option<StaffId>) -> Result<(), Violation> {
    if companion == Some(visitor) { Err(Violation::new("companion", "care.same_person")) } else { Ok(()) }
}

/// What is known of a service, for its checks.
#[derive(Clone, Copy, Debug)]
pub struct CareFacts {
    /// Where it stands.
    pub status: CareStatus,
    /// When the person came, or the visit was booked.
    pub greeted_at: DateTime<Utc>,
    /// When the service began.
    pub started_at: Option<DateTime<Utc>>,
    /// The last day for a visit.
    pub due_on: Option<NaiveDate>,
    /// When the visit was made.
    pub visited_at: Option<DateTime<Utc>>,
}

/// Whether somebody waited, or waits, for longer than the city says after they were greeted.
#[must_use]
pub fn is_slow(facts: &CareFacts, now: DateTime<Utc>, policy: &Policy) -> bool {
    let most = TimeDelta::minutes(policy.get(PolicyKey::CareStart).into());
    let waits = matches!(facts.status, CareStatus::Greeted).then_some(now);
    facts.due_on.is_none() && facts.started_at.or(waits).is_some_and(|until| until - facts.greeted_at > most)
}

/// Whether a visit was, or is, later than its last day.
#[must_use]
pub fn is_late(facts: &CareFacts, now: DateTime<Utc>) -> bool {
    let made = facts.visited_at.or((!facts.status.is_over()).then_some(now));
    facts.due_on.zip(made).is_some_and(|(due, made)| local_date(made) > due)
}

#[cfg(test)]
#[path = "care_tests.rs"]
mod tests;
