//! The center's own pictures of dress (figures A.1 and A.2).

use domain::{Violation, appearance::PICTURES_MAX, permission::Permission};
use leptos::prelude::*;

use crate::{
    api::{
        appearance::{SetDressPicturesInput, set_dress_pictures},
        files::{AttachedFile, file_path, thumbnail_path},
    },
    components::{
        Dialog, Icon, Mark, Notice, UploadField, Uploads,
        form::{Form, FormState, Submit},
    },
    i18n::{t, t_string, td_string, use_i18n},
    session::use_session,
};

/// The pictures, and for the administrator the way to change them.
#[component]
pub(super) fn Pictures(
    pictures: Vec<AttachedFile>,
    notice: Notice,
    again: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let open = RwSignal::new(false);
    let none = pictures.is_empty();
    let shown = pictures.clone().into_iter().map(|file| {
        let (id, name) = (file.id, file.name);
        let alt = move || t_string!(i18n, appearance.pictures.alt, name = name.as_str());
        view! {
            <li>
                <a class="upload-file" href=file_path(id) target="_blank" rel="external">
                    <img class="upload-picture" src=thumbnail_path(id) alt=alt loading="lazy" />
                </a>
            </li>
        }
    });
    let shown = shown.collect_view();
    let done = move || {
        open.set(false);
        notice.show(|locale| td_string!(locale, posts.form.done).to_owned());
        again();
    };
    let kept = StoredValue::new(pictures);
    view! {
        <section class="sheet" aria-labelledby="appearance-pictures">
            <h2 class="sheet-title" id="appearance-pictures">{t!(i18n, appearance.pictures.title)}</h2>
            {none.then(|| view! { <p class="hint">{t!(i18n, appearance.pictures.none)}</p> })}
            <ul class="pictures pictures-large">{shown}</ul>
            <Show when=move || session.can(Permission::CenterSettings)>
                <button type="button" class="btn btn-outline btn-small" on:click=move |_| open.set(true)>
                    <Icon mark=Mark::Camera />
                    {t!(i18n, appearance.pictures.change)}
                </button>
            </Show>
        </section>
        <Dialog id="dress" open title=move || t_string!(i18n, appearance.pictures.change)>
            <PicturesForm pictures=kept.get_value() done />
        </Dialog>
    }
}

#[component]
fn PicturesForm(pictures: Vec<AttachedFile>, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("dress-form");
    let uploads = Uploads::new(pictures);
    let submit = move || {
        let files = uploads.ids();
        let wrong = if uploads.under_way() {
            Some(Violation::new("files", "files.under_way"))
        } else {
            (files.len() > PICTURES_MAX).then(|| Violation::new("files", "files.too_many").with("most", PICTURES_MAX))
        };
        if state.check(wrong.into_iter().collect()) {
            state.send(set_dress_pictures(SetDressPicturesInput { files }), move |_| done());
        }
    };
    view! {
        <p class="hint">{t!(i18n, appearance.pictures.hint)}</p>
        <Form state on_submit=submit>
            <UploadField name="files" label=move || t_string!(i18n, appearance.pictures.title) uploads pictures=true />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}
