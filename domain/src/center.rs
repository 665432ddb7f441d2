//! The life of a center as a tenant.
//!
//! ```text
//! active ⇄ suspended
//!    └──────┴──▶ closing ──▶ closed (for good; its rows may then be removed)
//!    ▲───────────┘ kept open
//! ```
//! Invariant: one person begins to close, another confirms (Z-9), and only once the center has taken its data along.

use crate::{AccountId, Violation, macros::text_enum};

text_enum! {
    /// Whether a center works.
    #[cfg_attr(feature = "graphql", graphql(name = "CenterStatus"))]
    pub enum CenterStatus {
        /// It does.
        Active = "active",
        /// Stopped: nobody gets in, and the public does not see it.
        Suspended = "suspended",
        /// Winding up: its people still work, the public does not see it any more.
        Closing = "closing",
        /// Over.
        Closed = "closed",
    }

    /// What a city office does with a center.
    #[cfg_attr(feature = "graphql", graphql(name = "CenterAction"))]
    pub enum CenterAction {
        /// Take it in.
        Create = "create",
        /// Stop it for a while.
        Suspend = "suspend",
        /// Let it go on.
        Reinstate = "reinstate",
        /// Begin to wind it up.
        BeginClosing = "begin_closing",
        /// Not close it after all.
        KeepOpen = "keep_open",
        /// Close it.
        Close = "close",
    }

    /// What kind of place it serves.
    #[cfg_attr(feature = "graphql", graphql(name = "CenterKind"))]
    pub enum CenterKind {
        /// 街道.
        Street = "street",
        /// 镇.
        Town = "town",
    }
}

/// Who began to close a center, and whether it has exported its data since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The one who began.
    pub by: AccountId,
    /// Whether its own administrator has taken the data since then.
    pub exported: bool,
}

/// The status after `action` of `actor`.
///
/// # Errors
/// `center.not_now` in a state without that step, `center.second_person` when whoever began to close would also confirm
/// it, `center.not_exported` before the data has been taken.
pub fn after(
    status: CenterStatus,
    action: CenterAction,
    actor: AccountId,
    closing: Option<Closing>,
) -> Result<CenterStatus, Violation> {
    use {CenterAction as A, CenterStatus as S};
    let refuse = |code| Err(Violation::new("", code));
    match (action, status, closing) {
        (A::Suspend, S::Active, _) => Ok(S::Suspended),
        (A::Reinstate, S::Suspended, _) | (A::KeepOpen, S::Closing, _) => Ok(S::Active),
        (A::BeginClosing, S::Active | S::Suspended, _) => Ok(S::Closing),
        (A::Close, S::Closing, Some(closing)) if closing.by == actor => refuse("center.second_person"),
        (A::Close, S::Closing, Some(closing)) if !closing.exported => refuse("center.not_exported"),
        (A::Close, S::Closing, Some(_)) => Ok(S::Closed),
        _ => refuse("center.not_now"),
    }
}

/// Checks a public code, as it stands in addresses: 2 to 32 of `a`–`z`, digits and inner dashes.
///
/// # Errors
/// `center.code_form`.
pub fn check_code(code: &str) -> Result<(), Violation> {
    let fits = (2..=32).contains(&code.len())
        && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !code.starts_with('-')
        && !code.ends_with('-');
    if fits { Ok(()) } else { Err(Violation::new("code", "center.code_form")) }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const ONE: AccountId = AccountId(Uuid::from_u128(1));
    const OTHER: AccountId = AccountId(Uuid::from_u128(2));

    #[test]
    fn closing_takes_two_people_and_an_export() {
        let close = |actor, closing| after(CenterStatus::Closing, CenterAction::Close, actor, closing);
        let code = |found: Result<CenterStatus, Violation>| found.unwrap_err().code;
        let begun = Closing { by: ONE, exported: true };
        assert_eq!(code(close(ONE, Some(begun))), "center.second_person");
        assert_eq!(code(close(OTHER, Some(Closing { exported: false, ..begun }))), "center.not_exported");
        assert_eq!(code(close(OTHER, None)), "center.not_now");
        assert_eq!(close(OTHER, Some(begun)), Ok(CenterStatus::Closed));
    }

    #[test]
    fn what_is_closed_stays_closed_and_nothing_is_closed_at_once() {
        let begun = Some(Closing { by: ONE, exported: true });
        for action in CenterAction::ALL {
            assert!(after(CenterStatus::Closed, *action, OTHER, begun).is_err(), "{action:?}");
            assert_ne!(after(CenterStatus::Active, *action, OTHER, begun), Ok(CenterStatus::Closed));
        }
    }

    #[test]
    fn codes_fit_into_addresses() {
        for good in ["shiqi", "nan-tou", "east2"] {
            assert!(check_code(good).is_ok(), "{good}");
        }
        for bad in ["", "a", "Shiqi", "石岐", "a b", "-a", "a-", "a/b", &"a".repeat(33)] {
            assert!(check_code(bad).is_err(), "{bad}");
        }
    }
}
