//! `/desk/representatives`: the roster that raters are drawn from, by group, with terms and interests.

use domain::{
    PostId, RepresentativeConflictId, StaffId, Violation,
    campaigns::draw::{GROUPS, REASON_MAX},
    permission::Role,
};
use leptos::prelude::*;

use super::{Office, ROSTER, Rooms, WithChoices, listed};
use crate::{
    api::{
        campaigns::Choices,
        representatives::{
            EditRepresentativeInput, LiftConflictInput, Representative, RepresentativeConflictInput,
            RepresentativeInput, RosterRow, add_representative, add_representative_conflict, edit_representative,
            lift_representative_conflict, representatives,
        },
    },
    components::{
        AsyncView, Chip, Dialog, Icon, Mark, NoticeLine, PageHeading, Tone,
        form::{ErrorSummaryOf, Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{label, t, t_string, td_string, use_i18n},
    pages::{
        posts::forms::{PersonField, day, signal},
        steps::required,
    },
    time,
};

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Write(Option<Representative>),
    Conflict(Representative),
    Lift(RepresentativeConflictId, String),
}

/// The page.
#[component]
pub fn RosterPage() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(representatives);
    let office = Office::<Task>::new(move || found.refetch());
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::Write(None)) => td_string!(locale, campaigns.roster.add),
            Some(Task::Write(Some(_))) => td_string!(locale, campaigns.roster.edit),
            Some(Task::Conflict(_)) => td_string!(locale, campaigns.roster.add_conflict),
            Some(Task::Lift(..)) => td_string!(locale, campaigns.roster.lift),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Write(was) => view! {
                <WithChoices ready=move |choices: Choices| view! { <PersonForm was=was.clone() choices done /> }.into_any() />
            }
            .into_any(),
            Task::Conflict(whose) => view! {
                <WithChoices ready=move |choices: Choices| view! { <ConflictForm whose=whose.clone() choices done /> }.into_any() />
            }
            .into_any(),
            Task::Lift(id, about) => view! { <LiftForm id about done /> }.into_any(),
        })
    };
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, campaigns.roster.title) />
            <button type="button" class="btn btn-primary" on:click=move |_| office.begin(Task::Write(None))>
                <Icon mark=Mark::Plus />
                {t!(i18n, campaigns.roster.add)}
            </button>
        </div>
        <p class="desk-lead">{t!(i18n, campaigns.roster.lead)}</p>
        <Rooms here=ROSTER />
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready=move |rows| view! { <Groups rows office /> } />
        <Dialog id="roster-task" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Groups(rows: Vec<RosterRow>, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let groups = GROUPS.into_iter().map(|group| {
        let own: Vec<_> = rows.iter().filter(|row| row.representative.group == group).cloned().collect();
        let none = own.is_empty();
        let lines = own.into_iter().map(|row| view! { <Line row office /> }).collect_view();
        let id = format!("roster-{}", group.key());
        let heading = id.clone();
        view! {
            <section class="sheet" aria-labelledby=id>
                <h2 class="sheet-title" id=heading>{move || label(i18n.get_locale(), "role", group.key())}</h2>
                {none.then(|| view! { <p class="hint">{t!(i18n, campaigns.roster.none)}</p> })}
                <ul class="settings-list">{lines}</ul>
            </section>
        }
    });
    groups.collect_view()
}

#[component]
fn Line(row: RosterRow, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let RosterRow { representative, drawn, conflicts } = row;
    let Representative { name, unit, from, until, staff, .. } = representative.clone();
    let over = until < time::today();
    let (from, until) = (from.to_string(), until.to_string());
    let conflicts = conflicts.into_iter().map(|conflict| {
        let (id, about) = (conflict.id, conflict.about.clone());
        let said = about.clone();
        view! {
            <li>
                {conflict.about} " · " {conflict.reason} " "
                <button
                    type="button"
                    class="link"
                    aria-label=move || format!("{}: {said}", t_string!(i18n, campaigns.roster.lift))
                    on:click=move |_| office.begin(Task::Lift(id, about.clone()))
                >
                    {t!(i18n, campaigns.roster.lift)}
                </button>
            </li>
        }
    });
    let conflicts = conflicts.collect_view();
    let (edited, whose) = (representative.clone(), representative);
    let (for_edit, for_conflict, key) = (name.clone(), name.clone(), name.clone());
    view! {
        <li class="person-role" data-representative=key>
            <span class="grid gap-1">
                <span class="font-semibold">{name}</span>
                <span class="person-facts">
                    <span>{unit}</span>
                    <span class="tabular-nums">
                        {move || t_string!(i18n, campaigns.roster.term_of, from = from.as_str(), until = until.as_str())}
                    </span>
                    <span class="tabular-nums">{move || t_string!(i18n, campaigns.roster.drawn, count = drawn)}</span>
                    {over.then(|| view! { <Chip tone=Tone::Still mark=Mark::Clock text=move || t_string!(i18n, campaigns.roster.over) /> })}
                    {staff.is_some().then(|| view! {
                        <Chip tone=Tone::Warn mark=Mark::User text=move || t_string!(i18n, campaigns.roster.is_staff) />
                    })}
                </span>
                <ul class="hint">{conflicts}</ul>
            </span>
            <span class="person-acts">
                <button
                    type="button"
                    class="btn btn-outline btn-small"
                    aria-label=move || format!("{}: {for_edit}", t_string!(i18n, campaigns.roster.edit))
                    on:click=move |_| office.begin(Task::Write(Some(edited.clone())))
                >
                    {t!(i18n, campaigns.roster.edit)}
                </button>
                <button
                    type="button"
                    class="btn btn-outline btn-small"
                    aria-label=move || format!("{}: {for_conflict}", t_string!(i18n, campaigns.roster.add_conflict))
                    on:click=move |_| office.begin(Task::Conflict(whose.clone()))
                >
                    {t!(i18n, campaigns.roster.add_conflict)}
                </button>
            </span>
        </li>
    }
}

