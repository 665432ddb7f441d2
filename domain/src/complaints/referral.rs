//! A case put before the city (提请市级督办, domain sections B and E.1).
//!
//! ```text
//! open ──▶ answered
//!   └ opened by one clerk of the city at a time, for a reason; only they read, reveal and answer
//! ```
//! Invariants: the city reads a case only between opening and answering; nobody decides about their own work; what the
//! city sees before it opens names nobody.

use super::{ComplaintEventKind, Facts, form};
use crate::{AccountId, Violation, macros::text_enum};

text_enum! {
    /// Whether the city has answered.
    pub enum ReferralStatus {
        /// Not yet.
        Open = "open",
        /// It has; nobody of the city reads the case any more.
        Answered = "answered",
    }
}

/// Longest reason for putting a case before the city, in characters.
pub const REASON_MAX: usize = 500;
/// So many digits in a row are a phone number or an identity card's, and no document's number.
const DIGITS: usize = 11;

/// Checks why a case is put before the city. Its whole city office reads that, without opening the case.
///
/// # Errors
/// As [`form::entry`], up to [`REASON_MAX`]; `referral.names_somebody` when a phone or identity number is in it.
pub fn check_reason(reason: &str) -> Result<(), Violation> {
    if let Some(fault) = form::length("reason", reason, 1, REASON_MAX) {
        return Err(fault);
    }
    let mut run = 0;
    for sign in reason.chars() {
        run = if sign.is_ascii_digit() { run + 1 } else { 0 };
        if run >= DIGITS {
            return Err(Violation::new("reason", "referral.names_somebody"));
        }
    }
    Ok(())
}

/// Whether `clerk` of the city may open the case: not one they have worked on inside the center. The person complained
/// about is not asked here; for them there is no case.
///
/// # Errors
/// `referral.own_case`.
pub fn may_open(facts: &Facts, clerk: AccountId) -> Result<(), Violation> {
    let worked = [facts.handler, facts.assignee, facts.proposer, facts.approver, facts.reviewer];
    if worked.contains(&Some(clerk)) { Err(Violation::new("", "referral.own_case")) } else { Ok(()) }
}

/// Whether `clerk` may read and answer now.
///
/// # Errors
/// `referral.answered` afterwards, `referral.not_opened` before they have opened it, or once a colleague has.
pub fn may_read(status: ReferralStatus, opened_by: Option<AccountId>, clerk: AccountId) -> Result<(), Violation> {
    match status {
        ReferralStatus::Answered => Err(Violation::new("", "referral.answered")),
        ReferralStatus::Open if opened_by == Some(clerk) => Ok(()),
        ReferralStatus::Open => Err(Violation::new("", "referral.not_opened")),
    }
}

/// Whether the city sees an entry of the timeline: all but the notes that colleagues write for each other, and who was
/// named as the person complained about.
#[must_use]
pub const fn is_shown(kind: ComplaintEventKind) -> bool {
    !matches!(kind, ComplaintEventKind::Note | ComplaintEventKind::RespondentNamed)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const CLERK: AccountId = AccountId(Uuid::from_u128(1));
    const OTHER: AccountId = AccountId(Uuid::from_u128(2));

    #[test]
    fn a_reason_is_short_and_names_no_number_of_a_person() {
        let code = |reason: &str| check_reason(reason).map_or_else(|fault| fault.code, |()| "ok");
        assert_eq!(code("涉及公安分局，中心无法协调，文号中府办〔2026〕3号，编号20260302-ABCDE"), "ok");
        assert_eq!(code(" "), "form.required");
        assert_eq!(code(&"长".repeat(REASON_MAX + 1)), "form.too_long");
        for number in ["电话13800001234", "证号442000199001011234"] {
            assert_eq!(code(number), "referral.names_somebody", "{number}");
        }
        assert_eq!(code("0760-88888888，1380000 1234"), "ok");
    }

    #[test]
    fn one_clerk_at_a_time_reads_until_the_answer() {
        let code = |status, by| may_read(status, by, CLERK).map_or_else(|fault| fault.code, |()| "ok");
        assert_eq!(code(ReferralStatus::Open, None), "referral.not_opened");
        assert_eq!(code(ReferralStatus::Open, Some(OTHER)), "referral.not_opened");
        assert_eq!(code(ReferralStatus::Open, Some(CLERK)), "ok");
        assert_eq!(code(ReferralStatus::Answered, Some(CLERK)), "referral.answered");
    }

    #[test]
    fn notes_of_colleagues_stay_inside_the_center() {
        let hidden: Vec<_> = ComplaintEventKind::ALL.iter().filter(|kind| !is_shown(**kind)).collect();
        assert_eq!(hidden, [&ComplaintEventKind::Note, &ComplaintEventKind::RespondentNamed]);
    }
}
