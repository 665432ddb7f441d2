//! Taking along everything that the center owns.

use leptos::prelude::*;

use crate::{
    api::city::{AllowExportInput, allow_export},
    components::{
        Dialog, Icon, Mark, Notice,
        form::{Form, FormState, PasswordField, Submit},
    },
    dom,
    i18n::{t, t_string, td_string, use_i18n},
    pages::steps::required,
};

/// The section of a page: says what is in the file, asks for the password, fetches it.
#[component]
pub fn ExportSection(
    /// Where the page says that it has begun.
    notice: Notice,
) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    view! {
        <section class="sheet">
            <h2 class="sheet-title">{t!(i18n, desk.export.title)}</h2>
            <p>{t!(i18n, desk.export.lead)}</p>
            <button type="button" class="btn btn-outline" on:click=move |_| open.set(true)>
                <Icon mark=Mark::Lock />
                {t!(i18n, desk.export.fetch)}
            </button>
            <Dialog id="export" open title=move || t_string!(i18n, desk.export.title)>
                <ExportForm open notice />
            </Dialog>
        </section>
    }
}

#[component]
fn ExportForm(open: RwSignal<bool>, notice: Notice) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("export");
    let current = RwSignal::new(String::new());
    let submit = move || {
        let password = current.get_untracked();
        if state.check(required("current", &password)) {
            state.send(allow_export::ask(AllowExportInput { current: password }), move |_| {
                dom::fetch_file("/export");
                open.set(false);
                notice.show(|locale| td_string!(locale, desk.export.begun).to_owned());
            });
        }
    };
    view! {
        <p>{t!(i18n, desk.export.password_lead)}</p>
        <Form state on_submit=submit>
            <PasswordField name="current" label=move || t_string!(i18n, desk.password.current) value=current />
            <Submit label=move || t_string!(i18n, desk.export.fetch) />
        </Form>
    }
}
