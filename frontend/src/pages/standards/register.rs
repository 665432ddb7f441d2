//! The register of standards, narrowed by status and words, as it also leaves as a workbook.

use domain::{permission::Permission, standardisation::StandardStatus};
use leptos::prelude::*;

use super::{Names, Narrowed, StatusOf, Task, name};
use crate::{
    api::standards::StandardRow,
    components::{Chip, Empty, ExportButton, Icon, Mark, Tone},
    i18n::{label, t, t_string, use_i18n},
    pages::posts::Office,
    session::use_session,
};

#[component]
pub(super) fn Register(
    rows: Vec<StandardRow>,
    names: Names,
    office: Office<Task>,
    narrowed: Narrowed,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let Narrowed { status, words } = narrowed;
    let none = rows.is_empty();
    let (rows, names) = (StoredValue::new(rows), StoredValue::new(names));
    let shown = Memo::new(move |_| {
        let (status, words) = (status.get(), words.get().trim().to_lowercase());
        let fits = |row: &StandardRow| {
            let texts = [&row.standard.number, &row.standard.title];
            (status.is_empty() || row.standard.status.key() == status)
                && (words.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(&words)))
        };
        rows.with_value(|rows| {
            rows.iter().enumerate().filter(|(_, row)| fits(row)).map(|(at, _)| at).collect::<Vec<_>>()
        })
    });
    let lines = move || {
        let line = |at: usize| {
            let row = rows.with_value(|rows| rows.get(at).cloned())?;
            let owner = names.with_value(|names| name(names, row.standard.owner));
            Some(view! { <Line row owner /> })
        };
        shown.get().into_iter().filter_map(line).collect_view()
    };
    let options = move || {
        let option = |one: &StandardStatus| {
            let key = one.key();
            let text = label(i18n.get_locale(), "standard_status", key);
            view! { <option value=key selected={status.with_untracked(|status| status == key)}>{text}</option> }
        };
        StandardStatus::ALL.iter().map(option).collect_view()
    };
    let query = move || {
        let words = words.with(|words| js_sys::encode_uri_component(words.trim()).as_string());
        format!("status={}&q={}", status.get(), words.unwrap_or_default())
    };
    view! {
        <section class="sheet" aria-labelledby="standards-register">
            <div class="title-line">
                <h2 class="sheet-title" id="standards-register">{t!(i18n, standards.register.title)}</h2>
                <div class="flex flex-wrap gap-3">
                    <ExportButton list="standards" of="standards-register" query />
                    <Show when=move || session.can(Permission::StandardsManage)>
                        <button type="button" class="btn btn-primary" on:click=move |_| office.begin(Task::Register)>
                            <Icon mark=Mark::Plus />
                            {t!(i18n, standards.register.add)}
                        </button>
                    </Show>
                </div>
            </div>
            <div class="board-tools">
                <label class="field">
                    <span class="field-label">{t!(i18n, standards.register.search)}</span>
                    <input
                        type="search"
                        class="input-line"
                        name="words"
                        prop:value=move || words.get()
                        on:input=move |event| words.set(event_target_value(&event))
                    />
                </label>
                <label class="field">
                    <span class="field-label">{t!(i18n, standards.register.status)}</span>
                    <select
                        class="input-line"
                        name="status"
                        prop:value=move || status.get()
                        on:change=move |event| status.set(event_target_value(&event))
                    >
                        <option value="">{t!(i18n, standards.register.all)}</option>
                        {options}
                    </select>
                </label>
            </div>
            <p class="hint" role="status">
                {move || t_string!(i18n, standards.register.count, count = shown.with(Vec::len))}
            </p>
            <Show
                when=move || !shown.with(Vec::is_empty)
                fallback=move || {
                    let text = move || {
                        if none {
                            t_string!(i18n, standards.register.none)
                        } else {
                            t_string!(i18n, standards.register.no_match)
                        }
                    };
                    view! { <Empty text /> }
                }
            >
                <ul class="settings-list">{lines}</ul>
            </Show>
        </section>
    }
}

#[component]
fn Line(row: StandardRow, owner: String) -> impl IntoView {
    let i18n = use_i18n();
    let StandardRow { standard, review_late } = row;
    let (status, level) = (standard.status, standard.level);
    let due = standard.review_due.filter(|_| status.is_in_use() && !review_late).map(|day| day.to_string());
    let key = standard.number.clone();
    view! {
        <li class="person-role" data-standard=key>
            <span class="grid gap-1">
                <a class="link font-semibold" href=format!("/desk/standards/{}", standard.id)>{standard.title.clone()}</a>
                <span class="hint">{standard.number.clone()} " · " {standard.edition}</span>
            </span>
            <span class="person-facts">
                <StatusOf status />
                {review_late.then(|| view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, standards.register.late) /> })}
                <span>{move || label(i18n.get_locale(), "standard_level", level.key())}</span>
                <span>{move || t_string!(i18n, standards.register.owner, name = owner.as_str())}</span>
                {due.map(|day| view! { <span class="tabular-nums">{move || t_string!(i18n, standards.register.due, day = day.as_str())}</span> })}
            </span>
        </li>
    }
}
