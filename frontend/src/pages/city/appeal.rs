//! `/desk/appeals/:id`: one appeal, opened for a reason, read with its evidence, and decided.

use domain::{
    RatingAppealId, Violation,
    bad_ratings::appeal::{RatingAppealDecision, RatingAppealStatus},
    center::CenterStatus,
    complaints::form,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::appeals::{StateChip, Summary, title};
use crate::{
    api::{
        ApiError,
        bad_ratings::{
            Appeal, AppealPage, AppealedCase, DecideRatingAppealInput, OpenRatingAppealInput, appeal,
            decide_rating_appeal, open_rating_appeal,
        },
    },
    components::{
        AsyncView, Dialog, FileShown, Icon, Mark, Notice, NoticeLine, PageHeading,
        form::{ChoiceField, Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{label, t, t_string, td_string, use_i18n},
    pages::bad_ratings::log::{Log, Said},
    time,
};

/// The page.
#[component]
pub fn AppealAtCity() -> impl IntoView {
    let params = use_params_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<RatingAppealId>().ok()));
    move || view! { <Page id=id.get() /> }
}

#[component]
fn Page(id: Option<RatingAppealId>) -> impl IntoView {
    let i18n = use_i18n();
    let notice = Notice::new();
    let named = RwSignal::new(None::<Appeal>);
    let found = LocalResource::new(move || async move {
        let data = appeal(id.ok_or_else(|| ApiError::of("NOT_FOUND"))?).await?;
        let _ = named.try_set(Some(data.appeal.clone()));
        Ok(data)
    });
    let again = Callback::new(move |()| found.refetch());
    let heading = move || {
        let locale = i18n.get_locale();
        named.with(|row| {
            row.as_ref().map_or_else(|| td_string!(locale, bad_ratings.city.title).to_owned(), |row| title(row, locale))
        })
    };
    view! {
        <p>
            <a class="link back" href="/desk/appeals">
                <Icon mark=Mark::Back />
                {t!(i18n, bad_ratings.city.back)}
            </a>
        </p>
        <PageHeading title=heading />
        <NoticeLine notice />
        <AsyncView resource=found ready=move |data: AppealPage| view! { <Body data notice again /> } />
    }
}

#[component]
fn Body(data: AppealPage, notice: Notice, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let AppealPage { appeal: row, case } = data;
    let id = row.id;
    let works = matches!(row.center_status, CenterStatus::Active | CenterStatus::Closing);
    let rest = match (row.status, case) {
        (RatingAppealStatus::Decided, _) => view! { <Decided row=row.clone() /> }.into_any(),
        (RatingAppealStatus::Open, Some(case)) => view! { <Inside id case notice again /> }.into_any(),
        (RatingAppealStatus::Open, None) if works => view! { <Closed id notice again /> }.into_any(),
        (RatingAppealStatus::Open, None) => {
            view! { <p class="banner banner-still"><Icon mark=Mark::Lock />{t!(i18n, bad_ratings.city.stopped)}</p> }
                .into_any()
        }
    };
    view! {
        <div class="grid gap-4">
            <section class="sheet grid gap-2" aria-labelledby="appeal-head">
                <div class="person-head">
                    <h2 class="sheet-title" id="appeal-head">{t!(i18n, bad_ratings.city.put)}</h2>
                    <StateChip row=row.clone() />
                </div>
                <Summary row />
            </section>
            {rest}
        </div>
    }
}

#[component]
fn Decided(row: Appeal) -> impl IntoView {
    let i18n = use_i18n();
    let (decision, at) = (row.decision, row.decided_at.map(time::date_time));
    view! {
        <section class="sheet grid gap-2" aria-labelledby="appeal-decision">
            <h2 class="sheet-title" id="appeal-decision">
                {move || decision.map(|decision| label(i18n.get_locale(), "rating_appeal_decision", decision.key()))}
            </h2>
            {row.answer.map(|text| view! { <p class="prose-text">{text}</p> })}
            <p class="hint">{row.decided_by} " · " {at}</p>
            <p class="hint">{t!(i18n, bad_ratings.city.over)}</p>
        </section>
    }
}

/// Before it is opened: a button, and what opening means.
#[component]
fn Closed(id: RatingAppealId, notice: Notice, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let shown = RwSignal::new(false);
    view! {
        <section class="sheet grid gap-3 justify-items-start" aria-labelledby="appeal-closed">
            <h2 class="sheet-title" id="appeal-closed">{t!(i18n, bad_ratings.city.closed)}</h2>
            <p>{t!(i18n, bad_ratings.city.closed_lead)}</p>
            <button type="button" class="btn btn-primary" on:click=move |_| shown.set(true)>
                <Icon mark=Mark::Eye />
                {t!(i18n, bad_ratings.city.open)}
            </button>
        </section>
        <Dialog id="open-appeal" open=shown title=move || t_string!(i18n, bad_ratings.city.open)>
            <OpenForm id shown notice again />
        </Dialog>
    }
}

#[component]
fn OpenForm(id: RatingAppealId, shown: RwSignal<bool>, notice: Notice, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("open-appeal");
    let reason = RwSignal::new(String::new());
    let submit = move || {
        let text = reason.get_untracked().trim().to_owned();
        if state.check(form::entry("reason", &text).err().into_iter().collect()) {
            state.send(open_rating_appeal::ask(OpenRatingAppealInput { id, reason: text }), move |_| {
                shown.set(false);
                notice.show(|locale| td_string!(locale, bad_ratings.city.opened).to_owned());
                again.run(());
            });
        }
    };
    view! {
        <Form state on_submit=submit>
            <Field
                name="reason"
                kind=FieldKind::Area(form::ENTRY_MAX)
                label=move || t_string!(i18n, bad_ratings.city.reason)
                hint=move || t_string!(i18n, bad_ratings.city.reason_hint)
                value=reason
            />
            <Submit label=move || t_string!(i18n, bad_ratings.city.open) />
        </Form>
    }
}

#[component]
fn Inside(id: RatingAppealId, case: AppealedCase, notice: Notice, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let AppealedCase { named, finding, reasons, remark, events, files } = case;
    let none = files.is_empty();
    let files = files.into_iter().map(|file| view! { <li><FileShown file /></li> }).collect_view();
    view! {
        <div class="case-columns">
            <div class="case-main">
                <section class="sheet" aria-labelledby="appeal-said">
                    <h2 class="sheet-title" id="appeal-said">{t!(i18n, bad_ratings.said)}</h2>
                    <Said reasons remark />
                    <p class="hint">
                        {move || if named { t_string!(i18n, bad_ratings.named) } else { t_string!(i18n, bad_ratings.anonymous) }}
                    </p>
                    {finding.map(|finding| view! {
                        <p>{move || label(i18n.get_locale(), "bad_rating_finding", finding.key())}</p>
                    })}
                </section>
                <section class="sheet" aria-labelledby="appeal-evidence">
                    <h2 class="sheet-title" id="appeal-evidence">{t!(i18n, bad_ratings.form.evidence)}</h2>
                    {none.then(|| view! { <p class="hint">{t!(i18n, bad_ratings.city.no_evidence)}</p> })}
                    <ul class="uploads">{files}</ul>
                </section>
                <Log events />
            </div>
            <aside class="case-side">
                <DecideForm id notice again />
            </aside>
        </div>
    }
}

#[component]
fn DecideForm(id: RatingAppealId, notice: Notice, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("decide");
    let (decision, text) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let named = |value: &RatingAppealDecision| {
            (value.key(), label(locale, "rating_appeal_decision", value.key()).to_owned())
        };
        RatingAppealDecision::ALL.iter().map(named).collect()
    });
    let submit = move || {
        let words = text.get_untracked().trim().to_owned();
        let chosen = RatingAppealDecision::from_key(&decision.get_untracked());
        let missing = chosen.is_none().then(|| Violation::new("decision", "form.required"));
        let found = missing.into_iter().chain(form::entry("text", &words).err()).collect();
        if let (true, Some(decision)) = (state.check(found), chosen) {
            let input = DecideRatingAppealInput { id, decision, text: words };
            state.send(decide_rating_appeal::ask(input), move |_| {
                notice.show(|locale| td_string!(locale, bad_ratings.city.done).to_owned());
                again.run(());
            });
        }
    };
    view! {
        <section class="sheet grid gap-2" aria-labelledby="appeal-decide">
            <h2 class="sheet-title" id="appeal-decide">{t!(i18n, bad_ratings.city.decide)}</h2>
            <p>{t!(i18n, bad_ratings.city.decide_lead)}</p>
            <Form state on_submit=submit>
                <ChoiceField name="decision" label=move || t_string!(i18n, bad_ratings.city.decision) choices value=decision />
                <Field
                    name="text"
                    kind=FieldKind::Area(form::ENTRY_MAX)
                    label=move || t_string!(i18n, bad_ratings.city.why)
                    value=text
                />
                <Submit label=move || t_string!(i18n, bad_ratings.city.submit) />
            </Form>
        </section>
    }
}
