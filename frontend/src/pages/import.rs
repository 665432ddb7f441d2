//! `/desk/import`: a table of staff, posts or trainings comes in by a workbook. It is judged first; what is wrong is told by row and
//! column; then all rows or the sound ones are added, and the whole batch may be taken back.

use domain::{ImportBatchId, imports::ImportTable};
use leptos::{html, prelude::*, task::spawn_local};
use leptos_router::hooks::use_query_map;

use crate::{
    api::{
        ApiError,
        imports::{Fault, ImportBatch, Outcome, UndoImportInput, batches, import, undo_import},
    },
    components::{AsyncView, Icon, Mark, Notice, NoticeLine, PageHeading, Refusal, WorkbookButton},
    i18n::{I18n, I18nLocaleTrait, Locale, error_text, t, t_string, td_string, use_i18n},
    time,
};

/// The work under way.
#[derive(Clone, Copy)]
struct Work {
    i18n: I18n,
    table: RwSignal<ImportTable>,
    input: NodeRef<html::Input>,
    busy: RwSignal<bool>,
    judged: RwSignal<Option<Outcome>>,
    error: RwSignal<Option<ApiError>>,
    notice: Notice,
    added: Callback<()>,
}

impl Work {
    fn file(self) -> Option<web_sys::File> {
        self.input.get_untracked()?.files()?.get(0)
    }

    /// The old answer is no longer about what is chosen.
    fn forget(self) {
        self.judged.set(None);
        self.error.set(None);
    }

    fn send(self, mode: &'static str) {
        let Some(file) = self.file().filter(|_| !self.busy.get_untracked()) else { return };
        self.busy.set(true);
        self.error.set(None);
        let table = self.table.get_untracked();
        let language = self.i18n.get_locale_untracked().as_str();
        spawn_local(async move {
            let answer = import(table, mode, language, &file).await;
            // The page may have been left meanwhile.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(outcome) if outcome.batch.is_some() => {
                    let count = outcome.sound;
                    self.judged.set(None);
                    if let Some(input) = self.input.get_untracked() {
                        input.set_value("");
                    }
                    self.notice.show(move |locale| td_string!(locale, posts.import.added, count = count));
                    self.added.run(());
                }
                Ok(outcome) => self.judged.set(Some(outcome)),
                Err(error) => self.error.set(Some(error)),
            }
        });
    }
}

/// The page.
#[component]
pub fn ImportPage() -> impl IntoView {
    let i18n = use_i18n();
    let asked = use_query_map().with_untracked(|query| query.get("table"));
    let table = asked.and_then(|key| ImportTable::from_key(&key)).unwrap_or(ImportTable::Staff);
    let known = LocalResource::new(batches);
    let work = Work {
        i18n,
        table: RwSignal::new(table),
        input: NodeRef::new(),
        busy: RwSignal::new(false),
        judged: RwSignal::new(None),
        error: RwSignal::new(None),
        notice: Notice::new(),
        added: Callback::new(move |()| known.refetch()),
    };
    let form = Signal::derive(move || format!("/imports/{}", work.table.get().key()));
    view! {
        <PageHeading title=move || t_string!(i18n, posts.import.title) />
        <p class="desk-lead">{t!(i18n, posts.import.lead)}</p>
        <NoticeLine notice=work.notice />
        <section class="sheet">
            <Tables work />
            <WorkbookButton path=form label=move || t_string!(i18n, posts.import.template) />
            <label class="field">
                <span class="field-label">{t!(i18n, posts.import.file)}</span>
                <input
                    type="file"
                    class="input-line file-line"
                    name="workbook"
                    accept=".xlsx"
                    node_ref=work.input
                    on:change=move |_| {
                        work.forget();
                        work.send("check");
                    }
                />
                <span class="hint">{t!(i18n, posts.import.limits)}</span>
            </label>
            <p class="hint" role="status">
                <Show when=move || work.busy.get()>{t!(i18n, posts.import.busy)}</Show>
            </p>
            {move || work.error.get().map(|error| view! { <Refusal error /> })}
            {move || work.judged.get().map(|outcome| view! { <Judged work outcome /> })}
        </section>
        <section class="sheet">
            <h2 class="sheet-title">{t!(i18n, posts.import.batches)}</h2>
            <AsyncView resource=known ready=move |rows| view! { <Batches work rows /> } />
        </section>
    }
}

