//! Texts. Static ones are checked at compile time (`t!`, from `locales/*/{common,portal,…}.json`);
//! texts whose key comes from data (an enum value, an error code) are looked up by [`label`] and [`error_text`].

use std::{collections::HashMap, sync::OnceLock};

use domain::Arg;
use leptos::prelude::*;
use leptos_i18n::context::CookieOptions;

include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
pub use i18n::*;

type Labels = HashMap<String, HashMap<String, String>>;
type Errors = HashMap<String, String>;

struct Dynamic {
    labels: Labels,
    errors: Errors,
}

// A broken file shows keys instead of texts; the tests parse both files and compare their keys.
fn parse(labels: &str, errors: &str) -> Dynamic {
    Dynamic {
        labels: serde_json::from_str(labels).unwrap_or_default(),
        errors: serde_json::from_str(errors).unwrap_or_default(),
    }
}

fn dynamic(locale: Locale) -> &'static Dynamic {
    static ZH: OnceLock<Dynamic> = OnceLock::new();
    static EN: OnceLock<Dynamic> = OnceLock::new();
    match locale {
        Locale::zh_CN => ZH.get_or_init(|| {
            parse(include_str!("../../locales/zh-CN/labels.json"), include_str!("../../locales/zh-CN/errors.json"))
        }),
        Locale::en => EN.get_or_init(|| {
            parse(include_str!("../../locales/en/labels.json"), include_str!("../../locales/en/errors.json"))
        }),
    }
}

/// The name of an enum value: `label(locale, "complaint_status", status.key())`.
pub fn label(locale: Locale, group: &str, key: &'static str) -> &'static str {
    dynamic(locale).labels.get(group).and_then(|labels| labels.get(key)).map_or(key, String::as_str)
}

/// The message of an error or violation code, with its values filled in.
pub fn error_text(locale: Locale, code: &str, args: &[Arg]) -> String {
    let text = dynamic(locale).errors.get(code).map_or(code, String::as_str);
    args.iter().fold(text.to_owned(), |text, arg| text.replace(&format!("{{{}}}", arg.name), &arg.value))
}

/// The present language; reactive where it is read inside a view.
pub fn locale() -> Locale {
    use_i18n().get_locale()
}

/// The one of two stored names that the present language shows.
pub fn pick(locale: Locale, zh: &str, en: &str) -> String {
    match locale {
        Locale::zh_CN => zh,
        Locale::en => en,
    }
    .to_owned()
}

/// Provides the language to all pages and keeps the choice in a cookie. `<html lang>` follows it.
#[component]
pub fn Language(children: TypedChildren<impl IntoView + 'static>) -> impl IntoView {
    // Without a path the cookie would hold for the folder of the first page only. 24 days: a longer age, in
    // milliseconds, is more than the browser's timer can count, and would end at once.
    let cookie = CookieOptions::<Locale>::default().path("/").max_age(24 * 24 * 3600 * 1000);
    view! { <I18nContextProvider cookie_name="gangping_language" cookie_options=cookie children /> }
}
