//! The browser's own database, as far as pages use it: rows under keys. What it says is kept, is on the disk.

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbRequest, IdbTransaction};

/// A database with one table.
#[derive(Clone)]
pub struct Shelf {
    database: IdbDatabase,
    rows: &'static str,
}

impl Shelf {
    /// Opens it, or makes it.
    ///
    /// # Errors
    /// What the browser says; so in all below.
    pub async fn open(name: &str, rows: &'static str) -> Result<Self, JsValue> {
        let factory = window().indexed_db()?.ok_or(JsValue::NULL)?;
        let request = factory.open_with_u32(name, 1)?;
        let new = request.clone();
        let make = Closure::once_into_js(move || {
            if let Ok(database) = new.result().and_then(JsCast::dyn_into::<IdbDatabase>) {
                let _ = database.create_object_store(rows);
            }
        });
        request.set_onupgradeneeded(Some(make.unchecked_ref()));
        Ok(Self { database: found(&request).await?.dyn_into()?, rows })
    }

    /// Keeps a row. It is there when this has come to its end, whatever happens to the power then.
    pub async fn keep(&self, key: &str, row: &JsValue) -> Result<(), JsValue> {
        let change = self.change()?;
        change.object_store(self.rows)?.put_with_key(row, &key.into())?;
        done(&change).await
    }

    /// Forgets the row with this key.
    pub async fn forget(&self, key: &str) -> Result<(), JsValue> {
        let change = self.change()?;
        change.object_store(self.rows)?.delete(&key.into())?;
        done(&change).await
    }

    /// All rows with their keys, in the order of the keys.
    pub async fn all(&self) -> Result<Vec<(String, JsValue)>, JsValue> {
        let rows = self.database.transaction_with_str(self.rows)?.object_store(self.rows)?;
        let (keys, values) = (rows.get_all_keys()?, rows.get_all()?);
        let (keys, values) = (Array::from(&found(&keys).await?), Array::from(&found(&values).await?));
        let keys = keys.iter().map(|key| key.as_string().unwrap_or_default());
        Ok(keys.zip(values.iter()).collect())
    }

    /// Lets go of it: nobody can discard what is open.
    pub fn close(&self) {
        self.database.close();
    }

    // The option is younger than the bindings, so the method is called by its name. Without it the browser says that it
    // has kept what still waits for the disk.
    fn change(&self) -> Result<IdbTransaction, JsValue> {
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let begin: Function = Reflect::get(&self.database, &"transaction".into())?.dyn_into()?;
        begin.apply(&self.database, &Array::of3(&self.rows.into(), &"readwrite".into(), &options))?.dyn_into()
    }
}

/// Discards a database with all that is in it.
pub fn discard(name: &str) {
    if let Ok(Some(factory)) = window().indexed_db() {
        let _ = factory.delete_database(name);
    }
}

/// What a request of the database finds.
async fn found(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let ended = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(ended).await?;
    request.result()
}

/// Waits until a change is on the disk.
async fn done(change: &IdbTransaction) -> Result<(), JsValue> {
    let ended = Promise::new(&mut |resolve, reject| {
        change.set_oncomplete(Some(&resolve));
        change.set_onabort(Some(&reject));
    });
    JsFuture::from(ended).await.map(drop)
}
