//! `/desk/campaigns/:id`: a round step by step, from who rates whom to what was replied.

use domain::{
    CampaignId,
    campaigns::{CampaignAction, CampaignKind, steps::CampaignStep, third_party::ReportAction},
    complaints::form::ENTRY_MAX,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    HOME, Office, StatusOf, WithChoices, called,
    form::RoundForm,
    given::FormList,
    raters::{DrawForm, ExcuseForm, InviteForm, NameForm, RaterList, RemindForm},
    remarks::{ClassifyForm, RemarkList, ReplyForm},
    report::{CheckForm, DecideForm, ReportSection, SignForm},
    results::Means,
    targets::TargetsForm,
};
use crate::{
    api::{
        ApiError,
        campaigns::{
            Campaign, Choices, Page, PublishCampaignInput, Rater, Remark, SeenCampaignInput, Target, campaign,
            close_campaign, open_campaign, publish_campaign,
        },
        third_party::{Fact, Head},
    },
    components::{
        AsyncView, Dialog, Icon, Mark, NoticeLine, PageHeading,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{Locale, label, t, t_string, td_string, use_i18n},
    pages::{
        people::link::{LinkDialog, Made},
        posts::forms::{given, signal},
        steps::required,
    },
    time,
};

/// What the dialog is open for.
#[derive(Clone)]
pub(super) enum Task {
    Edit(Campaign),
    Targets(Campaign, Vec<Target>),
    Draw(Campaign),
    Name(Campaign),
    Invite(Rater),
    Remind(Rater),
    Excuse(Rater),
    Classify(Remark),
    Reply(Remark),
    Sign(Campaign, Option<Head>),
    /// Agree to the plan, or send it back.
    Decide(Head, bool),
    Check(Fact),
    /// Whether each group has been heard: publication asks for a reason otherwise.
    Act(Campaign, CampaignAction, bool),
}

impl Task {
    fn title(&self, locale: Locale) -> &'static str {
        match self {
            Self::Edit(_) => td_string!(locale, campaigns.edit),
            Self::Targets(..) => td_string!(locale, campaigns.targets.title),
            Self::Draw(_) => td_string!(locale, campaigns.raters.draw),
            Self::Name(_) => td_string!(locale, campaigns.raters.name),
            Self::Invite(_) => td_string!(locale, campaigns.raters.invite),
            Self::Remind(_) => td_string!(locale, campaigns.raters.remind),
            Self::Excuse(_) => td_string!(locale, campaigns.raters.excuse),
            Self::Classify(_) => td_string!(locale, campaigns.remarks.classify),
            Self::Reply(_) => td_string!(locale, campaigns.remarks.reply_again),
            Self::Sign(..) => td_string!(locale, campaigns.report.sign),
            Self::Decide(_, true) => label(locale, "report_action", ReportAction::ApprovePlan.key()),
            Self::Decide(_, false) => label(locale, "report_action", ReportAction::ReturnPlan.key()),
            Self::Check(_) => label(locale, "report_action", ReportAction::CheckFact.key()),
            Self::Act(_, action, _) => label(locale, "campaign_action", action.key()),
        }
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub office: Office<Task>,
    pub again: Callback<()>,
    made: RwSignal<Option<Made>>,
    showing: RwSignal<bool>,
}

impl Room {
    /// Shows a link that was just made, once.
    pub(super) fn show(self, made: Made) {
        self.made.set(Some(made));
        self.showing.set(true);
        self.again.run(());
    }
}

/// The round of the address.
pub(super) fn round_of_address() -> Memo<Option<CampaignId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse().ok()))
}

/// The page.
#[component]
pub fn CampaignPage() -> impl IntoView {
    let i18n = use_i18n();
    let id = round_of_address();
    let name = RwSignal::new(None::<String>);
    let found = LocalResource::new(move || async move {
        let id = id.get_untracked().ok_or_else(|| ApiError::of("NOT_FOUND"))?;
        let page = campaign(id).await?;
        let _ = name.try_set(Some(page.campaign.name.clone()));
        Ok(page)
    });
    let office = Office::<Task>::new(move || found.refetch());
    let again = Callback::new(move |()| found.refetch());
    let room = Room { office, again, made: RwSignal::new(None), showing: RwSignal::new(false) };
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| task.as_ref().map_or("", |task| task.title(locale)))
    };
    let form = move || office.task.get().map(|task| view! { <TaskForm task room /> });
    let title = move || name.get().unwrap_or_else(|| t_string!(i18n, campaigns.title).to_owned());
    view! {
        <p>
            <a class="link back" href=HOME>
                <Icon mark=Mark::Back />
                {t!(i18n, campaigns.back)}
            </a>
        </p>
        <PageHeading title />
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready=move |page| view! { <Body page room /> } />
        <Dialog id="round-task" open=office.open title=heading>{form}</Dialog>
        <LinkDialog made=room.made showing=room.showing />
    }
}

