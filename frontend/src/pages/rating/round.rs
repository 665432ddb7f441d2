//! One round: the briefing and the answer to the invitation, what is to be rated with how far one is, and what was
//! replied.

use domain::{
    CampaignId, CampaignTargetId,
    campaigns::{BallotStatus, CampaignKind, CampaignStatus, RaterStatus, TargetKind},
    complaints::form::ENTRY_MAX,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{Facts, address, kept, replies::Replies, report::Course, sheet::Sheet};
use crate::{
    api::rating::{AnswerCampaignInput, Round, RoundPage, Task, answer_campaign, round},
    components::{
        AsyncView, Chip, Icon, Mark, Notice, NoticeLine, PageHeading, Tone,
        form::{ErrorSummaryOf, Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{Locale, label, t, t_string, td_string, use_i18n},
    pages::{elsewhere::EVALUATE, posts::forms::given},
};

/// One round, or the form about one of its targets. Each asks the server anew when it is opened.
#[component]
pub fn RoundView(
    /// Which round.
    id: CampaignId,
) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let target =
        Memo::new(move |_| query.with(|query| query.get("target")).and_then(|id| id.parse::<CampaignTargetId>().ok()));
    let notice = Notice::new();
    let back = move || if target.get().is_some() { address(id, None) } else { EVALUATE.to_owned() };
    let part = move || match target.get() {
        Some(target) => view! { <OneTarget id target notice /> }.into_any(),
        None => view! { <WholeRound id notice /> }.into_any(),
    };
    view! {
        <p>
            <a class="link back" href=back>
                <Icon mark=Mark::Back />
                {move || {
                    if target.get().is_some() {
                        t_string!(i18n, campaigns.rate.back)
                    } else {
                        t_string!(i18n, campaigns.rate.home)
                    }
                }}
            </a>
        </p>
        {part}
    }
}

#[component]
fn OneTarget(id: CampaignId, target: CampaignTargetId, notice: Notice) -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(move || round(id));
    let again = Callback::new(move |()| found.refetch());
    let ready = move |page: RoundPage| match page.tasks.iter().find(|task| task.id == target).cloned() {
        Some(task) => view! { <Sheet page task told=notice again /> }.into_any(),
        None => view! { <p class="panel panel-info">{t!(i18n, campaigns.rate.no_target)}</p> }.into_any(),
    };
    view! { <AsyncView resource=found ready /> }
}

#[component]
fn WholeRound(id: CampaignId, notice: Notice) -> impl IntoView {
    let found = LocalResource::new(move || round(id));
    let desk = Desk { notice, again: Callback::new(move |()| found.refetch()) };
    view! { <AsyncView resource=found ready=move |page| view! { <Overview page desk /> } /> }
}

/// What the parts of a round share: what was done, and how to ask again.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub notice: Notice,
    pub again: Callback<()>,
}

/// What a target is called.
pub(super) fn called(name: Option<&String>, locale: Locale) -> String {
    name.cloned().unwrap_or_else(|| label(locale, "target_kind", TargetKind::Center.key()).to_owned())
}

#[component]
fn Overview(page: RoundPage, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let RoundPage { round, tasks, remarks, .. } = page;
    let name = round.name.clone();
    let (secret, least, briefing) = (round.secret, round.least, round.briefing.clone());
    let taking = matches!(round.status, CampaignStatus::Planned | CampaignStatus::Open);
    let asked = round.standing == RaterStatus::Invited && taking;
    let accepted = round.standing == RaterStatus::Accepted;
    let who_sees = move || {
        if secret {
            t_string!(i18n, campaigns.rate.seen_secret, least = least)
        } else {
            t_string!(i18n, campaigns.rate.seen, least = least)
        }
    };
    let out = match round.standing {
        RaterStatus::Declined => Some(false),
        RaterStatus::Expired => Some(true),
        _ => None,
    };
    let tasks_for = round.clone();
    let course = (accepted && round.kind == CampaignKind::ThirdParty)
        .then(|| view! { <Course round=round.clone() tasks=tasks.clone() desk /> });
    let targets: Vec<_> = tasks.iter().map(|task| (task.id, task.name.clone())).collect();
    view! {
        <PageHeading title=move || name.clone() />
        <NoticeLine notice=desk.notice />
        {out.map(|late| view! {
            <p class="panel panel-info">
                {move || if late { t_string!(i18n, campaigns.rate.expired) } else { t_string!(i18n, campaigns.rate.declined) }}
            </p>
        })}
        <section class="sheet">
            <Facts round=round.clone() />
        </section>
        <section class="sheet" aria-labelledby="round-briefing">
            <h2 class="sheet-title" id="round-briefing">{t!(i18n, campaigns.briefing)}</h2>
            <p class="prose-text">{briefing}</p>
            <p class="hint">{who_sees}</p>
        </section>
        {asked.then(|| view! { <Answer round desk /> })}
        {course}
        {accepted.then(|| view! { <Tasks round=tasks_for tasks /> })}
        <Replies remarks targets desk />
    }
}

