//! The forms that were handed in, for whoever organises: finding by finding, with what proves it.

use domain::{
    campaigns::ballot::{BallotContent, Finding, Points},
    evaluation::forms::{FormContent, Words},
};
use leptos::prelude::*;

use super::{called, results::points};
use crate::{
    api::{
        campaigns::{Form, RaterRow, Target},
        files::AttachedFile,
    },
    components::{Chip, FileShown, Icon, Mark, Tone},
    i18n::{pick, t, t_string, use_i18n},
};

/// All of them, by target; each folded.
#[component]
pub(super) fn FormList(
    form: FormContent,
    forms: Vec<Form>,
    targets: Vec<Target>,
    raters: Vec<RaterRow>,
) -> impl IntoView {
    let i18n = use_i18n();
    if forms.is_empty() {
        return ().into_any();
    }
    let titles = titles(form);
    let count = forms.len();
    let mut forms = forms;
    let place = |form: &Form| targets.iter().position(|target| target.id == form.target);
    forms.sort_by_key(place);
    let rows = forms.into_iter().map(|form| {
        let target = targets.iter().find(|target| target.id == form.target).cloned();
        let rater =
            raters.iter().find(|rater| Some(rater.rater.id) == form.rater).map(|rater| rater.rater.name.clone());
        view! { <Line form target rater titles=titles.clone() /> }
    });
    let rows = rows.collect_view();
    view! {
        <section class="sheet" aria-labelledby="round-forms">
            <h2 class="sheet-title" id="round-forms">{move || t_string!(i18n, campaigns.given.title, count = count)}</h2>
            {rows}
        </section>
    }
    .into_any()
}

/// What each code of the form says.
fn titles(form: FormContent) -> Vec<(String, Words)> {
    match form {
        FormContent::Conduct(form) => {
            let items = form.dimensions.into_iter().flat_map(|one| one.items).map(|item| (item.code, item.title));
            items.chain(form.bonus.items.into_iter().map(|item| (item.code, item.title))).collect()
        }
        FormContent::ThirdParty(form) => {
            form.groups.into_iter().flat_map(|group| group.indicators).map(|one| (one.code, one.title)).collect()
        }
        FormContent::Questionnaire(_) | FormContent::GoodBad(_) => Vec::new(),
    }
}

#[component]
fn Line(form: Form, target: Option<Target>, rater: Option<String>, titles: Vec<(String, Words)>) -> impl IntoView {
    let i18n = use_i18n();
    let Form { content, total, vetoed, files, .. } = form;
    let title = move |code: &str| {
        titles.iter().find(|(own, _)| own == code).map(|(_, words)| words.clone()).unwrap_or_default()
    };
    let rows = match content {
        BallotContent::Conduct(given) => {
            let one = |found: Finding| {
                let title = title(&found.item);
                view! { <Found title found files=files.clone() /> }.into_any()
            };
            given.findings.into_iter().map(one).collect::<Vec<_>>()
        }
        BallotContent::ThirdParty(given) => {
            let one = |points: Points| {
                let title = title(&points.indicator);
                view! {
                    <li>{move || pick(i18n.get_locale(), &title.zh, &title.en)} " " <span class="tabular-nums">{points.points}</span></li>
                }
                .into_any()
            };
            given.points.into_iter().map(one).collect()
        }
    };
    let nothing = rows.is_empty();
    view! {
        <details class="fold border-t border-base-300 py-3">
            <summary>
                <Icon mark=Mark::ChevronRight class="branch-arrow" />
                <span class="font-semibold">{move || target.as_ref().map(|target| called(target, i18n.get_locale()))}</span>
                <span>{rater}</span>
                <span class="tabular-nums">{points(total)}</span>
                {vetoed.then(|| view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, campaigns.given.vetoed) /> })}
            </summary>
            {nothing.then(|| view! { <p class="hint">{t!(i18n, campaigns.rate.nothing_found)}</p> })}
            <ul class="looks">{rows}</ul>
        </details>
    }
}

#[component]
fn Found(title: Words, found: Finding, files: Vec<AttachedFile>) -> impl IntoView {
    let i18n = use_i18n();
    let Finding { size, on, time, place, note, files: named, .. } = found;
    let facts = [on.map(|day| day.to_string()).unwrap_or_default(), time, place];
    let facts: Vec<_> = facts.into_iter().filter(|text| !text.is_empty()).collect();
    let files = files.into_iter().filter(|file| named.contains(&file.id));
    let files = files.map(|file| view! { <li><FileShown file /></li> }).collect_view();
    view! {
        <li>
            <p>
                <strong>{move || pick(i18n.get_locale(), &title.zh, &title.en)}</strong>
                " "
                <span class="tabular-nums">{size.map(|size| size.to_string())}</span>
            </p>
            <p class="hint">{facts.join(" · ")}</p>
            <p class="prose-text">{note}</p>
            <ul class="uploads">{files}</ul>
        </li>
    }
}
