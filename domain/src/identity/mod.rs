//! Identity: how long things last, what a password must be, how often one may try.
//!
//! ```text
//! membership: invited ─▶ active ⇄ suspended
//!                └──────────┴────────┴─────▶ ended (for good; a new invitation starts a new one)
//! ```

pub mod attempts;
pub mod password;

use chrono::{DateTime, TimeDelta, Utc};

use crate::{Violation, macros::text_enum, permission::RoleSet};

text_enum! {
    /// Whether a role may be used. Only `active` counts, and only between its dates (Z-7).
    pub enum MemberStatus {
        /// The link has not been used yet.
        Invited = "invited",
        /// Works.
        Active = "active",
        /// Stopped for a while.
        Suspended = "suspended",
        /// Over.
        Ended = "ended",
    }

    /// What a one-time link is for.
    pub enum InvitationKind {
        /// To take up a role in a center or a city office.
        Member = "member",
        /// To rate in one campaign.
        Evaluator = "evaluator",
        /// To choose a new password.
        PasswordReset = "password_reset",
        /// To take over a deployment that has no account yet (A-12).
        FirstRun = "first_run",
    }

    /// What may be done to a membership.
    pub enum MemberAction {
        /// Stop it for a while.
        Suspend = "suspend",
        /// Let it go on.
        Reinstate = "reinstate",
        /// End it.
        End = "end",
    }
}

impl MemberStatus {
    /// Whether the person has said yes to it, and it is not over.
    #[must_use]
    pub const fn was_taken_up(self) -> bool {
        matches!(self, Self::Active | Self::Suspended)
    }
}

impl InvitationKind {
    /// How long the link works: what opens more lives shorter.
    #[must_use]
    pub const fn lifetime(self) -> TimeDelta {
        match self {
            Self::Member | Self::Evaluator => TimeDelta::days(7),
            Self::PasswordReset => TimeDelta::hours(1),
            Self::FirstRun => TimeDelta::minutes(15),
        }
    }
}

/// The status after `action`.
///
/// # Errors
/// `member.not_now` when the membership is not in a state for it.
pub fn after(status: MemberStatus, action: MemberAction) -> Result<MemberStatus, Violation> {
    use {MemberAction as A, MemberStatus as S};
    match (action, status) {
        (A::Suspend, S::Active) => Ok(S::Suspended),
        (A::Reinstate, S::Suspended) => Ok(S::Active),
        (A::End, S::Invited | S::Active | S::Suspended) => Ok(S::Ended),
        _ => Err(Violation::new("", "member.not_now")),
    }
}

/// How long a session may lie idle: those who can do more leave their desk shorter (A-9).
#[must_use]
pub fn idle_limit(roles: &RoleSet) -> TimeDelta {
    TimeDelta::minutes(if roles.are_privileged() { 15 } else { 30 })
}

/// How long a session lasts however busy it is (A-9).
pub const SESSION_LIMIT: TimeDelta = TimeDelta::hours(8);

/// How long somebody who has shown who they are may hand out roles and take data along (A-11).
pub const SHOWN_FOR: TimeDelta = TimeDelta::minutes(5);

/// Whether somebody who showed their password, and their code where they have one, at `shown` has to do so again.
#[must_use]
pub fn must_show_again(shown: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    shown.is_none_or(|shown| now - shown >= SHOWN_FOR)
}

/// How many sessions a person may have at once; the oldest gives way (A-9).
pub const SESSIONS: usize = 3;

/// How long a browser that has signed in before counts as its owner's.
pub const DEVICE_LIFETIME: TimeDelta = TimeDelta::days(180);

/// How many recovery codes are given at once.
pub const RECOVERY_CODES: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ended_membership_stays_ended() {
        for action in MemberAction::ALL {
            assert!(after(MemberStatus::Ended, *action).is_err(), "{action:?}");
        }
        assert_eq!(after(MemberStatus::Active, MemberAction::Suspend), Ok(MemberStatus::Suspended));
        assert_eq!(after(MemberStatus::Suspended, MemberAction::Reinstate), Ok(MemberStatus::Active));
        // Whoever has not answered yet is not let in by a colleague.
        assert!(after(MemberStatus::Invited, MemberAction::Reinstate).is_err());
    }

    #[test]
    fn a_password_counts_as_shown_for_five_minutes() {
        let now: DateTime<Utc> = "2026-03-01T16:00:00Z".parse().unwrap();
        assert!(must_show_again(None, now), "a session from before this was asked");
        for (seconds, again) in [(0, false), (299, false), (300, true), (86_400, true)] {
            assert_eq!(must_show_again(Some(now - TimeDelta::seconds(seconds)), now), again, "{seconds}");
        }
    }

    #[test]
    fn a_link_lives_between_a_quarter_of_an_hour_and_a_week() {
        for kind in InvitationKind::ALL {
            assert!((TimeDelta::minutes(15)..=TimeDelta::days(7)).contains(&kind.lifetime()), "{kind:?}");
        }
    }
}
