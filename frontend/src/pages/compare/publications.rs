//! `/desk/compare/publications`: what the city shows of all centers by name. One person proposes, another publishes.

use domain::{
    Violation,
    metrics::{CalendarPeriod, Metric, PeriodKind},
};
use leptos::prelude::*;

use super::{PUBLICATIONS, Room, figures::metric_name};
use crate::{
    api::analytics::{
        ProposePublicationInput, Publication, PublicationState, SeenPublicationInput, WithdrawPublicationInput,
        approve_publication, propose_publication, publications, withdraw_publication,
    },
    components::{
        AsyncView, Chip, Dialog, Empty, Icon, Mark, Notice, NoticeLine, Tone,
        form::{ChecksField, Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{Locale, label, pick, t, t_string, td_string, use_i18n},
    pages::steps::required,
    time,
};

/// The longest formula text, in characters, and the longest reason.
const FORMULA_MAX: usize = 2000;
const REASON_MAX: usize = 500;

/// What the dialog is open for.
#[derive(Clone)]
enum Task {
    Propose,
    Approve(Publication),
    Withdraw(Publication),
}

impl Task {
    fn title(&self, locale: Locale) -> &'static str {
        match self {
            Self::Propose => td_string!(locale, compare.publications.propose),
            Self::Approve(_) => td_string!(locale, compare.publications.approve),
            Self::Withdraw(_) => td_string!(locale, compare.publications.withdraw),
        }
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Office {
    task: RwSignal<Option<Task>>,
    open: RwSignal<bool>,
    notice: Notice,
    again: Callback<()>,
}

impl Office {
    fn begin(self, task: Task) {
        self.task.set(Some(task));
        self.open.set(true);
    }

    fn done(self) {
        self.open.set(false);
        self.notice.show(|locale| td_string!(locale, compare.saved).to_owned());
        self.again.run(());
    }
}

impl PublicationState {
    /// The last part of its name's key.
    const fn key(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// The page.
#[component]
pub fn PublicationsPage() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(publications);
    let office = Office {
        task: RwSignal::new(None),
        open: RwSignal::new(false),
        notice: Notice::new(),
        again: Callback::new(move |()| found.refetch()),
    };
    let title =
        move || office.task.with(|task| task.as_ref().map(|task| task.title(i18n.get_locale()))).unwrap_or_default();
    let form = move || {
        office.task.get().map(|task| match task {
            Task::Propose => view! { <ProposeForm office /> }.into_any(),
            Task::Approve(row) => view! { <ApproveForm row office /> }.into_any(),
            Task::Withdraw(row) => view! { <WithdrawForm row office /> }.into_any(),
        })
    };
    view! {
        <Room
            here=PUBLICATIONS
            title=move || t_string!(i18n, compare.publications.title)
            lead=move || t_string!(i18n, compare.publications.lead)
        >
            <p>
                <button type="button" class="btn btn-primary" on:click=move |_| office.begin(Task::Propose)>
                    <Icon mark=Mark::Plus />
                    {t!(i18n, compare.publications.propose)}
                </button>
            </p>
            <NoticeLine notice=office.notice />
            <AsyncView resource=found ready=move |rows| view! { <List rows office /> } />
            <Dialog id="publication" open=office.open title=title>{form}</Dialog>
        </Room>
    }
}

#[component]
fn List(rows: Vec<Publication>, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    if rows.is_empty() {
        return view! { <Empty text=move || t_string!(i18n, compare.publications.none) /> }.into_any();
    }
    let rows = rows.into_iter().map(|row| view! { <Line row office /> }).collect_view();
    view! { <ul class="case-cards">{rows}</ul> }.into_any()
}

#[component]
fn Line(row: Publication, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let state = row.state;
    let (tone, mark) = match state {
        PublicationState::Proposed => (Tone::Active, Mark::Clock),
        PublicationState::Published => (Tone::Good, Mark::Check),
        PublicationState::Withdrawn => (Tone::Still, Mark::Close),
    };
    let (approve, withdraw) = (row.clone(), row.clone());
    let may_approve = state == PublicationState::Proposed && row.may_approve;
    let may_withdraw = state != PublicationState::Withdrawn;
    let waits = state == PublicationState::Proposed && !row.may_approve;
    let Publication { period, metrics, formula_zh, formula_en, proposed_by, proposed_at, approved_by, .. } = row;
    let names = move || {
        let locale = i18n.get_locale();
        let names: Vec<_> = metrics.iter().map(|metric| metric_name(locale, *metric)).collect();
        names.join(t_string!(i18n, desk.list_separator))
    };
    let who = |by: Option<String>, at| format!("{} · {}", by.unwrap_or_default(), time::date_time(at));
    let proposed = who(proposed_by, proposed_at);
    let published = row.published_at.map(|at| who(approved_by, at));
    let withdrawn = row.withdrawn_at.map(time::date_time);
    view! {
        <li class="card-case" data-publication=state.key()>
            <div class="person-head">
                <h2 class="card-title tabular-nums">{period}</h2>
                <Chip tone mark text=move || label(i18n.get_locale(), "publication_state", state.key()) />
            </div>
            <p>{names}</p>
            <p class="formula prose-text">{move || pick(i18n.get_locale(), &formula_zh, &formula_en)}</p>
            <dl class="desk-facts">
                <dt>{t!(i18n, compare.publications.proposed)}</dt>
                <dd>{proposed}</dd>
                {published.map(|text| view! { <dt>{t!(i18n, compare.publications.published)}</dt><dd>{text}</dd> })}
                {withdrawn.map(|text| view! { <dt>{t!(i18n, compare.publications.withdrawn)}</dt><dd>{text}</dd> })}
                {row.reason.map(|text| view! { <dt>{t!(i18n, desk.act.reason)}</dt><dd>{text}</dd> })}
            </dl>
            {waits.then(|| view! { <p class="hint">{t!(i18n, compare.publications.waits)}</p> })}
            <div class="person-acts">
                {may_approve.then(|| view! {
                    <button
                        type="button"
                        class="btn btn-primary btn-small"
                        on:click=move |_| office.begin(Task::Approve(approve.clone()))
                    >
                        {t!(i18n, compare.publications.approve)}
                    </button>
                })}
                {may_withdraw.then(|| view! {
                    <button
                        type="button"
                        class="btn btn-outline btn-small"
                        on:click=move |_| office.begin(Task::Withdraw(withdraw.clone()))
                    >
                        {t!(i18n, compare.publications.withdraw)}
                    </button>
                })}
            </div>
        </li>
    }
}

#[component]
fn ProposeForm(office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("propose");
    let last = CalendarPeriod::of(PeriodKind::Month, time::today()).before();
    let period = RwSignal::new(last.to_string());
    let metrics = RwSignal::new(vec![Metric::SatisfactionRate.key()]);
    let formulas = move |locale: Locale| {
        let keys = metrics.get();
        let chosen = Metric::ALL.iter().filter(|metric| keys.contains(&metric.key()));
        let lines: Vec<_> = chosen
            .map(|metric| {
                format!("{}: {}", metric_name(locale, *metric), label(locale, "metric_formula", metric.key()))
            })
            .collect();
        lines.join("\n")
    };
    let (zh, en) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // What is ticked brings its formula along; it can be worded otherwise after that.
    Effect::new(move |_| {
        zh.set(formulas(Locale::zh_CN));
        en.set(formulas(Locale::en));
    });
    let choices: Signal<Vec<(&'static str, String)>> = Signal::derive(move || {
        let locale = i18n.get_locale();
        Metric::ALL.iter().map(|metric| (metric.key(), metric_name(locale, *metric).to_owned())).collect()
    });
    let submit = move || {
        let typed = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let (period, formula_zh, formula_en) = (typed(period), typed(zh), typed(en));
        let keys = metrics.get_untracked();
        let chosen: Vec<_> = Metric::ALL.iter().copied().filter(|metric| keys.contains(&metric.key())).collect();
        let mut found = required("formulaZh", &formula_zh);
        found.extend(required("formulaEn", &formula_en));
        found.extend(CalendarPeriod::parse(&period).err());
        found.extend(chosen.is_empty().then(|| Violation::new("metrics", "form.required")));
        if state.check(found) {
            let input = ProposePublicationInput { period, metrics: chosen, formula_zh, formula_en };
            state.send(propose_publication::ask(input), move |_| office.done());
        }
    };
    view! {
        <p>{t!(i18n, compare.publications.propose_lead)}</p>
        <Form state on_submit=submit>
            <Field
                name="period"
                label=move || t_string!(i18n, compare.publications.period)
                hint=move || t_string!(i18n, compare.publications.period_hint)
                value=period
            />
            <ChecksField name="metrics" label=move || t_string!(i18n, compare.publications.metrics) choices value=metrics />
            <Field
                name="formulaZh"
                kind=FieldKind::Area(FORMULA_MAX)
                label=move || t_string!(i18n, compare.publications.formula_zh)
                value=zh
            />
            <Field
                name="formulaEn"
                kind=FieldKind::Area(FORMULA_MAX)
                label=move || t_string!(i18n, compare.publications.formula_en)
                value=en
            />
            <Submit label=move || t_string!(i18n, compare.publications.propose) />
        </Form>
    }
}

#[component]
fn ApproveForm(row: Publication, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("approve");
    let Publication { id, version, period, .. } = row;
    let submit = move || {
        if state.check(Vec::new()) {
            let input = SeenPublicationInput { id, version };
            state.send(approve_publication::ask(input), move |_| office.done());
        }
    };
    view! {
        <p class="quote font-semibold">{period}</p>
        <p>{t!(i18n, compare.publications.approve_lead)}</p>
        <Form state on_submit=submit>
            <Submit label=move || t_string!(i18n, compare.publications.approve) />
        </Form>
    }
}

#[component]
fn WithdrawForm(row: Publication, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("withdraw");
    let reason = RwSignal::new(String::new());
    let Publication { id, version, period, .. } = row;
    let submit = move || {
        let text = reason.get_untracked().trim().to_owned();
        if state.check(required("reason", &text)) {
            let input = WithdrawPublicationInput { id, version, reason: text };
            state.send(withdraw_publication::ask(input), move |_| office.done());
        }
    };
    view! {
        <p class="quote font-semibold">{period}</p>
        <p>{t!(i18n, compare.publications.withdraw_lead)}</p>
        <Form state on_submit=submit>
            <Field
                name="reason"
                kind=FieldKind::Area(REASON_MAX)
                label=move || t_string!(i18n, desk.act.reason)
                value=reason
            />
            <Submit label=move || t_string!(i18n, compare.publications.withdraw) />
        </Form>
    }
}
