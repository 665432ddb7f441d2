//! `/desk/campaigns/:id/sheet`: the round as one document of A4 pages (汇总表): what it was, who was heard, what it came to,
//! what was said and what became of it, and where to sign.

use domain::campaigns::RaterStatus;
use leptos::prelude::*;

use super::{
    HOME, called,
    page::{Facts, round_of_address},
    results::points,
};
use crate::{
    api::{
        ApiError,
        campaigns::{Coverage, Mean, Page, Remark, Target, campaign},
    },
    components::{AsyncView, Icon, Mark, PageHeading, layout::staff::place_name},
    i18n::{label, t, t_string, use_i18n},
    session::use_session,
    time,
};

/// The page: the document as it will be, and the button that prints it.
#[component]
pub fn SheetPage() -> impl IntoView {
    let i18n = use_i18n();
    let id = round_of_address();
    let found = LocalResource::new(move || async move {
        campaign(id.get_untracked().ok_or_else(|| ApiError::of("NOT_FOUND"))?).await
    });
    let back = move || id.get().map_or_else(|| HOME.to_owned(), |id| format!("{HOME}/{id}"));
    view! {
        <div class="no-print print-head">
            <p>
                <a class="link back" href=back>
                    <Icon mark=Mark::Back />
                    {t!(i18n, campaigns.sheet.back)}
                </a>
            </p>
            <PageHeading title=move || t_string!(i18n, campaigns.sheet.title) />
            <p class="desk-lead">{t!(i18n, campaigns.sheet.lead)}</p>
            <button type="button" class="btn btn-primary" on:click=move |_| drop(window().print())>
                <Icon mark=Mark::Print />
                {t!(i18n, campaigns.sheet.print)}
            </button>
        </div>
        <AsyncView resource=found ready=move |page| view! { <Document page /> } />
    }
}

#[component]
fn Document(page: Page) -> impl IntoView {
    let i18n = use_i18n();
    let place = use_session().viewer().and_then(|viewer| viewer.scope).map(|scope| scope.place);
    let center = move || place.as_ref().map(|place| place_name(i18n, place)).unwrap_or_default();
    let Page { campaign, form_number, targets, raters, coverage, means, remarks, .. } = page;
    let heard = raters.iter().filter(|row| row.rater.status == RaterStatus::Accepted).count();
    let forms: i32 = raters.iter().map(|row| row.handed_in).sum();
    let on = time::today().to_string();
    view! {
        <article class="print-document">
            <section class="print-part">
                <p class="print-center">{center}</p>
                <h2 class="print-title">{campaign.name.clone()}</h2>
                <Facts row=campaign form_number />
                <p>{move || t_string!(i18n, campaigns.sheet.counts, raters = heard, forms = forms)}</p>
                <p class="hint tabular-nums">{move || t_string!(i18n, campaigns.sheet.printed, day = on.as_str())}</p>
            </section>
            <Heard coverage />
            <CameTo targets=targets.clone() means />
            <Said targets remarks />
            <section class="print-part">
                <dl class="desk-facts">
                    <dt>{t!(i18n, campaigns.sheet.organiser)}</dt><dd>"________________"</dd>
                    <dt>{t!(i18n, campaigns.sheet.head)}</dt><dd>"________________"</dd>
                    <dt>{t!(i18n, campaigns.sheet.day)}</dt><dd>"________________"</dd>
                </dl>
            </section>
        </article>
    }
}

/// Which groups were heard.
#[component]
fn Heard(coverage: Vec<Coverage>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = coverage.into_iter().map(|row| {
        view! {
            <tr>
                <th scope="row">{move || label(i18n.get_locale(), "role", row.role.key())}</th>
                <td class="number">{row.named}</td>
                <td class="number">{row.accepted}</td>
                <td class="number">{row.done}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="print-part" aria-labelledby="sheet-heard">
            <h2 class="print-heading" id="sheet-heard">{t!(i18n, campaigns.raters.title)}</h2>
            <div class="table-box" tabindex="0" role="region" aria-labelledby="sheet-heard">
                <table class="figures print-table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, campaigns.roster.group)}</th>
                            <th scope="col" class="number">{t!(i18n, campaigns.sheet.named)}</th>
                            <th scope="col" class="number">{t!(i18n, campaigns.sheet.accepted)}</th>
                            <th scope="col" class="number">{t!(i18n, campaigns.sheet.done)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

/// What each target came to.
#[component]
fn CameTo(targets: Vec<Target>, means: Vec<Mean>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = targets.into_iter().map(|target| {
        let mean = means.iter().find(|mean| mean.target == target.id);
        let (shown, forms) = (mean.and_then(|mean| mean.mean).map(points), mean.and_then(|mean| mean.forms));
        let detail = target.detail.clone();
        view! {
            <tr>
                <th scope="row">{move || called(&target, i18n.get_locale())}</th>
                <td class="print-wide">{detail}</td>
                <td class="number">{shown}</td>
                <td class="number">{forms}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="print-part" aria-labelledby="sheet-means">
            <h2 class="print-heading" id="sheet-means">{t!(i18n, campaigns.results.title)}</h2>
            <div class="table-box" tabindex="0" role="region" aria-labelledby="sheet-means">
                <table class="figures print-table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, campaigns.targets.title)}</th>
                            <th scope="col">{t!(i18n, campaigns.targets.where_is)}</th>
                            <th scope="col" class="number">{t!(i18n, campaigns.results.mean)}</th>
                            <th scope="col" class="number">{t!(i18n, campaigns.results.forms)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="hint">{t!(i18n, campaigns.results.about)}</p>
        </section>
    }
}

/// What was said, without who said it, and what became of it.
#[component]
fn Said(targets: Vec<Target>, remarks: Vec<Remark>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = remarks.into_iter().map(|row| {
        let target = targets.iter().find(|target| target.id == row.target).cloned();
        let (kind, disposition, opinion) = (row.kind.key(), row.disposition.key(), row.opinion);
        view! {
            <section class="print-entry">
                <h3>
                    {move || label(i18n.get_locale(), "remark_kind", kind)}
                    " · "
                    {move || target.as_ref().map(|target| called(target, i18n.get_locale()))}
                </h3>
                <p class="prose-text">{row.text}</p>
                <dl class="print-facts">
                    <dt>{t!(i18n, campaigns.sheet.became)}</dt>
                    <dd>{move || label(i18n.get_locale(), "disposition", disposition)}</dd>
                    {row.reply.map(|text| view! { <dt>{t!(i18n, campaigns.reply)}</dt><dd>{text}</dd> })}
                    {opinion.map(|opinion| view! {
                        <dt>{t!(i18n, campaigns.sheet.opinion)}</dt>
                        <dd>{move || label(i18n.get_locale(), "opinion", opinion.key())}</dd>
                    })}
                </dl>
            </section>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="print-part" aria-labelledby="sheet-said">
            <h2 class="print-heading" id="sheet-said">{t!(i18n, campaigns.remarks.title)}</h2>
            {rows}
        </section>
    }
}
