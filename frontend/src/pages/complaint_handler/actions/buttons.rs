//! The buttons of a case: what moves it first, everything else behind them.

use domain::complaints::Action;
use leptos::prelude::*;

use super::{Chosen, Desk};
use crate::{
    components::{Icon, Mark},
    i18n::{label, t, use_i18n},
};

/// The step that the rules expect next, in the order of the state machine.
const fn is_main(action: Action) -> bool {
    matches!(
        action,
        Action::Screen
            | Action::Accept
            | Action::ResolveOnSpot
            | Action::Assign
            | Action::Investigate
            | Action::Propose
            | Action::Approve
            | Action::Conclude
            | Action::GiveFeedback
            | Action::FollowUp
            | Action::StartReview
            | Action::DecideReview
            | Action::Close
            | Action::Archive
            | Action::Resume
            | Action::Press
    )
}

/// Refusals and the like stand beside the main step, but plainer.
const fn is_second(action: Action) -> bool {
    matches!(
        action,
        Action::Decline
            | Action::Merge
            | Action::Return
            | Action::SendBack
            | Action::Extend
            | Action::Escalate
            | Action::Refer
    )
}

/// Notes, replies and personal data have their own place on the case page.
const fn has_own_place(action: Action) -> bool {
    matches!(action, Action::Note | Action::Reply | Action::Reveal)
}

const fn mark(action: Action) -> Mark {
    match action {
        Action::Decline => Mark::Close,
        Action::Merge => Mark::Link,
        Action::Return | Action::SendBack => Mark::Back,
        Action::Extend => Mark::Clock,
        Action::Escalate | Action::Press | Action::Refer => Mark::Flag,
        Action::Pause => Mark::Pause,
        Action::Assign | Action::HandOver | Action::NameRespondent => Mark::Users,
        Action::GiveFeedback | Action::FollowUp => Mark::Chat,
        Action::Archive => Mark::Box,
        _ => Mark::Check,
    }
}

/// One button for each of `actions`.
#[component]
pub fn ActionButtons(
    desk: Desk,
    actions: Vec<Action>,
    /// Makes what the dialog needs.
    chosen: impl Fn(Action) -> Chosen + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let shown: Vec<Action> = actions.into_iter().filter(|action| !has_own_place(*action)).collect();
    let rest: Vec<Action> = shown.iter().copied().filter(|a| !is_main(*a) && !is_second(*a)).collect();
    let button = move |action: Action, class: &'static str| {
        let chosen = chosen.clone();
        view! {
            <button type="button" class=class data-action=action.key() on:click=move |_| desk.start(chosen(action))>
                <Icon mark=mark(action) />
                {move || label(i18n.get_locale(), "action", action.key())}
            </button>
        }
    };
    // One button is the likely next step; two of the same weight would compete.
    let mut first = true;
    let main = shown.iter().copied().filter(|action| is_main(*action)).map(|action| {
        let class = if std::mem::take(&mut first) { "btn btn-primary" } else { "btn btn-outline" };
        button(action, class)
    });
    let main = main.collect_view();
    let second = shown.iter().copied().filter(|action| is_second(*action));
    let second = second.map(|action| button(action, "btn btn-outline")).collect_view();
    let alone = rest.len() == shown.len();
    let any = !rest.is_empty();
    let rest = rest.into_iter().map(|action| button(action, "btn btn-outline")).collect_view();
    let more = any.then(|| {
        if alone {
            return rest.into_any();
        }
        view! {
            <details class="more">
                <summary class="btn btn-ghost">
                    {t!(i18n, complaints.case.more)} <Icon mark=Mark::ChevronDown />
                </summary>
                <div class="flex flex-wrap gap-2 pt-2">{rest}</div>
            </details>
        }
        .into_any()
    });
    view! { <div class="flex flex-wrap items-start gap-2">{main} {second} {more}</div> }
}
