//! `/desk/posts/:id`: a post, what it lacks, its duties by clause, its people and what was handed over.

use domain::{
    PostId, StaffId,
    model_posts::ModelKind,
    permission::Permission,
    posts::{HandoverStatus, PostStatus, PostStep, after},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    Checks, Names, Office, Places, StatusOf,
    forms::{AssignForm, DutyForm, EndForm, HandoverForm, LeadForm, PostForm},
    name, names,
    signboard::Signboard,
};
use crate::{
    api::{
        ApiError,
        posts::{
            Assignment, Department, DutyClause, Handover, Kind, Post, PostPage as Data, SeenAssignmentInput,
            SeenHandoverInput, SeenPostInput, accept_handover, activate_post, cancel_assignment, close_post, post,
            review_duties, suspend_post, withdraw_handover,
        },
    },
    components::{
        AsyncView, Chip, Dialog, Icon, Mark, NoticeLine, PageHeading, Tone,
        form::{ErrorSummaryOf, FormState},
    },
    i18n::{label, pick, t, t_string, use_i18n},
    pages::{model_posts::on_post::OnPost, work::room_of},
    session::use_session,
    time,
};

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Edit(Post),
    Lead(Post),
    Assign(Post),
    Duty(Post),
    Handover(Post),
    End(Assignment, String),
}

/// The page.
#[component]
pub fn PostPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<PostId>().ok()));
    let i18n = use_i18n();
    let title = RwSignal::new(String::new());
    let found = LocalResource::new(move || async move {
        let id = id.get_untracked().ok_or_else(|| ApiError::of("NOT_FOUND"))?;
        let found = post(id).await?;
        let _ = title.try_set(found.0.post.name.clone());
        Ok(found)
    });
    let office = Office::<Task>::new(move || found.refetch());
    let acting = FormState::new("post-act");
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::Edit(_)) => crate::i18n::td_string!(locale, posts.post.edit),
            Some(Task::Lead(_)) => crate::i18n::td_string!(locale, posts.post.name_lead),
            Some(Task::Assign(_)) => crate::i18n::td_string!(locale, posts.post.assign),
            Some(Task::Duty(_)) => crate::i18n::td_string!(locale, posts.post.duty),
            Some(Task::Handover(_)) => crate::i18n::td_string!(locale, posts.post.handover),
            Some(Task::End(..)) => crate::i18n::td_string!(locale, posts.post.end),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Edit(post) => view! { <PostForm post=Some(post) done /> }.into_any(),
            Task::Lead(post) => view! { <LeadForm post done /> }.into_any(),
            Task::Assign(post) => view! { <AssignForm post done /> }.into_any(),
            Task::Duty(post) => view! { <DutyForm post done /> }.into_any(),
            Task::Handover(post) => view! { <HandoverForm post done /> }.into_any(),
            Task::End(row, who) => view! { <EndForm row who done /> }.into_any(),
        })
    };
    let ready = move |(data, department): (Data, Option<Department>)| view! { <Body data department office acting /> };
    view! {
        <p>
            <a class="link back" href="/desk/posts">
                <Icon mark=Mark::Back />
                {t!(i18n, posts.post.back)}
            </a>
        </p>
        <PageHeading title=move || title.get() />
        <NoticeLine notice=office.notice />
        <ErrorSummaryOf state=acting />
        <AsyncView resource=found ready />
        <Dialog id="post-task" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: Data, department: Option<Department>, office: Office<Task>, acting: FormState) -> impl IntoView {
    let i18n = use_i18n();
    let Data { post, kind, clauses, assignments, today, handovers, checks, people, may_plan, me, signboard } = data;
    let names = names(&people);
    let active = post.status == PostStatus::Active;
    let shows_title = ModelKind::of_post(&post.kind).is_some() && use_session().can(Permission::ModelPostRead);
    let id = post.id;
    view! {
        <div class="case-columns">
            <div class="case-main">
                <section class="sheet" aria-labelledby="post-today">
                    <h2 class="sheet-title" id="post-today">{t!(i18n, posts.post.today)}</h2>
                    {if today.is_empty() {
                        view! { <p class="hint">{t!(i18n, posts.board.nobody)}</p> }.into_any()
                    } else {
                        view! { <Places places=today names=names.clone() /> }.into_any()
                    }}
                </section>
                {shows_title.then(|| view! { <OnPost post=id /> })}
                <People post=post.clone() assignments names=names.clone() may_plan office acting />
                <DutiesSheet post=post.clone() clauses may_plan office acting />
                <Handovers post=post.clone() handovers names=names.clone() me office acting />
            </div>
            <aside class="case-side">
                <Facts post=post.clone() kind department names=names.clone() office acting />
                <Signboard post=post.clone() photo=signboard done=move || office.done() />
                <section class="sheet" aria-labelledby="post-checks">
                    <h2 class="sheet-title" id="post-checks">{t!(i18n, posts.post.checks)}</h2>
                    {if active {
                        view! { <Checks checks names /> }.into_any()
                    } else {
                        view! { <p class="hint">{t!(i18n, posts.post.not_active)}</p> }.into_any()
                    }}
                </section>
            </aside>
        </div>
    }
}

