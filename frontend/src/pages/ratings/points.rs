//! `/desk/rating-points`: where the public rates, each with a code for its poster.

use domain::{
    PostId,
    evaluation::ratings::{PointChannel, check_name},
};
use leptos::prelude::*;

use super::{POINTS, Rooms};
use crate::{
    api::ratings::{
        self, AddRatingPointInput, Point, Points, Post, RenameRatingPointInput, SeenRatingPointInput, Without,
        add_for_posts, add_rating_point, rename_rating_point, revoke_rating_point,
    },
    components::{
        AsyncView, Chip, Dialog, Empty, Icon, Mark, NoticeLine, PageHeading, Tone,
        form::{ErrorSummaryOf, Field, Form, FormState, SelectField, Submit},
    },
    i18n::{label, t, t_string, td_string, use_i18n},
    pages::posts::{Office, forms::signal},
    time,
};

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Add(Vec<Post>, Vec<Without>),
    Rename(Point),
    Revoke(Point),
}

/// The page.
#[component]
pub fn PointsPage() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(ratings::points);
    let office = Office::<Task>::new(move || found.refetch());
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::Add(..)) => td_string!(locale, ratings.points.add),
            Some(Task::Rename(_)) => td_string!(locale, ratings.points.rename),
            Some(Task::Revoke(_)) => td_string!(locale, ratings.points.revoke),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Add(posts, without) => view! { <AddForm posts without done /> }.into_any(),
            Task::Rename(point) => view! { <RenameForm point done /> }.into_any(),
            Task::Revoke(point) => view! { <RevokeForm point done /> }.into_any(),
        })
    };
    view! {
        <PageHeading title=move || t_string!(i18n, ratings.points.title) />
        <p class="desk-lead">{t!(i18n, ratings.points.lead)}</p>
        <Rooms here=POINTS />
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready=move |data| view! { <Body data office /> } />
        <Dialog id="rating-point" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: Points, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("rating-points");
    let Points { points, posts, without, ready } = data;
    let (revoked, live): (Vec<_>, Vec<_>) = points.into_iter().partition(|point| point.revoked_at.is_some());
    let missing = without.len();
    let for_posts = (missing > 0).then(|| {
        view! {
            <button
                type="button"
                class="btn btn-outline"
                on:click=move |_| state.send(add_for_posts(), move |_| office.done())
            >
                {move || t_string!(i18n, ratings.points.for_posts, n = missing)}
            </button>
        }
    });
    let print = live.iter().any(|point| point.channel == PointChannel::Qr).then(|| {
        view! {
            <a class="btn btn-outline" href="/desk/rating-points/print">
                <Icon mark=Mark::Print />
                {t!(i18n, ratings.points.print)}
            </a>
        }
    });
    let none = live.is_empty();
    let rows = live.into_iter().map(|point| view! { <Live point office /> }).collect_view();
    let gone = (!revoked.is_empty()).then(|| {
        let rows = revoked.into_iter().map(|point| view! { <Revoked point /> }).collect_view();
        view! {
            <section class="sheet" aria-labelledby="points-revoked">
                <h2 class="sheet-title" id="points-revoked">{t!(i18n, ratings.points.revoked)}</h2>
                <ul class="settings-list">{rows}</ul>
            </section>
        }
    });
    view! {
        {(!ready).then(|| view! { <p class="banner banner-still"><Icon mark=Mark::Info />{t!(i18n, ratings.points.not_ready)}</p> })}
        <ErrorSummaryOf state />
        <div class="person-acts">
            <button
                type="button"
                class="btn btn-primary"
                on:click=move |_| office.begin(Task::Add(posts.clone(), without.clone()))
            >
                <Icon mark=Mark::Plus />
                {t!(i18n, ratings.points.add)}
            </button>
            {for_posts}
            {print}
        </div>
        <section class="sheet" aria-labelledby="points-live">
            <h2 class="sheet-title" id="points-live">{t!(i18n, ratings.points.live)}</h2>
            {none.then(|| view! { <Empty text=move || t_string!(i18n, ratings.points.none) /> })}
            <ul class="settings-list">{rows}</ul>
        </section>
        {gone}
    }
}

