//! Which earlier complaints look like the same matter: by words, place, day and phone.
//!
//! Words are compared by Dice's coefficient over character bigrams, which needs no
//! word list and works for Chinese (Dice 1945).

use std::collections::BTreeMap;

use chrono::NaiveDate;

/// What two complaints are compared by.
#[derive(Clone, Debug, Default)]
pub struct Traits {
    /// The complaint text.
    pub text: String,
    /// Where it happened.
    pub place: Option<String>,
    /// When it happened, or was received.
    pub day: Option<NaiveDate>,
    /// Keyed hash of the phone number: equal or not, never the number.
    pub phone: Option<Vec<u8>>,
}

/// From this score on (0–100) a complaint is suggested as a duplicate.
pub const SUGGEST_FROM: u8 = 45;

/// How alike two complaints are, 0 to 100: words up to 60, phone 25, place up to 10, days up to 5.
#[must_use]
pub fn score(a: &Traits, b: &Traits) -> u8 {
    let words = dice(&a.text, &b.text) * 60 / 100;
    let phone = if a.phone.is_some() && a.phone == b.phone { 25 } else { 0 };
    let place = match (&a.place, &b.place) {
        (Some(x), Some(y)) => dice(x, y) / 10,
        _ => 0,
    };
    let days = match (a.day, b.day) {
        (Some(x), Some(y)) => 5u64.saturating_sub((x - y).num_days().unsigned_abs()),
        _ => 0,
    };
    u8::try_from((words + phone + place + days).min(100)).unwrap_or(100)
}

/// Dice's coefficient of two texts' character bigrams, in percent.
fn dice(a: &str, b: &str) -> u64 {
    let (x, y) = (bigrams(a), bigrams(b));
    let total: u64 = x.values().chain(y.values()).sum();
    if total == 0 {
        return 0;
    }
    let shared: u64 = x.iter().map(|(pair, n)| (*n).min(y.get(pair).copied().unwrap_or(0))).sum();
    200 * shared / total
}

fn bigrams(text: &str) -> BTreeMap<(char, char), u64> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut found = BTreeMap::new();
    for pair in letters.windows(2) {
        if let [a, b] = pair {
            *found.entry((*a, *b)).or_insert(0) += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traits(text: &str, place: &str, day: &str, phone: Option<&[u8]>) -> Traits {
        Traits { text: text.into(), place: Some(place.into()), day: day.parse().ok(), phone: phone.map(Into::into) }
    }

    const TEXT: &str = "在一楼3号窗口办理社保卡补办，排队两个小时无人叫号。";

    #[test]
    fn the_same_story_from_the_same_phone_is_a_duplicate() {
        let a = traits(TEXT, "一楼3号窗口", "2026-03-02", Some(b"p"));
        assert_eq!(score(&a, &a), 100);
    }

    #[test]
    fn a_retold_story_at_the_same_place_is_suggested_without_a_phone() {
        let a = traits(TEXT, "一楼3号窗口", "2026-03-02", None);
        let b = traits("一楼3号窗口补办社保卡，排队两个小时都无人叫号", "一楼3号窗口", "2026-03-02", None);
        assert!(score(&a, &b) >= SUGGEST_FROM, "{}", score(&a, &b));
    }

    #[test]
    fn another_matter_from_the_same_phone_is_not() {
        let a = traits(TEXT, "一楼3号窗口", "2026-03-02", Some(b"p"));
        let b = traits("自助打印机缺纸，没有人补充。", "二楼自助区", "2026-01-20", Some(b"p"));
        assert!(score(&a, &b) < SUGGEST_FROM, "{}", score(&a, &b));
    }

    #[test]
    fn unknown_things_are_not_alike() {
        assert_eq!(score(&Traits::default(), &Traits::default()), 0);
    }
}
