//! The center's own lists, for its administrator: four lists of one make, read and written by name with the browser's
//! own JSON. Typed operations for each verb would be most of the page's code. The documents are in `settings.graphql`;
//! the server's tests send each of them.

use std::sync::Arc;

use domain::settings::{ChannelKind, DeviceKind};
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::JsValue;

use super::{ApiError, client::exchange};
use crate::i18n::Locale;

const DOCUMENTS: &str = include_str!("settings.graphql");

/// One of the lists.
pub struct List {
    /// Its name in the answer and in the address.
    pub name: &'static str,
    /// The verb that adds an entry.
    pub add: &'static str,
    /// The verb that changes one.
    pub edit: &'static str,
    /// The verb that takes one out of use, and the word on its button.
    pub end: (&'static str, &'static str),
    /// The verb that takes it back; nothing takes back a device.
    pub back: Option<&'static str>,
    /// Whether its entries can be moved.
    pub ordered: bool,
    /// What an entry holds.
    pub fields: &'static [Input],
}

/// A field of an entry.
pub struct Input {
    pub name: &'static str,
    pub kind: Kind,
    /// The language that it is in; none for both.
    pub language: Option<Locale>,
    pub optional: bool,
}

/// What is put into a field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What the entry is called.
    Title,
    Text,
    /// A kind of way to complain.
    Channel,
    /// One of the center's service points.
    Point,
    /// What a device is for.
    Device,
    /// One of the points that a kiosk may be for.
    KioskPoint,
    /// Yes or no; kept as `true` or `false`.
    Flag,
}

/// An entry, with its texts in the order of the list's fields.
pub struct Entry {
    pub id: String,
    version: f64,
    pub active: bool,
    pub values: Vec<String>,
    /// Since when a device has its credential.
    pub since: String,
}

/// The entries of each list, in the order of [`LISTS`], and the [`KIOSK_POINTS`].
pub type Lists = Vec<Vec<Arc<Entry>>>;

/// What is sent for an entry.
pub struct Sent(Object);

const fn field(name: &'static str, kind: Kind) -> Input {
    Input { name, kind, language: None, optional: false }
}

const fn zh(name: &'static str, kind: Kind) -> Input {
    Input { name, kind, language: Some(Locale::zh_CN), optional: false }
}

const fn en(name: &'static str, kind: Kind) -> Input {
    Input { name, kind, language: Some(Locale::en), optional: false }
}

const fn optional(name: &'static str, kind: Kind) -> Input {
    Input { name, kind, language: None, optional: true }
}

/// The lists, in the order of the page.
pub static LISTS: [List; 4] = [
    List {
        name: "departments",
        add: "addDepartment",
        edit: "editDepartment",
        end: ("retireDepartment", "retire"),
        back: Some("restoreDepartment"),
        ordered: false,
        fields: &[
            field("code", Kind::Text),
            zh("nameZh", Kind::Title),
            en("nameEn", Kind::Title),
            field("ownDress", Kind::Flag),
        ],
    },
    List {
        name: "channels",
        add: "publishChannel",
        edit: "editChannel",
        end: ("withdrawChannel", "withdraw"),
        back: Some("restoreChannel"),
        ordered: true,
        fields: &[
            field("kind", Kind::Channel),
            zh("labelZh", Kind::Title),
            en("labelEn", Kind::Title),
            zh("valueZh", Kind::Text),
            en("valueEn", Kind::Text),
        ],
    },
    List {
        name: "servicePoints",
        add: "addServicePoint",
        edit: "editServicePoint",
        end: ("retireServicePoint", "retire"),
        back: Some("restoreServicePoint"),
        ordered: false,
        fields: &[
            field("code", Kind::Text),
            zh("nameZh", Kind::Title),
            en("nameEn", Kind::Title),
            field("address", Kind::Text),
            optional("phone", Kind::Text),
        ],
    },
    List {
        name: "devices",
        add: "registerDevice",
        edit: "editDevice",
        end: ("revokeDevice", "revoke"),
        back: None,
        ordered: false,
        fields: &[
            field("name", Kind::Title),
            field("kind", Kind::Device),
            optional("servicePointId", Kind::Point),
            optional("place", Kind::Text),
            optional("ratingPointId", Kind::KioskPoint),
            // Never told: an empty one stays as it is.
            optional("pin", Kind::Text),
        ],
    },
];