/// Takes part, or does not.
#[component]
fn Answer(round: Round, desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let (yes, no) = (FormState::new("accept"), FormState::new("decline"));
    let reason = RwSignal::new(String::new());
    let id = round.id;
    let send = move |state: FormState, accept: bool| {
        let reason = given(reason).filter(|_| !accept);
        state.send(answer_campaign::ask(AnswerCampaignInput { id, accept, reason }), move |_| {
            if accept {
                desk.notice.show(|locale| td_string!(locale, campaigns.rate.accepted).to_owned());
            }
            desk.again.run(());
        });
    };
    view! {
        <section class="sheet" aria-labelledby="round-answer">
            <h2 class="sheet-title" id="round-answer">{t!(i18n, campaigns.rate.answer_title)}</h2>
            <p>{t!(i18n, campaigns.rate.answer_lead)}</p>
            <ErrorSummaryOf state=yes />
            <button type="button" class="btn btn-primary" disabled=move || yes.pending() on:click=move |_| send(yes, true)>
                <Icon mark=Mark::Check />
                {t!(i18n, campaigns.rate.accept)}
            </button>
            <details class="fold">
                <summary class="link">{t!(i18n, campaigns.rate.decline)}</summary>
                <Form state=no on_submit=move || send(no, false)>
                    <Field
                        name="reason"
                        label=move || t_string!(i18n, campaigns.reason)
                        value=reason
                        kind=FieldKind::Area(ENTRY_MAX)
                        optional=true
                    />
                    <Submit label=move || t_string!(i18n, campaigns.rate.decline_submit) />
                </Form>
            </details>
        </section>
    }
}

/// What is to be rated.
#[component]
fn Tasks(round: Round, tasks: Vec<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let (from, status) = (round.starts_on.to_string(), round.status);
    let wait = move || match status {
        CampaignStatus::Planned => t_string!(i18n, campaigns.rate.waiting, day = from.as_str()),
        CampaignStatus::Open => t_string!(i18n, campaigns.rate.task_lead).to_owned(),
        CampaignStatus::Closed | CampaignStatus::Published => t_string!(i18n, campaigns.rate.over).to_owned(),
    };
    let (done, all) = (round.handed_in + round.recused, round.assigned);
    let rows = tasks.into_iter().map(|task| {
        let (tone, mark) = match task.status {
            None => (Tone::Plain, Mark::Info),
            Some(BallotStatus::Draft) => (Tone::Active, Mark::Note),
            Some(BallotStatus::HandedIn) => (Tone::Good, Mark::Check),
            Some(BallotStatus::Recused) => (Tone::Still, Mark::Close),
        };
        let status = task.status;
        let waits = matches!(status, None | Some(BallotStatus::Draft)) && kept::waits(&round, task.id);
        let state = move || match status {
            _ if waits => t_string!(i18n, campaigns.rate.waits),
            None => t_string!(i18n, campaigns.rate.not_begun),
            Some(status) => label(i18n.get_locale(), "ballot_status", status.key()),
        };
        let name = task.name;
        view! {
            <li class="person-role" data-task=status.map_or("none", BallotStatus::key)>
                <span class="grid gap-1">
                    <a class="link font-semibold" href=address(round.id, Some(task.id))>
                        {move || called(name.as_ref(), i18n.get_locale())}
                    </a>
                    <span class="hint">{task.detail}</span>
                </span>
                <Chip tone mark text=state />
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="round-tasks">
            <h2 class="sheet-title" id="round-tasks">{t!(i18n, campaigns.rate.tasks)}</h2>
            <p class="hint">{wait}</p>
            <progress
                class="upload-progress"
                max=all
                value=done
                aria-label=move || t_string!(i18n, campaigns.rate.progress, done = done, all = all)
            ></progress>
            <ul class="settings-list">{rows}</ul>
        </section>
    }
}
