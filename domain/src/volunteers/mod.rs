//! Voluntary service (志愿者服务岗; 6.7, domain section C.3): what was done, confirmed by whoever was served.
//!
//! ```text
//! draft → awaiting_confirmation ─┬→ confirmed (by code, signature or phone tail) → archived
//!                                └→ unconfirmed (its days went by, or the recipient says that it was not so)
//! ```
//! Invariants: what was handed in is changed no more; a recipient confirms, never the volunteer; what was not confirmed in
//! time stays so.

pub mod signature;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Timelike, Utc};

use crate::{
    Violation,
    calendar::{local_date, shanghai},
    complaints::form::length,
    macros::text_enum,
};

/// The kind of post that this is about.
pub const POST_KIND: &str = "volunteer_post";

text_enum! {
    /// What a volunteer helped with (6.7.6–6.7.8).
    pub enum ServiceType {
        /// 协助取号.
        Ticketing = "ticketing",
        /// 咨询引导.
        Guidance = "guidance",
        /// 指导填表 (6.7.7).
        FormFilling = "form_filling",
        /// 自助设备帮办 (6.7.7).
        SelfService = "self_service",
        /// 网上办理指导 (6.7.8).
        OnlineHelp = "online_help",
        /// 维持秩序 (6.7.6).
        OrderKeeping = "order_keeping",
        /// 陪同办理.
        Accompany = "accompany",
        /// 其他.
        Other = "other",
    }

    /// Where a record stands.
    pub enum ServiceRecordStatus {
        /// 草稿.
        Draft = "draft",
        /// 待确认.
        AwaitingConfirmation = "awaiting_confirmation",
        /// 已确认.
        Confirmed = "confirmed",
        /// 未获确认.
        Unconfirmed = "unconfirmed",
        /// 已归档: was confirmed.
        Archived = "archived",
    }

    /// How somebody confirmed that they were served (6.7.5).
    pub enum ConfirmationMeans {
        /// By a code on their own phone.
        Code = "code",
        /// By signing on the volunteer's screen.
        Signature = "signature",
        /// By the last digits of their phone, which a colleague of the volunteer's took down.
        PhoneTail = "phone_tail",
    }

    /// What somebody of the center does with a record.
    pub enum ServiceRecordAction {
        /// Change a draft.
        Edit = "edit",
        /// Hand it in, to be confirmed.
        Ask = "ask",
        /// Show the recipient a code for their phone.
        ShowCode = "show_code",
        /// Have the recipient sign on the screen.
        Sign = "sign",
        /// State that a recipient confirmed it to oneself: a colleague's.
        Witness = "witness",
    }

    /// What a volunteer lacks.
    pub enum VolunteerLack {
        /// A passed induction (6.7.1).
        Induction = "induction",
        /// A word that they can work alone (6.7.2).
        Competence = "competence",
        /// A look at vest and armband that is not too old (6.7.4).
        Kit = "kit",
        /// The vest, at the last look.
        Vest = "vest",
        /// The armband, at the last look.
        Armband = "armband",
    }

    /// What is looked at of a volunteer.
    pub enum VolunteerCheckKind {
        /// Vest and armband (6.7.4).
        Kit = "kit",
        /// Whether they can work alone (6.7.2).
        Competence = "competence",
    }
}

/// Most people served in one go.
pub const RECIPIENTS_MAX: u32 = 500;
/// Longest description, in characters.
pub const DESCRIPTION_MAX: usize = 300;
/// Longest word of a colleague or a coordinator, in characters.
pub const WORD_MAX: usize = 200;

impl ServiceRecordStatus {
    /// Whether a recipient has confirmed it.
    #[must_use]
    pub const fn is_confirmed(self) -> bool {
        matches!(self, Self::Confirmed | Self::Archived)
    }
}

