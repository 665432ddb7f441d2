//! A form as whoever rates by it will see it: as wide as a phone, in the one language or the other. It may be tried;
//! nothing is kept.

use domain::evaluation::{
    forms::{Conduct, FormContent, GoodBad, Line, Questionnaire, ThirdParty, Words},
    levels::{FiveLevel, FourLevel},
};
use leptos::prelude::*;

use crate::{
    components::{Chip, Mark, Tone},
    i18n::{I18nLocaleTrait, Locale, label, pick, t, t_string, td_string, use_i18n},
};

/// The preview.
#[component]
pub(super) fn Preview(content: Signal<Option<FormContent>>) -> impl IntoView {
    let i18n = use_i18n();
    let language = RwSignal::new(i18n.get_locale_untracked());
    let choose = [(Locale::zh_CN, "中文"), (Locale::en, "English")].map(|(locale, name)| {
        view! {
            <button
                type="button"
                class="btn btn-outline btn-small"
                lang=locale.as_str()
                aria-pressed=move || if language.get() == locale { "true" } else { "false" }
                on:click=move |_| language.set(locale)
            >
                {name}
            </button>
        }
    });
    let form = move || {
        let locale = language.get();
        content.with(|content| match content {
            Some(FormContent::Conduct(form)) => conduct(form, locale),
            Some(FormContent::Questionnaire(form)) => questionnaire(form, locale),
            Some(FormContent::GoodBad(form)) => good_bad(form, locale),
            Some(FormContent::ThirdParty(form)) => third_party(form, locale),
            None => view! { <p>{t!(i18n, forms.unreadable)}</p> }.into_any(),
        })
    };
    view! {
        <section class="sheet" aria-labelledby="form-preview">
            <h2 class="sheet-title" id="form-preview">{t!(i18n, forms.preview)}</h2>
            <p class="hint">{t!(i18n, forms.preview_lead)}</p>
            <div class="person-acts" role="group" aria-label=move || t_string!(i18n, forms.preview_language)>{choose}</div>
            <div
                class="grid max-w-[22.5rem] gap-5 rounded-box border border-base-300 bg-base-200 p-4"
                lang=move || language.get().as_str()
                data-preview=move || language.get().as_str()
            >
                {form}
            </div>
        </section>
    }
}

fn say(words: &Words, locale: Locale) -> String {
    pick(locale, &words.zh, &words.en)
}

fn conduct(form: &Conduct, locale: Locale) -> AnyView {
    let dimensions = form.dimensions.iter().map(|dimension| {
        let items = dimension.items.iter().map(|item| {
            let size = match item.size {
                Some(size) => td_string!(locale, forms.off, n = size.to_string()),
                None => td_string!(locale, forms.veto_mark).to_owned(),
            };
            let proof = item.evidence.then(|| td_string!(locale, forms.evidence));
            let (tone, mark) = if item.size.is_some() { (Tone::Plain, Mark::Info) } else { (Tone::Bad, Mark::Alert) };
            tick(say(&item.title, locale), size, (tone, mark), proof)
        });
        let points = td_string!(locale, forms.points_of, n = dimension.points);
        view! {
            <section class="grid gap-2">
                <h3 class="font-bold">{say(&dimension.title, locale)} " · " {points}</h3>
                {items.collect_view()}
            </section>
        }
    });
    let dimensions = dimensions.collect_view();
    let bonus = form.bonus.items.iter().map(|item| {
        let size = td_string!(locale, forms.gives, n = item.size.to_string());
        tick(say(&item.title, locale), size, (Tone::Good, Mark::Plus), None)
    });
    let bonus = bonus.collect_view();
    let cap = td_string!(locale, forms.bonus_cap, n = form.bonus.cap.to_string());
    let has_bonus = !form.bonus.items.is_empty();
    view! {
        {dimensions}
        {has_bonus.then(|| view! {
            <section class="grid gap-2">
                <h3 class="font-bold">{td_string!(locale, forms.bonus)}</h3>
                <p class="hint">{cap}</p>
                {bonus}
            </section>
        })}
    }
    .into_any()
}

