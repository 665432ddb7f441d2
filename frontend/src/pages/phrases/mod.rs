//! `/desk/phrases`: what to say and what never to say, as cards that can be searched, kept and printed.

mod form;

use domain::{
    PhraseId,
    permission::Permission,
    phrases::{PhraseCategory, PhraseKind},
    settings::EntryStatus,
};
use leptos::prelude::*;

use self::form::PhraseForm;
use super::posts::Office;
use crate::{
    api::phrases::{Phrase, SeenPhraseInput, phrases, restore_phrase, retire_phrase},
    components::{
        AsyncView, Chip, Dialog, Empty, ExportButton, Icon, Mark, NoticeLine, PageHeading, Tone,
        form::{ErrorSummaryOf, FormState},
    },
    dom,
    i18n::{label, t, t_string, td_string, use_i18n},
    session::use_session,
};

/// What the dialog is open for: a phrase to change, or none for a new one; and all of them to choose from.
type Task = (Option<Phrase>, Vec<Phrase>);

/// What narrows the cards.
#[derive(Clone, Copy)]
struct Filter {
    words: RwSignal<String>,
    kind: RwSignal<String>,
    category: RwSignal<String>,
    retired: RwSignal<bool>,
}

impl Filter {
    /// The same for the workbook.
    fn query(self) -> String {
        let words = self.words.with(|words| dom::encoded(words.trim()));
        let (kind, category, retired) = (self.kind.get(), self.category.get(), self.retired.get());
        format!("q={words}&kind={kind}&category={category}&retired={retired}")
    }

    fn fits(self, phrase: &Phrase) -> bool {
        let (kind, category) = (self.kind.get(), self.category.get());
        let words = self.words.with(|words| words.trim().to_lowercase());
        let texts = [Some(&phrase.text), phrase.situation.as_ref()];
        (self.retired.get() || phrase.status == EntryStatus::Active)
            && (kind.is_empty() || kind == phrase.kind.key())
            && (category.is_empty() || category == phrase.category.key())
            && (words.is_empty() || texts.into_iter().flatten().any(|text| text.to_lowercase().contains(&words)))
    }
}

/// The page.
#[component]
pub fn PhrasesPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let found = LocalResource::new(phrases);
    let office = Office::<Task>::new(move || found.refetch());
    let acting = FormState::new("phrase-act");
    let filter = Filter {
        words: RwSignal::new(String::new()),
        kind: RwSignal::new(String::new()),
        category: RwSignal::new(String::new()),
        retired: RwSignal::new(false),
    };
    let keeps = move || session.can(Permission::PhraseManage);
    let heading = move || {
        let locale = i18n.get_locale();
        office.task.with(|task| match task {
            Some((Some(_), _)) => td_string!(locale, phrases.edit),
            _ => td_string!(locale, phrases.add),
        })
    };
    let form = move || {
        let done = move || office.done();
        office.task.get().map(|(phrase, all)| view! { <PhraseForm phrase all done /> })
    };
    let add = move |_| {
        let all = found.get_untracked().and_then(Result::ok).unwrap_or_default();
        office.begin((None, all));
    };
    view! {
        <div class="title-line">
            <PageHeading title=move || t_string!(i18n, phrases.title) />
            <div class="person-acts no-print">
                <ExportButton list="phrases" query=move || filter.query() />
                <button type="button" class="btn btn-outline" on:click=move |_| drop(window().print())>
                    <Icon mark=Mark::Print />
                    {t!(i18n, phrases.print)}
                </button>
                <Show when=keeps>
                    <button type="button" class="btn btn-primary" on:click=add>
                        <Icon mark=Mark::Plus />
                        {t!(i18n, phrases.add)}
                    </button>
                </Show>
            </div>
        </div>
        <p class="desk-lead no-print">{t!(i18n, phrases.lead)}</p>
        <p class="banner banner-still no-print"><Icon mark=Mark::Info />{t!(i18n, phrases.no_recording)}</p>
        <NoticeLine notice=office.notice />
        <ErrorSummaryOf state=acting />
        <Filters filter />
        <AsyncView resource=found ready=move |all| view! { <Cards all filter office acting keeps=keeps() /> } />
        <Dialog id="phrase" open=office.open title=heading>{form}</Dialog>
    }
}

#[component]
fn Filters(filter: Filter) -> impl IntoView {
    let i18n = use_i18n();
    let Filter { words, kind, category, retired } = filter;
    let kinds = move || {
        let locale = i18n.get_locale();
        let option =
            |one: &PhraseKind| view! { <option value=one.key()>{label(locale, "phrase_kind", one.key())}</option> };
        PhraseKind::ALL.iter().map(option).collect_view()
    };
    let categories = move || {
        let locale = i18n.get_locale();
        let option = |one: &PhraseCategory| view! { <option value=one.key()>{label(locale, "phrase_category", one.key())}</option> };
        PhraseCategory::ALL.iter().map(option).collect_view()
    };
    view! {
        <div class="filters no-print" role="search">
            <label class="filter">
                <span class="hint">{t!(i18n, phrases.search)}</span>
                <input
                    type="search"
                    class="input-line"
                    name="words"
                    prop:value=move || words.get()
                    on:input=move |event| words.set(event_target_value(&event))
                />
            </label>
            <label class="filter">
                <span class="hint">{t!(i18n, phrases.kind)}</span>
                <select class="input-line" name="kind" on:change=move |event| kind.set(event_target_value(&event))>
                    <option value="">{t!(i18n, phrases.any)}</option>
                    {kinds}
                </select>
            </label>
            <label class="filter">
                <span class="hint">{t!(i18n, phrases.category)}</span>
                <select class="input-line" name="category" on:change=move |event| category.set(event_target_value(&event))>
                    <option value="">{t!(i18n, phrases.any)}</option>
                    {categories}
                </select>
            </label>
            <label class="choice">
                <input
                    type="checkbox"
                    class="choice-dot"
                    name="retired"
                    prop:checked=move || retired.get()
                    on:change=move |event| retired.set(event_target_checked(&event))
                />
                <span>{t!(i18n, phrases.retired)}</span>
            </label>
        </div>
    }
}

