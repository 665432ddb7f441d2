//! The complaint form, checked alike in the browser and on the server.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::NOTICE_VERSION;
use crate::{Violation, calendar::local_date};

/// What a complainant, or a member of staff for them, has filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What happened, in words: 10 to 2,000 characters.
    pub text: String,
    /// On which day, if known.
    pub happened_on: Option<NaiveDate>,
    /// Where.
    pub place: Option<String>,
    /// Which post or window.
    pub window: Option<String>,
    /// Name of the complainant.
    pub name: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Version of the notice that was shown.
    pub notice_version: String,
}

/// Longest complaint text, in characters.
pub const TEXT_MAX: usize = 2000;
/// Longest reason, note, finding or reply, in characters.
pub const ENTRY_MAX: usize = 2000;

/// Every broken rule of the form, in the order of its fields.
#[must_use]
pub fn validate(draft: &Draft, now: DateTime<Utc>) -> Vec<Violation> {
    let mut found = Vec::new();
    found.extend(length("text", &draft.text, 10, TEXT_MAX));
    let today = local_date(now);
    match draft.happened_on {
        Some(day) if day > today => found.push(Violation::new("happenedOn", "form.date_in_future")),
        Some(day) if day + Days::new(730) < today => found.push(Violation::new("happenedOn", "form.date_too_old")),
        _ => {}
    }
    for (field, value, max) in [
        ("place", &draft.place, 100),
        ("window", &draft.window, 60),
        ("name", &draft.name, 40),
        ("address", &draft.address, 200),
    ] {
        found.extend(value.as_deref().and_then(|text| length(field, text, 0, max)));
    }
    if let Some(phone) = draft.phone.as_deref()
        && normalize_phone(phone).is_none()
    {
        found.push(Violation::new("phone", "form.phone"));
    }
    if draft.notice_version != NOTICE_VERSION {
        found.push(Violation::new("noticeVersion", "form.notice").with("version", NOTICE_VERSION));
    }
    found
}

/// A text entry of a step: a reason, a finding, a note.
///
/// # Errors
/// `form.required` when blank, `form.too_long` (arg `max`).
pub fn entry(field: &'static str, text: &str) -> Result<(), Violation> {
    length(field, text, 1, ENTRY_MAX).map_or(Ok(()), Err)
}

/// Whether a text has from `min` to `max` characters, none of them a control character.
pub(crate) fn length(field: &'static str, text: &str, min: usize, max: usize) -> Option<Violation> {
    let count = text.trim().chars().count();
    if min > 0 && count == 0 {
        Some(Violation::new(field, "form.required"))
    } else if count < min {
        Some(Violation::new(field, "form.too_short").with("min", min))
    } else if count > max {
        Some(Violation::new(field, "form.too_long").with("max", max))
    } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
        Some(Violation::new(field, "form.control_characters"))
    } else {
        None
    }
}

/// The digits of a phone number, without a leading `+86` or `0086`; none when it cannot be one.
#[must_use]
pub fn normalize_phone(phone: &str) -> Option<String> {
    if phone.chars().any(|c| !(c.is_ascii_digit() || " -+()（）".contains(c))) {
        return None;
    }
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let national = digits
        .strip_prefix("0086")
        .or_else(|| if phone.trim_start().starts_with("+86") { digits.strip_prefix("86") } else { None })
        .unwrap_or(&digits);
    (5..=15).contains(&national.len()).then(|| national.to_owned())
}

/// A name shortened for lists: the family name and as many stars as characters follow.
#[must_use]
pub fn mask_name(name: &str) -> String {
    name.chars().enumerate().map(|(i, c)| if i == 0 { c } else { '*' }).collect()
}

/// A phone number with its middle hidden: `138****0001`; short ones show the last two digits.
#[must_use]
pub fn mask_phone(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().collect();
    let (head, tail) = if digits.len() >= 11 { (3, 4) } else { (0, 2) };
    let hidden = digits.len().saturating_sub(head + tail);
    digits.iter().enumerate().map(|(i, c)| if i >= head && i < head + hidden { '*' } else { *c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-03-02T01:30:00Z".parse().unwrap()
    }

    fn draft() -> Draft {
        Draft {
            text: "窗口人员没有一次说清需要的材料。".into(),
            notice_version: NOTICE_VERSION.into(),
            ..Draft::default()
        }
    }

    fn codes(draft: &Draft) -> Vec<(&'static str, &'static str)> {
        validate(draft, now()).into_iter().map(|v| (v.field, v.code)).collect()
    }

    #[test]
    fn the_shortest_anonymous_complaint_is_fine() {
        assert_eq!(codes(&draft()), []);
    }

    #[test]
    fn each_field_reports_its_own_fault() {
        let bad = Draft {
            text: "太慢".into(),
            happened_on: "2026-03-03".parse().ok(),
            place: Some("x".repeat(101)),
            phone: Some("call me".into()),
            notice_version: "1999".into(),
            ..Draft::default()
        };
        assert_eq!(
            codes(&bad),
            [
                ("text", "form.too_short"),
                ("happenedOn", "form.date_in_future"),
                ("place", "form.too_long"),
                ("phone", "form.phone"),
                ("noticeVersion", "form.notice"),
            ]
        );
    }

    #[test]
    fn today_in_shanghai_is_not_the_future_although_utc_is_a_day_behind() {
        let late: DateTime<Utc> = "2026-03-01T17:00:00Z".parse().unwrap();
        let today = Draft { happened_on: "2026-03-02".parse().ok(), ..draft() };
        assert_eq!(validate(&today, late), []);
    }

    #[test]
    fn phones_are_compared_by_their_national_digits() {
        for phone in ["13800001234", "138-0000-1234", "+86 138 0000 1234", "0086 13800001234"] {
            assert_eq!(normalize_phone(phone).as_deref(), Some("13800001234"), "{phone}");
        }
        assert_eq!(normalize_phone("1234"), None);
    }

    #[test]
    fn masks_hide_what_identifies() {
        assert_eq!(mask_name("陈小明"), "陈**");
        assert_eq!(mask_phone("13800001234"), "138****1234");
        assert_eq!(mask_phone("88661234"), "******34");
    }
}
