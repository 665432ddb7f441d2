//! What was given to the viewer, by due time.

use domain::complaints::{Action, ComplaintQueue};
use leptos::prelude::*;

use crate::{
    components::CaseQueue,
    i18n::{t_string, use_i18n},
};

/// The page.
#[component]
pub fn Today() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <CaseQueue
            queue=ComplaintQueue::Mine
            offers=|action| matches!(action, Action::Investigate | Action::Return | Action::Propose)
            title=move || t_string!(i18n, desk.today.title)
            lead=move || t_string!(i18n, desk.today.lead)
            empty=move || t_string!(i18n, desk.today.empty)
        />
    }
}
