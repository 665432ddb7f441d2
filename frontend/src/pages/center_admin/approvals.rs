//! Conclusions that wait for approval, and reviews that wait for a decision.

use domain::complaints::{Action, ComplaintQueue};
use leptos::prelude::*;

use crate::{
    components::CaseQueue,
    i18n::{t_string, use_i18n},
};

const fn offers(action: Action) -> bool {
    matches!(action, Action::Approve | Action::SendBack | Action::StartReview | Action::DecideReview)
}

/// The page.
#[component]
pub fn Approvals() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <CaseQueue
            queue=ComplaintQueue::ToApprove
            offers
            title=move || t_string!(i18n, desk.approvals.title)
            lead=move || t_string!(i18n, desk.approvals.lead)
            empty=move || t_string!(i18n, desk.approvals.empty)
        />
    }
}
