//! `/desk/volunteers/:id`: a service, how it was confirmed, and what may be done with it.

use domain::{
    ServiceRecordId,
    volunteers::{ServiceRecordAction as Action, ServiceRecordStatus},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    Office, Standing,
    confirm::{CodePanel, SignForm, Signed, WitnessForm},
    forms::RecordForm,
    times,
};
use crate::{
    api::{
        ApiError,
        volunteers::{Page, Record, Row, SeenServiceRecordInput, ask_service_confirmation, record},
    },
    components::{
        AsyncView, Dialog, Icon, Mark, NoticeLine, PageHeading,
        form::{ErrorSummaryOf, FormState},
        refresh,
    },
    i18n::{label, t, t_string, td_string, use_i18n},
    time,
};

/// What the dialog is open for.
type Task = (Action, Record);

/// The page.
#[component]
pub fn ServicePage() -> impl IntoView {
    let params = use_params_map();
    let i18n = use_i18n();
    let title = RwSignal::new(None::<Row>);
    let found = LocalResource::new(move || {
        let id = params.with(|params| params.get("id")).and_then(|id| id.parse::<ServiceRecordId>().ok());
        async move {
            let page = record(id.ok_or_else(|| ApiError::of("NOT_FOUND"))?).await?;
            let _ = title.try_set(Some(page.row.clone()));
            Ok(page)
        }
    });
    // Somebody may confirm on their phone meanwhile.
    refresh::every_minute(move || found.refetch());
    let office = Office::<Task>::new(move || found.refetch());
    // A code changes the record: whatever is done next needs it as it is now.
    Effect::new(move |was: Option<bool>| {
        let open = office.open.get();
        let shown = office.task.with_untracked(|task| matches!(task, Some((Action::ShowCode, _))));
        if was == Some(true) && !open && shown {
            found.refetch();
        }
        open
    });
    let heading = move || {
        office.task.with(|task| task.as_ref().map(|(action, _)| *action)).map_or("", |action| {
            let locale = i18n.get_locale();
            match action {
                Action::Edit => td_string!(locale, volunteers.edit_title),
                other => label(locale, "service_record_action", other.key()),
            }
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|(action, record)| match action {
            Action::ShowCode => view! { <CodePanel record done=move || office.open.set(false) /> }.into_any(),
            Action::Sign => view! { <SignForm record done /> }.into_any(),
            Action::Witness => view! { <WitnessForm record done /> }.into_any(),
            Action::Edit | Action::Ask => {
                view! { <RecordForm posts=Vec::new() was=Some(record) done=move |_| office.done() /> }.into_any()
            }
        })
    };
    let named = move || {
        let locale = i18n.get_locale();
        title.with(|row| {
            row.as_ref().map_or_else(
                || td_string!(locale, volunteers.title).to_owned(),
                |row| format!("{} · {}", row.name, label(locale, "service_type", row.record.service.key())),
            )
        })
    };
    view! {
        <p>
            <a class="link back" href="/desk/volunteers">
                <Icon mark=Mark::Back />
                {t!(i18n, volunteers.back)}
            </a>
        </p>
        <PageHeading title=named />
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready=move |data| view! { <Body data office /> } />
        <Dialog id="service-step" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Body(data: Page, office: Office<Task>) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("service-ask");
    let Page { row, post, witness, statement, tail, signature, actions } = data;
    let Row { record, name, days_left } = row;
    let buttons = actions.into_iter().enumerate().map(|(n, action)| {
        let record = record.clone();
        let class = if n == 0 { "btn btn-primary" } else { "btn btn-outline" };
        let act = move |_| {
            if action == Action::Ask {
                // Nothing is to be filled in.
                let input = SeenServiceRecordInput { id: record.id, version: record.version };
                state.send(ask_service_confirmation::ask(input), move |_| office.done());
            } else {
                office.begin((action, record.clone()));
            }
        };
        view! {
            <button type="button" class=class data-action=action.key() on:click=act>
                {move || label(i18n.get_locale(), "service_record_action", action.key())}
            </button>
        }
    });
    let buttons = buttons.collect_view();
    let lapsed = record.status == ServiceRecordStatus::Unconfirmed && !record.disputed;
    let kept = record.purge_on.map(|day| day.to_string());
    let gone = record.means.is_some() && kept.is_none();
    let retention = move || match &kept {
        Some(day) => t_string!(i18n, volunteers.kept, day = day.as_str()),
        None if gone => t_string!(i18n, volunteers.purged).to_owned(),
        None => String::new(),
    };
    let Record { status, disputed, means, recipients, due_on, asked_at, decided_at, .. } = record;
    let when = times(&record);
    let closed = move || {
        if status == ServiceRecordStatus::Unconfirmed {
            t_string!(i18n, volunteers.closed_at)
        } else {
            t_string!(i18n, volunteers.decided_at)
        }
    };
    view! {
        <section class="sheet" aria-labelledby="service-facts" data-service=status.key()>
            <div class="person-head">
                <h2 class="sheet-title" id="service-facts">{t!(i18n, volunteers.facts)}</h2>
                <Standing status disputed days_left />
            </div>
            <ErrorSummaryOf state />
            {lapsed.then(|| view! { <p class="banner banner-still"><Icon mark=Mark::Info />{t!(i18n, volunteers.lapsed)}</p> })}
            <div class="person-acts">{buttons}</div>
            <dl class="desk-facts">
                <dt>{t!(i18n, volunteers.who)}</dt><dd>{name}</dd>
                <dt>{t!(i18n, volunteers.post)}</dt><dd>{post.name}</dd>
                {post.location.map(|text| view! { <dt>{t!(i18n, volunteers.place)}</dt><dd>{text}</dd> })}
                <dt>{t!(i18n, volunteers.when)}</dt><dd class="tabular-nums">{when}</dd>
                <dt>{t!(i18n, volunteers.recipients)}</dt><dd class="tabular-nums">{recipients}</dd>
                {record.description.map(|text| view! { <dt>{t!(i18n, volunteers.description)}</dt><dd>{text}</dd> })}
                {asked_at.map(|at| view! { <dt>{t!(i18n, volunteers.asked_at)}</dt><dd class="tabular-nums">{time::date_time(at)}</dd> })}
                {due_on.filter(|_| days_left.is_some()).map(|day| view! { <dt>{t!(i18n, volunteers.due)}</dt><dd class="tabular-nums">{day.to_string()}</dd> })}
                {means.map(|means| view! { <dt>{t!(i18n, volunteers.means)}</dt><dd>{move || label(i18n.get_locale(), "confirmation_means", means.key())}</dd> })}
                {decided_at.map(|at| view! { <dt>{closed}</dt><dd class="tabular-nums">{time::date_time(at)}</dd> })}
                {tail.map(|text| view! { <dt>{t!(i18n, volunteers.tail)}</dt><dd class="tabular-nums">{text}</dd> })}
                {witness.map(|text| view! { <dt>{t!(i18n, volunteers.witness)}</dt><dd>{text}</dd> })}
                {statement.map(|text| view! { <dt>{t!(i18n, volunteers.statement)}</dt><dd>{text}</dd> })}
            </dl>
            {signature
                .map(|text| {
                    view! {
                        <h3 class="sheet-title">{t!(i18n, volunteers.signature)}</h3>
                        <Signed text />
                    }
                })}
            <p class="hint">{retention}</p>
        </section>
    }
}
