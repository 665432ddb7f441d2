//! A service, as its volunteer writes it down or changes it.

use domain::{
    PostId, ServiceRecordId, Violation,
    volunteers::{DESCRIPTION_MAX, ServiceForm, ServiceType},
};
use leptos::prelude::*;

use crate::{
    api::volunteers::{
        EditServiceRecordInput, Post, Record, WriteServiceRecordInput, edit_service_record, write_service_record,
    },
    components::form::{ChoiceField, Field, FieldKind, Form, FormState, SelectField, Submit},
    i18n::{label, t_string, use_i18n},
    pages::posts::forms::{day, given, signal},
    time,
};

/// New at one of `posts`, or `was` changed.
#[component]
pub(super) fn RecordForm(
    posts: Vec<Post>,
    was: Option<Record>,
    done: impl Fn(ServiceRecordId) + Copy + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("service-record");
    let seen = was.as_ref().map(|row| (row.id, row.version));
    let text = |read: fn(&Record) -> Option<String>| signal(was.as_ref().and_then(read).as_deref());
    let post = signal(posts.first().filter(|_| posts.len() == 1).map(|row| row.id.to_string()).as_deref());
    let on = text(|row| Some(row.on.to_string()));
    if was.is_none() {
        on.set(time::today().to_string());
    }
    let (start, end) = (text(|row| Some(row.start.clone())), text(|row| Some(row.end.clone())));
    let service = text(|row| Some(row.service.key().to_owned()));
    let recipients = text(|row| Some(row.recipients.to_string()));
    let description = text(|row| row.description.clone());
    let services = Signal::derive(move || {
        let locale = i18n.get_locale();
        let named = |s: &ServiceType| (s.key(), label(locale, "service_type", s.key()).to_owned());
        ServiceType::ALL.iter().map(named).collect()
    });
    let choose = (seen.is_none() && posts.len() > 1).then(|| {
        let rows: Vec<_> = posts.into_iter().map(|row| (row.id.to_string(), row.name)).collect();
        Signal::derive(move || rows.clone())
    });
    let submit = move || {
        let missing = |field, is: bool| is.then(|| Violation::new(field, "form.required"));
        let at = post.get_untracked().parse::<PostId>().ok();
        let (wish, kind) = (day(on), ServiceType::from_key(&service.get_untracked()));
        let served = recipients.get_untracked().trim().parse::<i32>().ok();
        let form = ServiceForm {
            on: wish.unwrap_or_else(time::today),
            start: start.get_untracked().trim().to_owned(),
            end: end.get_untracked().trim().to_owned(),
            service: kind.unwrap_or(ServiceType::Guidance),
            recipients: served.and_then(|number| u32::try_from(number).ok()).unwrap_or_default(),
            description: description.get_untracked().trim().to_owned(),
        };
        let mut found: Vec<_> = [
            missing("post", seen.is_none() && at.is_none()),
            missing("on", wish.is_none()),
            missing("service", kind.is_none()),
        ]
        .into_iter()
        .flatten()
        .collect();
        found.extend(form.check());
        let (true, Some(on), Some(service), Some(recipients)) = (state.check(found), wish, kind, served) else {
            return;
        };
        let (start, end, description) = (form.start, form.end, given(description));
        match (seen, at) {
            (Some((id, version)), _) => {
                let input = EditServiceRecordInput { id, version, on, start, end, service, recipients, description };
                state.send(edit_service_record::ask(input), move |row| done(row.id));
            }
            (None, Some(post)) => {
                let input = WriteServiceRecordInput { post, on, start, end, service, recipients, description };
                state.send(write_service_record::ask(input), move |row| done(row.id));
            }
            // Told above.
            (None, None) => {}
        }
    };
    view! {
        <Form state on_submit=submit>
            {choose.map(|choices| view! { <SelectField name="post" label=move || t_string!(i18n, volunteers.post) choices value=post /> })}
            <Field name="on" kind=FieldKind::Date label=move || t_string!(i18n, volunteers.on) value=on />
            <Field
                name="start"
                label=move || t_string!(i18n, volunteers.start)
                hint=move || t_string!(i18n, volunteers.time_hint)
                value=start
            />
            <Field name="end" label=move || t_string!(i18n, volunteers.end) value=end />
            <ChoiceField name="service" label=move || t_string!(i18n, volunteers.service) choices=services value=service />
            <Field name="recipients" kind=FieldKind::Number label=move || t_string!(i18n, volunteers.recipients) value=recipients />
            <Field
                name="description"
                kind=FieldKind::Area(DESCRIPTION_MAX)
                label=move || t_string!(i18n, volunteers.description)
                hint=move || t_string!(i18n, volunteers.description_hint)
                value=description
                optional=true
            />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}
