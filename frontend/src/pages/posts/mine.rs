//! `/desk/mine`: where somebody is today, what they have to take over, what their posts lack.

use leptos::prelude::*;

use super::{Checks, Names, Places, name, names};
use crate::{
    api::posts::{Handover, LackingPost, OwnDesk, OwnPlace, SeenHandoverInput, accept_handover, desk},
    components::{
        AsyncView, Icon, Mark, Notice, NoticeLine, PageHeading,
        form::{ErrorSummaryOf, FormState},
    },
    i18n::{t, t_string, td_string, use_i18n},
    pages::improvement::due::OwnTasks,
    time,
};

/// The page.
#[component]
pub fn Mine() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(desk);
    let notice = Notice::new();
    let acting = FormState::new("take");
    let again = Callback::new(move |()| {
        notice.show(|locale| td_string!(locale, posts.form.done).to_owned());
        found.refetch();
    });
    view! {
        <PageHeading title=move || t_string!(i18n, posts.mine.title) />
        <NoticeLine notice />
        <ErrorSummaryOf state=acting />
        <AsyncView resource=found ready=move |data| view! { <Body data acting again /> } />
    }
}

#[component]
fn Body(data: OwnDesk, acting: FormState, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let OwnDesk { me, today, to_take, lacking, people } = data;
    if me.is_none() {
        return view! {
            <p class="banner banner-still"><Icon mark=Mark::Info />{t!(i18n, posts.mine.not_staff)}</p>
        }
        .into_any();
    }
    let mut names = (*names(&people)).clone();
    names.extend(me.map(|me| (me.id, me.name)));
    let names = Names::new(names);
    view! {
        <div class="grid gap-4">
            <Today today names=names.clone() />
            <ToTake rows=to_take names=names.clone() acting again />
            <Lacking rows=lacking names />
            <OwnTasks />
        </div>
    }
    .into_any()
}

#[component]
fn Today(today: Vec<OwnPlace>, names: Names) -> impl IntoView {
    let i18n = use_i18n();
    let none = today.is_empty();
    let rows = today.into_iter().map(|row| {
        view! {
            <li class="grid gap-1">
                <a class="link font-semibold" href=format!("/desk/posts/{}", row.post.id)>{row.post.name}</a>
                <Places places=vec![row.place] names=names.clone() />
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="mine-today">
            <h2 class="sheet-title" id="mine-today">{t!(i18n, posts.mine.today)}</h2>
            {none.then(|| view! { <p class="hint">{t!(i18n, posts.mine.nothing)}</p> })}
            <ul class="grid gap-3">{rows}</ul>
        </section>
    }
}

#[component]
fn ToTake(rows: Vec<Handover>, names: Names, acting: FormState, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let none = rows.is_empty();
    let rows = rows.into_iter().map(|row| {
        let (id, version) = (row.id, row.version);
        let giver = name(&names, row.giver);
        let act = move |_| {
            acting.send(accept_handover::ask(SeenHandoverInput { id, version }), move |_| again.run(()));
        };
        view! {
            <li class="grid gap-1">
                <p class="font-semibold">{giver} " · " <span class="hint">{time::date_time(row.given_at)}</span></p>
                <p class="prose-text">{row.items}</p>
                <button type="button" class="btn btn-primary btn-small" on:click=act>{t!(i18n, posts.post.accept)}</button>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="mine-take">
            <h2 class="sheet-title" id="mine-take">{t!(i18n, posts.mine.to_take)}</h2>
            {none.then(|| view! { <p class="hint">{t!(i18n, posts.mine.none_to_take)}</p> })}
            <ul class="grid gap-4">{rows}</ul>
        </section>
    }
}

#[component]
fn Lacking(rows: Vec<LackingPost>, names: Names) -> impl IntoView {
    let i18n = use_i18n();
    let none = rows.is_empty();
    let rows = rows.into_iter().map(|row| {
        view! {
            <li class="grid gap-2">
                <a class="link font-semibold" href=format!("/desk/posts/{}", row.post.id)>{row.post.name}</a>
                <Checks checks=row.checks names=names.clone() />
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="mine-lacking">
            <h2 class="sheet-title" id="mine-lacking">{t!(i18n, posts.mine.lacking)}</h2>
            {none.then(|| view! { <p class="hint">{t!(i18n, posts.mine.all_fine)}</p> })}
            <ul class="grid gap-4">{rows}</ul>
        </section>
    }
}
