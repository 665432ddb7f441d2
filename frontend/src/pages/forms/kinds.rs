//! The fields of each kind of form.

use domain::evaluation::forms::{
    Conduct, ConductItem, Dimension, FormContent, GoodBad, Group, Halves, Questionnaire, Size, ThirdParty,
};
use leptos::prelude::*;
use serde_json::{Value, json};

use super::{
    editor::Editor,
    fields::{Typed, add, called, check, entry, input, line, lines, list_name, tools, words},
};
use crate::i18n::{Locale, label, t_string, td_string, use_i18n};

/// What points and weights come to.
const WHOLE: u32 = 100;

/// All fields of the draft, built anew when a line comes, goes or moves.
pub(super) fn fields(editor: Editor) -> AnyView {
    match editor.shape() {
        Some(FormContent::Conduct(form)) => conduct(editor, &form),
        Some(FormContent::Questionnaire(form)) => questionnaire(editor, &form),
        Some(FormContent::GoodBad(form)) => good_bad(editor, &form),
        Some(FormContent::ThirdParty(form)) => third_party(editor, &form),
        None => ().into_any(),
    }
}

/// What points or weights come to, as they are typed.
fn sum(editor: Editor, read: fn(&FormContent) -> u32, say: fn(Locale, u32) -> String) -> AnyView {
    let i18n = use_i18n();
    let content = editor.content();
    let sum = Memo::new(move |_| content.with(|content| content.as_ref().map_or(0, read)));
    view! {
        <p role="status" class="font-semibold tabular-nums" class:text-error=move || sum.get() != WHOLE data-sum=move || sum.get().to_string()>
            {move || say(i18n.get_locale(), sum.get())}
        </p>
    }
    .into_any()
}

fn conduct(editor: Editor, form: &Conduct) -> AnyView {
    let of = form.dimensions.len();
    let dimensions =
        form.dimensions.iter().enumerate().map(|(at, dimension)| self::dimension(editor, at, of, dimension));
    let extras = form.bonus.items.len();
    let bonus = (0..extras).map(|at| {
        let path = format!("bonus.items.{at}");
        entry(editor, "bonus.items", at, extras, size(editor, &path, &form.bonus.items[at].code))
    });
    let points = |content: &FormContent| match content {
        FormContent::Conduct(form) => form.dimensions.iter().map(|dimension| u32::from(dimension.points)).sum(),
        _ => 0,
    };
    view! {
        {list_name(editor, "dimensions", "", |locale| td_string!(locale, forms.dimensions))}
        {sum(editor, points, |locale, sum| td_string!(locale, forms.points_sum, sum = sum))}
        {dimensions.collect_view()}
        {add(editor, "dimensions", |locale| td_string!(locale, forms.add_dimension), new_dimension)}
        {list_name(editor, "bonus.items", "", |locale| td_string!(locale, forms.bonus))}
        {input(editor, "bonus.cap", "", |locale| td_string!(locale, forms.cap), Typed::Half)}
        {bonus.collect_view()}
        {add(editor, "bonus.items", |locale| td_string!(locale, forms.add_bonus), new_bonus)}
    }
    .into_any()
}

fn dimension(editor: Editor, at: usize, of: usize, dimension: &Dimension) -> AnyView {
    let path = format!("dimensions.{at}");
    let (code, list) = (dimension.code.as_str(), format!("{path}.items"));
    let items = dimension.items.iter().enumerate();
    let items = items.map(|(n, item)| self::item(editor, &list, n, dimension.items.len(), item)).collect_view();
    group(
        editor,
        ("dimensions", at, of, code),
        input(editor, &format!("{path}.points"), code, |locale| td_string!(locale, forms.points), Typed::Whole),
        view! {
            {list_name(editor, &list, code, |locale| td_string!(locale, forms.items))}
            {items}
            {add(editor, &list, |locale| td_string!(locale, forms.add_item), new_item)}
        }
        .into_any(),
    )
}

