//! The fields of the three steps. Only the first step asks for anything that is required.

use domain::complaints::{ComplaintSubject, NOTICE_VERSION, form::TEXT_MAX};
use leptos::prelude::*;

use super::draft::DraftFields;
use crate::{
    components::{
        Icon, Mark,
        form::{ChoiceField, Field, FieldKind},
    },
    i18n::{label, t, t_string, use_i18n},
    time,
};

/// What it is about, and what happened.
#[component]
pub(super) fn MatterStep(fields: DraftFields) -> impl IntoView {
    let i18n = use_i18n();
    let subjects = Signal::derive(move || {
        let locale = i18n.get_locale();
        ComplaintSubject::ALL
            .iter()
            .map(|s| (s.key(), label(locale, "complaint_subject", s.key()).to_owned()))
            .collect()
    });
    view! {
        <ChoiceField
            name="subject"
            label=move || t_string!(i18n, portal.complain.subject)
            choices=subjects
            value=fields.subject
        />
        <Field
            name="text"
            label=move || t_string!(i18n, portal.complain.text)
            hint=move || t_string!(i18n, portal.complain.text_hint)
            value=fields.text
            kind=FieldKind::Area(TEXT_MAX)
        />
    }
}

/// When, where and at which window.
#[component]
pub(super) fn PlaceStep(fields: DraftFields) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p class="hint">{t!(i18n, portal.complain.place_lead)}</p>
        <Field
            name="happenedOn"
            label=move || t_string!(i18n, portal.complain.happened_on)
            value=fields.happened_on
            kind=FieldKind::Date
            max=time::today().to_string()
            optional=true
        />
        <Field
            name="place"
            label=move || t_string!(i18n, portal.complain.place)
            hint=move || t_string!(i18n, portal.complain.place_hint)
            value=fields.place
            optional=true
        />
        <Field
            name="window"
            label=move || t_string!(i18n, portal.complain.window)
            hint=move || t_string!(i18n, portal.complain.window_hint)
            value=fields.window
            optional=true
        />
    }
}

/// Who complains, if they like, and what happens with that.
#[component]
pub(super) fn ContactStep(fields: DraftFields) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="panel panel-info">
            <p class="panel-title">
                <Icon mark=Mark::Lock />
                {t!(i18n, portal.complain.anonymous_title)}
            </p>
            <p>{t!(i18n, portal.complain.anonymous_text)}</p>
        </div>
        <Field
            name="name"
            label=move || t_string!(i18n, portal.complain.name)
            value=fields.name
            optional=true
            autocomplete="name"
        />
        <Field
            name="phone"
            label=move || t_string!(i18n, portal.complain.phone)
            hint=move || t_string!(i18n, portal.complain.phone_hint)
            value=fields.phone
            kind=FieldKind::Tel
            optional=true
            autocomplete="tel"
        />
        <Field
            name="address"
            label=move || t_string!(i18n, portal.complain.address)
            hint=move || t_string!(i18n, portal.complain.address_hint)
            value=fields.address
            optional=true
            autocomplete="street-address"
        />
        <Notice />
    }
}

#[component]
fn Notice() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <details class="notice">
            <summary>
                {move || t_string!(i18n, portal.notice.title, version = NOTICE_VERSION)}
                <Icon mark=Mark::ChevronDown />
            </summary>
            <div class="notice-text">
                <p>{t!(i18n, portal.notice.purpose)}</p>
                <p>{t!(i18n, portal.notice.access)}</p>
                <p>{t!(i18n, portal.notice.storage)}</p>
                <p>{t!(i18n, portal.notice.rights)}</p>
            </div>
        </details>
        <p class="hint">{t!(i18n, portal.notice.agree)}</p>
    }
}
