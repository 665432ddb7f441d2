//! `/desk/policy`: the values that the rules read, what a change would mean, and what was changed.

use domain::{Violation, policy::PolicyKey};
use leptos::prelude::*;

use crate::{
    api::city::{
        PolicyChange, PolicyEffect, PolicyQuery, PolicyValue, SetPolicyValueInput, effect, policy, set_policy_value,
    },
    components::{
        AsyncView, Dialog, Empty, Notice, NoticeLine, PageHeading,
        form::{Field, FieldKind, Form, FormState, Submit},
    },
    i18n::{label, t, t_string, td_string, use_i18n},
    pages::steps::required,
    time,
};

#[derive(Clone, Copy)]
struct Changing {
    chosen: RwSignal<Option<PolicyValue>>,
    open: RwSignal<bool>,
    notice: Notice,
    again: Callback<()>,
}

/// The page.
#[component]
pub fn PolicyPage() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(policy);
    let changing = Changing {
        chosen: RwSignal::new(None),
        open: RwSignal::new(false),
        notice: Notice::new(),
        again: Callback::new(move |()| found.refetch()),
    };
    let ready = move |found: PolicyQuery| {
        // The first part of a key names its group.
        let group = |row: &PolicyValue| row.key.key().split_once('.').map_or("", |(group, _)| group);
        let groups = found.policy_values.chunk_by(|a, b| group(a) == group(b)).map(|rows| {
            let name = rows.first().map_or("", group);
            let rows = rows.iter().map(|row| view! { <Value row=row.clone() changing /> }).collect_view();
            view! {
                <h2 class="sheet-title">{move || label(i18n.get_locale(), "policy_group", name)}</h2>
                <ul class="sheet">{rows}</ul>
            }
        });
        view! {
            {groups.collect_view()}
            <h2 class="sheet-title">{t!(i18n, desk.policy.history)}</h2>
            <History changes=found.policy_changes />
        }
    };
    let title = move || {
        let locale = i18n.get_locale();
        changing.chosen.with(|row| row.as_ref().map(|row| label(locale, "policy", row.key.key()))).unwrap_or_default()
    };
    view! {
        <PageHeading title=move || t_string!(i18n, desk.policy.title) />
        <p class="desk-lead">{t!(i18n, desk.policy.lead)}</p>
        <NoticeLine notice=changing.notice />
        <AsyncView resource=found ready />
        <Dialog id="policy" open=changing.open title=title>
            {move || changing.chosen.get().map(|row| view! { <ChangeForm row changing /> })}
        </Dialog>
    }
}

#[component]
fn Value(row: PolicyValue, changing: Changing) -> impl IntoView {
    let i18n = use_i18n();
    let key = row.key;
    let name = move || label(i18n.get_locale(), "policy", key.key());
    let (value, default) = (row.value, row.default_value);
    let change = move |_| {
        changing.chosen.set(Some(row.clone()));
        changing.open.set(true);
    };
    view! {
        <li class="person-role" data-policy=key.key()>
            <span class="font-semibold">{name}</span>
            <span class="person-acts">
                <span>
                    <strong>{value}</strong>
                    " "
                    <span class="hint">{move || t_string!(i18n, desk.policy.default, n = default)}</span>
                </span>
                <button
                    type="button"
                    class="btn btn-outline btn-small"
                    aria-label=move || format!("{}: {}", t_string!(i18n, desk.policy.change), name())
                    on:click=change
                >
                    {t!(i18n, desk.policy.change)}
                </button>
            </span>
        </li>
    }
}

#[component]
fn History(changes: Vec<PolicyChange>) -> impl IntoView {
    let i18n = use_i18n();
    if changes.is_empty() {
        return view! { <Empty text=move || t_string!(i18n, desk.policy.unchanged) /> }.into_any();
    }
    let lines = changes.into_iter().map(|change| {
        let PolicyChange { key, previous, value, reason, by, at } = change;
        view! {
            <li class="card-case">
                <p class="font-semibold">
                    {move || label(i18n.get_locale(), "policy", key.key())} ": " {previous} " → " {value}
                </p>
                <p>{reason}</p>
                <p class="hint">{by} " · " {time::date_time(at)}</p>
            </li>
        }
    });
    view! { <ul class="case-cards">{lines.collect_view()}</ul> }.into_any()
}

