//! `/c/:code/confirm#TOKEN`: whoever was served by a volunteer says that it was so, or that it was not (6.7.5). The code
//! travels in the fragment, which is not sent.

use domain::volunteers::check_tail;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{
    api::portal::{self, ConfirmServiceInput, ServiceToConfirm},
    components::{
        AsyncView, PageHeading,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{error_text, label, t, t_string, use_i18n},
    pages::public::use_center,
};

/// The question, or what became of it.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    let i18n = use_i18n();
    let center = use_center().code;
    let hash = use_location().hash;
    let token = move || hash.get().trim_start_matches('#').to_owned();
    let answered = RwSignal::new(None::<bool>);
    let asked = center.clone();
    let found = LocalResource::new(move || portal::service(asked.clone(), token()));
    let ready = move |service: Option<ServiceToConfirm>| {
        let (center, token) = (center.clone(), untrack(token));
        match service {
            Some(service) => view! { <Question center token service answered /> }.into_any(),
            None => view! {
                <PageHeading title=move || t_string!(i18n, portal.confirm.dead) />
                <p>{move || error_text(i18n.get_locale(), "confirm.unknown", &[])}</p>
            }
            .into_any(),
        }
    };
    view! {
        <div class="narrow">
            {move || match answered.get() {
                Some(happened) => {
                    let title = move || {
                        if happened { t_string!(i18n, portal.confirm.thanks) } else { t_string!(i18n, portal.confirm.noted) }
                    };
                    view! {
                        <PageHeading title />
                        <p>{t!(i18n, portal.confirm.done)}</p>
                    }
                    .into_any()
                }
                None => {
                    let ready = ready.clone();
                    view! { <AsyncView resource=found ready /> }.into_any()
                }
            }}
        </div>
    }
}

#[component]
fn Question(
    center: String,
    token: String,
    service: ServiceToConfirm,
    answered: RwSignal<Option<bool>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("confirm");
    let tail = RwSignal::new(String::new());
    let answer = StoredValue::new(move |happened: bool| {
        let tail = Some(tail.get_untracked().trim().to_owned()).filter(|text| !text.is_empty());
        if state.check(tail.as_deref().and_then(check_tail).into_iter().collect()) {
            let (center, token) = (center.clone(), token.clone());
            let input = ConfirmServiceInput { center, token, happened, tail };
            state.send(portal::confirm_service(input), move |happened| answered.set(Some(happened)));
        }
    });
    let answer = move |happened| answer.with_value(|answer| answer(happened));
    let ServiceToConfirm { service, on, start, end, post, place } = service;
    view! {
        <PageHeading title=move || t_string!(i18n, portal.confirm.title) />
        <p>{t!(i18n, portal.confirm.lead)}</p>
        <section class="card grid gap-4">
            <h2 class="section-title">{move || label(i18n.get_locale(), "service_type", service.key())}</h2>
            <dl class="facts">
                <dt>{t!(i18n, portal.confirm.time)}</dt>
                <dd class="tabular-nums">{format!("{on} {start}–{end}")}</dd>
                <dt>{t!(i18n, portal.confirm.place)}</dt>
                <dd>{place.map_or(post.clone(), |place| format!("{post} · {place}"))}</dd>
            </dl>
            <Form state on_submit=move || answer(true)>
                <Field
                    name="tail"
                    label=move || t_string!(i18n, portal.confirm.tail)
                    hint=move || t_string!(i18n, portal.confirm.tail_hint)
                    value=tail
                    kind=FieldKind::Code
                    optional=true
                />
                <Submit label=move || t_string!(i18n, portal.confirm.yes) />
                <button type="button" class="btn btn-outline" on:click=move |_| answer(false)>
                    {t!(i18n, portal.confirm.no)}
                </button>
            </Form>
        </section>
    }
}