#[component]
fn Tables(work: Work) -> impl IntoView {
    let i18n = use_i18n();
    let choices = ImportTable::ALL.iter().copied().map(|table| {
        view! {
            <label class="choice">
                <input
                    class="choice-dot"
                    type="radio"
                    name="table"
                    value=table.key()
                    prop:checked=move || work.table.get() == table
                    on:change=move |_| {
                        work.table.set(table);
                        work.forget();
                        work.send("check");
                    }
                />
                <span>{move || name(table, i18n.get_locale())}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="field-label">{t!(i18n, posts.import.table)}</legend>
            <div class="person-acts">{choices.collect_view()}</div>
        </fieldset>
    }
}

fn name(table: ImportTable, locale: Locale) -> &'static str {
    match table {
        ImportTable::Staff => td_string!(locale, posts.import.staff),
        ImportTable::Posts => td_string!(locale, posts.import.posts),
        ImportTable::Training => td_string!(locale, posts.import.training),
    }
}

#[component]
fn Judged(work: Work, outcome: Outcome) -> impl IntoView {
    let i18n = use_i18n();
    let Outcome { rows, sound, faults, fault_count, .. } = outcome;
    let told = faults.len();
    let cut = told < fault_count;
    let summary = move || t_string!(i18n, posts.import.summary, rows = rows, sound = sound, faults = fault_count);
    let adds = view! {
        <div class="person-acts">
            <Show when=move || fault_count == 0 && sound != 0>
                <button type="button" class="btn btn-primary" on:click=move |_| work.send("all")>
                    {t!(i18n, posts.import.all)}
                </button>
            </Show>
            <Show when=move || fault_count != 0 && sound != 0>
                <button type="button" class="btn btn-primary" on:click=move |_| work.send("valid")>
                    {move || t_string!(i18n, posts.import.valid, sound = sound)}
                </button>
            </Show>
        </div>
    };
    view! {
        <p class="panel" role="status">{summary}</p>
        <Show when=move || told != 0>
            <div class="table-box" tabindex="0" role="region" aria-label=move || t_string!(i18n, posts.import.faults)>
                <table class="figures faults">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, posts.import.row)}</th>
                            <th scope="col">{t!(i18n, posts.import.column)}</th>
                            <th scope="col">{t!(i18n, posts.import.what)}</th>
                        </tr>
                    </thead>
                    <tbody>{faults.clone().into_iter().map(|fault| view! { <Line fault /> }).collect_view()}</tbody>
                </table>
            </div>
        </Show>
        <Show when=move || cut>
            <p class="hint">{move || t_string!(i18n, posts.import.more, told = told)}</p>
        </Show>
        {adds}
    }
}

#[component]
fn Line(fault: Fault) -> impl IntoView {
    let i18n = use_i18n();
    let Fault { row, column, name, code, args } = fault;
    let fault = code.clone();
    view! {
        <tr data-fault=fault>
            <th scope="row">{row}</th>
            <td>{format!("{column} {name}").trim().to_owned()}</td>
            <td>{move || error_text(i18n.get_locale(), &code, &args)}</td>
        </tr>
    }
}

#[component]
fn Batches(work: Work, rows: Vec<ImportBatch>) -> impl IntoView {
    let i18n = use_i18n();
    if rows.is_empty() {
        return view! { <p class="hint">{t!(i18n, posts.import.none)}</p> }.into_any();
    }
    let error = RwSignal::new(None::<(ImportBatchId, ApiError)>);
    let undo = move |id: ImportBatchId| {
        error.set(None);
        spawn_local(async move {
            match undo_import::ask(UndoImportInput { id }).await {
                Ok(_) => {
                    work.notice.show(|locale| td_string!(locale, posts.import.undone_now).to_owned());
                    work.added.run(());
                }
                Err(found) => drop(error.try_set(Some((id, found)))),
            }
        });
    };
    let line = move |row: ImportBatch| {
        let ImportBatch { id, records, row_count, created_at, undone_at } = row;
        let at = time::date_time(created_at);
        let text = move || {
            let locale = i18n.get_locale();
            td_string!(locale, posts.import.batch, at = at.as_str(), table = name(records, locale), count = row_count)
        };
        let end = match undone_at {
            Some(_) => view! { <span class="hint">{t!(i18n, posts.import.undone)}</span> }.into_any(),
            None => view! {
                <button type="button" class="btn btn-outline btn-small" on:click=move |_| undo(id)>
                    <Icon mark=Mark::Back />
                    {t!(i18n, posts.import.undo)}
                </button>
            }
            .into_any(),
        };
        let refusal =
            move || error.get().filter(|(which, _)| *which == id).map(|(_, error)| view! { <Refusal error /> });
        view! { <li class="person-acts" data-batch=id.to_string()><span>{text}</span>{end}{refusal}</li> }
    };
    view! { <ul class="batch-list">{rows.into_iter().map(line).collect_view()}</ul> }.into_any()
}