/// The form of what is to be done.
#[component]
fn TaskForm(task: Task, room: Room) -> impl IntoView {
    let done = move || room.office.done();
    match task {
        Task::Edit(row) => view! {
            <WithChoices ready=move |choices: Choices| {
                view! { <RoundForm was=Some(row.clone()) choices done=move |_| done() /> }.into_any()
            } />
        }
        .into_any(),
        Task::Targets(row, chosen) => view! {
            <WithChoices ready=move |choices: Choices| {
                view! { <TargetsForm row=row.clone() chosen=chosen.clone() choices done /> }.into_any()
            } />
        }
        .into_any(),
        Task::Draw(row) => view! {
            <WithChoices ready=move |choices: Choices| {
                view! { <DrawForm row=row.clone() group_least=choices.group_least room /> }.into_any()
            } />
        }
        .into_any(),
        Task::Name(row) => view! {
            <WithChoices ready=move |choices: Choices| view! { <NameForm row=row.clone() choices done /> }.into_any() />
        }
        .into_any(),
        Task::Classify(row) => view! {
            <WithChoices ready=move |choices: Choices| view! { <ClassifyForm row=row.clone() choices done /> }.into_any() />
        }
        .into_any(),
        Task::Invite(rater) => view! { <InviteForm rater room /> }.into_any(),
        Task::Remind(rater) => view! { <RemindForm rater done /> }.into_any(),
        Task::Excuse(rater) => view! { <ExcuseForm rater done /> }.into_any(),
        Task::Reply(row) => view! { <ReplyForm row done /> }.into_any(),
        Task::Sign(row, was) => view! { <SignForm row was done /> }.into_any(),
        Task::Decide(head, approve) => view! { <DecideForm head approve done /> }.into_any(),
        Task::Check(fact) => view! { <CheckForm fact done /> }.into_any(),
        Task::Act(row, action, covered) => view! { <ActForm row action covered done /> }.into_any(),
    }
}

/// Opens, closes or publishes.
#[component]
fn ActForm(row: Campaign, action: CampaignAction, covered: bool, done: impl Fn() + Copy + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("round-act");
    let note = signal(None);
    let asked = action == CampaignAction::Publish && !covered;
    let (id, version) = (row.id, row.version);
    let submit = move || {
        let found = if asked { required("note", &note.get_untracked()) } else { Vec::new() };
        if !state.check(found) {
            return;
        }
        let seen = SeenCampaignInput { id, version };
        let done = move |_| done();
        match action {
            CampaignAction::Open => state.send(open_campaign::ask(seen), done),
            CampaignAction::Close => state.send(close_campaign::ask(seen), done),
            CampaignAction::Publish => {
                let input = PublishCampaignInput { id, version, note: given(note).filter(|_| asked) };
                state.send(publish_campaign::ask(input), done);
            }
            CampaignAction::Edit => {}
        }
    };
    let lead = move || match action {
        CampaignAction::Open | CampaignAction::Edit => t_string!(i18n, campaigns.act.open),
        CampaignAction::Close => t_string!(i18n, campaigns.act.close),
        CampaignAction::Publish => t_string!(i18n, campaigns.act.publish),
    };
    view! {
        <p>{lead}</p>
        <Form state on_submit=submit>
            {asked.then(|| view! {
                <Field
                    name="note"
                    label=move || t_string!(i18n, campaigns.coverage_note)
                    hint=move || t_string!(i18n, campaigns.act.note_hint)
                    value=note
                    kind=FieldKind::Area(ENTRY_MAX)
                />
            })}
            <Submit label=move || label(i18n.get_locale(), "campaign_action", action.key()) />
        </Form>
    }
}

#[component]
fn Body(page: Page, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let Page {
        campaign: row,
        form_number,
        form,
        step,
        targets,
        raters,
        coverage,
        covered,
        means,
        whole,
        hidden,
        parts,
        forms,
        remarks,
        open_remarks,
        actions,
    } = page;
    let (begun, status, least) = (!means.is_empty(), row.status, row.least);
    let buttons = actions.iter().enumerate().map(|(n, action)| {
        let (action, row) = (*action, row.clone());
        let task = if action == CampaignAction::Edit { Task::Edit(row) } else { Task::Act(row, action, covered) };
        let class = if n == 0 { "btn btn-primary" } else { "btn btn-outline" };
        view! {
            <button type="button" class=class data-action=action.key() on:click=move |_| room.office.begin(task.clone())>
                {move || label(i18n.get_locale(), "campaign_action", action.key())}
            </button>
        }
    });
    let buttons = buttons.collect_view();
    let sheet = format!("{HOME}/{}/sheet", row.id);
    let edits = actions.contains(&CampaignAction::Edit);
    let report = (row.kind == CampaignKind::ThirdParty).then(|| {
        view! { <ReportSection row=row.clone() targets=targets.clone() room /> }
    });
    let by_city = row.by_city;
    view! {
        {by_city.then(|| view! { <p class="panel panel-info">{t!(i18n, campaigns.by_city)}</p> })}
        <section class="sheet" aria-labelledby="round-facts" data-step=step.key()>
            <div class="person-head">
                <h2 class="sheet-title" id="round-facts">{t!(i18n, campaigns.facts)}</h2>
                <StatusOf status />
            </div>
            <Steps step />
            <Facts row=row.clone() form_number />
            <div class="person-acts">
                {buttons}
                <a class="btn btn-outline" href=sheet>
                    <Icon mark=Mark::Print />
                    {t!(i18n, campaigns.sheet.title)}
                </a>
            </div>
        </section>
        {report}
        <Targets row=row.clone() targets=targets.clone() edits room />
        <RaterList row raters=raters.clone() coverage covered room />
        {begun.then(|| view! { <Means targets=targets.clone() means parts whole hidden least /> })}
        <RemarkList status remarks open=open_remarks targets=targets.clone() raters=raters.clone() room />
        <FormList form forms targets raters />
    }
}

