//! `/desk/centers`: taking centers in, stopping and closing them, and who administers them.

use domain::{
    CenterId,
    center::{CenterAction, CenterKind, CenterStatus, check_code},
};
use leptos::prelude::*;

use crate::{
    api::city::{ChangeCenterInput, CityCenter, CreateCenterInput, centers, change_center, create_center},
    components::{
        AsyncView, Chip, Dialog, Icon, Mark, Notice, NoticeLine, PageHeading, Tone,
        form::{ChoiceField, Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{Locale, label, pick, t, t_string, td_string, use_i18n},
    pages::{
        people::{
            invite::AppointForm,
            link::{LinkDialog, Made},
        },
        steps::required,
    },
    time,
};

/// What is done to which center.
#[derive(Clone)]
enum Chosen {
    Create,
    Step(CityCenter, CenterAction),
    Appoint(CityCenter),
}

impl Chosen {
    fn title(&self, locale: Locale) -> String {
        match self {
            Self::Create => td_string!(locale, desk.centers.create).to_owned(),
            Self::Step(_, action) => label(locale, "center_action", action.key()).to_owned(),
            Self::Appoint(_) => td_string!(locale, desk.appoint.title).to_owned(),
        }
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Office {
    chosen: RwSignal<Option<Chosen>>,
    open: RwSignal<bool>,
    made: RwSignal<Option<Made>>,
    showing: RwSignal<bool>,
    notice: Notice,
    again: Callback<()>,
}

impl Office {
    fn choose(self, chosen: Chosen) {
        self.chosen.set(Some(chosen));
        self.open.set(true);
    }

    fn done(self, words: impl Fn(Locale) -> String + Send + Sync + 'static) {
        self.open.set(false);
        self.notice.show(words);
        self.again.run(());
    }
}

fn name(locale: Locale, row: &CityCenter) -> String {
    pick(locale, &row.center.name_zh, &row.center.name_en)
}

/// The page.
#[component]
pub fn Centers() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(centers);
    let office = Office {
        chosen: RwSignal::new(None),
        open: RwSignal::new(false),
        made: RwSignal::new(None),
        showing: RwSignal::new(false),
        notice: Notice::new(),
        again: Callback::new(move |()| found.refetch()),
    };
    let ready = move |rows: Vec<CityCenter>| {
        let rows = rows.into_iter().map(|row| view! { <Center row office /> }).collect_view();
        view! { <ul class="case-cards">{rows}</ul> }
    };
    let title =
        move || office.chosen.with(|chosen| chosen.as_ref().map(|c| c.title(i18n.get_locale()))).unwrap_or_default();
    let form = move || {
        office.chosen.get().map(|chosen| match chosen {
            Chosen::Create => view! { <CreateForm office /> }.into_any(),
            Chosen::Step(row, action) => view! { <StepForm row action office /> }.into_any(),
            Chosen::Appoint(row) => {
                let done = Callback::new(move |made| {
                    office.open.set(false);
                    office.made.set(Some(made));
                    office.showing.set(true);
                });
                row.center.center_id.map(|center| view! { <AppointForm center done /> }).into_any()
            }
        })
    };
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, desk.centers.title) />
            <button type="button" class="btn btn-primary" on:click=move |_| office.choose(Chosen::Create)>
                <Icon mark=Mark::Plus />
                {t!(i18n, desk.centers.create)}
            </button>
        </div>
        <p class="desk-lead">{t!(i18n, desk.centers.lead)}</p>
        <NoticeLine notice=office.notice />
        <AsyncView resource=found ready />
        <Dialog id="center" open=office.open title=title>{form}</Dialog>
        <LinkDialog made=office.made showing=office.showing />
    }
}

// What can be asked for; the server has the last word.
const fn steps(status: CenterStatus) -> &'static [CenterAction] {
    use CenterAction as A;
    match status {
        CenterStatus::Active => &[A::Suspend, A::BeginClosing],
        CenterStatus::Suspended => &[A::Reinstate, A::BeginClosing],
        CenterStatus::Closing => &[A::Close, A::KeepOpen],
        CenterStatus::Closed => &[],
    }
}

#[component]
fn Center(row: CityCenter, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let status = row.status;
    let (tone, mark) = match status {
        CenterStatus::Active => (Tone::Good, Mark::Check),
        CenterStatus::Suspended => (Tone::Warn, Mark::Pause),
        CenterStatus::Closing => (Tone::Active, Mark::Clock),
        CenterStatus::Closed => (Tone::Still, Mark::Lock),
    };
    let buttons = steps(status).iter().map(|action| {
        let chosen = Chosen::Step(row.clone(), *action);
        let text = move || label(i18n.get_locale(), "center_action", action.key());
        view! { <Act chosen text office /> }
    });
    let buttons = buttons.collect_view();
    let appoint = (status == CenterStatus::Active).then(|| {
        let text = move || t_string!(i18n, desk.appoint.title);
        view! { <Act chosen=Chosen::Appoint(row.clone()) text office /> }
    });
    let exported = row.exported.as_ref().map(|taken| time::date_time(taken.at));
    let exported = exported.map(|at| {
        view! { <span>{move || t_string!(i18n, desk.centers.exported, at = at.as_str())}</span> }
    });
    let changes = row.changes.clone();
    let history = (!changes.is_empty()).then(|| view! { <History changes /> });
    let (shown, kind) = (row.clone(), row.kind);
    view! {
        <li class="card-case person" data-center=row.center.code.clone()>
            <div class="person-head">
                <h2 class="card-title">{move || name(i18n.get_locale(), &shown)}</h2>
                <Chip tone mark text=move || label(i18n.get_locale(), "center_status", status.key()) />
            </div>
            <p class="person-facts">
                {kind.map(|kind| view! { <span>{move || label(i18n.get_locale(), "center_kind", kind.key())}</span> })}
                <span>{t!(i18n, desk.centers.code)} " " <code>{row.center.code.clone()}</code></span>
                {exported}
            </p>
            <div class="person-acts">{appoint} {buttons}</div>
            {history}
        </li>
    }
}

