//! The button that has a list, as the page shows it, written as a workbook.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::{ApiError, fetch, fetch_by_form},
    components::{Icon, Mark},
    dom,
    i18n::{I18nLocaleTrait, error_text, t, t_string, use_i18n},
    time,
};

/// The button, and what became of it.
#[component]
pub fn ExportButton(
    /// Which list.
    list: &'static str,
    /// What narrows it, written as an address does; it is sent in the body.
    #[prop(into)]
    query: Signal<String>,
    /// The id of the heading over it, where a page has several.
    #[prop(optional)]
    of: Option<&'static str>,
) -> impl IntoView {
    let i18n = use_i18n();
    let path = Signal::derive(move || format!("/exports/{list}"));
    view! { <WorkbookButton path form=query of label=move || t_string!(i18n, desk.sheets.export) /> }
}

/// The same for any workbook of ours.
#[component]
pub fn WorkbookButton(
    #[prop(into)] path: Signal<String>,
    #[prop(into)] label: TextProp,
    /// What is asked for in the body; without it the path says all.
    #[prop(optional)]
    form: Option<Signal<String>>,
    /// The id of the heading that names it.
    #[prop(optional_no_strip)]
    of: Option<&'static str>,
) -> impl IntoView {
    let i18n = use_i18n();
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let export = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        error.set(None);
        let path = path.get_untracked();
        let language = format!("lang={}", i18n.get_locale_untracked().as_str());
        let form = form.map(|form| format!("{}&{language}", form.get_untracked()));
        spawn_local(async move {
            let found = match form {
                Some(form) => fetch_by_form(&path, form).await,
                None => fetch(&format!("{path}?{language}")).await,
            };
            let found = found.and_then(|bytes| {
                let kept = dom::download_bytes(&format!("{}-{}.xlsx", dom::heading(of), time::today()), &bytes);
                if kept { Ok(()) } else { Err(ApiError::of("INTERNAL")) }
            });
            // The page may have been left meanwhile.
            busy.try_set(false);
            error.try_set(found.err());
        });
    };
    view! {
        <span class="export no-print">
            <button
                type="button"
                class="btn btn-outline"
                id=of.map(|of| format!("{of}-export"))
                aria-labelledby=of.map(|of| format!("{of}-export {of}"))
                aria-disabled=move || busy.get().to_string()
                on:click=export
            >
                <Icon mark=Mark::Download />
                {move || label.get()}
            </button>
            <span class="hint" role="status">
                <Show when=move || busy.get()>{t!(i18n, desk.sheets.busy)}</Show>
            </span>
            {move || error.get().map(|error| view! { <Refusal error /> })}
        </span>
    }
}

/// Why there is no workbook, or none was taken.
#[component]
pub fn Refusal(error: ApiError) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || {
        let locale = i18n.get_locale();
        match error.violations.first() {
            Some(found) => error_text(locale, &found.code, &found.args),
            None => error_text(locale, &error.code, &[]),
        }
    };
    view! {
        <span class="bad-line" role="alert">
            <Icon mark=Mark::Alert />
            {text}
        </span>
    }
}
