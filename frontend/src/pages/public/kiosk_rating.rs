//! A rating at the kiosk, on three screens: five faces with words, what else they like to say, thanks. Whoever stands at the
//! counter cannot tell one choice from another: all faces look alike, and so do the thanks (7.2.1.2).

use domain::{
    Violation,
    evaluation::{
        levels::FiveLevel,
        ratings::{REMARK_MAX, check_remark},
    },
};
use leptos::prelude::*;

use super::{
    faces::Faces,
    kiosk::Kiosk,
    rate::levels,
    rate_fields::{Chosen, LevelField, TicksField, focus_when_changed},
};
use crate::{
    api::{
        kiosk::{Page, Waiting},
        ratings::Line,
    },
    components::{
        PageHeading,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    dom,
    i18n::{t, t_string, use_i18n},
};

/// Which screen is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Screen {
    Level,
    More,
    Thanks,
}

/// What is being given; gone when the rating begins anew.
#[derive(Clone, Copy)]
struct Fields {
    level: RwSignal<String>,
    indicators: Chosen,
    reasons: RwSignal<Vec<String>>,
    remark: RwSignal<String>,
}

impl Fields {
    fn new() -> Self {
        let (indicators, reasons) = (RwSignal::default(), RwSignal::default());
        Self { level: RwSignal::default(), indicators, reasons, remark: RwSignal::default() }
    }

    fn level(self) -> Option<FiveLevel> {
        self.level.with_untracked(|key| FiveLevel::from_key(key))
    }

    /// What waits to be sent; reasons only after a low level.
    fn waiting(self, center: String, page: &Page, level: FiveLevel) -> Waiting {
        let chosen = self.indicators.get_untracked();
        let indicators = page.indicators.iter().filter_map(|line| {
            let level = FiveLevel::from_key(chosen.get(&line.code)?)?;
            Some((line.code.clone(), level))
        });
        Waiting {
            key: dom::new_uuid(),
            center,
            code: page.code.clone(),
            form: page.form,
            level,
            indicators: indicators.collect(),
            reasons: if level.is_bad() { self.reasons.get_untracked() } else { Vec::new() },
            remark: Some(self.remark.get_untracked().trim().to_owned()).filter(|remark| !remark.is_empty()),
        }
    }
}

/// One rating, from the faces to the thanks.
#[component]
pub(super) fn Rating(kiosk: Kiosk, page: Page) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new("kiosk");
    let fields = Fields::new();
    let screen = RwSignal::new(Screen::Level);
    focus_when_changed(move || match screen.get() {
        Screen::Level => 1,
        Screen::More => 2,
        Screen::Thanks => 3,
    });
    let asked = StoredValue::new((page.indicators.clone(), page.reasons.clone()));
    let title = move || match screen.get() {
        Screen::Level => t_string!(i18n, ratings.give.title),
        Screen::More => t_string!(i18n, ratings.give.title_more),
        Screen::Thanks => t_string!(i18n, ratings.give.thanks),
    };
    let submit = move || {
        let Some(level) = fields.level() else {
            form.check(vec![Violation::new("level", "form.required")]);
            return;
        };
        if screen.get_untracked() == Screen::Level {
            form.clear();
            screen.set(Screen::More);
            return;
        }
        let center = kiosk.enrolment.with_untracked(|known| known.as_ref().map(|known| known.center.clone()));
        let waiting = fields.waiting(center.unwrap_or_default(), &page, level);
        if form.check(waiting.remark.as_deref().and_then(check_remark).into_iter().collect()) {
            form.send(kiosk.keep(waiting), move |()| screen.set(Screen::Thanks));
        }
    };
    let submit = StoredValue::new(submit);
    view! {
        <PageHeading title />
        {move || match screen.get() {
            Screen::Thanks => view! { <Thanks kiosk /> }.into_any(),
            shown => view! {
                <Form state=form on_submit=move || submit.with_value(|submit| submit())>
                    {if shown == Screen::Level {
                        view! { <Level level=fields.level /> }.into_any()
                    } else {
                        let (indicators, reasons) = asked.get_value();
                        view! { <More fields indicators reasons back=move || screen.set(Screen::Level) /> }.into_any()
                    }}
                </Form>
            }
            .into_any(),
        }}
    }
}

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
        <p class="hint">{t!(i18n, kiosk.secret)}</p>
        <Submit label=move || t_string!(i18n, ratings.give.next) />
    }
}

/// All of it may be left empty. No phone is asked for: it would lie in the clear in a device that stands in a hall.
#[component]
fn More(fields: Fields, indicators: Vec<Line>, reasons: Vec<Line>, #[prop(into)] back: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let low = fields.level().is_some_and(FiveLevel::is_bad);
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
    let hint =
        move || if low { t_string!(i18n, kiosk.remark_low_hint) } else { t_string!(i18n, ratings.give.remark_hint) };
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
        <div class="form-buttons">
            <button type="button" class="btn btn-outline" on:click=move |_| back.run(())>
                {t!(i18n, ratings.give.back)}
            </button>
            <Submit label=move || t_string!(i18n, ratings.give.submit) />
        </div>
    }
}

/// The same for whatever was given, and whether or not there is a network.
#[component]
fn Thanks(kiosk: Kiosk) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p class="panel panel-good" role="status">{t!(i18n, kiosk.thanks)}</p>
        <p>
            <button type="button" class="btn btn-primary" on:click=move |_| kiosk.anew()>
                {t!(i18n, kiosk.done)}
            </button>
        </p>
    }
}
