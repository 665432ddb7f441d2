//! `/desk/ledgers/:post/print`: the ledger as one document of A4 pages: cover, index, entries with their photos, looks.

use domain::{files::FileKind, model_posts::ModelKind};
use leptos::prelude::*;

use super::{Names, account, ledger::post_of_address, list_names, names};
use crate::{
    api::{
        ApiError,
        files::{AttachedFile, thumbnail_path},
        model_posts::{Book, LedgerEntry, Look, ModelTitlePage, book, title, whole_ledger},
        posts::Member,
    },
    components::{AsyncView, Icon, Mark, PageHeading, layout::staff::place_name},
    i18n::{label, t, t_string, use_i18n},
    session::use_session,
    time,
};

#[derive(Clone)]
struct Document {
    book: Book,
    title: Option<ModelTitlePage>,
    entries: Vec<LedgerEntry>,
}

/// The page: the document as it will be, and the button that prints it.
#[component]
pub fn PrintPage() -> impl IntoView {
    let i18n = use_i18n();
    let post = post_of_address();
    let found = LocalResource::new(move || async move {
        let post = post.get().ok_or_else(|| ApiError::of("NOT_FOUND"))?;
        let book = book(post).await?;
        let row = book.model_titles.iter().find(|row| row.title.post_id == post);
        let title = match row {
            Some(row) => Some(title(row.title.id).await?.model_title),
            None => None,
        };
        Ok(Document { entries: whole_ledger(post).await?, book, title })
    });
    let path = move || post.get().map(|post| format!("/desk/ledgers/{post}")).unwrap_or_default();
    view! {
        <div class="no-print print-head">
            <p>
                <a class="link back" href=path>
                    <Icon mark=Mark::Back />
                    {t!(i18n, models.ledger.back)}
                </a>
            </p>
            <PageHeading title=move || t_string!(i18n, models.print.title) />
            <p class="desk-lead">{t!(i18n, models.print.lead)}</p>
            <button type="button" class="btn btn-primary" on:click=move |_| drop(window().print())>
                <Icon mark=Mark::Print />
                {t!(i18n, models.ledger.print)}
            </button>
        </div>
        <AsyncView resource=found ready=move |document| view! { <Pages document /> } />
    }
}

#[component]
fn Pages(document: Document) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let Document { book, title, entries } = document;
    let names = names(&book.staff_members);
    let post = book.post.post;
    let kind = ModelKind::of_post(&post.kind).map(ModelKind::key).unwrap_or_default();
    let place = session.viewer().and_then(|viewer| viewer.scope).map(|scope| scope.place);
    let center = move || place.as_ref().map(|place| place_name(i18n, place)).unwrap_or_default();
    let count = entries.len();
    let days = entries
        .first()
        .zip(entries.last())
        .map(|(first, last)| (first.happened_on.to_string(), last.happened_on.to_string()));
    let period = move || match &days {
        Some((from, until)) => format!("{from} – {until}"),
        None => t_string!(i18n, models.print.empty).to_owned(),
    };
    let status = title.as_ref().map(|page| page.row.title.status);
    let (looks, people) = title.map(|page| (page.looks, page.people)).unwrap_or_default();
    let on = time::today().to_string();
    let index = (1..).zip(&entries).map(|(n, entry)| {
        let (n, activity, evidence): (usize, _, _) = (n, entry.activity, entry.evidence);
        view! {
            <tr>
                <td class="number">{n}</td>
                <td class="tabular-nums">{entry.happened_on.to_string()}</td>
                <td class="print-wide"><a href=format!("#entry-{n}") rel="external">{entry.title.clone()}</a></td>
                <td>{move || label(i18n.get_locale(), "ledger_activity", activity.key())}</td>
                <td>{move || label(i18n.get_locale(), "evidence_kind", evidence.key())}</td>
            </tr>
        }
    });
    let index = index.collect_view();
    let sections =
        (1..).zip(entries).map(|(n, entry)| view! { <Section n entry names=names.clone() /> }).collect_view();
    view! {
        <article class="print-document">
            <section class="print-cover">
                <p class="print-center">{center}</p>
                <h2 class="print-title">{t!(i18n, models.print.cover)}</h2>
                <p class="print-post">{post.name}</p>
                <dl class="desk-facts">
                    <dt>{t!(i18n, models.title.kind)}</dt>
                    <dd>{move || label(i18n.get_locale(), "model_kind", kind)}</dd>
                    {status.map(|status| view! {
                        <dt>{t!(i18n, models.print.status)}</dt>
                        <dd>{move || label(i18n.get_locale(), "title_status", status.key())}</dd>
                    })}
                    <dt>{t!(i18n, models.print.period)}</dt>
                    <dd class="tabular-nums">{period}</dd>
                    <dt>{t!(i18n, models.print.entries)}</dt>
                    <dd>{count}</dd>
                    <dt>{t!(i18n, models.print.printed)}</dt>
                    <dd class="tabular-nums">{on}</dd>
                </dl>
            </section>
            <section class="print-part" aria-labelledby="print-index">
                <h2 class="print-heading" id="print-index">{t!(i18n, models.print.index)}</h2>
                <div class="table-box" tabindex="0" role="region" aria-labelledby="print-index">
                    <table class="figures print-table">
                        <thead>
                            <tr>
                                <th scope="col" class="number">{t!(i18n, models.print.number)}</th>
                                <th scope="col">{t!(i18n, models.share.day)}</th>
                                <th scope="col">{t!(i18n, models.entry.title)}</th>
                                <th scope="col">{t!(i18n, models.entry.activity)}</th>
                                <th scope="col">{t!(i18n, models.entry.evidence)}</th>
                            </tr>
                        </thead>
                        <tbody>{index}</tbody>
                    </table>
                </div>
            </section>
            <div class="print-part">{sections}</div>
            <Results looks people />
        </article>
    }
}