/// The status after `action` on `today`; `due_on` is the last day for a confirmation.
///
/// # Errors
/// `volunteers.step` when the record is not where the step starts, or its days have gone by.
pub fn after(
    status: ServiceRecordStatus,
    due_on: Option<NaiveDate>,
    action: ServiceRecordAction,
    today: NaiveDate,
) -> Result<ServiceRecordStatus, Violation> {
    use {ServiceRecordAction as A, ServiceRecordStatus as S};
    match (status, action) {
        (S::Draft, A::Edit) => Ok(S::Draft),
        (S::Draft, A::Ask) => Ok(S::AwaitingConfirmation),
        (S::AwaitingConfirmation, A::ShowCode) if !has_lapsed(due_on, today) => Ok(S::AwaitingConfirmation),
        (S::AwaitingConfirmation, A::Sign | A::Witness) if !has_lapsed(due_on, today) => Ok(S::Confirmed),
        _ => Err(Violation::new("", "volunteers.step")),
    }
}

/// The status after a recipient has answered; none where there is nothing to be answered any more.
#[must_use]
pub fn answered(
    status: ServiceRecordStatus,
    due_on: Option<NaiveDate>,
    happened: bool,
    today: NaiveDate,
) -> Option<ServiceRecordStatus> {
    let open = status == ServiceRecordStatus::AwaitingConfirmation && !has_lapsed(due_on, today);
    let answer = if happened { ServiceRecordStatus::Confirmed } else { ServiceRecordStatus::Unconfirmed };
    open.then_some(answer)
}

/// Whether the days for a confirmation have gone by.
#[must_use]
pub fn has_lapsed(due_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    due_on.is_some_and(|due| today > due)
}

/// The last day for a confirmation of what is handed in on `today`.
#[must_use]
pub fn due_on(today: NaiveDate, days: u32) -> NaiveDate {
    today.checked_add_days(Days::new(days.into())).unwrap_or(today)
}

/// The last day whose confirmed records go into the archive: `days` after the end of their year.
#[must_use]
pub fn archived_until(today: NaiveDate, days: u32) -> Option<NaiveDate> {
    let last = |year| NaiveDate::from_ymd_opt(year, 12, 31);
    let over = last(today.year() - 1)?;
    if today > over.checked_add_days(Days::new(days.into()))? { Some(over) } else { last(today.year() - 2) }
}

/// A service, as it is written down.
#[derive(Clone, Debug)]
pub struct ServiceForm {
    /// When.
    pub on: NaiveDate,
    /// From when, `HH:MM`.
    pub start: String,
    /// Until when, `HH:MM`, on the same day.
    pub end: String,
    /// What it was.
    pub service: ServiceType,
    /// How many were served.
    pub recipients: u32,
    /// In words; nobody's name.
    pub description: String,
}

impl ServiceForm {
    /// Every broken rule that does not depend on the day, in the order of the fields.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        let (start, end) = (minute(&self.start), minute(&self.end));
        let backwards = start.zip(end).is_some_and(|(start, end)| end <= start);
        let words = usize::from(self.service == ServiceType::Other);
        let recipients = (1..=RECIPIENTS_MAX).contains(&self.recipients);
        [
            start.is_none().then(|| Violation::new("start", "volunteers.time")),
            end.is_none().then(|| Violation::new("end", "volunteers.time")),
            backwards.then(|| Violation::new("end", "volunteers.end_first")),
            (!recipients).then(|| Violation::new("recipients", "volunteers.recipients").with("max", RECIPIENTS_MAX)),
            length("description", &self.description, words, DESCRIPTION_MAX),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Whether it is over at `now`, and not longer ago than a recipient has to confirm it.
    ///
    /// # Errors
    /// `volunteers.not_over`, `volunteers.too_old` (arg `days`).
    #[must_use]
    pub fn check_when(&self, now: DateTime<Utc>, days: u32) -> Option<Violation> {
        let today = local_date(now);
        let clock = now.with_timezone(&shanghai()).time();
        let present = clock.hour() * 60 + clock.minute();
        if self.on > today {
            return Some(Violation::new("on", "volunteers.not_over"));
        }
        if self.on == today && minute(&self.end).is_some_and(|end| end > present) {
            return Some(Violation::new("end", "volunteers.not_over"));
        }
        check_age(self.on, today, days)
    }

    /// How long it took.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        minute(&self.end).unwrap_or_default().saturating_sub(minute(&self.start).unwrap_or_default())
    }
}

