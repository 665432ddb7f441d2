//! `/desk/posts`: who is where on a day.

use chrono::{Days, NaiveDate};
use domain::{permission::Permission, posts::PostStatus};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::{Names, Office, Places, StatusOf, forms::PostForm, name, names};
use crate::{
    api::posts::{BoardPost, Department, Kind, PostBoard, board},
    components::{AsyncView, Chip, Dialog, Empty, ExportButton, Icon, Mark, NoticeLine, PageHeading, Tone},
    dom,
    i18n::{pick, t, t_string, use_i18n},
    session::use_session,
    time,
};

/// The page.
#[component]
pub fn Board() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let query = use_query_map();
    let day = Memo::new(move |_| query.with(|query| query.get("day")).and_then(|day| day.parse::<NaiveDate>().ok()));
    let found = LocalResource::new(move || board(day.get()));
    // The day that is shown is the server's to say.
    let shown = Signal::derive(move || {
        let answered = move || found.get().and_then(Result::ok).map(|(data, _)| data.on);
        day.get().or_else(answered).unwrap_or_else(time::today)
    });
    let office = Office::<()>::new(move || found.refetch());
    let words = RwSignal::new(String::new());
    let as_shown = move || format!("day={}&q={}", shown.get(), words.with(|words| dom::encoded(words.trim())));
    let ready = move |(data, departments): (PostBoard, Vec<Department>)| view! { <Posts data departments words /> };
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, posts.board.title) />
            <div class="flex flex-wrap gap-3">
                <ExportButton list="posts" query=as_shown />
                <Show when=move || session.can(Permission::PostManage)>
                    <a class="btn btn-outline" href="/desk/import?table=posts">{t!(i18n, posts.import.link)}</a>
                    <button type="button" class="btn btn-primary" on:click=move |_| office.begin(())>
                        <Icon mark=Mark::Plus />
                        {t!(i18n, posts.board.add)}
                    </button>
                </Show>
            </div>
        </div>
        <p class="desk-lead">{t!(i18n, posts.board.lead)}</p>
        <NoticeLine notice=office.notice />
        <div class="board-tools">
            <DayPicker day=shown />
            <label class="field">
                <span class="field-label">{t!(i18n, posts.board.search)}</span>
                <input
                    type="search"
                    class="input-line"
                    name="words"
                    prop:value=move || words.get()
                    on:input=move |event| words.set(event_target_value(&event))
                />
            </label>
        </div>
        <AsyncView resource=found ready />
        <Dialog id="post" open=office.open title=move || t_string!(i18n, posts.board.add)>
            <PostForm post=None done=move || office.done() />
        </Dialog>
    }
}

#[component]
fn DayPicker(day: Signal<NaiveDate>) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = StoredValue::new_local(use_navigate());
    let go = move |day: NaiveDate| {
        navigate.with_value(|go| go(&format!("/desk/posts?day={day}"), leptos_router::NavigateOptions::default()));
    };
    let by = move |forward: bool| {
        let day = day.get_untracked();
        let next = if forward { day.checked_add_days(Days::new(1)) } else { day.checked_sub_days(Days::new(1)) };
        go(next.unwrap_or(day));
    };
    let typed = move |event| {
        if let Ok(day) = event_target_value(&event).parse() {
            go(day);
        }
    };
    view! {
        <div class="day-picker">
            <button type="button" class="btn btn-outline" on:click=move |_| by(false)>
                <Icon mark=Mark::Back />
                <span class="sr-only">{t!(i18n, posts.board.before)}</span>
            </button>
            <label class="field">
                <span class="field-label">{t!(i18n, posts.board.day)}</span>
                <input type="date" class="input-line" name="day" prop:value=move || day.get().to_string() on:change=typed />
            </label>
            <button type="button" class="btn btn-outline" on:click=move |_| by(true)>
                <Icon mark=Mark::ChevronRight />
                <span class="sr-only">{t!(i18n, posts.board.after)}</span>
            </button>
        </div>
    }
}