#[component]
fn Section(n: usize, entry: LedgerEntry, names: Names) -> impl IntoView {
    let i18n = use_i18n();
    let (activity, evidence) = (entry.activity, entry.evidence);
    let (author, decider) = (entry.author, entry.decider);
    let (people, known) = (entry.people.clone(), entry.people);
    let participants = entry.participants;
    let nobody = participants.is_empty();
    let (pictures, others): (Vec<AttachedFile>, Vec<_>) =
        entry.files.into_iter().partition(|file| file.kind == FileKind::Jpeg);
    let pictures = pictures.into_iter().map(|file| {
        let name = file.name.clone();
        view! { <figure><img src=thumbnail_path(file.id) alt=file.name /><figcaption>{name}</figcaption></figure> }
    });
    let pictures = pictures.collect_view();
    let others: Vec<_> = others.into_iter().map(|file| file.name).collect();
    let (no_others, others) = (others.is_empty(), move || others.join(t_string!(i18n, desk.list_separator)));
    view! {
        <section class="print-entry" id=format!("entry-{n}")>
            <h3>{n} ". " {entry.title}</h3>
            <dl class="print-facts">
                <dt>{t!(i18n, models.entry.happened_on)}</dt><dd class="tabular-nums">{entry.happened_on.to_string()}</dd>
                <dt>{t!(i18n, models.entry.activity)}</dt><dd>{move || label(i18n.get_locale(), "ledger_activity", activity.key())}</dd>
                <dt>{t!(i18n, models.entry.evidence)}</dt><dd>{move || label(i18n.get_locale(), "evidence_kind", evidence.key())}</dd>
                {entry.hours.map(|hours| view! { <dt>{t!(i18n, models.entry.hours)}</dt><dd>{hours}</dd> })}
                {entry.kept_at.map(|place| view! { <dt>{t!(i18n, models.entry.kept_at)}</dt><dd>{place}</dd> })}
                {(!nobody).then(|| view! { <dt>{t!(i18n, models.entry.participants)}</dt><dd>{move || list_names(i18n, &names, &participants)}</dd> })}
                {(!no_others).then(|| view! { <dt>{t!(i18n, models.entry.files)}</dt><dd>{others}</dd> })}
                <dt>{t!(i18n, models.entry.author)}</dt><dd>{move || account(i18n, &people, author)}</dd>
                {decider.map(|decider| view! {
                    <dt>{t!(i18n, models.entry.decider)}</dt>
                    <dd>{move || account(i18n, &known, decider)} " " {entry.decided_at.map(time::date)}</dd>
                })}
            </dl>
            {entry.detail.map(|text| view! { <p class="prose-text">{text}</p> })}
            <div class="print-pictures">{pictures}</div>
        </section>
    }
}

#[component]
fn Results(looks: Vec<Look>, people: Vec<Member>) -> impl IntoView {
    let i18n = use_i18n();
    if looks.is_empty() {
        return ().into_any();
    }
    let rows = looks.into_iter().map(|look| {
        let Look { check, on, fine, note, checker } = look;
        let people = people.clone();
        view! {
            <tr>
                <td class="tabular-nums">{on.to_string()}</td>
                <td>{move || label(i18n.get_locale(), "check_kind", check.key())}</td>
                <td>{move || if fine { t_string!(i18n, models.look.fine) } else { t_string!(i18n, models.look.bad) }}</td>
                <td class="print-wide">{note}</td>
                <td>{move || account(i18n, &people, checker)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="print-part" aria-labelledby="print-results">
            <h2 class="print-heading" id="print-results">{t!(i18n, models.print.results)}</h2>
            <div class="table-box" tabindex="0" role="region" aria-labelledby="print-results">
                <table class="figures print-table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, models.share.day)}</th>
                            <th scope="col">{t!(i18n, models.look.what)}</th>
                            <th scope="col">{t!(i18n, models.look.result)}</th>
                            <th scope="col">{t!(i18n, models.note)}</th>
                            <th scope="col">{t!(i18n, models.look.by)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