#[component]
fn Cards(all: Vec<Phrase>, filter: Filter, office: Office<Task>, acting: FormState, keeps: bool) -> impl IntoView {
    let i18n = use_i18n();
    let all = StoredValue::new(all);
    let shown = Memo::new(move |_| {
        let fits = |phrase: &&Phrase| filter.fits(phrase);
        all.with_value(|all| all.iter().filter(fits).map(|phrase| phrase.id).collect::<Vec<_>>())
    });
    let cards = move || {
        let one = |id: PhraseId| {
            let phrase = all.with_value(|all| all.iter().find(|phrase| phrase.id == id).cloned())?;
            let beside = all.with_value(|all| beside(&phrase, all));
            Some(view! { <Card phrase beside all office acting keeps /> })
        };
        shown.get().into_iter().filter_map(one).collect_view()
    };
    view! {
        <p class="hint" role="status">{move || t_string!(i18n, phrases.count, count = shown.with(Vec::len))}</p>
        <Show when=move || shown.with(Vec::is_empty)>
            <Empty text=move || t_string!(i18n, phrases.none) />
        </Show>
        <ul class="board phrase-cards" aria-label=move || t_string!(i18n, phrases.card)>{cards}</ul>
    }
}

/// What is said instead of a forbidden phrase, or the one instead of which a phrase is said.
fn beside(phrase: &Phrase, all: &[Phrase]) -> Vec<String> {
    let belongs = |other: &&Phrase| {
        other.status == EntryStatus::Active
            && match phrase.kind {
                PhraseKind::Forbidden => other.replacement_for == Some(phrase.id),
                PhraseKind::Civil => phrase.replacement_for == Some(other.id),
            }
    };
    all.iter().filter(belongs).map(|other| other.text.clone()).collect()
}

#[component]
fn Card(
    phrase: Phrase,
    beside: Vec<String>,
    all: StoredValue<Vec<Phrase>>,
    office: Office<Task>,
    acting: FormState,
    keeps: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let Phrase { id, version, kind, category, text, situation, source, status, seed, .. } = phrase.clone();
    let forbidden = kind == PhraseKind::Forbidden;
    let (tone, mark) = if forbidden { (Tone::Bad, Mark::Close) } else { (Tone::Good, Mark::Check) };
    let active = status == EntryStatus::Active;
    let origin = source.filter(|_| !seed);
    let others = beside.into_iter().map(|text| view! { <p lang="zh-CN">{text}</p> }).collect::<Vec<_>>();
    let named = (!others.is_empty()).then(|| {
        view! {
            <div class="quote">
                <p class="hint">
                    {move || if forbidden { t_string!(i18n, phrases.instead) } else { t_string!(i18n, phrases.instead_of) }}
                </p>
                {others}
            </div>
        }
    });
    let label_of = {
        let text = text.clone();
        move |verb: &str| format!("{verb} {text}")
    };
    let (edit_label, act_label) = (label_of.clone(), label_of);
    let edit = move |_| office.begin((Some(phrase.clone()), all.get_value()));
    let act = move |_| {
        let input = SeenPhraseInput { id, version };
        if active {
            acting.send(retire_phrase::ask(input), move |_| office.done());
        } else {
            acting.send(restore_phrase::ask(input), move |_| office.done());
        }
    };
    let verb = move || if active { t_string!(i18n, phrases.retire) } else { t_string!(i18n, phrases.restore) };
    view! {
        <li class="card-case board-card" data-phrase=kind.key() data-status=status.key()>
            <p class="person-head">
                <Chip tone mark text=move || label(i18n.get_locale(), "phrase_kind", kind.key()) />
                <Chip tone=Tone::Plain mark=Mark::Chat text=move || label(i18n.get_locale(), "phrase_category", category.key()) />
                {(!active).then(|| view! { <Chip tone=Tone::Still mark=Mark::Pause text=move || t_string!(i18n, phrases.retired_mark) /> })}
            </p>
            <h2 class="card-title" lang="zh-CN">{text}</h2>
            {situation.map(|text| view! { <p class="hint">{t!(i18n, phrases.situation)} ": " <span lang="zh-CN">{text}</span></p> })}
            {named}
            <p class="hint no-print">
                {move || if seed { t_string!(i18n, phrases.seed) } else { t_string!(i18n, phrases.own) }}
                {origin.map(|text| view! { " · " <span lang="zh-CN">{text}</span> })}
            </p>
            {keeps.then(|| view! {
                <div class="person-acts no-print">
                    <button
                        type="button"
                        class="btn btn-outline btn-small"
                        aria-label=move || edit_label(t_string!(i18n, phrases.edit))
                        on:click=edit
                    >
                        {t!(i18n, phrases.edit)}
                    </button>
                    <button type="button" class="btn btn-outline btn-small" aria-label=move || act_label(verb()) on:click=act>
                        {verb}
                    </button>
                </div>
            })}
        </li>
    }
}