#[component]
fn Live(point: Point, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let (renamed, revoked) = (point.clone(), point.clone());
    let Point { name, kind, channel, .. } = point;
    let (key, first, second) = (name.clone(), name.clone(), name.clone());
    view! {
        <li class="person-role" data-rating-point=key>
            <strong>{name}</strong>
            <Chip tone=Tone::Plain mark=Mark::Pin text=move || label(i18n.get_locale(), "point_kind", kind.key()) />
            <Chip tone=Tone::Plain mark=Mark::Send text=move || label(i18n.get_locale(), "point_channel", channel.key()) />
            <span class="person-acts">
                <button
                    type="button"
                    class="btn btn-outline btn-small"
                    aria-label=move || t_string!(i18n, ratings.points.rename_of, name = first.as_str())
                    on:click=move |_| office.begin(Task::Rename(renamed.clone()))
                >
                    {t!(i18n, ratings.points.rename)}
                </button>
                <button
                    type="button"
                    class="btn btn-outline btn-small"
                    aria-label=move || t_string!(i18n, ratings.points.revoke_of, name = second.as_str())
                    on:click=move |_| office.begin(Task::Revoke(revoked.clone()))
                >
                    {t!(i18n, ratings.points.revoke)}
                </button>
            </span>
        </li>
    }
}

#[component]
fn Revoked(point: Point) -> impl IntoView {
    let i18n = use_i18n();
    let since = point.revoked_at.map(time::date).unwrap_or_default();
    view! {
        <li class="person-role">
            <span>{point.name}</span>
            <span class="hint tabular-nums">{move || t_string!(i18n, ratings.points.revoked_on, day = since.as_str())}</span>
        </li>
    }
}

/// A point of the center, or of a post: with a poster of one that has none yet, at a kiosk of any.
#[component]
fn AddForm(posts: Vec<Post>, without: Vec<Without>, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("point-add");
    let (channel, post, name) = (signal(Some(PointChannel::Qr.key())), signal(None), signal(None));
    let channels = Signal::derive(move || {
        let named = |channel: PointChannel| {
            (channel.key().to_owned(), label(i18n.get_locale(), "point_channel", channel.key()).to_owned())
        };
        [PointChannel::Qr, PointChannel::Kiosk].map(named).to_vec()
    });
    let at_kiosk = move || channel.with(|key| PointChannel::from_key(key)) == Some(PointChannel::Kiosk);
    let known: Vec<_> = posts.into_iter().map(|post| (post.id.to_string(), post.name)).collect();
    let missing: Vec<_> = without.into_iter().map(|post| post.id.to_string()).collect();
    let all = known.clone();
    let choices = Signal::derive(move || {
        let every = at_kiosk();
        all.iter().filter(|(id, _)| every || missing.contains(id)).cloned().collect()
    });
    let submit = move || {
        let chosen = post.get_untracked();
        let own = known.iter().find(|(id, _)| *id == chosen).map(|(_, name)| name.clone());
        let typed = name.get_untracked().trim().to_owned();
        // A post's point is called like the post where nothing else is said.
        let name = if typed.is_empty() { own.unwrap_or_default() } else { typed };
        if state.check(check_name(&name).into_iter().collect()) {
            let channel = PointChannel::from_key(&channel.get_untracked());
            let input = AddRatingPointInput { post: chosen.parse::<PostId>().ok(), name, channel };
            state.send(add_rating_point::ask(input), move |_| done());
        }
    };
    view! {
        <Form state on_submit=submit>
            <SelectField
                name="channel"
                label=move || t_string!(i18n, ratings.points.channel)
                hint=move || t_string!(i18n, ratings.points.channel_hint)
                choices=channels
                value=channel
            />
            <SelectField
                name="post"
                label=move || t_string!(i18n, ratings.points.post)
                hint=move || t_string!(i18n, ratings.points.post_hint)
                choices
                value=post
                optional=true
            />
            <Field
                name="name"
                label=move || t_string!(i18n, ratings.points.name)
                hint=move || t_string!(i18n, ratings.points.name_hint)
                value=name
                optional=true
            />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

#[component]
fn RenameForm(point: Point, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("point-rename");
    let Point { id, version, name, .. } = point;
    let name = signal(Some(name.as_str()));
    let submit = move || {
        let name = name.get_untracked().trim().to_owned();
        if state.check(check_name(&name).into_iter().collect()) {
            state.send(rename_rating_point::ask(RenameRatingPointInput { id, version, name }), move |_| done());
        }
    };
    view! {
        <p class="hint">{t!(i18n, ratings.points.rename_lead)}</p>
        <Form state on_submit=submit>
            <Field name="name" label=move || t_string!(i18n, ratings.points.name) value=name />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

#[component]
fn RevokeForm(point: Point, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("point-revoke");
    let Point { id, version, name, .. } = point;
    let submit = move || {
        state.send(revoke_rating_point::ask(SeenRatingPointInput { id, version }), move |_| done());
    };
    view! {
        <Form state on_submit=submit>
            <p>{move || t_string!(i18n, ratings.points.revoke_lead, name = name.as_str())}</p>
            <Submit label=move || t_string!(i18n, ratings.points.revoke) />
        </Form>
    }
}
