//! Files of a record: chosen or photographed, sent at once, shown as they go, taken out again.

use std::collections::HashMap;

use domain::{
    AttachmentId,
    files::{MAX_BYTES, MAX_PER_RECORD},
};
use leptos::prelude::*;
use web_sys::{File, HtmlInputElement};

use super::form::{FieldError, use_form};
use crate::{
    api::{
        ApiError,
        files::{AttachedFile, Sending, file_path, send_file, thumbnail_path},
    },
    components::{Icon, Mark},
    i18n::{Locale, error_text, t, t_string, use_i18n},
};

/// Where a file is on its way.
#[derive(Clone)]
enum State {
    /// So many hundredths have left.
    Sending(u32),
    /// It has arrived.
    There(AttachedFile),
    /// It was refused.
    Failed(ApiError),
}

#[derive(Clone)]
struct Row {
    key: u32,
    name: String,
    state: ArcRwSignal<State>,
}

/// The files of a record that is being filled in.
#[derive(Clone, Copy)]
pub struct Uploads {
    rows: RwSignal<Vec<Row>>,
    // A request belongs to the browser's own thread.
    sending: StoredValue<HashMap<u32, Sending>, LocalStorage>,
    // Those that found no network.
    waiting: StoredValue<HashMap<u32, File>, LocalStorage>,
    told: StoredValue<Option<Told>, LocalStorage>,
    next: StoredValue<u32>,
}

/// Hears which file waits for the network, or that it does no longer.
type Told = Box<dyn Fn(u32, Option<&File>)>;

impl Uploads {
    /// With the files that the record has already.
    pub fn new(there: Vec<AttachedFile>) -> Self {
        let row = |(key, file): (u32, AttachedFile)| Row {
            key,
            name: file.name.clone(),
            state: ArcRwSignal::new(State::There(file)),
        };
        let rows: Vec<_> = (0..).zip(there).map(row).collect();
        let next = rows.last().map_or(0, |row| row.key + 1);
        let sending = StoredValue::new_local(HashMap::<u32, Sending>::new());
        on_cleanup(move || {
            sending.try_with_value(|all| all.values().for_each(Sending::stop));
        });
        let waiting = StoredValue::new_local(HashMap::new());
        let told = StoredValue::new_local(None);
        Self { rows: RwSignal::new(rows), sending, waiting, told, next: StoredValue::new(next) }
    }

    /// Has `tell` called whenever a file waits for the network, and when it does no longer; files go by a number.
    pub fn on_waiting(self, tell: impl Fn(u32, Option<&File>) + 'static) {
        self.told.set_value(Some(Box::new(tell)));
    }

    /// Adds a file that has waited before, and says its number; none once the form has left the page.
    pub fn bring(self, file: File) -> Option<u32> {
        let key = self.next.try_get_value()?;
        self.next.set_value(key + 1);
        let state = ArcRwSignal::new(State::Failed(ApiError::of(ApiError::OFFLINE)));
        self.rows.update(|rows| rows.push(Row { key, name: file.name(), state }));
        self.waiting.update_value(|all| drop(all.insert(key, file)));
        Some(key)
    }

    fn tell(self, key: u32, file: Option<&File>) {
        self.told.try_with_value(|told| told.iter().for_each(|tell| tell(key, file)));
    }

    /// Those that have arrived. Reactive.
    pub fn files(self) -> Vec<AttachedFile> {
        let there = |row: Row| match row.state.get() {
            State::There(file) => Some(file),
            _ => None,
        };
        self.rows.get().into_iter().filter_map(there).collect()
    }

    /// Their ids, at this moment.
    pub fn ids(self) -> Vec<AttachmentId> {
        untrack(|| self.files()).into_iter().map(|file| file.id).collect()
    }

    /// Whether one is still on its way, at this moment.
    pub fn under_way(self) -> bool {
        let rows = self.rows.get_untracked();
        rows.iter().any(|row| matches!(row.state.get_untracked(), State::Sending(_)))
    }

    fn begin(self, file: &File) {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        let state = ArcRwSignal::new(State::Sending(0));
        let too_many = self.rows.with_untracked(Vec::len) >= MAX_PER_RECORD;
        self.rows.update(|rows| rows.push(Row { key, name: file.name(), state: state.clone() }));
        let wrong = if too_many {
            Some("files.too_many")
        } else {
            (file.size() > f64::from(u32::try_from(MAX_BYTES).unwrap_or(u32::MAX))).then_some("files.too_large")
        };
        if let Some(code) = wrong {
            state.set(State::Failed(ApiError::of(code)));
            return;
        }
        self.send(key, file, state);
    }

    fn send(self, key: u32, file: &File, state: ArcRwSignal<State>) {
        let (told, ended, kept) = (state.clone(), state.clone(), file.clone());
        let done = move |answer: Result<AttachedFile, ApiError>| {
            let waits = answer.as_ref().is_err_and(|error| error.is(ApiError::OFFLINE));
            self.tell(key, waits.then_some(&kept));
            if waits {
                let _ = self.waiting.try_update_value(|all| all.insert(key, kept));
            }
            ended.set(answer.map_or_else(State::Failed, State::There));
        };
        match send_file(file, move |part| told.set(State::Sending(part)), done) {
            Ok(sending) => self.sending.update_value(|all| drop(all.insert(key, sending))),
            Err(error) => state.set(State::Failed(error)),
        }
    }

    /// Sends once more what found no network; whether there is any.
    pub fn again(self) -> bool {
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        for row in self.rows.get_untracked() {
            if let Some(file) = waiting.get(&row.key) {
                row.state.set(State::Sending(0));
                self.send(row.key, file, row.state);
            }
        }
        !waiting.is_empty()
    }

