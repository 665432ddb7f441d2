//! The few things a page needs of the browser beyond its own elements.

use leptos::{
    html::ElementType,
    prelude::{GetUntracked, NodeRef, document, queue_microtask, request_animation_frame, window},
};
use wasm_bindgen::JsCast;
use web_sys::{Blob, HtmlAnchorElement, HtmlElement, Storage, Url};

/// Where a page keeps what must survive a reload.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Until it is removed: for texts that name nobody, and for what somebody fills in on the way, which goes when it is
    /// sent or they sign out.
    Device,
    /// Until the tab is closed: for personal data and secrets.
    Tab,
}

impl Keep {
    // A browser may refuse storage (private mode, policy): the page then works without it.
    fn storage(self) -> Option<Storage> {
        match self {
            Self::Device => window().local_storage(),
            Self::Tab => window().session_storage(),
        }
        .ok()
        .flatten()
    }

    /// What is kept under `key`.
    pub fn get(self, key: &str) -> Option<String> {
        self.storage()?.get_item(key).ok().flatten()
    }

    /// Keeps `value` under `key`.
    pub fn set(self, key: &str, value: &str) {
        if let Some(storage) = self.storage() {
            let _ = storage.set_item(key, value);
        }
    }

    /// The keys that begin with `prefix`.
    pub fn keys(self, prefix: &str) -> Vec<String> {
        let Some(storage) = self.storage() else { return Vec::new() };
        let all = (0..storage.length().unwrap_or(0)).filter_map(|n| storage.key(n).ok().flatten());
        all.filter(|key| key.starts_with(prefix)).collect()
    }

    /// Forgets `key`.
    pub fn remove(self, key: &str) {
        if let Some(storage) = self.storage() {
            let _ = storage.remove_item(key);
        }
    }
}

/// Forgets everything kept for this tab: the person at the machine changes.
pub fn forget_tab() {
    if let Some(storage) = Keep::Tab.storage() {
        let _ = storage.clear();
    }
}

/// A random UUID. `crypto.randomUUID` exists on https only; this works on a plain intranet address too.
pub fn new_uuid() -> String {
    let mut bytes = [0; 16];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// Lets the browser fetch a file of ours and keep it, piece by piece as it comes.
pub fn fetch_file(path: &str) {
    if let Some(link) = document().create_element("a").ok().and_then(|e| e.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(path);
        link.set_download("");
        link.click();
    }
}

/// Hands a text to the person as a file. False when the browser will not.
pub fn download(name: &str, text: &str) -> bool {
    Blob::new_with_str_sequence(&js_sys::Array::of1(&text.into())).is_ok_and(|blob| save(name, &blob))
}

/// The same of bytes.
pub fn download_bytes(name: &str, bytes: &[u8]) -> bool {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence(&parts).is_ok_and(|blob| save(name, &blob))
}

/// A text as a form holds it.
pub fn encoded(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}

/// What the heading with this id says; without one, what the page is called where it stands.
pub fn heading(id: Option<&str>) -> String {
    let heading = match id {
        Some(id) => document().get_element_by_id(id),
        None => document().query_selector("h1").ok().flatten(),
    };
    heading.and_then(|heading| heading.text_content()).unwrap_or_default().trim().to_owned()
}

fn save(name: &str, blob: &Blob) -> bool {
    let Ok(url) = Url::create_object_url_with_blob(blob) else { return false };
    let link = document().create_element("a").ok().and_then(|e| e.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = &link {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    let _ = Url::revoke_object_url(&url);
    link.is_some()
}

/// Moves the focus to the element with `id`, if there is one; what it is folded away in is opened.
pub fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        let mut around = element.closest("details:not([open])").ok().flatten();
        while let Some(fold) = around {
            let _ = fold.set_attribute("open", "");
            around = fold.closest("details:not([open])").ok().flatten();
        }
        let _ = element.focus();
    }
}

/// Hands the element to `then` in the next frame, when what was just shown is in the document. By then it may be gone:
/// then nothing happens.
pub fn next_frame<E>(node: NodeRef<E>, then: impl FnOnce(E::Output) + 'static)
where
    E: ElementType + 'static,
    E::Output: JsCast + Clone + 'static,
{
    request_animation_frame(move || {
        if let Some(element) = node.try_get_untracked().flatten() {
            then(element);
        }
    });
}

/// Lets the element that has the focus keep it, by its id, when it is built anew: whoever writes goes on writing.
pub fn keep_focus() {
    let focused = || document().active_element().map(|element| element.id()).filter(|id| !id.is_empty());
    let Some(id) = focused() else { return };
    // The page is put in place before anything else happens.
    queue_microtask(move || {
        if focused().is_none() {
            focus(&id);
        }
    });
}
