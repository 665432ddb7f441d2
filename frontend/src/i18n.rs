//! Texts. Static ones are checked at compile time (`t!`, from `locales/*/{common,portal,…}.json`);
//! texts whose key comes from data (an enum value, an error code) are looked up by [`label`] and [`error_text`].

use std::{collections::HashMap, sync::OnceLock};

use chrono::{Datelike, NaiveDate};
use domain::Arg;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
pub use i18n::{I18nLocaleTrait, Locale};
pub use leptos_i18n::td_string;

type Labels = HashMap<String, HashMap<String, String>>;
type Errors = HashMap<String, String>;

#[derive(Default, serde::Deserialize)]
struct Dynamic {
    labels: Labels,
    errors: Errors,
}

/// What an entry point needs besides the public texts, in both languages.
static MORE: OnceLock<[&'static str; 2]> = OnceLock::new();

/// Makes the staff's texts known. Not called by the public pages, which do not ship them then.
pub fn add_staff_texts() {
    let zh = include_str!(concat!(env!("OUT_DIR"), "/zh-CN-staff.json"));
    let en = include_str!(concat!(env!("OUT_DIR"), "/en-staff.json"));
    let _ = MORE.set([zh, en]);
}

/// The same with what the pages that compare centers need besides (`locales/city.json`).
pub fn add_city_texts() {
    let zh = include_str!(concat!(env!("OUT_DIR"), "/zh-CN-city.json"));
    let en = include_str!(concat!(env!("OUT_DIR"), "/en-city.json"));
    let _ = MORE.set([zh, en]);
}

/// Makes known what the pages of whoever comes with a link need (`locales/evaluator.json`): their phone does not carry
/// the staff's texts either.
pub fn add_evaluator_texts() {
    let zh = include_str!(concat!(env!("OUT_DIR"), "/zh-CN-evaluator.json"));
    let en = include_str!(concat!(env!("OUT_DIR"), "/en-evaluator.json"));
    let _ = MORE.set([zh, en]);
}

/// Makes known what the kiosk needs (`locales/kiosk.json`).
pub fn add_kiosk_texts() {
    let zh = include_str!(concat!(env!("OUT_DIR"), "/zh-CN-kiosk.json"));
    let en = include_str!(concat!(env!("OUT_DIR"), "/en-kiosk.json"));
    let _ = MORE.set([zh, en]);
}

// A broken file shows keys instead of texts; the tests parse both files and compare their keys.
fn parse(public: &str, more: Option<&str>) -> Dynamic {
    let mut texts: Dynamic = serde_json::from_str(public).unwrap_or_default();
    let more: Dynamic = more.and_then(|more| serde_json::from_str(more).ok()).unwrap_or_default();
    texts.labels.extend(more.labels);
    texts.errors.extend(more.errors);
    texts
}

fn dynamic(locale: Locale) -> &'static Dynamic {
    static ZH: OnceLock<Dynamic> = OnceLock::new();
    static EN: OnceLock<Dynamic> = OnceLock::new();
    let more = MORE.get();
    match locale {
        Locale::zh_CN => ZH.get_or_init(|| {
            parse(include_str!(concat!(env!("OUT_DIR"), "/zh-CN-public.json")), more.map(|[zh, _]| *zh))
        }),
        Locale::en => {
            EN.get_or_init(|| parse(include_str!(concat!(env!("OUT_DIR"), "/en-public.json")), more.map(|[_, en]| *en)))
        }
    }
}

/// The name of an enum value: `label(locale, "complaint_status", status.key())`.
pub fn label(locale: Locale, group: &str, key: &'static str) -> &'static str {
    dynamic(locale).labels.get(group).and_then(|labels| labels.get(key)).map_or(key, String::as_str)
}

/// The same for a value that this page may be older than.
pub fn label_of(locale: Locale, group: &str, key: &str) -> String {
    dynamic(locale).labels.get(group).and_then(|labels| labels.get(key)).cloned().unwrap_or_else(|| key.to_owned())
}

/// The day of the week.
pub fn weekday(locale: Locale, day: NaiveDate) -> &'static str {
    const KEYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let at = usize::try_from(day.weekday().num_days_from_monday()).unwrap_or_default();
    KEYS.get(at).map_or("", |key| label(locale, "weekday", key))
}

