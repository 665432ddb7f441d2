//! Cases past their due date, to be pressed or taken up a level.

use domain::complaints::{Action, ComplaintQueue};
use leptos::prelude::*;

use crate::{
    components::CaseQueue,
    i18n::{t_string, use_i18n},
};

/// The page.
#[component]
pub fn Overdue() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <CaseQueue
            queue=ComplaintQueue::Overdue
            offers=|action| matches!(action, Action::Press | Action::Escalate)
            title=move || t_string!(i18n, desk.overdue.title)
            lead=move || t_string!(i18n, desk.overdue.lead)
            empty=move || t_string!(i18n, desk.overdue.empty)
        />
    }
}