/// Which of them is that of the service points.
pub const POINTS: usize = 2;
/// Behind the lists of the page: the points that a kiosk may be for, each with its name.
pub const KIOSK_POINTS: usize = 4;

impl Sent {
    /// Nothing yet, but which entry it is about.
    pub fn about(entry: Option<&Entry>) -> Self {
        let sent = Self(Object::new());
        if let Some(entry) = entry {
            sent.put("id", entry.id.as_str().into());
            sent.put("version", entry.version.into());
        }
        sent
    }

    /// Which way to complain moves, and whither.
    pub fn moving(entry: &Entry, up: bool) -> Self {
        let sent = Self(Object::new());
        sent.put("id", entry.id.as_str().into());
        sent.put("up", up.into());
        sent
    }

    /// Adds what was put into a field.
    pub fn value(&self, field: &Input, text: &str) {
        match field.kind {
            Kind::Flag => self.put(field.name, (text == "true").into()),
            _ => self.text(field.name, text),
        }
    }

    /// Adds a text; a blank one is none.
    fn text(&self, name: &str, text: &str) {
        self.put(name, if text.is_empty() { JsValue::NULL } else { text.into() });
    }

    fn put(&self, name: &str, value: JsValue) {
        // A new object refuses no property.
        let _ = Reflect::set(&self.0, &name.into(), &value);
    }
}

/// The kind of way to complain that is sent as `text`.
pub fn channel_kind(text: &str) -> Option<ChannelKind> {
    ChannelKind::ALL.iter().copied().find(|kind| kind.key().eq_ignore_ascii_case(text))
}

/// The kind of device that is sent as `text`.
pub fn device_kind(text: &str) -> Option<DeviceKind> {
    DeviceKind::ALL.iter().copied().find(|kind| kind.key().eq_ignore_ascii_case(text))
}

fn get(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).unwrap_or_default()
}

fn text(value: &JsValue, name: &str) -> String {
    let found = get(value, name);
    found.as_string().or_else(|| found.as_bool().map(|is| is.to_string())).unwrap_or_default()
}

/// Sends the document called `name`, and returns what its one field answers.
async fn run(name: &'static str, input: Sent) -> Result<JsValue, ApiError> {
    let called = |line: &&str| line.split([' ', '(']).nth(1) == Some(name);
    let (request, variables) = (Sent(Object::new()), Sent(Object::new()));
    variables.put("i", input.0.into());
    request.put("query", DOCUMENTS.lines().find(called).unwrap_or_default().into());
    request.put("variables", variables.0.into());
    let request = JSON::stringify(&request.0).map(String::from).unwrap_or_default();
    let answer = exchange(request).await?;
    let answer = JSON::parse(&answer).map_err(|_| ApiError::of("INTERNAL"))?;
    Ok(get(&get(&answer, "data"), name))
}

/// All lists, in the order of [`LISTS`], and the [`KIOSK_POINTS`].
///
/// # Errors
/// Whatever the server or the network says.
pub async fn lists() -> Result<Lists, ApiError> {
    let answer = run("centerSettings", Sent::about(None)).await?;
    let mut found: Lists = LISTS.iter().map(|list| entries(list.fields, &get(&answer, list.name))).collect();
    found.push(entries(&[field("name", Kind::Title)], &get(&answer, "kioskPoints")));
    Ok(found)
}

fn entries(fields: &[Input], rows: &JsValue) -> Vec<Arc<Entry>> {
    let mut found = Vec::new();
    for row in Array::from(rows).iter() {
        found.push(Arc::new(Entry {
            id: text(&row, "id"),
            version: get(&row, "version").as_f64().unwrap_or_default(),
            active: text(&row, "status") == "ACTIVE",
            values: fields.iter().map(|field| text(&row, field.name)).collect(),
            since: text(&row, "credentialAt"),
        }));
    }
    found
}

/// Does `verb`; the credential, where it makes one.
///
/// # Errors
/// Whatever the server or the network says.
pub async fn change(verb: &'static str, input: Sent) -> Result<String, ApiError> {
    Ok(text(&run(verb, input).await?, "credential"))
}