/// The texts of the settings: `settings_text(locale, "verb", "addDepartment")`. A file of its own, since what has no
/// static key would otherwise reach the visitors' pages too.
pub fn settings_text(locale: Locale, group: &str, key: &'static str) -> &'static str {
    static TEXTS: OnceLock<[Labels; 2]> = OnceLock::new();
    let [zh, en] = TEXTS.get_or_init(|| {
        [include_str!("../../locales/zh-CN/settings.json"), include_str!("../../locales/en/settings.json")]
            .map(|texts| serde_json::from_str(texts).unwrap_or_default())
    });
    let texts = if locale == Locale::en { en } else { zh };
    texts.get(group).and_then(|texts| texts.get(key)).map_or("", String::as_str)
}

/// The message of an error or violation code, with its values filled in.
pub fn error_text(locale: Locale, code: &str, args: &[Arg]) -> String {
    let text = dynamic(locale).errors.get(code).map_or(code, String::as_str);
    args.iter().fold(text.to_owned(), |text, arg| text.replace(&format!("{{{}}}", arg.name), &arg.value))
}

/// The one of two stored names that the present language shows.
pub fn pick(locale: Locale, zh: &str, en: &str) -> String {
    match locale {
        Locale::zh_CN => zh,
        Locale::en => en,
    }
    .to_owned()
}

/// The language of the page. leptos_i18n brings a context of its own, with a date parser, a cookie jar and the
/// Unicode locale tables behind it: a third of what a visitor may download. Two languages need a signal.
#[derive(Clone, Copy)]
pub struct I18n(RwSignal<Locale>);

impl I18n {
    /// The present language. Reactive.
    #[must_use]
    pub fn get_locale(self) -> Locale {
        self.0.get()
    }

    /// The present language, for event handlers.
    #[must_use]
    pub fn get_locale_untracked(self) -> Locale {
        self.0.get_untracked()
    }

    /// Changes it.
    pub fn set_locale(self, locale: Locale) {
        self.0.set(locale);
    }
}

/// The language of the page.
#[must_use]
pub fn use_i18n() -> I18n {
    expect_context()
}

/// A text that follows the language. One type for all of them: each type would be compiled into the page anew.
pub fn text<T>(read: impl Fn() -> T + Send + 'static) -> Box<dyn Fn() -> T + Send> {
    Box::new(read)
}

/// A text inside a view.
macro_rules! t {
    ($i18n:expr, $($rest:tt)+) => {{
        let i18n = $i18n;
        $crate::i18n::text(move || leptos_i18n::td_string!(i18n.get_locale(), $($rest)+))
    }};
}

/// A text as a value; reactive where it is read inside a view.
macro_rules! t_string {
    ($i18n:expr, $($rest:tt)+) => { leptos_i18n::td_string!($i18n.get_locale(), $($rest)+) };
}

pub(crate) use {t, t_string};

const COOKIE: &str = "gangping_language";

/// Provides the language to all pages and keeps the choice in a cookie. `<html lang>` follows it.
#[component]
pub fn Language(children: TypedChildren<impl IntoView + 'static>) -> impl IntoView {
    let locale = RwSignal::new(chosen().or_else(accepted).unwrap_or_default());
    provide_context(I18n(locale));
    Effect::new(move |_| {
        let name = locale.get().as_str();
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", name);
        }
        let page: HtmlDocument = document().unchecked_into();
        let _ = page.set_cookie(&format!("{COOKIE}={name}; path=/; max-age=31536000; samesite=lax"));
    });
    children.into_inner()()
}

// What was chosen before.
fn chosen() -> Option<Locale> {
    let page: HtmlDocument = document().unchecked_into();
    let cookies = page.cookie().ok()?;
    cookies
        .split(';')
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)?
        .1
        .parse()
        .ok()
}

// The first language of the browser's list that we have.
fn accepted() -> Option<Locale> {
    window().navigator().languages().iter().filter_map(|language| language.as_string()).find_map(|language| {
        match language.get(..2)? {
            "zh" => Some(Locale::zh_CN),
            "en" => Some(Locale::en),
            _ => None,
        }
    })
}
