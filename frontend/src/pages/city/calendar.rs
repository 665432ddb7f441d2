//! `/desk/calendar`: the official list of each year. A list is checked, shown with what it moves, and then published.

use domain::{calendar_list, complaints::deadline::DueMove};
use leptos::prelude::*;

use crate::{
    api::calendar::{
        CalendarCenterEffect, CalendarEffect, CalendarMove, CalendarYear, PublishCalendarInput, effect,
        publish_calendar, years,
    },
    components::{
        AsyncView, Empty, Notice, NoticeLine, PageHeading,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    dom,
    i18n::{Locale, pick, t, t_string, td_string, use_i18n},
};

/// Longest list, in characters.
const LONGEST: usize = 8_000;

/// A list that was checked, and what it means.
#[derive(Clone, PartialEq, Eq)]
struct Checked {
    list: String,
    effect: CalendarEffect,
}

/// The page.
#[component]
pub fn CalendarPage() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(years);
    let notice = Notice::new();
    let checked = RwSignal::new(None::<Checked>);
    let list = RwSignal::new(String::new());
    let published = Callback::new(move |(year, moved): (i32, i32)| {
        checked.set(None);
        list.set(String::new());
        found.refetch();
        notice.show(move |locale| td_string!(locale, desk.calendar.done, year = year, n = moved));
    });
    view! {
        <PageHeading title=move || t_string!(i18n, desk.calendar.title) />
        <p class="desk-lead">{t!(i18n, desk.calendar.lead)}</p>
        <NoticeLine notice />
        <AsyncView resource=found ready=|years| view! { <Years years /> } />
        <section class="sheet" aria-labelledby="calendar-enter">
            <h2 class="sheet-title" id="calendar-enter">{t!(i18n, desk.calendar.enter)}</h2>
            <ListForm list checked />
        </section>
        {move || checked.get().map(|checked| view! { <Confirm checked published /> })}
    }
}

#[component]
fn Years(years: Vec<CalendarYear>) -> impl IntoView {
    let i18n = use_i18n();
    if years.is_empty() {
        return view! { <Empty text=move || t_string!(i18n, desk.calendar.none) /> }.into_any();
    }
    let lines = years.into_iter().rev().map(|CalendarYear { year, holidays, workdays }| {
        view! {
            <li class="person-role" data-year=year>
                <span class="font-semibold tabular-nums">{year}</span>
                <span class="hint">
                    {move || t_string!(i18n, desk.calendar.days, holidays = holidays, workdays = workdays)}
                </span>
            </li>
        }
    });
    view! {
        <section class="sheet" aria-labelledby="calendar-years">
            <h2 class="sheet-title" id="calendar-years">{t!(i18n, desk.calendar.years)}</h2>
            <ul class="settings-list">{lines.collect_view()}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn ListForm(list: RwSignal<String>, checked: RwSignal<Option<Checked>>) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("calendar");
    // What was shown belongs to the list as it was.
    Effect::new(move |_| {
        list.track();
        checked.set(None);
    });
    let submit = move || {
        let text = list.get_untracked();
        if !state.check(calendar_list::read(&text).err().unwrap_or_default()) {
            return;
        }
        let asked = text.clone();
        state.send(effect(asked), move |effect| checked.set(Some(Checked { list: text, effect })));
    };
    view! {
        <Form state on_submit=submit>
            <Field
                name="list"
                kind=FieldKind::Area(LONGEST)
                label=move || t_string!(i18n, desk.calendar.list)
                value=list
                hint=move || t_string!(i18n, desk.calendar.list_hint)
            />
            <Submit label=move || t_string!(i18n, desk.calendar.check) class="btn btn-outline" />
        </Form>
    }
}

/// What the list means, and the button that publishes it.
#[component]
fn Confirm(checked: Checked, published: Callback<(i32, i32)>) -> impl IntoView {
    const HEADING: &str = "calendar-effect";
    let i18n = use_i18n();
    let state = FormState::new("publish");
    let Checked { list, effect } = checked;
    let CalendarEffect { year, present, centers, moves } = effect;
    request_animation_frame(|| dom::focus(HEADING));
    let submit = move || {
        let input = PublishCalendarInput { list: list.clone(), seen: present.holidays + present.workdays };
        state.send(publish_calendar::ask(input), move |moved| published.run((year.year, moved)));
    };
    let days =
        move |of: CalendarYear| t_string!(i18n, desk.calendar.days, holidays = of.holidays, workdays = of.workdays);
    let replaced = (present.holidays + present.workdays > 0).then(|| {
        view! { <p>{move || t_string!(i18n, desk.calendar.replaces, year = present.year, days = days(present))}</p> }
    });
    let none = centers.is_empty();
    view! {
        <section class="sheet" aria-labelledby=HEADING>
            <h2 class="sheet-title" id=HEADING tabindex="-1">
                {move || t_string!(i18n, desk.calendar.effect, year = year.year)}
            </h2>
            <p class="font-semibold">{move || days(year)}</p>
            {replaced}
            {none.then(|| view! { <p>{t!(i18n, desk.calendar.no_effect)}</p> })}
            <Centers centers />
            <Moves moves />
            <p class="hint">{t!(i18n, desk.calendar.rule)}</p>
            <Form state on_submit=submit>
                <Submit label=move || t_string!(i18n, desk.calendar.publish, year = year.year) />
            </Form>
        </section>
    }
}

#[component]
fn Centers(centers: Vec<CalendarCenterEffect>) -> impl IntoView {
    let i18n = use_i18n();
    let lines = centers.into_iter().map(|CalendarCenterEffect { center, dated, later, earlier }| {
        let told = move || {
            let locale = i18n.get_locale();
            let parts = [
                (dated > 0).then(|| td_string!(locale, desk.calendar.dated, n = dated)),
                (later > 0).then(|| td_string!(locale, desk.calendar.later, n = later)),
                (earlier > 0).then(|| td_string!(locale, desk.calendar.earlier, n = earlier)),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(t_string!(i18n, common.separator))
        };
        view! {
            <li class="person-role" data-center=center.code>
                <span class="font-semibold">{move || pick(i18n.get_locale(), &center.name_zh, &center.name_en)}</span>
                <span>{told}</span>
            </li>
        }
    });
    view! { <ul class="settings-list">{lines.collect_view()}</ul> }
}

#[component]
fn Moves(moves: Vec<CalendarMove>) -> impl IntoView {
    let i18n = use_i18n();
    let lines = moves.into_iter().map(|CalendarMove { from, to, cases }| {
        let text = move || {
            let locale = i18n.get_locale();
            td_string!(locale, desk.calendar.cases, dates = move_text(locale, DueMove { from, to }), n = cases)
        };
        view! { <li class="tabular-nums">{text}</li> }
    });
    view! { <ul class="grid list-disc gap-1 pl-6">{lines.collect_view()}</ul> }
}

/// A due date before and after, in words.
pub fn move_text(locale: Locale, DueMove { from, to }: DueMove) -> String {
    match from {
        Some(from) => td_string!(locale, complaints.timeline.due_moved, from = from, to = to),
        None => td_string!(locale, complaints.timeline.due_set, to = to),
    }
}
