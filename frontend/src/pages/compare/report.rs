//! `/desk/compare/report`: the city's report on a month or a quarter (通报): written from its figures, edited, printed, issued.

use domain::metrics::{Metric, MetricDirection, MetricUnit};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    REPORT, Room,
    definition::{About, Of},
    figures::{BandChip, is_better, metric_name, name, shown, value, volume, with_interval, written},
    table::{dots, is_shown, limits, words},
};
use crate::{
    api::{
        analytics::{
            CityReport, Compared, Comparison, Figure, OverdueRow, ReportDraft, ReportDraftInput, ReportFigure,
            ReportState, SaveReportInput, report_draft, save_report,
        },
        on_stale,
    },
    components::{
        AsyncView, Dialog, Empty, Icon, Mark, Notice, NoticeLine,
        chart::{Funnel, FunnelKey},
        form::{Field, FieldKind, Form, FormState, Submit},
        layout::staff::place_name,
    },
    i18n::{Locale, t, t_string, td_string, use_i18n},
    pages::steps::required,
    session::use_session,
    time,
};

/// The figures of a report: what people said, and whether what they brought was settled in time.
const FIGURES: [Metric; 4] =
    [Metric::SatisfactionRate, Metric::OnTimeRate, Metric::ComplaintSatisfactionRate, Metric::BadRatingRectifiedRate];
/// The longest part, in characters.
const TEXT_MAX: usize = 4000;

/// What a report consists of: its title, opening, practice and demands.
type Texts = [String; 4];

/// What the form keeps when the page reads anew: somebody else was quicker, and what was typed is still to be sent.
#[derive(Clone, Copy)]
struct Kept {
    state: FormState,
    /// The period and what was typed for it.
    unsaved: StoredValue<Option<(String, Texts)>>,
}

/// The page.
#[component]
pub fn ReportPage() -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let period = Memo::new(move |_| query.read().get("period").filter(|key| !key.is_empty()));
    let found = LocalResource::new(move || {
        let period = period.get();
        async move { report_draft::ask(ReportDraftInput { period, metrics: FIGURES.to_vec() }).await }
    });
    let notice = Notice::new();
    let kept = Kept { state: FormState::new("report"), unsaved: StoredValue::new(None) };
    let again = Callback::new(move |()| found.refetch());
    on_stale(move || found.refetch());
    view! {
        <Room
            here=REPORT
            title=move || t_string!(i18n, compare.report.title)
            lead=move || t_string!(i18n, compare.report.lead)
        >
            <NoticeLine notice />
            <AsyncView resource=found ready=move |data| view! { <Body data kept notice again /> } />
        </Room>
    }
}

/// The closed periods to choose from, the last one first.
#[component]
pub(super) fn Periods(periods: Vec<String>, shown: Option<String>, path: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let links = periods.into_iter().map(|period| {
        let current = (Some(&period) == shown.as_ref()).then_some("true");
        let href = format!("{path}?period={period}");
        view! { <li><a class="tabular-nums" href=href aria-current=current>{period}</a></li> }
    });
    let links = links.collect_view();
    view! {
        <nav class="picks no-print" aria-label=move || t_string!(i18n, compare.report.periods)>
            <ul>{links}</ul>
        </nav>
    }
}

/// What a report says before anybody has written: the figures in words, in the language of the page.
fn drafted(locale: Locale, data: &ReportDraft, period: &str) -> Texts {
    let lines = data.figures.iter().filter(|figure| is_shown(&figure.comparison)).map(|figure| {
        let Comparison { metric, unit, total, .. } = figure.comparison;
        let value = with_interval(locale, unit, &total);
        let (before, year) = (shown(unit, &figure.previous), shown(unit, &figure.year_before));
        let name = metric_name(locale, metric);
        td_string!(locale, compare.report.line, name = name, value = value, before = before, year = year)
    });
    let opening = lines.collect::<Vec<_>>().join("\n");
    let better = out(data, true).map(|(figure, row)| found(locale, figure, row));
    let worse = out(data, false).map(|(figure, row)| found(locale, figure, row));
    let late: Vec<_> = data.overdue.iter().map(|row| name(locale, &row.center)).collect();
    let late = (!late.is_empty()).then(|| late.join(td_string!(locale, desk.list_separator)));
    let demands = worse.chain(late.map(|names| td_string!(locale, compare.report.press, names = names)));
    [
        td_string!(locale, compare.report.title_of, period = period),
        opening,
        better.collect::<Vec<_>>().join("\n"),
        demands.collect::<Vec<_>>().join("\n"),
    ]
}

