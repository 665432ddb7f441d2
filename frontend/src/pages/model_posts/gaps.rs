//! `/desk/gaps`: what each model post lacks, and from which day it counts.

use domain::model_posts::{CheckKind, ModelKind, gaps::GapCode};
use domain::permission::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{GAPS, GapLine, Lane, LaneTicks, Names, TITLES, TitleChip, Ways, is_urgent, names};
use crate::{
    api::model_posts::{Gaps, ModelGap, PostGaps, gaps},
    components::{AsyncView, Chip, Empty, ExportButton, Icon, Mark, PageHeading, Tone},
    i18n::{label, t, t_string, use_i18n},
    session::use_session,
};

/// The page.
#[component]
pub fn GapsPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let kind = Memo::new(move |_| query.with(|query| query.get("kind")).and_then(|key| ModelKind::from_key(&key)));
    let found = LocalResource::new(gaps);
    let as_shown = move || kind.get().map(|kind| format!("kind={}", kind.key())).unwrap_or_default();
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, models.gaps.title) />
            <ExportButton list="gaps" query=as_shown />
        </div>
        <Ways here=GAPS />
        <p class="desk-lead">{t!(i18n, models.gaps.lead)}</p>
        <AsyncView resource=found ready=move |data| view! { <Posts data kind /> } />
    }
}

#[component]
fn Posts(data: Gaps, kind: Memo<Option<ModelKind>>) -> impl IntoView {
    let i18n = use_i18n();
    let Gaps { model_gaps, staff_members } = data;
    let names = names(&staff_members);
    if model_gaps.is_empty() {
        return view! {
            <Empty text=move || t_string!(i18n, models.gaps.none) />
            <p><a class="link" href=TITLES>{t!(i18n, models.gaps.to_titles)}</a></p>
        }
        .into_any();
    }
    let kinds: Vec<_> = ModelKind::ALL
        .iter()
        .copied()
        .filter(|kind| model_gaps.iter().any(|row| row.row.title.kind == *kind))
        .collect();
    let several = kinds.len() > 1;
    let rows = StoredValue::new(model_gaps);
    let shown = move || {
        let kind = kind.get();
        let mut shown: Vec<_> =
            rows.get_value().into_iter().filter(|row| kind.is_none_or(|kind| row.row.title.kind == kind)).collect();
        shown.sort_by_key(|row| std::cmp::Reverse(row.breaches));
        shown
    };
    let total = move || shown().iter().map(|row| row.breaches).sum::<i32>();
    let all = move || {
        let text = t_string!(i18n, models.gaps.all);
        std::iter::once((GAPS.to_owned(), None, text))
            .chain(kinds.iter().map(|kind| {
                let name = label(i18n.get_locale(), "model_kind", kind.key());
                (format!("{GAPS}?kind={}", kind.key()), Some(*kind), name)
            }))
            .map(|(path, which, text)| {
                view! { <li><a href=path aria-current=move || (kind.get() == which).then_some("page")>{text}</a></li> }
            })
            .collect_view()
    };
    let cards = move || shown().into_iter().map(|row| view! { <Card row names=names.clone() /> }).collect_view();
    view! {
        {several.then(|| view! {
            <nav class="picks" aria-label=move || t_string!(i18n, models.gaps.filter)><ul>{all}</ul></nav>
        })}
        <p class="hint" role="status">{move || t_string!(i18n, models.gaps.total, posts = shown().len(), count = total())}</p>
        <ul class="gap-cards">{cards}</ul>
    }
    .into_any()
}

#[component]
fn Card(row: PostGaps, names: Names) -> impl IntoView {
    let i18n = use_i18n();
    let PostGaps { row, gaps, on, breaches } = row;
    let title = row.title;
    let path = format!("{TITLES}/{}", title.id);
    let ledger = format!("/desk/ledgers/{}", title.post_id);
    let fine = gaps.is_empty();
    let (urgent, later): (Vec<_>, Vec<_>) = gaps.iter().cloned().partition(|gap| is_urgent(gap, on));
    let count = later.len();
    let (acts_path, acts_ledger) = (path.clone(), ledger.clone());
    let line = move |gap: ModelGap| {
        let (path, ledger) = (acts_path.clone(), acts_ledger.clone());
        view! { <GapLine gap=gap.clone() today=on names=names.clone()><WayOut gap path ledger /></GapLine> }
    };
    let urgent = urgent.into_iter().map(&line).collect_view();
    let later = later.into_iter().map(&line).collect_view();
    let chip = if breaches > 0 {
        view! { <Chip tone=Tone::Bad mark=Mark::Alert text=move || t_string!(i18n, models.gaps.breaches, count = breaches) /> }.into_any()
    } else {
        view! { <Chip tone=Tone::Good mark=Mark::Check text=move || t_string!(i18n, models.gaps.no_breach) /> }
            .into_any()
    };
    view! {
        <li class="sheet" data-post=row.post_code>
            <div class="person-head">
                <h2 class="card-title"><a class="link" href=path>{row.post_name}</a></h2>
                <TitleChip status=title.status />
                {chip}
            </div>
            <p class="hint">{move || label(i18n.get_locale(), "model_kind", title.kind.key())}</p>
            {(!fine).then(|| view! { <div><LaneTicks /><Lane gaps today=on /></div> })}
            {fine.then(|| view! { <p class="hint">{t!(i18n, models.gaps.fine)}</p> })}
            <ul class="gap-lines">{urgent}</ul>
            {(count > 0).then(|| view! {
                <details class="more">
                    <summary class="btn btn-ghost btn-small">
                        <Icon mark=Mark::ChevronDown />
                        {move || t_string!(i18n, models.gaps.later, count = count)}
                    </summary>
                    <ul class="gap-lines">{later}</ul>
                </details>
            })}
            <p><a class="link" href=ledger>{t!(i18n, models.ledger.open)}</a></p>
        </li>
    }
}

/// Where a gap is closed.
#[component]
fn WayOut(gap: ModelGap, path: String, ledger: String) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let keeps = session.can(Permission::LedgerKeep);
    let looks = session.can(Permission::ModelPostPropose);
    let activity =
        gap.activity.map(|activity| activity.key()).or((gap.code == GapCode::Untrained).then_some("training"));
    match (gap.code, activity, gap.check) {
        (GapCode::TooFewEntries | GapCode::Untrained, Some(activity), _) if keeps => Some(
            view! { <a class="btn btn-outline btn-small" href=format!("{ledger}/new?activity={activity}")>{t!(i18n, models.gaps.write)}</a> },
        ),
        (GapCode::LookDue | GapCode::LookFailed, _, Some(check)) if looks => Some(
            view! { <a class="btn btn-outline btn-small" href=look_path(&path, check)>{t!(i18n, models.gaps.look)}</a> },
        ),
        _ => None,
    }
}

fn look_path(path: &str, check: CheckKind) -> String {
    format!("{path}?look={}", check.key())
}