#[component]
fn Posts(data: PostBoard, departments: Vec<Department>, words: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let PostBoard { on, is_working, posts, kinds, people } = data;
    let names = names(&people);
    let in_use = posts.iter().filter(|row| row.post.status == PostStatus::Active);
    let count = in_use.clone().count();
    let there = in_use.filter(|row| row.places.iter().any(is_there)).count();
    let (none, shown) = (posts.is_empty(), StoredValue::new((posts, kinds, names, departments)));
    let rows = Memo::new(move |_| {
        let words = words.get().trim().to_lowercase();
        shown.with_value(|(posts, _, names, _)| {
            let fits = |row: &BoardPost| {
                let people = row.places.iter().map(|place| name(names, place.staff));
                let texts = [row.post.name.clone(), row.post.code.clone()].into_iter().chain(people);
                words.is_empty() || texts.into_iter().any(|text| text.to_lowercase().contains(&words))
            };
            posts.iter().enumerate().filter(|(_, row)| fits(row)).map(|(at, _)| at).collect::<Vec<_>>()
        })
    });
    let cards = move || {
        let cards = rows.get().into_iter().filter_map(|at| {
            shown.with_value(|(posts, kinds, names, departments)| {
                let row = posts.get(at)?.clone();
                let kind = kinds.iter().find(|kind| kind.code == row.post.kind).cloned();
                let department = departments.iter().find(|one| Some(one.id) == row.post.department_id).cloned();
                Some(view! { <Card row kind department names=names.clone() is_working /> })
            })
        });
        cards.collect_view()
    };
    view! {
        {(!is_working).then(|| {
            let day = on.to_string();
            view! {
                <p class="banner banner-still">
                    <Icon mark=Mark::Info />
                    <span>{move || t_string!(i18n, posts.board.off, day = day.as_str())}</span>
                </p>
            }
        })}
        {is_working.then(|| view! { <p class="hint">{move || t_string!(i18n, posts.board.staffed, there = there, count = count)}</p> })}
        <p class="hint" role="status">{move || t_string!(i18n, posts.board.found, count = rows.with(Vec::len))}</p>
        <Show
            when=move || !rows.with(Vec::is_empty)
            fallback=move || {
                let text = move || if none { t_string!(i18n, posts.board.none) } else { t_string!(i18n, posts.board.empty) };
                view! { <Empty text /> }
            }
        >
            <ul class="board">{cards}</ul>
        </Show>
    }
}

fn is_there(place: &crate::api::posts::Place) -> bool {
    place.presence != domain::posts::roster::Presence::Away
}

#[component]
fn Card(
    row: BoardPost,
    kind: Option<Kind>,
    department: Option<Department>,
    names: Names,
    is_working: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let BoardPost { post, places, lacks } = row;
    let lacking = lacks.len();
    let empty = is_working && post.status == PostStatus::Active && !places.iter().any(is_there);
    let lead = post.lead_id.map(|id| name(&names, id));
    let window = post.window_no.clone();
    let number = move |no: &str| t_string!(i18n, posts.board.window, no = no);
    let leads = move |who: &str| t_string!(i18n, posts.board.lead_of, name = who);
    view! {
        <li class="card-case board-card" data-post=post.code.clone()>
            <div class="person-head">
                <h2 class="card-title"><a href=format!("/desk/posts/{}", post.id)>{post.name.clone()}</a></h2>
                <StatusOf status=post.status />
            </div>
            <p class="person-facts">
                {kind.map(|kind| view! { <span>{move || pick(i18n.get_locale(), &kind.title_zh, &kind.title_en)}</span> })}
                {department.map(|one| view! { <span>{move || pick(i18n.get_locale(), &one.name_zh, &one.name_en)}</span> })}
                {window.map(|no| view! { <span>{move || number(&no)}</span> })}
                {post.location.map(|place| view! { <span>{place}</span> })}
                {lead.map(|who| view! { <span>{move || leads(&who)}</span> })}
            </p>
            <Places places names />
            {(lacking > 0).then(|| {
                let text = move || t_string!(i18n, posts.board.lacks, count = lacking);
                view! { <p><Chip tone=Tone::Warn mark=Mark::Alert text /></p> }
            })}
            {empty.then(|| view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, posts.board.nobody) /> })}
        </li>
    }
}
