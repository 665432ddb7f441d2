//! The complainant's personal data: masked, and shown only for a reason, which is logged.

use cynic::MutationBuilder;
use domain::{ComplaintId, complaints::form};
use leptos::prelude::*;

use crate::{
    api::{complaints::MaskedComplainant, run, schema},
    components::{
        Dialog, Icon, Mark,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{t, t_string, use_i18n},
};

#[derive(cynic::InputObject)]
struct RevealInput {
    id: ComplaintId,
    reason: String,
}

#[derive(cynic::QueryVariables)]
struct RevealVariables {
    input: RevealInput,
}

#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Mutation", variables = "RevealVariables")]
struct Reveal {
    #[arguments(input: $input)]
    reveal_complainant: Complainant,
}

/// The personal data themselves.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Eq)]
struct Complainant {
    name: Option<String>,
    phone: Option<String>,
    address: Option<String>,
}

/// The lines about the complainant, with the button where it is allowed.
#[component]
pub fn ComplainantFacts(case: ComplaintId, masked: MaskedComplainant, may_reveal: bool) -> impl IntoView {
    let i18n = use_i18n();
    let shown = RwSignal::new(None::<Complainant>);
    let open = RwSignal::new(false);
    let nothing = masked.name.is_none() && masked.phone.is_none() && !masked.has_address;
    let may_reveal = may_reveal && !nothing;
    let lines = move || match shown.get() {
        Some(full) => {
            let address = full.address.map(TextProp::from);
            view! { <Lines name=full.name phone=full.phone address /> }.into_any()
        }
        None if nothing => view! { <p class="hint">{t!(i18n, complaints.case.no_contact)}</p> }.into_any(),
        None => {
            let hidden = move || t_string!(i18n, complaints.case.has_address);
            let address = masked.has_address.then(|| TextProp::from(hidden));
            view! { <Lines name=masked.name.clone() phone=masked.phone.clone() address /> }.into_any()
        }
    };
    view! {
        {masked.anonymous.then(|| view! { <p>{t!(i18n, complaints.case.anonymous)}</p> })}
        <div aria-live="polite">
            {lines}
            <Show when=move || shown.with(Option::is_some)>
                <p class="hint">{t!(i18n, complaints.reveal.shown)}</p>
                <button type="button" class="btn btn-ghost" on:click=move |_| shown.set(None)>
                    <Icon mark=Mark::Lock />
                    {t!(i18n, complaints.reveal.hide)}
                </button>
            </Show>
        </div>
        <Show when=move || may_reveal && shown.with(Option::is_none)>
            <button
                type="button"
                class="btn btn-outline"
                aria-label=move || t_string!(i18n, complaints.reveal.button_for)
                on:click=move |_| open.set(true)
            >
                <Icon mark=Mark::Eye />
                {t!(i18n, complaints.reveal.button)}
            </button>
        </Show>
        <Dialog id="reveal" open title=move || t_string!(i18n, complaints.reveal.title)>
            <RevealForm case shown open />
        </Dialog>
    }
}

#[component]
fn Lines(name: Option<String>, phone: Option<String>, address: Option<TextProp>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <dl class="desk-facts">
            {name.map(|name| view! { <dt>{t!(i18n, complaints.case.name)}</dt><dd>{name}</dd> })}
            {phone.map(|phone| view! { <dt>{t!(i18n, complaints.case.phone)}</dt><dd class="tabular-nums">{phone}</dd> })}
            {address.map(|address| view! { <dt>{t!(i18n, complaints.case.address)}</dt><dd>{move || address.get()}</dd> })}
        </dl>
    }
}

#[component]
fn RevealForm(case: ComplaintId, shown: RwSignal<Option<Complainant>>, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("reveal");
    let reason = RwSignal::new(String::new());
    let submit = move || {
        let text = reason.get_untracked().trim().to_owned();
        if !state.check(form::entry("reason", &text).err().into_iter().collect()) {
            return;
        }
        let input = RevealInput { id: case, reason: text };
        state.send(run(Reveal::build(RevealVariables { input })), move |full| {
            shown.set(Some(full.reveal_complainant));
            open.set(false);
        });
    };
    view! {
        <p>{t!(i18n, complaints.reveal.logged)}</p>
        <Form state on_submit=submit>
            <Field
                name="reason"
                label=move || t_string!(i18n, complaints.reveal.reason)
                value=reason
                kind=FieldKind::Text
                hint=move || t_string!(i18n, complaints.reveal.reason_hint)
            />
            <div class="dialog-buttons">
                <Submit label=move || t_string!(i18n, complaints.reveal.submit) />
                <button type="button" class="btn btn-ghost" on:click=move |_| open.set(false)>
                    {t!(i18n, common.cancel)}
                </button>
            </div>
        </Form>
    }
}
