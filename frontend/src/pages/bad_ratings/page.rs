//! `/desk/bad-ratings/:id`: a case step by step, with its log; for the rated side what is said of them, and the appeal.

use domain::{
    BadRatingId, RectificationTaskId,
    bad_ratings::{BadRatingAction, BadRatingStatus, appeal::RatingAppealStatus},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    Office, Standing,
    log::{Log, Said},
    steps::{RevealForm, StepForm},
    what,
};
use crate::{
    api::{
        ApiError,
        bad_ratings::{Case, OwnAppeal, Page, Row, case},
    },
    components::{AsyncView, Chip, Dialog, FileShown, Icon, Mark, NoticeLine, PageHeading, Tone},
    i18n::{label, t, t_string, td_string, use_i18n},
    time,
};

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Step(Case, BadRatingAction),
    Reveal(BadRatingId),
}

/// The page.
#[component]
pub fn BadRatingPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<BadRatingId>().ok()));
    let i18n = use_i18n();
    let title = RwSignal::new(None::<Row>);
    let found = LocalResource::new(move || async move {
        let id = id.get_untracked().ok_or_else(|| ApiError::of("NOT_FOUND"))?;
        let data = case(id).await?;
        let _ = title.try_set(Some(data.row.clone()));
        Ok(data)
    });
    let office = Office::<Task>::new(move || found.refetch());
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some(Task::Step(_, action)) => label(locale, "bad_rating_action", action.key()),
            Some(Task::Reveal(_)) => td_string!(locale, bad_ratings.reveal),
            None => "",
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|task| match task {
            Task::Step(case, action) => view! { <StepForm case action done /> }.into_any(),
            Task::Reveal(id) => view! { <RevealForm id /> }.into_any(),
        })
    };
    let named = move || {
        let locale = i18n.get_locale();
        title.with(|row| {
            row.as_ref().map_or_else(|| td_string!(locale, bad_ratings.title).to_owned(), |row| what(row, locale))
        })
    };
    view! {
        <p>
            <a class="link back" href="/desk/bad-ratings">
                <Icon mark=Mark::Back />
                {t!(i18n, bad_ratings.back)}
            </a>
        </p>
        <PageHeading title=named />
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready=move |data| view! { <Body data office /> } />
        <Dialog id="bad-rating-step" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: Page, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let Page { row, reasons, remark, reveals, targets, events, appeal, actions, rated, tasked, task, may_task } = data;
    let follows = BadRatingTask { id: row.case.id, tasked, task, may: may_task };
    let case = row.case.clone();
    let buttons = actions.into_iter().enumerate().map(|(n, action)| {
        let case = case.clone();
        let class = if n == 0 { "btn btn-primary" } else { "btn btn-outline" };
        view! {
            <button
                type="button"
                class=class
                data-action=action.key()
                on:click=move |_| office.begin(Task::Step(case.clone(), action))
            >
                {move || label(i18n.get_locale(), "bad_rating_action", action.key())}
            </button>
        }
    });
    let buttons = buttons.collect_view();
    view! {
        {rated.then(|| view! { <p class="banner banner-still"><Icon mark=Mark::Info />{t!(i18n, bad_ratings.rated)}</p> })}
        <div class="case-columns">
            <div class="case-main">
                <section class="sheet" aria-labelledby="bad-rating-said" data-bad-rating=case.status.key()>
                    <div class="person-head">
                        <h2 class="sheet-title" id="bad-rating-said">{t!(i18n, bad_ratings.said)}</h2>
                        <Standing row=row.clone() />
                    </div>
                    <Said reasons remark />
                    <div class="person-acts">{buttons}</div>
                </section>
                {appeal.map(|appeal| view! { <Appeal appeal /> })}
                <Log events />
            </div>
            <aside class="case-side">
                <Facts row targets reveals office />
                <Follows follows />
            </aside>
        </div>
    }
}

/// The rectification task that follows, or may.
#[derive(Clone, Copy)]
struct BadRatingTask {
    id: BadRatingId,
    tasked: bool,
    task: Option<RectificationTaskId>,
    may: bool,
}

#[component]
fn Follows(follows: BadRatingTask) -> impl IntoView {
    let i18n = use_i18n();
    let BadRatingTask { id, tasked, task, may } = follows;
    (tasked || may).then(|| {
        view! {
            <section class="sheet grid gap-2" aria-labelledby="bad-rating-task" data-tasked=tasked.to_string()>
                <h2 class="sheet-title" id="bad-rating-task">{t!(i18n, bad_ratings.task)}</h2>
                {tasked.then(|| view! { <p>{t!(i18n, bad_ratings.tasked)}</p> })}
                {task.map(|id| view! {
                    <a class="link" href=format!("/desk/rectification/{id}")>{t!(i18n, bad_ratings.to_task)}</a>
                })}
                {may.then(|| view! {
                    <a class="btn btn-outline btn-small" href=format!("/desk/rectification/new?badRating={id}") data-rectify="true">
                        <Icon mark=Mark::Flag />
                        {t!(i18n, bad_ratings.open_task)}
                    </a>
                })}
            </section>
        }
    })
}

