//! `/c/:code/track`: follow a complaint by its receipt code. The code is a secret: it travels in the body of a POST,
//! never in an address, and is forgotten with the tab.

use domain::{Violation, complaints::receipt};
use leptos::prelude::*;

use super::{
    case::CaseView,
    frame::{Crumbs, use_center},
};
use crate::{
    api::{
        ApiError, FieldViolation,
        portal::{self, TrackedComplaint},
    },
    components::{
        PageHeading,
        form::{Field, Form, FormState, Submit},
    },
    dom::Keep,
    i18n::{t, t_string, use_i18n},
};

const FIELD: &str = "receiptCode";

fn storage_key(center: &str) -> String {
    format!("gangping.code.{center}")
}

/// Keeps a receipt code until the tab is closed.
pub(super) fn remember_code(center: &str, code: &str) {
    Keep::Tab.set(&storage_key(center), code);
}

/// A case that was found, with the code that opens it.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) center: String,
    pub(super) code: String,
    pub(super) case: TrackedComplaint,
    /// What the complainant has just done here.
    pub(super) done: Option<Done>,
}

/// What a complainant can do with an answered case.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    Rated,
    AskedForReview,
}

/// The form for the code, or the case once it is found.
#[component]
pub fn TrackPage() -> impl IntoView {
    let i18n = use_i18n();
    let center = use_center();
    let center_code = center.code.clone();
    let found = RwSignal::new(None::<Found>);
    let typed = RwSignal::new(Keep::Tab.get(&storage_key(&center_code)).unwrap_or_default());
    let leave = {
        let center_code = center_code.clone();
        move |()| {
            Keep::Tab.remove(&storage_key(&center_code));
            typed.set(String::new());
            found.set(None);
        }
    };
    let leave = Callback::new(leave);
    view! {
        <div class="narrow">
            <Crumbs center />
            <Show
                when=move || found.with(Option::is_some)
                fallback=move || {
                    view! {
                        <div class="grid gap-2">
                            <PageHeading title=move || t_string!(i18n, portal.track.title) />
                            <p class="hint">{t!(i18n, portal.track.lead)}</p>
                        </div>
                        <CodeForm center=center_code.clone() typed found />
                    }
                }
            >
                <CaseView found leave />
            </Show>
        </div>
    }
}

#[component]
fn CodeForm(center: String, typed: RwSignal<String>, found: RwSignal<Option<Found>>) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new("track");
    let submit = move || {
        let Some(code) = receipt::parse(&typed.get_untracked()) else {
            let code = if typed.with_untracked(|t| t.trim().is_empty()) { "form.required" } else { "receipt.format" };
            form.check(vec![Violation::new(FIELD, code)]);
            return;
        };
        let center = center.clone();
        let work = async move {
            let case = portal::track(center.clone(), code.clone()).await?.ok_or_else(unknown)?;
            remember_code(&center, &code);
            Ok(Found { center, code, case, done: None })
        };
        form.send(work, move |case| found.set(Some(case)));
    };
    // The code of a receipt just seen, or from before a reload.
    if typed.with_untracked(|code| receipt::parse(code).is_some()) {
        submit();
    }
    view! {
        <Form state=form on_submit=submit>
            <Field
                name=FIELD
                label=move || t_string!(i18n, portal.track.code)
                hint=move || t_string!(i18n, portal.track.code_hint)
                value=typed
            />
            <Submit label=move || t_string!(i18n, portal.track.submit) />
        </Form>
        <p class="hint">{t!(i18n, portal.track.lost)}</p>
    }
}

fn unknown() -> ApiError {
    let violation = FieldViolation::from(Violation::new(FIELD, "receipt.unknown"));
    ApiError { violations: vec![violation], ..ApiError::of(ApiError::INVALID) }
}
