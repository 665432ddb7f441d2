//! Notifications: what happened to the viewer's cases.

use chrono::{DateTime, Utc};
use cynic::QueryBuilder;
use domain::{NotificationId, complaints::ComplaintEventKind};
use leptos::{ev, leptos_dom::helpers::window_event_listener, prelude::*, task::spawn_local};

use crate::{
    api::{
        complaints::{
            ComplaintRef,
            actions::{AcknowledgeInput, acknowledge},
        },
        run, schema, send,
    },
    components::{Icon, Mark, refresh},
    dom,
    i18n::{label, t, t_string, use_i18n},
    time,
};

#[derive(cynic::QueryFragment, Clone)]
#[cynic(graphql_type = "Query")]
struct NoticesQuery {
    notifications: Vec<Notice>,
}

#[derive(cynic::QueryFragment, Clone, PartialEq, Eq)]
#[cynic(graphql_type = "Notification")]
struct Notice {
    id: NotificationId,
    kind: ComplaintEventKind,
    complaint: ComplaintRef,
    text: Option<String>,
    at: DateTime<Utc>,
    acknowledged_at: Option<DateTime<Utc>>,
}

const BUTTON: &str = "bell";
const PANEL: &str = "notices";

/// The bell with its count, and the list it opens.
#[component]
pub fn Bell() -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let found = LocalResource::new(|| async { run(NoticesQuery::build(())).await });
    refresh::every_minute(move || found.refetch());
    // A place without notifications, or no network: the bell is silent and the page itself says what is wrong.
    let notices = Memo::new(move |_| found.get().and_then(Result::ok).map(|q| q.notifications).unwrap_or_default());
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

#[component]
fn NoticeLine(notice: Notice, open: RwSignal<bool>, acknowledged: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let Notice { id, kind, complaint, text, at, acknowledged_at } = notice;
    let number = complaint.number.clone();
    let acknowledge = move |_| {
        spawn_local(async move {
            let Ok(request) = acknowledge::request(AcknowledgeInput { id }) else { return };
            if send(request).await.is_ok() {
                // The bell may be gone by now.
                let _ = acknowledged.try_run(());
            }
        });
    };
    let state = match acknowledged_at {
        Some(_) => view! { <span class="hint">{t!(i18n, desk.bell.acknowledged)}</span> }.into_any(),
        None => {
            let name = move || t_string!(i18n, desk.bell.acknowledge_for, number = number.as_str());
            view! {
                <button type="button" class="btn btn-ghost btn-small" aria-label=name on:click=acknowledge>
                    <Icon mark=Mark::Check />
                    {t!(i18n, desk.bell.acknowledge)}
                </button>
            }
            .into_any()
        }
    };
    view! {
        <li class="bell-line" class:bell-new=acknowledged_at.is_none()>
            <div>
                <p class="font-semibold">{move || label(i18n.get_locale(), "event", kind.key())}</p>
                <a class="link" href=format!("/desk/complaints/{}", complaint.id) on:click=move |_| open.set(false)>
                    {complaint.number}
                </a>
                {text.map(|text| view! { <p class="line-clamp-2">{text}</p> })}
                <p class="hint">
                    <time datetime=at.to_rfc3339()>{time::date_time(at)}</time>
                </p>
            </div>
            {state}
        </li>
    }
}
