//! `/desk/appearance/:id`: one check, item by item, and the answer of whoever was checked.

use domain::{
    AppearanceCheckId,
    appearance::{Group, ITEMS, Mark as How, NOTE_MAX, check_answer},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{HOME, Score, item_name};
use crate::{
    api::{
        ApiError,
        appearance::{AnswerAppearanceInput, Found, Page, answer_appearance_check, check},
    },
    components::{
        AsyncView, Chip, FileShown, Icon, Mark, Notice, NoticeLine, PageHeading, Tone,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{label, t, t_string, td_string, use_i18n},
    time,
};

/// The page.
#[component]
pub fn CheckPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<AppearanceCheckId>().ok()));
    let title = RwSignal::new(None::<(String, String)>);
    let found = LocalResource::new(move || async move {
        let data = check(id.get_untracked().ok_or_else(|| ApiError::of("NOT_FOUND"))?).await?;
        let _ = title.try_set(Some((data.staff_name.clone(), data.check.on.to_string())));
        Ok(data)
    });
    let heading = move || match title.get() {
        Some((name, on)) => t_string!(i18n, appearance.page.title, name = name.as_str(), on = on.as_str()),
        None => t_string!(i18n, appearance.title).to_owned(),
    };
    let notice = Notice::new();
    let done = move || {
        notice.show(|locale| td_string!(locale, posts.form.done).to_owned());
        found.refetch();
    };
    view! {
        <p>
            <a class="link back" href=HOME>
                <Icon mark=Mark::Back />
                {t!(i18n, appearance.new.back)}
            </a>
        </p>
        <PageHeading title=heading />
        <NoticeLine notice />
        <AsyncView resource=found ready=move |data| view! { <Body data done /> } />
    }
}

#[component]
fn Body(data: Page, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let Page {
        check, results, post, checker, created_at, note, phrase, files, answer, answered_at, may_answer, ..
    } = data;
    let no_files = files.is_empty();
    let files = files.into_iter().map(|file| view! { <li><FileShown file /></li> }).collect_view();
    let parts = Group::ALL.iter().filter_map(|group| {
        let of_group = |found: &&Found| ITEMS.iter().any(|spec| spec.item == found.item && spec.group == *group);
        let own = results.iter().filter(of_group).cloned();
        let lines: Vec<_> = own.map(|found| view! { <Line found /> }).collect();
        let (id, heading) = (format!("check-{}", group.key()), format!("check-{}", group.key()));
        (!lines.is_empty()).then(|| {
            view! {
                <h3 class="sheet-part" id=id>{move || label(i18n.get_locale(), "appearance_group", group.key())}</h3>
                <ul class="settings-list" aria-labelledby=heading>{lines}</ul>
            }
        })
    });
    let parts = parts.collect_view();
    let (id, version) = (check.id, check.version);
    let said = answer.map(|text| {
        view! {
            <div class="quote">
                <p class="prose-text">{text}</p>
                <p class="hint tabular-nums">{answered_at.map(time::date_time)}</p>
            </div>
        }
    });
    let silent = said.is_none() && !may_answer;
    view! {
        <div class="case-columns">
            <div class="case-main">
                <section class="sheet" aria-labelledby="check-result">
                    <div class="person-head">
                        <h2 class="sheet-title" id="check-result">{t!(i18n, appearance.page.result)}</h2>
                        <Score passed=check.passed asked=check.asked />
                    </div>
                    {parts}
                </section>
            </div>
            <aside class="case-side">
                <section class="sheet" aria-label=move || t_string!(i18n, appearance.title)>
                    <dl class="desk-facts">
                        <dt>{t!(i18n, appearance.page.post)}</dt><dd>{post.name}</dd>
                        <dt>{t!(i18n, appearance.page.on)}</dt><dd class="tabular-nums">{check.on.to_string()}</dd>
                        <dt>{t!(i18n, appearance.page.checker)}</dt><dd>{checker}</dd>
                        <dt>{t!(i18n, appearance.page.written)}</dt><dd class="tabular-nums">{time::date_time(created_at)}</dd>
                        {phrase.map(|text| view! { <dt>{t!(i18n, appearance.page.phrase)}</dt><dd lang="zh-CN">{text}</dd> })}
                        {note.map(|text| view! { <dt>{t!(i18n, appearance.page.note)}</dt><dd>{text}</dd> })}
                    </dl>
                    {(!no_files).then(|| view! {
                        <h2 class="sheet-part">{t!(i18n, appearance.page.photos)}</h2>
                        <ul class="pictures">{files}</ul>
                    })}
                </section>
                <section class="sheet" aria-labelledby="check-answer">
                    <h2 class="sheet-title" id="check-answer">{t!(i18n, appearance.page.answer)}</h2>
                    {said}
                    {silent.then(|| view! { <p class="hint">{t!(i18n, appearance.page.no_answer)}</p> })}
                    {may_answer.then(|| view! { <AnswerForm id version done /> })}
                </section>
            </aside>
        </div>
    }
}

#[component]
fn Line(found: Found) -> impl IntoView {
    let i18n = use_i18n();
    let Found { item, mark, exceeded, pieces, note } = found;
    let (tone, sign) = match mark {
        How::Pass => (Tone::Good, Mark::Check),
        How::Fail => (Tone::Bad, Mark::Alert),
        How::Na => (Tone::Still, Mark::Pause),
    };
    let more = exceeded || pieces.is_some() || note.is_some();
    view! {
        <li class="person-role" data-item=item.key() data-mark=mark.key()>
            <Chip tone mark=sign text=move || label(i18n.get_locale(), "appearance_mark", mark.key()) />
            <span>{move || item_name(i18n.get_locale(), item)}</span>
            {more.then(|| view! {
                <span class="person-facts">
                    {exceeded.then(|| view! { <span>{t!(i18n, appearance.page.exceeded)}</span> })}
                    {pieces.map(|count| view! { <span>{move || t_string!(i18n, appearance.page.pieces, count = count)}</span> })}
                    {note.map(|text| view! { <span>{text}</span> })}
                </span>
            })}
        </li>
    }
}

#[component]
fn AnswerForm(id: AppearanceCheckId, version: i32, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("answer");
    let text = RwSignal::new(String::new());
    let submit = move || {
        let said = text.get_untracked().trim().to_owned();
        if state.check(check_answer(&said).into_iter().collect()) {
            let input = AnswerAppearanceInput { id, version, text: said };
            state.send(answer_appearance_check::ask(input), move |_| done());
        }
    };
    view! {
        <Form state on_submit=submit>
            <Field
                name="text"
                label=move || t_string!(i18n, appearance.page.answer_field)
                hint=move || t_string!(i18n, appearance.page.answer_hint)
                value=text
                kind=FieldKind::Area(NOTE_MAX)
            />
            <Submit label=move || t_string!(i18n, appearance.page.answer_send) />
        </Form>
    }
}