    fn remove(self, key: u32) {
        self.tell(key, None);
        let _ = self.waiting.try_update_value(|all| all.remove(&key));
        let _ = self.sending.try_update_value(|all| all.remove(&key).iter().for_each(Sending::stop));
        self.rows.update(|rows| rows.retain(|row| row.key != key));
    }
}

/// Where files are added and shown. On a phone the first button offers the camera, too.
#[component]
pub fn UploadField(
    #[prop(into)] name: String,
    #[prop(into)] label: TextProp,
    uploads: Uploads,
    /// Whether nothing but pictures belongs here.
    #[prop(optional)]
    pictures: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = use_form();
    form.name_field(name.clone(), label.clone());
    let id = form.id(&name);
    let message = form.watch(name.clone());
    let described = format!("{id}-hint {id}-error");
    let choose = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        if let Some(files) = input.files() {
            (0..files.length()).filter_map(|n| files.get(n)).for_each(|file| uploads.begin(&file));
        }
        // So that the same file can be chosen once more.
        input.set_value("");
    };
    let described_too = described.clone();
    view! {
        <fieldset class="field">
            <legend class="field-label">{move || label.get()}</legend>
            <p class="hint" id=format!("{id}-hint")>
                {move || if pictures {
                    t_string!(i18n, models.upload.pictures).to_owned()
                } else {
                    t_string!(i18n, models.upload.hint, most = MAX_PER_RECORD)
                }}
            </p>
            <FieldError id=id.clone() message />
            <div class="upload-buttons">
                <label class="btn btn-outline upload-button">
                    <Icon mark=Mark::Camera />
                    {t!(i18n, models.upload.photo)}
                    <input
                        type="file"
                        class="sr-only"
                        id=id.clone()
                        name=name
                        accept="image/*"
                        multiple
                        aria-describedby=described
                        on:change=choose
                    />
                </label>
                {(!pictures).then(|| view! {
                    <label class="btn btn-outline upload-button">
                        <Icon mark=Mark::Note />
                        {t!(i18n, models.upload.file)}
                        <input
                            type="file"
                            class="sr-only"
                            name="document"
                            accept=".pdf,.xlsx,.docx"
                            multiple
                            aria-describedby=described_too
                            on:change=choose
                        />
                    </label>
                })}
            </div>
            <ul class="uploads">
                <For each=move || uploads.rows.get() key=|row| row.key let(row)>
                    <UploadRow row uploads />
                </For>
            </ul>
        </fieldset>
    }
}

#[component]
fn UploadRow(row: Row, uploads: Uploads) -> impl IntoView {
    let i18n = use_i18n();
    let Row { key, name, state } = row;
    let (named, shown) = (name.clone(), state.clone());
    let is_going = move || matches!(shown.get(), State::Sending(_));
    let verb = Memo::new(move |_| is_going());
    let remove_name = move || {
        let name = named.as_str();
        if verb.get() {
            t_string!(i18n, models.upload.stop, name = name)
        } else {
            t_string!(i18n, models.upload.remove, name = name)
        }
    };
    let kept = name.clone();
    let body = move || match state.get() {
        State::Sending(part) => view! { <Going part name=kept.clone() /> }.into_any(),
        State::There(file) => view! { <FileShown file /> }.into_any(),
        State::Failed(error) => {
            let name = kept.clone();
            view! {
                <p class="upload-name">{name}</p>
                <p class="field-error" role="alert">
                    <Icon mark=Mark::Alert />
                    {move || why(i18n.get_locale(), &error)}
                </p>
            }
            .into_any()
        }
    };
    view! {
        <li class="upload">
            <div class="upload-body">{body}</div>
            <button type="button" class="upload-remove" aria-label=remove_name on:click=move |_| uploads.remove(key)>
                <Icon mark=Mark::Close />
            </button>
        </li>
    }
}

#[component]
fn Going(part: u32, name: String) -> impl IntoView {
    let i18n = use_i18n();
    let state = move || {
        if part < 100 {
            t_string!(i18n, models.upload.sending, part = part)
        } else {
            t_string!(i18n, models.upload.looking).to_owned()
        }
    };
    view! {
        <p class="upload-name">{name.clone()}</p>
        <progress class="upload-progress" max="100" value=part aria-label=name></progress>
        <p class="hint">{state}</p>
    }
}

/// A file with its name; a picture as its small copy. It opens in a window of its own.
#[component]
pub fn FileShown(file: AttachedFile) -> impl IntoView {
    let AttachedFile { id, kind, name, bytes, .. } = file;
    let picture = kind.is_image().then(|| {
        view! { <img class="upload-picture" src=thumbnail_path(id) alt="" loading="lazy" /> }
    });
    let plain = picture.is_none().then(|| view! { <Icon mark=Mark::Note class="upload-sign" /> });
    view! {
        <a class="upload-file" href=file_path(id) target="_blank" rel="external">
            {picture}
            {plain}
            <span class="upload-name">{name.clone()}</span>
            <span class="hint">{size(bytes)}</span>
        </a>
    }
}

/// Why a file was refused, in words.
fn why(locale: Locale, error: &ApiError) -> String {
    match error.violations.first() {
        Some(found) => error_text(locale, &found.code, &found.args),
        None => {
            error_text(locale, &error.code, &[domain::Arg { name: "most".into(), value: MAX_PER_RECORD.to_string() }])
        }
    }
}

fn size(bytes: i32) -> String {
    let kilobytes = (bytes + 1023) / 1024;
    if kilobytes < 1024 {
        return format!("{kilobytes} KB");
    }
    let tenths = kilobytes * 10 / 1024;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
