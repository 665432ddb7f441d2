//! What a rater is told: that they were named, that a round ends tomorrow, that there is a reply.

use leptos::{prelude::*, task::spawn_local};

use super::address;
use crate::{
    api::notices::{AcknowledgeInput, Message, acknowledge, messages},
    components::{Icon, Mark},
    i18n::{label, t, t_string, use_i18n},
};

/// What is new.
#[component]
pub(super) fn News() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(messages);
    // Without a network the rounds below say what is wrong.
    let news = Memo::new(move |_| {
        let all = found.get().and_then(Result::ok).unwrap_or_default().into_iter();
        all.filter(|one| one.campaign.is_some() && one.acknowledged_at.is_none()).collect::<Vec<_>>()
    });
    let again = Callback::new(move |()| found.refetch());
    view! {
        <Show when=move || !news.with(Vec::is_empty)>
            <section class="sheet" aria-labelledby="rating-news">
                <h2 class="sheet-title" id="rating-news">{t!(i18n, campaigns.rate.news)}</h2>
                <ul class="grid gap-3">
                    <For each=move || news.get() key=|one| one.id let(message)>
                        <Line message again />
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Line(message: Message, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let Message { id, reason, campaign, text, .. } = message;
    let key = reason.key();
    let (name, told) = (text.clone().unwrap_or_default(), text.unwrap_or_default());
    let read = move |_| {
        spawn_local(async move {
            if acknowledge::ask(AcknowledgeInput { id }).await.is_ok() {
                // The page may be another one by now.
                let _ = again.try_run(());
            }
        });
    };
    view! {
        <li class="grid gap-1" data-news=key>
            <span class="flex items-center gap-2 font-semibold">
                <Icon mark=Mark::Bell />
                {move || label(i18n.get_locale(), "notice_reason", key)}
            </span>
            {campaign.map(|id| view! { <a class="link" href=address(id, None)>{told}</a> })}
            <span class="person-acts">
                <button
                    type="button"
                    class="btn btn-outline"
                    aria-label=move || t_string!(i18n, campaigns.rate.read_of, name = name.as_str())
                    on:click=read
                >
                    {t!(i18n, campaigns.rate.read)}
                </button>
            </span>
        </li>
    }
}
