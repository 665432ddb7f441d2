//! The fields that every kind of form is edited with. Each is named by its path in the document.

use domain::evaluation::forms::{FormSource, Halves};
use leptos::prelude::*;
use serde_json::{Value, json};

use super::editor::Editor;
use crate::{
    components::{Icon, Mark, form::FieldError},
    i18n::{Locale, label, pick, t, t_string, td_string, use_i18n},
};

/// What a field is called.
pub(super) type Name = fn(Locale) -> &'static str;

/// What is typed into a field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    /// A text of one line.
    Text,
    /// A whole number.
    Whole,
    /// Points in steps of a half.
    Half,
}

impl Typed {
    fn shown(self, value: &Value) -> String {
        match self {
            Self::Text => value.as_str().unwrap_or_default().to_owned(),
            Self::Whole => value.to_string(),
            Self::Half => {
                value.as_u64().and_then(|n| u16::try_from(n).ok()).map(Halves).unwrap_or_default().to_string()
            }
        }
    }

    // A number that cannot be read is 0, which no form may be published with.
    fn read(self, typed: &str) -> Value {
        match self {
            Self::Text => json!(typed),
            Self::Whole => json!(typed.trim().parse::<u16>().unwrap_or(0)),
            Self::Half => json!(Halves::parse(typed).unwrap_or_default()),
        }
    }

    const fn keys(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Whole => "numeric",
            Self::Half => "decimal",
        }
    }
}

/// Tells the summary of errors what the field at `path` is called: `who` is the line that it belongs to.
fn register(editor: Editor, field: &str, who: &str, name: Name) {
    let i18n = use_i18n();
    let who = who.to_owned();
    editor.state.name_field(field, move || {
        let name = name(i18n.get_locale());
        if who.is_empty() { name.to_owned() } else { format!("{who} · {name}") }
    });
}

/// A labelled input.
pub(super) fn input(editor: Editor, path: &str, who: &str, name: Name, typed: Typed) -> AnyView {
    let i18n = use_i18n();
    let (path, field) = (path.to_owned(), format!("content.{path}"));
    register(editor, &field, who, name);
    let id = editor.state.id(&field);
    let message = editor.state.watch(field.clone());
    let shown = typed.shown(&editor.at(&path));
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{move || name(i18n.get_locale())}</label>
            <FieldError id=id.clone() message />
            <input
                class="input-line"
                type="text"
                autocomplete="off"
                id=id.clone()
                name=field
                inputmode=typed.keys()
                aria-describedby=format!("{id}-error")
                aria-invalid=move || message.with(Option::is_some).then_some("true")
                prop:value=shown
                on:input=move |event| editor.set(&path, typed.read(&event_target_value(&event)))
            />
        </div>
    }
    .into_any()
}

/// A text in both languages.
pub(super) fn words(editor: Editor, path: &str, who: &str) -> AnyView {
    let zh = input(editor, &format!("{path}.zh"), who, |locale| td_string!(locale, forms.title_zh), Typed::Text);
    let en = input(editor, &format!("{path}.en"), who, |locale| td_string!(locale, forms.title_en), Typed::Text);
    view! { <div class="pair">{zh}{en}</div> }.into_any()
}

/// A checkbox; `tick` is told what it was set to.
pub(super) fn check(id: String, name: Name, ticked: bool, tick: impl Fn(bool) + 'static) -> AnyView {
    let i18n = use_i18n();
    let target = id.clone();
    view! {
        <label class="choice" for=target>
            <input
                class="choice-dot"
                type="checkbox"
                id=id
                prop:checked=ticked
                on:change=move |event| tick(event_target_checked(&event))
            />
            <span>{move || name(i18n.get_locale())}</span>
        </label>
    }
    .into_any()
}

/// Where a line comes from.
pub(super) fn source(editor: Editor, path: &str) -> AnyView {
    let i18n = use_i18n();
    let (path, id) = (path.to_owned(), editor.state.id(&format!("content.{path}")));
    let value = editor.at(&path);
    let options = FormSource::ALL.iter().map(|source| {
        let chosen = json!(source) == value;
        view! {
            <option value=source.key() selected=chosen>
                {move || label(i18n.get_locale(), "form_source", source.key())}
            </option>
        }
    });
    let choose = move |event| {
        if let Some(source) = FormSource::from_key(&event_target_value(&event)) {
            editor.set(&path, json!(source));
        }
    };
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{t!(i18n, forms.source)}</label>
            <select class="input-line" id=id on:change=choose>{options.collect_view()}</select>
        </div>
    }
    .into_any()
}

/// What a line is called at this moment, in the page's language: its text, or its code while it has none. Reactive.
pub(super) fn called(editor: Editor, at: &str) -> impl Fn() -> String + Clone + Send + Sync + 'static {
    let i18n = use_i18n();
    let at = at.to_owned();
    move || {
        let [zh, en, code] = ["title.zh", "title.en", "code"].map(|part| editor.text(&format!("{at}.{part}")));
        let text = pick(i18n.get_locale(), &zh, &en);
        if text.trim().is_empty() { code } else { text }
    }
}

