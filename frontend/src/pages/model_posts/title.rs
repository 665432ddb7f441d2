//! `/desk/model-posts/:id`: a title: where it stands, what it lacks, its share over time, looks, objections, history.

use domain::{
    ModelTitleId,
    model_posts::{CheckKind, title::TitleAction},
    permission::Permission,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    GapLine, Lane, LaneTicks, Names, TITLES, TitleChip, is_urgent, names,
    share::Share,
    title_forms::{LookForm, SettleForm, StepForm},
    title_parts::{Criteria, Events, Looks, Next, Objections, Track},
    titles::Stars,
};
use crate::{
    api::{
        ApiError,
        model_posts::{ModelGap, ModelTitle, ModelTitlePage, TitleObjection, TitleWithStaff, title},
    },
    components::{AsyncView, Dialog, Icon, Mark, Notice, NoticeLine, PageHeading},
    i18n::{Locale, label, t, t_string, td_string, use_i18n},
    session::use_session,
};

/// What the dialog is open for.
#[derive(Clone)]
pub(super) enum Task {
    Step(ModelTitle, TitleAction),
    Settle(TitleObjection),
    Look(ModelTitle, Option<CheckKind>, chrono::NaiveDate),
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    task: RwSignal<Option<Task>>,
    open: RwSignal<bool>,
    notice: Notice,
    again: Callback<()>,
}

impl Desk {
    pub(super) fn begin(self, task: Task) {
        self.task.set(Some(task));
        self.open.set(true);
    }

    pub(super) fn done(self) {
        self.open.set(false);
        let what = self.task.with_untracked(|task| task.as_ref().map(Task::key));
        self.notice.show(move |locale: Locale| {
            let what = what.map(|key| label(locale, "title_action", key)).unwrap_or_default();
            td_string!(locale, models.title.done, what = what)
        });
        self.again.run(());
    }
}

impl Task {
    const fn key(&self) -> &'static str {
        match self {
            Self::Step(_, action) => action.key(),
            Self::Settle(_) => "settle",
            Self::Look(..) => "look",
        }
    }
}

/// The page.
#[component]
pub fn TitlePageView() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<ModelTitleId>().ok()));
    let heading = RwSignal::new(String::new());
    let found = LocalResource::new(move || async move {
        let data = title(id.get().ok_or_else(|| ApiError::of("NOT_FOUND"))?).await?;
        let _ = heading.try_set(data.model_title.row.post_name.clone());
        Ok(data)
    });
    let desk = Desk {
        task: RwSignal::new(None),
        open: RwSignal::new(false),
        notice: Notice::new(),
        again: Callback::new(move |()| found.refetch()),
    };
    // A gap leads here to write a look down.
    let wanted = use_query_map().with_untracked(|query| query.get("look")).and_then(|key| CheckKind::from_key(&key));
    let wanted = StoredValue::new(wanted);
    Effect::new(move |_| {
        if let Some(data) = found.get().and_then(Result::ok)
            && let Some(check) = wanted.try_update_value(Option::take).flatten()
        {
            desk.begin(Task::Look(data.model_title.row.title, Some(check), data.model_title.on));
        }
    });
    let dialog_title = move || {
        let key = desk.task.with(|task| task.as_ref().map(Task::key));
        key.map(|key| label(i18n.get_locale(), "title_action", key)).unwrap_or_default()
    };
    let form = move || {
        let done = move || desk.done();
        desk.task.get().map(|task| match task {
            Task::Step(title, action) => view! { <StepForm title action done /> }.into_any(),
            Task::Settle(objection) => view! { <SettleForm objection done /> }.into_any(),
            Task::Look(title, check, on) => view! { <LookForm title check on done /> }.into_any(),
        })
    };
    view! {
        <p>
            <a class="link back" href=TITLES>
                <Icon mark=Mark::Back />
                {t!(i18n, models.title.back)}
            </a>
        </p>
        <PageHeading title=move || heading.get() />
        <NoticeLine notice=desk.notice />
        <AsyncView resource=found ready=move |data| view! { <Body data desk /> } />
        <Dialog id="title-task" open=desk.open title=dialog_title>{form}</Dialog>
    }
}

#[component]
fn Body(data: TitleWithStaff, desk: Desk) -> impl IntoView {
    let TitleWithStaff { model_title, staff_members } = data;
    let names = names(&staff_members);
    let page = model_title.clone();
    let ModelTitlePage { row, on, criteria, gaps, share_min, shares, looks, events, people, objections, actions } =
        model_title;
    let title = row.title;
    let share = share_min.map(|min| view! { <Share kind=title.kind shares on min /> });
    let settles = actions.contains(&TitleAction::Settle);
    view! {
        <Track status=title.status />
        <Actions title=title.clone() actions=actions.clone() desk />
        <div class="case-columns">
            <div class="case-main">
                <Gaps gaps=gaps.clone() today=on names />
                {share}
                <Objections objections settles desk />
                <Events events people=people.clone() />
            </div>
            <aside class="case-side">
                <Facts page />
                <Looks title looks gaps people today=on desk />
                <Criteria criteria />
            </aside>
        </div>
    }
}

