//! `/desk/staff/:id`: somebody, their posts, when they are away.

use domain::{StaffId, permission::Permission};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    Names, Office, name, names,
    person_forms::{AbsenceForm, LeaveForm, PersonForm, RevealForm},
};
use crate::{
    api::{
        ApiError,
        posts::{
            Absence, Assignment, NamedPost, SeenAbsenceInput, SeenStaffInput, StaffMember, StaffPage, cancel_absence,
            person, staff_member_returns,
        },
    },
    components::{
        AsyncView, Chip, Dialog, Icon, Mark, NoticeLine, PageHeading, Tone,
        form::{ErrorSummaryOf, FormState},
    },
    i18n::{label, t, t_string, td_string, use_i18n},
    session::use_session,
};

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Edit(StaffMember),
    Leave(StaffMember),
    Away(StaffMember),
    Reveal(StaffId),
}

/// The page.
#[component]
pub fn PersonPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<StaffId>().ok()));
    let i18n = use_i18n();
    let title = RwSignal::new(String::new());
    let found = LocalResource::new(move || async move {
        let id = id.get_untracked().ok_or_else(|| ApiError::of("NOT_FOUND"))?;
        let data = person(id).await?;
        let _ = title.try_set(data.staff.name.clone());
        Ok(data)
    });
    let office = Office::<Task>::new(move || found.refetch());
    let acting = FormState::new("person-act");
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::Edit(_)) => td_string!(locale, posts.post.edit),
            Some(Task::Leave(_)) => td_string!(locale, posts.staff.leaves),
            Some(Task::Away(_)) => td_string!(locale, posts.staff.absent),
            Some(Task::Reveal(_)) => td_string!(locale, posts.staff.reveal),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Edit(person) => view! { <PersonForm person=Some(person) done /> }.into_any(),
            Task::Leave(person) => view! { <LeaveForm person done /> }.into_any(),
            Task::Away(person) => view! { <AbsenceForm person done /> }.into_any(),
            Task::Reveal(id) => view! { <RevealForm id /> }.into_any(),
        })
    };
    view! {
        <p>
            <a class="link back" href="/desk/staff">
                <Icon mark=Mark::Back />
                {t!(i18n, posts.staff.back)}
            </a>
        </p>
        <PageHeading title=move || title.get() />
        <NoticeLine notice=office.notice />
        <ErrorSummaryOf state=acting />
        <AsyncView resource=found ready=move |data| view! { <Body data office acting /> } />
        <Dialog id="person-task" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: StaffPage, office: Office<Task>, acting: FormState) -> impl IntoView {
    let StaffPage { staff, assignments, absences, posts, people } = data;
    let names = names(&people);
    view! {
        <div class="case-columns">
            <div class="case-main">
                <Posts assignments posts />
                <Absences staff=staff.clone() absences names office acting />
            </div>
            <aside class="case-side">
                <Facts staff office acting />
            </aside>
        </div>
    }
}

#[component]
fn Facts(staff: StaffMember, office: Office<Task>, acting: FormState) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let (manages, reveals) = (session.can(Permission::PostManage), session.can(Permission::StaffReveal));
    let (id, version, here) = (staff.id, staff.version, staff.left_on.is_none());
    let (edit, leave) = (staff.clone(), staff.clone());
    let back = move |_| acting.send(staff_member_returns::ask(SeenStaffInput { id, version }), move |_| office.done());
    let (joined, left) = (staff.joined_on.map(|day| day.to_string()), staff.left_on.map(|day| day.to_string()));
    view! {
        <section class="sheet" aria-labelledby="person-facts">
            <h2 class="sheet-title" id="person-facts">{staff.name.clone()}</h2>
            <dl class="desk-facts">
                <dt>{t!(i18n, posts.form.staff_no)}</dt><dd><code>{staff.staff_no.clone()}</code></dd>
                {staff.title.clone().map(|text| view! { <dt>{t!(i18n, posts.form.title)}</dt><dd>{text}</dd> })}
                {joined.map(|day| view! { <dt>{t!(i18n, posts.form.joined)}</dt><dd class="tabular-nums">{day}</dd> })}
                {left.map(|day| view! { <dt>{t!(i18n, posts.form.last_day)}</dt><dd class="tabular-nums">{day}</dd> })}
            </dl>
            <div class="person-acts">
                {(manages && here).then(|| view! {
                    <button type="button" class="btn btn-outline btn-small" on:click=move |_| office.begin(Task::Edit(edit.clone()))>
                        {t!(i18n, posts.post.edit)}
                    </button>
                    <button type="button" class="btn btn-outline btn-small" on:click=move |_| office.begin(Task::Leave(leave.clone()))>
                        {t!(i18n, posts.staff.leaves)}
                    </button>
                })}
                {(manages && !here).then(|| view! {
                    <button type="button" class="btn btn-outline btn-small" on:click=back>{t!(i18n, posts.staff.returns)}</button>
                })}
                {reveals.then(|| view! {
                    <button type="button" class="btn btn-outline btn-small" on:click=move |_| office.begin(Task::Reveal(id))>
                        <Icon mark=Mark::Eye />
                        {t!(i18n, posts.staff.reveal)}
                    </button>
                })}
            </div>
        </section>
    }
}

