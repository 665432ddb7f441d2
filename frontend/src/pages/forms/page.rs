//! `/desk/forms/:id`: a version with its editor while it is a draft, as the rater sees it, and what differs from another.

use domain::{
    FormVersionId,
    evaluation::forms::{FormContent, FormStatus},
    permission::Permission,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    Standing,
    acts::{Acts, Desk},
    differences::{Compared, Differences},
    editor::Editor,
    kept::Kept,
    kind_facts, kinds, name,
    preview::Preview,
};
use crate::{
    api::{
        ApiError,
        forms::{FormVersion, Page, version},
    },
    components::{
        AsyncView, Icon, Mark, Notice, NoticeLine, PageHeading,
        form::{Form, Submit},
    },
    i18n::{label, t, t_string, td_string, use_i18n},
    session::use_session,
    time,
};

/// The page. Another version is built anew: nothing of what was typed into one reaches the other.
#[component]
pub fn FormPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse().ok()));
    let notice = Notice::new();
    move || view! { <Version id=id.get() notice /> }
}

#[component]
fn Version(id: Option<FormVersionId>, notice: Notice) -> impl IntoView {
    let i18n = use_i18n();
    let title = RwSignal::new(None::<FormVersion>);
    let found = LocalResource::new(move || async move {
        let page = version(id.ok_or_else(|| ApiError::of("NOT_FOUND"))?).await?;
        let _ = title.try_set(Some(page.form.clone()));
        Ok(page)
    });
    let again = Callback::new(move |()| found.refetch());
    let named = move || {
        let locale = i18n.get_locale();
        title.with(|form| match form {
            Some(form) => name(locale, form.kind, form.number),
            None => t_string!(i18n, forms.title).to_owned(),
        })
    };
    view! {
        <p>
            <a class="link back" href="/desk/forms">
                <Icon mark=Mark::Back />
                {t!(i18n, forms.back)}
            </a>
        </p>
        <PageHeading title=named />
        <NoticeLine notice />
        <AsyncView resource=found ready=move |page| view! { <Body page notice again /> } />
    }
}

#[component]
fn Body(page: Page, notice: Notice, again: Callback<()>) -> impl IntoView {
    let session = use_session();
    let Page { form, content } = page;
    let may = session.can(Permission::FormManage);
    let begun = Kept::of(form.id);
    let editor = (may && form.status == FormStatus::Draft)
        .then(|| Editor::new(begun.as_ref().map_or(&content, |begun| &begun.content)));
    let read = begun.filter(|_| editor.is_some()).map_or(form.version, |begun| begun.version);
    let desk = Desk::new((form.id, read), &content, editor, notice, again);
    let shown = match editor {
        Some(editor) => editor.content(),
        None => Signal::stored(Some(content)),
    };
    view! {
        <Head form=form.clone() />
        {may.then(|| view! { <Acts form=form.clone() desk /> })}
        <div class="case-columns">
            <div class="case-main">
                {match editor {
                    Some(editor) => view! { <Edit editor desk /> }.into_any(),
                    None => view! { <Preview content=shown /> }.into_any(),
                }}
            </div>
            <aside class="case-side">
                <Theirs desk shown />
                {editor.is_some().then(|| view! { <Preview content=shown /> })}
                <Compared form shown />
            </aside>
        </div>
    }
}

#[component]
fn Head(form: FormVersion) -> impl IntoView {
    let i18n = use_i18n();
    let FormVersion { kind, status, in_force, valid_from, edition, copied_from, changed_at, .. } = form;
    let facts = kind_facts(valid_from, &edition, copied_from, time::date_time(changed_at)).into_iter();
    let facts = facts.map(|(name, value)| {
        view! {
            <dt>{move || name(i18n.get_locale())}</dt>
            <dd>{move || value.text(i18n.get_locale())}</dd>
        }
    });
    let rule = kind.rule().map(|rule| {
        view! {
            <dt>{t!(i18n, forms.rule)}</dt>
            <dd>{move || label(i18n.get_locale(), "scoring_rule", rule.key())}</dd>
        }
    });
    view! {
        <div class="sheet" data-status=status.key()>
            <p class="chips"><Standing status in_force /></p>
            <dl class="desk-facts">{facts.collect_view()} {rule}</dl>
        </div>
    }
}

#[component]
fn Edit(editor: Editor, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let submit = move || {
        if desk.can_be_saved() {
            // The fields stay as they are: nothing is read anew.
            editor.state.send(desk.save(), move |_| {
                desk.tell(|locale| td_string!(locale, forms.saved).to_owned());
            });
        }
    };
    let unsaved = Memo::new(move |_| desk.is_unsaved());
    let told = move || unsaved.get().then(|| view! { <p class="hint">{t!(i18n, forms.unsaved)}</p> });
    let discard = move || {
        unsaved.get().then(|| {
            view! {
                <button type="button" class="btn btn-outline" on:click=move |_| desk.discard()>{t!(i18n, forms.discard)}</button>
            }
        })
    };
    view! {
        <section class="sheet" aria-labelledby="form-edit">
            <h2 class="sheet-title" id="form-edit">{t!(i18n, forms.edit)}</h2>
            <p class="hint">{t!(i18n, forms.edit_lead)}</p>
            <Form state=editor.state on_submit=submit>
                {move || kinds::fields(editor)}
                <div role="status">{told}</div>
                <Submit label=move || t_string!(i18n, forms.save) />
                {discard}
            </Form>
        </section>
    }
}

/// What somebody else saved meanwhile.
#[component]
fn Theirs(desk: Desk, shown: Signal<Option<FormContent>>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        desk.theirs.get().map(|theirs| {
            view! {
                <section class="sheet" aria-labelledby="form-theirs">
                    <h2 class="sheet-title" id="form-theirs">{t!(i18n, forms.theirs)}</h2>
                    <p class="hint">{t!(i18n, forms.theirs_lead)}</p>
                    <Differences old=theirs new=shown />
                </section>
            }
        })
    }
}
