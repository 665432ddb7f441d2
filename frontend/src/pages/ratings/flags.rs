//! `/desk/rating-flags`: signs that ratings were not given freely, for whoever supervises and for the city; and the marks
//! that stand beside the results.

use domain::evaluation::flags::{REASON_MAX, RatingFlagState, check_decision};
use leptos::prelude::*;

use crate::{
    api::rating_flags::{DecideRatingFlagInput, Flag, Flagged, decide_rating_flag, flags},
    components::{
        AsyncView, Chip, Dialog, Empty, Mark, NoticeLine, PageHeading, Tone,
        form::{ChoiceField, Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{Locale, label, pick, t, t_string, td_string, use_i18n},
    pages::posts::{Office, forms::signal},
    time,
};

/// The page.
#[component]
pub fn FlagsPage() -> impl IntoView {
    let i18n = use_i18n();
    let state = RwSignal::new(RatingFlagState::Open);
    let found = LocalResource::new(move || flags(state.get()));
    let office = Office::<Flag>::new(move || found.refetch());
    let tabs = RatingFlagState::ALL.iter().map(|tab| {
        view! {
            <button
                type="button"
                class="btn"
                class:btn-primary=move || state.get() == *tab
                class:btn-outline=move || state.get() != *tab
                aria-pressed=move || (state.get() == *tab).to_string()
                on:click=move |_| state.set(*tab)
            >
                {move || label(i18n.get_locale(), "rating_flag_state", tab.key())}
            </button>
        }
    });
    let ready = move |rows: Vec<Flag>| {
        if rows.is_empty() {
            return view! { <Empty text=move || t_string!(i18n, ratings.flags.none) /> }.into_any();
        }
        let rows = rows.into_iter().map(|flag| view! { <Card flag office /> }).collect_view();
        view! { <ul class="case-cards">{rows}</ul> }.into_any()
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|flag| view! { <DecideForm flag done /> })
    };
    view! {
        <PageHeading title=move || t_string!(i18n, ratings.flags.title) />
        <p class="desk-lead">{t!(i18n, ratings.flags.lead)}</p>
        <NoticeLine notice=office.notice />
        <div class="flex flex-wrap gap-2 mb-4" role="group" aria-label=move || t_string!(i18n, ratings.flags.states)>
            {tabs.collect_view()}
        </div>
        <AsyncView resource=found ready />
        <Dialog id="rating-flag" open=office.open title=move || t_string!(i18n, ratings.flags.decide)>{form}</Dialog>
    }
}

/// The day and the point, and in the city office the center.
fn title(flag: &Flag, locale: Locale) -> String {
    let place = flag.place.as_deref().unwrap_or_else(|| label(locale, "point_channel", "link"));
    match &flag.center {
        Some(center) => format!("{} · {} · {place}", flag.day, pick(locale, &center.name_zh, &center.name_en)),
        None => format!("{} · {place}", flag.day),
    }
}

#[component]
fn Card(flag: Flag, office: Office<Flag>) -> impl IntoView {
    let i18n = use_i18n();
    let (named, asked) = (flag.clone(), flag.clone());
    let Flag { kind, seen, among, state, reason, decided_by, decided_at, may_decide, .. } = flag;
    let (tone, mark) = match state {
        RatingFlagState::Open => (Tone::Warn, Mark::Clock),
        RatingFlagState::Kept => (Tone::Bad, Mark::Flag),
        RatingFlagState::Dismissed => (Tone::Good, Mark::Check),
    };
    let said = reason.map(|reason| {
        let at = decided_at.map(time::date_time).unwrap_or_default();
        let by = decided_by.unwrap_or_default();
        view! {
            <p class="prose-text">{reason}</p>
            <p class="hint tabular-nums">{by} " " {at}</p>
        }
    });
    let decide = may_decide.then(|| {
        let what = asked.clone();
        view! {
            <button
                type="button"
                class="btn btn-outline btn-small"
                aria-label=move || {
                    let what = title(&what, i18n.get_locale());
                    t_string!(i18n, ratings.flags.decide_of, what = what.as_str())
                }
                on:click=move |_| office.begin(asked.clone())
            >
                {t!(i18n, ratings.flags.decide)}
            </button>
        }
    });
    view! {
        <li>
            <article class="card-case" data-flag=kind.key()>
                <div class="person-head">
                    <h2 class="card-title">{move || title(&named, i18n.get_locale())}</h2>
                    <Chip tone mark text=move || label(i18n.get_locale(), "rating_flag_state", state.key()) />
                </div>
                <p>
                    <strong>{move || label(i18n.get_locale(), "rating_flag_kind", kind.key())}</strong>
                    " "
                    <span class="tabular-nums">
                        {move || t_string!(i18n, ratings.flags.figures, seen = seen, among = among)}
                    </span>
                </p>
                <p class="hint">{move || label(i18n.get_locale(), "rating_flag_why", kind.key())}</p>
                {said}
                {decide}
            </article>
        </li>
    }
}

#[component]
fn DecideForm(flag: Flag, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new("flag");
    let (state, reason) = (signal(None), signal(None));
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let named = |value: &RatingFlagState| (value.key(), label(locale, "rating_flag_state", value.key()).to_owned());
        RatingFlagState::ALL.iter().filter(|value| **value != RatingFlagState::Open).map(named).collect()
    });
    let heading = flag.clone();
    let submit = move || {
        let words = reason.get_untracked().trim().to_owned();
        let chosen = RatingFlagState::from_key(&state.get_untracked()).unwrap_or(RatingFlagState::Open);
        if form.check(check_decision(chosen, &words)) {
            let input = DecideRatingFlagInput { id: flag.id, version: flag.version, state: chosen, reason: words };
            form.send(decide_rating_flag::ask(input), move |_| done());
        }
    };
    view! {
        <p>{move || title(&heading, i18n.get_locale())}</p>
        <p class="hint">{t!(i18n, ratings.flags.decide_lead)}</p>
        <Form state=form on_submit=submit>
            <ChoiceField name="state" label=move || t_string!(i18n, ratings.flags.state) choices value=state />
            <Field
                name="reason"
                kind=FieldKind::Area(REASON_MAX)
                label=move || t_string!(i18n, ratings.flags.reason)
                hint=move || t_string!(i18n, ratings.flags.reason_hint)
                value=reason
            />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// Signs beside a row of the results: on which days, and what was seen.
#[component]
pub(super) fn Marks(marks: Vec<Flagged>) -> impl IntoView {
    let i18n = use_i18n();
    let chips = marks.into_iter().map(|Flagged { day, kind, kept }| {
        let (tone, mark) = if kept { (Tone::Bad, Mark::Flag) } else { (Tone::Warn, Mark::Flag) };
        let text = move || {
            let locale = i18n.get_locale();
            let what = label(locale, "rating_flag_kind", kind.key());
            let state =
                if kept { td_string!(locale, ratings.flags.kept) } else { td_string!(locale, ratings.flags.open) };
            format!("{} {what} · {state}", day.format("%m-%d"))
        };
        view! { <span class="block mt-1" data-mark=kind.key()><Chip tone mark text /></span> }
    });
    chips.collect_view()
}
