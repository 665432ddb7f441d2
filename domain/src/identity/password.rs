//! What a password must be: long and not guessable; kinds of characters only where a
//! deployment is assessed by 等保, which asks for them.
//!
//! Whether it is guessable is judged by the server, which has the lists.

use chrono::{DateTime, TimeDelta, Utc};

use crate::Violation;

/// Enough where a second factor stands behind it, or little can be done.
pub const SHORTEST: usize = 12;
/// Enough alone for those who can do much.
pub const SHORTEST_ALONE: usize = 15;
/// Longer ones only keep the hasher busy.
pub const LONGEST: usize = 128;
/// 等保: a password is changed after so many days.
pub const COMPAT_DAYS: i64 = 90;
/// 等保: a new password is none of so many latest ones, the present one among them.
pub const COMPAT_LAST: u64 = 5;

/// What is asked of a password here.
#[derive(Clone, Copy, Debug)]
pub struct Demands {
    /// Characters at least.
    pub shortest: usize,
    /// Whether three of four kinds of characters are asked for.
    pub dengbao_compat: bool,
}

impl Demands {
    /// Of somebody who can do much (`privileged`), with or without a second factor.
    #[must_use]
    pub const fn of(privileged: bool, second_factor: bool, dengbao_compat: bool) -> Self {
        let shortest = if privileged && !second_factor { SHORTEST_ALONE } else { SHORTEST };
        Self { shortest, dengbao_compat }
    }
}

/// What is wrong with `password`, as far as it shows by itself. `context` is what anybody would
/// try first: the login, the name, the center's name.
#[must_use]
pub fn check(password: &str, demands: Demands, context: &[&str]) -> Vec<Violation> {
    let violation = |code| Violation::new("password", code);
    let mut found = Vec::new();
    let length = password.chars().count();
    if length < demands.shortest {
        found.push(violation("password.too_short").with("min", demands.shortest));
    }
    if length > LONGEST {
        found.push(violation("password.too_long").with("max", LONGEST));
    }
    let lower = password.to_lowercase();
    let words = context.iter().flat_map(|text| text.split(['.', '@', ' '])).map(str::to_lowercase);
    if words.into_iter().any(|word| word.chars().count() >= 4 && lower.contains(&word)) {
        found.push(violation("password.contains_name"));
    }
    if demands.dengbao_compat && kinds(password) < 3 {
        found.push(violation("password.three_kinds"));
    }
    found
}

/// Whether a password set at `set_at` has to be changed where 等保 asks for it.
#[must_use]
pub fn is_worn(set_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - set_at >= TimeDelta::days(COMPAT_DAYS)
}

fn kinds(password: &str) -> usize {
    let has = |test: fn(char) -> bool| usize::from(password.chars().any(test));
    has(|c| c.is_lowercase()) + has(|c| c.is_uppercase()) + has(|c| c.is_ascii_digit()) + has(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(password: &str, demands: Demands) -> Vec<&'static str> {
        check(password, demands, &["handler.shiqi", "林小梅"]).into_iter().map(|violation| violation.code).collect()
    }

    #[test]
    fn long_is_enough_and_no_kind_of_character_is_asked_for() {
        let plain = Demands::of(false, false, false);
        assert!(codes("paper lantern on the river", plain).is_empty());
        assert!(codes("五月的石岐河边有一座灯塔", plain).is_empty());
        assert_eq!(codes("short", plain), ["password.too_short"]);
        assert_eq!(codes(&"x".repeat(129), plain), ["password.too_long"]);
        assert!(codes(&"x".repeat(128), plain).is_empty());
        assert_eq!(codes("my shiqi center 2026", plain), ["password.contains_name"]);
    }

    #[test]
    fn whoever_can_do_much_without_a_second_factor_needs_more() {
        let twelve = "wet umbrella";
        assert!(codes(twelve, Demands::of(true, true, false)).is_empty());
        assert_eq!(codes(twelve, Demands::of(true, false, false)), ["password.too_short"]);
    }

    #[test]
    fn a_deployment_under_assessment_asks_for_three_kinds() {
        let compat = Demands::of(false, false, true);
        assert_eq!(codes("paper lantern", compat), ["password.three_kinds"]);
        assert!(codes("Paper lantern", compat).is_empty());
        assert!(codes("paper-lantern-7", compat).is_empty());
        let set: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
        assert!(!is_worn(set, set + TimeDelta::days(89)) && is_worn(set, set + TimeDelta::days(90)));
    }
}
