//! Complaints that may be about the same matter, looked for while somebody types.

use std::time::Duration;

use chrono::NaiveDate;
use cynic::QueryBuilder;
use leptos::{leptos_dom::helpers::set_timeout_with_handle, prelude::*};

use super::draft::Answers;
use crate::{
    api::{complaints::SimilarComplaint, run, schema},
    i18n::{t, use_i18n},
    pages::complaint_handler::complaint::Similar,
};

#[derive(cynic::InputObject, Clone, PartialEq, Eq)]
struct SimilarInput {
    text: String,
    place: Option<String>,
    happened_on: Option<NaiveDate>,
    phone: Option<String>,
}

#[derive(cynic::QueryVariables)]
struct SimilarVariables {
    input: SimilarInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SimilarVariables")]
struct SimilarQuery {
    #[arguments(input: $input)]
    similar_complaints: Vec<SimilarComplaint>,
}

const PAUSE: Duration = Duration::from_millis(700);
/// Shorter texts are like everything.
const ENOUGH: usize = 10;

fn question(answers: Answers) -> Option<SimilarInput> {
    let get = |text: RwSignal<String>| Some(text.get().trim().to_owned()).filter(|text| !text.is_empty());
    let input = SimilarInput {
        text: get(answers.text).unwrap_or_default(),
        place: get(answers.place),
        happened_on: get(answers.happened_on).and_then(|day| day.parse().ok()),
        phone: get(answers.phone).filter(|phone| domain::complaints::form::normalize_phone(phone).is_some()),
    };
    (input.text.chars().count() >= ENOUGH || input.phone.is_some()).then_some(input)
}

/// The panel beside the form.
#[component]
pub fn SimilarCases(answers: Answers) -> impl IntoView {
    let i18n = use_i18n();
    // Asked once the typing has paused.
    let asked = RwSignal::new(None::<SimilarInput>);
    Effect::new(move |_| {
        let question = question(answers);
        let timer = set_timeout_with_handle(move || drop(asked.try_set(question)), PAUSE);
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
    });
    let asked = Memo::new(move |_| asked.get());
    let found = LocalResource::new(move || {
        let input = asked.get();
        async move {
            match input {
                Some(input) => {
                    run(SimilarQuery::build(SimilarVariables { input })).await.map(|q| Some(q.similar_complaints))
                }
                None => Ok(None),
            }
        }
    });
    // A suggestion that cannot be fetched is no reason to disturb somebody on the phone.
    let lines = move || match found.get().and_then(Result::ok).flatten() {
        None => view! { <p class="hint">{t!(i18n, complaints.register.similar_hint)}</p> }.into_any(),
        Some(found) if found.is_empty() => {
            view! { <p class="hint">{t!(i18n, complaints.register.similar_none)}</p> }.into_any()
        }
        Some(found) => {
            let cases = found.into_iter().map(|case| view! { <li><Similar case new_window=true /></li> });
            view! { <ul class="similar">{cases.collect_view()}</ul> }.into_any()
        }
    };
    view! {
        <aside class="case-side">
            <section class="sheet" aria-labelledby="register-similar">
                <h2 class="sheet-title" id="register-similar">{t!(i18n, complaints.register.similar)}</h2>
                <div aria-live="polite">{lines}</div>
            </section>
        </aside>
    }
}