fn staff_of(choices: &Choices) -> Vec<(StaffId, String)> {
    choices.staff.iter().map(|row| (row.id, format!("{} {}", row.staff_no, row.name))).collect()
}

/// Somebody new, or changed.
#[component]
fn PersonForm(was: Option<Representative>, choices: Choices, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("representative");
    let text = |read: fn(&Representative) -> String| RwSignal::new(was.as_ref().map(read).unwrap_or_default());
    let (group, name, unit) =
        (text(|row| row.group.key().to_owned()), text(|row| row.name.clone()), text(|row| row.unit.clone()));
    let (from, until) = (text(|row| row.from.to_string()), text(|row| row.until.to_string()));
    let staff = text(|row| row.staff.map(|id| id.to_string()).unwrap_or_default());
    let seen = was.as_ref().map(|row| (row.id, row.version));
    let submit = move || {
        let chosen = Role::from_key(&group.get_untracked());
        let (first, last) = (day(from), day(until));
        let typed = |text: RwSignal<String>| text.get_untracked().trim().to_owned();
        let missing = [("group", chosen.is_none()), ("from", first.is_none()), ("until", last.is_none())];
        let missing = missing.into_iter().filter(|(_, is)| *is);
        let mut found: Vec<_> = missing.map(|(field, _)| Violation::new(field, "form.required")).collect();
        found.extend(required("name", &typed(name)));
        found.extend(required("unit", &typed(unit)));
        if !state.check(found) {
            return;
        }
        let (Some(group), Some(from), Some(until)) = (chosen, first, last) else { return };
        let (name, unit, staff) = (typed(name), typed(unit), typed(staff).parse().ok());
        match seen {
            Some((id, version)) => {
                let input = EditRepresentativeInput { id, version, group, name, unit, from, until, staff };
                state.send(edit_representative::ask(input), move |_| done());
            }
            None => {
                let input = RepresentativeInput { group, name, unit, from, until, staff };
                state.send(add_representative::ask(input), move |_| done());
            }
        }
    };
    view! {
        <Form state on_submit=submit>
            <SelectField
                name="group"
                label=move || t_string!(i18n, campaigns.roster.group)
                choices=listed("role", GROUPS.iter().map(|role| role.key()).collect())
                value=group
            />
            <Field name="name" label=move || t_string!(i18n, campaigns.roster.name) value=name />
            <Field
                name="unit"
                label=move || t_string!(i18n, campaigns.roster.unit)
                hint=move || t_string!(i18n, campaigns.roster.unit_hint)
                value=unit
            />
            <div class="pair">
                <Field name="from" label=move || t_string!(i18n, campaigns.roster.from) value=from kind=FieldKind::Date />
                <Field name="until" label=move || t_string!(i18n, campaigns.roster.until) value=until kind=FieldKind::Date />
            </div>
            <PersonField
                name="staff"
                label=move || t_string!(i18n, campaigns.roster.staff)
                value=staff
                people=staff_of(&choices)
                optional=true
            />
            <p class="hint">{t!(i18n, campaigns.roster.staff_hint)}</p>
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// An interest that keeps somebody from being drawn.
#[component]
fn ConflictForm(whose: Representative, choices: Choices, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("conflict");
    let (post, staff, reason) = (signal(None), signal(None), signal(None));
    let people = staff_of(&choices);
    let posts = choices.posts.into_iter().map(|row| (row.id.to_string(), format!("{} {}", row.code, row.name)));
    let posts = Signal::stored(posts.collect::<Vec<_>>());
    let id = whose.id;
    let submit = move || {
        let (on, of): (Option<PostId>, Option<StaffId>) =
            (post.get_untracked().parse().ok(), staff.get_untracked().parse().ok());
        let reason = reason.get_untracked().trim().to_owned();
        let mut found = required("reason", &reason);
        if on.is_some() == of.is_some() {
            found.push(Violation::new("post", "campaigns.conflict_about"));
        }
        if state.check(found) {
            let input = RepresentativeConflictInput { representative: id, post: on, staff: of, reason };
            state.send(add_representative_conflict::ask(input), move |_| done());
        }
    };
    view! {
        <p class="font-semibold">{whose.name}</p>
        <p>{t!(i18n, campaigns.roster.conflict_lead)}</p>
        <Form state on_submit=submit>
            <SelectField name="post" label=move || label(i18n.get_locale(), "target_kind", "post") choices=posts value=post optional=true />
            <PersonField name="staff" label=move || label(i18n.get_locale(), "target_kind", "staff") value=staff people optional=true />
            <Field name="reason" label=move || t_string!(i18n, campaigns.reason) value=reason kind=FieldKind::Area(REASON_MAX) />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// Takes an interest off.
#[component]
fn LiftForm(id: RepresentativeConflictId, about: String, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("lift");
    let send = move |_| state.send(lift_representative_conflict::ask(LiftConflictInput { id }), move |_| done());
    view! {
        <p>{move || t_string!(i18n, campaigns.roster.lift_lead, about = about.as_str())}</p>
        <ErrorSummaryOf state />
        <div class="form-buttons">
            <button type="button" class="btn btn-primary" disabled=move || state.pending() on:click=send>
                {t!(i18n, campaigns.roster.lift)}
            </button>
        </div>
    }
}