/// What the viewer may do now, or who may do what comes next.
#[component]
fn Actions(title: ModelTitle, actions: Vec<TitleAction>, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let status = title.status;
    let buttons = actions.iter().copied().filter(|action| *action != TitleAction::Settle).enumerate().map(|(n, action)| {
        let title = title.clone();
        let class = if n == 0 { "btn btn-primary" } else { "btn btn-outline" };
        view! {
            <button type="button" class=class data-action=action.key() on:click=move |_| desk.begin(Task::Step(title.clone(), action))>
                {move || label(i18n.get_locale(), "title_action", action.key())}
            </button>
        }
    });
    let buttons: Vec<_> = buttons.collect();
    let none = buttons.is_empty();
    view! {
        <section class="action-bar no-print" aria-label=move || t_string!(i18n, models.title.actions)>
            {if none { view! { <Next status /> }.into_any() } else { view! { <div class="person-acts">{buttons}</div> }.into_any() }}
        </section>
    }
}

#[component]
fn Gaps(gaps: Vec<ModelGap>, today: chrono::NaiveDate, names: Names) -> impl IntoView {
    let i18n = use_i18n();
    let fine = gaps.is_empty();
    let lane = gaps.clone();
    let (urgent, later): (Vec<_>, Vec<_>) = gaps.into_iter().partition(|gap| is_urgent(gap, today));
    let count = later.len();
    let line = move |gap| view! { <GapLine gap today names=names.clone() /> };
    let urgent = urgent.into_iter().map(&line).collect_view();
    let later = later.into_iter().map(&line).collect_view();
    view! {
        <section class="sheet" aria-labelledby="title-gaps">
            <h2 class="sheet-title" id="title-gaps">{t!(i18n, models.gaps.title)}</h2>
            {if fine {
                view! { <p class="hint">{t!(i18n, models.gaps.fine)}</p> }.into_any()
            } else {
                view! { <div><LaneTicks /><Lane gaps=lane today /></div> }.into_any()
            }}
            <ul class="gap-lines">{urgent}</ul>
            {(count > 0).then(|| view! {
                <details class="more">
                    <summary class="btn btn-ghost btn-small">
                        <Icon mark=Mark::ChevronDown />
                        {move || t_string!(i18n, models.gaps.later, count = count)}
                    </summary>
                    <ul class="gap-lines">{later}</ul>
                </details>
            })}
        </section>
    }
}

#[component]
fn Facts(page: ModelTitlePage) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let title = page.row.title;
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    let (until, awarded, recheck, ends) =
        (day(title.publicised_until), day(title.awarded_on), day(title.recheck_on), day(title.ends_on));
    let ledger = format!("/desk/ledgers/{}", title.post_id);
    let keeps = session.can(Permission::LedgerKeep);
    view! {
        <section class="sheet" aria-labelledby="title-facts">
            <div class="person-head">
                <h2 class="sheet-title" id="title-facts">{t!(i18n, models.title.facts)}</h2>
                <TitleChip status=title.status />
                {title.stars.map(|stars| view! { <Stars stars /> })}
            </div>
            <dl class="desk-facts">
                <dt>{t!(i18n, models.title.kind)}</dt>
                <dd>{move || label(i18n.get_locale(), "model_kind", title.kind.key())}</dd>
                <dt>{t!(i18n, models.title.applied_on)}</dt>
                <dd class="tabular-nums">{title.applied_on.to_string()}</dd>
                {title.score.map(|score| view! { <dt>{t!(i18n, models.title.score)}</dt><dd>{score}</dd> })}
                {until.map(|day| view! { <dt>{t!(i18n, models.title.publicised_until)}</dt><dd class="tabular-nums">{day}</dd> })}
                {awarded.map(|day| view! { <dt>{t!(i18n, models.title.awarded_on)}</dt><dd class="tabular-nums">{day}</dd> })}
                {recheck.map(|day| view! { <dt>{t!(i18n, models.title.recheck_on)}</dt><dd class="tabular-nums">{day}</dd> })}
                {ends.map(|day| view! { <dt>{t!(i18n, models.title.ends_on)}</dt><dd class="tabular-nums">{day}</dd> })}
            </dl>
            <div class="person-acts">
                <a class="btn btn-outline btn-small" href=ledger.clone()>
                    <Icon mark=Mark::Book />
                    {t!(i18n, models.ledger.open)}
                </a>
                {keeps.then(|| view! { <a class="btn btn-outline btn-small" href=format!("{ledger}/new")>{t!(i18n, models.ledger.add)}</a> })}
                <a class="link" href=format!("/desk/posts/{}", title.post_id)>{t!(i18n, models.title.post)}</a>
            </div>
        </section>
    }
}