#[component]
fn Facts(
    post: Post,
    kind: Kind,
    department: Option<Department>,
    names: Names,
    office: Office<Task>,
    acting: FormState,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let lead = post.lead_id.map(|id| name(&names, id));
    let extra = post.extra.iter().filter_map(|value| {
        let field = kind.fields.iter().find(|field| field.key == value.key)?.clone();
        let shown = value.value.clone();
        let text = move || {
            let locale = i18n.get_locale();
            match field.options.iter().find(|option| option.key == shown) {
                Some(option) => pick(locale, &option.label_zh, &option.label_en),
                None if shown == "true" => t_string!(i18n, posts.form.yes).to_owned(),
                None if shown == "false" => t_string!(i18n, posts.form.no).to_owned(),
                None => shown.clone(),
            }
        };
        let (zh, en) = (field.label_zh.clone(), field.label_en.clone());
        Some(view! { <dt>{move || pick(i18n.get_locale(), &zh, &en)}</dt><dd>{text}</dd> })
    });
    let extra = extra.collect_view();
    let (status, seen) = (post.status, (post.id, post.version));
    let steps = PostStep::ALL.iter().filter(|step| after(status, **step).is_ok()).map(|step| {
        let act = move |_| {
            let (id, version) = seen;
            let input = SeenPostInput { id, version };
            match step {
                PostStep::Activate => acting.send(activate_post::ask(input), move |_| office.done()),
                PostStep::Suspend => acting.send(suspend_post::ask(input), move |_| office.done()),
                PostStep::Close => acting.send(close_post::ask(input), move |_| office.done()),
            }
        };
        view! {
            <button type="button" class="btn btn-outline btn-small" data-step=step.key() on:click=act>
                {move || label(i18n.get_locale(), "post_step", step.key())}
            </button>
        }
    });
    let steps = steps.collect_view();
    let (edit, leads) = (post.clone(), post.clone());
    let manages = session.can(Permission::PostManage);
    view! {
        <section class="sheet" aria-labelledby="post-facts">
            <div class="person-head">
                <h2 class="sheet-title" id="post-facts">{t!(i18n, posts.post.facts)}</h2>
                <StatusOf status />
            </div>
            <dl class="desk-facts">
                <dt>{t!(i18n, posts.post.code)}</dt><dd><code>{post.code}</code></dd>
                <dt>{t!(i18n, posts.post.kind)}</dt>
                <dd>{move || pick(i18n.get_locale(), &kind.title_zh, &kind.title_en)}</dd>
                {department.map(|row| view! {
                    <dt>{t!(i18n, posts.form.department)}</dt>
                    <dd>{move || pick(i18n.get_locale(), &row.name_zh, &row.name_en)}</dd>
                })}
                {extra}
                {room_of(&post.kind).map(|href| view! {
                    <dt>{t!(i18n, posts.post.record)}</dt>
                    <dd><a class="link" href=href>{t!(i18n, posts.nav.work)}</a></dd>
                })}
                {post.window_no.map(|text| view! { <dt>{t!(i18n, posts.post.window)}</dt><dd>{text}</dd> })}
                {post.location.map(|text| view! { <dt>{t!(i18n, posts.post.location)}</dt><dd>{text}</dd> })}
                {post.public_phone.map(|text| view! { <dt>{t!(i18n, posts.post.phone)}</dt><dd class="tabular-nums">{text}</dd> })}
                {post.open_hours.map(|text| view! { <dt>{t!(i18n, posts.post.hours)}</dt><dd>{text}</dd> })}
                <dt>{t!(i18n, posts.post.lead)}</dt>
                <dd>{move || lead.clone().unwrap_or_else(|| t_string!(i18n, posts.post.no_lead).to_owned())}</dd>
            </dl>
            {manages.then(|| view! {
                <div class="person-acts">
                    <button type="button" class="btn btn-outline btn-small" on:click=move |_| office.begin(Task::Edit(edit.clone()))>
                        {t!(i18n, posts.post.edit)}
                    </button>
                    <button type="button" class="btn btn-outline btn-small" on:click=move |_| office.begin(Task::Lead(leads.clone()))>
                        {t!(i18n, posts.post.name_lead)}
                    </button>
                    {steps}
                </div>
            })}
        </section>
    }
}

