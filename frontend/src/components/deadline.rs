//! When something is due, honestly: late is said in words, and a pause with its reason.

use chrono::{DateTime, Utc};
use domain::complaints::PauseReason;
use leptos::prelude::*;

use crate::{
    components::{Chip, Mark, Tone},
    i18n::{Locale, label, t_string, td_string, use_i18n},
    time,
};

/// A clock as the server reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// When; none when nothing is owed.
    pub at: Option<DateTime<Utc>>,
    /// Working days until then, negative after it.
    pub days_left: Option<i32>,
    /// Whether it has passed.
    pub late: bool,
    /// Why the clock stands still, if it does.
    pub paused: Option<PauseReason>,
}

impl Due {
    fn look(self) -> (Tone, Mark) {
        match self {
            Self { paused: Some(_), .. } => (Tone::Still, Mark::Pause),
            Self { late: true, .. } => (Tone::Bad, Mark::Alert),
            Self { days_left: Some(..=1), .. } => (Tone::Warn, Mark::Clock),
            _ => (Tone::Plain, Mark::Clock),
        }
    }

    fn words(self, locale: Locale) -> String {
        if let Some(reason) = self.paused {
            let reason = label(locale, "pause_reason", reason.key());
            return td_string!(locale, common.due_paused, reason = reason);
        }
        let days = self.days_left.map_or(0, i32::unsigned_abs);
        match (self.late, days) {
            (true, 0) => td_string!(locale, common.due_late_today).to_owned(),
            (true, 1) => td_string!(locale, common.due_late_one).to_owned(),
            (true, _) => td_string!(locale, common.due_late, days = days),
            (false, 0) => td_string!(locale, common.due_today).to_owned(),
            (false, 1) => td_string!(locale, common.due_left_one).to_owned(),
            (false, _) => td_string!(locale, common.due_left, days = days),
        }
    }
}

/// Due date and working days left, late or paused. Empty when nothing is owed.
#[component]
pub fn Deadline(due: Due) -> impl IntoView {
    let i18n = use_i18n();
    // While the clock stands still there may be no date: the reason is then all there is to say.
    (due.at.is_some() || due.paused.is_some()).then(|| {
        let (tone, mark) = due.look();
        let date = due.at.map(|at| {
            view! {
                <time class="tabular-nums" datetime=at.to_rfc3339()>{time::date(at)}</time>
                <span class="sr-only">{move || t_string!(i18n, common.separator)}</span>
            }
        });
        view! {
            <span class="deadline">
                {date}
                <Chip tone mark text=move || due.words(i18n.get_locale()) />
            </span>
        }
    })
}
