//! `/desk/ledgers/:post/new` and `…/entries/:id/edit`: an entry, written or mended. What was filled in stays in the tab
//! until it is saved: a phone's camera may throw the page away.

use domain::{
    LedgerEntryId, PostId, StaffId, Violation,
    model_posts::{
        Activity, EvidenceKind, ModelKind, definition,
        ledger::{DETAIL_MAX, EntryForm, check_proof},
    },
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use serde::{Deserialize, Serialize};

use super::{
    entry::entry_of_address,
    ledger::{Returned, post_of_address},
};
use crate::{
    api::{
        ApiError,
        files::AttachedFile,
        model_posts::{
            AddLedgerEntryInput, Book, DoneEntry, EditLedgerEntryInput, LedgerEntry, SeenLedgerEntryInput, StaffName,
            add_ledger_entry, book, edit_ledger_entry, entry, submit_ledger_entry,
        },
    },
    components::{
        AsyncView, Icon, Mark, PageHeading, UploadField, Uploads,
        form::{ChoiceField, Field, FieldError, FieldKind, Form, FormState, SelectField, Submit, use_form},
    },
    dom::Keep,
    i18n::{label, t, t_string, use_i18n},
    time,
};

/// A new entry.
#[component]
pub fn NewEntry() -> impl IntoView {
    let i18n = use_i18n();
    let post = post_of_address();
    let query = use_query_map();
    let found = LocalResource::new(move || async move {
        book(post.get_untracked().ok_or_else(|| ApiError::of("NOT_FOUND"))?).await
    });
    let activity = move || query.with_untracked(|query| query.get("activity")).unwrap_or_default();
    let ready = move |data: Book| {
        let answers = Answers::restore(format!("new.{}", data.post.post.id), || Kept {
            happened_on: time::today().to_string(),
            activity: activity(),
            ..Kept::default()
        });
        view! { <Entry data answers /> }
    };
    view! {
        <PageHeading title=move || t_string!(i18n, models.entry.new) />
        <AsyncView resource=found ready />
    }
}

/// An entry to mend.
#[component]
pub fn EditEntry() -> impl IntoView {
    let i18n = use_i18n();
    let (post, id) = (post_of_address(), entry_of_address());
    let found = LocalResource::new(move || async move {
        let missing = || ApiError::of("NOT_FOUND");
        let post = book(post.get_untracked().ok_or_else(missing)?).await?;
        Ok((post, entry(id.get_untracked().ok_or_else(missing)?).await?.ledger_entry))
    });
    let ready = move |(data, entry): (Book, LedgerEntry)| {
        let (id, version, reason) = (entry.id, entry.version, entry.return_reason.clone());
        let answers = Answers::restore(format!("{id}.{version}"), || Kept::of(entry));
        answers.seen.set(Some((id, version)));
        view! {
            {reason.map(|reason| view! { <Returned reason /> })}
            <Entry data answers />
        }
    };
    view! {
        <PageHeading title=move || t_string!(i18n, models.entry.edit) />
        <AsyncView resource=found ready />
    }
}

/// What is filled in.
#[derive(Clone, Copy)]
struct Answers {
    happened_on: RwSignal<String>,
    activity: RwSignal<String>,
    evidence: RwSignal<String>,
    title: RwSignal<String>,
    detail: RwSignal<String>,
    hours: RwSignal<String>,
    kept_at: RwSignal<String>,
    people: RwSignal<Vec<StaffId>>,
    uploads: Uploads,
    /// The entry, once it is stored.
    seen: RwSignal<Option<(LedgerEntryId, i32)>>,
    kept_as: StoredValue<String>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    happened_on: String,
    activity: String,
    evidence: String,
    title: String,
    detail: String,
    hours: String,
    kept_at: String,
    people: Vec<StaffId>,
    files: Vec<AttachedFile>,
}

impl Kept {
    fn of(entry: LedgerEntry) -> Self {
        Self {
            happened_on: entry.happened_on.to_string(),
            activity: entry.activity.key().to_owned(),
            evidence: entry.evidence.key().to_owned(),
            title: entry.title,
            detail: entry.detail.unwrap_or_default(),
            hours: entry.hours.map(|hours| hours.to_string()).unwrap_or_default(),
            kept_at: entry.kept_at.unwrap_or_default(),
            people: entry.participants,
            files: entry.files,
        }
    }
}

impl Answers {
    /// What this tab has kept under `name`, or what there is to begin with.
    fn restore(name: String, first: impl FnOnce() -> Kept) -> Self {
        let kept_as = format!("gangping.ledger.{name}");
        let kept = Keep::Tab.get(&kept_as).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(first);
        let answers = Self {
            happened_on: RwSignal::new(kept.happened_on),
            activity: RwSignal::new(kept.activity),
            evidence: RwSignal::new(kept.evidence),
            title: RwSignal::new(kept.title),
            detail: RwSignal::new(kept.detail),
            hours: RwSignal::new(kept.hours),
            kept_at: RwSignal::new(kept.kept_at),
            people: RwSignal::new(kept.people),
            uploads: Uploads::new(kept.files),
            seen: RwSignal::new(None),
            kept_as: StoredValue::new(kept_as),
        };
        Effect::new(move |_| answers.keep());
        answers
    }

    fn keep(self) {
        let kept = Kept {
            happened_on: self.happened_on.get(),
            activity: self.activity.get(),
            evidence: self.evidence.get(),
            title: self.title.get(),
            detail: self.detail.get(),
            hours: self.hours.get(),
            kept_at: self.kept_at.get(),
            people: self.people.get(),
            files: self.uploads.files(),
        };
        if let Ok(text) = serde_json::to_string(&kept) {
            self.kept_as.with_value(|name| Keep::Tab.set(name, &text));
        }
    }

    /// What the rules look at, or what is missing for that.
    fn form(self, kind: ModelKind, hands_in: bool) -> Result<EntryForm, Vec<Violation>> {
        let text = |signal: RwSignal<String>| signal.get_untracked().trim().to_owned();
        let given = |signal| Some(text(signal)).filter(|text| !text.is_empty());
        let (happened_on, activity) = (text(self.happened_on).parse().ok(), Activity::from_key(&text(self.activity)));
        let evidence = EvidenceKind::from_key(&text(self.evidence));
        let hours = given(self.hours).map(|hours| hours.parse::<u32>().map_err(|_| ()));
        let missing = [
            happened_on.is_none().then_some("happenedOn"),
            activity.is_none().then_some("activity"),
            evidence.is_none().then_some("evidence"),
        ];
        let mut found: Vec<_> =
            missing.into_iter().flatten().map(|field| Violation::new(field, "form.required")).collect();
        if matches!(hours, Some(Err(()))) {
            found.push(Violation::new("hours", "form.number"));
        }
        let (Some(happened_on), Some(activity), Some(evidence)) = (happened_on, activity, evidence) else {
            return Err(found);
        };
        let form = EntryForm {
            happened_on,
            activity,
            evidence,
            title: text(self.title),
            detail: given(self.detail),
            hours: hours.and_then(Result::ok),
            kept_at: given(self.kept_at),
            participants: self.people.get_untracked(),
        };
        // Whether the day has come is the server's to say: the clock of a phone may be wrong.
        found.extend(form.check(kind, happened_on));
        if self.uploads.under_way() {
            found.push(Violation::new("files", "files.under_way"));
        } else if hands_in {
            found.extend(check_proof(evidence, self.uploads.ids().len(), form.kept_at.as_deref()).err());
        }
        if found.is_empty() { Ok(form) } else { Err(found) }
    }
}

/// Stores an entry, and hands it in where that is asked for.
async fn store(post: PostId, answers: Answers, form: EntryForm, hands_in: bool) -> Result<DoneEntry, ApiError> {
    let EntryForm { happened_on, activity, evidence, title, detail, hours, kept_at, participants } = form;
    let hours = hours.and_then(|hours| i32::try_from(hours).ok());
    let files = answers.uploads.ids();
    let saved = match answers.seen.get_untracked() {
        Some((id, version)) => {
            let input = EditLedgerEntryInput {
                id,
                version,
                happened_on,
                activity,
                evidence,
                title,
                detail,
                hours,
                kept_at,
                participants,
                files,
            };
            edit_ledger_entry::ask(input).await?
        }
        None => {
            let input = AddLedgerEntryInput {
                post,
                happened_on,
                activity,
                evidence,
                title,
                detail,
                hours,
                kept_at,
                participants,
                files,
            };
            add_ledger_entry::ask(input).await?
        }
    };
    // Should handing in fail, the next try changes this entry and writes no second one.
    let _ = answers.seen.try_set(Some((saved.id, saved.version)));
    let DoneEntry { id, version } = saved;
    if hands_in { submit_ledger_entry::ask(SeenLedgerEntryInput { id, version }).await } else { Ok(saved) }
}

#[component]
fn Entry(data: Book, answers: Answers) -> impl IntoView {
    let i18n = use_i18n();
    let Book { post, staff_members, .. } = data;
    let Some(kind) = ModelKind::of_post(&post.post.kind) else {
        return view! { <p class="banner banner-still">{t!(i18n, models.entry.no_model_post)}</p> }.into_any();
    };
    let state = FormState::new("ledger-entry");
    let navigate = StoredValue::new_local(use_navigate());
    let id = post.post.id;
    let send = move |hands_in: bool| match answers.form(kind, hands_in) {
        Err(found) => drop(state.check(found)),
        Ok(form) => state.send(store(id, answers, form, hands_in), move |saved: DoneEntry| {
            answers.kept_as.with_value(|name| Keep::Tab.remove(name));
            let to = format!("/desk/ledgers/{id}/entries/{}", saved.id);
            navigate.with_value(|go| go(&to, NavigateOptions { replace: true, ..NavigateOptions::default() }));
        }),
    };
    let activities = Signal::derive(move || {
        let locale = i18n.get_locale();
        let name = |activity: &Activity| {
            (activity.key().to_owned(), label(locale, "ledger_activity", activity.key()).to_owned())
        };
        definition(kind).activities.iter().map(name).collect::<Vec<_>>()
    });
    let kinds = Signal::derive(move || {
        let locale = i18n.get_locale();
        EvidenceKind::ALL
            .iter()
            .map(|kind| (kind.key(), label(locale, "evidence_kind", kind.key()).to_owned()))
            .collect::<Vec<_>>()
    });
    let own = Memo::new(move |_| EvidenceKind::from_key(&answers.evidence.get()));
    let place_hint = move || match own.get() {
        Some(EvidenceKind::AudioVideo) => t_string!(i18n, models.entry.recording),
        Some(EvidenceKind::PhysicalObject) => t_string!(i18n, models.entry.object),
        _ => t_string!(i18n, models.entry.kept_hint),
    };
    let team: Vec<_> = post.assignments.iter().filter(|row| row.until.is_none()).map(|row| row.staff).collect();
    let name = post.post.name.clone();
    view! {
        <p>
            <a class="link back" href=format!("/desk/ledgers/{id}")>
                <Icon mark=Mark::Back />
                {move || t_string!(i18n, models.ledger.title, name = name.as_str())}
            </a>
        </p>
        <div class="sheet entry-form">
            <Form state on_submit=move || send(true)>
                <Field name="happenedOn" kind=FieldKind::Date label=move || t_string!(i18n, models.entry.happened_on) value=answers.happened_on />
                <SelectField name="activity" label=move || t_string!(i18n, models.entry.activity) choices=activities value=answers.activity />
                <Field name="title" label=move || t_string!(i18n, models.entry.title) value=answers.title />
                <ChoiceField
                    name="evidence"
                    label=move || t_string!(i18n, models.entry.evidence)
                    hint=move || t_string!(i18n, models.entry.evidence_hint)
                    choices=kinds
                    value=answers.evidence
                />
                <UploadField name="files" label=move || t_string!(i18n, models.entry.files) uploads=answers.uploads />
                <Field name="keptAt" label=move || t_string!(i18n, models.entry.kept_at) hint=place_hint value=answers.kept_at optional=true />
                <PeopleField name="participants" label=move || t_string!(i18n, models.entry.participants) value=answers.people team staff=staff_members />
                <Field name="detail" kind=FieldKind::Area(DETAIL_MAX) label=move || t_string!(i18n, models.entry.detail) value=answers.detail optional=true />
                <Field name="hours" kind=FieldKind::Number label=move || t_string!(i18n, models.entry.hours) value=answers.hours optional=true />
                <div class="dialog-buttons">
                    <Submit label=move || t_string!(i18n, models.entry.save_and_submit) />
                    <button type="button" class="btn btn-outline" on:click=move |_| send(false)>{t!(i18n, models.entry.save)}</button>
                </div>
            </Form>
        </div>
    }
    .into_any()
}

/// Who took part: the post's own people to tick, anybody else from the list.
#[component]
fn PeopleField(
    name: &'static str,
    #[prop(into)] label: TextProp,
    value: RwSignal<Vec<StaffId>>,
    team: Vec<StaffId>,
    staff: Vec<StaffName>,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = use_form();
    form.name_field(name, label.clone());
    let id = form.id(name);
    let message = form.watch(name);
    let team_too = team.clone();
    let staff = StoredValue::new(staff);
    // The post's people, then those who were added.
    let shown = Memo::new(move |_| {
        let mut all = team_too.clone();
        all.extend(value.get().into_iter().filter(|id| !team_too.contains(id)));
        all
    });
    let first = id.clone();
    let boxes = move || {
        let named =
            |id: StaffId| staff.with_value(|staff| staff.iter().find(|row| row.id == id).map(|row| row.name.clone()));
        let boxes = shown.get().into_iter().enumerate().map(|(n, person)| {
            let tick = move |event: leptos::ev::Event| {
                let ticked = event_target_checked(&event);
                value.update(|people| {
                    people.retain(|id| *id != person);
                    if ticked {
                        people.push(person);
                    }
                });
            };
            let own = if n == 0 { first.clone() } else { format!("{first}-{n}") };
            view! {
                <label class="choice">
                    <input
                        class="choice-dot"
                        type="checkbox"
                        id=own
                        name=name
                        prop:checked=move || value.with(|people| people.contains(&person))
                        on:change=tick
                    />
                    <span>{named(person)}</span>
                </label>
            }
        });
        boxes.collect_view()
    };
    let others = move || {
        let there = shown.get();
        let other = |row: &&StaffName| !there.contains(&row.id);
        staff.with_value(|staff| {
            staff
                .iter()
                .filter(other)
                .map(|row| view! { <option value=row.id.to_string()>{format!("{} {}", row.staff_no, row.name)}</option> })
                .collect_view()
        })
    };
    let add = move |event: leptos::ev::Event| {
        if let Ok(person) = event_target_value(&event).parse() {
            value.update(|people| people.push(person));
        }
    };
    view! {
        <fieldset class="field">
            <legend class="field-label">
                {move || label.get()}
                <span class="field-optional">{t!(i18n, common.optional)}</span>
            </legend>
            <p class="hint">{t!(i18n, models.entry.people_hint)}</p>
            <FieldError id=id message />
            <div class="choices">{boxes}</div>
            <label class="filter">
                <span class="hint">{t!(i18n, models.entry.other_people)}</span>
                <select class="input-line" name="other" on:change=add>
                    <option value="">{t!(i18n, common.choose)}</option>
                    {others}
                </select>
            </label>
        </fieldset>
    }
}