/// The appeal against the rating, and what the city says.
#[component]
fn Appeal(appeal: OwnAppeal) -> impl IntoView {
    let i18n = use_i18n();
    let OwnAppeal { ground, reason, status, appealed_at, due_at, decision, answer, decided_at, files } = appeal;
    let (tone, mark) = match status {
        RatingAppealStatus::Open => (Tone::Warn, Mark::Clock),
        RatingAppealStatus::Decided => (Tone::Good, Mark::Check),
    };
    let text = move || {
        let locale = i18n.get_locale();
        match decision {
            Some(decision) => label(locale, "rating_appeal_decision", decision.key()),
            None => label(locale, "rating_appeal_status", status.key()),
        }
    };
    let files = files.into_iter().map(|file| view! { <li><FileShown file /></li> }).collect_view();
    view! {
        <section class="sheet grid gap-2" aria-labelledby="bad-rating-appeal">
            <div class="person-head">
                <h2 class="sheet-title" id="bad-rating-appeal">{t!(i18n, bad_ratings.appeal)}</h2>
                <Chip tone mark text />
            </div>
            <dl class="desk-facts">
                <dt>{t!(i18n, bad_ratings.ground)}</dt>
                <dd>{move || label(i18n.get_locale(), "rating_appeal_ground", ground.key())}</dd>
                <dt>{t!(i18n, bad_ratings.appealed_at)}</dt>
                <dd class="tabular-nums">{time::date_time(appealed_at)}</dd>
                {due_at.filter(|_| decision.is_none()).map(|at| view! {
                    <dt>{t!(i18n, bad_ratings.decide_by)}</dt><dd class="tabular-nums">{time::date(at)}</dd>
                })}
                {decided_at.map(|at| view! {
                    <dt>{t!(i18n, bad_ratings.decided_at)}</dt><dd class="tabular-nums">{time::date_time(at)}</dd>
                })}
            </dl>
            <p class="prose-text">{reason}</p>
            <ul class="uploads">{files}</ul>
            {answer.map(|text| view! { <p class="prose-text"><strong>{t!(i18n, bad_ratings.answer)}</strong>" "{text}</p> })}
        </section>
    }
}

#[component]
fn Facts(row: Row, targets: Vec<String>, reveals: bool, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let Case { id, finding, satisfaction, appeal_until, closed_at, purge_on, due_step, status, .. } = row.case;
    let kept = purge_on.map(|day| day.to_string());
    let over = status == BadRatingStatus::Closed;
    let retention = move || match &kept {
        Some(day) => t_string!(i18n, bad_ratings.kept, day = day.as_str()),
        None if over => t_string!(i18n, bad_ratings.purged).to_owned(),
        None => String::new(),
    };
    let nobody = targets.is_empty();
    let separated = move || targets.join(t_string!(i18n, desk.list_separator));
    view! {
        <section class="sheet" aria-labelledby="bad-rating-facts">
            <h2 class="sheet-title" id="bad-rating-facts">{t!(i18n, bad_ratings.facts)}</h2>
            <dl class="desk-facts">
                {(!nobody).then(|| view! { <dt>{t!(i18n, bad_ratings.targets)}</dt><dd>{separated}</dd> })}
                {due_step.map(|step| view! {
                    <dt>{t!(i18n, bad_ratings.step)}</dt>
                    <dd>{move || label(i18n.get_locale(), "bad_rating_step", step.key())}</dd>
                })}
                {finding.map(|finding| view! {
                    <dt>{t!(i18n, bad_ratings.finding)}</dt>
                    <dd>{move || label(i18n.get_locale(), "bad_rating_finding", finding.key())}</dd>
                })}
                {satisfaction.map(|level| view! {
                    <dt>{t!(i18n, bad_ratings.satisfaction)}</dt>
                    <dd>{move || label(i18n.get_locale(), "handling_satisfaction", level.key())}</dd>
                })}
                {appeal_until.map(|at| view! {
                    <dt>{t!(i18n, bad_ratings.appeal_until)}</dt><dd class="tabular-nums">{time::date(at)}</dd>
                })}
                {closed_at.map(|at| view! {
                    <dt>{t!(i18n, bad_ratings.closed_at)}</dt><dd class="tabular-nums">{time::date_time(at)}</dd>
                })}
            </dl>
            <p class="hint">{retention}</p>
            {reveals.then(|| view! {
                <button type="button" class="btn btn-outline btn-small" on:click=move |_| office.begin(Task::Reveal(id))>
                    <Icon mark=Mark::Eye />
                    {t!(i18n, bad_ratings.reveal)}
                </button>
            })}
        </section>
    }
}
