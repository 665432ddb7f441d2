//! `/desk/staff`: everybody who works here.

use domain::permission::Permission;
use leptos::prelude::*;

use super::{Office, person_forms::PersonForm};
use crate::{
    api::posts::{StaffMember, staff},
    components::{AsyncView, Chip, Dialog, Empty, ExportButton, Icon, Mark, NoticeLine, PageHeading, Tone},
    i18n::{t, t_string, use_i18n},
    session::use_session,
};

/// The page.
#[component]
pub fn Staff() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let former = RwSignal::new(false);
    let found = LocalResource::new(move || staff(former.get()));
    let office = Office::<()>::new(move || found.refetch());
    let words = RwSignal::new(String::new());
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, posts.staff.title) />
            <div class="flex flex-wrap gap-3">
                <ExportButton
                    list="staff"
                    query=move || {
                        let words = words.with(|words| js_sys::encode_uri_component(words.trim()).as_string());
                        format!("former={}&q={}", former.get(), words.unwrap_or_default())
                    }
                />
                <Show when=move || session.can(Permission::PostManage)>
                    <a class="btn btn-outline" href="/desk/import?table=staff">{t!(i18n, posts.import.link)}</a>
                    <button type="button" class="btn btn-primary" on:click=move |_| office.begin(())>
                        <Icon mark=Mark::Plus />
                        {t!(i18n, posts.staff.add)}
                    </button>
                </Show>
            </div>
        </div>
        <p class="desk-lead">{t!(i18n, posts.staff.lead)}</p>
        <p>
            <a class="link" href="/desk/training">{t!(i18n, training.title)}</a>
        </p>
        <NoticeLine notice=office.notice />
        <div class="board-tools">
            <label class="field">
                <span class="field-label">{t!(i18n, posts.staff.search)}</span>
                <input
                    type="search"
                    class="input-line"
                    name="words"
                    prop:value=move || words.get()
                    on:input=move |event| words.set(event_target_value(&event))
                />
            </label>
            <label class="choice">
                <input
                    class="choice-dot"
                    type="checkbox"
                    name="former"
                    prop:checked=move || former.get()
                    on:change=move |event| former.set(event_target_checked(&event))
                />
                <span>{t!(i18n, posts.staff.former)}</span>
            </label>
        </div>
        <AsyncView resource=found ready=move |rows| view! { <List rows words /> } />
        <Dialog id="staff" open=office.open title=move || t_string!(i18n, posts.staff.add)>
            <PersonForm person=None done=move || office.done() />
        </Dialog>
    }
}

#[component]
fn List(rows: Vec<StaffMember>, words: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let none = rows.is_empty();
    let rows = StoredValue::new(rows);
    let shown = Memo::new(move |_| {
        let words = words.get().trim().to_lowercase();
        let fits = |row: &StaffMember| {
            let texts = [Some(&row.name), Some(&row.staff_no), row.title.as_ref()];
            words.is_empty() || texts.into_iter().flatten().any(|text| text.to_lowercase().contains(&words))
        };
        rows.with_value(|rows| {
            rows.iter().enumerate().filter(|(_, row)| fits(row)).map(|(at, _)| at).collect::<Vec<_>>()
        })
    });
    let cards = move || {
        let card = |at: usize| rows.with_value(|rows| rows.get(at).cloned()).map(|row| view! { <Card row /> });
        shown.get().into_iter().filter_map(card).collect_view()
    };
    view! {
        <p class="hint" role="status">{move || t_string!(i18n, posts.staff.count, count = shown.with(Vec::len))}</p>
        <Show
            when=move || !shown.with(Vec::is_empty)
            fallback=move || {
                let text = move || if none { t_string!(i18n, posts.staff.none) } else { t_string!(i18n, posts.board.empty) };
                view! { <Empty text /> }
            }
        >
            <ul class="board">{cards}</ul>
        </Show>
    }
}

#[component]
fn Card(row: StaffMember) -> impl IntoView {
    let i18n = use_i18n();
    let left = row.left_on.map(|day| day.to_string());
    let number = row.staff_no.clone();
    view! {
        <li class="card-case board-card" data-staff=row.staff_no.clone()>
            <div class="person-head">
                <h2 class="card-title"><a href=format!("/desk/staff/{}", row.id)>{row.name.clone()}</a></h2>
                {row.account_id.map(|_| view! { <Chip tone=Tone::Plain mark=Mark::Lock text=move || t_string!(i18n, posts.staff.account) /> })}
                {left.map(|day| {
                    let text = move || t_string!(i18n, posts.staff.left, day = day.as_str());
                    view! { <Chip tone=Tone::Still mark=Mark::SignOut text /> }
                })}
            </div>
            <p class="person-facts">
                <span>{move || t_string!(i18n, posts.staff.no, no = number.as_str())}</span>
                {row.title.map(|title| view! { <span>{title}</span> })}
            </p>
        </li>
    }
}
