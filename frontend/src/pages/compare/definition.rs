//! What a figure is: each one on these pages opens its definition.

use chrono::NaiveDate;
use domain::{center::CenterKind, metrics::Metric};
use leptos::prelude::*;

use super::{chosen::parts, figures::metric_name};
use crate::{
    api::analytics::{MetricDefinition, definitions},
    components::{AsyncView, Dialog, Icon, Mark},
    i18n::{label, label_of, t, t_string, use_i18n},
};

/// The figure that is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Of {
    pub metric: Metric,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub stratum: String,
    pub peers: Option<CenterKind>,
}

/// The dialog of the page.
#[derive(Clone, Copy)]
struct Definitions {
    of: RwSignal<Option<Of>>,
    open: RwSignal<bool>,
}

/// Knows the dialog, for all figures of a page.
#[component]
pub(super) fn WithDefinitions(children: Children) -> impl IntoView {
    let i18n = use_i18n();
    let dialog = Definitions { of: RwSignal::new(None), open: RwSignal::new(false) };
    provide_context(dialog);
    let title = move || {
        dialog.of.with(|of| of.as_ref().map(|of| metric_name(i18n.get_locale(), of.metric))).unwrap_or_default()
    };
    view! {
        {children()}
        <Dialog id="definition" open=dialog.open title=title>
            {move || dialog.of.get().map(|of| view! { <Definition of /> })}
        </Dialog>
    }
}

/// The button beside a figure.
#[component]
pub(super) fn About(of: Of) -> impl IntoView {
    let i18n = use_i18n();
    let dialog = use_context::<Definitions>();
    let metric = of.metric;
    let spoken = move || {
        let name = metric_name(i18n.get_locale(), metric);
        t_string!(i18n, compare.definition.of, name = name)
    };
    view! {
        <button
            type="button"
            class="definition no-print"
            aria-label=spoken
            on:click=move |_| {
                if let Some(dialog) = dialog {
                    dialog.of.set(Some(of.clone()));
                    dialog.open.set(true);
                }
            }
        >
            <Icon mark=Mark::Info />
        </button>
    }
}

#[component]
fn Definition(of: Of) -> impl IntoView {
    let found = LocalResource::new(definitions);
    let ready = move |rows: Vec<MetricDefinition>| {
        let found = rows.into_iter().find(|row| row.metric == of.metric);
        found.map(|row| view! { <Words row of=of.clone() /> })
    };
    view! { <AsyncView resource=found ready /> }
}

#[component]
fn Words(row: MetricDefinition, of: Of) -> impl IntoView {
    let i18n = use_i18n();
    let MetricDefinition { metric, version, unit, direction, strata, clause, minimum } = row;
    let key = metric.key();
    let id = format!("{key}.v{version}");
    let Of { from, to, stratum, peers, .. } = of;
    let (from, to) = (from.to_string(), to.to_string());
    let filter = move || match stratum.split('/').next() {
        None | Some("") => t_string!(i18n, compare.definition.everything).to_owned(),
        Some(part) => {
            let locale = i18n.get_locale();
            let group = parts(metric).first().map_or("point_channel", |(_, group)| group);
            label_of(locale, group, part)
        }
    };
    let apart = move || {
        let locale = i18n.get_locale();
        let names: Vec<_> = strata.iter().map(|kind| label(locale, "stratum_kind", kind.key())).collect();
        match names.is_empty() {
            true => t_string!(i18n, compare.definition.undivided).to_owned(),
            false => names.join(t_string!(i18n, desk.list_separator)),
        }
    };
    view! {
        <p class="formula">{move || label(i18n.get_locale(), "metric_formula", key)}</p>
        <dl class="desk-facts">
            <dt>{t!(i18n, compare.definition.version)}</dt>
            <dd><code data-definition="">{id}</code></dd>
            <dt>{t!(i18n, compare.definition.period)}</dt>
            <dd class="tabular-nums">{move || t_string!(i18n, compare.between, from = from.as_str(), to = to.as_str())}</dd>
            <dt>{t!(i18n, compare.definition.filter)}</dt>
            <dd>
                {filter}
                {peers.map(|kind| view! {
                    {t!(i18n, common.separator)}
                    {move || label(i18n.get_locale(), "center_kind", kind.key())}
                })}
            </dd>
            <dt>{t!(i18n, compare.definition.unit)}</dt>
            <dd>
                {move || label(i18n.get_locale(), "metric_unit", unit.key())}
                {t!(i18n, common.separator)}
                {move || label(i18n.get_locale(), "metric_direction", direction.key())}
            </dd>
            <dt>{t!(i18n, compare.definition.strata)}</dt>
            <dd>{apart}</dd>
            <dt>{t!(i18n, compare.definition.minimum)}</dt>
            <dd>{move || t_string!(i18n, compare.definition.minimum_text, least = minimum)}</dd>
            <dt>{t!(i18n, compare.definition.clause)}</dt>
            <dd>{clause}</dd>
        </dl>
        <p class="hint">{t!(i18n, compare.definition.limits)}</p>
    }
}