#[component]
fn Act(chosen: Chosen, #[prop(into)] text: TextProp, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let named = match &chosen {
        Chosen::Create => None,
        Chosen::Step(row, _) | Chosen::Appoint(row) => Some(row.clone()),
    };
    let spoken = text.clone();
    // Twenty buttons of one name tell nothing to whoever only hears them.
    let aria = move || {
        let center = named.as_ref().map(|row| name(i18n.get_locale(), row)).unwrap_or_default();
        format!("{}: {center}", spoken.get())
    };
    view! {
        <button
            type="button"
            class="btn btn-outline btn-small"
            aria-label=aria
            on:click=move |_| office.choose(chosen.clone())
        >
            {move || text.get()}
        </button>
    }
}

#[component]
fn History(changes: Vec<crate::api::city::CenterChange>) -> impl IntoView {
    let i18n = use_i18n();
    let lines = changes.into_iter().map(|change| {
        let at = time::date_time(change.at);
        let action = change.action;
        view! {
            <li>
                <span class="font-semibold">{move || label(i18n.get_locale(), "center_action", action.key())}</span>
                " · " {change.by} " · " {at}
                {(!change.reason.is_empty()).then(|| view! { <p>{change.reason}</p> })}
            </li>
        }
    });
    view! {
        <details class="more">
            <summary class="btn btn-ghost btn-small">
                <Icon mark=Mark::ChevronDown />
                {t!(i18n, desk.centers.history)}
            </summary>
            <ul class="grid gap-3 mt-3">{lines.collect_view()}</ul>
        </details>
    }
}

#[component]
fn StepForm(row: CityCenter, action: CenterAction, office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("center-step");
    let reason = RwSignal::new(String::new());
    let lead = move || {
        let locale = i18n.get_locale();
        match action {
            CenterAction::Suspend => td_string!(locale, desk.centers.suspend_lead),
            CenterAction::Reinstate => td_string!(locale, desk.centers.reinstate_lead),
            CenterAction::BeginClosing => td_string!(locale, desk.centers.begin_closing_lead),
            CenterAction::KeepOpen => td_string!(locale, desk.centers.keep_open_lead),
            CenterAction::Close | CenterAction::Create => td_string!(locale, desk.centers.close_lead),
        }
    };
    let (shown, told) = (row.clone(), row.clone());
    let submit = move || {
        let text = reason.get_untracked().trim().to_owned();
        let (true, Some(center_id)) = (state.check(required("reason", &text)), row.center.center_id) else { return };
        let told = told.clone();
        state.send(change_center::ask(ChangeCenterInput { center_id, action, reason: text }), move |_| {
            office.done(move |locale| {
                let (action, name) = (label(locale, "center_action", action.key()), name(locale, &told));
                td_string!(locale, desk.centers.done, action = action, name = name.as_str())
            });
        });
    };
    view! {
        <p class="quote font-semibold">{move || name(i18n.get_locale(), &shown)}</p>
        <p>{lead}</p>
        <Form state on_submit=submit>
            <Field
                name="reason"
                kind=FieldKind::Area(500)
                label=move || t_string!(i18n, desk.act.reason)
                value=reason
                hint=move || t_string!(i18n, desk.centers.reason_hint)
            />
            <Submit label=move || label(i18n.get_locale(), "center_action", action.key()) />
        </Form>
    }
}

#[component]
fn CreateForm(office: Office) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("center-new");
    let empty = || RwSignal::new(String::new());
    let (code, name_zh, name_en, kind) = (empty(), empty(), empty(), empty());
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        CenterKind::ALL.iter().map(|kind| (kind.key(), label(locale, "center_kind", kind.key()).to_owned())).collect()
    });
    let submit = move || {
        let typed = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let (code, zh, en) = (typed(code).to_lowercase(), typed(name_zh), typed(name_en));
        let mut found = required("nameZh", &zh);
        found.extend(required("nameEn", &en));
        found.extend(check_code(&code).err());
        let chosen = CenterKind::from_key(&kind.get_untracked());
        found.extend(chosen.is_none().then(|| domain::Violation::new("kind", "form.required")));
        let (true, Some(kind)) = (state.check(found), chosen) else { return };
        let input = CreateCenterInput { code, name_zh: zh.clone(), name_en: en.clone(), kind };
        state.send(create_center::ask(input), move |_: CenterId| {
            office.done(move |locale| {
                let name = pick(locale, &zh, &en);
                td_string!(locale, desk.centers.created, name = name.as_str())
            });
        });
    };
    view! {
        <p>{t!(i18n, desk.centers.create_lead)}</p>
        <Form state on_submit=submit>
            <Field name="nameZh" label=move || t_string!(i18n, desk.centers.name_zh) value=name_zh />
            <Field name="nameEn" label=move || t_string!(i18n, desk.centers.name_en) value=name_en />
            <Field
                name="code"
                label=move || t_string!(i18n, desk.centers.code)
                value=code
                hint=move || t_string!(i18n, desk.centers.code_hint)
            />
            <ChoiceField name="kind" label=move || t_string!(i18n, desk.centers.kind) choices value=kind />
            <Submit label=move || t_string!(i18n, desk.centers.create) />
        </Form>
    }
}
