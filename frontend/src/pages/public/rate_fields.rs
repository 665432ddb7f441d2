//! The parts that the good-bad rating and form E share: fields whose rows come as data, and the receipt.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};

use crate::{
    api::ratings::{Line, Receipt},
    components::{
        CopyButton, Icon, Mark, PAGE_HEADING, PageHeading,
        form::{FieldError, use_form},
    },
    dom,
    i18n::{error_text, pick, t, t_string, use_i18n},
};

/// What was chosen: a row's code and the key of its level.
pub(super) type Chosen = RwSignal<BTreeMap<String, String>>;

/// Stands in an address for the point where there is none.
const LINK: &str = "link";

/// The code of the point that the address names; none by a link.
pub(super) fn point_of_address() -> Option<String> {
    use_params_map().with_untracked(|params| params.get("point")).filter(|code| code != LINK)
}

/// The token of a link. It travels in the fragment, which is not sent.
pub(super) fn token_of_address() -> Option<String> {
    let hash = use_location().hash.get_untracked();
    Some(hash.trim_start_matches('#').to_owned()).filter(|token| !token.is_empty())
}

/// Another screen of the same page: its heading takes the focus.
pub(super) fn focus_when_changed(screen: impl Fn() -> u8 + 'static) {
    Effect::new(move |before: Option<u8>| {
        let now = screen();
        if before.is_some_and(|before| before != now) {
            request_animation_frame(|| {
                window().scroll_to_with_x_and_y(0.0, 0.0);
                dom::focus(PAGE_HEADING);
            });
        }
        now
    });
}

/// A row that is answered by one of the levels.
#[component]
pub(super) fn LevelField(
    /// The input field that holds the rows.
    rows: &'static str,
    line: Line,
    /// Each level's key, and its name in the present language.
    levels: Vec<(&'static str, TextProp)>,
    chosen: Chosen,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = use_form();
    let Line { code, title_zh, title_en } = line;
    let name = format!("{rows}.{code}");
    let title = TextProp::from(move || pick(i18n.get_locale(), &title_zh, &title_en));
    form.name_field(name.clone(), title.clone());
    let message = form.watch(name.clone());
    let id = form.id(&name);
    let buttons = levels.into_iter().enumerate().map(|(n, (key, word))| {
        // The first button has the field's id: that is where the summary's link leads.
        let id = if n == 0 { id.clone() } else { format!("{id}-{key}") };
        let (row, answered) = (code.clone(), code.clone());
        view! {
            <label class="choice">
                <input
                    class="choice-dot"
                    type="radio"
                    id=id
                    name=name.clone()
                    value=key
                    prop:checked=move || chosen.with(|all| all.get(&row).is_some_and(|chosen| chosen == key))
                    on:change=move |_| chosen.update(|all| drop(all.insert(answered.clone(), key.to_owned())))
                />
                <span>{move || word.get()}</span>
            </label>
        }
    });
    let buttons = buttons.collect_view();
    view! {
        <fieldset class="field" aria-describedby=format!("{id}-error")>
            <legend class="field-label">
                {move || title.get()}
                {optional.then(|| view! { <span class="field-optional">{t!(i18n, common.optional)}</span> })}
            </legend>
            <FieldError id=id.clone() message />
            <div class="choices">{buttons}</div>
        </fieldset>
    }
}

/// Lines to be ticked, as many as fit.
#[component]
pub(super) fn TicksField(
    name: &'static str,
    #[prop(into)] legend: TextProp,
    lines: Vec<Line>,
    ticked: RwSignal<Vec<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = use_form();
    form.name_field(name, legend.clone());
    let message = form.watch(name);
    let id = form.id(name);
    let boxes = lines.into_iter().enumerate().map(|(n, Line { code, title_zh, title_en })| {
        let id = if n == 0 { id.clone() } else { format!("{id}-{code}") };
        let (known, value) = (code.clone(), code.clone());
        let tick = move |event: leptos::ev::Event| {
            let on = event_target_checked(&event);
            ticked.update(|codes| {
                codes.retain(|other| *other != code);
                if on {
                    codes.push(code.clone());
                }
            });
        };
        view! {
            <label class="choice">
                <input
                    class="choice-dot"
                    type="checkbox"
                    id=id
                    name=name
                    value=value
                    prop:checked=move || ticked.with(|codes| codes.contains(&known))
                    on:change=tick
                />
                <span>{move || pick(i18n.get_locale(), &title_zh, &title_en)}</span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <fieldset class="field" aria-describedby=format!("{id}-error")>
            <legend class="field-label">
                {move || legend.get()} <span class="field-optional">{t!(i18n, common.optional)}</span>
            </legend>
            <FieldError id=id.clone() message />
            <div class="choices">{boxes}</div>
        </fieldset>
    }
}

/// A code that does not work here.
#[component]
pub(super) fn Dead() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <PageHeading title=move || t_string!(i18n, ratings.give.dead) />
        <p>{move || error_text(i18n.get_locale(), "rating.unknown", &[])}</p>
    }
}

/// Where it is, and that a member of the staff may only look.
#[component]
pub(super) fn Place(point: Option<String>, signed_in: bool) -> impl IntoView {
    let i18n = use_i18n();
    let point = point.map(|point| {
        view! { <p class="hint">{move || t_string!(i18n, ratings.give.at, point = point.as_str())}</p> }
    });
    let signed_in = signed_in.then(|| {
        view! {
            <p class="panel panel-info">
                <span class="panel-title">
                    <Icon mark=Mark::Info />
                    {move || error_text(i18n.get_locale(), "rating.signed_in", &[])}
                </span>
                {t!(i18n, ratings.give.look)}
            </p>
        }
    });
    view! { {point} {signed_in} }
}

/// What whoever gave something may keep.
#[component]
pub(super) fn Kept(receipt: Receipt) -> impl IntoView {
    let i18n = use_i18n();
    let Receipt { day, commitment, opening, given } = receipt;
    let text = format!("{day}\n{commitment}\n{opening}\n{given}");
    view! {
        <details class="notice">
            <summary>
                {t!(i18n, ratings.give.receipt)}
                <Icon mark=Mark::ChevronDown />
            </summary>
            <div class="notice-text">
                <p>{t!(i18n, ratings.give.receipt_text)}</p>
                <dl class="facts">
                    <dt>{t!(i18n, ratings.give.day)}</dt>
                    <dd class="tabular-nums">{day.to_string()}</dd>
                    <dt>{t!(i18n, ratings.give.commitment)}</dt>
                    <dd class="font-mono break-all" data-commitment="">{commitment}</dd>
                    <dt>{t!(i18n, ratings.give.opening)}</dt>
                    <dd class="font-mono break-all">{opening}</dd>
                    <dt>{t!(i18n, ratings.give.given)}</dt>
                    <dd class="font-mono break-all">{given}</dd>
                </dl>
                <p class="hint">{t!(i18n, ratings.give.receipt_hint)}</p>
                <CopyButton text class="btn btn-outline" />
            </div>
        </details>
    }
}