/// What lies outside of 99.8 %, for the better or for the worse.
fn out(data: &ReportDraft, better: bool) -> impl Iterator<Item = (&Comparison, &Compared)> {
    let figures = data.figures.iter().map(|figure| &figure.comparison);
    figures.flat_map(move |figure| {
        let rows = figure.centers.iter().filter(|row| row.band.outside998());
        rows.filter(move |row| is_better(row.band, figure.direction) == Some(better)).map(move |row| (figure, row))
    })
}

fn found(locale: Locale, figure: &Comparison, row: &Compared) -> String {
    let Comparison { metric, unit, total, .. } = *figure;
    let value = with_interval(locale, unit, &row.figure());
    let (name, metric, city) = (name(locale, &row.center), metric_name(locale, metric), shown(unit, &total));
    td_string!(locale, compare.report.found, name = name, metric = metric, value = value, city = city)
}

#[component]
fn Body(data: ReportDraft, kept: Kept, notice: Notice, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let Some(period) = data.period.clone() else {
        return view! { <Empty text=move || t_string!(i18n, compare.report.none) /> }.into_any();
    };
    let issued = data.report.as_ref().is_some_and(|report| report.state == ReportState::Issued);
    let texts = match &data.report {
        Some(CityReport { title, opening, practice, demands, .. }) => {
            [title, opening, practice, demands].map(ToOwned::to_owned)
        }
        None => drafted(i18n.get_locale_untracked(), &data, &period),
    };
    let unsaved = kept.unsaved.try_update_value(Option::take).flatten();
    let unsaved = unsaved.filter(|(of, typed)| !issued && *of == period && *typed != texts);
    let theirs = (unsaved.is_some() && data.report.is_some()).then(|| view! { <Theirs texts=texts.clone() /> });
    let [title, opening, practice, demands] =
        unsaved.map_or_else(|| texts.clone(), |(_, typed)| typed).map(RwSignal::new);
    let parts = Parts { title, opening, practice, demands };
    let form = (!issued).then(|| {
        let of = period.clone();
        on_cleanup(move || {
            let typed = [title, opening, practice, demands].map(|text| text.try_get_untracked().unwrap_or_default());
            kept.unsaved.set_value((typed != texts).then_some((of, typed)));
        });
        let (period, report) = (period.clone(), data.report.clone());
        view! { <Editor parts state=kept.state period report notice again /> }
    });
    view! {
        <Periods periods=data.periods.clone() shown=Some(period) path=REPORT />
        {theirs}
        {form}
        <p class="no-print">
            <button type="button" class="btn btn-primary" on:click=move |_| drop(window().print())>
                <Icon mark=Mark::Print />
                {t!(i18n, compare.print)}
            </button>
        </p>
        <Document data parts />
    }
    .into_any()
}

/// What is written: the document follows it as one types.
#[derive(Clone, Copy)]
struct Parts {
    title: RwSignal<String>,
    opening: RwSignal<String>,
    practice: RwSignal<String>,
    demands: RwSignal<String>,
}

/// What somebody else has saved meanwhile, beside what was typed here.
#[component]
fn Theirs(texts: Texts) -> impl IntoView {
    let i18n = use_i18n();
    let texts = texts.into_iter().filter(|text| !text.is_empty());
    let texts = texts.map(|text| view! { <p class="prose-text">{text}</p> }).collect_view();
    view! {
        <section class="panel panel-info no-print" data-theirs="" aria-labelledby="report-theirs">
            <h2 class="panel-title" id="report-theirs">{t!(i18n, compare.report.theirs)}</h2>
            {texts}
        </section>
    }
}