#[component]
fn Posts(assignments: Vec<Assignment>, posts: Vec<NamedPost>) -> impl IntoView {
    let i18n = use_i18n();
    let none = assignments.is_empty();
    let rows = assignments.into_iter().map(|row| {
        let post = posts.iter().find(|post| post.id == row.post_id).map(|post| post.name.clone()).unwrap_or_default();
        let (from, until) = (row.from.to_string(), row.until.map(|day| day.to_string()));
        let days = move || {
            let from = t_string!(i18n, posts.post.from, day = from.as_str());
            until.as_ref().map_or(from.clone(), |until| format!("{from} – {until}"))
        };
        view! {
            <li class="person-role">
                <a class="link font-semibold" href=format!("/desk/posts/{}", row.post_id)>{post}</a>
                <Chip tone=Tone::Plain mark=Mark::User text=move || label(i18n.get_locale(), "capacity", row.capacity.key()) />
                <span class="hint">{days}</span>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="person-posts">
            <h2 class="sheet-title" id="person-posts">{t!(i18n, posts.staff.posts)}</h2>
            {none.then(|| view! { <p class="hint">{t!(i18n, posts.staff.no_posts)}</p> })}
            <ul class="person-roles">{rows}</ul>
        </section>
    }
}

#[component]
fn Absences(
    staff: StaffMember,
    absences: Vec<Absence>,
    names: Names,
    office: Office<Task>,
    acting: FormState,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let plans = session.can(Permission::RosterManage) && staff.left_on.is_none();
    let none = absences.is_empty();
    let today = crate::time::today();
    let rows = absences.into_iter().map(|row| {
        let days = if row.from == row.until { row.from.to_string() } else { format!("{} – {}", row.from, row.until) };
        let who = row.substitute.map(|id| name(&names, id));
        let by = move || match &who {
            Some(who) => t_string!(i18n, posts.staff.by, name = who.as_str()),
            None => t_string!(i18n, posts.staff.nobody_by).to_owned(),
        };
        let (id, version) = (row.id, row.version);
        let cancel = (plans && row.until >= today).then(|| {
            let act = move |_| acting.send(cancel_absence::ask(SeenAbsenceInput { id, version }), move |_| office.done());
            view! { <button type="button" class="btn btn-ghost btn-small" on:click=act>{t!(i18n, posts.post.cancel)}</button> }
        });
        view! {
            <li class="person-role">
                <span class="font-semibold tabular-nums">{days}</span>
                <Chip tone=Tone::Still mark=Mark::Pause text=move || label(i18n.get_locale(), "absence_reason", row.reason.key()) />
                <span class="hint">{by}</span>
                {cancel}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="person-absences">
            <h2 class="sheet-title" id="person-absences">{t!(i18n, posts.staff.absences)}</h2>
            {none.then(|| view! { <p class="hint">{t!(i18n, posts.staff.no_absences)}</p> })}
            <ul class="person-roles">{rows}</ul>
            {plans.then(|| view! {
                <button type="button" class="btn btn-primary btn-small" on:click=move |_| office.begin(Task::Away(staff.clone()))>
                    <Icon mark=Mark::Plus />
                    {t!(i18n, posts.staff.absent)}
                </button>
            })}
        </section>
    }
}
