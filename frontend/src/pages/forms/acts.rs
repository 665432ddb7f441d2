//! What is done with a version, and what the page remembers of it meanwhile.

use domain::{
    FormVersionId,
    evaluation::forms::{FormAction, FormContent, may},
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{editor::Editor, kept::Kept};
use crate::{
    api::{
        ApiError,
        forms::{
            CopyFormVersionInput, EditFormVersionInput, FormVersion, PublishFormVersionInput, SeenFormVersionInput,
            copy_form_version, edit_form_version, publish_form_version, retire_form_version, version,
            withdraw_form_version,
        },
    },
    components::{
        Dialog, Notice,
        form::{ErrorSummaryOf, Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::posts::forms::{day, needed},
    time,
};

/// A version on the page: how it was read, and what was typed into it since.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    id: FormVersionId,
    seen: RwSignal<i32>,
    saved: RwSignal<FormContent>,
    /// What somebody else saved while this was being edited.
    pub(super) theirs: RwSignal<Option<FormContent>>,
    editor: Option<Editor>,
    notice: Notice,
    again: Callback<()>,
}

impl Desk {
    /// The version `id`, as it was `read` when the editing began, with what is saved of it.
    pub(super) fn new(
        (id, read): (FormVersionId, i32),
        saved: &FormContent,
        editor: Option<Editor>,
        notice: Notice,
        again: Callback<()>,
    ) -> Self {
        let (seen, saved) = (RwSignal::new(read), RwSignal::new(saved.clone()));
        let desk = Self { id, seen, saved, theirs: RwSignal::new(None), editor, notice, again };
        if editor.is_some() {
            Effect::new(move |_| match desk.typed(|editor| editor.content().get()) {
                Some(content) => Kept { version: desk.seen.get_untracked(), content }.keep(id),
                None => Kept::forget(id),
            });
        }
        desk
    }

    /// Says that something was done.
    pub(super) fn tell(self, words: impl Fn(Locale) -> String + Send + Sync + 'static) {
        self.notice.show(words);
    }

    /// The same, and reads the version anew.
    pub(super) fn done(self, words: impl Fn(Locale) -> String + Send + Sync + 'static) {
        self.notice.show(words);
        self.again.run(());
    }

    /// Forgets what was typed and is not saved.
    pub(super) fn discard(self) {
        Kept::forget(self.id);
        self.done(|locale| td_string!(locale, forms.discarded).to_owned());
    }

    /// Whether a draft may be saved as it stands; what hinders it is told at its field.
    pub(super) fn can_be_saved(self) -> bool {
        let found = |editor: Editor| editor.content_now().map(|content| content.check_draft()).unwrap_or_default();
        self.editor.is_none_or(|editor| editor.state.check(found(editor)))
    }

    /// Whether something was typed that is not saved. Reactive.
    pub(super) fn is_unsaved(self) -> bool {
        self.typed(|editor| editor.content().get()).is_some()
    }

    fn typed(self, read: impl Fn(Editor) -> Option<FormContent>) -> Option<FormContent> {
        let content = read(self.editor?)?;
        self.saved.with(|saved| *saved != content).then_some(content)
    }

    /// Saves what was typed, if anything; the version is then so often changed. Where somebody else was first, theirs is
    /// shown beside and the next try goes past it.
    pub(super) async fn save(self) -> Result<i32, ApiError> {
        let (id, seen) = (self.id, self.seen.get_untracked());
        let Some(content) = untrack(|| self.typed(Editor::content_now)) else { return Ok(seen) };
        let input = EditFormVersionInput { id, version: seen, content };
        match edit_form_version::ask(input).await {
            Ok(page) => {
                let _ = self.seen.try_set(page.form.version);
                let _ = self.saved.try_set(page.content);
                let _ = self.theirs.try_set(None);
                Ok(page.form.version)
            }
            Err(error) => {
                if error.is(ApiError::STALE) {
                    let page = version(id).await?;
                    let _ = self.seen.try_set(page.form.version);
                    let _ = self.theirs.try_set(Some(page.content));
                }
                Err(error)
            }
        }
    }

    fn input(self) -> SeenFormVersionInput {
        SeenFormVersionInput { id: self.id, version: self.seen.get_untracked() }
    }
}

/// The buttons, each where it may be pressed.
#[component]
pub(super) fn Acts(form: FormVersion, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let state = FormState::new("form-acts");
    let asked = RwSignal::new(None::<FormAction>);
    let open = RwSignal::new(false);
    let ask = move |action| {
        asked.set(Some(action));
        open.set(true);
    };
    // What is still missing is told at its field, before a day is asked for.
    let publish = move |_| {
        let found = desk.editor.and_then(Editor::content_now).map(|content| content.check_publication());
        if desk.editor.is_none_or(|editor| editor.state.check(found.unwrap_or_default())) {
            ask(FormAction::Publish);
        }
    };
    // A draft is copied as it stands on the page.
    let copy = move |_| {
        if !desk.can_be_saved() {
            return;
        }
        let navigate = navigate.clone();
        let work = async move {
            desk.save().await?;
            copy_form_version::ask(CopyFormVersionInput { id: desk.id }).await
        };
        state.send(work, move |page| {
            let number = page.form.number;
            navigate(&format!("/desk/forms/{}", page.form.id), NavigateOptions::default());
            desk.notice.show(move |locale| td_string!(locale, forms.made, n = number));
        });
    };
    let offered = |action| may(form.status, action).is_ok();
    let title = move || {
        let locale = i18n.get_locale();
        match asked.get() {
            Some(FormAction::Withdraw) => td_string!(locale, forms.withdraw),
            Some(FormAction::Retire) => td_string!(locale, forms.retire),
            _ => td_string!(locale, forms.publish),
        }
    };
    let number = form.number;
    let dialog = move || match asked.get() {
        Some(FormAction::Publish) => view! { <PublishForm desk number open /> }.into_any(),
        Some(action) => view! { <EndForm desk action open /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <ErrorSummaryOf state />
        <div class="dialog-buttons">
            {offered(FormAction::Publish).then(|| view! {
                <button type="button" class="btn btn-primary" data-act="publish" on:click=publish>{t!(i18n, forms.publish)}</button>
            })}
            <button type="button" class="btn btn-outline" data-act="copy" on:click=copy>{t!(i18n, forms.copy)}</button>
            {offered(FormAction::Withdraw).then(|| view! {
                <button type="button" class="btn btn-outline" data-act="withdraw" on:click=move |_| ask(FormAction::Withdraw)>
                    {t!(i18n, forms.withdraw)}
                </button>
            })}
            {offered(FormAction::Retire).then(|| view! {
                <button type="button" class="btn btn-outline" data-act="retire" on:click=move |_| ask(FormAction::Retire)>
                    {t!(i18n, forms.retire)}
                </button>
            })}
        </div>
        <Dialog id="form-act" open title=title>{dialog}</Dialog>
    }
}

#[component]
fn PublishForm(desk: Desk, number: i32, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("form-publish");
    let from = RwSignal::new(time::today().to_string());
    let submit = move || {
        let Some(valid_from) = needed(state, "validFrom", day(from)) else { return };
        let work = async move {
            let version = desk.save().await?;
            publish_form_version::ask(PublishFormVersionInput { id: desk.id, version, valid_from }).await
        };
        state.send(work, move |_| {
            open.set(false);
            desk.done(move |locale| td_string!(locale, forms.published, n = number, day = valid_from.to_string()));
        });
    };
    view! {
        <p class="hint">{t!(i18n, forms.publish_lead)}</p>
        <Form state on_submit=submit>
            <Field
                name="validFrom"
                kind=FieldKind::Date
                label=move || t_string!(i18n, forms.valid_from)
                value=from
                hint=move || t_string!(i18n, forms.valid_from_hint)
            />
            <Submit label=move || t_string!(i18n, forms.publish) />
        </Form>
    }
}

/// Withdrawing or retiring, once more asked for.
#[component]
fn EndForm(desk: Desk, action: FormAction, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("form-end");
    let retire = action == FormAction::Retire;
    let submit = move || {
        if retire {
            state.send(retire_form_version::ask(desk.input()), move |_| {
                open.set(false);
                desk.done(|locale| td_string!(locale, forms.retired).to_owned());
            });
        } else {
            state.send(withdraw_form_version::ask(desk.input()), move |_| {
                open.set(false);
                desk.done(|locale| td_string!(locale, forms.withdrawn).to_owned());
            });
        }
    };
    let lead = move || if retire { t_string!(i18n, forms.retire_lead) } else { t_string!(i18n, forms.withdraw_lead) };
    let verb = move || if retire { t_string!(i18n, forms.retire) } else { t_string!(i18n, forms.withdraw) };
    view! {
        <p>{lead}</p>
        <Form state on_submit=submit>
            <Submit label=verb />
        </Form>
    }
}
