//! Which figures a page shows: all of it is in the address, so it can be bookmarked and sent to a colleague.

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::{
    Violation,
    campaigns::CampaignKind,
    center::CenterKind,
    complaints::ComplaintClass,
    evaluation::ratings::PointChannel,
    metrics::{CalendarPeriod, Metric, MetricUnit, Period, PeriodKind, StratumKind, check_filter},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
    params::ParamsMap,
};

use crate::{
    api::{ApiError, FieldViolation},
    components::form::{Field, FieldKind, Form, FormState, SelectField, Submit},
    i18n::{Locale, label, t, t_string, td_string, use_i18n},
    pages::steps::required,
    time,
};

/// What is shown where the address says nothing else: the last days, so many.
const DAYS: u64 = 30;

/// A page's question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub metric: Metric,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// A part of the metric's counts; empty: all.
    pub stratum: String,
    /// With the city's mix of parts for every center.
    pub adjusted: bool,
    /// Only centers of this kind, among each other.
    pub peers: Option<CenterKind>,
    /// A center by its code, where a page is about one; empty: the city.
    pub center: String,
}

/// The same with why it cannot be asked.
pub(super) type Question = Memo<Result<Asked, ApiError>>;

impl Asked {
    /// Reads the address.
    fn read(query: &ParamsMap, today: NaiveDate) -> Result<Self, Violation> {
        let given = |name| query.get(name).filter(|text| !text.trim().is_empty());
        let metric = match given("metric") {
            None => Metric::SatisfactionRate,
            // A version that is no more is another metric.
            Some(key) => Metric::from_key(&key)
                .or_else(|| Metric::from_id(&key))
                .ok_or_else(|| Violation::new("metric", "metrics.version"))?,
        };
        let to = day(given("to"), "to")?.unwrap_or(today);
        let from = day(given("from"), "from")?.unwrap_or_else(|| first_day(to));
        Period::new(from, to, today)?;
        let stratum = given("stratum").unwrap_or_else(|| metric.usual_part().to_owned());
        check_filter(metric, &stratum)?;
        let peers = given("peers")
            .map(|key| CenterKind::from_key(&key).ok_or_else(|| Violation::new("peers", "metrics.peers")));
        let peers = peers.transpose()?;
        let (adjusted, center) = (given("adjusted").is_some(), given("center").unwrap_or_default());
        Ok(Self { metric, from, to, stratum, adjusted, peers, center })
    }

    /// What the address says of it.
    pub fn query(&self) -> String {
        let Self { metric, from, to, stratum, adjusted, peers, center } = self;
        let mut query = format!("metric={}&from={from}&to={to}", metric.key());
        let more = [
            ("stratum", stratum.as_str()),
            ("adjusted", if *adjusted { "true" } else { "" }),
            ("peers", peers.map(CenterKind::key).unwrap_or_default()),
            ("center", center),
        ];
        for (name, value) in more.into_iter().filter(|(_, value)| !value.is_empty()) {
            query = format!("{query}&{name}={}", js_sys::encode_uri_component(value));
        }
        query
    }

    /// The part of the counts as the server takes it.
    pub fn part(&self) -> Option<String> {
        Some(self.stratum.clone()).filter(|part| !part.is_empty())
    }
}

/// The first of the last days up to this one.
fn first_day(last: NaiveDate) -> NaiveDate {
    last.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(last)
}

// A day that no calendar has is no day that was left out.
fn day(text: Option<String>, field: &'static str) -> Result<Option<NaiveDate>, Violation> {
    text.map(|text| text.parse().map_err(|_| Violation::new(field, "metrics.period_unknown"))).transpose()
}

/// A question that breaks a rule.
pub(super) fn refused(found: Violation) -> ApiError {
    ApiError { code: ApiError::INVALID.to_owned(), request_id: None, violations: vec![FieldViolation::from(found)] }
}

/// What the address asks.
pub(super) fn use_asked() -> Question {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| Asked::read(query, time::today())).map_err(refused))
}

/// The same as a list that leaves as a workbook is asked for.
pub(super) fn export_query(question: Question) -> String {
    question.get_untracked().map(|asked| asked.query()).unwrap_or_default()
}