/// The buttons that move a line among its like and take it away.
pub(super) fn tools(
    editor: Editor,
    list: &str,
    at: usize,
    of: usize,
    who: impl Fn() -> String + Clone + Send + Sync + 'static,
) -> AnyView {
    let i18n = use_i18n();
    let list = StoredValue::new(list.to_owned());
    let id = |which| list.with_value(|list| editor.tool_id(list, at, which));
    let shift = move |to: Option<usize>, which| {
        if let Some(to) = to.filter(|to| *to < of) {
            list.with_value(|list| editor.shift(list, at, to, which));
        }
    };
    let (above, below) = (at.checked_sub(1), Some(at + 1));
    let name = (who.clone(), who.clone(), who);
    view! {
        <div class="person-acts">
            <button
                type="button"
                class="btn btn-outline btn-small"
                id=id("up")
                aria-disabled=above.is_none().then_some("true")
                aria-label=move || t_string!(i18n, forms.up, name = (name.0)())
                on:click=move |_| shift(above, "up")
            >
                "↑"
            </button>
            <button
                type="button"
                class="btn btn-outline btn-small"
                id=id("down")
                aria-disabled=(at + 1 >= of).then_some("true")
                aria-label=move || t_string!(i18n, forms.down, name = (name.1)())
                on:click=move |_| shift(below, "down")
            >
                "↓"
            </button>
            <button
                type="button"
                class="btn btn-outline btn-small"
                id=id("remove")
                aria-label=move || t_string!(i18n, forms.remove, name = (name.2)())
                on:click=move |_| list.with_value(|list| editor.remove(list, at))
            >
                {t!(i18n, forms.remove_word)}
            </button>
        </div>
    }
    .into_any()
}

/// The button that adds a line.
pub(super) fn add(editor: Editor, list: &str, name: Name, make: fn(&str) -> Value) -> AnyView {
    let i18n = use_i18n();
    let (list, id) = (list.to_owned(), editor.add_id(list));
    view! {
        <button type="button" class="btn btn-outline btn-small" id=id on:click=move |_| editor.add(&list, make)>
            <Icon mark=Mark::Plus />
            {move || name(i18n.get_locale())}
        </button>
    }
    .into_any()
}

/// The name of a list, where its own faults are told: too few, too many, a wrong sum.
pub(super) fn list_name(editor: Editor, list: &str, who: &str, name: Name) -> AnyView {
    let i18n = use_i18n();
    let field = format!("content.{list}");
    register(editor, &field, who, name);
    let id = editor.state.id(&field);
    let message = editor.state.watch(field);
    view! {
        <div class="grid gap-1">
            <p class="sheet-part" id=id.clone() tabindex="-1">{move || name(i18n.get_locale())}</p>
            <FieldError id message />
        </div>
    }
    .into_any()
}

/// A line that folds away: what it is called outside, its fields inside.
pub(super) fn fold(editor: Editor, at: &str, body: AnyView) -> AnyView {
    let code = editor.at(&format!("{at}.code")).as_str().unwrap_or_default().to_owned();
    let (open, name) = (editor.is_open(&code), called(editor, at));
    let marked = code.clone();
    let toggled = move |event: leptos::ev::Event| {
        editor.opened(&code, event_target::<web_sys::HtmlElement>(&event).has_attribute("open"));
    };
    view! {
        <details class="fold rounded-field border border-base-300 px-3 py-2" data-line=marked open=open on:toggle=toggled>
            <summary>
                <Icon mark=Mark::ChevronRight class="icon branch-arrow" />
                <span class="min-w-0">{name}</span>
            </summary>
            <div class="grid gap-4">{body}</div>
        </details>
    }
    .into_any()
}

/// A line with a code, words, a source and whatever else it has.
pub(super) fn entry(editor: Editor, list: &str, at: usize, of: usize, more: AnyView) -> AnyView {
    let path = format!("{list}.{at}");
    let code = editor.at(&format!("{path}.code")).as_str().unwrap_or_default().to_owned();
    let body = view! {
        {words(editor, &format!("{path}.title"), &code)}
        {more}
        <div class="pair">
            {input(editor, &format!("{path}.code"), &code, |locale| td_string!(locale, forms.code), Typed::Text)}
            {source(editor, &format!("{path}.source"))}
        </div>
        {tools(editor, list, at, of, called(editor, &path))}
    };
    fold(editor, &path, body.into_any())
}

/// Lines of the plain kind, and the button that adds one.
pub(super) fn lines(editor: Editor, list: &str, of: usize, name: Name, add_name: Name) -> AnyView {
    let all = (0..of).map(|at| entry(editor, list, at, of, ().into_any())).collect_view();
    view! {
        {list_name(editor, list, "", name)}
        {all}
        {add(editor, list, add_name, line)}
    }
    .into_any()
}

/// A new line.
pub(super) fn line(code: &str) -> Value {
    json!({ "code": code, "title": { "zh": "", "en": "" }, "source": FormSource::City })
}