/// Something that may be found, with what it takes or gives.
fn tick(title: String, size: String, (tone, mark): (Tone, Mark), proof: Option<&'static str>) -> AnyView {
    view! {
        <label class="choice">
            <input class="choice-dot" type="checkbox" />
            <span class="grid min-w-0 gap-1">
                {title}
                <span class="chips">
                    <Chip tone mark text=size />
                    {proof.map(|text| view! { <Chip tone=Tone::Plain mark=Mark::Camera text /> })}
                </span>
            </span>
        </label>
    }
    .into_any()
}

fn questionnaire(form: &Questionnaire, locale: Locale) -> AnyView {
    let departments = form.departments.rows.iter().flat_map(|row| &row.choices);
    let departments = departments.map(|choice| say(&choice.title, locale)).collect();
    let levels = || FourLevel::ALL.iter().map(|level| label(locale, "four_level", level.key()).to_owned()).collect();
    let rows = form.rows.iter().map(|row| choice(&row.code, say(&row.title, locale), levels()));
    let rows = rows.collect_view();
    let limit = form.remark.limit;
    view! {
        <label class="field">
            <span class="field-label">{say(&form.time, locale)}</span>
            <input class="input-line" type="date" />
        </label>
        {choice("departments", say(&form.departments.title, locale), departments)}
        {rows}
        <label class="field">
            <span class="field-label">{say(&form.remark.title, locale)}</span>
            <textarea class="input-area" rows="3" maxlength=limit.to_string()></textarea>
            <span class="hint">{td_string!(locale, forms.remark_limit, n = limit)}</span>
        </label>
    }
    .into_any()
}

/// One of several, none chosen beforehand.
fn choice(name: &str, title: String, choices: Vec<String>) -> AnyView {
    let name = format!("preview-{name}");
    let choices = choices.into_iter().map(|text| {
        view! {
            <label class="choice">
                <input class="choice-dot" type="radio" name=name.clone() />
                <span class="min-w-0">{text}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="field-label">{title}</legend>
            <div class="grid gap-2">{choices.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn good_bad(form: &GoodBad, locale: Locale) -> AnyView {
    let channels = form.channels.iter().map(|channel| {
        let key = channel.channel.key();
        let indicators = channel.indicators.iter().map(|indicator| {
            choice(&format!("{key}-{}", indicator.code), say(&indicator.title, locale), stars(locale))
        });
        view! {
            <section class="grid gap-3">
                <h3 class="font-bold">{label(locale, "rating_channel", key)}</h3>
                {indicators.collect_view()}
            </section>
        }
    });
    let reasons = form.reasons.iter().map(|reason| reason_line(reason, locale)).collect_view();
    view! {
        {channels.collect_view()}
        <section class="grid gap-2">
            <h3 class="font-bold">{td_string!(locale, forms.reasons)}</h3>
            <p class="hint">{td_string!(locale, forms.after_bad)}</p>
            {reasons}
        </section>
    }
    .into_any()
}

fn stars(locale: Locale) -> Vec<String> {
    FiveLevel::ALL.iter().map(|level| label(locale, "five_level", level.key()).to_owned()).collect()
}

fn reason_line(reason: &Line, locale: Locale) -> AnyView {
    view! {
        <label class="choice">
            <input class="choice-dot" type="checkbox" />
            <span class="min-w-0">{say(&reason.title, locale)}</span>
        </label>
    }
    .into_any()
}

fn third_party(form: &ThirdParty, locale: Locale) -> AnyView {
    let groups = form.groups.iter().map(|group| {
        let lines = group.indicators.iter().map(|indicator| {
            let weight = td_string!(locale, forms.weight_of, n = indicator.weight);
            view! {
                <li class="flex items-start justify-between gap-3">
                    <span class="min-w-0">{say(&indicator.title, locale)}</span>
                    <span class="flex-none"><Chip tone=Tone::Plain mark=Mark::Info text=weight /></span>
                </li>
            }
        });
        let weight = td_string!(locale, forms.weight_of, n = group.weight());
        view! {
            <section class="grid gap-2">
                <h3 class="font-bold">{say(&group.title, locale)} " · " {weight}</h3>
                <ul class="grid gap-2">{lines.collect_view()}</ul>
            </section>
        }
    });
    groups.collect_view().into_any()
}
