//! The form that receives a case: where, what about, and its number.

use domain::{PostId, ServiceItemId, Violation, handling};
use leptos::prelude::*;

use crate::{
    api::handling::{Choices, ReceiveServiceCaseInput, choices, receive_service_case},
    components::{
        AsyncView, Empty,
        form::{Field, Form, FormState, SelectField, Submit},
    },
    i18n::{t_string, use_i18n},
    pages::posts::forms::{given, signal},
};

#[component]
pub(super) fn ReceiveForm(done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(choices);
    view! {
        <AsyncView
            resource=found
            ready=move |choices| {
                if choices.windows.is_empty() {
                    view! { <Empty text=move || t_string!(i18n, handling.no_window) /> }.into_any()
                } else {
                    view! { <Fields choices done /> }.into_any()
                }
            }
        />
    }
}

#[component]
fn Fields(choices: Choices, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("receive");
    let Choices { windows, items } = choices;
    let only = match windows.as_slice() {
        [only] => Some(only.id.to_string()),
        _ => None,
    };
    let (post, item) = (signal(only.as_deref()), signal(None));
    let (number, recipient) = (signal(None), signal(None));
    let several = only.is_none();
    let named: Vec<_> = windows.iter().map(|row| (row.id.to_string(), row.name.clone())).collect();
    let windows_of = Signal::derive(move || named.clone());
    // Only what the chosen window serves.
    let served = Signal::derive(move || {
        let at = post.get().parse::<PostId>().ok();
        let takes_in = windows.iter().any(|row| Some(row.id) == at && row.takes_in);
        let fits = items.iter().filter(|row| if row.post.is_some() { row.post == at } else { takes_in });
        fits.map(|row| (row.id.to_string(), format!("{} {}", row.name, row.code))).collect::<Vec<_>>()
    });
    let submit = move || {
        let missing = |field, is: bool| is.then(|| Violation::new(field, "form.required"));
        let (at, about) = (post.get_untracked().parse().ok(), item.get_untracked().parse::<ServiceItemId>().ok());
        let about = about.filter(|id| served.with_untracked(|rows| rows.iter().any(|(key, _)| *key == id.to_string())));
        let mut found: Vec<_> =
            [missing("post", at.is_none()), missing("item", about.is_none())].into_iter().flatten().collect();
        let external_no = number.get_untracked().trim().to_owned();
        let form = handling::ReceiveForm { external_no, recipient: given(recipient) };
        found.extend(form.check());
        if state.check(found)
            && let (Some(post), Some(item)) = (at, about)
        {
            let handling::ReceiveForm { external_no, recipient } = form;
            let input = ReceiveServiceCaseInput { post, item, external_no, recipient };
            state.send(receive_service_case::ask(input), move |_| done());
        }
    };
    let windows_field = move || {
        several.then(|| {
            view! { <SelectField name="post" label=move || t_string!(i18n, handling.window) choices=windows_of value=post /> }
        })
    };
    view! {
        <Form state on_submit=submit>
            {windows_field()}
            <SelectField name="item" label=move || t_string!(i18n, handling.item) choices=served value=item />
            <Field
                name="externalNo"
                label=move || t_string!(i18n, handling.number)
                hint=move || t_string!(i18n, handling.number_hint)
                value=number
            />
            <Field
                name="recipient"
                label=move || t_string!(i18n, handling.recipient)
                hint=move || t_string!(i18n, handling.recipient_hint)
                value=recipient
                optional=true
            />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}