#[component]
fn ChangeForm(row: PolicyValue, changing: Changing) -> impl IntoView {
    let i18n = use_i18n();
    let state = FormState::new("policy");
    let (value, reason) = (RwSignal::new(row.value.to_string()), RwSignal::new(String::new()));
    let (min, max) = row.key.range();
    let (key, seen) = (row.key, row.value);
    // What is typed, if it is another value that may be set.
    let proposed = Memo::new(move |_| {
        let typed: u32 = value.get().trim().parse().ok()?;
        let value = i32::try_from(typed).ok()?;
        ((min..=max).contains(&typed) && value != seen).then_some(value)
    });
    let submit = move || {
        let text = reason.get_untracked().trim().to_owned();
        let mut found = required("reason", &text);
        let new: Option<i32> = value.get_untracked().trim().parse().ok();
        if new.is_none() {
            found.push(Violation::new("value", "policy.range").with("min", min).with("max", max));
        }
        let (true, Some(value)) = (state.check(found), new) else { return };
        let input = SetPolicyValueInput { key, seen, value, reason: text };
        state.send(set_policy_value::ask(input), move |_| {
            changing.open.set(false);
            changing.notice.show(move |locale| {
                let name = label(locale, "policy", key.key());
                td_string!(locale, desk.policy.done, name = name, value = value)
            });
            changing.again.run(());
        });
    };
    let range = move || t_string!(i18n, desk.policy.range, min = min, max = max);
    view! {
        <Form state on_submit=submit>
            <Field
                name="value"
                kind=FieldKind::Number
                label=move || t_string!(i18n, desk.policy.value)
                value
                hint=range
                max=max.to_string()
            />
            <Preview key proposed />
            <Field
                name="reason"
                kind=FieldKind::Area(500)
                label=move || t_string!(i18n, desk.act.reason)
                value=reason
                hint=move || t_string!(i18n, desk.policy.reason_hint)
            />
            <Submit label=move || t_string!(i18n, desk.policy.save) />
        </Form>
    }
}

/// What it would mean for the cases that are open now.
#[component]
fn Preview(key: PolicyKey, proposed: Memo<Option<i32>>) -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(move || {
        let value = proposed.get();
        async move {
            match value {
                Some(value) => effect(key, value).await.map(Some),
                None => Ok(None),
            }
        }
    });
    let ready = move |effect: Option<PolicyEffect>| effect.map(|effect| view! { <EffectLines effect /> });
    view! {
        <div class="panel" role="status">
            <p class="panel-title">{t!(i18n, desk.policy.effect)}</p>
            <Show when=move || proposed.get().is_some() fallback=move || view! { <p class="hint">{t!(i18n, desk.policy.effect_hint)}</p> }>
                <AsyncView resource=found ready />
            </Show>
        </div>
    }
}

#[component]
fn EffectLines(effect: PolicyEffect) -> impl IntoView {
    let i18n = use_i18n();
    let PolicyEffect { open, kept, earlier, later, late, warned, raised } = effect;
    let lines = move || {
        let locale = i18n.get_locale();
        let mut lines = vec![td_string!(locale, desk.policy.open, n = open)];
        if kept > 0 {
            lines.push(td_string!(locale, desk.policy.kept, n = kept));
            lines.push(td_string!(locale, desk.policy.moved, earlier = earlier, later = later, late = late));
        }
        if warned > 0 {
            lines.push(td_string!(locale, desk.policy.warned, n = warned));
        }
        if raised > 0 {
            lines.push(td_string!(locale, desk.policy.raised, n = raised));
        }
        if kept + warned + raised == 0 {
            lines.push(td_string!(locale, desk.policy.no_effect).to_owned());
        }
        lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()
    };
    view! { <ul class="grid list-disc gap-1 pl-6">{lines}</ul> }
}
