//! The only place that shows loading, error, empty and ready.

use leptos::prelude::*;

use crate::{
    api::ApiError,
    components::{Icon, Mark},
    dom,
    i18n::{error_text, t, t_string, use_i18n},
};

/// Shows what a resource holds. While it is fetched again the old content stays; then it is built anew, and whoever was
/// writing in it still has the focus.
#[component]
pub fn AsyncView<T, F, V>(
    resource: LocalResource<Result<T, ApiError>>,
    /// Builds the content.
    ready: F,
) -> impl IntoView
where
    T: Clone + 'static,
    F: Fn(T) -> V + Send + 'static,
    V: IntoView + 'static,
{
    move || match resource.get() {
        None => view! { <Loading /> }.into_any(),
        Some(Err(error)) => view! { <Problem error retry=move || resource.refetch() /> }.into_any(),
        Some(Ok(data)) => {
            dom::keep_focus();
            ready(data).into_any()
        }
    }
}

#[component]
fn Loading() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="loading" role="status">
            <span class="sr-only">{t!(i18n, common.loading)}</span>
            <div class="skeleton h-8 w-2/3"></div>
            <div class="skeleton h-24 w-full"></div>
            <div class="skeleton h-24 w-full"></div>
        </div>
    }
}

/// An error that stands where content should be, with a way to try again.
#[component]
pub fn Problem(error: ApiError, #[prop(into)] retry: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    // A question that breaks a rule is told by that rule.
    let (code, args) = match error.violations.into_iter().next() {
        Some(found) => (found.code, found.args),
        None => (error.code, Vec::new()),
    };
    view! {
        <div class="panel panel-bad" role="alert">
            <p class="panel-title">
                <Icon mark=Mark::Alert />
                {t!(i18n, common.load_failed)}
            </p>
            <p>{move || error_text(i18n.get_locale(), &code, &args)}</p>
            {error.request_id.map(|id| view! { <p class="hint">{move || t_string!(i18n, common.request_id, id = id.as_str())}</p> })}
            <button type="button" class="btn btn-outline" on:click=move |_| retry.run(())>
                {t!(i18n, common.retry)}
            </button>
        </div>
    }
}

/// What a list shows when nothing is in it.
#[component]
pub fn Empty(#[prop(into)] text: TextProp) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon mark=Mark::Box class="empty-icon" />
            <p>{move || text.get()}</p>
        </div>
    }
}