/// A line with lines below it: its heading, its own fields, and theirs.
fn group(editor: Editor, (list, at, of, code): (&str, usize, usize, &str), own: AnyView, below: AnyView) -> AnyView {
    let path = format!("{list}.{at}");
    let name = called(editor, &path);
    view! {
        <section class="grid gap-4 border-t border-base-300 pt-4" data-group=code.to_owned()>
            <h3 class="font-bold">{name.clone()}</h3>
            {words(editor, &format!("{path}.title"), code)}
            <div class="pair">
                {own}
                {input(editor, &format!("{path}.code"), code, |locale| td_string!(locale, forms.code), Typed::Text)}
            </div>
            {tools(editor, list, at, of, name)}
            {below}
        </section>
    }
    .into_any()
}

fn item(editor: Editor, list: &str, at: usize, of: usize, item: &ConductItem) -> AnyView {
    let path = format!("{list}.{at}");
    let veto = editor.state.id(&format!("content.{path}.veto"));
    let (again, sized) = (veto.clone(), format!("{path}.size"));
    let tick_veto = move |on: bool| {
        let size = if on { Value::Null } else { json!(one_point()) };
        editor.reshape(&sized, size, again.clone());
    };
    let evidence = format!("{path}.evidence");
    let evidence_id = editor.state.id(&format!("content.{evidence}"));
    let size = item.size.map(|_| size(editor, &path, &item.code));
    let more = view! {
        {size}
        {check(veto, |locale| td_string!(locale, forms.veto), item.size.is_none(), tick_veto)}
        {check(evidence_id, |locale| td_string!(locale, forms.evidence), item.evidence, move |on| {
            editor.set(&evidence, json!(on));
        })}
    };
    entry(editor, list, at, of, more.into_any())
}

/// From the least to the most that one finding takes or gives.
fn size(editor: Editor, path: &str, code: &str) -> AnyView {
    view! {
        <div class="pair">
            {input(editor, &format!("{path}.size.least"), code, |locale| td_string!(locale, forms.least), Typed::Half)}
            {input(editor, &format!("{path}.size.most"), code, |locale| td_string!(locale, forms.most), Typed::Half)}
        </div>
    }
    .into_any()
}

fn questionnaire(editor: Editor, form: &Questionnaire) -> AnyView {
    let of = form.departments.rows.len();
    let grid = form.departments.rows.iter().enumerate().map(|(at, row)| grid_row(editor, at, of, row.choices.len()));
    view! {
        {list_name(editor, "time", "", |locale| td_string!(locale, forms.time))}
        {words(editor, "time", "")}
        {list_name(editor, "departments.rows", "", |locale| td_string!(locale, forms.departments))}
        {words(editor, "departments.title", "")}
        {grid.collect_view()}
        {add(editor, "departments.rows", |locale| td_string!(locale, forms.add_grid_row), |_| json!({ "choices": [] }))}
        {lines(
            editor,
            "rows",
            form.rows.len(),
            |locale| td_string!(locale, forms.rows),
            |locale| td_string!(locale, forms.add_row),
        )}
        {list_name(editor, "remark", "", |locale| td_string!(locale, forms.remark))}
        {words(editor, "remark.title", "")}
        {input(editor, "remark.limit", "", |locale| td_string!(locale, forms.limit), Typed::Whole)}
    }
    .into_any()
}

fn grid_row(editor: Editor, at: usize, of: usize, choices: usize) -> AnyView {
    let i18n = use_i18n();
    let list = format!("departments.rows.{at}.choices");
    let name = move || t_string!(i18n, forms.grid_row, n = at + 1);
    view! {
        <section class="grid gap-4 border-t border-base-300 pt-4">
            <h3 class="font-bold">{name}</h3>
            {lines(
                editor,
                &list,
                choices,
                |locale| td_string!(locale, forms.choices),
                |locale| td_string!(locale, forms.add_choice),
            )}
            {tools(editor, "departments.rows", at, of, name)}
        </section>
    }
    .into_any()
}

