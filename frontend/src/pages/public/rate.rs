//! `/r/:code/:point`, and `/r/:code/link#TOKEN`: the good-bad rating (7.2.3.4), by the code on a poster or by the link after
//! an answered complaint. Five faces, then what else they like to say, then thanks; nobody is asked who they are.

use domain::{
    Violation,
    evaluation::{
        levels::FiveLevel,
        ratings::{REMARK_MAX, check_contact, check_remark},
    },
};
use leptos::prelude::*;

use super::{
    faces::Faces,
    frame::{Crumbs, use_center},
    rate_fields::{
        Chosen, Dead, Kept, LevelField, Place, TicksField, focus_when_changed, point_of_address, token_of_address,
    },
};
use crate::{
    api::ratings::{self, GiveRatingInput, Line, Page, RatedIndicatorInput, Receipt, give_rating},
    components::{
        AsyncView, Icon, Mark, PageHeading,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{I18n, label, t, t_string, use_i18n},
};

/// The page.
#[component]
pub fn RatePage() -> impl IntoView {
    let center = use_center();
    let (point, link) = (point_of_address(), token_of_address());
    // Neither a point nor a token: nothing to ask for.
    let leads_nowhere = point.is_none() && link.is_none();
    let asked = (center.code.clone(), point.clone());
    let found = LocalResource::new(move || {
        let (center, point) = asked.clone();
        async move { if leads_nowhere { Ok(None) } else { ratings::page(center, point).await } }
    });
    let code = center.code.clone();
    let ready = move |page: Option<Page>| {
        let (center, link) = (code.clone(), link.clone());
        let survey = point.as_ref().map(|point| format!("/r/{center}/{point}/survey"));
        match page {
            Some(page) => view! { <Giving center page link survey /> }.into_any(),
            None => view! { <Dead /> }.into_any(),
        }
    };
    view! {
        <div class="narrow">
            <Crumbs center />
            <AsyncView resource=found ready />
        </div>
    }
}

/// What is being filled in.
#[derive(Clone, Copy)]
struct Fields {
    level: RwSignal<String>,
    indicators: Chosen,
    reasons: RwSignal<Vec<String>>,
    remark: RwSignal<String>,
    contact: RwSignal<String>,
}

impl Fields {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        let (indicators, reasons) = (RwSignal::default(), RwSignal::default());
        Self { level: text(), indicators, reasons, remark: text(), contact: text() }
    }

    /// All in all. Reactive.
    fn level(self) -> Option<FiveLevel> {
        self.level.with(|key| FiveLevel::from_key(key))
    }

    fn is_low(self) -> bool {
        self.level().is_some_and(FiveLevel::is_bad)
    }

    /// What is sent besides the level; reasons and a phone only after a low one.
    fn input(self, center: String, token: String, page: &Page, level: FiveLevel) -> GiveRatingInput {
        let given = |text: RwSignal<String>| Some(text.get_untracked().trim().to_owned()).filter(|t| !t.is_empty());
        let chosen = self.indicators.get_untracked();
        let indicators = page.indicators.iter().filter_map(|line| {
            let level = FiveLevel::from_key(chosen.get(&line.code)?)?;
            Some(RatedIndicatorInput { code: line.code.clone(), level })
        });
        let low = level.is_bad();
        GiveRatingInput {
            center,
            token,
            form: page.form,
            level,
            indicators: indicators.collect(),
            reasons: if low { self.reasons.get_untracked() } else { Vec::new() },
            remark: given(self.remark),
            contact: given(self.contact).filter(|_| low),
        }
    }
}

/// The five levels, the best first, each with its name.
pub(super) fn levels(i18n: I18n) -> Vec<(&'static str, TextProp)> {
    let named = |level: &FiveLevel| {
        let key = level.key();
        (key, TextProp::from(move || label(i18n.get_locale(), "five_level", key)))
    };
    FiveLevel::ALL.iter().map(named).collect()
}

