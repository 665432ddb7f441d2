//! `/desk/city-rounds/:id`: a round of the city with each center's part in it, side by side, and opening and closing it.

use domain::{
    CityRoundId,
    campaigns::{CampaignStatus, city::CityRoundAction, results::written},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::rounds::{HOME, StatusOf};
use crate::{
    api::{
        ApiError,
        city_rounds::{Page, Part, SeenCityRoundInput, close_city_round, open_city_round, round},
    },
    components::{
        AsyncView, Dialog, Icon, Mark, PageHeading,
        form::{Form, FormState, Submit},
    },
    i18n::{error_text, label, pick, t, t_string, use_i18n},
    time,
};

/// What is asked for.
#[derive(Clone, Copy)]
struct Act {
    seen: RwSignal<Option<(CityRoundId, i32, CityRoundAction)>>,
    open: RwSignal<bool>,
    again: Callback<()>,
}

/// The page.
#[component]
pub fn CityRoundPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<CityRoundId>().ok()));
    let name = RwSignal::new(None::<String>);
    let found = LocalResource::new(move || async move {
        let id = id.get_untracked().ok_or_else(|| ApiError::of("NOT_FOUND"))?;
        let page = round(id).await?;
        let _ = name.try_set(Some(page.round.name.clone()));
        Ok(page)
    });
    let act =
        Act { seen: RwSignal::new(None), open: RwSignal::new(false), again: Callback::new(move |()| found.refetch()) };
    let form = move || act.seen.get().map(|seen| view! { <ActForm seen act /> });
    let heading = move || {
        let locale = i18n.get_locale();
        act.seen.get().map_or("", |(.., action)| label(locale, "city_round_action", action.key()))
    };
    view! {
        <p>
            <a class="link back" href=HOME>
                <Icon mark=Mark::Back />
                {t!(i18n, campaigns.city.back)}
            </a>
        </p>
        <PageHeading title=move || name.get().unwrap_or_else(|| t_string!(i18n, campaigns.city.title).to_owned()) />
        <AsyncView resource=found ready=move |page| view! { <Body page act /> } />
        <Dialog id="city-round-act" open=act.open title=heading>{form}</Dialog>
    }
}

#[component]
fn ActForm(seen: (CityRoundId, i32, CityRoundAction), act: Act) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("city-round-act");
    let (id, version, action) = seen;
    let submit = move || {
        let seen = SeenCityRoundInput { id, version };
        let done = move |_: Page| {
            act.open.set(false);
            act.again.run(());
        };
        match action {
            CityRoundAction::Open => state.send(open_city_round::ask(seen), done),
            CityRoundAction::Close => state.send(close_city_round::ask(seen), done),
        }
    };
    let lead = move || match action {
        CityRoundAction::Open => t_string!(i18n, campaigns.city.act_open),
        CityRoundAction::Close => t_string!(i18n, campaigns.city.act_close),
    };
    view! {
        <p>{lead}</p>
        <Form state on_submit=submit>
            <Submit label=move || label(i18n.get_locale(), "city_round_action", action.key()) />
        </Form>
    }
}

