//! `/desk/model-posts`: the titles of the center, and the posts that may apply for one.

use domain::{PostId, model_posts::ModelKind, permission::Permission, posts::PostStatus};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{Names, TITLES, TitleChip, Ways, names};
use crate::{
    api::model_posts::{ApplyForTitleInput, PostOfKind, TitleRow, Titles, apply_for_title, titles},
    components::{
        AsyncView, Dialog, Empty, ExportButton, PageHeading,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{label, t, t_string, use_i18n},
    session::use_session,
};

/// The page.
#[component]
pub fn TitlesPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let found = LocalResource::new(titles);
    let applying = RwSignal::new(None::<(PostId, String)>);
    let open = RwSignal::new(false);
    let begin = move |post: PostOfKind| {
        applying.set(Some((post.id, post.name)));
        open.set(true);
    };
    let kinds = [
        (ModelKind::Party, Permission::ModelPartyRead),
        (ModelKind::Women, Permission::ModelWomenRead),
        (ModelKind::Youth, Permission::ModelYouthRead),
    ];
    let ready = move |data: Titles| {
        let Titles { model_titles, posts, staff_members } = data;
        let names = names(&staff_members);
        let goes_on =
            |post: PostId| model_titles.iter().any(|row| row.title.post_id == post && !row.title.status.is_over());
        let sees = |kind| kinds.iter().any(|(known, needed)| *known == kind && session.can(*needed));
        let free = posts.into_iter().filter(|post| {
            post.status != PostStatus::Closed && ModelKind::of_post(&post.kind).is_some_and(sees) && !goes_on(post.id)
        });
        let free: Vec<_> = free.collect();
        let (over, live): (Vec<_>, Vec<_>) = model_titles.into_iter().partition(|row| row.title.status.is_over());
        let none = live.is_empty() && over.is_empty() && free.is_empty();
        let cards = |rows: Vec<TitleRow>, names: &Names| {
            rows.into_iter().map(|row| view! { <Card row names=names.clone() /> }).collect_view()
        };
        let (count_free, count_over) = (free.len(), over.len());
        let free = free.into_iter().map(|post| view! { <Free post begin /> }).collect_view();
        view! {
            {none.then(|| view! { <Empty text=move || t_string!(i18n, models.titles.none) /> })}
            <ul class="board">{cards(live, &names)}</ul>
            {(count_free > 0).then(|| view! {
                <h2 class="section-title">{t!(i18n, models.titles.free)}</h2>
                <ul class="board">{free}</ul>
            })}
            {(count_over > 0).then(|| view! {
                <h2 class="section-title">{t!(i18n, models.titles.over)}</h2>
                <ul class="board">{cards(over, &names)}</ul>
            })}
        }
    };
    let form = move || applying.get().map(|(post, name)| view! { <ApplyForm post name /> });
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, models.titles.title) />
            <ExportButton list="titles" query=String::new() />
        </div>
        <Ways here=TITLES />
        <p class="desk-lead">{t!(i18n, models.titles.lead)}</p>
        <AsyncView resource=found ready />
        <Dialog id="apply" open title=move || t_string!(i18n, models.titles.apply)>{form}</Dialog>
    }
}

#[component]
fn Card(row: TitleRow, names: Names) -> impl IntoView {
    let i18n = use_i18n();
    let TitleRow { title, post_code, post_name, lead_id } = row;
    let lead = lead_id.and_then(|id| names.get(&id).cloned());
    let dates = [title.awarded_on, title.recheck_on, title.ends_on].map(|day| day.map(|day| day.to_string()));
    let [awarded, recheck, ends] = dates;
    view! {
        <li class="card-case board-card" data-post=post_code>
            <div class="person-head">
                <h2 class="card-title"><a href=format!("{TITLES}/{}", title.id)>{post_name}</a></h2>
                <TitleChip status=title.status />
                {title.stars.map(|stars| view! { <Stars stars /> })}
            </div>
            <dl class="desk-facts">
                <dt>{t!(i18n, models.title.kind)}</dt>
                <dd>{move || label(i18n.get_locale(), "model_kind", title.kind.key())}</dd>
                {lead.map(|lead| view! { <dt>{t!(i18n, posts.post.lead)}</dt><dd>{lead}</dd> })}
                <dt>{t!(i18n, models.title.applied_on)}</dt>
                <dd class="tabular-nums">{title.applied_on.to_string()}</dd>
                {awarded.map(|day| view! { <dt>{t!(i18n, models.title.awarded_on)}</dt><dd class="tabular-nums">{day}</dd> })}
                {recheck.map(|day| view! { <dt>{t!(i18n, models.title.recheck_on)}</dt><dd class="tabular-nums">{day}</dd> })}
                {ends.map(|day| view! { <dt>{t!(i18n, models.title.ends_on)}</dt><dd class="tabular-nums">{day}</dd> })}
            </dl>
            <p><a class="link" href=format!("/desk/ledgers/{}", title.post_id)>{t!(i18n, models.ledger.open)}</a></p>
        </li>
    }
}

/// Stars that a title bears.
#[component]
pub(super) fn Stars(stars: i32) -> impl IntoView {
    let i18n = use_i18n();
    let shown = "★".repeat(usize::try_from(stars).unwrap_or(0));
    view! {
        <span class="stars">
            <span aria-hidden="true">{shown}</span>
            <span class="sr-only">{move || t_string!(i18n, models.title.stars, count = stars)}</span>
        </span>
    }
}

#[component]
fn Free(post: PostOfKind, begin: impl Fn(PostOfKind) + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let kind = ModelKind::of_post(&post.kind).map(ModelKind::key).unwrap_or_default();
    let ledger = format!("/desk/ledgers/{}", post.id);
    let name = post.name.clone();
    let apply = session.can(Permission::ModelPostPropose).then(|| {
        view! {
            <button type="button" class="btn btn-outline btn-small" on:click=move |_| begin(post.clone())>
                {t!(i18n, models.titles.apply)}
            </button>
        }
    });
    view! {
        <li class="card-case board-card">
            <h2 class="card-title">{name}</h2>
            <p class="hint">{move || label(i18n.get_locale(), "model_kind", kind)}</p>
            <div class="person-acts">
                {apply}
                <a class="link" href=ledger>{t!(i18n, models.ledger.open)}</a>
            </div>
        </li>
    }
}

#[component]
fn ApplyForm(post: PostId, name: String) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("apply");
    let navigate = StoredValue::new_local(use_navigate());
    let note = RwSignal::new(String::new());
    let submit = move || {
        let note = Some(note.get_untracked().trim().to_owned()).filter(|text| !text.is_empty());
        state.send(apply_for_title::ask(ApplyForTitleInput { post, note }), move |made| {
            let to = format!("{TITLES}/{}", made.id);
            navigate.with_value(|go| go(&to, NavigateOptions::default()));
        });
    };
    view! {
        <p class="quote font-semibold">{name}</p>
        <Form state on_submit=submit>
            <Field name="note" kind=FieldKind::Area(500) label=move || t_string!(i18n, models.note) value=note optional=true />
            <Submit label=move || t_string!(i18n, models.titles.apply) />
        </Form>
    }
}
