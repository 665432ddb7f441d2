//! `/desk/campaigns/results`: what published rounds came to, for the rated.

use leptos::prelude::*;

use super::{
    RESULTS, Rooms, called,
    results::{Parts, points},
};
use crate::{
    api::campaigns::{Published, PublishedLine, results},
    components::{AsyncView, Empty, PageHeading},
    i18n::{label, t, t_string, use_i18n},
};

/// The page.
#[component]
pub fn PublishedRounds() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(results);
    let ready = move |rounds: Vec<Published>| {
        if rounds.is_empty() {
            return view! { <Empty text=move || t_string!(i18n, campaigns.published.none) /> }.into_any();
        }
        rounds.into_iter().map(|round| view! { <One round /> }).collect_view().into_any()
    };
    view! {
        <PageHeading title=move || t_string!(i18n, campaigns.published.title) />
        <p class="desk-lead">{t!(i18n, campaigns.published.lead)}</p>
        <Rooms here=RESULTS />
        <AsyncView resource=found ready />
    }
}

#[component]
fn One(round: Published) -> impl IntoView {
    let i18n = use_i18n();
    let Published { campaign, form_number, lines, parts } = round;
    let (kind, id) = (campaign.kind, format!("result-{}", campaign.id));
    let (from, until, least) = (campaign.starts_on.to_string(), campaign.ends_on.to_string(), campaign.least);
    let rows = lines.into_iter().map(|line| {
        let own: Vec<_> = parts.iter().filter(|part| part.target == line.target.id).cloned().collect();
        let PublishedLine { target, mean, forms } = line;
        let shown = mean.map(points);
        let of = forms.map(|count| view! { <span class="hint">{move || t_string!(i18n, campaigns.published.of, count = count)}</span> });
        let hidden = mean.is_none();
        view! {
            <li class="person-role">
                <span class="grid gap-1">
                    <span class="font-semibold">{move || called(&target, i18n.get_locale())}</span>
                    <Parts parts=own />
                </span>
                <span class="person-facts">
                    <span class="font-semibold tabular-nums">{shown}</span>
                    {of}
                    {hidden.then(|| view! {
                        <span class="hint">{move || t_string!(i18n, campaigns.published.hidden, least = least)}</span>
                    })}
                </span>
            </li>
        }
    });
    let rows = rows.collect_view();
    let heading = id.clone();
    view! {
        <section class="sheet" aria-labelledby=id>
            <h2 class="sheet-title" id=heading>{campaign.name}</h2>
            <p class="person-facts">
                <span>{move || label(i18n.get_locale(), "campaign_kind", kind.key())}</span>
                <span class="tabular-nums">
                    {move || t_string!(i18n, campaigns.between, from = from.as_str(), until = until.as_str())}
                </span>
                <span>
                    {move || {
                        let name = label(i18n.get_locale(), "form_kind", kind.rules().form.key());
                        t_string!(i18n, campaigns.form_of, name = name, number = form_number)
                    }}
                </span>
            </p>
            <ul class="settings-list">{rows}</ul>
        </section>
    }
}