#[component]
fn People(
    post: Post,
    assignments: Vec<Assignment>,
    names: Names,
    may_plan: bool,
    office: Office<Task>,
    acting: FormState,
) -> impl IntoView {
    let i18n = use_i18n();
    let today = time::today();
    let over = |row: &Assignment| row.until.is_some_and(|until| until < today);
    let (past, now): (Vec<_>, Vec<_>) = assignments.into_iter().partition(over);
    let line = move |row: Assignment, names: &Names| {
        let who = name(names, row.staff);
        let until = row.until.map(|day| day.to_string());
        let from = row.from.to_string();
        let days = move || {
            let from = t_string!(i18n, posts.post.from, day = from.as_str());
            until.as_ref().map_or(from.clone(), |until| format!("{from} – {until}"))
        };
        let (capacity, staff) = (row.capacity, row.staff);
        let buttons = (may_plan && row.until.is_none_or(|until| until >= today)).then(|| {
            let (id, version) = (row.id, row.version);
            let (ending, whom) = (row.clone(), who.clone());
            let cancel = move |_| {
                acting.send(cancel_assignment::ask(SeenAssignmentInput { id, version }), move |_| office.done());
            };
            view! {
                <span class="person-acts">
                    <button type="button" class="btn btn-ghost btn-small" on:click=move |_| office.begin(Task::End(ending.clone(), whom.clone()))>
                        {t!(i18n, posts.post.end)}
                    </button>
                    <button type="button" class="btn btn-ghost btn-small" on:click=cancel>{t!(i18n, posts.post.cancel)}</button>
                </span>
            }
        });
        view! {
            <li class="person-role">
                <a class="link font-semibold" href=format!("/desk/staff/{staff}")>{who}</a>
                <Chip tone=Tone::Plain mark=Mark::User text=move || label(i18n.get_locale(), "capacity", capacity.key()) />
                <span class="hint">{days}</span>
                {buttons}
            </li>
        }
    };
    let count = past.len();
    let nobody = now.is_empty();
    let (now, past) = (
        now.into_iter().map(|row| line(row, &names)).collect_view(),
        past.into_iter().map(|row| line(row, &names)).collect_view(),
    );
    let (assign, duty) = (post.clone(), post);
    view! {
        <section class="sheet" aria-labelledby="post-people">
            <h2 class="sheet-title" id="post-people">{t!(i18n, posts.post.people)}</h2>
            {nobody.then(|| view! { <p class="hint">{t!(i18n, posts.post.nobody)}</p> })}
            <ul class="person-roles">{now}</ul>
            {may_plan.then(|| view! {
                <div class="person-acts">
                    <button type="button" class="btn btn-primary btn-small" on:click=move |_| office.begin(Task::Assign(assign.clone()))>
                        <Icon mark=Mark::Plus />
                        {t!(i18n, posts.post.assign)}
                    </button>
                    <button type="button" class="btn btn-outline btn-small" on:click=move |_| office.begin(Task::Duty(duty.clone()))>
                        {t!(i18n, posts.post.duty)}
                    </button>
                </div>
            })}
            {(count > 0).then(|| view! {
                <details class="more">
                    <summary class="btn btn-ghost btn-small">
                        <Icon mark=Mark::ChevronDown />
                        {move || t_string!(i18n, posts.post.past, count = count)}
                    </summary>
                    <ul class="person-roles">{past}</ul>
                </details>
            })}
        </section>
    }
}