#[component]
fn Body(page: Page, act: Act) -> impl IntoView {
    let i18n = use_i18n();
    let Page { round, form_number, parts, actions } = page;
    let (id, version, kind) = (round.id, round.version, round.kind);
    let (from, until) = (round.starts_on.to_string(), round.ends_on.to_string());
    let buttons = actions.into_iter().map(|action| {
        let begin = move |_| {
            act.seen.set(Some((id, version, action)));
            act.open.set(true);
        };
        view! {
            <button type="button" class="btn btn-primary" data-action=action.key() on:click=begin>
                {move || label(i18n.get_locale(), "city_round_action", action.key())}
            </button>
        }
    });
    let buttons = buttons.collect_view();
    let form = move || {
        let name = label(i18n.get_locale(), "form_kind", kind.rules().form.key());
        t_string!(i18n, campaigns.form_of, name = name, number = form_number)
    };
    view! {
        <section class="sheet" aria-labelledby="city-round-facts">
            <div class="person-head">
                <h2 class="sheet-title" id="city-round-facts">{t!(i18n, campaigns.facts)}</h2>
                <StatusOf status=round.status />
            </div>
            <dl class="desk-facts">
                <dt>{t!(i18n, campaigns.kind)}</dt>
                <dd>{move || label(i18n.get_locale(), "campaign_kind", kind.key())}</dd>
                <dt>{t!(i18n, campaigns.form.form)}</dt>
                <dd>{form}</dd>
                <dt>{t!(i18n, campaigns.rate.days)}</dt>
                <dd class="tabular-nums">
                    {move || t_string!(i18n, campaigns.between, from = from.as_str(), until = until.as_str())}
                </dd>
                <dt>{t!(i18n, campaigns.replies_until)}</dt>
                <dd class="tabular-nums">{round.replies_until.to_string()}</dd>
                <dt>{t!(i18n, campaigns.least)}</dt>
                <dd class="tabular-nums">{round.least}</dd>
            </dl>
            <details class="fold">
                <summary class="link">{t!(i18n, campaigns.briefing)}</summary>
                <p class="prose-text">{round.briefing}</p>
            </details>
            <div class="person-acts">{buttons}</div>
        </section>
        <Parts parts />
    }
}

/// Each center's part, in the city's order: figures of different panels are neither added up nor ranked.
#[component]
fn Parts(parts: Vec<Part>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = parts.into_iter().map(|part| view! { <Line part /> }).collect_view();
    view! {
        <section class="sheet" aria-labelledby="city-round-parts">
            <h2 class="sheet-title" id="city-round-parts">{t!(i18n, campaigns.city.centers)}</h2>
            <p class="hint">{t!(i18n, campaigns.city.side_by_side)}</p>
            <div class="table-box" tabindex="0" role="region" aria-labelledby="city-round-parts">
                <table class="figures">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, campaigns.city.center)}</th>
                            <th scope="col">{t!(i18n, campaigns.city.state)}</th>
                            <th scope="col">{t!(i18n, campaigns.city.raters)}</th>
                            <th scope="col" class="number">{t!(i18n, campaigns.city.handed_in)}</th>
                            <th scope="col" class="number">{t!(i18n, campaigns.city.open_remarks)}</th>
                            <th scope="col" class="number">{t!(i18n, campaigns.city.mean)}</th>
                            <th scope="col">{t!(i18n, campaigns.city.told_at)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Line(part: Part) -> impl IntoView {
    let i18n = use_i18n();
    let Part { center, status, problem, named, accepted, handed_in, open_remarks, mean, forms, told_at } = part;
    let state = move || {
        let locale = i18n.get_locale();
        status.map_or(t_string!(i18n, campaigns.city.untold), |status| label(locale, "campaign_status", status.key()))
    };
    let mean = mean.map(|mean| written(u32::try_from(mean).unwrap_or_default()));
    let of = forms.map(|count| {
        view! { <span class="hint">{move || t_string!(i18n, campaigns.city.forms_of, count = count)}</span> }
    });
    view! {
        <tr data-part=status.map_or("none", CampaignStatus::key)>
            <th scope="row">{move || pick(i18n.get_locale(), &center.name_zh, &center.name_en)}</th>
            <td>
                {state}
                {problem.map(|code| view! { <p class="hint">{move || error_text(i18n.get_locale(), &code, &[])}</p> })}
            </td>
            <td>{move || t_string!(i18n, campaigns.city.accepted_of, accepted = accepted, named = named)}</td>
            <td class="number tabular-nums">{handed_in}</td>
            <td class="number tabular-nums">{open_remarks}</td>
            <td class="number tabular-nums">{mean} " " {of}</td>
            <td class="tabular-nums">{told_at.map(time::date_time)}</td>
        </tr>
    }
}
