//! Chooses the case that another one is merged into: a similar one, or one found by number.

use cynic::QueryBuilder;
use domain::ComplaintId;
use leptos::{ev::KeyboardEvent, prelude::*, task::spawn_local};

use crate::{
    api::{complaints::SimilarComplaint, run, schema},
    components::form::SelectField,
    i18n::{t, use_i18n},
};

#[derive(cynic::QueryVariables)]
struct FindVariables {
    search: String,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "FindVariables")]
struct FindQuery {
    #[arguments(search: $search, first: 6)]
    complaints: Found,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ComplaintConnection")]
struct Found {
    nodes: Vec<FoundCase>,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "ComplaintSummary")]
struct FoundCase {
    id: ComplaintId,
    number: String,
    text: String,
}

/// A list to choose from, and a search that adds to it.
#[component]
pub fn CasePicker(
    name: &'static str,
    #[prop(into)] label: TextProp,
    #[prop(into)] hint: TextProp,
    value: RwSignal<String>,
    /// The case itself, which is no choice.
    case: ComplaintId,
    similar: Vec<SimilarComplaint>,
) -> impl IntoView {
    let i18n = use_i18n();
    let line = |number: &str, text: &str| format!("{number} · {}", text.chars().take(24).collect::<String>());
    let similar = similar.into_iter().map(|s| (s.complaint.id.to_string(), line(&s.complaint.number, &s.excerpt)));
    let choices = RwSignal::new(similar.collect::<Vec<_>>());
    let search = RwSignal::new(String::new());
    let nothing = RwSignal::new(false);
    let find = move || {
        let search = search.get_untracked().trim().to_owned();
        if search.is_empty() {
            return;
        }
        spawn_local(async move {
            // An unreachable server finds nothing; sending the form will say why.
            let found = run(FindQuery::build(FindVariables { search })).await;
            let nodes = found.map(|found| found.complaints.nodes).unwrap_or_default();
            let found: Vec<_> = nodes.into_iter().filter(|found| found.id != case).collect();
            let _ = nothing.try_set(found.is_empty());
            if let Some(first) = found.first() {
                let _ = value.try_set(first.id.to_string());
                let _ = choices.try_set(
                    found.iter().map(|found| (found.id.to_string(), line(&found.number, &found.text))).collect(),
                );
            }
        });
    };
    let on_key = move |event: KeyboardEvent| {
        // Enter finds; it must not send the form around it.
        if event.key() == "Enter" {
            event.prevent_default();
            if !event.is_composing() {
                find();
            }
        }
    };
    view! {
        <div class="field">
            <label class="field-label" for="find-case">{t!(i18n, complaints.field.into_search)}</label>
            <div class="case-search-box">
                <input
                    id="find-case"
                    class="input-line"
                    type="search"
                    autocomplete="off"
                    prop:value=move || search.get()
                    on:input=move |event| search.set(event_target_value(&event))
                    on:keydown=on_key
                />
                <button type="button" class="btn btn-outline" on:click=move |_| find()>
                    {t!(i18n, complaints.field.into_find)}
                </button>
            </div>
            <p class="hint" role="status">
                {move || nothing.get().then_some(t!(i18n, complaints.field.into_none))}
            </p>
        </div>
        <SelectField name label hint choices value />
    }
}
