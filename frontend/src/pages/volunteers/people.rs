//! Volunteers: their hours, their kit, whether they can work alone, and what is missing.

use domain::volunteers::{VolunteerLack, WORD_MAX};
use leptos::prelude::*;

use super::{Office, Task};
use crate::{
    api::volunteers::{
        CheckVolunteerKitInput, SignOffVolunteerInput, Volunteer, check_volunteer_kit, sign_off_volunteer,
    },
    components::{
        Chip, ExportButton, Mark, Tone,
        form::{ChecksField, Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{label, t, t_string, use_i18n},
    pages::{
        posts::forms::{given, signal},
        steps::required,
    },
};

/// The list.
#[component]
pub(super) fn People(year: i32, people: Vec<Volunteer>, kit_days: i32, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let nobody = people.is_empty();
    let lines = people.into_iter().map(|person| view! { <Person person kit_days office /> }).collect_view();
    view! {
        <section class="sheet" aria-labelledby="volunteers-people">
            <div class="title-line">
                <h2 class="sheet-title" id="volunteers-people">
                    {move || t_string!(i18n, volunteers.people, year = year)}
                </h2>
                <ExportButton list="volunteers" of="volunteers-people" query=String::new() />
            </div>
            {nobody.then(|| view! { <p class="hint">{t!(i18n, volunteers.none_people)}</p> })}
            <ul class="settings-list">{lines}</ul>
        </section>
    }
}

#[component]
fn Person(person: Volunteer, kit_days: i32, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let (looked, signed) = (person.clone(), person.clone());
    let Volunteer { name, confirmed_minutes, minutes, records, inducted_on, kit, competence, lacks, .. } = person;
    let worn = move |is: Option<bool>| {
        if is == Some(true) { t_string!(i18n, volunteers.worn) } else { t_string!(i18n, volunteers.missing) }
    };
    let kit = kit.map(|look| {
        let (day, by) = (look.on.to_string(), look.by);
        let words = move || {
            let (vest, armband) = (worn(look.vest), worn(look.armband));
            t_string!(i18n, volunteers.kit_on, day = day.as_str(), vest = vest, armband = armband, by = by.as_str())
        };
        view! {
            <li>{words}</li>
            {look.note.map(|note| view! { <li>{note}</li> })}
        }
    });
    let competence = competence.map(|word| {
        let (day, by) = (word.on.to_string(), word.by);
        let words = move || t_string!(i18n, volunteers.competence_on, day = day.as_str(), by = by.as_str());
        view! {
            <li>{words}</li>
            {word.note.map(|note| view! { <li>{note}</li> })}
        }
    });
    let inducted = inducted_on.map(|day| {
        let day = day.to_string();
        view! { <li>{move || t_string!(i18n, volunteers.inducted, day = day.as_str())}</li> }
    });
    let (may_check, may_sign, whose) = (looked.may_check, looked.may_sign, name.clone());
    let (for_kit, for_word, shown) = (whose.clone(), whose.clone(), whose);
    view! {
        <li class="person-role" data-volunteer=name>
            <span class="font-semibold">{shown}</span>
            <span class="tabular-nums">{move || t_string!(i18n, volunteers.hours, h = hours(confirmed_minutes))}</span>
            <span class="hint tabular-nums">
                {move || t_string!(i18n, volunteers.hours_all, n = records, h = hours(minutes))}
            </span>
            <Lacks lacks />
            <ul class="hint">{inducted}{competence}{kit}</ul>
            <span class="person-acts">
                {may_check
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="btn btn-outline btn-small"
                                aria-label=move || format!("{}: {for_kit}", t_string!(i18n, volunteers.check_kit))
                                on:click=move |_| office.begin(Task::Kit(looked.clone(), kit_days))
                            >
                                {t!(i18n, volunteers.check_kit)}
                            </button>
                        }
                    })}
                {may_sign
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="btn btn-outline btn-small"
                                aria-label=move || format!("{}: {for_word}", t_string!(i18n, volunteers.sign_off))
                                on:click=move |_| office.begin(Task::SignOff(signed.clone()))
                            >
                                {t!(i18n, volunteers.sign_off)}
                            </button>
                        }
                    })}
            </span>
        </li>
    }
}

/// What somebody lacks, or that nothing is missing.
#[component]
fn Lacks(lacks: Vec<VolunteerLack>) -> impl IntoView {
    let i18n = use_i18n();
    let fine = lacks
        .is_empty()
        .then(|| view! { <Chip tone=Tone::Good mark=Mark::Check text=move || t_string!(i18n, volunteers.fine) /> });
    let chips = lacks.into_iter().map(|lack| {
        view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || label(i18n.get_locale(), "volunteer_lack", lack.key()) /> }
    });
    view! { <span class="person-facts">{fine}{chips.collect_view()}</span> }
}

/// Hours with one digit after the point.
fn hours(minutes: i32) -> String {
    let tenths = (minutes + 3) / 6;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A look at vest and armband.
#[component]
pub(super) fn KitForm(volunteer: Volunteer, days: i32, done: impl Fn() + Copy + 'static) -> impl IntoView {
    const VEST: &str = "vest";
    const ARMBAND: &str = "armband";
    let i18n = use_i18n();
    let state = FormState::new("kit");
    let (worn, note) = (RwSignal::new(Vec::new()), signal(None));
    let staff = volunteer.id;
    let choices = Signal::derive(move || {
        vec![
            (VEST, t_string!(i18n, volunteers.vest).to_owned()),
            (ARMBAND, t_string!(i18n, volunteers.armband).to_owned()),
        ]
    });
    let submit = move || {
        let is = |part| worn.with_untracked(|keys| keys.contains(&part));
        let input = CheckVolunteerKitInput { staff, vest: is(VEST), armband: is(ARMBAND), note: given(note) };
        state.send(check_volunteer_kit::ask(input), move |_| done());
    };
    view! {
        <p class="font-semibold">{volunteer.name}</p>
        <Form state on_submit=submit>
            <ChecksField
                name="vest"
                label=move || t_string!(i18n, volunteers.kit)
                hint=move || t_string!(i18n, volunteers.kit_hint, n = days)
                choices
                value=worn
            />
            <Field name="note" kind=FieldKind::Area(WORD_MAX) label=move || t_string!(i18n, volunteers.note) value=note optional=true />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// A word that somebody can work alone.
#[component]
pub(super) fn SignOffForm(volunteer: Volunteer, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("sign-off");
    let note = signal(None);
    let staff = volunteer.id;
    let submit = move || {
        let text = note.get_untracked().trim().to_owned();
        if state.check(required("note", &text)) {
            state.send(sign_off_volunteer::ask(SignOffVolunteerInput { staff, note: text }), move |_| done());
        }
    };
    view! {
        <p class="font-semibold">{volunteer.name}</p>
        <Form state on_submit=submit>
            <Field
                name="note"
                kind=FieldKind::Area(WORD_MAX)
                label=move || t_string!(i18n, volunteers.note)
                hint=move || t_string!(i18n, volunteers.sign_off_hint)
                value=note
            />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}