#[component]
fn DutiesSheet(
    post: Post,
    clauses: Vec<DutyClause>,
    may_plan: bool,
    office: Office<Task>,
    acting: FormState,
) -> impl IntoView {
    let i18n = use_i18n();
    let (id, version) = (post.id, post.version);
    let reviewed = post.duties_reviewed_on.map(|day| day.to_string());
    let when = move || match &reviewed {
        Some(day) => t_string!(i18n, posts.post.reviewed, day = day.as_str()),
        None => t_string!(i18n, posts.post.never).to_owned(),
    };
    let has_duties = post.duties.is_some();
    let confirm = move |_| acting.send(review_duties::ask(SeenPostInput { id, version }), move |_| office.done());
    let rows = clauses.into_iter().map(|row| {
        let (title, summary) = ((row.title_zh, row.title_en), (row.summary_zh, row.summary_en));
        view! {
            <li>
                <p class="font-semibold"><span class="tabular-nums">{row.number}</span> " " {move || pick(i18n.get_locale(), &title.0, &title.1)}</p>
                <p class="hint">{move || pick(i18n.get_locale(), &summary.0, &summary.1)}</p>
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    view! {
        <section class="sheet" aria-labelledby="post-duties">
            <h2 class="sheet-title" id="post-duties">{t!(i18n, posts.post.duties)}</h2>
            {match post.duties {
                Some(text) => view! { <p class="prose-text">{text}</p> }.into_any(),
                None => view! { <p class="hint">{t!(i18n, posts.post.no_duties)}</p> }.into_any(),
            }}
            {has_duties.then(|| view! { <p class="hint">{when}</p> })}
            {(may_plan && has_duties).then(|| view! {
                <button type="button" class="btn btn-outline btn-small" on:click=confirm>
                    <Icon mark=Mark::Check />
                    {t!(i18n, posts.post.review)}
                </button>
            })}
            {(!rows.is_empty()).then(|| view! {
                <h3 class="sheet-part">{t!(i18n, posts.post.clauses)}</h3>
                <ul class="grid gap-3">{rows}</ul>
            })}
        </section>
    }
}

#[component]
fn Handovers(
    post: Post,
    handovers: Vec<Handover>,
    names: Names,
    me: Option<StaffId>,
    office: Office<Task>,
    acting: FormState,
) -> impl IntoView {
    let i18n = use_i18n();
    let none = handovers.is_empty();
    let rows = handovers.into_iter().map(|row| view! { <HandoverRow row names=names.clone() me office acting /> });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="post-handovers">
            <h2 class="sheet-title" id="post-handovers">{t!(i18n, posts.post.handovers)}</h2>
            {none.then(|| view! { <p class="hint">{t!(i18n, posts.post.no_handovers)}</p> })}
            <ul class="grid gap-3">{rows}</ul>
            <button type="button" class="btn btn-outline btn-small" on:click=move |_| office.begin(Task::Handover(post.clone()))>
                {t!(i18n, posts.post.handover)}
            </button>
        </section>
    }
}

#[component]
fn HandoverRow(
    row: Handover,
    names: Names,
    me: Option<StaffId>,
    office: Office<Task>,
    acting: FormState,
) -> impl IntoView {
    let i18n = use_i18n();
    let (giver, taker) = (name(&names, row.giver), name(&names, row.taker));
    let status = row.status;
    let (tone, mark) = match status {
        HandoverStatus::Given => (Tone::Warn, Mark::Clock),
        HandoverStatus::Accepted => (Tone::Good, Mark::Check),
        HandoverStatus::Withdrawn => (Tone::Still, Mark::Close),
    };
    let (id, version) = (row.id, row.version);
    let waits = |whose| status == HandoverStatus::Given && me == Some(whose);
    let input = move || SeenHandoverInput { id, version };
    let accept = waits(row.taker).then(|| {
        view! {
            <button type="button" class="btn btn-primary btn-small" on:click=move |_| acting.send(accept_handover::ask(input()), move |_| office.done())>
                {t!(i18n, posts.post.accept)}
            </button>
        }
    });
    let withdraw = waits(row.giver).then(|| {
        view! {
            <button type="button" class="btn btn-ghost btn-small" on:click=move |_| acting.send(withdraw_handover::ask(input()), move |_| office.done())>
                {t!(i18n, posts.post.withdraw)}
            </button>
        }
    });
    let at = time::date_time(row.given_at);
    view! {
        <li class="grid gap-1">
            <p class="person-head">
                <span class="font-semibold">
                    {move || t_string!(i18n, posts.post.from_to, giver = giver.as_str(), taker = taker.as_str())}
                </span>
                <Chip tone mark text=move || label(i18n.get_locale(), "handover_status", status.key()) />
            </p>
            <p class="prose-text">{row.items}</p>
            <p class="hint">{at}</p>
            <div class="person-acts">{accept} {withdraw}</div>
        </li>
    }
}
