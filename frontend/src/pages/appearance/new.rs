//! `/desk/appearance/new`: somebody is looked at, item by item.

use domain::{
    PostId, StaffId, Violation,
    appearance::{Entry, Group, ITEMS, Item, Limits, Mark as Found, Measure, NOTE_MAX, Wording, check_note, judge},
    phrases::PhraseKind,
    settings::EntryStatus,
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::HOME;
use crate::{
    api::{
        ApiError,
        appearance::{
            AppearanceMarkInput, Choices, Offered, Place, RecordAppearanceCheckInput, choices, items,
            record_appearance_check,
        },
    },
    components::{
        AsyncView, Empty, Icon, Mark, PageHeading, UploadField, Uploads,
        form::{ChoiceField, Field, FieldKind, Form, FormState, SelectField, Submit},
    },
    i18n::{Locale, label, t, t_string, use_i18n},
    pages::posts::forms::{day, given, signal},
    time,
};

/// The page.
#[component]
pub fn NewCheck() -> impl IntoView {
    let i18n = use_i18n();
    let found = LocalResource::new(choices);
    let ready = move |data: Choices| {
        if data.appearance_choices.is_empty() {
            view! { <Empty text=move || t_string!(i18n, appearance.new.nobody) /> }.into_any()
        } else {
            view! { <CheckForm data /> }.into_any()
        }
    };
    view! {
        <p>
            <a class="link back" href=HOME>
                <Icon mark=Mark::Back />
                {t!(i18n, appearance.new.back)}
            </a>
        </p>
        <PageHeading title=move || t_string!(i18n, appearance.new.title) />
        <AsyncView resource=found ready />
    }
}

/// Whom it is about, and what is asked about them.
type Asked = (Option<StaffId>, Vec<Offered>);

/// An item, as it is being filled in.
#[derive(Clone, Copy)]
struct Line {
    item: Item,
    group: Group,
    measure: Option<Measure>,
    wording: Wording,
    mark: RwSignal<String>,
    number: RwSignal<String>,
    note: RwSignal<String>,
}

impl Line {
    fn new(offered: &Offered) -> Self {
        let Offered { item, group, measure, wording } = *offered;
        Self { item, group, measure, wording, mark: signal(None), number: signal(None), note: signal(None) }
    }

    /// What was measured: millimetres of a heel, or pieces. None where it is no number.
    fn number(self) -> Option<u32> {
        let text = self.number.get_untracked();
        match self.measure? {
            Measure::Heel => millimetres(text.trim()),
            Measure::Pieces => text.trim().parse().ok(),
        }
    }

    fn entry(self) -> Entry {
        let mark = Found::from_key(&self.mark.get_untracked());
        Entry { item: self.item, mark, number: self.number(), note: given(self.note) }
    }
}

/// Centimetres with at most one digit behind the point.
fn millimetres(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once(['.', '。']).unwrap_or((text, "0"));
    let tenth: u32 = if part.len() == 1 { part.parse().ok()? } else { return None };
    whole.parse::<u32>().ok()?.checked_mul(10)?.checked_add(tenth)
}

#[component]
fn CheckForm(data: Choices) -> impl IntoView {
    let i18n = use_i18n();
    let Choices { appearance_choices: places, phrases } = data;
    let state = FormState::new("check");
    let uploads = Uploads::new(Vec::new());
    let (post, staff) = (signal(None), signal(None));
    let on = signal(Some(&time::today().to_string()));
    let (note, phrase) = (signal(None), signal(None));
    if let [only] = places.as_slice() {
        post.set(only.post.id.to_string());
    }
    let places = StoredValue::new(places);
    let posts = Signal::derive(move || {
        places.with_value(|all| all.iter().map(|row| (row.post.id.to_string(), row.post.name.clone())).collect())
    });
    let people = Signal::derive(move || {
        let at = post.get();
        let here = |row: &&Place| row.post.id.to_string() == at;
        let named = |row: &Place| {
            row.people.iter().map(|one| (one.id.to_string(), format!("{} {}", one.staff_no, one.name))).collect()
        };
        places.with_value(|all| all.iter().find(here).map(named).unwrap_or_default())
    });
    // Who is chosen at one post is not at another.
    Effect::new(move |before: Option<String>| {
        let at = post.get();
        if before.is_some_and(|before| before != at) {
            staff.set(String::new());
        }
        at
    });
    let who = Memo::new(move |_| staff.get().parse::<StaffId>().ok());
    let lines = StoredValue::new(Vec::<Line>::new());
    let asked = LocalResource::new(move || {
        let who = who.get();
        async move {
            let offered = match who {
                Some(staff) => items(staff).await?,
                None => Vec::new(),
            };
            Ok::<Asked, ApiError>((who, offered))
        }
    });
    let heard: Vec<_> = phrases
        .into_iter()
        .filter(|row| row.kind == PhraseKind::Forbidden && row.status == EntryStatus::Active)
        .map(|row| (row.id.to_string(), row.text))
        .collect();
    let heard = Signal::derive(move || heard.clone());
    let navigate = use_navigate();
    let submit = move || {
        let (at, whom, when) = (post.get_untracked().parse::<PostId>().ok(), who.get_untracked(), day(on));
        // What is on the page may still be about whoever was chosen before.
        if asked.get_untracked().and_then(Result::ok).is_none_or(|(about, _)| about != whom) {
            return;
        }
        let needed = |field, missing: bool| missing.then(|| Violation::new(field, "form.required"));
        let mut wrong: Vec<_> = [
            needed("post", at.is_none()),
            needed("staff", whom.is_none()),
            needed("on", when.is_none()),
            check_note(given(note).as_deref()),
            uploads.under_way().then(|| Violation::new("files", "files.under_way")),
        ]
        .into_iter()
        .flatten()
        .collect();
        let filled: Vec<Entry> = lines.with_value(|lines| lines.iter().map(|line| line.entry()).collect());
        wrong.extend(broken(&filled));
        if let (true, Some(post), Some(staff), Some(on)) = (state.check(wrong), at, whom, when) {
            let item = |entry: Entry| AppearanceMarkInput {
                item: entry.item,
                mark: entry.mark,
                number: entry.number.and_then(|number| i32::try_from(number).ok()),
                note: entry.note,
            };
            let items = filled.into_iter().map(item).collect();
            let (note, phrase) = (given(note), phrase.get_untracked().parse().ok());
            let input = RecordAppearanceCheckInput { post, staff, on, items, note, phrase, files: uploads.ids() };
            let navigate = navigate.clone();
            state.send(record_appearance_check::ask(input), move |made| {
                navigate(&format!("{HOME}/{}", made.id), NavigateOptions::default());
            });
        }
    };
    view! {
        <Form state on_submit=submit>
            <SelectField name="post" label=move || t_string!(i18n, appearance.new.post) choices=posts value=post />
            <SelectField name="staff" label=move || t_string!(i18n, appearance.new.staff) choices=people value=staff />
            <Field
                name="on"
                label=move || t_string!(i18n, appearance.new.on)
                hint=move || t_string!(i18n, appearance.new.on_hint)
                value=on
                kind=FieldKind::Date
            />
            <Items asked lines />
            <Field name="note" label=move || t_string!(i18n, appearance.new.note) value=note kind=FieldKind::Area(NOTE_MAX) optional=true />
            <SelectField
                name="phrase"
                label=move || t_string!(i18n, appearance.new.phrase)
                hint=move || t_string!(i18n, appearance.new.phrase_hint)
                choices=heard
                value=phrase
                optional=true
            />
            <UploadField name="files" label=move || t_string!(i18n, appearance.new.photo) uploads pictures=true />
            <Submit label=move || t_string!(i18n, appearance.new.save) />
        </Form>
    }
}

/// What the server would find wrong in any case. Whose limit counts, it alone knows.
fn broken(filled: &[Entry]) -> Vec<Violation> {
    let specs: Vec<_> = ITEMS.iter().filter(|spec| filled.iter().any(|one| one.item == spec.item)).collect();
    let unlimited = Limits { heel: u32::MAX, pieces: u32::MAX };
    judge(&specs, filled.to_vec(), unlimited).err().unwrap_or_default()
}

/// The items that are asked about whoever is chosen, in their groups.
#[component]
fn Items(asked: LocalResource<Result<Asked, ApiError>>, lines: StoredValue<Vec<Line>>) -> impl IntoView {
    let i18n = use_i18n();
    let told = RwSignal::new(false);
    let ready = move |(_, offered): Asked| {
        told.set(false);
        let made: Vec<_> = offered.iter().map(Line::new).collect();
        lines.set_value(made.clone());
        if made.is_empty() {
            return view! { <p class="hint">{t!(i18n, appearance.new.choose)}</p> }.into_any();
        }
        let rest = {
            let made = made.clone();
            move |_| {
                let open = made.iter().filter(|line| line.mark.with_untracked(String::is_empty));
                open.for_each(|line| line.mark.set(Found::Pass.key().to_owned()));
                told.set(true);
            }
        };
        let parts = Group::ALL.iter().map(|group| {
            let own = made.iter().filter(|line| line.group == *group).copied();
            let own = own.map(|line| view! { <ItemField line /> }).collect_view();
            let (id, heading) = (format!("check-{}", group.key()), format!("check-{}", group.key()));
            view! {
                <section class="sheet" aria-labelledby=heading>
                    <h2 class="sheet-title" id=id>{move || label(i18n.get_locale(), "appearance_group", group.key())}</h2>
                    {own}
                </section>
            }
        });
        let parts = parts.collect_view();
        view! {
            {parts}
            <div class="person-acts">
                <button type="button" class="btn btn-outline" on:click=rest>
                    <Icon mark=Mark::Check />
                    {t!(i18n, appearance.new.rest)}
                </button>
                <span class="hint" role="status">
                    <Show when=move || told.get()>{t!(i18n, appearance.new.rest_done)}</Show>
                </span>
            </div>
        }
        .into_any()
    };
    view! { <AsyncView resource=asked ready /> }
}

/// In the words that fit the person, where the viewer may know.
fn name(locale: Locale, item: Item, wording: Wording) -> String {
    let group = match wording {
        Wording::Common => "appearance_item",
        Wording::Women => "appearance_item_women",
        Wording::Men => "appearance_item_men",
    };
    format!("{} {}", item.key(), label(locale, group, item.key()))
}

#[component]
fn ItemField(line: Line) -> impl IntoView {
    let i18n = use_i18n();
    let Line { item, measure, wording, mark, number, note, .. } = line;
    let choices = Signal::derive(move || {
        let locale = i18n.get_locale();
        let named = |one: &Found| (one.key(), label(locale, "appearance_mark", one.key()).to_owned());
        Found::ALL.iter().map(named).collect()
    });
    let is = move |one: Found| mark.with(|key| key == one.key());
    let measured = measure.map(|measure| {
        let (name, heel) = match measure {
            Measure::Heel => ("heel", true),
            Measure::Pieces => ("pieces", false),
        };
        let text =
            move || if heel { t_string!(i18n, appearance.new.heel) } else { t_string!(i18n, appearance.new.pieces) };
        let hint = move || {
            if heel { t_string!(i18n, appearance.new.heel_hint) } else { t_string!(i18n, appearance.new.pieces_hint) }
        };
        view! {
            <Show when=move || !is(Found::Na)>
                <Field name label=text hint=hint value=number kind=FieldKind::Number />
            </Show>
        }
    });
    let remark = move || {
        if is(Found::Na) { t_string!(i18n, appearance.new.remark_na) } else { t_string!(i18n, appearance.new.remark) }
    };
    view! {
        <div class="grid gap-3" data-item=item.key()>
            <ChoiceField name=item.key() label=move || name(i18n.get_locale(), item, wording) choices value=mark />
            {measured}
            <Show when=move || is(Found::Fail) || is(Found::Na)>
                <label class="field">
                    <span class="hint">{remark}</span>
                    <input
                        class="input-line"
                        type="text"
                        name="remark"
                        prop:value=move || note.get()
                        on:input=move |event| note.set(event_target_value(&event))
                    />
                </label>
            </Show>
        </div>
    }
}