/// How far the round has come.
#[component]
fn Steps(step: CampaignStep) -> impl IntoView {
    let i18n = use_i18n();
    let steps = CampaignStep::ALL.iter().map(|one| {
        let (class, done) = match one.cmp(&step) {
            std::cmp::Ordering::Less => ("track-step track-done", true),
            std::cmp::Ordering::Equal => ("track-step track-here", false),
            std::cmp::Ordering::Greater => ("track-step", false),
        };
        let current = (*one == step).then_some("step");
        view! {
            <li class=class aria-current=current>
                <span class="track-dot" aria-hidden="true">{done.then(|| view! { <Icon mark=Mark::Check /> })}</span>
                <span>{move || label(i18n.get_locale(), "campaign_step", one.key())}</span>
            </li>
        }
    });
    view! { <ol class="track" aria-label=move || t_string!(i18n, campaigns.steps)>{steps.collect_view()}</ol> }
}

/// What the round is.
#[component]
pub(super) fn Facts(row: Campaign, form_number: i32) -> impl IntoView {
    let i18n = use_i18n();
    let Campaign {
        kind,
        starts_on,
        ends_on,
        replies_until,
        least,
        briefing,
        coverage_note,
        closed_at,
        published_at,
        ..
    } = row;
    let rules = kind.rules();
    let (from, until) = (starts_on.to_string(), ends_on.to_string());
    let form = move || {
        let name = label(i18n.get_locale(), "form_kind", rules.form.key());
        t_string!(i18n, campaigns.form_of, name = name, number = form_number)
    };
    view! {
        <dl class="desk-facts">
            <dt>{t!(i18n, campaigns.kind)}</dt>
            <dd>{move || label(i18n.get_locale(), "campaign_kind", kind.key())}</dd>
            <dt>{t!(i18n, campaigns.form.form)}</dt>
            <dd>{form}</dd>
            <dt>{t!(i18n, campaigns.rate.days)}</dt>
            <dd class="tabular-nums">{move || t_string!(i18n, campaigns.between, from = from.as_str(), until = until.as_str())}</dd>
            <dt>{t!(i18n, campaigns.replies_until)}</dt>
            <dd class="tabular-nums">{replies_until.to_string()}</dd>
            {rules.grouped.then(|| view! {
                <dt>{t!(i18n, campaigns.least)}</dt>
                <dd class="tabular-nums">{least}</dd>
            })}
            {closed_at.map(|at| view! {
                <dt>{t!(i18n, campaigns.closed_at)}</dt>
                <dd class="tabular-nums">{time::date_time(at)}</dd>
            })}
            {published_at.map(|at| view! {
                <dt>{t!(i18n, campaigns.published_at)}</dt>
                <dd class="tabular-nums">{time::date_time(at)}</dd>
            })}
            {coverage_note.map(|text| view! {
                <dt>{t!(i18n, campaigns.coverage_note)}</dt>
                <dd>{text}</dd>
            })}
        </dl>
        <details class="fold no-print">
            <summary class="link">{t!(i18n, campaigns.briefing)}</summary>
            <p class="prose-text">{briefing}</p>
        </details>
    }
}

/// What is rated.
#[component]
fn Targets(row: Campaign, targets: Vec<Target>, edits: bool, room: Room) -> impl IntoView {
    let i18n = use_i18n();
    let none = targets.is_empty();
    let task = Task::Targets(row, targets.clone());
    let lines = targets.into_iter().map(|target| {
        let (kind, detail, pool) = (target.kind.key(), target.detail.clone(), target.pool.clone());
        view! {
            <li class="person-role">
                <span class="font-semibold">{move || called(&target, i18n.get_locale())}</span>
                <span class="person-facts">
                    <span>{move || label(i18n.get_locale(), "target_kind", kind)}</span>
                    <span>{detail}</span>
                    <span>{pool}</span>
                </span>
            </li>
        }
    });
    let lines = lines.collect_view();
    view! {
        <section class="sheet" aria-labelledby="round-targets">
            <h2 class="sheet-title" id="round-targets">{t!(i18n, campaigns.targets.title)}</h2>
            {none.then(|| view! { <p class="hint">{t!(i18n, campaigns.targets.none)}</p> })}
            <ul class="settings-list">{lines}</ul>
            {edits.then(|| view! {
                <div class="person-acts">
                    <button type="button" class="btn btn-outline btn-small" on:click=move |_| room.office.begin(task.clone())>
                        {t!(i18n, campaigns.targets.set)}
                    </button>
                </div>
            })}
        </section>
    }
}
