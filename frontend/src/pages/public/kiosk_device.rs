//! What the kiosk needs of its browser: a store that outlives a power cut, the page without a network, the check of a PIN,
//! and the whole screen.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use leptos::{
    prelude::{document, window},
    task::spawn_local,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::{api::kiosk::Waiting, shelf::Shelf};

const DATABASE: &str = "kiosk";
const RATINGS: &str = "ratings";
const WORKER: &str = "/kiosk/worker.js";

/// Ratings that wait to be sent.
#[derive(Clone)]
pub(super) struct Store(Shelf);

impl Store {
    pub(super) async fn open() -> Result<Self, JsValue> {
        Shelf::open(DATABASE, RATINGS).await.map(Self)
    }

    /// Keeps a rating. It is there when this has come to its end, whatever happens to the power then.
    pub(super) async fn keep(&self, waiting: &Waiting) -> Result<(), JsValue> {
        let text = serde_json::to_string(waiting).map_err(|error| JsValue::from(error.to_string()))?;
        self.0.keep(&waiting.key, &text.into()).await
    }

    /// Forgets the rating with this key.
    pub(super) async fn forget(&self, key: &str) -> Result<(), JsValue> {
        self.0.forget(key).await
    }

    /// All that wait, by their keys: those are random, so nobody can tell from the order who came first.
    pub(super) async fn all(&self) -> Result<Vec<Waiting>, JsValue> {
        let rows = self.0.all().await?;
        Ok(rows.iter().filter_map(|(_, row)| serde_json::from_str(&row.as_string()?).ok()).collect())
    }
}

/// Whether the browser lets a page do what a kiosk needs: over https, or on the machine itself.
pub(super) fn is_secure() -> bool {
    window().is_secure_context()
}

/// Has this page kept for when there is no network, and waits until it is.
pub(super) async fn keep_page() -> Result<(), JsValue> {
    let navigator = window().navigator();
    // A wish: some browsers remove what was kept when the disk is full, unless they were asked not to.
    if let Ok(asked) = navigator.storage().persist() {
        let _ = JsFuture::from(asked).await;
    }
    let workers = navigator.service_worker();
    JsFuture::from(workers.register(WORKER)).await?;
    JsFuture::from(workers.ready()?).await.map(drop)
}

/// Whether a PIN is the one that is checked by `rounds.salt.hash`. Takes as long as it is meant to.
pub(super) async fn fits(pin: &str, checked_by: &str) -> Result<bool, JsValue> {
    let mut parts = checked_by.split('.');
    let mut next = || parts.next().unwrap_or_default();
    let (rounds, salt, hash) = (next().parse::<u32>().unwrap_or_default(), unhex(next()), next());
    let subtle = window().crypto()?.subtle();
    let usages = Array::of1(&"deriveBits".into());
    let secret = Uint8Array::from(pin.as_bytes());
    let key = subtle.import_key_with_str("raw", &secret, "PBKDF2", false, &usages)?;
    let key = JsFuture::from(key).await?;
    let how = Object::new();
    for (name, value) in [
        ("name", JsValue::from("PBKDF2")),
        ("hash", JsValue::from("SHA-256")),
        ("salt", Uint8Array::from(salt.as_slice()).into()),
        ("iterations", rounds.into()),
    ] {
        Reflect::set(&how, &name.into(), &value)?;
    }
    let bits = JsFuture::from(subtle.derive_bits_with_object(&how, key.unchecked_ref(), 256)?).await?;
    let bits = Uint8Array::new(&bits).to_vec();
    Ok(bits.iter().map(|byte| format!("{byte:02x}")).collect::<String>() == hash)
}

fn unhex(text: &str) -> Vec<u8> {
    let pairs = (0..text.len()).step_by(2).filter_map(|at| text.get(at..at + 2));
    pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect()
}

/// Takes the whole screen; the browser lets a page do so when somebody has just touched it.
pub(super) fn fill_screen() {
    if document().fullscreen_element().is_some() {
        return;
    }
    let Some(root) = document().document_element() else { return };
    // By its name: the bindings drop the promise, and nobody else would hear of a refusal.
    let ask = Reflect::get(&root, &"requestFullscreen".into()).and_then(JsCast::dyn_into::<Function>);
    let asked = ask.and_then(|ask| ask.apply(&root, &Array::new())).and_then(JsCast::dyn_into::<Promise>);
    if let Ok(asked) = asked {
        spawn_local(async move { drop(JsFuture::from(asked).await) });
    }
}

/// Gives the screen back.
pub(super) fn leave_screen() {
    if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
    }
}