fn good_bad(editor: Editor, form: &GoodBad) -> AnyView {
    let i18n = use_i18n();
    let channels = form.channels.iter().enumerate().map(|(at, channel)| {
        let (key, of) = (channel.channel.key(), channel.indicators.len());
        view! {
            <section class="grid gap-4 border-t border-base-300 pt-4" data-group=key>
                <h3 class="font-bold">{move || label(i18n.get_locale(), "rating_channel", key)}</h3>
                {lines(
                    editor,
                    &format!("channels.{at}.indicators"),
                    of,
                    |locale| td_string!(locale, forms.indicators),
                    |locale| td_string!(locale, forms.add_indicator),
                )}
            </section>
        }
    });
    view! {
        {list_name(editor, "channels", "", |locale| td_string!(locale, forms.channels))}
        {channels.collect_view()}
        {lines(
            editor,
            "reasons",
            form.reasons.len(),
            |locale| td_string!(locale, forms.reasons),
            |locale| td_string!(locale, forms.add_reason),
        )}
    }
    .into_any()
}

fn third_party(editor: Editor, form: &ThirdParty) -> AnyView {
    let of = form.groups.len();
    let groups = form.groups.iter().enumerate().map(|(at, group)| indicators(editor, at, of, group));
    let weights = |content: &FormContent| match content {
        FormContent::ThirdParty(form) => form.groups.iter().map(Group::weight).sum(),
        _ => 0,
    };
    view! {
        {list_name(editor, "groups", "", |locale| td_string!(locale, forms.groups))}
        {sum(editor, weights, |locale, sum| td_string!(locale, forms.weights_sum, sum = sum))}
        {groups.collect_view()}
        {add(editor, "groups", |locale| td_string!(locale, forms.add_group), new_group)}
    }
    .into_any()
}

fn indicators(editor: Editor, at: usize, of: usize, part: &Group) -> AnyView {
    let i18n = use_i18n();
    let list = format!("groups.{at}.indicators");
    let content = editor.content();
    let weight = move || {
        content.with(|content| match content {
            Some(FormContent::ThirdParty(form)) => form.groups.get(at).map_or(0, Group::weight),
            _ => 0,
        })
    };
    let lines = part.indicators.iter().enumerate().map(|(n, one)| {
        let path = format!("{list}.{n}.weight");
        let weight = input(editor, &path, &one.code, |locale| td_string!(locale, forms.weight), Typed::Whole);
        entry(editor, &list, n, part.indicators.len(), weight)
    });
    let lines = lines.collect_view();
    group(
        editor,
        ("groups", at, of, &part.code),
        view! { <p class="hint tabular-nums">{move || t_string!(i18n, forms.group_sum, sum = weight())}</p> }
            .into_any(),
        view! {
            {list_name(editor, &list, &part.code, |locale| td_string!(locale, forms.indicators))}
            {lines}
            {add(editor, &list, |locale| td_string!(locale, forms.add_indicator), new_indicator)}
        }
        .into_any(),
    )
}

/// `line` with more in it.
fn line_with(code: &str, more: Value) -> Value {
    let mut made = line(code);
    if let (Value::Object(made), Value::Object(more)) = (&mut made, more) {
        made.extend(more);
    }
    made
}

fn new_item(code: &str) -> Value {
    line_with(code, json!({ "size": Some(one_point()), "evidence": true }))
}

fn new_bonus(code: &str) -> Value {
    line_with(code, json!({ "size": one_point() }))
}

fn new_indicator(code: &str) -> Value {
    line_with(code, json!({ "weight": 0 }))
}

fn new_dimension(code: &str) -> Value {
    json!({ "code": code, "title": { "zh": "", "en": "" }, "points": 0, "items": [] })
}

fn new_group(code: &str) -> Value {
    json!({ "code": code, "title": { "zh": "", "en": "" }, "indicators": [] })
}

fn one_point() -> Size {
    let one = Halves::points(1);
    Size { least: one, most: one }
}