#[component]
fn Editor(
    parts: Parts,
    state: FormState,
    period: String,
    report: Option<CityReport>,
    notice: Notice,
    again: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let saved = report.as_ref().map(|report| format!("{} · {}", report.saved_by, time::date_time(report.saved_at)));
    let (id, version) = report.map_or((None, 0), |report| (Some(report.id), report.version));
    let send = move |issue: bool| {
        let typed = |value: RwSignal<String>| value.get_untracked().trim().to_owned();
        let (title, opening) = (typed(parts.title), typed(parts.opening));
        let mut broken = required("title", &title);
        broken.extend(required("opening", &opening));
        if state.check(broken) {
            let (practice, demands) = (typed(parts.practice), typed(parts.demands));
            let period = period.clone();
            let input = SaveReportInput { period, id, version, title, opening, practice, demands, issue };
            state.send(save_report::ask(input), move |_| {
                notice.show(move |locale| match issue {
                    true => td_string!(locale, compare.report.issued).to_owned(),
                    false => td_string!(locale, compare.saved).to_owned(),
                });
                again.run(());
            });
        }
    };
    let issue = send.clone();
    let asking = RwSignal::new(false);
    view! {
        <section class="sheet no-print" aria-labelledby="report-edit">
            <h2 class="sheet-title" id="report-edit">{t!(i18n, compare.report.edit)}</h2>
            {saved.map(|at| view! { <p class="hint">{move || t_string!(i18n, compare.report.saved, at = at.as_str())}</p> })}
            <Form state on_submit=move || send(false)>
                <Field name="title" label=move || t_string!(i18n, compare.report.heading) value=parts.title />
                <Field
                    name="opening"
                    kind=FieldKind::Area(TEXT_MAX)
                    label=move || t_string!(i18n, compare.report.opening)
                    value=parts.opening
                />
                <Field
                    name="practice"
                    kind=FieldKind::Area(TEXT_MAX)
                    label=move || t_string!(i18n, compare.report.practice)
                    value=parts.practice
                    optional=true
                />
                <Field
                    name="demands"
                    kind=FieldKind::Area(TEXT_MAX)
                    label=move || t_string!(i18n, compare.report.demands)
                    value=parts.demands
                    optional=true
                />
                <div class="dialog-buttons">
                    <Submit label=move || t_string!(i18n, compare.report.save) />
                    <button type="button" class="btn btn-outline" on:click=move |_| asking.set(true)>
                        {t!(i18n, compare.report.issue)}
                    </button>
                </div>
            </Form>
            <Dialog id="report-issue" open=asking title=move || t_string!(i18n, compare.report.issue)>
                <p>{t!(i18n, compare.report.issue_hint)}</p>
                <button
                    type="button"
                    class="btn btn-primary"
                    on:click={
                        let issue = issue.clone();
                        move |_| {
                            asking.set(false);
                            issue(true);
                        }
                    }
                >
                    {t!(i18n, compare.report.issue)}
                </button>
            </Dialog>
        </section>
    }
}

#[component]
fn Document(data: ReportDraft, parts: Parts) -> impl IntoView {
    let i18n = use_i18n();
    let place = use_session().viewer().and_then(|viewer| viewer.scope).map(|scope| scope.place);
    let office = move || place.as_ref().map(|place| place_name(i18n, place)).unwrap_or_default();
    let ReportDraft { report, figures, overdue, .. } = data;
    let on = report.and_then(|report| report.issued_at).map_or_else(|| time::today().to_string(), time::date);
    let figures = figures.into_iter().map(|figure| view! { <OneFigure figure /> }).collect_view();
    let part = |id: &'static str, heading: AnyView, text: RwSignal<String>| {
        view! {
            <section class="grid gap-2" aria-labelledby=id hidden=move || text.with(|text| text.trim().is_empty())>
                <h3 class="print-heading" id=id>{heading}</h3>
                <p class="prose-text">{move || text.get()}</p>
            </section>
        }
    };
    view! {
        <article class="print-document" data-report="">
            <header class="grid justify-items-center gap-3 text-center">
                <p class="print-center">{office}</p>
                <h2 class="print-title">{move || parts.title.get()}</h2>
                <p class="hint tabular-nums">{on}</p>
            </header>
            {part("report-opening", t!(i18n, compare.report.opening).into_any(), parts.opening)}
            {figures}
            {part("report-practice", t!(i18n, compare.report.practice).into_any(), parts.practice)}
            <Overdue rows=overdue />
            {part("report-demands", t!(i18n, compare.report.demands).into_any(), parts.demands)}
        </article>
    }
}

