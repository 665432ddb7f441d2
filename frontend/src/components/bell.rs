//! Notifications: what the viewer is told of.

use domain::notices::NoticeReason;
use leptos::{ev, leptos_dom::helpers::window_event_listener, prelude::*, task::spawn_local};

use crate::{
    api::notices::{AcknowledgeInput, Message, acknowledge, messages},
    components::{Icon, Mark, refresh},
    dom,
    i18n::{Locale, label, t, t_string, use_i18n},
    pages::elsewhere::EVALUATE,
    time,
};

const BUTTON: &str = "bell";
const PANEL: &str = "notices";

/// The bell with its count, and the list it opens.
#[component]
pub fn Bell() -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let found = LocalResource::new(messages);
    refresh::every_minute(move || found.refetch());
    // A place without notifications, or no network: the bell is silent and the page itself says what is wrong.
    let notices = Memo::new(move |_| found.get().and_then(Result::ok).unwrap_or_default());
    let unread = Memo::new(move |_| notices.with(|all| all.iter().filter(|n| n.acknowledged_at.is_none()).count()));
    let name = move || match unread.get() {
        0 => t_string!(i18n, desk.bell.open_none).to_owned(),
        count => t_string!(i18n, desk.bell.open, count = count),
    };
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && open.get_untracked() {
            open.set(false);
            dom::focus(BUTTON);
        }
    });
    on_cleanup(move || escape.remove());
    let acknowledged = Callback::new(move |()| found.refetch());
    view! {
        <div class="bell">
            <button
                type="button"
                id=BUTTON
                class="tool"
                aria-label=name
                aria-expanded=move || open.get().to_string()
                aria-controls=PANEL
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon mark=Mark::Bell />
                <Show when=move || { unread.get() > 0 }>
                    <span class="bell-count" aria-hidden="true">{unread}</span>
                </Show>
            </button>
            <section id=PANEL class="bell-panel" class:hidden=move || !open.get() aria-label=move || t_string!(i18n, desk.bell.title)>
                <h2 class="bell-title">{t!(i18n, desk.bell.title)}</h2>
                <Show
                    when=move || !notices.with(Vec::is_empty)
                    fallback=move || view! { <p class="hint">{t!(i18n, desk.bell.empty)}</p> }
                >
                    <ul class="bell-list">
                        <For each=move || notices.get() key=|n| (n.id, n.acknowledged_at) let(notice)>
                            <NoticeLine notice open acknowledged />
                        </For>
                    </ul>
                </Show>
            </section>
        </div>
    }
}

/// Where what it is about is shown.
fn address(notice: &Message) -> String {
    let of = |path: &str, id: String| format!("{path}{id}");
    let Message { complaint, bad_rating, rectification, plan, campaign, .. } = notice;
    None.or_else(|| complaint.as_ref().map(|case| of("/desk/complaints/", case.id.to_string())))
        .or_else(|| bad_rating.map(|id| of("/desk/bad-ratings/", id.to_string())))
        .or_else(|| rectification.map(|id| of("/desk/rectification/", id.to_string())))
        .or_else(|| plan.map(|id| of("/desk/improvement/", id.to_string())))
        .or_else(|| campaign.map(|id| of(EVALUATE, format!("?round={id}"))))
        .or_else(|| (notice.reason == NoticeReason::WeekSummed).then(|| of("/desk/ratings?week=", week(notice))))
        .unwrap_or_else(|| "/desk/rectification/findings".to_owned())
}

/// The Monday of the week that a message names: `2026-02-23 – 2026-03-01`.
fn week(notice: &Message) -> String {
    notice.text.as_deref().and_then(|days| days.split(' ').next()).unwrap_or_default().to_owned()
}

/// Why it was sent; of a case, what happened to it.
fn why(notice: &Message, locale: Locale) -> &'static str {
    match notice.kind {
        Some(event) => label(locale, "event", event.key()),
        None => label(locale, "notice_reason", notice.reason.key()),
    }
}

#[component]
fn NoticeLine(notice: Message, open: RwSignal<bool>, acknowledged: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (href, told) = (address(&notice), notice.clone());
    let Message { id, reason, complaint, campaign, text, at, acknowledged_at, .. } = notice;
    // A case has a number, and words besides; anything else has a name.
    let (name, words) = match complaint {
        Some(case) => (Some(case.number), text),
        None => (text, None),
    };
    let acknowledge = move |_| {
        spawn_local(async move {
            if acknowledge::ask(AcknowledgeInput { id }).await.is_ok() {
                // The bell may be gone by now.
                let _ = acknowledged.try_run(());
            }
        });
    };
    let state = match acknowledged_at {
        Some(_) => view! { <span class="hint">{t!(i18n, desk.bell.acknowledged)}</span> }.into_any(),
        None => {
            let (told, about) = (told.clone(), name.clone());
            let name = move || {
                let about = about.as_deref().unwrap_or_else(|| why(&told, i18n.get_locale()));
                t_string!(i18n, desk.bell.acknowledge_for, number = about)
            };
            view! {
                <button type="button" class="btn btn-ghost btn-small" aria-label=name on:click=acknowledge>
                    <Icon mark=Mark::Check />
                    {t!(i18n, desk.bell.acknowledge)}
                </button>
            }
            .into_any()
        }
    };
    let link = move || name.clone().unwrap_or_else(|| t_string!(i18n, desk.bell.look).to_owned());
    let key = reason.key();
    view! {
        <li class="bell-line" class:bell-new=acknowledged_at.is_none() data-notice=key>
            <div>
                <p class="font-semibold">{move || why(&told, i18n.get_locale())}</p>
                // The rater's page is another entry point's.
                <a
                    class="link line-clamp-2"
                    href=href
                    rel=campaign.map(|_| "external")
                    on:click=move |_| open.set(false)
                >
                    {link}
                </a>
                {words.map(|text| view! { <p class="line-clamp-2">{text}</p> })}
                <p class="hint">
                    <time datetime=at.to_rfc3339()>{time::date_time(at)}</time>
                </p>
            </div>
            {state}
        </li>
    }
}