#[component]
fn Giving(center: String, page: Page, link: Option<String>, survey: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new("rate");
    let fields = Fields::new();
    let more = RwSignal::new(false);
    let receipt = RwSignal::new(None::<Receipt>);
    focus_when_changed(move || {
        if receipt.with(Option::is_some) {
            3
        } else if more.get() {
            2
        } else {
            1
        }
    });
    let (point, signed_in) = (page.point.clone(), page.signed_in);
    let token = page.token.clone().or(link).filter(|_| !signed_in);
    let may = token.is_some();
    let asked = StoredValue::new((page.indicators.clone(), page.reasons.clone()));
    let title = move || match (receipt.with(Option::is_some), more.get()) {
        (true, _) => t_string!(i18n, ratings.give.thanks),
        (false, true) if fields.is_low() => t_string!(i18n, ratings.give.title_low),
        (false, true) => t_string!(i18n, ratings.give.title_more),
        (false, false) => t_string!(i18n, ratings.give.title),
    };
    let send = move || {
        let Some(level) = untrack(move || fields.level()) else {
            form.check(vec![Violation::new("level", "form.required")]);
            return;
        };
        if !more.get_untracked() {
            form.clear();
            more.set(true);
            return;
        }
        let Some(token) = token.clone() else { return };
        let input = fields.input(center.clone(), token, &page, level);
        let mut found: Vec<_> = input.remark.as_deref().and_then(check_remark).into_iter().collect();
        found.extend(input.contact.as_deref().and_then(check_contact));
        if form.check(found) {
            form.send(give_rating::ask(input), move |answer| receipt.set(Some(answer)));
        }
    };
    let send = StoredValue::new(send);
    view! {
        <div class="grid gap-2">
            <PageHeading title />
            <Place point signed_in />
        </div>
        {move || match receipt.get() {
            Some(receipt) => view! { <Thanks receipt survey=survey.clone() /> }.into_any(),
            None => view! {
                <Form state=form on_submit=move || send.with_value(|send| send())>
                    {move || {
                        if more.get() {
                            let (indicators, reasons) = asked.get_value();
                            view! { <More fields indicators reasons may back=move || more.set(false) /> }.into_any()
                        } else {
                            view! { <Level level=fields.level /> }.into_any()
                        }
                    }}
                </Form>
            }
            .into_any(),
        }}
    }
}

/// The first screen.
#[component]
fn Level(level: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Faces
            name="level"
            question=move || t_string!(i18n, ratings.give.question)
            levels=levels(i18n)
            value=level
        />
        <p class="hint">{t!(i18n, ratings.give.secret)}</p>
        <Submit label=move || t_string!(i18n, ratings.give.next) />
    }
}

/// The second one: all of it may be left empty.
#[component]
fn More(
    fields: Fields,
    indicators: Vec<Line>,
    reasons: Vec<Line>,
    may: bool,
    #[prop(into)] back: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let low = untrack(move || fields.is_low());
    let rows = indicators.into_iter().map(|line| {
        view! { <LevelField rows="indicators" line levels=levels(i18n) chosen=fields.indicators optional=true /> }
    });
    let rows = rows.collect_view();
    let why = (low && !reasons.is_empty()).then(|| {
        view! {
            <TicksField
                name="reasons"
                legend=move || t_string!(i18n, ratings.give.reasons)
                lines=reasons
                ticked=fields.reasons
            />
        }
    });
    let contact = low.then(|| {
        view! {
            <Field
                name="contact"
                label=move || t_string!(i18n, ratings.give.contact)
                hint=move || t_string!(i18n, ratings.give.contact_hint)
                value=fields.contact
                kind=FieldKind::Tel
                optional=true
                autocomplete="tel"
            />
        }
    });
    let hint = move || {
        if low { t_string!(i18n, ratings.give.remark_low_hint) } else { t_string!(i18n, ratings.give.remark_hint) }
    };
    view! {
        <p class="hint">{t!(i18n, ratings.give.more_lead)}</p>
        {why}
        {rows}
        <Field
            name="remark"
            label=move || t_string!(i18n, ratings.give.remark)
            hint
            value=fields.remark
            kind=FieldKind::Area(REMARK_MAX)
            optional=true
        />
        {contact}
        <div class="form-buttons">
            <button type="button" class="btn btn-outline" on:click=move |_| back.run(())>
                {t!(i18n, ratings.give.back)}
            </button>
            {may.then(|| view! { <Submit label=move || t_string!(i18n, ratings.give.submit) /> })}
        </div>
    }
}

/// The third one.
#[component]
fn Thanks(receipt: Receipt, survey: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    let more = survey.map(|href| {
        view! {
            <p>
                <a class="btn btn-outline" href=href>
                    <Icon mark=Mark::Note />
                    {t!(i18n, ratings.give.survey)}
                </a>
            </p>
        }
    });
    view! {
        <p class="panel panel-good" role="status">{t!(i18n, ratings.give.thanks_text)}</p>
        <Kept receipt />
        {more}
    }
}
