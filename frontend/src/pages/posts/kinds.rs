//! `/desk/kinds`: kinds of posts, for the city, which adds to those of the standard.

use domain::posts::kind::PostCheck;
use leptos::prelude::*;

use super::{Office, forms::given};
use crate::{
    api::posts::{Kind, NamedPostKindInput, PostKindInput, add_post_kind, kinds, restore_post_kind, retire_post_kind},
    components::{
        AsyncView, Chip, Dialog, Icon, Mark, NoticeLine, PageHeading, Tone,
        form::{ErrorSummaryOf, Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{label, pick, t, t_string, use_i18n},
};

/// The page.
#[component]
pub fn Kinds() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(kinds);
    let office = Office::<()>::new(move || found.refetch());
    let acting = FormState::new("kind-act");
    let ready = move |rows: Vec<Kind>| {
        let rows = rows.into_iter().map(|row| view! { <Card row office acting /> }).collect_view();
        view! { <ul class="board">{rows}</ul> }
    };
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, posts.kinds.title) />
            <button type="button" class="btn btn-primary" on:click=move |_| office.begin(())>
                <Icon mark=Mark::Plus />
                {t!(i18n, posts.kinds.add)}
            </button>
        </div>
        <p class="desk-lead">{t!(i18n, posts.kinds.lead)}</p>
        <NoticeLine notice=office.notice />
        <ErrorSummaryOf state=acting />
        <AsyncView resource=found ready />
        <Dialog id="kind" open=office.open title=move || t_string!(i18n, posts.kinds.add)>
            <KindForm done=move || office.done() />
        </Dialog>
    }
}

#[component]
fn Card(row: Kind, office: Office<()>, acting: FormState) -> impl IntoView {
    let i18n = use_i18n();
    let (own, offered) = (row.version.is_some(), row.offered);
    let source = move || if own { t_string!(i18n, posts.kinds.city) } else { t_string!(i18n, posts.kinds.standard) };
    let code = StoredValue::new(row.code.clone());
    let act = move |_| {
        let input = NamedPostKindInput { code: code.get_value() };
        if offered {
            acting.send(retire_post_kind::ask(input), move |_| office.done());
        } else {
            acting.send(restore_post_kind::ask(input), move |_| office.done());
        }
    };
    let verb = move || if offered { t_string!(i18n, posts.kinds.retire) } else { t_string!(i18n, posts.kinds.restore) };
    let (title, summary) = ((row.title_zh, row.title_en), (row.summary_zh, row.summary_en));
    let fields = row.fields;
    let plain = fields.is_empty();
    let names = move || {
        let locale = i18n.get_locale();
        let names: Vec<_> = fields.iter().map(|f| pick(locale, &f.label_zh, &f.label_en)).collect();
        names.join(t_string!(i18n, desk.list_separator))
    };
    let checks = row.checks;
    let looked = move || {
        let locale = i18n.get_locale();
        let names: Vec<_> = checks.iter().map(|check| label(locale, "post_check", check.key())).collect();
        names.join(t_string!(i18n, desk.list_separator))
    };
    view! {
        <li class="card-case board-card" data-kind=row.code>
            <div class="person-head">
                <h2 class="card-title">{move || pick(i18n.get_locale(), &title.0, &title.1)}</h2>
                <Chip tone=Tone::Plain mark=Mark::Book text=source />
                {(!offered).then(|| view! { <Chip tone=Tone::Still mark=Mark::Pause text=move || t_string!(i18n, posts.kinds.retired) /> })}
            </div>
            <p>{move || pick(i18n.get_locale(), &summary.0, &summary.1)}</p>
            <dl class="desk-facts">
                {row.clause.map(|text| view! { <dt>{t!(i18n, posts.kinds.clause)}</dt><dd class="tabular-nums">{text}</dd> })}
                {(!plain).then(|| view! { <dt>{t!(i18n, posts.kinds.fields)}</dt><dd>{names}</dd> })}
                <dt>{t!(i18n, posts.kinds.checks)}</dt><dd>{looked}</dd>
            </dl>
            {own.then(|| view! { <button type="button" class="btn btn-outline btn-small" on:click=act>{verb}</button> })}
        </li>
    }
}

#[component]
fn KindForm(done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("kind-form");
    let empty = || RwSignal::new(String::new());
    let (code, clause, title_zh, title_en, summary_zh, summary_en) =
        (empty(), empty(), empty(), empty(), empty(), empty());
    let submit = move || {
        let text = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
        let input = PostKindInput {
            code: text(code),
            clause: given(clause),
            title_zh: text(title_zh),
            title_en: text(title_en),
            summary_zh: text(summary_zh),
            summary_en: text(summary_en),
            // What every post is looked at for; an induction is asked for where volunteers serve.
            checks: PostCheck::ALL.iter().copied().filter(|check| *check != PostCheck::Inducted).collect(),
        };
        state.send(add_post_kind::ask(input), move |_| done());
    };
    view! {
        <Form state on_submit=submit>
            <Field name="titleZh" label=move || t_string!(i18n, posts.kinds.title_zh) value=title_zh />
            <Field name="titleEn" label=move || t_string!(i18n, posts.kinds.title_en) value=title_en />
            <Field name="code" label=move || t_string!(i18n, posts.form.code) hint=move || t_string!(i18n, posts.form.code_hint) value=code />
            <Field name="clause" label=move || t_string!(i18n, posts.kinds.clause) value=clause optional=true />
            <Field name="summaryZh" kind=FieldKind::Area(300) label=move || t_string!(i18n, posts.kinds.summary_zh) value=summary_zh />
            <Field name="summaryEn" kind=FieldKind::Area(500) label=move || t_string!(i18n, posts.kinds.summary_en) value=summary_en />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}
