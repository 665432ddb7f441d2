//! The photo of a post's signboard: seen by everybody, hung up by the administrator.

use domain::{Violation, permission::Permission};
use leptos::prelude::*;

use crate::{
    api::{
        files::{AttachedFile, file_path, thumbnail_path},
        posts::{Post, SetSignboardPhotoInput, set_signboard_photo},
    },
    components::{
        Dialog, Icon, Mark, UploadField, Uploads,
        form::{Form, FormState, Submit},
    },
    i18n::{t, t_string, use_i18n},
    session::use_session,
};

/// The photo, and for the administrator the way to change it.
#[component]
pub(super) fn Signboard(
    post: Post,
    photo: Option<AttachedFile>,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let open = RwSignal::new(false);
    let (id, version) = (post.id, post.version);
    let none = photo.is_none();
    let shown = photo.clone().map(|file| {
        let name = post.name;
        let alt = move || t_string!(i18n, posts.signboard.alt, name = name.as_str());
        view! {
            <p>
                <a class="upload-file" href=file_path(file.id) target="_blank" rel="external">
                    <img class="upload-picture" src=thumbnail_path(file.id) alt=alt loading="lazy" />
                </a>
            </p>
        }
    });
    let kept = StoredValue::new(photo);
    let saved = move || {
        open.set(false);
        done();
    };
    view! {
        <section class="sheet pictures-large" aria-labelledby="post-signboard">
            <h2 class="sheet-title" id="post-signboard">{t!(i18n, posts.signboard.title)}</h2>
            {none.then(|| view! { <p class="hint">{t!(i18n, posts.signboard.none)}</p> })}
            {shown}
            <Show when=move || session.can(Permission::PostManage)>
                <button type="button" class="btn btn-outline btn-small" on:click=move |_| open.set(true)>
                    <Icon mark=Mark::Camera />
                    {move || if none { t_string!(i18n, posts.signboard.add) } else { t_string!(i18n, posts.signboard.change) }}
                </button>
            </Show>
        </section>
        <Dialog id="signboard" open title=move || t_string!(i18n, posts.signboard.title)>
            <PhotoForm seen=(id, version) photo=kept.get_value() done=saved />
        </Dialog>
    }
}

#[component]
fn PhotoForm(
    seen: (domain::PostId, i32),
    photo: Option<AttachedFile>,
    done: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("signboard-form");
    let uploads = Uploads::new(photo.into_iter().collect());
    let submit = move || {
        let files = uploads.ids();
        let wrong = if uploads.under_way() {
            Some(Violation::new("photo", "files.under_way"))
        } else {
            (files.len() > 1).then(|| Violation::new("photo", "files.too_many").with("most", 1))
        };
        if state.check(wrong.into_iter().collect()) {
            let (id, version) = seen;
            let input = SetSignboardPhotoInput { id, version, photo: files.first().copied() };
            state.send(set_signboard_photo::ask(input), move |_| done());
        }
    };
    view! {
        <p class="hint">{t!(i18n, posts.signboard.remove_hint)}</p>
        <Form state on_submit=submit>
            <UploadField name="photo" label=move || t_string!(i18n, posts.signboard.photo) uploads pictures=true />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}
