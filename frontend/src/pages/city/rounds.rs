//! `/desk/city-rounds`: rounds that the city organises in several centers, and planning one.

use domain::{
    CenterId, Violation,
    campaigns::{
        BRIEFING_MAX, CampaignKind, NAME_MAX,
        city::{CityRoundStatus, check, is_organised},
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::{
    api::city_rounds::{Center, Choices, FormChoice, PlanCityRoundInput, Round, choices, plan_city_round, rounds},
    components::{
        AsyncView, Chip, Dialog, Empty, Icon, Mark, PageHeading, Tone,
        form::{Field, FieldError, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{label, pick, t, t_string, td_string, use_i18n},
    pages::{
        posts::forms::{day, given, signal},
        steps::required,
    },
};

/// The list of rounds.
pub(super) const HOME: &str = "/desk/city-rounds";

/// The page.
#[component]
pub fn CityRounds() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(rounds);
    let open = RwSignal::new(false);
    let form = move || view! { <Planning open /> };
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, campaigns.city.title) />
            <button type="button" class="btn btn-primary" on:click=move |_| open.set(true)>
                <Icon mark=Mark::Plus />
                {t!(i18n, campaigns.city.plan)}
            </button>
        </div>
        <p class="desk-lead">{t!(i18n, campaigns.city.lead)}</p>
        <AsyncView resource=found ready=move |rows| view! { <List rows /> } />
        <Dialog id="plan-city-round" open title=move || t_string!(i18n, campaigns.city.plan)>{form}</Dialog>
    }
}

#[component]
fn List(rows: Vec<Round>) -> impl IntoView {
    let i18n = use_i18n();
    let none = rows.is_empty();
    let rows = rows.into_iter().map(|row| {
        let (kind, status) = (row.kind.key(), row.status);
        let (from, until) = (row.starts_on.to_string(), row.ends_on.to_string());
        view! {
            <li class="person-role" data-city-round=status.key()>
                <span class="grid gap-1">
                    <a class="link font-semibold" href=format!("{HOME}/{}", row.id)>{row.name}</a>
                    <span class="person-facts">
                        <span>{move || label(i18n.get_locale(), "campaign_kind", kind)}</span>
                        <span class="tabular-nums">
                            {move || t_string!(i18n, campaigns.between, from = from.as_str(), until = until.as_str())}
                        </span>
                    </span>
                </span>
                <StatusOf status />
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="city-rounds">
            <h2 class="sheet-title" id="city-rounds">{t!(i18n, campaigns.city.nav)}</h2>
            {none.then(|| view! { <Empty text=move || t_string!(i18n, campaigns.city.none) /> })}
            <ul class="settings-list">{rows}</ul>
        </section>
    }
}

/// Where a round of the city is.
#[component]
pub(super) fn StatusOf(status: CityRoundStatus) -> impl IntoView {
    let i18n = use_i18n();
    let (tone, mark) = match status {
        CityRoundStatus::Planned => (Tone::Plain, Mark::Note),
        CityRoundStatus::Open => (Tone::Active, Mark::Clock),
        CityRoundStatus::Closed => (Tone::Good, Mark::Check),
    };
    view! { <Chip tone mark text=move || label(i18n.get_locale(), "city_round_status", status.key()) /> }
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    kind: RwSignal<String>,
    form: RwSignal<String>,
    name: RwSignal<String>,
    from: RwSignal<String>,
    until: RwSignal<String>,
    briefing: RwSignal<String>,
    centers: StoredValue<Vec<(CenterId, RwSignal<bool>)>>,
}

impl Typed {
    fn of(centers: &[Center]) -> Self {
        let ticks = centers.iter().map(|center| (center.id, RwSignal::new(false))).collect();
        let [kind, form, name, from, until, briefing] = [(); 6].map(|()| signal(None));
        Self { kind, form, name, from, until, briefing, centers: StoredValue::new(ticks) }
    }

    fn kind(self) -> Option<CampaignKind> {
        self.kind.with(|key| CampaignKind::from_key(key))
    }

    fn centers(self) -> Vec<CenterId> {
        self.centers.with_value(|all| {
            all.iter().filter(|(_, ticked)| ticked.get_untracked()).map(|(center, _)| *center).collect()
        })
    }

    /// What is sent, and what is wrong with it.
    fn read(self) -> (Option<PlanCityRoundInput>, Vec<Violation>) {
        let kind = untrack(|| self.kind());
        let form = self.form.get_untracked().parse().ok();
        let (from, until, centers) = (day(self.from), day(self.until), self.centers());
        let missing = [
            ("kind", kind.is_none()),
            ("form", form.is_none()),
            ("startsOn", from.is_none()),
            ("endsOn", until.is_none()),
        ];
        let missing = missing.into_iter().filter(|(_, is)| *is);
        let mut found: Vec<_> = missing.map(|(field, _)| Violation::new(field, "form.required")).collect();
        found.extend(required("name", &self.name.get_untracked()));
        found.extend(required("briefing", &self.briefing.get_untracked()));
        found.extend(kind.map(|kind| check(kind, &centers)).unwrap_or_default());
        let (Some(kind), Some(form), Some(starts_on), Some(ends_on)) = (kind, form, from, until) else {
            return (None, found);
        };
        let (name, briefing) = (given(self.name).unwrap_or_default(), given(self.briefing).unwrap_or_default());
        let (replies_until, least) = (None, None);
        let input =
            PlanCityRoundInput { kind, centers, form, name, starts_on, ends_on, replies_until, least, briefing };
        (Some(input), found)
    }
}

#[component]
fn Planning(open: RwSignal<bool>) -> impl IntoView {
    let found = LocalResource::new(choices);
    view! { <AsyncView resource=found ready=move |choices| view! { <PlanForm choices open /> } /> }
}

#[component]
fn PlanForm(choices: Choices, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("city-round");
    let typed = Typed::of(&choices.centers);
    let navigate = use_navigate();
    let forms = StoredValue::new(choices.forms);
    let fitting = Signal::derive(move || {
        let (locale, wanted) = (i18n.get_locale(), typed.kind().map(|kind| kind.rules().form));
        let name = |form: &FormChoice| {
            let kind = label(locale, "form_kind", form.kind.key());
            let from = form.valid_from.map(|day| day.to_string()).unwrap_or_default();
            td_string!(locale, campaigns.form.version, kind = kind, number = form.number, from = from)
        };
        forms.with_value(|forms| {
            let fitting = forms.iter().filter(|form| Some(form.kind) == wanted);
            fitting.map(|form| (form.id.to_string(), name(form))).collect::<Vec<_>>()
        })
    });
    let kinds = Signal::derive(move || {
        let locale = i18n.get_locale();
        let all = CampaignKind::ALL.iter().filter(|kind| is_organised(**kind));
        all.map(|kind| (kind.key().to_owned(), label(locale, "campaign_kind", kind.key()).to_owned()))
            .collect::<Vec<_>>()
    });
    let submit = move || {
        let (input, found) = typed.read();
        let navigate = navigate.clone();
        if state.check(found)
            && let Some(input) = input
        {
            state.send(plan_city_round::ask(input), move |page| {
                open.set(false);
                navigate(&format!("{HOME}/{}", page.round.id), Default::default());
            });
        }
    };
    view! {
        <Form state on_submit=submit>
            <SelectField
                name="kind"
                label=move || t_string!(i18n, campaigns.kind)
                hint=move || t_string!(i18n, campaigns.form.kind_hint)
                choices=kinds
                value=typed.kind
            />
            <SelectField
                name="form"
                label=move || t_string!(i18n, campaigns.form.form)
                hint=move || t_string!(i18n, campaigns.form.form_hint)
                choices=fitting
                value=typed.form
            />
            <Field
                name="name"
                label=move || t_string!(i18n, campaigns.form.name)
                hint=move || t_string!(i18n, campaigns.form.name_hint, most = NAME_MAX)
                value=typed.name
            />
            <div class="pair">
                <Field name="startsOn" label=move || t_string!(i18n, campaigns.form.from) value=typed.from kind=FieldKind::Date />
                <Field name="endsOn" label=move || t_string!(i18n, campaigns.form.until) value=typed.until kind=FieldKind::Date />
            </div>
            <Field
                name="briefing"
                label=move || t_string!(i18n, campaigns.briefing)
                hint=move || t_string!(i18n, campaigns.form.briefing_hint)
                value=typed.briefing
                kind=FieldKind::Area(BRIEFING_MAX)
            />
            <Ticks centers=choices.centers typed state />
            <Submit label=move || t_string!(i18n, posts.form.save) />
        </Form>
    }
}

/// The centers, each to be ticked.
#[component]
fn Ticks(centers: Vec<Center>, typed: Typed, state: FormState) -> impl IntoView {
    let i18n = use_i18n();
    state.name_field("centers", move || t_string!(i18n, campaigns.city.centers));
    let message = state.watch("centers");
    let ticks = typed.centers.get_value();
    let rows = centers.into_iter().zip(ticks).map(|(center, (_, ticked))| {
        view! {
            <label class="choice">
                <input
                    class="choice-dot"
                    type="checkbox"
                    prop:checked=move || ticked.get()
                    on:change=move |event| ticked.set(event_target_checked(&event))
                />
                <span>{move || pick(i18n.get_locale(), &center.name_zh, &center.name_en)}</span>
            </label>
        }
    });
    let rows = rows.collect_view();
    view! {
        <fieldset class="field">
            <legend class="field-label">{t!(i18n, campaigns.city.centers)}</legend>
            <p class="hint">{t!(i18n, campaigns.city.centers_hint)}</p>
            <FieldError id=state.id("centers") message />
            <div class="choices">{rows}</div>
        </fieldset>
    }
}