/// Among which kind of centers the address compares.
pub(super) fn peers_of() -> Option<CenterKind> {
    use_query_map().with_untracked(|query| query.get("peers").and_then(|key| CenterKind::from_key(&key)))
}

/// The parts by which a metric can be narrowed: the key and its name's group.
pub(super) fn parts(metric: Metric) -> Vec<(&'static str, &'static str)> {
    match metric.strata().first() {
        Some(StratumKind::Channel) => PointChannel::ALL.iter().map(|part| (part.key(), "point_channel")).collect(),
        Some(StratumKind::Class) => ComplaintClass::ALL.iter().map(|part| (part.key(), "complaint_class")).collect(),
        // An agency rates by its own indicators.
        Some(StratumKind::Round) => {
            let by_form_d = CampaignKind::ALL.iter().filter(|kind| **kind != CampaignKind::ThirdParty);
            by_form_d.map(|kind| (kind.key(), "campaign_kind")).collect()
        }
        _ => Vec::new(),
    }
}

/// A period by its name: from which day to which.
type Preset = (fn(Locale) -> &'static str, NaiveDate, NaiveDate);

/// Periods that are often asked for, with their names.
fn presets(today: NaiveDate) -> [Preset; 5] {
    let whole = |found: CalendarPeriod| (found.period().from(), found.period().to().min(today));
    let month = CalendarPeriod::of(PeriodKind::Month, today);
    let (this, last) = (whole(month), whole(month.before()));
    let quarter = whole(CalendarPeriod::of(PeriodKind::Quarter, today).before());
    let year = today.with_day(1).and_then(|first| first.checked_sub_months(Months::new(11))).unwrap_or(today);
    [
        (|locale| td_string!(locale, compare.preset.days30), first_day(today), today),
        (|locale| td_string!(locale, compare.preset.this_month), this.0, this.1),
        (|locale| td_string!(locale, compare.preset.last_month), last.0, last.1),
        (|locale| td_string!(locale, compare.preset.last_quarter), quarter.0, quarter.1),
        (|locale| td_string!(locale, compare.preset.months12), year, today),
    ]
}

/// The form over a page: which metric, which days, which part.
#[component]
pub(super) fn Chooser(
    asked: Question,
    /// Whether the page compares centers, which may be of one kind only.
    #[prop(optional)]
    among: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let (query, pathname) = (use_query_map(), use_location().pathname);
    let navigate = StoredValue::new_local(use_navigate());
    let state = FormState::new("compare");
    let empty = || RwSignal::new(String::new());
    let (metric, from, to, stratum, peers) = (empty(), empty(), empty(), empty(), empty());
    let adjusted = RwSignal::new(false);
    // The fields say what the address says, also where that cannot be asked.
    Effect::new(move |_| {
        query.with(|query| {
            let today = time::today();
            let typed = |name: &str| query.get(name).filter(|text| !text.is_empty());
            let asked = typed("metric").and_then(|key| Metric::from_key(&key)).unwrap_or(Metric::SatisfactionRate);
            metric.set(asked.key().to_owned());
            from.set(typed("from").unwrap_or_else(|| first_day(today).to_string()));
            to.set(typed("to").unwrap_or_else(|| today.to_string()));
            stratum.set(typed("stratum").unwrap_or_else(|| asked.usual_part().to_owned()));
            adjusted.set(typed("adjusted").is_some());
            peers.set(typed("peers").unwrap_or_default());
        });
    });
    let chosen = move || metric.with(|key| Metric::from_key(key)).unwrap_or(Metric::SatisfactionRate);
    let listed: Signal<Vec<(String, String)>> = Signal::derive(move || {
        let locale = i18n.get_locale();
        Metric::ALL.iter().map(|one| (one.key().to_owned(), label(locale, "metric", one.key()).to_owned())).collect()
    });
    let narrowed: Signal<Vec<(String, String)>> = Signal::derive(move || {
        let locale = i18n.get_locale();
        let parts = parts(chosen()).into_iter();
        parts.map(|(key, group)| (key.to_owned(), label(locale, group, key).to_owned())).collect()
    });
    // Only a share is worked out anew with the city's mix.
    let mixes = move || chosen().unit() == MetricUnit::Share && !narrowed.with(Vec::is_empty);
    let kinds: Signal<Vec<(String, String)>> = Signal::derive(move || {
        let locale = i18n.get_locale();
        CenterKind::ALL
            .iter()
            .map(|kind| (kind.key().to_owned(), label(locale, "center_kind", kind.key()).to_owned()))
            .collect()
    });
    let go = move |asked: &Asked| {
        let path = format!("{}?{}", pathname.get_untracked(), asked.query());
        navigate.with_value(|go| go(&path, NavigateOptions::default()));
    };
    let submit = move || {
        let mut map = ParamsMap::new();
        map.insert("metric", metric.get_untracked());
        map.insert("from", from.get_untracked());
        map.insert("to", to.get_untracked());
        let known = parts(chosen()).iter().any(|(key, _)| stratum.with_untracked(|part| part == key));
        if known {
            map.insert("stratum", stratum.get_untracked());
        }
        if adjusted.get_untracked() && mixes() {
            map.insert("adjusted", "true".to_owned());
        }
        map.insert("peers", peers.get_untracked());
        // Whose line it is stays.
        map.insert("center", query.with_untracked(|query| query.get("center")).unwrap_or_default());
        // What was typed is no day: the browser hands over nothing.
        let mut found = from.with_untracked(|day| required("from", day));
        found.extend(to.with_untracked(|day| required("to", day)));
        let asked = Asked::read(&map, time::today()).map_err(|broken| found.push(broken));
        if let (true, Ok(asked)) = (state.check(found), asked) {
            go(&asked);
        }
    };
    let picks = move || {
        let today = time::today();
        let present = asked.get().ok();
        let links = presets(today).into_iter().map(|(name, from, to)| {
            let current = present.as_ref().is_some_and(|asked| asked.from == from && asked.to == to).then_some("true");
            let base = present.clone().unwrap_or(Asked {
                metric: Metric::SatisfactionRate,
                from,
                to,
                stratum: String::new(),
                adjusted: false,
                peers: None,
                center: String::new(),
            });
            let href = format!("{}?{}", pathname.get(), Asked { from, to, ..base }.query());
            view! { <li><a href=href aria-current=current>{move || name(i18n.get_locale())}</a></li> }
        });
        links.collect_view()
    };
    let max = time::today().to_string();
    let latest = max.clone();
    view! {
        <section class="sheet no-print" aria-labelledby="compare-chosen">
            <h2 class="sr-only" id="compare-chosen">{t!(i18n, compare.chosen.title)}</h2>
            <nav class="picks" aria-label=move || t_string!(i18n, compare.chosen.presets)>
                <ul>{picks}</ul>
            </nav>
            <Form state on_submit=submit>
                <div class="compare-filter">
                    <SelectField
                        name="metric"
                        label=move || t_string!(i18n, compare.chosen.metric)
                        choices=listed
                        value=metric
                    />
                    <Field
                        name="from"
                        kind=FieldKind::Date
                        label=move || t_string!(i18n, compare.chosen.from)
                        value=from
                        max=max
                    />
                    <Field
                        name="to"
                        kind=FieldKind::Date
                        label=move || t_string!(i18n, compare.chosen.to)
                        value=to
                        max=latest
                    />
                    <Show when=move || !narrowed.with(Vec::is_empty)>
                        <SelectField
                            name="stratum"
                            label=move || t_string!(i18n, compare.chosen.stratum)
                            choices=narrowed
                            value=stratum
                            optional=true
                        />
                    </Show>
                    <Show when=mixes>
                        <label class="choice">
                            <input
                                class="choice-dot"
                                type="checkbox"
                                name="adjusted"
                                prop:checked=move || adjusted.get()
                                on:change=move |event| adjusted.set(event_target_checked(&event))
                            />
                            <span>{t!(i18n, compare.chosen.adjusted)}</span>
                        </label>
                    </Show>
                    <Show when=move || among>
                        <SelectField
                            name="peers"
                            label=move || t_string!(i18n, compare.chosen.peers)
                            choices=kinds
                            value=peers
                            optional=true
                        />
                    </Show>
                    <Submit label=move || t_string!(i18n, compare.chosen.show) class="btn btn-outline" />
                </div>
            </Form>
        </section>
    }
}
