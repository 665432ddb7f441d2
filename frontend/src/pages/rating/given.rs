//! What was handed in about one target.

use domain::{campaigns::ballot::BallotContent, evaluation::forms::FormContent};
use leptos::prelude::*;

use crate::i18n::{pick, t, use_i18n};

/// Item by item, or indicator by indicator.
#[component]
pub(super) fn Given(form: FormContent, content: BallotContent) -> impl IntoView {
    let i18n = use_i18n();
    let rows: Vec<_> = match (form, content) {
        (FormContent::Conduct(form), BallotContent::Conduct(given)) => {
            let items = form.dimensions.into_iter().flat_map(|one| one.items).map(|item| (item.code, item.title));
            let bonus = form.bonus.items.into_iter().map(|item| (item.code, item.title));
            let titles: Vec<_> = items.chain(bonus).collect();
            let found = given.findings.into_iter().filter_map(|found| {
                let title = titles.iter().find(|(code, _)| *code == found.item).map(|(_, title)| title.clone())?;
                let facts = [found.on.map(|day| day.to_string()), Some(found.place), Some(found.note)];
                let facts: Vec<_> = facts.into_iter().flatten().filter(|text| !text.is_empty()).collect();
                Some((title, found.size.map(|size| size.to_string()).unwrap_or_default(), facts.join(" · ")))
            });
            found.collect()
        }
        (FormContent::ThirdParty(form), BallotContent::ThirdParty(given)) => {
            let indicators: Vec<_> = form.groups.into_iter().flat_map(|group| group.indicators).collect();
            let points = given.points.into_iter().filter_map(|points| {
                let of = indicators.iter().find(|one| one.code == points.indicator)?;
                Some((of.title.clone(), points.points.to_string(), String::new()))
            });
            points.collect()
        }
        _ => Vec::new(),
    };
    let nothing = rows.is_empty();
    let rows = rows.into_iter().map(|(title, size, facts)| {
        view! {
            <li>
                <p class="font-semibold">
                    {move || pick(i18n.get_locale(), &title.zh, &title.en)} " " <span class="tabular-nums">{size}</span>
                </p>
                <p class="hint">{facts}</p>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet">
            {nothing.then(|| view! { <p>{t!(i18n, campaigns.rate.nothing_found)}</p> })}
            <ul class="looks">{rows}</ul>
        </section>
    }
}
