//! `/c/:code/complain?step=1…3`: what happened; when and where, if known; who, if they like.
//! The step is in the address, so that the phone's back button goes one step back and not away.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use super::{
    complain_steps::{ContactStep, MatterStep, PlaceStep},
    draft::DraftFields,
    frame::{Crumbs, use_center},
    receipt::Receipt,
};
use crate::{
    api::portal,
    components::{
        Dialog, PAGE_HEADING, PageHeading,
        form::{Form, FormState, Submit},
    },
    dom,
    i18n::{t, t_string, use_i18n},
};

const STEPS: usize = 3;

// The step that asks for an input field. The last one also shows what belongs to none.
fn step_of(field: &str) -> usize {
    match field {
        "subject" | "text" => 1,
        "happenedOn" | "place" | "window" => 2,
        _ => STEPS,
    }
}

/// The complaint form.
#[component]
pub fn ComplainPage() -> impl IntoView {
    let center = use_center();
    let path = StoredValue::new((center.path("complain"), center.path("receipt")));
    let fields = DraftFields::restore(&center.code);
    let restored = fields.was_begun();
    let form = FormState::new("complaint");
    let step = present_step(fields);
    focus_new_step(step, form);

    let navigate = StoredValue::new_local(use_navigate());
    let go = move |step: usize| {
        let target = path.with_value(|(complain, _)| format!("{complain}?step={step}"));
        navigate.with_value(|navigate| navigate(&target, NavigateOptions::default()));
    };
    let submit = move || {
        let present = step.get_untracked();
        let found = fields.violations().into_iter().filter(|v| step_of(v.field) <= present).collect();
        if !form.check(found) {
            return;
        }
        if present < STEPS {
            go(present + 1);
            return;
        }
        let work = async move {
            let answer = fields.file().await;
            if let Err(error) = &answer
                && let Some(step) = error.violations.iter().map(|v| step_of(&v.field)).min()
            {
                go(step);
            }
            answer
        };
        form.send(work, move |filed: portal::FiledComplaint| {
            fields.with_center(|code| Receipt::keep(code, filed));
            fields.clear();
            path.with_value(|(_, receipt)| {
                navigate
                    .with_value(|navigate| navigate(receipt, NavigateOptions { replace: true, ..Default::default() }));
            });
        });
    };
    view! {
        <div class="narrow">
            <Heading center step />
            <Show when=move || restored && step.get() == 1>
                <Restored fields />
            </Show>
            <Form state=form on_submit=submit>
                {move || match step.get() {
                    1 => view! { <MatterStep fields /> }.into_any(),
                    2 => view! { <PlaceStep fields /> }.into_any(),
                    _ => view! { <ContactStep fields /> }.into_any(),
                }}
                <Buttons step path=Signal::derive(move || path.with_value(|(complain, _)| complain.clone())) />
            </Form>
        </div>
    }
}

// A later step may be opened by its address only once the earlier ones hold.
fn present_step(fields: DraftFields) -> Memo<usize> {
    let query = use_query_map();
    Memo::new(move |_| {
        let asked = query.read().get("step").and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, STEPS);
        let ready = fields.violations().iter().map(|v| step_of(v.field)).min().unwrap_or(STEPS);
        asked.min(ready)
    })
}

// A new step is announced by its heading, unless errors are: their summary takes the focus itself.
fn focus_new_step(step: Memo<usize>, form: FormState) {
    Effect::new(move |before: Option<usize>| {
        let now = step.get();
        if before.is_some_and(|before| before != now) && !form.is_broken() {
            request_animation_frame(|| {
                window().scroll_to_with_x_and_y(0.0, 0.0);
                dom::focus(PAGE_HEADING);
            });
        }
        now
    });
}

#[component]
fn Heading(center: portal::PublicCenter, step: Memo<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let title = move || match step.get() {
        1 => t_string!(i18n, portal.complain.title_matter),
        2 => t_string!(i18n, portal.complain.title_place),
        _ => t_string!(i18n, portal.complain.title_contact),
    };
    view! {
        <Crumbs center />
        <div class="progress-line">
            <p class="hint">{move || t_string!(i18n, portal.complain.progress, step = step.get(), steps = STEPS)}</p>
            <div class="progress-track" aria-hidden="true">
                {(1..=STEPS)
                    .map(|n| view! { <span class="progress-part" class:progress-done=move || n <= step.get()></span> })
                    .collect_view()}
            </div>
        </div>
        <PageHeading title />
    }
}

#[component]
fn Restored(fields: DraftFields) -> impl IntoView {
    let i18n = use_i18n();
    let asking = RwSignal::new(false);
    view! {
        <Show when=move || !fields.is_empty()>
            <div class="panel panel-info">
                <p>{t!(i18n, portal.complain.restored)}</p>
                <button type="button" class="btn btn-outline" on:click=move |_| asking.set(true)>
                    {t!(i18n, portal.complain.clear)}
                </button>
            </div>
        </Show>
        <Dialog id="clear" open=asking title=move || t_string!(i18n, portal.complain.clear)>
            <p>{t!(i18n, portal.complain.clear_text)}</p>
            <div class="form-buttons">
                <button type="button" class="btn btn-outline" on:click=move |_| asking.set(false)>
                    {t!(i18n, common.cancel)}
                </button>
                <button
                    type="button"
                    class="btn btn-primary"
                    on:click=move |_| {
                        fields.clear();
                        asking.set(false);
                    }
                >
                    {t!(i18n, portal.complain.clear)}
                </button>
            </div>
        </Dialog>
    }
}

#[component]
fn Buttons(step: Memo<usize>, path: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let label = move || {
        if step.get() < STEPS { t_string!(i18n, portal.complain.next) } else { t_string!(i18n, portal.complain.submit) }
    };
    view! {
        <div class="form-buttons">
            <Show when=move || { step.get() > 1 } fallback=|| view! { <span></span> }>
                <a class="btn btn-outline" href=move || format!("{}?step={}", path.get(), step.get() - 1)>
                    {t!(i18n, portal.complain.back)}
                </a>
            </Show>
            <Submit label />
        </div>
    }
}
