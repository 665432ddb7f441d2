//! What is the viewer's own to put right, on their desk: the soonest first.

use domain::{improvement::RectificationQueue, permission::Permission};
use leptos::prelude::*;

use super::{Line, List, tasks};
use crate::{
    api::improvement::Asked,
    components::AsyncView,
    i18n::{t, use_i18n},
    session::use_session,
};

/// The part of the desk; nothing for whoever has no tasks at all.
#[component]
pub fn OwnTasks() -> impl IntoView {
    let session = use_session();
    session.can(Permission::ImprovementRead).then(|| view! { <Owed /> })
}

#[component]
fn Owed() -> impl IntoView {
    let i18n = use_i18n();
    let mine = || tasks(Asked { queue: Some(RectificationQueue::Mine), ..Asked::default() });
    let found = LocalResource::new(mine);
    let ready = move |data: List| {
        let none = data.rows.is_empty();
        let rows = data.rows.into_iter().map(|row| view! { <Line row /> }).collect_view();
        view! {
            {none.then(|| view! { <p class="hint">{t!(i18n, improvement.none_mine)}</p> })}
            <ul class="settings-list">{rows}</ul>
        }
    };
    view! {
        <section class="sheet" aria-labelledby="mine-rectification">
            <h2 class="sheet-title" id="mine-rectification">{t!(i18n, improvement.mine)}</h2>
            <AsyncView resource=found ready />
        </section>
    }
}