/// Whether a service of the day `on` may still be written down or handed in on `today`.
///
/// # Errors
/// `volunteers.too_old` at `on` (arg `days`).
#[must_use]
pub fn check_age(on: NaiveDate, today: NaiveDate, days: u32) -> Option<Violation> {
    (due_on(on, days) < today).then(|| Violation::new("on", "volunteers.too_old").with("days", days))
}

/// Minutes since midnight of a time as `HH:MM`.
fn minute(text: &str) -> Option<u32> {
    let time = NaiveTime::parse_from_str(text, "%H:%M").ok().filter(|_| text.len() == 5)?;
    Some(time.hour() * 60 + time.minute())
}

/// The last four digits of a phone.
///
/// # Errors
/// `confirm.tail` at `tail`.
#[must_use]
pub fn check_tail(tail: &str) -> Option<Violation> {
    let four = tail.len() == 4 && tail.bytes().all(|byte| byte.is_ascii_digit());
    (!four).then(|| Violation::new("tail", "confirm.tail"))
}

/// What a colleague states, or what a coordinator saw.
///
/// # Errors
/// `form.required`, `form.too_long` at `field`.
#[must_use]
pub fn check_word(field: &'static str, word: &str) -> Option<Violation> {
    length(field, word, 1, WORD_MAX)
}

/// The same of what may be left out.
///
/// # Errors
/// `form.too_long` at `field`.
#[must_use]
pub fn check_note(field: &'static str, note: &str) -> Option<Violation> {
    length(field, note, 0, WORD_MAX)
}

/// Nobody confirms, looks at or signs off themself (6.7.2, 6.7.5).
///
/// # Errors
/// `volunteers.own` when `own`.
pub fn not_own(own: bool) -> Result<(), Violation> {
    if own { Err(Violation::new("", "volunteers.own")) } else { Ok(()) }
}

/// A look at vest and armband (6.7.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KitLook {
    /// When.
    pub on: NaiveDate,
    /// Whether the vest was worn.
    pub vest: bool,
    /// Whether the armband was worn.
    pub armband: bool,
}

/// What is known of a volunteer.
#[derive(Clone, Copy, Debug)]
pub struct VolunteerFacts {
    /// When they first passed an induction.
    pub inducted_on: Option<NaiveDate>,
    /// When somebody last said that they can work alone.
    pub competent_on: Option<NaiveDate>,
    /// The last look at vest and armband.
    pub kit: Option<KitLook>,
}

/// What a volunteer lacks on `today`, where a look at the kit counts for `kit_days`.
#[must_use]
pub fn lacks(facts: &VolunteerFacts, today: NaiveDate, kit_days: u32) -> Vec<VolunteerLack> {
    use VolunteerLack as L;
    let inducted = facts.inducted_on.is_some_and(|on| on <= today);
    let fresh = facts.kit.filter(|look| due_on(look.on, kit_days) >= today);
    [
        (!inducted).then_some(L::Induction),
        facts.competent_on.is_none().then_some(L::Competence),
        fresh.is_none().then_some(L::Kit),
        fresh.is_some_and(|look| !look.vest).then_some(L::Vest),
        fresh.is_some_and(|look| !look.armband).then_some(L::Armband),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How many of a hundred were confirmed; none where there are fewer than `least`.
#[must_use]
pub fn rate(confirmed: u32, of: u32, least: u32) -> Option<u32> {
    (of > 0 && of >= least).then(|| (confirmed * 100 + of / 2) / of)
}

#[cfg(test)]
#[path = "volunteers_tests.rs"]
mod tests;
