//! Everything that is wrong with a form, at its top.

use leptos::{html, prelude::*};

use super::{FormState, use_form};
use crate::{
    api::ApiError,
    components::{Icon, Mark},
    dom,
    i18n::{error_text, t, t_string, use_i18n},
};

/// The list of errors; each leads to its field. Takes the focus when the form is refused.
#[component]
pub fn ErrorSummary() -> impl IntoView {
    let form = use_form();
    let i18n = use_i18n();
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if form.refusals.get() > 0 {
            dom::next_frame(node, |summary| drop(summary.focus()));
        }
    });
    let broken = move || form.failure.with(Option::is_some) || form.violations.with(|v| !v.is_empty());
    let lines = move || {
        let locale = i18n.get_locale();
        form.violations.with(|found| {
            found
                .iter()
                .map(|v| {
                    let text = error_text(locale, &v.code, &v.args);
                    let label = form.labels.with_value(|labels| labels.get(v.field.as_str()).cloned());
                    match label {
                        Some(label) => {
                            let id = form.id(&v.field);
                            let href = format!("#{id}");
                            let go = move |event: leptos::ev::MouseEvent| {
                                event.prevent_default();
                                dom::focus(&id);
                            };
                            let text = format!("{}{}{text}", label.get(), t_string!(i18n, common.colon));
                            view! { <li><a class="link" href=href rel="external" on:click=go>{text}</a></li> }
                                .into_any()
                        }
                        None => view! { <li>{text}</li> }.into_any(),
                    }
                })
                .collect_view()
        })
    };
    view! {
        <Show when=broken>
            <div class="panel panel-bad" role="alert" tabindex="-1" node_ref=node>
                <p class="panel-title">
                    <Icon mark=Mark::Alert />
                    {t!(i18n, common.form_refused)}
                </p>
                {move || form.failure.get().map(|error| view! { <Failure error /> })}
                <ul class="panel-list">{lines}</ul>
            </div>
        </Show>
    }
}

#[component]
fn Failure(error: ApiError) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p>{move || error_text(i18n.get_locale(), &error.code, &[])}</p>
        {error
            .request_id
            .map(|id| view! { <p class="hint">{move || t_string!(i18n, common.request_id, id = id.as_str())}</p> })}
    }
}

/// Why the server refused, for a button that is in no form.
#[component]
pub fn ErrorSummaryOf(state: FormState) -> impl IntoView {
    view! {
        <leptos::context::Provider value=state>
            <ErrorSummary />
        </leptos::context::Provider>
    }
}
