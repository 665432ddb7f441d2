//! Photos that found no network: kept in the browser's own database until they have arrived, so that a reload loses none.
//! They go with the form that they belong to when it is handed in, and all of them when somebody signs out.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

use crate::{components::Uploads, dom::new_uuid, shelf::Shelf};

/// The database.
pub(super) const DATABASE: &str = "sheets";
const ROWS: &str = "photos";

/// Under which key the photo of a line with a number is kept.
type Known = Rc<RefCell<HashMap<u32, String>>>;

/// Keeps the photos of a form's lines under the form's own key, brings back those that were kept before, and calls `then`.
pub(super) fn keep(lines: Vec<(String, Uploads)>, sheet: String, then: impl FnOnce() + 'static) {
    let watch = |(code, uploads): (String, Uploads)| {
        let known = Known::default();
        let (heard, line) = (known.clone(), format!("{sheet}/{code}/"));
        uploads.on_waiting(move |row, file| heard_of(&heard, &line, row, file));
        (code, uploads, known)
    };
    let lines: Vec<_> = lines.into_iter().map(watch).collect();
    spawn_local(async move {
        for (key, file) in all(&sheet).await.unwrap_or_default() {
            let code = key.get(sheet.len() + 1..).and_then(|rest| rest.split_once('/')).map(|(code, _)| code);
            let line = lines.iter().find(|(own, ..)| Some(own.as_str()) == code);
            let brought = line.zip(file.dyn_into::<File>().ok());
            if let Some(((_, uploads, known), file)) = brought
                && let Some(row) = uploads.bring(file)
            {
                known.borrow_mut().insert(row, key);
            }
        }
        then();
    });
}

/// Forgets the photos of a form.
pub(super) fn forget(sheet: String) {
    spawn_local(async move {
        for (key, _) in all(&sheet).await.unwrap_or_default() {
            let _ = put(&key, None).await;
        }
    });
}

fn heard_of(known: &Known, line: &str, row: u32, file: Option<&File>) {
    let (key, file) = match file {
        Some(file) => {
            let new = || format!("{line}{}", new_uuid());
            (known.borrow_mut().entry(row).or_insert_with(new).clone(), Some(file.clone()))
        }
        None => match known.borrow_mut().remove(&row) {
            Some(key) => (key, None),
            None => return,
        },
    };
    // A browser may refuse: the photo then lives as long as its page.
    spawn_local(async move {
        let row = file.as_ref().map(|file| -> &JsValue { file.as_ref() });
        let _ = put(&key, row).await;
    });
}

async fn put(key: &str, row: Option<&JsValue>) -> Result<(), JsValue> {
    let shelf = Shelf::open(DATABASE, ROWS).await?;
    let kept = match row {
        Some(row) => shelf.keep(key, row).await,
        None => shelf.forget(key).await,
    };
    shelf.close();
    kept
}

async fn all(sheet: &str) -> Result<Vec<(String, JsValue)>, JsValue> {
    let shelf = Shelf::open(DATABASE, ROWS).await?;
    let rows = shelf.all().await;
    shelf.close();
    let begins = format!("{sheet}/");
    Ok(rows?.into_iter().filter(|(key, _)| key.starts_with(&begins)).collect())
}