/// One figure: its funnel, what it says, and those that differ.
#[component]
fn OneFigure(figure: ReportFigure) -> impl IntoView {
    let i18n = use_i18n();
    let ReportFigure { comparison, previous, year_before } = figure;
    let Comparison { metric, unit, direction, from, to, total, .. } = comparison;
    let id = format!("report-{}", metric.key());
    let heading = id.clone();
    let (points, lines, centre) = (dots(&comparison), limits(&comparison), value(unit, &total));
    let rows: Vec<Compared> = comparison.centers.iter().filter(|row| row.band.outside95()).cloned().collect();
    let stratum = comparison.stratum.clone();
    let said = Signal::derive(move || words(i18n.get_locale(), &comparison));
    let up = Signal::derive(move || metric_name(i18n.get_locale(), metric).to_owned());
    let across = Signal::derive(move || t_string!(i18n, compare.funnel.across).to_owned());
    let picture = centre.filter(|_| !points.is_empty()).map(|centre| {
        let chosen = RwSignal::new(None);
        view! {
            <Funnel dots=points limits=lines centre written=written(unit) words=said across up chosen height=300.0 />
            <FunnelKey />
        }
    });
    view! {
        <section class="print-entry" aria-labelledby=id>
            <div class="title-line">
                <h3 class="print-heading" id=heading>{move || metric_name(i18n.get_locale(), metric)}</h3>
                <About of=Of { metric, from, to, stratum, peers: None } />
            </div>
            {picture}
            <p>{move || said.get()}</p>
            <p class="hint tabular-nums">
                {move || t_string!(
                    i18n,
                    compare.report.beside,
                    before = shown(unit, &previous),
                    year = shown(unit, &year_before)
                )}
            </p>
            <Differing rows unit direction total />
        </section>
    }
}

/// Those outside of the limits, in a table.
#[component]
fn Differing(rows: Vec<Compared>, unit: MetricUnit, direction: MetricDirection, total: Figure) -> impl IntoView {
    let i18n = use_i18n();
    if rows.is_empty() {
        return ().into_any();
    }
    let lines = rows.into_iter().map(|row| {
        let figure = row.figure();
        let Compared { center, band, .. } = row;
        let code = center.code.clone();
        view! {
            <tr data-center=code>
                <th scope="row">{move || name(i18n.get_locale(), &center)}</th>
                <td><BandChip band direction /></td>
                <td class="number">{move || with_interval(i18n.get_locale(), unit, &figure)}</td>
                <td class="number">{volume(&figure)}</td>
                <td class="number">{shown(unit, &total)}</td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=move || t_string!(i18n, compare.funnel.findings)>
            <table class="figures print-table">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, desk.city.center)}</th>
                        <th scope="col">{t!(i18n, compare.column.standing)}</th>
                        <th scope="col" class="number">{t!(i18n, compare.column.value)}</th>
                        <th scope="col" class="number">{t!(i18n, compare.column.volume)}</th>
                        <th scope="col" class="number">{t!(i18n, compare.column.city)}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What is overdue now.
#[component]
fn Overdue(rows: Vec<OverdueRow>) -> impl IntoView {
    let i18n = use_i18n();
    let none = rows.is_empty();
    let lines = rows.into_iter().map(|row| {
        let OverdueRow { center, overdue, escalated, as_of } = row;
        let code = center.code.clone();
        view! {
            <tr data-center=code>
                <th scope="row">{move || name(i18n.get_locale(), &center)}</th>
                <td class="number">{overdue}</td>
                <td class="number">{escalated}</td>
                <td class="number">{as_of.map(time::date_time)}</td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    view! {
        <section class="grid gap-2" aria-labelledby="report-overdue">
            <h3 class="print-heading" id="report-overdue">{t!(i18n, compare.report.overdue)}</h3>
            {none.then(|| view! { <p>{t!(i18n, compare.report.none_overdue)}</p> })}
            <div class="table-box" tabindex="0" role="region" aria-labelledby="report-overdue" hidden=none>
                <table class="figures print-table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, desk.city.center)}</th>
                            <th scope="col" class="number">{t!(i18n, desk.city.overdue)}</th>
                            <th scope="col" class="number">{t!(i18n, desk.city.escalated)}</th>
                            <th scope="col" class="number">{t!(i18n, compare.report.as_of)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </section>
    }
}
